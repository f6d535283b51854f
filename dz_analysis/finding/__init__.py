"""Clean text to observations: numbers that measure something."""

from dz_analysis.finding.catalogue import indicator_id, list_unmapped, load_catalogue
from dz_analysis.finding.grounds import region_code
from dz_analysis.finding.model import Context, Observation
from dz_analysis.finding.observations import find_observations
from dz_analysis.finding.tags import tag_document

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
