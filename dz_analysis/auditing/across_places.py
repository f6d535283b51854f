"""Whether the numbers of several places agree: ranks, gaps to an average, a city's districts.

In: a `Lookup`. Out: `Finding`s. Which city a place belongs to is known from its code alone;
without codes these checks stay undecided or are not made.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from dz_analysis.auditing.findings import VERDICTS, Finding, judge, leave_unchecked
from dz_analysis.auditing.one_period import add_up
from dz_analysis.comparing.facts import is_additive, is_lower_better
from dz_analysis.comparing.intervals import Interval
from dz_analysis.comparing.lookup import Fact, Lookup, group_facts
from dz_analysis.comparing.periods import name_period
from dz_analysis.comparing.ranks import (
    RANKED,
    bound_rank,
    has_field_words,
    is_better,
    list_rank_bases,
)
from dz_analysis.language import label, say
from dz_analysis.lexicon import values, words

FIELD = re.compile(r"(\d+)[个家]")  # 全省160个省级以上开发区: a field of 160
Fields = dict[tuple[str, str, str, str], list[Fact]]


def check_rank_field(lookup: Lookup) -> Iterator[Finding]:
    """See that a rank is within the number of those ranked (第49位 of 160)."""
    for row in lookup.each("rank"):
        if found := FIELD.search(row.of):
            told = {"part": f"{row.label} {row.quote}", "whole": row.of}
            words = say("{part} within {whole}", **told)
            yield judge("rank_field", (row,), words, Interval(1, float(found[1])))


def check_rank_twice(lookup: Lookup) -> Iterator[Finding]:
    """Find two places that hold one rank of one thing in one city."""
    ranks = [row for row in lookup.each("rank") if not row.bound and (row.of or row.city)]
    alike = group_facts(ranks, lambda row: (row.concept, row.period, _scope(row), row.value))
    for first, *others in alike.values():
        for other in others:
            if other.place != first.place:
                yield _compare_ranks(lookup, first, other)


def _scope(row: Fact) -> str:
    """Within what a rank is: the words and, for 全市 or 全省, which city or province."""
    if has_field_words(row.of, "nation"):
        return row.of
    return f"{row.of}@{row.city[:2] if has_field_words(row.of, 'province') else row.city}"


def _compare_ranks(lookup: Lookup, first: Fact, other: Fact) -> Finding:
    doubt = _doubt_ranks(lookup, first, other)
    return Finding(
        "rank_twice",
        (first.row, other.row),
        say(
            "{name} {one} of {place} and {two} of {other} within {field}, {when}",
            name=first.label,
            one=first.quote,
            place=first.place,
            two=other.quote,
            other=other.place,
            field=first.of or _name_no_field(),
            when=name_period(first.period),
        ),
        first.span,
        other.span,
        first.unit,
        "undecided" if doubt else "disagrees",
        doubt or say("unless the two are tied"),
    )


def _name_no_field() -> str:
    return say("a field not said")


def _doubt_ranks(lookup: Lookup, first: Fact, other: Fact) -> str:
    if _scope(first).endswith("@"):
        return say("the places have no code, so one city is not certain")
    if not first.of:
        return say("within what they rank is not said")
    bases = {list_rank_bases(lookup, row) or ("",) for row in (first, other)}
    each = sorted({basis for group in bases for basis in group})
    if len(each) > 1:
        named = say(" and ").join(label(basis or "unknown") for basis in each)
        return say("one may rank the amount, the other its growth: {named}", named=named)
    return _doubt_tie(lookup, first, other, each[0]) or _doubt_basis(each[0])


def _doubt_basis(basis: str) -> str:
    """Say why two ranks by one measure may be of two things; blank if they are of one.

    A row tells the measure that stands before a rank, not the word: 总量第一 is like 增量第一.
    """
    if not basis:
        return say("what the two rank is not told beside them")
    return say("one may rank the amount, the other what it rose by") if basis == "level" else ""


def _doubt_tie(lookup: Lookup, first: Fact, other: Fact, basis: str) -> str:
    values = [value for row in (first, other) for value in lookup.find(row, measure=basis)[:1]]
    if len(values) < 2 or not values[0].span.meets(values[1].span):
        return ""
    return say(
        "the two may be tied, by {measure}: {one} and {other}",
        measure=label(basis),
        one=values[0].quote,
        other=values[1].quote,
    )


def check_stated_rank(lookup: Lookup) -> Iterator[Finding]:
    """See that a stated rank leaves room for those of the corpus that do better.

    The corpus may lack places, so it can show a stated rank to be too good, never too bad. Only
    places of the same city (of a city: cities of the same province) are rivals, and only in a
    field that holds them all: 全市, 全省 and not 全省开发区. Where the field is not said a rank
    is listed only if it is too good for the likely one, as undecided. Where level or growth may
    be ranked a rank agrees if it does by either, and is undecided if one can't be compared.
    """
    fields = _index_fields(lookup)
    for row in lookup.each("rank"):
        bases = list_rank_bases(lookup, row)
        found = [one for basis in bases for one in _rank_by(lookup, fields, row, basis)]
        finding = _choose_finding(found, unknown=len(bases) - len(found))
        if finding and (row.of or finding.verdict != "agrees"):
            yield finding


def _rank_by(lookup: Lookup, fields: Fields, row: Fact, basis: str) -> list[Finding]:
    """Hold a rank against the rivals of its place by one measure; none if that can't be done."""
    own = lookup.find(row, measure=basis)[:1]
    rivals = _list_rivals(fields, row, basis)
    return [_compare_rank(row, own[0], rivals)] if own and rivals else []


