"""The same shards by a Dask cluster, and a worker of it that is lost."""

import sys

import pytest
from test_local import make_task

from dz_analysis.sharding import ShardTask, StorageError, Store, Way
from dz_analysis.sharding.cluster import _check_place, run_cluster
from dz_analysis.sharding.fingerprint import fingerprint_code


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
