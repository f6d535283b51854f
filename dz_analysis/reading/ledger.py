"""The ledger of a repair: what was changed, where, into what, and the way back.

In: a text and the edits that a repair wants to make. Out: the changed text and its `Change`s, in
order and without overlap, counted in both texts. A ledger can be replayed on the old text and
undone on the new one, and it gives the map between the offsets of both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dz_analysis.language import say
from dz_analysis.reading.page import Change, OffsetMap

MISSING = "□"  # a character known to be lost and not restored (U+25A1)


class Edit(NamedTuple):
    """One wanted change of a text: `text[start:end]` becomes `after`."""

    start: int
    end: int
    after: str
    kind: str
    certain: bool = True
    score: float | None = None
    runner_up: str = ""


@dataclass(frozen=True, slots=True)
class Repaired:
    """A repaired text with the ledger of what was changed."""

    text: str
    changes: tuple[Change, ...]

    @property
    def unrepaired(self) -> int:
        """Characters known to be lost and not restored: `□` of a repair, U+FFFD of the charset."""
        marked = sum(change.after.count(MISSING) for change in self.changes)
        return marked + self.text.count("\ufffd")

    @property
    def map(self) -> OffsetMap:
        """The way from `text` back to the text before, and forth with `from_raw`."""
        grown = sum(len(change.after) - len(change.before) for change in self.changes)
        length = len(self.text)
        return offset_map(self.changes, length=length, raw_length=length - grown)


def apply_edits(text: str, edits: Iterable[Edit]) -> Repaired:
    """Make edits and write the ledger.

    Parameters
    ----------
    text : str
        The text before.
    edits : iterable of Edit
        In any order; they must not overlap.

    Returns
    -------
    Repaired

    Raises
    ------
    ValueError
        If two edits overlap.

    Examples
    --------
    >>> edits = [Edit(1, 2, "长", "traditional"), Edit(2, 9, "", "pinyin")]
    >>> done = apply_edits("增長(zhǎng)", edits)
    >>> done.text, done.changes[1]
    ('增长', <'(zhǎng)' -> '' pinyin certain at 2>)
    """
    pieces: list[str] = []
    changes: list[Change] = []
    done = length = 0
    for edit in sorted(edits):
        begin, end, after, kind, certain, score, runner_up = edit
        if begin < done:
            msg = say(
                "{edit} starts inside the edit before it, which ends at {done}.",
                edit=edit,
                done=done,
            )
            raise ValueError(msg)
        pieces += (text[done:begin], after)
        start = length + begin - done
        length, done = start + len(after), end
        before = text[begin:end]
        row = (kind, begin, end, start, length, before, after, certain, score, runner_up)
        changes.append(Change._make(row))
    pieces.append(text[done:])
    return Repaired("".join(pieces), tuple(changes))


def splice(text: str, edits: Iterable[Edit]) -> str:
    """Make edits that are sorted and do not overlap, without writing a ledger."""
    pieces: list[str] = []
    done = 0
    for edit in edits:
        pieces += (text[done : edit[0]], edit[2])
        done = edit[1]
    return "".join((*pieces, text[done:]))


def chain(text: str, first: Repaired, second: Repaired) -> Repaired:
    r"""Join two ledgers to one: `first` of the text, `second` of what the first one made of it.

    Changes that meet become one, of the second's kind.

    Examples
    --------
    >>> text = "同比增\n長,支出"
    >>> first = apply_edits(text, [Edit(3, 4, "", "line_break")])
    >>> second = apply_edits(first.text, [Edit(3, 4, "长", "traditional")])
    >>> done = chain(text, first, second)
    >>> done.text, [(change.raw_start, change.start, change.kind) for change in done.changes]
    ('同比增长,支出', [(3, 3, 'line_break'), (4, 3, 'traditional')])
    """
    if not first.changes:
        return second
    changes: list[Change] = []
    raw_shift = shift = 0  # from an offset between the two back to the text, and on to the result
    for group in _meeting(first.changes, second.changes):
        low, high = group[0][0], max(end for _, end, _, _ in group)
        raw_start, start = low + raw_shift, low + shift
        for _, _, is_second, change in group:
            longer = (change.raw_end - change.raw_start) - (change.end - change.start)
            raw_shift += 0 if is_second else longer
            shift -= longer if is_second else 0
        last = group[-1][3] if len(group) == 1 else max(group, key=lambda g: g[2])[3]
        where = (raw_start, high + raw_shift, start, high + shift)
        before, after = text[raw_start : where[1]], second.text[start : where[3]]
        certain = all(change.certain for *_, change in group)
        doubt = (certain, last.score, last.runner_up)
        changes.append(Change(last.kind, *where, before, after, *doubt))
    return Repaired(second.text, tuple(changes))


def _meeting(
    first: Sequence[Change], second: Sequence[Change]
) -> Iterator[list[tuple[int, int, bool, Change]]]:
    """Group the changes of two ledgers that meet in the text between them."""
    spans = [(c.start, c.end, False, c) for c in first]
    spans += [(c.raw_start, c.raw_end, True, c) for c in second]
    group: list[tuple[int, int, bool, Change]] = []
    reach = -1
    for span in sorted(spans, key=lambda span: span[:3]):
        if group and span[0] >= reach:
            yield group
            group = []
        group.append(span)
        reach = max(span[1], reach if len(group) > 1 else span[1])
    if group:
        yield group


def replay(text: str, changes: Sequence[Change]) -> str:
    """Make the changes of a ledger again on the text that it was written for.

    Raises
    ------
    ValueError
        If the text does not hold what the ledger says it should.

    Examples
    --------
    >>> done = apply_edits("工業,農業", [Edit(2, 3, "，", "folded_punctuation")])
    >>> replay("工業,農業", done.changes)
    '工業，農業'
    """
    return _splice(text, [(c.raw_start, c.raw_end, c.before, c.after) for c in changes])


def undo(repaired: Repaired) -> str:
    """Return the text as it was before the repair, from the result and its ledger alone.

    Examples
    --------
    >>> undo(apply_edits("工業,農業", [Edit(2, 3, "，", "folded_punctuation")]))
    '工業,農業'
    """
    spans = [(c.start, c.end, c.after, c.before) for c in repaired.changes]
    return _splice(repaired.text, spans)


def offset_map(changes: Sequence[Change], *, length: int, raw_length: int) -> OffsetMap:
    """Return the map from the repaired text back to the text before.

    Parameters
    ----------
    changes : sequence of Change
        In order.
    length, raw_length : int
        Length of the repaired text and of the text before.
    """
    starts, raws, raw_ends = [0], [0], []
    for change in changes:
        if change.end - change.start == change.raw_end - change.raw_start:
            continue  # character for character: the run goes on
        raw_ends.append(change.raw_start)
        if change.end > change.start:
            starts.append(change.start)
            raws.append(change.raw_start)
            raw_ends.append(change.raw_end)
        starts.append(change.end)
        raws.append(change.raw_end)
    raw_ends.append(raw_length)
    return OffsetMap.from_runs(starts, raws, raw_ends, length=length)


def _splice(text: str, spans: Iterable[tuple[int, int, str, str]]) -> str:
    pieces: list[str] = []
    done = 0
    for start, end, expected, wanted in spans:
        if text[start:end] != expected:
            msg = say(
                "The ledger does not belong to this text: found {text!r} at {start}, expected "
                "{expected!r}.",
                text=text[start:end],
                start=start,
                expected=expected,
            )
            raise ValueError(msg)
        pieces += (text[done:start], wanted)
        done = end
    return "".join((*pieces, text[done:]))
