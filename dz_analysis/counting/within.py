"""Two parts of the same documents compared: what is planned beside what is reviewed.

In: counts by document and part, and the sizes of the parts. Out: one row a word with the mean
difference of its rates within documents, an interval and a test over documents.

Documents that hold only one of the two parts say nothing of the difference. Pooling them turns it
into a difference between documents: in a corpus of four reviews and one report with both parts
the pooled order can be the reverse of the order within that report.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np
import pandas as pd
import scipy  # its rooms are loaded when they are first used
from numpy.typing import NDArray

from dz_analysis.counting.permutation import DEALS, HAIR
from dz_analysis.counting.rates import CONFIDENCE, PER, SEED, counts_by_document

Floats = NDArray[np.float64]
EXACT = 12  # documents up to which every way to turn the signs is tried
WITHIN_COLUMNS = (
    *("documents", "first_count", "second_count", "first", "second"),
    *("difference", "low", "high", "p", "p_max"),
)


def compare_within(
    counts: pd.DataFrame,
    sizes: pd.DataFrame,
    *,
    first: str = "plan",
    second: str = "review",
    part: str = "stance",
    name: str = "slogan",
    confidence: float = CONFIDENCE,
    weigh: bool = False,
) -> pd.DataFrame:
    """Compare the rates of words in two parts of the same documents.

    Parameters
    ----------
    counts : pandas.DataFrame
        Columns ``document``, `part`, `name`, ``count``; several rows of one kind are added up.
    sizes : pandas.DataFrame
        Columns ``document``, `part`, ``han_chars``; several rows of one kind are added up.
    first, second : str
        The two parts: the difference is the first less the second.
    part, name : str
        The two columns.
    confidence : float
        Two-sided.
    weigh : bool
        Whether a document counts by the characters of its parts (their product over their sum, as
        in Mantel and Haenszel's rate difference) and not as much as any other: the rate in a part
        of two sentences is no more than chance.

    Returns
    -------
    pandas.DataFrame
        One row a word that stands in either part: name, documents (that hold both parts),
        first_count and second_count (mentions in them), first and second (mean rates per 10,000
        Han characters), difference, low and high (Student's interval over documents; missing for
        a single one), p (turning the sign of each document's difference) and p_max (corrected for
        all words); by p_max, p, then the larger difference. Empty if no document holds both parts.
        ``attrs["p_smallest"]`` is the least p that so many documents can give.

    Raises
    ------
    ValueError
        If the two parts are one.

    Notes
    -----
    Good, P. 2005. Permutation, parametric and bootstrap tests of hypotheses, 3rd ed., section
    3.2.1 (matched pairs). Greenland, S. and Robins, J. M. 1985. Biometrics 41, 55-68 (weights).

    Examples
    --------
    >>> sizes = pd.DataFrame({"document": list("aabb"), "stance": ["plan", "review"] * 2})
    >>> said = sizes.assign(slogan="双招双引", count=[4, 1, 6, 2])
    >>> table = compare_within(said, sizes.assign(han_chars=1000))
    >>> table[["slogan", "documents", "first", "second", "difference", "p"]].values.tolist()
    [['双招双引', 2, 50.0, 15.0, 35.0, 0.5]]
    """
    if first == second:
        msg = f"Both parts are {first!r}; expected two different ones."
        raise ValueError(msg)
    exposed = sizes.pivot_table(index="document", columns=part, values="han_chars", aggfunc="sum")
    exposed = exposed.reindex(columns=[first, second])
    exposed = exposed[(exposed > 0).all(axis=1)]
    said = counts[counts["document"].isin(exposed.index) & counts[part].isin([first, second])]
    if said.empty:
        return pd.DataFrame({c: pd.Series(dtype="float64") for c in (name, *WITHIN_COLUMNS)})
    names = sorted(set(said[name]))
    tallies = [
        counts_by_document(said[said[part] == p], exposed[p], name=name, names=names)
        for p in (first, second)
    ]
    rates = [PER * t / exposed[p] for t, p in zip(tallies, (first, second), strict=True)]
    weights = (exposed[first] * exposed[second] / exposed.sum(axis=1)).to_numpy(dtype="float64")
    share = weights / weights.sum() if weigh else np.full(len(exposed), 1 / len(exposed))
    means = [rate.to_numpy() @ share for rate in rates]
    result = pd.DataFrame(
        {
            name: names,
            "documents": len(exposed),
            "first_count": tallies[0].sum(axis=1).to_numpy(),
            "second_count": tallies[1].sum(axis=1).to_numpy(),
            "first": means[0],
            "second": means[1],
            **_test(rates[0].to_numpy() - rates[1].to_numpy(), share, confidence),
        }
    )
    order = result.assign(size=-result["difference"].abs().round(9))
    ordered = order.sort_values(["p_max", "p", "size", name], ignore_index=True)
    ordered = ordered.drop(columns="size")
    ordered.attrs["p_smallest"] = max(
        2.0 ** (1 - len(exposed)), 0 if len(exposed) <= EXACT else 1 / (DEALS + 1)
    )
    return ordered


def _test(differences: Floats, share: Floats, confidence: float) -> dict[str, Floats]:
    """Return mean, interval and p values of differences, words by documents with their shares."""
    documents = differences.shape[1]
    mean = differences @ share
    if documents > 1:
        spread = ((share * (differences - mean[:, None])) ** 2).sum(axis=1)
        error = np.sqrt(spread * documents / (documents - 1))
        half = scipy.stats.t.ppf((1 + confidence) / 2, documents - 1) * error
    else:
        half = np.full(len(mean), np.nan)
    differences = differences * share
    length = np.sqrt((differences**2).sum(axis=1, keepdims=True))
    unit = np.divide(differences, length, out=np.zeros_like(differences), where=length > HAIR)
    observed = np.abs(unit.sum(axis=1)) - HAIR
    single, largest, deals = np.zeros(len(mean)), np.zeros(len(mean)), 0
    for signs in _signs(documents):
        turned = np.abs(unit @ signs.T)
        single += (turned >= observed[:, None]).sum(axis=1)
        largest += (turned.max(axis=0)[None, :] >= observed[:, None]).sum(axis=1)
        deals += len(signs)
    shift = 0 if documents <= EXACT else 1
    return {
        "difference": mean,
        "low": mean - half,
        "high": mean + half,
        "p": (single + shift) / (deals + shift),
        "p_max": (largest + shift) / (deals + shift),
    }


def _signs(documents: int) -> Iterator[Floats]:
    """Yield the ways to turn the signs of the documents' differences, in blocks."""
    if documents <= EXACT:
        yield np.array(list(product((1.0, -1.0), repeat=documents)))
        return
    rng = np.random.default_rng(SEED)
    for start in range(0, DEALS, 500):
        rows = min(500, DEALS - start)
        yield rng.choice(np.array([1.0, -1.0]), size=(rows, documents))
