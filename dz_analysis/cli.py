"""The command `dz`: what a researcher types.

In: a command line.
Out: files, tables on the terminal, and an exit code: 0 done, 1 done but some documents were set
aside or corrections not applied (or, for `dz doctor`, are to be looked at), 2 could not be done,
3 done but for documents that met a fault of ours. Progress is drawn on a terminal only, and on
stderr; the traces of faults go to `build/dz.log`.
"""

from __future__ import annotations

import gc
import json
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from enum import StrEnum
from functools import partial
from io import TextIOWrapper
from itertools import compress, groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer
from rich.console import Console
from rich.markup import escape

from dz_analysis import paths
from dz_analysis.harmless import show_controls

# A room is loaded by the command that needs it: all of them take seconds, and most take one.
if TYPE_CHECKING:
    import pandas as pd
    from rich.text import Text

    from dz_analysis import draft, health, ingest
    from dz_analysis.doctor import Examination
    from dz_analysis.manifest import Document
    from dz_analysis.review import Reviewed
    from dz_analysis.sharding import Way
    from dz_analysis.suite import NotebookRun
    from dz_analysis.tables import Cells

app = typer.Typer(
    help="Indicator tables, comparisons and slogan statistics from Chinese local reports.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
# A file or a pipe has no edge to cut a table at.
FILE_WIDTH = 240


class _Terminal(Console):
    """A terminal that no text of a page steers: its control characters are shown, not obeyed."""

    def render_str(self, text: str, **options: Any) -> Text:
        """Return a text as it is printed."""
        return super().render_str(show_controls(text), **options)


out = _Terminal(soft_wrap=True, width=None if sys.stdout.isatty() else FILE_WIDTH)
err = _Terminal(stderr=True, soft_wrap=True)

# Columns that a terminal has no room for; every other form of output has them.
UNSHOWN = frozenset(
    [
        "observation",
        "paragraph",
        "start",
        "end",
        "raw_start",
        "raw_end",
        "indicator_id",
        "value_high",
        "region_code",
    ]
)
MOST = 200  # rows of an answer that a terminal is shown
K = TypeVar("K")
SET_ASIDE = 1
FAILED = 2
OUR_FAULT = 3
LOG_FORM = "%(levelname)s %(name)s: %(message)s"


class Script(StrEnum):
    """What `dz repair` does with traditional text."""

    SIMPLIFIED = "simplified"
    KEEP = "keep"


class Format(StrEnum):
    """How `dz extract` prints its rows."""

    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"
    XLSX = "xlsx"


class Engine(StrEnum):
    """Where `dz ingest` measures documents."""

    LOCAL = "local"
    DASK = "dask"


class Answers(StrEnum):
    """How `dz sql` prints its rows."""

    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"


class Grade(StrEnum):
    """How sure a row is: A sure, B likely, C to be looked at."""

    A = "A"
    B = "B"
    C = "C"


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

    _make_project()
    files = suite.pick_notebooks(_split(only))
    given = suite.read_settings(settings or [], notebooks=files)
    aside = [] if corpus else list(_measure("digests").set_aside)
    name = corpus or "dezhou"
    if corpora.load_corpus(name).has_texts:
        aside += _measure(name).set_aside
    try:
        with _told(f"run {name}", len(files)) as tell:
            runs = suite.run_notebooks(
                name, parameters=given, jobs=jobs, notebooks=files, on_done=tell
            )
    except suite.NotebookError as error:
        raise ValueError(str(error)) from error
    pages = suite.export_html(name, out=runs[0].file.parent)
    err.print(f"{len(runs)} notebooks ran; open {_relative(pages[0])}", markup=False)
    _end(aside)


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

    _make_project()
    planned = sweeps.read_sweep(file)
    with _told(f"sweep {file.stem}", sum(len(run.plan) for run in planned)) as tell:
        swept = sweeps.run_sweep(planned, jobs=jobs, on_done=tell)
    table = sweeps.write_table(swept, sweeps.sweep_dir(file))
    _print_rows_of(sweeps.COLUMNS, (row for one in swept for row in one.rows()))
    err.print(f"The same table: {_relative(table)}")
    for one in swept:
        export_html(one.run.corpus, out=one.run.folder)
    if not all(one.is_done for one in swept):
        raise typer.Exit(FAILED)


@app.command()
def table(
    corpus: Annotated[str, typer.Argument(help="Folder name under data/.")],
    name: Annotated[
        str, typer.Argument(help="by_place, by_year, numbers, or a table of figures/CORPUS/.")
    ] = "by_place",
    *,
    kind: Annotated[
        str, typer.Option("--to", help="docx, xlsx, tex, csv, dta or html; or as --out ends.")
    ] = "",
    to: Annotated[Path | None, typer.Option("--out", help="The file; else NAME.KIND here.")] = None,
    indicators: Annotated[
        list[str] | None, typer.Option("--indicator", "-i", help="Only this one; may be repeated.")
    ] = None,
    regions: Annotated[
        list[str] | None, typer.Option("--region", "-r", help="Only this place; may be repeated.")
    ] = None,
    period: Annotated[str, typer.Option(help="Of by_place: YYYY-MM/YYYY-MM.")] = "",
    caption: Annotated[str, typer.Option(help="What stands above it.")] = "",
    note: Annotated[str, typer.Option(help="What stands below it.")] = "",
    lang: Annotated[str, typer.Option(help="en or zh; default: DZ_LANG, or the locale.")] = "",
    sentences: Annotated[
        bool, typer.Option(help="Of numbers: add the sentence where the page is at hand.")
    ] = True,
) -> None:
    """Write a table for a paper: Word, Excel, LaTeX, CSV or Stata, with caption, note and source.

    by_place sets indicators against places, by_year against the years of one place (--region), as a
    yearbook does and in the units that people use (a workbook has the base units too); numbers is
    the long list. Any other name is a table of the notebooks, such as 02_indicators.
    """
    from dz_analysis.language import pick_language, speak
    from dz_analysis.suite import tables_for_papers

    asked = tables_for_papers.Asked(
        corpus,
        name,
        indicators=tuple(indicators or ()),
        regions=tuple(regions or ()),
        period=period,
        caption=caption,
        note=note,
        sentences=sentences,
    )
    file = to or Path(f"{name}.{kind or 'xlsx'}")
    with speak(lang or pick_language()):
        rows = tables_for_papers.write(asked, file, kind or file.suffix.removeprefix("."))
    err.print(f"{_relative(file)}: {_count(rows, 'row')}.", markup=False)


@app.command("check-paper")
def check_paper(
    file: Annotated[Path, typer.Argument(help="Manuscript: md, tex, docx or txt.")],
) -> None:
    """List the quoted numbers of a manuscript that no longer hold; ends with 1 if there are some.

    A mark follows a number: 12.8 亿元{{dz:dezhou/03_ranking value region=德城区}}, or the same in
    a comment: corpus and table of figures/, the column, and what tells the row.
    """
    from dz_analysis import manuscript

    quoted = manuscript.check_manuscript(file)
    off = [one for one in quoted if not one.holds]
    for one in off:
        words = f"{file.name}:{one.line}: {one.words} ({one.mark}): {one.problem}"
        out.print(words, markup=False)
    err.print(f"{_count(len(quoted), 'quoted number')}, {len(off)} of them do not hold.")
    if off:
        raise typer.Exit(SET_ASIDE)


def _make_project() -> None:
    """Make the project folder on first use where a wheel was installed, and say so."""
    if (made := paths.make_project()) is not None:
        err.print(f"{made} is a project folder now: data/ and notebooks/ were put there.")


def _split(names: str) -> list[str]:
    return [name.strip() for name in names.split(",") if name.strip()]


@contextmanager
def _told(label: str, total: int) -> Iterator[Callable[[NotebookRun], None]]:
    """Tell of each notebook that ended: a bar on a terminal, elsewhere a line."""
    ended: list[str] = []
    with _progress(label, total) as tick:

        def tell(run: NotebookRun) -> None:
            tick()
            ended.append(run.name)
            if not err.is_terminal:
                state = "done" if run.is_done else "stopped"
                err.print(f"{len(ended)} of {total}: {run.name} {state}", markup=False)

        yield tell


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

    _make_project()
    bounds = Bounds(seconds=seconds, megabytes=megabytes)
    way = Way(jobs=jobs, bounds=bounds, engine=engine.value, scheduler=scheduler)
    made = _measure(corpus, as_parquet=parquet, way=way)
    for name, count in made.counts.items():
        err.print(f"{name:13} {count:7} rows")
    _tell_reviewed(made.reviewed)
    _end(made.set_aside, left=bool(made.reviewed.left or made.reviewed.bad))


@app.command()
def archive(
    corpus: Annotated[str, typer.Argument(help="Folder name under data/.")],
    *,
    to: Annotated[
        Path | None, typer.Option("--output", "--out", help="The ZIP; else CORPUS.zip here.")
    ] = None,
    with_texts: Annotated[
        bool, typer.Option("--with-texts", help="Put its pages in too: mind whose text they are.")
    ] = False,
) -> None:
    """Pack a corpus for others: tables, notebooks, figures, lock, checksums, as an RO-Crate.

    Run its notebooks before (dz run). Whoever gets it proves it with dz verify CORPUS.zip.
    """
    from dz_analysis import archiving
    from dz_analysis.corpus import load_corpus

    file = to or Path(f"{corpus}.zip")
    count = archiving.make_archive(load_corpus(corpus), file, with_texts=with_texts)
    size = file.stat().st_size / 2**20
    err.print(f"{_relative(file)}: {_count(count, 'file')}, {size:.1f} MiB.", markup=False)
    err.print(f"Others prove it with dz verify {file.name}.", markup=False)


@app.command()
def verify(
    corpus: Annotated[
        str, typer.Argument(help="Folder name under data/; or an archive, a ZIP or its folder.")
    ],
    texts: Annotated[Path | None, typer.Option(help="Folder of its pages.")] = None,
) -> None:
    """Say table by table whether the shipped rows are what the code measures now.

    Of an archive (dz archive): whether its files, tables and figures hold, and where the pages are
    at hand whether they give the same rows. Ends with 0 if all holds, 1 if pages were set aside, 2
    if something does not hold or it cannot be opened; each is named with what to do.
    """
    from dz_analysis import archiving, ingest
    from dz_analysis import corpus as corpora

    if archiving.is_archive(corpus):
        _verify_archive(Path(corpus), texts)
        return
    report, measured = ingest.verify(corpora.load_corpus(corpus), folder=texts)
    _print_frame(report)
    if not report["same"].all():
        err.print(f"The shipped tables of {corpus!r} differ: rebuild them with dz ingest {corpus}.")
        raise typer.Exit(FAILED)
    _end(measured.set_aside)


def _verify_archive(file: Path, texts: Path | None) -> None:
    """Print what of an archive holds, and leave with the code."""
    from dz_analysis import archiving

    checks = archiving.verify_archive(file, texts=texts)
    for check in checks:
        mark = "[green]ok[/]   " if check.is_well else "[red]FAIL[/] "
        out.print(f"{mark}{escape(check.what):28} {escape(check.found)}")
        if not check.is_well:
            out.print(f"     → {check.cure}", markup=False)
    if not all(check.is_well for check in checks):
        raise typer.Exit(FAILED)
    if any(check.aside for check in checks):
        raise typer.Exit(SET_ASIDE)


@app.command()
def extract(
    files: Annotated[list[Path], typer.Argument(help="Pages, folders of pages, or - for stdin.")],
    *,
    region: Annotated[str, typer.Option(help="The place reported on.")] = "",
    published: Annotated[str, typer.Option(help="Date of publication, YYYY[-MM[-DD]].")] = "",
    period: Annotated[str, typer.Option(help="Months reported on, YYYY-MM/YYYY-MM.")] = "",
    title: Annotated[str, typer.Option(help="Title, where the page gives none.")] = "",
    form: Annotated[Format, typer.Option("--format", help="How to print.")] = Format.TABLE,
    why: Annotated[
        bool, typer.Option("--why", help="Add what decided each row: rule, word, line of the list.")
    ] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Add the numbers left out, with the reason; with --why.")
    ] = False,
    min_grade: Annotated[
        Grade, typer.Option(help="Leave out rows of a lower grade, and say how many.")
    ] = Grade.C,
    min_confidence: Annotated[
        float, typer.Option(min=0, max=1, help="Leave out rows less sure, and say how many.")
    ] = 0.0,
    doubtful_last: Annotated[
        bool, typer.Option("--doubtful-last", help="Put rows of grade C behind all others.")
    ] = False,
    to: Annotated[Path | None, typer.Option("--out", help="Write here instead.")] = None,
) -> None:
    """Print every number that measures something, one row each, with how sure it is."""
    from dz_analysis import measure
    from dz_analysis.manifest import Document, check_document

    if everything and not why:
        msg = "--all tells why numbers were left out: add --why."
        raise ValueError(msg)
    words = {"region": region, "published": published, "period": period, "title": title}
    given: dict[str, Any] = {name: value for name, value in words.items() if value}
    check_document(Document("", "", **given))
    sources = list(_documents(files))
    rows: list[Cells] = []
    aside, read_pages = [], 0
    with _progress("read", len(sources)) as tick:
        for document, read in sources:
            named = replace(document, **given)
            try:
                rows += measure.extract_rows(read(), document=named, left_out=everything, why=why)
                read_pages += 1
            except Exception as error:
                aside.append(_set_aside(document, error))
            tick()
    if not read_pages:
        _end(aside, code=FAILED)
    more = measure.WHY if why else ()
    rows = _take_sure(rows, grade=min_grade, confidence=min_confidence)
    rows = _put_last(rows) if doubtful_last else rows
    _print_rows(rows, more, form, to)
    _end(aside)


