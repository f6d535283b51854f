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
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from dz_analysis.reading.codes import LEADS, character_of, codes, is_private
from dz_analysis.reading.context import dictionary, unknown_share
from dz_analysis.reading.evidence import TORN, Evidence
from dz_analysis.reading.ledger import MISSING
from dz_analysis.reading.punctuation import WIDE
from dz_analysis.reading.readings import LETTERS, READING, readings_of
from dz_analysis.reading.script import character_table

_START = re.compile(rf"\?(?=[{LETTERS}]{{1,7}}\)|[!！?？、])")
_BREAKERS = frozenset("!！?？、\n")
HIDDEN_START = 'span style="display:none'
_LONGEST = 48  # tokens; a run that does not close sooner is none
_WIDTH = 48  # paths kept at each step
_WIDTH_VANISHED = 24  # of those on which pairs vanished: there are thousands of them
_MOST_VANISHED = 2
# First bytes of the private pairs, and what can follow as the first byte of a character.
_VANISHED = (
    (range(0xA1, 0xA8), tuple(range(0x81, 0xA1))),
    ((*range(0xAA, 0xB0), *range(0xF8, 0xFF)), tuple(range(0xA1, 0xFF))),
)


class Path(NamedTuple):
    """One way to read a run: its characters so far, and the bytes that may be open."""

    at: int
    leads: tuple[int, ...]
    characters: str
    value: float
    vanished: int = 0


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


def read_run(text: str, start: int, evidence: Evidence, *, before: str, vanishing: bool) -> Run:
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
    vanishing : bool
        Whether to allow for private pairs that vanished.

    Returns
    -------
    Run
        Without paths if the bytes allow nothing.

    Examples
    --------
    >>> page = Evidence(True, {"區": "qū", "雲": "yún"})
    >>> run = read_run("入?yún)^(qū)項目", 1, page, before="入", vanishing=False)
    >>> [(path.characters, path.at) for path in run.paths]
    [('區', 11)]
    """
    torn = TORN.match(text, start)
    kind = "misaligned_pinyin" if torn else "split"
    if torn:
        leads = _opened_by(before, torn.group(1), evidence)
        paths = [Path(torn.end(), leads, "", 0.0)] if leads else []
    else:
        paths = [Path(start + 1, tuple(LEADS), "", 0.0)]
    most = _MOST_VANISHED if vanishing and not evidence.keeps_private else 0
    closed: list[Path] = []
    for _ in range(_LONGEST):
        paths = [
            new
            for path in _with_vanished(paths, most, evidence)
            for new in _step(text, path, evidence)
        ]
        closed += [path for path in paths if not path.leads]
        paths = _best([path for path in paths if path.leads])
        if not paths:
            break
    whole = [path for path in closed if not path.characters.endswith(MISSING)]
    return Run(start, kind, tuple(_best(whole or closed)))


def _opened_by(before: str, reading: str, evidence: Evidence) -> tuple[int, ...]:
    """Return the bytes that with the last byte before them make a character of that reading."""
    code = codes().get(before)
    if code is None:
        return ()
    return tuple(trail for trail in _closing(code & 0xFF, reading, evidence) if trail >= 0x81)


def _closing(lead: int, reading: str, evidence: Evidence) -> list[int]:
    """Return the second bytes of characters of a reading: the page's list wins over the tables."""
    row = _row(lead)
    listed = [t for t, cell in row.items() if evidence.readings.get(cell.character) == reading]
    if listed:
        return listed
    return [
        trail
        for trail, cell in row.items()
        if cell.is_traditional and reading in readings_of(cell.character)
    ]


def _step(text: str, path: Path, evidence: Evidence) -> Iterator[Path]:
    """Read one token: every way in which it can go on."""
    at = path.at
    if reading := READING.match(text, at):
        at = reading.end()
    token = text[at] if at < len(text) else "\n"
    if token == "?":
        yield from _lost(text, at, path, evidence)
        if TORN.match(text, at):
            return
    code = codes().get(WIDE.get(token, token))
    if code is not None:
        for lead in path.leads:
            yield from _add(path, lead, code >> 8, at + 1, (code & 0xFF,), evidence)
    elif "@" <= token <= "~":
        yield from _close_with(text, at, path, evidence)


