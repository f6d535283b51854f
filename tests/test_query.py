"""Questions in SQL: what is answered, from which form of tables, and what is refused."""

import json

import pandas as pd
import pytest

from dz_analysis import paths, tables
from dz_analysis.corpus import Corpus, load_corpus
from dz_analysis.query import Answer, ask_tables, find_files, spell_answer

OBSERVATION = dict.fromkeys(tables.TABLES["observations"].names, "") | {
    "document": "a",
    "observation": 1,
    "paragraph": 1,
    **dict.fromkeys(("start", "end", "raw_start", "raw_end"), 3),
    "indicator": "税收, “全口径”",
    "measure": "level",
    "value": 8e8,
    "value_high": None,
    "status": "actual",
    "confidence": 0.5,
}


@pytest.fixture(params=["csv", "parquet"])
def corpus(request, tmp_path, monkeypatch):
    """Return a corpus with one table of one row, in a folder that a quote must not break."""
    home = tmp_path / "it's"
    monkeypatch.setattr(paths, "tables_dir", lambda name: home / name)
    frame = tables.check_table(pd.DataFrame([OBSERVATION]), "observations")
    tables.save_table(frame, home / "mine", "observations", as_parquet=request.param == "parquet")
    return Corpus("mine", ())


def test_parts_are_read_as_one_table(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "tables_dir", lambda name: tmp_path / name)
    place = tmp_path / "large" / "observations"
    place.mkdir(parents=True)
    for number, part in enumerate(tables.name_parts(2), start=1):
        row = OBSERVATION | {"document": f"d{number}"}
        tables.write_parquet(tables.check_table(pd.DataFrame([row]), "observations"), place / part)
    answer = ask_tables(Corpus("large", ()), "SELECT document FROM observations ORDER BY 1")
    assert answer.rows == [("d1",), ("d2",)]


def test_a_damaged_table_is_told_with_the_cure(corpus):
    file = find_files(corpus)["observations"][0]
    file.write_bytes(file.read_bytes()[:40])
    with pytest.raises(ValueError, match="is damaged, or no table"):
        ask_tables(corpus, "SELECT value FROM observations")


def test_what_is_no_number_is_null_in_json():
    answer = Answer(("a", "b"), [(float("inf"), float("nan"))])
    assert json.loads(spell_answer(answer, "jsonl")) == {"a": None, "b": None}


ANSWERED = {
    "SELECT value, value_high, unit FROM observations": [(8e8, None, "")],
    'SELECT indicator, "end" + 1 FROM observations': [("税收, “全口径”", 4)],
    "WITH a AS (FROM observations) SELECT count(*) FROM a": [(1,)],
}


@pytest.mark.parametrize("question", ANSWERED)
def test_both_forms_answer_alike(corpus, question):
    assert ask_tables(corpus, question).rows == ANSWERED[question]


def test_a_column_that_came_later_is_blank(corpus, tmp_path):
    if (file := find_files(corpus)["observations"][0]).suffix == ".csv":
        old = pd.read_csv(file, dtype="str", keep_default_na=False)
        old.drop(columns=["confidence", "grade"]).to_csv(file, index=False)
    else:
        pd.read_parquet(file).drop(columns=["confidence", "grade"]).to_parquet(file)
    answer = ask_tables(corpus, "SELECT grade, confidence FROM observations")
    assert answer.rows == [("", None)]


REFUSED = {
    "DROP VIEW observations": "Expected one SELECT",
    "SELECT 1; SELECT 2": "Expected one SELECT, found 2",
    "": "Expected one SELECT, found 0",
    "COPY (SELECT 1) TO 'made.csv'": "Expected one SELECT",
    "COPY (SELECT 1) TO '{file}'": "Expected one SELECT",
    "SET enable_external_access = true": "Expected one SELECT",
    "ATTACH 'other.db'": "Expected one SELECT",
    "INSTALL httpfs": "Expected one SELECT",
    "SELEC 1": "This is no SQL",
    "SELECT * FROM '{other}'": "cannot answer this: Permission Error",
    "SELECT * FROM read_text('{other}')": "cannot answer this: Permission Error",
    "SELECT * FROM read_csv('{other}')": "cannot answer this: Permission Error",
    "SELECT * FROM glob('{folder}/*')": "cannot answer this: Permission Error",
    "SELECT * FROM observation": "It has the tables observations",
    "SELECT valu FROM observations": "valu",
    "SELECT CAST(indicator AS INTEGER) FROM observations": "cannot answer this: Conversion Error",
}


@pytest.mark.parametrize("question", REFUSED)
def test_what_is_no_question_over_the_tables_is_refused(corpus, question, tmp_path, monkeypatch):
    other = tmp_path / "other.csv"
    other.write_text("secret\n1\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    file = find_files(corpus)["observations"][0]
    before = file.read_bytes()
    named = question.format(other=other, folder=tmp_path, file=str(file).replace("'", "''"))
    with pytest.raises(ValueError, match=REFUSED[question]):
        ask_tables(corpus, named)
    assert file.read_bytes() == before
    assert not (tmp_path / "made.csv").exists()


def test_a_corpus_without_tables_names_the_cure(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "tables_dir", lambda name: tmp_path / name)
    with pytest.raises(FileNotFoundError, match="run dz ingest mine first"):
        ask_tables(Corpus("mine", ()), "SELECT 1")


def test_answers_are_written_with_plain_numbers():
    answer = Answer(("名", "n"), [("税收,\n费", 1.575e10), ("", None)])
    assert spell_answer(answer, "csv") == '名,n\n"税收,\n费",15750000000\n,\n'
    lines = spell_answer(answer, "jsonl").splitlines()
    assert [json.loads(line)["n"] for line in lines] == [15750000000, None]


@pytest.mark.parametrize("name", ["dezhou", "provinces"])
def test_shipped_tables_answer_as_they_are_loaded(name):
    loaded = load_corpus(name)
    counts = loaded.table("observations")["grade"].value_counts()
    answer = ask_tables(loaded, "SELECT grade, count(*) FROM observations GROUP BY grade")
    assert dict(answer.rows) == counts.to_dict()
