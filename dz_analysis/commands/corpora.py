"""Commands that make a corpus and measure it: `new`, `add`, `draft`, `ingest`."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer

from dz_analysis import paths
from dz_analysis.commands.ending import end
from dz_analysis.commands.options import PAGES, Engine, app
from dz_analysis.commands.steps import (
    make_project,
    measure_pages,
    tell_draft,
    tell_reviewed,
    tell_taken,
)
from dz_analysis.commands.terminal import err, say_documents, say_rows
from dz_analysis.language import label, say


@app.command("ingest")
def ingest_corpus(
    corpus: Annotated[str, typer.Argument(help="Folder name under data/.")],
    *,
    parquet: Annotated[
        bool | None,
        typer.Option(help="Write Parquet, or CSV; neither: as its tables are, CSV if it has none."),
    ] = None,
    jobs: Annotated[
        int | None, typer.Option(min=1, help="Processes; default: as many as processors.")
    ] = None,
    engine: Annotated[
        Engine, typer.Option(help="Processes of this machine, or a Dask cluster.")
    ] = Engine.LOCAL,
    scheduler: Annotated[
        str, typer.Option(help="Address of the cluster's scheduler, such as tcp://host:8786.")
    ] = "",
    seconds: Annotated[
        float, typer.Option(min=1, help="Set a document aside that takes longer.")
    ] = 120.0,
    megabytes: Annotated[
        int, typer.Option(min=64, help="Set a document aside that takes more memory.")
    ] = 1024,
) -> None:
    """Measure a corpus's pages: rebuild its six tables and its datapackage.json.

    What was measured before and has not changed is kept; a run that was ended goes on.
    """
    from dz_analysis.sharding import Bounds, Way

    make_project()
    bounds = Bounds(seconds=seconds, megabytes=megabytes)
    way = Way(jobs=jobs, bounds=bounds, engine=engine.value, scheduler=scheduler)
    made = measure_pages(corpus, as_parquet=parquet, way=way)
    for name, count in made.counts.items():
        rows = say("{n:7} rows", n=count)
        err.print(f"{label(name):13} {rows}", markup=False)
    tell_reviewed(made.reviewed)
    end(made.set_aside, left=bool(made.reviewed.left or made.reviewed.bad))


@app.command()
def new(
    corpus: Annotated[str, typer.Argument(help="Name of the new corpus.")],
    files: Annotated[list[Path], typer.Argument(help=PAGES)],
    title: Annotated[str, typer.Option(help="Title of the data package.")] = "",
) -> None:
    """Make a corpus of your own: copy the pages, draft its manifest, measure it.

    If it can't be made, nothing is left of it.
    """
    from dz_analysis import corpus as corpora
    from dz_analysis import draft

    make_project()
    tell_taken(files)
    corpora.create_corpus(corpus, files)
    try:
        drafted = draft.draft_manifest(corpus)
        made = measure_pages(corpus, title=title)
    except BaseException:  # Ctrl-C too
        shutil.rmtree(paths.corpus_dir(corpus), ignore_errors=True)
        raise
    tell_draft(corpus, drafted)
    told = say(
        "{documents} measured: {rows}. What to look at: dz doctor {corpus}.\n"
        "After corrections: dz ingest {corpus}. Notebooks and figures: dz run {corpus}.\n"
        "To look round in a notebook: dz lab {corpus}. More pages: dz add {corpus} FILES.",
        documents=say_documents(made.counts["documents"] - len(made.set_aside)),
        rows=say_rows(made.counts["observations"]),
        corpus=corpus,
    )
    err.print(told, markup=False)
    end(made.set_aside)


@app.command()
def add(
    corpus: Annotated[str, typer.Argument(help="Folder name under data/.")],
    files: Annotated[list[Path], typer.Argument(help=PAGES)],
) -> None:
    """Add pages to a corpus: copy them, draft their lines of the manifest, measure what is new."""
    from dz_analysis import draft

    tell_taken(files)
    drafted = draft.draft_manifest(corpus, files)
    tell_draft(corpus, drafted)
    made = measure_pages(corpus)
    told = say(
        "{documents} added: {n} in all, {rows}.",
        documents=say_documents(len(drafted.added)),
        n=made.counts["documents"],
        rows=say_rows(made.counts["observations"]),
    )
    err.print(told, markup=False)
    tell_reviewed(made.reviewed)
    end(made.set_aside, left=bool(made.reviewed.left or made.reviewed.bad))


@app.command("draft")
def draft_corpus(
    corpus: Annotated[str, typer.Argument(help="Folder name under data/.")],
    files: Annotated[
        list[Path] | None, typer.Argument(help="Pages to be added, as for dz add.")
    ] = None,
) -> None:
    """Draft a corpus's manifest anew: blanks are filled, what you wrote is kept, pages added."""
    from dz_analysis import draft

    tell_taken(files or [])
    made = draft.draft_manifest(corpus, files or [])
    tell_draft(corpus, made)
    told = say("Then measure the corpus: dz ingest {corpus}.", corpus=corpus)
    err.print(told, markup=False)
    end(made.unread)
