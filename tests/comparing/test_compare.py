"""Like with like: what may stand in one column, and what is said of the rest."""

import pandas as pd
import pytest

from dz_analysis.comparing.absence import find_mentions
from dz_analysis.comparing.compare import (
    STATES,
    choose_period,
    compare_indicator,
    compare_measures,
)
from dz_analysis.comparing.facts import (
    find_concept,
    list_regions,
    name_key,
    newest_code,
    prepare_facts,
)

HALF = {"period": "2015-01/2015-06"}
NAME = "一般公共预算收入"


def row(document, quote, value, unit="元", measure="level", indicator=NAME, **more):
    return (document, indicator, measure, quote, value, unit, more)


def cell(cells, region):
    return cells[cells["region"] == region].iloc[0]


# What is unlike two halves of 2015 in 元, and the words that must say so.
UNLIKE = [
    (
        row("丙区", "9亿元", 9e8, period="2015-01/2015-12"),
        "covers the year 2015, not the first half",
    ),
    (row("丙区", "9亿元", 9e8, period=""), "its period is not known"),
    (row("丙区", "9亿元", 9e8, status="target", **HALF), "a target, not a result"),
    (row("丙区", "9亿美元", 9e8, "美元", **HALF), "in 美元, not in 元"),
    (row("丙区", "9亿元", 9e8, of="全市", **HALF), "against 全市, not against no named basis"),
    (row("丙区", "9亿元", 9e8, region="子市", **HALF), "about 子市, which is not one of"),
]


@pytest.mark.parametrize(("odd", "words"), UNLIKE, ids=[words for _, words in UNLIKE])
def test_what_is_not_like_the_others_is_refused_in_words(make_facts, odd, words):
    facts, _ = make_facts(
        row("甲区", "3.1亿元", 3.1e8, **HALF), row("乙区", "2.5亿元", 2.5e8, **HALF), odd
    )
    cells = compare_indicator(facts, NAME)
    refused = cells[cells["state"] == "not_comparable"]
    assert list(cells["state"]).count("comparable") == 2
    assert len(refused) == 1
    assert words in refused["reason"].iloc[0]


def test_the_three_rules_of_periods(make_facts):
    facts, _ = make_facts(
        row("甲区", "3.1亿元", 3.1e8, **HALF),
        row("乙区", "2.5亿元", 2.5e8, period="2014-01/2014-06"),
        row("丙区", "9亿元", 9e8, period="2015-01/2015-12"),
        row("丁区", "4亿元", 4e8, **HALF),
    )
    places = [f"{name}区" for name in "甲乙丙丁"]
    states = {
        rule: {
            place: cell(compare_indicator(facts, NAME, rule=rule, regions=places), place)["state"]
            for place in places
        }
        for rule in ("same", "kind", "any")
    }
    assert states["same"] == dict(
        zip(places, ("comparable", "not_comparable", "not_comparable", "comparable"), strict=True)
    )
    assert states["kind"]["乙区"] == "comparable"
    assert states["kind"]["丙区"] == "not_comparable"
    assert states["any"]["丙区"] == "marked"


def test_a_number_of_any_period_is_marked_with_its_own(make_facts):
    facts, _ = make_facts(
        row("甲区", "3.1亿元", 3.1e8, **HALF),
        row("乙区", "2.5亿元", 2.5e8, **HALF),
        row("丙区", "9亿元", 9e8, period="2015-01/2015-12"),
    )
    marked = cell(compare_indicator(facts, NAME, rule="any"), "丙区")
    assert marked["mark"] == "covers the year 2015, not the first half of 2015"


def test_two_values_for_one_thing_conflict(make_facts):
    facts, _ = make_facts(
        row("甲区", "70.9%", 70.9, "%", "growth"), row("甲区", "40.1%", 40.1, "%", "growth")
    )
    cells = compare_indicator(facts, NAME, measure="growth")
    assert list(cells["state"]) == ["conflicting", "conflicting"]
    assert "40.1% (甲区 no. 2)" in cells["reason"].iloc[0]


