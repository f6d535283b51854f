"""What each number of a text measures: its name and how it is told, clause after clause.

In: clean text, its quantities, spans that belong to no name (statements of time) and the places
named in it. Out: one `Item` for each quantity. A name is read 1 behind the number (8家企业), 2
before it (企业8家), 3 from what was told last (，增长5%), and shared over lists (分别增长5%、6%).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dz_analysis.finding.measure.cues import bound_behind, cues, signs, telling_head
from dz_analysis.finding.measure.rules import MeasureRule
from dz_analysis.finding.measure.telling import MeasureReading, read_measure
from dz_analysis.finding.model import Quantity
from dz_analysis.finding.name.frames import name_item
from dz_analysis.finding.name.goal_beside import read_distance, read_goal
from dz_analysis.finding.name.lists import close_names, name_groups, share_modifier
from dz_analysis.finding.name.naming_state import Item, Trail
from dz_analysis.finding.name.notes import read_label, strip_remarks
from dz_analysis.finding.name.nouns import strip_end, strip_start, words_of
from dz_analysis.finding.name.phrases import drop_asides, drop_numbering
from dz_analysis.finding.text.segment import Place, locate
from dz_analysis.finding.text.wordset import Words

_JOINT = re.compile(r"\s*(?:、|和|与|及|以及|，|,)?\s*(?:分别)?\s*")
_KINDS = re.compile(r"[（(][㐀-鿿]{1,2}(?:[、/][㐀-鿿]{1,2}){0,3}[）)](?=[、，])")
_JOINS = re.compile(r"\s*(?:、|和|与|及|以及|，|,)")
_LISTED = re.compile(r"\s*(?:、|和|与|及|以及)")
_LEAD = re.compile(r"[，；：,;:。！？!?\n]")
_ORIGIN = re.compile(
    r"(?:(?<!理)由|从)(?P<time>[^，由从]{0,12}的|[^，由从]{2,16}普查时?的?|[0-9年月底末初上去同期“”十一二三四五时]{0,10})$"
)
_DURATION = re.compile(
    r"(?:已?连续|持续)[0-9一二两三四五六七八九十多]{1,3}个?(?:年|月|季度|届|次|周)"
)
_CLOSES = re.compile(r"[^，,；;。、（(\n]{0,12}[）)]")  # （其中工业3亿元，增长5%） is no remark
_BRACKET = re.compile(r"[（(][^（）()]{0,40}[)）]")
_BASE = re.compile(r"(?:比|较|(?P<with>与))(?P<time>[^，、]{1,18}(?:[年末期底”]|普查时?))的$")
_TURN = re.compile("[由从]?[负正降升跌涨减增亏盈]转[负正降升跌涨减增亏盈]$")  # 由负转正
LONGEST = 24  # no list of the genre is longer; keeps a text without stops linear
LEAD = 80


def read_indicators(
    text: str,
    quantities: Sequence[Quantity],
    *,
    skips: Sequence[tuple[int, int]] = (),
    places: Iterable[str] = (),
) -> tuple[Item, ...]:
    """Name every quantity of a text.

    Parameters
    ----------
    text : str
        Clean text.
    quantities : sequence of Quantity
        In text order.
    skips : sequence of (start, end)
        Spans that belong to no name, in text order.
    places : iterable of str
        Names of places in the text: a number told of a place is named by what was told before.

    Returns
    -------
    tuple of Item
        One a quantity, in the same order.

    Examples
    --------
    >>> from dz_analysis.finding.number.reject import find_quantities
    >>> text = "新签约项目57个，总投资230亿元；税收8亿元，增长5%。"
    >>> [item.name for item in read_indicators(text, find_quantities(text))]
    ['新签约项目', '新签约项目总投资', '税收', '税收']
    """
    cutter, named = _Cutter(text, skips), Words(places)
    items: list[Item] = []
    sentence: list[Item] = []
    trail = Trail()
    outside: Trail | None = None  # what was told before the bracket that is open
    stops = [*(quantity.start for quantity in quantities), len(text)][1:]
    for quantity, place, stop in zip(quantities, locate(text, quantities), stops, strict=True):
        last = sentence[-1] if sentence else None
        if last and last.place.sentence != place.sentence:
            items += close_names(sentence, text)
            last, trail = None, _carry(trail, text[sentence[-1].quantity.end : place.sentence])
            sentence, outside = [], None
        if last and last.place.part != place.part:
            trail.among = ""
            trail.over, trail.counted = trail.counted or trail.over, ""
        item = Item(quantity, place)
        if last:
            outside = _leave_aside(item, last, trail, outside, text)
        _cut(item, last, stop, cutter)
        _tell(item, last)
        name_item(item, last, trail, named)
        sentence.append(item)
        if item.is_joined:
            share_modifier(item, last)
            name_groups(sentence[-LONGEST:], named)
        _remember(item, trail)
    return tuple(items + close_names(sentence, text))


def _leave_aside(
    item: Item, last: Item, trail: Trail, outside: Trail | None, text: str
) -> Trail | None:
    """Keep what was told before a bracket and go back to it behind: 76项（新建48项），总投资."""
    between = text[last.quantity.end : item.quantity.start]
    for sign in between:
        if sign in "（(":
            outside = replace(trail)
        elif sign in "）)" and outside:
            trail.topic, trail.counted, trail.over = outside.topic, outside.counted, outside.over
            outside = None
    item.is_aside = outside is not None
    return outside


@dataclass(frozen=True, slots=True)
class _Cutter:
    """Cuts words out of the text without the spans that belong to no name."""

    text: str
    skips: Sequence[tuple[int, int]]

    def cut(self, start: int, end: int) -> str:
        at = bisect_left(self.skips, (start, 0))
        if at == len(self.skips) or self.skips[at][0] >= end:
            words = self.text[start:end]
            return _DURATION.sub("", words) if "续" in words else words
        pieces, offset = [], start
        for left, right in self.skips[at : at + 8]:
            if left >= end:
                break
            left += self.text[left] in "由从到至"  # 提高到2020年的 keeps its 到
            pieces.append(self.text[offset:left])
            offset = max(left, min(right, end))
        pieces.append(self.text[offset:end])
        words = "".join(pieces)
        return _DURATION.sub("", words) if "续" in words else words


def _carry(trail: Trail, between: str) -> Trail:
    """Carry the topic into the next sentence of the same paragraph, where only 总量 asks for it."""
    return Trail() if "\n" in between else Trail(topic=trail.topic, counted="", part=-2)


def _cut(item: Item, last: Item | None, stop: int, cutter: _Cutter) -> None:
    """Cut the words before and behind a quantity; the one before it may have taken some."""
    place, quantity = item.place, item.quantity
    start = place.clause
    is_opened = cutter.text[start - 1 : start] in ("（", "(")
    item.is_opened = is_opened
    item.is_bracketed = is_opened and bool(_CLOSES.match(cutter.text, quantity.end))
    if last and last.is_bracketed and last.place.clause > start:
        item.before = _BRACKET.sub("", cutter.cut(start, quantity.start))  # 比全省（7.7%）高0.7
        item.behind = cutter.text[quantity.end : min(place.stop, stop)]
        return
    reached = _behind(last, cutter.text) if last else 0
    start = max(start, reached)
    before = cutter.cut(start, quantity.start).lstrip("，、；：。,;: 　）)")
    if start in (0, place.clause) and cutter.text[max(0, start - 1) : start] in ("", "\n"):
        before = drop_numbering(before)
    item.before = strip_remarks(drop_asides(before))
    item.behind = cutter.text[quantity.end : min(place.stop, stop)]
    item.lead = _lead(place, last, cutter)
    _join_turn(item)
    item.label = read_label(cutter.text, place.part, place.clause)
    item.abuts, item.is_cut = stop == quantity.end, stop < place.stop
    if last:
        between = cutter.text[reached : quantity.start]
        item.is_joined = bool(_JOINT.fullmatch(between[:8])) and len(between) < 8


def _join_turn(item: Item) -> None:
    """Read 投资由降转升，增长5% as 投资增长5%: a turn parts the subject from what it reached."""
    earlier, _, subject = item.lead.rpartition("，")
    turn = _TURN.search(subject)
    if turn and not telling_head(item.before):
        item.before, item.lead = subject[: turn.start()] + item.before, earlier


def _behind(last: Item, text: str) -> int:
    """Return where the words behind a number begin, past 左右 in 增长4%左右、6%左右."""
    end = last.quantity.end + last.taken
    kinds = _KINDS.match(text, end)  # 3万户（套）
    end = kinds.end() if kinds else end
    bound = "" if last.taken else words_of("bounds_behind").at_start(text, end)
    return end + len(bound) if bound and _JOINS.match(text, end + len(bound)) else end


def _lead(place: Place, last: Item | None, cutter: _Cutter) -> str:
    """Cut the clauses without a number that stand between the number before and this clause."""
    floor = max(place.part, place.clause - LEAD, last.quantity.end if last else 0)
    follows = last is not None and last.place.part == place.part
    if place.clause - floor <= follows:  # at most the comma between two numbers
        return ""
    pieces = _LEAD.split(cutter.cut(floor, place.clause))
    # the rest of the clause of the number before is no lead
    lead = "，".join(piece for piece in pieces[follows:] if piece.strip())
    opened = max(lead.rfind("（"), lead.rfind("("))
    return lead[:opened] if opened > max(lead.rfind("）"), lead.rfind(")")) else lead


def _tell(item: Item, last: Item | None) -> None:
    """Read the measure; a number joined to the one before without words is told as that one."""
    before = _origin(item)
    item.telling = (
        read_goal(before, item)
        or read_distance(before, item, last)
        or _base(before, item)
        or read_measure(before, item.quantity, item.behind)
    )
    is_part = item.quantity.kind == "percent" and not item.telling.rule.is_of_goal
    if (
        last
        and last.telling.rule is MeasureRule.GOAL
        and is_part
        and last.telling.measure == "level"
    ):
        rule = MeasureRule.COMPLETION_OF_GOAL
        item.telling = MeasureReading("completion", "", of=last.telling.of, rule=rule)
        return
    if item.is_bracketed and item.quantity.kind == "percent" and not before:
        item.telling = MeasureReading("growth", "", rule=MeasureRule.BRACKET)  # 高于全省（7.7%）
    if last and (shared := _aside(item, last) or _yield(item, last)):
        item.telling = shared
        return
    if not last or not _is_alike(item, last):
        return
    if last.is_origin and item.telling.is_state and not strip_start(item.telling.head):
        item.telling = last.telling._replace(bound=item.telling.bound, head="")
        return
    if item.is_joined and not strip_start(before):
        bound = item.telling.bound or (last.telling.bound if not bound_behind(last.behind) else "")
        item.telling = last.telling._replace(bound=bound, head="")
    elif _LISTED.match(item.before) or _follows_list(item, last):
        item.is_joined = not strip_end(strip_start(item.telling.head)).strip("、和与及")


def _aside(item: Item, last: Item) -> MeasureReading | None:
    """Tell places in brackets as the number before them: 增长16.8%（全国7.1%、全省14.8%）."""
    is_percent = item.quantity.kind == last.quantity.kind == "percent"
    is_scope = item.is_opened and not strip_start(item.telling.head)
    if not (is_percent and is_scope and item.before and item.telling.rule is MeasureRule.RATIO):
        return None
    return last.telling._replace(head="", bound=item.telling.bound)


def _yield(item: Item, last: Item) -> MeasureReading | None:
    """Tell 增收1.2亿元 as a change where an income was told of just before it."""
    word = strip_start(item.telling.head)
    is_alone = word in words_of("yields") and last.place.part == item.place.part
    if not is_alone or not words_of("yield_ends").at_end(last.name):
        return None
    sign = signs()["move", word]
    return MeasureReading("change", "", sign, item.telling.bound, rule=MeasureRule.YIELD, cue=word)


def _base(before: str, item: Item) -> MeasureReading | None:
    """Read the amount that another is compared with: 比上年的2.51亿立方米减少."""
    match = _BASE.search(before[-24:]) if before.endswith("的") else None
    if match and match["with"] and not item.behind.startswith("相比"):
        return None
    if not match or item.quantity.kind in ("percent", "point", "rank", "multiple"):
        return None
    item.origin = match["time"]
    return MeasureReading(
        "level", before[: len(before) - len(match.group())], rule=MeasureRule.BASE
    )


def _follows_list(item: Item, last: Item) -> bool:
    """Whether 增长6% goes on with a list in 分别下降2%、增长6%."""
    return item.place.clause == last.place.clause and not last.taken


def _origin(item: Item) -> str:
    """Take 由 and 从 off the words before a starting point: 由2.1%提高到3.4%."""
    words = item.before.rstrip()
    is_said = "由" in words or "从" in words
    if is_said:  # 从每人每月200元提高到350元
        words = words.removesuffix(cues("per").at_end(words))
    match = _ORIGIN.search(words[-20:]) if is_said else None
    if not match:
        return item.before.rstrip()
    item.is_origin = True
    item.origin = match["time"]
    return words[: len(words) - len(match.group())]


def _is_alike(item: Item, last: Item) -> bool:
    kinds = {item.quantity.kind, last.quantity.kind}
    if kinds == {"percent", "multiple"}:
        return last.telling.measure == "growth"
    return len(kinds) == 1 and item.quantity.unit == last.quantity.unit


def _remember(item: Item, trail: Trail) -> None:
    """Keep what later clauses may point back to."""
    trail.part, trail.clause = item.place.part, item.place.clause
    if item.is_scope and item.quantity.kind == "count":
        trail.among, trail.among_unit = item.name, item.quantity.unit
    if not item.name or item.is_scope or item.is_bracketed:
        return
    trail.earlier, trail.topic = trail.topic, item.name
    trail.is_led = trail.is_led and item.rule in ("name:carried", "name:topic")
    if item.rule == "name:among":
        return
    if item.quantity.kind == "count" and item.telling.measure == "level":
        trail.counted = item.name
    elif item.owner:
        trail.counted = item.owner
    elif item.telling.measure == "level" and item.rule.startswith("name:before"):
        trail.counted = ""
