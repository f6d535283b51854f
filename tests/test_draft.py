"""The manifest that is drafted: fields beside their evidence, and a person's word always wins."""

import csv
import io

import pandas as pd
import pytest

from dz_analysis import draft, paths, tables
from dz_analysis.corpus import create_corpus, load_corpus
from dz_analysis.draft import draft_manifest, try_corpus
from dz_analysis.ingest import measure_corpus
from dz_analysis.manifest import read_manifest, read_sheet
from dz_analysis.measure import read_document

BULLETIN = (
    "<html><head><meta name='PubDate' content='2020-03-09'>"
    "<title>云溪县2019年国民经济和社会发展统计公报_云溪县统计局</title></head><body>"
    "<h1>云溪县2019年国民经济和社会发展统计公报</h1><div>来源：云溪县统计局</div>"
    "<div id='zoom'><p>2019年，全县地区生产总值256.8亿元，比上年增长6.1%。</p>"
    "<p>年末金融机构各项存款余额312.5亿元。</p></div></body></html>"
)
PIECE = (
    "德城区2021年上半年经济运行情况\n2021年7月20日\n"
    "上半年，全区一般公共预算收入9.35亿元，下降2.1%。\n"
)
BARE = "各项工作稳步推进，群众生活持续改善，城乡面貌焕然一新，社会大局保持稳定。\n"


