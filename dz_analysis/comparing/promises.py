"""Promise and delivery: targets of one document joined to the results of another.

In: facts. Out: one row per target with what became of it. A result that the corpus lacks is
never a missed target: *not stated*, *stated otherwise* and *no document yet* are kept apart.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

import pandas as pd

from dz_analysis.comparing.facts import RESULTS, is_lower_better, shorten_name
from dz_analysis.comparing.intervals import Interval
from dz_analysis.comparing.periods import name_period, read_period
from dz_analysis.lexicon import load_rules

OUTCOMES = (
    "met",
    "missed",
    "undecided",
    "no_number_alike",
    "not_stated",
    "no_document",
)
BOUND_WORDS = {">=": "at least", "<=": "at most", "~": "about", "": "plain"}
CLAUSE = re.compile(r"[，。；！？\n]")
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


def join_promises(
    facts: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    modifiers: Mapping[tuple[str, int], str] | None = None,
) -> pd.DataFrame:
    """Join every target to the result of the same thing, place and period.

    Parameters
    ----------
    facts : pandas.DataFrame
        From `prepare_facts`.
    documents : pandas.DataFrame
        The table of documents: whether the corpus could hold a result at all.
    modifiers : mapping, optional
        From `read_modifiers`: how each target is put. Without the text the bound alone tells
        (左右 is `about`, 以上 is `at least`), and 力争 and 确保 are not known.

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

        `difference` is result minus target in the unit of the target (percentage points for %).
    """
    results = _index_results(facts)
    covered = _covered_periods(facts, documents)
    targets = facts[(facts["status"] == "target") & (facts["period"] != "")]
    rows = []
    for target in targets.to_dict("records"):
        told = (modifiers or {}).get((target["document"], target["observation"]), "")
        target["modifier"] = told or BOUND_WORDS[target["bound"]]
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


def count_outcomes(promises: pd.DataFrame) -> pd.DataFrame:
    """Count the outcomes per modifier (左右 `about`, 以上 `at least`, …).

    Returns
    -------
    pandas.DataFrame
        One row per modifier, sorted; one column per outcome and `targets`, their sum. A target
        with several results counts once.
    """
    once = promises.drop_duplicates(["target_document", "target_observation"])
    counts = pd.crosstab(once["modifier"], once["outcome"])
    full = counts.reindex(columns=list(OUTCOMES), fill_value=0)
    full = full.assign(targets=full.sum(axis=1))
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
    return shown.assign(indicator=names, period=periods, **sources)


def read_modifiers(facts: pd.DataFrame, articles: Mapping[str, str]) -> dict[tuple[str, int], str]:
    """Read how each target is put, from the clause around its number.

    Parameters
    ----------
    facts : pandas.DataFrame
        From `prepare_facts`.
    articles : mapping
        Clean text per document id; documents without text are passed over.

    Returns
    -------
    dict
        (document, observation) to a kind of `lexicon/audit.toml`: `about`, `at least`,
        `at most`, `ensure`, `strive`, or several joined by "+"; only where a word is found.

    Examples
    --------
    >>> rows = pd.DataFrame([{"document": "a", "observation": 1, "status": "target",
    ...                       "start": 10, "end": 12}])
    >>> read_modifiers(rows, {"a": "力争全区粮食总产增长6%左右。"})
    {('a', 1): 'about+strive'}
    """
    words = load_rules("audit")["modifiers"]
    found = {}
    for row in facts[facts["status"] == "target"].to_dict("records"):
        text = articles.get(row["document"], "")
        clause = _clause_around(text, row["start"], row["end"])
        kinds = sorted({kind for word, kind in words.items() if word in clause})
        if kinds:
            found[row["document"], row["observation"]] = "+".join(kinds)
    return found


def _clause_around(text: str, start: int, end: int) -> str:
    """Return what stands around a number up to the marks that end its clause."""
    before = CLAUSE.split(text[max(0, start - 30) : start])[-1]
    return before + CLAUSE.split(text[start : end + 8])[0]


def list_due(promises: pd.DataFrame, *, until: str) -> pd.DataFrame:
    """Return the targets whose period ends by a month (`YYYY-MM`): those that can be judged."""
    limit = read_period(f"{until}/{until}")
    ends = promises["period"].map(lambda text: getattr(read_period(text), "end", 0))
    return promises[ends <= (limit.end if limit else 0)].reset_index(drop=True)
