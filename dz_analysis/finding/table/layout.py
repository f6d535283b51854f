"""Tables of figures that stand in a text: where they are and what their columns are.

In: clean text; the cells of a line stand apart by a tab, a stroke or wide blanks. Out: `Grid`s,
each with its caption, the heads over every column and the rows below them. What a cell measures
is asked in `cells`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import count, groupby, pairwise
from operator import is_
from typing import NamedTuple

from dz_analysis.finding.table.cell import HAN, Cell, is_unit
from dz_analysis.finding.table.inferred import (
    agree,
    captions_of,
    is_head,
    pieces_of,
    tell_columns,
    tell_heads,
)
from dz_analysis.finding.table.inline import find_inline, may_hold_table
from dz_analysis.finding.table.strokes import INNER, join_rows
from dz_analysis.finding.table.words import (
    HeadRole,
    bracket,
    counts_rows,
    measure_of,
    measuring_words,
    unit_line,
)
from dz_analysis.finding.text.segment import PART_MARKS, SENTENCE_MARKS

GAP = re.compile(r"[ \u3000]*[\t|｜][ \u3000]*|[ \u3000]{2,}")
RULE = re.compile(r"[\t|｜]")
PARTING = re.compile(r"[\s|｜]")  # what may part cells
OPENING = re.compile(r"[ \u3000]*(?:[|｜][ \u3000]*){2,}")
RULING = re.compile(r":?-{2,}:?")
CODE = re.compile(r"\d{1,3}|\d{5,7}")  # 201, 20101, 2010101, and the number of a row
BLANKS = re.compile(r"[ \u3000\t]+")
STOP = re.compile(f"[{SENTENCE_MARKS}{PART_MARKS}]")
CAPTION_LINES = 3  # lines above a table that may head it
LEAD_LINES = 6  # lines above a table over which its heads may be broken
FIGURES = 2  # that a row without gaps has at least
LONGEST = 40  # characters of one
WIDEST = 60  # columns
LABELS = 4  # columns in which the name of a row may stand
STACKED = 3  # rows that a table of one cell a line has at least
TALLEST = 40  # lines of its heads
SPACED = 5  # single letters of a line that is one phrase whose letters blanks part
LETTERS = 4  # that a piece of such a phrase has at most: 2021
UNFILLED = 12  # lines within which a row follows on names without figures
LOOSE = 3  # cells that single blanks must part at least
OPENERS = (  # of the first cell of a line of heads
    HeadRole.NAME,
    HeadRole.PLACE,
    HeadRole.TIME,
    HeadRole.COUNTER,
)


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


def find_grids(text: str) -> tuple[Grid, ...]:
    r"""Find the tables of a text.

    At least two lines in a row with cells, one of them with a figure beside a name.

    Examples
    --------
    >>> found = find_grids("指标\t单位\t绝对数\n税收\t亿元\t3.2\n粮食产量\t万吨\t45")
    >>> [[cell.words for cell in row] for row in found[0].rows]
    [['税收', '亿元', '3.2'], ['粮食产量', '万吨', '45']]
    """
    grids = (grid for lines in _stretches(text) for grid in _grids_in(lines))
    return tuple(sorted(grids, key=lambda grid: grid.start))


def _stretches(text: str) -> Iterator[list[_Line]]:
    """Yield the lines that may be a table: those between two lines of prose, which no table holds.

    A line that stands alone is one only if it has cells.
    """
    for is_prose, stretch in groupby(_lines(text), key=partial(is_, _PROSE)):
        lines = [] if is_prose else list(stretch)
        if len(lines) > 1 or any(line.is_parted for line in lines):
            yield lines


def _grids_in(stretch: Sequence[_Line]) -> Iterator[Grid]:
    """Yield the tables of lines without prose among them."""
    lines = tuple(_name_figures(stretch))
    for run in _runs([*lines, _PROSE]):
        for part in _part(run.rows):
            yield from _read_run(part, run)
    yield from find_stacks(lines)


class _Line(NamedTuple):
    """The rows of a line, several where rows were glued.

    `is_loose` where single blanks part cells, `is_ruled` where tabs or strokes do. A line without
    cells is one row of one cell, a blank one a row of none.
    """

    rows: list[list[Cell]]
    is_loose: bool = False
    is_ruled: bool = False

    @property
    def is_parted(self) -> bool:
        """Whether it has cells."""
        return len(self.rows) > 1 or len(self.rows[0]) > 1


_PROSE = _Line([[]])


@dataclass(slots=True)
class _Run:
    """Lines with cells that follow one another; `is_loose` if single blanks part all of them.

    `is_ruled` if tabs or strokes part cells. `above` are the short lines right above them that
    may head the table; `lead` all the lines above, with their cells, down from the last full stop.
    """

    rows: list[list[Cell]]
    above: list[Cell]
    lead: list[list[Cell]]
    is_loose: bool = True
    is_ruled: bool = False


def _runs(lines: Sequence[_Line]) -> Iterator[_Run]:
    """Yield the lines with cells that follow one another, with the lines right above them."""
    run = _Run([], [], [])
    for number, line in enumerate(lines):
        if _is_ruling(line):
            continue
        if line.is_parted:
            run.rows.extend(_mend_name(run.rows, line))
            run.is_loose &= line.is_loose
            run.is_ruled |= line.is_ruled
        elif _is_unfilled(lines[number : number + UNFILLED], run):
            run.rows.append(line.rows[0])
        else:
            if len(run.rows) > 1:
                run.above.extend(_unit_below(lines, number, run))
                yield run
            run = _begin_run(run, line.rows[0])


def _unit_below(lines: Sequence[_Line], number: int, run: _Run) -> list[Cell]:
    """Return the line of the unit right below a table that has none above, if no table follows."""
    cells = lines[number].rows[0]
    is_unit = any(map(_tells_unit, cells)) and not any(map(_tells_unit, run.above))
    is_last = not any(line.is_parted for line in lines[number + 1 : number + 1 + CAPTION_LINES])
    return cells if is_unit and is_last else []


def _is_ruling(line: _Line) -> bool:
    """Whether a line with cells only rules off the heads: | --- | :---: |."""
    return line.is_ruled and all(RULING.fullmatch(cell.words) for cell in line.rows[0])


def _mend_name(above: list[list[Cell]], line: _Line) -> list[list[Cell]]:
    """Return the rows of a line; a name of which only the end stands there begins a line above.

    The line above, which holds nothing else, is taken off the rows.
    """
    first = line.rows[0][0]
    is_end = _is_letter(first) or first.words in HeadRole.TAIL_OF_NAME.words
    if line.is_ruled or not is_end or not above or len(above[-1]) != 1:
        return line.rows
    whole = _join([*above.pop(), first])
    return [[whole, *line.rows[0][1:]], *line.rows[1:]]


def _begin_run(last: _Run, cells: list[Cell]) -> _Run:
    """Begin a run below a line without cells, which may head it, as may a single row above."""
    if not _is_caption(cells):
        return _Run([], [], [])
    above = [*([] if last.rows else last.above), *cells]
    is_over = len(last.rows) > 1 and any(map(_is_figured, last.rows))
    lead = [cells] if is_over else [*last.lead, *last.rows, cells]
    return _Run([], above[-CAPTION_LINES:], lead[-TALLEST:])


def _lines(text: str) -> Iterator[_Line]:
    """Yield the lines of a text with their cells, and a blank one at the end."""
    start, skipped = 0, 0
    joined = join_rows(text)
    for number, line in enumerate([*text.split("\n"), ""]):
        whole = _split(line, start)
        if number in joined:
            yield from (_Line([row], is_ruled=len(row) > 1) for row in joined[number].rows)
            skipped = joined[number].end
        if number < skipped:
            pass
        elif whole is _PROSE and may_hold_table(line):
            yield from _inline_lines(line, start) or [whole]
        else:
            yield whole
        start += len(line) + 1


def _inline_lines(line: str, start: int) -> list[_Line]:
    """Return the lines of the tables that stand inside a line of prose; none where none does."""
    lines: list[_Line] = []
    for table in find_inline(line, start):
        rows = [table.caption, table.heads, *table.rows]
        lines += [_PROSE, *(_Line([row], is_loose=True) for row in rows if row), _PROSE]
    return lines


def _name_figures(lines: Sequence[_Line]) -> Iterator[_Line]:
    """Yield the lines of a text; figures on a line of their own join the name above them.

    They do where a row of as many figures follows: before another name they may as well belong
    to that one.
    """
    waiting: list[_Line] = []
    for line, following in zip(lines, [*lines[1:], _Line([[]])], strict=True):
        figures = [] if line.is_parted else _bare_figures(line)
        row = following.rows[0]
        is_row_next = len(row) == len(figures) + 1 and _is_figured(row)
        if figures and waiting and is_row_next:
            parts = 2 if len(waiting[-1].rows[0][0].words) < LETTERS - 1 else 1
            name = _join([named.rows[0][0] for named in waiting[-parts:]])
            yield from waiting[:-parts]
            yield _Line([[name, *figures]], is_loose=True)
            waiting = []
        elif not line.is_parted and _is_name(line) and not figures:
            waiting.append(line)
        else:
            yield from waiting
            yield line
            waiting = []
    yield from waiting


def _bare_figures(line: _Line) -> list[Cell]:
    """Return the figures of a line that holds nothing else, two or more; else none."""
    cells = [piece for cell in line.rows[0] for piece in _cut(cell.words, cell.start, BLANKS)]
    is_bare = len(cells) >= FIGURES and all(cell.is_amount for cell in cells)
    return [replace(cell, column=n + 1) for n, cell in enumerate(cells)] if is_bare else []


def _unglue(cells: list[Cell]) -> list[list[Cell]]:
    """Part the rows that stand glued in one line: 税收 3.2 5.1 存款 86 2.0.

    Every one has a name and figures behind it, one of them two or more; else there are none.
    """
    rows: list[list[Cell]] = []
    for cell in cells:
        if not rows or (HAN.search(cell.words) and rows[-1][-1].figure):
            rows.append([])
        rows[-1].append(replace(cell, column=len(rows[-1])))
    is_glued = len(rows) > 1 and all(map(_is_figured, rows)) and any(map(_is_full, rows))
    return rows if is_glued else []


def _is_full(row: Sequence[Cell]) -> bool:
    """Whether a row is a name and figures behind it, two or more."""
    is_named = bool(HAN.search(row[0].words)) and len(row) > FIGURES
    return is_named and all(cell.is_amount for cell in row[1:])


def _is_unfilled(lines: Sequence[_Line], run: _Run) -> bool:
    """Whether a line inside a table is a name without figures.

    A row stands above it, or heads of as many cells, and one below it, perhaps behind other names.
    """
    below = next((n for n, line in enumerate(lines) if line.is_parted), 0)
    above = next((row for row in reversed(run.rows) if len(row) > 1), [])
    if not above or not below or not all(map(_is_name, lines[:below])):
        return False
    row = lines[below].rows[0]
    if run.is_ruled:
        return _is_row(row) and (_is_row(above) or len(above) == len(row))
    return _is_figured(above) and _is_figured(row)


def _is_name(line: _Line) -> bool:
    """Whether a short line without cells holds words that name no unit of a table."""
    cells = line.rows[0]
    is_words = _is_caption(cells) and bool(HAN.search(cells[0].words))
    return is_words and not unit_line().search(cells[0].words)


def _is_figured(row: Sequence[Cell]) -> bool:
    """Whether a row is a name and figures behind it."""
    is_told = any(cell.is_amount for cell in row[1:])
    return is_told and row[0].is_name and all(cell.figure or cell.is_blank for cell in row[1:])


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
    is_prose = _is_prose(body)
    if is_prose and len(body) > LONGEST:  # as most lines: no caption, and no cell of a table
        return _PROSE
    if is_prose or (body and not PARTING.search(body)):
        return _Line([[Cell(low, low + len(body), body, 0)]])
    cells = _unspace(list(_cut(body, low, GAP)), body)
    if len(cells) > 1 or not BLANKS.search(body):
        is_ruled = bool(RULE.search(body))
        row = _behind_blanks(line, start, cells) if is_ruled else _behind_codes(cells)
        return _Line([row], is_ruled=is_ruled)
    loose = _behind_codes(_unspace(list(_cut(body, low, BLANKS)), body))
    rows = [loose] if _is_loose(loose) else _unglue(loose)
    return _Line(rows, is_loose=True) if rows else _Line([cells])


def _behind_blanks(line: str, start: int, cells: list[Cell]) -> list[Cell]:
    """Return the cells of a row behind the blank ones at its start: | | 2019年 | 2020年 |."""
    opening = OPENING.match(line)
    count = len(RULE.findall(opening.group())) - 1 if opening else 0
    blanks = [Cell(start, start, "", column) for column in range(count)]
    return [*blanks, *(replace(cell, column=cell.column + count) for cell in cells)]


def _behind_codes(cells: list[Cell]) -> list[Cell]:
    """Return the cells of a row, or of heads, behind the codes that only blanks part from them."""
    count = _codes(cells)
    is_coded = 0 < count < len(cells) and bool(HAN.search(cells[count].words))
    behind = cells[count:]
    is_row = is_coded and all(map(_follows_name, behind[1:]))
    is_heads = is_coded and _counts(cells[0])
    if not (is_row or is_heads):
        return cells
    return [replace(cell, column=column) for column, cell in enumerate(behind)]


def _follows_name(cell: Cell) -> bool:
    return cell.figure is not None or cell.is_blank or is_unit(cell.words)


def _codes(cells: Sequence[Cell]) -> int:
    """Return how many cells at the start of a row are codes, or heads of codes, or blank."""
    count = 0
    is_code = False
    for cell in cells:
        is_own = bool(CODE.fullmatch(cell.words)) or _counts(cell)
        if cell.words and not is_own:
            break
        is_code |= is_own
        count += 1
    return count if is_code else 0


def _counts(cell: Cell) -> bool:
    return counts_rows(cell.words)


def _without_codes(rows: list[list[Cell]]) -> list[list[Cell]]:
    """Take the columns of codes off a table whose cells tabs or strokes part: 201, 01, 人大事务.

    They stand before the names. A total has its name in the first of these columns and blank
    cells behind it; of heads the lines that are as wide as the table lose as many cells, others
    those that say that they are codes.
    """
    body = [row for row in rows if _is_row(row)]
    counts = [_codes(row) for row in body]
    wide = max(counts, default=0)
    if not wide or 2 * sum(map(bool, counts)) < len(body):
        return rows
    width = max(map(len, body))
    return [row for cells in rows if (row := _cut_codes(cells, wide, width))]


def _cut_codes(cells: list[Cell], wide: int, width: int) -> list[Cell]:
    """Take the codes off one line of a table, so many cells of the table's width."""
    count = _codes(cells)
    if count:
        left = cells[count:]
    elif len(cells) >= width and not _is_filled(cells[:wide]):
        left = cells[wide:]
    elif _is_row(cells):
        blank = next(n for n, cell in enumerate(cells[1:]) if cell.words)
        left = [cells[0], *cells[1 + min(blank, wide, len(cells) - width + wide) :]]
    else:
        is_spread = len(cells) >= width and not _is_filled(cells[1:wide])
        left = [cells[0], *cells[wide + 1 :]] if is_spread else cells
    return [replace(cell, column=column) for column, cell in enumerate(left)]


