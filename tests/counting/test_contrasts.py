"""Districts side by side in words."""

import pandas as pd
import pytest

from dz_analysis.corpus import load_corpus
from dz_analysis.counting.contrasts import (
    contrast_regions,
    group_documents,
    list_plain_words,
    rate_by_region,
    rate_words,
)
from dz_analysis.counting.permutation import judge_contrasts

DOCUMENTS = pd.DataFrame(
    {
        "id": ["a", "b", "c"],
        "region": ["临江县", "云溪县", "山阳县"],
        "han_chars": [1000, 2000, 1000],
        "tokens": [600, 1100, 550],
    }
)
COUNTS = pd.DataFrame(
    {
        "document": ["a", "a", "b", "b", "c"],
        "term": ["招商", "项目", "项目", "招商", "项目"],
        "count": [20, 5, 10, 1, 5],
    }
)


def test_rates_of_the_whole_corpus_come_with_spread_and_interval():
    table = rate_words(COUNTS, DOCUMENTS).set_index("term")
    assert table.index[0] == "招商"
    assert table.loc["招商", "per_10k_chars"] == pytest.approx(21 / 4000 * 10_000)
    assert table.loc["项目", "dp_norm"] == pytest.approx(0)
    assert table.loc["招商", "documents"] == 2


def test_a_district_without_the_word_is_a_zero_with_an_upper_bound():
    table = rate_by_region(COUNTS, DOCUMENTS, ["招商"], name="term").set_index("region")
    assert list(table.index) == ["临江县", "云溪县", "山阳县"]
    assert table.loc["山阳县", "count"] == 0
    assert table.loc["山阳县", "per_10k_chars_high"] == pytest.approx(36.889, abs=1e-3)


def test_each_district_is_compared_with_all_others():
    table = contrast_regions(COUNTS, DOCUMENTS)
    first = table[table["region"] == "临江县"].iloc[0]
    assert (first["term"], first["count"], first["reference"]) == ("招商", 20, 1)
    assert first["lrc"] > 2
    assert first["p_permuted"] >= first["p_smallest"] == pytest.approx(1 / 3)


def test_one_district_alone_has_nothing_to_be_compared_with():
    alone = DOCUMENTS.head(1)
    table = contrast_regions(COUNTS.head(2), alone)
    assert table.empty
    assert list(table["region"].unique()) == []
    assert rate_words(COUNTS.head(2), alone)["dp_norm"].isna().all()


def test_words_that_are_too_rare_leave_an_empty_comparison():
    assert contrast_regions(COUNTS, DOCUMENTS, minimum=500).empty


def test_the_articles_of_a_corpus_are_read_where_they_are_at_hand():
    digests = load_corpus("digests")
    articles = digests.articles()
    assert list(articles) == [document.id for document in digests.documents]
    assert all(article and "\ue2a6" not in article for article in articles.values())
    assert len(load_corpus("digests", regions=["陵城区"]).articles()) == 1


def lumpy_corpus(single):
    """Return a corpus of three decades, a word of the second, and one word a document besides."""
    decades = ["1980s"] * 10 + ["1990s"] * 10 + ["2000s"] * 10 + ["1970s"] * single
    ids = [f"d{n:02}" for n in range(len(decades))]
    documents = pd.DataFrame({"id": ids, "region": decades, "han_chars": 1000, "tokens": 600})
    own = [(document, f"独{document}", 5) for document in ids]
    common = [(document, "招商", 9 + n % 2) for n, document in enumerate(ids[10:20])]
    counts = pd.DataFrame(own + common, columns=["document", "term", "count"])
    return counts, documents


@pytest.mark.parametrize("single", [0, 1])
def test_a_decade_of_one_document_hides_no_word_of_the_others(single):
    table = contrast_regions(*lumpy_corpus(single))
    held = table[table["p_max"] < 0.05]
    assert ("1990s", "招商") in set(zip(held["region"], held["term"], strict=True))
    assert set(held["term"]) == {"招商"}
    alone = table[table["region"] == "1970s"]
    assert len(alone) == single * table["term"].nunique() and alone["p_max"].isna().all()
    said = (
        "; not tested, being of one document: 1970s."
        if single
        else "surest 招商, 1990s, 95 times against 0)."
    )
    assert judge_contrasts(table).endswith(said)


def test_words_that_tie_for_the_surest_are_counted():
    counts, documents = lumpy_corpus(0)
    twin = counts[counts["term"] == "招商"].assign(term="引资")
    verdict = judge_contrasts(contrast_regions(pd.concat([counts, twin]), documents))
    assert "surest 引资, 1990s, 95 times against 0, and 1 that tie with it" in verdict or (
        "surest 招商, 1990s, 95 times against 0, and 1 that tie with it" in verdict
    )


# codes of the places of a corpus, and what they are called together
LEVELS = [
    (("370000", "340000"), "province"),
    (("371400", "371500"), "city"),
    (("371402", "371400:高新区", "371403"), "district"),
    (("370000", "371400"), "place"),
    (("371402", "371400"), "place"),
    (("371402", ""), "district"),
    (("", ""), "place"),
]


@pytest.mark.parametrize(("codes", "level"), LEVELS)
def test_places_are_called_by_their_level(codes, level):
    regions = [f"地{n}" for n in range(len(codes))]
    documents = pd.DataFrame({"region": regions, "region_code": codes, "period_end": "2020-12"})
    kept, group = group_documents(documents)
    assert group == level
    assert list(kept["region"]) == regions


def test_places_without_codes_are_places():
    assert group_documents(DOCUMENTS)[1] == "place"


# who says a word how (place and form; plain if the terms hold it), and whether others say it plain
PLAIN = [
    ([("甲县", "quoted"), ("乙县", "plain")], True),
    ([("甲县", "numeric"), ("乙县", "plain"), ("乙县", "plain")], True),
    ([("甲县", "quoted"), ("甲县", "plain")], False),
    ([("甲县", "quoted")], False),
    ([("甲县", "lexicon"), ("乙县", "plain")], False),
    ([("甲县", "quoted"), ("乙县", "quoted"), ("乙县", "plain")], False),
]


@pytest.mark.parametrize(("said", "is_plain"), PLAIN)
def test_a_coinage_that_others_say_without_quotes_is_no_ones_own(said, is_plain):
    documents = pd.DataFrame({"id": ["a", "b"], "region": ["甲县", "乙县"]})
    ids = {"甲县": "a", "乙县": "b"}
    slogans = [(ids[who], "强链补链", form) for who, form in said if form != "plain"]
    terms = [(ids[who], "强链补链") for who, form in said if form == "plain"]
    found = list_plain_words(
        pd.DataFrame(slogans, columns=["document", "slogan", "form"]),
        pd.DataFrame(terms, columns=["document", "term"], dtype="str"),
        documents,
    )
    assert found == (("强链补链",) if is_plain else ())
