"""Promise and delivery: targets of one document joined to the results of another.

In: facts. Out: one row per target with what became of it. A result that the corpus lacks is
never a missed target: *not stated*, *stated otherwise* and *no document yet* are kept apart, and so
is what rests on a doubtful number.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from dz_analysis.comparing.confidence import (
    LEFT_OUT,
    find_least_sure,
    find_threshold,
    flag_doubtful,
)
from dz_analysis.comparing.facts import RESULTS, is_ceiling, is_lower_better, shorten_name
from dz_analysis.comparing.lookup import Fact, group_facts, list_facts, prefer_revised
from dz_analysis.comparing.periods import name_period, read_period
from dz_analysis.comparing.sizes import find_factor
from dz_analysis.finding.scope.modifiers import modifier_kinds
from dz_analysis.language import label, say
from dz_analysis.lexicon import load_settings, values

OUTCOMES = (
    "met",
    "missed",
    "undecided",
    "doubtful",
    "no_number_alike",
    "not_stated",
    "no_document",
)
JUDGED = ("met", "missed", "undecided")
BOUND_KINDS = {">=": "at least", "<=": "at most", "~": "about"}
PLAIN, ALL = "plain", "all targets"
PROMISE_COLUMNS = (
    "region",
    "indicator",
    "measure",
    "period",
    "modifier",
    "target",
    "result",
    "outcome",
    "difference",
    "unit",
    "reason",
    "confidence",
    "grade",
    "target_value",
    "result_value",
    "target_document",
    "target_observation",
    "result_document",
    "result_observation",
)


def join_promises(
    facts: pd.DataFrame, documents: pd.DataFrame, *, min_confidence: float | None = None
) -> pd.DataFrame:
    """Join every target to the result of the same thing, place and period.

    Parameters
    ----------
    facts : pandas.DataFrame
        From `prepare_facts`.
    documents : pandas.DataFrame
        The table of documents: whether the corpus could hold a result at all.
    min_confidence : float, optional
        The least confidence of a number that is taken; by default that of grade B, 0 takes all.
        Numbers that were not judged are taken.

    Returns
    -------
    pandas.DataFrame
        Columns `PROMISE_COLUMNS`, one row per target and result (one row with a blank result
        where there is none), ordered by region, period and source. `outcome`:

        - `met`: the result as stated is what was promised or better; what 左右 allows is met;
        - `missed`: it falls short whatever it was before rounding;
        - `undecided`: it falls short as stated and rounding may be why, or several results differ;
        - `doubtful`: the target or all its results are not taken; `reason` says which, and what
          would be said of them;
        - `no_number_alike`: the period is reported, but in another measure or unit;
        - `not_stated`: the place has a document on that period that does not state it;
        - `no_document`: the corpus holds no document of the place on that period.

        `modifier` says how the target is put, see `name_modifier`; `difference` is result minus
        target in the unit of the target (percentage points for %); `confidence` and `grade` are
        those of the less sure of the two. The positions in `facts` of the targets and results
        that were not taken are in `attrs["left_out"]`.

    Examples
    --------
    >>> from dz_analysis.comparing.facts import prepare_facts
    >>> from dz_analysis.synthetic import make_synthetic
    >>> made = make_synthetic(districts=5, years=7, plants=0)
    >>> facts = prepare_facts(made.observations, made.documents)
    >>> sorted(set(join_promises(facts, made.documents)["outcome"]))
    ['met', 'missed', 'no_document', 'not_stated']
    """
    least = find_threshold(min_confidence)
    known = _Known(_index_results(facts), _covered_periods(facts, documents), least)
    dated = facts["period"] != ""
    targets = list_facts(facts[(facts["status"] == "target") & dated])
    rows = [row for target in targets for row in _join_one(target, known)]
    frame = pd.DataFrame(rows, columns=list(PROMISE_COLUMNS))
    counts = ["target_observation", "result_observation"]
    frame[counts] = frame[counts].astype("Int64")
    keys = ["region", "period", "target_document", "target_observation", "result_document"]
    ordered = frame.sort_values(keys, kind="stable", ignore_index=True)
    left = np.flatnonzero(dated & flag_doubtful(facts, min_confidence=least))
    ordered.attrs[LEFT_OUT] = tuple(left.tolist())
    return ordered


class _Thing(NamedTuple):
    """What a target and its results are about."""

    concept: str
    place: str
    period: str

    @classmethod
    def of(cls, fact: Fact) -> _Thing:
        """Return what a fact is about."""
        return cls(fact.concept, fact.place, fact.period)


class _Outcome(NamedTuple):
    """One of `OUTCOMES`, and what is to be said of it."""

    outcome: str
    reason: str


Results = dict[_Thing, list[Fact]]
Covered = set[tuple[str, str]]


def _index_results(facts: pd.DataFrame) -> Results:
    rows = facts[facts["status"].isin(RESULTS) & (facts["period"] != "")]
    return group_facts(list_facts(rows), lambda row: _Thing.of(row) if _is_placed(row) else None)


def _is_placed(fact: Fact) -> bool:
    """Whether it is known of what and where a number is: without that nothing is like it."""
    return bool(fact.concept and fact.place)


def _covered_periods(facts: pd.DataFrame, documents: pd.DataFrame) -> Covered:
    """Place and period of every document, and of the results that one states of its own place.

    Of these only what ends within the months that the document reports on: what it says in passing
    of another year, or what is read as a result of a year to come, makes no report on that year.
    """
    homes = documents["id"].map(dict(zip(facts["document"], facts["home"], strict=True)))
    places = homes.fillna(documents["region"])
    periods = documents["period_start"] + "/" + documents["period_end"]
    own = facts[facts["status"].isin(RESULTS) & (facts["place"] == facts["home"])]
    about = dict(zip(documents["id"], periods, strict=True))
    pairs = zip(own["period"], own["document"].map(about), strict=True)
    own = own[np.array([_ends_within(*pair) for pair in pairs], dtype=bool)]
    return {
        *zip(places, periods, strict=True),
        *zip(own["home"], own["period"], strict=True),
    }


def _ends_within(period: str, reported: str) -> bool:
    """Whether a period ends in the months that a document reports on, or these are not known."""
    told, whole = read_period(period), read_period(reported.strip("/"))
    return whole is None or (told is not None and whole.start <= told.end <= whole.end)


class _Known(NamedTuple):
    """What targets are held against: results, periods reported on, the least confidence taken."""

    results: Results
    covered: Covered
    least: float

    def is_doubtful(self, fact: Fact) -> bool:
        """Whether a number is not taken."""
        return fact.confidence < self.least


def _join_one(target: Fact, known: _Known) -> list[dict[str, object]]:
    found = known.results.get(_Thing.of(target), [])
    alike = _list_alike(target, found)
    taken = _list_alike(target, [row for row in found if not known.is_doubtful(row)])
    left = [row for row in alike if taken and known.is_doubtful(row)]
    joined = _judge_all(target, taken or alike)
    if not joined:
        joined = [(None, _explain_absence(target, found, known.covered))]
    return [
        _row(target, row, _doubt(outcome, target, row, left=left, known=known))
        for row, outcome in joined
    ]


def _judge_all(target: Fact, results: list[Fact]) -> list[tuple[Fact | None, _Outcome]]:
    """Judge a target by each of its results; where these differ nothing is decided."""
    outcomes = [_judge(target, row) for row in results]
    if len({found.outcome for found in outcomes}) > 1:
        several = say("several results that do not agree")
        outcomes = [_Outcome("undecided", several)] * len(results)
    return list(zip(results, outcomes, strict=True))


def _doubt(
    outcome: _Outcome, target: Fact, result: Fact | None, *, left: list[Fact], known: _Known
) -> _Outcome:
    """Return an outcome as doubtful if it rests on a number not taken; name the results left."""
    doubtful = []
    if known.is_doubtful(target):
        doubtful.append(say("the target is doubtful ({sure:.2f})", sure=target.confidence))
    if result and known.is_doubtful(result):
        doubtful.append(say("the result is doubtful ({sure:.2f})", sure=result.confidence))
    others = say(", ").join(say("{name} ({more})", name=row.quote, more=row.source) for row in left)
    notes = [
        outcome.reason,
        say("doubtful results left out: {others}", others=others) if others else "",
    ]
    if doubtful:
        is_judged = outcome.outcome in JUDGED
        verdict = say("else {outcome}", outcome=label(outcome.outcome)) if is_judged else ""
        notes = [say(" and ").join(doubtful), verdict, *notes]
    name = "doubtful" if doubtful else outcome.outcome
    return _Outcome(name, say("; ").join(filter(None, notes)))


def _list_alike(target: Fact, found: list[Fact]) -> list[Fact]:
    """Return the results in the measure, unit and basis of a target; estimates if no other.

    Of values that were revised only these. Where none is told in the target's unit, those in
    another that measures the same (吨 for 斤) count, converted.
    """
    like = [row for row in found if (row.measure, row.of) == (target.measure, target.of)]
    same = [row for row in like if row.unit == target.unit]
    alike = prefer_revised(same or [*_convert(like, target.unit)])
    return [row for row in alike if row.status == "actual"] or alike


def _convert(rows: list[Fact], unit: str) -> Iterator[Fact]:
    """Yield the numbers that measure what a unit measures, in that unit."""
    for row in rows:
        factor = find_factor(row.unit, unit)
        if factor is not None:
            names = ("value", "value_high", "low", "high")
            yield replace(row, unit=unit, **{name: factor * getattr(row, name) for name in names})


def _explain_absence(target: Fact, found: list[Fact], covered: Covered) -> _Outcome:
    when = name_period(target.period)
    if not target.place:
        return _Outcome("no_document", say("the place that it is for is not known"))
    if not target.concept:
        return _Outcome("no_number_alike", say("what it is for has no name"))
    if found:
        told = say(", ").join(sorted({_name_manner(row) for row in found}))
        return _Outcome(
            "no_number_alike", say("for {when} only {manners}", when=when, manners=told)
        )
    if (target.place, target.period) in covered:
        return _Outcome("not_stated", say("documents on {when} do not state it", when=when))
    told = say("no document of {place} on {when}", place=target.place, when=when)
    return _Outcome("no_document", told)


def _name_manner(row: Fact) -> str:
    """Say in which measure and unit a number is."""
    unit = row.unit or say("no unit")
    return say("{measure} in {unit}", measure=label(row.measure), unit=unit)


def name_hedge() -> str:
    """Return the reason of a target that is met though less than its number was reached."""
    return say("within what 左右 allows")


def _judge(target: Fact, result: Fact) -> _Outcome:
    """Say whether a result meets a target; for 下降 and 不超过 the smaller number is the better.

    So it is for what is promised as a ceiling without being called one: prices and deficits.

    A promise is exact, a result is rounded: 6.4 % misses 6.5 %, 6.5 % meets it as stated, and
    12.4亿元 can't tell whether 12.43亿元 was reached.
    """
    side = -1.0 if _wants_less(target) else 1.0
    goal, got = _goal(target, side), result.span.scaled(side)
    notes = [say("an estimate") if result.status == "estimate" else ""]
    if got.low >= goal:
        name = "met"
    elif got.high < goal:
        name = "missed"
    elif side * result.value >= goal:
        name = "met"
        notes.append(say("as stated, to the last decimal"))
    else:
        name = "undecided"
        notes.append(say("the rounding of the result leaves it open"))
    if name == "met" and _leans_on_hedge(target, result, side):
        notes.insert(0, name_hedge())
    return _Outcome(name, say("; ").join(filter(None, notes)))


def _wants_less(target: Fact) -> bool:
    falls = target.measure in ("growth", "change") and target.value < 0
    is_less = is_lower_better(target.label) or is_ceiling(target.label)
    return falls or target.bound == "<=" or is_less


def _goal(target: Fact, side: float) -> float:
    """Return the number promised, times the side; of a range, the end that is easier to reach.

    A hedged promise (左右) is met by what the hedge allows.
    """
    if target.bound == "~":
        return target.span.scaled(side).low
    ends = (end for end in (target.value, target.value_high) if not math.isnan(end))
    return min(side * end for end in ends)


def _leans_on_hedge(target: Fact, result: Fact, side: float) -> bool:
    return target.bound == "~" and side * result.value < side * target.value


def _row(target: Fact, result: Fact | None, outcome: _Outcome) -> dict[str, object]:
    promised = {
        "region": target.place,
        "indicator": target.label,
        "measure": target.measure,
        "period": target.period,
        "modifier": name_modifier(target.modifier, target.bound),
        "target": target.quote,
        "unit": values("audit", "units.difference").get(target.unit, target.unit),
        **find_least_sure([target, result] if result else [target])._asdict(),
        "target_value": target.value,
        "target_document": target.document,
        "target_observation": target.observation,
    }
    return promised | _describe_result(target, result) | outcome._asdict()


def _describe_result(target: Fact, result: Fact | None) -> dict[str, object]:
    if result is None:
        blank = {"result": "", "result_document": ""}
        return blank | dict.fromkeys(("difference", "result_value"), math.nan)
    return {
        "result": result.quote,
        "difference": round(result.value - target.value, 6),
        "result_value": result.value,
        "result_document": result.document,
        "result_observation": result.observation,
    }


def name_modifier(word: str, bound: str) -> str:
    """Name how a target is put: by the word that governs it, and by its bound.

    Parameters
    ----------
    word : str
        The column `modifier` of the observations: a word of `lexicon/modifiers.csv`, or blank.
    bound : str
        The column `bound`.

    Returns
    -------
    str
        Kinds of `[modifiers]` in `lexicon/audit.toml` joined by "+"; `plain` if there is none.

    Examples
    --------
    >>> name_modifier("力争", ">="), name_modifier("", "~"), name_modifier("", "")
    ('strive+at least', 'about', 'plain')
    """
    kinds = [kind for kind in (modifier_kinds().get(word, ""), BOUND_KINDS.get(bound, "")) if kind]
    return "+".join(kinds) or PLAIN


def spell_modifier(modifier: str) -> str:
    """Write a modifier with the word that stands for it in the reports.

    Examples
    --------
    >>> spell_modifier("strive+at least"), spell_modifier("plain")
    ('strive 力争, at least 以上', 'plain')
    """
    words = load_settings("audit")["modifiers"]
    return say(", ").join(_spell_kind(kind, words.get(kind, "")) for kind in modifier.split("+"))


def _spell_kind(kind: str, word: str) -> str:
    """Write a kind of modifier with its word, once where the two are the same."""
    name = label(kind)
    return say("{name} {word}", name=name, word=word) if word not in ("", name) else name


def count_outcomes(promises: pd.DataFrame) -> pd.DataFrame:
    """Count the outcomes per modifier: 力争, 确保 … and the bounds 左右, 以上, 以内.

    Returns
    -------
    pandas.DataFrame
        One row per modifier in the order of `lexicon/audit.toml`, then `plain`, then
        `all targets`; no rows if there is no target. Columns: `modifier`, one per outcome,
        `targets` (their sum), `judged` (met, missed or undecided) and `met_pct` (of those met or
        missed; NaN if there are none). A target that is put in two ways (力争…以上) counts under
        both and once in the last row, one with several results once.
    """
    once = promises.drop_duplicates(["target_document", "target_observation"])
    each = once.assign(modifier=once["modifier"].str.split("+")).explode("modifier")
    every = pd.concat([each, once.assign(modifier=ALL)])
    counts = pd.crosstab(every["modifier"], every["outcome"])
    order = [
        kind for kind in (*load_settings("audit")["modifiers"], PLAIN, ALL) if kind in counts.index
    ]
    full = counts.reindex(index=order, columns=list(OUTCOMES), fill_value=0)
    settled = (full["met"] + full["missed"]).replace(0, math.nan)
    full = full.assign(
        targets=full.sum(axis=1),
        judged=full[list(JUDGED)].sum(axis=1),
        met_pct=(100 * full["met"] / settled).round(1),
    )
    return full.rename_axis(index="modifier", columns=None).reset_index()


def show_promises(promises: pd.DataFrame) -> pd.DataFrame:
    """Return joined promises as a reader wants them: short names, periods in words, sources.

    What is met, missed or undecided comes first, what rests on a doubtful number and what has no
    result behind it, each in the order of the table.
    """
    rank = promises["outcome"].map(OUTCOMES.index).sort_values(kind="stable")
    promises = promises.loc[rank.index].reset_index(drop=True)
    named = PROMISE_COLUMNS[: PROMISE_COLUMNS.index("confidence")]
    shown = promises[[*named, "grade"]]
    sources = {
        f"{side}_source": (
            promises[f"{side}_document"] + " no. " + promises[f"{side}_observation"].astype("str")
        ).where(promises[f"{side}_document"] != "", "")
        for side in ("target", "result")
    }
    names = promises["indicator"].map(shorten_name)
    periods = promises["period"].map(name_period)
    modifiers = promises["modifier"].map(spell_modifier)
    return shown.assign(indicator=names, period=periods, modifier=modifiers, **sources)


def list_due(promises: pd.DataFrame, *, until: str) -> pd.DataFrame:
    """Return the targets whose period ends by a month (`YYYY-MM`): those that can be judged."""
    limit = read_period(f"{until}/{until}")
    ends = promises["period"].map(lambda text: getattr(read_period(text), "end", 0))
    return promises[ends <= (limit.end if limit else 0)].reset_index(drop=True)