def _unspace(cells: list[Cell], body: str) -> list[Cell]:
    """Join letters that blanks part: 合 计 before figures, and a whole line such as a title."""
    if RULE.search(body):
        return [replace(cell, words=INNER.sub("", cell.words)) for cell in cells]
    if sum(map(_is_letter, cells)) >= SPACED and not any(c.words[LETTERS:] for c in cells):
        return [_join(cells)]
    cells = _join_years(cells)
    joined: list[Cell] = []
    for is_letter, group in groupby(cells, key=_is_letter):
        run = list(group)
        is_name = is_letter and (not joined or joined[-1].figure is not None)
        joined.extend([_join(run)] if is_name else run)
    return [replace(cell, column=column) for column, cell in enumerate(joined)]


def _join_years(cells: Sequence[Cell]) -> list[Cell]:
    """Join a year and the words behind it that a blank parts: 2021 年末余额."""
    joined: list[Cell] = []
    for cell in cells:
        is_behind = joined and joined[-1].is_year and HeadRole.YEAR.words.at_start(cell.words)
        joined.append(_join([joined.pop(), cell]) if is_behind else cell)
    return joined


def _is_letter(cell: Cell) -> bool:
    """Whether a cell is a single Han character."""
    return len(cell.words) == 1 and bool(HAN.match(cell.words))


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


