"""Clean text to observations: the finders joined, the only module that knows them all.

In: clean text, what is known of the document, its paragraphs. Out: `Observation`s in text order.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TypeVar

from dz_analysis.finding.document.plan_or_review import settle_stances
from dz_analysis.finding.measure.rules import MeasureRule
from dz_analysis.finding.model import Context, Observation, Quantity, Reason, Rule, new, reason_of
from dz_analysis.finding.name.frames import NameFrame
from dz_analysis.finding.name.implied_unit import implied_unit, noun_as_unit
from dz_analysis.finding.name.indicators import read_indicators
from dz_analysis.finding.name.naming_state import Item
from dz_analysis.finding.name.notes import find_notes
from dz_analysis.finding.name.nouns import tells_plan
from dz_analysis.finding.name.standing import names_given, names_stock, names_total
from dz_analysis.finding.number.reject import Refused, find_quantities, refusals
from dz_analysis.finding.place.regions import RegionLine, RegionReading, RegionRule
from dz_analysis.finding.scope.modifiers import Modifiers
from dz_analysis.finding.scope.status import Evidence, StatusReader
from dz_analysis.finding.table.cells import read_tables
from dz_analysis.finding.table.layout import Grid
from dz_analysis.finding.table.rows import observe_tables
from dz_analysis.finding.text.plain import Plain, plain_text
from dz_analysis.finding.time.clock import PeriodReading, PeriodRule, Shift
from dz_analysis.finding.time.mentions import PeriodKind, PeriodMention
from dz_analysis.finding.time.periods import PeriodLine
from dz_analysis.finding.time.reach import Standing
from dz_analysis.finding.time.words import form
from dz_analysis.lexicon import values, words
from dz_analysis.reading.page import Paragraph
from dz_analysis.reading.structure import split_paragraphs

# What is asked of every number: Python 3.11 searches for a member each time it is named.
_GOAL, _TOPIC, _DISTANCE = MeasureRule.GOAL, NameFrame.TOPIC, NameFrame.DISTANCE
_ACCOUNT, _WITH_ACCOUNT = NameFrame.ACCOUNT, RegionRule.ACCOUNT
_PLAN, _DOCUMENT = PeriodRule.PLAN, PeriodRule.DOCUMENT
_BEFORE, _AMOUNT = Shift.BEFORE, Standing.AMOUNT
_CLOSE = 2  # characters of 年末 that the name of 2019年末滚存结余 keeps
MONEY = "元"
COUNTED = ("level", "change")  # measures whose unit a name may imply
MOVED = ("rank", "gap", "change")  # measures of what was told before
TIMED = ("level", "growth")  # measures whose months are kept for what is told of them later
UNSTATED = (PeriodRule.DOCUMENT, PeriodRule.HEADING, PeriodRule.PLAN)  # no words of a sentence

Found = TypeVar("Found", Observation, Refused)


class OmissionRule(Rule):
    """Why a number that may measure something gives no row."""

    GLOSSARY = "in a glossary"
    TABLE = "cell of a table that names no indicator"


def find_observations(
    text: str, *, context: Context, paragraphs: Sequence[Paragraph] | None = None
) -> tuple[Observation, ...]:
    """Find every number of a text that measures something.

    Parameters
    ----------
    text : str
        Text that reading has made whole, one paragraph a line.
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
    """
    plain = plain_text(text)
    if paragraphs is None:
        paragraphs = split_paragraphs(plain.text, title=context.title)
    elif plain.offsets:
        paragraphs = [_moved(paragraph, plain) for paragraph in paragraphs]
    rows = _find(plain.text, context, paragraphs)
    return rows if plain.text is text else tuple(_as_written(row, plain, text) for row in rows)


def _moved(paragraph: Paragraph, plain: Plain) -> Paragraph:
    start, end = plain.span(paragraph.start, paragraph.end)
    return replace(paragraph, start=start, end=end)


def _as_written(row: Found, plain: Plain, text: str) -> Found:
    """Return a row that stands where the page's own text has its number."""
    start, end = plain.back(row.start, row.end)
    return row._replace(start=start, end=end, quote=text[start:end])