@app.command()
def repair(
    files: Annotated[list[Path], typer.Argument(help="Pages, folders of pages, or - for stdin.")],
    page: Annotated[
        bool, typer.Option("--page", help="The whole page, furniture and all.")
    ] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="What was changed, not the text.")
    ] = False,
    html: Annotated[
        Path | None, typer.Option(help="Write the page with every change marked.")
    ] = None,
    script: Annotated[Script, typer.Option(help="Convert traditional text or keep it.")] = (
        Script.SIMPLIFIED
    ),
) -> None:
    """Make damaged pages whole and print their articles; the ledger knows every change."""
    from dz_analysis import reading

    sources = list(_documents(files))
    if html is not None and len(sources) != 1:
        msg = f"--html takes one page, found {len(sources)}: run it once a page."
        raise ValueError(msg)
    aside = []
    for document, read in sources:
        try:
            made = reading.read_page(read(), name=document.file, script=script.value)
        except Exception as error:
            aside.append(_set_aside(document, error))
            continue
        if html is not None:
            html.write_text(reading.show_changes(made), encoding="utf-8", newline="")
        if explain:
            _print_frame(reading.count_repairs(made), title=document.file)
            _print_frame(reading.explain(made), title="chosen by context")
            _print_frame(reading.count_furniture(made), title="set apart from the article")
        elif html is None:
            _write(reading.repaired_text(made) if page else made.text)
    _end(aside, code=FAILED if len(aside) == len(sources) else SET_ASIDE)


