"""The table of words that set two groups apart."""

import numpy as np
import pandas as pd
import pytest

from dz_analysis.counting.keyness import adjust_p, bayes_factor, compare_groups, log_likelihood

TARGET = pd.Series({"招商": 30, "项目": 40, "乡村": 1, "罕见": 1})
REFERENCE = pd.Series({"招商": 5, "项目": 80, "乡村": 60})


def table():
    return compare_groups(TARGET, REFERENCE, n1=5000, n2=10_000)


def test_the_surest_word_comes_first_and_rare_words_are_left_out():
    words = table()
    assert words["term"].iloc[0] == "招商"
    assert words["term"].iloc[-1] == "乡村"
    assert "罕见" not in set(words["term"])
    assert words.attrs["family"] == 3


def test_raw_counts_and_rates_stand_beside_the_statistics():
    row = table().set_index("term").loc["招商"]
    assert (row["count"], row["reference"]) == (30, 5)
    assert row["per_10k"] == pytest.approx(60)
    assert row["reference_per_10k"] == pytest.approx(5)
    assert row["low"] <= row["log_ratio"] <= row["high"]
    assert row["lrc"] == pytest.approx(row["low"])


def test_equal_rates_give_nothing():
    row = table().set_index("term").loc["项目"]
    assert row["g2"] == pytest.approx(0, abs=1e-9)
    assert row["lrc"] == 0


def test_swapping_the_groups_turns_every_sign():
    back = compare_groups(REFERENCE, TARGET, n1=10_000, n2=5000).set_index("term")
    there = table().set_index("term")
    for column in ("g2", "log_ratio", "lrc"):
        assert np.allclose(back[column].loc[there.index], -there[column])


def test_the_evidence_for_a_word_that_is_missing_counts_as_much():
    assert bayes_factor([-20], [1000], [1000]) == bayes_factor([20], [1000], [1000])
    row = table().set_index("term").loc["乡村"]
    assert row["g2"] < 0 < row["bic"]
    assert row["p_bonferroni"] < 0.001 and row["q"] < 0.001


def test_corrected_p_is_never_smaller():
    p = np.array([0.001, 0.2, 0.04])
    for method in ("bonferroni", "bh"):
        assert np.all(adjust_p(p, method) >= p)


def test_what_cannot_be_is_refused():
    with pytest.raises(ValueError, match="group of size 0"):
        log_likelihood([1], [10], [1], [0])
    with pytest.raises(ValueError, match="more often"):
        log_likelihood([11], [10], [1], [10])
    with pytest.raises(ValueError, match="expected 'bonferroni' or 'bh'"):
        adjust_p([0.1], "holm")
