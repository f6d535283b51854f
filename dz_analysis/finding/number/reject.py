"""What has the form of a quantity and counts nothing: dates, names, coinages, classes.

In: the text. Out: its scanned quantities that measure something, and those that do not, each with
the refusal that left it out.

`TABLES` holds refusals and exemptions in their order; the first row that has something to say
decides. What each refusal means, with an example that it refuses and one that it keeps, stands in
the lexicon's `refusals`; the words that call for it in `not_quantities`. A limit inside the name
of a class (亿元以上项目7个) belongs to the name, so it is refused here as well.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from itertools import chain, zip_longest
from types import MappingProxyType
from typing import NamedTuple

from dz_analysis.finding.model import Quantity, Reason, Rule
from dz_analysis.finding.number.numerals import numerals, parse_number
from dz_analysis.finding.number.scan import pieces, scan_quantities
from dz_analysis.finding.text.segment import (
    CLOSING,
    OPENING,
    STOPS,
    find_stop,
    segment,
    split_clauses,
)
from dz_analysis.lexicon import values, words

LIST = "not_quantities"
ITEM_ENDS = "、）)】"  # they end an item, not a clause
ENDS = STOPS + ITEM_ENDS
HAN_FIRST, HAN_LAST = "\u3400", "\u9fff"
WINDOW = 12  # characters on each side that most tests look at
MEASURED = frozenset(["money", "percent", "area", "length", "weight", "energy", "volume", "point"])
AFTER_LETTERS = frozenset(["money", "percent", "weight", "point", "other"])  # 人均GDP51200元
_SHORT = 3  # characters: 一百家 is a figure of speech, 一百二十家 a count
LIFE = 150  # years: a term is shorter, a date later
AMOUNTS = frozenset(["money", "area", "length", "weight", "energy", "volume", "other", "count"])
_CLASSED = frozenset(["money", "area", "length", "weight", "energy", "volume"])
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]")
_ITEM_END = re.compile(f"[{ITEM_ENDS}]")
_WORD = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]{0,4}")
_FRACTION = re.compile(r"\d+[.．]\d+")
_VERSION = re.compile(r"\d{1,2}\.0")
_ZERO_LED = re.compile("[0０][0-9０-９]")
_LIMIT_SIGN = re.compile(r"[≥≤＞＜><]\s?$")
_TITLE = re.compile(r"《[^《》\n]{0,80}》")
# Both begin with one class of signs, so that the engine skips the rest of the text.
_QUOTED = re.compile(
    r"[“「『\"](?:(?<=[“「『])[^“”「」『』\n]{0,40}[”」』]|(?<=\")[^\"\n]{1,20}\")"
)
_BRACKETS = str.maketrans("", "", OPENING + CLOSING)
_JOINTS = "+＋·#№@_/\\＝=＆&×"
_COLONS = ":：∶︰"


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
    AGES = "span of ages"
    ATTRIBUTE = "attribute"
    OVER = "amount passed by a class"
    STEP = "step"
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

    `held` are all offsets in them: every number is asked whether it stands in one, few in which.
    """

    text: str
    titles: Spans
    quoted: Spans
    idioms: Spans
    held: frozenset[int]

    @classmethod
    def of(cls, text: str) -> Surroundings:
        """Find the stretches of a text."""
        spans = Spans(_TITLE, text), Spans(_QUOTED, text), Spans(_idioms(), text)
        held = frozenset(chain.from_iterable(range(*span) for each in spans for span in each))
        return cls(text, *spans, held)


class Beside(NamedTuple):
    """What stands beside a number, or must stand there for a test to be worth asking.

    `is_held` says that a title, a quotation or an idiom holds the number, `is_behind_sign` that no
    Han character stands before it, `is_before_words` that no stop follows it; `is_worded` that
    it does not begin with a digit from 1 to 9; `is_limited` that 以上 or its like stands behind
    it, `is_passed` that 过 or 超 stands before it, `is_behind_cue` that the character before it
    ends a word that takes a number away: 第, 每.
    """

    is_held: bool = False
    is_behind_sign: bool = False
    is_before_words: bool = False
    is_worded: bool = False
    is_limited: bool = False
    is_passed: bool = False
    is_behind_cue: bool = False

    def covers(self, needed: Beside) -> bool:
        """Whether everything that a test needs stands there."""
        return all(have or not need for have, need in zip(self, needed, strict=True))


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


class Refusal(NamedTuple):
    """A test that refuses: it returns the cue, which may be blank, or None.

    `role` names the words of `not_quantities` that call for it, `units` the role of the units that
    it is told in, blank where it is told in any.
    """

    rule: RefusalRule
    test: Callable[[Candidate], str | None]
    role: str = ""
    beside: Beside = Beside()
    units: str = ""


