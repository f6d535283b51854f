"""A corpus's pages to a generation of tables: in shards, by several processes or a cluster.

In: a corpus and a function that measures one page. Out: the tables of the corpus, all of one
generation, put in place at once. What was measured is kept in the corpus's folder `.ingest`, so
that the next run measures only what is new, and a run that was killed goes on. The result is the
same, byte for byte, whatever was kept, in which order, and by how many processes.

What a module imports stands before it:

fingerprint  `fingerprint` (what rows depend on: code, lists, a manifest's row)
model        `model` (a document's line in the journal, a task, its bounds, what is done)
plan         `plan` (documents by shards, so that one more moves few)
lock         `lock` (one run at a time, and who holds it)
store        `store` (shards on disk: written whole, with sums, or not at all)
shard        `shard` (one shard: what is kept, what is measured anew)
engines      `worker`, `local` (processes and their bounds), `cluster` (a Dask cluster)
generation   `generation` (a generation of tables beside the old one, exchanged by one rename)
"""

from dz_analysis.sharding.fingerprint import fingerprint_code
from dz_analysis.sharding.generation import publish, recover, start_next
from dz_analysis.sharding.lock import BusyError, hold
from dz_analysis.sharding.model import (
    Bounds,
    Done,
    Line,
    Outcome,
    StorageError,
    Task,
    Way,
    say_cure,
    say_storage,
)
from dz_analysis.sharding.plan import SMALL, cut_shards
from dz_analysis.sharding.shard import ShardTask
from dz_analysis.sharding.store import Store

__all__ = [
    "SMALL",
    "Bounds",
    "BusyError",
    "Done",
    "Line",
    "Outcome",
    "ShardTask",
    "StorageError",
    "Store",
    "Task",
    "Way",
    "cut_shards",
    "fingerprint_code",
    "hold",
    "publish",
    "recover",
    "say_cure",
    "say_storage",
    "start_next",
]
