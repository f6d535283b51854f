"""Table: figures in rows and columns.

`words` holds the vocabulary, `cell` knows one cell, `layout` finds tables, `inline` those inside a
line of prose and `strokes` those whose rows line breaks part. `arithmetic` says how columns follow
from one another, and `inferred` rights with it what a page has mixed up. `cells` names what stands
in the cells, `rows` makes observations of them.
"""
