"""Numbers with their units, as they stand in the text.

In: clean text. Out: `Quantity`s in text order, without those that count nothing (dates, names,
coinages, classes: see `rejections`). What they measure is not asked here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from dz_analysis.finding.model import Quantity
from dz_analysis.finding.number.numerals import DIGITS, parse_number
from dz_analysis.finding.number.units import kind_of, name_unit, unit_pattern
from dz_analysis.reading.ledger import MISSING

_D = "[0-9０-９]"
# At most 18 digits and five groups of three: longer runs are licence numbers, and the bound keeps
# the search linear on a page of digits.
# A blank may stand beside the point (12. 6亿元), but 1. 5亿元 behind a line's start is numbering.
_SPACED = (
    r"(?:(?<=[㐀-鿿])|(?<=[㐀-鿿][ \u00a0\u2009]))(?<![图表第条款例])"
    rf"{_D}{{1,6}}[ \u00a0\u2009]?[.．][ \u00a0\u2009]?{_D}{{1,2}}(?=\s?(?:[万亿%％]|个百分点))"
)
_ARABIC = (
    rf"(?:{_SPACED}|(?:{_D}{{1,3}}(?:(?:[,，]\s?|[ \u00a0\u2009]){_D}{{3}}){{1,5}}(?!{_D})"
    rf"|{_D}{{1,18}}(?!{_D}))"
    rf"(?:[.．]{_D}{{1,12}})?)"
)
# 千 and 百 before 米, 瓦, 分 … belong to the unit (千米, 百分点).
_MAGNITUDE = (
    r"(?:个亿(?![一-鿿])|[十百千]?万亿|[十百千]?[万亿]|百(?![分强年姓])"
    r"|千(?!米|瓦|克|伏|升|卡|焦|公里|公斤))"
)
_NUMBER = rf"{_ARABIC}(?:[余多几]?\s?{_MAGNITUDE}|[余多])?[余多]?"
_HANZI = (
    r"(?:(?:(?<![跨迈登站冲])上|数)(?=[十百千万亿]))?[一二两三四五六七八九十百千万亿几零]{1,10}"
    r"(?:点[一二三四五六七八九零]{1,6})?[余多来]?[万亿]?"
)
_MARK = r"[\[［〔]\d{1,2}[\]］〕]"  # of a note: 105.51[1]亿元
_CLOCK = re.compile("[0-9]{1,2}[:：∶︰][0-9]{2}[:：∶︰][0-9]{2}")
_ROUNDING = 2  # that three rounded shares may miss of 100
_CUT = re.compile(rf"[^\n]{MISSING}[.．]?$")  # at the start of a line □ is a bullet
_DIGIT_WORDS = "[一二两三四五六七八九十百几]"


@cache
def _pattern() -> re.Pattern[str]:
    """Return the pattern of everything that may be a quantity."""
    any_unit, hanzi_unit = unit_pattern(), unit_pattern(after_hanzi=True)
    kinds = "(?:(?<=头)（[只匹羽口、]{1,5}）)?"  # 28.6万头（只、匹）
    base = f"[十百千万亿]{{0,2}}(?:{any_unit}|人|年|月|日|次)"
    per = rf"(?:\s?[/／]{base}|每{base}(?=[，。；、：,;:）)\s]|$)){{0,2}}"  # 部/百人, 微克每立方米
    unit = rf"(?:\s?(?:{any_unit}){kinds}{per}|\s?[％℅﹪])"
    dash = r"\s?(?:[-－—–~～]{1,2}|至|到)\s?"
    return re.compile(
        rf"""
        (?=[0-9０-９一二两三四五六七八九十百千万亿几数上零半第首榜前翻－−﹣-])(?:
        (?P<parts>{_ARABIC}%?\s?[:：∶︰]\s?{_ARABIC}%?\s?[:：∶︰]\s?{_ARABIC}%?)
      | (?P<pair>{_D}{{1,3}}[.．]{_D}{{1,3}}\s?[:：∶︰]\s?1(?:00)?(?![\d:：∶︰]))
      | (?P<fraction>[百千]分之[一二两三四五六七八九十百点零]{{1,8}}
          |[一二两三四五六七八九十]{{1,3}}分之[一二两三四五六七八九十]{{1,3}}
          |(?<![\d/.]){_D}{{1,2}}/{_D}{{1,2}}(?![\d/年月]))
      | (?P<rank>第\s?(?:{_D}{{1,4}}|{_DIGIT_WORDS}{{1,4}})\s?(?:位|名(?!单|录))?
          |(?<=[列居市省国])(?<!位居){_DIGIT_WORDS}{{1,2}}(?=[、和与]{_DIGIT_WORDS}{{1,2}}位)
          |(?<=[列居市省国]{_DIGIT_WORDS}[、和与]){_DIGIT_WORDS}{{1,2}}位
          |首位(?![度产])|榜首|(?<![提目此以日之])前\s?(?:{_D}{{1,3}}|{_DIGIT_WORDS}{{1,3}})(?:[位名])?(?![\d个月季年天批十强—~～至到-]))
      | (?P<half>半数|一半(?!以)|(?<![上下])半年(?=时间|内|实现|完成|建成|就))
      | (?P<double>翻了?{_DIGIT_WORDS}?番)
      | (?P<marked>(?P<markednumber>{_ARABIC}){_MARK}
          (?P<magnitude>{_MAGNITUDE})?(?P<markedunit>{unit}))
      | (?P<range>(?P<low>{_NUMBER})(?P<lowunit>{unit})?{dash}
          (?P<top>{_NUMBER})(?P<rangeunit>{unit})?)
      | (?P<plain>(?P<sign>(?<![\d%％—–~～-])[-－−﹣])?(?P<number>{_NUMBER})(?P<unit>{unit})?)
      | (?P<hanzi>(?:{_HANZI}(?P<hdash>至|到))?(?P<hnumber>{_HANZI})(?P<hunit>{hanzi_unit})
          (?P<tenth>(?<=成)[一二三四五六七八九半](?![个家]))?))
        """,
        re.VERBOSE,
    )


def scan_quantities(text: str) -> Iterator[Quantity]:
    """Yield everything in the form of a quantity, with dates, names and coinages still among it.

    A number that a lost character touches is left out: nobody knows how it began.

    Examples
    --------
    >>> [q.quote for q in scan_quantities("建成5G基站1,200余个，投资3.5亿元")]
    ['5', '1,200余个', '3.5亿元']
    >>> list(scan_quantities("财政收入□0.7亿元，下降□.6个百分点"))
    []
    """
    for match in _pattern().finditer(text):
        if _CUT.search(text, max(match.start() - 3, 0), match.start()):
            continue
        # The group that closes last is the one of the whole branch.
        yield from _READERS[match.lastgroup or ""](match)


def _read_parts(match: re.Match[str]) -> tuple[Quantity, ...]:
    """Read 11.8:54.3:33.9 as three shares, numbered by their place; 08:30:15 is a time of day."""
    if _is_clock(match.group()):
        return ()
    base = match.start()
    return tuple(
        Quantity(
            base + part.start(),
            base + part.end(),
            part.group(),
            parse_number(part.group())[0],
            None,
            "%",
            "part",
            place=place,
        )
        for place, part in enumerate(re.finditer(_ARABIC, match.group()), start=1)
    )


def _is_clock(words: str) -> bool:
    """Whether three whole numbers are hours, minutes and seconds: as shares they come to 100.

    Examples
    --------
    >>> _is_clock("9:30:15"), _is_clock("12:43:45"), _is_clock("1:2:7")
    (True, False, False)
    """
    if not _CLOCK.fullmatch(words):
        return False
    hours, minutes, seconds = (int(part) for part in re.split("[:：∶︰]", words))
    is_whole = abs(hours + minutes + seconds - 100) <= _ROUNDING
    return not is_whole and max(hours, 23) == 23 and max(minutes, seconds) < 60


def _read_fraction(match: re.Match[str]) -> tuple[Quantity, ...]:
    """Read 百分之五, 三分之二 and 1/4 as per cent."""
    words = match.group()
    if words.startswith(("百分之", "千分之")):
        value = parse_number(words[3:])[0]
    elif "分之" in words:
        below, above = (parse_number(part)[0] for part in words.split("分之"))
        value = _share(above, below)
    else:
        above, below = (parse_number(part)[0] for part in words.split("/"))
        value = _share(above, below)
    unit = "‰" if words.startswith("千分之") else "%"
    return (Quantity(match.start(), match.end(), words, value, None, unit, "percent"),)


def _share(above: Decimal, below: Decimal) -> Decimal:
    """Return a fraction in per cent to four places; a zero below cannot be divided by."""
    return round(above * 100 / below, 6) if below else Decimal(0)


def _read_rank(match: re.Match[str]) -> tuple[Quantity, ...]:
    """Read 第三位, 首位 and 前十 as places."""
    words = match.group()
    number = words.strip("第前位名 ")
    value = Decimal(1) if words in ("首位", "榜首") else parse_number(number)[0]
    return (Quantity(match.start(), match.end(), words, value, None, "位", "rank"),)


def _read_half(match: re.Match[str]) -> tuple[Quantity, ...]:
    """Read 半数 and 一半 as 50 %, 半年 as half a year."""
    words = match.group()
    start, end = match.span()
    if words == "半年":
        return (Quantity(start, end, words, Decimal("0.5"), None, "年", "time"),)
    return (Quantity(start, end, words, Decimal(50), None, "%", "percent"),)


def _read_double(match: re.Match[str]) -> tuple[Quantity, ...]:
    """Read 翻一番 as 2 times, 翻两番 as 4."""
    words = match.group()
    number = words.strip("翻了番")
    value = Decimal(2) ** int(parse_number(number)[0]) if number else Decimal(2)
    return (Quantity(match.start(), match.end(), words, value, None, "倍", "double"),)


def _read_range(match: re.Match[str]) -> tuple[Quantity, ...]:
    """Read 2—6个月; a magnitude or unit said once holds for both ends."""
    unit = (match["rangeunit"] or "").strip()
    low_words, top_words = match["low"], match["top"]
    high, open_ = parse_number(top_words)
    low = parse_number(low_words)[0]
    tail = re.sub(r"[\d０-９.．,，\s]", "", top_words)
    if tail and not re.search("[十百千万亿]", low_words) and not match["lowunit"]:
        low = parse_number(low_words + tail)[0]
    whole = _make(match.start(), match.group(), low, unit, open_)
    return (whole._replace(high=high),)


def _read_plain(match: re.Match[str]) -> tuple[Quantity, ...]:
    quote, sign, number, unit = match.group("plain", "sign", "number", "unit")
    value, open_ = parse_number(number)
    value = -value if sign else value
    return (_make(match.start(), quote, value, (unit or "").strip(), open_),)


def _read_worded(match: re.Match[str]) -> tuple[Quantity, ...]:
    """Read 二十三家, 近七成, 上万人; a numeral that does not parse is no quantity."""
    low, dash, _ = match.group().rpartition(match["hdash"]) if match["hdash"] else ("", "", "")
    try:
        value, open_ = parse_number(match["hnumber"])
        first = parse_number(low)[0] if dash else None
    except ValueError:
        return ()
    factor = 10 if match["hunit"] == "成" else 1
    if match["tenth"]:  # 九成五 is 95 %
        value += Decimal(DIGITS.get(match["tenth"], 5)) / 10
    whole = _make(match.start(), match.group(), value * factor, match["hunit"].strip(), open_)
    if first is None:
        return (whole,)
    return (whole._replace(value=first * factor, high=whole.value),)


def _read_marked(match: re.Match[str]) -> tuple[Quantity, ...]:
    """Read 105.51[1]亿元, a number with the mark of a note in it."""
    value, open_ = parse_number(match["markednumber"] + (match["magnitude"] or ""))
    unit = match["markedunit"].strip()
    return (_make(match.start(), match.group(), value, unit, open_),)


def _make(start: int, quote: str, value: Decimal, unit: str, open_: bool) -> Quantity:
    """Build a quantity; 成 written with an Arabic digit is tens of per cent as well."""
    kind = kind_of(unit) if unit else "bare"
    if unit == "成" and quote[0] in "0123456789０１２３４５６７８９":
        value *= 10
    open_ = open_ or "多" in unit  # 2个多百分点
    return Quantity(start, start + len(quote), quote, value, None, name_unit(unit), kind, open_)


def _read_pair(match: re.Match[str]) -> tuple[Quantity, ...]:
    """Read 2.27:1 as 2.27."""
    number = re.split("[:：∶︰]", match.group())[0]
    value = parse_number(number)[0]
    return (Quantity(match.start(), match.end(), match.group(), value, None, "", "pair"),)


_READERS = {
    "pair": _read_pair,
    "parts": _read_parts,
    "fraction": _read_fraction,
    "rank": _read_rank,
    "half": _read_half,
    "double": _read_double,
    "marked": _read_marked,
    "range": _read_range,
    "plain": _read_plain,
    "hanzi": _read_worded,
}
