"""Permuting documents, and what few documents can show."""

from itertools import permutations

import numpy as np
import pandas as pd
import pytest

from dz_analysis.counting.permutation import (
    judge_contrasts,
    permute_documents,
    permute_regions,
    smallest_max_p,
    smallest_p,
)

SIZES = pd.Series(dict.fromkeys("abcdefgh", 1000))
HALVES = pd.Series(["东"] * 4 + ["西"] * 4, index=SIZES.index)


def counts(term, numbers):
    return pd.DataFrame({"document": list(SIZES.index), "term": term, "count": numbers})


def test_a_clean_split_reaches_the_smallest_p():
    table = permute_documents(counts("招商", [9, 8, 9, 9, 1, 0, 1, 2]), SIZES, group=list("abcd"))
    assert table["p"].tolist() == [pytest.approx(2 / 70)]
    assert table["p_smallest"].tolist() == [pytest.approx(2 / 70)]
    assert table.attrs["deals"] == 70
    assert table.attrs["exact"]


def test_no_difference_has_p_one():
    table = permute_documents(counts("项目", [3] * 8), SIZES, group=list("abcd"))
    assert table[["p", "p_max"]].to_numpy().tolist() == [[1.0, 1.0]]


def test_groups_of_unequal_documents_are_compared_by_rate():
    sizes = pd.Series({"a": 1000, "b": 3000, "c": 2000})
    table = permute_documents(
        pd.DataFrame({"document": ["a", "b", "c"], "term": "项目", "count": [1, 3, 2]}),
        sizes,
        group=["a"],
    )
    assert table["difference"].tolist() == [pytest.approx(0)]
    assert table["z"].tolist() == [0]


def test_large_corpora_are_dealt_at_random_with_a_seed():
    sizes = pd.Series({f"d{i}": 1000 for i in range(24)})
    frame = pd.DataFrame({"document": sizes.index, "term": "招商", "count": np.arange(24)})
    first, again = (permute_documents(frame, sizes, group=sizes.index[:12]) for _ in range(2))
    pd.testing.assert_frame_equal(first, again)
    assert first.attrs == again.attrs
    assert (first.attrs["deals"], first.attrs["exact"]) == (4_999, False)
    assert 0 < first["p"].iloc[0] < 0.001
    assert first["p_smallest"].iloc[0] == first.attrs["p_max_smallest"] == 1 / 5_000


@pytest.mark.parametrize("groups", [HALVES, pd.Series(list("甲甲甲乙乙丙丙丁"), index=SIZES.index)])
def test_every_deal_counts_once_as_a_plain_enumeration_does(groups):
    rng = np.random.default_rng(3)
    frame = pd.concat(counts(term, rng.poisson(4, 8)) for term in ("招商", "项目", "民生"))
    table = permute_regions(frame, SIZES, groups).set_index(["group", "term"])
    wide = frame.pivot_table(index="term", columns="document", values="count")
    rest = wide.sub(wide.mean(axis=1), axis=0)
    unit = rest.div(np.sqrt((rest**2).sum(axis=1)), axis=0).to_numpy()
    deals = np.array(sorted(set(permutations(groups))))
    sizes = groups.value_counts().sort_index()
    spread = np.sqrt(sizes * (8 - sizes) / (8 * 7))
    z = {g: np.abs(unit @ (deals == g).T) / spread[g] for g in sizes.index}
    largest = np.max([each.max(axis=0) for each in z.values()], axis=0)
    for (group, term), row in table.iterrows():
        at = list(wide.index).index(term)
        seen = abs(row["z"]) - 1e-9
        assert row["p"] == pytest.approx((z[group][at] >= seen).mean())
        assert row["p_max"] == pytest.approx((largest >= seen).mean())


def test_the_corrected_p_is_never_below_the_single_one_nor_below_what_can_be_reached():
    rng = np.random.default_rng(5)
    frame = pd.concat(counts(f"词{i}", rng.poisson(3, 8)) for i in range(30))
    for groups in (HALVES, pd.Series(list("甲甲甲乙乙丙丙丁"), index=SIZES.index)):
        table = permute_regions(frame, SIZES, groups)
        assert (table["p_max"] >= table["p"] - 1e-12).all()
        assert (table["p"] >= table["p_smallest"] - 1e-12).all()
        assert table["p_max"].min() >= table.attrs["p_max_smallest"] - 1e-12


def test_one_document_a_district_can_show_nothing_whatever_the_counts():
    five = pd.Series(list("甲乙丙丁戊"), index=list("abcde"))
    frame = pd.DataFrame({"document": list("abcde"), "term": "招商", "count": [90, 0, 0, 1, 0]})
    table = permute_regions(frame, SIZES.head(5), five)
    assert (table["p_max"] == 1).all()
    assert table["p"].min() == pytest.approx(1 / 5)
    assert "nothing can be shown" in judge_contrasts(table)


def test_groups_that_are_not_tested_only_stand_among_the_rest():
    table = permute_regions(counts("招商", [9, 8, 9, 9, 1, 0, 1, 2]), SIZES, HALVES, tested=["西"])
    assert table["group"].tolist() == ["西"]
    assert table["difference"].iloc[0] < 0


def test_the_verdict_follows_the_data():
    clear = permute_regions(counts("招商", [9, 8, 9, 9, 1, 0, 1, 2]), SIZES, HALVES)
    none = permute_regions(counts("项目", [5, 4, 6, 5, 5, 6, 4, 5]), SIZES, HALVES)
    assert judge_contrasts(clear).startswith("Counted by documents, 2 of 2 comparisons hold")
    assert "none of 2 comparisons holds" in judge_contrasts(none)
    assert judge_contrasts(clear, alpha=0.01).startswith(
        "Too few documents: 8, dealt anew into 2 groups, reach p = 0.0286"
    )
    assert judge_contrasts(clear.head(0)).startswith("Nothing to compare")


def test_an_empty_group_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        smallest_p(0, 4)
    with pytest.raises(ValueError, match="two groups or more"):
        smallest_max_p([5])
    with pytest.raises(ValueError, match="two groups or more"):
        permute_regions(counts("项目", [3] * 8), SIZES, HALVES.replace("西", "东"))
