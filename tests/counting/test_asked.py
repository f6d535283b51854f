"""Phrases asked for are counted or refused."""

import pandas as pd
import pytest

from dz_analysis.counting.asked import count_asked, standard_forms
from dz_analysis.counting.words import slogan_forms

SLOGANS = pd.DataFrame(
    {
        "document": ["a", "a", "b"],
        "paragraph": [1, 2, 1],
        "slogan": ["双招双引", "双招双引", "快易办"],
        "form": ["lexicon", "lexicon", "quoted"],
        "count": [2, 1, 1],
    }
)
TEXTS = {"a": "双招双引见实效，营商环境好", "b": "“快易办”上线，快易办窗口三个"}


def test_a_listed_slogan_is_counted_in_the_table_whether_texts_are_there_or_not():
    for texts in (None, TEXTS):
        table = count_asked(["双招双引"], SLOGANS, texts=texts)
        assert table.to_numpy().tolist() == [["a", "双招双引", 3, "slogans"]]


def test_a_coinage_that_the_table_holds_in_quotes_only_is_counted_in_the_text():
    table = count_asked(["快易办"], SLOGANS, texts=TEXTS)
    assert table.to_numpy().tolist() == [["b", "快易办", 2, "text"]]


def test_a_listed_slogan_that_nobody_says_is_a_true_zero():
    assert count_asked(["乡村振兴"], SLOGANS).empty


def test_a_phrase_that_is_not_listed_is_refused_without_texts_with_what_is_near():
    with pytest.raises(ValueError, match=r"营商环境.*DZ_TEXTS"):
        count_asked(["营商环境"], SLOGANS)
    with pytest.raises(ValueError, match=r"双招双引工作.*nearest: 双招双引"):
        count_asked(["双招双引工作"], SLOGANS)


def test_every_written_form_asks_for_its_standard_form():
    variants = [(form, slogan) for form, slogan in slogan_forms().items() if form != slogan]
    assert variants
    for form, slogan in variants:
        assert standard_forms([form, slogan]) == [slogan]


def test_the_order_is_that_of_the_phrases_then_of_the_documents():
    table = count_asked(["营商环境", "快易办", "双招双引"], SLOGANS, texts=TEXTS)
    assert table["slogan"].tolist() == ["营商环境", "快易办", "双招双引"]


@pytest.mark.parametrize("phrases", [[], ["双招双引", " "]])
def test_nothing_asked_is_refused(phrases):
    with pytest.raises(ValueError, match="none blank"):
        count_asked(phrases, SLOGANS)
