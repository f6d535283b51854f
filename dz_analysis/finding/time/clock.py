"""The time of a document: what it reports on, when it speaks, and readings of periods.

In: the `Context`. Out: `Clock`, which relative words are counted from, and `PeriodReading`, the
closed months that govern a place in the text.
"""

from __future__ import annotations

from dataclasses import dataclass

from dz_analysis.finding.model import Context


@dataclass(frozen=True, slots=True)
class PeriodReading:
    """The closed months that govern a place in the text, blank if unknown, and what decided."""

    first: str
    last: str
    rule: str

    @property
    def years(self) -> int:
        """How many whole years it holds."""
        if not self.period:
            return 0
        if self.first[:4] == self.last[:4]:  # of most periods, and asked for every number
            return int(self.first.endswith("-01") and self.last.endswith("-12"))
        months = int(self.last[5:]) - int(self.first[5:]) + 1
        return int(self.last[:4]) - int(self.first[:4]) + months // 12

    def before(self) -> PeriodReading:
        """Return the time just before it: the year before a window, else the same months.

        Examples
        --------
        >>> PeriodReading("2016-01", "2020-12", "").before().period
        '2015-01/2015-12'
        >>> PeriodReading("2020-01", "2020-06", "").before().period
        '2019-01/2019-06'
        """
        if not self.period:
            return self
        year = int(self.first[:4]) - 1
        last = f"{year}-12" if self.years > 1 else f"{int(self.last[:4]) - 1}{self.last[4:]}"
        return PeriodReading(f"{year}{self.first[4:]}", last, f"{self.rule}, before")

    def open(self) -> PeriodReading:
        """Return its first year: what the earlier of two amounts is about.

        Examples
        --------
        >>> PeriodReading("2016-01", "2020-12", "").open().period
        '2016-01/2016-12'
        """
        return PeriodReading(self.first, f"{self.first[:4]}-12", f"{self.rule}, opening")

    def close(self) -> PeriodReading:
        """Return the year that a longer window closes: what a stock told for it is about.

        Examples
        --------
        >>> PeriodReading("2016-01", "2020-12", "span: 五年来").close().period
        '2020-01/2020-12'
        """
        if not self.last or self.first >= f"{self.last[:4]}-01":
            return self
        return PeriodReading(f"{self.last[:4]}-01", self.last, f"{self.rule}, closing")

    @property
    def period(self) -> str:
        """`YYYY-MM/YYYY-MM`, or blank."""
        return f"{self.first}/{self.last}" if self.first and self.last else ""


@dataclass(frozen=True, slots=True)
class Clock:
    """What a document says of its own time: reported months, and the month it speaks in."""

    first: str
    last: str
    now_year: int
    now_end: str

    @property
    def year(self) -> int:
        """The year reported on, 0 if unknown."""
        return int(self.last[:4]) if self.last else self.now_year


def make_clock(context: Context) -> Clock:
    """Set the clock of a document from its context.

    今年 is the year of publication; where that is unknown or implausible, a work report speaks
    in the year after the one it reports on, and everything else in that year itself.
    """
    last_year = int(context.period_end[:4]) if context.period_end else 0
    spoken = last_year + 1 if context.genre == "work_report" and last_year else last_year
    published = int(context.published[:4]) if context.published[:4].isdigit() else 0
    if published and (not last_year or published in (last_year, last_year + 1)):
        spoken = published
    end = context.published[:7] if len(context.published) >= 7 else f"{spoken}-12"
    if last_year and last_year == spoken:
        end = context.period_end
    return Clock(context.period_start, context.period_end, spoken, end if spoken else "")
