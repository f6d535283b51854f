"""A damaged page made whole: the repairs in their order, one ledger for all.

In: decoded text. Out: `Repaired`: the text and its ledger. A text without damage comes back
untouched; each repair asks for evidence first. Only what the evidence explains is changed, so no
digit, sign or word of a sound passage ever is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import partial

from dz_analysis.language import say
from dz_analysis.reading.cell_signs import read_accounting_signs
from dz_analysis.reading.codes import character_of, codes
from dz_analysis.reading.evidence import Evidence, find_evidence
from dz_analysis.reading.invisible import remove_invisible
from dz_analysis.reading.ledger import Edit, Repaired, apply_edits, chain, splice
from dz_analysis.reading.mend import mend_runs
from dz_analysis.reading.note_marks import remove_note_marks
from dz_analysis.reading.private_signs import restore_private_signs
from dz_analysis.reading.punctuation import WIDE, is_folded, restore_punctuation
from dz_analysis.reading.radicals import restore_radicals
from dz_analysis.reading.readings import READING, character_before, is_reading
from dz_analysis.reading.simplify import simplify
from dz_analysis.reading.spacing import undo_letter_spacing

SCRIPTS = ("simplified", "keep")
_HIDDEN = re.compile(r"<?span style=\"display: ?none;?\">[^\n]*")


def repair(text: str, *, script: str = "simplified") -> Repaired:
    """Make a page whole.

    Parameters
    ----------
    text : str
        A page as it was decoded.
    script : {"simplified", "keep"}
        Whether traditional text is converted or left as it is.

    Returns
    -------
    Repaired
        The text, and every change with its offsets in both texts.

    Examples
    --------
    >>> done = repair("全區(qū)的經(jīng)濟(jì)穩步增長(zhǎng)6%,全區(qū)收入增長(zhǎng)5%。")
    >>> done.text
    '全区的经济稳步增长6%，全区收入增长5%。'
    >>> repair("今年推广气（电）代煤和PPP（公私合作）").changes
    ()
    """
    if script not in SCRIPTS:
        msg = say(
            "Unknown script {script!r}; expected one of {scripts}.",
            script=script,
            scripts=", ".join(map(repr, SCRIPTS)),
        )
        raise ValueError(msg)
    plain = tidy(text, script=script)
    return chain(text, plain, undo_mirror(plain.text, script))


def tidy(text: str, *, script: str = "simplified") -> Repaired:
    """Take out of a page what editors, fonts and copying leave between its characters.

    These are zero-width characters, signs of other fonts, blanks between letters, marks of notes
    inside numbers and the signs of accountants. Each repair works on what the one before it gave.

    Examples
    --------
    >>> tidy("税 收 1 2 . 3 亿 元 ， 从 业 ⼈ 员 3.2*万 人").text
    '税收12.3亿元，从业人员3.2万人'
    """
    done = Repaired(text, ())
    for find_edits in (
        remove_invisible,
        partial(restore_radicals, script=script),
        restore_private_signs,
        undo_letter_spacing,
        remove_note_marks,
        read_accounting_signs,
    ):
        if edits := find_edits(done.text):
            done = chain(text, done, apply_edits(done.text, edits))
    return done


def undo_mirror(text: str, script: str) -> Repaired:
    """Undo what the mirrors did to a tidy text: readings, torn bytes, folded marks, script.

    Examples
    --------
    >>> undo_mirror("全縣(xiàn)經(jīng)濟(jì)增長(zhǎng)6%,縣(xiàn)區(qū)擴容。", "simplified").text
    '全县经济增长6%，县区扩容。'
    """
    first = sorted(_mirror_edits(text))
    plain = splice(text, first)
    # the page's marks tell whether it is folded, but readings may stand between them and words
    page = READING.sub("", text) if first and not is_folded(text) else text
    rest = restore_punctuation(plain, page=page)
    if script == "simplified":
        rest += simplify(plain, is_mirrored=bool(first))
    return apply_edits(text, _join(first, sorted(rest)))


def _mirror_edits(text: str) -> list[Edit]:
    """List what undoes the mirror: broken runs, hidden blocks and readings, in this order."""
    evidence = find_evidence(text)
    if not evidence.is_damaged:
        return []
    hidden = [Edit(m.start(), m.end(), "", "hidden_html") for m in _HIDDEN.finditer(text)]
    runs = _apart_from(hidden, mend_runs(text, evidence))
    taken = sorted(hidden + runs, key=lambda edit: edit.start)
    return taken + _apart_from(taken, _readings(text, evidence))


def _readings(text: str, evidence: Evidence) -> list[Edit]:
    """List the readings behind the characters of the page's list.

    One behind an ASCII character belongs to a pair across the border: the last byte of the
    character before and the ASCII one (耳X: FA 58 is 鶻).
    """
    listed = evidence.readings
    found = []
    for match in READING.finditer(text):
        at, reading = match.start(), match.group(1)
        character = text[at - 1]
        if character.isascii():
            before = character_before(text, at - 1)
            trail = codes().get(WIDE.get(before, before), 0) & 0xFF
            character = character_of(trail, ord(character))
            if is_reading(character, reading):
                found.append(Edit(at, match.end(), "", "pinyin"))
        elif listed.get(character) == reading:
            found.append(Edit(at, match.end(), "", "pinyin"))
    return found


def _apart_from(taken: Sequence[Edit], edits: Sequence[Edit]) -> list[Edit]:
    """Return the edits that do not touch those already taken (sorted by start)."""
    starts = [edit.start for edit in taken]
    kept = []
    for edit in edits:
        at = bisect_right(starts, edit.start) - 1
        inside = at >= 0 and edit.start < taken[at].end
        across = at + 1 < len(taken) and taken[at + 1].start < edit.end
        if not inside and not across:
            kept.append(edit)
    return kept


def _join(first: list[Edit], second: list[Edit]) -> list[Edit]:
    """Join edits of a text to those of single characters in its result, also inside the first.

    Both are sorted; the second count in the text that the first gave.
    """
    joined: list[Edit] = []
    at, shift = 0, 0  # shift: from an offset in the result back to one in the text
    for edit in first:
        start, end, after, kind, certain, score, runner_up = edit
        while at < len(second) and second[at].start < start - shift:
            joined.append(_moved(second[at], shift))
            at += 1
        stop = start - shift + len(after)
        while at < len(second) and second[at].start < stop:
            inside = second[at].start - start + shift
            after = after[:inside] + second[at].after + after[inside + 1 :]
            certain = certain and second[at].certain
            at += 1
        shift += end - start - len(after)
        joined.append(Edit(start, end, after, kind, certain, score, runner_up))
    joined += [_moved(edit, shift) for edit in second[at:]]
    return joined


def _moved(edit: Edit, shift: int) -> Edit:
    start, end, after, kind, certain, score, runner_up = edit
    return Edit._make((start + shift, end + shift, after, kind, certain, score, runner_up))
