"""The lines of `corrections.csv`: what readers say of rows that they have seen.

In: the file as an editor, a spreadsheet or the site saves it. Out: `Correction`s, and the lines
that could not be taken, each with its column, its value and a cure; one bad line does not stop the
others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from dz_analysis import tables
from dz_analysis.language import label, mark, say, translate
from dz_analysis.manifest import spell_date, spell_period
from dz_analysis.sheet import read_lines

FILE = "corrections.csv"
COLUMNS = ("document", "start", "quote", "field", "was", "is", "reason", "reader", "date")
ROW = "row"  # the field of a line that judges the row as a whole
RIGHT, NONE, MISSING = "right", "none", "missing"
VERDICTS = (RIGHT, NONE, MISSING)
# What of a row a person may judge; its codes follow from them.
FIELDS = (
    "indicator",
    "measure",
    "value",
    "value_high",
    "unit",
    "bound",
    "period",
    "region",
    "status",
    "of",
    "modifier",
)
NUMBERS = ("value", "value_high")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_OBSERVATIONS = {column.name: column for column in tables.TABLES["observations"].columns}


class Place(NamedTuple):
    """Where a number stands: document, offset in its clean text, and its characters."""

    document: str
    start: int
    quote: str

    def __str__(self) -> str:
        """Say it in words."""
        return f"{self.document}, {self.quote!r} at {self.start}"


@dataclass(frozen=True, slots=True)
class Correction:
    """One line: of which number, which field was what and is what, and who says so."""

    line: int
    place: Place
    field: str
    was: str
    is_: str
    reason: str = ""
    reader: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that could not be taken: the column, what stands there, what is wrong, the cure."""

    line: int
    column: str
    value: str
    wrong: str
    cure: str

    def __str__(self) -> str:
        """Say it in a sentence."""
        told = {"wrong": translate(self.wrong), "cure": translate(self.cure)}
        where = {"line": self.line, "column": self.column, "value": self.value}
        return say("line {line}: {column} {value!r} {wrong}; {cure}.", **where, **told)


@dataclass(frozen=True, slots=True)
class Corrections:
    """All lines of a file: those that count, in its order, and those that could not be taken.

    `sha256` is the hash of the bytes that they were read from, blank without a file.
    """

    lines: tuple[Correction, ...] = ()
    bad: tuple[BadLine, ...] = ()
    sha256: str = ""

    @property
    def documents(self) -> frozenset[str]:
        """The documents that are spoken of."""
        return frozenset(line.place.document for line in self.lines)

    @property
    def readers(self) -> tuple[str, ...]:
        """The readers, sorted; one who gives no name is ``""``."""
        return tuple(sorted({line.reader for line in self.lines}))


def read_corrections(folder: Path) -> Corrections:
    """Read the `corrections.csv` of a corpus's folder; none where it has no such file.

    Raises
    ------
    ValueError
        If the file is no table, or a column is missing.
    """
    file = folder / FILE
    if not file.is_file():
        return Corrections()
    table = read_lines(file)
    missing = [name for name in COLUMNS if name not in table.header]
    if missing:
        msg = say(
            "{file} line 1: columns {missing} are missing; expected {columns}.",
            file=file,
            missing=missing,
            columns=", ".join(COLUMNS),
        )
        raise ValueError(msg)
    read = [
        _read_line(line.number, row) for line, row in zip(table.lines, table.rows(), strict=True)
    ]
    return Corrections(
        tuple(one for one in read if isinstance(one, Correction)),
        tuple(one for one in read if isinstance(one, BadLine)),
        table.sha256,
    )


def _read_line(number: int, row: Mapping[str, str]) -> Correction | BadLine:
    """Read one line, or say what of it is wrong."""
    cells = {name: row[name] for name in COLUMNS}
    cells["date"] = spell_date(cells["date"])
    field = cells["field"]
    if field in FIELDS:
        cells |= {name: spell_field(field, cells[name]) for name in ("was", "is")}
    for column, is_right, wrong, cure in _checks(field):
        if not is_right(cells[column]):
            return BadLine(number, column, row[column], wrong, cure)
    place = Place(cells["document"], int(cells["start"]), cells["quote"])
    told = (cells[name] for name in ("was", "is", "reason", "reader", "date"))
    return Correction(number, place, field, *told)


_Check = tuple[str, Callable[[str], Any], str, str]
_HEAD: tuple[_Check, ...] = (
    ("document", bool, mark("is blank"), mark("write the document's id")),
    (
        "start",
        str.isdecimal,
        mark("is no offset"),
        mark("write where the number begins, counted from 0"),
    ),
    (
        "quote",
        bool,
        mark("is blank"),
        mark("write the characters of the number as the row has them"),
    ),
)


def _checks(field: str) -> Iterable[_Check]:
    """Return what is asked of the cells of a line, by its field."""
    date = re.compile(tables.DATE_PATTERN).match
    near = get_close_matches(field, (*FIELDS, ROW), n=1)
    fields = say("write one of {names}", names=", ".join((*FIELDS, ROW)))
    hint = say("did you mean {name!r}?", name=near[0]) if near else fields
    known = (
        "field",
        (*FIELDS, ROW).__contains__,
        mark("is no field that a person may judge"),
        hint,
    )
    dated = ("date", date, mark("is no date"), mark("write 2021-07-01, or leave it blank"))
    return (*_HEAD, known, ("is", *_allowed(field)), dated)


def _allowed(field: str) -> tuple[Callable[[str], Any], str, str]:
    """Return whether a field may hold a value, and what to say and to write where it may not."""
    if field == ROW:
        return (
            VERDICTS.__contains__,
            mark("is no verdict"),
            say("write one of {names}", names=", ".join(VERDICTS)),
        )
    if field in NUMBERS:
        is_number = (
            _NUMBER.fullmatch if field == "value" else lambda v: not v or _NUMBER.fullmatch(v)
        )
        return (
            is_number,
            mark("is no number"),
            mark("write it in the base unit, such as 15750000000"),
        )
    column = _OBSERVATIONS.get(field)
    if column is not None and column.allowed:
        named = ", ".join(value or say("a blank") for value in column.allowed)
        return (
            column.allowed.__contains__,
            say("is no {field}", field=label(field)),
            say("write one of {names}", names=named),
        )
    if field == "period":
        pattern = re.compile(tables.PERIOD_PATTERN)
        return (
            _is_period(pattern),
            mark("is no closed months"),
            mark("write YYYY-MM/YYYY-MM, or a year"),
        )
    return (lambda _: True), "", ""


def _is_period(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda value: bool(pattern.match(value)) and value[:7] <= (value[8:] or value[:7])


def spell_field(field: str, value: Any) -> str:
    """Write what a field holds as it is compared: a number without idle zeros, months closed.

    Examples
    --------
    >>> spell_field("value", "6.0"), spell_field("value_high", float("nan"))
    ('6', '')
    >>> spell_field("period", "2021"), spell_field("unit", "亿元 ")
    ('2021-01/2021-12', '亿元')
    """
    if field in NUMBERS:
        text = str(value).replace(",", "").strip()
        return tables.spell_number(float(text)) if _NUMBER.fullmatch(text) else _no_number(text)
    text = str(value).strip()
    return spell_period(text) if field == "period" else text


def _no_number(text: str) -> str:
    return "" if text.lower() in ("", "nan", "none") else text
