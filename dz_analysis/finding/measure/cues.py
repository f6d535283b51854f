"""The words that tell a measure, as the lexicon holds them, and how they come off a clause.

In: the lexicon's `measure_words` and `measure_cues`. Out: sets of words, and the small steps that
the frames of `telling` take with them: links, comparisons with another time, averages.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType

from dz_analysis.lexicon import Words, load_lexicon, values, words

LIST = "measure_cues"
_DIGITS = "0123456789"
RECENT = 8192  # answers kept: the words beside numbers come back in one text and in the next
_LONGEST_BASE = 22  # characters of what a number is compared with


@cache
def family(name: str) -> Words:
    """Return the words of measuring that belong to a family: move, head, state or gap."""
    return words("measure_words", name)


@cache
def signs() -> Mapping[tuple[str, str], int]:
    """Return (family, word) -> 1 for a rise, -1 for a fall."""
    rows = load_lexicon("measure_words")
    return MappingProxyType(
        {(row["family"], row["word"]): -1 if row["sign"] == "-" else 1 for row in rows}
    )


@cache
def cues(role: str) -> Words:
    """Return one role of the lexicon `measure_cues` as a set."""
    return words(LIST, role)


@cache
def ordered(role: str) -> tuple[str, ...]:
    """Return the words of one role, the longest first, those of one length as they are numbered."""
    numbers = values(LIST, role)
    return tuple(sorted(numbers, key=lambda word: (-len(word), int(numbers[word] or 0), word)))


@cache
def only(role: str) -> str:
    """Return the one word of a role."""
    (word,) = values(LIST, role)
    return word


@cache
def pointing() -> Words:
    """Return the heads that only point back at what is measured: 总量, 比重, 占比."""
    return cues("pointing")


def strip_links(head: str) -> tuple[str, str]:
    """Take the small words between a head and its number off the end; return what they bound.

    Examples
    --------
    >>> strip_links("税收收入突破")
    ('税收收入', '>=')
    """
    links, kept, states = cues("link"), cues("kept"), family("state")
    bound = ""
    head = head.rstrip()
    while head:
        link = links.at_end(head)
        if not link or len(states.at_end(head)) > len(link) or kept.at_end(head):
            break
        if kept.at_end(head[: len(head) - len(link) + 1]) and link[1:] in links:
            link = link[1:]  # 年均超过 is 年均 and 超过, not 均超过
        bound = bound or values(LIST, "link")[link]
        head = head[: -len(link)].rstrip()
    return head, bound


@lru_cache(maxsize=RECENT)
def bound_behind(behind: str) -> str:
    """Return the bound that stands behind a number: 以上, 左右."""
    word = cues("behind").at_start(behind.lstrip(f"{only('of')} "))
    return values(LIST, "behind")[word] if word else ""


def strip_per(head: str) -> str:
    """Take 每平方米 and 每人每月 off the end: they say of what an amount is told.

    Alone they are told of what stands before: 耕地80万亩，每人2.9亩.
    """
    per = cues("per").at_end(head)
    rest = strip_links(head[: -len(per)])[0] if per else head
    is_alone = per != "" and head in words("name_words", "per_heads")
    return head if is_alone else rest


def strip_average(head: str) -> tuple[str, bool]:
    """Take 年均 off the end of a head; say whether it stood there.

    Examples
    --------
    >>> strip_average("税收最近三年平均"), strip_average("税收")
    (('税收', True), ('税收', False))
    """
    if each := cues("average.each").at_end(head):  # 每月均增长8%
        return head[: -len(each)], False
    word = cues("average").at_end(head)
    is_of_years = head.endswith(only("average_years.mean"))
    years = _average_years().search(head[-8:]) if is_of_years else None
    word = years.group() if years else word
    return (head[: -len(word)], True) if word else (head, False)


@cache
def _average_years() -> re.Pattern[str]:
    """Return the pattern of an average of so many years: 近三年来平均."""
    since, behind = cues("average_years.since").pattern, cues("average_years.behind").pattern
    numeral = f"[{_DIGITS}{''.join(cues('base.numerals'))}]"
    year, mean = only("average_years.year"), only("average_years.mean")
    return re.compile(f"{since}?{numeral}{{1,2}}{year}{behind}?{mean}$")


def strip_time(head: str) -> tuple[str, str]:
    """Take comparisons off the end; return what is compared with unless it is the year before.

    Examples
    --------
    >>> strip_time("税收较“十一五”末"), strip_time("税收同比"), strip_time("用电量环比")
    (('税收', '“十一五”末'), ('税收', ''), ('用电量', '上月'))
    """
    of = ""
    while True:
        head = strip_links(head)[0].rstrip("，, ")
        stem, base = _split_comparison(head)
        if stem == head:
            return head, of
        head, of = stem, of or base


def _split_comparison(head: str) -> tuple[str, str]:
    """Split one comparison off the end: the head and what `of` says of it."""
    year = cues("year_on_year").at_end(head)
    if year:
        return head[: -len(year)], ""
    chain = cues("chain.words").at_end(head)
    if chain:
        return head[: -len(chain)], only("chain.of")
    stem, base = split_base(head)
    return stem, "" if is_last_year(base) else base


def split_base(
    head: str, *, is_open: bool = False, opened: str = "base.openers"
) -> tuple[str, str]:
    """Split 比2019年同期 or 较“十二五”末 off the end of a head.

    `is_open` takes any base, `opened` is the role of the words that may open it.

    Examples
    --------
    >>> split_base("税收比2019年同期"), split_base("出口比邻县")
    (('税收', '2019年同期'), ('出口比邻县', ''))
    >>> split_base("出口比邻县", is_open=True)
    ('出口', '邻县')
    """
    tail = head[-_LONGEST_BASE:]
    told = tail[: len(tail) - len(cues("base.closers").at_end(tail))]  # 与上年相比
    for opener in ordered(opened):
        at = told.rfind(opener)
        if at < 0:
            continue
        base = told[at + len(opener) :]
        is_base = base and (is_open or cues("base.starts").at_start(base))
        is_word = cues("base.not_before").at_end(tail[:at]) or _is_degree(base)
        is_noun = cues("ratio.heads").at_start(tail, at)  # 占全省比重
        is_noun = is_noun or cues("base.ratios").at_end(base)  # 加工业与农业产值之比
        if is_base and not (is_word or is_noun):
            return head[: len(head) - len(tail) + at], base.strip()
    return head, ""


def _is_degree(base: str) -> bool:
    """Whether 较 belongs to an adjective: 增长较快的五年."""
    word = family("compare").at_start(base)
    return bool(word) and bool(cues("of").at_start(base[len(word) :]))


def is_last_year(base: str) -> bool:
    """Whether a comparison is with the year before, which is left out of `of`."""
    is_plan = base in cues("completion.words")  # 较年初预算
    return not is_plan and bool(cues("base.last_year").at_start(base))


def is_time(base: str) -> bool:
    """Whether a base is a time, not a place or plan: 比上年高 is a change, 比全省高 a gap."""
    if cues("base.times").at_start(base):
        return True
    is_numbered = base[0] in _DIGITS or cues("base.numerals").at_start(base)
    return bool(is_numbered and cues("base.time_marks").first_in(base))


def telling_head(head: str) -> str:
    """Return what is left of a clause without the words that only tell a move.

    Examples
    --------
    >>> telling_head("同比增长"), telling_head("税收增长")
    ('', '税收')
    """
    head = strip_links(head)[0]
    return strip_time(head[: len(head) - len(family("move").at_end(head))])[0]


@lru_cache(maxsize=RECENT)
def tells_move(behind: str) -> bool:
    """Whether the words behind a number go on to another (降至41起), and name nothing."""
    return bool(family("state").at_start(behind)) or len(family("move").at_start(behind)) > 1
