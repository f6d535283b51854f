"""What a document is: its genre, the place it reports on, and the months it reports on.

In: clean text and what the manifest or the page gives. Out: `Context`. What is given wins over
what is read; what can't be told stays blank.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from dz_analysis.finding.document.genre import cues_of, find_genre, genres
from dz_analysis.finding.document.period import (
    MONTH_SIGN,
    YEAR_SIGN,
    DatedDocument,
    Months,
    read_period,
)
from dz_analysis.finding.document.place import OPENING, TITLE, find_place, places_above
from dz_analysis.finding.model import Context
from dz_analysis.finding.place import gazetteer
from dz_analysis.finding.place.paragraph_place import is_code_of
from dz_analysis.finding.place.paragraph_place import region_code as code_of_region
from dz_analysis.finding.text.plain import plain_text
from dz_analysis.lexicon import words
from dz_analysis.reading.dates import only_date, packed_date, to_iso
from dz_analysis.reading.provenance import Kind, Provenance

ENDS = ("：", ":", "。", "；")  # of a line that is no title
_BRACKETED = re.compile(r"[（(]([^（）()]{6,12})[）)]$")


def tag_document(
    text: str,
    *,
    document: str = "",
    title: str = "",
    publisher: str = "",
    published: str = "",
    region: str = "",
    region_code: str = "",
    period: str = "",
    genre: str = "",
    corpus: str = "",
    site: str = "",
    provenance: Sequence[Provenance] = (),
) -> Context:
    r"""Tag a document with genre, region and reporting period.

    Parameters
    ----------
    text : str
        The article, one paragraph a line.
    document, title, publisher, published, region, region_code, period, genre : str, optional
        What is known already, as in the manifest; `period` is ``YYYY-MM/YYYY-MM``. A code that is
        another place's than the region is not taken.
    corpus : str, optional
        The corpus it belongs to, whose own list of indicators is then read beside the catalogue.
    site : str, optional
        The site that the page stands on, which tells its place where nothing else does.
    provenance : sequence of Provenance, optional
        What the page says that title, publisher and date were read from.

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
    known = {one.field: one for one in provenance}
    given = {"title": title, "publisher": publisher, "published": published, "genre": genre}
    given |= {"region": region, "period": period}
    stated: dict[str, Provenance | None]
    stated = {name: _as_given(name, value, known) for name, value in given.items() if value}
    stated.setdefault("title", _first_line(text))
    title = _value_of(stated["title"])
    stated.setdefault("published", _read_published(text) or _date_in(title))
    published = _value_of(stated["published"])
    stated.setdefault("genre", find_genre(text, title=title))
    stated.setdefault("region", find_place(text, title, publisher, site=site, name=document))
    place, kind = (_value_of(stated[name]) for name in ("region", "genre"))
    dated = DatedDocument(plain_text(text).text, title, published, kind, document)
    stated.setdefault("period", read_period(dated))
    first, last = _months(_value_of(stated["period"]))
    when = last or published
    head = f"{title}\n{publisher}\n{text[: 3 * OPENING]}"
    city, province = places_above(place, head, when=when)
    code = code_of_region(place, province=province, city=city, when=when)
    if region_code and is_code_of(region_code, place):
        code = region_code
        city, province = gazetteer.parents_of(code.partition(":")[0])
    return Context(
        document=document,
        title=title,
        publisher=publisher,
        published=published,
        genre=kind,
        region=place,
        region_code=code,
        city=city,
        province=province,
        period_start=first,
        period_end=last,
        corpus=corpus,
        provenance=tuple(one for one in stated.values() if one and one.value),
    )


def _as_given(name: str, value: str, known: Mapping[str, Provenance]) -> Provenance:
    """Return what a value was read from: what the page says of it, or that it was given."""
    read = known.get(name)
    return read if read and read.value == value else Provenance.of(name, value, Kind.GIVEN)


def _value_of(found: Provenance | None) -> str:
    return found.value if found else ""


@cache
def _published_line() -> re.Pattern[str]:
    before = words("genres", "published.before").pattern
    digits = (
        rf"(?P<year>(?:19|20)\d{{2}})[-/.{YEAR_SIGN}](?P<month>\d{{1,2}})"
        rf"(?:[-/.{MONTH_SIGN}](?P<day>\d{{1,2}}))?"
    )
    return re.compile(rf"{before}\s?[:：]\s?{digits}")


def _read_published(text: str) -> Provenance | None:
    """Return the date of a line such as 发布时间：2016-10-28 in the opening, None if none."""
    found = _published_line().search(text[:OPENING])
    if not found:
        return None
    date = to_iso(*found.group("year", "month", "day"))
    return Provenance.of("published", date, Kind.OPENING, found.group())


def _date_in(title: str) -> Provenance | None:
    """Return the date that a title ends with, or bears behind the name of a programme."""
    bracketed = _BRACKETED.search(title)
    date = only_date(bracketed.group(1)) if bracketed else packed_date(title)
    return Provenance.of("published", date, Kind.TITLE, title) if date else None


def _first_line(text: str) -> Provenance | None:
    """Return the first line as the title, None if it is running text or addresses the hearers."""
    line = text.lstrip().split("\n", 1)[0].strip()
    addresses = (cue for genre in genres() for cue in cues_of(genre, "text"))
    is_title = len(line) <= TITLE and not line.endswith(ENDS) and line not in addresses
    return Provenance.of("title", line, Kind.OPENING) if is_title else None


def _months(period: str) -> Months:
    if not period:
        return "", ""
    if not re.fullmatch(r"\d{4}-\d{2}/\d{4}-\d{2}", period):
        msg = f"Period {period!r} is not written as closed months; expected YYYY-MM/YYYY-MM."
        raise ValueError(msg)
    first, last = period.split("/")
    return first, last
