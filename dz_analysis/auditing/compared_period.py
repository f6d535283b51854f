"""Which period a number is compared with, where its text names it: 2010年, “十二五”末, 年初.

In: the column `of` and the number's own period. Out: the base's period as the table writes it.
"""

from __future__ import annotations

from functools import cache

from dz_analysis.comparing.periods import Period, read_period, spell_period
from dz_analysis.finding.time.mentions import PeriodMention, find_periods
from dz_analysis.lexicon import load_rules


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
    if of in load_rules("audit")["bases"]["year_begin"]:
        return _months(own.year - 1, own.year - 1, (1, 12))
    said = find_periods(of)
    if len(said) != 1 or said[0].text != of:
        return ""
    return _resolve(said[0], own)


def _resolve(said: PeriodMention, own: Period) -> str:
    absolute = said.anchor == "year"
    first, last = (year if absolute else own.year + year for year in said.years)
    if not (absolute or said.anchor in ("now", "report", "")):
        return ""
    is_alike = said.months == (1, 12) and not said.closing
    if is_alike and first == last and said.kind == "base":  # 同期
        return own.year_before(own.year - first)
    if is_alike and not absolute and said.years != (0, 0):  # 上年, told in a first half
        return own.year_before(own.year - first)
    return _months(first, last, said.months)


def _months(first: int, last: int, months: tuple[int, int]) -> str:
    return spell_period(first * 12 + months[0] - 1, last * 12 + months[1] - 1)
