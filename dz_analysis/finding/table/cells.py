"""What the cells of a table of figures measure: indicator, unit and measure by head and row.

In: a `Grid`. Out: `Figure`s, each a quantity with its name and how it is measured; where period
and place come from is said by the cells that name them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from dz_analysis.finding.catalogue import base_unit
from dz_analysis.finding.measure.cues import bound_behind, only
from dz_analysis.finding.model import Quantity
from dz_analysis.finding.name.forms import term
from dz_analysis.finding.name.nouns import join, strip_start, words_of
from dz_analysis.finding.number.numerals import numerals
from dz_analysis.finding.number.scan import unit_of
from dz_analysis.finding.place import gazetteer
from dz_analysis.finding.table.arithmetic import Amount
from dz_analysis.finding.table.cell import Cell, is_unit, read_figure
from dz_analysis.finding.table.layout import Grid, find_grids, holds_figures
from dz_analysis.finding.table.words import (
    HeadRole,
    bracket,
    caption_each,
    caption_mark,
    caption_place,
    counts_rows,
    filling,
    measure_of,
    measuring_words,
    ordinal,
    share,
    tail,
    unit_line,
)
from dz_analysis.finding.time.mentions import find_periods
from dz_analysis.finding.time.words import form

WORD = re.compile(r"[\u3400-\u9fffA-Za-z]")
HAN_WORDS = re.compile(r"[\u3400-\u9fff]+")
YEAR = re.compile(r"(?:19|20)\d\d")
NUMBERED = re.compile(r"\d{1,3}")
LONG = 4  # characters that a name has which tells more than a thing
LONGEST = 16  # characters of the name of a row that another one gives its unit
SHORT = 2  # characters of 收入, which alone tell no account
SPLIT = re.compile(r"[、,，/／;；\s]+")
AT_LEAST, AT_MOST = "≥>＞", "≤<＜"
NAMELESS = (  # heads without a name
    HeadRole.NAME,
    HeadRole.PLACE,
    HeadRole.TIME,
    HeadRole.WHOLE,
    HeadRole.BALANCE,
)
PERCENTAGES = frozenset(["growth", "average_growth", "ratio", "completion"])  # measures in per cent


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a table: its quantity in the text, and what head and row make of it.

    `heads` are the cells above it and `keys` the cells of its row that may tell time and place;
    `beside` are the heads of the amounts that a growth or a share stands beside. `column` is what
    its head adds to the name, where columns differ by their names only: 一般债, 市级. `place` is
    the name of its row where a head says that it is a place.
    """

    quantity: Quantity
    indicator: str
    measure: str
    heads: tuple[Cell, ...]
    keys: tuple[Cell, ...]
    beside: tuple[Cell, ...] = ()
    column: str = ""
    bound: str = ""
    of: str = ""
    status: str = "actual"
    is_earlier: bool = False
    place: str = ""


@dataclass(frozen=True, slots=True)
class _Columns:
    """What the columns of a table are for: the running number, units, names of rows, figures.

    `counter` and `units` are -1 where there is no such column. `is_keyed` says that the rows are
    places or times, so that the heads name the indicators, `is_placed` that a head says that they
    are places. `side` is the head over the names if
    it tells what all of them are a part of (收入, 支出), else what the caption says that the whole
    table is about (政府性基金收入).
    """

    counter: int
    units: int
    names: tuple[int, ...]
    figures: tuple[int, ...]
    is_keyed: bool
    is_placed: bool
    side: str


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of figures: the measure of its head, the unit and the name that the head gives."""

    number: int
    heads: tuple[Cell, ...]
    measure: str
    unit: str
    name: str
    of: str
    status: str
    is_earlier: bool
    beside: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of figures: its cells, those that name it, and the name and unit that they give.

    `place` is the name if it is a place, blank for totals and tiers.
    """

    cells: tuple[Cell, ...]
    keys: tuple[Cell, ...]
    name: str
    unit: str
    place: str


def read_tables(text: str) -> tuple[tuple[Grid, tuple[Figure, ...]], ...]:
    """Return the tables of a text that hold figures, each with its figures row by row."""
    read = ((grid, tuple(read_cells(grid))) for grid in find_grids(text))
    return tuple((grid, figures) for grid, figures in read if figures)


