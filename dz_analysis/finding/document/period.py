"""The months that a document reports on.

In: clean text as the finders read it, with title, date of publication and genre. Out: the first
and the last month, with what they were read from. `EVIDENCE` is the list of what tells them, the
surest first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from dz_analysis.finding.document.genre import BULLETIN, GAZETTEER, OVERVIEW, PRESS
from dz_analysis.finding.document.place import OPENING, READ, TITLE
from dz_analysis.finding.time.mentions import PeriodMention, find_periods
from dz_analysis.finding.time.words import form
from dz_analysis.lexicon import Words, load_settings, values, words
from dz_analysis.reading.provenance import Kind, Provenance

MIDDLE = 6  # a page of the first half of a year looks back on the years before it
RECENT = 20  # years: what a document reports on; older ones are its history
BEGINNING = 4 * OPENING  # characters in which a document dates itself
FOUNDING = 60  # characters in which a date comes to what was founded
LONGEST_UNTIL = 3  # characters of 截至到
_CLAUSE = re.compile(r"[\u3400-\u9fff]{1,12}")
_NAMED_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
YEAR_SIGN, MONTH_SIGN, DAY_SIGN = "年", "月", "日"
DATE = re.compile(
    rf"((?:19|20)\d{{2}}){YEAR_SIGN}(\d{{1,2}}){MONTH_SIGN}(?:(\d{{1,2}}){DAY_SIGN})?"
)
YEAR = re.compile(rf"(?<!\d)((?:19|20)\d{{2}}){YEAR_SIGN}")

Months = tuple[str, str]  # the first and the last, YYYY-MM; blank where nothing tells


def _role(role: str) -> Words:
    return words("genres", role)


@dataclass(frozen=True, slots=True)
class _Patterns:
    """How documents date themselves; composed once, asked of every document."""

    titled: re.Pattern[str]
    session: re.Pattern[str]
    review: re.Pattern[str]
    carried_out: re.Pattern[str]
    told: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    part, after = (_role(f"carried_out.{one}").pattern for one in ("part", "after"))
    return _Patterns(
        titled=re.compile(rf"[^，。：:；]{{0,12}}{_role('titled').pattern}"),
        session=re.compile(rf"{DATE.pattern}[^\n。]{{0,30}}{_role('session').pattern}"),
        review=re.compile(
            rf"((?:19|20)\d{{2}}){YEAR_SIGN}(?!{_role('since').pattern})"
            rf"[^\n。；]{{0,16}}{_role('reviewed').pattern}"
        ),
        carried_out=re.compile(rf"{YEAR.pattern}(?!{part})[^，。\d]{{0,16}}{after}"),
        told=re.compile(rf"{YEAR.pattern}[，,]"),
    )


@dataclass(frozen=True)
class DatedDocument:
    """A document as its months are read from it."""

    text: str
    title: str
    published: str
    genre: str
    name: str = ""

    @cached_property
    def year(self) -> int:
        """The year of publication, 0 if unknown."""
        return self._date[0]

    @cached_property
    def month(self) -> int:
        """The month of publication, 0 if unknown."""
        return self._date[1]

    @cached_property
    def _date(self) -> tuple[int, int]:
        parts = [int(part) for part in self.published.split("-") if part.isdigit()]
        return (parts[0], parts[1] if len(parts) > 1 else 0) if parts else (0, 0)

    @property
    def opening(self) -> str:
        """The characters in which it says what it is about."""
        return self.text[:OPENING]

    @property
    def beginning(self) -> str:
        """The characters in which it dates itself."""
        return self.text[:BEGINNING]


def read_period(document: DatedDocument) -> Provenance | None:
    """Return the first and the last month that a document reports on, None if unknown.

    A work report of an early month tells of the year before; a bulletin of the year in its title;
    other pieces of the part of the year that title or opening name, in the year that they name or
    were published in. The first evidence of `EVIDENCE` that tells months decides. A year in the
    name of the document (`council-2007`) is asked where a report itself states none, and where an
    undated page states only a part of a year.
    """
    for kind, read in EVIDENCE:
        if (found := read(document)) is not None:
            quote = {Kind.TITLE: document.title, Kind.NAME: document.name}.get(kind, "")
            return Provenance.of("period", "/".join(filter(None, found)), kind, quote)
    return None


def _year(year: int | str) -> Months:
    """Return the months of a whole year."""
    return f"{year}-01", f"{year}-12"


def _until(year: int | str, month: int) -> Months:
    """Return the months of a year up to one of them."""
    return f"{year}-01", f"{year}-{month:02d}"


def _of_work_report(document: DatedDocument) -> Months | None:
    """Read the year that a work report reviews, and the years that its title looks back on."""
    if document.genre != "work_report":
        return None
    reported = _reviewed_year(document)
    if not reported:
        return "", ""
    spans = find_periods(document.title)
    years = [m.years[0] for m in spans if m.kind == "span" and m.anchor == "past"]
    return f"{reported - (years[0] - 1 if years else 0)}-01", f"{reported}-12"


def _reviewed_year(document: DatedDocument) -> int:
    """Return the year that a work report reviews, 0 if nothing tells.

    Told 1 by its heading, 2 by its session, 3 by its title, 4 by its name, 5 by its first date, 6
    by the date of publication, 7 by the first year that it tells of.
    """
    late = load_settings("genres")["review"]["late"]
    review = _patterns().review.search(document.text)
    if review:
        return int(review.group(1))
    session = _patterns().session.search(document.opening)
    if session and int(session.group(2)) in late:  # a session of December reviews its own year
        return int(session.group(1))
    named = YEAR.search(document.title[: TITLE // 2])
    if named:
        return int(named.group(1)) - (not _reviews_named(document, named, late))
    name = _NAMED_YEAR.search(document.name)
    if name and not document.year:
        return int(name.group()) - 1
    date = DATE.search(document.opening)
    if date:
        is_early = int(date.group(2)) in load_settings("genres")["review"]["months"]
        return int(date.group(1)) - is_early
    if document.year:
        return document.year - (document.month not in late)
    told = _patterns().told.search(document.opening)
    return int(told.group(1)) if told else 0


def _reviews_named(document: DatedDocument, named: re.Match[str], late: Sequence[int]) -> bool:
    """Whether a work report reviews the year that its title names, not the one before."""
    year = int(named.group(1))
    is_other = document.year > year and not _patterns().titled.match(document.title, named.end())
    is_of_end = document.year == year and document.month in late
    return is_other or is_of_end or _is_late(document, year)


def _is_late(document: DatedDocument, named: int) -> bool:
    """Whether a report is called after the year that it reviews: it came out early in the next.

    One that was only posted a year late speaks of the year before its own, not of the one after.
    """
    sign = _role("year").pattern
    before, behind = (
        len(re.findall(f"(?:{year}|{_in_hanzi(year)}){sign}", document.text))
        for year in (named - 1, named + 1)
    )
    months = load_settings("genres")["review"]["months"]
    is_near = document.year == named + 1 and document.month in months
    return behind >= before if is_near else behind > 0 == before


@cache
def _in_hanzi(year: int) -> str:
    """Return the pattern of a year in Chinese numerals, each digit in any of its signs."""
    signs = values("numerals", "digit")
    return "".join(f"[{''.join(s for s in signs if signs[s] == digit)}]" for digit in str(year))


def _of_census(document: DatedDocument) -> Months | None:
    """Read the year of the moment that a census counts for, if the title names one."""
    if not _role("census.cues").first_in(document.title):
        return None
    moment = re.search(rf"{DATE.pattern}{_role('census.moment').pattern}", document.beginning)
    if moment:
        return _year(moment.group(1))
    rounds = values("genres", "census.rounds").items()
    return next((_year(year) for name, year in rounds if name in document.title), None)


def _of_carried_out(document: DatedDocument) -> Months | None:
    """Read the year that a title says was carried out: 2022年预算执行情况和2023年预算草案."""
    opening = document.opening if document.genre in ("", "budget") else ""
    for part in (document.title, opening):
        match = _patterns().carried_out.search(part)
        if match:
            return _year(match.group(1))
    return None


def _of_two_years(document: DatedDocument) -> Months | None:
    """Read the earlier of two years that a title names: 2025年预算情况和2026年预算草案."""
    years = [int(year) for year in YEAR.findall(document.title)]
    is_pair = len(years) == 2 and years[0] + 1 == years[1]
    return _year(years[0]) if is_pair else None


def _of_month(document: DatedDocument) -> Months | None:
    """Read the months up to the one that a budget's title names: 2025年11月预算执行情况."""
    found = DATE.search(document.title) if document.genre == "budget" else None
    return _until(found.group(1), int(found.group(2))) if found and not found.group(3) else None


