"""Numbers that a manuscript quotes, held against the tables behind the figures.

In: a manuscript (Markdown, Word, LaTeX) in which a mark follows a quoted number:
`12.8 亿元{{dz:dezhou/03_ranking value region=德城区}}`, or the same in a comment. A mark names
corpus and table, the column, and what tells its row. Out: each quoted number with what the
table holds now. A number holds if the table's, rounded as it is quoted, is the same.
"""

from __future__ import annotations

import csv
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from dz_analysis import paths
from dz_analysis.language import say
from dz_analysis.parameters import suggest

if TYPE_CHECKING:
    from docx.document import Document as WordFile

NOTES = ("footnote", "endnote", "comment")  # what a Word file holds beside its text
ENDINGS = (".md", ".tex", ".docx", ".txt")
MARK = re.compile(
    r"\{\{\s*dz:(?P<braces>[^{}]*)\}\}|<!--\s*dz:(?P<comment>.*?)-->|%\s*dz:(?P<tex>.*)$"
)
BEGUN = re.compile(r"(?:\{\{|<!--|%)\s*dz:.*")
NUMBER = re.compile(r"(?P<sign>[-−]?)(?P<digits>\d[\d,，]*(?:\.\d+)?)(?P<unit>[^\d{}]{0,24})$")
# Words of amount behind a number, the longer ones first.
SCALES = {"万亿": 1e12, "亿": 1e8, "万": 1e4, "billion": 1e9, "million": 1e6, "thousand": 1e3}


@dataclass(frozen=True, slots=True)
class Quoted:
    """One quoted number: its line, the words, the mark, and why it does not hold (or blank)."""

    line: int
    words: str
    mark: str
    problem: str = ""

    @property
    def holds(self) -> bool:
        """Whether the table says the same."""
        return not self.problem


def check_manuscript(file: Path) -> tuple[Quoted, ...]:
    """Check every marked number of a manuscript.

    Parameters
    ----------
    file : pathlib.Path
        Markdown, LaTeX, plain text or Word; of a Word file a line is a paragraph: of the text, of
        its tables, then of its footnotes, endnotes and comments. A note or comment that begins with
        a mark speaks of the words that it is put to.

    Returns
    -------
    tuple of Quoted
        In the order of the text.

    Raises
    ------
    ValueError
        If the file has another ending.
    FileNotFoundError
        If there is no such file.
    ValueError
        Also if it is no Word file though it is called so.
    """
    return tuple(
        quoted
        for number, line in enumerate(_read_lines(file), start=1)
        for quoted in _check_line(number, line)
    )


def _check_line(number: int, line: str) -> Iterator[Quoted]:
    """Check the marks of a line; what begins like one and is none is told, not passed over."""
    for found in MARK.finditer(line):
        yield _check(number, line[: found.start()], _words(found))
    for found in BEGUN.finditer(MARK.sub("", line)):
        problem = "this begins like a mark and is none: it must end in the same line"
        yield Quoted(number, "", found[0].strip(), problem)


def _read_lines(file: Path) -> list[str]:
    if file.suffix.lower() not in ENDINGS:
        msg = say(
            "{file} is no manuscript that can be read; expected one of {endings}.",
            file=file,
            endings=", ".join(ENDINGS),
        )
        raise ValueError(msg)
    if file.suffix.lower() != ".docx":
        return file.read_text(encoding="utf-8").splitlines()
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    file.stat()  # one that is not there says so
    try:
        document = docx.Document(str(file))
    except (PackageNotFoundError, KeyError, ValueError, BadZipFile) as error:
        msg = say(
            "{file} can't be read as a Word file ({error}); save it anew as .docx.",
            file=file,
            error=error,
        )
        raise ValueError(msg) from error
    cells = (cell for table in document.tables for row in table.rows for cell in row.cells)
    lines = [paragraph.text for part in (document, *cells) for paragraph in part.paragraphs]
    return [*lines, *_read_notes(document)]


