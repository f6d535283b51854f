"""The manifest of a corpus, `documents.csv`: read as people keep it, checked, written.

In: a csv file as an editor or a spreadsheet saves it: UTF-8 with or without its mark, UTF-16 or
GB18030; commas, semicolons or tabs; dates as 2021-07-01, 2021/7/1 or Jul-21. Out: its `Document`s.
Columns that are not ours, such as a researcher's notes, are left alone. Beside a field a draft
writes what it was read from (`title_from`); a field that has no such words beside it, or a person's
own, is a person's word.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path, PurePosixPath

from dz_analysis.harmless import quote_formula, unquote_formula
from dz_analysis.paths import is_device
from dz_analysis.reading.provenance import Kind
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
DELIMITERS = (",", "\t", ";")
_CHARSETS = ("utf-8-sig", "gb18030")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# So spreadsheets write 2021-07 and 2021-07-01.
_NAMED_MONTH = re.compile(rf"({'|'.join(_MONTHS)})-(\d\d)", re.IGNORECASE)
_DATE = re.compile(
    r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?|年)?(?: 0?0:00(?::00)?)?"
)
_MONTH = r"(\d{4})[-/.年](\d{1,2})月?"
_MONTHS_SPAN = re.compile(rf"{_MONTH}\s?[/~—–至-]\s?{_MONTH}")
_YEAR = re.compile(r"(\d{4})年?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")  # what no one writes
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
    """A manifest as it stands: the names of its columns, and its rows, cell by column."""

    header: tuple[str, ...]
    rows: tuple[dict[str, str], ...]


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
    _check_documents(documents, file)
    return documents


def read_sheet(file: Path) -> Sheet:
    """Read a manifest as it stands, with the columns that are not ours.

    Raises
    ------
    ValueError
        If it is no table, or its columns are not those of a manifest.
    """
    text = _decode(file)
    first = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        lines = [(reader.line_num, [unquote_formula(c.strip()) for c in line]) for line in reader]
    except csv.Error as error:
        msg = f"{file} line {reader.line_num}: a quotation mark is not closed ({error}); close it."
        raise ValueError(msg) from error
    header = tuple(lines[0][1]) if lines else ()
    _check_header(header, file)
    filled = [(number, line) for number, line in lines[1:] if any(line)]
    _check_widths(filled, len(header), file)
    return Sheet(header, tuple(_row(header, line) for _, line in filled))


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
    """
    part = file.with_name(file.name + ".part")
    with part.open("w", encoding="utf-8-sig", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(map(_inert, sheet.header))
        writer.writerows([_inert(row.get(name, "")) for name in sheet.header] for row in sheet.rows)
    part.replace(file)


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
    for name in MANIFEST_COLUMNS:
        if control := _CONTROL.search(getattr(document, name)):
            msg = f"{name} holds a control character (U+{ord(control[0]):04X}); strike it."
            raise ValueError(msg)
    for name, (is_right, cure) in _CHECKS.items():
        value = getattr(document, name)
        if value and not is_right(value):
            msg = f"{name} {value!r} is {cure}"
            raise ValueError(msg)


def hash_file(file: Path) -> str:
    """Return the SHA-256 of a file, read piece by piece."""
    with file.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def hash_bytes(content: bytes) -> str:
    """Return the SHA-256 of a file's bytes as hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def _decode(file: Path) -> str:
    content = file.read_bytes()
    if content.startswith(_UTF16):
        return content.decode("utf-16", errors="replace")
    for charset in _CHARSETS:
        try:
            return content.decode(charset)
        except UnicodeDecodeError:
            continue
    msg = f"{file}: found neither UTF-8 nor GB18030; save it as CSV in UTF-8."
    raise ValueError(msg)


def _inert(cell: str) -> str:
    return quote_formula(_CONTROL.sub("", cell))


def _row(header: tuple[str, ...], line: list[str]) -> dict[str, str]:
    return dict(zip(header, [*line, *[""] * (len(header) - len(line))], strict=False))


def _document(row: Mapping[str, str]) -> Document:
    cells = {name: row.get(name, "") for name in MANIFEST_COLUMNS}
    cells["published"] = spell_date(cells["published"])
    cells["period"] = spell_period(cells["period"])
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
    """
    if named := _NAMED_MONTH.fullmatch(written):
        return f"20{named[2]}-{_MONTHS.index(named[1].lower()) + 1:02d}"
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
    "file": (_is_inside, "no file in the folder of texts; write its name, without a way to it."),
    "published": (_is_date, "no date; write 2021, 2021-07 or 2021-07-01."),
    "region_code": (
        re.compile(r"\d{6}(?:\d{3}|\d{6})?(?::\S{1,40})?").fullmatch,  # type: ignore[dict-item]
        "no code of a place; write its 6, 9 or 12 digits (as text, in a spreadsheet).",
    ),
    "period": (
        _is_period,
        "no closed months, the first before the last; write YYYY-MM/YYYY-MM, or a year.",
    ),
    "genre": (GENRES.__contains__, f"no genre; write one of {', '.join(filter(None, GENRES))}."),
    "sha256": (
        re.compile(r"[0-9a-f]{64}").fullmatch,  # type: ignore[dict-item]
        "no hash of a file; leave it blank.",
    ),
}


def _check_header(header: tuple[str, ...], file: Path) -> None:
    missing = [name for name in ("id", "file") if name not in header]
    if missing:
        msg = f"{file}: columns {missing} are missing; expected {', '.join(MANIFEST_COLUMNS)}."
        raise ValueError(msg)
    twice = [name for name in header if name and header.count(name) > 1]
    if twice:
        msg = f"{file}: column {twice[0]!r} stands twice; strike one of them."
        raise ValueError(msg)
    for name in _strangers(header):
        near = get_close_matches(name.lower(), MANIFEST_COLUMNS, n=1, cutoff=0.75)
        if near:
            msg = f"{file}: unknown column {name!r}. Did you mean {near[0]!r}?"
            raise ValueError(msg)


def _strangers(header: Iterable[str]) -> Iterator[str]:
    """Yield the names of columns that no manifest and no draft has."""
    yield from (n for n in header if n not in (*MANIFEST_COLUMNS, *EVIDENCE_COLUMNS, NOTE))


def _check_widths(lines: Iterable[tuple[int, list[str]]], width: int, file: Path) -> None:
    for number, line in lines:
        if any(line[width:]):
            msg = (
                f"{file} line {number}: found {len(line)} cells under {width} columns; "
                "a cell that holds a comma must stand in quotation marks."
            )
            raise ValueError(msg)


def _check_documents(documents: tuple[Document, ...], file: Path) -> None:
    seen: set[str] = set()
    for row, document in enumerate(documents, start=2):
        if not document.id or not document.file:
            msg = f"{file} line {row}: id or file is blank; both must be given."
            raise ValueError(msg)
        if document.id in seen:
            msg = f"{file} line {row}: id {document.id!r} stands twice; ids must be unique."
            raise ValueError(msg)
        try:
            check_document(document)
        except ValueError as error:
            msg = f"{file} line {row}: {error}"
            raise ValueError(msg) from error
        seen.add(document.id)