@app.command()
def sql(
    question: Annotated[str, typer.Argument(help="One SELECT, in DuckDB's SQL.")],
    corpus: Annotated[str, typer.Option(help="Folder name under data/.")] = "dezhou",
    form: Annotated[Answers, typer.Option("--format", help="How to print.")] = Answers.TABLE,
    to: Annotated[Path | None, typer.Option("--out", help="Write here instead.")] = None,
) -> None:
    """Answer a question over a corpus's tables: documents, observations, terms and the others.

    The columns are those of data/DICTIONARY.md. The tables are read, and nothing else.
    """
    from dz_analysis import query
    from dz_analysis.corpus import load_corpus

    answer = query.ask_tables(load_corpus(corpus), question)
    if form is Answers.TABLE and to is None:
        shown = [[query.spell_cell(cell) for cell in row] for row in answer.rows[:MOST]]
        _print_rows_of(answer.columns, shown)
        if left := len(answer.rows) - len(shown):
            err.print(f"… and {_count(left, 'row')} more: --format csv --out rows.csv has all.")
        return
    _write(query.spell_answer(answer, "jsonl" if form is Answers.JSONL else "csv"), to)


@app.command("review")
def review_corpus(
    corpus: Annotated[str, typer.Argument(help="Folder name under data/.")],
    most: Annotated[int, typer.Option("--most", min=1, help="Rows on a terminal.")] = 30,
    form: Annotated[Answers, typer.Option("--format", help="How to print.")] = Answers.TABLE,
    to: Annotated[Path | None, typer.Option("--out", help="Write here instead.")] = None,
) -> None:
    """List the rows to look at first: those that are doubtful and matter, with reasons.

    What you find goes into data/CORPUS/corrections.csv (document, start, quote, field, was, is,
    reason, reader, date); dz ingest applies it. A row that is right has the field row and is right.
    """
    from dz_analysis import tables, triage
    from dz_analysis.corpus import load_corpus

    loaded = load_corpus(corpus)
    listed = triage.list_for_review(loaded.table("observations"), loaded.table("documents"))
    if form is not Answers.TABLE or to is not None:
        _write(tables.spell_rows(listed, "jsonl" if form is Answers.JSONL else "csv"), to)
        return
    shown = [name for name in listed if name not in UNSHOWN - {"start"}]  # a correction asks for it
    _print_frame(tables.spell_values(listed.head(most))[shown])
    if left := len(listed) - most:
        more = f"… and {_count(left, 'row')} more: --most {len(listed)}, or --format csv has all."
        err.print(more if left > 0 else "")


