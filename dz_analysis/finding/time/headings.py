"""Short lines that state a time for what follows: headings, announcements of lists, captions.

In: a paragraph of clean text and the statements of time in it. Out: what the paragraph is to the
ones behind it; `periods` lays their time accordingly.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dz_analysis.finding.time.mentions import PeriodMention
from dz_analysis.finding.time.words import read_number
from dz_analysis.reading.page import Paragraph

SHORT = 24  # characters that a heading without a mark of its own may have
OPENS = 8  # characters before the years that open a paragraph
NUMERALS = "一二三四五六七八九十"
_STOP = re.compile("[。！？!?；;\n，,]")
_DIGIT = re.compile(r"[0-9]")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_PLAN = re.compile(
    r"第(?P<ordinal>十[一二三四五六]?|[六七八九])个五年(?:规划|计划)"
    r"|[“\"]?(?P<short>十[一二三四五六]?五|[六七八九]五)[”\"]?[^，。\n]{0,20}(?:规划|计划|纲要)"
)
_CAPTION = re.compile(r"[图表]\s?\d{1,3}(?:[-－—.]\d{1,2})?[\s:：、.]?")
_LIST_SIGN = re.compile(
    rf"[\s—－-]{{1,4}}|[（(]?[{NUMERALS}\d]{{1,3}}[）)、．.]|[{NUMERALS}]{{1,2}}是"
)


def plan_years(title: str) -> tuple[int, int] | None:
    """Return the years of the five-year plan that a title names.

    Examples
    --------
    >>> plan_years("某县国民经济和社会发展第十三个五年规划纲要")
    (2016, 2020)
    >>> plan_years("某市“十四五”教育发展规划")
    (2021, 2025)
    """
    named = _PLAN.search(title)
    if not named:
        return None
    number = read_number(named["ordinal"] or named["short"][:-1])
    return 1951 + 5 * number, 1955 + 5 * number


def heads_by_time(
    text: str, paragraph: Paragraph, inside: Sequence[PeriodMention], *, title: str = ""
) -> bool:
    """Tell whether a short line without a stop is headed by its time: 2024年主要预期目标.

    The first line of a text is its title, unless a title is given that it is no part of.
    """
    words = text[paragraph.start : paragraph.end]
    if len(words) > SHORT or not inside:
        return False
    if paragraph.heading_level:
        is_title = not title or words in title or title in words
        return paragraph.heading_level == 1 and not is_title
    first = inside[0]
    rest = words[: first.start - paragraph.start] + words[first.end - paragraph.start :]
    is_cut = _STOP.search(rest) or _DIGIT.search(rest) or words.endswith(("：", ":"))
    return first.start - paragraph.start <= 3 and not is_cut


def is_listed(text: str, paragraph: Paragraph) -> bool:
    """Tell whether a paragraph is an item of a list: （一）, 1., 一是, ——."""
    return bool(_LIST_SIGN.match(text, paragraph.start, paragraph.end))


def is_caption(text: str, paragraph: Paragraph) -> bool:
    """Tell whether a paragraph is the caption of a figure or table, whose years are its own."""
    return bool(_CAPTION.match(text, paragraph.start, paragraph.end))


def announces(text: str, paragraph: Paragraph, inside: Sequence[PeriodMention]) -> bool:
    """Tell whether a paragraph speaks for a list behind it: 五年来，我们主要做了：."""
    words = text[paragraph.start : paragraph.end].rstrip()
    if words.endswith(("：", ":")):
        return True
    wide = [m for m in inside if m.kind in ("span", "since") or m.years[0] < m.years[1]]
    dated = sum(any(sign.isdigit() for sign in mention.text) for mention in inside)
    return bool(wide) and len(_NUMBER.findall(words)) <= 3 * dated


def opens_years(text: str, paragraph: Paragraph, inside: Sequence[PeriodMention]) -> bool:
    """Tell whether a paragraph opens with years that it gives no number for: 五年来，……的五年.

    They govern the paragraphs behind it to the next heading; what announces a list ends with it.
    """
    first = inside[0]
    is_wide = first.kind == "span" or (first.anchor == "year" and first.years[0] < first.years[1])
    dated = sum(sign.isdigit() for mention in inside for sign in mention.text)
    digits = sum(sign.isdigit() for sign in text[paragraph.start : paragraph.end])
    is_past = first.anchor != "future" and not text.endswith(("：", ":"), 0, paragraph.end)
    is_told = text.endswith("的", 0, first.start)  # 这是经济实力大幅提升的五年
    opens = is_told or first.start - paragraph.start <= OPENS
    return is_wide and is_past and opens and digits <= dated
