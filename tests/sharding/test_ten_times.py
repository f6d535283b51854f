"""Each fault ten times, at moments of its own: the final tables are those of an undisturbed run.

`tests/sharding/test_faults.py` tries a sample of these in every run; kills are there too.
"""

import errno
import os
import random
import resource
import shutil
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import psutil
import pytest
from children import count_touches, pick_moments, read_tables, run_in_child, touch_with

from dz_analysis import paths
from dz_analysis.corpus import load_corpus
from dz_analysis.ingest import ingest
from dz_analysis.sharding import BusyError, StorageError, Way

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a copy of this process"),
]
TIMES = range(10)
SEED = 20261201
BUSY, REFUSED = 3, 4  # how a child ends that was told so


@pytest.fixture
def whole(make_corpus):
    """Return the tables of a corpus that was measured undisturbed; the same one lies unmeasured."""
    ingest(make_corpus(6, "whole"))
    make_corpus(6)
    return read_tables("whole")


def measure(**options):
    """Measure the corpus; end with a code of its own where that is refused in words."""
    try:
        ingest(load_corpus("mine"), **options)
    except BusyError:
        os._exit(BUSY)
    except StorageError:
        os._exit(REFUSED)


def place(home):
    return home / "data" / "mine"


@pytest.mark.parametrize("seed", TIMES)
def test_a_disk_that_is_full_from_some_moment_on(home, whole, seed):
    touches = count_touches(home / "data" / "whole", partial(ingest, load_corpus("whole")))
    (moment,) = pick_moments(1, touches, SEED + seed)
    seen = []

    def refuse(event):
        seen.append(event)
        if len(seen) >= moment and event in {"open", "os.mkdir", "os.rename"}:
            raise OSError(errno.ENOSPC, "No space left on device")

    assert run_in_child(lambda: touch_with(place(home), refuse, measure)) in {0, REFUSED}
    if paths.tables_dir("mine").exists():
        assert read_tables("mine") == whole
    measure()
    assert read_tables("mine") == whole


@pytest.mark.parametrize("seed", TIMES)
def test_a_limit_on_the_size_of_files(home, whole, seed):
    largest = max(len(one) for one in whole.values())
    most = random.Random(SEED + seed).randrange(largest)

    def bounded():
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        measure()

    assert run_in_child(bounded) == REFUSED
    assert not paths.tables_dir("mine").exists()
    measure()
    assert read_tables("mine") == whole


@pytest.mark.parametrize("seed", TIMES)
def test_a_shard_that_is_damaged(home, whole, seed):
    measure()
    dice = random.Random(SEED + seed)
    shards = place(home) / ".ingest" / "shards"
    file = dice.choice(
        sorted(one for one in shards.rglob("*") if one.is_file() and one.stat().st_size)
    )
    held = bytearray(file.read_bytes())
    at = dice.randrange(len(held))
    if seed % 2:
        held = held[:at]
    else:
        held[at] ^= 1 << dice.randrange(8)
    file.write_bytes(held)
    measure()
    assert read_tables("mine") == whole
    shutil.rmtree(paths.tables_dir("mine"))
    measure()
    assert read_tables("mine") == whole


@pytest.mark.parametrize("seed", TIMES)
def test_two_runs_at_once(home, whole, seed):
    wait = random.Random(SEED + seed).random() / 4
    first = os.fork()
    if not first:
        measure()
        os._exit(0)
    time.sleep(wait)
    second = run_in_child(measure)
    ends = {os.waitstatus_to_exitcode(os.waitpid(first, 0)[1]), second}
    assert 0 in ends and ends <= {0, BUSY}
    assert read_tables("mine") == whole


@pytest.mark.parametrize("seed", TIMES)
def test_a_process_that_measures_is_killed(home, whole, seed):
    with kill_one_child(SEED + seed, depth=1) as killed:
        measure(way=Way(jobs=2))
    assert killed
    measure()
    assert read_tables("mine") == whole


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("seed", TIMES)
def test_a_worker_of_a_cluster_is_killed(home, whole, seed):
    pytest.importorskip("distributed")
    with kill_one_child(SEED + seed, depth=2) as killed:
        measure(way=Way(jobs=2, engine="dask"))
    assert killed
    assert read_tables("mine") == whole


@contextmanager
def kill_one_child(seed: int, depth: int) -> Iterator[list[int]]:
    """Kill a process that measures, or a worker that keeps one; give the number of it.

    One that measures is a child of ours, or (`depth` 2) of a worker, which is a child of ours.
    """
    dice, killed, is_over = random.Random(seed), [], threading.Event()

    def find():
        found = [psutil.Process()]
        for _ in range(depth):
            found = [child for one in found for child in one.children()]
        return found

    def wait_and_kill():
        while not (find() or is_over.is_set()):
            time.sleep(0.01)
        time.sleep(dice.random())
        if found := sorted(find(), key=lambda one: one.pid):
            one = dice.choice(found)
            killed.append(dice.choice([one.pid, one.ppid()]) if depth > 1 else one.pid)
            os.kill(killed[0], signal.SIGKILL)

    waiting = threading.Thread(target=wait_and_kill, daemon=True)
    waiting.start()
    yield killed
    is_over.set()
    waiting.join()
