"""A quantity on its way to a name, and what a sentence remembers of the ones before it.

In: nothing; `indicators` fills these, `heads` names them and `lists` pairs them.
"""

from __future__ import annotations

from dataclasses import dataclass

from dz_analysis.finding.measure.telling import MeasureReading
from dz_analysis.finding.model import Quantity
from dz_analysis.finding.text.segment import Place

UNTOLD = MeasureReading("level", "")


@dataclass(slots=True)
class Item:
    """One quantity on its way to a name; filled from left to right through its sentence.

    `before` and `behind` are the words of its clause on both sides, `lead` the clause before when
    it holds no number; `taken` counts the characters behind the number that its name used.
    `is_scope` marks a count of rivals (在四个新区中), `is_bracketed` one in brackets,
    `is_opened` one whose clause a bracket opens,
    `abuts` one that the next number follows at once,
    `is_cut` one that it follows in the same clause.
    `label` is a name that a colon sets before the clause,
    `owner` is whose the named thing is, `place_name` a place that stands where a name would;
    `listed` counts the places of a list that the numbers are shared over.
    """

    quantity: Quantity
    place: Place
    before: str = ""
    behind: str = ""
    lead: str = ""
    telling: MeasureReading = UNTOLD
    name: str = ""
    owner: str = ""
    rule: str = ""
    attribute: str = ""
    label: str = ""
    place_name: str = ""
    origin: str = ""
    taken: int = 0
    listed: int = -1
    is_joined: bool = False
    is_origin: bool = False
    is_grouped: bool = False
    is_scope: bool = False
    is_bracketed: bool = False
    is_aside: bool = False
    is_opened: bool = False
    abuts: bool = False
    is_cut: bool = False


@dataclass(slots=True)
class Trail:
    """What was told last: the topic, the thing counted, the topic before a count of rivals.

    `among` are the things that parts are then counted of (25项指标中19项…), in `among_unit`s.
    """

    topic: str = ""
    counted: str = ""
    over: str = ""
    earlier: str = ""
    among: str = ""
    among_unit: str = ""
    clause: int = -1
    part: int = -1
    line: int = -1
    is_led: bool = False
