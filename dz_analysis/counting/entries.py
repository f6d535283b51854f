"""Which words, slogans and indicators enter, and which leave: by an exact test over documents.

In: mentions by document and the documents in their order, or two years of the same places. Out: one
row an item with the run of documents that are silent before it or after it, or with the places that
took it up and dropped it, and p values corrected for all that was compared.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import scipy  # its rooms are loaded when they are first used
from numpy.typing import ArrayLike, NDArray

from dz_analysis.counting.permutation import ALPHA
from dz_analysis.counting.rates import counts_by_document
from dz_analysis.counting.within import compare_within
from dz_analysis.counting.years import YearPair

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
ENTERS, LEAVES = "enters", "leaves"
ENTRY_COLUMNS = ("item", "event", "year", "silent", "documents", "said", "p", "p_holm")
PLACE_COLUMNS = ("before", "after", "taken_up", "dropped", "p_places", "p_places_holm")
WITHIN = ("first", "second", "difference", "low", "high", "p", "p_max")
RATE_UNIT = "per 10,000 Han characters"
# Each column of the table of changes with what it holds, as a codebook says it.
CHANGE_LABELS = {
    "kind": "Kind of the item: word, slogan, indicator, phrase",
    "name": "Word, slogan or name of the indicator",
    "finding": "step, gradual; enters, leaves; rises, falls; taken up, dropped",
    "year": "Year since which (step), first (enters) or last (leaves) year that says it",
    "before": "Rate, documents or places before the change, or in the first year",
    "after": "Rate, documents or places after the change, or in the second year",
    "unit": "What before and after are counted in",
    "low": "Lower end of the 95 % interval of the change within places",
    "high": "Upper end of the 95 % interval of the change within places",
    "p": "p value of this item alone",
    "p_corrected": "p value corrected for all items (max-T, or Holm for documents and places)",
}
YEARS_COLUMNS = ("item", *WITHIN, *PLACE_COLUMNS)


def find_entries(mentions: pd.DataFrame, series: pd.DataFrame) -> pd.DataFrame:
    """Find what enters a series of documents and what leaves it.

    An item enters in the year of the first document that says it, if the run of documents before
    it is longer than chance allows; it leaves after the year of the last one likewise.

    Parameters
    ----------
    mentions : pandas.DataFrame
        Columns ``document``, ``item``, ``count``; see `keep_frequent`.
    series : pandas.DataFrame
        Documents of one place: columns ``id``, ``year``, ``han_chars``, by year.

    Returns
    -------
    pandas.DataFrame
        Two rows an item, the surest first: item, event (``enters``, ``leaves``), year (of the
        first or of the last document that says it), silent (documents in the years before or
        after), documents (the others), said (how many of these say it), p, p_holm (corrected for
        all items and both events).

    Notes
    -----
    p is the chance that as many documents are silent at that end if each document says the item
    with a chance that only depends on its length, given how many say it: documents are drawn with
    odds 1 / (exp(-rate × characters)) - 1 (conditional Bernoulli). With documents of one length
    it is C(n - silent, said) / C(n, said). No place of a split is searched for, so none has to be
    corrected for. Holm, S. 1979. Scandinavian Journal of Statistics 6, 65-70; Chen, S. X. and Liu,
    J. S. 1997. Statistica Sinica 7, 875-892.

    Examples
    --------
    >>> series = pd.DataFrame({"id": [f"d{y}" for y in range(1990, 2010)], "han_chars": 10_000})
    >>> series["year"] = range(1990, 2010)
    >>> said = pd.DataFrame({"document": series["id"][10:], "item": "slogan 放管服", "count": 5})
    >>> table = find_entries(said, series)
    >>> table[["event", "year", "silent", "documents", "said"]].head(1).values.tolist()
    [['enters', 2000, 10, 10, 10]]
    >>> table["p"].map("{:.2g}".format).tolist()
    ['5.4e-06', '1']
    """
    sizes = series.set_index("id")["han_chars"]
    mentions = mentions[mentions["document"].isin(sizes.index)]
    if mentions.empty:
        empty = pd.DataFrame({name: pd.Series(dtype="float64") for name in ENTRY_COLUMNS})
        return empty.astype({"item": "str", "event": "str"})
    wide = counts_by_document(mentions, sizes, name="item")
    said = wide.to_numpy() > 0
    years, size = series["year"].to_numpy(), sizes.to_numpy(dtype="float64")
    parts = [
        _runs(said, years, size).assign(item=wide.index, event=ENTERS),
        _runs(said[:, ::-1], years[::-1], size[::-1]).assign(item=wide.index, event=LEAVES),
    ]
    table = pd.concat(parts, ignore_index=True)
    table["p_holm"] = adjust_holm(table["p"])
    return table.sort_values(["p", "item", "event"], ignore_index=True)[list(ENTRY_COLUMNS)]


def _runs(said: Flags, years: NDArray[np.int64], size: Floats) -> pd.DataFrame:
    """Return the silent run before the first year that says each item, and its p value."""
    first = years[said.argmax(axis=1)]
    rank = {year: int((years == year).argmax()) for year in set(years.tolist())}
    silent = np.array([rank[year] for year in first.tolist()])
    holders = said.sum(axis=1)
    table = {k: silent_run_chances(size, k) for k in sorted(set(holders.tolist()))}
    p = [table[k][run] for k, run in zip(holders.tolist(), silent.tolist(), strict=True)]
    runs = {"year": first, "silent": silent, "documents": len(size) - silent, "said": holders}
    return pd.DataFrame({**runs, "p": p})


def silent_run_chances(sizes: ArrayLike, holders: int) -> Floats:
    """Return the chance that the first 0, 1, 2 … documents are all silent.

    Parameters
    ----------
    sizes : array-like of float
        Length of each document, in order.
    holders : int
        How many of them say the item.

    Returns
    -------
    numpy.ndarray
        One chance for each run, from 0 documents to all of them.

    Examples
    --------
    >>> silent_run_chances([5, 5, 5, 5], 2).round(4).tolist()
    [1.0, 0.5, 0.1667, 0.0, 0.0]
    >>> silent_run_chances([9, 1, 1, 1], 2).round(4).tolist()[1] < 0.5  # the long one is silent
    True
    """
    size = np.asarray(sizes, dtype="float64")
    n = len(size)
    if not 0 < holders <= n:
        msg = f"{holders} of {n} documents can't say an item; expected 1 to {n}."
        raise ValueError(msg)
    if holders == n:
        return np.array([1.0, *np.zeros(n)])
    mentions = _rate_of(size, holders) * size
    odds = mentions + np.log(-np.expm1(-mentions))  # their logs, which can't overflow
    sums = np.full((n + 1, holders + 1), -np.inf)  # symmetric sums over the last documents, as logs
    sums[n, 0] = 0
    for i in range(n - 1, -1, -1):
        sums[i] = sums[i + 1]
        sums[i, 1:] = np.logaddexp(sums[i + 1, 1:], odds[i] + sums[i + 1, :-1])
    chances: Floats = np.exp(sums[:, holders] - sums[0, holders])
    return chances


def _rate_of(size: Floats, holders: int) -> float:
    """Return the rate of mentions at which so many documents are expected to say an item."""
    scale = 1 / size.mean()

    def missing(rate: float) -> float:
        return float(np.sum(-np.expm1(-rate * scale * size))) - holders

    top = 1.0
    while missing(top) < 0:
        top *= 2
    return float(scipy.optimize.brentq(missing, 0, top) * scale)


def compare_years(mentions: pd.DataFrame, dated: pd.DataFrame, pair: YearPair) -> pd.DataFrame:
    """Compare two years within the places that hold both: rates, and who says an item at all.

    Parameters
    ----------
    mentions : pandas.DataFrame
        Columns ``document``, ``item``, ``count``; see `keep_frequent`.
    dated : pandas.DataFrame
        From `date_documents`.
    pair : YearPair
        From `choose_pair`.

    Returns
    -------
    pandas.DataFrame
        One row an item, the surest change of its rate first: item; first, second, difference,
        low, high (mean rates per 10,000 Han characters in the two years, and the mean difference
        within places with Student's interval), p and p_max (turning the sign of each place's
        difference; p_max over all items); before and after (places that say it in either year),
        taken_up and dropped (places that say it only in the second, only in the first), p_places
        (whether more took it up than dropped it, or fewer, each place's longer document the
        likelier to say it), p_places_holm (over all items). ``attrs`` hold places, first, last
        and p_smallest, of p_max.

    Notes
    -----
    For the rates see `compare_within`. McNemar, Q. 1947. Psychometrika 12, 153-157, in its exact
    form: places that change are draws with the chance of the second year's share of the two
    documents' length.

    Examples
    --------
    >>> rows = [(f"{place}{year}", place, year) for place in "甲乙丙丁戊己" for year in (1, 2)]
    >>> dated = pd.DataFrame(rows, columns=["id", "region", "year"]).assign(han_chars=1000)
    >>> said = dated[dated["year"] == 2].rename(columns={"id": "document"})
    >>> said = said.assign(item="word 低空经济", count=2)
    >>> pair = YearPair(1, 2, ("丁", "丙", "乙", "己", "戊", "甲"))
    >>> table = compare_years(said, dated, pair)
    >>> table[["difference", "p_max", "taken_up", "dropped", "p_places"]].round(9).values.tolist()
    [[20.0, 0.03125, 6.0, 0.0, 0.03125]]
    """
    inside = dated[dated["region"].isin(pair.places) & dated["year"].isin([pair.first, pair.last])]
    where = inside.set_index("id")[["region", "year"]].astype({"year": "str"})
    held = mentions.loc[mentions["document"].isin(where.index), ["document", "item", "count"]]
    placed = held.join(where, on="document")
    if placed.empty:
        return pd.DataFrame({name: pd.Series(dtype="float64") for name in YEARS_COLUMNS})
    counts = placed.drop(columns="document").rename(columns={"region": "document"})
    sizes = inside[["region", "year", "han_chars"]].rename(columns={"region": "document"})
    sizes = sizes.astype({"year": "str"})
    first, last = str(pair.first), str(pair.last)
    rates = compare_within(counts, sizes, first=last, second=first, part="year", name="item")
    swapped = {"first": "second", "second": "first"}
    table = rates.rename(columns=swapped)[["item", *WITHIN]]
    result = table.assign(**_held_by_place(counts, sizes, pair, list(table["item"])))
    result["p_places_holm"] = adjust_holm(result["p_places"])
    result.attrs = {
        "places": len(pair.places),
        "first": pair.first,
        "last": pair.last,
        "p_smallest": rates.attrs.get("p_smallest", 1.0),
    }
    return result


def _held_by_place(
    counts: pd.DataFrame, sizes: pd.DataFrame, pair: YearPair, items: Sequence[str]
) -> dict[str, NDArray[np.generic]]:
    """Return how many places say each item in either year, and the test of those that change."""
    lengths = sizes.groupby(["year", "document"])["han_chars"].sum()
    years = (str(pair.first), str(pair.last))
    said = [
        counts_by_document(counts[counts["year"] == year], lengths[year], name="item", names=items)
        .reindex(columns=list(pair.places))
        .to_numpy()
        > 0
        for year in years
    ]
    taken_up, dropped = said[1] & ~said[0], said[0] & ~said[1]
    first, last = (lengths[year].reindex(list(pair.places)).to_numpy() for year in years)
    return {
        "before": said[0].sum(axis=1),
        "after": said[1].sum(axis=1),
        "taken_up": taken_up.sum(axis=1),
        "dropped": dropped.sum(axis=1),
        "p_places": two_sided_chances(taken_up, taken_up | dropped, last / (first + last)),
    }


def two_sided_chances(up: Flags, moved: Flags, chance: Floats) -> Floats:
    """Return the chance of as uneven a split, up against down, of the places that moved.

    Parameters
    ----------
    up, moved : numpy.ndarray of bool
        Items by places: which places moved up, and which moved at all.
    chance : numpy.ndarray
        Of each place, that it moves up if it moves.

    Returns
    -------
    numpy.ndarray
        Twice the smaller tail of the Poisson binomial distribution, at most 1, one an item.

    Examples
    --------
    >>> moved = np.ones((2, 6), dtype=bool)
    >>> up = np.array([[True] * 6, [True, False] * 3])
    >>> two_sided_chances(up, moved, np.full(6, 0.5)).tolist()
    [0.03125, 1.0]
    """
    spread = np.zeros((len(up), up.shape[1] + 1))
    spread[:, 0] = 1
    for place, one in enumerate(chance):
        p = np.where(moved[:, [place]], one, 0.0)
        spread[:, 1:] = spread[:, 1:] * (1 - p) + spread[:, :-1] * p
        spread[:, [0]] *= 1 - p
    rows, seen = np.arange(len(up)), up.sum(axis=1)
    below = spread.cumsum(axis=1)[rows, seen]
    above = spread[:, ::-1].cumsum(axis=1)[rows, up.shape[1] - seen]
    both: Floats = np.minimum(1.0, 2 * np.minimum(below, above))
    return both


def adjust_holm(p: pd.Series) -> pd.Series:
    """Return p values corrected for all of them by Holm's steps.

    Examples
    --------
    >>> adjust_holm(pd.Series([0.01, 0.04, 0.03])).round(2).tolist()
    [0.03, 0.06, 0.06]
    """
    ordered = p.sort_values(kind="stable")
    steps = np.arange(len(ordered), 0, -1)
    corrected = np.minimum(np.maximum.accumulate(ordered.to_numpy() * steps), 1.0)
    return pd.Series(corrected, index=ordered.index).reindex(p.index)


def collect_changes(
    breaks: pd.DataFrame, entries: pd.DataFrame, compared: pd.DataFrame
) -> pd.DataFrame:
    """Put all changes that hold after correction into one table.

    Parameters
    ----------
    breaks, entries, compared : pandas.DataFrame
        From `find_breaks`, `find_entries` and `compare_years`.

    Returns
    -------
    pandas.DataFrame
        Columns of `CHANGE_LABELS`, one row an item and finding; by finding, then the surest first.
    """
    steps = breaks[breaks["p_max"] < ALPHA]
    moves = entries[entries["p_holm"] < ALPHA]
    rates = compared[compared["p_max"] < ALPHA]
    places = compared[compared["p_places_holm"] < ALPHA]
    enters = moves["event"] == ENTERS
    parts = [
        steps.assign(
            finding=steps["course"],
            year=steps["since"].where(steps["course"] == "step"),
            unit=RATE_UNIT,
            p_corrected=steps["p_max"],
        ),
        moves.assign(
            finding=moves["event"],
            before=moves["said"].mask(enters, 0),
            after=moves["said"].where(enters, 0),
            unit="documents",
            p_corrected=moves["p_holm"],
        ),
        rates.drop(columns=["before", "after"]).assign(
            finding=np.where(rates["difference"] > 0, "rises", "falls"),
            before=rates["first"],
            after=rates["second"],
            unit=RATE_UNIT,
            p_corrected=rates["p_max"],
        ),
        places.drop(columns=["low", "high"]).assign(
            finding=np.where(places["taken_up"] > places["dropped"], "taken up", "dropped"),
            unit="places",
            p=places["p_places"],
            p_corrected=places["p_places_holm"],
        ),
    ]
    table = pd.concat([part.reindex(columns=["item", *CHANGE_LABELS]) for part in parts])
    named = table["item"].astype("str").str.split(" ", n=1, expand=True).reindex(columns=[0, 1])
    table = table.assign(kind=named[0], name=named[1]).drop(columns="item")
    texts = dict.fromkeys(("kind", "name", "finding", "unit"), "str")
    typed: pd.DataFrame = table.astype(dict.fromkeys(CHANGE_LABELS, "float64") | texts)
    order = ["finding", "p_corrected", "p", "kind", "name"]
    return typed.sort_values(order, ignore_index=True)
