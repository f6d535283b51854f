"""Runs that are killed, disks that are full, two runs at once: the old tables whole, or the new."""

import errno
import json
import os
import resource
import shutil
import sys
from functools import partial

import pytest
from children import count_touches, hear_child, pick_moments, read_tables, run_in_child, stop_at

from dz_analysis import cli, datapackage, paths
from dz_analysis.corpus import load_corpus
from dz_analysis.ingest import ingest
from dz_analysis.sharding import BusyError, StorageError, hold, publish, recover, start_next

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a copy of this process")
SEED = 20261130


@pytest.fixture
def grown(make_corpus):
    """Return a corpus that was measured, then grew, and its tables before and after."""
    corpus = make_corpus(3, "whole")
    ingest(corpus)
    before = read_tables("whole")
    shutil.copytree(corpus.folder, paths.corpus_dir("mine"))
    ingest(make_corpus(4, "whole"))
    after = read_tables("whole")
    make_corpus(4)
    return before, after


def measure():
    ingest(load_corpus("mine"))


def check_kills(home, grown, moments):
    before, after = grown
    seen = []
    for moment in moments:
        assert stop_at(home, measure, moment) == -9
        found = read_tables("mine")
        assert found in (before, after), f"neither old nor new when killed at touch {moment}"
        seen.append(found == after)
        if found == after:
            break
    measure()
    assert read_tables("mine") == after
    corpus = load_corpus("mine")
    kept = {entry.name for entry in (corpus.folder / ".ingest").iterdir()}
    assert kept == {"lock", "review.json", "shards"}
    assert not list((corpus.folder / ".ingest" / "shards").glob(".part*"))
    described = json.loads((corpus.folder / "datapackage.json").read_text(encoding="utf-8"))
    sizes = {one["name"]: one["bytes"] for one in described["resources"]}
    assert sizes["terms"] == len(after["terms.csv"])
    return seen


def test_a_run_killed_at_any_moment_leaves_old_tables_or_new_ones(home, grown):
    touches = count_touches(home / "data" / "whole", partial(ingest, load_corpus("whole")))
    assert touches > 10
    check_kills(home / "data" / "mine", grown, pick_moments(5, touches, SEED))


@pytest.mark.long
@pytest.mark.parametrize("seed", range(10))
def test_thirty_kills(home, grown, seed):
    touches = count_touches(home / "data" / "whole", partial(ingest, load_corpus("whole")))
    check_kills(home / "data" / "mine", grown, pick_moments(30, touches, SEED + seed))


def test_a_run_killed_between_two_renames_leaves_the_old_tables(home, grown, monkeypatch):
    before, after = grown
    folder = load_corpus("mine").folder
    (folder / "tables").rename(folder / ".ingest" / "old")
    assert read_tables("mine") == before
    assert len(load_corpus("mine").table("documents")) == 3
    measure()
    assert read_tables("mine") == after


def test_where_folders_cannot_be_exchanged_the_old_ones_move_away(home, grown, monkeypatch):
    monkeypatch.setattr("dz_analysis.sharding.generation._exchange", lambda one, other: False)
    measure()
    assert read_tables("mine") == grown[1]


def test_tables_that_a_program_has_open_stay(tmp_path, monkeypatch):
    place = tmp_path / "tables"
    place.mkdir()
    (place / "terms.csv").write_text("old", encoding="utf-8")
    (start_next(tmp_path / ".ingest") / "terms.csv").write_text("new", encoding="utf-8")
    monkeypatch.setattr("dz_analysis.sharding.generation._exchange", lambda one, other: False)

    def refused(self, target):
        raise PermissionError(errno.EACCES, "Permission denied", str(self))

    monkeypatch.setattr(type(place), "rename", refused)
    with pytest.raises(StorageError, match="close the programs that have its files open"):
        publish(tmp_path / ".ingest", place)
    assert (place / "terms.csv").read_text(encoding="utf-8") == "old"


def test_leftovers_of_older_versions_never_win(make_corpus):
    corpus = make_corpus(3)
    ingest(corpus)
    fresh = read_tables("mine")
    folder = paths.tables_dir("mine")
    part = folder.with_name("tables.part")
    part.mkdir()
    (part / "terms.parquet").write_bytes(b"left")
    (folder / "terms.parquet").write_bytes(b"left")
    (folder / "notes.md").write_text("mine", encoding="utf-8")
    (folder / "documents.xlsx").write_bytes(b"by hand")
    with pytest.raises(ValueError, match=r"more than one form .*terms.parquet"):
        corpus.table("terms")
    ingest(corpus)
    assert read_tables("mine") == fresh | {"notes.md": b"mine", "documents.xlsx": b"by hand"}
    assert not part.exists()


def test_the_second_run_is_told_who_holds_the_corpus(make_corpus, capfd):
    corpus = make_corpus(2)
    ingest(corpus)
    before = read_tables("mine")
    with hold(corpus.folder / ".ingest", "mine"):
        pid = os.getpid()

        def second():
            with pytest.raises(BusyError, match=rf"process {pid} on .*, since 20\d\d-"):
                ingest(corpus)

        assert run_in_child(second) == 0
        sys.argv = ["dz", "ingest", "mine"]
        assert run_in_child(lambda: os._exit(_code_of_cli())) == 2
    assert "is being measured by process" in capfd.readouterr().err
    ingest(corpus)
    assert read_tables("mine") == before


