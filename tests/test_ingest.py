"""A corpus to its tables: what is written, set aside, and the same on every run."""

import pandas as pd
import pytest

from dz_analysis import paths, tables
from dz_analysis.comparing import list_uncatalogued, prepare_facts
from dz_analysis.corpus import load_corpus
from dz_analysis.ingest import ingest, measure_corpus, verify
from dz_analysis.manifest import Document, write_manifest
from dz_analysis.sharding import Way

TEXTS = {
    "a2018": "某甲县2018年政府工作报告\n一、2018年工作回顾\n"
    "全县地区生产总值完成86.4亿元，增长7.2%。"
    "“双招双引”签约项目31个。\n二、2019年主要目标\n地区生产总值增长7%左右。\n",
    "b2018": "某乙区2018年经济运行情况\n2018年，全区一般公共预算收入9.35亿元，下降2.1%。\n",
    "c2018": "某丙市2018年统计公报\n年末全市常住人口61.2万人。\n",
}


@pytest.fixture
def corpus(home):
    folder = home / "data" / "mine"
    (folder / "texts").mkdir(parents=True)
    for name, text in TEXTS.items():
        (folder / "texts" / f"{name}.txt").write_text(text, encoding="utf-8")
    documents = [
        Document("a2018", "a2018.txt", region="某甲县", period="2018-01/2018-12"),
        Document("b2018", "b2018.txt", region="某乙区", period="2018-01/2018-12"),
        Document("c2018", "c2018.txt", region="某丙市", period="2018-01/2018-12"),
    ]
    write_manifest(documents, folder / "documents.csv")
    return load_corpus("mine")


def test_six_tables_lead_back_to_the_page(corpus):
    made = ingest(corpus)
    assert made.set_aside == ()
    rows = corpus.table("observations")
    for row in rows.itertuples():
        assert TEXTS[row.document][row.raw_start : row.raw_end] == row.quote
    first = rows[rows["document"] == "a2018"].iloc[0]
    assert (first["indicator"], first["value"], first["unit"]) == ("地区生产总值", 8.64e9, "元")
    assert set(rows["document"]) == set(TEXTS)
    assert corpus.table("slogans")["slogan"].tolist() == ["双招双引"]


def test_review_and_plan_are_kept_apart(corpus):
    ingest(corpus)
    rows = corpus.table("observations")
    growth = rows[(rows["document"] == "a2018") & (rows["measure"] == "growth")]
    assert growth["status"].tolist() == ["actual", "target"]
    assert growth["period"].tolist() == ["2018-01/2018-12", "2019-01/2019-12"]
    assert {"review", "plan"} <= set(corpus.table("paragraphs")["stance"])


def test_documents_count_what_the_other_tables_hold(corpus):
    ingest(corpus)
    documents = corpus.table("documents").set_index("id")
    paragraphs = corpus.table("paragraphs").groupby("document")
    terms = corpus.table("terms").groupby("document")
    assert documents["han_chars"].to_dict() == paragraphs["han_chars"].sum().to_dict()
    assert documents["paragraphs"].to_dict() == paragraphs.size().to_dict()
    assert documents["tokens"].to_dict() == terms["count"].sum().to_dict()


def test_a_bad_page_is_set_aside_with_its_reason(corpus):
    (corpus.texts / "b2018.txt").write_bytes(b"")
    (corpus.texts / "c2018.txt").unlink()
    made = ingest(corpus)
    reasons = {one.document: one.reason for one in made.set_aside}
    assert set(reasons) == {"b2018", "c2018"}
    assert "empty file" in reasons["b2018"]
    assert "no such page" in reasons["c2018"]
    assert not made.faults
    assert set(corpus.table("documents")["id"]) == {"a2018"}
    lines = corpus.health().set_index("id")
    assert lines["outcome"].to_dict() == {
        "a2018": "read",
        "b2018": "set_aside",
        "c2018": "set_aside",
    }
    assert lines["reason"].to_dict() == {"a2018": "", **reasons}
    assert lines.loc["b2018", ["region", "period_end"]].tolist() == ["某乙区", "2018-12"]
    assert lines.loc["b2018", "rows"] is pd.NA
    assert set(corpus.articles()) == {"a2018"}


def plant_fault(monkeypatch):
    """Let the finder fail on one document, deep inside, as a bug of ours would."""
    from dz_analysis.finding import find

    whole = find.find_quantities

    def failing(text):
        return {}["move"] if "某乙区" in text else whole(text)

    monkeypatch.setattr(find, "find_quantities", failing)


