"""One division of a text: what ends a sentence, a part, a clause, and what a bracket is."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dz_analysis.finding.number.reject import find_quantities
from dz_analysis.finding.text.segment import (
    REACH,
    Segments,
    find_stop,
    locate,
    segment,
    split_clauses,
)

# A text and the words of its clauses, those in brackets behind the one round them.
CLAUSES = [
    ("税收8亿元，增长5%；支出9亿元。", ["税收8亿元", "增长5%", "支出9亿元"]),
    ("税收1,200万元", ["税收1,200万元"]),
    ("税收1，200万元，增长5%", ["税收1，200万元", "增长5%"]),
    ("2018年为8，2019年为9", ["2018年为8", "2019年为9"]),
    ("两县分别为325，3461家", ["两县分别为325", "3461家"]),
    ("比例为3:5", ["比例为3:5"]),
    ("地区生产总值:553亿元", ["地区生产总值", "553亿元"]),
    ("目标是：税收5，支出6：", ["目标是", "税收5", "支出6"]),
    ("一是抓项目……二是抓招商", ["一是抓项目", "二是抓招商"]),
    ("三县——东河、西河、南河——增长5%", ["三县", "东河、西河、南河", "增长5%"]),
    ("1—7月增长5%", ["1—7月增长5%"]),
    ("增长5%。\n支出9亿元", ["增长5%", "支出9亿元"]),
    (
        "税收（国税5亿元，增长6%）增长5%，",
        ["税收（国税5亿元，增长6%）增长5%", "国税5亿元", "增长6%"],
    ),
    ("税收(国税5亿元）增长", ["税收(国税5亿元）增长", "国税5亿元"]),
    (
        "税收（国税（含车购税），增长6%）",
        ["税收（国税（含车购税），增长6%）", "国税（含车购税）", "含车购税", "增长6%"],
    ),
    ("税收（国税5亿元，增长5%。", ["税收（国税5亿元", "国税5亿元", "增长5%"]),
    ("税收（国税。增长5%）。", ["税收（国税", "国税", "增长5%）"]),
    ("1）税收8亿元", ["1）税收8亿元"]),
]
# A text and the words of its parts, those in brackets among them.
PARTS = [
    ("税收8亿元，增长5%；支出9亿元。", ["税收8亿元，增长5%", "支出9亿元"]),
    ("税收（国税；地税），增长5%；支出。", ["税收（国税；地税），增长5%", "国税", "地税", "支出"]),
    ("税收；\n支出", ["税收", "支出"]),
    ("税收；，支出", ["税收", "支出"]),
]


def words(text, stretches):
    return [text[stretch.start : stretch.stop] for stretch in stretches]


@pytest.mark.parametrize(("text", "expected"), CLAUSES)
def test_clauses(text, expected):
    assert words(text, segment(text).clauses) == expected


@pytest.mark.parametrize(("text", "expected"), PARTS)
def test_parts(text, expected):
    assert words(text, segment(text).parts) == expected


def test_sentences():
    text = "税收8亿元；支出9亿元。增长5%！\n新建学校"
    assert words(text, segment(text).sentences) == ["税收8亿元；支出9亿元", "增长5%", "新建学校"]


@pytest.mark.parametrize(("text", "expected"), [case for case in CLAUSES if "（" not in case[0]])
def test_words_that_were_cut_out_are_divided_alike(text, expected):
    if "(" not in text and "）" not in text:
        assert [piece for piece in split_clauses(text) if piece] == expected


def test_a_clause_goes_on_behind_its_bracket():
    text = "税收（国税5亿元，增长6%）增长5%，"
    segments = segment(text)
    assert segments.clause_at(text.index("5%")) == segments.clause_at(0)
    assert segments.own_pieces(segments.clause_at(0), 1, 99) == ((1, 3), (13, 19))


def test_the_first_part_of_a_bracket_goes_on_with_the_part_round_it():
    text = "支出；税收（国税；地税），增长5%。"
    segments = segment(text)
    starts = [segments.part_start(text.index(word)) for word in ("税收", "国税", "地税", "增长")]
    assert starts == [3, 3, 9, 3]


def test_what_stands_behind_a_long_bracket_begins_behind_it():
    text = f"税收（{'含' * REACH}）{'完' * 40}8亿元"
    place = next(locate(text, find_quantities(text)))
    assert text[place.clause : place.clause + 2] == "完完"


def test_a_quantity_that_holds_a_mark_stops_behind_it():
    text = "税收1，200万元以上，增长5%"
    first = next(locate(text, find_quantities(text)))
    assert text[first.stop] == "，" and first.stop > text.index("以上")


TEXTS = st.text(alphabet="税收8.1，,；;。：:…—（）()\n！", max_size=60)


@given(TEXTS)
def test_every_offset_lies_in_one_clause_part_and_sentence_that_nest(text):
    segments = segment(text)
    for offset in range(len(text)):
        clause, part = segments.clause_at(offset), segments.part_at(offset)
        sentence = segments.sentence_at(offset)
        for stretch in (clause, part, sentence):
            assert stretch.start <= offset < max(stretch.end, stretch.stop + 1)
            assert stretch.start <= stretch.stop <= stretch.end
        assert sentence.start <= part.start <= clause.start
        assert clause.end <= part.end <= sentence.end
        assert clause.bracket == part.bracket
        assert clause in segments.clauses and part in segments.parts


@given(TEXTS)
def test_the_pieces_of_all_clauses_are_the_text(text):
    segments = segment(text)
    pieces = [
        p
        for clause in segments.clauses
        for p in segments.own_pieces(clause, clause.start, clause.end)
    ]
    covered = sorted(offset for start, end in pieces for offset in range(start, end))
    assert covered == list(range(len(text)))


@given(TEXTS)
def test_sentences_are_the_text_and_brackets_nest_in_them(text):
    segments = segment(text)
    assert "".join(text[s.start : s.end] for s in segments.sentences) == text
    spans = [(b.start, b.end) for b in segments.brackets]
    for start, end in spans:
        assert segments.sentence_at(start).end >= end
        for other, last in spans:
            assert not start < other < end < last
    for bracket in segments.brackets:
        if bracket.host >= 0:
            host = segments.brackets[bracket.host]
            assert host.start < bracket.start and bracket.end <= host.end


def calls(text):
    """Return how many functions dividing a text calls."""
    counted = 0

    def count(_frame, event, _argument):
        nonlocal counted
        counted += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        segments = Segments(text)
        for offset in range(0, len(text), 10):
            segments.clause_at(offset)
    finally:
        sys.setprofile(None)
    return counted


@pytest.mark.parametrize("piece", ["税收", "税收，", "（", "）", "（，", "（）", "……"])
def test_a_text_without_a_full_stop_stays_linear(piece):
    assert calls(piece * 4000) <= 11 * calls(piece * 400)


@pytest.mark.parametrize("piece", ["税收", "税收，", "（", "（）"])
def test_a_megabyte_without_a_full_stop_is_divided(piece):
    size = 10**6 // len(piece.encode())
    assert segment(piece * size).clause_at(size // 2).stop >= size // 2


def test_a_stop_is_found_from_an_offset():
    assert find_stop("增长5%，支出9亿元；", 5) == 10
    assert find_stop("增长5%") == 4


@pytest.mark.parametrize("before", ["", "（甲）", "（甲（乙））"])
def test_a_clause_longer_than_the_reach_may_stand_in_a_bracket(before):
    """Found by the fuzz: the search for the clause's start did not end."""
    text = f"云溪县{before}（{'全面建设' * 60}税收8亿元）增长5%。"
    (tax, growth) = locate(text, find_quantities(text))
    assert tax.clause == text.index("8亿元") - REACH
    assert growth.clause <= text.index("5%")
