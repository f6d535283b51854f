"""Manifests as editors and spreadsheets save them, and what is refused in which words."""

import tomllib
from pathlib import Path

import pytest

from dz_analysis.manifest import (
    Document,
    Sheet,
    check_document,
    read_manifest,
    read_sheet,
    write_manifest,
    write_sheet,
)

TEXT = "id,file,title,published,region,notes\na,a.txt,某县简况,2021-07,某县,读过\n"
CASES = tomllib.loads(
    (Path(__file__).parent / "cases" / "manifests.toml").read_text(encoding="utf-8")
)["manifest"]
ROW = Document("a", "a.txt", title="某县简况", published="2021-07", region="某县")


def write(folder, content):
    file = folder / "documents.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


@pytest.mark.parametrize(
    "content",
    [
        TEXT,
        "\ufeff" + TEXT,
        TEXT.encode("gb18030"),
        TEXT.replace(",", "\t").encode("utf-16"),
        TEXT.replace(",", ";"),
        TEXT.replace("\n", "\r\n"),
        TEXT.replace("2021-07", "Jul-21"),
        TEXT.replace("2021-07", "2021年7月"),
        TEXT.replace("2021-07", "2021/7"),
        "sep=;\n" + TEXT.replace(",", ";"),
        "sep=;;;\n" + TEXT.replace(",", ";"),
        TEXT + ",,,,,\n\n",
        TEXT.replace("某县简况", '"某县简况"'),
    ],
    ids=[
        "plain",
        "mark",
        "gb",
        "utf-16",
        "semicolons",
        "crlf",
        "Jul-21",
        "年月",
        "/",
        "sep",
        "sep of three",
        "blank",
        '"',
    ],
)
def test_a_manifest_is_read_as_spreadsheets_save_it(tmp_path, content):
    assert read_manifest(write(tmp_path, content)) == (ROW,)


@pytest.mark.parametrize(
    ("field", "written", "read"),
    [
        ("published", "2021/7/1", "2021-07-01"),
        ("published", "2021年7月1日", "2021-07-01"),
        ("published", "2021-7-1 0:00", "2021-07-01"),
        ("published", "2021年", "2021"),
        ("period", "2021", "2021-01/2021-12"),
        ("period", "2021年", "2021-01/2021-12"),
        ("period", "2021-1/2021-6", "2021-01/2021-06"),
        ("period", "2021年1月—2021年6月", "2021-01/2021-06"),
        ("region_code", "371402105", "371402105"),
        ("region_code", "371400:高新区", "371400:高新区"),
    ],
)
def test_dates_and_months_are_read_as_people_write_them(tmp_path, field, written, read):
    (document,) = read_manifest(write(tmp_path, f"id,file,{field}\na,a.txt,{written}\n"))
    assert getattr(document, field) == read


@pytest.mark.parametrize(
    ("field", "written", "told"),
    [
        ("published", "2021-13", "line 3: published '2021-13' is no date; write 2021, 2021-07"),
        ("published", "last May", "line 3: published 'last May' is no date"),
        ("period", "2021-06/2021-01", "line 3: period .* the first before the last"),
        ("period", "first half", "line 3: period 'first half' is no closed months"),
        ("genre", "report", "line 3: genre 'report' is no genre; write one of work_report"),
        ("region_code", "3.71402E+11", r"line 3: region_code .*\(as text, in a spreadsheet"),
        ("sha256", "abc", "line 3: sha256 'abc' is no hash"),
    ],
)
def test_a_cell_that_is_wrong_is_named_with_its_cure(tmp_path, field, written, told):
    text = f"id,file,{field}\na,a.txt,\nb,b.txt,{written}\n"
    with pytest.raises(ValueError, match=rf"documents\.csv {told}"):
        read_manifest(write(tmp_path, text))


@pytest.mark.parametrize("file", ["../a.txt", "/etc/hosts", "C:\\a.txt", "texts/../../a.txt"])
def test_a_file_stays_in_its_folder(tmp_path, file):
    with pytest.raises(ValueError, match=r"line 2: file .* without a way to it"):
        read_manifest(write(tmp_path, f"id,file\na,{file}\n"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('id,file,title\na,a.txt,"某县\nb,b.txt,\n', r"line \d: a quotation mark is not closed"),
        ("id,file,title\na,a.txt,某县,乙县\n", "line 2: found 4 cells under 3 columns"),
        ("id,file,title,title\na,a.txt,x,y\n", "column 'title' stands twice"),
        ("", "columns .* are missing"),
    ],
)
def test_what_is_no_table_is_refused_in_words(tmp_path, text, told):
    with pytest.raises(ValueError, match=told):
        read_manifest(write(tmp_path, text))


def test_columns_of_a_draft_are_not_read(tmp_path):
    text = "id,file,title,title_from,note\na,a.txt,简况,heading,set aside\n"
    assert read_manifest(write(tmp_path, text)) == (Document("a", "a.txt", title="简况"),)


def test_a_sheet_is_the_same_after_writing_and_reading(tmp_path):
    rows = ({"id": "a", "file": "a.txt", "notes": "=1+1"}, {"id": "b", "file": "b,c.txt"})
    sheet = Sheet(("id", "file", "notes"), rows)
    write_sheet(sheet, tmp_path / "documents.csv")
    content = (tmp_path / "documents.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfid,file") and b",'=1+1" in content
    read = read_sheet(tmp_path / "documents.csv")
    assert read.header == sheet.header
    assert [row["notes"] for row in read.rows] == ["=1+1", ""]
    assert [document.file for document in read_manifest(tmp_path / "documents.csv")] == [
        "a.txt",
        "b,c.txt",
    ]


def test_a_code_of_a_place_is_written_where_there_is_one(tmp_path):
    documents = (Document("a", "a.txt", region="某区", region_code="371402"),)
    write_manifest(documents, tmp_path / "documents.csv")
    assert read_manifest(tmp_path / "documents.csv") == documents


def test_what_a_command_line_says_is_checked_too():
    with pytest.raises(ValueError, match="period '2021-06' is no closed months"):
        check_document(Document("a", "a.txt", period="2021-06"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_manifest_is_read_or_refused_with_line_and_cure(tmp_path, case):
    content = case["text"].encode(case.get("save", "utf-8"))
    file = write(tmp_path, content)
    if "refused" in case:
        with pytest.raises(ValueError, match=case["refused"]):
            read_manifest(file)
        return
    assert list(read_manifest(file)) == [Document(**row) for row in case["read"]]