def read_cells(grid: Grid) -> Iterator[Figure]:
    """Yield the figures of a table, row by row.

    A column of figures without head, unit and name is left out: nothing says what it holds.
    """
    columns = _read_columns(grid)
    stub = [cell for number in columns.names for cell in grid.heads[number]]
    figures = _read_heads(grid, columns.figures, stub)
    figures = (_join_levels if columns.is_keyed else _tell_apart)(figures)
    if columns.is_keyed:
        figures = [_named_by(_named_by_goal(column), columns.side) for column in figures]
    if not any(grid.heads):  # then only the amounts can be named, by the column of units
        is_alone = len(figures) == 1 and bool(figures[0].unit)  # or by 单位：万元 above them
        figures = figures[:1] if columns.units >= 0 or is_alone else []
    for row in _read_rows(grid, columns):
        for column in figures:
            if column.number < len(row.cells):
                figure = _read_cell(row, column, is_keyed=columns.is_keyed)
                if figure:
                    yield figure


def _read_columns(grid: Grid) -> _Columns:
    """Read what each column of a table is for; the first one holds no figures.

    Words behind the first figures are remarks, and name no row.
    """
    counter = _counter(grid)
    counted = {c for c in range(len(grid.heads)) if _is_counted(grid, c)}
    labels = {0, *counted, *(c for c in range(len(grid.heads)) if _is_label(grid, c))}
    units = next((c for c in sorted(labels) if _is_unit_column(grid, c)), -1)
    figures = tuple(c for c in range(len(grid.heads)) if c not in labels)
    named = sorted(labels - counted - {units, counter})
    names = tuple(c for c in named if not figures or c < figures[0])
    side = _side(grid.heads[names[-1]] if names else ()) or _subject(grid)
    is_placed, is_keyed = _is_placed(grid, names), _is_keyed(grid, names)
    return _Columns(counter, units, names, figures, is_keyed, is_placed, side)


def _is_label(grid: Grid, column: int) -> bool:
    return not holds_figures(grid.column(column))


def _side(heads: Sequence[Cell]) -> str:
    """Return what the heads over names tell that all of them are a part of: 收入 in 收入项目."""
    sides = HeadRole.SIDE.words
    found = (
        sides.at_start(cell.words)
        for cell in heads
        if cell.words in sides or cell.words in HeadRole.NAME.words
    )
    return next(filter(None, found), "")


def _is_counted(grid: Grid, column: int) -> bool:
    """Whether a column holds the numbers or codes of rows: its lowest head says so."""
    heads = grid.heads[column]
    return bool(heads) and counts_rows(heads[-1].words)


def _subject(grid: Grid) -> str:
    """Return what the caption says that a table is about, blank if it tells no amount.

    全县政府性基金收入预算执行情况 is 政府性基金收入.
    """
    return next(filter(None, map(subject_of, (cell.words for cell in grid.captions[::-1]))), "")


@lru_cache(maxsize=256)
def subject_of(caption: str) -> str:
    """Read what a table is about in its caption.

    Examples
    --------
    >>> subject_of("2021年全县政府性基金收入预算执行情况"), subject_of("2021年全县收支预算表")
    ('政府性基金收入', '')
    >>> subject_of("附表：上半年各市县固定资产投资及增速")
    '固定资产投资'
    """
    words = bracket().sub("", caption)
    for period in reversed(find_periods(words)):
        words = words[: period.start] + words[period.end :]
    for joint in term("joints"):
        for level in HeadRole.LEVELLED.words:  # 全县及县级专项债券
            words = words.replace(f"{joint}{level}", "")
    words = caption_each().sub("", _strip_ordinals(caption_mark().sub("", words)))
    words, tails = strip_start(words), HeadRole.CAPTION_TAIL.words
    while tail_of := tails.at_end(words):
        words = words[: -len(tail_of)]
    is_kind = HeadRole.PLACE.words.at_start(words)  # 地区生产总值 begins with no place
    place = None if is_kind else caption_place().match(words)
    words = words[place.end() :] if place else words
    is_known = HeadRole.CAPTION_HEAD.words.at_end(words) or base_unit(words) is not None
    return words if is_known and len(words) > SHORT else ""


def _named_by(column: _Column, subject: str) -> _Column:
    """Name a column by what its table is about where its head tells only an act: 完成."""
    if not subject:
        return column
    is_told = column.name or (column.measure == "level" and any(_left_of_heads(column.heads)))
    is_open = not is_told or column.name in HeadRole.ACT.words
    return replace(column, name=subject) if is_open else column


