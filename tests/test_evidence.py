"""Numbers found by name with their sentences: shown harmlessly, explained, also without pages."""

import shutil

import pytest

import dz_analysis as dz
from dz_analysis.ingest import ingest

TEXTS = {
    "a": "青禾县2021年经济简况\n全县一般公共预算收入8.4亿元，增长6.1%<script>alert(1)</script>。\n",
    "b": "南溪区2022年经济简况\n去年雨多。全区公共财政预算收入9.1亿元；工业投资3亿元。\n",
}


@pytest.fixture
def corpus(home, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    made = dz.create_corpus("mine", [folder])
    ingest(made)
    return made


def test_an_indicator_is_found_under_its_names_with_its_sentence(corpus):
    found = dz.find("一般公共预算收入")
    levels = found[found["measure"] == "level"]
    assert levels["quote"].tolist() == ["9.1亿元", "8.4亿元"]
    assert levels["sentence"].iloc[0] == "全区公共财政预算收入9.1亿元；"
    assert found["corpus"].unique().tolist() == ["mine"] and found["confidence"].notna().all()
    assert dz.find("公共财政预算收入", place="青禾县", year=2021)["quote"].tolist()[0] == "8.4亿元"
    assert dz.find("一般公共预算收入", year=1999).empty


def test_what_nobody_says_names_the_nearest(corpus):
    with pytest.raises(ValueError, match=r"indicator '工业投次'\. Did you mean '工业投资'"):
        dz.find("工业投次")
    with pytest.raises(ValueError, match=r"about the place '青和县'\. Did you mean '青禾县'"):
        dz.find("一般公共预算收入", place="青和县")


def test_a_row_is_explained_at_its_place(corpus):
    row = dz.find("一般公共预算收入", place="青禾县").iloc[0]
    said = dz.explain(row)
    assert said.startswith("mine, a, offset ") and "一般公共预算收入【8.4亿元】" in said
    assert "measure level" in said
    plain = corpus.table("observations").iloc[0]
    assert dz.explain(plain, corpus="mine") == dz.explain(plain)


def test_without_the_page_everything_but_the_sentence_is_there(corpus):
    shutil.rmtree(corpus.folder / "texts")
    found = dz.find("一般公共预算收入", place="青禾县")
    assert found["sentence"].tolist() == ["", ""]
    assert "The page is not at hand" in dz.explain(found.iloc[0])
    assert "<em>the page is not at hand</em>" in dz.show_rows(found)._repr_html_()


def test_a_page_that_is_put_back_is_seen_at_once_and_one_gone_is_told(corpus):
    texts = corpus.folder / "texts"
    away = texts.rename(corpus.folder / "away")
    row = dz.find("工业投资").iloc[0]
    assert row["sentence"] == ""
    away.rename(texts)
    assert dz.find("工业投资")["sentence"].tolist() == ["工业投资3亿元。"]
    texts.rename(away)
    assert "The page is not at hand" in dz.explain(row)


def test_without_a_measured_corpus_the_way_to_one_is_said(home):
    with pytest.raises(FileNotFoundError, match=r"has been measured yet: .*dz ingest NAME"):
        dz.find("税收")


def test_rows_open_on_their_sentence_and_nothing_of_it_runs(corpus):
    found = dz.find("一般公共预算收入", place="青禾县")
    page = dz.show_rows(found)._repr_html_()
    assert page.count("<details>") == 2 and "<mark>8.4亿元</mark>" in page
    assert "<script" not in page
    evil = found.assign(indicator="<img src=x onerror=alert(1)>", region="\x1b[31m<b>")
    page = dz.show_rows(evil)._repr_html_()
    assert "<img" not in page and "\x1b" not in page and "&lt;img" in page
    many = found.loc[[0] * 101]
    assert "and 1 more rows" in dz.show_rows(many)._repr_html_()


def test_a_corpus_shows_itself_and_nothing_of_it_runs(corpus):
    page = corpus._repr_html_()
    assert "2 documents, 2 read" in page and "青禾县" in page
    assert repr(corpus) == "<Corpus 'mine': 2 documents>"
    manifest = corpus.folder / "documents.csv"
    text = manifest.read_text(encoding="utf-8")
    head, first, *rest = text.splitlines()
    cells = dict(zip(head.split(","), first.split(","), strict=True)) | {"title": "<script>x()"}
    manifest.write_text("\n".join([head, ",".join(cells.values()), *rest]) + "\n", encoding="utf-8")
    ingest(dz.load_corpus("mine"))
    assert "<script" not in dz.load_corpus("mine")._repr_html_()
    shutil.rmtree(corpus.folder / "tables")
    assert "not measured yet: dz ingest mine" in corpus._repr_html_()
