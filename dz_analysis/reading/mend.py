"""Runs of broken characters mended: the bytes say what is possible, the context what was meant.

In: decoded text and its `Evidence`. Out: edits, one a run, in the page's own script. A run with
one possible text is certain; otherwise the words around decide, and what stays doubtful is `□`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from dz_analysis.reading.codes import codes, is_private
from dz_analysis.reading.context import TEMPER, PageModel, Place, is_possible, read_page_model
from dz_analysis.reading.evidence import TORN, Evidence
from dz_analysis.reading.inverse import HIDDEN_START, Run, find_starts, read_runs
from dz_analysis.reading.ledger import MISSING, Edit
from dz_analysis.reading.punctuation import widen
from dz_analysis.reading.readings import READING, character_before, is_reading
from dz_analysis.reading.script import character_table, mirror_table
from dz_analysis.reading.weighing import Setting, Weighed, weigh

# A character less probable than this stays missing. Of 216 characters of torn runs that reached it
# none was wrong, and 5 right ones did not reach it (`benchmarks/repair.md`); at 0.6, 8 were wrong.
THRESHOLD = 0.8
_CERTAIN = 0.99  # a text that only vanished pairs could rival is certain from here on
_VIEW = 240  # characters of the line looked at on each side
_STRANGE = 8.0  # how much less likely prose may be than two marks side by side
# Mirrors tear a page in one place of a thousand characters; a page that looks torn everywhere
# was not torn by them, and is given up after this many tries or vain ones.
_ALLOWANCE, _SPARSE, _REFUSALS = 40, 100, 20
_MISFIT = 10.0  # how much less likely a text is with a character that no mirror leaves


@dataclass(frozen=True)
class _Scene:
    """A page under repair: its text, its evidence and what its characters follow."""

    text: str
    evidence: Evidence

    @cached_property
    def model(self) -> PageModel:
        return read_page_model(plain_view(self.text))


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read a run, with what it gives in simplified script."""

    run: Run
    slots: tuple[Weighed, ...]
    plain: str


