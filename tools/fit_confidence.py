"""Fit the weights by which a row says how sure it is, and judge them on texts left out.

    python tools/fit_confidence.py                    fit, judge, print
    python tools/fit_confidence.py --check            fail if other weights are shipped
    python tools/fit_confidence.py --write            ship them
    make confidence                                   read all texts anew, fit, ship

Weights are fitted on facts: for each row that was found in a text marked by hand the numbers of its
marks and the fields that were wrong, no text (`tests/cases/confidence.jsonl`). `--collect` makes
them anew: it reads the passages of `DZ_GOLD`/others without those set apart and the batches of
`DZ_BLIND` (`NAME_texts.jsonl` and `NAME.jsonl`), and takes rows that were kept when a list was
first run (`DZ_BLIND`/kept_*.jsonl; `--keep` writes one). Facts of lists that are not at hand stay
as they were read last. `--pages` counts how names begin and end
in folders of pages (`lexicon/usual_names.csv`), but in none that is set apart or that a batch was
taken from: what is counted is not measured on.

Four kinds of list are told apart, each with a base of its own: texts that no rule was written from
when they were run (`first run`), the last of these (`latest runs`), the same lists run with rules
before they were learned from (`earlier rules`), and lists that rules were written from since
(`learned from`), which flatter. Marks weigh alike in all four. What is shipped has the base of the
latest runs: no list comes closer to a stranger's text that the rules of today read. The lists of
`MEASURED` are in no fit. The fit is the logistic one of greatest likelihood with a quadratic
penalty, cross-validated by source; nothing is drawn at random but the bootstrap over documents,
from a fixed seed.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import os
import re
import sys
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from dz_analysis import finding, paths, reading
from dz_analysis.finding.confidence.marks import MARKS, Document, document_of, mark_observations
from dz_analysis.finding.confidence.names import EDGE
from dz_analysis.finding.confidence.weigh import BASE, load_marks
from dz_analysis.finding.model import Context, Observation, Reason, Rule
from dz_analysis.lexicon import load_lexicon, load_settings
from dz_analysis.reading.page import Paragraph
from dz_analysis.scoring.score import ROW, align_observations

FACTS = Path(__file__).parents[1] / "tests" / "cases" / "confidence.jsonl"
HEADER = ("mark", "field", "weight", "rows", "documents", "failure", "meaning", "meaning_zh")
MEASURED = ("b5",)  # lists that are only measured on
USUAL = 4  # documents in which a word is read at least, to be usual
PLAIN = re.compile("[A-Z㐀-鿿]{2,}")
SUFFIXES = (".txt", ".html", ".htm", ".mht", ".docx", ".pdf")
FIRST, EARLIER, LEARNED = ("first run", "earlier rules", "learned from")
LATEST = "latest runs"
KINDS = (FIRST, LATEST, EARLIER, LEARNED)
RUNS = 3  # first runs that are the latest: those that the rules of today read
PENALTY = 8.0  # on the square of a weight
CLOSE = 1e-7  # a step of weights, which are shipped to two decimals
FOLDS = 10
BINS = 10
DRAWS = 1000
SEED = 20261130
SHOWN = ("rows", "right", "mean", "ece", "auc", "grade_a", "grade_a_right", "least_fifth")
FEWEST = 0.5  # of the rows of a document that must stand beside a marked one


class Passage(NamedTuple):
    """One marked text with what was found in it."""

    list: str
    kind: str
    source: str
    cut: int
    document: Document
    rows: Sequence[Observation]
    gold: Sequence[Mapping[str, Any]]

    @property
    def id(self) -> str:
        """The id of the text in its list."""
        return self.document.context.document


class Fact(NamedTuple):
    """One row: where it stands, the fields that are wrong in it, the numbers of its marks."""

    list: str
    kind: str
    document: str
    source: str
    genre: str
    start: int
    wrong: str
    marks: tuple[int, ...]

    @property
    def is_right(self) -> bool:
        """Whether all fields are right that the score card asks a row for."""
        return not self.wrong


# ---- pages to usual names


def count_usual(files: Iterable[Path]) -> dict[tuple[str, str], dict[str, set[str]]]:
    """Count in which documents names begin so, and end so with a unit.

    Returns
    -------
    dict of (role, word) to dict of unit to set of str
        The documents that hold a word in a role; only an end has units.
    """
    usual: dict[tuple[str, str], dict[str, set[str]]] = {}
    for file in files:
        try:
            page = reading.read_page(file.read_bytes(), name=file.name)
        except ValueError:
            continue  # no page
        context = finding.tag_document(page.text, document=file.stem, title=page.title)
        rows = finding.find_observations(page.text, context=context, paragraphs=page.paragraphs)
        for row in rows:
            for role, word, unit in _edges_of(row):
                usual.setdefault((role, word), {}).setdefault(unit, set()).add(file.stem)
    return usual


def _edges_of(row: Observation) -> Iterator[tuple[str, str, str]]:
    if PLAIN.fullmatch(row.indicator):
        yield "begin", row.indicator[:EDGE], ""
        yield "end", row.indicator[-EDGE:], row.unit


def write_usual(file: Path, usual: Mapping[tuple[str, str], Mapping[str, set[str]]]) -> None:
    """Write what enough documents hold: a word, its role, the units that an end is told in."""
    with file.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(("word", "role", "value", "documents"))
        for (role, word), units in sorted(usual.items(), key=lambda one: one[0]):
            held = [unit for unit, of in units.items() if len(of) >= USUAL]
            if any(held) if role == "end" else held:
                documents = len(set().union(*units.values()))
                writer.writerow((word, role, ";".join(filter(None, sorted(held))), documents))


def find_pages(folders: Iterable[Path], marked: Container[str]) -> list[Path]:
    """Return the pages of folders, without those that are measured on."""
    files = (file for folder in folders for file in sorted(folder.rglob("*")) if file.is_file())
    return [file for file in files if file.suffix in SUFFIXES and file.stem not in marked]


def sources_measured(options: argparse.Namespace) -> frozenset[str]:
    """Return the names of the pages that are measured on: of all batches, and those set apart."""
    others = options.gold / "others"
    apart = set((others / "apart.txt").read_text(encoding="utf-8").split())
    passages = [one for one in read_lines(others / "excerpts.jsonl") if one["id"] in apart]
    for name in _batches(options.blind):
        passages += read_lines(options.blind / f"{name}_texts.jsonl")
    named = (re.split(r"[/: ]", str(one.get("source", "")).strip())[-1] for one in passages)
    stems = {re.sub(r"\.(txt|html?|mht|docx|pdf)$", "", name) for name in named}
    return frozenset(stems | {re.sub(r"_(page\d+|pdf)$", "", stem) for stem in stems})


# ---- texts to facts


def read_lines(file: Path) -> list[dict[str, Any]]:
    """Read a file of one JSON object a line."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line]


