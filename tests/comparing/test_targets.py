"""The panel of targets: how each was put, what came of it, and where both stand."""

import math

import pandas as pd
import pytest

from dz_analysis.comparing.confidence import find_least
from dz_analysis.comparing.targets import (
    PANEL_LABELS,
    choose_target_place,
    choose_target_year,
    count_results,
    divide_panel,
    make_target_panel,
    select_growth,
)

NAME, OUTPUT = "固定资产投资", "地区生产总值"


def row(document, quote, value, *, indicator=NAME, measure="growth", unit="%", **more):
    return (document, indicator, measure, quote, value, unit, more)


def target(document, quote, value, **more):
    return row(document, quote, value, status="target", **more)


@pytest.fixture
def make_panel(make_facts):
    return lambda *rows: make_target_panel(*make_facts(*rows))


def test_a_row_says_what_was_promised_how_and_what_came_of_it(make_panel):
    panel = make_panel(
        target("甲区-371499", "6.5%", 6.5, bound="~", modifier="力争"),
        row("甲区-371499", "7.1%", 7.1),
    )
    assert list(panel.columns) == list(PANEL_LABELS)
    told = panel.iloc[0].to_dict()
    assert (told["place"], told["code"], told["year"]) == ("甲区", "371499", 2015)
    assert (told["indicator"], told["measure"], told["unit"]) == (NAME, "growth", "%")
    assert (told["bound"], told["tone"], told["modifier"]) == ("about", "strive", "力争")
    assert (told["result"], told["result_value"]) == ("met", 7.1)
    assert (told["target_start"], told["target_end"]) == (100, 104)
    assert (told["result_start"], told["result_end"]) == (200, 204)
    assert told["target_document"] == told["result_document"] == "甲区-371499"


@pytest.mark.parametrize(
    ("more", "bound"),
    [
        ({}, "exact"),
        ({"bound": "~"}, "about"),
        ({"bound": ">="}, "at least"),
        ({"bound": "<="}, "at most"),
        ({"value_high": 7.0}, "range"),
        ({"value_high": 7.0, "bound": "~"}, "range"),
    ],
)
def test_how_a_number_is_put(make_panel, more, bound):
    panel = make_panel(target("甲区", "6.5%", 6.5, **more))
    assert list(panel["bound"]) == [bound]
    assert (panel["high"].notna() == ("value_high" in more)).all()


def test_a_target_without_a_result_has_none_and_one_without_a_period_is_undated(make_panel):
    panel = make_panel(target("甲区", "6.5%", 6.5), target("甲区", "8%", 8, period=""))
    assert list(panel["result"]) == ["not_stated", "undated"]
    assert panel["year"].isna().tolist() == [False, True]
    assert panel["result_value"].isna().all() and panel["result_start"].isna().all()
    assert (panel["result_document"] == "").all()


def test_a_target_said_again_counts_once(make_panel):
    panel = make_panel(
        target("甲区", "6.5%", 6.5), target("甲区", "6.5%", 6.5), row("甲区", "7.1%", 7.1)
    )
    assert list(panel["mention"]) == [1, 2]
    assert count_results(panel)[["met", "targets"]].to_numpy().tolist() == [[1, 1]]


def test_a_doubtful_number_settles_nothing(make_facts):
    facts, documents = make_facts(
        target("甲区", "6.5%", 6.5, confidence=0.3, grade="C"), row("甲区", "7.1%", 7.1)
    )
    results = [
        make_target_panel(facts, documents, min_confidence=find_least(grade))["result"].item()
        for grade in ("B", "C")
    ]
    assert results == ["doubtful", "met"]
    panel = make_target_panel(facts, documents)
    assert panel["confidence"].item() == 0.3 and math.isnan(panel["result_confidence"].item())


def test_tasks_and_doubtful_numbers_stand_aside_and_nothing_is_lost(make_panel):
    sure = {"confidence": 0.95, "grade": "A"}
    gdp = {"indicator": "地区生产总值", "indicator_id": "gdp"}
    whole = make_panel(
        target("甲区", "6.5%", 6.5, **gdp, confidence=0.3, grade="C"),
        target("甲区", "6.5%", 6.5, **gdp, **sure),
        target("甲区", "12条", 12, indicator="云溪街巷", indicator_id="", unit="条", **sure),
        target("乙区", "7%", 7, **gdp, confidence=math.nan, grade=""),
    )
    panel, aside = divide_panel(whole)
    assert dict(zip(panel["place"], panel["value"], strict=True)) == {"甲区": 6.5, "乙区": 7.0}
    assert panel["mention"].tolist() == [1, 1], "the sure mention is the first of the panel"
    assert sorted(aside["value"]) == [6.5, 12.0]
    assert len(divide_panel(whole, min_confidence=0)[0]) == 3
    kept, rest = divide_panel(whole.iloc[:0])
    assert kept.empty and rest.empty and list(rest.columns) == list(PANEL_LABELS)


def test_a_corpus_without_targets_has_an_empty_panel(make_panel):
    panel = make_panel(row("甲区", "7.1%", 7.1))
    assert panel.empty and list(panel.columns) == list(PANEL_LABELS)
    assert count_results(panel, "tone").empty
    growth = select_growth(panel, [OUTPUT])
    assert growth.empty and choose_target_year(growth) == 0 and choose_target_place(growth) == ""


def test_growth_targets_are_one_a_place_and_year_under_the_first_name(make_panel):
    later = "2016-01/2016-12"
    panel = make_panel(
        target("甲区", "9%", 9, indicator="国民收入"),
        target("甲区", "8%", 8, indicator=OUTPUT),
        target("甲区", "7%", 7, indicator="国民收入", period=later),
        target("甲区", "6%", 6, indicator=OUTPUT, period="2016-01/2016-06"),
        target("甲区", "90亿元", 9e9, indicator=OUTPUT, measure="level", unit="元"),
        target("乙区", "5%", 5, indicator=OUTPUT),
    )
    growth = select_growth(panel, [OUTPUT, "国民收入"])
    kept = growth[["place", "year", "value"]].to_numpy().tolist()
    assert sorted(kept) == [["乙区", 2015, 5.0], ["甲区", 2015, 8.0], ["甲区", 2016, 7.0]]
    assert choose_target_year(growth) == 2015
    assert choose_target_place(growth) == "甲区"


def test_of_years_with_as_many_targets_the_one_with_results_is_chosen():
    rows = [("甲区", 2015, 7.0), ("甲区", 2016, math.nan)]
    growth = pd.DataFrame(rows, columns=["place", "year", "result_value"])
    assert choose_target_year(growth) == 2015


def test_the_panel_of_the_synthetic_corpus_is_that_of_its_outcomes(synthetic, synthetic_facts):
    panel = make_target_panel(synthetic_facts, synthetic.documents)
    planted = synthetic.outcomes["outcome"].value_counts().to_dict()
    assert panel["result"].value_counts().to_dict() == planted
    counts = count_results(panel, "tone")
    kinds = ["met", "missed", "undecided", "not_judged"]
    assert counts[kinds].to_numpy().sum() == counts["targets"].sum()
