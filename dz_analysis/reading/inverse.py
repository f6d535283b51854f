"""The inverse of the byte model: runs of broken characters led back to what stood there.

In: decoded text and the page's `Evidence`. Out: `Run`s with every text that the bytes allow.

One bit of state is kept: is the first byte of an original character open, so that the crawler's
pairs lie across the original ones? Then a pair `xy` closes with `x` and opens `y`; an ASCII
character from 40 to 7E closes; `?reading)` is a byte whose bracket was eaten: it opens a
character where none was open and closes one where it was; `?` before ！ ？ 、 or the end is a byte
cut off by a break. Between two pairs one of the private use areas may have vanished.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from dz_analysis.reading.cells import (
    ANY_LEAD,
    Cell,
    closings,
    column,
    vanishing,
    with_reading,
)
from dz_analysis.reading.codes import EURO, EURO_BYTE, codes
from dz_analysis.reading.context import dictionary, unknown_share
from dz_analysis.reading.evidence import TORN, Evidence
from dz_analysis.reading.ledger import MISSING
from dz_analysis.reading.punctuation import WIDE
from dz_analysis.reading.readings import LETTERS, READING, readings_of
from dz_analysis.reading.script import character_table

HIDDEN_START = 'span style="display:none'
_MARKS = "[!！?？、]"
_START = re.compile(  # four marks in a row are an author's
    rf"(?<!{_MARKS}{_MARKS}{_MARKS})\?(?!{_MARKS}{{3}})(?=[{LETTERS}]{{1,7}}\)|{_MARKS})"
)
_BREAKERS = frozenset("!！?？、\n")
_LONGEST = 48  # tokens; a run that does not close sooner is none
_BEYOND = 6  # tokens that a run may go on behind the first place where it could close
_WIDTH = 32  # paths kept at each step
_WIDTH_VANISHED = 24  # of those on which pairs vanished: there are thousands of them
_MOST_VANISHED = 2
_WIDENED = 12  # likeliest paths for which a vanished pair is thought of


class Path(NamedTuple):
    """One way to read a run: its characters so far, and the bytes that may be open."""

    at: int
    leads: tuple[int, ...]
    characters: str
    plain: str  # the same, simplified, behind the character before the run
    value: float
    vanished: int = 0


class _Move(NamedTuple):
    """What one token allows: one of these characters closes, and these bytes open."""

    cells: Iterable[Cell]
    at: int
    leads: tuple[int, ...] = ()
    is_guess: bool = False
    behind: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A run of broken characters: `start` in the page, how it began, and its readings.

    `kind` is `misaligned_pinyin` or `split`; `paths` end where their character closes.
    """

    start: int
    kind: str
    paths: tuple[Path, ...]


def find_starts(text: str) -> Iterator[int]:
    """Yield the offsets where a run can begin: `?reading)`, or `?` before ！ ？ 、."""
    for match in _START.finditer(text):
        yield match.start()


def read_run(text: str, start: int, evidence: Evidence, *, before: str, with_vanished: bool) -> Run:
    """List every text that a run's bytes allow.

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
    with_vanished : bool
        Whether to allow for private pairs that vanished.

    Returns
    -------
    Run
        Without paths if the bytes allow nothing.

    Examples
    --------
    >>> page = Evidence(True, {"區": "qū", "雲": "yún"})
    >>> run = read_run("入?yún)^(qū)項目", 1, page, before="入", with_vanished=False)
    >>> [(path.characters, path.at) for path in run.paths]
    [('區', 11)]
    """
    torn = TORN.match(text, start)
    plain = before.translate(character_table("t2s")) or "\n"
    if torn:
        leads = _opened_by(before, torn.group(1), evidence)
        first = Path(torn.end(), leads, "", plain, 0.0)
    else:
        first = Path(start + 1, ANY_LEAD, "", plain, 0.0)
    most = _MOST_VANISHED if with_vanished and not evidence.keeps_private else 0
    for eating in (False, True):
        paths = _close(text, [first] if first.leads else [], evidence, most=most, eating=eating)
        if paths:
            break
    return Run(start, "misaligned_pinyin" if torn else "split", tuple(paths))


def _opened_by(before: str, reading: str, evidence: Evidence) -> tuple[int, ...]:
    """Return the bytes that with the last byte before them make a character of that reading."""
    code = codes().get(before)
    if code is None:
        return ()
    found = with_reading(code & 0xFF, reading, evidence.readings)
    return tuple(trail for trail in found if trail > 0x80)


