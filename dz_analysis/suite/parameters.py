"""What a notebook may be told: its parameters, read from its cell and checked before it runs.

In: a notebook and the values given. Out: the values to pass on, or an error that names the nearest
valid name or value. Nothing is executed: the cell is parsed.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from dz_analysis.corpus import load_corpus

PLAIN_TYPES: dict[str, type] = {"str": str, "int": int, "float": float, "bool": bool}
LIST_TYPES = {f"list[{name}]": kind for name, kind in PLAIN_TYPES.items()}
LINE = re.compile(r"(?P<code>[^#]*[^#\s])\s*#\s*(?P<meaning>\S.*)")
CHOICES = re.compile(r"one of (?P<names>\w+(?:, \w+)*)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a notebook: its name, type as written, published value and meaning."""

    name: str
    type: str
    default: Any
    meaning: str

    @property
    def choices(self) -> tuple[str, ...]:
        """The values allowed, where the meaning lists them: ``one of growth, level``."""
        found = CHOICES.search(self.meaning)
        return tuple(found["names"].split(", ")) if found else ()


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
        msg = f"Expected one cell tagged 'parameters', found {len(cells)}."
        raise ValueError(msg)
    lines = [line for line in cells[0].source.splitlines() if line.strip()]
    return tuple(parse_parameter(line) for line in lines)


def parse_parameter(line: str) -> Parameter:
    """Parse one line of a parameters cell.

    Examples
    --------
    >>> parse_parameter('top: int = 15  # words a district, count')
    Parameter(name='top', type='int', default=15, meaning='words a district, count')
    """
    parts = LINE.fullmatch(line.rstrip())
    try:
        body = ast.parse(parts["code"] if parts else line).body
        node = body[0] if len(body) == 1 else None
        if not (parts and isinstance(node, ast.AnnAssign) and node.value):
            raise ValueError
        kind = ast.unparse(node.annotation)
        name, default = ast.unparse(node.target), ast.literal_eval(node.value)
        parameter = Parameter(name, kind, default, parts["meaning"])
        if kind not in PLAIN_TYPES | LIST_TYPES or not fits_type(parameter.default, kind):
            raise ValueError
    except (SyntaxError, ValueError) as error:
        msg = (
            f"Not a parameter: {line!r}; expected `name: type = literal  # meaning, unit` with a "
            f"type among {sorted(PLAIN_TYPES | LIST_TYPES)} that the literal has."
        )
        raise ValueError(msg) from error
    return parameter


def check_parameters(notebook: NotebookNode | Path, given: Mapping[str, Any]) -> dict[str, Any]:
    """Check the values given to a notebook before it runs.

    Parameters
    ----------
    notebook : nbformat.NotebookNode or pathlib.Path
    given : mapping of str to value
        What the notebook shall be told; parameters left out keep their published values.

    Returns
    -------
    dict
        The values that differ from the published ones, in the order of the notebook's cell.

    Raises
    ------
    ValueError
        If a name is unknown (the nearest one is named), a value has another type or is not among
        the choices, the notebook never reads a parameter, or there is no such corpus or district.
    """
    node = open_notebook(notebook) if isinstance(notebook, Path) else notebook
    parameters = {parameter.name: parameter for parameter in read_parameters(node)}
    for name in given:
        if name not in parameters:
            msg = f"Unknown parameter {name!r}; expected one of {sorted(parameters)}."
            raise ValueError(msg + suggest(name, parameters))
    for name in sorted(set(parameters) - names_read(node)):
        msg = f"Parameter {name!r} is never read by the notebook, so setting it would do nothing."
        raise ValueError(msg)
    for name, value in given.items():
        check_value(parameters[name], value)
    values = {name: given.get(name, parameter.default) for name, parameter in parameters.items()}
    check_places(values)
    return {name: value for name, value in values.items() if value != parameters[name].default}


def check_value(parameter: Parameter, value: Any) -> None:
    """Refuse a value of another type than the parameter's, or outside its choices.

    Raises
    ------
    ValueError
        Naming the parameter, what it means, and what was expected.
    """
    if not fits_type(value, parameter.type):
        msg = (
            f"Parameter {parameter.name!r} ({parameter.meaning}) must be {parameter.type}, such as "
            f"{parameter.default!r}; got {value!r}, which is {type(value).__name__}."
        )
        raise ValueError(msg)
    chosen = value if isinstance(value, list) else [value]
    for item in chosen if parameter.choices else ():
        if item not in parameter.choices:
            msg = f"Parameter {parameter.name!r} is {item!r}; expected one of {parameter.choices}."
            raise ValueError(msg + suggest(str(item), parameter.choices))


def check_places(values: Mapping[str, Any]) -> None:
    """Refuse a corpus that is not there, or a district that it has no document about."""
    if "corpus" not in values:
        return
    try:
        load_corpus(values["corpus"], regions=values.get("regions") or ())
    except FileNotFoundError as error:
        raise ValueError(str(error)) from error


def fits_type(value: Any, kind: str) -> bool:
    """Return whether a value has a parameter's type; a bool is no int, an int is a float.

    Examples
    --------
    >>> fits_type(["德城区"], "list[str]"), fits_type("德城区", "list[str]"), fits_type(True, "int")
    (True, False, False)
    """
    if kind in LIST_TYPES:
        inner = kind.removeprefix("list[").removesuffix("]")
        return isinstance(value, list) and all(fits_type(item, inner) for item in value)
    if kind == "float":
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    return isinstance(value, PLAIN_TYPES[kind]) and (kind == "bool" or not isinstance(value, bool))


def read_value(parameter: Parameter, text: str) -> Any:
    """Read a parameter's value from a command line; lists are separated by commas.

    Examples
    --------
    >>> read_value(parse_parameter('regions: list[str] = []  # districts'), "德城区,陵城区")
    ['德城区', '陵城区']
    >>> read_value(parse_parameter('top: int = 5  # words'), "12")
    12
    """
    if parameter.type in LIST_TYPES:
        inner = parameter.type.removeprefix("list[").removesuffix("]")
        parts = [part.strip() for part in re.split("[,，、]", text) if part.strip()]
        return [_read_plain(parameter, inner, part) for part in parts]
    return _read_plain(parameter, parameter.type, text.strip())


def names_read(notebook: NotebookNode) -> set[str]:
    """Return the names that a notebook's code reads, outside the parameters cell."""
    found: set[str] = set()
    for cell in notebook.cells:
        if cell.cell_type == "code" and "parameters" not in cell.metadata.get("tags", []):
            nodes = ast.walk(ast.parse(cell.source))
            found |= {n.id for n in nodes if isinstance(n, ast.Name) and type(n.ctx) is ast.Load}
    return found


def suggest(name: str, known: Iterable[str]) -> str:
    """Return a sentence that names the nearest known word, or nothing if none is near."""
    near = get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f" Did you mean {near[0]!r}?" if near else ""


def _read_plain(parameter: Parameter, kind: str, text: str) -> Any:
    if kind == "bool" and text.lower() in ("true", "false"):
        return text.lower() == "true"
    try:
        return {"str": str, "int": int, "float": float}[kind](text)
    except (KeyError, ValueError) as error:
        msg = f"Parameter {parameter.name!r} ({parameter.meaning}) must be {kind}; got {text!r}."
        raise ValueError(msg) from error
