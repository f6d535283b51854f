"""The score card: alignment, each field's rule, and the intervals."""

import pandas as pd
import pytest

from dz_analysis.lexicon import load_lexicon
from dz_analysis.scoring import score

BASE = {
    "document": "a",
    "start": 10,
    "quote": "12亿元",
    "indicator": "地区生产总值",
    "measure": "level",
    "value": 1.2e9,
    "value_high": None,
    "unit": "元",
    "bound": "",
    "period": "2018-01/2018-12",
    "region": "云溪县",
    "status": "actual",
}


def table(*rows):
    return pd.DataFrame([BASE | row for row in rows])


def only(pairs):
    return pairs.iloc[0]


def test_the_same_table_scores_one():
    gold = table({}, {"start": 40, "quote": "8%", "value": 8, "unit": "%", "measure": "growth"})
    total = score.score_pairs(score.align_observations(gold, gold)).iloc[-1]
    assert total["number_f1"] == total["row_f1"] == total["strict_f1"] == 1.0
    assert total["headline"] == 2 and total["headline_recall"] == 1.0


def test_nothing_found_scores_nought_and_no_precision():
    gold = table({})
    total = score.score_pairs(score.align_observations(gold, gold.head(0))).iloc[-1]
    assert total["row_f1"] == 0 and total["number_recall"] == 0
    assert pd.isna(total["number_precision"])


def test_missed_and_surplus_rows_are_told_apart():
    gold = table({"quote": "3家", "start": 1}, {"quote": "5家", "start": 5})
    found = table({"quote": "5家", "start": 5}, {"quote": "9家", "start": 9})
    pairs = score.align_observations(gold, found)
    assert list(pairs["wrong"]) == ["missed", "", "surplus"]
    assert list(pairs["number"]) == [False, True, False]


def test_alignment_is_by_the_number_not_the_offset():
    gold = table({"quote": "12.8 亿元", "start": 4})
    found = table({"quote": "12.8亿元", "start": 90})
    pair = only(score.align_observations(gold, found))
    assert pair["number"] and pair["quote_ok"] and pair["strict"]
    longer = table({"quote": "约12.8亿元", "start": 90})
    pair = only(score.align_observations(gold, longer))
    assert pair["number"] and not pair["quote_ok"] and pair["strict"]


@pytest.mark.parametrize(
    ("field", "ours", "theirs", "good"),
    [
        ("indicator", "地区生产总值", "GDP", True),
        ("indicator", "规模以上工业增加值", "规上工业增加值", True),
        ("indicator", "新建农村公路", "农村公路", True),
        ("indicator", "新建改造农村公路安防工程", "公路", False),
        ("indicator", "税收", "", False),
        ("unit", "平方米", "平米", True),
        ("unit", "亩", "公顷", False),
        ("region", "云溪县", "云溪", True),
        ("region", "云溪县", "云溪市", True),
        ("region", "云溪县", "青石县", False),
        ("value", 1.2e9, 1.2e9 + 1, True),
        ("value", 1.2e9, 1.3e9, False),
        ("bound", ">=", "", False),
        ("period", "2018-01/2018-12", "2018-01/2018-06", False),
    ],
)
def test_each_field_has_its_rule(field, ours, theirs, good):
    gold, found = table({field: ours}), table({field: theirs})
    assert only(score.align_observations(gold, found))[f"{field}_ok"] == good


def test_an_equally_right_name_is_exact():
    gold = table({"alt": ["全县经济总量指标"], "indicator": "产出"})
    found = table({"indicator": "经济总量指标"})
    assert only(score.align_observations(gold, found))["indicator_exact_ok"]
    gold = table({"alt": "甲;经济总量指标", "indicator": "产出"})
    assert only(score.align_observations(gold, found))["indicator_exact_ok"]


def test_a_range_needs_both_ends():
    gold = table({"value": 2, "value_high": 6})
    assert not only(score.align_observations(gold, table({"value": 2})))["value_ok"]
    assert only(score.align_observations(gold, gold))["value_ok"]


@pytest.mark.parametrize("blank", [None, "", float("nan")])
def test_an_upper_end_that_gold_leaves_blank_is_not_asked_for(blank):
    gold = table({"value": 2, "value_high": blank})
    for found in (table({"value": 2, "value_high": 6}), gold):
        assert only(score.align_observations(gold, found))["value_ok"]
    assert not only(score.align_observations(table({"value": 2, "value_high": 6}), gold))[
        "value_ok"
    ]


def test_a_wrong_region_costs_strict_but_not_row():
    pair = only(score.align_observations(table({}), table({"region": "青石县"})))
    assert pair["row"] and not pair["strict"] and pair["wrong"] == "region"


def test_documents_without_gold_are_left_out():
    found = table({}, {"document": "b"})
    assert set(score.align_observations(table({}), found)["document"]) == {"a"}


def test_fields_are_shown_by_group():
    gold = table({}, {"document": "b"})
    card = score.score_fields(
        score.align_observations(gold, table({}, {"document": "b", "status": "target"})),
        by="document",
    ).set_index("field")
    assert card.loc["status", ["share", "a", "b"]].tolist() == [0.5, 1.0, 0.0]


def test_intervals_hold_the_value_and_do_not_change():
    gold = pd.concat([table({"quote": f"{n}家", "start": n}) for n in range(60)])
    found = gold.assign(status=["target" if n % 5 == 0 else "actual" for n in range(60)])
    pairs = score.align_observations(gold, found)
    one, two = (score.score_intervals(pairs, draws=200) for _ in range(2))
    pd.testing.assert_frame_equal(one, two)
    row = one.set_index("score").loc["row_f1"]
    assert row["low"] < row["value"] == 0.8 < row["high"]


def test_a_table_without_a_needed_column_is_refused():
    with pytest.raises(ValueError, match="found table lacks \\['period'\\]"):
        score.align_observations(table({}), table({}).drop(columns="period"))


LIST = load_lexicon("scoring")
each_row = pytest.mark.parametrize("row", LIST, ids=lambda row: f"{row['role']}-{row['word']}")


def judge_example(row, unlike=""):
    """Return whether the score card takes a row's example for what its word stands for."""
    example, word = row["example"], row["word"]
    match row["role"]:
        case "headline":
            gold = table({"indicator": example})
            return bool(only(score.align_observations(gold, gold))["headline"])
        case "unit":
            gold, found = table({"unit": word}), table({"unit": unlike or row["value"]})
            return example.endswith(word) and bool(
                only(score.align_observations(gold, found))["unit_ok"]
            )
        case _:
            gold, found = table({"region": example}), table({"region": example.removesuffix(word)})
            return bool(only(score.align_observations(gold, found))["region_ok"])


@each_row
def test_a_row_of_the_list_reads_its_example(row):
    assert judge_example(row)
    assert row["role"] != "unit" or not judge_example(row, unlike="公顷")


@each_row
def test_without_its_row_an_example_is_judged_otherwise(row, monkeypatch):
    def without(read):
        def read_less(name, role):
            found = read(name, role)
            if role != row["role"]:
                return found
            kept = [word for word in found if word != row["word"]]
            return {word: found[word] for word in kept} if role == "unit" else kept

        return read_less

    for name in ("words", "values", "patterns"):
        monkeypatch.setattr(score, name, without(getattr(score, name)))
    monkeypatch.setattr(score, "_headline", score._headline.__wrapped__)
    monkeypatch.setattr(score, "_place_end", score._place_end.__wrapped__)
    assert not judge_example(row)