def _close(
    text: str, paths: list[Path], evidence: Evidence, *, most: int, eating: bool
) -> list[Path]:
    """Follow paths until they close; with `eating` a lost byte may take an ASCII one along."""
    closed: list[Path] = []
    beyond = 0
    for _ in range(_LONGEST):
        paths = [
            new
            for path in _with_vanished(paths, most, evidence)
            for move in _moves(text, path, evidence, eating=eating)
            for new in _extend(path, move, evidence)
        ]
        closed += _best([path for path in paths if not path.leads])
        paths = _best([path for path in paths if path.leads])
        beyond += bool(closed)
        if not paths or beyond > _BEYOND:
            break
    return _best(closed)


def _moves(text: str, path: Path, evidence: Evidence, *, eating: bool) -> Iterator[_Move]:
    """Read one token: every way in which it can go on."""
    at = path.at
    if reading := READING.match(text, at):
        at = reading.end()
    token = text[at : at + 1]
    if token == "?":
        yield from _lost(text, at, path, evidence, eating=eating)
        if TORN.match(text, at):
            return
    code = codes().get(WIDE.get(token, token))
    if code is not None:
        cells = column(path.leads, code >> 8)
        yield _Move(cells, at + 1, (code & 0xFF,), is_guess=len(path.leads) > 1)
    elif "@" <= token <= "~" or token == EURO:
        yield _closed_by(text, at, path)


def _closed_by(text: str, at: int, path: Path) -> _Move:
    """Close with an ASCII character; a reading behind it must be the closed character's."""
    cells = column(path.leads, EURO_BYTE if text[at] == EURO else ord(text[at]))
    reading = READING.match(text, at + 1)
    if reading is None:
        return _Move(cells, at + 1, is_guess=len(path.leads) > 1)
    annotated = [cell for cell in cells if reading.group(1) in readings_of(cell.character)]
    return _Move(annotated, reading.end())


def _lost(text: str, at: int, path: Path, evidence: Evidence, *, eating: bool) -> Iterator[_Move]:
    """Close with a lost byte: before an eaten bracket, a break, or something it took along."""
    torn = TORN.match(text, at)
    if torn:
        for lead in path.leads:
            found = with_reading(lead, torn.group(1), evidence.readings)
            yield _Move(found.values(), torn.end())
        return
    following = text[at + 1 : at + 2] or "\n"
    whole = following in _BREAKERS or text.startswith(HIDDEN_START, at + 1)
    if (whole or eating) and len(path.leads) == 1:  # with both bytes lost, nothing is known
        behind = "" if whole else MISSING
        yield _Move(closings(path.leads[0]), at + 1, is_guess=True, behind=behind)


def _extend(path: Path, move: _Move, evidence: Evidence) -> Iterator[Path]:
    """Close a character in every way that a move allows."""
    listed = evidence.readings
    first = path.plain[-1:]
    for cell in move.cells:
        if move.is_guess and cell.character in listed:
            continue  # it would have its reading
        value = path.value + _worth(first, cell) + (unknown_share() if move.behind else 0.0)
        characters = path.characters + cell.character + move.behind
        plain = path.plain + cell.plain + move.behind
        yield Path(move.at, move.leads, characters, plain, value, path.vanished)


def _with_vanished(paths: list[Path], most: int, evidence: Evidence) -> list[Path]:
    """Add to the paths those on which one private pair vanished at this place."""
    more: list[Path] = []
    for vanished in range(most):
        group = [path for path in paths if path.vanished == vanished][:_WIDENED]
        more += [new for path in group for new in _vanish(path, evidence)]
    return [*paths, *_best(more)] if more else paths


def _vanish(path: Path, evidence: Evidence) -> Iterator[Path]:
    """Close a character with the first byte of a pair that left no trace."""
    if path.leads is ANY_LEAD:
        return
    listed, first, vanished = evidence.readings, path.plain[-1:], path.vanished + 1
    for lead in path.leads:
        for cell, leads in vanishing(lead):
            if cell.character not in listed:
                value = path.value + _worth(first, cell)
                characters = path.characters + cell.character
                yield Path(path.at, leads, characters, path.plain + cell.plain, value, vanished)


def _best(paths: list[Path]) -> list[Path]:
    """Keep the likeliest paths: as many for each end and each number of vanished pairs."""
    groups: dict[tuple[int, int], list[Path]] = {}
    for path in paths:
        groups.setdefault((path.at, path.vanished), []).append(path)
    kept: list[Path] = []
    for _, group in sorted(groups.items()):
        group.sort(key=lambda path: (-path.value, path.characters))
        kept += group[: _WIDTH_VANISHED if group[0].vanished else _WIDTH]
    return kept


def _worth(first: str, cell: Cell) -> float:
    """Return a quick log probability: the character's share, and what a word with it adds."""
    if not first:
        return cell.share
    words = dictionary()
    pair = words.get(first + cell.plain)
    if pair is None:
        return cell.share
    return max(cell.share, pair - words.get(first, unknown_share()))