class Exemption(NamedTuple):
    """A test that keeps: it returns the quantity, perhaps with a unit, or None."""

    test: Callable[[Candidate], Quantity | None]
    beside: Beside = Beside()


Row = Refusal | Exemption


class Refused(NamedTuple):
    """A number that was left out: `text[start:end] == quote`, and why."""

    start: int
    end: int
    quote: str
    reason: Reason


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Return the numbers of a text that may measure something, in text order.

    Examples
    --------
    >>> find_quantities("2019年，全县5亿元以上项目7个，列第3位")
    (<7个 count 7 个>, <第3位 rank 3 位>)
    """
    return tuple(quantity for quantity, reason in _judge_all(text) if reason is None)


def refusals(text: str) -> tuple[Refused, ...]:
    """Return the numbers of a text that count nothing, in text order, each with its reason.

    Examples
    --------
    >>> [(one.quote, str(one.reason)) for one in refusals("2019年，全县5亿元以上项目7个")]
    [('2019', 'date, ordinal or name (年)'), ('5亿元', 'limit of a class (以上)')]
    """
    return tuple(
        Refused(quantity.start, quantity.end, quantity.quote, reason)
        for quantity, reason in _judge_all(text)
        if reason is not None
    )


def _judge_all(text: str) -> Iterator[tuple[Quantity, Reason | None]]:
    """Yield every scanned quantity, with None if it is kept and else with the reason why not."""
    around = Surroundings.of(text)
    scanned = _share_units(text, tuple(scan_quantities(text)))
    last: Quantity | None = None
    for quantity, following in zip_longest(scanned, scanned[1:]):
        before = text[max(0, quantity.start - WINDOW) : quantity.start]
        after = text[quantity.end : quantity.end + WINDOW]
        verdict = judge(Candidate(around, quantity, following, last, before, after))
        if isinstance(verdict, Reason):
            yield quantity, verdict
        else:
            last = verdict
            yield verdict, None


@cache
def _idioms() -> re.Pattern[str]:
    return re.compile(words(LIST, "idioms").pattern)


def _share_units(text: str, scanned: tuple[Quantity, ...]) -> tuple[Quantity, ...]:
    """Give a number the unit that the next one in its list says for both: 2.1、3.4个百分点.

    In a list of fractions the magnitude of the last holds for all: 38.2、121.6、152.6亿元.
    """
    shared = list(scanned)
    for at in range(len(shared) - 2, -1, -1):
        quantity, following = shared[at], shared[at + 1]
        if quantity.kind != "bare" and not _is_cut_short(quantity):
            continue
        gap = text[quantity.end : following.start]
        if _shares_unit(quantity, following, gap):
            shared[at] = quantity._replace(unit=following.unit, kind=following.kind)
        elif _shares_amount(quantity, following, gap):
            scale = _magnitude(shared, at + 1)
            value = quantity.value * scale
            shared[at] = quantity._replace(value=value, unit=following.unit, kind=following.kind)
    return tuple(shared)


def _is_cut_short(quantity: Quantity) -> bool:
    """Whether 个 is all that is left of a unit: 提高2.1个、下降3.4个百分点."""
    return quantity.unit in values("numerals", "article") and "." in quantity.quote


def _shares_amount(quantity: Quantity, following: Quantity, gap: str) -> bool:
    """Whether a bare fraction is told in the amount of the next number of its list."""
    is_bare = quantity.kind == "bare" and _FRACTION.fullmatch(quantity.quote)
    is_amount = following.kind in AMOUNTS and _FRACTION.match(following.quote)
    return bool(is_bare and is_amount and look("and_gap").fullmatch(gap))


def _magnitude(quantities: Sequence[Quantity], at: int) -> Decimal:
    """Return what the digits of a number in a list are multiplied with: 亿 in 152.6亿元."""
    quantity = quantities[at]
    digits = _FRACTION.match(quantity.quote)
    plain = parse_number(digits.group())[0] if digits else Decimal(0)
    return quantity.value / plain if plain else Decimal(1)


def _shares_unit(quantity: Quantity, following: Quantity, gap: str) -> bool:
    """Whether the unit of the next number holds for this one as well.

    A bare number takes it over from a percentage, a bare magnitude from any amount, and 个 is cut
    from the unit where its number has a fraction (提高2.1个、下降3.4个百分点).
    """
    if _is_cut_short(quantity) and look("moved_gap").fullmatch(gap):
        return True
    is_large = quantity.kind == "bare" and quantity.quote[-1] in numerals("large")
    is_taker = following.kind in ("point", "percent") or (
        is_large and following.kind not in ("bare", "rank", "part")
    )
    return is_taker and bool(look("list_gap").fullmatch(gap))


def judge(candidate: Candidate) -> Quantity | Reason:
    """Return the quantity if it measures something, its unit settled, else why it does not."""
    before, after = candidate.before[-1:], candidate.after[:1]
    quantity = candidate.quantity
    rows = _rows(
        quantity.kind,
        quantity.unit,
        quantity.start in candidate.around.held,
        not HAN_FIRST <= before <= HAN_LAST,
        not after or after not in ENDS or after == "、",
        not "1" <= quantity.quote[0] <= "9",
        bool(_limit(candidate)),
        bool(words(LIST, "over").at_end(candidate.before)),
        before in _cue_ends(),
    )
    for row in rows:
        verdict = row.test(candidate)
        if verdict is None:
            continue
        if isinstance(verdict, Quantity):
            return verdict
        if isinstance(row, Refusal):
            return Reason(row.rule, verdict, LIST if row.role else "", row.role)
    return quantity


@cache
def _cue_ends() -> frozenset[str]:
    """Return the last characters of the words that take away a number directly behind them."""
    return frozenset(word[-1] for word in (*words(LIST, "before"), *words("numerals", "per")))


@cache
def _rows(kind: str, unit: str, *stands: bool) -> tuple[Row, ...]:
    """Return the rows that look at a number of a kind in a unit, by the fields of its `Beside`."""
    beside = Beside(*stands)
    return tuple(
        row
        for row in EVERY + TABLES.get(kind, GENERAL + CLASSES)
        if beside.covers(row.beside)
        and (isinstance(row, Exemption) or not row.units or unit in words(LIST, row.units))
    )


@cache
def look(name: str) -> re.Pattern[str]:
    """Return a named pattern of the lexicon's `number_forms`, ready for use."""
    return re.compile(pieces()[name])


