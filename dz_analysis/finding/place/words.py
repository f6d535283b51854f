"""The words of places: lexicon/place_words.csv, and the forms in place_forms.csv.

In: the word list and the forms. Out: `form` and `listed`, which every finder of places asks.
"""

from __future__ import annotations

import re
from functools import cache

from dz_analysis.finding.text.forms import load_forms
from dz_analysis.lexicon import words

WORDS, FORMS = "place_words", "place_forms"


@cache
def form(name: str) -> re.Pattern[str]:
    """Return a form of lexicon/place_forms.csv."""
    return load_forms(FORMS, WORDS)[name]


@cache
def listed(*roles: str) -> tuple[str, ...]:
    """Return the words of some roles of lexicon/place_words.csv, as `str.endswith` takes them.

    Examples
    --------
    >>> listed("level.prefecture")
    ('地区', '州', '市', '盟')
    """
    return tuple(word for role in roles for word in words(WORDS, role))
