"""How sure a row is: the sum of its marks as a probability, and a grade.

In: the observations of a text with what `marks` needs. Out: for each the probability that name,
value, unit, measure, period and status are all right, a grade, and its marks. The weights are
those of `lexicon/confidence.csv`; a mark of failure sets a ceiling.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from math import exp
from types import MappingProxyType
from typing import NamedTuple

from dz_analysis.finding.confidence.marks import Document, mark_observations
from dz_analysis.finding.confidence.names import KEPT, Marks
from dz_analysis.finding.model import Observation
from dz_analysis.lexicon import load_lexicon, load_settings

BASE = "any row"  # the mark that every row carries
PLACES = 2  # decimals of a confidence
GRADES = ("A", "B", "C")


class Mark(NamedTuple):
    """One row of the list: what a mark weighs, the field that it is about, what it means.

    `is_failure` says that a row with the mark never passes the ceiling.
    """

    name: str
    field: str
    weight: float
    is_failure: bool
    meaning: str
    meaning_zh: str


class Assessment(NamedTuple):
    """How sure a row is, its grade, and the marks that it carries."""

    confidence: float
    grade: str
    marks: Marks


@cache
def load_marks() -> Mapping[str, Mark]:
    """Return mark -> its row of `lexicon/confidence.csv`."""
    rows = load_lexicon("confidence")
    return MappingProxyType(
        {
            row["mark"]: Mark(
                row["mark"],
                row["field"],
                float(row["weight"]),
                bool(row["failure"]),
                row["meaning"],
                row["meaning_zh"],
            )
            for row in rows
        }
    )


def assess_observations(
    document: Document, observations: Sequence[Observation]
) -> tuple[Assessment, ...]:
    """Say of each observation of a text how sure it is.

    Parameters
    ----------
    document : Document
        The text and what is known of it.
    observations : sequence of Observation
        All that was found in it, in text order.

    Returns
    -------
    tuple of Assessment
        One an observation, in the same order.

    Examples
    --------
    >>> from dz_analysis.finding import Context, find_observations
    >>> context = Context(region="清源县", period_start="2019-01", period_end="2019-12")
    >>> text = "2019年，全县一般公共预算收入8亿元。"
    >>> rows = find_observations(text, context=context)
    >>> [one.grade in GRADES for one in assess_observations(Document(text, context), rows)]
    [True]
    """
    return tuple(map(assess, mark_observations(document, observations)))


@lru_cache(maxsize=KEPT)
def assess(marks: Marks) -> Assessment:
    """Weigh marks.

    Examples
    --------
    >>> sure, unsure = assess(()), assess(("failed: no name",))
    >>> sure.confidence > unsure.confidence, unsure.grade
    (True, 'C')
    """
    confidence = round(probability(mass_of(marks), marks), PLACES)
    return Assessment(confidence, grade_of(confidence), marks)


def mass_of(marks: Iterable[str]) -> float:
    """Return the sum of the weights of marks, and of what every row carries."""
    weights = _weights()
    return weights[BASE] + sum(weights[mark] for mark in marks)


def probability(mass: float, marks: Iterable[str]) -> float:
    """Return a mass as a probability, no more than the ceiling where a mark is one of failure."""
    likely = 1 / (1 + exp(-mass))
    return likely if _failures().isdisjoint(marks) else min(likely, ceiling())


def grade_of(confidence: float) -> str:
    """Return the grade of a probability.

    Examples
    --------
    >>> grade_of(1.0), grade_of(0.0)
    ('A', 'C')
    """
    least = load_settings("grades")["grades"]
    return next((grade for grade in GRADES if confidence >= least.get(grade, 0.0)), GRADES[-1])


def ceiling() -> float:
    """Return what a row with a mark of failure never passes."""
    return float(load_settings("grades")["ceiling"])


@cache
def _weights() -> Mapping[str, float]:
    return {name: mark.weight for name, mark in load_marks().items()}


@cache
def _failures() -> frozenset[str]:
    return frozenset(name for name, mark in load_marks().items() if mark.is_failure)
