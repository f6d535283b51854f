"""Tables for papers: read back cell by cell from every form, in both languages, and no formula."""

import io
import re
import shutil
import subprocess
import zipfile

import docx
import openpyxl
import pandas as pd
import pytest

from dz_analysis.comparing import prepare_facts
from dz_analysis.language import speak
from dz_analysis.publishing import (
    KINDS,
    lay_out,
    list_numbers,
    read_figure_table,
    render_table,
    spread_by_place,
    spread_by_year,
    write_table,
)
from dz_analysis.publishing.citation import find_citation, read_citation
from dz_analysis.publishing.latex import escape
from dz_analysis.publishing.stata import NAME, name_variables
from dz_analysis.synthetic import make_synthetic

ROWS = pd.DataFrame(
    {
        "region": ["甲县", "=乙县", None],
        "measure": ["level", "growth", "level"],
        "value": [1.28e9, 21.1, float("nan")],
        "unit": ["元", "%", "人"],
        "count": pd.array([3, None, 12_345], dtype="Int64"),
        "is_met": [True, False, True],
        "数值 %_&": [0.1 + 0.2, -4.0, 5.5],
    }
)
WORDS = {"caption": "收入 & 增长", "note": "Made up.", "source": "nobody"}
SOURCES = pd.DataFrame({"document": ["a"], "title": ["=SUM(1)"], "published": ["2021"]})
HEADS = {
    "en": ["region", "measure", "value", "unit", "value, usual unit", "usual unit", "count"],
    "zh": ["地区", "计量方式", "数值", "单位", "数值（常用单位）", "常用单位"],
}


@pytest.fixture(params=["en", "zh"])
def written(request, tmp_path):
    """Write the table in all forms, in one language."""
    for kind in KINDS:
        file = tmp_path / f"rows.{kind}"
        assert write_table(ROWS, file, **WORDS, sources=SOURCES, lang=request.param) == file
    return request.param, tmp_path


def test_a_workbook_is_typed_and_says_what_it_holds(written):
    lang, folder = written
    book = openpyxl.load_workbook(folder / "rows.xlsx")
    sheet = book.worksheets[0]
    head, *rows = sheet.iter_rows(values_only=True)
    assert list(head[: len(HEADS[lang])]) == HEADS[lang]
    level = {"en": "level", "zh": "绝对数"}[lang]
    assert rows[0] == ("甲县", level, 1.28e9, "元", 12.8, "亿元", 3, True, rows[0][8])
    assert rows[0][8] == pytest.approx(0.3) and rows[1][6] is None
    assert rows[2][0] is None and rows[2][2] is None and rows[2][6] == 12_345
    assert sheet["A3"].data_type == "s" and sheet["A3"].quotePrefix
    assert sheet["G4"].number_format == "#,##0" and sheet["E2"].number_format == "General"
    assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref == "A1:I4"
    assert 8 <= sheet.column_dimensions["A"].width <= 48
    names = {
        "en": ["table", "columns", "notes", "sources"],
        "zh": ["数据", "列说明", "说明", "来源文件"],
    }
    assert book.sheetnames == names[lang]
    columns = {row[1]: row[0] for row in book.worksheets[1].iter_rows(min_row=2, values_only=True)}
    assert columns["value"] == HEADS[lang][2] and columns["usual_unit"] == HEADS[lang][5]
    told = [row[1] for row in book.worksheets[2].iter_rows(min_row=2, values_only=True)]
    assert {"收入 & 增长", "Made up.", "nobody"} <= set(told)
    assert any("dz_analysis" in str(one) and "2026" in str(one) for one in told)
    assert book.worksheets[3]["B2"].value == "=SUM(1)" and book.worksheets[3]["B2"].data_type == "s"


def test_a_word_file_has_three_lines_a_counted_caption_and_words(written):
    lang, folder = written
    document = docx.Document(str(folder / "rows.docx"))
    (table,) = document.tables
    cells = [[cell.text for cell in row.cells] for row in table.rows]
    assert cells[0][:4] == HEADS[lang][:4]
    mark = {"en": "–", "zh": "—"}[lang]
    level = {"en": "level", "zh": "绝对数"}[lang]
    yes = {"en": "True", "zh": "是"}[lang]
    assert cells[1] == ["甲县", level, "1280000000", "元", "3", yes, "0.3"]
    assert cells[2][0] == "=乙县" and cells[2][4] == mark and cells[3][:3] == ["", level, mark]
    xml = document.element.xml
    assert len(re.findall(r'<w:(?:top|bottom) w:val="single" w:sz="12"', xml)) == 2
    assert xml.count('w:sz="6"') == len(cells[0]) and "w:tblHeader" in xml
    assert not re.search(r"<w:(?:left|right|insideV|insideH) w:val", xml)
    assert f"SEQ {'Table' if lang == 'en' else '表'}" in xml
    lines = [paragraph.text for paragraph in document.paragraphs]
    assert lines[0].endswith("收入 & 增长")
    first = {"en": "Note: Made up. – means not stated.", "zh": "注：Made up. —表示未列明。"}
    assert lines[1] == first[lang]
    assert lines[2:3] == [{"en": "Source: nobody", "zh": "资料来源：nobody"}[lang]]
    assert lines[3].startswith({"en": "Cite this: ", "zh": "引用本表："}[lang])


