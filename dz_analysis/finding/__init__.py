"""Clean text to observations: numbers that measure something.

The modules by the question that they answer; each group knows only those above it.

========  ==========================================================================
what      `model` (the types), `words`, `marks` (lookups that every reader shares)
number    `numerals`, `units`, `quantities`, `rejections` (what counts nothing)
time      `timewords`, `timemarks` (as said), `timespans`, `clock` (as months),
          `timeheads`, `periods` (which governs a number)
place     `gazetteer`, `placemarks` (as said), `grounds`, `regions` (which governs)
document  `tags` (genre, months), `locality` (its place), `stances` (review or plan)
telling   `cues`, `measures` (level, growth, rank …)
name      `clauses`, `items`, `goals`, `remarks`, `phrases`, `names`, `sharing`,
          `lists`, `whereabouts`, `carried`, `heads`, `indicators`
status    `status` (result or target), `modifiers` (how firmly)
table     `catalogue` (ids of indicators), `grids`, `gridcells`, `gridrows` (tables
          of figures, cell by cell)
all       `observations` (joins them all)
========  ==========================================================================
"""

from dz_analysis.finding.catalogue import indicator_id, list_unmapped, load_catalogue
from dz_analysis.finding.document.tags import tag_document
from dz_analysis.finding.find import find_observations
from dz_analysis.finding.model import Context, Observation
from dz_analysis.finding.place.paragraph_place import region_code

__all__ = [
    "Context",
    "Observation",
    "find_observations",
    "indicator_id",
    "list_unmapped",
    "load_catalogue",
    "region_code",
    "tag_document",
]
