"""The gate: score extraction against the gold lists; the floors only rise.

    python tests/gate.py [--errors N] [--update]

Judges each corpus that has a gold list: `dezhou` where DZ_TEXTS and DZ_GOLD name the pages and
the gold folder, `digests` from its own files everywhere, and the passages of other people's
reports where the gold folder holds them (`others`, read from their raw pages): those that rules
may be learned from, and those that only measure, of which nothing but totals is shown. Where
DZ_TRUTH names a folder of facts coded by hand (`targets.jsonl`), looks for each: targets in the
panel that notebook 09 makes of the tables of its corpus, results in the tables. Fails if a score
falls under its floor in gate_floors.json or a gold list is not the one that the floors were set
on. `--update` raises the floors to the scores just measured, and refuses to lower one.

Exit code 0: every floor held. 1: one did not. 2: there was nothing to judge.
"""

import argparse
import hashlib
import json
import math
import os
import sys
from pathlib import Path

import pandas as pd

from dz_analysis import corpus, paths
from dz_analysis.comparing import divide_panel, find_least, make_target_panel, prepare_facts
from dz_analysis.comparing.promises import BOUND_KINDS
from dz_analysis.finding import Context, find_observations, tag_document
from dz_analysis.reading import Page, read_page
from dz_analysis.scoring import find_coded, score

FLOORS = Path(__file__).with_name("gate_floors.json")
SCORES = ("number_precision", "number_recall", "number_f1", "row_f1", "strict_f1")
CODED = ("provinces", "national")  # corpora that facts coded by hand are of
EPSILON = 0.0005  # scores are rounded to four places
GIVEN = ("title", "publisher", "published", "region", "period", "genre")


def gold_file(name: str) -> Path | None:
    """Return the gold list of a corpus, None if it is not at hand."""
    folder = paths.corpus_dir(name) / "gold"
    if name == "dezhou":
        folder = Path(os.environ["DZ_GOLD"]) if os.environ.get("DZ_GOLD") else folder
    file = folder / "observations.jsonl"
    return file if file.is_file() else None


def read_gold(file: Path) -> pd.DataFrame:
    """Read a gold list and refuse a malformed line with its number."""
    rows = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        row = json.loads(line)
        row["document"] = row.get("document", row.get("doc"))
        missing = [column for column in score.NEEDED if row.get(column) is None]
        if missing:
            sys.exit(f"{file} line {number}: {missing} missing in {line[:80]}")
        rows.append(row)
    return pd.DataFrame(rows)


def found_rows(page: Page, context: Context) -> list[dict[str, object]]:
    """Find the observations of one page, in the columns of a gold list."""
    fields = ("start", "quote", "indicator", "measure", "value", "value_high", "unit")
    told = ("bound", "period", "region", "status", "of")
    found = find_observations(page.text, context=context, paragraphs=page.paragraphs)
    return [
        {"document": context.document, **{f: getattr(row, f) for f in (*fields, *told)}}
        for row in found
    ]


def measure_corpus(name: str) -> pd.DataFrame:
    """Read the pages of a corpus and find their observations."""
    loaded = corpus.load_corpus(name)
    rows = []
    for document in loaded.documents:
        page = read_page(loaded.texts / document.file)
        given = {field: getattr(document, field) for field in GIVEN}
        rows += found_rows(page, tag_document(page.text, document=document.id, **given))
    return pd.DataFrame(rows)


def measure_passages(passages: list[dict]) -> pd.DataFrame:
    """Read raw passages as a user's pages are, with title, region and months of a manifest.

    What stands past the place where the marking of a passage ends (`cut`) is left out.
    """
    rows = []
    for passage in passages:
        page = read_page(passage["raw"].encode("utf-8"), name=f"{passage['id']}.txt")
        context = tag_document(
            page.text,
            document=passage["id"],
            title=passage["title"] or page.title,
            publisher=page.publisher,
            published=page.published,
            region=passage["region"],
            period=passage["period"],
        )
        end = passage.get("cut") or len(page.text)
        rows += [row for row in found_rows(page, context) if row["start"] < end]
    return pd.DataFrame(rows)