def load_marked(
    texts: Path, gold: Path, kind: str, name: str, *, apart: Container[str] = ()
) -> Iterator[Passage]:
    """Read the passages of a list as pages are read, and find their rows; none set apart."""
    marked: dict[str, list[dict[str, Any]]] = {}
    for row in read_lines(gold):
        marked.setdefault(row.get("doc") or row["document"], []).append(row)
    for one in read_lines(texts):
        document = one["id"]
        if document in apart:
            continue
        page = reading.read_page(one["raw"].encode("utf-8"), name=f"{document}.txt")
        context = finding.tag_document(
            page.text,
            document=document,
            title=one["title"] or page.title,
            region=one["region"],
            period=one["period"],
            publisher=page.publisher,
            published=page.published,
        )
        rows = finding.find_observations(page.text, context=context, paragraphs=page.paragraphs)
        cut = one.get("cut") or len(page.text)
        shared = document_of(page, context)
        gold_rows = marked.get(document, [])
        yield Passage(name, kind, one.get("source") or document, cut, shared, rows, gold_rows)


def keep_passages(file: Path, passages: Iterable[Passage]) -> None:
    """Write what was found in passages, with their texts, so that a first run can be kept."""
    with file.open("w", encoding="utf-8") as handle:
        for one in passages:
            shared = one.document._asdict() | {
                "context": asdict(one.document.context),
                "paragraphs": [asdict(paragraph) for paragraph in one.document.paragraphs],
            }
            kept = one._asdict() | {"document": shared, "rows": [*map(_plain_row, one.rows)]}
            handle.write(json.dumps(kept, ensure_ascii=False) + "\n")


