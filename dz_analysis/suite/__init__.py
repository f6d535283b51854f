"""The notebooks as a suite: their parameters, their runs, their normal form and the site.

The modules in the way of a run; each group knows only those above it.

========  ==========================================================================
before    `parameters` (read from the notebook's cell, held against the schema)
after     `normal` (the same bytes from run to run), `twins` (as text, for review)
run       `runner` (side by side, each to its own copy), `sweep` (several runs at once)
paper     `tables_for_papers` (what `dz table` writes)
words     `interface` (what the site says, a catalogue a language)
data      `bundles` (libraries), `rows` (tables for a browser), `evidence` (texts and
          trails), `linking` (numbers of a table to their rows)
views     `desk` (search, numbers, words, review)
site      `site` (one page a notebook, and the views)
========  ==========================================================================
"""

from dz_analysis.parameters import Parameter, read_value
from dz_analysis.suite.normal import normalise_notebook
from dz_analysis.suite.parameters import check_parameters, read_parameters
from dz_analysis.suite.runner import (
    NotebookError,
    NotebookRun,
    copy_for,
    list_notebooks,
    pick_notebooks,
    read_settings,
    refresh_notebooks,
    run_notebooks,
)
from dz_analysis.suite.site import export_html

__all__ = [
    "NotebookError",
    "NotebookRun",
    "Parameter",
    "check_parameters",
    "copy_for",
    "export_html",
    "list_notebooks",
    "normalise_notebook",
    "pick_notebooks",
    "read_parameters",
    "read_settings",
    "read_value",
    "refresh_notebooks",
    "run_notebooks",
]