def _named_by_goal(column: _Column) -> _Column:
    """Name a column of goals by its head where that tells nothing else: 一季度目标任务."""
    if column.name or column.status != "target" or not column.heads:
        return column
    words = _without_remarks(column.heads[-1].words)
    for period in reversed(find_periods(words)):
        words = words[: period.start] + words[period.end :]
    return column if words in words_of("plan_ends") else replace(column, name=words)


def _counter(grid: Grid) -> int:
    """Return 0 if the first column only counts the rows, else -1."""
    cells, head = [row[0].words for row in grid.rows], grid.head(0)
    is_counted = len(cells) > 1 and all(NUMBERED.fullmatch(words) or not words for words in cells)
    return 0 if is_counted and (not head or HeadRole.COUNTER.within(head)) else -1


def _is_unit_column(grid: Grid, column: int) -> bool:
    cells = [cell for cell in grid.column(column) if not cell.is_blank]
    are_units = [is_unit(cell.words) for cell in cells]
    is_headed = grid.head(column) in HeadRole.UNIT.words and (column > 0 or any(are_units))
    return bool(cells) and (is_headed or all(are_units))


def _is_keyed(grid: Grid, names: Sequence[int]) -> bool:
    """Whether rows are places or times, so that the heads name the indicators."""
    if not names:
        return True
    if _is_placed(grid, names) or _stub(grid, names) in HeadRole.TIME.words:
        return True
    head = _stub(grid, names)
    if names[-1] == 0 and head in HeadRole.UNIT.words:  # who it is: 县本级, 城关镇
        return True
    cells = grid.column(names[-1])
    return 2 * sum(_is_time(cell) for cell in cells) > len(cells)


def _is_placed(grid: Grid, names: Sequence[int]) -> bool:
    """Whether the head over the names of rows says that they are places.

    Where no head stands over them most of them have to be known places.
    """
    if not names or _stub(grid, names):
        return bool(names) and _stub(grid, names) in HeadRole.PLACE.words
    if grid.heads[names[-1]] or not any(grid.heads):
        return False
    cells = grid.column(names[-1])
    return 2 * sum(bool(gazetteer.places_named(cell.words)) for cell in cells) > len(cells)


def _stub(grid: Grid, names: Sequence[int]) -> str:
    """Return the head over the names of rows, without its unit."""
    return _part_unit(grid.head(names[-1]))[0]


def _is_time(cell: Cell) -> bool:
    """Whether a cell is a time and nothing else."""
    if cell.is_year:
        return True
    periods = find_periods(cell.words)
    return len(periods) == 1 and (periods[0].start, periods[0].end) == (0, len(cell.words))


def _tells_earlier(words: str) -> bool:
    """Whether a head tells of the year before, which an index (上年同期=100) only counts from."""
    return HeadRole.EARLIER.within(words) and not form("index_base").search(words)


def _read_heads(grid: Grid, numbers: Sequence[int], stub: Sequence[Cell]) -> list[_Column]:
    """Read the heads of the columns of figures; a head that only measures takes the name before.

    `stub` are the heads of the names of the rows: 指标（亿元） gives a unit to the amounts.
    """
    caption = " ".join(cell.words for cell in grid.captions)
    units = [*_units_in(stub), *_common_units(caption), *_units_in(grid.captions)]
    told = _measure_of_caption(caption, units)
    columns: list[_Column] = []
    for number in numbers:
        heads = grid.heads[number]
        words = " ".join(cell.words for cell in heads)
        measure, goal = _measure_of_head(words), words if heads else caption
        measure = _measure_told(measure, words, told)
        name = next(_names_of_head(heads), "")
        is_earlier = measure == "level" and _tells_earlier(words)
        is_based = is_earlier or measure != "level"
        base = _amounts_beside(columns) if is_based else None
        if not name and columns and measure != "level":
            name = columns[-1].name
        columns.append(
            _Column(
                number,
                heads,
                measure,
                _unit_of_head(words, units, name, is_growth=measure == "growth"),
                name,
                _whole_of_head(words, measure),
                _status_of_head(goal, measure)
                if is_earlier or base is None or measure == "completion"
                else base.status,
                is_earlier=is_earlier,
                beside=base.heads if base else (),
            )
        )
    return columns


