"""How sure rows are: which are taken, which are left out, and the least sure behind a cell.

In: observations, or facts, with their columns `confidence` and `grade`. Out: the same rows told
apart, counted and named. A row that nobody judged (both blank) is never left out: nothing speaks
against it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Literal, NamedTuple, Protocol

import pandas as pd

from dz_analysis.finding.confidence.weigh import GRADES
from dz_analysis.language import say, say_count
from dz_analysis.lexicon import load_settings
from dz_analysis.tables import SEEN_MARKS

DOUBTFUL = GRADES[-1]  # the grade of a row that is to be looked at before it is used
UNJUDGED = "not judged"  # what a table calls rows without a grade
SEEN = "seen by a reader"  # and those that count as a person's word: no rule is sure of them
LEFT_OUT = "left_out"  # key of `attrs`: positions in the facts of the rows that were not taken
Language = Literal["en", "zh"]
SHOWN = ("document", "observation", "indicator", "measure", "quote", "confidence", "grade")


class Judged(Protocol):
    """What says how sure it is."""

    @property
    def confidence(self) -> float:
        """Probability that it is right, NaN if it was not judged."""

    @property
    def grade(self) -> str:
        """A, B or C, blank if it was not judged."""


class Sureness(NamedTuple):
    """The confidence and the grade of the least sure of some rows."""

    confidence: float
    grade: str


def find_least(grade: str) -> float:
    """Return the least confidence that has a grade; that of the last grade is 0.

    Examples
    --------
    >>> find_least("A") > find_least("B") > find_least("C")
    True
    """
    return float(load_settings("grades")["grades"].get(grade, 0.0))


def find_threshold(min_confidence: float | None = None) -> float:
    """Return the least confidence of a row that is taken: by default the least of grade B.

    Raises
    ------
    ValueError
        If it is no probability.

    Examples
    --------
    >>> find_threshold(0.6), find_threshold() == find_least("B")
    (0.6, True)
    """
    if min_confidence is None:
        return find_least("B")
    if not 0 <= min_confidence <= 1:
        msg = f"min_confidence is {min_confidence}; expected a probability, or 0 to take all rows."
        raise ValueError(msg)
    return min_confidence


def flag_doubtful(rows: pd.DataFrame, *, min_confidence: float | None = None) -> pd.Series:
    """Say of each row whether its confidence is under a threshold; one not judged is not.

    Parameters
    ----------
    rows : pandas.DataFrame
        Observations or facts.
    min_confidence : float, optional
        The least confidence of a row that is taken; by default that of grade B, 0 takes all.

    Returns
    -------
    pandas.Series of bool

    Examples
    --------
    >>> rows = pd.DataFrame({"confidence": [0.9, 0.4, float("nan")]})
    >>> flag_doubtful(rows).tolist(), flag_doubtful(rows, min_confidence=0).tolist()
    ([False, True, False], [False, False, False])
    """
    return rows["confidence"] < find_threshold(min_confidence)


def flag_seen(rows: pd.DataFrame) -> pd.Series:
    """Say of each row whether it counts as a reader's word: confirmed, corrected or added.

    Examples
    --------
    >>> flag_seen(pd.DataFrame({"review": ["", "confirmed", "disputed"]})).tolist()
    [False, True, False]
    """
    marks = rows.get("review", pd.Series("", index=rows.index))
    seen: pd.Series = marks.isin(SEEN_MARKS)
    return seen


def put_doubtful_last(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with those of the last grade behind the others, each part in its order.

    Examples
    --------
    >>> rows = pd.DataFrame({"quote": ["8亿元", "5%", "3个"], "grade": ["C", "A", ""]})
    >>> put_doubtful_last(rows)["quote"].tolist()
    ['5%', '3个', '8亿元']
    """
    is_doubtful = rows["grade"] == DOUBTFUL
    return pd.concat([rows[~is_doubtful], rows[is_doubtful]], ignore_index=True)


def list_doubtful(facts: pd.DataFrame, *, min_confidence: float | None = None) -> pd.DataFrame:
    """Return the rows under a threshold, the least sure first: those to be looked at.

    Parameters
    ----------
    facts : pandas.DataFrame
        From `prepare_facts`, or the table of observations.
    min_confidence : float, optional
        The least confidence of a row that is taken; by default that of grade B, 0 takes all.

    Returns
    -------
    pandas.DataFrame
        Columns `SHOWN`, one row a row left out.
    """
    left = facts.loc[flag_doubtful(facts, min_confidence=min_confidence), list(SHOWN)]
    return left.sort_values(["confidence", "document", "observation"], ignore_index=True)


