"""How a command ends: what was set aside, the exit code, and the log of faults."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from dz_analysis import paths
from dz_analysis.commands.terminal import err, spell_path
from dz_analysis.language import say, say_count

if TYPE_CHECKING:
    from dz_analysis import ingest
    from dz_analysis.manifest import Document

SET_ASIDE = 1


FAILED = 2


OUR_FAULT = 3


LOG_FORM = "%(levelname)s %(name)s: %(message)s"


def set_aside(document: Document, error: Exception) -> ingest.SetAside:
    """Say why a page could not be read, and log it where the fault is ours."""
    from dz_analysis import ingest

    one = ingest.set_aside(document, error)
    ingest.log_faults([one])
    return one


def end(aside: Sequence[ingest.SetAside], code: int = SET_ASIDE, *, left: bool = False) -> None:
    """Name what was set aside, bad pages apart from faults of ours, and leave with the code.

    So it leaves too where corrections were left out (`left`).
    """
    for one in aside:
        what = say("our fault") if one.is_fault else say("set aside")
        words = {"document": one.document, "file": one.file, "reason": one.reason}
        err.print(say("{what}: {document} ({file}): {reason}", what=what, **words), markup=False)
    faults = sum(one.is_fault for one in aside)
    if faults:
        told = say_count(
            faults,
            "{n} document met a fault of ours, not of the page; the rest went on. Please report it "
            "with the log, {log}, and the page's address.",
            "{n} documents met a fault of ours, not of the page; the rest went on. Please report "
            "it with the log, {log}, and the page's address.",
            log=spell_path(log_file()),
        )
        err.print(told, markup=False)
    if aside:
        raise typer.Exit(OUR_FAULT if faults and code == SET_ASIDE else code)
    if left:
        raise typer.Exit(SET_ASIDE)


def log_file() -> Path:
    """Return where the traces of faults go: the project's folder `build`, or the working folder."""
    try:
        return paths.build_dir("") / "dz.log"
    except FileNotFoundError:
        return Path("dz.log")


class LogFile(logging.FileHandler):
    """A log file whose folder is made when its first line is written."""

    def _open(self) -> TextIOWrapper:
        Path(self.baseFilename).parent.mkdir(parents=True, exist_ok=True)
        return super()._open()


@contextmanager
def logged() -> Iterator[None]:
    """Write what is logged to the log file, which is made with the first line of a command."""
    handler = LogFile(log_file(), mode="w", encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter(LOG_FORM))
    ours = logging.getLogger("dz_analysis")
    ours.addHandler(handler)
    try:
        yield
    finally:
        ours.removeHandler(handler)
        handler.close()
