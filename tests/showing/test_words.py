"""Titles of words and slogans: ties are named together, and one district has nothing of its own."""

import doctest

import pandas as pd
import pytest

from dz_analysis.showing import words
from dz_analysis.showing.words import list_first, say_asked, say_first, say_own


def test_examples_hold():
    tried = doctest.testmod(words)
    assert tried.attempted
    assert not tried.failed


# counts of words, and what is said of the first
FIRST = [
    ((5, 3, 1), "甲 is the most frequent of 3 words, 5 times"),
    ((5, 5, 1), "甲 and 乙 are the most frequent of 3 words, 5 times each"),
    ((1, 1, 1, 1, 1), "甲, 乙, 丙 and 2 others are the most frequent of 5 words, 1 time each"),
    ((), "No words found"),
]


@pytest.mark.parametrize(("counts", "said"), FIRST)
def test_words_that_tie_are_first_together(counts, said):
    table = pd.DataFrame({"term": list("甲乙丙丁戊")[: len(counts)], "count": counts})
    assert say_first(table, "words") == said
    assert len(list_first(table)) == sum(n == max(counts) for n in counts)


# counts of one phrase in three districts, and what is said of it
ASKED = [
    (
        (2, 1, 0),
        "No use of 双招双引 in 1 of 3 districts; most often said: 双招双引 in 甲区, 2 times",
    ),
    ((0, 0, 0), "No use of 双招双引 in 3 of 3 districts"),
    (
        (1, 0, 1),
        "No use of 双招双引 in 1 of 3 districts; most often said: 双招双引 in 甲区 and 双招双引 in "
        "丙区, 1 time each",
    ),
]


@pytest.mark.parametrize(("counts", "said"), ASKED)
def test_phrases_asked_for(counts, said):
    table = pd.DataFrame(
        {"slogan": "双招双引", "region": ["甲区", "乙区", "丙区"], "count": counts}
    )
    assert say_asked(table, group="district") == said


# districts of slogans said more than once, the districts compared, and what is said
OWN = [
    (
        "甲甲乙",
        3,
        "3 slogans and coinages stand more than once and in one decade only, 2 of them in 甲",
    ),
    (
        "甲甲乙乙丙",
        3,
        "5 slogans and coinages stand more than once and in one decade only, 2 of them each in "
        "乙 and 甲",
    ),
    ("甲甲", 1, "2 slogans and coinages stand more than once"),
    ("甲", 2, "1 slogan or coinage stands more than once and in one decade only, in 甲"),
    ("", 2, "0 slogans and coinages stand more than once and in one decade only"),
]


@pytest.mark.parametrize(("regions", "groups", "said"), OWN)
def test_what_is_a_districts_own(regions, groups, said):
    table = pd.DataFrame({"region": pd.Series(list(regions), dtype="str")})
    assert say_own(table, groups=groups, group="decade") == said
