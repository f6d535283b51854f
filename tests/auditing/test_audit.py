"""Each check on numbers that agree, that disagree, and that only look as if they did.

The small tables stand in `tests/cases/audit.toml`.
"""

import math
import tomllib
from pathlib import Path

import pytest

from dz_analysis.auditing.audit import (
    AUDIT_COLUMNS,
    CHECKS,
    audit_facts,
    count_verdicts,
    list_sources,
    say_audit,
)
from dz_analysis.comparing.confidence import LEFT_OUT
from dz_analysis.comparing.lookup import CROWDED

FILE = Path(__file__).parents[1] / "cases" / "audit.toml"
CASES = tomllib.loads(FILE.read_text(encoding="utf-8"))["case"]
REVENUE, SIX = "一般公共预算收入", ("document", "indicator", "measure", "quote", "value", "unit")


def row_of(case):
    """Return a row of a case as `make_facts` takes it."""
    told = {"document": "甲区", **case}
    return (*(told.pop(name) for name in SIX), told)


def level(quote, value, indicator=REVENUE):
    return ("甲区", indicator, "level", quote, value, "元")


def growth(quote, value):
    return ("甲区", REVENUE, "growth", quote, value, "%")


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_check(audit_rows, case):
    rows = [row_of(row) for row in case["rows"]]
    assert audit_rows(case["check"], *rows) == case["verdicts"]


def test_every_check_is_tried_on_what_agrees_and_on_what_does_not():
    tried = {name: set() for name in CHECKS}
    for case in CASES:
        tried[case["check"]] |= set(case["verdicts"])
    assert all("disagrees" in verdicts for verdicts in tried.values())
    silent = {"share_limit", "magnitude", "rank_twice"}  # these list only what is off
    assert {name for name, verdicts in tried.items() if "agrees" not in verdicts} == silent


def test_a_line_names_both_sources_and_its_tolerance(make_facts):
    facts, _ = make_facts(
        level("4.70亿元", 4.7e8, "税收收入"),
        level("5.00亿元", 5e8),
        ("甲区", "税收占比", "ratio", "93.7%", 93.7, "%"),
    )
    audit = audit_facts(facts, names=["share"])
    assert tuple(audit.columns) == AUDIT_COLUMNS
    line = audit.iloc[0]
    assert line["stated"] == "93.65 % to 93.75 %"
    assert (line["implied_low"], line["implied_high"]) == pytest.approx(
        (93.8062, 94.1942), abs=1e-4
    )
    assert line["tolerance"] == "93.7% ± 0.05 %, 4.70亿元 ± 50 万元, 5.00亿元 ± 50 万元"
    sources = list_sources(audit, facts)
    assert sources["quote"].tolist() == ["93.7%", "4.70亿元", "5.00亿元"]
    assert sources["observation"].tolist() == [3, 1, 2]


def test_what_contradicts_a_slip_is_undecided_and_the_slip_alone_disagrees(make_facts):
    years = {2013: ("20.0亿元", 2e9), 2014: ("21.0亿元", 2.1e9), 2015: ("22.0万元", 2.2e5)}
    rows = [(*level(*stated), {"period": f"{year}-01/{year}-12"}) for year, stated in years.items()]
    facts, _ = make_facts(*rows, growth("4.8%", 4.8))
    audit = audit_facts(facts, names=["last_year", "magnitude"])
    decided = audit[audit["verdict"] != "unchecked"]
    assert decided[["check", "verdict"]].to_numpy().tolist() == [
        ["magnitude", "disagrees"],
        ["last_year", "undecided"],
    ]
    assert decided["note"].tolist()[1] == "万 and 亿 may have been exchanged in 22.0万元"
    alone = audit_facts(facts, names=["last_year"])
    assert set(alone["verdict"]) == {"undecided"}  # whichever checks are run


def test_a_line_says_how_sure_each_reading_is(make_facts):
    facts = two_rates(make_facts, sure(0.8, "B"))
    audit = audit_facts(facts, names=["two_values"])
    sources = list_sources(audit, facts)
    assert sources[["confidence", "grade"]].to_numpy().tolist() == [[0.95, "A"], [0.8, "B"]]
    assert audit[["confidence", "grade"]].to_numpy().tolist() == [[0.8, "B"]]


def test_documents_without_a_place_are_held_against_nothing(make_facts):
    nowhere = {"region": "", "region_code": ""}
    facts, _ = make_facts((*growth("70.9%", 70.9), nowhere), (*growth("40.1%", 40.1), nowhere))
    assert audit_facts(facts).empty


def test_nothing_is_corrected(make_facts):
    facts, _ = make_facts(growth("70.9%", 70.9), growth("40.1%", 40.1))
    before = facts.copy()
    audit_facts(facts)
    assert facts.equals(before)


def test_an_unknown_check_is_refused(make_facts):
    facts, _ = make_facts(growth("70.9%", 70.9))
    with pytest.raises(ValueError, match="expected some of two_values"):
        audit_facts(facts, names=["vibes"])


