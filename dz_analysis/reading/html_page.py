"""The article of an html page: two witnesses, and a check of each by the other.

In: the decoded source of an html page. Out: `Source`: all that a reader sees, a line a block, with
marks on the title and on what is not the article. The first witness are the containers that
Chinese publishing systems put round an article (or, without one, the element that holds most of
the running text), the second is trafilatura. On government pages trafilatura is known to stop at
the first paragraph, to lose headings between paragraphs, tables and text apart only by `<br>`, and
to take a list of links for the text; so its lines only add to the first witness what that one has
not, and nothing of the container is lost.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from dz_analysis.language import say
from dz_analysis.lexicon import ranked, roles, words
from dz_analysis.reading.dates import DATE, find_date, packed_date
from dz_analysis.reading.markup import Block, Element, Markup, read_markup, squeeze
from dz_analysis.reading.provenance import Kind, Provenance
from dz_analysis.reading.source import MARGIN, TITLE, Mark, PageError, Source

_ELEMENTS = "elements."  # roles of the markup
_RUNNING = 40
_SENTENCE = 12
_END = re.compile(r"[。！？；：!?;:…]$")
_NUMBERED = re.compile(r"^[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]")
_FRAMES = frozenset(("div", "td", "th", "tr", "tbody", "table", "article", "section", "main"))
_FRAMES |= {"body", "html", "center", "form", "font", "span", "ul", "dl", "dd", "li"}
_SHARES = {"sure": 0.5, "likely": 0.8}  # of the page's running text that a container must hold
_MOST = 0.85  # and that the innermost frame must hold where no container is known
_TITLE_HAN, _TITLE_MOST = 4, 80
_CAPTION_HAN = 40
_FRAMES_NAMED = 5
_BROKEN_LINES, _BROKEN_HAN = 4, 80  # of an element whose lines are parts of its text
_META_ROLES = {"site": "sitename"}  # where a field and the role of its metas differ
_ADDRESS = re.compile(
    r"saved from url=\(\d{1,6}\)(\S{8,300})"
    r"|<link\s[^<>]{0,80}rel=[\"']canonical[\"'][^<>]{0,80}href=[\"']([^\"'<>]{8,300})"
)
_DIGIT = re.compile(r"\d")
_SEPARATORS = re.compile(r"\s{0,4}(?:[_|｜]|[-–—]{1,2})\s{0,4}")


def read_html(source: str, *, encoding: str = "utf-8") -> Source:
    r"""Read an html page and mark what is not its article.

    Raises
    ------
    PageError
        If it holds no text of its own but shows other pages in frames.

    Examples
    --------
    >>> page = read_html(
    ...     "<div class='nav'><a>首页</a></div><h1>某县简况</h1>"
    ...     "<div id='zoom'>全县工业增加值增长6%，农业增加值增长3%。</div>"
    ... )
    >>> [(page.text[mark.start : mark.end], mark.kind) for mark in page.marks]
    [('首页', 'navigation'), ('某县简况', 'title')]
    """
    page = read_markup(source)
    _refuse_frames(page)
    facts = _facts(page, source)
    given = next((fact.value for fact in facts if fact.field == "title"), "")
    body, is_sure = _find_body(page, _extracted_lines(source))
    title_at = _find_title(page, body, given)
    if title_at is not None and not is_sure:
        body = [is_body and at > title_at for at, is_body in enumerate(body)]
    kinds = _kinds(page, body, title_at=title_at)
    text = "\n".join(block.text for block in page.blocks)
    return Source(text, encoding, "html", facts, _marks(page, kinds))


def _refuse_frames(page: Markup) -> None:
    """Refuse a page that is a frame round other pages: the text is in one of those."""
    if not page.frames or any(_is_running(block) for block in page.blocks):
        return
    listed = ", ".join(page.frames[:_FRAMES_NAMED])
    more = f" and {len(page.frames) - _FRAMES_NAMED} more" * (len(page.frames) > _FRAMES_NAMED)
    msg = say(
        "Found a frame page without text of its own; its frames are {listed}{more}. Expected the "
        "page with the text: open the frame that shows it and save that one.",
        listed=listed,
        more=more,
    )
    raise PageError(msg)


def _extracted_lines(source: str) -> frozenset[str]:
    """Return the lines that trafilatura takes for the article, without blanks."""
    import trafilatura  # takes 0.2 s, for html alone

    text = trafilatura.extract(
        source, include_comments=False, include_tables=True, favor_recall=True, fast=True
    )
    return frozenset(plain for line in (text or "").split("\n") if (plain := squeeze(line)))


def _facts(page: Markup, source: str) -> tuple[Provenance, ...]:
    """Return what the head of a page states, its scripts and its own address."""
    metas = [
        Provenance.of(field, value, Kind.META, name)
        for field in ("title", "publisher", "published", "site")
        for name in ranked("markup", f"metas.{_META_ROLES.get(field, field)}")
        if (value := page.metas.get(name, ""))
    ]
    title, site = _split_site(page, page.title)
    head = Provenance.of("title", title, Kind.HEAD), Provenance.of("site", site, Kind.SITE)
    found = [*metas, *head, *_scripted_dates(source), *_addressed_dates(page, source)]
    dated = [
        fact._replace(value=find_date(fact.value) or packed_date(fact.value))
        if fact.field == "published"
        else fact
        for fact in found
    ]
    return tuple(fact for fact in dated if fact.value)


def _scripted_dates(source: str) -> list[Provenance]:
    """Return the date that scripts or elements hold under a name of publication.

    Lists of other pages hold dates under such names too: where there are several, none counts.
    """
    found = [(match["date"], match["name"]) for match in _named_date().finditer(source)]
    is_one = len({find_date(date) for date, _ in found}) == 1
    return [Provenance.of("published", *found[0][:1], Kind.META, found[0][1])] if is_one else []


@cache
def _named_date() -> re.Pattern[str]:
    """Return the pattern of a name of publication with the date right behind it."""
    names = "|".join(name.replace("-", "[-_]?") for name in words("markup", "metas.dated"))
    return re.compile(
        rf"(?<![A-Za-z])(?<!name=[\"'])(?i:(?P<name>{names}))(?![A-Za-z])[^<>\n]{{0,60}}?[=:>]\s{{0,9}}[\"']?\s{{0,9}}"
        rf"(?P<date>{DATE.pattern})"
    )


def _addressed_dates(page: Markup, source: str) -> Iterator[Provenance]:
    """Yield the dates of the page's own address: canonical, of its meta, or where it was saved."""
    addresses = [page.metas.get("og:url", ""), *(a or b for a, b in _ADDRESS.findall(source))]
    for address in addresses:
        yield Provenance.of("published", packed_date(address), Kind.ADDRESS, address)


