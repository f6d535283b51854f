"""Sets of words that a text may begin or end with, looked up by length.

In: words of the lexicon. Out: the longest of them at an end of a text; a lookup costs one slice
for each length that occurs, whatever the number of words.
"""

from __future__ import annotations

from collections.abc import Iterable


class Words:
    """A fixed set of words that knows the longest one at the ends of a text.

    Examples
    --------
    >>> cues = Words(["达", "达到", "突破"])
    >>> cues.at_end("产值达到"), cues.at_start("突破百亿"), cues.at_end("产值")
    ('达到', '突破', '')
    """

    __slots__ = ("_firsts", "_lasts", "_words", "lengths")

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        self._firsts = frozenset(word[0] for word in self._words if word)
        self._lasts = frozenset(word[-1] for word in self._words if word)
        self.lengths = sorted({len(word) for word in self._words if word}, reverse=True)

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def at_end(self, text: str) -> str:
        """Return the longest word that the text ends with, or blank."""
        if text[-1:] not in self._lasts:
            return ""  # nearly every lookup fails, and most fail here
        for length in self.lengths:
            if text[-length:] in self._words and length <= len(text):
                return text[-length:]
        return ""

    def at_start(self, text: str, start: int = 0) -> str:
        """Return the longest word that stands at an offset, or blank."""
        if text[start : start + 1] not in self._firsts:
            return ""
        for length in self.lengths:
            if text[start : start + length] in self._words:
                return text[start : start + length]
        return ""

    def last_in(self, text: str) -> tuple[int, int]:
        """Return the span of the last word in a text, the longest where several end there."""
        for end in range(len(text), 0, -1):
            word = self.at_end(text[:end]) if text[end - 1] in self._lasts else ""
            if word:
                return end - len(word), end
        return -1, -1
