"""What is planted is found by documents, and nothing else; without an effect nothing is."""

import numpy as np
import pandas as pd
import pytest

from dz_analysis.counting import contrast_regions, judge_contrasts

SEEDS = range(20)
WORDS, LUMPS = 300, 0.3  # the squared coefficient of variation of rates in reports


def make_corpus(seed, *, documents, regions, planted=0, boost=3.0):
    """Return counts, documents and the planted words of an invented corpus with lumpy counts."""
    rng = np.random.default_rng(seed)
    tokens = rng.integers(800, 3000, documents)
    region = np.repeat([f"县{i}" for i in range(regions)], documents // regions)
    shares = 1 / np.arange(1, WORDS + 1)
    expected = np.outer(shares / shares.sum() / 2, tokens)
    expected *= rng.gamma(1 / LUMPS, LUMPS, (WORDS, documents))
    chosen = rng.choice(np.arange(30, 200), planted, replace=False)
    expected[np.ix_(chosen, np.flatnonzero(region == "县0"))] *= boost
    counts = rng.poisson(expected)
    word, document = np.nonzero(counts)
    table = pd.DataFrame(
        {
            "document": [f"d{i}" for i in document],
            "term": [f"词{i}" for i in word],
            "count": counts[word, document],
        }
    )
    ids = [f"d{i}" for i in range(documents)]
    frame = pd.DataFrame({"id": ids, "region": region, "han_chars": 2 * tokens, "tokens": tokens})
    return table, frame, {f"词{i}" for i in chosen}


@pytest.mark.parametrize("seed", SEEDS)
def test_three_planted_words_are_found_and_none_else(seed):
    counts, documents, planted = make_corpus(seed, documents=200, regions=2, planted=3)
    table = contrast_regions(counts, documents, minimum=5)
    held = table[table["p_max"] < 0.05]
    assert set(held["term"]) == planted
    assert (held["z"] > 0).eq(held["region"] == "县0").all()
    assert judge_contrasts(table).startswith("Counted by documents, 6 of")


def test_tests_of_words_call_more_than_was_planted():
    called = 0
    for seed in SEEDS:
        counts, documents, planted = make_corpus(seed, documents=200, regions=2, planted=3)
        table = contrast_regions(counts, documents, minimum=5)
        called += len(set(table.loc[table["p_bonferroni"] < 0.05, "term"]) - planted)
    assert called > len(SEEDS)


@pytest.mark.parametrize("seed", SEEDS)
def test_five_documents_without_an_effect_show_nothing(seed):
    counts, documents, _ = make_corpus(seed, documents=5, regions=5)
    table = contrast_regions(counts, documents, minimum=5)
    assert "nothing can be shown" in judge_contrasts(table)
    assert not (table["p_max"] < 0.05).any()
