"""Files to plain text: which format a page is in, and the text inside it.

In: the bytes of a txt, html, mht, docx or pdf file, packed with gzip or not, or a piece of html,
escaped or in the strings of a program. Out: the decoded text, one paragraph a line.
"""

from __future__ import annotations

import re

from dz_analysis.language import mark, say, translate
from dz_analysis.reading import bounds
from dz_analysis.reading.encoding import decode, known_charset
from dz_analysis.reading.escapes import read_inside, unescape_entities
from dz_analysis.reading.packing import Unpacked, unpack, zip_sizes
from dz_analysis.reading.source import PageError, Source

_EXPECTED = mark("txt, html, mht, docx or pdf")
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|meta)\b[^<>]*>", re.IGNORECASE)
# What parts lines or cells, or raises a character: no author writes it in running text.
_PART = re.compile(
    r"<(?:br|hr)\s{0,4}/?>|</(?:p|div|td|th|tr|table|li|ul|h[1-6]|sup|sub|center|section)\s{0,4}>"
    r"|<(?:p|div|td|th|tr|table|li|h[1-6]|img|input)\s[^<>]{0,2000}>"
    r"|^[ \t]{0,40}<(?:p|div)>|<(?:p|div)>[ \t]{0,40}$",
    re.IGNORECASE | re.MULTILINE,
)
_CELL = re.compile(r"\s{0,80}<t([rdh])\b", re.IGNORECASE)  # a row or cell without its table
_LINK = re.compile(r"\s{0,80}<(b|font|span|strong)\b[^<>]{0,2000}>.*</\1>\s{0,80}", re.DOTALL)
_PAIR = re.compile(
    r"<(?:p|div)\s{0,4}>|</(?:a|b|em|font|i|o:p|span|strong|u)\s{0,4}>", re.IGNORECASE
)
_PAIRS = 2  # one alone may stand in a text that tells of html
_LINE_END = re.compile(r"\n(?:[ \t]*\n)+|\n(?![ \t])")
_HEAD, _BEFORE = 64, b"\xef\xbb\xbf\r\n\t "  # bytes of a pdf's head, and what may stand before it
_ZIP = b"PK\x03\x04"
_OFFICE = mark("open it in Word or WPS and save it as .docx, or copy its text to a .txt")
_SHEET = mark(
    "a sheet is no page: save its text, or the report that it belongs to, as .docx or .txt"
)
_PICTURE = mark("run text recognition (OCR) on it first")
_OTHERS = {
    b"\xd0\xcf\x11\xe0": (mark("an old Word, Excel or WPS file (.doc, .xls, .wps)"), _OFFICE),
    b"{\\rtf": (mark("an rtf file"), _OFFICE),
    b"Rar!": (mark("a rar archive"), mark("unpack it")),
    b"7z\xbc\xaf": (mark("a 7z archive"), mark("unpack it")),
    b"\x89PNG": (mark("a picture (png)"), _PICTURE),
    b"\xff\xd8\xff": (mark("a picture (jpeg)"), _PICTURE),
    b"GIF8": (mark("a picture (gif)"), _PICTURE),
    b"II*\x00": (mark("a picture (tiff)"), _PICTURE),
    b"MM\x00*": (mark("a picture (tiff)"), _PICTURE),
    b"CAJ": (mark("a caj file"), mark("print it to pdf from its viewer")),
    b"SQLite": (mark("a database"), mark("export the text")),
}
# What a zip file is, by a name inside it.
_PACKED = {
    "xl/workbook.xml": (mark("an Excel workbook (.xlsx)"), _SHEET),
    "ppt/presentation.xml": (
        mark("a presentation (.pptx)"),
        mark("save its text as .docx or .txt"),
    ),
    "content.xml": (mark("an OpenDocument file (.odt, .ods)"), _OFFICE),
    "OFD.xml": (mark("an OFD file"), mark("print it to pdf from its viewer")),
    "META-INF/container.xml": (mark("an e-book (.epub)"), mark("save its text as .txt")),
}
_SHEETS = (".csv", ".tsv")


