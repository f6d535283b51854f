"""How well found observations match a list made by hand.

========  ==========================================================================
drawn     `draws` (documents drawn anew, and intervals)
all       `score` (rows aligned, fields judged, scores and their intervals), `coded` (whether
          single facts stand in a table)
unseen    `first_runs` (what texts got that no rule had seen), `calibration` (whether
          confidences are true)
========  ==========================================================================
"""

from dz_analysis.scoring.calibration import bin_confidence, judge_confidence, score_grades
from dz_analysis.scoring.coded import find_coded
from dz_analysis.scoring.first_runs import load_blind, score_batches, score_genres
from dz_analysis.scoring.score import (
    align_observations,
    is_headline,
    score_fields,
    score_intervals,
    score_pairs,
)

__all__ = [
    "align_observations",
    "bin_confidence",
    "find_coded",
    "is_headline",
    "judge_confidence",
    "load_blind",
    "score_batches",
    "score_fields",
    "score_genres",
    "score_grades",
    "score_intervals",
    "score_pairs",
]
