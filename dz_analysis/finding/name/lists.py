"""Lists of numbers that share their names: readings of a group.

In: the items of a sentence whose last number goes on with a list. Out: the group's items under new
readings, where names and numbers go in pairs (分别增长5%、6%), where the names share a head or an
owner (城镇和农村居民人均可支配收入), where places do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from types import MappingProxyType

import rjieba

from dz_analysis.finding.catalogue import listed_id
from dz_analysis.finding.measure.cues import cues, family, pointing, strip_time
from dz_analysis.finding.measure.rules import MeasureRule
from dz_analysis.finding.measure.telling import AMOUNTS, LOW_INDEX
from dz_analysis.finding.name.forms import form, term
from dz_analysis.finding.name.frames import NameFrame, in_order
from dz_analysis.finding.name.naming_state import Item, Once, Reading
from dz_analysis.finding.name.nouns import (
    bare,
    is_relational,
    join,
    name_before,
    strip_acts,
    strip_end,
    strip_start,
    swap_verb,
    words_of,
)
from dz_analysis.finding.name.place_in_name import split_place
from dz_analysis.finding.name.readings import who
from dz_analysis.lexicon import Words, patterns, values

CLOSING = "”’》）"  # what a list leaves of a quotation
LONGEST = 24  # no list of the genre is longer; keeps a text without stops linear
_COUNT = form("count of places")
_FULL = form("full name")
_BOTH = form("both of two")
_PACE_LED = form("pace in a clause before")
_DOUBLE_GROWTH = form("keeps growing")
_RESPECTIVELY = form("in pairs")  # 一、二、三产业分别实现增加值
_SHARE, _GROWTH, _PULLS, _RATE = term("share"), term("growth"), term("pulls"), term("rate")
_RATE_END = term("rate_end")
_BRANCH = term("branch")
_TOWARDS, _BRANCHES = term("towards"), term("branches")


@dataclass(frozen=True)
class Group:
    """A list of numbers and the numbers before it in the sentence."""

    before: Sequence[Item]
    items: Sequence[Item]
    places: Words

    @property
    def first(self) -> Item:
        """The first number of the list."""
        return self.items[0]

    @Once
    def is_respective(self) -> bool:
        """Whether a word says that names and numbers go in pairs: 分别, 依次."""
        return _is_respective(self.first) or bool(_BOTH.search(self.first.view.lead))

    @Once
    def is_paced(self) -> bool:
        """Whether the clause before says that the numbers are growths: 增幅最大, 增速突破两位数."""
        lead = self.first.view.lead
        is_head = family("head").at_end(_DOUBLE_GROWTH.sub("", lead))
        return bool(_PACE_LED.search(lead) or is_head)

    @Once
    def is_one_kind(self) -> bool:
        """Whether the numbers have one unit, or are told to go in pairs with names."""
        return len({item.quantity.unit for item in self.items}) == 1 or self.is_respective

    @Once
    def is_pairwise(self) -> bool:
        """Whether the head names as many things as there are amounts: 原煤、石油产量达8吨、9万桶.

        Amounts in units of their own need no word that says that they go in pairs.
        """
        is_amount = {item.measured.rule for item in self.items} == {MeasureRule.LEVEL}
        parts = _SPLITS[0].split(self.head)
        return is_amount and len(parts) == len(self.items) and min(map(len, parts)) > 1

    @Once
    def is_told_apart(self) -> bool:
        """Whether the second number moves what the first is: 社保和就业支出3亿元、增长2000万元."""
        return not self.is_respective and len({item.measured.rule for item in self.items}) > 1

    @Once
    def head(self) -> str:
        """Return the words before the first number that its measure leaves."""
        words = strip_end(_RESPECTIVELY.sub("", self.first.measured.head))
        head = strip_start(words)
        is_towards = words.endswith(f"{_TOWARDS}{head}") and f"、{_TOWARDS}" in head
        return f"{_TOWARDS}{head}" if is_towards else head

    @Once
    def lead(self) -> tuple[str, str]:
        """Return the clause before, where the head is blank, and with what it compares."""
        return strip_time(self.first.view.lead) if not self.head else ("", "")

    @Once
    def names(self) -> tuple[str, ...]:
        """Return the names before the list, one for each number; none if they do not fit."""
        names = self._clauses(are_branches=True)
        lead = _PACE_LED.sub("", _DOUBLE_GROWTH.sub("", self.lead[0]))
        names = names or split_list(self.head or strip_end(strip_start(lead)), len(self.items))
        names = () if _holds_more(names, self.places) else names
        return names or self._clauses(are_branches=False)

    def _clauses(self, *, are_branches: bool) -> tuple[str, ...]:
        """Return names that commas part, one for each number: 采矿业，石油、煤炭加工业增加值.

        Others than branches are names where nothing else stands before them.
        """
        count = len(self.items)
        is_own = not self.is_respective or is_relational(self.head)  # 分别实现利润
        if is_own or not (self.first.view.lead and self.head):
            return ()
        views, lead = words_of("views"), self.first.view.lead.split("，")
        lead = [part for part in lead if not views.at_end(part)]
        ends = words_of("branch_ends")
        parts = (*lead, self.head)
        is_list = count > 2 and len(parts) == count
        if are_branches:
            is_whole = len(self.head.split("、")) == count  # the clause itself holds them all
            is_list = len(parts) >= count and all(map(ends.at_end, parts[-count:-1]))
            is_list = is_list and not is_whole
        return _share_head(parts[-count:]) if is_list else ()

    @Once
    def earlier(self) -> tuple[str, ...]:
        """Return the names told last, one for each number; none where nothing pairs them."""
        if listed := self._led():
            return listed
        is_grouped = bool(self.before) and self.before[-1].reading.is_grouped
        if self.names or not (self.is_respective or is_grouped or self.is_completed):
            return ()
        count = len(self.items)
        names = _earlier_names(self.before, count) or _listed_name(self.before, count)
        return names or _told_names(self.before, count)

    def _led(self) -> tuple[str, ...]:
        """Return the members of a list that the clause before tells of: 产值、利润双增，增幅为."""
        name = self.first.name if self.first.frame is NameFrame.LEAD else ""
        is_list = any(sign in name for sign in term("joints"))
        return split_list(name, len(self.items)) if is_list else ()

    @Once
    def is_completed(self) -> bool:
        """Whether the numbers say how much of its task each was done: 完成任务的108%和112%."""
        return {item.measured.measure for item in self.items} == {"completion"}


_RULES_OF_GROWTH = (MeasureRule.HEAD, MeasureRule.INDEX)
_ALIKE = ({"percent", "multiple"}, {"rank", "count"})  # kinds that one list may have

GroupFrame = Callable[[Group], "Sequence[Item] | None"]


def read_group(sentence: Sequence[Item], places: Words) -> Sequence[Item] | None:
    """Read the list that ends a sentence so far.

    Returns
    -------
    sequence of Item or None
        As many as the list has numbers, under their new names; none where it shares nothing.
    """
    group = _last_group(sentence[-LONGEST:])
    if len(group) < 2 or group[0].quantity.kind == "part":
        return None
    whole = Group(sentence[-LONGEST : -len(group)], group, places)
    return next(filter(None, (read(whole) for read in _group_frames())), None)


def _last_group(sentence: Sequence[Item]) -> Sequence[Item]:
    """Return the run of joined numbers that ends the sentence so far."""
    start = len(sentence) - 1
    while (
        start > 0
        and sentence[start].view.is_joined
        and not _is_turned(sentence[start])
        and _is_alike(sentence[start], sentence[start - 1])
    ):
        start -= 1
    return sentence[start:]


def _is_turned(item: Item) -> bool:
    """Whether a number is what others moved to: 分别从7家、4家增加到10家、6家."""
    return item.measured.is_state and bool(item.view.before.strip(f" {term('joints')}"))


def _is_alike(item: Item, last: Item) -> bool:
    kinds = {item.quantity.kind, last.quantity.kind}
    is_same = len(kinds) == 1 or kinds in _ALIKE or kinds <= AMOUNTS
    return is_same and not item.reading.used and not last.reading.used


def _is_respective(item: Item) -> bool:
    return bool(_RESPECTIVELY.search(item.view.before))


# ---- the frames of a list


def read_apposed(group: Group) -> Sequence[Item] | None:
    """Pair the names that a count sums up: 纺织业、采矿业两个行业增加值分别增长9.1%、15.1%.

    So indicators: 税收、投资2项指标增速居第一，分别为8%、9%.
    """
    counted = next((one for one in reversed(group.before) if one.quantity.kind == "count"), None)
    name, count = group.first.name, len(group.items)
    if counted is None or not group.is_respective or counted.quantity.value != count:
        return None
    parts = _listed_before(counted, count) if counted.name else ()
    if not parts:
        return None
    if counted is group.before[-1] and name.startswith(_BRANCHES):
        names = tuple(f"{part}{name.removeprefix(_BRANCHES)}" for part in parts)
        return _give(group.items, names, NameFrame.LIST_APPOSED)
    if not _sums_up(counted, group):
        return None
    items = _give(group.items, parts, NameFrame.LIST_APPOSED)
    told = (*group.before, group.first)
    is_pace = any(family("head").first_in(one.view.before) for one in told)
    return tuple(map(_as_growth, items)) if is_pace else items


def _sums_up(counted: Item, group: Group) -> bool:
    """Whether a count sums up indicators of which the numbers are told: 5项主要指标."""
    is_sum = bool(words_of("sums_of_indicators").at_end(counted.name))
    return is_sum and (not group.head or group.first.name == counted.name)


def _listed_before(counted: Item, count: int) -> tuple[str, ...]:
    """Return the names in front of their count, where there are as many."""
    names = strip_start(counted.view.before)
    whole = strip_start(f"{counted.view.lead}，{counted.view.before}")
    ways = (
        tuple(part for part in whole.split("，") if part),
        tuple(names.split("、")),
        split_list(names, count),
    )
    return next((way for way in ways if len(way) == count), ())


def read_list_of_parts(group: Group) -> Sequence[Item] | None:
    """Name three shares of a structure: 产业结构由20%、30%和50%调整为."""
    if len(group.items) not in (3, 6) or not group.is_one_kind:
        return None
    first = group.first
    is_share = first.measured.measure == "ratio" and first.quantity.kind == "percent"
    if not is_share or words_of("pull_tails").at_end(group.head):
        return None
    structures = words_of("structures")
    sentence = (*group.before, *group.items)[-6:]
    if not any(structures.last_in(item.view.before)[0] >= 0 for item in sentence):
        return None
    names = patterns("name_words", "part_names")
    return (*group.items[:-3], *_give(group.items[-3:], names, NameFrame.LIST_PARTS))


def read_list_of_places(group: Group) -> Sequence[Item] | None:
    """Give each number its place: 南江、北江分别增长5%、6%."""
    names = group.names if group.is_one_kind else ()
    if not names or not all(name in group.places for name in names):
        return None
    name = group.first.name if group.first.name not in group.places else ""
    return tuple(
        _give_place(item, place, name or item.name, NameFrame.LIST_PLACES, at)
        for at, (item, place) in enumerate(zip(group.items, names, strict=True))
    )


def read_list_with_places(group: Group) -> Sequence[Item] | None:
    """Give each number its place and all of them what follows the list of places.

    Where nothing follows (东江、西江两县分别为36万吨、61万吨) it is what was told before.
    """
    names = group.names if group.is_one_kind else ()
    found = [group.places.at_start(name) for name in names]
    if len(set(found)) < len(group.items) or not all(found):
        return None  # 南江县城镇和农村居民收入 is of one place
    tail = _COUNT.sub("", names[-1].removeprefix(found[-1]))
    earlier = group.before[-1].name if group.before else ""
    shared = strip_end(strip_start(tail)) or earlier or group.first.name
    return tuple(
        _give_place(item, place, shared, NameFrame.LIST_PLACED, at)
        for at, (item, place) in enumerate(zip(group.items, found, strict=True))
    )


def _holds_more(names: Sequence[str], places: Words) -> bool:
    """Whether a name ends in a place whose number is still to come: 东江、西江和北江."""
    ends = (max(name.rfind(sign) for sign in term("joints")) for name in names)
    return any(name[at + 1 :] in places for name, at in zip(names, ends, strict=True) if at > 0)


def read_list_of_names(group: Group) -> Sequence[Item] | None:
    """Pair names with numbers: 粮食、蔬菜产量分别达到30万吨、9万吨."""
    names = group.names if group.is_one_kind or group.is_pairwise else ()
    if not names or not (group.head or group.is_respective) or group.is_told_apart:
        return None
    first, place = split_place(names[0], group.places)  # 南江县城镇和农村居民收入
    names = (first, *(name.removeprefix(place) for name in names[1:]))
    named = _of_branches(names, group)
    items = _give(group.items, _of_tiers(named, group) or named, NameFrame.LIST)
    if group.is_paced:
        items = tuple(map(_as_growth, items))
    base = group.lead[1]
    return tuple(_compare(item, base) for item in items) if base else items


def _as_growth(item: Item) -> Item:
    """Tell a percentage as the growth that the clause before speaks of: 增幅最大，分别为9%、8%."""
    if item.measured.rule is not MeasureRule.RATIO:
        return item
    measured = item.measured._replace(measure="growth", rule=MeasureRule.HEAD)
    return item.read_as(item.reading._replace(measured=measured))


def _of_branches(names: Sequence[str], group: Group) -> Sequence[str]:
    """Give branches what their whole has: 投资增长5%，分产业看，第一、二产业分别增长3%、6%."""
    first, ends = group.first, words_of("branch_ends")
    tail = words_of("branch_tails").at_end(first.name)
    if not (first.reading.frame is NameFrame.CARRIED or first.name == f"{names[0]}{tail}"):
        return names
    return tuple(f"{name}{tail}" if ends.at_end(name) else name for name in names)


def _of_tiers(names: Sequence[str], group: Group) -> tuple[str, ...]:
    """Give tiers of government what was told before: 扶贫资金8亿元，市、县分别增长5%、6%."""
    tiers = values("name_words", "tier_signs")
    whole_name = group.before[-1].name if group.before else ""
    if not whole_name or not all(name in tiers or name in words_of("tiers") for name in names):
        return ()
    whole = whole_name[len(words_of("tiers").at_start(whole_name)) :]
    return tuple(f"{tiers.get(name, name)}{bare(whole)}" for name in names)


def read_list_of_earlier(group: Group) -> Sequence[Item] | None:
    """Pair the numbers with the names told last: 存款余额80亿元、贷款余额60亿元，分别增长5%、6%."""
    is_bare = not group.head or group.head in pointing()
    if len(_SPLITS[0].split(group.first.measured.of)) >= len(group.items):
        return None  # 增速比1—3月、1—4月分别提高6.4个、7.8个百分点
    names = group.earlier if group.is_one_kind and is_bare else ()
    if not names:
        return None
    items = _give(group.items, names, NameFrame.LIST_EARLIER)
    placed = group.before[-len(items) :]  # of the places told
    kept = tuple(_move(item, last) for item, last in zip(items, placed, strict=False))
    return (*kept, *items[len(kept) :])


def read_list_of_owners(group: Group) -> Sequence[Item] | None:
    """Give each name told last its own share of a noun: 甲、乙项目…，总投资分别为5亿元、6亿元."""
    head = group.head
    if not is_relational(head) and not is_relational(head.removeprefix(term("this_year"))):
        return None
    names = tuple(join(name, head) for name in group.earlier) if group.is_one_kind else ()
    return _give(group.items, names, NameFrame.LIST_OWNERS) if names else None


def read_list_of_pulls(group: Group) -> Sequence[Item] | None:
    """Name how far each of those told last pulls: 分别拉动工业增长2.1个、1.3个百分点."""
    is_pull = group.first.measured.rule is MeasureRule.PULL and group.head.startswith(_PULLS)
    if not is_pull or not group.is_one_kind:
        return None
    names = tuple(f"{who(name)}{group.head}" for name in group.earlier)
    return _give(group.items, names, NameFrame.LIST_PULL) if names else None


def read_list_of_rates(group: Group) -> Sequence[Item] | None:
    """Name what each of those told last contributes: 对经济增长贡献率分别为30%、60%."""
    if not group.head.endswith(_RATE) or not group.is_one_kind:
        return None
    towards = _TOWARDS if len(group.head) > len(_RATE) else ""  # 贡献率分别为3%、5%
    names = tuple(f"{who(name)}{towards}{group.head}" for name in group.earlier)
    return _give(group.items, names, NameFrame.LIST_RATE) if names else None


GROUP_READERS: Mapping[NameFrame, GroupFrame] = MappingProxyType(
    {
        NameFrame.LIST_APPOSED: read_apposed,
        NameFrame.LIST_PARTS: read_list_of_parts,
        NameFrame.LIST_PLACES: read_list_of_places,
        NameFrame.LIST_PLACED: read_list_with_places,
        NameFrame.LIST: read_list_of_names,
        NameFrame.LIST_EARLIER: read_list_of_earlier,
        NameFrame.LIST_OWNERS: read_list_of_owners,
        NameFrame.LIST_PULL: read_list_of_pulls,
        NameFrame.LIST_RATE: read_list_of_rates,
    }
)


@cache
def _group_frames() -> tuple[GroupFrame, ...]:
    return tuple(read for _, read in in_order(GROUP_READERS))


def _listed_name(before: Sequence[Item], count: int) -> tuple[str, ...]:
    """Return the members of a list that was told of as one: 产值、利润双双突破5亿元，分别达到."""
    name = before[-1].name if before else ""
    is_list = any(sign in name for sign in term("joints"))
    return split_list(name, count) if is_list else ()


def _earlier_names(before: Sequence[Item], count: int) -> tuple[str, ...]:
    """Return the last names told, one for each number of the list."""
    grouped = tuple(item.name for item in before[-count:] if item.reading.is_grouped)
    if len(grouped) == count:
        return grouped
    earlier = [
        item.name
        for item in before
        if item.measured.measure in ("level", "ratio") and not item.view.is_aside
    ]
    names = tuple(earlier[-count:])
    return names if len(names) == count and len(set(names)) == count else ()


def _told_names(before: Sequence[Item], count: int) -> tuple[str, ...]:
    """Return the last names told, however they were told: 税收增5%，投资增6%，分别居第2、第3."""
    told = [item.name for item in before if item.name and not item.view.is_aside]
    names = tuple(dict.fromkeys(reversed(told)))[:count][::-1]
    return names if len(names) == count else ()


def _give(items: Sequence[Item], names: Iterable[str], frame: NameFrame) -> tuple[Item, ...]:
    """Give each number its name, with the word of a share or a pull that they are told by."""
    rule = items[0].measured.rule
    bound = "" if any(item.measured.bound for item in items[:-1]) else items[-1].measured.bound
    given = []
    for item, name in zip(items, names, strict=True):
        if rule is MeasureRule.PULL and not name.endswith(_GROWTH):
            name = f"{name}{_GROWTH}"
        if rule.is_share and not words_of("share_ends").at_end(name):
            name = f"{name}{_SHARE}"
        reading = item.reading._replace(name=swap_verb(name), frame=frame, is_grouped=True)
        if rule in _RULES_OF_GROWTH and name.endswith(_RATE_END):  # 失业率、价格涨幅控制在5%、3%
            measured = item.measured._replace(measure="ratio", rule=MeasureRule.RATIO)
            reading = reading._replace(measured=measured)
        elif rule is MeasureRule.RATIO and _is_growth_in_list(name, item):
            measured = item.measured._replace(measure="growth", rule=MeasureRule.INDEX)
            reading = reading._replace(measured=measured)
        given.append(item.read_as(_bounded(reading, item, bound)))
    return tuple(given)


def _is_growth_in_list(name: str, item: Item) -> bool:
    """Whether a number of a list of rates is how far prices moved: 失业率、价格指数控制在4%、3%."""
    is_index = bool(cues("ratio.price_indices").at_end(name))
    return is_index and item.quantity.kind == "percent" and item.quantity.value < LOW_INDEX


def _bounded(reading: Reading, item: Item, bound: str) -> Reading:
    """Give a number the bound that stands behind the last of its list: 分别达5亿元、6亿元以上."""
    measured = reading.measured or item.measured
    return reading._replace(measured=measured.bounded(bound)) if bound else reading


def _give_place(item: Item, place: str, name: str, frame: NameFrame, at: int) -> Item:
    reading = item.reading._replace(name=name, frame=frame, place=place, listed=at, is_grouped=True)
    return item.read_as(reading)


def _compare(item: Item, base: str) -> Item:
    measured = item.measured.among(item.measured.of or base)
    return item.read_as(item.reading._replace(measured=measured))


def _move(item: Item, last: Item) -> Item:
    """Tell a number of the place that the one before it was told of."""
    place = last.reading.place or item.reading.place
    return item.read_as(item.reading._replace(place=place))


def share_modifier(item: Item, last: Item | None) -> Item | None:
    """Give a modifier the head of the next name: 6个省级、35个市级重点项目.

    Returns
    -------
    Item or None
        The number before under its whole name; none where it lacks nothing.
    """
    if not last or not item.name or item.quantity.kind == "rank":
        return None  # 居全市22个县区第2位
    modifiers, divisions = words_of("shared_modifiers"), words_of("divisions")
    modifier, other = modifiers.at_end(last.name), modifiers.at_start(item.name)
    if item.name in divisions or (last.name in divisions and not other):
        return None  # 22个市、5个县 are two things, 2个市、5个县重点项目 one
    if not modifier or len(last.name) - len(modifier) > 4:
        return None
    if len(modifier) == 1 and strip_acts(last.name) != modifier:
        return None  # 建成35个示范区、80个示范村
    return last.renamed(last.name + item.name[len(other) :])


# ---- names that share a head or an owner


def split_list(names: str, count: int) -> tuple[str, ...]:
    """Split a list of names that share their numbers, giving each its head.

    Examples
    --------
    >>> split_list("城镇和农村居民人均可支配收入", 2)
    ('城镇居民人均可支配收入', '农村居民人均可支配收入')
    >>> split_list("第一产业、第二产业增加值", 2)
    ('第一产业增加值', '第二产业增加值')
    >>> split_list("高新技术企业、科技型中小企业", 2)
    ('高新技术企业', '科技型中小企业')
    """
    for short, long in values("name_words", "shortened").items():
        names = names.replace(short, long)
    twins = _split_twins(names) if count == 2 else ()
    return twins or _split_signs(_spell_out(names, count), count)


def _split_twins(names: str) -> tuple[str, ...]:
    """Split one word for two: 城乡居民收入 are those of towns and of the country."""
    for both, twins in values("name_words", "twins").items():
        first, second = twins.split(";")
        if both in names and "、" not in names.replace(both, ""):
            return names.replace(both, first), names.replace(both, second)
    return ()


def _spell_out(names: str, count: int) -> str:
    """Spell out the industries of a list, and drop how many it holds."""
    names = _drop_count(names, count)
    numbered = _NUMBERED if count < 3 or "、" in names else _THREE
    names = numbered.sub(_spell_industries, names)
    names = _ALL.sub(term("three_sectors"), names) if count == 3 else names
    return _SUCH.sub(_head_of_class, names)


def _split_signs(names: str, count: int) -> tuple[str, ...]:
    """Split a list by its signs and words of joining, in the first way that gives the count."""
    for pattern in _SPLITS:
        parts = tuple(part.strip() for part in pattern.split(names) if part.strip())
        if len(parts) == count:
            parts = _complete(parts)
            if words_of("light").at_start(parts[-1]) and not words_of("light").at_start(parts[0]):
                return _drop_light(parts)
            shared = _share_head(parts)
            owned = _own(parts, shares_head=shared != parts)
            return shared if owned == parts else owned
    return ()


def _drop_light(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Return names that each have a verb of their own: 接待游客、实现旅游总花费 share no head."""
    return tuple(part[len(words_of("light").at_start(part)) :] for part in parts)


