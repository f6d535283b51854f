"""The figures of tables as observations: period, place and status beside what `cells` read.

In: tables that were read, and the document's time and places laid along its text.
Out: `Observation`s.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from dz_analysis.finding.measure.rules import MeasureRule
from dz_analysis.finding.model import Context, Observation, Reason, Rule
from dz_analysis.finding.number.numerals import numerals
from dz_analysis.finding.place.regions import RegionLine, RegionReading, RegionRule
from dz_analysis.finding.table.cell import Cell
from dz_analysis.finding.table.cells import Figure
from dz_analysis.finding.table.layout import Grid
from dz_analysis.finding.table.words import HeadRole
from dz_analysis.finding.time.clock import PeriodReading, PeriodRule, Source
from dz_analysis.finding.time.periods import PeriodLine
from dz_analysis.lexicon import words
from dz_analysis.reading.page import Paragraph

DIGIT = re.compile(f"[0-9]|[{''.join(sorted(numerals('digit')))}]{{2}}")  # 一、 is no time


class TableFrame(Rule):
    """What names a figure in a table."""

    CELLS = "by the cells of its row, its column and the caption"


class TableStatus(Rule):
    """What decides the status of a figure in a table."""

    RESULT = "result: neither its column nor its section plans"
    GOAL = "goal: its column or its section plans"
    ESTIMATE = "estimate: its column foresees"


EXTENTS = (HeadRole.TO_DATE, HeadRole.MONTH)  # 本月止 before 本月
STATUSES = {
    "actual": TableStatus.RESULT,
    "target": TableStatus.GOAL,
    "estimate": TableStatus.ESTIMATE,
}


def observe_tables(
    tables: Iterable[tuple[Grid, tuple[Figure, ...]]],
    context: Context,
    periods: PeriodLine,
    regions: RegionLine,
    paragraphs: Sequence[Paragraph],
) -> Iterator[Observation]:
    """Yield the observations of the tables of a text, in text order."""
    starts = [paragraph.start for paragraph in paragraphs]
    for grid, figures in tables:
        at = bisect_right(starts, grid.start) - 1
        is_plan = at >= 0 and paragraphs[at].stance == "plan"
        for figure in figures:
            period = _period(figure, grid, periods)
            region = _region(figure, regions)
            figure = replace(figure, indicator=_name(figure, regions))
            is_ahead = is_plan and period.last >= periods.at(grid.start).first
            status = "target" if is_ahead else figure.status
            yield _observe(figure, context, period, region, status)


def _period(figure: Figure, grid: Grid, periods: PeriodLine) -> PeriodReading:
    """Read the time by the heads of the column, its row, the amounts beside it, the caption.

    Where none of them tells it the section does. Heads that only tell months apart (本月, 累计)
    take them from that time. An average is about the years of the caption: “十四五”时期主要指标.
    """
    if figure.measure == "average_growth" and (span := _span(grid, periods)):
        return span
    reading = _told_period(figure, grid, periods)
    heads = (figure.heads[::-1], figure.beside[::-1])
    extents = (_extent(cell) for cells in heads for cell in cells)
    extent = next(filter(None, extents), None)
    if extent is HeadRole.MONTH:
        return reading.last_month()
    return reading.to_date() if extent is HeadRole.TO_DATE else reading


def _span(grid: Grid, periods: PeriodLine) -> PeriodReading | None:
    """Return the several years that a caption tells, None if it tells none."""
    stated = (periods.stated_in(cell.start, cell.end) for cell in grid.captions[::-1])
    named = next((one for one in stated if one and one.years > 1), None)
    return named._replace(source=Source.CAPTION) if named else None


def _extent(cell: Cell) -> HeadRole | None:
    """Return which months of the table's time a head stands over; None if it tells them itself."""
    if DIGIT.search(cell.words):
        return None
    return next((role for role in EXTENTS if role.within(cell.words)), None)


def _told_period(figure: Figure, grid: Grid, periods: PeriodLine) -> PeriodReading:
    """Read the time that heads, row, amounts beside, caption or section tell, in this order."""
    for source, cells in (
        (Source.HEAD, figure.heads[::-1]),
        (Source.ROW, [key for key in figure.keys if DIGIT.search(key.words)]),  # 本年收入: a name
        (Source.HEAD, figure.beside[::-1]),
        (Source.CAPTION, grid.captions[::-1]),
    ):
        for cell in cells:
            if _is_of_document(cell, figure):
                continue
            end = cell.end if figure.measure == "level" else _own_end(cell, periods.text)
            named = periods.stated_in(cell.start, end) or _bare_year(cell)
            if named:
                named = named._replace(source=source)
                if source is Source.CAPTION and _is_of_year(figure):
                    return named.whole_year()
                return named.before() if figure.is_earlier else named
    governing = periods.at(grid.start)
    if _is_of_year(figure):
        return governing.whole_year()
    return governing.before() if figure.is_earlier else governing


