"""Counts under several segmenters side by side."""

from dz_analysis.counting.agreement import compare_counts, list_differences, measure_agreement

TEXTS = {"a": "临江县抓项目建设，优化营商环境，项目提速增效。", "b": "云溪县推进新时代文明建设。"}


def test_strings_count_at_least_as_often_as_words():
    table = compare_counts(TEXTS.values(), ["项目", "营商环境", "不见"])
    assert table["as_string"].tolist() == [2, 1, 0]
    assert (table["rjieba"] <= table["as_string"]).all()
    assert not table.set_index("term").loc["不见", "depends"]


def test_a_count_that_one_segmenter_does_not_give_is_marked():
    row = compare_counts(TEXTS.values(), ["营商环境"]).iloc[0]
    assert row["depends"] == (row["rjieba"] != row["lac"])


def test_jieba_and_rjieba_agree_wholly():
    table = measure_agreement(TEXTS, engines=("rjieba", "jieba"))
    assert table["f1"].tolist() == [1.0, 1.0]
    assert list_differences(TEXTS.values(), engines=("rjieba", "jieba")).empty


def test_differences_spell_both_readings_of_the_same_span():
    table = list_differences(TEXTS.values())
    assert not table.empty
    for row in table.itertuples():
        assert row.rjieba.replace(" ", "") == row.lac.replace(" ", "") == row.span
        assert row.rjieba != row.lac


def test_marks_and_numbers_are_no_words_that_segmenters_agree_on():
    plain = measure_agreement({"a": "推进项目建设"})
    marked = measure_agreement({"a": "，。推进项目建设，。；：8.5%！"})
    assert plain.values.tolist() == marked.values.tolist()
