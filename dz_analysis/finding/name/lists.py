"""Lists of numbers that share their names, and names that come after their numbers.

In: the items of a sentence. Out: the same items, their names changed where a list pairs names with
numbers in order (分别增长5%、6%) or where the next clause names them (投资5亿元，新建学校4所).
"""

from __future__ import annotations

import re

from dz_analysis.finding.measure.cues import pointing, strip_time
from dz_analysis.finding.measure.rules import MeasureRule
from dz_analysis.finding.measure.telling import AMOUNTS
from dz_analysis.finding.name.ellipsis import who
from dz_analysis.finding.name.naming_state import Item
from dz_analysis.finding.name.nouns import (
    is_relational,
    join,
    name_behind,
    name_of_predicate,
    strip_end,
    strip_start,
    swap_verb,
    words_of,
)
from dz_analysis.finding.name.sharing import split_list
from dz_analysis.finding.text.wordset import Words
from dz_analysis.lexicon import load_rules

_COUNT = re.compile(
    r"^[两二三四五六七八九十0-9]{1,2}(?:个)?(?:市|县|区|地|州|旗|县区|区县|县市|市县|个行政区|行政区)"
)


def name_groups(sentence: list[Item], places: Words) -> None:
    """Pair names with numbers where the last item closes a list.

    1 the list of names stands before the numbers; 2 it stands in the clauses before (dropped
    heads); 3 the numbers are told of a list of places, or compared with one.
    """
    group = _last_group(sentence)
    if len(group) < 2 or group[0].quantity.kind == "part":
        return
    first, count = group[0], len(group)
    if apposed := _apposed(sentence[: -len(group)], group):
        _give(group, apposed, "name:list:apposed")
        return
    if len({item.quantity.unit for item in group}) > 1 and not _is_respective(first):
        return
    words = strip_end(_without_respectively(first.telling.head))
    head = strip_start(words)
    if words.endswith(f"对{head}") and "、对" in head:
        head = f"对{head}"
    structures = words_of("structures")
    is_share = first.telling.measure == "ratio" and not words_of("pull_tails").at_end(head)
    is_share = is_share and first.quantity.kind == "percent"
    if count in (3, 6) and is_share and _is_structure(sentence, structures):
        _give(group[-3:], tuple(load_rules("name_words")["part_names"]), "name:parts")
        return
    lead, base = strip_time(first.lead) if not head else ("", "")
    names = split_list(head or strip_end(strip_start(lead)), count)
    if names and all(name in places for name in names):
        _give_places(group, names, first.name if first.name not in places else "")
    elif names and _begin_with_places(names, places):
        _give_placed(
            group, names, places, sentence[-count - 1].name if len(sentence) > count else ""
        )
    elif names and (head or _is_respective(first)):
        _give(group, names, "name:list")
        for item in group if base else []:
            item.telling = item.telling.among(item.telling.of or base)
    elif not names:
        _pair_earlier(sentence[:-count], group, head)


def _apposed(before: list[Item], group: list[Item]) -> tuple[str, ...]:
    """Return the names that a count sums up: 纺织业、采矿业两个行业增加值分别增长9.1%、15.1%."""
    counted = before[-1] if before else None
    if counted is None or counted.quantity.value != len(group) or not _is_respective(group[0]):
        return ()
    noun, name = counted.name, group[0].name
    if counted.quantity.kind != "count" or not noun or not name.startswith("行业"):
        return ()
    names = strip_start(counted.before)
    whole = strip_start(f"{counted.lead}，{counted.before}")
    parts = tuple(part for part in whole.split("，") if part)
    if len(parts) != len(group):
        parts = tuple(names.split("、"))
    if len(parts) != len(group):
        parts = split_list(names, len(group))
    return tuple(f"{part}{name.removeprefix('行业')}" for part in parts)


def _is_structure(sentence: list[Item], structures: Words) -> bool:
    """Whether three percentages are told of a structure: 产业结构由20%、30%和50%调整为."""
    return any(structures.last_in(item.before)[0] >= 0 for item in sentence[-6:])


def _last_group(sentence: list[Item]) -> list[Item]:
    """Return the run of joined numbers that ends the sentence so far."""
    start = len(sentence) - 1
    while (
        start > 0 and sentence[start].is_joined and _is_alike(sentence[start], sentence[start - 1])
    ):
        start -= 1
    return sentence[start:]


