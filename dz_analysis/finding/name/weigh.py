"""Which reading of a number stands: the one whose marks weigh most.

In: the view of a number and the topic. Out: a `Reading`. The weight of a reading is the sum of its
marks in `lexicon/name_weights.csv`: the mark of its frame, and the signs that speak for or against
it. Between equals the frame of higher priority wins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from dz_analysis.finding.name.discourse import Topic
from dz_analysis.finding.name.forms import term
from dz_analysis.finding.name.frames import NameFrame, in_order, needs_of
from dz_analysis.finding.name.naming_state import Reading, View
from dz_analysis.finding.name.nouns import words_of
from dz_analysis.finding.name.place_in_name import drop_place
from dz_analysis.finding.name.readings import READERS, Frame
from dz_analysis.finding.name.signs import SIGNS
from dz_analysis.lexicon import load_lexicon, values

_HOLDS, _SHARE = term("holds"), term("share")
_GROWTHS = frozenset(["growth", "average_growth"])
_UNREAD = Reading(NameFrame.UNREAD)


class Asked(NamedTuple):
    """A frame that may name a number: its function, its weight, whether it needs a noun before."""

    read: Frame
    weight: float
    needs_noun: bool


class Weights:
    """The weights of the frames and of the signs that weigh anything.

    `gain` is the most that signs can add to a frame: one whose weight lies further below the best
    reading can not win any more.

    Parameters
    ----------
    marks : mapping of str to float
        Mark -> weight; a mark that it lacks weighs nothing.
    """

    __slots__ = ("_asked", "_frames", "gain", "signs")

    def __init__(self, marks: Mapping[str, float]) -> None:
        frames = []
        for frame, read in in_order(READERS):
            needs, weight = needs_of(frame), marks.get(mark_of(frame), 0.0)
            asked = Asked(read, weight, needs_noun="noun" in needs)
            frames.append((_bits(needs - {"noun"}), asked))
        self._frames = sorted(frames, key=lambda entry: -entry[1].weight)  # stable: ties by order
        self._asked: dict[int, tuple[Asked, ...]] = {}
        self.signs = tuple((SIGNS[name], marks[name]) for name in SIGNS if marks.get(name))
        self.gain = sum(weight for _, weight in self.signs if weight > 0)

    def asked(self, traits: int) -> tuple[Asked, ...]:
        """Return the frames that a number with these traits may be named by, the heaviest first."""
        if traits not in self._asked:
            self._asked[traits] = tuple(
                frame for needs, frame in self._frames if needs & traits == needs
            )
        return self._asked[traits]


KINDS = ("part", "rank", "length", "count")  # of the quantity
MEASURES = ("level", "completion", "change")
TOLD = ("topic", "told", "counted", "among", "lead", "label", "bracket", "of")
TRAITS = (*KINDS, *MEASURES, *TOLD)
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
    if view.lead:
        bits |= _LEAD
    if view.label:
        bits |= _LABEL
    if view.states_owner:
        bits |= _OF
    return bits | _BRACKET if view.is_bracketed else bits


_TOPIC, _COUNTED = _bits(["topic", "told"]), _bits(["counted", "told"])
_AMONG, _LEAD, _LABEL = _BIT["among"], _BIT["lead"], _BIT["label"]
_BRACKET, _OF = _BIT["bracket"], _BIT["of"]


@lru_cache(maxsize=1)
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
    for frame in weights.asked(traits_of(view, topic)):
        if most >= frame.weight + weights.gain:
            break
        found = None if frame.needs_noun and not view.noun else frame.read(view, topic)
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
    for frame in listed_weights().asked(traits_of(view, topic)):
        found = None if frame.needs_noun and not view.noun else frame.read(view, topic)
        if found is not None:
            yield finish(found, view, topic)


def finish(reading: Reading, view: View, topic: Topic) -> Reading:
    """Take places off a name and give a share its word."""
    name, place = drop_place(reading.name, reading.place, topic.name, view.places)
    measured = reading.measured or view.measured
    is_bare = view.quantity.kind == "bare" and measured.measure == "level"
    if is_bare and words_of("quotients").at_end(name):
        measured = measured._replace(measure="ratio")
    if measured.measure == "ratio" and name and _HOLDS not in name:
        name = name if words_of("share_ends").at_end(name) else f"{name}{_SHARE}"
    if measured.measure in _GROWTHS:
        name = values("name_words", "whole_names").get(name, name)  # 经济增长6%
    if name == reading.name and place == reading.place and measured is view.measured:
        return reading  # as most are: nothing to copy
    return reading._replace(name=name, place=place, measured=measured)
