"""Bytes of a page to clean, structured text with a ledger and a map back to the page.

The modules in the way of a page through the room; each group knows only those above it.

========  ==========================================================================
types     `provenance` (what a field was read from), `page`, `source` (what a format
          gives), `bounds` (how much of a file is read), `ledger` (changes: replay, undo)
tables    `codes` (bytes), `script` (traditional, simplified), `readings` (pinyin),
          `punctuation`, `context` (which words are likely), `fields` (labels, menu words),
          `dates` (as pages write them)
format    `mojibake`, `encoding`, `packing` (gzip, mht), `escapes`, `markup`,
          `html_page` (html), `numbering`, `word` (docx), `fallback`, `glyphs`, `drawn`,
          `lines`, `columns`, `ruled`, `aligned`, `heads`, `paged` (pdf), `formats` (which of
          them it is)
signs     `soundness` (is it a text), `invisible`, `radicals`, `private_signs`,
          `note_marks`, `spacing` (letter-spacing), `cell_signs` (of accountants)
damage    `evidence`, `cells`, `inverse`, `weighing`, `mend` (broken runs), `simplify`,
          `repair` (all repairs in order), `damage` (the forward model)
article   `article` (furniture apart), `masthead` (title, publisher, date, site),
          `rows`, `margins`, `stacks` (flattened tables), `wrapped` (broken lines),
          `structure` (paragraphs, sections)
result    `read` (the whole way), `show`, `marked` (what was done, as tables and as html)
========  ==========================================================================
"""

from dz_analysis.reading.bounds import read_file
from dz_analysis.reading.damage import choose_readings, damage
from dz_analysis.reading.encoding import decode
from dz_analysis.reading.ledger import Repaired, replay, undo
from dz_analysis.reading.marked import show_changes
from dz_analysis.reading.page import Change, Furniture, OffsetMap, Page, Paragraph
from dz_analysis.reading.provenance import Kind, Provenance
from dz_analysis.reading.read import read_page
from dz_analysis.reading.repair import repair
from dz_analysis.reading.show import (
    count_furniture,
    count_repairs,
    explain,
    list_repairs,
    repaired_text,
)
from dz_analysis.reading.source import PageError
from dz_analysis.reading.structure import split_paragraphs, split_sentences

__all__ = [
    "Change",
    "Furniture",
    "Kind",
    "OffsetMap",
    "Page",
    "PageError",
    "Paragraph",
    "Provenance",
    "Repaired",
    "choose_readings",
    "count_furniture",
    "count_repairs",
    "damage",
    "decode",
    "explain",
    "list_repairs",
    "read_file",
    "read_page",
    "repair",
    "repaired_text",
    "replay",
    "show_changes",
    "split_paragraphs",
    "split_sentences",
    "undo",
]
