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
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import accumulate, pairwise

import rjieba
from ahocorasick_rs import AhoCorasick, MatchKind

from dz_analysis import lexicon
from dz_analysis.counting import lac, words

Pair = tuple[str, str]
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


@dataclass(frozen=True, slots=True)
class Cutter:
    """An exact matcher for the coinages that must stay whole, and their tags."""

    matcher: AhoCorasick | None
    tags: tuple[str, ...]

    def spans(self, text: str) -> list[tuple[int, int, str]]:
        """Return start, end and tag of each listed coinage, leftmost and longest."""
        if self.matcher is None:
            return []
        found = self.matcher.find_matches_as_indexes(text)
        return [(s, e, self.tags[i]) for i, s, e in found if not _splits_number(text, s, e)]


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
    """Cut a text like `segment`, as plain (word, tag) pairs: the quick form for counting."""
    tag = _engine(engine)
    masked, coined = _mask(text, _cutter(coinages))
    parts = _pattern().split(masked)
    coined_left = iter(coined)
    kept = [next(coined_left) if part == HOLE else (part, _tag_of(part)) for part in parts[1::2]]
    return _join_numbers(tag(HOLE.join(parts[0::2])), kept)


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


def _mask(text: str, cutter: Cutter) -> tuple[str, list[Pair]]:
    """Return the text with a hole for each listed coinage, and the coinages in order."""
    pieces: list[str] = []
    coined: list[Pair] = []
    last = 0
    for start, end, tag in [*cutter.spans(text), (len(text), len(text), "")]:
        pieces += (text[last:start], HOLE)
        # The mark may stand in a dirty text itself: then it is a mark like any other.
        coined += [(HOLE, "x")] * text.count(HOLE, last, start)
        coined.append((text[start:end], tag))
        last = end
    return "".join(pieces[:-1]), coined[:-1]


def _join_numbers(pairs: Sequence[Pair], kept: list[Pair]) -> list[Pair]:
    """Put what was cut out back into its holes, and join a numeral and its measure words.

    三百余 + 亩 and 两个 + 百分点 are one quantity each; 第 begins another one.
    """
    joined: list[Pair] = []
    left = iter(kept)
    is_open = False
    for pair in pairs:
        word, pos = pair
        if word == HOLE:
            word, pos = pair = next(left)
        if pos == "m" or (is_open and pos == "q"):
            if is_open and word[0] != "第":
                joined[-1] = (joined[-1][0] + word, "m")
                continue
            is_open = word[0] in NUMERALS
        else:
            is_open = False
        joined.append(pair)
    return joined


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


@cache
def _cutter(coinages: tuple[str, ...]) -> Cutter:
    listed = dict(words.coinages()) | dict.fromkeys(coinages, words.COINAGE_TAG)
    kept = sorted(word for word in listed if word)
    if not kept:
        return Cutter(None, ())
    matcher = AhoCorasick(kept, matchkind=MatchKind.LeftmostLongest)
    return Cutter(matcher, tuple(listed[word] for word in kept))


def _engine(name: str) -> Callable[[str], Sequence[Pair]]:
    engines = {"rjieba": _rjieba, "jieba": _jieba, "lac": _lac}
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
def _rjieba() -> Callable[[str], Sequence[Pair]]:
    cut, tags = _dictionary().cut, _Tags()
    return lambda text: _pair(cut(text), tags)


@cache
def _jieba() -> Callable[[str], Sequence[Pair]]:
    """Return jieba without its log on stderr and its cache file that all users share."""
    import jieba

    cutter = jieba.Tokenizer()
    cutter.FREQ, cutter.total = cutter.gen_pfdict(cutter.get_dict_file())
    cutter.initialized = True
    for word, freq, _ in _frequencies():
        cutter.add_word(word, freq)

    tags = _Tags()
    # jieba's own tagger cuts anew and otherwise; only the words are its own here.
    return lambda text: _pair(cutter.lcut(text), tags)


def _pair(found: list[str], tags: _Tags) -> list[Pair]:
    return list(zip(found, map(tags.__getitem__, found), strict=True))


@cache
def _lac() -> Callable[[str], Sequence[Pair]]:
    return partial(lac.tag_words, hole=HOLE)


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
