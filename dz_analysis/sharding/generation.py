"""A generation of tables: written beside the old one, put in its place by one rename.

In: the folder that runs of a corpus share, and the tables' folder. Out: the new tables where the
old ones were, whole; whatever happens before the rename leaves the old ones. Linux and macOS
exchange two folders at once. Elsewhere the old one is moved away first; should a run die between
the two renames, readers find the old tables where they were moved to (`tables.settle`), and the
next run puts them back.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path

from dz_analysis import tables
from dz_analysis.language import say
from dz_analysis.sharding.model import StorageError

NEXT, OLD = "next", tables.OLD_TABLES.name
AT_FDCWD, EXCHANGE, SWAP = -100, 2, 2
# Folders that versions before wrote tables to before they put them in place.
LEFT_BEFORE = ("tables.part",)


def start_next(store: Path) -> Path:
    """Return an empty folder for the next generation."""
    folder = store / NEXT
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def recover(store: Path, place: Path) -> None:
    """Put right what a run that was killed left: the old tables back, all else away."""
    old = store / OLD
    if old.is_dir() and not place.exists():
        old.rename(place)
    for folder in (store / NEXT, old, *(place.with_name(name) for name in LEFT_BEFORE)):
        shutil.rmtree(folder, ignore_errors=True)


def publish(store: Path, place: Path) -> None:
    """Put the next generation where the tables are, at once.

    Files in the tables' folder that are no tables go along.

    Raises
    ------
    StorageError
        If the old tables can't be moved, such as on Windows where a program has one open.
    """
    new, old = store / NEXT, store / OLD
    _take_along(place, new)
    if place.is_symlink():
        place.unlink()  # the folder that it leads to stays as it is
    if not place.is_dir():
        new.rename(place)
        return
    if _exchange(new, place):
        shutil.rmtree(new, ignore_errors=True)
        return
    try:
        place.rename(old)
    except OSError as error:
        msg = say(
            "Could not replace {place} ({strerror}): close the programs that have its files open. "
            "The old tables are as they were; run dz ingest again, what was measured is kept.",
            place=place,
            strerror=error.strerror,
        )
        raise StorageError(msg) from error
    new.rename(place)
    shutil.rmtree(old, ignore_errors=True)


def link_or_copy(source: Path, target: Path) -> None:
    """Put a file in a second place: the same bytes once on the disk where that can be."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _take_along(place: Path, new: Path) -> None:
    """Link what stands among the tables but is none of them into the next generation."""
    for entry in place.iterdir() if place.is_dir() else ():
        if tables.is_table_file(entry) or entry.name.endswith(".part"):
            continue
        if entry.is_file():
            link_or_copy(entry, new / entry.name)
        elif entry.is_dir():
            shutil.copytree(entry, new / entry.name)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders by one call of the system; false where it has none."""
    with suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None, use_errno=True)
        paths = (os.fsencode(one), os.fsencode(other))
        if sys.platform == "linux":
            return not libc.renameat2(AT_FDCWD, paths[0], AT_FDCWD, paths[1], EXCHANGE)
        if sys.platform == "darwin":
            return not libc.renamex_np(paths[0], paths[1], SWAP)
    return False
