"""The word lists: CSV files beside the code that a researcher can read and correct.

In: files of `dz_analysis/lexicon/`, and of a corpus's own `lexicon/` folder where it has one.
Out: rows as dictionaries of text; the words of one role as a set that knows where it comes from
(`words`), with their values (`values`) or as pieces of patterns (`patterns`); the line of a word
(`locate`); thresholds and other single values from TOML (`load_settings`). What is read from the
package's own lists is kept for the process and must not be changed by its reader.
"""

from __future__ import annotations

import csv
import re
import sys
import tomllib
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from dz_analysis import paths
from dz_analysis.wordset import Words, one_of, trace

__all__ = [
    "PATTERN",
    "ROLE_COLUMNS",
    "Row",
    "Words",
    "check_list",
    "lexicon_names",
    "load_lexicon",
    "load_settings",
    "locate",
    "one_of",
    "order_of",
    "patterns",
    "ranked",
    "read_list",
    "roles",
    "trace",
    "values",
    "words",
]

Row = MappingProxyType[str, str]  # one row: column name -> text, read only
ROLE_COLUMNS = ("role", "family", "kind")  # the first of these that a list has tells the role
PATTERN = "pattern"  # what `form` says of a word that is a piece of a regular expression


@cache
def words(name: str, role: str) -> Words:
    """Return the words of one role of a list.

    Parameters
    ----------
    name : str
        File name without its ending, such as ``"name_words"``.
    role : str
        What the column `role` says, such as ``"drop_start"``; `family` or `kind` in the lists that
        have these in its place.

    Raises
    ------
    FileNotFoundError
        If there is no such list; the message names the nearest one.
    KeyError
        If the list has no such role; the message names the nearest one.

    Examples
    --------
    >>> words("name_words", "drop_start").at_start("全区税收")
    '全区'
    """
    return Words((word for word, _ in _entries(name, role)), source=name, role=role)


@cache
def values(name: str, role: str) -> Mapping[str, str]:
    """Return word -> the cell `value` of its row, for the words of one role.

    Examples
    --------
    >>> values("name_words", "unit_nouns")["名"]
    '人员'
    """
    return MappingProxyType({word: row["value"] for word, row in _entries(name, role)})


@cache
def patterns(name: str, role: str) -> tuple[str, ...]:
    """Return the words of one role as pieces of a regular expression.

    A word is escaped unless its row says in the column `form` that it is a pattern. Pieces stand
    in the order of the column `value` where it numbers them, and longest first otherwise.
    """
    entries = sorted(_entries(name, role), key=_rank)
    return tuple(word if _is_pattern(row) else re.escape(word) for word, row in entries)


@cache
def ranked(name: str, role: str) -> tuple[str, ...]:
    """Return the words of one role in the order in which the column `value` numbers them.

    Examples
    --------
    >>> ranked("audit", "denominators.population")[:2]
    ('常住人口', '年末常住人口')
    """
    return tuple(word for word, _ in sorted(_entries(name, role), key=_rank))


def _rank(entry: tuple[str, _Row]) -> tuple[int, int, str]:
    """Return what words stand in order by: their number, then their length, then themselves."""
    word, row = entry
    return int(row["value"]) if _is_number(row) else 0, -len(word), word


def locate(name: str, role: str, word: str) -> str:
    """Return file and line of a word: ``name_words.csv:41``.

    A list whose rows have no role is asked with a blank one; blank if there is no such row.

    Examples
    --------
    >>> locate("stopwords", "", "一方面")
    'stopwords.csv:2'
    """
    line = _lines(name).get((role, word)) or _lines(name).get(("", word), 0)
    return f"{name}.csv:{line}" if line else ""


def roles(name: str) -> tuple[str, ...]:
    """Return the roles of a list, sorted."""
    return tuple(sorted(_by_role(name)))


def lexicon_names() -> list[str]:
    """Return the names of the word lists that the package holds, sorted."""
    files = (*paths.LEXICON.glob("*.csv"), *paths.LEXICON.glob("*.toml"))
    return sorted({file.stem for file in files})