def _behind(role: str) -> Callable[[Candidate], str | None]:
    """Return a test: a word of a role stands directly behind the number."""

    def test(candidate: Candidate) -> str | None:
        return words(LIST, role).at_start(candidate.after) or None

    return test


def _before(role: str) -> Callable[[Candidate], str | None]:
    """Return a test: a word of a role stands directly before the number."""

    def test(candidate: Candidate) -> str | None:
        return words(LIST, role).at_end(candidate.before) or None

    return test


# What every form may run into.


def _is_cut(candidate: Candidate) -> str | None:
    """Refuse □0.7亿元: nobody knows how the number began."""
    return candidate.quantity.quote


def _is_clock(candidate: Candidate) -> str | None:
    """Refuse 9:30:15, which are no three shares."""
    return candidate.quantity.quote


def _in_title(candidate: Candidate) -> str | None:
    """Refuse 《三年规划》, a name."""
    span = candidate.around.titles.at(candidate.quantity.start)
    return candidate.around.text[slice(*span)] if span else None


def _in_idiom(candidate: Candidate) -> str | None:
    """Refuse 千家万户, which counts nothing."""
    span = candidate.around.idioms.at(candidate.quantity.start)
    return candidate.around.text[slice(*span)] if span else None


def _is_coined(candidate: Candidate) -> str | None:
    """Refuse “四个一” and “3+2”, which are names; “1个月开工、6个月投产” promises times."""
    quantity = candidate.quantity
    span = candidate.around.quoted.at(quantity.start)
    if span is None:
        return None
    content = candidate.around.text[span[0] + 1 : span[1] - 1]
    if words("numerals", "over").first_in(quantity.quote) or look("ups_and_downs").fullmatch(
        content
    ):
        return content
    if content == quantity.quote:
        return content if quantity.kind in ("rank", "count") else None
    if quantity.kind != "percent" and is_round(quantity):
        return content  # “千亿斤粮食”工程
    is_promise = quantity.kind in MEASURED or quantity.unit in words(LIST, "promised_units")
    return None if is_promise else content


# Places in a ranking.


def _rank_clause(candidate: Candidate) -> str:
    return split_clauses(candidate.before)[-1]


def _is_set_first(candidate: Candidate) -> str | None:
    """Refuse 摆在首位 and 放在第一位, which rank nothing."""
    return words(LIST, "not_ranked").at_end(_rank_clause(candidate)) or None


def _is_industries(candidate: Candidate) -> str | None:
    """Refuse 第一、二、三产业, a list of industries."""
    match = look("industries").match(candidate.after)
    return match.group() if match else None


def _is_unranked(candidate: Candidate) -> str | None:
    """Refuse 第二 at the start of a clause, an enumeration."""
    return None if _rank_clause(candidate) else ""


