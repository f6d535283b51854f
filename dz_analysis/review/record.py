"""What a run keeps of a file of corrections: what became of it, and how each number was read.

In: the folder that runs of a corpus share (`.ingest`). Out: `Kept`, read as far as it can be. It
can be removed at any time; then nobody knows whether a number that is gone has moved, or a row is
read otherwise than when it was judged.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dz_analysis.hashes import hash_file
from dz_analysis.review.apply import Known, Outcome, Reviewed
from dz_analysis.review.lines import FILE, Place

RECORD = "review.json"


@dataclass(frozen=True, slots=True)
class Kept:
    """The outcomes of the last run, the hash of the file that they are of, and each number."""

    sha256: str = ""
    outcomes: tuple[Outcome, ...] = ()
    known: Mapping[Place, Known] = field(default_factory=dict)


def read_record(folder: Path) -> Kept:
    """Read what the last run kept; nothing if there is none, or it is damaged."""
    try:
        held = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        outcomes = tuple(
            Outcome(Place(*place), kind, tuple(lines), note)
            for place, kind, lines, note in held["outcomes"]
        )
        known = {
            Place(*place): Known((tuple(before), tuple(behind)), said, dict(read))
            for place, before, behind, said, read in held["known"]
        }
        return Kept(str(held["sha256"]), outcomes, known)
    except (OSError, ValueError, TypeError, KeyError):
        return Kept()


def write_record(folder: Path, reviewed: Reviewed) -> None:
    """Write what became of corrections, with the hash of the file as it was applied."""
    held = {
        "sha256": reviewed.sha256,
        "outcomes": [[[*o.place], o.kind, list(o.lines), o.note] for o in reviewed.outcomes],
        "known": [
            [[*place], *map(list, one.near), one.said, dict(one.read)]
            for place, one in sorted(reviewed.known.items(), key=lambda pair: pair[0])
        ],
    }
    text = json.dumps(held, ensure_ascii=False, indent=0) + "\n"
    (folder / RECORD).write_text(text, encoding="utf-8", newline="\n")


def hash_corrections(corpus: Path) -> str:
    """Return the hash of a corpus's corrections, blank if it has none."""
    file = corpus / FILE
    return hash_file(file) if file.is_file() else ""
