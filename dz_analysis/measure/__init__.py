"""One page to its rows of the six tables.

In: the bytes of a page and its row of the manifest.
Out: its rows of each table, as plain tuples or as frames checked against the contract, or its
observations alone.

========  ===============================================================================
document  `tagged` (read, and tagged by the manifest's row, else by the page)
rows      `rows` (what was found, laid out by the contract), `page` (all six tables)
alone     `extracting` (the numbers of one page, and what decided each)
========  ===============================================================================
"""

from dz_analysis.measure.extracting import (
    WHY,
    explain,
    extract,
    extract_rows,
    extract_text,
    trace_rows,
)
from dz_analysis.measure.page import Tables, measure_page, measure_records
from dz_analysis.measure.rows import (
    LEFT_OUT,
    count_han,
    find_paragraph,
    letter_share,
    observation_records,
    shorten_heading,
    unread_record,
)
from dz_analysis.measure.tagged import read_document, spell_sources, stated_fields, tag_page

__all__ = [
    "LEFT_OUT",
    "WHY",
    "Tables",
    "count_han",
    "explain",
    "extract",
    "extract_rows",
    "extract_text",
    "find_paragraph",
    "letter_share",
    "measure_page",
    "measure_records",
    "observation_records",
    "read_document",
    "shorten_heading",
    "spell_sources",
    "stated_fields",
    "tag_page",
    "trace_rows",
    "unread_record",
]
