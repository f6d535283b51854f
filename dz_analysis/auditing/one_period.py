"""Whether the numbers of one place and period agree: parts, shares, sums; one function a check.

In: a `Lookup`. Out: `Finding`s.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, reduce
from itertools import combinations

from dz_analysis.auditing.findings import Finding, are_far_apart, doubt_set, doubt_thing, judge
from dz_analysis.comparing.facts import is_additive
from dz_analysis.comparing.intervals import Interval
from dz_analysis.comparing.lookup import Fact, Lookup, group_facts, prefer_revised
from dz_analysis.language import label, say
from dz_analysis.lexicon import load_lexicon, load_settings, words
from dz_analysis.naming import canonical, spell, split_share

Rules = dict[str, list[Mapping[str, str]]]
HUNDRED = Interval(100, 100)
OPEN = (">=", "<=")


def check_part(lookup: Lookup) -> Iterator[Finding]:
    """See that a part is not larger than its whole.

    Parts are those of `lexicon/audit_parts.csv` and names that only narrow another
    (省级重点项目 within 重点项目).
    """
    rules = lookup.group_rules("audit_parts", "part")
    for part in lookup.each("level"):
        if not part.of:
            for whole in _list_wholes(lookup, part, rules):
                yield _hold_within("part", part, whole)


def _hold_within(check: str, part: Fact, whole: Fact) -> Finding:
    told = {"part": f"{part.label} {part.quote}", "whole": f"{whole.label} {whole.quote}"}
    words = say("{part} within {whole}", **told)
    doubt = doubt_thing() if are_far_apart(part.value, whole.value, part.unit) else ""
    return judge(check, (part, whole), words, Interval(-math.inf, whole.high), doubt=doubt)


def _list_wholes(lookup: Lookup, part: Fact, rules: Rules) -> list[Fact]:
    """Return what the same document tells of the wholes of a part, in the part's unit."""
    names = [rule["whole"] for rule in rules.get(part.concept, [])]
    names += _broader_names(part.label)
    concepts = dict.fromkeys(map(lookup.concept, names))
    found = (row for key in concepts for row in lookup.find(part, concept=key))
    return [
        row
        for row in found
        if (row.unit, row.document) == (part.unit, part.document) and row.concept != part.concept
    ]


def _broader_names(label: str) -> list[str]:
    """Names that a name narrows: 省级重点项目 → 重点项目; averages and ratios have none."""
    if not is_additive(label):
        return []
    name, narrowing = spell(label), map(spell, words("audit", "names.narrowing"))
    return [name[len(w) :] for w in narrowing if name.startswith(w) and len(name) > len(w) + 2]


def check_sum(lookup: Lookup) -> Iterator[Finding]:
    """Add up the parts that make up a whole (三次产业 to 地区生产总值)."""
    for whole, names in _each_sum(lookup):
        parts = _one_of_each(lookup, whole, names, "level")
        if parts and all(row.unit == whole.unit for row in parts):
            words = _against(_spell_sum(parts), f"{whole.label} {whole.quote}")
            yield judge("sum", (whole, *parts), words, add_up(parts))


def _each_sum(lookup: Lookup) -> Iterator[tuple[Fact, list[str]]]:
    """Return every level with the names of parts that make it up, group by group."""
    groups: dict[str, dict[str, list[str]]] = {}
    for rule in load_lexicon("audit_parts"):
        if rule["complete"] == "yes":
            of_whole = groups.setdefault(lookup.concept(rule["whole"]), {})
            of_whole.setdefault(rule["group"], []).append(rule["part"])
    for whole in lookup.each("level"):
        for names in groups.get(whole.concept, {}).values():
            yield whole, names


def check_shares_sum(lookup: Lookup) -> Iterator[Finding]:
    """Add up shares that divide a whole; they make a hundred."""
    groups: dict[str, list[str]] = {}
    for rule in load_lexicon("audit_sums"):
        groups.setdefault(rule["group"], []).append(rule["share"])
    by_first = {lookup.concept(names[0]): names for names in groups.values()}
    for first in lookup.each("ratio"):
        parts = _one_of_each(lookup, first, by_first.get(first.concept, []), "ratio")
        if parts:
            words = _against(_spell_sum(parts), "100 %")
            yield judge("shares_sum", parts, words, add_up(parts), stated=HUNDRED, unit="%")


def _one_of_each(lookup: Lookup, like: Fact, names: list[str], measure: str) -> list[Fact]:
    """One row per name, all of the same document; empty if any is missing or stands twice."""
    found = []
    for name in names:
        rows = lookup.find(like, concept=lookup.concept(name), measure=measure)
        rows = [row for row in rows if row.document == like.document]
        if len(rows) != 1:
            return []
        found.append(rows[0])
    return found


def add_up(rows: Iterable[Fact]) -> Interval:
    """Return what the sum of some numbers can be."""
    return reduce(Interval.plus, (row.span for row in rows), Interval(0, 0))


def _spell_sum(rows: list[Fact]) -> str:
    return " + ".join(f"{row.label} {row.quote}" for row in rows)


def _against(one: str, other: str) -> str:
    """Say what is held against what."""
    return say("{one} against {other}", one=one, other=other)