def _is_alike(item: Item, last: Item) -> bool:
    kinds = {item.quantity.kind, last.quantity.kind}
    is_same = len(kinds) == 1 or kinds == {"percent", "multiple"} or kinds <= AMOUNTS
    return is_same and not item.taken and not last.taken


def _is_respective(item: Item) -> bool:
    """Whether a word says that names and numbers go in pairs: 分别, 依次."""
    return any(word in item.before for word in load_rules("name_words")["respectively"])


def _without_respectively(head: str) -> str:
    for word in load_rules("name_words")["respectively"]:
        for verb in ("实现", "达到", ""):  # 一、二、三产业分别实现增加值
            head = head.replace(f"{word}{verb}", "")
    return head


def _pair_earlier(before: list[Item], group: list[Item], head: str) -> None:
    """Pair the numbers with the names told last, one each."""
    first = group[0]
    earlier = _earlier_names(before, len(group)) or _listed_name(before, len(group))
    is_told = _is_respective(first) or (before and before[-1].is_grouped)
    if not earlier or not is_told:
        return
    if not head or head in pointing():
        _give(group, earlier, "name:list:earlier")
        for item, told in zip(group, before[-len(group) :], strict=False):
            item.place_name = told.place_name or item.place_name  # of the places told
    elif is_relational(head) or is_relational(head.removeprefix("年度")):
        _give(group, tuple(join(name, head) for name in earlier), "name:list:owners")
    elif first.telling.rule is MeasureRule.PULL and head.startswith("拉动"):
        _give(group, tuple(f"{who(name)}{head}" for name in earlier), "name:list:pull")
    elif head.endswith("贡献率"):
        _give(group, tuple(f"{who(name)}对{head}" for name in earlier), "name:list:rate")


def _listed_name(before: list[Item], count: int) -> tuple[str, ...]:
    """Return the members of a list that was told of as one: 产值、利润双双突破5亿元，分别达到."""
    return split_list(before[-1].name, count) if before and "、" in before[-1].name else ()


def _earlier_names(before: list[Item], count: int) -> tuple[str, ...]:
    """Return the last names told, one for each number of the list."""
    grouped = [item.name for item in before[-count:] if item.is_grouped]
    if len(grouped) == count:
        return tuple(grouped)
    measures = ("level", "ratio")
    told = [item.name for item in before if item.telling.measure in measures and not item.is_aside]
    names = tuple(told[-count:])
    return names if len(names) == count and len(set(names)) == count else ()


def _give(group: list[Item], names: tuple[str, ...], rule: str) -> None:
    is_share = group[0].telling.rule.is_share
    if group[0].telling.rule is MeasureRule.PULL:
        names = tuple(name if name.endswith("增长") else f"{name}增长" for name in names)
    for item, name in zip(group, names, strict=True):
        tail = "占比" if is_share and not words_of("share_ends").at_end(name) else ""
        item.name, item.rule, item.is_grouped = swap_verb(name + tail), rule, True


def _give_places(group: list[Item], names: tuple[str, ...], told: str) -> None:
    """Give each number its place: 南江、北江分别增长5%、6%."""
    for at, (item, name) in enumerate(zip(group, names, strict=True)):
        item.place_name, item.name, item.rule = name, told or item.name, "name:list:places"
        item.listed, item.is_grouped = at, True


def _begin_with_places(names: tuple[str, ...], places: Words) -> bool:
    return all(places.at_start(name) for name in names)


def _give_placed(group: list[Item], names: tuple[str, ...], places: Words, told: str) -> None:
    """Give each number its place and all of them what follows the list of places.

    Where nothing follows (东江、西江两县分别为36万吨、61万吨) it is what was told before.
    """
    found = [places.at_start(name) for name in names]
    tail = _COUNT.sub("", names[-1].removeprefix(found[-1]))
    shared = strip_end(strip_start(tail)) or told or group[0].name
    for at, (item, place) in enumerate(zip(group, found, strict=True)):
        item.place_name, item.name, item.rule = place, shared, "name:list:places"
        item.listed, item.is_grouped = at, True


