"""Read the cases in tests/cases/observations and compare what is found with them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from dz_analysis.naming import is_same

FOLDER = Path(__file__).parents[1] / "cases" / "observations"
CONTEXT = ("title", "published", "region", "period", "genre")
EXACT = ("measure", "unit", "bound", "period", "region", "status")


def read_cases(folder: Path = FOLDER) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Yield each case with the file that holds it, files by name, cases as they stand."""
    for file in sorted(folder.glob("*.toml")):
        for case in tomllib.loads(file.read_text(encoding="utf-8"))["case"]:
            yield file, case


def same_number(wanted: float | None, found: Any, *, within: float = 0.0) -> bool:
    """Tell whether two numbers are equal but for rounding; None equals None only."""
    if wanted is None or found is None:
        return wanted is None and found is None
    return abs(float(wanted) - float(found)) <= max(within, 1e-9 * max(1.0, abs(float(wanted))))


def differences(row: Mapping[str, Any], found: Any) -> list[str]:
    """Return what differs between an expected row and an observation, in words."""
    wrong = [
        f"{field}: wanted {row[field]!r}, found {getattr(found, field)!r}"
        for field in ("quote", *EXACT)
        if field in row and getattr(found, field) != row[field]
    ]
    names = [row["indicator"], *row.get("alt", [])]
    exact = row.get("exact", False)
    if not (found.indicator in names if exact else is_same(found.indicator, names, lenient=True)):
        wrong.append(f"indicator: wanted {row['indicator']!r}, found {found.indicator!r}")
    if "value" in row:
        within = row.get("within", 0.0)
        for field in ("value", "value_high"):
            if not same_number(row.get(field), getattr(found, field), within=within):
                wrong.append(f"{field}: wanted {row.get(field)}, found {getattr(found, field)}")
    return wrong
