"""Corrections applied to rows that were measured; what no longer fits is told, never forced.

In: observations as measured, `Correction`s, and pages for numbers that were not found. Out: the
rows as readers say, each marked in `review`, and an `Outcome` for every number that is spoken of.
Nothing is applied to a number whose row is read otherwise than when what is said of it was first
applied (`Known`), or whose readers disagree.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pandas as pd

from dz_analysis import tables
from dz_analysis.finding import indicator_id, region_code
from dz_analysis.finding.place.gazetteer import parents_of
from dz_analysis.language import label, say, say_count
from dz_analysis.measure import find_paragraph
from dz_analysis.reading.page import Page
from dz_analysis.review.lines import (
    FIELDS,
    MISSING,
    NONE,
    NUMBERS,
    ROW,
    BadLine,
    Corrections,
    Place,
    spell_field,
)
from dz_analysis.review.views import (
    Item,
    agree_on,
    find_disputes,
    gather_items,
    is_seconding,
)

CONFIRMED, CORRECTED, ADDED, REMOVED = "confirmed", "corrected", "added", "removed"
STALE, DISPUTED = "stale", "disputed"
APPLIED = (CONFIRMED, CORRECTED, ADDED, REMOVED)
NEEDED = ("measure", "value", "status")  # what a number that is added cannot do without
SURE = {"confidence": 1.0, "grade": "A"}  # a person has read it
NEAR = 2  # rows before and behind a number that are its neighbourhood

Row = dict[str, Any]
Neighbours = tuple[tuple[str, ...], tuple[str, ...]]
PageOf = Callable[[str], Page | None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of all that is said of one number.

    `kind` is one of `APPLIED`, or `stale` or `disputed`, where nothing was applied and `note` says
    why and what to do; `is_new` tells that the rows were not so before.
    """

    place: Place
    kind: str
    lines: tuple[int, ...]
    note: str = ""
    is_new: bool = False

    def __str__(self) -> str:
        """Say it in a sentence."""
        word = "lines" if len(self.lines) > 1 else "line"
        return f"{word} {', '.join(map(str, self.lines))} ({self.place}): {self.note}"


@dataclass(frozen=True, slots=True)
class Known:
    """What is kept of a number when what is said of it has fitted.

    `near` are the numbers around it, `read` its fields as they were read, blank for a number that
    was not found, and `said` what readers said.
    """

    near: Neighbours
    said: str = ""
    read: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What became of a file of corrections; `known` is kept for the next time.

    `sha256` is the hash of the file as it was applied.
    """

    outcomes: tuple[Outcome, ...] = ()
    bad: tuple[BadLine, ...] = ()
    known: Mapping[Place, Known] = field(default_factory=dict)
    sha256: str = ""

    def of_kind(self, *kinds: str) -> list[Outcome]:
        """Return the outcomes of some kinds, in the order of the text."""
        return [one for one in self.outcomes if one.kind in kinds]

    @property
    def left(self) -> list[Outcome]:
        """Those of which nothing was applied."""
        return self.of_kind(STALE, DISPUTED)

    @property
    def gain(self) -> int:
        """How many rows more there are than were measured; fewer count below 0."""
        return sum(
            (one.kind == ADDED) - (one.kind == REMOVED) for one in self.outcomes if one.is_new
        )

    def say_counts(self) -> str:
        """Say how many numbers were confirmed, corrected, added and removed, and how many not.

        Examples
        --------
        >>> place = Place("a", 3, "8亿元")
        >>> Reviewed((Outcome(place, "confirmed", (2,)),)).say_counts()
        '1 confirmed'
        """
        counts = {kind: len(self.of_kind(kind)) for kind in (*APPLIED, STALE, DISPUTED)}
        named = {STALE: say("no longer fitting"), DISPUTED: say("disputed by readers")}
        parts = [
            say("{n} {state}", n=count, state=named.get(kind, label(kind)))
            for kind, count in counts.items()
            if count
        ]
        bad = len(self.bad)
        refused = [say_count(bad, "{n} line refused", "{n} lines refused")] if bad else []
        return say(", ").join([*parts, *refused])


class Applied(NamedTuple):
    """The rows as readers say, in the contract's order, and what became of each word of theirs."""

    rows: pd.DataFrame
    reviewed: Reviewed


