"""What a run keeps of a file of corrections: what became of it, and where each number stood.

In: the folder that runs of a corpus share (`.ingest`). Out: `Kept`, read as far as it can be. It
can be removed at any time; then nobody knows whether a number that is gone has moved.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dz_analysis.manifest import hash_file
from dz_analysis.review.apply import Neighbours, Outcome, Reviewed
from dz_analysis.review.lines import FILE, Place

RECORD = "review.json"


@dataclass(frozen=True, slots=True)
class Kept:
    """The outcomes of the last run, the hash of the file that they are of, the neighbourhoods."""

    sha256: str = ""
    outcomes: tuple[Outcome, ...] = ()
    around: Mapping[Place, Neighbours] = field(default_factory=dict)


def read_record(folder: Path) -> Kept:
    """Read what the last run kept; nothing if there is none, or it is damaged."""
    try:
        held = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        outcomes = tuple(
            Outcome(Place(*place), kind, tuple(lines), note)
            for place, kind, lines, note in held["outcomes"]
        )
        around = {
            Place(*place): (tuple(before), tuple(behind))
            for place, before, behind in held["around"]
        }
        return Kept(str(held["sha256"]), outcomes, around)
    except (OSError, ValueError, TypeError, KeyError):
        return Kept()


def write_record(folder: Path, corpus: Path, reviewed: Reviewed) -> None:
    """Write what became of the corrections in a corpus's folder."""
    held = {
        "sha256": hash_corrections(corpus),
        "outcomes": [[[*o.place], o.kind, list(o.lines), o.note] for o in reviewed.outcomes],
        "around": [
            [[*place], list(before), list(behind)]
            for place, (before, behind) in sorted(reviewed.around.items())
        ],
    }
    text = json.dumps(held, ensure_ascii=False, indent=0) + "\n"
    (folder / RECORD).write_text(text, encoding="utf-8", newline="\n")


def hash_corrections(corpus: Path) -> str:
    """Return the hash of a corpus's corrections, blank if it has none."""
    file = corpus / FILE
    return hash_file(file) if file.is_file() else ""
