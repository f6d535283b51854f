"""Breaks in a series of documents: only where dealing the documents anew says so.

In: mentions by document, and the documents of one place in their order. Out: one row an item with
its surest split into before and after, a p value corrected for every item and every split tried,
and whether a step or a steady trend tells its course better.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dz_analysis.counting.document_intervals import dispersion_over_documents, document_interval
from dz_analysis.counting.permutation import ALPHA, HAIR
from dz_analysis.counting.rates import PER, SEED, counts_by_document
from dz_analysis.counting.years import FEWEST_YEARS, KINDS

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
SIDE = FEWEST_YEARS // 2  # documents that either side of a split must hold
DEALS = 999
CELLS = 1_000_000  # items × splits × deals held in memory at once
STEP, GRADUAL, NONE = "step", "gradual", "no break shown"
SEGMENT_COLUMNS = ("item", "start", "end", "documents", "per_10k_chars", "low", "high")
TURNS = 30  # of Newton's method for the trend
STEEPEST = 30.0  # log of the ratio of rates between the ends of a series
BREAK_COLUMNS = ("item", "count", "documents", "before", "after", "log_ratio")
TEST_COLUMNS = ("last_before", "since", "ratio", "p", "p_max", "course")


def find_breaks(
    mentions: pd.DataFrame,
    series: pd.DataFrame,
    *,
    alpha: float = ALPHA,
    deals: int = DEALS,
    seed: int = SEED,
) -> pd.DataFrame:
    """Find the surest split of each item's series, and test it by dealing the documents anew.

    Parameters
    ----------
    mentions : pandas.DataFrame
        Columns ``document``, ``item``, ``count``; see `keep_frequent`.
    series : pandas.DataFrame
        Documents of one place: columns ``id``, ``year``, ``han_chars``, by year.
    alpha : float
        Level for all items together.
    deals, seed : int
        Random deals, and how they are drawn.

    Returns
    -------
    pandas.DataFrame
        One row an item, the surest first: item, count, documents (that hold it), before and after
        (rates per 10,000 Han characters on either side of the split), log_ratio (binary, of after
        to before, an absent side counted as half a mention), last_before and since (the years
        between which the split lies), ratio (the likelihood ratio G2 of the split over the
        dispersion of the counts), p (of this item alone, over all its splits), p_max (corrected
        for all items and splits) and course: ``step``, ``gradual`` (a steady trend tells it at
        least as well, so the split is no break) or ``no break shown`` (p_max not below alpha).
        Empty if no split leaves four documents on either side. ``attrs`` hold documents, items,
        deals and alpha.

    Notes
    -----
    The statistic is the largest likelihood ratio of two rates against one (quasi-Poisson, with the
    documents' sizes) over all splits between two years; its distribution is that over deals of
    the documents, with the largest of all items for the correction (max-T). Unlike a standardised
    sum its tail is much the same for rare and for frequent items, so the rare ones don't decide
    for all. Any departure from an exchangeable order can be found, so a step is told apart from a
    trend by a criterion: n·log(deviance) + log(n) for each parameter, where a step has one more
    (its place) than a trend of the log rate. Csörgő, M. and Horváth, L. 1997. Limit theorems in
    change-point analysis, chapter 1; Westfall, P. H. and Young, S. S. 1993. Resampling-based
    multiple testing.

    Examples
    --------
    >>> series = pd.DataFrame({"id": [f"d{y}" for y in range(1990, 2010)], "han_chars": 10_000})
    >>> series["year"] = range(1990, 2010)
    >>> said = pd.DataFrame({"document": series["id"][9:], "item": "slogan 放管服", "count": 5})
    >>> find_breaks(said, series)[["since", "before", "after", "course"]].values.tolist()
    [[1999, 0.0, 5.0, 'step']]
    """
    splits = _splits(series["year"].to_numpy())
    mentions = mentions[mentions["document"].isin(series["id"])]
    if not len(splits) or mentions.empty:
        kinds = dict.fromkeys((*BREAK_COLUMNS, *TEST_COLUMNS), "float64")
        empty = {name: pd.Series(dtype=kind) for name, kind in kinds.items()}
        return pd.DataFrame(empty).astype({"item": "str", "course": "str"})
    sizes = series.set_index("id")["han_chars"]
    wide = counts_by_document(mentions, sizes, name="item")
    table, size = wide.to_numpy(dtype="float64"), sizes.to_numpy(dtype="float64")
    counts = _Counts(table, size)
    ratios = counts.ratios(_behind(len(size), splits))
    at, surest = ratios.argmax(axis=1), ratios.max(axis=1)
    found = pd.DataFrame({"item": wide.index.to_numpy(), "count": table.sum(axis=1).astype(int)})
    found = found.assign(
        documents=(table > 0).sum(axis=1),
        **_sides(table, size, splits[at]),
        last_before=series["year"].to_numpy()[splits[at] - 1],
        since=series["year"].to_numpy()[splits[at]],
        ratio=surest,
        **_deal(counts, splits, surest, deals, seed),
    )
    courses = _tell_courses(table, size, series["year"].to_numpy(), splits[at])
    found["course"] = np.where(found["p_max"] < alpha, courses, NONE)
    order = found.assign(size=-found["ratio"].round(9))
    ordered = order.sort_values(["p_max", "size", "item"], ignore_index=True).drop(columns="size")
    ordered.attrs = {"documents": len(size), "items": len(table), "deals": deals, "alpha": alpha}
    return ordered


def _splits(years: Places) -> Places:
    """Return the places between two years that leave enough documents on either side."""
    places = np.flatnonzero(np.diff(years) > 0) + 1
    return places[(places >= SIDE) & (places <= len(years) - SIDE)]


class _Counts(NamedTuple):
    """What a split is judged by: counts, items by documents, and the size of each document."""

    table: Floats
    size: Floats

    def ratios(self, behind: Floats) -> Floats:
        """Return the likelihood ratio (G2) of splits, items by splits, over the dispersion.

        `behind` says of each document (rows) whether it stands behind each split (columns).
        """
        total = self.table.sum(axis=1, keepdims=True)
        after = self.table @ behind
        share = self.size @ behind / self.size.sum()
        logs = _logs(int(total.max()))
        kept = np.rint(after).astype(np.int64)
        parts = logs[kept] + logs[np.rint(total).astype(np.int64) - kept]
        parts -= after * np.log(share) + (total - after) * np.log1p(-share)
        ratio: Floats = 2 * (parts - logs[np.rint(total).astype(np.int64)]) / self.dispersion()
        return ratio

    def dispersion(self) -> Floats:
        """Return Pearson's dispersion of each item over all documents, at least 1."""
        phi = dispersion_over_documents(self.table, self.size)
        return np.maximum(np.nan_to_num(phi, nan=1.0), 1.0)[:, None]


@cache
def _logs(most: int) -> Floats:
    """Return n·log(n) for n from 0 on."""
    numbers = np.arange(most + 1, dtype=np.float64)
    return numbers * np.log(np.maximum(numbers, 1))


def _behind(documents: int, splits: Places) -> Floats:
    """Return which documents stand behind which split."""
    return (np.arange(documents)[:, None] >= splits[None, :]).astype(np.float64)


def _deal(
    counts: _Counts, splits: Places, observed: Floats, deals: int, seed: int
) -> dict[str, Floats]:
    """Return p of each item alone and over all items, over random orders of the documents."""
    rng = np.random.default_rng(seed)
    behind = _behind(len(counts.size), splits)
    single, maxima = np.zeros(len(observed)), []
    length = max(1, CELLS // (len(observed) * len(splits)))
    for start in range(0, deals, length):
        block = np.tile(np.arange(len(behind)), (min(length, deals - start), 1))
        dealt = behind[rng.permuted(block, axis=1)]  # deals by documents by splits
        ratios = counts.ratios(dealt.transpose(1, 0, 2).reshape(len(behind), -1))
        largest = ratios.reshape(len(observed), len(block), -1).max(axis=2)
        single += (largest >= observed[:, None] - HAIR).sum(axis=1)
        maxima.append(largest.max(axis=0))
    over_all = np.sort(np.concatenate(maxima))
    above = deals - np.searchsorted(over_all, observed - HAIR, side="left")
    return {"p": (1 + single) / (1 + deals), "p_max": (1 + above) / (1 + deals)}


def _sides(table: Floats, size: Floats, at: Places) -> dict[str, Floats]:
    """Return the rates before and after each item's split, and the log of their ratio."""
    behind = np.arange(len(size))[None, :] >= at[:, None]
    counts = np.stack([(table * ~behind).sum(axis=1), (table * behind).sum(axis=1)])
    sizes = np.stack([(size * ~behind).sum(axis=1), (size * behind).sum(axis=1)])
    before, after = PER * counts / sizes
    low, high = np.maximum(counts, 0.5) / sizes
    return {"before": before, "after": after, "log_ratio": np.log2(high / low)}


def _tell_courses(table: Floats, size: Floats, years: Places, at: Places) -> NDArray[np.str_]:
    """Say of each item whether a step or a steady trend of the log rate tells its course."""
    behind = np.arange(len(size))[None, :] >= at[:, None]
    fitted = np.zeros_like(table)
    for side in (behind, ~behind):
        rate = (table * side).sum(axis=1) / (size * side).sum(axis=1)
        fitted += side * rate[:, None] * size
    n = len(size)
    step = n * np.log(np.maximum(_deviance(table, fitted), HAIR)) + np.log(n)
    trend = n * np.log(np.maximum(_deviance(table, _fit_trend(table, size, years)), HAIR))
    return np.where(step < trend, STEP, GRADUAL)


def _deviance(table: Floats, fitted: Floats) -> Floats:
    """Return Poisson's deviance of each row."""
    safe = np.maximum(fitted, HAIR)
    logs = np.log(np.divide(table, safe, out=np.ones_like(table), where=table > 0))
    total: Floats = 2 * (table * logs - (table - fitted)).sum(axis=1)
    return total


def _fit_trend(table: Floats, size: Floats, years: Places) -> Floats:
    """Fit counts by sizes and a rate whose log is a line over the years, all rows at once.

    The line's height follows from its slope: fitted and counted sums are equal.
    """
    t = (years - years.mean()) / max(np.ptp(years), 1)
    total, slope = table.sum(axis=1, keepdims=True), np.zeros((len(table), 1))
    told = (table * t).sum(axis=1, keepdims=True)
    for _ in range(TURNS):
        weight = size * np.exp(slope * t)
        share = weight / weight.sum(axis=1, keepdims=True)
        mean = (share * t).sum(axis=1, keepdims=True)
        variance = (share * t**2).sum(axis=1, keepdims=True) - mean**2
        move = (told - total * mean) / np.maximum(total * variance, HAIR)
        slope = np.clip(slope + np.clip(move, -2, 2), -STEEPEST, STEEPEST)
    weight = size * np.exp(slope * t)
    fitted: Floats = total * weight / weight.sum(axis=1, keepdims=True)
    return fitted


def rate_segments(
    mentions: pd.DataFrame, series: pd.DataFrame, breaks: pd.DataFrame
) -> pd.DataFrame:
    """Give each item's rate in the stretches that its course is made of, with intervals.

    Parameters
    ----------
    mentions, series
        As for `find_breaks`.
    breaks : pandas.DataFrame
        From `find_breaks`, the rows wanted.

    Returns
    -------
    pandas.DataFrame
        One row an item and stretch: item, start and end (years), documents, per_10k_chars and its
        interval over documents (low, high; missing for fewer than three). A step has two
        stretches, a gradual course its decades, an item without a change one.

    Examples
    --------
    >>> series = pd.DataFrame({"id": [f"d{y}" for y in range(1990, 2010)], "han_chars": 10_000})
    >>> series["year"] = range(1990, 2010)
    >>> said = pd.DataFrame({"document": series["id"][9:], "item": "slogan 放管服", "count": 5})
    >>> rate_segments(said, series, find_breaks(said, series))[["start", "end"]].values.tolist()
    [[1990, 1998], [1999, 2009]]
    """
    sizes = series.set_index("id")["han_chars"]
    wide = counts_by_document(mentions, sizes, name="item", names=breaks["item"])
    table, size = wide.to_numpy(dtype="float64"), sizes.to_numpy(dtype="float64")
    years = series["year"].to_numpy()
    rows = []
    for place, row in enumerate(breaks[["item", "since", "course"]].to_dict("records")):
        for part in _stretches(years, row["since"], row["course"]):
            low, high = document_interval(table[[place]][:, part], size[part])
            rate = table[place, part].sum() / size[part].sum()
            told = (row["item"], years[part].min(), years[part].max(), int(part.sum()))
            rows.append((*told, PER * rate, PER * low[0], PER * high[0]))
    return pd.DataFrame(rows, columns=list(SEGMENT_COLUMNS))


def _stretches(years: Places, since: int, course: str) -> list[NDArray[np.bool_]]:
    """Return which documents belong to each stretch of a course."""
    if course == STEP:
        return [years < since, years >= since]
    if course == GRADUAL:
        return [years // 10 == decade for decade in sorted(set((years // 10).tolist()))]
    return [np.ones(len(years), dtype=bool)]


def pick_surest(
    breaks: pd.DataFrame, *, asked: Sequence[str] = (), most: int = 12, kinds: Sequence[str] = KINDS
) -> list[str]:
    """Return the items asked for, or those that change most surely, as many of each kind.

    Parameters
    ----------
    breaks : pandas.DataFrame
        From `find_breaks`, or another table of items, the surest first.
    asked : sequence of str
        Items to return instead, those that the table holds, if it holds one of them.
    most : int
        Items at most.
    kinds : sequence of str
        Kinds that an item's name begins with.

    Returns
    -------
    list of str
        In the order asked for; else in that of the kinds, then of the table.

    Examples
    --------
    >>> table = pd.DataFrame({"item": ["word 甲", "word 乙", "slogan 丙", "word 丁"]})
    >>> pick_surest(table, most=3)
    ['word 甲', 'word 乙', 'slogan 丙']
    """
    held = set(breaks["item"])
    if held & set(asked):
        return [item for item in asked if item in held][:most]
    kind = breaks["item"].str.split(" ").str[0]
    place = breaks.groupby(kind).cumcount()
    chosen = breaks.assign(_kind=kind, _place=place).sort_values("_place", kind="stable").head(most)
    ranks = {name: rank for rank, name in enumerate(kinds)}
    ordered = chosen.assign(_kind=chosen["_kind"].map(ranks)).sort_values("_kind", kind="stable")
    return [str(item) for item in ordered["item"]]
