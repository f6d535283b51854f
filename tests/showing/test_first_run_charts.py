"""Charts of first runs and of confidences: titles say what the numbers say."""

import re

import pandas as pd

from dz_analysis.scoring import (
    bin_confidence,
    judge_confidence,
    load_blind,
    score_batches,
    score_genres,
)
from dz_analysis.showing.figure_spec import figure_spec
from dz_analysis.showing.first_runs import (
    ENOUGH,
    plot_calibration,
    plot_first_runs,
    plot_genres,
    say_calibration,
    say_first_runs,
    say_genres,
)

SOURCE = "an invented list"


def batch(name, score, *, texts="budgets", low=float("nan"), high=float("nan")):
    counts = {"passages": 10, "rows": 200}
    ends = {"row_f1": score, "strict_f1": score - 0.1, "low": low, "high": high}
    return {"batch": name, "texts": texts, **counts, **ends}


def genre(name, score, passages):
    return {
        "genre": name,
        "passages": passages,
        "rows": 9,
        "row_f1": score,
        "low": score - 0.1,
        "high": score + 0.1,
    }


def title_of(figure):
    return re.sub(r"(?<=[一-鿿])\n(?=[一-鿿])", "", figure.get_suptitle()).replace("\n", " ")


def test_the_learning_curve_says_its_ends_and_draws_what_is_there():
    batches = pd.DataFrame(
        [batch("b1", 0.6, low=0.4, high=0.8), batch("b2", 0.9), batch("b3", 0.7, texts="press")]
    )
    figure = plot_first_runs(batches, source=SOURCE)
    assert title_of(figure) == say_first_runs(batches)
    assert "from 60.0 % (b1, budgets) to 90.0 % (b2, budgets)" in title_of(figure)
    assert [label.get_text() for label in figure.axes[0].get_yticklabels()][2].startswith("b3")
    assert not figure.axes[0].lines, "no batch is joined with another"
    assert say_first_runs(batches.head(1)).endswith("row F1 60.0 % (b1, budgets)")
    assert title_of(plot_first_runs(batches.head(0), source=SOURCE)) == "No batch was read"


def test_a_batch_without_a_strict_score_is_drawn():
    batches = pd.DataFrame([batch("b1", 0.6), batch("b2", 0.5) | {"strict_f1": float("nan")}])
    assert figure_spec(plot_first_runs(batches, source=SOURCE))


def test_a_title_tells_only_of_genres_with_enough_passages():
    genres = pd.DataFrame(
        [
            genre("plan", 0.99, ENOUGH - 1),
            genre("bulletin", 0.9, ENOUGH),
            genre("budget", 0.6, ENOUGH),
            genre("all", 0.75, 3 * ENOUGH),
        ]
    )
    assert say_genres(genres).endswith(
        "is 75 (65 to 85) of 100: bulletin 90, budget 60 (1 genre of fewer than 5 passages left "
        "out)"
    )
    without = genres[genres["genre"] != "budget"]
    assert say_genres(without).endswith("is 75 (65 to 85) of 100")
    figure = plot_genres(genres, source=SOURCE)
    assert [label.get_text() for label in figure.axes[0].get_yticklabels()] == [
        "plan (4 passages, 9 rows)",
        "bulletin (5 passages, 9 rows)",
        "budget (5 passages, 9 rows)",
    ]


def test_the_title_of_a_calibration_is_made_from_its_measures():
    rows = pd.DataFrame(
        {
            "source": list("aabb"),
            "confidence": [0.99, 0.99, 0.4, 0.6],
            "wrong": ["", "", "unit", ""],
        }
    )
    judged = judge_confidence(rows, draws=50)
    figure = plot_calibration(bin_confidence(rows, draws=50), judged, source=SOURCE)
    assert title_of(figure) == say_calibration(judged)
    assert "100.0 % of grade A (50 % of the rows) are right" in title_of(figure)
    doubtful = judge_confidence(rows.assign(confidence=0.4), draws=50)
    assert say_calibration(doubtful).endswith("no row is of grade A")
    nothing = bin_confidence(rows.head(0), draws=5)
    assert title_of(plot_calibration(nothing, judged, source=SOURCE)) == "No confidence was judged"


def test_the_shipped_facts_can_be_drawn():
    passages, rows = load_blind("passages"), load_blind("confidence")
    plot_first_runs(score_batches(load_blind("first_runs"), passages, draws=20), source=SOURCE)
    plot_genres(score_genres(passages, draws=20), source=SOURCE)
    judged = judge_confidence(rows, draws=20)
    plot_calibration(bin_confidence(rows, draws=20), judged, source=SOURCE)
