"""Like with like: which numbers of one indicator may stand in one column, and why others may not.

In: facts (see `facts.prepare_facts`). Out: *cells*, one row per number and per place without
one, each with a `state` and a `reason` in words. A missing number is never a zero.

States, from the best: `comparable`; `marked` (another period, allowed by the rule "any");
`conflicting` (two values for one thing); `not_comparable` (stated, but not like the others);
`no_number` (named in the text, no number of it read); `not_stated`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from dz_analysis.comparing.absence import explain_absence
from dz_analysis.comparing.facts import RESULTS, find_concept, list_homes
from dz_analysis.comparing.intervals import Interval
from dz_analysis.comparing.periods import name_kind, name_period, read_period

STATES = ("comparable", "marked", "conflicting", "not_comparable", "no_number", "not_stated")
RULES = ("same", "kind", "any")
ELSEWHERE = "which is not one of the places compared"
CELL_COLUMNS = (
    "region",
    "indicator",
    "measure",
    "state",
    "reason",
    "mark",
    "value",
    "value_high",
    "low",
    "high",
    "unit",
    "bound",
    "period",
    "status",
    "of",
    "document",
    "observation",
    "quote",
    "start",
    "end",
)
FOUND = CELL_COLUMNS[6:]


@dataclass(frozen=True, slots=True)
class Standard:
    """What a number must be to count as like the others."""

    unit: str
    of: str
    period: str
    rule: str
    statuses: tuple[str, ...]
    regions: frozenset[str]


def compare_indicator(
    facts: pd.DataFrame,
    indicator: str,
    *,
    measure: str = "level",
    rule: str = "same",
    period: str = "",
    statuses: Sequence[str] = RESULTS,
    regions: Iterable[str] = (),
    mentions: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Set one indicator of all places side by side, and say what is not like the others.

    Parameters
    ----------
    facts : pandas.DataFrame
        From `prepare_facts`.
    indicator : str
        Catalogue id, or a name as the corpus uses it.
    measure : str
        One of the nine measures.
    rule : {"same", "kind", "any"}
        Numbers of the same period; of the same kind of period (first halves of any year); or of
        any period, those that differ being marked.
    period : str
        The period asked for, `YYYY-MM/YYYY-MM`; blank takes the one that most places state
        (the latest of several).
    statuses : sequence of str
        Which statuses may stand together; `("target",)` compares targets.
    regions : iterable of str
        Places to compare, in this order; empty means every place that a document reports on,
        of the level that most of them have (districts are not compared with cities).
    mentions : pandas.DataFrame, optional
        From `find_mentions`: where an indicator is named. Without it, `no_number` can't be told
        from `not_stated`.

    Returns
    -------
    pandas.DataFrame
        Columns `CELL_COLUMNS`; one row per number of this indicator and measure, and one per
        place without any; ordered by region, then state, then period. `value` and
        `low`/`high` are in the base unit `unit`; NaN where nothing is stated.

    Raises
    ------
    ValueError
        If the rule, a status or the indicator is unknown.

    Examples
    --------
    >>> from dz_analysis.comparing.facts import prepare_facts
    >>> from dz_analysis.synthetic import make_synthetic
    >>> made = make_synthetic(districts=5, years=7, plants=0)
    >>> facts = prepare_facts(made.observations, made.documents)
    >>> cells = compare_indicator(facts, "地区生产总值", regions=["甲子区", "乙丑区"])
    >>> cells[cells["state"] == "comparable"][["region", "period", "unit"]].values.tolist()
    [['甲子区', '2016-01/2016-12', '元'], ['乙丑区', '2016-01/2016-12', '元']]
    """
    _check_choice("rule", rule, RULES)
    concept = find_concept(facts, indicator)
    places = list(regions) or list_homes(facts)
    about = facts[facts["concept"] == concept]
    rows = about[about["measure"] == measure]
    standard = find_standard(
        about, measure=measure, rule=rule, period=period, statuses=statuses, regions=places
    )
    label = str(about["label"].iloc[0])
    cells = [_judge(row, standard) for row in rows.to_dict("records")]
    _settle_doubles(cells)
    shown = {cell["region"] for cell in cells}
    tell = explain_absence(facts, about, label, mentions)
    cells += [{"region": place} | tell(place) for place in places if place not in shown]
    return _order(_frame(cells, label, measure), places)


