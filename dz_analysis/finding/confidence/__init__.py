"""How sure a row is: its marks, their sum, a grade, and the weakest field in words.

`names` says what marks a name carries wherever it stands, `marks` which named marks a row carries,
`weigh` sums their weights to a probability and a grade, `weakest` tells the field that speaks most
against a row, and why. The weights stand in `lexicon/confidence.csv`; `tools/fit_confidence.py`
fits them.
"""
