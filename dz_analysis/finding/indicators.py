"""What each number of a text measures: its name and how it is told, clause after clause.

In: clean text, its quantities, and spans that belong to no name (statements of time).
Out: one `Reading` for each quantity. A name is read 1 behind the number (8家企业), 2 before it
(企业8家), 3 from what was told last (，增长5%), and shared over lists (分别增长5%、6%).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dz_analysis.finding.clauses import locate
from dz_analysis.finding.items import Item, Trail
from dz_analysis.finding.lists import name_groups
from dz_analysis.finding.measures import pointing, read_telling
from dz_analysis.finding.model import Quantity
from dz_analysis.finding.names import (
    Name,
    is_relational,
    name_before,
    name_behind,
    name_of_predicate,
    strip_end,
    strip_start,
    words_of,
)
from dz_analysis.lexicon import load_rules

_JOINT = re.compile(r"[\s、，,和与及以]*(?:分别)?[\s、，,和与及以]*")
LONGEST = 24  # no list of the genre is longer; keeps a text without stops linear


def read_indicators(
    text: str, quantities: Sequence[Quantity], skips: Sequence[tuple[int, int]] = ()
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

    Returns
    -------
    tuple of Item
        One a quantity, in the same order.

    Examples
    --------
    >>> from dz_analysis.finding.rejections import find_quantities
    >>> text = "新签约项目57个，总投资230亿元；税收8亿元，增长5%。"
    >>> [item.name for item in read_indicators(text, find_quantities(text))]
    ['新签约项目', '新签约项目总投资', '税收', '税收']
    """
    places = locate(text, quantities)
    cutter = _Cutter(text, skips)
    items: list[Item] = []
    sentence: list[Item] = []
    trail = Trail()
    for quantity, place in zip(quantities, places, strict=True):
        last = sentence[-1] if sentence else None
        if last and last.place.sentence != place.sentence:
            items += _finish(sentence, cutter)
            sentence, last, trail = [], None, Trail()
        if last and last.place.part != place.part:
            trail.counted = ""
        item = Item(quantity, place)
        _cut(item, last, cutter)
        _name(item, last, trail)
        sentence.append(item)
        _remember(item, trail)
        if item.is_joined:
            name_groups(sentence[-LONGEST:])
    return tuple(items + _finish(sentence, cutter))


@dataclass(frozen=True, slots=True)
class _Cutter:
    """Cuts words out of the text without the spans that belong to no name."""

    text: str
    skips: Sequence[tuple[int, int]]

    def cut(self, start: int, end: int) -> str:
        at = bisect_left(self.skips, (start, 0))
        pieces, offset = [], start
        for left, right in self.skips[at : at + 8]:
            if left >= end:
                break
            pieces.append(self.text[offset:left])
            offset = min(right, end)
        pieces.append(self.text[offset:end])
        return "".join(pieces)


def _cut(item: Item, last: Item | None, cutter: _Cutter) -> None:
    """Cut the words before and behind a quantity; the one before it may have taken some."""
    place, quantity = item.place, item.quantity
    start = place.clause
    if last:
        start = max(start, last.quantity.end + last.taken)
        between = cutter.text[last.quantity.end + last.taken : quantity.start]
        item.is_joined = len(between) < 12 and bool(_JOINT.fullmatch(between))
    item.before = cutter.cut(start, quantity.start).lstrip("，、；：。,;: 　")
    item.behind = cutter.text[quantity.end : place.stop]


def _name(item: Item, last: Item | None, trail: Trail) -> None:
    """Decide a quantity's measure and name: 1 joined, 2 behind, 3 before, 4 from what was told."""
    before = _origin(item)
    item.telling = read_telling(before, item.quantity, item.behind)
    if item.is_joined and last and not strip_start(before) and _same_kind(item, last):
        item.telling = replace(last.telling, bound=item.telling.bound, head="")
    if item.quantity.kind == "part":
        _name_part(item, before)
        return
    if _name_behind(item) or _name_before(item, trail):
        return
    item.name, item.rule = trail.topic, "name:topic"


def _origin(item: Item) -> str:
    """Take 由 and 从 off the words before a starting point: 由2.1%提高到3.4%."""
    words = item.before.rstrip()
    stem = words.removesuffix("的").removesuffix("时").removesuffix("末")
    if stem.endswith(("由", "从")) and not stem.endswith("理由"):
        item.is_origin = True
        return stem[:-1]
    return words


def _same_kind(item: Item, last: Item) -> bool:
    return item.quantity.kind == last.quantity.kind and item.quantity.unit == last.quantity.unit


def _name_part(item: Item, before: str) -> None:
    """Name one share of 18.6:39.4:42.0 by its place."""
    names: list[str] = words_list("part_names")
    place = item.quantity.place
    item.name = names[place - 1] if place <= len(names) else "占比"
    item.rule = "name:parts"
    item.is_origin = before != item.before.rstrip() or item.is_origin


def words_list(section: str) -> list[str]:
    """Return a list of the lexicon in its order."""
    return list(load_rules("name_words")[section])


