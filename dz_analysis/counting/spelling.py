"""One spelling of a text, with the way back: width, quotes, blanks and signs that typing varies.

In: clean text. Out: `Spelling`s, a folded text whose every character knows its offset. What is
found in a folded text is reported where it stands in the text itself, as it is written there.

There are two. `fold_width` is for finding what is quoted: letters, digits and signs are narrow,
every quote is “ or ” (titles keep 《》), blanks are gone, and a sum stands without the quotes of
its members (“1”+“4”+“N” → 1+4+N). `fold_marks` is for finding what is listed: quotes and the
signs of a list are gone too (“放、管、服” → 放管服), Latin letters are capitals, and a digit alone
among Han characters is a numeral (最多跑1次 → 最多跑一次). Which signs stood in a match is asked
afterwards, by `Spelling.is_whole`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, cycle, pairwise

HAN = "\u4e00-\u9fff"
OPENING, CLOSING = "“‘「『【〝《〈", "”’」』】〞》〉"
NEUTRAL = "\"'＂＇"
QUOTES = frozenset(OPENING + CLOSING + NEUTRAL)
STOPS = frozenset("，；")
MARKS = STOPS | frozenset("、·・•/／")
BLANKS = " \t\u00a0\u3000\u2002\u2003\u2009\u200b"
DIGITS = dict(zip("0123456789", "零一二三四五六七八九", strict=True))
NUMERALS = frozenset(DIGITS.values()) | frozenset("十百千万两双")

_NARROW = {
    **{0xFF01 + n: 0x21 + n for n in range(94) if chr(0x21 + n).isalnum()},
    ord("＋"): ord("+"),
    ord("﹢"): ord("+"),
    ord("％"): ord("%"),
    ord("．"): ord("."),
    **{ord(c): ord("“") for c in "‘「『【〝"},
    **{ord(c): ord("”") for c in "’」』】〞"},
    ord("〈"): ord("《"),
    ord("〉"): ord("》"),
}
# Few characters of a text are folded: they are looked for, not each one looked up.
_WIDE = re.compile(f"[{''.join(map(chr, sorted(_NARROW)))}]")
_SMALL = re.compile("[a-z]+")
_NEUTRAL = re.compile(rf"(?<![A-Za-z])[{NEUTRAL}]|[{NEUTRAL}](?![A-Za-z])")
_BLANK = re.compile(f"[{BLANKS}]")
_SIGN = re.compile(f"[{re.escape(''.join(sorted(MARKS | QUOTES)))}]")
_MEMBER = "“?[0-9A-Z]{1,3}”?"
_SUM = re.compile(rf"{_MEMBER}(?:\+{_MEMBER})+")
_ALONE = re.compile(rf"(?<=[{HAN}])[0-9](?=[{HAN}])")
_RUN = re.compile(r"[0-9A-Z+%]")


@dataclass(frozen=True, slots=True)
class Spelling:
    """A folded text: `at[i]` is the offset of its character `i` in the text it was made from."""

    text: str
    source: str
    at: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in the source of what stands at `start:end` of the folded text."""
        return self.at[start], self.at[end - 1] + 1

    def locate(self, offset: int) -> int:
        """Return the place in the folded text of what stands at an offset of the source."""
        return bisect_left(self.at, offset)

    def is_next(self, index: int) -> bool:
        """Whether nothing but blanks stands between a character and the one before it."""
        between = self.source[self.at[index - 1] + 1 : self.at[index]]
        return not between.strip(BLANKS)

    def is_quoted(self, start: int, end: int) -> bool:
        """Whether quotes stand right round `start:end`."""
        first, last = self.span(start, end)
        before = self._before(first)
        return bool(before) and before in OPENING + NEUTRAL and self._closes(last)

    def _before(self, offset: int) -> str:
        return self.source[max(0, offset - 3) : offset].rstrip(BLANKS)[-1:]

    def _closes(self, offset: int) -> bool:
        behind = self.source[offset : offset + 3].lstrip(BLANKS)[:1]
        return bool(behind) and behind in CLOSING + NEUTRAL

    def run_of(self, start: int, end: int, width: int) -> tuple[int, int]:
        """Return the unbroken Han characters round `start:end`, at most `width` at either side."""
        first, last = start, end
        while first > max(0, start - width) and self._is_han(first - 1) and self.is_next(first):
            first -= 1
        limit = min(len(self.text), end + width)
        while last < limit and self._is_han(last) and self.is_next(last):
            last += 1
        return first, last

    def _is_han(self, index: int) -> bool:
        return "\u4e00" <= self.text[index] <= "\u9fff"

    def is_whole(self, start: int, end: int, marks: frozenset[int] = frozenset()) -> bool:
        """Whether `start:end` is one piece of writing, for all its quotes and signs.

        It is none if a quotation ends in it that began before it, if it begins or ends inside of
        a number, or if a sign parts it elsewhere than the members of a list are parted (放、管、服)
        or than `marks` allow, counted in characters from `start`.

        Examples
        --------
        >>> folded = fold_marks("三、农业。推进“放、管、服”改革")
        >>> [folded.is_whole(n, n + k) for k, w in ((2, "三农"), (3, "放管服"))
        ...  for n in (folded.text.index(w),)]
        [False, True]
        """
        if self._cuts_number(start, end):
            return False
        if self.at[end - 1] - self.at[start] == end - start - 1:
            return True
        return self._keeps_quotes(start, end) and self._keeps_list(start, end, marks)

    def _cuts_number(self, start: int, end: int) -> bool:
        """Whether what begins or ends here goes on: 345 in 12345, 4+N in 1+4+N."""
        text = self.text
        before, behind = text[max(0, start - 1) : start], text[end : end + 1]
        first, last = text[start], text[end - 1]
        if _RUN.match(first) and _RUN.match(before or " "):
            return True
        if first.isdigit() and before == ".":
            return True
        if last.isdigit() and text[end : end + 2].lstrip(".").isdigit():
            return True
        return bool(_RUN.match(last) and _RUN.match(behind or " "))

    def _keeps_quotes(self, start: int, end: int) -> bool:
        first, last = self.span(start, end)
        before = self._before(first)
        depth = 1 if before and before in OPENING + NEUTRAL else 0
        for character in self.source[first:last]:
            if character in OPENING:
                depth += 1
            elif character in CLOSING:
                depth -= 1
            if depth < 0:
                return False
        return True

    def _keeps_list(self, start: int, end: int, marks: frozenset[int]) -> bool:
        signs = {n: self._signs_before(n) for n in range(start + 1, end)}
        cuts = [n for n, found in signs.items() if found]
        if marks.issuperset(n - start for n in cuts):
            return True
        pieces = [self.text[a:b] for a, b in pairwise([start, *cuts, end])]
        return STOPS.isdisjoint(chain.from_iterable(signs.values())) and _are_members(pieces)

    def _signs_before(self, index: int) -> frozenset[str]:
        """Return the signs of a list between a character and the one before it."""
        return MARKS.intersection(self.source[self.at[index - 1] + 1 : self.at[index]])


