"""A table of text as editors and spreadsheets save it: a csv file, read cell by cell.

In: a csv file in UTF-8 with or without its mark, UTF-16 or GB18030; commas, semicolons or tabs.
Out: its head and its filled lines, each with its number in the file. What a cell means its reader
says (`manifest`, `review`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from dz_analysis.harmless import unquote_formula
from dz_analysis.hashes import hash_bytes
from dz_analysis.language import say

DELIMITERS = (",", "\t", ";")
_CHARSETS = ("utf-8-sig", "gb18030")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_SEPARATOR = "sep="  # what a spreadsheet may be told above the head


class Line(NamedTuple):
    """One line of a table: its number in the file, from 1, and its cells, as many as the head."""

    number: int
    cells: tuple[str, ...]


class Lines(NamedTuple):
    """A table as it stands: the names of its columns, the lines that hold anything, its hash."""

    header: tuple[str, ...]
    lines: tuple[Line, ...]
    sha256: str = ""

    def rows(self) -> Iterator[dict[str, str]]:
        """Yield the lines as mappings, cell by column."""
        return (dict(zip(self.header, line.cells, strict=True)) for line in self.lines)


def read_lines(file: Path) -> Lines:
    """Read a table as it stands; cells are stripped, and blank lines left out.

    Raises
    ------
    ValueError
        If it is no table of text, a quotation mark is not closed, or a line has more cells than
        the head; the message names the line, and what to do.
    """
    content = file.read_bytes()
    text = _decode(content, file)
    first = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    if first.lower().startswith(_SEPARATOR):
        told = first.strip()[len(_SEPARATOR) :]
        delimiter = told if len(told) == 1 and told != '"' else delimiter
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    found: list[Line] = []
    begin = 1
    try:
        for cells in reader:
            found.append(Line(begin, tuple(unquote_formula(cell.strip()) for cell in cells)))
            begin = reader.line_num + 1
    except csv.Error as error:
        msg = say(
            "{file} line {begin}: a quotation mark is not closed ({error}); close it.",
            file=file,
            begin=begin,
            error=error,
        )
        raise ValueError(msg) from error
    if found and "".join(found[0].cells).lower().startswith(_SEPARATOR):
        del found[0]
    header = found[0].cells if found else ()
    filled = [line for line in found[1:] if any(line.cells)]
    fitted = tuple(_fitted(line, len(header), file) for line in filled)
    return Lines(header, fitted, hash_bytes(content))


def _fitted(line: Line, width: int, file: Path) -> Line:
    """Return a line with as many cells as the head has; blank ones are added or left off."""
    if any(line.cells[width:]):
        msg = say(
            "{file} line {number}: found {n} cells under {width} columns; a cell that holds a "
            "comma must stand in quotation marks.",
            file=file,
            number=line.number,
            n=len(line.cells),
            width=width,
        )
        raise ValueError(msg)
    return line._replace(cells=(*line.cells, *[""] * (width - len(line.cells)))[:width])


def _decode(content: bytes, file: Path) -> str:
    if content.startswith(_WORKBOOKS):
        msg = say(
            "{file}: found an Excel workbook; save it as CSV (in Excel: CSV UTF-8).", file=file
        )
        raise ValueError(msg)
    if content.startswith(_UTF16):
        return content.decode("utf-16", errors="replace")
    for charset in _CHARSETS:
        try:
            return content.decode(charset)
        except UnicodeDecodeError:
            continue
    msg = say("{file}: found neither UTF-8 nor GB18030; save it as CSV in UTF-8.", file=file)
    raise ValueError(msg)
