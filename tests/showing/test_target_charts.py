"""Charts and sentences of the panel of targets: they say what the numbers say."""

import math

import pandas as pd
import pytest

from dz_analysis import paths
from dz_analysis.comparing.promises import name_hedge
from dz_analysis.comparing.targets import PANEL_LABELS, count_results
from dz_analysis.lexicon import load_settings
from dz_analysis.showing.targets import (
    plot_growth_targets,
    plot_growth_years,
    plot_results,
    say_best_and_worst,
    say_growth_targets,
    say_growth_years,
    say_panel,
)

NAMES = ["地区生产总值"]


def make_rows(*rows):
    """Return a panel from place, year, value, result, result's value and what differs."""
    blank = dict.fromkeys(PANEL_LABELS, "") | {"indicator": NAMES[0], "mention": 1}
    blank |= {"high": math.nan, "bound": "about", "tone": "expect"}
    names = ("place", "year", "value", "result", "result_value")
    made = [
        blank | dict(zip(names, row, strict=False)) | (row[5] if len(row) > 5 else {})
        for row in rows
    ]
    return pd.DataFrame(made, columns=list(PANEL_LABELS))


PANEL = make_rows(
    ("甲区", 2015, 6.0, "met", 5.8, {"reason": name_hedge()}),
    ("乙区", 2015, 8.0, "missed", 7.0),
    ("丙区", 2015, 5.0, "not_stated", math.nan, {"high": 5.5, "bound": "range"}),
    ("甲区", 2016, 7.0, "no_document", math.nan),
)


def title_of(figure):
    return " ".join(figure.get_suptitle().split())


def test_the_panel_in_a_sentence():
    assert say_panel(PANEL) == (
        "2 of 4 targets of 3 places have a result: 1 met (1 only within what 左右 allows), "
        "1 missed, 0 undecided; 2 have none, most often for want of a later document"
    )
    assert say_panel(PANEL.iloc[:0]) == "No target is stated"
    assert say_panel(PANEL, aside=1200).endswith(
        " (1,200 mentions of tasks or doubtful numbers stand aside)"
    )
    assert say_panel(PANEL.iloc[3:]).startswith("None of 1 target of 1 place has a result")


def test_the_targets_of_one_year_are_drawn_each_in_its_row():
    figure = plot_growth_targets(PANEL, 2015, names=NAMES, source="invented")
    labels = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert labels == ["乙区  about 8", "甲区  about 6", "丙区  5–5.5"]
    assert title_of(figure) == (
        "Growth targets of 地区生产总值 for 2015 run from 5 % (丙区) to 8 % (乙区); "
        "1 of 2 that have a result was met, 1 of them only within what 左右 allows"
    )


def test_a_year_without_targets_says_so():
    assert say_growth_targets(PANEL, 1999, NAMES).startswith("No place states a target")
    assert title_of(plot_growth_targets(PANEL, 1999, names=NAMES, source="invented"))


def test_the_targets_of_one_place_over_the_years():
    figure = plot_growth_years(PANEL, "甲区", source="invented")
    assert title_of(figure) == say_growth_years(PANEL, "甲区")
    assert say_growth_years(PANEL, "甲区").startswith(
        "甲区 has growth targets for 2 years, the first 6 % of 地区生产总值 for 2015; 1 of 1"
    )
    assert title_of(plot_growth_years(PANEL, "丁区", source="invented")).startswith("No growth")


def test_bars_are_of_what_is_judged_or_else_of_all():
    counts = count_results(PANEL, "place")
    drawn = plot_results(counts, source="invented")
    assert [t.get_text() for t in drawn.axes[0].get_yticklabels()] == ["甲区", "乙区"]
    unjudged = plot_results(count_results(PANEL.iloc[2:], "place"), source="invented")
    assert title_of(unjudged) == "None of 2 targets is met or missed yet"
    assert [t.get_text() for t in unjudged.axes[0].texts] == [""]  # two equal bars
    nothing = plot_results(count_results(PANEL.iloc[:0], "place"), source="invented")
    assert title_of(nothing) == "No target is stated"


