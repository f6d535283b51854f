"""The marks of a name: how long it is, what it begins and ends with, whether it is usual.

In: a name, its unit. Out: names of marks. `lexicon/usual_names.csv` counts in how many pages a
name begins with two characters, and ends with two before a unit; `lexicon/failed_names.csv` holds
words that no name is made of.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple

import rjieba

from dz_analysis.finding.name.nouns import strip_start, words_of
from dz_analysis.finding.units import unit_kinds
from dz_analysis.lexicon import values, words

Marks = tuple[str, ...]
KEPT = 1 << 14  # answers that are kept: a name is told several times
EDGE = 2  # characters of a name's beginning and of its end
UNUSUAL_END = ("unusual end for the unit",)
_DIGIT = re.compile(r"\d")
_SIGN = re.compile(r"[¥￥$€£%％]|</?[A-Za-z]|&#?\w+;")
_LISTING = re.compile(r"[、，：（(【；。\s]")
_LOOSE = ("a", "d", "p", "r", "c", "f", "m", "q")  # tags that a noun neither begins nor ends with
_FAILED, _USUAL = "failed_names", "usual_names"


@lru_cache(maxsize=KEPT)
def marks_of_name(name: str, unit: str) -> Marks:
    """Return the marks that a name carries wherever it stands, told in a unit.

    Examples
    --------
    >>> marks_of_name("", "元")
    ('failed: no name',)
    >>> "failed: sign in the name" in marks_of_name("&nbsp;税收", "元")
    True
    >>> marks_of_name("一般公共预算收入", "元"), marks_of_name("一般公共预算收入", "亩")
    ((), ('unusual end for the unit',))
    """
    if not name:
        return ("failed: no name",)
    is_usual = unit in _ends().get(name[-EDGE:], ())
    held = tuple([mark for mark, is_held in zip(NAME, _test_name(name), strict=True) if is_held])
    return held if is_usual else held + UNUSUAL_END


class Parts(NamedTuple):
    """What of a name may have failed: two heads that it ends with, whether it holds a digit."""

    glued: str
    is_numbered: bool


@lru_cache(maxsize=KEPT)
def parts_of_name(name: str) -> Parts:
    """Return the two heads that a name ends with, blank if one or none, and whether it has a digit.

    A word of shares is no second head: any head has a share.

    Examples
    --------
    >>> parts_of_name("养老机构床位建筑面积").glued, parts_of_name("养老机构建筑面积").glued
    ('床位建筑面积', '')
    >>> parts_of_name("民生支出占比").glued
    ''
    """
    heads = words_of("relational")
    last = "" if words_of("share_tails").at_end(name) else heads.at_end(name)
    before = heads.at_end(name[: -len(last)]) if last else ""
    return Parts(before + last if before else "", bool(_DIGIT.search(name)))


@cache
def _ends() -> Mapping[str, frozenset[str]]:
    return {end: frozenset(units.split(";")) for end, units in values(_USUAL, "end").items()}


NAME = (
    "name of one character",
    "name of two characters",
    "name of three characters",
    "digit in the name",
    "comma, bracket or blank in the name",
    "name that needs an owner",
    "name begins with a dropped word",
    "preposition in the name",
    "name begins with a verb",
    "name ends with a verb",
    "name ends with no noun",
    "unusual beginning",
    "failed: sign in the name",
    "failed: name of nothing",
    "failed: word cut from its number",
)


def _test_name(name: str) -> tuple[bool, ...]:
    """Return for each mark of `NAME` whether a name carries it."""
    tags = [tag for _, tag in rjieba.tag(name)]
    heads, size, last = words_of("relational"), len(name), tags[-1]
    return (
        size == 1,
        size == 2,
        size == 3,
        bool(_DIGIT.search(name)),
        bool(_LISTING.search(name)),
        name in heads,
        strip_start(name) != name,
        "p" in tags,
        tags[0] == "v",
        last == "v" and not heads.at_end(name),  # 收入 and 支出 are told as verbs too
        last in _LOOSE,
        name[:EDGE] not in words(_USUAL, "begin"),
        bool(_SIGN.search(name)),
        _is_no_noun(name, tags[0]),
        bool(words(_FAILED, "end").at_end(name) or words(_FAILED, "inside").first_in(name)),
    )


def _is_no_noun(name: str, tag: str) -> bool:
    """Whether a name names nothing: a verb or an adverb alone, a unit, a word of a column."""
    if name in words(_FAILED, "whole"):
        return True
    if len(name) == 1:
        return name not in words_of("single_nouns") and tag in ("v", *_LOOSE)
    unit = name.lstrip(_magnitudes())
    return not unit or unit in unit_kinds()


@cache
def _magnitudes() -> str:
    return "".join(words("numerals", "large"))
