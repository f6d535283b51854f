"""A page read and tagged: what its row of the manifest says wins over the text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dz_analysis import finding, reading, tables
from dz_analysis.finding.model import Context
from dz_analysis.manifest import Document
from dz_analysis.reading.page import Page
from dz_analysis.reading.provenance import Provenance


def read_document(document: Document, content: bytes, *, corpus: str = "") -> tuple[Page, Context]:
    """Read one page and tag it; what the manifest says wins over what the text says.

    Parameters
    ----------
    document : Document
        The manifest's row; blank fields are read from the page.
    content : bytes
        The page as it is stored.
    corpus : str, optional
        The corpus whose own indicators count beside the catalogue's.

    Returns
    -------
    page : Page
        The article made whole.
    context : Context
        Region, period, genre and the rest of what is known of it.
    """
    page = reading.read_page(content, name=document.file)
    return page, tag_page(page, document, corpus=corpus)


def tag_page(page: Page, document: Document, *, corpus: str = "") -> Context:
    """Tag a page with what is known of it: by the manifest's row, else by the page itself.

    Returns
    -------
    Context
        Its `provenance` says what each field was read from: of a field that the manifest gives
        what the page shows for the same value. It was given where the page shows no such value, or
        where the field is a person's word.
    """
    own = _tag(page, Document(document.id, document.file), page.provenance, corpus)
    is_given = any(getattr(document, name) for name in (*tables.READ_FIELDS, "region_code"))
    if not is_given:
        return own
    read = [one for one in own.provenance if one.field not in document.confirmed]
    return _tag(page, document, read, corpus)


def _tag(page: Page, document: Document, provenance: Sequence[Provenance], corpus: str) -> Context:
    return finding.tag_document(
        page.text,
        document=document.id,
        title=document.title or page.title,
        publisher=document.publisher or page.publisher,
        published=document.published or page.published,
        region=document.region,
        region_code=document.region_code,
        period=document.period,
        genre=document.genre,
        corpus=corpus,
        site=page.site,
        provenance=provenance,
    )


def read_source(source: Path | str | bytes, document: Document | None) -> tuple[Page, Context]:
    """Read and tag a file, or the bytes of one."""
    if isinstance(source, bytes):
        return read_document(document or Document("page", ""), source)
    file = Path(source)
    return read_document(document or Document(file.stem, file.name), file.read_bytes())


def stated_fields(context: Context) -> dict[str, str]:
    """Return what is known of a document by field, blank where nothing states it."""
    period = f"{context.period_start}/{context.period_end}" if context.period_end else ""
    values = {name: getattr(context, name, "") for name in tables.READ_FIELDS}
    return values | {"period": period}


def spell_sources(context: Context) -> dict[str, str]:
    """Write for each field of a document what it was read from, blank where nothing states it.

    Returns
    -------
    dict of str to str
        By field the kind of evidence, and the words of the page where they are not plain: the
        field's own value, or the whole title.

    Examples
    --------
    >>> from dz_analysis.reading import Kind
    >>> date = Provenance("published", "2019-03-05", Kind.META, "PubDate")
    >>> place = Provenance("region", "某县", Kind.TITLE, "某县简况")
    >>> found = spell_sources(Context(title="某县简况", provenance=(date, place)))
    >>> found["published"], found["region"], found["genre"]
    ('meta: PubDate', 'title', '')
    """
    spelled = dict.fromkeys(tables.READ_FIELDS, "")
    for one in context.provenance:
        is_plain = one.quote in ("", one.value, context.title)
        spelled[one.field] = str(one.kind) if is_plain else f"{one.kind}: {one.quote}"
    return {name: spelled[name] for name in tables.READ_FIELDS}