def apply_corrections(
    rows: pd.DataFrame,
    corrections: Corrections,
    *,
    corpus: str = "",
    regions: Mapping[str, str] | None = None,
    page_of: PageOf = lambda _: None,
    known: Mapping[Place, Known] | None = None,
) -> Applied:
    """Apply what readers say to rows that were measured.

    Parameters
    ----------
    rows : pandas.DataFrame
        Observations in the contract of `dz_analysis.tables`.
    corrections : Corrections
        What readers say.
    corpus : str, optional
        Whose own indicators count beside the catalogue's.
    regions : mapping of str to str, optional
        Document to the code of its region, of those that were read; by default those with rows.
    page_of : callable, optional
        Gives the page of a document, for numbers that were not found; None if it is not at hand.
    known : mapping, optional
        What was kept of each number when what was said of it last fitted.

    Returns
    -------
    Applied
        A new frame: rows that are no observation are out, those that were missing stand behind the
        others of their document, and `review` says which were confirmed, corrected or added. Those
        have the confidence 1. The number of a row is what it was.
    """
    items: dict[str, list[Item]] = {}
    for item in gather_items(corrections.lines):
        items.setdefault(item.place.document, []).append(item)
    is_wanted = rows["document"].isin(items)
    held = _rows_by_document(rows[is_wanted])
    codes = dict.fromkeys(rows["document"].unique(), "") if regions is None else regions
    outcomes: list[Outcome] = []
    found: dict[Place, Known] = {}
    for name in sorted(items):
        bench = _Bench(name, held.get(name, []), corpus, codes.get(name), page_of)
        judged, kept = _judge_all(bench, items[name], known or {})
        outcomes += judged
        found |= kept
        held[name] = bench.result()
    changed = pd.DataFrame([row for name in held for row in held[name]], columns=list(rows.columns))
    joined = [frame for frame in (rows[~is_wanted], changed) if not frame.empty]
    made = tables.check_table(pd.concat(joined) if joined else rows, "observations")
    return Applied(made, Reviewed(tuple(outcomes), corrections.bad, found, corrections.sha256))


def _rows_by_document(rows: pd.DataFrame) -> dict[str, list[Row]]:
    held: dict[str, list[Row]] = {}
    for row in rows.to_dict("records"):
        held.setdefault(row["document"], []).append({str(name): row[name] for name in row})
    return held


def _judge_all(
    bench: _Bench, items: Iterable[Item], known: Mapping[Place, Known]
) -> tuple[list[Outcome], dict[Place, Known]]:
    """Judge what is said of a document; return it in the order of the text, and what is kept."""
    judged: list[Outcome] = []
    kept: dict[Place, Known] = {}
    for item in sorted(items, key=_is_new):
        judged.append(bench.judge(item, known.get(item.place)))
        if judged[-1].kind != STALE:
            kept[item.place] = bench.know(item)
        elif item.place in known:
            kept[item.place] = known[item.place]
    return sorted(judged, key=lambda one: one.place), kept


def _is_new(item: Item) -> bool:
    """Whether a number is to be added: after those that may make room for it."""
    return agree_on(item)[0] == MISSING


