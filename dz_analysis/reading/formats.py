"""Files to plain text: which format a page is in, and the text inside it.

In: the bytes of a txt, html, docx or pdf file. Out: the decoded text, one paragraph a line.
"""

from __future__ import annotations

import io
import re
import zipfile
from html.parser import HTMLParser

import docx
import pdfplumber

from dz_analysis.reading.encoding import decode
from dz_analysis.reading.source import Source

_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|meta|div|p)\b[^<>]*>", re.IGNORECASE)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "caption",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "option",
        "p",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
    ]
)
_UNSEEN = frozenset(("script", "style", "noscript", "template", "head"))


def read_source(content: bytes) -> Source:
    r"""Return the text inside a file of any of the formats.

    Examples
    --------
    >>> read_source("<html><body><p>工业增长6%</p><p>农业增长3%</p></body></html>".encode()).text
    '工业增长6%\n农业增长3%'
    """
    if content.startswith(b"%PDF"):
        return Source(_pdf_text(content), "pdf", "pdf")
    if content.startswith(b"PK\x03\x04") and _is_docx(content):
        return Source(_docx_text(content), "docx", "docx")
    decoded = decode(content)
    if _HTML.search(decoded.text[:4096]):
        text, title = html_text(decoded.text)
        return Source(text, decoded.encoding, "html", title)
    return Source(decoded.text, decoded.encoding, "txt")


def html_text(source: str) -> tuple[str, str]:
    """Return the visible text of an html page, a line a block, and the text of its title."""
    parser = _Visible()
    parser.feed(source)
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.pieces).split("\n"))
    return "\n".join(line for line in lines if line), " ".join("".join(parser.titles).split())


class _Visible(HTMLParser):
    """Collects what a reader sees; a block starts a line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.titles: list[str] = []
        self.unseen: list[str] = []
        self.in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a block, or the start of what is not seen."""
        self.in_title = tag == "title"
        if tag in _UNSEEN:
            self.unseen.append(tag)
        elif tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Note the end of a block."""
        self.in_title = False
        if tag in self.unseen:
            del self.unseen[self.unseen.index(tag) :]
        elif tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        """Keep text that is seen."""
        if self.in_title:
            self.titles.append(data)
        elif not self.unseen:
            self.pieces.append(data.replace("\n", " "))


def _is_docx(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "word/document.xml" in archive.namelist()


def _docx_text(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    lines: list[str] = []
    for block in document.iter_inner_content():
        if isinstance(block, docx.table.Table):
            lines += ["\t".join(cell.text.strip() for cell in row.cells) for row in block.rows]
        else:
            lines.append(block.text)
    return "\n".join(lines)


def _pdf_text(content: bytes) -> str:
    with pdfplumber.open(io.BytesIO(content)) as document:
        pages = [page.extract_text() or "" for page in document.pages]
    return _join_wrapped("\n".join(pages))


def _join_wrapped(text: str) -> str:
    """Join lines that were broken by the page's width: a full line without an end mark."""
    lines = [line.strip() for line in text.split("\n")]
    width = max(map(len, lines), default=0)
    joined: list[str] = []
    carry = False
    for line in lines:
        if carry and joined and line:
            joined[-1] += line
        else:
            joined.append(line)
        carry = len(line) >= width - 4 and width > 20
    return "\n".join(joined)
