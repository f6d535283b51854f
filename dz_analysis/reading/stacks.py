"""Tables that were flattened to lines: a cell a line, the name, its unit and its figures.

In: the lines of a page. Out: the lines that were one row, for rows and heads. A table is known by
three rows of one make that follow one another; without a unit between name and figures it is left
to those who read tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from dz_analysis.lexicon import load_lexicon, words
from dz_analysis.reading.rows import Row

TABLE_ROW = "table_row"
_FIGURE = re.compile(r"[-+−－]?\d[\d,，]*(?:\.\d+)?[%％]?|[-—–…/]{1,2}")
_MAGNITUDE = re.compile(r"[百千万亿]{0,2}")
_CELL = re.compile(r"\S+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_MARK = re.compile(r"[，。；：、]")
_RULE = re.compile(r"\|?(?:\s*:?-{2,}:?\s*\|?)+")  # under the heads of a table drawn with strokes
_CELL_END = re.compile(r"\|?[^|]*\|")
_LEAST = 3  # rows, and columns
_SMALLEST = 12  # cells of a table in one line: three columns, heads and three rows
_WIDEST = 24  # columns that a name or a head is wide


def find_stacks(rows: Sequence[Row]) -> list[range]:
    r"""Return the numbers of the lines that were one row of a table, for each of its rows.

    Examples
    --------
    >>> from dz_analysis.reading.rows import read_rows
    >>> page = "指标\n单位\n2019年\n税收\n亿元\n8.6\n粮食\n万吨\n42\n油料\n吨\n312\n农业增产。"
    >>> find_stacks(read_rows(page))
    [range(0, 3), range(3, 6), range(6, 9), range(9, 12)]
    """
    found: list[range] = []
    at = 0
    while at < len(rows):
        table = list(_rows_at(rows, at))
        if len(table) >= _LEAST:
            found += [*_heads(rows, table[0]), *table]
        at = table[-1].stop if table else at + 1
    return found


def _rows_at(rows: Sequence[Row], at: int) -> Iterator[range]:
    """Yield the rows of one table, each as long as the first one."""
    length = 0
    while (row := _row_at(rows, at)) and length in (0, len(row)):
        length = len(row)
        yield row
        at = row.stop


def _row_at(rows: Sequence[Row], at: int) -> range:
    """Return the lines of a name, its unit and the figures below; empty if they are none."""
    if at + 2 >= len(rows) or not (_is_name(rows[at]) and _is_unit(rows[at + 1].text)):
        return range(0)
    end = at + 2
    while end < len(rows) and _FIGURE.fullmatch(rows[end].text):
        end += 1
    return range(at, end) if end > at + 2 else range(0)


def find_broken_heads(rows: Sequence[Row]) -> list[range]:
    r"""Return the numbers of the lines that were the heads of a table drawn with strokes.

    Whoever turned the page to plain text broke the line in each cell; the rule below tells how
    many there are.

    Examples
    --------
    >>> from dz_analysis.reading.rows import read_rows
    >>> find_broken_heads(read_rows("| 指标 |\n 2018年 |\n 2019年 |\n|---|---|---|\n|税收|8|9|"))
    [range(0, 3)]
    """
    found = []
    for at, row in enumerate(rows):
        if row.text.startswith("|") and _RULE.fullmatch(row.text):
            heads = range(at - row.text.strip("|").count("|") - 1, at)
            cells = [rows[head].text for head in heads] if heads.start >= 0 else []
            if len(heads) > 1 and cells and all(map(_CELL_END.fullmatch, cells)):
                found.append(heads)
    return found


def find_glued(text: str, row: Row) -> list[list[re.Match[str]]]:
    """Return the cells of a table that stands in one line, row by row; none if it is no table.

    Its heads come first, the second one telling the unit; three rows follow at least, each a name,
    its unit, and a figure below each other head.

    Examples
    --------
    >>> from dz_analysis.reading.rows import read_rows
    >>> line = "指标 单位 2019年 税收 亿元 8.6 粮食 万吨 42 油料 吨 312"
    >>> [[cell.group() for cell in cells] for cells in find_glued(line, read_rows(line)[0])][1:3]
    [['税收', '亿元', '8.6'], ['粮食', '万吨', '42']]
    >>> find_glued("税收 亿元 8.6", read_rows("税收 亿元 8.6")[0])
    []
    """
    cells = list(_CELL.finditer(text, row.start, row.end))
    if len(cells) < _SMALLEST or not words("grids", "heads.unit").first_in(cells[1].group()):
        return []
    width = next((at for at, cell in enumerate(cells) if _is_unit(cell.group())), 0) - 1
    if width < _LEAST or len(cells) % width or len(cells) < (1 + _LEAST) * width:
        return []
    found = [cells[at : at + width] for at in range(0, len(cells), width)]
    return found if all(map(_is_row, found[1:])) else []


def _is_row(cells: Sequence[re.Match[str]]) -> bool:
    """Say whether cells are a name, its unit and figures."""
    name, unit, *figures = (cell.group() for cell in cells)
    is_name = bool(_HAN.search(name)) and not _MARK.search(name)
    return is_name and _is_unit(unit) and all(map(_FIGURE.fullmatch, figures))


def _heads(rows: Sequence[Row], first: range) -> list[range]:
    """Return the lines above that are the heads of the columns: as many, one telling the unit."""
    heads = range(first.start - len(first), first.start)
    if heads.start < 0 or not all(_is_name(rows[at]) for at in heads):
        return []
    unit = words("grids", "heads.unit").first_in(rows[heads.start + 1].text)
    return [heads] if unit else []


def _is_name(row: Row) -> bool:
    return row.han > 0 and row.width <= _WIDEST and not (row.is_alone or _MARK.search(row.text))


def _is_unit(text: str) -> bool:
    return text in _units() or text[_end_of_magnitude(text) :] in _units()


def _end_of_magnitude(text: str) -> int:
    found = _MAGNITUDE.match(text)
    return found.end() if found else 0


@cache
def _units() -> frozenset[str]:
    return frozenset(row["unit"] for row in load_lexicon("units"))
