"""Read the examples of lexicon/audit.csv by the functions of comparing and auditing that ask it.

A text is a name, the words of a field, a sentence, or a table of facts of the year 2019: its rows
parted by ⏎, their cells (place, name, quantity) by `|`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import Any

import pandas as pd

NOTHING = "∅"
YEAR, HALF = "2019-01/2019-12", "2019-01/2019-06"
CITY = "371400"
_QUANTITY = re.compile(r"第?(?P<number>[\d.]+)(?P<power>[万亿]?)(?P<unit>\D*)")
_POWERS = {"": 1.0, "万": 1e4, "亿": 1e8}
_WIDTHS = ("nation", "province", "city", "county", "district")
_RIVALS = {True: ("平海市", "370900"), False: ("东河区", f"{CITY[:4]}99")}


def read_basis(text: str, like: str = "") -> str:
    """Write each growth rate, and each value that was revised, with its basis."""
    finding = import_module("dz_analysis.finding")
    context = import_module("dz_analysis.finding.model").Context(
        period_start="2019-01", period_end="2019-12"
    )
    rows = finding.find_observations(text, context=context)
    stated = import_module("dz_analysis.bases").state_bases(text, rows)
    return (
        "; ".join(
            f"{row.quote} {row.of}".strip() for row in stated if row.measure == "growth" or row.of
        )
        or NOTHING
    )


def read_authority(text: str, like: str = "") -> str:
    """Write the words of a name that say whose the thing is."""
    facts = import_module("dz_analysis.comparing.facts")
    return " ".join(sorted(facts._authorities(text))) or NOTHING


def read_base(text: str, like: str = "") -> str:
    """Write the period that a number of the first half of 2019 is compared with."""
    compared = import_module("dz_analysis.auditing.compared_period")
    return compared.read_base(text, HALF) or NOTHING


def read_divisor(basis: str) -> Callable[[str, str], str]:
    """Return a reader that writes which fact of a table all others are divided by."""

    def read(text: str, like: str = "") -> str:
        tabulate = import_module("dz_analysis.comparing.tabulate")
        found = tabulate.find_denominators(_facts(_rows(text)), basis)
        return "; ".join(f"{fact.label} {fact.quote}" for fact in found.values()) or NOTHING

    return read


def read_direction(text: str, like: str = "") -> str:
    """Write which of two values of a name is the better."""
    is_lower = import_module("dz_analysis.comparing.facts").is_lower_better(text)
    return "less is better" if is_lower else "more is better"


def read_ceiling(text: str, like: str = "") -> str:
    """Write which results keep a target of a name."""
    is_ceiling = import_module("dz_analysis.comparing.facts").is_ceiling(text)
    return "less keeps the target" if is_ceiling else "more keeps the target"


def read_additive(text: str, like: str = "") -> str:
    """Write whether the parts of what a name counts add up."""
    is_additive = import_module("dz_analysis.comparing.facts").is_additive(text)
    return "adds up" if is_additive else "does not add up"


def read_growth(text: str, like: str = "") -> str:
    """Write why the published growth of a name is not the quotient of its levels."""
    findings = import_module("dz_analysis.auditing.findings")
    return findings.explain_growth(text) or NOTHING


def read_width(text: str, like: str = "") -> str:
    """Write how wide the words of a field are."""
    ranks = import_module("dz_analysis.comparing.ranks")
    return " ".join(w for w in _WIDTHS if ranks.has_field_words(text, w)) or NOTHING


def read_rank_field(text: str, like: str = "") -> str:
    """Write the check of a first rank in a field where a place of the same city does better.

    The text is a place, a colon and the field. Nothing is checked where the other place may not
    be in the field.
    """
    place, _, field = text.partition("：")
    own = {"place": place, "code": _code(place, 1), "name": "税收"}
    rival, code = _RIVALS[own["code"] == CITY]
    rows = [
        own | {"quote": "8亿元"},
        own | {"quote": "第1位", "measure": "rank", "of": field},
        {"place": rival, "code": code, "name": "税收", "quote": "9亿元"},
    ]
    return _verdicts("stated_rank", rows)


def read_check(check: str) -> Callable[[str, str], str]:
    """Return a reader that writes what a check says of a table."""

    def read(text: str, like: str = "") -> str:
        return _verdicts(check, _rows(text))

    return read


def read_span(text: str, like: str = "") -> str:
    """Write what each number of a sentence can have been before it was rounded."""
    context = import_module("dz_analysis.finding.model").Context()
    read = import_module("dz_analysis.comparing.intervals").read_interval
    rows = import_module("dz_analysis.finding").find_observations(text, context=context)
    spans = (read(row.quote, float(row.value), unit=row.unit, bound=row.bound) for row in rows)
    return "; ".join(f"{span.low:.10g}–{span.high:.10g}" for span in spans) or NOTHING


def read_size(text: str, like: str = "") -> str:
    """Write a quantity in the unit by which its kind is measured."""
    sizes = import_module("dz_analysis.comparing.sizes")
    value, unit = _quantity(text)
    unit = unit or "个"  # which is left out before other units
    size, measured = sizes._sizes()[unit]
    factor = sizes.find_factor(unit, measured)
    told = f"{value * factor:.10f}".rstrip("0").rstrip(".")
    return told + measured if factor == float(size) else NOTHING


def _verdicts(check: str, rows: Iterable[Mapping[str, str]]) -> str:
    audit = import_module("dz_analysis.auditing.audit")
    found = audit.audit_facts(_facts(rows), names=[check])
    return "; ".join(found["verdict"]) or NOTHING


def _rows(text: str) -> list[dict[str, str]]:
    """Read a table: place, name and quantity of each row; a change of a share is in 百分点."""
    cells = [[cell.strip() for cell in line.split("|")] for line in text.split("⏎")]
    places = list(dict.fromkeys(place for place, _, _ in cells))
    return [
        {
            "place": place,
            "code": _code(place, 1 + places.index(place)),
            "name": name,
            "quote": quote,
            "measure": "change" if "百分点" in quote else "ratio" if "%" in quote else "level",
        }
        for place, name, quote in cells
    ]


def _code(place: str, number: int) -> str:
    """Return the code of the city, or of a place below it by its number."""
    return CITY if place.endswith("市") else f"{CITY[:4]}{number:02}"


def _quantity(quote: str) -> tuple[float, str]:
    """Return value and unit of a quantity."""
    found = _QUANTITY.fullmatch(quote)
    if not found:
        msg = f"Not a quantity: {quote!r}."
        raise ValueError(msg)
    unit = found["unit"].removeprefix("个")
    return float(found["number"]) * _POWERS[found["power"]], unit


def _facts(rows: Iterable[Mapping[str, str]]) -> pd.DataFrame:
    facts = import_module("dz_analysis.comparing.facts")
    observations = pd.DataFrame(_observation(n, row) for n, row in enumerate(rows, start=1))
    documents = observations[["document", "region", "region_code"]].drop_duplicates("document")
    documents = documents.rename(columns={"document": "id"}).assign(
        genre="work_report", published="", period_start="2019-01", period_end="2019-12"
    )
    return facts.prepare_facts(observations, documents.reset_index(drop=True))


def _observation(number: int, row: Mapping[str, str]) -> dict[str, Any]:
    value, unit = _quantity(row["quote"])
    return {
        "document": row["place"],
        "observation": number,
        "paragraph": 1,
        "quote": row["quote"],
        "start": 10 * number,
        "end": 10 * number + len(row["quote"]),
        "indicator": row["name"],
        "indicator_id": "",
        "measure": row.get("measure", "level"),
        "value": value,
        "value_high": math.nan,
        "unit": unit,
        "bound": "",
        "period": YEAR,
        "region": row["place"],
        "region_code": row["code"],
        "status": "actual",
        "of": row.get("of", ""),
        "modifier": "",
        "confidence": math.nan,
        "grade": "",
    }


READERS: Mapping[tuple[str, str], Callable[[str, str], str]] = {
    **{
        ("audit", f"bases.{kind}"): read_basis
        for kind in ("dealt", "each", "left_out", "prices", "revised", "scope", "summed")
    },
    ("audit", "bases.year_begin"): read_base,
    ("audit", "denominators.area"): read_divisor("area"),
    ("audit", "denominators.population"): read_divisor("population"),
    ("audit", "direction.ceiling"): read_ceiling,
    ("audit", "direction.lower_is_better"): read_direction,
    ("audit", "growth.not_nominal"): read_growth,
    ("audit", "names.authorities"): read_authority,
    ("audit", "names.narrowing"): read_check("part"),
    ("audit", "names.not_additive"): read_additive,
    ("audit", "names.zones"): read_check("city"),
    ("audit", "ranks.narrow_fields"): read_rank_field,
    ("audit", "ranks.wider_than_a_city"): read_rank_field,
    ("audit", "ranks.wider_than_a_district"): read_rank_field,
    **{("audit", f"ranks.fields.{width}"): read_width for width in _WIDTHS},
    **{
        ("audit", f"thresholds.{role}"): read_check("threshold")
        for role in ("behind", "over", "under")
    },
    ("audit", "units.difference"): read_check("change"),
    ("audit", "units.measured"): read_span,
    ("audit", "units.percent"): read_span,
    ("audit", "units.size"): read_size,
}
