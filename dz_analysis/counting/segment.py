"""Words of a text, behind one small interface: numbers and coinages whole, the rest by jieba.

In: clean text. Out: `Token`s that cover it, or plain `(word, pos)` pairs for counting.

Three steps, the same for every engine. (1) What is listed as a coinage is cut out by exact
matching, so that no segmenter can split it. (2) Numbers with their units, sums such as 1+1+N and
Latin words are cut out by one pattern: jieba breaks `1-6`, `21.1%` and `3+2` at their signs.
(3) The rest is Han characters and punctuation, and goes to the engine with our user dictionary.
Because the engines only ever see step three, rjieba (Rust) and jieba (Python, the reference)
agree token by token; a test shows it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise
from typing import NamedTuple

import rjieba
from ahocorasick_rs import AhoCorasick

from dz_analysis import lexicon
from dz_analysis.counting import lac, words

Pair = tuple[str, str]
Cut = tuple[list[str], list[str]]  # words, and the tag of each
HOLE = "\x1f"  # stands for a span cut out before the engine; never in a clean text
NUMERALS = frozenset("0123456789０１２３４５６７８９〇零一二三四五六七八九十百千万亿两几数第半余多")


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or mark, `start:end` in the text; `pos` in jieba's tag set."""

    start: int
    end: int
    text: str
    pos: str

    def __repr__(self) -> str:
        """Show the word first."""
        return f"<{self.text}/{self.pos} {self.start}:{self.end}>"


GOES_ON = ("m", "q")  # tags of what goes on with a numeral


class Span(NamedTuple):
    """Where a coinage stands that must stay whole, and its tag."""

    start: int
    end: int
    tag: str


class Cutter(NamedTuple):
    """An exact matcher for coinages, and their tags."""

    matcher: AhoCorasick
    tags: tuple[str, ...]

    @classmethod
    def of(cls, tags: Mapping[str, str]) -> Cutter:
        """Make the matcher of some words, given with their tags."""
        listed = sorted(word for word in tags if word)
        return cls(AhoCorasick(listed), tuple(tags[word] for word in listed))

    def spans(self, text: str) -> list[Span]:
        """Return every place of every coinage, one inside the other too."""
        found = self.matcher.find_matches_as_indexes(text, overlapping=True)
        return [Span(start, end, self.tags[at]) for at, start, end in found]


def segment(text: str, *, engine: str = "rjieba", coinages: Iterable[str] = ()) -> list[Token]:
    """Cut a text into words, numbers and marks that together cover it.

    Parameters
    ----------
    text : str
        Clean text; line ends are tokens of their own.
    engine : {"rjieba", "jieba", "lac"}
        Who cuts what is neither number nor coinage. ``rjieba`` gives jieba's words, ``lac`` is a
        neural network and has no user dictionary.
    coinages : iterable of str, optional
        Further words to keep whole, such as the coinages found in this document.

    Returns
    -------
    list of Token
        In order, without gaps: ``text[t.start:t.end] == t.text``.

    Examples
    --------
    >>> [t.text for t in segment("全区新签约项目57个，总投资12.8亿元")]
    ['全区', '新', '签约', '项目', '57个', '，', '总投资', '12.8亿元']
    """
    tokens, start = [], 0
    for word, pos in cut_words(text, engine=engine, coinages=tuple(coinages)):
        end = start + len(word)
        tokens.append(Token(start, end, word, pos))
        start = end
    return tokens


def cut_words(text: str, *, engine: str = "rjieba", coinages: tuple[str, ...] = ()) -> list[Pair]:
    """Cut a text like `segment`, as plain (word, tag) pairs."""
    return list(zip(*cut_apart(text, engine=engine, coinages=coinages), strict=True))


def cut_apart(text: str, *, engine: str = "rjieba", coinages: tuple[str, ...] = ()) -> Cut:
    """Cut a text like `segment`, as a list of words and a list of their tags: the quick form.

    A report has ten thousand words, and a tuple for each costs more than cutting them.
    """
    tag = _engine(engine)
    masked, coined = _mask(text, coinages)
    parts = _pattern().split(masked)
    coined_left = iter(coined)
    kept = [next(coined_left) if part == HOLE else (part, _tag_of(part)) for part in parts[1::2]]
    found, tags = tag(HOLE.join(parts[0::2]))
    _fill_holes(found, tags, kept)
    return _join_numbers(found, tags)


