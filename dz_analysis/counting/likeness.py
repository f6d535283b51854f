"""Which documents say the same: cosine and Jaccard of each two, and tests over documents.

In: counts of words or slogans by document and the `documents` table. Out: one row a pair of
documents, means of pairs of one kind with an interval over places, and a permutation test whether
pairs of one kind are more alike than others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations, product
from math import factorial, prod
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dz_analysis.counting.keyness import adjust_p
from dz_analysis.counting.permutation import DEALS, EXACT, HAIR
from dz_analysis.counting.rates import CONFIDENCE, SEED, counts_by_document
from dz_analysis.counting.tfidf import weigh_terms

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Weighting = Literal["tfidf", "rates"]
NAME_TAGS = ("ns", "nr", "nrt", "nrfg")  # jieba's for names of places and persons
DRAWS = 1_999
FEWEST_UNITS = 8  # places drawn anew; of fewer, the ends of an interval are the places themselves
# Kinds of pairs, the nearest first.
SAME_PLACE, SAME_REGION = "same place, other year", "same region, same year"
OTHER_REGION, OTHER_PLACE = "other region, same year", "other place, same year"
OTHER_YEAR = "other place, other year"
NEXT_YEAR = "1 year apart"
YEARS_APART = (1, 5, 10, 20, 40)  # ends of the spans that years of one place are sorted into
REGION_DIGITS = (1, 2, 4)  # of a place's code: large region, province, prefecture


@dataclass(frozen=True, slots=True)
class PairTest:
    """Whether pairs of one kind are more alike than others: what was seen, and how likely.

    `difference` is the mean of the pairs asked about less that of the others, `p` the share of
    deals that lie as far from the mean of all deals, `p_smallest` the least that it can be;
    missing where there is nothing to deal.
    """

    difference: float
    p: float
    p_smallest: float
    deals: int


def leave_out_names(terms: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the `terms` table that are no names of places or persons.

    Two reports that name the same town are not alike for that.
    """
    return terms[~terms["pos"].isin(NAME_TAGS)]


def cosine(vectors: Floats) -> Floats:
    """Return the cosine of each two rows; missing for a row that is all 0.

    Examples
    --------
    >>> cosine(np.array([[1.0, 0.0], [1.0, 1.0]])).round(3).tolist()
    [[1.0, 0.707], [0.707, 1.0]]
    """
    length = np.sqrt((vectors**2).sum(axis=1, keepdims=True))
    unit = np.divide(vectors, length, out=np.full_like(vectors, np.nan), where=length > 0)
    inside: Floats = np.clip(unit @ unit.T, -1, 1)
    return inside


def jaccard(counts: NDArray[np.generic]) -> Floats:
    """Return what each two rows have in common of what either has; missing where neither has any.

    Examples
    --------
    >>> jaccard(np.array([[2, 1, 0], [1, 0, 4]])).round(3).tolist()
    [[1.0, 0.333], [0.333, 1.0]]
    """
    has = (np.asarray(counts) > 0).astype("float64")
    both = has @ has.T
    size = has.sum(axis=1)
    either = size[:, None] + size[None, :] - both
    shared: Floats = np.divide(both, either, out=np.full_like(both, np.nan), where=either > 0)
    return shared


def weigh_documents(
    counts: pd.DataFrame, documents: pd.DataFrame, *, weighting: Weighting = "tfidf"
) -> Floats:
    """Return documents as vectors of words.

    Parameters
    ----------
    counts : pandas.DataFrame
        Columns ``document``, ``term``, ``count``.
    documents : pandas.DataFrame
        The `documents` table; its order is that of the rows.
    weighting : {"tfidf", "rates"}
        ``tfidf`` as `weigh_terms` has it (tf = 1 + ln count, smoothed idf); ``rates`` are shares
        of the document's words, so that a few frequent words decide.

    Returns
    -------
    numpy.ndarray
        Documents by words, the words in their order.

    Raises
    ------
    ValueError
        If `weighting` is neither of the two.
    """
    if weighting not in ("tfidf", "rates"):
        msg = f"Unknown weighting {weighting!r}; expected 'tfidf' or 'rates'."
        raise ValueError(msg)
    summed = counts.groupby(["document", "term"])["count"].sum().reset_index()
    if weighting == "tfidf":
        weighed = weigh_terms(summed, documents=len(documents))
    else:
        total = summed.groupby("document")["count"].transform("sum")
        weighed = summed.assign(tfidf=summed["count"] / total)
    wide = weighed.pivot(index="document", columns="term", values="tfidf")
    return wide.reindex(documents["id"]).fillna(0.0).to_numpy(dtype="float64")


