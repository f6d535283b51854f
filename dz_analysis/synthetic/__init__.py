"""Corpora whose truth is known, to test reading, the comparisons and the audit on.

The modules in the order in which they are made; each knows only those above it.

========  ==========================================================================
truth     `districts` (invented places, their true values and plans)
text      `sheets` (a report's lines, rounded as reports round), `reports` (who tells
          what)
known     `faults` (planted inconsistencies), `outcomes` (what became of targets)
all       `corpus` (the tables of the contract)
pages     `pages` (reports as pages, with the row of each number), `folder` (a corpus
          of them)
========  ==========================================================================
"""

from dz_analysis.synthetic.corpus import Synthetic, make_synthetic
from dz_analysis.synthetic.folder import list_facts, write_folder
from dz_analysis.synthetic.pages import Fact, Report, render_page, write_report

__all__ = [
    "Fact",
    "Report",
    "Synthetic",
    "list_facts",
    "make_synthetic",
    "render_page",
    "write_folder",
    "write_report",
]