def _close_with(text: str, at: int, path: Path, evidence: Evidence) -> Iterator[Path]:
    """Close with an ASCII character; a reading behind it must be the closed character's."""
    reading = READING.match(text, at + 1)
    for lead in path.leads:
        trail = ord(text[at])
        if reading is None:
            yield from _add(path, lead, trail, at + 1, (), evidence)
        elif (cell := _row(lead).get(trail)) and reading.group(1) in readings_of(cell.character):
            yield from _add(path, lead, trail, reading.end(), (), evidence, annotated=True)


def _lost(text: str, at: int, path: Path, evidence: Evidence) -> Iterator[Path]:
    """Close with a lost byte: before an eaten bracket, a break, or something it took along."""
    torn = TORN.match(text, at)
    if torn:
        for lead in path.leads:
            for trail in _closing(lead, torn.group(1), evidence):
                yield from _add(path, lead, trail, torn.end(), (), evidence, annotated=True)
        return
    following = text[at + 1] if at + 1 < len(text) else "\n"
    whole = following in _BREAKERS or text.startswith(HIDDEN_START, at + 1)
    for lead in path.leads:
        for trail in _row(lead):
            if trail >= 0x81:
                for new in _add(path, lead, trail, at + 1, (), evidence):
                    yield new if whole else _with_eaten(new)


def _with_eaten(path: Path) -> Path:
    return Path(path.at, (), path.characters + MISSING, path.value + unknown_share(), path.vanished)


def _add(
    path: Path,
    lead: int,
    trail: int,
    at: int,
    leads: tuple[int, ...],
    evidence: Evidence,
    *,
    annotated: bool = False,
) -> Iterator[Path]:
    """Close a character, if there is one of these bytes that could stand here."""
    cell = _row(lead).get(trail)
    if cell is None:
        return
    is_guess = len(path.leads) > 1
    if is_guess and not annotated and not _could_stand(cell, evidence):
        return
    value = path.value + _worth(path.characters[-1:], cell)
    yield Path(at, leads, path.characters + cell.character, value, path.vanished)


def _could_stand(cell: _Cell, evidence: Evidence) -> bool:
    """Say whether a guessed character fits the page: its script, and not one always annotated."""
    return cell.is_traditional and cell.character not in evidence.readings


def _with_vanished(paths: Sequence[Path], most: int, evidence: Evidence) -> list[Path]:
    """Add to the paths those on which a private pair vanished at this place."""
    found = list(paths)
    latest = list(paths)
    for _ in range(most):
        more: list[Path] = []
        for path in latest:
            if path.vanished < most and len(path.leads) < len(LEADS):
                more += _vanish(path, evidence)
        latest = _best(more)
        found += latest
    return found


def _vanish(path: Path, evidence: Evidence) -> Iterator[Path]:
    for lead in path.leads:
        for cell, seconds in _vanishing(lead):
            if _could_stand(cell, evidence):
                value = path.value + _worth(path.characters[-1:], cell)
                text = path.characters + cell.character
                yield Path(path.at, seconds, text, value, path.vanished + 1)


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


def _worth(before: str, cell: _Cell) -> float:
    """Return a quick log probability: the character's share, and what a word with it adds."""
    if not before:
        return cell.share
    first = before.translate(character_table("t2s"))
    pair = dictionary().get(first + cell.plain)
    if pair is None:
        return cell.share
    return max(cell.share, pair - dictionary().get(first, unknown_share()))


class _Cell(NamedTuple):
    """A character of the code page as a run may hold it."""

    character: str
    plain: str  # its simplified form
    share: float  # log share in running text
    is_traditional: bool  # not one that only simplified text has: a mirror would have converted it


@cache
def _row(lead: int) -> dict[int, _Cell]:
    """Return second byte -> character for a first byte, without the private ones."""
    cells = ((trail, character_of(lead, trail)) for trail in range(0x40, 0xFF))
    return {trail: _cell(c) for trail, c in cells if c and not is_private(c)}


def _cell(character: str) -> _Cell:
    code = ord(character)
    only_simplified = code in character_table("s2t") and code not in character_table("t2s")
    plain = character.translate(character_table("t2s"))
    share = dictionary().get(plain, unknown_share())
    return _Cell(character, plain, share, not only_simplified)


@cache
def _vanishing(lead: int) -> list[tuple[_Cell, tuple[int, ...]]]:
    """Return the known characters that the first byte of a vanished pair can close."""
    return [
        (cell, seconds)
        for firsts, seconds in _VANISHED
        for trail in firsts
        if (cell := _row(lead).get(trail)) and cell.plain in dictionary()
    ]