def test_a_lock_goes_with_its_process(make_corpus):
    corpus = make_corpus(2)

    def dying():
        with hold(corpus.folder / ".ingest", "mine"):
            os.kill(os.getpid(), 9)

    assert run_in_child(dying) == -9
    assert ingest(corpus).measured == 2


def _code_of_cli() -> int:
    try:
        cli.main()
    except SystemExit as left:
        return left.code or 0
    return 0


@pytest.mark.parametrize("most", [0, 3000])
def test_a_full_disk_is_told_and_leaves_the_old_tables(home, grown, monkeypatch, most):
    monkeypatch.setattr(sys, "argv", ["dz", "ingest", "mine"])

    def bounded():
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        os._exit(_code_of_cli())

    code, told = hear_child(bounded)
    assert code == 2 and "Could not write" in told
    assert "ulimit -f" in told and "run dz ingest again" in told and "Traceback" not in told
    assert read_tables("mine") == grown[0]
    measure()
    assert read_tables("mine") == grown[1]


@pytest.mark.parametrize("call", ["open", "os.rename", "os.mkdir"])
def test_a_disk_that_fills_up_at_any_call_is_told(home, grown, monkeypatch, call):
    monkeypatch.setattr(sys, "argv", ["dz", "ingest", "mine"])
    shards = os.fspath(home / "data" / "mine" / ".ingest" / "shards")

    def refuse(event, arguments):
        is_ours = event == call and os.fspath(arguments[0]).startswith(shards)
        if is_ours and (event != "open" or "w" in str(arguments[1])):
            raise OSError(errno.ENOSPC, "No space left on device", str(arguments[0]))

    def filling():
        sys.addaudithook(refuse)
        os._exit(_code_of_cli())

    code, told = hear_child(filling)
    assert code == 2
    assert "the disk is full: free some room" in told and "Traceback" not in told
    assert read_tables("mine") == grown[0]


def test_a_description_that_can_not_be_written_is_told_beside_new_tables(make_corpus, monkeypatch):
    corpus = make_corpus(2)

    def refuse(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(datapackage, "write_datapackage", refuse)
        with pytest.raises(StorageError, match="are the new ones, but datapackage"):
            ingest(corpus)
    assert len(corpus.table("documents")) == 2
    assert ingest(corpus).measured == 0


def test_a_folder_of_tables_that_is_a_link_is_replaced(make_corpus, tmp_path):
    corpus = make_corpus(2)
    ingest(corpus)
    place, elsewhere = paths.tables_dir("mine"), tmp_path / "elsewhere"
    place.rename(elsewhere)
    place.symlink_to(elsewhere, target_is_directory=True)
    fresh = read_tables("mine")
    for _ in range(2):
        ingest(corpus)
        assert read_tables("mine") == fresh
    assert (elsewhere / "documents.csv").is_file()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_told(make_corpus):
    corpus = make_corpus(2)
    corpus.folder.chmod(0o500)
    try:
        with pytest.raises(StorageError, match=r"chmod u\+w"):
            ingest(corpus)
    finally:
        corpus.folder.chmod(0o700)


def test_a_read_only_folder_is_told(make_corpus, monkeypatch):
    corpus = make_corpus(2)

    def refused(self, *_, **__):
        raise OSError(errno.EROFS, "Read-only file system", str(self))

    monkeypatch.setattr(type(corpus.folder), "mkdir", refused)
    with pytest.raises(StorageError, match="can only be read: copy the project"):
        ingest(corpus)


@pytest.mark.parametrize("name", ["terms.csv", "documents.csv"])
def test_a_damaged_table_names_the_file_and_the_cure(make_corpus, name):
    corpus = make_corpus(3)
    ingest(corpus)
    fresh = read_tables("mine")
    file = paths.tables_dir("mine") / name
    file.write_bytes(fresh[name][: len(fresh[name]) // 2] + b'"\xff')
    with pytest.raises(ValueError, match=rf"{name} can't be used(?s:.*)dz ingest"):
        corpus.table(file.stem)
    ingest(corpus)
    assert read_tables("mine") == fresh


def test_a_damaged_parquet_table_names_the_file_and_the_cure(make_corpus):
    corpus = make_corpus(3)
    ingest(corpus, as_parquet=True)
    fresh = read_tables("mine")
    file = paths.tables_dir("mine") / "observations.parquet"
    file.write_bytes(fresh[file.name][:-30])
    with pytest.raises(ValueError, match=r"observations.parquet can't be used(?s:.*)dz ingest"):
        corpus.table("observations")
    ingest(corpus)
    assert read_tables("mine") == fresh


@pytest.mark.parametrize("kept", [0.02, 0.5, 0.99])
def test_a_cut_description_is_written_anew(make_corpus, kept):
    corpus = make_corpus(2)
    ingest(corpus, title="简况集")
    file = corpus.folder / "datapackage.json"
    whole = file.read_bytes()
    file.write_bytes(whole[: int(len(whole) * kept)])
    ingest(corpus, title="简况集" if kept < 0.1 else "")
    assert file.read_bytes() == whole


def test_recovering_where_nothing_was_left_does_nothing(tmp_path):
    recover(tmp_path / ".ingest", tmp_path / "tables")
    assert not list(tmp_path.iterdir())
