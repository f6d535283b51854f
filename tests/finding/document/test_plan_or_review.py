"""Whether a paragraph plans or looks back: each row a text, what is known of it, its stances."""

import pytest

from dz_analysis.finding.document.plan_or_review import settle_stances
from dz_analysis.finding.model import Context
from dz_analysis.lexicon import load_lexicon
from dz_analysis.reading.page import Paragraph
from dz_analysis.reading.structure import split_paragraphs

GOALS = "今年发展的主要预期目标是：税收增长5%。"
DEEDS = "云溪县2019年十件民生实事"


def stances(text, **known):
    """Return the stance of each paragraph of a text."""
    paragraphs = split_paragraphs(text, title=known.get("title", ""))
    return [part.stance for part in settle_stances(text, paragraphs, Context(**known))]


# What paragraphs without a heading say, one after the other.
SPOKEN = [
    # an announcement of goals holds for what follows
    ([GOALS, "一是抓项目。新建学校3所。"], "plan plan"),
    (["主要目标任务如下。", "新建学校3所。"], "plan plan"),
    # until someone looks back
    ([GOALS, "去年，新建学校3所，比上年增加1所。", "新建医院1所。"], "plan review review"),
    ([GOALS, "2018年以来，新建学校3所。"], "plan review"),
    ([GOALS, "新建学校3所，去年建成1所。"], "plan plan"),
    # or compares with the year before and promises nothing
    ([GOALS, "税收8亿元，同比增长5%。", "新建学校3所。"], "plan review review"),
    ([GOALS, "税收力争8亿元，同比增长5%。"], "plan plan"),
    ([GOALS, "税收8亿元，同比力争增长5%。"], "plan plan"),
    # a goal that was met announces nothing
    (["财政收入增长12%，高于预期目标2个百分点。"], "review"),
    (["全面完成主要目标任务，税收8亿元。"], "review"),
    (["主要目标任务全面完成，税收8亿元。"], "review"),
    # a promise turns its own paragraph
    (["今年确保产值3亿元。", "新建学校3所。"], "plan review"),
    (["确保了产值3亿元。"], "review"),
    # unless facts stand in a sentence before it
    (["企业增至8家，产值2亿元。今年确保产值3亿元。"], "review"),
    (["企业增至8家，今年确保产值3亿元。"], "plan"),
    (["2019年5月，今年工作会召开。今年确保产值3亿元。"], "plan"),
    # or it tells of something done
    (["今年确保产值3亿元，已建成学校3所。"], "review"),
    (["今年确保产值3亿元，建成了学校。"], "review"),
    (["今年确保产值3亿元，围绕了3项指标。"], "plan"),
]


@pytest.mark.parametrize(("lines", "expected"), SPOKEN)
def test_a_paragraph_without_a_heading_speaks_for_itself(lines, expected):
    text = "\n".join(lines)
    paragraphs, start = [], 0
    for number, line in enumerate(lines):
        paragraphs.append(Paragraph(number, start, start + len(line)))
        start += len(line) + 1
    found = settle_stances(text, paragraphs, Context())
    assert " ".join(paragraph.stance for paragraph in found) == expected


# The title, when it was published, and whether its deeds are promises.
TITLES = [
    ({"title": "云溪县2019年重点工作安排"}, "plan"),
    ({"title": "云溪县2019年重点工作完成情况"}, "review"),
    ({"title": "云溪县2019年重点工作"}, "plan"),
    ({"title": DEEDS, "published": "2019-03"}, "plan"),
    ({"title": DEEDS, "published": "2019-09"}, "review"),
    ({"title": DEEDS, "published": "2018-12"}, "plan"),
    ({"title": DEEDS, "published": "2020-03"}, "review"),
    ({"title": f"{DEEDS}完成情况", "published": "2019-03"}, "review"),
    ({"title": f"今年的工作安排是{'抓' * 40}"}, "review"),
    ({"title": "今年的工作安排是抓项目。"}, "review"),
    ({"title": "工作报告（2020年预期目标）"}, "plan"),
    ({"title": "工作报告（2020年预期目标提前完成）"}, "review"),
]


@pytest.mark.parametrize(("known", "expected"), TITLES)
def test_a_title_may_say_that_its_text_plans(known, expected):
    text = "新建学校3所。"
    found = settle_stances(text, [Paragraph(0, 0, len(text))], Context(**known))
    assert found[0].stance == expected


