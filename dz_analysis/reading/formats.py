"""Files to plain text: which format a page is in, and the text inside it.

In: the bytes of a txt, html, docx or pdf file. Out: the decoded text, one paragraph a line.
"""

from __future__ import annotations

import re

from dz_analysis.reading.encoding import decode
from dz_analysis.reading.html_page import read_html
from dz_analysis.reading.paged import read_pdf
from dz_analysis.reading.source import Source
from dz_analysis.reading.word import is_word, read_word

_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|meta|div|p)\b[^<>]*>", re.IGNORECASE)
_OTHERS = {
    b"\xd0\xcf\x11\xe0": ("an old Word, Excel or WPS file", "save it as docx"),
    b"{\\rtf": ("an rtf file", "save it as docx"),
    b"PK\x03\x04": ("a zip or a spreadsheet", "unpack it or save its text"),
    b"Rar!": ("a rar archive", "unpack it"),
    b"\x89PNG": ("a picture", "run text recognition on it"),
    b"\xff\xd8\xff": ("a picture", "run text recognition on it"),
}


def read_source(content: bytes) -> Source:
    r"""Return the text inside a file of any of the formats.

    Raises
    ------
    ValueError
        If it is a file of another kind, or a pdf of pictures without text.

    Examples
    --------
    >>> read_source("<html><body><p>工业增长6%</p><p>农业增长3%</p></body></html>".encode()).text
    '工业增长6%\n农业增长3%'
    """
    if content.startswith(b"%PDF"):
        return read_pdf(content)
    if is_word(content):
        return read_word(content)
    _refuse_binary(content)
    decoded = decode(content)
    if _HTML.search(decoded.text[:4096]):
        return read_html(decoded.text, encoding=decoded.encoding)
    return Source(decoded.text, decoded.encoding, "txt")


def _refuse_binary(content: bytes) -> None:
    """Refuse what is no page of ours rather than read its bytes as characters."""
    for mark, (name, advice) in _OTHERS.items():
        if content.startswith(mark):
            msg = f"Found {name}, expected txt, html, docx or pdf; {advice}."
            raise ValueError(msg)