def _is_ordinal_noun(candidate: Candidate) -> str | None:
    """Refuse 第二产业 and 第三批: a noun follows, so it is no place."""
    after = candidate.after
    is_free = words(LIST, "rank_moves").at_start(after) or words(LIST, "behind_rank").at_start(
        after
    )
    return None if is_free or not _HAN.match(after) else after[:1]


def _is_uncued(candidate: Candidate) -> str | None:
    """Refuse a bare 第二 where the clause tells of no ranking."""
    return None if words(LIST, "rank_cues").first_in(_rank_clause(candidate)[-10:]) else ""


def _is_place(candidate: Candidate) -> Quantity | None:
    """Keep 第三位 and 榜首, which are places."""
    quantity = candidate.quantity
    return quantity if words(LIST, "places").at_end(quantity.quote) else None


def _goes_on_ranking(candidate: Candidate) -> Quantity | None:
    """Keep 第二 in a list of places: 分别居第一、第二、第五位."""
    gap = _gap(candidate, "rank")
    return candidate.quantity if gap and look("rank_list").fullmatch(gap[:8]) else None


def _gap(candidate: Candidate, kind: str) -> str:
    """Return what stands between the last number and this one if it was of that kind."""
    last = candidate.last
    is_after = last is not None and last.kind == kind
    return candidate.around.text[last.end : candidate.quantity.start] if last and is_after else ""


# Names, labels and other uses of a number with a unit.


def _is_no_ratio(candidate: Candidate) -> str | None:
    """Refuse 2.27:1 where no 比 is told of."""
    return None if words(LIST, "ratio_cues").first_in(candidate.back(24)) else ""


def _is_figure_of_speech(candidate: Candidate) -> str | None:
    """Refuse 百家 and 万人, figures of speech unless said to be near or over."""
    quantity = candidate.quantity
    if quantity.kind != "count":
        return None
    is_round = look("round_start").match(quantity.quote) and not _is_bounded(candidate)
    return quantity.quote if is_round else None


def _is_bounded(candidate: Candidate) -> bool:
    """Whether 百家 or 万人 is said to be near or over."""
    return bool(words(LIST, "near").at_end(candidate.before))


def _is_label(candidate: Candidate) -> str | None:
    """Refuse （单位：亿元、万人）, which names units."""
    quote = candidate.quantity.quote
    is_label = not _HAN.match(candidate.before[-1:]) and look("unit_label").fullmatch(quote)
    return quote if is_label else None


def _is_joined(candidate: Candidate) -> str | None:
    """Refuse 3+2, №5, A/3: a sign glues the number to what stands before."""
    last = candidate.before[-1:]
    return last if last and last in _JOINTS else None


def _is_lettered(candidate: Candidate) -> str | None:
    """Refuse G513; 人均GDP51200元 is an amount."""
    last = candidate.before[-1:]
    is_name = candidate.quantity.kind not in AFTER_LETTERS and _LATIN.match(last)
    return last if is_name else None


def _is_dotted(candidate: Candidate) -> str | None:
    """Refuse a number behind a letter or digit and a dot or dash: 1.2.3."""
    earlier, last = candidate.before[-2:-1], candidate.before[-1:]
    is_dot = last and last in ".-" and (_LATIN.match(earlier) or earlier.isdigit())
    return last if is_dot else None


def _is_clocked(candidate: Candidate) -> str | None:
    """Refuse 30 in 12:30."""
    last = candidate.before[-1:]
    return last if last and last in _COLONS and candidate.before[-2:-1].isdigit() else None


def _is_opened(candidate: Candidate) -> str | None:
    """Refuse a bare number before letters or signs: 5G, 3+2, 12:30, 3@."""
    first = candidate.after[:1]
    is_clock = first and first in _COLONS and candidate.after[1:2].isdigit()
    is_sign = first and first in "+＋×._@"
    return first if is_clock or is_sign or _LATIN.match(first) else None


def _is_some(candidate: Candidate) -> str | None:
    """Refuse 几项, which counts nothing."""
    quantity = candidate.quantity
    first = words("numerals", "some").at_start(quantity.quote)
    return first if first and not quantity.value else None


def _is_top_share(candidate: Candidate) -> str | None:
    """Refuse 前千分之一, the top of a ranking."""
    is_share = words("numerals", "over").first_in(candidate.quantity.quote)
    return words(LIST, "top").at_end(candidate.before) or None if is_share else None


def _is_sum_over_kinds(candidate: Candidate) -> str | None:
    """Refuse 四种 in 猪牛羊禽四种肉产量, one amount."""
    unit = candidate.quantity.unit
    is_kinds = unit in words(LIST, "kind_units") and look("sum_over_kinds").match(candidate.after)
    return unit if is_kinds else None


