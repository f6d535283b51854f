"""Time: which months a number is about.

`words` reads the vocabulary, `mentions` finds statements of time, `clock` and `resolve` turn them
into months. `reach` says how far each governs, `headings` and `sections` what a paragraph is about
that states none, `passage` what a passage without headings looks back on; `periods` lays all of it
along a text, and `reached` tells the level at the end of several years from their sum.
"""
