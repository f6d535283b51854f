"""How much of a file is read: bounds that no page comes near and that traps go beyond.

In: nothing. Out: the bounds of all formats, each with what it counts and the cure. A file that goes
beyond one is set aside with a `PageError` before it has taken the time or the memory that it asks
for. What a document may take in all is bounded where documents are measured, not here.

The largest of the pages at hand (150 reports, bulletins and budgets) are named beside the bounds:
what is real must fit many times over, for a page that is refused is lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from dz_analysis.language import mark, say, translate
from dz_analysis.reading.source import PageError


@dataclass(frozen=True, slots=True)
class Bound:
    """One bound: how many at most, of what, and what to do with a file that holds more."""

    most: int
    things: str
    cure: str

    def check(self, count: int) -> None:
        """Refuse a file that holds more.

        Raises
        ------
        PageError
            With the bound, and the cure.

        Examples
        --------
        >>> Bound(3, "pages", "split it").check(4)
        Traceback (most recent call last):
            ...
        dz_analysis.reading.source.PageError: Found more than 3 pages, expected no more; split it.
        """
        if count > self.most:
            msg = say(
                "Found more than {most:,} {things}, expected no more; {cure}.",
                most=self.most,
                things=translate(self.things),
                cure=translate(self.cure),
            )
            raise PageError(msg)


_SPLIT = mark("split it into its parts (chapters, years) and read each")
_SAVE = mark("save the page again from where it stands, or copy its text to a .txt")
_PRINT = mark("open it in a viewer and print it to a new pdf")
_WORD = mark("open it in Word or WPS and save it as .txt or as a new .docx")

# All formats. The largest file at hand has 2 MB; a scanned yearbook may have a hundred.
FILE = Bound(128 * 2**20, mark("bytes in a file"), _SPLIT)
# Of txt, html and what is packed in gzip or mht: pictures inside html need the room, text does not.
TEXT_BYTES = Bound(16 * 2**20, mark("bytes of text"), _SPLIT)
# A county's gazetteer of a thousand pages has two million; the longest page at hand 110,000.
CHARACTERS = Bound(3_000_000, mark("characters of text"), _SPLIT)
# The longest sentence at hand has 500. What is said of a number is looked for in all its sentence.
SENTENCE = Bound(
    50_000,
    mark("characters without the end of a sentence or a line"),
    mark("break its lines where its sentences and rows end"),
)
# gzip in gzip: one of a server, one of an archive.
LAYERS = Bound(3, mark("layers of gzip round one another"), mark("unpack it first"))
# Each picture, style and frame of a saved page is a part.
MAIL_PARTS = Bound(5_000, mark("parts in a saved page"), _SAVE)
# A letter with a page in it, forwarded a few times; the parser calls itself for each.
MAIL_LAYERS = Bound(50, mark("parts of parts in a saved page"), _SAVE)

# Html. The richest page at hand has 7,000 tags, 12 attributes in one, 17 elements round another;
# libxml2 silently drops what stands deeper than 2,048.
TAGS = Bound(200_000, mark("tags in a page of html"), _SAVE)
ATTRIBUTES = Bound(1_000, mark("attributes in one tag"), _SAVE)
DEPTH = Bound(500, mark("elements inside one another"), _SAVE)
# The widest spreadsheets of yearbooks have a hundred.
COLUMNS = Bound(2_000, mark("columns in a row of a table"), _SAVE)

# Docx. The largest text part at hand has 3 MB; pictures count in the whole only.
WORD_FILES = Bound(5_000, mark("files in a Word file"), _WORD)
WORD_BYTES = Bound(256 * 2**20, mark("bytes in a Word file, unpacked"), _WORD)
WORD_PART = Bound(32 * 2**20, mark("bytes in a text part of a Word file, unpacked"), _WORD)

# A zip archive that pages are handed over in: some thousand reports, unpacked.
ARCHIVE_FILES = Bound(20_000, mark("files in an archive"), mark("unpack it and name its folder"))
ARCHIVE_BYTES = Bound(
    4 * 2**30, mark("bytes in an archive, unpacked"), mark("unpack it and name its folder")
)

# Pdf. A yearbook has under a thousand pages; the largest stream at hand, a font, has 1 MB.
PDF_PAGES = Bound(2_000, mark("pages in a pdf"), _SPLIT)
PDF_STREAM = Bound(32 * 2**20, mark("bytes in one stream of a pdf, unpacked"), _PRINT)
# A map drawn in lines has some ten thousand.
PDF_OBJECTS = Bound(200_000, mark("texts and drawings on a page of a pdf"), _PRINT)


def read_file(file: Path) -> bytes:
    """Return the bytes of a file, unless it is a device, a pipe or too large.

    Raises
    ------
    FileNotFoundError
        If there is none.
    PageError
        If it is no plain file, or larger than what is read.
    """
    size = file.stat().st_size
    if not file.is_file():
        msg = say(
            "Found no plain file at {file}, expected a page: put the page itself there.",
            file=file.name,
        )
        raise PageError(msg)
    FILE.check(size)
    return file.read_bytes()


_END = re.compile(r"[。！？；!?;\n]")


def check_text(text: str) -> None:
    """Refuse a text that is too long, or that holds a sentence without an end.

    Raises
    ------
    PageError
        If it is so.

    Examples
    --------
    >>> check_text("全县税收8亿元。")
    """
    CHARACTERS.check(len(text))
    if len(text) > SENTENCE.most:
        SENTENCE.check(max(map(len, _END.split(text))))
