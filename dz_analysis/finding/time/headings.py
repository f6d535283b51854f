"""Short lines that state a time for what follows: headings, announcements of lists, captions.

In: a paragraph of clean text and the statements of time in it. Out: what the paragraph is to the
ones behind it; `periods` lays their time accordingly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dz_analysis.finding.text.segment import find_stop
from dz_analysis.finding.time.mentions import (
    PeriodKind,
    PeriodMention,
    find_periods,
    plan_of_number,
)
from dz_analysis.finding.time.words import form, listed, read_number
from dz_analysis.reading.page import Paragraph

SHORT = 24  # characters that a heading without a mark of its own may have
OPENS = 8  # characters before the years that open a paragraph
NEAR = 3  # characters before the time that a short line is headed by
NUMBERS = 3  # what may be counted beside each time of an announcement
COLONS = ("：", ":")
_DIGIT = re.compile(r"[0-9]")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
OPENING, CLOSING = "（(", "）)"


def plan_years(title: str) -> tuple[int, int] | None:
    """Return the years of the five-year plan that a title names.

    Examples
    --------
    >>> plan_years("某县国民经济和社会发展第十三个五年规划纲要")
    (2016, 2020)
    >>> plan_years("某市“十四五”教育发展规划")
    (2021, 2025)
    """
    named = form("plan_title").search(title)
    return plan_of_number(read_number(named["ordinal"] or named["short"][:-1])) if named else None


def title_section(title: str) -> str:
    """Return the section that a title says its text is of, in brackets at its end; else blank.

    What only says when, where or in which report it was told is no section.

    Examples
    --------
    >>> title_section("2026年云溪县政府工作报告（“十四五”回顾）")
    '“十四五”回顾'
    >>> title_section("云溪县预算报告（二、2026年预算（草案）情况）")
    '二、2026年预算（草案）情况'
    >>> title_section("政府工作报告（2026年1月6日在云溪县会议上；三、2026年安排）（摘要）")
    '三、2026年安排'
    >>> title_section("2026年云溪县政府工作报告"), title_section("云溪县政府工作报告（2026年）")
    ('', '')
    """
    return next(filter(None, map(_without_occasion, _last_brackets(title))), "")


def _last_brackets(title: str) -> Iterator[str]:
    """Yield what stands in the brackets that a title ends with, the last first."""
    depth, end = 0, len(title)
    for at in range(len(title) - 1, -1, -1):
        depth += (title[at] in CLOSING) - (title[at] in OPENING)
        if not depth:
            if title[end - 1] not in CLOSING:
                return
            yield title[at + 1 : end - 1]
            end = at


def _without_occasion(words: str) -> str:
    """Return the words of a bracket without what is said of the whole text before a section."""
    occasion = form("occasion").match(words)
    return words[occasion.end() :] if occasion else words


def stated_in_title(title: str) -> tuple[PeriodMention, ...]:
    """Return the statements of time in the section that a title names."""
    section = title_section(title)
    if not section:  # 云溪县过去五年工作回顾
        return tuple(one for one in find_periods(title) if _looks_back(one))
    return stated_in_section(section)


def stated_in_section(section: str) -> tuple[PeriodMention, ...]:
    """Return the statements of time that say what a section is about.

    A single year counts where it opens the section (三、2026年预算安排) or stands beside several
    (“十三五”和2020年工作回顾): elsewhere it is as often that of the issue or of the whole text
    (公报2026年第10期). Years that are looked back on count anywhere. A plan whose goals were met
    (“十五”计划主要目标提前实现) says what its text shows, not of which years.
    """
    stated = find_periods(section)
    opens = form("list_sign").match(section)
    start = opens.end() if opens else 0
    is_mixed = any(mention.is_wide for mention in stated)
    return tuple(
        mention
        for mention in stated
        if (not mention.is_year or mention.start == start or is_mixed)
        and not form("goals_reached").match(section, mention.end)
    )


def _looks_back(mention: PeriodMention) -> bool:
    """Whether a statement names several years that are over: 过去五年."""
    return mention.kind is PeriodKind.SPAN and mention.anchor == "past" and mention.years[0] > 1


def heads_by_time(
    text: str, paragraph: Paragraph, inside: Sequence[PeriodMention], *, title: str = ""
) -> bool:
    """Tell whether a short line without a stop is headed by its time: 2024年主要预期目标.

    The first line of a text is its title, unless a title is given that it is no part of, or it
    heads plans: 2022年工作安排.
    """
    words = text[paragraph.start : paragraph.end]
    if len(words) > SHORT or not inside:
        return False
    if paragraph.heading_level:
        is_title = not title or words in title or title in words
        is_title = is_title and paragraph.stance != "plan"
        return paragraph.heading_level == 1 and not is_title
    start, end = inside[0].start - paragraph.start, inside[0].end - paragraph.start
    return start <= NEAR and _is_unbroken(words[:start] + words[end:])


def _is_unbroken(words: str) -> bool:
    """Whether words have no mark that ends a clause, and no number."""
    return find_stop(words) == len(words) and not _DIGIT.search(words)


def is_listed(text: str, paragraph: Paragraph) -> bool:
    """Tell whether a paragraph is an item of a list: （一）, 1., 一是, ——."""
    return bool(form("list_sign").match(text, paragraph.start, paragraph.end))


def is_caption(text: str, paragraph: Paragraph) -> bool:
    """Tell whether a paragraph is the caption of a figure or table, whose years are its own."""
    return bool(form("caption").match(text, paragraph.start, paragraph.end))


def announces(text: str, paragraph: Paragraph, inside: Sequence[PeriodMention]) -> bool:
    """Tell whether a paragraph speaks for a list behind it: 五年来，我们主要做了：.

    An item of a list speaks for others only by its colon.
    """
    words = text[paragraph.start : paragraph.end].rstrip()
    if words.endswith(COLONS):
        return True
    if is_listed(text, paragraph):
        return False
    is_wide = any(mention.is_wide or mention.kind is PeriodKind.SINCE for mention in inside)
    dated = sum(bool(_DIGIT.search(mention.text)) for mention in inside)
    return is_wide and len(_NUMBER.findall(words)) <= NUMBERS * dated


def opens_years(text: str, paragraph: Paragraph, inside: Sequence[PeriodMention]) -> bool:
    """Tell whether a paragraph opens with years that it gives no number for: 五年来，……的五年.

    They govern the paragraphs behind it to the next heading; what announces a list ends with it.
    """
    first = inside[0]
    is_wide = first.is_wide and (first.kind is PeriodKind.SPAN or first.anchor == "year")
    if not is_wide or first.anchor == "future" or text.endswith(COLONS, 0, paragraph.end):
        return False
    opens = first.start - paragraph.start <= OPENS
    is_described = text.endswith(listed("span.of"), 0, first.start)  # 这是……大幅提升的五年
    if not (opens or is_described):
        return False
    if form("opening_years").match(text, first.end, paragraph.end):
        return True  # “十四五”时期是……极不平凡的五年。
    return not _has_number_beside(text, paragraph, inside)


def turns_to_year(text: str, paragraph: Paragraph, inside: Sequence[PeriodMention]) -> bool:
    """Tell whether a paragraph opens with the year just past: 刚刚过去的2025年，…, 过去一年，….

    In a review of several years it speaks for those behind it, up to the next window or heading.
    """
    first = inside[0]
    is_window = first.kind is PeriodKind.SPAN and first.anchor == "past" and first.years[0] == 1
    is_past = first.is_year and text.endswith(listed("year.past"), 0, first.start)
    return (is_window or is_past) and bool(
        form("opening_turn").fullmatch(text[paragraph.start : first.start])
    )


def _has_number_beside(text: str, paragraph: Paragraph, inside: Sequence[PeriodMention]) -> bool:
    """Whether a paragraph holds a digit that is no part of a statement of time."""
    dated = sum(sum(map(str.isdigit, mention.text)) for mention in inside)
    return sum(map(str.isdigit, text[paragraph.start : paragraph.end])) > dated