def _choose_finding(found: list[Finding], *, unknown: int) -> Finding | None:
    """Return what a rank gives that may be of several measures, some of them unknown."""
    if not found:
        return None
    best = max(found, key=lambda one: VERDICTS.index(one.verdict))
    if best.verdict != "disagrees" or not unknown:
        return best
    note = say("it may be the rank of another measure; {note}", note=best.note)
    return replace(best, verdict="undecided", note=note)


def _list_rivals(fields: Fields, row: Fact, basis: str) -> list[Fact]:
    """Return what the places state that a rank is among; none if its field may be another."""
    if row.bound in (">=", "~") or not _holds_all(row):
        return []
    field = fields.get((row.concept, basis, row.period, _league(row)), [])
    return [rival for rival in field if rival.place != row.place]


def _holds_all(row: Fact) -> bool:
    """Whether all places like a rank's own are in its field, as far as its words can tell."""
    if words("audit", "ranks.narrow_fields").first_in(row.of) or _is_of_counties_only(row):
        return False
    if not row.of:
        return not _is_city(row)
    wide = "city" if _is_city(row) else "district"
    return bool(words("audit", f"ranks.wider_than_a_{wide}").first_in(row.of))


def _is_of_counties_only(row: Fact) -> bool:
    """Whether a field is that of 县 and the place ranked none: its districts are not in it."""
    only = has_field_words(row.of, "county") and not has_field_words(row.of, "district")
    return only and not words("audit", "ranks.fields.county").at_end(row.place)


def _league(row: Fact) -> str:
    """Return among whom a place is ranked: districts of its city, cities of its province."""
    return f"{row.city[:2]}0000" if _is_city(row) else row.city


def _index_fields(lookup: Lookup) -> Fields:
    """One result per place for every indicator, measure, period and league."""
    rows = [row for row in lookup.each(*RANKED) if row.city and not row.of]
    fields = group_facts(rows, lambda row: (row.concept, row.measure, row.period, _league(row)))
    return {key: _first_of_each_place(field) for key, field in fields.items()}


def _first_of_each_place(rows: list[Fact]) -> list[Fact]:
    return [first for first, *_ in group_facts(rows, lambda row: row.place).values()]


def _compare_rank(row: Fact, own: Fact, rivals: list[Fact]) -> Finding:
    same = [rival for rival in rivals if rival.unit == own.unit]
    less = is_lower_better(row.label)
    best, worst = bound_rank(own.span, [rival.span for rival in same], ascending=less)
    words = say(
        "{name} {rank} within {field} by {measure} {number}: {n} of {all} other places of the "
        "corpus do better",
        name=row.label,
        rank=row.quote,
        field=row.of or _name_no_field(),
        measure=label(own.measure),
        number=own.quote,
        n=best - 1,
        all=len(same),
    )
    doubt = "" if row.of else say("within what is not said; ")
    numbers = (row, own, *_choose_rivals(own, same, ascending=less))
    finding = judge("stated_rank", numbers, words, Interval(best, math.inf), doubt=doubt)
    told = {"best": best, "worst": worst, "n": 1 + len(same)}
    note = say("the corpus gives rank {best} to {worst} among its {n}", **told)
    return replace(finding, note=doubt + note)


