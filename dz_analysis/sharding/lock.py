"""One run at a time in a corpus, and who it is.

In: the folder that runs of a corpus share. Out: the lock held, or an error that says by whom. The
system frees the lock when its process ends, however that ends.
"""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from dz_analysis.sharding.model import StorageError, say_storage

LOCK, HOLDER = "lock", "holder.json"


class BusyError(ValueError):
    """Another process measures the same corpus."""


@contextmanager
def hold(folder: Path, corpus: str) -> Iterator[None]:
    """Hold the lock of a corpus; nobody is waited for.

    Parameters
    ----------
    folder : pathlib.Path
        The folder that runs share; it is made if need be.
    corpus : str
        Its name, for the message.

    Raises
    ------
    BusyError
        If another process holds it; the message says which, where and since when.
    StorageError
        If the folder can't be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / LOCK)
        lock.acquire(blocking=False)
    except Timeout:
        raise BusyError(_say_holder(folder, corpus)) from None
    except (OSError, NotImplementedError) as error:
        told = error if isinstance(error, OSError) else OSError(str(error))
        raise StorageError(say_storage(told, folder)) from error
    try:
        _sign(folder)
        yield
    finally:
        with suppress(OSError):
            (folder / HOLDER).unlink(missing_ok=True)
        lock.release()


def _sign(folder: Path) -> None:
    """Write who holds the lock: for people, nothing rests on it."""
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    told = {"pid": os.getpid(), "host": socket.gethostname(), "since": now}
    with suppress(OSError):
        (folder / HOLDER).write_text(json.dumps(told) + "\n", encoding="utf-8")


def _say_holder(folder: Path, corpus: str) -> str:
    try:
        told = json.loads((folder / HOLDER).read_text(encoding="utf-8"))
        who = f"process {told['pid']} on {told['host']}, since {told['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        who = "a process that did not say its name"
    return (
        f"Corpus {corpus!r} is being measured by {who}: wait until it is done, or end it, and try "
        f"again. Lock: {folder / LOCK}."
    )
