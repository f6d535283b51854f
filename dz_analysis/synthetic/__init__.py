"""A corpus whose truth is known, to test the comparisons and the audit on."""

from dz_analysis.synthetic.reports import Synthetic, make_synthetic

__all__ = [
    "Synthetic",
    "make_synthetic",
]
