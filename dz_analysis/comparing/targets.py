"""Targets as a panel: one row a target, how it was put and what came of it.

In: facts and the table of documents. Out: the panel, counts of what came of its targets by any of
its columns, and the targets for a year's growth, one per place and year.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from dz_analysis.comparing.confidence import flag_doubtful
from dz_analysis.comparing.facts import name_concept
from dz_analysis.comparing.periods import read_period
from dz_analysis.comparing.promises import BOUND_KINDS, JUDGED, PLAIN, join_promises
from dz_analysis.finding.scope.modifiers import modifier_kinds

EXACT, RANGE, UNDATED = "exact", "range", "undated"
# Each column of the panel with what it holds, as a codebook says it. A name is parted by its place
# from the unit of its number: side by side they read like the source's own words.
PANEL_LABELS = {
    "indicator": "What is promised: the corpus's commonest name of it",
    "indicator_id": "Catalogue id of the indicator; blank if it has none",
    "place": "Place that the target is for, under its newest name",
    "code": "Code of the place (GB/T 2260 or zone id); blank if unknown",
    "year": "Year that the target's period ends in",
    "period": "Closed months that the target is for (YYYY-MM/YYYY-MM)",
    "measure": "How it is measured: level, growth, ratio, change ...",
    "value": "Number promised, in the base unit; the lower end of a range",
    "high": "Upper end of a range; missing otherwise",
    "unit": "Base unit of value and result_value",
    "basis": "Compared with or within what; blank where that does not apply",
    "bound": "How the number is put: exact, about, at least, at most, range",
    "tone": "How firmly: ensure, binding, strive, expect, plan, goal, plain",
    "modifier": "Word of the text that the tone is read from",
    "mention": "1 for the first mention of a target, 2 and on where it is said again",
    "result": "What came of it: met, missed, undecided, or why it is not judged",
    "reason": "What is to be said of the result",
    "result_value": "Number that the target is held against; missing if none",
    "target_document": "Document that states the target",
    "target_start": "Offset of the target's number in the article",
    "target_end": "Offset behind the target's number in the article",
    "result_document": "Document that states the result",
    "result_start": "Offset of the result's number in the article",
    "result_end": "Offset behind the result's number in the article",
    "confidence": "Probability that the target's row is right; missing if not judged",
    "result_confidence": "Probability that the result's row is right; missing if not judged",
}
COUNT_COLUMNS = (*JUDGED, "not_judged", "targets", "judged", "met_pct")
_OWN_COLUMNS = {
    "place": "place",
    "region_code": "code",
    "period": "period",
    "label": "indicator",
    "indicator_id": "indicator_id",
    "measure": "measure",
    "value": "value",
    "value_high": "high",
    "unit": "unit",
    "of": "basis",
    "modifier": "modifier",
    "document": "target_document",
    "start": "target_start",
    "end": "target_end",
    "confidence": "confidence",
}
_SAME_TARGET: tuple[str, ...] = ("indicator", "indicator_id", "place", "period")
_SAME_TARGET += ("measure", "value", "high", "unit", "basis")


def make_target_panel(
    facts: pd.DataFrame, documents: pd.DataFrame, *, min_confidence: float | None = None
) -> pd.DataFrame:
    """Return every target of a corpus, how it was put and what came of it.

    Parameters
    ----------
    facts : pandas.DataFrame
        From `prepare_facts`.
    documents : pandas.DataFrame
        The table that the facts were made with.
    min_confidence : float, optional
        The least confidence of a number that settles a target; see `join_promises`.

    Returns
    -------
    pandas.DataFrame
        Columns of `PANEL_LABELS`, one row per observation that is a target, by place, year, the
        end of what the document reports on, and place in the text. `result` is an outcome of
        `join_promises`, or `undated` for a target without a period. Where a target has several
        results the row holds the first.

    Examples
    --------
    >>> from dz_analysis.comparing.facts import prepare_facts
    >>> from dz_analysis.synthetic import make_synthetic
    >>> made = make_synthetic(districts=5, years=7, plants=0)
    >>> facts = prepare_facts(made.observations, made.documents)
    >>> panel = make_target_panel(facts, made.documents)
    >>> len(panel) == list(facts["status"]).count("target"), panel["tone"].iloc[0]
    (True, 'plain')
    """
    targets = facts[facts["status"] == "target"]
    joined = _join_results(facts, documents, min_confidence)
    keys = ["document", "observation"]
    told = targets[keys].merge(joined, on=keys, how="left").set_index(targets.index)
    ends = documents.set_index("id")["period_end"]
    own = targets[[*_OWN_COLUMNS, "observation"]].rename(columns=_OWN_COLUMNS)
    panel = own.assign(
        year=_years(targets["period"]),
        bound=_name_bounds(targets),
        tone=targets["modifier"].map(modifier_kinds()).fillna(PLAIN),
        result=told["outcome"].fillna(UNDATED),
        reason=told["reason"].fillna(""),
        result_document=told["result_document"].fillna(""),
        **{name: told[name] for name in ("result_value", "result_confidence")},
        **{name: told[name].astype("Int64") for name in ("result_start", "result_end")},
        _reported=targets["document"].map(ends),
    )
    order = ["place", "year", "_reported", "target_document", "observation"]
    return _count_mentions(panel.sort_values(order, kind="stable"))


def _count_mentions(panel: pd.DataFrame) -> pd.DataFrame:
    mention = panel.groupby(list(_SAME_TARGET), dropna=False, sort=False).cumcount() + 1
    return panel.assign(mention=mention)[list(PANEL_LABELS)].reset_index(drop=True)


def divide_panel(
    panel: pd.DataFrame, *, min_confidence: float | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Part the targets of listed indicators from tasks of one report and doubtful numbers.

    What two places or years can be compared by is an indicator of the catalogue. How many roads of
    one old quarter are mended (改造老旧街巷12条) is a task: it is told once, and by nobody else.

    Parameters
    ----------
    panel : pandas.DataFrame
        From `make_target_panel`.
    min_confidence : float, optional
        The least confidence of a row of the panel; by default that of grade B. A row that was not
        judged stays.

    Returns
    -------
    panel, aside : pandas.DataFrame
        Rows in their order, `mention` counted within each part.

    Examples
    --------
    >>> from dz_analysis.comparing.facts import prepare_facts
    >>> from dz_analysis.synthetic import make_synthetic
    >>> made = make_synthetic(districts=5, years=7, plants=0)
    >>> facts = prepare_facts(made.observations, made.documents)
    >>> targets = make_target_panel(facts, made.documents)
    >>> panel, aside = divide_panel(targets)
    >>> len(panel) + len(aside) == len(targets), (panel["indicator_id"] != "").all().item()
    (True, True)
    """
    is_kept = (panel["indicator_id"] != "") & ~flag_doubtful(panel, min_confidence=min_confidence)
    return _count_mentions(panel[is_kept]), _count_mentions(panel[~is_kept])