_PAGES = "Pages (txt, html, mht, docx, pdf), folders in folders, patterns, zip archives."


@app.command()
def new(
    corpus: Annotated[str, typer.Argument(help="Name of the new corpus.")],
    files: Annotated[list[Path], typer.Argument(help=_PAGES)],
    title: Annotated[str, typer.Option(help="Title of the data package.")] = "",
) -> None:
    """Make a corpus of your own: copy the pages, draft its manifest, measure it.

    If it can't be made, nothing is left of it.
    """
    from dz_analysis import corpus as corpora
    from dz_analysis import draft

    _make_project()
    _tell_taken(files)
    corpora.create_corpus(corpus, files)
    try:
        drafted = draft.draft_manifest(corpus)
        made = _measure(corpus, title=title)
    except BaseException:  # Ctrl-C too
        shutil.rmtree(paths.corpus_dir(corpus), ignore_errors=True)
        raise
    _tell_draft(corpus, drafted)
    read = _count(made.counts["documents"] - len(made.set_aside), "document")
    rows = _count(made.counts["observations"], "row")
    err.print(f"{read} measured: {rows}. What to look at: dz doctor {corpus}.", markup=False)
    err.print(f"After corrections: dz ingest {corpus}. Notebooks and figures: dz run {corpus}.")
    err.print(f"To look round in a notebook: dz lab {corpus}. More pages: dz add {corpus} FILES.")
    _end(made.set_aside)