def judge_passages(folder: Path) -> dict[str, dict[str, float]]:
    """Score the passages of other people's reports: those to learn from, and those set apart."""
    lines = (folder / "excerpts.jsonl").read_text(encoding="utf-8").splitlines()
    passages = [json.loads(line) for line in lines if line.strip()]
    apart = set((folder / "apart.txt").read_text(encoding="utf-8").split())
    gold = read_gold(folder / "observations.jsonl")
    judged = {}
    for part, is_apart in (("others", False), ("others apart", True)):
        chosen = [passage for passage in passages if (passage["id"] in apart) == is_apart]
        wanted = gold[gold["document"].isin([passage["id"] for passage in chosen])]
        pairs = score.align_observations(wanted, measure_passages(chosen))
        totals = score.score_pairs(pairs).iloc[-1]
        fields = score.score_fields(pairs).set_index("field")["share"]
        print(f"\n== {part}: all ==")
        print(score.score_pairs(pairs).tail(1).to_string(index=False))
        judged[part] = {
            **{name: float(totals[name]) for name in (*SCORES, "headline_recall")},
            **{f"field {field}": float(share) for field, share in fields.items()},
        }
    return judged


def panel_rows(name: str) -> pd.DataFrame:
    """Return what the shipped tables tell of a corpus: targets as notebook 09's panel has them.

    A bound is written as in a table of observations; that of a range is not asked for.
    """
    loaded = corpus.load_corpus(name)
    documents, observations = loaded.table("documents"), loaded.table("observations")
    least = find_least("B")
    made = make_target_panel(
        prepare_facts(observations, documents), documents, min_confidence=least
    )
    panel, _ = divide_panel(made, min_confidence=least)
    signs = {kind: sign for sign, kind in BOUND_KINDS.items()}
    names = {"target_document": "document", "place": "region", "high": "value_high"}
    targets = panel.rename(columns=names).assign(
        status="target", bound=panel["bound"].map(signs).fillna("")
    )
    return pd.concat([targets, observations[observations["status"] != "target"]])


def judge_coded(file: Path, *, errors: int) -> dict[str, dict[str, float]]:
    """Look for facts coded by hand in the panels of their corpora, and in the tables."""
    lines = file.read_text(encoding="utf-8").splitlines()
    facts = pd.DataFrame([json.loads(line) for line in lines if line.strip()])
    judged = {}
    for name in CODED:
        looked = find_coded(facts[facts["corpus"] == name], panel_rows(name))
        looked["asked"] = looked["status"].map({"target": "targets"}).fillna("results")
        counts = looked.groupby("asked")["found"].agg(["sum", "size"])
        print(f"\n== {name}: facts coded by hand, found ==")
        print(counts.rename(columns={"sum": "found", "size": "coded"}).to_string())
        if errors:
            print(looked[~looked["found"]].head(errors).to_string(index=False))
        shares = counts["sum"] / counts["size"]
        judged[f"coded {name}"] = {
            f"recall {asked}": float(shares[asked]) for asked in shares.index
        }
    return judged


def judge_corpus(name: str, gold: Path, *, errors: int) -> dict[str, float]:
    """Score one corpus, print its cards, and return the scores that have floors."""
    pairs = score.align_observations(read_gold(gold), measure_corpus(name))
    print(f"\n== {name}: by document ==")
    print(score.score_pairs(pairs, by="document").to_string(index=False))
    print(f"\n== {name}: by measure ==")
    print(score.score_pairs(pairs, by="measure").to_string(index=False))
    print(f"\n== {name}: each field, and by document ==")
    print(score.score_fields(pairs, by="document").to_string(index=False))
    print(f"\n== {name}: 95 % intervals, drawn within documents ==")
    print(score.score_intervals(pairs).to_string(index=False))
    if errors:
        shown = pairs[pairs["wrong"] != ""].head(errors)
        columns = ["document", "start", "quote", "found_quote", "indicator", "found_indicator"]
        print(shown[[*columns, "wrong"]].to_string(index=False))
    totals = score.score_pairs(pairs).iloc[-1]
    fields = score.score_fields(pairs).set_index("field")["share"]
    documents = score.score_pairs(pairs, by="document").set_index("document")["row_f1"]
    return {
        **{name: float(totals[name]) for name in (*SCORES, "headline_recall")},
        **{f"field {field}": float(share) for field, share in fields.items()},
        **{f"row_f1 {doc}": float(f1) for doc, f1 in documents.items() if doc != "all"},
    }


