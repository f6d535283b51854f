"""TF-IDF by the formula that it states."""

from math import log, sqrt

import numpy as np
import pandas as pd
import pytest

from dz_analysis.counting.tfidf import weigh_terms

COUNTS = pd.DataFrame(
    {"document": ["a", "a", "b"], "term": ["链长制", "项目", "项目"], "count": [2, 5, 3]}
)


def test_weights_follow_the_stated_formula():
    table = weigh_terms(COUNTS, documents=2).set_index(["document", "term"])["tfidf"]
    rare, common = (1 + log(2)) * (log(3 / 2) + 1), (1 + log(5)) * 1
    length = sqrt(rare**2 + common**2)
    assert table["a", "链长制"] == pytest.approx(rare / length)
    assert round(table["a", "链长制"], 4) == 0.6738  # by hand: 2.3796 / 3.5309
    assert table["a", "项目"] == pytest.approx(common / length)


def test_each_document_has_length_one():
    table = weigh_terms(COUNTS, documents=2)
    assert np.allclose((table["tfidf"] ** 2).groupby(table["document"]).sum(), 1)


def test_a_word_in_every_document_scores_the_lowest_idf():
    assert weigh_terms(COUNTS, documents=2).set_index("term")["idf"]["项目"].eq(1).all()


def test_fewer_documents_than_named_are_refused():
    with pytest.raises(ValueError, match="name more"):
        weigh_terms(COUNTS, documents=1)
