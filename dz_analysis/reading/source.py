"""What a file says besides its text: format, title, publisher, date, and marks on its lines.

In: nothing; these are the types that the readers of the formats fill.
Out: `Source`, which `read_page` repairs and takes the article from, or `PageError`, the one error
that a file may be refused with.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dz_analysis.reading.provenance import Provenance, strongest

TITLE = "title"  # the line is the article's title, whatever its words look like
MARGIN = "margin"  # the line stands outside the article; its words may say what it is


_UNFILLED = re.compile(r"[^\t。；]{1,60}\t[ \t]*$")


def is_unfilled(line: str) -> bool:
    r"""Say whether a line is a row of a table whose only cell is the first: it ends with a tab.

    Examples
    --------
    >>> is_unfilled("一、税收收入\t"), is_unfilled("\t全县工业增长6%"), is_unfilled("增长6%。\t")
    (True, False, False)
    """
    return line.endswith(("\t", " ")) and bool(_UNFILLED.match(line))


class PageError(ValueError):
    """A file that is no page that can be read: what was found, what was expected, what to do.

    The file is to blame, not the code: any other exception in the reading of a page is a fault of
    ours, and is counted so.
    """


@dataclass(frozen=True, slots=True)
class Mark:
    """What the markup says of `text[start:end]`: a kind of furniture, or `TITLE`."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a file, its charset, and what its format says of the article.

    Attributes
    ----------
    text : str
        One paragraph a line; nothing that a reader sees is left out.
    encoding, format : str
        The charset (or the format again), and `txt`, `html`, `docx` or `pdf`.
    facts : tuple of Provenance
        Title, publisher, published and site, as the file's own fields state them.
    marks : tuple of Mark
        In order, without overlap.
    notes : tuple of str
        What of the file could not be read, and the cure.
    """

    text: str
    encoding: str
    format: str
    facts: tuple[Provenance, ...] = ()
    marks: tuple[Mark, ...] = ()
    notes: tuple[str, ...] = ()

    def stated(self, field: str) -> str:
        """Return what the file's strongest field says of title, publisher, published or site."""
        found = strongest(fact for fact in self.facts if fact.field == field)
        return found.value if found else ""