def _join_results(
    facts: pd.DataFrame, documents: pd.DataFrame, min_confidence: float | None
) -> pd.DataFrame:
    """Return one row per dated target: its outcome, and the first result with its offsets."""
    promises = join_promises(facts, documents, min_confidence=min_confidence)
    once = promises.drop_duplicates(["target_document", "target_observation"])
    offsets = facts[["document", "observation", "start", "end", "confidence"]].rename(
        columns=lambda name: f"result_{name}"
    )
    offsets = offsets.assign(result_observation=offsets["result_observation"].astype("Int64"))
    found = once.merge(offsets, on=["result_document", "result_observation"], how="left")
    own = {"target_document": "document", "target_observation": "observation"}
    columns = ["outcome", "reason", "result_document", "result_value"]
    columns += ["result_start", "result_end", "result_confidence"]
    named = found.drop(columns=["confidence"]).rename(columns=own)[[*own.values(), *columns]]
    return named.assign(observation=named["observation"].astype("int64"))


def _years(periods: pd.Series) -> pd.Series:
    read = [read_period(text) for text in periods]
    years = [period.year if period else None for period in read]
    return pd.Series(years, index=periods.index, dtype="Int64")


def _name_bounds(targets: pd.DataFrame) -> pd.Series:
    """Name how each number is put; a range that is hedged as well is a range."""
    bounds = targets["bound"].map(BOUND_KINDS).fillna(EXACT)
    return bounds.where(targets["value_high"].isna(), RANGE)


