"""What is kept between runs: only what is new is measured, and the tables are the same."""

import json
import shutil

import pytest
from children import read_tables

from dz_analysis import paths, tables
from dz_analysis.corpus import load_corpus
from dz_analysis.ingest import corpora, ingest, pages, work
from dz_analysis.manifest import Document, write_manifest
from dz_analysis.sharding import Store, Way, plan, shard
from dz_analysis.sharding.fingerprint import fingerprint_code


def afresh(corpus, **how):
    """Measure a corpus with nothing kept, and return its tables' bytes."""
    shutil.rmtree(corpus.folder / ".ingest")
    shutil.rmtree(corpus.folder / "tables")
    ingest(load_corpus(corpus.name), **how)
    return read_tables(corpus.name)


def test_what_has_not_changed_is_not_measured_anew(make_corpus):
    corpus = make_corpus(9)
    assert ingest(corpus).measured == 9
    first = read_tables("mine")
    assert ingest(corpus).measured == 0
    assert read_tables("mine") == first


@pytest.mark.parametrize("count", [10, 14])
def test_documents_that_are_added_are_measured_alone(make_corpus, count):
    ingest(make_corpus(9))
    corpus = make_corpus(count)
    made = ingest(corpus)
    assert made.measured == count - 9
    assert made.counts["documents"] == count
    assert read_tables("mine") == afresh(corpus)


def test_a_document_that_is_struck_leaves_the_tables(make_corpus):
    ingest(make_corpus(9))
    corpus = make_corpus(8)
    assert ingest(corpus).measured == 0
    assert "d0008" not in set(corpus.table("terms")["document"])
    assert read_tables("mine") == afresh(corpus)


def test_a_page_or_a_row_that_changed_is_measured_anew(make_corpus):
    corpus = make_corpus(5)
    ingest(corpus)
    (corpus.texts / "d0002.txt").write_text("某丙市简况\n全市有学校7所。\n", encoding="utf-8")
    assert ingest(corpus).measured == 1
    changed = [
        *corpus.documents[:4],
        corpus.documents[4].__class__("d0004", "d0004.txt", title="简况"),
    ]
    write_manifest(changed, corpus.folder / "documents.csv")
    corpus = load_corpus("mine")
    assert ingest(corpus).measured == 1
    assert read_tables("mine") == afresh(corpus)


def test_a_list_of_the_corpus_that_changed_measures_all_anew(make_corpus):
    corpus = make_corpus(3)
    ingest(corpus)
    (corpus.folder / "lexicon").mkdir()
    (corpus.folder / "lexicon" / "stopwords.csv").write_text("word\n道路\n", encoding="utf-8")
    assert ingest(corpus).measured == 3


def test_code_that_rows_come_from_is_in_the_fingerprint():
    import sys

    from dz_analysis.measure import measure_records, read_document
    from dz_analysis.sharding.fingerprint import ROOMS

    measure_records(*read_document(Document("a", "a.txt"), "全县税收增长6%。".encode()))
    rooms = {name.split(".")[1] for name in sys.modules if name.startswith("dz_analysis.")}
    measuring = {
        "bases",
        "counting",
        "finding",
        "lexicon",
        "measure",
        "naming",
        "reading",
        "tables",
    }
    assert measuring <= rooms & {room.removesuffix(".py") for room in ROOMS}
    for room in ROOMS:
        assert (paths.PACKAGE / room).exists(), f"{room} is no room: strike it from ROOMS"
    assert fingerprint_code("") == fingerprint_code("")


def test_a_damaged_shard_is_measured_anew(make_corpus):
    corpus = make_corpus(9)
    ingest(corpus)
    first = read_tables("mine")
    store = Store(corpus.folder / ".ingest")
    damaged = next(key for key in store.list_shards() if store.read_lines(key))
    file = store.file(damaged, "observations")
    file.write_bytes(file.read_bytes()[:-40])
    made = ingest(corpus)
    assert made.measured == len(store.read_lines(damaged)) > 0
    assert read_tables("mine") == first


@pytest.mark.parametrize("name", ["journal.jsonl", "sums.json", "terms.parquet"])
def test_a_shard_that_lacks_a_file_is_measured_anew(make_corpus, name):
    corpus = make_corpus(4)
    ingest(corpus)
    first = read_tables("mine")
    store = Store(corpus.folder / ".ingest")
    for key in store.list_shards():
        (store.shards / key / name).unlink(missing_ok=True)
    assert ingest(corpus).measured == 4
    assert read_tables("mine") == first


def test_a_page_set_aside_is_not_read_again_but_one_that_was_absent_is(make_corpus):
    corpus = make_corpus(4)
    text = (corpus.texts / "d0001.txt").read_bytes()
    (corpus.texts / "d0000.txt").write_bytes(b"")
    (corpus.texts / "d0001.txt").unlink()
    assert len(ingest(corpus).set_aside) == 2
    again = ingest(corpus)
    assert [one.document for one in again.set_aside] == ["d0000", "d0001"]
    assert again.measured == 1
    (corpus.texts / "d0001.txt").write_bytes(text)
    assert [one.document for one in ingest(corpus).set_aside] == ["d0000"]


