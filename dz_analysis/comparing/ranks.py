"""Stated ranks (居全市第二) beside the rank that the corpus itself gives.

In: facts. Out: one row per stated rank. The corpus seldom holds all places that a rank is within,
so its own rank is among those it holds, and says among how many.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from dz_analysis.comparing.compare import compare_indicator
from dz_analysis.comparing.facts import RESULTS, is_lower_better, list_homes
from dz_analysis.comparing.lookup import Fact, Lookup, build_lookup
from dz_analysis.comparing.periods import name_period
from dz_analysis.comparing.tabulate import USABLE, keep_best

RANKED = ("level", "growth", "ratio")
RANK_COLUMNS = (
    "region",
    "indicator",
    "period",
    "stated",
    "of",
    "basis",
    "value",
    "corpus_rank",
    "among",
    "note",
    "source",
)


def tabulate_ranks(facts: pd.DataFrame, *, regions: Iterable[str] = ()) -> pd.DataFrame:
    """Set every stated rank of a place beside its rank among the places of the corpus.

    Parameters
    ----------
    facts : pandas.DataFrame
        From `prepare_facts`.
    regions : iterable of str
        Places to rank; empty means those of the commonest level.

    Returns
    -------
    pandas.DataFrame
        Columns `RANK_COLUMNS`, one row per stated rank in the order of the table. `basis` is the
        measure ranked (the one stated last before it in the paragraph; blank if none), `value`
        its quote, `corpus_rank` such as ``1`` or ``1–2`` where rounding leaves it open, `among`
        how many places of the same city the corpus can compare. Blank with a note where the
        corpus has no rank.
    """
    lookup = build_lookup(facts)
    places = list(regions) or list_homes(facts)
    fields = _Fields(facts, places)
    rows = []
    for row in lookup.each("rank"):
        if row["place"] in places:
            basis = name_rank_basis(lookup, row)
            rows.append(_describe(row, basis) | _rank_in_corpus(fields, row, basis))
    return pd.DataFrame(rows, columns=list(RANK_COLUMNS))


class _Fields:
    """Comparable values of the corpus, compared once for all the ranks held against them."""

    def __init__(self, facts: pd.DataFrame, places: list[str]) -> None:
        self.told = dict(list(facts[facts["status"].isin(RESULTS)].groupby(["concept", "period"])))
        known = facts[facts["city"] != ""].drop_duplicates("place")
        self.cities = dict(zip(known["place"], known["city"], strict=True))
        self.places = places
        self.made: dict[tuple[str, str, str], list[dict]] = {}

    def find(self, row: dict, basis: str) -> list[dict]:
        """Return one comparable cell per place that may share the city of a rank."""
        key = (row["concept"], basis, row["period"])
        if key not in self.made:
            cells = compare_indicator(
                self.told[row["concept"], row["period"]],
                row["concept"],
                measure=basis,
                period=row["period"],
                regions=self.places,
            )
            self.made[key] = keep_best(cells[cells["state"].isin(USABLE)]).to_dict("records")
        city = row["city"] if "市" in row["of"] else ""
        found = self.made[key]
        return [c for c in found if not city or self.cities.get(c["region"], city) == city]


def _describe(row: dict, basis: str) -> dict:
    return {
        "region": row["place"],
        "indicator": row["label"],
        "period": name_period(row["period"]),
        "stated": row["quote"],
        "of": row["of"],
        "basis": basis,
        "source": f"{row['document']} no. {row['observation']}",
    }


def _rank_in_corpus(fields: _Fields, row: dict, basis: str) -> dict:
    blank = {"value": "", "corpus_rank": "", "among": 0}
    if not basis:
        return blank | {"note": "what is ranked is not stated in its paragraph"}
    field = fields.find(row, basis)
    own = [cell for cell in field if cell["region"] == row["place"]]
    if not own:
        return blank | {"note": "its own value can't be compared"}
    if len(field) == 1:
        note = "no other place of the corpus states it"
        return blank | {"value": own[0]["quote"], "among": 1, "note": note}
    best, worst = bound_rank(own[0], field, ascending=is_lower_better(row["label"]))
    told = str(best) if best == worst else f"{best}–{worst}"
    return {"value": own[0]["quote"], "corpus_rank": told, "among": len(field), "note": ""}


def name_rank_basis(lookup: Lookup, row: Fact) -> str:
    """Return what a rank is of: the measure of its indicator stated last before it.

    The table gives only the indicator's name; 增长12.8%，居全市第二 ranks the growth. Blank where
    the same paragraph states nothing of the indicator before.
    """
    for position in range(row["row"] - 1, -1, -1):
        before = lookup.rows[position]
        here = (before["document"], before["paragraph"]) == (row["document"], row["paragraph"])
        if not here:
            return ""
        if before["concept"] == row["concept"] and before["measure"] in RANKED:
            return str(before["measure"])
    return ""


def bound_rank(own: dict, field: list[dict], *, ascending: bool = False) -> tuple[int, int]:
    """Return the best and the worst rank that rounding and bounds allow in a field.

    Examples
    --------
    >>> places = [{"low": 4.5, "high": 5.5}, {"low": 5.05, "high": 5.15}, {"low": 1, "high": 2}]
    >>> bound_rank(places[0], places), bound_rank(places[2], places, ascending=True)
    ((1, 2), (1, 1))
    """
    if ascending:
        better = sum(other["high"] < own["low"] for other in field)
        level = sum(other["low"] <= own["high"] for other in field)
    else:
        better = sum(other["low"] > own["high"] for other in field)
        level = sum(other["high"] >= own["low"] for other in field)
    return 1 + better, level
