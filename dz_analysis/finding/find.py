"""Clean text to observations: the finders joined, the only module that knows them all.

In: clean text, what is known of the document, its paragraphs. Out: `Observation`s in text order.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dz_analysis.finding.catalogue import indicator_id
from dz_analysis.finding.document.plan_or_review import settle_stances
from dz_analysis.finding.measure.rules import MeasureRule
from dz_analysis.finding.model import Context, Observation, Reason
from dz_analysis.finding.name.frames import NameFrame
from dz_analysis.finding.name.indicators import read_indicators
from dz_analysis.finding.name.naming_state import Item
from dz_analysis.finding.name.notes import find_notes
from dz_analysis.finding.number.reject import find_quantities
from dz_analysis.finding.place.regions import RegionLine, RegionReading
from dz_analysis.finding.scope.modifiers import Modifiers
from dz_analysis.finding.scope.status import Evidence, StatusReader
from dz_analysis.finding.table.cells import read_tables
from dz_analysis.finding.table.layout import Grid
from dz_analysis.finding.table.rows import observe_tables
from dz_analysis.finding.time.clock import PeriodReading, PeriodRule, Shift
from dz_analysis.finding.time.periods import PeriodLine
from dz_analysis.reading.ledger import Repaired, offset_map
from dz_analysis.reading.page import Paragraph
from dz_analysis.reading.structure import split_paragraphs
from dz_analysis.reading.wrapped import join_lines

NATIONAL = (
    "国家"  # 国家级经开区, 国家高新区: of the country, where they are only the field of a rank
)
UNSTATED = (PeriodRule.DOCUMENT, PeriodRule.HEADING, PeriodRule.PLAN)  # no words of a sentence


def find_observations(
    text: str, *, context: Context, paragraphs: Sequence[Paragraph] | None = None
) -> tuple[Observation, ...]:
    r"""Find every number of a text that measures something.

    Parameters
    ----------
    text : str
        Clean text, one paragraph a line; lines that a width broke inside a sentence are read as
        one where no paragraphs are given.
    context : Context
        What is known of the document, as `tag_document` gives it.
    paragraphs : sequence of Paragraph, optional
        Its paragraphs with sections and stance; split from the text when left out.

    Returns
    -------
    tuple of Observation
        In text order; `text[row.start:row.end] == row.quote`. A glossary at the end of a report
        explains words and yields nothing.

    Examples
    --------
    >>> context = Context(region="清源县", period_start="2019-01", period_end="2019-12")
    >>> rows = find_observations("全县税收完成8亿元，增长5%。", context=context)
    >>> [(row.quote, row.indicator, row.measure) for row in rows]
    [('8亿元', '税收', 'level'), ('5%', '税收', 'growth')]
    >>> broken = "全县一般公共预算收入完成8亿元，比上年同期增\n长5.\n2%。"
    >>> [(row.quote, row.measure) for row in find_observations(broken, context=context)]
    [('8亿元', 'level'), ('5.\n2%', 'growth')]
    """
    if paragraphs is None:
        whole = join_lines(text)
        if whole.changes:
            return _find_in_joined(text, whole, context)
        paragraphs = split_paragraphs(text, title=context.title)
    paragraphs = settle_stances(text, paragraphs, context)
    starts = [paragraph.start for paragraph in paragraphs]
    periods = PeriodLine(text, paragraphs, context)
    regions = RegionLine(text, paragraphs, context)
    tables = read_tables(text)
    grids = [grid for grid, _ in tables]
    quantities = [q for q in find_quantities(text) if not _in_grid(q.start, grids)]
    numbers = [quantity.start for quantity in quantities]
    statuses, modifiers = StatusReader(text, numbers, context), Modifiers(text, numbers)
    lines = _Lines(text, context, periods, regions, statuses, modifiers)
    said = [
        (mention.start - text.endswith("自", 0, mention.start), mention.end)
        for mention in periods.mentions
        if mention.kind != "base" and not text.startswith("平均", mention.end)
    ]
    skips = sorted(said + find_notes(text))
    places = _names_of_places(regions)
    items = read_indicators(text, quantities, skips=skips, places=places)
    rows: list[Observation] = []
    for at, item in enumerate(items):
        paragraph = _paragraph(paragraphs, starts, item.quantity.start)
        if paragraph is not None and paragraph.stance == "glossary":
            continue
        last = rows[-1] if rows and at and items[at - 1].place.part == item.place.part else None
        topic = _status_of_topic(item, items[at - 1], last)
        rows.append(_observe(lines, item, paragraph, last, topic))
    if tables:
        rows.extend(observe_tables(tables, context, periods, regions, paragraphs))
        rows.sort(key=lambda row: row.start)
    return tuple(rows)


def _names_of_places(regions: RegionLine) -> frozenset[str]:
    """Return the names that places have in a text, and that of the one it reports on."""
    named = {said.within + said.text for said in regions.mentions if said.within}
    return frozenset(named | {said.text for said in regions.mentions} | regions.own_names())


def _in_grid(start: int, grids: Sequence[Grid]) -> bool:
    at = bisect_right(grids, start, key=lambda grid: grid.start) - 1
    return at >= 0 and start < grids[at].end


def _find_in_joined(text: str, whole: Repaired, context: Context) -> tuple[Observation, ...]:
    """Read a text with its broken lines joined; the quotes are those of the text as given."""
    paragraphs = split_paragraphs(whole.text, title=context.title)
    way = offset_map(whole.changes, length=len(whole.text), raw_length=len(text))
    rows = []
    for row in find_observations(whole.text, context=context, paragraphs=paragraphs):
        start, end = way.to_raw(row.start, row.end)
        rows.append(replace(row, start=start, end=end, quote=text[start:end]))
    return tuple(rows)


def _paragraph(paragraphs: Sequence[Paragraph], starts: list[int], offset: int) -> Paragraph | None:
    at = bisect_right(starts, offset) - 1
    return paragraphs[at] if at >= 0 else None


@dataclass(frozen=True, slots=True)
class _Lines:
    """What is laid along a text and asked for each of its numbers."""

    text: str
    context: Context
    periods: PeriodLine
    regions: RegionLine
    statuses: StatusReader
    modifiers: Modifiers


def _status_of_topic(item: Item, before: Item, last: Observation | None) -> str:
    """Return the status of the number whose name one takes, blank if it has its own."""
    is_shared = item.frame is NameFrame.TOPIC and before.measured.rule is not MeasureRule.GOAL
    return last.status if last and is_shared else ""


def _observe(
    lines: _Lines,
    item: Item,
    paragraph: Paragraph | None,
    last: Observation | None,
    topic: str,
) -> Observation:
    """Join one number's name, period, place and status."""
    text, periods = lines.text, lines.periods
    quantity, telling, place = item.quantity, item.measured, item.place
    is_state = telling.measure in ("ratio", "rank") or telling.rule.is_state
    period = periods.at(quantity.start, is_state=is_state)
    is_mean = telling.measure != "average_growth" and periods.is_mean(place.clause, quantity.start)
    if telling.measure == "average_growth" or is_mean:  # 是2011年的2.6倍，年均增长17%: since then
        period = periods.mean_at(quantity.start)
    if item.view.is_joined and last and not item.view.before and _is_closing(last, periods):
        first, _, end = last.period.partition("/")
        period = PeriodReading(first, end, PeriodRule.LISTED, shift=Shift.CLOSING)
    region = _region(text, item, lines.regions)
    status, reason = lines.statuses.read(_evidence(text, item, paragraph, period, topic))
    value = quantity.value * telling.sign if quantity.value > 0 else quantity.value
    high = quantity.high * telling.sign if quantity.high is not None else None
    return Observation(
        start=quantity.start,
        end=quantity.end,
        quote=quantity.quote,
        indicator=item.name,
        measure=telling.measure,
        value=value,
        value_high=high,
        unit=quantity.unit,
        bound=telling.bound,
        period=period.period,
        region=region.name,
        region_code=region.code,
        status=status,
        of=telling.of,
        indicator_id=indicator_id(
            item.name, unit=quantity.unit, measure=telling.measure, corpus=lines.context.corpus
        ),
        why=(
            f"name:{item.frame!s}",
            str(Reason(telling.rule, telling.cue)),
            f"period:{period!s}",
            f"region:{region.rule}",
            str(reason.rule),
        ),
        modifier=lines.modifiers.at(quantity.start) if status == "target" else "",
    )


