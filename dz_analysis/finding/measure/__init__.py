"""Measure: how a number is told, as a level, a growth, a share, a rank.

`cues` holds the words, `telling` reads them.
"""
