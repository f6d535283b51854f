"""Whether the numbers of several places agree: ranks, gaps to an average, a city's districts.

In: a `Lookup`. Out: `Finding`s, as in `one_period`. Which city a place belongs to is known from its
code alone; without codes these checks stay undecided or are not made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import reduce

from dz_analysis.auditing.findings import Finding, judge
from dz_analysis.comparing.facts import is_additive, is_lower_better
from dz_analysis.comparing.intervals import Interval
from dz_analysis.comparing.lookup import Fact, Lookup, span
from dz_analysis.comparing.periods import name_period
from dz_analysis.comparing.ranks import RANKED, name_rank_basis
from dz_analysis.lexicon import load_rules

FIELD = re.compile(r"(\d+)[个家]")  # 全省160个省级以上开发区: a field of 160


def check_rank_field(lookup: Lookup) -> Iterator[Finding]:
    """See that a rank is within the number of those ranked (第49位 of 160)."""
    for row in lookup.each("rank"):
        found = FIELD.search(row["of"])
        if not found:
            continue
        field = Interval(1, float(found[1]))
        words = f"{row['label']} {row['quote']} within {row['of']}"
        verdict = judge(span(row), field)
        yield Finding("rank_field", (row["row"],), words, span(row), field, "位", verdict)


def check_rank_twice(lookup: Lookup) -> Iterator[Finding]:
    """Find two places that hold one rank of one thing in one city."""
    groups: dict[tuple, list[Fact]] = {}
    for row in lookup.each("rank"):
        if not row["bound"] and (row["of"] or row["city"]):
            key = (row["concept"], row["period"], _scope(row), row["value"])
            groups.setdefault(key, []).append(row)
    for rows in groups.values():
        first = rows[0]
        for other in rows[1:]:
            if other["place"] == first["place"]:
                continue
            verdict, note = _doubt_ranks(lookup, first, other)
            words = (
                f"{first['label']} {first['quote']} of {first['place']} and {other['quote']} of "
                f"{other['place']} within {first['of'] or 'a field not said'}, "
                f"{name_period(first['period'])}"
            )
            yield Finding(
                "rank_twice",
                (first["row"], other["row"]),
                words,
                span(first),
                span(other),
                "位",
                verdict,
                note,
            )


def _scope(row: Fact) -> str:
    """Within what a rank is: the words and, for 全市 or 全省, which city or province."""
    text = row["of"]
    if "国" in text:
        return text
    return f"{text}@{row['city'][:2] if '省' in text else row['city']}"


def _doubt_ranks(lookup: Lookup, first: Fact, other: Fact) -> tuple[str, str]:
    if _scope(first).endswith("@"):
        return "undecided", "the places have no code, so one city is not certain"
    if not first["of"]:
        return "undecided", "within what they rank is not said"
    bases = {name_rank_basis(lookup, row) for row in (first, other)}
    if len(bases) > 1:
        return "undecided", "one may rank the amount, the other its growth: " + " and ".join(
            sorted(basis or "unknown" for basis in bases)
        )
    basis = bases.pop()
    values = [lookup.find(row, measure=basis)[:1] for row in (first, other)] if basis else [[], []]
    if all(values) and span(values[0][0]).meets(span(values[1][0])):
        told = " and ".join(value[0]["quote"] for value in values)
        return "undecided", f"the two may be tied, by {basis}: {told}"
    return "disagrees", "unless the two are tied"


def check_stated_rank(lookup: Lookup) -> Iterator[Finding]:
    """See that a stated rank leaves room for those of the corpus that do better.

    The corpus may lack places, so it can show a stated rank to be too good, never too bad. Only
    places of the same city (of a city: cities of the same province) are rivals, and only in a
    field that holds them all: 全市, 全省 and not 全省开发区.
    """
    fields = _fields(lookup)
    for row in lookup.each("rank"):
        basis = name_rank_basis(lookup, row)
        if row["bound"] in (">=", "~") or not (basis and _holds_all(row)):
            continue
        own = lookup.find(row, measure=basis)
        rivals = fields.get((row["concept"], basis, row["period"], _league(row)), [])
        rivals = [rival for rival in rivals if rival["place"] != row["place"]]
        if own and rivals:
            finding = _compare_rank(row, own[0], rivals)
            if row["of"] or finding.verdict == "disagrees":
                yield finding if row["of"] else _doubt_field(finding)


def _holds_all(row: Fact) -> bool:
    """Whether all places like a rank's own are in its field, as far as its words can tell."""
    text, rules = row["of"], load_rules("audit")["ranks"]
    if not _league(row) or any(word in text for word in rules["narrow_fields"]):
        return False
    if "县" in text and "区" not in text and not row["place"].endswith("县"):
        return False
    wide = rules["wider_than_a_city" if _is_city(row) else "wider_than_a_district"]
    return any(word in text for word in wide) or not (text or _is_city(row))


def _league(row: Fact) -> str:
    """Return among whom a place is ranked: districts of its city, cities of its province."""
    if not row["city"]:
        return ""
    return f"{row['city'][:2]}0000" if _is_city(row) else row["city"]


def _doubt_field(finding: Finding) -> Finding:
    return replace(finding, verdict="undecided", note=f"within what is not said; {finding.note}")