def compare_documents(
    words: pd.DataFrame,
    slogans: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    weighting: Weighting = "tfidf",
) -> pd.DataFrame:
    """Say of each two documents how alike they are in words and in slogans.

    Parameters
    ----------
    words : pandas.DataFrame
        Columns ``document``, ``term``, ``count``: the words that count, such as those left by
        `total_terms` and `leave_out_names`.
    slogans : pandas.DataFrame
        Columns ``document``, ``slogan``, ``count``.
    documents : pandas.DataFrame
        The `documents` table.
    weighting : {"tfidf", "rates"}
        As for `weigh_documents`.

    Returns
    -------
    pandas.DataFrame
        One row a pair, in the order of `documents`: first, second, cosine, jaccard_words,
        shared_words, jaccard_slogans, shared_slogans. The cosine is missing where one of the two
        has no word, Jaccard where neither has one.

    Examples
    --------
    >>> words = {"document": ["a", "b"], "term": "项目", "count": [2, 3]}
    >>> slogans = {"document": ["a", "a", "b"], "slogan": ["甲", "乙", "乙"], "count": 1}
    >>> documents = pd.DataFrame({"id": ["a", "b"], "han_chars": 100})
    >>> pairs = compare_documents(pd.DataFrame(words), pd.DataFrame(slogans), documents)
    >>> pairs[["first", "second", "cosine", "jaccard_slogans"]].values.tolist()
    [['a', 'b', 1.0, 0.5]]
    """
    sizes = documents.set_index("id")["han_chars"]
    held = {
        "words": counts_by_document(words, sizes).to_numpy().T,
        "slogans": counts_by_document(slogans, sizes, name="slogan").to_numpy().T,
    }
    first, second = np.triu_indices(len(documents), 1)
    names = documents["id"].to_numpy()
    table = {"first": names[first], "second": names[second]}
    table["cosine"] = cosine(weigh_documents(words, documents, weighting=weighting))[first, second]
    for name, counts in held.items():
        has = (counts > 0).astype("int64")
        table[f"jaccard_{name}"] = jaccard(counts)[first, second]
        table[f"shared_{name}"] = (has @ has.T)[first, second]
    return pd.DataFrame(table)


