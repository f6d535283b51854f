"""The article and what stands round it: navigation, buttons, captions, notices are set apart.

In: a repaired page as text, and what its markup says of its lines. Out: `Article`: the article's
text, one paragraph a line, the map back to the page, and the pieces of furniture. Cues stand in
`lexicon/furniture.csv`, labels and menu words in `lexicon/masthead.csv`; the place of a line on
the page decides the rest.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise
from statistics import median_high

from dz_analysis.lexicon import load_lexicon
from dz_analysis.reading.fields import byline, field_kind, item_kind, word_kind
from dz_analysis.reading.page import OffsetMap
from dz_analysis.reading.source import TITLE, Mark, is_unfilled

_BLANKS = " \u3000\xa0\r\v\f\ufeff"
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_RUNNING = 40  # a line with more Han characters is running text, not a button or a heading
_FURNITURE_HAN = 60  # a cue of furniture in a longer line is the author's (notices apart)
_CAPTION_HAN = 8
_MENU_LINES = 3
_MENU_GAP, _MENU_WORD = 8, 8  # lines between two lines of a menu, and characters in each word
_FIELD_HAN = 30
_FIELDS = frozenset(("source", "editor", "record"))
_MENUS = frozenset(("navigation", "site", "login", "search"))
_ATTACHED = re.compile(r"(?:相关)?附件\d{0,2}\s?[:：]?")
_BAR = re.compile(r"\s{0,2}[|｜]\s{0,2}")
_FULL_STOP = re.compile(r"[。！？]$")
_END = re.compile(r"[。！？；：!?;:…]$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the page, without the blanks around it."""

    start: int
    end: int
    text: str
    han: int
    gap: int  # blank lines before it

    @property
    def is_running(self) -> bool:
        """Whether the line is running text: long, or ended like a sentence."""
        return self.han > _RUNNING or (self.han > 12 and bool(_END.search(self.text)))


@dataclass(frozen=True, slots=True)
class Piece:
    """One line that is not the article; `start:end` in the page."""

    kind: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """The article of a page and what was set apart."""

    text: str
    map: OffsetMap
    lines: tuple[Line, ...]
    pieces: tuple[Piece, ...]


def find_article(page: str, marks: Sequence[Mark] = ()) -> Article:
    r"""Take the article out of a page.

    Parameters
    ----------
    page : str
        Repaired text, one paragraph a line.
    marks : sequence of Mark, optional
        What the page's markup says of its lines; a title stays in the article.

    Returns
    -------
    Article
        Every character of the page but blanks is in the article or in one of the pieces.

    Examples
    --------
    >>> page = "首页 > 要闻\n某县工业增长\n全县工业增加值增长6%。\n责任编辑：某某\n"
    >>> found = find_article(page)
    >>> found.text
    '某县工业增长\n全县工业增加值增长6%。'
    >>> [piece.kind for piece in found.pieces]
    ['navigation', 'editor']
    """
    lines = read_lines(page)
    kinds = _furniture_kinds(lines, _marked(lines, marks))
    kept = [line for line, kind in zip(lines, kinds, strict=True) if not kind]
    pieces = [
        Piece(kind, line.start, line.end, line.text)
        for line, kind in zip(lines, kinds, strict=True)
        if kind
    ]
    text = "\n".join(line.text for line in kept)
    return Article(text, _line_map(kept, len(text)), tuple(kept), tuple(pieces))


def read_lines(page: str) -> list[Line]:
    """Return the lines of a page that are not blank."""
    lines, at, gap = [], 0, 0
    for raw in page.split("\n"):
        text = raw.strip()
        if "\t" in text:  # a row of a table: its blank cells keep the columns apart
            text = raw.strip(_BLANKS).rstrip()
        elif is_unfilled(raw) and f"{text}\t" in raw:
            text += "\t"
        if text:
            start = at + raw.index(text)
            lines.append(Line(start, start + len(text), text, len(_HAN.findall(text)), gap))
        gap = 0 if text else gap + 1
        at += len(raw) + 1
    return lines


