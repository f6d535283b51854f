"""The words that tell a measure, as the lexicon holds them, and how they come off a clause.

In: the lexicon's `measure_words` and `measure_cues`. Out: sets of words, and the small steps that
`measures` takes with them: links, comparisons with another time, averages.
"""

from __future__ import annotations

import re
from functools import cache

from dz_analysis.finding.text.wordset import Words
from dz_analysis.lexicon import load_lexicon, load_rules

_NUMERALS = "0123456789“一两二三四五六七八九十"
_YEARS = re.compile(r"(?:近|最近|过去)?[两二三四五六七八九十0-9]{1,2}年(?:来)?平均$")


@cache
def families() -> dict[str, Words]:
    """Return family -> the words of measuring that belong to it."""
    rows = load_lexicon("measure_words")
    names = sorted({row["family"] for row in rows})
    return {name: Words(row["word"] for row in rows if row["family"] == name) for name in names}


@cache
def signs() -> dict[tuple[str, str], int]:
    """Return (family, word) -> 1 for a rise, -1 for a fall."""
    rows = load_lexicon("measure_words")
    return {(row["family"], row["word"]): -1 if row["sign"] == "-" else 1 for row in rows}


@cache
def cues(section: str, field: str = "words") -> Words:
    """Return one list of the lexicon `measure_cues` as a set."""
    return Words(load_rules("measure_cues")[section][field])


@cache
def links() -> tuple[Words, dict[str, str]]:
    """Return the words between a head and its number, and the bound that each says."""
    groups = load_rules("measure_cues")["link"]
    bounds = {word: group["bound"] for group in groups for word in group["words"]}
    return Words(bounds), bounds


@cache
def behind_words() -> tuple[Words, dict[str, str]]:
    """Return the words behind a number that bound it, and the bound that each says."""
    groups = load_rules("measure_cues")["behind"]
    bounds = {word: group["bound"] for group in groups for word in group["words"]}
    return Words(bounds), bounds


def strip_links(words: str) -> tuple[str, str]:
    """Take the small words between a head and its number off the end; return what they bound.

    Examples
    --------
    >>> strip_links("税收收入突破")
    ('税收收入', '>=')
    """
    small, bounds = links()
    told = families()
    bound = ""
    words = words.rstrip()
    while words:
        link = small.at_end(words)
        if not link or len(told["state"].at_end(words)) > len(link) or cues("kept").at_end(words):
            break
        if cues("kept").at_end(words[: len(words) - len(link) + 1]) and link[1:] in small:
            link = link[1:]  # 年均超过 is 年均 and 超过, not 均超过
        bound = bound or bounds[link]
        words = words[: -len(link)].rstrip()
    return words, bound


def bound_behind(behind: str) -> str:
    """Return the bound that stands behind a number: 以上, 左右."""
    words, bounds = behind_words()
    word = words.at_start(behind.lstrip("的 "))
    return bounds[word] if word else ""


def strip_per(head: str) -> str:
    """Take 每平方米 and 每人每月 off the end: they say of what an amount is told."""
    per = cues("per").at_end(head)
    return strip_links(head[: -len(per)])[0] if per else head


def strip_average(words: str) -> tuple[str, bool]:
    """Take 年均 off the end of a head; say whether it stood there."""
    word = cues("average").at_end(words)
    years = _YEARS.search(words[-8:]) if words.endswith("平均") else None
    word = years.group() if years else word
    return (words[: -len(word)], True) if word else (words, False)


def strip_time(words: str) -> tuple[str, str]:
    """Take comparisons off the end; return what is compared with unless it is the year before."""
    of = ""
    while True:
        words = strip_links(words)[0].rstrip("，, ")
        year = cues("year_on_year").at_end(words)
        chain = cues("chain").at_end(words)
        if year or chain:
            words = words[: -len(year or chain)]
            of = of or (load_rules("measure_cues")["chain"]["of"] if chain else "")
            continue
        stem, base = split_base(words)
        if not base:
            return words, of
        words, of = stem, of or ("" if is_last_year(base) else base)


def split_base(words: str, *, is_open: bool = False) -> tuple[str, str]:
    """Split 比2019年同期 or 较“十二五”末 off the end of a head; `is_open` takes any base."""
    rules = load_rules("measure_cues")["base"]
    tail = words[-22:]
    for opener in rules["openers"]:
        at = tail.rfind(opener)
        if at < 0:
            continue
        base = tail[at + len(opener) :]
        for word in ("相比", "对比", "相比较", "比较"):
            base = base.removesuffix(word)
        if (
            base
            and (is_open or cues("base", "starts").at_start(base))
            and not tail[:at].endswith(("占", "同"))
        ):
            return words[: len(words) - len(tail) + at], base.strip()
    return words, ""


def is_last_year(base: str) -> bool:
    """Whether a comparison is with the year before, which is left out of `of`."""
    return base.startswith(("上年", "去年", "同期", "上一年", "年初", "上年末"))


def is_time(base: str) -> bool:
    """Whether a base is a time, not a place or plan: 比上年高 is a change, 比全省高 a gap."""
    return base.startswith(
        ("上", "去", "今年", "本年", "同期", "年", "一季", "二季", "三季", "四季", "前", "期初")
    ) or (base[0] in _NUMERALS and any(sign in base for sign in "年月末期五"))


def telling_head(words: str) -> str:
    """Return what is left of a clause without the words that only tell a move.

    Examples
    --------
    >>> telling_head("同比增长"), telling_head("税收增长")
    ('', '税收')
    """
    words = strip_links(words)[0]
    return strip_time(words[: len(words) - len(families()["move"].at_end(words))])[0]


def pointing() -> Words:
    """Return the heads that only point back at what is told: 增速, 总量, 占比."""
    return cues("pointing")


def tells_move(behind: str) -> bool:
    """Whether the words behind a number go on to another (降至41起), and name nothing."""
    told = families()
    return bool(told["state"].at_start(behind)) or len(told["move"].at_start(behind)) > 1
