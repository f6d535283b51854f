"""Whether a number is told as done, estimated or aimed at.

In: which cues govern the number, and a small record of what else is known of it. Out: its status
and the rule. The cues are rows of `lexicon/scope_cues.csv`, the rules the rows of `DECISIONS`: the
first whose signs fit decides.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum, auto
from functools import lru_cache
from typing import NamedTuple

import rjieba

from dz_analysis.finding.model import Context, Reason, Rule, reason_of
from dz_analysis.finding.scope.cues import LIST, ScopeRule, lay_scopes, says
from dz_analysis.finding.scope.engine import Cue
from dz_analysis.finding.text.segment import REACH, find_stop, segment
from dz_analysis.lexicon import words


class StatusRule(Rule):
    """What may decide the status of a number."""

    RIVALS = "count of rivals"
    GOAL_ITSELF = "goal that another number is compared with"
    GIVEN = "count of people whom nobody made so many"
    ORIGIN = "where a change began"
    COMPLETION = "how much of a goal was reached"
    TOPIC = "that of the number whose name it takes"
    FUTURE = "when something is done that is yet to do"
    FORECAST = "estimate of a time or in a section that lies ahead"
    ESTIMATE = "estimate"
    ONWARD = "estimate, as a remark says for the rest"
    DONE = "said to be done"
    CLAUSE = "aim of the clause"
    UNDER_WAY = "count of what is under way"
    WILL = "said to be yet to come"
    AHEAD = "time that lies ahead"
    OVER = "time that is over"
    SECTION = "section of plans"
    SENTENCE = "aim of a clause before"
    ANNOUNCED = "announced aim of the sentence"
    TOLD = "told as it is"


class Sign(Enum):
    """What may be known of a number; `DECISIONS` says what follows from it."""

    __hash__ = object.__hash__  # that of `Enum` is a call in Python

    RIVALS = auto()  # it counts rivals: 在四个新区中
    GIVEN = auto()  # it counts people whom nobody made so many: 今年高校毕业生3万人
    GOAL_ITSELF = auto()  # the goal that another number is compared with: 高于6%的目标
    ORIGIN = auto()  # what an amount began at: 由5亿元增加到8亿元
    COMPLETION = auto()  # how much of a goal was reached
    TOPIC_TARGET = auto()  # no name of its own, and the number that it takes it from is a target
    TOPIC_ESTIMATE = auto()
    FUTURE = auto()  # governed by 建成后
    ESTIMATE = auto()  # by 预计
    ONWARD = auto()  # by a remark that goes for the rest: 预计（下同）
    DONE = auto()  # by 已完成
    TARGET = auto()  # by 力争 of its clause
    GOAL = auto()  # by 年度任务 of its clause
    APPROVED = auto()  # a budget that 批准的 stands before
    UNDER_WAY = auto()  # by 加快推进 directly before it, or before the list that it counts
    WILL = auto()  # by 将 of its clause
    WILL_ON = auto()  # by 将 of a clause before
    GOVERNING = auto()  # by 确保 of a clause before
    ANNOUNCING = auto()  # by 预期目标是 of its sentence
    LEVEL = auto()  # an amount itself, not how it changed
    AHEAD = auto()  # its period ends after the time that the document speaks in
    CLOSING = auto()  # its own words name the year in whose last months the document speaks
    OVER = auto()  # its own words name a time that is over: 过去一年 in a section of plans
    NEW = auto()  # its period closes with the one reported on, or later
    PLANNED = auto()  # its period is that of a section of plans
    REVIEW = auto()  # its section looks back
    PLAN = auto()  # its section plans


class Decision(NamedTuple):
    """One rule: the status where all of some signs are known and none of some others."""

    rule: StatusRule
    status: str
    needs: frozenset[Sign]
    bars: frozenset[Sign] = frozenset()

    def fits(self, signs: frozenset[Sign]) -> bool:
        """Whether the rule applies to a number of these signs."""
        return self.needs <= signs and not self.bars & signs


def _rule(rule: StatusRule, status: str, *needs: Sign, bars: Sequence[Sign] = ()) -> Decision:
    return Decision(rule, status, frozenset(needs), frozenset(bars))


# The first that fits decides. A number's own kind, then the number whose name it shares, then the
# words that govern it, then its time, its section, and what governs from further away.
DECISIONS = (
    _rule(StatusRule.RIVALS, "actual", Sign.RIVALS),
    _rule(StatusRule.GOAL_ITSELF, "target", Sign.GOAL_ITSELF),
    _rule(StatusRule.GIVEN, "estimate", Sign.GIVEN, Sign.AHEAD, bars=[Sign.DONE]),
    _rule(StatusRule.GIVEN, "estimate", Sign.GIVEN, Sign.PLAN, bars=[Sign.OVER]),
    _rule(StatusRule.ORIGIN, "actual", Sign.ORIGIN, bars=[Sign.PLANNED]),
    _rule(StatusRule.COMPLETION, "actual", Sign.COMPLETION, Sign.REVIEW),
    _rule(StatusRule.TOPIC, "target", Sign.TOPIC_TARGET, bars=[Sign.DONE, Sign.ESTIMATE]),
    _rule(StatusRule.TOPIC, "estimate", Sign.TOPIC_ESTIMATE, bars=[Sign.DONE]),
    _rule(StatusRule.FUTURE, "target", Sign.FUTURE),
    _rule(StatusRule.FORECAST, "target", Sign.ESTIMATE, Sign.AHEAD, bars=[Sign.CLOSING]),
    _rule(StatusRule.FORECAST, "target", Sign.ESTIMATE, Sign.PLAN, bars=[Sign.OVER, Sign.CLOSING]),
    _rule(StatusRule.ESTIMATE, "estimate", Sign.ESTIMATE),
    _rule(StatusRule.ONWARD, "estimate", Sign.DONE, Sign.ONWARD, Sign.NEW, bars=[Sign.AHEAD]),
    _rule(StatusRule.DONE, "actual", Sign.DONE, bars=[Sign.AHEAD]),
    _rule(StatusRule.CLAUSE, "target", Sign.TARGET),
    _rule(StatusRule.CLAUSE, "target", Sign.GOAL, Sign.LEVEL),
    _rule(StatusRule.CLAUSE, "target", Sign.APPROVED, Sign.LEVEL),
    _rule(StatusRule.UNDER_WAY, "actual", Sign.UNDER_WAY),
    _rule(StatusRule.WILL, "target", Sign.WILL),
    _rule(StatusRule.AHEAD, "target", Sign.AHEAD),
    _rule(StatusRule.ONWARD, "estimate", Sign.PLAN, Sign.OVER, Sign.ONWARD, Sign.NEW),
    _rule(StatusRule.OVER, "actual", Sign.PLAN, Sign.OVER, bars=[Sign.GOVERNING, Sign.ANNOUNCING]),
    _rule(StatusRule.SECTION, "target", Sign.PLAN),
    _rule(StatusRule.SENTENCE, "target", Sign.GOVERNING, bars=[Sign.OVER]),
    _rule(StatusRule.SENTENCE, "target", Sign.WILL_ON),
    _rule(StatusRule.ANNOUNCED, "target", Sign.ANNOUNCING),
    _rule(StatusRule.ONWARD, "estimate", Sign.ONWARD, Sign.NEW),
    _rule(StatusRule.TOLD, "actual"),
)
# The roles of cues whose government is a sign.
CUE_SIGNS = {
    "future": Sign.FUTURE,
    "estimate": Sign.ESTIMATE,
    "estimate_onward": Sign.ONWARD,
    "done": Sign.DONE,
    "target": Sign.TARGET,
    "goal": Sign.GOAL,
    "approved": Sign.APPROVED,
    "under_way": Sign.UNDER_WAY,
    "will": Sign.WILL,
    "will_on": Sign.WILL_ON,
    "governing": Sign.GOVERNING,
    "announcing": Sign.ANNOUNCING,
}
WILL_ROLES = ("will", "will_on")
UNDER_WAY, APPROVED = "under_way", "approved"
RANK = "rank"  # the measure that is known before the count is in
PLANNING = ("work_report", "budget", "plan")  # genres that name months to come
OPENING = ("work_report", "budget", "press")  # genres that tell early in a year what it brings
PROFILES = ("overview", "gazetteer")  # put together from accounts of several years
_COUNTED = re.compile(r"\d[\d,.]*[\u4e00-\u9fff“]{3}|[\u4e00-\u9fff][\u4e00-\u9fff“]{3}")
GOING, BY_WORDS = "going", ("improved", "used")  # how a word tells that what is counted is there
LATE = "10"  # the month from which a year closes: what is expected of it is an estimate
LISTED = "、"  # between names that are counted: 推进云溪、青禾2个基地建设
FAR = 40  # characters of a list behind its first count
SHOWN = 7  # characters behind 将 that show what it is


@lru_cache(maxsize=4096)  # numbers of one text have few sets of signs
def decide(signs: frozenset[Sign]) -> Decision:
    """Return the first decision that fits.

    Examples
    --------
    >>> decide(frozenset([Sign.ESTIMATE])).status
    'estimate'
    >>> decide(frozenset([Sign.ESTIMATE, Sign.AHEAD])).status
    'target'
    >>> decide(frozenset()).rule is StatusRule.TOLD
    True
    """
    return next(decision for decision in DECISIONS if decision.fits(signs))


class Evidence(NamedTuple):
    """What is known of a number besides the cues round it.

    `first` and `last` are the months of its period; `is_planned` says that the period is only
    that of a section of plans, `is_dated` that its own words name it. `topic` is the status of the
    number whose name it shares, blank if it has a name of its own.
    """

    stance: str = "review"
    measure: str = "level"
    first: str = ""
    last: str = ""
    topic: str = ""
    is_planned: bool = False
    is_dated: bool = False
    is_rivals: bool = False
    is_goal: bool = False
    is_origin: bool = False
    is_given: bool = False


class StatusReading(NamedTuple):
    """The status of a number, and what decided."""

    status: str
    reason: Reason


class StatusReader:
    """Reads the status of the numbers of a text.

    Parameters
    ----------
    text : str
        Clean text.
    numbers : sequence of int
        Where its numbers begin, in text order.
    context : Context
        What the document reports on, and when.

    Examples
    --------
    >>> text = "税收8亿元，力争增长5%；预计支出9亿元"
    >>> reader = StatusReader(text, [2, 10, 17], Context())
    >>> [reader.read(start, Evidence()).status for start in (2, 10, 17)]
    ['actual', 'target', 'estimate']
    """

    def __init__(self, text: str, numbers: Sequence[int], context: Context) -> None:
        self.text = text
        self._context, self._now = context, speaks_in(context)
        self._latest = speaks_at_latest(context)
        self._is_own_plan = plans_own_year(context)
        self._numbers = numbers
        scopes = lay_scopes(text, tuple(CUE_SIGNS), numbers=numbers, accept=self._accepts)
        self._starts, governing = scopes.together(tuple(CUE_SIGNS))
        self._cues = [{CUE_SIGNS[role]: cue for role, cue in of.items()} for of in governing]
        self._readings: dict[tuple[int, Evidence], StatusReading] = {}  # alike for most of a clause

    def read(self, offset: int, evidence: Evidence) -> StatusReading:
        """Read the status of a number.

        Parameters
        ----------
        offset : int
            Where it begins; else where what it is compared with begins (完成预计目标的87%),
            because cues in them say nothing of it.
        evidence : Evidence
            What else is known of it.
        """
        stretch = bisect_right(self._starts, offset) - 1
        if evidence.measure == RANK and Sign.ESTIMATE in self._cues[stretch]:
            return self._read(self._known(self._cues[stretch], offset), evidence)
        reading = self._readings.get((stretch, evidence))
        if reading is None:
            reading = self._read(self._cues[stretch], evidence)
            self._readings[stretch, evidence] = reading
        return reading

    def _known(
        self, cues: Mapping[Sign, Cue[ScopeRule]], offset: int
    ) -> Mapping[Sign, Cue[ScopeRule]]:
        """Return what governs a rank: 总量全市第二 behind 预计税收8亿元 is known."""
        start = segment(self.text).clause_start(offset)
        return {
            sign: cue for sign, cue in cues.items() if sign is not Sign.ESTIMATE or cue.end > start
        }

    def _read(self, cues: Mapping[Sign, Cue[ScopeRule]], evidence: Evidence) -> StatusReading:
        """Read the status that some cues and what else is known make."""
        decision = decide(frozenset([*_kinds(evidence), *cues, *self._times(evidence, cues)]))
        for sign, cue in cues.items():
            if sign in decision.needs:
                reason = reason_of(decision.rule, cue.value.word, LIST, cue.value.role)
                return StatusReading(decision.status, reason)
        return StatusReading(decision.status, reason_of(decision.rule))

    def _accepts(self, cue: Cue[ScopeRule]) -> bool:
        """Whether a cue is what its word says; 将 and 推进 need more than their word."""
        segments = segment(self.text)
        at = bisect_left(self._numbers, cue.end)
        number = self._numbers[at] if at < len(self._numbers) else len(self.text)
        if cue.category in (UNDER_WAY, APPROVED):
            between = self.text[cue.end : min(number, cue.end + REACH)]
            stop = segments.clause_stop(cue.end)
            if cue.category == APPROVED:  # 批准的收入预算为8亿元, but not 批准的开发区3个
                return number < stop and bool(words("name_words", "plan_ends").first_in(between))
            counted, kind = self.text[number:stop], cue.value.value
            return number < stop and is_under_way(between, counted, kind=kind)
        if cue.category not in WILL_ROLES:
            return True
        if number >= segments.part_at(cue.end).end:
            return False  # nothing follows that it could govern
        return is_will(self.text[cue.end : min(segments.clause_stop(cue.end), cue.end + REACH)])

    def _times(self, evidence: Evidence, cues: Mapping[Sign, object]) -> Iterator[Sign]:
        """Yield how the period of a number lies to the time of writing."""
        context, now = self._context, self._now
        is_past = Sign.DONE in cues and evidence.first <= self._latest
        if is_ahead(evidence, context, now) and not is_past:
            yield Sign.AHEAD
        is_over = "" < evidence.last <= min(context.period_end, now)
        if evidence.is_dated and is_over and not self._is_own_plan:
            yield Sign.OVER
        if evidence.is_dated and now[5:] >= LATE and evidence.last == f"{now[:4]}-12":
            yield Sign.CLOSING
        if evidence.last >= context.period_end:
            yield Sign.NEW


def _kinds(evidence: Evidence) -> Iterator[Sign]:
    """Yield the signs of a number's own kind, of its section, and of the number it goes with."""
    held = {
        Sign.RIVALS: evidence.is_rivals,
        Sign.GOAL_ITSELF: evidence.is_goal,
        Sign.ORIGIN: evidence.is_origin,
        Sign.GIVEN: evidence.is_given,
        Sign.PLANNED: evidence.is_planned,
        Sign.COMPLETION: evidence.measure == "completion",
        Sign.LEVEL: evidence.measure == "level",
        Sign.REVIEW: evidence.stance == "review",
        Sign.PLAN: evidence.stance == "plan",
        Sign.TOPIC_TARGET: evidence.topic == "target",
        # 预计税收8亿元，居全市第二: the rank is known
        Sign.TOPIC_ESTIMATE: evidence.topic == "estimate" and evidence.measure != RANK,
    }
    return (sign for sign, is_held in held.items() if is_held)


