"""Clean text to observations: numbers that measure something."""

from dz_analysis.finding.model import Context, Observation
from dz_analysis.finding.observations import find_observations
from dz_analysis.finding.tags import tag_document

__all__ = ["Context", "Observation", "find_observations", "tag_document"]
