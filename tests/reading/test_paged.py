"""Pdf files that the tests print themselves: what a reader sees comes out, in its order."""

import re
import time
from collections import Counter

import pytest
from fontTools.ttLib import TTFont
from pdf_paper import LATIN, LEFT, SANS, Paper, bare_pdf, print_pdf, width_of

from dz_analysis.finding.table.layout import find_grids
from dz_analysis.reading import read_page
from dz_analysis.reading.paged import read_pdf
from dz_analysis.reading.source import TITLE

pytestmark = pytest.mark.filterwarnings("ignore")
HELVETICA = "/F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
SHOWN = "BT /F1 12 Tf 72 700 Td (Growth 4.5 per cent) Tj ET"
RUNNING = "全县规模以上工业企业增加值比上年增长百分之六点五其中农业"


def lines_of(*papers):
    """Return the lines of a file whose pages are given, and what stands apart by its kind."""
    source = read_pdf(print_pdf(*papers))
    apart = {}
    beside = [mark for mark in source.marks if mark.kind != TITLE]
    for mark in beside:
        apart.setdefault(mark.kind, []).append(source.text[mark.start : mark.end])
    end = min((mark.start for mark in beside), default=len(source.text) + 1)
    return source.text[: end - 1].split("\n"), apart


@pytest.mark.parametrize(
    ("size", "font", "rise"),
    [(12, LATIN, 0), (9, SANS, 0), (15, SANS, 0), (12, SANS, 3), (12, SANS, -3), (10, LATIN, 2)],
)
def test_figures_of_another_font_size_or_height_stay_in_their_line(size, font, rise):
    def figure(words):
        return words, size, rise, font

    paper = Paper().row(70, "关于清源县", figure("2012"), "年预算执行情况的报告")
    paper.row(100, RUNNING[:20], "税收", figure("8.5"), "亿元，增长", figure("4.5"), "％，")
    paper.row(124, "农业增长", figure("6"), "％。")
    assert lines_of(paper)[0] == [
        "关于清源县2012年预算执行情况的报告",
        f"{RUNNING[:20]}税收8.5亿元，增长4.5％，农业增长6％。",
    ]


def test_the_largest_lines_of_the_first_page_are_the_title():
    paper = Paper().text(LEFT, 60, "清源县五届人大六次会议文件（3）", size=10)
    paper.text(120, 110, "关于清源县2011年预算执行情况", size=20)
    paper.text(150, 140, "和2012年预算草案的报告", size=20)
    paper.text(200, 170, "——2012年2月3日在清源县人民代表大会上", size=12)
    page = read_page(print_pdf(paper.lines(220, RUNNING[:24] + "，其中", "工业增长6%。")))
    title = "关于清源县2011年预算执行情况和2012年预算草案的报告"
    assert page.title == title and title in page.text.split("\n")
    assert page.published == "2012-02-03"


def test_two_columns_are_read_one_after_the_other():
    paper = Paper().text(LEFT, 60, "清源县政府公报" + RUNNING[:24])
    left = [RUNNING[at : at + 15] for at in range(8)]
    right = [RUNNING[at : at + 15] for at in range(8, 13)] + ["其次农业增长二成并且"]
    paper.lines(100, *left).lines(107, *right, x=330)
    words, _ = lines_of(paper)
    assert "".join(words) == "清源县政府公报" + RUNNING[:24] + "".join([*left, *right])


def test_text_printed_twice_to_look_bold_stands_once():
    paper = Paper()
    for shift in (0, 0.3, 0.6):
        paper.text(LEFT + shift, 100, "一、工业和2011年的农业")
    assert lines_of(paper.text(LEFT, 130, "二、税收11亿元"))[0] == [
        "一、工业和2011年的农业",
        "二、税收11亿元",
    ]


def test_a_slanted_watermark_stands_apart():
    body = [RUNNING[at : at + 20] for at in range(6)]
    paper = Paper().lines(100, *body).text(100, 300, "清源县统计局内部资料", size=40, turned=40)
    paper.text(560, 400, "12", turned=90)
    words, apart = lines_of(paper, Paper().text(LEFT, 100, "二、农业"))
    assert "".join(words) == "".join(body) + "二、农业"
    assert apart == {"watermark": ["清源县统计局内部资料"], "page number": ["12"]}


@pytest.mark.parametrize(
    ("turned", "x", "y", "right", "down"),
    [(90, 100, 700, 24, 0), (180, 500, 700, 0, -24), (270, 500, 100, -24, 0)],
)
def test_a_page_printed_another_way_up_is_read_as_it_stands(turned, x, y, right, down):
    paper = Paper()
    for at, line in enumerate(("一、工业", "增加值86.4亿元", "二、农业")):
        paper.text(x + right * at, y + down * at, line, turned=turned)
    assert lines_of(paper)[0] == ["一、工业", "增加值86.4亿元", "二、农业"]


