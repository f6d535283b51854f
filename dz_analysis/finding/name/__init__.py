"""Name: what a number measures.

`views` cuts the words round a number and reads how it is told (`goal_beside`); `readings` holds one
function a frame, declared in `frames`, with the patterns of `forms`; `weigh` chooses among what
they read by the `signs` for and against each, `discourse` keeps what was told; `lists` and
`following` complete names from their neighbours, `indicators` walks the text. `nouns`, `notes` and
`place_in_name` cut words; `implied_unit` tells the unit that a name leaves no doubt of;
`standing` whether a name is of what stands there and no deed; `naming_state` holds the types.
"""
