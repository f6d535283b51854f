"""The same shards by a Dask cluster, and a worker of it that is lost."""

import json
import shutil
import subprocess
import sys
import time
from concurrent.futures import CancelledError

import pytest
from children import read_tables
from test_local import make_task

from dz_analysis.ingest import ingest
from dz_analysis.sharding import ShardTask, StorageError, Store, Way
from dz_analysis.sharding.cluster import _check_place, _told_loss, run_cluster
from dz_analysis.sharding.fingerprint import fingerprint_code


def wait_for_address(told, seconds=120) -> str:
    """Return the address that a scheduler wrote down."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if told.is_file() and (text := told.read_text(encoding="utf-8")).strip():
            return json.loads(text)["address"]
        time.sleep(0.2)
    pytest.fail("no scheduler began")


def make_tasks(folder, count, pages=()) -> list[ShardTask]:
    """Return tasks of three documents each, some of them with another page."""
    tasks = []
    for number in range(count):
        names = [f"{number}-{one}" for one in "abc"]
        words = {name: dict(pages).get(name, "well") for name in names}
        code = fingerprint_code("mine")
        tasks.append(make_task(folder, words, number=number, code=code))
    return tasks


def test_without_dask_the_cure_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ValueError, match=r"pip install 'dz_analysis\[dask\]'"):
        list(run_cluster([], Way(engine="dask"), lambda: None))


def test_a_worker_that_sees_other_folders_or_code_is_refused(tmp_path, home):
    (task,) = make_tasks(tmp_path, 1)
    with pytest.raises(StorageError, match="does not see"):
        _check_place(task)
    (tmp_path / ".ingest").mkdir()
    _check_place(task)
    other = make_task(tmp_path, {"a": "well"}, code="of another version")
    with pytest.raises(ValueError, match="runs other code"):
        _check_place(other)


def test_lost_workers_and_schedulers_are_told_with_a_cure():
    distributed = pytest.importorskip("distributed")
    lost = distributed.KilledWorker("shard-3", None, 4)
    with pytest.raises(ValueError, match=r"shard-3.*--engine local.*is kept"), _told_loss(Way()):
        raise lost
    way = Way(engine="dask", scheduler="tcp://far:8786")
    for error in (distributed.comm.CommClosedError("gone"), CancelledError("gone")):
        with pytest.raises(ValueError, match="tcp://far:8786 was lost"), _told_loss(way):
            raise error


def test_a_cluster_that_does_not_start_is_told_with_a_cure(monkeypatch):
    distributed = pytest.importorskip("distributed")

    def fail(**_):
        raise RuntimeError("Cluster failed to start: a nanny died")

    monkeypatch.setattr(distributed, "LocalCluster", fail)
    with pytest.raises(ValueError, match=r"2 workers could be started.*--engine local"):
        list(run_cluster([], Way(jobs=2, engine="dask"), lambda: None))


@pytest.mark.long
@pytest.mark.filterwarnings("ignore")
def test_a_cluster_that_is_there_already_makes_the_same_tables(make_corpus, tmp_path):
    pytest.importorskip("distributed")
    corpus = make_corpus(14)
    ingest(corpus, way=Way(jobs=1))
    one = read_tables("mine")
    shutil.rmtree(corpus.folder / ".ingest")
    told = tmp_path / "scheduler.json"
    dask = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--port", "0"]
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", "--nthreads", "1", "--no-nanny"]
    ends = ["--no-dashboard", "--scheduler-file", str(told)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    processes = [subprocess.Popen([*dask, *ends], **quiet)]
    try:
        processes.append(subprocess.Popen([*worker, *ends], **quiet))
        address = wait_for_address(told)
        command = ["ingest", "mine", "--engine", "dask", "--scheduler", address]
        subprocess.run([sys.executable, "-m", "dz_analysis", *command], check=True, **quiet)
    finally:
        for process in reversed(processes):
            process.kill()
            process.wait()
    assert read_tables("mine") == one


@pytest.mark.long
@pytest.mark.filterwarnings("ignore")
def test_a_cluster_makes_the_same_shards_though_a_worker_is_lost(tmp_path, home):
    pytest.importorskip("distributed")
    alone = [task.work(lambda kind, what: None) for task in make_tasks(tmp_path / "one", 6)]
    pages = {"2-b": "parent {folder}/lost"}
    ticks = []
    tasks = make_tasks(tmp_path / "two", 6, pages)
    (tmp_path / "two" / ".ingest").mkdir()
    done = list(run_cluster(tasks, Way(jobs=2, engine="dask"), lambda: ticks.append(1)))
    assert (tmp_path / "two" / "lost").exists() and len(ticks) == 18
    both = [Store(tmp_path / name / ".ingest") for name in ("one", "two")]
    for one, other in zip(alone, sorted(done, key=lambda d: d.number), strict=True):
        files = [
            store.file(made.shard, "documents").read_bytes()
            for store, made in zip(both, (one, other), strict=True)
        ]
        assert files[0] == files[1] and not other.aside


@pytest.mark.long
@pytest.mark.filterwarnings("ignore")
def test_an_address_where_no_scheduler_is_says_so(monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr("dz_analysis.sharding.cluster.CONNECT_SECONDS", 2)
    with pytest.raises(ValueError, match=r"No scheduler answers at tcp://127\.0\.0\.1:9"):
        list(run_cluster([], Way(engine="dask", scheduler="tcp://127.0.0.1:9"), lambda: None))
