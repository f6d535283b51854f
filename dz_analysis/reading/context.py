"""Choice by context: which of several characters stood here.

In: candidates with the words before and behind them, and the page's own text. Out: the best
candidate, its probability and the runner-up. Candidates are judged by the words of jieba's
dictionary (the likeliest cut into words) and by the sequences of characters that the page itself
uses elsewhere; grammar excludes marks where none can stand.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from itertools import compress, pairwise
from operator import add
from pathlib import Path
from typing import Protocol

from dz_analysis.language import say
from dz_analysis.lexicon import load_settings

_QUOTED_TERM = 8  # “一条龙” is quoted without a mark; a quoted sentence is longer
_ENDED_TERM = re.compile(rf"“[^“”]{{0,{_QUOTED_TERM - 2}}}[。，、；：]”")
WINDOW = 6  # characters looked at on each side: no word of the dictionary reaches further
LONGEST = 5  # longer words of the dictionary are too rare to matter
# The weights were set on masked characters of clean reports (`benchmarks/repair.md` says how well
# they do); a page weight from 0.25 to 0.5 and a faith from 0.5 to 5 make no difference.
_PAGE_WEIGHT = 0.35  # of the page's own sequences against the dictionary's words
_PAGE_FAITH = 3.0  # sightings after which the page's sequences count more than its characters
_PRIOR_PAGE = 20.0  # characters of the dictionary mixed into the page's own
_ALONE = 0.7  # a single character is a word half as often as the dictionary counts it
# Words are not independent, so the differences of their log shares claim too much. Divided by this
# they are probabilities: of the choices between 0.9 and 0.95, 92 % are right, and so on all along.
TEMPER = 1.5
_OTHER = -9.0  # log share of one ASCII character
_FEW_PLACES = 20
_PAGE_LIMIT = 60_000  # characters of a page that are counted: more change nothing


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen among candidates: how probable it is, and what came next."""

    best: str
    score: float
    runner_up: str


class _Counts(Protocol):
    """How often sequences of characters stand in a text."""

    def get(self, sequence: str, default: int, /) -> int:
        """Return the count of a sequence, and the default if there is none."""
        ...


