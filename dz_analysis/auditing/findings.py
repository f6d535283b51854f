"""What a check returns: the numbers compared, what they imply, the verdict.

In: facts that belong together and the interval that they imply. Out: `Finding`s with one of
`VERDICTS`. A check never corrects; where rounding leaves room it agrees, where a definition may
explain a difference it is `undecided`, and where the corpus lacks the counterpart it is
`unchecked` and says what the counterpart would have to be. What rests on a number that is too
doubtful to be taken is `doubtful`, with the verdict that it would have.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dz_analysis.comparing.intervals import Interval
from dz_analysis.comparing.lookup import Fact
from dz_analysis.language import label, say, say_count
from dz_analysis.lexicon import load_settings, values, words
from dz_analysis.naming import spell

VERDICTS = ("disagrees", "undecided", "doubtful", "unchecked", "agrees")


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

    @property
    def is_empty(self) -> bool:
        """Whether no contradiction could have come of it, as too much is open."""
        if self.stated is None:
            return False
        ends = ((self.stated.low, self.implied.low), (self.stated.high, self.implied.high))
        is_open = all(map(math.isinf, (self.implied.low, self.implied.high)))
        return is_open or any(math.isinf(one) and one == other for one, other in ends)


def doubt_set() -> str:
    """Return why two counts of one name may differ."""
    return say("counts of one name may be of different sets")


def doubt_thing() -> str:
    """Return why two numbers far apart may be no contradiction."""
    return say("so far apart that they are hardly of one thing")


def are_far_apart(one: float, other: float, unit: str) -> bool:
    """Whether one number is so many times the other that they hardly tell one thing.

    Examples
    --------
    >>> are_far_apart(20, 300, "公里"), are_far_apart(57.3, 9.9, "%"), are_far_apart(3, 8, "%")
    (True, True, False)
    """
    rules = load_settings("audit")["twins"]
    less, more = sorted((abs(one), abs(other)))
    is_far = one * other < 0 or more >= rules["far_times"] * less
    is_rate = unit in words("audit", "units.percent")
    return is_far and (not is_rate or abs(one - other) >= rules["far_points"])


def judge(
    check: str,
    numbers: Sequence[Fact],
    compared: str,
    implied: Interval,
    *,
    stated: Interval | None = None,
    unit: str = "",
    doubt: str = "",
    remark: str = "",
) -> Finding:
    """Hold a number against what others imply: they agree if rounding allows one number for both.

    Parameters
    ----------
    check : str
        Name of the check.
    numbers : sequence of Fact
        The numbers compared; the first is held against the others.
    compared : str
        What is compared, in words.
    implied : Interval
        What the first number would have to be.
    stated : Interval, optional
        What is held against `implied`, if it is not the first number itself.
    unit : str
        Of both intervals; blank for the first number's.
    doubt : str
        Why a difference would be no contradiction; then it is `undecided`.
    remark : str
        What is to be said of a difference that is one.
    """
    shown = stated or numbers[0].span
    verdict, note = "agrees", ""
    if not shown.meets(implied):
        verdict, note = ("undecided", doubt) if doubt else ("disagrees", remark)
    rows = tuple(number.row for number in numbers)
    return Finding(check, rows, compared, shown, implied, unit or numbers[0].unit, verdict, note)


def leave_unchecked(
    check: str,
    numbers: Sequence[Fact],
    compared: str,
    implied: Interval,
    *,
    unit: str,
    lacking: str,
) -> Finding:
    """Say what the counterpart of some numbers would have to be that the corpus lacks."""
    rows = tuple(number.row for number in numbers)
    return Finding(check, rows, compared, None, implied, unit, "unchecked", lacking)


def set_apart(finding: Finding, doubtful: Sequence[Fact]) -> Finding:
    """Return a finding as one that rests on doubtful numbers, with the verdict it would have."""
    told = [
        say("{name} ({more})", name=fact.quote, more=f"{fact.confidence:.2f}") for fact in doubtful
    ]
    would = say_count(
        len(doubtful),
        "{verdict} if {numbers} is read right",
        "{verdict} if {numbers} are read right",
        verdict=label(finding.verdict),
        numbers=say(", ").join(told),
    )
    note = say("; ").join(filter(None, (would, finding.note)))
    return replace(finding, verdict="doubtful", note=note)


def explain_growth(name: str) -> str:
    """Return why a published growth rate is not the quotient of two levels; blank if it is."""
    for word, reason in values("audit", "growth.not_nominal").items():
        if spell(word) in spell(name):
            return label(reason)
    return ""