def _find(text: str, context: Context, paragraphs: Sequence[Paragraph]) -> tuple[Observation, ...]:
    paragraphs = settle_stances(text, paragraphs, context)
    tables = read_tables(text)
    grids = [grid for grid, _ in tables]
    quantities = find_quantities(text)
    if grids:
        quantities = tuple(q for q in quantities if not _in_grid(q.start, grids))
    lines = replace(
        _lay_lines(text, context, paragraphs, quantities),
        tables=tuple((grid.start, grid.end) for grid in grids),
    )
    rows = list(_observe_prose(lines, quantities, paragraphs))
    if tables:
        rows.extend(observe_tables(tables, context, lines.periods, lines.regions, paragraphs))
        rows.sort(key=lambda row: row.start)
    return tuple(rows)


def find_refused(text: str, observations: Sequence[Observation]) -> tuple[Refused, ...]:
    """Return the numbers of a text that were left out, each with the reason.

    Parameters
    ----------
    text : str
        The text that was read.
    observations : sequence of Observation
        What was found in it, in text order.

    Returns
    -------
    tuple of Refused
        In text order; no number is both refused and observed.

    Examples
    --------
    >>> text = "2019年，全县5亿元以上项目7个"
    >>> rows = find_observations(text, context=Context())
    >>> [(one.quote, str(one.reason)) for one in find_refused(text, rows)]
    [('2019', 'date, ordinal or name (年)'), ('5亿元', 'limit of a class (以上)')]
    """
    plain = plain_text(text)
    grids = [grid for grid, _ in read_tables(plain.text)]
    left = [
        Refused(q.start, q.end, q.quote, Reason(_unread(q.start, grids)))
        for q in find_quantities(plain.text)
    ]
    ends = [row.end for row in observations]
    found = [
        one
        for told in (*refusals(plain.text), *left)
        for one in [_as_written(told, plain, text)]
        for at in [bisect_right(ends, one.start)]
        if at == len(ends) or one.end <= observations[at].start
    ]
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))


def _unread(start: int, grids: Sequence[Grid]) -> OmissionRule:
    return OmissionRule.TABLE if _in_grid(start, grids) else OmissionRule.GLOSSARY


def _observe_prose(
    lines: _Lines, quantities: Sequence[Quantity], paragraphs: Sequence[Paragraph]
) -> Iterator[Observation]:
    """Yield the observations of what is no table, each side of an account in its place."""
    first: Observation | None = None  # of the sentence told last
    sentence = -1
    for item, read in _read_prose(lines, quantities, paragraphs):
        is_new = item.place.sentence != sentence
        is_side = item.reading.frame is _ACCOUNT or _is_moved(first, is_new)
        row = _placed_with(read, first, lines.text) if is_side else read
        first, sentence = row if is_new else first, item.place.sentence
        yield row


def _read_prose(
    lines: _Lines, quantities: Sequence[Quantity], paragraphs: Sequence[Paragraph]
) -> Iterator[tuple[Item, Observation]]:
    """Yield what is read with its observation, without those of a glossary."""
    starts = [paragraph.start for paragraph in paragraphs]
    places = _names_of_places(lines.regions)
    before: Item | None = None
    last: Observation | None = None
    told: dict[str, tuple[int, str]] = {}  # the sentence and months that tell an indicator last
    for item in read_indicators(lines.text, quantities, skips=_find_skips(lines), places=places):
        if before and "\n" in lines.text[before.quantity.end : item.quantity.start]:
            told.clear()
        paragraph = _paragraph(paragraphs, starts, item.quantity.start)
        if paragraph is None or paragraph.stance != "glossary":
            is_near = before is not None and before.place.part == item.place.part
            shared = last if is_near else None
            topic = shared.status if shared and _shares_status(item, before) else ""
            sentence, months = told.get(item.reading.name, (item.place.sentence, ""))
            earlier = months if sentence != item.place.sentence else ""
            last = _observe(lines, item, paragraph, shared, topic, told=earlier)
            if last.measure in TIMED:
                told[last.indicator] = (item.place.sentence, last.period)
            yield item, last
        before = item


def _is_moved(first: Observation | None, is_new: bool) -> bool:
    """Whether a sentence began with a row that went to the place of its account."""
    return not is_new and first is not None and first.why[-2].rule is _WITH_ACCOUNT


def _placed_with(row: Observation, first: Observation | None, text: str) -> Observation:
    """Leave the side of an account in the place of which the account was told before.

    高新区财政收入5亿元。支出8亿元: where its own words name none.
    """
    *reasons, placed, decided = row.why
    if (
        first is None
        or placed.rule is not RegionRule.DOCUMENT
        or "\n" in text[first.end : row.start]
    ):
        return row
    why = (*reasons, reason_of(_WITH_ACCOUNT, first.region), decided)
    return row._replace(region=first.region, region_code=first.region_code, why=why)


