"""Characters of a page to lines: what stands on one line, and in which columns it stands.

In: `Glyphs`. Out: `Line`s from top to bottom, each of `Piece`s that blanks part. A figure of
another font, size or height than the words beside it stands in their line, for what counts is
that they overlap in height and stand beside each other. A small figure set high is a note or an
exponent, and is written as one (²).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from dz_analysis.reading.glyphs import WIDE, Floats, Glyphs, code_table, holds

_STEP = 0.12  # ems between the lines that two characters of one run stand on, at most
_BREAK = 0.9  # ems of a gap inside a run
_BLANK = 0.5  # ems of a gap that is a blank
_NARROW = code_table((0x30, 0x39), (0x41, 0x5A), (0x61, 0x7A))  # Latin letters and figures
_NARROW_BLANK = 0.14  # ems of a gap between two of them that is a blank
_FEW = 4  # characters that do not show how wide a line is set
_RISE, _FALL = 0.8, 0.1  # ems that a character stands above and below its line
_SHARED = 0.5  # of the lower of two runs' heights, where they stand on one line
_COLLIDE = 0.3  # ems that neighbours in a line may overlap
_MARKS = code_table(
    *((0x21, 0x2F), (0x3A, 0x3F), (0xB7, 0xB7), (0x2010, 0x2027), (0x3000, 0x303F)),
    *((0xFF01, 0xFF0F), (0xFF1A, 0xFF1F)),
)
_EMPTY = 0.6  # of its width, that may be empty on one side of a mark
_LOOK_BACK = 6  # lines that a run may belong to
_SMALL, _RAISED = 0.78, 0.2  # size and height, in ems of the line, of a note or an exponent
_NOTE = 2  # figures of one
_RAISED_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_HAN = re.compile(r"[\u3400-\u9fff]")


class Run(NamedTuple):
    """Characters in a row that stand beside one another: `start:end` of the glyphs.

    `low` to `high` is where their ink may be: the blank half of a mark at either end is left off.
    """

    start: int
    end: int
    left: float
    right: float
    low: float
    high: float
    top: float
    bottom: float
    base: float
    em: float
    zone: int


class Piece(NamedTuple):
    """Characters of a line without a blank among them."""

    text: str
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its pieces from left to right, the line they stand on, the size of its font.

    `is_row` says that it is a row of a table: every piece is a cell, blank ones too. `column`
    numbers the columns of running text on a page in the order in which they are read.
    """

    pieces: tuple[Piece, ...]
    base: float
    em: float
    is_row: bool = False
    column: int = 0

    @property
    def text(self) -> str:
        """The words of the line; cells apart by a tab, which also ends a row of one cell."""
        if self.is_row:
            cells = "\t".join(piece.text for piece in self.pieces).rstrip("\t")
            return cells if "\t" in cells or len(self.pieces) == 1 else f"{cells}\t"
        return spaced([piece.text for piece in self.pieces])

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.pieces[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.pieces[-1].right


def spaced(pieces: Sequence[str]) -> str:
    """Join the pieces of a line by blanks; a word set wide, a character a piece, has none.

    Examples
    --------
    >>> spaced(["项", "目"]), spaced(["2", "月"]), spaced(["表1", "税收"])
    ('项目', '2 月', '表1 税收')
    """
    is_wide = len(pieces) > 1 and all(len(piece) == 1 for piece in pieces)
    is_wide &= len(pieces) > 2 or all(map(_HAN.match, pieces))
    return ("" if is_wide else " ").join(pieces)


def find_runs(glyphs: Glyphs, zones: npt.NDArray[np.int64]) -> list[Run]:
    """Return the runs of a page in the order of the file; a run lies in one zone."""
    if not glyphs.text:
        return []
    em = np.minimum(glyphs.em[1:], glyphs.em[:-1])
    gap = glyphs.left[1:] - glyphs.right[:-1]
    is_new = np.abs(np.diff(glyphs.base)) > _STEP * em
    is_new |= (gap > _BREAK * em) | (np.diff(glyphs.left) < -_COLLIDE * em)
    is_new |= np.diff(zones) != 0
    starts = np.concatenate(([0], np.flatnonzero(is_new) + 1))
    ends = np.append(starts[1:], len(glyphs.text))
    ems = _run_ems(glyphs, starts)
    left, right = glyphs.left[starts], glyphs.right[ends - 1]
    low, high = _ink(glyphs)
    base = glyphs.base[starts]
    height = (base - _RISE * ems, base + _FALL * ems, base, ems)
    columns = (starts, ends, left, right, low[starts], high[ends - 1], *height, zones[starts])
    lists = [column.tolist() for column in columns]
    return [Run(*values) for values in zip(*lists, strict=True)]


def _run_ems(glyphs: Glyphs, starts: npt.NDArray[np.int64]) -> Floats:
    """Return the size of each run: the mean of its wide characters, or of all if it has none."""
    is_wide = (glyphs.codes >= WIDE).astype(np.float64)
    counts = np.add.reduceat(is_wide, starts)
    sums = np.add.reduceat(is_wide * glyphs.em, starts)
    sizes = np.diff(np.append(starts, len(is_wide)))
    means: Floats = np.where(counts > 0, sums, np.add.reduceat(glyphs.em, starts))
    return means / np.where(counts > 0, counts, sizes)


def _ink(glyphs: Glyphs) -> tuple[Floats, Floats]:
    """Return where the ink of each character may be: that of a mark is on either side."""
    empty = np.where(holds(_MARKS, glyphs.codes), _EMPTY * (glyphs.right - glyphs.left), 0.0)
    return glyphs.left + empty, glyphs.right - empty


@dataclass(slots=True)
class _Open:
    """A line to which runs are still added; `anchor` is the one with the largest characters."""

    anchor: Run
    runs: list[Run] = field(default_factory=list)

    def takes(self, run: Run) -> bool:
        """Say whether a run stands on this line: as high, and beside what stands there."""
        shared = min(self.anchor.bottom, run.bottom) - max(self.anchor.top, run.top)
        if shared < _SHARED * (_RISE + _FALL) * min(self.anchor.em, run.em):
            return False
        slack = _COLLIDE * min(self.anchor.em, run.em)
        return all(run.low >= one.high - slack or run.high <= one.low + slack for one in self.runs)

    def add(self, run: Run) -> None:
        """Add a run."""
        self.runs.append(run)
        if run.em > self.anchor.em:
            self.anchor = run


class Writer:
    """Writes the text of runs: which characters have a blank before them is worked out once.

    Parameters
    ----------
    glyphs : Glyphs
        The characters of the page.
    """

    def __init__(self, glyphs: Glyphs) -> None:
        self._text = glyphs.text
        self._left, self._right = glyphs.left, glyphs.right
        self._least = _least_blanks(glyphs)
        gaps = self._left[1:] - self._right[:-1]
        self._blanks = (np.flatnonzero(gaps > self._least[1:]) + 1).tolist()

    def pieces(self, run: Run) -> Iterator[Piece]:
        """Yield the pieces of a run."""
        low = bisect_left(self._blanks, run.start + 1)
        high = bisect_left(self._blanks, run.end)
        cuts = [run.start, *self._unspaced(self._blanks[low:high], run), run.end]
        if len(cuts) == 2:
            yield Piece(self._text[run.start : run.end], run.left, run.right)
            return
        for start, end in pairwise(cuts):
            edges = float(self._left[start]), float(self._right[end - 1])
            yield Piece(self._text[start:end], *edges)

    def _unspaced(self, blanks: list[int], run: Run) -> list[int]:
        """Leave out the blanks of a run whose characters are all set apart by the same gap."""
        if not blanks or run.end - run.start < _FEW:
            return blanks
        gaps = self._left[run.start + 1 : run.end] - self._right[run.start : run.end - 1]
        usual = max(float(np.median(gaps)), 0.0)
        return [at for at in blanks if gaps[at - run.start - 1] > usual + self._least[at]]

    def lines(self, runs: Iterable[Run], *, column: int = 0) -> list[Line]:
        """Return the lines that runs make, from top to bottom."""
        return [self.line(group, column=column) for group in group_runs(runs)]

    def line(self, runs: Sequence[Run], *, column: int = 0) -> Line:
        """Return the line that runs make."""
        anchor = max(runs, key=lambda run: (run.end - run.start, run.em))
        pieces: list[Piece] = []
        last: Run | None = None
        for run in sorted(runs, key=lambda run: run.left):
            first, *others = self.pieces(run)
            if last and not _has_gap(pieces[-1], first, min(last.em, run.em)):
                text = _raised(first.text, run, anchor) if not others else first.text
                pieces[-1] = Piece(pieces[-1].text + text, pieces[-1].left, first.right)
            else:
                pieces.append(first)
            pieces += others
            last = run
        return Line(tuple(pieces), anchor.base, anchor.em, column=column)


def group_runs(runs: Iterable[Run]) -> list[list[Run]]:
    """Return the runs of each line, from top to bottom."""
    found: list[_Open] = []
    for run in sorted(runs, key=lambda run: (run.base, run.left)):
        line = next((line for line in found[: -_LOOK_BACK - 1 : -1] if line.takes(run)), None)
        if line is None:
            line = _Open(run)
            found.append(line)
        line.add(run)
    return [line.runs for line in found]


def _raised(text: str, run: Run, anchor: Run) -> str:
    """Write a small figure that is set high beside its line as a note or an exponent (m²)."""
    is_small = run.em <= _SMALL * anchor.em and len(text) <= _NOTE
    is_high = anchor.base - run.base >= _RAISED * anchor.em
    return text.translate(_RAISED_DIGITS) if is_small and is_high else text


def _has_gap(one: Piece, two: Piece, em: float) -> bool:
    """Say whether a blank stands between the pieces of two runs."""
    pair = one.text[-1:] + two.text[:1]
    is_narrow = pair.isascii() and pair.isalnum()
    return two.left - one.right > (_NARROW_BLANK if is_narrow else _BLANK) * em


def _least_blanks(glyphs: Glyphs) -> Floats:
    """Return for each character how wide a gap before it is a blank."""
    is_narrow = holds(_NARROW, glyphs.codes)
    em = glyphs.em.copy()
    em[1:] = np.minimum(em[1:], em[:-1])
    is_pair = np.append(False, is_narrow[1:] & is_narrow[:-1])
    least: Floats = np.where(is_pair, _NARROW_BLANK, _BLANK) * em
    return least