@app.command()
def add(
    corpus: Annotated[str, typer.Argument(help="Folder name under data/.")],
    files: Annotated[list[Path], typer.Argument(help=_PAGES)],
) -> None:
    """Add pages to a corpus: copy them, draft their lines of the manifest, measure what is new."""
    from dz_analysis import draft

    _tell_taken(files)
    drafted = draft.draft_manifest(corpus, files)
    _tell_draft(corpus, drafted)
    made = _measure(corpus)
    rows = _count(made.counts["observations"], "row")
    new = f"{_count(len(drafted.added), 'document')} added"
    err.print(f"{new}: {made.counts['documents']} in all, {rows}.", markup=False)
    _tell_reviewed(made.reviewed)
    _end(made.set_aside, left=bool(made.reviewed.left or made.reviewed.bad))


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
        msg = f"You are root, whom JupyterLab does not serve: dz lab {corpus} --allow-root."
        raise ValueError(msg)
    _make_project()
    corpora.load_corpus(corpus)
    file, home = suite.copy_for(corpus), paths.project_dir()
    err.print(f"{_relative(file)} is yours to change.", markup=False)
    place = file.relative_to(home).as_posix()
    words = [f"--ServerApp.root_dir={home}", f"--LabApp.default_url=/lab/tree/{place}"]
    words += [] if browser else ["--no-browser"]
    words += ["--allow-root"] if as_root else []
    command = [sys.executable, "-m", "jupyterlab", *words, *context.args]
    done = subprocess.run(command, env={**os.environ, "DZ_HOME": str(home)}, check=False)
    raise typer.Exit(FAILED if done.returncode else 0)


