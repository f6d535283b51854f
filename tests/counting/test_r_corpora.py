"""Keyness as the R package corpora defines it, computed by other means than ours."""

import math

import numpy as np
import pytest
from scipy import stats

from dz_analysis.counting.keyness import (
    conservative_log_ratio,
    log_likelihood,
    log_ratio,
    log_ratio_interval,
)

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
    """R adds 0.5 to every count, we take 0.5 for a count of 0: most apart where one is 0 or 1."""
    f1, n1, f2, n2 = table
    smoothed = math.log2((f1 + 0.5) / n1) - math.log2((f2 + 0.5) / n2)
    found = log_ratio([f1], [n1], [f2], [n2])[0]
    assert abs(found - smoothed) <= math.log2(1.5)
    if f1 and f2:
        assert found == pytest.approx(math.log2(f1 / n1 * n2 / f2))
