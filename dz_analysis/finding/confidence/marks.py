"""The marks of a row: what speaks for it or against it, whatever it was read by.

In: the finished observations of a text, with their reasons, what is known of the document, and
where its page was mended. Out: for each observation the names of its marks. The list is closed;
`lexicon/confidence.csv` says what each mark weighs, which field it is about, and what it means.

Rows are gone through once, sentence by sentence. What depends on a name, on rules or on a period
alone is kept, since few of them differ.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from types import MappingProxyType
from typing import NamedTuple

from dz_analysis.finding.confidence.names import (
    EDGE,
    GLUED,
    KEPT,
    NAME,
    UNUSUAL_END,
    Marks,
    glued_heads,
    marks_of_end,
    marks_of_name,
)
from dz_analysis.finding.measure.rules import MeasureRule
from dz_analysis.finding.model import Context, Observation, Rule
from dz_analysis.finding.name.forms import term
from dz_analysis.finding.name.frames import NameFrame
from dz_analysis.finding.number.units import unit_kinds
from dz_analysis.finding.place.regions import RegionRule
from dz_analysis.finding.scope.status import StatusRule
from dz_analysis.finding.table.rows import TableFrame
from dz_analysis.finding.text.segment import STOPS, Sentence, segment
from dz_analysis.finding.time.clock import PeriodRule, Shift
from dz_analysis.finding.time.reach import Standing
from dz_analysis.lexicon import words
from dz_analysis.reading.page import Page, Paragraph

_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LOST = re.compile("[□\ufffd\ue000-\uf8ff]")
_CELLS = TableFrame.CELLS


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
    >>> text = "2019年，全县税收8亿元，增长5%，税收9亿元。"
    >>> rows = find_observations(text, context=context)
    >>> ["other value of the same" in marks for marks in
    ...  mark_observations(Document(text, context), rows)]
    [True, False, True]
    """
    shared = _of_document(document)
    reported = document.context.period_start, document.context.period_end
    region = document.context.region
    told = _values_of(rows)
    marked: list[Marks] = []
    for sentence, members in _by_sentence(document, rows):
        around = (*shared, *sentence.marks)
        before: Observation | None = None
        for row in members:
            rules = tuple([reason.rule for reason in row.why])
            marked.append(
                (
                    *around,
                    *marks_of_name(row.indicator),
                    *marks_of_end(row.indicator[-EDGE:], row.unit),
                    *(() if row.indicator_id else _UNCATALOGUED),
                    *_of_rules(rules),
                    *_of_kind(row.measure, row.unit, row.bound, row.status),
                    *_of_number(row),
                    *_of_period(row.period, row.status, *reported),
                    *(() if row.region == region else _ELSEWHERE),
                    *_CLASH[min(len(told[_same(row)]), 3)],
                    *(() if _CELLS in rules else _of_words(sentence, row, before)),
                )
            )
            before = row
    return tuple(marked)


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
RULES: Mapping[str, tuple[Rule, ...]] = MappingProxyType(
    {
        "figure of a table": (_CELLS,),
        "named by the next number": (NameFrame.FOLLOWING,),
        "named by a rare frame": tuple(frame for frame in NameFrame if frame not in _USUAL),
        "share without a word for it": (MeasureRule.RATIO,),
        "share of a whole": (MeasureRule.SHARE, MeasureRule.SHARE_WHOLE),
        "period of the document": (PeriodRule.DOCUMENT,),
        "period of a heading": (PeriodRule.HEADING,),
        "period of a plan": (PeriodRule.PLAN,),
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
    return tuple([mark for mark, named in RULES.items() if not held.isdisjoint(named)])


# ---- number, unit, measure, status

KIND = (
    "no unit",
    "rank",
    "change or gap",
    "more than stated",
    "at most or about",
    "target",
)
NUMBER = (
    "number in words",
    "two at most",
    "failed: range of a thousandfold",
)
_THOUSANDFOLD = 1000


@lru_cache(maxsize=KEPT)
def _of_kind(measure: str, unit: str, bound: str, status: str) -> Marks:
    held = (
        not unit,
        measure == "rank",
        measure in ("change", "gap"),
        bound == ">=",
        bound in ("<=", "~"),
        status == "target",
    )
    return _held(KIND, held)


def _of_number(row: Observation) -> Marks:
    is_worded = not _DIGIT.search(row.quote)
    is_small = -2 <= row.value <= 2 and unit_kinds().get(row.unit) == "count"
    high = row.value_high
    is_wide = high is not None and abs(high) >= _THOUSANDFOLD * abs(row.value)
    if not (is_worded or is_small or is_wide):  # as most are
        return ()
    return _held(NUMBER, (is_worded, is_small, is_wide))


def _held(marks: Marks, held: tuple[bool, ...]) -> Marks:
    return tuple([mark for mark, is_held in zip(marks, held, strict=True) if is_held])


# ---- period and place

TIME = (
    "no period",
    "month",
    "part of a year",
    "several years",
    "year after",
    "later year",
    "same year, other months",
    "target of a time that is over",
)
_YEAR_LONG = 12
_ELSEWHERE = ("other place than the document",)
_UNCATALOGUED = ("not catalogued",)


@lru_cache(maxsize=KEPT)
def _of_period(period: str, status: str, start: str, end: str) -> Marks:
    if not period:
        return TIME[:1]
    first, _, last = period.partition("/")
    months = 12 * (int(last[:4]) - int(first[:4])) + int(last[5:]) - int(first[5:]) + 1
    ahead = int(last[:4]) - int(end[:4]) if end else 0
    held = (
        False,
        months == 1,
        1 < months < _YEAR_LONG,
        months > _YEAR_LONG,
        ahead == 1,
        ahead > 1,
        ahead == 0 and (first, last) != (start, end),
        status == "target" and last <= end,
    )
    return _held(TIME, held)


# ---- the document

GENRES: Mapping[str, str] = MappingProxyType(
    {
        "": "text without a genre",
        "work_report": "work report",
        "bulletin": "bulletin",
        "budget": "budget",
        "overview": "overview",
        "press": "press or briefing",
        "briefing": "press or briefing",
        "plan": "plan or speech",
        "speech": "plan or speech",
    }
)
_LOST_PAGE = ("page with lost characters",)


def _of_document(document: Document) -> Marks:
    return (GENRES[document.context.genre], *(_LOST_PAGE if document.lost else ()))


# ---- its fellows

CLASH = ("other value of the same", "two other values of the same")
_CLASH = ((), (), CLASH[:1], CLASH[1:])  # by how many values are told of the same


def _same(row: Observation) -> tuple[str, ...]:
    """Return what rows must share to tell of the same."""
    place = row.period, row.region, row.status
    return (row.indicator, row.measure, row.unit, row.of, *place)


def _values_of(rows: Sequence[Observation]) -> Mapping[tuple[str, ...], set[Decimal]]:
    """Return what is told of -> the values that rows of a document give it."""
    told: dict[tuple[str, ...], set[Decimal]] = {}
    for row in rows:
        told.setdefault(_same(row), set()).add(row.value)
    return told


# ---- its sentence


class _Around(NamedTuple):
    """A sentence: where it stands, the marks that all its rows share, the years that it names."""

    document: Document
    start: int
    end: int
    marks: Marks
    years: frozenset[str]
    quotes: tuple[str, ...]


SENTENCE = (
    "alone in its sentence",
    "ten rows in the sentence",
    "lost character in the sentence",
    "several years in the sentence",
    "repair near by",
    "in a heading",
)
_MANY = 10


def _by_sentence(
    document: Document, rows: Sequence[Observation]
) -> Iterator[tuple[_Around, list[Observation]]]:
    """Yield sentences with their rows, in text order."""
    segments = segment(document.text)
    starts = [paragraph.start for paragraph in document.paragraphs]
    for _, members in groupby(rows, key=lambda row: segments.sentence_start(row.start)):
        held = list(members)
        sentence = segments.sentence_at(held[0].start)
        yield _look_around(document, sentence, starts, held), held


def _look_around(
    document: Document, sentence: Sentence, starts: Sequence[int], rows: Sequence[Observation]
) -> _Around:
    text = document.text[sentence.start : sentence.stop]
    years = frozenset(_YEAR.findall(text))
    mended = document.mended
    at = bisect_left(mended, sentence.start)
    paragraph = bisect_right(starts, sentence.start) - 1
    held = (
        len(rows) == 1,
        len(rows) >= _MANY,
        bool(_LOST.search(text)),
        len(years) > 1,
        at < len(mended) and mended[at] < sentence.stop,
        paragraph >= 0 and document.paragraphs[paragraph].heading_level > 0,
    )
    quotes = tuple([row.quote for row in rows])
    marks = _held(SENTENCE, held)
    return _Around(document, sentence.start, sentence.stop, marks, years, quotes)


# ---- the words round it

SPOT = (
    "name put together",
    "name stands behind",
    "name some words before",
    "name in a clause before",
    "name in a part before",
)
WORDS = (
    "other years in the sentence",
    "words follow at once",
    "number belongs to a noun behind",
    *GLUED,
    "failed: number in the name",
    "failed: number without its unit",
)
TURN = (
    "period turns in the sentence",
    "status turns in the sentence",
    "second amount of the same name",
)
_FAR = 4  # characters between name and number that a verb and an adverb take
_BEHIND = 40  # characters behind a number in which its name may stand
_ENDS = frozenset(f"{STOPS}、）)／/\t \u3000")


def _of_words(around: _Around, row: Observation, before: Observation | None) -> Marks:
    turn = () if before is None else _of_turn(row, before)
    return (*_of_spot(around, row), *_of_text(around, row), *turn)


def _of_spot(around: _Around, row: Observation) -> Marks:
    """Return where its name stands: nowhere in the sentence, behind it, how far before it."""
    name, start, text = row.indicator, row.start, around.document.text
    if not name:
        return ()
    named = text.rfind(name, around.start, start)
    if named < 0:
        is_behind = text.find(name, row.end, min(around.end, row.end + _BEHIND)) >= 0
        return SPOT[1:2] if is_behind else SPOT[:1]
    if start - named - len(name) <= _FAR:
        return ()
    segments = segment(text)
    if named >= segments.clause_start(start):
        return SPOT[2:3]
    return SPOT[3:4] if named >= segments.part_start(start) else SPOT[4:5]


def _of_text(around: _Around, row: Observation) -> Marks:
    text, years = around.document.text, around.years
    behind = text[row.end : row.end + 1]
    glued = glued_heads(row.indicator)
    held = (
        bool(years) and years.isdisjoint((row.period[:4], row.period[8:12])),
        bool(behind) and behind not in _ENDS,
        behind == term("of"),
        bool(glued) and glued not in text,
        _holds_number(around, row),
        not row.unit and _is_cut(around, row),
    )
    return _held(WORDS, held) if True in held else ()


def _holds_number(around: _Around, row: Observation) -> bool:
    """Whether the number of another row stands in the name."""
    name = row.indicator
    if not _DIGIT.search(name):
        return False
    return any(quote in name for quote in around.quotes if _DIGIT.search(quote))


def _is_cut(around: _Around, row: Observation) -> bool:
    """Whether a magnitude without a unit stands beside a second number: 8万亿9万亿."""
    is_bare = bool(words("numerals", "large").at_end(row.quote))
    return is_bare and bool(_DIGIT.match(around.document.text, row.end))


def _of_turn(row: Observation, before: Observation) -> Marks:
    is_same = row.indicator == before.indicator
    held = (
        before.period != row.period,
        before.status != row.status,
        is_same and row.measure == before.measure == "level" and row.unit == before.unit,
    )
    return _held(TURN, held) if True in held else ()


MARKS: Marks = (
    *NAME,
    "failed: no name",
    *UNUSUAL_END,
    *_UNCATALOGUED,
    *RULES,
    *KIND,
    *NUMBER,
    *TIME,
    *_ELSEWHERE,
    *dict.fromkeys(GENRES.values()),
    *_LOST_PAGE,
    *CLASH,
    *SENTENCE,
    *SPOT,
    *WORDS,
    *TURN,
)