def _read_run(rows: list[list[Cell]], run: _Run) -> Iterator[Grid]:
    """Part the heads of a table from its rows; tables side by side are one table each."""
    rows = _without_codes(rows) if run.is_ruled else rows
    first = _first_row(rows)
    body = list(filter(_is_told, rows[first:]))
    if len(rows) < 2 or len(body) < (1 if first else 2):
        return
    whole, heads = _lay(rows, body, run)
    width = len(whole.heads)
    for low, high in pairwise([*_sides(whole, heads, width), width]):
        side = tuple(row[low:high] for row in whole.rows if _is_filled(row[low:high]))
        if _is_table(side, high - low):
            yield replace(whole, heads=whole.heads[low:high], rows=side)


def _is_told(row: Sequence[Cell]) -> bool:
    """Whether a line below the heads holds words and is no line of numbers of columns: 栏次."""
    return _is_filled(row) and not _counts(row[0])


def _lay(
    rows: list[list[Cell]], body: list[list[Cell]], run: _Run
) -> tuple[Grid, list[list[Cell]]]:
    """Return the rows below their heads as one table, and the lines of its heads."""
    first, width = _first_row(rows), max(map(len, body))
    above, heads = _part_caption(rows[:first])
    heads = _under_corner(heads, width) if run.is_ruled else heads
    captions = [*run.above, *above][-CAPTION_LINES:]
    if not heads and run.is_loose:
        heads, captions = _broken_heads(run.lead[-LEAD_LINES:], width)
    whole = Grid(
        (heads or rows)[0][0].start,
        max(cell.end for cell in rows[-1]),
        _lay_heads(heads, width),
        tuple(map(tuple, body)),
        tuple(captions),
    )
    return whole if run.is_ruled else _settle(whole, run.lead, rows[:first]), heads


