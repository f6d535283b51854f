"""Characters by their bytes: what a first or a second byte allows.

In: bytes. Out: `Cell`s of code page 936, with how common each character is. Tables only, made
once; `inverse` walks over them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import product
from typing import NamedTuple

from dz_analysis.reading.codes import LEADS, character_of, codes, is_private
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
    return cells if len(leads) == 1 else tuple(filter(_is_usual, cells))


@cache
def closings(lead: int) -> tuple[Cell, ...]:
    """Return the characters that a lost second byte may have closed (a lost byte is above 80)."""
    cells = (cell for trail, cell in row(lead).items() if trail > 0x80)
    return tuple(filter(_is_usual, cells))


class Filling(NamedTuple):
    """What a lost pair may have cut: any of the characters it closed, any of those it opened.

    The commonest of both come first.
    """

    closed: tuple[Cell, ...]
    opened: tuple[Cell, ...]
    words: tuple[tuple[Cell, Cell, float], ...]  # those that are words, with their log share


@cache
def gaps(lead: int, trail: int, *, is_marked: bool) -> tuple[Filling, ...]:
    """Return what may have stood between two bytes of which a pair was lost.

    Parameters
    ----------
    lead, trail : int
        The open first byte before the pair and the closing second byte behind it.
    is_marked : bool
        Whether the pair left a `?`: it stood for nothing; else it was a private one and left none.

    Returns
    -------
    tuple of Filling
    """
    found = []
    for firsts, seconds in _unassigned() if is_marked else _VANISHED:
        closed = _by_share(_closed_by(lead, firsts))
        opened = _by_share(column(seconds, trail)) if closed else ()
        if opened:
            found.append(Filling(closed, opened, tuple(_words_of(closed, opened))))
    return tuple(found)


def _closed_by(lead: int, firsts: Iterable[int]) -> list[Cell]:
    """Return the usual characters that an open byte makes with the first byte of a pair."""
    cells = row(lead)
    return [cell for first in firsts if (cell := cells.get(first)) and _is_usual(cell)]


def _words_of(closed: Iterable[Cell], opened: Iterable[Cell]) -> Iterator[tuple[Cell, Cell, float]]:
    """Yield the pairs of characters that are words, with their log share."""
    words = dictionary()
    for one, two in product(closed, opened):
        share = words.get(one.plain + two.plain)
        if share is not None:
            yield one, two, share


@cache
def _unassigned() -> tuple[tuple[tuple[int], tuple[int, ...]], ...]:
    """Return the pairs that stand for nothing: first byte, and the second ones above 80."""
    found = []
    for first in LEADS:
        seconds = tuple(s for s in range(0x81, 0xFF) if not character_of(first, s))
        if seconds:
            found.append(((first,), seconds))
    return tuple(found)


def vanished_before(
    lead: int, reading: str, listed: Mapping[str, str]
) -> Iterator[tuple[Cell, Cell]]:
    """Yield what an open first byte may give before a vanished pair and a listed character.

    The character stands behind the pair, and of its own bytes only the reading is left.
    """
    ending = [codes()[c] for c, shown in listed.items() if shown == reading and c in codes()]
    for firsts, seconds in _VANISHED:
        opened = [row(c >> 8)[c & 0xFF] for c in ending if c >> 8 in seconds and c & 0xFF > 0x80]
        for two, one in product(opened, _closed_by(lead, firsts)):
            yield one, two


def with_reading(lead: int, reading: str, listed: Mapping[str, str]) -> dict[int, Cell]:
    """Return second byte -> character of a reading: the page's list wins over the tables."""
    cells = row(lead)
    on_page = {t: cell for t, cell in cells.items() if listed.get(cell.character) == reading}
    return on_page or {
        trail: cell
        for trail, cell in cells.items()
        if cell.is_traditional and reading in readings_of(cell.character)
    }


def _by_share(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    return tuple(sorted(cells, key=lambda cell: (-cell.share, cell.character)))


def _is_usual(cell: Cell) -> bool:
    return cell.is_known and cell.is_traditional


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
