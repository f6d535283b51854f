"""What a notebook may be told: one schema for notebooks, `dz run`, papermill and the site.

The modules in the way of a run; each group knows only those above it.

========  ==========================================================================
schema    `schema` (names, types, published values, bounds and meanings)
values    `values` (read from a command line, held against type, choices and bounds)
corpus    `known` (held against what the corpus knows: places, indicators, periods …)
run       `run` (refuses before the first cell; names what made a figure, and where)
========  ==========================================================================
"""

from dz_analysis.parameters.run import Run, changed_parameters, find_commit, label_run, start_run
from dz_analysis.parameters.schema import Parameter, parse_parameter, published_parameters
from dz_analysis.parameters.values import check_values, names_read, read_value, suggest

__all__ = [
    "Parameter",
    "Run",
    "changed_parameters",
    "check_values",
    "find_commit",
    "label_run",
    "names_read",
    "parse_parameter",
    "published_parameters",
    "read_value",
    "start_run",
    "suggest",
]
