"""Html pages as government sites serve them; all text is our own."""

import pytest

from dz_analysis.reading import read_page
from dz_analysis.reading.markup import read_markup

TITLE = "某县2009年国民经济和社会发展统计公报"
PARAGRAPHS = [
    "2009年，全县上下深入贯彻落实各项决策部署，经济运行总体平稳，社会事业全面进步，人民生活持续改善。",
    "一、综合",
    "初步核算，全年生产总值80.5亿元，比上年增长11.2%。其中，第一产业增加值12.1亿元，增长4.5%。",
    "二、农业",
    "全年粮食总产量21.3万吨，比上年增长1.8%；油料产量1.2万吨，下降0.6%。年末耕地面积46.2万亩。",
    "三、工业和建筑业",
    "全年规模以上工业增加值35.6亿元，增长15.3%，实现利税6.8亿元，增长20.1%；建筑业总产值9.4亿元。",
]
NAVIGATION = "".join(f'<li><a href="/{n}">{n}</a></li>' for n in ("首页", "政务公开", "办事服务"))
RELATED = "".join(f'<li><a href="/x">某县召开第{n}次会议</a></li>' for n in range(8))
FOOTER = "<div>主办：某县人民政府办公室 网站标识码：0000000000</div><div>某ICP备00000000号</div>"


def page_of(body, head=""):
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{TITLE}_某县政府</title>{head}'
        f"<style>p{{color:#333}}</style></head><body><ul>{NAVIGATION}</ul>"
        f'<div>当前位置：<a href="/">首页</a> &gt; 统计公报</div>{body}'
        f"<div><h3>相关链接</h3><ul>{RELATED}</ul></div>{FOOTER}<script>var a='工业';</script>"
        "</body></html>"
    ).encode()


HEAD = f"<h1>{TITLE}</h1><div>发布时间：2010-03-02 来源：某县统计局 浏览次数：12</div>"
BODIES = {
    "paragraphs": "".join(f"<p>{line}</p>" for line in PARAGRAPHS),
    "divs": "".join(f"<div>&emsp;&emsp;{line}</div>" for line in PARAGRAPHS),
    "breaks": "<div id='zoom'>" + "<br><br>".join(PARAGRAPHS) + "</div>",
    "one a div": "<div>" + "</div><div>".join(f"<p>{line}</p>" for line in PARAGRAPHS) + "</div>",
    "spans": "".join(
        f"<p><span style='font-size:16pt'>{line[:9]}</span><span>{line[9:]}</span></p>"
        for line in PARAGRAPHS
    ),
}


@pytest.mark.parametrize("shape", BODIES)
def test_article_is_whole_and_alone(shape):
    page = read_page(page_of(HEAD + BODIES[shape]))
    assert page.text.split("\n") == [TITLE, *PARAGRAPHS]
    assert (page.title, page.publisher, page.published) == (TITLE, "某县统计局", "2010-03-02")


def test_tables_stay():
    table = (
        "<table><tr><td>指标</td><td>数</td></tr><tr><td>粮食</td><td>21.3万吨</td></tr></table>"
    )
    page = read_page(page_of(HEAD + BODIES["paragraphs"] + table + f"<p>{PARAGRAPHS[0]}</p>"))
    assert "粮食\t21.3万吨" in page.text
    assert page.text.endswith(PARAGRAPHS[0])


def test_metas_fill_what_the_page_does_not_say():
    metas = (
        '<meta name="PubDate" content="2010-03-02 09:00"><meta name="ContentSource" content="某局">'
    )
    page = read_page(page_of(f"<h1>{TITLE}</h1>" + BODIES["paragraphs"], metas))
    assert (page.publisher, page.published) == ("某局", "2010-03-02")


def test_hidden_and_scripted_text_is_not_seen():
    hidden = "<div style='display: none'>隐藏的词</div><noscript>请打开脚本</noscript>"
    page = read_page(page_of(HEAD + hidden + BODIES["paragraphs"]))
    assert "隐藏" not in page.raw
    assert "脚本" not in page.raw


def test_furniture_is_kept_apart():
    page = read_page(page_of(HEAD + BODIES["paragraphs"]))
    kept = "\n".join(piece.text for piece in page.furniture)
    assert all(words in kept for words in ("政务公开", "第3次会议", "ICP备"))


def test_a_fragment_without_a_head():
    page = read_page(f"<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[2]}</p>".encode())
    assert page.text.split("\n") == [PARAGRAPHS[0], PARAGRAPHS[2]]


def test_cells_that_reach_over_others_leave_the_columns_in_line():
    source = (
        "<table><tr><td rowspan='2'>指标</td><td colspan='2'>全县</td><td rowspan=2>位次</td></tr>"
        "<tr><td>数值</td><td>增长</td></tr><tr><td>税收</td><td>3</td><td>5</td><td>2</td></tr>"
        "<tr><td colspan='99999'>合计</td></tr></table>"
    )
    lines = [block.text for block in read_markup(source).blocks]
    assert lines == ["指标\t全县\t\t位次", "\t数值\t增长", "税收\t3\t5\t2", "合计"]