def _is_limit_behind_sign(candidate: Candidate) -> str | None:
    """Refuse the limit of what is summed: ≥10℃积温."""
    unit = candidate.quantity.unit
    is_limit = unit in words(LIST, "limit_units") and _LIMIT_SIGN.search(candidate.before)
    return unit if is_limit else None


def _is_stretch_of_year(candidate: Candidate) -> str | None:
    """Refuse 前5个月, a stretch of the year; 提前5个月 is a time that was gained."""
    if candidate.quantity.unit not in words(LIST, "month_units"):
        return None
    cue = words(LIST, "stretches").at_end(candidate.before)
    return cue if cue and not words(LIST, "shifts").at_end(candidate.before) else None


def _is_per(candidate: Candidate) -> str | None:
    """Refuse what another number is told of: 每50公斤, 每10万人."""
    return words("numerals", "per").at_end(candidate.before) or None


def _is_zero_led(candidate: Candidate) -> str | None:
    """Refuse 010, a code."""
    return candidate.quantity.quote[:1] if _ZERO_LED.match(candidate.quantity.quote) else None


def _is_article(candidate: Candidate) -> str | None:
    """Refuse the article in 一座公园; 新建公园一座 and 一百二十家 are counts."""
    quote = candidate.quantity.quote
    one = words(LIST, "one").at_start(quote)
    if not one:
        return None
    if look("above_one").match(quote):
        return one if words(LIST, "one_more").at_start(quote) and len(quote) <= _SHORT else None
    before, after = candidate.before[-1:], candidate.after[:1]
    if words(LIST, "before_one").at_end(before):
        return None
    is_behind_noun = _HAN.match(before) and not words(LIST, "not_before_one").at_end(before)
    is_end = not after or after in ENDS
    return None if is_end and is_behind_noun else one


# Limits and magnitudes in the names of classes.


def is_round(quantity: Quantity) -> bool:
    """Whether a number is no more than a magnitude: 千万吨, but not 上千万吨 or 两千万吨."""
    return not quantity.open_ and not look("counted_up").search(quantity.quote)


def _counts_next(candidate: Candidate) -> bool:
    """Whether a count follows in the same clause: 超过3亿元的项目12个."""
    following, end = candidate.following, candidate.quantity.end
    if following is None or following.kind != "count":
        return False
    between = candidate.around.text[end : min(following.start, end + 40)]
    return find_stop(between) == len(between) and not _ITEM_END.search(between)


def _limit(candidate: Candidate) -> str:
    """Return 以上, 及以下的 … behind the amount, or blank."""
    return words(LIST, "limits").at_start(candidate.after)


def _noun_behind(candidate: Candidate) -> str:
    """Return what stands behind the amount and its limit if it may be a noun, else blank."""
    rest = candidate.after[len(_limit(candidate)) :]
    is_noun = _HAN.match(rest) or _LATIN.match(rest)
    return rest if is_noun and not words(LIST, "class_stops").at_start(rest) else ""


def _of(rest: str) -> str:
    """Return 的 at the start of what stands behind an amount."""
    return words(LIST, "of").at_start(rest)


def _is_over_count(candidate: Candidate) -> str | None:
    """Refuse the limit of what the next number counts: 其中超亿元2个."""
    following = candidate.following
    is_next = following is not None and following.kind == "count"
    is_next = is_next and following is not None and following.start == candidate.quantity.end
    return words(LIST, "over").at_end(candidate.before) or None if is_next else None


def _is_limited(candidate: Candidate) -> str | None:
    """Refuse 用水量超过500万吨的企业2家."""
    cue = words(LIST, "limited").at_end(candidate.before)
    is_limit = cue and _of(candidate.after) and candidate.quantity.kind != "money"
    return cue if is_limit and _counts_next(candidate) else None


def _is_limit_of_counted(candidate: Candidate) -> str | None:
    """Refuse 20个以上 of things that a count follows."""
    limit = _limit(candidate)
    is_limit = limit and candidate.quantity.unit in words(LIST, "counted_over")
    return limit if is_limit and _noun_behind(candidate) and _counts_next(candidate) else None


def _is_limit(candidate: Candidate) -> str | None:
    """Refuse 5亿元以上项目, 25户以上自然村, 10万元以上662个."""
    limit = _limit(candidate)
    if not limit or candidate.quantity.unit in words(LIST, "counted_over"):
        return None
    is_counted = candidate.following is not None and candidate.following.kind == "count"
    is_next = is_counted and candidate.after[len(limit) : len(limit) + 1].isdigit()
    return limit if _noun_behind(candidate) or is_next else None


def _keep_limited(candidate: Candidate) -> Quantity | None:
    """Keep an amount with its bound: 收入8亿元以上."""
    return candidate.quantity if _limit(candidate) else None


