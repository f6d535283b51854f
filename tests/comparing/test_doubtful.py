"""How sure the tables are: the least sure of the rows behind a cell, and what is left out."""

import math

import pytest

from dz_analysis.comparing.compare import compare_indicator
from dz_analysis.comparing.confidence import (
    GRADES,
    count_grades,
    find_threshold,
    flag_doubtful,
    list_doubtful,
    name_grade,
    say_doubtful,
)
from dz_analysis.comparing.coverage import map_coverage, summarise_documents
from dz_analysis.comparing.ranks import tabulate_ranks
from dz_analysis.comparing.tabulate import (
    build_matrix,
    compute_per_head,
    compute_shares,
    pair_growth_and_level,
    show_cells,
    tabulate_corpus,
    tabulate_structure,
)
from dz_analysis.finding.confidence.weigh import GRADES as GIVEN
from dz_analysis.finding.confidence.weigh import grade_of

NAME = "一般公共预算收入"
A, B, C = (
    {"confidence": confidence, "grade": grade}
    for confidence, grade in ((0.98, "A"), (0.8, "B"), (0.4, "C"))
)
BLANK = {"confidence": math.nan, "grade": ""}


def row(document, quote, value, unit="元", measure="level", indicator=NAME, **more):
    return (document, indicator, measure, quote, value, unit, more)


def test_the_grades_are_those_that_rows_are_given():
    assert GRADES == GIVEN
    assert grade_of(find_threshold()) == "B"
    assert grade_of(find_threshold() - 0.01) == "C"


# confidences, threshold, flags, sentence
LEFT = [
    ([0.98, 0.4, 0.3], None, [False, True, True], "2 of 3 numbers are left out: their confidence"),
    ([0.98, 0.4], 0.5, [False, True], "1 of 2 numbers is left out: its confidence is under 0.5"),
    ([0.98, 0.5], 0.5, [False, False], "None of 2 numbers is left out"),
    ([0.4, math.nan], 0.5, [True, False], "under 0.5; 1 that were not judged are taken"),
    ([math.nan] * 2, None, [False, False], "All 2 numbers are taken: of none is it known"),
    ([0.4, 0.1], 0, [False, False], "All 2 numbers are taken, however doubtful"),
]


@pytest.mark.parametrize(("confidences", "least", "flags", "words"), LEFT)
def test_what_is_left_out_is_counted_and_said(make_facts, confidences, least, flags, words):
    rows = [row("甲区", "3亿元", 3e8, confidence=one, grade="") for one in confidences]
    facts, _ = make_facts(*rows)
    assert flag_doubtful(facts, min_confidence=least).tolist() == flags
    assert words in say_doubtful(facts, min_confidence=least)
    assert len(list_doubtful(facts, min_confidence=least)) == sum(flags)


def test_the_least_sure_are_listed_first(make_facts):
    facts, _ = make_facts(row("甲区", "3亿元", 3e8, **C), row("甲区", "2亿元", 2e8, confidence=0.1))
    assert list_doubtful(facts)["quote"].tolist() == ["2亿元", "3亿元"]


def test_grades_are_counted_by_genre(make_facts):
    facts, documents = make_facts(
        row("甲区", "3亿元", 3e8, **A),
        row("甲区", "2亿元", 2e8, **C),
        row("乙区", "1亿元", 1e8, **BLANK),
    )
    genres = documents.assign(genre=["work_report", ""])
    counts = count_grades(facts, genres).set_index("genre")
    assert list(counts.columns) == ["documents", "rows", *GRADES, "not judged", "mean_confidence"]
    assert counts.loc["work_report", [*GRADES]].tolist() == [1, 0, 1]
    assert counts.loc["unknown", "not judged"] == 1
    assert counts.loc["all", "rows"] == 3
    assert "not judged" not in count_grades(facts.head(2), genres)


def test_a_line_of_the_indicator_table_is_as_sure_as_its_least_sure_number(make_facts):
    facts, _ = make_facts(
        row("甲区", "7亿元", 7e8, **A),
        row("甲区", "6%", 6, "%", "growth", **C),
        row("甲区", "9件", 9, "件", "level", "无名之事", **BLANK),
    )
    table = tabulate_corpus(facts, grades="en")
    assert table["growth"].tolist() == ["6% (C)", ""]
    assert table["level"].tolist() == ["7亿元", "9件"]
    assert table["grade"].tolist() == [name_grade("C"), ""]
    assert "grade" not in tabulate_corpus(facts)


def test_cells_and_matrix_show_their_grade(make_facts):
    facts, _ = make_facts(row("甲区", "7亿元", 7e8, **B), row("乙区", "6亿元", 6e8, **C))
    shown = show_cells(compare_indicator(facts, NAME, regions=["甲区", "乙区", "丙区"]))
    assert dict(zip(shown["region"], shown["grade"], strict=True)) == {
        "丙区": "",
        "乙区": "C",
        "甲区": "B",
    }
    matrix = build_matrix(facts, [NAME], min_confidence=0.75)
    assert dict(zip(matrix["region"], matrix["state"], strict=True)) == {
        "乙区": "not_comparable",
        "甲区": "comparable",
    }


def test_what_is_computed_from_two_numbers_is_as_sure_as_the_less_sure(make_facts):
    facts, _ = make_facts(
        row("甲区", "4.7亿元", 4.7e8, indicator="税收", **B),
        row("甲区", "5亿元", 5e8, **A),
        row("甲区", "6%", 6, "%", "growth", **C),
        row("甲区", "93.7%", 93.7, "%", "ratio", "税收占比", **BLANK),
        row("甲区", "35万人", 350000, "人", "level", "常住人口", **C),
    )
    assert compute_shares(facts)[["confidence", "grade"]].to_numpy().tolist() == [[0.8, "B"]]
    pairs = pair_growth_and_level(facts, NAME)
    assert pairs[["confidence", "grade"]].to_numpy().tolist() == [[0.4, "C"]]
    per_head = compute_per_head(facts, NAME)
    assert per_head[["confidence", "grade"]].to_numpy().tolist() == [[0.4, "C"]]


def test_a_structure_is_as_sure_as_its_least_sure_part(make_facts):
    parts = ("第一产业占比", "第二产业占比", "第三产业占比")
    facts, _ = make_facts(
        *(
            row("甲区", f"{share}%", share, "%", "ratio", name, **sure)
            for name, share, sure in zip(parts, (10, 48, 42), (A, B, A), strict=True)
        )
    )
    assert tabulate_structure(facts, grades="zh")["可靠程度"].tolist() == [name_grade("B", "zh")]
    assert "可靠程度" not in tabulate_structure(facts)


def test_a_stated_rank_is_as_sure_as_it_and_its_value(make_facts):
    facts, _ = make_facts(
        row("甲区-990101", "9%", 9, "%", "growth", **C),
        row("甲区-990101", "第一", 1, "位", "rank", of="全市", **A),
        row("乙区-990102", "12%", 12, "%", "growth", **A),
        row("乙区-990102", "首位", 1, "位", "rank", "考核", of="全市", **B),
    )
    ranks = tabulate_ranks(facts)
    assert ranks["grade"].tolist() == ["C", "B"]


def test_doubtful_numbers_are_counted_where_numbers_are(make_facts):
    facts, _ = make_facts(row("甲区", "7亿元", 7e8, **C), row("乙区", "6亿元", 6e8, **A))
    assert summarise_documents(facts)["doubtful"].tolist() == [0, 1]  # 乙区 comes first
    assert map_coverage(facts, ["甲区", "乙区"])["doubtful"].tolist() == [1, 0]
