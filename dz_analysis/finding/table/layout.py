"""Tables of figures that stand in a text: where they are and what their columns are.

In: clean text; the cells of a line stand apart by a tab, a stroke or wide blanks. Out: `Grid`s,
each with its caption, the heads over every column and the rows below them. What a cell measures
is asked in `cells`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import count
from typing import NamedTuple

from dz_analysis.finding.model import Quantity
from dz_analysis.finding.number.scan import scan_quantities
from dz_analysis.finding.table.words import HeadRole, bracket, figure, measure_of, year
from dz_analysis.finding.text.segment import PART_MARKS, SENTENCE_MARKS

GAP = re.compile(r"[ \u3000]*[\t|｜][ \u3000]*|[ \u3000]{2,}")
BLANKS = re.compile(r"[ \u3000\t]+")
LEADING_ZERO = re.compile("[0０][0-9０-９]")
STOP = re.compile(f"[{SENTENCE_MARKS}{PART_MARKS}]")
HAN = re.compile(r"[\u3400-\u9fff]")
CAPTION_LINES = 3  # lines above a table that may head it
LEAD_LINES = 6  # lines above a table over which its heads may be broken
FIGURES = 2  # that a row without gaps has at least
LONGEST = 40  # characters of one
WIDEST = 60  # columns
LABELS = 3  # columns in which the name of a row may stand
STACKED = 3  # rows that a table of one cell a line has at least
TALLEST = 40  # lines of its heads
LOOSE = 3  # cells that single blanks must part at least
OPENERS = (HeadRole.NAME, HeadRole.PLACE, HeadRole.TIME)  # of the first cell of a line of heads


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
        match = figure().fullmatch(self.words)
        if match is None or LEADING_ZERO.match(match["number"]):  # a telephone number, a code
            return None
        return match if not match["unit"] or is_unit(match["unit"]) else None

    @property
    def is_year(self) -> bool:
        """Whether it is a year: the head of a column or a row."""
        return bool(year().fullmatch(self.words))

    @property
    def is_amount(self) -> bool:
        """Whether it holds a figure that is no year."""
        return self.figure is not None and not self.is_year

    @property
    def is_blank(self) -> bool:
        """Whether it says that there is nothing to say."""
        return not self.words or self.words in HeadRole.BLANK.words

    @property
    def is_name(self) -> bool:
        """Whether it may name a row: words or a year."""
        return not self.is_blank and (bool(HAN.search(self.words)) or self.is_year)


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

    def column(self, number: int) -> tuple[Cell, ...]:
        """Return the cells of a column, from the rows that are long enough."""
        return tuple(row[number] for row in self.rows if number < len(row))

    def head(self, number: int) -> str:
        """Return the words of the heads over a column, one behind the other."""
        return "".join(cell.words for cell in self.heads[number])


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
    lines = tuple(_lines(text))
    runs = ((run, part) for run in _runs(lines) for part in _part(run.rows))
    grids = [grid for run, part in runs if (grid := _read_run(part, run))]
    return tuple(sorted([*grids, *find_stacks(lines)], key=lambda grid: grid.start))


class _Line(NamedTuple):
    """The rows of a line, several where rows were glued; `is_loose` where only blanks part cells.

    A line without cells is one row of one cell, a blank one a row of none.
    """

    rows: list[list[Cell]]
    is_loose: bool = False

    @property
    def is_parted(self) -> bool:
        """Whether it has cells."""
        return len(self.rows) > 1 or len(self.rows[0]) > 1


_PROSE = _Line([[]])


@dataclass(slots=True)
class _Run:
    """Lines with cells that follow one another; `is_loose` if single blanks part all of them.

    `above` are the short lines right above them that may head the table; `lead` all the lines
    above, with their cells, down from the last full stop.
    """

    rows: list[list[Cell]]
    above: list[Cell]
    lead: list[list[Cell]]
    is_loose: bool = True


def _runs(lines: Sequence[_Line]) -> Iterator[_Run]:
    """Yield the lines with cells that follow one another, with the lines right above them."""
    run = _Run([], [], [])
    for line, following in zip(lines, [*lines[1:], _Line([[]])], strict=True):
        if line.is_parted:
            run.rows.extend(line.rows)
            run.is_loose &= line.is_loose
        elif not _is_unfilled(line, run, following):
            if len(run.rows) > 1:
                yield run
            run = _begin_run(run, line.rows[0])


def _begin_run(last: _Run, cells: list[Cell]) -> _Run:
    """Begin a run below a line without cells, which may head it, as may a single row above."""
    if not _is_caption(cells):
        return _Run([], [], [])
    above = [*([] if last.rows else last.above), *cells]
    lead = [*last.lead, *last.rows, cells] if len(last.rows) < 2 else [cells]
    return _Run([], above[-CAPTION_LINES:], lead[-LEAD_LINES:])


def _lines(text: str) -> Iterator[_Line]:
    """Yield the lines of a text with their cells, and a blank one at the end."""
    start = 0
    for line in [*text.split("\n"), ""]:
        yield _split(line, start)
        start += len(line) + 1


def _unglue(cells: list[Cell]) -> list[list[Cell]]:
    """Part the rows that stand glued in one line: 税收 3.2 5.1 存款 86 2.0.

    Every one has a name and two figures or more; else there are none.
    """
    rows: list[list[Cell]] = []
    for cell in cells:
        if not rows or (HAN.search(cell.words) and rows[-1][-1].figure):
            rows.append([])
        rows[-1].append(replace(cell, column=len(rows[-1])))
    is_glued = len(rows) > 1 and all(_is_full(row) for row in rows)
    return rows if is_glued else []


def _is_full(row: Sequence[Cell]) -> bool:
    """Whether a row is a name and figures behind it, two or more."""
    is_named = bool(HAN.search(row[0].words)) and len(row) > FIGURES
    return is_named and all(cell.is_amount for cell in row[1:])


def _is_unfilled(line: _Line, run: _Run, following: _Line) -> bool:
    """Whether a line inside a loose table is a name without figures: full rows stand round it."""
    cells, row = line.rows[0], following.rows[0]
    if not (run.rows and run.is_loose and following.is_loose and _is_caption(cells)):
        return False
    is_alike = len(run.rows[-1]) == len(row) and _is_full(run.rows[-1]) and _is_full(row)
    return is_alike and bool(HAN.search(cells[0].words))


def _part(run: list[list[Cell]]) -> Iterator[list[list[Cell]]]:
    """Part tables that follow at once upon one another: a line of heads below rows begins one."""
    first = 0
    for number, cells in enumerate(run):
        if _is_head(cells) and any(map(_is_row, run[first:number])):
            yield run[first:number]
            first = number
    yield run[first:]


def _is_head(cells: Sequence[Cell]) -> bool:
    """Whether a line names the columns of a table: its first words say so."""
    filled = [cell.words for cell in cells if cell.words]
    if len(filled) < 2 or _is_row(cells):
        return False
    return any(filled[0] in role.words for role in OPENERS)


def _is_caption(cells: Sequence[Cell]) -> bool:
    """Whether a line without cells may head a table: short, and no sentence."""
    return bool(cells) and len(cells[0].words) <= LONGEST and not STOP.search(cells[0].words[-1:])


def _split(line: str, start: int) -> _Line:
    """Split a line into cells; a row of a table whose blanks are single shows by its figures."""
    body = line.strip("|｜ \u3000")
    low = start + line.find(body) if body else start
    if _is_prose(body):  # most lines are: too long for a caption, and no cell of a table
        return _PROSE if len(body) > LONGEST else _Line([[Cell(low, low + len(body), body, 0)]])
    cells = list(_cut(body, low, GAP))
    if len(cells) > 1 or not BLANKS.search(body):
        return _Line([cells])
    loose = list(_cut(body, low, BLANKS))
    rows = [loose] if _is_loose(loose) else _unglue(loose)
    return _Line(rows, is_loose=True) if rows else _Line([cells])


def _is_prose(body: str) -> bool:
    """Whether a line without tabs holds sentences, or is longer than any row."""
    return "\t" not in body and (bool(STOP.search(body)) or len(body) > 10 * WIDEST)


def _is_loose(cells: Sequence[Cell]) -> bool:
    """Whether cells that single blanks part are a line of heads, or names before figures."""
    if len(cells) < LOOSE:
        return False
    is_figure = [cell.figure is not None or cell.is_blank for cell in cells]
    if not any(cell.figure for cell in cells):
        return True
    first = is_figure.index(True)
    is_named = first in (1, 2) and bool(HAN.search(cells[0].words))
    return is_named and all(is_figure[first:])


def _cut(body: str, low: int, gap: re.Pattern[str]) -> Iterator[Cell]:
    """Yield the pieces between gaps; each tab is a gap of its own, so that blank cells count."""
    at = 0
    for column, match in enumerate([*gap.finditer(body), None]):
        end = match.start() if match else len(body)
        piece = body[at:end].strip()
        start = low + at + body[at:end].find(piece) if piece else low + at
        yield Cell(start, start + len(piece), piece, column)
        at = match.end() if match else end


def _read_run(rows: list[list[Cell]], run: _Run) -> Grid | None:
    """Part the heads of a table from its rows; None if no row has a name and a figure."""
    first = next((number for number, row in enumerate(rows) if _is_row(row)), len(rows))
    body = [row for row in rows[first:] if any(cell.words for cell in row)]
    width = max(map(len, body), default=0)
    if len(rows) < 2 or len(body) < (1 if first else 2) or not _is_table(body, width):
        return None
    heads, captions = rows[:first], run.above
    if not heads and run.is_loose:
        heads, captions = _broken_heads(run.lead, width)
    start, end = (heads or rows)[0][0].start, max(cell.end for cell in rows[-1])
    return Grid(start, end, _lay_heads(heads, width), tuple(map(tuple, body)), tuple(captions))


def _broken_heads(lead: Sequence[list[Cell]], width: int) -> tuple[list[list[Cell]], list[Cell]]:
    """Return the heads over rows that no head stands on directly, and what stands above them.

    The line above them has as many cells as a row; or it lacks the last one, a measure whose
    words were broken over the lines below it. Where neither fits there are no heads.
    """
    at = next((n for n in range(len(lead) - 1, -1, -1) if len(lead[n]) > 1), -1)
    if at < 0:
        return [], []
    line, below = lead[at], [cell for row in lead[at + 1 :] for cell in row]
    if below:
        words = "".join(cell.words for cell in below)
        line = [*line, Cell(below[0].start, below[-1].end, words, len(line))]
    is_measured = not below or measure_of(line[-1].words) != "level"
    if len(line) != width or not is_measured or not all(map(_is_words, line)):
        return [], []
    return [line], [cell for row in lead[:at] for cell in row][-CAPTION_LINES:]


def _is_words(cell: Cell) -> bool:
    """Whether a cell holds words, not a figure."""
    return bool(HAN.search(cell.words)) and cell.figure is None


def _is_table(rows: Sequence[Sequence[Cell]], width: int) -> bool:
    """Whether half of the lines below the heads are rows, of two cells or more."""
    return 2 <= width <= WIDEST and sum(map(_is_row, rows)) * 2 >= len(rows)


def _is_row(cells: Sequence[Cell]) -> bool:
    """Whether a line holds a figure behind its first cell that is no year."""
    return any(cell.is_name for cell in cells[:LABELS]) and any(
        cell.is_amount for cell in cells[1:]
    )


def _lay_heads(lines: Iterable[Sequence[Cell]], width: int) -> tuple[tuple[Cell, ...], ...]:
    """Lay the lines of heads over the columns; a short upper line spreads to the right.

    A head over several columns stands once, in the first of them: the blank cells beside it, or
    the columns behind its line's last cell, are its own. A short lower line stands on the right.
    """
    spread = [_spread(line, width, is_upper=not number) for number, line in zip(count(), lines)]
    return tuple(
        tuple(cell for line in spread if (cell := line[column])) for column in range(width)
    )


def _spread(line: Sequence[Cell], width: int, *, is_upper: bool) -> list[Cell | None]:
    """Return which cell of a line of heads stands over each column, None where none does."""
    is_short = not is_upper and len(line) < width and bool(line[0].words)
    shift = width - len(line) if is_short else 0
    over: list[Cell | None] = []
    last: Cell | None = None
    for column in range(width):
        cell = line[column - shift] if 0 <= column - shift < len(line) else None
        if cell and cell.words:
            last = cell
        elif not is_upper or column < shift:
            last = None
        over.append(last)
    return over


def find_stacks(lines: Sequence[_Line]) -> Iterator[Grid]:
    """Find the tables whose every cell stands on a line of its own.

    A name and a number of figures, the same in every row, follow one another three times or more;
    the heads begin with a line that opens heads (地区, 指标).
    """
    at = 0
    while at < len(lines):
        rows = list(_stacked_rows(lines, at))
        if len(rows) >= STACKED and (grid := _read_stack(lines[max(0, at - TALLEST) : at], rows)):
            yield grid
        at += sum(map(len, rows)) or 1


def _stacked_rows(lines: Sequence[_Line], at: int) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows that begin at a line, each a name and as many figures as the first one."""
    width = 0
    while row := _stacked_row(lines, at):
        if len(row) <= FIGURES or (width and len(row) != width):
            return
        width = len(row)
        yield row
        at += width