@app.command("draft")
def draft_corpus(
    corpus: Annotated[str, typer.Argument(help="Folder name under data/.")],
    files: Annotated[
        list[Path] | None, typer.Argument(help="Pages to be added, as for dz add.")
    ] = None,
) -> None:
    """Draft a corpus's manifest anew: blanks are filled, what you wrote is kept, pages added."""
    from dz_analysis import draft

    _tell_taken(files or [])
    made = draft.draft_manifest(corpus, files or [])
    _tell_draft(corpus, made)
    err.print(f"Then measure the corpus: dz ingest {corpus}.")
    _end(made.unread)


def _tell_taken(files: Iterable[Path]) -> None:
    """Say what of that which was named is left out, and which pages stand in several forms."""
    from dz_analysis.intake import take_in

    with take_in(files) as taken:
        for words in taken.left:
            err.print(f"left out: {words}", markup=False)
        for names in taken.twins:
            told = "if they are one document, strike all lines but one of documents.csv"
            err.print(f"{' and '.join(names)} are called alike: {told}.", markup=False)


def _tell_draft(corpus: str, made: draft.Draft) -> None:
    """Say what a draft holds, and where."""
    manifest = _relative(paths.corpus_dir(corpus) / "documents.csv")
    parts = [f"{manifest} lists {_count(made.documents, 'document')}"]
    if made.added:
        parts.append(f"{len(made.added)} of them new")
    if made.kept:
        parts.append(f"{_count(made.kept, 'field')} kept where the page says otherwise")
    err.print(", ".join(parts) + ".", markup=False)
    err.print(
        "Correct it in a spreadsheet or an editor: what you write counts (column region); beside "
        "each field stands what of the page it was read from (column region_from)."
    )


