"""One page to its rows of the six tables.

In: the bytes of a page and its row of the manifest.
Out: one frame a table, checked against the contract, or its observations alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from dz_analysis import counting, finding, reading, tables
from dz_analysis.corpus import Document
from dz_analysis.finding.model import Context, Observation
from dz_analysis.reading.page import Page

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f]")
CLAUSE_END = re.compile(r"[，,。；;：:！!？?]")
HEADING_CHARS = 16

Tables = dict[str, pd.DataFrame]


def count_han(text: str) -> int:
    """Count the Han characters of a text.

    Examples
    --------
    >>> count_han("增长21.1%，居全市第二")
    7
    """
    return len(HAN.findall(text))


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
    context = finding.tag_document(
        page.text,
        document=document.id,
        title=document.title or page.title,
        publisher=document.publisher or page.publisher,
        published=document.published or page.published,
        region=document.region,
        period=document.period,
        genre=document.genre,
        corpus=corpus,
    )
    return page, context


def measure_page(page: Page, context: Context, *, sha256: str = "") -> Tables:
    """Measure one page: its rows of each of the six tables.

    Returns
    -------
    dict of str to pandas.DataFrame
        One frame a table of `tables.TABLES`, checked against the contract.
    """
    observations = finding.find_observations(page.text, context=context, paragraphs=page.paragraphs)
    terms = counting.count_terms(page.text, page.paragraphs)
    repairs = reading.count_repairs(page)
    measured = {
        "paragraphs": _paragraph_rows(page),
        "observations": observation_rows(page, observations),
        "terms": terms,
        "slogans": counting.count_slogans(page.text, page.paragraphs),
        "repairs": repairs,
    }
    counts = {"tokens": int(terms["count"].sum()), "repairs": int(repairs["count"].sum())}
    document = _document_row(page, context, sha256, counts)
    named = {name: frame.assign(document=context.document) for name, frame in measured.items()}
    return {
        name: tables.check_table(_or_empty(frame, name), name)
        for name, frame in {"documents": document, **named}.items()
    }


def extract(source: Path | str | bytes, *, document: Document | None = None) -> pd.DataFrame:
    r"""Read one page and return its observations, with the rules that decided each of them.

    Parameters
    ----------
    source : pathlib.Path, str or bytes
        A file (txt, html, mht, docx or pdf), or the bytes of one.
    document : Document, optional
        What is known of it (region, period, date of publication …): it wins over what the page
        says. By default the page has to say all, and is called by its file's name.

    Returns
    -------
    pandas.DataFrame
        The columns of the observations table and `why`: rule names joined by `; `.

    Examples
    --------
    >>> page = "临江县2019年经济简况\n全县工业增加值80亿元，增长6%。".encode()
    >>> extract(page)[["indicator", "measure", "value", "unit", "period"]].values.tolist()
    ... # doctest: +NORMALIZE_WHITESPACE
    [['工业增加值', 'level', 8000000000.0, '元', '2019-01/2019-12'],
     ['工业增加值', 'growth', 6.0, '%', '2019-01/2019-12']]
    """
    if isinstance(source, bytes):
        content, named = source, Document("page", "")
    else:
        content, named = Path(source).read_bytes(), Document(Path(source).stem, Path(source).name)
    known = document or named
    page, context = read_document(known, content)
    found = finding.find_observations(page.text, context=context, paragraphs=page.paragraphs)
    rows = _or_empty(observation_rows(page, found), "observations").assign(document=known.id)
    checked = tables.check_table(rows, "observations")
    return checked.assign(why=["; ".join(one.why) for one in found])


def observation_rows(page: Page, observations: Iterable[Observation]) -> pd.DataFrame:
    """Lay observations out as rows of the contract, but for the document's id.

    Returns
    -------
    pandas.DataFrame
        One row an observation in text order, numbered from 1, with offsets in article and page.
    """
    rows = []
    for number, found in enumerate(observations, start=1):
        raw_start, raw_end = page.to_raw(found.start, found.end)
        rows.append(
            {
                "observation": number,
                "paragraph": _paragraph_at(page, found.start),
                "quote": found.quote,
                "start": found.start,
                "end": found.end,
                "raw_start": raw_start,
                "raw_end": raw_end,
                "indicator": found.indicator,
                "indicator_id": found.indicator_id,
                "measure": found.measure,
                "value": float(found.value),
                "value_high": None if found.value_high is None else float(found.value_high),
                "unit": found.unit,
                "bound": found.bound,
                "period": found.period,
                "region": found.region,
                "region_code": found.region_code,
                "status": found.status,
                "of": found.of,
                "modifier": found.modifier,
            }
        )
    return pd.DataFrame(rows)


def _document_row(
    page: Page, context: Context, sha256: str, counts: dict[str, int]
) -> pd.DataFrame:
    row = {
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
        **counts,
        "unrepaired": page.unrepaired,
    }
    return pd.DataFrame([row])


def _paragraph_rows(page: Page) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "paragraph": paragraph.number,
            "section": shorten_heading(paragraph.section),
            "heading_level": paragraph.heading_level,
            "stance": paragraph.stance,
            "han_chars": count_han(page.text[paragraph.start : paragraph.end]),
        }
        for paragraph in page.paragraphs
    )


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


def _paragraph_at(page: Page, offset: int) -> int:
    for paragraph in page.paragraphs:
        if offset < paragraph.end:
            return paragraph.number
    return page.paragraphs[-1].number


def _or_empty(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    return tables.empty_table(name) if frame.empty else frame
