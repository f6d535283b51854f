"""The inverse of the byte model: runs of broken characters led back to what stood there.

In: decoded text and the page's `Evidence`. Out: `Run`s: slot after slot, what the bytes allow.

One bit of state is kept: is the first byte of an original character open, so that the crawler's
pairs lie across the original ones? Then a pair `xy` closes with `x` and opens `y`, or gives `y`
back if that is ASCII; an ASCII character from 40 to 7E closes; `?reading)` is a byte whose bracket
was eaten: it opens a character where none was open and closes one where it was; `?` before ！ ？ 、
or the end is a byte cut off by a break. Any other `?` is a byte that took an ASCII one along, or a
pair that stands for nothing. Between two pairs one of the private use areas may have vanished.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dz_analysis.reading.cells import (
    ANY_LEAD,
    Cell,
    Filling,
    closings,
    column,
    gaps,
    vanished_before,
    with_reading,
)
from dz_analysis.reading.codes import EURO, EURO_BYTE, codes
from dz_analysis.reading.context import dictionary, unknown_share
from dz_analysis.reading.evidence import TORN, Evidence
from dz_analysis.reading.ledger import MISSING
from dz_analysis.reading.punctuation import WIDE
from dz_analysis.reading.readings import LETTERS, READING, readings_of

HIDDEN_START = 'span style="display:none'
_MARKS = "[!！?？、]"
_START = re.compile(  # four marks in a row are an author's
    rf"(?<!{_MARKS}{_MARKS}{_MARKS})\?(?!{_MARKS}{{3}})(?=[{LETTERS}]{{1,7}}\)|{_MARKS})"
)
_BREAKERS = frozenset("!！?？、\n")
_LONGEST = 96  # tokens; a run that does not close sooner is none
_MOST_RUNS = 4  # ways to read the lost pairs of one run
_FEW = 4  # first bytes that may be open, for a lost pair to be thought of


class Option(NamedTuple):
    """Characters that a slot may hold, in the page's script and simplified, and a log share."""

    characters: str
    plain: str
    value: float


class Gap(NamedTuple):
    """Bytes between which a pair may be lost: first ones that may be open, and one that closes."""

    leads: tuple[int, ...]
    trail: int
    is_marked: bool  # it left a `?`, so that it is lost for certain
    behind: str = ""  # an ASCII character that the closing byte brought along
    reading: str = ""  # what the page puts behind the second of the characters that it cut
    is_torn: bool = False  # the first of them was torn before it could get its reading


class Slot(NamedTuple):
    """One place of a run: what may stand there if no pair is lost, and where one may be."""

    options: tuple[Option, ...]
    gap: Gap | None = None
    pairs: tuple[Option, ...] = ()  # what a gap allows whose closing byte is lost


@dataclass(frozen=True, slots=True)
class Run:
    """One way to read a run of broken characters, `start:end` in the page.

    `kind` is `misaligned_pinyin` or `split`, by how it began.
    """

    start: int
    end: int
    kind: str
    slots: tuple[Slot, ...]

    @property
    def is_unique(self) -> bool:
        """Whether the bytes allow one text only, unless private pairs vanished."""
        return all(len(slot.options) == 1 for slot in self.slots)


class _State(NamedTuple):
    """A run read up to `at`: the bytes that may be open, and the pair just lost, if any."""

    at: int
    leads: tuple[int, ...]
    slots: tuple[Slot, ...]
    has_gap: bool = False


class _Closing(NamedTuple):
    """How a token closes the open character: what that may be, and where reading goes on."""

    at: int
    cells: Iterable[Cell]
    trail: int | None  # the byte that closes; where it is lost no pair is looked for
    opened: tuple[int, ...] = ()  # the byte that opens the next character
    behind: str = ""  # an ASCII character that comes along
    reading: str = ""  # what the page puts behind the character


def find_starts(text: str) -> Iterator[int]:
    """Yield the offsets where a run can begin: `?reading)`, or `?` before ！ ？ 、."""
    for match in _START.finditer(text):
        yield match.start()


