"""The ground of a paragraph: the place that it is about where it says another than the document.

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
from dz_analysis.finding.place.mentions import RegionMention
from dz_analysis.lexicon import load_rules, one_of
from dz_analysis.reading.page import Paragraph

LONGEST = 16  # characters of a heading that is a place's name
SIGN = re.compile(r"[\s　●■◆▲·\-—－]*(?:[（(]?[\d一二三四五六七八九十]{1,3}[)）、．.])?\s*")


@cache
def _introduced() -> re.Pattern[str]:
    """Return the pattern of what follows a place that a paragraph is about."""
    said = one_of(load_rules("genres")["named"]["introduced"])
    return re.compile(rf"(?:[（(][^（）()\n]{{1,40}}[)）])?[，,]?{said}|[：:]")


@cache
def _unlisted() -> re.Pattern[str]:
    ends = one_of(load_rules("regions")["town"]["ends"])
    return re.compile(rf"[\u4e00-\u9fff]{{2,6}}{ends}(?=$|{_introduced().pattern})")


def lay_grounds(
    text: str,
    paragraphs: Sequence[Paragraph],
    mentions: Sequence[RegionMention],
    context: Context,
) -> list[tuple[int, Context]]:
    """Return where the place changes that paragraphs are about, and what it is from there on."""
    grounds: list[tuple[int, Context]] = []
    named = {mention.start: mention for mention in mentions}
    section = context
    for paragraph in paragraphs:
        start = SIGN.match(text, paragraph.start, paragraph.end)
        offset = start.end() if start else paragraph.start
        words = text[offset : paragraph.end].strip()
        place = _place_at(text, offset, paragraph.end, named)
        if place and len(words) <= LONGEST and words == place:
            section = ground = _at_place(place, context)
        elif place:
            ground = _at_place(place, context)
        else:
            section = context if paragraph.heading_level else section
            ground = section
        grounds.append((paragraph.start, ground))
    return grounds


def _place_at(text: str, start: int, end: int, named: dict[int, RegionMention]) -> str:
    """Return the place that a line is, or that it begins with and says what it is."""
    mention = named.get(start)
    if mention and mention.kind in ("named", "zone"):
        is_whole = not text[mention.end : end].strip()
        if is_whole or _introduced().match(text, mention.end, end):
            return mention.text if mention.text not in gazetteer.zone_kinds() else ""
    town = _unlisted().match(text[start : min(end, start + LONGEST + 44)])
    not_names = tuple(load_rules("regions")["town"]["not_names"])
    if town and not any(word in town.group()[:-1] for word in not_names):
        return town.group()
    return ""


def _at_place(place: str, context: Context) -> Context:
    """Return the context of a paragraph about a place, the document's own unless it is another."""
    if not context.region or place == context.region or place.startswith(context.region):
        return context
    if context.region.startswith(place) or context.region.endswith(place):
        return context
    own, kind = gazetteer.zone_of(place)
    if kind and own == gazetteer.zone_of(context.region)[0]:  # 甲开发区 is 甲经济技术开发区
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


def complete(context: Context) -> Context:
    """Fill in the code and the places above the region where the gazetteer knows them."""
    code = context.region_code or region_code(
        context.region,
        province=context.province,
        city=context.city,
        when=context.period_end or context.published,
    )
    above = code.split(":")[0]
    city, province = gazetteer.parents_of(above)
    return replace(
        context,
        region_code=code,
        city=context.city or city,
        province=context.province or province,
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
    if place:
        return place.code
    own, kind = gazetteer.zone_of(name)
    if not kind:
        return ""
    if name in gazetteer.new_areas():
        city, province = gazetteer.new_areas()[name]
    for start, end, above in gazetteer.find_names(own):
        inside = gazetteer.choose_place(above, province=province, city=city)
        if start or not inside or name in gazetteer.new_areas():
            break
        # 运河新区 need not be a part of 运河区: a county's short name counts only where it is known
        if above == inside.name or inside.level != "county" or city or province:
            return f"{inside.code}:{own[end:]}{kind}"
    seat = gazetteer.choose_place(city, province=province) if city else None
    return f"{seat.code}:{own}{kind}" if seat else ""
