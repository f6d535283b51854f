"""Each check on numbers that agree, that disagree, and that only look as if they did."""

import pytest

from dz_analysis.comparing.audit import (
    AUDIT_COLUMNS,
    CHECKS,
    audit_facts,
    count_verdicts,
    list_sources,
)

TAX, REVENUE = "税收收入", "一般公共预算收入"
BEFORE = {"period": "2014-01/2014-12"}
FIVE = {"period": "2011-01/2015-12"}
TARGET = {"status": "target"}


def level(document, indicator, quote, value, unit="元", **more):
    return (document, indicator, "level", quote, value, unit, more)


def share(quote, value, indicator="税收占比", **more):
    return ("甲区", indicator, "ratio", quote, value, "%", more)


def growth(quote, value, indicator=REVENUE, **more):
    return ("甲区", indicator, "growth", quote, value, "%", more)


def rate(document, quote, value, **more):
    return (document, "固定资产投资", "growth", quote, value, "%", more)


def rank(document, indicator, quote, value, of="全市", **more):
    return (document, indicator, "rank", quote, value, "位", {"of": of, **more})


YEARLY = [growth(f"{n}%", n, period=f"{2010 + n}-01/{2010 + n}-12") for n in range(1, 6)]
SIX = [level(f"{n}区-99010{i}", "粮食总产", "20亿元", 2e9) for i, n in enumerate("甲乙丙丁戊", 1)]