def test_a_stata_file_has_its_names_labels_and_values(written):
    lang, folder = written
    frame = pd.read_stata(folder / "rows.dta")
    assert list(frame.columns)[:6] == ["region", "measure", "value", "unit", "count", "is_met"]
    assert frame.columns[6] == "shu_zhi"
    assert frame["region"].tolist() == ["甲县", "=乙县", ""]
    assert frame["value"].tolist()[:2] == [1.28e9, 21.1] and frame["value"].isna().tolist()[2]
    assert frame["count"].fillna(-1).tolist() == [3, -1, 12_345] and frame["is_met"].sum() == 2
    with pd.read_stata(folder / "rows.dta", iterator=True) as stata:
        labels = stata.variable_labels()
        assert stata.data_label == "收入 & 增长"
    assert labels["count"] and all(len(label) <= 80 for label in labels.values())
    assert ("地区" in labels["region"]) or lang == "en"
    notes = (folder / "rows.notes.txt").read_text("utf-8")
    assert "nobody" in notes and "value: " in notes and "dz_analysis" in notes


def test_csv_opens_in_excel_and_holds_no_formula(written):
    lang, folder = written
    content = (folder / "rows.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    lines = content.decode("utf-8-sig").splitlines()
    assert lines[0].split(",")[:4] == HEADS[lang][:4]
    assert lines[1] == "甲县,level,1280000000,元,3,True,0.3"
    assert lines[2].startswith("'=乙县,") and lines[3].startswith(",level,,人,")


def test_no_form_says_nan(written):
    _, folder = written
    for kind in ("csv", "tex", "html"):
        text = (folder / f"rows.{kind}").read_text(encoding="utf-8-sig")
        assert not re.search(r"\b(?:nan|NaN|None|NaT)\b|<NA>", text)
    page = (folder / "rows.html").read_text("utf-8")
    assert "<script" not in page and "收入 &amp; 增长" in page and "Content-Security-Policy" in page


def test_latex_has_three_lines_and_escapes():
    table = lay_out(ROWS, **WORDS)
    text = render_table(table, "tex").decode()
    assert [text.count(rf"\{line}rule") for line in ("top", "mid", "bottom")] == [1, 1, 1]
    assert r"收入 \& 增长" in text and r"数值 \%\_\&" in text and r"21.1 & \%" in text
    long = pd.concat([ROWS] * 20, ignore_index=True)
    assert r"\begin{longtable}" in render_table(lay_out(long), "tex").decode()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a_b & 5%", r"a\_b \& 5\%"),
        ("{x} ~ ^ \\ #1 $", r"\{x\} \textasciitilde{} \textasciicircum{} \textbackslash{} \#1 \$"),
        ("≥3\n\x05<1>", r"$\geq$3 \textless{}1\textgreater{}"),
    ],
)
def test_a_text_is_printed_as_it_stands(text, told):
    assert escape(text) == told


