"""The word lists' reader, and rules that hold for every list."""

import csv

import pytest

from dz_analysis import lexicon, paths

LISTS = sorted(paths.LEXICON.glob("*.csv"))


def test_an_unknown_list_names_the_nearest():
    near = lexicon.lexicon_names()[0]
    with pytest.raises(FileNotFoundError, match=f"Did you mean '{near}'"):
        lexicon.load_lexicon(near + "x")


def test_a_row_that_does_not_fit_is_refused_with_its_line(tmp_path):
    (tmp_path / "units.csv").write_text("unit,example\n亩,10亩,more\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"line 2: found 3 cells, expected 2"):
        lexicon.read_list(tmp_path / "units.csv")


def test_rows_can_not_be_changed_by_a_reader():
    row = lexicon.load_lexicon(LISTS[0].stem)[0]
    with pytest.raises(TypeError):
        row["x"] = "y"


@pytest.mark.parametrize("file", LISTS, ids=lambda f: f.name)
def test_a_list_is_clean(file):
    raw = file.read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf"), "no byte order mark"
    assert b"\r" not in raw, "Unix line ends"
    rows = list(csv.reader(raw.decode("utf-8").splitlines()))
    assert all(cell == cell.strip() for row in rows for cell in row), "no stray blanks"
    assert len(set(map(tuple, rows))) == len(rows), "no row twice"


def test_an_unknown_role_names_the_nearest():
    with pytest.raises(KeyError, match="Did you mean 'drop_start'"):
        lexicon.words("name_words", "drop_starts")


def test_a_word_that_stands_twice_in_a_role_is_refused_with_its_line(tmp_path):
    (tmp_path / "cues.csv").write_text("word,role\n亩,unit\n亩,unit\n", encoding="utf-8")
    with pytest.raises(
        ValueError, match=r"cues.csv line 3: '亩' stands in role 'unit' since line 2"
    ):
        lexicon.read_list(tmp_path / "cues.csv")


def test_rows_that_are_not_sorted_are_refused_with_their_line(tmp_path):
    (tmp_path / "cues.csv").write_text("word,role\n元,unit\n亩,unit\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"cues.csv line 3: 'unit 亩' must stand before 'unit 元'"):
        lexicon.read_list(tmp_path / "cues.csv")


@pytest.mark.parametrize("name", ["name_words", "measure_words", "units", "regions"])
def test_a_word_is_located_by_its_line(name):
    lines = (paths.LEXICON / f"{name}.csv").read_text(encoding="utf-8").split("\n")
    rows = lexicon.load_lexicon(name)
    for at in (0, len(rows) // 2, len(rows) - 1):
        word, role = next(iter(rows[at].values())), rows[at].get("role", "")
        file, line = lexicon.locate(name, role, word).split(":")
        assert file == f"{name}.csv"
        assert lines[int(line) - 1].startswith(word)


def test_a_lookup_is_traced_only_while_it_is_asked_for():
    words = lexicon.words("name_words", "drop_start")
    with lexicon.trace() as uses:
        words.at_start("全区税收"), words.at_end("全区税收")
        assert "全市" in words
    words.at_start("全县税收")
    assert uses == {("name_words", "drop_start", "全区"), ("name_words", "drop_start", "全市")}
