"""Pdf files to paragraphs: lines broken by the page's width are joined, page numbers set apart.

In: the bytes of a pdf file. Out: `Source`. A paragraph that runs over the foot of a page stays one:
page numbers, running heads, watermarks and the labels of charts stand behind the text, marked,
because they lie in its midst. A row of a table is one line, its cells apart by a tab. The largest
lines of the first page are its title.

`glyphs` and `drawn` ask pdfium for the characters and the rules; what makes a line, a column or a
table is decided in `lines`, `columns`, `ruled` and `aligned` from where these stand, not from their
order in the file.
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

import pypdfium2
from pypdfium2 import raw

from dz_analysis.language import mark, say, translate
from dz_analysis.reading import bounds
from dz_analysis.reading.aligned import align_rows
from dz_analysis.reading.columns import read_columns
from dz_analysis.reading.dates import only_date
from dz_analysis.reading.drawn import find_charts, read_drawn
from dz_analysis.reading.fallback import use_own_font
from dz_analysis.reading.glyphs import Box, Glyphs, read_printed
from dz_analysis.reading.heads import PAGE_NUMBER, Placed, is_number, part_heads
from dz_analysis.reading.lines import Line, Run, Writer, find_runs
from dz_analysis.reading.ruled import Ruled, find_ruled, find_zones, ruled_rows
from dz_analysis.reading.source import TITLE, Mark, PageError, Source

WATERMARK, CHART = "watermark", "chart label"
_HEADING = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十]{1,3}[）)、]|第[一二三四五六七八九十]{1,3}[章节编])"
)
_LEADER = re.compile("…{3}|\\.{6}|·{6}")  # from a heading to its page, in a table of contents
_HAN = re.compile(r"[\u3400-\u9fff]")
_STOP = re.compile("[。；]")
_SPARE = 2.0  # characters that may be missing at the end of a full line: a mark is not split off
_INDENT = 0.8  # characters by which a new paragraph is set in, at least
_LARGE, _ALIKE = 1.2, 0.97  # of the usual size of a line: that of a title; of one of its lines
_SHORTEST, _LONGEST = 6, 80  # characters of a title
_FAR = 3.5  # ems between the lines of a paragraph, at most
_NARROWEST = 12  # ems of a column of running text
_FEW = 4  # lines of a column that do not show how wide it is
_SAME = 0.5  # ems between edges that are the same one
_PICTURE = 0.3  # of a page without text under pictures: it is one
_LOST = 0.05  # of all characters without a meaning: the file holds no text
_TAIL = 2048  # bytes in which a whole file ends
_LABEL = 24  # characters of a label
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_PIECE = 2**16  # bytes of a stream unpacked at a time
_STREAM_HEAD = 1000  # bytes before a stream in which its kind is told
_AGAIN = mark("download it again, or open it in a viewer and print it to a new pdf")


def read_pdf(content: bytes) -> Source:
    r"""Return the text of a pdf file.

    Parameters
    ----------
    content : bytes
        The file.

    Returns
    -------
    Source
        Its `notes` name the pages that are pictures, and say if characters are lost (`\ufffd`).

    Raises
    ------
    PageError
        If the file is cut off or broken, if a password locks it, if it holds no text, as a scan
        does, if its fonts do not say which characters they draw, or if it goes beyond one of the
        `bounds`.
    """
    _check_streams(content)
    with _opened(content) as document:
        bounds.PDF_PAGES.check(len(document))
        pages = list(_read_pages(document))
    _refuse_unreadable(pages)
    body, margins = part_heads([page.lines for page in pages])
    margins += dict.fromkeys(text for page in pages for text in page.apart)
    marks, at = [], 0
    lines = [*_joined(body), *margins]
    for kind, line in lines:
        if kind:
            marks.append(Mark(at, at + len(line), kind))
        at += len(line) + 1
    text = "\n".join(line for _, line in lines)
    return Source(text, "pdf", "pdf", marks=tuple(marks), notes=tuple(_notes(pages)))


def _opened(content: bytes) -> pypdfium2.PdfDocument:
    """Open a file, or say why it cannot be."""
    if _is_cut(content):
        msg = say(
            "Found a pdf that is cut off in the middle, expected a whole one; {again}.",
            again=translate(_AGAIN),
        )
        raise PageError(msg)
    use_own_font()
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        is_locked = raw.FPDF_GetLastError() in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        locked = say(
            "Found a pdf that is locked by a password, expected an open one; "
            "open it with the password and print it to a new pdf."
        )
        again = translate(_AGAIN)
        broken = say("Found a broken pdf, expected a whole one; {again}.", again=again)
        raise PageError(locked if is_locked else broken) from error
    return document


def _is_cut(content: bytes) -> bool:
    """Say whether the end of a file is missing."""
    written = re.search(rb"/Linearized\b.{0,200}?/L\s+(\d{1,12})", content[:_TAIL], re.DOTALL)
    if written and len(content) < int(written[1]):
        return True
    end = max(content.rfind(b"%%EOF"), content.rfind(b"startxref", -_TAIL))
    return end < 0 or b"endobj" in content[end:]


def _check_streams(content: bytes) -> None:
    """Refuse a file one of whose streams unpacks to more than is read; pictures are not drawn.

    A stream may be packed several times. What is packed otherwise, or locked, is not looked into.
    """
    for found in _STREAM.finditer(content):
        head = content[max(found.start() - _STREAM_HEAD, 0) : found.start()].rpartition(b"obj")[2]
        inside = memoryview(b"" if b"/Image" in head else content)[found.end() :]
        while inside:
            inside = memoryview(_unpacked(inside))
            bounds.PDF_STREAM.check(len(inside))


def _unpacked(packed: memoryview) -> bytes:
    """Return what a stream unpacks to, as far as it is whole and not too large."""
    unpacker, pieces, left = zlib.decompressobj(), list[bytes](), bounds.PDF_STREAM.most + 1
    for at in range(0, len(packed), _PIECE):
        try:
            pieces.append(unpacker.decompress(packed[at : at + _PIECE], left))
        except zlib.error:
            break
        left -= len(pieces[-1])
        if unpacker.eof or not left:
            break
    return b"".join(pieces)


def _read_pages(document: pypdfium2.PdfDocument) -> Iterator[_Page]:
    """Yield the pages of a file until they hold more characters than are read."""
    size = 0
    for number in range(len(document)):
        page = _read_page(document, number)
        size += page.size
        bounds.CHARACTERS.check(size)
        yield page


class _Page(NamedTuple):
    """One page: its lines as they are read, what stands beside the text, what is missing.

    `apart` are the texts of watermarks and charts, each with its kind; `size` and `lost` count the
    characters, and those without a meaning.
    """

    lines: list[Line]
    apart: list[tuple[str, str]]
    size: int
    lost: int
    is_picture: bool


def _read_page(document: pypdfium2.PdfDocument, number: int) -> _Page:
    """Read a page of a file; one that cannot be opened is named."""
    try:
        page = document[number]
    except pypdfium2.PdfiumError as error:
        msg = say(
            "Found a pdf whose page {number} is broken, expected a whole one; {again}.",
            number=number + 1,
            again=translate(_AGAIN),
        )
        raise PageError(msg) from error
    try:
        bounds.PDF_OBJECTS.check(raw.FPDFPage_CountObjects(page))
        printed = read_printed(page)
        drawn = read_drawn(page, printed.frame)
    finally:
        page.close()
    ruled = find_ruled(drawn.across, drawn.down)
    tables = [table for table in ruled if table.has_rows(printed.glyphs)]
    boxes = [table.box for table in tables]
    charts = find_charts(drawn, printed.glyphs, boxes)
    lines, labels = _part_labels(_read_lines(printed.glyphs, tables), charts)
    apart = [(CHART, text) for text in labels]
    apart += [(PAGE_NUMBER if is_number(x) else WATERMARK, x) for x in printed.slanted]
    size = len(printed.glyphs.text)
    is_picture = not size and drawn.covered(printed.frame) > _PICTURE
    return _Page(lines, apart, size, printed.lost, is_picture)


def _read_lines(glyphs: Glyphs, tables: Sequence[Ruled]) -> list[Line]:
    """Return the lines of a page in the order in which they are read, the rows of tables too."""
    writer = Writer(glyphs)
    runs: dict[int, list[Run]] = defaultdict(list)
    for run in find_runs(glyphs, find_zones(tables, glyphs)):
        runs[run.zone].append(run)
    boxes = [table.box for table in tables]
    lines = align_rows(read_columns(runs.pop(-1, []), writer, boxes))
    first = 0
    for table in tables:
        zones = range(first, first + table.cells.size)
        cells = {zone - first: writer.lines(runs[zone]) for zone in zones if zone in runs}
        _insert(lines, table.box, list(ruled_rows(table, cells)))
        first = zones.stop
    return lines


def _insert(lines: list[Line], box: Box, rows: Sequence[Line]) -> None:
    """Put the rows of a table before the first line below its head, in its own column."""
    beside = [at for at, x in enumerate(lines) if x.left < box.right and x.right > box.left]
    below = [at for at in beside if lines[at].base > box.top]
    lower = (at for at, line in enumerate(lines) if line.base > box.top)
    end = beside[-1] + 1 if beside else next(lower, len(lines))
    at = below[0] if below else end
    lines[at:at] = rows


def _part_labels(lines: Sequence[Line], charts: Sequence[Box]) -> tuple[list[Line], list[str]]:
    """Part the lines of a page from the labels of its charts."""
    kept: list[Line] = []
    labels: list[str] = []
    for line in lines:
        if any(_is_label(line, chart) for chart in charts):
            labels.append(line.text)
        else:
            kept.append(line)
    return kept, labels


def _is_label(line: Line, chart: Box) -> bool:
    """Say whether a line stands inside a chart and is no sentence."""
    x, y = (line.left + line.right) / 2, line.base - line.em / 2
    is_short = max(len(piece.text) for piece in line.pieces) <= _LABEL
    return is_short and chart.meets(Box(x, y, x, y)) and not _STOP.search(line.text)


def _refuse_unreadable(pages: Sequence[_Page]) -> None:
    count, lost = sum(page.size for page in pages), sum(page.lost for page in pages)
    if not count:
        msg = say(
            "Found a pdf of {n} pages without text, expected text; run OCR on it first.",
            n=len(pages),
        )
        raise PageError(msg)
    if lost > _LOST * count:
        msg = say(
            "Found a pdf whose fonts do not say which characters they draw ({lost} of {count}), "
            "expected text; print it to a new pdf from its viewer, or run OCR on it first.",
            lost=lost,
            count=count,
        )
        raise PageError(msg)


def _notes(pages: Sequence[_Page]) -> Iterator[str]:
    """Yield what of the pages could not be read."""
    pictures = [number for number, page in enumerate(pages, 1) if page.is_picture]
    if pictures:
        listed = ", ".join(map(str, pictures))
        yield f"pages that are pictures without text: {listed}; run OCR on them"
    if lost := sum(page.lost for page in pages):
        yield f"characters that their font does not name: {lost}"


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of running text: where its lines begin and end."""

    left: float
    right: float

    @classmethod
    def around(cls, lines: Sequence[Line]) -> _Column:
        """Return the column that holds all lines but a single one that reaches further."""
        em = median(line.em for line in lines)
        lefts = sorted(line.left for line in lines)
        rights = sorted((line.right for line in lines), reverse=True)
        left = next((a for a, b in pairwise(lefts) if b - a < _SAME * em), lefts[0])
        right = next((a for a, b in pairwise(rights) if a - b < _SPARE * em), rights[0])
        return cls(left, right)

    def like(self, others: Sequence[_Column]) -> _Column:
        """Return it as wide as others usually are, if there are any."""
        if not others:
            return self
        left, right = median(x.left for x in others), median(x.right for x in others)
        return _Column(min(self.left, left), max(self.right, right))

    def begins(self, line: Line) -> bool:
        """Say whether a line begins a paragraph: it is set in or a heading, or a table's row."""
        is_set_in = line.left - self.left > _INDENT * line.em
        return line.is_row or is_set_in or bool(_HEADING.match(line.text))

    def is_filled(self, line: Line) -> bool:
        """Say whether a line runs to the end of the column, so that its paragraph may go on."""
        is_wide = self.right - self.left > _NARROWEST * line.em
        is_full = is_wide and self.right - line.right < _SPARE * line.em
        return is_full and not (line.is_row or _LEADER.search(line.text) or only_date(line.text))


