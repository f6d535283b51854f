"""Facts coded by hand among rows: what counts as the same, and what is said of the nearest."""

import pandas as pd
import pytest

from dz_analysis.scoring import find_coded

FACT = {
    "docs": ["a"],
    "indicator": "地区生产总值",
    "words": "经济",
    "value": 5.0,
    "value_high": None,
    "measure": "growth",
    "unit": "%",
    "bound": "~",
    "period": "2025-01/2025-12",
    "region": "云溪县",
    "status": "target",
}
ROW = {key: value for key, value in FACT.items() if key not in {"docs", "words"}}
ROW |= {"document": "a", "indicator_id": "gdp"}


def look(fact, *rows):
    facts = pd.DataFrame([FACT | fact])
    return find_coded(facts, pd.DataFrame([ROW | row for row in rows], columns=ROW)).iloc[0]


@pytest.mark.parametrize(
    ("fact", "row"),
    [
        ({}, {}),
        ({}, {"indicator": "GDP"}),
        ({}, {"indicator": "某种总量", "indicator_id": "gdp"}),
        ({"indicator": "某种总量"}, {"indicator": "经济", "indicator_id": ""}),
        ({"docs": ["b", "a"]}, {}),
        ({"value": 5.0, "value_high": 6.0}, {"value_high": 6.0, "bound": ""}),
    ],
    ids=["alike", "alias", "one id", "the text's words", "another document", "a range's bound"],
)
def test_a_fact_is_found(fact, row):
    assert look(fact, row)["found"]


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ({"value": 5.1}, "missed"),
        ({"document": "b"}, "missed"),
        ({"bound": ">="}, "bound"),
        ({"region": "河湾县"}, "region"),
        ({"period": "2024-01/2024-12", "status": "actual"}, "period status"),
        ({"indicator": "粮食产量", "indicator_id": "grain_output"}, "indicator"),
        ({"measure": "ratio"}, "measure"),
        ({"unit": "元"}, "unit"),
    ],
)
def test_what_differs_is_named(row, wrong):
    looked = look({}, row)
    assert not looked["found"] and looked["wrong"] == wrong


def test_the_nearest_of_several_rows_is_told_of():
    looked = look({}, {"bound": "", "region": "河湾县"}, {"bound": ""}, {"value": 7.0})
    assert looked["wrong"] == "bound"


def test_the_upper_end_of_a_range_is_asked_for():
    assert look({"value_high": 6.0}, {"value_high": 6.5})["wrong"] == "missed"


def test_no_rows_at_all_miss_every_fact():
    assert look({})["wrong"] == "missed"


def test_a_column_that_is_missing_is_named():
    with pytest.raises(ValueError, match=r"table of rows lacks \['indicator_id'\]"):
        find_coded(pd.DataFrame([FACT]), pd.DataFrame([ROW]).drop(columns="indicator_id"))
