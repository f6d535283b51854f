"""The words in which shards are spoken of: lines, tasks, bounds, what is done.

In: nothing. Out: types that travel between processes, none of them with rows of tables.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, Self

from dz_analysis.language import mark, say, translate
from dz_analysis.manifest import Document
from dz_analysis.reading import PageError
from dz_analysis.tables import Records

READ, SET_ASIDE, OUR_FAULT = "read", "set_aside", "our_fault"


class StorageError(ValueError):
    """Something could not be written or read where runs keep what they make; with the cure."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one document may take: seconds, and megabytes beyond what its process takes anyway."""

    seconds: float = 120.0
    megabytes: int = 1024


@dataclass(frozen=True, slots=True)
class Way:
    """By which processes a corpus is measured.

    Parameters
    ----------
    jobs : int, optional
        Processes. By default as many as there are processors, and none but this one where a few
        short plain pages are to be measured: those are not bounded then.
    bounds : Bounds
        What one document may take.
    engine : str
        ``"local"`` or ``"dask"``.
    scheduler : str
        Address of the scheduler of a Dask cluster; by default one is made on this machine.
    """

    jobs: int | None = None
    bounds: Bounds = Bounds()
    engine: str = "local"
    scheduler: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One document measured: its rows, or why it has none (then only in `documents`).

    `is_lasting` is false where the same page may be read another time.
    """

    rows: Records
    outcome: str = READ
    reason: str = ""
    trace: str = ""
    is_lasting: bool = True


# Measures a document of a corpus from its bytes, or from why they could not be read.
Unread = OSError | PageError  # why the bytes of a page can't be had
Measure = Callable[[Document, bytes | Unread, str], Outcome]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the journal: what a document's rows were measured from, and how that ended."""

    document: str
    page: str
    row: str
    code: str
    outcome: str
    reason: str = ""
    trace: str = ""
    is_lasting: bool = True
    seconds: float = 0.0

    @property
    def fact(self) -> list[str]:
        """All that two runs must agree in: no seconds, and no trace."""
        return [self.document, self.page, self.row, self.code, self.outcome, self.reason]


@dataclass(frozen=True, slots=True)
class Held:
    """Where rows of a document are kept: the shard, and the hash of the page they are from."""

    shard: str
    page: str


@dataclass(frozen=True, slots=True)
class Done:
    """A task done: where its rows are, how many each table has, who was set aside."""

    number: int
    shard: str
    counts: Mapping[str, int] = field(default_factory=dict)
    aside: tuple[Line, ...] = ()
    measured: int = 0


# What a task says while it is worked on: "begin" (a document), "end" (it), "kept" (rows, where).
Report = Callable[[str, object], object]


class Task(Protocol):
    """Work for one process; where the process dies, the document it was at can be given up."""

    @property
    def number(self) -> int:
        """Its place among the tasks of a run."""

    def work(self, report: Report) -> Done:
        """Do it, and say which document is begun and ended."""

    def keeping(self, held: Mapping[str, Held]) -> Self:
        """Return the task with rows that are kept already."""

    def losing(self, document: str, reason: str) -> Self:
        """Return the task with a document given up."""


_CURES = {
    errno.ENOSPC: mark("the disk is full: free some room"),
    errno.EDQUOT: mark("your share of the disk is used up: free some room"),
    errno.EROFS: mark("the disk can only be read: copy the project to one that can be written"),
    errno.EACCES: mark(
        "it may not be written: allow it (chmod u+w), or copy the project elsewhere"
    ),
    errno.EPERM: mark("it may not be written: allow it (chmod u+w), or copy the project elsewhere"),
    errno.EFBIG: mark("files may not grow so large here: raise the limit (ulimit -f)"),
    errno.EMFILE: mark("too many files are open: raise the limit (ulimit -n)"),
}


def say_cure(error: OSError) -> str:
    """Say what the system refused, and what to do.

    Examples
    --------
    >>> say_cure(OSError(errno.ENOSPC, "No space left on device"))
    'the disk is full: free some room'
    """
    known = _CURES.get(error.errno or 0)
    if known:
        return translate(known)
    return say("{what}: see that it can be read and written", what=error.strerror or error)


def say_storage(error: OSError, folder: Path | str) -> str:
    """Say what could not be written, why, and what to do; the tables of before are untouched.

    Examples
    --------
    >>> print(say_storage(OSError(errno.ENOSPC, "", "a.parquet"), "data/mine"))
    Could not write a.parquet: the disk is full: free some room. The tables are as they were; run \
dz ingest again, what was measured is kept.
    """
    return say(
        "Could not write {file}: {cure}. The tables are as they were; run dz ingest again, what "
        "was measured is kept.",
        file=error.filename or folder,
        cure=say_cure(error),
    )


def say_slow(bounds: Bounds) -> str:
    """Say why a document that took too long was set aside."""
    return (
        f"Found a page that takes more than {bounds.seconds:g} seconds, expected one that does "
        "not; look what is wrong with it, or allow more (dz ingest --seconds)."
    )


def say_large(bounds: Bounds) -> str:
    """Say why a document that took too much memory was set aside."""
    return (
        f"Found a page that takes more than {bounds.megabytes} MB of memory, expected one that "
        "does not; look what is wrong with it, or allow more (dz ingest --megabytes)."
    )


def say_dead(code: int | None) -> str:
    """Say why a document whose process died was set aside."""
    how = f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"
    return (
        f"Found a page at which the process that read it died ({how}), twice; look what is wrong "
        "with it, or give it to whoever looks after this program."
    )
