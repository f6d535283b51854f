"""Radical signs that stand for characters: ⽅ (U+2F45) written where 方 is meant.

In: text, mostly out of a pdf, whose font maps a character to its radical sign. Out: edits. A sign
that stands alone, as in a list of radicals, is left as it is. Unicode says what most signs stand
for; `lexicon/radicals.csv` says it of the simplified ones that it leaves out.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from dz_analysis.lexicon import load_lexicon
from dz_analysis.reading.ledger import Edit

_SIGN = re.compile(r"[\u2e80-\u2eff\u2f00-\u2fd5]")
_BESIDE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\u2e80-\u2fd5]")


def restore_radicals(text: str) -> list[Edit]:
    """List the radical signs that stand inside words, each with its character.

    Examples
    --------
    >>> [edit.after for edit in restore_radicals("⼯业增加值，⼩⻨")], restore_radicals("⼯ ⼩")
    (['工', '小', '麦'], [])
    """
    return [
        Edit(found.start(), found.end(), after, "radical")
        for found in _SIGN.finditer(text)
        if (after := _character(found.group())) and _is_in_word(text, found.start())
    ]


def _character(sign: str) -> str:
    """Return the one character that a sign stands for, or `""`."""
    folded = unicodedata.normalize("NFKC", sign)
    if folded != sign:
        return folded
    return _supplement().get(sign, "")


def _is_in_word(text: str, at: int) -> bool:
    beside = text[max(at - 1, 0) : at] + text[at + 1 : at + 2]
    return bool(_BESIDE.search(beside))


@cache
def _supplement() -> dict[str, str]:
    return {row["sign"]: row["character"] for row in load_lexicon("radicals")}
