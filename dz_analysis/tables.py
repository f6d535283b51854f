"""The column contract of the tables: one definition, checked on every read and write.

In and out: `pandas.DataFrame` and the files of a corpus's `tables/` folder. The pandera schemas,
the Frictionless schemas of `datapackage.json` and the data dictionary are all made from
`ALL_TABLES`: the six `TABLES` that are measured page by page, and `runs`, which takes two pages.
"""

from __future__ import annotations

import json
import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from operator import itemgetter, lt
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    import pandera.pandas as pa

Kind = Literal["text", "count", "number"]
Record = tuple[Any, ...]  # one row, its cells in the order of the contract
Records = dict[str, list[Record]]  # the rows of a document by table

GENRES = (
    "",
    "work_report",
    "bulletin",
    "budget",
    "plan",
    "speech",
    "briefing",
    "press",
    "overview",
    "gazetteer",
)
STANCES = ("review", "plan", "glossary")
MEASURES = (
    "level",
    "growth",
    "average_growth",
    "ratio",
    "rank",
    "change",
    "multiple",
    "completion",
    "gap",
)
STATUSES = ("actual", "estimate", "target")
BOUNDS = ("", ">=", "<=", "~")
GRADES = ("", "A", "B", "C")
OUTCOMES = ("", "read", "set_aside", "our_fault")
SLOGAN_FORMS = ("lexicon", "numeric", "quoted")
PERIOD_PATTERN = r"^(\d{4}-(0[1-9]|1[0-2])/\d{4}-(0[1-9]|1[0-2]))?$"
MONTH_PATTERN = r"^(\d{4}-(0[1-9]|1[0-2]))?$"
DATE_PATTERN = r"^(\d{4}(-\d{2}(-\d{2})?)?)?$"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, kind, unit and meaning, and what it may hold: `within` two numbers.

    A column that is `later` came after tables were first handed on: one without it is read as
    blank, so that they stay readable; if it is no text, it is nullable too.
    """

    name: str
    kind: Kind
    description: str
    unit: str = ""
    allowed: tuple[str, ...] = ()
    pattern: str = ""
    nullable: bool = False
    later: bool = False
    within: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """One table: what a row is, its columns, and the key that sorts and identifies its rows."""

    name: str
    row: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        """Column names in order."""
        return [column.name for column in self.columns]


def _text(name: str, description: str, **more: Any) -> Column:
    return Column(name, "text", description, **more)


def _count(name: str, description: str, unit: str = "", **more: Any) -> Column:
    return Column(name, "count", description, unit=unit, **more)


# What a document says of itself, in the order in which a manifest lists it.
READ_FIELDS = ("title", "publisher", "published", "region", "period", "genre")
_LATE: dict[str, Any] = {"nullable": True, "later": True}
DOCUMENT = _text("document", "Document id, as in `documents.id`.")
PARAGRAPH = _count("paragraph", "Number of the paragraph in the article, from 1.")

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        Table(
            "documents",
            "one document of the corpus",
            ("id",),
            (
                _text("id", "Document id: unique in the corpus, used by every other table."),
                _text("title", "Title, from the manifest or the page."),
                _text("publisher", "Who published the page."),
                _text("published", "Date of publication, as far as known.", pattern=DATE_PATTERN),
                _text("genre", "Kind of document; blank if unknown.", allowed=GENRES),
                _text("region", "The place that the document reports on."),
                _text("region_code", "Code of the region (GB/T 2260 or zone id), or blank."),
                _text("period_start", "First month reported on.", pattern=MONTH_PATTERN),
                _text("period_end", "Last month reported on.", pattern=MONTH_PATTERN),
                _text("sha256", "Hash of the file as it was read.", pattern=r"^([0-9a-f]{64})?$"),
                _count("raw_chars", "Length of the decoded page.", "characters"),
                _count("chars", "Length of the article after repair.", "characters"),
                _count("han_chars", "Han characters in the article.", "characters"),
                _count("paragraphs", "Paragraphs in the article."),
                _count("tokens", "Words counted in `terms`."),
                _count("repairs", "Spans changed by the repair."),
                _count("unrepaired", "Characters known to be lost and not restored."),
                _text(
                    "outcome",
                    "Whether the document was read, set aside, or met a fault of ours. One that "
                    "was not read has no rows in the other tables.",
                    allowed=OUTCOMES,
                    later=True,
                ),
                _text("reason", "Why it was not read, and what to do; else blank.", later=True),
                _text("charset", "The charset that the file was read in.", later=True),
                _text("notes", "What of the file could not be read, and the cure.", later=True),
                Column(
                    "letter_share",
                    "number",
                    "Share of letters and Han characters among those of the page that are no "
                    "blanks.",
                    nullable=True,
                    later=True,
                    within=(0.0, 1.0),
                ),
                _count("tables_read", "Tables of the page that gave rows.", **_LATE),
                _count("rows", "Rows in `observations`.", **_LATE),
                _count("rows_without_name", "Of these, rows with a blank `indicator`.", **_LATE),
                _count("rows_without_unit", "Of these, rows with a blank `unit`.", **_LATE),
                _text(
                    "not_stated",
                    "Fields that neither manifest nor page states, apart by blanks: title, "
                    "publisher, published, region, period, genre.",
                    later=True,
                ),
                *(
                    _text(
                        f"{name}_from",
                        f"What kind of evidence {name} was read from; `given` where it is a "
                        "person's word in the manifest.",
                        later=True,
                    )
                    for name in READ_FIELDS
                ),
            ),
        ),
        Table(
            "paragraphs",
            "one paragraph of an article; no text",
            ("document", "paragraph"),
            (
                DOCUMENT,
                PARAGRAPH,
                _text("section", "Heading of the section that the paragraph stands in."),
                _count("heading_level", "0 for running text, 1 for the title, 2 and on below it."),
                _text("stance", "What the paragraph does.", allowed=STANCES),
                _count("han_chars", "Han characters.", "characters"),
            ),
        ),
        Table(
            "observations",
            "one number that measures something",
            ("document", "observation"),
            (
                DOCUMENT,
                _count("observation", "Number of the observation in the document, from 1."),
                PARAGRAPH,
                _text("quote", "The quantity as it stands in the article."),
                _count("start", "Offset of the quote in the article.", "characters"),
                _count("end", "Offset behind the quote in the article.", "characters"),
                _count("raw_start", "Offset of the same characters in the page.", "characters"),
                _count("raw_end", "Offset behind the same characters in the page.", "characters"),
                _text("indicator", "What is measured, in the words of the text."),
                _text("indicator_id", "Catalogue id, blank if not a catalogued indicator."),
                _text("measure", "How it is measured.", allowed=MEASURES),
                Column("value", "number", "The number in the base unit; the lower end of a range."),
                Column(
                    "value_high", "number", "The upper end of a range, else blank.", nullable=True
                ),
                _text("unit", "Base unit or measure word of `value`; blank if the text has none."),
                _text("bound", "At least, at most, about, or blank.", allowed=BOUNDS),
                _text("period", "Closed months that the number is about.", pattern=PERIOD_PATTERN),
                _text("region", "The place that the number is about."),
                _text("region_code", "Code of that place, blank if unknown."),
                _text("status", "Result, estimate or target.", allowed=STATUSES),
                _text("of", "Compared with or within what; blank where that does not apply."),
                _text(
                    "modifier",
                    "Word of the text that says how firmly a target is put (力争); else blank.",
                    later=True,
                ),
                Column(
                    "confidence",
                    "number",
                    "Probability that name, value, unit, measure, period and status are all right.",
                    nullable=True,
                    later=True,
                    within=(0.0, 1.0),
                ),
                _text(
                    "grade",
                    "A sure, B likely, C to be looked at; blank if it was not judged.",
                    allowed=GRADES,
                    later=True,
                ),
            ),
        ),
        Table(
            "terms",
            "one word in one paragraph",
            ("document", "paragraph", "term", "pos"),
            (
                DOCUMENT,
                PARAGRAPH,
                _text("term", "The word."),
                _text("pos", "Part of speech (jieba's tag set)."),
                _count("count", "Occurrences in the paragraph."),
            ),
        ),
        Table(
            "slogans",
            "one slogan in one paragraph",
            ("document", "paragraph", "slogan", "form"),
            (
                DOCUMENT,
                PARAGRAPH,
                _text("slogan", "The slogan in its standard form."),
                _text("form", "How it was found.", allowed=SLOGAN_FORMS),
                _count("count", "Occurrences in the paragraph."),
            ),
        ),
        Table(
            "repairs",
            "one kind of repair in one document",
            ("document", "kind"),
            (
                DOCUMENT,
                _text("kind", "What was repaired, as the repair ledger names it."),
                _count("count", "Spans of this kind."),
                _count("certain", "Spans of this kind that were determined uniquely."),
            ),
        ),
    )
}

# What can be measured only in two documents at once.
ALL_TABLES: dict[str, Table] = TABLES | {
    "runs": Table(
        "runs",
        "one run of Han characters that a document shares with another one; no text",
        ("document", "source_corpus", "source", "han_start", "source_han_start"),
        (
            DOCUMENT,
            _text(
                "source",
                "Document that holds the same run: one of the corpus that reports on no later "
                "months (of equal ones each pair stands once), or one of another corpus.",
            ),
            _text("source_corpus", "Corpus of the source; blank for the document's own."),
            _count("han_start", "Han characters of the article before the run.", "characters"),
            _count("source_han_start", "Han characters of the source before it.", "characters"),
            _count("han_chars", "Length of the run in Han characters, 14 or more.", "characters"),
        ),
    )
}

# fields that a JSON row has only where they apply
OPTIONAL = ("value_high", "of", "modifier", "grade")
DTYPES = {"text": "str", "count": "int64", "number": "float64"}


def check_table(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Check a table against its contract and return it in the contract's order and types.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row per unit named in the contract; further columns are refused, one that came later
        may be missing and is blank then.
    name : str
        One of `ALL_TABLES`.

    Returns
    -------
    pandas.DataFrame
        A new frame, columns in order, rows sorted by the table's key.

    Raises
    ------
    ValueError
        If columns are missing or unknown, a value breaks the contract, or the key is not unique.
    """
    table = ALL_TABLES[name]
    late = [c for c in table.columns if c.later and c.name not in frame.columns]
    frame = frame.assign(**{c.name: "" if c.kind == "text" else None for c in late})
    _refuse_columns(frame, table)
    typed = frame[table.names].astype({c.name: _dtype(c) for c in table.columns})
    ordered = typed.sort_values(list(table.key), kind="stable", ignore_index=True)
    if ordered.duplicated(list(table.key)).any() or not _keeps_contract(ordered, table):
        _tell_breach(ordered, name)
    return ordered


