"""Keep what blind batches got, as facts without text: `data/blind`.

    python tools/blind_facts.py --check                   fail if the confidences are not these
    python tools/blind_facts.py --write                   write the confidences anew
    python tools/blind_facts.py --blind FOLDER --kept FILE … --write     and marks and passages

`--blind` holds the batches as their readers wrote them (`NAME_texts.jsonl`, `NAME.jsonl`);
`--kept` names files of rows that `fit_confidence.py --keep` wrote when a batch was first run.
Batches that are shipped and not at hand stay as they are. What
each batch got at its first run stands in `first_runs.csv`, which is written by hand and only grows.

The confidence of a row is the one that weights give it which were fitted without its document
(`fit_confidence.py`); lists that rules were written from since are left out.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from collections.abc import Iterable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import fit_confidence as fitting
import pandas as pd

from dz_analysis import paths
from dz_analysis.finding.model import Observation
from dz_analysis.scoring.first_runs import COLUMNS, EARLIER, FIRST_RUN, FOLDER
from dz_analysis.scoring.score import align_observations

RUNS = (FIRST_RUN, EARLIER)
PLACES = 2
ADDRESS = re.compile(r"(?:https?://|\b[\w-]+(?:\.[\w-]+)+/)\S+")


def list_confidences() -> pd.DataFrame:
    """Return the table `confidence`: the rows of texts that no rule had seen."""
    facts = fitting.load_facts(fitting.FACTS)
    likely = fitting.cross_validate(facts, as_shipped=True)
    rows = [
        (one.list, one.kind, one.document, one.source, one.genre, one.start, sure, one.wrong)
        for one, sure in zip(facts, likely.round(PLACES).tolist(), strict=True)
        if one.kind in RUNS
    ]
    return _order(pd.DataFrame(rows, columns=list(COLUMNS["confidence"])))


def list_marks(blind: Path) -> pd.DataFrame:
    """Return the table `marks`: what the readers of all batches marked, without their words."""
    rows = [
        {**row, "batch": name, "document": row["doc"], "end": row["start"] + len(row["quote"])}
        for name in _name_batches(blind)
        for row in fitting.read_lines(blind / f"{name}.jsonl")
    ]
    return _order(pd.DataFrame(rows)[list(COLUMNS["marks"])])


def list_passages(blind: Path, kept: Iterable[Path]) -> pd.DataFrame:
    """Return the table `passages`: where each stands, and what it got when it was read."""
    told = {
        one["id"]: {"batch": name, **_describe(one)}
        for name in _name_batches(blind)
        for one in fitting.read_lines(blind / f"{name}_texts.jsonl")
    }
    rows = [
        told[passage.id] | _count(passage)
        for file in kept
        for passage in fitting.load_kept(file)
        if passage.id in told
    ]
    return _order(pd.DataFrame(rows)[list(COLUMNS["passages"])])


def _name_batches(blind: Path) -> Iterator[str]:
    for texts in sorted(blind.glob("*_texts.jsonl")):
        yield texts.name.removesuffix("_texts.jsonl")


def _describe(one: dict[str, Any]) -> dict[str, Any]:
    source = str(one["source"])
    address = ADDRESS.search(source)
    named = address[0] if address else source.rsplit("/", 1)[-1]
    return {
        "document": one["id"],
        "kind": one["genre"],
        **{field: one[field] for field in ("level", "region", "period")},
        "source": "" if named.isdigit() else named,
        "characters": len(one["text"]),
        "sha256": hashlib.sha256(one["text"].encode("utf-8")).hexdigest(),
    }


def _count(passage: fitting.Passage) -> dict[str, Any]:
    told = {"document": passage.id}
    found = [row._asdict() | told for row in passage.rows if row.start < passage.cut]
    columns = [*Observation._fields, *told]
    pairs = align_observations(
        pd.DataFrame([row | told for row in passage.gold]), pd.DataFrame(found, columns=columns)
    )
    return {
        "run": passage.kind,
        "genre": passage.document.context.genre,
        "marked": int(pairs["in_gold"].sum()),
        "found": int(pairs["in_found"].sum()),
        **{name: int(pairs[name].sum()) for name in ("number", "row", "strict", "headline")},
        "headline_row": int((pairs["headline"] & pairs["row"]).sum()),
    }


def _keep_absent(made: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return a table with the batches that are shipped and not at hand now, as they are."""
    file = paths.data_dir() / FOLDER / f"{name}.csv"
    shipped = pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8")
    absent = shipped[~shipped["batch"].isin(made["batch"])]
    whole = pd.read_csv(StringIO(_spell(made)), dtype=str, keep_default_na=False)
    counted = pd.concat([absent, whole]).astype({"start": int} if "start" in made else {})
    return _order(counted)


def _order(table: pd.DataFrame) -> pd.DataFrame:
    keys = [name for name in ("batch", "list", "run", "document", "start") if name in table]
    return table.sort_values(keys, kind="stable", ignore_index=True)


def _spell(table: pd.DataFrame) -> str:
    """Write a table as text; a whole number without a point."""
    plain = table.map(lambda cell: f"{cell:.15g}" if isinstance(cell, float) else cell)
    text: str = plain.replace("nan", "").to_csv(index=False, lineterminator="\n")
    return text


def main() -> int:
    """Write or check what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--blind", type=Path, help="folder of batches")
    parser.add_argument("--kept", type=Path, nargs="*", default=[], help="rows of first runs")
    parser.add_argument("--write", action="store_true", help="write the tables")
    parser.add_argument("--check", action="store_true", help="fail if others are shipped")
    options = parser.parse_args()
    tables = {"confidence": list_confidences()}
    if options.blind:
        tables["marks"] = _keep_absent(list_marks(options.blind), "marks")
        tables["passages"] = _keep_absent(list_passages(options.blind, options.kept), "passages")
    same = True
    for name, table in tables.items():
        file, text = paths.data_dir() / FOLDER / f"{name}.csv", _spell(table)
        same &= file.is_file() and file.read_text(encoding="utf-8") == text
        if options.write:
            file.write_text(text, encoding="utf-8", newline="")
    return int(options.check and not same)


if __name__ == "__main__":
    sys.exit(main())
