"""What a field of a document was read from: the kind of evidence, and the words of the page.

In: nothing; these are the types that `masthead` and `finding.document` fill.
Out: `Kind`, the strongest first, and `Provenance`, one for each field that was read.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple, Self

_LONGEST = 80  # characters of the words that are kept


class Kind(StrEnum):
    """What kind of evidence tells a field, the strongest first.

    Examples
    --------
    >>> Kind.DATELINE.rank < Kind.SESSION.rank, str(Kind.META)
    (True, 'meta')
    """

    GIVEN = "given"  # by the manifest, or by whoever called
    FIELD = "field"  # a labelled line of the page: 发布时间：2019-03-05
    DATELINE = "dateline"  # date or name in the line under the title
    HEADING = "heading"  # the page's heading, by markup or by size
    META = "meta"  # the head of an html page, or what its scripts call the date
    TITLE = "title"  # words of the title
    HEAD = "head"  # the title in the head of an html page
    OPENING = "opening"  # the first lines of the article
    SIGNATURE = "signature"  # who signed under the title or at the end, and when
    ISSUE = "issue"  # the number of a gazette, the page of a newspaper
    SESSION = "session"  # the meeting that heard the document
    BODY = "body"  # the whole article
    LATEST = "latest"  # the latest time that the figures of an overview are told for
    PUBLISHER = "publisher"  # who published the page
    SITE = "site"  # the name of the site, its footer
    PUBLISHED = "published"  # the date of publication
    ADDRESS = "address"  # the page's own address
    NAME = "name"  # the name of the file

    @property
    def rank(self) -> int:
        """Return its place among all kinds, 0 for the strongest."""
        return list(Kind).index(self)


class Provenance(NamedTuple):
    """What one field was read from.

    `quote` are the words of the page, or the name of the meta; long ones are cut.
    """

    field: str
    value: str
    kind: Kind
    quote: str

    @classmethod
    def of(cls, field: str, value: str, kind: Kind, quote: str = "") -> Self:
        """Make one, with the value for its words if no others are given."""
        return cls(field, value, kind, (quote or value)[:_LONGEST])


def strongest(found: Iterable[Provenance]) -> Provenance | None:
    """Return the first of the strongest kind that holds a value, None if there is none."""
    return min((one for one in found if one.value), key=lambda one: one.kind.rank, default=None)