def frame_records(records: Iterable[Record], name: str) -> pd.DataFrame:
    """Make one checked table of records, of one document or of many.

    Parameters
    ----------
    records : iterable of Record
        Tuples with a cell for each column of the contract, in its order. Sorted by the table's
        key they cost least, as those of a document are.
    name : str
        One of `ALL_TABLES`.

    Returns
    -------
    pandas.DataFrame
        As `check_table` gives it; without records a table without rows.

    Raises
    ------
    ValueError
        As `check_table` does.

    Examples
    --------
    >>> frame_records([("a", "folded_punctuation", 2, 2)], "repairs").to_dict("records")
    [{'document': 'a', 'kind': 'folded_punctuation', 'count': 2, 'certain': 2}]
    """
    table = ALL_TABLES[name]
    rows = list(records)
    if not rows:
        return empty_table(name)
    if set(map(len, rows)) == {len(table.columns)}:
        columns = [list(map(itemgetter(at), rows)) for at in range(len(table.columns))]
        key = [columns[table.names.index(name)] for name in table.key]
        frame = _typed_frame(columns, table) if _is_sorted(key) else None
        if frame is not None and _keeps_contract(frame, table):
            return frame
    return check_table(pd.DataFrame(rows, columns=table.names), name)


def order_cells(row: Mapping[str, object], name: str) -> Record:
    """Return the cells of a row by column as a record; those that may be missing are blank."""
    columns = ALL_TABLES[name].columns
    blanks: dict[str, object] = {
        c.name: "" if c.kind == "text" else None for c in columns if c.later
    }
    cells = blanks | dict(row)
    return tuple(cells[column.name] for column in columns)


