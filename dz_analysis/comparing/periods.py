"""What kind of period a number is about, in words.

In: closed months as the table of observations has them. Out: kinds that may be compared with
one another (a first half with a first half) and names of periods for readers.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dz_analysis.language import label, say

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
KINDS = {(1, 3): "first quarter", (1, 6): "first half", (1, 9): "first three quarters"}
KINDS |= {(1, 12): "year", (7, 12): "second half"}


@dataclass(frozen=True, slots=True)
class Period:
    """Closed months, counted from year 0 so that they can be subtracted."""

    start: int
    end: int

    @property
    def months(self) -> int:
        """How many months it has."""
        return self.end - self.start + 1

    @property
    def year(self) -> int:
        """The year that it ends in."""
        return self.end // 12

    def year_before(self, years: int = 1) -> str:
        """Return the same months some years before, as the table writes them."""
        return spell_period(self.start - 12 * years, self.end - 12 * years)


@cache
def read_period(text: str) -> Period | None:
    """Read `YYYY-MM/YYYY-MM`; None for a blank.

    Examples
    --------
    >>> read_period("2021-01/2021-06").months
    6
    """
    return parse_period(text) if text else None


def parse_period(text: str) -> Period:
    """Read `YYYY-MM/YYYY-MM`, of a number whose period is known.

    Raises
    ------
    ValueError
        If it is not written so.

    Examples
    --------
    >>> parse_period("2021-01/2021-06").year_before()
    '2020-01/2020-06'
    """
    start, end = (12 * int(part[:4]) + int(part[5:]) - 1 for part in text.split("/"))
    return Period(start, end)


def spell_period(first: int, last: int) -> str:
    """Write closed months, counted from year 0, as the table does."""
    return "/".join(f"{month // 12:04d}-{month % 12 + 1:02d}" for month in (first, last))


@cache
def name_kind(text: str) -> str:
    """Name the kind of a period: numbers of one kind may be compared over years.

    Examples
    --------
    >>> name_kind("2021-01/2021-06"), name_kind("2016-01/2020-12"), name_kind("2021-05/2021-05")
    ('first half', '5 years', 'month of May')
    >>> name_kind("2021-01/2021-08"), name_kind("2020-08/2021-08"), name_kind("")
    ('first 8 months', '13 months from August', 'unknown')
    """
    period = read_period(text)
    if period is None:
        return "unknown"
    first, last = period.start % 12 + 1, period.end % 12 + 1
    if period.months == 1:
        return f"month of {MONTHS[first - 1]}"
    if period.months > 12 and first == 1 and last == 12:
        return f"{period.months // 12} years"
    if period.months > 12:
        return f"{period.months} months from {MONTHS[first - 1]}"
    if (first, last) in KINDS:
        return KINDS[first, last]
    if first == 1:
        return f"first {last} months"
    return f"{period.months} months from {MONTHS[first - 1]}"


def name_period(text: str) -> str:
    """Name a period as prose would, in the language in use.

    Examples
    --------
    >>> name_period("2021-01/2021-06"), name_period("2020-01/2020-12")
    ('the first half of 2021', 'the year 2020')
    >>> name_period("2016-01/2020-12"), name_period("2021-05/2021-05"), name_period("")
    ('the years 2016–2020', 'May 2021', 'an unknown period')
    >>> name_period("2020-08/2021-08"), name_period("2021-01/2021-08")
    ('August 2020 to August 2021', 'the first 8 months of 2021')
    >>> from dz_analysis.language import speak
    >>> with speak("zh"):
    ...     name_period("2021-01/2021-06"), name_period("2016-01/2020-12")
    ('2021年上半年', '2016—2020年')
    """
    period = read_period(text)
    if period is None:
        return say("an unknown period")
    first, last, year = period.start % 12 + 1, period.end % 12 + 1, period.year
    if period.months > 12 and (first, last) == (1, 12):
        return say("the years {first}–{last}", first=period.start // 12, last=year)
    if period.months == 1:
        return _spell_month(period.end)
    if period.start // 12 == year and (first, last) in KINDS:
        return _name_part(first, last, year)
    if period.start // 12 == year and first == 1:
        return say("the first {n} months of {year}", n=last, year=year)
    return say("{first} to {last}", first=_spell_month(period.start), last=_spell_month(period.end))


def _name_part(first: int, last: int, year: int) -> str:
    """Name a part of a year that has a name of its own."""
    if (first, last) == (1, 3):
        return say("the first quarter of {year}", year=year)
    if (first, last) == (1, 6):
        return say("the first half of {year}", year=year)
    if (first, last) == (1, 9):
        return say("the first three quarters of {year}", year=year)
    if (first, last) == (7, 12):
        return say("the second half of {year}", year=year)
    return say("the year {year}", year=year)


def _spell_month(month: int) -> str:
    name = MONTHS[month % 12]
    return say("{month} {year}", month=label(name), year=month // 12)
