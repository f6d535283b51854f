"""Where the words of a pattern stand in a text, found once and asked for every number.

In: a pattern of words and a text. Out: `Marks`, which says whether any of the words touches a
stretch of the text, so that the rules that look for them need not search a stretch that has none.
"""

from __future__ import annotations

import re
from bisect import bisect_right


class Marks:
    """The spans of a pattern's words in a text.

    Examples
    --------
    >>> marks = Marks(re.compile("力争|确保"), "税收8亿元，力争增长5%")
    >>> marks.touch(0, 5), marks.touch(6, 10)
    (False, True)
    """

    __slots__ = ("_ends", "_starts")

    def __init__(self, pattern: re.Pattern[str], text: str) -> None:
        spans = [match.span() for match in pattern.finditer(text)]
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def touch(self, start: int, end: int) -> bool:
        """Whether a word stands in a stretch, or reaches into it."""
        at = bisect_right(self._ends, start)
        return at < len(self._starts) and self._starts[at] < end
