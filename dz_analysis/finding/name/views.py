"""The view of a number: the words of its clause before and behind it, and how they tell it.

In: clean text, a quantity with its place, spans that belong to no name (statements of time) and
the number before. Out: a `View`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from dz_analysis.finding.measure.cues import telling_head
from dz_analysis.finding.model import Quantity, new
from dz_analysis.finding.name.discourse import Topic
from dz_analysis.finding.name.forms import form, term
from dz_analysis.finding.name.goal_beside import Surroundings, measure_beside
from dz_analysis.finding.name.naming_state import Item, View
from dz_analysis.finding.name.notes import (
    read_head_of_places,
    read_label,
    read_title,
    strip_remarks,
)
from dz_analysis.finding.name.nouns import RUN_IN, drop_asides, strip_numbering, words_of
from dz_analysis.finding.text.segment import Place, gap, split_clauses
from dz_analysis.lexicon import Words

_JOINT = form("joint")
_KINDS = re.compile(r"[（(][㐀-鿿]{1,2}(?:[、/][㐀-鿿]{1,2}){0,3}[）)](?=[、，])")
_JOINS = form("joins")
_DURATION = form("duration")
_CLOSES = re.compile(gap(0, 12, but="、（(") + "[）)]")  # （其中工业3亿元，增长5%） is no remark
_BRACKET = re.compile(r"[（(][^（）()]{0,40}[)）]")
_CLOSED = form("closed and joined")  # 投资（+8%）、消费（+3%）
_TOLD = re.compile(r"^.*\d[^、，]*[、，]")  # 一般债券4亿元、专项债券
_REMARK_BEHIND = form("remark behind")
_TURN = form("turn")
_AHEAD = form("ahead")
STROKE = "|"
COLONS, FULL_STOP = ("：", ":"), "。"
OPENING, CLOSING = ("（", "("), ("）", ")")
LEAD = 80
REACH = 160  # characters in which bracketed places have the head that they share
JOINT = 8  # characters that may stand between two numbers of a list
_FROM_TO, _GOES_ON = term("from_to"), term("goes_on")


class Viewer(NamedTuple):
    """Cuts the views of a text's numbers, without the spans that belong to no name."""

    text: str
    skips: Sequence[tuple[int, int]]
    places: Words

    def view(self, quantity: Quantity, place: Place, stop: int, topic: Topic) -> View:
        """Return the view of a quantity.

        Parameters
        ----------
        quantity : Quantity
            The number.
        place : Place
            Where its sentence, part and clause begin.
        stop : int
            Where the next number begins.
        topic : Topic
            What was told before; the number before may have taken some of the words.
        """
        last = topic.last
        sign = self.text[place.clause - 1 : place.clause]
        is_opened = sign in OPENING
        is_bracketed = is_opened and bool(_CLOSES.match(self.text, quantity.end))
        behind = self.text[quantity.end : min(place.stop, stop)]
        lead, label, is_joined = "", "", False
        is_behind = last is not None and last.place.clause > place.clause
        if last and last.view.is_bracketed and is_behind and not last.view.label:
            before = _TOLD.sub("", _BRACKET.sub("", self.cut(place.clause, quantity.start)))
            stop = len(self.text) + 1
        else:
            reached = _reach(last, self.text) if last else 0
            before = self._before(place, reached, quantity)
            is_growth = quantity.kind == "percent" and not is_opened
            before, lead = _join_turn(before, self._lead(place, last), is_growth=is_growth)
            is_joined = last is not None and self._is_joint(reached, quantity.start)
            label = self._label(quantity, place, sign)
        is_inside = is_opened or self._goes_on_inside(place, last)
        seen = quantity, place, before, behind, is_joined, is_bracketed, is_inside
        return self._measure(new(Surroundings, seen), lead, label, stop, topic)

    def _goes_on_inside(self, place: Place, last: Item | None) -> bool:
        """Whether a clause goes on in the bracket of the last: （全市6%，全省5%）."""
        if last is None or not last.view.is_opened or last.place.part != place.part:
            return False
        between = self.text[last.quantity.end : place.clause]
        return not any(sign in between for sign in CLOSING)

    def _label(self, quantity: Quantity, place: Place, sign: str) -> str:
        """Read the name that a colon sets before a clause, or that bracketed places share."""
        if sign in COLONS:
            return read_label(self.text, place.part, place.clause)
        if sign == FULL_STOP and place.clause == place.part:
            return read_title(self.text, place.clause)
        if sign not in OPENING or place.clause != quantity.start:
            return ""
        before = self.cut(max(place.part, quantity.start - REACH), quantity.start)
        behind = self.text[quantity.end : quantity.end + REACH]
        return read_head_of_places(before, behind, self.places)

    def _measure(
        self, around: Surroundings, lead: str, label: str, stop: int, topic: Topic
    ) -> View:
        quantity, place = around.quantity, around.place
        measured, is_joined, is_origin = measure_beside(around, topic.last)
        fields = (
            quantity,
            place,
            around.before,
            around.behind,
            lead,
            label,
            measured,
            self.places,
            is_joined,
            is_origin,
            around.is_bracketed,
            topic.outside is not None,
            around.is_opened,
            stop == quantity.end,
            stop < place.stop,
            bool(topic.name),
        )
        return new(View, fields)

    def _before(self, place: Place, reached: int, quantity: Quantity) -> str:
        """Cut the words before a quantity, without the remarks among them."""
        start = max(place.clause, reached)
        before = self.cut(start, quantity.start)
        if reached == start:  # 债券资金5亿元（用于还本）、其他资金3亿元
            before = _REMARK_BEHIND.sub("", before)
        before = before[before.rfind(STROKE) + 1 :]  # the words of its own cell
        words = before.lstrip("，、；：。.．,;: 　）)\n")
        is_first = start == place.clause and (
            self._opens_line(start)
            or "\n" in before[: -len(words) or None]
            or words.startswith(OPENING)  # （二）实行改造的占12%
        )
        before = strip_numbering(words) if is_first else words
        if " “" in before:  # a blank that typesetting leaves: 较 “十三五”时期
            before = before.replace(" “", "“")
        return strip_remarks(drop_asides(before))

    def _lead(self, place: Place, last: Item | None) -> str:
        """Cut the clauses without a number between the number before and this clause."""
        floor = max(place.part, place.clause - LEAD, last.quantity.end if last else 0)
        follows = last is not None and last.place.part == place.part
        if place.clause - floor <= follows:  # at most the comma between two numbers
            return ""
        words = self.cut(floor, place.clause)
        if last and last.view.is_bracketed:
            words = _CLOSED.sub("，", words)
        pieces = split_clauses(words)
        # the rest of the clause of the number before is no lead
        lead = "，".join([piece for piece in pieces[follows:] if piece.strip()])
        opened = max(lead.rfind("（"), lead.rfind("("))
        return lead[:opened] if opened > max(lead.rfind("）"), lead.rfind(")")) else lead

    def _is_joint(self, end: int, start: int) -> bool:
        """Whether nothing but a sign of a list stands between two numbers."""
        if start <= end:
            return True
        return start - end < JOINT and _JOINT.fullmatch(self.text, end, start) is not None

    def _opens_line(self, start: int) -> bool:
        return not start or self.text[start - 1] == "\n"

    def cut(self, start: int, end: int) -> str:
        """Return a stretch of the text without the spans that belong to no name."""
        at = bisect_left(self.skips, (start, 0))
        start = max(start, min(end, self.skips[at - 1][1])) if at else start
        if at == len(self.skips) or self.skips[at][0] >= end:
            words = self.text[start:end]
            return _DURATION.sub("", words) if _GOES_ON in words else words
        pieces, offset = [], start
        for left, right in self.skips[at : at + 8]:
            if left >= end:
                break
            left += self.text[left] in _FROM_TO  # 提高到2020年的 keeps its 到
            pieces.append(self.text[offset:left])
            if self.text[left - 1 : left] == " " and self._opens_line(start):
                pieces.append(RUN_IN)  # 工业 2006年工业总产值: a heading before the year
            offset = max(left, min(right, end))
        pieces.append(self.text[offset:end])
        words = "".join(pieces)
        return _DURATION.sub("", words) if _GOES_ON in words else words


def _join_turn(before: str, lead: str, *, is_growth: bool) -> tuple[str, str]:
    """Read 投资由降转升，增长5% as 投资增长5%: a turn parts the subject from what it reached.

    So what a growth is held against: 工业增速高于全市，达到9.6%. A number in brackets behind it is
    the others': 高于全省均值（7.7%）.
    """
    if not lead:
        return before, lead
    earlier, _, subject = lead.rpartition("，")
    turn = _TURN.search(subject) or (_AHEAD.search(subject) if is_growth else None)
    if turn and not telling_head(before):
        return subject[: turn.start()] + before, earlier
    return before, lead


def _reach(last: Item, text: str) -> int:
    """Return where the words behind a number begin, past 左右 in 增长4%左右、6%左右."""
    end = last.quantity.end + last.reading.used
    kinds = _KINDS.match(text, end)  # 3万户（套）
    end = kinds.end() if kinds else end
    bound = "" if last.reading.used else words_of("bounds_behind").at_start(text, end)
    return end + len(bound) if bound and _JOINS.match(text, end + len(bound)) else end
