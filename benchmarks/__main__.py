"""Run every benchmark, or those named on the command line, and print their tables.

A benchmark is a module of this folder with a `main() -> None` that prints a table in Markdown:
each speed beside a peer's, measured in the same run.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

FOLDER = Path(__file__).parent


def names() -> list[str]:
    """Return the benchmarks of this folder, sorted."""
    return sorted(file.stem for file in FOLDER.glob("*.py") if not file.stem.startswith("_"))


def main() -> None:
    """Run the benchmarks whose names were given, by default all."""
    wanted = sys.argv[1:] or names()
    unknown = sorted(set(wanted) - set(names()))
    if unknown:
        sys.exit(f"No benchmark {unknown[0]!r}; there are: {', '.join(names())}.")
    for name in wanted:
        print(f"\n## {name}\n")
        importlib.import_module(f"benchmarks.{name}").main()


if __name__ == "__main__":
    main()
