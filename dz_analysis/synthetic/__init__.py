"""A corpus whose truth is known, to test the comparisons and the audit on.

The modules in the order in which it is made; each knows only those above it.

========  ==========================================================================
truth     `districts` (invented places, their true values and plans)
text      `sheets` (a report's lines, rounded as reports round), `reports` (who tells
          what)
known     `faults` (planted inconsistencies), `outcomes` (what became of targets)
all       `corpus` (the tables of the contract)
========  ==========================================================================
"""

from dz_analysis.synthetic.corpus import Synthetic, make_synthetic

__all__ = [
    "Synthetic",
    "make_synthetic",
]
