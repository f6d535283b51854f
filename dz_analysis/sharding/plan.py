"""Documents by shards: where one is added or struck, few shards change.

In: the documents of a manifest. Out: tuples of documents in the order of their ids, so that tables
sorted within their shards are sorted when they are put one after the other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from dz_analysis.manifest import Document

# Up to so many documents a corpus is small: its tables are one plain file each, and each two
# documents are held against one another for what they share.
SMALL = 300
# Documents of a shard of a large corpus: at least, at most, and one in how many ids may end it.
FEWEST, MOST, ONE_IN = 60, 200, 60
# The same for a small corpus, so that there is work for several processes.
SMALL_SHARD = (6, 20, 6)


def cut_shards(documents: Iterable[Document]) -> list[tuple[Document, ...]]:
    """Cut documents into shards by their ids alone, not by how they stand in the manifest.

    A shard ends behind an id whose hash says so: where an id is added, the ends of the others
    stay where they are.

    Examples
    --------
    >>> some = [Document(f"d{n:04}", f"{n}.txt") for n in range(2000)]
    >>> before, after = set(cut_shards(some)), set(cut_shards([*some, Document("d0500a", "a.txt")]))
    >>> len(before), len(after - before) <= 3
    (17, True)
    """
    ordered = sorted(documents, key=lambda document: document.id)
    sizes = SMALL_SHARD if len(ordered) <= SMALL else (FEWEST, MOST, ONE_IN)
    return [tuple(shard) for shard in _cut(ordered, *sizes)]


def _cut(ordered: list[Document], fewest: int, most: int, one_in: int) -> Iterator[list[Document]]:
    shard: list[Document] = []
    for document in ordered:
        shard.append(document)
        ends = len(shard) >= fewest and _number(document.id) % one_in == 0
        if ends or len(shard) == most:
            yield shard
            shard = []
    if shard:
        yield shard


def _number(name: str) -> int:
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "big")