def _measure_of_caption(caption: str, units: Sequence[str]) -> str:
    """Return the measure that a caption gives to a table all in per cent, blank for others."""
    in_per_cent = bool(units) and all(unit in HeadRole.PER_CENT.words for unit in units)
    return _measure_of_head(caption) if in_per_cent else ""


def _measure_told(measure: str, head: str, told: str) -> str:
    """Return the measure of a column; one whose head tells none, and no rate, has the table's."""
    is_open = measure == "level" and not HeadRole.RATE.words.at_end(head)
    return told if is_open and told else measure


def _tell_apart(columns: Sequence[_Column]) -> list[_Column]:
    """Keep the names of columns of amounts that nothing else tells apart, such as 男 and 女.

    A kind of amount, such as 产量, always belongs to what it is told of.
    """
    has_amounts = any(column.measure == "level" for column in columns)
    alike: dict[tuple[str, str, bool], set[str]] = {}
    for column in columns:
        if column.measure == "level" or not has_amounts:
            alike.setdefault(_sort_of(column), set()).add(column.name)
    kept = {name for names in alike.values() if len(names) > 1 for name in names}
    kept |= {column.name for column in columns if column.name in HeadRole.KIND.words}
    return [replace(one, name=one.name if one.name in kept else "") for one in columns]


def _sort_of(column: _Column) -> tuple[str, str, bool]:
    """Return what tells amounts apart besides their names: year, status, 上年."""
    return _lateness(column)[0], column.status, column.is_earlier


def _amounts_beside(columns: Sequence[_Column]) -> _Column | None:
    """Return the amounts that a growth or a share behind some columns is about.

    Of the amounts that stand together last it is those of the latest year, results before goals.
    """
    last: list[_Column] = []
    for column in reversed(columns):
        if last and column.measure != "level":
            break
        if column.measure == "level" and not column.is_earlier:
            last.append(column)
    return max(last, key=_lateness, default=None)


def _lateness(column: _Column) -> tuple[str, bool]:
    years = [year for cell in column.heads for year in YEAR.findall(cell.words)]
    return max(years, default=""), column.status != "target"


def _measure_of_head(head: str) -> str:
    """Return the measure of a head; 增减 with a unit of amounts is no growth.

    Examples
    --------
    >>> _measure_of_head("比年初增减（亿元）"), _measure_of_head("比年初增减（%）")
    ('change', 'growth')
    """
    measure = measure_of(head)
    relative = (HeadRole.PER_CENT, HeadRole.KEPT, HeadRole.POINT)
    own = (unit for unit in bracket().findall(head) if is_unit(unit))
    is_amount = any(not any(role.within(unit) for role in relative) for unit in own)
    return "change" if measure == "growth" and is_amount else measure


def _whole_of_head(head: str, measure: str) -> str:
    """Return what the figures of a column are compared with or a part of, where its head says.

    Of a rank it is the order: 全市位次.
    """
    if measure == "growth" and HeadRole.OVER_MONTH.within(head):
        return only("chain.of")
    if measure == "rank":
        return HeadRole.WHOLE.words.first_in(head)
    found = share().search(head) if measure == "ratio" else None
    return found["whole"] if found else ""


def _status_of_head(head: str, measure: str) -> str:
    """Return the status that a head gives to amounts."""
    if measure != "level":
        return "actual"
    if HeadRole.TARGET.within(head):
        return "target"
    return "estimate" if HeadRole.ESTIMATE.within(head) else "actual"


def _units_in(cells: Sequence[Cell]) -> list[str]:
    """Return the units that stand in brackets in some cells."""
    found = (unit for cell in cells for unit in bracket().findall(cell.words))
    return [unit for unit in found if is_unit(unit)]


def _common_units(caption: str) -> list[str]:
    """Return the units that a caption gives for a whole table: 单位：亿元、%."""
    lines = unit_line().findall(caption)  # 编制单位：县财政局 单位：万元
    return [unit for line in lines for unit in SPLIT.split(line) if is_unit(unit)]


def _unit_of_head(head: str, common: Sequence[str], name: str, *, is_growth: bool) -> str:
    """Return the unit in the brackets of a head, else the one of the table that fits it.

    A rate among amounts is in per cent, a term in years: 收入 and 毛利率 in a table in 亿元.
    """
    own = (unit for unit in bracket().findall(head) if is_unit(unit))
    if HeadRole.RATE.words.at_end(name):
        return next(own, min(HeadRole.PER_CENT.words))
    if HeadRole.TERM.words.at_end(name):
        return next(own, min(HeadRole.YEAR.words))
    is_alone = set(common) == {"%"}
    fitting = (unit for unit in common if (unit == "%") == is_growth or is_alone)
    return next(own, "") or next(fitting, "")