def close_names(sentence: list[Item], text: str) -> list[Item]:
    """Name what is still unnamed from what follows, from the end of the sentence to its start."""
    for at in range(len(sentence) - 1, -1, -1):
        item = sentence[at]
        following = sentence[at + 1] if at + 1 < len(sentence) else None
        if item.rule == "name:attribute:next":
            _own_attribute(item, following)
        elif following and is_relational(item.name) and _is_attribute(item, following):
            item.name, item.owner = join(following.owner, item.name), following.owner
        elif not item.name:
            item.name, item.rule = _from_behind(item, following), "name:following"
            unit = load_rules("name_words")["unit_nouns"].get(item.quantity.unit, "")
            item.name = item.name or (unit if len(unit) > 1 else "")
        elif not item.owner and item.name in words_of("invested"):
            _own_from_following(item, following, text)
    return sentence


def _is_attribute(item: Item, following: Item) -> bool:
    """Whether the next number states its owner for both: 占地420亩、投资23亿元的产业园."""
    return (
        following.place.clause == item.place.clause
        and following.rule == "name:attribute"
        and bool(following.owner)
    )


def _own_attribute(item: Item, following: Item | None) -> None:
    """Give an amount the things counted behind it: 总投资413亿元的30个大项目."""
    if following:
        item.name, item.owner = join(following.name, item.attribute), following.name


def share_modifier(item: Item, last: Item | None) -> None:
    """Give a modifier the head of the next name: 6个省级、35个市级重点项目."""
    if not last or not item.name:
        return
    modifiers = words_of("shared_modifiers")
    modifier = modifiers.at_end(last.name)
    other = modifiers.at_start(item.name)
    divisions = words_of("divisions")
    if item.name in divisions or (last.name in divisions and not other):
        return  # 22个市、5个县 are two things, 2个市、5个县重点项目 one
    if modifier and last.name.endswith(modifier) and len(last.name) - len(modifier) <= 4:
        last.name += item.name[len(other) :]


def _from_behind(item: Item, following: Item | None) -> str:
    name = name_of_predicate(item.behind, item.quantity.unit)
    if not name and following and (following.is_joined or item.abuts):
        name = _with_own_unit(following, item.quantity.unit)
    return name


def _with_own_unit(following: Item, unit: str) -> str:
    """Return the next number's name for another unit: 稳定脱贫人口 of 户 is 稳定脱贫户."""
    tails = load_rules("name_words")["unit_nouns"]
    tail = tails.get(following.quantity.unit, "")
    if following.rule == "name:following" and tail and unit in tails:
        return following.name.removesuffix(tail) + str(tails[unit])
    return following.name


def _own_from_following(item: Item, following: Item | None, text: str) -> None:
    """Give a bare 投资 the thing that the next clause names: 投资5亿元，新建学校4所."""
    if item.quantity.kind != "money" or item.telling.measure != "level":
        return
    rest = text[item.quantity.end : item.quantity.end + 60]
    if following and _is_thing(item, following, rest):
        owner = following.name
    else:
        words = strip_start(rest)
        owner = name_behind(_drop_verbs(words))[0] if _begins_doing(rest) else ""
    if owner and owner != item.name and 2 <= len(owner) <= 24:
        item.name, item.owner, item.rule = owner + item.name, owner, "name:next"


def _begins_doing(rest: str) -> bool:
    """Whether the next clause begins with what was done with the money."""
    words = rest.lstrip("，, ")
    done = ("完成", "实施", "启动")
    return words.startswith(done) or bool(words_of("act").at_start(strip_start(words)))


def _is_thing(item: Item, following: Item, rest: str) -> bool:
    """Whether the next number counts what the money was spent on, in the very next clause."""
    between = rest[: max(0, following.quantity.start - item.quantity.end)].lstrip("，,")
    return (
        following.place.part == item.place.part
        and following.telling.measure == "level"
        and following.quantity.kind != "money"
        and "，" not in between
    )


def _drop_verbs(words: str) -> str:
    """Take verbs of doing off the front of a clause: 全面推进学前教育."""
    words = strip_start(words)
    verb = words_of("act").at_start(words)
    while verb:
        words = strip_start(words[len(verb) :])
        verb = words_of("act").at_start(words)
    return words
