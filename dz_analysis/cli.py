"""The command `dz`: what a researcher types.

In: a command line.
Out: files, tables on the terminal, and an exit code: 0 done, 1 done but some documents were set
aside, 2 could not be done. Progress is drawn on a terminal only, and on stderr.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from dz_analysis import corpus as corpora
from dz_analysis import datapackage, doctor, ingest, measure, reading, tables
from dz_analysis.comparing.confidence import (
    find_least,
    flag_doubtful,
    put_doubtful_last,
    say_doubtful,
)
from dz_analysis.corpus import Document

app = typer.Typer(
    help="Indicator tables, comparisons and slogan statistics from Chinese local reports.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
# A file or a pipe has no edge to cut a table at.
FILE_WIDTH = 240
out = Console(soft_wrap=True, width=None if sys.stdout.isatty() else FILE_WIDTH)
err = Console(stderr=True, soft_wrap=True)

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
SET_ASIDE = 1
FAILED = 2


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
    jobs: Annotated[int, typer.Option(min=1, help="Notebooks run side by side.")] = 2,
) -> None:
    """Run the notebooks into build/CORPUS/ and write figures and the site.

    A corpus whose pages are at hand is measured first. Without a name, digests is measured from
    its pages, so that the whole way runs on every machine, and the notebooks run on dezhou.
    """
    from dz_analysis import suite  # Jupyter's own packages take seconds that only a run needs

    aside = [] if corpus else list(_measure("digests").set_aside)
    name = corpus or "dezhou"
    given = suite.read_settings(settings or [])
    if corpora.load_corpus(name).has_texts:
        aside += _measure(name).set_aside
    try:
        with _progress(f"run {name}", len(suite.list_notebooks())) as tick:
            runs = suite.run_notebooks(name, parameters=given, jobs=jobs, on_done=lambda _: tick())
    except suite.NotebookError as error:
        raise ValueError(str(error)) from error
    pages = suite.export_html(name, out=runs[0].file.parent)
    err.print(f"{len(runs)} notebooks ran; open {_relative(pages[0])}", markup=False)
    _end(aside)


@app.command("ingest")
def ingest_corpus(
    corpus: Annotated[str, typer.Argument(help="Folder name under data/.")],
    parquet: Annotated[bool, typer.Option(help="Write Parquet instead of CSV.")] = False,
) -> None:
    """Measure a corpus's pages: rebuild its six tables and its datapackage.json."""
    made = _measure(corpus, as_parquet=parquet)
    for name, frame in made.tables.items():
        err.print(f"{name:13} {len(frame):7} rows")
    _end(made.set_aside)


@app.command()
def verify(
    corpus: Annotated[str, typer.Argument(help="Folder name under data/.")],
    texts: Annotated[Path | None, typer.Option(help="Folder of its pages.")] = None,
) -> None:
    """Say table by table whether the shipped rows are what the code measures now."""
    report, measured = ingest.verify(corpora.load_corpus(corpus), folder=texts)
    _print_frame(report)
    if not report["same"].all():
        err.print(f"The shipped tables of {corpus!r} differ: rebuild them with dz ingest {corpus}.")
        raise typer.Exit(FAILED)
    _end(measured.set_aside)


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
    if everything and not why:
        msg = "--all tells why numbers were left out: add --why."
        raise ValueError(msg)
    given = {"region": region, "published": published, "period": period, "title": title}
    sources = list(_documents(files))
    frames, aside = [], []
    with _progress("read", len(sources)) as tick:
        for document, read in sources:
            named = replace(document, **{k: v for k, v in given.items() if v})
            try:
                frames.append(measure.extract(read(), document=named, left_out=everything))
            except Exception as error:
                reason = f"{type(error).__name__}: {error}"
                aside.append(ingest.SetAside(document.id, document.file, reason))
            tick()
    if not frames:
        _end(aside, code=FAILED)
    rows = pd.concat(frames, ignore_index=True)
    rows = _take_sure(rows, least=max(find_least(min_grade), min_confidence))
    rows = put_doubtful_last(rows) if doubtful_last else rows
    _print_rows(rows if why else rows.drop(columns="why"), form, to)
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
    sources = list(_documents(files))
    if html is not None and len(sources) != 1:
        msg = f"--html takes one page, found {len(sources)}: run it once a page."
        raise ValueError(msg)
    aside = []
    for document, read in sources:
        try:
            made = reading.read_page(read(), name=document.file, script=script.value)
        except (OSError, ValueError) as error:
            aside.append(ingest.SetAside(document.id, document.file, str(error)))
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
def new(
    corpus: Annotated[str, typer.Argument(help="Name of the new corpus.")],
    files: Annotated[list[Path], typer.Argument(help="Pages: txt, html, mht, docx, pdf.")],
    title: Annotated[str, typer.Option(help="Title of the data package.")] = "",
) -> None:
    """Make a corpus of your own: copy the pages, write its manifest, measure it."""
    made = corpora.create_corpus(corpus, files)
    err.print(f"{made.folder.name}/documents.csv lists {len(made.documents)} documents.")
    _end(_measure(corpus, title=title).set_aside)


