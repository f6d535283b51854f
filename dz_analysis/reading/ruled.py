"""Tables that rules draw: where they are, what their cells are, and the rows of their text.

In: the rules of a page and the lines of each cell. Out: `Ruled`, and rows of cells. A cell that
reaches over several columns or rows stands in the first of them and is blank in the others. A
table may lack its outer rules, and the rules between its rows: then figures that stand below one
another part the rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

import numpy as np
import numpy.typing as npt

from dz_analysis.reading.drawn import Rule
from dz_analysis.reading.glyphs import Box, Glyphs
from dz_analysis.reading.lines import Line, Piece

_SNAP = 2.5  # points between two rules that are one
_JOIN = 3.5  # points between the end of a rule and the rule that it meets
_OPEN = 10.0  # points that a rule reaches beyond the last one that it meets, where one lacks
_COVERED = 0.6  # of the side of a cell that a rule must cover to part it from the next one
_RAISE = 0.35  # ems from the line that a character stands on to its middle
_SMALLEST = 4.0  # points of a row or column
_ALIGNED = 0.35  # ems between lines of one row
_WRAPPED = 1.6  # ems between the lines of one cell, at most
_MOST_COLUMNS, _MOST_ROWS = 100, 300  # edges of those of a table
_FILLED = 0.2  # of its cells that hold text, at least
_TIGHT = 0.1  # ems between two characters of one word
_HAN = 0x3400
_FIGURE = re.compile(r"[-−+]?[\d,，]+(?:\.\d+)?[%％]?")


@dataclass(frozen=True, slots=True)
class Ruled:
    """A table: the edges of its columns and rows, and which cell each square belongs to.

    `cells[row, column]` is the number of the square that is the first one of the cell.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: npt.NDArray[np.int64]

    @property
    def box(self) -> Box:
        """Where it stands."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def squares(self, glyphs: Glyphs) -> npt.NDArray[np.int64]:
        """Return for each character the cell in which it stands, -1 outside."""
        x = (glyphs.left + glyphs.right) / 2
        y = glyphs.base - _RAISE * glyphs.em
        column, row = np.searchsorted(self.xs, x) - 1, np.searchsorted(self.ys, y) - 1
        height, width = self.cells.shape
        is_inside = (column >= 0) & (column < width) & (row >= 0) & (row < height)
        found = np.full(len(x), -1, dtype=np.int64)
        found[is_inside] = self.cells[row[is_inside], column[is_inside]]
        return found

    def has_rows(self, glyphs: Glyphs) -> bool:
        """Say whether text stands in its cells as in a table, not as beside the bars of a chart."""
        squares = np.unique(self.squares(glyphs))
        filled = squares[squares >= 0]
        rows = np.bincount(filled // self.cells.shape[1], minlength=len(self.ys))
        cells = len(np.unique(self.cells))
        return bool(np.count_nonzero(rows > 1)) and len(filled) >= _FILLED * cells


def find_zones(tables: Sequence[Ruled], glyphs: Glyphs) -> npt.NDArray[np.int64]:
    """Return for each character a number for the cell in which it stands, -1 outside of tables.

    The cells of each table are numbered behind those of the one before. A table inside a cell of
    another one has its own.
    """
    zones = np.full(len(glyphs.text), -1, dtype=np.int64)
    firsts = np.cumsum([0, *(table.cells.size for table in tables)]).tolist()
    for number in sorted(range(len(tables)), key=lambda at: -tables[at].box.area):
        squares = tables[number].squares(glyphs)
        zones[squares >= 0] = squares[squares >= 0] + firsts[number]
    return _overflowed(zones, glyphs)


def _overflowed(zones: npt.NDArray[np.int64], glyphs: Glyphs) -> npt.NDArray[np.int64]:
    """Give characters that stand beyond the rule of their cell back to the word they belong to."""
    em = glyphs.em[1:]
    is_beside = np.abs(glyphs.left[1:] - glyphs.right[:-1]) < _TIGHT * em
    is_close = is_beside & (np.abs(np.diff(glyphs.base)) < _TIGHT * em)
    is_han = glyphs.codes >= _HAN
    is_word = is_han[1:] & is_han[:-1]
    is_edge = is_close & (np.diff(zones) != 0) & (zones[:-1] >= 0) & (is_word | (zones[1:] < 0))
    for first in np.flatnonzero(is_edge).tolist():
        at = int(first)
        beyond = zones[at + 1]
        while at < len(is_close) and is_close[at] and zones[at + 1] == beyond:
            if beyond >= 0 and not is_word[at]:
                break
            zones[at + 1] = zones[at]
            at += 1
    return zones


def find_ruled(across: Sequence[Rule], down: Sequence[Rule]) -> list[Ruled]:
    """Return the tables that rules draw, from top to bottom.

    A frame round one cell is none.

    Examples
    --------
    >>> across = [Rule(y, 0.0, 100.0) for y in (0.0, 20.0, 40.0)]
    >>> down = [Rule(x, 0.0, 40.0) for x in (0.0, 50.0, 100.0)]
    >>> [table.cells.tolist() for table in find_ruled(across, down)]
    [[[0, 1], [2, 3]]]
    """
    rows, columns = _merged(across), _merged(down)
    if len(rows) < 2 or len(columns) < 1:
        return []
    found = (_table(*group) for group in _groups(rows, columns) if group[1])
    return sorted(filter(None, found), key=lambda table: (table.ys[0], table.xs[0]))


def _merged(rules: Sequence[Rule]) -> list[Rule]:
    """Return rules with those that lie upon or behind one another made one."""
    merged: list[Rule] = []
    for group in _near(sorted(rules)):
        at = sum(rule.at for rule in group) / len(group)
        low, high = -np.inf, -np.inf
        for rule in sorted(group, key=lambda rule: rule.low):
            if rule.low > high + _JOIN and high > -np.inf:
                merged.append(Rule(at, float(low), float(high)))
                low = high = -np.inf
            low = rule.low if low == -np.inf else low
            high = max(high, rule.high)
        merged.append(Rule(at, float(low), float(high)))
    return [rule for rule in merged if rule.high - rule.low > _SMALLEST]


def _near(rules: Iterable[Rule]) -> Iterator[list[Rule]]:
    """Part sorted rules where two of them lie apart."""
    group: list[Rule] = []
    for rule in rules:
        if group and rule.at - group[-1].at > _SNAP:
            yield group
            group = []
        group.append(rule)
    if group:
        yield group


def _groups(
    rows: Sequence[Rule], columns: Sequence[Rule]
) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Yield the rules that meet one another."""
    meets = _meeting(rows, columns)
    left = set(range(len(rows)))
    while left:
        chosen, reached = _reached({min(left)}, meets)
        left -= chosen
        yield [rows[at] for at in sorted(chosen)], [columns[at] for at in reached]


