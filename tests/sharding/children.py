"""Runs in a process of their own that can be stopped at any touch of the disk."""

import os
import random
import sys
import traceback

from dz_analysis import paths, tables

# what Python tells of before it touches the disk
TOUCHES = {"open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.link", "os.truncate"}


def run_in_child(work) -> int:
    """Run a function in a copy of this process; return how that ended."""
    child = os.fork()
    if not child:
        try:
            work()
            os._exit(0)
        except BaseException:
            traceback.print_exc(file=sys.__stderr__)
            os._exit(70)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def hear_child(work) -> tuple[int, str]:
    """Run a function in a copy of this process; return how that ended, and its last words."""
    ear, mouth = os.pipe()

    def speaking():
        os.dup2(mouth, 2)
        sys.stderr = sys.__stderr__
        work()

    code = run_in_child(speaking)
    os.close(mouth)
    with os.fdopen(ear, encoding="utf-8") as words:
        return code, words.read()


def count_touches(home, work) -> int:
    """Return how often work touches what lies in a folder."""
    file = home.parent / f"{home.name}.touches"
    told = []

    def counting():
        touch_with(home, told.append, work)
        file.write_text(str(len(told)), encoding="utf-8")

    assert run_in_child(counting) == 0
    return int(file.read_text(encoding="utf-8"))


def stop_at(home, work, touch: int) -> int:
    """Run work in a child that is killed at its nth touch of a folder."""
    told = []

    def counting(event):
        told.append(event)
        if len(told) == touch:
            os.kill(os.getpid(), 9)

    return run_in_child(lambda: touch_with(home, counting, work))


def touch_with(home, act, work):
    """Do work that tells of each touch of a folder before it; in a child, for it stays so."""
    place = os.fsencode(home)

    def hook(event, arguments):
        if event in TOUCHES and isinstance(arguments[0], (str, bytes, os.PathLike)):
            path = os.fsencode(arguments[0])
            is_read = event == "open" and not _writes(arguments)
            if path.startswith(place) and not is_read:
                act(event)

    sys.addaudithook(hook)
    work()


def _writes(arguments) -> bool:
    mode, flags = arguments[1], arguments[2]
    if isinstance(mode, str):
        return mode.strip("bt") != "r"
    return bool(isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR))


def pick_moments(count: int, most: int, seed: int) -> list[int]:
    """Pick moments from 1 to the last, the same for the same seed."""
    return sorted(random.Random(seed).sample(range(1, most + 1), min(count, most)))


def read_tables(corpus: str) -> dict[str, bytes]:
    """Return the bytes of a corpus's tables as readers find them, by their names."""
    folder = tables.settle(paths.tables_dir(corpus))
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}
