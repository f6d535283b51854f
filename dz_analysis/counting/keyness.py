"""What sets one group of documents apart: tests, effect sizes and their bounds.

In: counts of words in two groups and the sizes of the groups. Out: one row a word with G2 and its
sign, Log Ratio, LRC, %DIFF, BIC, and p values corrected for all words compared.

Words in one report are not independent, so every p value here is too small: read the bounds of
the effect first, and see `permutation` for the test that respects documents.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import scipy  # its rooms are loaded when they are first used
from numpy.typing import ArrayLike, NDArray

from dz_analysis.counting.rates import PER

Floats = NDArray[np.float64]
ZERO = 0.5  # stands for a count of 0 in a ratio (Hardie 2014)


def log_likelihood(f1: ArrayLike, n1: ArrayLike, f2: ArrayLike, n2: ArrayLike) -> Floats:
    """Return signed G2 over all four cells of the 2×2 table: positive where group 1 has more.

    Parameters
    ----------
    f1, f2 : array-like of int
        Occurrences of the word in the two groups.
    n1, n2 : array-like of int
        Words (or characters) in the two groups.

    Returns
    -------
    numpy.ndarray
        G2; critical values at 1 degree of freedom: 3.84 (p .05), 6.63 (.01), 10.83 (.001),
        15.14 (.0001).

    Notes
    -----
    Dunning, T. 1993. Computational Linguistics 19(1), 61-74. The two-term form of the UCREL
    calculator leaves the other words' cells out; the two differ in the third digit or later for
    rare words.

    Examples
    --------
    >>> log_likelihood([10], [13], [0], [31764]).round(2).tolist()
    [167.23]
    """
    a, n, b, m = _counts(f1, n1, f2, n2)
    cells = (a, n - a, b, m - b)
    share = (a + b) / (n + m)
    expected = (n * share, n * (1 - share), m * share, m * (1 - share))
    g2: Floats = 2 * sum(
        scipy.special.xlogy(o, o) - scipy.special.xlogy(o, e)
        for o, e in zip(cells, expected, strict=True)
    )
    return np.sign(a * m - b * n) * np.maximum(g2, 0)


def log_ratio(f1: ArrayLike, n1: ArrayLike, f2: ArrayLike, n2: ArrayLike) -> Floats:
    """Return the binary logarithm of the ratio of two rates: 1 means twice as often.

    Smoothing: a count of 0 is taken as 0.5, so that the ratio is finite; other counts stay as
    they are. The R package corpora adds 0.5 to every count and size (Walter 1975), which moves
    rare words: by up to 0.58 where a count is 1, by less than 0.05 from 15 on.

    Notes
    -----
    Hardie, A. 2014. Log Ratio: an informal introduction. CASS, Lancaster.

    Examples
    --------
    >>> log_ratio([20], [1000], [10], [1000]).tolist()
    [1.0]
    """
    a, n, b, m = _counts(f1, n1, f2, n2)
    return np.log2((np.where(a > 0, a, ZERO) / n) / (np.where(b > 0, b, ZERO) / m))


def conservative_log_ratio(
    f1: ArrayLike,
    n1: ArrayLike,
    f2: ArrayLike,
    n2: ArrayLike,
    *,
    family: int | None = None,
    confidence: float = 0.95,
) -> Floats:
    """Return LRC: the end of Log Ratio's interval nearest 0, and 0 if the interval holds 0.

    Given how often a word occurs at all, how many of its occurrences fall to group 1 is binomial;
    the exact (Clopper-Pearson) interval of that share gives the interval of the rates' ratio.

    Parameters
    ----------
    f1, n1, f2, n2
        As for `log_likelihood`.
    family : int, optional
        How many words are compared (Bonferroni); by default as many as are given.
    confidence : float
        For the whole family.

    Returns
    -------
    numpy.ndarray

    Notes
    -----
    Evert, S. 2022. Measuring keyness. DH2022; reference implementation in the R package corpora.

    Examples
    --------
    >>> conservative_log_ratio([20], [1000], [0], [1000]).round(4).tolist()
    [2.3037]
    """
    low, high = log_ratio_interval(f1, n1, f2, n2, family=family, confidence=confidence)
    return np.where(low > 0, low, np.where(high < 0, high, 0.0))


def log_ratio_interval(
    f1: ArrayLike,
    n1: ArrayLike,
    f2: ArrayLike,
    n2: ArrayLike,
    *,
    family: int | None = None,
    confidence: float = 0.95,
) -> tuple[Floats, Floats]:
    """Return the exact interval of Log Ratio, corrected for the family of words compared."""
    a, n, b, m = _counts(f1, n1, f2, n2)
    tail = (1 - confidence) / max(family or a.size, 1) / 2
    low = np.where(a > 0, scipy.stats.beta.ppf(tail, np.maximum(a, 1), b + 1), 0.0)
    high = np.where(b > 0, scipy.stats.beta.ppf(1 - tail, a + 1, np.maximum(b, 1)), 1.0)
    with np.errstate(divide="ignore"):
        return np.log2(low / (1 - low) * m / n), np.log2(high / (1 - high) * m / n)


def percent_difference(f1: ArrayLike, n1: ArrayLike, f2: ArrayLike, n2: ArrayLike) -> Floats:
    """Return %DIFF: by how many per cent group 1's rate is over group 2's.

    Infinite where group 2 never has the word.

    Notes
    -----
    Gabrielatos, C. and Marchi, A. 2011. Keyness: matching metrics to definitions.

    Examples
    --------
    >>> percent_difference([30], [1000], [20], [1000]).round(4).tolist()
    [50.0]
    """
    a, n, b, m = _counts(f1, n1, f2, n2)
    with np.errstate(divide="ignore", invalid="ignore"):
        return (a / n - b / m) / (b / m) * 100


def bayes_factor(g2: ArrayLike, n1: ArrayLike, n2: ArrayLike) -> Floats:
    """Return BIC, the approximate Bayes factor of G2.

    Over 2 it is positive evidence, over 6 strong, over 10 very strong; below 0 it speaks for no
    difference.

    Notes
    -----
    Wilson, A. 2013. Embracing Bayes factors for key item analysis in corpus linguistics: G2 minus
    the logarithm of both groups' size, at 1 degree of freedom.

    Examples
    --------
    >>> bayes_factor([20], [1000], [1000]).round(4).tolist()
    [12.3991]
    """
    size = np.asarray(n1, dtype=np.float64) + np.asarray(n2, dtype=np.float64)
    return np.abs(np.asarray(g2, dtype=np.float64)) - np.log(size)


def adjust_p(p: ArrayLike, method: str) -> Floats:
    """Return p values corrected for all of them: ``"bonferroni"`` or ``"bh"`` (q values).

    Notes
    -----
    Benjamini, Y. and Hochberg, Y. 1995. Journal of the Royal Statistical Society B 57, 289-300.

    Examples
    --------
    >>> adjust_p([0.01, 0.04, 0.03], "bh").round(4).tolist()
    [0.03, 0.04, 0.04]
    """
    values = np.asarray(p, dtype=np.float64)
    if method == "bonferroni":
        return np.minimum(values * values.size, 1)
    if method == "bh":
        adjusted: Floats = scipy.stats.false_discovery_control(values) if values.size else values
        return adjusted
    msg = f"Unknown correction {method!r}; expected 'bonferroni' or 'bh'."
    raise ValueError(msg)


def compare_groups(
    target: pd.Series,
    reference: pd.Series,
    *,
    n1: int,
    n2: int,
    minimum: int = 3,
    family: int | None = None,
) -> pd.DataFrame:
    """Compare the words of one group with those of another.

    Parameters
    ----------
    target, reference : pandas.Series of int
        Counts, indexed by word.
    n1, n2 : int
        Size of the two groups in Han characters or words: the same unit for both.
    minimum : int
        Least occurrences in both groups together; rarer words are left out of the family.
    family : int, optional
        Comparisons for which LRC and p_bonferroni are corrected, where more is compared than
        these two groups; by default the words of this table.

    Returns
    -------
    pandas.DataFrame
        One row a word, the strongest and surest first (by LRC, then G2): term, count, reference,
        per_10k, reference_per_10k, g2, p, log_ratio, low, high, lrc, pct_diff, bic, p_bonferroni,
        q. `family` is in ``attrs["family"]``.

    Raises
    ------
    ValueError
        If a group is empty.

    Examples
    --------
    >>> ours, theirs = pd.Series({"项目": 30, "民生": 5}), pd.Series({"项目": 10, "民生": 20})
    >>> table = compare_groups(ours, theirs, n1=1000, n2=1000)
    >>> table[["term", "count", "reference", "log_ratio", "lrc"]].round(2).values.tolist()
    [['项目', 30, 10, 1.58, 0.38], ['民生', 5, 20, -2.0, -0.37]]
    """
    words = sorted(set(target.index) | set(reference.index))
    both = pd.DataFrame(
        {"count": target.reindex(words), "reference": reference.reindex(words)}, index=words
    )
    both = both.fillna(0).astype("int64")
    both = both[both.sum(axis=1) >= minimum]
    a, b = both["count"].to_numpy(), both["reference"].to_numpy()
    g2 = log_likelihood(a, n1, b, n2)
    low, high = log_ratio_interval(a, n1, b, n2, family=family)
    p = scipy.stats.chi2.sf(np.abs(g2), 1)
    table = pd.DataFrame(
        {
            "term": both.index.to_numpy(),
            "count": a,
            "reference": b,
            "per_10k": a / n1 * PER,
            "reference_per_10k": b / n2 * PER,
            "g2": g2,
            "p": p,
            "log_ratio": log_ratio(a, n1, b, n2),
            "low": low,
            "high": high,
            "lrc": conservative_log_ratio(a, n1, b, n2, family=family),
            "pct_diff": percent_difference(a, n1, b, n2),
            "bic": bayes_factor(g2, n1, n2),
            "p_bonferroni": np.minimum(p * (family or p.size), 1),
            "q": adjust_p(p, "bh"),
        }
    )
    ordered = table.sort_values(
        ["lrc", "g2", "term"], ascending=[False, False, True], ignore_index=True
    )
    ordered.attrs["family"] = family or len(ordered)
    return ordered


def critical_g2(*, alpha: float = 0.05, family: int = 1) -> float:
    """Return the G2 that a word must exceed when a whole family of words is tested.

    Examples
    --------
    >>> round(critical_g2(), 2), round(critical_g2(family=1000), 2)
    (3.84, 16.45)
    """
    return float(scipy.stats.chi2.isf(alpha / family, 1))


def _counts(
    f1: ArrayLike, n1: ArrayLike, f2: ArrayLike, n2: ArrayLike
) -> tuple[Floats, Floats, Floats, Floats]:
    a, n, b, m = np.broadcast_arrays(*(np.asarray(x, dtype=np.float64) for x in (f1, n1, f2, n2)))
    if np.any(n <= 0) or np.any(m <= 0):
        msg = "Both groups must hold text: a group of size 0 can't be compared."
        raise ValueError(msg)
    if np.any(a < 0) or np.any(b < 0) or np.any(a > n) or np.any(b > m):
        msg = "A word can't occur fewer times than 0 or more often than its group has words."
        raise ValueError(msg)
    return a, n, b, m
