"""Document: what is known of a text as a whole.

`tags` reads genre and months, `place` the place that it reports on, `plan_or_review` whether a
paragraph tells what was done or what is planned.
"""
