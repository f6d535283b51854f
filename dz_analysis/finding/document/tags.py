"""What a document is: its genre, the place it reports on, and the months it reports on.

In: clean text and what the manifest or the page gives. Out: `Context`. What is given wins over
what is read; what can't be told stays blank.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from dz_analysis.finding.document.place import OPENING, READ, TITLE, find_place, places_above
from dz_analysis.finding.model import Context
from dz_analysis.finding.place.paragraph_place import region_code
from dz_analysis.finding.time.mentions import PeriodMention, find_periods
from dz_analysis.lexicon import load_rules, one_of
from dz_analysis.reading.wrapped import join_lines

MIDDLE = 6  # a page of the first half of a year looks back on the years before it
RECENT = 20  # years: what a document reports on; older ones are its history
DAYS = ("日", "号")  # 截至2020年11月1日: the day of a census is no reporting period
ANCHORS = ("", "now", "year")
DATE = re.compile(r"((?:19|20)\d{2})年(\d{1,2})月(?:(\d{1,2})日)?")
TITLED = re.compile(
    r"[^，。：:；]{0,12}工作报告"
)  # 2017年政府工作报告, not 报告解读：2017年干了什么
SESSION = re.compile(rf"{DATE.pattern}[^\n。]{{0,30}}(?:代表大会|会议)")
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
    text = join_lines(text).text
    title = title or _first_line(text)
    published = published or _read_published(text)
    kind = genre or find_genre(text, title=title)
    place = region or find_place(text, title, publisher)
    first, last = (
        _given_period(period)
        if period
        else find_period(text, title=title, published=published, genre=kind)
    )
    when = last or published
    head = f"{title}\n{publisher}\n{text[: 3 * OPENING]}"
    city, province = places_above(place, head, when=when)
    return Context(
        document=document,
        title=title,
        publisher=publisher,
        published=published,
        genre=kind,
        region=place,
        region_code=region_code(place, province=province, city=city, when=when),
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


@cache
def _published_line() -> re.Pattern[str]:
    before = one_of(load_rules("genres")["published"]["before"])
    digits = r"(?P<year>(?:19|20)\d{2})[-/.年](?P<month>\d{1,2})(?:[-/.月](?P<day>\d{1,2}))?"
    return re.compile(rf"{before}\s?[:：]\s?{digits}")


def _read_published(text: str) -> str:
    """Return the date of a line such as 发布时间：2016-10-28 in the opening, blank if none."""
    found = _published_line().search(text[:OPENING])
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


def find_period(text: str, *, title: str, published: str, genre: str) -> tuple[str, str]:
    """Return the first and the last month that a document reports on, blank if unknown.

    A work report of an early month tells of the year before; a bulletin of the year in its title;
    other pieces of the part of the year that title or opening name, in the year that they name or
    were published in.
    """
    year, month = _when(text, published)
    if genre == "work_report":
        return _of_years(_of_report(text, title, year, month), title)
    if stated := _of_census(text, title) or _of_carried_out(title):
        return f"{stated}-01", f"{stated}-12"
    if window := _of_title(find_periods(title), year, month):
        return window
    if any(
        cue in text[:OPENING] or cue in title for cue in load_rules("genres")["anniversary"]["cues"]
    ):
        found = _of_anniversary(text, year, month)
        if found:
            return found
    is_told = genre == "overview" or (genre in ("", "press") and not published)
    if is_told and (found := _of_overview(text, title, year)):
        return found
    for part in (title, text[:OPENING], text[: 4 * OPENING]):
        found = _of_mentions(find_periods(part), year, month)
        if found:
            return found
    if genre == "bulletin" or not year:
        past = {m.start for m in find_periods(text[: 4 * OPENING]) if m.kind == "history"}
        years = YEAR.finditer(text[: 4 * OPENING])
        named = Counter(match.group(1) for match in years if match.start() not in past)
        best = max(sorted(named), key=lambda y: named[y]) if named else ""
        return (f"{best}-01", f"{best}-12") if best else ("", "")
    return f"{year}-01", f"{year}-{month or 12:02d}"


def _of_overview(text: str, title: str, year: int) -> tuple[str, str] | None:
    """Return the latest time that an overview of a place is told for, None if it is a report."""
    mentions = find_periods(f"{title}\n{text[:READ]}")
    if any(m.anchor in ("now", "report") or m.kind in ("so_far", "span") for m in mentions):
        return None
    told = [m for m in mentions if m.kind in ("period", "remark") and m.anchor == "year"]
    told = [m for m in told if m.years[0] == m.years[1] <= (year or m.years[1])]
    told = [m for m in told if m.months[0] == 1 and not m.text.endswith(DAYS)]
    sure = [m for m in told if not _is_aim(f"{title}\n{text[:READ]}", m)]
    if not sure or (year and sure[-1].years[1] < year - RECENT):
        return None
    last = max((m.years[1], m.months[1] == 12, m.months[1]) for m in sure)
    return f"{last[0]}-01", f"{last[0]}-{last[2]:02d}"


def _is_aim(text: str, mention: PeriodMention) -> bool:
    """Whether a year is one to come: 到2015年，建成…."""
    return text.startswith(("到", "至"), max(mention.start - 1, 0)) and not text.endswith(
        ("截至到", "截止到", "截至", "截止"), 0, mention.start
    )


def _when(text: str, published: str) -> tuple[int, int]:
    """Return year and month of publication, or of the first full date in the opening."""
    parts = [int(p) for p in published.split("-") if p.isdigit()]
    if parts:
        return parts[0], parts[1] if len(parts) > 1 else 0
    return 0, 0


def _of_census(text: str, title: str) -> str:
    """Return the year of the moment that a census counts for, blank if the title names none."""
    census = load_rules("genres")["census"]
    if not any(cue in title for cue in census["cues"]):
        return ""
    moment = re.search(rf"{DATE.pattern}{census['moment']}", text[: 4 * OPENING])
    if moment:
        return moment.group(1)
    return next((str(year) for name, year in census["rounds"] if name in title), "")


@cache
def _carried_out() -> re.Pattern[str]:
    after = one_of(load_rules("genres")["carried_out"]["after"])
    return re.compile(rf"{YEAR.pattern}(?!(?:上半年|前|一季度|1))[^，。\d]{{0,16}}{after}")


def _of_carried_out(title: str) -> str:
    """Return the year that a title says was carried out: 2022年预算执行情况和2023年预算草案."""
    match = _carried_out().search(title)
    return match.group(1) if match else ""


def _of_report(text: str, title: str, year: int, month: int) -> tuple[str, str]:
    """Read the year that a work report reviews: from its review heading, title or date."""
    review = re.search(r"((?:19|20)\d{2})年(?!以来)[^\n。；]{0,16}回顾", text)
    session = SESSION.search(text[:OPENING])
    late = load_rules("genres")["review"]["late"]
    if review:
        reported = int(review.group(1))
    elif session and int(session.group(2)) in late:  # a session of December reviews its own year
        reported = int(session.group(1))
    elif named := YEAR.search(title[: TITLE // 2]):
        is_told = year > int(named.group(1)) and not TITLED.match(title, named.end())
        is_told = is_told or _is_late(text, int(named.group(1)), year, month)
        is_told = is_told or (year == int(named.group(1)) and month in late)
        reported = int(named.group(1)) - (not is_told)
    elif date := DATE.search(text[:OPENING]):
        is_early = int(date.group(2)) in load_rules("genres")["review"]["months"]
        reported = int(date.group(1)) - is_early
    elif year:
        reported = year - (month not in late)
    else:
        return "", ""
    return f"{reported}-01", f"{reported}-12"


def _of_years(reported: tuple[str, str], title: str) -> tuple[str, str]:
    """Widen the year of a report to the years that its title looks back on: （五年回顾）."""
    spans = [m.years[0] for m in find_periods(title) if m.kind == "span" and m.anchor == "past"]
    if not spans or not reported[1]:
        return reported
    return f"{int(reported[1][:4]) - spans[0] + 1}-01", reported[1]


def _is_late(text: str, named: int, year: int, month: int) -> bool:
    """Whether a report is called after the year that it reviews: it came out early in the next.

    One that was only posted a year late speaks of the year before its own, not of the one after.
    """
    before, behind = (
        sum(text.count(f"{words}年") for words in (str(told), _in_words(told)))
        for told in (named - 1, named + 1)
    )
    is_near = year == named + 1 and month in load_rules("genres")["review"]["months"]
    return behind >= before if is_near else behind > 0 == before


def _in_words(year: int) -> str:
    """Write a year in Chinese numerals, as 二〇一三."""
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(year))


def _of_title(mentions: tuple[PeriodMention, ...], year: int, month: int) -> tuple[str, str] | None:
    """Read the years that a title looks back on: “十一五”发展综述, 五年回顾."""
    for mention in mentions:
        if mention.kind == "period" and mention.years[0] < mention.years[1] <= year:
            return f"{mention.years[0]}-01", f"{mention.years[1]}-12"
        if mention.kind == "span" and mention.anchor == "past" and mention.years[0] > 1 and year:
            end = year - 1 if 0 < month <= MIDDLE else year
            return f"{end - mention.years[0] + 1}-01", f"{end}-12"
    return None


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