def test_running_heads_and_page_numbers_stand_apart():
    def page(number, first):
        paper = Paper().text(LEFT, 50, "清源县政府公报 2012年第3期", size=9)
        paper.lines(100, *(RUNNING[at : at + 24] for at in range(first, first + 3)))
        return paper.text(290, 800, f"- {number} -" if number % 2 else str(number), size=9)

    words, apart = lines_of(*(page(number, number) for number in range(1, 5)))
    assert "".join(words) == "".join(
        RUNNING[at : at + 24] for page in range(1, 5) for at in range(page, page + 3)
    )
    assert apart["page number"] == ["-1-", "2", "-3-", "4"]
    assert len(apart["running head"]) == 4


def test_a_number_that_counts_no_pages_is_text():
    numbers = ["2011", "2014", "86", "7"]
    heads = ("工业", "农业", "服务业", "财政")
    papers = [
        Paper().lines(100, f"（{at}）{head}", number)
        for at, (head, number) in enumerate(zip(heads, numbers, strict=True))
    ]
    words, apart = lines_of(*papers)
    assert apart == {} and [word for word in words if word.isdigit()] == numbers


XS = (80, 240, 330, 420, 510)


def fill(paper, y, *cells, xs=XS, size=10):
    """Print the words of a row, its line at `y`."""
    for x, words in zip(xs, cells, strict=False):
        if words:
            paper.text(x + 4, y, words, size=size)
    return paper


def test_a_ruled_table_with_two_levels_of_heads():
    paper = Paper().text(LEFT, 60, "2012年全县收入表").text(430, 80, "单位：万元", size=9)
    ys = (90, 110, 130, 150, 170, 190)
    paper.rule(240, 110, 510, 110)
    for y in (90, *ys[2:]):
        paper.rule(80, y, 510, y)
    for x in (80, 240, 510):
        paper.rule(x, 90, x, 190)
    for x in (330, 420):
        paper.rule(x, 110, x, 190)
    fill(paper, 112, "项    目").text(340, 104, "2012年", size=10)
    fill(paper, 124, "", "预算数", "执行数", "增长%")
    fill(paper, 144, "税收收入", "3200", "3350", "4.7")
    fill(paper, 164, "其他税收收入")
    fill(paper, 184, "非税收入", "1200", "", "-3.5")
    words, _ = lines_of(paper)
    assert words == [
        "2012年全县收入表",
        "单位：万元",
        "项目\t2012年",
        "\t预算数\t执行数\t增长%",
        "税收收入\t3200\t3350\t4.7",
        "其他税收收入\t",
        "非税收入\t1200\t\t-3.5",
    ]
    (grid,) = find_grids(read_page(print_pdf(paper)).text)
    assert [grid.head(column) for column in range(4)] == [
        "项目",
        "2012年预算数",
        "2012年执行数",
        "2012年增长%",
    ]
    assert [row[0].words for row in grid.rows] == ["税收收入", "其他税收收入", "非税收入"]


def test_a_ruled_table_without_rules_between_its_rows():
    paper = Paper().grid(XS[:3], (90, 112, 240))
    fill(paper, 105, "项目", "金额")
    for at, (name, figure) in enumerate((("税收", "3200"), ("其中", ""), ("契税", "70"))):
        fill(paper, 130 + 20 * at, name, figure)
    paper.text(84, 190, "国有土地使用权出让收入对应", size=10)
    paper.text(84, 204, "专项债务收入", size=10).text(244, 197, "960", size=10)
    fill(paper, 228, "合计", "4230")
    assert lines_of(paper)[0] == [
        "项目\t金额",
        "税收\t3200",
        "其中\t",
        "契税\t70",
        "国有土地使用权出让收入对应专项债务收入\t960",
        "合计\t4230",
    ]


def test_a_table_without_outer_rules_and_words_over_the_edge_of_their_cell():
    paper = Paper().rule(160, 90, 160, 150)
    for y in (90, 110, 130, 150):
        paper.rule(80, y, 240, y)
    for y, *cells in ((104, "项目", "金额"), (124, "国有资本经营收入", ""), (144, "契税", "70")):
        fill(paper, y, *cells, xs=(80, 160))
    assert lines_of(paper)[0] == ["项目\t金额", "国有资本经营收入\t", "契税\t70"]


