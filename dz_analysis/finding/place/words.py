"""The words of places: lexicon/place_words.csv, and the forms in place_forms.csv.

In: the word list and the forms. Out: `form` and `listed`, which every finder of places asks.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, partial

from dz_analysis.finding.text.forms import load_form, words_of_roles

WORDS, FORMS = "place_words", "place_forms"


@cache
def form(name: str) -> re.Pattern[str]:
    """Return a form of lexicon/place_forms.csv."""
    return load_form(FORMS, WORDS, name)


# The words of some roles of lexicon/place_words.csv.
listed: Callable[..., tuple[str, ...]] = partial(words_of_roles, WORDS)
