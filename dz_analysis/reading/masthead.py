"""Title, publisher, date and site of a page, where it gives them, each with what it was read from.

In: the article's lines, the pieces set apart, and what the file's format states. Out: the strongest
`Provenance` of a field, None where the page says nothing; nothing is guessed from the article's own
sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import dropwhile, takewhile

from dz_analysis.lexicon import patterns, values, words
from dz_analysis.reading.article import Line, Piece
from dz_analysis.reading.dates import DATE, only_date, to_iso
from dz_analysis.reading.fields import byline, read_fields
from dz_analysis.reading.provenance import Kind, Provenance, strongest

_STAMP = re.compile(DATE.pattern + r"(?:\s{0,4}\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?")
_STAMPED = re.compile(r"\s{1,4}(?=\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}).{8,80}$")
_NOTE = re.compile(r"(?:[〔\[［]\d{1,2}[〕\]］]|[①-⑩*※]|（\d）|\(\d\))$")
_SOURCE = re.compile(r"来\s{0,3}源\s?[:：|｜丨]\s{0,3}([^\s\d|｜【\[（(:：]{2,30}+)(?![:：])")
_STEP = re.compile("[>›»＞]")
_WHOLE_TEXT = re.compile(r"[（(]全文[）)]$")
_BRACKETED = re.compile(r"[（(][^（）()]{0,40}[）)]")
_MEETING = re.compile(r"^[—–-]{1,4}\s?(?=\d{4}年)|^[（(](?=\d{4}年)")
_HELD = re.compile(r"\d{4}年\s?\d{1,2}月\s?\d{1,2}日\s?在")
_SUBTITLE = re.compile(r"[—–-]{1,4}+\s{0,2}+(?!\d{4}\s?年\s?\d{1,2}\s?月)\S")
_ISSUE = re.compile(
    r"第\s{0,3}\d{1,4}\s{0,3}期(?:[（(]总第\s{0,3}\d{1,5}\s{0,3}期[)）])?\s{0,4}(?=\d{4}\s{0,3}[-/.年])"
    r"|第\s?[A-Za-z]?\d{1,3}\s?版(?=.{0,40}\d{4}[-/.年])"
)
_TITLE_HAN = 40
_BROKEN = 3  # lines of a title below its first one, at most
_APART = re.compile(r"[—–（(〔\[]")  # what opens a line that is no part of the title above
_HEAD_LINES = 8  # lines above the text that are looked at
_FIRST_LINES, _LAST_LINES = 40, 6  # lines among which one may be who signed, and when
_DATELINE = 60  # characters of a line of date and name
_SIGNED = 40  # and of the line of those who signed


@cache
def _released() -> re.Pattern[str]:
    """Return the pattern of the label of the date that counts: 发布时间."""
    acts, when = (words("masthead", f"released.{part}").pattern for part in ("acts", "when"))
    return re.compile(f"{acts}{when}")


@cache
def _clock() -> re.Pattern[str]:
    """Return the pattern of a day of the week, which stands beside a date in a page's head."""
    return re.compile(f"{words('masthead', 'weekdays').pattern}[一二三四五六日天]")


@cache
def _title_tail() -> re.Pattern[str]:
    return re.compile(rf"[\s—–_|-]{{1,4}}{words('masthead', 'titles.tails').pattern}$")


def find_title(
    lines: Sequence[Line],
    pieces: Sequence[Piece],
    *,
    heading: str = "",
    facts: Iterable[Provenance] = (),
) -> Provenance | None:
    """Return the article's title: its heading, what the file says, or the first lines.

    Parameters
    ----------
    lines : sequence of Line
        The article.
    pieces : sequence of Piece
        What was set apart.
    heading : str, optional
        The line that the page's markup or the size of its type marks as the title.
    facts : iterable of Provenance, optional
        What the file's own fields state.

    Returns
    -------
    Provenance or None
    """
    found = [fact for fact in facts if fact.field == "title"]
    if heading:
        whole = clean_title(heading) + _subtitle(lines, heading)
        found.append(Provenance.of("title", whole, Kind.HEADING))
    found.append(Provenance.of("title", _opening_title(lines, pieces), Kind.OPENING))
    return strongest(one._replace(value=clean_title(one.value)) for one in found)


def _subtitle(lines: Sequence[Line], heading: str) -> str:
    """Return the line below a heading that opens with a dash; the date of a session is none."""
    texts = [line.text for line in lines]
    below = texts[texts.index(heading) + 1 :][:1] if heading in texts else []
    return next((text for text in below if _SUBTITLE.match(text)), "")


