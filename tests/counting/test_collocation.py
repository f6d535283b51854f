"""Words that stand together."""

import math

import pandas as pd
import pytest

from dz_analysis.counting.collocation import cooccur, find_collocations

ROWS = [["推进", "项目", "建设"], ["项目", "建设", "提速"], ["营商", "环境", "优化"]]


def test_neighbours_are_counted_within_the_window_only():
    table = find_collocations(ROWS, "项目", window=1, minimum=1).set_index("term")
    assert table.loc["建设", "joint"] == 2
    assert "提速" not in table.index
    assert table.loc["建设", "log_dice"] == pytest.approx(14)


def test_the_window_and_minimum_are_stated_with_the_result():
    table = find_collocations(ROWS, "项目")
    assert table.empty
    assert table.attrs == {"window": 5, "minimum": 5, "node": "项目", "node_count": 2, "slots": 4}


def test_the_window_stops_at_the_end_of_a_row():
    assert "营商" not in set(find_collocations(ROWS, "提速", minimum=1)["term"])


def test_a_window_of_nothing_is_refused():
    with pytest.raises(ValueError, match="at least 1"):
        find_collocations(ROWS, "项目", window=0)


def test_slogans_and_indicators_of_one_paragraph_are_paired():
    slogans = pd.DataFrame(
        {"document": "a", "paragraph": [1, 2, 3], "slogan": ["双招双引", "双招双引", "放管服"]}
    )
    indicators = pd.DataFrame(
        {"document": "a", "paragraph": [1, 1, 2, 4], "indicator": ["总投资", "税收", "总投资", "x"]}
    )
    table = cooccur(slogans, indicators, units=10)
    assert table[["slogan", "indicator", "paragraphs"]].values.tolist() == [
        ["双招双引", "总投资", 2]
    ]
    assert table["log_dice"].tolist() == [14]


def test_nothing_shared_gives_an_empty_table():
    empty = pd.DataFrame({"document": [], "paragraph": [], "slogan": []})
    other = pd.DataFrame({"document": [], "paragraph": [], "indicator": []})
    assert cooccur(empty, other, units=1).empty


def test_log_dice_is_at_most_14_however_many_neighbours_one_node_has():
    table = find_collocations([["项目"] * 4 + ["抓"] + ["项目"] * 4], "抓", minimum=1)
    assert table["joint"].tolist() == [8]
    assert table["log_dice"].tolist() == pytest.approx([14 + math.log2(2 / 9)])


def test_pmi_counts_the_slots_of_the_windows():
    rows = [["抓", "项目", "促", "发展"], ["抓", "项目", "见", "效"], ["稳", "就业"]]
    table = find_collocations(rows, "项目", window=1, minimum=2)
    assert table.attrs["slots"] == 4
    assert table["pmi"].tolist() == pytest.approx([math.log2(2 * 10 / (4 * 2))])
