"""Breaks: what is planted is found where it is, nothing else, and nothing in shuffled years."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from dz_analysis.counting.breaks import (
    GRADUAL,
    NONE,
    STEP,
    find_breaks,
    pick_surest,
    rate_segments,
)
from dz_analysis.counting.document_intervals import document_interval

SEEDS = range(20)
WORDS, LUMPS, YEARS = 120, 0.3, range(1980, 2020)


def make_series(seed, *, planted=0, boost=12.0, trend=0.0, words=WORDS, lumps=LUMPS):
    """Return mentions and series: lumpy counts, documents that get shorter, planted steps."""
    rng = np.random.default_rng(seed)
    years = np.array(YEARS)
    sizes = rng.integers(12_000, 18_000, len(years)) + 200 * (2020 - years)
    rates = np.geomspace(0.3, 12, words)
    expected = np.outer(rates, sizes) / 10_000 * rng.gamma(1 / lumps, lumps, (words, len(years)))
    chosen = rng.choice(np.arange(words // 3, words), planted, replace=False)
    at = rng.integers(14, len(years) - 14, planted)
    for word, place in zip(chosen, at, strict=True):
        expected[word, place:] *= boost
    expected *= np.exp(trend * (years - years.mean()))
    counts = rng.poisson(expected)
    word, document = np.nonzero(counts)
    mentions = pd.DataFrame(
        {
            "document": [f"d{YEARS[i]}" for i in document],
            "item": [f"word {i:03}" for i in word],
            "count": counts[word, document],
        }
    )
    series = pd.DataFrame({"id": [f"d{y}" for y in YEARS], "year": years, "han_chars": sizes})
    return mentions, series, {f"word {w:03}": YEARS[a] for w, a in zip(chosen, at, strict=True)}


def said_in(years, count=5, *, sizes=10_000):
    mentions = pd.DataFrame({"document": [f"d{y}" for y in years], "item": "word 甲"})
    series = pd.DataFrame({"id": [f"d{y}" for y in YEARS], "year": YEARS, "han_chars": sizes})
    return mentions.assign(count=count), series


@pytest.mark.parametrize("seed", SEEDS)
def test_planted_steps_are_found_where_they_are_and_nothing_else(seed):
    mentions, series, planted = make_series(seed, planted=3, lumps=0.15)
    found = find_breaks(mentions, series, deals=299).set_index("item")
    held = found[found["p_max"] < 0.05]
    assert set(held.index) == set(planted)
    for item, year in planted.items():
        assert abs(held.loc[item, "since"] - year) <= 2
        assert held.loc[item, "after"] > 4 * held.loc[item, "before"]
    assert (held["course"] == STEP).sum() >= 2, "a step at an end looks like a steep trend"


def test_shuffled_years_have_breaks_at_no_more_than_the_level():
    families = 0
    for seed in range(100):
        mentions, series, _ = make_series(seed, planted=3, words=40)
        order = np.random.default_rng(seed).permutation(len(series))
        shuffled = series.iloc[order].assign(year=list(YEARS)).reset_index(drop=True)
        found = find_breaks(mentions, shuffled, deals=99, seed=seed)
        families += bool((found["p_max"] < 0.05).any())
    # A level of 0.05: more than ten of a hundred would be drawn in less than one case of fifty.
    assert families <= 10


def test_documents_that_get_shorter_are_no_change():
    families = 0
    for seed in range(60):
        rng = np.random.default_rng(seed)
        sizes = np.linspace(45_000, 12_000, len(YEARS)).astype(int)
        expected = np.outer(np.geomspace(0.1, 12, 40), sizes) / 10_000
        counts = rng.poisson(expected * rng.gamma(1 / LUMPS, LUMPS, expected.shape))
        word, document = np.nonzero(counts)
        mentions = pd.DataFrame({"document": [f"d{YEARS[i]}" for i in document]}).assign(
            item=[f"word {i:03}" for i in word], count=counts[word, document]
        )
        series = pd.DataFrame({"id": [f"d{y}" for y in YEARS], "year": YEARS, "han_chars": sizes})
        families += bool((find_breaks(mentions, series, deals=99)["p_max"] < 0.05).any())
    # More than eight of sixty would be drawn in less than one case of two hundred.
    assert families <= 8


def test_a_steady_trend_is_no_break():
    mentions, series, _ = make_series(1, trend=0.06)
    found = find_breaks(mentions, series, deals=299)
    held = found[found["p_max"] < 0.05]
    assert len(held) > 60
    assert (held["course"] == GRADUAL).mean() > 0.8


def test_the_split_with_the_largest_likelihood_ratio_is_taken_by_hand():
    mentions, series = said_in([y for y in YEARS if y >= 2000], 2)
    row = find_breaks(mentions, series, deals=99).iloc[0]
    # All 40 mentions behind a split of equal halves: 2 · 40 · ln 2, over the dispersion, which is
    # 40 squares of 1 divided by the expected 1 and by 39.
    assert row["ratio"] == pytest.approx(80 * np.log(2) / (40 / 39))
    assert (row["last_before"], row["since"], row["before"], row["after"]) == (1999, 2000, 0, 2)
    assert row["log_ratio"] == pytest.approx(np.log2(40 / 0.5))
    assert row["p_max"] == row["p"] == 0.01
    assert row["course"] == STEP


def test_a_lump_in_one_document_is_no_break():
    mentions, series = said_in([2018], 60)
    row = find_breaks(mentions, series, deals=499).iloc[0]
    assert row["p"] > 0.05
    assert row["course"] == NONE


def test_four_documents_must_stand_on_either_side():
    mentions, series = said_in([1980, 1981, 1982])
    assert find_breaks(mentions, series, deals=9)["last_before"].iloc[0] == 1983
    short = series.iloc[:7]
    assert find_breaks(mentions, short).empty
    assert list(find_breaks(mentions, short)) == list(find_breaks(mentions, series, deals=9))


def test_documents_of_one_year_are_never_parted():
    mentions, series = said_in([y for y in YEARS if y > 1999])
    twice = series.assign(year=series["year"] // 2 * 2)
    row = find_breaks(mentions, twice, deals=99).iloc[0]
    assert (row["last_before"], row["since"]) == (1998, 2000)


def test_a_run_gives_the_same_figures_every_time():
    mentions, series, _ = make_series(3, planted=2)
    first = find_breaks(mentions, series, deals=49)
    again = find_breaks(mentions.sample(frac=1, random_state=1), series, deals=49)
    pd.testing.assert_frame_equal(first, again)


def test_how_many_deals_are_held_at_once_has_no_say(monkeypatch):
    mentions, series, _ = make_series(3, planted=2)
    first = find_breaks(mentions, series, deals=49)
    monkeypatch.setattr("dz_analysis.counting.breaks.CELLS", 1)
    pd.testing.assert_frame_equal(first, find_breaks(mentions, series, deals=49))


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 2**16), scale=st.integers(1, 7))
def test_longer_documents_with_as_many_mentions_change_no_p(seed, scale):
    mentions, series, _ = make_series(seed % 7)
    few = mentions[mentions["item"] < "word 010"]
    one = find_breaks(few, series, deals=19, seed=seed)
    other = find_breaks(
        few, series.assign(han_chars=series["han_chars"] * scale), deals=19, seed=seed
    )
    assert one["p_max"].tolist() == other["p_max"].tolist()
    assert one["since"].tolist() == other["since"].tolist()
    assert np.allclose(one["before"], scale * other["before"])


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 2**16))
def test_p_values_are_ordered(seed):
    mentions, series, _ = make_series(seed % 11)
    found = find_breaks(mentions[mentions["item"] < "word 020"], series, deals=19, seed=seed)
    assert (found["p_max"] >= found["p"]).all()
    assert found["p_max"].is_monotonic_increasing
    assert found["p"].between(1 / 20, 1).all()
    assert (found["since"] > found["last_before"]).all()


def test_the_trend_is_poisson_regression():
    statsmodels = pytest.importorskip("statsmodels.api")
    mentions, series, _ = make_series(2, trend=0.03)
    from dz_analysis.counting.breaks import _fit_trend

    counts = mentions[mentions["item"] == "word 050"].set_index("document")["count"]
    table = counts.reindex(series["id"], fill_value=0).to_numpy(dtype=float)
    size, years = series["han_chars"].to_numpy(dtype=float), series["year"].to_numpy()
    model = statsmodels.GLM(
        table,
        statsmodels.add_constant(years - years.mean()),
        family=statsmodels.families.Poisson(),
        offset=np.log(size),
    )
    assert np.allclose(_fit_trend(table[None], size, years)[0], model.fit().fittedvalues)


def test_stretches_follow_the_course_with_intervals_over_documents():
    mentions, series = said_in([y for y in YEARS if y >= 2000], 2)
    found = find_breaks(mentions, series, deals=99)
    parts = rate_segments(mentions, series, found)
    assert parts[["start", "end", "documents", "per_10k_chars"]].to_numpy().tolist() == [
        [1980, 1999, 20, 0],
        [2000, 2019, 20, 2],
    ]
    low, high = document_interval([[2] * 20], [10_000] * 20)
    assert parts["low"].iloc[1] == pytest.approx(10_000 * low[0])
    assert parts["high"].iloc[1] == pytest.approx(10_000 * high[0])
    assert parts["high"].iloc[0] > 0, "never said is not a rate of nothing"
    gradual = rate_segments(mentions, series, found.assign(course=GRADUAL))
    assert gradual["start"].tolist() == [1980, 1990, 2000, 2010]
    whole = rate_segments(mentions, series, found.assign(course=NONE))
    assert whole[["start", "end"]].to_numpy().tolist() == [[1980, 2019]]


def test_the_surest_are_picked_kind_by_kind():
    table = pd.DataFrame({"item": ["word 甲", "word 乙", "word 丙", "indicator 丁", "slogan 戊"]})
    assert pick_surest(table, most=4) == ["word 甲", "word 乙", "slogan 戊", "indicator 丁"]
    assert pick_surest(table.head(2)) == ["word 甲", "word 乙"]
    assert pick_surest(table, asked=["slogan 戊", "phrase 己", "word 丙"]) == [
        "slogan 戊",
        "word 丙",
    ]
    assert pick_surest(table.head(2), asked=["phrase 己"]) == ["word 甲", "word 乙"]


def test_the_chance_of_a_run_at_an_end_is_that_of_its_documents():
    """Four of forty documents all at one end: 2 of 91,390 choices of four."""
    mentions, series = said_in([2016, 2017, 2018, 2019], 1)
    deals = 4_999
    row = find_breaks(mentions, series, deals=deals).iloc[0]
    most = stats.binom.ppf(0.9999, deals, 2 / 91_390)
    assert row["p"] <= (1 + most) / (1 + deals)
