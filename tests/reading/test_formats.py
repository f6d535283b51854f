"""Word and pdf files that the tests write themselves, and files that are no page."""

import base64
import gzip
import io
import zipfile

import docx
import matplotlib
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from dz_analysis.lexicon import load_lexicon
from dz_analysis.reading import PageError, read_page, repair, undo

matplotlib.use("agg")
TITLE = "青禾县2012年经济运行情况"
FIRST = (
    "全县生产总值完成86.4亿元，按可比价格计算比上年增长9.2%，其中第一产业增加值14.3亿元，"
    "第二产业增加值41.6亿元，第三产业增加值30.5亿元，三次产业都比上年有所增长。"
)
SECOND = "粮食总产量42.6万吨，比上年增加1.3万吨。"


def word_bytes(document):
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_word_file_with_tables_heads_and_tracked_changes():
    document = docx.Document()
    document.sections[0].footer.paragraphs[0].text = "青禾县统计局内部资料"
    for line in (TITLE, FIRST):
        document.add_paragraph(line)
    table = document.add_table(rows=2, cols=3)
    for row, words in zip(
        table.rows, (("指标", "总量", "增长"), ("粮食", "42.6", "3.1")), strict=True
    ):
        for cell, word in zip(row.cells, words, strict=True):
            cell.text = word
    changed = document.add_paragraph("粮食总产量")
    for tag, text in (("w:ins", "42.6万吨"), ("w:del", "41.3万吨")):
        change = OxmlElement(tag)
        run = OxmlElement("w:r")
        words = OxmlElement("w:t" if tag == "w:ins" else "w:delText")
        words.text = text
        run.append(words)
        change.append(run)
        changed._p.append(change)
    page = read_page(word_bytes(document))
    rows = ["指标\t总量\t增长", "粮食\t42.6\t3.1"]
    assert page.text.split("\n") == [TITLE, FIRST, *rows, "粮食总产量42.6万吨"]
    assert [piece.text for piece in page.furniture] == ["青禾县统计局内部资料"]
    assert page.title == TITLE


def test_text_in_a_content_control_is_read():
    document = docx.Document()
    paragraph = document.add_paragraph(SECOND)
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    paragraph._p.getparent().replace(paragraph._p, control)
    control.append(content)
    content.append(paragraph._p)
    assert control.find(qn("w:sdtContent")) is content
    assert read_page(word_bytes(document)).text == SECOND


def pdf_bytes(pages, width=20):
    """Print paragraphs, `width` characters a line, the first line of each set in by two."""
    from matplotlib.backends.backend_pdf import PdfPages
    from matplotlib.figure import Figure

    from dz_analysis.showing.style import theme

    stream = io.BytesIO()
    with matplotlib.rc_context(theme()), PdfPages(stream) as book:
        for number, lines in enumerate(pages, start=1):
            figure = Figure(figsize=(6, 8))
            for at, (text, indent) in enumerate(lines):
                figure.text(0.1 + indent * 12 / 432, 0.9 - at * 0.04, text, fontsize=12)
            figure.text(0.5, 0.05, f"— {number} —", fontsize=9)
            book.savefig(figure)
    return stream.getvalue()


def wrapped(text, width=24):
    first, rest = text[: width - 2], text[width - 2 :]
    return [(first, 2), *((rest[at : at + width], 0) for at in range(0, len(rest), width))]


@pytest.mark.filterwarnings("ignore")
def test_pdf_paragraphs_are_joined_over_lines_and_pages():
    first = "".join("全县规模以上工业企业增加值比上年增长，" for _ in range(6)) + "其中农业增长。"
    second = "居民收入有所增长。"
    lines = wrapped(first)
    pages = [[("青禾县经济运行情况", 6), *lines[:3]], [*lines[3:], *wrapped(second)]]
    page = read_page(pdf_bytes(pages))
    assert page.text.split("\n") == ["青禾县经济运行情况", first, second]
    assert [piece.text for piece in page.furniture] == ["—1—", "—2—"]


def test_pdf_without_text_says_so():
    from matplotlib.backends.backend_pdf import PdfPages
    from matplotlib.figure import Figure

    stream = io.BytesIO()
    with PdfPages(stream) as book:
        book.savefig(Figure())
    with pytest.raises(ValueError, match="run OCR"):
        read_page(stream.getvalue())


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 64, "docx"),
        (b"{\\rtf1 text}", "docx"),
        (b"PK\x03\x04broken", "zip"),
        (b"\x89PNG\r\n", "recognition"),
    ],
)
def test_other_files_are_refused_with_advice(content, word):
    with pytest.raises(ValueError, match=word):
        read_page(content)