def _is_sorted(key: list[list[Any]]) -> bool:
    """Whether the rows that have these cells are sorted, and no two alike."""
    return all(map(lt, zip(*key, strict=True), islice(zip(*key, strict=True), 1, None)))


def _typed_frame(columns: list[list[Any]], table: Table) -> pd.DataFrame | None:
    """Return columns as a frame in the types of the contract, None if a cell is of another."""
    try:
        pairs = zip(table.columns, columns, strict=True)
        return pd.DataFrame({column.name: _typed_cells(cells, column) for column, cells in pairs})
    except (ValueError, TypeError):
        return None


def _typed_cells(cells: Sequence[Any], column: Column) -> Any:
    """Return the cells of one column as an array, made by way of Arrow, which is quick with text.

    Raises
    ------
    ValueError, TypeError
        If a cell is no text, or no whole number, where one belongs.
    """
    import pyarrow

    if column.kind == "text":
        text: Any = pd.StringDtype("pyarrow", na_value=np.nan)
        return text.__from_arrow__(pyarrow.array(cells, pyarrow.large_string()))
    if column.kind == "number":
        return pyarrow.array(cells, pyarrow.float64()).to_numpy(zero_copy_only=False)
    if column.nullable:
        whole: Any = pd.Int64Dtype()
        return whole.__from_arrow__(pyarrow.array(cells, pyarrow.int64()))
    return pyarrow.array(cells, pyarrow.int64()).to_numpy()