def _under_corner(heads: list[list[Cell]], width: int) -> list[list[Cell]]:
    """Lay a line of heads that lost the cell over the names to the right, as far as it is short.

    Each of its heads is a time or tells how its column is measured: none stands over names.
    """
    line = heads[0] if len(heads) == 1 else []
    if not 1 < len(line) < width or not all(_tells_column(_without_unit(cell)) for cell in line):
        return heads
    count = width - len(line)
    blanks = [Cell(line[0].start, line[0].start, "", column) for column in range(count)]
    return [[*blanks, *(replace(cell, column=cell.column + count) for cell in line)]]


def _without_unit(cell: Cell) -> Cell:
    """Return a head without the unit in brackets: 绝对额（亿元）."""
    return replace(cell, words=bracket().sub("", cell.words))


def _part_caption(lines: list[list[Cell]]) -> tuple[list[Cell], list[list[Cell]]]:
    """Part the lines above the heads of a table that have cells too, down to that of the unit.

    部门：县水务局 and 金额单位：万元 stand side by side. Lines that only name the names of rows
    or their codes, below others, are left out.
    """
    units = [n for n, line in enumerate(lines[:-1]) if any(_tells_unit(cell) for cell in line)]
    end = units[-1] + 1 if units else 0
    heads = [line for n, line in enumerate(lines[end:]) if not (n and all(map(_is_void, line)))]
    return [cell for line in lines[:end] for cell in line], heads


