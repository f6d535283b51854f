"""Commands that run notebooks: `run`, `sweep`, `lab`."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dz_analysis import paths
from dz_analysis.commands.ending import FAILED, end
from dz_analysis.commands.options import app
from dz_analysis.commands.steps import make_project, measure_pages, split_names
from dz_analysis.commands.terminal import err, print_table, progress, spell_path
from dz_analysis.language import SOURCE, language, say, say_count

if TYPE_CHECKING:
    from dz_analysis.suite import NotebookRun


@app.command()
def run(
    corpus: Annotated[str, typer.Argument(help="Folder name under data/.")] = "",
    settings: Annotated[
        list[str] | None, typer.Option("--set", "-p", help="A parameter: name=value.")
    ] = None,
    only: Annotated[
        str, typer.Option(help="Notebooks to run, by number or name: 03,09. All by default.")
    ] = "",
    jobs: Annotated[int, typer.Option(min=1, help="Notebooks run side by side.")] = 2,
) -> None:
    """Run the notebooks into build/CORPUS/ and write figures and the site.

    A corpus whose pages are at hand is measured first. Without a name, digests is measured from
    its pages, so that the whole way runs on every machine, and the notebooks run on dezhou. A run
    with parameters writes to a folder of its own, build/CORPUS/PARAMETERS/.
    """
    from dz_analysis import corpus as corpora
    from dz_analysis import suite

    make_project()
    files = suite.pick_notebooks(split_names(only))
    given = speak_in_notebooks(suite.read_settings(settings or [], notebooks=files))
    aside = [] if corpus else list(measure_pages("digests").set_aside)
    name = corpus or "dezhou"
    if corpora.load_corpus(name).has_texts:
        aside += measure_pages(name).set_aside
    try:
        with tell_of_runs(say("run {corpus}", corpus=name), len(files)) as tell:
            runs = suite.run_notebooks(
                name, parameters=given, jobs=jobs, notebooks=files, on_done=tell
            )
    except suite.NotebookError as error:
        raise ValueError(str(error)) from error
    told = given.get("lang", SOURCE)
    pages = suite.export_html(name, out=runs[0].file.parent, lang=told)
    told = say_count(
        len(runs),
        "{n} notebook ran; open {file}",
        "{n} notebooks ran; open {file}",
        file=spell_path(pages[0]),
    )
    err.print(told, markup=False)
    end(aside)


def speak_in_notebooks(given: dict[str, Any]) -> dict[str, Any]:
    """Return the parameters of a run, whose notebooks speak as the command does unless told."""
    return given if language() == SOURCE else {"lang": language(), **given}


@app.command()
def sweep(
    file: Annotated[
        Path, typer.Argument(help="TOML: corpus, only, and a table [runs.NAME] a run.")
    ],
    jobs: Annotated[int, typer.Option(min=1, help="Notebooks run side by side.")] = 2,
) -> None:
    """Run the notebooks with several sets of parameters, each into build/sweeps/FILE/RUN/.

    All runs are checked before the first begins. One that stops keeps what it has, the others go
    on; a table at the end, and runs.csv, say what ran. Ends with 2 if a notebook stopped.
    """
    from dz_analysis.suite import export_html
    from dz_analysis.suite import sweep as sweeps

    make_project()
    planned = sweeps.read_sweep(file)
    count = sum(len(run.plan) for run in planned)
    with tell_of_runs(say("sweep {name}", name=file.stem), count) as tell:
        swept = sweeps.run_sweep(planned, jobs=jobs, on_done=tell)
    table = sweeps.write_table(swept, sweeps.sweep_dir(file))
    print_table(sweeps.COLUMNS, (row for one in swept for row in one.rows()))
    err.print(say("The same table: {file}", file=spell_path(table)), markup=False)
    for one in swept:
        told = next(iter(one.run.plan.values())).get("lang", SOURCE)
        export_html(one.run.corpus, out=one.run.folder, lang=told)
    if not all(one.is_done for one in swept):
        raise typer.Exit(FAILED)


@contextmanager
def tell_of_runs(label: str, total: int) -> Iterator[Callable[[NotebookRun], None]]:
    """Tell of each notebook that ended: a bar on a terminal, elsewhere a line."""
    ended: list[str] = []
    with progress(label, total) as tick:

        def tell(run: NotebookRun) -> None:
            tick()
            ended.append(run.name)
            if not err.is_terminal:
                place = {"at": len(ended), "all": total, "name": run.name}
                done = say("{at} of {all}: {name} done", **place)
                stopped = say("{at} of {all}: {name} stopped", **place)
                err.print(done if run.is_done else stopped, markup=False)

        yield tell


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def lab(
    context: typer.Context,
    corpus: Annotated[str, typer.Argument(help="Folder name under data/.")] = "dezhou",
    *,
    browser: Annotated[bool, typer.Option(help="Open it, or only say where it is served.")] = True,
    as_root: Annotated[bool, typer.Option("--allow-root", help="Serve root too.")] = False,
) -> None:
    """Open the notebook 00_start for a corpus in JupyterLab, as a copy of your own.

    What follows the corpus (--port 8889, --ip 127.0.0.1) is JupyterLab's own.
    """
    from dz_analysis import corpus as corpora
    from dz_analysis import suite

    if not as_root and hasattr(os, "geteuid") and os.geteuid() == 0:
        asked = f"dz lab {corpus} --allow-root"
        msg = say("You are root, whom JupyterLab does not serve: {command}.", command=asked)
        raise ValueError(msg)
    make_project()
    corpora.load_corpus(corpus)
    file, home = suite.copy_for(corpus), paths.project_dir()
    err.print(say("{file} is yours to change.", file=spell_path(file)), markup=False)
    place = file.relative_to(home).as_posix()
    words = [f"--ServerApp.root_dir={home}", f"--LabApp.default_url=/lab/tree/{place}"]
    words += [] if browser else ["--no-browser"]
    words += ["--allow-root"] if as_root else []
    command = [sys.executable, "-m", "jupyterlab", *words, *context.args]
    done = subprocess.run(command, env={**os.environ, "DZ_HOME": str(home)}, check=False)
    raise typer.Exit(FAILED if done.returncode else 0)
