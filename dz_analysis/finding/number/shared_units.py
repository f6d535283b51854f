"""Units that the last number of a list says for all of them: 提高2.1、3.4个百分点.

In: scanned quantities. Out: the same, bare ones with the unit that they share.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from dz_analysis.finding.model import Quantity
from dz_analysis.finding.number.numerals import numerals, parse_number
from dz_analysis.finding.number.refusal import LIST, look
from dz_analysis.finding.number.scan import unit_of
from dz_analysis.lexicon import values, words

AMOUNTS = frozenset(["money", "area", "length", "weight", "energy", "volume", "other", "count"])
_FRACTION = re.compile(r"\d+[.．]\d+")
_AMOUNT = re.compile(r"\d+[.．]\d+|\d{3,}")


def share_units(text: str, scanned: tuple[Quantity, ...]) -> tuple[Quantity, ...]:
    """Give a number the unit that the next one in its list says for both: 2.1、3.4个百分点.

    In a list of fractions or of long numbers the magnitude of the last holds for all:
    38.2、121.6、152.6亿元, 38625、14468元.
    """
    shared = list(scanned)
    for at in range(len(shared) - 2, -1, -1):
        quantity, following = shared[at], shared[at + 1]
        if quantity.kind != "bare" and not _is_article(quantity):
            continue
        gap = text[quantity.end : following.start]
        if _shares_unit(quantity, following, gap):
            shared[at] = quantity._replace(unit=following.unit, kind=following.kind)
        elif _shares_amount(quantity, following, gap):
            scale = _magnitude(shared, at + 1)
            value = quantity.value * scale
            shared[at] = quantity._replace(value=value, unit=following.unit, kind=following.kind)
    for at in _ranks_of_lists(text, shared):
        shared[at] = shared[at]._replace(unit=unit_of("rank"), kind="rank")
    return tuple(shared)


def _ranks_of_lists(text: str, quantities: Sequence[Quantity]) -> Iterator[int]:
    """Yield where the later places of a list stand, for which 第 is said once: 第6、3和1位."""
    for first, quantity in enumerate(quantities):
        if quantity.kind != "rank" or not quantity.quote[-1].isdigit():
            continue
        last = first
        while last + 1 < len(quantities) and _goes_on(text, *quantities[last : last + 2]):
            last += 1
        if last > first and quantities[last].unit in words(LIST, "places"):
            yield from range(first + 1, last + 1)


def _goes_on(text: str, quantity: Quantity, following: Quantity) -> bool:
    """Whether a number is the next place of a list: 3 and 1位 behind 第6."""
    is_place = following.kind == "bare" or following.unit in words(LIST, "places")
    between = text[quantity.end : following.start]
    is_open = quantity.unit not in words(LIST, "places") or quantity.quote[-1].isdigit()
    return is_place and is_open and look("and_gap").fullmatch(between) is not None


def _is_article(quantity: Quantity) -> bool:
    """Whether 个 may be all that is left of a unit: 提高2.1个、下降3.4个百分点."""
    return quantity.unit in values("numerals", "article")


def _shares_amount(quantity: Quantity, following: Quantity, gap: str) -> bool:
    """Whether a bare number is told in the amount of the next number of its list."""
    is_bare = quantity.kind == "bare" and _AMOUNT.fullmatch(quantity.quote)
    is_amount = following.kind in AMOUNTS and _AMOUNT.match(following.quote)
    return bool(is_bare and is_amount and look("and_gap").fullmatch(gap))


def _magnitude(quantities: Sequence[Quantity], at: int) -> Decimal:
    """Return what the digits of a number in a list are multiplied with: 亿 in 152.6亿元."""
    quantity = quantities[at]
    digits = _AMOUNT.match(quantity.quote)
    plain = parse_number(digits.group())[0] if digits else Decimal(0)
    return quantity.value / plain if plain else Decimal(1)


def _shares_unit(quantity: Quantity, following: Quantity, gap: str) -> bool:
    """Whether the unit of the next number holds for this one as well.

    A bare number takes it over from a percentage, a bare magnitude from any amount, and 个 is cut
    from the unit where its number has a fraction (提高2.1个、下降3.4个百分点) or points follow in
    the same list (高于全国、全市1个、0.4个百分点).
    """
    if _is_article(quantity):
        is_plain = _FRACTION.fullmatch(quantity.quote.removesuffix(quantity.unit))  # no 156.9万个
        joins = look("list_gap").fullmatch(gap) or (is_plain and look("moved_gap").fullmatch(gap))
        return bool(joins) and following.kind == "point"
    is_large = quantity.kind == "bare" and quantity.quote[-1] in numerals("large")
    is_taker = following.kind in ("point", "percent") or (
        is_large and following.kind not in ("bare", "rank", "part")
    )
    return is_taker and bool(look("list_gap").fullmatch(gap))
