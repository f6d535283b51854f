"""Names of numbers, clause after clause: one construction of the genre a row."""

import pytest

from dz_analysis.finding.name.indicators import read_indicators
from dz_analysis.finding.number.reject import find_quantities

NAMED = {
    "新签约项目57个，总投资230亿元。": ["新签约项目", "新签约项目总投资"],
    "税收8亿元，增长5%，居全市第二。": ["税收", "税收", "税收"],
    "投资1.8亿元的疾控中心启动建设。": ["疾控中心投资"],
    "48个技改项目完成投资20亿元。": ["技改项目", "技改项目完成投资"],
    "存款余额80亿元、贷款余额60亿元，分别增长5%、6%。": ["存款余额", "贷款余额"] * 2,
    "粮食、蔬菜产量分别达到30万吨、9万吨。": ["粮食产量", "蔬菜产量"],
    "6个省级、35个市级重点项目全部开工。": ["省级重点项目", "市级重点项目"],
    "创建绿色工厂2家、省级4家。": ["创建绿色工厂", "省级绿色工厂"],
    "新开工亿元以上项目38个，竣工21个。": ["新开工亿元以上项目", "竣工亿元以上项目"],
    "1632户、4107人全部实现稳定脱贫。": ["稳定脱贫户", "稳定脱贫人口"],
    "三次产业结构调整为12:40:48。": ["第一产业占比", "第二产业占比", "第三产业占比"],
    "审批事项由96项压减至41项。": ["审批事项", "审批事项"],
    "政务公开在全省120个县中列第34位。": ["县", "政务公开"],
    "7所学校实施集团化办学。": ["实施集团化办学学校"],
    "投资2600万元，完成8个老旧小区改造。": ["老旧小区改造投资", "老旧小区改造"],
    "蔬菜种植面积11万亩，产量28万吨。": ["蔬菜种植面积", "蔬菜产量"],
}


@pytest.mark.parametrize(("text", "names"), NAMED.items())
def test_numbers_are_named(text, names):
    assert [item.name for item in read_indicators(text, find_quantities(text))] == names


def test_a_place_is_no_name():
    text = "地区生产总值增长8%，东河县增长9%。"
    items = list(read_indicators(text, find_quantities(text), places=frozenset(["东河县"])))
    assert [item.name for item in items] == ["地区生产总值", "地区生产总值"]
    assert items[1].reading.place == "东河县"


def test_statements_of_time_stay_out_of_names():
    text = "2019年税收8亿元。"
    (item,) = read_indicators(text, find_quantities(text), skips=[(0, 5)])
    assert item.name == "税收"
