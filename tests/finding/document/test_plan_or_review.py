"""Whether a paragraph plans or looks back."""

from dz_analysis.finding.document.plan_or_review import settle_stances
from dz_analysis.finding.model import Context
from dz_analysis.reading.structure import split_paragraphs


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
