"""Tables of figures that stand in a text: where they are and what their columns are.

In: clean text; the cells of a line stand apart by a tab, a stroke or wide blanks. Out: `Grid`s,
each with its caption, the heads over every column and the rows below them. What a cell measures
is asked in `gridcells`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dz_analysis.finding.model import Quantity
from dz_analysis.finding.number.scan import scan_quantities
from dz_analysis.lexicon import load_rules

GAP = re.compile(r"[ \u3000]*[\t|｜][ \u3000]*|[ \u3000]{2,}")
BLANKS = re.compile(r"[ \u3000\t]+")
FIGURE = re.compile(
    r"[≥≤＞＜><]?\s?(?P<number>[-－−+]?[0-9０-９][0-9０-９,，]*(?:[.．][0-9０-９]+)?"
    r"(?:\s?[-—–~～]{1,2}\s?[0-9０-９][0-9０-９,，]*(?:[.．][0-9０-９]+)?)?)"
    r"(?P<unit>[%％‰]|(?!左右|以[上内下])[^\s\d０-９,，.．。；;：:、]{1,6}?)?\s?(?:左右|以[上内下])?"
)
LEADING_ZERO = re.compile("[0０][0-9０-９]")
YEAR = re.compile(r"(?:19|20)\d\d年?")
STOP = re.compile(r"[。；;！？!?]")
HAN = re.compile(r"[\u3400-\u9fff]")
CAPTION_LINES = 3  # lines above a table that may head it
LONGEST = 40  # characters of one
WIDEST = 60  # columns


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: `text[start:end]`, without the blanks around it; `column` counts from 0."""

    start: int
    end: int
    words: str
    column: int

    @property
    def figure(self) -> re.Match[str] | None:
        """The number that the cell holds and nothing else, perhaps with its unit."""
        match = FIGURE.fullmatch(self.words)
        if match is None or LEADING_ZERO.match(match["number"]):  # a telephone number, a code
            return None
        return match if not match["unit"] or is_unit(match["unit"]) else None

    @property
    def is_year(self) -> bool:
        """Whether it is a year: the head of a column or a row."""
        return bool(YEAR.fullmatch(self.words))

    @property
    def is_blank(self) -> bool:
        """Whether it says that there is nothing to say."""
        return not self.words or self.words in load_rules("grids")["names"]["blank"]


@dataclass(frozen=True, slots=True)
class Grid:
    """One table: `start:end` in the text, its heads by column, its rows, what stands above it."""

    start: int
    end: int
    heads: tuple[tuple[Cell, ...], ...]
    rows: tuple[tuple[Cell, ...], ...]
    captions: tuple[Cell, ...]

    def __repr__(self) -> str:
        """Show where it stands and how large it is."""
        return f"<Grid {self.start}:{self.end} {len(self.rows)} rows of {len(self.heads)}>"


@lru_cache(4096)
def is_unit(words: str) -> bool:
    """Whether words are a unit and nothing else.

    Examples
    --------
    >>> is_unit("亿元"), is_unit("元/人"), is_unit("指标")
    (True, True, False)
    """
    return bool(words) and not words[0].isdigit() and read_figure("1", words) is not None


def read_figure(number: str, unit: str) -> Quantity | None:
    """Read a number and the unit that stands elsewhere; None if the unit is none."""
    found = list(scan_quantities(f"{number}{unit}"))
    whole = len(found) == 1 and found[0].start == 0 and found[0].end == len(number) + len(unit)
    return found[0] if whole and (found[0].kind != "bare" or not unit) else None


def find_grids(text: str) -> tuple[Grid, ...]:
    r"""Find the tables of a text.

    At least two lines in a row with cells, one of them with a figure beside a name.

    Examples
    --------
    >>> found = find_grids("指标\t单位\t绝对数\n税收\t亿元\t3.2\n粮食产量\t万吨\t45")
    >>> [[cell.words for cell in row] for row in found[0].rows]
    [['税收', '亿元', '3.2'], ['粮食产量', '万吨', '45']]
    """
    parts = ((part, above) for run, above in _runs(text) for part in _part(run))
    return tuple(grid for part, above in parts if (grid := _read_run(part, above)))


def _runs(text: str) -> Iterator[tuple[list[list[Cell]], list[Cell]]]:
    """Yield the lines with cells that follow one another, with the lines right above them."""
    run: list[list[Cell]] = []
    above: list[Cell] = []
    start = 0
    for line in [*text.split("\n"), ""]:
        cells = _split(line, start)
        if len(cells) > 1:
            run.append(cells)
        else:
            if len(run) > 1:
                yield run, above
            above = [] if run else above
            run = []
            above = [*above, *cells][-CAPTION_LINES:] if _is_caption(cells) else []
        start += len(line) + 1


