"""Place: where a number is told of.

`gazetteer` knows the names, `mentions` finds them, `paragraph_place` reads the place of a
paragraph, `regions` says which place governs a number.
"""
