"""How far a statement of time governs: by its kind and by where it stands.

In: a `PeriodMention` where it stands. Out: a `Cue` for the engine of scopes. The rows of
lexicon/period_scopes.csv say for each standing in which direction and how far a statement
governs; the first standing that a statement has decides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import NamedTuple

from dz_analysis.finding.model import Rule
from dz_analysis.finding.scope.engine import Cue, Direction, Reach
from dz_analysis.finding.text.segment import Bracket, Segments, segment
from dz_analysis.finding.time.clock import Clock, PeriodReading, PeriodRule
from dz_analysis.finding.time.mentions import (
    LEAD,
    WHOLE_YEAR,
    PeriodKind,
    PeriodMention,
    opens_clause,
)
from dz_analysis.finding.time.words import form, listed
from dz_analysis.lexicon import load_lexicon

LIST = "period_scopes"
PERIOD = "period"  # the category of the cues
BESIDE = 24  # characters that may stand in a bracket before a time that it gives aside
RECENT = 20  # years: what is older is told of its sentence alone
BESIDE_OPENING = 4  # characters before a year that opens its sentence: 全市2016年
TURN = 60  # characters in which 由2015年的… comes to its 增加到


class Standing(Rule):
    """Where a statement stands; the rows of lexicon/period_scopes.csv say what follows from it."""

    PRESENT = "present"
    REMARK = "remark"
    SUM = "sum"
    AMOUNT = "amount"
    FILLED = "filled"
    BRACKET = "bracket"
    BASIS = "basis"
    ORIGIN = "origin"
    ATTRIBUTE = "attribute"
    EVENT = "event"
    OLD = "old"
    HELD = "held"
    DAY = "day"
    FOUNDING = "founding"
    CENSUS = "census"
    EPOCH = "epoch"
    MOVED = "moved"
    PASSED = "passed"
    LAST = "last"
    LAST_OPENING = "last_opening"
    RECENTLY = "recently"
    SUM_OPENING = "sum_opening"
    OTHER_SUM = "other_sum"
    AMONG = "among"
    BY_PART = "by_part"
    PAIRED = "paired"
    CLOSING = "closing"
    AHEAD = "ahead"
    DESCRIBED = "described"
    SEASON = "season"
    OPENING = "opening"
    INSIDE = "inside"


class Scope(NamedTuple):
    """One row: how far statements of a standing govern.

    `until` is a form that ends it sooner, `further` one that lets what follows go on with it.
    """

    standing: Standing
    direction: Direction
    reach: Reach
    until: str
    further: str


@cache
def load_scopes() -> tuple[Scope, ...]:
    """Read the rows, in the order in which they are asked."""
    return tuple(
        Scope(
            Standing(row["standing"]),
            Direction(row["direction"]),
            Reach(row["reach"]),
            row["until"],
            row["further"],
        )
        for row in load_lexicon(LIST)
    )


class Stated(NamedTuple):
    """A statement where it stands.

    `default` is what its paragraph is about without it, `before` where the statement before it
    begins, -1 if there is none, `window` the years that the paragraph has come to speak of.
    """

    mention: PeriodMention
    text: str
    default: PeriodReading
    clock: Clock
    before: int = -1
    window: PeriodReading | None = None


def standing_of(stated: Stated) -> Scope:
    """Return the row of the first standing that a statement has.

    Examples
    --------
    >>> from dz_analysis.finding.time.mentions import find_periods
    >>> clock = Clock("2016-01", "2016-12", 2017, "2017-02")
    >>> text = "税收2015年8亿元"
    >>> standing_of(Stated(find_periods(text)[0], text, clock.document, clock)).standing.value
    'inside'
    """
    scopes = _scopes_of(stated.mention.kind)
    return next(scope for scope, has_standing in scopes if has_standing(stated))


@cache
def _scopes_of(kind: PeriodKind) -> tuple[tuple[Scope, Callable[[Stated], bool]], ...]:
    """Return the rows that a statement of a kind may have, each with the test of its standing."""
    rows = ((scope, _STANDINGS[scope.standing]) for scope in load_scopes())
    return tuple((scope, stands) for scope, (stands, kinds) in rows if kind in kinds)


def make_cue(stated: Stated, value: PeriodReading, *, limit: int) -> Cue[PeriodReading]:
    """Return what a statement governs as a cue: up to `limit`, the end of its paragraph."""
    scope, mention = standing_of(stated), stated.mention
    until, reach = limit, scope.reach
    if scope.until:
        until = min(limit, _UNTIL[scope.until](stated.text, mention.end))
    elif further := _further(stated, scope):
        until, reach = min(limit, further), Reach.PARAGRAPH
    return Cue(
        mention.start,
        mention.end,
        PERIOD,
        value.standing_as(scope.standing),
        scope.direction,
        reach,
        until=until,
    )


def _further(stated: Stated, scope: Scope) -> int:
    """Return how far what follows goes on with the same time, 0 if it does not: 。其中，.

    It goes on with the first time of its sentence, not with one that is named on the way.
    """
    text, segments = stated.text, segment(stated.text)
    bracket = _filled(stated) if scope.standing is Standing.FILLED else None
    is_first = stated.before < segments.sentence_start(stated.mention.start)
    if not (scope.further and (is_first or bracket)):
        return 0
    behind = bracket.end if bracket else stated.mention.end
    end, further = _ENDS[scope.reach](segments, behind), 0
    if scope.standing is Standing.ATTRIBUTE and _is_whole_year(stated.mention):
        subject = form("numberless").match(text, stated.mention.end)
        if subject:  # 2015年的产值，计划为8亿元
            end = further = _clause_end(segments, subject.end())
    while end < len(text) and form(scope.further).match(text, end):
        units = (segments.sentence_at(end), segments.part_at(end), segments.clause_at(end))
        end = further = next(unit.end for unit in units if unit.start == end)
    return further


def _is_whole_year(mention: PeriodMention) -> bool:
    return mention.is_year and mention.months == WHOLE_YEAR


def _part_end(segments: Segments, offset: int) -> int:
    return segments.part_at(offset).end


def _clause_end(segments: Segments, offset: int) -> int:
    return segments.clause_at(offset).end


def _sentence_end(segments: Segments, offset: int) -> int:
    return segments.sentence_at(offset).end


_ENDS = {Reach.PART: _part_end, Reach.CLAUSE: _clause_end, Reach.SENTENCE: _sentence_end}


def _turn(text: str, end: int) -> int:
    """Return where the earlier of two times ends: before 增加到."""
    found = form("turn").search(text, end, end + TURN)
    return found.start() if found else len(text)


def _amount(text: str, end: int) -> int:
    """Return where the amount of a base ends: 比上年的2.5亿元."""
    found = form("amount_of_base").match(text, end)
    return found.end() if found else end


def _basis(text: str, end: int) -> int:
    """Return where the basis ends that a growth is told on: 在上年翻番的基础上."""
    found = form("basis").match(text, end)
    return found.end() if found else end


_UNTIL: Mapping[str, Callable[[str, int], int]] = {
    "turn": _turn,
    "amount_of_base": _amount,
    "basis": _basis,
}


def _is_aside(stated: Stated) -> bool:
    """Whether it opens what a bracket says aside: 37毫米（4月2日—5日），平均气温."""
    bracket = segment(stated.text).bracket_at(stated.mention.start)
    return bracket is not None and stated.mention.start - bracket.start <= BESIDE


def _filled(stated: Stated) -> Bracket | None:
    """Return the bracket between a name and its number that it fills: 出口额（1-6月）15亿元."""
    mention, text = stated.mention, stated.text
    bracket = segment(text).bracket_at(mention.start)
    if bracket is None or (bracket.start + 1, bracket.stop) != (mention.start, mention.end):
        return None
    is_named = bracket.start > 0 and text[bracket.start - 1].isalpha()
    return bracket if is_named and text[bracket.end : bracket.end + 1].isdigit() else None


def _is_filled(stated: Stated) -> bool:
    return _filled(stated) is not None


def _is_basis(stated: Stated) -> bool:
    """Whether it is told of what a growth is built on: 在上年翻番的基础上."""
    return form("basis").match(stated.text, stated.mention.end) is not None


def _is_attribute(stated: Stated) -> bool:
    return form("attribute").match(stated.text, stated.mention.end) is not None


def _is_event(stated: Stated) -> bool:
    """Whether it only tells of a founding or a title, in another year or in one month."""
    mention = stated.mention
    is_whole = stated.clock.reports_on(mention.years[1]) and mention.months[0] < mention.months[1]
    return not is_whole


def _is_old(stated: Stated) -> bool:
    mention = stated.mention
    return mention.anchor == "year" and stated.clock.year - mention.years[1] > RECENT


def _is_moved(stated: Stated) -> bool:
    """Whether an amount moved between its two years: 2020年到2025年，…从3%提高到5%."""
    mention, text = stated.mention, stated.text
    stop = segment(text).part_at(mention.end).stop
    return form("moved").search(text, mention.end, stop) is not None


def _is_passed(stated: Stated) -> bool:
    """Whether it is one of the years looked back on, but the last: 2013年… in a review to 2016.

    A document that reports on several years itself is a chronicle, and goes from year to year.
    """
    default, mention = stated.default, stated.mention
    is_inside = default.first[:4] <= f"{mention.years[0]}" < default.last[:4]
    is_review = default.years > 1 and default.rule is not PeriodRule.DOCUMENT
    return is_inside and is_review and mention.is_year


def _is_last(stated: Stated) -> bool:
    """Whether it names the last of the years looked back on, on the way: ，2016年企业达96家.

    Before a comma it goes on: 2016年，税收5亿元，企业96家。学校8所. Its end does not: 2016年底，.
    """
    window, mention = stated.window or stated.default, stated.mention
    is_closing = mention.is_year and f"{mention.years[0]}" == window.last[:4]
    is_review = window.years > 1 and window.rule is not PeriodRule.DOCUMENT
    if not (is_closing and is_review):
        return False
    return mention.closing or not form("opens_year").match(stated.text, mention.end)


def _is_last_opening(stated: Stated) -> bool:
    """Whether such a year opens its sentence: 2016年企业达96家；学校8所。."""
    start = stated.mention.start
    return start - segment(stated.text).sentence_start(start) <= BESIDE_OPENING and _is_last(stated)


def _is_recently(stated: Stated) -> bool:
    """Whether it is a window that its sentence names on the way: 占比75%，近三年提高6个百分点."""
    start = stated.mention.start
    opening = segment(stated.text).sentence_start(start)
    if stated.mention.text.endswith(listed("span.within")):  # 生产总值五年内翻一番
        return start > opening
    is_recent = stated.mention.text.startswith(listed("span.recent"))
    return is_recent and start - opening > LEAD


def _is_sum_opening(stated: Stated) -> bool:
    """Whether it opens a sentence that adds up all that it tells: 五年累计，新建…."""
    return _opens(stated) and bool(form("sum_opens").match(stated.text, stated.mention.end))


def _is_other_sum(stated: Stated) -> bool:
    """Whether it adds up other years than its paragraph speaks of: 五年来……三年翻一番."""
    window = stated.window or stated.default
    return 1 < window.years != stated.mention.years[0]


def _is_among(stated: Stated) -> bool:
    """Whether it is named as a part of what was told before: 其中一季度."""
    return stated.text.endswith(listed("opening.among"), 0, stated.mention.start)


def _is_by_part(stated: Stated) -> bool:
    """Whether its sentence goes through the parts of a year: 分季度看."""
    low, start = segment(stated.text).part_start(stated.mention.start), stated.mention.start
    return form("by_part").match(stated.text, low, start) is not None


def _is_paired(stated: Stated) -> bool:
    """Whether something is only held against it: 与2017年计划相当."""
    start = stated.mention.start
    return form("paired").search(stated.text, max(start - 1, 0), start) is not None


def _is_held(stated: Stated) -> bool:
    """Whether it is the day of a signing or a start that is told of: 9月26日，…举行签约仪式。."""
    mention = stated.mention
    behind = segment(stated.text).sentence_at(mention.end).end
    return _opens(stated) and form("held").match(stated.text, mention.end, behind) is not None


def _is_day(stated: Stated) -> bool:
    """Whether it is a day, a month of a named year, or a year's beginning."""
    mention = stated.mention
    is_beginning = mention.text.endswith(listed("edge.start")) and mention.months != WHOLE_YEAR
    return mention.kind in (PeriodKind.DATE, PeriodKind.MOMENT) or is_beginning


