"""Words counted by paragraph, and totals of them.

In: clean text and its paragraphs, or the `terms` table. Out: the `terms` table without its
`document` column, or totals. Stop words stay in the table: whoever leaves them out says so.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import accumulate

import pandas as pd

from dz_analysis import lexicon
from dz_analysis.counting import words
from dz_analysis.counting.discovery import find_coinages
from dz_analysis.counting.segment import cut_apart, is_word
from dz_analysis.reading.page import Paragraph

NAME_TAGS = ("nr", "nrt", "nrfg", "ns", "nt")  # jieba's, of people, places and bodies
FEWEST_DOCUMENTS = 3  # that can tell what most of them say
SHORT_NAMED = ("province", "prefecture")  # levels whose short names are no plain words
TermRow = tuple[str, int, str, str, int]


def count_terms(
    text: str,
    paragraphs: Sequence[Paragraph],
    *,
    engine: str = "rjieba",
    coinages: Sequence[str] | None = None,
    corpus: str = "",
) -> pd.DataFrame:
    """Count the words of each paragraph.

    Marks, numbers, quantities and dates are no words; stop words are. The coinages that the text
    makes up in quotes (`discovery`) are kept whole, as the listed ones are.

    Parameters
    ----------
    text : str
        Clean text.
    paragraphs : sequence of Paragraph
        With their offsets in the text.
    engine : {"rjieba", "jieba", "lac"}
        As for `segment`.
    coinages : sequence of str, optional
        The words to keep whole besides the listed ones; by default those that the text coins.
    corpus : str, optional
        A corpus whose own `lexicon/words.csv` is kept whole too.

    Returns
    -------
    pandas.DataFrame
        One row a word and tag in a paragraph: paragraph, term, pos (jieba's tag set), count;
        sorted by paragraph, term, pos.

    Examples
    --------
    >>> count_terms("开工项目3个，投产项目2个", [Paragraph(1, 0, 13)]).to_dict("list")
    ... # doctest: +NORMALIZE_WHITESPACE
    {'paragraph': [1, 1, 1], 'term': ['开工', '投产', '项目'], 'pos': ['v', 'vn', 'n'],
     'count': [1, 1, 2]}
    """
    rows = list_terms("", text, paragraphs, engine=engine, coinages=coinages, corpus=corpus)
    frame = pd.DataFrame(rows, columns=["document", "paragraph", "term", "pos", "count"])
    return frame.drop(columns="document").astype(
        {"paragraph": "int64", "term": "str", "pos": "str", "count": "int64"}
    )


def list_terms(
    document: str,
    text: str,
    paragraphs: Sequence[Paragraph],
    *,
    engine: str = "rjieba",
    coinages: Sequence[str] | None = None,
    corpus: str = "",
) -> list[TermRow]:
    """Count the words of each paragraph, as plain tuples: what `count_terms` makes a frame of.

    Parameters
    ----------
    document : str
        The id that each row begins with.
    text, paragraphs, engine, coinages, corpus
        As for `count_terms`.

    Returns
    -------
    list of tuple
        Document, paragraph, term, pos, count; sorted.
    """
    kept = tuple(text_coinages(text) if coinages is None else coinages)
    own = words.own_words(corpus)
    found, tags = cut_apart(text, engine=engine, coinages=(*kept, *own))
    if own:
        tags = [own.get(word, tag) for word, tag in zip(found, tags, strict=True)]
    starts = [0, *accumulate(map(len, found))]
    tag_of = dict(zip(found, tags, strict=True))
    told = {word for word, tag in tag_of.items() if is_word(word, tag)}
    # a word that has two tags in one text: 发展 of the list beside 发展 of the segmenter
    is_mixed = list(map(tag_of.__getitem__, found)) != tags
    rows: list[TermRow] = []
    for paragraph in sorted(paragraphs, key=lambda paragraph: paragraph.number):
        first, last = bisect_left(starts, paragraph.start), bisect_left(starts, paragraph.end)
        number = paragraph.number
        if is_mixed:
            pairs = Counter(zip(found[first:last], tags[first:last], strict=True))
            rows += [
                (document, number, word, tag, pairs[word, tag])
                for word, tag in sorted(pairs)
                if is_word(word, tag)
            ]
        else:
            counted = Counter(found[first:last])
            rows += [
                (document, number, word, tag_of[word], counted[word])
                for word in sorted(told & counted.keys())
            ]
    return rows


def text_coinages(text: str) -> tuple[str, ...]:
    """Return the quoted coinages of a text that must stay whole, sorted.

    Mottoes joined by 、 are left alone: their members are words of their own.
    """
    found = {text[c.start : c.end] for c in find_coinages(text, with_parts=False)}
    return tuple(sorted(w for w in found if len(w) >= words.SHORTEST_COINAGE and "、" not in w))


def total_terms(
    terms: pd.DataFrame,
    *,
    by: Sequence[str] = ("document",),
    without_stop_words: bool = True,
    corpus: str = "",
) -> pd.DataFrame:
    """Add up the `terms` table over paragraphs and tags.

    Parameters
    ----------
    terms : pandas.DataFrame
        The `terms` table, perhaps with further columns such as region.
    by : sequence of str
        The columns that name a group.
    without_stop_words : bool
        Whether to leave out the words of `lexicon/stopwords.csv` and single characters.
    corpus : str, optional
        A corpus whose own stop words are left out too.

    Returns
    -------
    pandas.DataFrame
        One row a group and term: the group's columns, term, count; most frequent first within a
        group, ties by term.
    """
    kept = terms[~is_stop_word(terms["term"], corpus=corpus)] if without_stop_words else terms
    keys = [*by, "term"]
    totals = kept.groupby(keys, sort=True)["count"].sum().reset_index()
    return totals.sort_values(
        [*by, "count", "term"], ascending=[True] * len(by) + [False, True], ignore_index=True
    )


def is_stop_word(terms: pd.Series, *, corpus: str = "") -> pd.Series:
    """Return which terms are stop words, ours or a corpus's own, or a single character."""
    return terms.isin(words.stop_words(corpus)) | (terms.str.len() < 2)


def list_names(terms: pd.DataFrame, documents: pd.DataFrame) -> frozenset[str]:
    """List the words that name places, people and bodies: that a place names itself is no finding.

    Names are the words inside the names of a corpus's own places, the listed names of places (the
    short ones of provinces and cities alone: those of counties are often plain words, such as 合作
    and 资源), and what the segmenter tags as a name, unless most documents say it: dictionaries tag
    城市, 高水平 and 智慧 as names. Of fewer than three documents the tag alone decides.

    Parameters
    ----------
    terms : pandas.DataFrame
        The `terms` table: columns ``document``, ``term``, ``pos``.
    documents : pandas.DataFrame
        The `documents` table: columns ``id`` and ``region``.

    Returns
    -------
    frozenset of str

    Examples
    --------
    >>> terms = pd.DataFrame({"term": ["大连", "城市", "城市", "合作", "临江"]})
    >>> terms = terms.assign(pos=["d", "ns", "ns", "v", "nr"], document=list("aabbc"))
    >>> documents = pd.DataFrame({"id": ["a", "b", "c"], "region": ["甲县", "乙县", "临江区"]})
    >>> sorted(list_names(terms, documents))
    ['临江', '大连']
    """
    every = set(terms["term"])
    regions = set(documents["region"])
    own = {word for word in every if any(word in region for region in regions)}
    tagged = set(terms.loc[terms["pos"].isin(NAME_TAGS), "term"])
    if len(documents) >= FEWEST_DOCUMENTS:
        spread = terms[terms["term"].isin(tagged)].groupby("term")["document"].nunique()
        tagged -= set(spread.index[spread > len(documents) / 2])
    return frozenset(own | tagged | (every & _place_names()))


@cache
def _place_names() -> frozenset[str]:
    """Return the names of all places, and the short ones of provinces and cities."""
    rows = lexicon.load_lexicon("regions")
    short = (
        name for row in rows if row["level"] in SHORT_NAMED for name in row["aliases"].split(";")
    )
    names = {*(row["name"] for row in rows), *short}
    return frozenset(names - {"", *lexicon.words("place_words", "common.names")})
