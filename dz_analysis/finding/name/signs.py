"""The signs of a reading: what speaks for a name or against it, whatever frame read it.

In: a reading with its number's view and the topic. Out: whether a sign is there. The list is
closed; `lexicon/name_weights.csv` says what each weighs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from dz_analysis.finding.catalogue import listed_id
from dz_analysis.finding.name.discourse import Topic
from dz_analysis.finding.name.naming_state import Reading, View
from dz_analysis.finding.name.nouns import bare, strip_end, strip_start, words_of

Sign = Callable[[Reading, View, Topic], bool]
LONG = 16  # characters beyond which a name is mostly a clause
_DIGIT = re.compile(r"\d")
_CURRENCY = re.compile("[¥￥$€£%％]")
_REPEATED = re.compile(r"([㐀-鿿]{2,})\1")
_SHORTEST = 2  # characters that a place or a head has at least


def is_catalogued(reading: Reading, view: View, topic: Topic) -> bool:
    """Whether the catalogue knows the name with this unit and measure."""
    measure = (reading.measured or view.measured).measure
    return bool(listed_id(reading.name, unit=view.quantity.unit, measure=measure))


def is_grafted(reading: Reading, view: View, topic: Topic) -> bool:
    """Whether the whole noun before the number is grafted on what was told last."""
    noun, name = view.head.noun, bare(topic.name)
    return bool(noun and name) and reading.name == name + noun


def is_directly_behind(reading: Reading, view: View, topic: Topic) -> bool:
    """Whether the name stands at once behind the number."""
    return reading.used > 0 and view.behind.startswith(reading.name[-_SHORTEST:])


def takes(source: str) -> Sign:
    """Return the sign that a name takes something from a source: topic, counted, label …."""

    def is_taken(reading: Reading, view: View, topic: Topic) -> bool:
        return reading.took == source

    return is_taken


def has_owner(reading: Reading, view: View, topic: Topic) -> bool:
    """Whether it is said whose the named thing is."""
    return bool(reading.owner)


def has_verb(reading: Reading, view: View, topic: Topic) -> bool:
    """Whether the name begins with what was done: 新建学校."""
    return bool(words_of("kept_verbs").at_start(reading.name))


def is_relational_alone(reading: Reading, view: View, topic: Topic) -> bool:
    """Whether a noun that needs an owner stands without one: 总投资."""
    return reading.name in words_of("relational")


def has_place(reading: Reading, view: View, topic: Topic) -> bool:
    """Whether a place stands inside the name."""
    name = reading.name
    return any(
        len(view.places.at_start(name, at)) > _SHORTEST for at in range(1, len(name) - _SHORTEST)
    )


def has_repeated_word(reading: Reading, view: View, topic: Topic) -> bool:
    """Whether a word stands twice in a row: 项目项目."""
    return bool(_REPEATED.search(reading.name))


def has_tag(*tags: str) -> Sign:
    """Return the sign that a word of the clause with one of some tags stands inside the name."""

    def is_inside(reading: Reading, view: View, topic: Topic) -> bool:
        return any(pos in tags and token in reading.name for token, pos in view.tokens)

    return is_inside


def begins_dropped(reading: Reading, view: View, topic: Topic) -> bool:
    """Whether the name begins like a word that names drop: 全市, 其中."""
    return strip_start(reading.name) != reading.name


def ends_dropped(reading: Reading, view: View, topic: Topic) -> bool:
    """Whether the name ends like a word that names drop: 增速, 累计."""
    return strip_end(reading.name) != reading.name


def has_digit(reading: Reading, view: View, topic: Topic) -> bool:
    """Whether a digit stands in the name."""
    return bool(_DIGIT.search(reading.name))


def has_currency(reading: Reading, view: View, topic: Topic) -> bool:
    """Whether a sign of money or per cent stands in the name."""
    return bool(_CURRENCY.search(reading.name))


def is_blank(reading: Reading, view: View, topic: Topic) -> bool:
    """Whether the frame leaves the name to what follows."""
    return not reading.name


def is_single(reading: Reading, view: View, topic: Topic) -> bool:
    """Whether the name has one character."""
    return len(reading.name) == 1


def is_double(reading: Reading, view: View, topic: Topic) -> bool:
    """Whether the name has two characters."""
    return len(reading.name) == 2


def is_long(reading: Reading, view: View, topic: Topic) -> bool:
    """Whether the name is as long as a clause."""
    return len(reading.name) > LONG


def has_comma(reading: Reading, view: View, topic: Topic) -> bool:
    """Whether a sign of a list or an open bracket stands in the name."""
    return any(sign in reading.name for sign in "、，：（(【")


def is_glued(reading: Reading, view: View, topic: Topic) -> bool:
    """Whether two heads are glued: 床位建筑面积."""
    heads = words_of("relational")
    tail = heads.at_end(reading.name)
    return bool(tail) and bool(heads.at_end(reading.name[: -len(tail)]))


SIGNS: Mapping[str, Sign] = MappingProxyType(
    {
        "catalogued": is_catalogued,
        "grafted on what was told last": is_grafted,
        "directly behind": is_directly_behind,
        "takes the topic": takes("topic"),
        "takes what was counted": takes("counted"),
        "takes the label": takes("label"),
        "takes the clause before": takes("lead"),
        "has an owner": has_owner,
        "begins with a verb": has_verb,
        "needs an owner": is_relational_alone,
        "place inside": has_place,
        "repeated word": has_repeated_word,
        "adverb inside": has_tag("d", "ad"),
        "pronoun inside": has_tag("r"),
        "preposition inside": has_tag("p"),
        "begins like a dropped word": begins_dropped,
        "ends like a dropped word": ends_dropped,
        "digit inside": has_digit,
        "currency sign inside": has_currency,
        "blank": is_blank,
        "one character": is_single,
        "two characters": is_double,
        "long": is_long,
        "sign of a list inside": has_comma,
        "glued heads": is_glued,
    }
)
