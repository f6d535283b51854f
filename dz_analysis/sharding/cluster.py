"""Tasks worked on by a Dask cluster: one that is there already, or one made on this machine.

In: tasks. Out: what is done, as it is done. Tasks travel as paths: a worker reads the pages and
writes the shard, so that it must see the corpus's folder under the same path, and run the same
code. In a worker each document is measured by a process of its own bounds, as `local` does it. The
task of a worker that is lost is given to another one, which goes on with what was kept.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dz_analysis.language import say
from dz_analysis.sharding.fingerprint import fingerprint_code
from dz_analysis.sharding.local import LocalEngine
from dz_analysis.sharding.model import Bounds, Done, StorageError, Task, Way
from dz_analysis.sharding.shard import ShardTask

if TYPE_CHECKING:
    from distributed import Client, LocalCluster

RETRIES = 3  # of a task elsewhere, beyond those that Dask grants the tasks of lost workers
CONNECT_SECONDS = 20

_engines = threading.local()


def run_cluster(tasks: Sequence[Task], way: Way, tick: Callable[[], object]) -> Iterator[Done]:
    """Work on tasks by a cluster and yield each when it is done.

    Raises
    ------
    ValueError
        If Dask is not installed, no scheduler answers, or the workers run other code.
    StorageError
        If the workers don't see the corpus's folder, or can't write there.
    """
    with _connect(way) as client:
        from distributed import as_completed

        futures = client.map(_work_on, tasks, bounds=way.bounds, pure=False, retries=RETRIES)
        sizes = {
            future.key: len(getattr(task, "documents", ()))
            for future, task in zip(futures, tasks, strict=True)
        }
        try:
            for future in as_completed(futures):
                with _told_loss(way):
                    done: Done = future.result()
                for _document in range(sizes[future.key]):
                    tick()
                yield done
        finally:
            client.cancel(futures)


@contextmanager
def _told_loss(way: Way) -> Iterator[None]:
    """Say in words that workers were lost, or the scheduler.

    Raises
    ------
    ValueError
        With what to do.
    """
    from distributed import KilledWorker
    from distributed.comm.core import CommClosedError

    kept = say("The tables are as they were; what was measured is kept for the next run.")
    try:
        yield
    except KilledWorker as error:
        msg = say(
            "Workers of the cluster died at the same shard again and again ({task}): see their "
            "logs, give them more memory than --megabytes allows a document, or use --engine "
            "local. {kept}",
            task=error.task,
            kept=kept,
        )
        raise ValueError(msg) from error
    except (CommClosedError, CancelledError) as error:
        where = way.scheduler or say("this machine")
        msg = say(
            "The scheduler on {where} was lost: see that it runs, and try again. {kept}",
            where=where,
            kept=kept,
        )
        raise ValueError(msg) from error


@contextmanager
def _connect(way: Way) -> Iterator[Client]:
    """Connect to the cluster of an address, or make one on this machine."""
    try:
        from distributed import Client
    except ImportError as error:
        msg = say("Dask is not installed: pip install 'dz_analysis[dask]', or use --engine local.")
        raise ValueError(msg) from error
    if not way.scheduler:
        with _start(way.jobs or os.cpu_count() or 1) as cluster, Client(cluster) as client:
            yield client
        return
    try:
        client = Client(way.scheduler, timeout=CONNECT_SECONDS)
    except (OSError, ValueError) as error:
        msg = say(
            "No scheduler answers at {scheduler} ({error}): see that it runs and can be reached "
            "from here, or leave --scheduler out.",
            scheduler=way.scheduler,
            error=error,
        )
        raise ValueError(msg) from error
    with client:
        yield client


def _start(jobs: int) -> LocalCluster:
    """Start a cluster on this machine."""
    from distributed import LocalCluster

    try:
        return LocalCluster(n_workers=jobs, threads_per_worker=1, dashboard_address=None)
    except RuntimeError as error:
        msg = (
            f"No Dask cluster of {jobs} workers could be started here ({error}): see that there "
            "is memory for them and try again, or use --engine local."
        )
        raise ValueError(msg) from error


def _work_on(task: Task, bounds: Bounds) -> Done:
    """Work on a task in a worker of the cluster, by a process of this worker."""
    _check_place(task)
    engine: Any = getattr(_engines, "engine", None)
    if engine is None or engine.bounds != bounds:
        engine = _engines.engine = LocalEngine(1, bounds, lambda: None).__enter__()
    done: Done = next(iter(engine.run([task])))
    return done


def _check_place(task: Task) -> None:
    """Refuse a worker that sees other folders, or runs other code, than who asked."""
    store = Path(getattr(task, "store", ""))
    if not store.is_dir():
        msg = say(
            "A worker does not see {store}: put the project where all workers see it under the "
            "same path, or use --engine local.",
            store=store,
        )
        raise StorageError(msg)
    if isinstance(task, ShardTask):
        os.environ["DZ_HOME"] = task.home
        if fingerprint_code(task.corpus) != task.code:
            msg = say(
                "A worker runs other code, word lists or libraries than this machine: install the "
                "same version of dz_analysis, with the same lock file, on all of them."
            )
            raise ValueError(msg)
