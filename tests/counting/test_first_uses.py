"""First uses: what the documents at hand show, and what they leave open."""

import pandas as pd
import pytest

from dz_analysis.corpus import load_corpus
from dz_analysis.counting import first_uses
from dz_analysis.counting.first_uses import (
    AFTER,
    HERE,
    OPEN,
    SAME,
    count_first_uses,
    find_first_uses,
    listed_since,
)
from dz_analysis.counting.years import date_documents

LISTED = (
    # slogan, first year, level, document
    ("老话", "1990", "country", "council-1990"),
    ("新话", "2015", "country", "council-2015"),
    ("同年", "2012", "country", "council-2012"),
    ("县里", "2016", "county", "x-2016"),
    ("无人", "", "", ""),
    ("词条", "2010", "province", "a2010"),
)


@pytest.fixture(autouse=True)
def listed(monkeypatch):
    names = ("slogan", "first_year", "first_level", "first_document")
    rows = tuple(dict(zip(names, row, strict=True)) | {"kind": "strategy"} for row in LISTED)
    monkeypatch.setattr(first_uses.words, "slogan_rows", lambda corpus="": rows)


DATED = pd.DataFrame(
    [
        ("a2010", "甲省", 2010),
        ("a2012", "甲省", 2012),
        ("a2016", "甲省", 2016),
        ("b2016", "乙省", 2016),
    ],
    columns=["id", "region", "year"],
).assign(region_code=["990000", "990000", "990000", "980000"])


def uses_of(*said):
    table = pd.DataFrame(said, columns=["document", "slogan"]).assign(form="lexicon", count=1)
    return find_first_uses(table, DATED).set_index("slogan")


def test_what_stands_in_a_first_document_may_be_older():
    uses = uses_of(("a2010", "无人"), ("a2012", "无人"))
    assert uses.loc["无人", "verdict"] == OPEN
    assert pd.isna(uses.loc["无人", "year_before"])


def test_what_only_a_place_without_earlier_documents_says_may_be_older():
    uses = uses_of(("b2016", "无人"), ("b2016", "新话"))
    assert uses["verdict"].to_dict() == {"新话": AFTER, "无人": OPEN}
    assert uses.loc["新话", ["lag", "is_bound"]].tolist() == [1, True]


def test_what_an_earlier_document_does_not_say_is_first_said_here():
    uses = uses_of(("a2012", "无人"))
    assert uses.loc["无人", ["first_year", "year_before", "verdict"]].tolist() == [2012, 2010, HERE]
    assert uses.loc["无人", ["first_level", "first_place"]].tolist() == ["province", "甲省"]


def test_a_lag_is_known_if_the_documents_reach_back_to_the_first_use():
    uses = uses_of(("a2016", "新话"), ("a2016", "老话"))
    assert uses["verdict"].tolist() == [AFTER, AFTER]
    assert uses["lag"].to_dict() == {"新话": 1, "老话": 26}
    assert uses["is_bound"].to_dict() == {"新话": False, "老话": True}


def test_one_year_at_two_levels_tells_no_order():
    uses = uses_of(("a2012", "同年"), ("a2016", "县里"))
    assert uses.loc["同年", "verdict"] == SAME
    assert uses.loc["县里", "verdict"] == HERE, "a lower level of that year is not before"
    assert uses["lag"].isna().all()


def test_several_places_share_a_first_use():
    uses = uses_of(("a2016", "无人"), ("b2016", "无人"))
    assert uses.loc["无人", ["first_places", "first_place", "places"]].tolist() == [2, "", 2]
    assert uses.loc["无人", "verdict"] == HERE, "one of them has earlier documents without it"


def test_a_document_of_the_corpus_that_only_explains_a_slogan_is_not_before_it():
    assert uses_of(("a2012", "词条")).loc["词条", "verdict"] == HERE


def test_coinages_that_nobody_listed_are_left_out():
    table = pd.DataFrame({"document": ["a2010"], "slogan": ["自造"], "form": "quoted", "count": 1})
    uses = find_first_uses(table, DATED)
    assert uses.empty
    assert count_first_uses(uses).empty


def test_the_counts_are_by_verdict_and_by_who_was_first():
    uses = uses_of(("a2016", "新话"), ("a2016", "老话"), ("a2010", "无人"), ("a2012", "同年"))
    counts = count_first_uses(uses.reset_index())
    assert counts[["verdict", "level", "slogans"]].to_numpy().tolist() == [
        [AFTER, "country", 2],
        [SAME, "country", 1],
        [OPEN, "province", 1],
    ]
    assert counts.loc[0, ["lag", "lag_at_most"]].tolist() == [1, 13.5]


def test_the_list_says_since_when_it_knows_a_level():
    assert listed_since() == {"country": 1990, "province": 2010, "county": 2016}


def test_the_country_s_own_reports_date_the_list(monkeypatch):
    monkeypatch.undo()
    chosen = load_corpus("national")
    dated = date_documents(chosen.table("documents"))
    uses = find_first_uses(chosen.table("slogans"), dated)
    by_country = uses[uses["listed_level"] == "country"]
    assert len(by_country) > 400
    assert (by_country["first_year"] == by_country["listed_year"]).all()
    assert not (uses["verdict"] == SAME).any()
    assert (uses.loc[uses["first_year"] == 1954, "verdict"] == OPEN).all()