def hash_gold(file: Path) -> str:
    """Hash a gold list without regard to how its line ends were checked out."""
    return hashlib.sha256(file.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def compare_floors(name: str, found: dict[str, float], digest: str, floors: dict) -> list[str]:
    """Return what breaks the floors of a corpus, in words."""
    held = floors.get(name)
    if held is None:
        return [f"{name}: no floors yet; set them with --update"]
    broken = []
    if held["gold_sha256"] != digest:
        broken.append(f"{name}: the gold list has changed; judge it anew and --update")
    for score_name, floor in held["scores"].items():
        value = found.get(score_name, math.nan)
        if not value >= floor - EPSILON:
            broken.append(f"{name}: {score_name} is {value}, its floor is {floor}")
    return broken


def raise_floors(name: str, found: dict[str, float], digest: str, floors: dict) -> list[str]:
    """Raise the floors of a corpus to its scores; return what would have been lowered."""
    held = floors.get(name, {"gold_sha256": digest, "scores": {}})
    same_gold = held["gold_sha256"] == digest
    lowered = [
        f"{name}: {score_name} is {found.get(score_name)}, its floor is {floor}; not lowered"
        for score_name, floor in held["scores"].items()
        if same_gold and not found.get(score_name, math.nan) >= floor - EPSILON
    ]
    if not lowered:
        before = held["scores"] if same_gold else {}
        scores = {
            key: max(math.floor(value * 1000) / 1000, before.get(key, 0.0))
            for key, value in found.items()
            if not math.isnan(value)
        }
        floors[name] = {"gold_sha256": digest, "scores": dict(sorted(scores.items()))}
    return lowered


def main() -> int:
    """Judge every corpus that has a gold list."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--update", action="store_true", help="raise the floors")
    parser.add_argument("--errors", type=int, default=0, help="show so many rows that differ")
    options = parser.parse_args()
    floors = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.is_file() else {}
    broken, judged = [], 0
    check = raise_floors if options.update else compare_floors
    for name in ("dezhou", "digests"):
        gold = gold_file(name)
        if gold is None:
            print(f"{name}: skipped, no gold list at hand (DZ_GOLD names the folder of dezhou's)")
            continue
        if not corpus.load_corpus(name).has_texts:
            print(f"{name}: skipped, its pages are not at hand (DZ_TEXTS names dezhou's folder)")
            continue
        judged += 1
        found = judge_corpus(name, gold, errors=options.errors)
        broken += check(name, found, hash_gold(gold), floors)
    others = Path(os.environ["DZ_GOLD"]) / "others" if os.environ.get("DZ_GOLD") else None
    if others is not None and others.is_dir():
        for part, found in judge_passages(others).items():
            judged += 1
            broken += check(part, found, hash_gold(others / "observations.jsonl"), floors)
    coded = Path(os.environ["DZ_TRUTH"]) / "targets.jsonl" if os.environ.get("DZ_TRUTH") else None
    if coded is None:
        print("facts coded by hand: skipped, DZ_TRUTH does not name their folder")
    for part, found in judge_coded(coded, errors=options.errors).items() if coded else ():
        judged += 1
        broken += check(part, found, hash_gold(coded), floors)
    if options.update and not broken:
        text = json.dumps(floors, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        FLOORS.write_text(text, encoding="utf-8", newline="\n")
    print("\n" + "\n".join(broken or [f"the gate: {judged} judged, every floor held"]))
    return 2 if not judged else 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