def _tells_unit(cell: Cell) -> bool:
    """Whether a cell ends with the unit of a table: 金额单位：万元."""
    found = unit_line().search(cell.words)
    return found is not None and found.end() == len(cell.words)


def _is_void(cell: Cell) -> bool:
    """Whether a cell of the heads names no column of figures."""
    return not cell.words or _counts(cell) or cell.words in HeadRole.NAME.words


def _first_row(rows: Sequence[Sequence[Cell]]) -> int:
    """Return the number of the first row below the heads, which may name a group of rows."""
    first = next((number for number, row in enumerate(rows) if _is_row(row)), len(rows))
    return first - (first > 1 and _is_group(rows[first - 1]))


def _is_group(cells: Sequence[Cell]) -> bool:
    """Whether a line holds words in its first cell only: the name of a group."""
    return bool(cells[0].words) and not _is_filled(cells[1:])


def _settle(grid: Grid, lead: Sequence[Sequence[Cell]], heads: Sequence[Sequence[Cell]]) -> Grid:
    """Settle the rows and heads of a table whose cells only blanks part by what its figures tell.

    Heads that agree with the figures are kept, at once if one line of them is as wide as the
    table, else where none can be made of the words above it.
    """
    above = [*lead, *heads]
    captions = tuple(captions_of(above)[-CAPTION_LINES:])
    columns = tell_columns(grid.rows)
    levels = _level_heads(above, len(grid.heads))
    if columns is None or (levels and agree(columns.sheet, levels)):
        return replace(grid, heads=levels, captions=captions) if levels else grid
    rows, sheet = tuple(map(tuple, columns.rows)), columns.sheet
    width = sheet.width + 1
    is_fit = len(grid.heads) == width and any(grid.heads) and agree(sheet, grid.heads)
    if is_fit and (not heads or any(len(line) == width for line in heads)):
        return replace(grid, rows=rows)
    if made := tell_heads(sheet, above):
        return replace(grid, rows=rows, heads=made, captions=captions)
    return replace(grid, rows=rows, heads=grid.heads if is_fit else ())


