"""Sets of words that a text may begin or end with, looked up by that end.

In: words of the lexicon. Out: the longest of them at an end of a text; a lookup costs one
comparison for each word that ends in the same character, whatever the number of words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator


class Words:
    """A fixed set of words that knows the longest one at the ends of a text.

    Words are kept by their first and by their last character: nearly every lookup fails, and most
    fail there.

    Examples
    --------
    >>> cues = Words(["达", "达到", "突破"])
    >>> cues.at_end("产值达到"), cues.at_start("突破百亿"), cues.at_end("产值")
    ('达到', '突破', '')
    """

    __slots__ = ("_by_first", "_by_last", "_ending", "_words")

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        longest_first = sorted(filter(None, self._words), key=lambda word: (-len(word), word))
        self._by_first: dict[str, list[str]] = {}
        self._by_last: dict[str, list[str]] = {}
        for word in longest_first:
            self._by_first.setdefault(word[0], []).append(word)
            self._by_last.setdefault(word[-1], []).append(word)
        self._ending: re.Pattern[str] | None = None

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def at_end(self, text: str) -> str:
        """Return the longest word that the text ends with, or blank."""
        for word in self._by_last.get(text[-1:], ()):
            if text.endswith(word):
                return word
        return ""

    def at_start(self, text: str, start: int = 0) -> str:
        """Return the longest word that stands at an offset, or blank."""
        for word in self._by_first.get(text[start : start + 1], ()):
            if text.startswith(word, start):
                return word
        return ""

    def all_at_start(self, text: str, shortest: int, longest: int) -> Iterator[str]:
        """Yield every word of these lengths that the text begins with, the longest first.

        Examples
        --------
        >>> list(Words(["东河", "东河区", "西河"]).all_at_start("东河区税收", 2, 4))
        ['东河区', '东河']
        """
        for word in self._by_first.get(text[:1], ()):
            if shortest <= len(word) <= longest and text.startswith(word):
                yield word

    def last_in(self, text: str, end: int | None = None) -> tuple[int, int]:
        """Return the span of the last word in a text, the longest where several end there.

        `end` says where to look from, if not from the end of the text.
        """
        stop = len(text) if end is None else end
        if self._ending is None:  # compiled when it is needed; few sets are looked up like this
            self._ending = re.compile("|".join(map(re.escape, sorted(self._by_last))) or "(?!)")
        if not self._ending.search(text):
            return -1, -1
        for at in range(stop, 0, -1):
            for word in self._by_last.get(text[at - 1], ()):
                if text.endswith(word, 0, at):
                    return at - len(word), at
        return -1, -1