def _is_census(stated: Stated) -> bool:
    """Whether it is the moment that a census counts for: 截至2020年11月1日零时."""
    return stated.text.startswith(listed("census.moment"), stated.mention.end)


def _opens(stated: Stated) -> bool:
    return opens_clause(stated.text, stated.mention.start)


def _is_closing(stated: Stated) -> bool:
    """Whether it is the end of a year that it does not name, inside a clause: 企业年底达96家."""
    return stated.mention.closing and not stated.mention.anchor and not _opens(stated)


def _is_ahead(stated: Stated) -> bool:
    """Whether it is a year behind the one that its paragraph plans, and does not open it."""
    mention, default = stated.mention, stated.default
    is_plan = default.years == 1 and default.first > stated.clock.last > ""
    if not (is_plan and mention.is_year and f"{mention.years[0]}" > default.last[:4]):
        return False
    segments = segment(stated.text)
    opens = segments.line_at(mention.start)[0] == segments.clause_start(mention.start)
    return not (opens and _opens(stated))


def _is_described(stated: Stated) -> bool:
    """Whether the words before a window describe it: 换届以来的四年, 这是……的五年."""
    return stated.text.endswith(listed("span.of"), 0, stated.mention.start)


def _is_season(stated: Stated) -> bool:
    """Whether it is a part of the year at a clause's beginning, in a text about whole years."""
    mention, default = stated.mention, stated.default
    is_part = mention.kind is PeriodKind.PERIOD and mention.months != WHOLE_YEAR
    is_of_years = default.years > 0 and default.first.endswith("-01")
    return is_part and not mention.closing and is_of_years and _opens(stated)


