"""How a number is told: one wording a row, with what must be left of the words before it."""

import pytest

from dz_analysis.finding.measure.telling import read_measure
from dz_analysis.finding.number.reject import find_quantities

# phrase, measure, sign, head, compared with, bound
TOLD = [
    ("税收收入同比增长8.1%", "growth", 1, "税收收入", "", ""),
    ("税收收入年均增长8.1%", "average_growth", 1, "税收收入", "", ""),
    ("税收收入近三年平均增长8.1%", "average_growth", 1, "税收收入", "", ""),
    ("税收收入较“十一五”末增长8.1%", "growth", 1, "税收收入", "“十一五”末", ""),
    ("用电量环比下降2.4%", "growth", -1, "用电量", "上月", ""),
    ("审批时限压减60%以上", "growth", -1, "审批时限", "", ">="),
    ("压减审批时限60%", "growth", -1, "审批时限", "", ""),
    ("光缆产量增长2.6倍", "growth", 1, "光缆产量", "", ""),
    ("财政收入是2008年的2.6倍", "multiple", 1, "财政收入", "2008年", ""),
    ("财政收入比2008年翻两番", "multiple", 1, "财政收入", "2008年", ""),
    ("出口增速高于全市平均3.2个百分点", "gap", 1, "出口增速", "全市平均", ""),
    ("出口增速比全省低1.2个百分点", "gap", -1, "出口增速", "全省", ""),
    ("城镇化率比上年提高1.2个百分点", "change", 1, "城镇化率", "", ""),
    ("产值降幅收窄1.2个百分点", "change", -1, "产值降幅", "", ""),
    ("民生支出较上年增加1.3亿元", "change", 1, "民生支出", "", ""),
    ("完成全年任务的105%", "completion", 1, "", "全年任务", ""),
    ("税收占一般预算收入的91%", "ratio", 1, "税收占比", "一般预算收入", ""),
    ("不良贷款率降至2.8%", "ratio", 1, "不良贷款率", "", ""),
    ("综合实力位列全省第12位", "rank", 1, "综合实力", "全省", ""),
    ("增幅全省排第7位", "rank", 1, "增幅", "全省", ""),
    ("税收收入突破8亿元", "level", 1, "税收收入", "", ">="),
    ("失业率控制在4.5%以内", "ratio", 1, "失业率", "", "<="),
    ("耕地约32万亩", "level", 1, "耕地", "", "~"),
]


@pytest.mark.parametrize(("phrase", "measure", "sign", "head", "of", "bound"), TOLD)
def test_wording_is_told_as(phrase, measure, sign, head, of, bound):
    quantity = find_quantities(phrase)[-1]
    telling = read_measure(phrase[: quantity.start], quantity, phrase[quantity.end :])
    assert (telling.measure, telling.sign, telling.head) == (measure, sign, head)
    assert (telling.of, telling.bound) == (of, bound)