def _plain_row(row: Observation) -> dict[str, Any]:
    numbers = {"value": str(row.value), "value_high": row.value_high and str(row.value_high)}
    why = [[type(one.rule).__name__, one.rule.name, *one[1:]] for one in row.why]
    return row._asdict() | numbers | {"why": why}


def load_kept(file: Path) -> Iterator[Passage]:
    """Read what `keep_passages` wrote."""
    for one in read_lines(file):
        shared = one["document"]
        shared["context"] = Context(**shared["context"])
        shared["paragraphs"] = [Paragraph(**paragraph) for paragraph in shared["paragraphs"]]
        rows = [*map(_kept_row, one["rows"])]
        yield Passage(**one | {"document": Document(**shared), "rows": rows})


def _kept_row(row: dict[str, Any]) -> Observation:
    numbers = {
        "value": Decimal(row["value"]),
        "value_high": None if row["value_high"] is None else Decimal(row["value_high"]),
    }
    known = ((_rules().get((kind, name)), told) for kind, name, *told in row["why"])
    why = tuple(Reason(rule, *told) for rule, told in known if rule)
    known_fields = {name: row[name] for name in Observation._fields if name in row}
    return Observation(**known_fields | numbers | {"why": why})  # older ones held the id too


@cache
def _rules() -> Mapping[tuple[str, str], Rule]:
    kinds = Rule.__subclasses__()
    return {(kind.__name__, rule.name): rule for kind in kinds for rule in kind}


def judge(passage: Passage) -> list[Fact]:
    """Return the facts of a passage; none where its rows can not be aligned with those marked."""
    rows = [row for row in passage.rows if row.start < passage.cut]
    wrong = _compare(passage, rows) if rows and passage.gold else []
    if len(wrong) != len(rows):
        return []
    source = hashlib.sha256(passage.source.encode()).hexdigest()[:8]
    told = passage.list, passage.kind, passage.id, source, passage.document.context.genre
    number = {mark: at for at, mark in enumerate(MARKS)}
    marked = mark_observations(passage.document, passage.rows)[: len(rows)]
    return [
        Fact(*told, row.start, fields, tuple(sorted({number[mark] for mark in marks})))
        for row, marks, fields in zip(rows, marked, wrong, strict=True)
    ]


def _compare(passage: Passage, rows: Sequence[Observation]) -> list[str]:
    """Return for each row the fields that are wrong; nothing where too few can be aligned."""
    found = pd.DataFrame([_found(row, passage.id) for row in rows])
    gold = pd.DataFrame([{**row, "document": passage.id} for row in passage.gold])
    pairs = align_observations(gold, found)
    pairs = pairs[pairs["in_found"].astype(bool)]
    return [] if pairs["number"].mean() < FEWEST else [*map(_wrong, pairs.to_dict("records"))]


def _found(row: Observation, document: str) -> dict[str, Any]:
    high = None if row.value_high is None else float(row.value_high)
    plain = row._replace(why=())._asdict()
    return {**plain, "document": document, "value": float(row.value), "value_high": high}


def _wrong(pair: Mapping[str, Any]) -> str:
    """Return the fields of the score card's row that are wrong, `surplus` of a row too many."""
    if not pair["number"]:
        return "surplus"
    return " ".join(field for field in ROW if not pair[f"{field}_ok"])


def write_facts(file: Path, facts: Sequence[Fact]) -> None:
    """Write facts: the names of the marks first, then one row a line."""
    lines = [json.dumps({"marks": MARKS}, ensure_ascii=False)]
    lines += [json.dumps(fact) for fact in sorted(facts)]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def load_facts(file: Path) -> list[Fact]:
    """Read facts, refusing those of another list of marks."""
    names, *rows = read_lines(file)
    if tuple(names["marks"]) != MARKS:
        msg = f"{file} was made with other marks: collect the facts anew (--collect)."
        raise ValueError(msg)
    return [Fact(*row[:-1], tuple(row[-1])) for row in rows]


