"""Who states what, and how: counts over documents, groups of indicators and regions.

In: facts. Out: tables without gaps; what a region does not state is said, never left out.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from dz_analysis.comparing.confidence import DOUBTFUL
from dz_analysis.comparing.facts import RESULTS, find_concept
from dz_analysis.finding.catalogue import group_of
from dz_analysis.language import label, say, say_count
from dz_analysis.lexicon import load_lexicon

COVERAGE = ("level and growth", "level", "growth", "other measure", "target only", "not stated")


def summarise_documents(facts: pd.DataFrame) -> pd.DataFrame:
    """Count what every document states.

    Returns
    -------
    pandas.DataFrame
        One row per document that has a number, in order of its id: `document`, `region`,
        `numbers`, `indicators` (different ones), `catalogued_pct` (share of its numbers whose
        indicator is in the catalogue), `results`, `estimates`, `targets` (numbers of each
        status), `levels`, `growth_rates`, `doubtful` (of grade C).
    """
    groups = facts.groupby("document", sort=True)
    table = groups.agg(
        region=("home", "first"),
        numbers=("observation", "size"),
        indicators=("concept", "nunique"),
        catalogued_pct=("catalogued", lambda flags: round(100 * float(flags.mean()), 1)),
        results=("status", lambda names: int((names == "actual").sum())),
        estimates=("status", lambda names: int((names == "estimate").sum())),
        targets=("status", lambda names: int((names == "target").sum())),
        levels=("measure", lambda names: int((names == "level").sum())),
        growth_rates=("measure", lambda names: int((names == "growth").sum())),
        doubtful=("grade", lambda grades: int((grades == DOUBTFUL).sum())),
    )
    return table.reset_index()


def count_groups(facts: pd.DataFrame, *, by: str = "document") -> pd.DataFrame:
    """Count the numbers of every document, or of every region, by group of indicators.

    Parameters
    ----------
    facts : pandas.DataFrame
        From `prepare_facts`.
    by : {"document", "region"}
        A region's numbers are those of all documents that report on it.

    Returns
    -------
    pandas.DataFrame
        One row per group and document (or region) that has any: `group`, `document` or `region`,
        `numbers`; in the catalogue's order, `other` (not catalogued) last.
    """
    grouped = facts.assign(group=facts["concept"].map(name_group), region=facts["home"])
    counts = grouped.groupby(["group", by]).size().rename("numbers").reset_index()
    order = {name: number for number, name in enumerate(list_groups())}
    ranked = counts.assign(_group=counts["group"].map(order).fillna(len(order)))
    ordered = ranked.sort_values(["_group", by], kind="stable", ignore_index=True)
    return ordered.drop(columns="_group")


def say_groups(counts: pd.DataFrame) -> str:
    """Return what the documents talk about most, as a sentence made from `count_groups`."""
    known = counts[counts["group"] != "other"].groupby("group", sort=False)["numbers"].sum()
    total = int(counts["numbers"].sum())
    if known.empty:
        return say("None of {n} numbers stands in a group of the catalogue", n=f"{total:,}")
    best = [label(name) for name in known.index[known == known.max()]]
    told = {"groups": say(" and ").join(best), "most": f"{known.max():,}", "n": f"{total:,}"}
    rest = say_count(
        total - int(known.sum()), "; {n} stands in no group", "; {n} stand in no group"
    )
    if len(best) == 1:
        most = say("Of the catalogue's groups {groups} has most numbers, {most} of {n}", **told)
    else:
        most = say(
            "Of the catalogue's groups {groups} have most numbers, {most} of {n} each", **told
        )
    return most + rest


def list_widest(
    facts: pd.DataFrame, regions: Iterable[str], *, measure: str = "level", most: int = 8
) -> list[str]:
    """Return the catalogued indicators that most regions state a result of, by name.

    Parameters
    ----------
    facts : pandas.DataFrame
        From `prepare_facts`.
    regions : iterable of str
        Whose statements count.
    measure : str
        What they must state of it.
    most : int
        How many to return at most; of equally wide ones the one with more numbers comes first.
    """
    own = facts[facts["place"].isin(list(regions)) & facts["status"].isin(RESULTS)]
    own = own[(own["measure"] == measure) & own["catalogued"]]
    wide = own.groupby("label").agg(places=("place", "nunique"), numbers=("label", "size"))
    ordered = wide.reset_index().sort_values(
        ["places", "numbers", "label"], ascending=[False, False, True], kind="stable"
    )
    return list(ordered["label"].head(most))


def choose_indicator(facts: pd.DataFrame, wanted: str, regions: Iterable[str]) -> str:
    """Return the indicator wanted; if none is, the one that most regions state in two ways.

    The two are level and growth; of several the one with most numbers is taken. A corpus without
    any catalogued level gets its commonest name of all.

    Raises
    ------
    ValueError
        If the corpus does not hold the indicator wanted; the message names the nearest ones.
    """
    if wanted:
        find_concept(facts, wanted)
        return wanted
    places = set(regions)
    own = facts[facts["place"].isin(places) & facts["status"].isin(RESULTS) & facts["catalogued"]]
    stated = own.groupby(["label", "measure"])["place"].nunique().unstack(fill_value=0)
    both = stated.reindex(columns=["level", "growth"], fill_value=0).min(axis=1)
    numbers = own["label"].value_counts().reindex(both.index)
    ranked = pd.DataFrame({"places": both, "numbers": numbers}).sort_index()
    ranked = ranked[ranked["places"] > 0].sort_values(
        ["places", "numbers"], ascending=False, kind="stable"
    )
    names = [*ranked.index, *list_widest(facts, places, most=1), *facts["label"].mode()]
    return str(names[0])


def list_uncatalogued(facts: pd.DataFrame) -> pd.DataFrame:
    """Return the names that the catalogue lacks, the commonest first, so that it can be extended.

    Returns
    -------
    pandas.DataFrame
        `indicator`, `numbers`, `documents`, `unit` (its commonest).
    """
    unknown = facts[~facts["catalogued"] & (facts["concept"] != "")]
    table = unknown.groupby("label").agg(
        numbers=("label", "size"),
        documents=("document", "nunique"),
        unit=("unit", lambda units: min(units.mode())),
    )
    ordered = table.reset_index().sort_values(
        ["documents", "numbers", "label"], ascending=[False, False, True], ignore_index=True
    )
    return ordered.rename(columns={"label": "indicator"})


def list_groups() -> list[str]:
    """Return the groups of the catalogue of indicators in its order."""
    return list(dict.fromkeys(row["group"] for row in load_lexicon("indicators")))


def name_group(concept: str) -> str:
    """Return the catalogue's group of an indicator; `other` if it is not catalogued."""
    return group_of(concept.split("/")[0]) or "other"


