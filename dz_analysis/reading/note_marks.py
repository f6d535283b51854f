"""Marks of notes that stand in the way of a number: 3.21*万人, 3.21[1]万人, ³56.2万人.

In: text, superscripts as characters of their own (`markup` writes them so). Out: edits that take
the mark out. Only one that parts a number from its unit or runs into the number behind it is taken:
elsewhere it hides nothing, and the notes themselves are the author's. Exponents (m², 10⁴) stay.
"""

from __future__ import annotations

import re
from functools import cache

from dz_analysis.lexicon import load_lexicon
from dz_analysis.reading.ledger import Edit

KIND = "note_mark"
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_MARK = (
    rf"(?:[*＊※†‡]{{1,3}}|[①-⑳]|[\[［〔]\s?注?\s?\d{{1,2}}\s?[\]］〕]|(?<!10)[{_RAISED}]{{1,2}})"
)
_MAY_HOLD = re.compile(rf"[*＊※†‡①-⑳\[［〔{_RAISED}]")


def remove_note_marks(text: str) -> list[Edit]:
    """List the marks of notes that break a number, each with nothing in its place.

    Examples
    --------
    >>> [text[a:b] for text in ("人口3.21*万人", "人口³56.2万人", "占地10²万米²，3m³") for a, b, *_
    ...  in remove_note_marks(text)]
    ['*', '³']
    """
    if not _MAY_HOLD.search(text):
        return []
    found = [*_in_number().finditer(text), *_before_number().finditer(text)]
    return sorted(Edit(match.start(), match.end(), "", KIND) for match in found)


@cache
def _in_number() -> re.Pattern[str]:
    """Match a mark between a number and its unit."""
    starts = {row["unit"][0] for row in load_lexicon("units")} | set("%％‰万亿千百年月日")
    return re.compile(rf"(?<=\d){_MARK}(?=\s?[{re.escape(''.join(sorted(starts)))}])")


@cache
def _before_number() -> re.Pattern[str]:
    """Match a raised mark before a number, where it is no exponent of a unit or a number."""
    lengths = {row["unit"][-1] for row in load_lexicon("units") if row["kind"] == "length"}
    bases = re.escape("".join(sorted(lengths)))
    return re.compile(rf"(?<![A-Za-z\dμΩ°{bases}{_RAISED}⁻])[{_RAISED}]{{1,3}}(?=\s?\d)")
