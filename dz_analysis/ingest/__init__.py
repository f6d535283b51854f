"""A corpus's pages to its tables, one document after the other or many at once.

In: a `Corpus` whose pages are at hand.
Out: the six tables of its pages and the runs of characters that two of them share, one generation,
put in place at once; documents that could not be read are set aside, each with its reason, and the
rest goes on.

========  =========================================================================
document  `asides` (why one could not be measured), `pages` (its bytes to its rows)
tasks     `work` (a corpus cut into tasks, and who works on them)
pairs     `runs` (what two documents share, which takes both)
corpus    `corpora` (measured, and written), `shipped` (held against what was shipped)
========  =========================================================================
"""

from dz_analysis.ingest.asides import SetAside, log_faults, set_aside
from dz_analysis.ingest.corpora import Ingested, ingest, measure_corpus
from dz_analysis.ingest.pages import measure_bytes, refuse_empty
from dz_analysis.ingest.runs import measure_runs
from dz_analysis.ingest.shipped import verify

__all__ = [
    "Ingested",
    "SetAside",
    "ingest",
    "log_faults",
    "measure_bytes",
    "measure_corpus",
    "measure_runs",
    "refuse_empty",
    "set_aside",
    "verify",
]
