"""Coinages that nobody listed: numeric abbreviations and quoted names.

In: clean text. Out: `Coinage`s with their place and form, and the parts that they sum up where
the text spells them out. The slogan lexicon is not read here: what it lists is found as well, so
that the finder can be scored by itself.

A coinage is a name made up for a policy, a service, a mechanism or a goal. Most stand in quotes
at least once; but quotes also hold figures of speech, questions, periods and proper names, so the
words round them decide (`lexicon/coinages.csv`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from types import MappingProxyType

from ahocorasick_rs import AhoCorasick, MatchKind

from dz_analysis import lexicon
from dz_analysis.counting.segment import cut_known, is_known, straddles
from dz_analysis.counting.spelling import HAN, fold_width

VALUES = MappingProxyType(
    {c: n for n, c in enumerate("一二三四五六七八九十", start=1)} | {"两": 2, "双": 2}
)
NUMERAL = "".join(VALUES)
HAN_CHAR = re.compile(f"[{HAN}]")
NOUN = rf"(?:(?![{NUMERAL}])[{HAN}])"  # a Han character that is no numeral
IDIOM = 4  # characters; a word of the dictionary that long is an idiom: 一心一意
LONGEST = 16  # Han characters; past that a quotation is a sentence
BEFORE, BEHIND, SENTENCE = 100, 400, 160  # characters in which the parts are looked for

QUOTED = re.compile(r"“([^“”\n]{2,40})”|《([^“”《》\n]{2,40})》")
# 3+2 and N+1 stand alone; of more than one digit, only what holds an N: 1+16+N, not 12+8.
SUM = re.compile(
    r"(?<![0-9A-Za-z.+])(?:[0-9NX](?:\+[0-9NX]){1,5}|(?:[0-9]{1,3}\+){1,5}[NX])(?![0-9A-Za-z.%+])"
)
# 三区一基地, 两不愁三保障, 四改一拆: numeral and noun, twice to four times.
PAIRED = re.compile(rf"(?:[{NUMERAL}]{NOUN}{{1,3}}){{2,4}}")
# 三清两建, 双招双引, 一核两翼三带: as even as that it needs no quotes. It begins with what it looks
# for, and looks back from behind that: beginning by looking back it is tried at every character.
PAIRS = re.compile(
    rf"[{NUMERAL}](?<![{NUMERAL}第百千万亿].){NOUN}(?:[{NUMERAL}]{NOUN}){{1,4}}"
    rf"(?![{NUMERAL}百千万亿])"
)
# 四高, 五聚, 双清零, 三项制度, 四个意识: one numeral that sums up what follows.
SUMMED = re.compile(rf"[{NUMERAL[1:]}]个?(?:一[{HAN}]?|[{HAN}]{{1,4}})")
NOTE = re.compile(r"[\[［〔]\d{1,3}[\]］〕]$")  # the mark of a note: “五张清单［3］”
TOOLS = re.compile(rf"[{HAN}]+(?:[+][{HAN}]+)+")
EXPLAINED = re.compile(r"[”》]?[^：:，。；\n]{0,12}?(?:[：:](?:是指|即)?|是指|即)")
CLAUSE_END = "，。；：！？\n"
_NUMBER = re.compile("[0-9A-Za-z+.%]")


@dataclass(frozen=True, slots=True)
class Coinage:
    """One coinage in its plain spelling, with the parts that the text spells out.

    `start:end` is where it stands, without the quotes round it.
    """

    start: int
    end: int
    text: str
    form: str
    parts: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """Show the words first."""
        return f"<{self.text} {self.form} {self.start}:{self.end}>"


def find_coinages(text: str, *, with_parts: bool = True) -> tuple[Coinage, ...]:
    """Find the coinages of a text, listed anywhere or not.

    Figures of speech, questions, five-year periods and single characters in quotes are left
    alone, and so are bare numbers (“315”), shares and ordinals, and a plain count (四个项目)
    outside of quotes. A number that a place has made a name of counts where a list has it.

    Parameters
    ----------
    text : str
        Clean text.
    with_parts : bool
        Whether to look for the parts that a numeral sums up.

    Returns
    -------
    tuple of Coinage
        In text order, not overlapping; every later mention of a coinage found once is found too,
        with or without quotes.

    Examples
    --------
    >>> text = "打响“快易办”品牌，建设智造示范区、康养先行区和物流基地“两区一基地”。"
    >>> [(c.text, c.form, c.parts) for c in find_coinages(text)]  # doctest: +NORMALIZE_WHITESPACE
    [('快易办', 'quoted', ()),
     ('两区一基地', 'numeric', ('智造示范区', '康养先行区', '物流基地'))]
    """
    folded = fold_width(text)
    found = []
    for coinage in _mentions(folded.text):
        start, end = folded.span(coinage.start, coinage.end)
        parts = find_parts(folded.text, coinage.start, coinage.end) if with_parts else ()
        found.append(Coinage(start, end, coinage.text, coinage.form, parts))
    return tuple(found)


@lru_cache(maxsize=2)  # words and slogans of one text are counted one after the other
def _mentions(text: str) -> tuple[Coinage, ...]:
    """Return the coinages of a folded text."""
    first = _quoted(text) + _unquoted(text)
    return tuple(_leftmost(first + _again(text, {c.text: c.form for c in first})))


def coinage_form(words: str) -> str:
    """Return ``"numeric"`` if a coinage sums things up by a number, else ``"quoted"``.

    Examples
    --------
    >>> [coinage_form(w) for w in ("三区一基地", "1+1+N", "五个一", "一肩挑", "快易办")]
    ['numeric', 'numeric', 'numeric', 'quoted', 'quoted']
    """
    if SUM.fullmatch(words):
        return "numeric"
    if PAIRED.fullmatch(words) or (len(words) <= 5 and SUMMED.fullmatch(words)):
        return "numeric"
    return "numeric" if _campaign().fullmatch(words) else "quoted"


def expected_parts(words: str) -> int:
    """Return how many things a numeric coinage sums up; 0 if it does not say.

    Examples
    --------
    >>> [expected_parts(w) for w in ("三区一基地", "五个一", "1+1+N", "四大战略", "快易办")]
    [4, 5, 3, 4, 0]
    """
    if SUM.fullmatch(words):
        return words.count("+") + 1
    if coinage_form(words) != "numeric" or words[0].isdigit():
        return 0
    if SUMMED.fullmatch(words) and (len(words) < 3 or words[1] in "个大项条"):
        return VALUES[words[0]]
    return sum(VALUES.get(c, 0) for c in words)


def find_parts(text: str, start: int, end: int) -> tuple[str, ...]:
    """Return the parts of a coinage where a folded text spells them out right round it.

    A list counts only if it has as many members as the numeral says.
    """
    expected = expected_parts(text[start:end])
    if not 2 <= expected <= 12:
        return ()
    stated = EXPLAINED.match(text, end)
    behind = text[stated.end() : stated.end() + BEHIND] if stated else ""
    for candidate in (_clause_before(text, start), behind[:SENTENCE].split("。")[0]):
        for marks in ("、和与及", "；", "，"):
            parts = _split_list(candidate, marks)
            if len(parts) == expected:
                return parts
    return _row_of_ones(behind, expected) if text[start:end].endswith("一") else ()


def _row_of_ones(words: str, expected: int) -> tuple[str, ...]:
    """Return the short headings that a 四个一 announces, each a sentence that says 一."""
    short = [s.strip() for s in re.split("[。；]", words) if "一" in s and len(s.strip()) <= 8]
    return tuple(short[:expected]) if len(short) >= expected else ()


def _clause_before(text: str, start: int) -> str:
    """Return the list that ends where a coinage begins, without its quotes and leading verb."""
    window = text[max(0, start - BEFORE) : start].rstrip("“《").removesuffix("的")
    clause = _last_clause(window)
    if clause.endswith("”"):
        return clause[clause.rfind("“") + 1 : -1]
    return clause


def _split_list(words: str, marks: str) -> tuple[str, ...]:
    trimmed = _lead().sub("", words)
    parts = [part.strip("“”") for part in re.split(f"[{marks}]", trimmed)]
    parts[-1] = _trail().sub("", parts[-1])
    return tuple(parts) if all(2 <= len(part) <= 20 for part in parts) else ()


@cache
def _lead() -> re.Pattern[str]:
    """Return the pattern of the verb that a list begins with: 建立领导接访、主动约访."""
    return re.compile(rf"^[^、]{{0,8}}?(?:{'|'.join(_rules('leads'))})了?")


@cache
def _trail() -> re.Pattern[str]:
    """Return the pattern of what follows the last member of a list: 整治实现了."""
    return re.compile(rf"(?:{'|'.join(_rules('trails'))})了?$")


def _quoted(text: str) -> list[Coinage]:
    return [
        Coinage(match.start() + 1, match.start() + 1 + len(inner), inner, coinage_form(inner))
        for match in QUOTED.finditer(text)
        if _is_coined(inner := NOTE.sub("", match[0][1:-1]), text, match.start(), match.end())
    ]


def _is_coined(words: str, text: str, start: int, end: int) -> bool:
    """Whether quoted words name something made up; `start:end` includes the quotes."""
    han = len(HAN_CHAR.findall(words))
    if SUM.fullmatch(words):
        return True
    if not 2 <= han <= LONGEST or "，" in words or _is_other(words):
        return False
    if coinage_form(words) == "numeric" or TOOLS.fullmatch(words):
        return True
    if "、" in words:
        return _is_parallel(words.split("、"))
    return _is_named(words, text, start, end)


def _is_other(words: str) -> bool:
    """Whether quoted words are a figure of speech, a question, a number, a body or an event."""
    if words in _figures() or lexicon.words("coinages", "proper").at_end(words):
        return True
    return _speech().search(words) is not None


@cache
def _figures() -> frozenset[str]:
    return frozenset((*_rules("figures"), *_rules("dates")))


@cache
def _speech() -> re.Pattern[str]:
    """Return the pattern of periods (十三五), numbers, questions and sentences."""
    roles = ("periods", "numbers", "speech")
    return re.compile("|".join(p for role in roles for p in lexicon.patterns("coinages", role)))


def _is_parallel(members: list[str]) -> bool:
    """Whether the members of a quoted list are cut to one measure, as mottoes are."""
    lengths = {len(member) for member in members}
    return len(members) >= 2 and max(lengths) - min(lengths) <= 1 and min(lengths) >= 2


def _is_named(words: str, text: str, start: int, end: int) -> bool:
    """Whether the words round a quotation, or its own last ones, say that it is a name."""
    if _head().match(text, end):
        return True
    if not 3 <= len(words) <= 12:
        return False
    before = _last_clause(text[max(0, start - 14) : start])
    return words.endswith(_rules("suffixes")) or _verb().search(before) is not None


@cache
def _verb() -> re.Pattern[str]:
    """Return the pattern of a verb that names what it opens: 打造“…”."""
    return re.compile("|".join(_rules("verbs")))


@cache
def _head() -> re.Pattern[str]:
    """Return the pattern of what is named, right behind the closing quote: …”工作法."""
    return re.compile(rf"[”“]?[^，。；：！？\n]{{0,4}}?(?:{'|'.join(_rules('heads'))})")


def _last_clause(words: str) -> str:
    return words[max(words.rfind(mark) for mark in CLAUSE_END) + 1 :]


def _unquoted(text: str) -> list[Coinage]:
    """Return what needs no quotes: sums, campaigns, numerals that pair, and launched names."""
    counted = [
        *(SUM.finditer(text) if "+" in text else ()),
        *_campaign().finditer(text),
        *(found for found in _headed().finditer(text) if len(cut_known(found[0])[0]) < IDIOM),
        *(found for found in PAIRS.finditer(text) if _is_paired(text, found)),
    ]
    found = [Coinage(m.start(), m.end(), m[0], "numeric") for m in counted if not _is_other(m[0])]
    return found + _launched(text)


def _is_paired(text: str, found: re.Match[str]) -> bool:
    """Whether numerals that pair (三清两建) are a coinage, and no count and no idiom."""
    words, counts = found[0], _rules("counts")
    if any(noun in counts for noun in words[1::2]) or is_known(words):
        return False
    if words[:2] == words[2:4]:  # 一代一代
        return False
    start = found.start()
    run = text[max(0, start - 4) : found.end() + 4]
    return not straddles(run, min(4, start), min(4, start) + len(words))


def _launched(text: str) -> list[Coinage]:
    """Return the names that a verb of launching and the kind of thing enclose: 实施雁归计划."""
    found = []
    for match in (*_launch().finditer(text), *_suffixed().finditer(text)):
        name = _name_in(match["span"], match["kind"])
        if name and not _is_other(name):
            start = match.start("span")
            found.append(Coinage(start, start + len(name), name, coinage_form(name)))
    return found


def _name_in(span: str, kind: str) -> str:
    """Return the made-up name that a span before a kind begins with, or nothing."""
    if any(word in span for word in _rules("loose")):
        return ""
    if "+" in span:
        return "+".join(_members(span.split("+"), _are_of_a_sum))
    if "、" in span:
        return "、".join(_members(span.split("、"), _are_of_a_list))
    return _single_name(span, kind)


def _single_name(span: str, kind: str) -> str:
    words = cut_known(span)
    while len(words) > 1 and len(words[-1]) > 1 and _is_made_up(words[:-1]):
        words = words[:-1]  # the field of what is named: 溪心办政务品牌
    is_even = sum(map(len, words)) == 4 and _singles(words) > 1 and kind in _rules("movements")
    return "".join(words) if is_even or _is_made_up(words) else ""


def _members(members: list[str], are_named: Callable[[list[str]], bool]) -> list[str]:
    """Return the members that name together, without what stands behind the last; else none."""
    cut = [*members[:-1], _first_words(members[-1], len(members[0]))]
    return cut if are_named(cut) else []


def _are_of_a_sum(members: list[str]) -> bool:
    """Whether members are short enough for a sum: 网格+保险."""
    return all(2 <= len(member) <= 5 for member in members)


def _are_of_a_list(members: list[str]) -> bool:
    """Whether members of a list name something together, and are not just listed.

    They are of one length, each repeats a character in its place, and not all of them are words or
    pairs of words: 企业出题、院所答题, not 经济体制、政治体制.
    """
    if len(members[0]) < 2 or len(set(map(len, members))) > 1:
        return False
    repeats = any(len(set(column)) == 1 for column in zip(*members, strict=True))
    return repeats and any(_singles(cut_known(member)) for member in members)


def _first_words(span: str, size: int) -> str:
    """Return the words that a span begins with, up to `size` characters or just past them."""
    for end in accumulate(map(len, cut_known(span))):
        if end >= size:
            return span[:end]
    return span


def _is_made_up(words: list[str]) -> bool:
    """Whether the dictionary has no words for most of a name of three to six characters."""
    length = sum(map(len, words))
    return 3 <= length <= 6 and 3 * _singles(words) > 2 * length


def _singles(words: list[str]) -> int:
    return sum(len(word) == 1 for word in words)


@cache
def _launch() -> re.Pattern[str]:
    """Return the pattern of a verb, a name and what kind of thing it is: 打响快易办品牌."""
    verbs, kinds = "|".join(_rules("launches")), "|".join(_rules("launched"))
    return re.compile(rf"(?:{verbs})了?(?P<span>[{HAN}、+]{{3,28}}?)(?P<kind>{kinds})")


@cache
def _suffixed() -> re.Pattern[str]:
    """Return the pattern of a verb and a name known by its last character: 发放云才卡."""
    verbs, kinds = "|".join(_rules("launches")), "|".join(_rules("launched"))
    ends = "|".join(word for word in _rules("suffixes") if len(word) == 1)
    name = rf"(?P<span>[{HAN}]{{2,3}}(?:{ends}))"
    return re.compile(rf"(?:{verbs})了?{name}(?P<kind>(?=[，。；、0-9]|{kinds}))")


@cache
def _campaign() -> re.Pattern[str]:
    heads = "|".join(sorted(_rules("campaigns"), key=lambda word: (-len(word), word)))
    return re.compile(rf"[{NUMERAL}](?<![第{NUMERAL}].)大(?:{heads})")


@cache
def _headed() -> re.Pattern[str]:
    """Return the pattern of numerals before a head: 四清两建行动, 三个一工程."""
    counts = "".join(word for word in _rules("counts") if len(word) == 1)
    name = rf"(?![{counts}]){NOUN}{{1,3}}"
    heads = "|".join(sorted(_rules("heads"), key=lambda word: (-len(word), word)))
    return re.compile(
        rf"[{NUMERAL}](?:(?<![{HAN}].){name}(?:[{NUMERAL}]{name}){{1,3}}(?=”?(?:{heads}))"
        rf"|(?<=[{NUMERAL[2:]}])个一(?:批|百|流)?(?=[，。；、]|{heads}))"
    )


def _again(text: str, forms: dict[str, str]) -> list[Coinage]:
    """Return every mention of the coinages found once; short ones only there."""
    longer = sorted(word for word in forms if len(word) >= 3)
    if not longer:
        return []
    matcher = AhoCorasick(longer, matchkind=MatchKind.LeftmostLongest)
    found = matcher.find_matches_as_indexes(text)
    return [
        Coinage(start, end, longer[i], forms[longer[i]])
        for i, start, end in found
        if not _cuts_number(text, start, end)
    ]


def _cuts_number(text: str, start: int, end: int) -> bool:
    """Whether a mention begins or ends inside of a number: 345 in 12345."""
    before, behind = text[max(0, start - 1) : start], text[end : end + 1]
    is_before = bool(_NUMBER.match(before)) and bool(_NUMBER.match(text[start]))
    return is_before or bool(_NUMBER.match(behind) and _NUMBER.match(text[end - 1]))


def _leftmost(found: list[Coinage]) -> list[Coinage]:
    """Return what does not overlap, the longer one first where two begin together."""
    kept: list[Coinage] = []
    for coinage in sorted(set(found), key=lambda c: (c.start, -c.end)):
        if not kept or coinage.start >= kept[-1].end:
            kept.append(coinage)
    return kept


@cache
def _rules(role: str) -> tuple[str, ...]:
    return tuple(lexicon.words("coinages", role))
