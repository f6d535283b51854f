"""A number on its way to a name: its view, the reading that names it, both together.

In: nothing; `views` fills the `View`s, `readings`, `lists` and `following` the `Reading`s.
Out: types that never change; whoever learns more makes a new one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, NamedTuple, TypeVar

import rjieba

from dz_analysis.finding.measure.cues import LIST, cues, family, pointing
from dz_analysis.finding.measure.rules import MeasureRule
from dz_analysis.finding.measure.telling import MeasureReading
from dz_analysis.finding.model import Quantity, Reason, new, reason_of
from dz_analysis.finding.name.forms import form, term
from dz_analysis.finding.name.frames import NameFrame
from dz_analysis.finding.name.nouns import (
    Name,
    name_before,
    strip_bound,
    strip_start,
    words_of,
)
from dz_analysis.finding.name.place_in_name import (
    opens_with_own_place,
    split_leading_place,
    split_place,
)
from dz_analysis.finding.text.segment import Place
from dz_analysis.lexicon import Words

_LINKED = (MeasureRule.LEVEL, MeasureRule.RATIO)  # told by no word but the one that links
_NO_NAME = Name("")
_SIGNS, _ITEM = form("split words"), form("item of a list")
_NUMERALS, _SAME_TIME, _OF = form("only numerals"), term("same_time"), term("of")
Value = TypeVar("Value")


class Head(NamedTuple):
    """The noun before a number: whole, and without the places that stand in it.

    `words` is the head without a place at its front, which is `leading`; `noun` the name cut out
    of it, blank where it is only a place; `name` the same with its owner, where that is no place;
    `place` is the place that stood in it, `owner_place` the place that the noun belongs to;
    `is_pointer` marks a noun that only points back at what was told.
    """

    words: str
    leading: str
    noun: str
    name: Name
    place: str
    owner_place: str
    is_pointer: bool


_NO_HEAD = Head("", "", "", _NO_NAME, "", "", is_pointer=False)


class Once(Generic[Value]):
    """A property read once and then held: `functools.cached_property` without its lock.

    Before Python 3.12 the lock costs more than most of what is read here.
    """

    def __init__(self, read: Callable[[Any], Value]) -> None:
        self._read, self.__doc__ = read, read.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, one: object, owner: type | None = None) -> Value:
        value = self._read(one)
        vars(one)[self._name] = value
        return value


class _Seen(NamedTuple):
    """What is seen of a quantity; `View` tells the fields."""

    quantity: Quantity
    place: Place
    before: str
    behind: str
    lead: str
    label: str
    measured: MeasureReading
    places: Words
    is_joined: bool = False
    is_origin: bool = False
    is_bracketed: bool = False
    is_aside: bool = False
    is_opened: bool = False
    abuts: bool = False
    is_cut: bool = False
    is_told: bool = False


class View(_Seen):
    """One quantity and the words round it, as its clause has them.

    `before` and `behind` are the words of its clause on both sides, `lead` the clause before when
    it holds no number, `label` a name that a colon sets before the clause; `measured` says how the
    number is told. `is_joined` marks one that only a sign of a list parts from the number before,
    `is_origin` the first of two that tell a change, `is_bracketed` one in brackets, `is_aside` one
    in a bracket that tells more, `is_opened` one whose clause a bracket opens, or one further on
    in it, `abuts` one that the next number follows at once, `is_cut` one that it follows in the
    same clause. `is_told` says that something was told before; `places` are the places that the
    text names. A tuple, because one is made for every number and a frozen dataclass sets each
    field by a call.
    """

    @Once
    def head(self) -> Head:
        """Read the noun before the number."""
        return _read_head(self.measured.head, self.places)

    @Once
    def noun(self) -> str:
        """Read the noun before the number, blank where it only points back at what was told."""
        noun = self.head.noun
        if not noun:
            return ""
        is_size = noun in words_of("sizes") and self.measured.measure != "level"
        points_back = (self.head.is_pointer or is_size) and (self.is_told or self.lead)
        return "" if points_back else noun

    @Once
    def tokens(self) -> tuple[tuple[str, str], ...]:
        """Cut the clause into words with their parts of speech, once for all readings."""
        return tuple(rjieba.tag(self.before + self.behind))

    @property
    def is_of_own_place(self) -> bool:
        """Whether the number is told of the document's own place, or one above it: 全镇共有."""
        return opens_with_own_place(self.before)

    @property
    def states_owner(self) -> bool:
        """Whether the owner of an amount may stand behind it: 投资1.8亿元的医院."""
        return strip_bound(self.behind).startswith(_OF)

    @property
    def is_next_cut(self) -> bool:
        """Whether nothing stands between the number and the next one of its clause."""
        return self.is_cut and not self.behind.strip(term("joints") + " ")


