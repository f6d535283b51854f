"""Characters by their bytes: what a first or a second byte allows.

In: bytes. Out: `Cell`s of code page 936, with how common each character is. Tables only, made
once; `inverse` walks over them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from dz_analysis.reading.codes import LEADS, character_of, is_private
from dz_analysis.reading.context import dictionary, unknown_share
from dz_analysis.reading.readings import readings_of
from dz_analysis.reading.script import character_table

ANY_LEAD = tuple(LEADS)
# First bytes of the private pairs, and what then opens the next character.
_VANISHED = (
    (range(0xA1, 0xA8), tuple(range(0x81, 0xA1))),
    ((*range(0xAA, 0xB0), *range(0xF8, 0xFF)), tuple(range(0xA1, 0xFF))),
)


class Cell(NamedTuple):
    """A character of the code page as a run may hold it."""

    character: str
    plain: str  # its simplified form
    share: float  # log share in running text
    is_traditional: bool  # not one that only simplified text has: a mirror would have converted it
    is_known: bool  # the dictionary has it


@cache
def row(lead: int) -> Mapping[int, Cell]:
    """Return second byte -> character for a first byte, without the private ones.

    Examples
    --------
    >>> row(0x85)[0x5E].plain
    '区'
    """
    cells = ((trail, character_of(lead, trail)) for trail in range(0x40, 0xFF))
    return {trail: _cell(c) for trail, c in cells if c and not is_private(c)}


@cache
def column(leads: tuple[int, ...], trail: int) -> tuple[Cell, ...]:
    """Return the characters that a second byte closes: known ones, if the first is a guess."""
    cells = tuple(cell for lead in leads if (cell := row(lead).get(trail)))
    return cells if len(leads) == 1 else tuple(c for c in cells if c.is_known and c.is_traditional)


@cache
def closings(lead: int) -> tuple[Cell, ...]:
    """Return the characters that a lost second byte may have closed (a lost byte is above 80)."""
    cells = (cell for trail, cell in row(lead).items() if trail > 0x80)
    return tuple(cell for cell in cells if cell.is_known and cell.is_traditional)


@cache
def vanishing(lead: int) -> tuple[tuple[Cell, tuple[int, ...]], ...]:
    """Return the characters that the first byte of a vanished pair may have closed.

    Each comes with the bytes that the pair's second byte may have opened.
    """
    return tuple(
        (cell, seconds)
        for firsts, seconds in _VANISHED
        for trail in firsts
        if (cell := row(lead).get(trail)) and cell.is_known and cell.is_traditional
    )


def with_reading(lead: int, reading: str, listed: Mapping[str, str]) -> dict[int, Cell]:
    """Return second byte -> character of a reading: the page's list wins over the tables."""
    cells = row(lead)
    on_page = {t: cell for t, cell in cells.items() if listed.get(cell.character) == reading}
    return on_page or {
        trail: cell
        for trail, cell in cells.items()
        if cell.is_traditional and reading in readings_of(cell.character)
    }


def _cell(character: str) -> Cell:
    code = ord(character)
    only_simplified = code in character_table("s2t") and code not in character_table("t2s")
    plain = character.translate(character_table("t2s"))
    share = dictionary().get(plain)
    return Cell(
        character,
        plain,
        unknown_share() if share is None else share,
        not only_simplified,
        share is not None,
    )
