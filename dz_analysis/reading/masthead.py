"""Title, publisher and date of a page, where it gives them.

In: the article's lines and the pieces set apart. Out: texts, blank where the page says nothing;
nothing is guessed from the article's own sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain, pairwise, takewhile

from dz_analysis.lexicon import load_rules, words
from dz_analysis.reading.article import Line, Piece
from dz_analysis.reading.fields import byline, read_fields

_DATE = re.compile(r"(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})日?")
_STAMP = re.compile(_DATE.pattern + r"(?:\s{0,4}\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?")
_STAMPED = re.compile(r"\s{1,4}(?=\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}).{8,80}$")
_NOTE = re.compile(r"(?:[〔\[［]\d{1,2}[〕\]］]|[①-⑩*※]|（\d）|\(\d\))$")
_ONLY_DATE = re.compile(r"[（(]?\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日[）)]?")
_SOURCE = re.compile(r"来\s{0,3}源\s?[:：|｜丨]\s{0,3}([^\s\d|｜【\[（(:：]{2,30}+)(?![:：])")
_WHOLE_TEXT = re.compile(r"[（(]全文[）)]$")
_MEETING = re.compile(r"^[—–-]{1,4}\s?(?=\d{4}年)|^[（(](?=\d{4}年)")
_TITLE_HAN = 40


@cache
def _released() -> re.Pattern[str]:
    """Return the pattern of the label of the date that counts: 发布时间."""
    acts, when = (words("masthead", f"released.{part}").pattern for part in ("acts", "when"))
    return re.compile(f"{acts}{when}")


@cache
def _title_tail() -> re.Pattern[str]:
    return re.compile(rf"[\s—–_|-]{{1,4}}{words('masthead', 'titles.tails').pattern}$")


def find_title(lines: Sequence[Line], pieces: Sequence[Piece]) -> str:
    """Return the article's title, or `""` if it begins with running text.

    A line that the page repeats in its navigation wins over a kicker above it; of two lines with
    the same words the shorter one is taken.
    """
    head = [line.text for line in takewhile(_may_head, lines)]
    if not head:
        return ""
    if len(head) == len(lines):
        return head[0] if len(lines) == 1 else _clean(head[0])
    repeated = {_plain(piece.text) for piece in pieces}
    own = [text for text in head if _plain(text) in repeated]
    return _clean(own[0]) if own else _titled(_whole_titles(head))


def _titled(whole: Sequence[str]) -> str:
    """Return the first title that ends with a word of the genre (…工作报告), or the first one."""
    titles = [_clean(text) for text in whole]
    return next((title for title in titles if title.endswith(_genre_words())), titles[0])


def _may_head(line: Line) -> bool:
    """Say whether a line may be the title, or a kicker above it."""
    return not (line.is_running or line.han > _TITLE_HAN or line.text.endswith(("：", ":")))


def _whole_titles(head: Sequence[str]) -> list[str]:
    """Join the lines of a title that was broken: …计划执行情况 / 与2009年计划草案的报告."""
    rules = load_rules("masthead")["titles"]
    whole: list[str] = []
    for text in head:
        goes_on = whole and text.startswith(tuple(rules["goes_on"]))
        if whole and (goes_on or whole[-1].endswith(tuple(rules["leads_on"]))):
            whole[-1] += text
        else:
            whole.append(text)
    return whole


def find_published(lines: Sequence[Line], pieces: Sequence[Piece]) -> str:
    """Return the date of publication as `YYYY-MM-DD`, or `""`.

    The date of release wins among the fields of the page; then another date in them, then the
    date of the meeting under the title, then a date alone on a line under it.
    """
    return next((_iso(found) for found in _dates(lines, pieces) if found), "")


def _dates(lines: Sequence[Line], pieces: Sequence[Piece]) -> Iterator[re.Match[str] | None]:
    """Yield what may be the date of publication, the likeliest first."""
    fields = [*_fields(pieces), *_stamped(lines)]
    for text in sorted(fields, key=lambda text: not _released().search(text)):
        yield _DATE.search(text, _released_at(text))
    for line in lines[:8]:
        if _MEETING.search(line.text):
            yield _DATE.search(line.text)
    for line in _above_text(lines):
        if _ONLY_DATE.fullmatch(line.text):
            yield _DATE.search(line.text)


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
    return list(lines[: min(body, 8)])


def find_publisher(lines: Sequence[Line], pieces: Sequence[Piece], *, head: str = "") -> str:
    """Return who published the page.

    A source line wins, then what the head of an html page says, then the speaker's office, then
    a footer, then who signed above the date under the title.
    """
    ways = (
        _named_publishers(lines, pieces),
        [] if is_nobody(head) else [head],
        (found.group(1) for line in lines[:8] if (found := _office().search(line.text))),
        _footers(pieces),
        _signatures(lines),
    )
    return next(filter(None, chain.from_iterable(ways)), "")


def _named_publishers(lines: Sequence[Line], pieces: Sequence[Piece]) -> Iterator[str]:
    """Yield who stands in the lines of source and editor: under a label, then beside a date."""
    named = [piece.text for piece in pieces if piece.kind in ("source", "editor")]
    yield from map(_source_in, (*named, *_stamped(lines)))
    yield from map(byline, named)


def _footers(pieces: Sequence[Piece]) -> Iterator[str]:
    """Yield who runs the site, by the page's fields and footers."""
    patterns = _publisher_patterns()
    for text in (*_fields(pieces), *(piece.text for piece in pieces)):
        yield from (found.group(1) for pattern in patterns if (found := pattern.search(text)))