def _is_filled(cells: Sequence[Cell]) -> bool:
    """Whether any cell of a line holds words."""
    return any(cell.words for cell in cells)


def _sides(grid: Grid, heads: Sequence[Sequence[Cell]], width: int) -> list[int]:
    """Return the columns in which tables begin that stand side by side.

    The heads of the first come again (项目|金额|项目|金额), or names stand behind figures and
    before others under a head that says so (收入|金额|支出|金额).
    """
    for line in heads:
        again = [column for column, cell in enumerate(line) if cell.words == line[0].words]
        is_name = _is_words(line[0]) and line[0].words not in HeadRole.LEVEL.words
        if len(line) == width and len(again) > 1 and is_name:
            return again
    return [0, *_sides_of_names(grid)]


def _sides_of_names(grid: Grid) -> Iterator[int]:
    """Yield the columns of names behind the figures of one table and before those of another.

    A running number makes no table.
    """
    is_figured = [holds_figures(grid.column(column)) for column in range(len(grid.heads))]
    for column in range(1, len(is_figured) - 1):
        is_between = is_figured[column - 1] and any(is_figured[column + 1 :])
        is_blank = not is_figured[column] and not all(is_figured[:column])
        if is_between and is_blank and _heads_side(grid.head(column)):
            yield column


def _heads_side(head: str) -> bool:
    """Whether a head stands over the names of a table of its own: 支出, 支出项目."""
    return head in HeadRole.SIDE.words or bool(HeadRole.NAME.words.at_end(head))


def holds_figures(cells: Sequence[Cell]) -> bool:
    """Whether half of what a column holds are figures."""
    filled = [cell for cell in cells if not cell.is_blank]
    return bool(filled) and 2 * sum(cell.is_amount for cell in filled) >= len(filled)


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
    """Whether half of the lines of cells below the heads are rows, of two cells or more."""
    rows = [row for row in rows if len(row) > 1]
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
    lines = _share_evenly(list(lines), width)
    spread = [_spread(line, width, is_upper=not number) for number, line in zip(count(), lines)]
    return tuple(
        tuple(cell for line in spread if (cell := line[column])) for column in range(width)
    )


