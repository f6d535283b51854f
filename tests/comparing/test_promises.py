"""What became of a target, and of what kind its absence is."""

import pandas as pd
import pytest

from dz_analysis.comparing.confidence import LEFT_OUT
from dz_analysis.comparing.promises import (
    BOUND_KINDS,
    count_outcomes,
    join_promises,
    list_due,
    name_modifier,
    show_promises,
)
from dz_analysis.finding.scope.modifiers import modifier_kinds
from dz_analysis.lexicon import load_settings

NAME, RATE = "固定资产投资", "不良贷款率"


def target(quote, value, unit="%", measure="growth", indicator=NAME, **more):
    return ("甲区", indicator, measure, quote, value, unit, {"status": "target", **more})


def result(quote, value, unit="%", measure="growth", indicator=NAME, **more):
    return ("甲区", indicator, measure, quote, value, unit, more)


# id, target, results, outcome
CASES = [
    ("reached", target("6.5%", 6.5), [result("7.1%", 7.1)], "met"),
    ("as stated, to the last decimal", target("6.5%", 6.5), [result("6.5%", 6.5)], "met"),
    ("not reached", target("6.5%", 6.5), [result("6.4%", 6.4)], "missed"),
    ("about, and near enough", target("6.5%", 6.5, bound="~"), [result("6.1%", 6.1)], "met"),
    ("about, but far", target("6.5%", 6.5, bound="~"), [result("5.8%", 5.8)], "missed"),
    ("at least", target("7%", 7, bound=">="), [result("7.0%", 7)], "met"),
    (
        "at most",
        target("3%", 3, "%", "ratio", RATE, bound="<="),
        [result("2.83%", 2.83, "%", "ratio", RATE)],
        "met",
    ),
    (
        "less is better without being said",
        target("2.5%", 2.5, "%", "ratio", RATE),
        [result("2.83%", 2.83, "%", "ratio", RATE)],
        "missed",
    ),
    ("a fall promised", target("3%", -3), [result("4%", -4)], "met"),
    ("a fall that was too small", target("3%", -3), [result("1%", -1)], "missed"),
    (
        "prices that rose less than promised",
        target("3%", 3, indicator="居民消费价格", bound="~"),
        [result("0.9%", 0.9, indicator="居民消费价格")],
        "met",
    ),
    (
        "prices that rose more than promised",
        target("3%", 3, indicator="居民消费价格", bound="~"),
        [result("4.8%", 4.8, indicator="居民消费价格")],
        "missed",
    ),
    (
        "a range, by its easier end",
        target("6%-6.5%", 6, value_high=6.5),
        [result("6.2%", 6.2)],
        "met",
    ),
    (
        "a range that is not to be passed, by its easier end",
        target("2.5%-3%", 2.5, "%", "ratio", RATE, value_high=3, bound="<="),
        [result("2.83%", 2.83, "%", "ratio", RATE)],
        "met",
    ),
    (
        "above a range that is not to be passed",
        target("2.5%-3%", 2.5, "%", "ratio", RATE, value_high=3, bound="<="),
        [result("3.12%", 3.12, "%", "ratio", RATE)],
        "missed",
    ),
    (
        "the most that it can have been only touches the target",
        target("125000人", 125_000, "人", "level"),
        [result("12万人", 120_000, "人", "level")],
        "undecided",
    ),
    (
        "rounding leaves it open",
        target("12.43亿元", 1.243e9, "元", "level"),
        [result("12.4亿元", 1.24e9, "元", "level")],
        "undecided",
    ),
    (
        "two results that differ",
        target("6.5%", 6.5),
        [result("7.1%", 7.1), result("5.9%", 5.9)],
        "undecided",
    ),
    (
        "another measure",
        target("6.5%", 6.5),
        [result("9亿元", 9e8, "元", "level")],
        "no_number_alike",
    ),
    (
        "mass in another unit",
        target("640亿斤", 6.4e10, "斤", "level", "粮食总产量"),
        [result("3215万吨", 3.215e7, "吨", "level", "粮食总产量")],
        "met",
    ),
    (
        "mass in another unit, too little",
        target("3200万吨", 3.2e7, "吨", "level", "粮食总产量"),
        [result("631.4亿斤", 6.314e10, "斤", "level", "粮食总产量")],
        "missed",
    ),
    (
        "area in another unit",
        target("45万亩", 4.5e5, "亩", "level", "造林面积"),
        [result("3.12万公顷", 3.12e4, "公顷", "level", "造林面积")],
        "met",
    ),
    (
        "work in another unit, as its rounding leaves it open",
        target("8.04亿千瓦时", 8.04e8, "千瓦时", "level", "发电量"),
        [result("8亿度", 8e8, "度", "level", "发电量")],
        "undecided",
    ),
    (
        "a yield, each side in another unit",
        target("480公斤/亩", 480, "公斤/亩", "level", "粮食单产"),
        [result("7.05吨/公顷", 7.05, "吨/公顷", "level", "粮食单产")],
        "missed",
    ),
    (
        "its own unit goes before another",
        target("640亿斤", 6.4e10, "斤", "level", "粮食总产量"),
        [
            result("641亿斤", 6.41e10, "斤", "level", "粮食总产量"),
            result("3190万吨", 3.19e7, "吨", "level", "粮食总产量"),
        ],
        "met",
    ),
    (
        "things in another measure word",
        target("30个", 30, "个", "level", "社区食堂"),
        [result("57家", 57, "家", "level", "社区食堂")],
        "met",
    ),
    (
        "people for things",
        target("30户", 30, "户", "level", "社区食堂"),
        [result("57人", 57, "人", "level", "社区食堂")],
        "no_number_alike",
    ),
    (
        "money of another currency",
        target("8亿元", 8e8, "元", "level"),
        [result("2亿美元", 2e8, "美元", "level")],
        "no_number_alike",
    ),
    (
        "mass for area",
        target("45万亩", 4.5e5, "亩", "level", "造林面积"),
        [result("45万吨", 4.5e5, "吨", "level", "造林面积")],
        "no_number_alike",
    ),
    ("never taken up", target("6.5%", 6.5), [result("9%", 9, "%", "growth", "外贸")], "not_stated"),
    (
        "not due in the corpus",
        target("6.5%", 6.5, period="2016-01/2016-12"),
        [result("7.1%", 7.1)],
        "no_document",
    ),
]


