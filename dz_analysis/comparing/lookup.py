"""Facts as objects, laid out so that a number's counterpart is found at once.

In: facts. Out: `Fact`s in the order of the table, and `Lookup` (results and targets by indicator,
measure, place and period).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import NamedTuple, TypeVar

import pandas as pd

from dz_analysis.comparing.confidence import find_threshold
from dz_analysis.comparing.facts import RESULTS, map_names, resolve_name
from dz_analysis.comparing.intervals import Interval
from dz_analysis.lexicon import load_lexicon

Label = TypeVar("Label", bound=Hashable)
# So many values of one thing in one document at most: a long table states more under 小计 or 合计,
# which tell nothing apart, and each would be held against each.
CROWD = 12
CROWDED = "crowded"  # key of `attrs`: positions in the facts of the rows of such a crowd


@dataclass(frozen=True, slots=True)
class Fact:
    """One row of the facts, see `prepare_facts`; `row` is its position in the table."""

    row: int
    document: str
    observation: int
    paragraph: int
    quote: str
    start: int
    end: int
    measure: str
    value: float
    value_high: float
    unit: str
    bound: str
    period: str
    region_code: str
    status: str
    of: str
    modifier: str
    confidence: float
    grade: str
    concept: str
    label: str
    catalogued: bool
    place: str
    home: str
    city: str
    kind: str
    revised: bool
    low: float
    high: float

    @property
    def span(self) -> Interval:
        """What the number can have been before rounding."""
        return Interval(self.low, self.high)

    @property
    def source(self) -> str:
        """Where the number stands: its document and its number there."""
        return f"{self.document} no. {self.observation}"

    @property
    def is_result(self) -> bool:
        """Whether it tells what is, not what is to be."""
        return self.status in RESULTS

    @property
    def key(self) -> Key:
        """What a number must share with it to be about the same."""
        return Key(self.concept, self.measure, self.place, self.period)


class Key(NamedTuple):
    """What a number is about."""

    concept: str
    measure: str
    place: str
    period: str


def list_facts(facts: pd.DataFrame) -> list[Fact]:
    """Return the rows of facts as objects, in the order of the table."""
    names = [field.name for field in fields(Fact)][1:]
    columns = (facts[name].tolist() for name in names)
    return [Fact(row, *values) for row, values in enumerate(zip(*columns, strict=True))]


def group_facts(
    rows: Iterable[Fact], label: Callable[[Fact], Label | None]
) -> dict[Label, list[Fact]]:
    """Group facts by what a function says of each; those of which it says None are left out."""
    groups: dict[Label, list[Fact]] = {}
    for row in rows:
        name = label(row)
        if name is not None:
            groups.setdefault(name, []).append(row)
    return groups


def prefer_revised(rows: list[Fact]) -> list[Fact]:
    """Return the rows whose values were revised; all, if none was."""
    return [row for row in rows if row.revised] or rows


@dataclass(frozen=True, slots=True)
class Lookup:
    """All facts in order, and results and targets by what they are about.

    A row without name, period or place has no counterpart, a doubtful one is not taken, and a
    crowded one stands under a name that its document gives to more than `CROWD` different values:
    they stand in `rows` alone.
    """

    rows: list[Fact]
    doubtful: frozenset[int]
    crowded: frozenset[int]
    names: dict[str, str]
    results: dict[Key, list[Fact]]
    targets: dict[Key, list[Fact]]

    def find(self, like: Fact, **other: str) -> list[Fact]:
        """Return results like a row but for some fields; of its own document if there are any.

        Revised values win over the others. `other` may name `concept`, `measure`, `place` and
        `period`.
        """
        found = prefer_revised(self.results.get(like.key._replace(**other), []))
        own = [row for row in found if row.document == like.document]
        return own or found

    def find_targets(self, like: Fact, **other: str) -> list[Fact]:
        """Return targets like a row but for some fields."""
        return self.targets.get(like.key._replace(**other), [])

    def concept(self, name: str) -> str:
        """Return the key of the thing that a word list calls by a name."""
        return resolve_name(name, self.names)

    def group_rules(self, lexicon: str, column: str) -> dict[str, list[Mapping[str, str]]]:
        """Return the rows of a word list by the concept that one of its columns names."""
        grouped: dict[str, list[Mapping[str, str]]] = {}
        for rule in load_lexicon(lexicon):
            grouped.setdefault(self.concept(rule[column]), []).append(rule)
        return grouped

    def each(self, *measures: str) -> Iterator[Fact]:
        """Go through the results of some measures, in the order of the table."""
        for row in self.rows:
            is_left = row.row in self.doubtful or row.row in self.crowded
            if row.measure in measures and row.is_result and _has_counterparts(row) and not is_left:
                yield row


def build_lookup(facts: pd.DataFrame, *, min_confidence: float | None = 0) -> Lookup:
    """Lay facts out by what they are about; those under a threshold are in `doubtful`."""
    rows = list_facts(facts)
    least = find_threshold(min_confidence)
    doubtful = frozenset(row.row for row in rows if row.confidence < least)
    known = [row for row in rows if _has_counterparts(row) and row.row not in doubtful]
    crowded = _find_crowded(known)
    known = [row for row in known if row.row not in crowded]
    return Lookup(
        rows,
        doubtful,
        crowded,
        map_names(facts),
        results=group_facts(known, lambda row: row.key if row.is_result else None),
        targets=group_facts(known, lambda row: None if row.is_result else row.key),
    )


def _find_crowded(rows: Iterable[Fact]) -> frozenset[int]:
    """Return the rows whose document states more than `CROWD` values of one and the same thing."""
    groups = group_facts(rows, lambda row: (row.document, row.is_result, row.key))
    return frozenset(
        row.row
        for group in groups.values()
        if len(group) > CROWD and len({(row.value, row.unit) for row in group}) > CROWD
        for row in group
    )


def _has_counterparts(row: Fact) -> bool:
    return bool(row.period and row.place and row.concept)
