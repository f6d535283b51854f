"""The acceptance of the shipped tables: what must be found about the five districts of Dezhou."""

import pytest

from dz_analysis.auditing.audit import audit_facts, list_sources
from dz_analysis.comparing.compare import compare_measures
from dz_analysis.comparing.facts import list_regions, prepare_facts
from dz_analysis.corpus import load_corpus

HALF = "2021-01/2021-06"


@pytest.fixture(scope="module")
def dezhou():
    corpus = load_corpus("dezhou")
    documents = corpus.table("documents")
    return prepare_facts(corpus.table("observations"), documents), documents


def test_revenue_of_the_first_half_is_compared_like_for_like(dezhou):
    facts, documents = dezhou
    cells = compare_measures(facts, "一般公共预算收入", regions=list_regions(facts, documents))
    alike = cells[cells["state"] == "comparable"]
    assert set(alike["period"]) == {HALF}
    found = alike.set_index(["region", "measure"])["value"].to_dict()
    assert found == {
        ("德城区", "level"): 1_280_000_000,
        ("德城区", "growth"): 21.1,
        ("运河新区", "level"): 500_000_000,
        ("运河新区", "growth"): 21.1,
    }


def test_the_year_of_another_district_is_refused_with_the_reason(dezhou):
    facts, documents = dezhou
    cells = compare_measures(facts, "一般公共预算收入", regions=list_regions(facts, documents))
    refused = cells[(cells["region"] == "陵城区") & (cells["status"] == "actual")]
    growth = refused[refused["measure"] == "growth"].iloc[0]
    assert (growth["value"], growth["state"]) == (1.2, "not_comparable")
    assert growth["reason"] == "covers the year 2020, not the first half of 2021"


def test_the_tax_share_is_checked_and_agrees_within_rounding(dezhou):
    audit = audit_facts(dezhou[0], names=["share"])
    line = audit[audit["indicator"] == "税收占比"].iloc[0]
    assert line["compared"] == "税收占比 93.7% against 4.7亿元 / 5亿元"
    assert line["verdict"] == "agrees"
    assert line["implied_low"] < 94 < line["implied_high"]


def test_the_two_growth_rates_of_trade_are_listed_with_their_places(dezhou):
    facts, _ = dezhou
    audit = audit_facts(facts, names=["two_values"])
    line = audit[audit["verdict"] == "disagrees"].iloc[0]
    assert (line["region"], line["indicator"], line["period"]) == ("运河新区", "进出口总额", HALF)
    sources = list_sources(audit[audit["line"] == line["line"]], facts)
    assert sources["quote"].tolist() == ["70.9%", "40.1%"]
    assert (sources["end"] - sources["start"]).tolist() == [5, 5]
