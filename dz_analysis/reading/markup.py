"""Html to lines: what a reader sees, and in which elements each line stands.

In: the decoded source of an html page. Out: `Markup`: the elements, the blocks of visible text
(one a line; a row of a data table is one, its cells apart by a tab) and the metas. Which of the
blocks are the article is decided in `html_page`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree, html

from dz_analysis.lexicon import words
from dz_analysis.reading import bounds
from dz_analysis.reading.escapes import unescape_entities

_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd"),
        *("div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2"),
        *("h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav", "ol", "option"),
        *("p", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "pre"),
        *("founder-content", "ucapcontent"),
    )
)
_UNSEEN = frozenset(
    ("script", "style", "noscript", "noframes", "template", "head", "select", "textarea", "iframe")
)
_INLINE = frozenset(("span", "em", "i", "b", "a", "label", "strong", "font"))
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_EXPONENT = re.compile(r"\s{0,4}[+−-]?\d{1,3}\s{0,4}")
_GROUP_END, _GROUP = re.compile(r"(?<![\d.])\d{1,3}$"), re.compile(r"\d{3}(?!\d)")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_HIDDEN = re.compile(r"display\s{0,4}:\s{0,4}none")
_VEILS = 20  # veiled elements looked at: the one that holds the page stands before its parts
_VEILED = re.compile(r"visibility\s{0,4}:\s{0,4}hidden")
_CENTRED = re.compile(r"text-align\s{0,4}:\s{0,4}center")
_CJK = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_SPAN = 60  # columns or rows that a cell may reach over; more is a slip
_CELL = 80  # a cell with more characters holds text: its table was drawn for the layout
_LONG = 10_000  # characters of a tag that may hold too many attributes
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_is_deep = etree.XPath(f"boolean({'/*' * (bounds.DEPTH.most + 1)})")
_EVENTS = ("start", "end", "comment", "pi")


@dataclass(frozen=True, slots=True)
class Element:
    """One element: its parent's number, its tag, and its id and classes in small letters."""

    parent: int
    tag: str
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Block:
    """One line of the page; `node` is the number of the innermost element around it."""

    text: str
    node: int
    han: int
    linked: int  # Han characters inside links
    heading: int  # 1 to 6, or 0
    is_centred: bool
    follows_picture: bool


@dataclass(slots=True)
class Markup:
    """What an html page holds; elements stand before what is inside them."""

    elements: list[Element] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    metas: dict[str, str] = field(default_factory=dict)
    title: str = ""
    frames: list[str] = field(default_factory=list)  # addresses of the pages shown inside this one


def read_markup(source: str) -> Markup:
    r"""Read an html page.

    Hidden elements, scripts and forms' lists are left out: no reader sees them.

    Raises
    ------
    PageError
        If the page goes beyond one of the `bounds`.

    Examples
    --------
    >>> page = read_markup("<title>简况_某网</title><p>工业<b>增长</b>6%</p>农业&amp;林业")
    >>> [block.text for block in page.blocks], page.title
    (['工业增长6%', '农业&林业'], '简况_某网')
    """
    _check_tags(source)
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    content = source.replace("\x00", "\ufffd").encode("utf-8", errors="replace")
    root = etree.fromstring(content, parser=parser) if content.strip() else None
    page = Markup()
    if root is not None:
        bounds.DEPTH.check(bounds.DEPTH.most + bool(_is_deep(root)))
        _read_head(root, page)
        _unveil(root)
        _Walk(page, _data_tables(root)).go(root)
    return page


def _check_tags(source: str) -> None:
    """Refuse a page of too many tags, or with too many attributes in one.

    The parser holds each attribute of a tag against all others.
    """
    bounds.TAGS.check(source.count("<"))
    for piece in source.split("<"):
        if len(piece) > _LONG:
            tag = _QUOTED.sub("", piece).partition(">")[0]
            bounds.ATTRIBUTES.check(len(tag.split()))


def squeeze(text: str) -> str:
    """Return text without blanks and table strokes: the form in which lines are compared."""
    return re.sub(r"[\s|]+", "", text)


def _read_head(root: etree._Element, page: Markup) -> None:
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").strip().lower()
        page.metas.setdefault(name, (meta.get("content") or "").strip())
    frames = (frame.get("src", "").strip() for frame in root.iter("frame", "iframe"))
    page.frames = [address for address in frames if address and ":blank" not in address]
    found = next(root.iter("title"), None)
    page.title = "" if found is None else _one_line(["".join(found.itertext())])


