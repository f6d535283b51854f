"""Which reading of a number stands: the one whose marks weigh most.

In: the view of a number and the topic. Out: a `Reading`. The weight of a reading is the sum of its
marks in `lexicon/name_weights.csv`: the mark of its frame, and the signs that speak for or against
it. Between equals the frame of higher priority wins.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from dz_analysis.finding.name.discourse import Topic
from dz_analysis.finding.name.frames import NameFrame, in_order
from dz_analysis.finding.name.naming_state import Reading, View
from dz_analysis.finding.name.nouns import words_of
from dz_analysis.finding.name.place_in_name import drop_place
from dz_analysis.finding.name.readings import READERS, Frame
from dz_analysis.finding.name.signs import SIGNS, Sign
from dz_analysis.lexicon import load_lexicon


class Weights(NamedTuple):
    """The weights of a list: frames from the heaviest down, the signs that weigh anything.

    `gain` is the most that signs can add to a frame: an asked frame whose weight lies further below
    the best reading can not win any more.
    """

    frames: tuple[tuple[Frame, float], ...]
    signs: tuple[tuple[Sign, float], ...]
    gain: float


@lru_cache(maxsize=1)
def hand_weights() -> Weights:
    """Return the weights of the lexicon."""
    return make_weights({row["mark"]: float(row["weight"]) for row in load_lexicon("name_weights")})


def make_weights(marks: Mapping[str, float]) -> Weights:
    """Return the weights that a mapping of marks gives; a mark that it lacks weighs nothing."""
    frames = [(read, marks.get(mark_of(frame), 0.0)) for frame, read in in_order(READERS)]
    frames.sort(key=lambda entry: -entry[1])  # stable: equals keep their priority
    signs = tuple((SIGNS[name], marks[name]) for name in SIGNS if marks.get(name))
    gain = sum(weight for _, weight in signs if weight > 0)
    return Weights(tuple(frames), signs, gain)


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
    frames, signs, gain = weights or hand_weights()
    best, most = Reading(NameFrame.UNREAD), float("-inf")
    for read, weight in frames:
        if most >= weight + gain:
            break
        found = read(view, topic)
        if found is None:
            continue
        reading = finish(found, view, topic)
        mass = weight + sum(by for sign, by in signs if sign(reading, view, topic))
        if mass > most:
            best, most = reading, mass
    return best


def read_all(view: View, topic: Topic) -> Iterator[Reading]:
    """Yield what every frame reads, in order of priority."""
    for _, read in in_order(READERS):
        found = read(view, topic)
        if found is not None:
            yield finish(found, view, topic)


def finish(reading: Reading, view: View, topic: Topic) -> Reading:
    """Take places off a name and give a share its word."""
    name, place = drop_place(reading.name, reading.place, topic.name, view.places)
    measured = reading.measured or view.measured
    if view.quantity.kind == "bare" and name.endswith(("比", "比值")):
        measured = measured._replace(measure="ratio") if measured.measure == "level" else measured
    if measured.measure == "ratio" and name and "占" not in name:
        name = name if words_of("share_ends").at_end(name) else f"{name}占比"
    return reading._replace(name=name, place=place, measured=measured)
