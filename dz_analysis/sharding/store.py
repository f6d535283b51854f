"""Shards on disk: immutable folders, written whole under the hash of what they hold.

In: the lines of a journal and the rows of its documents. Out: folders `shards/KEY` with one Parquet
file a table, `journal.jsonl` and `sums.json`, the hashes of the others. A folder is written beside
and renamed, so that it is there whole or not at all; one that was damaged since is not used.
"""

from __future__ import annotations

import json
import os
import shutil
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

import pandas as pd

from dz_analysis import tables
from dz_analysis.hashes import hash_facts, hash_file
from dz_analysis.measure import Tables
from dz_analysis.sharding.model import Line

FOLDER = ".ingest"
JOURNAL, SUMS = "journal.jsonl", "sums.json"
PART = ".part"


class Store:
    """What runs of one corpus keep: shards, and the generation that is being written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.shards = folder / "shards"

    def key_of(self, lines: Iterable[Line], extra: str = "") -> str:
        """Return the name of a shard: the hash of what its rows were measured from."""
        return hash_facts([extra, *(line.fact for line in lines)])[:32]

    def write(self, key: str, lines: Iterable[Line], made: Tables) -> None:
        """Write a shard, unless it is there whole; the frames keep the contract."""
        place = self.shards / key
        if place.is_dir():
            if self.is_whole(key):
                return
            shutil.rmtree(place)
        part = self.shards / f"{PART}-{os.getpid()}-{uuid.uuid4().hex}"
        try:
            self._fill(part, lines, made)
            try:
                part.rename(place)
            except OSError:
                if not self.is_whole(key):  # another process may have written the same shard
                    raise
        finally:
            shutil.rmtree(part, ignore_errors=True)

    def _fill(self, part: Path, lines: Iterable[Line], made: Tables) -> None:
        part.mkdir(parents=True)
        for name, frame in made.items():
            tables.write_parquet(frame, part / f"{name}.parquet")
        text = "".join(json.dumps(asdict(line), ensure_ascii=False) + "\n" for line in lines)
        (part / JOURNAL).write_text(text, encoding="utf-8", errors="surrogatepass", newline="\n")
        sums = {file.name: hash_file(file) for file in sorted(part.iterdir())}
        (part / SUMS).write_text(json.dumps(sums, indent=1) + "\n", encoding="utf-8")

    def is_whole(self, key: str) -> bool:
        """Whether a shard is there and holds what was written."""
        place = self.shards / key
        try:
            sums = json.loads((place / SUMS).read_text(encoding="utf-8"))
            return bool(sums) and all(hash_file(place / name) == sums[name] for name in sums)
        except (OSError, ValueError, TypeError, AttributeError):
            return False

    def read_journal(self) -> dict[str, list[tuple[str, Line]]]:
        """Return the lines of all shards by document, each with its shard; damaged ones are left.

        Of the rows nothing is read: whoever takes some asks whether the shard is whole.
        """
        found: dict[str, list[tuple[str, Line]]] = {}
        for key in self.list_shards():
            for line in self.read_lines(key):
                found.setdefault(line.document, []).append((key, line))
        return found

    def read_lines(self, key: str) -> list[Line]:
        """Return the journal of one shard, empty if it is damaged."""
        try:
            text = (self.shards / key / JOURNAL).read_text("utf-8", "surrogatepass")
            return [Line(**json.loads(line)) for line in text.splitlines()]
        except (OSError, ValueError, TypeError):
            return []

    def list_shards(self) -> list[str]:
        """List the shards by their names; a part of one that was not completed is none."""
        if not self.shards.is_dir():
            return []
        return sorted(e.name for e in self.shards.iterdir() if not e.name.startswith(PART))

    def file(self, key: str, table: str) -> Path:
        """Return where a shard holds the rows of a table."""
        return self.shards / key / f"{table}.parquet"

    def read_rows(self, key: str, table: str) -> pd.DataFrame:
        """Return the rows that a shard holds of a table."""
        return pd.read_parquet(self.file(key, table))

    def count_rows(self, key: str, names: Iterable[str]) -> dict[str, int]:
        """Return how many rows a shard holds of each table."""
        return {name: tables.count_rows(self.file(key, name)) for name in names}

    def clean_parts(self) -> None:
        """Remove the parts of shards that a run that was killed left."""
        for entry in self.shards.glob(f"{PART}*") if self.shards.is_dir() else ():
            shutil.rmtree(entry, ignore_errors=True)

    def keep_only(self, keys: Iterable[str]) -> None:
        """Remove all shards but some."""
        kept = set(keys)
        for key in self.list_shards():
            if key not in kept:
                with suppress(OSError):
                    shutil.rmtree(self.shards / key)


def gather_rows(
    store: Store, wanted: Mapping[str, Iterable[str]], table: str
) -> Iterator[pd.DataFrame]:
    """Yield rows of some documents from the shards that hold them."""
    column = "id" if table == "documents" else "document"
    for key, documents in wanted.items():
        rows = store.read_rows(key, table)
        yield rows[rows[column].isin(list(documents))]
