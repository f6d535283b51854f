"""Columns of running text: in which order the lines of a page of a pdf file are read.

In: the runs of a page that stand in no table. Out: its `Line`s, column by column. Lines that reach
over the space between two columns, and tables that do, part what stands above from what stands
below. A second column shows by many lines of running text that begin below one another.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from dz_analysis.reading.glyphs import Box
from dz_analysis.reading.lines import Line, Run, Writer, group_runs

_GAP = 1.0  # ems that part two columns of running text
_PROSE = 8  # Han characters in a line of running text
_LINES = 5  # of running text that begin below one another, at least
_BESIDE = 3  # lines of running text in the first column beside them, at least
_FILL = 0.6  # of its column that a line of running text covers on the average
_LEAST = 0.25  # of the width of the text that the first column has
_SPACE = 3.0  # points before the second column
_HAN = re.compile(r"[\u3400-\u9fff]")


class _Grouped(NamedTuple):
    """The runs of a line, and the line that they make."""

    runs: list[Run]
    line: Line


class _Gutter(NamedTuple):
    """Where the second column begins."""

    at: float

    def is_crossed(self, left: float, right: float) -> bool:
        """Say whether something reaches over it."""
        return left < self.at - 1 and right > self.at + 1

    def sides(self, runs: Sequence[Run]) -> list[list[Run]]:
        """Part runs into those on the left and those on the right of it."""
        left = [run for run in runs if run.left < self.at]
        return [left, [run for run in runs if run.left >= self.at]]


def read_columns(runs: Sequence[Run], writer: Writer, tables: Sequence[Box]) -> list[Line]:
    """Return the lines of a page in the order in which they are read.

    Parameters
    ----------
    runs : sequence of Run
        The runs outside of tables.
    writer : Writer
        Writes their text.
    tables : sequence of Box
        Where the tables stand.
    """
    groups = [_Grouped(group, writer.line(group)) for group in group_runs(runs)]
    segments = [part for group in groups for part in _segments(group.line)]
    gutter = _find_gutter(segments)
    if gutter is None:
        return [group.line for group in groups]
    found: list[Line] = []
    column = 0
    for band in _bands(groups, _edges(segments, tables, gutter)):
        held = [run for group in band for run in group.runs]
        parts = [part for group in band for part in _segments(group.line)]
        is_columned = _is_columned(parts, tables, gutter)
        for side in gutter.sides(held) if is_columned else [held]:
            found += writer.lines(side, column=column)
            column += is_columned
    return found


def _segments(line: Line) -> Iterator[Line]:
    """Part a line where a wide gap stands."""
    gaps = [b.left - a.right > _GAP * line.em for a, b in pairwise(line.pieces)]
    starts = [0, *(at for at, is_gap in enumerate(gaps, 1) if is_gap), len(line.pieces)]
    for start, end in pairwise(starts):
        yield Line(line.pieces[start:end], line.base, line.em)


def _is_prose(part: Line) -> bool:
    return len(_HAN.findall(part.text)) >= _PROSE


def _find_gutter(segments: Sequence[Line]) -> _Gutter | None:
    """Return where the second column of running text begins, if many lines begin there."""
    prose = [part for part in segments if _is_prose(part)]
    if not prose:
        return None
    first, last = min(x.left for x in segments), max(x.right for x in segments)
    least = first + (last - first) * _LEAST
    starts = Counter(round(part.left) for part in prose if part.left > least)
    near = {at: starts[at - 1] + starts[at] + starts[at + 1] for at in starts}
    best = max(sorted(near), key=lambda at: near[at], default=None)
    return None if best is None or near[best] < _LINES else _Gutter(best - _SPACE)


_Edges = list[tuple[float, float]]


def _edges(segments: Sequence[Line], tables: Sequence[Box], gutter: _Gutter) -> _Edges:
    """Return what reaches over the gutter, from where to where on the page."""
    lines = [(x.base, x.base) for x in segments if gutter.is_crossed(x.left, x.right)]
    boxes = [(x.top, x.bottom) for x in tables if gutter.is_crossed(x.left, x.right)]
    return sorted([*lines, *boxes])


def _bands(groups: Sequence[_Grouped], edges: _Edges) -> Iterator[list[_Grouped]]:
    """Yield the lines between what reaches over the gutter; what does so stands alone."""
    tops = [top for top, _ in edges]

    def band(group: _Grouped) -> tuple[int, bool]:
        base = group.line.base
        at = bisect_left(tops, base)
        return at, at < len(edges) and edges[at] == (base, base)

    for _, group in groupby(groups, key=band):
        yield list(group)


def _is_columned(parts: Sequence[Line], tables: Sequence[Box], gutter: _Gutter) -> bool:
    """Say whether the lines of a band stand in two columns of running text.

    The first one may hold a table in its place.
    """
    if any(gutter.is_crossed(part.left, part.right) for part in parts):
        return False
    right = [part for part in parts if part.left >= gutter.at - 1]
    prose = [part for part in right if _is_prose(part)]
    if len(prose) < _LINES or not _fills(right, gutter):
        return False
    span = Box(0.0, prose[0].base, gutter.at + 1, prose[-1].base)
    beside = sum(_is_prose(part) for part in parts if part.right <= gutter.at + 1)
    return beside >= _BESIDE or any(t.right <= span.right and span.meets(t) for t in tables)


def _fills(right: Sequence[Line], gutter: _Gutter) -> bool:
    """Say whether the lines of a column cover most of it, as running text does."""
    width = max(part.right for part in right) - gutter.at
    return sum(part.right - part.left for part in right) >= _FILL * width * len(right)