def _of_title(document: DatedDocument) -> Months | None:
    """Read the years that a title looks back on: “十一五”发展综述, 五年回顾."""
    year = document.year
    for mention in find_periods(document.title):
        first, last = mention.years
        if mention.kind == "period" and first < last <= year:
            return f"{first}-01", f"{last}-12"
        is_past = mention.kind == "span" and mention.anchor == "past"
        if is_past and first > 1 and year:
            end = year - 1 if 0 < document.month <= MIDDLE else year
            return f"{end - first + 1}-01", f"{end}-12"
    return None


def _of_anniversary(document: DatedDocument) -> Months | None:
    """Read the time since a founding that a piece celebrates."""
    cues = _role("anniversary")
    if not (cues.first_in(document.opening) or cues.first_in(document.title)):
        return None
    founding = re.compile(words("periods", "founding.before").pattern)
    for date in DATE.finditer(document.beginning):
        if founding.search(document.beginning, date.end(), date.end() + FOUNDING):
            month = int(date.group(2))
            last = (document.year, document.month)
            last = last if all(last) else (int(date.group(1)) + 1, month)
            return f"{date.group(1)}-{month:02d}", f"{last[0]}-{last[1]:02d}"
    return None


def _of_overview(document: DatedDocument) -> Months | None:
    """Read the latest time that an overview of a place is told for, None if it is a report."""
    if not _may_be_overview(document):
        return None
    head = f"{document.title}\n{document.text[:READ]}"
    mentions = find_periods(head)
    if any(map(_is_report_time, mentions)):
        return None
    dated = [m for m in mentions if _dates_a_year(m, document.year) and _is_told(head, m)]
    if not dated or (document.year and dated[-1].years[1] < document.year - RECENT):
        return None
    last = max((m.years[1], m.months[1] == 12, m.months[1]) for m in dated)
    return _until(last[0], last[2])