def test_a_fault_of_ours_names_its_document_and_the_rest_goes_on(corpus, monkeypatch, caplog):
    plant_fault(monkeypatch)
    (corpus.texts / "c2018.txt").write_bytes(b"")
    made = ingest(corpus)
    assert [(one.document, one.is_fault) for one in made.set_aside] == [
        ("b2018", True),
        ("c2018", False),
    ]
    (fault,) = made.faults
    assert fault.reason.startswith("A fault of ours, not of the page: KeyError in finding/find.py")
    assert "move" not in fault.reason and "KeyError: 'move'" in fault.trace
    (record,) = caplog.records
    assert record.levelname == "ERROR" and record.name == "dz_analysis.ingest"
    assert "b2018 (b2018.txt)" in record.getMessage()
    assert "KeyError: 'move'" in record.getMessage()
    lines = corpus.health().set_index("id")
    assert lines["outcome"].tolist() == ["read", "our_fault", "set_aside"]
    assert lines.loc["b2018", "reason"] == fault.reason
    assert set(corpus.table("observations")["document"]) == {"a2018"}


def test_a_document_ends_with_its_line_of_health(corpus):
    (corpus.texts / "b2018.txt").write_bytes(
        "某乙区经济简况\n全区有幼儿园12所。\n指标\t2018年\n税收（亿元）\t8.2\n".encode("gb18030")
    )
    lines = ingest(corpus).tables["documents"].set_index("id")
    line = lines.loc["b2018"]
    told = ["outcome", "charset", "tables_read", "rows", "rows_without_name", "not_stated"]
    assert line[told].tolist() == ["read", "gb18030", 1, 2, 0, "publisher published genre"]
    assert 0.5 < line["letter_share"] < 1
    assert (line["region_from"], line["title_from"]) == ("given", "opening")
    assert lines.loc["a2018", "charset"] == "utf-8"
    assert lines.loc["a2018", "rows"] == 4


def test_nothing_is_written_when_nothing_could_be_read(corpus):
    ingest(corpus)
    before = (paths.tables_dir("mine") / "terms.csv").read_bytes()
    for file in corpus.texts.iterdir():
        file.write_bytes(b"")
    with pytest.raises(ValueError, match="Every document of corpus 'mine' was set aside"):
        ingest(corpus)
    assert (paths.tables_dir("mine") / "terms.csv").read_bytes() == before


def test_pages_that_are_not_there_say_where_to_put_them(corpus):
    for file in corpus.texts.iterdir():
        file.unlink()
    with pytest.raises(FileNotFoundError, match="DZ_TEXTS"):
        ingest(corpus)


def test_any_way_gives_the_same_tables_and_keeps_nothing(corpus):
    alone = measure_corpus(corpus)
    shared = measure_corpus(corpus, way=Way(jobs=2))
    assert not (corpus.folder / ".ingest").exists()
    for name in tables.TABLES:
        pd.testing.assert_frame_equal(alone.tables[name], shared.tables[name])


def test_parquet_replaces_csv_and_reads_the_same(corpus):
    ingest(corpus)
    before = {name: corpus.table(name) for name in tables.TABLES}
    ingest(corpus, as_parquet=True)
    assert {file.suffix for file in paths.tables_dir("mine").iterdir()} == {".parquet"}
    for name, frame in before.items():
        pd.testing.assert_frame_equal(frame, corpus.table(name))


def test_verify_counts_rows_that_differ(corpus):
    ingest(corpus)
    report, _ = verify(corpus)
    assert report["same"].all()
    (corpus.texts / "b2018.txt").write_text(
        TEXTS["b2018"].replace("9.35", "9.53"), encoding="utf-8"
    )
    report, _ = verify(corpus)
    differing = report.set_index("table")["rows_differing"]
    assert differing["observations"] == 1
    assert differing["documents"] == 1  # its hash
    assert differing["terms"] == 0


@pytest.mark.pages
def test_the_shipped_tables_are_what_the_pages_measure(pages_dir):
    report, measured = verify(load_corpus("dezhou"), folder=pages_dir)
    assert measured.set_aside == ()
    assert report["same"].all(), report


def test_indicators_of_the_corpus_itself_are_named(corpus):
    ingest(corpus)
    before = corpus.table("observations")
    (name,) = before.loc[before["value"] == 31, "indicator"]
    assert before.loc[before["indicator"] == name, "indicator_id"].tolist() == [""]
    own = corpus.folder / "lexicon"
    own.mkdir()
    (own / "indicators.csv").write_text(
        f"id,name,aliases,unit\nsigned_here,{name},,个\n", encoding="utf-8"
    )
    made = ingest(load_corpus("mine"))
    after = made.tables["observations"]
    assert after.loc[after["indicator"] == name, "indicator_id"].tolist() == ["signed_here"]
    facts = prepare_facts(after, made.tables["documents"])
    assert name not in set(list_uncatalogued(facts)["indicator"])