def mend_runs(text: str, evidence: Evidence) -> list[Edit]:
    """List the edits that mend the runs of a page, in order.

    Examples
    --------
    >>> page = Evidence(True, {"區": "qū", "雲": "yún"})
    >>> mend_runs("明確入?yún)^(qū)項目", page)[0].after
    '區'
    """
    scene = _Scene(text, evidence)
    edits: list[Edit] = []
    refused = 0
    for start in islice(find_starts(text), _ALLOWANCE + len(text) // _SPARSE):
        if edits and start < edits[-1].end:
            continue
        edit = _mend(scene, start, edits[-1] if edits else None)
        if edit is not None:
            edits.append(edit)
        refused += edit is None or edit.after.startswith("?")
        if refused > _REFUSALS + len(edits) // 2:
            break
    return edits


def plain_view(text: str) -> str:
    """Return text as the words are judged: without readings, simplified, with wide marks.

    Examples
    --------
    >>> plain_view("增長(zhǎng)5%,全區(qū)")
    '增长5%，全区'
    """
    return widen(READING.sub("", text).translate(character_table("t2s")))


def _mend(scene: _Scene, start: int, last: Edit | None) -> Edit | None:
    """Mend the run at an offset, or return None if the `?` there is the author's."""
    left = _left(scene.text, start, last)
    before = _character_before(scene.text, start, last)
    runs = read_runs(scene.text, start, scene.evidence, before=before)
    is_torn = TORN.match(scene.text, start) is not None
    if not runs:
        return _missing(scene.text, start) if is_torn else None
    reading = _best_reading(scene, runs, left)
    if not is_torn:
        doubt = _share_as_found(scene, reading, left)
        if doubt > 0.5:
            return _kept(scene, reading, doubt)
    return _edit(reading, is_alone=len(runs) == 1)


def _best_reading(scene: _Scene, runs: Sequence[Run], left: str) -> _Reading:
    """Weigh the ways to read a run, and return the one that reads best."""
    readings = [_weighed(scene, run, left) for run in runs]
    if len(readings) == 1:
        return readings[0]
    end = max(run.end for run in runs)
    place = Place(left, _right(scene.text, end), page=scene.model)

    def worth(reading: _Reading) -> float:
        rest = scene.text[reading.run.end : end]
        return place.score(reading.plain + plain_view(rest)) - _MISFIT * _misfits(rest)

    return max(readings, key=worth)


def _weighed(scene: _Scene, run: Run, left: str) -> _Reading:
    right = _right(scene.text, run.end)
    slots = weigh(run, Setting(left, right, scene.model, scene.evidence.readings))
    return _Reading(run, slots, "".join(slot.options[0].plain for slot in slots))


def _share_as_found(scene: _Scene, reading: _Reading, left: str) -> float:
    """Return how probable it is that a run that began at a mark is no run."""
    as_found = scene.text[reading.run.start : reading.run.end]
    characters = "".join(slot.options[0].characters for slot in reading.slots)
    against = _misfits(as_found) - _misfits(characters)
    if against:
        return 0.0 if against > 0 else 1.0
    as_read = plain_view(as_found)
    right = _right(scene.text, reading.run.end)
    place = Place(left, right, page=scene.model)
    odds = (place.score(as_read) - place.score(reading.plain)) / TEMPER
    if not is_possible(left, as_read, right):
        odds -= _STRANGE
    return 1 / (1 + math.exp(min(-odds, 700.0)))


def _kept(scene: _Scene, reading: _Reading, share: float) -> Edit:
    """Say that what looked like a run was left as the page has it."""
    start, end = reading.run.start, reading.run.end
    listed = scene.evidence.readings
    after = READING.sub(
        lambda m: "" if listed.get(m.string[m.start() - 1]) == m.group(1) else m.group(),
        scene.text[start:end],
    )
    return Edit(start, end, after, reading.run.kind, False, round(share, 4), reading.plain)


def _misfits(text: str) -> int:
    """Count what a mirror cannot have left: simplified and private characters.

    Nor can it have put a reading behind a character that has no such reading.
    """
    table = mirror_table()
    wrong = sum(
        1 for m in READING.finditer(text) if not is_reading(text[m.start() - 1], m.group(1))
    )
    return wrong + sum(
        1
        for character in READING.sub("", text)
        if table.get(ord(character), character) != character or is_private(character)
    )


def _edit(reading: _Reading, *, is_alone: bool) -> Edit:
    """Return the edit of a run: certain if the bytes allow nothing else."""
    run, slots = reading.run, reading.slots
    characters = "".join(slot.options[0].characters for slot in slots)
    whole = "".join(slot.options[0].characters for slot in run.slots if slot.options)
    is_sure = characters == whole and all(slot.shares[0] >= _CERTAIN for slot in slots)
    if is_alone and run.is_unique and is_sure:
        return Edit(run.start, run.end, characters, run.kind)
    after, score = _doubtful_left_out(slots)
    return Edit(run.start, run.end, after, run.kind, False, score, _runner_up(slots))


def _doubtful_left_out(slots: Sequence[Weighed]) -> tuple[str, float]:
    """Return the text with `□` where no character is likely enough, and its score.

    The score is the lowest probability among the characters that were kept, so that it is never
    under the threshold unless every character that context had to choose is missing.
    """
    text: list[str] = []
    kept: list[float] = []
    lost: list[float] = []
    for slot in slots:
        for at, character in enumerate(slot.options[0].characters):
            share = slot.share_of(at)
            if character.isascii() or character == MISSING:
                text.append(character)
                continue
            is_kept = share >= THRESHOLD
            text.append(character if is_kept else MISSING)
            if len(slot.options) > 1:
                (kept if is_kept else lost).append(share)
    return "".join(text), round(min(kept) if kept else max(lost, default=1.0), 4)


def _runner_up(slots: Sequence[Weighed]) -> str:
    """Return the text with the second choice where the first is least sure."""
    weakest = min(slots, key=lambda slot: slot.shares[0])
    return "".join(slot.options[slot is weakest and len(slot.options) > 1].plain for slot in slots)


def _missing(text: str, start: int) -> Edit | None:
    """Mark a torn reading that fits no character: one character is missing."""
    torn = TORN.match(text, start)
    if torn is None:
        return None
    return Edit(start, torn.end(), MISSING, "misaligned_pinyin", False, 0.0)


def _left(text: str, start: int, last: Edit | None) -> str:
    """Return the line before the run as the words are judged, with the last run mended."""
    begin = text.rfind("\n", max(start - _VIEW, 0), start) + 1 or max(start - _VIEW, 0)
    if last is not None and last.end > begin:
        mended = last.after.translate(character_table("t2s"))
        earlier = plain_view(text[begin : max(last.start, begin)])
        return "\n" + earlier + mended + plain_view(text[last.end : start])
    return "\n" + plain_view(text[begin:start])


def _right(text: str, end: int) -> str:
    """Return what follows the run, up to the next broken place."""
    if text.startswith(HIDDEN_START, end):
        return "\n"
    view = plain_view(text[end : end + 60])
    stop = view.find("？", 1)
    line = view if stop < 0 else view[:stop]
    return line.split("\n")[0] + "\n" if "\n" in line or end + 60 >= len(text) else line


def _character_before(text: str, start: int, last: Edit | None) -> str:
    """Return the original character before the run, looking through its reading."""
    if last is not None and last.end == start:
        return last.after[-1:]
    character = character_before(text, start)
    return character if character in codes() else ""
