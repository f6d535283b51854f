"""What governs what: cues laid over a text, each as far as it reaches, and asked by offset.

In: the segments of a text and its cues, each with a category, a direction and a reach. Out:
`Scopes`, which gives for a category and an offset the cue that governs there. The engine knows no
word and no meaning: `cues` makes cues from rows of data, `time` and `place` from what they find.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import groupby
from operator import itemgetter
from typing import Generic, NamedTuple, TypeVar

from dz_analysis.finding.text.segment import REACH, Clause, Segments

COLONS = ("：", ":")  # what opens a list
Value = TypeVar("Value")
Stretch = tuple[int, int]  # from here to there


class Direction(StrEnum):
    """Where what a cue governs stands: behind it, before it, or on both sides."""

    FORWARD = "forward"
    BACKWARD = "backward"
    BOTH = "both"


_FORWARD, _BACKWARD = Direction.FORWARD, Direction.BACKWARD  # asked of every cue


class Reach(StrEnum):
    """How far a cue reaches, unless something ends it sooner.

    A `CLAUSE` is left where a bracket opens, because that is a clause of its own. A `LIST` is a
    clause and the ones behind it in its part of the sentence, but only if a number stands in it,
    a colon ends it, or the cue ends with the comma before it. A `HEAD` is a list for a cue at the
    head of its clause, a clause for any other. A `BRACKET` is what stands between
    its signs, outside of any the clause. A `SECTION` ends where the next one begins.
    """

    CLAUSE = "clause"
    LIST = "list"
    HEAD = "head"
    PART = "part"
    BRACKET = "bracket"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    SECTION = "section"


_CLAUSE, _LIST, _HEAD, _PART, _SECTION = (
    Reach.CLAUSE,
    Reach.LIST,
    Reach.HEAD,
    Reach.PART,
    Reach.SECTION,
)


class Cue(NamedTuple, Generic[Value]):
    """One cue as it stands in the text.

    `ended_by` names the categories whose next cue ends the scope; a list is ended by a cue of a
    later clause, before that clause. `until` bounds a scope that
    goes forward, -1 leaves it to the reach. `value` is whatever whoever made the cue wants back.
    Among cues that govern one offset the higher `rank` wins, then the nearest one.
    """

    start: int
    end: int
    category: str
    value: Value
    direction: Direction = Direction.FORWARD
    reach: Reach = Reach.CLAUSE
    ended_by: tuple[str, ...] = ()
    until: int = -1
    rank: int = 0


class _Lane(NamedTuple, Generic[Value]):
    """Which cue governs from where on; None where none does."""

    starts: list[int]
    cues: list[Cue[Value] | None]


class Scopes(Generic[Value]):
    """The scopes of the cues of a text.

    A forward scope begins behind its cue and reaches to the end of the unit that stands there: a
    cue that ends with a mark (预计，) governs what follows the mark, one that fills a bracket what
    follows the bracket. A backward scope ends where its cue begins; that of a cue which opens a
    bracket goes on before the bracket. What governs is the nearest cue whose scope holds the
    offset, of two the one behind it; a wider scope governs again where a narrower one has ended.

    Parameters
    ----------
    segments : Segments
        Of the text.
    cues : iterable of Cue
        In any order.
    numbers : sequence of int, optional
        Where its numbers begin, in text order; a list needs them.
    sections : sequence of int, optional
        Where its sections begin, in text order.

    Examples
    --------
    >>> from dz_analysis.finding.text.segment import segment
    >>> text = "若晴则行三里，歇五里；雨则止七里。"
    >>> cues = [Cue(0, 2, "if", "晴", reach=Reach.PART), Cue(11, 12, "if", "雨")]
    >>> scopes = Scopes(segment(text), cues)
    >>> [scopes.value("if", text.index(number)) for number in "三五七"]
    ['晴', '晴', '雨']
    >>> scopes.value("if", 0) is None
    True
    """

    def __init__(
        self,
        segments: Segments,
        cues: Iterable[Cue[Value]],
        *,
        numbers: Sequence[int] = (),
        sections: Sequence[int] = (),
    ) -> None:
        self.segments = segments
        self._numbers, self._sections = numbers, sections
        self._cues: dict[str, list[Cue[Value]]] = {}
        for cue in sorted(cues, key=_position):
            self._cues.setdefault(cue.category, []).append(cue)
        self._starts = {name: tuple(cue.start for cue in of) for name, of in self._cues.items()}
        self._lanes: dict[str, _Lane[Value]] = {}

    def governing(self, category: str, offset: int) -> Cue[Value] | None:
        """Return the cue of a category that governs an offset, None if none does."""
        starts, cues = self._lanes.get(category) or self._lane(category)
        at = bisect_right(starts, offset)
        return cues[at - 1] if at else None

    def value(self, category: str, offset: int) -> Value | None:
        """Return the value of the cue that governs an offset, None if none does."""
        cue = self.governing(category, offset)
        return cue.value if cue else None

    def cues(self, category: str) -> tuple[Cue[Value], ...]:
        """Return the cues of a category, in text order."""
        return tuple(self._cues.get(category, ()))

    def together(self, categories: Sequence[str]) -> tuple[list[int], list[dict[str, Cue[Value]]]]:
        """Return the cues of several categories that govern, and from where on: for one look-up.

        Examples
        --------
        >>> from dz_analysis.finding.text.segment import segment
        >>> cues = [Cue(0, 1, "if", "若"), Cue(2, 3, "then", "则")]
        >>> starts, found = Scopes(segment("若晴则行，歇。"), cues).together(["if", "then"])
        >>> starts, [sorted(governing) for governing in found]
        ([0, 1, 3, 5], [[], ['if'], ['if', 'then'], []])
        """
        changes = sorted(
            (
                (start, order, cue)
                for order, category in enumerate(categories)
                for start, cue in zip(*self._lane(category), strict=True)
            ),
            key=itemgetter(0),
        )
        governing: list[Cue[Value] | None] = [None] * len(categories)
        starts, found = [0], [dict[str, Cue[Value]]()]
        for start, at_once in groupby(changes, key=itemgetter(0)):
            for _, order, cue in at_once:
                governing[order] = cue
            starts.append(start)
            pairs = zip(categories, governing, strict=True)
            found.append({category: cue for category, cue in pairs if cue})
        return starts, found

    def scopes(self, category: str) -> tuple[tuple[int, int, Cue[Value]], ...]:
        """Return what each cue of a category governs: start, end, cue, in text order."""
        starts, cues = self._lane(category)
        spans = zip(starts, starts[1:], cues, strict=False)
        return tuple((start, end, cue) for start, end, cue in spans if cue)

    def _lane(self, category: str) -> _Lane[Value]:
        """Return what governs where, laid when a category is asked for: some never are."""
        lane = self._lanes.get(category)
        if lane is None:
            lane = self._lanes[category] = _lay(self._stretches(self._cues.get(category, ())))
        return lane

    def _stretches(self, cues: Sequence[Cue[Value]]) -> Iterator[tuple[int, int, Cue[Value]]]:
        for cue in cues:
            if cue.direction is not _BACKWARD:
                for start, end in self._forward(cue):
                    yield start, end, cue
            if cue.direction is not _FORWARD:
                for start, end in self._backward(cue):
                    yield start, end, cue

    def _forward(self, cue: Cue[Value]) -> Iterator[Stretch]:
        """Yield what a cue governs behind it."""
        limit = len(self.segments.text) if cue.until < 0 else cue.until
        for category in cue.ended_by:
            limit = min(limit, self._ended(cue, category))
        for start, end in self._behind(cue):
            if start < min(end, limit):
                yield start, min(end, limit)

    def _ended(self, cue: Cue[Value], category: str) -> int:
        """Return where the next cue of a category ends a scope: a list before the whole clause."""
        is_list = self._reach(cue) is _LIST
        if cue.reach is _HEAD and not is_list:
            return len(self.segments.text)
        after = self.segments.clause_at(cue.end).stop if is_list else cue.end
        starts = self._starts.get(category, ())
        at = bisect_left(starts, after)
        if at == len(starts):
            return len(self.segments.text)
        return self.segments.clause_start(starts[at]) if is_list else starts[at]

    def _reach(self, cue: Cue[Value]) -> Reach:
        """Return the reach of a cue where it stands."""
        if cue.reach is not _HEAD:
            return cue.reach
        is_head = not self.segments.text[self.segments.clause_start(cue.start) : cue.start].strip()
        return _LIST if is_head else _CLAUSE

    def _backward(self, cue: Cue[Value]) -> Iterator[Stretch]:
        """Yield what a cue governs before it."""
        limit = 0
        for category in cue.ended_by:
            at = bisect_left(self._starts.get(category, ()), cue.start)
            limit = max(limit, self._cues[category][at - 1].end) if at else limit
        for start, end in self._before(cue):
            if max(start, limit) < end:
                yield max(start, limit), end

    def _behind(self, cue: Cue[Value]) -> Sequence[Stretch]:
        """Return the unit behind a cue, in as many stretches as brackets cut it into."""
        end, reach = cue.end, self._reach(cue)
        if reach is _LIST:
            reach = _PART if self._is_list(end) else _CLAUSE
        if reach is _CLAUSE:
            return self.segments.rest_of_clause(end, end + REACH)
        return ((end, self._unit(reach, end)[1]),)

    def _before(self, cue: Cue[Value]) -> Sequence[Stretch]:
        """Return the unit before a cue, in as many stretches as brackets cut it into."""
        if cue.reach in (_CLAUSE, _LIST, _HEAD):
            return self._clause_before(cue.start)
        return ((self._unit(cue.reach, cue.start)[0], cue.start),)

    def _clause_before(self, start: int) -> list[Stretch]:
        """Return the clause before an offset, and the one round a bracket that it opens."""
        segments, low = self.segments, max(0, start - REACH)
        clause = segments.clause_at(start)
        found = [*segments.own_pieces(clause, max(low, clause.start), start)]
        while clause.start > low and self._opens_bracket(clause):
            opened = segments.brackets[clause.bracket].start
            clause = segments.clause_at(opened)
            found += segments.own_pieces(clause, max(low, clause.start), opened)
        return found

    def _opens_bracket(self, clause: Clause) -> bool:
        """Whether a clause is the first in its bracket."""
        brackets = self.segments.brackets
        return clause.bracket >= 0 and clause.start == brackets[clause.bracket].start + 1

    def _is_list(self, offset: int) -> bool:
        """Whether a list begins at an offset: see `Reach`."""
        at, clause = bisect_left(self._numbers, offset), self.segments.clause_at(offset)
        is_counted = at < len(self._numbers) and self._numbers[at] < clause.stop
        return (
            is_counted
            or offset == clause.start
            or self.segments.text.startswith(COLONS, clause.stop)
        )

    def _unit(self, reach: Reach, offset: int) -> Stretch:
        """Return where the unit of a reach begins and ends that holds an offset."""
        if reach is _SECTION:
            sections, at = self._sections, bisect_right(self._sections, offset)
            end = sections[at] if at < len(sections) else len(self.segments.text)
            return (sections[at - 1] if at else 0), end
        return _UNITS[reach](self.segments, offset)


def _part(segments: Segments, offset: int) -> Stretch:
    return segments.part_start(offset), segments.part_at(offset).end


def _bracket(segments: Segments, offset: int) -> Stretch:
    bracket = segments.bracket_at(offset)
    clause = segments.clause_at(offset)
    return (bracket.start + 1, bracket.stop) if bracket else (clause.start, clause.end)


def _sentence(segments: Segments, offset: int) -> Stretch:
    sentence = segments.sentence_at(offset)
    return sentence.start, sentence.end


def _paragraph(segments: Segments, offset: int) -> Stretch:
    return segments.line_at(offset)


_UNITS: Mapping[Reach, Callable[[Segments, int], Stretch]] = {
    Reach.PART: _part,
    Reach.BRACKET: _bracket,
    Reach.SENTENCE: _sentence,
    Reach.PARAGRAPH: _paragraph,
}


def _position(cue: Cue[Value]) -> Stretch:
    return cue.start, cue.end


def _lay(stretches: Iterable[tuple[int, int, Cue[Value]]]) -> _Lane[Value]:
    """Lay stretches beside each other: where which cue governs, the nearest of several."""
    found = sorted(stretches, key=itemgetter(0, 1))
    lane = _Lane[Value]([], [])
    first = 0
    while first < len(found):
        start, end, cue = found[first]
        behind = first + 1
        while behind < len(found) and found[behind][0] < end:
            end = max(end, found[behind][1])
            behind += 1
        if behind == first + 1:  # most stretches meet no other
            lane.starts.extend((start, end))
            lane.cues.extend((cue, None))
        else:
            _lay_over(found[first:behind], lane)
        first = behind
    return lane


def _lay_over(found: Sequence[tuple[int, int, Cue[Value]]], lane: _Lane[Value]) -> None:
    """Lay stretches that meet each other, sorted by where they begin, at the end of a lane."""
    edges = sorted({edge for start, end, _ in found for edge in (start, end)})
    open_: list[tuple[tuple[int, int, int], int]] = []  # how near; of equals the one told last
    number = 0
    for edge in edges:
        while number < len(found) and found[number][0] == edge:
            heapq.heappush(open_, (_nearness(*found[number]), -number))
            number += 1
        while open_ and found[-open_[0][1]][1] <= edge:
            heapq.heappop(open_)
        lane.starts.append(edge)
        lane.cues.append(found[-open_[0][1]][2] if open_ else None)


def _nearness(start: int, _: int, cue: Cue[Value]) -> tuple[int, int, int]:
    """Order the cues that govern one stretch: by rank, those behind it, then the nearest."""
    if start < cue.start:
        return -cue.rank, 0, cue.start
    return -cue.rank, 1, -cue.start
