"""The numbers of one page alone, and what decided each of them."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from dz_analysis import finding, tables
from dz_analysis.bases import state_bases
from dz_analysis.finding.model import Context, Observation
from dz_analysis.finding.number.reject import Refused
from dz_analysis.finding.why import SEPARATOR, explain_reason, spell_reasons
from dz_analysis.language import say
from dz_analysis.manifest import Document
from dz_analysis.measure.rows import LEFT_OUT, find_in, observation_records, refused_rows
from dz_analysis.measure.tagged import read_source
from dz_analysis.reading.ledger import offset_map
from dz_analysis.reading.page import Page
from dz_analysis.reading.structure import split_paragraphs
from dz_analysis.reading.wrapped import join_lines
from dz_analysis.tables import Cells

# Takes 0.4 s, and whoever only prints the numbers of a page does without.
if TYPE_CHECKING:
    import pandas as pd

WHY = ("why",)  # the column that says what decided a row


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
    page, context = read_source(source, document)
    found = find_in(page, context)
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
        rows += refused_rows(page, refused, context.document, why=why)
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
    >>> from dz_analysis.measure.tagged import read_document
    >>> page, context = read_document(Document("a", "a.txt"), "某县简况\n全县税收增长6%。".encode())
    >>> trace_rows(page, context)[11].split(SEPARATOR)[-1][:5]
    'sure '
    """
    found = find_in(page, context)
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
    page, context = read_source(source, document)
    found = find_in(page, context)
    assessed = finding.assess_observations(finding.document_of(page, context), found)
    doubts = {
        row.start: finding.spell_doubt(sure) for row, sure in zip(found, assessed, strict=True)
    }
    numbers: list[Observation | Refused] = [*found, *finding.find_refused(page.text, found)]
    quoted = (one for one in numbers if one.quote == quote and start in (None, one.start))
    named = sorted(quoted, key=lambda one: one.start)
    if not named:
        near = get_close_matches(quote, sorted({one.quote for one in numbers}))
        hint = say(" Did you mean {name}?", name=" / ".join(map(repr, near))) if near else ""
        msg = say(
            "No number {quote!r} in {document!r}.{hint}",
            quote=quote,
            document=context.document,
            hint=hint,
        )
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
