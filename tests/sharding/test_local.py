"""Processes that measure: one that dies or takes too much costs one document, not the run."""

import os
import subprocess
import sys
import time
from pathlib import Path

import fake_measures
import psutil
import pytest

from dz_analysis import paths
from dz_analysis.manifest import Document
from dz_analysis.sharding import Bounds, ShardTask, StorageError, Store, Way, local
from dz_analysis.sharding.local import run_local

BAD = {
    "b-exit": "exit",
    "d-memory": "memory 4000",
    "f-sleep": "sleep {folder}/pid",
    "h-once": "once {folder}/died",
}
GOOD = ("a", "c", "e", "g", "i")
BOUNDS = Bounds(seconds=4, megabytes=600)


def make_task(folder: Path, pages: dict[str, str], **more) -> ShardTask:
    """Write pages and return the task of measuring them."""
    (folder / "texts").mkdir(parents=True, exist_ok=True)
    for name, words in pages.items():
        (folder / "texts" / f"{name}.txt").write_text(words.format(folder=folder), "utf-8")
    return ShardTask(
        number=more.pop("number", 0),
        code=more.pop("code", "1"),
        corpus="mine",
        home=str(folder),
        bounds=BOUNDS,
        texts=str(folder / "texts"),
        store=str(folder / ".ingest"),
        documents=tuple(Document(name, f"{name}.txt") for name in sorted(pages)),
        measure=more.pop("measure", fake_measures.measure),
        **more,
    )


@pytest.fixture(autouse=True)
def _little_patience(monkeypatch):
    monkeypatch.setattr(local, "FIRST_SECONDS", 300.0)


def test_each_bad_document_is_set_aside_with_its_reason_and_the_rest_goes_on(tmp_path, home):
    task = make_task(tmp_path, dict.fromkeys(GOOD, "well") | BAD)
    ticks = []
    (done,) = run_local([task], Way(jobs=1, bounds=BOUNDS), lambda: ticks.append(1))
    reasons = {line.document: line.reason for line in done.aside}
    assert set(reasons) == {"b-exit", "d-memory", "f-sleep"}
    assert "died (exit code 3), twice" in reasons["b-exit"]
    assert "more than 600 MB of memory" in reasons["d-memory"] and "--megabytes" in str(reasons)
    assert "more than 4 seconds" in reasons["f-sleep"] and "--seconds" in reasons["f-sleep"]
    assert not any(line.is_lasting for line in done.aside)
    assert len(ticks) == len(GOOD) + len(BAD)
    rows = Store(tmp_path / ".ingest").read_rows(done.shard, "documents").set_index("id")
    assert list(rows.index) == sorted([*GOOD, *BAD])
    assert rows.loc["h-once", "outcome"] == "read"
    assert rows.loc["f-sleep", "reason"] == reasons["f-sleep"]


def test_rows_that_break_the_contract_cost_their_document(tmp_path):
    task = make_task(
        tmp_path, {"a": "well", "b": "broken", "c": "well"}, measure=fake_measures.measure_broken
    )
    done = task.work(lambda kind, what: None)
    (line,) = done.aside
    assert (line.document, line.outcome) == ("b", "our_fault")
    assert "its rows break the contract" in line.reason and "poem" in line.trace
    assert done.counts["documents"] == 3


def test_a_process_that_cannot_write_stops_the_run(tmp_path):
    task = make_task(tmp_path, {"a": "well"})
    (tmp_path / ".ingest").write_text("a file where a folder belongs", encoding="utf-8")
    with pytest.raises(StorageError, match=r"Could not write .*run dz ingest again"):
        list(run_local([task], Way(jobs=1), lambda: None))


def test_processes_end_when_their_parent_is_killed(tmp_path):
    make_task(tmp_path, {"a": "sleep {folder}/pid"})
    script = (
        "import sys; from pathlib import Path; from test_local import make_task\n"
        "from dz_analysis.sharding import Way; from dz_analysis.sharding.local import run_local\n"
        "task = make_task(Path(sys.argv[1]), {'a': 'sleep {folder}/pid'})\n"
        "list(run_local([task], Way(jobs=1), lambda: None))\n"
    )
    told = os.pathsep.join([str(Path(__file__).parent), str(paths.PACKAGE.parent), *sys.path])
    command = [sys.executable, "-c", script, str(tmp_path)]
    parent = subprocess.Popen(command, env=os.environ | {"PYTHONPATH": told})
    worker = _wait_for(lambda: int((tmp_path / "pid").read_text("utf-8") or 0), 300)
    parent.kill()
    parent.wait()
    assert _wait_for(lambda: not _is_alive(worker), 60)


def _is_alive(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _wait_for(ask, seconds):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            if found := ask():
                return found
        except (OSError, ValueError):
            pass
        time.sleep(0.1)
    pytest.fail("waited in vain")
