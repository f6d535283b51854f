"""A corpus cut into tasks, and who works on them: this process, others, or a cluster.

In: a corpus and where shards are kept. Out: what is done, in the order of the tasks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pandas as pd

from dz_analysis import paths, tables
from dz_analysis.corpus import Corpus
from dz_analysis.hashes import hash_bytes
from dz_analysis.ingest.asides import SetAside
from dz_analysis.ingest.pages import measure_for_shard
from dz_analysis.sharding.fingerprint import hash_row
from dz_analysis.sharding.model import (
    OUR_FAULT,
    Done,
    Held,
    StorageError,
    Task,
    Way,
    say_storage,
)
from dz_analysis.sharding.plan import SMALL, cut_shards
from dz_analysis.sharding.shard import ShardTask, read_bytes
from dz_analysis.sharding.store import Store

# Handing a document to another process costs about 2 ms and starting the processes a second:
# below this many documents one process is quicker.
POOL_FROM = 24
# A page that is longer, or packed (pdf, zip, gzip), is read by a process that can be ended.
LIGHT_BYTES = 2**18
PACKED = (b"%PDF", b"PK\x03\x04", b"\x1f\x8b")


@contextmanager
def told_storage(folder: Path) -> Iterator[None]:
    """Tell in words what could not be written."""
    try:
        yield
    except FileNotFoundError:
        raise
    except OSError as error:
        raise StorageError(say_storage(error, folder)) from error


def shard_tasks(
    corpus: Corpus, store: Store, way: Way, *, texts: Path, code: str
) -> list[ShardTask]:
    """Cut a corpus into tasks, each with where rows of its documents are kept."""
    known = store.read_journal()
    return [
        ShardTask(
            number=number,
            corpus=corpus.name,
            home=str(paths.project_dir()),
            texts=str(texts),
            store=str(store.folder),
            code=code,
            documents=shard,
            measure=measure_for_shard,
            bounds=way.bounds,
            held={
                one.id: tuple(
                    Held(key, line.page)
                    for key, line in known.get(one.id, ())
                    if line.is_lasting and (line.code, line.row) == (code, hash_row(one))
                )
                for one in shard
            },
        )
        for number, shard in enumerate(cut_shards(corpus.documents))
    ]


def work_on(tasks: Sequence[ShardTask], way: Way, tick: Callable[[], object]) -> list[Done]:
    """Measure shards, in this process where they are not worth another one."""
    is_here = way == Way() and _is_light(tasks)
    return work_here(tasks, tick) if is_here else work_apart(tasks, way, tick)


def work_apart(tasks: Sequence[Task], way: Way, tick: Callable[[], object]) -> list[Done]:
    """Work on tasks by many processes, and return what is done in their order."""
    if way.engine == "dask":
        from dz_analysis.sharding.cluster import run_cluster as run
    else:
        from dz_analysis.sharding.local import run_local as run
    return sorted(run(tasks, way, tick), key=lambda one: one.number)


def work_here(tasks: Sequence[Task], tick: Callable[[], object]) -> list[Done]:
    """Work on tasks in this process."""
    return [task.work(lambda kind, _: tick() if kind == "end" else None) for task in tasks]


def _is_light(tasks: Sequence[ShardTask]) -> bool:
    """Whether what is to be measured is not worth another process, and needs no bounds."""
    documents = [(task, one) for task in tasks for one in task.documents]
    if len(documents) > SMALL:
        return False
    new = 0
    for task, document in documents:
        content = read_bytes(task.texts, document)
        if not isinstance(content, bytes):
            continue
        page = hash_bytes(content)
        if any(held.page == page for held in task.held[document.id]):
            continue
        new += 1
        if new == POOL_FROM or len(content) > LIGHT_BYTES or content.startswith(PACKED):
            return False
    return True


def list_aside(corpus: Corpus, done: Iterable[Done]) -> tuple[SetAside, ...]:
    """List what was set aside in the order of the manifest."""
    lines = {line.document: line for one in done for line in one.aside}
    return tuple(
        SetAside(
            document.id,
            document.file,
            lines[document.id].reason,
            lines[document.id].outcome == OUR_FAULT,
            lines[document.id].trace,
            lines[document.id].page,
        )
        for document in corpus.documents
        if document.id in lines
    )


def join_shards(files: Iterable[Path], name: str) -> pd.DataFrame:
    """Put together what shards hold of a table; their order is that of the documents."""
    rows = [rows for rows in map(pd.read_parquet, files) if not rows.empty]
    return pd.concat(rows, ignore_index=True) if rows else tables.empty_table(name)