def _keeps_contract(frame: pd.DataFrame, table: Table) -> bool:
    """Whether typed cells are what the contract says; keys are not looked at.

    It asks what the schema asks, at a hundredth of its price; what it refuses, the schema tells.
    """
    return all(_keeps_column(frame[column.name], column) for column in table.columns)


def _keeps_column(cells: pd.Series, column: Column) -> bool:
    if not column.nullable and cells.hasnans:
        return False
    if column.allowed and not cells.isin(column.allowed).all():
        return False
    if column.pattern:
        matches = re.compile(column.pattern).match
        return all(map(matches, cells.unique()))
    if column.kind == "count":
        return not (cells < 0).any()
    if not column.within:
        return True
    least, most = column.within
    return bool((cells.isna() | cells.between(least, most)).all())


def _tell_breach(frame: pd.DataFrame, name: str) -> None:
    """Say in which places a table breaks its contract, as the schema finds them."""
    import pandera.pandas as pa  # takes over a second, and a sound table needs no schema

    try:
        _schema(name).validate(frame, lazy=True)
    except pa.errors.SchemaErrors as error:
        cases = error.failure_cases[["column", "check", "failure_case", "index"]].head(5)
        msg = f"Table {name!r} breaks its contract in {len(error.failure_cases)} places:\n{cases}"
        raise ValueError(msg) from error


def _refuse_columns(frame: pd.DataFrame, table: Table) -> None:
    """Refuse a frame that lacks a column of the contract or has another one."""
    missing = [column for column in table.names if column not in frame.columns]
    unknown = [column for column in frame.columns if column not in table.names]
    if missing or unknown:
        msg = f"Table {table.name!r}: columns missing: {missing}; not in the contract: {unknown}."
        raise ValueError(msg)


def empty_table(name: str) -> pd.DataFrame:
    """Return a table without rows, in the contract's columns and types."""
    table = ALL_TABLES[name]
    return pd.DataFrame({column.name: pd.Series(dtype=_dtype(column)) for column in table.columns})


def _dtype(column: Column) -> str:
    """Return the type that pandas holds a column in; a count that may be missing has its own."""
    return "Int64" if column.kind == "count" and column.nullable else DTYPES[column.kind]