def _is_closing(row: Observation, periods: PeriodLine) -> bool:
    """Whether a row was told for the end of a span: 五年来，参保率分别达到98%和99%."""
    span = periods.governing(row.start)
    return span.years > 1 and row.period == span.close().period


def _region(text: str, item: Item, regions: RegionLine) -> RegionReading:
    """Read the place of a number; in a list of places each number has its own."""
    quantity, place = item.quantity, item.place
    start = quantity.start
    if item.reading.listed >= 0:  # 东河、西河两县分别增长6%、7%
        listed = regions.list_at(start, clause_start=place.clause)
        if item.reading.listed < len(listed):
            return listed[item.reading.listed]
    is_among = quantity.kind == "count" and text.endswith("在", 0, start)
    if is_among and item.name.startswith(NATIONAL):
        return regions.nation()
    if item.frame is NameFrame.DISTANCE:  # whose it is stands before 距
        begin = place.clause
        return regions.at(begin, clause_start=begin, sentence_start=place.sentence)
    if item.reading.place:
        at = text.rfind(item.reading.place, place.sentence, start)
        if at >= 0:
            end = at + len(item.reading.place)
            return regions.at(end, clause_start=at, sentence_start=at)
    return regions.at(start, clause_start=place.clause, sentence_start=place.sentence)


def _evidence(
    text: str, item: Item, paragraph: Paragraph | None, period: PeriodReading, topic: str
) -> Evidence:
    """Gather what its status depends on besides the cues round a number."""
    measured, start = item.measured, item.quantity.start
    compared = measured.of if measured.measure == "completion" else ""
    return Evidence(
        start,
        stance=paragraph.stance if paragraph else "review",
        measure=measured.measure,
        first=period.first,
        last=period.last,
        topic=topic,
        compared=text.rfind(compared, item.place.clause, start) if compared else -1,
        is_planned=period.rule is PeriodRule.PLAN,
        is_dated=period.rule not in UNSTATED,
        is_rivals=item.reading.is_scope,
        is_goal=measured.rule is MeasureRule.GOAL,
        is_origin=item.view.is_origin or period.shift is Shift.BEFORE,
    )
