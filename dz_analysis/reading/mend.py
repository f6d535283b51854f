"""Runs of broken characters mended: the bytes say what is possible, the context what was meant.

In: decoded text and its `Evidence`. Out: edits, one a run, in the page's own script. A run with
one possible text is certain; otherwise the words around decide, and what stays doubtful is `□`.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from dz_analysis.reading.codes import codes, is_private
from dz_analysis.reading.context import (
    WINDOW,
    PageModel,
    cut_words,
    dictionary,
    is_possible,
    read_page_model,
    score,
)
from dz_analysis.reading.evidence import TORN, Evidence
from dz_analysis.reading.inverse import HIDDEN_START, Path, Run, find_starts, read_run
from dz_analysis.reading.ledger import MISSING, Edit
from dz_analysis.reading.punctuation import widen
from dz_analysis.reading.readings import READING, is_reading
from dz_analysis.reading.script import character_table, mirror_table

THRESHOLD = 0.6  # a character less probable than this stays missing
_CERTAIN = 0.99  # a text that only vanished pairs could rival is certain from here on
_RARE = -7.5  # log share of words less common than 年 or 中
_VIEW = 240  # characters of the line looked at on each side
_STRANGE = 8.0  # how much less likely prose may be than two marks side by side
# Mirrors tear a page in one place of a thousand characters; a page that looks torn everywhere
# was not torn by them, and is given up after this many tries or vain ones.
_ALLOWANCE, _SPARSE, _REFUSALS = 40, 100, 20
_RIVALS = 24  # paths that are judged by the words around them


@dataclass(frozen=True)
class _Scene:
    """A page under repair: its text, its evidence and what its characters follow."""

    text: str
    evidence: Evidence

    @cached_property
    def model(self) -> PageModel:
        return read_page_model(plain_view(self.text))


@dataclass(frozen=True, slots=True)
class _Ranked:
    """A path with the text it gives in simplified script, and its probability."""

    path: Path
    plain: str
    share: float


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
        refused += edit is None
        if refused > _REFUSALS + len(edits):
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
    is_torn = TORN.match(scene.text, start) is not None
    run = read_run(scene.text, start, scene.evidence, before=before, with_vanished=False)
    ranked = _rank(scene, run, left)
    if not _is_settled(scene, ranked, left):
        wider = read_run(scene.text, start, scene.evidence, before=before, with_vanished=True)
        ranked = _rank(scene, wider, left)
    if not ranked:
        return _missing(scene.text, start) if is_torn else None
    if not is_torn and not _is_better(scene, ranked[0], start, left):
        return None
    return _edit(start, run.kind, ranked, is_alone=len(run.paths) == 1)


def _is_settled(scene: _Scene, ranked: Sequence[_Ranked], left: str) -> bool:
    """Say whether the best text reads like prose, so that no vanished pair need be thought of."""
    if not ranked or scene.evidence.keeps_private:
        return bool(ranked)
    best = ranked[0]
    right = _right(scene.text, best.path.at)
    start, text = len(left[-WINDOW:]), left[-WINDOW:] + best.plain + right[:WINDOW]
    at = 0
    for word in cut_words(text):
        inside = start <= at < start + len(best.plain)
        if len(word) == 1 and inside and not _is_at_home(text, at, scene.model):
            return False
        at += len(word)
    return True


def _is_at_home(text: str, at: int, page: PageModel) -> bool:
    """Say whether a single character is a common word, or stands on the page beside the same."""
    if dictionary().get(text[at], _RARE) > _RARE:
        return True
    return any(page.twos.get(pair) for pair in (text[at - 1 : at + 1], text[at : at + 2]))


def _rank(scene: _Scene, run: Run, left: str) -> list[_Ranked]:
    """Return the paths with their probabilities, the likeliest first."""
    rows = []
    for path in _shortlist(run.paths):
        plain = path.plain[1:]
        right = _right(scene.text, path.at)
        possible = is_possible(left, plain, right)
        value = score(left, plain, right, page=scene.model)
        rows.append((possible, value, plain, path))
    if any(possible for possible, *_ in rows):
        rows = [row for row in rows if row[0]]
    rows.sort(key=lambda row: (-row[1], row[2]))
    total = sum(math.exp(value - rows[0][1]) for _, value, *_ in rows)
    return [
        _Ranked(path, plain, math.exp(value - rows[0][1]) / total) for _, value, plain, path in rows
    ]


def _shortlist(paths: Sequence[Path]) -> list[Path]:
    """Return the paths worth judging: as many for each end and number of vanished pairs."""
    groups: dict[tuple[int, int], list[Path]] = defaultdict(list)
    for path in paths:
        groups[path.at, path.vanished].append(path)
    return [path for _, group in sorted(groups.items()) for path in group[:_RIVALS]]


def _is_better(scene: _Scene, best: _Ranked, start: int, left: str) -> bool:
    """Say whether a run that began at a mark reads better than the page as it stands."""
    as_found = scene.text[start : best.path.at]
    against = _misfits(as_found) - _misfits(best.path.characters)
    if against:
        return against > 0
    as_read = plain_view(as_found)
    right = _right(scene.text, best.path.at)
    mended = score(left, best.plain, right, page=scene.model)
    found = score(left, as_read, right, page=scene.model)
    return mended > found - (0 if is_possible(left, as_read, right) else _STRANGE)


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


def _edit(start: int, kind: str, ranked: Sequence[_Ranked], *, is_alone: bool) -> Edit:
    best = ranked[0]
    certain = is_alone and best.path.vanished == 0 and best.share >= _CERTAIN
    if certain:
        return Edit(start, best.path.at, best.path.characters, kind)
    after = _doubtful_left_out(ranked)
    runner_up = ranked[1].plain if len(ranked) > 1 else ""
    return Edit(start, best.path.at, after, kind, False, round(best.share, 4), runner_up)


def _doubtful_left_out(ranked: Sequence[_Ranked]) -> str:
    """Return the best text with `□` where the likeliest character is not likely enough."""
    best = ranked[0]
    rivals = [
        row for row in ranked if len(row.plain) == len(best.plain) and row.path.at == best.path.at
    ]
    characters = []
    for at, character in enumerate(best.path.characters):
        share = sum(row.share for row in rivals if row.plain[at] == best.plain[at])
        characters.append(character if share >= THRESHOLD else MISSING)
    return "".join(characters)


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
    at = start
    if at and text[at - 1] == ")":
        opened = text.rfind("(", max(at - 10, 0), at)
        if opened > 0 and (reading := READING.match(text, opened)) and reading.end() == at:
            at = opened
    character = text[at - 1 : at]
    return character if character in codes() else ""
