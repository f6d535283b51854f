"""Done, estimated or aimed at: by the clause, the sentence, the section and the time."""

import pytest

from dz_analysis.finding.document.plan_or_review import settle_stances
from dz_analysis.finding.model import Context
from dz_analysis.finding.scope.status import read_status
from dz_analysis.lexicon import load_rules
from dz_analysis.reading.structure import split_paragraphs

TOLD = [
    ({"clause": "税收完成"}, "actual"),
    ({"clause": "预计税收完成"}, "estimate"),
    ({"clause": "预计税收完成", "is_ahead": True}, "target"),
    ({"clause": "力争税收完成"}, "target"),
    ({"clause": "将园区划分成"}, "actual"),
    ({"clause": "将新建学校"}, "target"),
    ({"clause": "税收增长", "stance": "plan"}, "target"),
    ({"clause": "目前已完成", "stance": "plan"}, "actual"),
    ({"clause": "建成后可实现税收"}, "target"),
    ({"clause": "支出增长", "opening": "主要预期目标是：税收增长5%；"}, "target"),
    ({"clause": "其中学校", "sentence": "确保开工项目，"}, "target"),
    ({"clause": "到2030年达到", "is_ahead": True}, "target"),
]


@pytest.mark.parametrize(("told", "status"), TOLD)
def test_status_is_read(told, status):
    assert read_status(told.pop("clause"), **told)[0] == status


@pytest.mark.parametrize("name", ["estimate", "target"])
def test_examples_carry_their_status(name):
    for example in load_rules("status_words")[f"{name}_examples"]:
        assert read_status(example)[0] == name


def stances(text, **known):
    """Return the stance of each paragraph of a text."""
    paragraphs = split_paragraphs(text, title=known.get("title", ""))
    return [part.stance for part in settle_stances(text, paragraphs, Context(**known))]


def test_goals_announced_hold_for_what_follows():
    text = "今年发展的主要预期目标是：税收增长5%。\n一是抓项目。新建学校3所。"
    assert stances(text) == ["plan", "plan"]


def test_looking_back_ends_a_plan():
    text = "主要预期目标是：税收增长5%。\n去年，新建学校3所，比上年增加1所。"
    assert stances(text) == ["plan", "review"]


def test_a_goal_that_was_beaten_announces_nothing():
    assert stances("财政收入增长12%，高于预期目标2个百分点。") == ["review"]
