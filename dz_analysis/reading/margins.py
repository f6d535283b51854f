"""Page numbers and running heads between the lines of a text that was copied from a printed page.

In: the rows of a page. Out: which of them are no text, and their kind. A number alone on a line
is a page number only if others count on from it, or at the end of a printed page; a line is a
running head only where it stands beside page numbers, opens several printed pages, or comes again
in the midst of words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from dz_analysis.reading.rows import Row, is_cut

PAGE_NUMBER, RUNNING_HEAD = "page number", "running head"
_NUMBERED = re.compile(  # - 3 -, 第3页 共12页, 3/12, Page 3 of 12
    r"[-—–－·•]{1,3}\s{0,3}\d{1,4}\s{0,3}[-—–－·•]{1,3}|\d{1,3}\s?/\s?\d{1,3}"
    r"|第\s?\d{1,4}\s?页(?:\s{0,4}[,，/（(]?\s?共\s?\d{1,4}\s?页[）)]?)?"
    r"|(?i:page\s?\d{1,4}(?:\s?(?:of|/)\s?\d{1,4})?)"
)
_BARE = re.compile(r"\d{1,4}")
_DIGITS = re.compile(r"\d+")
_APART = 6  # rows between two numbers that count pages, at least: fewer are cells of a table
_HEAD_HAN = 30
_SENTENCE_HAN = 10
_TWICE = 2


def find_margins(rows: Sequence[Row], *, is_wrapped: bool = False) -> dict[int, str]:
    r"""Return the number of each row that is no text, with its kind.

    Parameters
    ----------
    rows : sequence of Row
        The lines of a page.
    is_wrapped : bool
        Whether a width broke the lines, so that a number alone on one is none of the text's.

    Examples
    --------
    >>> from dz_analysis.reading.rows import read_rows
    >>> page = read_rows("全县税收同比增\n- 3 -\n长6%，支出增\n长5%。")
    >>> find_margins(page)
    {1: 'page number'}
    """
    numbers = [at for at, row in enumerate(rows) if _NUMBERED.fullmatch(row.text)]
    numbers = sorted({*numbers, *_counting(rows, is_wrapped=is_wrapped), *_closing_pages(rows)})
    found = dict.fromkeys(numbers, PAGE_NUMBER)
    for at in (*_beside(rows, numbers), *_opening_pages(rows), *_amid_words(rows, found)):
        found.setdefault(at, RUNNING_HEAD)
    return found


def is_number(text: str) -> bool:
    """Say whether a line holds nothing but a number, as a page number does.

    Examples
    --------
    >>> is_number("12"), is_number("- 12 -"), is_number("12.5")
    (True, True, False)
    """
    return bool(_BARE.fullmatch(text) or _NUMBERED.fullmatch(text))


def _counting(rows: Sequence[Row], *, is_wrapped: bool) -> list[int]:
    """Return the rows that hold one number each and count pages: 3, 4, 5, far apart."""
    bare = [at for at, row in enumerate(rows) if _BARE.fullmatch(row.text)]
    if len(bare) < _TWICE:
        return [at for at in bare if is_wrapped or _stands_in_words(rows, at)]
    for first, second in pairwise(bare):
        is_next = int(rows[second].text) == int(rows[first].text) + 1
        if not is_next or second - first < _APART:
            return []
    return bare


def _closing_pages(rows: Sequence[Row]) -> list[int]:
    """Return the rows that hold a number and nothing else at the end of a printed page."""
    return [
        at
        for at, (row, below) in enumerate(pairwise(rows))
        if below.opens_page and _BARE.fullmatch(row.text)
    ]


def _opening_pages(rows: Sequence[Row]) -> list[int]:
    """Return the short rows that open a printed page again and again."""
    groups: dict[str, list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        if row.opens_page and _may_head(row):
            groups[_mask(row.text)].append(at)
    return [at for group in groups.values() if len(group) > _TWICE for at in group]


def _beside(rows: Sequence[Row], numbers: Sequence[int]) -> list[int]:
    """Return the short rows that stand again and again above or below a page number."""
    groups: dict[str, list[int]] = defaultdict(list)
    taken = set(numbers)
    for number in numbers:
        for at in (number - 1, number + 1):
            if 0 <= at < len(rows) and at not in taken and _may_head(rows[at]):
                groups[_mask(rows[at].text)].append(at)
    return [at for group in groups.values() if len(set(group)) >= _TWICE for at in group]


def _amid_words(rows: Sequence[Row], known: dict[int, str]) -> list[int]:
    """Return the short rows that come again, and once at least between two halves of a word."""
    groups: dict[str, list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        if at not in known and _may_head(row):
            groups[_mask(row.text)].append(at)
    found = []
    for group in groups.values():
        if len(group) >= _TWICE and any(_stands_in_words(rows, at) for at in group):
            found += group
    return found


def _may_head(row: Row) -> bool:
    return 1 < row.han <= _HEAD_HAN and not row.is_closed and not row.is_item


def _stands_in_words(rows: Sequence[Row], at: int) -> bool:
    """Say whether a row parts two halves of a word or number of running text."""
    if not 0 < at < len(rows) - 1 or rows[at - 1].is_closed or rows[at - 1].han < _SENTENCE_HAN:
        return False
    return is_cut(rows[at - 1].text, rows[at + 1].text)


def _mask(text: str) -> str:
    return _DIGITS.sub("0", text)
