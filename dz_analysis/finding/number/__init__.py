"""Number: numerals with their units, and those among them that measure nothing.

`numerals` reads numerals, `scan` finds quantities, `shared_units` gives those of a list the unit
that its last one says. `refusal` holds what a test of a number looks at and answers; the
tests stand by subject: ordinals in `ranks`, names, labels and turns of speech in `labels`, limits
of classes in `classes`, dates and other numbers without a unit in `bare_numbers`. `reject` asks
them and leaves out what counts nothing.
"""