def say_doubtful(facts: pd.DataFrame, *, min_confidence: float | None = None) -> str:
    """Return how many rows are under a threshold, as a sentence made from their number.

    Examples
    --------
    >>> say_doubtful(pd.DataFrame({"confidence": [0.9, 0.4, 0.8]}), min_confidence=0.75)
    '1 of 3 numbers is left out: its confidence is under 0.75'
    >>> say_doubtful(pd.DataFrame({"confidence": [0.9, 0.4]}), min_confidence=0)
    'All 2 numbers are taken, however doubtful'
    """
    least = find_threshold(min_confidence)
    left = int(flag_doubtful(facts, min_confidence=least).sum())
    unjudged = int(facts["confidence"].isna().sum())
    if not least:
        return say("All {n} numbers are taken, however doubtful", n=len(facts))
    if unjudged == len(facts):
        return say("All {n} numbers are taken: of none is it known how sure it is", n=len(facts))
    taken = say("; {n} that were not judged are taken", n=unjudged) if unjudged else ""
    told = {"all": len(facts), "least": least, "taken": taken}
    if not left:
        return say(
            "None of {all:,} numbers is left out: no confidence is under {least:g}{taken}", **told
        )
    return say_count(
        left,
        "{n} of {all:,} numbers is left out: its confidence is under {least:g}{taken}",
        "{n} of {all:,} numbers are left out: their confidence is under {least:g}{taken}",
        **told,
    )


def find_least_sure(rows: Iterable[Judged]) -> Sureness:
    """Return the confidence and grade of the least sure row; of those not judged nothing is known.

    Examples
    --------
    >>> find_least_sure([Sureness(0.9, "B"), Sureness(0.4, "C"), Sureness(math.nan, "")])
    Sureness(confidence=0.4, grade='C')
    >>> find_least_sure([])
    Sureness(confidence=nan, grade='')
    """
    judged = [row for row in rows if row.grade and not math.isnan(row.confidence)]
    if not judged:
        return Sureness(math.nan, "")
    least = min(judged, key=lambda row: row.confidence)
    return Sureness(least.confidence, least.grade)


def count_grades(observations: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Count the rows of each grade by the genre of their documents.

    Parameters
    ----------
    observations, documents : pandas.DataFrame
        Tables in the contract of `dz_analysis.tables`, or facts in place of the first.

    Returns
    -------
    pandas.DataFrame
        One row a genre by name, `all` last: `genre` (`unknown` where blank), `documents`, `rows`,
        a column a grade, `seen by a reader` and `not judged` if any row is, and `mean_confidence`
        (to two places). Rows that a reader has confirmed, corrected or added are in no grade.
    """
    genres = documents.set_index("id")["genre"].replace("", "unknown")
    rows = observations.assign(
        genre=observations["document"].map(genres),
        grade=observations["grade"].replace("", UNJUDGED).mask(flag_seen(observations), SEEN),
    )
    grades = [*GRADES, *(name for name in (SEEN, UNJUDGED) if rows["grade"].eq(name).any())]
    groups = [(str(genre), part) for genre, part in rows.groupby("genre", sort=True)]
    counted = [
        {
            "genre": genre,
            "documents": part["document"].nunique(),
            "rows": len(part),
            **{grade: int((part["grade"] == grade).sum()) for grade in grades},
            "mean_confidence": round(float(part["confidence"].mean()), 2),
        }
        for genre, part in [*groups, ("all", rows)]
    ]
    return pd.DataFrame(counted)


def head_grades(language: Language) -> str:
    """Return the heading of a column of grades in a language."""
    return str(load_settings("grades")[language]["heading"])


def name_grade(grade: str, language: Language = "en") -> str:
    """Write a grade with the word for it; blank if a row was not judged.

    Examples
    --------
    >>> name_grade("A"), name_grade("C", "zh"), name_grade("")
    ('A sure', 'C 可疑', '')
    """
    return f"{grade} {load_settings('grades')[language][grade]}" if grade else ""


def mark_doubtful(quotes: pd.Series, grades: pd.Series, language: Language = "en") -> pd.Series:
    """Write the grade of a doubtful row behind its quote, in the brackets of a language.

    Examples
    --------
    >>> mark_doubtful(pd.Series(["8亿元", "5%"]), pd.Series(["C", "A"])).tolist()
    ['8亿元 (C)', '5%']
    """
    marked = quotes + load_settings("grades")[language]["mark"].format(DOUBTFUL)
    return quotes.where(grades != DOUBTFUL, marked)
