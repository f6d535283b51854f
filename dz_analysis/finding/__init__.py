"""Clean text to observations: numbers that measure something.

The rooms in the order of the way; each imports only those above it. Every room's own docstring
says what its modules do.

==========  =========================================================================
units       what may stand behind a number, and what it measures
compose     names of indicators as rows of known words
catalogue   the indicators known by an id
model       the types that the finders share
text        sentences, clauses and brackets; the words of the lists that stand in them
number      numerals with their units, and those that measure nothing
scope       what governs what; result or target, and how firmly it is put
time        which months a number is about
place       which place a number is about
document    what a text is: place, months, genre, review or plan
measure     level, growth, share, rank …, with sign, bound and comparator
name        what a number measures
table       figures in rows and columns
find        joins them all
confidence  how sure a row is: its marks, their sum, a grade
why         the reasons of a row in words, with the lines of the lexicon that decided
==========  =========================================================================
"""

from dz_analysis.finding.catalogue import indicator_id, list_unmapped, load_catalogue
from dz_analysis.finding.confidence.marks import document_of
from dz_analysis.finding.confidence.weakest import find_doubt, spell_doubt
from dz_analysis.finding.confidence.weigh import Assessment, assess_observations
from dz_analysis.finding.document.tags import tag_document
from dz_analysis.finding.find import find_observations, find_refused
from dz_analysis.finding.model import Context, Observation
from dz_analysis.finding.place.paragraph_place import region_code

__all__ = [
    "Assessment",
    "Context",
    "Observation",
    "assess_observations",
    "document_of",
    "find_doubt",
    "find_observations",
    "find_refused",
    "indicator_id",
    "list_unmapped",
    "load_catalogue",
    "region_code",
    "spell_doubt",
    "tag_document",
]
