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
