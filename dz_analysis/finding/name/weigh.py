"""Which reading of a number stands: the one whose marks weigh most.

In: the view of a number and the topic. Out: a `Reading`. The weight of a reading is the sum of its
marks in `lexicon/name_weights.csv`: the mark of its frame, and the signs that speak for or against
it. Between equals the frame of higher priority wins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial
from types import MappingProxyType
from typing import NamedTuple

from dz_analysis.finding.measure.rules import MeasureRule
from dz_analysis.finding.name.discourse import Topic
from dz_analysis.finding.name.forms import term
from dz_analysis.finding.name.frames import NameFrame, in_order, needs_of
from dz_analysis.finding.name.naming_state import Reading, View
from dz_analysis.finding.name.nouns import RECENT, strip_start, words_of
from dz_analysis.finding.name.place_in_name import strip_place
from dz_analysis.finding.name.readings import (
    READERS,
    Frame,
    is_limit,
    is_of_verbs,
    may_be_carried,
    may_be_owned,
    may_be_second,
)
from dz_analysis.finding.name.signs import SIGNS
from dz_analysis.lexicon import load_lexicon, values

_HOLDS, _SHARE = term("holds"), term("share")
_GROWTHS = frozenset(["growth", "average_growth"])
_PULL_RULE = MeasureRule.PULL  # asked of every number
_UNREAD = Reading(NameFrame.UNREAD)


class Asked(NamedTuple):
    """A frame that may name a number: its function, its weight, the traits that it needs."""

    read: Frame
    weight: float
    needs: int


class Weights:
    """The weights of the frames and of the signs that weigh anything.

    `gain` is the most that signs can add to a frame: one whose weight lies further below the best
    reading can not win any more.

    Parameters
    ----------
    marks : mapping of str to float
        Mark -> weight; a mark that it lacks weighs nothing.
    """

    __slots__ = ("_fitting", "gain", "signs")

    def __init__(self, marks: Mapping[str, float]) -> None:
        frames = [
            Asked(read, marks.get(mark_of(frame), 0.0), _bits(needs_of(frame)))
            for frame, read in in_order(READERS)
        ]
        frames.sort(key=lambda frame: -frame.weight)  # stable: ties by order
        self._fitting = cache(partial(_fitting, frames))
        self.signs = tuple((SIGNS[name], marks[name]) for name in SIGNS if marks.get(name))
        self.gain = sum(weight for _, weight in self.signs if weight > 0)

    def asked(self, view: View, topic: Topic) -> tuple[Asked, ...]:
        """Return the frames that a number may be named by, the heaviest first."""
        return self._fitting(traits_of(view, topic) | traits_of_noun(view))


def _fitting(frames: Sequence[Asked], traits: int) -> tuple[Asked, ...]:
    """Return the frames whose needs are among some traits."""
    return tuple(frame for frame in frames if frame.needs & traits == frame.needs)


KINDS = ("part", "rank", "length", "count")  # of the quantity
MEASURES = ("level", "completion", "change")
TOLD = (
    *("topic", "told", "counted", "among", "lead", "label", "bracket", "behind", "of", "pull"),
    "account",
)
# The noun before: whether there is one, how it begins and ends, how it is cut out of the head
# (a frame), the roles of `name_words` that the noun, or the noun without a place, has, and what
# else either of them may be.
CUTS = ("before:having", "before:owner", "before:light", "before")
NOUN_ROLES = ("per_heads", "tiers", "about_verbs", "shared_modifiers")
NAME_ROLES = ("crop_heads", "owned", "grafted")
NOUN_SHAPES: Mapping[str, Callable[[str], bool]] = MappingProxyType(
    {"carried": may_be_carried, "limit": is_limit, "verbs": is_of_verbs}
)
NAME_SHAPES: Mapping[str, Callable[[str], bool]] = MappingProxyType(
    {"relational": may_be_owned, "second": may_be_second}
)
NOUN = ("noun", "holds", "share", *CUTS, *NOUN_ROLES, *NAME_ROLES, *NOUN_SHAPES, *NAME_SHAPES)
TRAITS = (*KINDS, *MEASURES, *TOLD, *NOUN)
_BIT = {trait: 1 << at for at, trait in enumerate(TRAITS)}


def _bits(traits: Iterable[str]) -> int:
    return sum(_BIT[trait] for trait in traits)


def traits_of(view: View, topic: Topic) -> int:
    """Return what a number has that frames need, as bits in the order of `TRAITS`."""
    bits = _BIT.get(view.quantity.kind, 0) | _BIT.get(view.measured.measure, 0)
    if topic.name:
        bits |= _TOPIC
    if topic.counted:
        bits |= _COUNTED
    if topic.among:
        bits |= _AMONG
    if topic.account:
        bits |= _ACCOUNT
    if view.lead:
        bits |= _LEAD
    if view.label:
        bits |= _LABEL
    if view.behind:  # most numbers end their clause
        bits |= _OF_BEHIND if view.states_owner else _BEHIND
    if view.measured.rule is _PULL_RULE:
        bits |= _PULL
    return bits | _BRACKET if view.is_bracketed else bits


def traits_of_noun(view: View) -> int:
    """Return what the noun before a number has that frames need."""
    noun = view.noun
    if not noun:
        return 0
    name = view.head.name
    return _CUTS[name.frame] | _traits_of_words(noun) | _traits_of_name(name.text)


@lru_cache(maxsize=RECENT)
def _traits_of_name(name: str) -> int:
    """Return what the name has that a noun is without a place."""
    bits = _roles(NAME_ROLES).get(name, 0)
    for bit, is_one in _NAME_BITS:
        if is_one(name):
            bits |= bit
    return bits


@lru_cache(maxsize=RECENT)
def _traits_of_words(noun: str) -> int:
    """Return what a noun has, whatever place stands in it."""
    bits = _NOUN | _roles(NOUN_ROLES).get(noun, 0)
    for bit, is_one in _NOUN_BITS:
        if is_one(noun):
            bits |= bit
    if noun.startswith(_HOLDS):
        bits |= _BEGINS_HOLDS
    return bits | _ENDS_SHARE if noun.endswith(_SHARE) else bits


@cache
def _roles(roles: tuple[str, ...]) -> Mapping[str, int]:
    """Return each word of some roles with the traits that it has by them."""
    found: dict[str, int] = {}
    for role in roles:
        for word in words_of(role):
            found[word] = found.get(word, 0) | _BIT[role]
    return MappingProxyType(found)


_TOPIC, _COUNTED = _bits(["topic", "told"]), _bits(["counted", "told"])
_AMONG, _LEAD, _LABEL = _BIT["among"], _BIT["lead"], _BIT["label"]
_BRACKET, _PULL, _ACCOUNT = (_BIT[told] for told in ("bracket", "pull", "account"))
_BEHIND, _OF_BEHIND = _BIT["behind"], _bits(["behind", "of"])
_NOUN, _BEGINS_HOLDS, _ENDS_SHARE = _BIT["noun"], _BIT["holds"], _BIT["share"]
_NOUN_BITS = tuple((_BIT[trait], is_one) for trait, is_one in NOUN_SHAPES.items())
_NAME_BITS = tuple((_BIT[trait], is_one) for trait, is_one in NAME_SHAPES.items())
_CUTS = {NameFrame(cut): _BIT[cut] for cut in CUTS}


@cache
def listed_weights() -> Weights:
    """Return the weights of the lexicon."""
    return Weights({row["mark"]: float(row["weight"]) for row in load_lexicon("name_weights")})


def mark_of(frame: NameFrame) -> str:
    """Return the mark that a frame itself is.

    Examples
    --------
    >>> mark_of(NameFrame.BEHIND)
    'frame behind'
    """
    return f"frame {frame}"


def choose(view: View, topic: Topic, weights: Weights | None = None) -> Reading:
    """Return the reading of a number that weighs most.

    Frames are asked from the heaviest down, until none that is left could win.

    Parameters
    ----------
    view : View
        The number.
    topic : Topic
        What was told before.
    weights : Weights, optional
        Those of the lexicon when left out.
    """
    weights = weights or listed_weights()
    best, most = _UNREAD, float("-inf")
    for frame in weights.asked(view, topic):
        if most >= frame.weight + weights.gain:
            break
        found = frame.read(view, topic)
        if found is None:
            continue
        reading = finish(found, view, topic)
        if not weights.signs:
            return reading
        mass = frame.weight + sum(by for sign, by in weights.signs if sign(reading, view, topic))
        if mass > most:
            best, most = reading, mass
    return best


def read_all(view: View, topic: Topic) -> Iterator[Reading]:
    """Yield what every frame reads, in order of weight."""
    for frame in listed_weights().asked(view, topic):
        found = frame.read(view, topic)
        if found is not None:
            yield finish(found, view, topic)


def _name_grown(name: str) -> str:
    """Return the name of what grew: 地区生产总值 of 经济增长, 投资 of 带动全县投资增长."""
    name = values("name_words", "whole_names").get(name, name)
    driver = words_of("drivers").at_start(name)
    return strip_start(name[len(driver) :]) or name if driver else name


def finish(reading: Reading, view: View, topic: Topic) -> Reading:
    """Take places off a name and give a share its word."""
    told = "" if reading.frame is NameFrame.BEHIND else topic.name  # 2个开发区 counts them
    name, place = strip_place(reading.name, reading.place, told, view.places)
    measured = reading.measured or view.measured
    is_bare = view.quantity.kind == "bare" and measured.measure == "level"
    if is_bare and words_of("quotients").at_end(name):
        measured = measured._replace(measure="ratio")
    if (
        measured.measure == "ratio"
        and name
        and _HOLDS not in name
        and not words_of("share_ends").at_end(name)
    ):
        name += _SHARE
    if measured.measure in _GROWTHS:
        name = _name_grown(name)
    if measured is view.measured and name == reading.name and place == reading.place:
        return reading  # as most are: nothing to copy
    return reading._replace(name=name, place=place, measured=measured)
