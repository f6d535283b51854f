"""Document: what is known of a text as a whole.

`tags` reads genre and months, `place` the place that it reports on, each by a list of evidence
with the surest first, `file_name` the place that a file's name spells; `plan_or_review` tells
whether a paragraph reviews or plans, by headings, by words of planning and, in a passage without
either, by its `mood`.
"""