def _opening_title(lines: Sequence[Line], pieces: Sequence[Piece]) -> str:
    """Return the title among the lines above the text, or `""` if it begins with running text.

    A line that the page repeats in its navigation wins over a kicker above it; of two lines with
    the same words the shorter one is taken.
    """
    head = [line.text for line in takewhile(_may_head, lines)]
    if not head:
        return ""
    if len(head) == len(lines):
        return head[0] if len(lines) == 1 else clean_title(head[0])
    repeated = {_plain(piece.text) for piece in pieces}
    own = [text for text in head if _plain(text) in repeated]
    return own[0] if own else _titled(_whole_titles(head))


def _titled(whole: Sequence[str]) -> str:
    """Return the first title that ends with a word of the genre (…工作报告), or the first one."""
    titles = [clean_title(text) for text in whole]
    return next((title for title in titles if title.endswith(_genre_words())), titles[0])


def _may_head(line: Line) -> bool:
    """Say whether a line may be the title, or a kicker above it; no address: 各位代表！."""
    is_address = bool(words("masthead", "titles.addresses").at_start(line.text))
    is_closed = line.text.endswith(("：", ":"))
    return not (line.is_running or line.han > _TITLE_HAN or is_closed or is_address)


def _whole_titles(head: Sequence[str]) -> list[str]:
    """Join the lines of a title that was broken: …计划执行情况 / 与2009年计划草案的报告."""
    goes, leads = (words("masthead", f"titles.{role}") for role in ("goes_on", "leads_on"))
    whole: list[str] = []
    for at, text in enumerate(head):
        above = whole[-1] if whole else ""
        goes_on = bool(goes.at_start(text)) or _is_cut(above, text)
        goes_on = goes_on or _closes_frame(above, head[at : at + _BROKEN])
        if above and (goes_on or leads.at_end(above)):
            whole[-1] += text
        else:
            whole.append(text)
    return whole


def _closes_frame(above: str, below: Sequence[str]) -> bool:
    """Say whether a title that opens with 关于 is closed by a word of the genre in a line below.

    Examples
    --------
    >>> _closes_frame("关于云溪县2009年计划", ["执行情况与2010年", "计划草案的报告"])
    True
    >>> _closes_frame("关于云溪县的报告", ["工作报告"]), _closes_frame("云溪县", ["工作报告"])
    (False, False)
    """
    if not words("masthead", "titles.frames").at_start(above) or above.endswith(_genre_words()):
        return False
    closed = next((at for at, text in enumerate(below) if text.endswith(_genre_words())), None)
    return closed is not None and not any(_APART.match(text) for text in below[: closed + 1])


def _is_cut(above: str, below: str) -> bool:
    """Say whether a word of the genre is broken at the end of a line: …工作报 / 告."""
    endings = _genre_words()
    is_whole = above.endswith(endings) or below.endswith(endings)
    return not is_whole and len(below) <= 2 and (above + below).endswith(endings)


def find_published(
    lines: Sequence[Line], pieces: Sequence[Piece], *, facts: Iterable[Provenance] = ()
) -> Provenance | None:
    """Return the date of publication, a day or a month, by the strongest evidence.

    The date of release wins among the labelled lines; then comes a date in the line under the
    title, then the file's own field, then who signed and when, then the number of a gazette or the
    page of a newspaper, then the meeting under the title, then a clock in the page's head.
    """
    found = [*_labelled_dates(pieces), *_stamped_dates(lines), *_dates_between(lines, pieces)]
    found += [fact for fact in facts if fact.field == "published"]
    found += [*_signed_dates(lines), *_issue_dates(lines, pieces), *_meeting_dates(lines)]
    return strongest([*found, *_clocks(pieces)])


def _dated(text: str, kind: Kind, *, at: int = 0) -> Provenance:
    match = DATE.search(text, at)
    return Provenance.of("published", to_iso(*match.groups()) if match else "", kind, text)


def _labelled_dates(pieces: Sequence[Piece]) -> Iterator[Provenance]:
    """Yield the dates of the page's fields, that of the release first."""
    fields = [
        text for text in _fields(pieces) if not (_clock().search(text) or _ISSUE.search(text))
    ]
    for text in sorted(fields, key=lambda text: not _released().search(text)):
        yield _dated(text, Kind.FIELD, at=_released_at(text))


def _stamped_dates(lines: Sequence[Line]) -> Iterator[Provenance]:
    """Yield the date that stands behind the words of the first line."""
    for text in _stamped(lines):
        yield _dated(text, Kind.DATELINE, at=_released_at(text))


