"""A corpus whose truth is known: districts over years, made from a seed.

In: sizes and a seed. Out: tables in the contract's columns, what was planted in them, and the
numbers behind them before rounding. Used to test that comparisons, ranks, joined promises and
every check of the audit say what is so. All places are invented.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dz_analysis.comparing.facts import name_concept, name_key
from dz_analysis.synthetic.districts import World, make_world
from dz_analysis.synthetic.faults import PLANTS, Planted, plant_all
from dz_analysis.synthetic.outcomes import name_now, settle_outcomes
from dz_analysis.synthetic.reports import FIVE, write_sheets
from dz_analysis.synthetic.sheets import Line, Sheet
from dz_analysis.tables import TABLES, check_table


@dataclass(frozen=True, slots=True)
class Synthetic:
    """The tables and the truth behind them.

    `planted` has one row per planted inconsistency: `kind`, `check` (that must find it),
    `document`, `observation`. `truth` has one row per district, year and indicator: `value`
    before rounding. `outcomes` has one row per target: what became of it.
    """

    documents: pd.DataFrame
    observations: pd.DataFrame
    planted: pd.DataFrame
    truth: pd.DataFrame
    outcomes: pd.DataFrame


def make_synthetic(
    *, districts: int = 60, years: int = 10, seed: int = 1, plants: int = 3
) -> Synthetic:
    """Make a corpus of work reports with known truth.

    Parameters
    ----------
    districts, years : int
        How many districts, in five cities, and how many yearly reports of each.
    seed : int
        The same seed gives the same corpus.
    plants : int
        Inconsistencies of each kind of `faults.PLANTS`; 0 gives a clean corpus. Each stands in
        a district of its own, so there must be enough of them.

    Returns
    -------
    Synthetic

    Raises
    ------
    ValueError
        If there are too few districts for what is to be planted, or too few years, or if a
        district that is to get a fault can't have it (a rank too good, where it is the first).
    """
    if plants * len(PLANTS) > districts or years < FIVE + 2:
        msg = (
            f"{plants} of each of {len(PLANTS)} kinds need {plants * len(PLANTS)} districts and "
            f"{FIVE + 2} years; found {districts} districts and {years} years."
        )
        raise ValueError(msg)
    random = np.random.default_rng(seed)
    world = make_world(districts, years, random)
    sheets = list(write_sheets(world, random, whole=plants * len(PLANTS)))
    planted = plant_all(sheets, plants, world.years[-2])
    return _collect(world, sheets, planted)


def _collect(world: World, sheets: list[Sheet], planted: list[Planted]) -> Synthetic:
    rows = [_observation(sheet, line) for sheet in sheets for line in sheet.lines]
    faults = [(p.kind, p.check, p.document, p.line.number) for p in planted]
    return Synthetic(
        check_table(pd.DataFrame([_document(sheet) for sheet in sheets]), "documents"),
        check_table(pd.DataFrame(rows), "observations"),
        pd.DataFrame(faults, columns=["kind", "check", "document", "observation"]),
        pd.DataFrame(_list_truth(world), columns=["region", "year", "name", "value"]),
        settle_outcomes(sheets),
    )


def _list_truth(world: World) -> list[tuple[str, int, str, float]]:
    return [
        (place.new, year, name, series[year])
        for place in world.districts
        for name, series in place.series.items()
        for year in world.years
    ]


def _document(sheet: Sheet) -> dict[str, object]:
    columns = TABLES["documents"].columns
    counts = [column.name for column in columns if column.kind == "count" and not column.later]
    return dict.fromkeys(counts, 0) | {
        "id": sheet.document,
        "title": f"{sheet.region}{sheet.year + 1}年政府工作报告",
        "publisher": "",
        "published": f"{sheet.year + 1}-01",
        "genre": "work_report",
        "region": sheet.region,
        "region_code": sheet.code,
        "period_start": f"{sheet.year}-01",
        "period_end": f"{sheet.year}-12",
        "sha256": "",
    }


def _observation(sheet: Sheet, line: Line) -> dict[str, object]:
    start, end = 20 * line.number, 20 * line.number + len(line.quote)
    concept = name_concept(name_now(line.indicator))
    return {
        "document": sheet.document,
        "observation": line.number,
        "paragraph": line.paragraph,
        "quote": line.quote,
        "start": start,
        "end": end,
        "raw_start": start,
        "raw_end": end,
        "indicator": line.indicator,
        "indicator_id": "" if concept == name_key(line.indicator) else concept,
        "measure": line.measure,
        "value": line.value,
        "value_high": math.nan,
        "unit": line.unit,
        "bound": line.bound,
        "period": line.period,
        "region": sheet.region,
        "region_code": sheet.code,
        "status": line.status,
        "of": line.of,
        "modifier": line.modifier,
    }
