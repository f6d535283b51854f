"""Page numbers, running heads, and the heads of tables that every page repeats.

In: the lines of each page of a pdf file. Out: the lines of the text, page after page, and those
that stand apart. The heads of a table that goes on are taken off, so that its rows follow one
another, and a row that goes on is joined to its first half.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import NamedTuple

from dz_analysis.reading.lines import Line, Piece

PAGE_NUMBER, RUNNING_HEAD = "page number", "running head"
_NUMBER = re.compile(r"[\s\-—–－·第/共页]*(\d{1,4})[\s\-—–－·第/共页\d]*")
_DIGITS = re.compile(r"\d+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_WORDS = 4  # characters of a caption, at least
_REPEATED = 3  # pages on which a running head stands, at least
_COUNTED = 2  # pages whose bare numbers count on
_EDGE = 2  # lines at the head and at the foot of a page that may be none of the text
_CAPTION = 3  # lines that may stand from the caption of a table to its rows


class Placed(NamedTuple):
    """A line, and the page that it stands on."""

    line: Line
    page: int


class _Edge(NamedTuple):
    """A line at the head or the foot of a page; `heads_table` if rows follow it closely."""

    line: Line
    page: int
    heads_table: bool

    @property
    def is_number(self) -> bool:
        """Whether it holds no word."""
        return not any(map(str.isalpha, self.line.text))

    @property
    def is_worded(self) -> bool:
        """Whether it holds more than the number of a table."""
        return len(_HAN.findall(self.line.text)) >= _WORDS

    @property
    def mask(self) -> str:
        """Its words with all numbers alike."""
        return _DIGITS.sub("0", self.line.text)


def is_number(text: str) -> bool:
    """Say whether a line holds nothing but a number, as that of a page.

    Examples
    --------
    >>> is_number("— 12 —"), is_number("第3页"), is_number("12.5")
    (True, True, False)
    """
    return bool(_NUMBER.fullmatch(text))


def part_heads(pages: Sequence[Sequence[Line]]) -> tuple[list[Placed], list[tuple[str, str]]]:
    """Part the lines of the text from page numbers and running heads.

    Parameters
    ----------
    pages : sequence of sequence of Line
        The lines of each page as they are read.

    Returns
    -------
    list of Placed
        The lines of the text.
    list of tuple of str
        Kind and words of each of the others.
    """
    edges = [edge for number, page in enumerate(pages) for edge in _edges(page, number)]
    kinds = _kinds(edges, len(pages))
    body: list[Placed] = []
    margins: list[tuple[str, str]] = []
    for number, page in enumerate(pages):
        margins += [(kinds[id(line)], line.text) for line in page if id(line) in kinds]
        kept = [line for line in page if id(line) not in kinds]
        repeated = _repeated_heads(body, kept)
        margins += [(RUNNING_HEAD, line.text) for line in kept[:repeated]]
        body += [Placed(line, number) for line in _continued(body, kept[repeated:])]
    return body, margins


def _edges(lines: Sequence[Line], page: int) -> Iterator[_Edge]:
    """Yield the lines at the edges of a page; a second one only behind a number at the edge."""
    if len(lines) < 2:
        return
    ordered = sorted(lines, key=lambda line: line.base)
    for ends in (ordered, ordered[::-1]):
        numbers = takewhile(lambda line: is_number(line.text), ends[:_EDGE])
        for line in ends[: min(sum(1 for _ in numbers) + 1, _EDGE)]:
            if line.is_row:
                break
            at = lines.index(line)
            follows = any(x.is_row for x in lines[at + 1 : at + 1 + _CAPTION])
            yield _Edge(line, page, follows and ends is ordered)


def _kinds(edges: Sequence[_Edge], pages: int) -> dict[int, str]:
    """Return what each line at the edge of a page is, by its identity, if it is none of the text.

    A line of some words that stands above a table wherever it comes is its caption: the first one
    stays.
    """
    masks = Counter(mask for _, mask in {(edge.page, edge.mask) for edge in edges})
    running = {edge.mask for edge in edges if not edge.heads_table}
    counts = Counter(start for edge in edges if (start := _counts_from(edge)) is not None)
    kinds: dict[int, str] = {}
    captions: set[str] = set()
    for edge in edges:
        text, start = edge.line.text, _counts_from(edge)
        is_caption = edge.mask not in running and text not in captions and edge.is_worded
        if start is not None and _is_page_number(text, counts[start], pages):
            kinds[id(edge.line)] = PAGE_NUMBER
        elif masks[edge.mask] >= _REPEATED and not (is_caption or edge.is_number):
            kinds[id(edge.line)] = RUNNING_HEAD
        captions.add(text)
    return kinds


def _counts_from(edge: _Edge) -> int | None:
    """Return the number that the first page would have, by the number on this one."""
    number = _NUMBER.fullmatch(edge.line.text)
    return None if number is None else int(number[1]) - edge.page


def _is_page_number(text: str, agreeing: int, pages: int) -> bool:
    """Say whether a number is a page's: marks say so, or others count on from it."""
    return not text.isdigit() or agreeing >= _COUNTED or pages <= _COUNTED


def _repeated_heads(body: Sequence[Placed], page: Sequence[Line]) -> int:
    """Return how many rows at the head of a page repeat the heads of the table that goes on."""
    first = len(body)
    while first and body[first - 1].line.is_row:
        first -= 1
    pairs = zip(body[first:], page, strict=False)
    same = takewhile(lambda pair: pair[1].is_row and pair[0].line.text == pair[1].text, pairs)
    return sum(1 for _ in same)


def _continued(body: list[Placed], page: list[Line]) -> list[Line]:
    """Join a row that goes on at the head of a page to its first half, and return the others."""
    if not (body and page and body[-1].line.is_row and page[0].is_row):
        return page
    one, two = body[-1].line.pieces, page[0].pieces
    if len(one) != len(two) or two[0].text or any(map(_are_figures, one, two)):
        return page
    pieces = (Piece(a.text + b.text, a.left, a.right) for a, b in zip(one, two, strict=True))
    body[-1] = Placed(replace(body[-1].line, pieces=tuple(pieces)), body[-1].page)
    return page[1:]


def _are_figures(one: Piece, two: Piece) -> bool:
    return bool(_DIGITS.search(one.text) and _DIGITS.search(two.text))
