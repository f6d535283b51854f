"""Done, estimated or aimed at: by the cues that govern, the section and the time."""

from operator import itemgetter

import pytest

from dz_analysis.finding.model import Context
from dz_analysis.finding.number.reject import find_quantities
from dz_analysis.finding.scope.status import (
    DECISIONS,
    Evidence,
    Sign,
    StatusReader,
    StatusRule,
    decide,
    is_will,
)
from dz_analysis.lexicon import load_lexicon

AHEAD = Context(period_end="2019-12", published="2020-01")


def read(text, *, context=AHEAD, **known):
    """Return the status and the rule of the last number of a text."""
    starts = [quantity.start for quantity in find_quantities(text)]
    told = {"first": "2019-01", "last": "2019-12", **known}
    reading = StatusReader(text, starts, context).read(starts[-1], Evidence(**told))
    return reading.status, reading.reason.rule


COMING = {"first": "2020-01", "last": "2020-12"}
FAR = {"first": "2025-01", "last": "2025-12"}
# A text, what else is known of its last number, its status and the rule that decides.
TOLD = [
    ("税收完成8亿元", {}, "actual", StatusRule.TOLD),
    ("预计税收完成8亿元", {}, "estimate", StatusRule.ESTIMATE),
    ("预计，税收完成8亿元", {}, "estimate", StatusRule.ESTIMATE),
    ("预计上半年，税收完成8亿元", {}, "estimate", StatusRule.ESTIMATE),
    ("预计开工，税收完成8亿元", {}, "actual", StatusRule.TOLD),
    ("预计税收8亿元，支出完成9亿元", {}, "actual", StatusRule.TOLD),
    ("预计税收完成8亿元", FAR, "target", StatusRule.FORECAST),
    ("预计税收完成8亿元", {"stance": "plan"}, "target", StatusRule.FORECAST),
    ("力争税收完成8亿元", {}, "target", StatusRule.CLAUSE),
    ("将园区划分成3片", {}, "actual", StatusRule.TOLD),
    ("将新建学校3所", {}, "target", StatusRule.CLAUSE),
    ("将打造驿站3所", {}, "target", StatusRule.WILL),
    ("税收将近8亿元", {}, "actual", StatusRule.TOLD),
    ("将低保标准提高到350元", {}, "actual", StatusRule.TOLD),
    ("产能将由3万吨增加到8万吨", {}, "target", StatusRule.WILL),
    ("将打造乡村名片，建设驿站3个", {}, "target", StatusRule.SENTENCE),
    ("税收增长5%", {"stance": "plan", "measure": "growth"}, "target", StatusRule.SECTION),
    ("目前已完成3所", {"stance": "plan"}, "actual", StatusRule.DONE),
    ("目前已完成3所", {"stance": "plan", **FAR}, "target", StatusRule.AHEAD),
    ("比去年增长，税收8亿元", {"stance": "plan"}, "target", StatusRule.SECTION),
    ("去年税收8亿元", {"stance": "plan"}, "actual", StatusRule.DONE),
    ("比去年税收8亿元", {"stance": "plan"}, "target", StatusRule.SECTION),
    ("已完成3所", {"first": "2020-01", "last": "2025-12"}, "actual", StatusRule.DONE),
    (
        "2020年税收8亿元",
        {"stance": "plan", "is_dated": True, **COMING},
        "target",
        StatusRule.SECTION,
    ),
    ("过去一年税收8亿元", {"stance": "plan", "is_dated": True}, "actual", StatusRule.OVER),
    ("建成后，可实现税收8亿元", {}, "target", StatusRule.FUTURE),
    ("建成后预计实现税收8亿元", {}, "target", StatusRule.FUTURE),
    ("确保开工项目，其中学校3所", {}, "target", StatusRule.SENTENCE),
    ("确保开工项目；学校3所", {}, "actual", StatusRule.TOLD),
    ("主要预期目标是：税收增长5%；支出8亿元", {}, "target", StatusRule.ANNOUNCED),
    ("超额完成年初预期目标，税收8亿元", {}, "actual", StatusRule.TOLD),
    ("好于预期目标；税收8亿元", {}, "actual", StatusRule.TOLD),
    ("到2025年达到8亿元", FAR, "target", StatusRule.AHEAD),
    ("年度任务8亿元", {}, "target", StatusRule.CLAUSE),
    ("年度任务8%", {"measure": "growth"}, "actual", StatusRule.TOLD),
    ("税收8亿元（预计数，下同），支出9亿元", {}, "estimate", StatusRule.ONWARD),
    ("初步预计（下同），已完成税收8亿元", {}, "estimate", StatusRule.ONWARD),
    (
        "初步预计（下同），过去一年税收8亿元",
        {"stance": "plan", "is_dated": True},
        "estimate",
        StatusRule.ONWARD,
    ),
    ("初步预计（下同）。税收8亿元", {"last": "2018-12"}, "actual", StatusRule.TOLD),
    ("初步预计（下同）。\n税收8亿元", {}, "actual", StatusRule.TOLD),
    ("力争完成，增长5%", {"topic": "target"}, "target", StatusRule.TOPIC),
    ("已完成5%", {"topic": "target"}, "actual", StatusRule.DONE),
    ("已完成5%", {"topic": "estimate", "measure": "growth"}, "actual", StatusRule.DONE),
    ("初步预计（下同），已完成3所", FAR, "target", StatusRule.AHEAD),
    ("居全市第二位", {"topic": "estimate", "measure": "rank"}, "actual", StatusRule.TOLD),
    ("增长5%", {"topic": "estimate", "measure": "growth"}, "estimate", StatusRule.TOPIC),
    ("四个新区", {"is_rivals": True, "stance": "plan"}, "actual", StatusRule.RIVALS),
    ("高于6%的目标", {"is_goal": True}, "target", StatusRule.GOAL_ITSELF),
    ("由5亿元", {"is_origin": True, "stance": "plan"}, "actual", StatusRule.ORIGIN),
    (
        "由5亿元",
        {"is_origin": True, "is_planned": True, "stance": "plan"},
        "target",
        StatusRule.SECTION,
    ),
    ("完成年度任务的87%", {"measure": "completion"}, "actual", StatusRule.COMPLETION),
]


