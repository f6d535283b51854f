"""Intervals over documents: against a peer, and by how often they hold the true rate."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from dz_analysis.counting.document_intervals import (
    add_document_intervals,
    dispersion_over_documents,
    document_interval,
)
from dz_analysis.counting.rates import poisson_interval

COUNTS = np.array([[4, 19, 2, 7, 35, 3], [1, 0, 0, 12, 0, 1]])
SIZES = np.array([1000, 1500, 900, 1200, 2100, 800])


@pytest.mark.parametrize("word", [0, 1])
def test_dispersion_and_interval_are_those_of_a_quasi_poisson_model(word):
    model = sm.GLM(
        COUNTS[word],
        np.ones(len(SIZES)),
        family=sm.families.Poisson(),
        offset=np.log(SIZES),
    ).fit(scale="X2", tol=1e-12)
    assert dispersion_over_documents(COUNTS, SIZES)[word] == pytest.approx(model.scale, abs=1e-9)
    t = stats.t.ppf(0.975, len(SIZES) - 1)
    low, high = document_interval(COUNTS, SIZES)
    ends = np.exp(model.params[0] + np.array([-t, t]) * model.bse[0])
    assert [low[word], high[word]] == pytest.approx(ends.tolist(), rel=1e-9)


def draw(seed, documents, mean, lumps=0.3, words=2000):
    rng = np.random.default_rng(seed)
    sizes = rng.lognormal(0, 0.3, documents)
    rates = mean * rng.gamma(1 / lumps, lumps, (words, documents))
    return rng.poisson(rates * sizes), sizes


@pytest.mark.parametrize("documents", [3, 5, 10, 31, 62])
@pytest.mark.parametrize("mean", [1, 5, 20])
def test_the_interval_over_documents_holds_the_true_rate_as_often_as_it_says(documents, mean):
    counts, sizes = draw(documents * 100 + mean, documents, mean)
    low, high = document_interval(counts, sizes)
    assert 0.92 <= np.mean((low <= mean) & (mean <= high)) <= 1


def test_the_poisson_interval_does_not_where_counts_come_in_lumps():
    counts, sizes = draw(1, 31, 20)
    low, high = poisson_interval(counts.sum(axis=1))
    assert np.mean((low / sizes.sum() <= 20) & (high / sizes.sum() >= 20)) < 0.6


def test_the_bootstrap_comes_near_with_many_documents_and_is_too_narrow_with_few():
    many, few = draw(1, 62, 5), draw(2, 3, 5)
    held = [
        np.mean((low <= 5) & (high >= 5))
        for low, high in (document_interval(*each, method="bootstrap") for each in (many, few))
    ]
    assert 0.92 < held[0] < 0.97
    assert held[1] < 0.8


def test_the_bootstrap_is_the_same_on_every_run():
    first, again = (document_interval(COUNTS, SIZES, method="bootstrap") for _ in range(2))
    np.testing.assert_array_equal(first, again)


@given(st.lists(st.integers(0, 40), min_size=3, max_size=8))
def test_an_interval_holds_its_rate(counts):
    sizes = np.arange(1, len(counts) + 1) * 500
    low, high = document_interval([counts], sizes)
    assert low[0] <= sum(counts) / sizes.sum() <= high[0]


@pytest.mark.parametrize("documents", [1, 2])
def test_few_documents_say_nothing_of_how_documents_differ(documents):
    low, high = document_interval([[5] * documents], [1000] * documents)
    assert np.isnan([*low, *high]).all()
    assert np.isnan(dispersion_over_documents([[5]], [1000])).all()


def test_a_word_that_is_not_said_has_a_zero_with_an_upper_end():
    low, high = document_interval([[0, 0, 0]], [1000, 500, 500])
    assert (low[0], high[0]) == (0, pytest.approx(3.6889 / 2000, abs=1e-6))


def test_a_table_of_words_gets_its_intervals_in_its_own_order():
    counts = pd.DataFrame(
        {"document": ["a", "b", "a"], "term": ["民生", "民生", "项目"], "count": [3, 5, 4]}
    )
    sizes = pd.Series({"a": 1000, "b": 1000})
    table = add_document_intervals(pd.DataFrame({"term": ["项目", "民生"]}), counts, sizes)
    assert table["term"].tolist() == ["项目", "民生"]
    assert table["dispersion"].tolist() == [pytest.approx(4), pytest.approx(0.5)]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([[1, 2]], [100]), "one size a document"),
        (([[1, -2, 3]], [100, 100, 5]), "not be below 0"),
        (([[1, 2, 3]], [100, 0, 5]), "must hold text"),
    ],
)
def test_what_does_not_belong_together_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        document_interval(*arguments)


def test_an_unknown_method_is_refused():
    with pytest.raises(ValueError, match="expected 'quasi' or 'bootstrap'"):
        document_interval(COUNTS, SIZES, method="jackknife")
