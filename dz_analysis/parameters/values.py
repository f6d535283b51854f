"""Values given to a notebook: read from a command line, and held against the schema.

In: parameters and what is given. Out: the values as the notebook types them, or an error that
names the parameter, what was expected, and the nearest valid name or value.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from dz_analysis.language import say
from dz_analysis.parameters.schema import LANGUAGE, LIST_TYPES, Parameter, fits_type


def check_values(parameters: Iterable[Parameter], given: Mapping[str, Any]) -> dict[str, Any]:
    """Check names, types, choices and bounds of what is given, and add what is published.

    Parameters
    ----------
    parameters : iterable of Parameter
        Those of one notebook.
    given : mapping of str to value

    Returns
    -------
    dict of str to value
        One value a parameter, in their order.

    Raises
    ------
    ValueError
        If a name is unknown (the nearest one is named), or a value has another type, is not among
        the choices or out of bounds.
    """
    known = {parameter.name: parameter for parameter in parameters}
    for name in given:
        if name not in known:
            msg = say(
                "Unknown parameter {name!r}; expected one of {known}.",
                name=name,
                known=sorted(known),
            )
            raise ValueError(msg + suggest(name, known))
    for name, value in given.items():
        check_value(known[name], value)
    return {name: given.get(name, parameter.default) for name, parameter in known.items()}


def check_value(parameter: Parameter, value: Any) -> None:
    """Refuse a value of another type than the parameter's, outside its choices or its bounds.

    Raises
    ------
    ValueError
        Naming the parameter, what it means, and what was expected.
    """
    named = {"name": parameter.name, "meaning": parameter.meaning}
    told = say("Parameter {name!r} ({meaning})", **named)
    if not fits_type(value, parameter.type):
        cure = ""
        if parameter.type in LIST_TYPES and isinstance(value, str):
            cure = say(
                " For papermill write -y '{name}: [{value}]'.", name=parameter.name, value=value
            )
        msg = say(
            "{told} must be {type}, such as {default!r}; got {value!r}, which is {name}.{cure}",
            told=told,
            type=parameter.type,
            default=parameter.default,
            value=value,
            name=type(value).__name__,
            cure=cure,
        )
        raise ValueError(msg)
    for item in value if isinstance(value, list) else [value]:
        if parameter.choices and item not in parameter.choices:
            msg = say(
                "Parameter {parameter!r} is {item!r}; expected one of {choices}.",
                parameter=parameter.name,
                item=item,
                choices=parameter.choices,
            )
            raise ValueError(msg + suggest(str(item), parameter.choices))
        if parameter.bounds and not parameter.bounds[0] <= item <= parameter.bounds[1]:
            least, most = parameter.bounds
            near = least if item < least else most
            msg = say(
                "{told} is {item!r}; expected {least:g} to {most:g}. The nearest is {near:g}.",
                told=told,
                item=item,
                least=least,
                most=most,
                near=near,
            )
            raise ValueError(msg)


def read_value(parameter: Parameter, text: str) -> Any:
    """Read a parameter's value from a command line; lists are separated by commas, also Chinese.

    The sign 、 stands inside names (第一、第二产业) and separates nothing.

    Examples
    --------
    >>> from dz_analysis.parameters.schema import parse_parameter
    >>> read_value(parse_parameter('regions: list[str] = []  # districts'), "德城区，甲、乙区")
    ['德城区', '甲、乙区']
    >>> read_value(parse_parameter('top: int = 5  # words'), "12")
    12
    """
    if parameter.type in LIST_TYPES:
        inner = parameter.type.removeprefix("list[").removesuffix("]")
        parts = [part.strip() for part in re.split("[,，]", text) if part.strip()]
        return [_read_plain(parameter, inner, part) for part in parts]
    return _read_plain(parameter, parameter.type, text.strip())


def names_read(sources: Iterable[str]) -> set[str]:
    r"""Return the names that the code of cells reads; lines for IPython alone (`%`, `!`) read none.

    Examples
    --------
    >>> sorted(names_read(["top = 1", "print(corpus)", "%matplotlib inline\nlen(top)", "a b"]))
    ['corpus', 'len', 'print', 'top']
    """
    nodes = (node for source in sources for node in ast.walk(_parse_cell(source)))
    return {n.id for n in nodes if isinstance(n, ast.Name) and type(n.ctx) is ast.Load}


def _parse_cell(source: str) -> ast.AST:
    """Parse a cell, without IPython's own lines if they are in the way; else as an empty one."""
    for text in (source, re.sub(r"(?m)^(\s*)[%!].*$", r"\1pass", source)):
        try:
            return ast.parse(text)
        except SyntaxError:
            continue
    return ast.Module([], [])


def refuse_unread(names: Iterable[str], read: Iterable[str]) -> None:
    """Refuse a parameter that neither a cell nor `start_run` reads.

    Raises
    ------
    ValueError
        Naming it.
    """
    for name in sorted(set(names) - {*read, LANGUAGE}):
        msg = say(
            "Parameter {name!r} is never read by the notebook, so setting it would do nothing.",
            name=name,
        )
        raise ValueError(msg)


def suggest(name: str, known: Iterable[str]) -> str:
    """Return a sentence that names the nearest known word, or nothing if none is near.

    Examples
    --------
    >>> suggest("regoins", ["corpus", "regions"])
    " Did you mean 'regions'?"
    """
    near = get_close_matches(name, sorted(known), n=1, cutoff=0.4)
    return say(" Did you mean {name!r}?", name=near[0]) if near else ""


def _read_plain(parameter: Parameter, kind: str, text: str) -> Any:
    if kind == "bool" and text.lower() in ("true", "false"):
        return text.lower() == "true"
    try:
        return {"str": str, "int": int, "float": float}[kind](text)
    except (KeyError, ValueError) as error:
        msg = say(
            "Parameter {parameter!r} ({meaning}) must be {kind}; got {text!r}.",
            parameter=parameter.name,
            meaning=parameter.meaning,
            kind=kind,
            text=text,
        )
        raise ValueError(msg) from error
