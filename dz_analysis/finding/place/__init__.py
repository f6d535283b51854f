"""Place: where a number is told of.

`words` reads the vocabulary, `gazetteer` knows the names, `mentions` finds them, `resolve` says
which place a name means in a document, `paragraph_place` reads the place of a paragraph. `reach`
says how far a named place governs, `regions` which place a number is about.
"""