# ---- facts to weights


class Table(NamedTuple):
    """Facts as arrays: what each row carries, its base by kind, whether it is right."""

    marks: np.ndarray
    kinds: np.ndarray
    right: np.ndarray


def tabulate(facts: Sequence[Fact]) -> Table:
    """Lay facts out as arrays: rows x marks, rows x kinds, rows."""
    marks = np.zeros((len(facts), len(MARKS)))
    for at, fact in enumerate(facts):
        marks[at, list(fact.marks)] = 1.0
    told = kinds_of(facts)
    kinds = np.column_stack([told == kind for kind in KINDS]).astype(float)
    return Table(marks, kinds, np.array([fact.is_right for fact in facts], dtype=float))


def kinds_of(facts: Sequence[Fact]) -> np.ndarray:
    """Return the kind of list of each row, the latest first runs apart from those before.

    Batches are named in the order in which they were marked.
    """
    firsts = sorted({fact.list for fact in facts if fact.kind == FIRST} - {*MEASURED})
    latest = {*firsts[-RUNS:]}
    return np.array(
        [LATEST if f.kind == FIRST and f.list in latest else f.kind for f in facts], dtype=object
    )


def fit(table: Table, start: np.ndarray | None = None) -> tuple[np.ndarray, np.ndarray]:
    """Return the weights of the marks and the bases of the kinds, of greatest likelihood.

    Newton's method on the logistic likelihood, from zero or from weights that lie near; bases bear
    next to no penalty.
    """
    carried = np.hstack([table.marks, table.kinds])
    held = np.full(carried.shape[1], PENALTY)
    held[len(MARKS) :] = 0.01
    weights = np.zeros(carried.shape[1]) if start is None else start.copy()
    for _ in range(100):
        likely = 1 / (1 + np.exp(-carried @ weights))
        slope = carried.T @ (table.right - likely) - held * weights
        scaled = carried * np.sqrt(likely * (1 - likely))[:, np.newaxis]
        bend = scaled.T @ scaled + np.diag(held)
        step = np.linalg.solve(bend, slope)
        weights += step
        if np.abs(step).max() < CLOSE:
            break
    return weights[: len(MARKS)], weights[len(MARKS) :]


def cross_validate(facts: Sequence[Fact], *, as_shipped: bool = False) -> np.ndarray:
    """Return the probability of each row by weights fitted without its source.

    The base is that of its kind of list or, as it is shipped, that of the latest runs.
    """
    table, folds = tabulate(facts), folds_of(facts)
    fitted = np.array([fact.list not in MEASURED for fact in facts])
    start = np.concatenate(fit(_part(table, fitted)))
    likely = np.zeros(len(facts))
    for fold in range(FOLDS):
        out = folds == fold
        weights, bases = fit(_part(table, ~out & fitted), start)
        if as_shipped:
            bases = np.full(len(KINDS), bases[KINDS.index(LATEST)])
        likely[out] = probabilities(_part(table, out), weights, bases)
    return likely


def _part(table: Table, held: np.ndarray) -> Table:
    return Table(*(column[held] for column in table))


def folds_of(facts: Sequence[Fact]) -> np.ndarray:
    """Deal the sources out to folds, in their order."""
    sources = {source: at % FOLDS for at, source in enumerate(sorted({f.source for f in facts}))}
    return np.array([sources[fact.source] for fact in facts])


def probabilities(table: Table, weights: np.ndarray, bases: np.ndarray) -> np.ndarray:
    """Return the probability of each row, no more than the ceiling where a reading failed."""
    mass = table.marks @ weights + table.kinds @ bases
    likely = 1 / (1 + np.exp(-mass))
    shipped = load_marks()
    failures = [at for at, mark in enumerate(MARKS) if mark in shipped and shipped[mark].is_failure]
    failed = table.marks[:, failures].any(axis=1)
    return np.where(failed, np.minimum(likely, load_settings("grades")["ceiling"]), likely)


# ---- how well they are calibrated


