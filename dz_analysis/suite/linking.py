"""Numbers in a notebook's tables, led to their rows.

In: a plain table of HTML, and the rows of a corpus. Out: the same table, with a link round each
number that is known to be one row's. Nothing is guessed: two rows that fit make no link, nor does a
bare number, which may as well be a count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import quote

import lxml.html
import pandas as pd
from lxml.etree import ParserError
from lxml.html import HtmlElement

from dz_analysis.language import LANGUAGES, label, speak
from dz_analysis.tables import MEASURES

VIEW = "numbers.html"
# Columns that show numbers as documents tell them; a place or a measure may head one too.
SHOWN = frozenset({"quote", "stated", "value", "target", *MEASURES})
_BARE = re.compile(r"[\d.,\s+-]*")
_NUMBERED = re.compile(r"^(\S.*) no\. (\d+)$")


@dataclass(frozen=True, slots=True)
class Index:
    """The rows of a corpus, found by what tables show of them.

    `places` holds the ids of the documents by what a table may call them: id or region.
    """

    numbered: Mapping[tuple[str, str], str]
    quoted: Mapping[tuple[str, str], list[str]]
    places: Mapping[str, list[str]] = field(default_factory=dict)

    def find_numbered(self, document: str, number: str) -> str:
        """Return the row with a number in a document; blank if there is none or not one."""
        ids = self.places.get(document, [])
        return _only(self.numbered.get((name, number), "") for name in ids)

    def find_quoted(self, names: list[str], told: str) -> str:
        """Return the one row of the named documents that quotes a number; blank if not one."""
        ids = {name for named in names for name in self.places.get(named, [])}
        return _only(row for name in sorted(ids) for row in self.quoted.get((name, told), []))


def _only(rows: Iterator[str]) -> str:
    found = {row for row in rows if row}
    return found.pop() if len(found) == 1 else ""


def index_rows(observations: pd.DataFrame, documents: pd.DataFrame) -> Index:
    """Return the rows of a corpus by number and by quote."""
    numbered, quoted = {}, dict[tuple[str, str], list[str]]()
    cells = observations[["document", "observation", "quote"]].astype(str)
    for document, number, told in cells.itertuples(index=False):
        row = f"{document}:{number}"
        numbered[document, number] = row
        quoted.setdefault((document, told), []).append(row)
    places: dict[str, list[str]] = {}
    for name, region in documents[["id", "region"]].itertuples(index=False):
        for called in {name, region} - {""}:
            places.setdefault(called, []).append(name)
    return Index(numbered, quoted, places)


def link_rows(html: str, index: Index) -> str:
    """Return a table in which numbers that are one row's lead to it.

    Parameters
    ----------
    html : str
        A table as `bleach` left it.
    index : Index
        The rows that can be led to.

    Examples
    --------
    >>> rows = pd.DataFrame({"document": ["a"], "observation": [3], "quote": ["8亿元"]})
    >>> known = index_rows(rows, pd.DataFrame({"id": ["a"], "region": ["某县"]}))
    >>> print(link_rows("<table><tr><th>某县</th><td>8亿元</td></tr></table>", known))
    <table><tr><th>某县</th><td><a href="numbers.html#row=a%3A3">8亿元</a></td></tr></table>
    """
    try:
        root = lxml.html.fragment_fromstring(html, create_parent="div")
    except ParserError:
        return html
    for table in root.iter("table"):
        _link_table(table, index)
    body: str = lxml.html.tostring(root, encoding="unicode")
    return body.removeprefix("<div>").removesuffix("</div>")


def _link_table(table: HtmlElement, index: Index) -> None:
    shown = [_words(cell) for cell in table.xpath("./thead/tr[1]/*")]
    head = [_heads().get(name, name) for name in shown]
    for line in table.xpath("./tr | ./tbody/tr"):
        cells = list(line)
        told = dict(zip(head, map(_words, cells), strict=False))
        for cell, name in zip(cells, head or [""] * len(cells), strict=False):
            row = _find_row(_words(cell), name, told, [_words(one) for one in cells], index)
            if row and cell.tag == "td" and not len(cell):
                _wrap(cell, row)


def _find_row(
    words: str, column: str, told: Mapping[str, str], cells: list[str], index: Index
) -> str:
    if not any(map(str.isdigit, words)):
        return ""
    if named := _NUMBERED.match(words):
        return index.find_numbered(named[1], named[2])
    if column == "quote" and told.get("observation"):
        return index.find_numbered(told.get("document", ""), told["observation"])
    is_shown = not told or column in SHOWN or column in index.places
    if _BARE.fullmatch(words) or not is_shown:
        return ""
    return index.find_quoted([*cells, column], words)


@cache
def _heads() -> dict[str, str]:
    """Return how columns that are asked for are headed for readers, to their names in the data."""
    asked = sorted(SHOWN | {"document", "observation"})
    found: dict[str, str] = {}
    for code in LANGUAGES:
        with speak(code):
            found |= {label(name): name for name in asked}
    return found


def _words(cell: HtmlElement) -> str:
    return " ".join(cell.text_content().split())


def _wrap(cell: HtmlElement, row: str) -> None:
    link = lxml.html.Element("a", href=f"{VIEW}#row={quote(row, safe='')}")
    link.text, cell.text = cell.text, None
    cell.append(link)
