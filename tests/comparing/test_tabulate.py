"""The tables a paper prints: ranks with ties and bounds, shares, per head, stated ranks."""

import math

import pandas as pd
import pytest

from dz_analysis.comparing.compare import compare_indicator
from dz_analysis.comparing.coverage import (
    choose_indicator,
    count_groups,
    list_uncatalogued,
    list_widest,
    map_coverage,
    say_groups,
    summarise_documents,
)
from dz_analysis.comparing.ranks import tabulate_ranks
from dz_analysis.comparing.tabulate import (
    build_matrix,
    compute_per_head,
    compute_shares,
    count_reasons,
    flag_partnered,
    pair_growth_and_level,
    rank_regions,
    show_cells,
    tabulate_corpus,
    tabulate_document,
    tabulate_structure,
)

NAME = "一般公共预算收入"


def row(document, quote, value, unit="元", measure="level", indicator=NAME, **more):
    return (document, indicator, measure, quote, value, unit, more)


def rank_of(make_facts, *rows, **more):
    facts, _ = make_facts(*rows)
    ranked = rank_regions(compare_indicator(facts, rows[0][1], **more))
    columns = ["rank", "rank_best", "rank_worst", "tied"]
    return {cell["region"]: [cell[name] for name in columns] for cell in ranked.to_dict("records")}


def test_ties_share_a_rank_and_the_next_is_skipped(make_facts):
    found = rank_of(
        make_facts,
        row("甲区", "7.00亿元", 7e8),
        row("乙区", "5.00亿元", 5e8),
        row("丙区", "5.00亿元", 5e8),
        row("丁区", "4.00亿元", 4e8),
    )
    assert {place: told[0] for place, told in found.items()} == {
        "甲区": 1,
        "乙区": 2,
        "丙区": 2,
        "丁区": 4,
    }
    assert found["乙区"] == [2, 2, 3, 1]


def test_rounding_widens_a_rank(make_facts):
    found = rank_of(make_facts, row("甲区", "5.1亿元", 5.1e8), row("乙区", "5亿元", 5e8))
    assert found["甲区"] == [1, 1, 2, 0]
    assert found["乙区"] == [2, 1, 2, 0]


def test_an_open_bound_leaves_the_rank_open(make_facts):
    found = rank_of(
        make_facts, row("甲区", "7.00亿元", 7e8), row("乙区", "5.00亿元", 5e8, bound=">=")
    )
    assert found["乙区"][1:3] == [1, 2]


def test_less_is_better_where_it_is(make_facts):
    found = rank_of(
        make_facts,
        row("甲区", "2.83%", 2.83, "%", "ratio", "不良贷款率"),
        row("乙区", "1.20%", 1.2, "%", "ratio", "不良贷款率"),
        measure="ratio",
    )
    assert found["乙区"][0] == 1


def test_a_missing_value_has_no_rank(make_facts):
    found = rank_of(make_facts, row("甲区", "7亿元", 7e8), row("乙区", "6%", 6, "%", "growth"))
    assert set(found) == {"甲区"}


def test_level_and_growth_are_paired_by_place_and_period(make_facts):
    facts, _ = make_facts(
        row("甲区", "7亿元", 7e8),
        row("甲区", "6%", 6, "%", "growth"),
        row("乙区", "5亿元", 5e8),
    )
    pairs = pair_growth_and_level(facts, NAME)
    assert pairs[["region", "level", "growth_pct"]].to_numpy().tolist() == [["甲区", 7e8, 6.0]]


