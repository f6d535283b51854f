"""Columns that the figures of a table tell where its page lost empty cells or mixed up its heads.

In: rows whose cells only blanks part, the lines above them. Out: the rows with every figure under
its column, and heads for the columns, where `arithmetic` and the words of the heads agree.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import takewhile
from types import MappingProxyType
from typing import NamedTuple

from dz_analysis.finding.number.numerals import numerals
from dz_analysis.finding.table.arithmetic import (
    ENOUGH,
    Kind,
    Relation,
    Sheet,
    read_sheet,
)
from dz_analysis.finding.table.cell import Cell
from dz_analysis.finding.table.words import HeadRole, measure_of, measuring_words, unit_line
from dz_analysis.finding.time.mentions import find_periods
from dz_analysis.lexicon import values

BLANKS = re.compile(r"\s+")
YEAR = re.compile(r"(?:19|20)\d\d")
Heads = tuple[tuple[Cell, ...], ...]


class Told(NamedTuple):
    """Rows of one width and the columns that they tell: a name, then the figures of the sheet."""

    rows: list[Sequence[Cell]]
    sheet: Sheet


def tell_columns(rows: Sequence[Sequence[Cell]]) -> Told | None:
    """Lay the figures of short rows under the columns that they fit; None if too few are full.

    A figure that may stand under two columns is left out, and so is a row without others.
    """
    named = [row for row in rows if _is_named(row)]
    width = _full_width(named)
    full = [[cell.amount for cell in row[1:]] for row in named if len(row) == width]
    sheet = read_sheet(full) if width > 2 else None
    if sheet is None:
        return None
    laid = (row if len(row) >= width else _lay(row, sheet) for row in named)
    return Told([row for row in laid if any(cell.figure for cell in row[1:])], sheet)


def _full_width(rows: Sequence[Sequence[Cell]]) -> int:
    """Return the largest number of cells that enough rows have, 0 if there is none."""
    widths = Counter(map(len, rows))
    return max((width for width, count in widths.items() if count >= ENOUGH), default=0)


def _is_named(row: Sequence[Cell]) -> bool:
    """Whether a row is a name and figures or blank cells behind it."""
    behind = list(takewhile(lambda cell: cell.figure or cell.is_blank, row[1:]))
    return bool(behind) and row[0].is_name and len(behind) == len(row) - 1


def _lay(row: Sequence[Cell], sheet: Sheet) -> list[Cell]:
    """Lay the figures of a short row under the columns that they fit."""
    amounts = [(cell, amount) for cell in row[1:] if (amount := cell.amount)]
    places = sheet.place([amount for _, amount in amounts])
    laid = [Cell(row[0].end, row[0].end, "", column + 1) for column in range(sheet.width)]
    for (cell, _), column in zip(amounts, places, strict=True):
        if column >= 0:
            laid[column] = replace(cell, column=column + 1)
    return [row[0], *laid]


class _Columns(NamedTuple):
    """What columns hold: what is compared with, the amounts, and what follows from these."""

    earlier: int
    base: int
    current: int
    growth: int
    share: int


NOTHING = Relation(Kind.SUM, -1, -1, -1)


def _columns(sheet: Sheet) -> _Columns | None:
    """Return what the columns of a sheet hold; None if that is not told of each of them."""
    quotients = [one for one in sheet.relations if one.kind is not Kind.SUM]
    kinds = {one.kind: one for one in quotients}
    amounts = {one.amount for one in quotients}
    if len(kinds) < len(quotients) or len(amounts) != 1:
        return None
    growth, share = kinds.get(Kind.GROWTH, NOTHING), kinds.get(Kind.SHARE, NOTHING)
    found = _Columns(growth.base, share.base, amounts.pop(), growth.result, share.result)
    columns = sorted(column for column in found if column >= 0)
    return found if columns == list(range(sheet.width)) else None


def agree(sheet: Sheet, heads: Heads) -> bool:
    """Whether heads laid over a name and its figures say what the figures tell."""
    measures = [measure_of(_words(cells)) for cells in heads[1:]]
    goals = [(_year(cells), HeadRole.TARGET.within(_words(cells))) for cells in heads[1:]]
    for relation in sheet.relations:
        if relation.kind is Kind.SUM:
            continue
        amounts = {measures[relation.base], measures[relation.amount]}
        is_growth = measures[relation.result] == "growth"
        is_same = goals[relation.base] == goals[relation.amount] and goals[relation.base][1]
        if amounts != {"level"} or is_growth != (relation.kind is Kind.GROWTH) or is_same:
            return False
    return True


def captions_of(lines: Sequence[Sequence[Cell]]) -> list[Cell]:
    """Return the lines above the heads of a table: down to its unit, else to the first head."""
    pieces = [list(pieces_of(line)) for line in lines]
    units = [n for n, line in enumerate(lines) if unit_line().search(_words(line))]
    heads = (n for n, line in enumerate(pieces) if any(map(is_head, line)))
    end = units[-1] + 1 if units else next(heads, len(lines))
    return [cell for line in lines[:end] for cell in line]


def is_head(cell: Cell) -> bool:
    """Whether a cell is a time, or only says which amounts stand below it."""
    return _is_period(cell) or _is_amount_head(cell)


def tell_heads(sheet: Sheet, lines: Sequence[Sequence[Cell]]) -> Heads:
    """Make heads of the words above a table for the columns that its figures tell.

    Words and figures have to agree: a growth needs a word of growth, a share one of completion,
    and every amount a head of its own. Nothing is returned where they do not.
    """
    columns = _columns(sheet)
    pieces = [list(pieces_of(line)) for line in lines]
    words = "".join(cell.words for line in pieces for cell in line)
    if columns is None:
        return ()
    at = max((cell.end for line in lines for cell in line), default=0)
    heads: list[tuple[Cell, ...]] = [()] * sheet.width
    for column, role in (
        (columns.growth, HeadRole.GROWTH),
        (columns.share, HeadRole.COMPLETION),
    ):
        word = role.words.first_in(words)
        if column >= 0 and not word:
            return ()
        if column >= 0:
            heads[column] = (Cell(at, at, word, column + 1),)
    amounts = _share_out(columns, list(_amount_heads(pieces)), at)
    for column, cells in amounts.items():
        heads[column] = cells
    return ((), *heads) if amounts else ()


def _share_out(
    columns: _Columns, found: Sequence[tuple[Cell, ...]], at: int
) -> dict[int, tuple[Cell, ...]]:
    """Share the heads of amounts among their columns; nothing if they are not as many.

    The earliest year or 上年 is what a growth is compared with, a goal the base of a share.
    """
    amounts = sorted({columns.earlier, columns.base, columns.current} - {-1})
    once = found[: len(amounts)]
    if [*map(_words, found)] == [*map(_words, once)] * (len(found) // len(amounts)):
        found = once  # tables side by side, whose rows were glued
    vague = [cells for cells in found if not _is_telling(cells)]
    for cells in vague[::-1][: max(0, len(found) - len(amounts))]:  # 金额 below 2021年执行数
        found = [other for other in found if other is not cells]
    if len(found) != len(amounts):
        return {}
    left = dict(enumerate(found))
    shared: dict[int, tuple[Cell, ...]] = {}
    if columns.base >= 0:
        goals = [n for n, cells in left.items() if HeadRole.TARGET.within(_words(cells))]
        if len(goals) != 1:
            return {}
        shared[columns.base] = left.pop(goals[0])
    if columns.earlier >= 0:
        first = min(left, key=lambda number: (*_age(left[number]), number))
        cells = left.pop(first)
        before = Cell(at, at, min(HeadRole.EARLIER.words), columns.earlier + 1)
        shared[columns.earlier] = (*cells, before) if _age(cells) == UNTOLD else cells
    shared[columns.current] = left.popitem()[1]
    return shared


UNDATED = "9999"
UNTOLD = (True, UNDATED)


def _age(cells: Sequence[Cell]) -> tuple[bool, str]:
    """Return what orders heads by time: 上年 stands before any year, no time behind all."""
    return not HeadRole.EARLIER.within(_words(cells)), _year(cells)


def _is_telling(cells: Sequence[Cell]) -> bool:
    """Whether a head of amounts says more than that they are amounts."""
    roles = (HeadRole.TARGET, HeadRole.EARLIER, HeadRole.ESTIMATE)
    return _year(cells) != UNDATED or any(role.within(_words(cells)) for role in roles)


def _words(cells: Sequence[Cell]) -> str:
    return " ".join(cell.words for cell in cells)


def _year(cells: Sequence[Cell]) -> str:
    """Return the year in the words of a head, in figures."""
    words = "".join(_digits().get(letter, letter) for letter in _words(cells))
    return next(iter(YEAR.findall(words)), UNDATED)


@cache
def _digits() -> Mapping[str, str]:
    """Return the figures that numerals stand for, 〇 and ○ among them."""
    own = {letter: str(value) for letter, value in numerals("digit").items()}
    return MappingProxyType({**own, **values("periods", "numeral")})


def pieces_of(line: Sequence[Cell]) -> Iterator[Cell]:
    """Yield the words of a line that blanks part; 2021 年 is one."""
    piece = _piece()
    for cell in line:
        for match in piece.finditer(cell.words):
            words = BLANKS.sub("", match.group())
            yield Cell(cell.start + match.start(), cell.start + match.end(), words, cell.column)


@cache
def _piece() -> re.Pattern[str]:
    return re.compile(rf"{YEAR.pattern}\s*{HeadRole.YEAR.words.pattern}\S*|\S+")


def _amount_heads(lines: Sequence[Sequence[Cell]]) -> Iterator[tuple[Cell, ...]]:
    """Yield the heads of amounts: 2021年执行数, or 2021年 with 执行数 on a line below it.

    A line of heads without years goes with the last line of years if it has as many cells.
    """
    above: list[Cell] = []
    for line in lines:
        dated, bare = _part_dated(line)
        if bare and len(bare) == len(above):
            yield from zip(above, bare, strict=True)
            above = []
        else:
            yield from ((cell,) for cell in bare)
        if dated:
            yield from ((cell,) for cell in above if _is_amount_head(cell))
            above = dated
    yield from ((cell,) for cell in above if _is_amount_head(cell))


def _part_dated(line: Sequence[Cell]) -> tuple[list[Cell], list[Cell]]:
    """Part the heads of a line that have a year, or are one, from those without."""
    heads = [cell for cell in line if is_head(cell)]
    dated = [cell for cell in heads if _year([cell]) != UNDATED]
    return dated, [cell for cell in heads if cell not in dated and not _is_period(cell)]


def _is_period(cell: Cell) -> bool:
    found = find_periods(cell.words)
    return len(found) == 1 and (found[0].start, found[0].end) == (0, len(cell.words))


def _is_amount_head(cell: Cell) -> bool:
    """Whether a cell only says which amounts stand below it: 决算数, 2021年预算数."""
    words = cell.words
    for period in reversed(find_periods(words)):
        words = words[: period.start] + words[period.end :]
    left = words
    for word in measuring_words():
        left = left.replace(word, "")
    return bool(words) and not left and measure_of(words) == "level"
