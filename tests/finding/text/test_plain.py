"""A text is read the same however its numbers and signs were typed, and leads back to its page."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dz_analysis.finding import Context, find_observations, find_refused
from dz_analysis.finding.text.plain import plain_text

TEXT = (
    "2025年，全县地区生产总值达到256.8亿元，同比增长6.3%。其中，第一产业增加值38.4亿元，"
    "增长4.1%；实施“强基”项目12个，完成投资30.5亿元。到2030年，城镇化率达到65%以上。\n"
    "1-6月，规模以上工业企业达96家，比上年同期增加8家，税收8.25亿元。"
)
CONTEXT = Context(
    genre="work_report", region="云溪县", period_start="2025-01", period_end="2025-12"
)
WIDE = str.maketrans("0123456789%", "０１２３４５６７８９％")


def each_number(form):
    return lambda text: re.sub(r"\d+(?:\.\d+)?", form, text)


TYPINGS = {
    "full width": lambda text: text.translate(WIDE),
    "raised points": lambda text: re.sub(r"(?<=\d)\.(?=\d)", "·", text),
    "stops as points": lambda text: re.sub(r"(?<=\d)\.(?=\d)", "。", text),
    "single quotation marks": lambda text: text.replace("“", "‘").replace("”", "’"),
    "blanks behind points": lambda text: re.sub(r"(?<=\d)\.(?=\d)", ". ", text),
    "blanks round numbers": lambda text: re.sub(r"(?<![-\d.])(\d[\d.]*%?)(?![-.])", r" \1 ", text),
    "hard blanks": each_number("\u00a0\\g<0>\u00a0"),
    "points as stops": lambda text: text.replace("。", "."),
    "points and blanks as stops": lambda text: text.replace("。", ". "),
    "typed quotation marks": lambda text: text.replace("“", '"').replace("”", '"'),
}


def rows_of(text):
    rows = find_observations(text, context=CONTEXT)
    assert all(text[row.start : row.end] == row.quote for row in rows)
    fields = ("indicator", "measure", "value", "unit", "bound", "period", "region", "status")
    return [tuple(getattr(row, field) for field in fields) for row in rows]


@pytest.mark.parametrize("typing", TYPINGS)
def test_a_text_is_read_the_same_however_it_was_typed(typing):
    typed = TYPINGS[typing](TEXT)
    assert typed != TEXT
    assert rows_of(typed) == rows_of(TEXT)


def test_what_was_left_out_stands_where_the_page_has_it():
    typed = TYPINGS["blanks round numbers"](TEXT)
    refused = find_refused(typed, find_observations(typed, context=CONTEXT))
    assert refused
    assert all(typed[one.start : one.end] == one.quote for one in refused)


@pytest.mark.parametrize(
    "text",
    [
        "5·12汶川地震后，全县重建住房3万套，完成投资20亿元。",  # a day
        "一.加快项目建设，全年完成投资20亿元，新开工项目30个。",  # a numbered item
        "1.5 税收\n2.6 支出",  # a table
        "企业达到96。5G基站3万个，项目96。15个企业投产。",  # sentences that end in a number
        "他说：“这是‘十五五’的开局。”",  # a quotation in a quotation
        "全县共有12个镇，3个街道，户籍人口56万人。",
    ],
)
def test_what_is_no_typing_stays(text):
    assert plain_text(text).text == text


@example('""0""')
@given(st.text(alphabet='年月全县税收亿元万%，。.·"\u00a0 \n0123４５-—', max_size=60))
def test_every_span_leads_back_into_the_text(text):
    plain = plain_text(text)
    for start in range(len(plain.text)):
        low, high = plain.back(start, start + 1)
        assert 0 <= low < high <= len(text)
        assert plain.span(low, high) == (start, start + 1)
    assert plain_text(plain.text).text == plain.text