def _find_skips(lines: _Lines) -> list[tuple[int, int]]:
    """Return the spans that belong to no name: times, marks that point to notes, tables."""
    text, opens, mean = lines.text, words("periods", "skip.opens"), words("periods", "skip.mean")
    brought = words("periods", "not_time.brought")
    stated = [
        (
            mention.start - len(opens.at_end(text[max(0, mention.start - 1) : mention.start])),
            mention.end - _CLOSE * bool(brought.at_start(text, mention.end - _CLOSE)),
        )
        for mention in lines.periods.mentions
        if _is_no_base(text, mention)
        and (mention.anchor == "year" or not mean.at_start(text, mention.end))
    ]
    spans = sorted([*stated, *find_notes(lines.text), *lines.tables])
    ends = accumulate((end for _, end in spans), max, initial=0)
    return [span for span, last in zip(spans, ends, strict=False) if span[1] > last]  # none inside


def _is_no_base(text: str, mention: PeriodMention) -> bool:
    """Whether a statement is no base, or dates an amount of its own: 是2011年2亿元的2.9倍."""
    is_dated = text[mention.end : mention.end + 1].isdigit()
    is_dated = is_dated and form("times_of_base").match(text, mention.end) is not None
    return is_dated or mention.kind is not PeriodKind.BASE


def _names_of_places(regions: RegionLine) -> frozenset[str]:
    """Return the names that places have in a text, and that of the one it reports on."""
    named = {mention.within + mention.text for mention in regions.mentions if mention.within}
    return frozenset(named | {mention.text for mention in regions.mentions} | regions.own_names())


def _in_grid(start: int, grids: Sequence[Grid]) -> bool:
    at = bisect_right(grids, start, key=lambda grid: grid.start) - 1
    return at >= 0 and start < grids[at].end


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
    tables: tuple[tuple[int, int], ...] = ()


def _lay_lines(
    text: str,
    context: Context,
    paragraphs: Sequence[Paragraph],
    quantities: Sequence[Quantity],
) -> _Lines:
    numbers = [quantity.start for quantity in quantities]
    return _Lines(
        text,
        context,
        PeriodLine(text, paragraphs, context),
        RegionLine(text, paragraphs, context, numbers=numbers),
        StatusReader(text, numbers, context),
        Modifiers(text, numbers),
    )


def _shares_status(item: Item, before: Item | None) -> bool:
    """Whether a number shares its status with the one before it, as it shares its name."""
    if item.reading.frame is not _TOPIC or before is None or before.measured.rule is _GOAL:
        return False
    if _ahead(before):
        return False
    if _is_adjusted(before) and words("name_words", "adjusts.by").first_in(item.view.before):
        return False  # 调整为8亿元，调增3亿元: so much was done
    is_reached = _is_planned(before) or words("scope_cues", "deed").at_start(item.view.before)
    is_done = is_reached and item.measured.measure == "level"  # 预算8亿元，完成9亿元
    return not is_done or bool(words("name_words", "adjusts").first_in(item.view.before))


def _is_planned(item: Item) -> bool:
    """Whether an amount is that of a budget, not of what was taken in or spent."""
    if item.measured.measure != "level":
        return False
    before = item.view.before.lstrip()
    is_set = words("name_words", "adjusted").at_start(before) or _is_approved(before)
    return bool(is_set) or tells_plan(item.name) or _is_adjusted(item)


def _is_adjusted(item: Item) -> bool:
    """Whether a budget was adjusted from an amount, or to one: 预算收入由5亿元调整为8亿元."""
    view, turns = item.view, words("name_words", "adjusts.turns")
    is_turned = turns.at_start(view.behind) if view.is_origin else turns.at_end(view.before)
    if not is_turned:
        return False
    is_account = words("name_words", "planned").at_end(item.name)
    if words("name_words", "per_heads").first_in(item.name):  # 人均收入由5000元调整为6000元
        return False
    return bool(is_account or words("name_words", "plan_ends").first_in(item.name))


