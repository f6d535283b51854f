"""Numbers as Chinese reports write them, read exactly.

In: the characters of one number (Arabic, full-width, Chinese or mixed, with 万 and 亿).
Out: a `Decimal` and whether a word inside it (余, 多, 几) leaves it open upwards.
"""

from __future__ import annotations

import re
from decimal import Context, Decimal
from functools import lru_cache
from types import MappingProxyType

# Full-width digits and signs fold one to one, so that offsets never move.
FOLD = str.maketrans("０１２３４５６７８９．％，－−﹣＋／", "0123456789.%,---+/")
DIGITS = MappingProxyType(
    {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4}
    | {"五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
)
SMALL = MappingProxyType({"十": 10, "百": 100, "千": 1000})
LARGE = MappingProxyType({"万": 10**4, "亿": 10**8})
OPEN = frozenset("余多几数来上")  # words inside a number that leave it open upwards
_SKIPPED = str.maketrans("", "", "余多来上")
_EXACT = Context(prec=80)
_ARABIC = re.compile(r"\d[\d,]*(?:\.\d+)?")


@lru_cache(maxsize=4096)  # half the numbers of a report stand in it more than once
def parse_number(words: str) -> tuple[Decimal, bool]:
    """Read one number.

    Spaces, thousands separators and full-width digits are read through. 余, 多, 几, 数 and 上 make
    the number open upwards and do not change its value; 几 and 数 stand for one of what follows.

    Parameters
    ----------
    words : str
        The number without its unit, such as ``"1,256.8"``, ``"3000余万"`` or ``"两千三百"``.

    Returns
    -------
    value : decimal.Decimal
        The number multiplied out, without a trailing fraction of zeros.
    is_open : bool
        Whether a word inside says "and more".

    Raises
    ------
    ValueError
        If the characters hold no number.

    Examples
    --------
    >>> parse_number("1,256.8亿")
    (Decimal('125680000000'), False)
    >>> parse_number("3000余万")
    (Decimal('30000000'), True)
    >>> parse_number("6个亿")
    (Decimal('600000000'), False)
    >>> parse_number("二十三")
    (Decimal('23'), False)
    >>> parse_number("十几")
    (Decimal('10'), True)
    """
    plain = "".join((words if words.isascii() else words.translate(FOLD)).split())
    is_open = not OPEN.isdisjoint(plain)
    plain = plain.translate(_SKIPPED) if is_open else plain
    sign = -1 if plain.startswith("-") else 1
    plain = plain.lstrip("+-")
    arabic = _ARABIC.match(plain)
    if arabic:
        magnitude = plain[arabic.end() :].removeprefix("个")  # 6个亿 is 6亿
        value = Decimal(arabic.group().replace(",", "")) * _magnitude(magnitude)
    else:
        value = _value_of_words(plain.replace("数", "几"))
    return _trim(value * sign), is_open


def _magnitude(words: str) -> Decimal:
    """Multiply the magnitude words behind an Arabic number: 百万, 万亿, 千."""
    factor = Decimal(1)
    for word in words:
        if word not in SMALL and word not in LARGE:
            msg = f"{words!r} is no magnitude; expected 十, 百, 千, 万 or 亿"
            raise ValueError(msg)
        factor *= SMALL.get(word) or LARGE[word]
    return factor


def _value_of_words(words: str) -> Decimal:
    """Read a Chinese numeral, positional (二〇二一) or with powers (两千三百)."""
    whole, _, fraction = words.partition("点")
    if fraction and set(fraction) <= set(DIGITS):
        tail = "".join(str(DIGITS[word]) for word in fraction)
        return _value_of_words(whole) + Decimal(f"0.{tail}")
    if not whole or fraction:
        msg = f"{words!r} is no number"
        raise ValueError(msg)
    if len(whole) > 1 and set(whole) <= set(DIGITS):
        return Decimal("".join(str(DIGITS[word]) for word in whole))
    return Decimal(_read_powers(whole))


def _read_powers(words: str) -> int:
    """Add up digit times power, section by section of 万 and 亿."""
    total = section = digit = 0
    for word in words:
        if word in DIGITS:
            digit = digit or DIGITS[word]  # 两三百 begins at two hundred
        elif word == "几":
            digit = 0
        elif word in SMALL:
            section += (digit or 1) * SMALL[word]
            digit = 0
        elif word == "万":
            total += (section + digit or 1) * LARGE[word]
            section = digit = 0
        elif word == "亿":  # 万亿 multiplies the 万 before it
            total = (total + section + digit or 1) * LARGE[word]
            section = digit = 0
        else:
            msg = f"{word!r} in {words!r} is no numeral"
            raise ValueError(msg)
    return total + section + digit


def _trim(value: Decimal) -> Decimal:
    """Drop a fraction of zeros and any exponent: 22.00 is 22."""
    is_whole = value == value.to_integral_value()
    return _EXACT.quantize(value, Decimal(1)) if is_whole else _EXACT.normalize(value)
