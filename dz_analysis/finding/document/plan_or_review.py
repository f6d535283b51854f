"""Whether a paragraph tells what was done or what is planned, where no heading says it.

In: the text, its paragraphs as the reading room split them, and what is known of the document.
Out: the same paragraphs, some of them turned to `plan`. Headings are believed first; then a year
that lies ahead, an announcement of goals, and the way in which a paragraph without heading speaks.

What opens or ends a plan governs the paragraphs behind it to the next heading, by the engine of
`scope`; which words do is said by the roles `stance.…` of `lexicon/scope_cues.csv`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from operator import attrgetter

from dz_analysis.finding.document.mood import plan_odds, weigh_passage
from dz_analysis.finding.model import Context
from dz_analysis.finding.scope.cues import LIST, ScopeRule, find_cues, lay_scopes, says
from dz_analysis.finding.scope.engine import Cue, Reach, Scopes
from dz_analysis.finding.scope.status import plans_own_year
from dz_analysis.finding.text.lexer import mark_words
from dz_analysis.finding.text.segment import find_stop, segment
from dz_analysis.finding.time.clock import make_clock
from dz_analysis.finding.time.headings import (
    COLONS,
    OPENS,
    SHORT,
    plan_years,
    stated_in_section,
    title_section,
)
from dz_analysis.finding.time.mentions import PeriodMention, find_periods
from dz_analysis.finding.time.resolve import resolve
from dz_analysis.finding.time.sections import HEADING_KINDS
from dz_analysis.lexicon import words
from dz_analysis.reading.page import Paragraph
from dz_analysis.reading.structure import heading_stance

MIDDLE = "06"  # the last month in which a list of deeds of the year is still a promise
EARLY = "04"  # the last month in which a report of work opens the year of its own
SECTION_ENDS = re.compile("[；;]")  # between the sections that a title names
LONGEST = 40  # a longer title is the first sentence of a text without one
PLAN, REVIEW = "plan", "review"
CATEGORY = "stance"
ANNOUNCES = "stance.announces"
BUDGET = "budget"  # the genre whose paragraphs allot
MOODED = ("work_report", "plan")  # the genres whose moods are known
SHORTEST = 80  # characters of a text that has a mood of its own
SURE = 0.5  # the odds from which a passage is taken for a plan
TAIL = 14  # characters at the end of a paragraph in which it announces a list
OPEN = -1.0  # the odds down to which a word of promise makes it one


@cache
def _fact() -> re.Pattern[str]:
    """Return the pattern of a number that is no date."""
    return re.compile(rf"[0-9](?![0-9]*{words(LIST, 'stance.date').pattern})")


@cache
def _year() -> re.Pattern[str]:
    ends = words(LIST, "stance.since")
    return re.compile(rf"(20\d\d){words(LIST, 'stance.year').pattern}(?!{ends.pattern})")


def settle_stances(
    text: str, paragraphs: Sequence[Paragraph], context: Context
) -> tuple[Paragraph, ...]:
    r"""Turn paragraphs to `plan` that their heading left as review.

    A glossary and a heading that says what it reviews stay as they are. An announcement of goals
    (预期目标是) holds for the paragraphs behind it until a heading or a word of looking back.

    Examples
    --------
    >>> text = "今年的主要预期目标是：税收增长5%。\n一是抓项目。新建学校3所。"
    >>> parts = (Paragraph(1, 0, 18), Paragraph(2, 19, len(text)))
    >>> [part.stance for part in settle_stances(text, parts, Context())]
    ['plan', 'plan']
    """
    speech = Speech(text)
    by_title = _plans_by_title(context)
    is_passage = not by_title and _is_passage(text, paragraphs, context)
    turns = tuple(_turns(text, paragraphs, context, speech))
    if is_passage:
        turns = _drop_silent(turns, paragraphs)
    cues = [Cue(0, 0, CATEGORY, by_title, reach=Reach.SECTION), *turns]
    sections = [paragraph.start for paragraph in paragraphs if _is_settled(paragraph)]
    scopes = Scopes(segment(text), cues, sections=sections)
    says_plan: Callable[[Paragraph], bool]
    if is_passage:
        says_plan = _Moods(speech, paragraphs, [turn.start for turn in turns]).is_plan
    else:
        says_plan = _speech_of(speech, context)
    return tuple(
        replace(paragraph, stance=PLAN)
        if paragraph.stance == REVIEW
        and (scopes.value(CATEGORY, paragraph.start) or says_plan(paragraph))
        else paragraph
        for paragraph in paragraphs
    )


def _speech_of(speech: Speech, context: Context) -> Callable[[Paragraph], bool]:
    """Return how a paragraph is known to plan; of a budget, by what it allots or as an account."""
    if context.genre != BUDGET:
        return speech.is_plan
    return speech.is_account if plans_own_year(context) else speech.is_budgeted


def _drop_silent(
    turns: Sequence[Cue[bool]], paragraphs: Sequence[Paragraph]
) -> tuple[Cue[bool], ...]:
    """Leave out the headings of a passage, which say neither: they end no plan."""
    heads = {paragraph.start for paragraph in paragraphs if paragraph.heading_level > 1}
    return tuple(turn for turn in turns if turn.value or turn.start not in heads)


def _is_passage(text: str, paragraphs: Sequence[Paragraph], context: Context) -> bool:
    """Whether neither title nor headings of a work report say what it looks back on or plans."""
    is_short = len(text) < SHORTEST
    if context.genre not in MOODED or is_short or len(_section_stances(context)) == 1:
        return False
    heads = (text[one.start : one.end] for one in paragraphs if one.heading_level > 1)
    return not any(heading_stance(head) for head in heads)


class _Moods:
    """The moods of the paragraphs of a passage, up to where a word of its own turns it.

    Parameters
    ----------
    speech : Speech
        How the text speaks.
    paragraphs : sequence of Paragraph
        Its paragraphs.
    turns : sequence of int
        Where words open or end a plan: what they govern has no other mood.
    """

    def __init__(
        self, speech: Speech, paragraphs: Sequence[Paragraph], turns: Sequence[int]
    ) -> None:
        self._speech = speech
        free = [one for one in paragraphs if not turns or one.start < turns[0]]
        odds = weigh_passage([plan_odds(speech.text[one.start : one.end]) for one in free])
        self._odds = dict(zip((one.start for one in free), odds, strict=True))

    def is_plan(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph speaks as a plan does; where that is open, whether it promises."""
        odds = self._odds.get(paragraph.start, 0.0)
        return odds > SURE or (odds > OPEN and self._speech.is_plan(paragraph))


