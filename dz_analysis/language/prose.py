"""The prose of notebooks in other languages, cell by cell.

In: a notebook whose prose is English. Out: a copy with the prose of the language in use. What
stands for a cell is kept in `prose.<language>.toml` beside this file under the notebook's name
and the cell's id, with a hash of the English it was written from: where the English has moved on,
a test names the cell.
"""

from __future__ import annotations

import copy
import hashlib
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from dz_analysis.language.messages import FOLDER, SOURCE, language

if TYPE_CHECKING:
    from nbformat import NotebookNode

ANSWER = re.compile(r"(?ms)^(\*\*(?:Answer\.|答案：)\*\*)[^\n]*(?:\n(?!\n)[^\n]*)*")


def translate_notebook(notebook: NotebookNode, name: str) -> NotebookNode:
    """Return a notebook with its prose in the language in use; the one given is left as it is.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        With English prose.
    name : str
        The notebook's name, such as ``"03_comparison"``.

    Returns
    -------
    nbformat.NotebookNode
        In English a plain copy. A cell that the catalogue lacks keeps its English.
    """
    made = copy.deepcopy(notebook)
    if language() == SOURCE:
        return made
    told = read_prose(language()).get(name, {})
    for cell in list_prose(made):
        if cell.id in told:
            cell.source = told[cell.id]["text"].strip("\n")
    return made


def list_prose(notebook: NotebookNode) -> Iterator[NotebookNode]:
    """Yield the cells of a notebook that hold prose."""
    return (cell for cell in notebook.cells if cell.cell_type == "markdown")


def hash_prose(source: str) -> str:
    """Return eight hexadecimal digits over a cell's prose, whatever its answer says.

    Examples
    --------
    >>> hash_prose("**Answer.** 3 of 4.") == hash_prose("**Answer.** None.")
    True
    """
    plain = ANSWER.sub(r"\1", source.strip())
    return hashlib.sha256(plain.encode("utf-8")).hexdigest()[:8]


@cache
def read_prose(code: str) -> dict[str, dict[str, dict[str, str]]]:
    """Read the prose of a language: by notebook and cell ``of`` (a hash) and ``text``."""
    text = (FOLDER / f"prose.{code}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
