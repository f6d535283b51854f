"""Name: what a number measures.

`frames` declares the forms of the genre and `forms` the patterns and words they are known by.
`nouns`, `notes` and `place_in_name` cut words. `naming_state` holds the types: the view of a number
and its reading; `discourse` keeps what was told. `goal_beside` reads how a number is told beside
another, `views` cuts the words round it. `readings` holds one function a frame, `signs` what speaks
for a name or against it, `weigh` chooses. `lists` and `following` complete names from their
neighbours, and `indicators` walks the text.
"""
