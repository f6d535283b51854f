"""Manifests and corpora: what is read, what is refused, and in which words."""

import os

import pandas as pd
import pytest

from dz_analysis import tables
from dz_analysis.corpus import create_corpus, documents_in, load_corpus
from dz_analysis.intake import list_files, take_in
from dz_analysis.manifest import Document, read_manifest, write_manifest


def write(file, text):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="")
    return file


def test_a_manifest_is_the_same_after_writing_and_reading(tmp_path):
    documents = (Document("b", "b.txt", title="题，目"), Document("a", "a.txt", region="某县"))
    write_manifest(documents, tmp_path / "documents.csv")
    assert read_manifest(tmp_path / "documents.csv") == tuple(sorted(documents, key=lambda d: d.id))


def test_a_byte_order_mark_from_a_spreadsheet_is_no_column(tmp_path):
    file = write(tmp_path / "documents.csv", "\ufeffid,file\na,a.txt\n")
    assert read_manifest(file) == (Document("a", "a.txt"),)


def test_columns_of_the_researcher_are_left_alone(tmp_path):
    file = write(tmp_path / "documents.csv", "id,file,notes\na,a.txt,read twice\n")
    assert read_manifest(file) == (Document("a", "a.txt"),)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("id,title\na,x\n", r"\['file'\] are missing"),
        ("id,file,publishd\na,a.txt,2021\n", "Did you mean 'published'"),
        ("id,file\na,a.txt\na,b.txt\n", "line 3: id 'a' stands twice"),
        ("id,file\na,\n", "line 2: file is blank; both id and file must stand"),
    ],
)
def test_a_malformed_manifest_is_refused_in_words(tmp_path, text, told):
    with pytest.raises(ValueError, match=told):
        read_manifest(write(tmp_path / "documents.csv", text))


def test_an_unknown_corpus_names_the_nearest(home):
    write(home / "data" / "dezhou" / "documents.csv", "id,file\na,a.txt\n")
    with pytest.raises(FileNotFoundError, match="Did you mean 'dezhou'"):
        load_corpus("dezou")


def test_an_unknown_region_names_the_nearest():
    with pytest.raises(ValueError, match="Did you mean '德城区'"):
        load_corpus("dezhou", regions=["德城"])


def test_choosing_a_region_limits_every_table():
    chosen = load_corpus("dezhou", regions=["德城区"])
    assert set(chosen.table("documents")["region"]) == {"德城区"}
    assert set(chosen.table("observations")["document"]) == set(chosen.table("documents")["id"])


def test_some_columns_and_rows_are_those_of_the_whole_table():
    for regions in ([], ["德城区"]):
        chosen = load_corpus("dezhou", regions=regions)
        whole = chosen.table("observations")
        asked = {"columns": ["value", "document"], "filters": [("unit", "==", "元")]}
        some = chosen.table("observations", **asked)
        expected = whole.loc[whole["unit"] == "元", ["value", "document"]]
        pd.testing.assert_frame_equal(some, expected.reset_index(drop=True))
        documents = chosen.table("documents", columns=["region"])
        pd.testing.assert_frame_equal(documents, chosen.table("documents")[["region"]])
        runs = chosen.table("runs", columns=["han_chars"])
        pd.testing.assert_frame_equal(runs, chosen.table("runs")[["han_chars"]])


def test_a_large_corpus_has_not_all_runs(monkeypatch):
    assert load_corpus("dezhou").has_all_runs
    monkeypatch.setattr(tables, "ALL_PAIRS", 4)
    assert not load_corpus("dezhou", regions=["德城区"]).has_all_runs


def test_a_folder_without_a_manifest_is_its_pages(tmp_path):
    for name in ("b.html", "a.txt", "notes.xls"):
        write(tmp_path / name, "x")
    assert [document.file for document in documents_in(tmp_path)] == ["a.txt", "b.html"]


def test_an_empty_folder_says_what_is_expected(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"\.docx"):
        documents_in(tmp_path)


def test_a_new_corpus_copies_pages_and_names_their_hash(home, tmp_path_factory):
    page = write(tmp_path_factory.mktemp("pages") / "某县2019.txt", "某县生产总值增长6.1%。\n")
    corpus = create_corpus("mine", [page])
    assert (home / "data" / "mine" / "texts" / "某县2019.txt").is_file()
    assert len(corpus.documents[0].sha256) == 64
    with pytest.raises(ValueError, match="exists already"):
        create_corpus("mine", [page])


@pytest.mark.parametrize("name", ["../x", "a b", ""])
def test_a_corpus_has_a_plain_name(home, name):
    with pytest.raises(ValueError, match="can't name a corpus"):
        create_corpus(name, [])
    assert list((home / "data").iterdir()) == []


