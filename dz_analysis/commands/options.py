"""The application `dz`, and the closed choices of its options."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from dz_analysis.commands.speaking import Application

app = typer.Typer(
    cls=Application,
    help="Indicator tables, comparisons and slogan statistics from Chinese local reports.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def choose_language(
    lang: Annotated[
        str,
        typer.Option(help="en or zh, before or behind the command; else DZ_LANG, or the locale."),
    ] = "",
) -> None:
    """Let `--lang` stand in the help; `Application` takes it from the line before."""


MOST = 200  # rows of an answer that a terminal is shown


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


PAGES = "Pages (txt, html, mht, docx, pdf), folders in folders, patterns, zip archives."