def _find_body(page: Markup, extracted: frozenset[str]) -> tuple[list[bool], bool]:
    """Return for each block whether it is the article's, and whether a sure container says so.

    A wider part of the page, or a frame that was found by its text, also holds menus: its links
    are not taken.
    """
    weights = _weights(page, _part_kinds(page, frozenset()))
    known = {strength: _known_body(page, weights, strength) for strength in ("sure", "likely")}
    inside = _inherit(page, known["sure"] or known["likely"] or _densest(page, weights))
    is_sure = bool(known["sure"])
    body = [inside[block.node] and (is_sure or not _is_link(block)) for block in page.blocks]
    return _completed(page, body, extracted), is_sure


def _weights(page: Markup, parts: Sequence[str]) -> list[int]:
    """Return for each element the running text in it, links and furniture apart."""
    weights = [0] * len(page.elements)
    broken = _broken_text(page)
    for block in page.blocks:
        is_text = _is_running(block) or (block.node in broken and not _is_link(block))
        if is_text and not parts[block.node]:
            weights[block.node] += block.han - block.linked
    return _sum_up(page, weights)


def _sum_up(page: Markup, own: Sequence[int]) -> list[int]:
    """Return for each element the sum of what it and all elements inside it hold."""
    sums = list(own)
    for at in range(len(sums) - 1, 0, -1):
        sums[page.elements[at].parent] += sums[at]
    return sums


def _broken_text(page: Markup) -> frozenset[int]:
    """Return the elements whose text is broken into lines that need not end a sentence."""
    lines: Counter[int] = Counter()
    han: Counter[int] = Counter()
    for block in page.blocks:
        if not _is_link(block):
            lines[block.node] += 1
            han[block.node] += block.han
    return frozenset(
        node for node in lines if lines[node] >= _BROKEN_LINES and han[node] > _BROKEN_HAN
    )


def _known_body(page: Markup, weights: Sequence[int], strength: str) -> frozenset[int]:
    """Return the containers of a known name that hold the article; more than one if it is split."""
    names = _names("body", strength)
    groups: dict[str, list[int]] = {}
    for at, element in enumerate(page.elements):
        for name in sorted((element.names | {element.tag}) & names):
            if weights[at]:
                groups.setdefault(name, []).append(at)
    best = max(groups.values(), key=lambda group: _held(page, group, weights), default=[])
    is_most = bool(best) and _held(page, best, weights) >= _SHARES[strength] * weights[0]
    return frozenset(best) if is_most else frozenset()


