"""How a number is told beside another: goals, bases, distances, lists of one measure.

In: the words round a quantity, and the number before it. Out: its `MeasureReading`. A goal stands
beside what was reached (完成全年任务48亿元的20%, 比计划目标30亿元超过2亿元, 高于年初12%的目标),
and a number joined to another without words is told as that one.
"""

from __future__ import annotations

from typing import NamedTuple

from dz_analysis.finding.catalogue import listed_id
from dz_analysis.finding.measure.cues import (
    bound_behind,
    cues,
    family,
    is_time,
    only,
    signs,
    split_base,
    strip_links,
    strip_time,
)
from dz_analysis.finding.measure.rules import MeasureRule
from dz_analysis.finding.measure.telling import MeasureReading, moves_share, read_measure
from dz_analysis.finding.model import Quantity
from dz_analysis.finding.name.forms import form, term
from dz_analysis.finding.name.naming_state import Item
from dz_analysis.finding.name.nouns import strip_end, strip_start, whole_of, words_of
from dz_analysis.finding.text.segment import Place
from dz_analysis.lexicon import values, words

_GOAL = form("goal")
_AIM = form("aim")
_AIMED = form("aimed at")
_TOLD_AIM = form("aim behind")
_BEYOND = form("beyond")
_ORIGIN = form("origin")
_BASE = form("base")
_LISTED = form("listed")
_ORIGIN_SIGN = form("origin sign")
_OF, _AIM_NOUN, _BELOW = term("of"), term("aim"), term("below")
_GROWTHS = frozenset(["growth", "average_growth"])
_STANDS = frozenset(["percent", "point", "rank", "multiple"])  # never the base of a change


_GOAL_RULE = MeasureRule.GOAL  # asked of every number


class Surroundings(NamedTuple):
    """The words round a quantity, before its measure is read."""

    quantity: Quantity
    place: Place
    before: str
    behind: str
    is_joined: bool = False
    is_bracketed: bool = False
    is_opened: bool = False


def measure_beside(around: Surroundings, last: Item | None) -> tuple[MeasureReading, bool, bool]:
    """Read the measure; a number joined to the one before without words is told as that one.

    Returns
    -------
    reading : MeasureReading
        How the number is told.
    is_joined, is_origin : bool
        Whether it goes on with a list; whether it is where a change began.
    """
    before, is_origin = strip_origin(around.before)
    own = _read_own(before, around, last)
    if last is None:
        return own, around.is_joined, is_origin
    reading = (
        _complete_goal(own, around, last)
        or _read_aside(own, around, last)
        or _read_yield(own, around, last)
        or _move_share(own, around, last)
        or _move_rank(own, around, last)
        or _read_listed_growth(own, around, last)
    )
    if reading or not _is_alike(around, last):
        return reading or own, around.is_joined, is_origin
    reading = _go_on(own, before, around, last)
    is_joined = around.is_joined
    if reading is None and (_LISTED.match(around.before) or _follows_list(around, last)):
        is_joined = not strip_end(strip_start(own.head)).strip(term("joints"))
    return reading or own, is_joined, is_origin


def _go_on(
    own: MeasureReading, before: str, around: Surroundings, last: Item
) -> MeasureReading | None:
    """Tell a number as the one before: where a change ended, or in a list of one measure."""
    if last.view.is_origin and own.is_state and not strip_start(own.head):
        return last.measured._replace(bound=own.bound, head="")
    if last.measured.measure in _GROWTHS and _strives_for_more(own, around, last):
        return last.measured._replace(bound=own.bound, head="")
    if around.is_joined and not strip_start(before):
        is_own = last.quantity.open_ or bound_behind(last.view.behind)  # 300多项措施，7项经验
        shared = "" if is_own else last.measured.bound
        return last.measured._replace(bound=own.bound or shared, head="")
    return None


def _strives_for_more(own: MeasureReading, around: Surroundings, last: Item) -> bool:
    """Whether a number only says what more is hoped for: 增长7%以上、力争达到8%.

    So behind what it is hoped for in: 递增4%，在执行中争取达到5%.
    """
    hoped = around.before
    if meanwhile := words_of("meanwhile").at_start(hoped):
        hoped = hoped[len(meanwhile) :]
        own = read_measure(hoped, around.quantity, around.behind)
    is_bare = own.rule is MeasureRule.RATIO and not strip_start(own.head)
    is_near = around.place.part == last.place.part
    return is_bare and is_near and bool(words("scope_cues", "modifier").at_start(hoped))


def _read_own(before: str, around: Surroundings, last: Item | None) -> MeasureReading:
    """Read a measure by the words of its own clause."""
    own = (
        read_goal(before, around)
        or read_distance(before, around, last)
        or read_base(before, around)
        or read_measure(before, around.quantity, around.behind)
    )
    is_percent = around.quantity.kind == "percent"
    if around.is_bracketed and is_percent and not before:
        return MeasureReading("growth", "", rule=MeasureRule.BRACKET)  # 高于全省（7.7%）
    return own


