"""The article and its furniture: cues of the word lists, the place of a line, nothing lost."""

import re

import pytest

from dz_analysis.lexicon import load_lexicon, roles, words
from dz_analysis.reading.article import find_article
from dz_analysis.reading.fields import field_kind, item_kind, word_kind
from dz_analysis.reading.source import MARGIN, TITLE, Mark

CUES = load_lexicon("furniture")
BODY = (
    "全县规上工业增加值增长6.5%，比上年同期加快1.2个百分点，固定资产投资12.8亿元，"
    "新开工项目21个，竣工9个，储备项目35个。"
)
OWN_LINES = """
时间：今年上半年
来源：项目资金由县财政统筹。
政务公开
一、政务公开
附件1
附件：
附件1：2009年主要指标完成情况表
12000 13000 14000
2012 2013 2014
2021年1月27日
（2021年1月27日）
记者 某某
□某某
12
8.6%
粮食总产量 12万吨 3.5%
下一步打算
下一条战线：招商引资
服务
2021年7月20日20:00，全县平均降雨量达到35毫米
打印机产量 3万台
名称：某某产业园
分享改革成果
图书馆、文化馆建设
地址选在城东
电话普及率达到96%
""".strip().split("\n")


def line_between(line: str) -> str:
    """Return the article of a page that holds the line between two paragraphs."""
    return find_article(f"某县2009年经济简况\n{BODY}\n{line}\n{BODY}\n").text


@pytest.mark.parametrize("row", CUES, ids=lambda row: f"{row['kind']}-{row['example'][:12]}")
def test_example_answers_its_cue(row):
    assert re.search(row["pattern"], row["example"])
    kinds = [piece.kind for piece in find_article(f"{BODY}\n{BODY}\n{row['example']}").pieces]
    assert kinds == [row["kind"]]


@pytest.mark.parametrize("row", CUES, ids=lambda row: f"{row['kind']}-{row['note'][:24]}")
def test_cue_names_a_known_effect_and_place(row):
    assert row["effect"] in ("line", "tail")
    assert row["place"] in ("any", "edge")


@pytest.mark.parametrize("line", OWN_LINES)
def test_own_line_of_an_article_stays(line):
    assert line in line_between(line).split("\n")


@pytest.mark.parametrize(
    "line", ["联系电话：0100-1234567", "来源：某县统计局", "主办单位：某县商务局", "作者：某某"]
)
def test_a_field_between_paragraphs_stays_and_at_the_edge_does_not(line):
    assert line in line_between(line)
    assert find_article(f"某县2009年经济简况\n{BODY}\n{line}").text.endswith(BODY)


@pytest.mark.parametrize("line", ["12000 13000 14000", "2012 2013 2014", "1200-1300", "35.2 4.4"])
def test_figures_of_a_table_stay_at_the_edge(line):
    assert find_article(f"{BODY}\n{BODY}\n{line}").text.endswith(line)


def test_a_menu_with_one_word_a_line_is_set_apart_but_a_heading_stays():
    page = f"首页\n政务公开\n互动交流\n通知公告\n某县2009年经济简况\n{BODY}\n政务公开\n{BODY}"
    assert find_article(page).text == f"某县2009年经济简况\n{BODY}\n政务公开\n{BODY}"


def test_a_sentence_about_rights_does_not_cut_the_article():
    own = "查处侵权案件12起，著作权归属登记35件，全县作品版权所有人满意率98%。"
    page = f"{BODY}\n{BODY}\n{BODY}\n{own}\n{BODY}"
    assert find_article(page).text == page


def test_marks_of_the_markup_are_followed():
    page = f"登录\n政务公开\n某县简况\n{BODY}\n来源：某某网\n某某推荐"
    spans = {line: (page.index(line), page.index(line) + len(line)) for line in page.split("\n")}
    marks = [
        Mark(*spans["政务公开"], "navigation"),
        Mark(*spans["某县简况"], TITLE),
        Mark(*spans["来源：某某网"], MARGIN),
        Mark(*spans["某某推荐"], MARGIN),
    ]
    found = find_article(page, marks)
    assert found.text == f"某县简况\n{BODY}"
    assert [piece.kind for piece in found.pieces] == ["login", "navigation", "source", MARGIN]


def test_pieces_stand_where_they_say():
    page = f"首页 > 要闻\n某县简况\n 发布时间：2008-03-05 \n{BODY}\n\n责任编辑：某某\n"
    pieces = find_article(page).pieces
    assert [page[piece.start : piece.end] for piece in pieces] == [p.text for p in pieces]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("发布时间：2008-03-05 来源：某某日报 浏览次数：12", "source"),
        ("来 源：某县人民政府办公室", "source"),
        ("作　者：某某", "editor"),
        ("【字体：大 中 小】", "share"),
        ("2008-03-05 09:16:22 来源：某某网", "source"),
        ("索 引 号：000-2008-0012 发布机构：某县统计局", "source"),
        ("时间：2008-03-05", "source"),
        ("时间：三月上旬", ""),
        ("主要来源：农业", ""),
        ("来源：农民增收的主要来源是外出务工，占到六成以上。", ""),
    ],
)
def test_lines_of_fields(text, kind):
    assert field_kind(text) == kind


def test_words_of_menus_are_known_with_their_kind():
    navigation = words("masthead", "items.navigation")
    assert {word_kind(word) for word in navigation} == {"navigation"}
    assert item_kind("首页 > 统计信息 > 统计公报") == "navigation"
    assert item_kind("产业 > 工业增长6%") == ""


def test_labels_are_listed_once():
    fields = {role for role in roles("masthead") if role.startswith("fields.")}
    labels = [label for role in fields - {"fields.weak"} for label in words("masthead", role)]
    assert len(labels) == len(set(labels))
    assert set(words("masthead", "fields.weak")) <= set(labels)
