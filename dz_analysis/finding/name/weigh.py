"""Which reading of a number stands."""

from __future__ import annotations

from dz_analysis.finding.name.discourse import Topic
from dz_analysis.finding.name.naming_state import Reading, View
from dz_analysis.finding.name.nouns import words_of
from dz_analysis.finding.name.place_in_name import drop_place
from dz_analysis.finding.name.readings import FRAMES


def choose(view: View, topic: Topic) -> Reading:
    """Return the reading that stands."""
    for frame in FRAMES:
        reading = frame(view, topic)
        if reading is not None:
            return finish(reading, view, topic)
    msg = "no frame reads a name"
    raise AssertionError(msg)


def finish(reading: Reading, view: View, topic: Topic) -> Reading:
    """Take places off a name and give a share its word."""
    name, place = drop_place(reading.name, reading.place, topic.name, view.places)
    measured = reading.measured or view.measured
    if view.quantity.kind == "bare" and name.endswith(("比", "比值")):
        measured = measured._replace(measure="ratio") if measured.measure == "level" else measured
    if measured.measure == "ratio" and name and "占" not in name:
        name = name if words_of("share_ends").at_end(name) else f"{name}占比"
    return reading._replace(name=name, place=place, measured=measured)