@pytest.mark.parametrize(
    ("promise", "results", "outcome"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_an_outcome(make_facts, promise, results, outcome):
    facts, documents = make_facts(promise, *results)
    assert set(join_promises(facts, documents)["outcome"]) == {outcome}


# What is said beside an outcome.
REASONS = [
    (target("57个", 57, "个", "level"), result("57个", 57, "个", "level"), ""),
    (target("6.5%", 6.5), result("6.5%", 6.5), "as stated, to the last decimal"),
    (target("6.5%", 6.5, bound="~"), result("6.3%", 6.3), "within what 左右 allows"),
    (target("6.5%", 6.5, bound="~"), result("6.5%", 6.5), ""),
    (target("6.5%", 6.5), result("7%", 7, status="estimate"), "an estimate"),
]


@pytest.mark.parametrize(("promise", "found", "reason"), REASONS)
def test_the_reason_of_an_outcome(make_facts, promise, found, reason):
    joined = join_promises(*make_facts(promise, found))
    assert joined[["outcome", "reason"]].to_numpy().tolist() == [["met", reason]]


def test_a_result_in_another_unit_is_told_in_the_unit_of_its_target(make_facts):
    promise = target("640亿斤", 6.4e10, "斤", "level", "粮食总产量")
    joined = join_promises(
        *make_facts(promise, result("3215万吨", 3.215e7, "吨", "level", "粮食总产量"))
    )
    told = joined[["result", "result_value", "difference", "unit"]].iloc[0].tolist()
    assert told == ["3215万吨", 6.43e10, 3e8, "斤"]


def test_a_result_of_another_place_is_no_result(make_facts):
    other = ("乙区", NAME, "growth", "9%", 9, "%")
    facts, documents = make_facts(target("6.5%", 6.5), other)
    assert join_promises(facts, documents)["outcome"].tolist() == ["not_stated"]


@pytest.mark.parametrize(
    ("period", "outcome"),
    [
        ("2015-01/2015-12", "not_stated"),  # the year that the document reports on
        ("2011-01/2015-12", "not_stated"),  # the years that end with it
        ("2016-01/2016-12", "no_document"),  # what is read as a result of the year to come
        ("2013-01/2013-12", "no_document"),  # a year that is only looked back at
    ],
)
def test_a_number_in_passing_makes_no_report_on_its_period(make_facts, period, outcome):
    facts, documents = make_facts(
        target("6.5%", 6.5, period=period), result("9%", 9, indicator="外贸", period=period)
    )
    joined = join_promises(facts, documents)
    assert joined["outcome"].tolist() == [outcome]


def test_a_document_without_months_reports_on_what_it_states(make_facts):
    facts, documents = make_facts(
        target("6.5%", 6.5, period="2016-01/2016-12"),
        result("9%", 9, indicator="外贸", period="2016-01/2016-12"),
    )
    undated = documents.assign(period_start="", period_end="")
    assert join_promises(facts, undated)["outcome"].tolist() == ["not_stated"]


def test_a_result_beats_an_estimate(make_facts):
    facts, documents = make_facts(
        target("6.5%", 6.5), result("7%", 7, status="estimate"), result("6.2%", 6.2)
    )
    found = join_promises(facts, documents)
    assert found["outcome"].tolist() == ["missed"]
    assert found["difference"].tolist() == [-0.3]
    assert found["unit"].tolist() == ["百分点"]


def test_both_sources_are_named(make_facts):
    facts, documents = make_facts(target("6.5%", 6.5), result("7%", 7))
    shown = show_promises(join_promises(facts, documents)).iloc[0]
    assert shown["target_source"] == "甲区 no. 1"
    assert shown["result_source"] == "甲区 no. 2"


def test_a_target_with_two_results_counts_once(make_facts):
    facts, documents = make_facts(target("6.5%", 6.5), result("7%", 7), result("7%", 7))
    counts = count_outcomes(join_promises(facts, documents))
    assert counts["modifier"].tolist() == ["plain", "all targets"]
    assert counts["targets"].tolist() == [1, 1]
    assert counts["met"].tolist() == [1, 1]


def test_only_what_is_due_is_kept(make_facts):
    facts, documents = make_facts(
        target("6.5%", 6.5), target("7%", 7, period="2020-01/2020-12"), result("7%", 7)
    )
    due = list_due(join_promises(facts, documents), until="2016-06")
    assert due["target"].tolist() == ["6.5%"]


def test_a_target_is_due_in_the_month_that_its_period_ends(make_facts):
    promises = join_promises(*make_facts(target("6.5%", 6.5), result("7%", 7)))
    assert len(list_due(promises, until="2015-12")) == 1
    assert list_due(promises, until="2015-11").empty


# The word that governs a target, its bound, and how it is put.
MODIFIERS = [
    ("", "~", "about"),
    ("力争", ">=", "strive+at least"),
    ("确保", "", "ensure"),
    ("预期目标", "~", "expect+about"),
    ("", "<=", "at most"),
    ("", "", "plain"),
    ("a word that a later list dropped", "", "plain"),
]


@pytest.mark.parametrize(("word", "bound", "modifier"), MODIFIERS)
def test_how_a_target_is_put(make_facts, word, bound, modifier):
    facts, documents = make_facts(target("7%", 7, modifier=word, bound=bound))
    assert join_promises(facts, documents)["modifier"].tolist() == [modifier]


def test_every_kind_of_modifier_has_its_place_and_its_word():
    kinds = set(modifier_kinds().values())
    assert kinds | set(BOUND_KINDS.values()) == set(load_settings("audit")["modifiers"])
    for kind, word in load_settings("audit")["modifiers"].items():
        if kind in kinds:
            assert name_modifier(word, "") == kind


def test_outcomes_are_counted_for_every_way_of_putting_a_target(make_facts):
    firm = {"modifier": "力争", "bound": ">="}
    facts, documents = make_facts(
        target("6.5%", 6.5, **firm),
        target("3%", 3, indicator="粮食总产量", modifier="确保"),
        target("9%", 9, indicator="外贸"),
        result("7%", 7),
        result("1%", 1, indicator="粮食总产量"),
    )
    counts = count_outcomes(join_promises(facts, documents)).set_index("modifier")
    assert list(counts.index) == ["ensure", "strive", "at least", "plain", "all targets"]
    assert counts["targets"].tolist() == [1, 1, 1, 1, 3]
    assert counts["judged"].tolist() == [1, 1, 1, 0, 2]
    assert counts["met_pct"].fillna(-1).tolist() == [0, 100, 100, -1, 50]
    shown = show_promises(join_promises(facts, documents))
    assert shown["outcome"].tolist() == ["met", "missed", "not_stated"]
    assert set(shown["modifier"]) == {"ensure 确保", "strive 力争, at least 以上", "plain"}


SURE, LIKELY, DOUBTFUL = (
    {"confidence": confidence, "grade": grade}
    for confidence, grade in ((0.95, "A"), (0.8, "B"), (0.4, "C"))
)


def test_doubtful_targets_are_shown_behind_those_that_are_judged(make_facts):
    facts, documents = make_facts(
        target("9%", 9, indicator="外贸", **DOUBTFUL),
        result("9%", 9, indicator="外贸", **SURE),
        target("3%", 3, indicator="粮食总产量", **SURE),
        result("1%", 1, indicator="粮食总产量", **SURE),
        target("6.5%", 6.5, **SURE),
        result("7%", 7, **SURE),
    )
    promises = join_promises(facts, documents)
    before = promises.copy()
    assert show_promises(promises)["outcome"].tolist() == ["met", "missed", "doubtful"]
    pd.testing.assert_frame_equal(promises, before)


# target, results, outcome, what the reason says of doubt, grade
DOUBTS = [
    (target("6.5%", 6.5, **LIKELY), [result("7%", 7, **SURE)], "met", "", "B"),
    (
        target("6.5%", 6.5, **SURE),
        [result("7%", 7, **DOUBTFUL)],
        "doubtful",
        "the result is doubtful (0.40); else met",
        "C",
    ),
    (
        target("6.5%", 6.5, **DOUBTFUL),
        [result("5%", 5, **SURE)],
        "doubtful",
        "the target is doubtful (0.40); else missed",
        "C",
    ),
    (
        target("6.5%", 6.5, **SURE),
        [result("7%", 7, **SURE), result("5%", 5, **DOUBTFUL)],
        "met",
        "doubtful results left out: 5% (甲区 no. 3)",
        "A",
    ),
    (
        target("6.5%", 6.5, period="2016-01/2016-12", **DOUBTFUL),
        [result("7%", 7, **SURE)],
        "doubtful",
        "the target is doubtful (0.40)",
        "C",
    ),
]


@pytest.mark.parametrize(("promise", "results", "outcome", "reason", "grade"), DOUBTS)
def test_a_doubtful_number_settles_no_target(make_facts, promise, results, outcome, reason, grade):
    joined = join_promises(*make_facts(promise, *results))
    assert joined["outcome"].tolist() == [outcome]
    assert reason in joined["reason"].iloc[0]
    assert joined["grade"].tolist() == [grade]


def test_the_threshold_of_promises_is_a_parameter_and_what_is_left_is_counted(make_facts):
    rows = target("6.5%", 6.5, **SURE), result("7%", 7, **DOUBTFUL)
    facts, documents = make_facts(*rows)
    assert join_promises(facts, documents).attrs[LEFT_OUT] == (1,)
    every = join_promises(facts, documents, min_confidence=0)
    assert every[["outcome", "grade"]].to_numpy().tolist() == [["met", "C"]]
    assert every.attrs[LEFT_OUT] == ()
    counts = count_outcomes(join_promises(facts, documents, min_confidence=0.97))
    assert counts["doubtful"].tolist() == [1, 1]
    assert counts["judged"].tolist() == [0, 0]


@pytest.mark.parametrize(
    ("unknown", "outcome", "reason"),
    [
        ({"region": ""}, "no_document", "the place that it is for is not known"),
        ({"indicator": ""}, "no_number_alike", "what it is for has no name"),
    ],
)
def test_what_has_no_place_or_no_name_is_joined_to_nothing(make_facts, unknown, outcome, reason):
    facts, documents = make_facts(target("6.5%", 6.5, **unknown), result("7.1%", 7.1, **unknown))
    joined = join_promises(facts, documents)
    assert joined[["outcome", "reason", "result"]].to_numpy().tolist() == [[outcome, reason, ""]]
