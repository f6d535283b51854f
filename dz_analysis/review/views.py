"""What each reader says of a number, drawn from the lines, and where readers disagree.

In: `Correction`s. Out: for each number the `View` of each reader who has seen it, and the fields in
which they say different things. Of one reader the last word on a field counts; whoever corrects a
field has seen the row, and leaves its other fields as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dz_analysis.review.lines import MISSING, NONE, RIGHT, ROW, Correction, Place
from dz_analysis.tables import SEEN_MARKS


@dataclass(frozen=True, slots=True)
class View:
    """What one reader says of a number: whether it measures something, and its fields.

    `kind` is `none`, `missing`, or `right` of a row that is there, with `fields` as they should be;
    `follows` tells that the reader saw the row with the corrections of others, and confirmed it
    without a word on a field.
    """

    reader: str
    kind: str
    fields: Mapping[str, str]
    follows: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """All that is said of one number, in the order of the file."""

    place: Place
    lines: tuple[Correction, ...] = field(default=())

    @property
    def views(self) -> tuple[View, ...]:
        """What each reader says in the end, by reader."""
        readers = sorted({line.reader for line in self.lines})
        return tuple(
            _view(reader, [line for line in self.lines if line.reader == reader])
            for reader in readers
        )

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that any reader speaks of, sorted."""
        return tuple(sorted({name for view in self.views for name in view.fields}))


def gather_items(lines: Iterable[Correction]) -> tuple[Item, ...]:
    """Gather lines by the number that they speak of, in the order of the text."""
    found: dict[Place, list[Correction]] = {}
    for line in lines:
        found.setdefault(line.place, []).append(line)
    return tuple(Item(place, tuple(found[place])) for place in sorted(found))


def is_seconding(line: Correction) -> bool:
    """Whether a line confirms a row as others had left it."""
    return line.field == ROW and line.is_ == RIGHT and line.was in SEEN_MARKS


def _view(reader: str, lines: Sequence[Correction]) -> View:
    """Return what one reader says: each line in its turn, the later over the earlier."""
    kind, follows = RIGHT, False
    fields: dict[str, str] = {}
    for line in lines:
        if line.field == ROW:
            if line.is_ != RIGHT or kind == NONE:
                kind = line.is_
            fields = {} if kind == NONE else fields
            follows = is_seconding(line) and not fields
        else:
            kind = RIGHT if kind == NONE else kind
            fields[line.field] = line.is_
            follows = False
    return View(reader, kind, fields, follows)


def find_disputes(item: Item, row: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Find the fields of a number in which its readers disagree.

    Parameters
    ----------
    item : Item
        What is said of it.
    row : mapping
        Its fields as they are read, which hold where a reader says nothing of them; empty for a
        number that is not read.

    Returns
    -------
    dict of str to dict of str to str
        Field to what each reader says; `row` where they disagree whether it is an observation.
    """
    views = [view for view in item.views if not view.follows]
    is_one = {view.reader: NONE if view.kind == NONE else RIGHT for view in views}
    if len(set(is_one.values())) > 1:
        return {ROW: is_one}
    told = {
        name: {view.reader: view.fields.get(name, row.get(name, "")) for view in views}
        for name in item.fields
    }
    return {name: said for name, said in told.items() if len(set(said.values())) > 1}


def agree_on(item: Item) -> tuple[str, dict[str, str]]:
    """Return what the readers of a number say in one voice: its kind, and its fields."""
    kinds = {view.kind for view in item.views if not view.follows} or {RIGHT}
    kind = MISSING if MISSING in kinds else min(kinds)
    return kind, {name: said for view in item.views for name, said in view.fields.items()}