def _read_notes(document: WordFile) -> Iterator[str]:
    """Yield the paragraphs of the notes and comments of a Word file."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn

    beside = _noted_words(document)
    parts = {str(part.partname): part.blob for part in document.part.package.iter_parts()}
    for kind in NOTES:
        held = parts.get(f"/word/{kind}s.xml")
        for note in parse_xml(held).iter(qn(f"w:{kind}")) if held else ():
            words = beside.get((kind, note.get(qn("w:id"), "")), "")
            for paragraph in note.iter(qn("w:p")):
                told = "".join(run.text or "" for run in paragraph.iter(qn("w:t"))).strip()
                yield f"{words}{told}" if MARK.match(told) else told


def _noted_words(document: WordFile) -> dict[tuple[str, str], str]:
    """Return the words that each note or comment is put to, by its kind and number.

    Of a comment they are what it spans, of a note what stands before it in its paragraph.
    """
    from docx.oxml.ns import qn

    found: dict[tuple[str, str], str] = {}
    spanned: dict[str, str] = {}
    before = ""
    for element in document.element.body.iter():
        tag, number = element.tag, element.get(qn("w:id"), "")
        if tag == qn("w:p"):
            before = ""
        elif tag == qn("w:t"):
            before += element.text or ""
            spanned = {name: words + (element.text or "") for name, words in spanned.items()}
        elif tag == qn("w:commentRangeStart"):
            spanned[number] = ""
        elif tag == qn("w:commentRangeEnd"):
            found["comment", number] = spanned.pop(number, "")
        elif tag in (qn("w:footnoteReference"), qn("w:endnoteReference")):
            kind = "footnote" if tag == qn("w:footnoteReference") else "endnote"
            found[kind, number] = before
    return found


def _words(found: re.Match[str]) -> str:
    return next(words for words in found.groups() if words is not None).strip()


def _check(line: int, before: str, mark: str) -> Quoted:
    found = NUMBER.search(MARK.sub("", before).rstrip(" $\\"))
    if not found:
        return Quoted(line, "", mark, "no number stands before the mark")
    try:
        cell = find_cell(mark)
        value = float(cell)
    except (ValueError, FileNotFoundError) as error:
        return Quoted(line, found[0].strip(), mark, str(error))
    told, step = read_number(found)
    close = abs(told - value) <= step / 2 * (1 + 1e-9)
    return Quoted(line, found[0].strip(), mark, "" if close else f"the table holds {cell}")


def read_number(found: re.Match[str]) -> tuple[float, float]:
    """Return a quoted number and what one step of its last digit is.

    Examples
    --------
    >>> read_number(NUMBER.search("12.8 亿元"))
    (1280000000.0, 10000000.0)
    """
    digits = found["digits"].replace(",", "").replace("，", "")
    scale = next((factor for word, factor in SCALES.items() if word in found["unit"]), 1.0)
    decimals = len(digits.partition(".")[2])
    told = float(digits) * scale * (-1 if found["sign"] else 1)
    return told, round(scale * 10.0**-decimals, 12)


def find_cell(mark: str) -> str:
    """Return the cell that a mark names: `CORPUS/TABLE COLUMN [COLUMN=VALUE …]`.

    Raises
    ------
    ValueError
        If the mark is not like that, there is no such table or column (the nearest is named), or
        not one row is told.
    """
    name, *words = shlex.split(mark)
    columns = [word for word in words if "=" not in word]
    corpus, _, table = name.partition("/")
    if len(columns) != 1 or not table:
        msg = say("{mark!r} is no mark; expected CORPUS/TABLE COLUMN COLUMN=VALUE …", mark=mark)
        raise ValueError(msg)
    rows = _read_table(corpus, table)
    wanted = dict(word.split("=", 1) for word in words if "=" in word)
    for column in (*columns, *wanted):
        if rows and column not in rows[0]:
            msg = say(
                "no column {column!r} in {name}; there are {rows}.",
                column=column,
                name=name,
                rows=", ".join(rows[0]),
            )
            raise ValueError(msg + suggest(column, rows[0]))
    chosen = [row for row in rows if all(row[key] == value for key, value in wanted.items())]
    if len(chosen) != 1:
        msg = say(
            "{n} rows of {name} fit, expected one: name more columns.", n=len(chosen), name=name
        )
        raise ValueError(msg)
    return chosen[0][columns[0]]


def _read_table(corpus: str, table: str) -> list[dict[str, str]]:
    folder = paths.figures_dir(corpus)
    file = folder / f"{table}.csv"
    if not paths.is_plain_name(table) or not file.is_file():
        there = [found.stem for found in _tables(folder)]
        msg = say("no table {table!r} of the corpus {corpus!r}.", table=table, corpus=corpus)
        raise FileNotFoundError(msg + suggest(table, there))
    with file.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def _tables(folder: Path) -> Iterator[Path]:
    yield from sorted(folder.glob("*.csv")) if folder.is_dir() else ()
