"""Statements of time: what governs a number, and what does not."""

import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dz_analysis.finding.model import Context, Reason
from dz_analysis.finding.time.clock import PeriodRule
from dz_analysis.finding.time.periods import PeriodLine, find_periods
from dz_analysis.finding.time.reach import Standing
from dz_analysis.finding.time.words import read_number
from dz_analysis.lexicon import load_lexicon, load_settings
from dz_analysis.reading.structure import split_paragraphs

FILE = Path(__file__).parents[2] / "cases" / "periods.toml"
DATA = tomllib.loads(FILE.read_text(encoding="utf-8"))
REPORT = Context(
    genre="work_report", published="2017-02", period_start="2016-01", period_end="2016-12"
)


def marked(text):
    """Return the text without its marks, and where they stood."""
    pieces = text.split("#")
    offsets, length = [], 0
    for piece in pieces[:-1]:
        length += len(piece)
        offsets.append(length)
    return "".join(pieces), offsets


@pytest.mark.parametrize("case", DATA["case"], ids=lambda case: case["id"])
def test_period_of_each_number(case):
    text, offsets = marked(case["text"])
    line = PeriodLine(text, split_paragraphs(text), Context(**DATA["contexts"][case["context"]]))
    assert [line.at(offset).period for offset in offsets] == case["expected"], case["why"]


def test_every_reading_names_its_rule():
    line = PeriodLine("2015年税收3亿元。", (), REPORT)
    assert line.at(8).reasons == (Reason(PeriodRule.PERIOD, "2015年"), Reason(Standing.OPENING))
    assert line.at(0).rule is PeriodRule.DOCUMENT


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2016年，税收是2011年的2.6倍，年均增长17%", "2012-01/2016-12"),
        ("税收由2011年的3亿元增加到2016年的6亿元，年均增长17%", "2012-01/2016-12"),
        ("五年来，税收是“十一五”末的2.6倍，年均增长17%", "2012-01/2016-12"),
        ("较“十一五”末增长60%，年均增长17%", "2011-01/2016-12"),
        ("税收年均增长17%", "2016-01/2016-12"),
        ("比2015年增长3%，年均增长17%", "2016-01/2016-12"),
    ],
)
def test_a_mean_runs_from_its_base(text, expected):
    line = PeriodLine(text, (), REPORT)
    assert line.mean_at(text.index("17%")).period == expected


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2020-01", "2020-12", "2021-01/2025-12"),
        ("2021-01", "2021-01", "2025-01/2025-12"),
        ("2021-01", "2021-06", "2025-01/2025-12"),
        ("", "", "2025-01/2025-12"),
    ],
)
def test_years_are_aimed_at_where_they_begin_after_the_months_reported_on(first, last, expected):
    text = "2021年至2025年，城镇化率超过60%。"
    line = PeriodLine(text, (), Context(period_start=first, period_end=last))
    assert line.at(text.index("60"), is_state=True).period == expected


def test_a_window_closes_with_its_last_year():
    line = PeriodLine("五年来，存款余额达130亿元", (), REPORT)
    assert line.at(9).close().period == "2016-01/2016-12"
    assert line.clock.document.close() == line.clock.document


@pytest.mark.parametrize(
    ("key", "expected"),
    [("example", "2016-01/2016-12"), ("example_not", "2012-01/2016-12")],
)
def test_examples_of_what_was_reached(key, expected):
    text = load_settings("periods")["reached"][key]
    assert PeriodLine(text, (), REPORT).at(text.index("46")).period == expected


def test_bases_are_mentions_of_their_own_kind():
    kinds = {m.text: m.kind for m in find_periods("比2015年增长8%，较“十二五”末高，去年同期为3")}
    assert kinds == {"2015年": "base", "“十二五”末": "base", "去年同期": "base"}


def words_with_examples():
    for row in load_lexicon("periods"):
        if row["role"] in ("year.now", "year.report", "part", "event"):
            yield row["word"], row["example"]


@pytest.mark.parametrize(("word", "example"), sorted(words_with_examples()))
def test_example_holds_its_word(word, example):
    assert any(word in mention.text and mention.kind != "base" for mention in find_periods(example))


@pytest.mark.parametrize(
    ("section", "example", "kind"),
    [
        ("plan", "example", "period"),
        ("since", "example", "since"),
        ("span", "example_past", "span"),
        ("span", "example_future", "span"),
        ("span", "example_tail", "span"),
        ("so_far", "example", "so_far"),
        ("present", "example", "present"),
        ("founding", "example", "founding"),
        ("edge", "example_end", "period"),
        ("edge", "example_start", "period"),
        ("base", "example", "base"),
        ("base", "example_weak", "base"),
        ("base", "example_times", "base"),
        ("base", "example_record", "base"),
        ("base", "example_joint", "base"),
        ("origin", "example", "origin"),
        ("not_time", "example_news", "base"),
    ],
)
def test_example_shows_its_rule(section, example, kind):
    found = find_periods(load_settings("periods")[section][example])
    assert found and {mention.kind for mention in found} == {kind}


def test_names_are_no_statements():
    assert find_periods(load_settings("periods")["not_time"]["example"]) == ()


def test_opening_words_let_a_statement_open_its_clause():
    text = load_settings("periods")["opening"]["example"] + "。税收9亿元"
    line = PeriodLine(text, (), REPORT)
    assert line.at(len(text) - 3).period == "2019-01/2019-12"


@pytest.mark.parametrize(
    ("numeral", "value"),
    [("12", 12), ("１２", 12), ("十二", 12), ("二十", 20), ("二十三", 23), ("二〇一九", 2019)],
)
def test_read_number(numeral, value):
    assert read_number(numeral) == value


SIGNS = "一二三四五六七八九十年月日底末第前后以来期间至到和的，。；：、“”《》（）\n 0123456789－～"
WORDS = [
    "2019年",
    "十三五",
    "上半年",
    "截至",
    "比",
    "由",
    "增加到",
    "今年",
    "以来",
    "季度",
    "个月",
    "过去",
    "五年来",
]
PIECES = st.sampled_from([*SIGNS, *WORDS])


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=80).map("".join))
def test_any_text_is_read_and_offsets_hold(text):
    mentions = find_periods(text)
    assert all(text[m.start : m.end] == m.text for m in mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions))
    line = PeriodLine(text, split_paragraphs(text), REPORT)
    for offset in range(0, len(text) + 1, 7):
        reading = line.at(offset)
        assert reading.first <= reading.last or not reading.last
