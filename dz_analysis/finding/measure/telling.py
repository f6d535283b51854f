"""How a number is measured: as a level, a growth, a share, a rank …, with sign and comparator.

In: the words before and behind a quantity in its clause. Out: a `MeasureReading`: measure, sign,
bound, what is compared with, and the head of the clause that is left without these words.

`FRAMES` declares the wordings in order of priority; the first that reads the phrase decides. Each
has its meaning, an example and a counter-example in the lexicon's `measure_frames`, its words in
`measure_words` and `measure_cues`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import NamedTuple

from dz_analysis.finding.measure.cues import (
    RECENT,
    bound_behind,
    cues,
    family,
    is_last_year,
    is_time,
    only,
    ordered,
    signs,
    split_base,
    strip_average,
    strip_links,
    strip_per,
    strip_time,
)
from dz_analysis.finding.measure.rules import SOURCES, MeasureRule
from dz_analysis.finding.model import Quantity, Reason, new
from dz_analysis.finding.number.numerals import numerals
from dz_analysis.finding.number.scan import RISES
from dz_analysis.finding.text.segment import find_stop, gap
from dz_analysis.lexicon import Words, values, words

AMOUNTS = frozenset(
    ["money", "count", "area", "length", "weight", "energy", "volume", "time", "other", "bare"]
)
LONGEST_PULLED = 12  # characters of what is pulled where no word of growth follows
_REACH = 24  # characters in which a word that opens a comparison is looked for
_RANK_REACH, _SHARE_REACH = 26, 30
_CAUSE = 4  # characters before 减产 that may only say why: 因旱减产3万吨
_NOUN = range(2, 15)  # characters of the object of a verb that stands first
_OBJECT = re.compile("[\\u4e00-\\u9fff“]{2}")  # behind a count
_RELATIVE = frozenset(["percent", "multiple"])
_COUNTS = frozenset(["count", "bare"])
_UNLINKED = frozenset(["rank", "part", "double"])
_LEVEL = MeasureRule.LEVEL  # what most amounts are told as
LOW_INDEX = 50  # per cent of the year before that no index of prices falls to
_SCOPE = 4  # characters of a rank's scope before its verb: 增幅全省排第7位


class MeasureReading(NamedTuple):
    """What the words round a number say of it; `head` is what is left of the words before it.

    `rule` is the frame that read it and `cue` the word that called for the frame. A named tuple,
    because several are made for every number on the way to the last one.
    """

    measure: str
    head: str
    sign: int = 1
    bound: str = ""
    of: str = ""
    rule: MeasureRule = MeasureRule.UNREAD
    cue: str = ""
    is_state: bool = False

    @property
    def reason(self) -> Reason:
        """The frame that read it, and where the lexicon holds its cue."""
        return _reason(self.rule, self.cue)

    def bounded(self, bound: str) -> MeasureReading:
        """Return the same reading with a bound."""
        return self if bound == self.bound else self._replace(bound=bound)

    def among(self, rivals: str) -> MeasureReading:
        """Return the same reading, ranked among others."""
        return self._replace(of=rivals)


@lru_cache(maxsize=1024)
def _reason(rule: MeasureRule, cue: str) -> Reason:
    for name, role in SOURCES.get(rule, ()):
        if cue in words(name, role):
            return Reason(rule, cue, name, role)
    return Reason(rule, cue)


class Phrase(NamedTuple):
    """The words round a quantity, as a frame reads them, and what a frame asks of it.

    `before` is the clause up to the quantity and `behind` the clause from it on; `head` is
    `before` without the small words at its end, and without the word of state (降至) where
    `is_state` says that there was one. `kind` is that of the quantity, `worded` is how it stands
    where it begins with a word (前三, 零, 上万), blank where it begins with figures. How much it is
    no frame asks, only whether it is below zero or +3%, and whether an index is far below 100: that
    makes many phrases one.
    """

    before: str
    behind: str
    kind: str
    worded: str
    has_unit: bool
    is_signed: bool
    is_moved_index: bool
    head: str
    is_state: bool


class Frame(NamedTuple):
    """A wording: the rule that it is, the kinds of quantity that it reads, its reader.

    A frame of a move (`is_move`) does not read what a word of state precedes: 降至2.8% is a state.
    `ends` names the families and roles of words one of which must end the head; a frame without
    any is asked whatever the head ends with.
    """

    rule: MeasureRule
    kinds: frozenset[str]
    read: Callable[[Phrase], MeasureReading | None]
    is_move: bool = False
    ends: tuple[Words, ...] = ()

    def may_read(self, last: str) -> bool:
        """Whether the last character of a head ends a word that the frame needs."""
        return not self.ends or not last or any(ends.may_end(last) for ends in self.ends)


def read_measure(before: str, quantity: Quantity, behind: str = "") -> MeasureReading:
    """Read the measure of a quantity from its clause.

    Parameters
    ----------
    before : str
        The clause up to the quantity, without earlier quantities.
    quantity : Quantity
        The number itself.
    behind : str
        The clause from the quantity on.

    Returns
    -------
    MeasureReading
        The measure and the head. A head that only points back (增速, 总量) is handed on as it is.

    Examples
    --------
    >>> from dz_analysis.finding.number.scan import scan_quantities
    >>> reading = read_measure("税收同比增长", next(scan_quantities("8.1%")))
    >>> reading.measure, reading.head
    ('growth', '税收')
    >>> reading = read_measure("固定资产投资增速高于全省平均", next(scan_quantities("3个百分点")))
    >>> reading.measure, reading.of
    ('gap', '全省平均')
    """
    quote = quantity.quote
    worded = "" if quote[0].isdigit() else quote
    is_low = quantity.kind == "percent" and quantity.value < LOW_INDEX
    is_moved_index = is_low and only("ratio.index") in before
    is_signed = quantity.value < 0 or quote[0] in RISES
    asked = quantity.kind, worded, bool(quantity.unit), is_signed, is_moved_index
    return _read(before, behind, _one_of_all(asked, is_open=quantity.open_))


_Asked = tuple[str, str, bool, bool, bool]


@lru_cache(maxsize=1024)
def _one_of_all(asked: _Asked, *, is_open: bool) -> tuple[_Asked, bool]:
    """Return what frames ask of a quantity, one for all that are alike: see `Phrase`."""
    return asked, is_open


@lru_cache(maxsize=RECENT)
def _read(before: str, behind: str, alike: tuple[_Asked, bool]) -> MeasureReading:
    """Read the measure of the words round a quantity."""
    asked, is_open = alike
    kind, worded = asked[:2]
    if is_open:
        before = _strip_above(before, worded)
    is_whole = kind in _UNLINKED or _is_beyond(before)
    head, bound = (before, "") if is_whole else strip_links(before)
    if kind in AMOUNTS:
        head = strip_per(head)
    state = family("state").at_end(head)
    is_state = bool(state) and not cues("kept").at_end(head)  # 下达 is no 达
    if is_state:
        head = _strip_planned(strip_time(head[: -len(state)])[0])
    reading = _read_frames(new(Phrase, (before, behind, *asked, head, is_state)))
    if bound and not reading.bound:
        reading = reading.bounded(bound)
    behind_bound = bound_behind(behind)
    if is_open or behind_bound:
        reading = reading.bounded(behind_bound or ">=")
    return reading


def _is_beyond(before: str) -> bool:
    """Whether 超过 says how far something lies beyond another, and is no bound: 比原计划超过4%."""
    word = family("compare").at_end(before)
    return bool(word and strip_links(word)[1] and split_base(before[: -len(word)])[1])


def _strip_planned(head: str) -> str:
    """Take 计划 off the end of what stands before a verb: 粮食产量计划达到8万吨."""
    return head[: len(head) - len(cues("planned").at_end(head))]


def _strip_above(before: str, worded: str) -> str:
    """Take 上 off the end of what stands before 万人, which is open: it bounds the number.

    In 跃上千亿元台阶 it belongs to the verb.
    """
    is_step = words("name_words", "step_verbs").at_end(before)
    if is_step or worded[:1] not in (*numerals("power"), *numerals("large")):
        return before
    return before[: len(before) - len(cues("above").at_end(before))]


def _read_frames(phrase: Phrase) -> MeasureReading:
    """Return the reading of the first frame that reads a phrase; the last of a kind reads any."""
    for frame in _frames(phrase.kind, phrase.is_state, phrase.head[-1:]):
        reading = frame.read(phrase)
        if reading is not None:
            return reading
    msg = f"no frame of FRAMES reads the kind {phrase.kind!r}"
    raise ValueError(msg)


@lru_cache(maxsize=8192)
def _frames(kind: str, is_state: bool, last: str) -> tuple[Frame, ...]:
    """Return the frames that may read a kind of quantity behind a last character, in their order.

    Most frames need a word of theirs at the end of the head, so that the character leaves few.
    """
    return tuple(frame for frame in _frames_of(kind, is_state) if frame.may_read(last))


@cache
def _frames_of(kind: str, is_state: bool) -> tuple[Frame, ...]:
    """Return the frames that read a kind of quantity, whatever stands before it."""
    return tuple(
        frame for frame in FRAMES if kind in frame.kinds and not (is_state and frame.is_move)
    )


# Ranks.


def _split_rank(before: str) -> tuple[str, str] | None:
    """Split at the last verb of a rank: what it is told of, and within what."""
    before = before.rstrip()
    verbs, tail = cues("rank.verbs"), before[-_RANK_REACH:]
    start, end = verbs.last_in(tail)
    while cues("rank.no_verbs").at_end(tail[: max(end, 0)]):
        start, end = verbs.last_in(tail, end - 1)
    offset = max(0, len(before) - _RANK_REACH)
    return (before[: offset + start], before[offset + end :]) if start >= 0 else None


def _read_rank_field(phrase: Phrase) -> MeasureReading | None:
    """Read 在全市九县（区）中列第二位."""
    split = _split_rank(phrase.before)
    field = _field().search(split[0]) if split and not split[1] else None
    if not split or not field:
        return None
    return _rank(phrase, split[0][: field.start()], field["of"], MeasureRule.RANK_FIELD)


@cache
def _field() -> re.Pattern[str]:
    """Return the pattern of a field of rivals that stands before its verb: 在全市各县中."""
    inside, closing = cues("rank.in").pattern, cues("rank.inside").pattern
    ends = f"[{''.join(ordered('rank.fields'))}）)]"
    return re.compile(f"{inside}(?P<of>{gap(1, 15, but=only('rank.in'))}{ends}){closing}$")


def _read_rank_verb(phrase: Phrase) -> MeasureReading | None:
    """Read 居全市第二, and 增幅全省排第7位, where the scope stands before the verb."""
    split = _split_rank(phrase.before)
    if not split:
        return None
    stem, of = strip_links(_strip_rank_verbs(split[0]))[0], split[1]
    at = _find_scope(stem) if not of else -1
    if at >= 0 and len(stem) - at <= _SCOPE:
        stem, of = _strip_rank_verbs(_strip_number(stem[:at])), stem[at:]
    return _rank(phrase, stem, of, MeasureRule.RANK_VERB)


def _read_rank_scope(phrase: Phrase) -> MeasureReading | None:
    """Read 增速全省第三: the scope begins it."""
    before = phrase.before.rstrip()
    at = _find_scope(before)
    if at < 0:
        return None
    return _rank(phrase, _strip_number(before[:at]), before[at:], MeasureRule.RANK_SCOPE)


def _read_rank(phrase: Phrase) -> MeasureReading:
    """Read a rank that nothing else is said of."""
    return _rank(phrase, phrase.before.rstrip(), "", MeasureRule.RANK)


def _rank(phrase: Phrase, head: str, of: str, rule: MeasureRule) -> MeasureReading:
    """Return a rank; 前三 says that it is not worse."""
    bound = "<=" if cues("rank.first").at_start(phrase.worded) else ""
    return MeasureReading("rank", head, bound=bound, of=of, rule=rule, cue=_rank_cue(phrase, of))


def _rank_cue(phrase: Phrase, of: str) -> str:
    """Return the verb of a rank, else the scope that it begins with."""
    near = phrase.before.rstrip()[-_RANK_REACH:]
    start, end = cues("rank.verbs").last_in(near)
    return near[start:end] if start >= 0 else cues("rank.scopes").at_start(of)


def _strip_rank_verbs(head: str) -> str:
    """Take the verbs of a rank off the end: 位次跃居."""
    while verb := cues("rank.verbs").at_end(head):
        head = head[: -len(verb)]
    return head


def _strip_number(head: str) -> str:
    """Take the number of rivals off the end: 六 in 六县市第五位."""
    return head.rstrip("".join([*numerals("digit"), *numerals("power")]))


def _find_scope(head: str) -> int:
    """Return where the scope of a rank begins, the widest of several: 全省市州, or -1."""
    scopes = cues("rank.scopes")
    at, _ = scopes.last_in(head)
    while at > 0 and (wider := scopes.at_end(head[:at])):
        at -= len(wider)
    return at


# Numbers that tell their measure themselves.


def _read_parts(phrase: Phrase) -> MeasureReading:
    """Read one of three shares: 三次产业比例为11:54:35."""
    return MeasureReading("ratio", phrase.before, rule=MeasureRule.PARTS)


def _read_double(phrase: Phrase) -> MeasureReading:
    """Read 比2008年翻两番."""
    head, bound = strip_links(phrase.before)  # 翻了近两番
    stem, of = strip_time(head[: len(head) - len(cues("doubled").at_end(head))])
    return MeasureReading("multiple", stem, bound=bound, of=of, rule=MeasureRule.DOUBLE)


def _read_sorted(phrase: Phrase) -> MeasureReading | None:
    """Read 价格上涨的有16个: the head sorts what was counted before."""
    tail = phrase.before[len(phrase.head) :]
    if not phrase.head or phrase.is_state or not _sorting().fullmatch(tail):
        return None
    return MeasureReading("level", phrase.head, rule=MeasureRule.SORTED)


@cache
def _sorting() -> re.Pattern[str]:
    """Return the pattern of what follows a sorted class: 的城市个数分别为."""
    optional = (cues(f"sorted.{part}").pattern for part in ("number", "respectively"))
    words = "".join(f"{part}?" for part in optional)
    return re.compile(rf"{cues('of').pattern}{words}{cues('sorted.verbs').pattern}\s?")


# Moves: growth, change, gap.


def _read_behind(phrase: Phrase) -> MeasureReading | None:
    """Read a growth whose noun stands behind it: 保持年均17%以上的增长速度."""
    behind = phrase.behind
    if not behind:  # as most percentages end their clause
        return None
    by = only("behind.by")  # 年均以6%的速度递增, 以年均6%的速度递增
    parts = "behind", "of", "behind.degree", *(("behind.speed",) if by in phrase.before else ())
    for part in map(cues, parts):
        behind = behind[len(part.at_start(behind)) :]
    word = family("head").at_start(behind) or family("move").at_start(behind)
    is_parted = behind != phrase.behind or phrase.worded in cues("zero")  # 零增长
    is_moved = bool(family("move").at_end(phrase.head))  # 以每年递增6%的速度增长
    if len(word) < 2 or is_moved or not is_parted:
        return None
    stem, is_average = strip_average(strip_links(phrase.before)[0].removesuffix(by))
    stem = stem.removesuffix(by)
    measure = "average_growth" if is_average else "growth"
    sign = signs().get(("head", word)) or signs().get(("move", word), 1)
    return MeasureReading(measure, strip_time(stem)[0], sign, rule=MeasureRule.BEHIND, cue=word)


def _read_pull(phrase: Phrase) -> MeasureReading | None:
    """Read 拉动经济增长2.1个百分点, 下拉工业增速0.3个百分点 and 拉动生产总值增长3%."""
    head = phrase.head
    offset = max(0, len(head) - _REACH)
    start, end = family("pull").last_in(head[offset:])
    what = strip_links(head[offset + end :])[0] if start >= 0 else ""
    growth = family("move").at_end(what) or family("head").at_end(what)
    if not growth and (len(what) > LONGEST_PULLED or phrase.kind == "percent"):
        return None
    what = what[: len(what) - len(growth)].removesuffix(only("of"))
    if not what or (phrase.kind == "percent" and not cues("pull.wholes").at_end(what)):
        return None
    word = head[offset + start : offset + end]
    name = f"{head[: offset + start]}{only('pulling')}{what}"
    return MeasureReading("change", name, signs()["pull", word], rule=MeasureRule.PULL, cue=word)


def _read_compared(phrase: Phrase) -> MeasureReading | None:
    """Read 比全省平均高2.1个百分点; with a time it is a change."""
    word = family("compare").at_end(phrase.head)
    if not word or len(family("move").at_end(phrase.head)) > len(word):
        return None
    stem, base = split_base(phrase.head[: -len(word)], is_open=phrase.kind == "point")
    if not base:
        return None
    measure, of = ("change", "") if is_time(base) else ("gap", base)
    sign = signs()["compare", word]
    return MeasureReading(measure, stem, sign, of=of, rule=MeasureRule.COMPARED, cue=word)


def _read_bare_gap(phrase: Phrase) -> MeasureReading | None:
    """Read 分别高于3.2个百分点: what it is compared with is left out."""
    _, end = family("gap").last_in(phrase.head[-_REACH:])
    word = family("gap").at_end(phrase.head) if end == len(phrase.head[-_REACH:]) else ""
    if not word:
        return None
    stem, sign = phrase.head[: -len(word)], signs()["gap", word]
    return MeasureReading("gap", stem, sign, rule=MeasureRule.GAP_BARE, cue=word)


def _read_gap(phrase: Phrase) -> MeasureReading | None:
    """Read 高于全市平均3.2个百分点."""
    head = phrase.head
    start, end = family("gap").last_in(head[-_REACH:])
    if start < 0:
        return None
    offset = max(0, len(head) - _REACH)
    base = head[offset + end :].strip()
    if len(base) < 2 or (phrase.kind != "point" and not _is_standard(base)):
        return None
    word = head[offset + start : offset + end]
    stem, sign = strip_time(head[: offset + start])[0], signs()["gap", word]
    if phrase.kind == "percent" and cues("fractions").first_in(phrase.worded):
        share = stem + only("ratio.share_name")  # 超过全国一半
        return _share(phrase, share, ">=" if sign > 0 else "<=", base, MeasureRule.SHARE_WHOLE)
    return MeasureReading("gap", stem, sign, of=base, rule=MeasureRule.GAP, cue=word)


def _is_standard(base: str) -> bool:
    """Whether an amount is compared with a place or plan: 超10亿元项目 names a class instead."""
    return bool(cues("base.starts").at_start(base)) and not _limit().match(base)


@cache
def _limit() -> re.Pattern[str]:
    """Return the pattern of an amount that limits a class: 10亿元项目, 千万元项目."""
    numeral = "".join([*numerals("digit"), *numerals("power"), *numerals("large")])
    return re.compile(f"[0-9]|[{numeral}]{{1,4}}{cues('class_units').pattern}")


def _move_word(phrase: Phrase) -> str:
    """Return the word of moving at the end of a head, blank where it is part of a name."""
    word = family("move").at_end(phrase.head)
    if not word or cues("no_move").at_end(phrase.head):
        return ""
    is_length = phrase.kind == "length" and word in cues("lengths")  # 边境线长52公里
    is_noun = phrase.kind == "count" and cues("of").at_end(phrase.before)  # 促进增长的10项措施
    return "" if is_length or is_noun or _has_object(phrase, word) else word


def _has_object(phrase: Phrase, word: str) -> bool:
    """Whether a verb has what is counted as its object: 提升100所学校; 新建公园20个、提升30个."""
    is_verb = phrase.kind == "count" and word in cues("object_moves")
    return is_verb and (phrase.head == word or _OBJECT.match(phrase.behind) is not None)


def _read_added(phrase: Phrase) -> MeasureReading | None:
    """Read 存款比年初新增12亿元; without a time 新增 belongs to the name."""
    word = cues("added").at_end(phrase.head)
    since = strip_links(phrase.head[: -len(word)])[0] if word else ""
    stem, of = strip_time(since)
    if stem == since:
        return None
    return MeasureReading("change", stem, of=of, rule=MeasureRule.ADDED, cue=word)


def _read_loss(phrase: Phrase) -> MeasureReading | None:
    """Read 因旱减产3万吨: what stands before only says why, the name comes from before."""
    word = _move_word(phrase)
    if word not in cues("crop_moves"):
        return None
    stem = strip_time(phrase.head[: -len(word)])[0]
    if stem and not (len(stem) <= _CAUSE and cues("causes").at_start(stem)):
        return None
    return MeasureReading("change", "", signs()["move", word], rule=MeasureRule.LOSS, cue=word)


def _read_move(phrase: Phrase) -> MeasureReading | None:
    """Read 增长, 下降, 提高 …: relative for a percentage, absolute for an amount or points."""
    word = _move_word(phrase)
    if not word or _is_amount_moved(phrase, word) or _is_of_counted(phrase):
        return None
    stem = phrase.head[: -len(word)]
    stem = strip_links(stem.removesuffix(cues("degree").at_end(stem)))[0]
    stem, is_average = strip_average(stem)
    stem, of = strip_time(stem)
    if not is_average:
        stem, is_average = strip_average(stem)
    stem = _strip_planned(stem)
    is_of_share = phrase.kind == "percent" and moves_share(word, stem)
    if not (of or is_of_share) and phrase.kind in _RELATIVE:
        stem, of = split_base(stem, is_open=True, opened="base.than")  # 效率比人工检测提高10倍
    if cues("rank.orders").at_end(stem):
        stem = _strip_field(stem)
    relative = "average_growth" if is_average else "growth"
    is_relative = phrase.kind in _RELATIVE and not is_of_share
    measure = relative if is_relative else "change"
    if of in cues("completion.words"):  # 较年初预算减少2亿元
        measure = "gap"
    sign = signs()["move", word]
    return MeasureReading(measure, stem, sign, of=of, rule=MeasureRule.MOVE, cue=word)


def _strip_field(stem: str) -> str:
    """Take the order off in which places were won: 经济总量在全省的位次前移3位."""
    words_ = stem
    while heading := cues("rank.orders").at_end(words_):
        words_ = words_[: -len(heading)]
    words_ = words_.removesuffix(only("of"))
    at = _find_scope(words_)
    if at <= 0 or len(words_) - at > _SCOPE:
        return words_
    return words_[:at].removesuffix(only("rank.within"))


def moves_share(word: str, share: str) -> bool:
    """Tell whether a percentage is what a share moved by: 税收占比提高2%.

    Examples
    --------
    >>> moves_share("提高", "税收占财政收入比重"), moves_share("增长", "税收占比")
    (True, False)
    """
    return word in cues("share_moves") and bool(words("name_words", "share_tails").at_end(share))


def _is_amount_moved(phrase: Phrase, word: str) -> bool:
    """Whether the verb holds its own noun: 户均增收3000元 is an amount, 同比减收 a change."""
    if phrase.kind not in AMOUNTS or word not in cues("counted_moves"):
        return False
    stem = phrase.head[: -len(word)]
    return word in cues("pulling") or strip_time(stem)[0] == strip_links(stem)[0]


def _is_of_counted(phrase: Phrase) -> bool:
    """Whether what moves is what the counted have, told behind them: 提高1.2万名教师待遇."""
    if phrase.kind not in _COUNTS or not phrase.behind:
        return False
    moved = words("name_words", "moved_behind")
    return bool(moved.at_end(phrase.behind[: find_stop(phrase.behind)]))


def _read_yield(phrase: Phrase) -> MeasureReading | None:
    """Read 税收收入比预算超收2亿元: an income went past its plan, or past the year before."""
    yields = values("name_words", "yields")
    word = words("name_words", "yields").at_end(phrase.head)
    stem, base = split_base(phrase.head[: len(phrase.head) - len(word)], is_open=True)
    if not word or not words("name_words", "yield_ends").at_end(strip_time(stem)[0]):
        return None
    measure, mark = yields[word].split(";")
    sign, of = -1 if mark == "-" else 1, "" if is_last_year(base) else base
    return MeasureReading(
        measure, strip_time(stem)[0], sign, of=of, rule=MeasureRule.YIELD, cue=word
    )


def _read_head(phrase: Phrase) -> MeasureReading | None:
    """Read 增速6.5% and 增速年均超过20%: a growth told by its noun."""
    is_head = family("head").at_end(phrase.head)
    planned = "" if is_head else cues("head.plans").at_end(phrase.head)  # 增速年初目标为6%
    stem, is_mean = strip_average(phrase.head[: len(phrase.head) - len(planned)])
    is_mean = is_mean and bool(family("head").at_end(stem))
    head = stem if is_mean or planned else phrase.head
    word = family("head").at_end(head)
    if not word or cues("no_move").at_end(head):
        return None
    stem, is_average = strip_average(head[: -len(word)])
    stem, of = strip_time(stem)
    measure = "average_growth" if is_average or is_mean else "growth"
    sign = signs()["head", word]
    return MeasureReading(measure, stem, sign, of=of, rule=MeasureRule.HEAD, cue=word)


def _read_move_first(phrase: Phrase) -> MeasureReading | None:
    """Read 压减审批时限52%: the verb of moving stands before its object."""
    if phrase.kind == "money":
        return _read_money_moved(phrase)
    head = phrase.head.lstrip("，、；,; \u3000")
    mean = only("average_years.mean") if head.startswith(only("average_years.mean")) else ""
    verb = family("move").at_start(head, len(mean))  # 平均压减时间52%
    noun = head[len(mean) + len(verb) :]
    is_noun = words("name_words", "held_verbs").at_start(head)  # 增加值比重占全省的60%
    is_share = cues("ratio.heads").at_end(noun) or _find_part(head) >= 0  # 增加收入的农户占75%
    if len(verb) < 2 or is_noun or is_share or len(noun) not in _NOUN:
        return None
    return MeasureReading(
        "growth", mean + noun, signs()["move", verb], rule=MeasureRule.MOVE_FIRST, cue=verb
    )


def _read_money_moved(phrase: Phrase) -> MeasureReading | None:
    """Read 减少政府债务8亿元 and 执行中调减收入预算5亿元: of what an amount may be more or less."""
    head = phrase.head
    what = cues("moved_first").at_end(head)
    start, end = family("move").last_in(head[: len(head) - len(what)]) if what else (-1, -1)
    verb, noun = head[start:end], head[end:]
    if start < 0 or len(verb) < 2 or len(noun) not in _NOUN or cues("of").at_start(noun):
        return None
    of_each = words("name_words", "per_heads").at_end(head[:start])  # 人均增加纯收入
    sign = signs()["move", verb]
    return MeasureReading("change", of_each + noun, sign, rule=MeasureRule.MOVE_FIRST, cue=verb)


def _read_plain(phrase: Phrase) -> MeasureReading | None:
    """Read 产值同比11.4%, 产值-3.3% and +3.3%: a growth that no word of moving tells."""
    stem, of = strip_time(phrase.head)
    if only("ratio.part") in phrase.head[-_REACH:] or cues("ratio.heads").at_end(stem):
        return None
    word = cues("year_on_year").at_end(phrase.head) or cues("chain.words").at_end(phrase.head)
    is_compared = bool(word) and stem != phrase.head
    if not (phrase.is_signed or is_compared):
        return None
    return MeasureReading("growth", stem, of=of, rule=MeasureRule.PLAIN, cue=word)


def _read_index(phrase: Phrase) -> MeasureReading | None:
    """Read 居民消费价格指数控制在3.5%以内: by how much it moved, for it is no 103.5."""
    if not (phrase.is_moved_index and cues("ratio.price_indices").at_end(phrase.head)):
        return None
    cue = cues("ratio.price_indices").at_end(phrase.head)
    return MeasureReading("growth", phrase.head, rule=MeasureRule.INDEX, cue=cue)


# Relations: completion, multiple, share.


def _read_completion_rate(phrase: Phrase) -> MeasureReading | None:
    """Read 预算完成率98%, and 支出进度98%, which is a name of its own."""
    word = cues("completion.heads").at_end(phrase.head)
    kept = cues("completion.kept").at_end(phrase.head)
    if not (word or kept):
        return None
    head = phrase.head if kept else phrase.head[: -len(word)]
    return MeasureReading("completion", head, rule=MeasureRule.COMPLETION_RATE, cue=kept or word)


def _read_completion(phrase: Phrase) -> MeasureReading | None:
    """Read 完成全年任务的105%."""
    head = phrase.head
    if not cues("completion.words").at_end(head):
        return None
    low = max(0, len(head) - _SHARE_REACH)
    places = ((head.rfind(verb, low), verb) for verb in ordered("completion.verbs"))
    found = [(at + len(verb), at, verb) for at, verb in places if at >= 0]
    if not found:
        return None
    _, at, verb = max(found, key=lambda one: (one[0], -one[1]))  # 完成投资占年度计划
    of = head[at + len(verb) :]
    return MeasureReading("completion", head[:at], of=of, rule=MeasureRule.COMPLETION, cue=verb)


def _read_listed_multiple(phrase: Phrase) -> MeasureReading | None:
    """Read the second of 是2010年的2.6倍、2015年的1.8倍: only the time is told."""
    verb, _ = _split_multiple(phrase.head)
    if verb >= 0 or not is_time(phrase.head.removesuffix(only("of")) or " "):
        return None
    rule = MeasureRule.MULTIPLE_LISTED
    return MeasureReading("multiple", "", of=phrase.head, rule=rule, is_state=phrase.is_state)


def _read_multiple(phrase: Phrase) -> MeasureReading:
    """Read 是上年的1.4倍; what follows the verb is the base."""
    start, end = _split_multiple(phrase.head)
    head, of = (phrase.head[:start], phrase.head[end:]) if start >= 0 else (phrase.head, "")
    cue = phrase.head[start:end] if start >= 0 else ""
    rule = MeasureRule.MULTIPLE
    return MeasureReading("multiple", head, of=of, rule=rule, cue=cue, is_state=phrase.is_state)


def _split_multiple(head: str) -> tuple[int, int]:
    """Return where the verb of a multiple begins and ends, or twice less than 0."""
    start, end = cues("multiple.verbs").last_in(head[-_RANK_REACH:])
    offset = max(0, len(head) - _RANK_REACH)
    return (offset + start, offset + end) if start >= 0 else (-1, -1)


def _read_points(phrase: Phrase) -> MeasureReading:
    """Read points without a word of moving as a change."""
    rule = MeasureRule.POINTS
    return MeasureReading("change", phrase.head, rule=rule, is_state=phrase.is_state)


def _read_restored(phrase: Phrase) -> MeasureReading | None:
    """Read 客流恢复到2019年的85% and 牛存栏达到牲畜总数的一半."""
    match = _restored().search(phrase.head[-20:])
    if not match and phrase.before.endswith(only("of")):
        match = _part_reached().search(phrase.head[-20:])
    if not match:
        return None
    head = phrase.head[: len(phrase.head) - len(match.group())]
    rule = MeasureRule.RESTORED
    return MeasureReading("ratio", head, of=match["base"], rule=rule, is_state=phrase.is_state)


@cache
def _restored() -> re.Pattern[str]:
    """Return the pattern of what a number came back to: 恢复到2019年的."""
    return re.compile(rf"{cues('restored').pattern}(?P<base>{gap(2, 12)})$")


@cache
def _part_reached() -> re.Pattern[str]:
    """Return the pattern of the whole of which something is so much: 达到牲畜总数的."""
    return re.compile(rf"{family('state').pattern}(?P<base>[\u4e00-\u9fff]{{2,12}})$")


def _find_part(head: str) -> int:
    """Return where the last 占 of a share stands, or -1: 占地 and 占用 are none."""
    at = head.rfind(only("ratio.part"), max(0, len(head) - _SHARE_REACH))
    is_land = cues("ratio.not_part").at_start(head, at) or head[at:] in cues("ratio.land")
    return -1 if at < 0 or is_land else at


def _whole_of(head: str, at: int) -> str:
    """Return what stands behind 占 without 比重, 比例, 的."""
    whole = head[at + 1 :]
    for word in ordered("ratio.tails"):
        whole = whole.removesuffix(word)
    return whole


def _read_share(phrase: Phrase) -> MeasureReading | None:
    """Read 税收占比30% and 所占比重30%: no whole is named."""
    at = _find_part(phrase.head)
    whole = _whole_of(phrase.head, at)
    if at < 0 or (whole and whole not in cues("ratio.bare")):
        return None
    about = cues("ratio.about").at_end(phrase.head[:at])
    stem = phrase.head[: at - len(about)]
    stem = stem[: len(stem) - len(cues("ratio.by").at_end(stem))]
    stem, of = _split_within(stem)
    name = f"{stem}{only('ratio.share_name')}"
    return _share(phrase, name, "~" if about else "", of, MeasureRule.SHARE)


def _split_within(stem: str) -> tuple[str, str]:
    """Split off the whole that a share is told within: 外贸在全省 of 外贸在全省占比73%."""
    scope = cues("rank.scopes").at_end(stem)
    within = stem[: len(stem) - len(scope)]
    is_told = bool(scope) and within.endswith(only("rank.within"))
    return (within.removesuffix(only("rank.within")), scope) if is_told else (stem, "")


def _read_share_of_whole(phrase: Phrase) -> MeasureReading | None:
    """Read 占全市的30% and 约占全国三成: what stands behind 占 is the whole."""
    at = _find_part(phrase.head)
    if at < 0:
        return None
    whole = _whole_of(phrase.head, at)
    stem, bound = strip_links(phrase.head[:at])
    stem = stem[: len(stem) - len(words("name_words", "share_tails").at_end(stem))]
    if whole in cues("ratio.known_wholes"):
        name = f"{only('ratio.part')}{whole}{only('ratio.whole_name')}"
    else:
        name = only("ratio.share_name")
    return _share(phrase, stem + name, bound, whole, MeasureRule.SHARE_WHOLE)


def _share(phrase: Phrase, head: str, bound: str, of: str, rule: MeasureRule) -> MeasureReading:
    """Return a share of a whole."""
    cue = only("ratio.part")
    return MeasureReading("ratio", head, 1, bound, of, rule, cue, phrase.is_state)


def _read_ratio(phrase: Phrase) -> MeasureReading:
    """Read any other percentage as a state."""
    rule = MeasureRule.RATIO
    return MeasureReading("ratio", phrase.head, rule=rule, is_state=phrase.is_state)


def _read_pair(phrase: Phrase) -> MeasureReading | None:
    """Read 城乡收入比为2.27:1, so many times, as 收入倍差2.27, and 性别比为98.5:100, a ratio."""
    rule = MeasureRule.PAIR
    if times := cues("ratio.times").at_end(phrase.head):
        return MeasureReading("multiple", phrase.head, rule=rule, cue=times, is_state=True)
    if phrase.kind == "bare" and not cues("ratio.bare").at_end(phrase.head):
        return None
    measure = "multiple" if phrase.has_unit else "ratio"
    return MeasureReading(measure, phrase.head, rule=rule, is_state=phrase.is_state)


def _read_level(phrase: Phrase) -> MeasureReading:
    """Read any other amount as a level."""
    return new(MeasureReading, ("level", phrase.head, 1, "", "", _LEVEL, "", phrase.is_state))


_PERCENT, _POINT, _RANK = frozenset(["percent"]), frozenset(["point"]), frozenset(["rank"])
_ANY = AMOUNTS | {"percent", "multiple", "point", "places", "pair"}
# 增速年均超过20%, 增速计划为6%
_HEADS = (family("head"), cues("average"), cues("average_years.mean"), cues("head.plans"))
_RATES = (cues("completion.heads"), cues("completion.kept"))
R = MeasureRule
FRAMES: tuple[Frame, ...] = (
    Frame(R.RANK_FIELD, _RANK, _read_rank_field),
    Frame(R.RANK_VERB, _RANK, _read_rank_verb),
    Frame(R.RANK_SCOPE, _RANK, _read_rank_scope),
    Frame(R.RANK, _RANK, _read_rank),
    Frame(R.PARTS, frozenset(["part"]), _read_parts),
    Frame(R.DOUBLE, frozenset(["double"]), _read_double),
    Frame(R.SORTED, frozenset(["count"]), _read_sorted),
    Frame(R.BEHIND, _PERCENT, _read_behind),
    Frame(R.PULL, _POINT | _PERCENT, _read_pull, is_move=True),
    Frame(R.COMPARED, AMOUNTS | _POINT | _PERCENT, _read_compared, True, (family("compare"),)),
    Frame(R.GAP_BARE, _POINT, _read_bare_gap, True, (family("gap"),)),
    Frame(R.GAP, AMOUNTS | _POINT | _PERCENT, _read_gap, is_move=True),
    Frame(R.ADDED, frozenset(["money"]), _read_added, True, (cues("added"),)),
    Frame(R.LOSS, AMOUNTS, _read_loss, True, (family("move"),)),
    Frame(R.YIELD, AMOUNTS, _read_yield, True, (words("name_words", "yields"),)),
    Frame(R.MOVE, _ANY, _read_move, True, (family("move"),)),
    Frame(R.HEAD, _RELATIVE, _read_head, True, _HEADS),
    Frame(R.COMPLETION_RATE, _PERCENT, _read_completion_rate, True, _RATES),
    Frame(R.COMPLETION, _PERCENT, _read_completion, True, (cues("completion.words"),)),
    Frame(R.MULTIPLE_LISTED, frozenset(["multiple"]), _read_listed_multiple),
    Frame(R.MULTIPLE, frozenset(["multiple"]), _read_multiple),
    Frame(R.POINTS, _POINT | {"places"}, _read_points),
    Frame(R.HEAD, _PERCENT, _read_head, False, _HEADS),
    Frame(R.MOVE_FIRST, frozenset(["percent", "money"]), _read_move_first),
    Frame(R.PLAIN, _PERCENT, _read_plain),
    Frame(R.INDEX, _PERCENT, _read_index),
    Frame(R.RESTORED, _PERCENT, _read_restored),
    Frame(R.SHARE, _PERCENT, _read_share),
    Frame(R.SHARE_WHOLE, _PERCENT, _read_share_of_whole),
    Frame(R.RATIO, _PERCENT, _read_ratio),
    Frame(R.PAIR, frozenset(["pair", "bare"]), _read_pair),
    Frame(R.LEVEL, AMOUNTS, _read_level),
)