def _dates_between(lines: Sequence[Line], pieces: Sequence[Piece]) -> Iterator[Provenance]:
    """Yield the dates in what stands between the title and the text."""
    body = next((line.start for line in lines if line.is_running), 0)
    for piece in pieces:
        is_between = bool(lines) and lines[0].start < piece.start < body
        if is_between and len(piece.text) <= _DATELINE and not _clock().search(piece.text):
            yield _dated(piece.text, Kind.DATELINE)


def _signed_dates(lines: Sequence[Line]) -> Iterator[Provenance]:
    """Yield the dates alone on a line: under the title, after a page of thanks, at the end."""
    for line in (*lines[:_FIRST_LINES], *lines[_FIRST_LINES:][-_LAST_LINES:]):
        yield Provenance.of("published", only_date(line.text), Kind.SIGNATURE, line.text)


def _issue_dates(lines: Sequence[Line], pieces: Sequence[Piece]) -> Iterator[Provenance]:
    """Yield the dates of a gazette's number and of a newspaper's page."""
    for text in (*(x.text for x in lines[:_HEAD_LINES]), *(x.text for x in pieces)):
        if issue := _ISSUE.search(text):
            yield _dated(text, Kind.ISSUE, at=issue.end())


def _meeting_dates(lines: Sequence[Line]) -> Iterator[Provenance]:
    """Yield the dates of the meeting under the title."""
    for line in lines[:_HEAD_LINES]:
        is_held = _HELD.match(line.text) and words("genres", "session").first_in(line.text)
        if is_held or _MEETING.search(line.text):
            yield _dated(line.text, Kind.SESSION)


def _clocks(pieces: Sequence[Piece]) -> Iterator[Provenance]:
    """Yield the dates with a day of the week: of a newspaper, or of the day of the visit."""
    for piece in pieces:
        if _clock().search(piece.text) and len(piece.text) <= _DATELINE:
            yield _dated(piece.text, Kind.SITE)


def _stamped(lines: Sequence[Line]) -> list[str]:
    """Return the first line if a date stands behind its words."""
    return [line.text for line in lines[:1] if _STAMPED.search(line.text)]


def _fields(pieces: Sequence[Piece]) -> list[str]:
    """Return the fields of a page; a label alone on its line comes with the line below."""
    found: list[str] = []
    for piece in pieces:
        if piece.kind not in ("source", "record"):
            continue
        if found and found[-1].endswith(("：", ":")):
            found[-1] += piece.text
        else:
            found.append(piece.text)
    return found


def _above_text(lines: Sequence[Line]) -> list[Line]:
    """Return the lines above the first running text."""
    body = next((at for at, line in enumerate(lines) if line.is_running), 0)
    return list(lines[: min(body, _HEAD_LINES)])


def find_site(pieces: Sequence[Piece], *, facts: Iterable[Provenance] = ()) -> Provenance | None:
    """Return the site that a page stands on: by the file's own fields, or by its footer."""
    footers = (
        Provenance.of("site", name, Kind.SITE, text)
        for text, name in _named_by_pattern(piece.text for piece in pieces)
    )
    named = [fact for fact in facts if fact.field == "site"]
    metas = (fact for fact in named if fact.kind == Kind.META)
    heads = (fact for fact in named if fact.value.endswith(_endings()))
    return strongest([*metas, *footers, *heads, *_crumbs(pieces)])


def _crumbs(pieces: Sequence[Piece]) -> Iterator[Provenance]:
    """Yield the offices that open a line of crumbs: 云溪县统计局 > 统计数据 > 正文."""
    for piece in pieces:
        first, *steps = (step.strip() for step in _STEP.split(piece.text))
        if steps and first.endswith(_endings()) and _office_name().fullmatch(first):
            yield Provenance.of("site", first, Kind.SITE, piece.text)


def find_publisher(
    lines: Sequence[Line],
    pieces: Sequence[Piece],
    *,
    facts: Iterable[Provenance] = (),
    site: str = "",
    title: str = "",
) -> Provenance | None:
    """Return who published the page.

    Who is said to have released it wins (发布机构), then a source line, then who signed under the
    title, then what the head of an html page says, then the speaker's office, then who made or
    printed the document, then who runs the site. An office that leaves out its place (市财政局) has
    that of the site, or of the title.
    """
    found = [*_released_by(pieces), *_named_publishers(lines, pieces), *_record_publishers(pieces)]
    found += [fact for fact in facts if fact.field == "publisher" and not is_nobody(fact.value)]
    for line in lines[:_HEAD_LINES]:
        if office := _office().search(line.text):
            found.append(Provenance.of("publisher", office.group(1), Kind.OPENING, line.text))
    found += _signatures(lines)
    best = strongest([*found, Provenance.of("publisher", _owner_of(site), Kind.SITE, site)])
    return best and best._replace(value=_with_place(best.value, site, title))