def is_ahead(evidence: Evidence, context: Context, now: str) -> bool:
    """Whether a period lies ahead; a report speaks of the year that it opens as of a plan.

    Where nothing says when a text was written, months that it names are over, if it is none of
    those that plan: 2013年前八月 in an account of 2011. In a profile, whose paragraphs are of
    different years, whole years are over as well.
    """
    if not context.period_end or not evidence.first:
        return False
    if _is_over(evidence, context):
        return False
    is_early = context.genre in OPENING and evidence.first > context.period_end
    is_new = is_early or (context.genre == "work_report" and _runs_on(evidence, context))
    return evidence.first > now or (is_new and evidence.last > now)


def _is_over(evidence: Evidence, context: Context) -> bool:
    """Whether what a text without a date, or one given late, tells of is over."""
    is_whole = evidence.first.endswith("-01") and evidence.last.endswith("-12")
    if not is_whole and _is_told_late(evidence, context):
        return True
    may_plan = is_whole and context.genre not in PROFILES
    return evidence.is_dated and not (may_plan or context.published or context.genre in PLANNING)


def _is_told_late(evidence: Evidence, context: Context) -> bool:
    """Whether a report without a date may look back on months of the year after: 今年1至9月.

    It may have been given late in that year, or in one whose last months it tells of.
    """
    is_told = evidence.is_dated and evidence.stance != "plan" and not context.published
    return is_told and evidence.last <= speaks_at_latest(context)