def _is_ages(candidate: Candidate) -> str | None:
    """Refuse the spans of a class: 0-17岁、18-34岁人口, 0—14岁12万人."""
    following, after = candidate.following, candidate.after[:1]
    if candidate.quantity.unit not in words(LIST, "attributive_units") or following is None:
        return None
    is_next = after == "、" or after in "0123456789"
    is_shared = following.unit in (candidate.quantity.unit, *words(LIST, "person_units"))
    return candidate.quantity.unit if after and is_next and is_shared else None


def _is_attribute(candidate: Candidate) -> str | None:
    """Refuse what describes a noun: 60岁老人, 3层楼房."""
    noun = _noun_behind(candidate)
    is_attribute = candidate.quantity.unit in words(LIST, "attributive_units")
    return candidate.quantity.unit if is_attribute and noun and not _of(noun) else None


def _is_passed(candidate: Candidate) -> str | None:
    """Refuse 过亿元项目 and 超过3亿元的项目12个."""
    over, noun = words(LIST, "over").at_end(candidate.before), _noun_behind(candidate)
    if candidate.quantity.kind != "money" or not over or not noun:
        return None
    return over if not _of(noun) or _counts_next(candidate) else None


def _keep_passed(candidate: Candidate) -> Quantity | None:
    """Keep what is told of a thing: 投资超过3亿元的医院."""
    over = words(LIST, "over").at_end(candidate.before)
    is_told = candidate.quantity.kind == "money" and over and _noun_behind(candidate)
    return candidate.quantity if is_told else None


def _keep_counted_up(candidate: Candidate) -> Quantity | None:
    """Keep 3亿元 and 近千万吨: only a magnitude alone may be a name."""
    is_amount = candidate.quantity.kind != "money" and _is_bounded(candidate)
    is_amount = is_amount or not is_round(candidate.quantity)
    return candidate.quantity if is_amount else None


def _is_step(candidate: Candidate) -> str | None:
    """Refuse 连跨3个千亿元台阶 and 12个百亿元、30个十亿元项目."""
    step = look("step").search(candidate.before)
    is_name = _noun_behind(candidate) or words(LIST, "steps").at_start(candidate.after)
    return step.group() if step and is_name else None


def _is_magnitude(candidate: Candidate) -> str | None:
    """Refuse 亿元村 and 千万吨炼油项目."""
    is_name = candidate.quantity.kind in _CLASSED and _noun_behind(candidate)
    return candidate.quantity.quote if is_name else None


# Numbers without a unit.


def _is_large(quantity: Quantity) -> bool:
    """Whether a bare number is plainly an amount: 8.37万, 2.5."""
    return bool(look("large_end").search(quantity.quote)) or "." in quantity.quote


def _clause(candidate: Candidate) -> str:
    return _last_item(candidate.before)


def _last_item(words_before: str) -> str:
    """Return what stands behind the last mark of some words that ends a clause or an item."""
    return _ITEM_END.split(split_clauses(words_before)[-1])[-1]


def _word_behind(candidate: Candidate) -> str:
    """Return up to four Han characters directly behind."""
    match = _WORD.match(candidate.after)
    return match.group() if match else ""


def _goes_on_bare(candidate: Candidate) -> Quantity | None:
    """Keep 2.18 in 由2.43缩小至2.18, where it goes on from another bare number."""
    if "." not in candidate.quantity.quote:
        return None
    gap = _gap(candidate, "bare")
    return candidate.quantity if gap and look("arrival").fullmatch(gap[:8]) else None


def _term(candidate: Candidate) -> Quantity | None:
    """Keep a term of years: 受教育年限达到10.2年."""
    year = words(LIST, "years").at_start(candidate.after)
    clause = _last_item(candidate.back(40)) if year else ""
    is_term = candidate.quantity.value < LIFE and words(LIST, "terms").first_in(clause)
    return _with_unit(candidate, year)._replace(kind="time") if year and is_term else None


def _is_ordinal(candidate: Candidate) -> str | None:
    """Refuse 2019年, 500强, 12345热线, unless a term of years is told."""
    cue = words(LIST, "after").at_start(candidate.after)
    is_ordinal = cue and not _is_large(candidate.quantity) and not _term(candidate)
    return cue if is_ordinal else None


def _is_version(candidate: Candidate) -> str | None:
    """Refuse 2.0版, 3.0方案."""
    quote = candidate.quantity.quote
    return quote if _VERSION.fullmatch(quote) and _HAN.match(candidate.after) else None


def _in_brackets(candidate: Candidate) -> bool:
    opens, closes = candidate.before[-1:], candidate.after[:1]
    return bool(opens and closes) and opens in "（(" and closes in "）)"