def _observe(
    lines: _Lines,
    item: Item,
    paragraph: Paragraph | None,
    last: Observation | None,
    topic: str,
    *,
    told: str,
) -> Observation:
    """Join one number's name, period, place and status.

    `last` is the row before it in its part, `topic` the status that it shares with it, if any,
    `told` the months that an earlier sentence of its line told its indicator for.
    """
    quantity, measured, name = item.view.quantity, item.measured, item.reading.name
    is_planned = _is_planned(item)
    period = _period(lines.periods, item, last, is_planned=is_planned)
    is_moved = measured.measure in MOVED and period.shift is not _BEFORE
    if told and is_moved and lines.periods.is_untold(item.place.sentence, item.quantity.start):
        first, _, end = told.partition("/")  # 前八月外贸8亿元。外贸总值居全国第10
        period = PeriodReading(first, end, PeriodRule.TOLD)
    region = _region(lines.text, item, lines.regions)
    is_dated = period.rule not in UNSTATED and not lines.periods.is_promised(period)
    status, decided = lines.statuses.read(
        _compared(lines.text, item),
        _evidence(item, paragraph, period, topic, is_planned=is_planned, is_dated=is_dated),
    )
    value, high = quantity.value, quantity.high
    if measured.sign < 0:
        value, high = (-value if value > 0 else value), (high and -high)
    unit, noun = quantity.unit, ""
    if not unit and measured.measure == "multiple":
        unit = values("measure_cues", "ratio.times").get(measured.cue, "")  # 收入倍差2.27
    if not unit and measured.measure in COUNTED:
        noun = noun_as_unit(name, lines.text, quantity.end)
        unit = noun or implied_unit(name, quantity.quote, corpus=lines.context.corpus)
    fields = (
        quantity.start,
        quantity.end + len(noun),
        quantity.quote + noun,
        name,
        measured.measure,
        value,
        high,
        unit,
        measured.bound,
        period.period,
        region.name,
        region.code,
        status,
        measured.of,
        lines.context.corpus,
        (item.reason, measured.reason, *period.reasons, region.reason, decided),
        lines.modifiers.at(quantity.start) if status == "target" else "",
    )
    return new(Observation, fields)


def _period(
    periods: PeriodLine, item: Item, last: Observation | None, *, is_planned: bool
) -> PeriodReading:
    """Read the time of a number: of a mean, of the list that it goes on with, else its own."""
    measured, start = item.measured, item.quantity.start
    if last and (shift := _shift_of_list(item, last, periods)):
        first, _, end = last.period.partition("/")
        return PeriodReading(first, end, PeriodRule.LISTED, shift=shift)
    # 是2011年的2.6倍，年均增长17%: since then
    own = max(item.place.clause, last.end) if last else item.place.clause
    if measured.measure == "average_growth" or periods.is_mean(own, start):
        return periods.mean_at(start)
    if ahead := _ahead(item):
        return PeriodReading("", "", PeriodRule.AHEAD, ahead)
    if is_planned and item.view.is_origin:  # both are plans of one year: 预算由5亿元调整为8亿元
        return periods.governing(start)
    reading = _reached(periods, item, last)
    is_of_year = _is_of_year(item, is_planned=is_planned) or _goes_on_year(item, last, reading)
    return reading.whole_year() if is_of_year else reading


def _shift_of_list(item: Item, last: Observation, periods: PeriodLine) -> Shift | None:
    """Return how a number takes the time of the one before it; None where it has its own.

    It goes on with a list, or is the distance of a mean: 年均增长9%，高于全省2个百分点.
    """
    is_listed = item.view.is_joined
    if is_listed and not item.view.before and _is_closing(last, periods):
        return Shift.CLOSING
    is_gap = item.measured.measure == "gap" and item.name == last.indicator
    is_of_mean = last.measure == "average_growth" or (is_listed and last.measure == "gap")
    return Shift.MEAN if is_gap and is_of_mean else None


def _ahead(item: Item) -> str:
    """Return the word that an amount is only aimed at by: 向着600亿元冲刺."""
    return words("periods", "ahead").at_end(item.view.before.rstrip())


def _goes_on_year(item: Item, last: Observation | None, reading: PeriodReading) -> bool:
    """Whether more is told of the plan of a whole year: 批准收入8亿元，增长3%."""
    if last is None or last.status != "target" or item.reading.frame is not _TOPIC:
        return False
    is_growth = item.measured.measure == "growth" and reading.rule in UNSTATED
    return is_growth and last.period == reading.whole_year().period


def _reached(periods: PeriodLine, item: Item, last: Observation | None) -> PeriodReading:
    """Read the time of a number; one that stood there in the end is of the last year."""
    measured, start = item.measured, item.quantity.start
    is_state = measured.measure in ("ratio", "rank") or measured.rule.is_state
    reading = periods.at(start, is_state=is_state)
    if measured.measure == "rank" and reading.shift is not _BEFORE and _ranks_told(item, last):
        governing = periods.governing(start)  # 五年收入9亿元，比上个五年增长8%，居全省第一
        return governing if last and last.period == governing.period else reading
    if reading.years <= 1 or reading.rule is _DOCUMENT:
        return reading
    if measured.measure == "multiple":
        return reading.close() if periods.is_on_year(start) else reading
    is_level = measured.measure == "level" and not is_state
    return reading.close() if is_level and _stands(periods, item, last, reading) else reading