class _Bench:
    """The rows of one document, on which what is said of it is tried."""

    def __init__(
        self, document: str, rows: list[Row], corpus: str, region: str | None, page_of: PageOf
    ) -> None:
        self.document, self.corpus, self.region = document, corpus, region
        self.rows = sorted(rows, key=lambda row: int(row["start"]))
        self.page_of = page_of
        self.by_place = {(int(row["start"]), row["quote"]): row for row in self.rows}
        self.changed: dict[int, Row | None] = {}  # by number of the row; None takes it out
        self.added: list[Row] = []

    def result(self) -> list[Row]:
        """Return the rows as they are now."""
        rows = [self.changed.get(int(row["observation"]), row) for row in self.rows]
        return [*(row for row in rows if row is not None), *self.added]

    def near(self, start: int) -> Neighbours:
        """Return the numbers before and behind an offset."""
        return _near([(int(row["start"]), row["quote"]) for row in self.rows], start)

    def know(self, item: Item) -> Known:
        """Return what is to be kept of a number."""
        row = self.by_place.get((item.place.start, item.place.quote))
        return Known(
            self.near(item.place.start), _spell_said(item), {} if row is None else _spell(row)
        )

    def judge(self, item: Item, known: Known | None) -> Outcome:
        """Apply what is said of a number, if it fits."""
        lines = tuple(line.line for line in item.lines)
        row = self.by_place.get((item.place.start, item.place.quote))
        read = {} if row is None else _spell(row)
        if self.region is None:
            return Outcome(item.place, STALE, lines, f"{_UNREAD}; {_LEAVE}")
        if disputes := find_disputes(item, read):
            if row is not None:
                self.changed[int(row["observation"])] = row | {"review": DISPUTED}
            return Outcome(item.place, DISPUTED, lines, _say_disputes(disputes))
        kind, fields = agree_on(item)
        if row is None:
            return self._judge_absent(item, kind, fields, known.near if known else None)
        if kind == NONE:
            self.changed[int(row["observation"])] = None
            return Outcome(item.place, REMOVED, lines, is_new=True)
        if kind == MISSING:
            wrong = _unlike(fields, read)
        else:
            wrong = _unfounded(item) or _unfit(item, read) or _unkept(item, read, known)
        if wrong:
            return Outcome(item.place, STALE, lines, wrong)
        return self._correct(item, row, read, fields)

    def _correct(self, item: Item, row: Row, read: Mapping[str, str], fields: Row) -> Outcome:
        changed = {name: value for name, value in fields.items() if value != read[name]}
        mark = CORRECTED if changed else CONFIRMED
        mark = row["review"] if row["review"] in (CORRECTED, ADDED) and not changed else mark
        new = row | {name: _value(name, value) for name, value in changed.items()}
        new |= {**self._codes(new, changed), **SURE, "review": mark}
        self.changed[int(row["observation"])] = new
        is_new = bool(changed) or row["review"] != mark
        return Outcome(item.place, mark, tuple(line.line for line in item.lines), is_new=is_new)

    def _codes(self, row: Row, changed: Iterable[str]) -> Row:
        """Return the codes that follow from fields that have changed."""
        codes: Row = {}
        if {"indicator", "unit", "measure"} & set(changed):
            of_name = {name: row[name] for name in ("unit", "measure")}
            codes["indicator_id"] = indicator_id(row["indicator"], corpus=self.corpus, **of_name)
        if "region" in changed:
            codes["region_code"] = self._code_of(row["region"])
        return codes

    def _code_of(self, region: str) -> str:
        """Return the code of a place, as other rows of the document have it or as it is listed."""
        same = (row["region_code"] for row in self.rows if row["region"] == region)
        city, province = parents_of(self.region or "")
        return next(filter(None, same), "") or region_code(region, province=province, city=city)

    def _judge_absent(
        self, item: Item, kind: str, fields: Row, known: Neighbours | None
    ) -> Outcome:
        """Judge what is said of a number that no row stands for."""
        place, lines = item.place, tuple(line.line for line in item.lines)
        if kind == MISSING:
            return self._add(item, fields, known)
        starts = [int(row["start"]) for row in self.rows if row["quote"] == place.quote]
        over = [row["quote"] for row in self._over(place) if row["review"] != ADDED]
        if kind == NONE and over:
            note = f"{over[0]!r} is read there now: look whether it is none either; {_LEAVE}"
            return Outcome(place, STALE, lines, note)
        if kind == NONE and (not starts or self.near(place.start) == known):
            return Outcome(place, REMOVED, lines)
        moved = self._say_moved(starts, known)
        found = ", ".join(f"{row['quote']!r}" for row in self.rows if row["start"] == place.start)
        other = f"{found} stands there" if found else "no row stands there"
        return Outcome(place, STALE, lines, f"{other}{moved}; {_LEAVE}")

    def _over(self, place: Place) -> list[Row]:
        """Return the rows, as they are now, that stand on a part of a place."""
        end = place.start + len(place.quote)
        return [row for row in self.result() if row["start"] < end and row["end"] > place.start]

    def _say_moved(self, starts: Sequence[int], known: Neighbours | None) -> str:
        """Say where else the same characters stand, and whether among the same numbers."""
        same = [start for start in starts if self.near(start) == known]
        if len(same) == 1:
            return f"; it moved to {same[0]}, among the same numbers: write that into start"
        if not starts:
            return ""
        told = ", ".join(map(str, starts[:3]))
        return f"; the same characters stand at {told}, among other numbers: look there"

    def _add(self, item: Item, fields: Row, known: Neighbours | None) -> Outcome:
        """Add a number that was not found, if it stands in the page as it is said."""
        place, lines = item.place, tuple(line.line for line in item.lines)
        lacking = [name for name in NEEDED if not fields.get(name)]
        if lacking:
            note = f"a number that is missing needs {' and '.join(lacking)}: add a line for each"
            return Outcome(place, STALE, lines, note)
        end = place.start + len(place.quote)
        if over := self._over(place):
            note = f"{over[0]['quote']!r} is read there now: say of its fields what is wrong"
            return Outcome(place, STALE, lines, note)
        page = self.page_of(place.document)
        if page is None:
            return Outcome(place, STALE, lines, "the page is not at hand, so it can't be looked up")
        if page.text[place.start : end] != place.quote:
            moved = self._say_moved(list(_find_all(page.text, place.quote)), known)
            return Outcome(place, STALE, lines, f"the text there is another{moved}; {_LEAVE}")
        self.added.append(self._new_row(place, fields, page))
        return Outcome(place, ADDED, lines, is_new=True)

    def _new_row(self, place: Place, fields: Row, page: Page) -> Row:
        taken = [int(row["observation"]) for row in (*self.rows, *self.added)]
        end = place.start + len(place.quote)
        raw_start, raw_end = page.to_raw(place.start, end)
        told = {name: _value(name, fields.get(name, "")) for name in FIELDS}
        row = {
            "document": place.document,
            "observation": max(taken, default=0) + 1,
            "paragraph": find_paragraph(page, place.start),
            **{"quote": place.quote, "start": place.start, "end": end},
            **{"raw_start": raw_start, "raw_end": raw_end},
            **told,
            **SURE,
            "review": ADDED,
        }
        return row | self._codes(row, FIELDS)


