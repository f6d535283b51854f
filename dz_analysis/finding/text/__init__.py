"""Text: where sentences, clauses and brackets begin, and which words stand where.

`segment` places each number in its sentence, part and clause, `wordset` looks words up at the ends
of a text, `cue_index` finds the cues of a text once.
"""
