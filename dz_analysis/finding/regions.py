"""Place: which region a number is about.

In: clean text, its paragraphs, and what is known of the document (`Context`).
Out: `find_regions` gives the places named in a text; `RegionLine` lays them over the document and
says for any offset which of them a number is about, and why; `region_code` gives a place's code.

A number is about the place that its document reports on, unless its clause counts things of
another place (全市仅2个) or another place is the subject of its clause or sentence (开发区…). The
scope of a comparison (居全市第二) is never the place of the number.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from dz_analysis.finding import gazetteer
from dz_analysis.finding.model import Context
from dz_analysis.finding.timewords import one_of
from dz_analysis.lexicon import load_rules
from dz_analysis.reading.page import Paragraph

BREAKS = "。！？!?；;，,：:\n“”》"


@dataclass(frozen=True, slots=True)
class RegionMention:
    """One place as it stands in the text; `text[start:end]` are its words.

    `kind` is ``own`` (全区, 我市), ``nation``, ``named`` (a division by its full name), ``short``
    (by its short one), ``zone`` (高新区) or ``town``. `level` is the ending of an own word or the
    kind of a zone. `role` is ``subject`` (opens its clause), ``scope`` (of a comparison) or
    ``inner``.
    """

    start: int
    end: int
    text: str
    kind: str
    level: str = ""
    role: str = "inner"

    def __repr__(self) -> str:
        """Show the words first."""
        return f"<{self.text!r} {self.kind} {self.role} at {self.start}>"


@dataclass(frozen=True, slots=True)
class RegionReading:
    """The place that governs an offset, its code, and what decided."""

    name: str
    code: str
    rule: str


@dataclass(frozen=True, slots=True)
class _Rules:
    own: re.Pattern[str]
    nation: re.Pattern[str]
    town: re.Pattern[str]
    town_not: tuple[str, ...]
    object: re.Pattern[str]
    common: frozenset[str]
    opening: re.Pattern[str]
    counted: re.Pattern[str]
    rank: re.Pattern[str]
    compared_before: tuple[str, ...]
    compared_after: tuple[str, ...]
    body_after: tuple[str, ...]
    short_after: tuple[str, ...]
    nation_name: str
    autonomous: tuple[str, ...]
    municipality: tuple[str, ...]


@cache
def _rules() -> _Rules:
    """Read the word list once for the process."""
    rules = load_rules("regions")
    own, town, opening = rules["own"], rules["town"], rules["opening"]
    time = opening["time"]
    return _Rules(
        own=re.compile(
            f"{one_of(own['before'])}(?P<level>{one_of(own['levels'])})(?!{one_of(own['not_after'])})"
        ),
        nation=re.compile(one_of(rules["nation"]["words"])),
        town=re.compile(f"{one_of(town['ends'])}(?={one_of(town['verbs'])})"),
        town_not=tuple(town["not_names"]),
        object=re.compile(one_of(rules["object"]["verbs"])),
        common=frozenset(rules["common"]["names"]),
        opening=re.compile(
            rf"(?:[\s—－·●■-]|[一二三四五六七八九十]{{1,2}}是|[（(]?\d{{1,2}}[).）、．])*"
            rf"(?:{one_of(opening['words'])}|{time}){{0,16}}"
        ),
        counted=re.compile(one_of(w for w in rules["counted"]["between"] if w) + "?"),
        rank=re.compile("第|首|前|倒数|[末上中下]"),
        compared_before=tuple(rules["compared"]["before"]),
        compared_after=tuple(rules["compared"]["after"]),
        body_after=tuple(rules["body"]["after"]),
        short_after=tuple(rules["short"]["after"]),
        nation_name=rules["nation"]["name"],
        autonomous=tuple(rules["autonomous"]["names"]),
        municipality=tuple(rules["municipality"]["names"]),
    )


def find_regions(text: str) -> tuple[RegionMention, ...]:
    """Find the places that a text speaks of, in text order and without overlap.

    Names inside the names of bodies, firms, roads and works are left alone on purpose, and so
    are short names (杭州) but where they stand as a subject or in a list of subjects.

    Examples
    --------
    >>> [(m.text, m.role) for m in find_regions("税收增长8%，居全市第二；开发区完成投资6亿元")]
    [('全市', 'scope'), ('开发区', 'subject')]
    """
    rules = _rules()
    found = [
        *(_mention(m, "own", m["level"]) for m in rules.own.finditer(text)),
        *(_mention(m, "nation", "国") for m in rules.nation.finditer(text)),
        *_find_named(text, rules),
        *_find_zones(text, rules),
        *_find_towns(text, rules),
    ]
    found.sort(key=lambda m: (m.start, -m.end))
    kept: list[RegionMention] = []
    for mention in found:
        if not kept or mention.start >= kept[-1].end:
            kept.append(replace(mention, role=_role(mention, text, rules)))
    return tuple(kept)


def _mention(match: re.Match[str], kind: str, level: str) -> RegionMention:
    return RegionMention(match.start(), match.end(), match.group(), kind, level)


def _find_named(text: str, rules: _Rules) -> list[RegionMention]:
    found = []
    for start, end, name in gazetteer.find_names(text):
        is_full = gazetteer.is_full_name(name)
        if text.startswith(rules.body_after, end) or name in rules.common:
            continue
        if not is_full and not (
            text.startswith(rules.short_after, end)
            and (_opens(text, start, rules) or text[start - 1] == "、")
        ):
            continue
        found.append(RegionMention(start, end, name, "named" if is_full else "short"))
    return found


def _find_zones(text: str, rules: _Rules) -> list[RegionMention]:
    """Find functional zones that open a clause or follow a verb that does."""
    found = []
    for match in gazetteer.zone_form().finditer(text):
        end, kind = match.end(), gazetteer.zone_kinds()[match.group()]
        own = _lead_in(text, match.start(), rules)
        if own is None or text.startswith(rules.body_after, end):
            continue
        own = own[m.end() :] if (m := rules.object.match(own)) else own
        if _is_zone_name(own) if own else kind in gazetteer.bare_zones():
            start = match.start() - len(own)
            found.append(RegionMention(start, end, text[start:end], "zone", kind))
    return found


def _lead_in(text: str, start: int, rules: _Rules) -> str | None:
    """Return what stands between the opening of a clause and an offset, None if that is far."""
    low = max(0, start - 24)
    lead = text[low:start]
    cut = max((lead.rfind(mark) for mark in BREAKS + "、（）()《》"), default=-1)
    if (cut < 0 and low > 0) or (cut >= 0 and lead[cut] in "“”《》（("):
        return None
    lead = lead[cut + 1 :]
    opened = rules.opening.match(lead)
    return lead[opened.end() :] if opened else lead


def _is_zone_name(own: str) -> bool:
    """Whether words before a zone's ending can be its own name: 天衢, 德州, 德州天衢."""
    names = gazetteer.find_names(own)
    rest = own
    if names and names[0][0] == 0:
        rest = own[names[0][1] :].removeprefix("国家级").removeprefix("国家").removeprefix("省级")
    return len(rest) <= 3 and not re.search(r"[级个家类各等的及和与全我本\d]", rest)


