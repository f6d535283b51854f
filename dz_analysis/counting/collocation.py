"""Words that stand together: association within a window of words, and shared paragraphs.

In: words in order, or tables with a paragraph number. Out: one row a pair with logDice, PMI and
G2. The window and the least count are always stated, because every score depends on them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from dz_analysis.counting.keyness import log_likelihood

Floats = NDArray[np.float64]
WINDOW, MINIMUM = 5, 5


def log_dice(joint: ArrayLike, f1: ArrayLike, f2: ArrayLike) -> Floats:
    """Return logDice: 14 where two words only ever stand together; free of the corpus's size.

    Two words stand together no oftener than the rarer of them stands at all, so that 14 is the
    most: several neighbours of one node (项目、项目、项目 round 抓) count as one meeting.

    Notes
    -----
    Rychlý, P. 2008. A lexicographer-friendly association score. RASLAN, 6-9.

    Examples
    --------
    >>> log_dice([10, 5], [10, 10], [10, 10]).tolist()
    [14.0, 13.0]
    >>> log_dice([9], [1], [10]).round(2).tolist()
    [11.54]
    """
    together, first, second = (np.asarray(x, dtype=np.float64) for x in (joint, f1, f2))
    meetings = np.minimum(together, np.minimum(first, second))
    return 14 + np.log2(2 * meetings / (first + second))


def mutual_information(joint: ArrayLike, f1: ArrayLike, f2: ArrayLike, total: float) -> Floats:
    """Return PMI in bits: how much oftener than by chance. It favours rare pairs.

    `f1` is what `joint` was counted in. In shared paragraphs that is the paragraphs with the first
    thing. Within a window it is the window's slots, all positions near the node: with the node's
    own count instead, as in the source, PMI is larger by the logarithm of the slots per node.

    Notes
    -----
    Church, K. W. and Hanks, P. 1990. Computational Linguistics 16(1), 22-29.

    Examples
    --------
    >>> mutual_information([8], [1105], [44], 15_000_000).round(1).tolist()
    [11.3]
    """
    together, first, second = (np.asarray(x, dtype=np.float64) for x in (joint, f1, f2))
    return np.log2(together * total / (first * second))


def association_g2(joint: ArrayLike, f1: ArrayLike, f2: ArrayLike, total: float) -> Floats:
    """Return signed G2 of a pair: the word's occurrences near the node against elsewhere."""
    together, node, word = (np.asarray(x, dtype=np.float64) for x in (joint, f1, f2))
    return log_likelihood(together, node, word - together, total - node)


def find_collocations(
    words: Sequence[Sequence[str]],
    node: str,
    *,
    window: int = WINDOW,
    minimum: int = MINIMUM,
) -> pd.DataFrame:
    """Find the words that stand near a node word.

    Parameters
    ----------
    words : sequence of sequence of str
        The words of each sentence or paragraph in order; the window never crosses its end.
    node : str
        The word whose neighbours are counted.
    window : int
        Words to the left and to the right that count as near.
    minimum : int
        Least co-occurrences.

    Returns
    -------
    pandas.DataFrame
        One row a neighbour: term, joint (positions near the node), count (in all), log_dice (of
        the two words' counts), pmi and g2 (of the positions near the node, the slots of all its
        windows, against all positions); highest logDice first. ``attrs`` hold window, minimum, the
        node's count and the slots.

    Examples
    --------
    >>> rows = [["抓", "项目", "促", "发展"], ["抓", "项目", "见", "效"]]
    >>> find_collocations(rows, "项目", window=1, minimum=2)["term"].tolist()
    ['抓']
    """
    if window < 1 or minimum < 1:
        msg = f"window {window} and minimum {minimum} must be at least 1."
        raise ValueError(msg)
    counts = Counter(word for row in words for word in row)
    near = Counter(word for row in words for word in _near(row, node, window))
    slots = sum(near.values())
    kept = sorted(word for word, n in near.items() if n >= minimum and word != node)
    joint, single = _counts_of(kept, near), _counts_of(kept, counts)
    table = pd.DataFrame(
        {
            "term": pd.Series(kept, dtype="str"),
            "joint": joint.astype("int64"),
            "count": single.astype("int64"),
            "log_dice": log_dice(joint, counts[node], single),
            "pmi": mutual_information(joint, slots, single, sum(counts.values())),
            "g2": association_g2(joint, slots, single, sum(counts.values())),
        }
    )
    table = table.sort_values(["log_dice", "term"], ascending=[False, True], ignore_index=True)
    table.attrs.update(window=window, minimum=minimum, node=node)
    table.attrs.update(node_count=counts[node], slots=slots)
    return table


def _counts_of(words: Sequence[str], counts: Mapping[str, int]) -> Floats:
    return np.array([counts[word] for word in words], dtype=np.float64)


def cooccur(
    first: pd.DataFrame,
    second: pd.DataFrame,
    *,
    names: tuple[str, str] = ("slogan", "indicator"),
    units: int,
    minimum: int = 2,
) -> pd.DataFrame:
    """Say which things stand in the same paragraphs: which slogans where the numbers are.

    Parameters
    ----------
    first, second : pandas.DataFrame
        Columns ``document``, ``paragraph`` and their name column.
    names : tuple of str
        The two name columns.
    units : int
        Paragraphs in all.
    minimum : int
        Least shared paragraphs.

    Returns
    -------
    pandas.DataFrame
        One row a pair: the two names, paragraphs (shared), first, second (paragraphs with each),
        log_dice, pmi, g2; most shared paragraphs first.
    """
    key = ["document", "paragraph"]
    left = first[[*key, names[0]]].drop_duplicates()
    right = second[[*key, names[1]]].drop_duplicates()
    shared = left.merge(right, on=key).groupby(list(names)).size().rename("paragraphs")
    pairs = shared[shared >= minimum].reset_index()
    one = pairs[names[0]].map(left[names[0]].value_counts()).to_numpy(dtype=np.float64)
    two = pairs[names[1]].map(right[names[1]].value_counts()).to_numpy(dtype=np.float64)
    together = pairs["paragraphs"].to_numpy(dtype=np.float64)
    scored = pairs.assign(
        first=one.astype("int64"),
        second=two.astype("int64"),
        log_dice=log_dice(together, one, two),
        pmi=mutual_information(together, one, two, units),
        g2=association_g2(together, one, two, units),
    )
    return scored.sort_values(
        ["paragraphs", "log_dice", *names], ascending=[False, False, True, True], ignore_index=True
    )


def _near(row: Sequence[str], node: str, window: int) -> list[str]:
    """Return the words at positions within a window of any node, each position once."""
    places = {
        place
        for at, word in enumerate(row)
        if word == node
        for place in range(max(0, at - window), min(len(row), at + window + 1))
    }
    return [row[place] for place in sorted(places) if row[place] != node]
