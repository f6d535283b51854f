"""What the figures of a table tell of its columns: which are growths, shares and totals of others.

A page may lose the empty cells of a table and the order of its heads, but a growth stays the
growth of two other columns. In: rows of figures. Out: `Relation`s between their columns, and
figures of a shorter row laid under the columns that they fit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import combinations, permutations
from typing import NamedTuple

ENOUGH = 3  # rows that a relation holds for at least
MOST = Decimal("0.75")  # share of the rows that it holds for at least
WIDEST = 10  # columns of figures that are compared with one another
HUNDRED = Decimal(100)
HALF = Decimal("0.51")  # of the last digit, lost by rounding


class Amount(NamedTuple):
    """A figure of a cell and the number of its decimals."""

    value: Decimal
    decimals: int

    @property
    def error(self) -> Decimal:
        """What rounding may have taken from it or added to it."""
        return HALF.scaleb(-self.decimals)


class Kind(StrEnum):
    """How a column follows from two others."""

    GROWTH = "growth"  # of the base to the amount, in per cent
    SHARE = "share"  # the amount in per cent of the base
    SUM = "sum"  # of both


@dataclass(frozen=True, slots=True, order=True)
class Relation:
    """The columns of which one, the `result`, follows from two others."""

    kind: Kind
    base: int
    amount: int
    result: int

    def repeats(self, other: Relation) -> bool:
        """Whether it is about the same columns as another one, or has the same result."""
        columns = {self.base, self.amount, self.result}
        return self.result == other.result or columns == {other.base, other.amount, other.result}

    def holds(self, row: Mapping[int, Amount]) -> bool | None:
        """Whether it holds for a row of figures by column; None if it cannot be said."""
        if self.result not in row or row.keys().isdisjoint((self.base, self.amount)):
            return None
        if self.kind is Kind.SUM:
            parts = [row[column] for column in (self.base, self.amount) if column in row]
            distance = sum((part.value for part in parts), -row[self.result].value)
            return abs(distance) <= sum((p.error for p in parts), row[self.result].error)
        if self.base not in row or self.amount not in row:
            return None
        return self._is_quotient(row[self.base], row[self.amount], row[self.result])

    def _is_quotient(self, base: Amount, amount: Amount, result: Amount) -> bool | None:
        if not base.value:
            return None
        quotient = HUNDRED * amount.value / base.value
        error = (HUNDRED * amount.error + abs(quotient) * base.error) / abs(base.value)
        change = HUNDRED if self.kind is Kind.GROWTH else Decimal(0)
        return abs(quotient - change - result.value) <= error + result.error


@dataclass(frozen=True, slots=True)
class Sheet:
    """The columns of a table as its full rows tell them: decimals and relations."""

    width: int
    decimals: tuple[frozenset[int], ...]
    relations: tuple[Relation, ...]

    def place(self, figures: Sequence[Amount]) -> tuple[int, ...]:
        """Lay the figures of a short row under the columns that they fit, -1 for one in doubt.

        Of all ways to lay them in their order those count whose relations hold most often.

        Examples
        --------
        >>> rows = [[8, 9, 10], [4, 5, 20], [5, 4, -25]]
        >>> full = [[Amount(Decimal(n), 0) for n in (a, b, 100 * (b - a) // a)] for a, b, _ in rows]
        >>> sheet = read_sheet([[*row[:2], row[2]._replace(decimals=1)] for row in full])
        >>> sheet.place([Amount(Decimal(7), 0), Amount(Decimal(3), 0)])
        (0, 1)
        >>> sheet.place([Amount(Decimal(7), 0)])
        (-1,)
        """
        ways = list(self._ways(figures))
        best = max((score for score, _ in ways), default=0)
        chosen = [way for score, way in ways if score == best]
        columns = (set(column) for column in zip(*chosen, strict=True))
        placed = tuple(column.pop() if len(column) == 1 else -1 for column in columns)
        return placed or (-1,) * len(figures)

    def _ways(self, figures: Sequence[Amount]) -> Iterator[tuple[int, tuple[int, ...]]]:
        for way in combinations(range(self.width), len(figures)):
            row = dict(zip(way, figures, strict=True))
            if all(figure.decimals in self.decimals[column] for column, figure in row.items()):
                held = [relation.holds(row) for relation in self.relations]
                if False not in held:
                    yield sum(map(bool, held)), way


def read_sheet(rows: Sequence[Sequence[Amount | None]]) -> Sheet | None:
    """Read the columns of rows of one width, None for a blank cell; None if they are too few."""
    width = max(map(len, rows), default=0)
    if len(rows) < ENOUGH or width > WIDEST:
        return None
    filled = [{c: cell for c, cell in enumerate(row) if cell is not None} for row in rows]
    decimals = tuple(
        frozenset(row[column].decimals for row in filled if column in row)
        for column in range(width)
    )
    return Sheet(width, decimals, tuple(_relations(filled, width)))


def _relations(rows: Sequence[Mapping[int, Amount]], width: int) -> Iterator[Relation]:
    """Yield the relations that hold for most rows, one of each kind for a result.

    A share of 80 % in 5 is also 4 of the 5 turned round; what varies least is the result.
    """
    for kind in Kind:
        ranked = sorted(
            (-count, _spread(relation.result, rows), relation)
            for columns in permutations(range(width), 3)
            for relation in [Relation(kind, *columns)]
            if (count := _count(relation, rows))
        )
        chosen: list[Relation] = []
        for *_, relation in ranked:
            if not any(relation.repeats(other) for other in chosen):
                chosen.append(relation)
        yield from chosen


def _spread(column: int, rows: Sequence[Mapping[int, Amount]]) -> Decimal:
    """Return how far apart the figures of a column are: the largest over the smallest."""
    values = [abs(row[column].value) for row in rows if column in row and row[column].value]
    return max(values) / min(values)


def _count(relation: Relation, rows: Sequence[Mapping[int, Amount]]) -> int:
    """Return for how many rows a relation holds, 0 if they are too few to trust it."""
    columns = {relation.base, relation.amount, relation.result}
    votes: Counter[bool | None] = Counter(
        relation.holds(row)
        for row in rows
        if columns <= row.keys() and row[relation.base].value and row[relation.amount].value
    )
    count = votes[True]
    return count if count >= ENOUGH and count >= MOST * (count + votes[False]) else 0
