"""Fit the weights by which names are chosen, and compare them with those set by hand.

    python tools/fit_names.py PASSAGES --apart apart.txt --check LIST … [--write FILE]

PASSAGES is a folder with `excerpts.jsonl` (id, text, title, region, period) and
`observations.jsonl` (doc, start, quote, indicator, alt …), marked by hand. Documents that the file
of `--apart` names are never read. LIST is another such folder, one that keeps its texts in `clean`,
or the beginning of two files (`dev` for `dev.jsonl` and `dev_gold.jsonl`); lists to check are
measured and never trained on.

Every number of a passage is one choice among what the frames read for it. A reading's mass is the
sum of the weights of its marks, and the weights are those of greatest likelihood, held to the
hand-set order of frames by a quadratic penalty. Everything is cross-validated by document. Nothing
is drawn at random: the same passages give the same weights.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import minimize

from dz_analysis import finding, naming
from dz_analysis.finding.name.discourse import Topic
from dz_analysis.finding.name.frames import in_order
from dz_analysis.finding.name.indicators import Chooser, read_indicators
from dz_analysis.finding.name.lists import GROUP_READERS
from dz_analysis.finding.name.naming_state import Item, Reading, View
from dz_analysis.finding.name.notes import find_notes
from dz_analysis.finding.name.readings import READERS
from dz_analysis.finding.name.signs import SIGNS
from dz_analysis.finding.name.weigh import Weights, choose, mark_of, read_all
from dz_analysis.finding.number.reject import find_quantities
from dz_analysis.finding.place.regions import RegionLine
from dz_analysis.finding.time.periods import PeriodLine
from dz_analysis.reading.structure import split_paragraphs

STEP = 100.0  # of the hand-set weights, from one frame to the next
FOLDS = 10
PENALTY = 6.0  # on the square of what a weight departs from the order set by hand
HEADER = ("mark", "weight", "rows", "documents", "note")
FRAMES = tuple(mark_of(frame) for frame, _ in in_order(READERS))
MARKS = (*FRAMES, *SIGNS)


class Passage(NamedTuple):
    """One marked text: its numbers by their start, each with the names that are right."""

    document: str
    text: str
    context: finding.Context
    names: Mapping[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Choice:
    """What the frames read for one number: marks of each reading, and which names are right."""

    document: str
    marks: np.ndarray  # readings x marks
    right: np.ndarray  # readings


def hand_marks() -> dict[str, float]:
    """Return the hand-set weights: the order of the frames, and nothing for the signs."""
    return {mark: STEP * (len(FRAMES) - at) for at, mark in enumerate(FRAMES)} | dict.fromkeys(
        SIGNS, 0.0
    )


def read_lines(file: Path) -> list[dict[str, Any]]:
    """Read a file of one JSON object a line."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line]


def load_passages(place: Path, apart: frozenset[str] = frozenset()) -> list[Passage]:
    """Read the marked texts of a folder or of a pair of files, without those set apart."""
    texts, gold = place / "excerpts.jsonl", place / "observations.jsonl"
    if not place.is_dir():
        texts, gold = place.with_suffix(".jsonl"), place.with_name(f"{place.name}_gold.jsonl")
    marked: dict[str, dict[int, tuple[str, ...]]] = {}
    for row in read_lines(gold):
        names = (row["indicator"], *row.get("alt", ()))
        marked.setdefault(row.get("doc") or row["document"], {})[row["start"]] = names
    passages = []
    for one in read_lines(texts) if texts.is_file() else _read_clean(place):
        document = one.get("id") or one["doc"]
        if document in apart:
            continue
        told = {key: one[key] for key in ("title", "published", "region", "period") if one.get(key)}
        context = finding.tag_document(one["text"], document=document, **told)
        passages.append(Passage(document, one["text"], context, marked.get(document, {})))
    return sorted(passages, key=lambda passage: passage.document)


def _read_clean(place: Path) -> list[dict[str, Any]]:
    """Return the whole texts of a folder that keeps one a file in `clean`."""
    files = sorted((place / "clean").glob("*.txt"))
    return [{"id": file.stem, "text": file.read_text(encoding="utf-8")} for file in files]