@pytest.mark.parametrize(("text", "known", "status", "rule"), TOLD)
def test_status_is_read(text, known, status, rule):
    assert read(text, **known) == (status, rule)


def test_a_report_of_work_that_tells_of_its_own_year_as_done():
    context = Context(period_end="2019-12", published="2020-03", genre="work_report")
    assert read("已完成3所", context=context, **COMING)[1] is StatusRule.DONE


def test_a_report_of_work_speaks_of_the_year_that_it_opens_as_of_a_plan():
    context = Context(period_end="2019-12", published="2020-03", genre="work_report")
    assert read("税收8亿元", context=context, **COMING)[1] is StatusRule.AHEAD
    assert read("税收8亿元", context=AHEAD, **COMING)[1] is StatusRule.TOLD


def test_goals_that_a_number_is_held_against_say_nothing_of_it():
    text = "完成力争目标的87%"
    known = {"measure": "completion", "stance": "plan", "first": "2019-01", "last": "2019-12"}
    reader = StatusReader(text, [7], AHEAD)
    assert reader.read(7, Evidence(**known)).reason.rule is StatusRule.CLAUSE
    assert reader.read(2, Evidence(**known)).reason.rule is StatusRule.SECTION


def test_the_reason_names_cue_list_and_role():
    reason = StatusReader("力争税收8亿元", [4], AHEAD).read(4, Evidence()).reason
    assert reason[1:4] == ("力争", "scope_cues", "target")


def test_each_decision_can_decide():
    """No row stands behind one that always fits where it does."""
    for row in DECISIONS:
        assert decide(row.needs) is row


def test_signs_that_nothing_asks_for_do_not_exist():
    assert set(Sign) == {sign for row in DECISIONS for sign in (*row.needs, *row.bars)}


WILL = load_lexicon("scope_cues")


def rest(row):
    """Return what stands behind 将 in the example of a row."""
    assert row["word"] in row["example"]
    return row["example"].split("将")[1]


@pytest.mark.parametrize(
    "row", [row for row in WILL if row["role"] == "will.led"], ids=itemgetter("word")
)
def test_a_word_that_leads_makes_it_will(row):
    assert is_will(rest(row))


@pytest.mark.parametrize(
    "row", [row for row in WILL if row["role"] == "will.turned"], ids=itemgetter("word")
)
def test_an_object_that_is_moved_makes_it_none(row):
    assert not is_will(rest(row))
    assert is_will("打造驿站") and not is_will(f"打造驿站{row['word']}3个")


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("打造驿站", True),
        ("达8亿元", True),
        ("园区分成", False),
        ("保障标准提高到", False),
        ("", False),
    ],
)
def test_will(clause, expected):
    assert is_will(clause) is expected