def _is_goal_of(last: Item | None) -> bool:
    """Whether the number before is a goal that this one may be a part of."""
    if last is None:
        return False
    return last.measured.rule is MeasureRule.GOAL and last.measured.measure == "level"


def _complete_goal(own: MeasureReading, around: Surroundings, last: Item) -> MeasureReading | None:
    """Tell a percentage beside a goal as its completion: 完成全年任务48亿元的20%."""
    is_part = around.quantity.kind == "percent" and not own.rule.is_of_goal
    if not is_part or not _is_goal_of(last):
        return None
    rule = MeasureRule.COMPLETION_OF_GOAL
    return MeasureReading("completion", "", of=last.measured.of, rule=rule)


def _read_aside(own: MeasureReading, around: Surroundings, last: Item) -> MeasureReading | None:
    """Tell places in brackets as the number before them: 增长16.8%（全国7.1%、全省14.8%）.

    So 城镇 and 农村 of a growth, and times: 增长5.6%（城镇4.2%、农村6.8%）, 增长6%（一季度5%）.
    """
    is_percent = around.quantity.kind == last.quantity.kind == "percent"
    is_told_so = is_percent and around.is_opened and own.rule is MeasureRule.RATIO
    if not is_told_so or not around.before:
        return None
    head = strip_end(strip_start(own.head))
    if last.measured.measure == "growth" and head in words_of("settings"):
        return last.measured._replace(head=head, bound=own.bound)
    if head and not (last.measured.measure == "growth" and is_time(head)):
        return None
    return last.measured._replace(head="", bound=own.bound)


def _read_yield(own: MeasureReading, around: Surroundings, last: Item) -> MeasureReading | None:
    """Tell 增收1.2亿元 as a change, 超收1.2亿元 as a gap, of the income told just before it."""
    word = words_of("yields").at_end(own.head)
    if not word or last.place.part != around.place.part:
        return None
    stem, base = split_base(own.head[: len(own.head) - len(word)], is_open=True)  # 比预算超收
    if strip_start(stem) or not words_of("yield_ends").at_end(whole_of(last.name)):
        return None
    measure, sign = values("name_words", "yields")[word].split(";")
    of = base if measure == "gap" else ""
    value = -1 if sign == "-" else 1
    return MeasureReading(measure, "", value, own.bound, of, MeasureRule.YIELD, word)


def _read_listed_growth(
    own: MeasureReading, around: Surroundings, last: Item
) -> MeasureReading | None:
    """Tell a percentage as the growth that its list began with: 水泥增长5%、钢材6%.

    So the best of a ranking by growth: 增速居前三位的是：东县12%、西县11%.
    """
    head = strip_end(strip_start(own.head))
    is_bare = own.rule is MeasureRule.RATIO and own.head == around.before.rstrip()
    if not head or not is_bare or _is_rate(head):
        return None
    told, place = last.measured, last.place
    is_listed = around.is_opened or place.clause == around.place.clause or _is_amount(head)
    if is_listed and told.measure == "growth" and place.part == around.place.part:
        return told._replace(head=own.head, bound=own.bound)
    cue = family("head").at_end(told.head) if told.measure == "rank" and told.bound else ""
    if not cue or place.sentence != around.place.sentence:
        return None
    return MeasureReading("growth", own.head, bound=own.bound, rule=MeasureRule.HEAD, cue=cue)


def _is_rate(head: str) -> bool:
    """Whether a head names a rate or a share, which a percentage tells itself: 失业率, 占比."""
    is_named = cues("ratio.heads").at_end(head) or words_of("share_ends").at_end(head)
    return bool(is_named) or only("ratio.part") in head


def _is_amount(name: str) -> bool:
    """Whether a name is an amount of money that no percentage tells but how it grew: 投资9%."""
    return bool(words_of("whole_amounts").at_end(name)) and bool(listed_id(name))


def _move_share(own: MeasureReading, around: Surroundings, last: Item) -> MeasureReading | None:
    """Tell what a share told just before moved by as a change: 占比30%，同比提高2%.

    税收8亿元，占财政收入的30%，同比下降2% is told of the amount, and so is any fall: amounts
    grow and fall, shares rise.
    """
    is_move = own.rule is MeasureRule.MOVE and own.measure == "growth" and own.sign > 0
    is_of_share = last.measured.measure == "ratio" and last.place.part == around.place.part
    if not (is_move and is_of_share) or strip_start(own.head):
        return None
    told = last.view.before + last.name * (not last.measured.rule.is_share)
    is_told = bool(words_of("share_tails").first_in(told))
    is_moved = around.quantity.kind == "percent" and moves_share(own.cue, last.name) and is_told
    return own._replace(measure="change") if is_moved else None


