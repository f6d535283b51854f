"""Whether a level that is told for several years stood there in the last of them.

五年来，存款余额达130亿元 is of the fifth year, 五年来，累计投资130亿元 of all five. In: the text
before and behind a number, and its statements of time. Out: yes or no.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter

from dz_analysis.finding.text.segment import segment
from dz_analysis.finding.time.mentions import PeriodKind, PeriodMention
from dz_analysis.finding.time.words import form, listed
from dz_analysis.lexicon import words

REACH = 60  # characters that a clause may have
LASTING = ("summed", "flows")  # forms of what is told for all of the years
BASE_REACH = 16  # characters from an amount to what it is held against
BESIDE = 4  # characters between a relation and its base
_DIGIT = re.compile("[0-9]")
_LAST_ITEM = re.compile(r"[0-9][0-9.,]*[^0-9]*$")  # the last number of a clause and what follows it


def is_reached(text: str, mentions: Sequence[PeriodMention], start: int) -> bool:
    """Tell whether the words about a number say that a level stood there in the end.

    Examples
    --------
    >>> text = "五年来，余额达到8亿元，累计投资9亿元"
    >>> is_reached(text, (), text.index("8")), is_reached(text, (), text.index("9"))
    (True, False)
    """
    low = max(segment(text).clause_start(start), start - REACH)
    clause = without_list(text[low:start])
    if form("relation").match(clause):  # 余额达130亿元，是“十一五”末的2倍: as what it relates to
        part = max(segment(text).part_start(start), low - REACH)
        clause = _DIGIT.split(text[part:low])[0]
        if _names_year(mentions, low, start):
            return not form("summed").search(clause)
    elif _is_related(text, mentions, start):
        return not form("summed").search(clause)
    own = own_words(clause)
    return _says_so(own) or (text[start : start + 1].isdigit() and _goes_on(clause, own))


def _goes_on(clause: str, own: str) -> bool:
    """Whether a noun alone goes on with the level reached before it: 机构达到90家、床位3000张.

    Examples
    --------
    >>> _goes_on("养老机构达到90家、床位", "床位"), _goes_on("医院达到9家、新建学校", "新建学校")
    (True, False)
    """
    is_told = any(form(kind).search(own) for kind in LASTING)
    if own == clause or not own or is_told or words("measure_words", "move").first_in(own):
        return False
    before = _LAST_ITEM.sub("", clause)
    return _says_so(own_words(before))


def is_against_years(text: str, mentions: Sequence[PeriodMention], start: int, stop: int) -> bool:
    """Tell whether what stands behind an amount is held against several years, not one.

    Then it is of several itself: 支出达到9亿元，较“十三五”时期增加2亿元. `start` is where the words
    behind it begin, `stop` where its part of the sentence ends.

    Examples
    --------
    >>> from dz_analysis.finding.time.mentions import find_periods
    >>> told = "，较“十三五”时期增加2亿元", "，是“十三五”末的2倍"
    >>> [is_against_years(words, find_periods(words), 0, len(words)) for words in told]
    [True, False]
    """
    base = _first(mentions, start, min(stop, start + BASE_REACH))
    if base is None or base.kind is not PeriodKind.BASE or not base.is_wide:
        return False
    return not _DIGIT.search(text, start, base.start)


def own_words(clause: str) -> str:
    """Return the words of a clause behind the last item of its list that has a number.

    Examples
    --------
    >>> own_words("新建学校8所、公路里程"), own_words("新增公路、铁路里程")
    ('公路里程', '新增公路、铁路里程')
    """
    behind = _DIGIT.split(clause)[-1]
    if behind == clause:
        return clause
    return behind.partition("、")[2] or clause.rsplit("、", 1)[-1]


def without_list(clause: str) -> str:
    """Return the words of a clause before a number without the amounts of a list before it.

    Examples
    --------
    >>> without_list("从77家、48家和"), without_list("累计完成")
    ('从', '累计完成')
    """
    if not clause.endswith(listed("base.joints")):  # as most: no list
        return clause
    return form("list_run").sub("", clause)


def _says_so(told: str) -> bool:
    """Whether words end in one for a level that was reached, and tell no sum and no change."""
    if form("all_moved").search(told):
        return True  # 园区、基地均增至9个
    rest = form("reached").sub("", told)
    if rest == told:
        return False
    rest = form("reached").sub("", rest)  # 增加到超过8亿元
    if any(form(kind).search(rest) for kind in LASTING):
        return False
    return not form("changed").search(_DIGIT.split(rest)[-1])


def _is_related(text: str, mentions: Sequence[PeriodMention], start: int) -> bool:
    """Whether what follows a number relates it to one year: 8亿元，是2011年的2.1倍."""
    relation = form("related").match(text, start)
    if not relation:
        return False
    first = _first(mentions, relation.end(), relation.end() + BESIDE)
    return first is not None and first.kind is PeriodKind.BASE and _is_single(first)


def _names_year(mentions: Sequence[PeriodMention], low: int, start: int) -> bool:
    first = _first(mentions, low, start)
    return first is not None and _is_single(first)


def _is_single(mention: PeriodMention) -> bool:
    return mention.years[0] == mention.years[1]


def _first(mentions: Sequence[PeriodMention], low: int, end: int) -> PeriodMention | None:
    """Return the first statement that begins in a stretch."""
    at = bisect_left(mentions, low, key=attrgetter("start"))
    return mentions[at] if at < len(mentions) and mentions[at].start < end else None