@app.command("doctor")
def run_doctor() -> None:
    """Check fonts, kernels, word lists and corpora; each failure with its cure."""
    findings = doctor.examine()
    for finding in findings:
        mark = "[green]ok[/]   " if finding.is_well else "[red]FAIL[/] "
        out.print(f"{mark}{finding.check:16} {finding.found}")
        if not finding.is_well:
            out.print(f"     {finding.cure}\n     {finding.cure_zh}")
    if not all(finding.is_well for finding in findings):
        raise typer.Exit(FAILED)


def _measure(corpus: str, *, as_parquet: bool = False, title: str = "") -> ingest.Ingested:
    loaded = corpora.load_corpus(corpus)
    with _progress(f"measure {corpus}", len(loaded.documents)) as tick:
        made = ingest.ingest(loaded, tick=tick, as_parquet=as_parquet)
    datapackage.write_datapackage(loaded, title=title)
    return made


def _relative(file: Path) -> str:
    """Spell a path as it is typed from here, where it lies below the working folder."""
    here = Path.cwd()
    return str(file.relative_to(here) if file.is_relative_to(here) else file)


def _documents(files: list[Path]) -> Iterator[tuple[Document, Callable[[], bytes]]]:
    """Yield each page with a way to read it; a folder's manifest describes its pages."""
    for file in files:
        if str(file) == "-":
            yield Document("stdin", "-"), sys.stdin.buffer.read
        elif file.is_dir():
            for document in corpora.documents_in(file):
                yield document, (file / document.file).read_bytes
        elif file.is_file():
            yield Document(file.stem, file.name), file.read_bytes
        else:
            msg = f"No such page: {file}. Expected a file, a folder of pages, or - for stdin."
            raise FileNotFoundError(msg)


def _take_sure(rows: pd.DataFrame, *, least: float) -> pd.DataFrame:
    """Return the rows that are sure enough, and those that were not judged; say what is left."""
    if not least:
        return rows
    judged = rows[rows["grade"] != ""]
    err.print(f"{say_doubtful(judged, min_confidence=least)}.")
    return rows[~flag_doubtful(rows, min_confidence=least)].reset_index(drop=True)


def _print_rows(rows: pd.DataFrame, form: Format, to: Path | None) -> None:
    if form is Format.XLSX:
        if to is None:
            msg = "A workbook can't be printed: name a file with --out rows.xlsx."
            raise ValueError(msg)
        _without_controls(rows).to_excel(to, index=False)
    elif form is Format.TABLE and to is None:
        _print_frame(tables.spell_values(rows)[[c for c in rows if c not in UNSHOWN]])
    else:
        text = tables.spell_rows(rows, "jsonl" if form is Format.JSONL else "csv")
        _write(text, to)


def _without_controls(rows: pd.DataFrame) -> pd.DataFrame:
    """Drop the control characters that a broken page may hold and no workbook can."""
    clean = partial(ILLEGAL_CHARACTERS_RE.sub, "")
    return rows.map(lambda cell: clean(cell) if isinstance(cell, str) else cell)


def _print_frame(frame: pd.DataFrame, *, title: str = "") -> None:
    shown = Table(*frame.columns, title=title or None)
    for row in frame.itertuples(index=False):
        shown.add_row(*(escape(str(cell)) for cell in row))
    out.print(shown)


def _write(text: str, to: Path | None = None) -> None:
    """Write text as it stands, in UTF-8 whatever the terminal's charset."""
    if to is not None:
        to.write_text(text, encoding="utf-8", newline="")
        return
    ended = text if text.endswith("\n") else text + "\n"
    sys.stdout.buffer.write(ended.encode("utf-8"))
    sys.stdout.buffer.flush()


def _end(aside: list[ingest.SetAside] | tuple[ingest.SetAside, ...], code: int = SET_ASIDE) -> None:
    for one in aside:
        err.print(f"set aside: {one.document} ({one.file}): {one.reason}", markup=False)
    if aside:
        raise typer.Exit(code)


@contextmanager
def _progress(label: str, total: int) -> Iterator[Callable[[], None]]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=err, disable=not err.is_terminal, transient=True) as bar:
        task = bar.add_task(label, total=total)
        yield lambda: bar.advance(task)


def main() -> None:
    """Run the command; a fault that has a cure is told in words, not as a traceback."""
    try:
        app()
    except (FileNotFoundError, ValueError) as error:
        err.print(f"dz: {error}", markup=False)
        sys.exit(FAILED)


if __name__ == "__main__":
    main()
