"""Every row of a word list has an example, is read as it says, and is needed for that.

`TODO` names what has no examples yet; it only shrinks.
"""

from dz_analysis import lexicon, paths

LISTS = [
    name
    for name in lexicon.lexicon_names()
    if (paths.LEXICON / f"{name}.csv").is_file()
    and {"word", "role", "example"} <= set(lexicon.load_lexicon(name)[0])
]
TODO = {}
