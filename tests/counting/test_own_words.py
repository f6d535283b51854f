"""Words, stop words and slogans that a corpus brings: they count there, and nowhere else."""

import pandas as pd
import pytest

from dz_analysis import paths
from dz_analysis.counting import words
from dz_analysis.counting.slogans import count_slogans, listed_forms, slogan_kinds
from dz_analysis.counting.terms import count_terms, is_stop_word
from dz_analysis.manifest import Document
from dz_analysis.measure import measure_page, read_document
from dz_analysis.reading.page import Paragraph

TEXT = "全县推进溪山通道建设，坚持溪畔为民，溪畔为民见实效。"
CACHED = (words.slogan_rows, words.slogan_forms, words.own_words, words.stop_words)


@pytest.fixture
def corpus(tmp_path, monkeypatch):
    """Make a corpus with a function that writes its lists."""
    monkeypatch.setattr(paths, "corpus_dir", lambda name: tmp_path / name)
    for cached in (*CACHED, listed_forms, slogan_kinds):
        cached.cache_clear()

    def write(name, text):
        file = tmp_path / "mine" / "lexicon" / f"{name}.csv"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return "mine"

    yield write
    for cached in (*CACHED, listed_forms, slogan_kinds):
        cached.cache_clear()


def terms_of(**options):
    table = count_terms(TEXT, [Paragraph(1, 0, len(TEXT))], **options)
    return dict(zip(table["term"], table["pos"], strict=True))


def slogans_of(**options):
    table = count_slogans(TEXT, [Paragraph(1, 0, len(TEXT))], **options)
    return dict(zip(table["slogan"], table["count"], strict=True))


def test_own_words_are_kept_whole_with_their_tag(corpus):
    name = corpus("words", "word,pos\n溪山通道,nz\n")
    assert terms_of(corpus=name)["溪山通道"] == "nz"
    assert "溪山通道" not in terms_of()


def test_own_slogans_count_with_their_kind_and_are_words(corpus):
    name = corpus("slogans", "slogan,kind,variants\n溪畔为民,service,溪边为民\n")
    assert slogans_of(corpus=name) == {"溪畔为民": 2}
    assert slogans_of() == {}
    assert slogan_kinds(name)["溪畔为民"] == "service" and "溪畔为民" not in slogan_kinds()
    assert "溪畔为民" in terms_of(corpus=name)


def test_own_stop_words_are_left_out_beside_ours(corpus):
    name = corpus("stopwords", "word\n实效\n")
    column = pd.Series(["实效", "项目", "一个"])
    assert is_stop_word(column, corpus=name).tolist() == [True, False, True]
    assert is_stop_word(column).tolist() == [False, False, True]


def test_the_tables_of_a_corpus_are_measured_with_its_lists(corpus):
    name = corpus("slogans", "slogan,kind\n溪畔为民,service\n")
    page = f"云溪县2019年政府工作报告\n各位代表：\n{TEXT}\n".encode()
    tables = measure_page(*read_document(Document("a", "a.txt"), page, corpus=name))
    assert "溪畔为民" in set(tables["slogans"]["slogan"])
    assert "溪畔为民" in set(tables["terms"]["term"])
    tables = measure_page(*read_document(Document("a", "a.txt"), page))
    assert "溪畔为民" not in set(tables["slogans"]["slogan"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("slogan,kind\n放管服,reform\n", "listed already"),
        ("slogan,kind\n溪畔为民,nothing\n", "unknown kind"),
        ("slogan,note\n溪畔为民,\n", "columns missing"),
    ],
)
def test_a_list_that_cannot_be_right_is_refused(corpus, text, said):
    with pytest.raises(ValueError, match=said):
        words.slogan_rows(corpus("slogans", text))