_SPLITS = tuple(form(f"split {way}") for way in ("words", "words and commas", "signs", "joints"))
_NUMBERED, _THREE = form("numbered sectors"), form("sectors of three")
_ALL, _SUCH = form("all sectors"), form("class of a list")
_BIG = form("big groups")
_BRANCH_OF_HEAD = form("branch of a head")


def _head_of_class(match: re.Match[str]) -> str:
    """Keep the head of 水果等经济作物产量 without the class before it."""
    return words_of("shared_heads").at_end(match["class"])


def _spell_industries(match: re.Match[str]) -> str:
    """Spell out 第一、二、三产业."""
    signs, sector = term("part_signs"), term("sector")
    is_all = match.group().startswith(signs[-1])
    return "、".join(sector.format(sign) for sign in signs if is_all or sign in match.group())


def _drop_count(names: str, count: int) -> str:
    """Drop how many a list says it holds: 造纸、陶瓷两大产业产值."""
    signs = values("name_words", "list_counts")
    match = _BIG.search(names)
    is_count = match is not None and signs.get(match["count"]) == str(count)
    return _BIG.sub("", names, count=1) if is_count else names


def _complete(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Complete a first part of one sign by the word that it shares: 存、贷款余额."""
    first, second = parts[:2]
    if len(first) > 1:
        return parts
    word = next(iter(rjieba.cut(second)))
    return (first + word[1:], *parts[1:]) if len(word) > 1 else parts


def _own(parts: tuple[str, ...], *, shares_head: bool) -> tuple[str, ...]:
    """Give all parts the owner of the first: 规上企业实现收入、利润."""
    first = name_before(parts[0])
    branch = parts[0].removesuffix(words_of("relational").at_end(parts[0]))
    is_branch = not first.owner and branch.endswith(term("industry"))  # 规上工业产值、增加值
    if is_branch and all(map(is_relational, parts[1:])):
        return (parts[0], *(join(branch, part) for part in parts[1:]))
    if not first.owner and not shares_head:
        return (parts[0], *(_owned_indicator(parts[0], part) for part in parts[1:]))
    if first.frame is not NameFrame.BEFORE_OWNER:
        return (first.text if first.owner else parts[0], *parts[1:])
    return (first.text, *(join(first.owner, part) for part in parts[1:]))


def _owned_indicator(first: str, part: str) -> str:
    """Give a part what the first begins with where that is an indicator: 技术合同成交额."""
    heads = (first[:at] + part for at in range(len(first) - 1, 1, -1))
    return part if listed_id(part) else next(filter(listed_id, heads), part)


def _share_head(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Give the head of the last part to those before it that have none."""
    head = _shared_head(parts).lstrip(CLOSING)  # 城市公园、“口袋公园”保有量
    if not head:
        return parts
    return tuple(
        part if part.endswith(head) or _is_full(part, head) else join(part, _rest_of(head, part))
        for part in parts
    )


def _rest_of(head: str, part: str) -> str:
    """Return what a branch lacks of a head: 增加值 of 产业增加值 behind 高技术制造业."""
    return _BRANCH_OF_HEAD.sub("", head) if part.endswith(term("branch")) else head


def _is_full(part: str, head: str) -> bool:
    """Whether a part is a name of its own: 产业集聚度 needs no head from 十强产业占比.

    So is a sum of money that is none with the head: GDP、规上工业增加值.
    """
    is_whole = len(part) >= 4 and bool(_FULL.match(part))
    is_sum = part.isascii() or words_of("lead_heads").at_end(part) or part in _whole_amounts()
    return is_whole or bool(is_sum and listed_id(part) and not listed_id(join(part, head)))


def _whole_amounts() -> Words:
    """Return the amounts of a place that need no head: 社零, 固投."""
    return words_of("whole_amounts")


def _shared_head(parts: tuple[str, ...]) -> str:
    """Find the head of the last part that those before it lack; blank if there is none."""
    first, last = parts[0], parts[-1]
    ways = (
        _head_behind_preposition,
        _head_of_whole_names,
        _head_behind_grade,
        _head_listed,
        _head_behind_last_sign,
        _head_by_words,
    )
    return next((head for way in ways if (head := way(first, last, parts)) is not None), "")


def _head_behind_preposition(first: str, last: str, parts: tuple[str, ...]) -> str | None:
    """Read 对台、对俄贸易额."""
    is_listed = first[0] in words_of("list_prepositions") and all(
        part[0] == first[0] for part in parts
    )
    return last[len(first) :] if is_listed else None


def _head_of_whole_names(first: str, last: str, parts: tuple[str, ...]) -> str | None:
    """Read names that share nothing: 总投资、总面积, 城镇新增就业、创业担保贷款."""
    is_whole = listed_id(first) and words_of("implies_unit").at_end(first)
    is_own = term("both_settings") in (first, last) or is_relational(first)
    return "" if is_own or is_whole else None


def _head_behind_grade(first: str, last: str, parts: tuple[str, ...]) -> str | None:
    """Read 省级、市级重点项目."""
    at = last.find(first[-1], 0, len(first))
    if first[-1] not in words_of("grade_ends") or not 0 <= at < len(last) - 2:
        return None
    return last[at + 1 :].removeprefix(term("or_more")).removeprefix(term("more"))


def _head_listed(first: str, last: str, parts: tuple[str, ...]) -> str | None:
    """Read a head that the lexicon lists: 社保、农林水、城乡社区支出."""
    listed = words_of("shared_heads").at_end(last)
    if first.endswith(_BRANCH):  # 制造业、数字经济核心产业增加值
        listed = listed[len(words_of("shared_stems").at_start(listed)) :]
    if not listed or len(listed) == len(last) or first.endswith(listed[-2:]):
        return None
    are_alike = len(set(map(len, parts[:-1]))) == 1
    return (_longer_head(last[: -len(listed)], first) if are_alike else "") + listed


def _head_behind_last_sign(first: str, last: str, parts: tuple[str, ...]) -> str | None:
    """Read what follows the sign that the first part ends in: 甲镇、乙镇卫生院."""
    at = last.find(first[-1], 0, len(last) - 1)
    is_shared = at >= 0 and len(last) - at - 1 >= 2 and not last.endswith(first[-2:])
    return last[at + 1 :] if is_shared else None


def _head_by_words(first: str, last: str, parts: tuple[str, ...]) -> str | None:
    """Split 初中在校生 after the word that stands beside 幼儿园 and 小学."""
    longest = max(map(len, parts[:-1]))
    if longest > 4 or len(last) < longest + 2 or last.endswith(first[-1]):
        return None
    word, *rest = rjieba.cut(last)
    return "".join(rest) if rest and len(word) <= longest + 1 else ""


def _longer_head(stem: str, first: str) -> str:
    """Find what of the stem belongs to the head as well: 城镇 and 农村常住 share 常住.

    汽车 and 有色金属 share nothing: what is left of the stem is part of a word.
    """
    if len(first) == 1 and stem[1:] in words_of("shared_stems"):
        return stem[1:]  # 猪、牛、羊、禽肉产量
    if len(stem) <= len(first) + 1 or stem.endswith(first[-1]):
        return ""  # 高新技术产业、工业战略性新兴产业产值
    at = stem.rfind(first[-1])
    if 0 <= at < len(stem) - 1:
        return stem[at + 1 :]
    rest = stem[len(first) :] if len(first) >= 2 else ""
    ends = accumulate(map(len, rjieba.cut(stem)))
    is_whole = len(first) in ends or words_of("shared_stems").at_start(rest)
    return rest if rest and is_whole else ""
