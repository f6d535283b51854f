"""Text broken into lines at which a Chinese character counts twice, and numbers with their units.

In: text. Out: lines; how wide a text is; an amount as the language in use writes it.
"""

from __future__ import annotations

import re
from unicodedata import east_asian_width

from dz_analysis.language.messages import SOURCE, language

_HAN = "\u2e80-\u9fff\uf900-\ufaff"
_CLOSING = "，。、；：！？）》】”’」』%‰,.;:!?)"  # no line begins with one
_OPENING = "（《【“‘「『("  # and none ends with one
# What no line end divides: a word or a number with the characters of its unit, or one character,
# with the signs that belong to it.
_PIECE = re.compile(
    rf"[{_OPENING}]*(?:\d[\d,.]*%?[{_HAN}]{{0,2}}|[^\s{_HAN}{_CLOSING}{_OPENING}]+|[{_HAN}])?"
    rf"[{_CLOSING}]*"
)
_UNIT_BESIDE = re.compile(rf"[%‰°{_HAN}]")  # what Chinese writes without a blank behind a number


def wrap_text(text: str, *, width: int) -> str:
    r"""Break a text into lines of a width at which a Chinese character counts twice.

    A line ends between words, or between Chinese characters; none begins with a sign that closes
    and none ends with one that opens, and a number keeps its unit. Only what is wider than a line
    by itself is divided otherwise.

    Examples
    --------
    >>> wrap_text("one two three", width=8)
    'one two\nthree'
    >>> wrap_text("全县税收8亿元，增长5%", width=14)
    '全县税收\n8亿元，增长5%'
    """
    lines = [""]
    for blank, piece in _list_pieces(text):
        longer = f"{lines[-1]}{blank}{piece}" if lines[-1] else piece
        if count_cells(longer) <= width:
            lines[-1] = longer
        else:
            lines += _break_word(piece, width)
    return "\n".join(line for line in lines if line)


def _list_pieces(text: str) -> list[tuple[str, str]]:
    """Return what no line end divides, each with the blank before it."""
    return [
        ("" if at or not number else " ", found[0])
        for number, word in enumerate(text.split())
        for at, found in enumerate(one for one in _PIECE.finditer(word) if one[0])
    ]


def _break_word(word: str, width: int) -> list[str]:
    """Return a word in pieces that are no wider than a width, most often itself alone."""
    pieces = [""]
    for char in word:
        if count_cells(pieces[-1] + char) > width and pieces[-1]:
            pieces.append("")
        pieces[-1] += char
    return pieces


def count_cells(text: str) -> int:
    """Return a text's width in columns: a Chinese character takes two, and so do its quotes.

    Examples
    --------
    >>> count_cells("a甲"), count_cells("“甲”")
    (3, 6)
    """
    return sum(2 if east_asian_width(char) in "WFA" else 1 for char in text)


def set_unit(number: str, unit: str) -> str:
    """Return a number with its unit: with a blank between them in English, as in 12.8 亿元.

    Chinese has none before a Chinese unit or a sign of percent.

    Examples
    --------
    >>> set_unit("12.8", "亿元"), set_unit("5", "")
    ('12.8 亿元', '5')
    >>> from dz_analysis.language import speak
    >>> with speak("zh"):
    ...     set_unit("12.8", "亿元"), set_unit("5", "%"), set_unit("3", "km")
    ('12.8亿元', '5%', '3 km')
    """
    is_close = language() != SOURCE and _UNIT_BESIDE.match(unit)
    return f"{number}{unit}" if is_close or not unit else f"{number} {unit}"
