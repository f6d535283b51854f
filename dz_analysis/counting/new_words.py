"""Words that no list knows, by statistics alone: characters that cling together in many contexts.

In: texts. Out: candidates with how firmly they hold together and how freely they stand. They are
candidates: a person decides. Small corpora give few, because both numbers need repetition.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable

import pandas as pd

from dz_analysis.counting.segment import is_known

_HAN_RUN = re.compile(r"[\u4e00-\u9fff]+")
COLUMNS = ("word", "count", "cohesion", "freedom")


def find_new_words(
    texts: Iterable[str],
    *,
    minimum: int = 5,
    longest: int = 6,
    cohesion: float = 4.0,
    freedom: float = 1.0,
) -> pd.DataFrame:
    """Find character sequences that behave like words and stand in no word list.

    Parameters
    ----------
    texts : iterable of str
        Clean texts.
    minimum : int
        Least occurrences.
    longest : int
        Longest word in characters.
    cohesion : float
        Least cohesion in bits: the smallest PMI over all ways to cut the word in two.
    freedom : float
        Least boundary entropy in bits: the smaller of the entropies of the characters left and
        right of the word; a line end counts as a neighbour that is new every time.

    Returns
    -------
    pandas.DataFrame
        One row a word: word, count, cohesion, freedom; most frequent first, then the firmest.

    Notes
    -----
    Cohesion and boundary entropy as in Luo and Sun 2003 (two-character Chinese word extraction).
    """
    runs = [run for text in texts for run in _HAN_RUN.findall(text)]
    counts = _count_grams(runs, longest)
    total = max(sum(map(len, runs)), 1)
    candidates = {
        gram: held
        for gram, n in counts.items()
        if len(gram) >= 2 and n >= minimum and (held := _cohesion(gram, counts, total)) >= cohesion
    }
    free = _freedom(runs, candidates, longest)
    rows = [
        (word, counts[word], held, free[word])
        for word, held in candidates.items()
        if free[word] >= freedom and not is_known(word)
    ]
    rows.sort(key=lambda row: (-row[1], -row[2], row[0]))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _count_grams(runs: list[str], longest: int) -> Counter[str]:
    counts: Counter[str] = Counter()
    for size in range(1, longest + 1):
        for run in runs:
            counts.update(run[at : at + size] for at in range(len(run) - size + 1))
    return counts


def _cohesion(gram: str, counts: Counter[str], total: int) -> float:
    """Return the smallest PMI in bits over all ways to cut a sequence in two."""
    return min(
        math.log2(counts[gram] * total / (counts[gram[:cut]] * counts[gram[cut:]]))
        for cut in range(1, len(gram))
    )


def _freedom(runs: list[str], candidates: Iterable[str], longest: int) -> dict[str, float]:
    """Return the smaller of the entropies of what stands left and right of each candidate."""
    wanted = set(candidates)
    sides: dict[str, tuple[Counter[str], Counter[str]]] = defaultdict(
        lambda: (Counter(), Counter())
    )
    for number, run in enumerate(runs):
        for size in range(2, longest + 1):
            for at in range(len(run) - size + 1):
                gram = run[at : at + size]
                if gram in wanted:
                    left, right = sides[gram]
                    left[run[at - 1] if at else f"^{number}"] += 1
                    end = at + size
                    right[run[end] if end < len(run) else f"${number}"] += 1
    return {gram: min(map(_entropy, sides[gram])) for gram in wanted}


def _entropy(counts: Counter[str]) -> float:
    total = sum(counts.values())
    return -sum(n / total * math.log2(n / total) for n in counts.values())
