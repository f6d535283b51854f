"""Why a place has no number of an indicator: not stated, stated otherwise, or named without one.

In: facts, and the table of terms where mentions are wanted. Out: a state and a reason in words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pandas as pd

from dz_analysis.comparing.facts import name_key
from dz_analysis.language import label as name_measure
from dz_analysis.language import say


def explain_absence(
    facts: pd.DataFrame,
    about: pd.DataFrame,
    label: str,
    mentions: pd.DataFrame | None,
) -> Callable[[str], tuple[str, str]]:
    """Return a function from a place without a number of this measure to its state and reason."""
    reporting = set(facts["home"])
    own = about[about["place"] == about["home"]]
    stated = own.groupby("place")["measure"].agg(lambda names: sorted(set(names))).to_dict()
    named = _places_naming(facts, label, mentions)

    def explain(place: str) -> tuple[str, str]:
        if place in stated:
            measures = say(" and ").join(map(name_measure, stated[place]))
            return "not_stated", say("states only its {measures}", measures=measures)
        if place in named:
            return "no_number", say("named in {where}, no number of it read", where=named[place])
        if place not in reporting:
            return "not_stated", say("no document of this place has a number")
        return "not_stated", say("its documents do not state it")

    return explain


def _places_naming(
    facts: pd.DataFrame, label: str, mentions: pd.DataFrame | None
) -> dict[str, str]:
    if mentions is None or mentions.empty:
        return {}
    hits = mentions[mentions["indicator"] == name_key(label)]
    homes = dict(zip(facts["document"], facts["home"], strict=True))
    return {
        homes[row.document]: say("{document} paragraph {n}", document=row.document, n=row.paragraph)
        for row in hits.itertuples()
        if row.document in homes
    }


def list_namings(words: Iterable[str], indicators: Iterable[str]) -> list[str]:
    """List the words that name one of some indicators: what of `terms` `find_mentions` needs.

    Examples
    --------
    >>> list_namings(["税收", "税收收入", "公路"], ["税收收入"])
    ['税收', '税收收入']
    """
    names = list(indicators)
    wanted = {name_key(name) for name in names}
    return sorted({*names, *(word for word in words if name_key(word) in wanted)})


def find_mentions(terms: pd.DataFrame, indicators: Iterable[str]) -> pd.DataFrame:
    """Return the paragraphs that name an indicator, as far as the table of terms can tell.

    Only names that the segmenter keeps as one word are found; for others the table of terms
    holds nothing, and a cell without number stays `not_stated`.

    Returns
    -------
    pandas.DataFrame
        Columns `document`, `indicator` (the key of its name), `paragraph` (the first that names
        it); one row per document and indicator.
    """
    wanted = {name_key(name) for name in indicators}
    named = terms.assign(indicator=terms["term"].map(name_key))
    hits = named[named["indicator"].isin(wanted)].sort_values(["document", "paragraph"])
    first = hits.drop_duplicates(["document", "indicator"])
    return first[["document", "indicator", "paragraph"]].reset_index(drop=True)
