"""Rates of rare words with exact intervals: per 10,000 Han characters and per word.

In: counts and what they were counted in. Out: rates with the ends of their intervals. Han
characters are the first denominator because no segmenter has a say in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd
import scipy  # its rooms are loaded when they are first used
from numpy.typing import ArrayLike, NDArray

PER = 10_000
CONFIDENCE = 0.95
SEED = 20_210_127  # of all that is drawn or dealt at random
Floats = NDArray[np.float64]


def poisson_interval(counts: ArrayLike, *, confidence: float = CONFIDENCE) -> tuple[Floats, Floats]:
    """Return the exact (Garwood) interval of Poisson counts.

    Parameters
    ----------
    counts : array-like of int
        Events counted.
    confidence : float
        Two-sided; each end has half of what is left.

    Returns
    -------
    low, high : numpy.ndarray
        Events. Zero counted gives low 0 and high 3.6889 at 95 %: no mention is not "never".

    Notes
    -----
    Garwood, F. 1936. Fiducial limits for the Poisson distribution. Biometrika 28, 437-442.

    Examples
    --------
    >>> low, high = poisson_interval([0, 10])
    >>> low.round(4).tolist(), high.round(4).tolist()
    ([0.0, 4.7954], [3.6889, 18.3904])
    """
    k = _as_counts(counts)
    tail = (1 - _check_confidence(confidence)) / 2
    low = np.where(k > 0, scipy.stats.chi2.ppf(tail, 2 * np.maximum(k, 1)) / 2, 0.0)
    return low, scipy.stats.chi2.ppf(1 - tail, 2 * (k + 1)) / 2


def wilson_interval(
    counts: ArrayLike, totals: ArrayLike, *, confidence: float = CONFIDENCE
) -> tuple[Floats, Floats]:
    """Return Wilson's score interval of shares, such as documents that hold a word.

    Returns
    -------
    low, high : numpy.ndarray
        Shares from 0 to 1; a total of 0 tells nothing: 0 and 1.

    Notes
    -----
    Wilson, E. B. 1927. Journal of the American Statistical Association 22, 209-212.

    Examples
    --------
    >>> low, high = wilson_interval([5], [5])
    >>> float(low[0].round(4)), float(high[0].round(4))
    (0.5655, 1.0)
    """
    k, n = np.broadcast_arrays(_as_counts(counts), _as_counts(totals))
    if np.any(k > n):
        msg = f"Counts {k[k > n].tolist()} are over their totals {n[k > n].tolist()}."
        raise ValueError(msg)
    z = scipy.stats.norm.ppf(1 - (1 - _check_confidence(confidence)) / 2)
    safe = np.maximum(n, 1)
    share = k / safe
    middle = (share + z**2 / (2 * safe)) / (1 + z**2 / safe)
    half = z * np.sqrt(share * (1 - share) / safe + z**2 / (4 * safe**2)) / (1 + z**2 / safe)
    low, high = np.clip(middle - half, 0, 1), np.clip(middle + half, 0, 1)
    return np.where(n > 0, low, 0.0), np.where(n > 0, high, 1.0)


def add_rates(
    frame: pd.DataFrame,
    *,
    count: str = "count",
    exposure: str = "han_chars",
    name: str = "per_10k_chars",
    per: int = PER,
    confidence: float = CONFIDENCE,
) -> pd.DataFrame:
    """Add the rate of a count and its exact Poisson interval to a table.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row a thing counted.
    count, exposure : str
        Columns of the count and of what it was counted in (characters or words).
    name : str
        Name of the rate; the ends are ``<name>_low`` and ``<name>_high``.
    per : int
        Units that the rate refers to.
    confidence : float

    Returns
    -------
    pandas.DataFrame
        A new frame with three more columns; they are missing where the exposure is 0.

    Examples
    --------
    >>> table = add_rates(pd.DataFrame({"count": [4], "han_chars": [20_000]}))
    >>> table.round(4).iloc[0].tolist()
    [4.0, 20000.0, 2.0, 0.5449, 5.1208]
    """
    missing = [column for column in (count, exposure) if column not in frame.columns]
    if missing:
        msg = f"The table has no column {missing}; it has {list(frame.columns)}."
        raise ValueError(msg)
    low, high = poisson_interval(frame[count].to_numpy(), confidence=confidence)
    exposed = frame[exposure].to_numpy(dtype="float64")
    scale = np.divide(per, exposed, out=np.full_like(exposed, np.nan), where=exposed > 0)
    rates = {name: frame[count].to_numpy() * scale, f"{name}_low": low * scale}
    return frame.assign(**rates, **{f"{name}_high": high * scale})


def fill_zeros(
    frame: pd.DataFrame, *, groups: Sequence[str], names: Sequence[str], group: str, name: str
) -> pd.DataFrame:
    """Return one row for each group and name, with count 0 where nothing was counted.

    A district that never says a slogan has a rate of 0 with an upper bound, not a gap.

    Parameters
    ----------
    frame : pandas.DataFrame
        Columns `group`, `name` and ``count``.
    groups, names : sequence of str
        All groups and names that the result must hold, in this order.
    group, name : str
        The two columns.

    Returns
    -------
    pandas.DataFrame
        Columns group, name, count.
    """
    index = pd.MultiIndex.from_product([list(groups), list(names)], names=[group, name])
    totals = frame.groupby([group, name])["count"].sum()
    return totals.reindex(index, fill_value=0).rename("count").reset_index()


def keep_leading(
    table: pd.DataFrame, most: int, *, by: Sequence[str] = ("count",), least: int = 2
) -> pd.DataFrame:
    """Keep the first words of a ranking: single mentions are not ranked, ties not cut through.

    Parameters
    ----------
    table : pandas.DataFrame
        Column ``count`` and those of `by`, one row a word.
    most : int
        Words kept at most. Those that tie with the first word left out are left out with it,
        unless nothing else would be kept.
    by : sequence of str
        Columns that rank, the larger value first.
    least : int
        Least count of a word that is ranked.

    Returns
    -------
    pandas.DataFrame
        The rows kept, the first of the ranking first; ties in the order of the table.

    Examples
    --------
    >>> table = pd.DataFrame({"term": list("甲乙丙丁戊"), "count": [9, 4, 4, 4, 1]})
    >>> keep_leading(table, 3)["term"].tolist(), keep_leading(table, 9)["term"].tolist()
    (['甲'], ['甲', '乙', '丙', '丁'])
    """
    columns = list(by)
    ranked = table[table["count"] >= least].sort_values(columns, ascending=False, kind="stable")
    kept, left = ranked.head(most), ranked.iloc[most : most + 1]
    if left.empty:
        return kept
    whole = kept[(kept[columns] != left[columns].iloc[0]).any(axis=1)]
    return kept if whole.empty else whole


def counts_by_document(
    counts: pd.DataFrame,
    sizes: pd.Series,
    *,
    name: str = "term",
    part: str = "document",
    names: Iterable[str] | None = None,
) -> pd.DataFrame:
    """Return words by documents, with 0 where a word is not said.

    Parameters
    ----------
    counts : pandas.DataFrame
        Columns `part`, `name`, ``count``; several rows of one pair are added up.
    sizes : pandas.Series
        Its index names the documents, in the order of the columns.
    name, part : str
        Columns of the word and of the document.
    names : iterable of str, optional
        The words, in the order of the rows; by default all that are counted, sorted.

    Returns
    -------
    pandas.DataFrame
        Words by documents, whole numbers.
    """
    wide = counts.pivot_table(index=name, columns=part, values="count", aggfunc="sum", fill_value=0)
    rows = wide.index if names is None else pd.Index(list(names), name=name)
    return wide.reindex(index=rows, columns=sizes.index, fill_value=0)


def _as_counts(values: ArrayLike) -> Floats:
    counts = np.asarray(values, dtype="float64")
    if np.any(counts < 0) or np.any(np.isnan(counts)):
        msg = "Counts must be numbers not below 0."
        raise ValueError(msg)
    return counts


def _check_confidence(confidence: float) -> float:
    if not 0 < confidence < 1:
        msg = f"Confidence {confidence} is not between 0 and 1; 0.95 is usual."
        raise ValueError(msg)
    return confidence
