"""What a document is: its genre, the place it reports on, and the months it reports on.

In: clean text and what the manifest or the page gives. Out: `Context`. What is given wins over
what is read; what can't be told stays blank.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from dz_analysis.finding import gazetteer
from dz_analysis.finding.model import Context
from dz_analysis.finding.placemarks import load_words
from dz_analysis.finding.regions import find_regions, region_code
from dz_analysis.finding.timemarks import PeriodMention, find_periods
from dz_analysis.finding.timewords import one_of
from dz_analysis.lexicon import load_rules
from dz_analysis.reading.wrapped import unwrap

OPENING = 600  # characters in which a document says what it is about
TITLE = 80
RECENT = 20  # years: what a document reports on; older ones are its history
DAYS = ("日", "号")  # 截至2020年11月1日: the day of a census is no reporting period
ANCHORS = ("", "now", "year")
DATE = re.compile(r"((?:19|20)\d{2})年(\d{1,2})月(?:(\d{1,2})日)?")
YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年")


def tag_document(
    text: str,
    *,
    document: str = "",
    title: str = "",
    publisher: str = "",
    published: str = "",
    region: str = "",
    period: str = "",
    genre: str = "",
    corpus: str = "",
) -> Context:
    r"""Tag a document with genre, region and reporting period.

    Parameters
    ----------
    text : str
        The article, one paragraph a line.
    document, title, publisher, published, region, period, genre : str, optional
        What is known already, as in the manifest; `period` is ``YYYY-MM/YYYY-MM``.
    corpus : str, optional
        The corpus it belongs to, whose own list of indicators is then read beside the catalogue.

    Returns
    -------
    Context

    Raises
    ------
    ValueError
        If the period given is not written as closed months.

    Examples
    --------
    >>> found = tag_document("2016年云溪县政府工作报告\n各位代表：……", region="云溪县")
    >>> found.genre, found.period_start, found.period_end
    ('work_report', '2015-01', '2015-12')
    """
    text = unwrap(text).joined.text
    title = title or _first_line(text)
    published = published or _read_published(text)
    kind = genre or find_genre(text, title=title)
    place = region or _find_place(text, title, publisher)
    city, province = _places_above(place, f"{title}\n{publisher}\n{text[: 3 * OPENING]}")
    first, last = (
        _given_period(period)
        if period
        else find_period(text, title=title, published=published, genre=kind)
    )
    return Context(
        document=document,
        title=title,
        publisher=publisher,
        published=published,
        genre=kind,
        region=place,
        region_code=region_code(place, province=province, city=city),
        city=city,
        province=province,
        period_start=first,
        period_end=last,
        corpus=corpus,
    )


def find_genre(text: str, *, title: str) -> str:
    """Return the genre that title and opening show, blank if none.

    Examples
    --------
    >>> find_genre("", title="云溪县2016年国民经济和社会发展统计公报")
    'bulletin'
    """
    opening = text[:OPENING]
    lines = [title, *opening[:TITLE].split("\n")]
    head = "\n".join(line for line in lines if len(line) <= TITLE // 2)
    rows = load_rules("genres")["genre"]
    for row in rows:
        if row["name"] != "press" and any(cue in head for cue in row["title"]):
            return str(row["name"])
    for row in rows:
        if any(cue in opening for cue in row["text"]):
            return str(row["name"])
    press = next(row for row in rows if row["name"] == "press")
    return "press" if any(cue in head for cue in press["title"]) else ""


def _read_published(text: str) -> str:
    """Return the date of a line such as 发布时间：2016-10-28 in the opening, blank if none."""
    before = one_of(load_rules("genres")["published"]["before"])
    digits = r"(?P<year>(?:19|20)\d{2})[-/.年](?P<month>\d{1,2})(?:[-/.月](?P<day>\d{1,2}))?"
    found = re.search(rf"{before}\s?[:：]\s?{digits}", text[:OPENING])
    if not found:
        return ""
    parts = [int(part) for part in found.group("month", "day") if part]
    return "-".join([found["year"], *(f"{part:02d}" for part in parts)])


def _first_line(text: str) -> str:
    line = text.lstrip().split("\n", 1)[0].strip()
    return line if len(line) <= TITLE else ""


def _given_period(period: str) -> tuple[str, str]:
    if not re.fullmatch(r"\d{4}-\d{2}/\d{4}-\d{2}", period):
        msg = f"Period {period!r} is not written as closed months; expected YYYY-MM/YYYY-MM."
        raise ValueError(msg)
    first, last = period.split("/")
    return first, last


def _find_place(text: str, title: str, publisher: str) -> str:
    """Return the place of a document: named in its title, else the most central of its opening.

    A functional zone counts by how often the whole text names it, because titles spell it in
    full (云溪经济技术开发区) or only play on it (打造法治新区).
    """
    division, zones = _names_in(title or text[:TITLE])
    zones = [zone for zone in zones if _is_meant(zone, text, title)]
    if zones or not division:
        counts = Counter(zone for m in find_regions(text) if (zone := _zone_name(m.text)))
        zones += [zone for zone, count in counts.items() if count > 2]
    if zones:
        return _as_spoken(max(sorted(set(zones)), key=text.count), text)
    central = _most_central(text)
    if _is_wider(division, central, text):
        return central
    named = division or _unlisted(title, text) or central
    return named or _names_in(text[: OPENING // 3])[0] or _names_in(publisher)[0]


def _as_spoken(zone: str, text: str) -> str:
    """Return the form of a zone's name that the text uses most: 西川高新区 or its long form."""
    own, kind = gazetteer.zone_of(zone)
    forms = [own + form for form, of in gazetteer.zone_kinds().items() if of == kind and own]
    best = max(sorted(forms), key=text.count, default=zone)
    return best if text.count(best) > text.count(zone) else zone


