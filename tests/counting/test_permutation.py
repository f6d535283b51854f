"""Permuting documents, and what few documents can show."""

import numpy as np
import pandas as pd
import pytest

from dz_analysis.counting.permutation import judge_groups, permute_documents, smallest_p

SIZES = pd.Series(dict.fromkeys("abcdefgh", 1000))


def counts(term, numbers):
    return pd.DataFrame({"document": list(SIZES.index), "term": term, "count": numbers})


def test_a_clean_split_reaches_the_smallest_p():
    table = permute_documents(counts("招商", [9, 8, 9, 9, 1, 0, 1, 2]), SIZES, group=list("abcd"))
    assert table["p"].tolist() == [pytest.approx(2 / 70)]
    assert table["p_smallest"].tolist() == [pytest.approx(2 / 70)]
    assert table["deals"].tolist() == [70]


def test_no_difference_has_p_one():
    table = permute_documents(counts("项目", [3] * 8), SIZES, group=list("abcd"))
    assert table["p"].tolist() == [1.0]


def test_groups_of_unequal_documents_are_compared_by_rate():
    sizes = pd.Series({"a": 1000, "b": 3000, "c": 2000})
    table = permute_documents(
        pd.DataFrame({"document": ["a", "b", "c"], "term": "项目", "count": [1, 3, 2]}),
        sizes,
        group=["a"],
    )
    assert table["difference"].tolist() == [pytest.approx(0)]


def test_large_corpora_are_dealt_at_random_with_a_seed():
    sizes = pd.Series({f"d{i}": 1000 for i in range(24)})
    frame = pd.DataFrame({"document": sizes.index, "term": "招商", "count": np.arange(24)})
    first, again = (permute_documents(frame, sizes, group=sizes.index[:12]) for _ in range(2))
    pd.testing.assert_frame_equal(first, again)
    assert first["deals"].tolist() == [20_000]
    assert 0 < first["p"].iloc[0] < 0.001


@pytest.mark.parametrize(
    ("groups", "family", "words"),
    [((1, 4), 300, "Too few documents"), ((5, 5), 300, "at most 6 words"), ((9, 9), 10, "Enough")],
)
def test_the_verdict_is_said_in_words(groups, family, words):
    assert words in judge_groups(*groups, family=family)


def test_an_empty_group_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        smallest_p(0, 4)