def _columns(lines: Sequence[Placed]) -> dict[tuple[int, int], _Column]:
    """Return each column of each page; one with few lines is like the others of its number."""
    held: dict[tuple[int, int], list[Line]] = defaultdict(list)
    for line, page in lines:
        if not line.is_row:
            held[page, line.column].append(line)
    found = {place: _Column.around(group) for place, group in held.items()}
    shown: dict[int, list[_Column]] = defaultdict(list)
    for place, group in held.items():
        if len(group) > _FEW:
            shown[place[1]].append(found[place])
    few = [place for place, group in held.items() if len(group) <= _FEW]
    return found | {place: found[place].like(shown[place[1]]) for place in few}


def _joined(lines: Sequence[Placed]) -> list[tuple[str, str]]:
    """Return the paragraphs, each with the mark of its kind, `""` for most.

    A full line goes on in the next one, unless that begins a paragraph or stands far below; the
    lines of the title are one.
    """
    columns, title = _columns(lines), _title(lines)
    joined: list[tuple[str, str]] = []
    last: Placed | None = None  # the line above, if it is full
    for number, placed in enumerate(lines):
        line, page = placed
        column = columns.get((page, line.column))
        goes_on = last and column and not (column.begins(line) or _is_far(last, placed))
        if goes_on or number in title[1:]:
            kind, words = joined[-1]
            joined[-1] = kind, _glue(words, line.text)
        else:
            joined.append((TITLE if number in title else "", line.text))
        is_full = column is not None and column.is_filled(line) and number not in title
        last = placed if is_full else None
    return joined


def _title(lines: Sequence[Placed]) -> range:
    """Return the numbers of the lines that are the title: the largest ones on the first page."""
    first = [(at, x.line) for at, x in enumerate(lines) if x.page == lines[0].page]
    words = [(at, line) for at, line in first if not line.is_row]
    largest = max((line.em for _, line in words), default=0.0)
    large = [at for at, line in words if line.em > _ALIKE * largest]
    if largest < _LARGE * median(line.em for line, _ in lines):
        return range(0)
    end = large[0] + 1
    while end in large and not _is_far(lines[end - 1], lines[end]):
        end += 1
    title = range(large[0], end)
    han = sum(len(_HAN.findall(lines[at].line.text)) for at in title)
    return title if _SHORTEST <= han <= _LONGEST else range(0)


def _is_far(above: Placed, below: Placed) -> bool:
    """Say whether something else stands between two lines of a page."""
    step = below.line.base - above.line.base
    return above.page == below.page and step > _FAR * above.line.em


def _glue(before: str, after: str) -> str:
    """Join two halves of a paragraph; Latin words keep their blank."""
    is_latin = before[-1].isascii() and before[-1].isalpha() and after[0].isascii()
    return before + (" " if is_latin and after[0].isalpha() else "") + after
