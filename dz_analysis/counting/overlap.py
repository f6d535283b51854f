"""Text that documents share: set phrases and copied sentences, so that counts can leave them out.

In: clean texts by document. Out: shared runs as offsets, the share of each document that is
shared, and texts with the shared runs blanked.

Marks and digits are passed over when runs are compared: a copied sentence with another year in it
is still copied. Each stretch of `shortest` characters is given a number, the same for the same
characters (by doubling, as suffix arrays are made, so that nothing rests on a hash); stretches
side by side that are the same in both documents make a run. Time grows with the length of the
texts and with what they share.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

SHORTEST = 14  # Han characters; set phrases of the genre are shorter, sentences longer
# Places of one stretch in one document that are all held against those in the other; of a stretch
# that stands more often each further place is held against the other's first, so that its
# characters are found shared and time does not grow with the square of the repeats.
MOST_PLACES = 8
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f]")
RUN_COLUMNS = (
    "first",
    "second",
    "first_start",
    "first_end",
    "second_start",
    "second_end",
    "first_han",
    "second_han",
    "han_chars",
)
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Grams:
    """Stretches of one length in all documents, those alike side by side.

    `place` is where each begins among the Han characters of all documents, `group` which stretches
    are alike, `owner` its document, `rank` how many like it stand before it in that document.
    """

    place: Numbers
    group: Numbers
    owner: Numbers
    rank: Numbers


def find_shared_runs(
    texts: Mapping[str, str],
    *,
    shortest: int = SHORTEST,
    sources: Mapping[str, Collection[str]] | None = None,
) -> pd.DataFrame:
    """Find the longest runs of Han characters that two documents share.

    A run can't be made longer at either end: what stands before it and behind it differs. Where a
    document repeats a run, each place is held against each in the other document.

    Parameters
    ----------
    texts : mapping of str to str
        Document id to clean text.
    shortest : int
        Least Han characters of a run.
    sources : mapping of str to collection of str, optional
        Documents that each document is held against; by default every one against all others.

    Returns
    -------
    pandas.DataFrame
        One row a run: first, second (documents, the first one before the second in `texts`), their
        start and end in the texts, first_han and second_han (Han characters before the run),
        han_chars; longest first.

    Raises
    ------
    ValueError
        If `shortest` is less than 2.

    Examples
    --------
    >>> texts = {"a": "全县上下同心协力，2019年，", "b": "我们全县上下同心协力，2021年。"}
    >>> find_shared_runs(texts, shortest=6)["han_chars"].tolist()
    [9]
    """
    if shortest < 2:
        msg = f"shortest is {shortest}; runs of fewer than 2 characters say nothing."
        raise ValueError(msg)
    names = list(texts)
    offsets = [
        np.array([m.start() for m in _HAN.finditer(text)], "int64") for text in texts.values()
    ]
    sizes = np.array([len(places) for places in offsets], "int64")
    begins = np.concatenate([[0], np.cumsum(sizes)]).astype("int64")
    joined = "".join("".join(_HAN.findall(text)) for text in texts.values())
    grams = _number_grams(joined, sizes, shortest)
    first, second = _pair_places(grams)
    owner = np.repeat(np.arange(len(names)), sizes)
    if sources is not None:
        asked = _asked(names, sources)[owner[first], owner[second]]
        first, second = first[asked], second[asked]
    first, second, length = _join_places(first, second, owner, shortest)
    text_at = np.concatenate([*offsets, np.empty(0, "int64")])
    ends = length - 1
    table = pd.DataFrame(
        {
            "first": np.array(names, dtype=object)[owner[first]],
            "second": np.array(names, dtype=object)[owner[second]],
            "first_start": text_at[first],
            "first_end": text_at[first + ends] + 1,
            "second_start": text_at[second],
            "second_end": text_at[second + ends] + 1,
            "first_han": first - begins[owner[first]],
            "second_han": second - begins[owner[second]],
            "han_chars": length,
        }
    ).astype({"first": "str", "second": "str"})
    order = ["han_chars", "first", "first_han", "second", "second_han"]
    return table.sort_values(order, ascending=[False, *[True] * 4], ignore_index=True)


def measure_overlap(texts: Mapping[str, str], *, shortest: int = SHORTEST) -> pd.DataFrame:
    """Say how much of each document stands in another one too.

    Parameters
    ----------
    texts : mapping of str to str
        Document id to clean text.
    shortest : int
        Least Han characters of a run that counts as shared.

    Returns
    -------
    pandas.DataFrame
        One row a document, in the order given: document, han_chars, shared_chars, shared_pct.

    Examples
    --------
    >>> texts = {"a": "全县上下同心协力，2019年，", "b": "我们全县上下同心协力，2021年。"}
    >>> measure_overlap(texts, shortest=6)[["document", "shared_pct"]].round(1).values.tolist()
    [['a', 100.0], ['b', 81.8]]
    """
    spans = shared_spans(find_shared_runs(texts, shortest=shortest))
    rows = []
    for document, text in texts.items():
        han = len(_HAN.findall(text))
        shared = sum(len(_HAN.findall(text[s:e])) for s, e in spans.get(document, ()))
        rows.append((document, han, shared, 100 * shared / han if han else 0.0))
    return pd.DataFrame(rows, columns=["document", "han_chars", "shared_chars", "shared_pct"])


def shared_spans(runs: pd.DataFrame) -> dict[str, list[tuple[int, int]]]:
    """Return the spans of each document that are shared, merged and in order."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for side in ("first", "second"):
        columns = runs[[side, f"{side}_start", f"{side}_end"]]
        for document, start, end in columns.itertuples(index=False, name=None):
            spans.setdefault(document, []).append((start, end))
    return {document: _merge(found) for document, found in spans.items()}


