"""Patterns and single words that the readings of names look for, as the lexicon spells them.

In: the list `lexicon/name_forms.csv`. Out: compiled patterns and words. A pattern may hold the name
of another in braces, or that of a role of `lexicon/name_words.csv`, which stands for its words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from dz_analysis.lexicon import load_lexicon, patterns

_PIECE = re.compile(r"{([a-z][a-z_ ]*)}")


@cache
def form(name: str) -> re.Pattern[str]:
    """Return a pattern of the list, with the patterns and roles that it names put in."""
    return re.compile(_spell(_texts("pattern")[name]))


@cache
def term(name: str) -> str:
    """Return a single word of the list.

    Examples
    --------
    >>> term("share")
    '占比'
    """
    return _texts("term")[name]


@cache
def _texts(kind: str) -> Mapping[str, str]:
    rows = load_lexicon("name_forms")
    return MappingProxyType({row["name"]: row["text"] for row in rows if row["kind"] == kind})


def _spell(text: str) -> str:
    return _PIECE.sub(_put_in, text)


def _put_in(piece: re.Match[str]) -> str:
    """Return the pattern, or the words of the role, that a name in braces stands for."""
    text = _texts("pattern").get(piece[1])
    if text is None:
        return f"(?:{'|'.join(patterns('name_words', piece[1]))})"
    return _spell(text)
