"""Which place a document reports on, and the places above it.

In: clean text with its title and publisher. Out: a place's name as it is spoken, or blank.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from dz_analysis.finding.document.file_name import spelled_place
from dz_analysis.finding.place import gazetteer
from dz_analysis.finding.place.mentions import RegionMention, find_regions
from dz_analysis.finding.place.paragraph_place import region_code
from dz_analysis.finding.time.mentions import find_periods
from dz_analysis.lexicon import Words, one_of, words
from dz_analysis.reading.provenance import Kind, Provenance

OPENING = 600  # characters in which a document says what it is about
TITLE = 80
READ = 40 * OPENING  # characters whose places show what a text is about
CENTRAL = 5 * OPENING  # characters in which the most central place is looked for
OPENING_LINES = 8
SPOKEN = 5  # how often a text about the country says 我国
LOOKED_AT = 60  # mentions of places that show whether a text calls one its own
LONGEST_KIND = 4  # characters that may stand between a zone's city and its kind
LISTED = 3  # places that a list holds, at least
MOST = 0.8  # of them that lie in the place above
HAN = "[\u4e00-\u9fff]"
_CONGRESS = ("before", "ordinal", "body")
_SEAT = re.compile(rf"[（(]({HAN}{{2,20}})[）)]$")
EDGES = "　 :：“"


def find_place(
    text: str, title: str, publisher: str, *, site: str = "", name: str = ""
) -> Provenance | None:
    """Return the place of a document, by the first evidence of `EVIDENCE` that tells one.

    A functional zone counts by how often the whole text names it, because titles spell it in
    full (云溪经济技术开发区) or only play on it (打造法治新区). A text about many places of the
    country is about the country. The name of the document is asked last.
    """
    document = _Document(text, title, publisher, site, name)
    for kind, read in EVIDENCE:
        if place := read(document):
            return Provenance.of("region", place, kind, document.words_of(kind))
    return None


@dataclass(frozen=True)
class _Document:
    """A document as its place is read from it; what several readers ask is worked out once."""

    text: str
    title: str
    publisher: str
    site: str
    name: str

    def words_of(self, kind: Kind) -> str:
        """Return the words that evidence of a kind stands in, `""` for the whole text."""
        words = {Kind.TITLE: self.title, Kind.PUBLISHER: self.publisher, Kind.SITE: self.site}
        return (words | {Kind.NAME: self.name}).get(kind, "")

    @cached_property
    def mentions(self) -> tuple[RegionMention, ...]:
        """The places that its text mentions; of the whole text, because it is read for them too."""
        return tuple(m for m in find_regions(self.text) if m.end <= READ)

    @property
    def heading(self) -> str:
        """Its title without the places above in brackets, or else the words that it opens with."""
        return _strip_seat(self.title) or self.text[:TITLE]

    @cached_property
    def titled(self) -> tuple[str, tuple[str, ...]]:
        """The division that its title names, and the zones that it means."""
        division, zones = _names_in(self.heading)
        return division, tuple(zone for zone in zones if _is_meant(zone, self.text, self.title))

    @cached_property
    def central(self) -> str:
        """The division that its opening names most."""
        return _most_central(self.text, self.mentions)

    @cached_property
    def zones(self) -> tuple[str, ...]:
        """The zones that it may be about: those of its title, and those that it keeps naming."""
        division, zones = self.titled
        is_above = _is_only_above(division or self.central, self.mentions)
        if division and not zones and not is_above:
            return ()
        counts = Counter(zone for m in self.mentions if (zone := _zone_name(m.text)))
        named = [zone for zone, count in counts.items() if count > 2]
        if is_above:
            named += [zone for zone in counts if self.text.count(zone) > 1]
        return (*zones, *named)

    @cached_property
    def is_of_nation(self) -> bool:
        """Whether it tells of the country."""
        return not any(self.titled) and _is_of_nation(self.text, self.title, self.mentions)


def _read_reporter(document: _Document) -> str:
    """Return the country where the State Council reports: 我代表国务院，向大会作政府工作报告.

    Or where its name opens the title: 2011年国务院政府工作报告.
    """
    opening = document.text[: OPENING // 2]
    is_council = any(word in opening for word in words("place_words", "nation.reporter"))
    title = _blank_time(document.title).strip()
    return _nation() if is_council or words("place_words", "nation.titled").at_start(title) else ""


def _read_untitled(document: _Document) -> str:
    """Return the town that opens a text without a title: 柳溪乡坐落于甲县以西."""
    line = "" if document.title else document.text.lstrip().split("\n", 1)[0]
    place = _situated(line)
    return "" if gazetteer.find_names(place) else place


def _read_zone(document: _Document) -> str:
    """Return the zone that a document names most."""
    if not document.zones or document.is_of_nation:
        return ""
    zone = max(sorted(set(document.zones)), key=document.text.count)
    if zone not in document.titled[1] and _is_work_of_province(zone, document.mentions):
        return ""
    return _as_spoken(_with_city(zone, f"{document.title}\n{document.text}"), document.text)


def _read_inner(document: _Document) -> str:
    """Return the place that a text is about where its title only names the province above."""
    division, central = document.titled[0], document.central
    return central if _is_wider(division, central, document.text) else ""


def _read_township(document: _Document) -> str:
    """Return the town that a title names behind its county: 甲县乙镇简介."""
    division, heading = document.titled[0], document.heading
    behind = heading.partition(division)[2] if division else ""
    match = _patterns().title.match(behind)
    name = match.group() if match else ""
    is_town = bool(words("place_words", "level.town").at_end(name))
    return name if is_town and _bears_out(name, document.text.removeprefix(heading)) else ""


def _read_division(document: _Document) -> str:
    """Return the division that a title names."""
    return document.titled[0]


def _read_unlisted(document: _Document) -> str:
    """Return the place of a title that no list holds."""
    return _unlisted(document.title, document.text)


def _read_listed(document: _Document) -> str:
    """Return the place above all those that a text lists, where the title says so: 各县生产总值."""
    if not any(word in document.title for word in words("place_words", "listed.titled")):
        return ""
    named = {m.text for m in document.mentions if m.kind in ("named", "short")}
    codes = [place.code for name in sorted(named) if (place := gazetteer.choose_place(name))]
    for digits, level in ((4, 0), (2, 1)) if codes else ():
        above, count = Counter(code[:digits] for code in codes).most_common(1)[0]
        if count >= max(LISTED, MOST * len(codes)):
            return gazetteer.parents_of(f"{above:0<6}")[level]
    return ""


def _read_short(document: _Document) -> str:
    """Return the place that a title names by its short name and the text in full: 专访甲县书记."""
    for _, _, name in gazetteer.find_names(document.title):
        if name in words("place_words", "common.names") or gazetteer.is_full_name(name):
            continue
        for end in sorted({place.name[len(name) :] for place in gazetteer.places_named(name)}):
            is_named = end and f"{name}{end}" in document.text + document.title
            if is_named and document.text.count(name) > 1:
                return f"{name}{end}"
    return ""


def _read_nation(document: _Document) -> str:
    """Return the country for a text about many places of it."""
    return _nation() if document.is_of_nation else ""


def _nation() -> str:
    return next(iter(words("place_words", "nation.name")))


def _read_opening(document: _Document) -> str:
    """Return the place that a text is said to be about where it opens: 云溪县位于…."""
    patterns = _patterns()
    for line in document.text[:OPENING].split("\n")[:OPENING_LINES]:
        if patterns.introduced.search(line) and (place := _situated(_blank_time(line).strip())):
            return place
    return ""


def _read_office(document: _Document) -> str:
    """Return the place of the office that publishes."""
    is_office = words("genres", "publisher.offices").first_in(document.publisher)
    return _names_in(document.publisher)[0] if is_office else ""


def _read_central(document: _Document) -> str:
    """Return the division that a text names most."""
    return document.central


def _read_first(document: _Document) -> str:
    """Return the division that the first lines name."""
    return _names_in(document.text[: OPENING // 3])[0]


def _read_publisher(document: _Document) -> str:
    """Return the place of whoever publishes, such as a newspaper."""
    return _names_in(document.publisher)[0]


def _read_site(document: _Document) -> str:
    """Return the place of the site that the page stands on."""
    return _names_in(document.site)[0]


def _read_name(document: _Document) -> str:
    """Return the division that the name of the document tells."""
    return _names_in(document.name)[0] or spelled_place(document.name)


def _read_country(document: _Document) -> str:
    """Return the country for a text that speaks of 我国 more often than of any place of its own."""
    own = sum(mention.kind == "own" for mention in document.mentions)
    spoken = sum(map(document.text[:READ].count, words("place_words", "nation.own")))
    return _nation() if spoken >= SPOKEN and spoken > own else ""


# What tells the place of a document, the surest first.
EVIDENCE: tuple[tuple[Kind, Callable[[_Document], str]], ...] = (
    (Kind.OPENING, _read_reporter),
    (Kind.OPENING, _read_untitled),
    (Kind.TITLE, _read_zone),
    (Kind.TITLE, _read_inner),
    (Kind.TITLE, _read_township),
    (Kind.TITLE, _read_division),
    (Kind.TITLE, _read_unlisted),
    (Kind.BODY, _read_listed),
    (Kind.TITLE, _read_short),
    (Kind.BODY, _read_nation),
    (Kind.OPENING, _read_opening),
    (Kind.PUBLISHER, _read_office),
    (Kind.BODY, _read_central),
    (Kind.OPENING, _read_first),
    (Kind.PUBLISHER, _read_publisher),
    (Kind.SITE, _read_site),
    (Kind.BODY, _read_country),
    (Kind.NAME, _read_name),
)


def _strip_seat(title: str) -> str:
    """Return a title without the places above that it adds in brackets: 柳溪镇概况（甲市乙县）."""
    found = _SEAT.search(title)
    names = gazetteer.find_names(found.group(1)) if found else []
    is_seat = found is not None and "".join(name for *_, name in names) == found.group(1)
    return title[: found.start()] if found and is_seat else title


def _is_work_of_province(zone: str, mentions: Sequence[RegionMention]) -> bool:
    """Whether a zone is called after a province that the text calls its own: 全省, 海南自贸港."""
    place = gazetteer.choose_place(gazetteer.zone_of(zone)[0])
    level = words("place_words", "level.province")
    own = any(m.kind == "own" and m.level in level for m in mentions)
    return own and place is not None and place.level == "province"


def _is_only_above(division: str, mentions: Sequence[RegionMention]) -> bool:
    """Whether a title names the province or city of a zone that the text calls its own."""
    place = gazetteer.choose_place(division)
    if not place or place.level == "county" or place.name in words("place_words", "autonomous"):
        return False
    own = {m.level[-1] for m in mentions if m.kind == "own" and m.opens}
    zone = words("place_words", "level.district")
    speaks_of_zone = any(m.kind == "zone" and m.text in gazetteer.zone_kinds() for m in mentions)
    return (speaks_of_zone or any(level in zone for level in own)) and place.name[-1] not in own


def _role(role: str) -> Words:
    return words("place_words", role)


@dataclass(frozen=True, slots=True)
class _Patterns:
    """What places without a code are known by; composed once, asked of every document."""

    introduced: re.Pattern[str]
    situated: re.Pattern[str]
    subject: re.Pattern[str]
    congress: re.Pattern[str]
    title: re.Pattern[str]
    not_before: re.Pattern[str]
    not_after: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    introduced = words("genres", "named.situated").pattern
    situated = rf"(?:[（(][^（）()\n]{{1,40}}[)）])?[，,]?{introduced}"
    ends = _role("unlisted.ends").pattern
    before, ordinal, body = (_role(f"congress.{one}").pattern for one in _CONGRESS)
    not_after = rf"{ends}(?!{_role('unlisted.not_after').pattern})"
    return _Patterns(
        introduced=re.compile(introduced),
        situated=re.compile(situated),
        subject=re.compile(rf"{HAN}{{1,6}}?{ends}(?={situated})"),
        congress=re.compile(rf"{before}({HAN}{{2,8}}?{ends}){ordinal}.{{1,8}}{body}"),
        title=re.compile(rf"{HAN}{{2,5}}?{not_after}"),
        not_before=re.compile(_role("unlisted.not_before").pattern),
        not_after=re.compile(not_after),
    )


def _situated(line: str) -> str:
    """Return the place that a line says lies somewhere."""
    patterns = _patterns()
    for start, end, name in gazetteer.find_names(line[: TITLE // 2]):
        opens = gazetteer.is_full_name(name) and not line[:start].strip(EDGES)
        if opens and patterns.situated.match(line[end:]):
            return name
    match = patterns.subject.match(line)
    return match.group() if match and not patterns.not_before.match(match.group()) else ""


def opens_with_place(text: str, behind: Iterable[str]) -> str:
    """Return the place that a text opens with, if one of some words stands right behind it."""
    line = text.lstrip().split("\n", 1)[0][: TITLE // 2]
    found = (re.match(rf"{HAN}{{1,10}}?(?={one_of([word])})", line) for word in behind)
    names = (match.group() for match in found if match)
    ends, own = _role("unlisted.ends"), _role("own.before")  # 全县辖12个乡
    return next((n for n in names if ends.at_end(n) and not own.at_end(n[:-1])), "")


def _is_of_nation(text: str, title: str, mentions: Sequence[RegionMention]) -> bool:
    """Whether a text tells of many places of the country and calls none of them its own."""
    is_titled = bool(_role("nation.words").first_in(title))
    if any(m.kind == "own" for m in mentions[:LOOKED_AT]):
        return is_titled and len(_opening_names(mentions)) > 2
    if not is_titled and not _role("nation.national").first_in(title + text[:OPENING]):
        return False
    named = Counter(m.text for m in mentions if m.kind in ("named", "short", "zone"))
    most = max(named.values(), default=0)
    return (is_titled or most <= 2) and 2 * most <= max(sum(named.values()), 2)


def _opening_names(mentions: Sequence[RegionMention]) -> set[str]:
    """Return the names of places that open clauses."""
    opens = {m.text for m in mentions if m.opens and m.kind in ("named", "zone")}
    return opens - set(gazetteer.zone_kinds())


def _with_city(zone: str, text: str) -> str:
    """Return a zone's name with its city where the text never leaves that out."""
    if gazetteer.zone_of(zone)[1] in _role("zone.own_name"):
        return zone
    leads = {text[max(0, m.start() - 3) : m.start()] for m in re.finditer(re.escape(zone), text)}
    cities = {lead[-length:] for lead in leads for length in (2, 3) if len(lead) >= length}
    for city in sorted(cities, key=lambda name: (-len(name), name)):
        if gazetteer.places_named(city) and all(lead.endswith(city) for lead in leads):
            return f"{city}{zone}"
    return zone


