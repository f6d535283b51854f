"""Lists of numbers that share their names: 分别增长5%、6%.

In: the items of a sentence so far. Out: the same items, their names changed where a list pairs
names with numbers in order.
"""

from __future__ import annotations

from dz_analysis.finding.items import Item
from dz_analysis.finding.names import is_relational, split_list, strip_end, strip_start

RESPECTIVELY = ("分别", "各")


def name_groups(sentence: list[Item]) -> None:
    """Pair names with numbers where the last item closes a list.

    1 the list of names stands before the numbers; 2 it stands in the clauses before (dropped
    heads); 3 the numbers are compared with a list of places.
    """
    group = _last_group(sentence)
    if len(group) < 2:
        return
    first, count = group[0], len(group)
    head = strip_end(strip_start(first.telling.head.replace("分别", "")))
    names = split_list(head, count) if head else ()
    if names:
        _give(group, names, "name:list")
        return
    of = split_list(first.telling.of, count) if first.telling.of else ()
    if of and first.telling.measure in ("gap", "rank"):
        return
    if "分别" not in first.before:
        return
    earlier = _earlier_names(sentence[:-count], count)
    if not earlier:
        return
    if not head or head in ("同比",):
        _give(group, earlier, "name:list:earlier")
    elif is_relational(head) or is_relational(head.removeprefix("年度")):
        _give(group, tuple(name + head for name in earlier), "name:list:owners")


def _last_group(sentence: list[Item]) -> list[Item]:
    """Return the run of joined numbers that ends the sentence so far."""
    start = len(sentence) - 1
    while (
        start > 0 and sentence[start].is_joined and _is_alike(sentence[start], sentence[start - 1])
    ):
        start -= 1
    return sentence[start:]


def _is_alike(item: Item, last: Item) -> bool:
    return item.quantity.kind == last.quantity.kind and not item.taken and not last.taken


def _earlier_names(before: list[Item], count: int) -> tuple[str, ...]:
    """Return the last names told, one for each number of the list."""
    told = [item.name for item in before if item.telling.measure in ("level", "ratio")]
    names = tuple(told[-count:])
    return names if len(names) == count and len(set(names)) == count else ()


def _give(group: list[Item], names: tuple[str, ...], rule: str) -> None:
    for item, name in zip(group, names, strict=True):
        item.name, item.rule, item.is_grouped = name, rule, True
