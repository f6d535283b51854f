"""The column contract of the tables: one definition, checked on every read and write.

In and out: `pandas.DataFrame` and the files of a corpus's `tables/` folder. The pandera schemas,
the Frictionless schemas of `datapackage.json` and the data dictionary are all made from
`ALL_TABLES`: the six `TABLES` that are measured page by page, and `runs`, which takes two pages.
"""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import islice
from operator import itemgetter, lt
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

# Pandas takes 0.4 s: whoever only prints the rows of a page does without.
if TYPE_CHECKING:
    import pandas as pd
    import pandera.pandas as pa

Kind = Literal["text", "count", "number"]
Record = tuple[Any, ...]  # one row, its cells in the order of the contract
Records = dict[str, list[Record]]  # the rows of a document by table
Cells = dict[str, Any]  # one row by column; a number that is missing is None

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
SEEN_MARKS = ("confirmed", "corrected", "added")  # of rows that count as a person's word
REVIEWS = ("", *SEEN_MARKS, "disputed")
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
                _text(
                    "review",
                    "Whether a reader has confirmed the row, corrected it or added it, or readers "
                    "disagree about it (`corrections.csv`); blank: nobody has judged it.",
                    allowed=REVIEWS,
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

# Where, beside the tables' folder, old tables lie while new ones take their place.
OLD_TABLES = Path(".ingest") / "old"
# In a corpus of up to so many documents each two are held against one another for the table `runs`;
# in a larger one each only against the report before of the same place and kind.
ALL_PAIRS = 300
# fields that a JSON row has only where they apply
OPTIONAL = ("value_high", "of", "modifier", "grade", "review")
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
    import pandas as pd

    return check_table(pd.DataFrame(rows, columns=table.names), name)


def check_records(records: Sequence[Record], name: str) -> None:
    """Refuse records that break a table's contract, without making a frame of sound ones.

    Raises
    ------
    ValueError
        As `check_table` does.

    Examples
    --------
    >>> check_records([("a", "folded_punctuation", 2, 2)], "repairs")
    >>> check_records([("a", "folded_punctuation", -2, 2)], "repairs")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    ValueError: Table 'repairs' breaks its contract in 1 places:...
    """
    columns = ALL_TABLES[name].columns
    is_sound = set(map(len, records)) <= {len(columns)} and all(
        _keeps_cells(cells, column)
        for cells, column in zip(zip(*records, strict=True), columns, strict=False)
    )
    if not is_sound:
        frame_records(records, name)


def frame_cells(rows: Sequence[Cells], name: str, more: Sequence[str] = ()) -> pd.DataFrame:
    """Make a frame of rows by column, in the contract's types; nothing is checked.

    Parameters
    ----------
    rows : sequence of dict
        For each column of the table its cell.
    name : str
        One of `ALL_TABLES`.
    more : sequence of str, optional
        Further columns that the rows have, behind those of the table.
    """
    import pandas as pd

    table = ALL_TABLES[name]
    frame = pd.DataFrame(rows, columns=[*table.names, *more])
    return frame.astype({c.name: _dtype(c) for c in table.columns} | dict.fromkeys(more, "str"))


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
    import pandas as pd

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
    import numpy as np
    import pandas as pd
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
    if column.kind == "text":
        asked = column.allowed or column.pattern
        return not asked or _keeps_words(cells.unique(), column)
    known = cells.dropna() if column.nullable else cells
    return _keeps_range([known.min(), known.max()] if len(known) else [], column)


def _keeps_cells(cells: Sequence[Any], column: Column) -> bool:
    """Whether cells that nobody has typed yet are of their column's type, and keep its contract."""
    if column.kind == "text":
        return all(isinstance(cell, str) for cell in cells) and _keeps_words(set(cells), column)
    known = [cell for cell in cells if cell is not None]
    if len(known) < len(cells) and not column.nullable:
        return False
    kinds = (int,) if column.kind == "count" else (int, float)
    return all(isinstance(cell, kinds) for cell in known) and _keeps_range(known, column)


def _keeps_words(words: Collection[str], column: Column) -> bool:
    if column.allowed and not set(words) <= set(column.allowed):
        return False
    return not column.pattern or all(map(re.compile(column.pattern).match, words))


def _keeps_range(numbers: Sequence[float], column: Column) -> bool:
    least, most = column.within or (0 if column.kind == "count" else -math.inf, math.inf)
    return all(least <= number <= most for number in numbers)


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
    import pandas as pd

    table = ALL_TABLES[name]
    return pd.DataFrame({column.name: pd.Series(dtype=_dtype(column)) for column in table.columns})


def _dtype(column: Column) -> str:
    """Return the type that pandas holds a column in; a count that may be missing has its own."""
    return "Int64" if column.kind == "count" and column.nullable else DTYPES[column.kind]


def settle(folder: Path) -> Path:
    """Return where tables are: in their folder, or where a run that was killed left them.

    Such a run may have died between moving the old tables away and the new ones in their place.
    """
    old = folder.parent / OLD_TABLES
    return old if old.is_dir() and not folder.exists() else folder


def is_table_file(entry: Path) -> bool:
    """Whether an entry of a folder of tables is a table: a file of one, or the folder of its parts.

    Examples
    --------
    >>> [is_table_file(Path(name)) for name in ("terms.csv", "terms.xlsx", "terms.notes.csv")]
    [True, False, False]
    """
    if entry.is_dir():
        return entry.name in ALL_TABLES and any(entry.glob("part-*.parquet"))
    return entry.stem in ALL_TABLES and entry.suffix in (".csv", ".parquet")


def table_files(folder: Path, name: str) -> list[Path]:
    """List the files that hold a table: one, CSV or Parquet, or its parts in their order.

    Returns
    -------
    list of pathlib.Path
        Empty if there is no such table.

    Raises
    ------
    ValueError
        If the table stands there in two forms, or a part is missing.
    """
    folder = settle(folder)
    parts = sorted((folder / name).glob("part-*.parquet"))
    single = [file for end in ("parquet", "csv") if (file := folder / f"{name}.{end}").is_file()]
    if len(single) + bool(parts) > 1:
        found = ", ".join([*(file.name for file in single), *([f"{name}/"] if parts else [])])
        msg = (
            f"Table {name!r} stands in {folder} in more than one form ({found}); one is left from "
            "a run that was killed. Measure the corpus anew (dz ingest), or remove the older one."
        )
        raise ValueError(msg)
    if parts and [file.name for file in parts] != [*name_parts(len(parts))]:
        msg = f"Table {name!r} in {folder / name} lacks a part. Measure the corpus anew: dz ingest."
        raise ValueError(msg)
    return parts or single


def name_parts(count: int) -> Iterator[str]:
    """Yield the file names of a table's parts; each says how many there are.

    Examples
    --------
    >>> list(name_parts(2))
    ['part-00001-of-00002.parquet', 'part-00002-of-00002.parquet']
    """
    return (f"part-{number:05}-of-{count:05}.parquet" for number in range(1, count + 1))


def load_table(folder: Path, name: str) -> pd.DataFrame:
    """Read one table from a corpus's `tables/` folder, CSV or Parquet, and check it.

    Raises
    ------
    FileNotFoundError
        If there is no such table.
    ValueError
        If it can't be read, or breaks the contract; the message names the file.
    """
    import pandas as pd

    files = _find_files(folder, name)
    try:
        if files[0].suffix == ".csv":
            return check_table(_read_csv(files[0], ALL_TABLES[name]), name)
        read = [pd.read_parquet(file) for file in files]
        return check_table(read[0] if len(read) == 1 else pd.concat(read), name)
    except (OSError, ValueError) as error:
        raise ValueError(_say_broken(files, error)) from error


def read_rows(
    folder: Path,
    name: str,
    *,
    columns: Sequence[str] | None = None,
    filters: list[tuple[str, str, Any]] | None = None,
) -> pd.DataFrame:
    """Read some columns and rows of a table, which may be too large to be read whole.

    Parameters
    ----------
    folder : pathlib.Path
        A corpus's `tables/` folder.
    name : str
        One of `ALL_TABLES`.
    columns : sequence of str, optional
        Which columns, in this order; by default all.
    filters : list of tuple, optional
        Which rows: those for which all of these hold, each a column, a sign (``"=="``, ``"!="``,
        ``"<"``, ``">="``, ``"in"`` …) and a value.

    Returns
    -------
    pandas.DataFrame
        In the contract's types, rows sorted by the table's key. That the rows keep the contract was
        checked when they were written.

    Raises
    ------
    FileNotFoundError, ValueError
        As for `load_table`; also if there is no such column.
    """
    table = ALL_TABLES[name]
    wanted = list(columns) if columns is not None else table.names
    unknown = [c for c in (*wanted, *(one[0] for one in filters or ())) if c not in table.names]
    if unknown:
        msg = f"Table {name!r} has no column {unknown[0]!r}; it has {', '.join(table.names)}."
        raise ValueError(msg)
    import pyarrow
    import pyarrow.dataset as ds
    import pyarrow.parquet as pq

    chosen = pq.filters_to_expression(filters) if filters else None
    files = _find_files(folder, name)
    if files[0].suffix == ".csv":
        held = ds.dataset(pyarrow.Table.from_pandas(load_table(folder, name)))
    else:
        held = ds.dataset(files, format="parquet")
    if set(table.names) - set(held.schema.names):
        held = ds.dataset(pyarrow.Table.from_pandas(load_table(folder, name)))
    try:
        frame = held.to_table(columns=wanted, filter=chosen).to_pandas(ignore_metadata=True)
    except (OSError, ValueError) as error:
        raise ValueError(_say_broken(files, error)) from error
    kinds = {column.name: _dtype(column) for column in table.columns}
    typed: pd.DataFrame = frame.astype({column: kinds[column] for column in wanted})
    return typed


def list_values(folder: Path, name: str, column: str) -> list[str]:
    """List the different values of a text column, sorted; a large table is read some at a time.

    Raises
    ------
    FileNotFoundError, ValueError
        As for `load_table`.
    """
    import pyarrow.dataset as ds

    files = _find_files(folder, name)
    if files[0].suffix == ".csv":
        return sorted(set(load_table(folder, name)[column]))
    found: set[str] = set()
    try:
        for batch in ds.dataset(files, format="parquet").to_batches(columns=[column]):
            found.update(batch.column(0).unique().to_pylist())
    except (OSError, ValueError) as error:
        raise ValueError(_say_broken(files, error)) from error
    return sorted(found)


def _find_files(folder: Path, name: str) -> list[Path]:
    files = table_files(folder, name)
    if not files:
        names = f"{name}.csv or {name}.parquet"
        msg = f"No table {name!r} in {folder}: expected {names}. Run `dz ingest` first."
        raise FileNotFoundError(msg)
    return files


def _read_csv(file: Path, table: Table) -> pd.DataFrame:
    import pandas as pd

    maybe = [c for c in table.columns if c.kind == "number" or (c.nullable and c.kind == "count")]
    kinds = dict.fromkeys(table.names, "str") | {c.name: _dtype(c) for c in maybe}
    blanks = {c.name: [""] for c in maybe}
    return pd.read_csv(file, dtype=kinds, keep_default_na=False, na_values=blanks, encoding="utf-8")


def _say_broken(files: Sequence[Path], error: Exception) -> str:
    place = files[0] if len(files) == 1 else files[0].parent
    return (
        f"{place} can't be used: {error}\nIt is damaged, or of another version: measure the corpus "
        "anew (dz ingest), or take the file from where the corpus came from."
    )


def read_header(file: Path) -> list[str]:
    """Return the column names of a table's file, CSV or Parquet."""
    if file.suffix == ".parquet":
        import pyarrow.parquet as pq

        return list(pq.read_schema(file).names)
    import pandas as pd

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
        write_parquet(checked, part)
    else:
        _write_csv([checked], part)
    part.replace(file)
    return file


def save_csv(frames: Iterable[pd.DataFrame], folder: Path, name: str) -> Path:
    """Write rows that are checked already as CSV, some at a time; as `save_table` writes them."""
    file = folder / f"{name}.csv"
    _write_csv(frames, file)
    return file


def _write_csv(frames: Iterable[pd.DataFrame], file: Path) -> None:
    with _named(file), file.open("w", encoding="utf-8", newline="") as handle:
        for number, frame in enumerate(frames):
            spell_values(frame).to_csv(handle, index=False, header=not number, lineterminator="\n")


@contextmanager
def _named(file: Path) -> Iterator[None]:
    """Name the file in what the system says where something can't be written."""
    try:
        yield
    except OSError as error:
        error.filename = error.filename or str(file)
        raise


def write_parquet(frame: pd.DataFrame, file: Path) -> None:
    """Write a frame that keeps the contract as Parquet; the same rows give the same bytes."""
    with _named(file), file.open("wb") as handle:
        frame.to_parquet(handle, index=False, compression="zstd")


def count_rows(file: Path) -> int:
    """Return how many rows a Parquet file holds, without reading them."""
    import pyarrow.parquet as pq

    rows: int = pq.read_metadata(file).num_rows
    return rows


def spell_number(value: float) -> str:
    """Write a number without exponent or idle zeros; a missing one is blank.

    Examples
    --------
    >>> spell_number(15750000000.0), spell_number(21.1), spell_number(float("nan"))
    ('15750000000', '21.1', '')
    """
    if math.isnan(value):
        return ""
    text = format(Decimal(repr(float(value))), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def spell_rows(frame: pd.DataFrame, form: Literal["jsonl", "csv"]) -> str:
    """Write rows as text: JSON Lines without blank optional fields, or CSV.

    In JSON a whole number stands without a decimal point, and `value_high`, `of`, `modifier`,
    `grade` and `review` are left out where they do not apply; so is any number that is missing.
    """
    if form == "csv":
        text: str = spell_values(frame).to_csv(index=False, lineterminator="\n")
        return text
    return _spell_lines(frame.to_dict("records"))


def spell_cells(
    rows: Sequence[Cells], columns: Sequence[str], form: Literal["jsonl", "csv"]
) -> str:
    r"""Write rows as text as `spell_rows` does, without a frame.

    Examples
    --------
    >>> spell_cells([{"quote": "8亿元", "value": 8e8, "of": ""}], ["quote", "value", "of"], "csv")
    'quote,value,of\n8亿元,800000000,\n'
    """
    if form == "jsonl":
        return _spell_lines([{name: row[name] for name in columns} for row in rows])
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([spell_cell(row[name]) for name in columns] for row in rows)
    return written.getvalue()


def spell_cell(value: Any) -> str:
    """Write one cell: a decimal by `spell_number`, blank where it is missing."""
    if value is None:
        return ""
    return spell_number(value) if isinstance(value, float) else str(value)


def spell_values(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with its decimal columns written out by `spell_number`."""
    numbers = frame.select_dtypes("float64").columns
    return frame.assign(**{name: frame[name].map(spell_number) for name in numbers})


def _spell_lines(rows: Iterable[Mapping[Hashable, Any]]) -> str:
    return "".join(json.dumps(_plain(row), ensure_ascii=False) + "\n" for row in rows)


def _plain(row: Mapping[Hashable, Any]) -> dict[Hashable, Any]:
    kept = {k: v for k, v in row.items() if not (_is_missing(v) or (k in OPTIONAL and v == ""))}
    return {k: int(v) if isinstance(v, float) and v.is_integer() else v for k, v in kept.items()}


def _is_missing(value: Any) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value))


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