def _is_settled(paragraph: Paragraph) -> bool:
    """Whether a paragraph begins what no announcement before it governs."""
    return paragraph.stance != REVIEW or paragraph.heading_level > 1


def _turns(
    text: str, paragraphs: Sequence[Paragraph], context: Context, speech: Speech
) -> Iterator[Cue[bool]]:
    """Yield where a plan opens or ends, as a cue with whether it opens.

    What is settled begins a section, which no turn before it reaches: there nothing ends.
    """
    ahead = False  # whether a heading whose year lies ahead stands over what follows
    for paragraph in paragraphs:
        turn: bool | None
        if paragraph.stance != REVIEW:
            turn = paragraph.stance == PLAN and not paragraph.section
        elif paragraph.heading_level > 1:
            heading = text[paragraph.start : paragraph.end]
            turn = ahead = _is_ahead(heading, context) or (ahead and paragraph.heading_level > 2)
        else:
            turn = speech.turn(paragraph)
            if turn is None and _opens_ahead(text, paragraph, context):
                turn = True
        if turn or (turn is False and not _is_settled(paragraph)):
            yield Cue(paragraph.start, paragraph.start, CATEGORY, turn, reach=Reach.SECTION)


class Speech:
    """How the paragraphs of a text speak: which words of planning and looking back they hold.

    Examples
    --------
    >>> text = "企业增至8家，产值2亿元。今年确保产值3亿元。"
    >>> Speech(text).is_plan(Paragraph(1, 0, len(text)))
    False
    >>> text = "今年确保产值3亿元。"
    >>> Speech(text).is_plan(Paragraph(1, 0, len(text)))
    True
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._marks = mark_words(text)
        self._announces = [cue.start for cue in lay_scopes(text, [ANNOUNCES]).cues(ANNOUNCES)]

    def turn(self, paragraph: Paragraph) -> bool | None:
        """Return whether a paragraph opens a plan (True) or ends one (False), None if neither."""
        start, end = paragraph.start, paragraph.end
        if self._looks_back(start, end):
            return False
        at = bisect_left(self._announces, start)
        if at < len(self._announces) and self._announces[at] < end:
            return True
        if self._heads_goals(start, end):
            return True
        if self._lists_tasks(end) or self._lists_tasks(self._opened(start, end)):
            return True
        is_of_growth = self._first("compared", start, end) and not self._first(
            "promises", start, end
        )
        return False if is_of_growth else None

    def is_plan(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph without a heading promises, and looks back nowhere.

        A promise governs what follows it: where facts stand in a sentence before it, it does not
        govern them.
        """
        start, end = paragraph.start, paragraph.end
        promise = None if paragraph.section else self._first("promises", start, end)
        if not promise or self._first("done", start, end):
            return False
        fact = _fact().search(self.text, start, promise.start)
        sentence = segment(self.text).sentence_at(promise.start)
        return fact is None or fact.start() >= sentence.start

    def is_budgeted(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph of a budget is a plan, or allots money and tells no execution."""
        start, end = paragraph.start, paragraph.end
        is_allotted = self._first("allots", start, end) and not self._first("executed", start, end)
        return bool(is_allotted) or self.is_plan(paragraph)

    def _heads_goals(self, start: int, end: int) -> bool:
        """Whether a paragraph is no more than a short line over goals: 全年主要预期目标."""
        line = self.text[start:end].rstrip()
        if end - start > SHORT or not words(LIST, "stance.heads").at_end(line):
            return False
        is_told = _fact().search(line) or words(LIST, "stance.carried_out").first_in(line)
        return not is_told and find_stop(line) == len(line)

    def _opened(self, start: int, end: int) -> int:
        """Return where the list begins that a paragraph announces before any fact, else its end."""
        colon = min((at for at in self._colons(start, end) if at >= 0), default=end)
        is_told = colon == end or _fact().search(self.text, start, colon)
        return end if is_told else colon + 1

    def _colons(self, start: int, end: int) -> Iterator[int]:
        return (self.text.find(colon, start, end) for colon in COLONS)

    def is_account(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph of a department's budget tells an account that nobody executed."""
        start, end = paragraph.start, paragraph.end
        is_told = self._first("accounts", start, end) and not self._first("executed", start, end)
        return bool(is_told) or self.is_budgeted(paragraph)

    def _lists_tasks(self, end: int) -> bool:
        """Whether words end in the announcement of tasks: 我们将办好以下实事。."""
        opening = segment(self.text).sentence_start(end - 1)
        last = self.text[opening:end]
        is_list = last.endswith(COLONS) or words(LIST, "stance.lists").first_in(last[-TAIL:])
        if not is_list or self._first("done", opening, end):
            return False
        return any(self._first(kind, opening, end) for kind in ("promises", "intends"))

    def _looks_back(self, start: int, end: int) -> bool:
        """Whether a paragraph opens with a word of looking back: 过去, 2016年以来."""
        back = self._first("back", start, end)
        return back is not None and not self.text[start : back.start].strip("0123456789")

    def _first(self, kind: str, start: int, end: int) -> Cue[ScopeRule] | None:
        """Return the first cue of a kind in a paragraph; most hold no word of it."""
        role = f"stance.{kind}"
        if not self._marks.of(LIST, role).touch(start, end):
            return None
        return next(find_cues(self._marks, role, start, end), None)


def _plans_by_title(context: Context) -> bool:
    """Whether a title says that its text plans: 工作安排, or deeds for the year to come.

    Its section decides (“十四五”规划的报告（一、“十三五”时期回顾）), if it says what it tells.
    """
    title, section = context.title, title_section(context.title)
    stances = _section_stances(context)
    if stances:
        return stances == {PLAN}
    if len(title) - len(section) > LONGEST or title.endswith("。"):
        return False
    years = plan_years(title)
    is_ahead = years is not None and "" < context.period_end < f"{years[0]}"
    return is_ahead or says("stance.title", title) or _lists_deeds(context)


def _section_stances(context: Context) -> frozenset[str]:
    """Return what the sections that a title names tell: what is planned, what is over, or both.

    Examples
    --------
    >>> title = "云溪县政府工作报告（一、2025年工作回顾；二、2026年工作安排）"
    >>> sorted(_section_stances(Context(title=title, period_end="2025-12")))
    ['plan', 'review']
    """
    sections = SECTION_ENDS.split(title_section(context.title))
    return frozenset(filter(None, (_section_stance(one, context) for one in sections)))


def _section_stance(section: str, context: Context) -> str:
    """Return whether a section plans or looks back, blank if it says neither.

    A year that lies ahead plans, and so does 今年工作; goals that were met look back.
    """
    is_met = words(LIST, "stance.met_behind").at_end(section)  # 预期目标提前实现
    if is_met or says("stance.reviews", section):
        return REVIEW
    firsts = (first for first, _ in _months(stated_in_section(section), context))
    is_ahead = "" < context.period_end < min(firsts, default="")
    if is_ahead or says("stance.title", section):
        return PLAN
    return heading_stance(section)


def _lists_deeds(context: Context) -> bool:
    """Whether a title lists what is to be done for the people in the year that has begun."""
    title, published = context.title, context.published
    year = _year().search(title)
    if not year or not says("stance.deeds", title) or says("stance.carried_out", title):
        return False
    is_new = published[:4] == year.group(1) and "" < published[5:7] <= MIDDLE
    return is_new or published[:4] < year.group(1)


def _opens_ahead(text: str, paragraph: Paragraph, context: Context) -> bool:
    """Whether a paragraph opens with years of a plan to come: “十五五”时期是……, 今后五年……."""
    mentions = find_periods(text)
    at = bisect_left(mentions, paragraph.start, key=attrgetter("start"))
    if at == len(mentions) or mentions[at].start > paragraph.start + OPENS:
        return False
    first = mentions[at]
    is_later = first.anchor == "year" and f"{first.years[0]}-01" > context.period_end > ""
    return first.is_wide and (is_later or first.anchor == "future")


def _is_ahead(heading: str, context: Context) -> bool:
    """Whether a heading names a time behind that reported on, or the year of the report itself.

    2013年主要工作 in March of 2013, “十四五”时期的目标 in a report on 2020.
    """
    if says("stance.reviews", heading):
        return False
    if context.period_end:
        months = list(_months(find_periods(heading), context))
        first = min((first for first, _ in months), default="")
        is_over = "" < max((last for _, last in months), default="") <= context.published[:7]
        # of 2025年执行情况和2026年草案 the earlier one counts; 今年前5个月 in June is over
        return first > context.period_end and not is_over
    match = _year().search(heading)
    published = context.published
    if not match or len(published) < 4:
        return False
    if match.group(1) != published[:4]:
        return match.group(1) > published[:4]
    is_early = len(published) < 7 or published[5:7] <= EARLY
    return is_early and context.genre == "work_report"


def _months(stated: Iterable[PeriodMention], context: Context) -> Iterator[tuple[str, str]]:
    """Yield the first and the last month of each period that statements of a heading mean."""
    clock = make_clock(context)
    for mention in stated:
        if mention.kind in HEADING_KINDS:
            reading = resolve(mention, clock.document, clock)
            yield reading.first, reading.last
