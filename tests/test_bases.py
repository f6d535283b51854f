"""On what basis growth and levels are told, and what is held against what because of it."""

import pytest

from dz_analysis.auditing import audit_facts
from dz_analysis.bases import state_bases
from dz_analysis.comparing import compare_indicator, join_promises
from dz_analysis.finding import find_observations, tag_document
from dz_analysis.manifest import Document
from dz_analysis.measure import extract, extract_text

NAME = "一般公共预算收入"


def bases(text):
    context = tag_document(text, region="云溪县", period="2019-01/2019-12")
    rows = state_bases(text, find_observations(text, context=context))
    return [(row.quote, row.of) for row in rows]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("税收完成8.2亿元，同口径增长6%。", [("8.2亿元", ""), ("6%", "同口径")]),
        ("税收下降2%，剔除减税降费影响，增长4%。", [("2%", ""), ("4%", "剔除减税降费影响")]),
        ("税收扣除一次性入库后增长4%。", [("4%", "扣除一次性入库")]),
        ("投资自然口径下降3%，可比口径增长2%。", [("3%", ""), ("2%", "可比口径")]),
        ("零售额增长8%（同口径）。", [("8%", "同口径")]),
        ("零售额增长8%（同口径增长9%）。", [("8%", ""), ("9%", "同口径")]),
        ("税收、投资同口径分别增长3%、5%。", [("3%", "同口径"), ("5%", "同口径")]),
        ("税收同口径增长3%，投资增长5%。", [("3%", "同口径"), ("5%", "")]),
        ("税收同口径增长3%。投资增长5%。", [("3%", "同口径"), ("5%", "")]),
        ("工业用电量环比增长4%。", [("4%", "上月")]),
        ("税收比2017年同口径增长9%。", [("9%", "2017年")]),
        # that real growth is real goes without saying, unless there is growth at other prices
        ("农业总产值按可比价格计算增长4%。", [("4%", "")]),
        ("居民收入增长6%，扣除价格因素实际增长5%。", [("6%", ""), ("5%", "扣除价格因素")]),
        ("居民收入名义增长6%，实际增长5%。", [("6%", ""), ("5%", "扣除价格因素")]),
        ("产值增长6%，按不变价增长6%。", [("6%", ""), ("6%", "")]),
        # what opens the sentence counts for its list
        ("按可比口径计算，税收增长3%，投资增长5%。", [("3%", "可比口径"), ("5%", "可比口径")]),
        ("同口径：税收增长3%，投资增长5%。", [("3%", "同口径"), ("5%", "同口径")]),
        ("按同口径比较，税收8.2亿元，增长3%。", [("8.2亿元", ""), ("3%", "同口径")]),
        (
            "2019年比2015年有较大增长：粮食增长3%，棉花增长5%。",
            [("3%", "2015年"), ("5%", "2015年")],
        ),
        (
            "2019年比二〇一五年将增长如下：粮食增长3%，棉花增长5%。",
            [("3%", "二〇一五年"), ("5%", "二〇一五年")],
        ),
        ("2019年比2015年增长较快，税收增长3%，投资增长5%。", [("3%", ""), ("5%", "")]),
        # what each place is to have is no sum
        ("支持各县（市）集中资源发展1-2个主导产业。", [("1-2个", "各县（市）")]),
        ("每个乡镇新建12所幼儿园，全县新建中学6所。", [("12所", "每个乡镇"), ("6所", "")]),
        ("各区至少培育8家龙头企业。", [("8家", "各区")]),
        ("各县新建学校120所。", [("120所", "")]),
        ("各乡镇共新建学校2所。", [("2所", "")]),
        ("各市场主体创建2个品牌，每个村民小组推选3名代表。", [("2个", ""), ("3名", "")]),
        ("根据经济普查修订，2018年产值为118亿元。", [("118亿元", "普查修订")]),
        ("2018年产值修订为118亿元。", [("118亿元", "修订为")]),
        ("园区修订地方标准12项。", [("12项", "")]),
    ],
)
def test_the_basis_is_read_where_the_text_tells_it(text, expected):
    assert bases(text) == expected


