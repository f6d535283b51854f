"""Any text in: nothing raises, nothing hangs, every quote stands at its offset."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from linear import grows_with_length

from dz_analysis.finding.find import find_observations, find_refused
from dz_analysis.finding.model import Context
from dz_analysis.finding.number.reject import find_quantities
from dz_analysis.finding.number.scan import scan_quantities
from dz_analysis.measure import extract_text

SIGNS = (
    "0123456789.,，、；：%％万亿元个家户人年月日第位增长下降同比占为至到—-~“”《》（）() \n的和与等"
)
WORDS = [
    "亿元",
    "百分点",
    "分别",
    "其中",
    "一般公共预算收入",
    "企业",
    "完成",
    "居全市",
    "倍",
    "翻番",
    "分之",
    "１２",
]
PIECES = [*SIGNS, *WORDS]
CONTEXT = Context(
    region="清源县", period_start="2019-01", period_end="2019-12", published="2020-01"
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=120).map("".join)


@settings(deadline=None, max_examples=150)
@given(TEXTS)
def test_every_quote_stands_at_its_offset(text):
    rows = find_observations(text, context=CONTEXT)
    for row in rows:
        assert text[row.start : row.end] == row.quote
    assert [row.start for row in rows] == sorted({row.start for row in rows})


@settings(deadline=None, max_examples=80)
@given(TEXTS)
def test_a_quote_of_broken_lines_stands_at_its_offset(text):
    for row in extract_text(text, context=CONTEXT):
        assert text[row.start : row.end] == row.quote


@settings(deadline=None, max_examples=80)
@given(TEXTS)
def test_a_number_is_observed_or_refused_and_never_both(text):
    rows = find_observations(text, context=CONTEXT)
    refused = find_refused(text, rows)
    numbers = {(one.start, one.end) for one in (*rows, *refused)}
    assert len(numbers) == len(rows) + len(refused)
    assert all(text[one.start : one.end] == one.quote for one in refused)
    spans = [(one.start, one.end) for one in rows]
    assert not [r for r in refused for start, end in spans if r.start < end and start < r.end]
    missed = [
        number
        for number in scan_quantities(text)
        if not any(start <= number.start < end for start, end in numbers)
    ]
    assert missed == []


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=200))
def test_any_characters_are_read(text):
    find_observations(text, context=CONTEXT)


LONG = [
    "1",
    "1,",
    "一",
    "（",
    "“",
    "1、",
    "增长",
    "1:1",
    "-1",
    "第",
    "比",
    "分别1%、",
    "1 ",
    "12个企业",
    "投资1元，",
]


@pytest.mark.parametrize("piece", LONG)
def test_work_grows_with_the_length_alone(piece):
    def find(size):
        text = piece * (size // len(piece))
        find_quantities(text)
        find_observations(text, context=CONTEXT)

    assert grows_with_length(find, 16_000)
