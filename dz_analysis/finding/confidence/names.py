"""The marks of a name: how long it is, what it begins and ends with, whether it is usual.

In: a name, its unit. Out: names of marks. `lexicon/usual_names.csv` counts in how many pages a
name begins with two characters, and ends with two before a unit; `lexicon/failed_names.csv` holds
words that no name is made of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from types import MappingProxyType

import rjieba

from dz_analysis.finding.name.nouns import strip_start, words_of
from dz_analysis.finding.number.units import unit_kinds
from dz_analysis.lexicon import values, words

Marks = tuple[str, ...]
KEPT = 1 << 14  # answers that are kept: a name is told several times
EDGE = 2  # characters of a name's beginning and of its end
UNUSUAL_END = ("unusual end for the unit",)
GLUED = ("failed: two heads glued",)
_DIGIT = re.compile(r"\d")
_SIGN = re.compile(r"[¥￥$€£%％]|</?[A-Za-z]|&#?\w+;")
_LISTING = re.compile(r"[、，：（(【；。\s]")
_LOOSE = ("a", "d", "p", "r", "c", "f", "m", "q")  # tags that a noun neither begins nor ends with
_FAILED, _USUAL = "failed_names", "usual_names"


@lru_cache(maxsize=KEPT)
def marks_of_name(name: str) -> Marks:
    """Return the marks that a name carries wherever it stands.

    Examples
    --------
    >>> marks_of_name("")
    ('failed: no name',)
    >>> "failed: sign in the name" in marks_of_name("&nbsp;税收")
    True
    """
    if not name:
        return ("failed: no name",)
    return tuple([mark for mark, test in NAME.items() if test(name)])


@lru_cache(maxsize=KEPT)
def marks_of_end(end: str, unit: str) -> Marks:
    """Return whether names that end so are usually told in another unit, or not at all.

    Examples
    --------
    >>> marks_of_end("收入", "元"), marks_of_end("收入", "亩")
    ((), ('unusual end for the unit',))
    """
    return () if unit in _ends().get(end, ()) else UNUSUAL_END


@lru_cache(maxsize=KEPT)
def glued_heads(name: str) -> str:
    """Return the two heads that a name ends with, blank if it ends with one or none.

    A word of shares is no second head: any head has a share.

    Examples
    --------
    >>> glued_heads("养老机构床位建筑面积"), glued_heads("养老机构建筑面积")
    ('床位建筑面积', '')
    >>> glued_heads("民生支出占比")
    ''
    """
    heads = words_of("relational")
    last = "" if words_of("share_tails").at_end(name) else heads.at_end(name)
    before = heads.at_end(name[: -len(last)]) if last else ""
    return before + last if before else ""


@cache
def _ends() -> Mapping[str, frozenset[str]]:
    return {end: frozenset(units.split(";")) for end, units in values(_USUAL, "end").items()}


@lru_cache(maxsize=64)  # the tests of one name ask one after the other
def _tokens(name: str) -> tuple[tuple[str, str], ...]:
    return tuple(rjieba.tag(name))


def _has_tag(*tags: str) -> Callable[[str], bool]:
    """Return the test whether a word inside a name has one of some tags."""
    return lambda name: any(tag in tags for _, tag in _tokens(name))


def _tag_at(at: int, *tags: str) -> Callable[[str], bool]:
    """Return the test whether the first or last word of a name has one of some tags."""
    return lambda name: _tokens(name)[at][1] in tags


def _is_no_noun(name: str) -> bool:
    """Whether a name names nothing: a verb or an adverb alone, a unit, a word of a column."""
    if name in words(_FAILED, "whole"):
        return True
    if len(name) == 1:
        return name not in words_of("single_nouns") and _tokens(name)[0][1] in ("v", *_LOOSE)
    return name.lstrip("".join(words("numerals", "large"))) in ("", *unit_kinds())


NAME: Mapping[str, Callable[[str], bool]] = MappingProxyType(
    {
        "name of one character": lambda name: len(name) == 1,
        "name of two characters": lambda name: len(name) == 2,
        "name of three characters": lambda name: len(name) == 3,
        "digit in the name": lambda name: bool(_DIGIT.search(name)),
        "comma, bracket or blank in the name": lambda name: bool(_LISTING.search(name)),
        "name that needs an owner": lambda name: name in words_of("relational"),
        "name begins with a dropped word": lambda name: strip_start(name) != name,
        "preposition in the name": _has_tag("p"),
        "name begins with a verb": _tag_at(0, "v"),
        "name ends with a verb": _tag_at(-1, "v"),
        "name ends with a word of change": lambda name: bool(
            words("measure_words", "move").at_end(name)
        ),
        "name ends with no noun": _tag_at(-1, *_LOOSE),
        "unusual beginning": lambda name: name[:EDGE] not in words(_USUAL, "begin"),
        "failed: sign in the name": lambda name: bool(_SIGN.search(name)),
        "failed: name of nothing": _is_no_noun,
        "failed: word cut from its number": lambda name: (
            bool(words(_FAILED, "end").at_end(name) or words(_FAILED, "inside").first_in(name))
        ),
    }
)