def _unveil(root: etree._Element) -> None:
    """Show a veiled element that holds most of the page: its script shows it on loading.

    So WeChat serves its articles.
    """
    veiled = [element for element in root.iter("*") if _VEILED.search(_style(element))]
    whole = sum(map(_han_count, root.iter("body"))) if veiled else 0
    for element in veiled[:_VEILS]:
        if _han_count(element) * 2 > whole:
            element.set("style", "")


def _han_count(element: etree._Element) -> int:
    return sum(len(_HAN.findall(text)) for text in element.itertext())


def _style(element: etree._Element) -> str:
    style: str = element.get("style", "")
    return style.lower()


def _data_tables(root: etree._Element) -> set[etree._Element]:
    """Return the tables that hold figures or words, not parts of the page."""
    tables = list(root.iter("table"))
    outer = {above for table in tables for above in [_above(table)] if above is not None}
    return {table for table in tables if table not in outer and _is_data(table)}


def _above(table: etree._Element) -> etree._Element | None:
    return next(table.iterancestors("table"), None)


def _is_data(table: etree._Element) -> bool:
    rows = [row.findall("td") + row.findall("th") for row in table.iter("tr")]
    cells = ["".join(cell.itertext()).split() for row in rows for cell in row]
    is_wide = len(rows) > 1 and any(len(row) > 1 for row in rows)
    return is_wide and all(sum(map(len, cell)) <= _CELL for cell in cells)


def _span(element: etree._Element, name: str) -> int:
    """Return over how many columns or rows a cell reaches."""
    written = (element.get(name) or "").strip()
    return min(max(int(written), 1), _SPAN) if written.isdecimal() else 1


class _Grid:
    """The rows of data tables: the one that is open, and the cells above that reach into it."""

    def __init__(self, tables: set[etree._Element]) -> None:
        self.tables = tables
        self.is_open = False
        self._cells: list[str] = []
        self._spanned: dict[int, int] = {}  # column -> rows, this one too, that a cell reaches down

    def open(self, element: etree._Element, tag: str) -> None:
        """Begin a table or a row of one, if the element is that."""
        if tag == "table" and element in self.tables:
            self._spanned = {}
        if tag == "tr" and not self.is_open and _above(element) in self.tables:
            self.is_open, self._cells = True, []

    def add(self, element: etree._Element, text: str) -> None:
        """Add a cell, with a blank for each further column that it reaches over."""
        self._pass_spanned()
        wide, high = _span(element, "colspan"), _span(element, "rowspan")
        if high > 1:
            reached = range(len(self._cells), len(self._cells) + wide)
            self._spanned.update(dict.fromkeys(reached, high))
        self._cells.extend([text, *[""] * (wide - 1)])
        bounds.COLUMNS.check(len(self._cells))

    def close(self) -> str:
        """End the row and return it as a line."""
        self._pass_spanned()
        self.is_open = False
        self._spanned = {at: left - 1 for at, left in self._spanned.items() if left > 1}
        return "\t".join(self._cells).rstrip("\t")

    def _pass_spanned(self) -> None:
        """Leave a blank where a cell of a row above reaches down, so that columns stay columns."""
        while self._spanned.get(len(self._cells), 0) > 0:
            self._cells.append("")


