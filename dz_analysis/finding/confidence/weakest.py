"""What speaks most against a row: its weakest field, and why, in words.

In: an `Assessment`. Out: a `Doubt`, text for people in English and Chinese.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from dz_analysis.finding.confidence.weigh import Assessment, Mark, load_marks
from dz_analysis.lexicon import load_settings

FEWEST = 0.05  # what a mark must weigh at least, to be told


class Doubt(NamedTuple):
    """The weakest field of a row, and the mark that speaks most against it."""

    field: str
    mark: Mark


def find_doubt(assessment: Assessment) -> Doubt | None:
    """Return the weakest field of a row: that whose marks together weigh most against it.

    Parameters
    ----------
    assessment : Assessment
        With the marks that a row carries.

    Returns
    -------
    Doubt or None
        None where nothing speaks against the row. A mark of failure comes before all others.

    Examples
    --------
    >>> doubt = find_doubt(Assessment(0.7, "C", ("no unit", "bulletin")))
    >>> doubt.field, doubt.mark.name
    ('unit', 'no unit')
    >>> find_doubt(Assessment(0.99, "A", ("bulletin",))) is None
    True
    """
    fields: dict[str, list[Mark]] = {}
    for mark in _worst(assessment):
        fields.setdefault(mark.field, []).append(mark)
    if not fields:
        return None
    field = min(sorted(fields), key=lambda name: sum(mark.weight for mark in fields[name]))
    return Doubt(field, min(fields[field], key=lambda mark: (mark.weight, mark.name)))


def spell_doubt(assessment: Assessment) -> str:
    """Say how sure a row is, its weakest field and why, in English and in Chinese.

    Examples
    --------
    >>> spell_doubt(Assessment(0.7, "C", ("no unit",)))
    'sure 0.70 (C), weakest is the unit: the number has no unit (最弱的是单位：数字没有单位)'
    >>> spell_doubt(Assessment(0.99, "A", ()))
    'sure 0.99 (A)'
    """
    line = f"sure {assessment.confidence:.2f} ({assessment.grade})"
    doubt = find_doubt(assessment)
    if doubt is None:
        return line
    field, field_zh = names_of_fields()[doubt.field]
    spoken, spoken_zh = load_settings("grades")["weakest"]
    sentence = spoken.format(field=field, meaning=doubt.mark.meaning)
    return f"{line}, {sentence} ({spoken_zh.format(field=field_zh, meaning=doubt.mark.meaning_zh)})"


def names_of_fields() -> Mapping[str, tuple[str, str]]:
    """Return field -> what it is called, in English and in Chinese; `row` is the row as a whole."""
    names: Mapping[str, tuple[str, str]] = load_settings("grades")["fields"]
    return names


def _worst(assessment: Assessment) -> list[Mark]:
    """Return the marks of failure of a row, else all that speak against it."""
    marks = [load_marks()[name] for name in assessment.marks]
    failed = [mark for mark in marks if mark.is_failure]
    return failed or [mark for mark in marks if mark.weight <= -FEWEST]