def test_of_two_roundings_the_finer_stays(make_facts):
    facts, _ = make_facts(row("甲区", "3亿元", 3e8), row("甲区", "3.14亿元", 3.14e8))
    cells = compare_indicator(facts, NAME)
    assert dict(zip(cells["quote"], cells["state"], strict=True)) == {
        "3.14亿元": "comparable",
        "3亿元": "not_comparable",
    }


def test_a_result_beats_its_estimate(make_facts):
    facts, _ = make_facts(
        row("甲区", "3亿元", 3e8, status="estimate"), row("甲区", "3.6亿元", 3.6e8)
    )
    cells = compare_indicator(facts, NAME)
    assert cell(cells, "甲区")["quote"] == "3.6亿元"
    assert "an estimate; the result" in " ".join(cells["reason"])


def test_estimates_and_bounds_are_marked(make_facts):
    facts, _ = make_facts(row("甲区", "3亿元", 3e8, status="estimate", bound=">="))
    assert compare_indicator(facts, NAME)["mark"].tolist() == ["estimate; at least"]


def test_a_doubtful_number_is_marked_or_refused_as_asked(make_facts):
    sure, doubtful = {"confidence": 0.9, "grade": "B"}, {"confidence": 0.4, "grade": "C"}
    facts, _ = make_facts(row("甲区", "3亿元", 3e8, **sure), row("乙区", "9亿元", 9e8, **doubtful))
    cells = compare_indicator(facts, NAME)
    assert cell(cells, "乙区")[["state", "mark", "grade"]].tolist() == [
        "comparable",
        "doubtful",
        "C",
    ]
    refused = cell(compare_indicator(facts, NAME, min_confidence=0.75), "乙区")
    assert refused["state"] == "not_comparable"
    assert refused["reason"] == "doubtful: its confidence is under 0.75"
    with pytest.raises(ValueError, match="expected a probability"):
        compare_indicator(facts, NAME, min_confidence=-1)


def test_a_doubtful_number_sets_no_standard_where_it_is_refused(make_facts):
    doubtful = {"confidence": 0.4, "grade": "C", "period": "2016-01/2016-12"}
    facts, _ = make_facts(
        row("甲区", "3亿元", 3e8),
        row("乙区", "9亿元", 9e8, **doubtful),
        row("丙区", "8亿元", 8e8, **doubtful),
    )
    taken = compare_indicator(facts, NAME, min_confidence=0.75)
    assert cell(taken, "甲区")["state"] == "comparable"
    assert cell(compare_indicator(facts, NAME), "甲区")["state"] == "not_comparable"


def test_of_values_that_conflict_the_doubtful_says_so(make_facts):
    facts, _ = make_facts(
        row("甲区", "70.9%", 70.9, "%", "growth"),
        row("甲区", "40.1%", 40.1, "%", "growth", confidence=0.3, grade="C"),
    )
    cells = compare_indicator(facts, NAME, measure="growth")
    assert "also 40.1% (甲区 no. 2, doubtful)" in cells["reason"].iloc[0]


def test_only_a_range_is_marked_as_one(make_facts):
    facts, _ = make_facts(
        row("甲区", "3-4亿元", 3e8, value_high=4e8), row("乙区", "3亿元", 3e8, bound="<=")
    )
    cells = compare_indicator(facts, NAME)
    assert dict(zip(cells["region"], cells["mark"], strict=True)) == {
        "甲区": "a range",
        "乙区": "at most",
    }


# Two periods that equally many places state, or not, and the one that is taken.
PERIODS = [
    ("the latest", ["2014-01/2014-12", "2015-01/2015-12"], "2015-01/2015-12"),
    ("of those the longest", ["2015-01/2015-12", "2015-07/2015-12"], "2015-01/2015-12"),
    ("later before longer", ["2014-01/2014-12", "2015-01/2015-06"], "2015-01/2015-06"),
    ("most places before all", [*["2014-01/2014-12"] * 2, "2015-01/2015-12"], "2014-01/2014-12"),
    ("blanks never", ["", "", "2015-01/2015-12"], "2015-01/2015-12"),
    ("none of all", ["", ""], ""),
]