def _move_rank(own: MeasureReading, around: Surroundings, last: Item) -> MeasureReading | None:
    """Tell places behind a rank as how far it moved: 全国排名53位、提升3位."""
    is_of_rank = last.measured.measure == "rank" and last.place.part == around.place.part
    if not is_of_rank or around.quantity.unit != last.quantity.unit or own.measure != "level":
        return None
    words_ = strip_links(around.before)[0]
    word = family("move").at_end(words_)
    if not word or strip_start(strip_time(words_[: -len(word)])[0]):
        return None
    return MeasureReading("change", "", signs()["move", word], rule=MeasureRule.MOVE, cue=word)


def _is_alike(around: Surroundings, last: Item) -> bool:
    kinds = {around.quantity.kind, last.quantity.kind}
    if kinds == {"rank", "count"}:  # 全国排名46位、82位
        return last.measured.measure == "rank" and around.quantity.unit == last.quantity.unit
    if kinds == {"percent", "multiple"}:
        return last.measured.measure == "growth"
    return len(kinds) == 1 and around.quantity.unit == last.quantity.unit


def _follows_list(around: Surroundings, last: Item) -> bool:
    """Whether 增长6% goes on with a list in 分别下降2%、增长6%."""
    return around.place.clause == last.place.clause and not last.reading.used


def strip_origin(before: str) -> tuple[str, bool]:
    """Take 由 and 从 off the words before a starting point; say whether one stood there.

    Examples
    --------
    >>> strip_origin("失业率由上年的"), strip_origin("失业率")
    (('失业率', True), ('失业率', False))
    """
    told = before.rstrip()
    if not _ORIGIN_SIGN.search(told):
        return told, False
    told = told.removesuffix(cues("per").at_end(told))  # 从每人每月200元提高到350元
    link = cues("link").at_end(told)
    bound = link if link and values("measure_cues", "link")[link] else ""  # 从不到80亿元增加到…
    told = told.removesuffix(bound)
    match = _ORIGIN.search(told[-20:])
    return (told[: -len(match.group())] + bound, True) if match else (before.rstrip(), False)


def read_base(before: str, around: Surroundings) -> MeasureReading | None:
    """Read the amount that another is compared with: 比上年的2.51亿立方米减少."""
    if around.quantity.kind in _STANDS:
        return None
    is_moved = not before.endswith(_OF)
    moves = family("move"), words_of("yields")
    if is_moved and not any(verbs.at_start(around.behind) for verbs in moves):  # as most: no 的
        return None
    match = _BASE.search(before[-24:] + _OF * is_moved)  # 比“十三五”时期8亿元增加2亿元
    if not match:
        return None
    if match["with"] and not cues("base.closers").at_start(around.behind):
        return None
    head = before[: len(before) - len(match.group()) + is_moved]
    return MeasureReading("level", head, rule=MeasureRule.BASE)


def read_goal(before: str, around: Surroundings) -> MeasureReading | None:
    """Read a goal: a level or a growth of its own, aimed at."""
    kind = around.quantity.kind
    if not around.behind or kind in ("point", "rank"):
        return None
    if kind != "percent" and around.behind.startswith(_OF):
        match = _GOAL.search(before[-24:])
        if match:
            return _aimed(before, match.group(), match["goal"], kind)
    aim = _AIM.search(before[-24:]) if _passes(around.behind) else None
    if aim:  # 比“十五”计划目标3000亿元超过1070亿元, 比年初预算的3亿元增加1亿元
        return _aimed(before, aim.group(), aim["goal"], kind)
    aimed = _AIMED.search(before[-16:]) if _TOLD_AIM.match(around.behind) else None
    if aimed:  # 高于年初12%的目标1.4个百分点
        return _aimed(before, aimed.group(), aimed["goal"] + _AIM_NOUN, kind)
    return None


def _passes(behind: str) -> bool:
    """Whether what stands behind a goal tells how far it was passed or changed."""
    return bool(_BEYOND.match(behind[:3]) or family("move").at_start(behind))


def _aimed(before: str, words: str, goal: str, kind: str) -> MeasureReading:
    measure = "growth" if kind == "percent" else "level"
    head = before[: len(before) - len(words)]
    return MeasureReading(measure, head, of=goal, rule=MeasureRule.GOAL)


def read_distance(before: str, around: Surroundings, last: Item | None) -> MeasureReading | None:
    """Read how far a number went past the goal before it: 比计划30亿元超过2亿元."""
    if last is None or last.measured.rule is not _GOAL_RULE or "，" in before:
        return None
    words = _TOLD_AIM.sub("", before)
    is_far = _BEYOND.fullmatch(words) or (not words and around.quantity.kind == "point")
    if not is_far:
        return None
    is_short = words_of("short_of").at_start(words) or last.view.before.rstrip().endswith(_BELOW)
    sign = -1 if is_short else 1
    return MeasureReading("gap", "", sign, of=last.measured.of, rule=MeasureRule.DISTANCE)