def _may_be_overview(document: DatedDocument) -> bool:
    is_loose = document.genre in ("", PRESS, GAZETTEER) and not document.published
    return document.genre == OVERVIEW or is_loose


def _is_report_time(mention: PeriodMention) -> bool:
    """Whether a mention is told from the day of writing, as reports tell: 今年以来."""
    return mention.anchor in ("now", "report") or mention.kind in ("so_far", "span")


def _dates_a_year(mention: PeriodMention, year: int) -> bool:
    """Whether a mention names a year that is over, or its first months, or years up to one."""
    if mention.kind not in ("period", "remark", "range") or mention.anchor != "year":
        return False
    is_over = mention.years[1] <= (year or mention.years[1])
    return is_over and mention.months[0] == 1 and not _role("day").at_end(mention.text)


def _is_told(text: str, mention: PeriodMention) -> bool:
    """Whether a year is one that is told of: none to come, none only compared with."""
    return not (_is_aim(text, mention) or _is_base(text, mention.start))


def _is_aim(text: str, mention: PeriodMention) -> bool:
    """Whether a year is one to come: 到2015年，建成…, 2015年奋斗目标."""
    behind = _CLAUSE.match(text, mention.end)
    if behind and _role("goals").first_in(behind.group()):
        return True
    opens = _role("aim").at_start(text, max(mention.start - 1, 0))
    until = _role("until").at_end(text[max(mention.start - LONGEST_UNTIL, 0) : mention.start])
    return bool(opens) and not until


def _of_mentions(document: DatedDocument) -> Months | None:
    """Read what title or opening state: a part of a year, 今年以来, else a year that is over."""
    for part in (document.title, document.opening, document.beginning):
        if found := _opening_range(part, document.year):
            return found
        stated, named = _stated(part)
        year = document.year or named
        found = (
            _first_part(stated, year)
            or _since(stated, year, document.month)
            or (part is document.title and _last_year(stated, document.year))
            or _most_named(stated, year)
        )
        if found:
            return found
    return None


def _stated(part: str) -> tuple[list[PeriodMention], int]:
    """Return the parts of years that a text states, and the first year that it names."""
    mentions = find_periods(part)
    stated = [
        m for m in mentions if m.kind in ("period", "since") and m.anchor in ("", "now", "year")
    ]
    days = [m for m in mentions if m.kind in ("date", "moment")]
    return stated, next((m.years[1] for m in (*stated, *days) if m.anchor == "year"), 0)


