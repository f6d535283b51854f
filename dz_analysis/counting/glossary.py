"""Explanations that a report gives itself: the 名词解释 at its end, and parallel series.

In: clean text and its paragraphs. Out: terms with their definitions as offsets, and series of
names cut to one pattern (示范区、先行区和物流基地). A definition is text: it is kept only where the
text itself may be kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import pandas as pd

from dz_analysis import lexicon
from dz_analysis.counting.spelling import HAN
from dz_analysis.language import say, say_count
from dz_analysis.reading.page import Paragraph

_QUOTES = "“”「」『』"


@dataclass(frozen=True, slots=True)
class Definition:
    """One term that the text explains: `start:end` is the definition in the text."""

    term: str
    start: int
    end: int

    def __repr__(self) -> str:
        """Show the term first."""
        return f"<{self.term} explained at {self.start}:{self.end}>"


@dataclass(frozen=True, slots=True)
class Series:
    """Names cut to one pattern and joined in a list: `text[start:end]`."""

    start: int
    end: int
    members: tuple[str, ...]


@cache
def _entry() -> re.Pattern[str]:
    """Return the pattern of a term with its colon and what leads its definition in."""
    explains = lexicon.words("coinages", "explains").pattern
    return re.compile(rf"\s*(?:\d{{1,3}}[.．、]\s*)?([^：:\n]{{2,60}}?)\s*[：:]\s*(?:{explains})?")


def find_definitions(text: str, paragraphs: Sequence[Paragraph]) -> tuple[Definition, ...]:
    r"""Find the terms that a report explains in its glossary.

    Only paragraphs that `reading` has marked as glossary are looked at: a colon elsewhere opens
    all sorts of things.

    Parameters
    ----------
    text : str
        Clean text.
    paragraphs : sequence of Paragraph

    Returns
    -------
    tuple of Definition
        In text order; a term without its outer quotes.

    Examples
    --------
    >>> text = "名词解释\n1.“四张清单”：是指权力、责任、负面和服务清单。"
    >>> rows = [Paragraph(2, 5, len(text), stance="glossary")]
    >>> [(d.term, text[d.start : d.end]) for d in find_definitions(text, rows)]
    [('四张清单', '权力、责任、负面和服务清单。')]
    """
    found = []
    for paragraph in paragraphs:
        if paragraph.stance != "glossary":
            continue
        entry = _entry().match(text, paragraph.start, paragraph.end)
        if entry and entry.end() < paragraph.end:
            found.append(Definition(_unquoted(entry[1]), entry.end(), paragraph.end))
    return tuple(found)


def split_glossary(
    counts: pd.DataFrame, paragraphs: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Part what a report says from what its glossary explains: an explanation is no use.

    Parameters
    ----------
    counts : pandas.DataFrame
        The `slogans` or the `terms` table, or any with the columns document and paragraph.
    paragraphs : pandas.DataFrame
        The `paragraphs` table of the same documents.

    Returns
    -------
    said, explained : pandas.DataFrame
        The rows of `counts` in running text, and those in a glossary; their order and index stay.

    Examples
    --------
    >>> counts = pd.DataFrame({"document": ["a", "a"], "paragraph": [1, 2], "count": [3, 1]})
    >>> paragraphs = counts.assign(stance=["plan", "glossary"])
    >>> said, explained = split_glossary(counts, paragraphs)
    >>> said["count"].tolist(), explained["count"].tolist()
    ([3], [1])
    """
    keys = ["document", "paragraph"]
    glossary = paragraphs.loc[paragraphs["stance"] == "glossary", keys]
    is_explained = pd.MultiIndex.from_frame(counts[keys]).isin(pd.MultiIndex.from_frame(glossary))
    return counts[~is_explained], counts[is_explained]


