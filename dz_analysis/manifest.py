"""The manifest of a corpus, `documents.csv`: read as people keep it, checked, written.

In: a csv file as an editor or a spreadsheet saves it (`sheet`); dates as 2021-07-01, 2021/7/1 or
Jul-21; columns and genres by our names or by Chinese ones (`lexicon/manifest.csv`). Out: its
`Document`s. Columns that are not ours, such as a researcher's notes, are left alone. Beside a field
a draft writes what it was read from (`title_from`); a field that has no such words beside it, or a
person's own, is a person's word.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path, PurePosixPath

from dz_analysis.harmless import CONTROLS, quote_formula
from dz_analysis.hashes import hash_file
from dz_analysis.language import mark, say, translate
from dz_analysis.lexicon import values
from dz_analysis.paths import is_device
from dz_analysis.reading.provenance import Kind
from dz_analysis.sheet import read_lines
from dz_analysis.tables import DATE_PATTERN, GENRES, PERIOD_PATTERN, READ_FIELDS

MANIFEST_COLUMNS = (
    "id",
    "file",
    "title",
    "publisher",
    "published",
    "region",
    "region_code",
    "period",
    "genre",
    "sha256",
)
EVIDENCE_COLUMNS = tuple(f"{name}_from" for name in READ_FIELDS)
NOTE = "note"
_COLUMNS = frozenset((*MANIFEST_COLUMNS, *EVIDENCE_COLUMNS, NOTE))
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# So spreadsheets write 2021-07 and 2021-07-01.
_PIVOT = 30  # a spreadsheet's years of two digits: from here on they are of 19xx
_NAMED_MONTH = re.compile(rf"({'|'.join(_MONTHS)})-(\d\d)", re.IGNORECASE)
_DATE = re.compile(
    r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?|年)?(?: 0?0:00(?::00)?)?"
)
_MONTH = r"(\d{4})[-/.年](\d{1,2})月?"
_MONTHS_SPAN = re.compile(rf"{_MONTH}\s?[/~—–至-]\s?{_MONTH}")
_YEAR = re.compile(r"(\d{4})年?")
_CONTROL = re.compile(rf"[{CONTROLS}\x0b\x0c]")  # what no one writes
_READ_KINDS = frozenset(map(str, Kind)) - {Kind.GIVEN}


@dataclass(frozen=True, slots=True)
class Document:
    """One row of the manifest; every field but `id` and `file` may be blank.

    `confirmed` names the fields that hold a person's word, not what a draft read from the page.
    """

    id: str
    file: str
    title: str = ""
    publisher: str = ""
    published: str = ""
    region: str = ""
    region_code: str = ""
    period: str = ""
    genre: str = ""
    sha256: str = ""
    confirmed: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A manifest as it stands: the names of its columns, and its rows, cell by column.

    A column that has a Chinese name of ours goes by ours; `heads` are the names as they stand,
    `numbers` the lines of the rows in the file, and `sha256` the hash of the bytes that were read.
    """

    header: tuple[str, ...]
    rows: tuple[dict[str, str], ...]
    heads: tuple[str, ...] = field(default=(), compare=False)
    numbers: tuple[int, ...] = field(default=(), compare=False)
    sha256: str = field(default="", compare=False)


def read_manifest(file: Path) -> tuple[Document, ...]:
    """Read a manifest: one `Document` a row, in the file's order.

    A column that is nearly ours is taken for a slip and refused.

    Raises
    ------
    ValueError
        If the file is no table, `id` or `file` is missing or blank, a column's name is nearly
        right, an id stands twice, or a cell can't be what its column holds; the message names
        file, line and column, and says what to write.
    """
    sheet = read_sheet(file)
    documents = tuple(_document(row) for row in sheet.rows)
    _check_documents(documents, sheet, file)
    return documents


