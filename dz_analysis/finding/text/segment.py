"""Sentence, part, clause and bracket: the one division of a text, made once and asked by offset.

In: clean text. Out: `Segments`, which answers for any offset where it stands; and for words that
were cut out of a text already, `split_clauses` and `find_stop`, by the same definition.

A *sentence* ends with 。！？ or its line, a *part* of it with ；, a *clause* with ，：… or ——. A
comma or a colon inside a number is no mark. A bracket that closes before its sentence ends is
divided by itself: the clause round it goes on behind it, whatever stands inside. One that nothing
closes ends where its clause does.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, compress
from typing import NamedTuple

from dz_analysis.finding.model import Quantity, new

SENTENCE_MARKS = "。！？!?\n"
PART_MARKS = "；;"
STOPS = f"{SENTENCE_MARKS}{PART_MARKS}，…,:："  # each ends a clause by itself; of — it takes two
OPENING, CLOSING = "（(", "）)"
_ENDS = (
    rf"(?<=[{SENTENCE_MARKS}{PART_MARKS}…])|(?<=，)(?!(?<=\d，)\d{{3}}(?!\d))"
    r"|(?<=[,:：])(?:(?!\d)|(?<!\d[,:：]))|(?<=—)—+"
)
# All begin with one class of characters, so that the engine skips the rest of the text.
_STOP = re.compile(rf"[{STOPS}—](?:{_ENDS})")
_MARKS = rf"(?:{_ENDS})(?:[{STOPS}—](?:{_ENDS}))*+"  # those that touch are one
_TOKEN = re.compile(rf"([{STOPS}—{OPENING}{CLOSING}](?:(?<=[{OPENING}{CLOSING}])|{_MARKS}))")
_LINE = re.compile("\n")
REACH = 160  # a clause longer than this is no clause; keeps text without stops linear


class Sentence(NamedTuple):
    """A sentence: its words are `text[start:stop]`, its mark ends at `end`."""

    start: int
    stop: int
    end: int


class Part(NamedTuple):
    """What stands between two ； of a sentence, or of a bracket, whose number is `bracket`."""

    start: int
    stop: int
    end: int
    bracket: int = -1


class Clause(NamedTuple):
    """What stands between two marks, with the brackets in it.

    Its words are `text[start:stop]`, its mark ends at `end`; `bracket` is the number of the
    bracket that it stands in, -1 if it stands in none.
    """

    start: int
    stop: int
    end: int
    bracket: int = -1


class Bracket(NamedTuple):
    """A bracket from its opening sign to behind its closing one; its words stop at `stop`.

    `host` is the number of the bracket round it, -1 if there is none.
    """

    start: int
    stop: int
    end: int
    host: int = -1


@dataclass(frozen=True, slots=True)
class _Stretches:
    """The columns of the clauses or the parts of a text, and where each of them is the innermost.

    A stretch that a bracket interrupts goes on behind it, so that it owns several pieces. Tuples,
    because the garbage collector leaves those of numbers alone and walks a list again and again.
    """

    starts: tuple[int, ...]
    stops: tuple[int, ...]
    ends: tuple[int, ...]
    brackets: tuple[int, ...]
    pieces: tuple[int, ...]
    owners: tuple[int, ...]

    def at(self, offset: int) -> int:
        """Return the number of the innermost stretch at an offset."""
        return self.owners[bisect_right(self.pieces, offset, 1) - 1]  # the first begins at 0

    def row(self, number: int) -> tuple[int, int, int, int]:
        """Return start, stop, end and bracket of a stretch."""
        return self.starts[number], self.stops[number], self.ends[number], self.brackets[number]

    def rows(self) -> Iterator[tuple[int, int, int, int]]:
        """Yield start, stop, end and bracket of every stretch."""
        return zip(self.starts, self.stops, self.ends, self.brackets, strict=True)


class _Row:
    """The columns of `_Stretches` while a text is divided."""

    __slots__ = ("brackets", "ends", "owners", "pieces", "starts", "stops")

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.stops: list[int] = []
        self.ends: list[int] = []
        self.brackets: list[int] = []
        self.pieces: list[int] = []
        self.owners: list[int] = []

    def begin(self, at: int, bracket: int) -> int:
        """Open a stretch and return its number."""
        number = len(self.starts)
        self.starts.append(at)
        self.stops.append(at)
        self.ends.append(at)
        self.brackets.append(bracket)
        self.resume(at, number)
        return number

    def close(self, number: int, stop: int, end: int) -> None:
        """End a stretch."""
        self.stops[number] = stop
        self.ends[number] = end

    def divide(self, number: int, stops: Sequence[int], ends: Sequence[int]) -> int:
        """End a stretch with the first of some marks, open one behind each, return the last.

        All that stand between two brackets at once: what every mark of a text comes to.
        """
        if not ends:
            return number
        self.stops[number] = stops[0]
        self.ends[number] = ends[0]
        following = len(self.starts)
        self.starts += ends
        self.stops += (*stops[1:], ends[-1])
        self.ends += (*ends[1:], ends[-1])
        self.brackets += [self.brackets[number]] * len(ends)
        self.pieces += ends
        self.owners += range(following, len(self.starts))
        return len(self.starts) - 1

    def resume(self, at: int, number: int) -> None:
        """Let a stretch be the innermost one from an offset on."""
        if self.pieces and self.pieces[-1] == at:
            self.owners[-1] = number
            return
        self.pieces.append(at)
        self.owners.append(number)

    def drop_empty(self) -> None:
        """Take off a last stretch without a character, which the mark that ends a text opens."""
        last = len(self.starts) - 1
        if last and self.starts[last] == self.ends[last] and self.owners[-1] == last:
            for column in (self.starts, self.stops, self.ends, self.brackets):
                column.pop()
            self.pieces.pop()
            self.owners.pop()

    def done(self) -> _Stretches:
        """Return the columns as they stand in the end."""
        columns = self.starts, self.stops, self.ends, self.brackets, self.pieces, self.owners
        return _Stretches(*map(tuple, columns))


class _Divider:
    """Walks the marks and brackets of a text once.

    `open_` holds what is open, the text itself first: bracket, clause and part by number, and
    whether the bracket is closed somewhere.
    """

    __slots__ = (
        "brackets",
        "clauses",
        "open_",
        "parts",
        "sentence_ends",
        "sentence_stops",
        "text",
    )

    def __init__(self, text: str) -> None:
        self.text = text
        self.clauses, self.parts = _Row(), _Row()
        self.sentence_stops: list[int] = []  # where the words of each stop
        self.sentence_ends: list[int] = []  # and its mark
        self.brackets: list[list[int]] = []
        self.open_: list[tuple[int, int, int, bool]] = []
        self._begin(-1, 0, is_closed=True)

    def divide(self) -> None:
        """Walk the text from its beginning to its end."""
        tokens = _tokens(self.text)
        numbers = [match.start() for match in _BRACKETS.finditer(tokens.kinds)]
        closed = _closed_brackets(tokens, numbers)
        first = 0
        for number in numbers:
            self._divide(tokens, first, number)
            first = number + 1
            start, end = tokens.starts[number], tokens.ends[number]
            if tokens.kinds[number] == _OPENS:
                self.brackets.append([start, end, end, self.open_[-1][0]])
                self._begin(len(self.brackets) - 1, end, is_closed=start in closed)
            elif start in closed:
                self._drop_unclosed(start)
                self._close(start, end)
        self._divide(tokens, first, len(tokens.starts))
        self._end(tokens)

    def _divide(self, tokens: _Tokens, first: int, last: int) -> None:
        """Divide what is open at the marks between two brackets."""
        if first == last:
            return
        starts, ends = tokens.starts[first:last], tokens.ends[first:last]
        self._drop_unclosed(starts[0])
        bracket, clause, part, is_closed = self.open_[-1]
        clause = self.clauses.divide(clause, starts, ends)
        parts = tokens.kinds[first:last].translate(_IS_PART)
        part = self.parts.divide(part, [*compress(starts, parts)], [*compress(ends, parts)])
        self.open_[-1] = bracket, clause, part, is_closed

    def _end(self, tokens: _Tokens) -> None:
        """End the text, and tell its sentences."""
        length = len(self.text)
        self._drop_unclosed(length)
        _, clause, part, _ = self.open_[0]
        for row, number in ((self.clauses, clause), (self.parts, part)):
            row.close(number, length, length)
            row.drop_empty()
        sentences = tokens.kinds.translate(_IS_SENTENCE)
        self.sentence_stops += compress(tokens.starts, sentences)
        self.sentence_ends += compress(tokens.ends, sentences)
        if not self.sentence_ends or self.sentence_ends[-1] < length:
            self.sentence_stops.append(length)
            self.sentence_ends.append(length)

    def _begin(self, bracket: int, at: int, *, is_closed: bool) -> None:
        """Open a bracket, or the text."""
        clause, part = self.clauses.begin(at, bracket), self.parts.begin(at, bracket)
        self.open_.append((bracket, clause, part, is_closed))

    def _drop_unclosed(self, stop: int) -> None:
        """End the innermost brackets that nothing closes."""
        while not self.open_[-1][3]:
            self._close(stop, stop)

    def _close(self, stop: int, end: int) -> None:
        """End the innermost bracket: what stands round it goes on."""
        bracket, clause, part, _ = self.open_.pop()
        self.clauses.close(clause, stop, stop)
        self.parts.close(part, stop, stop)
        _, clause, part, _ = self.open_[-1]
        self.clauses.resume(stop, clause)
        self.parts.resume(stop, part)
        self.brackets[bracket][1:3] = [stop, end]


class _Tokens(NamedTuple):
    """The columns of all marks and brackets: where each begins and ends, and its kind.

    The kind says what a mark ends, or that a bracket opens or closes. Columns of numbers, because
    a tuple for each of them is one more thing that the garbage collector counts; the kinds as
    bytes, which are searched and selected by without looking at each.
    """

    starts: list[int]
    ends: list[int]
    kinds: bytes


_CLAUSE, _PART, _SENTENCE, _OPENS, _CLOSES = 1, 2, 3, 4, 5
_KINDS = {
    **dict.fromkeys(STOPS + "—", _CLAUSE),
    **dict.fromkeys(PART_MARKS, _PART),
    **dict.fromkeys(SENTENCE_MARKS, _SENTENCE),
    **dict.fromkeys(OPENING, _OPENS),
    **dict.fromkeys(CLOSING, _CLOSES),
}
_BRACKETS = re.compile(b"[%c%c]" % (_OPENS, _CLOSES))
_IS_PART = bytes(_PART <= kind <= _SENTENCE for kind in range(256))  # tables of what is selected
_IS_SENTENCE = bytes(kind == _SENTENCE for kind in range(256))


def _tokens(text: str) -> _Tokens:
    """Return brackets and marks; marks that touch are one, which ends what the strongest ends."""
    pieces = _TOKEN.split(text)  # words, token, words, token, …, words
    edges = list(accumulate(map(len, pieces)))
    return _Tokens(edges[:-1:2], edges[1::2], bytes(map(_kind, pieces[1::2])))


@lru_cache(maxsize=256)  # few strings of marks stand in texts
def _kind(token: str) -> int:
    """Return the kind of a bracket, or of marks that touch."""
    return max(_KINDS[sign] for sign in token)


def _closed_brackets(tokens: _Tokens, numbers: Iterable[int]) -> frozenset[int]:
    """Return the offsets of the brackets' signs that find each other within a sentence."""
    starts, kinds = tokens.starts, tokens.kinds
    found: list[int] = []
    opened: list[int] = []
    for number in numbers:
        if opened and kinds.find(_SENTENCE, opened[-1], number) >= 0:
            opened.clear()
        if kinds[number] == _OPENS:
            opened.append(number)
        elif opened:
            found += (starts[opened.pop()], starts[number])
    return frozenset(found)


