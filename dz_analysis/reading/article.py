"""The article and what stands round it: navigation, buttons, captions, notices are set apart.

In: a repaired page as text. Out: `Article`: the article's text, one paragraph a line, the map
back to the page, the pieces of furniture, and title, publisher and date where the page gives
them. Cues stand in `lexicon/furniture.csv`; the place of a line on the page decides the rest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from dz_analysis.lexicon import load_lexicon
from dz_analysis.reading.markup import squeeze
from dz_analysis.reading.page import OffsetMap

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_RUNNING = 40  # a line with more Han characters is running text, not a button or a heading
_FURNITURE_HAN = 60  # a cue of furniture in a longer line is the author's (notices apart)
_CAPTION_HAN = 8
_TITLE_HAN = 5
_APART = 4  # lines between paragraphs of one article: headings, a table
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


def find_article(page: str, *, core: frozenset[str] = frozenset(), title: str = "") -> Article:
    r"""Take the article out of a page.

    Parameters
    ----------
    page : str
        Repaired text, one paragraph a line.
    core : frozenset of str, optional
        Lines that an extractor took for the article, without blanks.
    title : str, optional
        The title as the page's head gives it.

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
    kinds = _furniture_kinds(lines)
    _mark_outside(lines, kinds, core, title)
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
        if text:
            start = at + raw.index(text)
            lines.append(Line(start, start + len(text), text, len(_HAN.findall(text)), gap))
        gap = 0 if text else gap + 1
        at += len(raw) + 1
    return lines


def _furniture_kinds(lines: Sequence[Line]) -> list[str]:
    """Return for each line its kind of furniture, or `""` for the article."""
    found = [_cue(line) for line in lines]
    kinds = [kind for kind, _ in found]
    _cut_tail(lines, kinds, [effect for _, effect in found])
    _mark_captions(lines, kinds)
    return kinds


def _cue(line: Line) -> tuple[str, str]:
    """Return the first cue that a line answers: (kind, effect)."""
    for kind, pattern, effect in _cues():
        if (line.han <= _FURNITURE_HAN or kind == "notice") and pattern.search(line.text):
            return kind, effect
    return "", ""


def _cut_tail(lines: Sequence[Line], kinds: list[str], effects: Sequence[str]) -> None:
    """Set apart all that follows a closing cue, unless most of the article would follow it."""
    running = [
        line.han if line.is_running and not kind else 0
        for line, kind in zip(lines, kinds, strict=True)
    ]
    before = [0, *accumulate(running)]
    for at, effect in enumerate(effects):
        if effect == "tail" and before[at] > before[-1] - before[at]:
            for later in range(at, len(lines)):
                kinds[later] = kinds[later] or kinds[at]
            return


def _mark_captions(lines: Sequence[Line], kinds: list[str]) -> None:
    """Set apart captions: sentences without an end mark, further apart than the paragraphs are."""
    body = next((at for at, line in enumerate(lines) if line.is_running and not kinds[at]), None)
    if body is None:
        return
    usual = _usual_gap(lines[body + 1 :])
    title = next((at for at in range(body) if not kinds[at]), body)
    for at in range(title + 1, body):
        apart = at + 1 < len(lines) and lines[at + 1].gap > max(usual, 1)
        if apart and not kinds[at] and lines[at].han >= _CAPTION_HAN and lines[at].gap:
            kinds[at] = "caption"


def _mark_outside(
    lines: Sequence[Line], kinds: list[str], core: frozenset[str], title: str
) -> None:
    """Set apart what lies outside the extractor's choice, after completing that choice.

    All between its first and its last line belongs to the article, and so does running text that
    goes on behind or before it (an extractor that stopped early), up to the title.
    """
    chosen = [at for at, line in enumerate(lines) if not kinds[at] and squeeze(line.text) in core]
    if not chosen:
        return
    first, last = chosen[0], chosen[-1]
    for at in range(last + 1, len(lines)):
        if kinds[at] or at - last > _APART:
            break
        last = at if lines[at].is_running else last
    for at in range(first - 1, -1, -1):
        if kinds[at] or first - at > _APART:
            break
        first = at if lines[at].is_running or _is_title(lines[at], title) else first
    for at, line in enumerate(lines):
        if not first <= at <= last and not kinds[at]:
            kinds[at] = "title" if _is_title(line, title) and at < first else "outside"
    _keep_nearest_title(kinds, first)


def _is_title(line: Line, title: str) -> bool:
    return line.han >= _TITLE_HAN and squeeze(line.text) in squeeze(title)


def _keep_nearest_title(kinds: list[str], first: int) -> None:
    """Keep the last line above the article that repeats its title."""
    titles = [at for at in range(first) if kinds[at] == "title"]
    if titles:
        kinds[titles[-1]] = ""


def _usual_gap(lines: Sequence[Line]) -> int:
    gaps = sorted(line.gap for line in lines if line.is_running)
    return gaps[len(gaps) // 2] if gaps else 0


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
def _cues() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    rows = load_lexicon("furniture")
    return tuple((row["kind"], re.compile(row["pattern"]), row["effect"]) for row in rows)
