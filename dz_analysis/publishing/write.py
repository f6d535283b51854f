"""A table written into a file, in the form that the file's ending asks for.

In: a table and what is to be said of it. Out: a file, the same bytes every time. Where a form has
no room for words (CSV, Stata) they stand in a text file beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from pathlib import Path

import pandas as pd

from dz_analysis.language import say, speak
from dz_analysis.publishing.delimited import as_csv
from dz_analysis.publishing.latex import as_latex
from dz_analysis.publishing.page import as_page
from dz_analysis.publishing.paper import PaperTable, lay_out
from dz_analysis.publishing.stata import as_stata
from dz_analysis.publishing.word import as_docx
from dz_analysis.publishing.workbook import as_xlsx

KINDS: dict[str, Callable[[PaperTable], bytes]] = {
    "csv": as_csv,
    "docx": as_docx,
    "dta": as_stata,
    "html": as_page,
    "tex": as_latex,
    "xlsx": as_xlsx,
}
WORDLESS = ("csv", "dta")  # forms that hold cells and nothing round them


def render_table(table: PaperTable, kind: str) -> bytes:
    """Return a table as the bytes of a file of one of `KINDS`.

    Raises
    ------
    ValueError
        If it is none of them.
    """
    if kind not in KINDS:
        msg = say(
            "No table is written as {kind!r}; expected one of {kinds}.",
            kind=kind,
            kinds=", ".join(KINDS),
        )
        raise ValueError(msg)
    return KINDS[kind](table)


def write_table(
    frame: pd.DataFrame,
    path: Path | str,
    *,
    caption: str = "",
    note: str = "",
    source: str = "",
    labels: Mapping[str, str] | None = None,
    sources: pd.DataFrame | None = None,
    lang: str = "",
) -> Path:
    """Write a table for a paper: Word, Excel, LaTeX, Stata, CSV or a page, as the ending says.

    Parameters
    ----------
    frame : pandas.DataFrame
        Written in its order. With the columns `value` and `unit` a workbook has the unit that
        people use beside the base unit.
    path : pathlib.Path or str
        A file that ends in .csv, .docx, .dta, .html, .tex or .xlsx. For CSV and Stata what stands
        round the table goes into a text file beside it (`NAME.notes.txt`).
    caption, note, source : str
        What stands above and below the table; how to cite the suite is added.
    labels : mapping of str to str, optional
        Heads of columns; by default the words of the language's catalogue.
    sources : pandas.DataFrame, optional
        The documents that it rests on, for a workbook's last sheet.
    lang : {"", "en", "zh"}
        The language of heads and words; blank: the one in use.

    Returns
    -------
    pathlib.Path
        The file.

    Raises
    ------
    ValueError
        If the ending is none of these, the table has no columns, or two of one name.

    Examples
    --------
    >>> import tempfile
    >>> rows = pd.DataFrame({"region": ["甲县"], "value": [1.28e9], "unit": ["元"]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = write_table(rows, Path(folder) / "rows.xlsx", caption="收入", lang="zh")
    ...     pd.read_excel(file).iloc[0].to_dict()  # doctest: +NORMALIZE_WHITESPACE
    {'地区': '甲县', '数值': 1280000000, '单位': '元',
     '数值（常用单位）': 12.8, '常用单位': '亿元'}
    """
    file = Path(path)
    kind = file.suffix.removeprefix(".").lower()
    with speak(lang) if lang else nullcontext():
        table = lay_out(
            frame,
            name=file.stem,
            caption=caption,
            note=note,
            source=source,
            labels=labels,
            sources=sources,
        )
        save(file, kind, table)
    return file


def save(file: Path, kind: str, table: PaperTable, content: bytes = b"") -> None:
    """Write a table that is laid out, and where its form has no room for words a file of them.

    Parameters
    ----------
    file : pathlib.Path
    kind : str
        One of `KINDS`.
    table : PaperTable
    content : bytes, optional
        The table in that form, if it is rendered already.
    """
    _replace(file, content or render_table(table, kind))
    if kind in WORDLESS:
        notes = spell_notes(table).encode("utf-8")
        _replace(file.with_name(f"{file.stem}.notes.txt"), notes)


def spell_notes(table: PaperTable) -> str:
    """Return what stands round a table as plain text: caption, notes, and what the columns hold."""
    columns = [
        f"{name}: {head}{say(': ')}{meaning}" if meaning else f"{name}: {head}"
        for name, head, meaning in zip(table.frame, table.heads, table.meanings, strict=True)
    ]
    parts = [table.caption, "\n".join(table.words()), "\n".join(columns)]
    return "\n\n".join(filter(None, parts)) + "\n"


def _replace(file: Path, content: bytes) -> None:
    part = file.with_name(f"{file.name}.part")
    part.write_bytes(content)
    part.replace(file)
