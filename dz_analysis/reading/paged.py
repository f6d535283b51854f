"""Pdf files to paragraphs: lines broken by the page's width are joined, page numbers set apart.

In: the bytes of a pdf file. Out: `Source`. A paragraph that runs over the foot of a page stays one:
page numbers and running heads stand behind the text, marked, because they lie in its midst. A row
of a ruled table is one line, its cells apart by a tab.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from dz_analysis.reading.source import Mark, Source

_NUMBER = re.compile(r"^[\s\-—–－·第/共页]*\d{1,4}[\s\-—–－·第/共页\d]*$")
_HEADING = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十]{1,3}[）)、]|第[一二三四五六七八九十]{1,3}[章节编])"
)
_SPARE = 2.0  # characters that may be missing at the end of a full line: a mark is not split off
_INDENT = 0.8  # characters by which a new paragraph is set in, at least
_REPEATED = 3  # pages on which a running head stands, at least
_GAP = 0.5  # of a character: a wider space is a blank


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    left: float
    right: float
    size: float
    is_row: bool = False


def read_pdf(content: bytes) -> Source:
    """Return the text of a pdf file.

    Raises
    ------
    ValueError
        If it holds no text, as a scan does.
    """
    import pdfplumber  # takes 0.1 s, for pdf alone

    with pdfplumber.open(io.BytesIO(content)) as document:
        pages = [list(_page_lines(page)) for page in document.pages]
    if not any(pages):
        msg = f"Found a pdf of {len(pages)} pages without text, expected text; run OCR on it first."
        raise ValueError(msg)
    body, margins = _apart(pages)
    lines = _joined(body)
    marks, at = [], sum(len(line) + 1 for line in lines)
    for line in margins:
        marks.append(Mark(at, at + len(line), "page number"))
        at += len(line) + 1
    return Source("\n".join((*lines, *margins)), "pdf", "pdf", marks=tuple(marks))


def _page_lines(page: Any) -> Iterator[_Line]:
    """Yield the lines of a page from top to bottom, the rows of its tables among them."""
    tables = [table for table in page.find_tables() if _is_table(table)]
    found = [(table.bbox[1], row) for table in tables for row in _rows(table)]
    outside = page
    for table in tables:
        outside = outside.outside_bbox(table.bbox, strict=False)
    for line in outside.extract_text_lines(x_tolerance_ratio=_GAP):
        size = max((char["size"] for char in line["chars"]), default=10.0)
        text = line["text"].strip()
        if text:
            found.append((line["top"], _Line(text, line["x0"], line["x1"], size)))
    yield from (line for _, line in sorted(found, key=lambda item: item[0]))


def _is_table(table: Any) -> bool:
    rows = table.extract()
    return len(rows) > 1 and max(map(len, rows)) > 1


def _rows(table: Any) -> Iterator[_Line]:
    for row in table.extract():
        text = "\t".join("".join((cell or "").split("\n")).strip() for cell in row)
        if text.strip():
            yield _Line(text.strip("\n"), table.bbox[0], table.bbox[2], 1.0, is_row=True)


def _apart(pages: Sequence[Sequence[_Line]]) -> tuple[list[_Line], list[str]]:
    """Part the lines of the text from page numbers and running heads."""
    edges = Counter(_mask(line.text) for page in pages for line in _edge(page))
    body, margins = [], []
    for page in pages:
        ends = {id(line) for line in _edge(page)}
        for line in page:
            is_repeated = edges[_mask(line.text)] >= _REPEATED and line.text != ""
            if id(line) in ends and (is_repeated or _NUMBER.match(line.text)):
                margins.append(line.text)
            else:
                body.append(line)
    return body, margins


def _edge(page: Sequence[_Line]) -> list[_Line]:
    """Return the first and the last line of a page, unless they are rows of a table."""
    ends = [page[0], page[-1]] if len(page) > 1 else list(page[:0])
    return [line for line in ends if not line.is_row]


def _mask(text: str) -> str:
    return re.sub(r"\d+", "0", text)


@dataclass(frozen=True, slots=True)
class _Column:
    """The column of running text: where its lines begin and end."""

    left: float
    right: float

    @classmethod
    def around(cls, lines: Iterable[_Line]) -> _Column:
        """Return the column that holds all lines."""
        edges = [(line.left, line.right) for line in lines] or [(0.0, 0.0)]
        return cls(min(left for left, _ in edges), max(right for _, right in edges))

    def begins(self, line: _Line) -> bool:
        """Say whether a line begins a paragraph: it is set in or a heading, or a table's row."""
        is_set_in = line.left - self.left > _INDENT * line.size
        return line.is_row or is_set_in or bool(_HEADING.match(line.text))

    def is_filled(self, line: _Line) -> bool:
        """Say whether a line runs to the end of the column, so that its paragraph may go on."""
        return not line.is_row and self.right - line.right < _SPARE * line.size


def _joined(lines: Sequence[_Line]) -> list[str]:
    """Join a full line with the next one, unless that one is set in or is a heading."""
    column = _Column.around(line for line in lines if not line.is_row)
    joined: list[str] = []
    goes_on = False
    for line in lines:
        if goes_on and not column.begins(line):
            joined[-1] = _glue(joined[-1], line.text)
        else:
            joined.append(line.text)
        goes_on = column.is_filled(line)
    return joined


def _glue(before: str, after: str) -> str:
    """Join two halves of a paragraph; Latin words keep their blank."""
    is_latin = before[-1].isascii() and before[-1].isalpha() and after[0].isascii()
    return before + (" " if is_latin and after[0].isalpha() else "") + after