@lru_cache(maxsize=4)  # words and slogans of one text are counted one after the other
def fold_width(text: str) -> Spelling:
    """Fold width, quotes and blanks.

    Examples
    --------
    >>> fold_width("打造＂ 快易办 ＂品牌，构建“1”＋“4”＋“N”体系").text
    '打造“快易办”品牌，构建“1+4+N”体系'
    """
    narrow = _WIDE.sub(lambda sign: chr(_NARROW[ord(sign[0])]), text)
    plain = Spelling(_turn_quotes(narrow), text, tuple(range(len(text))))
    bare = _drop(plain, _places(_BLANK, plain.text))
    if "+" not in bare.text:
        return bare
    return _drop(bare, [at for found in _SUM.finditer(bare.text) for at in _inner_quotes(found)])


@lru_cache(maxsize=4)
def fold_marks(text: str) -> Spelling:
    """Fold all that typing varies: what `fold_width` does, quotes, signs of lists, lone digits.

    Examples
    --------
    >>> fold_marks("让群众“最多跑1次”，深化“放、管、服”改革").text
    '让群众最多跑一次深化放管服改革'
    """
    narrow = fold_width(text)
    bare = _drop(narrow, _places(_SIGN, narrow.text))
    capital = _SMALL.sub(lambda letters: letters[0].upper(), bare.text)
    spelled = _ALONE.sub(lambda digit: DIGITS[digit[0]], capital)
    return Spelling(spelled, text, bare.at)


def spell(words: str) -> str:
    """Return the one spelling of a slogan, to look it up by.

    Examples
    --------
    >>> spell("“四上”企业") == spell("四上企业"), spell("互联网＋监管")
    (True, '互联网+监管')
    """
    return fold_marks(words).text


def places_of_marks(words: str) -> frozenset[int]:
    """Return where the signs of a list stand in a slogan, counted in its one spelling.

    Examples
    --------
    >>> sorted(places_of_marks("双随机、一公开"))
    [3]
    """
    folded = fold_marks(words)
    return frozenset(
        n
        for n in range(1, len(folded.text))
        if not MARKS.isdisjoint(words[folded.at[n - 1] + 1 : folded.at[n]])
    )


def _are_members(pieces: list[str]) -> bool:
    """Whether pieces may be members of a slogan, being of one length: 放、管、服 yes, 三、农 no."""
    size = len(pieces[0])
    if len(set(map(len, pieces))) > 1:
        return False
    if size == 1:
        return len(pieces) > 2
    return size > 2 or all(piece[0] in NUMERALS for piece in pieces)


def _places(pattern: re.Pattern[str], text: str) -> list[int]:
    return [found.start() for found in pattern.finditer(text)]


def _drop(spelling: Spelling, places: Sequence[int]) -> Spelling:
    """Return a spelling without the characters at some places, which are in order."""
    if not places:
        return spelling
    kept: list[str] = []
    at: list[int] = []
    last = 0
    for place in places:
        if place > last:
            kept.append(spelling.text[last:place])
            at += spelling.at[last:place]
        last = place + 1
    kept.append(spelling.text[last:])
    at += spelling.at[last:]
    return Spelling("".join(kept), spelling.source, tuple(at))


def _turn_quotes(text: str) -> str:
    """Return a text whose quotes without direction open and close in turn, line by line."""
    if not any(mark in text for mark in NEUTRAL):
        return text
    return "\n".join(map(_turn_line, text.split("\n")))


def _turn_line(line: str) -> str:
    turn = cycle("“”")
    return _NEUTRAL.sub(lambda _: next(turn), line)


def _inner_quotes(found: re.Match[str]) -> list[int]:
    """Return where the quotes of a sum's members stand; those round the whole of it stay."""
    quotes = [n for n in range(found.start(), found.end()) if found.string[n] in "“”"]
    is_opened, is_closed = found[0][0] == "“", found[0][-1] == "”"
    if (is_opened and is_closed) or len(quotes) == 1:
        return quotes[1:-1]
    return quotes