def _runs_on(evidence: Evidence, context: Context) -> bool:
    """Whether a period is a plan's that was begun and runs on: “十四五”期间 in 2022."""
    is_plan = evidence.is_dated and evidence.last.endswith("-12")
    return is_plan and evidence.last[:4] > f"{int(context.period_end[:4]) + 1}"


def plans_own_year(context: Context) -> bool:
    """Whether a title names the budget of a department, and not how it was executed.

    Examples
    --------
    >>> plans_own_year(Context(title="青禾局2019年部门预算", genre="budget"))
    True
    >>> plans_own_year(Context(title="青禾局2019年部门预算执行情况", genre="budget"))
    False
    """
    if context.genre != "budget" or not says("stance.budget", context.title):
        return False
    return not any(says(role, context.title) for role in ("stance.carried_out", "stance.executed"))


def speaks_in(context: Context) -> str:
    """Return the month in which a document speaks, as well as it is known.

    Examples
    --------
    >>> speaks_in(Context(published="2021")), speaks_in(Context(period_end="2020-12"))
    ('2021-12', '2020-12')
    """
    if len(context.published) >= 7:
        return context.published[:7]
    return f"{context.published}-12" if len(context.published) == 4 else context.period_end


def speaks_at_latest(context: Context) -> str:
    """Return the last month in which a document may speak: what it says is done was done by then.

    A report that nobody dated is given in the year after the one that it reports on.

    Examples
    --------
    >>> speaks_at_latest(Context(period_end="1980-12", genre="work_report"))
    '1981-12'
    >>> speaks_at_latest(Context(period_end="1980-12", published="1981-02"))
    '1981-02'
    """
    is_undated = context.genre in OPENING and context.period_end and not context.published
    return f"{int(context.period_end[:4]) + 1}-12" if is_undated else speaks_in(context)