def blank_spans(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return a text of the same length with spans blanked, so that offsets stay true.

    Examples
    --------
    >>> blank_spans("坚持项目为王，", [(2, 4)])
    '坚持  为王，'
    """
    chars = list(text)
    for start, end in spans:
        chars[start:end] = [c if c == "\n" else " " for c in chars[start:end]]
    return "".join(chars)


def _number_grams(joined: str, sizes: Numbers, length: int) -> _Grams:
    """Give each stretch of one length a number; none of them reaches over a document's end."""
    codes = np.frombuffer(joined.encode("utf-32-le"), dtype=np.uint32)
    owner = np.repeat(np.arange(len(sizes)), sizes)
    ends = np.cumsum(sizes)[owner] if len(owner) else owner
    place = np.flatnonzero(np.arange(len(codes)) + length <= ends)
    numbers = _rank(codes.astype("int64"))
    width = 1
    while width < length and len(numbers) > length - width:
        step = min(width, length - width)
        numbers = _rank(numbers[:-step] * (numbers.max() + 1) + numbers[step:])
        width += step
    group = numbers[place] if len(place) else place
    order = np.lexsort((place, group))
    place, group = place[order], group[order]
    own = owner[place]
    is_new = np.ones(len(place), dtype=bool)
    is_new[1:] = (np.diff(group) != 0) | (np.diff(own) != 0)
    heads = np.flatnonzero(is_new)
    rank = np.arange(len(place)) - np.repeat(heads, np.diff([*heads, len(place)]))
    return _Grams(place, group, own, rank)


def _rank(keys: Numbers) -> Numbers:
    """Return for each key how many smaller ones there are, so that equal keys have one number."""
    return np.unique(keys, return_inverse=True)[1].astype("int64")


def _pair_places(grams: _Grams) -> tuple[Numbers, Numbers]:
    """Return the places of stretches that are alike in two documents, by pairs, each pair once."""
    few, more = grams.rank < MOST_PLACES, grams.rank >= MOST_PLACES
    pairs = [_cross(grams, few, few), _cross(grams, more, grams.rank == 0)]
    left, right = (np.concatenate(side) for side in zip(*pairs, strict=True))
    top = int(grams.place.max(initial=0)) + 1
    keys = np.unique(np.minimum(left, right) * top + np.maximum(left, right))
    return keys // top, keys % top


def _cross(
    grams: _Grams, left: NDArray[np.bool_], right: NDArray[np.bool_]
) -> tuple[Numbers, Numbers]:
    """Pair each of some stretches with all of others that are like it in other documents."""
    groups, place, owner = grams.group[right], grams.place[right], grams.owner[right]
    begin = np.searchsorted(groups, grams.group[left], side="left")
    count = np.searchsorted(groups, grams.group[left], side="right") - begin
    one = np.repeat(np.flatnonzero(left), count)
    within = np.arange(len(one)) - np.repeat(np.cumsum(count) - count, count)
    other = np.repeat(begin, count) + within
    apart = grams.owner[one] != owner[other]
    return grams.place[one][apart], place[other][apart]


def _join_places(
    first: Numbers, second: Numbers, owner: Numbers, shortest: int
) -> tuple[Numbers, Numbers, Numbers]:
    """Join stretches that go on in both documents; return where runs start and their lengths."""
    order = np.lexsort((first, second - first))
    first, second = first[order], second[order]
    is_new = np.ones(len(first), dtype=bool)
    is_new[1:] = (
        (np.diff(second - first) != 0)
        | (np.diff(first) != 1)
        | (np.diff(owner[first]) != 0)
        | (np.diff(owner[second]) != 0)
    )
    heads = np.flatnonzero(is_new)
    steps = np.diff([*heads, len(first)])
    return first[heads], second[heads], steps.astype("int64") + shortest - 1


def _asked(names: list[str], sources: Mapping[str, Collection[str]]) -> NDArray[np.bool_]:
    """Return for each two documents whether one is to be held against the other."""
    at = {name: number for number, name in enumerate(names)}
    asked = np.zeros((len(names), len(names)), dtype=bool)
    for name, others in sources.items():
        asked[at[name], [at[other] for other in others]] = True
    return asked | asked.T


def _merge(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged
