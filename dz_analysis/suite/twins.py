"""Text twins of the notebooks: prose and code without outputs, for reading a change line by line.

In: notebooks. Out: `notebooks/text/NAME.py` in the percent format of jupytext, which only a
checkout for development has. A twin is made, never edited; `make notebooks` makes it anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from nbformat import NotebookNode

from dz_analysis.suite.parameters import open_notebook

KEPT = {"notebook_metadata_filter": "-all", "cell_metadata_filter": "tags,-all"}


def spell_twin(notebook: NotebookNode) -> str:
    """Return a notebook as text."""
    import jupytext

    bare = NotebookNode({**notebook, "metadata": NotebookNode(jupytext=KEPT)})
    text: str = jupytext.writes(bare, fmt="py:percent")
    return text.rstrip() + "\n"


def write_twins(files: Iterable[Path]) -> list[Path]:
    """Write the twins of notebooks beside them and return those that changed."""
    changed = []
    for file in files:
        twin, text = name_twin(file), spell_twin(open_notebook(file))
        if not twin.is_file() or twin.read_text(encoding="utf-8") != text:
            twin.parent.mkdir(exist_ok=True)
            twin.write_text(text, encoding="utf-8", newline="\n")
            changed.append(twin)
    return changed


def name_twin(file: Path) -> Path:
    """Return the file of a notebook's twin."""
    return file.parent / "text" / f"{file.stem}.py"