def classify_pairs(pairs: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Say of each pair of documents whether it shares place, region and year.

    The region is what the codes of the places tell apart: the large region, province or prefecture
    (their first one, two or four figures), the widest of which there are at least two. Of one
    place alone the years apart take the place of all that.

    Parameters
    ----------
    pairs : pandas.DataFrame
        Columns ``first`` and ``second``.
    documents : pandas.DataFrame
        The `documents` table. A document without a region is a place of its own.

    Returns
    -------
    pandas.DataFrame
        The pairs with years_apart (missing where a year is) and kind.

    Examples
    --------
    >>> rows = [("a", "甲省", "110000"), ("b", "乙省", "120000"), ("c", "丙省", "650000")]
    >>> documents = pd.DataFrame(rows, columns=["id", "region", "region_code"])
    >>> pairs = pd.DataFrame({"first": ["a", "a"], "second": ["b", "c"]})
    >>> classify_pairs(pairs, documents.assign(period_end="2020-12"))["kind"].tolist()
    ['same region, same year', 'other region, same year']
    """
    by = documents.set_index("id")
    place, region = places_of(documents), _regions_of(documents)
    year = pd.to_numeric(by["period_end"].str[:4], errors="coerce")
    one, other = pairs["first"], pairs["second"]
    apart = (one.map(year) - other.map(year)).abs()
    if place.nunique() == 1:
        return pairs.assign(years_apart=apart, kind=apart.map(_name_span))
    in_place = one.map(place) == other.map(place)
    in_year = apart == 0
    known = one.map(region).notna() & other.map(region).notna()
    in_region = known & (one.map(region) == other.map(region))
    near = np.where(in_region, SAME_REGION, np.where(known, OTHER_REGION, OTHER_PLACE))
    kind = np.where(in_place, SAME_PLACE, np.where(in_year, near, OTHER_YEAR))
    return pairs.assign(years_apart=apart, kind=kind)


def order_kinds(kinds: pd.Series) -> list[str]:
    """Return the kinds of pairs that there are, the nearest first."""
    spans = [_name_span(float(years)) for years in range(100)]
    known = [SAME_PLACE, SAME_REGION, OTHER_REGION, OTHER_PLACE, OTHER_YEAR, *spans]
    return [kind for kind in dict.fromkeys([*known, _name_span(np.nan)]) if kind in set(kinds)]


def places_of(documents: pd.DataFrame) -> pd.Series:
    """Return the place of each document, by its id; one without a region is a place of its own."""
    by = documents.set_index("id")
    return by["region"].where(by["region"] != "", by.index.to_series())


def _regions_of(documents: pd.DataFrame) -> pd.Series:
    """Return what the codes of the documents tell apart; missing where they tell nothing."""
    codes = documents.set_index("id")["region_code"].str.extract(r"^(\d{6})")[0]
    for digits in REGION_DIGITS:
        region = codes.str[:digits]
        if region.nunique() > 1:
            return region
    return codes.where(codes.isna())


def _name_span(years: float) -> str:
    """Name the span of years that a pair is apart."""
    if np.isnan(years):
        return "years not known"
    low = 0
    if years == 0:
        return "same year"
    for high in YEARS_APART:
        if years <= high:
            return NEXT_YEAR if high == 1 else f"{low + 1} to {high} years apart"
        low = high
    return f"over {low} years apart"


def average_pairs(
    pairs: pd.DataFrame,
    places: pd.Series,
    measures: Sequence[str],
    *,
    draws: int = DRAWS,
    seed: int = SEED,
) -> pd.DataFrame:
    """Give the mean of each measure over the pairs of each kind, with an interval over places.

    Parameters
    ----------
    pairs : pandas.DataFrame
        From `classify_pairs`, with the measures.
    places : pandas.Series
        Place of each document, by its id; where there is one only, the documents are drawn anew.
    measures : sequence of str
        Columns to average; missing values are left out.
    draws, seed : int
        Of the bootstrap: places are drawn anew with all their documents, and a pair counts as
        often as both of its places were drawn.

    Returns
    -------
    pandas.DataFrame
        One row a measure and kind, the nearest kind first: measure, kind, pairs, units (places or
        documents in them), mean, low, high (95 %, percentiles; missing for fewer than eight
        units).
    """
    is_one = places.nunique() == 1
    unit = pd.Series(places.index, index=places.index) if is_one else places
    names = sorted(set(unit))
    at = {name: number for number, name in enumerate(names)}
    rng = np.random.default_rng(seed)
    drawn = rng.multinomial(len(names), np.full(len(names), 1 / len(names)), size=draws)
    rows = []
    for measure, kind in product(measures, order_kinds(pairs["kind"])):
        own = pairs[(pairs["kind"] == kind) & pairs[measure].notna()]
        left, right = (own[side].map(unit).map(at).to_numpy(int) for side in ("first", "second"))
        values = own[measure].to_numpy(dtype="float64")
        units = len({*left, *right})
        mean = values.mean() if len(values) else np.nan
        low, high = _ends(values, left, right, drawn) if units >= FEWEST_UNITS else (np.nan, np.nan)
        rows.append((measure, kind, len(values), units, mean, low, high))
    columns = ["measure", "kind", "pairs", "units", "mean", "low", "high"]
    return pd.DataFrame(rows, columns=columns)


def merge_years(pairs: pd.DataFrame, places: pd.Series, measures: Sequence[str]) -> pd.DataFrame:
    """Average the pairs of documents of one year to pairs of places.

    Parameters
    ----------
    pairs : pandas.DataFrame
        From `classify_pairs`, with the measures.
    places : pandas.Series
        Place of each document, by its id.
    measures : sequence of str
        Columns to average.

    Returns
    -------
    pandas.DataFrame
        One row a pair of different places: first and second (places, in the order of their names),
        kind and the measures.
    """
    own = pairs[pairs["years_apart"] == 0]
    sides = np.sort(np.stack([own["first"].map(places), own["second"].map(places)], axis=1), axis=1)
    named = own.assign(first=sides[:, 0], second=sides[:, 1])
    apart = named[named["first"] != named["second"]]
    return apart.groupby(["first", "second", "kind"], as_index=False)[list(measures)].mean()


def _ends(
    values: Floats, left: NDArray[np.int64], right: NDArray[np.int64], drawn: NDArray[np.int64]
) -> tuple[float, float]:
    """Return the ends of the bootstrap interval of a mean of pairs.

    Pairs of the same two units weigh alike in every draw, so that their sums are enough: the room
    taken grows with the units, not with draws times pairs.
    """
    size = drawn.shape[1]
    cells = left * size + right
    sums, counts = (
        np.bincount(cells, weights=told, minlength=size * size)
        .reshape(size, size)
        .astype("float64", copy=False)
        for told in (values, np.ones(len(values)))
    )
    often = drawn.astype("float64")
    total = _weigh(counts, often)
    means = _weigh(sums, often)[total > 0] / total[total > 0]
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(means, [tail, 1 - tail])
    return float(low), float(high)


def _weigh(table: Floats, often: Floats) -> Floats:
    """Sum a table of units by units in each draw; a unit with itself counts as often as drawn."""
    alone = table.diagonal()
    apart = table - np.diag(alone)
    weighed: Floats = ((often @ apart) * often).sum(axis=1) + often @ alone
    return weighed


def permute_pairs(
    pairs: pd.DataFrame,
    measure: str,
    *,
    inside: pd.Series,
    strata: Mapping[str, str] | None = None,
    deals: int = DEALS,
    seed: int = SEED,
) -> PairTest:
    """Test whether some pairs of documents, or of places, are more alike than the others.

    Which document stands where is dealt anew, not which pair: pairs of one document hang together.
    Where a place has several documents and places are asked about, `merge_years` makes one of
    them first.

    Parameters
    ----------
    pairs : pandas.DataFrame
        Columns ``first``, ``second`` and the measure: the pairs that take part, each once.
    measure : str
        Column of the likeness.
    inside : pandas.Series of bool
        Which of the pairs are asked about, such as those of one region.
    strata : mapping of str to str, optional
        Group of each document; documents are dealt within their groups only, such as years.
    deals : int
        Random deals where there are more than 20,000.
    seed : int

    Returns
    -------
    PairTest

    Notes
    -----
    Mantel, N. 1967. Cancer Research 27, 209-220: rows and columns of a matrix of likeness are
    dealt together. Two-sided: as far from the mean of the deals as what was seen.

    Examples
    --------
    >>> from itertools import combinations
    >>> rows = [(a, b, float(a[0] == b[0])) for a, b in combinations(["x1", "x2", "y1", "y2"], 2)]
    >>> pairs = pd.DataFrame(rows, columns=["first", "second", "alike"])
    >>> found = permute_pairs(pairs, "alike", inside=pairs["alike"] == 1)
    >>> found.difference, round(found.p, 3), found.deals
    (1.0, 0.333, 24)
    """
    names = sorted({*pairs["first"], *pairs["second"]})
    at = {name: number for number, name in enumerate(names)}
    ends = tuple(pairs[side].map(at).to_numpy(int) for side in ("first", "second"))
    asked, values = inside.to_numpy(dtype=bool), pairs[measure].to_numpy(dtype="float64")
    if not asked.any() or asked.all() or np.isnan(values).any():
        return PairTest(np.nan, np.nan, np.nan, 0)
    groups = [(strata or {}).get(name, "") for name in names]
    dealt = _deal(groups, deals, seed)
    is_exact = _ways(groups) <= EXACT
    # The least p is that of a likeness that knows nothing but which pairs are asked about.
    p, least = (
        _share_as_far(told, ends, asked, dealt, is_exact=is_exact) for told in (values, asked)
    )
    return PairTest(float(values[asked].mean() - values[~asked].mean()), p, least, len(dealt))


def _share_as_far(
    values: NDArray[np.generic],
    ends: tuple[NDArray[np.int64], ...],
    asked: Flags,
    dealt: NDArray[np.int64],
    *,
    is_exact: bool,
) -> float:
    """Return the share of deals whose difference lies as far from their mean as the one seen."""
    left, right = ends
    likeness = np.full((dealt.shape[1], dealt.shape[1]), np.nan)
    likeness[left, right] = likeness[right, left] = values
    told = likeness[dealt[:, left], dealt[:, right]]
    differences = told[:, asked].mean(axis=1) - told[:, ~asked].mean(axis=1)
    seen = likeness[left, right]
    difference = seen[asked].mean() - seen[~asked].mean()
    middle = differences.mean()
    far = np.abs(differences - middle) >= abs(difference - middle) - HAIR
    extra = 0 if is_exact else 1  # the deal that was seen is among all deals, not among random ones
    return float((far.sum() + extra) / (len(dealt) + extra))


def permute_kinds(
    pairs: pd.DataFrame, documents: pd.DataFrame, measures: Sequence[str]
) -> pd.DataFrame:
    """Test all that the kinds of pairs allow to ask, in all measures.

    Parameters
    ----------
    pairs : pandas.DataFrame
        From `classify_pairs`, with the measures.
    documents : pandas.DataFrame
        The `documents` table.
    measures : sequence of str
        Columns that are tested.

    Returns
    -------
    pandas.DataFrame
        One row a question and measure that can be asked: question, measure, pairs (asked about),
        others, units (documents or places dealt), difference, p, p_all (Bonferroni over all rows)
        and p_smallest (the least that p_all can be). The questions: whether a place is more like
        its own report of the year before than like those of others; whether places of one region
        are more alike than others in one year; for one place alone whether reports one year apart
        are more alike than others.
    """
    year = dict(zip(documents["id"], documents["period_end"].str[:4], strict=True))
    next_year = pairs[pairs["years_apart"] == 1]
    merged = merge_years(pairs, places_of(documents), measures)
    if places_of(documents).nunique() == 1:
        near = pairs["years_apart"] == 1
        dated = pairs[pairs["years_apart"].notna()]
        asked: list[tuple[str, pd.DataFrame, pd.Series, dict[str, str]]]
        asked = [(NEXT_YEAR, dated, near, {})]
    else:
        near = merged["kind"] == SAME_REGION
        asked = [
            (SAME_PLACE, next_year, next_year["kind"] == SAME_PLACE, year),
            (SAME_REGION, merged[merged["kind"] != OTHER_PLACE], near, {}),
        ]
    rows = []
    for (question, table, inside, strata), measure in product(asked, measures):
        told = table[table[measure].notna()]
        found = permute_pairs(told, measure, inside=inside[told.index], strata=strata)
        if found.deals:
            count = int(inside[told.index].sum())
            units = len({*told["first"], *told["second"]})
            figures = (found.difference, found.p, found.p_smallest)
            rows.append((question, measure, count, len(told) - count, units, *figures))
    columns = ["question", "measure", "pairs", "others", "units", "difference", "p", "p_smallest"]
    table = pd.DataFrame(rows, columns=columns)
    least = np.minimum(table["p_smallest"].astype("float64") * len(table), 1)
    return table.assign(p_all=adjust_p(table["p"], "bonferroni"), p_smallest=least)


def _ways(groups: Sequence[str]) -> int:
    """Return in how many ways documents can be dealt within their groups."""
    return prod(factorial(groups.count(group)) for group in set(groups))


def _deal(groups: Sequence[str], deals: int, seed: int) -> NDArray[np.int64]:
    """Return the ways to deal documents within their groups, one a row: all, or some at random."""
    own = np.array(groups, dtype=object)
    members = [np.flatnonzero(own == group) for group in sorted(set(groups))]
    is_exact = _ways(groups) <= EXACT
    every = [*product(*(permutations(group) for group in members))] if is_exact else []
    dealt = np.tile(np.arange(len(groups)), (len(every) or deals, 1))
    rng = np.random.default_rng(seed)
    for number, group in enumerate(members):
        told = np.array([deal[number] for deal in every]) if is_exact else dealt[:, group]
        dealt[:, group] = told if is_exact else rng.permuted(told, axis=1)
    return dealt
