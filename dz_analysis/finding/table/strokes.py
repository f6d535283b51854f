"""Tables whose every cell ends with a stroke, put together where line breaks stand between cells.

In: the lines of a text, such as 税收 | 12.3 |⏎5.1 |⏎粮食 | 42 |⏎3.6 |. Out: rows of as many cells
each, with the numbers of the lines that they take the place of. How many they are is told by the
names: each opens a line, and the figures behind it stand before the next one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from dz_analysis.finding.table.cell import HAN, Cell

STROKES = re.compile(r"[|｜]")
LEADING = re.compile(r"\s*[|｜](?=.*[^\s|｜])")
# a figure on a line of its own: 9.8 |, or with the stroke on the line below
LONE = re.compile(r"^\s*[-+−－]?\d[\d,，.．]*[%％]?[ \u3000]*\n?[ \u3000]*[|｜]\s*$", re.MULTILINE)
INNER = re.compile(r"(?<=[\u3400-\u9fff])[ \u3000]+(?=[\u3400-\u9fff（(])")  # 增 长（%）
LONGEST = 40  # characters of a line that is a piece of a cell
FEWEST = 2  # rows of a table, and figures alone on a line
SURE = 0.8  # of the rows that are of one width


class Joined(NamedTuple):
    """The rows of one table, and the number of the line behind it."""

    rows: list[list[Cell]]
    end: int


class _Piece(NamedTuple):
    """A cell, and whether a line begins with it."""

    cell: Cell
    opens: bool

    @property
    def is_name(self) -> bool:
        """Whether it may name a row: words that a line begins with."""
        return self.opens and bool(HAN.search(self.cell.words))


def join_rows(text: str) -> Mapping[int, Joined]:
    r"""Return the tables whose rows line breaks part, by the number of their first line.

    Examples
    --------
    >>> text = "指标 | 本月 |\n累计 |\n税收 | 3 |\n8 |\n支出 | 4 |\n9 |\n存款 | 6 |\n86 |"
    >>> [[cell.words for cell in row] for row in join_rows(text)[0].rows][:2]
    [['指标', '本月', '累计'], ['税收', '3', '8']]
    """
    if "|" not in text and "｜" not in text:
        return MappingProxyType({})
    found: dict[int, Joined] = {}
    lines = list(_lines(text))
    for first, end in _blocks([line for line, _ in lines]):
        block = lines[first:end]
        if len(LONE.findall("\n".join(line for line, _ in block))) >= FEWEST:
            rows = _rows(list(_pieces(block)))
            if rows:
                found[first] = Joined(rows, end)
    return found


def _lines(text: str) -> Iterator[tuple[str, int]]:
    """Yield the lines of a text, each with its offset."""
    start = 0
    for line in text.split("\n"):
        yield line, start
        start += len(line) + 1


def _blocks(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where lines with strokes stand; a short line among them is a piece of a cell."""
    ruled = [n for n, line in enumerate(lines) if STROKES.search(line)]
    first = ruled[0] if ruled else 0
    for one, two in pairwise([*ruled, len(lines) + 2]):
        between = lines[one + 1 : two]
        if two > len(lines) or any(len(line) > LONGEST for line in between) or len(between) > 1:
            yield first, one + 1
            first = two


def _pieces(lines: Sequence[tuple[str, int]]) -> Iterator[_Piece]:
    """Yield the cells of lines, each up to its stroke; a cell may run over the end of its line."""
    leads = [bool(LEADING.match(line)) for line, _ in lines if len(STROKES.findall(line)) > 1]
    is_led = 2 * sum(leads) > len(leads)  # | 税收 | 8 |, not 税收 | 8 |
    waiting: list[Cell] = []
    opens = True
    for line, start in lines:
        lead = LEADING.match(line) if is_led and not waiting else None
        at = lead.end() if lead else 0
        opens = opens or not waiting
        for stroke in STROKES.finditer(line, at):
            yield _Piece(_join([*waiting, _cell(line, at, stroke.start(), start)]), opens)
            waiting, opens, at = [], False, stroke.end()
        if line[at:].strip():
            waiting.append(_cell(line, at, len(line), start))
    if waiting:
        yield _Piece(_join(waiting), opens)


def _cell(line: str, low: int, high: int, start: int) -> Cell:
    """Return the words between two offsets of a line, without the blanks around them."""
    words = line[low:high].strip()
    at = start + low + line[low:high].find(words)
    return Cell(at, at + len(words), words, 0)


def _join(cells: Sequence[Cell]) -> Cell:
    """Return a cell of the words of several, one below the other."""
    filled = [cell for cell in cells if cell.words] or cells[:1]
    return Cell(filled[0].start, filled[-1].end, "".join(c.words for c in filled), 0)


def _rows(pieces: Sequence[_Piece]) -> list[list[Cell]]:
    """Return the rows of a table, with those of its heads and what stands above them."""
    names = [n for n, piece in enumerate(pieces) if piece.is_name]
    spans = list(pairwise([*names, len(pieces)]))
    figured = [(low, high) for low, high in spans if _holds_figures(pieces[low + 1 : high])]
    width = _width(figured)
    if not width:
        return []
    first = figured[0][0]
    heads = _first_head(pieces[:first], width)
    parts = [*((n, n + 1) for n in range(heads)), *_parted((heads, first), width)]
    for span in spans:
        parts += _parted(span, width) if span[0] >= first else ()
    return [row for low, high in parts if (row := _row(pieces[low:high]))]


def _holds_figures(pieces: Sequence[_Piece]) -> bool:
    return any(piece.cell.is_amount for piece in pieces)


def _width(figured: Sequence[tuple[int, int]]) -> int:
    """Return how many cells a row has, 0 where the rows do not agree on it."""
    widths = Counter(high - low for low, high in figured)
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    return width if count >= max(FEWEST, SURE * len(figured)) else 0


def _first_head(pieces: Sequence[_Piece], width: int) -> int:
    """Return where the lines of heads begin that stand right above the first row."""
    at = len(pieces)
    while at >= width and pieces[at - width].opens:
        at -= width
    return at


def _parted(span: tuple[int, int], width: int) -> Iterator[tuple[int, int]]:
    """Yield the rows of pieces that follow one another."""
    return ((low, min(low + width, span[1])) for low in range(*span, width))


def _row(pieces: Sequence[_Piece]) -> list[Cell]:
    """Return the cells of a row, without the blank ones at its end."""
    cells = [replace(piece.cell, words=INNER.sub("", piece.cell.words)) for piece in pieces]
    while cells and not cells[-1].words:
        cells.pop()
    return [replace(cell, column=column) for column, cell in enumerate(cells)]
