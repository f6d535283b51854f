"""Stated ranks (居全市第二) beside the rank that the corpus itself gives.

In: facts. Out: one row per stated rank. The corpus seldom holds all places that a rank is within,
so its own rank is among those it holds, and says among how many.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from dz_analysis.comparing.compare import compare_indicator
from dz_analysis.comparing.facts import RESULTS, list_homes
from dz_analysis.comparing.periods import name_period
from dz_analysis.comparing.placechecks import name_rank_basis
from dz_analysis.comparing.shelf import build_shelf
from dz_analysis.comparing.views import rank_regions

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
    shelf = build_shelf(facts)
    places = list(regions) or list_homes(facts)
    fields = _Fields(facts, places)
    rows = []
    for row in shelf.each("rank"):
        if row["place"] in places:
            basis = name_rank_basis(shelf, row)
            rows.append(_describe(row, basis) | _rank_in_corpus(fields, row, basis))
    return pd.DataFrame(rows, columns=list(RANK_COLUMNS))


class _Fields:
    """Rankings of the corpus, each made once for all the ranks that it is held against."""

    def __init__(self, facts: pd.DataFrame, places: list[str]) -> None:
        self.told = dict(list(facts[facts["status"].isin(RESULTS)].groupby(["concept", "period"])))
        known = facts[facts["city"] != ""].drop_duplicates("place")
        self.cities = dict(zip(known["place"], known["city"], strict=True))
        self.places = places
        self.made: dict[tuple[str, str, str, str], dict[str, dict]] = {}

    def rank(self, row: dict, basis: str) -> dict[str, dict]:
        """Return the ranking of a row's indicator among the places that may share its city."""
        city = row["city"] if "市" in row["of"] else ""
        key = (row["concept"], basis, row["period"], city)
        if key not in self.made:
            inside = [
                name for name in self.places if not city or self.cities.get(name, city) == city
            ]
            cells = compare_indicator(
                self.told[row["concept"], row["period"]],
                row["concept"],
                measure=basis,
                period=row["period"],
                regions=inside,
            )
            self.made[key] = {
                cell["region"]: cell for cell in rank_regions(cells).to_dict("records")
            }
        return self.made[key]


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
    ranked = fields.rank(row, basis)
    mine = ranked.get(row["place"])
    if mine is None:
        return blank | {"note": "its own value can't be compared"}
    if len(ranked) == 1:
        note = "no other place of the corpus states it"
        return blank | {"value": mine["quote"], "among": 1, "note": note}
    best, worst = int(mine["rank_best"]), int(mine["rank_worst"])
    told = str(best) if best == worst else f"{best}–{worst}"
    return {"value": mine["quote"], "corpus_rank": told, "among": len(ranked), "note": ""}
