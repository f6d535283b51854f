"""The tool that fits confidences: a refit gives what is shipped, and what is shipped holds.

Every figure is cross-validated by source: a row is weighed by what was learned without it.
"""

import importlib.util
import json
import os
import sys
from pathlib import Path

import numpy as np
import pytest

from dz_analysis.finding.confidence.weigh import load_marks
from dz_analysis.lexicon import load_settings

TOOL = Path(__file__).parents[1] / "tools" / "fit_confidence.py"
spec = importlib.util.spec_from_file_location("fit_confidence", TOOL)
tool = importlib.util.module_from_spec(spec)
sys.modules["fit_confidence"] = tool
spec.loader.exec_module(tool)

LEAST = load_settings("grades")["grades"]["A"]
# What is asked for is an error of .03 at most, 97 % of grade A right, 55 % of the rows in it, and
# 60 % of the wrong rows in the least sure fifth. The base that is shipped is that of the latest
# first runs, so that is where the error is held; lists that rules were written from are read
# better than their confidences say, and must be right in grade A all the more.
# Group -> as shipped; error at most; share of grade A, right in it, the fifth, at least.
FLOORS = {
    "latest runs": (True, 0.030, 0.55, 0.97, 0.60),
    "now": (True, 0.035, 0.55, 0.980, 0.60),
    "new": (False, 0.030, 0.33, 0.966, 0.56),  # since two harder batches were added
    "b5": (True, 0.080, 0.55, 0.97, 0.75),
}


@pytest.fixture(scope="module")
def facts():
    return tool.load_facts(tool.FACTS)


@pytest.fixture(scope="module")
def likely(facts):
    return {shipped: tool.cross_validate(facts, as_shipped=shipped) for shipped in (False, True)}


def test_a_refit_gives_the_weights_that_are_shipped(facts):
    assert tool.fit_shipped(facts) == {name: mark.weight for name, mark in load_marks().items()}


@pytest.mark.parametrize("group", ["now", "new"])
def test_with_the_base_of_its_kind_a_list_is_calibrated(facts, likely, group):
    held = tool.groups_of(facts)[group]
    is_right = np.array([fact.is_right for fact in facts], dtype=float)[held]
    assert tool.judge_calibration(likely[False][held], is_right, LEAST)["ece"] <= 0.03


@pytest.mark.parametrize("group", FLOORS)
def test_confidences_hold_on_documents_left_out(facts, likely, group):
    shipped, error, share, right, fifth = FLOORS[group]
    held = tool.groups_of(facts)[group]
    is_right = np.array([fact.is_right for fact in facts], dtype=float)[held]
    judged = tool.judge_calibration(likely[shipped][held], is_right, LEAST)
    assert judged["ece"] <= error
    assert judged["grade_a"] >= share
    assert judged["grade_a_right"] >= right
    assert judged["least_fifth"] >= fifth


def test_no_source_is_both_fitted_and_weighed(facts):
    folds = tool.folds_of(facts)
    sources = {}
    for fact, fold in zip(facts, folds.tolist(), strict=True):
        assert sources.setdefault(fact.source, fold) == fold


def test_what_only_measures_is_in_no_fit(facts):
    kept = [fact for fact in facts if fact.list not in tool.MEASURED]
    assert len(kept) < len(facts)
    assert tool.fit_shipped(kept) == tool.fit_shipped(facts)


def test_facts_hold_no_text():
    head, *rows = tool.read_lines(tool.FACTS)
    assert set(head) == {"marks"}
    for row in rows:
        assert all(isinstance(cell, int) or str(cell).isascii() for cell in row[:-1])
        assert all(isinstance(number, int) for number in row[-1])


def test_facts_of_other_marks_are_refused(tmp_path):
    file = tmp_path / "facts.jsonl"
    file.write_text(json.dumps({"marks": ["old"]}) + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match="collect the facts anew"):
        tool.load_facts(file)


def test_a_kept_passage_is_read_as_it_was_found(tmp_path):
    texts, gold = tmp_path / "t_texts.jsonl", tmp_path / "t.jsonl"
    raw = "清源县2019年工作总结\n2019年，全县税收8亿元，增长5%。"
    told = {"id": "t1", "raw": raw, "title": "", "region": "清源县", "period": "2019-01/2019-12"}
    marked = {
        "doc": "t1",
        "start": raw.index("8亿元") - raw.index("2019年，"),
        "quote": "8亿元",
        "indicator": "税收",
        "measure": "level",
        "value": 8e8,
        "value_high": None,
        "unit": "元",
        "bound": "",
        "period": "2019-01/2019-12",
        "region": "清源县",
        "status": "actual",
        "of": "",
    }
    texts.write_text(json.dumps(told, ensure_ascii=False) + "\n", encoding="utf-8")
    gold.write_text(json.dumps(marked, ensure_ascii=False) + "\n", encoding="utf-8")
    passages = list(tool.load_marked(texts, gold, tool.FIRST, "t"))
    tool.keep_passages(tmp_path / "kept.jsonl", passages)
    kept = list(tool.load_kept(tmp_path / "kept.jsonl"))
    assert [tuple(one.rows) for one in kept] == [one.rows for one in passages]
    assert [tool.judge(one) for one in kept] == [tool.judge(one) for one in passages]
    assert [fact.kind for one in kept for fact in tool.judge(one)] == [tool.FIRST] * 2


def test_a_passage_set_apart_is_never_read(tmp_path):
    texts, gold = tmp_path / "t_texts.jsonl", tmp_path / "t.jsonl"
    texts.write_text(json.dumps({"id": "t1"}) + "\n", encoding="utf-8")
    gold.write_text("", encoding="utf-8")
    assert list(tool.load_marked(texts, gold, tool.FIRST, "t", apart={"t1"})) == []


def test_grade_a_and_the_least_sure_fifth_are_counted():
    likely = np.array([0.99, 0.98, 0.97, 0.5, 0.1])
    judged = tool.judge_calibration(likely, np.array([1.0, 1.0, 0.0, 1.0, 0.0]), 0.97)
    assert judged["grade_a"] == 0.6
    assert judged["grade_a_right"] == pytest.approx(2 / 3)
    assert judged["least_fifth"] == 0.5
    assert judged["ece"] == pytest.approx((abs(2.94 - 2) + 0.5 + 0.1) / 5)


@pytest.mark.slow
@pytest.mark.skipif(
    not (os.environ.get("DZ_GOLD") and os.environ.get("DZ_BLIND")), reason="needs marked texts"
)
def test_the_facts_are_those_of_the_texts(tmp_path, monkeypatch):
    file = Path(__file__).parent / "cases" / "confidence.jsonl"
    read = tmp_path / "facts.jsonl"
    read.write_bytes(file.read_bytes())
    monkeypatch.setattr(sys, "argv", ["fit_confidence.py", "--collect"])
    monkeypatch.setattr(tool, "FACTS", read)
    assert tool.main() == 0
    assert read.read_bytes() == file.read_bytes()


def test_facts_of_a_list_that_is_not_at_hand_stay():
    def fact(name, kind=tool.FIRST, wrong=""):
        return tool.Fact(name, kind, "d", "s", "", 0, wrong, (0,))

    old = [fact("a"), fact("b", wrong="name"), fact("b", kind=tool.LEARNED)]
    read = [fact("b")]
    assert tool.keep_unread(old, read) == [old[0], old[2]]