class _CountedOnDemand:
    """A text's sequences, each counted when it is first asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[str, int] = {}

    def get(self, sequence: str, default: int, /) -> int:
        """Return the count of a sequence, and the default if there is none."""
        if sequence not in self._known:
            self._known[sequence] = self._text.count(sequence)
        return self._known[sequence] or default


@dataclass(frozen=True, slots=True)
class PageModel:
    """How often sequences of one, two and three characters stand on a page."""

    counts: _Counts
    length: int
    known: dict[str, float] = field(default_factory=dict)  # log shares worked out already

    def follow(self, text: str, start: int) -> float:
        """Return the log share of all characters from an offset on, each behind two others.

        The share of what is rare leans on that of its parts.
        """
        total, known = 0.0, self.known
        for at in range(start, len(text)):
            key = text[at - 2 if at > 2 else 0 : at + 1]
            share = known.get(key)
            if share is None:
                share = known[key] = math.log(self._share(key[:-1], key[-1]))
            total += share
        return total

    def _share(self, context: str, character: str) -> float:
        known = dictionary().get(character, unknown_share())
        count = self.counts.get
        seen = count(character, 0)
        share = (seen + _PRIOR_PAGE * math.exp(known)) / (self.length + _PRIOR_PAGE)
        share = max(share, 1e-12)
        for start in range(len(context) - 1, -1, -1):
            before = context[start:]
            seen, together = count(before, 0), count(before + character, 0)
            share = (together + _PAGE_FAITH * share) / (seen + _PAGE_FAITH)
        return share


def read_page_model(text: str, *, places: int | None = None) -> PageModel:
    """Count what follows what on a page (simplified, without readings).

    Parameters
    ----------
    text : str
    places : int, optional
        How many places are to be judged: for a few it is quicker to count what they ask for.
    """
    text = text[:_PAGE_LIMIT]
    if places is not None and places <= _FEW_PLACES:
        return PageModel(_CountedOnDemand(text), len(text))
    twos = list(map(add, text, text[1:]))
    counts = Counter(text)
    counts.update(twos)
    counts.update(map(add, twos, text[2:]))
    return PageModel(counts, len(text))


def choose(left: str, candidates: Sequence[str], right: str, *, page: PageModel) -> Choice:
    r"""Choose between candidates for what stood between `left` and `right`.

    Parameters
    ----------
    left, right : str
        The words around, simplified; a line's start and end count as `"\n"`.
    candidates : sequence of str
        Each of any length, not necessarily the same.
    page : PageModel
        The page's own sequences.

    Returns
    -------
    Choice
        The score is the probability among the candidates, from 0 to 1.

    Examples
    --------
    >>> page = read_page_model("扎实推进环保项目，环保科技企业增加。")
    >>> choose("引进恒丰环", ["保", "常", "。"], "科技等项目", page=page).best
    '保'
    """
    possible = [c for c in candidates if is_possible(left, c, right)] or list(candidates)
    place = Place(left, right, page=page)
    scored = sorted(((place.score(c) / TEMPER, c) for c in possible), reverse=True)
    top = scored[0][0]
    total = sum(math.exp(value - top) for value, _ in scored)
    runner_up = scored[1][1] if len(scored) > 1 else ""
    return Choice(scored[0][1], round(1 / total, 4), runner_up)


class Place:
    """A place between words, made ready to judge what may have stood there."""

    __slots__ = ("_backward", "_forward", "_heads", "_tails", "before", "behind", "page")

    def __init__(self, left: str, right: str, *, page: PageModel) -> None:
        self.before, self.behind, self.page = left[-WINDOW:], right[:WINDOW], page
        self._forward = _cut(self.before)
        self._backward = _cut_backward(self.behind)
        # what a word around a single character may begin and end with, with the rest's value
        first, most = len(self.before), min(LONGEST, len(self.before) + 1)
        self._heads = [
            (self.before[first - n :] if n else "", self._forward[first - n]) for n in range(most)
        ]
        self._tails = list(
            zip((self.behind[:n] for n in range(LONGEST)), self._backward, strict=False)
        )

    def score(self, candidate: str) -> float:
        """Return the log probability of the words with a candidate in their middle."""
        words = self._around(candidate) if len(candidate) == 1 else self._words(candidate)
        text = self.before[-2:] + candidate + self.behind[:2]
        return words + _PAGE_WEIGHT * self.page.follow(text, len(self.before[-2:]))

    def _around(self, character: str) -> float:
        """Return the value of the likeliest cut with a single character in the middle."""
        words = dictionary()
        best = self._forward[-1] + _single(character) + self._backward[0]
        room = LONGEST
        for head, before in self._heads:
            start = head + character
            for tail, behind in self._tails[:room]:
                word = words.get(start + tail)
                if word is not None:
                    value = before + word + behind
                    if value > best:
                        best = value
            room -= 1
        return best

    def _words(self, candidate: str) -> float:
        """Return the value of the likeliest cut; only words that touch the candidate are tried."""
        words = dictionary()
        text = self.before + candidate + self.behind
        first, stop = len(self.before), len(self.before) + len(candidate)
        forward, backward = self._forward, self._backward
        best = [*forward, *[-math.inf] * len(candidate)]
        across = -math.inf
        for start in range(max(first - LONGEST + 1, 0), stop):
            here = best[start]
            if start >= first:
                value = here + _single(text[start])
                if value > best[start + 1]:
                    best[start + 1] = value
            for end in range(max(start + 2, first + 1), min(start + LONGEST, len(text)) + 1):
                word = words.get(text[start:end])
                if word is None:
                    continue
                value = here + word
                if end > stop:  # into what stands behind
                    across = max(across, value + backward[end - stop])
                elif value > best[end]:
                    best[end] = value
        return max(across, best[stop] + backward[0])


def is_possible(left: str, candidate: str, right: str) -> bool:
    """Say whether grammar allows the marks of a candidate where it would stand.

    Examples
    --------
    >>> is_possible("，“", "。", "”的基础"), is_possible("，“", "保", "”的基础")
    (False, True)
    """
    rules = load_settings("context")["grammar"]
    text = (left[-1:] or "\n") + candidate + right[:1]
    for first, second in pairwise(text):
        if second in rules["dividing"] and first in rules["opening"] + rules["dividing"] + "\n":
            return False
        if second == "\n" and first in rules["opening"] + rules["unending"]:
            return False
        if second in rules["closing"] and first in rules["opening"] + "\n":
            return False
    return _quotes_fit(left, candidate, right)


def _quotes_fit(left: str, candidate: str, right: str) -> bool:
    """Say whether quotes open and close in turn, and no short quotation ends like a sentence."""
    line = left[left.rfind("\n") + 1 :]
    if _ENDED_TERM.search(line[-_QUOTED_TERM:] + candidate + right[:1]):
        return False
    is_open = line.rfind("“") > line.rfind("”")
    for character in candidate:
        if (character == "“" and is_open) or (character == "”" and not is_open):
            return False
        is_open = {"“": True, "”": False}.get(character, is_open)
    return True


def word_value(text: str) -> float:
    """Return the log probability of the likeliest cut into words."""
    return _cut(text)[-1]


def _cut(text: str) -> list[float]:
    """Return, for every end, the value of the likeliest cut into words up to it."""
    words = dictionary()
    best = [0.0] + [-math.inf] * len(text)
    for start, character in enumerate(text):
        here = best[start]
        value = here + _single(character)
        if value > best[start + 1]:
            best[start + 1] = value
        for end in range(start + 2, min(start + LONGEST, len(text)) + 1):
            word = words.get(text[start:end])
            if word is not None and here + word > best[end]:
                best[end] = here + word
    return best


def _cut_backward(text: str) -> list[float]:
    """Return, for every start, the value of the likeliest cut into words from it."""
    words = dictionary()
    best = [-math.inf] * len(text) + [0.0]
    for start in range(len(text) - 1, -1, -1):
        value = _single(text[start]) + best[start + 1]
        for end in range(start + 2, min(start + LONGEST, len(text)) + 1):
            known = words.get(text[start:end])
            if known is not None and known + best[end] > value:
                value = known + best[end]
        best[start] = value
    return best


def _single(character: str) -> float:
    """Return the log share of one character as a word."""
    value = dictionary().get(character)
    if value is None:
        value = _OTHER if character.isascii() else unknown_share()
    return value


@cache
def dictionary() -> Mapping[str, float]:
    """Return the log shares of jieba's words, and of the marks of `lexicon/context.toml`."""
    return _shares()[0]


