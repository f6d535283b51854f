"""Figures and tables on disk: complete, readable elsewhere, the same bytes from run to run."""

import hashlib
import json
import os
import re
import subprocess
import sys
import zipfile
import zlib

import pandas as pd
import pypdfium2
import pytest

from dz_analysis.showing import export
from dz_analysis.showing.canvas import Caption
from dz_analysis.showing.charts import plot_ranked_bars
from dz_analysis.showing.figure_spec import hash_spec

NUMBERS = pd.DataFrame({"region": ["甲区", "乙区"], "value": [0.1 + 0.2, 12.0]})
RUN = {"corpus": "made", "notebook": "01_made", "parameters": {"top": 3, "regions": []}}
DRAW = """
import pandas as pd
from dz_analysis.showing import Caption, plot_ranked_bars, save_figure
numbers = pd.DataFrame({"region": ["甲区", "乙区"], "value": [0.1 + 0.2, 12.0]})
caption = Caption("标题：甲区", "亿元", "2 districts", "made")
figure = plot_ranked_bars(numbers, label="region", value="value", caption=caption)
run = {"corpus": "made", "notebook": "01_made", "parameters": {"top": 3, "regions": []}}
save_figure(figure, "01_made", numbers, **run)
"""


def make_project(home):
    tables = home / "data" / "made" / "tables"
    tables.mkdir(parents=True)
    (home / "notebooks").mkdir(exist_ok=True)
    (tables / "terms.csv").write_text("term\n", encoding="utf-8")
    return home / "figures" / "made"


@pytest.fixture
def figures(home, monkeypatch):
    """Return the folder for figures of a project of the test's own."""
    monkeypatch.delenv("DZ_FIGURES", raising=False)
    return make_project(home)


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """Save one figure once, for the tests that only read its files."""
    home = tmp_path_factory.mktemp("project")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DZ_HOME", str(home))
        patch.delenv("DZ_FIGURES", raising=False)
        folder = make_project(home)
        return folder, export.save_figure(draw(), "01_made", NUMBERS, **RUN)


def draw():
    caption = Caption("标题：甲区", "亿元", "2 districts", "made")
    return plot_ranked_bars(NUMBERS, label="region", value="value", caption=caption)


def test_a_figure_is_five_files_named_from_the_project(saved):
    folder, files = saved
    names = [f"figures/made/01_made.{kind}" for kind in ("svg", "pdf", "png", "csv", "json")]
    assert list(files.files) == names
    assert sorted(p.name for p in folder.iterdir()) == sorted(n.split("/")[-1] for n in names)
    assert repr(files) == f"figures/made/01_made (svg pdf png csv json) {files.fingerprint}"


def test_the_sidecar_tells_where_a_figure_comes_from(saved):
    folder, files = saved
    origin = json.loads((folder / "01_made.json").read_text(encoding="utf-8"))
    assert origin["notebook"] == "01_made" and origin["parameters"] == {"regions": [], "top": 3}
    inputs = {"made/tables/terms.csv": hashlib.sha256(b"term\n").hexdigest()}
    assert origin["inputs"] == inputs
    assert origin["version"] and origin["corpus"] == "made"
    assert origin["fingerprint"] == files.fingerprint == hash_spec(origin["spec"])


def test_the_numbers_open_in_a_spreadsheet_without_noise(saved):
    folder, _ = saved
    content = (folder / "01_made.csv").read_bytes()
    assert content == "\ufeffregion,value\n甲区,0.3\n乙区,12\n".encode()


def test_nothing_in_the_files_tells_date_or_machine(saved):
    folder, _ = saved
    for file in folder.iterdir():
        content = file.read_bytes()
        assert str(folder.parents[1]).encode() not in content
        assert not re.search(rb"CreationDate|ModDate|dc:date|20\d\d-\d\d-\d\dT", content), file


def test_the_pdf_embeds_its_font_and_says_which_character_is_which(saved):
    folder, _ = saved
    content = (folder / "01_made.pdf").read_bytes()
    assert b"/FontFile2" in content and b"/CIDFontType2" in content
    assert b"/Type3" not in content
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL)
    inflated = b""
    for stream in streams:
        try:
            inflated += zlib.decompress(stream)
        except zlib.error:
            continue
    codes = inflated.lower()
    # The map from glyphs to characters is what lets a reader copy the text out.
    assert b"beginbfchar" in codes or b"beginbfrange" in codes
    assert "乙".encode("utf-16-be").hex().encode() in codes


def test_the_pdf_text_can_be_copied_out(saved):
    folder, _ = saved
    with pypdfium2.PdfDocument(folder / "01_made.pdf") as pages:
        text = pages[0].get_textpage().get_text_range()
    assert "标题：甲区" in text and "乙区" in text