_UNREAD = "the corpus has no such document, or it was set aside"
_LEAVE = "correct the line or strike it"


def _near(numbers: Sequence[tuple[int, str]], start: int) -> Neighbours:
    """Return the quotes of the numbers nearest before and behind an offset."""
    at = bisect_left(numbers, (start, ""))
    behind = [quote for offset, quote in numbers[at:] if offset != start]
    return tuple(quote for _, quote in numbers[:at][-NEAR:]), tuple(behind[:NEAR])


def _find_all(text: str, quote: str) -> Iterator[int]:
    at = text.find(quote)
    while at >= 0:
        yield at
        at = text.find(quote, at + 1)


def _spell(row: Row) -> dict[str, str]:
    return {name: spell_field(name, row[name]) for name in FIELDS}


def _value(name: str, value: str) -> Any:
    if name not in NUMBERS:
        return value
    return float(value) if value else None


def _unfounded(item: Item) -> str:
    """Say which mark a reader has confirmed that no line gives any more; blank if none."""
    seen = {line.was for line in item.lines if is_seconding(line)}
    others = [line for line in item.lines if not is_seconding(line)]
    is_changed = any(line.field != ROW or line.is_ == MISSING for line in others)
    if not seen or is_changed or (others and seen == {CONFIRMED}):
        return ""
    return (
        f"the row was {' and '.join(sorted(seen))} when a reader confirmed it, and no line says by "
        "what: look at the row, and blank was if it is right as it is read, or strike the line"
    )


def _unfit(item: Item, read: Mapping[str, str]) -> str:
    """Say which field of a row is no longer what a line says that it was; blank if all are."""
    told: dict[str, set[str]] = {}
    for line in item.lines:
        if line.field == ROW:
            continue
        is_known = read[line.field] in (line.was, line.is_) or line.was in told.get(line.field, ())
        if not is_known:
            return (
                f"{line.field} was {line.was!r} and is read as {read[line.field]!r} now; look "
                "whether the line is still wanted, and write that into was, or strike it"
            )
        told.setdefault(line.field, set()).add(line.is_)
    return ""


def _spell_said(item: Item) -> str:
    """Write what readers say of a number, to be compared with what they said before."""
    said = [[line.field, line.was, line.is_, line.reader, line.date] for line in item.lines]
    return json.dumps(said, ensure_ascii=False)


def _unkept(item: Item, read: Mapping[str, str], known: Known | None) -> str:
    """Say which field, of those that no line speaks of, is read otherwise than when it was judged.

    Blank if none is, or the lines are others than those that were kept.
    """
    if known is None or known.said != _spell_said(item):
        return ""
    for name in FIELDS:
        before = known.read.get(name, read[name])
        if name not in item.fields and read[name] != before:
            return (
                f"{name} was {before!r} when the row was judged and is read as {read[name]!r} now: "
                "look at the row, and write the day on which you did into date, or strike the line"
            )
    return ""


def _unlike(fields: Mapping[str, str], read: Mapping[str, str]) -> str:
    """Say in which field a number that was missing is read otherwise now; blank if in none."""
    for name, value in fields.items():
        if read[name] != value:
            return (
                f"the number is found by now, with {name} {read[name]!r} in place of {value!r}: "
                "say of that field what it was and is, and strike the line that it is missing"
            )
    return ""


def _say_disputes(disputes: Mapping[str, Mapping[str, str]]) -> str:
    """Say what readers say of the fields that they disagree on."""
    parts = [
        f"{name}: " + ", ".join(f"{who or 'no name'} says {said!r}" for who, said in of.items())
        for name, of in disputes.items()
    ]
    return f"readers disagree ({'; '.join(parts)}); nothing is applied until they agree"


def recount(documents: pd.DataFrame, rows: pd.DataFrame, names: Iterable[str]) -> pd.DataFrame:
    """Return the table of documents with the rows of some of them counted anew."""
    counted = documents.copy()
    wanted = counted["id"].isin(list(names)) & (counted["outcome"] == "read")
    of = rows.groupby("document")
    counts: dict[str, pd.Series] = {
        "rows": of.size(),
        "rows_without_name": rows["indicator"].eq("").groupby(rows["document"]).sum(),
        "rows_without_unit": rows["unit"].eq("").groupby(rows["document"]).sum(),
    }
    for name in counts:
        new = counted.loc[wanted, "id"].map(counts[name]).fillna(0).astype("int64")
        counted.loc[wanted, name] = new
    return counted
