"""How evenly words are spread over documents."""

import numpy as np
import pandas as pd
import pytest

from dz_analysis.counting.dispersion import deviation_of_proportions, measure_dispersion

SIZES = pd.Series({"a": 1000, "b": 1000, "c": 2000})


def test_a_word_that_follows_the_sizes_is_even():
    table = measure_dispersion(
        pd.DataFrame({"document": ["a", "b", "c"], "term": "项目", "count": [5, 5, 10]}), SIZES
    )
    assert table.iloc[0].to_dict() == {
        "term": "项目",
        "count": 20,
        "parts": 3,
        "dp": 0,
        "dp_norm": 0,
        "dkl": 0,
    }


def test_a_document_without_the_word_counts_as_zero():
    table = measure_dispersion(
        pd.DataFrame({"document": ["a"], "term": ["双城同创"], "count": [4]}), SIZES
    )
    assert table["parts"].tolist() == [1]
    assert table["dp"].tolist() == [0.75]
    assert table["dp_norm"].tolist() == [1.0]


def test_what_does_not_occur_has_no_dispersion():
    assert np.isnan(deviation_of_proportions([0, 0], [1, 1]))


def test_one_count_a_part_is_asked_for():
    with pytest.raises(ValueError, match="one count a part"):
        deviation_of_proportions([1, 2], [1, 1, 1])
