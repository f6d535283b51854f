"""Which period a number is compared with, where its text names it: 2010年, “十二五”末, 年初.

In: the column `of` and the number's own period. Out: the base's period as the table writes it.
"""

from __future__ import annotations

from functools import cache

from dz_analysis.comparing.periods import Period, read_period, spell_period
from dz_analysis.finding.time.mentions import PeriodMention, find_periods
from dz_analysis.lexicon import words

YEAR = (1, 12)
# By the anchor of a statement of time, how often its years are counted from the number's own year.
COUNTED_FROM = {"year": 0, "now": 1, "report": 1, "": 1}


@cache
def read_base(of: str, period: str) -> str:
    """Return the period that a base names; blank if it names none, or several.

    A year is its twelve months, 同期 the same months of another year, the end of a year (上年末,
    年初) the year that it closes, as stocks at a date are entered.

    Examples
    --------
    >>> read_base("2010年", "2015-01/2015-12"), read_base("“十二五”末", "2018-01/2018-12")
    ('2010-01/2010-12', '2015-01/2015-12')
    >>> read_base("去年同期", "2015-01/2015-06"), read_base("年初", "2015-01/2015-06")
    ('2014-01/2014-06', '2014-01/2014-12')
    >>> read_base("全市", "2015-01/2015-12"), read_base("2010年、2011年", "2015-01/2015-12")
    ('', '')
    """
    own = read_period(period)
    if own is None:
        return ""
    if of in words("audit", "bases.year_begin"):
        return _months(own.year - 1, own.year - 1, YEAR)
    found = find_periods(of)
    if len(found) != 1 or found[0].text != of:
        return ""
    return _resolve(found[0], own)


def _resolve(base: PeriodMention, own: Period) -> str:
    """Return the months of a base, counted from a number's own period."""
    if base.anchor not in COUNTED_FROM:
        return ""
    origin = own.year * COUNTED_FROM[base.anchor]
    first, last = (origin + year for year in base.years)
    if _takes_own_months(base):
        return own.year_before(own.year - first)
    return _months(first, last, base.months)


def _takes_own_months(base: PeriodMention) -> bool:
    """Whether a base is the same months of another year: 同期, and 上年 in a first half."""
    if base.months != YEAR or base.closing:
        return False
    is_one_year = base.years[0] == base.years[1]
    is_earlier = base.anchor != "year" and base.years != (0, 0)
    return is_earlier or (is_one_year and base.kind == "base")


def _months(first: int, last: int, months: tuple[int, int]) -> str:
    return spell_period(first * 12 + months[0] - 1, last * 12 + months[1] - 1)
