"""The word lists: CSV and TOML files beside the code that a researcher can read and correct.

In: files of `dz_analysis/lexicon/`, and of a corpus's own `lexicon/` folder where it has one.
Out: rows as dictionaries of text (CSV) or plain Python values (TOML). The package's own lists are
cached for the process and must not be changed by their reader.
"""

from __future__ import annotations

import csv
import tomllib
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from dz_analysis import paths

Row = MappingProxyType[str, str]  # one row: column name -> text, read only


def lexicon_names() -> list[str]:
    """Return the names of the word lists that the package holds, sorted."""
    files = (*paths.LEXICON.glob("*.csv"), *paths.LEXICON.glob("*.toml"))
    return sorted(file.stem for file in files)


@cache
def load_lexicon(name: str) -> tuple[Row, ...]:
    """Read a CSV word list of the package, once for the process.

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
        If a row does not fit the header.
    """
    file = paths.LEXICON / f"{name}.csv"
    if not file.is_file():
        raise FileNotFoundError(_unknown(name, file))
    return read_list(file)


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
        If a row does not fit the header.
    """
    with file.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.reader(handle)
        header = next(reader, [])
        return tuple(_row(header, cells, file, reader.line_num) for cells in reader if cells)


@cache
def load_rules(name: str) -> MappingProxyType[str, Any]:
    """Read a TOML word list: named pieces, cue words, thresholds."""
    file = paths.LEXICON / f"{name}.toml"
    if not file.is_file():
        raise FileNotFoundError(_unknown(name, file))
    return MappingProxyType(tomllib.loads(file.read_text(encoding="utf-8")))


def _row(header: list[str], cells: list[str], file: Path, line: int) -> Row:
    if len(cells) != len(header):
        msg = (
            f"{file.name} line {line}: found {len(cells)} cells, expected {len(header)} "
            f"({', '.join(header)}). Quote a cell that holds a comma."
        )
        raise ValueError(msg)
    return Row(dict(zip(header, cells, strict=True)))


def _unknown(name: str, file: Path) -> str:
    near = get_close_matches(name, lexicon_names(), n=1)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    return f"No word list {name!r}: {file} does not exist.{hint}"