def load_table(folder: Path, name: str) -> pd.DataFrame:
    """Read one table from a corpus's `tables/` folder, CSV or Parquet, and check it."""
    table = ALL_TABLES[name]
    parquet, file = folder / f"{name}.parquet", folder / f"{name}.csv"
    if parquet.is_file():
        return check_table(pd.read_parquet(parquet), name)
    if not file.is_file():
        names = f"{file.name} or {parquet.name}"
        msg = f"No table {name!r} in {folder}: expected {names}. Run `dz ingest` first."
        raise FileNotFoundError(msg)
    maybe = [c for c in table.columns if c.kind == "number" or (c.nullable and c.kind == "count")]
    kinds = dict.fromkeys(table.names, "str") | {c.name: _dtype(c) for c in maybe}
    blanks = {c.name: [""] for c in maybe}
    frame = pd.read_csv(
        file, dtype=kinds, keep_default_na=False, na_values=blanks, encoding="utf-8"
    )
    return check_table(frame, name)


def read_header(file: Path) -> list[str]:
    """Return the column names of a table's file, CSV or Parquet."""
    if file.suffix == ".parquet":
        import pyarrow.parquet as pq

        return list(pq.read_schema(file).names)
    return list(pd.read_csv(file, nrows=0, encoding="utf-8").columns)


def save_table(frame: pd.DataFrame, folder: Path, name: str, *, as_parquet: bool = False) -> Path:
    """Check one table and write it; the file replaces the old one only when it is complete.

    Returns
    -------
    pathlib.Path
        The file written: CSV in UTF-8 with Unix line ends and numbers without exponents, or
        Parquet for a large corpus.
    """
    checked = check_table(frame, name)
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}.{'parquet' if as_parquet else 'csv'}"
    part = file.with_name(file.name + ".part")
    if as_parquet:
        checked.to_parquet(part, index=False, compression="zstd")
    else:
        spell_values(checked).to_csv(part, index=False, encoding="utf-8", lineterminator="\n")
    part.replace(file)
    return file


def spell_number(value: float) -> str:
    """Write a number without exponent or idle zeros; a missing one is blank.

    Examples
    --------
    >>> spell_number(15750000000.0), spell_number(21.1), spell_number(float("nan"))
    ('15750000000', '21.1', '')
    """
    return "" if pd.isna(value) else np.format_float_positional(value, trim="-")


def spell_rows(frame: pd.DataFrame, form: Literal["jsonl", "csv"]) -> str:
    """Write rows as text: JSON Lines without blank optional fields, or CSV.

    In JSON a whole number stands without a decimal point, and `value_high`, `of`, `modifier`
    and `grade` are left out where they do not apply; so is any number that is missing.
    """
    if form == "csv":
        text: str = spell_values(frame).to_csv(index=False, lineterminator="\n")
        return text
    rows = frame.to_dict("records")
    return "".join(json.dumps(_plain(row), ensure_ascii=False) + "\n" for row in rows)


def spell_values(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with its decimal columns written out by `spell_number`."""
    numbers = frame.select_dtypes("float64").columns
    return frame.assign(**{name: frame[name].map(spell_number) for name in numbers})


def _plain(row: dict[Hashable, Any]) -> dict[Hashable, Any]:
    kept = {k: v for k, v in row.items() if not (_is_missing(v) or (k in OPTIONAL and v == ""))}
    return {k: int(v) if isinstance(v, float) and v.is_integer() else v for k, v in kept.items()}


def _is_missing(value: Any) -> bool:
    return isinstance(value, float) and bool(pd.isna(value))


@cache
def _schema(name: str) -> pa.DataFrameSchema:
    import pandera.pandas as pa

    table = ALL_TABLES[name]
    columns = {column.name: _column_schema(column) for column in table.columns}
    return pa.DataFrameSchema(columns, strict=True, ordered=True, unique=list(table.key))


def _column_schema(column: Column) -> pa.Column:
    import pandera.pandas as pa

    checks = []
    if column.allowed:
        checks.append(pa.Check.isin(column.allowed))
    if column.pattern:
        checks.append(pa.Check.str_matches(column.pattern))
    if column.kind == "count":
        checks.append(pa.Check.ge(0))
    if column.within:
        checks.append(pa.Check.in_range(*column.within))
    return pa.Column(_dtype(column), checks=checks, nullable=column.nullable)
