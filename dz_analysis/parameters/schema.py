"""The parameters of the published notebooks: name, type, published value, kind and meaning.

In: `schema.csv`, where a blank notebook stands for all of them, and lines of a notebook's cell.
Out: `Parameter`s. The cells of the published notebooks are made from the schema, so that a cell
that was edited changes a run, never what counts as published.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from dz_analysis.language import say
from dz_analysis.lexicon import read_list

SCHEMA = Path(__file__).with_name("schema.csv")
PLAIN_TYPES: dict[str, type] = {"str": str, "int": int, "float": float, "bool": bool}
LIST_TYPES = {f"list[{name}]": kind for name, kind in PLAIN_TYPES.items()}
LINE = re.compile(r"(?P<code>[^#]*[^#\s])\s*#\s*(?P<meaning>\S.*)")
CHOICES = re.compile(r"one of (?P<names>\w+(?:, \w+)*)")
BOUNDS = re.compile(r"; (?P<least>-?\d+(?:\.\d+)?) to (?P<most>-?\d+(?:\.\d+)?)$")
# What a notebook of one's own need not say of its parameters.
KINDS = {"corpus": "corpus", "regions": "region"}
LANGUAGE = "lang"  # the parameter that `start_run` itself reads


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a notebook: its name, type as written, published value and meaning.

    `kind` says what of a corpus its values are held against (see `known`); blank: nothing.
    """

    name: str
    type: str
    default: Any
    meaning: str
    kind: str = ""

    @property
    def choices(self) -> tuple[str, ...]:
        """The values allowed, where the meaning lists them: ``one of growth, level``."""
        found = CHOICES.search(self.meaning)
        return tuple(found["names"].split(", ")) if found else ()

    @property
    def bounds(self) -> tuple[float, float] | None:
        """The least and the greatest value, where the meaning ends with them: ``; 1 to 500``."""
        found = BOUNDS.search(self.meaning)
        return (float(found["least"]), float(found["most"])) if found else None

    @property
    def line(self) -> str:
        """Its line in a notebook's cell.

        Examples
        --------
        >>> Parameter("regions", "list[str]", ["甲区"], "districts to keep").line
        'regions: list[str] = ["甲区"]  # districts to keep'
        """
        return f"{self.name}: {self.type} = {_spell(self.default)}  # {self.meaning}"


def published_parameters(notebook: str) -> tuple[Parameter, ...]:
    """Return the parameters of a published notebook, in the order of its cell.

    Parameters
    ----------
    notebook : str
        Name without ending, such as ``"03_comparison"``.

    Returns
    -------
    tuple of Parameter
        None if it is no published notebook.
    """
    return _schema().get(notebook, ())


def published_notebooks() -> tuple[str, ...]:
    """Return the names of the notebooks that the schema knows."""
    return tuple(sorted(_schema()))


def write_cell(notebook: str) -> str:
    """Return the parameters cell of a published notebook."""
    return "\n".join(parameter.line for parameter in published_parameters(notebook))


def parse_parameter(line: str) -> Parameter:
    """Parse one line of a parameters cell.

    Raises
    ------
    ValueError
        If the line is not ``name: type = literal  # meaning``.

    Examples
    --------
    >>> parse_parameter('top: int = 15  # words a district, count; 1 to 50').bounds
    (1.0, 50.0)
    """
    parts = LINE.fullmatch(line.rstrip())
    try:
        body = ast.parse(parts["code"] if parts else line).body
        node = body[0] if len(body) == 1 else None
        if not (parts and isinstance(node, ast.AnnAssign) and node.value):
            raise ValueError
        kind = ast.unparse(node.annotation)
        name, default = ast.unparse(node.target), ast.literal_eval(node.value)
        parameter = Parameter(name, kind, default, parts["meaning"], KINDS.get(name, ""))
        if kind not in PLAIN_TYPES | LIST_TYPES or not fits_type(parameter.default, kind):
            raise ValueError
    except (SyntaxError, ValueError) as error:
        msg = say(
            "Not a parameter: {line!r}; expected `name: type = literal  # meaning, unit` with a "
            "type among {plain_types} that the literal has.",
            line=line,
            plain_types=sorted(PLAIN_TYPES | LIST_TYPES),
        )
        raise ValueError(msg) from error
    return parameter


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


@cache
def _schema() -> dict[str, tuple[Parameter, ...]]:
    """Read the schema: what all notebooks have comes first, unless a notebook says it its way."""
    rows = read_list(SCHEMA)
    names = dict.fromkeys(row["notebook"] for row in rows if row["notebook"])
    schema = {}
    for name in names:
        own = {row["name"]: row for row in rows if row["notebook"] == name}
        merged = {row["name"]: row for row in rows if not row["notebook"]} | own
        schema[name] = tuple(
            Parameter(
                row["name"],
                row["type"],
                ast.literal_eval(row["published"]),
                row["meaning"],
                row["kind"],
            )
            for row in merged.values()
        )
    return schema


def _spell(value: Any) -> str:
    """Spell a literal as the notebooks do: strings in double quotes."""
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, list):
        return "[" + ", ".join(map(_spell, value)) + "]"
    return repr(value)