@cache
def _shares() -> tuple[Mapping[str, float], int]:
    """Return the dictionary, and how many words jieba's counts were made of."""
    words, counts = _word_counts()
    total = sum(int(count) * times for count, times in Counter(counts).items())
    shares = {count: math.log(max(int(count), 1) / total) for count in set(counts)}
    known = dict(zip(words, map(shares.__getitem__, counts), strict=True))
    lengths = list(map(len, words))
    for word in set(compress(words, map(LONGEST.__lt__, lengths))):
        del known[word]
    for word in set(compress(words, map((1).__eq__, lengths))):
        known[word] -= _ALONE
    marks = {mark: math.log(share) for mark, share in load_settings("context")["marks"].items()}
    return known | marks, total


@cache
def pairs_by_first() -> Mapping[str, Mapping[str, float]]:
    """Return the log shares of the words of two characters: first -> second -> share."""
    found: dict[str, dict[str, float]] = {}
    for word, share in dictionary().items():
        if len(word) == 2:
            found.setdefault(word[0], {})[word[1]] = share
    return found


@cache
def pairs_by_second() -> Mapping[str, Mapping[str, float]]:
    """Return the log shares of the words of two characters: second -> first -> share."""
    found: dict[str, dict[str, float]] = {}
    for first, shares in pairs_by_first().items():
        for second, share in shares.items():
            found.setdefault(second, {})[first] = share
    return found


@cache
def unknown_share() -> float:
    """Return the log share of a character that no word of the dictionary has."""
    return math.log(0.3 / _shares()[1])


def _word_counts() -> tuple[list[str], list[str]]:
    """Return jieba's words, and the count of each as it is written there."""
    spec = find_spec("jieba")  # found, not imported: only its word list is wanted
    if spec is None or not spec.submodule_search_locations:
        msg = say("jieba is not installed; its dictionary is needed to choose by context.")
        raise ModuleNotFoundError(msg)
    file = Path(spec.submodule_search_locations[0]) / "dict.txt"
    fields = file.read_text(encoding="utf-8").split()  # word, count, part of speech
    return fields[::3], fields[1::3]
