"""Tables of figures inside a text: every cell is a row of the table of observations, or nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dz_analysis.finding import find_observations, tag_document
from dz_analysis.finding.model import Context, Observation
from dz_analysis.finding.table.cell import is_unit
from dz_analysis.finding.table.layout import find_grids
from dz_analysis.finding.table.rows import TableFrame

HERE = Context(region="青禾县", published="2020-03", period_start="2019-01", period_end="2019-12")


def read(text: str, context: Context = HERE) -> tuple[Observation, ...]:
    rows = find_observations(text, context=context)
    assert all(text[row.start : row.end] == row.quote for row in rows)
    return rows


def brief(rows: tuple[Observation, ...]) -> list[tuple[str, str, float, str]]:
    return [(row.indicator, row.measure, float(row.value), row.unit) for row in rows]


def test_amount_and_growth_stand_side_by_side():
    rows = read(
        "2019年主要经济指标\n指标\t单位\t绝对数\t比上年增长（%）\n"
        "一、地区生产总值\t亿元\t182.46\t6.8\n其中：第一产业\t亿元\t28.3\t—\n粮食产量\t万吨\t45.6\t-1.9\n"
    )
    assert brief(rows) == [
        ("地区生产总值", "level", 18246000000, "元"),
        ("地区生产总值", "growth", 6.8, "%"),
        ("第一产业", "level", 2830000000, "元"),
        ("粮食产量", "level", 456000, "吨"),
        ("粮食产量", "growth", -1.9, "%"),
    ]
    assert rows[2].indicator_id == "value_added_primary"
    assert {row.period for row in rows} == {"2019-01/2019-12"}


def test_rows_that_are_places_are_named_by_the_heads():
    text = (
        "2021年1—6月各县区主要指标（单位：亿元、%）\n地区\t地区生产总值\t\t一般公共预算收入\t\t\n"
        "\t总量\t增速\t总量\t增速\t位次\n德城区\t200.5\t6.2\t10.2\t3.4\t3\n陵城区\t150.5\t-5.9\t8.2\t\t11\n"
    )
    rows = read(text, tag_document(text, region="德州市", published="2021-07"))
    assert [(row.region, row.indicator, row.measure) for row in rows] == [
        *[("德城区", "地区生产总值", measure) for measure in ("level", "growth")],
        *[("德城区", "一般公共预算收入", measure) for measure in ("level", "growth", "rank")],
        *[("陵城区", "地区生产总值", measure) for measure in ("level", "growth")],
        *[("陵城区", "一般公共预算收入", measure) for measure in ("level", "rank")],
    ]
    assert {row.period for row in rows} == {"2021-01/2021-06"}
    assert [row.region_code for row in rows][::5] == ["371402", "371403"]


def test_rows_that_are_years_give_the_period():
    rows = read(
        "表3 常住人口\n年份\t常住人口（万人）\t城镇化率（%）\n"
        "2015年\t48.2\t40.1\n2016\t48.6\t41.3\n"
    )
    assert [(row.period[:4], row.indicator, float(row.value)) for row in rows] == [
        ("2015", "常住人口", 482000),
        ("2015", "城镇化率", 40.1),
        ("2016", "常住人口", 486000),
        ("2016", "城镇化率", 41.3),
    ]
    assert [row.measure for row in rows] == ["level", "ratio"] * 2


def test_a_plan_stands_beside_what_was_reached():
    rows = read(
        "指标名称\t计量单位\t2023年实际\t2024年目标\n地区生产总值\t亿元\t512.4\t545\n"
        "城镇登记失业率\t%\t3.4\t≤4\n粮食产量\t万吨\t61.2\t60以上\n"
    )
    assert [(row.quote, row.period[:4], row.status, row.bound) for row in rows] == [
        ("512.4", "2023", "actual", ""),
        ("545", "2024", "target", ""),
        ("3.4", "2023", "actual", ""),
        ("4", "2024", "target", "<="),
        ("61.2", "2023", "actual", ""),
        ("60", "2024", "target", ">="),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "规模以上工业增加值增速\t%\t7.6",
        "规模以上工业增加值\t%\t7.6",
        "规上工业增加值增长（%）\t\t7.6",
    ],
)
def test_a_percentage_of_an_amount_is_its_growth(line):
    (row,) = read(f"指标\t单位\t数值\n{line}\n用电量\t\t\n")
    assert (row.indicator_id, row.measure, row.unit) == ("industrial_value_added", "growth", "%")


def test_a_table_that_follows_at_once_has_heads_of_its_own():
    rows = read(
        "指标\t单位\t全县\t\t全市增速（%）\n\t\t1-6月\t增长（%）\n税收\t亿元\t8.2\t6.8\t6.1\n"
        "指标名称\t\t数值（万吨）\n农业\t粮食产量\t45.6\n\t油料产量\t5.6\n",
        Context(region="青禾县", city="青禾市", period_end="2019-06", period_start="2019-01"),
    )
    assert brief(rows) == [
        ("税收", "level", 820000000, "元"),
        ("税收", "growth", 6.8, "%"),
        ("税收", "growth", 6.1, "%"),
        ("粮食产量", "level", 456000, "吨"),
        ("油料产量", "level", 56000, "吨"),
    ]
    assert [row.region for row in rows] == ["青禾县"] * 2 + ["青禾市"] + ["青禾县"] * 2


def test_a_part_is_named_after_its_whole():
    rows = read("指标\t2019年（万元）\n固定资产投资\t5200\n#工业\t1800\n其中：民间投资\t900\n")
    assert [row.indicator for row in rows] == ["固定资产投资", "工业固定资产投资", "民间投资"]
    assert [float(row.value) for row in rows] == [52000000, 18000000, 9000000]


def test_the_year_before_has_its_own_period():
    rows = read("指标\t单位\t本年\t上年同期\n用电量\t亿千瓦时\t3.2\t3.0\n税收\t亿元\t1.5\t1.4\n")
    assert [row.period[:4] for row in rows] == ["2019", "2018", "2019", "2018"]


def test_rows_glued_in_one_line_are_read_below_heads_that_lines_broke():
    rows = read(
        "单位：万元\n收入项目 2018年决算数 2019年执行数\n2019年执行数比\n2018年决算数增减%\n"
        "税收 1203 1250 3.9 上年结余收入 348 490 40.8\n上解收入\n调入资金 387 535 -3.2\n"
    )
    assert brief(rows) == [
        ("税收", "level", 12030000, "元"),
        ("税收", "level", 12500000, "元"),
        ("税收", "growth", 3.9, "%"),
        ("上年结余收入", "level", 3480000, "元"),
        ("上年结余收入", "level", 4900000, "元"),
        ("上年结余收入", "growth", 40.8, "%"),
        ("调入资金", "level", 3870000, "元"),
        ("调入资金", "level", 5350000, "元"),
        ("调入资金", "growth", -3.2, "%"),
    ]
    assert [row.period[:4] for row in rows] == ["2018", "2019", "2019"] * 3


STACKED = """2019年各县地区生产总值
地区
总量（亿元）
增长（%）
地区生产
总值
第一
产业
地区生产
总值
第一
产业
青禾县
182.4
28.3
6.8
-1.2
"""


def test_a_table_of_one_cell_a_line_is_read_below_heads_of_two_levels():
    text = STACKED + "".join(f"{name}\n90.5\n—\n3.1\n2.0\n" for name in ("德城区", "陵城区"))
    rows = read(text, tag_document(text, region="德州市", published="2020-03"))
    assert [(row.region, row.indicator, row.measure, row.quote) for row in rows[:4]] == [
        ("青禾县", "地区生产总值", "level", "182.4"),
        ("青禾县", "第一产业", "level", "28.3"),
        ("青禾县", "地区生产总值", "growth", "6.8"),
        ("青禾县", "第一产业", "growth", "-1.2"),
    ]
    assert [(row.region, row.quote) for row in rows[4:]] == [
        (name, quote) for name in ("德城区", "陵城区") for quote in ("90.5", "3.1", "2.0")
    ]


@pytest.mark.parametrize(
    "text",
    [
        STACKED,  # one row is no table
        STACKED.replace("产业\n", "", 1) + "德城区\n9\n8\n7\n6\n陵城区\n9\n8\n7\n6\n",
        "德城区\n9\n8\n陵城区\n9\n8\n青禾县\n9\n8\n",  # no heads
    ],
)
def test_stacked_cells_that_do_not_fit_are_left_out(text):
    assert read(text) == ()


def test_rows_are_no_heads_of_the_rows_below_them():
    assert read("税收 1203 1250 3.9\n其他支出 862\n非税 387 535 -3.2\n罚没 12 13 8.3\n") == ()


def test_a_row_that_a_number_names_is_left_out():
    rows = read("指标  2019年执行数（万元）  增长（%）\n2988723  2805354  -6.1\n契税  645  0.5\n")
    assert {row.indicator for row in rows} == {"契税"}


def test_a_cell_holds_a_range_a_fall_or_a_bound():
    rows = read(
        "指标\t单位\t2019年目标\n税收\t亿元\t60-65\n失业率\t%\t≤4\n"
        "财政赤字\t亿元\t-3.5\n粮食产量\t万吨\t+2\n"
    )
    assert [(row.quote, row.value, row.value_high, row.bound) for row in rows] == [
        ("60-65", 6000000000, 6500000000, ""),
        ("4", 4, None, "<="),
        ("-3.5", -350000000, None, ""),
        ("2", 20000, None, ""),
    ]


@pytest.mark.parametrize("gap", ["\t", "    ", " | ", "　　"])
def test_cells_stand_apart_in_several_ways(gap):
    lines = [
        ("指标", "单位", "绝对数", "增长（%）"),
        ("税收", "亿元", "1,203.5", "5.1"),
        ("存款余额", "亿元", "86", "-2.0"),
    ]
    rows = read("\n".join(gap.join(line) for line in lines))
    assert [float(row.value) for row in rows] == [120350000000, 5.1, 8600000000, -2.0]


def test_rows_with_single_blanks_show_by_their_figures():
    rows = read("指标 单位 绝对数 增长（%）\n税收 亿元 12.5 5.1\n粮食产量 万吨 45.6 1.9\n")
    assert [row.indicator for row in rows] == ["税收", "税收", "粮食产量", "粮食产量"]


@pytest.mark.parametrize(
    "text",
    [
        "各位代表：\n2019年 税收完成3亿元。\n二、2020年  重点工作",
        "联系人  王某\n电话  0534-2200000\n传真  0534-2200001",
        "（单位：亿元、万人）",
        "序号\t单位名称\n1\t某某公司\n2\t某某学校",
    ],
)
def test_what_is_no_table_of_figures(text):
    assert [
        row for row in find_observations(text, context=HERE) if row.why[0].rule is TableFrame.CELLS
    ] == []


def test_a_unit_in_brackets_counts_nothing():
    assert read("各县区指标（单位：亿元、万人）") == ()


def test_prose_around_a_table_is_read_as_before():
    rows = read(
        "税收3亿元。\n指标\t单位\t绝对数\n粮食产量\t万吨\t45\n棉花产量\t吨\t20\n学校12所。\n"
    )
    assert brief(rows) == [
        ("税收", "level", 300000000, "元"),
        ("粮食产量", "level", 450000, "吨"),
        ("棉花产量", "level", 20, "吨"),
        ("学校", "level", 12, "所"),
    ]


@settings(deadline=None)
@given(st.lists(st.text("指标单位亿元%12.3-—\t |年增长#（）", max_size=30), max_size=8))
def test_any_lines_are_read_without_an_error(lines):
    text = "\n".join(lines)
    read(text)
    spans = [(grid.start, grid.end) for grid in find_grids(text)]
    assert spans == sorted(spans) and all(0 <= a < b <= len(text) for a, b in spans)


@pytest.mark.parametrize(
    ("words", "expected"), [("亿元", True), ("‰", True), ("指标", False), ("", False)]
)
def test_is_unit(words, expected):
    assert is_unit(words) is expected
