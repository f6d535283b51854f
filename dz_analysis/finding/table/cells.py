"""What the cells of a table of figures measure: indicator, unit and measure by head and row.

In: a `Grid`. Out: `Figure`s, each a quantity with its name and how it is told; where period and
place come from is said by the cells that name them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from dz_analysis.finding.catalogue import base_unit
from dz_analysis.finding.model import Quantity
from dz_analysis.finding.table.layout import Cell, Grid, find_grids, is_unit, read_figure
from dz_analysis.finding.time.mentions import find_periods
from dz_analysis.lexicon import load_rules

BRACKET = re.compile(r"[（(〔\[]\s*(?:单位[:：])?([^（()）\]〕]{1,12})\s*[）)\]〕]")
UNIT_LINE = re.compile(r"单位\s*[:：]\s*([^\s（()）]{1,20})")
ORDINAL = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|[（(]\d{1,2}[）)]|\d{1,2}[、.．](?!\d)|[·•●■]|[-－—*]+)\s*"
)
NUMBERED = re.compile(r"\d{1,3}")
TAIL = re.compile(r"(?:增长速度|增长率|增速|增幅|增长|同比|比上年|±)+$")
SPLIT = re.compile(r"[、,，/／;；\s]+")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a table: its quantity in the text, and what head and row make of it.

    `heads` are the cells above it and `keys` the cells of its row that may tell time and place.
    """

    quantity: Quantity
    indicator: str
    measure: str
    heads: tuple[Cell, ...]
    keys: tuple[Cell, ...]
    bound: str = ""
    of: str = ""
    is_goal: bool = False
    is_earlier: bool = False


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of figures: the measure of its head, the unit and the name that the head gives."""

    number: int
    heads: tuple[Cell, ...]
    measure: str
    unit: str
    name: str
    is_goal: bool
    is_earlier: bool
    is_monthly: bool


@cache
def _words(part: str, name: str) -> tuple[str, ...]:
    return tuple(sorted(load_rules("grids")[part][name], key=lambda word: (-len(word), word)))


def _holds(text: str, part: str, name: str) -> bool:
    return any(word in text for word in _words(part, name))


def read_tables(text: str) -> tuple[tuple[Grid, tuple[Figure, ...]], ...]:
    """Return the tables of a text that hold figures, each with its figures row by row."""
    read = ((grid, tuple(read_cells(grid))) for grid in find_grids(text))
    return tuple((grid, figures) for grid, figures in read if figures)


def read_cells(grid: Grid) -> Iterator[Figure]:
    """Yield the figures of a table, row by row.

    A column of figures without head, unit and name is left out: nothing says what it holds.
    """
    places = _label_columns(grid)
    units = next((c for c in sorted(places) if _is_unit_column(grid, c)), -1)
    names = [column for column in sorted(places) if column not in (units, _counter(grid))]
    told = " ".join(cell.words for cell in grid.captions)
    columns = _read_columns(grid, [c for c in range(len(grid.heads)) if c not in places], told)
    if not any(grid.heads):  # then only the amounts can be told, by the column of units
        columns = columns[:1] if units >= 0 else []
    is_keyed = _is_keyed(grid, names)
    above = ""
    for row in grid.rows:
        keys = tuple(row[c] for c in names if c < len(row) and row[c].words)
        name, unit = _read_name(keys[-1].words if keys else "", above)
        if keys and not _is_part(keys[-1].words):
            above = name
        unit = row[units].words if 0 <= units < len(row) and row[units].words else unit
        for column in columns:
            if column.number < len(row) and (row[column.number].figure):
                found = _read_cell(row, column, name, unit, is_keyed=is_keyed)
                if found:
                    yield replace(found, keys=keys)


def _label_columns(grid: Grid) -> set[int]:
    """Return the columns that hold no figures: names, units, the running number."""
    labels = {_counter(grid)} - {-1}
    for column in range(len(grid.heads)):
        cells = [row[column] for row in grid.rows if column < len(row)]
        told = [cell for cell in cells if not cell.is_blank]
        figures = [cell for cell in told if cell.figure and not cell.is_year]
        if 2 * len(figures) < len(told) or not told:
            labels.add(column)
    return labels | ({0} if 0 not in labels and _counter(grid) != 0 else set())


def _counter(grid: Grid) -> int:
    """Return 0 if the first column only counts the rows, else -1."""
    cells = [row[0].words for row in grid.rows]
    head = "".join(cell.words for cell in grid.heads[0])
    counted = all(NUMBERED.fullmatch(words) or not words for words in cells) and len(cells) > 1
    return 0 if counted and (not head or _holds(head, "heads", "number")) else -1


def _is_unit_column(grid: Grid, column: int) -> bool:
    head = "".join(cell.words for cell in grid.heads[column])
    cells = [row[column] for row in grid.rows if column < len(row) and not row[column].is_blank]
    return bool(cells) and (head in _words("heads", "unit") or all(is_unit(c.words) for c in cells))


def _is_keyed(grid: Grid, names: Sequence[int]) -> bool:
    """Whether rows are places or times, so that the heads name the indicators."""
    if not names:
        return True
    head = "".join(cell.words for cell in grid.heads[names[-1]])
    if head in _words("heads", "place") or head in _words("heads", "time"):
        return True
    cells = [row[names[-1]] for row in grid.rows if names[-1] < len(row)]
    timed = [cell for cell in cells if cell.is_year or _is_time(cell.words)]
    return bool(cells) and 2 * len(timed) > len(cells)


def _is_time(words: str) -> bool:
    said = find_periods(words)
    return len(said) == 1 and said[0].start == 0 and said[0].end == len(words)


def _read_columns(grid: Grid, numbers: Sequence[int], told: str) -> list[_Column]:
    """Read the heads of the columns of figures; a head that only measures takes the name before."""
    given = UNIT_LINE.search(told)
    common = [unit for unit in SPLIT.split(given.group(1)) if is_unit(unit)] if given else []
    columns: list[_Column] = []
    for number in numbers:
        heads = grid.heads[number]
        words = " ".join(cell.words for cell in heads)
        measure = _measure_of(words)
        unit = next((u for u in BRACKET.findall(words) if is_unit(u)), "")
        unit = unit or next((u for u in common if (u == "%") == (measure == "growth")), "")
        name = _name_of_head(heads)
        if not name and columns and measure != "level":
            name = columns[-1].name
        is_earlier = measure == "level" and _holds(words, "heads", "earlier")
        is_goal = measure == "level" and (
            _holds(words, "heads", "target") or (_holds(told, "heads", "target") and not heads)
        )
        month = measure == "growth" and _holds(words, "heads", "over_month")
        columns.append(_Column(number, heads, measure, unit, name, is_goal, is_earlier, month))
    return columns


def _measure_of(words: str) -> str:
    for measure in load_rules("grids")["measures"]:
        if _holds(words, "measures", measure):
            return str(measure)
    return "level"


def _name_of_head(heads: Sequence[Cell]) -> str:
    """Return what of the heads names an indicator: without unit, time and the telling words."""
    for cell in reversed(heads):
        words = BRACKET.sub("", cell.words)
        for said in reversed(find_periods(words)):
            words = words[: said.start] + words[said.end :]
        if any(words in _words("heads", kind) for kind in ("name", "place", "time")):
            continue
        for word in _telling_words():
            words = words.replace(word, "")
        words = re.sub(r"[\s%％±:：、/（）()\d]+|^[年月数的]+$", "", words)
        if len(words) > 1:
            return words
    return ""


@cache
def _telling_words() -> tuple[str, ...]:
    """Return the words of a head that tell how a column is measured, the longest first."""
    kinds = (("measures", measure) for measure in load_rules("grids")["measures"])
    heads = (("heads", kind) for kind in ("level", "target", "earlier"))
    told = {word for part, name in (*kinds, *heads) for word in _words(part, name)}
    return tuple(sorted(told, key=lambda word: (-len(word), word)))


def _is_part(words: str) -> bool:
    return words.startswith(_words("names", "part"))


def _read_name(words: str, above: str) -> tuple[str, str]:
    """Return the name and the unit that the first cell of a row gives.

    其中 and # mark a part: a name that is no indicator of its own is put before the whole's.

    Examples
    --------
    >>> _read_name("一、地区生产总值（亿元）", ""), _read_name("#工业", "固定资产投资")
    (('地区生产总值', '亿元'), ('工业固定资产投资', ''))
    """
    is_part = _is_part(words)
    for mark in _words("names", "part"):
        words = words.removeprefix(mark)
    words = words.lstrip(":：、 \u3000")
    while (bare := ORDINAL.sub("", words)) != words and bare:
        words = bare
    unit = ""
    for bracket in BRACKET.finditer(words):
        if is_unit(bracket.group(1)):
            unit = bracket.group(1)
            words = words.replace(bracket.group(), "")
            break
    name = re.sub(r"[\s:：]+", "", words)
    if is_part and above and base_unit(name) is None and not above.endswith(name[-2:]):
        name += above
    return name, unit


def _read_cell(
    row: Sequence[Cell], column: _Column, name: str, unit: str, *, is_keyed: bool
) -> Figure | None:
    """Read one cell; None if neither head, row nor cell says what it is."""
    cell = row[column.number]
    match = cell.figure
    if match is None:
        return None
    indicator = column.name if is_keyed else name
    measure, unit = column.measure, match["unit"] or column.unit or ("" if is_keyed else unit)
    if measure == "level" and not is_keyed and TAIL.search(indicator) and unit in ("%", "％", ""):
        measure = "growth"
    indicator = TAIL.sub("", indicator) or indicator
    if measure == "growth" and unit.endswith("百分点"):
        measure = "change"
    if measure in ("growth", "ratio", "completion"):
        unit = unit if unit in ("‰", "倍") else "%"
    elif measure == "rank":
        unit = "位"
    elif measure == "change" and "百分点" in f"{unit}{column.heads}":
        unit = "百分点"
    elif unit in ("%", "％") and measure == "level":
        measure = "growth" if base_unit(indicator) not in ("%", None) else "ratio"
    quantity = _quantity(cell, match, unit)
    if not indicator or quantity is None:
        return None
    return Figure(
        quantity,
        indicator,
        measure,
        heads=column.heads,
        keys=(),
        bound=_bound(cell.words),
        of="上月" if column.is_monthly else "",
        is_goal=column.is_goal,
        is_earlier=column.is_earlier,
    )


def _quantity(cell: Cell, match: re.Match[str], unit: str) -> Quantity | None:
    """Read the figure with its unit, as it stands in its cell."""
    number = match["number"].lstrip("+")
    own = match["unit"] or ""
    sign = -1 if number[0] in "-－−" else 1
    plain = number[1:] if sign < 0 else number
    read = read_figure(plain, unit) or read_figure(plain, "")
    if read is None:
        return None
    start = cell.start + match.start("number")
    start += match["number"].startswith("+")
    end = cell.start + (match.end("unit") if own else match.end("number"))
    quote = cell.words[start - cell.start : end - cell.start]
    high = read.high * sign if read.high is not None else None
    named = read.unit if unit != "位" else "位"
    return read._replace(
        start=start, end=end, quote=quote, value=read.value * sign, high=high, unit=named
    )


def _bound(words: str) -> str:
    if words[:1] in "≥>＞" or words.endswith("以上"):
        return ">="
    if words[:1] in "≤<＜" or words.endswith(("以内", "以下")):
        return "<="
    return "~" if words.endswith("左右") else ""
