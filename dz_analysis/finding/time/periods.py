"""Time: which months a number is about.

In: clean text, its paragraphs, and what is known of the document (`Context`).
Out: `PeriodLine`, which lays the statements of time over the document and says for any offset
which of them governs it, and why.

Every statement is a cue for the engine of scopes, with the direction and the reach of its
standing (`reach`). Where none governs stands what the paragraph is about (`sections`). Then a
number takes all of the period that governs it, or the time before it, or its last year
(`reached`): 床位由400张增加到650张.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache, cached_property

from dz_analysis.finding.model import Context
from dz_analysis.finding.scope.engine import Cue, Direction, Reach, Scopes
from dz_analysis.finding.text.segment import segment
from dz_analysis.finding.time.clock import PeriodReading, PeriodRule, Shift, make_clock
from dz_analysis.finding.time.headings import COLONS, stated_in_title
from dz_analysis.finding.time.mentions import PeriodKind, PeriodMention, find_periods
from dz_analysis.finding.time.passage import years_of_passage
from dz_analysis.finding.time.reach import PERIOD, Standing, Stated, make_cue
from dz_analysis.finding.time.reached import is_against_years, is_reached, own_words, without_list
from dz_analysis.finding.time.resolve import add_up, resolve, within
from dz_analysis.finding.time.sections import Sections
from dz_analysis.finding.time.words import form, listed
from dz_analysis.lexicon import one_of
from dz_analysis.reading.page import Paragraph

REPORTS = ("work_report", "budget")  # the genres whose passages look back on several years
ANNUAL = ("bulletin", "budget")  # the genres that are an account of one year
WINDOW = "window"  # the category of what speaks of several years
NUMBER = re.compile(r"[0-9]+(?:[.,，][0-9]+)?")
REVIEWED = (PeriodRule.HEADING, PeriodRule.SPAN, PeriodRule.PERIOD, PeriodRule.PLAN)
ADDED = (Standing.SUM, Standing.OTHER_SUM, Standing.SUM_OPENING)
PLAN_YEARS = 5  # that a plan runs over, to a year that they divide
MEAN_REACH = 12  # characters in which 两年平均 comes to its number
REACH = 60  # characters in which 由5亿元… comes to its 增加到
STATED = 1  # the rank of what is said behind a number, above what is said before it
# What is asked of every statement: Python 3.11 searches for a member each time it is named.
_PRESENT, _SUM, _SPAN, _BASE = (
    PeriodKind.PRESENT,
    PeriodKind.SUM,
    PeriodKind.SPAN,
    PeriodKind.BASE,
)
PASSING = (PeriodKind.ORIGIN, PeriodKind.HISTORY)  # say nothing of the months behind them


@cache
def _dealt() -> re.Pattern[str]:
    """Return the pattern of a word that deals out what is listed: 分别."""
    return re.compile(one_of(listed("base.each")))


class PeriodLine:
    """The periods of a document laid along its text.

    Parameters
    ----------
    text : str
        The article.
    paragraphs : sequence of Paragraph
        Its paragraphs, with headings and stance; may be empty.
    context : Context
        The document's own period, publication date and genre.
    """

    def __init__(self, text: str, paragraphs: Sequence[Paragraph], context: Context) -> None:
        self.text = text
        self.clock = make_clock(context)
        self.mentions = find_periods(text)
        self._starts = [mention.start for mention in self.mentions]
        self._segments = segment(text)
        self._dealt = [match.start() for match in _dealt().finditer(text)]
        self._default_starts: list[int] = []
        self._defaults: list[PeriodReading] = []
        cues = self._walk(paragraphs or (Paragraph(1, 0, len(text)),), context)
        self._scopes = Scopes(self._segments, cues)

    def at(self, start: int, *, is_state: bool = False) -> PeriodReading:
        """Return the period that a quantity at an offset is about.

        A level that is reached in a window of years (五年来…余额达) is told for the window's last
        year, and so is a share or a rank (`is_state`).
        """
        reading = self.governing(start)
        clause = self._clause(start)
        if shared := self._share_out(start, reading):
            return shared
        if self._is_earlier(clause, start):
            return self._earlier(start, reading)
        if reading.first == reading.last and self._sums_up_more(start):
            return self.default_at(start)
        if reading.years <= 1:
            return self._added_up(clause, start) or reading
        is_aim = reading.first > self.clock.last > ""
        if is_aim and not form("arrived").search(clause):
            return reading  # a goal for the years of a plan
        if form("year_before").search(clause):  # 比上年增长8%
            return reading.close()
        is_closing = (is_state and self._is_closing(clause, start)) or is_reached(
            self.text, self.mentions, start
        )
        return reading.close() if is_closing and not self._is_of_years(start) else reading

    def governing(self, start: int) -> PeriodReading:
        """Return the period of the statement that governs an offset, else its paragraph's."""
        cue = self._scopes.governing(PERIOD, start)
        return cue.value if cue else self.default_at(start)

    def default_at(self, start: int) -> PeriodReading:
        """Return the period of the paragraph at an offset, whatever is stated in it."""
        at = bisect_right(self._default_starts, start) - 1
        return self._defaults[at] if at >= 0 else self.clock.undated

    def looks_back(self, start: int, reading: PeriodReading) -> bool:
        """Whether a number is told for several years that a review looks back on, and no sum."""
        if reading.rule not in REVIEWED or reading.standing in ADDED or self._is_of_years(start):
            return False
        return reading.years > 1 and reading.last <= self.clock.last

    def _is_of_years(self, start: int) -> bool:
        """Whether a number is held against several years: 是“十二五”期间的1.6倍, not a balance."""
        clause = self._segments.clause_start(start)
        before = self._before(clause, start)
        is_behind = bool(before) and before[-1].kind is PeriodKind.BASE and before[-1].is_wide
        subject = self._segments.clause_start(clause - 1) if is_behind and clause else clause
        told = self.text[subject:start]
        if any(stock in told for stock in listed("reached.stocks")):
            return False
        number = NUMBER.match(self.text, start)
        end = number.end() if number else start
        stop = self._segments.part_at(start).stop
        return is_behind or is_against_years(self.text, self.mentions, end, stop)

    def is_untold(self, sentence: int, start: int) -> bool:
        """Whether no time is stated between the start of a sentence and a number in it."""
        return all(one.kind is PeriodKind.BASE for one in self._before(sentence, start))

    def is_promised(self, reading: PeriodReading) -> bool:
        """Whether the text promises something for the year of a period: 2022年，我们将……."""
        return reading.first[:4] in self._promised and reading.years == 1

    @cached_property
    def _promised(self) -> frozenset[str]:
        """The years that a promise is made for."""
        years = (one for one in self.mentions if one.is_year and one.kind is PeriodKind.PERIOD)
        return frozenset(
            f"{one.years[0]}" for one in years if form("promised").match(self.text, one.end)
        )

    def _clause(self, start: int) -> str:
        """Return the words of a number's clause before it, without those of a list it goes on."""
        clause = self.text[max(self._segments.clause_start(start), start - REACH) : start]
        return without_list(clause)

    def _part_start(self, start: int) -> int:
        return max(self._segments.part_start(start), start - 4 * REACH)

    def _before(self, low: int, start: int) -> tuple[PeriodMention, ...]:
        """Return the statements that begin in a stretch."""
        return self.mentions[bisect_left(self._starts, low) : bisect_left(self._starts, start)]

    def _share_out(self, start: int, reading: PeriodReading) -> PeriodReading | None:
        """Deal out periods that are listed: 2018年、2019年分别完成3万亩、4万亩."""
        at = bisect_left(self._dealt, start)
        if not at or self._dealt[at - 1] < start - 4 * REACH:
            return None  # the part of most numbers holds no such word
        low = self._part_start(start)
        dealt = max(self.text.rfind(word, low, start) for word in listed("base.each"))
        stated = self._before(low, dealt) if dealt >= 0 else ()
        run = self._joined(stated)
        if any(mention.kind is PeriodKind.BASE for mention in run):
            return None
        if len(run) < 2:
            return self._share_out_range(reading, dealt, start) if dealt >= 0 else None
        number = len(NUMBER.findall(self.text, dealt, start))
        return resolve(run[number], reading, self.clock) if number < len(run) else None

    def _share_out_range(
        self, reading: PeriodReading, dealt: int, start: int
    ) -> PeriodReading | None:
        """Deal out the years of a range to as many numbers: 2018年至2020年分别为3、4、5万亩.

        2018年以来 begins a range too, up to the year reported on or the one before it.
        """
        if reading.rule not in (PeriodRule.RANGE, PeriodRule.SINCE):
            return None
        clause = self.text[dealt : self._segments.clause_stop(start)]
        count, years = len(NUMBER.findall(clause)), reading.years
        told = self.text[self._segments.clause_start(dealt) : dealt]
        is_one = not any(joint in told for joint in listed("base.joints"))  # of one indicator
        is_since = is_one and reading.first.endswith("-01")
        counts = {PeriodRule.RANGE: (years,), PeriodRule.SINCE: (years, years + 1) * is_since}
        if count < 2 or count not in counts[reading.rule]:
            return None
        year = int(reading.first[:4]) + len(NUMBER.findall(self.text, dealt, start))
        return reading._replace(first=f"{year}-01", last=f"{year}-12")

    def _joined(self, mentions: Sequence[PeriodMention]) -> tuple[PeriodMention, ...]:
        """Return the last statements that stand joined: 2018年、2019年."""
        run = tuple(mentions[-1:])
        for mention in reversed(mentions[:-1]):
            if not form("joint").fullmatch(self.text, mention.end, run[0].start):
                break
            run = (mention, *run)
        return run

    def _is_earlier(self, clause: str, start: int) -> bool:
        """Whether a number is the earlier of two whose year is not told: 由5亿元增加到8亿元."""
        turn = form("earlier").search(clause)
        if not turn or not form("later").match(self.text, start, start + REACH):
            return False
        return not self._before(start - len(turn.group()), start)

    def _earlier(self, start: int, reading: PeriodReading) -> PeriodReading:
        """Return the time of the earlier amount: told for a pair before it, else just before."""
        if reading.rule is PeriodRule.RANGE:
            return reading.open()
        for mention in reversed(self._before(self._part_start(start), start)):
            if mention.kind is PeriodKind.ORIGIN and mention.anchor == "year":
                return resolve(mention, reading, self.clock)
            if mention.kind is PeriodKind.BASE and form("held_against").match(
                self.text, mention.end
            ):  # 与“十二五”末相比，公路由800公里增加到900公里
                return resolve(mention, reading, self.clock).close()
        if "" < self.clock.last < reading.first:
            return self.clock.document._replace(shift=Shift.BEFORE)  # 到2025年，由600个增加到…
        window = self._window(start)
        is_noted = reading.standing in (Standing.REMARK, Standing.BRACKET)
        if window and (is_noted or reading.period == window.close().period):
            return window.before()  # 2021年…，工业占比由41%提高到45%, in a review of five years
        return reading.before()

    def _added_up(self, clause: str, start: int) -> PeriodReading | None:
        """Return the years that a sum is told for: “十二五”时期…… 2015年……；累计完成投资9亿元."""
        window = self._window(start) if form("summed").search(clause) else None
        if not window:
            return None
        return None if self._before(self._part_start(start), start) else window

    def _sums_up_more(self, start: int) -> bool:
        """Whether a number sums up more than the month told before: 6月增长8%，累计增长7%."""
        told = self._before(self._segments.sentence_start(start), start)
        at = next((m.end for m in reversed(told) if m.kind is not PeriodKind.BASE), start)
        return form("sums_up").search(self.text, at, start) is not None

    def _is_closing(self, clause: str, start: int) -> bool:
        """Whether a share or a rank in a window is told for its end: not kept up, not of a sum.

        增速居全市首位 behind a yearly mean is of the years of that mean.
        """
        own = own_words(clause)
        if form("kept").search(own) or any(one in clause for one in listed("span.summed")):
            return False
        low = self._part_start(start) if own == clause else start - len(clause)
        is_share = own.startswith(listed("reached.share"))
        return not (is_share and form("summed").search(self.text, low, start))

    def _window(self, start: int) -> PeriodReading | None:
        """Return the years that the paragraph at an offset speaks of, if they are several."""
        cue = self._scopes.governing(WINDOW, start)
        window = cue.value if cue else self.default_at(start)
        return window if window.years > 1 else None

    def is_on_year(self, start: int) -> bool:
        """Whether a number says how many times what was in one year: 是2015年的1.4倍."""
        stated = self._before(self._segments.clause_start(start), start)
        return bool(stated) and stated[-1].kind is PeriodKind.BASE and not stated[-1].is_wide

    def is_mean(self, start: int, end: int) -> bool:
        """Tell whether the words of a clause tell a yearly mean: 年均增加300元, not 年均浓度."""
        return form("mean").search(self.text, start, end) is not None

    def mean_at(self, start: int) -> PeriodReading:
        """Return the years that a yearly mean at an offset runs over (年均增长9%).

        是2011年的2.6倍，年均增长17%: the mean runs from the year after the base of its sentence to
        the period that governs it. A window that governs it already is taken as it is, and so is
        a part of a year: 上半年…比2019年同期增长12.9%，两年平均增长6.3%. One that is planned for
        the last year of a plan (到2030年，…年均增长5%) runs over the plan.
        """
        reading = self._year_ahead(start, self.at(start))
        is_year = bool(reading.years) and reading.first[:4] == reading.last[:4]
        if not is_year or form("short_mean").search(self.text, max(0, start - MEAN_REACH), start):
            return reading
        year = int(reading.last[:4])
        for mention in reversed(self._before(self._part_start(start), start)):
            is_base = mention.kind in (PeriodKind.BASE, PeriodKind.ORIGIN)
            if is_base and mention.anchor == "year" and mention.years[1] + 1 < year:
                first, rule = f"{mention.years[1] + 1}-01", PeriodRule.BASE
                return PeriodReading(first, reading.last, rule, mention.text, Shift.MEAN)
        window = self._window(start)
        if window and window.last[:4] == reading.last[:4]:
            return window._replace(last=reading.last, shift=Shift.MEAN)
        if self.clock.year and year > self.clock.year + 1 and not year % PLAN_YEARS:
            return reading._replace(first=f"{year - PLAN_YEARS + 1}-01", shift=Shift.MEAN)
        return reading

    def _year_ahead(self, start: int, reading: PeriodReading) -> PeriodReading:
        """Return the year of a goal told before in the line of a plan of one year, if it is later.

        No mean runs over the one year: 到2030年，产值翻一番。…年均增长5%.
        """
        if reading.years != 1 or reading.first <= self.clock.last:
            return reading
        stated = reversed(self._before(self._segments.line_at(start)[0], start))
        years = (one for one in stated if one.is_year and one.kind is PeriodKind.PERIOD)
        later = next((one for one in years if f"{one.years[0]}" > reading.last[:4]), None)
        return resolve(later, reading, self.clock) if later else reading

    def stated_in(self, start: int, end: int) -> PeriodReading | None:
        """Return the period that some words state of themselves, such as the head of a column."""
        passing = (PeriodKind.BASE, PeriodKind.ORIGIN)
        stated = [m for m in self._before(start, end) if m.kind not in passing]
        reading = resolve(stated[-1], self.clock.document, self.clock) if stated else None
        return reading if reading and reading.period else None

    def _walk(
        self, paragraphs: Sequence[Paragraph], context: Context
    ) -> Iterator[Cue[PeriodReading]]:
        """Walk the paragraphs; note what each is about and yield the cues of its statements."""
        is_report = context.genre in REPORTS and not stated_in_title(context.title)
        passage = (self.text, paragraphs, self.mentions, self.clock)
        years = years_of_passage(*passage) if is_report else None
        is_annual = context.genre in ANNUAL
        sections = Sections(self.text, self.clock, context.title, years, is_annual=is_annual)
        for paragraph in paragraphs:
            inside = self._before(paragraph.start, paragraph.end)
            is_governed = sections.enter(paragraph, inside)
            default = sections.default
            self._default_starts.append(paragraph.start)
            self._defaults.append(default)
            if is_governed:
                cues = tuple(self._cues(paragraph, inside, default))
                yield from cues
                sections.leave(paragraph, inside, self._state(cues, paragraph))

    def _cues(
        self, paragraph: Paragraph, inside: Sequence[PeriodMention], default: PeriodReading
    ) -> Iterator[Cue[PeriodReading]]:
        """Yield the cues of a paragraph; a bare month is read in the year last stated."""
        year = window = default
        before = -1
        for mention in inside:
            reading = self._resolve(mention, year, window, default)
            stated = Stated(mention, self.text, default, self.clock, before, window)
            cue = make_cue(stated, reading, limit=paragraph.end)
            yield cue
            kind = mention.kind
            if kind in _ASIDE:
                yield from self._window_behind(mention, before)
                yield from self._year_behind(mention, before, year, default)
                continue
            before = mention.start
            is_passing = kind in PASSING
            if reading.years > 1 and not is_passing:
                window = reading
                yield cue._replace(category=WINDOW, reach=Reach.PARAGRAPH, until=paragraph.end)
            if kind is _PRESENT or (mention.anchor and reading.last and not is_passing):
                year = reading

    def _window_behind(self, mention: PeriodMention, before: int) -> Iterator[Cue[PeriodReading]]:
        """Yield the years that what is compared with several years is told for: the next ones.

        税收9亿元，比“十三五”增收3亿元: of 2021 to 2025, if its part of the sentence says no other.
        """
        is_years = mention.kind is PeriodKind.BASE and mention.anchor == "year" and mention.is_wide
        first, count = mention.years[1] + 1, mention.years[1] - mention.years[0]
        is_now = first <= self.clock.year <= first + count
        if not (is_years and is_now) or before >= self._part_start(mention.start):
            return
        window = PeriodReading(
            f"{first}-01", f"{self.clock.year}-12", PeriodRule.BASE, mention.text
        )
        yield from _in_part(mention, window)

    def _year_behind(
        self, mention: PeriodMention, before: int, year: PeriodReading, default: PeriodReading
    ) -> Iterator[Cue[PeriodReading]]:
        """Yield the year that what is compared with the year reported on is told for: the next.

        税收比2020年增长3%，达到9亿元, in a report on 2020 that says no other year before it.
        """
        if not (mention.kind is PeriodKind.BASE and mention.is_year):
            return
        own, following = (_whole_year(mention.years[0] + past, mention.text) for past in (0, 1))
        if default.period == own.period and year.period in (own.period, following.period):
            is_first = before < self._part_start(mention.start)
            yield from _in_part(mention, following, is_first=is_first)

    def _state(self, cues: Sequence[Cue[PeriodReading]], paragraph: Paragraph) -> PeriodReading:
        """Return what a paragraph speaks of at its end: the last statement that goes on to it.

        A sentence that ends in a colon goes on with its own time: 2019年，税收5亿元，其中：.
        """
        if not cues:  # as most paragraphs: they state no time
            return self.default_at(paragraph.start)
        end, reaches = paragraph.end, {Reach.PARAGRAPH}
        opens = self._segments.sentence_start(end - 1)
        if self.text.endswith(COLONS, 0, end):
            reaches.add(Reach.SENTENCE)
        states = [
            cue.value
            for cue in cues
            if cue.category == PERIOD and cue.reach in reaches and cue.until >= end
            if cue.reach is Reach.PARAGRAPH or cue.start >= opens
        ]
        return states[-1] if states else self.default_at(paragraph.start)

    def _resolve(
        self,
        mention: PeriodMention,
        year: PeriodReading,
        window: PeriodReading,
        default: PeriodReading,
    ) -> PeriodReading:
        """Return the months of a statement, read in the year and the years last stated."""
        kind = mention.kind
        if kind is _PRESENT:
            return default
        if kind is _SUM:
            return add_up(mention, window, self.clock)
        if kind is _SPAN and mention.text.endswith(listed("span.within")):
            return within(mention, window, self.clock)
        if _is_counted_again(mention, window):
            return window
        if self._is_closing_year(mention, default):
            mention = mention._replace(anchor="report")
        if kind is _BASE and mention.text.endswith(listed("base.same")):
            return year.before()  # 比上年同期的2.5亿元
        return resolve(mention, year, self.clock)

    def _is_closing_year(self, mention: PeriodMention, default: PeriodReading) -> bool:
        """Whether 今年 is the year reviewed, whose count is not in yet: 预计今年财力8亿元."""
        is_review = default.period == self.clock.document.period
        is_now = mention.anchor == "now" and mention.years == (0, 0)
        expected = listed("closing.expected")
        return is_review and is_now and self.text.endswith(expected, 0, mention.start)


def _whole_year(year: int, cue: str) -> PeriodReading:
    return PeriodReading(f"{year}-01", f"{year}-12", PeriodRule.BASE, cue)


def _in_part(
    mention: PeriodMention, reading: PeriodReading, *, is_first: bool = True
) -> Iterator[Cue[PeriodReading]]:
    """Yield what a statement says of its part: of what is behind it, and before the first one."""
    cue = Cue(mention.start, mention.end, PERIOD, reading, reach=Reach.PART)
    yield cue
    if is_first:
        yield cue._replace(direction=Direction.BACKWARD, rank=STATED)


def _is_counted_again(mention: PeriodMention, window: PeriodReading) -> bool:
    """Whether a window only counts the years just named: 1986～1997年，……。12年间."""
    is_past = mention.kind is PeriodKind.SPAN and mention.anchor == "past"
    return is_past and window.rule is PeriodRule.RANGE and window.years == mention.years[0]


_ASIDE = (PeriodKind.BASE, PeriodKind.SUM, PeriodKind.REMARK)  # speak of a number or a sum alone
