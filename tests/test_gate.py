"""The gate's own rules: what breaks a floor, and that floors only rise."""

import importlib.util
import math
from pathlib import Path

import pytest

SPEC = importlib.util.spec_from_file_location("gate", Path(__file__).with_name("gate.py"))
gate = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(gate)


def floors(value=0.8):
    return {"a": {"gold_sha256": "1", "scores": {"row_f1": value}}}


@pytest.mark.parametrize("found", [0.8, 0.7996, 0.95])
def test_a_score_at_or_above_its_floor_holds(found):
    assert gate.compare_floors("a", {"row_f1": found}, "1", floors()) == []


@pytest.mark.parametrize("found", [{"row_f1": 0.79}, {"row_f1": math.nan}, {}])
def test_a_score_under_its_floor_or_missing_breaks_it(found):
    broken = gate.compare_floors("a", found, "1", floors())
    assert len(broken) == 1 and "its floor is 0.8" in broken[0]


def test_another_gold_list_breaks_the_floors():
    assert "gold list has changed" in gate.compare_floors("a", {"row_f1": 1.0}, "2", floors())[0]


def test_a_corpus_without_floors_is_told():
    assert gate.compare_floors("b", {"row_f1": 1.0}, "1", floors()) == [
        "b: no floors yet; set them with --update"
    ]


def test_floors_rise_and_are_cut_to_three_places():
    held = floors()
    assert gate.raise_floors("a", {"row_f1": 0.9128, "new": 0.5}, "1", held) == []
    assert held["a"]["scores"] == {"new": 0.5, "row_f1": 0.912}


def test_floors_are_not_lowered():
    held = floors()
    lowered = gate.raise_floors("a", {"row_f1": 0.7}, "1", held)
    assert "not lowered" in lowered[0] and held == floors()


def test_a_new_gold_list_begins_anew():
    held = floors()
    assert gate.raise_floors("a", {"row_f1": 0.7}, "2", held) == []
    assert held["a"] == {"gold_sha256": "2", "scores": {"row_f1": 0.7}}


def test_a_malformed_gold_line_is_refused_with_its_number(tmp_path):
    file = tmp_path / "observations.jsonl"
    file.write_text('{"doc": "a", "quote": "3家", "start": 1}\n', encoding="utf-8")
    with pytest.raises(SystemExit, match=r"line 1: .*indicator"):
        gate.read_gold(file)


def test_line_ends_do_not_change_the_hash(tmp_path):
    unix, windows = tmp_path / "a", tmp_path / "b"
    unix.write_bytes(b"1\n2\n")
    windows.write_bytes(b"1\r\n2\r\n")
    assert gate.hash_gold(unix) == gate.hash_gold(windows)


def test_floors_of_coded_facts_stand_over_what_the_issue_asks_for():
    held = gate.json.loads(gate.FLOORS.read_text(encoding="utf-8"))
    assert all(held[f"coded {name}"]["scores"]["recall targets"] >= 0.97 for name in gate.CODED)