def _as_spoken(zone: str, text: str) -> str:
    """Return the form of a zone's name that the text uses most: 西川高新区 or its long form."""
    called = words("place_words", "short.called").pattern
    short = re.search(
        rf"{re.escape(zone)}[（(]{called}[“\"]?({HAN}{{2,12}})[”\"]?[)）]",
        text,
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
    patterns = _patterns()
    congress = patterns.congress.search(f"{title}\n{text[:OPENING]}")
    if congress:
        return congress.group(1)
    match = patterns.title.match(_blank_time(title).strip())
    name = match.group() if match else ""
    is_own = _role("own.before").at_end(name[:-1])  # 跻身全市
    if not name or is_own or patterns.not_before.match(name):
        return ""
    has_seat = _strip_seat(title) != title
    return name if has_seat or _bears_out(name, text.removeprefix(title)) else ""


def _bears_out(name: str, body: str) -> bool:
    """Whether a text names a place again, speaks of it as its own or of its government."""
    spoken = [f"{word}{name[-1]}" for word in _role("unlisted.own")]
    spoken += [f"{name[-1]}{word}" for word in _role("unlisted.offices")]
    return any(word in body for word in (name, *spoken))


def _is_wider(division: str, central: str, text: str) -> bool:
    """Whether a title only names the province of the county or city that the text is about."""
    province = gazetteer.choose_place(division) if division and central else None
    if not province or province.level != "province":
        return False
    inner = gazetteer.choose_place(central, province=division)
    if not inner or inner.level == "province" or inner.code[:2] != province.code[:2]:
        return False
    own = words("place_words", "level.province")
    speaks = any(m.kind == "own" and m.level in own for m in find_regions(text))
    return not speaks and text.count(_short_form(central)) > 1


def _is_meant(zone: str, text: str, title: str) -> bool:
    """Whether a title's zone is a place: named again, first of all, or with its city."""
    named = gazetteer.find_names(zone)
    has_city = (
        bool(named) and named[0][0] == 0 and named[0][2] not in words("place_words", "common.names")
    )
    before = title.partition(zone)[0].strip()
    has_city = has_city or (zone in title and bool(gazetteer.places_named(before)))
    return has_city or text.count(zone) > 1 or _blank_time(title).strip().startswith(zone)


def _most_central(text: str, mentions: Sequence[RegionMention]) -> str:
    """Return the division named most in the opening, of the kind that the text calls its own."""
    central = [m for m in mentions if m.start < CENTRAL and m.role != "scope"]
    own = Counter(m.level[-1] for m in central if m.kind == "own")
    ending = own.most_common(1)[0][0] if own else ""
    counts: Counter[str] = Counter()
    for mention in central:
        if mention.kind == "named":
            counts[mention.text] += 3 if mention.start < OPENING else 1
    for name in counts:
        counts[name] += text.count(_short_form(name), 0, CENTRAL)
    suited = {n: c for n, c in counts.items() if n.endswith(ending)} or _above(counts, ending)
    return max(sorted(suited), key=lambda name: suited[name], default="")


def _above(counts: Counter[str], ending: str) -> dict[str, int]:
    """Return the place above the one named most that is of a kind: 我市, of counties only."""
    if not counts:
        return {}
    inner = max(sorted(counts), key=lambda name: counts[name])
    above = next((name for name in places_above(inner, "") if name.endswith(ending)), None)
    return dict(counts) if above is None else {above: 1}


def _short_form(name: str) -> str:
    """Return the shortest form that a place is spoken of by: 云溪 of 云溪县."""
    forms = [alias for place in gazetteer.places_named(name) for alias in place.aliases]
    return min((form for form in forms if len(form) > 1), key=len, default=name)


@cache
def _named_zone() -> re.Pattern[str]:
    return re.compile(rf"{HAN}{{0,8}}?{one_of(gazetteer.zone_kinds())}")


def _names_in(line: str) -> tuple[str, list[str]]:
    """Return the most exact division that a title names (陵城区 of 德州市陵城区), and its zones."""
    timeless = _blank_time(line)
    zones = [zone for m in _named_zone().finditer(timeless) if (zone := _zone_name(m.group()))]
    found = list(_divisions_in(line))
    places = [named for named in found if gazetteer.is_full_name(named[2])]
    if not places:
        return _short_name_in(line, found), zones
    best = places[0]
    for named in places[1:]:
        best = named if named[0] == best[1] else best
    return best[2], zones


def _divisions_in(line: str) -> Iterator[tuple[int, int, str]]:
    """Yield the names of divisions in a line that are no common words and no others' beginning."""
    for named in gazetteer.find_names(line):
        if named[2] not in words("place_words", "common.names") and not _is_other(line, named):
            yield named


def _is_other(line: str, named: tuple[int, int, str]) -> bool:
    """Whether a short name is the beginning of another name: 清远 in 清远县, 黄南 in 黄南试验区."""
    _, end, name = named
    if gazetteer.is_full_name(name):
        return False
    zone = gazetteer.zone_form().search(line, end, end + 12)
    is_zone = zone is not None and bool(re.fullmatch(f"{HAN}+", line[end : zone.end()]))
    return bool(_patterns().not_after.match(line, end)) or is_zone


def _short_name_in(line: str, found: list[tuple[int, int, str]]) -> str:
    """Return the place that a title names by a short name: a province anywhere, others first.

    A short name with an ending of its own (文山州) stays as it is spoken.
    """
    opening = len(line) - len(_blank_time(line).lstrip()) if found else 0
    for start, end, name in found:
        place = gazetteer.choose_place(name)
        if place and place.level == "province":
            return _below(name, [n for at, _, n in found if at == end]) or place.name
        if place and (start == 0 or line[:start].strip() in line[:opening]):
            return name if name[-1] == place.name[-1] else place.name
    return ""


def _below(province: str, names: Sequence[str]) -> str:
    """Return the first of some places that lies in a province, blank if none does."""
    places = (gazetteer.choose_place(name, province=province) for name in names)
    return next((place.name for place in places if place), "")


def _blank_time(line: str) -> str:
    """Put a space for every statement of time: 上半年经开区 names 经开区."""
    pieces, offset = [], 0
    for mention in find_periods(line):
        pieces.append(line[offset : mention.start])
        offset = mention.end
    return " ".join([*pieces, line[offset:]])


def _zone_name(name: str) -> str:
    """Return a zone's name as it is spoken of, blank if the words name none.

    The city before it goes where the zone has a name of its own: 德州天衢新区 is 天衢新区, but
    德州高新区 stays.
    """
    own, kind = gazetteer.zone_of(name)
    city = next(iter(gazetteer.find_names(own)), (0, 0, "")) if kind else (0, 0, "")
    name, own, end = name[city[0] :], own[city[0] :], city[1] - city[0]
    rest = own[end:]
    while level := words("place_words", "zone.grade").at_start(rest):
        rest = rest[len(level) :]
    if not kind or len(rest) > LONGEST_KIND or not (rest or end):
        return ""
    is_plain = rest in _role("zone.plain") or kind in _role("zone.with_city")
    return name[end:] if len(rest) >= 2 and end and not is_plain else name


def places_above(place: str, head: str, *, when: str = "") -> tuple[str, str]:
    """Return city and province of a place, told apart by the other places that the head names."""
    if not place:
        return "", ""
    code = region_code(place, when=when)
    if code:
        return gazetteer.parents_of(code.split(":")[0])
    seat = _seat_of(place, head)
    named = Counter(n for _, _, n in gazetteer.find_names(head) if n != place).most_common()
    for name in [*seat, *(n for n, _ in named)]:
        above = gazetteer.choose_place(name)
        is_above = above and (above.level != "county" or seat)
        code = region_code(place, city=above.name) if above and is_above else ""
        if code:
            return gazetteer.parents_of(code.split(":")[0])
    return "", ""


def _seat_of(place: str, head: str) -> list[str]:
    """Return the divisions that a place is said to lie in: 甲工业园区位于乙县城北."""
    situated = words("genres", "named.lies").pattern
    match = re.search(rf"{re.escape(place)}[^。；\n]{{0,12}}?{situated}([^。；\n]{{2,40}})", head)
    if not match:
        return []
    return [n for _, _, n in gazetteer.find_names(match.group(1)) if gazetteer.is_full_name(n)]
