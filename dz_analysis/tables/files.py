"""The files of a corpus's `tables/` folder, CSV or Parquet, whole or in parts.

In and out: a folder and frames that keep the contract; it is checked on every read and write.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dz_analysis.language import say
from dz_analysis.tables.checks import check_table, dtype_of
from dz_analysis.tables.contract import ALL_TABLES, Table
from dz_analysis.tables.spell import spell_values

if TYPE_CHECKING:
    import pandas as pd

# Where, beside the tables' folder, old tables lie while new ones take their place.
OLD_TABLES = Path(".ingest") / "old"


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
        msg = say(
            "Table {name!r} stands in {folder} in more than one form ({found}); one is left from "
            "a run that was killed. Measure the corpus anew (dz ingest), or remove the older one.",
            name=name,
            folder=folder,
            found=found,
        )
        raise ValueError(msg)
    if parts and [file.name for file in parts] != [*name_parts(len(parts))]:
        msg = say(
            "Table {name!r} in {folder} lacks a part. Measure the corpus anew: dz ingest.",
            name=name,
            folder=folder / name,
        )
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
        msg = say(
            "Table {name!r} has no column {unknown!r}; it has {names}.",
            name=name,
            unknown=unknown[0],
            names=", ".join(table.names),
        )
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
    kinds = {column.name: dtype_of(column) for column in table.columns}
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
        names = f"{name}.csv, {name}.parquet"
        msg = say(
            "No table {name!r} in {folder}: expected {names}. Run `dz ingest` first.",
            name=name,
            folder=folder,
            names=names,
        )
        raise FileNotFoundError(msg)
    return files


def _read_csv(file: Path, table: Table) -> pd.DataFrame:
    import pandas as pd

    maybe = [c for c in table.columns if c.kind == "number" or (c.nullable and c.kind == "count")]
    kinds = dict.fromkeys(table.names, "str") | {c.name: dtype_of(c) for c in maybe}
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
