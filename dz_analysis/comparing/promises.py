"""Promise and delivery: targets of one document joined to the results of another.

In: facts. Out: one row per target with what became of it. A result that the corpus lacks is
never a missed target: *not stated*, *stated otherwise* and *no document yet* are kept apart.
"""

from __future__ import annotations

import math
from functools import cache

import pandas as pd

from dz_analysis.comparing.facts import RESULTS, is_lower_better, shorten_name
from dz_analysis.comparing.intervals import Interval
from dz_analysis.comparing.periods import name_period, read_period
from dz_analysis.lexicon import load_lexicon, load_rules

OUTCOMES = (
    "met",
    "missed",
    "undecided",
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
    "target_value",
    "result_value",
    "target_document",
    "target_observation",
    "result_document",
    "result_observation",
)


def join_promises(facts: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Join every target to the result of the same thing, place and period.

    Parameters
    ----------
    facts : pandas.DataFrame
        From `prepare_facts`.
    documents : pandas.DataFrame
        The table of documents: whether the corpus could hold a result at all.

    Returns
    -------
    pandas.DataFrame
        Columns `PROMISE_COLUMNS`, one row per target and result (one row with a blank result
        where there is none), ordered by region, period and source. `outcome`:

        - `met`, `missed`: the result, as rounded, is on one side of the target whatever it was
          before rounding;
        - `undecided`: rounding, a hedge (左右) or two results leave it open;
        - `no_number_alike`: the period is reported, but in another measure or unit;
        - `not_stated`: the place has a document on that period that does not state it;
        - `no_document`: the corpus holds no document of the place on that period.

        `modifier` says how the target is put, see `name_modifier`; `difference` is result minus
        target in the unit of the target (percentage points for %).

    Examples
    --------
    >>> from dz_analysis.comparing.facts import prepare_facts
    >>> from dz_analysis.synthetic import make_synthetic
    >>> made = make_synthetic(districts=5, years=7, plants=0)
    >>> facts = prepare_facts(made.observations, made.documents)
    >>> sorted(set(join_promises(facts, made.documents)["outcome"]))
    ['met', 'missed', 'no_document', 'not_stated']
    """
    results = _index_results(facts)
    covered = _covered_periods(facts, documents)
    targets = facts[(facts["status"] == "target") & (facts["period"] != "")]
    rows = []
    for target in targets.to_dict("records"):
        target["modifier"] = name_modifier(target.get("modifier", ""), target["bound"])
        rows += _join_one(target, results, covered)
    frame = pd.DataFrame(rows, columns=list(PROMISE_COLUMNS))
    counts = ["target_observation", "result_observation"]
    frame[counts] = frame[counts].astype("Int64")
    keys = ["region", "period", "target_document", "target_observation", "result_document"]
    return frame.sort_values(keys, kind="stable", ignore_index=True)


def _index_results(facts: pd.DataFrame) -> dict[tuple[str, str, str], list[dict]]:
    index: dict[tuple[str, str, str], list[dict]] = {}
    rows = facts[facts["status"].isin(RESULTS) & (facts["period"] != "")]
    for row in rows.to_dict("records"):
        index.setdefault((row["concept"], row["place"], row["period"]), []).append(row)
    return index


def _covered_periods(facts: pd.DataFrame, documents: pd.DataFrame) -> set[tuple[str, str]]:
    """Place and period of every document, and of every result that one states."""
    homes = dict(zip(facts["document"], facts["home"], strict=True))
    told = {
        (homes.get(row["id"], row["region"]), f"{row['period_start']}/{row['period_end']}")
        for row in documents.to_dict("records")
    }
    own = facts[facts["status"].isin(RESULTS) & (facts["place"] == facts["home"])]
    return told | set(zip(own["home"], own["period"], strict=True))


def _join_one(
    target: dict,
    results: dict[tuple[str, str, str], list[dict]],
    covered: set[tuple[str, str]],
) -> list[dict]:
    found = results.get((target["concept"], target["place"], target["period"]), [])
    alike = [row for row in found if _is_alike(row, target)]
    final = [row for row in alike if row["status"] == "actual"] or alike
    if not final:
        return [_row(target, None, *_say_absence(target, found, covered))]
    outcomes = [_judge(target, row) for row in final]
    if len({outcome for outcome, _ in outcomes}) > 1:
        outcomes = [("undecided", "several results that do not agree")] * len(final)
    return [_row(target, row, *told) for row, told in zip(final, outcomes, strict=True)]


def _is_alike(row: dict, target: dict) -> bool:
    return all(row[name] == target[name] for name in ("measure", "unit", "of"))


def _say_absence(target: dict, found: list[dict], covered: set[tuple[str, str]]) -> tuple[str, str]:
    when = name_period(target["period"])
    if found:
        told = sorted({f"{row['measure']} in {row['unit'] or 'no unit'}" for row in found})
        return "no_number_alike", f"for {when} only {', '.join(told)}"
    if (target["place"], target["period"]) in covered:
        return "not_stated", f"documents on {when} do not state it"
    return "no_document", f"no document of {target['place']} on {when}"


def _judge(target: dict, result: dict) -> tuple[str, str]:
    """Say whether a result meets a target; for 下降 and 不超过 the smaller number is the better.

    A promise is exact, a result is rounded: 6.4 % misses 6.5 %, 6.5 % meets it as stated, and
    12.4亿元 can't tell whether 12.43亿元 was reached.
    """
    side = -1.0 if _wants_less(target) else 1.0
    hedged = target["bound"] == "~"
    goal = (
        min(side * end for end in (target["low"], target["high"]))
        if hedged
        else _goal(target, side)
    )
    got = Interval(result["low"], result["high"]).scaled(side)
    hint = (
        "within what 左右 allows; "
        if hedged and side * result["value"] < side * target["value"]
        else ""
    )
    note = hint + ("an estimate; " if result["status"] == "estimate" else "")
    if got.low >= goal:
        return "met", note.rstrip("; ")
    if got.high < goal:
        return "missed", note.rstrip("; ")
    if side * result["value"] >= goal:
        return "met", f"{note}as stated, to the last decimal"
    return "undecided", f"{note}the rounding of the result leaves it open"


def _wants_less(target: dict) -> bool:
    falls = target["measure"] in ("growth", "change") and target["value"] < 0
    return falls or target["bound"] == "<=" or is_lower_better(target["label"])


def _goal(target: dict, side: float) -> float:
    """Return the number promised, times the side; of a range, the end that is easier to reach."""
    ends = [target["value"], target["value_high"]]
    return min(side * end for end in ends if not math.isnan(end))


def _row(target: dict, result: dict | None, outcome: str, reason: str) -> dict:
    gap = round(result["value"] - target["value"], 6) if result else math.nan
    return {
        "region": target["place"],
        "indicator": target["label"],
        "measure": target["measure"],
        "period": target["period"],
        "modifier": target["modifier"],
        "target": target["quote"],
        "result": result["quote"] if result else "",
        "outcome": outcome,
        "difference": gap,
        "unit": "百分点" if target["unit"] == "%" else target["unit"],
        "reason": reason,
        "target_value": target["value"],
        "result_value": result["value"] if result else math.nan,
        "target_document": target["document"],
        "target_observation": target["observation"],
        "result_document": result["document"] if result else "",
        "result_observation": result["observation"] if result else None,
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
    kinds = [kind for kind in (_kinds().get(word, ""), BOUND_KINDS.get(bound, "")) if kind]
    return "+".join(kinds) or PLAIN


@cache
def _kinds() -> dict[str, str]:
    return {row["word"]: row["kind"] for row in load_lexicon("modifiers")}


def spell_modifier(modifier: str) -> str:
    """Write a modifier with the word that stands for it in the reports.

    Examples
    --------
    >>> spell_modifier("strive+at least"), spell_modifier("plain")
    ('strive 力争, at least 以上', 'plain')
    """
    words = load_rules("audit")["modifiers"]
    return ", ".join(f"{kind} {words.get(kind, '')}".rstrip() for kind in modifier.split("+"))


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
        kind for kind in (*load_rules("audit")["modifiers"], PLAIN, ALL) if kind in counts.index
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
    """Return joined promises as a reader wants them: short names, periods in words, sources."""
    told = ["region", "indicator", "measure", "period", "modifier", "target", "result", "outcome"]
    shown = promises[[*told, "difference", "unit", "reason"]]
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