def test_rows_are_kept_while_a_shard_is_measured(make_corpus, monkeypatch):
    corpus = make_corpus(9)
    monkeypatch.setattr(shard, "KEEP_SECONDS", 0.0)
    real = pages.measure_bytes

    def dying(document, content, name=""):
        if document.id == "d0005":
            raise KeyboardInterrupt
        return real(document, content, name)

    monkeypatch.setattr(pages, "measure_bytes", dying)
    with pytest.raises(KeyboardInterrupt):
        ingest(corpus)
    assert not (corpus.folder / "tables").exists()
    monkeypatch.setattr(pages, "measure_bytes", real)
    assert ingest(corpus).measured == 4
    assert read_tables("mine") == afresh(corpus)


def test_seconds_stand_in_the_journal_and_in_no_table(make_corpus):
    corpus = make_corpus(2)
    ingest(corpus)
    store = Store(corpus.folder / ".ingest")
    (lines,) = filter(None, map(store.read_lines, store.list_shards()))
    assert all(line.seconds >= 0 and line.page and line.row and line.code for line in lines)
    assert not any(b"seconds" in content for content in read_tables("mine").values())


@pytest.fixture
def large(monkeypatch):
    """Let a corpus of more than six documents be a large one, measured in this process."""
    monkeypatch.setattr(work, "_is_light", lambda tasks: True)
    here = work.work_here
    monkeypatch.setattr(corpora, "work_apart", lambda tasks, way, tick: here(tasks, tick))
    for module in (plan, work, corpora):
        monkeypatch.setattr(module, "SMALL", 6)
    monkeypatch.setattr(tables, "ALL_PAIRS", 6)
    monkeypatch.setattr(plan, "FEWEST", 3)
    monkeypatch.setattr(plan, "MOST", 5)
    monkeypatch.setattr(plan, "ONE_IN", 3)


def test_a_large_corpus_is_written_in_parts_and_read_the_same(make_corpus, large):
    corpus = make_corpus(20)
    made = ingest(corpus)
    folder = paths.tables_dir("mine")
    assert not list(folder.glob("*.csv")) and len(list((folder / "terms").iterdir())) >= 4
    parts = {name: made.tables[name] for name in tables.ALL_TABLES}
    assert {name: len(frame) for name, frame in parts.items()} == made.counts
    described = json.loads((corpus.folder / "datapackage.json").read_text(encoding="utf-8"))
    assert len(described["resources"][4]["path"]) == len(list((folder / "terms").iterdir()))
    ingest(corpus, as_parquet=False)
    assert {file.suffix for file in folder.iterdir()} == {".csv"}
    for name, frame in parts.items():
        assert frame.equals(corpus.table(name)), name


def test_some_rows_and_columns_of_parts_are_read(make_corpus, large):
    corpus = make_corpus(20)
    ingest(corpus)
    folder = paths.tables_dir("mine")
    asked = {"columns": ["document", "value"], "filters": [("unit", "==", "公里")]}
    some = tables.read_rows(folder, "observations", **asked)
    whole = corpus.table("observations")
    wanted = whole[whole["unit"] == "公里"][["document", "value"]].reset_index(drop=True)
    assert len(some) == 20 and some.equals(wanted)
    ingest(corpus, as_parquet=False)
    assert tables.read_rows(folder, "observations", **asked).equals(wanted)
    with pytest.raises(ValueError, match="no column 'size'"):
        tables.read_rows(folder, "observations", columns=["size"])


def test_the_parts_of_a_corpus_that_grew_are_those_of_one_measured_afresh(make_corpus, large):
    ingest(make_corpus(17))
    corpus = make_corpus(20)
    assert ingest(corpus).measured == 3
    assert read_tables("mine") == afresh(corpus)


def test_two_processes_write_the_same_bytes_as_one(make_corpus):
    corpus = make_corpus(14)
    ingest(corpus, way=Way(jobs=1))
    one = read_tables("mine")
    assert len(list((corpus.folder / ".ingest" / "shards").iterdir())) > 2
    assert afresh(corpus, way=Way(jobs=2)) == one


def test_a_part_that_is_missing_is_told(make_corpus, large):
    corpus = make_corpus(20)
    ingest(corpus)
    next(iter(sorted((paths.tables_dir("mine") / "terms").iterdir()))).unlink()
    with pytest.raises(ValueError, match=r"lacks a part.*dz ingest"):
        corpus.table("terms")
    ingest(corpus)
    assert len(corpus.table("terms"))


def test_runs_of_a_large_corpus_lead_to_the_report_before(make_corpus, large):
    corpus = make_corpus(20)
    own = "全县干部要把群众的每一件急难愁盼小事都当作大事来办好"
    documents = []
    for number, document in enumerate(corpus.documents):
        text = f"{document.region}{2010 + number // 8}年政府工作报告\n{own}。\n"
        (corpus.texts / document.file).write_text(text, encoding="utf-8")
        year = 2010 + number // 8
        given = {"region": document.region, "genre": "work_report"}
        documents.append(
            document.__class__(document.id, document.file, **given, period=f"{year}-01/{year}-12")
        )
    write_manifest(documents, corpus.folder / "documents.csv")
    ingest(load_corpus("mine"))
    runs = corpus.table("runs")
    assert set(zip(runs["document"], runs["source"], strict=True)) == {
        (f"d{number:04}", f"d{number - 8:04}") for number in range(8, 20)
    }