def _find_towns(text: str, rules: _Rules) -> list[RegionMention]:
    """Find towns and streets that are the subject of a clause."""
    found = []
    for match in rules.town.finditer(text):
        own = _lead_in(text, match.start(), rules)
        if own and len(own) <= 4 and not own.endswith(rules.town_not):
            start = match.start() - len(own)
            found.append(RegionMention(start, match.end(), text[start : match.end()], "town"))
    return found


def _opens(text: str, start: int, rules: _Rules) -> bool:
    low = max(0, start - 24)
    lead = text[low:start]
    cut = max((lead.rfind(mark) for mark in BREAKS), default=-1)
    if cut < 0 and low > 0:
        return False
    return bool(rules.opening.fullmatch(lead[cut + 1 :]))


def _role(mention: RegionMention, text: str, rules: _Rules) -> str:
    before = text[max(0, mention.start - 4) : mention.start]
    if before.endswith(rules.compared_before) or text.startswith(rules.compared_after, mention.end):
        return "scope"
    return "subject" if _opens(text, mention.start, rules) else "inner"


class RegionLine:
    """The places of a document laid along its text.

    Parameters
    ----------
    text : str
        The article.
    paragraphs : sequence of Paragraph
        Its paragraphs; may be empty.
    context : Context
        The document's region, and the city and the province above it where they are known.
    """

    def __init__(self, text: str, paragraphs: Sequence[Paragraph], context: Context) -> None:
        self.text = text
        self.context = _complete(context)
        self.mentions = find_regions(text)
        self._starts = [m.start for m in self.mentions]
        self._ends = [m.end for m in self.mentions]

    def at(self, start: int, *, clause_start: int, sentence_start: int) -> RegionReading:
        """Return the place that a quantity at an offset is about.

        Parameters
        ----------
        start : int
            Offset of the quantity.
        clause_start, sentence_start : int
            Where its clause and its sentence begin.
        """
        is_rank = bool(_rules().rank.match(self.text, start))
        low = bisect_left(self._starts, sentence_start)
        high = bisect_right(self._ends, start)
        for mention in reversed(self.mentions[low:high]):
            in_clause = mention.start >= clause_start
            if in_clause and self._is_counted(mention, start):
                return self._resolve(mention, "counted")
            if mention.role == "subject" or (
                in_clause and not is_rank and self._is_place_of(mention)
            ):
                return self._resolve(mention, mention.role)
        return RegionReading(self.context.region, self.context.region_code, "document")

    def _is_counted(self, mention: RegionMention, start: int) -> bool:
        """Whether the quantity counts things of this place: 全市仅2个, not 居全市第二."""
        rules, between = _rules(), self.text[mention.end : start]
        if not rules.counted.fullmatch(between) and between:
            return False
        quantity = self.text[start : start + 12]
        ratio = re.match(r"[\d.．]+(?:%|％|个百分点|倍|位)", quantity)
        return not rules.rank.match(quantity) and not ratio

    def _is_place_of(self, mention: RegionMention) -> bool:
        """Whether a place inside a clause says where: 完成开发区管网12公里, 带动全县1.2万人."""
        return mention.role == "inner" and mention.kind in ("own", "zone")

    def _resolve(self, mention: RegionMention, rule: str) -> RegionReading:
        name = self._name_of(mention)
        context, why = self.context, f"{rule}: {mention.text}"
        if name == context.region:
            return RegionReading(name, context.region_code, why)
        code = region_code(name, province=context.province, city=context.city or context.region)
        return RegionReading(name, code, why)

    def _name_of(self, mention: RegionMention) -> str:
        context = self.context
        if mention.kind == "nation":
            return _rules().nation_name
        if mention.kind == "own":
            return self._own(mention)
        if mention.kind == "zone":
            return self._zone(mention)
        if mention.kind in ("named", "short"):
            if _is_same(mention.text, context.region):
                return context.region
            place = gazetteer.choose_place(
                mention.text, province=context.province, city=context.city or context.region
            )
            return place.name if place else mention.text
        return mention.text

    def _own(self, mention: RegionMention) -> str:
        """Resolve 全市, 我区, 全省 by the document's own place and the ones above it."""
        context, level = self.context, mention.level
        region = context.region
        if level == "省":
            return context.province or mention.text
        if level in ("自治区", "区") and region not in _rules().autonomous:
            is_city = not region.endswith("区") or gazetteer.zone_of(region)[1] == ""
            if context.province in _rules().autonomous and (
                level == "自治区" or (is_city and not region.endswith("区"))
            ):
                return context.province
            return region
        if not region or region.endswith(level[-1]):
            return region
        if level in ("市", "州", "盟", "地区"):
            is_zone = bool(gazetteer.zone_of(region)[1])
            above = context.city if context.city != region else ""
            if above and (is_zone or region[-1] in "区县旗镇乡市" or region.endswith("街道")):
                return above
            return region if region[-1] in "州盟" or region.endswith("地区") else mention.text
        return region

    def _zone(self, mention: RegionMention) -> str:
        """Resolve 高新区, 运河新区: the document's own zone if it is one of that kind."""
        region = self.context.region
        own, kind = gazetteer.zone_of(region)
        if kind and (mention.level == kind or mention.text in ("新区", "开发区")):
            spoken = gazetteer.zone_of(mention.text)[0]
            if not spoken or own.endswith(spoken) or spoken.endswith(own):
                return region
        return mention.text


def _is_same(name: str, region: str) -> bool:
    """Whether a name, full or short, is the region's own."""
    return bool(region) and (name == region or (len(name) > 1 and region.startswith(name)))


def _complete(context: Context) -> Context:
    """Fill in the code and the places above the region where the gazetteer knows them."""
    code = context.region_code or region_code(
        context.region, province=context.province, city=context.city
    )
    above = code.split(":")[0]
    city, province = gazetteer.parents_of(above)
    return replace(
        context,
        region_code=code,
        city=context.city or city,
        province=context.province or province,
    )


def region_code(name: str, *, province: str = "", city: str = "") -> str:
    """Return the code of a place: GB/T 2260, or for a zone its city's code and its short name.

    Parameters
    ----------
    name : str
        A division (full or short name, of any year since 2000) or a functional zone.
    province, city : str, optional
        Where the name is spoken; decides between places of the same name.

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
    place = gazetteer.choose_place(name, province=province, city=city)
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
