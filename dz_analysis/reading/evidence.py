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
from typing import NamedTuple

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
    if not _is_convincing(_count_annotations(text, always, hits)):
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


class _Annotations(NamedTuple):
    """What is counted of a page's annotations: of the characters listed, if nothing else is said.

    `common` says whether they are as common, nearly, as the text's other characters.
    """

    text: str
    kinds: int  # different characters
    shown: int  # occurrences with their reading
    converted: int  # of these, how many are characters that a conversion changes
    readings: int  # all readings on the page, listed or not
    torn: int  # readings whose bracket was eaten
    han: int  # Han characters of the page
    common: bool

    @property
    def is_lesson(self) -> bool:
        """Whether nearly everything is annotated, as in a reader for learners."""
        return self.shown >= _LESSON * self.han

    @property
    def is_enough(self) -> bool:
        """Whether there is enough to judge by; what is torn was torn by no author."""
        is_many = self.shown >= _HITS and self.kinds >= _CHARACTERS
        return is_many or (self.torn > 0 and self.shown >= 2)


def _count_annotations(
    text: str, listed: Mapping[str, str], hits: Counter[tuple[str, str]]
) -> _Annotations:
    counts = {character: hits[character, reading] for character, reading in listed.items()}
    han = _HAN.findall(text)
    return _Annotations(
        text,
        kinds=len(counts),
        shown=sum(counts.values()),
        converted=sum(n for c, n in counts.items() if ord(c) in character_table("t2s")),
        readings=sum(n for (c, reading), n in hits.items() if is_reading(c, reading)),
        torn=sum(1 for _ in TORN.finditer(text)),
        han=len(han),
        common=_is_common(listed, han),
    )


def _is_convincing(found: _Annotations) -> bool:
    if not found.is_enough:
        return False
    if found.converted < _CONVERTED * found.shown:
        return _is_mirror_of_any(found)
    return (found.shown >= _MANY or found.common) and not found.is_lesson


def _is_mirror_of_any(found: _Annotations) -> bool:
    """Say whether a mirror annotated characters whether its conversion changed them or not.

    A page of a mirror is traditional, and its list holds nearly every reading on it. An author
    glosses what is rare in the text, a reader for learners nearly everything; neither tears.
    """
    if found.shown < _CONSISTENT * found.readings or not is_traditional(found.text):
        return False
    if found.torn:
        return True
    is_sprinkled = found.shown >= _HITS and found.shown < _SPRINKLED * found.han
    is_much = found.shown >= _MANY or is_sprinkled
    return is_much and found.common and not found.is_lesson


def _is_common(listed: Collection[str], han: Collection[str]) -> bool:
    """Say whether the annotated characters are as common, nearly, as those of the text are."""
    common, kinds = common_characters(), set(han)
    return len(common & set(listed)) * len(kinds) >= _COMMON * len(common & kinds) * len(listed)
