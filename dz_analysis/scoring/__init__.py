"""How well found observations match a list made by hand.

========  ==========================================================================
all       `score` (rows aligned, fields judged, scores and their intervals)
========  ==========================================================================
"""

from dz_analysis.scoring.score import align_observations, score_fields, score_intervals, score_pairs

__all__ = [
    "align_observations",
    "score_fields",
    "score_intervals",
    "score_pairs",
]