def test_bases_stand_in_the_rows_of_a_page_and_of_a_text():
    text = "云溪县2019年财政情况\n税收下降2.1%，同口径增长3.2%。"
    assert extract(text.encode(), document=Document("a", "a.txt"))["of"].tolist() == ["", "同口径"]
    assert [row.of for row in extract_text(text)] == ["", "同口径"]


def rate(document, quote, value, **more):
    return (document, NAME, "growth", quote, value, "%", more)


def test_growth_on_a_basis_of_its_own_is_not_held_against_the_natural_one(make_facts):
    facts, documents = make_facts(
        rate("甲区", "3.0%", 3),
        rate("甲区", "6.2%", 6.2, of="同口径"),
        rate("乙区", "4.0%", 4),
        rate("丙区", "9.0%", 9, of="扣除减税因素"),
        rate("乙区", "5%", 5, status="target"),
        rate("丙区", "5%", 5, status="target"),
    )
    cells = compare_indicator(facts, NAME, measure="growth").set_index("quote")
    assert cells["state"].to_dict() | {"5%": ""} == {
        "3.0%": "comparable",
        "6.2%": "not_comparable",
        "4.0%": "comparable",
        "9.0%": "not_comparable",
        "5%": "",
    }
    assert "against 同口径" in cells.loc["6.2%", "reason"]
    assert audit_facts(facts)["verdict"].tolist() == []
    joined = join_promises(facts, documents).set_index("region")["outcome"]
    assert joined.to_dict() == {"丙区": "no_number_alike", "乙区": "missed"}


def level(document, quote, value, **more):
    return (document, NAME, "level", quote, value, "元", more)


def test_a_level_is_not_divided_by_growth_on_another_basis(audit_rows):
    before = level("甲区", "9.9亿元", 9.9e8, period="2014-01/2014-12")
    found = audit_rows(
        "last_year", level("甲区", "10.0亿元", 1e9), before, rate("甲区", "6.2%", 6.2)
    )
    assert found == ["disagrees"]
    on_scope = rate("甲区", "6.2%", 6.2, of="同口径")
    assert audit_rows("last_year", level("甲区", "10.0亿元", 1e9), before, on_scope) == []


def test_a_revised_value_wins(make_facts, audit_rows):
    old = level("甲区", "10.0亿元", 1e9)
    new = level("甲区-", "11.0亿元", 1.1e9, of="普查修订", region="甲区")
    facts, _ = make_facts(old, new, level("乙区", "12.0亿元", 1.2e9))
    cells = compare_indicator(facts, NAME).set_index("quote")
    assert cells.loc["11.0亿元", "state"] == "comparable"
    assert (
        cells.loc["10.0亿元", "reason"] == "revised since; the new value is stated in 甲区- no. 2"
    )
    assert audit_rows("two_values", old, new) == []


def test_growth_is_held_against_the_revised_value_of_last_year(audit_rows):
    year = "2014-01/2014-12"
    rows = (level("甲区", "11.0亿元", 1.1e9), rate("甲区", "10.0%", 10))
    old = level("乙区", "9.0亿元", 9e8, period=year, region="甲区")
    new = level("乙区", "10.0亿元", 1e9, period=year, region="甲区", of="修订为")
    assert audit_rows("last_year", *rows, old) == ["disagrees"]
    assert audit_rows("last_year", *rows, old, new) == ["agrees"]


def test_a_target_is_settled_by_the_revised_result(make_facts):
    goal = level("甲区", "10.5亿元", 1.05e9, status="target")
    old = level("乙区", "10.0亿元", 1e9, region="甲区")
    new = level("乙区", "11.0亿元", 1.1e9, region="甲区", of="普查修订")
    for rows, outcome in (((goal, old), "missed"), ((goal, old, new), "met")):
        facts, documents = make_facts(*rows)
        assert join_promises(facts, documents)["outcome"].tolist() == [outcome]