def _owner_of(site: str) -> str:
    """Return who runs a site, whose name may say that it is one.

    Examples
    --------
    >>> _owner_of("云溪市人民政府门户网站"), _owner_of("云溪日报数字报"), _owner_of("云溪新闻网")
    ('云溪市人民政府', '云溪日报', '云溪新闻网')
    """
    portals = values("masthead", "sites.portals")
    ending = words("masthead", "sites.portals").at_end(site)
    return site[: len(site) - len(ending)] + portals[ending] if ending else site


def _with_place(name: str, site: str, title: str = "") -> str:
    """Return an office with the place that it leaves out: 市财政局 on the site of 云溪市人民政府.

    Examples
    --------
    >>> _with_place("市财政局", "云溪市人民政府门户网站"), _with_place("统计局", "云溪县政府网")
    ('云溪市财政局', '云溪县统计局')
    >>> _with_place("县财政局", "云溪市人民政府"), _with_place("云溪日报", "云溪市人民政府")
    ('县财政局', '云溪日报')
    >>> _with_place("市财政局", "", "关于云溪市2019年预算执行情况的报告")
    '云溪市财政局'
    >>> _with_place("省统计局", "", "2019年云溪省政府工作报告")
    '云溪省统计局'
    """
    bare = _bare_office().fullmatch(name)
    found = (_placed_site().match(site), _placed_title().match(title)) if bare else ()
    level = bare.group(1) if bare else ""
    places = (match.group(1) for match in found if match and match.group(1).endswith(level))
    place = next(places, "")
    return place + name[len(level) :] if place else name


@cache
def _placed_title() -> re.Pattern[str]:
    """Return the pattern of a title that names a place before a year or a body: group 1 is it."""
    levels, bodies = _levels_and_bodies()
    year = r"\d{4}年"
    return re.compile(rf"(?:关于)?(?:{year})?([^\s\d]{{1,12}}?{levels})(?={year}|{bodies})")


@cache
def _placed_site() -> re.Pattern[str]:
    """Return the pattern of a site of a government: group 1 is its place."""
    levels, bodies = _levels_and_bodies()
    return re.compile(rf"(\S{{1,12}}?{levels}){bodies}")


@cache
def _bare_office() -> re.Pattern[str]:
    """Return the pattern of an office without its place; group 1 is the level alone: 市财政局."""
    levels, bodies = _levels_and_bodies()
    return re.compile(rf"({levels}?){bodies}\S{{0,8}}")


@cache
def _office_name() -> re.Pattern[str]:
    """Return the pattern of an office, with its place or without: 云溪市财政局."""
    levels, bodies = _levels_and_bodies()
    return re.compile(rf"\S{{0,12}}?{levels}{bodies}\S{{0,8}}")


def _levels_and_bodies() -> tuple[str, str]:
    """Return the patterns of the levels of government, and of its bodies."""
    return words("masthead", "sites.levels").pattern, words("masthead", "sites.bodies").pattern


def _released_by(pieces: Sequence[Piece]) -> Iterator[Provenance]:
    """Yield who stands under a label that says who released the page: 发布机构：某局."""
    labels = words("masthead", "publishers.releasing")
    for text in _fields(pieces):
        for label, name in read_fields(text)[0]:
            if label in labels and len(name) > 1 and not is_nobody(name):
                yield Provenance.of("publisher", name.split()[0], Kind.FIELD, text)


def _named_publishers(lines: Sequence[Line], pieces: Sequence[Piece]) -> Iterator[Provenance]:
    """Yield who stands in the lines of source and editor: under a label, then beside a date."""
    named = [piece.text for piece in pieces if piece.kind in ("source", "editor")]
    for text in (*named, *_stamped(lines)):
        yield Provenance.of("publisher", _source_in(text), Kind.FIELD, text)
    for text in named:
        yield Provenance.of("publisher", byline(text), Kind.DATELINE, text)


def _record_publishers(pieces: Sequence[Piece]) -> Iterator[Provenance]:
    """Yield who stands in the record of a page: 发布机构：某局."""
    for text, name in _named_by_pattern(_fields(pieces)):
        yield Provenance.of("publisher", name, Kind.FIELD, text)


