"""What a check returns: the numbers compared, what they imply, the verdict.

In: intervals of stated and implied numbers. Out: `Finding` and one of `VERDICTS`.
"""

from __future__ import annotations

from dataclasses import dataclass

from dz_analysis.comparing.intervals import Interval
from dz_analysis.lexicon import load_rules
from dz_analysis.naming import spell

VERDICTS = ("disagrees", "undecided", "unchecked", "agrees")


@dataclass(frozen=True, slots=True)
class Finding:
    """One check of one number: what was compared, what it implies, the verdict.

    `rows` are positions in the facts; the first is the number that is held against the others.
    """

    check: str
    rows: tuple[int, ...]
    compared: str
    stated: Interval | None
    implied: Interval
    unit: str
    verdict: str
    note: str = ""


def judge(stated: Interval, implied: Interval) -> str:
    """Return `agrees` if rounding allows one number for both."""
    return "agrees" if stated.meets(implied) else "disagrees"


def explain_growth(label: str) -> str:
    """Return why a published growth rate is not the quotient of two levels; blank if it is."""
    for word, reason in load_rules("audit")["growth"]["not_nominal"].items():
        if spell(word) in spell(label):
            return str(reason)
    return ""
