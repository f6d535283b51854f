"""How firmly a target is put: 力争, 确保, 预期, 计划.

In: a text and where its numbers begin. Out: for a number that is a target the word that governs
it. What is allowed round the number itself (左右, 以上, 不超过) is its bound and stands elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from dz_analysis.finding.scope.cues import LIST, ScopeRule, find_cues, load_scope_rules
from dz_analysis.finding.scope.engine import Cue, Reach, Scopes
from dz_analysis.finding.text.lexer import mark_words
from dz_analysis.finding.text.segment import Segments, segment
from dz_analysis.lexicon import words

ROLE = "modifier"
OPENING = 60  # characters in which a sentence comes to the word that announces its list


class Modifiers:
    """The words of a text that say how firmly a target is put, each as far as it governs.

    A word governs its clause and, where a number stands in it, the list that follows in its part
    of the sentence; 力争早日开工，投资8亿元 opens none. One that announces a list at the opening of
    a sentence (预期目标是：…) governs over ；.

    Parameters
    ----------
    text : str
        Clean text.
    numbers : sequence of int
        Where its numbers begin, in text order.

    Examples
    --------
    >>> text = "力争税收增长5%，投资增长8%，确保粮食总产50万吨。"
    >>> modifiers = Modifiers(text, [6, 13, 22])
    >>> [modifiers.at(start) for start in (6, 13, 22)]
    ['力争', '力争', '确保']
    """

    def __init__(self, text: str, numbers: Sequence[int]) -> None:
        segments = segment(text)
        cues = [
            cue._replace(reach=Reach.SENTENCE) if _announces(segments, cue) else cue
            for cue in find_cues(mark_words(text), ROLE, edges=segments.edges_round(numbers))
        ]
        self._scopes = Scopes(segments, cues, numbers=numbers)

    def at(self, offset: int) -> str:
        """Return the word that governs a number, blank if none does."""
        rule = self._scopes.value(ROLE, offset)
        return rule.word if rule else ""


def modifier_kinds() -> Mapping[str, str]:
    """Return each word with its kind: 力争 -> strive.

    Examples
    --------
    >>> modifier_kinds()["确保"]
    'ensure'
    """
    return {word: rule.value for word, rule in load_scope_rules()[ROLE].items()}


def _announces(segments: Segments, cue: Cue[ScopeRule]) -> bool:
    """Whether a word announces a list at the opening of a sentence: 主要预期目标是：…."""
    opened = segments.sentence_start(cue.start)
    is_near = cue.start < opened + OPENING
    return is_near and bool(_announcing().match(segments.text, cue.start + len(cue.value.word)))


@cache
def _announcing() -> re.Pattern[str]:
    return re.compile(f"{words(LIST, 'link').pattern}*(?:{words(LIST, 'is').pattern}|[：:])")
