"""What became of every target of the invented reports, from the numbers as they tell them.

In: `Sheet`s. Out: the table of outcomes that joined promises must come to.
"""

from __future__ import annotations

import pandas as pd

from dz_analysis.synthetic.sheets import Line, Sheet

# The older name, told in the first years, of a thing that keeps its id.
RENAMED = {"公共财政预算收入": "一般公共预算收入", "年末常住人口": "常住人口"}
# How far below a target that is hedged (左右) a result may stay, in points.
HEDGE = 0.5
OUTCOME_COLUMNS = ("document", "observation", "modifier", "bound", "outcome")


def settle_outcomes(sheets: list[Sheet]) -> pd.DataFrame:
    """Say of every target what became of it; the columns are `OUTCOME_COLUMNS`."""
    known = {(sheet.code, sheet.year): sheet for sheet in sheets}
    rows = [
        (sheet.document, line.number, line.modifier, line.bound, _settle(line, later))
        for sheet in sheets
        for later in [known.get((sheet.code, sheet.year + 1))]
        for line in sheet.lines
        if line.status == "target"
    ]
    return pd.DataFrame(rows, columns=list(OUTCOME_COLUMNS))


def _settle(target: Line, later: Sheet | None) -> str:
    if later is None:
        return "no_document"
    result = _find_result(target, later)
    if result is None:
        return "not_stated"
    ahead = round(result.value - target.value, 6)
    if target.bound == "<=":
        return "met" if ahead <= 0 else "missed"
    return "met" if ahead >= (-HEDGE if target.bound == "~" else 0) else "missed"


def _find_result(target: Line, later: Sheet) -> Line | None:
    """Return the first result of the next report that is about what was promised."""
    wanted = (name_now(target.indicator), target.measure, "actual", later.period, "")
    subjects = (
        (name_now(line.indicator), line.measure, line.status, line.period, line.of)
        for line in later.lines
    )
    found = (line for line, about in zip(later.lines, subjects, strict=True) if about == wanted)
    return next(found, None)


def name_now(indicator: str) -> str:
    """Return the newer name of an indicator that was renamed."""
    return RENAMED.get(indicator, indicator)
