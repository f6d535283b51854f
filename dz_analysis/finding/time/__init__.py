"""Time: which months a number is about.

`words` holds the vocabulary, `mentions` finds statements of time, `clock` and `resolve` turn them
into months, `headings` reads those over a section, `periods` says which governs a number.
"""