def _reached(rows: set[int], meets: npt.NDArray[np.bool_]) -> tuple[set[int], list[int]]:
    """Return all rules across that are bound to the ones given, and those down that bind them."""
    while True:
        columns = np.flatnonzero(meets[sorted(rows)].any(axis=0)).tolist()
        wider = rows | set(np.flatnonzero(meets[:, columns].any(axis=1)).tolist())
        if wider == rows:
            return rows, columns
        rows = wider


def _meeting(rows: Sequence[Rule], columns: Sequence[Rule]) -> npt.NDArray[np.bool_]:
    y, left, right = np.array(rows).T[:, :, None]
    x, top, bottom = np.array(columns).T[:, None, :]
    meets: npt.NDArray[np.bool_] = (left - _JOIN <= x) & (x <= right + _JOIN)
    meets &= (top - _JOIN <= y) & (y <= bottom + _JOIN)
    return meets


def _table(rows: Sequence[Rule], columns: Sequence[Rule]) -> Ruled | None:
    """Return the table of rules that meet one another, if it has two cells beside each other.

    What has more rows or columns than a page has room for is a drawing.
    """
    xs, ys = _edges(columns, rows), _edges(rows, columns)
    if min(len(xs), len(ys)) < 3 or len(xs) > _MOST_COLUMNS or len(ys) > _MOST_ROWS:
        return None
    return Ruled(tuple(xs), tuple(ys), _joined(xs, ys, rows, columns))


