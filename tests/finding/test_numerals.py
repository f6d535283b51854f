"""Numbers as reports write them, read exactly, and written numbers read back."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dz_analysis.finding.number.numerals import parse_number

READ = {
    "1,256.8": "1256.8",
    "１２．５万": "125000",
    "3000余万": "30000000",
    "1.2万亿": "1200000000000",
    "3百万": "3000000",
    "一亿二千万": "120000000",
    "两千三百": "2300",
    "二十三": "23",
    "十二万五千": "125000",
    "两三百": "200",
    "三点五": "3.5",
    "百余": "100",
    "22.00": "22",
    "-12.9": "-12.9",
    "16.4亿": "1640000000",
    "2亿3000万": "230000000",
    "1千2百": "1200",
}
DIGITS = "零一二三四五六七八九"


def to_hanzi(number: int) -> str:
    """Write a number below ten thousand as Chinese reports do."""
    words = ""
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            words += DIGITS[digit] + name
        elif words and number % power:
            words += "" if words.endswith("零") else "零"
    return words


@pytest.mark.parametrize(("words", "value"), READ.items())
def test_number_is_read_exactly(words, value):
    assert parse_number(words)[0] == Decimal(value)


@pytest.mark.parametrize("words", ["10多", "百余", "十几", "数百", "十来"])
def test_words_inside_leave_a_number_open(words):
    assert parse_number(words)[1]


@pytest.mark.parametrize("words", ["", "点", "万x", "一x", "上万", "亿亿亿亿"])
def test_what_holds_no_number_is_refused(words):
    with pytest.raises(ValueError, match="no"):
        parse_number(words)


@given(st.integers(1, 9999))
def test_written_number_is_read_back(number):
    assert parse_number(to_hanzi(number))[0] == number


@given(st.decimals(0, 10**9, places=2, allow_nan=False, allow_infinity=False))
def test_separators_change_nothing(number):
    assert parse_number(f"{number:,}")[0] == number
