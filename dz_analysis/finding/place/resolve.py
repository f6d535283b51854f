"""The names of places as a document means them: 全市 in the report of a county is its prefecture.

In: a `RegionMention`, the place that its paragraph is about, and the places told before it. Out:
the name, in the text's own terms without decoration.
"""

from __future__ import annotations

from collections.abc import Callable

from dz_analysis.finding.model import Context
from dz_analysis.finding.place import gazetteer
from dz_analysis.finding.place.mentions import RegionKind, RegionMention
from dz_analysis.finding.place.words import listed
from dz_analysis.lexicon import words

LastNamed = Callable[[str], str]  # the place told of last whose name has an ending


def nation_name() -> str:
    """Return the name of the country as a whole."""
    return next(iter(listed("nation.name")))


def read_name(mention: RegionMention, context: Context, last_named: LastNamed) -> str:
    """Return the place that a mention means in a paragraph about `context.region`.

    Examples
    --------
    >>> from dz_analysis.finding.place.mentions import find_regions
    >>> county = Context(region="云溪县", city="南阳市", province="河南省")
    >>> [read_name(m, county, lambda _: "") for m in find_regions("全县8家，全市9家，全省10家")]
    ['云溪县', '南阳市', '河南省']
    """
    if mention.kind is RegionKind.NATION:
        return nation_name()
    if mention.kind is RegionKind.OWN:
        return _own(mention, context, last_named)
    if mention.kind is RegionKind.ZONE:
        return _zone(mention, context, last_named)
    if mention.kind in (RegionKind.NAMED, RegionKind.SHORT):
        return _division(mention.text, context)
    return mention.text


def _division(name: str, context: Context) -> str:
    """Return a division by its name as spoken of, in full if that is short."""
    if _is_same(name, context.region):
        return context.region
    place = gazetteer.choose_place(
        name,
        province=context.province,
        city=context.city or context.region,
        when=context.period_end or context.published,
    )
    if place and place.code == context.region_code:
        return context.region
    return _as_spoken(name, place.name) if place else name


def _own(mention: RegionMention, context: Context, last_named: LastNamed) -> str:
    """Resolve 全市, 我区, 全省 by the document's own place and the ones above it."""
    level, region = mention.level, context.region
    autonomous = words("place_words", "autonomous")
    if level in listed("level.province"):
        return context.province or mention.text
    if level in listed("level.autonomous"):
        return next(name for name in autonomous if level in name)
    if level in listed("level.region") and region not in autonomous:
        return _own_region(level, context, last_named)
    return _own_below(mention, context, last_named)


def _own_below(mention: RegionMention, context: Context, last_named: LastNamed) -> str:
    """Resolve 全市, 全县, 全镇: the document's own place if it is one, else the one meant."""
    ending, region = mention.level[-1], context.region
    if not region or region.endswith(ending):
        return region
    if mention.level in listed("level.prefecture"):
        return _own_prefecture(mention, context)
    return last_named(ending) or region


def _own_region(level: str, context: Context, last_named: LastNamed) -> str:
    """Resolve 全区: the autonomous region, else the district."""
    district, region = listed("level.district"), context.region
    is_district = region.endswith(district)
    if context.province in words("place_words", "autonomous") and not (
        is_district and level in district
    ):
        return context.province
    return region if is_district else last_named(district[0]) or region


def _own_prefecture(mention: RegionMention, context: Context) -> str:
    """Resolve 全市 in the text of a place of another kind: the city above it, if there is one."""
    region = context.region
    is_below = region.endswith(listed("level.below")) or bool(gazetteer.zone_of(region)[1])
    if context.city and context.city != region and is_below:
        return context.city
    return region if region.endswith(listed("level.not_city")) else mention.text


def _zone(mention: RegionMention, context: Context, last_named: LastNamed) -> str:
    """Resolve 高新区, 运河新区: the document's own zone if it is one of that kind."""
    if _is_own_zone(mention, context.region):
        return context.region
    if mention.text in gazetteer.bare_zones():
        return last_named(mention.text[-1]) or mention.text
    return mention.text


def _is_own_zone(mention: RegionMention, region: str) -> bool:
    own, kind = gazetteer.zone_of(region)
    any_kind = listed("zone.any_kind")
    is_of_kind = mention.level == kind or mention.text in any_kind or mention.level in any_kind
    if not kind or not is_of_kind:
        return False
    above = "".join(listed("zone.above"))
    own, spoken = own.rstrip(above), gazetteer.zone_of(mention.text)[0].rstrip(above)
    return not spoken or own.endswith(spoken) or spoken.endswith(own)


def _as_spoken(spoken: str, name: str) -> str:
    """Return a place's name as it is spoken of if that has its ending (镇宁县), else in full."""
    return spoken if len(spoken) > 2 and spoken[-1] == name[-1] else name


def _is_same(name: str, region: str) -> bool:
    """Whether a name, full or short, is the region's own."""
    return bool(region) and (name == region or (len(name) > 1 and region.startswith(name)))