def _ranks_told(item: Item, last: Observation | None) -> bool:
    """Whether a rank is that of the growth told just before it."""
    is_told = last is not None and last.measure == "growth" and last.indicator == item.name
    return is_told and item.reading.frame is _TOPIC


def _stands(
    periods: PeriodLine, item: Item, last: Observation | None, reading: PeriodReading
) -> bool:
    """Whether a level is of what stood there when the years that are looked back on ended.

    One that goes on with a list of deeds is of all the years, as they are: 新建学校8所、医院3所.
    """
    if not periods.looks_back(item.quantity.start, reading):
        return False
    if names_total(item):  # 新增上市公司6家，总数18家
        return True
    if last and last.measure == "level" and last.period == reading.period:
        is_listed = item.place.clause <= last.start
        if is_listed or item.quantity.unit != MONEY:
            return False
    return names_stock(item, periods.text[item.quantity.end : item.place.stop])


def _is_of_year(item: Item, *, is_planned: bool) -> bool:
    """Whether an amount is the plan of a whole year, told in the midst of it: 年初预算."""
    plan = item.measured.of if item.measured.rule is _GOAL else ""
    plan = plan or (item.name if is_planned else "")
    is_yearly = bool(plan) and bool(words("name_words", "year_plans").first_in(plan))
    return is_yearly or (is_planned and _is_approved(item.view.before))


def _is_approved(before: str) -> bool:
    """Whether words say that a budget was approved: 人代会批准全县财政收入."""
    return bool(words("name_words", "approved_by").first_in(before))


def _is_closing(row: Observation, periods: PeriodLine) -> bool:
    """Whether a row was told for the end of a span: 五年来，参保率分别达到98%和99%."""
    span = periods.governing(row.start)
    return span.years > 1 and row.period == span.close().period


def _region(text: str, item: Item, regions: RegionLine) -> RegionReading:
    """Read the place of a number; in a list of places each number has its own."""
    quantity, place, reading = item.view.quantity, item.view.place, item.reading
    start = quantity.start
    if reading.listed >= 0:  # 东河、西河两县分别增长6%、7%
        listed = regions.list_at(start, clause_start=place.clause)
        if reading.listed < len(listed):
            return listed[reading.listed]
    if (
        quantity.kind == "count"
        and _counts_in_nation(reading.name)
        and words("place_words", "own.field").at_end(text[place.clause : start])
    ):
        return regions.nation()
    if reading.frame is _DISTANCE:  # whose it is stands before 距
        return regions.at(place.clause, place.sentence)
    if reading.place:
        at = text.rfind(reading.place, place.sentence, start)
        if at >= 0:
            return regions.last_in(at, at + len(reading.place))
    return regions.at(start, place.sentence)


def _counts_in_nation(name: str) -> bool:
    """Whether rivals of the whole country are counted: 国家高新区, but 国家4A级景区 is a grade."""
    word = words("place_words", "nation.rivals").at_start(name)
    grade = name[len(word) : len(word) + 1]
    return bool(word) and not (grade and grade.isascii())


def _compared(text: str, item: Item) -> int:
    """Return where the words begin that a number is compared with, its own start if it is not."""
    measured, start = item.measured, item.quantity.start
    if measured.measure != "completion" or not measured.of:
        return start
    at = text.rfind(measured.of, item.place.clause, start)
    return start if at < 0 else at


def _evidence(
    item: Item,
    paragraph: Paragraph | None,
    period: PeriodReading,
    topic: str,
    *,
    is_planned: bool,
    is_dated: bool,
) -> Evidence:
    """Gather what its status depends on besides the cues, in the order of `Evidence`."""
    measured = item.measured
    fields = (
        paragraph.stance if paragraph else "review",
        measured.measure,
        period.first,
        period.last,
        topic,
        period.rule is _PLAN,
        is_dated,
        item.reading.is_scope,
        is_planned or measured.rule is _GOAL or period.rule is PeriodRule.AHEAD,
        item.view.is_origin or period.shift is _BEFORE or period.standing is _AMOUNT,
        names_given(item),
    )
    return new(Evidence, fields)