def _edges(rules: Sequence[Rule], others: Sequence[Rule]) -> list[float]:
    """Return where rules stand, and the ends of the others where those reach further."""
    places = [group[0].at for group in _near(sorted(rules))]
    low, high = min(rule.low for rule in others), max(rule.high for rule in others)
    before = [low] if not places or low < places[0] - _OPEN else []
    behind = [high] if not places or high > places[-1] + _OPEN else []
    return [*before, *places, *behind]


def _joined(
    xs: Sequence[float], ys: Sequence[float], rows: Sequence[Rule], columns: Sequence[Rule]
) -> npt.NDArray[np.int64]:
    """Return for each square the first one of its cell: squares that no rule parts are one."""
    across = _covered(ys, xs, rows)  # [edge of rows, column]
    down = _covered(xs, ys, columns)  # [edge of columns, row]
    height, width = len(ys) - 1, len(xs) - 1
    first = np.arange(height * width).reshape(height, width)
    for _ in range(height + width):
        before = first.copy()
        for row in range(1, height):
            is_one = ~across[row]
            least = np.minimum(first[row - 1], first[row])
            first[row - 1, is_one] = first[row, is_one] = least[is_one]
        for column in range(1, width):
            is_one = ~down[column]
            least = np.minimum(first[:, column - 1], first[:, column])
            first[is_one, column - 1] = first[is_one, column] = least[is_one]
        if np.array_equal(before, first):
            break
    return first


def _covered(
    edges: Sequence[float], sides: Sequence[float], rules: Sequence[Rule]
) -> npt.NDArray[np.bool_]:
    """Return for each edge and each stretch along it whether a rule covers most of it."""
    low, high = np.array(sides[:-1]), np.array(sides[1:])
    covered = np.zeros((len(edges), len(low)))
    for rule in rules:
        at = int(np.argmin(np.abs(np.array(edges) - rule.at)))
        covered[at] += np.clip(np.minimum(high, rule.high) - np.maximum(low, rule.low), 0, None)
    is_covered: npt.NDArray[np.bool_] = covered >= _COVERED * (high - low)
    return is_covered


def ruled_rows(table: Ruled, cells: Mapping[int, Sequence[Line]]) -> Iterator[Line]:
    """Yield the rows of a table from the lines in its cells, those without text left out.

    What stands alone above the first row of several cells heads the table: it is no row of it.
    """
    is_above = True
    for row in _all_rows(table, cells):
        filled = tuple(piece for piece in row.pieces if piece.text)
        is_above = is_above and len(filled) == 1
        yield replace(row, pieces=filled) if is_above else row


def _all_rows(table: Ruled, cells: Mapping[int, Sequence[Line]]) -> Iterator[Line]:
    spread = dict(cells)
    for first in sorted(cells):
        spread.update(_spread(table, first, cells[first]))
    height, width = table.cells.shape
    for row in range(height):
        squares = range(row * width, (row + 1) * width)
        held = [spread.get(square, ()) for square in squares]
        yield from _rows(table, held)


