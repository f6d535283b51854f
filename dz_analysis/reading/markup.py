"""Html to text: what a reader sees, what the extractor takes for the article, what metas say.

In: the decoded source of an html page. Out: `Markup`: visible text, a line a block, and the lines
that trafilatura takes for the article. `article` checks that choice for completeness, because on
government pages the extractor is known to stop at the first paragraph, to leave out tables, or to
take a list of links for the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

import trafilatura

from dz_analysis.lexicon import load_rules

_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd"),
        *("div", "dl", "dt", "fieldset", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("header", "hr", "html", "li", "main", "nav", "ol", "option", "p", "section", "table"),
        *("tbody", "tfoot", "thead", "tr", "ul"),
    )
)
_CELLS = frozenset(("td", "th"))
_UNSEEN = frozenset(("script", "style", "noscript", "template", "head", "select", "textarea"))
_VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta"))
_HIDDEN = re.compile(r"display\s{0,4}:\s{0,4}none|visibility\s{0,4}:\s{0,4}hidden")


@dataclass(frozen=True, slots=True)
class Markup:
    """What an html page holds.

    `core` are the lines that the extractor took, without blanks; `title`, `published` and
    `publisher` come from the page's metas and title, blank where it gives none.
    """

    text: str
    core: frozenset[str]
    title: str = ""
    published: str = ""
    publisher: str = ""


def read_markup(source: str) -> Markup:
    r"""Read an html page.

    Examples
    --------
    >>> page = read_markup("<title>简况_某网</title><p>工业<b>增长</b>6%</p>农业&amp;林业")
    >>> page.text, page.title
    ('工业增长6%\n农业&林业', '简况_某网')
    """
    parser = _Visible()
    parser.feed(source)
    parser.close()
    lines = (" ".join(line.split(" ")).strip() for line in parser.text().split("\n"))
    metas = load_rules("masthead")["metas"]
    found = {
        field: next((parser.metas[name] for name in names if parser.metas.get(name)), "")
        for field, names in metas.items()
    }
    title = found.pop("title") or " ".join("".join(parser.titles).split())
    text = "\n".join(line for line in lines if line)
    return Markup(text, extracted_lines(source), title, **found)


def extracted_lines(source: str) -> frozenset[str]:
    """Return the lines that trafilatura takes for the article, without blanks."""
    text = trafilatura.extract(
        source, include_comments=False, include_tables=True, favor_recall=True, fast=True
    )
    return frozenset(plain for line in (text or "").split("\n") if (plain := squeeze(line)))


def squeeze(text: str) -> str:
    """Return text without blanks and table strokes: the form in which lines are compared."""
    return re.sub(r"[\s|]+", "", text)


class _Visible(HTMLParser):
    """Collects what a reader sees; a block starts a line, a cell a column."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.titles: list[str] = []
        self.metas: dict[str, str] = {}
        self.unseen: list[str] = []
        self.in_title = False

    def text(self) -> str:
        """Return what was collected."""
        return "".join(self.pieces)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a block, a meta, or the start of what is not seen."""
        given = {name: value or "" for name, value in attrs}
        self.in_title = tag == "title"
        if tag == "meta":
            name = (given.get("name") or given.get("property") or "").lower()
            self.metas.setdefault(name, given.get("content", "").strip())
        if tag in _VOID:
            self.pieces += "\n" if tag in _BLOCKS and not self.unseen else ""
        elif self.unseen or tag in _UNSEEN or _is_hidden(given):
            self.unseen.append(tag)
        elif tag in _BLOCKS:
            self.pieces.append("\n")
        elif tag in _CELLS:
            self.pieces.append("\t")

    def handle_endtag(self, tag: str) -> None:
        """Note the end of a block."""
        self.in_title = False
        if tag in self.unseen:
            last = len(self.unseen) - 1 - self.unseen[::-1].index(tag)
            del self.unseen[last:]
        elif tag in _BLOCKS and not self.unseen:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        """Keep text that is seen; a line end in the source is a blank."""
        if self.in_title:
            self.titles.append(data)
        elif not self.unseen:
            self.pieces.append(_joined(data))


def _is_hidden(given: dict[str, str]) -> bool:
    return "hidden" in given or bool(_HIDDEN.search(given.get("style", "")))


def _joined(data: str) -> str:
    """Join the source's lines: without a blank between Chinese characters."""
    joined = re.sub(r"(?<=[\u3000-\u9fff\uff00-\uffef])\s*\n\s*(?=[\u3000-\u9fff])", "", data)
    return joined.replace("\n", " ").replace("\r", " ")