def map_coverage(facts: pd.DataFrame, regions: Iterable[str], *, fewest: int = 1) -> pd.DataFrame:
    """Return which place states which indicator, and in which way.

    Parameters
    ----------
    facts : pandas.DataFrame
        From `prepare_facts`.
    regions : iterable of str
        The places, in the order wanted.
    fewest : int
        Leave out indicators that fewer places state.

    Returns
    -------
    pandas.DataFrame
        One row per indicator and place, without gaps: `indicator`, `region`, `state` (one of
        `COVERAGE`), `n` (observations), `doubtful` (how many of these are of grade C), `places`
        (how many places state the indicator at all).
        Ordered by `places` falling, then by name, then as `regions`.

    Examples
    --------
    >>> from dz_analysis.comparing.facts import prepare_facts
    >>> from dz_analysis.synthetic import make_synthetic
    >>> made = make_synthetic(districts=5, years=7, plants=0)
    >>> facts = prepare_facts(made.observations, made.documents)
    >>> map_coverage(facts, ["甲子区", "乙丑区"])[["region", "state"]].values[:2].tolist()
    [['甲子区', 'level and growth'], ['乙丑区', 'level and growth']]
    """
    places = list(regions)
    own = facts[facts["place"].isin(places) & (facts["concept"] != "")]
    counts = own.groupby("concept")["place"].nunique()
    kept = own[own["concept"].isin(counts.index[counts >= fewest])]
    names = kept.drop_duplicates("concept").set_index("concept")["label"]
    states = kept.groupby(["concept", "place"])[["measure", "status"]].apply(_name_coverage)
    sizes = kept.groupby(["concept", "place"]).size()
    doubtful = kept[kept["grade"] == DOUBTFUL].groupby(["concept", "place"]).size()
    grid = pd.MultiIndex.from_product([names.index, places], names=["concept", "region"])
    frame = pd.DataFrame(
        {
            "state": (states if len(kept) else pd.Series(dtype=str))
            .reindex(grid)
            .fillna("not stated"),
            "n": sizes.reindex(grid).fillna(0).astype(int),
            "doubtful": doubtful.reindex(grid).fillna(0).astype(int),
        },
        index=grid,
    ).reset_index()
    frame = frame.assign(indicator=frame["concept"].map(names), places=frame["concept"].map(counts))
    rank = {place: number for number, place in enumerate(places)}
    ordered = frame.assign(_rank=frame["region"].map(rank)).sort_values(
        ["places", "indicator", "_rank"], ascending=[False, True, True], kind="stable"
    )
    return ordered[["indicator", "region", "state", "n", "doubtful", "places"]].reset_index(
        drop=True
    )


def _name_coverage(rows: pd.DataFrame) -> str:
    measures = set(rows.loc[rows["status"].isin(RESULTS), "measure"])
    if not measures:
        return "target only"
    if {"level", "growth"} <= measures:
        return "level and growth"
    return next((name for name in ("level", "growth") if name in measures), "other measure")
