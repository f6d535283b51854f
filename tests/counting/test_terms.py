"""Words counted by paragraph."""

import pandas as pd

from dz_analysis.counting.terms import count_terms, text_coinages, total_terms
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
