"""What the tests of numbers look at, and what they answer: the terms of refusing.

In: the words of `not_quantities` and the forms of `number_forms`. Out: a scanned number with what
stands round it (`Candidate`), and the rows that tests are told in: a `Refusal` leaves a number out,
an `Exemption` keeps it. The tests themselves stand by subject in `ranks`, `labels`, `classes` and
`bare_numbers`; `reject` asks them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import cache
from itertools import chain
from typing import NamedTuple

from dz_analysis.finding.model import Quantity, Rule
from dz_analysis.finding.number.scan import pieces
from dz_analysis.finding.text.segment import STOPS
from dz_analysis.lexicon import words

LIST = "not_quantities"
ITEM_ENDS = "、）)】"  # they end an item, not a clause
ENDS = STOPS + ITEM_ENDS
ITEM_END = re.compile(f"[{ITEM_ENDS}]")
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
LATIN = re.compile(r"[A-Za-z]")
_TITLE = re.compile(r"《[^《》\n]{0,80}》")
# Both begin with one class of signs, so that the engine skips the rest of the text.
_QUOTED = re.compile(
    r"[“「『\"](?:(?<=[“「『])[^“”「」『』\n]{0,40}[”」』]|(?<=\")[^\"\n]{1,20}\")"
)


class RefusalRule(Rule):
    """Why a number counts nothing."""

    CUT = "cut by a lost character"
    CLOCK = "time of day"
    TITLE = "in a title"
    IDIOM = "idiom"
    COINED = "coinage"
    SET_FIRST = "set first"
    INDUSTRIES = "list of industries"
    UNRANKED = "rank of nothing"
    BEST = "class of the best"
    ORDINAL_NOUN = "ordinal of a noun"
    UNCUED = "ordinal without a cue"
    NO_RATIO = "pair without a ratio"
    FIGURE_OF_SPEECH = "figure of speech"
    UNIT_LABEL = "label of units"
    JOINED = "joined to signs"
    LETTERED = "behind letters"
    DOTTED = "behind a dot or dash"
    CLOCKED = "behind a colon"
    OPENED = "before signs or letters"
    KIND = "kind of thing"
    DIVISION = "division of a text"
    SOME = "some"
    BEHIND_NAME = "behind a name or counter"
    TOP_SHARE = "share at the top"
    COUNTED_KINDS = "sum over kinds"
    LIMIT_SIGN = "limit behind a sign"
    MONTHS_OF_YEAR = "stretch of the year"
    PER = "what is told of"
    ZERO_LED = "led by zero"
    ARTICLE = "article"
    OVER_COUNT = "limit before a count"
    LIMITED = "limit of a class, of"
    LIMIT_COUNTED = "limit of counted things"
    LIMIT = "limit of a class"
    LIMIT_OF_COUNT = "limit behind a count"
    AGES = "span of ages"
    ATTRIBUTE = "attribute"
    SPAN = "span of a class"
    CAPACITY = "capacity of works"
    OVER = "amount passed by a class"
    STEP = "step"
    NAMED = "last of the names that are counted"
    MAGNITUDE = "magnitude as a name"
    ORDINAL = "date, ordinal or name"
    VERSION = "version"
    DATE = "date"
    BRACKETED = "bare in brackets"
    NO_UNIT = "no unit"
    BARE = "bare number"


class Spans:
    """Stretches of a text that do not overlap; says which one an offset stands in.

    Examples
    --------
    >>> Spans(re.compile("《[^》]*》"), "见《十四五规划》").at(4)
    (1, 8)
    """

    __slots__ = ("_spans", "_starts")

    def __init__(self, pattern: re.Pattern[str], text: str) -> None:
        self._spans = [match.span() for match in pattern.finditer(text)]
        self._starts = [start for start, _ in self._spans]

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return iter(self._spans)

    def at(self, offset: int) -> tuple[int, int] | None:
        """Return the stretch that an offset stands in, or None."""
        index = bisect_right(self._starts, offset) - 1
        span = self._spans[index] if index >= 0 else (0, 0)
        return span if offset < span[1] else None


class Surroundings(NamedTuple):
    """A text with the stretches of it that hold no quantities: titles, quotations, idioms.

    `held` says of every offset whether it is in one: every number is asked that, few in which.
    """

    text: str
    titles: Spans
    quoted: Spans
    idioms: Spans
    held: bytearray

    @classmethod
    def of(cls, text: str) -> Surroundings:
        """Find the stretches of a text."""
        spans = Spans(_TITLE, text), Spans(_QUOTED, text), Spans(_idioms(), text)
        held = bytearray(len(text))
        for start, end in chain.from_iterable(spans):
            held[start:end] = b"\1" * (end - start)
        return cls(text, *spans, held)


@cache
def _idioms() -> re.Pattern[str]:
    return re.compile(words(LIST, "idioms").pattern)


# What may stand beside a number, as bits, and must stand there for a test to be worth asking. Plain
# numbers: they are put together for every number, and members of a `Flag` take ten times as long.
HELD = 1  # a title, a quotation or an idiom holds the number
SIGN = 2  # no Han character stands before it
WORDS = 4  # no stop follows it
WORDED = 8  # it does not begin with a digit from 1 to 9
_LIMIT = 16  # 以上 or its like stands behind it
_OVER = 32  # 过 or 超 stands before it
CUE = 64  # the character before it ends a word that takes a number away: 第, 每
LIMITED, PASSED = WORDS | _LIMIT, WORDS | _OVER


class Candidate(NamedTuple):
    """One scanned quantity with what its tests look at.

    `following` is the next scanned quantity and `last` the last one that was kept; `before` and
    `after` are the twelve characters on both sides.
    """

    around: Surroundings
    quantity: Quantity
    following: Quantity | None
    last: Quantity | None
    before: str
    after: str

    def back(self, length: int) -> str:
        """Return so many characters before the quantity."""
        return self.around.text[max(0, self.quantity.start - length) : self.quantity.start]

    def gap_from(self, kind: str) -> str:
        """Return what stands between the last number and this one if it was of that kind."""
        last = self.last
        is_after = last is not None and last.kind == kind
        return self.around.text[last.end : self.quantity.start] if last and is_after else ""


class Refusal(NamedTuple):
    """A test that refuses: it returns the cue, which may be blank, or None.

    `role` names the words of `not_quantities` that call for it, `beside` says what has to stand
    beside the number, `units` the role of the units that it is told in, blank where in any.
    """

    rule: RefusalRule
    test: Callable[[Candidate], str | None]
    role: str = ""
    beside: int = 0
    units: str = ""


class Exemption(NamedTuple):
    """A test that keeps: it returns the quantity, perhaps with a unit, or None.

    `beside` is as in a `Refusal`.
    """

    test: Callable[[Candidate], Quantity | None]
    beside: int = 0


Row = Refusal | Exemption


@cache
def cue_ends() -> frozenset[str]:
    """Return the last characters of the words that take away a number directly behind them."""
    return frozenset(word[-1] for word in (*words(LIST, "before"), *words("numerals", "per")))


@cache
def look(name: str) -> re.Pattern[str]:
    """Return a named pattern of the lexicon's `number_forms`, ready for use."""
    return re.compile(pieces()[name])


def stands_behind(role: str) -> Callable[[Candidate], str | None]:
    """Return a test: a word of a role stands directly behind the number."""

    def test(candidate: Candidate) -> str | None:
        return words(LIST, role).at_start(candidate.after) or None

    return test


def stands_before(role: str) -> Callable[[Candidate], str | None]:
    """Return a test: a word of a role stands directly before the number."""

    def test(candidate: Candidate) -> str | None:
        return words(LIST, role).at_end(candidate.before) or None

    return test
