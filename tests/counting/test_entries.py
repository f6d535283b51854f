"""What enters and leaves: exact chances by hand, planted items found and none else."""

from itertools import combinations
from math import comb

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from dz_analysis.counting.breaks import find_breaks
from dz_analysis.counting.entries import (
    CHANGE_LABELS,
    ENTERS,
    LEAVES,
    adjust_holm,
    collect_changes,
    compare_years,
    find_entries,
    silent_run_chances,
    two_sided_chances,
)
from dz_analysis.counting.years import YearPair, choose_pair

YEARS = range(1980, 2020)
SEEDS = range(20)


def series_of(sizes):
    return pd.DataFrame({"id": [f"d{y}" for y in YEARS], "year": YEARS, "han_chars": sizes})


def mentions_of(table):
    """Return mentions of items by the years that say them, once each."""
    rows = [(f"d{year}", item, 1) for item, years in table.items() for year in years]
    return pd.DataFrame(rows, columns=["document", "item", "count"])


@pytest.mark.parametrize("holders", [1, 2, 5, 12])
def test_documents_of_one_length_are_drawn_as_from_an_urn(holders):
    found = silent_run_chances([7] * 12, holders)
    expected = [comb(12 - run, holders) / comb(12, holders) for run in range(13)]
    assert np.allclose(found, expected)


def test_documents_of_different_lengths_by_listing_all_draws():
    sizes, holders = np.array([4.0, 1, 2, 3, 1]), 2
    found = silent_run_chances(sizes, holders)
    # The odds of the fitted rate, found here by trying.
    rates = np.linspace(0.01, 3, 200_001)
    rate = rates[np.abs((1 - np.exp(-np.outer(rates, sizes))).sum(axis=1) - holders).argmin()]
    odds = np.expm1(rate * sizes)
    weights = {pair: odds[list(pair)].prod() for pair in combinations(range(5), holders)}
    for run in range(6):
        kept = sum(weight for pair, weight in weights.items() if min(pair) >= run)
        assert found[run] == pytest.approx(kept / sum(weights.values()), abs=1e-4)


@settings(max_examples=50, deadline=None)
@given(
    sizes=st.lists(st.integers(1, 50_000), min_size=1, max_size=30),
    share=st.floats(0.01, 1),
)
def test_chances_fall_from_one_to_nothing(sizes, share):
    holders = max(1, round(share * len(sizes)))
    chances = silent_run_chances(sizes, holders)
    assert chances[0] == pytest.approx(1)
    assert (np.diff(chances) <= 1e-12).all()
    assert np.allclose(chances[len(sizes) - holders + 1 :], 0)


@pytest.mark.parametrize("holders", [0, 4])
def test_impossible_numbers_of_documents_are_refused(holders):
    with pytest.raises(ValueError, match="can't say an item"):
        silent_run_chances([1, 2, 3], holders)


def test_entry_and_exit_are_told_apart_and_dated():
    mentions = mentions_of({"word 新": range(2000, 2020), "word 旧": range(1980, 1991)})
    table = find_entries(mentions, series_of(10_000)).set_index(["item", "event"])
    new, old = table.loc[("word 新", ENTERS)], table.loc[("word 旧", LEAVES)]
    assert new[["year", "silent", "documents", "said"]].tolist() == [2000, 20, 20, 20]
    assert old[["year", "silent", "documents", "said"]].tolist() == [1990, 29, 11, 11]
    assert new["p"] == pytest.approx(1 / comb(40, 20))
    assert old["p"] == pytest.approx(1 / comb(40, 11))
    assert table.loc[("word 新", LEAVES), "p"] == table.loc[("word 旧", ENTERS), "p"] == 1


def test_a_word_that_only_rare_documents_say_does_not_enter():
    mentions = mentions_of({"word 稀": [1999, 2019]})
    table = find_entries(mentions, series_of(10_000))
    assert (table["p_holm"] > 0.05).all()


def test_short_early_documents_make_an_entry_less_sure():
    mentions = mentions_of({"word 新": range(1995, 2020)})
    short = np.where(np.array(YEARS) < 1995, 1_000, 10_000)
    even = find_entries(mentions, series_of(10_000)).iloc[0]
    uneven = find_entries(mentions, series_of(short)).iloc[0]
    assert even["event"] == uneven["event"] == ENTERS
    assert uneven["p"] > 100 * even["p"]


def random_mentions(seed, planted=()):
    rng = np.random.default_rng(seed)
    said = rng.random((150, len(YEARS))) < rng.uniform(0.1, 0.95, 150)[:, None]
    for word in planted:
        said[word, :20], said[word, 20:] = False, rng.random(20) < 0.9
    words = {f"word {i:03}": np.array(YEARS)[row] for i, row in enumerate(said)}
    return mentions_of(words)


def test_planted_entries_are_found_and_nothing_else():
    false = 0
    for seed in SEEDS:
        found = find_entries(random_mentions(seed, planted=(3, 70)), series_of(10_000))
        held = found[found["p_holm"] < 0.05]
        assert {"word 003", "word 070"} <= set(held.loc[held["event"] == ENTERS, "item"])
        false += len(held) - 2
    assert false <= 3