def _opening_range(text: str, year: int) -> Months | None:
    """Return the years that a chronicle opens with: 1986～1997年，水利事业取得长足发展."""
    first = next(iter(find_periods(text)), None)
    if (
        first is None
        or first.start
        or first.kind != "range"
        or first.years[1] > (year or first.years[1])
    ):
        return None
    return f"{first.years[0]}-01", f"{first.years[1]}-12"


def _spoken(mention: PeriodMention, year: int) -> int:
    """Return the year that a mention means: its own, or one counted from the document's."""
    return mention.years[1] if mention.anchor == "year" else year + mention.years[1]


def _first_part(stated: Sequence[PeriodMention], year: int) -> Months | None:
    """Return the first part of a year that is stated: 上半年."""
    for mention in stated:
        is_part = mention.kind == "period" and mention.months != (1, 12) and mention.months[0] == 1
        is_part = is_part and not _role("day").at_end(mention.text)
        if is_part and (spoken := _spoken(mention, year)):
            return _until(spoken, mention.months[1])
    return None


def _since(stated: Sequence[PeriodMention], year: int, month: int) -> Months | None:
    """Return the months of 今年以来."""
    for mention in stated:
        if mention.kind == "since" and mention.months[0] == 1 and _spoken(mention, year) == year:
            return _until(year, month or 12) if year else None
    return None


def _last_year(stated: Sequence[PeriodMention], year: int) -> Months | None:
    """Return the year before, if 去年 alone is stated."""
    now = [m for m in stated if m.anchor == "now" and m.months == (1, 12)]
    return _year(year - 1) if year and now and all(m.years == (-1, -1) for m in now) else None


def _most_named(stated: Sequence[PeriodMention], year: int) -> Months | None:
    """Return the year named most, of several the last."""
    whole = Counter(
        m.years[0]
        for m in stated
        if (m.kind, m.months, m.anchor) == ("period", (1, 12), "year")
        and m.years[0] == m.years[1]
        and (not year or year - RECENT <= m.years[0] <= year)
    )
    return _year(max(whole, key=lambda named: (whole[named], named))) if whole else None


def _of_years(document: DatedDocument) -> Months | None:
    """Read the year that a bulletin, or a page without a date, names most."""
    if document.genre != BULLETIN and document.year:
        return None
    mentions = find_periods(document.beginning)
    past = {m.start for m in mentions if m.kind == "history"}
    years = YEAR.finditer(document.beginning)
    named = Counter(
        match.group(1)
        for match in years
        if match.start() not in past and not _is_base(document.beginning, match.start())
    )
    return _year(max(sorted(named), key=lambda year: named[year])) if named else ("", "")


def _is_base(text: str, start: int) -> bool:
    """Whether a year is only what another one is compared with: 比2019年增长8%."""
    return bool(
        words("measure_cues", "base.openers").at_end(text[max(start - LONGEST_UNTIL, 0) : start])
    )


def _of_name(document: DatedDocument) -> Months | None:
    """Read the part of a year that an undated page states, in the year that its name bears.

    The name may bear the part of the year too: 云溪县2016年上半年.
    """
    name = _NAMED_YEAR.search(document.name)
    if not name or document.year:
        return None
    parts = (document.title, document.opening, document.beginning, document.name)
    read = (_first_part(_stated(part)[0], int(name.group())) for part in parts)
    return next(filter(None, read), None)


def _of_event(document: DatedDocument) -> Months | None:
    """Read the month of a signing or a start that a piece published in it opens with."""
    for mention in find_periods(document.opening):
        month = mention.months[0]
        is_near = mention.kind == "date" and not mention.anchor and month == document.month
        if is_near and form("held").match(document.text, mention.end):
            return (f"{document.year}-{month:02d}",) * 2
    return None


def _of_publication(document: DatedDocument) -> Months:
    """Read the year of publication up to its month."""
    return _until(document.year, document.month or 12)


# What tells the months of a document, the surest first.
EVIDENCE: tuple[tuple[Kind, Callable[[DatedDocument], Months | None]], ...] = (
    (Kind.OPENING, _of_work_report),
    (Kind.TITLE, _of_census),
    (Kind.TITLE, _of_month),
    (Kind.TITLE, _of_carried_out),
    (Kind.TITLE, _of_two_years),
    (Kind.TITLE, _of_title),
    (Kind.OPENING, _of_anniversary),
    (Kind.LATEST, _of_overview),
    (Kind.OPENING, _of_event),
    (Kind.OPENING, _of_mentions),
    (Kind.NAME, _of_name),
    (Kind.BODY, _of_years),
    (Kind.PUBLISHED, _of_publication),
)
