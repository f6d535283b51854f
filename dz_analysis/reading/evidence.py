"""Evidence: does a page show the mirrors' damage, and which characters did they annotate.

In: decoded text. Out: `Evidence`: the page's own list of characters and readings. Nothing is
repaired without it: a gloss on a rare character, a language lesson or a remark in brackets is
the author's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from dz_analysis.reading.codes import is_private
from dz_analysis.reading.readings import LETTERS, MARKED, READING, is_reading
from dz_analysis.reading.script import character_table, common_characters, is_traditional

TORN = re.compile(rf"\?([{LETTERS}]{{1,7}})\)")  # a reading whose bracket was eaten
_TONE = re.compile(rf"[{MARKED}]{{1}}[{LETTERS}]{{0,5}}\)")
_HAN = re.compile(r"[\u3400-\u9fff]")
# A mirror annotates every occurrence of a listed character; a stray one may be torn.
_ALWAYS = 0.9
_MOSTLY = 0.5  # on a page that is known to be a mirror's, halves of pairs may look like one
_HITS, _CHARACTERS = 5, 3  # fewer are no evidence
_CONVERTED = 0.8  # most mirrors annotate only characters that their conversion changed
_CONSISTENT = 0.9  # of all readings on the page, where other characters are annotated too
_COMMON = 0.5  # an author glosses rare characters, a mirror common ones
_MANY = 12  # more than an author would gloss, rare or not
_SPRINKLED = 0.1  # as densely a short list annotates running text; a lesson's is denser
_LESSON = 0.7  # where more of all characters are annotated, the page is a reader


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a page shows of the damage.

    Attributes
    ----------
    is_damaged : bool
        Whether the page went through a mirror.
    readings : mapping
        Character -> the reading that the page puts behind all its occurrences.
    keeps_private : bool
        Whether private-use characters survived, so that no pair can have vanished.
    """

    is_damaged: bool
    readings: Mapping[str, str] = field(default_factory=dict)
    keeps_private: bool = False


NONE = Evidence(is_damaged=False)


def find_evidence(text: str) -> Evidence:
    """Infer the page's list of annotated characters, and say whether it was damaged.

    Examples
    --------
    >>> page = "全區(qū)的經(jīng)濟(jì)穩步增長(zhǎng)6%,全區(qū)各項收入增長(zhǎng)5%。"
    >>> sorted(find_evidence(page).readings.items())
    [('區', 'qū'), ('濟', 'jì'), ('經', 'jīng'), ('長', 'zhǎng')]
    >>> find_evidence("黽(miǎn)池、盩(zhōu)厔(zhì)、鄠(hù)縣、郃(hé)陽").is_damaged
    False
    """
    if not _TONE.search(text):
        return NONE
    hits = Counter((text[match.start() - 1], match.group(1)) for match in READING.finditer(text))
    rows = _annotated(text, hits)
    always = {c: reading for c, (share, reading) in rows.items() if share >= _ALWAYS}
    if not _is_convincing(text, always, hits):
        return NONE
    listed = {c: reading for c, (share, reading) in rows.items() if share >= _MOSTLY}
    keeps = any(is_private(character) for character in set(text))
    return Evidence(True, MappingProxyType(listed), keeps)


def _annotated(text: str, hits: Counter[tuple[str, str]]) -> dict[str, tuple[float, str]]:
    """Return the annotated characters: the share that has the commonest reading, and that one."""
    seen = Counter(text)
    best: dict[str, tuple[int, str]] = {}
    for (character, reading), count in hits.items():
        if is_reading(character, reading):
            best[character] = max(best.get(character, (0, "")), (count, reading))
    return {c: (count / seen[c], reading) for c, (count, reading) in sorted(best.items())}


def _is_convincing(text: str, listed: Mapping[str, str], hits: Counter[tuple[str, str]]) -> bool:
    counts = {character: hits[character, reading] for character, reading in listed.items()}
    total = sum(counts.values())
    torn = sum(1 for _ in TORN.finditer(text))
    enough = total >= _HITS and len(counts) >= _CHARACTERS
    if not enough and not (torn and total >= 2):
        return False
    converted = sum(n for c, n in counts.items() if ord(c) in character_table("t2s"))
    if converted < _CONVERTED * total:
        return _is_mirror_of_any(text, listed, hits, torn=torn)
    han = _HAN.findall(text)
    return (total >= _MANY or _is_common(counts, han)) and total < _LESSON * len(han)


def _is_mirror_of_any(
    text: str, listed: Mapping[str, str], hits: Counter[tuple[str, str]], *, torn: int
) -> bool:
    """Say whether a mirror annotated characters whether its conversion changed them or not.

    A page of a mirror is traditional, and its list holds nearly every reading on it. An author
    glosses what is rare in the text, a reader for learners nearly everything; neither tears.
    """
    shown = sum(hits[item] for item in listed.items())
    real = sum(n for (character, reading), n in hits.items() if is_reading(character, reading))
    if shown < _CONSISTENT * real or not is_traditional(text):
        return False
    if torn:
        return True
    han = _HAN.findall(text)
    enough = shown >= _MANY or (shown >= _HITS and shown < _SPRINKLED * len(han))
    return enough and _is_common(listed, han) and shown < _LESSON * len(han)


def _is_common(listed: Collection[str], han: Collection[str]) -> bool:
    """Say whether the annotated characters are as common, nearly, as those of the text are."""
    common, kinds = common_characters(), set(han)
    return len(common & set(listed)) * len(kinds) >= _COMMON * len(common & kinds) * len(listed)
