"""How firmly a target is put: the word that governs it, by clause, list and opening."""

import pytest

from dz_analysis.finding import find_observations
from dz_analysis.finding.model import Context
from dz_analysis.finding.number.reject import find_quantities
from dz_analysis.finding.scope.modifiers import Modifiers

# A text and the word that governs each of its numbers.
GOVERNED = [
    ("确保税收增长5%，力争达到6%。", ["确保", "力争"]),
    ("力争税收增长5%、投资增长8%，支出增长9%。", ["力争"] * 3),
    ("力争早日开工，税收增长5%。", [""]),
    ("今年的主要预期目标是：税收增长5%左右；投资增长8%；", ["预期目标"] * 2),
    ("奋斗目标为，税收增长5%，确保增长3%。", ["奋斗目标", "确保"]),
    ("确保税收增长5%。投资增长8%。", ["确保", ""]),
    ("确保税收增长5%；投资增长8%。", ["确保", ""]),
    ("主要预期目标是：税收增长5%，力争6%；投资增长8%。", ["预期目标", "力争", "预期目标"]),
    ("主要预期目标是税收增长5%，力争6%；投资增长8%。", ["预期目标", "力争", "预期目标"]),
    ("新建学校3所。", [""]),
    ("约束性指标是：单位能耗下降3%。", ["约束性"]),
    ("争取资金8亿元。", [""]),
    ("学校3所，力争年底投用。", [""]),
    (f"{'抓' * 70}，预期目标是：税收增长5%；投资增长8%。", ["预期目标", ""]),
    ("力争到2030年，生产总值翻一番，居民收入达到8万元。", ["力争", "力争"]),
    ("增长5%、努力争取更好结果，投资增长8%。", ["", ""]),
    ("围绕上述目标，税收增长5%，投资增长8%。", ["", ""]),
    # the list goes on behind a full stop, as long as its sentences open as its items do
    ("主要预期目标是：税收增长5%左右。投资增长8%，支出增长9%。", ["预期目标"] * 3),
    ("预期目标为：税收增长5%，力争更好。失业率控制在4%以内。", ["预期目标"] * 2),
    ("奋斗目标是：税收增长5%。环境继续改善。粮食产量稳定在30万吨，能耗下降3%。", ["奋斗目标"] * 3),
    ("预期目标是：税收增长5%。确保投资增长8%，支出增长9%。", ["预期目标", "确保", "确保"]),
    ("预期目标是：税收增长5%。新建学校3所。投资增长8%。", ["预期目标", "", ""]),
    ("预期目标是：税收增长5%。\n投资增长8%。", ["预期目标", ""]),
    ("主要预期目标是：\n税收增长5%；投资增长8%，支出增长9%。", ["预期目标"] * 3),
    ("主要预期目标\n是：税收增长5%；投资增长8%。", ["预期目标"] * 2),
    ("主要预期目标为：\n税收增长5%。投资增长8%。\n新建学校3所。", ["预期目标", "预期目标", ""]),
    # what raises one goal is no word for the next
    ("主要目标是：税收增长5%、力争达到6%，投资增长8%。", ["目标", "力争", "目标"]),
    ("确保税收增长5%，力争6%，投资增长8%。", ["确保", "力争", "确保"]),
    ("预期目标是税收8亿元、力争突破9亿元，支出7亿元。", ["预期目标", "力争", "预期目标"]),
    ("税收增长5%，力争投资达到8亿元，支出7亿元。", ["", "力争", "力争"]),
    ("人均预期寿命达到78岁，参保率95%。", ["", ""]),
    ("平均预期寿命提高到78岁。", [""]),
    ("居民预期寿命78岁以上，税收预期增长5%。", ["", "预期"]),
    ("税收增长（力争5%），投资增长8%。", ["力争", ""]),
]


def words_of(text):
    starts = [quantity.start for quantity in find_quantities(text)]
    modifiers = Modifiers(text, starts)
    return [modifiers.at(start) for start in starts]


@pytest.mark.parametrize(("text", "words"), GOVERNED)
def test_the_word_that_governs_is_read(text, words):
    assert words_of(text) == words


def test_only_targets_carry_a_modifier():
    text = "去年确保税收完成8亿元，增长5%。今年力争税收增长6%以上。"
    rows = find_observations(text, context=Context(period_start="2019-01", period_end="2019-12"))
    told = {row.quote: (row.status, row.modifier, row.bound) for row in rows}
    assert told["6%"] == ("target", "力争", ">=")
    assert all(row.modifier == "" for row in rows if row.status != "target")


def test_a_text_without_stops_stays_linear():
    text = "力争" * 3000 + "税收增长5%，" * 200
    assert len(words_of(text)) == 200


def test_many_announced_lists_stay_linear():
    text = "预期目标是：税收增长5%。" * 3000
    assert words_of(text) == ["预期目标"] * 3000