class _Walk:
    """Goes through the tree once and writes down the blocks."""

    def __init__(self, page: Markup, tables: set[etree._Element]) -> None:
        self.page = page
        self.grid = _Grid(tables)
        self.stack: list[int] = []  # numbers of the open elements
        self.pieces: list[str] = []
        self.unseen = self.links = self.linked = self.centred = self.raised = 0
        self.node = self.heading = 0
        self.picture = False

    def go(self, root: etree._Element) -> None:
        """Walk through the tree."""
        for event, element in etree.iterwalk(root, events=_EVENTS):
            if event == "start":
                self._open(element)
                self._add(element.text)
            elif event == "end":
                self._close(element)
                self._add(element.tail)
            else:
                self._add(element.tail)
        self._flush()

    def _open(self, element: etree._Element) -> None:
        tag = str(element.tag).lower()
        self.unseen += _is_unseen(element, tag)
        if _is_block(element, tag) and not (tag == "br" and self.heading):
            self._flush(is_break=tag == "br")
        if _stands_apart(element, tag):
            self.pieces.append(" ")
        self._enter(element, tag)
        self.links += tag == "a"
        self.raised += tag == "sup"
        self.centred += _is_centred(element, tag)
        self.heading = _HEADINGS.get(tag, self.heading)
        self.picture = self.picture or (tag in ("img", "video") and not self.unseen)
        self.grid.open(element, tag)

    def _enter(self, element: etree._Element, tag: str) -> None:
        names = f"{element.get('id', '')} {element.get('class', '')}".lower().split()
        parent = self.stack[-1] if self.stack else -1
        self.page.elements.append(Element(parent, tag, frozenset(names)))
        self.stack.append(len(self.page.elements) - 1)

    def _close(self, element: etree._Element) -> None:
        tag = str(element.tag).lower()
        if tag in ("td", "th") and self.grid.is_open:
            self.grid.add(element, _one_line(self.pieces))
            self.pieces = []
        if tag == "tr" and self.grid.is_open:
            self.pieces = [self.grid.close()]
            self._flush(is_row=True)
        if tag != "br" and _is_block(element, tag):
            self._flush()
        self.unseen -= _is_unseen(element, tag)
        self.links -= tag == "a"
        self.raised -= tag == "sup"
        self.centred -= _is_centred(element, tag)
        if tag in _HEADINGS:
            self.heading = 0
        self.stack.pop()

    def _add(self, text: str | None) -> None:
        if not text or self.unseen:
            return
        if text.strip():
            self.node = self.stack[-1] if self.stack else 0
            self.linked += len(_HAN.findall(text)) if self.links else 0
        is_exponent = self.raised and _EXPONENT.fullmatch(text)
        self.pieces.append(text.strip().translate(_RAISED) if is_exponent else text)

    def _flush(self, *, is_row: bool = False, is_break: bool = False) -> None:
        """Write down the line that ends here; inside a cell it goes on, behind a blank."""
        if self.grid.is_open:
            self.pieces.append("\n" if is_break else " ")
            return
        text = self.pieces[0].strip(" ") if is_row else _one_line(self.pieces)
        if text:
            han = len(_HAN.findall(text))
            sides = (self.heading, self.centred > 0, self.picture)
            self.page.blocks.append(Block(text, self.node, han, self.linked, *sides))
            self.picture = False
        self.pieces, self.linked = [], 0


def _is_block(element: etree._Element, tag: str) -> bool:
    """Say whether an element stands on lines of its own: by its tag, or as a subtitle."""
    if tag in _BLOCKS:
        return True
    names = element.get("class", "").lower().split() if tag == "span" else ()
    return any(name in words("markup", "title.sub") for name in names)


def _stands_apart(element: etree._Element, tag: str) -> bool:
    """Say whether a style sheet parts an inline element from the one right before it.

    Named elements outside of paragraphs are fields of a page (date, source); Word and editors
    split words into elements without names, or into paragraphs.
    """
    if tag not in _INLINE or not _is_named(element):
        return False
    before, above = element.getprevious(), element.getparent()
    if before is None or str(before.tag).lower() not in _INLINE or not _is_named(before):
        return False
    return above is not None and above.tag != "p" and not (before.tail or "").strip()


def _is_named(element: etree._Element) -> bool:
    return bool(element.get("class") or element.get("id"))


def _is_unseen(element: etree._Element, tag: str) -> bool:
    if tag in _UNSEEN or element.get("hidden") is not None:
        return True
    return bool(_HIDDEN.search(_style(element)) or _VEILED.search(_style(element)))


def _is_centred(element: etree._Element, tag: str) -> bool:
    if tag == "center" or element.get("align", "").lower() == "center":
        return True
    return bool(_CENTRED.search(_style(element)))


def _one_line(pieces: list[str]) -> str:
    """Join the source's lines: without a blank between Chinese characters.

    Entities that were escaped twice stand there as such.
    """
    lines = (line.strip() for line in unescape_entities("".join(pieces)).split("\n"))
    return " ".join("".join(_glued([line for line in lines if line])).split())


def _glued(lines: list[str]) -> Iterator[str]:
    for at, line in enumerate(lines):
        if at and not _is_one_word(lines[at - 1], line):
            yield " "
        yield line


def _is_one_word(before: str, after: str) -> bool:
    """Say whether a line end of the source parts Chinese, or the thousands of a number."""
    if _CJK.match(after[0]) and _CJK.match(before[-1]):
        return True
    return bool(_GROUP_END.search(before) and _GROUP.match(after))
