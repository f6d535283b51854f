"""Tasks worked on by processes of this machine, each document within bounds of time and memory.

In: tasks. Out: what is done, as it is done. A process that dies, or is ended because a document
takes too much, costs that document: the task goes on in a new process with what was kept, and the
document is set aside. One whose process died is tried a second time first, as somebody else may
have ended it. Nothing here rests on how a system starts processes: they are plain commands.
"""

from __future__ import annotations

import logging
import os
import queue
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import psutil

from dz_analysis.language import say
from dz_analysis.sharding.model import (
    Bounds,
    Done,
    StorageError,
    Task,
    Way,
    say_dead,
    say_large,
    say_slow,
    say_storage,
)
from dz_analysis.sharding.worker import FIRST_SECONDS, MEBI, read_message, write_message

LOOK_SECONDS = 0.2  # between looks at what the processes take
_log = logging.getLogger(__name__)

DEATHS = 2  # of processes at one document until it is set aside


class EngineError(ValueError):
    """A fault of ours while shards were worked on, not at one document."""


def _tell_fault(what: str, trace: str = "") -> EngineError:
    error = EngineError(
        f"A fault of ours, not of a page: {what}. The tables are as they were. Please report it "
        "with the log."
    )
    _log.error("%s\n%s", error, trace)
    return error


@dataclass(slots=True)
class _Process:
    """One process at work: the document it is at, since when, and what it took before."""

    popen: subprocess.Popen[bytes]
    document: str = ""
    since: float = 0.0
    memory: int = 0
    begun: int = 0
    killed: str = ""
    blamed: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def look(self, bounds: Bounds) -> None:
        """End the process if the document it is at takes more than it may."""
        with self.lock:
            if not self.document or self.killed:
                return
            spent = time.monotonic() - self.since
            if spent > bounds.seconds + (FIRST_SECONDS if self.begun == 1 else 0):
                self.killed = say_slow(bounds)
            elif self._grown() > bounds.megabytes:
                self.killed = say_large(bounds)
            if self.killed:
                self.blamed = self.document
                self.popen.kill()

    def _grown(self) -> float:
        with suppress(psutil.Error):
            now: int = psutil.Process(self.popen.pid).memory_info().rss
            self.memory = self.memory or now
            return float(now - self.memory) / MEBI
        return 0.0

    def begin(self, document: str) -> None:
        with self.lock:
            self.document, self.since, self.memory = document, time.monotonic(), 0
            self.begun += 1

    def end(self) -> None:
        with self.lock:
            self.document = ""


def run_local(tasks: Sequence[Task], way: Way, tick: Callable[[], object]) -> Iterator[Done]:
    """Work on tasks by some processes and yield each when it is done.

    Raises
    ------
    StorageError
        If a process could not write.
    EngineError
        If a task failed by a fault of ours.
    """
    jobs = min(way.jobs or os.cpu_count() or 1, len(tasks))
    with LocalEngine(jobs, way.bounds, tick) as engine:
        yield from engine.run(tasks)


class LocalEngine:
    """Some processes that stay for several tasks; leaving it ends them."""

    def __init__(self, jobs: int, bounds: Bounds, tick: Callable[[], object]) -> None:
        self.jobs, self.bounds, self.tick = max(1, jobs), bounds, tick
        self._todo: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._told: queue.SimpleQueue[Done | Exception | None] = queue.SimpleQueue()
        self._processes: dict[int, _Process] = {}
        self._over = threading.Event()
        self._threads = [
            threading.Thread(target=self._drive, args=(seat,), daemon=True)
            for seat in range(self.jobs)
        ]
        self._threads.append(threading.Thread(target=self._watch, daemon=True))

    def __enter__(self) -> LocalEngine:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for _seat in range(self.jobs):
            self._todo.put(None)
        for process in list(self._processes.values()):
            _end(process)
        for thread in self._threads:
            thread.join()
        for process in list(self._processes.values()):
            _end(process)

    def run(self, tasks: Sequence[Task]) -> Iterator[Done]:
        """Yield tasks as they are done."""
        for task in tasks:
            self._todo.put(task)
        left = len(tasks)
        while left:
            told = self._told.get()
            if told is None:
                self.tick()
            elif isinstance(told, Exception):
                raise told
            else:
                left -= 1
                yield told

    def _watch(self) -> None:
        while not self._over.wait(LOOK_SECONDS):
            for process in list(self._processes.values()):
                process.look(self.bounds)

    def _drive(self, seat: int) -> None:
        """Hand tasks to the process of a seat, and a new one where it dies."""
        while (task := self._todo.get()) is not None and not self._over.is_set():
            try:
                done = self._finish(task, seat)
                if done is not None:
                    self._told.put(done)
            except Exception as error:
                self._told.put(error)

    def _finish(self, task: Task, seat: int) -> Done | None:
        deaths: Counter[str] = Counter()
        ended: set[str] = set()
        while not self._over.is_set():
            process = self._processes.get(seat) or self._start(seat)
            try:
                write_message(process.popen.stdin, (task, self.bounds))  # type: ignore[arg-type]
                while not isinstance(told := self._hear(process), Done):
                    kind, what = told
                    if kind == "kept":
                        task = task.keeping(what)
                    elif kind == "end" and what not in ended:
                        ended.add(what)
                        self._told.put(None)
                return told
            except (EOFError, OSError):
                code = process.popen.wait()
                del self._processes[seat]
                _end(process)
                if process.blamed not in ended:
                    task = self._after_death(task, process, code, deaths)
        return None

    def _after_death(self, task: Task, process: _Process, code: int, deaths: Counter[str]) -> Task:
        """Return the task as it goes on after its process died."""
        if process.killed:
            return task.losing(process.blamed, process.killed)
        deaths[process.document] += 1
        if deaths[process.document] < DEATHS or self._over.is_set():
            return task
        if not process.document:
            msg = say("processes died before or between documents (exit code {code})", code=code)
            raise _tell_fault(msg)
        return task.losing(process.document, say_dead(code))

    def _hear(self, process: _Process) -> Done | tuple[str, Any]:
        """Return the next message: a task done, or what is told meanwhile."""
        kind, what = read_message(process.popen.stdout)  # type: ignore[arg-type]
        if kind == "begin":
            process.begin(what)
        elif kind == "end":
            process.end()
        elif kind == "storage":
            raise StorageError(say_storage(OSError(*what), "the corpus's folder"))
        elif kind == "fault":
            raise _tell_fault(what.strip().splitlines()[-1], what)
        elif kind == "done":
            done: Done = what
            return done
        return kind, what

    def _start(self, seat: int) -> _Process:
        # what this process can import, the new one can too
        env = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        # no module of the folder that one happens to stand in
        command = [sys.executable, "-P", "-m", "dz_analysis.sharding.worker"]
        pipe = subprocess.PIPE
        process = _Process(
            subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env=env)
        )
        self._processes[seat] = process
        return process


def _end(process: _Process) -> None:
    """End a process and wait until it is gone."""
    process.popen.kill()
    process.popen.wait()
    for pipe in (process.popen.stdin, process.popen.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
