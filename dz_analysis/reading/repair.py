"""A damaged page made whole: the repairs in their order, one ledger for all.

In: decoded text. Out: `Repaired`: the text and its ledger. A text without damage comes back
untouched; each repair asks for evidence first.
"""

from __future__ import annotations

import re

from dz_analysis.reading.ledger import Edit, Repaired, apply_edits
from dz_analysis.reading.punctuation import restore_punctuation
from dz_analysis.reading.readings import READING, is_reading
from dz_analysis.reading.script import is_traditional, to_simplified

_HIDDEN = re.compile(r"<?span style=\"display:none\">[^\n]*")


def repair(text: str, *, script: str = "simplified") -> Repaired:
    """Make a page whole.

    Examples
    --------
    >>> repair("全區(qū)經(jīng)濟(jì)增長(zhǎng)6%,全區(qū)收入增長(zhǎng)5%。").text
    '全区经济增长6%，全区收入增长5%。'
    """
    first = apply_edits(text, _without_hidden(_readings(text), _hidden(text)))
    rest = _script(first.text, script) + restore_punctuation(first.text)
    return _join(text, first, apply_edits(first.text, rest))


def _readings(text: str) -> list[Edit]:
    found = [
        Edit(m.start(), m.end(), "", "pinyin")
        for m in READING.finditer(text)
        if is_reading(text[m.start() - 1], m.group(1))
    ]
    return found if len(found) >= 4 else []


def _hidden(text: str) -> list[Edit]:
    return [Edit(m.start(), m.end(), "", "hidden_html") for m in _HIDDEN.finditer(text)]


def _without_hidden(readings: list[Edit], hidden: list[Edit]) -> list[Edit]:
    """Leave out readings inside hidden blocks, which go as a whole."""
    spans = [(edit.start, edit.end) for edit in hidden]
    kept = [r for r in readings if not any(a <= r.start < b for a, b in spans)]
    return kept + hidden


def _script(text: str, script: str) -> list[Edit]:
    if script != "simplified" or not is_traditional(text):
        return []
    pairs = zip(text, to_simplified(text), strict=True)
    return [Edit(at, at + 1, b, "traditional") for at, (a, b) in enumerate(pairs) if a != b]


def _join(text: str, first: Repaired, second: Repaired) -> Repaired:
    """Join two ledgers into one; the second changes single characters in place."""
    edits = [Edit(c.raw_start, c.raw_end, c.after, c.kind) for c in first.changes]
    shift, later = 0, iter(first.changes)
    upcoming = next(later, None)
    for change in second.changes:
        while upcoming is not None and upcoming.end <= change.raw_start:
            shift = upcoming.raw_end - upcoming.end
            upcoming = next(later, None)
        start = change.raw_start + shift
        edits.append(Edit(start, start + 1, change.after, change.kind))
    return apply_edits(text, edits)