def _name_behind(item: Item) -> bool:
    """Read the noun behind a number: 8家企业, 1.8亿元的医院, 增长5%的产业."""
    _quantity, telling = item.quantity, item.telling
    behind = item.behind
    if behind.startswith("的") and telling.measure not in ("rank", "completion"):
        return _name_attribute(item)
    if telling.measure != "level" or telling.is_state:
        return False
    noun, length = name_behind(behind)
    if not noun or not _wants_behind(item, noun):
        return False
    verb = _verb_before(telling.head)
    item.name, item.rule, item.taken = verb + noun, "name:behind", length
    return True


def _wants_behind(item: Item, noun: str) -> bool:
    """Whether the noun behind is the one counted, not the next subject."""
    head = strip_end(strip_start(item.telling.head))
    if not head or words_of("before_right").at_end(item.telling.head):
        return True
    if item.quantity.kind == "count" and item.quantity.unit not in ("人次", "次"):
        return True
    return bool(words_of("act").at_end(head) or words_of("light").at_end(head))


def _verb_before(head: str) -> str:
    """Return the verb of doing that stands directly before a number: 新建4所学校."""
    verb = words_of("act").at_end(head.rstrip())
    return verb if verb in words_of("kept_verbs") else ""


def _name_attribute(item: Item) -> bool:
    """Read an amount before its owner: 投资1.8亿元的医院 is 医院投资."""
    noun, length = name_behind(item.behind[1:])
    if not noun:
        return False
    head = strip_end(strip_start(item.telling.head))
    attribute = _last_noun(head)
    item.taken = length + 1
    item.owner = noun
    item.name = noun + attribute
    item.rule = "name:attribute"
    if item.telling.measure == "ratio":
        item.name = noun + "占比"
    return True


def _last_noun(head: str) -> str:
    """Return the noun that an amount before its owner states: 引进总投资 is 总投资."""
    relational = words_of("relational").at_end(head)
    if relational:
        return relational
    return "" if words_of("act").at_end(head) else head[-6:]


def _name_before(item: Item, trail: Trail) -> bool:
    """Read the noun before a number; a noun that needs an owner takes the one told last."""
    head = item.telling.head
    name = name_before(head) if strip_start(head) else Name("")
    words = name.text
    if not words or _points_back(words):
        return False
    if is_relational(words) and not name.owner and trail.counted:
        item.name, item.owner, item.rule = trail.counted + words, trail.counted, "name:owner"
        return True
    item.name, item.owner, item.rule = words, name.owner, f"name:{name.rule}"
    return True


def _points_back(words: str) -> bool:
    """Whether a head only points back at what is told: 增速, 总量."""
    return words in pointing()


def _remember(item: Item, trail: Trail) -> None:
    """Keep what later clauses may point back to."""
    if item.name:
        trail.topic = item.name
    if item.quantity.kind == "count" and item.telling.measure == "level":
        trail.counted = item.name
    elif item.owner:
        trail.counted = item.owner
    elif item.telling.measure == "level" and item.rule == "name:before":
        trail.counted = ""


def _finish(sentence: list[Item], cutter: _Cutter) -> list[Item]:
    """Name what is still unnamed from what follows: 4263户、9166人全部脱贫; 投资5亿元，新建学校."""
    for at in range(len(sentence) - 1, -1, -1):
        item = sentence[at]
        following = sentence[at + 1] if at + 1 < len(sentence) else None
        if not item.name:
            item.name, item.rule = _from_behind(item, following), "name:following"
        elif not item.owner and item.name in words_of("invested"):
            _own_from_following(item, following, cutter)
    return sentence


def _from_behind(item: Item, following: Item | None) -> str:
    name = name_of_predicate(item.behind, "")
    if not name and following and following.is_joined:
        name = following.name
    return name


def _own_from_following(item: Item, following: Item | None, cutter: _Cutter) -> None:
    """Give a bare 投资 the thing that the next clause names: 投资5亿元，新建学校4所."""
    if item.quantity.kind != "money" or item.telling.measure != "level":
        return
    start = item.quantity.end
    if following and _is_thing(item, following):
        owner = following.name
    else:
        words = cutter.text[start : start + 60].lstrip("，, ")
        owner = name_behind(strip_start(_drop_verbs(words)))[0]
    if owner and len(owner) <= 24:
        item.name, item.owner, item.rule = owner + item.name, owner, "name:next"


def _is_thing(item: Item, following: Item) -> bool:
    """Whether the next number counts the thing that the money was spent on."""
    return (
        following.place.part == item.place.part
        and following.telling.measure == "level"
        and following.quantity.kind != "money"
    )


def _drop_verbs(words: str) -> str:
    """Take verbs of doing off the front of a clause: 全面推进学前教育."""
    words = strip_start(words)
    verb = words_of("act").at_start(words)
    while verb:
        words = strip_start(words[len(verb) :])
        verb = words_of("act").at_start(words)
    return words
