"""Name: what a number measures.

`naming_state` is a number on its way to a name, `nouns` and `phrases` cut names out of words,
`frames` reads the forms of the genre, `ellipsis` completes a name by what was told before, `lists`
and `sharing` pair names with numbers, `discourse` walks the numbers of a text.
"""
