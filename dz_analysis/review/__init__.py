"""Rows that a person has seen: corrections by readers, and how far readers agree.

========  ==========================================================================
file      `lines` (the lines of `corrections.csv`)
readers   `views` (what each reader says of a number, and where they disagree)
rows      `apply` (corrections applied, or told why not), `agreement` (alpha by field)
corpus    `record` (what a run keeps), `shards` (the tables of a corpus)
========  ==========================================================================
"""

from dz_analysis.review.agreement import list_disputes, measure_agreement
from dz_analysis.review.apply import (
    Applied,
    Outcome,
    Reviewed,
    apply_corrections,
)
from dz_analysis.review.lines import (
    COLUMNS,
    FIELDS,
    FILE,
    BadLine,
    Correction,
    Corrections,
    Place,
    read_corrections,
)
from dz_analysis.review.record import Kept, hash_corrections, read_record, write_record
from dz_analysis.review.shards import review_files, review_frames

__all__ = [
    "COLUMNS",
    "FIELDS",
    "FILE",
    "Applied",
    "BadLine",
    "Correction",
    "Corrections",
    "Kept",
    "Outcome",
    "Place",
    "Reviewed",
    "apply_corrections",
    "hash_corrections",
    "list_disputes",
    "measure_agreement",
    "read_corrections",
    "read_record",
    "review_files",
    "review_frames",
    "write_record",
]
