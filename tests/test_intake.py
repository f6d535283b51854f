"""Pages as people name them: folders in folders, patterns, archives, names in Chinese."""

import zipfile

import pytest

from dz_analysis import intake
from dz_analysis.corpus import create_corpus
from dz_analysis.intake import take_in
from dz_analysis.reading.bounds import Bound

TEXT = "青禾县2021年经济简况\n全县税收8亿元。\n"


def write(file, text=TEXT):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def names(*files):
    with take_in(files) as taken:
        return [page.name for page in taken.pages]


def test_folders_in_folders_are_taken_and_names_that_clash_tell_their_folder(tmp_path):
    write(tmp_path / "青禾" / "2021" / "报告.txt")
    write(tmp_path / "青禾" / "2022" / "报告.txt", TEXT * 2)
    write(tmp_path / "南溪.html")
    write(tmp_path / ".git" / "page.txt")
    write(tmp_path / "Thumbs.db")
    assert names(tmp_path) == ["南溪.html", "青禾-2021-报告.txt", "青禾-2022-报告.txt"]


def test_what_a_browser_saves_beside_a_page_is_left_out_and_told(tmp_path):
    write(tmp_path / "报告.html")
    write(tmp_path / "报告_files" / "style.css")
    write(tmp_path / "其他_files" / "a.txt")
    with take_in([tmp_path]) as taken:
        assert [page.name for page in taken.pages] == ["a.txt", "报告.html"]
        assert taken.left == (f"{tmp_path / '报告_files'}: what a browser saved beside 报告",)


def test_a_pattern_is_expanded_where_no_shell_did(tmp_path):
    for name in ("a.html", "b.html", "c.txt", "deep/d.html"):
        write(tmp_path / name)
    assert names(tmp_path / "*.html") == ["a.html", "b.html"]
    assert names(tmp_path / "**" / "*.html") == ["a.html", "b.html", "d.html"]
    write(tmp_path / "[1].txt")
    assert names(tmp_path / "[1].txt") == ["[1].txt"], "a name that only looks a pattern"
    with pytest.raises(FileNotFoundError, match=r"No page matches .*\*\.pdf"):
        names(tmp_path / "*.pdf")


def test_several_forms_of_one_page_are_told(tmp_path):
    for name in ("报告.html", "报告.txt", "其他.txt"):
        write(tmp_path / name)
    with take_in([tmp_path]) as taken:
        assert taken.twins == (("报告.html", "报告.txt"),)


def pack(file, entries, charset=""):
    """Write an archive; with a charset its names are in that, without a word of it."""
    coded = charset or "utf-8"
    kept = {f"{at}".rjust(len(name.encode(coded)), "-"): name for at, name in enumerate(entries)}
    with zipfile.ZipFile(file, "w") as archive:
        for plain, name in kept.items():
            archive.writestr(plain if charset else name, entries[name])
    content = file.read_bytes()
    for plain, name in kept.items() if charset else ():
        content = content.replace(plain.encode(), name.encode(charset))
    file.write_bytes(content)
    return file


@pytest.mark.parametrize("charset", ["", "utf-8", "gb18030"])
def test_an_archive_is_taken_with_its_names(tmp_path, home, charset):
    entries = {"资料/青禾县.txt": TEXT, "../逃.txt": TEXT * 2, "__MACOSX/._青禾县.txt": "x"}
    file = pack(tmp_path / "pages.zip", entries, charset)
    corpus = create_corpus("mine", [file])
    assert sorted(document.file for document in corpus.documents) == ["逃.txt", "青禾县.txt"]
    assert not list(tmp_path.glob("*.txt")) and not list((home / "data").glob("*.txt"))


def test_what_is_no_page_is_left_out_of_archives_too_and_a_manifest_told(tmp_path):
    entries = (
        "县/报告.html",
        "县/报告_files/deep/a.txt",
        "县/报告_files/b.txt",
        "其他_files/c.txt",
    )
    hidden = ("documents.csv", ".hidden.txt", ".git/d.txt")
    file = pack(tmp_path / "pages.zip", dict.fromkeys((*entries, *hidden), TEXT))
    with take_in([file]) as taken:
        assert [page.name for page in taken.pages] == ["c.txt", "报告.html"]
        manifest, beside = taken.left
    assert manifest.startswith(f"{file}: documents.csv is a manifest in it; unpack it")
    assert beside == f"{file}: 县/报告_files: what a browser saved beside 报告"


def test_what_is_no_page_is_left_out_where_a_shell_named_all(tmp_path):
    for name in ("报告.html", "报告_files/a.txt", "其他_files/b.txt", ".c.txt", "documents.csv"):
        write(tmp_path / name)
    (tmp_path / "Thumbs.db").write_bytes(b"x")
    with take_in(sorted(tmp_path.iterdir())) as taken:
        assert [page.name for page in taken.pages] == ["b.txt", "报告.html"]
        assert len(taken.left) == 4 and "a manifest; name its folder" in " ".join(taken.left)
    assert names(tmp_path / "报告_files") == ["a.txt"], "a folder named alone is meant"


def test_an_archive_that_is_too_much_or_broken_is_told_and_the_rest_taken(tmp_path, monkeypatch):
    write(tmp_path / "a.txt")
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04nothing")
    pack(tmp_path / "inside.zip", {"b.txt": TEXT, "more.zip": "PK"})
    pack(tmp_path / "many.zip", {f"{n}.txt": TEXT for n in range(4)})
    monkeypatch.setattr(intake, "ARCHIVE_FILES", Bound(3, "files in an archive", "unpack it"))
    with take_in([tmp_path]) as taken:
        assert [page.name for page in taken.pages] == ["a.txt", "b.txt"]
        told = " ".join(taken.left)
    assert "broken.zip: a broken or locked archive" in told
    assert "more.zip is an archive in it" in told
    assert "many.zip: Found more than 3 files in an archive, expected no more; unpack it." in told


def test_a_corpus_s_own_pages_are_not_taken_into_another(home):
    write(home / "page.txt")
    create_corpus("one", [home / "page.txt"])
    assert names(home) == ["page.txt"]
    assert names(home / "data" / "one") == ["page.txt"], "of a corpus its folder of texts"


def test_a_copy_that_fails_leaves_nothing(home, monkeypatch):
    file = write(home / "page.txt")

    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr("dz_analysis.corpus.shutil.copyfile", fail)
    with pytest.raises(OSError, match="disk full"):
        create_corpus("mine", [file])
    assert list((home / "data").iterdir()) == []
