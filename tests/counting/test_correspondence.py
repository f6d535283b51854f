"""Correspondence analysis against published figures, and its identities."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from dz_analysis.counting.correspondence import (
    analyse_correspondence,
    measure_stability,
    tabulate_words,
)

# Greenacre's staff groups by smoking; inertias and coordinates as the R package `ca` prints them
# (Nenadic and Greenacre 2007, Journal of Statistical Software 20(3)).
SMOKE = pd.DataFrame(
    [[4, 2, 3, 2], [4, 3, 7, 4], [25, 10, 12, 4], [18, 24, 33, 13], [10, 6, 7, 2]],
    index=["SM", "JM", "SE", "JE", "SC"],
    columns=["none", "light", "medium", "heavy"],
)
INERTIAS = [0.074759, 0.010017, 0.000414]
STANDARD_ROWS = {
    "axis_1": [-0.240539, 0.947105, -1.391973, 0.851989, -0.735456],
    "axis_2": [-1.935708, -2.430958, -0.106508, 0.576944, 0.788435],
}


def test_the_published_inertias_and_coordinates_come_out():
    found = analyse_correspondence(SMOKE)
    assert found.axes["inertia"].tolist() == pytest.approx(INERTIAS, abs=5e-7)
    assert found.total == pytest.approx(0.085190, abs=5e-7)
    for name, published in STANDARD_ROWS.items():
        scale = np.sqrt(found.axes["inertia"].iloc[int(name[-1]) - 1])
        standard = (found.rows[name] / scale).to_numpy()
        sign = np.sign(standard[2] * published[2])
        np.testing.assert_allclose(sign * standard, published, atol=2e-6)


def test_the_total_inertia_is_chi_squared_over_the_sum():
    counts = SMOKE.to_numpy()
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / counts.sum()
    chi2 = ((counts - expected) ** 2 / expected).sum()
    assert analyse_correspondence(SMOKE).total == pytest.approx(chi2 / counts.sum())


TABLES = arrays.arrays(
    np.int64, st.tuples(st.integers(3, 6), st.integers(2, 6)), elements=st.integers(1, 30)
)


@settings(max_examples=80, deadline=None)
@given(counts=TABLES)
def test_contributions_add_up_and_points_lie_round_the_middle(counts):
    found = analyse_correspondence(pd.DataFrame(counts))
    names = [name for name in found.rows.columns if name.startswith("axis_")]
    for side in (found.rows, found.columns):
        assert side["mass"].sum() == pytest.approx(1)
        for name in names:
            axis = name[-1]
            inertia = found.axes["inertia"].iloc[int(axis) - 1]
            assert (side["mass"] * side[name]).sum() == pytest.approx(0, abs=1e-6)
            assert (side["mass"] * side[name] ** 2).sum() == pytest.approx(inertia, abs=1e-9)
            assert side[f"contribution_{axis}"].sum() == pytest.approx(1)
        cos2 = side[[f"cos2_{name[-1]}" for name in names]].sum(axis=1)
        assert (cos2 <= 1 + 1e-6).all()
    assert found.axes["pct"].sum() == pytest.approx(100) or found.axes.empty


@settings(max_examples=40, deadline=None)
@given(counts=TABLES)
def test_rows_and_columns_may_change_places(counts):
    if counts.shape[1] < 3:
        return
    one, other = (
        analyse_correspondence(pd.DataFrame(t)).axes["inertia"] for t in (counts, counts.T)
    )
    np.testing.assert_allclose(one, other, atol=1e-9)


def test_the_column_that_makes_an_axis_lies_on_its_right():
    found = analyse_correspondence(SMOKE)
    for axis in (1, 2):
        first = found.columns.sort_values(f"contribution_{axis}").iloc[-1]
        assert first[f"axis_{axis}"] > 0


def test_what_has_no_axes_is_refused():
    with pytest.raises(ValueError, match="no axes"):
        analyse_correspondence(SMOKE.head(2))
    with pytest.raises(ValueError, match="may be all 0"):
        analyse_correspondence(SMOKE.assign(none=0))


def test_an_axis_that_hangs_on_one_row_is_seen():
    rng = np.random.default_rng(4)
    counts = rng.poisson(40, size=(8, 30))
    counts[0, :5] += 400
    table = pd.DataFrame(counts, index=[f"r{n}" for n in range(8)])
    stability = measure_stability(table, axes=1)
    assert stability.loc[0, "without"] == "r0" and stability.loc[0, "least_correlation"] < 0.9
    assert measure_stability(None).empty
    assert measure_stability(SMOKE.head(3))["least_correlation"].isna().all()


def test_words_of_few_documents_stay_out():
    counts = pd.DataFrame(
        {
            "document": list("abcabca"),
            "term": ["山"] * 3 + ["海"] * 3 + ["林"],
            "count": [1, 2, 3, 3, 2, 1, 9],
        }
    )
    rows = pd.Series({"a": "甲", "b": "乙", "c": "丙"})
    table = tabulate_words(counts, rows, least=0.5)
    assert list(table.index) == ["甲", "乙", "丙"] and sorted(table.columns) == ["山", "海"]
    assert tabulate_words(counts, rows.replace("丙", "乙"), least=0.5) is None
    with pytest.raises(ValueError, match="expected a share"):
        tabulate_words(counts, rows, least=20)