@pytest.fixture
def pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    (folder / "bulletin.html").write_text(BULLETIN, encoding="utf-8")
    (folder / "piece.txt").write_text(PIECE, encoding="utf-8")
    (folder / "bare.txt").write_text(BARE, encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    return folder


@pytest.fixture
def corpus(home, pages):
    made = create_corpus("mine", sorted(pages.iterdir()))
    draft_manifest("mine")
    return made


def sheet_of(corpus):
    return {row["id"]: row for row in read_sheet(corpus.folder / "documents.csv").rows}


def edit(corpus, document, encoding="utf-8-sig", **cells):
    """Change some cells as a spreadsheet does: all others stay, the file is saved anew."""
    file = corpus.folder / "documents.csv"
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
    for row in rows:
        row.update(cells if row["id"] == document else {})
    header = list(dict.fromkeys([*rows[0], *cells]))
    with file.open("w", encoding=encoding, newline="") as handle:
        writer = csv.DictWriter(handle, header)
        writer.writeheader()
        writer.writerows(rows)


def test_each_field_stands_beside_what_it_was_read_from(corpus):
    header = read_sheet(corpus.folder / "documents.csv").header
    for field in tables.READ_FIELDS:
        assert header[header.index(field) + 1] == f"{field}_from"
    row = sheet_of(corpus)["bulletin"]
    told = {name: (row[name], row[f"{name}_from"]) for name in tables.READ_FIELDS}
    assert told["title"] == ("云溪县2019年国民经济和社会发展统计公报", "heading")
    assert told["publisher"] == ("云溪县统计局", "field: 来源：云溪县统计局")
    assert told["published"] == ("2020-03-09", "meta: pubdate")
    assert told["region"] == ("云溪县", "title")
    assert told["period"][0] == "2019-01/2019-12" and told["period"][1]
    assert told["genre"][0] == "bulletin" and told["genre"][1].startswith("title")
    piece = sheet_of(corpus)["piece"]
    assert (piece["region"], piece["region_code"]) == ("德城区", "371402")
    assert "2021年7月20日" in piece["published_from"]


def test_what_no_page_states_stays_blank_and_what_can_not_be_read_is_said(corpus):
    rows = sheet_of(corpus)
    bare, empty = rows["bare"], rows["empty"]
    assert [bare[name] for name in ("region", "period", "published", "genre")] == [""] * 4
    assert [bare[f"{name}_from"] for name in ("region", "period", "published")] == [""] * 3
    assert "empty file" in empty["note"] and not bare["note"]


def test_a_draft_measures_what_the_blank_manifest_measures(corpus):
    drafted = measure_corpus(load_corpus("mine"))
    blank = measure_corpus(corpus)
    for name in tables.TABLES:
        pd.testing.assert_frame_equal(drafted.tables[name], blank.tables[name])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030"])
def test_a_corrected_cell_holds_and_the_rest_is_unchanged(corpus, encoding):
    before = {d.id: d for d in read_manifest(corpus.folder / "documents.csv")}
    edit(corpus, "bulletin", encoding, region="河阳县")
    after = {d.id: d for d in read_manifest(corpus.folder / "documents.csv")}
    changed = [key for key in before if before[key] != after[key]]
    assert changed == ["bulletin"] and after["bulletin"].region == "河阳县"
    measured = measure_corpus(load_corpus("mine")).tables
    lines = measured["documents"].set_index("id")
    assert lines.loc["bulletin", ["region", "region_from"]].tolist() == ["河阳县", "given"]
    assert lines.loc["bulletin", "title_from"] == "heading"
    rows = measured["observations"]
    assert set(rows.loc[rows["document"] == "bulletin", "region"]) == {"河阳县"}


def test_a_cell_made_blank_is_read_from_the_page(corpus):
    edit(corpus, "bulletin", region="")
    lines = measure_corpus(load_corpus("mine")).tables["documents"].set_index("id")
    assert lines.loc["bulletin", ["region", "region_from"]].tolist() == ["云溪县", "title"]
    draft_manifest("mine")
    assert sheet_of(corpus)["bulletin"]["region"] == "云溪县"


def test_drafting_again_changes_nothing(corpus):
    before = (corpus.folder / "documents.csv").read_bytes()
    made = draft_manifest("mine")
    assert (made.documents, made.added, made.kept) == (4, (), 0)
    assert [(one.document, one.is_fault) for one in made.unread] == [("empty", False)]
    assert (corpus.folder / "documents.csv").read_bytes() == before


def test_drafting_again_keeps_what_a_person_wrote_and_adds_pages(corpus, tmp_path):
    edit(
        corpus,
        "bulletin",
        title="一份公报",
        published="2020/3/15",
        region="德城区",
        notes="读过两遍",
    )
    edit(corpus, "bare", region="云溪县", period="2018")
    (corpus.folder / "texts" / "late.txt").write_text(PIECE, encoding="utf-8")
    further = tmp_path / "more.txt"
    further.write_text(PIECE.replace("德城区", "陵城区"), encoding="utf-8")
    made = draft_manifest("mine", [further])
    assert (made.documents, made.added, made.kept) == (6, ("late", "more"), 5)
    rows = sheet_of(corpus)
    assert list(rows) == ["bare", "bulletin", "empty", "piece", "late", "more"]
    row = rows["bulletin"]
    kept = [row[name] for name in ("title", "published", "region", "notes")]
    assert kept == ["一份公报", "2020/3/15", "德城区", "读过两遍"]
    assert row["region_from"] == "given; the page says 云溪县 (title)"
    assert row["published_from"] == "given; the page says 2020-03-09 (meta: pubdate)"
    assert row["region_code"] == "371402"
    assert rows["bare"]["period_from"] == "given; the page says nothing"
    assert rows["more"]["region"] == "陵城区"
    again = (corpus.folder / "documents.csv").read_bytes()
    assert draft_manifest("mine").added == ()
    assert (corpus.folder / "documents.csv").read_bytes() == again


def test_a_person_confirms_by_a_word_beside_a_field(corpus):
    edit(corpus, "bulletin", published_from="checked", region_from="")
    measured = measure_corpus(load_corpus("mine")).tables["documents"].set_index("id")
    line = measured.loc["bulletin"]
    assert line[["published", "published_from", "region_from"]].tolist() == [
        "2020-03-09",
        "given",
        "given",
    ]
    assert line["title_from"] == "heading"
    assert draft_manifest("mine").kept == 0
    row = sheet_of(corpus)["bulletin"]
    assert row["published_from"] == "checked"
    assert row["region_from"] == "given; the page says the same (title)"
    again = measure_corpus(load_corpus("mine")).tables["documents"].set_index("id")
    pd.testing.assert_frame_equal(again, measured)


def test_a_fault_of_ours_is_logged_and_the_rest_is_drafted(corpus, monkeypatch, caplog):
    def failing(page, *_args, **_options):
        return {}["a bug"]

    monkeypatch.setattr("dz_analysis.draft.spell_sources", failing)
    made = draft_manifest("mine")
    assert [one.is_fault for one in made.unread] == [True, True, False, True]
    assert caplog.text.count("KeyError: 'a bug'") == 3
    assert sheet_of(corpus)["piece"]["note"].startswith("A fault of ours")


def test_a_code_of_another_place_is_not_taken(corpus):
    edit(corpus, "piece", region="陵城区")
    lines = measure_corpus(load_corpus("mine")).tables["documents"].set_index("id")
    assert lines.loc["piece", "region_code"] == "371403"
    edit(corpus, "piece", region="城关镇", region_code="371402105")
    lines = measure_corpus(load_corpus("mine")).tables["documents"].set_index("id")
    assert lines.loc["piece", ["region", "region_code"]].tolist() == ["城关镇", "371402105"]


def test_a_page_of_the_same_name_is_refused(corpus, pages):
    assert draft_manifest("mine", [pages / "piece.txt"]).added == ()  # the very same page
    (pages / "piece.txt").write_text(PIECE * 2, encoding="utf-8")
    with pytest.raises(ValueError, match=r"has another page piece\.txt"):
        draft_manifest("mine", [pages / "piece.txt"])


def test_a_folder_stands_for_its_files_and_none_is_passed_over(corpus, pages):
    (pages / "piece.doc").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    (pages / ".hidden").write_bytes(b"x")
    made = draft_manifest("mine", [pages])
    assert made.added == ("piece.doc",)
    assert "an old Word" in sheet_of(corpus)["piece.doc"]["note"]


def test_pages_elsewhere_stay_in_sight_and_none_is_copied_beside_them(
    corpus, tmp_path_factory, monkeypatch
):
    elsewhere = tmp_path_factory.mktemp("named")
    own = corpus.folder / "texts"
    own.rename(elsewhere / "mine")
    new = elsewhere / "new.txt"
    new.write_text(PIECE, encoding="utf-8")
    with pytest.raises(ValueError, match=r"has no page bare\.txt .*DZ_TEXTS"):
        draft_manifest("mine", [new])
    monkeypatch.setenv("DZ_TEXTS", str(elsewhere))
    before = (corpus.folder / "documents.csv").read_bytes()
    assert [one.document for one in draft_manifest("mine").unread] == ["empty"]
    with pytest.raises(ValueError, match=r"lie in .*mine, a folder that DZ_TEXTS names"):
        draft_manifest("mine", [new])
    assert not own.exists() and (corpus.folder / "documents.csv").read_bytes() == before


def test_a_page_that_is_not_there_is_refused_before_anything_changes(corpus, tmp_path):
    before = sorted((corpus.folder / "texts").iterdir())
    (tmp_path / "new.txt").write_text(PIECE, encoding="utf-8")
    with pytest.raises(FileNotFoundError, match="No such page"):
        draft_manifest("mine", [tmp_path / "new.txt", tmp_path / "none.txt"])
    assert sorted((corpus.folder / "texts").iterdir()) == before


def test_a_folder_is_tried_and_nothing_is_kept(home, pages):
    trial = try_corpus([pages])
    assert trial.manifest["region"].tolist() == ["", "云溪县", "", "德城区"]
    assert trial.documents["outcome"].value_counts().to_dict() == {"read": 3, "set_aside": 1}
    assert set(trial.observations["document"]) == {"bulletin", "piece"}
    assert paths.project_dir() == home and list((home / "data").iterdir()) == []


@pytest.mark.parametrize("beside", [".~lock.documents.csv#", "~$documents.csv"])
def test_a_manifest_that_a_spreadsheet_holds_stays_as_it_is(corpus, beside):
    manifest = corpus.folder / "documents.csv"
    before = manifest.read_bytes()
    (corpus.folder / beside).write_text("x", encoding="utf-8")
    with pytest.raises(ValueError, match=r"open in a spreadsheet.*save and close"):
        draft_manifest("mine")
    assert manifest.read_bytes() == before


def test_a_manifest_saved_while_pages_are_read_stays_as_it_was_saved(corpus, monkeypatch):
    def read(*args, **options):
        edit(corpus, "piece", title="a person's")
        return read_document(*args, **options)

    monkeypatch.setattr(draft, "read_document", read)
    with pytest.raises(ValueError, match=r"documents\.csv was saved by another program"):
        draft_manifest("mine")
    assert sheet_of(corpus)["piece"]["title"] == "a person's"
    assert not (corpus.folder / "documents.csv.part").exists()


def test_a_manifest_that_may_not_be_replaced_is_told(corpus, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "in use")

    before = (corpus.folder / "documents.csv").read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr("pathlib.Path.replace", refuse)
        with pytest.raises(ValueError, match="held by another program"):
            draft_manifest("mine")
    assert (corpus.folder / "documents.csv").read_bytes() == before
    assert not (corpus.folder / "documents.csv.part").exists()