def test_a_faulty_list_of_indicators_stops_the_run(corpus):
    (corpus.folder / "lexicon").mkdir()
    (corpus.folder / "lexicon" / "indicators.csv").write_text(
        "id,name,aliases\nmine,生产总值,\n", encoding="utf-8"
    )
    with pytest.raises(ValueError, match="the catalogue holds as 'gdp'"):
        ingest(corpus)


def test_tables_keep_their_form_unless_another_is_asked_for(corpus):
    endings = {".csv": None, ".parquet": True}
    for ending, asked in endings.items():
        ingest(corpus, as_parquet=asked)
        ingest(corpus)
        written = {file.suffix for file in paths.tables_dir("mine").iterdir()}
        assert written == {ending}
    ingest(corpus, as_parquet=False)
    assert {file.suffix for file in paths.tables_dir("mine").iterdir()} == {".csv"}


def test_verifying_without_pages_says_where_they_were_looked_for(corpus, tmp_path):
    ingest(corpus)
    with pytest.raises(FileNotFoundError, match=r"has no page in .*nowhere: expected a2018\.txt"):
        verify(corpus, folder=tmp_path / "nowhere")


OATH = "全县干部要把群众的每一件急难愁盼小事都当作大事来办好"


def write_pages(home, name, pages, *, sources=()):
    """Write a corpus of invented pages by id and period; `sources` are other corpora's names."""
    folder = home / "data" / name
    (folder / "texts").mkdir(parents=True)
    for one, (_, text) in pages.items():
        (folder / "texts" / f"{one}.txt").write_text(text, encoding="utf-8")
    documents = [
        Document(one, f"{one}.txt", region="某甲县", period=period)
        for one, (period, _) in pages.items()
    ]
    write_manifest(documents, folder / "documents.csv")
    if sources:
        lines = ["corpus,note", *(f"{source}," for source in sources)]
        (folder / "sources.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return load_corpus(name)


@pytest.fixture
def taken(home):
    """Return a corpus one of whose documents took a run from its own forerunner and the centre."""
    report = "某甲县政府工作报告\n{}。\n"
    centre = {
        f"c{year}": (f"{year}-01/{year}-12", report.format(f"中央文件{year}年。{OATH}"))
        for year in (2014, 2016, 2017, 2018, 2019)
    }
    ingest(write_pages(home, "centre", centre))
    own = {
        "later": ("2018-01/2018-12", report.format(f"回顾过去。{OATH}")),
        "before": ("2017-01/2017-12", report.format(f"前一年说：{OATH}，散会")),
    }
    return write_pages(home, "mine", own, sources=["centre"])


def test_runs_lead_from_the_later_document_to_its_sources(taken):
    ingest(taken)
    runs = taken.table("runs")
    assert set(zip(runs["document"], runs["source_corpus"], runs["source"], strict=True)) == {
        ("later", "", "before"),
        ("later", "centre", "c2017"),
        ("later", "centre", "c2018"),
        ("before", "centre", "c2016"),
        ("before", "centre", "c2017"),
    }
    own = runs[runs["source_corpus"] == ""].iloc[0]
    assert own["han_chars"] >= len(OATH)
    assert (taken.folder / "tables" / "runs.csv").read_text("utf-8").count(OATH[:4]) == 0
    assert verify(taken)[0]["same"].all()


def test_runs_of_some_regions_are_those_among_them(taken):
    ingest(taken)
    assert len(load_corpus("mine", regions=["某甲县"]).table("runs")) == len(taken.table("runs"))


def test_runs_with_pages_that_are_not_at_hand_stay_as_measured(taken):
    ingest(taken)
    before = taken.table("runs")
    page = load_corpus("centre").texts / "c2017.txt"
    page.unlink()
    report, _ = verify(taken)
    assert report["same"].all()
    ingest(taken)
    pd.testing.assert_frame_equal(taken.table("runs"), before)
    (taken.folder / "tables" / "runs.csv").unlink()
    with pytest.raises(FileNotFoundError, match="DZ_TEXTS"):
        ingest(taken)


def test_a_page_that_its_corpus_no_longer_lists_is_no_source(taken):
    centre = load_corpus("centre")
    left = [document for document in centre.documents if document.id != "c2017"]
    write_manifest(left, centre.folder / "documents.csv")
    ingest(taken)
    runs = taken.table("runs")
    assert set(runs.loc[runs["source_corpus"] == "centre", "source"]) == {"c2016", "c2018"}


def test_a_list_of_sources_names_other_corpora(taken):
    (taken.folder / "sources.csv").write_text("corpus,note\nmine,\n", encoding="utf-8")
    with pytest.raises(ValueError, match="other corpora"):
        ingest(taken)
