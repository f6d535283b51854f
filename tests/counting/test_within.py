"""Plan against review within the documents that hold both."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from dz_analysis.counting.within import compare_within


def table_of(rows):
    """Return counts and sizes of rows (document, stance, word, count, characters)."""
    frame = pd.DataFrame(rows, columns=["document", "stance", "slogan", "count", "han_chars"])
    sizes = frame[["document", "stance", "han_chars"]].drop_duplicates()
    return frame.drop(columns="han_chars"), sizes


def test_only_documents_with_both_parts_are_compared():
    counts, sizes = table_of(
        [
            ("a", "plan", "双招双引", 2, 1000),
            ("a", "review", "双招双引", 1, 1000),
            # Pooled, these two would turn the order round.
            ("b", "review", "双招双引", 90, 1000),
            ("c", "plan", "双招双引", 0, 1000),
        ]
    )
    table = compare_within(counts, sizes)
    assert table[["documents", "first", "second", "difference"]].to_numpy().tolist() == [
        [1, 20, 10, 10]
    ]
    assert table["p"].tolist() == [1.0]
    assert table[["low", "high"]].isna().all(axis=None)


def test_a_word_said_in_one_part_only_has_a_zero_in_the_other():
    counts, sizes = table_of(
        [
            ("a", "plan", "双招双引", 2, 1000),
            ("a", "review", "产城融合", 1, 500),
            ("b", "plan", "双招双引", 4, 1000),
            ("b", "review", "产城融合", 1, 1000),
        ]
    )
    table = compare_within(counts, sizes).set_index("slogan")
    assert table.loc["双招双引", ["first", "second"]].tolist() == [30, 0]
    assert table.loc["产城融合", ["first", "second"]].tolist() == [0, 15]


def random_corpus(seed, documents, shift=0.0):
    rng = np.random.default_rng(seed)
    rows = [
        (f"d{i}", stance, f"词{w}", int(rng.poisson(6 + (shift if stance == "plan" else 0))), 1000)
        for i in range(documents)
        for stance in ("plan", "review")
        for w in range(5)
    ]
    return table_of(rows)


def test_the_interval_is_students_and_p_comes_near_the_t_test():
    counts, sizes = random_corpus(4, 40, shift=1.0)
    table = compare_within(counts, sizes).set_index("slogan")
    wide = counts.pivot_table(index=["slogan", "document"], columns="stance", values="count")
    for word, row in table.iterrows():
        peer = stats.ttest_rel(wide.loc[word, "plan"], wide.loc[word, "review"])
        interval = peer.confidence_interval()
        assert [row["low"], row["high"]] == pytest.approx([10 * interval.low, 10 * interval.high])
        assert row["p"] == pytest.approx(peer.pvalue, abs=0.03)
        assert row["p_max"] >= row["p"]


LOPSIDED = [
    # One tiny plan full of slogans beside three long documents that say less in their plans.
    *(("tiny", "plan", "双招双引", 2, 100), ("tiny", "review", "双招双引", 0, 900)),
    *(("a", "plan", "双招双引", 3, 5000), ("a", "review", "双招双引", 9, 5000)),
    *(("b", "plan", "双招双引", 4, 4000), ("b", "review", "双招双引", 9, 6000)),
    *(("c", "plan", "双招双引", 2, 6000), ("c", "review", "双招双引", 6, 4000)),
]


def test_a_tiny_part_does_not_turn_the_comparison_where_documents_are_weighed():
    counts, sizes = table_of(LOPSIDED)
    alike = compare_within(counts, sizes).iloc[0]
    weighed = compare_within(counts, sizes, weigh=True).iloc[0]
    assert alike["difference"] > 0 > weighed["difference"]
    assert weighed[["first_count", "second_count", "documents"]].tolist() == [11, 24, 4]
    weights = {"tiny": 90, "a": 2500, "b": 2400, "c": 2400}  # product over sum
    differences = {"tiny": 200, "a": -12, "b": -5, "c": 10 * (2 / 6 - 6 / 4)}
    expected = sum(weights[d] * differences[d] for d in weights) / sum(weights.values())
    assert weighed["difference"] == pytest.approx(expected)
    assert weighed["difference"] == pytest.approx(weighed["first"] - weighed["second"])
    assert weighed["low"] < weighed["difference"] < weighed["high"]


def test_parts_of_one_size_are_weighed_alike():
    counts, sizes = random_corpus(7, 9, shift=2.0)
    pd.testing.assert_frame_equal(
        compare_within(counts, sizes), compare_within(counts, sizes, weigh=True)
    )


def test_every_way_to_turn_the_signs_is_tried_with_few_documents():
    counts, sizes = table_of(
        [
            (f"d{i}", stance, "双招双引", n, 1000)
            for i in range(6)
            for stance, n in (("plan", 5 + i), ("review", 1))
        ]
    )
    table = compare_within(counts, sizes)
    assert table["p"].tolist() == [table.attrs["p_smallest"]] == [2 / 2**6]


def test_no_document_with_both_parts_leaves_an_empty_table():
    counts, sizes = table_of(
        [("a", "plan", "双招双引", 2, 1000), ("b", "review", "双招双引", 1, 1000)]
    )
    table = compare_within(counts, sizes)
    assert table.empty
    assert list(table.columns)[:3] == ["slogan", "documents", "first_count"]


def test_two_parts_that_are_one_are_refused():
    counts, sizes = random_corpus(1, 2)
    with pytest.raises(ValueError, match="expected two different ones"):
        compare_within(counts, sizes, first="plan", second="plan")