def read_source(content: bytes, *, name: str = "") -> Source:
    r"""Return the text inside a file of any of the formats.

    Parameters
    ----------
    content : bytes
        The file.
    name : str, optional
        Its name, by which a list of values is told from a page.

    Raises
    ------
    PageError
        If it is a file of another kind, an empty one, a page of frames, a pdf that is broken,
        locked, or of pictures, or if it goes beyond one of the `bounds`.

    Examples
    --------
    >>> read_source("<html><body><p>工业增长6%</p><p>农业增长3%</p></body></html>".encode()).text
    '工业增长6%\n农业增长3%'
    """
    if name:
        _refuse_named(content, name)
    bounds.FILE.check(len(content))
    source = _read(unpack(content))
    bounds.check_text(source.text)
    return source


def _read(packed: Unpacked) -> Source:
    content = packed.content
    if content[:_HEAD].lstrip(_BEFORE).startswith(b"%PDF"):
        from dz_analysis.reading.paged import read_pdf  # loads pdfium, for pdf alone

        return read_pdf(content)
    if content.startswith(_ZIP) and "word/document.xml" in zip_sizes(content):
        from dz_analysis.reading.word import read_word

        return read_word(content)
    _refuse_binary(content)
    bounds.TEXT_BYTES.check(len(content))
    decoded = decode(content, declared=known_charset(packed.charset))
    text = read_inside(decoded.text)
    if _is_html(text):
        from dz_analysis.reading.html_page import read_html

        return read_html(_with_breaks(text), encoding=decoded.encoding)
    bounds.check_text(text)
    return Source(unescape_entities(text), decoded.encoding, "txt")


def _is_html(text: str) -> bool:
    """Say whether a text is html, a piece of one too: it has tags that part lines, or pairs."""
    if _HTML.search(text[:4096]) or _PART.search(text) or _LINK.fullmatch(text):
        return True
    return len(_PAIR.findall(text)) >= _PAIRS


def _with_breaks(text: str) -> str:
    """Mark the line ends of a fragment that has no tags for its lines, and the table of its cells.

    A line that goes on set in by blanks was broken by an editor of source text.
    """
    if cell := _CELL.match(text):
        return "<table>" + "<tr>" * (cell[1].lower() != "r") + text
    if _PART.search(text) or _HTML.search(text):
        return text
    return _LINE_END.sub("<br>", text)


def _refuse_named(content: bytes, name: str) -> None:
    """Refuse an empty file, and a list of values, whose commas are no marks."""
    if not content:
        msg = say(
            "Found an empty file (0 bytes), expected a page: download {name} again.", name=name
        )
        raise PageError(msg)
    if name.lower().endswith(_SHEETS):
        msg = say(
            "Found a list of values ({name}), expected {expected}; {cure}.",
            name=name,
            expected=translate(_EXPECTED),
            cure=translate(_SHEET),
        )
        raise PageError(msg)


def _refuse_binary(content: bytes) -> None:
    """Refuse what is no page of ours rather than read its bytes as characters."""
    kind = _packed_kind(content) if content.startswith(_ZIP) else None
    found = kind or next((kind for mark, kind in _OTHERS.items() if content.startswith(mark)), None)
    if found:
        msg = say(
            "Found {found}, expected {expected}; {cure}.",
            found=translate(found[0]),
            expected=translate(_EXPECTED),
            cure=translate(found[1]),
        )
        raise PageError(msg)


def _packed_kind(content: bytes) -> tuple[str, str]:
    names = zip_sizes(content)
    if not names:
        return mark("a broken zip file"), mark("download it again")
    known = next((kind for name, kind in _PACKED.items() if name in names), None)
    listed = ", ".join(sorted(names)[:3]) + (" …" if len(names) > 3 else "")
    return known or (say("a zip archive ({files})", files=listed), mark("unpack it"))
