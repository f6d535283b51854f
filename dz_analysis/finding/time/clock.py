"""The time of a document: what it reports on, when it speaks, and readings of periods.

In: the `Context`. Out: `Clock`, which relative words are counted from, and `PeriodReading`, the
closed months that govern a place in the text, with the rule and the words that decided.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from dz_analysis.finding.model import Context, Reason, Rule
from dz_analysis.finding.scope.status import PROFILES
from dz_analysis.finding.time.mentions import find_periods
from dz_analysis.lexicon import words
from dz_analysis.reading.provenance import Kind

LIST = "periods"
NAMED = ("part", "present", "so_far", "year.now", "year.report", "event")  # roles of whole words
BULLETIN = "bulletin"  # the genre that speaks of the year reported on alone


class PeriodRule(Rule):
    """What decided a period: the kind of a statement, or what stands above all statements."""

    DOCUMENT = "period of the document"
    HEADING = "period of a heading"
    PLAN = "years of the plan"
    CELL = "year in a table's cell"
    LISTED = "period of a list"
    TOLD = "period that its indicator was told for"
    PERIOD = "stated period"
    RANGE = "stated range of years"
    DATE = "stated day"
    MOMENT = "stated month"
    SPAN = "stated window of years"
    SUM = "years that are added up"
    SINCE = "time since"
    SO_FAR = "time so far"
    PRESENT = "present"
    FOUNDING = "founding"
    EPOCH = "epoch whose years nobody says"
    ORIGIN = "time moved away from"
    HISTORY = "time of a founding or a title"
    REMARK = "time in a remark"
    BASE = "time compared with"
    AHEAD = "time ahead that nobody says"


class Shift(Rule):
    """Which time a number takes, seen from the one that governs it."""

    WHOLE = "all of it"
    BEFORE = "the time before it"
    OPENING = "its first year"
    CLOSING = "its last year"
    MEAN = "the years of a mean"


class Source(Rule):
    """Where the words that decided stand, seen from the number."""

    TEXT = "in the text"
    HEAD = "in the head of its column"
    ROW = "in the head of its row"
    CAPTION = "in the caption"


class PeriodReading(NamedTuple):
    """The closed months that govern a place in the text, blank if unknown, and what decided.

    `rule` and its words (`cue`) decided; `shift` says what was made of it, `source` where the
    words stand, `standing` why they govern as far as they do. A tuple, because several are made
    for every statement and a frozen dataclass sets each field by a call.
    """

    first: str
    last: str
    rule: PeriodRule
    cue: str = ""
    shift: Shift = Shift.WHOLE
    source: Source = Source.TEXT
    standing: Rule | None = None

    @property
    def years(self) -> int:
        """How many whole years it holds."""
        return _years(self.first, self.last)

    def before(self) -> PeriodReading:
        """Return the time just before it: the year before a window, else the same months.

        Examples
        --------
        >>> PeriodReading("2016-01", "2020-12", PeriodRule.SPAN).before().period
        '2015-01/2015-12'
        >>> PeriodReading("2020-01", "2020-06", PeriodRule.PERIOD).before().period
        '2019-01/2019-06'
        """
        if not self.period:
            return self
        year = int(self.first[:4]) - 1
        last = f"{year}-12" if self.years > 1 else f"{int(self.last[:4]) - 1}{self.last[4:]}"
        return self._replace(first=f"{year}{self.first[4:]}", last=last, shift=Shift.BEFORE)

    def is_same(self, other: PeriodReading) -> bool:
        """Whether another says the same, however far it governs."""
        return self is other or self[:-1] == other[:-1]

    def standing_as(self, standing: Rule) -> PeriodReading:
        """Return the same reading with the reason why it governs as far as it does."""
        return PeriodReading(
            self.first, self.last, self.rule, self.cue, self.shift, self.source, standing
        )

    def open(self) -> PeriodReading:
        """Return its first year: what the earlier of two amounts is about.

        Examples
        --------
        >>> PeriodReading("2016-01", "2020-12", PeriodRule.RANGE).open().period
        '2016-01/2016-12'
        """
        return self._replace(last=f"{self.first[:4]}-12", shift=Shift.OPENING)

    def whole_year(self) -> PeriodReading:
        """Return the year that holds these months, as the plan of the year is told for it.

        Examples
        --------
        >>> PeriodReading("2020-01", "2020-06", PeriodRule.PERIOD).whole_year().period
        '2020-01/2020-12'
        """
        if not self.last or self.first[:4] != self.last[:4]:
            return self
        return self._replace(first=f"{self.first[:4]}-01", last=f"{self.last[:4]}-12")

    def last_month(self) -> PeriodReading:
        """Return the month that these months end with: 本月 in a table.

        Examples
        --------
        >>> PeriodReading("2020-01", "2020-06", PeriodRule.PERIOD).last_month().period
        '2020-06/2020-06'
        """
        return self._replace(first=self.last)

    def to_date(self) -> PeriodReading:
        """Return the months of the year up to the last one of these: 累计 in a table.

        Examples
        --------
        >>> PeriodReading("2020-06", "2020-06", PeriodRule.PERIOD).to_date().period
        '2020-01/2020-06'
        """
        if not self.last or self.first[:4] != self.last[:4]:
            return self
        return self._replace(first=f"{self.last[:4]}-01")

    def close(self) -> PeriodReading:
        """Return the year that a longer window closes: what a stock told for it is about.

        Examples
        --------
        >>> PeriodReading("2016-01", "2020-12", PeriodRule.SPAN, "五年来").close().period
        '2020-01/2020-12'
        """
        if not self.last or self.first >= f"{self.last[:4]}-01":
            return self
        return PeriodReading(
            f"{self.last[:4]}-01",
            self.last,
            self.rule,
            self.cue,
            Shift.CLOSING,
            self.source,
            self.standing,
        )

    @property
    def period(self) -> str:
        """`YYYY-MM/YYYY-MM`, or blank."""
        return _period(self.first, self.last)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The rule that decided with its words; where they stand; what was made of it."""
        return _reasons(self.rule, self.cue, self.standing, self.source, self.shift)