def test_a_document_is_laid_out_as_a_yearbook_does(make_facts):
    facts, _ = make_facts(
        row("甲区", "3件", 3, "件", "level", "无名之事"),
        row("甲区", "7亿元", 7e8),
        row("甲区", "6%", -6, "%", "growth"),
        row("甲区", "第二", 2, "位", "rank", of="全市"),
        row("甲区", "9亿元", 9e8, status="target", period="2016-01/2016-12"),
    )
    table = tabulate_document(facts, "甲区")
    assert table["indicator"].tolist() == [NAME, "无名之事"]
    assert table["group"].tolist() == ["Government finance", "other"]
    first = table.iloc[0]
    assert [first["level"], first["growth"], first["rank"]] == ["7亿元", "-6%", "第二（全市）"]
    assert first["sources"] == "2 3 4"
    targets = tabulate_document(facts, "甲区", statuses=("target",))
    assert targets["level"].tolist() == ["9亿元"]
    assert tabulate_document(facts, "甲区", statuses=("estimate",)).empty


def test_two_values_for_one_cell_stand_in_it_both(make_facts):
    facts, _ = make_facts(
        row("甲区", "70.9%", 70.9, "%", "growth"), row("甲区", "40.1%", 40.1, "%", "growth")
    )
    assert tabulate_corpus(facts)["growth"].tolist() == ["70.9% / 40.1%"]


def test_cells_are_shown_with_their_source(make_facts):
    facts, _ = make_facts(
        row("甲区", "7亿元", 7e8, bound=">="), row("乙区", "6%", 6, "%", "growth")
    )
    shown = show_cells(compare_indicator(facts, NAME, regions=["甲区", "乙区"]))
    assert shown["stated"].tolist() == ["≥ 7亿元", ""]
    assert shown["source"].tolist() == ["甲区 no. 1", ""]


def test_coverage_has_no_gaps(make_facts):
    facts, _ = make_facts(
        row("甲区", "7亿元", 7e8),
        row("甲区", "6%", 6, "%", "growth"),
        row("乙区", "6%", 6, "%", "growth"),
        row("丙区", "6%", 6, "%", "growth", status="target"),
        row("甲区", "3件", 3, "件", "level", "无名之事"),
    )
    found = map_coverage(facts, ["甲区", "乙区", "丙区", "丁区"])
    states = found.set_index(["indicator", "region"])["state"]
    assert len(found) == 2 * 4
    assert states[NAME].tolist() == ["level and growth", "growth", "target only", "not stated"]
    assert map_coverage(facts, ["甲区", "乙区"], fewest=2)["indicator"].unique().tolist() == [NAME]


def test_documents_groups_and_names_are_counted(make_facts):
    facts, _ = make_facts(
        row("甲区", "7亿元", 7e8),
        row("甲区", "6%", 6, "%", "growth", status="target"),
        row("甲区", "3件", 3, "件", "level", "无名之事"),
        row("乙区", "5亿元", 5e8),
    )
    summary = summarise_documents(facts).set_index("document")
    assert summary.loc["甲区", ["numbers", "indicators", "targets", "levels"]].tolist() == [
        3,
        2,
        1,
        2,
    ]
    assert summary.loc["甲区", "catalogued_pct"] == pytest.approx(66.7)
    groups = count_groups(facts)
    assert groups["numbers"].tolist() == [1, 2, 1]
    assert "Government finance has most numbers, 3 of 4; 1 stands in no" in say_groups(groups)
    assert list_uncatalogued(facts)["indicator"].tolist() == ["无名之事"]
    assert list_widest(facts, ["甲区", "乙区"]) == [NAME]
    assert choose_indicator(facts, "", ["甲区"]) == NAME
    with pytest.raises(ValueError, match="no such thing"):
        choose_indicator(facts, "no such thing", ["甲区"])
    assert choose_indicator(facts, "无名之事", ["甲区"]) == "无名之事"


def test_a_matrix_has_one_cell_per_indicator_and_place(make_facts):
    facts, _ = make_facts(
        row("甲区", "7亿元", 7e8),
        row("甲区", "6亿元", 6e8, period="2014-01/2014-12"),
        row("乙区", "5亿元", 5e8),
        row("乙区", "3件", 3, "件", "level", "无名之事"),
    )
    matrix = build_matrix(facts, [NAME, "无名之事"])
    assert len(matrix) == 4
    assert not matrix.duplicated(["indicator", "region"]).any()
    reasons = count_reasons(matrix)
    assert reasons[["reason", "cells"]].to_numpy().tolist() == [
        ["its documents do not state it", 1]
    ]