def is_under_way(between: str, counted: str, *, kind: str = "") -> bool:
    """Whether a count behind a word of hastening is of what is there: 推进云溪、青禾等3个基地建设.

    `kind` says what the word itself tells: what is hastened is `going` on (加快建设4个牧场), what
    is promoted is there if it is to be `improved` (推动9家农庄提档升级), and so is what is `used`.

    Examples
    --------
    >>> is_under_way("", "3个基地建设"), is_under_way("云溪、青禾等", "3个基地建设")
    (True, True)
    >>> is_under_way("云溪、青禾", "2个基地建设"), is_under_way("甲路、乙路", "2个道路建设")
    (True, False)
    >>> is_under_way("云溪、青禾", "320兆瓦光伏项目建设")
    False
    >>> is_under_way("旧房改造", "300户，"), is_under_way("", "4个公园建设")
    (False, False)
    >>> is_under_way("建设", "4个海洋牧场，", kind="going")
    True
    >>> [is_under_way("", f"9家农庄{done}", kind="improved") for done in ("提档升级", "开业")]
    [True, False]
    """
    goal = words(LIST, "under_way.goals").first_in(counted[:SHOWN])
    if goal or find_stop(between) < len(between):
        return False
    if kind != "improved" and words(LIST, "under_way.sums").at_end(between):
        return _is_thing(counted)  # 加快建设总投资8亿元的水厂项目
    if _COUNTED.match(counted) is None:
        return False
    if kind in BY_WORDS:
        return not between and bool(words(LIST, f"under_way.{kind}").first_in(counted))
    is_near = not between or between in words(LIST, "under_way.verbs")
    return _is_of_works(between, counted, is_near=is_near) or (is_near and kind == GOING)