# Headings with their levels, when a report of work was published, and the stances below them.
HEADINGS = [
    ([("2019年主要工作", 2)], "2019-03", "work_report", "plan"),
    ([("2019年主要工作", 2)], "2019-08", "work_report", "review"),
    ([("2019年主要工作", 2)], "2019-03", "press", "review"),
    ([("2019年主要工作", 2)], "2018-12", "press", "plan"),
    ([("2019年主要工作", 2)], "", "work_report", "review"),
    ([("2019年工作回顾", 2)], "2018-12", "press", "review"),
    ([("2019年以来的工作", 2)], "2018-12", "press", "review"),
    ([("2019年主要工作", 2), ("一抓项目", 3)], "2019-03", "work_report", "plan plan"),
    ([("2019年主要工作", 2), ("抓项目", 2)], "2019-03", "work_report", "plan review"),
]


@pytest.mark.parametrize(("headings", "published", "genre", "expected"), HEADINGS)
def test_a_heading_whose_year_lies_ahead_plans(headings, published, genre, expected):
    text, paragraphs = "", []
    for words, level in headings:
        for line, rank in ((words, level), ("新建学校3所。", 0)):
            start = len(text)
            text += f"{line}\n"
            paragraphs.append(Paragraph(len(paragraphs), start, len(text) - 1, words, rank))
    found = settle_stances(text, paragraphs, Context(published=published, genre=genre))
    assert " ".join(p.stance for p in found if not p.heading_level) == expected


def test_a_plan_that_a_heading_named_ends_with_its_section():
    text = "新建学校3所。\n新建医院1所。"
    planned, following = Paragraph(0, 0, 7, "打算", stance="plan"), Paragraph(1, 8, 15, "打算")
    found = settle_stances(text, [planned, following], Context())
    assert [paragraph.stance for paragraph in found] == ["plan", "review"]
    bare = [Paragraph(0, 0, 7, stance="plan"), Paragraph(1, 8, 15)]
    assert [p.stance for p in settle_stances(text, bare, Context())] == ["plan", "plan"]


def test_a_glossary_stays_one():
    text = f"{GOALS}\n力争增长5%。"
    parts = [Paragraph(0, 0, 20), Paragraph(1, 21, len(text), stance="glossary")]
    assert [p.stance for p in settle_stances(text, parts, Context())] == ["plan", "glossary"]


def test_the_reading_room_s_paragraphs_are_taken():
    assert stances(f"{GOALS}\n一是抓项目。新建学校3所。") == ["plan", "plan"]


REVIEW = (
    "乡村道路获批国家示范，累计硬化村道312.6公里，农村自来水普及率达到96.4%，首次位居全市前列。"
    "成功引进企业43家，其中高新技术企业增至27家，用电量增长8.3%，连续五年保持增长，成效显著。"
)
PLAN = (
    "加快建设乡村道路，打造示范村20个以上，农村自来水普及率提高到98%左右。大力培育经营主体，"
    "推动企业上云，力争新增高新技术企业10家以上，着力提升服务水平，确保用电量增长5%左右。"
)
MIXED = "完善农村教育，改善办学条件。持续推进县域医疗，建好乡镇卫生院。"


@pytest.mark.parametrize(
    ("lines", "known", "expected"),
    [
        ([REVIEW], {}, "review"),
        ([PLAN], {}, "plan"),
        ([PLAN, MIXED], {}, "plan plan"),  # what is open goes with its neighbours
        ([REVIEW, MIXED], {}, "review review"),
        ([REVIEW, PLAN], {}, "review plan"),  # what is sure does not
        ([PLAN], {"genre": "press"}, "review"),  # the moods of other genres are not known
        ([PLAN], {"title": "2019年云溪县政府工作报告（去年工作回顾）"}, "review"),
        (["一、去年工作回顾", PLAN], {}, "review review"),
        ([f"一年来，{PLAN}"], {}, "review"),
        (["新建学校3所。"], {}, "review"),  # too short to tell
    ],
)
def test_a_passage_of_a_work_report_has_the_mood_of_its_words(lines, known, expected):
    given = {"genre": "work_report", "title": "2019年云溪县政府工作报告", **known}
    assert " ".join(stances("\n".join(lines), **given)) == expected


def test_every_mark_of_a_mood_has_one_weight_in_order():
    marks = [row["mark"] for row in load_lexicon("mood_weights")]
    assert marks == sorted(set(marks), key=str.encode)
    assert {mark.partition(" ")[0] for mark in marks} == {"bias", "holds", "number", "opens"}
