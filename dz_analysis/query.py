"""Questions in SQL over the tables of a corpus, answered by DuckDB.

In: a corpus that has tables, CSV or Parquet, and one SELECT. Out: an `Answer`, plain rows. Nothing
is loaded that the question does not ask for, so that a large corpus costs little. A question can
read the tables and no other file, and write none.
"""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from dz_analysis import paths, tables
from dz_analysis.corpus import Corpus
from dz_analysis.language import say

if TYPE_CHECKING:
    import duckdb

_TYPES = {"text": "VARCHAR", "count": "BIGINT", "number": "DOUBLE"}
_MEMORY = "1GB"


class Answer(NamedTuple):
    """The columns of an answer, and its rows."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


def ask_tables(corpus: Corpus, question: str) -> Answer:
    """Answer a question over the tables of a corpus.

    Parameters
    ----------
    corpus : Corpus
        Its tables are called as in the contract: documents, paragraphs, observations, terms,
        slogans, repairs, runs; columns too. Blank text is ``''``, a missing number is NULL.
    question : str
        One SELECT in DuckDB's SQL. The column `end` of observations is written ``"end"``.

    Returns
    -------
    Answer

    Raises
    ------
    FileNotFoundError
        If the corpus has no tables.
    ValueError
        If the question is no single SELECT, or cannot be answered; the message says why, and what
        tables there are.

    Examples
    --------
    >>> from dz_analysis.corpus import load_corpus
    >>> ask_tables(load_corpus("dezhou"), "SELECT count(*) AS documents FROM documents")
    Answer(columns=('documents',), rows=[(5,)])
    """
    import duckdb

    files = find_files(corpus)
    _refuse_other(question)
    try:
        with _connected(files) as connection:
            found = connection.execute(question)
            columns = tuple(column[0] for column in found.description or ())
            return Answer(columns, found.fetchall())
    except duckdb.Error as error:
        msg = say(
            "Corpus {corpus!r} cannot answer this: {first_lines} It has the tables {files}; "
            "data/DICTIONARY.md lists their columns. If a table is damaged, measure the corpus "
            "anew: dz ingest {corpus}.",
            corpus=corpus.name,
            first_lines=_first_lines(error),
            files=", ".join(files),
        )
        raise ValueError(msg) from error


def find_files(corpus: Corpus) -> dict[str, list[Path]]:
    """Return the files of each table that a corpus has, by the table's name.

    Raises
    ------
    FileNotFoundError
        If it has none.
    """
    folder = paths.tables_dir(corpus.name)
    held = {name: tables.table_files(folder, name) for name in tables.ALL_TABLES}
    found = {name: [file.resolve() for file in files] for name, files in held.items() if files}
    if not found:
        msg = say(
            "Corpus {corpus!r} has no tables in {folder}: run dz ingest {corpus} first.",
            corpus=corpus.name,
            folder=folder,
        )
        raise FileNotFoundError(msg)
    return found


def spell_answer(answer: Answer, form: Literal["jsonl", "csv"]) -> str:
    """Write an answer as JSON Lines, or as CSV with a line of heads; numbers without exponents."""
    if form == "csv":
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(answer.columns)
        writer.writerows(map(spell_cell, row) for row in answer.rows)
        return text.getvalue()
    rows = (dict(zip(answer.columns, map(_plain, row), strict=True)) for row in answer.rows)
    return "".join(json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in rows)


def spell_cell(cell: Any) -> str:
    """Write one cell of an answer; a missing one is blank.

    Examples
    --------
    >>> spell_cell(15750000000.0), spell_cell(None), spell_cell("税收")
    ('15750000000', '', '税收')
    """
    if cell is None:
        return ""
    return tables.spell_number(cell) if isinstance(cell, float) else str(cell)


def _plain(cell: Any) -> Any:
    if isinstance(cell, float) and not math.isfinite(cell):
        return None  # JSON knows no 1.0 / 0
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


def _refuse_other(question: str) -> None:
    """Refuse what is no single SELECT: a question changes nothing and writes no file."""
    import duckdb

    try:
        statements = duckdb.extract_statements(question)
    except duckdb.Error as error:
        msg = say("This is no SQL: {first_lines}", first_lines=_first_lines(error))
        raise ValueError(msg) from error
    kinds = [str(statement.type.name) for statement in statements]
    if kinds != ["SELECT"]:
        told = f"a statement of another kind ({kinds[0]})" if len(kinds) == 1 else len(kinds)
        msg = say(
            "Expected one SELECT, found {told}: ask one question, which changes nothing.", told=told
        )
        raise ValueError(msg)


@contextmanager
def _connected(files: dict[str, list[Path]]) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a database in memory that sees the tables as views, and no other file."""
    import duckdb

    with duckdb.connect(":memory:") as connection:
        for name, held in files.items():
            connection.execute(f"CREATE VIEW {name} AS {_select(name, held)}")
        allowed = ", ".join(_quoted(str(file)) for held in files.values() for file in held)
        for setting in (
            f"allowed_paths = [{allowed}]",
            "temp_directory = ''",
            "enable_external_access = false",
            f"memory_limit = {_quoted(_MEMORY)}",
            "lock_configuration = true",
        ):
            connection.execute(f"SET {setting}")
        yield connection


def _select(name: str, files: list[Path]) -> str:
    """Return what reads a table's files in the columns and types of the contract."""
    columns = tables.ALL_TABLES[name].columns
    try:
        there = tables.read_header(files[0])
    except (OSError, ValueError):
        there = []
    if not {column.name for column in columns if not column.later} <= set(there):
        msg = say(
            "Table {name!r} is damaged, or no table of ours ({files}): measure the corpus anew "
            "with dz ingest.",
            name=name,
            files=files[0],
        )
        raise ValueError(msg)
    listed = f"[{', '.join(_quoted(str(file)) for file in files)}]"
    if files[0].suffix == ".parquet":
        source = f"read_parquet({listed})"
    else:
        typed = ", ".join(f"{_quoted(column)}: 'VARCHAR'" for column in there)
        source = (
            f"read_csv({listed}, header = true, auto_detect = false, delim = ',', "
            f"""quote = '"', escape = '"', columns = {{{typed}}})"""
        )
    cells = (_cell(column, is_there=column.name in there) for column in columns)
    return f"SELECT {', '.join(cells)} FROM {source}"


def _cell(column: tables.Column, *, is_there: bool) -> str:
    """Return what reads one column: a blank where a table of old lacks it."""
    quoted, kind = f'"{column.name}"', _TYPES[column.kind]
    value = quoted if is_there else "NULL"
    typed = f"CAST({value} AS {kind})"
    return f"coalesce({typed}, '') AS {quoted}" if column.kind == "text" else f"{typed} AS {quoted}"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _first_lines(error: Exception) -> str:
    """Return what DuckDB says of a fault, without its drawing of the place."""
    said = str(error).split("\n\nLINE ")[0]
    return " ".join(said.split()).rstrip(".") + "."
