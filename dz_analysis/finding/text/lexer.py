"""The words of the lexicon where they stand in a text, found in one pass for all finders.

In: clean text, and the roles of the word lists that `MARKED` names. Out: `Marks`, which gives the
`Spans` of a role; they answer what stands in a stretch of the text without searching it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import accumulate, chain
from types import MappingProxyType
from typing import NamedTuple

import ahocorasick_rs

from dz_analysis.lexicon import words as words_of

# Which roles of which word lists are marked. A role that no finder asks for costs time: none here.
MARKED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "scope_cues": (
            "announcing",
            "approved",
            "deed",
            "done",
            "estimate",
            "estimate_onward",
            "future",
            "goal",
            "governing",
            "met",
            "modifier",
            "stance.accounts",
            "stance.allots",
            "stance.announces",
            "stance.back",
            "stance.budget",
            "stance.carried_out",
            "stance.compared",
            "stance.deeds",
            "stance.done",
            "stance.executed",
            "stance.intends",
            "stance.met",
            "stance.met_behind",
            "stance.promises",
            "stance.reviews",
            "stance.title",
            "target",
            "under_way",
            "will",
            "will_on",
        ),
    }
)


class Role(NamedTuple):
    """One role of a word list: `Role("scope_cues", "done")`."""

    list: str
    role: str


class Span(NamedTuple):
    """One word of a role; `text[start:end] == word`."""

    start: int
    end: int
    word: str


_Found = tuple[int, int, str]  # where a word stands, and the word


class Spans:
    """Where the words of one role stand; words inside other words are among them.

    A word stands *in* a stretch if all of it does. Every question takes logarithmic time.

    Examples
    --------
    >>> vocabulary = Vocabulary({Role("cues", "goal"): ["力争", "确保", "确保完成"]})
    >>> spans = vocabulary.mark("力争税收8亿元，确保完成投资9亿元").of("cues", "goal")
    >>> spans.first(0, 20), spans.last(0, 20)
    (Span(start=0, end=2, word='力争'), Span(start=8, end=12, word='确保完成'))
    >>> spans.touch(2, 8), spans.touch(9, 10), spans.first(9, 20)
    (False, True, None)
    >>> [word for _, _, word in spans.longest(0, 20)]
    ['力争', '确保完成']
    """

    # What few roles are asked for is made when it is asked. Words are kept as plain tuples: the
    # garbage collector walks those of text and numbers once, and a `Span` again and again.
    __slots__ = ("_by_end", "_far", "_found")

    def __init__(self, spans: Iterable[_Found] = ()) -> None:
        # by where they begin, the longest first
        self._found = tuple(sorted((start, -end, word) for start, end, word in spans))
        self._far: Sequence[int] = ()
        self._by_end: Sequence[_Found] = ()

    def __iter__(self) -> Iterator[Span]:
        return (Span(start, -end, word) for start, end, word in self._found)

    def __len__(self) -> int:
        return len(self._found)

    def touch(self, start: int, end: int) -> bool:
        """Whether a word stands in a stretch, or reaches into it."""
        if not self._far:
            self._far = tuple(accumulate((-end for _, end, _ in self._found), max))
        at = bisect_left(self._found, (end,))
        return at > 0 and self._far[at - 1] > start

    def first(self, start: int, end: int) -> Span | None:
        """Return the first word in a stretch, the longest of those that begin there."""
        for at in range(bisect_left(self._found, (start,)), len(self._found)):
            begin, stop, word = self._found[at]
            if -stop <= end:
                return Span(begin, -stop, word)
            if begin >= end:
                return None
        return None

    def last(self, start: int, end: int) -> Span | None:
        """Return the word in a stretch that ends last, the longest of those that end there."""
        if not self._by_end:
            self._by_end = tuple(sorted((-stop, -begin, word) for begin, stop, word in self._found))
        for at in range(bisect_left(self._by_end, (end + 1,)) - 1, -1, -1):
            stop, begin, word = self._by_end[at]
            if -begin >= start:
                return Span(-begin, stop, word)
            if stop <= start:
                return None
        return None

    def longest(self, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """Yield the words in a stretch from left to right, the longest and none inside another.

        Each as where it begins, where it ends, and the word: there are too many for a `Span` each.
        """
        for at in range(bisect_left(self._found, (start,)), len(self._found)):
            begin, stop, word = self._found[at]
            if begin >= end:
                return
            if begin >= start and -stop <= end:
                start = -stop
                yield begin, start, word


class Marks:
    """The marked words of one text, role by role."""

    __slots__ = ("_hits", "_spans", "_vocabulary", "text")

    def __init__(self, text: str, vocabulary: Vocabulary, hits: Mapping[int, list[_Found]]) -> None:
        self.text = text
        self._vocabulary, self._hits = vocabulary, hits  # by what roles the words have
        self._spans: dict[tuple[str, str], Spans] = {}

    def of(self, list_: str, role: str) -> Spans:
        """Return the spans of a role.

        Raises
        ------
        KeyError
            If the role is not marked; the message names those of its list that are.
        """
        found = self._spans.get((list_, role))
        if found is None:
            numbers = self._vocabulary.numbers(list_, role)
            hits = (self._hits[number] for number in numbers if number in self._hits)
            found = self._spans[list_, role] = Spans(chain.from_iterable(hits))
        return found


class Vocabulary:
    """The words of several roles in one automaton.

    Parameters
    ----------
    words : mapping of Role to iterable of str
        A word may have several roles.
    """

    def __init__(self, words: Mapping[Role, Iterable[str]]) -> None:
        roles: dict[str, tuple[Role, ...]] = {}
        for role, listed in words.items():
            for word in {*listed} - {""}:
                roles[word] = (*roles.get(word, ()), role)
        shared = sorted(set(roles.values()))  # few: words of one role mostly have the same others
        self._words = tuple(sorted(roles))
        self._shared = tuple(shared.index(roles[word]) for word in self._words)
        self._numbers = {
            role: tuple(number for number, of in enumerate(shared) if role in of) for role in words
        }
        self._automaton = ahocorasick_rs.AhoCorasick(
            self._words,
            implementation=ahocorasick_rs.Implementation.DFA,  # twice as fast, for few words
        )

    def numbers(self, list_: str, role: str) -> tuple[int, ...]:
        """Return the numbers of the sets of roles that hold a role.

        Raises
        ------
        KeyError
            If the role is not marked.
        """
        try:
            return self._numbers[Role(list_, role)]
        except KeyError:
            known = sorted(r.role for r in self._numbers if r.list == list_)
            msg = (
                f"Role {role!r} of list {list_!r} is not marked; expected one of {known}. "
                "Name it in finding/text/lexer.py MARKED."
            )
            raise KeyError(msg) from None

    def mark(self, text: str) -> Marks:
        """Find the words of all roles in one pass."""
        hits: dict[int, list[_Found]] = {}
        for at, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            hits.setdefault(self._shared[at], []).append((start, end, self._words[at]))
        return Marks(text, self, hits)


@cache
def load_vocabulary() -> Vocabulary:
    """Read the words of all marked roles, once for the process."""
    return Vocabulary(
        {Role(name, role): words_of(name, role) for name, roles in MARKED.items() for role in roles}
    )


@lru_cache(maxsize=4)  # the finders of one text ask one after the other
def mark_words(text: str) -> Marks:
    """Return the marked words of a text, found once for all that ask.

    Examples
    --------
    >>> mark_words("税收8亿元，力争增长5%").of("scope_cues", "target").touch(6, 12)
    True
    """
    return load_vocabulary().mark(text)
