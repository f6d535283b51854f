"""Likeness of documents: bounds, known answers, intervals and a test over documents."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from dz_analysis.counting.likeness import (
    NEXT_YEAR,
    OTHER_PLACE,
    OTHER_YEAR,
    SAME_PLACE,
    SAME_REGION,
    average_pairs,
    classify_pairs,
    compare_documents,
    cosine,
    jaccard,
    leave_out_names,
    merge_years,
    order_kinds,
    permute_kinds,
    permute_pairs,
    places_of,
    weigh_documents,
)

COUNTS = arrays.arrays(
    np.int64, st.tuples(st.integers(1, 5), st.integers(1, 6)), elements=st.integers(0, 9)
)


def make_documents(rows):
    """Return a table of documents from region, code and last month; ids are a, b, …"""
    table = pd.DataFrame(rows, columns=["region", "region_code", "period_end"])
    return table.assign(
        id=list("abcdefghijklmnop"[: len(table)]), han_chars=1000, genre="work_report"
    )


def all_pairs(documents):
    return pd.DataFrame(list(combinations(documents["id"], 2)), columns=["first", "second"])


@pytest.mark.parametrize("measure", [cosine, jaccard])
@settings(max_examples=100, deadline=None)
@given(counts=COUNTS)
def test_likeness_is_symmetric_bounded_and_one_with_itself(measure, counts):
    found = measure(counts.astype("float64"))
    np.testing.assert_allclose(found, found.T, equal_nan=True)
    known = found[~np.isnan(found)]
    assert ((known >= -1e-12) & (known <= 1 + 1e-12)).all()
    empty = ~(counts > 0).any(axis=1)
    assert np.isnan(found[np.ix_(empty, empty)]).all(), "of nothing nothing is said"
    np.testing.assert_allclose(np.diag(found)[~empty], 1)


def test_rates_do_not_see_how_long_a_document_is():
    counts = pd.DataFrame(
        {"document": ["a", "a", "b", "b"], "term": ["山", "海"] * 2, "count": [1, 3, 10, 30]}
    )
    documents = make_documents([("甲", "", "2020-12"), ("乙", "", "2020-12")])
    vectors = weigh_documents(counts, documents, weighting="rates")
    np.testing.assert_allclose(vectors, [[0.25, 0.75], [0.25, 0.75]])
    with pytest.raises(ValueError, match="Unknown weighting"):
        weigh_documents(counts, documents, weighting="counts")


def test_pairs_say_what_they_rest_on():
    words = pd.DataFrame(
        {"document": list("aabbb"), "term": ["山", "海", "山", "林", "田"], "count": 1}
    )
    slogans = pd.DataFrame({"document": ["a"], "slogan": ["甲"], "count": [2]})
    documents = make_documents(
        [("甲", "", "2020-12"), ("乙", "", "2020-12"), ("丙", "", "2020-12")]
    )
    pairs = compare_documents(words, slogans, documents).set_index(["first", "second"])
    assert pairs.loc[("a", "b"), ["jaccard_words", "shared_words"]].tolist() == [0.25, 1]
    assert pairs.loc[("a", "b"), "jaccard_slogans"] == 0
    assert pairs.loc[("b", "c"), ["cosine", "jaccard_slogans"]].isna().all()


def test_names_do_not_make_documents_alike():
    terms = pd.DataFrame({"term": ["河阳", "王某", "项目"], "pos": ["ns", "nr", "n"]})
    assert leave_out_names(terms)["term"].tolist() == ["项目"]


def test_pairs_are_sorted_by_place_region_and_year():
    documents = make_documents(
        [
            ("甲省", "110000", "2019-12"),
            ("甲省", "110000", "2020-12"),
            ("乙省", "120000", "2020-12"),
            ("丙省", "610000", "2020-12"),
            ("丁地", "", "2020-12"),
        ]
    )
    told = classify_pairs(all_pairs(documents), documents).set_index(["first", "second"])["kind"]
    assert told[("a", "b")] == SAME_PLACE
    assert told[("b", "c")] == SAME_REGION
    assert told[("b", "d")] == "other region, same year"
    assert told[("b", "e")] == OTHER_PLACE
    assert told[("a", "c")] == OTHER_YEAR
    assert order_kinds(told)[0] == SAME_PLACE


def test_places_of_one_prefecture_have_no_regions():
    documents = make_documents([("甲区", "371402", "2020-12"), ("乙区", "371403", "2020-12")])
    assert classify_pairs(all_pairs(documents), documents)["kind"].tolist() == [OTHER_PLACE]


def test_years_of_one_place_are_sorted_by_how_far_apart_they_are():
    documents = make_documents([("甲省", "", f"{year}-12") for year in (1954, 1955, 1960, 2010)])
    told = classify_pairs(all_pairs(documents), documents)
    assert told["kind"].tolist() == [
        NEXT_YEAR,
        "6 to 10 years apart",
        "over 40 years apart",
        "2 to 5 years apart",
        "over 40 years apart",
        "over 40 years apart",
    ]


def test_means_have_ends_only_where_there_are_enough_places():
    few = make_documents([(f"{n}县", "", "2020-12") for n in range(5)])
    many = make_documents([(f"{n}县", "", "2020-12") for n in range(12)])
    for documents, known in ((few, False), (many, True)):
        pairs = classify_pairs(all_pairs(documents), documents)
        pairs = pairs.assign(cosine=np.linspace(0, 1, len(pairs)))
        row = average_pairs(pairs, places_of(documents), ["cosine"]).iloc[0]
        assert row["mean"] == pytest.approx(0.5)
        assert row["pairs"] == len(pairs) and row["units"] == len(documents)
        assert (row["low"] < 0.5 < row["high"]) == known
        assert np.isnan(row["low"]) != known


def test_years_are_merged_to_places():
    documents = make_documents(
        [(place, "", f"{year}-12") for year in (2019, 2020) for place in ("甲县", "乙县")]
    )
    pairs = classify_pairs(all_pairs(documents), documents).assign(cosine=[0.2, 0, 0, 0, 0, 0.6])
    merged = merge_years(pairs, places_of(documents), ["cosine"])
    assert merged[["first", "second", "cosine"]].values.tolist() == [["乙县", "甲县", 0.4]]


def test_few_documents_are_dealt_in_every_way():
    names = ["x1", "x2", "y1", "y2"]
    rows = [(a, b, float(a[0] == b[0])) for a, b in combinations(names, 2)]
    pairs = pd.DataFrame(rows, columns=["first", "second", "alike"])
    found = permute_pairs(pairs, "alike", inside=pairs["alike"] == 1)
    assert found.deals == 24
    assert found.p == found.p_smallest == pytest.approx(8 / 24), "three ways to make two pairs"


def test_deals_stay_within_their_groups():
    names = ["x1", "x2", "y1", "y2"]
    rows = [(a, b, float(a[1] == b[1])) for a in names[:2] for b in names[2:]]
    pairs = pd.DataFrame(rows, columns=["first", "second", "alike"])
    years = {name: name[0] for name in names}
    found = permute_pairs(pairs, "alike", inside=pairs["alike"] == 1, strata=years)
    assert found.deals == 4 and found.difference == 1
    assert found.p == found.p_smallest == 1, "of two places each deal is as far as the other"


def test_nothing_to_deal_is_no_test():
    pairs = pd.DataFrame({"first": ["a"], "second": ["b"], "cosine": [0.5]})
    found = permute_pairs(pairs, "cosine", inside=pd.Series([True]))
    assert found.deals == 0 and np.isnan(found.p)


def draw_pairs(seed, *, effect):
    """Return pairs of twelve places of two regions in one year; `effect` within a region."""
    rng = np.random.default_rng(seed)
    rows = [(f"{n}县", f"{1 + n % 2}{n:02d}000", "2020-12") for n in range(12)]
    documents = make_documents(rows)
    pairs = classify_pairs(all_pairs(documents), documents)
    noise = dict(zip(documents["id"], rng.normal(size=12), strict=True))  # some are like all others
    base = pairs["first"].map(noise) + pairs["second"].map(noise)
    return pairs.assign(cosine=base + effect * (pairs["kind"] == SAME_REGION)), documents


def test_a_planted_region_is_found_and_none_else():
    found = [
        permute_kinds(*draw_pairs(seed, effect=1.0), ["cosine"])["p_all"] for seed in range(20)
    ]
    assert sum(float(p.iloc[0]) < 0.05 for p in found) >= 19
    none = [permute_kinds(*draw_pairs(seed, effect=0.0), ["cosine"])["p_all"] for seed in range(20)]
    assert sum(float(p.iloc[0]) < 0.05 for p in none) <= 3


def test_all_tests_made_are_corrected_for():
    pairs, documents = draw_pairs(3, effect=1.0)
    one = permute_kinds(pairs, documents, ["cosine"])
    two = permute_kinds(pairs.assign(other=pairs["cosine"]), documents, ["cosine", "other"])
    assert two["p_all"].tolist() == pytest.approx([2 * one["p"].iloc[0]] * 2)
    assert (two["p_smallest"] == 2 * one["p_smallest"].iloc[0]).all()


def test_five_places_of_one_year_allow_no_question():
    documents = make_documents([(f"{n}区", "371402", "2020-12") for n in range(5)])
    pairs = classify_pairs(all_pairs(documents), documents).assign(cosine=0.5)
    assert permute_kinds(pairs, documents, ["cosine"]).empty