def _unlisted(title: str, text: str) -> str:
    """Return the place that opens a title though no list holds it, if the text bears it out.

    A town, or a county of an older or newer name: 瑞宁镇 where the text goes on with 该镇 or 全镇.
    """
    rules = load_rules("regions")["unlisted"]
    congress = re.search(
        rf"在([\u4e00-\u9fff]{{2,8}}?{one_of(rules['ends'])})第.{{1,8}}届人民代表大会",
        f"{title}\n{text[:OPENING]}",
    )
    if congress:
        return congress.group(1)
    match = re.match(
        rf"[\u4e00-\u9fff]{{2,5}}?{one_of(rules['ends'])}(?!{one_of(rules['not_after'])})",
        _without_time(title).strip(),
    )
    if not match or re.match(one_of(rules["not_before"]), match.group()):
        return ""
    name, body = match.group(), text[len(title) :] if text.startswith(title) else text
    own = [f"{word}{name[-1]}" for word in rules["own"]]
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
    has_city = bool(named) and named[0][0] == 0 and named[0][2] not in load_words().common
    return has_city or text.count(zone) > 1 or _without_time(title).strip().startswith(zone)


def _most_central(text: str) -> str:
    """Return the division named most in the opening, of the kind that the text calls its own."""
    mentions = find_regions(text[: 5 * OPENING])
    own = Counter(m.level[-1] for m in mentions if m.kind == "own")
    ending = own.most_common(1)[0][0] if own else ""
    counts: Counter[str] = Counter()
    for mention in mentions:
        if mention.kind == "named" and mention.role != "scope":
            counts[mention.text] += 3 if mention.start < OPENING else 1
    suited = {n: c for n, c in counts.items() if n.endswith(ending)} or dict(counts)
    return max(sorted(suited), key=lambda name: suited[name]) if suited else ""


@cache
def _named_zone() -> re.Pattern[str]:
    return re.compile(rf"[\u4e00-\u9fff]{{0,8}}?{one_of(gazetteer.zone_kinds())}")


def _names_in(line: str) -> tuple[str, list[str]]:
    """Return the most exact division that a title names (陵城区 of 德州市陵城区), and its zones."""
    timeless = _without_time(line)
    zones = [zone for m in _named_zone().finditer(timeless) if (zone := _zone_name(m.group()))]
    common = load_words().common
    found = [named for named in gazetteer.find_names(line) if named[2] not in common]
    places = [named for named in found if gazetteer.is_full_name(named[2])]
    if not places:
        return _short_name_in(line, found), zones
    best = places[0]
    for named in places[1:]:
        best = named if named[0] == best[1] else best
    return best[2], zones


def _short_name_in(line: str, found: list[tuple[int, int, str]]) -> str:
    """Return the place that a title names by a short name: a province anywhere, others first.

    A short name with an ending of its own (文山州) stays as it is spoken.
    """
    opening = len(line) - len(_without_time(line).lstrip()) if found else 0
    for start, _, name in found:
        place = gazetteer.choose_place(name)
        if place and place.level == "province":
            return place.name
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
    return words[end:] if len(rest) >= 2 and end else words


