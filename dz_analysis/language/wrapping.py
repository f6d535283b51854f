"""Text broken into lines at which a Chinese character counts twice.

In: text. Out: lines.
"""

from __future__ import annotations

from unicodedata import east_asian_width


def wrap_text(text: str, *, width: int) -> str:
    r"""Break a text into lines of a width at which a Chinese character counts twice.

    Examples
    --------
    >>> wrap_text("one two three", width=8)
    'one two\nthree'
    """
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".lstrip()
        if count_cells(longer) <= width:
            lines[-1] = longer
            continue
        lines += _break_word(word, width)
    return "\n".join(line for line in lines if line)


def _break_word(word: str, width: int) -> list[str]:
    """Return a word in pieces that are no wider than a width, most often itself alone."""
    pieces = [""]
    for char in word:
        if count_cells(pieces[-1] + char) > width and pieces[-1]:
            pieces.append("")
        pieces[-1] += char
    return pieces


def count_cells(text: str) -> int:
    """Return a text's width in columns: a Chinese character takes two.

    Examples
    --------
    >>> count_cells("a甲")
    3
    """
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)
