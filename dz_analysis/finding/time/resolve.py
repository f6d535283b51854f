"""Statements of time turned into months, counted from a document's clock.

In: a `PeriodMention`, the reading that governs where it stands, and the `Clock`. Out: the closed
months that it means, blank where the clock does not tell.
"""

from __future__ import annotations

import re

from dz_analysis.finding.time.clock import Clock, PeriodReading
from dz_analysis.finding.time.mentions import PeriodMention
from dz_analysis.finding.time.words import load_words

CENTURY = 2000  # what years of two digits are counted from
_SHORT_YEAR = re.compile("[0-9]{2}年以来")


def resolve(mention: PeriodMention, state: PeriodReading, clock: Clock) -> PeriodReading:
    """Turn the words of a mention into months.

    Examples
    --------
    >>> from dz_analysis.finding.time.mentions import find_periods
    >>> clock = Clock("2019-01", "2019-12", 2020, "2020-02")
    >>> ground = PeriodReading("2019-01", "2019-12", "document")
    >>> resolve(find_periods("三年来，税收8亿元")[0], ground, clock).period
    '2017-01/2019-12'
    """
    rule = f"{mention.kind}: {mention.text}"
    if mention.kind == "founding":
        return PeriodReading(clock.first, clock.first, rule)
    if mention.kind == "origin" and mention.text.endswith(load_words().same):
        return state.close().before()  # 由上年同期的40%
    if mention.anchor in ("past", "future"):
        return _window(mention, clock, rule)
    years = _years(mention, state, clock)
    if not years[0]:
        return PeriodReading("", "", rule)
    first = f"{years[0]}-{mention.months[0]:02d}"
    last = f"{years[1]}-{mention.months[1]:02d}"
    if mention.kind in ("since", "so_far"):
        end = clock.last if clock.last >= first else clock.now_end
        end = clock.now_end if mention.anchor == "now" and mention.years[0] == 0 else end
        last = end or last
    return PeriodReading(first, max(first, last), rule)


def add_up(mention: PeriodMention, window: PeriodReading, clock: Clock) -> PeriodReading:
    """Return the years that are added up (五年累计): the window's, or so many to its end."""
    count = mention.years[0]
    if not window.last or window.years == count or window.last > clock.last:
        return window
    first = f"{int(window.last[:4]) - count + 1}-01"
    return PeriodReading(first, window.last, f"sum: {mention.text}")


def _years(mention: PeriodMention, state: PeriodReading, clock: Clock) -> tuple[int, int]:
    """Return the years of a mention; a bare month takes the latest one its ground holds."""
    if mention.anchor == "year":
        return mention.years
    if mention.anchor == "now":
        return (clock.now_year + mention.years[0],) * 2 if clock.now_year else (0, 0)
    if mention.anchor == "report":
        return (clock.year + mention.years[0],) * 2 if clock.year else (0, 0)
    last = state.last or clock.last
    year = int(last[:4]) if last else clock.now_year
    is_point = mention.months[0] == mention.months[1] and not mention.closing
    if is_point and last and f"{year}-{mention.months[0]:02d}" > last:
        earlier = f"{year - 1}-{mention.months[0]:02d}"
        year = year - 1 if earlier >= (state.first or clock.first) else year
    return (year, year)


def _window(mention: PeriodMention, clock: Clock, rule: str) -> PeriodReading:
    """Return the years of 过去五年, up to the year reported on, or of 今后五年 from the next on."""
    count = mention.years[0]
    if not clock.year:
        return PeriodReading("", "", rule)
    if _SHORT_YEAR.fullmatch(mention.text) and CENTURY + count <= clock.year:
        return PeriodReading(f"{CENTURY + count}-01", clock.last, rule)  # 15年以来, said in 2018
    if mention.anchor == "future":
        first = max(clock.now_year, clock.year + 1)
        return PeriodReading(f"{first}-01", f"{first + count - 1}-12", rule)
    if count == 1:
        whole = PeriodReading(clock.first, clock.last, rule)
        return whole.close() if whole.years > 1 else whole
    last = clock.last or f"{clock.year}-12"
    return PeriodReading(f"{clock.year - count + 1}-01", last, rule)
