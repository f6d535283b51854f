"""A quantity on its way to a name, and what a sentence remembers of the ones before it.

In: nothing; `indicators` fills these and `lists` pairs them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from dz_analysis.finding.clauses import Place
from dz_analysis.finding.measures import Telling
from dz_analysis.finding.model import Quantity


@dataclass(slots=True)
class Item:
    """One quantity on its way to a name; filled from left to right through its sentence."""

    quantity: Quantity
    place: Place
    before: str = ""
    behind: str = ""
    telling: Telling = field(default_factory=lambda: Telling("level", ""))
    name: str = ""
    owner: str = ""
    rule: str = ""
    taken: int = 0
    is_joined: bool = False
    is_origin: bool = False
    is_grouped: bool = False


@dataclass(slots=True)
class Trail:
    """What was told last in a sentence: the topic, the thing counted, and the clause between."""

    topic: str = ""
    counted: str = ""
    group: tuple[str, ...] = ()
