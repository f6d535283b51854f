"""One page to its rows of the six tables.

In: the bytes of a page and its row of the manifest.
Out: its rows of each table, as plain tuples or as frames checked against the contract, or its
observations alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from dz_analysis import finding, reading, tables
from dz_analysis.bases import state_bases
from dz_analysis.finding.model import Context, Observation
from dz_analysis.finding.number.reject import Refused
from dz_analysis.finding.table.layout import find_grids
from dz_analysis.finding.why import SEPARATOR, explain_reason, spell_reasons
from dz_analysis.manifest import Document
from dz_analysis.reading.ledger import offset_map
from dz_analysis.reading.page import Page
from dz_analysis.reading.provenance import Provenance
from dz_analysis.reading.structure import split_paragraphs
from dz_analysis.reading.wrapped import join_lines
from dz_analysis.tables import Cells, Record, Records

# Takes 0.4 s, and whoever only prints the numbers of a page does without.
if TYPE_CHECKING:
    import pandas as pd

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f]+")
_BLANK = re.compile(r"\s+")
CLAUSE_END = re.compile(r"[，,。；;：:！!？?]")
HEADING_CHARS = 16
WHY = ("why",)  # the column that says what decided a row
LEFT_OUT = "left out"  # the status of a number that gives no row

Tables = dict[str, "pd.DataFrame"]


def count_han(text: str) -> int:
    """Count the Han characters of a text.

    Examples
    --------
    >>> count_han("增长21.1%，居全市第二")
    7
    """
    return sum(map(len, HAN.findall(text)))


def read_document(document: Document, content: bytes, *, corpus: str = "") -> tuple[Page, Context]:
    """Read one page and tag it; what the manifest says wins over what the text says.

    Parameters
    ----------
    document : Document
        The manifest's row; blank fields are read from the page.
    content : bytes
        The page as it is stored.
    corpus : str, optional
        The corpus whose own indicators count beside the catalogue's.

    Returns
    -------
    page : Page
        The article made whole.
    context : Context
        Region, period, genre and the rest of what is known of it.
    """
    page = reading.read_page(content, name=document.file)
    return page, tag_page(page, document, corpus=corpus)


def tag_page(page: Page, document: Document, *, corpus: str = "") -> Context:
    """Tag a page with what is known of it: by the manifest's row, else by the page itself.

    Returns
    -------
    Context
        Its `provenance` says what each field was read from: of a field that the manifest gives
        what the page shows for the same value. It was given where the page shows no such value, or
        where the field is a person's word.
    """
    own = _tag(page, Document(document.id, document.file), page.provenance, corpus)
    is_given = any(getattr(document, name) for name in (*tables.READ_FIELDS, "region_code"))
    if not is_given:
        return own
    read = [one for one in own.provenance if one.field not in document.confirmed]
    return _tag(page, document, read, corpus)


def _tag(page: Page, document: Document, provenance: Sequence[Provenance], corpus: str) -> Context:
    return finding.tag_document(
        page.text,
        document=document.id,
        title=document.title or page.title,
        publisher=document.publisher or page.publisher,
        published=document.published or page.published,
        region=document.region,
        region_code=document.region_code,
        period=document.period,
        genre=document.genre,
        corpus=corpus,
        site=page.site,
        provenance=provenance,
    )


def measure_page(page: Page, context: Context, *, sha256: str = "") -> Tables:
    """Measure one page: its rows of each of the six tables.

    Returns
    -------
    dict of str to pandas.DataFrame
        One frame a table of `tables.TABLES`, checked against the contract. For many pages
        `measure_records` and one `tables.frame_records` of them all cost far less.
    """
    records = measure_records(page, context, sha256=sha256)
    return {name: tables.frame_records(rows, name) for name, rows in records.items()}


def measure_records(page: Page, context: Context, *, sha256: str = "") -> Records:
    r"""Measure one page, as plain tuples that nothing was checked of yet.

    Returns
    -------
    dict of str to list of tuple
        For each table of `tables.TABLES` its rows, cells in the order of the contract, sorted by
        the table's key. `tables.frame_records` makes a checked table of those of many pages.

    Examples
    --------
    >>> page, context = read_document(Document("a", "a.txt"), "某县简况\n全县税收增长6%。".encode())
    >>> records = measure_records(page, context)
    >>> list(records) == list(tables.TABLES), records["slogans"], records["terms"][0]
    (True, [], ('a', 1, '某县', 'r', 1))
    """
    from dz_analysis import counting  # takes longer to load than the numbers of a page to find

    name, text = context.document, page.text
    observations = _find_in(page, context)
    terms = counting.list_terms(name, text, page.paragraphs, corpus=context.corpus)
    slogans = counting.list_slogans(text, page.paragraphs, corpus=context.corpus)
    repairs = reading.list_repairs(page)
    counts = {
        "tokens": sum(map(itemgetter(-1), terms)),
        "repairs": sum(count for _, count, _ in repairs),
    }
    document = _document_row(page, context, sha256) | counts | _health(page, context, observations)
    return {
        "documents": [tables.order_cells(document, "documents")],
        "paragraphs": _paragraph_records(page, name),
        "observations": observation_records(page, observations, context),
        "terms": terms,
        "slogans": [(name, *row) for row in slogans],
        "repairs": [(name, *row) for row in repairs],
    }


def _find_in(page: Page, context: Context) -> tuple[Observation, ...]:
    """Find the numbers of a page, each with the basis that the page tells of it."""
    found = finding.find_observations(page.text, context=context, paragraphs=page.paragraphs)
    return state_bases(page.text, found)


def extract(
    source: Path | str | bytes,
    *,
    document: Document | None = None,
    left_out: bool = False,
    why: bool = True,
) -> pd.DataFrame:
    r"""Read one page and return its observations, with what decided each of them.

    Parameters
    ----------
    source : pathlib.Path, str or bytes
        A file (txt, html, mht, docx or pdf), or the bytes of one.
    document : Document, optional
        What is known of it (region, period, date of publication …): it wins over what the page
        says. By default the page has to say all, and is called by its file's name.
    left_out : bool, optional
        Whether to add a row for each number that was left out: its status is ``"left out"``, and
        it has no indicator and no value.
    why : bool, optional
        Whether to say what decided each row, which asks for the line of every word.

    Returns
    -------
    pandas.DataFrame
        The columns of the observations table and `why`: for each field the rule, the word that
        called for it, and the line of the lexicon where that stands, then the weakest field; in
        text order.

    Examples
    --------
    >>> page = "临江县2019年经济简况\n全县工业增加值80亿元，增长6%。".encode()
    >>> extract(page)[["indicator", "measure", "value", "unit", "period"]].values.tolist()
    ... # doctest: +NORMALIZE_WHITESPACE
    [['工业增加值', 'level', 8000000000.0, '元', '2019-01/2019-12'],
     ['工业增加值', 'growth', 6.0, '%', '2019-01/2019-12']]
    >>> extract(page, left_out=True)["status"].tolist()
    ['left out', 'actual', 'actual']
    """
    rows = extract_rows(source, document=document, left_out=left_out, why=why)
    return tables.frame_cells(rows, "observations", WHY if why else ())


def extract_rows(
    source: Path | str | bytes,
    *,
    document: Document | None = None,
    left_out: bool = False,
    why: bool = True,
) -> list[Cells]:
    r"""Read one page and return its observations as `extract` does, without a frame.

    Parameters
    ----------
    source, document, left_out, why
        As for `extract`.

    Returns
    -------
    list of dict
        In text order, for each column its cell; a number that is missing is None.

    Raises
    ------
    ValueError
        If a row breaks the contract of the table of observations.

    Examples
    --------
    >>> page = "临江县2019年经济简况\n全县工业增加值80亿元，增长6%。".encode()
    >>> [(row["indicator"], row["value"]) for row in extract_rows(page)]
    [('工业增加值', 8000000000.0), ('工业增加值', 6.0)]
    """
    page, context = _read_source(source, document)
    found = _find_in(page, context)
    assessed = finding.assess_observations(finding.document_of(page, context), found)
    records = observation_records(page, found, context, assessed)
    tables.check_records(records, "observations")
    names = tables.TABLES["observations"].names
    rows = [dict(zip(names, record, strict=True)) for record in records]
    if why:
        for row, said in zip(rows, _spell_why(found, assessed), strict=True):
            row["why"] = said
    if left_out:
        refused = finding.find_refused(page.text, found)
        rows += _refused_rows(page, refused, context.document, why=why)
        rows.sort(key=itemgetter("start", "end"))
    return rows


def trace_rows(page: Page, context: Context) -> dict[int, str]:
    r"""Say what decided each row of a page, by the offset of its quote in the article.

    Returns
    -------
    dict of int to str
        `Observation.start` to the column `why` of `extract`: reasons joined by `SEPARATOR`.

    Examples
    --------
    >>> page, context = read_document(Document("a", "a.txt"), "某县简况\n全县税收增长6%。".encode())
    >>> trace_rows(page, context)[11].split(SEPARATOR)[-1][:5]
    'sure '
    """
    found = _find_in(page, context)
    assessed = finding.assess_observations(finding.document_of(page, context), found)
    return dict(zip((one.start for one in found), _spell_why(found, assessed), strict=True))


def _spell_why(found: Sequence[Observation], assessed: Sequence[finding.Assessment]) -> list[str]:
    """Write for each observation what decided it, and how sure it is."""
    pairs = zip(found, assessed, strict=True)
    return [
        SEPARATOR.join([spell_reasons(one.why), finding.spell_doubt(sure)]) for one, sure in pairs
    ]


def explain(
    source: Path | str | bytes,
    quote: str,
    *,
    document: Document | None = None,
    start: int | None = None,
) -> str:
    r"""Say in words how a number of a page was read, or why it was left out.

    Parameters
    ----------
    source : pathlib.Path, str or bytes
        A file, or the bytes of one, as for `extract`.
    quote : str
        The number as it stands in the text, such as ``"8亿元"``. Where it stands several times,
        each is explained.
    document : Document, optional
        What is known of the page.
    start : int, optional
        Where the number begins in the clean text, if only that one is to be explained.

    Returns
    -------
    str
        For each number a line that says how it was read, and a line for each reason: what it
        decided, the rule, the word that called for it with its line in the lexicon, and what the
        rule means. The last line says how sure the row is, and which field is its weakest.

    Raises
    ------
    ValueError
        If no number of the page is quoted so; the message names those that are like it.

    Examples
    --------
    >>> page = "临江县2019年经济简况\n全县工业增加值80亿元，增长6%。".encode()
    >>> print(explain(page, "2019"))  # doctest: +ELLIPSIS
    2019 · left out
      left out date, ordinal or name (年, lexicon/not_quantities.csv:...): A date, an ordinal or ...
    """
    page, context = _read_source(source, document)
    found = _find_in(page, context)
    assessed = finding.assess_observations(finding.document_of(page, context), found)
    doubts = {
        row.start: finding.spell_doubt(sure) for row, sure in zip(found, assessed, strict=True)
    }
    numbers: list[Observation | Refused] = [*found, *finding.find_refused(page.text, found)]
    quoted = (one for one in numbers if one.quote == quote and start in (None, one.start))
    named = sorted(quoted, key=lambda one: one.start)
    if not named:
        near = get_close_matches(quote, sorted({one.quote for one in numbers}))
        hint = f" Did you mean {' or '.join(map(repr, near))}?" if near else ""
        msg = f"No number {quote!r} in {context.document!r}.{hint}"
        raise ValueError(msg)
    return "\n".join(_explain(one, doubts.get(one.start, "")) for one in named)


def _explain(one: Observation | Refused, doubt: str) -> str:
    if isinstance(one, Refused):
        return f"{one.quote}{SEPARATOR}{LEFT_OUT}\n  {explain_reason(one.reason)}"
    value = tables.spell_number(float(one.value))
    cells = (one.quote, one.indicator, one.measure, f"{one.bound} {value} {one.unit}".strip())
    row = SEPARATOR.join(filter(None, (*cells, one.of, one.period, one.region, one.status)))
    return "\n".join([row, *(f"  {explain_reason(reason)}" for reason in one.why), f"  {doubt}"])


def extract_text(text: str, *, context: Context | None = None) -> tuple[Observation, ...]:
    r"""Find the numbers of a text as it stands, such as one that was copied by hand.

    Parameters
    ----------
    text : str
        Any text; lines that a width broke inside a sentence are read as one.
    context : Context, optional
        What is known of it; read from the text when left out.

    Returns
    -------
    tuple of Observation
        In text order; `text[row.start:row.end] == row.quote`, broken lines and all.

    Examples
    --------
    >>> broken = "2019年，全县一般公共预算收入完成8亿元，比上年同期增\n长5.\n2%。"
    >>> [(row.quote, row.measure) for row in extract_text(broken)]
    [('8亿元', 'level'), ('5.\n2%', 'growth')]
    """
    context = context or finding.tag_document(text)
    whole = join_lines(text)
    paragraphs = split_paragraphs(whole.text, title=context.title)
    read = finding.find_observations(whole.text, context=context, paragraphs=paragraphs)
    found = state_bases(whole.text, read)
    if not whole.changes:
        return found
    way = offset_map(whole.changes, length=len(whole.text), raw_length=len(text))
    spans = [way.to_raw(row.start, row.end) for row in found]
    return tuple(
        row._replace(start=start, end=end, quote=text[start:end])
        for row, (start, end) in zip(found, spans, strict=True)
    )


def _read_source(source: Path | str | bytes, document: Document | None) -> tuple[Page, Context]:
    """Read and tag a file, or the bytes of one."""
    if isinstance(source, bytes):
        return read_document(document or Document("page", ""), source)
    file = Path(source)
    return read_document(document or Document(file.stem, file.name), file.read_bytes())


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


def _refused_rows(
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


def _document_row(page: Page, context: Context, sha256: str) -> dict[str, object]:
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


def _health(page: Page, context: Context, observations: Sequence[Observation]) -> dict[str, object]:
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


def stated_fields(context: Context) -> dict[str, str]:
    """Return what is known of a document by field, blank where nothing states it."""
    period = f"{context.period_start}/{context.period_end}" if context.period_end else ""
    values = {name: getattr(context, name, "") for name in tables.READ_FIELDS}
    return values | {"period": period}


def spell_sources(context: Context) -> dict[str, str]:
    """Write for each field of a document what it was read from, blank where nothing states it.

    Returns
    -------
    dict of str to str
        By field the kind of evidence, and the words of the page where they are not plain: the
        field's own value, or the whole title.

    Examples
    --------
    >>> from dz_analysis.reading import Kind
    >>> date = Provenance("published", "2019-03-05", Kind.META, "PubDate")
    >>> place = Provenance("region", "某县", Kind.TITLE, "某县简况")
    >>> found = spell_sources(Context(title="某县简况", provenance=(date, place)))
    >>> found["published"], found["region"], found["genre"]
    ('meta: PubDate', 'title', '')
    """
    spelled = dict.fromkeys(tables.READ_FIELDS, "")
    for one in context.provenance:
        is_plain = one.quote in ("", one.value, context.title)
        spelled[one.field] = str(one.kind) if is_plain else f"{one.kind}: {one.quote}"
    return {name: spelled[name] for name in tables.READ_FIELDS}


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


def _paragraph_records(page: Page, document: str) -> list[Record]:
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
