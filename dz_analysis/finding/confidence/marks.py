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
from functools import cache, lru_cache
from operator import attrgetter
from types import MappingProxyType
from typing import NamedTuple

from dz_analysis.finding.catalogue import base_unit, listed_id
from dz_analysis.finding.confidence.names import (
    KEPT,
    NAME,
    UNUSUAL_END,
    Marks,
    marks_of_name,
    parts_of_name,
)
from dz_analysis.finding.measure.rules import MeasureRule
from dz_analysis.finding.model import Context, Observation, Rule
from dz_analysis.finding.name.forms import term
from dz_analysis.finding.name.frames import NameFrame
from dz_analysis.finding.place.regions import RegionRule
from dz_analysis.finding.scope.status import StatusRule
from dz_analysis.finding.table.rows import TableFrame
from dz_analysis.finding.text.segment import STOPS, Sentence, segment
from dz_analysis.finding.time.clock import PeriodRule, Shift
from dz_analysis.finding.time.reach import Standing
from dz_analysis.finding.units import unit_kinds
from dz_analysis.lexicon import values, words
from dz_analysis.reading.page import Page, Paragraph

_DIGIT, _DIGITS = re.compile(r"\d"), frozenset("0123456789")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LOST = re.compile("[□\ufffd\ue000-\uf8ff]")
_CELLS = TableFrame.CELLS
_rule_of = attrgetter("rule")


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
    region, corpus = document.context.region, document.context.corpus
    clashes = _find_clashes(rows)
    marked: list[Marks] = []
    for sentence in _by_sentence(document, rows):
        around = (*shared, *sentence.marks)
        before: Observation | None = None
        for row in sentence.rows:
            rules = tuple(map(_rule_of, row.why))
            is_figure = _CELLS in rules  # words round it tell nothing of it
            marked.append(
                (
                    *around,
                    *marks_of_name(row.indicator, row.unit),
                    *_of_listing(row.indicator, row.unit, row.measure, corpus),
                    *_of_rules(rules),
                    *_of_number(row),
                    *_of_fields(
                        row.measure, row.unit, row.bound, row.status, row.period, *reported
                    ),
                    *(() if row.region == region else _ELSEWHERE),
                    *next(clashes),
                    *(() if is_figure else _of_spot(sentence, row)),
                    *(() if is_figure else _of_text(sentence, row)),
                    *(() if is_figure or before is None else _of_turn(row, before)),
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
            PeriodRule.TOLD,
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
    is_worded = row.quote[0] not in _DIGITS and not _DIGIT.search(row.quote)
    is_small = row.unit in _counts() and -2 <= row.value <= 2
    high = row.value_high
    is_wide = high is not None and abs(high) >= _THOUSANDFOLD * abs(row.value)
    if not (is_worded or is_small or is_wide):  # as most are
        return ()
    return _held(NUMBER, (is_worded, is_small, is_wide))


@cache
def _counts() -> frozenset[str]:
    return frozenset(unit for unit, kind in unit_kinds().items() if kind == "count")


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
COUNTED_MONEY = ("failed: count of an amount of money",)


@lru_cache(maxsize=KEPT)
def _of_listing(name: str, unit: str, measure: str, corpus: str) -> Marks:
    """Return whether the catalogue does not list a name, be its id composed or blank.

    An amount of money that is counted by pieces (地区生产总值12个) has failed; loans are counted
    by deals, too.
    """
    if listed_id(name, unit=unit, measure=measure, corpus=corpus):
        return ()
    base = base_unit(name, corpus=corpus)
    is_money = measure == "level" and unit_kinds().get(base or "") == "money"
    is_counted = unit in values("numerals", "article")
    return _UNCATALOGUED + COUNTED_MONEY * (is_money and is_counted)


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


@lru_cache(maxsize=KEPT)
def _of_fields(measure: str, unit: str, bound: str, status: str, *months: str) -> Marks:
    """Return what the fields of a row say beside the months that its document reports on."""
    period, start, end = months
    return _of_kind(measure, unit, bound, status) + _of_period(period, status, start, end)


# ---- the document

GENRES: Mapping[str, str] = MappingProxyType(
    {
        "": "text without a genre",
        "work_report": "work report",
        "bulletin": "bulletin",
        "budget": "budget",
        "overview": "overview",
        "gazetteer": "overview",
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


def _find_clashes(rows: Sequence[Observation]) -> Iterator[Marks]:
    """Yield for each row whether rows that tell of the same have other values."""
    values_of: dict[tuple[str, ...], set[Decimal]] = {}
    values: list[set[Decimal]] = []  # those of the same, row by row
    for row in rows:
        place = (row.period, row.region, row.status)
        same = values_of.setdefault((row.indicator, row.measure, row.unit, row.of, *place), set())
        same.add(row.value)
        values.append(same)
    return (_CLASH[min(len(same), 3)] for same in values)


# ---- its sentence


class _Around(NamedTuple):
    """A sentence: its text, where it stands, its rows, the marks that they share, its years."""

    text: str
    start: int
    end: int
    rows: Sequence[Observation]
    marks: Marks
    years: frozenset[str]


SENTENCE = (
    "alone in its sentence",
    "ten rows in the sentence",
    "lost character in the sentence",
    "several years in the sentence",
    "repair near by",
    "in a heading",
)
_MANY = 10


def _by_sentence(document: Document, rows: Sequence[Observation]) -> Iterator[_Around]:
    """Yield the sentences that hold rows, in text order."""
    text = document.text
    segments, is_lost = segment(text), bool(_LOST.search(text))
    starts = [paragraph.start for paragraph in document.paragraphs]
    at = 0
    while at < len(rows):
        sentence, first, stop = segments.sentence_at(rows[at].start), at, at + 1
        while stop < len(rows) and rows[stop].start < sentence.stop:
            stop += 1
        at = stop
        yield _look_around(document, sentence, starts, rows[first:stop], is_lost)


def _look_around(
    document: Document,
    sentence: Sentence,
    starts: Sequence[int],
    rows: Sequence[Observation],
    is_lost: bool,
) -> _Around:
    text = document.text[sentence.start : sentence.stop]
    years = frozenset(_YEAR.findall(text) if "20" in text or "19" in text else ())
    mended = document.mended
    at = bisect_left(mended, sentence.start)
    paragraph = bisect_right(starts, sentence.start) - 1
    held = (
        len(rows) == 1,
        len(rows) >= _MANY,
        is_lost and bool(_LOST.search(text)),
        len(years) > 1,
        at < len(mended) and mended[at] < sentence.stop,
        paragraph >= 0 and document.paragraphs[paragraph].heading_level > 0,
    )
    marks = _held(SENTENCE, held) if True in held else ()
    return _Around(document.text, sentence.start, sentence.stop, rows, marks, years)


# ---- the words round it

SPOT = (
    "name put together",
    "name stands behind",
    "name some words before",
    "name in a clause before",
    "name in a part before",
)
OTHER_YEARS = "other years in the sentence"
FOLLOWED = ("words follow at once", "number belongs to a noun behind")
GLUED = "failed: two heads glued"
NUMBERED = "failed: number in the name"
CUT = "failed: number without its unit"
TURN = (
    "period turns in the sentence",
    "status turns in the sentence",
    "second amount of the same name",
)
_FAR = 4  # characters between name and number that a verb and an adverb take
_BEHIND = 40  # characters behind a number in which its name may stand
_OF = term("of")
_ENDS = frozenset(f"{STOPS}、）)／/\t \u3000")


def _of_spot(around: _Around, row: Observation) -> Marks:
    """Return where its name stands: nowhere in the sentence, behind it, how far before it."""
    name, start, text = row.indicator, row.start, around.text
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


def _of_text(around: _Around, row: Observation) -> list[str]:
    """Return what its sentence and the sign behind it say of a row."""
    marks = _of_failures(around, row)
    text, years = around.text, around.years
    if years and years.isdisjoint((row.period[:4], row.period[8:12])):
        marks.append(OTHER_YEARS)
    behind = text[row.end : row.end + 1]
    if behind and behind not in _ENDS:
        marks += FOLLOWED if behind == _OF else FOLLOWED[:1]
    return marks


def _of_failures(around: _Around, row: Observation) -> list[str]:
    """Return which failures only the text shows."""
    marks, name = [], row.indicator
    glued, is_numbered = parts_of_name(name)
    if glued and glued not in around.text:
        marks.append(GLUED)
    if is_numbered and _holds_number(name, around.rows):
        marks.append(NUMBERED)
    if not row.unit and _is_cut(around, row):
        marks.append(CUT)
    return marks


def _holds_number(name: str, rows: Sequence[Observation]) -> bool:
    """Whether the number of a row stands in a name."""
    return any(row.quote in name and _DIGIT.search(row.quote) for row in rows)


def _is_cut(around: _Around, row: Observation) -> bool:
    """Whether a magnitude without a unit stands beside a second number: 8万亿9万亿."""
    is_bare = bool(words("numerals", "large").at_end(row.quote))
    return is_bare and bool(_DIGIT.match(around.text, row.end))


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
    OTHER_YEARS,
    *FOLLOWED,
    GLUED,
    NUMBERED,
    CUT,
    *TURN,
    *COUNTED_MONEY,
)
