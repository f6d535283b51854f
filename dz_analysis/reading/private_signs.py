"""Decimal points that a font of its own shows: a private character between the digits of a number.

In: text, mostly out of a pdf whose font gives no Unicode value for its point. Out: edits. What a
private character means only its font knows; but one that the page puts between digits again and
again, mostly with one or two digits behind, can be nothing else.
"""

from __future__ import annotations

import re
from collections import defaultdict

from dz_analysis.reading.ledger import Edit

KIND = "private_sign"
_IN_NUMBER = re.compile(r"[\ue000-\uf8ff\U000f0000-\U0010fffd](?<=\d.)(?=\d)")
_SHORT = re.compile(r"\d{1,2}(?!\d)")
_LEAST = 3
_ALWAYS = 0.9  # of its occurrences that stand between digits
_MOSTLY = 0.6  # of these, with one or two digits behind: in thousands there are three


def restore_private_signs(text: str) -> list[Edit]:
    r"""List the private characters that are decimal points.

    Examples
    --------
    >>> restore_private_signs("增长6\ue0015%、3\ue0011%和12\ue0018%")[0][:4]
    (3, 4, '.', 'private_sign')
    >>> restore_private_signs("增长6\ue0015%")
    []
    """
    places: dict[str, list[int]] = defaultdict(list)
    for found in _IN_NUMBER.finditer(text):
        places[found.group()].append(found.start())
    edits = []
    for sign, starts in places.items():
        short = sum(bool(_SHORT.match(text, at + 1)) for at in starts)
        share = len(starts) / text.count(sign)
        if len(starts) >= _LEAST and share >= _ALWAYS and short >= _MOSTLY * len(starts):
            edits += [Edit(at, at + 1, ".", KIND, False, round(share, 3)) for at in starts]
    return sorted(edits)
