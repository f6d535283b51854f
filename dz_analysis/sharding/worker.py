"""A process that works on tasks: what stands at the other end of `local`.

In: pickled tasks on standard input, from the process that started this one. Out: messages on
standard output: a document is begun, ended, kept; a task is done, or failed. When the parent dies,
its end of the pipe closes and this process ends, in the middle of a document too.
"""

from __future__ import annotations

import faulthandler
import os
import pickle
import queue
import signal
import struct
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from dz_analysis.sharding.model import Bounds, Task

HEAD = struct.Struct(">Q")
FIRST_SECONDS = 60.0  # more, for the first document of a process: it reads the word lists
# After its bound a document has so many seconds more until its process ends by itself, should
# nobody be there to end it; whoever is there ends it before.
GRACE = FIRST_SECONDS + 30.0
MEBI = 2**20


def write_message(pipe: IO[bytes], message: object) -> None:
    """Write one message: its length, then itself."""
    content = pickle.dumps(message)
    pipe.write(HEAD.pack(len(content)) + content)
    pipe.flush()


def read_message(pipe: IO[bytes]) -> Any:
    """Read one message.

    Raises
    ------
    EOFError
        If the other end is closed.
    """
    head = pipe.read(HEAD.size)
    if len(head) < HEAD.size:
        raise EOFError
    (size,) = HEAD.unpack(head)
    content = pipe.read(size)
    if len(content) < size:
        raise EOFError
    return pickle.loads(content)


def serve() -> None:
    """Work on tasks until the parent closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends this process
    told = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no message
    tasks: queue.Queue[tuple[Task, Bounds]] = queue.Queue()
    threading.Thread(target=_receive, args=(tasks,), daemon=True).start()
    with Path(os.devnull).open("w") as nowhere:
        while True:
            task, bounds = tasks.get()
            write_message(told, _work(task, bounds, told, nowhere))


def _receive(tasks: queue.Queue[tuple[Task, Bounds]]) -> None:
    """Take tasks as they come; end the process when there will be no more."""
    while True:
        try:
            tasks.put(read_message(sys.stdin.buffer))
        except EOFError:
            os._exit(0)


def _work(task: Task, bounds: Bounds, told: IO[bytes], nowhere: IO[str]) -> tuple[str, object]:
    free = _bound_memory(bounds)

    def report(kind: str, what: object) -> None:
        if kind == "begin":
            faulthandler.dump_traceback_later(bounds.seconds + GRACE, exit=True, file=nowhere)
        elif kind == "end":
            faulthandler.cancel_dump_traceback_later()
        write_message(told, (kind, what))

    try:
        return "done", task.work(report)
    except OSError as error:
        return "storage", (error.errno, error.strerror or str(error), error.filename)
    except Exception:
        return "fault", traceback.format_exc()
    finally:
        faulthandler.cancel_dump_traceback_later()
        free()


def _bound_memory(bounds: Bounds) -> Callable[[], None]:
    """Let a document that asks for too much get a `MemoryError`, where the system can do so."""
    try:
        import resource

        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        (size,) = (line.split()[1] for line in status.splitlines() if line.startswith("VmData"))
        old = resource.getrlimit(resource.RLIMIT_DATA)
        most = int(size) * 1024 + bounds.megabytes * MEBI
        resource.setrlimit(resource.RLIMIT_DATA, (most, old[1]))
    except (ImportError, OSError, ValueError):
        return lambda: None
    return lambda: resource.setrlimit(resource.RLIMIT_DATA, old)


if __name__ == "__main__":
    serve()
