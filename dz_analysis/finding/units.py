"""The units: what may stand behind a number, and what it is called in the table.

In: the lexicon's `units.csv`. Out: a table of units and the pattern pieces made from it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from dz_analysis.lexicon import load_lexicon, words

_SIGNS = str.maketrans("％（）", "%()")  # as the table writes them


@cache
def _slash() -> re.Pattern[str]:
    """Return the pattern of what stands between an amount and what it is told of: / and 每."""
    return re.compile(rf"\s*[/／]\s*|(?<=.){words('numerals', 'per').pattern}")


@cache
def unit_kinds() -> dict[str, str]:
    """Return unit -> kind."""
    return {row["unit"]: row["kind"] for row in load_lexicon("units")}


@cache
def base_units() -> dict[str, str]:
    """Return unit as written -> unit as the table names it."""
    return {row["unit"]: row["base"] for row in load_lexicon("units")}


def unit_pattern(*, after_hanzi: bool = False) -> str:
    """Return an alternation of all units, longest first.

    Parameters
    ----------
    after_hanzi : bool
        Only units that may stand behind a Chinese numeral: 三级 and 一层 count nothing. Some may
        behind a long one only: 四百八十张, not 一张图.
    """
    rows = [row for row in load_lexicon("units") if not after_hanzi or row["after_hanzi"] != "no"]
    rows.sort(key=lambda row: (-len(row["unit"]), row["unit"]))
    return "|".join(_piece(row, after_hanzi=after_hanzi) for row in rows)


def _piece(row: Mapping[str, str], *, after_hanzi: bool) -> str:
    """Return one unit, guarded by the characters that make another word of it (项 in 项目).

    Each by itself: a class of Han characters takes long to compile, and there are hundreds. What
    stands behind a semicolon guards as a whole (张 in 张家港, but not in 张家庭床位).
    """
    characters, *longer = row["unless"].split(";")
    guards = (f"(?!{re.escape(one)})" for one in (*characters, *longer))
    long = _long_numeral() if after_hanzi and row["after_hanzi"] == "long" else ""
    return long + re.escape(row["unit"]) + "".join(guards)


@cache
def _long_numeral() -> str:
    """Return the pattern behind a Chinese numeral of three signs, or one that ends in 百 or 万."""
    roles = {role: "".join(words("numerals", role)) for role in ("digit", "power", "large", "more")}
    powers = roles["power"] + roles["large"]
    return f"(?:(?<=[{''.join(roles.values())}]{{3}})|(?<=[{roles['digit']}][{powers}]))"


@lru_cache(maxsize=1024)
def name_unit(written: str) -> str:
    """Return the unit as the table names it.

    Examples
    --------
    >>> name_unit("个百分点"), name_unit("元／人"), name_unit("㎡"), name_unit("台（套）")
    ('百分点', '元/人', '平方米', '台(套)')
    >>> name_unit("μg/m³")
    '微克/立方米'
    """
    whole = written.translate(_SIGNS).strip()
    parts = [whole] if whole in base_units() else _slash().split(whole)
    return "/".join(base_units().get(part, part) for part in parts)


@lru_cache(maxsize=1024)
def kind_of(written: str) -> str:
    """Return the kind of a unit as written; a unit not in the list is `other`.

    Examples
    --------
    >>> kind_of("万元"), kind_of("元/吨"), kind_of("家"), kind_of("台（套）")
    ('other', 'money', 'count', 'count')
    """
    whole = written.translate(_SIGNS).strip()
    first = _slash().split(whole)[0].partition("(")[0]
    return unit_kinds().get(whole) or unit_kinds().get(first, "other")
