"""The parameters of a notebook file, read from its cell and checked before it runs.

In: a notebook and the values given. Out: the values to pass on, or an error that names the nearest
valid name or value. Nothing is executed: the cell is parsed. What is a valid value is the schema's
(`dz_analysis.parameters`), which the notebook asks again when it starts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from dz_analysis.language import say
from dz_analysis.parameters import (
    Parameter,
    check_values,
    names_read,
    parse_parameter,
    published_parameters,
)
from dz_analysis.parameters.known import check_known
from dz_analysis.parameters.values import refuse_unread


def open_notebook(file: Path) -> NotebookNode:
    """Read a notebook, and refuse one that is not valid."""
    notebook: NotebookNode = nbformat.read(file, as_version=4)
    nbformat.validate(notebook)
    return notebook


def read_parameters(notebook: NotebookNode | Path) -> tuple[Parameter, ...]:
    """Read the parameters of a notebook from the cell tagged ``parameters``.

    Parameters
    ----------
    notebook : nbformat.NotebookNode or pathlib.Path
        Of a file that is called as a published notebook, the kinds of its parameters are known.

    Returns
    -------
    tuple of Parameter
        In the order of the cell.

    Raises
    ------
    ValueError
        If there is not exactly one such cell, or one of its lines is not
        ``name: type = literal  # meaning``.
    """
    node = open_notebook(notebook) if isinstance(notebook, Path) else notebook
    cells = [cell for cell in node.cells if "parameters" in cell.metadata.get("tags", [])]
    if len(cells) != 1:
        msg = say("Expected one cell tagged 'parameters', found {n}.", n=len(cells))
        raise ValueError(msg)
    lines = [line for line in cells[0].source.splitlines() if line.strip()]
    published = published_parameters(notebook.stem) if isinstance(notebook, Path) else ()
    kinds = {parameter.name: parameter.kind for parameter in published}
    read = [parse_parameter(line) for line in lines]
    return tuple(replace(one, kind=kinds.get(one.name, one.kind)) for one in read)


def check_parameters(notebook: NotebookNode | Path, given: Mapping[str, Any]) -> dict[str, Any]:
    """Check the values given to a notebook before it runs.

    Parameters
    ----------
    notebook : nbformat.NotebookNode or pathlib.Path
    given : mapping of str to value
        What the notebook shall be told; parameters left out keep the values of its cell.

    Returns
    -------
    dict
        The values that differ from those of the cell, in the order of the cell.

    Raises
    ------
    ValueError
        If a name is unknown (the nearest one is named), a value has another type, is not among
        the choices or out of bounds, the notebook never reads a parameter, or the corpus knows no
        such district, place, indicator, slogan, period or year.
    """
    parameters = read_parameters(notebook)
    node = open_notebook(notebook) if isinstance(notebook, Path) else notebook
    values = check_values(parameters, given)
    refuse_unread(values, names_read(code_sources(node)))
    check_known(parameters, values)
    published = {parameter.name: parameter.default for parameter in parameters}
    return {name: value for name, value in values.items() if value != published[name]}


def code_sources(notebook: NotebookNode) -> list[str]:
    """Return the code of a notebook's cells, but for the cell of parameters."""
    return [
        cell.source
        for cell in notebook.cells
        if cell.cell_type == "code" and "parameters" not in cell.metadata.get("tags", [])
    ]
