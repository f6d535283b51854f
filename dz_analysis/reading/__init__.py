"""Bytes of a page to clean, structured text with a ledger and a map back to the page."""

from dz_analysis.reading.encoding import decode
from dz_analysis.reading.ledger import Repaired, replay, undo
from dz_analysis.reading.page import Change, Furniture, OffsetMap, Page, Paragraph
from dz_analysis.reading.read import read_page
from dz_analysis.reading.repair import repair
from dz_analysis.reading.structure import split_paragraphs, split_sentences

__all__ = [
    "Change",
    "Furniture",
    "OffsetMap",
    "Page",
    "Paragraph",
    "Repaired",
    "decode",
    "read_page",
    "repair",
    "replay",
    "split_paragraphs",
    "split_sentences",
    "undo",
]
