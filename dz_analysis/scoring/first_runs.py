"""What texts got that no rule had seen: batches marked by a reader, their passages, their rows.

In: the facts of `data/blind`, no text. Out: scores with intervals over passages. A batch is marked
by somebody who knows no rule, and read once; what it got then is written down and stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
import pandas as pd

from dz_analysis import paths
from dz_analysis.scoring.draws import DRAWS, LEVEL, SEED, draw_documents, take_interval

FOLDER = "blind"
FIRST_RUN = "first run"  # `run`: read by the rules as they were before anybody looked at the texts
EARLIER = "earlier rules"  # `run`: read by the rules of a version before that
ALL = "all"  # the row of all genres
UNKNOWN = "not told"  # what a table calls passages whose genre the suite does not tell
COLUMNS: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "first_runs": (
            "batch",
            "date",
            "texts",
            "passages",
            "rows",
            "row_f1",
            "strict_f1",
            "headline_recall",
            "looked_at",
        ),
        "passages": (
            "batch",
            "document",
            "kind",
            "level",
            "region",
            "period",
            "source",
            "characters",
            "sha256",
            "run",
            "genre",
            "marked",
            "found",
            "number",
            "row",
            "strict",
            "headline",
            "headline_row",
        ),
        "marks": (
            "batch",
            "document",
            "start",
            "end",
            "indicator",
            "measure",
            "value",
            "value_high",
            "unit",
            "bound",
            "period",
            "region",
            "status",
            "of",
        ),
        "confidence": (
            "list",
            "run",
            "document",
            "source",
            "genre",
            "start",
            "confidence",
            "wrong",
        ),
    }
)


def load_blind(name: str) -> pd.DataFrame:
    """Read one of the tables of facts in `data/blind`.

    Parameters
    ----------
    name : str
        One of `COLUMNS`.

    Returns
    -------
    pandas.DataFrame
        Its columns; a blank text is a blank, a blank number NaN.

    Raises
    ------
    ValueError
        If there is no such table, or the file has other columns.
    FileNotFoundError
        If the project has no such file.
    """
    if name not in COLUMNS:
        msg = f"No table {name!r} of first runs; expected one of {sorted(COLUMNS)}."
        raise ValueError(msg)
    file = paths.data_dir() / FOLDER / f"{name}.csv"
    table = pd.read_csv(file, encoding="utf-8")
    if tuple(table.columns) != tuple(COLUMNS[name]):
        msg = f"{FOLDER}/{name}.csv has the columns {list(table)}; expected {list(COLUMNS[name])}."
        raise ValueError(msg)
    texts = table.select_dtypes(exclude="number").columns
    return table.assign(**{column: table[column].fillna("") for column in texts})


def score_batches(
    batches: pd.DataFrame,
    passages: pd.DataFrame,
    *,
    draws: int = DRAWS,
    level: float = LEVEL,
    seed: int = SEED,
) -> pd.DataFrame:
    """Set beside what each batch got at its first run the interval over its passages.

    Parameters
    ----------
    batches, passages : pandas.DataFrame
        The tables `first_runs` and `passages`.
    draws : int
        How often the passages of a batch are drawn anew.
    level : float
        Share of the draws between the ends of the interval.
    seed : int
        Of the draws.

    Returns
    -------
    pandas.DataFrame
        One row a batch, in the order given: the columns of `batches`, and `low` and `high` of
        `row_f1`; NaN where the rows of the first run were not kept.
    """
    kept = passages[passages["run"] == FIRST_RUN]
    ends = {
        str(batch): _draw_f1(part, draws=draws, level=level, seed=seed)
        for batch, part in kept.groupby("batch", sort=True)
    }
    nothing = (float("nan"), float("nan"))
    low, high = zip(*(ends.get(batch, nothing) for batch in batches["batch"]), strict=True)
    return batches.assign(low=low, high=high)


def score_genres(
    passages: pd.DataFrame, *, draws: int = DRAWS, level: float = LEVEL, seed: int = SEED
) -> pd.DataFrame:
    """Score the passages of each genre by the rules that had not seen them.

    Parameters
    ----------
    passages : pandas.DataFrame
        The table `passages`; of one that was read twice the first run counts.
    draws, level, seed
        As in `score_batches`.

    Returns
    -------
    pandas.DataFrame
        One row a genre, the best first, `all` last: `genre` (as the suite tells it; `not told`
        where it does not), `passages`, `rows` (marked), `row_f1`, `low`, `high` (NaN where there
        is a single passage).

    Examples
    --------
    >>> one = {"run": FIRST_RUN, "genre": "budget", "marked": 10, "found": 10, "row": 8}
    >>> passages = pd.DataFrame([one | {"document": name} for name in ("a", "b")])
    >>> score_genres(passages).values.tolist()[0]
    ['budget', 2, 20, 0.8, 0.8, 0.8]
    """
    latest = passages.sort_values("run", key=lambda runs: runs != FIRST_RUN, kind="stable")
    once = latest.drop_duplicates("document")
    once = once.assign(genre=once["genre"].replace("", UNKNOWN))
    groups = [(str(genre), part) for genre, part in once.groupby("genre", sort=True)]
    rows = []
    for genre, part in [*groups, (ALL, once)]:
        low, high = _draw_f1(part, draws=draws, level=level, seed=seed)
        score = round(_f1(part[["marked", "found", "row"]].sum().to_numpy(float)[None])[0], 4)
        counts = {"passages": len(part), "rows": int(part["marked"].sum())}
        rows.append({"genre": genre, **counts, "row_f1": score, "low": low, "high": high})
    table = pd.DataFrame(rows)
    order = table["row_f1"].where(table["genre"] != ALL, -1.0)
    return table.loc[order.sort_values(ascending=False, kind="stable").index].reset_index(drop=True)


def _draw_f1(passages: pd.DataFrame, *, draws: int, level: float, seed: int) -> tuple[float, float]:
    """Return the interval of the row F1 over passages; of a single one none is known."""
    if len(passages) < 2:
        return float("nan"), float("nan")
    counts = passages[["marked", "found", "row"]].to_numpy(float)
    weights = draw_documents(passages["document"].tolist(), draws, seed)
    low, high = take_interval(_f1(weights @ counts), level).round(4)
    return float(low), float(high)


def _f1(counts: np.ndarray) -> np.ndarray:
    """Return the F1 of each row of counts: marked, found, right."""
    marked, found, right = counts.T
    scores: np.ndarray = 2 * right / np.maximum(marked + found, 1)
    return scores