def _index_in_brackets(candidate: Candidate) -> Quantity | None:
    """Keep 营商便利指数（2.8）."""
    if not _in_brackets(candidate):
        return None
    return candidate.quantity if _ends_in_index(candidate.before[:-1]) else None


def _is_bracketed(candidate: Candidate) -> str | None:
    """Refuse （3）, the number of an item."""
    return candidate.before[-1:] if _in_brackets(candidate) else None


def _moved_index(candidate: Candidate) -> Quantity | None:
    """Keep how far an index moved: 创新指数（63.5）比上年提高1.2."""
    if "." not in candidate.quantity.quote or _HAN.match(candidate.after):
        return None
    before, start = candidate.back(30), candidate.quantity.start
    if not words(LIST, "index_moves").at_end(before):
        return None
    part = start - segment(candidate.around.text).part_start(start)
    is_index = words(LIST, "bare_heads").first_in(before[-part:])
    return candidate.quantity if is_index else None


def _counted_bare(candidate: Candidate) -> Quantity | None:
    """Keep 辖2镇7乡, counted behind a verb of having or the item before it."""
    if not words(LIST, "counted_bare").at_start(candidate.after.lstrip()):
        return None
    before = candidate.before
    is_counted = words(LIST, "governs").at_end(before) or look("item").search(before)
    if not is_counted and before.rstrip("、，, ").endswith(("）", ")")):
        is_counted = look("item_with_aside").search(candidate.back(90))
    return candidate.quantity if is_counted else None


def _new_unit(candidate: Candidate) -> str:
    """Return one or two characters before a stop that may be a measure word not in the list."""
    word = _word_behind(candidate)
    rest = candidate.after[len(word) : len(word) + 1]
    is_end = 0 < len(word) <= 2 and (not rest or rest in ENDS)
    is_unit = is_end and _clause(candidate) and not words(LIST, "not_units").at_start(word)
    return word if is_unit else ""


def _with_new_unit(candidate: Candidate) -> Quantity | None:
    """Keep a measure word that no list holds: 现有戏班12档."""
    word = _new_unit(candidate)
    is_plain = len(word) == 1 or _HAN.match(candidate.before[-1:]) or _is_large(candidate.quantity)
    return _with_unit(candidate, word) if word and is_plain else None


def _with_unit(candidate: Candidate, unit: str) -> Quantity:
    quantity, text = candidate.quantity, candidate.around.text
    end = quantity.end + len(unit)
    quote = text[quantity.start : end]
    return quantity._replace(end=end, quote=quote, unit=unit, kind="count")


def _has_no_unit(candidate: Candidate) -> str | None:
    """Refuse a word of two characters behind a small number that no noun leads to."""
    return _new_unit(candidate) or None


def _index(candidate: Candidate) -> Quantity | None:
    """Keep the state of an index: 居民消费价格指数为101.8."""
    text, start = candidate.around.text, candidate.quantity.start
    segments = segment(text)
    pieces = segments.own_pieces(segments.clause_at(start), max(start - 60, 0), start)
    clause = "".join(text[low:high] for low, high in pieces)
    clause = _last_item(clause.translate(_BRACKETS))[-30:]
    clause = look("origin_end").sub("", clause)
    return candidate.quantity if _ends_in_index(clause) else None


def _ends_in_index(clause: str) -> str:
    """Return the noun that a clause ends in if it may have a bare number: 指数为98.5."""
    return words(LIST, "bare_heads").at_end(_linking().sub("", clause))


@cache
def _linking() -> re.Pattern[str]:
    return re.compile(words(LIST, "linking").pattern)


def _counts_noun(candidate: Candidate) -> bool:
    """Whether a noun follows a large number: 8.37万师生."""
    word = _word_behind(candidate)
    is_noun = bool(word) and not words(LIST, "not_units").at_start(word)
    return is_noun and _is_large(candidate.quantity)


def _large_count(candidate: Candidate) -> Quantity | None:
    """Keep 8.37万师生."""
    return candidate.quantity if _counts_noun(candidate) else None


def _large_amount(candidate: Candidate) -> Quantity | None:
    """Keep 常住人口52.3万: a magnitude is an amount even without a unit."""
    is_amount = candidate.quantity.quote[-1] in numerals("large") and _clause(candidate)
    return candidate.quantity if is_amount else None


def _quoted_zero(candidate: Candidate) -> Quantity | None:
    """Keep 办件“0”差错."""
    is_zero = candidate.quantity.quote.strip("0０") == "" and candidate.before.endswith("“")
    return candidate.quantity if is_zero else None


def _is_bare(_: Candidate) -> str | None:
    """Refuse a number that nothing names or counts."""
    return ""


