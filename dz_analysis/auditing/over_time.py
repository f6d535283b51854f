"""Whether the numbers of one place agree over the years and with its plan; a function a check.

In: a `Lookup`. Out: `Finding`s, as in `one_period`.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator

from dz_analysis.auditing.compared_period import read_base
from dz_analysis.auditing.findings import Finding, explain_growth, judge
from dz_analysis.comparing.intervals import Interval
from dz_analysis.comparing.lookup import Fact, Lookup, span
from dz_analysis.comparing.periods import name_period, read_period
from dz_analysis.lexicon import load_rules


def check_last_year(lookup: Lookup) -> Iterator[Finding]:
    """Divide a level by its growth; hold the result against last year's value as stated."""
    for growth in lookup.each("growth"):
        if growth["of"] or growth["unit"] not in ("%", "倍"):
            continue
        factor = span(growth).scaled(0.01 if growth["unit"] == "%" else 1).shifted(1)
        for level in lookup.find(growth, measure="level"):
            implied = span(level).divided(factor)
            yield from _compare_before(lookup, "last_year", level, growth, implied)


def check_change(lookup: Lookup) -> Iterator[Finding]:
    """Take a change off a level or ratio; hold the rest against the earlier value as stated."""
    for change in lookup.each("change"):
        period = read_period(change["period"])
        for measure in ("level", "ratio"):
            for now in lookup.find(change, measure=measure):
                points = now["unit"] == "%" and change["unit"] == "百分点"
                if not (points or now["unit"] == change["unit"]) or not period:
                    continue
                implied = span(now).minus(span(change))
                base = read_base(change["of"], change["period"]) if change["of"] else ""
                if base or not change["of"]:
                    yield from _compare_before(lookup, "change", now, change, implied, base)


def _compare_before(
    lookup: Lookup, check: str, now: Fact, move: Fact, implied: Interval, base: str = ""
) -> Iterator[Finding]:
    """Compare with a base, by default the same months of the year before."""
    period = read_period(now["period"])
    earlier = base or (period.year_before() if period else "")
    words = f"{now['label']}: {now['quote']} and {move['quote']}"
    before = [row for row in lookup.find(now, period=earlier) if row["unit"] == now["unit"]]
    if not before:
        note = f"no value for {name_period(earlier)} in the corpus; it would be the implied one"
        rows: tuple[int, ...] = (now["row"], move["row"])
        yield Finding(check, rows, words, None, implied, now["unit"], "unchecked", note)
    for row in before:
        verdict, note = judge(span(row), implied), ""
        reason = explain_growth(now["label"]) if check == "last_year" else ""
        if check == "change" and not base and period and period.months < 12:
            reason = "the change may be since the beginning of the year"
        if verdict == "disagrees" and reason:
            verdict, note = "undecided", reason
        text = f"{words} against {row['quote']} for {name_period(earlier)}"
        rows = (row["row"], now["row"], move["row"])
        yield Finding(check, rows, text, span(row), implied, now["unit"], verdict, note)


def check_average_growth(lookup: Lookup) -> Iterator[Finding]:
    """Hold average growth against the values at both ends, and against every year's rate."""
    for row in lookup.each("average_growth"):
        years = _whole_years(row["period"])
        if len(years) < 2 or row["unit"] != "%":
            continue
        yield from _by_ends(lookup, row, years, "average_growth", len(years))
        yield from _by_chain(lookup, row, years, "average_growth", len(years))


def check_cumulative_growth(lookup: Lookup) -> Iterator[Finding]:
    """Hold growth over several years against both ends, and against every year's rate."""
    for row in lookup.each("growth"):
        years = _whole_years(row["period"])
        if row["unit"] != "%":
            continue
        if len(years) < 2:
            yield from _by_base(lookup, row)
            continue
        yield from _by_ends(lookup, row, years, "cumulative_growth", 1)
        yield from _by_chain(lookup, row, years, "cumulative_growth", 1)


