"""What the reading room hands on: a page made whole, with the way back to its characters.

In: nothing; these are the types that `encoding`, `repair`, `article` and `structure` fill.
Out: `Page`, the one argument that the later rooms take from this one.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the repair ledger: these raw characters became those.

    `raw_start:raw_end` counts in the decoded page, `start:end` in the repaired page (before the
    furniture was taken off). A change chosen by context carries its score and the runner-up.
    """

    kind: str
    raw_start: int
    raw_end: int
    start: int
    end: int
    before: str
    after: str
    certain: bool = True
    score: float | None = None
    runner_up: str = ""

    def __repr__(self) -> str:
        """Show the words first: what stood there and what it became."""
        sure = "certain" if self.certain else "context"
        return f"<{self.before!r} -> {self.after!r} {self.kind} {sure} at {self.raw_start}>"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the article, `start:end` in its text."""

    number: int
    start: int
    end: int
    section: str = ""
    heading_level: int = 0
    stance: str = "review"


@dataclass(frozen=True, slots=True)
class Furniture:
    """One piece of the page that is not the article: `raw_start:raw_end` in the decoded page."""

    kind: str
    raw_start: int
    raw_end: int
    text: str


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Offsets of one text led back to another, as runs that move together.

    `starts[i]` is where run `i` begins in the new text, `raws[i]` where it began in the old one
    and `raw_ends[i]` where the old run stopped. Inside a run both sides advance by one character;
    a run whose old length differs was rewritten as a whole.
    """

    starts: tuple[int, ...]
    raws: tuple[int, ...]
    raw_ends: tuple[int, ...]
    length: int

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the old text that `start:end` of the new one was made from."""
        first = max(bisect_right(self.starts, start) - 1, 0)
        last = max(bisect_right(self.starts, max(end - 1, start)) - 1, 0)
        raw_start = min(self.raws[first] + start - self.starts[first], self.raw_ends[first])
        raw_end = min(self.raws[last] + end - self.starts[last], self.raw_ends[last])
        if self._is_rewritten(first):
            raw_start = self.raws[first]
        if self._is_rewritten(last):
            raw_end = self.raw_ends[last]
        return raw_start, raw_end

    def _is_rewritten(self, run: int) -> bool:
        stop = self.starts[run + 1] if run + 1 < len(self.starts) else self.length
        return stop - self.starts[run] != self.raw_ends[run] - self.raws[run]


@dataclass(frozen=True, slots=True)
class Page:
    """A page as read: the article made whole, its structure, and what was changed.

    Attributes
    ----------
    source : str
        Name of the file or a label.
    encoding : str
        The charset that the bytes were decoded with.
    raw : str
        The decoded page, untouched.
    text : str
        The article: repaired, one paragraph a line.
    title, publisher, published : str
        As found on the page, blank where it gives none.
    paragraphs : tuple of Paragraph
        In order; together they cover `text` but for the line ends.
    changes : tuple of Change
        The repair ledger.
    furniture : tuple of Furniture
        What was kept apart from the article.
    map : OffsetMap
        From `text` back to `raw`.
    """

    source: str
    encoding: str
    raw: str
    text: str
    title: str
    publisher: str
    published: str
    paragraphs: tuple[Paragraph, ...]
    changes: tuple[Change, ...]
    furniture: tuple[Furniture, ...]
    map: OffsetMap

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of `raw` that `text[start:end]` was read from."""
        return self.map.to_raw(start, end)

    @property
    def unrepaired(self) -> int:
        """Characters known to be lost and not restored (`□`)."""
        return sum(change.after.count("□") for change in self.changes)
