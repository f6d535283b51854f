"""Which place a document reports on, and the places above it.

In: clean text with its title and publisher. Out: a place's name as it is spoken, or blank.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from dz_analysis.finding.place import gazetteer
from dz_analysis.finding.place.mentions import RegionMention, find_regions
from dz_analysis.finding.place.paragraph_place import region_code
from dz_analysis.finding.time.mentions import find_periods
from dz_analysis.lexicon import load_rules, one_of, words

OPENING = 600  # characters in which a document says what it is about
TITLE = 80
READ = 40 * OPENING  # characters whose places show what a text is about
OPENING_LINES = 8
LOOKED_AT = 60  # mentions of places that show whether a text calls one its own


def find_place(text: str, title: str, publisher: str) -> str:
    """Return the place of a document: named in its title, else the most central of its opening.

    A functional zone counts by how often the whole text names it, because titles spell it in
    full (云溪经济技术开发区) or only play on it (打造法治新区). A text about many places of the
    country is about the country.
    """
    mentions = find_regions(text[:READ])
    division, zones = _names_in(title or text[:TITLE])
    zones = said = [zone for zone in zones if _is_meant(zone, text, title)]
    central = _most_central(text, mentions)
    is_above = _is_only_above(division or central, mentions)
    if zones or not division or is_above:
        counts = Counter(zone for m in mentions if (zone := _zone_name(m.text)))
        zones = zones + [z for z, n in counts.items() if n > 2 or (is_above and text.count(z) > 1)]
    is_nation = not (division or said) and _is_of_nation(text, title, mentions)
    if zones and not is_nation:
        zone = max(sorted(set(zones)), key=text.count)
        return _as_spoken(_with_city(zone, f"{title}\n{text}"), text)
    if _is_wider(division, central, text):
        return central
    named = division or _unlisted(title, text) or _short_in_title(title, text)
    if is_nation and not named:
        return str(load_rules("regions")["nation"]["name"])
    if named or (opened := _opening_place(text)):
        return named or opened
    office = _names_in(publisher)[0] if _is_office(publisher) else ""
    return office or central or _names_in(text[: OPENING // 3])[0] or _names_in(publisher)[0]


def _is_office(publisher: str) -> bool:
    """Whether a publisher is an office of its place, not a newspaper that writes of others."""
    return any(word in publisher for word in load_rules("genres")["publisher"]["offices"])


def _is_only_above(division: str, mentions: Sequence[RegionMention]) -> bool:
    """Whether a title names the province or city of a zone that the text calls its own."""
    place = gazetteer.choose_place(division)
    if not place or place.level == "county" or place.name in words("place_words", "autonomous"):
        return False
    own = {m.level[-1] for m in mentions if m.kind == "own" and m.opens}
    own |= {"区" for m in mentions if m.kind == "zone" and m.text in gazetteer.zone_kinds()}
    return "区" in own and place.name[-1] not in own


@dataclass(frozen=True, slots=True)
class _Patterns:
    """What places without a code are known by; composed once, asked of every document."""

    said: re.Pattern[str]
    situated: re.Pattern[str]
    subject: re.Pattern[str]
    congress: re.Pattern[str]
    title: re.Pattern[str]
    not_before: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    rules = load_rules("regions")["unlisted"]
    said = one_of(load_rules("genres")["named"]["situated"])
    situated = rf"(?:[（(][^（）()\n]{{1,40}}[)）])?[，,]?{said}"
    ends, han = one_of(rules["ends"]), "[\u4e00-\u9fff]"
    return _Patterns(
        said=re.compile(said),
        situated=re.compile(situated),
        subject=re.compile(rf"{han}{{1,6}}?{ends}(?={situated})"),
        congress=re.compile(rf"在({han}{{2,8}}?{ends})第.{{1,8}}届人民代表大会"),
        title=re.compile(rf"{han}{{2,5}}?{ends}(?!{one_of(rules['not_after'])})"),
        not_before=re.compile(one_of(rules["not_before"])),
    )


def _opening_place(text: str) -> str:
    """Return the place that a text is said to be about where it opens: 云溪县位于…."""
    patterns = _patterns()
    for line in text[:OPENING].split("\n")[:OPENING_LINES]:
        if not patterns.said.search(line):
            continue
        words = _without_time(line).strip()
        for start, end, name in gazetteer.find_names(words[: TITLE // 2]):
            if not gazetteer.is_full_name(name) or words[:start].strip("　 :：“"):
                continue
            if patterns.situated.match(words[end:]):
                return name
        match = patterns.subject.match(words)
        if match and not patterns.not_before.match(match.group()):
            return match.group()
    return ""


def _short_in_title(title: str, text: str) -> str:
    """Return the place that a title names by its short name and the text in full: 专访甲县书记."""
    for _, _, name in gazetteer.find_names(title):
        if name in words("place_words", "common.names") or gazetteer.is_full_name(name):
            continue
        ends = {place.name[len(name) :] for place in gazetteer.places_named(name)}
        for end in sorted(ends):
            if end and f"{name}{end}" in text + title and text.count(name) > 1:
                return f"{name}{end}"
    return ""


def _is_of_nation(text: str, title: str, mentions: Sequence[RegionMention]) -> bool:
    """Whether a text tells of many places of the country and calls none of them its own."""
    words = load_rules("regions")["nation"]
    heads = [word for word in words["words"] if word in title]
    kinds = gazetteer.zone_kinds()
    opens = {m.text for m in mentions if m.opens and m.kind in ("named", "zone")} - set(kinds)
    if any(m.kind == "own" for m in mentions[:LOOKED_AT]):
        return bool(heads) and len(opens) > 2
    named = Counter(m.text for m in mentions if m.kind in ("named", "short", "zone"))
    most = max(named.values(), default=0)
    is_nation = bool(heads) or any(word in title + text[:OPENING] for word in words["national"])
    return is_nation and (bool(heads) or most <= 2) and 2 * most <= max(sum(named.values()), 2)


def _with_city(zone: str, text: str) -> str:
    """Return a zone's name with its city where the text never leaves that out."""
    if gazetteer.zone_of(zone)[1] in load_rules("regions")["zone"]["own_name"]:
        return zone
    found = {text[max(0, at - 3) : at] for at in _offsets(zone, text)}
    cities = {lead[-length:] for lead in found for length in (2, 3) if len(lead) >= length}
    for city in sorted(cities, key=lambda name: (-len(name), name)):
        if gazetteer.places_named(city) and all(lead.endswith(city) for lead in found):
            return f"{city}{zone}"
    return zone


