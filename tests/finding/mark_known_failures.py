"""Write into the case files which cases fail today, and why.

    python tests/finding/mark_known_failures.py

A case that passes gets a blank `known_failure`, one that fails the first thing that differs. A
reason written by hand is kept as long as the case fails. Look at the diff before committing it:
a case that passed and now fails is a bug to mend and not a line to mark.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from observation_cases import FOLDER, read_cases
from observation_run import faults

LINE = re.compile(r'^known_failure = ".*"$')
ID = re.compile(r'^id = "(?P<id>[^"]+)"$')


def reasons() -> Mapping[str, str]:
    """Return for each case why it fails, blank where it passes."""
    found = {}
    for _, case in read_cases():
        wrong = faults(case)
        found[case["id"]] = (case["known_failure"] or wrong[0]) if wrong else ""
    return found


def mark(file: Path, why: Mapping[str, str]) -> None:
    """Rewrite the `known_failure` lines of one file, and nothing else."""
    lines, current = [], ""
    for line in file.read_text(encoding="utf-8").splitlines():
        if start := ID.match(line):
            current = start["id"]
        if LINE.match(line):
            reason = why[current].replace("\\", "").replace('"', "'")
            line = f'known_failure = "{reason}"'
        lines.append(line)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="")


if __name__ == "__main__":
    why = reasons()
    for file in sorted(FOLDER.glob("*.toml")):
        mark(file, why)
    failing = sum(map(bool, why.values()))
    print(f"{len(why) - failing} of {len(why)} cases pass; {failing} are marked")
