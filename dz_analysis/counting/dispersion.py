"""How evenly a word is spread over documents: range, deviation of proportions, divergence.

In: counts by part and the sizes of the parts. Out: numbers from 0 (even) to 1 (in one place).
With a handful of documents these are descriptions: five parts can't tell a habit from a chance.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from dz_analysis.counting.rates import counts_by_document

Floats = NDArray[np.float64]


def deviation_of_proportions(counts: ArrayLike, sizes: ArrayLike) -> float:
    """Return Gries' DP: half the summed distance between a word's shares and the parts' sizes.

    Parameters
    ----------
    counts : array-like of int
        Occurrences in each part.
    sizes : array-like of int
        Sizes of the parts, in words or characters.

    Returns
    -------
    float
        0 where the word follows the sizes, towards 1 where it is clumped; missing if it does not
        occur.

    Notes
    -----
    Gries, S. Th. 2008. International Journal of Corpus Linguistics 13(4), 403-437.

    Examples
    --------
    >>> round(deviation_of_proportions([2, 1, 0], [100, 100, 100]), 4)
    0.3333
    """
    observed, expected = _shares(counts, sizes)
    return float(np.abs(observed - expected).sum() / 2)


def normed_deviation(counts: ArrayLike, sizes: ArrayLike) -> float:
    """Return DPnorm: DP divided by its largest value, 1 minus the smallest part's share.

    Notes
    -----
    Lijffijt, J. and Gries, S. Th. 2012. International Journal of Corpus Linguistics 17(1),
    147-149. Missing for a single part, where nothing can be uneven.

    Examples
    --------
    >>> round(normed_deviation([2, 1, 0], [100, 100, 100]), 4)
    0.5
    """
    _, expected = _shares(counts, sizes)
    most = float(1 - np.min(expected))
    return deviation_of_proportions(counts, sizes) / most if most > 0 else float("nan")


def kullback_leibler(counts: ArrayLike, sizes: ArrayLike) -> float:
    """Return the divergence of a word's shares from the parts' sizes, in bits.

    Notes
    -----
    Gries, S. Th. 2020. Analyzing dispersion. In: A practical handbook of corpus linguistics,
    99-118. Missing if the word does not occur.

    Examples
    --------
    >>> kullback_leibler([0, 4], [100, 100])
    1.0
    """
    return _divergence(*_shares(counts, sizes))


def _divergence(observed: Floats, expected: Floats) -> float:
    """Return the divergence of one word's shares from the parts'."""
    if np.isnan(observed).any():
        return float("nan")
    present = observed > 0
    shares = observed[present]
    return float((shares * np.log2(shares / expected[present])).sum())


def normed_divergence(counts: ArrayLike, sizes: ArrayLike) -> float:
    """Return DKL brought to 0–1 by the odds-to-probability form D / (1 + D)."""
    divergence = kullback_leibler(counts, sizes)
    return divergence / (1 + divergence)


def measure_dispersion(
    counts: pd.DataFrame, sizes: pd.Series, *, part: str = "document", name: str = "term"
) -> pd.DataFrame:
    """Measure how evenly each word is spread over the parts of a corpus.

    Parameters
    ----------
    counts : pandas.DataFrame
        Columns `part`, `name` and ``count``; a part without a row counts as 0.
    sizes : pandas.Series
        Size of every part, indexed by part.
    part, name : str
        Columns of the part and of the word.

    Returns
    -------
    pandas.DataFrame
        One row a word: name, count, parts (with a hit), dp, dp_norm, dkl (0–1); most frequent
        first, ties by name.

    Examples
    --------
    >>> counts = {"document": ["a", "b", "a"], "term": ["项目", "项目", "民生"], "count": [3, 3, 4]}
    >>> table = measure_dispersion(pd.DataFrame(counts), pd.Series({"a": 100, "b": 100}))
    >>> table[["term", "count", "parts", "dp_norm"]].values.tolist()
    [['项目', 6, 2, 0.0], ['民生', 4, 1, 1.0]]
    """
    wide = counts_by_document(counts, sizes, name=name, part=part)
    count = np.ascontiguousarray(wide.to_numpy(), dtype="float64")
    observed, expected = _shares(count, sizes.to_numpy(dtype="float64"))
    deviation = np.abs(observed - expected).sum(axis=1) / 2
    most = float(1 - np.min(expected)) if len(expected) else 0.0
    divergence = np.array([_divergence(row, expected) for row in observed], dtype="float64")
    table = pd.DataFrame(
        {
            name: wide.index,
            "count": count.sum(axis=1).astype("int64"),
            "parts": (count > 0).sum(axis=1),
            "dp": deviation,
            "dp_norm": deviation / most if most > 0 else np.nan,
            "dkl": divergence / (1 + divergence),
        }
    )
    return table.sort_values(["count", name], ascending=[False, True], ignore_index=True)


def _shares(counts: ArrayLike, sizes: ArrayLike) -> tuple[Floats, Floats]:
    """Return the shares of one word, or of each row of words, by part, and those of the parts."""
    count, size = np.asarray(counts, dtype="float64"), np.asarray(sizes, dtype="float64")
    if count.shape[-1:] != size.shape:
        found = count.shape[-1] if count.ndim else 1
        msg = f"{found} counts for {size.size} parts; there must be one count a part."
        raise ValueError(msg)
    if np.any(size <= 0) or np.any(count < 0):
        msg = "Parts must be larger than 0 and counts not below 0."
        raise ValueError(msg)
    total = count.sum(axis=-1, keepdims=True)
    shares = np.divide(count, total, out=np.full_like(count, np.nan), where=total > 0)
    return shares, size / size.sum()