def test_shares_stand_beside_the_stated_ones(make_facts):
    facts, _ = make_facts(
        row("甲区", "4.7亿元", 4.7e8, indicator="税收"),
        row("甲区", "5亿元", 5e8),
        row("甲区", "93.7%", 93.7, "%", "ratio", "税收占比"),
    )
    found = compute_shares(facts).iloc[0]
    assert found["computed_pct"] == 94.0
    assert (found["computed_low"], found["computed_high"]) == (84.55, 105.56)
    assert found["stated_pct"] == 93.7
    assert compute_shares(facts, regions=["乙区"]).empty


def test_a_structure_needs_every_part(make_facts):
    parts = ("第一产业占比", "第二产业占比", "第三产业占比")
    shares = [
        row("甲区", f"{v}%", v, "%", "ratio", n) for n, v in zip(parts, (10, 48, 42), strict=True)
    ]
    facts, _ = make_facts(*shares, row("乙区", "11%", 11, "%", "ratio", parts[0]))
    table = tabulate_structure(facts)
    assert table["region"].tolist() == ["甲区"]
    assert table["total_pct"].tolist() == [100.0]


def test_per_head_only_where_a_population_is_stated(make_facts):
    facts, _ = make_facts(
        row("甲区", "7亿元", 7e8),
        row("甲区", "35万人", 350000, "人", "level", "常住人口", period="2014-01/2014-12"),
        row("乙区", "5亿元", 5e8),
    )
    found = compute_per_head(facts, NAME)
    assert found["region"].tolist() == ["甲区"]
    assert found["value"].tolist() == [2000.0]
    assert found["unit"].tolist() == ["元/人"]
    assert found["note"].str.contains("of the year 2014").all()
    assert compute_per_head(facts, NAME, basis="area").empty


@pytest.mark.parametrize("other", ["户籍人口", "年末总人口", "总人口"])
@pytest.mark.parametrize("turn", [1, -1])
def test_per_head_divides_by_residents_before_any_other_population(make_facts, other, turn):
    people = [
        row("甲区", "40万人", 400000, "人", "level", other),
        row("甲区", "35万人", 350000, "人", "level", "常住人口", period="2014-01/2014-12"),
    ]
    facts, _ = make_facts(row("甲区", "7亿元", 7e8), *people[::turn])
    assert compute_per_head(facts, NAME)["value"].tolist() == [2000.0]


def test_of_several_years_the_latest_population_counts(make_facts):
    facts, _ = make_facts(
        row("甲区", "7亿元", 7e8),
        row("甲区", "35万人", 350000, "人", "level", "常住人口"),
        row("甲区", "20万人", 200000, "人", "level", "常住人口", period="2014-01/2014-12"),
    )
    assert compute_per_head(facts, NAME)["value"].tolist() == [2000.0]


def test_a_stated_rank_stands_beside_the_corpus(make_facts):
    facts, _ = make_facts(
        row("甲区-990101", "9%", 9, "%", "growth"),
        row("甲区-990101", "第一", 1, "位", "rank", of="全市"),
        row("乙区-990102", "12%", 12, "%", "growth"),
        row("丙区-990203", "15%", 15, "%", "growth"),
        row("乙区-990102", "首位", 1, "位", "rank", "考核", of="全市"),
    )
    found = tabulate_ranks(facts)
    assert found["corpus_rank"].tolist() == ["2", ""]
    assert found["among"].tolist() == [2, 0]
    assert found["note"].tolist()[1] == "what is ranked is not stated in its paragraph"


def test_a_rank_behind_level_and_growth_may_be_of_either(make_facts):
    facts, _ = make_facts(
        row("甲区-990101", "9.0亿元", 9e8, confidence=0.7, grade="B"),
        row("甲区-990101", "9%", 9, "%", "growth", confidence=0.9, grade="A"),
        row("甲区-990101", "第一", 1, "位", "rank", of="全市", confidence=0.9, grade="A"),
        row("乙区-990102", "12%", 12, "%", "growth"),
        row("乙区-990102", "8亿元", 8e8),
        row("丙区-990103", "7亿元", 7e8),
    )
    found = tabulate_ranks(facts).iloc[0]
    assert (found["basis"], found["value"]) == ("growth or level", "9% or 9.0亿元")
    assert (found["corpus_rank"], found["among"], found["note"]) == ("2 or 1", 3, "")
    assert (found["confidence"], found["grade"]) == (0.7, "B")


def test_a_cell_is_compared_only_if_another_place_has_one_like_it(make_facts):
    facts, _ = make_facts(
        row("甲区", "9亿元", 9e8),
        row("乙区", "8亿元", 8e8),
        row("甲区", "7亿元", 7e8, indicator="税收"),
        row("甲区", "5亿元", 5e8, indicator="固定资产投资"),
        row("乙区", "4亿元", 4e8, indicator="固定资产投资", period="2014-01/2014-12"),
    )
    cells = build_matrix(facts, [NAME, "税收", "固定资产投资"])
    partnered = cells[flag_partnered(cells)]
    assert partnered["indicator"].tolist() == [NAME, NAME]
    assert (cells["state"] == "comparable").sum() == 4


def test_parts_of_one_id_by_level_of_government_stay_apart(make_facts):
    facts, _ = make_facts(
        row("甲区", "9个", 9, "个", "level", "重点项目", indicator_id="key_projects"),
        row("甲区", "3个", 3, "个", "level", "省级重点项目", indicator_id="key_projects"),
        row("甲区", "8个", 8, "个", "level", "省重点项目", indicator_id="key_projects"),
    )
    assert facts["concept"].tolist() == ["key_projects", "key_projects/省", "key_projects/省"]


def test_values_without_a_number_are_nan_not_zero(make_facts):
    facts, _ = make_facts(row("甲区", "7亿元", 7e8))
    cells = compare_indicator(facts, NAME, regions=["甲区", "乙区"])
    assert math.isnan(cells["value"].iloc[1])


def test_a_number_in_no_group_is_not_called_uncatalogued_and_groups_that_tie_are_named_together():
    rows = [("Industry", "甲区", 2), ("Education", "甲区", 2), ("other", "甲区", 3)]
    groups = pd.DataFrame(rows, columns=["group", "document", "numbers"])
    assert say_groups(groups) == (
        "Of the catalogue's groups Industry and Education have most numbers, 2 of 7 each; "
        "3 stand in no group"
    )
    assert say_groups(groups.tail(1)).startswith("None of 3 numbers stands in a group")


# quotes and bounds of a part and of its whole, and the share that may be computed
DIVIDED = [
    (("4亿元", 4e8, ""), ("5亿元", 5e8, ""), [80.0]),
    (("4亿元", 4e8, ">="), ("5亿元", 5e8, ""), []),
    (("4亿元", 4e8, ""), ("5亿元", 5e8, ">="), []),
    (("4亿元", 4e8, "~"), ("5亿元", 5e8, ""), [80.0]),
]


@pytest.mark.parametrize(("part", "whole", "shares"), DIVIDED)
def test_no_share_is_computed_from_a_number_that_is_only_a_bound(make_facts, part, whole, shares):
    facts, _ = make_facts(
        row("甲区", *part[:2], indicator="税收收入", bound=part[2]),
        row("甲区", *whole[:2], bound=whole[2]),
    )
    assert compute_shares(facts)["computed_pct"].tolist() == shares
