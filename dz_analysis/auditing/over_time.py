"""Whether the numbers of one place agree over the years and with its plan; a function a check.

In: a `Lookup`. Out: `Finding`s.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from typing import Any

from dz_analysis.auditing.compared_period import read_base
from dz_analysis.auditing.findings import (
    Finding,
    are_far_apart,
    doubt_set,
    doubt_thing,
    explain_growth,
    judge,
    leave_unchecked,
)
from dz_analysis.comparing.facts import name_tier
from dz_analysis.comparing.intervals import Interval
from dz_analysis.comparing.lookup import Fact, Lookup, group_facts
from dz_analysis.comparing.periods import name_period, parse_period, read_period
from dz_analysis.language import label, say
from dz_analysis.lexicon import load_settings, values, words

# What a growth rate in a unit is to be multiplied by.
GROWTH_UNITS = {"%": 0.01, "倍": 1.0}


def name_slip() -> str:
    """Return what explains a number that is ten thousand times too large or too small."""
    return say("万 and 亿 may have been exchanged")


def _name_pair(number: Fact, move: Fact) -> str:
    """Name a number and how it moved."""
    told = {"name": number.label, "number": number.quote, "move": move.quote}
    return say("{name}: {number} and {move}", **told)


def check_last_year(lookup: Lookup) -> Iterator[Finding]:
    """Divide a level by its growth; hold the result against last year's value as stated."""
    for growth in lookup.each("growth"):
        if growth.of or growth.unit not in GROWTH_UNITS:
            continue
        factor = growth.span.scaled(GROWTH_UNITS[growth.unit]).shifted(1)
        for level in lookup.find(growth, measure="level"):
            yield from _compare_base(
                lookup,
                "last_year",
                (level, growth),
                level.span.divided(factor),
                words=_name_pair(level, growth),
                earlier=parse_period(level.period).year_before(),
                doubt=explain_growth(level.label),
            )


def check_change(lookup: Lookup) -> Iterator[Finding]:
    """Take a change off a level or ratio; hold the rest against the earlier value as stated."""
    for change in lookup.each("change"):
        period = parse_period(change.period)
        base = read_base(change.of, change.period)
        if change.of and not base:
            continue
        doubt = say("the change may be since the beginning of the year")
        for now in _list_changed(lookup, change):
            yield from _compare_base(
                lookup,
                "change",
                (now, change),
                now.span.minus(change.span),
                words=_name_pair(now, change),
                earlier=base or period.year_before(),
                doubt=doubt if period.months < 12 and not base else "",
            )


def _list_changed(lookup: Lookup, change: Fact) -> list[Fact]:
    """Return the levels and ratios that a change is in the unit of; 百分点 are of %."""
    both = [row for name in ("level", "ratio") for row in lookup.find(change, measure=name)]
    points = values("audit", "units.difference")
    return [row for row in both if change.unit in (row.unit, points.get(row.unit))]


def _compare_base(
    lookup: Lookup,
    check: str,
    numbers: tuple[Fact, Fact],
    implied: Interval,
    *,
    words: str,
    earlier: str,
    doubt: str,
    lacking: str = "",
) -> Iterator[Finding]:
    """Hold what a number and its move imply against every value stated for an earlier period."""
    now, _ = numbers
    when = name_period(earlier)
    before = [row for row in lookup.find(now, period=earlier) if row.unit == now.unit]
    if not before:
        no_value = say("no value for {when} in the corpus; it would be the implied one", when=when)
        lack = lacking or no_value
        yield leave_unchecked(check, numbers, words, implied, unit=now.unit, lacking=lack)
    for row in before:
        text = say("{words} against {number} for {when}", words=words, number=row.quote, when=when)
        nearest = min(max(row.value, implied.low), implied.high)
        far = doubt_thing() if are_far_apart(row.value, nearest, row.unit) else ""
        yield judge(check, (row, *numbers), text, implied, doubt=doubt or far)


def check_average_growth(lookup: Lookup) -> Iterator[Finding]:
    """Hold average growth against the values at both ends, and against every year's rate."""
    for row in lookup.each("average_growth"):
        years = _whole_years(row.period)
        if len(years) > 1 and row.unit == "%":
            yield from _compare_ends(lookup, "average_growth", row, _ends(years), root=len(years))
            yield from _compare_chain(lookup, "average_growth", row, years, root=len(years))


def check_cumulative_growth(lookup: Lookup) -> Iterator[Finding]:
    """Hold growth over several years against both ends, and against every year's rate.

    Growth of one year against a named base (较2010年增长44.8%) is held against both levels.
    """
    for row in lookup.each("growth"):
        years = _whole_years(row.period)
        if row.unit != "%":
            continue
        if len(years) > 1:
            yield from _compare_ends(lookup, "cumulative_growth", row, _ends(years), root=1)
            yield from _compare_chain(lookup, "cumulative_growth", row, years, root=1)
        elif base := read_base(row.of, row.period):
            yield from _compare_ends(lookup, "cumulative_growth", row, (base, row.period), root=1)


