"""One page to its rows of all six tables."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

from dz_analysis import reading, tables
from dz_analysis.finding.model import Context
from dz_analysis.measure.rows import (
    document_row,
    find_in,
    health_of,
    observation_records,
    paragraph_records,
)
from dz_analysis.reading.page import Page
from dz_analysis.tables import Records

# Takes 0.4 s, and whoever only prints the numbers of a page does without.
if TYPE_CHECKING:
    import pandas as pd

Tables = dict[str, "pd.DataFrame"]


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
    >>> from dz_analysis.manifest import Document
    >>> from dz_analysis.measure.tagged import read_document
    >>> page, context = read_document(Document("a", "a.txt"), "某县简况\n全县税收增长6%。".encode())
    >>> records = measure_records(page, context)
    >>> list(records) == list(tables.TABLES), records["slogans"], records["terms"][0]
    (True, [], ('a', 1, '某县', 'r', 1))
    """
    from dz_analysis import counting  # takes longer to load than the numbers of a page to find

    name, text = context.document, page.text
    observations = find_in(page, context)
    terms = counting.list_terms(name, text, page.paragraphs, corpus=context.corpus)
    slogans = counting.list_slogans(text, page.paragraphs, corpus=context.corpus)
    repairs = reading.list_repairs(page)
    counts = {
        "tokens": sum(map(itemgetter(-1), terms)),
        "repairs": sum(count for _, count, _ in repairs),
    }
    document = document_row(page, context, sha256) | counts | health_of(page, context, observations)
    return {
        "documents": [tables.order_cells(document, "documents")],
        "paragraphs": paragraph_records(page, name),
        "observations": observation_records(page, observations, context),
        "terms": terms,
        "slogans": [(name, *row) for row in slogans],
        "repairs": [(name, *row) for row in repairs],
    }
