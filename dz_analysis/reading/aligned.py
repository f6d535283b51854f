"""Tables without rules: lines whose words and figures stand below one another in columns.

In: the lines of a page. Out: the same lines, those of a table made rows: a cell for each column,
a blank one too. A table has two lines at least with a figure beside a name; columns are where the
cells of its fullest lines overlap, so that a head over several of them stands in the first one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from dz_analysis.reading.lines import Line, Piece, spaced

_GAP = 1.0  # ems between two cells
_APART = 3.2  # ems between two lines of a table, at most
_WRAPPED = 2.2  # ems between two halves of a name that stand round their figures
_FULL = 0.6  # of the cells of the fullest line that a line showing the columns has
_LONGEST = 40  # characters of a cell
_FIGURE = re.compile(r"[-−+—]?[\d,，]+(?:\.\d+)?[%％]?|[-—－/]{1,2}")
_DIGIT = re.compile(r"\d")
_STOP = re.compile("[。；！？…]|\\.{3}")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LEAST = 2  # lines with figures


def align_rows(lines: Sequence[Line]) -> list[Line]:
    r"""Return lines with those of tables made rows.

    Examples
    --------
    >>> def line(base, *words):
    ...     pieces = [Piece(word, 100.0 * at, 100.0 * at + 40) for at, word in words]
    ...     return Line(tuple(pieces), base, 10.0)
    >>> found = align_rows(
    ...     [
    ...         line(10.0, (0, "指标"), (1, "上年"), (2, "今年")),
    ...         line(30.0, (0, "税收"), (1, "3.2"), (2, "3.5")),
    ...         line(50.0, (0, "粮食"), (2, "4.5")),
    ...     ]
    ... )
    >>> [row.text for row in found]
    ['指标\t上年\t今年', '税收\t3.2\t3.5', '粮食\t\t4.5']
    """
    found: list[Line] = []
    for block in _blocks(lines):
        found += _rows(block) or block
    return found


def _cells(line: Line) -> list[Piece]:
    """Return the cells of a line: pieces that wide gaps part."""
    groups: list[list[Piece]] = [[line.pieces[0]]]
    for one, two in pairwise(line.pieces):
        if two.left - one.right > _GAP * line.em:
            groups.append([])
        groups[-1].append(two)
    return [
        Piece(spaced([p.text for p in group]), group[0].left, group[-1].right) for group in groups
    ]


def _may_be_row(line: Line) -> bool:
    """Say whether a line may be of a table: no running text."""
    if line.is_row or len(line.pieces[0].text) > _LONGEST or _STOP.search(line.text):
        return False
    return max(map(len, _texts(line))) <= _LONGEST


def _texts(line: Line) -> list[str]:
    return [cell.text for cell in _cells(line)]


def _has_figures(line: Line) -> bool:
    """Say whether a line holds a figure behind its first cell, and nothing else there."""
    first, *others = _texts(line)
    is_named = bool(_HAN.search(first) or _FIGURE.fullmatch(first))
    figures = [text for text in others if _FIGURE.fullmatch(text)]
    return is_named and any(map(_DIGIT.search, figures)) and len(figures) * 2 >= len(others)


def _blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield lines that may be of one table, and the others between them."""
    block: list[Line] = []
    may_go_on = False
    for line in lines:
        may_be_row = _may_be_row(line)
        if block and not (may_go_on and may_be_row and _is_near(block[-1], line)):
            yield block
            block = []
        block.append(line)
        may_go_on = may_be_row
    if block:
        yield block


def _is_near(above: Line, line: Line) -> bool:
    step = line.base - above.base
    return above.column == line.column and step <= _APART * max(above.em, line.em)


def _rows(block: Sequence[Line]) -> list[Line]:
    """Return the rows of a table, with the lines above and below it; none if it is no table."""
    if len(block) < _LEAST:
        return []
    shown = [at for at, line in enumerate(block) if _has_figures(line)]
    columns = _columns([block[at] for at in shown])
    if len(shown) < _LEAST or len(columns) < _LEAST:
        return []
    first, last = _heads(block, shown[0]), shown[-1] + 1
    if last < len(block) and _is_rest(block[last], block[last - 1], columns):
        last += 1
    rows = _whole([_row(line, columns) for line in block[first:last]])
    return [*block[:first], *rows, *block[last:]]


def _heads(block: Sequence[Line], first: int) -> int:
    """Return the first line of heads above the first row with figures."""
    while first and len(_cells(block[first - 1])) > 1:
        first -= 1
    return first


def _is_rest(line: Line, above: Line, columns: Sequence[tuple[float, float]]) -> bool:
    """Say whether a line below the last row is the second half of its name."""
    cells = _cells(line)
    is_close = line.base - above.base < _WRAPPED * line.em / 2
    return is_close and len(cells) == 1 and cells[0].right <= columns[0][1]


def _columns(lines: Sequence[Line]) -> list[tuple[float, float]]:
    """Return the columns: where the cells of the fullest lines overlap."""
    rows = [_cells(line) for line in lines]
    most = max(map(len, rows), default=0)
    cells = [cell for row in rows if len(row) >= _FULL * most for cell in row]
    columns: list[tuple[float, float]] = []
    for cell in sorted(cells, key=lambda cell: cell.left):
        if columns and cell.left < columns[-1][1]:
            columns[-1] = columns[-1][0], max(columns[-1][1], cell.right)
        else:
            columns.append((cell.left, cell.right))
    return columns


def _row(line: Line, columns: Sequence[tuple[float, float]]) -> Line:
    """Return a line as a row: each cell in the column that it lies in or begins in."""
    held: list[list[Piece]] = [[] for _ in columns]
    for cell in _cells(line):
        held[_column_of(cell, columns)].append(cell)
    texts = [spaced([cell.text for cell in cells]) for cells in held]
    pieces = (Piece(text, *edges) for text, edges in zip(texts, columns, strict=True))
    return replace(line, pieces=tuple(pieces), is_row=True)


def _column_of(cell: Piece, columns: Sequence[tuple[float, float]]) -> int:
    """Return the first column that a cell overlaps, or the nearest one."""
    for at, (left, right) in enumerate(columns):
        if cell.left < right and cell.right > left:
            return at
    middle = (cell.left + cell.right) / 2
    return min(range(len(columns)), key=lambda at: abs(sum(columns[at]) / 2 - middle))


def _whole(rows: list[Line]) -> list[Line]:
    """Join a name that stands in two lines round its figures."""
    found: list[Line] = []
    at = 0
    while at < len(rows):
        if at + 2 < len(rows) and _is_round(rows[at], rows[at + 1], rows[at + 2]):
            name = rows[at].pieces[0], rows[at + 2].pieces[0]
            joined = Piece(name[0].text + name[1].text, name[0].left, max(p.right for p in name))
            found.append(replace(rows[at + 1], pieces=(joined, *rows[at + 1].pieces[1:])))
            at += 3
        else:
            found.append(rows[at])
            at += 1
    return found


def _is_round(above: Line, row: Line, below: Line) -> bool:
    """Say whether two lines hold but a name each, and the one between them only figures."""
    is_close = below.base - above.base < _WRAPPED * above.em
    return is_close and _is_name(above) and _is_name(below) and not row.pieces[0].text


def _is_name(row: Line) -> bool:
    return bool(row.pieces[0].text) and not any(piece.text for piece in row.pieces[1:])