def _furniture_kinds(lines: Sequence[Line], marked: Sequence[str]) -> list[str]:
    """Return for each line its kind of furniture, or `""` for the article."""
    found = [find_cue(line.text, line.han) for line in lines]
    kinds = [
        _settle(mark, kind, place) for mark, (kind, _, place) in zip(marked, found, strict=True)
    ]
    cues = [kind for kind, _, _ in found]
    _cut_tail(lines, kinds, [effect for _, effect, _ in found], cues)
    _mark_edges(lines, kinds, cues)
    _mark_captions(lines, kinds)
    return ["" if kind == TITLE else kind for kind in kinds]


def _marked(lines: Sequence[Line], marks: Sequence[Mark]) -> list[str]:
    """Return for each line the kind of the mark that it starts in, or `""`."""
    starts = [mark.start for mark in marks]
    kinds = []
    for line in lines:
        at = bisect_right(starts, line.start) - 1
        kinds.append(marks[at].kind if at >= 0 and line.start < marks[at].end else "")
    return kinds


def _settle(mark: str, kind: str, place: str) -> str:
    """Join what the markup says of a line and what its words say."""
    if not mark:
        return "" if place == "edge" else kind
    return mark if mark == TITLE else kind or mark


def find_cue(text: str, han: int) -> tuple[str, str, str]:
    """Return the first cue of furniture that a line answers: (kind, effect, place), or blanks."""
    for kind, pattern, effect, place in _cues():
        if (han <= _FURNITURE_HAN or kind == "notice") and pattern.search(text):
            is_sentence = effect == "tail" and bool(_FULL_STOP.search(text))
            return (kind, "line", "edge") if is_sentence else (kind, effect, place)
    if han > _FURNITURE_HAN:
        return "", "", ""
    kind = field_kind(text) or item_kind(text)
    return (kind, "line", "edge") if kind else ("", "", "")


def _mark_edges(lines: Sequence[Line], kinds: list[str], cues: Sequence[str]) -> None:
    """Set apart what is furniture only above or below the running text.

    Between two paragraphs such a line is the author's: a contact in a notice, a field of a list.
    """
    body = [at for at, line in enumerate(lines) if line.is_running and not (kinds[at] or cues[at])]
    above = _Edge(lines, kinds, range(body[0] if body else len(lines)))
    below = _Edge(lines, kinds, range(body[-1] + 1 if body else 0, len(lines)))
    for at in (*above.span, *below.span):
        kinds[at] = kinds[at] or cues[at]
    for edge in (above, below):
        _mark_menus(edge)
        _mark_neighbours(edge)
    _mark_between_menus(above)


@dataclass(frozen=True, slots=True)
class _Edge:
    """The lines above or below the running text; `kinds` is filled in for the whole page."""

    lines: Sequence[Line]
    kinds: list[str]
    span: range

    def kind(self, at: int) -> str:
        """Return what a line has been found to be, `""` beyond the edge."""
        return self.kinds[at] if at in self.span else ""

    def text(self, at: int) -> str:
        """Return a line's text, `""` beyond the edge."""
        return self.lines[at].text if at in self.span else ""

    def open_lines(self) -> list[int]:
        """Return the lines that have not been set apart."""
        return [at for at in self.span if not self.kinds[at]]


def _mark_menus(edge: _Edge) -> None:
    """Set apart menus with one word a line: three of them in a row are no headings."""
    menu: list[int] = []
    for at in (*edge.span, len(edge.lines)):
        if word_kind(edge.text(at)) and not edge.kind(at):
            menu.append(at)
        elif not edge.kind(at):
            for entry in menu if len(menu) >= _MENU_LINES else []:
                edge.kinds[entry] = word_kind(edge.text(entry))
            menu = []


def _mark_neighbours(edge: _Edge) -> None:
    """Set apart what the fields near it show: 策划：某某 over 编辑：某某, a value below 文号：.

    A heading of attached files goes with them, the name of an account with the line of its date.
    """
    accounts = {byline(edge.text(at)) for at in edge.span if edge.kind(at) == "source"}
    for at in (*edge.span, *reversed(edge.span)):
        if not edge.kind(at):
            account = "source" if edge.text(at) in accounts else ""
            edge.kinds[at] = _kind_of_heading(edge, at) or account or _kind_of_field(edge, at)


