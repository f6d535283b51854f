"""Counts under several segmenters side by side: what depends on who cuts the words.

In: texts. Out: counts of words as bare strings and by each segmenter, and the spans on which two
segmenters differ.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise

import pandas as pd

from dz_analysis.counting.segment import Pair, cut_words, is_word
from dz_analysis.counting.terms import text_coinages

ENGINES = ("rjieba", "lac")
TOLERANCE = 0.2  # counts that differ by more than a fifth depend on the segmenter


def compare_counts(
    texts: Iterable[str],
    terms: Sequence[str],
    *,
    engines: Sequence[str] = ENGINES,
    tolerance: float = TOLERANCE,
) -> pd.DataFrame:
    """Count words as strings and by each segmenter.

    Parameters
    ----------
    texts : iterable of str
        Clean texts.
    terms : sequence of str
        The words to count.
    engines : sequence of str
        Segmenters, as for `segment`.
    tolerance : float
        Greatest difference between two segmenters' counts, as a share of the larger one, at which
        a count still does not depend on the segmenter.

    Returns
    -------
    pandas.DataFrame
        One row a word, in the order given: term, as_string, one column a segmenter, and
        depends (whether the count depends on the segmenter).

    Examples
    --------
    >>> table = compare_counts(["推进项目建设，项目提速"], ["项目"], engines=("rjieba", "jieba"))
    >>> table.values.tolist()
    [['项目', 2, 2, 2, False]]
    """
    kept = list(texts)
    counts = {engine: _count(kept, engine) for engine in engines}
    table = pd.DataFrame(
        {
            "term": list(terms),
            "as_string": [sum(text.count(term) for text in kept) for term in terms],
            **{engine: [counts[engine][term] for term in terms] for engine in engines},
        }
    )
    most, least = table[list(engines)].max(axis=1), table[list(engines)].min(axis=1)
    return table.assign(depends=(most - least) > tolerance * most)


def measure_agreement(
    texts: Mapping[str, str], *, engines: Sequence[str] = ENGINES
) -> pd.DataFrame:
    """Say how far two segmenters find the same words; marks and numbers are none.

    That both cut a comma off is no agreement on words.

    Returns
    -------
    pandas.DataFrame
        One row a text: document, one column a segmenter (words found), shared (found by both at
        the same place), f1 (harmonic mean of both shares).

    Examples
    --------
    >>> measure_agreement({"a": "，，项目，8。"}, engines=("rjieba", "jieba")).values.tolist()
    [['a', 1, 1, 1, 1.0]]
    """
    rows = []
    for document, text in texts.items():
        first, second = (_spans(text, engine) for engine in engines)
        shared = len(first & second)
        f1 = 2 * shared / (len(first) + len(second)) if first or second else 1.0
        rows.append((document, len(first), len(second), shared, f1))
    return pd.DataFrame(rows, columns=["document", *engines, "shared", "f1"])


def list_differences(
    texts: Iterable[str], *, engines: Sequence[str] = ENGINES, shown: int = 12
) -> pd.DataFrame:
    """List the spans that two segmenters cut otherwise, the most frequent first.

    Parameters
    ----------
    texts : iterable of str
    engines : sequence of str
        Two segmenters.
    shown : int
        Longest span listed, in characters: past it two segmentations have lost each other.

    Returns
    -------
    pandas.DataFrame
        One row a span and pair of readings: span, one column a segmenter (words joined by a
        space), count.
    """
    found = Counter(
        readings
        for text in texts
        for readings in _differences(text, engines)
        if len(readings[0]) <= shown
    )
    rows = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return pd.DataFrame([(*key, n) for key, n in rows], columns=["span", *engines, "count"])


def _differences(text: str, engines: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield each span between two ends that segmenters share, with how each of them cuts it."""
    cuts = [_ends(_cut(text, engine)) for engine in engines]
    for start, end in pairwise(sorted(set.intersection(*cuts))):
        inside = [sorted(at for at in ends if start < at < end) for ends in cuts]
        if inside[0] != inside[1]:
            yield text[start:end], *(_spell(text, start, end, at) for at in inside)


def _cut(text: str, engine: str) -> list[Pair]:
    return cut_words(text, engine=engine, coinages=text_coinages(text))


def _count(texts: list[str], engine: str) -> Counter[str]:
    return Counter(w for text in texts for w, pos in _cut(text, engine) if is_word(w, pos))


def _ends(pairs: list[Pair]) -> set[int]:
    total, ends = 0, {0}
    for word, _ in pairs:
        total += len(word)
        ends.add(total)
    return ends


def _spans(text: str, engine: str) -> set[tuple[int, int]]:
    """Return where the words of a text stand."""
    pairs = _cut(text, engine)
    places = pairwise(accumulate((len(word) for word, _ in pairs), initial=0))
    return {place for place, pair in zip(places, pairs, strict=True) if is_word(*pair)}


def _spell(text: str, start: int, end: int, cuts: list[int]) -> str:
    places = [start, *cuts, end]
    return " ".join(text[a:b] for a, b in pairwise(places))
