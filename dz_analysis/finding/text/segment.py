"""Sentences and clauses: how far the words round a number reach.

In: clean text and its quantities. Out: for each quantity where its sentence and clause begin and
where the words before and behind it stop.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from dz_analysis.finding.model import Quantity

_SENTENCE = re.compile(r"[。！？!?\n]")
# A mark; a comma or colon but inside a number; a dash of two. All begin with one class of
# characters, so that the engine skips the rest of the text.
_CLAUSE = re.compile(
    r"[，；;。！？!?\n…,:：—]"
    r"(?:(?<=[，；;。！？!?\n…])|(?<=[,:：])(?:(?!\d)|(?<!\d[,:：]))|(?<=—)—)"
)
_HARD = re.compile(r"[；;。！？!?\n]")
_CLOSING = re.compile("[）)]")
ASIDE = 40  # characters of the longest remark in brackets that a comma divides
REACH = 160  # a clause longer than this is no clause; keeps text without stops linear


class Place(NamedTuple):
    """Where a quantity stands: offsets of its sentence, part (to ；) and clause.

    `clause` is the start of its clause and `stop` the end of it; a bracket round the quantity is
    a clause of its own.
    """

    sentence: int
    part: int
    clause: int
    stop: int


def locate(text: str, quantities: Sequence[Quantity]) -> tuple[Place, ...]:
    """Return the place of each quantity.

    Examples
    --------
    >>> from dz_analysis.finding.number.reject import find_quantities
    >>> text = "税收8亿元，增长5%；支出9亿元。"
    >>> [(p.part, p.clause, p.stop) for p in locate(text, find_quantities(text))]
    [(0, 0, 5), (0, 6, 10), (11, 11, 16)]
    """
    sentences = _ends(_SENTENCE, text)
    parts = _ends(_HARD, text)
    clauses = [match.span() for match in _CLAUSE.finditer(text)]
    ends, starts = [end for _, end in clauses], [start for start, _ in clauses]
    return tuple(_place(text, quantity, sentences, parts, ends, starts) for quantity in quantities)


def _ends(pattern: re.Pattern[str], text: str) -> list[int]:
    return [match.end() for match in pattern.finditer(text)]


def _place(
    text: str,
    quantity: Quantity,
    sentences: list[int],
    parts: list[int],
    ends: list[int],
    starts: list[int],
) -> Place:
    sentence = _before(sentences, quantity.start)
    part = _before(parts, quantity.start)
    clause = max(_before(ends, quantity.start), quantity.start - REACH)
    index = bisect_left(starts, quantity.end)
    stop = starts[index] if index < len(starts) else len(text)
    stop = min(stop, quantity.end + REACH)
    opened = _open_bracket(text, clause, quantity.start)
    if opened >= 0:
        clause = opened + 1
        stop = _closed_bracket(text, quantity.end, stop)
    elif (begun := _begun_bracket(text, part, clause, quantity.start)) >= 0:
        clause = max(_before(ends, begun), quantity.start - REACH)
    return Place(sentence, part, clause, stop)


def _before(ends: list[int], offset: int) -> int:
    index = bisect_right(ends, offset)
    return ends[index - 1] if index else 0


def _open_bracket(text: str, start: int, stop: int) -> int:
    """Return where a bracket opens that is not closed again, or -1."""
    at = max(text.rfind("（", start, stop), text.rfind("(", start, stop))
    return at if at >= 0 and not _CLOSING.search(text, at, stop) else -1


def _begun_bracket(text: str, low: int, start: int, stop: int) -> int:
    """Return where a bracket opens that a comma inside it cut off, or -1: 总值（GDP，下同）."""
    closed = _CLOSING.search(text, start, stop)
    if not closed or max(text.find(sign, start, closed.start()) for sign in "（(") >= 0:
        return -1
    low = max(low, start - ASIDE)
    return max(text.rfind("（", low, start), text.rfind("(", low, start))


def _closed_bracket(text: str, start: int, stop: int) -> int:
    match = _CLOSING.search(text, start, stop)
    return match.start() if match else stop
