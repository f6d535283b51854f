"""Tables that stand inside a line of prose: the page lost the breaks between their rows.

In: a line whose words blanks part, such as 完成如下： 2019年 比上年±% 货运量 28万吨 5.1 其中：公路
25万吨 4.2 水路 3万吨 9.8 港口开工。 Out: the caption, heads and rows of the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import NamedTuple

from dz_analysis.finding.table.cell import HAN, Cell, is_unit
from dz_analysis.finding.table.inferred import is_head
from dz_analysis.finding.table.words import HeadRole, measure_of
from dz_analysis.finding.text.segment import PART_MARKS, SENTENCE_MARKS

WORD = re.compile(r"\S+")
STOP = re.compile(f"[{SENTENCE_MARKS}{PART_MARKS}]")
LEAST = 3  # rows
SHORTEST = 2  # cells of a row behind its name
LONGEST = 16  # characters of a name or a head
MANY = 8  # blanks that a line with a table has at least


class Inline(NamedTuple):
    """A table inside a line: what may head it, the heads, and its rows."""

    caption: list[Cell]
    heads: list[Cell]
    rows: list[list[Cell]]


def find_inline(body: str, low: int) -> Iterator[Inline]:
    """Yield the tables inside a line that begins at `low`.

    Three rows of one make follow one another: a name, perhaps a unit, and figures, as many as
    the heads right before them. Without such heads there is no table.

    Examples
    --------
    >>> line = "完成如下： 2019年 比上年±% 公路 25万吨 4.2 水路 3万吨 9.8 铁路 6万吨 0.5 港口开工。"
    >>> [[cell.words for cell in row] for row in next(find_inline(line, 0)).rows]
    [['公路', '25万吨', '4.2'], ['水路', '3万吨', '9.8'], ['铁路', '6万吨', '0.5']]
    """
    words = _words(body, low) if may_hold_table(body) else []
    at = 0
    while at < len(words):
        rows = _rows_at(words, at)
        heads = _heads_before(words[:at], rows[0]) if len(rows) >= LEAST else []
        if heads:
            above = [word for word in words[:at] if word.end <= heads[0].start]
            yield Inline([word for word in above[-1:] if _is_words(word)], heads, rows)
        at += max(1, sum(map(len, rows))) if heads else 1


def may_hold_table(body: str) -> bool:
    """Whether a line has enough blanks to hold a table."""
    return body.count(" ") + body.count("\u3000") >= MANY


def _words(body: str, low: int) -> list[Cell]:
    """Return the words of a line."""
    return [Cell(low + w.start(), low + w.end(), w.group(), 0) for w in WORD.finditer(body)]


def _rows_at(words: Sequence[Cell], at: int) -> list[list[Cell]]:
    """Return the rows of one width that begin at a word."""
    rows: list[list[Cell]] = []
    while row := _row_at(words, at):
        if rows and [is_unit(cell.words) for cell in row] != [is_unit(c.words) for c in rows[0]]:
            break
        rows.append(row)
        at += len(row)
    return rows


def _row_at(words: Sequence[Cell], at: int) -> list[Cell]:
    """Return a name, perhaps its unit, and the figures behind it; empty if they are none."""
    if at >= len(words) or not _is_words(words[at]):
        return []
    behind = words[at + 1 :]
    units = [word for word in behind[:1] if is_unit(word.words)]
    figures = takewhile(lambda word: word.figure or word.is_blank, behind[len(units) :])
    row = [words[at], *units, *figures]
    is_told = any(cell.figure for cell in row[1:]) and len(row) > SHORTEST
    return [replace(cell, column=n) for n, cell in enumerate(row)] if is_told else []


def _is_words(word: Cell) -> bool:
    """Whether a word may name a row or a column: short, and no piece of a sentence."""
    words = word.words[len(HeadRole.PART.words.at_start(word.words)) :].lstrip(":：")
    is_short = 0 < len(words) <= LONGEST and bool(HAN.match(words))
    return is_short and word.figure is None and not STOP.search(words)


def _heads_before(words: Sequence[Cell], row: Sequence[Cell]) -> list[Cell]:
    """Return the heads right before a row: one over its name, or none where the others tell."""
    width = len(row)
    heads = [*words[-width:]]
    if len(heads) == width and heads[0].words in HeadRole.NAME.words:
        return [replace(cell, column=n) for n, cell in enumerate(heads)]
    heads = [*words[len(words) - width + 1 :]] if len(words) >= width - 1 else []
    if not heads or not all(map(_tells_column, heads)):
        return []
    corner = Cell(heads[0].start, heads[0].start, "", 0)
    return [corner, *(replace(cell, column=n + 1) for n, cell in enumerate(heads))]


def _tells_column(head: Cell) -> bool:
    """Whether a head only says of what time its column is, or how it is measured."""
    is_unit_head = head.words in HeadRole.UNIT.words
    return is_unit_head or is_head(head) or measure_of(head.words) != "level"