class Segments:
    """Sentences, parts, clauses and brackets of a text; every question takes logarithmic time.

    Every offset lies in one innermost clause, in one innermost part and in one sentence; a mark
    belongs to what it ends, the signs of a bracket to the clause round it.

    Examples
    --------
    >>> text = "税收8亿元（国税5亿元，增长6%），增长5%；支出9亿元。"
    >>> segments = segment(text)
    >>> [text[c.start : c.stop] for c in segments.clauses]
    ['税收8亿元（国税5亿元，增长6%）', '国税5亿元', '增长6%', '增长5%', '支出9亿元']
    >>> [text[p.start : p.stop] for p in segments.parts if p.bracket < 0]
    ['税收8亿元（国税5亿元，增长6%），增长5%', '支出9亿元']
    >>> segments.clause_at(8).bracket, segments.bracket_at(8).start, segments.bracket_at(2)
    (0, 5, None)
    """

    __slots__ = (
        "_clauses",
        "_lines",
        "_parts",
        "_sentence_ends",
        "_sentence_stops",
        "brackets",
        "text",
    )

    def __init__(self, text: str) -> None:
        divider = _Divider(text)
        divider.divide()
        self.text = text
        self.brackets = tuple(Bracket(*bracket) for bracket in divider.brackets)
        self._clauses, self._parts = divider.clauses.done(), divider.parts.done()
        self._sentence_stops = tuple(divider.sentence_stops)
        self._sentence_ends = tuple(divider.sentence_ends)
        self._lines = tuple(match.start() for match in _LINE.finditer(text))

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences, in text order."""
        starts = [0, *self._sentence_ends[:-1]]
        ends = zip(starts, self._sentence_stops, self._sentence_ends, strict=True)
        return tuple(Sentence(*sentence) for sentence in ends)

    @property
    def parts(self) -> tuple[Part, ...]:
        """All parts of sentences and brackets, by where they begin."""
        return tuple(Part(*row) for row in self._parts.rows())

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """All clauses, by where they begin."""
        return tuple(Clause(*row) for row in self._clauses.rows())

    def sentence_at(self, offset: int) -> Sentence:
        """Return the sentence at an offset."""
        ends = self._sentence_ends
        at = bisect_right(ends, offset, 0, len(ends) - 1)
        return Sentence(ends[at - 1] if at else 0, self._sentence_stops[at], ends[at])

    def part_at(self, offset: int) -> Part:
        """Return the innermost part at an offset."""
        return Part(*self._parts.row(self._parts.at(offset)))

    def clause_at(self, offset: int) -> Clause:
        """Return the innermost clause at an offset."""
        return Clause(*self._clauses.row(self._clauses.at(offset)))

    def clause_start(self, offset: int) -> int:
        """Return where the innermost clause at an offset begins; makes no `Clause`."""
        row = self._clauses
        return row.starts[row.owners[bisect_right(row.pieces, offset, 1) - 1]]

    def clause_stop(self, offset: int) -> int:
        """Return where the words of the innermost clause at an offset stop."""
        row = self._clauses
        return row.stops[row.owners[bisect_right(row.pieces, offset, 1) - 1]]

    def sentence_start(self, offset: int) -> int:
        """Return where the sentence at an offset begins."""
        ends = self._sentence_ends
        at = bisect_right(ends, offset, 0, len(ends) - 1)
        return ends[at - 1] if at else 0

    def edges_round(self, offsets: Iterable[int]) -> list[int]:
        """Return where the sentences round some offsets, in text order, begin and end in turn.

        Examples
        --------
        >>> segment("税收8亿元。其中。支出9亿元。投资7亿元。").edges_round([2, 11, 17])
        [0, 6, 9, 21]
        """
        ends, edges = self._sentence_ends, [0, 0]
        for offset in offsets:
            if offset < edges[-1]:  # another in the same sentence
                continue
            at = bisect_right(ends, offset, 0, len(ends) - 1)
            start = ends[at - 1] if at else 0
            if start == edges[-1]:
                edges[-1] = ends[at]
            else:
                edges += (start, ends[at])
        return edges

    def bracket_at(self, offset: int) -> Bracket | None:
        """Return the innermost bracket whose words an offset is among, if any."""
        number = self._clauses.brackets[self._clauses.at(offset)]
        return self.brackets[number] if number >= 0 else None

    def part_start(self, offset: int) -> int:
        """Return where the part begins that an offset belongs to.

        The first part inside a bracket goes on with the part round it: what stands before the
        bracket is said of it too.

        Examples
        --------
        >>> segments = segment("税收8亿元（国税5亿元；地税3亿元），增长5%。")
        >>> segments.part_start(8), segments.part_start(14), segments.part_start(23)
        (0, 12, 0)
        """
        parts = self._parts
        number = parts.owners[bisect_right(parts.pieces, offset, 1) - 1]
        while (bracket := parts.brackets[number]) >= 0:
            opened = self.brackets[bracket].start
            if parts.starts[number] != opened + 1:
                break
            number = parts.at(opened)
        return parts.starts[number]

    def line_at(self, offset: int) -> tuple[int, int]:
        """Return where the line at an offset begins, and where its sign of a new line stands."""
        at = bisect_left(self._lines, offset)
        start = self._lines[at - 1] + 1 if at else 0
        return start, self._lines[at] if at < len(self._lines) else len(self.text)

    def rest_of_clause(self, start: int, limit: int) -> tuple[tuple[int, int], ...]:
        """Return the stretches of the clause at an offset from there on, without its brackets.

        Examples
        --------
        >>> segment("税收8亿元（国税）增长5%，支出。").rest_of_clause(2, 99)
        ((2, 6), (8, 14))
        """
        row = self._clauses
        at = bisect_right(row.pieces, start, 1) - 1
        end = row.ends[row.owners[at]]
        if at + 1 == len(row.pieces) or row.pieces[at + 1] >= end:  # as most: without a bracket
            return ((start, min(end, limit)),)
        return self.own_pieces(self.clause_at(start), start, limit)

    def own_pieces(self, clause: Clause, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """Return the stretches of a clause between two offsets, without the brackets in it.

        Examples
        --------
        >>> segments = segment("税收（国税）8亿元，增长5%。")
        >>> segments.own_pieces(segments.clause_at(0), 0, 8)
        ((0, 3), (5, 8))
        """
        row, end = self._clauses, min(end, clause.end)
        number, pieces = row.at(clause.start), []
        for at in range(bisect_right(row.pieces, start) - 1, bisect_left(row.pieces, end)):
            last = row.pieces[at + 1] if at + 1 < len(row.pieces) else len(self.text)
            if row.owners[at] == number:
                pieces.append((max(row.pieces[at], start), min(last, end)))
        return tuple(pieces)


@lru_cache(maxsize=4)  # the finders of one text ask one after the other
def segment(text: str) -> Segments:
    """Return the segments of a text, made once for all that ask."""
    return Segments(text)


def split_clauses(words: str) -> list[str]:
    """Split words that were cut out of a text at the marks that end clauses.

    Examples
    --------
    >>> split_clauses("税收1,200万元，增长5%：")
    ['税收1,200万元', '增长5%', '']
    """
    return _STOP.split(words)


def find_stop(words: str, start: int = 0) -> int:
    """Return where the first mark stands that ends a clause of some words, else their length.

    Examples
    --------
    >>> find_stop("1,200万元，增长5%"), find_stop("增长5%")
    (7, 4)
    """
    match = _STOP.search(words, start)
    return match.start() if match else len(words)


def gap(shortest: int, longest: int, *, but: str = "") -> str:
    """Return the pattern of so many characters of one clause, for use between two cues.

    `but` names further characters that may not stand there. A comma inside a number ends the gap
    too: a class of characters does not look round.

    Examples
    --------
    >>> bool(re.search(f"完成{gap(0, 8)}目标", "完成税收目标"))
    True
    >>> bool(re.search(f"完成{gap(0, 8)}目标", "完成，税收目标"))
    False
    """
    return rf"[^{STOPS}{but}]{{{shortest},{longest}}}"


class Place(NamedTuple):
    """Where a quantity stands: offsets of its sentence, part (to ；) and clause.

    `clause` is the start of its clause and `stop` the end of it; a bracket round the quantity is
    a clause of its own.
    """

    sentence: int
    part: int
    clause: int
    stop: int


def locate(text: str, quantities: Iterable[Quantity]) -> Iterator[Place]:
    """Yield the place of each quantity.

    Examples
    --------
    >>> from dz_analysis.finding.number.reject import find_quantities
    >>> text = "税收8亿元，增长5%；支出9亿元。"
    >>> [(p.part, p.clause, p.stop) for p in locate(text, find_quantities(text))]
    [(0, 0, 5), (0, 6, 10), (11, 11, 16)]
    """
    segments = segment(text)
    for quantity in quantities:
        start, end = quantity.start, quantity.end
        clause, stop = segments.clause_start(start), segments.clause_stop(end - 1)
        if start - clause > REACH:
            clause = _words_start(segments, start)
        if not end <= stop <= end + REACH:
            stop = end if stop < end else end + REACH
        sentence, part = segments.sentence_start(start), segments.part_start(start)
        yield new(Place, (sentence, part, clause, stop))


def _words_start(segments: Segments, offset: int) -> int:
    """Return where the words of a long clause before an offset begin, not inside a remark."""
    far = offset - REACH
    clause = segments.clause_at(offset)
    around = segments.bracket_at(far)
    while around and around.host not in (clause.bracket, -1):
        around = segments.brackets[around.host]
    is_remark = around and around.host == clause.bracket  # else far stands in the clause itself
    return around.end if around and is_remark and around.end <= offset else far
