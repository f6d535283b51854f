"""The whole way of this room: a file to a `Page`.

In: a path or the bytes of a txt, html, mht, docx or pdf file. Out: `Page`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from dz_analysis.language import say
from dz_analysis.reading.article import Article, find_article
from dz_analysis.reading.bounds import read_file
from dz_analysis.reading.dates import packed_date
from dz_analysis.reading.formats import read_source
from dz_analysis.reading.ledger import chain, offset_map
from dz_analysis.reading.masthead import find_published, find_publisher, find_site, find_title
from dz_analysis.reading.page import Furniture, OffsetMap, Page
from dz_analysis.reading.provenance import Kind, Provenance
from dz_analysis.reading.repair import repair, tidy, undo_mirror
from dz_analysis.reading.script import is_traditional, to_simplified
from dz_analysis.reading.soundness import refuse_unsound
from dz_analysis.reading.source import TITLE, Mark, PageError
from dz_analysis.reading.structure import split_paragraphs
from dz_analysis.reading.wrapped import PAGE_BREAK, Unwrapped, unwrap

_COVER = 200  # characters of a page that only names its document
_FILE = re.compile(r"(?i)\.(?:docx?|pdf|xlsx?|wps|ofd|ceb|zip|rar)$")
_AMOUNT = re.compile(r"\d\s?[%％‰万亿]")
SCRIPTS = ("simplified", "keep")


def read_page(source: Path | str | bytes, *, name: str = "", script: str = "simplified") -> Page:
    r"""Read a page: decode it, repair it, take the article out and find its structure.

    Parameters
    ----------
    source : pathlib.Path, str or bytes
        A file, or the bytes of one.
    name : str, optional
        What to call it; by default the file's name.
    script : {"simplified", "keep"}
        Whether traditional text is converted or left as it is.

    Returns
    -------
    Page

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    IsADirectoryError
        If it is a folder.
    ValueError
        If `script` is not one of the two.
    PageError
        If the file is no page; the message says what it is. A page that is mostly no text, or
        that only hands out a file, is none.

    Examples
    --------
    >>> text = "某县经济简况\n全县工业增加值增长6%,农业增长3%。\n责任编辑:某某"
    >>> page = read_page(text.encode("gbk"))
    >>> page.text
    '某县经济简况\n全县工业增加值增长6%，农业增长3%。'
    >>> page.raw[slice(*page.to_raw(7, 9))], page.title, page.encoding
    ('全县', '某县经济简况', 'gb18030')
    """
    if script not in SCRIPTS:
        msg = say(
            "Unknown script {script!r}; expected one of {scripts}.",
            script=script,
            scripts=", ".join(map(repr, SCRIPTS)),
        )
        raise ValueError(msg)
    content = source if isinstance(source, bytes) else _bytes_of(Path(source))
    label = name if name or isinstance(source, bytes) else Path(source).name
    file = read_source(content, name=label)
    refuse_unsound(file.text, encoding=file.encoding)
    plain = tidy(file.text, script=script)
    whole = unwrap(plain.text, _moved(file.marks, plain.map))
    joined = chain(file.text, plain, whole.joined)
    repaired = chain(file.text, joined, undo_mirror(whole.joined.text, script))
    way = offset_map(repaired.changes, length=len(repaired.text), raw_length=len(file.text))
    embedded, margins = _embedded(whole, plain.map)
    marks = _moved(sorted((*file.marks, *margins), key=lambda mark: mark.start), way)
    judged = _simplified(repaired.text) if script == "keep" else repaired.text
    article = find_article(judged, marks)
    _refuse_cover(article)
    facts = [_repaired(fact, script) for fact in file.facts]
    facts.append(Provenance.of("published", packed_date(label), Kind.NAME, label))
    provenance = _read_masthead(article, facts, _marked_title(judged, marks))
    stated = {one.field: one.value for one in provenance}
    page = Page(
        source=label,
        encoding=file.encoding,
        raw=file.text,
        text=article.text,
        title=stated.get("title", ""),
        publisher=stated.get("publisher", ""),
        published=stated.get("published", ""),
        paragraphs=split_paragraphs(article.text, title=stated.get("title", "")),
        changes=repaired.changes,
        furniture=_furniture(article, way, embedded, file.text),
        map=article.map.then(way),
        notes=file.notes,
        site=stated.get("site", ""),
        provenance=provenance,
    )
    return page if judged == repaired.text else _rewritten(page, article, judged, repaired.text)


def _repaired(fact: Provenance, script: str) -> Provenance:
    return fact._replace(value=repair(fact.value, script=script).text)


def _read_masthead(
    article: Article, facts: Sequence[Provenance], heading: str
) -> tuple[Provenance, ...]:
    """Return what the page states of itself, one for each field that it states."""
    lines, pieces = article.lines, article.pieces
    site = find_site(pieces, facts=facts)
    title = find_title(lines, pieces, heading=heading, facts=facts)
    names = {"site": site.value if site else "", "title": title.value if title else ""}
    publisher = find_publisher(lines, pieces, facts=facts, **names)
    found = (title, publisher, find_published(lines, pieces, facts=facts), site)
    return tuple(one for one in found if one)


def _refuse_cover(article: Article) -> None:
    """Refuse a page that only hands out its document: a few words beside an attached file."""
    files = [piece.text for piece in article.pieces if _FILE.search(piece.text)]
    if not files or len(article.text) > _COVER or _AMOUNT.search(article.text):
        return
    msg = say(
        "Found a page of {n} characters beside an attached file ({files}), expected the document: "
        "download that file and read it instead.",
        n=len(article.text),
        files=files[0],
    )
    raise PageError(msg)


def _simplified(text: str) -> str:
    """Return a traditional text in simplified characters, by which its words are known."""
    return to_simplified(text) if is_traditional(text) else text


def _rewritten(page: Page, article: Article, judged: str, text: str) -> Page:
    """Give a page that was judged in simplified characters its own ones back, one for one."""

    def own(words: str) -> str:
        at = judged.find(words)
        return text[at : at + len(words)] if at >= 0 else words

    return replace(
        page,
        text="\n".join(text[line.start : line.end] for line in article.lines),
        title=own(page.title),
        publisher=own(page.publisher),
        site=own(page.site),
        provenance=tuple(p._replace(value=own(p.value)) for p in page.provenance),
        paragraphs=tuple(replace(p, section=own(p.section)) for p in page.paragraphs),
        furniture=tuple(replace(f, text=page.raw[f.raw_start : f.raw_end]) for f in page.furniture),
    )


def _bytes_of(file: Path) -> bytes:
    if file.is_dir():
        count = sum(1 for _ in file.iterdir())
        msg = say(
            "Found a folder of {count} entries at {file}, expected a page: name one of its files.",
            count=count,
            file=file,
        )
        raise IsADirectoryError(msg)
    return read_file(file)


def _marked_title(text: str, marks: list[Mark]) -> str:
    return next((text[m.start : m.end].strip() for m in marks if m.kind == TITLE), "")


def _moved(marks: Sequence[Mark], way: OffsetMap) -> list[Mark]:
    """Return marks of a text as marks of what it became, in the same order."""
    return [Mark(*way.from_raw(mark.start, mark.end), mark.kind) for mark in marks]


def _embedded(whole: Unwrapped, way: OffsetMap) -> tuple[list[Mark], list[Mark]]:
    """Part the page numbers that were taken out of a paragraph from those between paragraphs.

    They come back as marks of the page as decoded.
    """
    spans = [(c.raw_start, c.raw_end) for c in whole.joined.changes if c.kind == PAGE_BREAK]
    starts = [start for start, _ in spans]
    inside: list[Mark] = []
    outside: list[Mark] = []
    for mark in whole.margins:
        at = bisect_right(starts, mark.start) - 1
        is_inside = at >= 0 and mark.start < spans[at][1]
        decoded = Mark(*way.to_raw(mark.start, mark.end), mark.kind)
        (inside if is_inside else outside).append(decoded)
    return inside, outside


def _furniture(
    article: Article, way: OffsetMap, embedded: Sequence[Mark], raw: str
) -> tuple[Furniture, ...]:
    """List what stands apart from the article, in the order of the page."""
    pieces = [
        Furniture(piece.kind, *way.to_raw(piece.start, piece.end), piece.text)
        for piece in article.pieces
    ]
    pieces += [Furniture(m.kind, m.start, m.end, raw[m.start : m.end]) for m in embedded]
    return tuple(sorted(pieces, key=lambda piece: piece.raw_start))
