"""The gazetteer: divisions of China with their codes, and the kinds of functional zones.

In: lexicon/regions.csv (names of the national code lists since 2000, with the first and the last
list that holds each) and lexicon/zones.csv. Out: places by name, and where names stand in a text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

import ahocorasick_rs

from dz_analysis.lexicon import load_lexicon, one_of, words

RANK = {"province": 0, "prefecture": 1, "county": 2}
MIN_ALIAS = 2


class Place(NamedTuple):
    """One name of one division; the same code may have had other names at other times.

    A tuple, because there are thousands and each field of a frozen dataclass is set by a call.
    """

    code: str
    name: str
    level: str
    aliases: tuple[str, ...]
    valid_from: str
    valid_to: str

    def __repr__(self) -> str:
        """Show the name first."""
        return f"<{self.name} {self.code} {self.valid_from}–{self.valid_to}>"


@cache
def load_places() -> tuple[Place, ...]:
    """Read the gazetteer once for the process, in the order of the codes."""
    return tuple(
        Place(
            row["code"],
            row["name"],
            row["level"],
            tuple(filter(None, row["aliases"].split(";"))),
            row["valid_from"],
            row["valid_to"],
        )
        for row in load_lexicon("regions")
    )


@cache
def _by_name() -> tuple[dict[str, Place], dict[str, list[Place]]]:
    """Return the first division of each name, and the others of the few names that have several."""
    first: dict[str, Place] = {}
    others: dict[str, list[Place]] = {}
    for place in load_places():
        for name in {place.name, *place.aliases, *_autonomous(place)}:
            if first.setdefault(name, place) is not place:
                others.setdefault(name, []).append(place)
    return first, others


def _autonomous(place: Place) -> Iterator[str]:
    """Yield the names that leave out the people: 湘西自治州 for 湘西土家族苗族自治州."""
    last = place.name[-1]
    ending = words("place_words", "autonomous.ending").at_end(place.name[:-1])
    for alias in place.aliases if ending else ():
        if not alias.endswith(last):
            yield f"{alias}{ending}{last}"


def _of_code(code: str) -> tuple[Place, ...]:
    """Return the names that a division had: places stand in the order of their codes."""
    places = load_places()
    low = bisect_left(places, code, key=_code)
    return places[low : bisect_right(places, code, low, key=_code)]


def _code(place: Place) -> str:
    return place.code


def places_named(name: str) -> tuple[Place, ...]:
    """Return every division that has or had a name, full or short."""
    first, others = _by_name()
    return (first[name], *others.get(name, ())) if name in first else ()


@lru_cache(maxsize=4096)
def is_full_name(name: str) -> bool:
    """Whether a name is written with its ending (德州市), not short (德州)."""
    return any(place.name == name for place in places_named(name))


def name_of_code(code: str) -> str:
    """Return the present name of a division, else its last; blank if the code is unknown."""
    places = _of_code(code)
    current = [place for place in places if not place.valid_to]
    return (current or sorted(places, key=lambda p: p.valid_to))[-1].name if places else ""


def parents_of(code: str) -> tuple[str, str]:
    """Return the names of the prefecture and the province that a code belongs to.

    Examples
    --------
    >>> parents_of("371403")
    ('德州市', '山东省')
    """
    if len(code) < 6 or not code[:6].isdigit():
        return "", ""
    province = name_of_code(code[:2] + "0000")
    city = name_of_code(code[:4] + "00") if code[2:6] != "0000" else ""
    if not city and province in words("place_words", "municipality"):
        city = province
    return city, province


@lru_cache(maxsize=4096)
def choose_place(name: str, *, province: str = "", city: str = "", when: str = "") -> Place | None:
    """Return the division that a name means in a province and city, or None if that is unclear.

    Among several, the ones inside the city and the province win, then those that stood in the
    year that begins `when` (2009-06), then the higher level, then the present ones; two that are
    still equal are no answer.

    Examples
    --------
    >>> choose_place("巢湖市", when="2009").level, choose_place("巢湖市", when="2015").level
    ('prefecture', 'county')
    """
    candidates, is_inside = _inside(places_named(name), city, province)
    if not is_inside:
        candidates = _outside(name, candidates, is_known=bool(city or province))
    candidates = [place for place in candidates if place.name == name] or candidates
    candidates = _latest(_highest(_of_time(candidates, when[:4])))
    return candidates[0] if len({p.code for p in candidates}) == 1 else None


def _inside(places: Iterable[Place], city: str, province: str) -> tuple[list[Place], bool]:
    """Keep the places inside a city and a province, where there are any; and whether there are."""
    candidates, is_inside = list(places), False
    for above in filter(None, (city, province)):
        inside = [place for place in candidates if _is_inside(place.code, above)]
        candidates, is_inside = inside or candidates, is_inside or bool(inside)
    return candidates, is_inside


def _outside(name: str, candidates: list[Place], *, is_known: bool) -> list[Place]:
    """Keep what a name may mean that is no place inside: no common noun, no far county in short."""
    if name in words("place_words", "common.names"):
        return []
    return [p for p in candidates if p.name == name or p.level != "county" or not is_known]


def _highest(candidates: list[Place]) -> list[Place]:
    """Keep the places of the highest level."""
    top = min((RANK[place.level] for place in candidates), default=0)
    return [place for place in candidates if RANK[place.level] == top]


def _latest(candidates: list[Place]) -> list[Place]:
    """Keep the present places, else those that stood last where their codes differ."""
    current = [place for place in candidates if not place.valid_to]
    if current or len({place.code for place in candidates}) < 2:
        return current or candidates
    last = max(place.valid_to for place in candidates)
    return [place for place in candidates if place.valid_to == last]


def _of_time(candidates: list[Place], year: str) -> list[Place]:
    """Keep, of divisions of several levels, those of a year; without one those that stand."""
    if len({place.level for place in candidates}) < 2:
        return candidates
    return [place for place in candidates if _stood_in(place, year)] or candidates


def _stood_in(place: Place, year: str) -> bool:
    """Whether a division stood in a year; a blank year asks whether it stands now."""
    if not year:
        return not place.valid_to
    return place.valid_from[:4] <= year <= (place.valid_to[:4] or year)


def _is_inside(code: str, above: str) -> bool:
    for place in places_named(above):
        width = 2 if place.level == "province" else 4 if place.level == "prefecture" else 6
        if code[:width] == place.code[:width]:
            return True
    return False


@cache
def _automaton() -> tuple[ahocorasick_rs.AhoCorasick, tuple[str, ...]]:
    names = tuple(sorted(name for name in _by_name()[0] if len(name) >= MIN_ALIAS))
    kind = ahocorasick_rs.MatchKind.LeftmostLongest
    return ahocorasick_rs.AhoCorasick(names, matchkind=kind), names


def find_names(text: str) -> list[tuple[int, int, str]]:
    """Find the longest non-overlapping names of divisions: (start, end, name) in text order."""
    automaton, names = _automaton()
    return [
        (start, end, names[number])
        for number, start, end in automaton.find_matches_as_indexes(text)
    ]


@lru_cache(maxsize=4096)
def split_path(name: str) -> tuple[tuple[str, ...], str]:
    """Split the name of a place that is told with all those above it, from the province on.

    Returns
    -------
    above : tuple of str
        The province, and the prefecture and the county where they are told; empty if none is.
    own : str
        The place itself.

    Examples
    --------
    >>> split_path("山东省德州市陵城区"), split_path("陵城区")
    ((('山东省', '德州市'), '陵城区'), ((), '陵城区'))
    """
    above: list[str] = []
    own = name
    while names := find_names(own):
        start, end, first = names[0]
        is_next = not start and end < len(own) and is_full_name(first)
        if not is_next or not (above or _is_province(first)):
            break
        above.append(first)
        own = own[end:]
    return tuple(above), own


def _is_province(name: str) -> bool:
    return any(place.level == "province" for place in places_named(name))


def full_path(code: str) -> str:
    """Return the name of a division with the province and the prefecture above it.

    Examples
    --------
    >>> full_path("371403"), full_path("370000")
    ('山东省德州市陵城区', '山东省')
    """
    city, province = parents_of(code)
    return "".join(dict.fromkeys((province, city, name_of_code(code))))


@cache
def zone_kinds() -> dict[str, str]:
    """Return each form of a zone's name with its kind: 经济技术开发区 -> 经开区."""
    return {form: row["kind"] for row in load_lexicon("zones") for form in row["forms"].split(";")}


@cache
def bare_zones() -> frozenset[str]:
    """Return the kinds of zones that may be named by their kind alone: 开发区, not 示范区."""
    return frozenset(row["kind"] for row in load_lexicon("zones") if row["bare"])


@cache
def zone_form() -> re.Pattern[str]:
    """Return the pattern of the forms of zone names, the longest first."""
    return re.compile(one_of(zone_kinds()))


@cache
def new_areas() -> dict[str, tuple[str, str]]:
    """Return the national new areas with their city and province."""
    return {row["name"]: (row["city"], row["province"]) for row in load_lexicon("new_areas")}


def zone_of(name: str) -> tuple[str, str]:
    """Split a zone's name into its own part and its kind; blank kind if it is no zone.

    Examples
    --------
    >>> zone_of("天衢新区"), zone_of("德州高新技术产业开发区"), zone_of("陵城区")
    (('天衢', '新区'), ('德州', '高新区'), ('', ''))
    """
    for found in zone_form().finditer(name):
        if found.end() == len(name):
            return name[: found.start()], zone_kinds()[found.group()]
    return "", ""
