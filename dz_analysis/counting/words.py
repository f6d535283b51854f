"""What a segmenter must know of this genre: coinages, terms of art, measure and stop words.

In: the word lists of the lexicon. Out: plain sets and mappings, cached for the process.
"""

from __future__ import annotations

from functools import cache
from types import MappingProxyType

from dz_analysis import lexicon
from dz_analysis.finding.units import unit_pattern

COINAGE_TAG = "l"  # jieba's tag for a set phrase
PLACE_TAG = "ns"
SHORTEST_COINAGE = 3  # two characters (六保) may straddle two words; the dictionary weighs those


@cache
def slogan_forms() -> MappingProxyType[str, str]:
    """Return each written form of a listed slogan with the slogan's standard form."""
    forms = {}
    for row in lexicon.load_lexicon("slogans"):
        for form in (row["slogan"], *split_cell(row["variants"])):
            forms[form] = row["slogan"]
    return MappingProxyType(forms)


@cache
def coinages() -> MappingProxyType[str, str]:
    """Return the words that are matched as strings before any segmenter sees them, with tags."""
    listed = {form: COINAGE_TAG for form in slogan_forms() if len(form) >= SHORTEST_COINAGE}
    mixed = {w: tag for w, tag in _listed().items() if any(c.isascii() for c in w)}
    return MappingProxyType(listed | mixed)


@cache
def user_words() -> MappingProxyType[str, str]:
    """Return the words given to the segmenter as its user dictionary, with their tags."""
    short = {form: COINAGE_TAG for form in slogan_forms() if len(form) < SHORTEST_COINAGE}
    listed = {word: tag for word, tag in _listed().items() if word not in coinages()}
    return MappingProxyType(_places() | short | listed)


def _places() -> dict[str, str]:
    """Return the full names of divisions and areas: 陵城区 is one word, not 陵 and 城区."""
    common = lexicon.words("place_words", "common.names")
    rows = (*lexicon.load_lexicon("regions"), *lexicon.load_lexicon("new_areas"))
    return {row["name"]: PLACE_TAG for row in rows if row["name"] not in common}


@cache
def measure_pattern() -> str:
    """Return the alternation of what may stand behind a number: units, dates and ordinals."""
    rows = lexicon.load_lexicon("words")
    dates = {row["word"] for row in rows if row["kind"] == "measure"}
    return "|".join([unit_pattern(), *sorted(dates, key=lambda word: (-len(word), word))])


@cache
def stop_words() -> frozenset[str]:
    """Return the words that say nothing of a report's subject; never dropped from a table."""
    return frozenset(row["word"] for row in lexicon.load_lexicon("stopwords"))


def split_cell(cell: str) -> tuple[str, ...]:
    """Split a cell that holds several words: ``"甲|乙"``."""
    return tuple(part for part in cell.split("|") if part)


def _listed() -> dict[str, str]:
    rows = lexicon.load_lexicon("words")
    return {row["word"]: row["pos"] for row in rows if row["kind"] != "measure"}
