"""How firmly a target is put: 力争, 确保, 预期, 计划.

In: the text before a number that is a target. Out: the word that governs it. What is allowed round
the number itself (左右, 以上, 不超过) is its bound and stands elsewhere.
"""

from __future__ import annotations

import re
from functools import cache

from dz_analysis.finding.text.segment import REACH, Place
from dz_analysis.finding.text.wordset import Words
from dz_analysis.lexicon import load_lexicon

# 确保地区生产总值增长6%，投资增长8%: the word governs the list whose first number it stands before.
NUMERAL = re.compile(r"[0-9０-９一二三四五六七八九十百]")
# 主要预期目标是：… and 目标任务如下：… announce a list, over every ； of their sentence.
ANNOUNCES = re.compile(r"(?:指标|任务|如下|[是为：:，,])*")
TOLD = re.compile(r"(?:指标|任务|如下)*[是为：:]")
OPENING = 60


@cache
def _words() -> Words:
    return Words(row["word"] for row in load_lexicon("modifiers"))


def read_modifier(text: str, start: int, place: Place) -> str:
    """Read the word that says how firmly a target is put.

    The last such word of its own clause wins, then that of the nearest clause before it in the
    same part of the sentence, if a number or a colon shows that it opens a list; then, over ；,
    only a word that announces a list (预期目标是). A word of a clause that tells something else
    (力争早日开工，投资8亿元) does not govern.

    Parameters
    ----------
    text : str
        Clean text.
    start : int
        Where the number stands.
    place : Place
        Its sentence, part and clause.

    Returns
    -------
    str
        A word of `lexicon/modifiers.csv`; blank if none governs.

    Examples
    --------
    >>> from dz_analysis.finding.text.segment import locate
    >>> from dz_analysis.finding.number.reject import find_quantities
    >>> text = "力争税收增长5%，投资增长8%，确保粮食总产50万吨。"
    >>> found = find_quantities(text)
    >>> [read_modifier(text, q.start, p) for q, p in zip(found, locate(text, found))]
    ['力争', '力争', '确保']
    """
    own = text[place.clause : start]
    at, end = _words().last_in(own)
    if at >= 0:
        return own[at:end]
    before = text[max(place.part, start - REACH) : place.clause]
    return _governing(before) or _announcing(text[place.sentence : place.part][:OPENING])


def _announcing(opening: str) -> str:
    """Return the word that announces a list at the opening of a sentence: 预期目标是：…."""
    for at in range(len(opening)):
        word = _words().at_start(opening, at)
        if word and TOLD.match(opening, at + len(word)):
            return word
    return ""


def _governing(before: str) -> str:
    """Return the last word that opens a list of goals in the clauses before a number."""
    while before:
        at, end = _words().last_in(before)
        if at < 0:
            return ""
        following = before[end:]
        if NUMERAL.search(following) or ANNOUNCES.fullmatch(following):
            return before[at:end]
        before = before[:at]
    return ""
