"""Word and pdf files that the tests write themselves, and files that are no page."""

import io

import docx
import matplotlib
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from dz_analysis.lexicon import load_lexicon
from dz_analysis.reading import read_page, repair, undo

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
    assert [piece.text for piece in page.furniture] == ["— 1 —", "— 2 —"]


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
