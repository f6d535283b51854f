"""Intervals of stated decimals, and their arithmetic."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dz_analysis.comparing.intervals import Interval, read_interval

CASES = [
    # quote, value, unit, bound, low, high
    ("4.7亿元", 4.7e8, "元", "", 4.65e8, 4.75e8),
    ("93.7%", 93.7, "%", "", 93.65, 93.75),
    ("498.2 亿元", 4.982e10, "元", "", 4.9815e10, 4.9825e10),
    ("1,256.8亿元", 1.2568e11, "元", "", 1.25675e11, 1.25685e11),
    ("22.00%", 22.0, "%", "", 21.995, 22.005),
    ("7054家", 7054, "家", "", 7054, 7054),
    ("46万剂次", 460000, "剂次", "", 455000, 465000),
    ("3000元", 3000, "元", "", 2999.5, 3000.5),
    ("第二", 2, "位", "", 2, 2),
    ("3%", -3, "%", "", -3.5, -2.5),
    ("1400余亩", 1400, "亩", ">=", 1399.5, math.inf),
    ("98%", 98, "%", "<=", -math.inf, 98.5),
    ("7%", 7, "%", "~", 6.5, 7.5),
    ("20亿元", 2e9, "元", "~", 1.9e9, 2.1e9),
    ("12.8亿元", 1.28e9, "元", "", 1.275e9, 1.285e9),
    # Chinese numerals are rounded as digits are
    ("三百一十七亿元", 3.17e10, "元", "", 3.165e10, 3.175e10),
    ("二千零四十亿度", 2.04e11, "度", "", 2.0395e11, 2.0405e11),
    ("七亿六千万吨", 7.6e8, "吨", "", 7.55e8, 7.65e8),
    ("九百一十四亿三千万元", 9.143e10, "元", "", 9.1425e10, 9.1435e10),
    ("百分之六十", 60, "%", "", 59.5, 60.5),
    ("百分之八点三", 8.3, "%", "", 8.25, 8.35),
    ("一点六倍", 1.6, "倍", "", 1.55, 1.65),
    ("三十四万人", 340000, "人", "", 335000, 345000),
    ("二十三个", 23, "个", "", 23, 23),
    ("四十二家", 42, "家", "", 42, 42),
    ("翻两番", 4, "倍", "", 4, 4),
    ("零增长", 0, "%", "", 0, 0),
    ("0.0%", 0, "%", "", -0.05, 0.05),
    # the digits of one number set apart
    ("3 8 2 0 元", 3820, "元", "", 3819.5, 3820.5),
    ("7 ．2 ％", 7.2, "%", "", 7.15, 7.25),
]


@pytest.mark.parametrize(("quote", "value", "unit", "bound", "low", "high"), CASES)
def test_what_a_number_can_have_been(quote, value, unit, bound, low, high):
    found = read_interval(quote, value, unit=unit, bound=bound)
    assert (found.low, found.high) == pytest.approx((low, high))


def test_a_range_keeps_both_ends():
    found = read_interval("2-6个月", 2, value_high=6, unit="个月")
    assert (found.low, found.high) == (1.5, 6.5)


def test_full_width_digits_are_read():
    assert read_interval("１２.８亿元", 1.28e9, unit="元").high == pytest.approx(1.285e9)


@given(
    st.integers(1, 10**7),
    st.integers(0, 3),
    st.sampled_from([("亿元", 1e8, "元"), ("万人", 1e4, "人"), ("%", 1.0, "%")]),
    st.floats(-0.49, 0.49),
)
def test_rounding_never_leaves_the_interval(digits, decimals, unit, off):
    written, power, base = unit
    number = digits / 10**decimals
    found = read_interval(f"{number:.{decimals}f}{written}", number * power, unit=base)
    true = (number + off / 10**decimals) * power
    exact = found.low == found.high
    assert exact or found.meets(Interval(true, true))


def test_a_quotient_by_what_may_be_zero_says_nothing():
    assert Interval(1, 2).divided(Interval(-1, 1)) == Interval(-math.inf, math.inf)


def test_open_ends_survive_arithmetic():
    least = Interval(5, math.inf)
    assert least.plus(Interval(1, 2)) == Interval(6, math.inf)
    assert least.minus(Interval(1, 2)) == Interval(3, math.inf)
    assert least.divided(Interval(1, 2)).high == math.inf
    assert least.times(Interval(0, 0)) == Interval(0, 0)


def test_intervals_that_only_touch_meet():
    assert Interval(1, 2).meets(Interval(2, 3))
    assert not Interval(1, 2).meets(Interval(2.001, 3))