def _share_evenly(lines: list[Sequence[Cell]], width: int) -> list[Sequence[Cell]]:
    """Lay the upper of two lines of heads over as many columns each, where the lower comes again.

    The page lost the blank cells of the upper one: 2020年 and 2021年 over 余额, 限额, 余额, 限额.
    """
    upper, lower = lines if len(lines) == 2 else ((), ())
    groups, columns = len(upper) - 1, width - 1
    own = [cell for cell in lower if cell.words]
    is_lost = 1 < groups < columns == len(own) and all(cell.words for cell in upper[1:])
    span, words = columns // max(groups, 1), [cell.words for cell in own]
    if not is_lost or words != words[:span] * groups:
        return lines
    blank = Cell(upper[-1].end, upper[-1].end, "", 0)
    shared = [piece for cell in upper[1:] for piece in (cell, *[blank] * (span - 1))]
    return [[upper[0], *shared], [replace(blank, column=0), *own]]


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
    the heads begin with a line that opens heads (地区, 指标). Of two tables side by side each row
    may be a name and one figure (收入, 金额, 支出, 金额).
    """
    at = 0
    while at < len(lines):
        rows, end = _stacked_rows(lines, at)
        if len(rows) >= STACKED:
            above = lines[max(0, at - TALLEST) : at]
            read = _read_stack if len(rows[0]) > FIGURES else _read_pairs
            if grid := read(above, rows):
                yield grid
        at = end


def _stacked_rows(lines: Sequence[_Line], at: int) -> tuple[list[tuple[Cell, ...]], int]:
    """Return the rows from a line on, as wide as the first one, and the line behind them.

    A name alone above such a row is that of a group. A pair of blank cells may stand between rows
    of a name and a figure.
    """
    rows: list[tuple[Cell, ...]] = []
    end = at
    while row := _stacked_row(lines, end):
        is_group = bool(rows) and _is_group_above(lines, end, len(rows[0]))
        if not is_group and (len(row) < FIGURES or (rows and len(row) != len(rows[0]))):
            break
        rows.append(row)
        end += len(row)
        while len(row) == FIGURES and _is_blank(lines[end : end + 1]):
            end += 1
    return rows, max(end, at + 1)


def _is_group_above(lines: Sequence[_Line], at: int, width: int) -> bool:
    """Whether a line names a group: nothing stands behind it, and a row of a table below it."""
    return len(_stacked_row(lines, at)) == 1 and len(_stacked_row(lines, at + 1)) == width > FIGURES


def _is_blank(lines: Sequence[_Line]) -> bool:
    """Whether there is a line and it holds nothing."""
    return any(not line.is_parted and not _is_filled(line.rows[0]) for line in lines)


def _read_pairs(above: Sequence[_Line], rows: Sequence[tuple[Cell, ...]]) -> Grid | None:
    """Read the heads over pairs, of which two tables side by side have two; else None."""
    singles = [line.rows[0][0] for line in above if _is_single(line)]
    heads = singles[-4:]
    if len(heads) < 4 or not all(_heads_side(cell.words) for cell in heads[::2]):
        return None
    is_again = heads[1].words == heads[3].words and heads[1].words in measuring_words()
    if not is_again:
        return None
    grid_heads = ((), (replace(heads[1], column=1),))
    captions = tuple(singles[:-4][-CAPTION_LINES:])
    return Grid(heads[0].start, rows[-1][-1].end, grid_heads, tuple(rows), captions)


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
        return _read_uncornered(above, rows)
    first, *pieces = [line.rows[0][0] for line in above[opens[-1] :]]
    heads = _stacked_heads(pieces, len(rows[0]) - 1)
    if not heads:
        return None
    captions = [line.rows[0][0] for line in above[: opens[-1]] if _is_single(line)]
    heads = ((first,), *heads)
    return Grid(first.start, rows[-1][-1].end, heads, tuple(rows), tuple(captions[-CAPTION_LINES:]))


def _read_uncornered(above: Sequence[_Line], rows: Sequence[tuple[Cell, ...]]) -> Grid | None:
    """Read the heads over stacked rows where none stands over the names: 2021年, 比上年增长%.

    Right above the rows each column has a line that is a time or tells how it is measured, or
    several of which the last one ends with its unit: 总量, （亿元）, 比上年, 增长（%）.
    """
    width = len(rows[0]) - 1
    singles = [line.rows[0][0] for line in above if _is_single(line)]
    count, heads = _closed_heads(singles, width)
    if not heads:
        count, heads = width, singles[-width:]
    if len(heads) < width or not all(_tells_column(_without_unit(cell)) for cell in heads):
        return None
    captions = singles[:-count][-CAPTION_LINES:]
    laid = ((), *((replace(cell, column=n + 1),) for n, cell in enumerate(heads)))
    return Grid(heads[0].start, rows[-1][-1].end, laid, tuple(rows), tuple(captions))


def _closed_heads(lines: Sequence[Cell], width: int) -> tuple[int, list[Cell]]:
    """Return so many heads that units in brackets close, and of how many lines they are."""
    ends = [n for n, cell in enumerate(lines) if _closes_head(cell)][-width:]
    if len(ends) < width or ends[-1] != len(lines) - 1:
        return 0, []
    first = ends[0]
    while first and _closes_head(lines[first]) and not _without_unit(lines[first]).words:
        first -= 1
    while first and _tells_column(lines[first - 1]):
        first -= 1
    edges = [first - 1, *ends]
    return len(lines) - first, [_join(lines[a + 1 : b + 1]) for a, b in pairwise(edges)]


def _closes_head(cell: Cell) -> bool:
    """Whether a line ends with a unit in brackets, or is one."""
    found = [match for match in bracket().finditer(cell.words) if is_unit(match.group(1))]
    return bool(found) and found[-1].end() == len(cell.words)


def _tells_column(cell: Cell) -> bool:
    """Whether the words of a head only say of what time a column is, or how it is measured."""
    return is_head(cell) or measure_of(cell.words) != "level"


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


def _level_heads(lines: Sequence[Sequence[Cell]], width: int) -> tuple[tuple[Cell, ...], ...]:
    """Read heads of two levels whose lower one comes again below each upper one.

    Blanks part the heads of the lower level, and line breaks may, or stand inside them; as it
    comes again, all its blanks show. Where that does not fit nothing is returned.
    """
    first, upper, lower = _two_levels(lines)
    groups, columns = len(upper), width - 1
    if groups < 2 or columns % groups or not lower or len(lower) % groups:
        return ()
    height, span = len(lower) // groups, columns // groups
    chunks = [lower[start : start + height] for start in range(0, len(lower), height)]
    names = [name for chunk in chunks for name in _part_level(chunk, chunks, span)]
    is_again = all(one.words == names[n % span].words for n, one in enumerate(names))
    if len(names) != columns or not is_again:
        return ()
    return (tuple(first), *((upper[n // span], name) for n, name in enumerate(names)))


def _two_levels(
    lines: Sequence[Sequence[Cell]],
) -> tuple[list[Cell], list[Cell], list[tuple[Cell, bool]]]:
    """Return the opener of heads, the heads beside or below it, and what follows.

    What follows has for each head whether a blank stands before it.
    """
    opens = [n for n, line in enumerate(lines) if line and _is_opener(line[0])]
    below = [list(pieces_of(line)) for line in lines[opens[-1] :]] if opens else []
    if below and len(below[0]) > 1:
        below[:1] = [below[0][:1], below[0][1:]]
    if len(below) < 2:
        return [], [], []
    first, upper, rest = below[0], below[1], below[2:]
    return first, upper, [(cell, bool(number)) for line in rest for number, cell in enumerate(line)]


def _part_level(
    chunk: Sequence[tuple[Cell, bool]], chunks: Sequence[Sequence[tuple[Cell, bool]]], count: int
) -> list[Cell]:
    """Part the pieces of a lower level into so many heads, where a blank parts any of its copies.

    The longest of these is shared out evenly if they are too few.
    """
    starts = [n for n in range(len(chunk)) if not n or any(copy[n][1] for copy in chunks)]
    parts = [[cell for cell, _ in chunk[low:high]] for low, high in pairwise([*starts, len(chunk)])]
    longest = max(range(len(parts)), key=lambda n: len(parts[n]))
    pieces, heads = parts[longest], count - len(parts) + 1
    if heads < 1 or len(pieces) % heads:
        return []
    share = len(pieces) // heads
    evenly = [pieces[n : n + share] for n in range(0, len(pieces), share)]
    return list(map(_join, [*parts[:longest], *evenly, *parts[longest + 1 :]]))


def _is_opener(cell: Cell) -> bool:
    return any(cell.words in role.words for role in OPENERS)


def _join(pieces: Sequence[Cell]) -> Cell:
    """Return a cell of the words of several, one below the other."""
    words = "".join(cell.words for cell in pieces)
    return Cell(pieces[0].start, pieces[-1].end, words, pieces[0].column)
