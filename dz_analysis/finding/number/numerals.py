"""Numbers as Chinese reports write them, read exactly.

In: the characters of one number (Arabic, full-width, Chinese or mixed, with 万 and 亿).
Out: a `Decimal` and whether a word inside it (余, 多, 几) leaves it open upwards.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Context, Decimal
from functools import cache, lru_cache
from itertools import groupby
from types import MappingProxyType

from dz_analysis.finding.text.plain import fold_width
from dz_analysis.lexicon import values

_SIGNS = str.maketrans("，－−﹣＋／", ",---+/")  # as they stand in a number
_EXACT = Context(prec=80)
_ARABIC = re.compile(r"(?P<figure>\d[\d,]*(?:\.\d+)?)(?P<magnitude>[^\d]*)")
_NOUGHT = "〇"
_POSITIONAL = 3  # digits in a row that are one number
_LARGEST = 10**24  # nothing that is counted comes near it


class NumberError(ValueError):
    """Characters in the form of a number that are none."""


@cache
def numerals(role: str) -> Mapping[str, int]:
    """Return the Chinese numerals of one role, `digit`, `power` or `large`, with their values."""
    found = values("numerals", role)
    return MappingProxyType({word: int(value) for word, value in found.items()})


@cache
def open_words() -> frozenset[str]:
    """Return the words inside a number that leave it open upwards."""
    return frozenset([*values("numerals", "more"), *values("numerals", "some")])


@cache
def _skipped() -> dict[int, None]:
    """Return a table that takes out the words of a number that do not change its value."""
    return {ord(word): None for word in values("numerals", "more")}


def fold_number(written: str) -> str:
    """Write the digits and signs of a number in one width, each character for one.

    Examples
    --------
    >>> fold_number("－１，２５６．８％")
    '-1,256.8%'
    """
    return fold_width(written).translate(_SIGNS)


@lru_cache(maxsize=4096)  # half the numbers of a report stand in it more than once
def parse_number(written: str) -> tuple[Decimal, bool]:
    """Read one number.

    Spaces, thousands separators and full-width digits are read through. 余, 多, 来, 几 and 数
    make the number open upwards; 几 and 数 stand for one of what follows.

    Parameters
    ----------
    written : str
        The number without its unit, such as ``"1,256.8"``, ``"3000余万"`` or ``"两千三百"``.

    Returns
    -------
    value : decimal.Decimal
        The number multiplied out, without a trailing fraction of zeros.
    is_open : bool
        Whether a word inside says "and more".

    Raises
    ------
    NumberError
        If the characters hold no number, or one that nothing comes to.

    Examples
    --------
    >>> parse_number("1,256.8亿")
    (Decimal('125680000000'), False)
    >>> parse_number("3000余万")
    (Decimal('30000000'), True)
    >>> parse_number("6个亿")
    (Decimal('600000000'), False)
    >>> parse_number("2亿3000万")
    (Decimal('230000000'), False)
    >>> parse_number("二十三")
    (Decimal('23'), False)
    >>> parse_number("十几")
    (Decimal('10'), True)
    """
    plain = "".join((written if written.isascii() else fold_number(written)).split())
    plain = plain.replace("..", ".")  # a slip of typing: 14..3%
    is_open = not open_words().isdisjoint(plain)
    plain = plain.translate(_skipped()) if is_open else plain
    sign = -1 if plain.startswith("-") else 1
    plain = plain.lstrip("+-")
    if plain[:1].isdigit():
        value = sum((_value_of_figure(part) for part in _ARABIC.finditer(plain)), Decimal(0))
    else:
        value = _value_of_words(plain)
    return _trim(value * sign), is_open


def _value_of_figure(part: re.Match[str]) -> Decimal:
    """Read one figure with its magnitude; 2亿3000万 has two of them."""
    return Decimal(part["figure"].replace(",", "")) * _magnitude(part["magnitude"])


def _magnitude(written: str) -> Decimal:
    """Multiply the magnitude words behind an Arabic number: 百万, 万亿, 千, 个亿."""
    factor = Decimal(1)
    for word in _strip_article(written):
        power = numerals("power").get(word) or numerals("large").get(word)
        if power is None:
            known = ", ".join([*numerals("power"), *numerals("large")])
            msg = f"{written!r} is no magnitude; expected some of {known}"
            raise NumberError(msg)
        factor *= power
    return factor


def _strip_article(written: str) -> str:
    """Take 个 off the start of a magnitude: 6个亿 is 6亿."""
    return written[1:] if written[:1] in values("numerals", "article") else written


def _value_of_words(written: str) -> Decimal:
    """Read a Chinese numeral, positional (二〇二一) or with powers (两千三百)."""
    (point,) = values("numerals", "point")
    written = written.replace("·", point).replace(".", point).replace("○", _NOUGHT)
    whole, _, fraction = written.partition(point)
    is_read = bool(whole) and _is_digits(fraction)
    if not is_read:
        msg = f"{written!r} is no number"
        raise NumberError(msg)
    if len(whole) > 1 and _is_digits(whole):
        value = Decimal(_spell(whole))
    else:
        value = Decimal(_read_powers(_positional(whole)))
    return value + Decimal(f"0.{_spell(fraction)}") if fraction else value


def _is_digits(written: str) -> bool:
    """Whether there are only digits, or nothing."""
    return numerals("digit").keys() >= set(written)


def _spell(written: str) -> str:
    """Write Chinese digits as Arabic ones."""
    return "".join(str(numerals("digit")[word]) for word in written)


def _positional(written: str) -> Sequence[str | int]:
    """Join digits that stand one behind the other to one number: 五三五万, 一三八亿三千万.

    Two of them only say about how many (两三百, 三五万), unless one is a nought.
    """
    parts: list[str | int] = []
    for is_run, run in groupby(written, key=numerals("digit").__contains__):
        digits = "".join(run)
        is_number = is_run and (len(digits) >= _POSITIONAL or "0" in _spell(digits)[1:])
        parts += [int(_spell(digits))] if is_number else digits
    return parts


def _read_powers(written: Sequence[str | int]) -> int:
    """Add up digit times power, section by section of 万 and 亿.

    Examples
    --------
    >>> _read_powers("十二万五千"), _read_powers("两三百"), _read_powers("六万万")
    (125000, 200, 600000000)
    """
    total = section = digit = 0
    some = values("numerals", "some")
    for word in written:
        if isinstance(word, int):
            digit = word
        elif word in numerals("digit"):
            digit = digit or numerals("digit")[word]  # 两三百 begins at two hundred
        elif word in some:
            digit = 0
        elif word in numerals("power"):
            section, digit = section + (digit or 1) * numerals("power")[word], 0
        elif word in numerals("large"):
            total, section, digit = _close_section(total, section + digit, word), 0, 0
        else:
            msg = f"{word!r} in {written!r} is no numeral"
            raise NumberError(msg)
    return total + section + digit


def _close_section(total: int, section: int, word: str) -> int:
    """Multiply the section before 万 or 亿; 万亿 and 万万 multiply the 万 before them as well."""
    large = numerals("large")
    is_alone = total > 0 and not section
    if large[word] == min(large.values()) and not is_alone:
        return total + (section or 1) * large[word]
    return (total + section or 1) * large[word]


def _trim(value: Decimal) -> Decimal:
    """Drop a fraction of zeros and any exponent: 22.00 is 22."""
    if abs(value) > _LARGEST:
        msg = f"{value} is no number that anything comes to"
        raise NumberError(msg)
    is_whole = value == value.to_integral_value()
    return _EXACT.quantize(value, Decimal(1)) if is_whole else _EXACT.normalize(value)