def judge_calibration(likely: np.ndarray, right: np.ndarray, least: float) -> dict[str, float]:
    """Return what is asked of a calibration: error, grade A, the least sure fifth."""
    order = np.argsort(likely, kind="stable")
    bins = np.minimum((likely * BINS).astype(int), BINS - 1)
    gaps = [
        abs(likely[bins == one].mean() - right[bins == one].mean()) * (bins == one).sum()
        for one in np.unique(bins)
    ]
    sure = likely.round(2) >= least
    fifth = order[: len(order) // 5]
    return {
        "rows": len(right),
        "right": float(right.mean()),
        "mean": float(likely.mean()),
        "ece": float(sum(gaps) / len(right)),
        "auc": _area(likely, right),
        "grade_a": float(sure.mean()),
        "grade_a_right": float(right[sure].mean()) if sure.any() else float("nan"),
        "least_fifth": float((1 - right[fifth]).sum() / max((1 - right).sum(), 1)),
    }


def _area(likely: np.ndarray, right: np.ndarray) -> float:
    ranks = pd.Series(likely).rank().to_numpy()
    good, bad = right.sum(), (1 - right).sum()
    return float((ranks[right == 1].sum() - good * (good + 1) / 2) / max(good * bad, 1))


def draw_intervals(
    likely: np.ndarray, right: np.ndarray, sources: Sequence[str], least: float
) -> dict[str, tuple[float, float]]:
    """Return 95 % intervals of a calibration: documents are drawn anew with their rows."""
    generator = np.random.default_rng(SEED)
    names = np.array(sources)
    rows = [np.flatnonzero(names == one) for one in sorted(set(sources))]
    drawn = []
    for _ in range(DRAWS):
        at = np.concatenate([rows[one] for one in generator.integers(0, len(rows), len(rows))])
        drawn.append(judge_calibration(likely[at], right[at], least))
    frame = pd.DataFrame(drawn)
    return {
        name: (float(frame[name].quantile(0.025)), float(frame[name].quantile(0.975)))
        for name in frame
    }


# ---- weights to the list


def write_weights(file: Path, facts: Sequence[Fact], fitted: Mapping[str, float]) -> None:
    """Write the list of marks anew: weights and counts; what they mean stays."""
    shipped = {row["mark"]: row for row in load_lexicon("confidence")}
    with file.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, HEADER, lineterminator="\n", restval="")
        writer.writeheader()
        for at, (mark, weight) in enumerate(fitted.items()):
            carry = [fact for fact in facts if not at or at - 1 in fact.marks]
            counts = {"rows": len(carry), "documents": len({fact.document for fact in carry})}
            told = shipped.get(mark, {"mark": mark})
            writer.writerow({**told, "weight": f"{weight:.2f}", **counts})


# ---- the command


def collect(options: argparse.Namespace) -> Iterator[Passage]:
    """Yield all passages that are asked for, but for those set apart."""
    others = options.gold / "others"
    apart = set((others / "apart.txt").read_text(encoding="utf-8").split())
    files = (others / "excerpts.jsonl", others / "observations.jsonl")
    yield from load_marked(*files, LEARNED, "others", apart=apart)
    kept = sorted(options.blind.glob("kept_*.jsonl")) if options.blind else []
    for name in _batches(options.blind):
        files = tuple(options.blind / f"{name}{end}.jsonl" for end in ("_texts", ""))
        is_new = name in options.first or name in MEASURED
        yield from load_marked(*files, FIRST if is_new else LEARNED, name)
    for file in kept:
        yield from (one for one in load_kept(file) if one.list not in MEASURED)


def keep_unread(old: Iterable[Fact], read: Iterable[Fact]) -> list[Fact]:
    """Return the facts of lists that are not at hand now, as they were read last."""
    anew = {(fact.list, fact.kind) for fact in read}
    return [fact for fact in old if (fact.list, fact.kind) not in anew]


def _batches(blind: Path | None) -> list[str]:
    texts = blind.glob("*_texts.jsonl") if blind else ()
    names = sorted(file.name.removesuffix("_texts.jsonl") for file in texts)
    return [name for name in names if (blind / f"{name}.jsonl").is_file()]


