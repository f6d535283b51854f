"""A corpus may bring a list of observations that a reader marked by hand."""

import pytest

from dz_analysis import paths
from dz_analysis.corpus import load_corpus
from dz_analysis.scoring.score import NEEDED


def test_the_digests_bring_one_with_all_fields_that_are_judged():
    gold = load_corpus("digests").gold()
    assert set(NEEDED) <= set(gold.columns)
    assert set(gold["document"]) == {document.id for document in load_corpus("digests").documents}
    assert not gold.duplicated(["document", "start"]).any()


def test_it_is_limited_to_the_chosen_regions():
    whole, part = load_corpus("digests"), load_corpus("digests", regions=["德城区"])
    documents = set(part.table("documents")["id"])
    expected = whole.gold()["document"].isin(documents).sum()
    assert set(part.gold()["document"]) == documents and len(part.gold()) == expected > 0


def test_a_corpus_without_one_says_so(home):
    folder = paths.corpus_dir("made")
    folder.mkdir()
    (folder / "documents.csv").write_text("id,file\na,a.txt\n", encoding="utf-8")
    with pytest.raises(FileNotFoundError, match="'made' has no list to judge by"):
        load_corpus("made").gold()