def _names_of_head(heads: Sequence[Cell]) -> Iterator[str]:
    """Yield what of the heads names an indicator, from the lowest one upwards.

    Unit, time and the measuring words are no part of it.
    """
    return (words for words in _left_of_heads(heads) if len(words) > 1)


def _left_of_heads(heads: Sequence[Cell]) -> Iterator[str]:
    """Yield what is left of heads without unit, time and measuring words: 男, or nothing."""
    for cell in reversed(heads):
        words = _without_remarks(cell.words)
        for word in HeadRole.CHANGE.words:  # 比年初增加 holds a time
            words = words.replace(word, "")
        for period in reversed(find_periods(words)):
            words = words[: period.start] + words[period.end :]
        words = words[len(HeadRole.PART.words.at_start(words)) :]
        if any(words in role.words for role in (*NAMELESS, HeadRole.TOTAL)):
            continue
        for word in measuring_words():
            words = words.replace(word, "")
        yield filling().sub("", words)


def _without_remarks(head: str) -> str:
    """Take units and the remarks at its end off a head; 因公出国（境）费 is one word.

    Examples
    --------
    >>> _without_remarks("税收（亿元）收入（含基金）"), _without_remarks("因公出国（境）费（万元）")
    ('税收收入', '因公出国（境）费')
    """

    def left(found: re.Match[str]) -> str:
        is_words = HAN_WORDS.fullmatch(found.group(1)) and not is_unit(found.group(1))
        is_inside = HAN_WORDS.match(found.string, found.end())
        return found.group() if is_words and is_inside else ""

    return bracket().sub(left, head)


def _join_levels(columns: Sequence[_Column]) -> list[_Column]:
    """Join the names of two levels of heads where those of the lower one come again."""
    counts = Counter(column.name for column in columns if column.measure == "level")
    is_parts = any(cell.words in HeadRole.TOTAL.words for one in columns for cell in one.heads)
    joined = []
    for column in columns:
        lower, upper = [*_names_of_head(column.heads), "", ""][:2]
        is_twice = counts[column.name] > 1 and lower == column.name and bool(upper)
        name = _join_names(lower, upper, is_parts=is_parts) if is_twice else column.name
        joined.append(replace(column, name=name))
    return joined


def _join_names(lower: str, upper: str, *, is_parts: bool) -> str:
    """Join the name of a head with that above it; parts stand before it or in their whole's place.

    Examples
    --------
    >>> _join_names("一般债务", "债务余额", is_parts=True)
    '一般债务余额'
    >>> _join_names("从业人员", "工业企业", is_parts=False)
    '工业企业从业人员'
    """
    for size in range(len(lower), 1, -1):
        if lower[-size:] in upper:
            return upper.replace(lower[-size:], lower, 1)
    return lower + upper if is_parts else upper + lower


class _Key(NamedTuple):
    """What names a row: its words, whether they are marked as a part, and its first figure.

    `item` is the sort of number before the name, blank where there is none; see `_sort_of_item`.
    """

    keys: tuple[Cell, ...]
    name: str
    unit: str
    item: str
    is_part: bool
    amount: Amount | None
    is_unfilled: bool

    @property
    def is_division(self) -> bool:
        """Whether it only says how the rows below part a whole: 按行业分."""
        return self.is_unfilled and bool(HeadRole.DIVISION.words.at_start(self.name))


def _read_rows(grid: Grid, columns: _Columns) -> Iterator[_Row]:
    """Yield the rows with their names and units.

    A part is named after its whole, and rows of one name after the row without figures that
    stands above each: 公路, 货运量, 水路, 货运量.
    """
    keys = [_read_key(cells, columns) for cells in grid.rows]
    groups = accumulate((key.name if key.is_unfilled else "" for key in keys), _last_named)
    grouped = list(zip(keys, groups, strict=True))
    apart = _names_apart(grouped)
    unit = ""
    wholes, items = _find_wholes(keys), _find_items(keys)
    for cells, (key, group), whole, item in zip(grid.rows, grouped, wholes, items, strict=True):
        name = _name_below(key.name, item) or (_join_whole(key.name, whole) if whole else key.name)
        if name in apart:
            name = group + name
        # a part is told in the unit of its whole, what follows a numbered row in the unit of that
        unit = key.unit or (item.unit if item else unit * key.is_part)
        yield _Row(cells, key.keys, name, unit, _place(key.name) if columns.is_placed else "")