def test_a_corpus_is_made_of_a_folder_with_what_its_manifest_says(home, tmp_path):
    for name in ("a.txt", "a.html", "b.txt", ".hidden"):
        (tmp_path / name).write_text("某县经济简况\n税收8亿元。\n", encoding="utf-8")
    manifest = "id,file,region,mine\nfirst,b.txt,某县,read twice\n"
    (tmp_path / "documents.csv").write_text(manifest, encoding="utf-8")
    corpus = create_corpus("mine", [tmp_path])
    assert [(row.id, row.file, row.region) for row in corpus.documents] == [
        ("a.html", "a.html", ""),
        ("a.txt", "a.txt", ""),
        ("first", "b.txt", "某县"),
    ]
    assert corpus.documents[2].confirmed == ("region",)
    assert read_manifest(corpus.folder / "documents.csv") == corpus.documents


def test_a_corpus_is_not_made_of_what_is_not_there_or_has_one_name(home, tmp_path):
    (tmp_path / "none").mkdir()
    with pytest.raises(FileNotFoundError, match="holds no file"):
        create_corpus("mine", [tmp_path / "none"])
    with pytest.raises(FileNotFoundError, match=r"No such page: .*gone\.txt"):
        create_corpus("mine", [tmp_path / "gone.txt"])
    file = tmp_path / "a.txt"
    file.write_text("某县", encoding="utf-8")
    corpus = create_corpus("mine", [file, tmp_path / "*.txt"])
    assert [document.id for document in corpus.documents] == ["a"], "named twice, taken once"


def gather(*files):
    with take_in(files) as taken:
        return [page.name for page in taken.pages]


def test_a_page_that_may_not_be_read_and_a_link_that_leads_nowhere_are_named(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("云溪县2019年税收8.6亿元。", encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(os, "access", lambda file, mode: False)
        with pytest.raises(ValueError, match=r"May not be read: .*a\.txt\. Allow it"):
            gather(tmp_path)
    (tmp_path / "b.txt").symlink_to(tmp_path / "gone.txt")
    assert [file.name for file in list_files(tmp_path)] == ["a.txt", "b.txt"]
    with pytest.raises(FileNotFoundError, match=r"No such page: .*b\.txt"):
        gather(tmp_path)


@pytest.fixture
def placed(home, tmp_path_factory, monkeypatch):
    """Make two corpora without texts of their own; return a folder for their pages."""
    for name in ("one", "two"):
        write(home / "data" / name / "documents.csv", f"id,file\n{name},{name}.txt\n")
    return tmp_path_factory.mktemp("pages")


@pytest.mark.parametrize("place", ["", "one", "one/pages", "one/texts"])
def test_pages_are_found_in_a_folder_named_and_in_one_called_as_the_corpus(
    placed, monkeypatch, place
):
    monkeypatch.setenv("DZ_TEXTS", str(placed))
    write(placed / place / "one.txt", "某县")
    one = load_corpus("one")
    assert one.texts == placed / place and one.has_texts
    assert one.articles() == {"one": "某县"}


def test_a_glossary_can_be_left_out_of_an_article(placed, monkeypatch):
    monkeypatch.setenv("DZ_TEXTS", str(placed))
    lines = ["云溪县政府工作报告", "推行一窗办服务，全县营商环境更优。"]
    lines += ["名词解释", "1.一窗办：是指一个窗口。"]
    write(placed / "one" / "one.txt", "\n".join(lines))
    one = load_corpus("one")
    whole, said = one.articles()["one"], one.articles(glossary=False)["one"]
    assert len(whole) == len(said)
    assert (whole.count("一窗办"), said.count("一窗办")) == (2, 1)


def test_several_folders_are_looked_into_and_the_one_called_as_the_corpus_first(
    placed, monkeypatch
):
    first, second = placed / "first", placed / "second"
    for file in (first / "one.txt", second / "one" / "one.txt", second / "two.txt"):
        write(file, "某县")
    write(first / "two" / "left.txt", "某县")
    monkeypatch.setenv("DZ_TEXTS", os.pathsep.join(["", str(first), f" {second}"]))
    assert load_corpus("one").texts == second / "one"
    assert load_corpus("two").texts == second


def test_texts_of_its_own_are_the_only_ones(placed, home, monkeypatch):
    monkeypatch.setenv("DZ_TEXTS", str(placed))
    write(placed / "one.txt", "某县")
    own = home / "data" / "one" / "texts"
    own.mkdir()
    assert load_corpus("one").texts == own and not load_corpus("one").has_texts


def test_a_page_that_is_not_at_hand_is_told_with_where_it_was_looked_for(placed, home, monkeypatch):
    monkeypatch.setenv("DZ_TEXTS", str(placed))
    with pytest.raises(FileNotFoundError) as told:
        load_corpus("one").articles()
    for words in ("one.txt", str(home / "data" / "one" / "texts"), str(placed), "one/pages"):
        assert words in str(told.value)


def test_a_relative_folder_counts_from_here_then_from_the_project(placed, home, monkeypatch):
    monkeypatch.setenv("DZ_TEXTS", "held")
    write(home / "held" / "one.txt", "某县")
    assert load_corpus("one").texts == home / "held"
    monkeypatch.chdir(placed)
    write(placed / "held" / "one.txt", "某县")
    assert load_corpus("one").texts == placed / "held"
