"""Places that stand where a name would: taken off it, and kept for the region.

In: an item with the words of its head or its name, and the places that the text names. Out: the
words without the place; `place_name` of the item says which it was.
"""

from __future__ import annotations

from dz_analysis.finding.name.naming_state import Item, Trail
from dz_analysis.finding.name.nouns import strip_start, words_of
from dz_analysis.finding.text.wordset import Words

LONGEST_PLACE = 12  # characters of the longest name of a place that a head may begin with
LEADING = 6  # characters of 今年 and 全年 that may stand before it


def past_place(item: Item, head: str, places: Words) -> str:
    """Take a place off a head where its first sign reads as a word: 达 of 达州市, 均 of 均县."""
    for at in range(min(len(head), LEADING)):
        if at and strip_start(head[:at]):
            return head
        place = next(iter(places.all_at_start(head[at:], 3, LONGEST_PLACE)), "")
        if place and strip_start(place) != place and len(head) > at + len(place) + 1:
            item.place_name = place
            return head[at + len(place) :]
    return head


def without_place(item: Item, words: str, places: Words) -> str:
    """Take the name of a place off the front of a head: 未央区新增 is told of 未央区."""
    for place in places.all_at_start(words, 2, min(len(words) - 1, LONGEST_PLACE)):
        length = len(place)
        is_word = (
            length < 3
            and place[-1] not in "县市"
            and not words_of("kept_verbs").at_start(words, length)
        )
        if not is_word and not words.startswith(("第", "人民", "一"), length):
            item.place_name = place
            return strip_start(words[length:]) or words
    return words


def past_apposition(name: str, places: Words) -> str:
    """Return what follows a place that is told of first: 最大的粮食基地甲省播种面积."""
    at = name.find("的")
    while 0 < at < len(name) - 4:
        at += 1
        place = places.at_start(name, at)
        if len(place) > 2 and len(name) - at - len(place) > 1:
            return name[at + len(place) :]
    return name


def drop_place(item: Item, trail: Trail, places: Words) -> None:
    """Take the name of a place off the front: the region says it."""
    for place in places.all_at_start(item.name, 3, min(len(item.name) - 2, LONGEST_PLACE)):
        if not item.name.startswith(("第", "人民"), len(place)):
            item.place_name = item.place_name or place
            item.name = strip_start(item.name[len(place) :]) or item.name
            return
    item.name = past_apposition(item.name, places).lstrip("的") or item.name
    if item.name in places and trail.topic:
        item.place_name, item.name = item.name, trail.topic