def _spread(table: Ruled, first: int, lines: Sequence[Line]) -> dict[int, Sequence[Line]]:
    """Give the lines of a cell over several rows to these, if they stand apart like rows.

    In such a table the column of names lacks the rules that the columns of figures have.
    """
    width = table.cells.shape[1]
    steps = [two.base - one.base for one, two in pairwise(lines)]
    if not steps or median(steps) < _WRAPPED * max(line.em for line in lines):
        return {}
    rows = np.searchsorted(table.ys, [line.base - _RAISE * line.em for line in lines]) - 1
    held: dict[int, Sequence[Line]] = {}
    for row in sorted(set(rows.tolist())):
        own = [line for at, line in zip(rows, lines, strict=True) if at == row]
        held[row * width + first % width] = own
    return held


def _rows(table: Ruled, held: Sequence[Sequence[Line]]) -> Iterator[Line]:
    """Yield the rows of one row of squares: one, or as many as figures stand below another."""
    levels = _levels(held)
    if len(levels) < 2:
        if any(held):
            yield _row(table, held)
        return
    rows: dict[float, list[list[Line]]] = {}
    for column, lines in enumerate(held):
        for group in _wrapped(lines, levels, table.xs[column + 1]):
            row = rows.setdefault(_level(group, levels), [[] for _ in held])
            row[column] += group
    for level in sorted(rows):
        yield _row(table, rows[level])


def _levels(held: Sequence[Sequence[Line]]) -> list[float]:
    """Return the heights of the figures, if a cell holds several below one another."""
    figures = [[line for line in lines if _FIGURE.fullmatch(line.text)] for lines in held]
    if max(map(len, figures)) < 2:
        return []
    levels: list[float] = []
    for line in sorted((line for lines in figures for line in lines), key=lambda line: line.base):
        if not levels or line.base - levels[-1] > _ALIGNED * line.em:
            levels.append(line.base)
    return levels


def _aligned(line: Line, levels: Sequence[float]) -> float | None:
    """Return the height of a figure on which a line stands."""
    return next((at for at in levels if abs(line.base - at) <= _ALIGNED * line.em), None)


def _wrapped(lines: Sequence[Line], levels: Sequence[float], right: float) -> Iterator[list[Line]]:
    """Yield the lines of a cell, those together that only the width of the cell parted."""
    group: list[Line] = []
    for line in lines:
        if group and not _goes_on(group, line, levels, right):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _goes_on(group: Sequence[Line], line: Line, levels: Sequence[float], right: float) -> bool:
    """Say whether a line goes on with the ones above it.

    The last of them is full and close to it; or the two stand round a figure.
    """
    last = group[-1]
    step = line.base - last.base
    aligned = sum(_aligned(one, levels) is not None for one in (*group, line))
    is_full = right - last.right < _WRAPPED * last.em
    if step < _WRAPPED * last.em and is_full:
        return aligned < 2
    return not aligned and _is_round(last.base, line.base, levels)


def _is_round(above: float, below: float, levels: Sequence[float]) -> bool:
    """Say whether two lines stand round one figure, nearer to it than to the next ones."""
    amid = [at for at in levels if above < at < below]
    before = max((at for at in levels if at < above), default=-np.inf)
    behind = min((at for at in levels if at > below), default=np.inf)
    if len(amid) != 1:
        return False
    return amid[0] - above < above - before and below - amid[0] < behind - below


def _level(group: Sequence[Line], levels: Sequence[float]) -> float:
    """Return the height of the figures beside a group of lines, or its own."""
    beside = [at for line in group if (at := _aligned(line, levels)) is not None]
    amid = [at for at in levels if group[0].base < at < group[-1].base]
    return next(iter((*beside, *amid, group[0].base)))


def _row(table: Ruled, held: Sequence[Sequence[Line]]) -> Line:
    """Return one row; the lines of a cell are joined without a blank."""
    pieces = [
        Piece("".join(line.text for line in lines), left, right)
        for lines, (left, right) in zip(held, pairwise(table.xs), strict=True)
    ]
    lines = [line for cell in held for line in cell]
    return Line(tuple(pieces), min(x.base for x in lines), max(x.em for x in lines), is_row=True)