def read_items(passage: Passage, chooser: Chooser) -> tuple[Item, ...]:
    """Name the numbers of a passage as the finder does."""
    text, context = passage.text, passage.context
    paragraphs = split_paragraphs(text, title=context.title)
    periods = PeriodLine(text, paragraphs, context)
    regions = RegionLine(text, paragraphs, context)
    told = [(one.start, one.end) for one in periods.mentions if one.kind != "base"]
    places = {name for one in regions.mentions for name in (one.text, one.within + one.text)}
    return read_indicators(
        text,
        find_quantities(text),
        skips=sorted(told + find_notes(text)),
        places=places | regions.own_names(),
        choose=chooser,
    )


def is_right(name: str, names: Sequence[str], *, lenient: bool) -> bool:
    """Whether a name is one of those that are right."""
    return bool(name) and naming.is_same(name, names, lenient=lenient)


def count_right(passages: Sequence[Passage], chooser: Chooser) -> np.ndarray:
    """Count the numbers that are both marked and read, and the right names, lenient and exact."""
    total = np.zeros(3, dtype=int)
    for passage in passages:
        for item in read_items(passage, chooser):
            names = passage.names.get(item.quantity.start)
            if names:
                lenient, exact = (is_right(item.name, names, lenient=way) for way in (True, False))
                total += (1, lenient, exact)
    return total


def marks_of(reading: Reading, view: View, topic: Topic) -> np.ndarray:
    """Return which marks a reading carries, in the order of `MARKS`."""
    own = [mark_of(reading.frame) == mark for mark in FRAMES]
    return np.array([*own, *(sign(reading, view, topic) for sign in SIGNS.values())], dtype=float)


def collect_choices(passages: Sequence[Passage]) -> list[Choice]:
    """Return the choices of the marked numbers for which the frames read a right name and a wrong.

    A number that a list or what follows names is left out: the frames do not decide there.
    """
    choices = []
    for passage in passages:
        seen: dict[int, list[tuple[Reading, np.ndarray]]] = {}
        for item in read_items(passage, partial(_record, seen)):
            start = item.quantity.start
            names = passage.names.get(start)
            if not names or item.frame in GROUP_READERS or not item.name:
                continue
            right = [is_right(one.name, names, lenient=False) for one, _ in seen[start]]
            if not any(right):
                right = [is_right(one.name, names, lenient=True) for one, _ in seen[start]]
            if any(right) and not all(right):
                marks = np.stack([marks for _, marks in seen[start]])
                choices.append(Choice(passage.document, marks, np.array(right)))
    return choices


def _record(seen: dict[int, list[tuple[Reading, np.ndarray]]], view: View, topic: Topic) -> Reading:
    readings = list(read_all(view, topic))
    seen[view.quantity.start] = [(one, marks_of(one, view, topic)) for one in readings]
    return choose(view, topic)


def fit(choices: Sequence[Choice], penalty: float = PENALTY) -> dict[str, float]:
    """Return the weights of greatest likelihood, to two decimals.

    Parameters
    ----------
    choices : sequence of Choice
        What to learn from.
    penalty : float
        On the square of what a weight departs from the order set by hand, one a frame.
    """
    prior = np.array([hand_marks()[mark] / STEP for mark in MARKS])

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        away = weights - prior
        value, slope = penalty * float(away @ away) / 2, penalty * away
        for choice in choices:
            mass = choice.marks @ weights
            likely = np.exp(mass - mass.max())
            likely /= likely.sum()
            right = likely * choice.right
            share = right.sum()
            value -= float(np.log(share))
            slope = slope + choice.marks.T @ (likely - right / share)
        return value, slope

    found = minimize(loss, prior, jac=True, method="L-BFGS-B").x
    return {mark: round(float(weight), 2) + 0.0 for mark, weight in zip(MARKS, found, strict=True)}


