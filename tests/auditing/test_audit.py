"""Each check on numbers that agree, that disagree, and that only look as if they did.

The small tables stand in `tests/cases/audit.toml`.
"""

import tomllib
from pathlib import Path

import pytest

from dz_analysis.auditing.audit import (
    AUDIT_COLUMNS,
    CHECKS,
    audit_facts,
    count_verdicts,
    list_sources,
)

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
