"""One document's bytes to its rows, or to why it was set aside."""

from __future__ import annotations

from dz_analysis.hashes import hash_bytes
from dz_analysis.ingest.asides import SetAside, set_aside
from dz_analysis.language import say
from dz_analysis.manifest import Document
from dz_analysis.measure import measure_records, read_document, unread_record
from dz_analysis.reading import Page, PageError
from dz_analysis.sharding.model import (
    Outcome,
    Unread,
)
from dz_analysis.tables import Record, Records


def measure_bytes(document: Document, content: bytes, corpus: str = "") -> Records | SetAside:
    """Measure one document from the bytes of its page, or say why it was set aside."""
    sha256 = hash_bytes(content)
    try:
        page, context = read_document(document, content, corpus=corpus)
        refuse_empty(page)
        return measure_records(page, context, sha256=sha256)
    except MemoryError:
        raise  # whoever set the bound says it
    except Exception as error:
        return set_aside(document, error, sha256=sha256)


def measure_for_shard(document: Document, content: bytes | Unread, corpus: str) -> Outcome:
    """Measure one document as shards ask for it: with a row of `documents` where it is set aside.

    Only a page that was refused is not to be read again as long as page and code stay the same.
    """
    if not isinstance(content, bytes):
        made: Records | SetAside = set_aside(document, content)
    else:
        made = measure_bytes(document, content, corpus)
    if not isinstance(made, SetAside):
        return Outcome(made)
    lasts = bool(made.sha256) and not made.is_fault
    row = _unread_record(document, made)
    return Outcome({"documents": [row]}, made.outcome, made.reason, made.trace, lasts)


def refuse_empty(page: Page) -> None:
    """Refuse a page that has no article.

    Raises
    ------
    PageError
        If nothing of the page is an article.
    """
    if not page.text.strip():
        msg = say(
            "Found a page of {n} characters without an article, expected running text; save the "
            "page that shows the text.",
            n=len(page.raw),
        )
        raise PageError(msg)


def _unread_record(document: Document, one: SetAside) -> Record:
    return unread_record(document, sha256=one.sha256, outcome=one.outcome, reason=one.reason)