def _kind_of_heading(edge: _Edge, at: int) -> str:
    is_heading = edge.kind(at + 1) == "attachment" and _ATTACHED.fullmatch(edge.text(at))
    return "attachment" if is_heading else ""


def _kind_of_field(edge: _Edge, at: int) -> str:
    """Return the kind of a line beside fields: itself one, or the value of the label above it."""
    above, below = edge.kind(at - 1), edge.kind(at + 1)
    if _FIELDS.isdisjoint((above, below)):
        return ""
    return field_kind(edge.text(at), trusts_weak=True) or (above if _is_value(edge, at) else "")


def _is_value(edge: _Edge, at: int) -> bool:
    """Say whether a line stands between two labels and belongs to the one above it."""
    if edge.kind(at - 1) not in _FIELDS or edge.lines[at].han > _FIELD_HAN:
        return False
    is_below_label = edge.text(at - 1).endswith(("：", ":"))
    return is_below_label and bool(field_kind(edge.text(at + 1), trusts_weak=True))


def _mark_between_menus(edge: _Edge) -> None:
    """Set apart the short lines between two lines of a menu above the text.

    They are none of them the title as long as another line stands for it.
    """
    own = edge.open_lines()
    menus = [at for at in edge.span if edge.kind(at) in _MENUS and own and at < own[-1]]
    for first, last in pairwise(menus):
        inside = own[bisect_right(own, first) : bisect_right(own, last)]
        if len(inside) <= _MENU_GAP and all(_is_menu_word(edge.text(at)) for at in inside):
            for at in inside:
                edge.kinds[at] = "navigation"


def _is_menu_word(text: str) -> bool:
    parts = _BAR.split(text)
    return max(map(len, parts)) <= _MENU_WORD and not _END.search(text)


def _cut_tail(
    lines: Sequence[Line], kinds: list[str], effects: Sequence[str], cues: Sequence[str]
) -> None:
    """Set apart all that follows a closing cue, unless most of the article would follow it."""
    running = [
        line.han if line.is_running and not kind else 0
        for line, kind in zip(lines, kinds, strict=True)
    ]
    before = [0, *accumulate(running)]
    for at, effect in enumerate(effects):
        if effect == "tail" and before[at] > before[-1] - before[at]:
            for later in range(at, len(lines)):
                kinds[later] = kinds[later] or cues[later] or kinds[at]
            return


def _mark_captions(lines: Sequence[Line], kinds: list[str]) -> None:
    """Set apart captions: sentences without an end mark, further apart than the paragraphs are."""
    own = [at for at, kind in enumerate(kinds) if not kind]
    body = next((number for number, at in enumerate(own) if lines[at].is_running), 0)
    usual = _usual_gap(lines[own[body] + 1 :]) if body else 0
    for at in own[1:body]:  # the first one is the title
        is_apart = lines[at].gap and lines[at + 1].gap > max(usual, 1)
        if is_apart and lines[at].han >= _CAPTION_HAN:
            kinds[at] = "caption"


def _usual_gap(lines: Sequence[Line]) -> int:
    return median_high([line.gap for line in lines if line.is_running] or [0])


def _line_map(lines: Sequence[Line], length: int) -> OffsetMap:
    """Return the map from lines joined by line ends back to the page."""
    starts: list[int] = []
    raws: list[int] = []
    raw_ends: list[int] = []
    at = 0
    for number, line in enumerate(lines):
        if number:
            starts.append(at - 1)
            raws.append(lines[number - 1].end)
            raw_ends.append(line.start)
        starts.append(at)
        raws.append(line.start)
        raw_ends.append(line.end)
        at += len(line.text) + 1
    return OffsetMap.from_runs(starts, raws, raw_ends, length=length)


@cache
def _cues() -> tuple[tuple[str, re.Pattern[str], str, str], ...]:
    rows = load_lexicon("furniture")
    return tuple(
        (row["kind"], re.compile(row["pattern"]), row["effect"], row["place"]) for row in rows
    )
