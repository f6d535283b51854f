"""Tables into a paper: Word, Excel, LaTeX, Stata, CSV and a page, from one layout.

In: a table, and what is to be said of it. Out: the bytes of a file, the same ones every time, in
which no cell is a formula and none says `NaN`. What a reader is shown (heads, values of closed
lists, words round the table) is in the language in use; the names of the data stay beside it.

The modules in the way of a table; each group knows only those above it.

=======  ==========================================================================
bounds   `zipped` (archives that tell no day), `citation` (how to cite, from CITATION.cff)
layout   `usual` (units that people use), `paper` (heads, cells and words of a table)
form     `word`, `workbook`, `latex`, `stata`, `delimited` (CSV), `page` (HTML)
whole    `write` (by the ending of a file), `views` (indicators by place, by year)
=======  ==========================================================================
"""

from dz_analysis.publishing.paper import PaperTable, lay_out
from dz_analysis.publishing.views import (
    VIEWS,
    list_numbers,
    read_figure_table,
    spread_by_place,
    spread_by_year,
)
from dz_analysis.publishing.write import KINDS, render_table, write_table

__all__ = [
    "KINDS",
    "VIEWS",
    "PaperTable",
    "lay_out",
    "list_numbers",
    "read_figure_table",
    "render_table",
    "spread_by_place",
    "spread_by_year",
    "write_table",
]
