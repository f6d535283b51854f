"""The frames: the forms in which the genre names a number, as the lexicon declares them.

In: the list `lexicon/frames.csv`. Out: an enum whose members are its rows, and their priorities.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import TypeVar

from dz_analysis.finding.model import Rule
from dz_analysis.lexicon import Row, load_lexicon

Read = TypeVar("Read", bound=Callable[..., object])


class NameFrame(Rule):
    """The forms in which the genre names a number; `lexicon/frames.csv` tells each by examples."""

    UNREAD = ""
    PARTS = "parts"
    RANKED = "ranked"
    RANKING = "ranking"
    FIELD = "field"
    AMONG = "among"
    ATTRIBUTE = "attribute"
    ATTRIBUTE_NEXT = "attribute:next"
    BEHIND = "behind"
    DISTANCE = "distance"
    SORTED = "sorted"
    SHARE = "share"
    SHARE_POINTED = "share:pointed"
    PER = "per"
    PULL = "pull"
    CARRIED = "carried"
    NEXT = "next"
    OBJECT = "object"
    ABOUT = "about"
    TIER = "tier"
    MODIFIER = "modifier"
    VERB = "verb"
    CLASS = "class"
    CROP = "crop"
    BEFORE_POINTER = "before:pointer"
    OWNER = "owner"
    OWNED = "owned"
    SECOND = "second"
    ACCOUNT = "account"
    FULLER = "fuller"
    GRAFTED = "grafted"
    BEFORE_HAVING = "before:having"
    BEFORE_OWNER = "before:owner"
    BEFORE_LIGHT = "before:light"
    BEFORE = "before"
    BRACKETED = "bracketed"
    LABEL = "label"
    UNIT = "unit"
    SUBJECT = "subject"
    BEING = "being"
    FOLLOWING = "following"
    LEAD = "lead"
    TASK = "task"
    POINTER_CHANGED = "pointer:changed"
    TOPIC = "topic"
    LIST_APPOSED = "list:apposed"
    LIST_PARTS = "list:parts"
    LIST_PLACES = "list:places"
    LIST_PLACED = "list:placed"
    LIST = "list"
    LIST_EARLIER = "list:earlier"
    LIST_OWNERS = "list:owners"
    LIST_PULL = "list:pull"
    LIST_RATE = "list:rate"
    OWNED_NEXT = "next:owned"
    INVESTED = "next:invested"
    SPENT = "next:spent"


@cache
def priorities() -> Mapping[NameFrame, int]:
    """Return frame -> its priority, the first asked first."""
    rows = load_lexicon("frames")
    return MappingProxyType({NameFrame(row["frame"]): int(row["priority"]) for row in rows})


def in_order(readers: Mapping[NameFrame, Read]) -> tuple[tuple[NameFrame, Read], ...]:
    """Return frames with the functions that read them, in order of priority."""
    order = priorities()
    return tuple(sorted(readers.items(), key=lambda entry: order[entry[0]]))


@cache
def needs_of(frame: NameFrame) -> frozenset[str]:
    """Return what a number must have so that a frame may name it: a noun before, a topic told …."""
    return frozenset(_row(frame)["needs"].split())


@cache
def leaves(frame: NameFrame) -> str:
    """Return what a frame leaves for later numbers to belong to.

    `owner` the owner of what it names, `nothing` unless it counts things, `kept` what was counted
    before, `topic` that and the name told before; blank the thing that it counts, else the owner,
    else what was counted before.
    """
    return _row(frame)["leaves"]


def _row(frame: NameFrame) -> Row:
    return next(row for row in load_lexicon("frames") if row["frame"] == str(frame))
