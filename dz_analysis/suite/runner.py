"""Run the notebooks: checked before, side by side, each to its own copy, failures named.

In: `notebooks/` and parameters. Out: executed notebooks in their normal form in a folder of the
run; figures and tables where `showing.export` puts them. Published notebooks are only rewritten
by `refresh_notebooks`.
"""

from __future__ import annotations

import json
import logging
import multiprocessing
import os
import re
import tempfile
import warnings
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from dz_analysis import paths
from dz_analysis.language import SOURCE, say, speak, translate_notebook
from dz_analysis.parameters import label_run, read_value, suggest
from dz_analysis.parameters.schema import LANGUAGE
from dz_analysis.suite.normal import normalise_notebook, write_notebook
from dz_analysis.suite.parameters import check_parameters, open_notebook, read_parameters

PATTERN = "[0-9][0-9]_*.ipynb"
KERNEL_STARTS = 3
# a notebook, its executed copy, the values that differ from its cell, and the folder of figures
Task = tuple[Path, Path, Mapping[str, Any], Path]


@dataclass(frozen=True, slots=True)
class NotebookRun:
    """One notebook's run: its name, the executed copy, and the error that stopped it, if any."""

    name: str
    file: Path
    error: str = ""

    @property
    def is_done(self) -> bool:
        """Whether the notebook ran to its end."""
        return not self.error


class NotebookError(RuntimeError):
    """Some notebooks stopped; `runs` holds them all, with the copies that were kept."""

    def __init__(self, runs: tuple[NotebookRun, ...]) -> None:
        self.runs = runs
        stopped = [run for run in runs if not run.is_done]
        lines = [f"{run.name}: {run.error} (kept as {run.file})" for run in stopped]
        super().__init__(f"{len(stopped)} of {len(runs)} notebooks stopped:\n" + "\n".join(lines))


def list_notebooks(folder: Path | None = None) -> tuple[Path, ...]:
    """Return the notebooks of a folder (``NN_topic.ipynb``), by default the published ones.

    Raises
    ------
    FileNotFoundError
        If there are no published ones; a run's own folder may be empty.
    """
    there = folder or paths.notebooks_dir()
    files = tuple(sorted(there.glob(PATTERN)))
    if not files and folder is None:
        msg = say(
            "No notebooks in {there}: expected files like 01_corpus.ipynb. A project folder (the "
            "checkout, or DZ_HOME) holds data/ and notebooks/.",
            there=there,
        )
        raise FileNotFoundError(msg)
    return files


def run_notebooks(
    corpus: str,
    *,
    parameters: Mapping[str, Any] | None = None,
    out: Path | None = None,
    figures: Path | None = None,
    jobs: int = 2,
    notebooks: Iterable[Path] | None = None,
    on_done: Callable[[NotebookRun], None] | None = None,
) -> tuple[NotebookRun, ...]:
    """Run the notebooks on a corpus, after checking every parameter of every notebook.

    Parameters
    ----------
    corpus : str
        Name of the corpus.
    parameters : mapping, optional
        Further parameters; each goes to the notebooks that have it.
    out : pathlib.Path, optional
        Folder of the executed copies; by default `build/<corpus>/`, or a folder of its own inside
        it when parameters are given.
    figures : pathlib.Path, optional
        Folder that holds one folder of figures a corpus; by default the published `figures/`, or
        one in the run's folder when parameters are given.
    jobs : int
        Notebooks run side by side.
    notebooks : iterable of pathlib.Path, optional
        By default the published ones.
    on_done : callable, optional
        Told of each run when it ends, for showing progress.

    Returns
    -------
    tuple of NotebookRun
        In the order of the notebooks.

    Raises
    ------
    ValueError
        Before anything runs, if a parameter is wrong (see `check_parameters`).
    NotebookError
        After all have run, if some stopped; their partial copies are kept and named.

    Notes
    -----
    Notebooks run in processes of their own, which are spawned: a script that calls this at its top
    level must do so under ``if __name__ == "__main__":``.
    """
    files = tuple(notebooks) if notebooks is not None else list_notebooks()
    given = {**(parameters or {}), "corpus": corpus}
    plan = plan_run(files, given)
    folder = out or paths.build_dir(corpus) / label_run(parameters or {})
    folder.mkdir(parents=True, exist_ok=True)
    # Only the published parameters may touch the published figures.
    drawn = figures or (folder / "figures" if parameters else paths.figures_dir(corpus).parent)
    tasks = [(file, folder / file.name, values, drawn) for file, values in plan.items()]
    runs = run_tasks(tasks, jobs, on_done)
    if not all(run.is_done for run in runs):
        raise NotebookError(runs)
    return runs