def read_sheet(file: Path) -> Sheet:
    """Read a manifest as it stands, with the columns that are not ours.

    Raises
    ------
    ValueError
        If it is no table, or its columns are not those of a manifest.
    """
    found = read_lines(file)
    header = tuple(map(spell_column, found.header))
    _check_header(header, found.header, file)
    rows = tuple(dict(zip(header, line.cells, strict=True)) for line in found.lines)
    numbers = tuple(line.number for line in found.lines)
    return Sheet(header, rows, found.header, numbers, found.sha256)


def write_manifest(documents: Iterable[Document], file: Path) -> None:
    """Write a manifest, sorted by id, in UTF-8 with Unix line ends."""
    rows = sorted(documents, key=lambda document: document.id)
    codes = [] if any(row.region_code for row in rows) else ["region_code"]
    columns = [name for name in MANIFEST_COLUMNS if name not in codes]
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([getattr(document, name) for name in columns] for document in rows)


def write_sheet(sheet: Sheet, file: Path) -> None:
    """Write a manifest with all its columns; it replaces the old one only when it is complete.

    It begins with a byte-order mark, without which a spreadsheet shows Chinese as rubbish; a cell
    that a spreadsheet would take for a formula begins with an apostrophe, which `read_sheet` takes
    off again. Control characters of a page are struck.

    Raises
    ------
    ValueError
        If the file is no longer the one that the sheet was read from, or another program holds it;
        it stays as it is then.
    """
    part = file.with_name(file.name + ".part")
    with part.open("w", encoding="utf-8-sig", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(map(_inert, sheet.header))
        writer.writerows([_inert(row.get(name, "")) for name in sheet.header] for row in sheet.rows)
    try:
        if sheet.sha256 and hash_file(file) != sheet.sha256:
            msg = say(
                "{file} was saved by another program while the pages were read. What was saved "
                "stays as it is: close the file there, and give the same command again.",
                file=file,
            )
            raise ValueError(msg)
        part.replace(file)
    except PermissionError as error:
        msg = say(
            "{file} is held by another program, such as Excel, and stays as it is: save and close "
            "it there, and give the same command again.",
            file=file,
        )
        raise ValueError(msg) from error
    finally:
        part.unlink(missing_ok=True)


def refuse_open(file: Path) -> None:
    """Refuse a table that a spreadsheet holds open, as the file that it puts beside says.

    Where nothing else keeps another program from writing, what is written meanwhile would be lost
    when the spreadsheet saves.

    Raises
    ------
    ValueError
        Naming that file, with the cure.
    """
    for beside in (f".~lock.{file.name}#", f"~${file.name}"):
        lock = file.with_name(beside)
        if lock.exists():
            msg = say(
                "{file} is open in a spreadsheet (it put {lock} beside): save and close it there, "
                "and give the same command again. If none is open, delete that file.",
                file=file,
                lock=lock.name,
            )
            raise ValueError(msg)


def check_document(document: Document) -> None:
    """Check what a person says of a document, as a manifest or a command line does.

    Raises
    ------
    ValueError
        If a field can't be what it is meant for; the message names it and says what to write.

    Examples
    --------
    >>> check_document(Document("a", "a.txt", published="last May"))
    Traceback (most recent call last):
        ...
    ValueError: published 'last May' is no date; write 2021, 2021-07 or 2021-07-01.
    """
    for name, told in _faults(document):
        msg = say("{name} {told}", name=name, told=told)
        raise ValueError(msg)


def _faults(document: Document) -> Iterator[tuple[str, str]]:
    """Yield the fields that can't be what they are meant for, each with what is wrong and a cure.

    Those that hold a control character come first.
    """
    for name in MANIFEST_COLUMNS:
        if control := _CONTROL.search(getattr(document, name)):
            yield (
                name,
                say("holds a control character (U+{code:04X}); strike it.", code=ord(control[0])),
            )
    for name, (is_right, cure) in _CHECKS.items():
        value = getattr(document, name)
        if value and not is_right(value):
            what = translate(cure).format(genres=", ".join(filter(None, GENRES)))
            yield name, say("{value!r} is {what}", value=value, what=what)


def _inert(cell: str) -> str:
    return quote_formula(_CONTROL.sub("", cell))


def _document(row: Mapping[str, str]) -> Document:
    cells = {name: row.get(name, "") for name in MANIFEST_COLUMNS}
    cells["published"] = spell_date(cells["published"])
    cells["period"] = spell_period(cells["period"])
    cells["genre"] = spell_genre(cells["genre"])
    confirmed = tuple(name for name in READ_FIELDS if is_confirmed(row, name))
    return Document(**cells, confirmed=confirmed)


def is_confirmed(row: Mapping[str, str], name: str) -> bool:
    """Whether a field of a manifest's row is a person's word: filled, and not from the page.

    Examples
    --------
    >>> is_confirmed({"region": "某县", "region_from": "title: 某县简况"}, "region")
    False
    >>> is_confirmed({"region": "某县", "region_from": "checked"}, "region")
    True
    """
    kind = re.split(r"[:;]", row.get(f"{name}_from", ""), maxsplit=1)[0]
    return bool(row.get(name)) and kind not in _READ_KINDS


def spell_date(written: str) -> str:
    """Write a date as a manifest holds it; what is none comes back as it is.

    Examples
    --------
    >>> spell_date("2021/7/1"), spell_date("2021年7月"), spell_date("Jul-21"), spell_date("soon")
    ('2021-07-01', '2021-07', '2021-07', 'soon')
    >>> spell_date("Mar-99"), spell_date("Mar-30"), spell_date("Mar-29")
    ('1999-03', '1930-03', '2029-03')
    """
    if named := _NAMED_MONTH.fullmatch(written):
        century = 20 if int(named[2]) < _PIVOT else 19
        return f"{century}{named[2]}-{_MONTHS.index(named[1].lower()) + 1:02d}"
    found = _DATE.fullmatch(written)
    parts = [int(part) for part in found.groups() if part] if found else []
    return "-".join([f"{parts[0]:04d}", *(f"{n:02d}" for n in parts[1:])]) if parts else written


def spell_period(written: str) -> str:
    """Write closed months as a manifest holds them; what is none comes back as it is.

    Examples
    --------
    >>> spell_period("2021年1月至2021年6月"), spell_period("2021"), spell_period("2021-1/2021-6")
    ('2021-01/2021-06', '2021-01/2021-12', '2021-01/2021-06')
    """
    if year := _YEAR.fullmatch(written):
        return f"{year[1]}-01/{year[1]}-12"
    found = _MONTHS_SPAN.fullmatch(written)
    if not found:
        return written
    return f"{found[1]}-{int(found[2]):02d}/{found[3]}-{int(found[4]):02d}"


def spell_column(written: str) -> str:
    """Return our name of a column, also where it goes by a Chinese one; another one as it is.

    Examples
    --------
    >>> spell_column("发布日期"), spell_column("Title"), spell_column("备注")
    ('published', 'title', '备注')
    """
    plain = written.lower().replace(" ", "_")
    return values("manifest", "column").get(written, plain if plain in _COLUMNS else written)


def spell_genre(written: str) -> str:
    """Return a genre as a manifest holds it; what is none comes back as it is.

    Examples
    --------
    >>> spell_genre("政府工作报告"), spell_genre("Work report"), spell_genre("letter")
    ('work_report', 'work_report', 'letter')
    """
    plain = written.lower().replace(" ", "_")
    return values("manifest", "genre").get(written, plain if plain in GENRES else written)


def _is_period(value: str) -> bool:
    first, _, last = value.partition("/")
    return bool(re.match(PERIOD_PATTERN, value)) and first <= last


def _is_date(value: str) -> bool:
    """Whether a date may be: a year, a month from 1 to 12, a day from 1 to 31."""
    parts = [int(part) for part in value.split("-")] if re.match(DATE_PATTERN, value) else [0, 0]
    return all(0 < part <= most for part, most in zip(parts[1:], (12, 31), strict=False))


def _is_inside(value: str) -> bool:
    path = PurePosixPath(value.replace("\\", "/"))
    is_elsewhere = path.is_absolute() or ".." in path.parts or ":" in value
    return not is_elsewhere and not any(map(is_device, path.parts))


# What each field must be, and what to say and to write where it is not.
_CHECKS: dict[str, tuple[Callable[[str], bool], str]] = {
    "file": (
        _is_inside,
        mark("no file in the folder of texts; write its name, without a way to it."),
    ),
    "published": (_is_date, mark("no date; write 2021, 2021-07 or 2021-07-01.")),
    "region_code": (
        re.compile(r"\d{6}(?:\d{3}|\d{6})?(?::\S{1,40})?").fullmatch,  # type: ignore[dict-item]
        mark("no code of a place; write its 6, 9 or 12 digits (as text, in a spreadsheet)."),
    ),
    "period": (
        _is_period,
        mark("no closed months, the first before the last; write YYYY-MM/YYYY-MM, or a year."),
    ),
    "genre": (GENRES.__contains__, mark("no genre; write one of {genres}.")),
    "sha256": (
        re.compile(r"[0-9a-f]{64}").fullmatch,  # type: ignore[dict-item]
        mark("no hash of a file; leave it blank."),
    ),
}


def _check_header(header: tuple[str, ...], heads: tuple[str, ...], file: Path) -> None:
    missing = [name for name in ("id", "file") if name not in header]
    if missing:
        msg = say(
            "{file} line 1: columns {missing} are missing; expected {manifest_columns}.",
            file=file,
            missing=missing,
            manifest_columns=", ".join(MANIFEST_COLUMNS),
        )
        raise ValueError(msg)
    twice = [name for name in header if name and header.count(name) > 1]
    if twice:
        written = [head for name, head in zip(header, heads, strict=True) if name == twice[0]]
        called = f" ({', '.join(written)})" if set(written) != {twice[0]} else ""
        msg = say(
            "{file} line 1: column {twice!r} stands twice{called}; strike one of them.",
            file=file,
            twice=twice[0],
            called=called,
        )
        raise ValueError(msg)
    for name in _strangers(header):
        near = get_close_matches(name.lower(), MANIFEST_COLUMNS, n=1, cutoff=0.75)
        if near:
            msg = say(
                "{file} line 1: unknown column {name!r}. Did you mean {near!r}?",
                file=file,
                name=name,
                near=near[0],
            )
            raise ValueError(msg)


def _strangers(header: Iterable[str]) -> Iterator[str]:
    """Yield the names of columns that no manifest and no draft has."""
    yield from (name for name in header if name not in _COLUMNS)


def _check_documents(documents: tuple[Document, ...], sheet: Sheet, file: Path) -> None:
    seen: dict[str, int] = {}
    for line, document in zip(sheet.numbers, documents, strict=True):
        if not document.id or not document.file:
            name = "file" if document.id else "id"
            msg = say(
                "{file} line {line}: {head} is blank; both id and file must stand.",
                file=file,
                line=line,
                head=_head(name, sheet),
            )
            raise ValueError(msg)
        if document.id in seen:
            msg = say(
                "{file} line {line}: {head} {id!r} stands twice, in line {seen} too; ids must be "
                "unique: write another one.",
                file=file,
                line=line,
                head=_head("id", sheet),
                id=document.id,
                seen=seen[document.id],
            )
            raise ValueError(msg)
        for name, told in _faults(document):
            msg = say(
                "{file} line {line}: {head} {told}",
                file=file,
                line=line,
                head=_head(name, sheet),
                told=told,
            )
            raise ValueError(msg)
        seen[document.id] = line


def _head(name: str, sheet: Sheet) -> str:
    """Return our name of a column, and the name that it has in the file where that is another."""
    written = dict(zip(sheet.header, sheet.heads, strict=True)).get(name, name)
    return name if written == name else f"{name} ({written})"
