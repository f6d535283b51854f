"""Data packages and the data dictionary are what the contract and the files say."""

import json

import frictionless
import pytest

from dz_analysis import datapackage, paths, tables
from dz_analysis.corpus import load_corpus

CORPORA = sorted(file.parent.name for file in paths.data_dir().glob("*/datapackage.json"))


# The validator takes a minute for the words of a large corpus, and counts no bytes of Parquet; what
# it is spared, the next two tests hold: bytes and hashes, and the contract of every row.
ROWS = 1000
UNCOUNTED = ["byte-count", "hash-count"]


@pytest.mark.parametrize("name", CORPORA)
def test_a_shipped_corpus_is_a_valid_data_package(name):
    is_parquet = any(paths.tables_dir(name).glob("*.parquet"))
    spared = {"skip_errors": UNCOUNTED, "limit_rows": ROWS} if is_parquet else {}
    report = frictionless.validate(str(paths.corpus_dir(name) / "datapackage.json"), **spared)
    assert report.valid, report.to_summary()


@pytest.mark.parametrize("name", CORPORA)
def test_every_row_of_it_keeps_the_contract_and_leads_to_a_document(name):
    corpus = load_corpus(name)
    known = set(corpus.table("documents")["id"])
    assert known == {document.id for document in corpus.documents}
    for table in set(tables.ALL_TABLES) - {"documents"}:
        assert set(corpus.table(table)["document"]) <= known


@pytest.mark.parametrize("name", CORPORA)
def test_its_description_is_up_to_date(name):
    file = paths.corpus_dir(name) / "datapackage.json"
    shipped = json.loads(file.read_text(encoding="utf-8"))
    assert shipped == datapackage.describe_corpus(load_corpus(name)), f"run dz ingest {name}"
    assert shipped["title"] != name
    assert shipped["description"]


def test_all_corpora_are_shipped():
    assert CORPORA == ["dezhou", "digests", "national", "provinces"]


def test_the_dictionary_is_made_from_the_contract():
    file = paths.data_dir() / "DICTIONARY.md"
    assert file.read_text(encoding="utf-8") == datapackage.data_dictionary(), "make dictionary"


def test_every_column_has_a_meaning_in_the_dictionary():
    text = datapackage.data_dictionary()
    for table in tables.ALL_TABLES.values():
        for column in table.columns:
            assert f"| `{column.name}` |" in text
            assert column.description.endswith(".")