def test_radical_signs_become_characters_and_are_logged():
    text = "全⾯推进⾼质量发展，⼯业增⻓6%。部⾸表：⼀ ⼈"
    done = repair(text)
    assert done.text == "全面推进高质量发展，工业增长6%。部首表：⼀ ⼈"
    assert {change.kind for change in done.changes} == {"radical"}
    assert undo(done) == text


@pytest.mark.parametrize("row", load_lexicon("radicals"), ids=lambda row: row["character"])
def test_radical_of_the_list_is_restored_in_its_example(row):
    assert row["sign"] in row["example"]
    assert repair(row["example"]).text == row["example"].replace(row["sign"], row["character"])


LEVELS = (
    ("chineseCounting", "%1、"),
    ("chineseCounting", "（%2）"),
    ("decimal", "%3."),
    ("decimal", "%1.%2.%4"),
    ("decimalEnclosedCircle", "%5"),
    ("bullet", "\uf0b7"),
)


def numbered_document(lines, *, levels=LEVELS, start=1):
    """Write paragraphs (text, depth or None) numbered by Word itself, and the style 标题一."""
    document = docx.Document()
    root = document.part.numbering_part.element
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), "77")
    for depth, (form, text) in enumerate(levels):
        level = OxmlElement("w:lvl")
        level.set(qn("w:ilvl"), str(depth))
        for tag, value in (("w:start", start), ("w:numFmt", form), ("w:lvlText", text)):
            level.append(with_value(tag, value))
        if text.count("%") > 1:
            level.append(OxmlElement("w:isLgl"))
        abstract.append(level)
    root.insert(0, abstract)
    number = OxmlElement("w:num")
    number.set(qn("w:numId"), "77")
    number.append(with_value("w:abstractNumId", 77))
    root.append(number)
    for text, depth in lines:
        paragraph = document.add_paragraph(text)
        if depth is not None:
            settings = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            settings.append(with_value("w:ilvl", depth))
            settings.append(with_value("w:numId", 77))
    return document


def with_value(tag, value):
    element = OxmlElement(tag)
    element.set(qn("w:val"), str(value))
    return element


def test_numbers_that_word_sets_are_read():
    lines = [("综合", 0), ("增长较快", 1), ("效益提高", 1), (FIRST, None), ("农业", 0)]
    lines += [
        ("种植业", 1),
        ("粮食", 2),
        ("油料", 2),
        ("花生", 4),
        ("一点", 5),
        ("", 0),
        ("工业", 0),
    ]
    page = read_page(word_bytes(numbered_document(lines)))
    assert page.text.split("\n") == [
        *("一、综合", "（一）增长较快", "（二）效益提高", FIRST, "二、农业", "（一）种植业"),
        *("1. 粮食", "2. 油料", "①花生", "一点", "四、工业"),
    ]
    assert {page.text[p.start : p.end]: p.heading_level for p in page.paragraphs}["一、综合"] == 2


def test_numbers_of_levels_left_out_begin_at_one_and_a_start_is_kept():
    document = numbered_document([("收入", 3), ("支出", 3)], start=3)
    assert read_page(word_bytes(document)).text == "3.3.3 收入\n3.3.4 支出"


def test_numbers_of_a_style_are_read_and_of_one_switched_off_are_not():
    document = numbered_document([])
    style = document.styles.add_style("标题一", 1)
    settings = style.element.get_or_add_pPr().get_or_add_numPr()
    settings.append(with_value("w:numId", 77))
    document.add_paragraph("综合", style="标题一")
    document.add_paragraph("工业", style="标题一")
    plain = document.add_paragraph("附记", style="标题一")
    plain._p.get_or_add_pPr().get_or_add_numPr().append(with_value("w:numId", 0))
    assert read_page(word_bytes(document)).text == "一、综合\n二、工业\n附记"


def test_cells_over_several_columns_keep_the_columns_in_step():
    document = docx.Document()
    table = document.add_table(rows=3, cols=3)
    table.cell(0, 1).merge(table.cell(0, 2))
    for row, words in zip(
        table.rows,
        (("指标", "2011年", ""), ("", "总量", "增长"), ("粮食", "42.6", "3.1")),
        strict=True,
    ):
        for cell, word in zip(row.cells, words, strict=True):
            if word:
                cell.text = word
    rows = read_page(word_bytes(document)).raw.split("\n")
    assert [row for row in rows if row] == ["指标\t2011年", "\t总量\t增长", "粮食\t42.6\t3.1"]


