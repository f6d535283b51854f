"""One shard: each document's rows are taken from what is kept, or measured, and written together.

In: a task. Out: a folder of the store, and counts. While documents are measured, what is done is
kept every few seconds as a small shard of its own, so that a process that dies costs no more.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

import pandas as pd

from dz_analysis import tables
from dz_analysis.corpus import page_bytes
from dz_analysis.hashes import hash_bytes
from dz_analysis.manifest import Document
from dz_analysis.measure import Tables, unread_record
from dz_analysis.reading import PageError
from dz_analysis.sharding.fingerprint import hash_row
from dz_analysis.sharding.model import (
    OUR_FAULT,
    READ,
    SET_ASIDE,
    Bounds,
    Done,
    Held,
    Line,
    Measure,
    Outcome,
    Report,
    Unread,
    say_large,
)
from dz_analysis.sharding.store import Store, gather_rows
from dz_analysis.tables import Records

KEEP_SECONDS = 5.0  # of measuring that a process that dies may cost


@dataclass(frozen=True, slots=True)
class ShardTask:
    """The documents of one shard, in the order of their ids, and where everything lies.

    `texts` is the folder of the pages, `home` the project folder.
    """

    number: int
    corpus: str
    home: str
    texts: str
    store: str
    code: str
    documents: tuple[Document, ...]
    measure: Measure
    bounds: Bounds = field(default_factory=Bounds)
    held: Mapping[str, tuple[Held, ...]] = field(default_factory=dict)
    lost: Mapping[str, str] = field(default_factory=dict)

    def work(self, report: Report) -> Done:
        """Measure what is not kept, and write the shard."""
        return work_shard(self, report)

    def keeping(self, held: Mapping[str, Held]) -> Self:
        """Return the task with rows that are kept already."""
        more = {name: (*self.held.get(name, ()), one) for name, one in held.items()}
        return replace(self, held={**self.held, **more})

    def losing(self, document: str, reason: str) -> Self:
        """Return the task with a document given up."""
        return replace(self, lost={**self.lost, document: reason})


@dataclass(slots=True)
class _Made:
    """What a shard has so far: lines in order, where rows are kept, and those that are not yet."""

    lines: dict[str, Line] = field(default_factory=dict)
    kept: dict[str, list[str]] = field(default_factory=dict)
    fresh: dict[str, Records] = field(default_factory=dict)
    journals: dict[str, dict[str, Line]] = field(default_factory=dict)
    measured: int = 0
    seconds: float = 0.0


def work_shard(task: ShardTask, report: Report) -> Done:
    """Bring a shard up to date and write it; nothing is written where it is."""
    store, made = Store(Path(task.store)), _Made()
    for document in task.documents:
        report("begin", document.id)
        _take(task, document, made, store)
        report("end", document.id)
        if made.seconds >= KEEP_SECONDS:
            _keep(task, made, store, report)
    _give_up_broken(task, made)
    lines = list(made.lines.values())
    key = store.key_of(lines)
    if not (set(made.kept) == {key} and not made.fresh):
        store.write(key, lines, _join(made, store))
    aside = tuple(line for line in lines if line.outcome != READ)
    return Done(task.number, key, store.count_rows(key, tables.TABLES), aside, made.measured)


def _take(task: ShardTask, document: Document, made: _Made, store: Store) -> None:
    """Take a document's rows from where they are kept, or measure it."""
    content = read_bytes(task.texts, document)
    page = hash_bytes(content) if isinstance(content, bytes) else ""
    row = hash_row(document)
    for held in task.held.get(document.id, ()):
        line = _find_line(made, store, held, document.id) if held.page == page else None
        if line is not None and line.is_lasting and (line.row, line.code) == (row, task.code):
            made.lines[document.id] = line
            made.kept.setdefault(held.shard, []).append(document.id)
            return
    began = time.perf_counter()
    if document.id in task.lost:
        outcome = give_up(document, page, task.lost[document.id])
    else:
        outcome = _measure(task, document, content, page)
        made.measured += 1
    spent = time.perf_counter() - began
    told = (outcome.outcome, outcome.reason, outcome.trace, outcome.is_lasting)
    made.lines[document.id] = Line(document.id, page, row, task.code, *told, round(spent, 3))
    made.fresh[document.id] = outcome.rows
    made.seconds += spent


def _measure(task: ShardTask, document: Document, content: bytes | Unread, page: str) -> Outcome:
    try:
        return task.measure(document, content, task.corpus)
    except MemoryError:
        return give_up(document, page, say_large(task.bounds))


def give_up(document: Document, page: str, reason: str) -> Outcome:
    """Set a document aside that took too much, or its process along."""
    row = unread_record(document, sha256=page, outcome=SET_ASIDE, reason=reason)
    return Outcome({"documents": [row]}, SET_ASIDE, reason, is_lasting=False)


def read_bytes(texts: str, document: Document) -> bytes | Unread:
    """Read a page from the folder of texts, or return why it can't be read."""
    try:
        return page_bytes(document, Path(texts))
    except (OSError, PageError) as error:
        return error


def _find_line(made: _Made, store: Store, held: Held, document: str) -> Line | None:
    """Return a document's line in a shard that is whole, None where it is damaged."""
    key = held.shard
    if key not in made.journals:
        lines = store.read_lines(key) if store.is_whole(key) else []
        made.journals[key] = {line.document: line for line in lines}
    return made.journals[key].get(document)


def _keep(task: ShardTask, made: _Made, store: Store, report: Report) -> None:
    """Write what was measured as a shard of its own, and say so."""
    _give_up_broken(task, made)
    lines = [made.lines[name] for name in made.fresh]
    key = store.key_of(lines)
    store.write(key, lines, _check(made.fresh))
    report("kept", {line.document: Held(key, line.page) for line in lines})
    made.kept[key] = list(made.fresh)
    made.fresh, made.seconds = {}, 0.0


def _give_up_broken(task: ShardTask, made: _Made) -> None:
    """Set aside, as faults of ours, documents whose rows break the contract; the others stay."""
    try:
        _check(made.fresh)
    except ValueError:
        for document in task.documents:
            if document.id in made.fresh:
                _check_alone(document, made)


def _check_alone(document: Document, made: _Made) -> None:
    try:
        _check({document.id: made.fresh[document.id]})
    except ValueError as error:
        line = made.lines[document.id]
        reason = (
            "A fault of ours, not of the page: its rows break the contract; the log says where. "
            "Please report it."
        )
        row = unread_record(document, sha256=line.page, outcome=OUR_FAULT, reason=reason)
        made.fresh[document.id] = {"documents": [row]}
        made.lines[document.id] = replace(
            line, outcome=OUR_FAULT, reason=reason, trace=str(error), is_lasting=False
        )


def _check(fresh: Mapping[str, Records]) -> Tables:
    """Return the tables of documents that were just measured, checked."""
    return {
        name: tables.frame_records(
            (row for rows in fresh.values() for row in rows.get(name, ())), name
        )
        for name in tables.TABLES
    }


def _join(made: _Made, store: Store) -> Tables:
    """Put the rows of a shard together: those that are kept, and those just measured."""
    new = _check(made.fresh)
    if not made.kept:
        return new
    return {
        name: _concat([*gather_rows(store, made.kept, name), new[name]], name)
        for name in tables.TABLES
    }


def _concat(frames: list[pd.DataFrame], name: str) -> pd.DataFrame:
    """Put rows of one table together, checked and sorted."""
    filled = [frame for frame in frames if not frame.empty]
    return tables.check_table(pd.concat(filled), name) if filled else tables.empty_table(name)
