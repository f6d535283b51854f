"""Title, publisher and date of a page, and what each was read from: the stronger evidence wins."""

import pytest

from dz_analysis.finding import tag_document
from dz_analysis.reading import read_page
from dz_analysis.reading.provenance import Kind, Provenance, strongest

BODY = (
    "全县新建学校5所，改造道路32公里，群众出行更加便利，生活更加幸福。"
    "工业增加值增长6.2%，财政收入完成8.6亿元，增长5.1%，民生持续改善。"
)
OFFICE = "云溪县统计局"
TITLE = "云溪县2019年国民经济和社会发展统计公报"


def text_page(*lines):
    return "\n".join([TITLE, *lines]).encode()


def html_page(head="", above="", below=""):
    return (
        f"<html><head>{head}</head><body>{above}<h1>{TITLE}</h1>"
        f"<div id='zoom'><p>{BODY}</p></div>{below}</body></html>"
    ).encode()


def evidence(content, name="page"):
    page = read_page(content, name=name)
    return {one.field: (one.value, one.kind) for one in page.provenance}


DATES = [
    (text_page("发布时间：2020-03-05 浏览次数：12", BODY), "2020-03-05", Kind.FIELD),
    (text_page("2020-03-05 09:16 云溪日报", BODY), "2020-03-05", Kind.FIELD),
    (
        text_page("录入时间：2020-03-01　发布时间：2020-03-05", "2020年4月1日 星期三", BODY),
        "2020-03-05",
        Kind.FIELD,
    ),
    (text_page("（2020年3月5日）", BODY), "2020-03-05", Kind.SIGNATURE),
    (text_page(BODY, "云溪县统计局", "二〇二〇年三月五日"), "2020-03-05", Kind.SIGNATURE),
    (
        text_page("——2020年3月5日在云溪县第十七届人民代表大会第四次会议上", BODY),
        "2020-03-05",
        Kind.SESSION,
    ),
    (
        text_page("2020年3月5日在云溪县第十七届人民代表大会第四次会议上县长甲作报告。", BODY),
        "2020-03-05",
        Kind.SESSION,
    ),
    (
        html_page(head='<meta name="PubDate" content="2020-03-05 10:20">'),
        "2020-03-05",
        Kind.META,
    ),
    (
        html_page(
            head='<meta name="PubDate" content="2020-03-05 10:20">',
            above="<div>2024年1月2日 星期二</div>",
            below="<p>版权所有 2018-2024</p>",
        ),
        "2020-03-05",
        Kind.META,
    ),
]


@pytest.mark.parametrize(("content", "date", "kind"), DATES)
def test_the_date_of_publication_is_read_from_the_strongest_evidence(content, date, kind):
    assert evidence(content)["published"] == (date, kind)


def test_the_day_of_a_visit_is_no_session():
    assert "published" not in evidence(text_page("2020年3月5日在云溪县召开现场会。", BODY))


def test_the_name_of_a_file_dates_a_page_that_nothing_else_does():
    assert evidence(text_page(BODY), name="t20200305_4412.txt")["published"][1] == Kind.NAME


PUBLISHERS = [
    (text_page("2020-03-05 来源：云溪日报社", "云溪县统计局", BODY), "云溪日报社", Kind.FIELD),
    (text_page("2020-04-09　出处：云溪县统计局", BODY), "云溪县统计局", Kind.FIELD),
    (
        text_page("云溪县统计局", "国家统计局云溪调查队", "2020年3月5日", BODY),
        "云溪县统计局、国家统计局云溪调查队",
        Kind.DATELINE,
    ),
    (text_page("云溪县财政局编制", BODY), "云溪县财政局", Kind.SIGNATURE),
    (text_page(BODY, "云溪县政府办公室 2020年3月5日印发"), "云溪县政府办公室", Kind.SIGNATURE),
    (
        html_page(head='<meta name="ContentSource" content="云溪县统计局">'),
        "云溪县统计局",
        Kind.META,
    ),
    (html_page(below="<p>主办：云溪县人民政府</p>"), "云溪县人民政府", Kind.SITE),
    (
        html_page(above="<div>云溪县统计局 &gt; 统计数据 &gt; 正文</div>"),
        "云溪县统计局",
        Kind.SITE,
    ),
]


@pytest.mark.parametrize(("content", "name", "kind"), PUBLISHERS)
def test_the_publisher_is_read_from_the_strongest_evidence(content, name, kind):
    assert evidence(content)["publisher"] == (name, kind)


def test_a_broken_title_is_whole():
    lines = ["关于云溪县2019年计划", "执行情况与2020年计划", "草案的报告", "——2020年1月8日", BODY]
    page = read_page("\n".join(lines).encode())
    assert page.title == "关于云溪县2019年计划执行情况与2020年计划草案的报告"


def test_an_address_is_no_title():
    assert read_page(f"各位代表！\n{BODY}".encode()).title == ""


def test_of_equal_kinds_the_first_wins_and_blank_values_never():
    found = [
        Provenance.of("published", "", Kind.FIELD),
        Provenance.of("published", "2019", Kind.META),
        Provenance.of("published", "2018", Kind.META),
    ]
    assert strongest(found) == found[1]
    assert strongest(found[:1]) is None


REGIONS = [
    ({"document": "nanchang_2025_funds"}, "南昌市", Kind.NAME),
    ({"document": "南昌市2025年决算"}, "南昌市", Kind.NAME),
    ({"document": "suzhou_2025"}, "", None),
    ({"title": "国务院2016年工作总结"}, "全国", Kind.OPENING),
    ({"title": "柳溪镇概况（德州市陵城区）"}, "柳溪镇", Kind.TITLE),
    ({"site": "德州市统计局"}, "德州市", Kind.SITE),
    ({"site": "德州市统计局", "title": "济南市2016年工作总结"}, "济南市", Kind.TITLE),
]


@pytest.mark.parametrize(("given", "region", "kind"), REGIONS)
def test_the_place_is_read_from_the_strongest_evidence(given, region, kind):
    tagged = tag_document("各项工作有序推进。", **given)
    kinds = [one.kind for one in tagged.provenance if one.field == "region"]
    assert (tagged.region, kinds) == (region, [kind] if kind else [])


def test_a_list_of_places_is_about_the_place_above():
    rows = "济南市8亿元，青岛市9亿元，德州市7亿元，烟台市6亿元。"
    assert tag_document(rows, title="2016年各市税收").region == "山东省"


@pytest.mark.parametrize("title", ["云溪新闻（2016-10-28）", "云溪新闻20161028：秋收"])
def test_a_title_may_hold_the_date(title):
    tagged = tag_document("全县秋收有序推进。", title=title)
    assert tagged.published == "2016-10-28"
