"""The first step of a notebook: refuse what is wrong, and name the run that its figures are of.

In: the notebook's name and its namespace, after papermill or a reader has set the parameters.
Out: a `Run`, which `save_figure` and `save_table` take whole: corpus, notebook and parameters. What
differs from the published parameters makes a run of its own, whoever started it.
"""

from __future__ import annotations

import ast
import hashlib
import json
import subprocess
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, TypedDict

from dz_analysis import paths
from dz_analysis.language import SOURCE, use_language
from dz_analysis.parameters.known import check_known
from dz_analysis.parameters.schema import LANGUAGE, Parameter, parse_parameter, published_parameters
from dz_analysis.parameters.values import check_values, names_read, refuse_unread

INJECTED = "# Parameters\n"  # how the cell begins that papermill puts in
LABEL_MOST = 60  # characters of a folder's name
UNSAVED = "+"  # behind a commit whose code has been changed since


class Run(TypedDict):
    """What `save_figure` and `save_table` are told of a run."""

    corpus: str
    notebook: str
    parameters: dict[str, Any]


def start_run(notebook: str, namespace: Mapping[str, Any]) -> Run:
    """Check the parameters of a notebook that is running, and speak its language from here on.

    Parameters
    ----------
    notebook : str
        Its name, such as ``"03_comparison"``.
    namespace : mapping of str to object
        ``globals()`` of the notebook: the parameters' values, and IPython's record ``In`` of the
        cells that ran, which tells what names papermill or a reader gave.

    Returns
    -------
    Run
        Corpus, notebook and all parameters but the corpus.

    Raises
    ------
    ValueError
        If a name is unknown, or a value is mistyped, out of bounds, not known to the corpus or
        never read; the nearest valid one is named.

    Examples
    --------
    >>> told = {"corpus": "dezhou", "regions": [], "top": 30, "harmless": []}
    >>> start_run("01_corpus", told)["parameters"]["top"]
    30
    """
    cells = [str(source) for source in namespace.get("In", ())]
    parameters = published_parameters(notebook) or _own_parameters(cells)
    known = {parameter.name for parameter in parameters}
    given = {name: namespace.get(name) for name in _names_given(cells) if name not in known}
    given |= {name: namespace[name] for name in known if name in namespace}
    values = check_values(parameters, given)
    if sources := _published_sources(notebook):
        refuse_unread(known, names_read(sources))
    check_known(parameters, values)
    told = {name: value for name, value in values.items() if name != "corpus"}
    use_language(str(values.get(LANGUAGE, SOURCE)))
    return Run(corpus=str(values.get("corpus", "")), notebook=notebook, parameters=told)


def changed_parameters(notebook: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters that differ from the published ones; the corpus is none of them.

    Of a notebook that the schema does not know, only a choice of districts counts.

    Examples
    --------
    >>> changed_parameters("01_corpus", {"top": 30, "regions": ["德城区"]})
    {'regions': ['德城区']}
    """
    published = {one.name: one.default for one in published_parameters(notebook)}
    if not published:
        published = {name: value for name, value in parameters.items() if name != "regions"}
        published["regions"] = []
    return {
        name: value
        for name, value in parameters.items()
        if name != "corpus" and value != published.get(name, value)
    }


def label_run(parameters: Mapping[str, Any]) -> str:
    """Return the name of a run's folder: nothing for the published one.

    Examples
    --------
    >>> label_run({}), label_run({"regions": ["德城区"], "top": 5})
    ('', 'regions=德城区 top=5')
    """
    parts = []
    for name in sorted(parameters):
        value = parameters[name]
        text = "+".join(map(str, value)) if isinstance(value, list) else str(value)
        parts.append(f"{name}={text}")
    whole = json.dumps(dict(parameters), ensure_ascii=False, sort_keys=True)
    return shorten_label(" ".join(parts), whole if _is_ambiguous(parameters.values()) else "")


def _is_ambiguous(values: Iterable[Any]) -> bool:
    """Return whether a text among the values holds a sign that joins values in a folder's name."""
    texts = [one for value in values for one in (value if isinstance(value, list) else [value])]
    return any(sign in one for one in texts if isinstance(one, str) for sign in "+= ")


def shorten_label(text: str, whole: str = "", *, limit: int = LABEL_MOST) -> str:
    """Return a text as the name of a folder: safe characters, and a hash where it is too long.

    Parameters
    ----------
    text : str
    whole : str
        What the hash is of, where the text alone does not tell it; then there is always one.
    limit : int
        Characters at most.

    Examples
    --------
    >>> shorten_label("top=5 regions=德城区+陵城区")
    'top=5 regions=德城区+陵城区'
    >>> shorten_label("../a:b")[:7]
    '.._a_b-'
    """
    safe = "".join(char if char.isalnum() or char in " =+._-" else "_" for char in text)
    if len(safe) <= limit and safe == text.rstrip(" .") and not whole:
        return safe
    return f"{safe[: limit - 9]}-{hashlib.sha256((whole or text).encode('utf-8')).hexdigest()[:8]}"


@cache
def find_commit() -> str:
    """Return the last commit that changed the code, with a ``+`` if it has been changed since.

    Returns
    -------
    str
        Forty hexadecimal digits, perhaps with a sign; blank where the code is no checkout.
    """
    if not (paths.PACKAGE.parent / ".git").exists():
        return ""
    commit = _ask_git("log", "-1", "--format=%H", "--", paths.PACKAGE.name)
    is_changed = commit and _ask_git("status", "--porcelain", "--", paths.PACKAGE.name)
    return commit + (UNSAVED if is_changed else "")


def _ask_git(*words: str) -> str:
    command = ["git", "-C", str(paths.PACKAGE.parent), *words]
    try:
        done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    except (OSError, subprocess.CalledProcessError):  # no git, or a folder that it does not trust
        return ""
    return done.stdout.strip()


def _names_given(cells: Iterable[str]) -> list[str]:
    """Return the names that the last cell of parameters and the last injected one assign."""
    held = list(cells)
    injected = [source for source in held if source.startswith(INJECTED)]
    annotated = [source for source in held if _is_parameters(source)]
    nodes = [node for source in (annotated[-1:] + injected[-1:]) for node in ast.parse(source).body]
    names: list[ast.expr] = [node.target for node in nodes if isinstance(node, ast.AnnAssign)]
    names += [target for n in nodes if isinstance(n, ast.Assign) for target in n.targets]
    return [name.id for name in names if isinstance(name, ast.Name)]


def _is_parameters(source: str) -> bool:
    """Return whether a cell holds annotated assignments and nothing else."""
    try:
        body = ast.parse(source).body
    except SyntaxError:  # a cell of IPython's own commands
        return False
    return bool(body) and all(isinstance(node, ast.AnnAssign) for node in body)


def _own_parameters(cells: Iterable[str]) -> tuple[Parameter, ...]:
    """Read the parameters of a notebook of one's own from the cell that was run."""
    last = [source for source in cells if _is_parameters(source)][-1:]
    lines = [line for source in last for line in source.splitlines() if line.strip()]
    return tuple(parse_parameter(line) for line in lines)


def _published_sources(notebook: str) -> list[str]:
    """Return the code of the published notebook but for its parameters; none if it is not here."""
    try:
        file = paths.notebooks_dir() / f"{notebook}.ipynb"
        cells = json.loads(file.read_text(encoding="utf-8"))["cells"]
    except (FileNotFoundError, ValueError):
        return []
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    tagged = [cell for cell in code if "parameters" not in cell["metadata"].get("tags", [])]
    return ["".join(cell["source"]) for cell in tagged]
