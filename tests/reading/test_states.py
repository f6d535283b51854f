"""Html as people keep it: fragments, escaped, inside programs; and what of a page is no article."""

import json

import pytest

from dz_analysis.finding import find_observations, tag_document
from dz_analysis.reading import read_page
from dz_analysis.reading.escapes import read_inside, unescape_entities

FIRST = "全县生产总值完成86.4亿元，比上年增长9.2%，其中第一产业增加值14.3亿元。"
SECOND = "粮食总产量42.6万吨，年末户籍人口2780人，城乡居民收入持续增加。"
BOTH = [FIRST, SECOND]
MARKUP = f"<p>{FIRST}</p>\r\n<p>&nbsp;&nbsp;{SECOND}</p>"


def escaped(text):
    return (
        text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    )


def quoted(text):
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\r\n", "\\r\\n")


STATES = {
    "paragraphs alone": MARKUP,
    "from the midst of a paragraph": f"{FIRST}</span></p><p style='x'><span>{SECOND}</span>",
    "breaks alone": f"{FIRST}<br/>{SECOND}",
    "inline tags and lines": f"<b>{FIRST}</b>\n<b>{SECOND}</b>",
    "inline tags, lines of the source set in": (
        f"<b>{FIRST[:7]}</b>\n    {FIRST[7:]}\n\n    <i>{SECOND}</i>"
    ),
    "escaped once": escaped(MARKUP),
    "escaped twice": escaped(escaped(MARKUP)),
    "escaped, with line ends of a program": escaped(f"<p>{FIRST}</p>\\r\\n\\t\\t<p>{SECOND}</p>"),
    "a string of a script": f'var text = "{quoted(MARKUP)}";',
    "strings added up": f'String text = "{FIRST}" +\n\t\t"{SECOND}";',
    "from the midst of a string": f'{FIRST}" +\n\t\t"{SECOND}',
    "a row of a database": f"INSERT INTO `news` VALUES (12, '', '{quoted(MARKUP)}', '2019-02-03');",
    "json": json.dumps({"id": 12, "body": [{"type": "text", "text": line} for line in BOTH]}),
    "json, cut": f'{FIRST}"}},\n  {{"type": "text", "text": "{SECOND}"}},',
    "json of markup": json.dumps({"html": MARKUP}, ensure_ascii=False),
    "entities in a text": f"&nbsp;&nbsp;{FIRST}\n&#12288;&#12288;{SECOND}",
    "entities escaped twice in markup": f"<p>&amp;nbsp;{FIRST}</p><p>{SECOND}&amp;nbsp;</p>",
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_the_article_comes_out_of_every_state(state, charset):
    page = read_page(STATES[state].encode(charset), name="page.txt")
    assert [line.strip() for line in page.text.split("\n")] == BOTH


@pytest.mark.parametrize(
    "text",
    [
        '实施"放管服"改革，推进"一网通办"，全县税收8亿元，增长5%。',
        "见 C:\\new\\table，R&D投入3亿元，AT&T；3<5，a>b，{一}、[二]。",
        "网页里写着<p>和<br，这是讲网页制作的文章。",
        '标题："云溪概况"，作者："李平"。',
    ],
)
def test_a_text_of_an_author_is_left_as_it_is(text):
    assert read_inside(text) == text
    assert unescape_entities(text) == text
    assert read_page(text.encode()).raw == text


def test_quotes_and_signs_written_as_entities():
    page = read_page(
        "<p>推进&ldquo;一村一品&rdquo;&middot;R&amp;D&amp;lt;3%，税收8亿元。</p>".encode()
    )
    assert page.text == "推进“一村一品”·R&D<3%，税收8亿元。"


def test_breaks_inside_words_are_joined():
    page = read_page("全县完成税<br/>收8亿元，同比增<br>长5%，粮食总产<br />量12万吨。".encode())
    assert page.text == "全县完成税收8亿元，同比增长5%，粮食总产量12万吨。"


def test_a_number_broken_in_its_thousands_is_one():
    assert read_page("<p>生产总值33\n\t\t198万元</p>".encode()).text == "生产总值33198万元"


def test_raised_figures_are_exponents_or_notes():
    page = read_page(
        "<p>占地3.2万m<sup>2</sup>，人口<sup>3</sup>56.2万人，CO<sub>2</sub>下降</p>".encode()
    )
    assert page.text == "占地3.2万m²，人口56.2万人，CO2下降"
    assert [change.kind for change in page.changes] == ["note_mark"]


TABLE = (
    "<table><caption>单位：万元</caption><tr><th>指 标</th><th>2019年</th><th>增减<br>额</th></tr>"
    "<tr><td>税 收</td><td>￥8,200</td><td>(310)</td></tr>"
    "<tr><td>非税</td><td>￥1,200</td><td>（1,310.5）</td></tr>"
    "<tr><td>栏次</td><td>(1)</td><td>(2)</td></tr></table>"
)
ROWS = [
    "单位：万元",
    "指标\t2019年\t增减额",
    "税收\t8,200\t-310",
    "非税\t1,200\t-1,310.5",
    "栏次\t(1)\t(2)",
]


@pytest.mark.parametrize("source", [TABLE, escaped(TABLE), f"<div>{TABLE}</div>"])
def test_a_table_alone_is_read_with_its_unit_and_its_minus(source):
    assert read_page(source.encode()).text.split("\n") == ROWS


def test_cells_without_their_table_are_rows():
    page = read_page(
        "<td>税收</td><td>8.6亿元</td></tr><tr><td>支出</td><td>9亿元</td></tr>".encode()
    )
    assert page.text == "税收\t8.6亿元\n支出\t9亿元"


def test_heads_of_two_levels_keep_their_columns():
    head = "<tr><td rowspan=2>指 标</td><td rowspan=2>单位</td><td colspan=2>2019年</td></tr>"
    head += "<tr><td>总 量</td><td>增 长（%）</td></tr>"
    rows = "<tr><td>税收</td><td>亿元</td><td>8.6</td><td>(5.1)</td></tr>"
    rows += "<tr><td>合 计</td><td>亿元</td><td>9.7</td><td>2.1</td></tr>"
    page = read_page(f"<table>{head}{rows}</table>".encode())
    found = page.text.split("\n")
    assert found[:2] == ["指标\t单位\t2019年", "\t\t总量\t增长（%）"]
    assert found[2:] == ["税收\t亿元\t8.6\t-5.1", "合计\t亿元\t9.7\t2.1"]


def test_a_cell_that_nothing_names_gives_no_row():
    rows = "<tr><td>指标</td><td>2019年</td></tr><tr><td>税收（亿元）</td><td>8.6</td></tr>"
    page = read_page(f"<table>{rows}<tr><td></td><td>31.2</td></tr></table>".encode())
    found = find_observations(page.text, context=tag_document(page.text, document="x"))
    assert [(row.indicator, row.quote) for row in found] == [("税收", "8.6")]


def test_a_record_in_cells_is_set_apart():
    record = "索 引 号\t000-1/2019-1\t主题分类\t统计"
    dates = "发布机构\t云溪县统计局\t发文日期\t2020-01-05"
    page = read_page(f"{record}\n{dates}\n云溪县经济简况\n{FIRST}\n{SECOND}".encode())
    assert page.text == f"云溪县经济简况\n{FIRST}\n{SECOND}"
    assert [piece.kind for piece in page.furniture] == ["record", "source"]
    assert page.published == "2020-01-05"


def test_a_sign_of_money_stays_where_no_unit_stands():
    page = read_page(
        "<table><tr><td>门票</td><td>￥80</td></tr><tr><td>餐费</td><td>￥20</td></tr></table>".encode()
    )
    assert page.text == "门票\t￥80\n餐费\t￥20"


def test_a_subtitle_in_a_span_stands_alone():
    page = read_page(f"<div><span class='sub-title'>农业</span>\n  {FIRST}</div>".encode())
    assert page.text == f"农业\n{FIRST}"


FURNITURE = """
在手机打开当前页
选择区域
展开阅读全文
附件下载
相关附件
平台声明
该文观点仅代表作者本人，某平台仅提供信息存储空间服务。
网友评论
发表评论
var _hmt = _hmt || [];
(function() {
  var hm = document.createElement("script");
  s.parentNode.insertBefore(hm, s);
})();
.article p{font-size:16px;line-height:2em}
$('#zoom').find('img').each(function(){ alert('请稍候'); });
document.write('关闭窗口');
<!-- 正文结束 -->
//<![CDATA[
if(navigator.userAgent.indexOf('Mobile')>0){ location.href='/m/'; }
- 3 -
平台声明：本文仅代表作者观点
选择区域：云溪县>
>
索引号：00121
""".strip().split("\n")


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture_below_a_text_is_set_apart(line):
    page = read_page(f"云溪县经济简况\n{FIRST}\n{SECOND}\n{line}\n".encode())
    assert page.text == f"云溪县经济简况\n{FIRST}\n{SECOND}"
    assert [piece.text for piece in page.furniture] == [line.strip()]


def test_a_script_saved_with_its_text_is_set_apart():
    script = FURNITURE[8:13]
    lines = [*script, "云溪县经济简况", FIRST, *script, SECOND, *script]
    page = read_page("\n".join(lines).encode())
    assert page.text == f"云溪县经济简况\n{FIRST}\n{SECOND}"


def test_page_numbers_in_the_midst_of_sentences():
    page = read_page(f"{FIRST[:-1]}，广播覆盖率 —14— 99.9%。 —15— {SECOND}".encode())
    assert page.text == f"{FIRST[:-1]}，广播覆盖率99.9%。{SECOND}"
    assert [piece.text for piece in page.furniture] == ["—14—", "—15—"]


def test_a_page_that_only_hands_out_its_document_says_so():
    page = (
        "<h1>云溪县2019年统计公报</h1><p>现予公布。</p><p>附件：<a>云溪县2019年统计公报.pdf</a></p>"
    )
    with pytest.raises(
        ValueError, match=r"^Found a page of \d+ characters beside an attached file"
    ):
        read_page(page.encode())
    assert read_page(page.replace("现予公布。", FIRST).encode()).text.endswith(FIRST)
