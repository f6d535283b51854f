"""Document: what is known of a text as a whole.

`tags` reads genre and months, `place` the place that it reports on, each by a list of evidence
with the surest first; `file_name` knows the place that a file's name tells; `plan_or_review` tells
whether a paragraph reviews or plans.
"""