def plan_run(files: Iterable[Path], given: Mapping[str, Any]) -> dict[Path, dict[str, Any]]:
    """Check what is given against every notebook, and say what each shall be told.

    Raises
    ------
    ValueError
        If no notebook knows a name, or a notebook refuses a value; the notebook is named.
    """
    known = {file: {p.name for p in read_parameters(file)} for file in files}
    if known:
        _refuse_unknown(given, set().union(*known.values()))
    plan = {}
    for file in known:
        own = {name: value for name, value in given.items() if name in known[file]}
        try:
            plan[file] = check_parameters(file, own)
        except ValueError as error:
            msg = say("{file}: {error}", file=file.name, error=error)
            raise ValueError(msg) from error
    return plan


def _refuse_unknown(given: Iterable[str], known: Collection[str]) -> None:
    """Refuse the name of a parameter that no notebook has, and suggest the nearest one."""
    for name in given:
        if name not in known:
            msg = say(
                "No notebook has a parameter {name!r}; there are {known}.",
                name=name,
                known=sorted(known),
            )
            raise ValueError(msg + suggest(name, sorted(known)))


def read_settings(
    settings: Iterable[str], *, notebooks: Iterable[Path] | None = None
) -> dict[str, Any]:
    """Read parameters from a command line, each as the notebooks type it.

    Parameters
    ----------
    settings : iterable of str
        Such as ``"top=20"`` or ``"regions=德城区,陵城区"``.
    notebooks : iterable of pathlib.Path, optional
        By default the published ones.

    Returns
    -------
    dict of str to object

    Raises
    ------
    ValueError
        If a setting has no `=`, no notebook knows its name, or its value is of another type.
    """
    files = tuple(notebooks) if notebooks is not None else list_notebooks()
    known = {p.name: p for file in files for p in read_parameters(file)}
    values = {}
    for setting in settings:
        name, sign, text = setting.partition("=")
        if not sign:
            msg = say(
                "{setting!r} is no setting; expected name=value, such as top=20.", setting=setting
            )
            raise ValueError(msg)
        _refuse_unknown([name], known)
        values[name] = read_value(known[name], text)
    return values


def refresh_notebooks(names: Iterable[str] = (), *, jobs: int = 2) -> tuple[NotebookRun, ...]:
    """Run the published notebooks again with their published parameters and store the outputs.

    Parameters
    ----------
    names : iterable of str
        Names such as ``"01_corpus"``; all of them by default.
    jobs : int
        Notebooks run side by side.

    Returns
    -------
    tuple of NotebookRun

    Raises
    ------
    NotebookError
        If a notebook stops; the published file of that one is left as it was.
    """
    files = pick_notebooks(names)
    plan = plan_run(files, {})
    figures = paths.project_dir() / "figures"
    with tempfile.TemporaryDirectory() as folder:
        tasks = [(file, Path(folder) / file.name, plan[file], figures) for file in files]
        runs = run_tasks(tasks, jobs, None)
        for run, file in zip(runs, files, strict=True):
            if run.is_done:
                write_notebook(open_notebook(run.file), file)
    if not all(run.is_done for run in runs):
        raise NotebookError(runs)
    return tuple(NotebookRun(run.name, file) for run, file in zip(runs, files, strict=True))


def copy_for(corpus: str, name: str = "00_start") -> Path:
    """Return a copy of a notebook that is a corpus's own, for a person to work in.

    It stands in `build/<corpus>/lab/`, with the corpus as its parameter; one that is there already
    is left as it is.

    Raises
    ------
    ValueError
        If there is no such notebook.
    """
    (source,) = pick_notebooks([name])
    target = paths.build_dir(corpus) / "lab" / source.name
    if target.is_file():
        return target
    notebook = open_notebook(source)
    given = f"corpus: str = {json.dumps(corpus, ensure_ascii=False)}"
    for cell in notebook.cells:
        if "parameters" in cell.metadata.get("tags", []):
            cell.source = re.sub(r'(?m)^corpus: str = "[^"]*"', lambda _: given, cell.source)
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    target.parent.mkdir(parents=True, exist_ok=True)
    write_notebook(notebook, target)
    return target


