"""Word files to lines: paragraphs, rows of tables, and the running heads of the pages.

A paragraph begins with the number that Word sets before it; a cell that spans several columns is
followed by empty ones, so that a table's columns stand below one another.

In: the bytes of a docx file. Out: `Source`. Text that tracked changes have put in and text inside
content controls is read; text that they have struck out is not seen by a reader and is left out.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import docx
from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from docx.oxml.exceptions import XmlchemyError
from docx.oxml.ns import qn
from lxml import etree

from dz_analysis.language import say
from dz_analysis.reading import bounds
from dz_analysis.reading.numbering import Numbering
from dz_analysis.reading.packing import BROKEN_ZIP, zip_sizes
from dz_analysis.reading.source import MARGIN, Mark, PageError, Source

_TEXT, _TAB = qn("w:t"), qn("w:tab")
_BREAKS = frozenset((qn("w:br"), qn("w:cr")))
_SKIPPED = frozenset((qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), qn("w:rPr"), qn("w:instrText")))
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PARTS = (".xml", ".rels")
_WIDEST = 60  # columns that a cell may span
_PARAGRAPH, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")


def read_word(content: bytes) -> Source:
    """Return the text of a docx file; running heads and feet stand last, marked as margin.

    Raises
    ------
    PageError
        If the file is damaged, defines entities, or goes beyond one of the `bounds`.
    """
    _check_sizes(content)
    word = _open(content)
    _refuse_entities(word)
    lines = list(_bounded(_lines(word.body, word.numbering)))
    margins = [line for line in _running_heads(word) if line]
    marks, at = [], sum(len(line) + 1 for line in lines)
    for line in margins:
        marks.append(Mark(at, at + len(line), MARGIN))
        at += len(line) + 1
    return Source("\n".join((*lines, *margins)), "docx", "docx", marks=tuple(marks))


def _check_sizes(content: bytes) -> None:
    """Refuse a file that unpacks to more than is read, before it is unpacked."""
    sizes = zip_sizes(content)
    bounds.WORD_FILES.check(len(sizes))
    bounds.WORD_BYTES.check(sum(sizes.values()))
    bounds.WORD_PART.check(max(size for name, size in sizes.items() if name.endswith(_PARTS)))


def _bounded(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines until they are more than is read."""
    size = 0
    for line in lines:
        size += len(line) + 1
        bounds.CHARACTERS.check(size)
        yield line


# What the library raises of a file whose parts are damaged or missing.
_DAMAGED = (
    *BROKEN_ZIP,
    *(OpcError, PythonDocxError, XmlchemyError, etree.XMLSyntaxError),
    *(AttributeError, TypeError),
)


class _Word(NamedTuple):
    """What is read of a document: its body, and the heads and feet of its pages."""

    body: Any
    heads: list[Any]
    numbering: Numbering
    numbering_of_heads: Numbering


def _open(content: bytes) -> _Word:
    """Open a docx file; one whose parts are damaged or missing is refused with the cure.

    What of its parts belongs together is looked up here, because a missing one shows only then.
    """
    try:
        document = docx.Document(io.BytesIO(content))
        parts = [part for section in document.sections for part in (section.header, section.footer)]
        heads = [part._element for part in parts]
        return _Word(document.element.body, heads, Numbering(document), Numbering(document))
    except _DAMAGED as error:
        msg = say(
            "Found a damaged Word file ({error}), expected a whole one; download it again, or "
            "open it in Word or WPS, which may mend it, and save it.",
            error=error,
        )
        raise PageError(msg) from error


def _refuse_entities(word: _Word) -> None:
    """Refuse a file whose parts define entities: they are not read, so text would be missing."""
    if any(part.getroottree().docinfo.internalDTD is not None for part in (word.body, *word.heads)):
        msg = say(
            "Found a Word file that defines entities of its own, expected one as Word writes it; "
            "open it in Word or WPS and save it anew, or copy its text to a .txt."
        )
        raise PageError(msg)


def _lines(parent: Any, numbering: Numbering) -> Iterator[str]:
    """Yield the lines of a body or a cell: a paragraph each, a row of a table each."""
    for child in parent:
        if child.tag == _PARAGRAPH:
            number, text = numbering.label(child), _paragraph_text(child)
            yield from (number + text if text.strip() else text).split("\n")
        elif child.tag == _TABLE:
            rows = (row for row in child.iter(_ROW) if _nearest(row) is child)
            yield from (_row_text(row, numbering) for row in rows)
        elif child.tag not in _SKIPPED:
            yield from _lines(child, numbering)


def _row_text(row: Any, numbering: Numbering) -> str:
    cells = (cell for cell in row.iter(_CELL) if next(cell.iterancestors(_ROW)) is row)
    texts: list[str] = []
    for cell in cells:
        texts.append(" ".join(" ".join(_lines(cell, numbering)).split()))
        texts += [""] * (_span(cell) - 1)
        bounds.COLUMNS.check(len(texts))
    return "\t".join(texts).rstrip("\t")


def _span(cell: Any) -> int:
    """Return how many columns a cell spans."""
    found = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    value = "1" if found is None else found.get(qn("w:val"), "1")
    return min(int(value), _WIDEST) if value.isdigit() else 1


def _nearest(row: Any) -> Any:
    return next(row.iterancestors(_TABLE))


def _paragraph_text(paragraph: Any) -> str:
    """Return what a reader sees of a paragraph; a text box in it follows it on its own line."""
    pieces: list[str] = []
    boxes: list[str] = []
    for child in paragraph:
        _collect(child, pieces, boxes)
    return "\n".join(("".join(pieces), *boxes))


def _collect(element: Any, pieces: list[str], boxes: list[str]) -> None:
    if element.tag in _SKIPPED or element.tag == _FALLBACK:
        return
    if element.tag == _PARAGRAPH:
        boxes.append(_paragraph_text(element))
    elif element.tag == _TEXT:
        pieces.append(element.text or "")
    elif element.tag == _TAB:
        pieces.append("\t")
    elif element.tag in _BREAKS:
        pieces.append("\n")
    else:
        for child in element:
            _collect(child, pieces, boxes)


def _running_heads(word: _Word) -> list[str]:
    """Return the lines of the sections' heads and feet, each once."""
    lines = [line.strip() for part in word.heads for line in _lines(part, word.numbering_of_heads)]
    return list(dict.fromkeys(lines))
