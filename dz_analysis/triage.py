"""Which rows to look at first: where a reading is doubtful and the number matters.

In: the tables `observations` and `documents`. Out: the rows that nobody has seen yet and that are
worth a look, the most urgent first, each with its reasons. Nothing is changed.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from dz_analysis.auditing import audit_facts
from dz_analysis.comparing import prepare_facts
from dz_analysis.comparing.confidence import DOUBTFUL, flag_seen
from dz_analysis.language import label, say
from dz_analysis.lexicon import words
from dz_analysis.scoring import is_headline

COLUMNS = (
    "urgency",
    "document",
    "start",
    "quote",
    "indicator",
    "measure",
    "value",
    "unit",
    "period",
    "region",
    "status",
    "confidence",
    "grade",
    "reasons",
)
# What makes a number matter, beside its being used at all.
STAKE = 1.0
HEADLINE = 3.0
DISPUTED = "disputed"
# What may speak against a row: what it adds to that, and how likely the row is wrong at least.
AGAINST = {"outlying": (2.0, 0.4), "contradicted": (2.0, 0.4), DISPUTED: (3.0, 0.6)}
UNJUDGED = 0.3  # the doubt of a row whose confidence nobody gave
LEAST = 0.2  # urgency of a row that is listed: a plain number of grade C, a headline of grade B
FEWEST = 5  # numbers of one kind of which one can be said to lie apart
FAR_TIMES = 10.0  # an amount lies apart if it is so many times the median, or the median its
FAR_SPREADS = 6.0  # a rate, or the logarithm of an amount, if it is so many median deviations away
FAR_POINTS = 10.0  # and so many points at least
MOST_LINES = 2  # lines of the audit that are named as reasons


def list_for_review(observations: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """List the rows that are worth a reader's look, the most urgent first.

    Parameters
    ----------
    observations, documents : pandas.DataFrame
        Tables in the contract of `dz_analysis.tables`. Rows that a reader has confirmed, corrected
        or added are not listed.

    Returns
    -------
    pandas.DataFrame
        One row a number: `urgency` (how likely the row is wrong, times what the number matters),
        where it stands (`document`, `start`, `quote`), what is read of it, and `reasons`, parted by
        `; `. A number matters more if it is a headline indicator, lies apart from others of its
        kind, contradicts others in the audit, or readers disagree about it.

    Examples
    --------
    >>> from dz_analysis.synthetic import make_synthetic
    >>> made = make_synthetic(districts=5, years=7, plants=0)
    >>> list(list_for_review(made.observations, made.documents).columns) == list(COLUMNS)
    True
    """
    facts = prepare_facts(observations, documents)
    against = _gather_against(facts)
    is_seen = flag_seen(facts).tolist()
    rows = []
    for at, fact in enumerate(facts.to_dict("records")):
        urgency, reasons = _weigh({str(k): v for k, v in fact.items()}, against.get(at, {}))
        if reasons and urgency >= LEAST and not is_seen[at]:
            told = {"urgency": round(urgency, 2), "reasons": "; ".join(reasons)}
            rows.append({name: fact[name] for name in COLUMNS if name in fact} | told)
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    keys, ways = ["urgency", "document", "start"], [False, True, True]
    return table.sort_values(keys, ascending=ways, kind="stable", ignore_index=True)


def _weigh(fact: dict[str, Any], against: dict[str, list[str]]) -> tuple[float, list[str]]:
    """Return how urgent a look at a number is, and why.

    `against` tells what speaks against it: the words, by the name of what it is in `AGAINST`.
    """
    confidence = fact["confidence"]
    doubt = UNJUDGED if math.isnan(confidence) else 1 - confidence
    stake, reasons = STAKE, []
    if fact["grade"] == DOUBTFUL:
        reasons.append(say("doubtful reading ({sure:g})", sure=confidence))
    if is_headline(fact["indicator"]):
        stake += HEADLINE
        reasons.append(say("headline indicator"))
    for name, told in against.items():
        more, least = AGAINST[name]
        stake, doubt = stake + more, max(doubt, least)
        reasons += told[:MOST_LINES]
    return doubt * stake, reasons


def _gather_against(facts: pd.DataFrame) -> dict[int, dict[str, list[str]]]:
    """Return what speaks against numbers, by their positions in the facts."""
    found: dict[int, dict[str, list[str]]] = {}
    for at, told in _find_outlying(facts):
        found.setdefault(at, {}).setdefault("outlying", []).append(told)
    for at, told in _find_contradicted(facts):
        found.setdefault(at, {}).setdefault("contradicted", []).append(told)
    for at, mark in enumerate(facts.get("review", ())):
        if mark == DISPUTED:
            found.setdefault(at, {})["disputed"] = [say("readers disagree")]
    return found


def _find_contradicted(facts: pd.DataFrame) -> Iterator[tuple[int, str]]:
    """Yield what the audit says against numbers, with their positions in the facts."""
    lines = audit_facts(facts, min_confidence=0)
    for line in lines[lines["verdict"] == "disagrees"].to_dict("records"):
        for at in line["rows"]:
            told = {"check": label(line["check"]), "compared": line["compared"]}
            yield int(at), say("audit, {check}: {compared}", **told)


def _find_outlying(facts: pd.DataFrame) -> Iterator[tuple[int, str]]:
    """Yield the numbers that lie apart from others of their kind, and how far.

    Only what documents say of the places that they report on, which are of one level: a province
    and its cities are not of a kind.
    """
    own = facts[(facts["place"] == facts["home"]) & (facts["measure"] != "rank")]
    keys = ["measure", "unit", "concept", "kind", "tier"]
    for (measure, unit, *_), group in own.groupby(keys, sort=True):
        if len(group) >= FEWEST:
            is_amount = measure == "level" and str(unit) not in words("audit", "units.percent")
            yield from _far_amounts(group) if is_amount else _far_rates(group)


def _far_amounts(group: pd.DataFrame) -> Iterator[tuple[int, str]]:
    """Yield amounts that are many times the median, and further off than their kind spreads.

    Places differ in size and years in prices: what counts is how far the logarithms spread.
    """
    values = group["value"].to_numpy()
    sizes = np.log(values[values > 0])
    if not len(sizes) or np.median(values) <= 0:
        return
    middle = float(np.median(sizes))
    least = max(math.log(FAR_TIMES), FAR_SPREADS * float(np.median(np.abs(sizes - middle))))
    median, n = math.exp(middle), len(group)
    for at, value in zip(group.index, values, strict=True):
        if value <= 0 or abs(math.log(value) - middle) < least:
            continue
        if value > median:
            told = {"times": value / median, "n": n}
            yield int(at), say("{times:.0f} times the median of {n} of its kind", **told)
        else:
            told = {"times": median / value, "n": n}
            yield int(at), say("the median of {n} of its kind is {times:.0f} times it", **told)


def _far_rates(group: pd.DataFrame) -> Iterator[tuple[int, str]]:
    values = group["value"].to_numpy()
    median = float(np.median(values))
    spread = float(np.median(np.abs(values - median)))
    for at, value in zip(group.index, values, strict=True):
        if abs(value - median) >= max(FAR_POINTS, FAR_SPREADS * spread):
            told = {"value": value, "n": len(group), "median": median}
            yield (
                int(at),
                say("{value:g}, where the median of {n} of its kind is {median:g}", **told),
            )