def pick_notebooks(names: Iterable[str]) -> list[Path]:
    """Return the published notebooks named, in their order, or all if none is.

    Parameters
    ----------
    names : iterable of str
        Names or their numbers: ``"03_comparison"``, ``"03"``.

    Raises
    ------
    ValueError
        If there is no such notebook; the nearest is named.
    """
    there = {file.stem: file for file in list_notebooks()}
    numbers = {name[:2]: name for name in there}
    wanted = {numbers.get(name, name) for name in names} or set(there)
    unknown = wanted - set(there)
    if unknown:
        msg = say(
            "No notebook {unknown}; there are {there}.",
            unknown=sorted(unknown),
            there=sorted(there),
        )
        raise ValueError(msg + suggest(min(unknown), there))
    return [file for name, file in there.items() if name in wanted]


def execute_notebook(
    source: Path, target: Path, parameters: Mapping[str, Any], figures: Path
) -> NotebookRun:
    """Execute one notebook to its own copy, in its normal form, and say how it went.

    The copy's prose is in the language of the run.

    A notebook that stops leaves its copy with all outputs up to the cell that stopped it. A kernel
    that dies before the first cell is started again, `KERNEL_STARTS` times in all: its ports are
    chosen before it binds them, and another program may have taken one in between.
    """
    _quiet_kernel(figures)
    for _ in range(KERNEL_STARTS):
        problem = _execute(source, target, parameters)
        executed = open_notebook(target if target.is_file() else source)
        if not problem or _begun_cells(executed):
            break
    if problem:
        problem = f"{name_failure(executed)}: {problem}"
    with speak(_language_of(source, parameters)):
        told = translate_notebook(normalise_notebook(executed), source.stem)
    write_notebook(told, target)
    return NotebookRun(source.stem, target, problem)


def _language_of(source: Path, parameters: Mapping[str, Any]) -> str:
    """Return the language of a run: what it is told, or what the notebook's cell says."""
    own = {one.name: one.default for one in read_parameters(source)}
    return str(parameters.get(LANGUAGE, own.get(LANGUAGE, SOURCE)))


def _execute(source: Path, target: Path, parameters: Mapping[str, Any]) -> str:
    """Execute a notebook to its copy; return what stopped it, or blank."""
    import papermill  # imported by the worker alone: a command that runs nothing stays quick

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the libraries' own; the notebook's are its outputs
        try:
            papermill.execute_notebook(
                str(source),
                str(target),
                parameters=dict(parameters),
                progress_bar=False,
                # Kernels remark on their transport at every start and on being shut down.
                extra_arguments=["--log-level=CRITICAL"],
            )
        except papermill.PapermillExecutionError as error:
            return f"{error.ename}: {error.evalue}"
        except RuntimeError as error:  # the kernel died, or did not start
            return f"{type(error).__name__}: {error}"
    return ""


def name_failure(notebook: NotebookNode) -> str:
    """Return which cell of a notebook stopped: its number, id and first line.

    A kernel that died leaves no error; then it is the last cell that was begun.
    """
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    failed = [c for c in cells if any(o.output_type == "error" for o in c.outputs)]
    stopped = [*failed[:1], *_begun_cells(notebook)[-1:]]
    if not stopped:
        return "before the first cell"
    cell = stopped[0]
    first = next(iter(cell.source.strip().splitlines()), "")
    return f"cell [{cells.index(cell) + 1}] {cell.id} ({first})"


def _begun_cells(notebook: NotebookNode) -> list[NotebookNode]:
    """Return the code cells that a kernel began to execute."""
    cells = (cell for cell in notebook.cells if cell.cell_type == "code")
    return [cell for cell in cells if cell.metadata.get("papermill", {}).get("start_time")]


def run_tasks(
    tasks: Sequence[Task],
    jobs: int,
    on_done: Callable[[NotebookRun], None] | None,
) -> tuple[NotebookRun, ...]:
    """Execute notebooks side by side, each in a process of its own, and return them in order."""
    # Spawned, not forked: messaging threads of a parent (Jupyter, a test run) do not survive a
    # fork. Workers are processes because a run sets its own environment.
    context = multiprocessing.get_context("spawn")
    workers = max(1, min(jobs, len(tasks)))
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        futures: list[Future[NotebookRun]] = [pool.submit(execute_notebook, *t) for t in tasks]
        for future in as_completed(futures):
            if on_done:
                on_done(future.result())
        return tuple(future.result() for future in futures)


def _quiet_kernel(figures: Path) -> None:
    """Set what kernels inherit: where the project and its figures are, one thread, this Python."""
    os.environ["DZ_HOME"] = str(paths.project_dir())
    os.environ["DZ_FIGURES"] = str(figures)
    os.environ["OMP_NUM_THREADS"] = "1"
    # The kernel of this environment, whatever else the user has installed.
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"
    for name in ("papermill", "traitlets", "asyncio"):
        logging.getLogger(name).setLevel(logging.ERROR)