def read_runs(text: str, start: int, evidence: Evidence, *, before: str) -> tuple[Run, ...]:
    """List the ways to read a run: more than one only if a `?` inside it is ambiguous.

    Parameters
    ----------
    text : str
        The page as decoded.
    start : int
        Offset of the `?` that begins the run.
    evidence : Evidence
        The page's list of characters and readings.
    before : str
        The original character before the run, in the page's script, or `""`.

    Returns
    -------
    tuple of Run
        Empty if the bytes allow nothing.

    Examples
    --------
    >>> page = Evidence(True, {"區": "qū", "雲": "yún"})
    >>> (run,) = read_runs("入?yún)^(qū)項目", 1, page, before="入")
    >>> [slot.options[0].characters for slot in run.slots], run.end
    (['區'], 11)
    """
    kind, states = _first_states(text, start, evidence, before=before)
    closed: list[Run] = []
    for _ in range(_LONGEST):
        moved = [new for state in states for new in _steps(text, state, evidence)]
        closed += [Run(start, new.at, kind, new.slots) for new in moved if not new.leads]
        states = [new for new in moved if new.leads][:_MOST_RUNS]
        if not states or len(closed) >= _MOST_RUNS:
            break
    return tuple(closed)


def _first_states(
    text: str, start: int, evidence: Evidence, *, before: str
) -> tuple[str, list[_State]]:
    """Return the kind of a run and the bytes that its first `?` may have left open."""
    torn = TORN.match(text, start)
    if not torn:
        return "split", [_State(start + 1, ANY_LEAD, ())]
    leads = _opened_by(before, torn.group(1), evidence)
    return "misaligned_pinyin", [_State(torn.end(), leads, ())] if leads else []


def _opened_by(before: str, reading: str, evidence: Evidence) -> tuple[int, ...]:
    """Return the bytes that with the last byte before them make a character of that reading."""
    code = codes().get(before)
    if code is None:
        return ()
    found = with_reading(code & 0xFF, reading, evidence.readings)
    return tuple(trail for trail in found if trail > 0x80)


def _steps(text: str, state: _State, evidence: Evidence) -> Iterator[_State]:
    """Read one token in every way that closes a character."""
    at = state.at
    if reading := READING.match(text, at):
        at = reading.end()
    token = text[at : at + 1]
    if token == "?":
        yield from _lost(text, at, state, evidence)
        if TORN.match(text, at):
            return
    code = codes().get(WIDE.get(token, token))
    if code is not None:
        yield from _paired(at, code, state, evidence)
    elif "@" <= token <= "~" or token == EURO:
        yield from _closed_by(text, at, state, evidence)


def _paired(at: int, code: int, state: _State, evidence: Evidence) -> Iterator[_State]:
    """Close with the first byte of a pair; the second opens, or is an ASCII character again."""
    first, second = code >> 8, code & 0xFF
    cells = column(state.leads, first)
    if second > EURO_BYTE:
        yield from _close(state, _Closing(at + 1, cells, first, opened=(second,)), evidence)
    elif second < EURO_BYTE:
        yield from _close(state, _Closing(at + 1, cells, first, behind=chr(second)), evidence)


def _closed_by(text: str, at: int, state: _State, evidence: Evidence) -> Iterator[_State]:
    """Close with an ASCII character; a reading behind it must be the closed character's."""
    trail = EURO_BYTE if text[at] == EURO else ord(text[at])
    cells = column(state.leads, trail)
    shown = READING.match(text, at + 1)
    if shown is None:
        yield from _close(state, _Closing(at + 1, cells, trail), evidence)
        return
    reading = shown.group(1)
    annotated = [cell for cell in cells if reading in readings_of(cell.character)]
    closing = _Closing(shown.end(), annotated, trail, reading=reading)
    yield from _close(state, closing, evidence)