class Reading(NamedTuple):
    """A name that one frame reads for a number.

    `used` counts the characters behind the number that the name takes; `owner` is whose the named
    thing is, `attribute` what an amount states of an owner that is yet to come, `place` a place
    that stood where a name would, `took` what came from before (topic, counted, label …), `cue` the
    word that called for the frame. `measured` is the measure where the frame changes it. `is_scope`
    marks a count of rivals (在四个新区中), `is_grouped` a name shared out in a list. `listed` is
    the number's place in a list of places; `before_name` renames the number before.
    """

    frame: NameFrame
    name: str = ""
    owner: str = ""
    used: int = 0
    measured: MeasureReading | None = None
    place: str = ""
    took: str = ""
    cue: str = ""
    attribute: str = ""
    is_scope: bool = False
    is_grouped: bool = False
    listed: int = -1
    before_name: str = ""


class Item(NamedTuple):
    """One quantity with its name: what was seen of it, and how it was read.

    `quantity` and `place` are those of the view, `measured` is how the number is told in the end:
    by the reading if it says, else by the view. Made by `name_view` and `read_as`.
    """

    view: View
    reading: Reading
    quantity: Quantity
    place: Place
    measured: MeasureReading

    @property
    def name(self) -> str:
        """What the number measures."""
        return self.reading.name

    @property
    def frame(self) -> NameFrame:
        """The frame that names it."""
        return self.reading.frame

    @property
    def reason(self) -> Reason:
        """The frame that names it, and the word between the name and the number."""
        frame = self.reading.frame
        if verb := self.reading.cue:
            return reason_of(frame, verb, "name_words", "act", words_of("act").at_end(verb))
        if self.measured.rule not in _LINKED:
            return reason_of(frame)
        before = self.view.before.rstrip()
        if link := cues("link").at_end(before):
            return reason_of(frame, link, LIST, "link")
        if state := family("state").at_end(before):
            return reason_of(frame, state, "measure_words", "state")
        return reason_of(frame)

    def renamed(self, name: str) -> Item:
        """Return the same item under another name."""
        return self.read_as(self.reading._replace(name=name))

    def read_as(self, reading: Reading) -> Item:
        """Return the same number under another reading."""
        return name_view(self.view, reading)


def name_view(view: View, reading: Reading) -> Item:
    """Put a view and the reading that names it together."""
    measured = reading.measured or view.measured
    return new(Item, (view, reading, view.quantity, view.place, measured))


def _are_places(noun: str, places: Words) -> bool:
    """Whether a noun is only a list of places: 东江县、西江县."""
    parts = _SIGNS.split(noun) if places.at_start(noun) else ()
    return len(parts) > 1 and all(part in places for part in parts)


def _read_head(before: str, places: Words) -> Head:
    if not before or _ITEM.fullmatch(before):  # 税收8亿元，增长5%; 一是超五成行业增长
        return _NO_HEAD
    words, leading = split_leading_place(before, places)
    name = name_before(words) if strip_start(words) else _NO_NAME
    noun, inner = split_place(name.text, places)
    is_pointer = noun in pointing() or noun.endswith(_SAME_TIME) or bool(_NUMERALS.fullmatch(noun))
    if noun in places or _are_places(noun, places):
        return Head(words, leading, "", _NO_NAME, noun, "", is_pointer)
    is_of_place = bool(name.owner) and name.owner in places
    if is_of_place:
        own = Name(noun.removeprefix(name.owner))
    else:
        own = name if noun == name.text else Name(noun, name.owner, name.frame)
    owner_place = name.owner if is_of_place else ""
    return new(Head, (words, leading, noun, own, inner or leading, owner_place, is_pointer))
