"""How firmly a target is put: 力争, 确保, 预期, 计划.

In: a text and where its numbers begin. Out: for a number that is a target the word that governs
it. What is allowed round the number itself (左右, 以上, 不超过) is its bound and stands elsewhere.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Mapping, Sequence
from functools import cache

from dz_analysis.finding.scope.cues import LIST, ScopeRule, find_cues, load_scope_rules
from dz_analysis.finding.scope.engine import Cue, Reach, Scopes
from dz_analysis.finding.text.lexer import mark_words
from dz_analysis.finding.text.segment import Segments, segment
from dz_analysis.lexicon import words

ROLE = "modifier"
_JOINTS = ("、", "，", ",", "；", ";")
OPENING_BLANKS = 2  # blanks before the first clause of a sentence
OPENING = 60  # characters in which a sentence comes to the word that announces its list


class Modifiers:
    """The words of a text that say how firmly a target is put, each as far as it governs.

    A word governs its clause and, where a number stands in it, the list that follows in its part
    of the sentence; 力争早日开工，投资8亿元 opens none. One that announces a list at the opening of
    a sentence (预期目标是：…) governs over ；, and over the sentences of its paragraph that go on
    with the list: those that open with how far something is to move or where it is to stay.

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
        cues = [*find_cues(mark_words(text), ROLE)]
        opening = {cue for cue in cues if _announces(segments, cue)}
        opened = {segments.sentence_start(cue.start) for cue in opening}
        cues = [_go_on(segments, cue, numbers, opened) if cue in opening else cue for cue in cues]
        cues = [
            cue._replace(reach=Reach.CLAUSE) if _raises(segments, cue, numbers) else cue
            for cue in cues
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


def _raises(segments: Segments, cue: Cue[ScopeRule], numbers: Sequence[int]) -> bool:
    """Whether a word only raises the goal before it: 税收增长5%、力争达到6%，投资增长8%."""
    text, start = segments.text, cue.start
    at = bisect_left(numbers, cue.end)
    if not at or at >= len(numbers) or numbers[at - 1] < segments.sentence_start(start):
        return False
    told = text[start + len(cue.value.word) : numbers[at]].strip()
    is_bare = not told or told in words("measure_words", "move") or told in words(LIST, "reaches")
    return is_bare and text[start - 1 : start] in _JOINTS


def _go_on(
    segments: Segments, cue: Cue[ScopeRule], numbers: Sequence[int], opened: Container[int]
) -> Cue[ScopeRule]:
    """Let a word that announces a list go on to the sentences in which the list goes on.

    Up to one that opens a list of its own, where `opened` holds the start of each.
    """
    announced = _announcing().match(segments.text, cue.start + len(cue.value.word))
    begin = announced.end() if announced else cue.end
    end = segments.sentence_at(begin).end
    if not segments.text[begin:end].strip():  # the list stands on the next line
        end = segments.sentence_at(end).end
    until = end
    while end < len(segments.text) and "\n" not in segments.text[end - 1 : end + 1]:
        sentence = segments.sentence_at(end)
        if sentence.start in opened:
            break
        at = bisect_left(numbers, sentence.start)
        first = numbers[at] if at < len(numbers) else len(segments.text)
        if first < sentence.end:
            if not _opens_with_goal(segments, first, sentence.start):
                break
            until = sentence.end
        end = max(sentence.end, end + 1)
    reach = Reach.SECTION if "\n" in segments.text[cue.end : until] else Reach.PARAGRAPH
    return cue._replace(reach=reach, until=until)


def _opens_with_goal(segments: Segments, number: int, start: int) -> bool:
    """Whether a sentence opens with a name, a word of moving or staying, and a number."""
    if segments.clause_start(number) > start + OPENING_BLANKS:
        return False
    before = segments.text[start:number].rstrip()
    moves, stays = words("measure_words", "move"), words(LIST, "stays")
    return bool(moves.at_end(before) or stays.at_end(before))


@cache
def _announcing() -> re.Pattern[str]:
    link, made = words(LIST, "link").pattern, words(LIST, "is").pattern
    return re.compile(rf"\s?{link}*(?:{made}[：:]?|[：:])")
