"""Intervals of rates that take documents, not words, as what was drawn.

In: counts by document and the sizes of the documents. Out: one row a word with its rate, the
dispersion of its counts over documents, and an interval that this dispersion widens.

An exact Poisson interval holds if words fell independently of one another. They don't: a report
that speaks of a thing speaks of it again. In simulated counts whose rates vary over documents as
they do in reports (a squared coefficient of variation of 0.3; 20 mentions a document), the Poisson
interval of 95 % holds the true rate in about half of the draws; `test_document_intervals` holds
all three to how often they hold it.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd
import scipy  # its rooms are loaded when they are first used
from numpy.typing import ArrayLike, NDArray

from dz_analysis.counting.rates import (
    CONFIDENCE,
    PER,
    SEED,
    counts_by_document,
    poisson_interval,
)

Floats = NDArray[np.float64]
Method = Literal["quasi", "bootstrap"]
DRAWS = 1_999
FEWEST = 3  # documents; with two, Student's t alone makes an end some 300,000 times the other


def dispersion_over_documents(counts: ArrayLike, sizes: ArrayLike) -> Floats:
    """Return Pearson's dispersion of each word's counts over documents.

    Parameters
    ----------
    counts : array-like of int
        Words by documents.
    sizes : array-like of int
        Size of each document.

    Returns
    -------
    numpy.ndarray
        One figure a word: about 1 where mentions fall independently of one another, more where
        they come in lumps; missing for a single document and for a word that does not occur.

    Notes
    -----
    The sum of (count − expected)² / expected over the documents, divided by their number less 1:
    McCullagh, P. and Nelder, J. A. 1989. Generalized linear models, 2nd ed., section 4.5.

    Examples
    --------
    >>> dispersion_over_documents([[2, 2, 2], [6, 0, 0]], [100, 100, 100]).tolist()
    [0.0, 6.0]
    """
    table, size = _as_table(counts, sizes)
    total = table.sum(axis=1, keepdims=True)
    expected = total * size / size.sum()
    freedom = len(size) - 1
    squares = np.divide(
        (table - expected) ** 2, expected, out=np.full_like(table, np.nan), where=expected > 0
    ).sum(axis=1)
    return squares / freedom if freedom else np.full(len(table), np.nan)


def document_interval(
    counts: ArrayLike,
    sizes: ArrayLike,
    *,
    method: Method = "quasi",
    confidence: float = CONFIDENCE,
    draws: int = DRAWS,
    seed: int = SEED,
) -> tuple[Floats, Floats]:
    """Return the interval of each word's rate with documents as the units that were drawn.

    Parameters
    ----------
    counts : array-like of int
        Words by documents.
    sizes : array-like of int
        Size of each document.
    method : {"quasi", "bootstrap"}
        ``quasi`` is the quasi-Poisson interval of the log rate, with the dispersion (at least 1)
        and Student's t of the number of documents less 1: right with a handful of documents too.
        ``bootstrap`` draws documents anew and takes percentiles: too narrow with fewer than some
        twenty.
    confidence : float
        Two-sided.
    draws, seed : int
        For the bootstrap.

    Returns
    -------
    low, high : numpy.ndarray
        Rates per unit of size. Missing for fewer than three documents, which can't say how
        documents differ. For a word that does not occur, 0 and the exact Poisson end: no mention
        is not "never".

    Raises
    ------
    ValueError
        If `method` is neither of the two, or counts and sizes don't belong together.

    Notes
    -----
    The quasi-Poisson standard error is that of a generalised linear model with a log link, the
    sizes as offset and the scale from Pearson's statistic. Efron, B. and Tibshirani, R. J. 1993.
    An introduction to the bootstrap, section 13.3 (percentiles).

    Examples
    --------
    >>> low, high = document_interval([[4, 6, 5]], [1000, 1000, 1000])
    >>> (1000 * low).round(2).tolist(), (1000 * high).round(2).tolist()
    ([1.65], [15.19])
    """
    table, size = _as_table(counts, sizes)
    if method not in ("quasi", "bootstrap"):
        msg = f"Unknown method {method!r}; expected 'quasi' or 'bootstrap'."
        raise ValueError(msg)
    if len(size) < FEWEST:
        missing = np.full(len(table), np.nan)
        return missing, missing.copy()
    if method == "quasi":
        low, high = _quasi(table, size, confidence)
    else:
        low, high = _bootstrap(table, size, confidence, draws, seed)
    total = table.sum(axis=1)
    _, none = poisson_interval(np.zeros(1), confidence=confidence)
    return np.where(total > 0, low, 0.0), np.where(total > 0, high, none / size.sum())


def add_document_intervals(
    rates: pd.DataFrame,
    counts: pd.DataFrame,
    sizes: pd.Series,
    *,
    name: str = "term",
    method: Method = "quasi",
) -> pd.DataFrame:
    """Add to a table of words the dispersion and the interval over documents.

    Parameters
    ----------
    rates : pandas.DataFrame
        Column `name`, one row a word.
    counts : pandas.DataFrame
        Columns ``document``, `name`, ``count``; a document without a row counts as 0.
    sizes : pandas.Series
        Han characters of every document, indexed by document.
    name : str
        Column of the word.
    method : {"quasi", "bootstrap"}
        As for `document_interval`.

    Returns
    -------
    pandas.DataFrame
        A new frame with dispersion, and by_document_low and by_document_high per 10,000
        characters.
    """
    wide = counts_by_document(counts, sizes, name=name, names=rates[name])
    table, size = wide.to_numpy(dtype="float64"), sizes.to_numpy(dtype="float64")
    low, high = document_interval(table, size, method=method)
    return rates.assign(
        dispersion=dispersion_over_documents(table, size),
        by_document_low=PER * low,
        by_document_high=PER * high,
    )


def _quasi(table: Floats, size: Floats, confidence: float) -> tuple[Floats, Floats]:
    total = table.sum(axis=1)
    rate = total / size.sum()
    scale = np.maximum(np.nan_to_num(dispersion_over_documents(table, size), nan=1.0), 1.0)
    error = np.sqrt(np.divide(scale, total, out=np.zeros_like(total), where=total > 0))
    factor = np.exp(scipy.stats.t.ppf((1 + confidence) / 2, len(size) - 1) * error)
    return rate / factor, rate * factor


def _bootstrap(
    table: Floats, size: Floats, confidence: float, draws: int, seed: int
) -> tuple[Floats, Floats]:
    rng = np.random.default_rng(seed)
    weights = rng.multinomial(len(size), np.full(len(size), 1 / len(size)), size=draws)
    drawn = (table @ weights.T) / (size @ weights.T)
    tail = (1 - confidence) / 2
    low, high = np.quantile(drawn, [tail, 1 - tail], axis=1)
    return low, high


def _as_table(counts: ArrayLike, sizes: ArrayLike) -> tuple[Floats, Floats]:
    table, size = np.asarray(counts, dtype=np.float64), np.asarray(sizes, dtype=np.float64)
    if table.ndim != 2 or size.ndim != 1 or table.shape[1] != size.size:
        msg = (
            f"Counts of shape {table.shape} and sizes of shape {size.shape} don't belong together; "
            "expected words by documents, and one size a document."
        )
        raise ValueError(msg)
    if np.any(table < 0) or np.any(size <= 0):
        msg = "Counts must not be below 0, and every document must hold text."
        raise ValueError(msg)
    return table, size
