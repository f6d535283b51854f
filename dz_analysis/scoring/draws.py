"""Documents drawn anew, and the intervals of what is computed from the draws.

In: the document of each row. Out: how often each row is drawn; the ends of an interval.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

DRAWS = 1000
LEVEL = 0.95
SEED = 20261130


def draw_documents(documents: Sequence[str], draws: int, seed: int) -> np.ndarray:
    """Draw documents anew, with all their rows.

    Parameters
    ----------
    documents : sequence of str
        The document of each row.
    draws : int
        How often.
    seed : int
        Of the draws.

    Returns
    -------
    numpy.ndarray of float
        Of shape (draws, rows): how often each row was drawn.
    """
    names, at = np.unique(np.asarray(documents, dtype=str), return_inverse=True)
    if not len(names):
        return np.zeros((draws, 0))
    generator = np.random.default_rng(seed)
    drawn = generator.multinomial(len(names), np.full(len(names), 1 / len(names)), size=draws)
    return drawn[:, at].astype(float)


def take_interval(drawn: np.ndarray, level: float) -> np.ndarray:
    """Return the ends of the interval of what was drawn, NaN if nothing could be computed.

    Examples
    --------
    >>> take_interval(np.array([1.0, 2.0, 3.0, np.nan]), 0.5).tolist()
    [1.5, 2.5]
    """
    known = drawn[~np.isnan(drawn)]
    if not known.size:
        return np.full(2, np.nan)
    ends: np.ndarray = np.quantile(known, [(1 - level) / 2, (1 + level) / 2])
    return ends
