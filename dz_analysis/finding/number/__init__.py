"""Number: numerals with their units, and those among them that measure nothing.

`numerals` and `units` read the parts, `scan` finds quantities, `reject` leaves out what counts
nothing.
"""
