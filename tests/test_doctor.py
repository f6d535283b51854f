"""The doctor finds what is ill and names the cure in both languages."""

import pytest

from dz_analysis import doctor, paths


def test_a_sound_machine_is_found_well():
    ill = [finding for finding in doctor.examine() if not finding.is_well]
    assert ill == []


def test_the_checks_come_in_order():
    assert [finding.check for finding in doctor.examine()] == list(doctor.CHECKS)


def test_a_folder_of_pages_that_is_not_there_is_found(monkeypatch, tmp_path):
    monkeypatch.setenv("DZ_TEXTS", str(tmp_path / "none"))
    ill = [finding for finding in doctor.examine() if not finding.is_well]
    assert [finding.check for finding in ill] == ["DZ_TEXTS"]


@pytest.mark.parametrize("broken", ["id,file\na\n", "file\na.txt\n"])
def test_a_broken_corpus_does_not_stop_the_other_checks(home, broken):
    folder = home / "data" / "mine"
    folder.mkdir()
    (folder / "documents.csv").write_text(broken, encoding="utf-8")
    findings = {finding.check: finding for finding in doctor.examine()}
    assert not findings["corpora"].is_well
    assert findings["corpora"].cure
    assert findings["DZ_TEXTS"].is_well


def test_a_broken_word_list_is_found(monkeypatch, tmp_path):
    (tmp_path / "units.csv").write_text("unit,example\n亩\n", encoding="utf-8")
    monkeypatch.setattr(paths, "LEXICON", tmp_path)
    findings = {finding.check: finding for finding in doctor.examine()}
    assert not findings["word lists"].is_well
    assert "units.csv line 2" in findings["word lists"].found
