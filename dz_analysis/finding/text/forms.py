"""Patterns that are rows of the lexicon, composed of named pieces and of the words of a list.

In: a list of forms (`name,use,pattern,example,counter_example,note`). Out: compiled patterns by
name. A row with the use `piece` is only a part of others; `{month}` in a pattern stands for the
piece of that name, `{since}` for the words of that role of the word list beside it, `{inside}`
for a character that ends no clause, `{inside_words}` for one that is no digit either.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from dz_analysis.finding.text.segment import STOPS
from dz_analysis.lexicon import load_lexicon, one_of, words

_IN_NUMBER = r"(?<=\d)[,:：](?=\d)"  # a mark that ends no clause: 2.31:1
_NAME = re.compile(r"\{([a-z][a-z_.]*)\}")  # a number in braces is a repetition


@cache
def words_of_roles(listed: str, *roles: str) -> tuple[str, ...]:
    """Return the words of some roles of a list, as `str.endswith` takes them.

    Examples
    --------
    >>> words_of_roles("periods", "span.future")
    ('下一个', '今后', '未来', '下')
    """
    return tuple(word for role in roles for word in words(listed, role))


@cache
def load_pieces(forms: str, listed: str) -> Mapping[str, str]:
    """Return name -> composed pattern of the pieces of a list of forms.

    Parameters
    ----------
    forms : str
        The list of forms, such as ``"period_forms"``.
    listed : str
        The word list whose roles its patterns name, such as ``"periods"``.
    """
    found = {"inside": rf"(?:[^{STOPS}]|{_IN_NUMBER})", "inside_words": rf"[^{STOPS}\d]"}
    for row in load_lexicon(forms):
        if row["use"] == "piece":
            found[row["name"]] = compose(row["pattern"], found, listed)
    return MappingProxyType(found)


def compose(pattern: str, pieces: Mapping[str, str], listed: str) -> str:
    r"""Put pieces, and the words of roles, into a pattern.

    Examples
    --------
    >>> compose("{digit}{1,3}年{since}", {"digit": r"\d"}, "periods")
    '\\d{1,3}年(?:以来|至今|迄今)'
    """

    def put(match: re.Match[str]) -> str:
        name = match[1]
        return pieces[name] if name in pieces else one_of(words(listed, name))

    return _NAME.sub(put, pattern)


@cache
def load_form(forms: str, listed: str, name: str) -> re.Pattern[str]:
    """Return a row of a list of forms that is no piece, compiled when it is asked for first.

    Examples
    --------
    >>> bool(load_form("period_forms", "periods", "mean").search("年均增加300元"))
    True
    """
    return re.compile(compose(_spelled(forms)[name], load_pieces(forms, listed), listed))


@cache
def _spelled(forms: str) -> Mapping[str, str]:
    """Return name -> pattern of the rows that are no pieces, as the list spells them."""
    rows = load_lexicon(forms)
    return MappingProxyType({row["name"]: row["pattern"] for row in rows if row["use"] == "form"})
