"""How far the readers of a corpus agree: Krippendorff's alpha by field, and where they don't.

In: `Corrections` and the table of observations. Out: a row a field with alpha and an interval, and
a row for each disagreement. Only numbers that two readers or more have seen count; a reader who
corrects a field of a row has seen the row, and says of its other fields that they are right.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import krippendorff
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dz_analysis.review.lines import FIELDS, NONE, ROW, Corrections, Place, spell_field
from dz_analysis.review.views import Item, find_disputes, gather_items

DRAWS = 999
SEED = 2026
LEVEL = 0.95
FEWEST = 3  # documents; of fewer a draw says nothing of others
AGREEMENT_COLUMNS = ("field", "readers", "numbers", "agreed", "alpha", "low", "high")
DISPUTE_COLUMNS = ("document", "start", "quote", "field", "reader", "says")

Counts = NDArray[np.int64]


class Rating(NamedTuple):
    """What the readers of one number say of one field, as they are by name."""

    place: Place
    said: tuple[tuple[str, str], ...]


def measure_agreement(
    corrections: Corrections,
    observations: pd.DataFrame,
    *,
    draws: int = DRAWS,
    seed: int = SEED,
) -> pd.DataFrame:
    """Say by field how far readers agree.

    Parameters
    ----------
    corrections : Corrections
        What readers say.
    observations : pandas.DataFrame
        The rows that they speak of, measured or as corrected.
    draws : int, optional
        Bootstrap draws for the interval.
    seed : int, optional
        Of the draws.

    Returns
    -------
    pandas.DataFrame
        One row a field that any reader speaks of, `row` (whether the number is an observation)
        first: `field`, `readers`, `numbers` (seen by two readers or more), `agreed` (the share of
        these on which all agree), `alpha`, `low` and `high`. Without such numbers no rows.

    Notes
    -----
    Krippendorff's alpha with the nominal difference: two values are the same or not, amounts too.
    It is blank where all readers say one thing of all numbers: nothing tells agreement from habit
    then. The interval holds 95 % of the alphas of as many documents drawn with replacement, since
    what a reader takes for right in a document he does throughout; it is blank for fewer than
    three documents. Krippendorff, K. 2019. Content Analysis, 4th ed., chapter 12.
    """
    rated = rate_fields(corrections, observations)
    rows = []
    for name, ratings in rated.items():
        low, high = _interval(ratings, draws, seed)
        readers = {reader for one in ratings for reader, _ in one.said}
        agreed = sum(len({said for _, said in one.said}) == 1 for one in ratings) / len(ratings)
        alpha = _alpha(_count(ratings))
        rows.append((name, len(readers), len(ratings), agreed, alpha, low, high))
    return pd.DataFrame(rows, columns=list(AGREEMENT_COLUMNS))


def list_disputes(corrections: Corrections, observations: pd.DataFrame) -> pd.DataFrame:
    """List what readers disagree on, one row a reader and field, in the order of the text.

    Returns
    -------
    pandas.DataFrame
        `document`, `start`, `quote`, `field`, `reader`, `says`.
    """
    found = _rows_of(corrections, observations)
    rows = [
        (*item.place, name, reader, says)
        for item in gather_items(corrections.lines)
        for name, said in find_disputes(item, _read(item, found.get(item.place, {}))).items()
        for reader, says in said.items()
    ]
    return pd.DataFrame(rows, columns=list(DISPUTE_COLUMNS))


def rate_fields(corrections: Corrections, observations: pd.DataFrame) -> dict[str, list[Rating]]:
    """Return for each field that is spoken of what readers say of the numbers that two have seen.

    A field of a number that a reader calls no observation has no value of his.
    """
    found = _rows_of(corrections, observations)
    items = [item for item in gather_items(corrections.lines) if len(item.views) > 1]
    spoken = {name for item in items for name in item.fields}
    rated: dict[str, list[Rating]] = {}
    for name in (ROW, *(field for field in FIELDS if field in spoken)):
        ratings = [_rate(item, name, _read(item, found.get(item.place, {}))) for item in items]
        kept = [one for one in ratings if len(one.said) > 1]
        if kept:
            rated[name] = kept
    return rated


def _rate(item: Item, name: str, read: Mapping[str, str]) -> Rating:
    views = [view for view in item.views if not view.follows]
    if name == ROW:
        said = [(one.reader, NONE if one.kind == NONE else "observation") for one in views]
    else:
        told = [view for view in views if view.kind != NONE]
        said = [(one.reader, one.fields.get(name, read.get(name, ""))) for one in told]
    return Rating(item.place, tuple(said))


def _read(item: Item, row: Mapping[str, str]) -> dict[str, str]:
    """Return the fields of a row as they were read, before anything was corrected."""
    was = {line.field: line.was for line in reversed(item.lines) if line.field != ROW}
    return {**row, **was}


def _rows_of(corrections: Corrections, observations: pd.DataFrame) -> dict[Place, dict[str, str]]:
    rows = observations[observations["document"].isin(corrections.documents)]
    return {
        Place(row["document"], int(row["start"]), row["quote"]): {
            name: spell_field(name, row[name]) for name in FIELDS
        }
        for row in rows.to_dict("records")
    }


def _count(ratings: Iterable[Rating]) -> Counts:
    """Count how often each value is given to each number: numbers by values."""
    listed = list(ratings)
    values = sorted({said for one in listed for _, said in one.said})
    counts = np.zeros((len(listed), len(values)), dtype=np.int64)
    for at, one in enumerate(listed):
        for _, said in one.said:
            counts[at, values.index(said)] += 1
    return counts


def _alpha(counts: Counts) -> float:
    """Return alpha of counts of values by number; missing where only one value is given."""
    if (counts.sum(axis=0) > 0).sum() < 2:
        return math.nan
    return float(krippendorff.alpha(value_counts=counts, level_of_measurement="nominal"))


def _interval(ratings: list[Rating], draws: int, seed: int) -> tuple[float, float]:
    """Return the ends of the interval of alpha, documents drawn with replacement."""
    counts = _count(ratings)
    of = np.array([one.place.document for one in ratings])
    documents = sorted(set(of))
    if len(documents) < FEWEST:
        return math.nan, math.nan
    groups = [counts[of == name] for name in documents]
    random = np.random.default_rng(seed)
    picks = random.integers(0, len(groups), size=(draws, len(groups)))
    alphas = [_alpha(np.concatenate([groups[at] for at in pick])) for pick in picks]
    known = [alpha for alpha in alphas if not math.isnan(alpha)]
    if not known:
        return math.nan, math.nan
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(known, [tail, 1 - tail])
    return float(low), float(high)
