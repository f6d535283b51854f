"""Documents by the year in which they were given, and what is counted in them."""

import pandas as pd
import pytest

from dz_analysis.corpus import load_corpus
from dz_analysis.counting.years import (
    add_asked,
    choose_pair,
    choose_series,
    count_mentions,
    date_documents,
    keep_frequent,
    rate_by_year,
)


def documents_of(*rows):
    columns = ["id", "region", "title", "published", "period_end", "han_chars"]
    return pd.DataFrame(rows, columns=columns)


@pytest.mark.parametrize("corpus", ["national", "provinces"])
def test_reports_are_given_in_the_year_that_their_ids_end_in(corpus):
    dated = date_documents(load_corpus(corpus).table("documents"))
    assert len(dated) == len(load_corpus(corpus).table("documents"))
    assert (dated["year"].astype(str) == dated["id"].str[-4:]).all()


@pytest.mark.parametrize(
    ("title", "published", "end", "year"),
    [
        ("", "", "2019-12", 2020),
        ("", "", "2019-09", 2019),
        ("2019年工作总结", "", "2019-12", 2019),
        ("2020年政府工作报告", "", "2019-12", 2020),
        ("2019年统计公报", "2020-03", "2019-12", 2020),
        # Put on the web again years later: not the year in which it was given.
        ("", "2008-05", "1998-12", 1999),
        ("1998年政府工作报告", "2008-05", "1997-12", 1998),
    ],
)
def test_the_year_is_the_last_one_reported_on_or_the_next(title, published, end, year):
    dated = date_documents(documents_of(("a", "某县", title, published, end, 9)))
    assert dated["year"].tolist() == [year]


def test_what_has_no_text_or_no_date_is_left_out():
    table = documents_of(
        ("a", "某县", "", "", "2019-12", 0),
        ("b", "某县", "", "", "", 9),
        ("c", "某县", "", "", "2019-06", 9),
    )
    assert date_documents(table)["id"].tolist() == ["c"]


def test_a_glossary_is_no_text():
    table = documents_of(("a", "某县", "", "", "2019-06", 90), ("b", "", "", "", "2019-06", 9))
    rows = [("a", 1, "plan", 60), ("a", 2, "glossary", 30), ("b", 1, "glossary", 9)]
    paragraphs = pd.DataFrame(rows, columns=["document", "paragraph", "stance", "han_chars"])
    dated = date_documents(table, paragraphs)
    assert dated[["id", "han_chars"]].to_numpy().tolist() == [["a", 60]]


def test_a_slogan_is_counted_once_though_the_words_hold_it_too():
    terms = pd.DataFrame({"document": "a", "term": ["双招双引", "项目", "的"], "count": [2, 3, 9]})
    slogans = pd.DataFrame({"document": ["a", "a"], "slogan": "双招双引", "count": [1, 1]})
    numbers = pd.DataFrame(
        {
            "document": "a",
            "indicator_id": ["gdp", "gdp", "gdp", ""],
            "indicator": ["GDP", "生产总值", "GDP", "展板"],
        }
    )
    mentions = count_mentions(terms, slogans, numbers)
    assert dict(zip(mentions["item"], mentions["count"], strict=True)) == {
        "indicator GDP": 3,
        "slogan 双招双引": 2,
        "word 项目": 3,
    }


MENTIONS = pd.DataFrame(
    [("a", "word 项目", "word", "项目", 3), ("b", "word 项目", "word", "项目", 1)],
    columns=["document", "item", "kind", "name", "count"],
)
NONE = pd.DataFrame({"document": ["a"], "slogan": ["一窗受理"], "count": [1]})


def test_a_phrase_that_no_table_holds_is_counted_in_the_text_or_refused():
    texts = {"a": "在建工程多，在建工程快", "b": ""}
    said, items = add_asked(MENTIONS, ["在建工程", "项目"], NONE, texts=texts)
    assert items == ["word 项目", "phrase 在建工程"]
    assert said.loc[said["kind"] == "phrase", ["document", "count"]].to_numpy().tolist() == [
        ["a", 2]
    ]
    with pytest.raises(ValueError, match="Not in the list of slogans"):
        add_asked(MENTIONS, ["在建工程"], NONE)
    assert add_asked(MENTIONS, [], NONE)[1] == []


def test_rare_items_are_left_out_unless_asked_for():
    assert keep_frequent(MENTIONS, ["a", "b"], 2)["item"].unique().tolist() == ["word 项目"]
    assert keep_frequent(MENTIONS, ["a"], 2).empty
    assert len(keep_frequent(MENTIONS, ["a"], 2, also=["word 项目"])) == 1


DATED = pd.DataFrame(
    [("a", "甲", 2001), ("b", "甲", 2002), ("c", "乙", 2001), ("d", "乙", 2003), ("e", "", 2002)],
    columns=["id", "region", "year"],
).assign(han_chars=10_000)


def test_the_series_is_that_of_the_place_with_most_years():
    assert choose_series(DATED)["id"].tolist() == ["c", "d"]
    assert choose_series(DATED, "甲")["id"].tolist() == ["a", "b"]
    with pytest.raises(ValueError, match="No dated document is about '丙'"):
        choose_series(DATED, "丙")
    assert choose_series(DATED[DATED["region"] == ""]).empty


def test_the_pair_of_years_is_the_one_that_most_places_hold():
    more = pd.concat([DATED, DATED.iloc[[1]].assign(id="f", region="乙")])
    assert choose_pair(more) == (2001, 2002, ("乙", "甲"))
    assert choose_pair(DATED) == (2001, 2003, ("乙",)), "of equal ones the furthest apart"
    assert choose_pair(DATED, [2001, 2002]) == (2001, 2002, ("甲",))
    assert choose_pair(DATED.iloc[:0]) == (0, 0, ())
    with pytest.raises(ValueError, match=r"Years \[2001, 1999\] can't be compared"):
        choose_pair(DATED, [2001, 1999])


def test_a_year_that_does_not_say_it_has_a_rate_of_0_with_an_upper_end():
    rates = rate_by_year(MENTIONS, DATED, ["word 项目"])
    assert rates["year"].tolist() == [2001, 2002, 2003]
    assert rates["per_10k_chars"].tolist() == [1.5, 0.5, 0.0]
    assert rates["per_10k_chars_high"].iloc[2] > 3
    assert rates["by_document_low"].isna().all(), "no year has three documents"
    assert rate_by_year(MENTIONS, DATED, []).empty