def _is_of_works(between: str, counted: str, *, is_near: bool) -> bool:
    """Whether what is counted is a list of examples, or works that are begun before hastened."""
    if words(LIST, "under_way.list").at_end(between):
        return True
    names = between.count(LISTED) + 1
    is_list = names > 1 and re.match(rf"{names}(?!\d)", counted) is not None
    return (is_near or is_list) and _is_thing(counted)


def _is_thing(counted: str) -> bool:
    """Whether what stands behind a number is of the works that are begun before hastened."""
    return bool(words(LIST, "under_way.things").first_in(counted[:FAR]))


@lru_cache(maxsize=4096)
def is_will(clause: str) -> bool:
    """Whether 将 before the rest of its clause is "will", not the 将 that takes an object.

    Examples
    --------
    >>> is_will("打造名片3张"), is_will("园区分成三片"), is_will("保障标准提高到350元")
    (True, False, False)
    """
    following = rjieba.tag(clause[:SHOWN])
    if not following:
        return False
    first, kind = following[0]
    return kind in ("v", "d", "ad", "p") and not _takes_object(clause, first)


def _takes_object(clause: str, first: str) -> bool:
    """Whether 将 takes an object that was moved: 将低保标准提高到350元."""
    turned = words(LIST, "will.turned").first_in(clause, 2)
    return bool(turned) and first not in words(LIST, "will.led")
