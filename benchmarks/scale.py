"""A large corpus, from pages to tables: `python -m benchmarks.scale 10000`, or `make scale`.

Reports with known truth are written (`dz_analysis.synthetic`), 18,000 characters each, and measured
by `dz ingest`: a tenth of them by one process, by two, and by a Dask cluster on this machine; all
of them by two processes; then ten more are added. Wall-clock seconds depend on what else the
machine does, so the seconds of the processors stand beside them. The peak is that of all processes
of a run together, pages of memory that they share counted once where the system tells so. What was
read is held against the truth row by row.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import importlib.util
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import psutil

from benchmarks.speed import describe_machine
from dz_analysis import tables
from dz_analysis.scoring.score import align_observations, score_pairs
from dz_analysis.synthetic import list_facts, write_folder

COUNT, ADDED = 200, 10
LOOK_SECONDS = 0.2
LEAST_F1 = 0.98  # of rows held against the truth
SCORED = 100  # reports held against the truth at a time
JUDGED = ["in_gold", "in_found", "number", "row", "strict", "headline"]
MEBI = 2**20
HEAD = "| what | documents | seconds | of processors | documents a second | peak, MB |"


class Run(NamedTuple):
    """What an ingest took: seconds on the clock and of processors, and megabytes at most."""

    seconds: float
    processor: float
    peak: float


def main(count: int = COUNT, folder: Path | None = None) -> None:
    """Print the tables of a trial with some reports.

    Parameters
    ----------
    count : int
        How many reports.
    folder : pathlib.Path, optional
        Where pages and tables are kept, so that a trial that was ended goes on; by default a
        folder that is removed afterwards.
    """
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        _try(count, folder.resolve())
        return
    with tempfile.TemporaryDirectory() as place:
        _try(count, Path(place).resolve())


def _try(count: int, home: Path) -> None:
    few = max(ADDED, count // 10)
    began = time.perf_counter()
    write_folder(home / "pages", count + ADDED)
    spent = time.perf_counter() - began
    print(f"{describe_machine()}. {count + ADDED} pages written in {spent:.0f} s.\n")
    print(f"{HEAD}\n| --- | ---: | ---: | ---: | ---: | ---: |")
    ways = {"one": ["--jobs", "1"], "two": ["--jobs", "2"]}
    if importlib.util.find_spec("distributed"):
        ways["dask"] = ["--jobs", "2", "--engine", "dask"]
    names = {"one": "1 process", "two": "2 processes", "dask": "Dask, 2 workers"}
    took = {name: _ingest(home, name, few, *words, say=names[name]) for name, words in ways.items()}
    _ingest(home, "all", count, *ways["two"], say=names["two"])
    _ingest(home, "all", count, *ways["two"], say="2 processes, nothing new")
    _ingest(home, "all", count + ADDED, *ways["two"], say=f"2 processes, {ADDED} more")
    gain = took["one"].seconds / took["two"].seconds
    print(f"\nTwo processes are {gain:.2f} times as fast as one", end="")
    print(f" ({took['one'].processor / took['two'].processor:.2f} by processor time).")
    same = len({_hash_tables(home, name) for name in ways}) == 1
    print(f"Tables by {', '.join(names[name] for name in ways)}: the same bytes: {same}.")
    score = score_corpus(home, count)
    print("\n| numbers told | found | number F1 | row F1 | strict F1 |")
    print("| ---: | ---: | ---: | ---: | ---: |")
    print("| " + " | ".join(f"{score[name]:g}" for name in score) + " |")
    missed = [] if same else ["tables differ between ways"]
    missed += [f"row F1 is under {LEAST_F1}"] if score["row_f1"] < LEAST_F1 else []
    if missed:
        raise SystemExit("; ".join(missed))


def _ingest(home: Path, name: str, count: int, *words: str, say: str) -> Run:
    """Measure the first reports as a corpus, and print the row of the run."""
    folder = home / "data" / name
    folder.mkdir(parents=True, exist_ok=True)
    with (home / "pages" / "documents.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))[: count + 1]
    with (folder / "documents.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    env = os.environ | {"DZ_HOME": str(home), "DZ_TEXTS": str(home / "pages" / "texts")}
    command = [sys.executable, "-m", "dz_analysis", "ingest", name, "--parquet", *words]
    with (home / f"{name}.log").open("w", encoding="utf-8") as log:
        began, before = time.perf_counter(), _children_seconds()
        process = subprocess.Popen(command, env=env, stdout=log, stderr=log)
        with _watched(process.pid) as peak:
            code = process.wait()
    run = Run(time.perf_counter() - began, _children_seconds() - before, peak[0])
    if code:
        said = (home / f"{name}.log").read_text(encoding="utf-8")[-2000:]
        sys.exit(f"dz ingest {name} ended with {code}:\n{said}")
    speed = count / run.seconds
    print(
        f"| {say} | {count:,} | {run.seconds:.1f} | {run.processor:.1f} | {speed:.2f} | "
        f"{run.peak:.0f} |",
        flush=True,
    )
    return run


def _children_seconds() -> float:
    times = os.times()
    return times.children_user + times.children_system


@contextmanager
def _watched(pid: int) -> Iterator[list[float]]:
    """Look again and again at what a process and its descendants hold together."""
    peak, over = [0.0], threading.Event()

    def look() -> None:
        while not over.wait(LOOK_SECONDS):
            with suppress(psutil.Error):
                parent = psutil.Process(pid)
                held = map(_held, [parent, *parent.children(recursive=True)])
                peak[0] = max(peak[0], sum(held) / MEBI)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield peak
    finally:
        over.set()
        thread.join()


def _held(process: psutil.Process) -> int:
    """Return the bytes that a process holds, shared ones in part; all where that is not told."""
    with suppress(psutil.Error):
        told = process.memory_full_info()
        return int(getattr(told, "pss", 0) or told.rss)
    return 0


def _hash_tables(home: Path, name: str) -> str:
    """Return the hash of all tables of a corpus, with their names."""
    whole = hashlib.sha256()
    folder = home / "data" / name / "tables"
    for file in sorted(folder.rglob("*.parquet")):
        whole.update(file.relative_to(folder).as_posix().encode())
        whole.update(file.read_bytes())
    return whole.hexdigest()


def score_corpus(home: Path, count: int) -> dict[str, float]:
    """Hold the rows of the first reports against the truth, some reports at a time."""
    folder = home / "data" / "all" / "tables"
    parts = []
    for first in range(0, count, SCORED):
        numbers = range(first, min(count, first + SCORED))
        truth = list_facts(numbers)
        chosen = [("document", "in", sorted(set(truth["document"])))]
        found = tables.read_rows(folder, "observations", filters=chosen)
        parts.append(align_observations(truth, found)[JUDGED])
    scores = score_pairs(pd.concat(parts)).iloc[0]
    wanted = ("gold", "found", "number_f1", "row_f1", "strict_f1")
    return {name: float(scores[name]) for name in wanted}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Measure a large corpus with known truth.")
    parser.add_argument("count", nargs="?", type=int, default=COUNT, help="reports")
    parser.add_argument("--folder", type=Path, help="keep pages and tables here")
    given = parser.parse_args()
    main(given.count, given.folder)