def is_word(word: str, pos: str) -> bool:
    """Whether a token is a word to be counted: no mark, no number, no quantity, no date.

    Examples
    --------
    >>> is_word("营商环境", "n"), is_word("12.8亿元", "m"), is_word("，", "x")
    (True, False, False)
    """
    if pos == "x":
        return False
    return pos not in ("m", "t") or word[0] not in NUMERALS


def _mask(text: str, coinages: tuple[str, ...]) -> tuple[str, list[Pair]]:
    """Return the text with a hole for each coinage to keep, and the coinages in order."""
    pieces: list[str] = []
    coined: list[Pair] = []
    last = 0
    for start, end, tag in [*_find_kept(text, coinages), (len(text), len(text), "")]:
        pieces += (text[last:start], HOLE)
        # The mark may stand in a dirty text itself: then it is a mark like any other.
        coined += [(HOLE, "x")] * text.count(HOLE, last, start)
        coined.append((text[start:end], tag))
        last = end
    return "".join(pieces[:-1]), coined[:-1]


def _find_kept(text: str, coinages: tuple[str, ...]) -> list[Span]:
    """Return where coinages stand, ours and the text's own, leftmost and longest.

    Each list has a matcher of its own: one for both would have to be made for every text.
    """
    own = Cutter.of(dict.fromkeys(coinages, words.COINAGE_TAG)) if coinages else None
    # of a coinage that is listed too, that of the text comes first
    spans = [*(own.spans(text) if own else ()), *_listed().spans(text)]
    spans.sort(key=lambda span: (span.start, -span.end))
    kept: list[Span] = []
    last = 0
    for span in spans:
        if span.start >= last:
            last = span.end
            if not _splits_number(text, span.start, span.end):
                kept.append(span)
    return kept


@cache
def _listed() -> Cutter:
    return Cutter.of(words.coinages())


def _fill_holes(found: list[str], tags: list[str], kept: Iterable[Pair]) -> None:
    """Put what was cut out back into its holes."""
    at = -1
    for word, tag in kept:
        at = found.index(HOLE, at + 1)
        found[at], tags[at] = word, tag


def _join_numbers(found: list[str], tags: list[str]) -> Cut:
    """Join a numeral and its measure words.

    三百余 + 亩 and 两个 + 百分点 are one quantity each; 第 begins another one.
    """
    joined: list[str] = []
    joined_tags: list[str] = []
    done = 0
    for first in [at for at, tag in enumerate(tags) if tag == "m"]:
        if first < done or found[first][0] not in NUMERALS:
            continue
        last = first + 1
        while last < len(tags) and tags[last] in GOES_ON and found[last][0] != "第":
            last += 1
        if last > first + 1:
            joined += found[done:first]
            joined_tags += tags[done:first]
            joined.append("".join(found[first:last]))
            joined_tags.append("m")
            done = last
    return [*joined, *found[done:]], [*joined_tags, *tags[done:]]


def _splits_number(text: str, start: int, end: int) -> bool:
    """Whether a match begins or ends inside a run of digits: 12345热线 in 812345热线."""
    before = start > 0 and text[start - 1].isdigit() and text[start].isdigit()
    return before or (end < len(text) and text[end].isdigit() and text[end - 1].isdigit())


def _tag_of(part: str) -> str:
    """Return the tag of what the pattern cut out."""
    if "+" in part or "＋" in part:
        return "nz" if any(c.isdigit() for c in part) else "eng"
    if part[0] == "第" or part[0].isdigit():
        return "t" if lexicon.words("coinages", "times").at_end(part) else "m"
    return "eng" if part[0].isascii() and part[0].isalpha() else "x"