def _whole_years(text: str) -> list[int]:
    """Return the years of a period of whole calendar years."""
    period = read_period(text)
    if period is None or period.start % 12 or period.end % 12 != 11:
        return []
    return list(range(period.start // 12, period.year + 1))


def _year(number: int) -> str:
    return f"{number:04d}-01/{number:04d}-12"


def _by_base(lookup: Lookup, row: Fact) -> Iterator[Finding]:
    """Hold growth against a named base (较2010年增长44.8%) against both levels."""
    base = read_base(row["of"], row["period"]) if row["of"] else ""
    if base:
        yield from _compare_ends(lookup, row, (base, row["period"]), "cumulative_growth", 1)


def _by_ends(
    lookup: Lookup, row: Fact, years: list[int], check: str, root: int
) -> Iterator[Finding]:
    yield from _compare_ends(lookup, row, (_year(years[0] - 1), _year(years[-1])), check, root)


def _compare_ends(
    lookup: Lookup, row: Fact, ends: tuple[str, str], check: str, root: int
) -> Iterator[Finding]:
    firsts, lasts = (lookup.find(row, measure="level", period=end) for end in ends)
    for first, last in ((a, b) for a in firsts for b in lasts if a["unit"] == b["unit"]):
        if first["low"] <= 0 or last["low"] <= 0:
            continue
        implied = _to_rate(span(last).divided(span(first)), root)
        verdict, note = judge(span(row), implied), ""
        if verdict == "disagrees" and (reason := explain_growth(row["label"])):
            verdict, note = "undecided", reason
        words = (
            f"{row['label']} {row['quote']} over {name_period(row['period'])} against "
            f"{first['quote']} ({_short(ends[0])}) and {last['quote']} ({_short(ends[1])})"
        )
        rows = (row["row"], first["row"], last["row"])
        yield Finding(check, rows, words, span(row), implied, "%", verdict, note)


def _short(period: str) -> str:
    """Write a whole year as its number."""
    return period[:4] if len(_whole_years(period)) == 1 else name_period(period)


def _by_chain(
    lookup: Lookup, row: Fact, years: list[int], check: str, root: int
) -> Iterator[Finding]:
    """Hold a rate over years against the product of the yearly rates; real growth too."""
    chain = []
    for year in years:
        rates = lookup.find(row, measure="growth", period=_year(year))
        rates = [rate for rate in rates if not rate["of"] and rate["unit"] == "%"]
        if len(rates) != 1:
            return
        chain.append(rates[0])
    product = Interval(1, 1)
    for rate in chain:
        product = product.times(span(rate).scaled(0.01).shifted(1))
    implied = _to_rate(product, root)
    words = f"{row['label']} {row['quote']} against the yearly rates " + ", ".join(
        rate["quote"] for rate in chain
    )
    rows = (row["row"], *(rate["row"] for rate in chain))
    yield Finding(check, rows, words, span(row), implied, "%", judge(span(row), implied))


def _to_rate(factor: Interval, root: int) -> Interval:
    """Turn a factor over some years into a yearly rate in %."""
    low = max(factor.low, 0.0) ** (1 / root)
    high = math.inf if math.isinf(factor.high) else factor.high ** (1 / root)
    return Interval(low, high).shifted(-1).scaled(100)


def check_multiple(lookup: Lookup) -> Iterator[Finding]:
    """Divide a level by its multiple (是2010年的1.4倍); hold it against the base as stated.

    Where the text does not name the base it may be any; then a difference stays undecided.
    """
    for row in lookup.each("multiple"):
        period = read_period(row["period"])
        named = read_base(row["of"], row["period"])
        if period is None or row["low"] <= 0 or (row["of"] and not named):
            continue
        earlier = named or period.year_before(max(1, period.months // 12))
        for level in lookup.find(row, measure="level"):
            yield from _compare_multiple(lookup, row, level, earlier, is_named=bool(named))


def _compare_multiple(
    lookup: Lookup, row: Fact, level: Fact, earlier: str, *, is_named: bool
) -> Iterator[Finding]:
    implied = span(level).divided(span(row))
    words = f"{row['label']}: {level['quote']} is {row['quote']} of its base"
    bases = [base for base in lookup.find(level, period=earlier) if base["unit"] == level["unit"]]
    if not bases:
        note = "the base is not in the corpus; it would be the implied one"
        rows: tuple[int, ...] = (level["row"], row["row"])
        yield Finding("multiple", rows, words, None, implied, level["unit"], "unchecked", note)
    for base in bases:
        verdict, note = judge(span(base), implied), ""
        if verdict == "disagrees" and (doubt := _doubt_multiple(row, is_named=is_named)):
            verdict, note = "undecided", doubt
        rows = (base["row"], level["row"], row["row"])
        text = f"{words} against {base['quote']} for {name_period(earlier)}"
        yield Finding("multiple", rows, text, span(base), implied, level["unit"], verdict, note)


def _doubt_multiple(row: Fact, *, is_named: bool) -> str:
    if not is_named:
        return "the base may be another period"
    if not any(char.isdigit() for char in row["quote"]):
        return "told in round words, which may mean more"
    return explain_growth(row["label"])


def check_completion(lookup: Lookup) -> Iterator[Finding]:
    """Divide what is done by its completion; hold the result against the plan."""
    for row in lookup.each("completion"):
        if row["unit"] != "%" or row["low"] <= 0:
            continue
        for done in lookup.find(row, measure="level"):
            implied = span(done).divided(span(row).scaled(0.01))
            words = f"{row['label']}: {done['quote']} done, {row['quote']} of {row['of'] or 'plan'}"
            plans = _find_plans(lookup, done, row["of"])
            if not plans:
                note = "the plan is not in the corpus; it would be the implied one"
                rows: tuple[int, ...] = (done["row"], row["row"])
                yield Finding(
                    "completion", rows, words, None, implied, done["unit"], "unchecked", note
                )
            verdicts = [judge(span(plan), implied) for plan in plans]
            for plan, verdict in zip(plans, verdicts, strict=True):
                rows = (plan["row"], done["row"], row["row"])
                text, note = f"{words} against a plan of {plan['quote']}", ""
                if verdict == "disagrees" and "agrees" in verdicts:
                    verdict, note = "undecided", "another plan of the corpus agrees"
                yield Finding(
                    "completion", rows, text, span(plan), implied, done["unit"], verdict, note
                )


def _find_plans(lookup: Lookup, done: Fact, of: str) -> list[Fact]:
    """Targets for the same months, else for the year that they lie in; 全年任务 is the year's."""
    period = read_period(done["period"])
    year = _year(period.year) if period else ""
    order = (year, done["period"]) if "年" in of else (done["period"], year)
    for text in dict.fromkeys(order):
        plans = lookup.find_targets(done, period=text)
        plans = [plan for plan in plans if plan["unit"] == done["unit"]]
        if plans:
            return plans
    return []


def check_magnitude(lookup: Lookup) -> Iterator[Finding]:
    """Find levels far off their own other years, or off the other places: 万 for 亿.

    Listed only where it is off; thresholds in decades stand in `lexicon/audit.toml`.
    """
    rules = load_rules("audit")["magnitude"]
    own: dict[tuple, list[Fact]] = {}
    others: dict[tuple, list[Fact]] = {}
    for row in lookup.each("level"):
        if row["value"] > 0 and row["place"] == row["home"]:
            own.setdefault((row["concept"], row["unit"], row["kind"], row["place"]), []).append(row)
            others.setdefault((row["concept"], row["unit"], row["period"]), []).append(row)
    judged: set[int] = set()
    for rows in own.values():
        if len(rows) > rules["fewest_own"]:
            judged |= {row["row"] for row in rows}
            yield from _find_outliers(rows, rules["own_decades"], "its own other years")
    for rows in others.values():
        if len(rows) > rules["fewest_others"]:
            far = _find_outliers(rows, rules["others_decades"], "the other places")
            yield from (finding for finding in far if finding.rows[0] not in judged)


def _find_outliers(rows: list[Fact], decades: float, against: str) -> Iterator[Finding]:
    logs = [math.log10(row["value"]) for row in rows]
    middle = statistics.median(logs)
    if max(logs) - middle < decades / 2 and middle - min(logs) < decades / 2:
        return
    for position, row in enumerate(rows):
        centre = statistics.median(logs[:position] + logs[position + 1 :])
        if abs(logs[position] - centre) < decades:
            continue
        near = min(rows, key=lambda other: abs(math.log10(other["value"]) - centre))
        implied = Interval(10 ** (centre - decades), 10 ** (centre + decades))
        slip = abs(abs(logs[position] - centre) - 4) < 1
        note = "万 and 亿 may have been exchanged" if slip else "no such slip explains it"
        words = f"{row['label']} {row['quote']} against {against} (such as {near['quote']})"
        yield Finding(
            "magnitude",
            (row["row"], near["row"]),
            words,
            span(row),
            implied,
            row["unit"],
            "disagrees",
            note,
        )
