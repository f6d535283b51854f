"""What the site is made of: links from tables to rows, evidence written whole or not at all."""

import pandas as pd
import pytest

from dz_analysis.corpus import load_corpus
from dz_analysis.language import LANGUAGES, label_table, speak
from dz_analysis.suite import desk, evidence
from dz_analysis.suite.linking import index_rows, link_rows


@pytest.fixture(scope="module")
def index():
    rows = pd.DataFrame(
        {"document": ["a"] * 3, "observation": [1, 2, 3], "quote": ["0", "3", "8亿元"]}
    )
    return index_rows(rows, pd.DataFrame({"id": ["a"], "region": ["某县"]}))


@pytest.mark.parametrize(
    "column", ["unrepaired", "met", "count", "rank_by", "quote", "value", "某县"]
)
def test_no_count_is_linked(index, column):
    table = pd.DataFrame({"document": ["a", "a"], column: ["0", "3"]})
    assert "<a " not in link_rows(table.to_html(index=False), index)


@pytest.mark.parametrize(
    ("column", "links"), [("quote", 1), ("growth", 1), ("某县", 1), ("met", 0)]
)
def test_a_number_with_its_unit_is_linked_where_quotes_stand(index, column, links):
    table = pd.DataFrame({"document": ["a"], column: ["8亿元"]})
    assert link_rows(table.to_html(index=False), index).count("#row=a%3A3") == links


@pytest.mark.parametrize("code", LANGUAGES)
def test_heads_in_words_keep_the_links(index, code):
    table = pd.DataFrame({"document": ["a"] * 2, "observation": [1, 3], "quote": ["0", "8亿元"]})
    with speak(code):
        shown = label_table(table.assign(growth=["5%", "8亿元"]))
    html = link_rows(shown.to_html(index=False), index)
    assert html.count("#row=a%3A1") == 1 and html.count("#row=a%3A3") == 2


@pytest.fixture
def one():
    corpus = load_corpus("digests")
    return corpus, corpus.documents[0]


def test_evidence_that_could_not_be_written_is_not_there(one, tmp_path, monkeypatch):
    corpus, document = one
    file = tmp_path / "text.js"
    write = type(file).write_text

    def fill_the_disk(self, text, **options):
        write(self, text[: len(text) // 2], **options)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(type(file), "write_text", fill_the_disk)
    with pytest.raises(OSError, match="No space"):
        evidence._write_one((document, file), texts=corpus.texts, corpus=corpus.name, code="x")
    assert list(tmp_path.iterdir()) == []


def test_evidence_is_made_anew_where_code_or_lists_have_changed(one, tmp_path, monkeypatch):
    corpus, document = one
    file = tmp_path / "text.js"
    made = []
    monkeypatch.setattr(evidence, "pack_evidence", lambda *_, **__: made.append(1) or {})
    for code in ("x", "x", "y"):
        assert evidence._write_one(
            (document, file), texts=corpus.texts, corpus=corpus.name, code=code
        )
    assert len(made) == 2


def test_the_lines_of_the_corrections_are_shipped_as_they_stand(tmp_path):
    assert desk._list_corrections(tmp_path) == []
    (tmp_path / "corrections.csv").write_text(
        "document,start,quote,field,was,is,reason,reader,date,note\n"
        "a,5,8亿元,unit,,'=1+1,</script>,乙,2021-07-01,n\n"
        "a,x,8亿元,nothing,,,,,,\n",
        encoding="utf-8",
    )
    lines = desk._list_corrections(tmp_path)
    assert [line["start"] for line in lines] == ["5", "x"]
    assert lines[0]["is"] == "=1+1" and lines[0]["note"] == "n"
    assert "</script>" not in desk._script("site", lines)