@pytest.mark.parametrize(("why", "periods", "chosen"), PERIODS, ids=[p[0] for p in PERIODS])
@pytest.mark.parametrize("turn", [1, -1])
def test_the_period_taken_by_itself(make_facts, why, periods, chosen, turn):
    rows = [
        row(place, "3亿元", 3e8, period=period)
        for place, period in zip(("甲区", "乙区", "丙区"), periods[::turn], strict=False)
    ]
    facts, _ = make_facts(*rows)
    assert choose_period(facts, NAME) == chosen
    alike = compare_indicator(facts, NAME).query("state == 'comparable'")
    assert set(alike["period"]) == ({chosen} if chosen else set())


@pytest.mark.parametrize("turn", [1, -1])
def test_of_two_units_in_equal_use_the_first_by_name_is_taken(make_facts, turn):
    rows = [row("甲区", "3亿元", 3e8), row("乙区", "3亿美元", 3e8, "美元")][::turn]
    facts, _ = make_facts(*rows)
    cells = compare_indicator(facts, NAME)
    assert cell(cells, "甲区")["state"] == "comparable"
    assert cell(cells, "乙区")["state"] != "comparable"


def test_absences_are_kept_apart_and_never_zero(make_facts):
    facts, _ = make_facts(
        row("甲区", "3亿元", 3e8),
        row("乙区", "6%", 6, "%", "growth"),
        row("丙区", "7亿元", 7e8, indicator="外贸"),
        row("丁区", "7亿元", 7e8, indicator="外贸"),
    )
    mentions = find_mentions(
        pd.DataFrame({"document": ["丙区"], "paragraph": [4], "term": [NAME]}), [NAME]
    )
    cells = compare_indicator(
        facts, NAME, regions=["甲区", "乙区", "丙区", "丁区", "戊区"], mentions=mentions
    )
    assert dict(zip(cells["region"], cells["state"], strict=True)) == {
        "甲区": "comparable",
        "乙区": "not_stated",
        "丙区": "no_number",
        "丁区": "not_stated",
        "戊区": "not_stated",
    }
    assert list(cells["reason"])[1:] == [
        "states only its growth",
        "named in 丙区 paragraph 4, no number of it read",
        "its documents do not state it",
        "no document of this place has a number",
    ]
    assert cells["value"].isna().sum() == 4


def test_level_and_growth_stand_for_the_same_months(make_facts):
    facts, _ = make_facts(
        row("甲区", "3亿元", 3e8, **HALF),
        row("甲区", "6%", 6, "%", "growth", **HALF),
        row("乙区", "2亿元", 2e8, **HALF),
        row("乙区", "5%", 5, "%", "growth"),
    )
    cells = compare_measures(facts, NAME)
    assert set(cells.loc[cells["state"] == "comparable", "period"]) == {"2015-01/2015-06"}


def test_cities_are_not_compared_with_districts(make_facts):
    facts, documents = make_facts(
        row("甲区-990101", "3亿元", 3e8),
        row("乙区-990102", "2亿元", 2e8),
        row("子市-990100", "90亿元", 9e9),
    )
    assert list_regions(facts, documents) == ["甲区", "乙区"]
    assert list_regions(facts, documents, tier="city") == ["子市"]
    cells = compare_indicator(facts, NAME)
    assert set(cells.loc[cells["state"] == "comparable", "region"]) == {"甲区", "乙区"}


def test_a_renamed_place_is_one_place(make_facts):
    facts, documents = make_facts(
        row("甲县-990101", "3亿元", 3e8, period="2014-01/2014-12"),
        row("甲区-990101", "4亿元", 4e8),
        row("乙区-990102", "4亿元", 4e8),
    )
    documents.loc[0, ["period_start", "period_end"]] = ["2014-01", "2014-12"]
    facts = prepare_facts(facts.drop(columns=list(facts.columns[20:])), documents)
    assert set(facts["place"]) == {"甲区", "乙区"}
    assert list_regions(facts, documents) == ["甲区", "乙区"]


def test_a_county_made_a_district_is_one_place_under_two_codes(make_facts):
    facts, documents = make_facts(
        row("陵县-371421", "3亿元", 3e8, period="2012-01/2012-12"),
        row("陵城区-371403", "4亿元", 4e8),
        row("平原县-371426", "4亿元", 4e8),
    )
    documents.loc[0, ["period_start", "period_end"]] = ["2012-01", "2012-12"]
    facts = prepare_facts(facts.drop(columns=list(facts.columns[20:])), documents)
    assert list(facts["place"]) == ["陵城区", "陵城区", "平原县"]
    alone = facts.iloc[:1].drop(columns=list(facts.columns[20:]))
    assert prepare_facts(alone, documents.iloc[:1])["place"].tolist() == ["陵县"]


