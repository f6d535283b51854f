"""Statements of time turned into months, counted from a document's clock.

In: a `PeriodMention`, the reading that governs where it stands, and the `Clock`. Out: the closed
months that it means, blank where the clock does not tell.
"""

from __future__ import annotations

from dz_analysis.finding.time.clock import Clock, PeriodReading, PeriodRule
from dz_analysis.finding.time.mentions import WHOLE_YEAR, PeriodKind, PeriodMention
from dz_analysis.finding.time.words import form, listed

_RULES = {kind: PeriodRule[kind.name] for kind in PeriodKind}
_FOUNDING, _ORIGIN = PeriodKind.FOUNDING, PeriodKind.ORIGIN  # asked of every statement
_ONGOING = (PeriodKind.SINCE, PeriodKind.SO_FAR)
CENTURY = 2000  # what years of two digits are counted from


def resolve(mention: PeriodMention, state: PeriodReading, clock: Clock) -> PeriodReading:
    """Turn the words of a mention into months.

    Examples
    --------
    >>> from dz_analysis.finding.time.mentions import find_periods
    >>> clock = Clock("2019-01", "2019-12", 2020, "2020-02")
    >>> resolve(find_periods("三年来，税收8亿元")[0], clock.document, clock).period
    '2017-01/2019-12'
    """
    kind = mention.kind
    blank = PeriodReading("", "", _RULES[kind], mention.text)
    if kind is _FOUNDING:
        return blank._replace(first=clock.first, last=clock.first)
    if kind is _ORIGIN and mention.text.endswith(listed("base.same")):
        return state.close().before()  # 由上年同期的40%
    if mention.anchor in ("past", "future"):
        return _window(mention, clock, blank)
    years = _years(mention, state, clock)
    if not years[0]:
        return blank
    first = f"{years[0]}-{mention.months[0]:02d}"
    is_origin = kind is _ORIGIN and mention.anchor == "now"
    is_year = is_origin and mention.months == WHOLE_YEAR
    if is_year and state.years == 1 and first >= state.first:
        return state.before()  # 由去年的5亿元增加到8亿元, told of that year itself
    last = _end(mention, clock, first) or f"{years[1]}-{mention.months[1]:02d}"
    return PeriodReading(first, max(first, last), blank.rule, mention.text)


def _end(mention: PeriodMention, clock: Clock, first: str) -> str:
    """Return the month up to which is told what has been since, blank for other statements."""
    if mention.kind not in _ONGOING:
        return ""
    is_of_this_year = mention.anchor == "now" and mention.years[0] == 0
    return clock.last if clock.last >= first and not is_of_this_year else clock.now_end


def add_up(mention: PeriodMention, window: PeriodReading, clock: Clock) -> PeriodReading:
    """Return the years that are added up (五年累计): the window's, or so many to its end."""
    count = mention.years[0]
    if not window.last or window.years == count or window.last > clock.last:
        return window
    first = f"{int(window.last[:4]) - count + 1}-01"
    return PeriodReading(first, window.last, PeriodRule.SUM, mention.text)


def within(mention: PeriodMention, window: PeriodReading, clock: Clock) -> PeriodReading:
    """Return the years within which something is done (五年内): the window's, or so many of a plan.

    Without a plan they run up to the year reported on.
    """
    count = mention.years[0]
    if window.years == count > 1:
        return window
    if window.first > clock.last > "":
        last = f"{int(window.first[:4]) + count - 1}-12"
        return PeriodReading(window.first, last, PeriodRule.SPAN, mention.text)
    anchor = "future" if mention.anchor == "future" else "past"
    return resolve(mention._replace(anchor=anchor), clock.document, clock)


def _years(mention: PeriodMention, state: PeriodReading, clock: Clock) -> tuple[int, int]:
    """Return the years of a mention, 0 if they can't be told."""
    shift = mention.years[0]
    if mention.anchor == "year":
        return mention.years
    if mention.anchor == "now":
        return (clock.now_year + shift if clock.now_year else 0,) * 2
    if mention.anchor == "report":
        return (clock.year + shift if clock.year else 0,) * 2
    return (_year_of_months(mention, state, clock),) * 2


def _year_of_months(mention: PeriodMention, state: PeriodReading, clock: Clock) -> int:
    """Return the year of months without one: a bare month is the latest that its place allows."""
    first, last = state.first or clock.first, state.last or clock.last
    if not last:
        return clock.now_year
    year, month = int(last[:4]), mention.months[0]
    is_point = month == mention.months[1] and not mention.closing
    is_beyond = is_point and f"{year}-{month:02d}" > last
    return year - 1 if is_beyond and f"{year - 1}-{month:02d}" >= first else year


def _window(mention: PeriodMention, clock: Clock, blank: PeriodReading) -> PeriodReading:
    """Return the years of 过去五年, up to the year reported on, or of 今后五年 from the next on."""
    count = mention.years[0]
    if not clock.year:
        return blank
    if form("short_year").fullmatch(mention.text) and CENTURY + count <= clock.year:
        return blank._replace(first=f"{CENTURY + count}-01", last=clock.last)  # 15年以来
    if mention.anchor == "future":
        first = max(clock.now_year, clock.year + 1)
        return blank._replace(first=f"{first}-01", last=f"{first + count - 1}-12")
    if count == 1:
        whole = blank._replace(first=clock.first, last=clock.last)
        return whole.close() if whole.years > 1 else whole
    last = clock.last or f"{clock.year}-12"
    return blank._replace(first=f"{clock.year - count + 1}-01", last=last)
