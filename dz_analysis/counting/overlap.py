"""Text that documents share: set phrases and copied sentences, so that counts can leave them out.

In: clean texts by document. Out: shared runs as offsets, the share of each document that is
shared, and texts with the shared runs blanked.

Marks and digits are passed over when runs are compared: a copied sentence with another year in it
is still copied. Time grows with the length of the texts, not with its square.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

SHORTEST = 14  # Han characters; set phrases of the genre are shorter, sentences longer
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class SharedRun:
    """One run of text that stands in two documents, as offsets in both."""

    first: str
    second: str
    first_start: int
    first_end: int
    second_start: int
    second_end: int
    han_chars: int


def find_shared_runs(texts: Mapping[str, str], *, shortest: int = SHORTEST) -> pd.DataFrame:
    """Find the runs of Han characters that two documents share.

    Parameters
    ----------
    texts : mapping of str to str
        Document id to clean text.
    shortest : int
        Least Han characters of a run.

    Returns
    -------
    pandas.DataFrame
        One row a run: first, second (documents), their start and end, han_chars; longest first.
        Where a document repeats a run, its first place is taken.

    Examples
    --------
    >>> texts = {"a": "全县上下同心协力，2019年，", "b": "我们全县上下同心协力，2021年。"}
    >>> find_shared_runs(texts, shortest=6)["han_chars"].tolist()
    [9]
    """
    if shortest < 2:
        msg = f"shortest is {shortest}; runs of fewer than 2 characters say nothing."
        raise ValueError(msg)
    runs = sorted(
        _runs(texts, shortest),
        key=lambda run: (-run.han_chars, run.first, run.first_start, run.second),
    )
    columns = list(SharedRun.__dataclass_fields__)
    return pd.DataFrame([[getattr(run, c) for c in columns] for run in runs], columns=columns)


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


def _runs(texts: Mapping[str, str], shortest: int) -> Iterator[SharedRun]:
    """Yield the longest runs that each document shares with the ones before it."""
    index: dict[str, dict[str, int]] = {}
    places: dict[str, list[int]] = {}
    known: dict[str, str] = {}
    for document, text in texts.items():
        places[document] = [match.start() for match in _HAN.finditer(text)]
        han = "".join(text[place] for place in places[document])
        for other, here, there, length in _matches(han, known, index, shortest):
            yield SharedRun(
                other,
                document,
                places[other][there],
                places[other][there + length - 1] + 1,
                places[document][here],
                places[document][here + length - 1] + 1,
                length,
            )
        known[document] = han
        for at in range(len(han) - shortest + 1):
            index.setdefault(han[at : at + shortest], {}).setdefault(document, at)


def _matches(
    han: str, known: dict[str, str], index: dict[str, dict[str, int]], shortest: int
) -> Iterator[tuple[str, int, int, int]]:
    """Yield (document, here, there, length) of the longest runs that the index knows."""
    running: dict[str, tuple[int, int, int]] = {}
    for at in range(len(han) - shortest + 1):
        found = index.get(han[at : at + shortest], {})
        for other in [name for name in running if name not in found]:
            yield (other, *running.pop(other))
        for other, there in found.items():
            here, start, length = running.get(other, (at, there, 0))
            # The next character decides, not the index, which knows only a run's first place.
            if (
                length
                and known[other][start + length : start + length + 1] == han[at + shortest - 1]
            ):
                running[other] = (here, start, length + 1)
                continue
            if length:
                yield (other, here, start, length)
            running[other] = (at, there, shortest)
    for other, run in running.items():
        yield (other, *run)


def _merge(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged
