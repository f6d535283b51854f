"""Words counted by paragraph."""

import pandas as pd
import pytest

from dz_analysis.counting.terms import count_terms, list_names, text_coinages, total_terms
from dz_analysis.reading.page import Paragraph
from dz_analysis.tables import check_table

TEXT = "临江县打造“快易办”品牌。\n快易办提速，项目落地3个，项目开工2个，的的。"
PARAGRAPHS = (Paragraph(1, 0, 13), Paragraph(2, 14, len(TEXT)))


def test_counts_stand_with_their_paragraph_and_coinages_stay_whole():
    table = count_terms(TEXT, PARAGRAPHS)
    counts = table.set_index(["paragraph", "term"])["count"]
    assert counts[1, "快易办"] == 1
    assert counts[2, "快易办"] == 1
    assert counts[2, "项目"] == 2
    assert counts[2, "的"] == 2  # stop words stay in the table
    assert not set(table["term"]) & {"3个", "2个", "，", "。", "\n"}


def test_the_table_keeps_its_contract():
    table = count_terms(TEXT, PARAGRAPHS).assign(document="a")
    assert check_table(table, "terms").columns[0] == "document"


def test_an_empty_text_gives_an_empty_table_in_the_right_types():
    table = count_terms("", ())
    assert table.empty
    assert table["count"].dtype == "int64"


def test_coinages_given_replace_those_found():
    text = "打造“荷塘月色行动”品牌"
    whole = [Paragraph(1, 0, len(text))]
    assert "荷塘月色行动" in set(count_terms(text, whole)["term"])
    assert "荷塘月色行动" not in set(count_terms(text, whole, coinages=[])["term"])


def test_mottoes_are_not_kept_as_one_word():
    assert text_coinages("坚持“抓项目、抓招商”工作思路") == ()


def test_totals_leave_out_stop_words_and_keep_the_input():
    table = count_terms(TEXT, PARAGRAPHS).assign(document="a")
    before = table.copy()
    totals = total_terms(table)
    assert "的" not in set(totals["term"])
    assert totals.iloc[0].to_dict() == {"document": "a", "term": "快易办", "count": 2}
    assert "的" in set(total_terms(table, without_stop_words=False)["term"])
    pd.testing.assert_frame_equal(table, before)


# a word, its tag, how many of five documents say it, and whether it is a name
NAMES = [
    ("大连", "d", 1, True),  # the list of places knows better than the segmenter
    ("合肥", "n", 5, True),
    ("云溪", "n", 1, True),  # stands inside the name of a place of the corpus
    ("王五", "nr", 2, True),
    ("拉萨", "nrt", 1, True),
    ("城市", "ns", 5, False),  # dictionaries tag it as a place; most documents say it
    ("高水平", "nr", 3, False),
    ("合作", "vn", 2, False),  # a city of this name is no reason
    ("城区", "n", 2, False),
    ("项目", "n", 5, False),
]


@pytest.mark.parametrize(("word", "tag", "said", "is_name"), NAMES)
def test_names_are_told_from_words(word, tag, said, is_name):
    ids = list("abcde")
    documents = pd.DataFrame({"id": ids, "region": ["甲县", "乙县", "丙县", "云溪县", "丁县"]})
    terms = pd.DataFrame({"document": ids[:said], "term": word, "pos": tag})
    assert (word in list_names(terms, documents)) is is_name


def test_in_one_document_the_tag_alone_tells_a_name():
    terms = pd.DataFrame({"document": ["a"], "term": ["城市"], "pos": ["ns"]})
    documents = pd.DataFrame({"id": ["a"], "region": ["甲县"]})
    assert list_names(terms, documents) == {"城市"}
