"""Titles of words and slogans: ties are named together, and one district has nothing of its own."""

import doctest
from itertools import pairwise

import pandas as pd
import pytest

from dz_analysis.counting import compare_within
from dz_analysis.showing import words
from dz_analysis.showing.words import (
    list_first,
    pick_evenly,
    say_asked,
    say_common,
    say_contrasts,
    say_first,
    say_own,
    say_rates,
    say_spread,
    say_within,
)


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


HEAD = "Per 10,000 Han characters (exact 95 % interval): "
# mentions of 双招双引 and 三问三答 in two districts of 10,000 characters, and what is told
RATES = [
    (
        (5, 1, 0, 0),
        HEAD
        + "双招双引 5.0 (1.0 to 9.0) in 甲区, 5 times; 双招双引 1.0 (1.0 to 9.0) in 乙区, once; "
        "no document says 三问三答",
    ),
    (
        (0, 2, 2, 0),
        HEAD
        + "三问三答 2.0 (1.0 to 9.0) in 甲区, 2 times; 双招双引 2.0 (1.0 to 9.0) in 乙区, 2 times",
    ),
    ((0, 0, 0, 0), "No document says 双招双引 or 三问三答"),
]


def rate_table(counts):
    slogans = ["双招双引"] * 2 + ["三问三答"] * 2
    frame = pd.DataFrame({"slogan": slogans, "region": ["甲区", "乙区"] * 2, "count": counts})
    return frame.assign(
        per_10k_chars=frame["count"] * 1.0, per_10k_chars_low=1.0, per_10k_chars_high=9.0
    )


@pytest.mark.parametrize(("counts", "said"), RATES)
def test_rates_are_told_with_their_mentions_and_what_nobody_says(counts, said):
    assert say_rates(rate_table(counts)) == said


def test_rates_that_are_not_told_are_counted():
    assert say_rates(rate_table((5, 4, 3, 2)), most=1).endswith("5 times; and 3 more")


# documents that hold each slogan, documents of the corpus, and what is said
SPREAD = [
    (
        (3, 3, 1),
        3,
        "Of 3 slogans and coinages 2 stand in more than one document, 甲 and 乙 in all 3",
    ),
    ((2, 1, 1), 5, "Of 3 slogans and coinages 1 stands in more than one document, 甲 in 2 of 5"),
    ((1, 1, 1), 5, "Of 3 slogans and coinages 0 stand in more than one document"),
    ((1, 1, 1), 1, "3 slogans and coinages stand in the only document"),
]


@pytest.mark.parametrize(("held", "documents", "said"), SPREAD)
def test_which_slogans_are_common_property(held, documents, said):
    table = pd.DataFrame({"slogan": list("甲乙丙"), "documents": held})
    assert say_spread(table, documents=documents) == said


# documents with both parts, and what is said of plan and review
WITHIN = [
    (0, "No document holds both a review and a plan, so the two can't be compared"),
    (1, "1 document holds both a review and a plan (1 and 3 mentions): too few to compare the two"),
    (3, "3 documents hold both a review and a plan (3 and 9 mentions): too few to compare the two"),
    (
        8,
        "Within 8 documents with both parts, weighed by their size: 60 per 10,000 characters in "
        "the plan and 20 in the review (p = 0.0078)",
    ),
]


@pytest.mark.parametrize(("documents", "said"), WITHIN)
def test_plan_and_review_are_compared_only_where_documents_are_enough(documents, said):
    rows = [
        (f"d{n}", part, k) for n in range(documents) for part, k in (("plan", 3), ("review", 1))
    ]
    counts = pd.DataFrame(rows or [("a", "plan", 1)], columns=["document", "stance", "count"])
    sizes = counts[["document", "stance"]].assign(han_chars=500)
    both = compare_within(counts.assign(slogan="listed"), sizes, weigh=True)
    assert say_within(both) == said


@pytest.mark.parametrize(("names", "most"), [(62, 12), (31, 12), (5, 12), (13, 12), (200, 7)])
def test_names_are_picked_at_equal_distances(names, most):
    every = list(range(names))
    picked = pick_evenly(every, most)
    assert len(picked) == min(names, most)
    assert (picked[0], picked[-1]) == (0, names - 1)
    gaps = {b - a for a, b in pairwise(picked)}
    assert max(gaps) - min(gaps) <= 1


def test_of_two_years_that_take_turns_both_are_picked():
    years = [2024, 2025] * 31
    assert {years[place] for place in pick_evenly(list(range(62)), 12)} == {2024, 2025}


SURE = "Word by word, as if words fell independently, "
# LRC of comparisons (each 6 times against 1,200), and what is said of them
CONTRASTS = [
    (
        (2.0, 1.0, 0.0),
        SURE + "2 of 3 comparisons of a word in a province pass: the surest is 甲 in 东省, 6 times "
        "against 1,200, at least 4.0 times the others' rate",
    ),
    (
        (2.0, 2.0, 2.0),
        SURE + "3 of 3 comparisons of a word in a province pass: the surest is 丙 in 东省, 6 times "
        "against 1,200, at least 4.0 times the others' rate (and 2 others as surely)",
    ),
    ((0.0, -1.0), SURE + "0 of 2 comparisons of a word in a province pass"),
    ((), "No word of a province can be compared with others"),
]


@pytest.mark.parametrize(("lrc", "said"), CONTRASTS)
def test_comparisons_that_tie_are_told(lrc, said):
    table = pd.DataFrame({"term": pd.Series(list("甲乙丙")[: len(lrc)], dtype="str"), "lrc": lrc})
    assert (
        say_contrasts(table.assign(region="东省", count=6, reference=1200), group="province")
        == said
    )


# count and documents of words, documents of the corpus, and what is said
COMMON = [
    (((5, 4), (3, 4)), 4, "甲 comes first; all 2 most frequent words stand in all 4 documents"),
    (
        ((5, 4), (5, 2)),
        4,
        "甲 and 乙 come first; 1 of the 2 most frequent words stands in all 4 documents",
    ),
    (
        ((5, 2), (3, 2)),
        4,
        "甲 comes first; 0 of the 2 most frequent words stand in all 4 documents",
    ),
    (((5, 1), (3, 1)), 1, "甲 comes first"),
    ((), 4, "No word is said more than once"),
]


@pytest.mark.parametrize(("rows", "documents", "said"), COMMON)
def test_what_all_of_them_say(rows, documents, said):
    table = pd.DataFrame(rows, columns=["count", "documents"]).assign(
        term=list("甲乙")[: len(rows)]
    )
    assert say_common(table, documents=documents) == said