def load_lexicon(name: str) -> tuple[Row, ...]:
    """Return the rows of a CSV word list of the package, which is read once for the process.

    Parameters
    ----------
    name : str
        File name without its ending, such as ``"units"``.

    Returns
    -------
    tuple of mapping
        One mapping a row, in the file's order; keys are the header's names.

    Raises
    ------
    FileNotFoundError
        If there is no such list; the message names the nearest one.
    ValueError
        If a row does not fit the header, or if a list with the column `role` holds a word twice
        in one role or is not sorted by role and word.
    """
    return tuple(map(Row, _rows(name)))


def read_list(file: Path) -> tuple[Row, ...]:
    """Read any CSV word list as it stands now, such as one of a corpus's own `lexicon/`.

    Blank cells stay `""`. A row whose number of cells differs from the header's is refused with
    its line, because a comma lost in a hand edit would shift every column after it.

    Returns
    -------
    tuple of mapping
        One mapping a row, in the file's order; keys are the header's names.

    Raises
    ------
    ValueError
        If a row does not fit the header, or if a list with the columns `word` and `role` holds a
        word twice in one role or is not sorted by role and word.
    """
    return tuple(map(Row, _checked(file)))


def order_of(header: Sequence[str]) -> tuple[str, ...]:
    """Return the columns that a list is sorted by, as its header says.

    None where the order is the list's own: rules that are tried one after the other, indicators
    and units as a reader looks for them.

    Examples
    --------
    >>> order_of(["word", "role", "example"]), order_of(["word", "pos", "kind"])
    (('role', 'word'), ('kind', 'word'))
    >>> order_of(["code", "name"]), order_of(["kind", "pattern"])
    (('code',), ())
    """
    if "word" in header:
        return (*[name for name in ROLE_COLUMNS if name in header][:1], "word")
    return ("code",) if "code" in header else ()


def check_list(file: Path) -> None:
    """Refuse a CSV word list that cannot be read or is not sorted as its header says.

    Raises
    ------
    ValueError
        Naming the line.
    """
    read = _read(file)
    columns = order_of(read.header)
    if columns:
        _check_order(read, columns, file)


@cache
def load_settings(name: str) -> Mapping[str, Any]:
    """Return the thresholds and other single values of a TOML file, as it nests them.

    Raises
    ------
    FileNotFoundError
        If there is no such file; the message names the nearest list.

    Examples
    --------
    >>> load_settings("audit")["tolerance"]["about_share"]
    0.05
    """
    file = paths.LEXICON / f"{name}.toml"
    if not file.is_file():
        raise FileNotFoundError(_unknown(name, file))
    return MappingProxyType(tomllib.loads(file.read_text(encoding="utf-8")))


_Row = dict[str, str]  # a row as it is kept; nobody outside this module gets one
_Entries = Sequence[tuple[str, _Row]]


@cache
def _rows(name: str) -> tuple[_Row, ...]:
    """Return the rows of a list as they are kept.

    The garbage collector walks every mapping proxy again and again and no dictionary of text, and
    there are some 12,000 rows, all kept as long as the process runs. So they are kept as
    dictionaries, and whoever asks for them gets proxies.
    """
    file = paths.LEXICON / f"{name}.csv"
    if not file.is_file():
        raise FileNotFoundError(_unknown(name, file))
    return tuple(_checked(file))


@cache
def _by_role(name: str) -> Mapping[str, tuple[_Row, ...]]:
    """Return role -> rows of a list, in the file's order."""
    rows = _rows(name)
    column = next((c for c in ROLE_COLUMNS if rows and c in rows[0]), "")
    found: dict[str, list[_Row]] = {}
    for row in rows:
        found.setdefault(row.get(column, ""), []).append(row)
    return MappingProxyType({role: tuple(of) for role, of in found.items()})


def _entries(name: str, role: str) -> _Entries:
    found = _by_role(name).get(role)
    if found is None:
        near = get_close_matches(role, _by_role(name), n=1)
        hint = f" Did you mean {near[0]!r}?" if near else f" It has {', '.join(roles(name))}."
        msg = f"No role {role!r} in lexicon/{name}.csv.{hint}"
        raise KeyError(msg)
    return [(_word_of(row), row) for row in found]


