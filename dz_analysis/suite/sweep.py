"""Several runs side by side, as a file names them: one set of parameters a run.

In: a TOML file. Out: each run's notebooks, figures and pages in a folder of its own, and a table of
what ran. All runs are checked before the first begins; one that stops keeps what it has, and the
others go on.

    corpus = "provinces"       # of every run that names no other
    only = ["03", "09"]        # notebooks; all where it is left out

    [runs.north]
    regions = ["北京市", "天津市"]

    [runs.south]
    corpus = "dezhou"
    top = 5
"""

from __future__ import annotations

import csv
import shutil
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dz_analysis import paths
from dz_analysis.language import say
from dz_analysis.parameters import suggest
from dz_analysis.suite.runner import NotebookRun, Task, pick_notebooks, plan_run, run_tasks

KEYS = ("corpus", "only", "runs")
COLUMNS = ("run", "corpus", "notebook", "state", "folder")


@dataclass(frozen=True, slots=True)
class SweepRun:
    """One run of a sweep: its name, corpus and folder, and what each notebook shall be told."""

    name: str
    corpus: str
    folder: Path
    plan: Mapping[Path, Mapping[str, Any]]

    @property
    def tasks(self) -> list[Task]:
        """The notebooks to execute, with where their copies and figures go."""
        drawn = self.folder / "figures"
        return [
            (file, self.folder / file.name, values, drawn) for file, values in self.plan.items()
        ]


@dataclass(frozen=True, slots=True)
class Swept:
    """What became of one run of a sweep."""

    run: SweepRun
    notebooks: tuple[NotebookRun, ...]

    @property
    def is_done(self) -> bool:
        """Whether all its notebooks ran to their ends."""
        return all(one.is_done for one in self.notebooks)

    def rows(self) -> list[tuple[str, ...]]:
        """Return a row a notebook: run, corpus, notebook, state, folder in the project."""
        folder = self.run.folder.relative_to(paths.project_dir()).as_posix()
        return [
            (self.run.name, self.run.corpus, one.name, "done" if one.is_done else one.error, folder)
            for one in self.notebooks
        ]


def read_sweep(file: Path) -> tuple[SweepRun, ...]:
    """Read a file of runs and check every parameter of every notebook of every run.

    Parameters
    ----------
    file : pathlib.Path
        TOML, as above.

    Returns
    -------
    tuple of SweepRun
        In the order of the file.

    Raises
    ------
    ValueError
        If the file is no TOML, a key or parameter is wrong, or a run has no folder name.
    FileNotFoundError
        If there is no such file.
    """
    try:
        held = tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        msg = say("{file} is no TOML: {error}.", file=file, error=error)
        raise ValueError(msg) from error
    for key in held:
        if key not in KEYS:
            msg = say(
                "{file}: unknown key {key!r}; expected one of {keys}.",
                file=file,
                key=key,
                keys=KEYS,
            )
            raise ValueError(msg + suggest(key, KEYS))
    runs = held.get("runs")
    if not isinstance(runs, dict) or not all(isinstance(one, dict) for one in runs.values()):
        msg = say(
            "{file}: expected one table a run, such as [runs.north] with regions = […] under it.",
            file=file,
        )
        raise ValueError(msg)
    only = held.get("only", [])
    if not isinstance(only, list) or not all(isinstance(one, str) for one in only):
        msg = say(
            '{file}: only = {only!r}; expected a list of notebooks, such as ["03", "09"].',
            file=file,
            only=only,
        )
        raise ValueError(msg)
    files = pick_notebooks(only)
    return tuple(_plan(file, name, files, {**_corpus(held), **one}) for name, one in runs.items())


def _corpus(held: Mapping[str, Any]) -> dict[str, Any]:
    return {"corpus": held["corpus"]} if "corpus" in held else {}


def _plan(file: Path, name: str, files: list[Path], given: Mapping[str, Any]) -> SweepRun:
    if not paths.is_plain_name(name):
        msg = say(
            "{file}: {name!r} can't name a run: expected the name of a folder.",
            file=file,
            name=name,
        )
        raise ValueError(msg)
    corpus = given.get("corpus", "dezhou")
    try:
        plan = plan_run(files, {**given, "corpus": corpus})
    except ValueError as error:
        msg = say("{file}: run {name!r}: {error}", file=file, name=name, error=error)
        raise ValueError(msg) from error
    return SweepRun(name, corpus, sweep_dir(file) / name, plan)


def sweep_dir(file: Path) -> Path:
    """Return the folder of a sweep: one of its name in `build/sweeps/`."""
    return paths.build_dir("") / "sweeps" / file.stem


def run_sweep(
    runs: Iterable[SweepRun],
    *,
    jobs: int = 2,
    on_done: Callable[[NotebookRun], None] | None = None,
) -> tuple[Swept, ...]:
    """Run the notebooks of all runs, `jobs` side by side whichever run they are of.

    Returns
    -------
    tuple of Swept
        In the order of the runs; those that stopped are among them, with the copies kept.
    """
    held = tuple(runs)
    for run in held:
        shutil.rmtree(run.folder, ignore_errors=True)  # what a run with other values left there
        run.folder.mkdir(parents=True, exist_ok=True)
    done = iter(run_tasks([task for run in held for task in run.tasks], jobs, on_done))
    return tuple(Swept(run, tuple(next(done) for _ in run.plan)) for run in held)


def write_table(swept: Iterable[Swept], folder: Path) -> Path:
    """Write what ran as `runs.csv`, one row a notebook, and return the file."""
    file = folder / "runs.csv"
    with file.open("w", encoding="utf-8-sig", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(row for one in swept for row in one.rows())
    return file
