"""What the paragraphs of a document are about that state no time of their own.

In: paragraphs in text order, each with the statements of time in it. Out: the period of each, by
the heading of its section, the paragraph that announces the list it stands in, the year that
plans are made for, or the document's own.
"""

from __future__ import annotations

from collections.abc import Sequence

from dz_analysis.finding.time.clock import Clock, PeriodReading, PeriodRule
from dz_analysis.finding.time.headings import (
    announces,
    heads_by_time,
    is_caption,
    is_listed,
    opens_years,
    plan_years,
    stated_in_title,
    turns_to_year,
)
from dz_analysis.finding.time.mentions import WHOLE_YEAR, PeriodKind, PeriodMention
from dz_analysis.finding.time.resolve import resolve
from dz_analysis.reading.page import Paragraph

BRACKETS = "（）() \u3000"  # round the month of publication
HEADING_KINDS = (
    PeriodKind.PERIOD,
    PeriodKind.RANGE,
    PeriodKind.SPAN,
    PeriodKind.SINCE,
    PeriodKind.MOMENT,
)


class Sections:
    """The period of each paragraph, told while one walks through them in order.

    Parameters
    ----------
    text : str
        The article.
    clock : Clock
        The document's.
    title : str
        The document's title; blank if its first line is the title.
    years : PeriodReading, optional
        The years that a passage without headings speaks of.
    is_annual : bool
        Whether it is an account of one year, so that what stands before its first heading speaks
        for none of its sections: “十四五”以来，全市…… ⏎ 一、综合.
    """

    def __init__(
        self,
        text: str,
        clock: Clock,
        title: str,
        years: PeriodReading | None = None,
        *,
        is_annual: bool = False,
    ) -> None:
        self._text, self._clock, self._title = text, clock, title
        self._planned = self._plan(plan_years(title))
        self._section = self._of_heading(stated_in_title(title)) or years or clock.undated
        self._unannounced = self._section  # of the paragraph, but for what was announced
        self._level = 0
        self._is_annual = is_annual
        self._ahead: PeriodReading | None = None  # the years to come that the last heading names
        self._is_mixed = self._is_deeper = False  # of the last heading
        self._announced: PeriodReading | None = None
        self._is_held = False  # whether what was announced goes on to the next heading

    def _plan(self, years: tuple[int, int] | None) -> PeriodReading:
        """Return the years that plans are made for: those of the title, else the one it is."""
        if not years:
            years = (self._clock.plan_year, self._clock.plan_year)
        if not years[0]:
            return self._clock.undated
        return PeriodReading(f"{years[0]}-01", f"{years[1]}-12", PeriodRule.PLAN)

    def enter(self, paragraph: Paragraph, inside: Sequence[PeriodMention]) -> bool:
        """Go on to a paragraph; return whether statements of time in it govern its numbers.

        A caption's years are the figure's, a heading's those of its section.
        """
        self._unannounced = self._of_section(paragraph)
        if is_caption(self._text, paragraph) or self._is_dateline(paragraph, inside):
            return False
        if paragraph.heading_level > 1 or heads_by_time(
            self._text, paragraph, inside, title=self._title
        ):
            self._enter_section(paragraph, inside)
            return False
        self._leave_list(paragraph)
        return True

    def _is_dateline(self, paragraph: Paragraph, inside: Sequence[PeriodMention]) -> bool:
        """Whether a line holds only a month behind those reported on: when it was published."""
        if len(inside) != 1 or inside[0].months == WHOLE_YEAR:
            return False
        words = self._text[paragraph.start : paragraph.end].strip(BRACKETS)
        first = resolve(inside[0], self._clock.document, self._clock).first
        return words == inside[0].text and first > self._clock.last > ""

    @property
    def default(self) -> PeriodReading:
        """What the paragraph is about."""
        return self._announced or self._unannounced

    def leave(
        self, paragraph: Paragraph, inside: Sequence[PeriodMention], state: PeriodReading
    ) -> None:
        """Note what a paragraph speaks of at its end, in case it announces what follows."""
        if inside and self.default.years > 1 and turns_to_year(self._text, paragraph, inside):
            self._announced, self._is_held = resolve(inside[0], self.default, self._clock), True
            return
        opens = bool(inside) and opens_years(self._text, paragraph, inside)
        if opens:  # “十五五”时期是……，为2035年……打下基础
            state = resolve(inside[0], self.default, self._clock)
        if state.is_same(self.default) or not (opens or announces(self._text, paragraph, inside)):
            return
        is_headed = self._unannounced.rule is PeriodRule.HEADING and self._unannounced.years <= 1
        self._announced = state
        self._is_held = opens and (self._is_mixed or not is_headed)

    def _enter_section(self, paragraph: Paragraph, inside: Sequence[PeriodMention]) -> None:
        """Take the time of a heading; one below the last that names none stays in its section."""
        stated = self._of_heading(inside)
        self._is_mixed = _is_mixed(inside)
        self._ahead = self._years_ahead(inside)
        self._is_deeper = not stated and paragraph.heading_level > self._level
        if self._is_annual and not self._level:
            self._is_deeper = False  # what was said before the first heading is over
        if not self._is_deeper:
            self._announced, self._level = None, paragraph.heading_level
        self._section = stated or self._unannounced
        self._unannounced = self._section

    def _leave_list(self, paragraph: Paragraph) -> None:
        """Forget what was announced where its list, its section or its years are over."""
        window = self._announced
        self._is_held = bool(
            self._is_held and window and not self._is_plan_after(paragraph, window)
        )
        if not (self._is_deeper or self._is_held or is_listed(self._text, paragraph)):
            self._announced = None

    def _is_plan_after(self, paragraph: Paragraph, window: PeriodReading) -> bool:
        """Whether a paragraph plans, and so is not about the years that were looked back on."""
        return paragraph.stance == "plan" and window.last <= self._clock.last

    def _of_section(self, paragraph: Paragraph) -> PeriodReading:
        """Return the period of a paragraph by its section and its stance."""
        is_headed = self._section.rule is PeriodRule.HEADING
        if is_headed and not self._is_plan_after(paragraph, self._section):
            return self._section
        if paragraph.stance == "plan":
            return self._ahead or self._planned
        return self._clock.undated

    def _years_ahead(self, inside: Sequence[PeriodMention]) -> PeriodReading | None:
        """Return the plan to come that a heading names beside what is over, if it names one.

        “十四五”时期发展成就和“十五五”时期主要目标.
        """
        wide = [mention for mention in inside if mention.is_wide]
        readings = [resolve(mention, self._clock.document, self._clock) for mention in wide]
        ahead = [reading for reading in readings if reading.first > self._clock.last > ""]
        return ahead[0]._replace(rule=PeriodRule.PLAN) if ahead else None

    def _of_heading(self, inside: Sequence[PeriodMention]) -> PeriodReading | None:
        """Return the period of a heading: the year it names, before a plan or a window."""
        stated = [mention for mention in inside if mention.kind in HEADING_KINDS]
        years = [m for m in stated if m.kind is PeriodKind.PERIOD and m.years[0] == m.years[1]]
        if not stated:
            return None
        reading = resolve((years or stated)[0], self._clock.document, self._clock)
        return reading._replace(rule=PeriodRule.HEADING) if reading.period else None


def _is_mixed(inside: Sequence[PeriodMention]) -> bool:
    """Whether a heading names a year and several: 2025年和“十四五”时期, 一年和五年工作回顾."""
    wide = [_is_of_years(mention) for mention in inside if mention.anchor != "future"]
    return any(wide) and not all(wide)


def _is_of_years(mention: PeriodMention) -> bool:
    return mention.is_wide and not (mention.kind is PeriodKind.SPAN and mention.years[0] == 1)
