"""The marks of a row: what speaks for it or against it, whatever it was read by.

In: the finished observations of a text, with their reasons, what is known of the document, and
where its page was mended. Out: for each observation the names of its marks. The list is closed;
`lexicon/confidence.csv` says what each mark weighs, which field it is about, and what it means.

Everything is asked once for a document: what depends on a name, on rules or on a sentence alone is
kept, since few of them differ.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

import rjieba

from dz_analysis.finding.measure.rules import MeasureRule
from dz_analysis.finding.model import Context, Observation, Rule
from dz_analysis.finding.name.frames import NameFrame
from dz_analysis.finding.name.nouns import strip_end, strip_start, words_of
from dz_analysis.finding.number.units import unit_kinds
from dz_analysis.finding.place.regions import RegionRule
from dz_analysis.finding.scope.status import StatusRule
from dz_analysis.finding.table.rows import TableFrame
from dz_analysis.finding.text.segment import Segments, Sentence, segment
from dz_analysis.finding.time.clock import PeriodRule, Shift
from dz_analysis.finding.time.reach import Standing
from dz_analysis.reading.page import Page, Paragraph

Marks = tuple[str, ...]
KEPT = 1 << 14  # answers that are kept; a name is asked once for each of its rows
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LOST = re.compile("[□\ufffd\ue000-\uf8ff]")


class Document(NamedTuple):
    """What all rows of a text share.

    `mended` are the offsets at which its page was repaired, in text order; `lost` counts the
    characters of the page that are lost.
    """

    text: str
    context: Context
    paragraphs: Sequence[Paragraph] = ()
    mended: Sequence[int] = ()
    lost: int = 0


def document_of(page: Page, context: Context) -> Document:
    """Return what all rows of a page share."""
    mended = (page.map.from_raw(one.raw_start, one.raw_end)[0] for one in page.changes)
    return Document(page.text, context, page.paragraphs, tuple(sorted(mended)), page.unrepaired)


def mark_observations(document: Document, rows: Sequence[Observation]) -> tuple[Marks, ...]:
    """Return the marks of each observation of a text.

    Parameters
    ----------
    document : Document
        The text and what is known of it.
    rows : sequence of Observation
        All that was found in it, in text order.

    Returns
    -------
    tuple of tuple of str
        For each row the names of its marks; every name is one of `MARKS`.

    Examples
    --------
    >>> from dz_analysis.finding.find import find_observations
    >>> context = Context(region="清源县", period_start="2019-01", period_end="2019-12")
    >>> text = "全县税收完成8亿元，其中增长5%。"
    >>> rows = find_observations(text, context=context)
    >>> "no unit" in mark_observations(Document(text, context), rows)[0]
    False
    """
    shared = _of_document(document)
    fellows = _Fellows(rows)
    places = _Places(document, rows)
    reported = document.context.period_start, document.context.period_end
    return tuple(
        (
            *shared,
            *_of_name(row.indicator),
            *(() if row.indicator_id else _UNCATALOGUED),
            *_of_rules(tuple([reason.rule for reason in row.why])),
            *_of_quantity(row.quote, row.unit, row.value, row.value_high, row.bound),
            *_of_measure(row.measure, row.of != "", row.status),
            *_of_period(row.period, row.status, *reported),
            *(() if row.region == document.context.region else _ELSEWHERE),
            *fellows.marks(row),
            *places.marks(at),
        )
        for at, row in enumerate(rows)
    )


def _held(tests: Mapping[str, Callable[..., bool]], *asked: object) -> Marks:
    return tuple([mark for mark, test in tests.items() if test(*asked)])


# ---- the name


def _has_tag(*tags: str) -> Callable[[str], bool]:
    """Return the test whether a word inside a name has one of some tags."""
    return lambda name: any(tag in tags for _, tag in _tokens(name))


def _tag_at(at: int, *tags: str) -> Callable[[str], bool]:
    """Return the test whether the first or last word of a name has one of some tags."""
    return lambda name: bool(name) and _tokens(name)[at][1] in tags


@lru_cache(maxsize=64)  # the tests of one name ask one after the other
def _tokens(name: str) -> tuple[tuple[str, str], ...]:
    return tuple(rjieba.tag(name))


def _is_glued(name: str) -> bool:
    """Whether two heads are glued: 床位建筑面积."""
    heads = words_of("relational")
    tail = heads.at_end(name)
    return bool(tail) and bool(heads.at_end(name[: -len(tail)]))


_LOOSE = ("a", "d", "p", "r", "c", "f", "m", "q")  # tags that a noun neither begins nor ends with
_NAME: Mapping[str, Callable[[str], bool]] = MappingProxyType(
    {
        "no name": lambda name: not name,
        "name of one character": lambda name: len(name) == 1,
        "name of two characters": lambda name: len(name) == 2,
        "name of three characters": lambda name: len(name) == 3,
        "long name": lambda name: len(name) > 13,
        "name as long as a clause": lambda name: len(name) > 19,
        "digit in the name": lambda name: bool(_DIGIT.search(name)),
        "sign in the name": lambda name: bool(re.search("[¥￥$€£%％<>&;=|]", name)),
        "comma or bracket in the name": lambda name: any(
            sign in name for sign in "、，：（(【；。"
        ),
        "word twice in the name": lambda name: bool(re.search(r"([㐀-鿿]{2,})\1", name)),
        "name that needs an owner": lambda name: name in words_of("relational"),
        "name begins with a dropped word": lambda name: strip_start(name) != name,
        "name ends with a dropped word": lambda name: strip_end(name) != name,
        "two heads in the name": _is_glued,
        "preposition in the name": _has_tag("p"),
        "pronoun in the name": _has_tag("r"),
        "adverb in the name": _has_tag("d", "ad"),
        "name begins with a verb": _tag_at(0, "v"),
        "name begins with no noun": _tag_at(0, *_LOOSE),
        "name ends with a verb": _tag_at(-1, "v"),
        "name ends with no noun": _tag_at(-1, *_LOOSE),
    }
)
_UNCATALOGUED = ("not catalogued",)


@lru_cache(maxsize=KEPT)
def _of_name(name: str) -> Marks:
    return _held(_NAME, name)


# ---- the rules that read it

_BEFORE = (
    NameFrame.BEFORE,
    NameFrame.BEFORE_HAVING,
    NameFrame.BEFORE_LIGHT,
    NameFrame.ACCOUNT,
    NameFrame.SPENT,
    NameFrame.OWNED,
)
_LISTED = (NameFrame.LIST, NameFrame.LIST_EARLIER, NameFrame.LIST_PLACES, NameFrame.LIST_PULL)
_USUAL = (*_BEFORE, *_LISTED, NameFrame.TOPIC, NameFrame.BEHIND, NameFrame.FOLLOWING)
_RULES: Mapping[str, tuple[Rule, ...]] = MappingProxyType(
    {
        "figure of a table": (TableFrame.CELLS,),
        "named by what was told before": (NameFrame.TOPIC,),
        "named behind": (NameFrame.BEHIND,),
        "named by the next number": (NameFrame.FOLLOWING,),
        "named in a list": _LISTED,
        "named by a rare frame": tuple(frame for frame in NameFrame if frame not in _USUAL),
        "share without a word for it": (MeasureRule.RATIO,),
        "share of a whole": (MeasureRule.SHARE, MeasureRule.SHARE_WHOLE),
        "period of the document": (PeriodRule.DOCUMENT,),
        "period of a heading": (PeriodRule.HEADING,),
        "period of a plan": (PeriodRule.PLAN,),
        "window of years": (PeriodRule.SPAN, PeriodRule.RANGE),
        "unusual statement of time": (
            PeriodRule.LISTED,
            PeriodRule.DATE,
            PeriodRule.MOMENT,
            PeriodRule.SUM,
            PeriodRule.SINCE,
            PeriodRule.SO_FAR,
            PeriodRule.PRESENT,
            PeriodRule.FOUNDING,
            PeriodRule.HISTORY,
            PeriodRule.REMARK,
            PeriodRule.BASE,
        ),
        "last year of a window": (Shift.CLOSING,),
        "time before the one stated": (Shift.BEFORE,),
        "statement of time inside the clause": (Standing.INSIDE,),
        "status by the time alone": (StatusRule.AHEAD,),
        "status by the section": (StatusRule.SECTION, StatusRule.OVER),
        "status of the row before": (StatusRule.TOPIC,),
        "status by a word of the sentence": (
            StatusRule.DONE,
            StatusRule.SENTENCE,
            StatusRule.ANNOUNCED,
            StatusRule.WILL,
            StatusRule.FUTURE,
            StatusRule.ONWARD,
        ),
        "place inside the clause": (RegionRule.INNER, RegionRule.COUNTED, RegionRule.LISTED),
    }
)


@lru_cache(maxsize=KEPT)
def _of_rules(rules: tuple[Rule, ...]) -> Marks:
    held = set(rules)
    return tuple([mark for mark, named in _RULES.items() if not held.isdisjoint(named)])


# ---- number, unit, measure


class _Number(NamedTuple):
    quote: str
    unit: str
    value: Decimal
    high: Decimal | None
    bound: str

    @property
    def kind(self) -> str:
        return unit_kinds().get(self.unit, "")


_THOUSANDFOLD = 1000
_NUMBER: Mapping[str, Callable[[_Number], bool]] = MappingProxyType(
    {
        "no unit": lambda one: not one.unit,
        "unit that counts": lambda one: one.kind == "count",
        "money": lambda one: one.kind == "money",
        "number in words": lambda one: not _DIGIT.search(one.quote),
        "two at most": lambda one: one.kind == "count" and abs(one.value) <= 2,
        "range": lambda one: one.high is not None,
        "range of a thousandfold": lambda one: (
            one.high is not None and abs(one.high) >= _THOUSANDFOLD * abs(one.value)
        ),
        "more than stated": lambda one: one.bound == ">=",
        "at most or about": lambda one: one.bound in ("<=", "~"),
    }
)
_MEASURE: Mapping[str, Callable[[str, bool, str], bool]] = MappingProxyType(
    {
        "growth": lambda measure, of, status: measure == "growth",
        "share or rate": lambda measure, of, status: measure == "ratio",
        "rank": lambda measure, of, status: measure == "rank",
        "change or gap": lambda measure, of, status: measure in ("change", "gap"),
        "mean growth": lambda measure, of, status: measure == "average_growth",
        "compared with another": lambda measure, of, status: of,
        "target": lambda measure, of, status: status == "target",
        "estimate": lambda measure, of, status: status == "estimate",
    }
)


@lru_cache(maxsize=KEPT)
def _of_quantity(quote: str, unit: str, value: Decimal, high: Decimal | None, bound: str) -> Marks:
    return _held(_NUMBER, _Number(quote, unit, value, high, bound))


@lru_cache(maxsize=KEPT)
def _of_measure(measure: str, of: bool, status: str) -> Marks:
    return _held(_MEASURE, measure, of, status)


# ---- period and place


class _Time(NamedTuple):
    """The months of a row beside those that its document reports on."""

    first: str
    last: str
    status: str
    start: str
    end: str

    @property
    def months(self) -> int:
        years = int(self.last[:4]) - int(self.first[:4])
        return years * 12 + int(self.last[5:]) - int(self.first[5:]) + 1

    @property
    def ahead(self) -> int:
        """By how many years its last month lies behind those of the document."""
        return int(self.last[:4]) - int(self.end[:4]) if self.end else 0


_TIME: Mapping[str, Callable[[_Time], bool]] = MappingProxyType(
    {
        "part of a year": lambda time: time.months < 12,
        "several years": lambda time: time.months > 12,
        "year after": lambda time: time.ahead == 1,
        "later year": lambda time: time.ahead > 1,
        "year before": lambda time: time.ahead == -1,
        "earlier year": lambda time: time.ahead < -1,
        "same year, other months": lambda time: (
            time.ahead == 0 and (time.first, time.last) != (time.start, time.end)
        ),
        "target of a time that is over": lambda time: (
            time.status == "target" and time.last <= time.end
        ),
        "result of a time to come": lambda time: (
            time.status == "actual" and "" < time.end < time.last
        ),
    }
)
_UNDATED = ("no period",)
_ELSEWHERE = ("other place than the document",)


@lru_cache(maxsize=KEPT)
def _of_period(period: str, status: str, start: str, end: str) -> Marks:
    if not period:
        return _UNDATED
    first, _, last = period.partition("/")
    return _held(_TIME, _Time(first, last, status, start, end))


# ---- the document


_GENRES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "text without a genre": ("",),
        "work report": ("work_report",),
        "bulletin": ("bulletin",),
        "budget": ("budget",),
        "overview": ("overview",),
        "press or briefing": ("press", "briefing"),
        "plan or speech": ("plan", "speech"),
    }
)


def _of_document(document: Document) -> Marks:
    context = document.context
    genre = [mark for mark, genres in _GENRES.items() if context.genre in genres]
    undated = [] if context.period_end else ["document without a period"]
    return (*genre, *undated, *(["page with lost characters"] if document.lost else []))


# ---- its fellows


class _Fellows:
    """The rows of a document that say the same of one another, or should."""

    __slots__ = ("_values",)

    def __init__(self, rows: Sequence[Observation]) -> None:
        self._values: dict[tuple[str, ...], set[Decimal]] = {}
        for row in rows:
            self._values.setdefault(self._key(row), set()).add(row.value)

    @staticmethod
    def _key(row: Observation) -> tuple[str, ...]:
        place = row.period, row.region, row.status
        return (row.indicator, row.measure, row.unit, row.of, *place)

    def marks(self, row: Observation) -> Marks:
        """Return whether other rows of the same name, time and place have other values."""
        values = len(self._values[self._key(row)])
        return _CLASH[values > 2] if values > 1 else ()


_CLASH = (("another value of the same",), ("two other values of the same",))


# ---- where it stands


class _Spot(NamedTuple):
    """Where a row stands: its sentence, and where its name stands, -1 if nowhere in it."""

    row: Observation
    sentence: Sentence
    clause: int
    part: int
    named: int
    is_behind: bool

    @property
    def gap(self) -> int:
        """Characters between the name and the number."""
        return self.row.start - self.named - len(self.row.indicator)


_FAR = 4  # characters between name and number that a verb and an adverb take
_AROUND = 20  # characters beside a number in which a repair may have touched its words
_BEHIND = 40  # characters behind a number in which its name may stand
_SPOT: Mapping[str, Callable[[_Spot], bool]] = MappingProxyType(
    {
        "name put together": lambda spot: spot.named < 0 and not spot.is_behind,
        "name stands behind": lambda spot: spot.named < 0 and spot.is_behind,
        "name some words before": lambda spot: spot.named >= spot.clause and spot.gap > _FAR,
        "name in a clause before": lambda spot: spot.part <= spot.named < spot.clause,
        "name in a part before": lambda spot: 0 <= spot.named < spot.part,
    }
)
_REPAIRED, _HEADED = ("repair near by",), ("in a heading",)


class _Places:
    """Where the rows of a document stand, sentence after sentence."""

    __slots__ = ("_counts", "_document", "_rows", "_segments", "_sentences", "_starts")

    def __init__(self, document: Document, rows: Sequence[Observation]) -> None:
        self._document, self._rows = document, rows
        self._segments: Segments = segment(document.text)
        self._starts = [paragraph.start for paragraph in document.paragraphs]
        self._sentences = [self._segments.sentence_at(row.start) for row in rows]
        self._counts: dict[int, int] = {}
        for sentence in self._sentences:
            self._counts[sentence.start] = self._counts.get(sentence.start, 0) + 1

    def marks(self, at: int) -> Marks:
        """Return the marks of what stands round a row."""
        row, sentence = self._rows[at], self._sentences[at]
        is_figure = any(reason.rule is TableFrame.CELLS for reason in row.why)
        around = () if is_figure else (*self._of_spot(row, sentence), *self._of_turn(at))
        return (*around, *self._of_text(sentence, row))

    def _of_spot(self, row: Observation, sentence: Sentence) -> Marks:
        text, name, start = self._document.text, row.indicator, row.start
        if not name:
            return ()
        named = text.rfind(name, sentence.start, start)
        is_behind = (
            named < 0 and text.find(name, row.end, min(sentence.end, row.end + _BEHIND)) >= 0
        )
        segments = self._segments
        clause, part = segments.clause_start(start), segments.part_start(start)
        return _held(_SPOT, _Spot(row, sentence, clause, part, named, is_behind))

    def _of_turn(self, at: int) -> Marks:
        """Return whether period or status turn from the row before in its sentence."""
        row = self._rows[at]
        if not at or self._sentences[at].start != self._sentences[at - 1].start:
            return ()
        before = self._rows[at - 1]
        turns = {
            "period turns in the sentence": before.period != row.period,
            "status turns in the sentence": before.status != row.status,
        }
        return tuple([mark for mark, is_turn in turns.items() if is_turn])

    def _of_text(self, sentence: Sentence, row: Observation) -> Marks:
        mended = self._document.mended
        at = bisect_left(mended, row.start - _AROUND)
        is_mended = at < len(mended) and mended[at] <= row.end
        paragraph = bisect_right(self._starts, row.start) - 1
        is_headed = paragraph >= 0 and self._document.paragraphs[paragraph].heading_level > 0
        return (
            *_of_sentence(
                self._document.text[sentence.start : sentence.stop],
                row.period,
                self._counts[sentence.start],
            ),
            *(_REPAIRED if is_mended else ()),
            *(_HEADED if is_headed else ()),
        )


class _Words(NamedTuple):
    """The words of a sentence, the years that they name, how many rows it holds."""

    text: str
    years: frozenset[str]
    period: str
    rows: int


_SENTENCE: Mapping[str, Callable[[_Words], bool]] = MappingProxyType(
    {
        "alone in its sentence": lambda words: words.rows == 1,
        "ten rows in the sentence": lambda words: words.rows >= 10,
        "long sentence": lambda words: len(words.text) > 100,
        "lost character in the sentence": lambda words: bool(_LOST.search(words.text)),
        "other years in the sentence": lambda words: (
            bool(words.years) and words.years.isdisjoint((words.period[:4], words.period[8:12]))
        ),
        "several years in the sentence": lambda words: len(words.years) > 1,
    }
)


@lru_cache(maxsize=256)
def _of_sentence(text: str, period: str, rows: int) -> Marks:
    return _held(_SENTENCE, _Words(text, _years(text), period, rows))


@lru_cache(maxsize=16)
def _years(text: str) -> frozenset[str]:
    return frozenset(_YEAR.findall(text))


MARKS: Marks = (
    *_NAME,
    *_UNCATALOGUED,
    *_RULES,
    *_NUMBER,
    *_MEASURE,
    *_TIME,
    *_UNDATED,
    *_ELSEWHERE,
    *_GENRES,
    "document without a period",
    "page with lost characters",
    *_CLASH[0],
    *_CLASH[1],
    *_SPOT,
    "period turns in the sentence",
    "status turns in the sentence",
    *_SENTENCE,
    *_REPAIRED,
    *_HEADED,
)
