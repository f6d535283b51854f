"""Numbers quoted in a manuscript are held against the tables behind the figures."""

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsmap

from dz_analysis.manuscript import check_manuscript

ROWS = ("甲县,level,1280000000", "乙县,level,502300", "甲县,growth,-3.25", "丙县,level,")
TABLE = "\n".join(("\ufeffregion,measure,value", *ROWS, ""))


@pytest.fixture
def tables(home):
    folder = home / "figures" / "made"
    folder.mkdir(parents=True)
    (folder / "03_ranking.csv").write_text(TABLE, encoding="utf-8")
    return home


OF_A = "dz:made/03_ranking value region=甲县 measure=level"
OF_B = "dz:made/03_ranking value region=乙县 measure=level"
CASES = [
    ("12.8 亿元{{A}}", ""),
    ("1,280,000,000{{A}}", ""),
    ("12.9 亿元{{A}}", "the table holds 1280000000"),
    ("50.2万元 <!-- B -->", ""),
    ("50万元 <!-- B -->", ""),
    ("51万元 <!-- B -->", "the table holds 502300"),
    ("fell by −3.25 % {{dz:made/03_ranking value region=甲县 measure=growth}}", ""),
    ("1.28 billion yuan % A", ""),
    ("a number{{A}}", "no number stands before the mark"),
    ("1{{dz:made/03_ranking value region=丙县}}", "could not convert"),
    ("1{{dz:made/03_ranking value measure=level}}", "3 rows of made/03_ranking fit"),
    ("1{{dz:made/03_rankin value region=甲县}}", "Did you mean '03_ranking'?"),
    ("1{{dz:made/03_ranking valu region=甲县}}", "Did you mean 'value'?"),
    ("1{{dz:value}}", "is no mark; expected"),
    ("1{{dz:../x value}}", "can't name a corpus"),
    ("12.8 亿元{{ A}}", ""),
    ("12.8 亿元<!-- A", "begins like a mark and is none"),
    ("12.8 亿元{{A", "begins like a mark and is none"),
]


@pytest.mark.parametrize(("text", "problem"), CASES)
@pytest.mark.parametrize("ending", ["md", "docx"])
def test_a_quoted_number_holds_or_the_reason_is_told(tables, text, problem, ending):
    file = tables / f"paper.{ending}"
    text = text.replace("A", OF_A).replace("B", OF_B)
    if ending == "docx":
        paper = docx.Document()
        paper.add_paragraph("某县")
        paper.add_paragraph(text)
        paper.save(file)
    else:
        file.write_text(f"某县\n{text}\n", encoding="utf-8")
    (found,) = check_manuscript(file)
    assert found.line == 2
    assert problem in found.problem and found.holds == (problem == "")


def test_two_numbers_of_one_line_are_told_apart(tables):
    file = tables / "paper.tex"
    text = f"12.8 亿元{{{{{OF_A}}}}}, 51.0 万元{{{{{OF_B}}}}} in 2021"
    file.write_text(text, encoding="utf-8")
    assert [one.holds for one in check_manuscript(file)] == [True, False]


def test_a_word_file_that_is_none_or_not_there_says_so(tmp_path):
    with pytest.raises(FileNotFoundError):
        check_manuscript(tmp_path / "paper.docx")
    (tmp_path / "paper.docx").write_bytes(b"no archive")
    with pytest.raises(ValueError, match="can't be read as a Word file"):
        check_manuscript(tmp_path / "paper.docx")


def test_another_kind_of_file_is_refused(tables):
    with pytest.raises(ValueError, match=r"expected one of \.md"):
        check_manuscript(tables / "paper.pdf")


def test_marks_in_comments_and_footnotes_of_a_word_file_are_read(tables):
    paper = docx.Document()
    run = paper.add_paragraph("甲县收入").add_run("12.8 亿元")
    paper.add_comment(run, text=f"{{{{{OF_A}}}}}")
    paper.add_comment(run, text=f"rounded: 12.9 亿元{{{{{OF_A}}}}}")
    noted = paper.add_paragraph("乙县50.2万元")
    note = "<w:footnoteReference {ns} w:id='3'/>"
    space = f"xmlns:w='{nsmap['w']}'"
    noted.add_run()._r.append(parse_xml(note.format(ns=space)))
    body = f"<w:p><w:r><w:t>{{{{{OF_B}}}}}</w:t></w:r></w:p>"
    blob = f"<w:footnotes {space}><w:footnote w:id='3'>{body}</w:footnote></w:footnotes>"
    name = PackURI("/word/footnotes.xml")
    part = Part(name, "application/xml", blob.encode(), paper.part.package)
    paper.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    paper.save(tables / "paper.docx")
    found = check_manuscript(tables / "paper.docx")
    assert [(one.words, one.problem) for one in found] == [
        ("50.2万元", ""),
        ("12.8 亿元", ""),
        ("12.9 亿元", "the table holds 1280000000"),
    ]
