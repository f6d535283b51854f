"""`python -m dz_analysis.suite [NAME …]`: run the published notebooks again and store them.

With `--normal-form FILE …` nothing is run: notebooks that were saved by an editor get their normal
form back, outputs and all. With `--text` the text twins are written anew.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from dz_analysis.suite.normal import normalise_notebook, write_notebook
from dz_analysis.suite.parameters import open_notebook
from dz_analysis.suite.runner import NotebookError, list_notebooks, refresh_notebooks
from dz_analysis.suite.twins import write_twins

NORMAL_FORM = "--normal-form"
TEXT = "--text"


def main(words: list[str]) -> int:
    """Do what a command line says and return the exit code."""
    if words[:1] == [NORMAL_FORM]:
        return normalise_files(map(Path, words[1:]))
    if words == [TEXT]:
        write_twins(list_notebooks())
        return 0
    return refresh(words)


def refresh(names: list[str]) -> int:
    """Refresh the notebooks named, or all, and say which; 2 if one stopped."""
    try:
        runs = refresh_notebooks(names)
    except (NotebookError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    write_twins(run.file for run in runs)
    print("\n".join(run.name for run in runs))
    return 0


def normalise_files(files: Iterable[Path]) -> int:
    """Write notebooks in their normal form and name those that had another; 1 if there are any."""
    changed = [
        file for file in files if write_notebook(normalise_notebook(open_notebook(file)), file)
    ]
    for file in changed:
        print(f"{file} is now in normal form.")
    return 1 if changed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