def test_checks_without_lines_are_counted_as_zero(make_facts):
    facts, _ = make_facts(growth("70.9%", 70.9))
    counts = count_verdicts(audit_facts(facts))
    assert counts["check"].tolist() == list(CHECKS)
    assert counts["lines"].sum() == 0


def sure(confidence, grade):
    return {"confidence": confidence, "grade": grade}


def two_rates(make_facts, second):
    facts, _ = make_facts(
        (*growth("70.9%", 70.9), sure(0.95, "A")), (*growth("40.1%", 40.1), second)
    )
    return facts


def test_a_doubtful_number_decides_nothing_and_is_counted(make_facts):
    facts = two_rates(make_facts, sure(0.4, "C"))
    audit = audit_facts(facts, names=["two_values"])
    line = audit.iloc[0]
    assert audit["verdict"].tolist() == ["doubtful"]
    assert line["note"].startswith("disagrees if 40.1% (0.40) is read right")
    assert (line["confidence"], line["grade"]) == (0.4, "C")
    assert audit.attrs[LEFT_OUT] == (1,)
    assert say_audit(audit) == (
        "No comparison can be decided: no number that was taken has its counterpart in the "
        "corpus; 1 number was left out as doubtful, and 1 comparison rests on it"
    )


def test_the_threshold_of_the_audit_is_a_parameter(make_facts):
    facts = two_rates(make_facts, sure(0.4, "C"))
    every = audit_facts(facts, names=["two_values"], min_confidence=0)
    assert every["verdict"].tolist() == ["disagrees"]
    assert every.attrs[LEFT_OUT] == ()
    assert say_audit(every).endswith("70.9% against 40.1% (a doubtful reading)")
    strict = audit_facts(facts, names=["two_values"], min_confidence=0.96)
    assert strict.attrs[LEFT_OUT] == (0, 1)
    assert "70.9% (0.95), 40.1% (0.40) are read right" in strict["note"].iloc[0]


def test_a_number_that_was_not_judged_is_taken(make_facts):
    facts = two_rates(make_facts, sure(math.nan, ""))
    audit = audit_facts(facts, names=["two_values"], min_confidence=0.9)
    assert audit["verdict"].tolist() == ["disagrees"]
    assert audit[["confidence", "grade"]].to_numpy().tolist() == [[0.95, "A"]]


def test_what_lacks_only_a_doubtful_counterpart_is_not_called_unchecked(make_facts):
    parts = [
        (*level("4.70亿元", 4.7e8, "税收收入"), sure(0.4, "C")),
        (*level("5.00亿元", 5e8), sure(0.9, "B")),
        ("甲区", "税收占比", "ratio", "93.7%", 93.7, "%", sure(0.9, "B")),
    ]
    facts, _ = make_facts(*parts)
    audit = audit_facts(facts, names=["share"])
    assert audit["verdict"].tolist() == ["doubtful"]
    assert audit["note"].iloc[0].startswith("disagrees if 4.70亿元 (0.40) is read right")


def test_a_threshold_that_is_no_probability_is_refused(make_facts):
    with pytest.raises(ValueError, match="expected a probability"):
        audit_facts(two_rates(make_facts, sure(0.4, "C")), min_confidence=75)


def test_what_is_undecided_is_told_and_the_surest_disagreement_named(make_facts):
    facts, _ = make_facts(
        (*growth("7.9%", 7.9), sure(0.8, "B")),
        (*growth("8.4%", 8.4), sure(0.8, "B")),
        ("甲区", "进出口总额", "growth", "3.1%", 3.1, "%", sure(0.99, "A")),
        ("甲区", "进出口总额", "growth", "3.6%", 3.6, "%", sure(0.99, "A")),
        ("甲区", "安置片区", "level", "4个", 4, "个", sure(0.9, "B")),
        ("甲区", "安置片区", "level", "6个", 6, "个", sure(0.9, "B")),
    )
    assert say_audit(audit_facts(facts, names=["two_values"])) == (
        "2 of 2 comparisons that can be decided disagree as the numbers are read: such as 甲区, "
        "进出口总额 (growth): 3.1% against 3.6%; 1 more differs and stays undecided"
    )


def test_numbers_that_no_name_tells_apart_are_compared_with_nothing(make_facts):
    crowd = [level(f"{n}亿元", n * 1e8, "小计") for n in range(1, 300)]
    rates = [("甲区", "小计", "growth", f"{n}%", n, "%") for n in range(1, 300)]
    facts, _ = make_facts(*crowd, *rates, level("4.7亿元", 4.7e8), growth("5%", 5))
    audit = audit_facts(facts)
    assert len(audit.attrs[CROWDED]) == len(crowd) + len(rates)
    assert set(audit["indicator"]) == {REVENUE}
    assert "598 numbers were not compared" in say_audit(audit)
