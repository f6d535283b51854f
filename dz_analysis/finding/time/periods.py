"""Time: which months a number is about.

In: clean text, its paragraphs, and what is known of the document (`Context`).
Out: `find_periods` gives the statements of time in a text as they stand; `PeriodLine` lays them
over the document and says for any offset which of them governs it, and why.

A statement that opens a clause governs what follows, up to the next one or the end of its
paragraph; one inside a clause governs the rest of its clause or sentence. Above them stand the
paragraph that announces a list, the heading of the section, and the document's own period.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import itemgetter

from dz_analysis.finding.model import Context
from dz_analysis.finding.time.clock import PeriodReading, make_clock
from dz_analysis.finding.time.headings import (
    announces,
    heads_by_time,
    is_caption,
    is_listed,
    opens_years,
    plan_years,
)
from dz_analysis.finding.time.mentions import PeriodMention, find_periods, opens_clause
from dz_analysis.finding.time.resolve import add_up, resolve
from dz_analysis.finding.time.words import load_words
from dz_analysis.reading.page import Paragraph

SENTENCE_END = re.compile("[。！？!?；;\n]")
CLAUSE_END = re.compile("[。！？!?；;\n，,]")
NUMBER = re.compile(r"[0-9]+(?:[.,，][0-9]+)?")
DIGIT = re.compile(r"[0-9]")
SHORT_MEAN = re.compile("[两二三]年平均")
MEAN_REACH = 12  # characters in which 两年平均 comes to its number
ASIDE = re.compile(r"[（(][^（()）]*$")
BESIDE = 24  # characters that may stand before a time in brackets
RECENT = 20  # years: what is older is told of its sentence alone
PASSING = ("origin", "history")  # kinds that say nothing of the months told behind them
REACH = 60  # characters in which 由2015年的… comes to its 增加到


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
        self._title, self._planned = context.title, plan_years(context.title)
        self.mentions = find_periods(text)
        self._starts = [mention.start for mention in self.mentions]
        self._sentence_ends = [match.start() for match in SENTENCE_END.finditer(text)]
        self._clause_ends = [match.start() for match in CLAUSE_END.finditer(text)]
        self._offsets: list[int] = []
        self._readings: list[PeriodReading] = []
        self._spans: list[tuple[int, PeriodReading]] = []
        self._lay(paragraphs or (Paragraph(1, 0, len(text)),))

    def at(self, start: int, *, clause_start: int = 0, is_state: bool = False) -> PeriodReading:
        """Return the period that governs a quantity at an offset.

        A level that is reached in a window of years (五年来…余额达) is told for the window's last
        year, and so is a share or a rank (`is_state`); `clause_start` says where the words that
        tell so may begin.
        """
        reading = self._readings[max(bisect_right(self._offsets, start) - 1, 0)]
        clause = self.text[max(clause_start, start - REACH, self._clause_start(start)) : start]
        if shared := self._share_out(start, reading):
            return shared
        if self._is_earlier(clause, start):
            return self._earlier(start, reading)
        if reading.years <= 1:
            return self._added_up(clause, start) or reading
        is_closing = is_state and self._is_closing(clause, start)
        return reading.close() if is_closing or self._is_reached(clause, start) else reading

    def _added_up(self, clause: str, start: int) -> PeriodReading | None:
        """Return the years that a sum is told for: “十二五”时期…… 2015年……；累计完成投资9亿元."""
        window = self._window(start)
        if not window or not load_words().summed.search(clause):
            return None
        low = self._sentence_start(start)
        return None if self._before(low, start) else window

    def _is_closing(self, clause: str, start: int) -> bool:
        """Whether a share or a rank in a window is told for its end: not kept up, not of a sum."""
        words = load_words()
        told = self.text[self._sentence_start(start) : start]
        is_of_sum = clause.startswith("占") and words.summed.search(told)
        return not (words.kept.search(clause) or is_of_sum)

    def _window(self, start: int) -> PeriodReading | None:
        """Return the years that the paragraph at an offset speaks of, if they are several."""
        at = bisect_right(self._spans, start, key=itemgetter(0)) - 1
        window = self._spans[at][1] if at >= 0 else None
        return window if window and window.years > 1 else None

    def _is_earlier(self, clause: str, start: int) -> bool:
        """Whether a number is the earlier of two whose year is not told: 由5亿元增加到8亿元."""
        words = load_words()
        turn = words.earlier.search(clause)
        if not turn or not words.later.match(self.text, start, start + REACH):
            return False
        return not self._before(start - len(turn.group()), start)

    def _earlier(self, start: int, reading: PeriodReading) -> PeriodReading:
        """Return the time of the earlier amount: told for a pair before it, else just before."""
        if reading.rule.startswith("range"):
            return reading.open()
        for mention in reversed(self._before(self._sentence_start(start), start)):
            if mention.kind == "origin" and mention.anchor == "year":
                return resolve(mention, reading, self.clock)
        window = self._window(start)
        if window and reading.period == window.close().period:
            return window.before()  # 2021年…，工业占比由41%提高到45%, in a review of five years
        return reading.before()

    def _clause_start(self, start: int) -> int:
        at = bisect_left(self._clause_ends, start)
        return self._clause_ends[at - 1] + 1 if at else 0

    def _sentence_start(self, start: int) -> int:
        at = bisect_left(self._sentence_ends, start)
        return max(self._sentence_ends[at - 1] + 1 if at else 0, start - 4 * REACH)

    def _share_out(self, start: int, reading: PeriodReading) -> PeriodReading | None:
        """Deal out periods that are listed: 2018年、2019年分别完成3万亩、4万亩."""
        words, low = load_words(), self._sentence_start(start)
        dealt = self.text.rfind(words.each, low, start)
        if dealt < 0:
            return None
        listed = self._before(low, dealt)
        run = listed[-1:]
        for mention in reversed(listed[:-1]):
            if not words.joint.fullmatch(self.text[mention.end : run[0].start]):
                break
            run = (mention, *run)
        number = len(NUMBER.findall(self.text, dealt, start)) if len(run) > 1 else 0
        if len(run) < 2 or number >= len(run) or any(m.kind == "base" for m in run):
            return None
        return resolve(run[number], reading, self.clock)

    def _is_reached(self, clause: str, start: int) -> bool:
        """Whether the words about a number say that a level stood there in the end."""
        words = load_words()
        if words.relation.match(clause):  # 余额达130亿元，是“十一五”末的2倍: as what it relates to
            base = self._before(start - len(clause), start)
            behind = self.text[max(0, start - len(clause) - REACH) : start - len(clause)]
            clause = DIGIT.split(SENTENCE_END.split(behind)[-1])[0]
            if base and base[0].years[0] == base[0].years[1]:
                return not words.summed.search(clause)
        elif self._is_related(start):
            return not words.summed.search(clause)
        piece = clause.rsplit("、", 1)[-1]
        rest = words.reached.sub("", piece)
        return rest != piece and not (
            words.summed.search(rest) or words.changed.search(DIGIT.split(rest)[-1])
        )

    def _is_related(self, start: int) -> bool:
        """Whether what follows a number relates it to one year: 8亿元，是2011年的2.1倍."""
        relation = load_words().related.match(self.text, start)
        base = self._before(relation.end(), relation.end() + 4) if relation else ()
        return bool(base) and base[0].kind == "base" and base[0].years[0] == base[0].years[1]

    def is_mean(self, start: int, end: int) -> bool:
        """Tell whether the words of a clause tell a yearly mean: 年均增加300元, not 年均浓度."""
        return load_words().mean.search(self.text, start, end) is not None

    def mean_at(self, start: int) -> PeriodReading:
        """Return the years that a yearly mean at an offset runs over (年均增长9%).

        是2011年的2.6倍，年均增长17%: the mean runs from the year after the base of its sentence to
        the period that governs it. A window that governs it already is taken as it is.
        """
        reading = self.at(start)
        if not reading.last or reading.first[:4] != reading.last[:4]:
            return reading
        if not reading.years or SHORT_MEAN.search(self.text, max(0, start - MEAN_REACH), start):
            return reading  # of a part of a year: 上半年…比2019年同期增长12.9%，两年平均增长6.3%
        low = self._sentence_start(start)
        for mention in reversed(self._before(low, start)):
            is_base = mention.kind in ("base", "origin") and mention.anchor == "year"
            if is_base and mention.years[1] + 1 < int(reading.last[:4]):
                first = f"{mention.years[1] + 1}-01"
                return PeriodReading(first, reading.last, f"mean since {mention.text}")
        window = self._window(start)
        if window and window.last[:4] == reading.last[:4]:
            return PeriodReading(window.first, window.last, f"{window.rule}, mean")
        return reading

    def told_in(self, start: int, end: int) -> PeriodReading | None:
        """Return the period that some words state of themselves, such as the head of a column."""
        said = [m for m in self._before(start, end) if m.kind not in ("base", "origin")]
        ground = PeriodReading(self.clock.first, self.clock.last, "document")
        reading = resolve(said[-1], ground, self.clock) if said else None
        return reading if reading and reading.period else None

    def _before(self, low: int, start: int) -> tuple[PeriodMention, ...]:
        starts = self._starts
        return self.mentions[bisect_right(starts, low - 1) : bisect_right(starts, start - 1)]

    def _lay(self, paragraphs: Sequence[Paragraph]) -> None:
        """Walk the paragraphs with the section's and the list's period as state."""
        document = PeriodReading(self.clock.first, self.clock.last, "document")
        self._put(0, document)
        section, level, carried, plan_year = document, 0, None, None
        deeper = held = mixed = False
        for paragraph in paragraphs:
            inside = self._before(paragraph.start, paragraph.end)
            ground = self._default(paragraph, section, document, plan_year)
            if is_caption(self.text, paragraph):
                self._put(paragraph.start, carried or ground)  # its years are the figure's
                continue
            if paragraph.heading_level > 1 or heads_by_time(
                self.text, paragraph, inside, title=self._title
            ):
                said, mixed = self._of_heading(inside), _is_mixed(inside)
                deeper = not said and paragraph.heading_level > level
                carried = carried if deeper else None
                section, level = (said or ground), (level if deeper else paragraph.heading_level)
                plan_year = said if said and paragraph.stance == "plan" else plan_year
                self._put(paragraph.start, carried or section)
                continue
            held = held and carried is not None and not self._is_plan_after(paragraph, carried)
            if carried and not (deeper or held or is_listed(self.text, paragraph)):
                carried = None
            state = self._lay_paragraph(paragraph, inside, carried or ground)
            if state != (carried or ground) and announces(self.text, paragraph, inside):
                carried = state
                is_headed = ground.rule == "heading" and ground.years <= 1 and not mixed
                held = not is_headed and opens_years(self.text, paragraph, inside)
            self._put(paragraph.end, ground)

    def _is_plan_after(self, paragraph: Paragraph, window: PeriodReading) -> bool:
        """Whether a paragraph plans, and so is not about the years that were looked back on."""
        return paragraph.stance == "plan" and window.last <= self.clock.last

    def _default(
        self,
        paragraph: Paragraph,
        section: PeriodReading,
        document: PeriodReading,
        plan_year: PeriodReading | None,
    ) -> PeriodReading:
        """Return the period of a paragraph that states none: its section's, by its stance."""
        if paragraph.stance != "plan":
            return section if section.rule == "heading" else document
        if section.rule == "heading":
            return section
        if plan_year:
            return plan_year
        if self._planned:
            first, last = self._planned
            return PeriodReading(f"{first}-01", f"{last}-12", "plan section")
        year = self.clock.now_year
        return PeriodReading(f"{year}-01", f"{year}-12", "plan section") if year else document

    def _of_heading(self, inside: Sequence[PeriodMention]) -> PeriodReading | None:
        """Return the period of a heading: the year it names, before a plan or a window."""
        stated = [m for m in inside if m.kind in ("period", "range", "span", "since", "moment")]
        if not stated:
            return None
        single = [m for m in stated if m.kind == "period" and m.years[0] == m.years[1]]
        ground = PeriodReading(self.clock.first, self.clock.last, "document")
        reading = resolve((single or stated)[0], ground, self.clock)
        return PeriodReading(reading.first, reading.last, "heading") if reading.period else None

    def _lay_paragraph(
        self, paragraph: Paragraph, inside: Sequence[PeriodMention], ground: PeriodReading
    ) -> PeriodReading:
        """Lay one paragraph's mentions; return the state at its end."""
        state = year = window = ground  # a bare month is read in the year last stated
        self._put(paragraph.start, state)
        self._spans.append((paragraph.start, ground))
        for number, mention in enumerate(inside):
            if mention.kind == "base":
                self._lay_base(mention, state, year)
                continue
            if mention.kind == "sum":
                reading = add_up(mention, window, self.clock)
                self._put(mention.start, reading)
                self._put(_next(self._sentence_ends, mention.end, paragraph.end), state)
                continue
            reading = resolve(mention, year, self.clock)
            if mention.kind == "remark":
                self._put(self._clause_start(mention.start), reading)
                self._put(mention.end, state)
                continue
            passing = mention.kind in PASSING
            if reading.years > 1 and not passing:
                window = reading
                self._spans.append((mention.end, reading))
            year = reading if mention.anchor and reading.last and not passing else year
            if mention.kind == "present":
                reading = state = year = ground
            stop = self._scope_end(mention, paragraph.end, ground)
            self._put(mention.end, reading)
            if stop is None:
                state = reading
                continue
            follower = inside[number + 1].end if number + 1 < len(inside) else stop + 1
            if stop < follower:
                self._put(stop, state)
        return state

    def _lay_base(self, mention: PeriodMention, state: PeriodReading, year: PeriodReading) -> None:
        """Give the amount of a base its own time: 比上年的2.5亿元减少0.2亿元."""
        amount = load_words().amount_of_base.match(self.text, mention.end)
        if amount:
            same = mention.text.endswith(load_words().same)
            self._put(mention.end, year.before() if same else resolve(mention, year, self.clock))
            self._put(amount.end(), state)

    def _scope_end(self, mention: PeriodMention, limit: int, ground: PeriodReading) -> int | None:
        """Return where a mention stops governing, or None if it goes on to the paragraph's end."""
        text, end = self.text, mention.end
        if ASIDE.search(text, max(0, mention.start - BESIDE), mention.start):
            return min(_closing(text, end), limit)  # 37毫米（4月2日—5日），平均气温
        if mention.kind == "origin":
            turn = load_words().turn.search(text, end, min(limit, end + REACH))
            return turn.start() if turn else _next(self._clause_ends, end, limit)
        is_past = not self.clock.first[:4] <= str(mention.years[1]) <= self.clock.last[:4]
        is_past = is_past or mention.months[0] == mention.months[1]
        if load_words().attribute.match(text, end) or (mention.kind == "history" and is_past):
            return _next(self._clause_ends, end, limit)
        is_history = mention.anchor == "year" and self.clock.year - mention.years[1] > RECENT
        if is_history or mention.kind in ("date", "moment", "founding"):
            return _next(self._sentence_ends, end, limit)
        if self._is_aside(mention, ground):
            return _next(self._sentence_ends, end, limit)
        is_told = mention.kind == "span" and text.endswith("的", 0, mention.start)
        opens = is_told or opens_clause(text, mention.start)  # 换届以来的四年, 这是……的五年
        low = self._sentence_start(mention.start)
        if text.endswith(load_words().among, 0, mention.start) or load_words().by_part.match(
            text, low, mention.start
        ):  # 其中一季度, 分季度看: of this sentence
            return _next(self._sentence_ends, end, limit)
        if mention.closing and not mention.anchor:  # 年底: of this clause, if it stands inside
            return _next(self._sentence_ends if opens else self._clause_ends, end, limit)
        return None if opens else _next(self._sentence_ends, end, limit)

    def _is_aside(self, mention: PeriodMention, ground: PeriodReading) -> bool:
        """Whether a year speaks of its sentence alone: 1999年… in a review that ends in 2002.

        So does a pair of years between which an amount moved: 2020年到2025年，…从3%提高到5%.
        """
        if mention.kind == "range":
            end = _next(self._sentence_ends, mention.end, len(self.text))
            return bool(load_words().moved.search(self.text, mention.end, end))
        if mention.anchor != "year" or mention.years[0] != mention.years[1]:
            return False
        year = f"{mention.years[0]}"
        return ground.years > 1 and ground.first[:4] <= year < ground.last[:4]

    def _put(self, offset: int, reading: PeriodReading) -> None:
        if self._offsets and self._offsets[-1] >= offset:
            self._offsets[-1] = max(offset, self._offsets[-1])
            self._readings[-1] = reading
            return
        self._offsets.append(offset)
        self._readings.append(reading)


def _closing(text: str, start: int) -> int:
    """Return where the bracket round an offset closes, the end of the text if it does not."""
    found = [at for at in (text.find("）", start), text.find(")", start)) if at >= 0]
    return min(found, default=len(text))


def _next(ends: Sequence[int], start: int, limit: int) -> int:
    """Return the first of some sorted offsets from a start on, at most the limit."""
    at = bisect_left(ends, start)
    return min(ends[at], limit) if at < len(ends) else limit


def _is_mixed(inside: Sequence[PeriodMention]) -> bool:
    """Whether a heading names one year and several: 2025年和“十四五”时期工作回顾."""
    wide = [m.kind == "span" or m.years[0] < m.years[1] for m in inside if m.anchor != "future"]
    return any(wide) and not all(wide)
