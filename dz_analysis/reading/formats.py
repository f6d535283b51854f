"""Files to plain text: which format a page is in, and the text inside it.

In: the bytes of a txt, html, docx or pdf file. Out: the decoded text, one paragraph a line.
"""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pdfplumber

from dz_analysis.reading.encoding import decode
from dz_analysis.reading.html_page import read_html
from dz_analysis.reading.source import Source

_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|meta|div|p)\b[^<>]*>", re.IGNORECASE)


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
        return read_html(decoded.text, encoding=decoded.encoding)
    return Source(decoded.text, decoded.encoding, "txt")


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
