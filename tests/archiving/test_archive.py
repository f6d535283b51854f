"""An archive: proved elsewhere, the same bytes, and every way in which one can be broken named."""

import hashlib
import io
import json
import os
import shutil
import zipfile
from pathlib import Path

import pytest
from rocrate.rocrate import ROCrate
from typer.testing import CliRunner

import dz_analysis
from dz_analysis import cli, paths
from dz_analysis.archiving import ArchiveError, make_archive, verify_archive
from dz_analysis.archiving.crate import CRATE, LAYOUT_ID, METADATA, PROFILE, SUITE, SUMS
from dz_analysis.corpus import create_corpus, load_corpus
from dz_analysis.ingest import ingest
from dz_analysis.publishing.zipped import write_zip
from dz_analysis.showing import save_table

PAGE = "临溪县2019年统计公报\n2019年，全县生产总值80亿元，增长6%。新建公路12公里。\n"
RUN = {"corpus": "mine", "notebook": "01_mine", "parameters": {"regions": []}}
NOTEBOOK = {
    "cells": [
        {
            "cell_type": "code",
            "source": ["1"],
            "outputs": [{"output_type": "stream", "name": "stdout", "text": ["1"]}],
        }
    ],
    "metadata": {},
    "nbformat": 4,
    "nbformat_minor": 5,
}


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """Make and archive a project: a corpus of one page, an executed notebook, a table."""
    home = tmp_path_factory.mktemp("project")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DZ_HOME", str(home))
        for name in ("DZ_TEXTS", "DZ_FIGURES"):
            patch.delenv(name, raising=False)
        for name in ("data", "notebooks"):
            (home / name).mkdir()
        page = home / "page.txt"
        page.write_text(PAGE, encoding="utf-8")
        corpus = create_corpus("mine", [page])
        ingest(corpus)
        build = home / "build" / "mine"
        build.mkdir(parents=True)
        (build / "01_mine.ipynb").write_text(json.dumps(NOTEBOOK), encoding="utf-8")
        numbers = corpus.table("observations")[["quote", "value"]]
        save_table(numbers, "01_numbers", paper=True, **RUN)
        make_archive(load_corpus("mine"), home / "mine.zip")
        make_archive(load_corpus("mine"), home / "again.zip")
        make_archive(load_corpus("mine"), home / "whole.zip", with_texts=True)
    return home


