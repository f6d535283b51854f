"""What speaks most against a row: its weakest field, and why, in words.

In: an `Assessment`. Out: a `Doubt`, text for people in English and Chinese.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from dz_analysis.finding.confidence.weigh import BASE, Assessment, Mark, load_marks

# What a field is called; `row` stands for what is not about one field.
FIELDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "indicator": ("name", "名称"),
        "value": ("value", "数值"),
        "unit": ("unit", "单位"),
        "measure": ("measure", "计量方式"),
        "period": ("period", "时期"),
        "region": ("region", "地方"),
        "status": ("status", "状态"),
        "row": ("row as a whole", "整行"),
    }
)
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
    against = [mark for mark in map(_mark, assessment.marks) if _is_against(mark)]
    failed = [mark for mark in against if mark.is_failure]
    if not against:
        return None
    sums: dict[str, float] = {}
    for mark in failed or against:
        sums[mark.field] = sums.get(mark.field, 0.0) + mark.weight
    field = min(sums, key=lambda name: (sums[name], name))
    marks = [mark for mark in failed or against if mark.field == field]
    return Doubt(field, min(marks, key=lambda mark: (mark.weight, mark.name)))


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
    english, chinese = FIELDS[doubt.field]
    mark = doubt.mark
    return f"{line}, weakest is the {english}: {mark.meaning} (最弱的是{chinese}：{mark.meaning_zh})"


def _mark(name: str) -> Mark:
    return load_marks()[name]


def _is_against(mark: Mark) -> bool:
    return mark.name != BASE and (mark.is_failure or mark.weight <= -FEWEST)