def _signatures(lines: Sequence[Line]) -> Iterator[str]:
    """Yield who signed above the date under the title."""
    for above, line in pairwise(_above_text(lines)):
        if _ONLY_DATE.fullmatch(line.text) and above.text.endswith(_endings()):
            yield above.text


def _source_in(text: str) -> str:
    """Return what a line of fields names as its source, or `""`."""
    origins = words("masthead", "publishers.labels")
    values = [value for label, value in read_fields(text)[0] if origins.at_end(label)]
    found = _SOURCE.search(text)
    # some pages glue the date to the name: 来源：某报2019-05-16 13:48
    pieces = [_STAMP.sub(" ", value).split() for value in values]
    names = [piece[0] for piece in pieces if piece] + ([found.group(1)] if found else [])
    return next((name for name in names if len(name) > 1 and not is_nobody(name)), "")


def to_date(text: str) -> str:
    """Return the first date of a text as `YYYY-MM-DD`, or `""`.

    Examples
    --------
    >>> to_date("2019-02-03 10:00"), to_date("2019年2月3日"), to_date("昨日")
    ('2019-02-03', '2019-02-03', '')
    """
    found = _DATE.search(text)
    return _iso(found) if found else ""


def is_nobody(name: str) -> bool:
    """Say whether what stands in the field of the source names nobody (本站, 未知)."""
    return name.strip() in load_rules("masthead")["publishers"]["nobody"]


def _released_at(text: str) -> int:
    found = _released().search(text)
    return found.end() if found else 0


def _iso(found: re.Match[str]) -> str:
    year, month, day = (int(part) for part in found.groups())
    return f"{year:04d}-{month:02d}-{day:02d}" if 1 <= month <= 12 and 1 <= day <= 31 else ""


def _clean(text: str) -> str:
    return _NOTE.sub("", _WHOLE_TEXT.sub("", _title_tail().sub("", _STAMPED.sub("", text)))).strip()


def _plain(text: str) -> str:
    return re.sub(r"[\W_]", "", text)


def _endings() -> tuple[str, ...]:
    return tuple(load_rules("masthead")["publishers"]["endings"])


def _genre_words() -> tuple[str, ...]:
    return tuple(load_rules("masthead")["titles"]["endings"])


def _office() -> re.Pattern[str]:
    posts = "|".join(load_rules("masthead")["offices"]["posts"])
    return re.compile(rf"^(\S{{2,30}}?人民政府)(?:代)?(?:{posts})\s")


def _publisher_patterns() -> list[re.Pattern[str]]:
    return [re.compile(pattern) for pattern in load_rules("masthead")["publishers"]["patterns"]]
