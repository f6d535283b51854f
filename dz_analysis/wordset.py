"""Sets of words, looked up at the ends of a text or inside it, and the record of what they found.

In: words, most of them read by `lexicon`. Out: the longest of them at a place of a text; a lookup
costs one comparison for each word that begins or ends in the same character, whatever the number
of words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Use = tuple[str, str, str]  # list, role, word

_uses: ContextVar[set[Use] | None] = ContextVar("_uses", default=None)
# One entry for each block that traces, in whatever context: while there is none, a lookup that
# finds a word does not ask for the context.
_tracers: list[None] = []


class Words:
    """A fixed set of words, looked up at the ends of a text or inside it.

    Words are kept by their first and by their last character: nearly every lookup fails, and most
    fail there. A set that was read from the lexicon knows its list and its role.

    Parameters
    ----------
    words : iterable of str
        The words; blank ones are left out of every lookup but `in`.
    source, role : str
        The list and the role that they were read from, blank for a set made up in code.

    Examples
    --------
    >>> cues = Words(["达", "达到", "突破"])
    >>> cues.at_end("产值达到"), cues.at_start("突破百亿"), cues.at_end("产值")
    ('达到', '突破', '')
    """

    __slots__ = ("_by_first", "_by_last", "_inside", "_words", "role", "source")

    def __init__(self, words: Iterable[str], *, source: str = "", role: str = "") -> None:
        self.source, self.role = source, role
        self._words = frozenset(words)
        listed = longest_first(filter(None, self._words))
        self._by_first = _grouped(listed, 0)
        self._by_last = _grouped(listed, -1)
        self._inside: re.Pattern[str] | None = None  # compiled when it is needed

    def __contains__(self, word: str) -> bool:
        return word in self._words and (not _tracers or bool(self._used(word) or True))

    def __iter__(self) -> Iterator[str]:
        """Yield the words, the longest first, words of one length in order."""
        return iter(longest_first(self._words))

    def __len__(self) -> int:
        return len(self._words)

    def __repr__(self) -> str:
        return f"Words({self.source}.{self.role}, {len(self)} words)"

    def at_end(self, text: str) -> str:
        """Return the longest word that the text ends with, or blank."""
        listed = self._by_last.get(text[-1:])
        if listed and text.endswith(listed):
            for word in listed:
                if text.endswith(word):
                    return self._used(word) if _tracers else word
        return ""

    def at_start(self, text: str, start: int = 0) -> str:
        """Return the longest word that stands at an offset, or blank."""
        listed = self._by_first.get(text[start : start + 1])
        if listed and text.startswith(listed, start):
            for word in listed:
                if text.startswith(word, start):
                    return self._used(word) if _tracers else word
        return ""

    def may_begin(self, characters: str) -> bool:
        """Whether a word begins with one of some characters."""
        return not self._by_first.keys().isdisjoint(characters)

    def may_end(self, character: str) -> bool:
        """Whether a word ends with a character."""
        return character in self._by_last

    def all_at_start(self, text: str, shortest: int, longest: int) -> Iterator[str]:
        """Yield every word of these lengths that the text begins with, the longest first.

        Examples
        --------
        >>> list(Words(["东河", "东河区", "西河"]).all_at_start("东河区税收", 2, 4))
        ['东河区', '东河']
        """
        for word in self._by_first.get(text[:1], ()):
            if shortest <= len(word) <= longest and text.startswith(word):
                yield self._used(word)

    def first_in(self, text: str, start: int = 0, end: int | None = None) -> str:
        """Return the first word in a text, the longest of those that begin there, or blank.

        Examples
        --------
        >>> Words(["考核", "评价", "考核评价"]).first_in("在考核评价中")
        '考核评价'
        """
        if self._inside is None:
            self._inside = re.compile(self.pattern)
        found = self._inside.search(text, start, len(text) if end is None else end)
        return self._used(found.group()) if found else ""

    def last_in(self, text: str, end: int | None = None) -> tuple[int, int]:
        """Return the span of the last word in a text, the longest where several end there.

        `end` says where to look from, if not from the end of the text.
        """
        stop = len(text) if end is None else end
        if self._inside is None:
            self._inside = re.compile(self.pattern)
        if not self._inside.search(text, 0, stop):  # as most: no word at all
            return -1, -1
        for at in range(stop, 0, -1):
            for word in self._by_last.get(text[at - 1], ()):
                if text.endswith(word, 0, at):
                    return at - len(self._used(word)), at
        return -1, -1

    @property
    def pattern(self) -> str:
        """A group of a regular expression that matches any of the words, the longest first.

        Examples
        --------
        >>> Words(["达", "达到"]).pattern, Words([]).pattern
        ('(?:达到|达)', '(?!)')
        """
        listed = list(filter(None, self))
        return one_of(listed) if listed else "(?!)"

    def _used(self, word: str) -> str:
        """Note a word that a lookup returns, if someone traces."""
        uses = _uses.get()
        if uses is not None and self.source:
            uses.add((self.source, self.role, word))
        return word


def _grouped(listed: Iterable[str], at: int) -> dict[str, tuple[str, ...]]:
    """Return the words by one of their characters, in their order.

    As tuples: the garbage collector walks lists of text again and again, tuples of it once.
    """
    found: dict[str, list[str]] = {}
    for word in listed:
        found.setdefault(word[at], []).append(word)
    return {character: tuple(words) for character, words in found.items()}


@contextmanager
def trace() -> Iterator[set[Use]]:
    """Record which words of the lexicon lookups return while the block runs.

    Words that were composed into a regular expression are not seen.

    Yields
    ------
    set of (list, role, word)
        Filled while the block runs.

    Examples
    --------
    >>> cues = Words(["全区", "全市"], source="name_words", role="drop_start")
    >>> with trace() as uses:
    ...     word = cues.at_start("全区税收")
    >>> uses
    {('name_words', 'drop_start', '全区')}
    """
    uses: set[Use] = set()
    token = _uses.set(uses)
    _tracers.append(None)
    try:
        yield uses
    finally:
        _tracers.pop()
        _uses.reset(token)


def longest_first(listed: Iterable[str]) -> list[str]:
    """Return words in an order that depends on nothing else: the longest first, then by sign.

    Examples
    --------
    >>> longest_first(["达", "达到", "为"])
    ['达到', '为', '达']
    """
    return sorted(listed, key=lambda word: (-len(word), word))


def one_of(listed: Iterable[str]) -> str:
    """Return a group of a regular expression that matches any of some words, the longest first.

    Examples
    --------
    >>> one_of(["达", "达到"])
    '(?:达到|达)'
    """
    return "(?:" + "|".join(map(re.escape, longest_first(listed))) + ")"
