"""Keyness as the R package corpora defines it: by its published figures, and by other means.

The figures are those that version 0.6 of the package holds its own `keyness` against: results of
the reference implementation (Evert 2022) for 361 pairs of counts, of which every ninth stands in
tests/cases/r_corpora.csv.
"""

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from dz_analysis.counting.keyness import (
    conservative_log_ratio,
    log_likelihood,
    log_ratio,
    log_ratio_interval,
)

PUBLISHED = pd.read_csv(Path(__file__).parents[1] / "cases" / "r_corpora.csv")
SIZES, FAMILY = (1177, 341_805), 20_109  # of the published figures
# f1, n1, f2, n2
TABLES = [
    (7, 1000, 2, 1000),
    (20, 1000, 0, 1000),
    (0, 5000, 11, 9000),
    (150, 120_000, 310, 90_000),
    (5, 1000, 4, 1000),
    (1, 40_000, 1, 300),
]


@pytest.mark.parametrize("table", TABLES)
def test_g2_is_the_sum_over_all_four_cells(table):
    f1, n1, f2, n2 = table
    observed = np.array([[f1, n1 - f1], [f2, n2 - f2]])
    found = stats.chi2_contingency(observed, correction=False, lambda_="log-likelihood")
    sign = math.copysign(1, f1 / n1 - f2 / n2)
    assert log_likelihood([f1], [n1], [f2], [n2])[0] == pytest.approx(sign * found.statistic)


@pytest.mark.parametrize("family", [1, 250])
@pytest.mark.parametrize("table", TABLES)
def test_lrc_is_the_end_nearest_zero_of_the_exact_interval_of_a_share(table, family):
    f1, n1, f2, n2 = table
    level = 1 - 0.05 / family
    share = stats.binomtest(f1, f1 + f2).proportion_ci(level, method="exact")
    ends = [math.inf if end == 1 else end / (1 - end) for end in (share.low, share.high)]
    low, high = (math.log2(end * n2 / n1) if end else -math.inf for end in ends)
    found = log_ratio_interval([f1], [n1], [f2], [n2], family=family)
    assert [end[0] for end in found] == pytest.approx([low, high])
    expected = low if low > 0 else high if high < 0 else 0
    bound = conservative_log_ratio([f1], [n1], [f2], [n2], family=family)
    assert bound[0] == pytest.approx(expected)


@pytest.mark.parametrize("table", TABLES)
def test_log_ratio_differs_by_its_smoothing_alone(table):
    """R adds 0.5 to counts and sizes, we take 0.5 for a count of 0: most apart at 0 or 1."""
    f1, n1, f2, n2 = table
    smoothed = math.log2((f1 + 0.5) / (n1 + 0.5)) - math.log2((f2 + 0.5) / (n2 + 0.5))
    found = log_ratio([f1], [n1], [f2], [n2])[0]
    assert abs(found - smoothed) <= math.log2(1.5)
    if f1 and f2:
        assert found == pytest.approx(math.log2(f1 / n1 * n2 / f2))


def published(*, is_swapped):
    """Return f1, n1, f2, n2 of the published tables, or the same with the groups swapped."""
    target, reference = (PUBLISHED["f1"], SIZES[0]), (PUBLISHED["f2"], SIZES[1])
    return (*reference, *target) if is_swapped else (*target, *reference)


@pytest.mark.parametrize("is_swapped", [False, True])
def test_g2_and_lrc_are_the_published_ones(is_swapped):
    counts, sign = published(is_swapped=is_swapped), -1 if is_swapped else 1
    g2, lrc = log_likelihood(*counts), conservative_log_ratio(*counts, family=FAMILY)
    assert sign * g2 == pytest.approx(PUBLISHED["g2"].to_numpy(), rel=1e-9)
    assert sign * lrc == pytest.approx(PUBLISHED["lrc"].to_numpy(), rel=1e-9)


def test_the_published_figures_hold_every_branch():
    assert len(PUBLISHED) == 41
    assert (PUBLISHED["f2"] == 0).any() and (PUBLISHED["lrc"] == 0).any()


def test_log_ratio_differs_from_the_published_one_by_the_halves_that_walter_adds():
    f1, n1, f2, n2 = published(is_swapped=False)
    walter = np.log2((f1 + 0.5) / (n1 + 0.5)) - np.log2((f2 + 0.5) / (n2 + 0.5))
    assert walter.to_numpy() == pytest.approx(PUBLISHED["log_ratio"].to_numpy(), rel=1e-12)
    apart = np.abs(log_ratio(f1, n1, f2, n2) - PUBLISHED["log_ratio"])
    assert apart.max() == pytest.approx(0.57, abs=0.01)  # a count of 1: log2(1.5) = 0.58 at most
    assert apart[PUBLISHED["f2"] >= 50].max() < 0.05
