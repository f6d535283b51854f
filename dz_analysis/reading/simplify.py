"""From traditional to simplified: one form for most characters, a choice by context for a few.

In: text without readings. Out: edits, one a character. Names and words of
`lexicon/script_names.csv` are fixed. A character that may have come from several simplified ones
(著 from 着 or 著, 乾 from 干 or 乾) is judged by the words around it and marked as such, also where
it stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from dz_analysis.lexicon import load_lexicon
from dz_analysis.reading.context import WINDOW, Choice, choose, read_page_model
from dz_analysis.reading.ledger import MISSING, Edit
from dz_analysis.reading.punctuation import widen
from dz_analysis.reading.script import (
    character_table,
    is_traditional,
    mirror_table,
    simplified_letters,
    to_simplified,
)


def simplify(text: str, *, is_mirrored: bool = False) -> list[Edit]:
    """List the changes from traditional to simplified script.

    Parameters
    ----------
    text : str
        Text in any script; a simplified one gives no change.
    is_mirrored : bool
        Whether a mirror made it traditional, character for character; else words decide too.

    Returns
    -------
    list of Edit
        Each replaces one character; those chosen by context come last.

    Examples
    --------
    >>> from dz_analysis.reading.ledger import apply_edits
    >>> text = "著力發展農業,成效顯著,乾安縣風調雨順"
    >>> apply_edits(text, simplify(text, is_mirrored=True)).text
    '着力发展农业,成效显著,乾安县风调雨顺'
    """
    if not is_traditional(text):
        return []
    plain = text.translate(character_table("t2s")) if is_mirrored else to_simplified(text)
    fixed = dict(_fixed(text))
    open_ones = {at: edit for at, edit in _chosen(text, plain) if at not in fixed}
    pairs = enumerate(zip(text, plain, strict=True))
    changed = {at: after for at, (before, after) in pairs if before != after} | fixed
    edits = [
        Edit(at, at + 1, after, "traditional")
        for at, after in changed.items()
        if after != text[at] and at not in open_ones
    ]
    return edits + list(open_ones.values())


def _fixed(text: str) -> Iterator[tuple[int, str]]:
    """Yield offset and simplified character for the names and words of the list."""
    names = {row["traditional"]: row["simplified"] for row in load_lexicon("script_names")}
    for match in re.finditer("|".join(map(re.escape, names)), text):
        yield from enumerate(names[match.group()], start=match.start())


def _chosen(text: str, plain: str) -> Iterator[tuple[int, Edit]]:
    """Yield the characters that context decides, those too that stay as they are."""
    places = [match.start() for match in _open_pattern().finditer(text)]
    if not places:
        return
    plain = widen(plain)
    masked = _open_pattern().sub(MISSING, plain)  # they are no evidence of themselves
    page = read_page_model(masked, places=len(places))
    weighed: dict[tuple[str, str, str], Choice] = {}  # a page says the same again and again
    for at in places:
        left, right = "\n" + plain[max(at - WINDOW, 0) : at], plain[at + 1 : at + 1 + WINDOW]
        key = (left, text[at], right)
        if key not in weighed:
            weighed[key] = choose(left, origins(text[at]), right, page=page)
        choice = weighed[key]
        sure = (False, choice.score, choice.runner_up)
        yield at, Edit(at, at + 1, choice.best, "one_to_many", *sure)


@cache
def _open_pattern() -> re.Pattern[str]:
    several = [c for c, forms in _all_origins().items() if len(forms) > 1]
    return re.compile(f"[{re.escape(''.join(several))}]")


def origins(character: str) -> tuple[str, ...]:
    """Return the simplified characters that a traditional one may have come from.

    Examples
    --------
    >>> origins("著"), origins("餘"), origins("區")
    (('着', '著'), ('余', '馀'), ('区',))
    """
    return _all_origins().get(character, (character,))


@cache
def _all_origins() -> dict[str, tuple[str, ...]]:
    back = character_table("t2s")
    found: dict[str, set[str]] = {}
    own = (row["simplified"] for row in load_lexicon("mirror_script"))
    for letter in {*simplified_letters(), *own}:
        for table in (mirror_table(), character_table("s2tw")):
            found.setdefault(table.get(ord(letter), letter), set()).add(letter)
    for character, letters in found.items():
        letters.add(back.get(ord(character), character))
    return {character: tuple(sorted(letters)) for character, letters in sorted(found.items())}