R = RefusalRule
HELD, SIGN = Beside(is_held=True), Beside(is_behind_sign=True)
WORDS, WORDED = Beside(is_before_words=True), Beside(is_worded=True)
LIMITED = Beside(is_before_words=True, is_limited=True)
PASSED = Beside(is_before_words=True, is_passed=True)
CUE = Beside(is_behind_cue=True)
EVERY: tuple[Row, ...] = (
    Refusal(R.TITLE, _in_title, "", HELD),
    Refusal(R.IDIOM, _in_idiom, "idioms", HELD),
    Refusal(R.COINED, _is_coined, "", HELD),
)
RANKS: tuple[Row, ...] = (
    Exemption(_goes_on_ranking),
    Refusal(R.SET_FIRST, _is_set_first, "not_ranked"),
    Refusal(R.INDUSTRIES, _is_industries),
    Refusal(R.UNRANKED, _is_unranked),
    Exemption(_is_place),
    Refusal(R.ORDINAL_NOUN, _is_ordinal_noun),
    Refusal(R.UNCUED, _is_uncued, "rank_cues"),
)
GENERAL: tuple[Row, ...] = (
    Refusal(R.FIGURE_OF_SPEECH, _is_figure_of_speech, "", WORDED),
    Refusal(R.UNIT_LABEL, _is_label, "", SIGN),
    Refusal(R.JOINED, _is_joined, "", SIGN),
    Refusal(R.LETTERED, _is_lettered, "", SIGN),
    Refusal(R.DOTTED, _is_dotted, "", SIGN),
    Refusal(R.CLOCKED, _is_clocked, "", SIGN),
    Refusal(R.KIND, _behind("after_unit"), "after_unit", WORDS),
    Refusal(R.SOME, _is_some, "", WORDED),
    Refusal(R.BEHIND_NAME, _before("before"), "before", CUE),
    Refusal(R.TOP_SHARE, _is_top_share, "top", WORDED),
    Refusal(R.COUNTED_KINDS, _is_sum_over_kinds, "kind_units", WORDS, "kind_units"),
    Refusal(R.LIMIT_SIGN, _is_limit_behind_sign, "limit_units", SIGN, "limit_units"),
    Refusal(R.MONTHS_OF_YEAR, _is_stretch_of_year, "stretches", units="month_units"),
    Refusal(R.PER, _is_per, "", CUE),
    Refusal(R.ZERO_LED, _is_zero_led, "", WORDED),
    Refusal(R.ARTICLE, _is_article, "one", WORDED),
)
CLASSES: tuple[Row, ...] = (
    Refusal(R.OVER_COUNT, _is_over_count, "over", PASSED),
    Refusal(R.LIMITED, _is_limited, "limited", WORDS),
    Refusal(R.LIMIT_COUNTED, _is_limit_of_counted, "limits", LIMITED),
    Refusal(R.LIMIT, _is_limit, "limits", LIMITED),
    Exemption(_keep_limited, LIMITED),
    Refusal(R.AGES, _is_ages, "attributive_units", WORDS, "attributive_units"),
    Refusal(R.ATTRIBUTE, _is_attribute, "attributive_units", WORDS, "attributive_units"),
    Refusal(R.OVER, _is_passed, "over", PASSED),
    Exemption(_keep_passed, PASSED),
    Exemption(_keep_counted_up, WORDS),
    Refusal(R.STEP, _is_step, "", WORDS),
    Refusal(R.MAGNITUDE, _is_magnitude, "", WORDS),
)
BARES: tuple[Row, ...] = (
    Exemption(_goes_on_bare),
    Refusal(R.ORDINAL, _is_ordinal, "after"),  # most bare numbers are dates
    *GENERAL,
    Refusal(R.OPENED, _is_opened),
    Exemption(_term),
    Refusal(R.VERSION, _is_version),
    Refusal(R.DATE, _behind("dates"), "dates"),
    Exemption(_index_in_brackets),
    Refusal(R.BRACKETED, _is_bracketed),
    Exemption(_moved_index),
    Exemption(_counted_bare),
    Exemption(_with_new_unit),
    Refusal(R.NO_UNIT, _has_no_unit),
    Exemption(_index),
    Exemption(_large_count),
    Exemption(_large_amount),
    Exemption(_quoted_zero),
    Refusal(R.BARE, _is_bare),
)
# Any other kind is GENERAL + CLASSES.
TABLES: Mapping[str, tuple[Row, ...]] = MappingProxyType(
    {
        "rank": RANKS,
        "pair": (Refusal(R.NO_RATIO, _is_no_ratio, "ratio_cues"),),
        "cut": (Refusal(R.CUT, _is_cut),),
        "clock": (Refusal(R.CLOCK, _is_clock),),
        "part": (),
        "bare": BARES,
        **dict.fromkeys(("percent", "point", "multiple"), GENERAL),
    }
)