def _place(name: str) -> str:
    """Return the place that names a row; blank for a total, a tier, a setting or an account.

    全市 is left to those who know which city it is.
    """
    name = _without_total(name)
    roles = (HeadRole.PLACE, HeadRole.WHOLE)
    is_tier = HeadRole.LEVELLED.words.at_end(name) or any(name in role.words for role in roles)
    is_account = HeadRole.CAPTION_HEAD.words.at_end(name) or base_unit(name) is not None
    is_other = is_tier or is_account or name in words_of("settings")
    return name if HAN_WORDS.fullmatch(name) and not is_other else ""


def _find_items(keys: Sequence[_Key]) -> list[_Key | None]:
    """Return for each row without a unit the numbered row above it that has one.

    一、游客人数（万人次） is followed by rows that tell only whose number they are, down to the
    next row that is numbered alike.
    """
    items: list[_Key | None] = []
    item: _Key | None = None
    for key in keys:
        is_head = bool(key.item and key.unit)
        if is_head or (item and key.item == item.item):
            item = key if is_head else None
        is_below = item is not None and not is_head and not key.unit
        items.append(item if item and is_below and _is_told_in(key.name, item.unit) else None)
    return items


def _is_told_in(name: str, unit: str) -> bool:
    """Whether a name may be told in a unit, by what the catalogue says of it."""
    usual, told = base_unit(name), read_figure("1", unit)
    return len(name) <= LONGEST and (usual is None or told is None or usual == told.unit)


def _name_below(name: str, item: _Key | None) -> str:
    """Name a row below a numbered one whose ending parts take over; blank where it has none.

    Below 粮食产量 夏粮 is 夏粮产量, below 接待人数 外国人 is 接待外国人.
    """
    whole = _without_total(item.name) if item and base_unit(name) is None else ""
    counted = HeadRole.COUNTED.words.at_end(whole)
    if counted and whole != counted:
        is_own = bool(HeadRole.COUNTED.words.at_end(name))
        return name if is_own else whole[: -len(counted)] + name
    return _join_whole(name, whole) if HeadRole.KIND.words.at_end(whole) else ""


def _without_total(name: str) -> str:
    return name[: len(name) - len(HeadRole.TOTAL.words.at_end(name))]


def _last_named(before: str, name: str) -> str:
    return name or before


def _names_apart(grouped: Sequence[tuple[_Key, str]]) -> set[str]:
    """Return the names that several rows share, each below a group of its own."""
    groups: dict[str, list[str]] = {}
    for key, group in grouped:
        if not key.is_unfilled:
            groups.setdefault(key.name, []).append(group)
    return {
        name
        for name, found in groups.items()
        if len(found) > 1 and all(found) and len(set(found)) == len(found)
    }


def _read_key(cells: Sequence[Cell], columns: _Columns) -> _Key:
    """Read what names a row, and its unit: from its own column, else behind the name."""
    keys = tuple(cells[c] for c in columns.names if c < len(cells) and cells[c].words)
    words = keys[-1].words if keys else ""
    name, unit = _read_name(words)
    if name in HeadRole.TOTAL.words:
        name = columns.side + name
    own = cells[columns.units].words if 0 <= columns.units < len(cells) else ""
    figures = [cells[c] for c in columns.figures if c < len(cells)]
    return _Key(
        keys,
        name,
        own or unit,
        _sort_of_item(words),
        bool(HeadRole.PART.words.at_start(words)) or name in words_of("settings"),
        figures[0].amount if figures else None,
        is_unfilled=all(cell.is_blank for cell in figures),
    )