def check_share(lookup: Lookup) -> Iterator[Finding]:
    """Divide a part by its whole; hold it against the share (税收占比 = 税收 / 预算收入)."""
    rules = lookup.group_rules("audit_shares", "share")
    for share in lookup.each("ratio"):
        divisions = [
            (part, whole, part.span.divided(whole.span).scaled(100))
            for part, whole in _each_division(lookup, share, rules)
        ]
        is_met = any(share.span.meets(implied) for *_, implied in divisions)
        doubt = say("by other values of the corpus it agrees") if is_met else ""
        for part, whole, implied in divisions:
            words = _against(f"{share.label} {share.quote}", f"{part.quote} / {whole.quote}")
            yield judge("share", (share, part, whole), words, implied, unit="%", doubt=doubt)


def _each_division(lookup: Lookup, share: Fact, rules: Rules) -> Iterator[tuple[Fact, Fact]]:
    """Return the levels in one unit that a share divides."""
    for names in _parts_of_share(share, rules):
        parts, wholes = (
            lookup.find(share, concept=lookup.concept(name), measure="level") for name in names
        )
        for part in parts:
            for whole in wholes:
                if part.unit == whole.unit and part is not whole:
                    yield part, whole


def _parts_of_share(share: Fact, rules: Rules) -> list[tuple[str, str]]:
    """Part and whole by the word list, else by the name (X占Y比重) and `of` (X占比 within Y)."""
    listed = rules.get(share.concept, [])
    if listed:
        return [(rule["part"], rule["whole"]) for rule in listed]
    part, whole = split_share(share.label)
    if whole:
        return [(part, whole)]
    return [(canonical(share.label), share.of)] if share.of and _is_share(share.label) else []


def check_share_limit(lookup: Lookup) -> Iterator[Finding]:
    """List shares of a whole that are under 0 or over 100 %."""
    for share in lookup.each("ratio"):
        if share.unit == "%" and _is_share(share.label):
            words = _against(f"{share.label} {share.quote}", say("0 to 100 %"))
            finding = judge("share_limit", (share,), words, Interval(0, 100))
            if finding.verdict == "disagrees":
                yield finding


def _is_share(label: str) -> bool:
    """Whether a name says itself that it is a share of a whole (税收占比)."""
    return canonical(label) != canonical(label, keep_share=True)


def check_threshold(lookup: Lookup) -> Iterator[Finding]:
    """See that things over a higher threshold are not more than those over a lower one."""
    levels = (row for row in lookup.each("level") if not row.bound and row.unit != "元")
    for group in group_facts(levels, _label_threshold).values():
        ordered = sorted(group, key=lambda row: _read_threshold(row.label)[1])
        for low, high in combinations(ordered, 2):
            if _read_threshold(low.label) != _read_threshold(high.label):
                yield _hold_within("threshold", high, low)


def _label_threshold(row: Fact) -> tuple[str, ...] | None:
    """Return what facts share that differ by their threshold alone; None without a threshold."""
    name, size = _read_threshold(row.label)
    return (name, row.place, row.period, row.document, row.unit) if size else None


@cache
def _read_threshold(label: str) -> tuple[str, float]:
    """Return a name with its threshold blanked, and the threshold in 元; 0 if it has none.

    亿元以上项目 names no number of 元 and is left alone, as are things under a threshold.
    """
    rules = load_settings("audit")["thresholds"]
    over, behind = (words("audit", f"thresholds.{name}").pattern for name in ("over", "behind"))
    powers = "|".join(rules["powers"])
    pattern = rf"{over}?(\d+(?:\.\d+)?)({powers})?{rules['unit']}({behind}?)的?"
    found = re.search(pattern, label)
    if not found or found[3] in words("audit", "thresholds.under"):
        return label, 0.0
    size = float(found[1]) * (rules["powers"][found[2]] if found[2] else 1)
    return label.replace(found[0], "◇", 1), size


def check_two_values(lookup: Lookup) -> Iterator[Finding]:
    """See that one thing has one value: same measure, place, period, unit and basis.

    What was revised is held against other revised values only.
    """
    for group in lookup.results.values():
        for rows in group_facts(group, lambda row: (row.unit, row.of)).values():
            for first, second in combinations(prefer_revised(rows), 2):
                yield _compare_twins(first, second)


def _compare_twins(first: Fact, second: Fact) -> Finding:
    name = first.label
    if first.measure != "level":
        name = say("{name} ({more})", name=name, more=label(first.measure))
    told = {"name": name, "one": first.quote, "other": second.quote}
    words = say("{name}: {one} against {other}", **told)
    remark = say("two values in one document; which is right can't be told from it")
    doubt = _doubt_twins(first, second) or _doubt_sameness(first, second)
    return judge("two_values", (first, second), words, second.span, doubt=doubt, remark=remark)


def _doubt_twins(first: Fact, second: Fact) -> str:
    if first.status != second.status:
        return say("one is an estimate, the other a result")
    if first.measure == "rank":
        return say("one rank may be of the amount, the other of its growth")
    if not first.catalogued:
        return say("the name is not catalogued and may stand for two things")
    if first.measure == "level" and first.unit not in words("audit", "units.measured"):
        return doubt_set()
    return ""


def _doubt_sameness(first: Fact, second: Fact) -> str:
    """Say why two numbers of one name may yet tell two things, or two times of telling."""
    if first.document != second.document:
        return say("two documents; the later one may be a revision")
    if first.paragraph == second.paragraph and _is_one_breath(first, second):
        return say("told in one breath, so hardly of one thing")
    if (first.bound in OPEN) != (second.bound in OPEN):
        return say("one is only a bound, and may be of more or of less")
    return doubt_thing() if are_far_apart(first.value, second.value, first.unit) else ""


def _is_one_breath(first: Fact, second: Fact) -> bool:
    gap = max(second.start - first.end, first.start - second.end)
    return gap <= int(load_settings("audit")["twins"]["breath"])