def cross_validate(passages: Sequence[Passage], penalty: float) -> tuple[np.ndarray, np.ndarray]:
    """Count right names on documents left out: chosen by hand-set and by fitted weights."""
    by_hand, fitted = np.zeros(3, dtype=int), np.zeros(3, dtype=int)
    for fold in range(FOLDS):
        left_out = passages[fold::FOLDS]
        names = {passage.document for passage in left_out}
        learning = [passage for passage in passages if passage.document not in names]
        weights = Weights(fit(collect_choices(learning), penalty))
        by_hand += count_right(left_out, partial(choose, weights=Weights(hand_marks())))
        fitted += count_right(left_out, partial(choose, weights=weights))
    return by_hand, fitted


def compare(
    passages: Sequence[Passage], weights: Mapping[str, float]
) -> tuple[np.ndarray, np.ndarray]:
    """Count right names chosen by the weights set by hand, and by others."""
    both = (Weights(hand_marks()), Weights(weights))
    by_hand, fitted = (count_right(passages, partial(choose, weights=one)) for one in both)
    return by_hand, fitted


def write_weights(
    file: Path, weights: Mapping[str, float], choices: Sequence[Choice] = (), note: str = ""
) -> None:
    """Write the list of weights: how many readings and documents carry each mark."""
    rows, documents = dict.fromkeys(MARKS, 0), {mark: set[str]() for mark in MARKS}
    for choice in choices:
        for at, mark in enumerate(MARKS):
            carried = int(choice.marks[:, at].sum())
            rows[mark] += carried
            documents[mark] |= {choice.document} if carried else set()
    with file.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(HEADER)
        for mark in MARKS:
            counts = (rows[mark], len(documents[mark])) if choices else ("", "")
            told = note or ("by hand: the order of the frames" if mark in FRAMES else "")
            writer.writerow((mark, f"{weights[mark]:.2f}", *counts, told))


def show(name: str, by_hand: np.ndarray, fitted: np.ndarray) -> None:
    """Print one line of the table."""
    numbers = max(int(by_hand[0]), 1)
    cells = (by_hand[1], fitted[1], by_hand[2], fitted[2])
    print(f"{name:24} {numbers:6} " + " ".join(f"{cell / numbers:8.4f}" for cell in cells))


def is_kept(pairs: Sequence[tuple[np.ndarray, np.ndarray]]) -> bool:
    """Whether fitted weights are kept: better where they were left out, nowhere else worse.

    Parameters
    ----------
    pairs : sequence of (by hand, fitted)
        Counts of right names, those of the documents left out of training first.
    """
    (by_hand, fitted), *others = pairs
    is_better = bool((fitted >= by_hand).all() and (fitted > by_hand).any())
    return is_better and all((fitted >= by_hand).all() for by_hand, fitted in others)


def main() -> None:
    """Fit, compare, and write what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("passages", type=Path, nargs="?", default=Path())
    parser.add_argument("--apart", type=Path)
    parser.add_argument("--check", type=Path, nargs="*", default=[])
    parser.add_argument("--penalty", type=float, default=PENALTY)
    parser.add_argument("--write", type=Path, help="write the fitted weights to this file")
    parser.add_argument("--write-hand", type=Path, help="write the hand-set weights and stop")
    options = parser.parse_args()
    if options.write_hand:
        write_weights(options.write_hand, hand_marks())
        return
    apart = frozenset(options.apart.read_text(encoding="utf-8").split()) if options.apart else ()
    passages = load_passages(options.passages, frozenset(apart))
    choices = collect_choices(passages)
    weights = fit(choices, options.penalty)
    print(f"{len(passages)} passages, {len(choices)} choices, {len(MARKS)} marks")
    print(f"{'':24} {'number':>6} " + " ".join(f"{head:>8}" for head in ("hand", "fitted") * 2))
    print(f"{'':24} {'':6} {'lenient':>17} {'exact':>17}")
    pairs = [cross_validate(passages, options.penalty)]
    show("left out of training", *pairs[0])
    for place in options.check:
        pairs.append(compare(load_passages(place), weights))
        show(place.name, *pairs[-1])
    print("the fitted weights are kept" if is_kept(pairs) else "the weights set by hand stay")
    if options.write:
        write_weights(options.write, weights, choices, note="fitted")


if __name__ == "__main__":
    main()
