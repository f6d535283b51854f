"""The application `dz`, and the closed choices of its options."""

from __future__ import annotations

from enum import StrEnum

import typer

app = typer.Typer(
    help="Indicator tables, comparisons and slogan statistics from Chinese local reports.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


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
