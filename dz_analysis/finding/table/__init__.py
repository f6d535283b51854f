"""Table: figures in rows and columns.

`words` holds the vocabulary, `layout` finds tables, `cells` names what stands in them, `rows`
makes observations of them.
"""
