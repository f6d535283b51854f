"""Documents that behave badly, measured by a process of the engine; it imports this module."""

import os
import time
from pathlib import Path

from dz_analysis import tables
from dz_analysis.measure import unread_record
from dz_analysis.sharding.model import Outcome


def measure(document, content, corpus):
    """Give each document one row; the page says what goes wrong."""
    words = content.decode("utf-8").split() if isinstance(content, bytes) else ["absent"]
    if words[0] == "exit":
        os._exit(3)
    if words[0] == "once" and not Path(words[1]).exists():
        Path(words[1]).touch()
        os.kill(os.getpid(), 9)
    if words[0] == "parent" and not Path(words[1]).exists():
        Path(words[1]).touch()
        os.kill(os.getppid(), 9)
        time.sleep(60)
    if words[0] == "sleep":
        Path(words[1]).write_text(str(os.getpid()), encoding="utf-8")
        time.sleep(600)
    if words[0] == "memory":
        held = bytearray(int(words[1]) * 2**20)
        held[:: 2**12] = b"x" * len(held[:: 2**12])
    return Outcome({"documents": [read_row(document)]})


def read_row(document):
    """Return the row of a document that was read."""
    return unread_record(document, sha256="", outcome="read", reason="")


def measure_broken(document, content, corpus):
    """Give one document a row that breaks the contract."""
    row = read_row(document)
    if content == b"broken":
        genre = tables.TABLES["documents"].names.index("genre")
        row = (*row[:genre], "poem", *row[genre + 1 :])
    return Outcome({"documents": [row]})