def _whole_years(text: str) -> list[int]:
    """Return the years of a period of whole calendar years."""
    period = read_period(text)
    if period is None or period.start % 12 or period.end % 12 != 11:
        return []
    return list(range(period.start // 12, period.year + 1))


def _year(number: int) -> str:
    return f"{number:04d}-01/{number:04d}-12"


def _ends(years: list[int]) -> tuple[str, str]:
    """Return the year before and the last of some years: growth is from the one to the other."""
    return _year(years[0] - 1), _year(years[-1])


def _compare_ends(
    lookup: Lookup, check: str, row: Fact, ends: tuple[str, str], *, root: int
) -> Iterator[Finding]:
    """Hold a rate against the levels at both ends of its years."""
    for first, last in _each_pair_of_levels(lookup, row, ends):
        implied = _to_rate(last.span.divided(first.span), root)
        words = say(
            "{name} {rate} over {when} against {first} ({begin}) and {last} ({end})",
            name=row.label,
            rate=row.quote,
            when=name_period(row.period),
            first=first.quote,
            begin=_short(ends[0]),
            last=last.quote,
            end=_short(ends[1]),
        )
        doubt = explain_growth(row.label)
        yield judge(check, (row, first, last), words, implied, unit="%", doubt=doubt)


def _each_pair_of_levels(
    lookup: Lookup, row: Fact, ends: tuple[str, str]
) -> Iterator[tuple[Fact, Fact]]:
    """Return the positive levels at both ends that have one unit."""
    firsts, lasts = (
        [level for level in lookup.find(row, measure="level", period=end) if level.low > 0]
        for end in ends
    )
    for first in firsts:
        for last in lasts:
            if first.unit == last.unit:
                yield first, last


def _short(period: str) -> str:
    """Write a whole year as its number."""
    return period[:4] if len(_whole_years(period)) == 1 else name_period(period)


def _compare_chain(
    lookup: Lookup, check: str, row: Fact, years: list[int], *, root: int
) -> Iterator[Finding]:
    """Hold a rate over years against the product of the yearly rates; real growth too."""
    chain = [rate for year in years for rate in _yearly_rates(lookup, row, year)]
    if [rate.period for rate in chain] != [_year(year) for year in years]:
        return
    factors = (rate.span.scaled(0.01).shifted(1) for rate in chain)
    implied = _to_rate(reduce(Interval.times, factors, Interval(1, 1)), root)
    rates = say(", ").join(rate.quote for rate in chain)
    told = {"name": row.label, "rate": row.quote, "rates": rates}
    words = say("{name} {rate} against the yearly rates {rates}", **told)
    yield judge(check, (row, *chain), words, implied, unit="%")


def _yearly_rates(lookup: Lookup, row: Fact, year: int) -> list[Fact]:
    rates = lookup.find(row, measure="growth", period=_year(year))
    return [rate for rate in rates if not rate.of and rate.unit == "%"]


def _to_rate(factor: Interval, root: int) -> Interval:
    """Turn a factor over some years into a yearly rate in %."""
    low, high = (max(end, 0.0) ** (1 / root) for end in (factor.low, factor.high))
    return Interval(low, high).shifted(-1).scaled(100)


def check_multiple(lookup: Lookup) -> Iterator[Finding]:
    """Divide a level by its multiple (是2010年的1.4倍); hold it against the base as stated.

    Where the text does not name the base it may be any; then a difference stays undecided.
    """
    for row in lookup.each("multiple"):
        period = parse_period(row.period)
        named = read_base(row.of, row.period)
        if row.low <= 0 or (row.of and not named):
            continue
        for level in lookup.find(row, measure="level"):
            yield from _compare_base(
                lookup,
                "multiple",
                (level, row),
                level.span.divided(row.span),
                words=say(
                    "{name}: {level} is {multiple} of its base",
                    name=row.label,
                    level=level.quote,
                    multiple=row.quote,
                ),
                earlier=named or period.year_before(max(1, period.months // 12)),
                doubt=_doubt_multiple(row) if named else say("the base may be another period"),
                lacking=say("the base is not in the corpus; it would be the implied one"),
            )


def _doubt_multiple(row: Fact) -> str:
    if not any(char.isdigit() for char in row.quote):
        return say("told in round words, which may mean more")
    return explain_growth(row.label)


def check_completion(lookup: Lookup) -> Iterator[Finding]:
    """Divide what is done by its completion; hold the result against the plan."""
    for row in lookup.each("completion"):
        if row.unit == "%" and row.low > 0:
            for done in lookup.find(row, measure="level"):
                yield from _compare_plans(lookup, row, done)


def _compare_plans(lookup: Lookup, row: Fact, done: Fact) -> Iterator[Finding]:
    implied = done.span.divided(row.span.scaled(0.01))
    words = say(
        "{name}: {done} done, {share} of {plan}",
        name=row.label,
        done=done.quote,
        share=row.quote,
        plan=row.of or label("plan"),
    )
    plans = _find_plans(lookup, done, row.of)
    if not plans:
        lack = say("the plan is not in the corpus; it would be the implied one")
        yield leave_unchecked(
            "completion", (done, row), words, implied, unit=done.unit, lacking=lack
        )
    another = any(plan.span.meets(implied) for plan in plans)
    doubt = say("another plan of the corpus agrees") if another else ""
    for plan in plans:
        text = say("{words} against a plan of {number}", words=words, number=plan.quote)
        yield judge("completion", (plan, done, row), text, implied, doubt=doubt)


def _find_plans(lookup: Lookup, done: Fact, of: str) -> list[Fact]:
    """Targets for the same months, else for the year that they lie in; 全年任务 is the year's."""
    year = _year(parse_period(done.period).year)
    order = (year, done.period) if "年" in of else (done.period, year)
    found = (lookup.find_targets(done, period=text) for text in order)
    alike = ([plan for plan in plans if plan.unit == done.unit] for plans in found)
    return next(filter(None, alike), [])


def check_magnitude(lookup: Lookup) -> Iterator[Finding]:
    """Find levels far off their own other years, or off the other places: 万 for 亿.

    Listed only where it is off; thresholds in decades stand in `lexicon/audit.toml`. What its own
    other years can judge is not held against other places, and places of one level only are held
    against one another. A series of seventy years grows a thousandfold, so only years near by are
    held together. What no slip explains, or counts what may be another set, is undecided.
    """
    rules = load_settings("audit")["magnitude"]
    levels = [row for row in lookup.each("level") if row.value > 0 and row.place == row.home]
    own = group_facts(levels, _name_series)
    others = group_facts(levels, lambda row: (row.concept, row.unit, row.period, _tier(row)))
    series = _list_long(own.values(), rules["fewest_own"])
    judged = {row.row for rows in series for row in rows}
    for row in (row for rows in series for row in rows):
        near = _list_near(row, own, int(rules["own_years"]))
        if len(near) > rules["fewest_own"]:
            found = _find_outliers(near, rules["own_decades"], say("its own other years"))
            yield from (one for one in found if one.rows[0] == row.row)
    for rows in _list_long(others.values(), rules["fewest_others"]):
        for finding in _find_outliers(rows, rules["others_decades"], say("the other places")):
            if finding.rows[0] not in judged:
                yield finding


def _list_near(row: Fact, own: Mapping[Any, list[Fact]], years: int) -> list[Fact]:
    """Return the values of a place's own series that are told of years near by."""
    year = parse_period(row.period).year
    return [
        other
        for other in own[_name_series(row)]
        if abs(parse_period(other.period).year - year) <= years
    ]


def _name_series(row: Fact) -> tuple[str, ...]:
    return (row.concept, row.unit, row.kind, row.place)


def _tier(row: Fact) -> str:
    return name_tier(row.place, row.region_code)


def _list_long(groups: Iterable[list[Fact]], fewest: int) -> list[list[Fact]]:
    """Return the groups in which every number has at least some others."""
    return [rows for rows in groups if len(rows) > fewest]


def find_slips(lookup: Lookup) -> frozenset[int]:
    """Return the rows of levels in which 万 and 亿 seem to have been exchanged."""
    found = (one for one in check_magnitude(lookup) if one.verdict == "disagrees")
    return frozenset(one.rows[0] for one in found)


def _find_outliers(rows: Sequence[Fact], decades: float, against: str) -> Iterator[Finding]:
    """Return the numbers far off where most of the others are: the slipped ones alone.

    Of two that differ neither is known to have slipped; so it is where half are far off.
    """
    logs = [math.log10(row.value) for row in rows]
    middle = statistics.median(logs)
    near = [log for log in logs if abs(log - middle) < decades / 2]
    if len(near) == len(logs) or 2 * len(near) <= len(logs):
        return
    centre = statistics.median(near)
    for row, log in zip(rows, logs, strict=True):
        if abs(log - centre) >= decades:
            yield _describe_outlier(row, rows, centre, decades=decades, against=against)


def _describe_outlier(
    row: Fact, rows: Sequence[Fact], centre: float, *, decades: float, against: str
) -> Finding:
    near = min(rows, key=lambda other: abs(math.log10(other.value) - centre))
    is_slip = abs(abs(math.log10(row.value) - centre) - 4) < 1
    is_count = row.unit not in words("audit", "units.measured")
    note = name_slip() if is_slip else say("no such slip explains it")
    return Finding(
        "magnitude",
        (row.row, near.row),
        say(
            "{name} {number} against {others} (such as {near})",
            name=row.label,
            number=row.quote,
            others=against,
            near=near.quote,
        ),
        row.span,
        Interval(10 ** (centre - decades), 10 ** (centre + decades)),
        row.unit,
        "disagrees" if is_slip and not is_count else "undecided",
        doubt_set() if is_count else note,
    )