@pytest.fixture
def elsewhere(project, tmp_path, monkeypatch):
    """Be on another machine: no project, no pages, nothing but the archive."""
    for name in ("DZ_HOME", "DZ_TEXTS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    shutil.copyfile(project / "mine.zip", tmp_path / "mine.zip")
    return tmp_path


def read(file):
    with zipfile.ZipFile(file) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def sum_up(held):
    lines = [
        f"{hashlib.sha256(content).hexdigest()}  {name}\n"
        for name, content in sorted(held.items())
        if name != SUMS
    ]
    return "".join(lines).encode()


def pack(file, held, *, sums=True):
    """Pack files anew, with the checksums that they have now."""
    file.write_bytes(write_zip({**held, **({SUMS: sum_up(held)} if sums else {})}.items()))
    return file


def verify(*words):
    return CliRunner().invoke(cli.app, ["verify", *map(str, words)])


def states(checks):
    return {check.what: check.is_well for check in checks}


def test_an_archive_proves_itself_elsewhere(elsewhere):
    checks = verify_archive(elsewhere / "mine.zip")
    assert all(check.is_well for check in checks), checks
    assert [check.what for check in checks] == [
        *("files", "description", "tables of mine", "figures", "notebooks", "mine measured anew")
    ]
    assert checks[-1].found.startswith("not done: its pages are not at hand")
    assert [file.name for file in elsewhere.iterdir()] == ["mine.zip"]


def test_who_has_the_pages_measures_them_anew(elsewhere, project, monkeypatch):
    texts = project / "data" / "mine" / "texts"
    checks = verify_archive(elsewhere / "mine.zip", texts=texts)
    assert checks[-1].found == "7 tables are the same, row by row"
    monkeypatch.setenv("DZ_TEXTS", str(texts))
    assert verify_archive(elsewhere / "mine.zip")[-1].found.startswith("7 tables")
    held = read(elsewhere / "mine.zip")
    name = "data/mine/tables/observations.csv"
    held[name] = held[name].replace(b"12\xe5\x85\xac\xe9\x87\x8c", b"13\xe5\x85\xac\xe9\x87\x8c")
    package = json.loads(held["data/mine/datapackage.json"])
    for resource in package["resources"]:
        if resource["path"] == "tables/observations.csv":
            resource["hash"] = f"sha256:{hashlib.sha256(held[name]).hexdigest()}"
    held["data/mine/datapackage.json"] = json.dumps(package).encode()
    sidecar = json.loads(held["figures/mine/01_numbers.json"])
    sidecar["inputs"]["mine/tables/observations.csv"] = hashlib.sha256(held[name]).hexdigest()
    held["figures/mine/01_numbers.json"] = json.dumps(sidecar).encode()
    describe_anew(held)
    changed = pack(elsewhere / "changed.zip", held)
    last = verify_archive(changed)[-1]
    assert not last.is_well and "rows that differ: observations 1" in last.found and last.cure


def unpack(held, folder):
    for name, content in held.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def describe_anew(held):
    """Let the description say the hashes that files have now, as a forger would."""
    told = json.loads(held[METADATA])
    for node in told["@graph"]:
        if node["@id"] in held and "sha256" in node:
            node["sha256"] = hashlib.sha256(held[node["@id"]]).hexdigest()
    held[METADATA] = json.dumps(told).encode()


def test_the_folder_of_an_archive_is_one_too(elsewhere):
    folder = unpack(read(elsewhere / "mine.zip"), elsewhere / "mine")
    before = sorted(str(file) for file in folder.rglob("*"))
    assert all(states(verify_archive(folder)).values())
    assert sorted(str(file) for file in folder.rglob("*")) == before
    assert paths.is_project(folder)


def test_the_same_content_gives_the_same_bytes_and_no_day_or_machine(project):
    content = (project / "mine.zip").read_bytes()
    assert content == (project / "again.zip").read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert {one.date_time for one in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert packed.namelist()[-1] == SUMS
    for name, told in read(project / "mine.zip").items():
        assert str(project).encode() not in told, name


def test_no_text_of_a_page_is_in_it_unless_asked_for(project):
    sentence = "新建公路".encode()
    held = read(project / "mine.zip")
    assert not [name for name in held if "/texts/" in name]
    assert not [name for name in held if PAGE.encode()[:30] in held[name]]
    whole = read(project / "whole.zip")
    assert sentence in whole["data/mine/texts/page.txt"]
    assert "belongs to those who wrote it" in whole["README.md"].decode()


def test_it_holds_what_a_stranger_needs(project):
    held = read(project / "mine.zip")
    needed = {"README.md", "README.zh.md", "requirements.lock", "CITATION.cff", METADATA, SUMS}
    assert needed <= set(held)
    assert {"data/mine/datapackage.json", "data/mine/documents.csv"} <= set(held)
    assert "notebooks/01_mine.ipynb" in held and "figures/mine/01_numbers.docx" in held
    assert held[SUMS] == sum_up(held)
    assert "dz verify" in held["README.md"].decode()
    chinese = held["README.zh.md"].decode()
    assert "核验" in chinese and "Prove" not in chinese


def test_the_description_keeps_the_profile(project, tmp_path):
    """The must-have terms of RO-Crate 1.1 and of Process Run Crate 0.5."""
    held = read(project / "mine.zip")
    crate = ROCrate(unpack(held, tmp_path / "crate"))
    assert crate.version == CRATE
    root = crate.root_dataset
    for term in ("name", "description", "datePublished", "license", "hasPart", "mentions"):
        assert root[term], term
    assert [one.id for one in root["conformsTo"]] == [PROFILE]
    profile = crate.get(PROFILE)
    assert profile.type == "CreativeWork" and profile["version"] == "0.5" and profile["name"]
    application = crate.get(SUITE)
    assert application.type == "SoftwareApplication" and application["url"]
    assert application["softwareVersion"] == dz_analysis.__version__
    actions = [one for one in crate.get_entities() if one.type == "CreateAction"]
    assert {one.id for one in root["mentions"]} == {one.id for one in actions}
    for action in actions:
        assert action["instrument"].type in ("SoftwareApplication", ["File", "SoftwareSourceCode"])
        assert action["name"] and action["object"] and action["result"]
        parts = [*action["object"], *action["result"]]
        assert all(one.id in held for one in parts)
    drawn = crate.get("#run-01_mine")
    assert {"figures/mine/01_numbers.csv", "figures/mine/01_numbers.docx"} <= {
        one.id for one in drawn["result"]
    }
    assert {one.id for one in root["hasPart"]} == set(held) - {METADATA}


BROKEN = {
    "a changed byte": (
        lambda held: held.update({"figures/mine/01_numbers.csv": b"quote,value\n"}),
        False,
        "files",
        "changed since it was archived: figures/mine/01_numbers.csv",
    ),
    "a missing file": (
        lambda held: held.pop("data/mine/tables/terms.csv"),
        False,
        "files",
        "missing: data/mine/tables/terms.csv",
    ),
    "a file more": (
        lambda held: held.update({"notebooks/99_more.ipynb": b"{}"}),
        False,
        "files",
        "not listed in SHA256SUMS: notebooks/99_more.ipynb",
    ),
    "a description of old": (
        lambda held: held.update({"LICENSE.txt": b"", "README.md": b"other"}),
        True,
        "description",
        "described otherwise: README.md",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_does_not_hold_is_named_with_a_cure(elsewhere, case):
    change, sums, what, told = BROKEN[case]
    held = read(elsewhere / "mine.zip")
    change(held)
    file = pack(elsewhere / "broken.zip", held, sums=sums)
    (check,) = [one for one in verify_archive(file) if not one.is_well]
    assert check.what == what and told in check.found and check.cure
    done = verify(file)
    assert done.exit_code == 2 and told in done.stdout.replace("\n", "")


FORGED = {
    "tables that break the contract": (
        "data/mine/tables/terms.csv",
        lambda old: b"term\n",
        "tables of mine",
    ),
    "a figure of other tables": (
        "figures/mine/01_numbers.json",
        lambda old: old.replace(b'terms.csv": "', b'terms.csv": "0'),
        "figures",
    ),
    "a notebook that stopped": (
        "notebooks/01_mine.ipynb",
        lambda old: old.replace(b'"stream"', b'"error"'),
        "notebooks",
    ),
    "a notebook that never ran": (
        "notebooks/01_mine.ipynb",
        lambda old: b'{"cells": []}',
        "notebooks",
    ),
}


@pytest.mark.parametrize("case", FORGED)
def test_what_was_wrong_before_it_was_packed_is_found_too(elsewhere, case):
    name, change, what = FORGED[case]
    held = read(elsewhere / "mine.zip")
    held[name] = change(held[name])
    describe_anew(held)
    checks = verify_archive(pack(elsewhere / "forged.zip", held))
    assert next(check.what for check in checks if not check.is_well) == what


def cut(content):
    return content[: len(content) * 2 // 3]


def flip(content):
    at = content.index(b"PK\x03\x04", 400) + 60
    return content[:at] + bytes([content[at] ^ 255]) + content[at + 1 :]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (cut, "is cut, damaged or no ZIP"),
        (flip, "damaged"),
        (lambda content: b"", "(0 bytes) is cut"),
    ],
)
def test_a_zip_that_is_cut_or_damaged_says_so(elsewhere, change, told):
    file = elsewhere / "broken.zip"
    file.write_bytes(change((elsewhere / "mine.zip").read_bytes()))
    with pytest.raises(ArchiveError) as error:
        verify_archive(file)
    assert told in str(error.value) and "copy it again" in str(error.value)


@pytest.mark.parametrize(
    "name", ["../evil.txt", "/tmp/evil.txt", "a/../../evil.txt", "C:evil.txt", "a\\..\\evil", "nul"]
)
def test_a_way_out_of_the_archive_is_refused_before_anything_is_unpacked(elsewhere, name):
    held = {**read(elsewhere / "mine.zip"), name: b"evil"}
    file = pack(elsewhere / "evil.zip", held)
    with pytest.raises(ArchiveError, match="leads out of the archive"):
        verify_archive(file)
    assert not (elsewhere.parent / "evil.txt").exists()
    sums = unpack(read(elsewhere / "mine.zip"), elsewhere / "folder") / SUMS
    sums.write_text(f"{'0' * 64}  {name}\n", encoding="utf-8")
    with pytest.raises(ArchiveError, match="leads out of the archive"):
        verify_archive(elsewhere / "folder")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("ro/crate/1.1", "ro/crate/9.9", "RO-Crate '9.9' is not known here, expected '1.1'"),
        ('"value": "1"', '"value": "7"', "archive layout '7' is not known"),
        ('"@graph"', '"@grape"', "is damaged, or another program's"),
        (LAYOUT_ID, "#other", "is damaged, or another program's"),
    ],
)
def test_an_unknown_version_is_named(elsewhere, old, new, told):
    held = read(elsewhere / "mine.zip")
    held[METADATA] = held[METADATA].replace(old.encode(), new.encode())
    with pytest.raises(ArchiveError) as error:
        verify_archive(pack(elsewhere / "other.zip", held))
    assert told in str(error.value)


def test_what_is_no_archive_says_so(elsewhere):
    with pytest.raises(FileNotFoundError, match=r"No archive .*none.zip"):
        verify_archive(elsewhere / "none.zip")
    empty = pack(elsewhere / "empty.zip", {"a.txt": b"a"})
    with pytest.raises(ArchiveError, match=r"holds no ro-crate-metadata\.json"):
        verify_archive(empty)


def test_a_file_that_stands_twice_is_refused(elsewhere):
    held = list(read(elsewhere / "mine.zip").items())
    with pytest.warns(UserWarning, match="Duplicate name"):
        (elsewhere / "twice.zip").write_bytes(write_zip([*held, held[0]]))
    with pytest.raises(ArchiveError, match="stands in it twice"):
        verify_archive(elsewhere / "twice.zip")


def test_the_commands_make_and_prove_one(project, elsewhere):
    done = CliRunner(env={"DZ_HOME": str(project)}).invoke(
        cli.app, ["archive", "mine", "--output", str(elsewhere / "made.zip")]
    )
    assert done.exit_code == 0, done.output
    assert Path("made.zip").read_bytes() == (project / "mine.zip").read_bytes()
    assert os.environ.get("DZ_HOME") is None
    done = verify("made.zip")
    assert done.exit_code == 0 and "files are those of SHA256SUMS" in done.stdout


def test_what_is_missing_is_said_with_the_command_that_makes_it(project, monkeypatch, tmp_path):
    home = tmp_path / "home"
    shutil.copytree(project, home, ignore=shutil.ignore_patterns("*.zip"))
    monkeypatch.setenv("DZ_HOME", str(home))
    monkeypatch.delenv("DZ_TEXTS", raising=False)
    for folder, told in (
        ("figures", "dz run mine"),
        ("build", "dz run mine"),
        ("data/mine/tables", "dz ingest mine"),
    ):
        shutil.rmtree(home / folder)
        with pytest.raises(FileNotFoundError, match=told):
            make_archive(load_corpus("mine"), tmp_path / "mine.zip")
    assert not (tmp_path / "mine.zip").exists()
