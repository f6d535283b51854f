"""Document: what is known of a text as a whole.

`genre` reads its genre, `period` the months and `place` the place that it reports on, each by a
list of evidence with the surest first, and `tags` all of it with title and date; `file_name` reads
the place that a file's name spells; `plan_or_review` tells whether a paragraph reviews or plans,
by headings, by words of planning and, in a passage without either, by its `mood`.
"""
