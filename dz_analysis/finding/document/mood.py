"""Whether a passage without headings tells what was done or what is to be done.

In: the words of a paragraph of a work report. Out: the odds that it plans, as a logarithm.
Reports look back with results, firsts and exact numbers (获批, 首次, 增长8.3%) and plan with
imperatives, aims and round ones (加快, 打造, 以上, 20个); `lexicon/mood_weights.csv` says what each
of these marks weighs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType

from dz_analysis.finding.time.words import form
from dz_analysis.lexicon import load_lexicon, one_of, words

LIST = "mood_weights"
OPENS, HOLDS, BIAS = "opens", "holds", "bias"
MOST = 3  # times that a mark counts in one paragraph
NEIGHBOUR = 0.5  # what the mood of the other paragraphs of a passage counts beside its own
FAR = 4.0  # the most that they count together
DIGITS = 4  # digits from which numbers are equally exact
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


@cache
def _weights() -> Mapping[str, float]:
    return MappingProxyType({row["mark"]: float(row["weight"]) for row in load_lexicon(LIST)})


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    """Return the pattern of the words that weigh where they open a clause, or anywhere."""
    marks = (mark.partition(" ") for mark in _weights())
    found = one_of([word for group, _, word in marks if group == kind])
    if kind == HOLDS:
        return re.compile(f"({found})")
    return re.compile(rf"(?:^|[，。；：！\n、—）])\s*(?:{form('list_sign').pattern})?({found})")


@cache
def _dates() -> tuple[str, ...]:
    return tuple(words("scope_cues", "stance.date"))


def plan_odds(text: str) -> float:
    """Return the logarithm of the odds that a paragraph plans.

    Examples
    --------
    >>> plan_odds("加快园区建设，打造特色街区20条，税收增长5%左右。") > 1
    True
    >>> plan_odds("园区建设获批，街区增至23条，税收增长5.3%。") < -1
    True
    """
    counts: dict[str, int] = {}
    for mark in _marks(text):
        counts[mark] = counts.get(mark, 0) + 1
    weights = _weights()
    return weights[BIAS] + sum(
        weights.get(mark, 0.0) * min(count, MOST) for mark, count in counts.items()
    )


def _marks(text: str) -> Iterator[str]:
    """Yield the marks of a paragraph: its words, and how its numbers look."""
    for kind in (OPENS, HOLDS):
        for match in _pattern(kind).finditer(text):
            yield f"{kind} {match[1]}"
    for match in _NUMBER.finditer(text):
        if not text.startswith(_dates(), match.end()):
            yield _shape(match[0])


def _shape(number: str) -> str:
    """Return how exact a number is: a fraction, or how many digits stand before its zeros."""
    if "." in number:
        return "number fraction"
    digits = len(number.replace(",", "").strip("0")) or 1
    return f"number digits {min(digits, DIGITS)}"


def weigh_passage(odds: Sequence[float]) -> tuple[float, ...]:
    """Return the odds of each paragraph of a passage with those of the others.

    Examples
    --------
    >>> weigh_passage([2.0, -0.5, 3.0])
    (3.25, 2.0, 3.75)
    """
    total = sum(odds)
    return tuple(own + max(-FAR, min(FAR, NEIGHBOUR * (total - own))) for own in odds)
