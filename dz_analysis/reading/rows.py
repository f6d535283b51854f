"""The lines of a page as they stand on it: width, indent, gap, and how a line ends and begins.

In: decoded text. Out: `Row`s, and the judgement whether a break between two of them cuts a word
or a number. `margins` and `wrapped` are built on them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from dz_analysis.lexicon import words
from dz_analysis.reading.context import WINDOW, word_value
from dz_analysis.reading.script import character_table
from dz_analysis.reading.source import Mark, is_unfilled

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_HAN_RUN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")
# Two columns wide in a Chinese font: all but Latin letters, figures and half-width forms.
_WIDE = re.compile(
    r"[\xb7\u1100-\u115f\u2010-\u2fff\u3000-\ua4cf\uac00-\ud7af\uf900-\uff60\uffe0-\uffe6]+"
)
_CLOSED = tuple("。！？；：…”』」）)!?;:")
_SESSION = re.compile(r"[—–-]{1,4}\s?\d{4}\s?年.{6,60}上$")  # ——…年…日在…会议上
_SESSION_END = re.compile(r"[^，。；：]{0,30}第[一二三四五六七八九十百\d]{1,5}次会议上$")
_DOTTED = re.compile(r"\.{2}|[\u3400-\u9fff][.．]")  # … and 。 as some keyboards write them
_FEED = "\f"
_PARTING = re.compile(r"[ \xa0\u3000|]")
_CELLS = re.compile(r"\S(?:[ \xa0]{2,8}|\u3000{1,8})\S|\|")
_CLAUSE = re.compile(r"[，。；]")
_NUMERALS = "一二三四五六七八九十"
_ITEM = re.compile(  # what opens a heading or an item of a list
    rf"[（(](?:[{_NUMERALS}]{{1,3}}|\d{{1,2}})[）)]|\d{{1,2}}[）)]"
    rf"|\d{{1,2}}(?:、(?!\d)|．|\.(?!\d))|[{_NUMERALS}]{{1,3}}、(?![{_NUMERALS}])"
    rf"|第[{_NUMERALS}百\d]{{1,4}}[章节编条]|第[{_NUMERALS}]{{1,3}}部分"
    r"|[①-⑳●•■□◆◇○★▲△※*>＞—–-]|附(?:件|[:：])|[注表图]\d{0,2}[:：]"
)
_NUMBER_END = re.compile(r"\d[\d,.]*$")
_LATIN_END, _LATIN_START = re.compile(r"[A-Za-z]$"), re.compile(r"[A-Za-z]")
# Log odds by which the words across a break must beat those on its two sides: where the page shows
# by its widths too that lines were broken (0.3 % of the author's own line ends pass), and alone.
_LIKELY, _SURE = 0.6, 2.0


@cache
def _number_goes_on() -> re.Pattern[str]:
    """Return the pattern of what a number goes on with in the next line."""
    units = words("line_breaks", "goes_on.units").pattern
    return re.compile(rf"\d(?!\d{{0,3}}年)|[.．]\d|[%％‰]|[万亿]|{units}")


@dataclass(frozen=True, slots=True)
class Row:
    """One line; `start:end` is its text without the blanks around it.

    Widths are in columns, of which a Han character takes two. `gap` counts the blank lines
    before, none at the head of a printed page. `is_alone` says that it belongs to no running
    text: a row of a table, or marked by the format. `opens_page` says that a form feed stands
    before it.
    """

    start: int
    end: int
    text: str
    han: int
    indent: int
    width: int
    gap: int
    is_alone: bool
    opens_page: bool = False

    @property
    def is_closed(self) -> bool:
        """Whether it ends with a mark that may end a paragraph, or names a session."""
        if self.text.endswith(_CLOSED) or _DOTTED.fullmatch(self.text[-2:]):
            return True
        return bool(_SESSION.match(self.text))

    @property
    def ends_session(self) -> bool:
        """Whether it is the line of a session under a title, or the last one of it."""
        return bool(_SESSION.match(self.text) or _SESSION_END.match(self.text))

    @property
    def is_item(self) -> bool:
        """Whether it begins like a heading or an item of a list."""
        return bool(_ITEM.match(self.text))


def read_rows(text: str, marks: Sequence[Mark] = ()) -> list[Row]:
    r"""Return the lines of a page that hold anything.

    Examples
    --------
    >>> [(row.text, row.indent, row.width, row.gap) for row in read_rows("简况\n\n　　增长6%。")]
    [('简况', 0, 4, 0), ('增长6%。', 4, 12, 1)]
    """
    starts = [mark.start for mark in marks]
    rows: list[Row] = []
    at = gap = 0
    feeds = False  # whether a form feed stands between the row before and the next one
    for line in text.split("\n"):
        words = line.strip()
        if words:
            start = at + line.index(words)
            mark = bisect_right(starts, start) - 1
            is_marked = mark >= 0 and start < marks[mark].end
            indent, width = columns(line[: start - at]), columns(words)
            opens = feeds or _FEED in line[: start - at]
            han, feeds = sum(map(len, _HAN_RUN.findall(words))), False
            place = (han, indent, indent + width, 0 if opens else gap)
            is_alone = is_marked or _is_row(words) or is_unfilled(line)
            rows.append(Row(start, start + len(words), words, *place, is_alone, opens))
        gap = 0 if words else gap + 1
        feeds = feeds or _FEED in line[len(line.rstrip()) :]
        at += len(line) + 1
    return rows


def _is_row(words: str) -> bool:
    """Say whether a line is a row of a table: cells apart, and no clause."""
    if "\t" in words:
        return True
    if not _PARTING.search(words):  # most lines hold none, and `_CELLS` is slow to find that out
        return False
    return bool(_CELLS.search(words)) and not _CLAUSE.search(words)


def columns(text: str) -> int:
    """Return the width of a text in columns.

    Examples
    --------
    >>> columns("增长6%。")
    8
    """
    if text.isascii():
        return len(text.expandtabs(8))
    return len(text) + sum(map(len, _WIDE.findall(text)))


def is_cut(before: str, after: str, *, is_sure: bool = True) -> bool:
    """Say whether a line end between two texts cuts a word or a number, surely or likely.

    Examples
    --------
    >>> is_cut("生产总值同比增", "长6.2%"), is_cut("完成投资12.", "6亿元"), is_cut("利润12", "万元")
    (True, True, True)
    >>> is_cut("工业生产", "稳步增长"), is_cut("2009年", "2010年")
    (False, False)
    """
    if _NUMBER_END.search(before) and _number_goes_on().match(after):
        return True
    if _LATIN_END.search(before) and _LATIN_START.match(after):
        return True
    left, right = (_simple(part) for part in (before[-WINDOW:], after[:WINDOW]))
    if not (_HAN.match(left[-1:]) and _HAN.match(right[:1])):
        return False
    return word_value(left + right) - word_value(left) - word_value(right) > (
        _SURE if is_sure else _LIKELY
    )


def _simple(text: str) -> str:
    return text.translate(character_table("t2s"))
