"""How well found observations match a list made by hand."""

from dz_analysis.scoring.score import align_observations, score_fields, score_intervals, score_pairs

__all__ = [
    "align_observations",
    "score_fields",
    "score_intervals",
    "score_pairs",
]
