"""Rates with their intervals."""

import numpy as np
import pandas as pd
import pytest

from dz_analysis.counting.rates import add_rates, fill_zeros, poisson_interval, wilson_interval


def test_zero_mentions_have_an_upper_bound():
    table = add_rates(pd.DataFrame({"count": [0], "han_chars": [1000]}))
    assert table["per_10k_chars"].tolist() == [0]
    assert table["per_10k_chars_high"].round(3).tolist() == [36.889]


def test_the_interval_holds_the_rate_and_shrinks_with_the_text():
    table = add_rates(pd.DataFrame({"count": [1, 10, 100], "han_chars": [1000, 10_000, 100_000]}))
    assert (table["per_10k_chars_low"] < table["per_10k_chars"]).all()
    assert (table["per_10k_chars"] < table["per_10k_chars_high"]).all()
    width = table["per_10k_chars_high"] - table["per_10k_chars_low"]
    assert width.is_monotonic_decreasing


def test_no_text_gives_no_rate():
    assert add_rates(pd.DataFrame({"count": [0], "han_chars": [0]})).iloc[0, 2:].isna().all()


def test_per_word_is_the_same_with_another_denominator():
    table = add_rates(
        pd.DataFrame({"count": [3], "tokens": [600]}), exposure="tokens", name="per_10k_words"
    )
    assert table["per_10k_words"].tolist() == [50]


def test_gaps_become_zeros():
    counted = pd.DataFrame({"document": ["a"], "slogan": ["双招双引"], "count": [2]})
    filled = fill_zeros(
        counted, groups=["a", "b"], names=["双招双引"], group="document", name="slogan"
    )
    assert filled["count"].tolist() == [2, 0]


def test_coverage_of_the_exact_interval_is_at_least_nominal():
    rng = np.random.default_rng(7)
    for mean in (0.5, 3, 20):
        low, high = poisson_interval(rng.poisson(mean, 4000))
        assert np.mean((low <= mean) & (mean <= high)) >= 0.945


@pytest.mark.parametrize("confidence", [0, 1, 95])
def test_a_confidence_outside_the_unit_interval_is_refused(confidence):
    with pytest.raises(ValueError, match="not between 0 and 1"):
        poisson_interval([1], confidence=confidence)


def test_more_hits_than_units_are_refused():
    with pytest.raises(ValueError, match="over their totals"):
        wilson_interval([3], [2])


def test_a_missing_column_is_named():
    with pytest.raises(ValueError, match="han_chars"):
        add_rates(pd.DataFrame({"count": [1]}))