def set_glossary_aside(
    documents: pd.DataFrame, paragraphs: pd.DataFrame, terms: pd.DataFrame
) -> pd.DataFrame:
    """Return documents with the size of their running text: what rates of words said are of.

    Parameters
    ----------
    documents, paragraphs, terms : pandas.DataFrame
        The three tables, of the same documents.

    Returns
    -------
    pandas.DataFrame
        The documents with fewer `han_chars` and `tokens` where they have a glossary.

    Examples
    --------
    >>> documents = pd.DataFrame({"id": ["a"], "han_chars": [100], "tokens": [60]})
    >>> paragraphs = pd.DataFrame(
    ...     {"document": "a", "paragraph": [1, 2], "stance": ["plan", "glossary"], "han_chars": 50}
    ... )
    >>> terms = pd.DataFrame({"document": "a", "paragraph": [1, 2], "count": [35, 25]})
    >>> set_glossary_aside(documents, paragraphs, terms).values.tolist()
    [['a', 50, 35]]
    """
    glossary = paragraphs[paragraphs["stance"] == "glossary"]
    _, explained = split_glossary(terms, paragraphs)
    chars = documents["id"].map(glossary.groupby("document")["han_chars"].sum()).fillna(0)
    words = documents["id"].map(explained.groupby("document")["count"].sum()).fillna(0)
    return documents.assign(
        han_chars=documents["han_chars"] - chars.astype("int64"),
        tokens=documents["tokens"] - words.astype("int64"),
    )


def say_glossary(paragraphs: pd.DataFrame) -> str:
    """Return how many characters were set aside, as a sentence made from their number.

    Examples
    --------
    >>> rows = {"document": ["a", "a"], "stance": ["plan", "glossary"], "han_chars": [9000, 1200]}
    >>> say_glossary(pd.DataFrame(rows))
    '1,200 of 10,200 Han characters stand in the glossary of 1 document and are set aside'
    >>> say_glossary(pd.DataFrame(rows).head(1))
    'No document has a glossary'
    """
    glossary = paragraphs[paragraphs["stance"] == "glossary"]
    number = glossary["document"].nunique()
    if not number:
        return say("No document has a glossary")
    return say_count(
        number,
        "{chars:,} of {all:,} Han characters stand in the glossary of {n} document and are set "
        "aside",
        "{chars:,} of {all:,} Han characters stand in glossaries of {n} documents and are set "
        "aside",
        chars=glossary["han_chars"].sum(),
        all=paragraphs["han_chars"].sum(),
    )


def find_series(text: str) -> tuple[Series, ...]:
    """Find parallel series of names: two or more that end in kinds of places, joined in a list.

    Names of four characters and fewer are left alone: a list of districts is no coinage.

    Examples
    --------
    >>> found = find_series("全力建设智造产业示范区、生态康养先行区和区域物流基地。")
    >>> found[0].members
    ('智造产业示范区', '生态康养先行区', '区域物流基地')
    """
    series = []
    for match in _series().finditer(text):
        members = tuple(re.split("[、和与及]", match[0]))
        trimmed = (_lead(members[0]), *members[1:])
        if all(len(member) >= 5 for member in trimmed):
            start = match.start() + len(members[0]) - len(trimmed[0])
            series.append(Series(start, match.end(), trimmed))
    return tuple(series)


@cache
def _series() -> re.Pattern[str]:
    ends = lexicon.words("coinages", "series").pattern
    name = rf"(?:(?![和与及])[{HAN}]){{3,14}}?{ends}"
    return re.compile(rf"{name}(?:[、和与及]{name}){{1,8}}(?![{HAN}])")


def _lead(words: str) -> str:
    """Return the first member of a list without the verb that opens it: 建设…示范区."""
    verbs = (*lexicon.words("coinages", "leads"), *lexicon.words("coinages", "verbs"))
    cuts = [words.rfind(verb) + len(verb) for verb in verbs if verb in words[:8]]
    return words[max(cuts, default=0) :]


def _unquoted(term: str) -> str:
    """Return a term without quotes round the whole of it; quotes inside it stay."""
    inner = term.strip()
    whole = inner[:1] in _QUOTES and inner[-1:] in _QUOTES
    return inner[1:-1] if whole and not set(_QUOTES) & set(inner[1:-1]) else inner