def test_the_best_and_the_worst_are_of_those_with_targets_enough():
    rows = [("plain", 113, 9, 92.6), ("strive", 13, 10, 56.5), ("ensure", 9, 0, 100.0)]
    counts = pd.DataFrame(rows, columns=["tone", "met", "missed", "met_pct"])
    assert say_best_and_worst(counts) == (
        "Of tones with 10 or more met or missed, plain was met most often (113 of 122), "
        "strive 力争 least (13 of 23)"
    )
    tied = pd.DataFrame([*rows, ("goal", 26, 20, 56.5)], columns=counts.columns)
    assert say_best_and_worst(tied).endswith(" and 1 other least (13 of 23)")


def test_one_target_is_told_as_one_and_undecided_ones_are_told():
    assert say_growth_targets(PANEL.iloc[2:3], 2015, NAMES).startswith(
        "The one growth target of 地区生产总值 for 2015 stands at 5 % (丙区); without a result yet"
    )
    undecided = PANEL.assign(result=["met", "undecided", *PANEL["result"][2:]])
    assert say_growth_targets(undecided, 2015, NAMES).endswith(", 1 undecided")


def make_counts(*targets):
    return pd.DataFrame({"indicator": [f"甲{n:02}" for n in range(len(targets))]}).assign(
        met=0,
        missed=0,
        undecided=0,
        not_judged=targets,
        targets=targets,
        judged=0,
        met_pct=math.nan,
    )


# targets of each thing, how many bars are drawn, and how many things are said to be left out
BARS = [
    ((3, 2, 1), 3, 0),
    ((3, 2, *[1] * 18), 2, 18),  # the eighteen tie: none of them is drawn
    ((*[3] * 14, 2, 2, 1), 14, 3),
    (tuple(range(30, 10, -1)), 15, 5),
]


@pytest.mark.parametrize(("targets", "bars", "left"), BARS)
def test_bars_that_tie_with_one_left_out_are_left_out(targets, bars, left):
    figure = plot_results(make_counts(*targets), source="invented")
    assert title_of(figure) == f"None of {sum(targets)} targets is met or missed yet"
    assert len(figure.axes[0].get_yticklabels()) == bars
    footer = " ".join(figure._supxlabel.get_text().split())
    assert (f"{left} indicators not drawn" in footer) is bool(left)
    assert all(float(tick).is_integer() for tick in figure.axes[0].get_xticks())


def test_things_with_one_target_each_are_not_ranked_by_the_alphabet():
    figure = plot_results(make_counts(*[1] * 20), source="invented")
    assert title_of(figure) == "None of 20 targets is met or missed yet"
    assert "20 targets in 20 indicators, none with more" in figure._supxlabel.get_text()
    assert [text.get_text() for text in figure.axes[0].texts] == [""]


def test_one_place_makes_no_chart_of_growth_targets():
    figure = plot_growth_targets(PANEL.iloc[2:3], 2015, names=NAMES, source="invented")
    assert [text.get_text() for text in figure.axes[0].texts] == [""]
    assert title_of(figure).startswith("The one growth target of 地区生产总值 for 2015")


def test_few_targets_set_no_wordings_apart():
    said = say_best_and_worst(count_results(PANEL, "bound"))
    assert said == "1 of 2 targets met or missed were met; too few to set bounds apart"


def test_the_notebook_says_what_a_hedge_allows():
    allowed = load_settings("audit")["tolerance"]
    assert (allowed["about_points"], allowed["about_share"]) == (0.5, 1 / 20)
    notebook = (paths.notebooks_dir() / "09_targets.ipynb").read_text(encoding="utf-8")
    assert "half a percentage point where the number is in per cent, else a twentieth" in notebook
