"""Stated ranks (居全市第二) beside the rank that the corpus itself gives.

In: facts. Out: one row per stated rank. The corpus seldom holds all places that a rank is within,
so its own rank is among those it holds, and says among how many.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import pandas as pd

from dz_analysis.comparing.compare import USABLE, judge_numbers
from dz_analysis.comparing.confidence import find_least_sure
from dz_analysis.comparing.facts import RESULTS, is_lower_better, list_homes
from dz_analysis.comparing.intervals import Interval
from dz_analysis.comparing.lookup import Fact, Lookup, build_lookup, list_facts
from dz_analysis.comparing.periods import name_period
from dz_analysis.language import say
from dz_analysis.lexicon import words

RANKED = ("level", "growth", "ratio")
OR = " or "  # between cells of which either may be meant
RANK_COLUMNS = (
    "region",
    "indicator",
    "period",
    "stated",
    "of",
    "basis",
    "value",
    "corpus_rank",
    "among",
    "note",
    "confidence",
    "grade",
    "source",
)


def tabulate_ranks(facts: pd.DataFrame, *, regions: Iterable[str] = ()) -> pd.DataFrame:
    """Set every stated rank of a place beside its rank among the places of the corpus.

    Parameters
    ----------
    facts : pandas.DataFrame
        From `prepare_facts`.
    regions : iterable of str
        Places to rank; empty means those of the commonest level.

    Returns
    -------
    pandas.DataFrame
        Columns `RANK_COLUMNS`, one row per stated rank in the order of the table. `basis` is the
        measure ranked (see `list_rank_bases`; blank if none is known), `value` its quote,
        `corpus_rank` such as ``1`` or ``1–2`` where rounding leaves it open, `among` how many
        places the corpus can compare: those of the same city where the rank is within a city.
        Where either of two measures may be ranked the cells give both, joined by " or ", and
        `among` is the larger. Blank with a note where the corpus has no rank. `confidence` and
        `grade` are those of the rank, or of the value where that is less sure.
    """
    lookup = build_lookup(facts)
    places = list(regions) or list_homes(facts)
    fields = _Fields(facts, places)
    rows = []
    for row in lookup.each("rank"):
        if row.place in places:
            bases = list_rank_bases(lookup, row)
            rows.append(_describe(row, bases) | _rank_by_each(fields, row, bases))
    return pd.DataFrame(rows, columns=list(RANK_COLUMNS))


class _Value(NamedTuple):
    """What the corpus can compare of one place: its number and what it can have been."""

    region: str
    quote: str
    span: Interval
    confidence: float
    grade: str


class _Fields:
    """Comparable values of the corpus, compared once for all the ranks held against them."""

    def __init__(self, facts: pd.DataFrame, places: list[str]) -> None:
        self.results = facts[facts["status"].isin(RESULTS)].groupby(["concept", "period"])
        known = facts[facts["city"] != ""].drop_duplicates("place")
        self.cities = dict(zip(known["place"], known["city"], strict=True))
        self.places = places
        self.made: dict[tuple[str, str, str], list[_Value]] = {}

    def find(self, row: Fact, basis: str) -> list[_Value]:
        """Return one comparable value per place that may share the city of a rank."""
        key = (row.concept, basis, row.period)
        if key not in self.made:
            self.made[key] = self._compare(*key)
        if not row.city or not has_field_words(row.of, "city"):
            return self.made[key]
        return [v for v in self.made[key] if self.cities.get(v.region, row.city) == row.city]

    def _compare(self, concept: str, basis: str, period: str) -> list[_Value]:
        cells = judge_numbers(
            list_facts(self.results.get_group((concept, period))),
            measure=basis,
            period=period,
            regions=self.places,
        )
        # one a place, since all are of one period and doubles are settled
        return [
            _Value(fact.place, fact.quote, fact.span, fact.confidence, fact.grade)
            for fact in (cell.fact for cell in cells if cell.state in USABLE)
        ]


def _describe(row: Fact, bases: Sequence[str]) -> dict[str, object]:
    return {
        "region": row.place,
        "indicator": row.label,
        "period": name_period(row.period),
        "stated": row.quote,
        "of": row.of,
        "basis": OR.join(bases),
        **find_least_sure([row])._asdict(),
        "source": row.source,
    }


class _Rank(NamedTuple):
    """The rank that the corpus gives by one measure, and what is to be said of it."""

    value: str
    corpus_rank: str
    among: int
    note: str
    confidence: float
    grade: str


def _rank_by_each(fields: _Fields, row: Fact, bases: Sequence[str]) -> dict[str, object]:
    """Return the cells of the ranks by each measure that may be meant and that has a value."""
    if not bases:
        note = say("what is ranked is not stated in its paragraph")
        return _Rank("", "", 0, note, *find_least_sure([row]))._asdict()
    found = [_rank_in_corpus(fields, row, basis) for basis in bases]
    ranks = [rank for rank in found if rank.value] or found[:1]
    return {
        "value": OR.join(rank.value for rank in ranks),
        "corpus_rank": OR.join(rank.corpus_rank for rank in ranks if rank.corpus_rank),
        "among": max(rank.among for rank in ranks),
        "note": say("; ").join(dict.fromkeys(rank.note for rank in ranks if rank.note)),
        **find_least_sure(ranks)._asdict(),
    }


def _rank_in_corpus(fields: _Fields, row: Fact, basis: str) -> _Rank:
    """Rank a place by one measure among those that the corpus can compare."""
    field = {value.region: value for value in fields.find(row, basis)}
    own = field.pop(row.place, None)
    if own is None:
        return _Rank("", "", 0, say("its own value can't be compared"), *find_least_sure([row]))
    sure = find_least_sure([row, own])
    if not field:
        return _Rank(own.quote, "", 1, say("no other place of the corpus states it"), *sure)
    others = [value.span for value in field.values()]
    best, worst = bound_rank(own.span, others, ascending=is_lower_better(row.label))
    place = str(best) if best == worst else f"{best}–{worst}"
    return _Rank(own.quote, place, 1 + len(others), "", *sure)


def list_rank_bases(lookup: Lookup, row: Fact) -> tuple[str, ...]:
    """Return what a rank may be of: the measures of its indicator stated before it, last first.

    The table gives only the indicator's name. 增长12.8%，居全市第二 ranks the growth; behind level
    and growth either may be meant. What stands before another rank of the indicator is that one's.
    None where the same paragraph states nothing of the indicator before.
    """
    bases: dict[str, None] = {}
    for before in reversed(lookup.rows[: row.row]):
        if (before.document, before.paragraph) != (row.document, row.paragraph):
            break
        if before.key._replace(measure="") != row.key._replace(measure=""):
            continue
        if before.measure == "rank" and bases:
            break
        if before.measure in RANKED and before.is_result:
            bases[before.measure] = None
    return tuple(bases)


def has_field_words(of: str, width: str) -> bool:
    """Whether the words of a field or an average name a nation, province, city, county or district.

    Examples
    --------
    >>> has_field_words("全市", "city"), has_field_words("全省县域", "city")
    (True, False)
    """
    return bool(words("audit", f"ranks.fields.{width}").first_in(of))


def is_better(one: Interval, other: Interval, *, ascending: bool = False) -> bool:
    """Whether one number stands before another whatever they were before rounding."""
    return one.high < other.low if ascending else one.low > other.high


def bound_rank(
    own: Interval, others: Sequence[Interval], *, ascending: bool = False
) -> tuple[int, int]:
    """Return the best and the worst rank that rounding and bounds allow among others.

    Examples
    --------
    >>> first, second, third = Interval(4.5, 5.5), Interval(5.05, 5.15), Interval(1, 2)
    >>> bound_rank(first, [second, third]), bound_rank(third, [first, second], ascending=True)
    ((1, 2), (1, 1))
    """
    better = sum(is_better(other, own, ascending=ascending) for other in others)
    worse = sum(is_better(own, other, ascending=ascending) for other in others)
    return 1 + better, 1 + len(others) - worse