def compare_measures(
    facts: pd.DataFrame,
    indicator: str,
    *,
    measures: Sequence[str] = ("level", "growth"),
    rule: str = "same",
    period: str = "",
    **more: object,
) -> pd.DataFrame:
    """Compare several measures of one indicator for one and the same period.

    The period is settled once, over all measures, so that level and growth stand for the same
    months. Parameters and columns are those of `compare_indicator`.
    """
    chosen = period or choose_period(facts, indicator, measures=measures)
    tables = [
        compare_indicator(facts, indicator, measure=name, rule=rule, period=chosen, **more)  # type: ignore[arg-type]
        for name in measures
    ]
    return pd.concat(tables, ignore_index=True)


def choose_period(
    facts: pd.DataFrame, indicator: str, *, measures: Sequence[str] = ("level", "growth")
) -> str:
    """Return the period for which most places state a result of an indicator.

    Of several, the latest; of those, the longest. Blank if no result has a period.
    """
    concept = find_concept(facts, indicator)
    rows = facts[
        (facts["concept"] == concept)
        & facts["measure"].isin(measures)
        & facts["status"].isin(RESULTS)
        & (facts["place"] == facts["home"])
        & (facts["period"] != "")
        & (facts["of"] == "")
    ]
    return _commonest_period(rows)


def _commonest_period(rows: pd.DataFrame) -> str:
    places = rows.groupby("period")["place"].nunique()
    if places.empty:
        return ""
    return max(places.index, key=lambda text: (places[text], *_recency(str(text))))


def _recency(text: str) -> tuple[int, int]:
    period = read_period(text)
    return (period.end, period.months) if period else (0, 0)


def find_standard(
    about: pd.DataFrame,
    *,
    measure: str,
    rule: str,
    period: str,
    statuses: Sequence[str],
    regions: Iterable[str],
) -> Standard:
    """Return what most numbers of an indicator and measure are like.

    Unit and basis (`of`) are those that most places use for numbers of the period asked for, or
    for all numbers where that period has none.
    """
    places = frozenset(regions)
    rows = about[
        (about["measure"] == measure) & about["status"].isin(statuses) & about["place"].isin(places)
    ]
    basis = rows[rows["of"] == ""] if (rows["of"] == "").any() else rows
    chosen = period or _commonest_period(basis[basis["period"] != ""])
    like = rows[rows["period"].eq(chosen)] if rows["period"].eq(chosen).any() else rows
    if measure == "growth" and (like["of"] == "").any():
        like = like[like["of"] == ""]
    return Standard(
        unit=_commonest(like["unit"]),
        of=_commonest(like["of"]),
        period=chosen,
        rule=rule,
        statuses=tuple(statuses),
        regions=places,
    )


def _commonest(texts: pd.Series) -> str:
    counts = texts.value_counts()
    return min(counts.index, key=lambda text: (-counts[text], text)) if len(counts) else ""


def _judge(row: dict, standard: Standard) -> dict:
    """Return the cell of one fact: its own fields, a state, a reason, a mark."""
    reasons = [reason for test in TESTS if (reason := test(row, standard))]
    marks = [mark for mark in (_mark_status(row), _mark_bound(row)) if mark]
    off = _say_period(row, standard)
    if off and standard.rule == "any" and row["period"]:
        marks.insert(0, off)
    elif off:
        reasons.append(off)
    state = "not_comparable" if reasons else "marked" if off else "comparable"
    fields = {name: row[name] for name in FOUND}
    return fields | {
        "region": row["place"],
        "state": state,
        "reason": "; ".join(reasons),
        "mark": "; ".join(marks),
    }


def _say_status(row: dict, standard: Standard) -> str:
    if row["status"] in standard.statuses:
        return ""
    names = {"target": "a target", "actual": "a result", "estimate": "an estimate"}
    wanted = " or ".join(names[status] for status in standard.statuses)
    return f"{names[row['status']]}, not {wanted}"


def _say_place(row: dict, standard: Standard) -> str:
    if row["place"] in standard.regions:
        return ""
    return f"about {row['place'] or 'an unknown place'}, {ELSEWHERE}"