def _stacked_row(lines: Sequence[_Line], at: int) -> tuple[Cell, ...]:
    """Return the name at a line and the figures on the lines below it."""
    if at >= len(lines) or not _is_single(lines[at]) or not _is_words(lines[at].rows[0][0]):
        return ()
    row = [lines[at].rows[0][0]]
    for line in lines[at + 1 :]:
        if not _is_single(line) or not (line.rows[0][0].is_amount or line.rows[0][0].is_blank):
            break
        row.append(replace(line.rows[0][0], column=len(row)))
    return tuple(row)


def _is_single(line: _Line) -> bool:
    """Whether a line is one short cell."""
    cells = line.rows[0]
    return not line.is_parted and _is_caption(cells) and bool(cells[0].words)


def _read_stack(above: Sequence[_Line], rows: Sequence[tuple[Cell, ...]]) -> Grid | None:
    """Read the heads over stacked rows; None if they are not as many as the columns ask for."""
    opens = [n for n, line in enumerate(above) if _opens_heads(line)]
    if not opens:
        return None
    first, *pieces = [line.rows[0][0] for line in above[opens[-1] :]]
    heads = _stacked_heads(pieces, len(rows[0]) - 1)
    if not heads:
        return None
    captions = [line.rows[0][0] for line in above[: opens[-1]] if _is_single(line)]
    heads = ((first,), *heads)
    return Grid(first.start, rows[-1][-1].end, heads, tuple(rows), tuple(captions[-CAPTION_LINES:]))


def _opens_heads(line: _Line) -> bool:
    return _is_single(line) and any(line.rows[0][0].words in role.words for role in OPENERS)


def _stacked_heads(pieces: Sequence[Cell], width: int) -> tuple[tuple[Cell, ...], ...]:
    """Share the pieces of heads among so many columns.

    Heads over several columns stand first, each with its unit in brackets; every other head has
    as many pieces as the others, for lines broke it. Nothing is returned where that does not fit.
    """
    groups = [cell for cell in pieces if bracket().search(cell.words)]
    if pieces[: len(groups)] != groups or len(groups) == len(pieces):
        groups = []
    own = pieces[len(groups) :]
    if not own or len(own) % width or (groups and width % len(groups)):
        return ()
    height, span = len(own) // width, width // max(len(groups), 1)
    names = [_join(own[n * height : (n + 1) * height]) for n in range(width)]
    return tuple((*groups[n // span : n // span + 1], name) for n, name in enumerate(names))


def _join(pieces: Sequence[Cell]) -> Cell:
    """Return a cell of the words of several, one below the other."""
    words = "".join(cell.words for cell in pieces)
    return Cell(pieces[0].start, pieces[-1].end, words, pieces[0].column)