def _held(page: Markup, group: Sequence[int], weights: Sequence[int]) -> int:
    """Return the running text in a group of elements, those inside one another once."""
    members = set(group)
    return sum(weights[at] for at in group if page.elements[at].parent not in members)


def _densest(page: Markup, weights: Sequence[int]) -> frozenset[int]:
    """Return the innermost frame that holds most of the running text, headings and all."""
    if not any(weights):
        return frozenset(range(len(weights))[:1])
    blocks = Counter(block.node for block in page.blocks)
    lines = _sum_up(page, [blocks[at] for at in range(len(page.elements))])
    held = [
        at
        for at, element in enumerate(page.elements)
        if element.tag in _FRAMES and lines[at] > 1 and weights[at] >= _MOST * weights[0]
    ]
    return frozenset(held[-1:] or [0])


def _completed(page: Markup, body: Sequence[bool], extracted: frozenset[str]) -> list[bool]:
    """Add what the extractor took outside: running text, and the lines between such text."""
    parts = _part_kinds(page, frozenset())
    taken = [
        squeeze(block.text) in extracted and not _is_link(block) and not parts[block.node]
        for block in page.blocks
    ]
    sure = [
        is_body or (is_taken and block.han > _RUNNING)
        for block, is_body, is_taken in zip(page.blocks, body, taken, strict=True)
    ]
    if not any(sure):
        return taken
    first, last = sure.index(True), len(sure) - sure[::-1].index(True)
    between = [a or b for a, b in zip(sure[first:last], taken[first:last], strict=True)]
    return [*body[:first], *between, *body[last:]]


def _kinds(page: Markup, body: Sequence[bool], *, title_at: int | None) -> list[str]:
    """Return the mark of each block, `""` for the article's own."""
    inside = {page.blocks[at].node for at, is_body in enumerate(body) if is_body}
    parts = _part_kinds(page, _ancestors(page, inside))
    kinds = [
        parts[block.node] or (_inside_kind(block) if is_body else _outside_kind(block))
        for block, is_body in zip(page.blocks, body, strict=True)
    ]
    if title_at is not None:
        for at in range(title_at + 1, _first_of(body)):
            if _is_subtitle(page, page.blocks[at]):
                kinds[at] = ""
        kinds[title_at] = TITLE
    return kinds


def _first_of(body: Sequence[bool]) -> int:
    """Return the number of the article's first block, or how many blocks there are."""
    return next((at for at, is_body in enumerate(body) if is_body), len(body))


def _is_subtitle(page: Markup, block: Block) -> bool:
    return bool(block.heading or page.elements[block.node].names & _names("title", "sub"))


def _inside_kind(block: Block) -> str:
    return "caption" if _is_caption(block) else ""


def _outside_kind(block: Block) -> str:
    return "related" if _is_link(block) else MARGIN


def _is_caption(block: Block) -> bool:
    """Say whether a short centred line right below a picture is its caption."""
    is_short = block.han <= _CAPTION_HAN and not _END.search(block.text)
    is_below = block.follows_picture and block.is_centred
    return is_below and is_short and not block.heading and not _NUMBERED.match(block.text)


def _find_title(page: Markup, body: Sequence[bool], given: str) -> int | None:
    """Return the number of the block that is the title.

    The line that repeats the page's meta wins, the last one above the text; then one that begins
    the title in the page's head; then a heading, then an element called a title.
    """
    first = _first_running(page, body)
    head = (squeeze(given), squeeze(page.title))
    above = [
        (at, _Candidate(block, squeeze(block.text), page.elements[block.node].names, *head))
        for at, block in enumerate(page.blocks[: first + 3])
        if _may_head(block)
    ]
    for is_title, reach in _TITLE_SIGNS:
        found = [at for at, line in above if at < first + reach and is_title(line)]
        if found:
            return max(found, key=lambda at: (_han_of(page, at), at))
    return None


def _han_of(page: Markup, at: int) -> int:
    return page.blocks[at].han


def _first_running(page: Markup, body: Sequence[bool]) -> int:
    """Return the number of the article's first block of running text, or else its first one."""
    running = (at for at, block in enumerate(page.blocks) if body[at] and _is_running(block))
    return next(running, _first_of(body))


