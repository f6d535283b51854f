"""The place of a paragraph, where it is about another than its document.

In: clean text, its paragraphs and places, and what is known of the document. Out: a `Context` for
each stretch of text. A paragraph that opens with a place and says where it lies or what it is
(柳溪镇位于…, 东河区：…) is about that place; so is what follows a heading that is a place's name.
Besides, the codes of places.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache

from dz_analysis.finding.model import Context
from dz_analysis.finding.place import gazetteer
from dz_analysis.finding.place.mentions import RegionKind, RegionMention
from dz_analysis.finding.place.words import form, listed
from dz_analysis.lexicon import words
from dz_analysis.reading.page import Paragraph

LONGEST = 16  # characters of a heading that is a place's name
REACH = 60  # characters in which a line says what its place is


@cache
def _introduced() -> re.Pattern[str]:
    """Return the pattern of what follows a place that a paragraph is about."""
    introduced = words("genres", "named.introduced").pattern
    headed = form("headed").pattern
    return re.compile(rf"(?:[（(][^（）()\n]{{1,40}}[)）])?(?:[，,]?{introduced}|{headed})")


@cache
def _unlisted() -> re.Pattern[str]:
    ends = words("place_words", "town.ends").pattern
    return re.compile(rf"[\u4e00-\u9fff]{{2,6}}{ends}(?=$|{_introduced().pattern})")


def lay_paragraph_places(
    text: str,
    paragraphs: Sequence[Paragraph],
    mentions: Sequence[RegionMention],
    context: Context,
) -> list[tuple[int, Context]]:
    """Return where the place changes that paragraphs are about, and what it is from there on."""
    places: list[tuple[int, Context]] = []
    named = {mention.start: mention for mention in mentions}
    section = context
    for paragraph in paragraphs:
        sign = form("line_sign").match(text, paragraph.start, paragraph.end)
        offset = sign.end() if sign else paragraph.start
        line = text[offset : paragraph.end].strip()
        name = _place_at(text, offset, paragraph.end, named)
        place = _at_place(name, context) if name else section
        if name and line == name and len(line) <= LONGEST:
            section = place  # a heading that is a place's name
        elif not name and paragraph.heading_level:
            place = section = context
        if not places or place is not places[-1][1]:
            places.append((paragraph.start, place))
    return places


def _place_at(text: str, start: int, end: int, named: dict[int, RegionMention]) -> str:
    """Return the place that a line is, or that it begins with and says what it is."""
    mention = named.get(start)
    if mention and mention.kind in (RegionKind.NAMED, RegionKind.ZONE):
        is_whole = not text[mention.end : end].strip()
        if is_whole or _introduced().match(text, mention.end, end):
            return mention.text if mention.text not in gazetteer.zone_kinds() else ""
    town = _unlisted().match(text[start : min(end, start + REACH)])
    if not town:
        return ""
    own = town.group().removesuffix(words("place_words", "town.ends").at_end(town.group()))
    return "" if _is_no_name(own) else town.group()


def _is_no_name(own: str) -> bool:
    """Whether words before 镇 or 乡 are none of its name: 全县各, 重点, but 城关 and 下河 are."""
    others = listed("town.not_names")
    is_said = own.endswith(others) or any(word in own[1:] for word in others)
    return is_said or bool(words("place_words", "own.before").at_start(own))


def _at_place(place: str, context: Context) -> Context:
    """Return the context of a paragraph about a place, the document's own unless it is another."""
    if _is_own(place, context.region):
        return context
    code = region_code(
        place,
        province=context.province,
        city=context.city or context.region,
        when=context.period_end or context.published,
    )
    city, province = gazetteer.parents_of(code.split(":")[0])
    return replace(
        context,
        region=place,
        region_code=code,
        city=city or context.city or context.region,
        province=province or context.province,
    )


def _is_own(place: str, region: str) -> bool:
    """Whether a place is the document's own by another form of its name, or can't be told."""
    if not region or place.startswith(region):
        return True
    if region.startswith(place) or region.endswith(place):
        return True
    own, kind = gazetteer.zone_of(place)  # 甲开发区 is 甲经济技术开发区
    return bool(kind) and own == gazetteer.zone_of(region)[0]


def complete(context: Context) -> Context:
    """Fill in the code and the places above the region where the gazetteer knows them.

    A region that is told with those above it (甲省乙市丙县) is taken apart.
    """
    told, region = gazetteer.split_path(context.region)
    province = context.province or "".join(told[:1])
    city = context.city or "".join(told[1:2])
    when = context.period_end or context.published
    code = context.region_code or region_code(region, province=province, city=city, when=when)
    city_of_code, province_of_code = gazetteer.parents_of(code.split(":")[0])
    return replace(
        context,
        region=region,
        region_code=code,
        city=city or city_of_code,
        province=province or province_of_code,
    )


@lru_cache(maxsize=4096)
def region_code(name: str, *, province: str = "", city: str = "", when: str = "") -> str:
    """Return the code of a place: GB/T 2260, or for a zone its city's code and its short name.

    Parameters
    ----------
    name : str
        A division (full or short name, of any year since 2000) or a functional zone.
    province, city : str, optional
        Where the name is spoken; decides between places of the same name.
    when : str, optional
        A date that begins with the year in which it is spoken; decides between a place and
        another that took its name later.

    Returns
    -------
    str
        Blank if the name is unknown or means several places.

    Examples
    --------
    >>> region_code("德城区"), region_code("襄樊市"), region_code("高新区", city="德州市")
    ('371402', '420600', '371400:高新区')
    """
    if not name:
        return ""
    place = gazetteer.choose_place(name, province=province, city=city, when=when)
    return place.code if place else _zone_code(name, province=province, city=city)


def is_code_of(code: str, name: str) -> bool:
    """Say whether a code may be a place's: one of its own, or one that no division has.

    A township's code, or that of a division founded lately, stands in no list of ours.

    Examples
    --------
    >>> is_code_of("371402", "德城区"), is_code_of("371403", "德城区")
    (True, False)
    >>> is_code_of("371402105", "河湾镇"), is_code_of("371402", "河湾镇")
    (True, False)
    """
    seat, _, zone = code.partition(":")
    if zone:
        return bool(gazetteer.name_of_code(seat)) and name.endswith(zone)
    named = {place.code for place in gazetteer.places_named(name)}
    return code in named or not gazetteer.name_of_code(code)


def _zone_code(name: str, *, province: str, city: str) -> str:
    """Return the code of a functional zone: its city's, and its short name."""
    own, kind = gazetteer.zone_of(name)
    if not kind:
        return ""
    if name in gazetteer.new_areas():
        city, province = gazetteer.new_areas()[name]
    elif code := _code_within(own, kind, province=province, city=city):
        return code
    seat = gazetteer.choose_place(city, province=province) if city else None
    return f"{seat.code}:{own}{kind}" if seat else ""


def _code_within(own: str, kind: str, *, province: str, city: str) -> str:
    """Return the code of a zone whose own name begins with the place that it lies in.

    运河新区 need not be a part of 运河区: a county's short name counts only where it is known.
    """
    names = gazetteer.find_names(own)
    if not names or names[0][0]:
        return ""
    _, end, above = names[0]
    place = gazetteer.choose_place(above, province=province, city=city)
    if place and (above == place.name or place.level != "county" or city or province):
        return f"{place.code}:{own[end:]}{kind}"
    return ""