def _named_by_pattern(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the lines by which the page's record and footers say who runs the site, and who."""
    patterns = _publisher_patterns()
    for text in texts:
        for pattern in patterns:
            found = pattern.search(text)
            if found and not is_nobody(found.group(1)):
                yield text, found.group(1)


def _signatures(lines: Sequence[Line]) -> Iterator[Provenance]:
    """Yield who signed: the offices between title and text, joined by 、, and who had it printed.

    Between title and text an office may be said to have made it (云溪县财政局编); the last lines
    may say who printed it, and when (县政府办公室 2019年3月5日印发).
    """
    above = [line.text for line in _above_text(lines)[1:]]
    signed = list(takewhile(_offices_in, dropwhile(_is_no_signature, above)))
    whole = "、".join(name for text in signed for name in _offices_in(text))
    yield Provenance.of("publisher", whole, Kind.DATELINE, "\n".join(signed))
    made = [(text, _made_by().match(text)) for text in above]
    made += [(line.text, _printed_by().match(line.text)) for line in lines[-_LAST_LINES:]]
    for text, found in made:
        if found and found.group(1).endswith(_endings()):
            yield Provenance.of("publisher", found.group(1), Kind.SIGNATURE, text)


def _is_no_signature(text: str) -> bool:
    """Say whether a line does not begin with an office that has its kind of place."""
    return not (offices := _offices_in(text)) or not _office_name().fullmatch(offices[0])


def _offices_in(text: str) -> list[str]:
    """Return the offices that a line holds, none if it holds anything else."""
    names = re.split(r"[\s、]+", text)
    is_signed = len(text) <= _SIGNED and all(name.endswith(_endings()) for name in names)
    return names if is_signed else []


@cache
def _made_by() -> re.Pattern[str]:
    """Return the pattern of a line that says who made a document: 云溪县财政局编."""
    return re.compile(rf"(\S{{4,30}}?){words('masthead', 'publishers.made').pattern}(?=\s|$)")


@cache
def _printed_by() -> re.Pattern[str]:
    """Return the pattern of a last line that says who printed a document, and when."""
    printed = words("masthead", "publishers.printed").pattern
    return re.compile(rf"(\S{{4,30}}?)\s{{0,9}}{DATE.pattern}\s{{0,4}}{printed}")


def _source_in(text: str) -> str:
    """Return what a line of fields names as its source, or `""`."""
    origins = words("masthead", "publishers.labels")
    values = [value for label, value in read_fields(text)[0] if origins.at_end(label)]
    found = _SOURCE.search(text)
    # some pages glue the date to the name: 来源：某报2019-05-16 13:48
    pieces = [_STAMP.sub(" ", value).split() for value in values]
    names = [piece[0] for piece in pieces if piece] + ([found.group(1)] if found else [])
    return next((name for name in names if len(name) > 1 and not is_nobody(name)), "")


def is_nobody(name: str) -> bool:
    """Say whether what stands in the field of the source names nobody (本站, 未知)."""
    return name.strip() in words("masthead", "publishers.nobody")


def _released_at(text: str) -> int:
    found = _released().search(text)
    return found.end() if found else 0


def clean_title(text: str) -> str:
    """Return a title without its label, date, note mark, and the words that pages put behind it.

    Examples
    --------
    >>> clean_title("云溪县2019年统计公报[1]"), clean_title("文件名称 云溪县2019年统计公报（全文）")
    ('云溪县2019年统计公报', '云溪县2019年统计公报')
    >>> clean_title("（上接06版）")
    ''
    """
    bare = _title_label().sub("", _STAMPED.sub("", text))
    bare = _NOTE.sub("", _WHOLE_TEXT.sub("", _title_tail().sub("", bare))).strip()
    return "" if _BRACKETED.fullmatch(bare) else bare


@cache
def _title_label() -> re.Pattern[str]:
    """Return the pattern of a label before a title: 文件名称：."""
    labels = words("masthead", "titles.labels").pattern
    return re.compile(rf"^{labels}(?:\s{{0,2}}[:：]\s{{0,2}}|\s{{1,4}})(?=\S)")


def _plain(text: str) -> str:
    return re.sub(r"[\W_]", "", text)


def _endings() -> tuple[str, ...]:
    return tuple(words("masthead", "publishers.endings"))


def _genre_words() -> tuple[str, ...]:
    return tuple(words("masthead", "titles.endings"))


def _office() -> re.Pattern[str]:
    posts = words("masthead", "offices.posts").pattern
    return re.compile(rf"^(\S{{2,30}}?人民政府)(?:代)?{posts}\s")


def _publisher_patterns() -> list[re.Pattern[str]]:
    return [re.compile(pattern) for pattern in patterns("masthead", "publishers.patterns")]