def _is_anywhere(_: Stated) -> bool:
    return True


# The test of each standing, and the kinds of statements that may have it.
_ANY = tuple(PeriodKind)
_STANDINGS: Mapping[Standing, tuple[Callable[[Stated], bool], tuple[PeriodKind, ...]]] = {
    Standing.PRESENT: (_is_anywhere, (PeriodKind.PRESENT,)),
    Standing.REMARK: (_is_anywhere, (PeriodKind.REMARK,)),
    Standing.SUM_OPENING: (_is_sum_opening, (PeriodKind.SUM,)),
    Standing.OTHER_SUM: (_is_other_sum, (PeriodKind.SUM,)),
    Standing.SUM: (_is_anywhere, (PeriodKind.SUM,)),
    Standing.AMOUNT: (_is_anywhere, (PeriodKind.BASE,)),
    Standing.FILLED: (_is_filled, _ANY),
    Standing.BRACKET: (_is_aside, _ANY),
    Standing.BASIS: (_is_basis, (PeriodKind.PERIOD,)),
    Standing.ORIGIN: (_is_anywhere, (PeriodKind.ORIGIN,)),
    Standing.ATTRIBUTE: (_is_attribute, _ANY),
    Standing.EVENT: (_is_event, (PeriodKind.HISTORY,)),
    Standing.OLD: (_is_old, _ANY),
    Standing.HELD: (_is_held, (PeriodKind.DATE,)),
    Standing.DAY: (_is_day, _ANY),
    Standing.CENSUS: (_is_census, (PeriodKind.PERIOD,)),
    Standing.EPOCH: (_is_anywhere, (PeriodKind.EPOCH,)),
    Standing.FOUNDING: (_is_anywhere, (PeriodKind.FOUNDING,)),
    Standing.MOVED: (_is_moved, (PeriodKind.RANGE,)),
    Standing.PASSED: (_is_passed, _ANY),
    Standing.LAST_OPENING: (_is_last_opening, _ANY),
    Standing.LAST: (_is_last, _ANY),
    Standing.RECENTLY: (_is_recently, (PeriodKind.SPAN,)),
    Standing.AMONG: (_is_among, _ANY),
    Standing.BY_PART: (_is_by_part, _ANY),
    Standing.PAIRED: (_is_paired, _ANY),
    Standing.CLOSING: (_is_closing, _ANY),
    Standing.AHEAD: (_is_ahead, (PeriodKind.PERIOD,)),
    Standing.DESCRIBED: (_is_described, (PeriodKind.SPAN,)),
    Standing.SEASON: (_is_season, _ANY),
    Standing.OPENING: (_opens, _ANY),
    Standing.INSIDE: (_is_anywhere, _ANY),
}
