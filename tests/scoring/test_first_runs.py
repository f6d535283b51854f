"""What texts got that no rule had seen: the facts that are kept, and what is made from them."""

import math

import pandas as pd
import pytest

from dz_analysis import paths
from dz_analysis.scoring import (
    bin_confidence,
    judge_confidence,
    load_blind,
    score_batches,
    score_genres,
    score_grades,
)
from dz_analysis.scoring.first_runs import ALL, COLUMNS, EARLIER, FIRST_RUN, UNKNOWN


def passage(document, *, right, run=FIRST_RUN, genre="budget", batch="b1"):
    return {
        "batch": batch,
        "document": document,
        "run": run,
        "genre": genre,
        "marked": 10,
        "found": 10,
        "row": right,
    }


def judged(*confidences, source="a", wrong=""):
    return [{"source": source, "confidence": one, "wrong": wrong} for one in confidences]


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_every_table_of_facts_is_read(name):
    table = load_blind(name)
    assert list(table.columns) == list(COLUMNS[name])
    assert len(table)


def test_the_facts_of_batches_agree_with_one_another():
    batches, passages, marks = map(load_blind, ("first_runs", "passages", "marks"))
    once = passages.drop_duplicates("document")
    assert set(once["batch"]) <= set(batches["batch"])
    told = batches.set_index("batch").loc[sorted(set(once["batch"]))]
    assert once.groupby("batch").size().to_dict() == told["passages"].to_dict()
    assert once.groupby("batch")["marked"].sum().to_dict() == told["rows"].to_dict()
    assert marks.groupby("batch").size().to_dict() == told["rows"].to_dict()
    sizes = marks["document"].map(once.set_index("document")["characters"])
    assert ((marks["start"] < marks["end"]) & (marks["end"] <= sizes)).all()
    assert not marks.duplicated(["document", "start"]).any()


def test_what_was_kept_of_a_first_run_is_what_was_written_down():
    batches, passages = load_blind("first_runs"), load_blind("passages")
    kept = passages[passages["run"] == FIRST_RUN].groupby("batch")[["marked", "found", "row"]].sum()
    scores = 2 * kept["row"] / (kept["marked"] + kept["found"])
    written = batches.set_index("batch")["row_f1"].loc[scores.index]
    assert (scores - written).abs().max() < 0.005


def test_no_fact_holds_text():
    for name in COLUMNS:
        texts = load_blind(name).select_dtypes(exclude="number")
        cells = texts.drop(columns=["source", "sha256"], errors="ignore")
        assert cells.map(len).max().max() <= 50, name


def test_confidences_are_of_texts_that_no_rule_had_seen():
    rows = load_blind("confidence")
    assert set(rows["run"]) == {FIRST_RUN, EARLIER}
    assert rows["confidence"].between(0, 1).all()
    assert not rows.duplicated(["list", "run", "document", "start"]).any()


def test_an_unknown_table_and_other_columns_are_refused(tmp_path, monkeypatch):
    with pytest.raises(ValueError, match="expected one of"):
        load_blind("seconds")
    (tmp_path / "data" / "blind").mkdir(parents=True)
    monkeypatch.setenv("DZ_HOME", str(tmp_path))
    with pytest.raises(FileNotFoundError):
        load_blind("marks")
    (paths.data_dir() / "blind" / "marks.csv").write_text("batch,text\n", encoding="utf-8")
    with pytest.raises(ValueError, match="has the columns"):
        load_blind("marks")


def test_a_batch_has_an_interval_where_its_first_run_was_kept():
    batches = pd.DataFrame({"batch": ["b1", "b2"], "row_f1": [0.7, 0.8]})
    passages = [passage("x", right=4), passage("y", right=10), passage("z", right=9, run=EARLIER)]
    scored = score_batches(batches, pd.DataFrame(passages), draws=200)
    assert scored.loc[0, ["low", "high"]].tolist() == [0.4, 1.0]
    assert scored.loc[1, ["low", "high"]].isna().all()


def test_of_a_passage_that_was_read_twice_the_first_run_counts():
    passages = [
        passage("x", right=2, run=EARLIER),
        passage("x", right=8),
        passage("y", right=5, genre="", run=EARLIER),
    ]
    scored = score_genres(pd.DataFrame(passages), draws=50)
    assert scored["genre"].tolist() == ["budget", UNKNOWN, ALL]
    assert scored["row_f1"].tolist() == [0.8, 0.5, 0.65]
    assert scored["low"].isna().tolist() == [True, True, False]


def test_intervals_are_the_same_every_time():
    passages = load_blind("passages")
    pd.testing.assert_frame_equal(
        score_genres(passages, draws=50), score_genres(passages, draws=50)
    )


def test_a_true_confidence_has_no_error_and_a_boast_has_one():
    rows = judged(0.5) + judged(0.5, source="b", wrong="unit")
    measures = judge_confidence(pd.DataFrame(rows), draws=50).set_index("measure")["value"]
    assert measures["expected calibration error"] == 0
    assert measures["mean confidence"] == measures["rows right"] == 0.5
    assert math.isnan(measures["grade A, right"])
    boast = judged(0.95, 0.95) + judged(0.95, 0.95, source="b", wrong="period")
    measures = judge_confidence(pd.DataFrame(boast), draws=50).set_index("measure")["value"]
    assert measures["expected calibration error"] == 0.45
    assert measures["grade A, right"] == 0.5


def test_the_least_sure_fifth_is_asked_for_the_wrong_rows():
    rows = judged(*[0.9] * 8) + judged(0.2, 0.3, source="b", wrong="unit")
    measures = judge_confidence(pd.DataFrame(rows), draws=20).set_index("measure")["value"]
    assert measures["wrong rows among the least sure fifth"] == 1


def test_tenths_and_grades_hold_all_rows():
    rows = load_blind("confidence")
    tenths, grades = bin_confidence(rows, draws=20), score_grades(rows, draws=20)
    assert tenths["rows"].sum() == grades["rows"].sum() == len(rows)
    assert (tenths["confidence"] >= tenths["from"] - 0.005).all()
    assert grades["right"].is_monotonic_decreasing
    assert (grades["low"] <= grades["right"]).all()
