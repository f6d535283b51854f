"""Whether facts that were coded by hand stand in a table: the recall of a panel.

In: facts of which a reader wrote down only what a question asks for (the targets of a year), and
rows that were found. Out: for each fact whether a row says the same, and what the nearest says
otherwise. Rows that no fact asks for are nothing here: `score` judges whole texts.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from dz_analysis.finding.catalogue import indicator_id
from dz_analysis.scoring.score import judge_fields

ASKED = ("measure", "unit", "period", "region", "status", "bound", "indicator")
FACT_COLUMNS = (
    "docs",
    "indicator",
    "words",
    "value",
    "value_high",
    "measure",
    "unit",
    "bound",
    "period",
    "region",
    "status",
)
ROW_COLUMNS = ("document", "indicator_id", *(set(FACT_COLUMNS) - {"docs", "words"}))


def find_coded(coded: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Look for each fact among the rows of its documents.

    Parameters
    ----------
    coded : pandas.DataFrame
        Columns of `FACT_COLUMNS`; `docs` lists ids of documents that tell the fact, `indicator` is
        its standard name and `words` that of the text, of which either is right.
    rows : pandas.DataFrame
        What was found: the same columns, but `document` for `docs`, and `indicator_id` beside the
        name; one id in both is one indicator.

    Returns
    -------
    pandas.DataFrame
        One row a fact, in their order: `docs`, `indicator`, `value`, `status`, `found`, and
        `wrong`: the fields in which the nearest row of the same value differs, ``missed`` where
        no row has its value, blank for a fact that is found. The bound of a range is not asked for.

    Raises
    ------
    ValueError
        If a column is missing.

    Examples
    --------
    >>> fact = {"indicator": "地区生产总值", "value": 5.0, "value_high": None, "unit": "%"}
    >>> fact |= {"measure": "growth", "bound": "~", "period": "2025-01/2025-12"}
    >>> fact |= {"region": "云溪县", "status": "target"}
    >>> facts = pd.DataFrame([fact | {"docs": ["a"], "words": "经济"}])
    >>> row = fact | {"document": "a", "indicator": "GDP", "indicator_id": "gdp"}
    >>> find_coded(facts, pd.DataFrame([row]))["found"].tolist()
    [True]
    >>> find_coded(facts, pd.DataFrame([row | {"bound": ""}]))["wrong"].tolist()
    ['bound']
    """
    for label, frame, needed in (("facts", coded, FACT_COLUMNS), ("rows", rows, ROW_COLUMNS)):
        missing = sorted(set(needed) - set(frame.columns))
        if missing:
            msg = f"The table of {label} lacks {missing}; expected at least {sorted(needed)}."
            raise ValueError(msg)
    told = {str(name): part.to_dict("records") for name, part in rows.groupby("document")}
    looked = []
    for fact in coded.to_dict("records"):
        near = [_judge(fact, row) for name in fact["docs"] for row in told.get(name, ())]
        wrongs = [_name_wrong(judged) for judged in near if judged["value"]]
        wrong = min(wrongs, key=len, default=["missed"])
        said = {name: fact[name] for name in ("docs", "indicator", "value", "status")}
        looked.append({**said, "found": not wrong, "wrong": " ".join(wrong)})
    return pd.DataFrame(looked, columns=["docs", "indicator", "value", "status", "found", "wrong"])


def _judge(fact: dict[Any, Any], row: dict[Any, Any]) -> dict[str, bool]:
    judged = judge_fields({**fact, "alt": [fact["words"]], "quote": ""}, {**row, "quote": ""})
    is_listed = row["indicator_id"] != "" and row["indicator_id"] == indicator_id(fact["indicator"])
    is_range = pd.notna(fact["value_high"])
    return judged | {
        "indicator": judged["indicator"] or is_listed,
        "bound": judged["bound"] or bool(is_range),
    }


def _name_wrong(judged: dict[str, bool]) -> list[str]:
    return [field for field in ASKED if not judged[field]]