def _places_above(place: str, head: str) -> tuple[str, str]:
    """Return city and province of a place, told apart by the other places that the head names."""
    if not place:
        return "", ""
    code = region_code(place)
    if code:
        return gazetteer.parents_of(code.split(":")[0])
    names = [n for _, _, n in gazetteer.find_names(head) if n != place]
    for name in [n for n, _ in Counter(names).most_common()]:
        above = gazetteer.choose_place(name)
        if above and above.level != "county":
            code = region_code(place, city=above.name)
            if code:
                city, province = gazetteer.parents_of(code.split(":")[0])
                return city, province
    return "", ""


def find_period(text: str, *, title: str, published: str, genre: str) -> tuple[str, str]:
    """Return the first and the last month that a document reports on, blank if unknown.

    A work report of an early month tells of the year before; a bulletin of the year in its title;
    other pieces of the part of the year that title or opening name, in the year that they name or
    were published in.
    """
    year, month = _when(text, published)
    if genre == "work_report":
        return _of_report(text, title, year)
    if any(
        cue in text[:OPENING] or cue in title for cue in load_rules("genres")["anniversary"]["cues"]
    ):
        found = _of_anniversary(text, year, month)
        if found:
            return found
    for part in (title, text[:OPENING], text[: 4 * OPENING]):
        found = _of_mentions(find_periods(part), year, month)
        if found:
            return found
    if genre == "bulletin" or not year:
        named = Counter(YEAR.findall(text[: 4 * OPENING]))
        best = max(sorted(named), key=lambda y: named[y]) if named else ""
        return (f"{best}-01", f"{best}-12") if best else ("", "")
    return f"{year}-01", f"{year}-{month or 12:02d}"


def _when(text: str, published: str) -> tuple[int, int]:
    """Return year and month of publication, or of the first full date in the opening."""
    parts = [int(p) for p in published.split("-") if p.isdigit()]
    if parts:
        return parts[0], parts[1] if len(parts) > 1 else 0
    return 0, 0


def _of_report(text: str, title: str, year: int) -> tuple[str, str]:
    """Read the year that a work report reviews: from its review heading, title or date."""
    review = re.search(r"((?:19|20)\d{2})年[^\n。；]{0,16}回顾", text)
    if review:
        reported = int(review.group(1))
    elif named := YEAR.search(title[: TITLE // 2]):
        reported = int(named.group(1)) - 1
    elif date := DATE.search(text[:OPENING]):
        late = int(date.group(2)) not in load_rules("genres")["review"]["months"]
        reported = int(date.group(1)) - (0 if late else 1)
    elif year:
        reported = year - 1
    else:
        return "", ""
    return f"{reported}-01", f"{reported}-12"


def _of_anniversary(text: str, year: int, month: int) -> tuple[str, str] | None:
    founding = one_of(load_rules("periods")["founding"]["before"])
    for date in DATE.finditer(text[: 4 * OPENING]):
        if re.search(founding, text[date.end() : date.end() + 60]):
            first = f"{date.group(1)}-{int(date.group(2)):02d}"
            if year and month:
                return first, f"{year}-{month:02d}"
            return first, f"{int(date.group(1)) + 1}-{int(date.group(2)):02d}"
    return None


def _of_mentions(
    mentions: tuple[PeriodMention, ...], year: int, month: int
) -> tuple[str, str] | None:
    """Take the first part of a year, else 今年以来, else a whole year that is over."""
    stated = [
        m for m in mentions if m.kind in ("period", "since") and m.anchor in ("", "now", "year")
    ]
    year = year or next((m.years[1] for m in stated if m.anchor == "year"), 0)
    for mention in stated:
        spoken = mention.years[1] if mention.anchor == "year" else year + mention.years[1]
        is_part = mention.kind == "period" and mention.months != (1, 12) and mention.months[0] == 1
        if is_part and spoken and not mention.text.endswith(DAYS):
            return f"{spoken}-01", f"{spoken}-{mention.months[1]:02d}"
    for mention in stated:
        spoken = mention.years[1] if mention.anchor == "year" else year + mention.years[1]
        if mention.kind == "since" and mention.months[0] == 1 and spoken and spoken == year:
            return f"{spoken}-01", f"{spoken}-{month or 12:02d}"
    whole = Counter(
        mention.years[0]
        for mention in stated
        if (mention.kind, mention.months, mention.anchor) == ("period", (1, 12), "year")
        and mention.years[0] == mention.years[1]
        and (not year or year - RECENT <= mention.years[0] <= year)
    )
    if whole:  # the year named most, of several the last
        spoken = max(whole, key=lambda named: (whole[named], named))
        return f"{spoken}-01", f"{spoken}-12"
    return None
