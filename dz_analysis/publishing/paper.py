"""A table as a paper prints it: heads in words, cells as texts, and what stands round it.

In: a frame with the names and types of the data. Out: a `PaperTable`, from which every form is
written. A number that is missing is a dash where it is printed, a text that is missing is blank;
where cells are data (workbook, CSV, Stata) both are blank.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from dz_analysis.language import define, label, label_heads, label_table, say
from dz_analysis.publishing.citation import cite
from dz_analysis.publishing.usual import DIGITS
from dz_analysis.tables import ALL_TABLES

NUMBER_KINDS = "iuf"
# what the contract says of columns that many tables have, the first table's words winning
MEANINGS = {
    column.name: column
    for table in reversed(ALL_TABLES.values())
    for column in reversed(table.columns)
}


@dataclass(frozen=True, slots=True)
class PaperTable:
    """A table with everything that a paper prints of it.

    `frame` has the names and types of the data, `heads` and `meanings` one text a column;
    `sources` are the documents that it rests on, a row each, perhaps none.
    """

    frame: pd.DataFrame
    heads: tuple[str, ...]
    meanings: tuple[str, ...]
    name: str = "table"
    caption: str = ""
    note: str = ""
    source: str = ""
    sources: pd.DataFrame = field(default_factory=pd.DataFrame)

    @property
    def is_number(self) -> tuple[bool, ...]:
        """Whether each column holds numbers."""
        return tuple(dtype.kind in NUMBER_KINDS for dtype in self.frame.dtypes)

    def head_rows(self, most: int | None) -> PaperTable:
        """Return the table with its first rows only, and a note that says how many it has."""
        left = 0 if most is None else len(self.frame) - most
        if left <= 0:
            return self
        rest = say(
            "The first {shown} of {rows} rows; {name}.csv holds all.",
            shown=f"{most:,}",
            rows=f"{len(self.frame):,}",
            name=self.name,
        )
        note = " ".join(filter(None, (self.note, rest)))
        return replace(self, frame=self.frame.head(most or 0), note=note)

    def cells(self) -> list[list[str]]:
        """Return the cells as a paper prints them, row by row."""
        mark = absent_mark()
        shown = label_table(self.frame)
        columns = [
            [_spell_cell(cell, mark if is_number else "") for cell in shown.iloc[:, at]]
            for at, is_number in enumerate(self.is_number)
        ]
        return [list(row) for row in zip(*columns, strict=True)]

    def words(self) -> list[str]:
        """Return what stands below the table: dash, note, source, and how to cite, a line each."""
        return [line for line in (self._say_note(), self._say_source(), say_citation()) if line]

    def _say_note(self) -> str:
        parts = [self.note]
        numbers = self.frame.loc[:, list(self.is_number)]
        if numbers.isna().to_numpy().any():
            parts.append(say("{mark} means not stated.", mark=absent_mark()))
        told = " ".join(filter(None, parts))
        return say("Note: {note}", note=told) if told else ""

    def _say_source(self) -> str:
        return say("Source: {source}", source=self.source) if self.source else ""


def lay_out(
    frame: pd.DataFrame,
    *,
    name: str = "table",
    caption: str = "",
    note: str = "",
    source: str = "",
    labels: Mapping[str, str] | None = None,
    meanings: Mapping[str, str] | None = None,
    sources: pd.DataFrame | None = None,
) -> PaperTable:
    """Lay a table out for all forms, in the language in use.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows in their order; an index that has a name becomes the first columns, another is left
        out.
    name : str
        What the table is called in files.
    caption, note, source : str
        What stands above and below it.
    labels : mapping of str to str, optional
        Heads of columns; by default the words of the language's catalogue.
    meanings : mapping of str to str, optional
        What columns hold; by default what the contract of the tables says.
    sources : pandas.DataFrame, optional
        The documents that it rests on.

    Returns
    -------
    PaperTable

    Raises
    ------
    ValueError
        If the table has no columns, or two of one name.

    Examples
    --------
    >>> rows = pd.DataFrame({"region": ["甲县", "乙县"], "value": [12.0, float("nan")]})
    >>> laid = lay_out(rows, caption="Revenue")
    >>> laid.heads, laid.cells(), laid.words()[0]
    (('region', 'value'), [['甲县', '12'], ['乙县', '–']], 'Note: – means not stated.')
    """
    held = frame.reset_index() if any(name is not None for name in frame.index.names) else frame
    held = held.infer_objects()
    names = [_name_of(column) for column in held.columns]
    twice = sorted({name for name in names if names.count(name) > 1})
    if not names or twice:
        found = say("two columns {name!r}", name=twice[0]) if twice else say("no columns")
        msg = say(
            "Table {name!r} has {found}; expected one or more columns, each of its own name.",
            name=name,
            found=found,
        )
        raise ValueError(msg)
    held = held.set_axis(names, axis=1)
    given, told = labels or {}, meanings or {}
    heads = [given.get(one, head) for one, head in zip(names, label_heads(names), strict=True)]
    return PaperTable(
        held,
        tuple(heads),
        tuple(told.get(one) or _meaning(one) for one in names),
        name,
        caption,
        note,
        source,
        pd.DataFrame() if sources is None else sources,
    )


def absent_mark() -> str:
    """Return what stands where a number is missing: a dash of the language."""
    return say("–")


def say_citation() -> str:
    """Return the line that says how to cite."""
    return say("Cite this: {citation}", citation=cite())


def spell_number(value: float) -> str:
    """Write a number with ten significant digits and no exponent; blank if it is missing.

    Examples
    --------
    >>> spell_number(0.1 + 0.2), spell_number(1.28e9), spell_number(float("nan"))
    ('0.3', '1280000000', '')
    """
    if pd.isna(value):
        return ""
    if not np.isfinite(value):
        return "∞" if value > 0 else "-∞"
    return np.format_float_positional(float(f"{value:.{DIGITS}g}"), trim="-")


def _spell_cell(cell: object, absent: str) -> str:
    if cell is None or cell is pd.NA or (isinstance(cell, float) and np.isnan(cell)):
        return absent
    if isinstance(cell, bool | np.bool_):
        return label(str(cell))
    if isinstance(cell, float | np.floating):
        return spell_number(float(cell))
    return " ".join(str(cell).split())


def _meaning(name: str) -> str:
    column = MEANINGS.get(name)
    if column is None:
        return ""
    unit = f" ({define(column.unit)})" if column.unit else ""
    return define(column.description) + unit


def _name_of(column: object) -> str:
    parts = column if isinstance(column, tuple) else (column,)
    return " ".join(str(part) for part in parts if str(part))