HTML = (
    f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><p>{FIRST}</p></body></html>"
)


def saved_page(charset, *, newline="\r\n"):
    """Write a page as browsers save it: html, then a picture, in one mht file."""
    body = base64.encodebytes(HTML.encode(charset)).decode()
    picture = base64.encodebytes(b"\x89PNG\r\n").decode()
    lines = [
        "From: <Saved by Blink>",
        "Snapshot-Content-Location: http://www.example.gov.cn/1.html",
        "MIME-Version: 1.0",
        'Content-Type: multipart/related;\n\ttype="text/html";\n\tboundary="----Part"',
        "",
        "------Part",
        f'Content-Type: text/html; charset="{charset}"',
        "Content-Transfer-Encoding: base64",
        "",
        body,
        "------Part",
        "Content-Type: image/png",
        "Content-Transfer-Encoding: base64",
        "",
        picture,
        "------Part--",
        "",
    ]
    return "\n".join(lines).replace("\n", newline).encode("ascii")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("charset", ["utf-8", "gb2312"])
def test_saved_pages_are_read(charset, newline):
    page = read_page(saved_page(charset, newline=newline))
    assert (page.title, page.text) == (TITLE, f"{TITLE}\n{FIRST}")


@pytest.mark.parametrize("head", ["; char *", "; charset*=", "; charset*0*=x'", ";", "; =;*0="])
def test_a_saved_page_whose_head_is_damaged_is_read_or_refused(head):
    saved = saved_page("utf-8").replace(b'; charset="utf-8"', head.encode())
    assert read_page(saved).text == f"{TITLE}\n{FIRST}"
    with pytest.raises(PageError, match="saved page without text"):
        read_page(saved[: saved.index(b"text/html" + head.encode()) + 9 + len(head)])


def test_packed_pages_are_read():
    assert read_page(gzip.compress(HTML.encode("gb18030"))).text == f"{TITLE}\n{FIRST}"


def test_a_broken_gzip_file_says_so():
    with pytest.raises(ValueError, match="gzip file that is broken"):
        read_page(gzip.compress(HTML.encode())[:-12])


@pytest.mark.parametrize(
    "frames",
    [
        "<frameset rows='80,*'><frame src='top.html'><frame src='main.html'>"
        "<noframes>您的浏览器不支持框架，请更换浏览器后再访问本网站。</noframes></frameset>",
        "<body><iframe src='top.html'></iframe><iframe src='main.html'></iframe></body>",
    ],
)
def test_a_frame_page_names_its_frames(frames):
    with pytest.raises(ValueError, match=r"its frames are top\.html, main\.html\."):
        read_page(f"<html><head><title>某县</title></head>{frames}</html>".encode())


def test_a_frame_beside_the_text_is_passed_over():
    page = read_page(HTML.replace("</body>", "<iframe src='count.html'></iframe></body>").encode())
    assert page.text == f"{TITLE}\n{FIRST}"


def zip_bytes(*names):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("names", "word"),
    [
        (("[Content_Types].xml", "xl/workbook.xml"), "Excel workbook"),
        (("ppt/presentation.xml",), "presentation"),
        (("mimetype", "content.xml"), "OpenDocument"),
        (("OFD.xml", "Doc_0/Document.xml"), "OFD"),
        (("a.txt", "b.txt"), r"zip archive \(a\.txt, b\.txt\)"),
    ],
)
def test_other_zip_files_are_named(names, word):
    with pytest.raises(ValueError, match=word):
        read_page(zip_bytes(*names))


def test_empty_files_lists_of_values_and_folders_are_refused(tmp_path):
    for name, content in (("empty.txt", b""), ("表.csv", "指标,2011\n粮食,42.6\n".encode())):
        (tmp_path / name).write_bytes(content)
    with pytest.raises(ValueError, match=r"empty file \(0 bytes\)"):
        read_page(tmp_path / "empty.txt")
    with pytest.raises(ValueError, match="list of values"):
        read_page(tmp_path / "表.csv")
    with pytest.raises(IsADirectoryError, match="folder of 2 entries"):
        read_page(tmp_path)