def _find_wholes(keys: Sequence[_Key]) -> list[str]:
    """Return for each row the name of the row that it is a part of, blank for a row of its own.

    其中 marks a part of the row above. Rows that follow it are parts too where all of them make
    up the whole; then 其中 may begin other parts of the same whole. Parts of which the first is
    an indicator of its own need no whole.
    """
    wholes = [""] * len(keys)
    last = top = -1
    at = 0
    while at < len(keys):
        end, whole = at + 1, last
        if keys[at].is_part:
            full = ((_end_of_parts(keys, at, row), row) for row in (top, last))
            end, whole = next((one for one in full if one[0]), (end, last))
            name, named = keys[at].name, keys[whole].name if whole >= 0 else ""
            wholes[at:end] = [named if _join_whole(name, named) != name else ""] * (end - at)
        if end > at + 1:
            top, last = whole, end - 1
        elif not keys[at].is_part:
            last = -1 if keys[at].is_division else at
        at = end
    return wholes


def _end_of_parts(keys: Sequence[_Key], first: int, whole: int) -> int:
    """Return where the parts of a whole end that begin at a row, 0 if they do not make it up."""
    total = keys[whole].amount if whole >= 0 else None
    if total is None:
        return 0
    rest, error = total.value, total.error
    for row in range(first, len(keys)):
        amount = keys[row].amount
        if amount is None or (row > first and keys[row].is_part):
            return 0
        rest, error = rest - amount.value, error + amount.error
        if row > first and abs(rest) <= error:
            return row + 1
    return 0


def _read_name(words: str) -> tuple[str, str]:
    """Return the name and the unit that the first cell of a row gives.

    Examples
    --------
    >>> _read_name("一、地区生产总值（亿元）"), _read_name("#工业")
    (('地区生产总值', '亿元'), ('工业', ''))
    """
    mark = HeadRole.PART.words.at_start(words)
    words = _strip_ordinals(words[len(mark) :].lstrip(":：、 \u3000"))
    words, unit = _part_unit(words)
    return re.sub(r"[\s:：]+", "", words), unit


def _join_whole(name: str, whole: str) -> str:
    """Put the name of a part, which is no indicator of its own, before that of its whole.

    Examples
    --------
    >>> _join_whole("工业", "固定资产投资"), _join_whole("城镇", "全市常住人口合计")
    ('工业固定资产投资', '城镇常住人口')
    >>> _join_whole("住户存款", "各项存款"), _join_whole("公务接待费", "三公经费")
    ('住户存款', '公务接待费')
    >>> _join_whole("稻谷", "粮食"), _join_whole("稻谷", "粮食产量")
    ('稻谷', '稻谷产量')
    >>> _join_whole("城镇居民", "居民人均可支配收入")
    '城镇居民人均可支配收入'
    >>> _join_whole("限额以上", "社会消费品零售总额")
    '限额以上社会消费品零售总额'
    """
    whole = whole[len(HeadRole.WHOLE.words.at_start(whole)) :]
    bare = _without_total(whole)
    whole = whole if base_unit(bare) is None and base_unit(whole) else bare  # 零售总额 is no total
    kind = HeadRole.KIND.words.at_end(whole)
    if kind and len(whole) > len(kind):  # 粮食总产量, of which 稻谷 is a part
        return name if kind in name else name + kind
    is_thing = len(whole) < LONG and base_unit(whole) is None  # 粮食, of which 稻谷 is one
    is_own = is_thing or bool(HeadRole.OWN.words.at_end(name)) or whole.endswith(name[-2:])
    is_own = is_own or base_unit(name) is not None
    return name if is_own else join(name, whole)


def _part_unit(words: str) -> tuple[str, str]:
    """Part a unit in brackets from words: 税收（亿元） is 税收 and 亿元."""
    unit = next((found for found in bracket().finditer(words) if is_unit(found.group(1))), None)
    return (words.replace(unit.group(), ""), unit.group(1)) if unit else (words, "")


def _sort_of_item(words: str) -> str:
    """Return how a row is numbered, blank where it is not; 二、 is numbered like 一、.

    Examples
    --------
    >>> _sort_of_item("二、税收"), _sort_of_item("（3）税收"), _sort_of_item("税收")
    ('一、', '（1）', '')
    """
    found = ordinal().match(words)
    mark = found.group().strip() if found else ""
    sort = _han_numeral().sub("一", re.sub(r"\d+", "1", mark))
    return sort if "一" in sort or "1" in sort else ""  # a bullet is no number


@lru_cache(maxsize=1)
def _han_numeral() -> re.Pattern[str]:
    return re.compile(f"[{''.join(sorted([*numerals('digit'), *numerals('power')]))}]+")