def test_nothing_enters_where_nothing_is_planted():
    families = 0
    for seed in range(100):
        held = find_entries(random_mentions(seed), series_of(10_000))["p_holm"] < 0.05
        families += bool(held.any())
    assert families <= 10


def test_an_empty_series_has_no_entries():
    mentions = mentions_of({"word 新": range(2000, 2020)})
    assert find_entries(mentions, series_of(1).iloc[:0]).empty
    assert find_entries(mentions.iloc[:0], series_of(1)).empty


def test_the_split_of_places_is_the_poisson_binomial_s():
    rng = np.random.default_rng(5)
    chance = rng.uniform(0.2, 0.8, 9)
    moved = rng.random((30, 9)) < 0.7
    up = moved & (rng.random((30, 9)) < 0.5)
    found = two_sided_chances(up, moved, chance)
    for row in range(30):
        law = stats.poisson_binom(chance[moved[row]]) if moved[row].any() else None
        k = up[row].sum()
        tails = (law.cdf(k), law.sf(k - 1)) if law else (1, 1)
        assert found[row] == pytest.approx(min(1, 2 * min(tails)))


def test_even_chances_are_the_sign_test():
    moved = np.ones((4, 11), dtype=bool)
    up = np.arange(11)[None, :] < np.array([[0], [2], [5], [11]])
    found = two_sided_chances(up, moved, np.full(11, 0.5))
    expected = [stats.binomtest(k, 11).pvalue for k in (0, 2, 5, 11)]
    assert np.allclose(found, expected)


def panel(places=12, years=(2024, 2025)):
    rows = [(f"{p}{y}", f"地{p}", y) for p in range(places) for y in years]
    return pd.DataFrame(rows, columns=["id", "region", "year"]).assign(han_chars=10_000)


def test_two_years_are_compared_within_places():
    dated = panel()
    new = [(f"{p}2025", "word 新", 3) for p in range(12)]
    old = [(f"{p}2024", "word 旧", 1) for p in range(11)]
    # Said by half of the places, by the same in both years: no change, whatever the places are.
    same = [(f"{p}{y}", "word 地", 9) for p in range(6) for y in (2024, 2025)]
    mentions = pd.DataFrame([*new, *old, *same], columns=["document", "item", "count"])
    table = compare_years(mentions, dated, choose_pair(dated)).set_index("item")
    assert table.loc["word 新", ["first", "second", "difference"]].tolist() == [0, 3, 3]
    assert table.loc["word 新", ["before", "after", "taken_up", "dropped"]].tolist() == [
        0,
        12,
        12,
        0,
    ]
    assert table.loc["word 新", "p_places"] == pytest.approx(2 / 2**12)
    assert table.loc["word 旧", ["before", "after", "taken_up", "dropped"]].tolist() == [
        11,
        0,
        0,
        11,
    ]
    assert table.loc["word 地", ["difference", "p", "p_places"]].tolist() == [0, 1, 1]
    assert table.loc["word 新", "p_places_holm"] == pytest.approx(3 * 2 / 2**12)


def test_places_without_both_years_and_documents_without_place_have_no_say():
    dated = pd.concat([panel(5), panel(1, (2025,)).assign(id="x", region="")])
    mentions = pd.DataFrame({"document": ["x", "02025"], "item": "word 新", "count": [99, 1]})
    table = compare_years(mentions, dated, choose_pair(dated))
    assert table[["second", "after"]].to_numpy().tolist() == [[0.2, 1]]
    assert compare_years(mentions, dated, YearPair(0, 0, ())).empty


def test_holm_s_steps():
    p = pd.Series([0.2, 0.001, 0.02, 0.02], index=list("abcd"))
    assert adjust_holm(p).round(6).to_dict() == {"a": 0.2, "b": 0.004, "c": 0.06, "d": 0.06}
    assert adjust_holm(p.iloc[:0]).empty


def test_all_changes_stand_in_one_table_with_a_label_for_each_column():
    series, dated = series_of(10_000), panel()
    mentions = mentions_of({"word 新": range(2000, 2020), "slogan 旧 词": range(1980, 1991)})
    places = pd.DataFrame([(f"{p}2025", "word 新", 3) for p in range(12)], columns=mentions.columns)
    changes = collect_changes(
        find_breaks(mentions, series, deals=99),
        find_entries(mentions, series),
        compare_years(places, dated, choose_pair(dated)),
    )
    assert list(changes) == list(CHANGE_LABELS)
    told = changes[["finding", "kind", "name", "year", "before", "after", "unit"]]
    rate = "per 10,000 Han characters"
    assert told.fillna(-1).to_numpy().tolist() == [
        ["enters", "word", "新", 2000, 0, 20, "documents"],
        ["leaves", "slogan", "旧 词", 1990, 11, 0, "documents"],
        ["rises", "word", "新", -1, 0, 3, rate],
        ["step", "slogan", "旧 词", 1991, 1, 0, rate],
        ["step", "word", "新", 2000, 0, 1, rate],
        ["taken up", "word", "新", -1, 0, 12, "places"],
    ]
    nothing = collect_changes(
        find_breaks(mentions, series.iloc[:5]),
        find_entries(mentions.iloc[:0], series),
        compare_years(places, dated, YearPair(0, 0, ())),
    )
    assert nothing.empty and nothing.dtypes.equals(changes.dtypes)
