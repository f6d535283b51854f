"""Signs that stand for characters: ⽅ (U+2F45) for 方, 神 (U+FA19) for 神, ﹪ for ％.

In: text, mostly out of a pdf, whose font maps a character to its radical sign. Out: edits. A sign
in a list of radicals is left as it is. Unicode says what most signs stand for;
`lexicon/radicals.csv` says it of the simplified ones that it leaves out.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from dz_analysis.lexicon import load_lexicon
from dz_analysis.reading.ledger import Edit
from dz_analysis.reading.script import character_table, is_traditional

KIND = "radical"
_RADICAL = r"\u2e80-\u2eff\u2f00-\u2fd5"
# Marks of vertical text and small marks; a small 、 hides no number and ends no clause, and stays.
_FORMS = r"\ufe10-\ufe18\ufe30-\ufe44\ufe50\ufe52-\ufe6b"
_SIGN = re.compile(rf"[{_RADICAL}\uf900-\ufaff\U0002f800-\U0002fa1f{_FORMS}]")
_IS_RADICAL = re.compile(rf"[{_RADICAL}]")
_WORD = re.compile(rf"[\w{_RADICAL}]")
# In a list signs stand apart from one another, and from words by a mark.
_LIST_BEFORE = re.compile(rf"[{_RADICAL}][ \u3000、，,/]{{1,4}}$")
_LIST_BEHIND = re.compile(rf"[ \u3000、，,/]{{1,4}}[{_RADICAL}](?:[ \u3000、，,/\n]|$)")
_VIEW = 5
_TO_WIDE = 0xFEE0  # from an ASCII character to its full-width form


def restore_radicals(text: str, *, script: str = "simplified") -> list[Edit]:
    """List the signs that stand for characters, each with its character.

    Parameters
    ----------
    text : str
    script : {"simplified", "keep"}
        Whether ⾨ in a traditional text becomes 门 or 門; ⼾ in a simplified one is 户 always.

    Examples
    --------
    >>> [edit.after for edit in restore_radicals("⼯业增加值，⼩⻨，2780⼈，⼾均")]
    ['工', '小', '麦', '人', '户']
    >>> restore_radicals("⼯ ⼩"), restore_radicals("⼯、⼩、⼈")
    ([], [])
    """
    signs = [found for found in _SIGN.finditer(text) if not _is_listed(text, found.start())]
    if not signs:
        return []
    keeps = script == "keep" and is_traditional(text)
    return [
        Edit(found.start(), found.end(), after, KIND)
        for found in signs
        if (after := _character(found.group(), keeps=keeps))
    ]


def _character(sign: str, *, keeps: bool) -> str:
    """Return the one character that a sign stands for, or `""`."""
    folded = unicodedata.normalize("NFKC", sign)
    if folded == sign:
        return _supplement().get(sign, "")
    if len(folded) == 1 and "!" <= folded <= "~":
        return chr(ord(folded) + _TO_WIDE)
    if len(folded) != 1:
        return ""
    return folded if keeps else folded.translate(character_table("t2s"))


def _is_listed(text: str, at: int) -> bool:
    """Say whether a radical sign stands beside another one, apart from it, or all alone."""
    before, behind = text[max(at - _VIEW, 0) : at], text[at + 1 : at + 1 + _VIEW]
    if not _IS_RADICAL.match(text[at]) or _WORD.search(before[-1:] + behind[:1]):
        return False
    is_alone = not (before.rpartition("\n")[2].strip() or behind.partition("\n")[0].strip())
    return is_alone or bool(_LIST_BEFORE.search(before) or _LIST_BEHIND.match(behind))


@cache
def _supplement() -> dict[str, str]:
    return {row["sign"]: row["character"] for row in load_lexicon("radicals")}