def _say_unit(row: dict, standard: Standard) -> str:
    if row["unit"] == standard.unit:
        return ""
    return f"in {row['unit'] or 'no unit'}, not in {standard.unit or 'no unit'}"


def _say_basis(row: dict, standard: Standard) -> str:
    if row["of"] == standard.of:
        return ""
    unnamed = "the year before" if row["measure"] == "growth" else "no named basis"
    return f"against {row['of'] or unnamed}, not against {standard.of or unnamed}"


TESTS: tuple[Callable[[dict, Standard], str], ...] = (
    _say_status,
    _say_place,
    _say_unit,
    _say_basis,
)


def _say_period(row: dict, standard: Standard) -> str:
    if not row["period"]:
        return "its period is not known"
    if row["period"] == standard.period:
        return ""
    if standard.rule == "kind" and name_kind(row["period"]) == name_kind(standard.period):
        return ""
    wanted = (
        f"a {name_kind(standard.period)}"
        if standard.rule == "kind"
        else name_period(standard.period)
    )
    return f"covers {name_period(row['period'])}, not {wanted}"


def _mark_status(row: dict) -> str:
    return "estimate" if row["status"] == "estimate" else ""


def _mark_bound(row: dict) -> str:
    words = {">=": "at least", "<=": "at most", "~": "about"}
    return "a range" if not pd.isna(row["value_high"]) else words.get(row["bound"], "")


def _settle_doubles(cells: list[dict]) -> None:
    """Mark two different values of one place and period as conflicting; of like ones keep one.

    Values agree when their intervals meet; then the most precise stays and the others point to
    it. A result beats an estimate of the same thing.
    """
    groups: dict[tuple[str, str], list[dict]] = {}
    for cell in cells:
        if cell["state"] in ("comparable", "marked"):
            groups.setdefault((cell["region"], cell["period"]), []).append(cell)
    for group in groups.values():
        if len(group) > 1:
            _settle(group)


def _settle(group: list[dict]) -> None:
    final = [cell for cell in group if cell["status"] != "estimate"]
    for cell in group:
        if final and cell["status"] == "estimate":
            _refuse(cell, f"an estimate; the result is stated in {_source(final[0])}")
    rest = final or group
    spans = [Interval(cell["low"], cell["high"]) for cell in rest]
    if all(a.meets(b) for a in spans for b in spans):
        best = min(rest, key=lambda cell: (cell["high"] - cell["low"], _source(cell)))
        for cell in rest:
            if cell is not best:
                _refuse(cell, f"stated again; agrees with {_source(best)}")
        return
    for cell in rest:
        others = ", ".join(
            f"{other['quote']} ({_source(other)})" for other in rest if other is not cell
        )
        cell["state"] = "conflicting"
        cell["reason"] = f"two values for one thing: also {others}"


def _refuse(cell: dict, reason: str) -> None:
    cell["state"], cell["reason"] = "not_comparable", reason


def _source(cell: dict) -> str:
    return f"{cell['document']} no. {cell['observation']}"


def _frame(cells: list[dict], label: str, measure: str) -> pd.DataFrame:
    frame = pd.DataFrame(cells, columns=list(CELL_COLUMNS))
    frame = frame.assign(indicator=label, measure=measure)
    texts = ["reason", "mark", "unit", "bound", "period", "status", "of", "document", "quote"]
    frame[texts] = frame[texts].astype("object").fillna("").astype("str")
    counts = ["observation", "start", "end"]
    frame[counts] = frame[counts].astype("Int64")
    return frame


def _order(cells: pd.DataFrame, places: Sequence[str]) -> pd.DataFrame:
    rank = {place: number for number, place in enumerate(places)}
    keys = cells.assign(
        _place=cells["region"].map(rank).fillna(len(rank)),
        _state=cells["state"].map(STATES.index),
    )
    ordered = keys.sort_values(
        ["_place", "region", "_state", "period", "document", "observation"], kind="stable"
    )
    return ordered[list(CELL_COLUMNS)].reset_index(drop=True)


def _check_choice(name: str, value: str, allowed: Sequence[str]) -> None:
    if value not in allowed:
        msg = f"Unknown {name} {value!r}; expected one of {', '.join(allowed)}."
        raise ValueError(msg)
