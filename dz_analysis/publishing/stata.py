"""A table as a Stata file: names that Stata takes, variable labels in the language, UTF-8.

In: a `PaperTable`. Out: the bytes of a `.dta` of version 118, the first one that is UTF-8.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from typing import Final

import pandas as pd

from dz_analysis.publishing.paper import PaperTable
from dz_analysis.publishing.zipped import NO_DAY

VERSION: Final = 118
LABEL = 80  # characters that Stata keeps of a label
NAME = 32  # and of a name
FIXED = 2045  # bytes of a text of fixed width; a longer one is a strL
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9]+")
# what Stata keeps for itself
_RESERVED = re.compile(
    r"_all|_b|_coef|_cons|_n|_N|_pi|_pred|_rc|_skip|byte|double|float|if|in|int|long|str(?:L|\d+)"
    r"|strL|using|with"
)


def as_stata(table: PaperTable) -> bytes:
    """Return a table as a Stata file; the caption labels the data, heads and meanings variables.

    Whole numbers of which some are missing become floats, as Stata has no other way to leave them
    out; what is true or false becomes 1 or 0.
    """
    names = name_variables(table.frame.columns)
    plain = table.frame.set_axis(names, axis=1).copy()
    for at, dtype in enumerate(plain.dtypes):
        plain.isetitem(at, _storable(plain.iloc[:, at], dtype).array)
    labels = {
        name: _label(head, meaning)
        for name, head, meaning in zip(names, table.heads, table.meanings, strict=True)
    }
    long = [name for name in names if _is_long(plain[name])]
    buffer = io.BytesIO()
    plain.to_stata(
        buffer,
        write_index=False,
        version=VERSION,
        time_stamp=NO_DAY,
        data_label=table.caption[:LABEL],
        variable_labels=labels,
        convert_strl=long,
    )
    return buffer.getvalue()


def name_variables(columns: Iterable[str]) -> list[str]:
    """Return names that Stata takes: ASCII, 32 characters at most, no two alike.

    Examples
    --------
    >>> name_variables(["value", "2021", "数值", "in", "数值 "])
    ['value', 'v2021', 'shu_zhi', 'in_', 'shu_zhi_2']
    """
    from pypinyin import lazy_pinyin  # its phrases take a second to load

    taken: list[str] = []
    for column in columns:
        spelt = column if column.isascii() else "_".join(lazy_pinyin(column))
        plain = _NOT_IN_NAMES.sub("_", spelt).strip("_")[:NAME] or "v"
        plain = f"v{plain}"[:NAME] if plain[0].isdigit() else plain
        plain = f"{plain}_" if _RESERVED.fullmatch(plain) else plain
        name, number = plain, 1
        while name.casefold() in {one.casefold() for one in taken}:
            number += 1
            name = f"{plain[: NAME - len(str(number)) - 1]}_{number}"
        taken.append(name)
    return taken


def _storable(cells: pd.Series, dtype: object) -> pd.Series:
    kind = getattr(dtype, "kind", "O")
    if kind == "b":
        return cells.astype("float64" if cells.isna().any() else "int8")
    if kind in "iu":
        return cells.astype("float64" if cells.isna().any() else "int64")
    if kind == "f":
        return cells.astype("float64").where(cells.abs() != float("inf"))
    texts = [str(cell) if pd.notna(cell) else "" for cell in cells]
    return pd.Series(texts, index=cells.index, dtype="object")


def _is_long(cells: pd.Series) -> bool:
    return cells.dtype.kind == "O" and any(len(cell.encode("utf-8")) > FIXED for cell in cells)


def _label(head: str, meaning: str) -> str:
    """Return a variable's label: what it holds, or its head where that is all that is known."""
    return (meaning or head)[:LABEL]
