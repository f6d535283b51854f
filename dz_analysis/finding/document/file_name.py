"""The place that the name of a file tells, where the page itself tells none.

In: the name of a document in Latin letters, as `nanchang_2025_budget`. Out: a division's name, or
blank. It is compared with the readings of the names of all divisions, without tones.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from itertools import product

from dz_analysis.finding.place import gazetteer
from dz_analysis.finding.place.gazetteer import Place
from dz_analysis.reading.readings import readings_of

SHORTEST, LONGEST = 2, 4  # characters of a name that is spelled
_TOKEN = re.compile("[a-z]{5,}")


def spelled_place(name: str) -> str:
    """Return the division that a name spells in Latin letters, blank if it may be several.

    A province beside it tells two cities apart.

    Examples
    --------
    >>> spelled_place("nanchang_2025_funds"), spelled_place("suzhou_anhui_2025")
    ('南昌市', '宿州市')
    >>> spelled_place("suzhou-2025"), spelled_place("annual report")
    ('', '')
    """
    found = [places for token in _TOKEN.findall(name.lower()) if (places := _spelled().get(token))]
    provinces = {
        one.code[:2] for places in found for one in places if not gazetteer.RANK[one.level]
    }
    inside = (tuple(p for p in places if p.code[:2] in provinces) or places for places in found)
    meant = [place for places in inside if (place := _one_of(places))]
    return max(meant, key=lambda place: gazetteer.RANK[place.level]).name if meant else ""


def _one_of(places: Sequence[Place]) -> Place | None:
    """Return the highest of some places of one spelling, None if there are several."""
    rank = min(gazetteer.RANK[place.level] for place in places)
    highest = [place for place in places if gazetteer.RANK[place.level] == rank]
    return highest[0] if len({place.code for place in highest}) == 1 else None


@cache
def _spelled() -> dict[str, tuple[Place, ...]]:
    """Return spelling -> the divisions that have it."""
    found: dict[str, list[Place]] = {}
    for place in gazetteer.load_places():
        for spelling in sorted({s for name in (place.name, *place.aliases) for s in _spell(name)}):
            if not place.valid_to:
                found.setdefault(spelling, []).append(place)
    return {spelling: tuple(places) for spelling, places in found.items()}


def _spell(name: str) -> set[str]:
    """Return the spellings of a name by all readings of its characters."""
    if not SHORTEST <= len(name) <= LONGEST:
        return set()
    return {"".join(syllables) for syllables in product(*map(_syllables, name))}


@cache
def _syllables(character: str) -> tuple[str, ...]:
    return tuple(sorted({_drop_tones(reading) for reading in readings_of(character)}))


def _drop_tones(reading: str) -> str:
    parts = unicodedata.normalize("NFD", reading).replace("u\N{COMBINING DIAERESIS}", "v")
    return "".join(part for part in parts if not unicodedata.combining(part))