class _Candidate(NamedTuple):
    """A line that may be the title; texts are without blanks."""

    block: Block
    text: str
    names: frozenset[str]
    meta: str  # the title that the page's meta gives
    head: str  # the title in the page's head


def _is_called_title(line: _Candidate) -> bool:
    return not line.names.isdisjoint(_names("title", "names"))


# What shows a title, the surest first, and how many blocks below the article's first it may stand.
_TITLE_SIGNS: tuple[tuple[Callable[[_Candidate], bool], int], ...] = (
    (lambda line: line.text == line.meta, 3),
    (lambda line: line.head.startswith(line.text), 3),
    (lambda line: line.block.heading == 1, 1),
    (_is_called_title, 1),
    (lambda line: line.block.heading in (2, 3), 0),
)


def _may_head(block: Block) -> bool:
    return (
        block.han >= _TITLE_HAN and not block.text.endswith(("。", "；", "：")) and block.han < 80
    )


def _split_site(page: Markup, title: str) -> tuple[str, str]:
    """Part the title of the page's head from the names of column and site behind or before it."""
    sites = {page.metas.get(name, "") for name in words("markup", "metas.site")} - {""}
    site = ""
    for cut in reversed(list(_SEPARATORS.finditer(title))):
        part = title[cut.end() :].strip()
        if not cut.start() or not _is_site(part, sites):
            break
        title, site = title[: cut.start()], site or part
    first = _SEPARATORS.search(title)
    before = title[: first.start()] if first else ""
    if first and _is_site(before, sites) and not _DIGIT.search(before):
        title, site = title[first.end() :], site or before
    return title.strip(), site


def _is_site(part: str, sites: Collection[str]) -> bool:
    return part in sites or bool(words("markup", "title.sites").at_end(part))


def _part_kinds(page: Markup, spared: frozenset[int]) -> list[str]:
    """Return for each element the kind of the part of the page that it stands in, or `""`.

    An element that holds the article is no such part, whatever it is called.
    """
    names = _part_names()
    kinds: list[str] = []
    for at, element in enumerate(page.elements):
        above = kinds[element.parent] if element.parent >= 0 else ""
        own = next((names[n] for n in sorted(_called(element)) if n in names), "")
        kinds.append(above or ("" if at in spared else own))
    return kinds


def _called(element: Element) -> frozenset[str]:
    """Return the names of an element, and its tag; a table's caption is its head, no picture's."""
    return element.names if element.tag == "caption" else element.names | {element.tag}


def _ancestors(page: Markup, nodes: Iterable[int]) -> frozenset[int]:
    """Return all elements around the elements given."""
    found: set[int] = set()
    for node in nodes:
        at = page.elements[node].parent
        while at >= 0 and at not in found:
            found.add(at)
            at = page.elements[at].parent
    return frozenset(found)


def _inherit(page: Markup, chosen: frozenset[int]) -> list[bool]:
    """Return for each element whether it is one of those chosen or inside one."""
    inside: list[bool] = []
    for at, element in enumerate(page.elements):
        inside.append(at in chosen or (element.parent >= 0 and inside[element.parent]))
    return inside


def _is_link(block: Block) -> bool:
    return block.linked * 2 > block.han


def _is_running(block: Block) -> bool:
    if _is_link(block):
        return False
    return block.han > _RUNNING or (block.han > _SENTENCE and bool(_END.search(block.text)))


def _marks(page: Markup, kinds: Sequence[str]) -> tuple[Mark, ...]:
    marks, at = [], 0
    for block, kind in zip(page.blocks, kinds, strict=True):
        if kind:
            text = _agreed(block.text, page.title) if kind == TITLE else block.text
            marks.append(Mark(at, at + len(text), kind))
        at += len(block.text) + 1
    return tuple(marks)


def _agreed(heading: str, head: str) -> str:
    """Return a heading without the last word, a tag, if the page's head has only the rest."""
    rest = heading.rpartition(" ")[0]
    is_tagged = len(squeeze(rest)) >= _TITLE_HAN and squeeze(rest) in squeeze(head)
    return rest if is_tagged and squeeze(heading) not in squeeze(head) else heading


@cache
def _names(part: str, key: str) -> frozenset[str]:
    return frozenset(words("markup", f"{part}.{key}"))


@cache
def _part_names() -> dict[str, str]:
    kinds = [role for role in roles("markup") if role.startswith(_ELEMENTS)]
    return {name: kind.removeprefix(_ELEMENTS) for kind in kinds for name in words("markup", kind)}
