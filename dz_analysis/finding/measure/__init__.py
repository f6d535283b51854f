"""Measure: what a number says of its indicator, a level, a growth, a share, a rank.

`rules` names the rules, `cues` holds the words, `telling` declares the frames and reads them.
"""