@lru_cache(maxsize=1024)  # asked of every number, and few periods stand in one text
def _period(first: str, last: str) -> str:
    """Return two months as a period, blank if one is unknown."""
    return f"{first}/{last}" if first and last else ""


@lru_cache(maxsize=1024)  # asked twice for every number
def _years(first: str, last: str) -> int:
    """Return how many whole years two months close."""
    if not (first and last):
        return 0
    months = int(last[5:]) - int(first[5:]) + 1
    return int(last[:4]) - int(first[:4]) + months // 12


def _said(rule: PeriodRule, cue: str) -> Reason:
    """Return the rule with the words of a statement, and where the list of periods holds them."""
    role = next((role for role in NAMED if cue in words(LIST, role)), "")
    return Reason(rule, cue, LIST if role else "", role)


@lru_cache(maxsize=1024)
def _reasons(
    rule: PeriodRule, cue: str, standing: Rule | None, source: Source, shift: Shift
) -> tuple[Reason, ...]:
    """Return what decided, and if it is special why, where it stands and what was made of it."""
    special = (step for step in (standing, source, shift) if step and step not in _PLAIN)
    return (_said(rule, cue), *(Reason(step) for step in special))


_PLAIN = (Source.TEXT, Shift.WHOLE)


@dataclass(frozen=True, slots=True)
class Clock:
    """What a document says of its own time.

    `first` and `last` are the months that it reports on, `now_year` and `now_end` the year and the
    month that it speaks in, `plan_year` is the year that it plans; blank or 0 if unknown.
    `is_counted` says that the months were only read off the figures of an overview that nobody
    dated: they date no other figures of it.
    """

    first: str
    last: str
    now_year: int
    now_end: str
    plan_year: int = 0
    is_counted: bool = False

    @property
    def year(self) -> int:
        """The year reported on, 0 if unknown."""
        return int(self.last[:4]) if self.last else self.now_year

    @property
    def document(self) -> PeriodReading:
        """The reported months."""
        return PeriodReading(self.first, self.last, PeriodRule.DOCUMENT)

    @property
    def undated(self) -> PeriodReading:
        """The period of what states none: the reported months, if the document tells them."""
        return PeriodReading("", "", PeriodRule.DOCUMENT) if self.is_counted else self.document

    def reports_on(self, year: int) -> bool:
        """Whether a year is one of those reported on."""
        return self.first[:4] <= f"{year}" <= self.last[:4]


def make_clock(context: Context) -> Clock:
    """Set the clock of a document from its context.

    今年 is the year of publication; where that is unknown or implausible, a work report speaks
    in the year after the one it reports on, and so does what names that year in its title
    (…和2026年预算草案); everything else speaks in the year reported on, and so does a bulletin,
    whose 本年 is always that year.
    """
    reported = int(context.period_end[:4]) if context.period_end else 0
    is_titled = reported > 0 and _names_year(context.title, reported + 1)
    spoken = _year_spoken(context, reported, is_ahead=is_titled or _tells_last_year(context))
    end = context.published[:7] if len(context.published) >= 7 else f"{spoken}-12"
    if reported and reported == spoken:
        end = min(context.period_end, end)  # nothing is told before it was
    planned = reported + 1 if is_titled else spoken
    months = context.period_start, context.period_end
    return Clock(*months, spoken, end if spoken else "", planned, _is_read_off(context))


def _is_read_off(context: Context) -> bool:
    """Whether the months reported on were read off the figures, not stated for the document.

    What was published in them or in the year after tells how things stood then, and so does what
    names their year in its title.
    """
    year, reported = context.published[:4], int(context.period_end[:4] or 0)
    if (year.isdigit() and int(year) - reported <= 1) or _names_year(context.title, reported):
        return False
    is_overview = context.genre in PROFILES
    kinds = (Kind.LATEST, Kind.BODY, Kind.OPENING) if is_overview else (Kind.LATEST,)
    return any(one.kind in kinds for one in context.provenance if one.field == "period")


def _year_spoken(context: Context, reported: int, *, is_ahead: bool) -> int:
    """Return the year in which a document speaks, 0 if unknown."""
    if reported and context.genre == BULLETIN:
        return reported
    year = context.published[:4]
    published = int(year) if year.isdigit() else 0
    if published and (not reported or published in (reported, reported + 1)):
        return published
    return reported + 1 if reported and (is_ahead or context.genre == "work_report") else reported


def _tells_last_year(context: Context) -> bool:
    """Whether a title says that the year reported on is over: 云溪县去年税收增长5%."""
    is_whole = context.period_start[5:] == "01" and context.period_end[5:] == "12"
    return is_whole and any(
        m.anchor == "now" and m.years[0] == -1 for m in find_periods(context.title)
    )


def _names_year(title: str, year: int) -> bool:
    """Whether a title names a year: 2025年预算执行情况和2026年预算草案."""
    return any(m.is_year and m.years[0] == year for m in find_periods(title))
