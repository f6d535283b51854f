"""The audit: every check over a corpus, as one table of lines and one of their sources.

In: facts. Out: DataFrames. Nothing is corrected. Numbers too doubtful to be taken decide nothing;
the lines that would rest on them are listed apart, and so are lines that agree, so that the share
of numbers that could be checked is known.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import pandas as pd

from dz_analysis.auditing import across_places, one_period, over_time
from dz_analysis.auditing.findings import VERDICTS, Finding, doubt_thing, set_apart
from dz_analysis.comparing.confidence import DOUBTFUL, LEFT_OUT, find_least_sure
from dz_analysis.comparing.intervals import spell_amount, spell_interval
from dz_analysis.comparing.lookup import CROWD, CROWDED, Fact, Lookup, build_lookup
from dz_analysis.language import say, say_count

CHECKS: dict[str, Callable[[Lookup], Iterator[Finding]]] = {
    "two_values": one_period.check_two_values,
    "share": one_period.check_share,
    "share_limit": one_period.check_share_limit,
    "shares_sum": one_period.check_shares_sum,
    "part": one_period.check_part,
    "sum": one_period.check_sum,
    "threshold": one_period.check_threshold,
    "last_year": over_time.check_last_year,
    "change": over_time.check_change,
    "average_growth": over_time.check_average_growth,
    "cumulative_growth": over_time.check_cumulative_growth,
    "multiple": over_time.check_multiple,
    "completion": over_time.check_completion,
    "magnitude": over_time.check_magnitude,
    "rank_field": across_places.check_rank_field,
    "rank_twice": across_places.check_rank_twice,
    "stated_rank": across_places.check_stated_rank,
    "gap": across_places.check_gap,
    "city": across_places.check_city,
}
AUDIT_COLUMNS = (
    "line",
    "check",
    "verdict",
    "region",
    "period",
    "indicator",
    "compared",
    "stated",
    "implied",
    "tolerance",
    "unit",
    "stated_low",
    "stated_high",
    "implied_low",
    "implied_high",
    "confidence",
    "grade",
    "documents",
    "rows",
    "note",
)
SOURCE_COLUMNS = (
    "document",
    "observation",
    "quote",
    "confidence",
    "grade",
    "start",
    "end",
    "raw_start",
    "raw_end",
)


def audit_facts(
    facts: pd.DataFrame, *, names: Iterable[str] = (), min_confidence: float | None = None
) -> pd.DataFrame:
    """Run the checks over all facts that are sure enough, and list apart what rests on the others.

    Parameters
    ----------
    facts : pandas.DataFrame
        From `prepare_facts`.
    names : iterable of str
        Checks to run, by their names in `CHECKS`; empty means all.
    min_confidence : float, optional
        The least confidence of a number that is taken; by default that of grade B, 0 takes all.
        Numbers that were not judged are taken.

    Returns
    -------
    pandas.DataFrame
        Columns `AUDIT_COLUMNS`, one row per comparison made: `stated` and `implied` as
        intervals in words, their ends in `stated_low` … `implied_high` (base unit), `tolerance`
        (half a step of the last decimal of every number compared), `confidence` and `grade` (of
        the least sure number compared), `rows` (positions in `facts`, tuple), `documents`.
        Ordered by verdict (worst first), check, and source. A comparison with a number that is
        not taken has the verdict `doubtful`, and its note says which it would have. The positions
        of all numbers that were not taken are in `attrs["left_out"]`, those of numbers whose name
        stands for too many others in their document (`lookup.CROWD`) in `attrs["crowded"]`.

    Raises
    ------
    ValueError
        If a check is unknown, or the confidence is no probability.

    Examples
    --------
    >>> from dz_analysis.comparing.facts import prepare_facts
    >>> from dz_analysis.synthetic import make_synthetic
    >>> made = make_synthetic(districts=5, years=7, plants=0)
    >>> facts = prepare_facts(made.observations, made.documents)
    >>> sorted(set(audit_facts(facts, names=["share", "change"])["verdict"]))
    ['agrees', 'unchecked']
    """
    lookup = build_lookup(facts, min_confidence=min_confidence)
    chosen = _choose_checks(names)
    found = _run_checks(chosen, lookup)
    if lookup.doubtful:
        found = _add_doubtful(found, _run_checks(chosen, build_lookup(facts)), lookup)
    lines = [_describe(finding, lookup) for finding in sorted(found.values(), key=_order)]
    table = pd.DataFrame(lines, columns=[name for name in AUDIT_COLUMNS if name != "line"])
    table.insert(0, "line", range(1, len(table) + 1))
    table.attrs[LEFT_OUT] = tuple(sorted(lookup.doubtful))
    table.attrs[CROWDED] = tuple(sorted(lookup.crowded))
    return table


Found = dict[tuple[str, tuple[int, ...]], Finding]


def _run_checks(names: Iterable[str], lookup: Lookup) -> Found:
    slips = over_time.find_slips(lookup)
    found = (one for name in names for one in CHECKS[name](lookup))
    kept = (one for one in found if not one.is_empty)
    return {(one.check, one.rows): _blame_slips(one, slips, lookup) for one in kept}


def _blame_slips(finding: Finding, slips: frozenset[int], lookup: Lookup) -> Finding:
    """Return a finding; what contradicts a slipped number is undecided, the slip has a line."""
    slipped = [lookup.rows[row].quote for row in finding.rows if row in slips]
    is_off = finding.verdict == "disagrees" or finding.note == doubt_thing()
    if not is_off or finding.check == "magnitude" or not slipped:
        return finding
    told = {"slip": over_time.name_slip(), "numbers": say(", ").join(slipped)}
    note = say("{slip} in {numbers}", **told)
    return replace(finding, verdict="undecided", note=note)


def _add_doubtful(found: Found, every: Found, lookup: Lookup) -> Found:
    """Return what was found with the comparisons that rest on doubtful numbers, set apart.

    What only lacks its counterpart because that is doubtful gives way to the doubtful comparison.
    """
    kept = {key: one for key, one in found.items() if one.verdict != "unchecked" or key in every}
    for key, one in every.items():
        doubtful = [lookup.rows[row] for row in dict.fromkeys(one.rows) if row in lookup.doubtful]
        if doubtful:
            kept[key] = set_apart(one, doubtful)
    return kept


def _choose_checks(names: Iterable[str]) -> list[str]:
    chosen = list(names) or list(CHECKS)
    unknown = [name for name in chosen if name not in CHECKS]
    if unknown:
        msg = f"Unknown checks {unknown}; expected some of {', '.join(CHECKS)}."
        raise ValueError(msg)
    return chosen


def _order(finding: Finding) -> tuple[int, int, tuple[int, ...]]:
    return VERDICTS.index(finding.verdict), list(CHECKS).index(finding.check), finding.rows


def _describe(finding: Finding, lookup: Lookup) -> dict[str, object]:
    rows = [lookup.rows[position] for position in finding.rows]
    stated, implied = finding.stated, finding.implied
    return {
        "check": finding.check,
        "verdict": finding.verdict,
        "region": rows[0].place,
        "period": rows[0].period,
        "indicator": rows[0].label,
        "compared": finding.compared,
        "stated": spell_interval(stated.low, stated.high, finding.unit) if stated else "",
        "implied": spell_interval(implied.low, implied.high, finding.unit),
        "tolerance": say(", ").join(dict.fromkeys(_spell_tolerance(row) for row in rows)),
        "unit": finding.unit,
        "stated_low": stated.low if stated else math.nan,
        "stated_high": stated.high if stated else math.nan,
        "implied_low": implied.low,
        "implied_high": implied.high,
        **find_least_sure(rows)._asdict(),
        "documents": " ".join(dict.fromkeys(row.document for row in rows)),
        "rows": finding.rows,
        "note": finding.note,
    }


def _spell_tolerance(row: Fact) -> str:
    if math.isinf(row.low) or math.isinf(row.high):
        return say("{number} open", number=row.quote)
    half = (row.high - row.low) / 2
    if not half:
        return say("{number} exact", number=row.quote)
    return f"{row.quote} ± {spell_amount(half, row.unit)}"


def list_sources(audit: pd.DataFrame, facts: pd.DataFrame) -> pd.DataFrame:
    """Return the source rows of every line of an audit.

    Returns
    -------
    pandas.DataFrame
        One row per line and number compared: `line`, `check`, `verdict`, then where the number
        stands: `document`, `observation`, `quote`, how sure its reading is, and its offsets in
        the article and the page.
    """
    long = audit[["line", "check", "verdict", "rows"]].explode("rows", ignore_index=True)
    columns = list(SOURCE_COLUMNS)
    where = facts[columns].reset_index(drop=True)
    sources = where.loc[long["rows"].astype("int64")].reset_index(drop=True)
    return pd.concat([long.drop(columns="rows"), sources], axis=1)


def count_verdicts(audit: pd.DataFrame) -> pd.DataFrame:
    """Count lines per check and verdict; checks without a line are listed with zeros.

    Returns
    -------
    pandas.DataFrame
        One row per check in the order of `CHECKS`; columns `check`, one per verdict, `lines`.
    """
    counts = pd.crosstab(audit["check"], audit["verdict"])
    full = counts.reindex(index=list(CHECKS), columns=list(VERDICTS), fill_value=0)
    full = full.assign(lines=full.sum(axis=1))
    return full.rename_axis(index="check", columns=None).reset_index()


def say_audit(audit: pd.DataFrame) -> str:
    """Return what the audit found, and how much it left out, as a sentence made from its lines."""
    off = audit[audit["verdict"] == "disagrees"]
    decided = int(audit["verdict"].isin(["agrees", "disagrees"]).sum())
    left = _say_undecided(audit) + _say_left_out(audit)
    if not decided:
        if _say_left_out(audit):
            return say(
                "No comparison can be decided: no number that was taken has its counterpart in the "
                "corpus{left}",
                left=left,
            )
        return say(
            "No comparison can be decided: no number has its counterpart in the corpus{left}",
            left=left,
        )
    if off.empty:
        told = {"n": decided, "left": left}
        return say("None of {n} comparisons that can be decided disagrees{left}", **told)
    first = off.sort_values(["confidence", "line"], ascending=[False, True]).iloc[0]
    return say_count(
        len(off),
        "{n} of {all} comparisons that can be decided disagrees as the numbers are read: {place}, "
        "{compared}{grade}{left}",
        "{n} of {all} comparisons that can be decided disagree as the numbers are read: such as "
        "{place}, {compared}{grade}{left}",
        all=decided,
        place=first["region"],
        compared=first["compared"],
        grade=_say_grade(first),
        left=left,
    )


def _say_undecided(audit: pd.DataFrame) -> str:
    """Say how many comparisons differ, but a definition or another reading may be why."""
    open_lines = int((audit["verdict"] == "undecided").sum())
    if not open_lines:
        return ""
    return say_count(
        open_lines,
        "; {n} more differs and stays undecided",
        "; {n} more differ and stay undecided",
    )


def _say_grade(line: pd.Series) -> str:
    return say(" (a doubtful reading)") if line["grade"] == DOUBTFUL else ""


def _say_left_out(audit: pd.DataFrame) -> str:
    """Say how many numbers were left out, and how many comparisons rest on the doubtful ones."""
    numbers = len(audit.attrs.get(LEFT_OUT, ()))
    lines = int((audit["verdict"] == "doubtful").sum())
    crowd = _say_crowd(len(audit.attrs.get(CROWDED, ())))
    if not numbers:
        return crowd
    rest = say_count(lines, "{n} comparison rests", "{n} comparisons rest")
    doubtful = say_count(
        numbers,
        "; {n} number was left out as doubtful, and {lines} on it",
        "; {n} numbers were left out as doubtful, and {lines} on them",
        lines=rest,
    )
    return doubtful + crowd


def _say_crowd(numbers: int) -> str:
    """Say how many numbers no name tells apart."""
    if not numbers:
        return ""
    return say(
        "; {n:,} numbers were not compared, as their documents state more than {most} under one "
        "name",
        n=numbers,
        most=CROWD,
    )
