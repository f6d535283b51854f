"""The forward model: clean text damaged as the mirror sites do it.

In: clean text, the characters to annotate and their readings. Out: the page that a crawler would
store. Deterministic; used by tests, for teaching and for sample pages. `repair` is its inverse.

The steps, all but the first and last on the bytes of code page 936:
1. simplified to traditional characters, one for one (`lexicon/mirror_script.csv` says where the
   mirrors differ from the usual table);
2. `(reading)` behind every pair of bytes of a listed character, at any offset, so that pairs made
   of two halves of neighbours are hit too;
3. hidden blocks at the ends of paragraphs;
4. a boundary before the bytes of 、 and then of ！ and ？, at any offset; each piece is decoded
   alone;
5. decoding that loses what does not fit (`codes.decode_lossy`);
6. ，：；！？（） folded to ASCII.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from functools import cache

from dz_analysis.reading.codes import codes, decode_lossy
from dz_analysis.reading.punctuation import WIDE
from dz_analysis.reading.readings import first_reading
from dz_analysis.reading.script import character_table, mirror_table

HIDDEN = '<span style="display:none">'
_FOLD = str.maketrans({wide: narrow for narrow, wide in WIDE.items()})
_BREAK_FIRST = re.compile(rb"(?=\xa1\xa2)")
_BREAK_THEN = re.compile(rb"(?=\xa3[\xa1\xbf])")


def damage(
    text: str,
    readings: Mapping[str, str],
    *,
    hidden: Mapping[int, str] | None = None,
    keep_private: bool = False,
    fold: bool = True,
) -> str:
    """Damage clean text as a mirror site does.

    Parameters
    ----------
    text : str
        Clean simplified text, one paragraph a line.
    readings : mapping
        Traditional character -> the reading that is put behind it; all of a listed character's
        occurrences get it.
    hidden : mapping, optional
        Number of a line, from 0 -> spam that is hidden at its end.
    keep_private : bool
        Whether pairs of the private use areas survive the crawl.
    fold : bool
        Whether the crawl folds full-width marks to ASCII.

    Returns
    -------
    str
        The page; as many lines as `text` has.

    Examples
    --------
    >>> damage("入区项目，增长5%。", {"區": "qū", "雲": "yún", "長": "zhǎng"})
    '入?yún)^(qū)項目,增長(zhǎng)5%。'
    """
    ordered = _in_order(readings)
    spam = hidden or {}
    lines = [
        _damage_line(to_mirror_script(line), ordered, spam.get(number, ""), keep_private)
        for number, line in enumerate(text.split("\n"))
    ]
    page = "\n".join(lines)
    return page.translate(_FOLD) if fold else page


def to_mirror_script(text: str) -> str:
    """Return text in traditional characters as the mirrors convert it: one for one.

    Examples
    --------
    >>> to_mirror_script("着力净化后湖")
    '著力凈化后湖'
    """
    return text.translate(mirror_table())


def choose_readings(text: str, *, size: int, seed: int) -> dict[str, str]:
    """Draw a list of characters to annotate, as the mirrors have one for each page.

    Parameters
    ----------
    text : str
        Clean simplified text.
    size : int
        How many of the characters that conversion changes are drawn (all if there are fewer).
    seed : int
        The same seed gives the same list.

    Returns
    -------
    dict
        Traditional character -> its first reading.

    Examples
    --------
    >>> choose_readings("经济增长", size=2, seed=1)
    {'長': 'zhǎng', '濟': 'jì'}
    """
    table = mirror_table()
    changed = {table[ord(c)] for c in text if ord(c) in table and table[ord(c)] != c}
    known = sorted(c for c in changed if c in codes() and first_reading(c))
    drawn = random.Random(seed).sample(known, min(size, len(known)))
    return {character: first_reading(character) for character in sorted(drawn, reverse=True)}


def _in_order(readings: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    """Return what to replace by what, in the mirrors' order.

    They go down the codes of the simplified forms; characters that their own conversion never
    makes (雲) come last. Order matters only where two hits share a byte.
    """
    made = set(mirror_table().values())
    simple = character_table("t2s")

    def rank(character: str) -> tuple[bool, bytes, str]:
        form = simple.get(ord(character), character)
        return character in made, form.encode("gb18030"), character

    listed = sorted((c for c in readings if c in codes()), key=rank, reverse=True)
    return [(_bytes(c), _bytes(f"{c}({readings[c]})")) for c in listed]


def _damage_line(
    line: str, ordered: list[tuple[bytes, bytes]], spam: str, keep_private: bool
) -> str:
    """Damage one line; a character outside code page 936 parts the bytes and stays."""
    pieces = re.split(rf"([^\x00-\x7f{_encodable()}]+)", line)
    for number in range(0, len(pieces), 2):
        content = _bytes(pieces[number])
        for before, after in ordered:
            content = content.replace(before, after)
        if spam and number == len(pieces) - 1:
            content += _bytes(HIDDEN + spam)
        pieces[number] = _decode_broken(content, keep_private)
    return "".join(pieces)


def _decode_broken(content: bytes, keep_private: bool) -> str:
    parts = (part for whole in _BREAK_FIRST.split(content) for part in _BREAK_THEN.split(whole))
    return "".join(decode_lossy(part, keep_private=keep_private) for part in parts)


def _bytes(text: str) -> bytes:
    table = codes()
    return b"".join(bytes((ord(c),)) if c.isascii() else table[c].to_bytes(2, "big") for c in text)


@cache
def _encodable() -> str:
    return "".join(re.escape(character) for character in codes())