def _offsets(word: str, text: str) -> list[int]:
    return [match.start() for match in re.finditer(re.escape(word), text)]


def _as_spoken(zone: str, text: str) -> str:
    """Return the form of a zone's name that the text uses most: 西川高新区 or its long form."""
    short = re.search(
        rf"{re.escape(zone)}[（(](?:以下)?简称[“\"]?([一-鿿]{{2,12}})[”\"]?[)）]", text
    )
    if short and gazetteer.zone_of(short.group(1))[1]:
        return short.group(1)
    own, kind = gazetteer.zone_of(zone)
    forms = [own + form for form, of in gazetteer.zone_kinds().items() if of == kind and own]
    best = max(sorted(forms), key=text.count, default=zone)
    return best if text.count(best) > text.count(zone) else zone


def _unlisted(title: str, text: str) -> str:
    """Return the place that opens a title though no list holds it, if the text bears it out.

    A town, or a county of an older or newer name: 瑞宁镇 where the text goes on with 该镇 or 全镇.
    """
    rules, patterns = load_rules("regions")["unlisted"], _patterns()
    congress = patterns.congress.search(f"{title}\n{text[:OPENING]}")
    if congress:
        return congress.group(1)
    match = patterns.title.match(_without_time(title).strip())
    if not match or patterns.not_before.match(match.group()):
        return ""
    if match.group()[:-1].endswith(tuple(load_rules("regions")["own"]["before"])):
        return ""  # 跻身全市 names no place
    name, body = match.group(), text[len(title) :] if text.startswith(title) else text
    own = [f"{word}{name[-1]}" for word in rules["own"]]
    own += [f"{name[-1]}{word}" for word in rules["offices"]]
    return name if name in body or any(word in body for word in own) else ""


def _is_wider(division: str, central: str, text: str) -> bool:
    """Whether a title only names the province of the county or city that the text is about."""
    province = gazetteer.choose_place(division) if division and central else None
    inner = gazetteer.choose_place(central, province=division) if province else None
    if not province or not inner or province.level != "province" or inner.level == "province":
        return False
    speaks = any(m.kind == "own" and m.level == "省" for m in find_regions(text))
    return inner.code[:2] == province.code[:2] and not speaks and text.count(central) > 1


def _is_meant(zone: str, text: str, title: str) -> bool:
    """Whether a title's zone is a place: named again, first of all, or with its city."""
    named = gazetteer.find_names(zone)
    has_city = (
        bool(named) and named[0][0] == 0 and named[0][2] not in words("place_words", "common.names")
    )
    before = title.partition(zone)[0].strip()
    has_city = has_city or (zone in title and bool(gazetteer.places_named(before)))
    return has_city or text.count(zone) > 1 or _without_time(title).strip().startswith(zone)


def _most_central(text: str, mentions: Sequence[RegionMention]) -> str:
    """Return the division named most in the opening, of the kind that the text calls its own."""
    reach = 5 * OPENING
    mentions = [mention for mention in mentions if mention.start < reach]
    own = Counter(m.level[-1] for m in mentions if m.kind == "own" and m.role != "scope")
    ending = own.most_common(1)[0][0] if own else ""
    counts: Counter[str] = Counter()
    for mention in mentions:
        if mention.kind == "named" and mention.role != "scope":
            counts[mention.text] += 3 if mention.start < OPENING else 1
    for name in counts:
        counts[name] += text.count(_short_form(name), 0, reach)
    suited = {n: c for n, c in counts.items() if n.endswith(ending)}
    if counts and not suited:  # 我市 of a text that names its counties only
        inner = max(sorted(counts), key=lambda name: counts[name])
        above = [name for name in places_above(inner, "") if name.endswith(ending)]
        suited = {above[0]: 1} if above else dict(counts)
    return max(sorted(suited), key=lambda name: suited[name]) if suited else ""