@pytest.mark.skipif(shutil.which("xelatex") is None, reason="no TeX here")
def test_latex_compiles_with_chinese_and_long_words(tmp_path):
    rows = ROWS.assign(words=["[很长的说明] " * 9 + "≥ ~^\\{}#$", "*", "a_b" * 14])
    write_table(rows, tmp_path / "short.tex", **WORDS, lang="zh")
    write_table(pd.concat([rows] * 20), tmp_path / "long.tex", **WORDS)
    body = r"\input{short.tex}\input{long.tex}"
    head = r"\documentclass{article}\usepackage{booktabs,array,ctex,longtable}"
    (tmp_path / "paper.tex").write_text(
        f"{head}\n\\begin{{document}}\n{body}\n\\end{{document}}\n", encoding="utf-8"
    )
    command = ["xelatex", "-interaction=nonstopmode", "-halt-on-error", "paper.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode("utf-8", "replace")[-1500:]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_same_table_gives_the_same_bytes_and_no_day(kind, monkeypatch):
    made = []
    for day in (1e9, 1.5e9):
        monkeypatch.setattr("time.time", lambda day=day: day)
        made.append(render_table(lay_out(ROWS, **WORDS, sources=SOURCES), kind))
    assert made[0] == made[1]
    if kind in ("docx", "xlsx"):
        with zipfile.ZipFile(io.BytesIO(made[0])) as packed:
            assert {one.date_time for one in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            assert not re.search(rb"20\d\d-\d\d-\d\d", packed.read("docProps/core.xml"))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_table_without_rows_is_a_result(kind):
    assert render_table(lay_out(ROWS.iloc[:0], caption="None"), kind)


def test_what_is_no_table_or_no_form_is_refused(tmp_path):
    with pytest.raises(ValueError, match="no columns"):
        lay_out(pd.DataFrame())
    with pytest.raises(ValueError, match="two columns 'a'"):
        lay_out(pd.DataFrame([[1, 2]], columns=["a", "a"]))
    with pytest.raises(ValueError, match="as 'pdf'; expected one of csv, docx"):
        write_table(ROWS, tmp_path / "rows.pdf")
    assert not list(tmp_path.iterdir())


def test_names_of_stata_are_ascii_short_and_their_own():
    names = name_variables(
        ["地区生产总值" * 9, "地区生产总值" * 9, "_all", "2021", "a b", "A B", "、"]
    )
    assert all(re.fullmatch(r"[A-Za-z]\w*", name, re.ASCII) for name in names)
    assert len({name.casefold() for name in names}) == len(names)
    assert max(map(len, names)) == NAME


@pytest.fixture(scope="module")
def facts():
    made = make_synthetic(districts=5, years=7, plants=0)
    return prepare_facts(made.observations, made.documents)


def test_a_wide_view_holds_what_the_long_list_does(facts):
    asked = {"indicators": ["地区生产总值"], "measures": ["level"]}
    wide = spread_by_place(facts, regions=["甲子区", "乙丑区"], usual=False, **asked)
    (row,) = wide.to_dict("records")
    assert row["unit"] == "元" and row["period"].startswith("the year ")
    listed = list_numbers(facts, indicators=["地区生产总值"], regions=["甲子区"])
    levels = listed[(listed["measure"] == "level") & (listed["status"] != "target")]
    assert row["甲子区"] in set(levels["value"])
    usual = spread_by_place(facts, regions=["甲子区", "乙丑区"], **asked)
    assert usual["unit"].tolist() == ["亿元"]
    assert usual["甲子区"].iloc[0] * 1e8 == pytest.approx(row["甲子区"])


def test_years_stand_beside_one_another(facts):
    wide = spread_by_year(facts, "甲子区", measures=["level"], usual=False)
    years = [name for name in wide if name.isdigit()]
    assert years == sorted(years) and len(years) >= 5
    for _, row in wide.iterrows():
        about = facts[(facts["place"] == "甲子区") & (facts["label"] == row["indicator"])]
        for year in years:
            if pd.notna(row[year]):
                assert row[year] in set(about[about["period"].str.startswith(year)]["value"])
    with pytest.raises(ValueError, match="No number is about '无名县'"):
        spread_by_year(facts, "无名县")


def test_a_bound_is_not_printed_as_a_number(facts):
    bounded = facts.assign(bound=">=")
    assert spread_by_place(bounded, indicators=["地区生产总值"]).empty


def test_a_table_of_the_notebooks_is_read_as_it_was_typed(home):
    folder = home / "figures" / "mine"
    folder.mkdir(parents=True)
    text = "code,value,word,blank\n037,1.5,NA,\n371,,'=1,\n"
    (folder / "02_rows.csv").write_text(text, encoding="utf-8-sig")
    told = '{"title": "Rows", "note": "n", "texts": ["code", "word", "blank"]}'
    (folder / "02_rows.json").write_text(told, encoding="utf-8")
    frame, words = read_figure_table("mine", "02_rows")
    assert frame["code"].tolist() == ["037", "371"] and frame["word"].tolist() == ["NA", "=1"]
    assert frame["value"].tolist()[0] == 1.5 and frame["value"].isna().tolist()[1]
    assert words == {"caption": "Rows", "note": "n", "source": ""}
    with pytest.raises(FileNotFoundError, match="Did you mean '02_rows'"):
        read_figure_table("mine", "02_row")
    with pytest.raises(FileNotFoundError, match="No table"):
        read_figure_table("mine", "../02_rows")


def test_the_citation_is_that_of_the_file():
    told = read_citation()
    assert find_citation().name == "CITATION.cff"
    with speak("zh"):
        line = lay_out(ROWS).words()[-1]
    assert told["version"] in line and told["title"] in line and "[CP]" in line
