"""The types that the finders share: what is known of a document, a quantity, an observation.

In and out: nothing; `tags` fills the `Context`, `quantities` the `Quantity`s,
`observations` the `Observation`s.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from dz_analysis.finding.catalogue import indicator_id
from dz_analysis.reading.provenance import Provenance

# Makes a named tuple of all its fields, `new(Quantity, (start, end, …))`: its own constructor is a
# call in Python that takes three times as long. For what is made for every number.
new = tuple.__new__


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of a document before its numbers are read; every field may be blank.

    `region` is the place that the document reports on and `city`, `province` the places above
    it; `published` is a date as exact as known (`YYYY`, `YYYY-MM` or `YYYY-MM-DD`);
    `period_start` and `period_end` are months, `YYYY-MM`. `corpus` names the corpus whose own
    indicators count beside the catalogue's. `provenance` says for each field (`period` for both
    months) what it was read from.
    """

    document: str = ""
    title: str = ""
    publisher: str = ""
    published: str = ""
    genre: str = ""
    region: str = ""
    region_code: str = ""
    city: str = ""
    province: str = ""
    period_start: str = ""
    period_end: str = ""
    corpus: str = ""
    provenance: tuple[Provenance, ...] = field(default=(), compare=False)


class Rule(Enum):
    """What may decide a field of an observation; each room has its own rules.

    Code may branch on a rule. Its value is a name for people; no code reads it.
    """

    # Members are looked up in sets and tables for every number; the hash of `Enum` is a call in
    # Python, and asking `value` another one.
    __hash__ = object.__hash__

    def __str__(self) -> str:
        """Show the name for people."""
        return str(self._value_)


class Reason(NamedTuple):
    """Why a field of an observation is as it is: the rule, and the cue that called for it.

    `list` and `role` say where the lexicon holds the cue, `word` in which row where that is not
    the cue as it stands (全市 by 市); all are blank where no row of a list decided.
    """

    rule: Rule
    cue: str = ""
    list: str = ""
    role: str = ""
    word: str = ""

    def __str__(self) -> str:
        """Show the rule, and its cue in brackets."""
        return f"{self.rule} ({self.cue})" if self.cue else str(self.rule)


@lru_cache(maxsize=4096)
def reason_of(rule: Rule, cue: str = "", *row: str) -> Reason:
    """Return the `Reason` of a rule, a cue and a row: list, role, word.

    Made once: every number has five, few differ, and the garbage collector walks what is kept.
    """
    return Reason(rule, cue, *row)


class Quantity(NamedTuple):
    """One number with its unit; `text[start:end] == quote`.

    `kind` is the unit's kind in the lexicon, `part` for one number of a ratio 11:54:35, `bare`
    for a number without a unit. `open_` says that a word inside leaves it open upwards.
    """

    start: int
    end: int
    quote: str
    value: Decimal
    high: Decimal | None
    unit: str
    kind: str
    open_: bool = False
    place: int = 0

    def __repr__(self) -> str:
        """Show the words first."""
        return f"<{self.quote} {self.kind} {self.value} {self.unit}>"


class Observation(NamedTuple):
    """One number that measures something; `text[start:end] == quote`.

    `of` is blank where nothing is compared, `modifier` where nothing is promised; `why` gives the
    reasons for name, measure, period, region and status, so that a wrong row can be traced.
    `corpus` names the corpus whose own indicators count beside the catalogue's.
    """

    start: int
    end: int
    quote: str
    indicator: str
    measure: str
    value: Decimal
    value_high: Decimal | None = None
    unit: str = ""
    bound: str = ""
    period: str = ""
    region: str = ""
    region_code: str = ""
    status: str = "actual"
    of: str = ""
    corpus: str = ""
    why: tuple[Reason, ...] = ()
    modifier: str = ""

    @property
    def indicator_id(self) -> str:
        """The indicator's id in the catalogue, blank if it has none; looked up when it is asked."""
        return indicator_id(
            self.indicator, unit=self.unit, measure=self.measure, corpus=self.corpus
        )

    def __repr__(self) -> str:
        """Show the words first."""
        return f"<{self.quote} {self.indicator} {self.measure} {self.period} {self.status}>"