def _strip_ordinals(words: str) -> str:
    """Take the numbers of an item off the start of a name; a name that is only one stays."""
    while (bare := ordinal().sub("", words)) != words and bare:
        words = bare
    return words


def _read_cell(row: _Row, column: _Column, *, is_keyed: bool) -> Figure | None:
    """Read one cell; None if it holds no figure, or neither head nor row says of what."""
    cell = row.cells[column.number]
    match = cell.figure
    if match is None:
        return None
    named = column.name if is_keyed else row.name
    indicator = tail().sub("", named) or named
    unit = match["unit"] or column.unit or ("" if is_keyed else row.unit)
    is_growing = not is_keyed and bool(tail().search(named))
    measure = _settle_measure(column.measure, unit, indicator, is_growing=is_growing)
    if measure == "growth" and _is_average(row, column):
        measure = "average_growth"
    quantity = _quantity(cell, match, _settle_unit(measure, unit, column.heads))
    if not WORD.search(indicator) or quantity is None:
        return None
    return Figure(
        quantity,
        indicator,
        measure,
        heads=column.heads,
        keys=row.keys,
        beside=column.beside,
        column=_level_of(row) if is_keyed else _added_name(column.name, indicator),
        bound=_bound(cell.words, match["behind"] or ""),
        of=column.of,
        status=column.status,
        is_earlier=column.is_earlier,
        place=row.place,
    )


def _added_name(column: str, row: str) -> str:
    """Return what a column adds to the name of a row: 产量 to 水泥, nothing to 发电量."""
    is_kind = row.endswith(column[-1:]) or HeadRole.KIND.within(row)  # 出栏牛
    is_amount = is_kind or base_unit(row) is not None
    is_told = column in HeadRole.KIND.words and is_amount
    return "" if is_told else column


def _is_average(row: _Row, column: _Column) -> bool:
    """Whether a growth is one a year, by its head or the name of its row: 年均增速."""
    cells = (*column.heads, *row.keys)
    return any(HeadRole.AVERAGE.within(cell.words) for cell in cells)


def _level_of(row: _Row) -> str:
    """Return the level of government that a row is about, blank for a place."""
    words = row.keys[-1].words if row.keys else ""
    return words if words in HeadRole.LEVELLED.words else ""


def _settle_measure(measure: str, unit: str, indicator: str, *, is_growing: bool) -> str:
    """Return the measure of a cell: its head tells it, else the name of its row and the unit.

    Examples
    --------
    >>> _settle_measure("level", "%", "税收", is_growing=True)
    'growth'
    >>> _settle_measure("growth", "百分点", "城镇化率", is_growing=False)
    'change'
    """
    is_percentage = unit in HeadRole.PER_CENT.words
    if measure == "level" and is_growing and (is_percentage or not unit):
        return "growth"
    if measure == "level" and is_percentage:
        return "ratio" if base_unit(indicator) in ("%", None) else "growth"
    if measure == "growth" and HeadRole.POINT.words.at_end(unit):
        return "change"
    return measure


def _settle_unit(measure: str, unit: str, heads: Sequence[Cell]) -> str:
    """Return the unit that a measure takes: places for a rank, per cent for a growth."""
    if measure in PERCENTAGES:
        return unit if unit in HeadRole.KEPT.words else "%"
    if measure == "rank":
        return unit_of("rank")
    point = next((p for p in HeadRole.POINT.words if p in unit or _stands_in(p, heads)), "")
    return point if measure == "change" and point else unit


def _stands_in(word: str, heads: Sequence[Cell]) -> bool:
    return any(word in cell.words for cell in heads)


def _quantity(cell: Cell, match: re.Match[str], unit: str) -> Quantity | None:
    """Read the figure with its unit, as it stands in its cell."""
    number = match["number"].lstrip("+")
    read = read_figure(number, unit) or read_figure(number, "")
    if read is None:
        return None
    start = match.start("number") + match["number"].startswith("+")
    end = match.end("unit") if match["unit"] else match.end("number")
    named = unit_of("rank") if unit == unit_of("rank") else read.unit
    quote = cell.words[start:end]
    start, end = cell.start + start, cell.start + end
    return read._replace(start=start, end=end, quote=quote, unit=named)


def _bound(words: str, behind: str) -> str:
    """Return the bound of a cell: ≥5, 60以上, 6左右."""
    if words[:1] in AT_LEAST:
        return ">="
    return "<=" if words[:1] in AT_MOST else bound_behind(behind)
