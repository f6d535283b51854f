"""Readings in brackets: which `(…)` behind a character is that character's reading.

In: decoded text. Out: the spans of readings, and the list of characters that the page annotates.
The readings of all characters come from pypinyin's tables.
"""

from __future__ import annotations

import re
from functools import cache

MARKED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜḿńňǹ"
LETTERS = "a-zü" + MARKED
READING = re.compile(rf"(?<=[^\s(])\(([{LETTERS}]{{1,7}})\)")


@cache
def _table() -> dict[int, str]:
    from pypinyin.constants import PINYIN_DICT  # takes 0.2 s, and a clean text has no readings

    return PINYIN_DICT


@cache
def readings_of(character: str) -> frozenset[str]:
    """Return every reading that the tables know of a character, with tone marks.

    Examples
    --------
    >>> sorted(readings_of("長"))
    ['cháng', 'zhàng', 'zhǎng']
    >>> readings_of("A")
    frozenset()
    """
    known = _table().get(ord(character), "") if character else ""
    return frozenset(known.split(",")) if known else frozenset()


def first_reading(character: str) -> str:
    """Return the commonest reading of a character, or `""`.

    Examples
    --------
    >>> first_reading("區"), first_reading("x")
    ('qū', '')
    """
    return _table().get(ord(character), "").split(",")[0]


def character_before(text: str, at: int) -> str:
    """Return the character before an offset, looking through its reading.

    Examples
    --------
    >>> character_before("全區(qū)收入", 6)
    '區'
    """
    if at and text[at - 1] == ")":
        opened = text.rfind("(", max(at - 10, 0), at)
        if opened > 0 and (reading := READING.match(text, opened)) and reading.end() == at:
            at = opened
    return text[at - 1 : at] if at else ""


def is_reading(character: str, reading: str) -> bool:
    """Say whether a reading is one of the character's.

    Examples
    --------
    >>> is_reading("區", "qū"), is_reading("氣", "電")
    (True, False)
    """
    return reading in readings_of(character)