@cache
def _pattern() -> re.Pattern[str]:
    """Return the pattern of what no engine may split: sums, quantities, Latin words, rare signs."""
    digit = "[0-9０-９]"
    number = rf"{digit}+(?:[,，]{digit}{{3}}(?!{digit}))*(?:[.．]{digit}+)?"
    units = words.measure_pattern()
    return re.compile(
        rf"""(
          {HOLE}
        | [0-9A-Z](?:[+＋][0-9A-Z])+(?![0-9A-Za-z.%])            # 1+1+N
        | 第?{number}(?:[-—–~～至]{number})?
          [余多]?[十百千万亿]*[余多]?(?:[%％‰]|{units})?  # 12.8亿元, 1-6月, 3000余万元
        | [A-Za-z][A-Za-z0-9.+\-]*                               # PM2.5, AAA, PPP
        | [+\#&._%\-]                                            # jieba glues these to Han
        | [^\W\u4e00-\u9fd5]                                     # rare Han, outside jieba's block
        )""",
        re.VERBOSE,
    )


def _engine(name: str) -> Callable[[str], Cut]:
    engines: dict[str, Callable[[], Callable[[str], Cut]]] = {
        "rjieba": _rjieba,
        "jieba": _jieba,
        "lac": _lac,
    }
    if name not in engines:
        msg = f"Unknown segmenter {name!r}; expected one of {', '.join(engines)}."
        raise ValueError(msg)
    return engines[name]()


@cache
def _dictionary() -> rjieba.Jieba:
    """Return an rjieba of our own, with the user dictionary: its module's one is everybody's."""
    cutter = rjieba.Jieba()
    for word, freq, tag in _frequencies():
        cutter.add_word(word, freq, tag)
    return cutter


class _Tags(dict[str, str]):
    """The tag of each word, looked up once: rjieba tags by the word alone, not by its place."""

    def __missing__(self, word: str) -> str:
        found = _dictionary().tag(word)
        # A word that only its context holds together takes after its first part: 占到, 最多.
        tag = found[0][1] if len(found) == 1 or found[0][1] != "m" else "n"
        self[word] = tag
        return tag


@cache
def _rjieba() -> Callable[[str], Cut]:
    cut, tags = _dictionary().cut, _Tags()
    return lambda text: _tagged(cut(text), tags)


@cache
def _jieba() -> Callable[[str], Cut]:
    """Return jieba without its log on stderr and its cache file that all users share."""
    import jieba

    cutter = jieba.Tokenizer()
    cutter.FREQ, cutter.total = cutter.gen_pfdict(cutter.get_dict_file())
    cutter.initialized = True
    for word, freq, _ in _frequencies():
        cutter.add_word(word, freq)

    tags = _Tags()
    # jieba's own tagger cuts anew and otherwise; only the words are its own here.
    return lambda text: _tagged(cutter.lcut(text), tags)


def _tagged(found: list[str], tags: _Tags) -> Cut:
    return found, list(map(tags.__getitem__, found))


def _lac() -> Callable[[str], Cut]:
    return lambda text: _parted(lac.tag_words(text, hole=HOLE))


def _parted(pairs: list[Pair]) -> Cut:
    return [word for word, _ in pairs], [tag for _, tag in pairs]


@cache
def _frequencies() -> tuple[tuple[str, int, str], ...]:
    """Return the user dictionary with the frequency that keeps each word whole."""
    cutter = rjieba.Jieba()
    rows = []
    for word, tag in sorted(words.user_words().items()):
        freq = max(cutter.suggest_freq(word), 1)
        cutter.add_word(word, freq, tag)
        rows.append((word, freq, tag))
    return tuple(rows)


def straddles(text: str, start: int, end: int) -> bool:
    """Whether a word of the dictionary lies across one end of `start:end`.

    A word that holds the whole of it (村两委 holds 两委) does not.

    Examples
    --------
    >>> straddles("购买六保险种", 2, 4), straddles("落实六保任务", 2, 4)
    (True, False)
    """
    ends = accumulate(map(len, cut_known(text)), initial=0)
    return any(a < start < b < end or start < a < end < b for a, b in pairwise(ends))


def cut_known(text: str) -> list[str]:
    """Cut a text into words of the dictionary and single characters, guessing none.

    Examples
    --------
    >>> cut_known("雁归计划")
    ['雁', '归', '计划']
    """
    return _dictionary().cut(text, False)


def is_known(word: str) -> bool:
    """Whether a word stands in jieba's dictionary or in ours."""
    return word in words.coinages() or _dictionary().has_word(word)
