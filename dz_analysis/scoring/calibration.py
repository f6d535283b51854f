"""Whether a confidence is true: rows that are called 0.8 sure must be right in eight of ten.

In: rows with a confidence that was weighed without their own document, and whether they are right.
Out: what is asked of a calibration, with intervals over documents.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from dz_analysis.finding.confidence.weigh import GRADES, grade_of
from dz_analysis.scoring.draws import DRAWS, LEVEL, SEED, draw_documents, take_interval

BINS = 10
FIFTH = 0.2
TENTHS = ("from", "to", "rows", "confidence", "right", "low", "high")


def bin_confidence(
    rows: pd.DataFrame, *, draws: int = DRAWS, level: float = LEVEL, seed: int = SEED
) -> pd.DataFrame:
    """Set beside the confidence of rows how many of them are right, tenth by tenth.

    Parameters
    ----------
    rows : pandas.DataFrame
        The table `confidence` of `data/blind`, or a part of it: `source`, `confidence`, `wrong`.
    draws : int
        How often the documents are drawn anew.
    level : float
        Share of the draws between the ends of the interval.
    seed : int
        Of the draws.

    Returns
    -------
    pandas.DataFrame
        One row a tenth that holds any row, the least sure first: `from`, `to`, `rows`,
        `confidence` (mean), `right` (share), `low`, `high`.

    Examples
    --------
    >>> three = {"source": [*"aab"], "confidence": [0.92, 0.96, 0.31], "wrong": ["", "", "unit"]}
    >>> bin_confidence(pd.DataFrame(three))[["from", "rows", "confidence", "right"]].values.tolist()
    [[0.3, 1.0, 0.31, 0.0], [0.9, 2.0, 0.94, 1.0]]
    """
    confidence, right = _read(rows)
    weights = draw_documents(rows["source"].tolist(), draws, seed)
    tenth = _tenths(confidence)
    found = []
    for one in np.unique(tenth):
        held = tenth == one
        shares = _divide(weights[:, held] @ right[held], weights[:, held].sum(axis=1))
        low, high = take_interval(shares, level)
        found.append(
            {
                "from": one / BINS,
                "to": (one + 1) / BINS,
                "rows": int(held.sum()),
                "confidence": confidence[held].mean(),
                "right": right[held].mean(),
                "low": low,
                "high": high,
            }
        )
    return pd.DataFrame(found, columns=list(TENTHS)).round(4)


def judge_confidence(
    rows: pd.DataFrame, *, draws: int = DRAWS, level: float = LEVEL, seed: int = SEED
) -> pd.DataFrame:
    """Judge a confidence: its error, what its best grade holds, what its least sure fifth catches.

    Parameters
    ----------
    rows, draws, level, seed
        As in `bin_confidence`.

    Returns
    -------
    pandas.DataFrame
        One row a measure, all of them shares: `measure`, `value`, `low`, `high`. The expected
        calibration error is the mean distance between confidence and share right over tenths.

    Examples
    --------
    >>> three = {"source": [*"aab"], "confidence": [0.99, 0.99, 0.1], "wrong": ["", "", "unit"]}
    >>> judged = judge_confidence(pd.DataFrame(three)).set_index("measure")["value"]
    >>> judged[["rows right", "grade A, right"]].tolist()
    [0.6667, 1.0]
    """
    confidence, right = _read(rows)
    drawn = draw_documents(rows["source"].tolist(), draws, seed)
    found = []
    weighted = _measure(np.vstack([np.ones(len(rows)), drawn]), confidence, right)
    for name, values in weighted.items():
        low, high = take_interval(values[1:], level)
        found.append({"measure": name, "value": values[0], "low": low, "high": high})
    return pd.DataFrame(found).round(4)


def score_grades(
    rows: pd.DataFrame, *, draws: int = DRAWS, level: float = LEVEL, seed: int = SEED
) -> pd.DataFrame:
    """Count the rows of each grade, and how many of them are right.

    Returns
    -------
    pandas.DataFrame
        One row a grade that any row has: `grade`, `rows`, `share` (of all rows), `right`, `low`,
        `high`.
    """
    confidence, right = _read(rows)
    grades = np.array([grade_of(one) for one in confidence])
    weights = draw_documents(rows["source"].tolist(), draws, seed)
    found = []
    for grade in [name for name in GRADES if (grades == name).any()]:
        held = grades == grade
        shares = _divide(weights @ (held * right), weights @ held.astype(float))
        low, high = take_interval(shares, level)
        counts = {"grade": grade, "rows": int(held.sum()), "share": held.mean()}
        found.append({**counts, "right": right[held].mean(), "low": low, "high": high})
    return pd.DataFrame(found).round(4)


def _read(rows: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return the confidence of each row, and whether it is right."""
    return rows["confidence"].to_numpy(float), (rows["wrong"] == "").to_numpy(float)


def _tenths(confidence: np.ndarray) -> np.ndarray:
    at: np.ndarray = (confidence * BINS + 1e-9).astype(int)  # 0.3 is in the fourth tenth
    return at.clip(max=BINS - 1)


def _measure(
    weights: np.ndarray, confidence: np.ndarray, right: np.ndarray
) -> dict[str, np.ndarray]:
    """Return each measure once for each row of weights."""
    total, wrong = weights.sum(axis=1), 1 - right
    gaps = np.eye(BINS)[_tenths(confidence)] * (confidence - right)[:, None]
    sure = np.array([grade_of(one) == GRADES[0] for one in confidence], dtype=float)
    order = np.argsort(confidence, kind="stable")
    least = weights[:, order].cumsum(axis=1) <= FIFTH * total[:, None]
    caught = (weights[:, order] * least) @ wrong[order]
    return {
        "rows right": weights @ right / total,
        "mean confidence": weights @ confidence / total,
        "expected calibration error": np.abs(weights @ gaps).sum(axis=1) / total,
        "grade A, of all rows": weights @ sure / total,
        "grade A, right": _divide(weights @ (sure * right), weights @ sure),
        "wrong rows among the least sure fifth": _divide(caught, weights @ wrong),
    }


def _divide(parts: np.ndarray, wholes: np.ndarray) -> np.ndarray:
    """Return quotients, NaN where nothing is to be shared."""
    shares = np.full_like(parts, np.nan)
    np.divide(parts, wholes, out=shares, where=wholes > 0)
    return shares
