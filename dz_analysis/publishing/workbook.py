"""A table as an Excel workbook: typed cells, a frozen head with a filter, a codebook, notes.

In: a `PaperTable`. Out: the bytes of an `.xlsx` of which no cell is a formula. The first sheet
holds the rows, with the unit that people use beside the base unit; the others say what the columns
hold, what is to be said of the table, and which documents it rests on.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from dz_analysis.harmless import drop_controls, looks_a_formula
from dz_analysis.language import count_cells, label, label_heads, label_table, say
from dz_analysis.publishing.citation import cite
from dz_analysis.publishing.paper import PaperTable
from dz_analysis.publishing.usual import USUAL_UNIT, USUAL_VALUE, add_usual, spell_usual
from dz_analysis.publishing.zipped import NO_DAY, forget_days

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

NARROWEST, WIDEST = 8, 48  # half-width characters of a column
LARGE = 10_000  # a column that reaches it has its thousands apart; years and codes do not
_SEEN = 200  # rows that a column's width is measured on


def as_xlsx(table: PaperTable, *, others: Iterable[tuple[str, PaperTable]] = ()) -> bytes:
    """Return a table as a workbook.

    Parameters
    ----------
    table : PaperTable
        The first sheet.
    others : iterable of (str, PaperTable)
        Further sheets of rows, by name, behind the first.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    shown = _beside(table)
    _add_rows(book, say("table"), shown)
    for name, other in others:
        _add_rows(book, name, other)
    _add_sheet(book, say("columns"), _codebook(shown))
    _add_sheet(book, say("notes"), _notes(table))
    if len(table.sources.columns):
        sources = label_table(table.sources)
        _add_sheet(book, say("sources"), [list(sources.columns), *sources.values.tolist()])
    told = book.properties
    told.title, told.creator = table.caption[:255] or None, "dz_analysis"
    told.created = told.modified = NO_DAY
    buffer = io.BytesIO()
    book.save(buffer)
    return forget_days(buffer.getvalue())


def _beside(table: PaperTable) -> PaperTable:
    """Return a table with the unit that people use beside the base unit, if it has units."""
    made = add_usual(table.frame)
    if made is table.frame:
        return table
    at = list(made.columns).index(USUAL_VALUE)
    added = (USUAL_VALUE, USUAL_UNIT)
    return PaperTable(
        made,
        (*table.heads[:at], *label_heads(added), *table.heads[at:]),
        (*table.meanings[:at], *spell_usual(), *table.meanings[at:]),
        table.name,
        table.caption,
        table.note,
        table.source,
        table.sources,
    )


def _codebook(table: PaperTable) -> list[list[object]]:
    head = (say("column"), say("name in the data"), say("type"), say("holds"))
    kinds = [label("number") if one else label("string") for one in table.is_number]
    names = map(str, table.frame.columns)
    rows = zip(table.heads, names, kinds, table.meanings, strict=True)
    return [list(row) for row in (head, *rows)]


def _notes(table: PaperTable) -> list[list[object]]:
    told = [
        (say("caption"), table.caption),
        (say("note"), table.note),
        (say("source"), table.source),
        (say("rows"), len(table.frame)),
        (say("missing"), say("a blank cell means not stated, never zero")),
        (say("cite"), cite()),
    ]
    return [[say("what"), say("told")], *([what, said] for what, said in told if said != "")]


def _add_rows(book: Workbook, name: str, table: PaperTable) -> None:
    """Add the sheet of a table: cells typed, head frozen, filter, widths, and how it is printed."""
    shown = label_table(table.frame)
    columns = [_typed(shown.iloc[:, at]) for at in range(shown.shape[1])]
    sheet = _add_sheet(book, name, [list(table.heads), *zip(*columns, strict=True)])
    for at, is_number in enumerate(table.is_number):
        numbers = [cell for cell in columns[at] if isinstance(cell, int | float)]
        if is_number and any(abs(number) >= LARGE for number in numbers):
            for (cell,) in sheet.iter_rows(min_row=2, min_col=at + 1, max_col=at + 1):
                _set_thousands(cell)
    if table.caption:
        sheet.oddHeader.center.text = table.caption.replace("&", "&&")[:200]


def _set_thousands(cell: Cell) -> None:
    if isinstance(cell.value, int | float):
        cell.number_format = "#,##0" if float(cell.value).is_integer() else "#,##0.0###"


def _typed(cells: pd.Series) -> list[object]:
    """Return cells as a workbook types them: whole numbers, numbers, truths, texts, or nothing."""
    kind = getattr(cells.dtype, "kind", "O")
    if kind == "f":
        return [None if pd.isna(one) or abs(one) == float("inf") else float(one) for one in cells]
    if kind in "iu":
        return [None if pd.isna(one) else int(one) for one in cells]
    if kind == "b":
        return [None if pd.isna(one) else bool(one) for one in cells]
    return [_plain(one) for one in cells]


def _plain(one: object) -> object:
    if one is None or one is pd.NA or (isinstance(one, float) and pd.isna(one)):
        return None
    if isinstance(one, bool | int | float):
        return one
    return drop_controls(str(one))


def _add_sheet(book: Workbook, name: str, rows: Sequence[Sequence[object]]) -> Worksheet:
    """Add a sheet whose first row is a head that stays in sight."""
    from openpyxl.styles import Alignment, Border, Font, Side
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(name)
    for row in rows:
        sheet.append([None if cell == "" else cell for cell in row])
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str):  # text, even where it looks a formula or an error
                cell.data_type, cell.quotePrefix = "s", looks_a_formula(cell.value)
    line = Border(top=Side("medium"), bottom=Side("thin"))
    for cell in sheet[1]:
        cell.font, cell.border = Font(bold=True), line
        cell.alignment = Alignment(vertical="center", wrap_text=True)
    for at, column in enumerate(zip(*rows[: _SEEN + 1], strict=True), start=1):
        widest = max(count_cells(str(cell)) for cell in column if cell is not None)
        width = min(max(widest + 2, NARROWEST), WIDEST)
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.freeze_panes, sheet.auto_filter.ref = "A2", sheet.dimensions
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    return sheet
