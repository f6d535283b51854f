"""Dates as pages write them: 2019-03-05, 2019年3月, 二〇一九年三月五日, t20190305_12.html.

In: one line of a page, or an address. Out: `YYYY-MM-DD` or `YYYY-MM`, blank where there is none.
"""

from __future__ import annotations

import re
from functools import cache

from dz_analysis.lexicon import values

_GAP = r"\s{0,3}"
_SEPARATED = rf"(\d{{4}}){_GAP}[-/.年]{_GAP}(\d{{1,2}}){_GAP}[-/.月]{_GAP}(\d{{1,2}})(?!\d)日?"
DATE = re.compile(rf"(?<!\d){_SEPARATED}")
_FULL = re.compile(
    rf"{_SEPARATED}|(\d{{4}}){_GAP}年{_GAP}(\d{{1,2}}){_GAP}月{_GAP}(?:(\d{{1,2}}){_GAP}日)?"
)
_SPELLED = re.compile(
    "([〇○零Ｏ一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月(?:([一二三四五六七八九十]{1,3})日)?"
)
_CENTURY = r"(?<!\d)((?:19|20)\d{2})"
_PACKED = re.compile(
    rf"{_CENTURY}(?:[-_/]?(0[1-9]|1[0-2])[-_/]?(0[1-9]|[12]\d|3[01])(?!\d)|/(\d{{1,2}})/(\d{{1,2}})/)"
)
_ROUND = re.compile("[○Ｏ]")
_BRACKETS = "（）()[]【】〔〕 \t\u3000\xa0"


def find_date(text: str) -> str:
    """Return the first date in figures, a day, as `YYYY-MM-DD`, or `""`.

    Examples
    --------
    >>> find_date("2019-02-03 10:00"), find_date("2019年 2月3日"), find_date("昨日")
    ('2019-02-03', '2019-02-03', '')
    """
    found = DATE.search(text)
    return to_iso(*found.groups()) if found else ""


def only_date(text: str) -> str:
    """Return the date of a line that holds nothing else, a month or a day, or `""`.

    Examples
    --------
    >>> only_date("（2019年4月27日）"), only_date("二〇一九年十二月")
    ('2019-04-27', '2019-12')
    >>> only_date("二○一九年三月二十五日")
    '2019-03-25'
    >>> only_date("2019年4月27日通过"), only_date("2019-13-01")
    ('', '')
    """
    plain = text.strip(_BRACKETS)
    if spelled := _SPELLED.fullmatch(plain):
        year, *parts = spelled.groups()
        return to_iso(_spelled_year(year), *(_spelled_number(part) for part in parts))
    found = _FULL.fullmatch(plain)
    return to_iso(*(part for part in found.groups() if part)) if found else ""


def packed_date(address: str) -> str:
    """Return the date in an address or the name of a file, or `""`.

    Examples
    --------
    >>> packed_date("t20190305_4412.html"), packed_date("/art/2019/3/5/art_12_7.html")
    ('2019-03-05', '2019-03-05')
    >>> packed_date("report-2019"), packed_date("id_820190305123")
    ('', '')
    """
    found = _PACKED.search(address)
    return to_iso(*(part for part in found.groups() if part)) if found else ""


def to_iso(year: str, month: str | None = None, day: str | None = None) -> str:
    """Write a date as `YYYY-MM-DD` or `YYYY-MM`, `""` if there is no such month or day."""
    parts = [int(part) for part in (month, day) if part]
    is_date = bool(parts) and 1 <= parts[0] <= 12 and 1 <= parts[-1] <= 31
    return "-".join([f"{int(year):04d}", *(f"{part:02d}" for part in parts)]) if is_date else ""


def _spelled_year(text: str) -> str:
    return "".join(str(_digits()[sign]) for sign in _ROUND.sub("〇", text))


def _spelled_number(text: str | None) -> str:
    """Write a number below a hundred in figures: 二十五."""
    if not text or "十" not in text:
        return str(_digits()[text]) if text else ""
    tens, _, ones = text.partition("十")
    return str(10 * int(_digits().get(tens, 1)) + int(_digits().get(ones, 0)))


@cache
def _digits() -> dict[str, int]:
    return {sign: int(digit) for sign, digit in values("numerals", "digit").items()}