def _lost(text: str, at: int, state: _State, evidence: Evidence) -> Iterator[_State]:
    """Close with a lost byte: before an eaten bracket, a break, or something it took along."""
    leads = state.leads
    if state.has_gap:
        return  # two losses side by side leave nothing to go by
    if torn := TORN.match(text, at):
        yield from _torn_off(torn, state, evidence)
        return
    if len(leads) > 1:  # with both bytes lost, nothing is known
        return
    cells = closings(leads[0])
    following = text[at + 1 : at + 2] or "\n"
    if following in _BREAKERS or text.startswith(HIDDEN_START, at + 1):
        yield from _close(state, _Closing(at + 1, cells, None), evidence)
        return
    yield from _close(state, _Closing(at + 1, cells, None, behind=MISSING), evidence)
    yield state._replace(at=at + 1, has_gap=True)


def _torn_off(torn: re.Match[str], state: _State, evidence: Evidence) -> Iterator[_State]:
    """Close with a lost byte of which the page shows the reading, maybe behind a lost pair."""
    reading, listed = torn.group(1), evidence.readings
    cells = (cell for lead in state.leads for cell in with_reading(lead, reading, listed).values())
    options = tuple(Option(cell.character, cell.plain, cell.share) for cell in cells)
    pairs: tuple[Option, ...] = ()
    if not evidence.keeps_private:
        pairs = tuple(
            Option(one.character + two.character, one.plain + two.plain, one.share + two.share)
            for lead in state.leads
            for one, two in vanished_before(lead, reading, listed)
        )
    if options or pairs:
        yield _State(torn.end(), (), (*state.slots, Slot(options, pairs=pairs)))


def _close(state: _State, closing: _Closing, evidence: Evidence) -> Iterator[_State]:
    """Close a slot, if anything may stand in it."""
    gap = _gap_before(state, closing, evidence)
    listed = {} if closing.reading else evidence.readings
    options = () if state.has_gap else _options(closing, state.leads, listed)
    if options or (gap is not None and fillings(gap)):
        yield _State(closing.at, closing.opened, (*state.slots, Slot(options, gap)))


def _gap_before(state: _State, closing: _Closing, evidence: Evidence) -> Gap | None:
    """Return where a pair may have been lost before the byte that closes."""
    may_vanish = state.has_gap or not evidence.keeps_private
    if closing.trail is None or not may_vanish or len(state.leads) > _FEW:
        return None
    is_torn = not state.slots
    return Gap(state.leads, closing.trail, state.has_gap, closing.behind, closing.reading, is_torn)


def fillings(gap: Gap) -> tuple[Filling, ...]:
    """Return what may stand in a gap: any of the first characters with any of the second."""
    found = [
        filling for lead in gap.leads for filling in gaps(lead, gap.trail, is_marked=gap.is_marked)
    ]
    if gap.reading:
        found = [kept for filling in found if (kept := _with_reading(filling, gap.reading)).opened]
    return tuple(found)


def _with_reading(filling: Filling, reading: str) -> Filling:
    """Return a filling without the second characters that have no such reading."""
    closed, opened, words = filling
    return Filling(
        closed,
        tuple(cell for cell in opened if reading in readings_of(cell.character)),
        tuple(word for word in words if reading in readings_of(word[1].character)),
    )


def _options(
    closing: _Closing, leads: Sequence[int], listed: Mapping[str, str]
) -> tuple[Option, ...]:
    # what a break cut has its reading if it is listed; what another reading tore apart need not
    is_guess = closing.trail is None or len(leads) > _FEW
    free = [cell for cell in closing.cells if not (is_guess and cell.character in listed)]
    behind = closing.behind
    if behind != MISSING:
        return tuple(Option(c.character + behind, c.plain + behind, c.share) for c in free)
    # what the lost byte took along is unknown; if it was the end of the line, that tells much
    return tuple(
        Option(cell.character + MISSING, cell.plain + taken, cell.share + share)
        for cell in free
        for taken, share in ((MISSING, unknown_share()), ("\n", dictionary()["\n"]))
    )