def test_lines_that_stand_in_columns_are_rows_without_rules():
    paper = Paper().text(LEFT, 60, "2012年全县收入表")
    fill(paper, 100, "指标", "上年", "本年", "增长%", size=12)
    fill(paper, 124, "税收收入", "3200", "3350", "4.7", size=12)
    fill(paper, 148, "非税收入", "", "1200", "-3.5", size=12)
    fill(paper, 172, "合计", "4300", "4550", "5.8", size=12)
    paper.text(LEFT, 230, "全县税收3350万元，比上年增长4.7%。")
    assert lines_of(paper)[0] == [
        "2012年全县收入表",
        "指标\t上年\t本年\t增长%",
        "税收收入\t3200\t3350\t4.7",
        "非税收入\t\t1200\t-3.5",
        "合计\t4300\t4550\t5.8",
        "全县税收3350万元，比上年增长4.7%。",
    ]


def test_a_table_goes_on_over_the_foot_of_a_page():
    def page(number, rows):
        ys = [90 + 20 * at for at in range(len(rows) + 2)]
        paper = Paper().grid(XS[:4], ys).text(290, 800, f"- {number} -", size=9)
        for y, row in zip(ys, [("项目", "预算数", "执行数"), *rows], strict=False):
            fill(paper, y + 14, *row)
        return paper

    first = page(1, [("税收收入", "3200", "3350"), ("国有土地收益基金", "120", "")])
    second = page(2, [("", "", "125"), ("合计", "3320", "3475")])
    words, apart = lines_of(first, second)
    assert words == [
        "项目\t预算数\t执行数",
        "税收收入\t3200\t3350",
        "国有土地收益基金\t120\t125",
        "合计\t3320\t3475",
    ]
    assert apart["running head"] == ["项目\t预算数\t执行数"]


def test_the_caption_of_a_table_stays_where_it_stands_first():
    def page(first):
        paper = Paper().text(LEFT, 60, "2012年清源县收入表")
        paper.grid(XS[:3], (90, 110, 130))
        fill(paper, 104, "项目", "金额")
        return fill(paper, 124, f"收入{first}", "85")

    words, apart = lines_of(*(page(first) for first in "甲乙丙"))
    assert words == [
        "2012年清源县收入表",
        "项目\t金额",
        "收入甲\t85",
        "收入乙\t85",
        "收入丙\t85",
    ] or (words.count("2012年清源县收入表") == 1)
    assert apart["running head"].count("2012年清源县收入表") == 2


def test_the_labels_of_a_chart_stand_apart():
    paper = Paper().lines(100, RUNNING[:24], RUNNING[2:26])
    paper.rule(100, 200, 100, 400).rule(100, 400, 400, 400)
    for at, (year, value) in enumerate(
        (("2009年", "72.1"), ("2010年", "80.5"), ("2011年", "86.4"))
    ):
        x = 130 + 90 * at
        paper.bar(x, 400, 40, 100 + 20 * at).text(x, 414, year, size=9)
        paper.text(x + 8, 290 - 20 * at, value, size=9)
        paper.rule(97, 400 - 60 * at, 100, 400 - 60 * at)
    paper.curve((150, 330), (240, 260), (330, 300))
    words, apart = lines_of(paper.text(LEFT, 470, "全县税收3350万元，比上年增长4.7%。"))
    assert words == [RUNNING[:24] + RUNNING[2:26], "全县税收3350万元，比上年增长4.7%。"]
    assert Counter(" ".join(apart["chart label"]).split()) == Counter(
        ["2009年", "2010年", "2011年", "72.1", "80.5", "86.4"]
    )


def test_the_shades_of_cells_are_no_chart():
    paper = Paper()
    for at in range(8):
        paper.bar(80, 118 + 24 * at, 400, 22)
        fill(paper, 112 + 24 * at, f"第{at}项收入", f"{at}2.5", f"{at}3.5")
    words, apart = lines_of(paper)
    assert len(words) == 8 and apart == {}


def test_a_drawing_of_thousands_of_lines_takes_no_long_time():
    lines = [f"{x} 100 m {x} 700 l S 50 {x + 60} m 550 {x + 60} l S" for x in range(50, 550)]
    curves = [
        f"{x % 500 + 40} {x % 600 + 90} m {x % 470} 300 200 {x % 90} 9 9 c f" for x in range(4000)
    ]
    drawing = "\n".join([*lines, *curves])
    start = time.process_time()
    assert read_pdf(bare_pdf(f"{drawing}\n{SHOWN}", fonts=HELVETICA)).text.startswith("Growth 4.5")
    assert time.process_time() - start < 5


def test_a_line_set_wide_is_whole():
    paper = Paper().lines(70, RUNNING[:28])
    wide = [(character, LEFT + 20 * at) for at, character in enumerate("增加值增长")]
    wide += [(character, LEFT + 100 + 14 * at) for at, character in enumerate("4.5%")]
    wide += [(character, LEFT + 156 + 20 * at) for at, character in enumerate("，农业")]
    for character, x in wide:
        paper.text(x, 100, character)
    for at, character in enumerate("单位表"):
        paper.text(LEFT + 60 * at, 130, character)
    assert lines_of(paper)[0] == [RUNNING[:28] + "增加值增长4.5%，农业", "单位表"]


