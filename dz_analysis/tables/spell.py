"""Cells, rows and frames as text: CSV and JSON Lines, numbers without exponents."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from dz_analysis.tables.contract import Cells

if TYPE_CHECKING:
    import pandas as pd

# fields that a JSON row has only where they apply
OPTIONAL = ("value_high", "of", "modifier", "grade", "review")


def spell_number(value: float) -> str:
    """Write a number without exponent or idle zeros; a missing one is blank.

    Examples
    --------
    >>> spell_number(15750000000.0), spell_number(21.1), spell_number(float("nan"))
    ('15750000000', '21.1', '')
    """
    if math.isnan(value):
        return ""
    text = format(Decimal(repr(float(value))), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def spell_rows(frame: pd.DataFrame, form: Literal["jsonl", "csv"]) -> str:
    """Write rows as text: JSON Lines without blank optional fields, or CSV.

    In JSON a whole number stands without a decimal point, and `value_high`, `of`, `modifier`,
    `grade` and `review` are left out where they do not apply; so is any number that is missing.
    """
    if form == "csv":
        text: str = spell_values(frame).to_csv(index=False, lineterminator="\n")
        return text
    return _spell_lines(frame.to_dict("records"))


def spell_cells(
    rows: Sequence[Cells], columns: Sequence[str], form: Literal["jsonl", "csv"]
) -> str:
    r"""Write rows as text as `spell_rows` does, without a frame.

    Examples
    --------
    >>> spell_cells([{"quote": "8亿元", "value": 8e8, "of": ""}], ["quote", "value", "of"], "csv")
    'quote,value,of\n8亿元,800000000,\n'
    """
    if form == "jsonl":
        return _spell_lines([{name: row[name] for name in columns} for row in rows])
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([spell_cell(row[name]) for name in columns] for row in rows)
    return written.getvalue()


def spell_cell(value: Any) -> str:
    """Write one cell: a decimal by `spell_number`, blank where it is missing."""
    if value is None:
        return ""
    return spell_number(value) if isinstance(value, float) else str(value)


def spell_values(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with its decimal columns written out by `spell_number`."""
    numbers = frame.select_dtypes("float64").columns
    return frame.assign(**{name: frame[name].map(spell_number) for name in numbers})


def _spell_lines(rows: Iterable[Mapping[Hashable, Any]]) -> str:
    return "".join(json.dumps(_plain(row), ensure_ascii=False) + "\n" for row in rows)


def _plain(row: Mapping[Hashable, Any]) -> dict[Hashable, Any]:
    kept = {k: v for k, v in row.items() if not (_is_missing(v) or (k in OPTIONAL and v == ""))}
    return {k: int(v) if isinstance(v, float) and v.is_integer() else v for k, v in kept.items()}


def _is_missing(value: Any) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value))