def _is_of_document(cell: Cell, figure: Figure) -> bool:
    """Whether a cell tells no other time than the document's: 本年, 本年实际, 累计."""
    if cell.words in HeadRole.LEVEL.words or _extent(cell):
        return True
    is_vague = HeadRole.CURRENT.within(cell.words) and not DIGIT.search(cell.words)
    return is_vague and figure.status != "target"  # 本年计划 is the plan of the whole year


def _is_of_year(figure: Figure) -> bool:
    """Whether a goal is that of the year, told in the midst of it: 年度计划."""
    plans = words("name_words", "year_plans")
    is_goal = figure.status == "target"
    return is_goal and any(plans.first_in(cell.words) for cell in figure.heads)


def _own_end(cell: Cell, text: str) -> int:
    """Return where a head goes on to what its column is compared with: 2019年比2018年增减."""
    words = text[cell.start : cell.end]
    found = (words.find(word) for word in HeadRole.COMPARED.words)
    return cell.start + min((at for at in found if at > 0), default=len(words))


def _bare_year(cell: Cell) -> PeriodReading | None:
    """Read a cell that is a year without 年, or a title whose letters blanks part: 2 0 2 1 年."""
    year, behind = cell.words[:4], cell.words[4:]
    is_spaced = len(cell.words) < cell.end - cell.start and HeadRole.YEAR.words.at_start(behind)
    if re.fullmatch("(?:19|20)[0-9]{2}", year) and (is_spaced or not behind):
        return PeriodReading(f"{year}-01", f"{year}-12", PeriodRule.CELL, year)
    return None


def _name(figure: Figure, regions: RegionLine) -> str:
    """Join the names of row and column; a column that is a place gives the place only.

    The name of a total is the column's; 市级 stands before the name, other names behind it.
    """
    column, row = figure.column, figure.indicator
    is_level = column in HeadRole.LEVELLED.words
    is_place = any(regions.named_in(cell.start, cell.end) for cell in figure.heads)
    if not column or (is_place and not is_level):
        return row
    if is_level:
        return column + row.removeprefix(column)
    return column if row in HeadRole.TOTAL.words else row + column


def _region(figure: Figure, regions: RegionLine) -> RegionReading:
    """Read the place by the row that is a place, or by a head (全市增速), else by the document."""
    heads = () if figure.measure == "rank" else figure.heads[::-1]  # 全市位次: an order, no place
    for cell in (*reversed(figure.keys), *heads):
        place = regions.named_in(cell.start, cell.end)
        if place and (cell in heads or len(place.cue) + 2 > len(cell.words)):
            return place
    context = regions.context
    if figure.place:
        code = context.region_code if figure.place == context.region else ""
        return RegionReading(figure.place, code, RegionRule.WORDS)
    for cell in figure.keys:
        is_setting = cell.words in words("name_words", "settings")  # 城镇
        if not is_setting and _town().fullmatch(cell.words):
            return RegionReading(cell.words, "", RegionRule.WORDS)
    return regions.document_place()


@cache
def _town() -> re.Pattern[str]:
    """Return the pattern of a row that is a town's name: 柳溪镇."""
    return re.compile(rf"[\u3400-\u9fff]{{1,5}}(?:{words('place_words', 'town.ends').pattern})")


def _observe(
    figure: Figure,
    context: Context,
    period: PeriodReading,
    region: RegionReading,
    status: str,
) -> Observation:
    quantity = figure.quantity
    return Observation(
        start=quantity.start,
        end=quantity.end,
        quote=quantity.quote,
        indicator=figure.indicator,
        measure=figure.measure,
        value=quantity.value,
        value_high=quantity.high,
        unit=quantity.unit,
        bound=figure.bound,
        period=period.period,
        region=region.name,
        region_code=region.code,
        status=status,
        of=figure.of,
        corpus=context.corpus,
        why=(
            Reason(TableFrame.CELLS, cue=figure.indicator),
            Reason(MeasureRule.TABLE),
            *period.reasons,
            region.reason,
            Reason(STATUSES[status]),
        ),
    )