def count_results(panel: pd.DataFrame, by: str = "") -> pd.DataFrame:
    """Count what came of the targets by a column of the panel; repeated ones count once.

    Parameters
    ----------
    panel : pandas.DataFrame
        From `make_target_panel`.
    by : str
        One of its columns, such as `tone`, `bound`, `indicator`, `place`; blank counts all.

    Returns
    -------
    pandas.DataFrame
        One row per value of the column, those with most targets judged first: the column, then
        `met`, `missed`, `undecided`, `not_judged`, `targets` (the sum of these four), `judged`
        (of the first three) and `met_pct` (of those met or missed; NaN if there are none).

    Examples
    --------
    >>> rows = [("甲区", "met", 1), ("甲区", "missed", 1), ("乙区", "undated", 1)]
    >>> panel = pd.DataFrame(rows, columns=["place", "result", "mention"])
    >>> count_results(panel, "place")[["place", "met", "targets", "met_pct"]].values.tolist()
    [['甲区', 1, 2, 50.0], ['乙区', 0, 1, nan]]
    """
    once = panel[panel["mention"] == 1]
    name = by or "of"
    groups = once[by] if by else pd.Series("all targets", index=once.index)
    kinds = once["result"].where(once["result"].isin(JUDGED), "not_judged")
    kept = [*JUDGED, "not_judged"]
    full = pd.crosstab(groups, kinds).reindex(columns=kept, fill_value=0)
    full = full.rename_axis(index=name, columns=None)
    settled = (full["met"] + full["missed"]).replace(0, math.nan)
    counts = full.assign(
        targets=full.sum(axis=1),
        judged=full[list(JUDGED)].sum(axis=1),
        met_pct=(100 * full["met"] / settled).round(1),
    ).reset_index()
    order = ["judged", "targets", name]
    return counts.sort_values(order, ascending=[False, False, True], ignore_index=True)


def select_growth(panel: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """Return the targets for the growth of a whole year, one per place and year.

    Parameters
    ----------
    panel : pandas.DataFrame
        From `make_target_panel`.
    names : sequence of str
        Names of the indicator; where a place has targets under several, the first of them counts,
        then what the earliest document says first.

    Returns
    -------
    pandas.DataFrame
        Rows of the panel, by place and year.
    """
    concepts = {name_concept(name): number for number, name in reversed([*enumerate(names)])}
    keys = panel["indicator"].map(name_concept).map(concepts)
    is_year = panel["period"].map(_is_whole_year).astype(bool)  # a string where there are none
    rows = (panel["measure"] == "growth") & (panel["unit"] == "%") & keys.notna() & is_year
    chosen = panel[rows].assign(_order=keys[rows])
    ordered = chosen.sort_values(["place", "year", "_order"], kind="stable")
    return ordered.drop_duplicates(["place", "year"]).drop(columns="_order").reset_index(drop=True)


def _is_whole_year(text: str) -> bool:
    period = read_period(text)
    return bool(period and period.months == 12 and period.start % 12 == 0)


def choose_target_year(growth: pd.DataFrame) -> int:
    """Return the year for which most places have a target; 0 if there is none.

    Of several it is the one with most results, then the last.
    """
    years = growth.groupby("year")["result_value"].agg(["size", "count"]).reset_index()
    ordered = years.sort_values(["size", "count", "year"])
    return int(ordered["year"].iloc[-1]) if len(ordered) else 0


def choose_target_place(growth: pd.DataFrame) -> str:
    """Return the place that has targets for most years, of several the first; blank if none."""
    counts = growth.groupby("place").size()
    return str(counts.idxmax()) if len(counts) else ""