def show(name: str, judged: Mapping[str, float], spread: Mapping[str, tuple[float, float]]) -> None:
    """Print one line of the table, with intervals under it."""
    print(f"{name:28} " + " ".join(f"{judged[key]:>13.3f}" for key in SHOWN))
    print(f"{'':28} " + " ".join(f"{spread[key][0]:>7.3f}-{spread[key][1]:.3f}" for key in SHOWN))


def _parse() -> argparse.Namespace:
    def folder(name: str) -> Path | None:
        return Path(os.environ[name]) if os.environ.get(name) else None

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gold", type=Path, default=folder("DZ_GOLD"))
    parser.add_argument("--blind", type=Path, default=folder("DZ_BLIND"), help="batches")
    parser.add_argument("--collect", action="store_true", help="make the facts anew")
    parser.add_argument("--first", nargs="*", default=[], help="batches not learned from yet")
    parser.add_argument("--keep", type=Path, help="write what is found in these now, and stop")
    parser.add_argument("--pages", type=Path, nargs="*", default=[], help="count usual names")
    parser.add_argument("--write", action="store_true", help="ship the fitted weights")
    parser.add_argument("--check", action="store_true", help="fail if others are shipped")
    return parser.parse_args()


def main() -> int:
    """Fit, judge, and write what is asked for."""
    options = _parse()
    if options.keep:
        keep_passages(options.keep, [one for one in collect(options) if one.list in options.first])
        return 0
    if options.pages:
        usual = count_usual(find_pages(options.pages, sources_measured(options)))
        write_usual(paths.LEXICON / "usual_names.csv", usual)
        return 0  # the list has been read already: facts are for the next run
    if options.collect:
        read = [fact for passage in collect(options) for fact in judge(passage)]
        write_facts(FACTS, [*keep_unread(load_facts(FACTS), read), *read])
    facts = load_facts(FACTS)
    fitted = fit_shipped(facts)
    print("with the base of its kind of list")
    report(facts, cross_validate(facts))
    print("as shipped")
    report(facts, cross_validate(facts, as_shipped=True))
    if options.write:
        write_weights(paths.LEXICON / "confidence.csv", facts, fitted)
    return int(options.check and fitted != {mark: load_marks()[mark].weight for mark in fitted})


def fit_shipped(facts: Sequence[Fact]) -> dict[str, float]:
    """Return what is shipped: mark -> weight to two decimals, the base first."""
    weights, bases = fit(tabulate([fact for fact in facts if fact.list not in MEASURED]))
    shipped = zip((BASE, *MARKS), (bases[KINDS.index(LATEST)], *weights), strict=True)
    return {mark: round(float(weight), 2) + 0.0 for mark, weight in shipped}


def groups_of(facts: Sequence[Fact]) -> dict[str, np.ndarray]:
    """Return the lists that are judged: name -> whether each row belongs to it.

    `new` are texts that no rule had been written from when they were read, `now` all that the rules
    of today read.
    """
    kinds, lists = kinds_of(facts), np.array([fact.list for fact in facts])
    measured = np.isin(lists, MEASURED)
    told = {"new": kinds != LEARNED, "now": (kinds == LEARNED) | measured}
    told |= {kind: kinds == kind for kind in KINDS}
    is_first = np.isin(kinds, [FIRST, LATEST])
    return told | {name: (lists == name) & is_first for name in sorted({*lists[is_first]})}


def report(facts: Sequence[Fact], likely: np.ndarray) -> None:
    """Print how well the lists are calibrated."""
    least = load_settings("grades")["grades"]["A"]
    right = np.array([fact.is_right for fact in facts], dtype=float)
    sources = np.array([fact.source for fact in facts])
    print(f"{'':28} " + " ".join(f"{key:>13}" for key in SHOWN))
    for name, held in groups_of(facts).items():
        if held.any():
            judged = judge_calibration(likely[held], right[held], least)
            spread = draw_intervals(likely[held], right[held], sources[held].tolist(), least)
            show(name, judged, spread)


if __name__ == "__main__":
    sys.exit(main())
