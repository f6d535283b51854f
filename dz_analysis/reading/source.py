"""What a file says besides its text: format, title, publisher, date, and marks on its lines.

In: nothing; these are the types that the readers of the formats fill.
Out: `Source`, which `read_page` repairs and takes the article from.
"""

from __future__ import annotations

from dataclasses import dataclass

TITLE = "title"  # the line is the article's title, whatever its words look like
MARGIN = "margin"  # the line stands outside the article; its words may say what it is


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
    title, publisher, published : str
        From the file's own fields, blank where it has none.
    marks : tuple of Mark
        In order, without overlap.
    """

    text: str
    encoding: str
    format: str
    title: str = ""
    publisher: str = ""
    published: str = ""
    marks: tuple[Mark, ...] = ()
