"""The years that a passage looks back on whose heading was cut off.

In: a passage of a work report without headings, its statements of time and the clock. Out: the
years, where the passage itself says that it reviews several: 五年来，…, 五年累计, and a yearly mean
(年均增长5%) in the report that closes a plan or a term.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dz_analysis.finding.text.segment import segment
from dz_analysis.finding.time.clock import Clock, PeriodReading, PeriodRule
from dz_analysis.finding.time.headings import COLONS
from dz_analysis.finding.time.mentions import PeriodKind, PeriodMention
from dz_analysis.finding.time.resolve import resolve
from dz_analysis.finding.time.words import form, listed
from dz_analysis.reading.page import Paragraph

PLAN = 5  # years of a plan and of a term
CLOSING = (0, 2)  # the last digit, by five, of the years that close a plan or a term
TERM = 3  # years that a review of several has at least
ANNOUNCING = 60  # characters of a line without numbers that speaks for those behind it
_DIGIT = re.compile(r"[0-9]")


def years_of_passage(
    text: str, paragraphs: Sequence[Paragraph], mentions: Sequence[PeriodMention], clock: Clock
) -> PeriodReading | None:
    r"""Return the years past that a passage without headings speaks of, if it says so.

    What stands before its first 五年来，… is mostly of the same review.

    Examples
    --------
    >>> from dz_analysis.finding.time.mentions import find_periods
    >>> text = "新建学校8所。\n五年来，新修公路80公里。"
    >>> parts = (Paragraph(1, 0, 7), Paragraph(2, 8, len(text)))
    >>> clock = Clock("2020-01", "2020-12", 2021, "2021-01")
    >>> years_of_passage(text, parts, find_periods(text), clock).period
    '2016-01/2020-12'
    """
    if any(paragraph.heading_level > 1 for paragraph in paragraphs):
        return None
    is_dated = any(one.anchor in ("now", "report") or one.is_year for one in mentions)
    windows = (one for one in mentions if _speaks_of_years(text, one, clock, is_dated=is_dated))
    if window := next(windows, None):
        reading = resolve(window, clock.document, clock)
        return PeriodReading(reading.first, reading.last, PeriodRule.HEADING, window.text)
    return _years_of_mean(text, paragraphs, clock)


def _years_of_mean(
    text: str, paragraphs: Sequence[Paragraph], clock: Clock
) -> PeriodReading | None:
    """Return the years that a yearly mean closes, in the report on the last of them."""
    if clock.document.years != 1 or clock.year % PLAN not in CLOSING:
        return None
    reviewed = (one for one in paragraphs if one.stance == "review")
    means = (form("mean_growth").search(text, one.start, one.end) for one in reviewed)
    mean = next(filter(None, means), None)
    first = f"{clock.year - PLAN + 1}-01"
    return PeriodReading(first, clock.last, PeriodRule.HEADING, mean.group()) if mean else None


def _speaks_of_years(text: str, mention: PeriodMention, clock: Clock, *, is_dated: bool) -> bool:
    """Whether a window says what is looked back on: it adds up, or opens a paragraph of facts.

    Where a year is named (`is_dated`), a sum is of its own sentence.
    """
    if mention.kind is PeriodKind.SUM:
        return mention.years[0] == PLAN and not is_dated
    if mention.kind is PeriodKind.SINCE:  # 2018年以来，…… over the first paragraph
        return mention.start == 0 and mention.is_year and clock.year - mention.years[0] >= TERM
    is_window = mention.kind is PeriodKind.SPAN and mention.anchor == "past"
    if not is_window or mention.years[0] < TERM or mention.text.startswith(listed("span.recent")):
        return False
    segments = segment(text)
    low, end = segments.sentence_start(mention.start), segments.line_at(mention.end)[1]
    if not form("opens_window").match(text[low : mention.start]):
        return False
    if text.endswith(COLONS, low, end):
        return False  # a section begins here, and its list says how far it goes
    # no praise that closes a review: 过去五年，我们团结奋斗，……
    is_near = end < len(text) and end - mention.end <= ANNOUNCING
    is_told = is_near or _DIGIT.search(text, mention.end, end) is not None
    return is_told and form("window_opens").match(text, mention.end) is not None
