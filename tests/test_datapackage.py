"""Data packages and the data dictionary are what the contract and the files say."""

import json

import frictionless
import pytest

from dz_analysis import datapackage, paths, tables
from dz_analysis.comparing import PANEL_LABELS
from dz_analysis.corpus import load_corpus
from dz_analysis.counting import CHANGE_LABELS
from dz_analysis.language import SOURCE, label, speak
from dz_analysis.language.labels import DICTIONARY
from dz_analysis.language.messages import read_catalogue

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


@pytest.mark.parametrize("code", datapackage.DICTIONARIES)
def test_the_dictionary_is_made_from_the_contract(code):
    file = paths.data_dir() / datapackage.DICTIONARIES[code]
    with speak(code):
        made = datapackage.data_dictionary()
    assert file.read_text(encoding="utf-8") == made, "make dictionary"


def test_the_catalogue_holds_what_the_dictionary_says_and_no_more():
    told = {table.row for table in tables.ALL_TABLES.values()}
    for column in (c for table in tables.ALL_TABLES.values() for c in table.columns):
        told |= {column.description, column.unit}
    told |= {*PANEL_LABELS.values(), *CHANGE_LABELS.values()}  # codebooks of exported tables
    for code in set(datapackage.DICTIONARIES) - {SOURCE}:
        kept = {m.id for m in read_catalogue(code) if m.context == DICTIONARY}
        assert kept == told - {""}, f"{code}.po: context {DICTIONARY}"


def test_names_in_the_chinese_dictionary_have_their_words():
    """A name that readers of Chinese are shown as it is would tell them nothing."""
    shown = {c.name for table in tables.ALL_TABLES.values() for c in table.columns}
    shown |= {v for t in tables.ALL_TABLES.values() for c in t.columns for v in c.allowed}
    with speak("zh"):
        bare = sorted(name for name in shown if name.isidentifier() and label(name) == name)
    assert bare == ["A", "B", "C"]


def test_every_column_has_a_meaning_in_the_dictionary():
    text = datapackage.data_dictionary()
    for table in tables.ALL_TABLES.values():
        for column in table.columns:
            assert f"| `{column.name}` |" in text
            assert column.description.endswith(".")
