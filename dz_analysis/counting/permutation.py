"""The test that respects documents: which reports are swapped, not which words.

In: counts of words by document and the group of each document. Out: p values over all ways to
deal the documents into two groups of the same sizes, the smallest p that so few documents can
reach, and a verdict in words.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import combinations
from math import comb

import numpy as np
import pandas as pd

from dz_analysis.counting.keyness import adjust_p

EXACT = 20_000  # ways to deal the documents up to which all are tried


def smallest_p(n1: int, n2: int) -> float:
    """Return the smallest two-sided p that a permutation of documents can give.

    One deal is the observed one; with groups of one size its mirror image is as extreme.

    Parameters
    ----------
    n1, n2 : int
        Documents in the two groups.

    Returns
    -------
    float

    Examples
    --------
    >>> [round(smallest_p(n, n), 4) for n in (3, 4, 5, 6)]
    [0.1, 0.0286, 0.0079, 0.0022]
    >>> smallest_p(1, 4)
    0.2
    """
    if n1 < 1 or n2 < 1:
        msg = f"Groups of {n1} and {n2} documents; each needs at least one."
        raise ValueError(msg)
    return (2 if n1 == n2 else 1) / comb(n1 + n2, n1)


def permute_documents(
    counts: pd.DataFrame,
    sizes: pd.Series,
    *,
    group: Collection[str],
    name: str = "term",
    seed: int = 20_210_127,
) -> pd.DataFrame:
    """Test each word's difference in rate between two groups by dealing the documents anew.

    All deals are tried where there are at most 20,000 of them, else as many random ones.

    Parameters
    ----------
    counts : pandas.DataFrame
        Columns ``document``, `name`, ``count``; a document without a row counts as 0.
    sizes : pandas.Series
        Size of every document, indexed by document.
    group : collection of str
        The documents of the first group; all others are the second.
    name : str
        Column of the word.
    seed : int
        For the random deals.

    Returns
    -------
    pandas.DataFrame
        One row a word: name, difference (rate per 10,000), p, p_bonferroni, p_smallest, deals;
        by p, then the larger difference.
    """
    wide = counts.pivot_table(
        index=name, columns="document", values="count", aggfunc="sum", fill_value=0
    ).reindex(columns=sizes.index, fill_value=0)
    chosen = sizes.index.isin(list(group))
    least = smallest_p(int(chosen.sum()), int((~chosen).sum()))
    deals = _deals(chosen, seed)
    table, size = wide.to_numpy(dtype="float64"), sizes.to_numpy(dtype="float64")
    observed = _difference(table, size, chosen[None, :])[:, 0]
    extreme = np.zeros(len(table), dtype="int64")
    for block in np.array_split(deals, max(1, len(deals) // 1000)):
        # A hair's breadth, so that equal deals are not told apart by rounding.
        beaten = np.abs(_difference(table, size, block)) >= np.abs(observed)[:, None] - 1e-9
        extreme += beaten.sum(axis=1)
    exact = len(deals) == comb(len(size), int(chosen.sum()))
    p = extreme / len(deals) if exact else (extreme + 1) / (len(deals) + 1)
    result = pd.DataFrame(
        {
            name: wide.index.to_numpy(),
            "difference": observed,
            "p": p,
            "p_bonferroni": adjust_p(p, "bonferroni"),
            "p_smallest": least,
            "deals": len(deals),
        }
    )
    order = result.assign(size=-result["difference"].abs()).sort_values(["p", "size", name])
    return order.drop(columns="size").reset_index(drop=True)


def judge_groups(n1: int, n2: int, *, family: int, alpha: float = 0.05) -> str:
    """Say in words what so many documents can show.

    Parameters
    ----------
    n1, n2 : int
        Documents in the two groups.
    family : int
        Words compared.
    alpha : float
        Level for the whole family.

    Returns
    -------
    str
        One sentence, or two.

    Examples
    --------
    >>> judge_groups(1, 4, family=300)
    'Too few documents: 1 against 4 can at best reach p = 0.2, so no word can be shown to differ.'
    """
    least = smallest_p(n1, n2)
    start = f"{n1} against {n2} can at best reach p = {least:.3g}"
    if least > alpha:
        return f"Too few documents: {start}, so no word can be shown to differ."
    survivors = int(alpha / least)
    if survivors < family:
        return (
            f"Too few documents for so many words: {start}, which survives a Bonferroni "
            f"correction over at most {survivors} words, and {family} are compared."
        )
    return f"Enough documents for a test: {start}, below {alpha} over {family} words."


def _deals(chosen: np.ndarray, seed: int) -> np.ndarray:
    """Return the deals, one a row, as which documents are in the first group."""
    n, k = len(chosen), int(chosen.sum())
    if comb(n, k) <= EXACT:
        places = np.array(list(combinations(range(n), k)), dtype="int64")
    else:
        rng = np.random.default_rng(seed)
        places = np.array([rng.permutation(n)[:k] for _ in range(EXACT)], dtype="int64")
    deals = np.zeros((len(places), n), dtype=bool)
    np.put_along_axis(deals, places, True, axis=1)
    return deals


def _difference(table: np.ndarray, size: np.ndarray, deals: np.ndarray) -> np.ndarray:
    """Return rate in the first group minus rate in the second, words by deals."""
    inside, outside = deals.T.astype("float64"), (~deals).T.astype("float64")
    first = table @ inside / (size @ inside)
    difference: np.ndarray = 10_000 * (first - table @ outside / (size @ outside))
    return difference