def test_the_svg_brings_its_font_and_needs_no_other_file(saved):
    folder, _ = saved
    text = (folder / "01_made.svg").read_text(encoding="utf-8")
    assert "<text" in text and "url(data:font/woff;base64," in text
    assert not re.search(r'href="(?!#)', text)


def test_another_process_writes_the_same_bytes(tmp_path, figures):
    environment = {
        **os.environ,
        "PYTHONHASHSEED": "1",
        "TZ": "Asia/Shanghai",
        "DZ_FIGURES": str(tmp_path / "figures"),
    }
    subprocess.run([sys.executable, "-c", DRAW], check=True, env=environment, cwd=tmp_path)
    export.save_figure(draw(), "01_made", NUMBERS, **RUN)
    there = {f.name: f.read_bytes() for f in (tmp_path / "figures" / "made").iterdir()}
    here = {f.name: f.read_bytes() for f in figures.iterdir()}
    assert len(here) == 5 and here == there


def test_a_run_on_some_districts_leaves_the_published_figures_alone(figures):
    export.save_figure(draw(), "made", NUMBERS, **RUN)
    before = {file.name: file.read_bytes() for file in figures.iterdir()}
    part = {**RUN, "parameters": {"regions": ["甲区"]}}
    saved = export.save_figure(draw(), "made", NUMBERS, **part)
    assert saved.files[0] == "build/made/regions=甲区/figures/made/made.svg"
    after = {file.name: file.read_bytes() for file in figures.iterdir()}
    assert after == before


def test_a_figure_that_fails_leaves_no_sidecar(figures, monkeypatch):
    export.save_figure(draw(), "made", NUMBERS, **RUN)

    def stop(*arguments, **options):
        raise OSError("disk full")

    monkeypatch.setattr("pathlib.Path.replace", stop)
    with pytest.raises(OSError, match="disk full"):
        export.save_figure(draw(), "made", NUMBERS, **RUN)
    assert not (figures / "made.json").exists()


def test_further_corpora_that_were_read_are_named(figures, home):
    gold = home / "data" / "judged" / "gold"
    gold.mkdir(parents=True)
    (gold / "observations.jsonl").write_text("{}", encoding="utf-8")
    export.save_table(NUMBERS, "made_table", reads=["judged"], **RUN)
    origin = json.loads((figures / "made_table.json").read_text(encoding="utf-8"))
    assert list(origin["inputs"]) == ["judged/gold/observations.jsonl", "made/tables/terms.csv"]


def test_facts_of_a_folder_that_is_no_corpus_are_named(figures, home):
    for folder in ("facts", "corpus"):
        (home / "data" / folder).mkdir()
        (home / "data" / folder / "runs.csv").write_text("batch\n", encoding="utf-8")
    (home / "data" / "corpus" / "documents.csv").write_text("id,file\n", encoding="utf-8")
    export.save_table(NUMBERS, "made_table", reads=["corpus", "facts"], **RUN)
    origin = json.loads((figures / "made_table.json").read_text(encoding="utf-8"))
    assert list(origin["inputs"]) == ["facts/runs.csv", "made/tables/terms.csv"]


@pytest.mark.parametrize("name", ["Made", "01 made", "../made", "made.svg", ""])
def test_names_that_are_no_file_names_of_ours_are_refused(figures, name):
    with pytest.raises(ValueError, match="lower-case words"):
        export.save_figure(draw(), name, NUMBERS, **RUN)


def test_a_figure_without_numbers_is_refused(figures):
    with pytest.raises(ValueError, match="no numbers behind it"):
        export.save_figure(draw(), "made", pd.DataFrame(), **RUN)


def test_a_table_is_written_for_spreadsheet_paper_and_page(figures):
    frame = pd.concat([NUMBERS, pd.DataFrame({"region": ["丙区"], "value": [None]})])
    labels = {"value": "investment, 亿元"}
    saved = export.save_table(
        frame, "made_table", title="投资 & 增长", note="made", labels=labels, **RUN
    )
    assert [name.split(".")[-1] for name in saved.files] == ["csv", "tex", "html", "json"]
    assert saved.rows == 3
    csv, latex, html = (
        (figures / f"made_table.{kind}").read_text(encoding="utf-8-sig")
        for kind in ("csv", "tex", "html")
    )
    assert csv == "region,value\n甲区,0.3\n乙区,12\n丙区,\n"
    assert "甲区 & 0.3" in latex and "丙区 & –" in latex and r"投资 \& 增长" in latex
    assert "Note: made – means not stated." in latex and "Source: corpus made" in html
    assert "investment, 亿元" in latex and "investment, 亿元" in html
    assert "投资 &amp; 增长" in html and 'charset="utf-8"' in html.lower()
    assert not re.search(r'(?:src|href)="https?:', html)


