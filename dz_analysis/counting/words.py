"""What a segmenter must know of this genre: coinages, terms of art, measure and stop words.

In: the word lists of the lexicon, and those of a corpus where it brings its own (`words.csv`,
`stopwords.csv`, `slogans.csv` in its folder `lexicon/`). Out: plain sets and mappings, cached for
the process.
"""

from __future__ import annotations

from functools import cache
from types import MappingProxyType

from dz_analysis import lexicon, paths
from dz_analysis.finding.units import unit_pattern

COINAGE_TAG = "l"  # jieba's tag for a set phrase
PLACE_TAG = "ns"
SHORTEST_COINAGE = 3  # two characters (六保) may straddle two words; the dictionary weighs those


OWN_COLUMNS = {"words": ("word",), "stopwords": ("word",), "slogans": ("slogan", "kind")}
OWN_TAG = "n"  # of a corpus's own word that says none


def own_rows(corpus: str, name: str) -> tuple[lexicon.Row, ...]:
    """Return the rows of a corpus's own list, none if it brings none.

    Parameters
    ----------
    corpus : str
        Folder under `data/`; blank for no corpus.
    name : {"words", "stopwords", "slogans"}
        The list.

    Raises
    ------
    ValueError
        If the list lacks a column; the message names it.
    """
    file = paths.corpus_dir(corpus) / "lexicon" / f"{name}.csv" if corpus else None
    if file is None or not file.is_file():
        return ()
    rows = lexicon.read_list(file)
    missing = [column for column in OWN_COLUMNS[name] if rows and column not in rows[0]]
    if missing:
        msg = f"{file}: columns missing: {missing}; expected {OWN_COLUMNS[name]}."
        raise ValueError(msg)
    return rows


@cache
def slogan_rows(corpus: str = "") -> tuple[lexicon.Row, ...]:
    """Return the listed slogans, and behind them a corpus's own.

    Raises
    ------
    ValueError
        If a slogan of the corpus is of a kind that nobody knows, or listed already.
    """
    rows = lexicon.load_lexicon("slogans")
    kinds = {row["kind"] for row in rows}
    taken = {form: row["slogan"] for row in rows for form in forms_of(row)}
    for row in own_rows(corpus, "slogans"):
        clash = next((form for form in forms_of(row) if form in taken), None)
        if clash is not None:
            msg = f"Corpus {corpus!r}: slogan {clash!r} is listed already, as {taken[clash]!r}."
            raise ValueError(msg)
        if row["kind"] not in kinds:
            msg = f"Corpus {corpus!r}: unknown kind {row['kind']!r}; expected of {sorted(kinds)}."
            raise ValueError(msg)
    return (*rows, *own_rows(corpus, "slogans"))


def forms_of(row: lexicon.Row) -> tuple[str, ...]:
    """Return the written forms of a slogan: its standard form and its variants."""
    return (row["slogan"], *split_cell(row.get("variants", "")))


@cache
def slogan_forms(corpus: str = "") -> MappingProxyType[str, str]:
    """Return each written form of a listed slogan with the slogan's standard form."""
    return MappingProxyType(
        {form: row["slogan"] for row in slogan_rows(corpus) for form in forms_of(row)}
    )


@cache
def own_words(corpus: str) -> MappingProxyType[str, str]:
    """Return the words that a corpus keeps whole beside ours, its slogans too, with their tags."""
    slogans = {form: COINAGE_TAG for row in own_rows(corpus, "slogans") for form in forms_of(row)}
    listed = {row["word"]: row.get("pos") or OWN_TAG for row in own_rows(corpus, "words")}
    return MappingProxyType(slogans | listed)


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
def stop_words(corpus: str = "") -> frozenset[str]:
    """Return the words that say nothing of a report's subject; never dropped from a table."""
    rows = (*lexicon.load_lexicon("stopwords"), *own_rows(corpus, "stopwords"))
    return frozenset(row["word"] for row in rows)


def split_cell(cell: str) -> tuple[str, ...]:
    """Split a cell that holds several words: ``"甲|乙"``."""
    return tuple(part for part in cell.split("|") if part)


def _listed() -> dict[str, str]:
    rows = lexicon.load_lexicon("words")
    return {row["word"]: row["pos"] for row in rows if row["kind"] != "measure"}