@cache
def _lines(name: str) -> Mapping[tuple[str, str], int]:
    """Return (role, word) -> line, and ("", word) -> the first line of the word."""
    file = paths.LEXICON / f"{name}.csv"
    if not file.is_file():
        raise FileNotFoundError(_unknown(name, file))
    found: dict[tuple[str, str], int] = {}
    with file.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.reader(handle)
        header = next(reader, [])
        column = next((header.index(c) for c in ROLE_COLUMNS if c in header), -1)
        for cells in reader:
            word = _unescape(cells[0])
            found.setdefault((cells[column] if column >= 0 else "", word), reader.line_num)
            found.setdefault(("", word), reader.line_num)
    return MappingProxyType(found)


_ESCAPE = re.compile(r"\\(?:u([0-9a-f]{4})|\\)")


def _word_of(row: Mapping[str, str]) -> str:
    r"""Return the word of a row: a blank that stands for itself is written `\u0020`."""
    word = next(iter(row.values()))
    return word if _is_pattern(row) else _unescape(word)


def _unescape(word: str) -> str:
    if "\\" not in word:
        return word
    return _ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else "\\", word)


def _is_pattern(row: Mapping[str, str]) -> bool:
    return row.get("form") == PATTERN


def _is_number(row: _Row) -> bool:
    return row.get("value", "").isdigit()


class _Read(NamedTuple):
    """A list as it was read: its header, its rows, and the line of each."""

    header: list[str]
    rows: list[_Row]
    lines: list[int]


def _read(file: Path) -> _Read:
    """Read a list: no more than one row is held twice, as the garbage collector counts cells."""
    with file.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.reader(handle)
        read = _Read(next(reader, []), [], [])
        width = len(read.header)
        for cells in filter(None, reader):
            if len(cells) != width:
                msg = (
                    f"{file.name} line {reader.line_num}: found {len(cells)} cells, expected "
                    f"{width} ({', '.join(read.header)}). Quote a cell that holds a comma."
                )
                raise ValueError(msg)
            read.rows.append(dict(zip(read.header, cells, strict=True)))
            read.lines.append(reader.line_num)
    return read


def _checked(file: Path) -> list[_Row]:
    """Return the rows of a list; one with the columns `word` and `role` has to be sorted."""
    read = _read(file)
    if {"word", "role"} <= set(read.header):
        _check_order(read, ("role", "word"), file)
    return read.rows


def _check_order(read: _Read, columns: Sequence[str], file: Path) -> None:
    """Refuse a word that stands twice in a role, and rows that are not sorted."""
    before, at = ("",) * len(columns), 1
    for row, line in zip(read.rows, read.lines, strict=True):
        here = tuple(map(row.__getitem__, columns))
        if here == before and "word" in columns:
            role = f" in {columns[0]} {here[0]!r}" if len(columns) > 1 else ""
            msg = f"{file.name} line {line}: {here[-1]!r} stands{role} since line {at}."
            raise ValueError(msg)
        if here < before:
            msg = (
                f"{file.name} line {line}: {' '.join(here)!r} must stand before "
                f"{' '.join(before)!r}. Sort the rows by {' and '.join(columns)}."
            )
            raise ValueError(msg)
        before, at = here, line


def _unknown(name: str, file: Path) -> str:
    near = get_close_matches(name, lexicon_names(), n=1)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    return f"No word list {name!r}: {file} does not exist.{hint}"


def main(files: Sequence[str]) -> int:
    """Check CSV word lists, all of the package's by default; 1 if one is refused."""
    refused = 0
    for file in map(Path, files or sorted(map(str, paths.LEXICON.glob("*.csv")))):
        try:
            check_list(file)
        except ValueError as error:
            print(error, file=sys.stderr)
            refused = 1
    return refused


if __name__ == "__main__":  # python -m dz_analysis.lexicon [FILE …]
    sys.exit(main(sys.argv[1:]))
