"""Like with like: which numbers of one indicator may stand in one column, and why others may not.

In: facts (see `facts.prepare_facts`). Out: *cells*, one row per number and per place without
one, each with a `state` and a `reason` in words. A missing number is never a zero.

States, from the best: `comparable`; `marked` (another period, allowed by the rule "any");
`conflicting` (two values for one thing); `not_comparable` (stated, but not like the others);
`no_number` (named in the text, no number of it read); `not_stated`.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TypedDict, Unpack

import pandas as pd

from dz_analysis.comparing.absence import explain_absence
from dz_analysis.comparing.confidence import DOUBTFUL, find_threshold
from dz_analysis.comparing.facts import RESULTS, find_concept, list_homes
from dz_analysis.comparing.lookup import Fact, list_facts
from dz_analysis.comparing.periods import name_kind, name_period, read_period
from dz_analysis.language import label, say

STATES = ("comparable", "marked", "conflicting", "not_comparable", "no_number", "not_stated")
USABLE = ("comparable", "marked")
RULES = ("same", "kind", "any")
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
    "confidence",
    "grade",
    "document",
    "observation",
    "quote",
    "start",
    "end",
)
FOUND = CELL_COLUMNS[6:]


class CellOptions(TypedDict, total=False):
    """Options of `compare_indicator` that those who call it hand on."""

    statuses: Sequence[str]
    regions: Iterable[str]
    mentions: pd.DataFrame | None
    min_confidence: float


class ComparisonOptions(CellOptions, total=False):
    """The same, and which periods may stand together."""

    rule: str
    period: str


@dataclass(frozen=True, slots=True)
class Standard:
    """What a number must be to count as like the others."""

    unit: str
    of: str
    period: str
    rule: str
    statuses: tuple[str, ...]
    regions: frozenset[str]
    min_confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Cell:
    """A number, one of `STATES`, and why it is in it; `mark` is to be said beside the number."""

    fact: Fact
    state: str
    reason: str
    mark: str

    def refuse(self, reason: str) -> Cell:
        """Return the cell as one that is not to be compared."""
        return replace(self, state="not_comparable", reason=reason)


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
    min_confidence: float = 0,
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
    min_confidence : float
        The least confidence of a number that is compared; others are refused, with the reason.
        By default none is refused, and a doubtful one (grade C) says so in its `mark`.

    Returns
    -------
    pandas.DataFrame
        Columns `CELL_COLUMNS`; one row per number of this indicator and measure, and one per
        place without any; ordered by region, then state, then period. `value` and
        `low`/`high` are in the base unit `unit`; NaN where nothing is stated. `confidence` and
        `grade` say how sure the number is.

    Raises
    ------
    ValueError
        If the rule, a status or the indicator is unknown, or the confidence is no probability.

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
    cells = judge_numbers(
        list_facts(about),
        measure=measure,
        rule=rule,
        period=period,
        statuses=statuses,
        regions=places,
        min_confidence=min_confidence,
    )
    label = str(about["label"].iloc[0])
    shown = {cell.fact.place for cell in cells}
    explain = explain_absence(facts, about, label, mentions)
    absent = [_absent_row(place, *explain(place)) for place in places if place not in shown]
    return _order(_frame([*map(_cell_row, cells), *absent], label, measure), places)


def compare_measures(
    facts: pd.DataFrame,
    indicator: str,
    *,
    measures: Sequence[str] = ("level", "growth"),
    rule: str = "same",
    period: str = "",
    **more: Unpack[CellOptions],
) -> pd.DataFrame:
    """Compare several measures of one indicator for one and the same period.

    The period is settled once, over all measures, so that level and growth stand for the same
    months. Parameters and columns are those of `compare_indicator`.
    """
    chosen = period or choose_period(facts, indicator, measures=measures)
    tables = [
        compare_indicator(facts, indicator, measure=name, rule=rule, period=chosen, **more)
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
    return _commonest_period(zip(rows["period"], rows["place"], strict=True))


def _commonest_period(stated: Iterable[tuple[str, str]]) -> str:
    """Return the period that most places state; blank is none."""
    places: dict[str, set[str]] = {}
    for period, place in stated:
        if period:
            places.setdefault(period, set()).add(place)
    return max(sorted(places), key=lambda text: (len(places[text]), *_recency(text)), default="")


def _recency(text: str) -> tuple[int, int]:
    period = read_period(text)
    return (period.end, period.months) if period else (0, 0)


def judge_numbers(
    about: Sequence[Fact],
    *,
    measure: str,
    rule: str = "same",
    period: str = "",
    statuses: Sequence[str] = RESULTS,
    regions: Iterable[str],
    min_confidence: float = 0,
) -> list[Cell]:
    """Judge every number of an indicator and measure: what `compare_indicator` lays out as rows.

    Parameters
    ----------
    about : sequence of Fact
        All facts of the indicator.
    measure, rule, period, statuses, regions, min_confidence
        As in `compare_indicator`.

    Returns
    -------
    list of Cell
        One a number; places without any are left out.
    """
    least = find_threshold(min_confidence)
    rows = [fact for fact in about if fact.measure == measure]
    standard = find_standard(
        [fact for fact in rows if not fact.confidence < least],  # one that was not judged is taken
        measure=measure,
        rule=rule,
        period=period,
        statuses=statuses,
        regions=regions,
    )
    standard = replace(standard, min_confidence=least)
    return _settle_doubles([_judge(row, standard) for row in rows])


def find_standard(
    about: Sequence[Fact],
    *,
    measure: str,
    rule: str,
    period: str,
    statuses: Sequence[str],
    regions: Iterable[str],
) -> Standard:
    """Return what most numbers of an indicator and measure are like.

    Unit and basis (`of`) are those that most places use for numbers of the period asked for, or
    for all numbers where that period has none; of several in equal use the first by name.
    """
    places = frozenset(regions)
    rows = [
        fact
        for fact in about
        if fact.measure == measure and fact.status in statuses and fact.place in places
    ]
    stated = ((fact.period, fact.place) for fact in _prefer_plain(rows))
    chosen = period or _commonest_period(stated)
    like = [fact for fact in rows if fact.period == chosen] or rows
    if measure == "growth":
        like = _prefer_plain(like)
    return Standard(
        unit=_commonest(fact.unit for fact in like),
        of=_commonest(fact.of for fact in like),
        period=chosen,
        rule=rule,
        statuses=tuple(statuses),
        regions=places,
    )


def _prefer_plain(rows: list[Fact]) -> list[Fact]:
    """Return the facts that have no basis of their own (`of`), all of them if there are none."""
    return [fact for fact in rows if not fact.of] or rows


def _commonest(texts: Iterable[str]) -> str:
    counts = Counter(texts)
    return min(counts, key=lambda text: (-counts[text], text), default="")


def _judge(row: Fact, standard: Standard) -> Cell:
    """Return the cell of one fact: a state, the reasons for it, the marks."""
    off = _say_period(row, standard)
    is_allowed = standard.rule == "any" and row.period != ""
    reasons = [test(row, standard) for test in TESTS]
    marks = [_mark_status(row), _mark_bound(row), _mark_grade(row)]
    if is_allowed:
        marks.insert(0, off)
    else:
        reasons.append(off)
    reason = say("; ").join(filter(None, reasons))
    state = "not_comparable" if reason else "marked" if off else "comparable"
    return Cell(row, state, reason, say("; ").join(filter(None, marks)))


def _say_status(row: Fact, standard: Standard) -> str:
    if row.status in standard.statuses:
        return ""
    names = {"target": say("a target"), "actual": say("a result"), "estimate": say("an estimate")}
    wanted = say(" or ").join(names[status] for status in standard.statuses)
    return say("{status}, not {wanted}", status=names[row.status], wanted=wanted)


def _say_place(row: Fact, standard: Standard) -> str:
    if row.place in standard.regions:
        return ""
    place = row.place or say("an unknown place")
    return say("about {place}, {why}", place=place, why=name_elsewhere())


def name_elsewhere() -> str:
    """Return the words by which a reason tells that a number is of a place that is not compared."""
    return say("which is not one of the places compared")


def _say_unit(row: Fact, standard: Standard) -> str:
    if row.unit == standard.unit:
        return ""
    none = say("no unit")
    return say("in {unit}, not in {other}", unit=row.unit or none, other=standard.unit or none)


def _say_basis(row: Fact, standard: Standard) -> str:
    if row.of == standard.of:
        return ""
    unnamed = say("the year before") if row.measure == "growth" else say("no named basis")
    told = {"basis": row.of or unnamed, "other": standard.of or unnamed}
    return say("against {basis}, not against {other}", **told)


def _say_doubt(row: Fact, standard: Standard) -> str:
    if not row.confidence < standard.min_confidence:  # one that was not judged is taken
        return ""
    return say("doubtful: its confidence is under {least:g}", least=standard.min_confidence)


TESTS: tuple[Callable[[Fact, Standard], str], ...] = (
    _say_status,
    _say_place,
    _say_unit,
    _say_basis,
    _say_doubt,
)


def _say_period(row: Fact, standard: Standard) -> str:
    if not row.period:
        return "its period is not known"
    if row.period == standard.period:
        return ""
    when = name_period(row.period)
    if standard.rule != "kind":
        other = name_period(standard.period)
        return say("covers {when}, not {other}", when=when, other=other)
    kind = name_kind(standard.period)
    if name_kind(row.period) == kind:
        return ""
    return say("covers {when}, not a {kind}", when=when, kind=label(kind))


def _mark_status(row: Fact) -> str:
    return label("estimate") if row.status == "estimate" else ""


def _mark_bound(row: Fact) -> str:
    words = {">=": label("at least"), "<=": label("at most"), "~": label("about")}
    return words.get(row.bound, "") if math.isnan(row.value_high) else say("a range")


def _mark_grade(row: Fact) -> str:
    return label("doubtful") if row.grade == DOUBTFUL else ""


def _settle_doubles(cells: list[Cell]) -> list[Cell]:
    """Return cells of which a place and period has one, or several that conflict.

    Values agree when their intervals meet; then the most precise stays and the others point to
    it. A result beats an estimate of the same thing, and a revised value the others.
    """
    settled = [cell for cell in cells if cell.state not in USABLE]
    groups: dict[tuple[str, str], list[Cell]] = {}
    for cell in cells:
        if cell.state in USABLE:
            groups.setdefault((cell.fact.place, cell.fact.period), []).append(cell)
    for group in groups.values():
        settled += _settle(group)
    return settled


def _settle(group: list[Cell]) -> list[Cell]:
    final = [cell for cell in group if cell.fact.status != "estimate"]
    if not final:
        return _settle_alike(group)
    reason = say("an estimate; the result is stated in {source}", source=final[0].fact.source)
    estimates = [cell.refuse(reason) for cell in group if cell.fact.status == "estimate"]
    revised = [cell for cell in final if cell.fact.revised] or final
    source = revised[0].fact.source
    reason = say("revised since; the new value is stated in {source}", source=source)
    old = [cell.refuse(reason) for cell in final if cell not in revised]
    return estimates + old + _settle_alike(revised)


def _settle_alike(cells: list[Cell]) -> list[Cell]:
    if not all(a.fact.span.meets(b.fact.span) for a, b in combinations(cells, 2)):
        return [_oppose(cell, cells) for cell in cells]
    best = min(cells, key=lambda cell: (cell.fact.high - cell.fact.low, cell.fact.source))
    reason = say("stated again; agrees with {source}", source=best.fact.source)
    return [best, *(cell.refuse(reason) for cell in cells if cell is not best)]


def _oppose(cell: Cell, cells: list[Cell]) -> Cell:
    """Return a cell as one that others of its place and period contradict."""
    facts = [other.fact for other in cells if other is not cell]
    told = [
        say("{name} ({more})", name=fact.quote, more=fact.source + _note_grade(fact))
        for fact in facts
    ]
    reason = say("two values for one thing: also {others}", others=say(", ").join(told))
    return replace(cell, state="conflicting", reason=reason)


def _note_grade(fact: Fact) -> str:
    return say(", doubtful") if fact.grade == DOUBTFUL else ""


def _cell_row(cell: Cell) -> dict[str, object]:
    fields = {name: getattr(cell.fact, name) for name in FOUND}
    state = {"state": cell.state, "reason": cell.reason, "mark": cell.mark}
    return {"region": cell.fact.place, **state, **fields}


def _absent_row(place: str, state: str, reason: str) -> dict[str, object]:
    return {"region": place, "state": state, "reason": reason}


def _frame(rows: list[dict[str, object]], label: str, measure: str) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=list(CELL_COLUMNS))
    frame = frame.assign(indicator=label, measure=measure)
    texts = ["reason", "mark", "unit", "bound", "period", "status", "of", "grade"]
    texts += ["document", "quote"]
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