def test_a_small_figure_set_high_is_an_exponent():
    paper = Paper().row(100, "面积180米", ("2", 7, 5, SANS), "，农业用地20亩。")
    assert lines_of(paper)[0] == ["面积180米²，农业用地20亩。"]


def test_two_figures_beside_each_other_stay_two():
    paper = Paper().text(LEFT, 100, "3.2")
    paper.text(LEFT + width_of("3.2") + 3, 100, "5.1")
    assert lines_of(paper)[0] == ["3.2 5.1"]


def test_a_private_character_that_is_drawn_as_a_point_is_one(tmp_path):
    font = TTFont(SANS)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[0xE0B0], table.cmap[0xE0B1] = (font.getBestCmap()[ord(x)] for x in ".县")
    font.save(tmp_path / "point.ttf")
    paper = Paper().text(LEFT, 100, "收入7\ue0b05亿元\ue0b1", font=tmp_path / "point.ttf")
    assert lines_of(paper)[0] == ["收入7.5亿元\ue0b1"]


def test_nothing_that_is_printed_is_lost():
    paper = Paper().lines(100, *(RUNNING[at : at + 20] for at in range(4)))
    paper.grid(XS, (300, 320, 340)).text(100, 700, "清源县内部资料", size=30, turned=30)
    fill(paper, 314, "项目", "上年", "本年", "增长%")
    fill(paper, 334, "税收", "3200", "3350", "4.7")
    words = re.sub(r"\s", "", read_pdf(print_pdf(paper)).text)
    printed = "".join(RUNNING[at : at + 20] for at in range(4))
    printed += "清源县内部资料项目上年本年增长%税收320033504.7"
    assert Counter(words) == Counter(printed)


UNNAMED = (
    "/F1 << /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [<< "
    "/Type /Font /Subtype /CIDFontType2 /BaseFont /X /DW 1000 /CIDSystemInfo << /Registry (Adobe) "
    "/Ordering (Identity) /Supplement 0 >> >>] >> "
    "/F2 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
)
LOCKED = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{'41' * 32}> /U <{'42' * 32}> /P -4 >>"
WHOLE = bare_pdf(SHOWN, fonts=HELVETICA)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (
            bare_pdf(SHOWN, fonts=HELVETICA, trailer=f"{LOCKED} /ID [<00> <00>]"),
            "print it to a new",
        ),
        (WHOLE[: len(WHOLE) // 2], "cut off in the middle"),
        (bare_pdf(SHOWN, extra=b"%<< /Linearized 1 /L 99999 >>\n"), "cut off in the middle"),
        (b"%PDF-1.4 nothing", "cut off in the middle"),
        (b"%PDF-1.4 nothing %%EOF", "broken pdf"),
        (bare_pdf("", ""), "2 pages without text.*run OCR"),
        (bare_pdf("BT /F1 12 Tf 72 700 Td <0041004200430E01> Tj ET", fonts=UNNAMED), r"4 of 4"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_cure(content, words):
    with pytest.raises(ValueError, match=words):
        read_page(content)


SONG = (
    "/F1 << /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /GBK-EUC-H "
    "/DescendantFonts [<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 "
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>] >>"
)


def test_characters_that_stand_alone_in_a_font_that_the_file_lacks_are_read():
    places = ((72, "36"), (84, "D4C2"), (96, "3233"), (120, "C8D5"))
    words = " ".join(f"BT /F1 12 Tf {x} 700 Td <{code}> Tj ET" for x, code in places)
    assert read_pdf(bare_pdf(words, fonts=SONG)).text.replace(" ", "") == "6月23日"


def test_a_few_characters_without_a_name_are_marked_and_said():
    words = f"BT /F2 12 Tf 72 700 Td ({'Growth of revenue ' * 4}) Tj /F1 12 Tf <0E01> Tj ET"
    source = read_pdf(bare_pdf(words, fonts=UNNAMED))
    assert source.text.endswith("\ufffd")
    assert source.notes == ("characters that their font does not name: 1",)


def test_pages_that_are_pictures_are_said():
    picture = "q 500 0 0 700 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI Q"
    page = read_page(bare_pdf(SHOWN, picture, fonts=HELVETICA))
    assert page.text == "Growth 4.5 per cent"
    assert page.notes == ("pages that are pictures without text: 2; run OCR on them",)


def test_a_file_with_something_before_its_head_is_a_pdf():
    assert read_page(b"\xef\xbb\xbf\r\n" + WHOLE).text == "Growth 4.5 per cent"


def test_the_same_file_is_read_the_same_each_time():
    content = print_pdf(Paper().lines(100, RUNNING[:24], RUNNING[2:20]))
    assert read_pdf(content) == read_pdf(content)
