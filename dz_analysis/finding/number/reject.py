"""What has the form of a quantity and counts nothing: dates, names, coinages, classes.

In: the text. Out: its scanned quantities that measure something, and those that do not, each with
the refusal that left it out.

`TABLES` holds the refusals and exemptions for each kind of number, in their order; the first row
that has something to say decides. The rows stand by subject in `ranks`, `labels`, `classes` and
`bare_numbers`. What each refusal means, with an example that it refuses and one that it keeps,
stands in the lexicon's `refusals`; the words that call for it in `not_quantities`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import zip_longest
from types import MappingProxyType
from typing import NamedTuple

from dz_analysis.finding.model import Quantity, Reason, new
from dz_analysis.finding.number.bare_numbers import BARE_NUMBERS
from dz_analysis.finding.number.classes import CLASSES
from dz_analysis.finding.number.labels import EVERY, GENERAL
from dz_analysis.finding.number.ranks import RANKS
from dz_analysis.finding.number.refusal import (
    CUE,
    ENDS,
    HELD,
    LIMITED,
    LIST,
    PASSED,
    SIGN,
    WORDED,
    WORDS,
    Candidate,
    Exemption,
    Refusal,
    RefusalRule,
    Row,
    Surroundings,
    cue_ends,
)
from dz_analysis.finding.number.scan import scan_quantities
from dz_analysis.finding.number.shared_units import share_units
from dz_analysis.lexicon import words

HAN_FIRST, HAN_LAST = "\u3400", "\u9fff"
WINDOW = 12  # characters on each side that most tests look at


class Refused(NamedTuple):
    """A number that was left out: `text[start:end] == quote`, and why."""

    start: int
    end: int
    quote: str
    reason: Reason


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Return the numbers of a text that may measure something, in text order.

    Examples
    --------
    >>> find_quantities("2019年，全县5亿元以上项目7个，列第3位")
    (<7个 count 7 个>, <第3位 rank 3 位>)
    """
    return tuple(quantity for quantity, reason in _judge_all(text) if reason is None)


def refusals(text: str) -> tuple[Refused, ...]:
    """Return the numbers of a text that count nothing, in text order, each with its reason.

    Examples
    --------
    >>> [(one.quote, str(one.reason)) for one in refusals("2019年，全县5亿元以上项目7个")]
    [('2019', 'date, ordinal or name (年)'), ('5亿元', 'limit of a class (以上)')]
    """
    return tuple(
        Refused(quantity.start, quantity.end, quantity.quote, reason)
        for quantity, reason in _judge_all(text)
        if reason is not None
    )


def _judge_all(text: str) -> Iterator[tuple[Quantity, Reason | None]]:
    """Yield every scanned quantity, with None if it is kept and else with the reason why not."""
    around = Surroundings.of(text)
    scanned = share_units(text, tuple(scan_quantities(text)))
    last: Quantity | None = None
    for quantity, following in zip_longest(scanned, scanned[1:]):
        before = text[max(0, quantity.start - WINDOW) : quantity.start]
        after = text[quantity.end : quantity.end + WINDOW]
        rows = _rows_for(quantity, before, after, is_held=around.held[quantity.start] == 1)
        verdict: Quantity | Reason = quantity
        if rows:
            seen = around, quantity, following, last, before, after
            verdict = judge(new(Candidate, seen), rows)
        if isinstance(verdict, Reason):
            yield quantity, verdict
        else:
            last = verdict
            yield verdict, None


def _rows_for(quantity: Quantity, before: str, after: str, *, is_held: bool) -> tuple[Row, ...]:
    """Return the rows that look at a number by what stands beside it: none for one in three."""
    last, first = before[-1:], after[:1]
    beside = HELD if is_held else 0
    if not HAN_FIRST <= last <= HAN_LAST:
        beside |= SIGN
    if not first or first not in ENDS or first == "、":
        beside |= WORDS
        if words(LIST, "limits").at_start(after):
            beside |= LIMITED
        if words(LIST, "over").at_end(before):
            beside |= PASSED
    if not "1" <= quantity.quote[0] <= "9":
        beside |= WORDED
    if last in cue_ends():
        beside |= CUE
    return _rows(quantity.kind, quantity.unit, beside)


def judge(candidate: Candidate, rows: Iterable[Row]) -> Quantity | Reason:
    """Return the quantity if it measures something, its unit settled, else why it does not."""
    quantity = candidate.quantity
    for row in rows:
        verdict = row.test(candidate)
        if verdict is None:
            continue
        if isinstance(verdict, Quantity):
            return verdict
        if isinstance(row, Refusal):
            return Reason(row.rule, verdict, LIST if row.role else "", row.role)
    return quantity


@cache
def _rows(kind: str, unit: str, beside: int) -> tuple[Row, ...]:
    """Return the rows that look at a number of a kind in a unit, by what stands beside it."""
    return tuple(
        row
        for row in EVERY + TABLES.get(kind, GENERAL + CLASSES)
        if row.beside & beside == row.beside
        and (isinstance(row, Exemption) or not row.units or unit in words(LIST, row.units))
    )


def _is_no_ratio(candidate: Candidate) -> str | None:
    """Refuse 2.27:1 where no 比 is told of."""
    return None if words(LIST, "ratio_cues").first_in(candidate.back(24)) else ""


def _is_cut(candidate: Candidate) -> str | None:
    """Refuse □0.7亿元: nobody knows how the number began."""
    return candidate.quantity.quote


def _is_clock(candidate: Candidate) -> str | None:
    """Refuse 9:30:15, which are no three shares."""
    return candidate.quantity.quote


R = RefusalRule
# Any other kind is GENERAL + CLASSES.
TABLES: Mapping[str, tuple[Row, ...]] = MappingProxyType(
    {
        "rank": RANKS,
        "pair": (Refusal(R.NO_RATIO, _is_no_ratio, "ratio_cues"),),
        "cut": (Refusal(R.CUT, _is_cut),),
        "clock": (Refusal(R.CLOCK, _is_clock),),
        "part": (),
        "bare": BARE_NUMBERS,
        **dict.fromkeys(("percent", "point", "multiple"), GENERAL),
    }
)