@pytest.mark.parametrize(
    ("code", "newest"),
    [
        ("371421", "371403"),  # 陵县 → 陵城区
        ("371403", "371403"),
        ("210112", "210112"),  # renamed under its own code
        ("999999", "999999"),
    ],
)
def test_the_code_that_a_place_goes_on_under(code, newest):
    assert newest_code(code) == newest


@pytest.mark.parametrize(
    ("names", "labels"),
    [
        (("新组建自治区实验室", "组建省实验室"), ("新组建自治区实验室", "组建省实验室")),
        (("组建省实验室", "组建省实验室", "新组建省实验室"), ("组建省实验室",) * 3),
        # of what the catalogue knows its own name, for all
        (("全省税收", "全省税收", "税收"), ("税收收入",) * 3),
        (("税收", "税收", "税收收入"), ("税收",) * 3),
    ],
)
def test_a_name_that_tells_of_another_authority_stands_for_no_row(make_facts, names, labels):
    rows = (row(f"{n}区", f"{n}个", n, "个", indicator=name) for n, name in enumerate(names, 1))
    facts, _ = make_facts(*rows)
    assert facts["label"].tolist() == list(labels)
    assert facts["concept"].nunique() == 1


def test_names_are_one_concept_by_id_or_by_spelling(make_facts):
    facts, _ = make_facts(
        row("甲区", "3%", 3, "%", "growth", indicator="规上工业利润"),
        row("乙区", "4%", 4, "%", "growth", indicator="全区规模以上工业利润"),
    )
    assert facts["concept"].nunique() == 1
    assert find_concept(facts, "规模以上工业利润") == facts["concept"].iloc[0]


def test_a_name_keeps_what_changes_its_meaning():
    assert name_key("规模以上工业增加值") != name_key("工业增加值")
    assert name_key("城镇居民人均可支配收入") != name_key("居民人均可支配收入")


def test_an_unknown_indicator_names_the_nearest(make_facts):
    facts, _ = make_facts(row("甲区", "3亿元", 3e8))
    with pytest.raises(ValueError, match="Did you mean '一般公共预算收入'"):
        compare_indicator(facts, "公共预算收益")


def test_an_unknown_rule_is_refused(make_facts):
    facts, _ = make_facts(row("甲区", "3亿元", 3e8))
    with pytest.raises(ValueError, match="expected one of same, kind, any"):
        compare_indicator(facts, NAME, rule="similar")


def test_facts_of_unknown_documents_are_refused(make_facts):
    facts, documents = make_facts(row("甲区", "3亿元", 3e8))
    with pytest.raises(ValueError, match="does not hold"):
        prepare_facts(facts.drop(columns=list(facts.columns[20:])), documents.iloc[:0])


def test_the_input_is_not_changed(make_facts):
    facts, _ = make_facts(row("甲区", "3亿元", 3e8), row("乙区", "2亿元", 2e8))
    before = facts.copy()
    compare_measures(facts, NAME, rule="any")
    pd.testing.assert_frame_equal(facts, before)


def test_every_state_has_an_order():
    assert len(set(STATES)) == len(STATES) == 6


@pytest.mark.parametrize("decorated", ["全国重点实验室", "市级重点实验室", "国家重点实验室"])
def test_a_label_names_its_own_concept_beside_one_that_is_spelled_like_it(make_facts, decorated):
    plain = row("甲区", "5家", 5, "家", indicator="重点实验室")
    facts, _ = make_facts(plain, *(row(d, "9家", 9, "家", indicator=decorated) for d in "乙丙"))
    for label, rows in facts.groupby("label"):
        assert find_concept(facts, str(label)) == rows["concept"].iloc[0]
        cells = compare_indicator(facts, str(label))
        assert set(cells["indicator"]) == {label}
        assert (cells["state"] != "not_stated").sum() == len(rows)
