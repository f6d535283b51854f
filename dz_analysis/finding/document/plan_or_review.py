"""Whether a paragraph tells what was done or what is planned, where no heading says it.

In: the text, its paragraphs as the reading room split them, and what is known of the document.
Out: the same paragraphs, some of them turned to `plan`. Headings are believed first; then a year
that lies ahead, an announcement of goals, and the way in which a paragraph without heading speaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from dz_analysis.finding.model import Context
from dz_analysis.lexicon import load_rules
from dz_analysis.reading.page import Paragraph

_YEAR = re.compile(r"(20\d\d)年(?!以来|底|末|以前)")

_FACT = re.compile(r"[0-9](?![0-9]*[年月日])")
MIDDLE = "06"  # the last month in which a list of deeds of the year is still a promise
LONGEST = 40  # a longer title is the first sentence of a text without one


@cache
def _cue(name: str) -> re.Pattern[str]:
    return re.compile("|".join(load_rules("status_words")["stance"][name]))


def settle_stances(
    text: str, paragraphs: Sequence[Paragraph], context: Context
) -> tuple[Paragraph, ...]:
    r"""Turn paragraphs to `plan` that their heading left as review.

    A glossary and a heading that says what it reviews stay as they are. An announcement of goals
    (预期目标是) holds for the paragraphs behind it until a heading or a word of looking back.

    Examples
    --------
    >>> text = "今年的主要预期目标是：税收增长5%。\\n一是抓项目。新建学校3所。"
    >>> parts = (Paragraph(1, 0, 18), Paragraph(2, 19, len(text)))
    >>> [part.stance for part in settle_stances(text, parts, Context())]
    ['plan', 'plan']
    """
    return tuple(_settle(text, paragraphs, context))


def _settle(text: str, paragraphs: Sequence[Paragraph], context: Context) -> Iterator[Paragraph]:
    is_title = len(context.title) <= LONGEST and not context.title.endswith("。")
    is_plan = is_title and (bool(_cue("title").search(context.title)) or _lists_deeds(context))
    ahead = ""  # the heading whose year lies ahead, and so its whole section
    for paragraph in paragraphs:
        words = text[paragraph.start : paragraph.end]
        if paragraph.stance != "review":
            is_plan = paragraph.stance == "plan" and not paragraph.section
            yield paragraph
            continue
        if paragraph.heading_level > 1:
            ahead = words if _is_ahead(words, context) else ahead * (paragraph.heading_level > 2)
            is_plan = bool(ahead)
        elif _cue("back").match(words) or (is_plan and _tells_of_growth(words)):
            is_plan = False
        elif _cue("announces").search(_cue("met").sub("", words)):
            is_plan = True
        speaks = not paragraph.section and _speaks_of_plans(words)
        yield replace(paragraph, stance="plan") if is_plan or speaks else paragraph


def _tells_of_growth(words: str) -> bool:
    """Whether a paragraph behind goals is compared with the year before and promises nothing."""
    return bool(_cue("compared").search(words)) and not _cue("promises").search(words)


def _lists_deeds(context: Context) -> bool:
    """Whether a title lists what is to be done for the people in the year that has begun."""
    title, published = context.title, context.published
    year = _YEAR.search(title)
    if not year or not _cue("deeds").search(title) or _cue("carried_out").search(title):
        return False
    is_new = published[:4] == year.group(1) and "" < published[5:7] <= MIDDLE
    return is_new or "" < published[:4] < year.group(1)


def _is_ahead(heading: str, context: Context) -> bool:
    """Whether a heading names the year in which the report is given: 2013年主要工作 in March."""
    match = _YEAR.search(heading)
    if not match or _cue("reviews").search(heading):
        return False
    published = context.published
    if len(published) < 4 or match.group(1) != published[:4]:
        return len(published) >= 4 and match.group(1) > published[:4]
    early = len(published) < 7 or published[5:7] <= "04"
    return early and context.genre == "work_report"


def _speaks_of_plans(words: str) -> bool:
    """Whether a paragraph without a heading promises, and looks back nowhere.

    A promise governs what follows it: 企业增至8家，产值2亿元。今年确保…… begins with facts.
    """
    promise = _cue("promises").search(words)
    if not promise or _cue("done").search(words):
        return False
    told = _FACT.search(words, 0, promise.start())
    return told is None or "。" not in words[told.end() : promise.start()]
