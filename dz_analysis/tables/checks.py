"""Rows and frames held to the contract.

In: records of documents, or frames. Out: frames in the contract's columns, order and types; what
breaks the contract is refused, with its places.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from itertools import islice
from operator import itemgetter, lt
from typing import TYPE_CHECKING, Any

from dz_analysis.language import say
from dz_analysis.tables.contract import ALL_TABLES, Cells, Column, Record, Table

# Pandas takes 0.4 s: whoever only prints the rows of a page does without.
if TYPE_CHECKING:
    import pandas as pd
    import pandera.pandas as pa

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
    typed = frame[table.names].astype({c.name: dtype_of(c) for c in table.columns})
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
    return frame.astype({c.name: dtype_of(c) for c in table.columns} | dict.fromkeys(more, "str"))


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
        msg = say(
            "Table {name!r} breaks its contract in {n} places:\n{cases}",
            name=name,
            n=len(error.failure_cases),
            cases=cases,
        )
        raise ValueError(msg) from error


def _refuse_columns(frame: pd.DataFrame, table: Table) -> None:
    """Refuse a frame that lacks a column of the contract or has another one."""
    missing = [column for column in table.names if column not in frame.columns]
    unknown = [column for column in frame.columns if column not in table.names]
    if missing or unknown:
        msg = say(
            "Table {table!r}: columns missing: {missing}; not in the contract: {unknown}.",
            table=table.name,
            missing=missing,
            unknown=unknown,
        )
        raise ValueError(msg)


def empty_table(name: str) -> pd.DataFrame:
    """Return a table without rows, in the contract's columns and types."""
    import pandas as pd

    table = ALL_TABLES[name]
    return pd.DataFrame(
        {column.name: pd.Series(dtype=dtype_of(column)) for column in table.columns}
    )


def dtype_of(column: Column) -> str:
    """Return the type that pandas holds a column in; a count that may be missing has its own."""
    return "Int64" if column.kind == "count" and column.nullable else DTYPES[column.kind]


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
    return pa.Column(dtype_of(column), checks=checks, nullable=column.nullable)