# id, check, rows, verdicts
CASES = [
    (
        "rounding explains it",
        "share",
        [
            level("甲区", TAX, "4.7亿元", 4.7e8),
            level("甲区", REVENUE, "5亿元", 5e8),
            share("93.7%", 93.7),
        ],
        ["agrees"],
    ),
    (
        "finer decimals do not",
        "share",
        [
            level("甲区", TAX, "4.70亿元", 4.7e8),
            level("甲区", REVENUE, "5.00亿元", 5e8),
            share("93.7%", 93.7),
        ],
        ["disagrees"],
    ),
    (
        "share named by its parts alone",
        "share",
        [
            level("甲区", "外资企业产值", "20亿元", 2e9),
            level("甲区", "工业产值", "80亿元", 8e9),
            share("30.0%", 30, "外资企业产值占比", of="工业产值"),
        ],
        ["disagrees"],
    ),
    ("over a hundred", "share_limit", [share("106%", 106)], ["disagrees"]),
    ("a hundred", "share_limit", [share("100%", 100)], []),
    (
        "three shares with rounding",
        "shares_sum",
        [
            share("10.1%", 10.1, "第一产业占比"),
            share("47.8%", 47.8, "第二产业占比"),
            share("42.2%", 42.2, "第三产业占比"),
        ],
        ["agrees"],
    ),
    (
        "three shares too many",
        "shares_sum",
        [
            share("10.1%", 10.1, "第一产业占比"),
            share("47.8%", 47.8, "第二产业占比"),
            share("43.1%", 43.1, "第三产业占比"),
        ],
        ["disagrees"],
    ),
    (
        "two of three shares say nothing",
        "shares_sum",
        [share("10.1%", 10.1, "第一产业占比"), share("47.8%", 47.8, "第二产业占比")],
        [],
    ),
    (
        "tax over revenue",
        "part",
        [level("甲区", TAX, "5.2亿元", 5.2e8), level("甲区", REVENUE, "4.1亿元", 4.1e8)],
        ["disagrees"],
    ),
    (
        "a narrower name is a part",
        "part",
        [level("甲区", "省级重点项目", "9个", 9, "个"), level("甲区", "重点项目", "8个", 8, "个")],
        ["disagrees"],
    ),
    (
        "an average is no part",
        "part",
        [
            level("甲区", "城镇居民人均可支配收入", "3.2万元", 32000),
            level("甲区", "居民人均可支配收入", "2.5万元", 25000),
        ],
        [],
    ),
    (
        "exports and imports",
        "sum",
        [
            level("甲区", "进出口总额", "9.0亿元", 9e8),
            level("甲区", "出口总额", "6.0亿元", 6e8),
            level("甲区", "进口总额", "2.5亿元", 2.5e8),
        ],
        ["disagrees"],
    ),
    (
        "more over the higher threshold",
        "threshold",
        [
            level("甲区", "新签约10亿元以上项目", "9个", 9, "个"),
            level("甲区", "新签约5亿元以上项目", "7个", 7, "个"),
        ],
        ["disagrees"],
    ),
    (
        "no counterpart is no fault",
        "last_year",
        [level("甲区", REVENUE, "12.8亿元", 1.28e9), growth("21.1%", 21.1)],
        ["unchecked"],
    ),
    (
        "last year as implied",
        "last_year",
        [
            level("甲区", REVENUE, "12.8亿元", 1.28e9),
            growth("21.1%", 21.1),
            level("甲区", REVENUE, "10.6亿元", 1.06e9, **BEFORE),
        ],
        ["agrees"],
    ),
    (
        "last year otherwise",
        "last_year",
        [
            level("甲区", REVENUE, "12.8亿元", 1.28e9),
            growth("21.1%", 21.1),
            level("甲区", REVENUE, "9.6亿元", 9.6e8, **BEFORE),
        ],
        ["disagrees"],
    ),
    (
        "real growth is not a quotient of levels",
        "last_year",
        [
            level("甲区", "地区生产总值", "128亿元", 1.28e10),
            growth("5%", 5, "地区生产总值"),
            level("甲区", "地区生产总值", "110亿元", 1.1e10, **BEFORE),
        ],
        ["undecided"],
    ),
    (
        "growth against another base is left alone",
        "last_year",
        [
            level("甲区", REVENUE, "12.8亿元", 1.28e9),
            growth("2%", 2, of="上月"),
            level("甲区", REVENUE, "9.6亿元", 9.6e8, **BEFORE),
        ],
        [],
    ),
    (
        "points off a ratio",
        "change",
        [
            share("94.6%", 94.6, "满意率"),
            ("甲区", "满意率", "change", "3.1个百分点", 3.1, "百分点"),
            share("92.9%", 92.9, "满意率", **BEFORE),
        ],
        ["disagrees"],
    ),
    (
        "average of yearly rates",
        "average_growth",
        [("甲区", REVENUE, "average_growth", "3.0%", 3, "%", FIVE), *YEARLY],
        ["agrees"],
    ),
    (
        "average growth and end points",
        "average_growth",
        [
            ("甲区", REVENUE, "average_growth", "9.1%", 9.1, "%", FIVE),
            level("甲区", REVENUE, "10.0亿元", 1e9, period="2010-01/2010-12"),
            level("甲区", REVENUE, "12.8亿元", 1.28e9),
        ],
        ["disagrees"],
    ),
    (
        "growth over five years",
        "cumulative_growth",
        [
            growth("28.0%", 28, of="上一个五年末", **FIVE),
            level("甲区", REVENUE, "10.0亿元", 1e9, period="2010-01/2010-12"),
            level("甲区", REVENUE, "12.8亿元", 1.28e9),
        ],
        ["agrees"],
    ),
    (
        "a multiple of something unsaid",
        "multiple",
        [
            level("甲区", REVENUE, "12.8亿元", 1.28e9),
            ("甲区", REVENUE, "multiple", "1.4倍", 1.4, "倍"),
            level("甲区", REVENUE, "12.0亿元", 1.2e9, **BEFORE),
        ],
        ["undecided"],
    ),
    (
        "done over planned",
        "completion",
        [
            level("甲区", "重点项目完成投资", "4.4亿元", 4.4e8),
            ("甲区", "重点项目完成投资", "completion", "55.6%", 55.6, "%"),
            level("甲区", "重点项目完成投资", "6.0亿元", 6e8, **TARGET),
        ],
        ["disagrees"],
    ),
    (
        "half the plan by midyear",
        "completion",
        [
            level("甲区", "重点项目完成投资", "4.4亿元", 4.4e8, period="2015-01/2015-06"),
            (
                "甲区",
                "重点项目完成投资",
                "completion",
                "55.6%",
                55.6,
                "%",
                {"period": "2015-01/2015-06"},
            ),
            level("甲区", "重点项目完成投资", "7.9亿元", 7.9e8, **TARGET),
        ],
        ["agrees"],
    ),
    ("two values", "two_values", [growth("70.9%", 70.9), growth("40.1%", 40.1)], ["disagrees"]),
    ("two roundings", "two_values", [growth("6.4%", 6.4), growth("6.43%", 6.43)], ["agrees"]),
    (
        "counts of two sets",
        "two_values",
        [level("甲区", "学校", "4所", 4, "所"), level("甲区", "学校", "180所", 180, "所")],
        ["undecided"],
    ),
    (
        "two things of one name",
        "two_values",
        [level("甲区", "安置片区", "4个", 4, "个"), level("甲区", "安置片区", "6个", 6, "个")],
        ["undecided"],
    ),
    (
        "万 for 亿 among the others",
        "magnitude",
        [*SIX, level("己区-990106", "粮食总产", "20万元", 2e5)],
        ["disagrees"],
    ),
    ("all of a size", "magnitude", SIX, []),
    (
        "a rank outside its field",
        "rank_field",
        [rank("甲区", "考核", "第49位", 49, of="全省40个开发区")],
        ["disagrees"],
    ),
    (
        "one rank, two districts",
        "rank_twice",
        [
            rate("甲区-990101", "9%", 9),
            rank("甲区-990101", "固定资产投资", "第二", 2),
            rate("乙区-990102", "8%", 8),
            rank("乙区-990102", "固定资产投资", "第二", 2),
        ],
        ["disagrees"],
    ),
    (
        "one rank, two cities",
        "rank_twice",
        [rank("甲区-990101", "考核", "第二", 2), rank("乙区-990202", "考核", "第二", 2)],
        [],
    ),
    (
        "one rank, places unknown",
        "rank_twice",
        [rank("甲区", "考核", "第二", 2), rank("乙区", "考核", "第二", 2)],
        ["undecided"],
    ),
    (
        "one rank of level, one of growth",
        "rank_twice",
        [
            rate("甲区-990101", "9%", 9),
            rank("甲区-990101", "固定资产投资", "第二", 2),
            level("乙区-990102", "固定资产投资", "90亿元", 9e9),
            rank("乙区-990102", "固定资产投资", "第二", 2),
        ],
        ["undecided"],
    ),
    (
        "first, though another is better",
        "stated_rank",
        [
            rate("甲区-990101", "9%", 9),
            rank("甲区-990101", "固定资产投资", "第一", 1),
            rate("乙区-990102", "12%", 12),
        ],
        ["disagrees"],
    ),
    (
        "second, as the corpus allows",
        "stated_rank",
        [
            rate("甲区-990101", "9%", 9),
            rank("甲区-990101", "固定资产投资", "第二", 2),
            rate("乙区-990102", "12%", 12),
        ],
        ["agrees"],
    ),
    (
        "two gaps to one average",
        "gap",
        [
            rate("甲区-990101", "12.8%", 12.8),
            (
                "甲区-990101",
                "固定资产投资",
                "gap",
                "3.2个百分点",
                3.2,
                "百分点",
                {"of": "全市平均"},
            ),
            rate("乙区-990102", "8.0%", 8),
            (
                "乙区-990102",
                "固定资产投资",
                "gap",
                "1.0个百分点",
                -1,
                "百分点",
                {"of": "全市平均"},
            ),
        ],
        ["disagrees", "unchecked"],
    ),
    (
        "a district over its city",
        "city",
        [
            level("子市-990100", REVENUE, "20亿元", 2e9),
            level("甲区-990101", REVENUE, "12亿元", 1.2e9),
            level("乙区-990102", REVENUE, "11亿元", 1.1e9),
        ],
        ["disagrees"],
    ),
    (
        "a zone may lie inside a district",
        "city",
        [
            level("子市-990100", REVENUE, "20亿元", 2e9),
            level("甲区-990101", REVENUE, "12亿元", 1.2e9),
            level("子市高新区-990171", REVENUE, "11亿元", 1.1e9),
        ],
        ["undecided"],
    ),
]


@pytest.mark.parametrize(
    ("check", "rows", "verdicts"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_a_check(audit_rows, check, rows, verdicts):
    assert audit_rows(check, *rows) == verdicts


def test_every_check_is_tried():
    assert {case[1] for case in CASES} == set(CHECKS)


def test_a_line_names_both_sources_and_its_tolerance(make_facts):
    facts, _ = make_facts(
        level("甲区", TAX, "4.70亿元", 4.7e8),
        level("甲区", REVENUE, "5.00亿元", 5e8),
        share("93.7%", 93.7),
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
