"""Characters that no reader sees: zero-width ones, soft hyphens, marks of direction and of order.

In: text. Out: edits that take them out, wherever they stand: editors and copying leave them inside
words and numbers. Where a script joins its letters by them, or a sign is drawn by them, they stay.
"""

from __future__ import annotations

import re

from dz_analysis.reading.ledger import Edit

KIND = "invisible"
# soft hyphen, Mongolian vowel separator, zero-width blank and joiners, marks of direction, word
# joiner and its like, byte-order mark, interlinear marks, variation selectors; controls but blanks
_UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f"
    r"\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
    r"\U000e0001-\U000e007f\U000e0100-\U000e01ef]+"
)
# Arabic, Indic, Mongolian and other scripts that join letters; pictures that are drawn together
_JOINED = re.compile(
    r"[\u0600-\u1cff\ua800-\uabff\ufb50-\ufdff\ufe70-\ufefe\u2190-\u2bff\u3030\u303d\u3297\u3299"
    r"#*0-9\U0001f000-\U0001faff]"
)
_JOINERS = frozenset("\u200c\u200d\u180b\u180c\u180d\u180e\ufe0e\ufe0f")


def remove_invisible(text: str) -> list[Edit]:
    r"""List the characters without width, each run of them with nothing in its place.

    Examples
    --------
    >>> from dz_analysis.reading.ledger import apply_edits
    >>> apply_edits("完成3\u200b.\u200b2亿元", remove_invisible("完成3\u200b.\u200b2亿元")).text
    '完成3.2亿元'
    """
    return [
        Edit(found.start(), found.end(), "", KIND)
        for found in _UNSEEN.finditer(text)
        if not _is_needed(text, found)
    ]


def _is_needed(text: str, found: re.Match[str]) -> bool:
    """Say whether a joiner stands where its script or picture needs it."""
    before = text[found.start() - 1 : found.start()]
    if not _JOINERS.issuperset(found.group()) or not _JOINED.match(before):
        return False
    return not before.isascii() or text[found.end() : found.end() + 1] == "\u20e3"  # a keycap