def _choose_rivals(own: Fact, rivals: list[Fact], *, ascending: bool) -> list[Fact]:
    """Return the rivals to be shown: those that do better, else one that may, else any one."""
    better = [rival for rival in rivals if is_better(rival.span, own.span, ascending=ascending)]
    level = [rival for rival in rivals if not is_better(own.span, rival.span, ascending=ascending)]
    return better or level[:1] or rivals[:1]


class Average(NamedTuple):
    """An average that a gap can be held against: what it can be, its sources, its name."""

    span: Interval
    sources: tuple[Fact, ...]
    named: str


def check_gap(lookup: Lookup) -> Iterator[Finding]:
    """Take a gap off its growth rate; hold the implied average against other sources of it.

    Sources are the city's own rate, else what the first gap to the same average implies.
    """
    known: dict[tuple[str, str, str, str], Average] = {}
    stated = _index_city_rates(lookup)
    for gap in lookup.each("gap"):
        for own in _list_gap_partners(lookup, gap):
            implied = own.span.minus(gap.span)
            key = (gap.concept, gap.period, own.measure, _scope(gap))
            told = {"name": own.label, "rate": own.quote, "gap": gap.quote, "other": gap.of}
            words = say("{name} {rate}, {gap} from {other}", **told)
            average = known.get(key) or _find_average(stated, gap, own)
            if average:
                yield judge(
                    "gap",
                    (own, gap, *average.sources),
                    say("{one} against {other}", one=words, other=average.named),
                    implied,
                    stated=average.span,
                )
            else:
                lack = say("the average is not in the corpus; it would be the implied one")
                yield leave_unchecked("gap", (own, gap), words, implied, unit="%", lacking=lack)
                named = say("the average that {place}'s gap implies", place=gap.place)
                average = Average(implied, (own, gap), named) if gap.city else None
            if average:
                known[key] = average


def _list_gap_partners(lookup: Lookup, gap: Fact) -> list[Fact]:
    """Return the rate in % that a gap in 百分点 is taken off: the growth, else the ratio."""
    growth = [row for row in lookup.find(gap, measure="growth") if not row.of]
    rows = growth or lookup.find(gap, measure="ratio")
    points = values("audit", "units.difference")
    return [row for row in rows if points.get(row.unit) == gap.unit][:1]


def _index_city_rates(lookup: Lookup) -> dict[tuple[str, str, str, str], Fact]:
    """Index the first rate that each city states itself by indicator, measure, period and city."""
    rates = [row for row in lookup.each("growth", "ratio") if _is_city(row) and not row.of]
    alike = group_facts(rates, lambda row: (row.concept, row.measure, row.period, row.city))
    return {key: first for key, (first, *_) in alike.items()}


def _find_average(
    stated: dict[tuple[str, str, str, str], Fact], gap: Fact, own: Fact
) -> Average | None:
    """Return the city's own rate for a gap to the average of a city (全市平均)."""
    rate = stated.get((gap.concept, own.measure, gap.period, gap.city))
    if rate is None or not has_field_words(gap.of, "city"):
        return None
    return Average(rate.span, (rate,), say("the {place}'s own value", place=rate.place))


def _is_city(row: Fact) -> bool:
    return row.region_code.endswith("00") and not row.region_code.endswith("0000")


def check_city(lookup: Lookup) -> Iterator[Finding]:
    """See that the districts of a city do not sum to more than the city."""
    fields = _index_fields(lookup)
    for city in lookup.each("level"):
        if _is_city(city) and is_additive(city.label):
            field = fields.get((city.concept, "level", city.period, city.city), [])
            parts = [row for row in field if row.unit == city.unit]
            if parts:
                yield _compare_city(city, parts)


def _compare_city(city: Fact, parts: list[Fact]) -> Finding:
    zones = [row.place for row in parts if _is_zone(row)]
    named = say("zones may lie inside districts: {zones}", zones=say(", ").join(zones))
    words = say(
        "{name} of {place} {number} against the sum of {n} places of the corpus",
        name=city.label,
        place=city.place,
        number=city.quote,
        n=len(parts),
    )
    least = Interval(add_up(parts).low, math.inf)
    doubt = named if zones and len(parts) > 1 else ""
    return judge("city", (city, *parts), words, least, doubt=doubt)


def _is_zone(row: Fact) -> bool:
    """Whether a place is a functional zone, by its code (371400:高新区) or by its name."""
    return ":" in row.region_code or bool(words("audit", "names.zones").at_end(row.place))