def _short_form(name: str) -> str:
    """Return the shortest form that a place is spoken of by: 云溪 of 云溪县."""
    forms = [alias for place in gazetteer.places_named(name) for alias in place.aliases]
    return min((form for form in forms if len(form) > 1), key=len, default=name)


@cache
def _named_zone() -> re.Pattern[str]:
    return re.compile(rf"[\u4e00-\u9fff]{{0,8}}?{one_of(gazetteer.zone_kinds())}")


def _names_in(line: str) -> tuple[str, list[str]]:
    """Return the most exact division that a title names (陵城区 of 德州市陵城区), and its zones."""
    timeless = _without_time(line)
    zones = [zone for m in _named_zone().finditer(timeless) if (zone := _zone_name(m.group()))]
    common = words("place_words", "common.names")
    found = [
        named
        for named in gazetteer.find_names(line)
        if named[2] not in common and not _is_other(line, named)
    ]
    places = [named for named in found if gazetteer.is_full_name(named[2])]
    if not places:
        return _short_name_in(line, found), zones
    best = places[0]
    for named in places[1:]:
        best = named if named[0] == best[1] else best
    return best[2], zones


def _is_other(line: str, named: tuple[int, int, str]) -> bool:
    """Whether a short name is the beginning of another name: 清远 in 清远县, 黄南 in 黄南试验区."""
    _, end, name = named
    if gazetteer.is_full_name(name):
        return False
    rules = load_rules("regions")["unlisted"]
    ending = re.compile(rf"{one_of(rules['ends'])}(?!{one_of(rules['not_after'])})")
    zone = gazetteer.zone_form().search(line, end, end + 12)
    is_zone = zone is not None and _is_han(line[end : zone.end()])
    return bool(ending.match(line, end)) or is_zone


def _is_han(words: str) -> bool:
    return all("一" <= sign <= "鿿" for sign in words)


def _short_name_in(line: str, found: list[tuple[int, int, str]]) -> str:
    """Return the place that a title names by a short name: a province anywhere, others first.

    A short name with an ending of its own (文山州) stays as it is spoken.
    """
    opening = len(line) - len(_without_time(line).lstrip()) if found else 0
    for start, end, name in found:
        place = gazetteer.choose_place(name)
        if place and place.level == "province":
            inner = [
                n for at, _, n in found if at == end and gazetteer.choose_place(n, province=name)
            ]
            below = gazetteer.choose_place(inner[0], province=name) if inner else place
            return below.name if below else place.name
        if place and (start == 0 or line[:start].strip() in line[:opening]):
            return name if name[-1] == place.name[-1] else place.name
    return ""


def _without_time(line: str) -> str:
    """Put a space for every statement of time: 上半年经开区 names 经开区."""
    pieces, offset = [], 0
    for mention in find_periods(line):
        pieces.append(line[offset : mention.start])
        offset = mention.end
    return " ".join([*pieces, line[offset:]])


def _zone_name(words: str) -> str:
    """Return a zone's name as it is spoken of, blank if the words name none.

    The city before it goes where the zone has a name of its own: 德州天衢新区 is 天衢新区, but
    德州高新区 stays.
    """
    own, kind = gazetteer.zone_of(words)
    if not kind:
        return ""
    names = gazetteer.find_names(own)
    if names:
        words, own = words[names[0][0] :], own[names[0][0] :]
    end = names[0][1] - names[0][0] if names else 0
    rest = own[end:].removeprefix("国家级").removeprefix("国家").removeprefix("省级")
    if len(rest) > 4 or (not rest and not end):
        return ""
    rules = load_rules("regions")["zone"]
    is_plain = rest in rules["plain"] or kind in rules["with_city"]
    return words[end:] if len(rest) >= 2 and end and not is_plain else words


def places_above(place: str, head: str, *, when: str = "") -> tuple[str, str]:
    """Return city and province of a place, told apart by the other places that the head names."""
    if not place:
        return "", ""
    code = region_code(place, when=when)
    if code:
        return gazetteer.parents_of(code.split(":")[0])
    names = [n for _, _, n in gazetteer.find_names(head) if n != place]
    seat = _seat_of(place, head)
    for name in [*seat, *(n for n, _ in Counter(names).most_common())]:
        above = gazetteer.choose_place(name)
        if above and (above.level != "county" or seat):
            code = region_code(place, city=above.name)
            if code:
                city, province = gazetteer.parents_of(code.split(":")[0])
                return city, province
    return "", ""


def _seat_of(place: str, head: str) -> list[str]:
    """Return the divisions that a place is said to lie in: 甲工业园区位于乙县城北."""
    situated = one_of(load_rules("genres")["named"]["lies"])
    match = re.search(rf"{re.escape(place)}[^。；\n]{{0,12}}?{situated}([^。；\n]{{2,40}})", head)
    if not match:
        return []
    return [n for _, _, n in gazetteer.find_names(match.group(1)) if gazetteer.is_full_name(n)]