def _fields(lookup: Lookup) -> dict[tuple, list[Fact]]:
    """One result per place for every indicator, measure, period and league."""
    fields: dict[tuple, dict[str, Fact]] = {}
    for row in lookup.each(*RANKED):
        if row["city"] and not row["of"]:
            key = (row["concept"], row["measure"], row["period"], _league(row))
            fields.setdefault(key, {}).setdefault(row["place"], row)
    return {key: list(rows.values()) for key, rows in fields.items()}


def _compare_rank(row: Fact, own: Fact, rivals: list[Fact]) -> Finding:
    same = [rival for rival in rivals if rival["unit"] == own["unit"]]
    if is_lower_better(row["label"]):
        better = [rival for rival in same if rival["high"] < own["low"]]
        level = [rival for rival in same if rival["low"] <= own["high"]]
    else:
        better = [rival for rival in same if rival["low"] > own["high"]]
        level = [rival for rival in same if rival["high"] >= own["low"]]
    possible = Interval(1 + len(better), float("inf"))
    words = (
        f"{row['label']} {row['quote']} within {row['of'] or 'a field not said'} "
        f"by {own['measure']} {own['quote']}: "
        f"{len(better)} of {len(same)} other places of the corpus do better"
    )
    shown = better or level[:1] or same[:1]
    rows = (row["row"], own["row"], *(rival["row"] for rival in shown))
    note = f"the corpus gives rank {1 + len(better)} to {1 + len(level)} among its {1 + len(same)}"
    verdict = judge(span(row), possible)
    return Finding("stated_rank", rows, words, span(row), possible, "位", verdict, note)


def check_gap(lookup: Lookup) -> Iterator[Finding]:
    """Take a gap off its growth rate; hold the implied average against other sources of it."""
    known: dict[tuple, tuple[Interval, tuple[int, ...], str]] = {}
    averages = _city_values(lookup)
    for gap in lookup.each("gap"):
        for own in _gap_partners(lookup, gap):
            implied = span(own).minus(span(gap))
            key = (gap["concept"], gap["period"], own["measure"], _scope(gap))
            words = f"{gap['label']} {own['quote']}, {gap['quote']} from {gap['of']}"
            rows = (own["row"], gap["row"])
            if key not in known and (stated := _stated_average(averages, gap, own)):
                known[key] = span(stated), (stated["row"],), f"the {stated['place']}'s own value"
            if key in known:
                average, sources, said = known[key]
                verdict = judge(average, implied)
                yield Finding(
                    "gap",
                    (*rows, *sources),
                    f"{words} against {said}",
                    average,
                    implied,
                    "%",
                    verdict,
                )
                continue
            note = "the average is not in the corpus; it would be the implied one"
            yield Finding("gap", rows, words, None, implied, "%", "unchecked", note)
            if gap["city"]:
                known[key] = implied, rows, f"the average that {gap['place']}'s gap implies"


def _gap_partners(lookup: Lookup, gap: Fact) -> list[Fact]:
    if gap["unit"] != "百分点":
        return []
    growth = [row for row in lookup.find(gap, measure="growth") if not row["of"]]
    rows = growth or lookup.find(gap, measure="ratio")
    return [row for row in rows if row["unit"] == "%"][:1]


def _city_values(lookup: Lookup) -> dict[tuple, Fact]:
    """Index the first rate that each city states itself by indicator, measure, period and city."""
    found: dict[tuple, Fact] = {}
    for row in lookup.each("growth", "ratio"):
        if row["city"] and _is_city(row) and not row["of"]:
            key = (row["concept"], row["measure"], row["period"], row["city"])
            found.setdefault(key, row)
    return found


def _stated_average(averages: dict[tuple, Fact], gap: Fact, own: Fact) -> Fact | None:
    if "市" not in gap["of"]:
        return None
    return averages.get((gap["concept"], own["measure"], gap["period"], gap["city"]))


def _is_city(row: Fact) -> bool:
    return row["region_code"].endswith("00") and not row["region_code"].endswith("0000")


def check_city(lookup: Lookup) -> Iterator[Finding]:
    """See that the districts of a city do not sum to more than the city."""
    fields = _fields(lookup)
    for city in lookup.each("level"):
        if not _is_city(city) or not is_additive(city["label"]):
            continue
        field = fields.get((city["concept"], "level", city["period"], city["city"]), [])
        parts = [row for row in field if row["unit"] == city["unit"]]
        if parts:
            yield _compare_city(city, parts)


def _compare_city(city: Fact, parts: list[Fact]) -> Finding:
    total = reduce(lambda sum_, row: sum_.plus(span(row)), parts, Interval(0, 0))
    least = Interval(total.low, float("inf"))
    verdict, note = judge(span(city), least), ""
    zones = [row["place"] for row in parts if _is_zone(row)]
    if verdict == "disagrees" and zones and len(parts) > 1:
        verdict, note = "undecided", "zones may lie inside districts: " + ", ".join(zones)
    words = (
        f"{city['label']} of {city['place']} {city['quote']} against the sum of "
        f"{len(parts)} places of the corpus"
    )
    rows = (city["row"], *(row["row"] for row in parts))
    return Finding("city", rows, words, span(city), least, city["unit"], verdict, note)


def _is_zone(row: Fact) -> bool:
    """Whether a place is a functional zone, by its code (371400:高新区) or by its name."""
    return ":" in row["region_code"] or row["place"].endswith(
        tuple(load_rules("audit")["names"]["zones"])
    )
