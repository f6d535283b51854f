"""Whether the numbers of one place and period agree: parts, shares, sums; one function a check.

In: a `Lookup`. Out: `Finding`s. A check never corrects; where rounding leaves room it agrees, where
a definition may explain a difference it is `undecided`, and where the corpus lacks the
counterpart it is `unchecked` and says what the counterpart would have to be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from dz_analysis.auditing.findings import Finding, judge
from dz_analysis.comparing.facts import is_additive
from dz_analysis.comparing.intervals import Interval
from dz_analysis.comparing.lookup import Fact, Lookup, span
from dz_analysis.lexicon import Row, load_lexicon, load_rules
from dz_analysis.naming import canonical, spell, split_share

THRESHOLD = re.compile(r"(?:突破|超过|过)?(\d+(?:\.\d+)?)(万|亿)?元(?:以上|及以上|以下)?的?")
POWERS = {"": 1.0, "万": 1e4, "亿": 1e8}


def check_part(lookup: Lookup) -> Iterator[Finding]:
    """See that a part is not larger than its whole.

    Parts are those of `lexicon/audit_parts.csv` and names that only narrow another
    (省级重点项目 within 重点项目).
    """
    rules = lookup.group_rules("audit_parts", "part")
    for part in lookup.each("level"):
        if part["of"]:
            continue
        for whole in _wholes_of(lookup, part, rules):
            most = Interval(float("-inf"), span(whole).high)
            words = f"{part['label']} {part['quote']} within {whole['label']} {whole['quote']}"
            verdict = judge(span(part), most)
            rows = (part["row"], whole["row"])
            yield Finding("part", rows, words, span(part), most, part["unit"], verdict)


def _wholes_of(lookup: Lookup, part: Fact, rules: dict[str, list[Row]]) -> list[Fact]:
    names = [rule["whole"] for rule in rules.get(part["concept"], [])]
    names += _broader_names(part["label"])
    found = {}
    for name in names:
        for row in lookup.find(part, concept=lookup.concept(name)):
            same = row["unit"] == part["unit"] and row["concept"] != part["concept"]
            if same and row["document"] == part["document"]:
                found[row["row"]] = row
    return list(found.values())


def _broader_names(label: str) -> list[str]:
    """Names that a name narrows: 省级重点项目 → 重点项目; averages and ratios have none."""
    if not is_additive(label):
        return []
    name, words = spell(label), map(spell, load_rules("audit")["names"]["narrowing"])
    return [name.removeprefix(w) for w in words if name.startswith(w) and len(name) > len(w) + 2]


def check_sum(lookup: Lookup) -> Iterator[Finding]:
    """Add up the parts that make up a whole (三次产业 to 地区生产总值)."""
    groups: dict[tuple[str, str], list[str]] = {}
    for rule in load_lexicon("audit_parts"):
        if rule["complete"] == "yes":
            groups.setdefault((lookup.concept(rule["whole"]), rule["group"]), []).append(
                rule["part"]
            )
    for whole in lookup.each("level"):
        for (concept, _), names in groups.items():
            if whole["concept"] != concept:
                continue
            parts = _one_of_each(lookup, whole, names, "level")
            if parts and all(row["unit"] == whole["unit"] for row in parts):
                total = _add(parts)
                words = _spell_sum(parts) + f" against {whole['label']} {whole['quote']}"
                rows = (whole["row"], *(row["row"] for row in parts))
                verdict = judge(span(whole), total)
                yield Finding("sum", rows, words, span(whole), total, whole["unit"], verdict)


def check_shares_sum(lookup: Lookup) -> Iterator[Finding]:
    """Add up shares that divide a whole; they make a hundred."""
    groups: dict[str, list[str]] = {}
    for rule in load_lexicon("audit_sums"):
        groups.setdefault(rule["group"], []).append(rule["share"])
    for first in lookup.each("ratio"):
        for names in groups.values():
            if first["concept"] != lookup.concept(names[0]):
                continue
            parts = _one_of_each(lookup, first, names, "ratio")
            if parts:
                total, hundred = _add(parts), Interval(100, 100)
                rows = tuple(row["row"] for row in parts)
                words = f"{_spell_sum(parts)} against 100 %"
                verdict = judge(hundred, total)
                yield Finding("shares_sum", rows, words, hundred, total, "%", verdict)


def _one_of_each(lookup: Lookup, like: Fact, names: list[str], measure: str) -> list[Fact]:
    """One row per name, all of the same document; empty if any is missing or stands twice."""
    found = []
    for name in names:
        rows = lookup.find(like, concept=lookup.concept(name), measure=measure)
        rows = [row for row in rows if row["document"] == like["document"]]
        if len(rows) != 1:
            return []
        found.append(rows[0])
    return found


def _add(rows: list[Fact]) -> Interval:
    total = Interval(0, 0)
    for row in rows:
        total = total.plus(span(row))
    return total


def _spell_sum(rows: list[Fact]) -> str:
    return " + ".join(f"{row['label']} {row['quote']}" for row in rows)


def check_share(lookup: Lookup) -> Iterator[Finding]:
    """Divide a part by its whole; hold it against the share (税收占比 = 税收 / 预算收入)."""
    rules = lookup.group_rules("audit_shares", "share")
    for share in lookup.each("ratio"):
        for part_name, whole_name in _parts_of_share(share, rules):
            parts = lookup.find(share, concept=lookup.concept(part_name), measure="level")
            wholes = lookup.find(share, concept=lookup.concept(whole_name), measure="level")
            for part, whole in _pairs(parts, wholes):
                implied = span(part).divided(span(whole)).scaled(100)
                words = (
                    f"{share['label']} {share['quote']} against {part['quote']} / {whole['quote']}"
                )
                rows = (share["row"], part["row"], whole["row"])
                verdict = judge(span(share), implied)
                yield Finding("share", rows, words, span(share), implied, "%", verdict)


def _parts_of_share(share: Fact, rules: dict[str, list[Row]]) -> list[tuple[str, str]]:
    """Part and whole by the word list, else by the name (X占Y比重) and `of` (X占比 within Y)."""
    listed = rules.get(share["concept"], [])
    if listed:
        return [(rule["part"], rule["whole"]) for rule in listed]
    part, whole = split_share(share["label"])
    if whole:
        return [(part, whole)]
    named = share["of"] and _is_share(share["label"])
    return [(canonical(share["label"]), share["of"])] if named else []


def _is_share(label: str) -> bool:
    """Whether a name says itself that it is a share of something."""
    return canonical(label) != canonical(label, keep_share=True)


def _pairs(parts: list[Fact], wholes: list[Fact]) -> list[tuple[Fact, Fact]]:
    return [(a, b) for a in parts for b in wholes if a["unit"] == b["unit"] and a is not b]


def check_share_limit(lookup: Lookup) -> Iterator[Finding]:
    """List shares of a whole that are under 0 or over 100 %."""
    limits = Interval(0, 100)
    for share in lookup.each("ratio"):
        is_share = _is_share(share["label"]) and share["unit"] == "%"
        if is_share and judge(span(share), limits) == "disagrees":
            words = f"{share['label']} {share['quote']} against 0 to 100 %"
            yield Finding(
                "share_limit", (share["row"],), words, span(share), limits, "%", "disagrees"
            )


def check_threshold(lookup: Lookup) -> Iterator[Finding]:
    """See that things over a higher threshold are not more than those over a lower one."""
    groups: dict[tuple, list[tuple[float, Fact]]] = {}
    for row in lookup.each("level"):
        found = THRESHOLD.search(row["label"])
        if found and not row["bound"] and "以下" not in found[0] and row["unit"] != "元":
            name = row["label"].replace(found[0], "◇", 1)
            key = (name, row["place"], row["period"], row["document"], row["unit"])
            size = float(found[1]) * POWERS[found[2] or ""]
            groups.setdefault(key, []).append((size, row))
    for group in groups.values():
        ordered = sorted(group, key=lambda pair: pair[0])
        for (less, low), (more, high) in combinations(ordered, 2):
            if less == more:
                continue
            most = Interval(float("-inf"), span(low).high)
            words = f"{high['label']} {high['quote']} within {low['label']} {low['quote']}"
            verdict = judge(span(high), most)
            rows = (high["row"], low["row"])
            yield Finding("threshold", rows, words, span(high), most, high["unit"], verdict)


def check_two_values(lookup: Lookup) -> Iterator[Finding]:
    """See that one thing has one value: same measure, place, period, unit and basis."""
    for group in lookup.results.values():
        alike: dict[tuple[str, str], list[Fact]] = {}
        for row in group:
            alike.setdefault((row["unit"], row["of"]), []).append(row)
        for rows in alike.values():
            for first, second in combinations(rows, 2):
                yield _compare_twins(first, second)


def _compare_twins(first: Fact, second: Fact) -> Finding:
    verdict, note = judge(span(first), span(second)), ""
    if verdict == "disagrees":
        verdict, note = _doubt_twins(first, second)
    measure = "" if first["measure"] == "level" else f" ({first['measure']})"
    words = f"{first['label']}{measure}: {first['quote']} against {second['quote']}"
    rows = (first["row"], second["row"])
    return Finding(
        "two_values", rows, words, span(first), span(second), first["unit"], verdict, note
    )


def _doubt_twins(first: Fact, second: Fact) -> tuple[str, str]:
    if first["status"] != second["status"]:
        return "undecided", "one is an estimate, the other a result"
    if first["measure"] == "rank":
        return "undecided", "one rank may be of the amount, the other of its growth"
    if not first["catalogued"]:
        return "undecided", "the name is not catalogued and may stand for two things"
    if (
        first["measure"] == "level"
        and first["unit"] not in load_rules("audit")["units"]["measured"]
    ):
        return "undecided", "counts of one name may be of different sets"
    if first["document"] != second["document"]:
        return "disagrees", "two documents; the later one may be a revision"
    return "disagrees", "two values in one document; which is right can't be told from it"
