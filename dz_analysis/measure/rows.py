"""What was found in a page, laid out as rows of the contract."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence

from dz_analysis import finding, tables
from dz_analysis.bases import state_bases
from dz_analysis.finding.model import Context, Observation
from dz_analysis.finding.number.reject import Refused
from dz_analysis.finding.table.layout import find_grids
from dz_analysis.finding.why import spell_reasons
from dz_analysis.manifest import Document
from dz_analysis.measure.tagged import stated_fields
from dz_analysis.reading.page import Page
from dz_analysis.tables import Cells, Record

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f]+")
_BLANK = re.compile(r"\s+")
CLAUSE_END = re.compile(r"[，,。；;：:！!？?]")
HEADING_CHARS = 16
LEFT_OUT = "left out"  # the status of a number that gives no row


def count_han(text: str) -> int:
    """Count the Han characters of a text.

    Examples
    --------
    >>> count_han("增长21.1%，居全市第二")
    7
    """
    return sum(map(len, HAN.findall(text)))


def find_in(page: Page, context: Context) -> tuple[Observation, ...]:
    """Find the numbers of a page, each with the basis that the page tells of it."""
    found = finding.find_observations(page.text, context=context, paragraphs=page.paragraphs)
    return state_bases(page.text, found)


def observation_records(
    page: Page,
    observations: Sequence[Observation],
    context: Context,
    assessed: Sequence[finding.Assessment] | None = None,
) -> list[Record]:
    """Lay observations out as rows of the contract.

    Parameters
    ----------
    page : Page
        The page they were found in.
    observations : sequence of Observation
        All of them, in text order.
    context : Context
        What is known of the page.
    assessed : sequence of Assessment, optional
        How sure each of them is; assessed here when left out.

    Returns
    -------
    list of tuple
        One an observation in text order, numbered from 1, with offsets in article and page.
    """
    if assessed is None:
        assessed = finding.assess_observations(finding.document_of(page, context), observations)
    document, paragraph_at = context.document, _paragraph_finder(page)
    return [
        (
            document,
            number,
            paragraph_at(found.start),
            found.quote,
            found.start,
            found.end,
            *page.to_raw(found.start, found.end),
            found.indicator,
            found.indicator_id,
            found.measure,
            float(found.value),
            None if found.value_high is None else float(found.value_high),
            found.unit,
            found.bound,
            found.period,
            found.region,
            found.region_code,
            found.status,
            found.of,
            found.modifier,
            sure.confidence,
            sure.grade,
            "",
        )
        for number, (found, sure) in enumerate(zip(observations, assessed, strict=True), start=1)
    ]


def refused_rows(
    page: Page, refused: Sequence[Refused], document: str, *, why: bool
) -> list[Cells]:
    """Lay out numbers that were left out, with blank cells where a row has a reading."""
    rows: list[Cells] = []
    paragraph_at = _paragraph_finder(page)
    for one in refused:
        raw_start, raw_end = page.to_raw(one.start, one.end)
        rows.append(
            {
                "document": document,
                "observation": 0,
                "paragraph": paragraph_at(one.start),
                "quote": one.quote,
                "start": one.start,
                "end": one.end,
                "raw_start": raw_start,
                "raw_end": raw_end,
                **dict.fromkeys(_READ, ""),
                **dict.fromkeys(_COUNTED),
                "status": LEFT_OUT,
            }
            | ({"why": spell_reasons([one.reason])} if why else {})
        )
    return rows


_COUNTED = ("value", "value_high", "confidence")  # what a reading says in numbers
# what a reading says in words
_READ = (
    "indicator",
    "indicator_id",
    "measure",
    "unit",
    "bound",
    "period",
    "region",
    "region_code",
    "of",
    "modifier",
    "grade",
    "review",
)


def document_row(page: Page, context: Context, sha256: str) -> dict[str, object]:
    """Return the cells of a document that was read, but for its health and its counts."""
    return {
        "id": context.document,
        "title": context.title,
        "publisher": context.publisher,
        "published": context.published,
        "genre": context.genre,
        "region": context.region,
        "region_code": context.region_code,
        "period_start": context.period_start,
        "period_end": context.period_end,
        "sha256": sha256,
        "raw_chars": len(page.raw),
        "chars": len(page.text),
        "han_chars": count_han(page.text),
        "paragraphs": len(page.paragraphs),
        "unrepaired": page.unrepaired,
    }


def health_of(
    page: Page, context: Context, observations: Sequence[Observation]
) -> dict[str, object]:
    """Return the line of health of a document that was read."""
    read = stated_fields(context)
    kinds = {one.field: str(one.kind) for one in context.provenance}
    return {
        "outcome": "read",
        "reason": "",
        "charset": page.encoding,
        "notes": " ".join(page.notes),
        "letter_share": letter_share(page.raw),
        "tables_read": _count_tables(page.text, observations),
        "rows": len(observations),
        "rows_without_name": sum(not row.indicator for row in observations),
        "rows_without_unit": sum(not row.unit for row in observations),
        "not_stated": " ".join(name for name, value in read.items() if not value),
        **{f"{name}_from": kinds.get(name, "") for name in tables.READ_FIELDS},
    }


def unread_record(document: Document, *, sha256: str, outcome: str, reason: str) -> Record:
    """Return the row of a document that was not read: what the manifest says, and why."""
    given = {name: getattr(document, name) for name in tables.READ_FIELDS if name != "period"}
    first, _, last = document.period.partition("/")
    columns = tables.TABLES["documents"].columns
    counts = [column.name for column in columns if column.kind == "count" and not column.later]
    row: dict[str, object] = dict.fromkeys(counts, 0) | given
    row |= {"id": document.id, "region_code": document.region_code, "sha256": sha256}
    row |= {"period_start": first, "period_end": last, "outcome": outcome, "reason": reason}
    return tables.order_cells(row, "documents")


def letter_share(text: str) -> float:
    """Return which share of a text's characters are letters or Han, blanks apart; 0 for none.

    Examples
    --------
    >>> letter_share("增长 6%"), letter_share(" ")
    (0.5, 0.0)
    """
    plain = _BLANK.sub("", text)
    return round(sum(map(str.isalpha, plain)) / len(plain), 3) if plain else 0.0


def _count_tables(text: str, observations: Sequence[Observation]) -> int:
    """Count the tables of a text in which an observation stands."""
    grids = find_grids(text)
    starts = [grid.start for grid in grids]
    spans = ((row.start, bisect_right(starts, row.start) - 1) for row in observations)
    return len({at for start, at in spans if at >= 0 and start < grids[at].end})


def paragraph_records(page: Page, document: str) -> list[Record]:
    """Lay the paragraphs of a page out as rows of the contract."""
    return [
        (
            document,
            paragraph.number,
            shorten_heading(paragraph.section),
            paragraph.heading_level,
            paragraph.stance,
            count_han(page.text[paragraph.start : paragraph.end]),
        )
        for paragraph in page.paragraphs
    ]


def shorten_heading(heading: str) -> str:
    """Return a heading's first clause, sixteen characters at most: a label, not a sentence.

    The tables of a corpus are handed on where its text may not be.

    Examples
    --------
    >>> shorten_heading("一、聚焦转型升级，更大力度推进工业强县，厚植发展优势")
    '一、聚焦转型升级'
    """
    first = CLAUSE_END.split(heading, maxsplit=1)[0]
    return first if len(first) <= HEADING_CHARS else first[: HEADING_CHARS - 1] + "…"


def find_paragraph(page: Page, offset: int) -> int:
    """Return the number of the paragraph that an offset lies in."""
    return _paragraph_finder(page)(offset)


def _paragraph_finder(page: Page) -> Callable[[int], int]:
    """Return what tells the number of the paragraph that an offset lies in."""
    ends = [paragraph.end for paragraph in page.paragraphs]
    last = len(ends) - 1
    return lambda offset: page.paragraphs[min(bisect_right(ends, offset), last)].number
