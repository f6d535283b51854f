"""What the reading room hands on: a page made whole, with the way back to its characters.

In: nothing; these are the types that `encoding`, `repair`, `article` and `structure` fill.
Out: `Page`, the one argument that the later rooms take from this one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from dz_analysis.reading.provenance import Provenance


class Change(NamedTuple):
    """One entry of the repair ledger: these raw characters became those.

    A tuple, not a dataclass: a damaged page has thousands, and they are made four times as fast.

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

    @classmethod
    def from_runs(
        cls, starts: Sequence[int], raws: Sequence[int], raw_ends: Sequence[int], *, length: int
    ) -> OffsetMap:
        """Build a map from runs in order, leaving out runs that are empty on both sides."""
        stops = (*starts[1:], length)[: len(starts)]  # a text may be empty: no runs at all
        rows = zip(starts, stops, raws, raw_ends, strict=True)
        kept = [(s, raw, end) for s, stop, raw, end in rows if stop > s] or [(0, 0, 0)]
        columns = [tuple(column) for column in zip(*kept, strict=True)]
        return cls(columns[0], columns[1], columns[2], length)

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the old text that `start:end` of the new one was made from.

        What was deleted beside the span is left out; a run that was rewritten comes whole.
        """
        first = self._run(start)
        last = self._run(max(end - 1, start))
        raw_start = self.raws[first] + start - self.starts[first]
        raw_end = self.raws[last] + end - self.starts[last]
        if self._is_rewritten(first):
            raw_start = self.raws[first]
        if self._is_rewritten(last):
            raw_end = self.raw_ends[last]
        return min(raw_start, self.raw_ends[first]), min(raw_end, self.raw_ends[last])

    def from_raw(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the new text that was made from `start:end` of the old one.

        A deleted span comes back as an empty one at the place where it stood.
        """
        return self._new_start(start), max(self._new_end(end), self._new_start(start))

    def _new_start(self, raw: int) -> int:
        run = bisect_right(self.raws, raw) - 1
        if run < 0:
            return 0
        if raw >= self.raw_ends[run]:
            return self._stop(run)
        return self.starts[run] + (0 if self._is_rewritten(run) else raw - self.raws[run])

    def _new_end(self, raw: int) -> int:
        run = bisect_left(self.raws, raw) - 1
        if run < 0:
            return 0
        if raw >= self.raw_ends[run] or self._is_rewritten(run):
            return self._stop(run)
        return self.starts[run] + raw - self.raws[run]

    def then(self, older: OffsetMap) -> OffsetMap:
        """Join this map to the one before it: from this new text to the oldest one."""
        starts, raws, raw_ends = [], [], []
        for run, start in enumerate(self.starts):
            for cut, raw, raw_end in self._through(run, older):
                starts.append(start + cut)
                raws.append(raw)
                raw_ends.append(raw_end)
        return OffsetMap.from_runs(starts, raws, raw_ends, length=self.length)

    def _through(self, run: int, older: OffsetMap) -> Iterator[tuple[int, int, int]]:
        """Cut one run where the older map's runs begin: (offset in the run, raw, raw end)."""
        low, high = self.raws[run], self.raw_ends[run]
        if self._is_rewritten(run):
            yield 0, *older.to_raw(low, high)
            return
        first, last = older._run(low), older._run(max(high - 1, low))
        edges = [low, *older.starts[first + 1 : last + 1], high]
        for here, there in pairwise(edges):
            yield here - low, *older.to_raw(here, there)

    def _run(self, position: int) -> int:
        return max(bisect_right(self.starts, position) - 1, 0)

    def _stop(self, run: int) -> int:
        return self.starts[run + 1] if run + 1 < len(self.starts) else self.length

    def _is_rewritten(self, run: int) -> bool:
        return self._stop(run) - self.starts[run] != self.raw_ends[run] - self.raws[run]


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
        The decoded page, untouched; of html, Word and pdf files the text inside.
    text : str
        The article: repaired, one paragraph a line.
    title, publisher, published : str
        As found on the page, blank where it gives none; a date is a day or a month.
    paragraphs : tuple of Paragraph
        In order; together they cover `text` but for the line ends.
    changes : tuple of Change
        The repair ledger.
    furniture : tuple of Furniture
        What was kept apart from the article.
    map : OffsetMap
        From `text` back to `raw`.
    notes : tuple of str
        What of the file could not be read, and the cure.
    site : str
        The site that the page stands on, blank where it does not say.
    provenance : tuple of Provenance
        What title, publisher, published and site were read from.
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
    notes: tuple[str, ...] = ()
    site: str = ""
    provenance: tuple[Provenance, ...] = ()

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of `raw` that `text[start:end]` was read from."""
        return self.map.to_raw(start, end)

    @property
    def unrepaired(self) -> int:
        """Characters known to be lost and not restored: `□` of a repair, U+FFFD of the charset."""
        marked = sum(change.after.count("□") for change in self.changes)
        return marked + self.raw.count("\ufffd")