def test_a_long_table_is_printed_in_part_and_says_so(figures):
    rows = pd.DataFrame({"word": [f"word{n}" for n in range(2_500)], "count": range(2_500)})
    export.save_table(rows, "05_made", most=200, note="By count.", **RUN)
    page = (figures / "05_made.html").read_text(encoding="utf-8")
    paper = (figures / "05_made.tex").read_text(encoding="utf-8")
    assert len((figures / "05_made.csv").read_text(encoding="utf-8").splitlines()) == 2_501
    for text in (page, paper):
        assert "word199" in text and "word200" not in text
    assert "By count. The first 200 of 2,500 rows; 05_made.csv holds all." in page
    export.save_table(rows.head(9), "05_short", most=200, **RUN)
    assert "holds all" not in (figures / "05_short.html").read_text(encoding="utf-8")


def test_the_main_table_of_a_notebook_is_written_for_word_and_excel_too(figures):
    saved = export.save_table(NUMBERS, "01_main", title="Main", paper=True, most=1, **RUN)
    assert [name.split(".")[-1] for name in saved.files] == [
        *("csv", "tex", "html", "docx", "xlsx", "json")
    ]
    assert len(pd.read_excel(figures / "01_main.xlsx")) == 2
    told = json.loads((figures / "01_main.json").read_text("utf-8"))
    assert told["texts"] == ["region"] and told["source"] == "corpus made (dz_analysis)"


def test_a_table_has_the_same_bytes_every_time(figures):
    first = {}
    for _ in range(2):
        export.save_table(NUMBERS, "made_table", title="表", **RUN)
        now = {file.name: file.read_bytes() for file in figures.iterdir()}
        assert not first or now == first
        first = now


LABELS = {"region": "Place", "value": "A number", "count": "A whole number, or none"}


def make_dataset():
    counts = pd.array([3, None], dtype="Int64")
    return NUMBERS.assign(count=counts)


def test_a_dataset_is_the_same_in_every_program(figures):
    rows = make_dataset()
    files = export.save_dataset(rows, "01_rows", labels=LABELS, title="Made rows", **RUN)
    assert repr(files) == "figures/made/01_rows (csv xlsx dta json) 2 rows"
    read = {
        "csv": pd.read_csv(figures / "01_rows.csv", encoding="utf-8-sig"),
        "xlsx": pd.read_excel(figures / "01_rows.xlsx"),
        "dta": pd.read_stata(figures / "01_rows.dta"),
    }
    for kind, table in read.items():
        assert list(table.columns) == list(LABELS), kind
        assert list(table["region"]) == ["甲区", "乙区"], kind
        assert table["value"].round(9).tolist() == [0.3, 12.0], kind
        assert table["count"].fillna(-1).tolist() == [3, -1], kind
    codebook = pd.read_excel(figures / "01_rows.xlsx", sheet_name="columns")
    assert dict(zip(codebook["name in the data"], codebook["holds"], strict=True)) == LABELS
    with pd.read_stata(figures / "01_rows.dta", iterator=True) as stata:
        assert stata.variable_labels() == LABELS
        assert stata.data_label == "Made rows"
    assert json.loads((figures / "01_rows.json").read_text("utf-8"))["columns"] == LABELS


def test_a_dataset_is_the_same_bytes_and_tells_no_day(figures, monkeypatch):
    rows = make_dataset()
    written = []
    for day in (1e9, 1.5e9):
        monkeypatch.setattr("time.time", lambda day=day: day)
        export.save_dataset(rows, "01_rows", labels=LABELS, **RUN)
        written.append({f.suffix: f.read_bytes() for f in figures.glob("01_rows.*")})
    assert written[0] == written[1]
    with zipfile.ZipFile(figures / "01_rows.xlsx") as book:
        assert {part.date_time for part in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"1980-01-01T00:00:00Z" in book.read("docProps/core.xml")
        days = re.findall(rb"20\d\d-\d\d-\d\d", book.read("docProps/core.xml"))
    assert not days


def test_a_dataset_without_rows_is_a_result(figures):
    empty = make_dataset().iloc[:0]
    assert export.save_dataset(empty, "01_rows", labels=LABELS, **RUN).rows == 0
    assert list(pd.read_stata(figures / "01_rows.dta").columns) == list(LABELS)


def test_a_column_without_a_label_is_refused(figures):
    with pytest.raises(ValueError, match="no label for the columns \\['count'\\]"):
        export.save_dataset(make_dataset(), "01_rows", labels={"region": "a", "value": "b"}, **RUN)
    assert not list(figures.glob("*"))
