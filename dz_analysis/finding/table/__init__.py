"""Table: figures in rows and columns.

`layout` finds tables, `cells` names what stands in them, `rows` makes observations of them.
"""
