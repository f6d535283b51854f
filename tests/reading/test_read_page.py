"""The whole way of the reading room, on pages of our own."""

import doctest
import importlib
import io
import pkgutil
from pathlib import Path

import docx
import pytest
from linear import grows_with_length

import dz_analysis.reading
from dz_analysis.reading import read_page, undo
from dz_analysis.reading.ledger import Repaired

PAGE = """首页 > 政务公开
某县2009年政府工作报告
——2009年2月3日在某县第十五届人民代表大会第三次会议上
某县人民政府县长 某某某
各位代表:
现在,我代表县人民政府向大会报告工作。
一、2008年工作回顾
全县生产总值完成80.5亿元,增长11.2%;财政总收入6.3亿元,增长15%。
二、2009年工作安排
力争全县生产总值增长10%左右,新建道路12公里(其中县道5公里)。
名词解释
一村一品:指一个村发展一种主导产品。
责任编辑:某某
版权所有:某县人民政府办公室
"""
MODULES = [m.name for m in pkgutil.iter_modules(dz_analysis.reading.__path__)]


@pytest.fixture(scope="module")
def page():
    return read_page(PAGE.encode("gb18030"), name="county.txt")


def test_article_is_free_of_furniture(page):
    assert page.text.startswith("某县2009年政府工作报告\n——2009年2月3日")
    assert page.text.endswith("指一个村发展一种主导产品。")
    assert [piece.kind for piece in page.furniture] == ["navigation", "editor", "copyright"]


def test_masthead(page):
    assert (page.title, page.publisher, page.published) == (
        "某县2009年政府工作报告",
        "某县人民政府",
        "2009-02-03",
    )


@pytest.mark.parametrize(
    "line",
    [
        "来源:某县晚报2019-05-16 13:48",
        "来源：2019-05-16 13:48 某县晚报",
        "来源：某县晚报2019年5月16日",
        "2019-05-16 来源：某县晚报",
    ],
)
def test_a_date_glued_to_the_source_is_no_part_of_its_name(line):
    page = read_page(f"某县经济简况\n{line}\n全县工业增加值增长6%，农业增长3%。".encode())
    assert (page.publisher, page.published) == ("某县晚报", "2019-05-16")


def test_structure(page):
    stances = {page.text[p.start : p.end][:4]: p.stance for p in page.paragraphs}
    assert stances["全县生产"] == "review"
    assert stances["力争全县"] == "plan"
    assert stances["一村一品"] == "glossary"
    levels = {page.text[p.start : p.end][:4]: p.heading_level for p in page.paragraphs}
    assert (levels["某县20"], levels["一、20"], levels["力争全县"]) == (1, 2, 0)


def test_figures_lead_back_to_the_page(page):
    for quote in ("80.5亿元", "11.2%", "5公里"):
        start = page.text.index(quote)
        assert page.raw[slice(*page.to_raw(start, start + len(quote)))] == quote


def test_paragraphs_cover_the_article(page):
    lines = [page.text[p.start : p.end] for p in page.paragraphs]
    assert "\n".join(lines) == page.text
    assert [p.number for p in page.paragraphs] == list(range(1, len(lines) + 1))


def test_word_file():
    document = docx.Document()
    document.add_paragraph("某县经济简况")
    document.add_paragraph("全县工业增加值增长6%。")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "粮食总产量", "12万吨"
    stream = io.BytesIO()
    document.save(stream)
    page = read_page(stream.getvalue())
    assert page.text == "某县经济简况\n全县工业增加值增长6%。\n粮食总产量\t12万吨"


def test_unknown_script_names_the_known_ones():
    with pytest.raises(ValueError, match="'simplified', 'keep'"):
        read_page(b"", script="simplifed")


def test_the_guide_to_the_repair_holds():
    guide = Path(dz_analysis.reading.__file__).with_name("README.md")
    tried = doctest.testfile(str(guide), module_relative=False, encoding="utf-8")
    assert tried.attempted > 10
    assert not tried.failed


def test_ledger_of_a_page_can_be_undone():
    raw = "全區(qū)的經(jīng)濟(jì)穩步增長(zhǎng)6%,全區(qū)收入增長(zhǎng)5%。"
    page = read_page(raw.encode())
    assert page.text == "全区的经济稳步增长6%，全区收入增长5%。"
    assert undo(Repaired(page.text, page.changes)) == raw


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_the_docstrings(name):
    module = importlib.import_module(f"dz_analysis.reading.{name}")
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize("content", [b"", b"\n", b" \r\n "])
def test_a_page_without_text_is_an_empty_article(content):
    page = read_page(content)
    assert page.text.strip() == ""
    assert page.to_raw(0, 0) == (0, 0)


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (
            "关于云溪县2008年国民经济和社会发展计划执行情况\n与2009年计划草案的报告",
            "关于云溪县2008年国民经济和社会发展计划执行情况与2009年计划草案的报告",
        ),
        ("云溪县人民政府关于\n2008年工作情况的报告", "云溪县人民政府关于2008年工作情况的报告"),
        ("云溪县\n2009年政府工作报告", "2009年政府工作报告"),
        ("庆祝建县六十周年\n云溪县发展情况综述", "云溪县发展情况综述"),
        ("2008年云溪县统计公报〔1〕\n云溪县统计局\n2009年3月2日", "2008年云溪县统计公报"),
    ],
)
def test_titles_of_two_lines(head, title):
    body = (
        "全县生产总值完成86.4亿元，按可比价格计算比上年增长9.2%，第一产业增加值14.3亿元，增长4.1%。"
    )
    page = read_page(f"{head}\n{body}\n{body}".encode())
    assert page.title == title
    assert page.text.startswith(head)
    lines = {page.text[p.start : p.end]: p.heading_level for p in page.paragraphs}
    assert all(lines[line] == 1 for line in head.split("\n") if line in title)


@pytest.mark.parametrize(
    "unit", ["首页\n某某\n", "编辑：某\n策划：某\n", "某某日报 2009-04-12 08:12\n"]
)
def test_work_grows_with_the_lines_of_furniture_alone(unit):
    body = (
        "全县生产总值完成86.4亿元，按可比价格计算比上年增长9.2%，第一产业增加值14.3亿元，增长4.1%。"
    )
    assert grows_with_length(lambda lines: read_page((unit * lines + body).encode()), 1_000)