def _part(run: list[list[Cell]]) -> Iterator[list[list[Cell]]]:
    """Part tables that follow at once upon one another: a line of heads below rows begins one."""
    first = 0
    for number, cells in enumerate(run):
        if _is_head(cells) and any(map(_is_row, run[first:number])):
            yield run[first:number]
            first = number
    yield run[first:]


def _is_head(cells: Sequence[Cell]) -> bool:
    told = [cell.words for cell in cells if cell.words]
    heads = load_rules("grids")["heads"]
    opens = bool(told) and any(told[0] in heads[kind] for kind in ("name", "place", "time"))
    return opens and len(told) > 1 and not _is_row(cells)


def _is_caption(cells: Sequence[Cell]) -> bool:
    """Whether a line without cells may head a table: short, and no sentence."""
    return bool(cells) and len(cells[0].words) <= LONGEST and not STOP.search(cells[0].words[-1:])


def _split(line: str, start: int) -> list[Cell]:
    """Split a line into cells; a row of a table whose blanks are single shows by its figures."""
    body = line.strip("|｜ \u3000")
    low = start + line.find(body) if body else start
    if "\t" not in body and (STOP.search(body) or len(body) > 10 * WIDEST):
        return [Cell(low, low + len(body), body, 0)]
    cells = list(_cut(body, low, GAP))
    if len(cells) == 1 and BLANKS.search(body):
        loose = list(_cut(body, low, BLANKS))
        figures = [bool(cell.figure) or cell.is_blank for cell in loose]
        first = figures.index(True) if True in figures else len(loose)
        is_row = 1 <= first <= 2 and all(figures[first:]) and len(loose) > 2
        is_head = len(loose) > 2 and not any(cell.figure for cell in loose)
        if (is_row and HAN.search(loose[0].words)) or is_head:
            return loose
    return cells


def _cut(body: str, low: int, gap: re.Pattern[str]) -> Iterator[Cell]:
    """Yield the pieces between gaps; each tab is a gap of its own, so that blank cells count."""
    at = 0
    for column, match in enumerate([*gap.finditer(body), None]):
        end = match.start() if match else len(body)
        piece = body[at:end].strip()
        start = low + at + body[at:end].find(piece) if piece else low + at
        yield Cell(start, start + len(piece), piece, column)
        at = match.end() if match else end


def _read_run(run: list[list[Cell]], above: list[Cell]) -> Grid | None:
    """Part the heads of a table from its rows; None if no row has a name and a figure."""
    first = next((number for number, row in enumerate(run) if _is_row(row)), len(run))
    rows = [row for row in run[first:] if any(cell.words for cell in row)]
    width = max(map(len, rows), default=0)
    if not rows or not 2 <= width <= WIDEST or sum(map(_is_row, rows)) * 2 < len(rows):
        return None
    if len(run) < 2 or not (first or len(rows) > 1):
        return None
    start, end = run[0][0].start, max(cell.end for cell in run[-1])
    heads = _lay_heads(run[:first], width)
    return Grid(start, end, heads, tuple(map(tuple, rows)), tuple(above))


def _is_row(cells: Sequence[Cell]) -> bool:
    """Whether a line holds a figure behind its first cell that is no year."""
    named = any(HAN.search(cell.words) or cell.is_year for cell in cells[:3] if not cell.is_blank)
    figures = [cell for cell in cells[1:] if cell.figure and not cell.is_year]
    return named and bool(figures)


def _lay_heads(lines: Iterable[Sequence[Cell]], width: int) -> tuple[tuple[Cell, ...], ...]:
    """Lay the lines of heads over the columns; a short upper line spreads to the right.

    A head over several columns stands once, in the first of them: the blank cells beside it, or
    the columns behind its line's last cell, are its own. A short lower line stands on the right.
    """
    heads: list[list[Cell]] = [[] for _ in range(width)]
    for number, line in enumerate(lines):
        is_short = number and len(line) < width and line[0].words
        shift = width - len(line) if is_short else 0
        last: Cell | None = None
        for column in range(width):
            cell = line[column - shift] if 0 <= column - shift < len(line) else None
            if cell and cell.words:
                last = cell
            elif number or column < shift:
                last = None
            if last:
                heads[column].append(last)
    return tuple(map(tuple, heads))