@app.command("doctor")
def run_doctor(
    corpus: Annotated[
        str, typer.Argument(help="A corpus, or any folder of pages; none: the machine.")
    ] = "",
    again: Annotated[
        bool, typer.Option("--again", help="Measure the pages anew where there are tables.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the documents of a corpus to look at, worst first, why, and what to do.

    Ends with 0 if there is none, 1 if there are some, 2 if the corpus cannot be opened, 3 if a
    document met a fault of ours. Without a corpus: check fonts, kernels, word lists and corpora,
    and end with 2 if one fails.
    """
    from dz_analysis import doctor, health

    if not corpus:
        _examine_machine(as_json=as_json)
        return
    with _progress(f"examine {corpus}", 0) as tick:
        found = doctor.examine_corpus(corpus, again=again, tick=tick)
    if as_json:
        _write(
            json.dumps(health.describe_complaints(found.complaints), ensure_ascii=False, indent=2)
        )
    else:
        _print_complaints(corpus, found)
    if found.complaints:
        raise typer.Exit(OUR_FAULT if found.has_faults else SET_ASIDE)


def _examine_machine(*, as_json: bool) -> None:
    from dz_analysis import doctor

    findings = doctor.examine()
    if as_json:
        _write_json([asdict(one) for one in findings])
    for finding in [] if as_json else findings:
        mark = "[green]ok[/]   " if finding.is_well else "[red]FAIL[/] "
        out.print(f"{mark}{finding.check:16} {escape(finding.found)}")
        if not finding.is_well:
            out.print(f"     {finding.cure}\n     {finding.cure_zh}")
    if not all(finding.is_well for finding in findings):
        raise typer.Exit(FAILED)


def _print_complaints(corpus: str, found: Examination) -> None:
    """Print the documents to look at, then those with blank fields only."""
    from dz_analysis import health

    of_document = groupby(found.complaints, key=lambda one: one.document)
    listed = [(document, list(complaints)) for document, complaints in of_document]
    grave = [pair for pair in listed if pair[1][0].weight > health.MINOR]
    read = f"{_count(found.documents, 'document')}, {found.read} read ({_count(found.rows, 'row')})"
    look = f"{len(grave)} to look at, the worst first" if grave else "none to look at"
    out.print(f"{corpus}: {read}, {look}.", markup=False)
    for document, complaints in grave:
        out.print(f"\n{document}", markup=False, style="bold")
        for cure, reasons in _gather((one.cure, one.reason) for one in complaints).items():
            out.print("\n".join(f"  {reason}" for reason in reasons), markup=False)
            out.print(f"    → {cure}", markup=False)
    _print_blanks(one for _, complaints in listed[len(grave) :] for one in complaints)
    if not found.has_manifest:
        hint = f"dz new NAME {corpus} makes a corpus of its pages, and drafts one"
        out.print(f"\n{corpus} holds no documents.csv: {hint}.", markup=False)


def _print_blanks(complaints: Iterable[health.Complaint]) -> None:
    """Print which documents have blank fields, field by field."""
    gathered = _gather(((one.reason, one.cure), one.document) for one in complaints)
    for (reason, cure), documents in gathered.items():
        out.print(f"\n{reason}: {', '.join(documents)}\n    → {cure}", markup=False)


def _gather(pairs: Iterable[tuple[K, str]]) -> dict[K, list[str]]:
    """Gather the second parts of pairs under the first, in the order in which they came."""
    gathered: dict[K, list[str]] = {}
    for key, value in pairs:
        gathered.setdefault(key, []).append(value)
    return gathered


def _tell_reviewed(reviewed: Reviewed) -> None:
    """Say what became of the corrections by readers, and which of them were not applied."""
    if not (reviewed.outcomes or reviewed.bad):
        return
    err.print(f"corrections: {reviewed.say_counts()}.", markup=False)
    for one in (*reviewed.bad, *reviewed.left):
        err.print(f"corrections.csv {one}", markup=False)


def _measure(
    corpus: str, *, as_parquet: bool | None = None, title: str = "", way: Way | None = None
) -> ingest.Ingested:
    from dz_analysis import corpus as corpora
    from dz_analysis import ingest

    loaded = corpora.load_corpus(corpus)
    with _progress(f"measure {corpus}", len(loaded.documents)) as tick:
        return ingest.ingest(loaded, way=way, tick=tick, as_parquet=as_parquet, title=title)


def _relative(file: Path) -> str:
    """Spell a path as it is typed from here, where it lies below the working folder."""
    here = Path.cwd()
    return str(file.relative_to(here) if file.is_relative_to(here) else file)


def _documents(files: list[Path]) -> Iterator[tuple[Document, Callable[[], bytes]]]:
    """Yield each page with a way to read it; a folder's manifest describes its pages."""
    from dz_analysis import corpus as corpora
    from dz_analysis.manifest import Document
    from dz_analysis.reading import read_file
    from dz_analysis.reading.bounds import FILE

    for file in files:
        if str(file) == "-":
            yield Document("stdin", "-"), partial(sys.stdin.buffer.read, FILE.most + 1)
        elif file.is_dir():
            for document in corpora.documents_in(file):
                yield document, partial(corpora.page_bytes, document, file)
        elif file.is_file():
            yield Document(file.stem, file.name), partial(read_file, file)
        else:
            msg = f"No such page: {file}. Expected a file, a folder of pages, or - for stdin."
            raise FileNotFoundError(msg)


def _take_sure(rows: list[Cells], *, grade: Grade, confidence: float) -> list[Cells]:
    """Return the rows that are sure enough, and those that were not judged; say what is left."""
    if grade is Grade.C and not confidence:
        return rows
    from dz_analysis import tables
    from dz_analysis.comparing.confidence import find_least, flag_doubtful, say_doubtful

    least = max(find_least(grade), confidence)
    frame = tables.frame_cells(rows, "observations")
    err.print(f"{say_doubtful(frame[frame['grade'] != ''], min_confidence=least)}.")
    return list(compress(rows, ~flag_doubtful(frame, min_confidence=least)))


def _put_last(rows: list[Cells]) -> list[Cells]:
    from dz_analysis.comparing.confidence import DOUBTFUL

    return sorted(rows, key=lambda row: row["grade"] == DOUBTFUL)


def _print_rows(rows: list[Cells], more: Sequence[str], form: Format, to: Path | None) -> None:
    from dz_analysis import tables

    columns = [*tables.TABLES["observations"].names, *more]
    if form is Format.XLSX:
        if to is None:
            msg = "A workbook can't be printed: name a file with --out rows.xlsx."
            raise ValueError(msg)
        from dz_analysis.publishing import write_table

        write_table(tables.frame_cells(rows, "observations", more), to)
    elif form is Format.TABLE and to is None:
        shown = [name for name in columns if name not in UNSHOWN]
        _print_rows_of(shown, ([tables.spell_cell(row[name]) for name in shown] for row in rows))
    else:
        text = tables.spell_cells(rows, columns, "jsonl" if form is Format.JSONL else "csv")
        _write(text, to)


def _print_frame(frame: pd.DataFrame, *, title: str = "") -> None:
    _print_rows_of(list(frame.columns), frame.itertuples(index=False), title=title)


def _print_rows_of(
    columns: Iterable[str], rows: Iterable[Iterable[object]], *, title: str = ""
) -> None:
    from rich.table import Table

    shown = Table(*(escape(column) for column in columns), title=escape(title) or None)
    for row in rows:
        shown.add_row(*(escape(str(cell)) for cell in row))
    out.print(shown)


def _write(text: str, to: Path | None = None) -> None:
    """Write text as it stands, in UTF-8 whatever the terminal's charset.

    On a terminal control characters are shown, not obeyed; a file or a pipe gets them as they are.
    """
    if to is not None:
        to.write_text(text, encoding="utf-8", newline="")
        return
    ended = text if text.endswith("\n") else text + "\n"
    shown = show_controls(ended) if sys.stdout.isatty() else ended
    sys.stdout.buffer.write(shown.encode("utf-8"))
    sys.stdout.buffer.flush()


def _write_json(content: object) -> None:
    _write(json.dumps(content, ensure_ascii=False, indent=2))


def _set_aside(document: Document, error: Exception) -> ingest.SetAside:
    """Say why a page could not be read, and log it where the fault is ours."""
    from dz_analysis import ingest

    one = ingest.set_aside(document, error)
    ingest.log_faults([one])
    return one


def _end(aside: Sequence[ingest.SetAside], code: int = SET_ASIDE, *, left: bool = False) -> None:
    """Name what was set aside, bad pages apart from faults of ours, and leave with the code.

    So it leaves too where corrections were left out (`left`).
    """
    for one in aside:
        label = "our fault" if one.is_fault else "set aside"
        err.print(f"{label}: {one.document} ({one.file}): {one.reason}", markup=False)
    faults = sum(one.is_fault for one in aside)
    if faults:
        err.print(
            f"{_count(faults, 'document')} met a fault of ours, not of the page; the rest went on. "
            f"Please report it with the log, {_relative(_log_file())}, and the page's address.",
            markup=False,
        )
    if aside:
        raise typer.Exit(OUR_FAULT if faults and code == SET_ASIDE else code)
    if left:
        raise typer.Exit(SET_ASIDE)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"


def _log_file() -> Path:
    """Return where the traces of faults go: the project's folder `build`, or the working folder."""
    try:
        return paths.build_dir("") / "dz.log"
    except FileNotFoundError:
        return Path("dz.log")


class _LogFile(logging.FileHandler):
    """A log file whose folder is made when its first line is written."""

    def _open(self) -> TextIOWrapper:
        Path(self.baseFilename).parent.mkdir(parents=True, exist_ok=True)
        return super()._open()


@contextmanager
def _logged() -> Iterator[None]:
    """Write what is logged to the log file, which is made with the first line of a command."""
    handler = _LogFile(_log_file(), mode="w", encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter(LOG_FORM))
    ours = logging.getLogger("dz_analysis")
    ours.addHandler(handler)
    try:
        yield
    finally:
        ours.removeHandler(handler)
        handler.close()


@contextmanager
def _progress(label: str, total: int) -> Iterator[Callable[[], None]]:
    if not err.is_terminal:
        yield lambda: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task(escape(show_controls(label)), total=total)
        yield lambda: bar.advance(task)


def main() -> None:
    """Run the command; a fault that has a cure is told in words, not as a traceback."""
    # Word lists and tables are many objects that live on: looking for rings in them is idle work.
    gc.set_threshold(100_000, 20, 20)
    try:
        with _logged():
            app()
    except (FileNotFoundError, ValueError) as error:
        err.print(f"dz: {error}", markup=False)
        sys.exit(FAILED)
    except OSError as error:
        from dz_analysis.sharding import say_cure

        told = f"Could not use {error.filename or 'a file'}: {say_cure(error)}."
        err.print(f"dz: {told}", markup=False)
        sys.exit(FAILED)


if __name__ == "__main__":
    main()
