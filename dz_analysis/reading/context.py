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
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

from dz_analysis.lexicon import load_rules

_QUOTED_TERM = 8  # “一条龙” is quoted without a mark; a quoted sentence is longer
_ENDED_TERM = re.compile(rf"“[^“”]{{0,{_QUOTED_TERM - 2}}}[。，、；：]”")
WINDOW = 6  # characters looked at on each side: no word of the dictionary reaches further
LONGEST = 5  # longer words of the dictionary are too rare to matter
# The weights were set on masked characters of clean reports (`benchmarks/repair.md` says how well
# they do); a page weight from 0.25 to 0.5 and a faith from 0.5 to 5 make no difference.
_PAGE_WEIGHT = 0.35  # of the page's own sequences against the dictionary's words
_PAGE_FAITH = 3.0  # sightings after which the page's sequences count more than its characters
_PRIOR_PAGE = 20.0  # characters of the dictionary mixed into the page's own
_OTHER = -9.0  # log share of one ASCII character
_PAGE_LIMIT = 60_000  # characters of a page that are counted: more change nothing


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen among candidates: how probable it is, and what came next."""

    best: str
    score: float
    runner_up: str


@dataclass(frozen=True, slots=True)
class PageModel:
    """The sequences of one, two and three characters on a page."""

    ones: Mapping[str, int]
    twos: Mapping[str, int]
    threes: Mapping[str, int]
    length: int


def read_page_model(text: str) -> PageModel:
    """Count what follows what on a page (simplified, without readings)."""
    text = text[:_PAGE_LIMIT]
    twos = Counter(map("".join, pairwise(text)))
    threes = Counter(map("".join, zip(text, text[1:], text[2:], strict=False)))
    return PageModel(Counter(text), twos, threes, len(text))


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
    scored = sorted(((score(left, c, right, page=page), c) for c in possible), reverse=True)
    top = scored[0][0]
    total = sum(math.exp(value - top) for value, _ in scored)
    runner_up = scored[1][1] if len(scored) > 1 else ""
    return Choice(scored[0][1], round(1 / total, 4), runner_up)


def score(left: str, candidate: str, right: str, *, page: PageModel) -> float:
    """Return the log probability of the words with a candidate in their middle."""
    before, behind = left[-WINDOW:], right[:WINDOW]
    return word_value(before + candidate + behind) + _PAGE_WEIGHT * _follow(
        before[-2:], candidate + behind[:2], page
    )


def is_possible(left: str, candidate: str, right: str) -> bool:
    """Say whether grammar allows the marks of a candidate where it would stand.

    Examples
    --------
    >>> is_possible("，“", "。", "”的基础"), is_possible("，“", "保", "”的基础")
    (False, True)
    """
    rules = load_rules("context")["grammar"]
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
    return _cut(text)[0][-1]


def cut_words(text: str) -> list[str]:
    """Return the likeliest cut into words.

    Examples
    --------
    >>> cut_words("科技企业增加")
    ['科技', '企业', '增加']
    """
    lengths = _cut(text)[1]
    words, end = [], len(text)
    while end:
        words.append(text[end - lengths[end] : end])
        end -= lengths[end]
    return words[::-1]


def _cut(text: str) -> tuple[list[float], list[int]]:
    """Return, for every end, the value of the best cut up to it and the length of its last word."""
    words, unknown = dictionary(), unknown_share()
    best = [0.0] + [-math.inf] * len(text)
    lengths = [0] * len(best)
    for start, character in enumerate(text):
        here = best[start]
        value = words.get(character)
        if value is None:
            value = _OTHER if character.isascii() else unknown
        if here + value > best[start + 1]:
            best[start + 1], lengths[start + 1] = here + value, 1
        for end in range(start + 2, min(start + LONGEST, len(text)) + 1):
            value = words.get(text[start:end])
            if value is not None and here + value > best[end]:
                best[end], lengths[end] = here + value, end - start
    return best, lengths


def _follow(before: str, text: str, page: PageModel) -> float:
    """Return the log probability of characters after those before them, by the page."""
    total = 0.0
    for at, character in enumerate(text):
        context = (before + text[:at])[-2:]
        total += math.log(_share(context, character, page))
    return total


def _share(context: str, character: str, page: PageModel) -> float:
    """Return how often the page puts a character there: longer contexts lean on shorter ones."""
    known = dictionary().get(character, unknown_share())
    one = (page.ones.get(character, 0) + _PRIOR_PAGE * math.exp(known)) / (
        page.length + _PRIOR_PAGE
    )
    share = max(one, 1e-12)
    if context:
        seen = page.ones.get(context[-1], 0)
        pair = page.twos.get(context[-1] + character, 0)
        share = (pair + _PAGE_FAITH * share) / (seen + _PAGE_FAITH)
    if len(context) > 1:
        seen = page.twos.get(context, 0)
        share = (page.threes.get(context + character, 0) + _PAGE_FAITH * share) / (
            seen + _PAGE_FAITH
        )
    return share


@cache
def dictionary() -> Mapping[str, float]:
    """Return the log shares of jieba's words, and of the marks of `lexicon/context.toml`."""
    counts, total = _word_counts()
    shares = {count: math.log(max(count, 1) / total) for count in set(counts.values())}
    words = {word: shares[count] for word, count in counts.items() if len(word) <= LONGEST}
    marks = {mark: math.log(share) for mark, share in load_rules("context")["marks"].items()}
    return {**words, **marks}


@cache
def unknown_share() -> float:
    """Return the log share of a character that no word of the dictionary has."""
    return math.log(0.3 / _word_counts()[1])


@cache
def _word_counts() -> tuple[dict[str, int], int]:
    spec = find_spec("jieba")  # found, not imported: only its word list is wanted
    if spec is None or not spec.submodule_search_locations:
        msg = "jieba is not installed; its dictionary is needed to choose by context."
        raise ModuleNotFoundError(msg)
    file = Path(spec.submodule_search_locations[0]) / "dict.txt"
    fields = file.read_text(encoding="utf-8").split()  # word, count, part of speech
    counts = list(map(int, fields[1::3]))
    return dict(zip(fields[::3], counts, strict=True)), sum(counts)
