"""Facts laid out so that a number's counterpart is found at once.

In: facts. Out: `Lookup` (results and targets by indicator, measure, place and period).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pandas as pd

from dz_analysis.comparing.facts import RESULTS, map_names, name_concept, name_key
from dz_analysis.comparing.intervals import Interval
from dz_analysis.lexicon import Row, load_lexicon

Fact = dict
Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Lookup:
    """Results (and, apart, targets) by concept, measure, place and period."""

    rows: list[Fact]
    names: dict[str, str] = field(default_factory=dict)
    results: dict[Key, list[Fact]] = field(default_factory=dict)
    targets: dict[Key, list[Fact]] = field(default_factory=dict)

    def find(self, like: Fact, **other: str) -> list[Fact]:
        """Return results like a row but for some fields; of its own document if there are any.

        `other` may name `concept`, `measure`, `place` and `period`.
        """
        found = self.results.get(self.key(like, **other), [])
        own = [row for row in found if row["document"] == like["document"]]
        return own or found

    def find_targets(self, like: Fact, **other: str) -> list[Fact]:
        """Return targets like a row but for some fields."""
        return self.targets.get(self.key(like, **other), [])

    def concept(self, name: str) -> str:
        """Return the key of the thing that a word list calls by a name."""
        return self.names.get(name_key(name)) or name_concept(name)

    def group_rules(self, lexicon: str, column: str) -> dict[str, list[Row]]:
        """Return the rows of a word list by the concept that one of its columns names."""
        grouped: dict[str, list[Row]] = {}
        for rule in load_lexicon(lexicon):
            grouped.setdefault(self.concept(rule[column]), []).append(rule)
        return grouped

    @staticmethod
    def key(like: Fact, **other: str) -> Key:
        """Return the key of a row, some of its fields replaced."""
        fields = like | other
        return fields["concept"], fields["measure"], fields["place"], fields["period"]

    def each(self, *measures: str) -> Iterator[Fact]:
        """Go through the results of some measures, in the order of the table."""
        for row in self.rows:
            known = row["period"] and row["place"] and row["concept"]
            if known and row["measure"] in measures and row["status"] in RESULTS:
                yield row


def build_lookup(facts: pd.DataFrame) -> Lookup:
    """Lay facts out by key; a row without name, period or place can't be checked and stays out."""
    rows = [{**row, "row": number} for number, row in enumerate(facts.to_dict("records"))]
    lookup = Lookup(rows, map_names(facts))
    for row in lookup.rows:
        if row["period"] and row["place"] and row["concept"]:
            side = lookup.results if row["status"] in RESULTS else lookup.targets
            side.setdefault(Lookup.key(row), []).append(row)
    return lookup


def span(row: Fact) -> Interval:
    """Return what a row's number can have been before rounding."""
    return Interval(row["low"], row["high"])
