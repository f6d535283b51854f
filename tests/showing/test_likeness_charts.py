"""Charts and sentences of likeness: they say what the numbers say."""

import re

import numpy as np
import pandas as pd
import pytest

from dz_analysis.counting.correspondence import analyse_correspondence, measure_stability
from dz_analysis.counting.likeness import SAME_PLACE, SAME_REGION
from dz_analysis.counting.reuse import BEFORE, CENTRE, OTHERS, REUSE_COLUMNS
from dz_analysis.showing import (
    list_points,
    name_rows,
    pick_documents,
    plot_axes,
    plot_kinds,
    plot_likeness,
    plot_map,
    plot_reuse,
    say_axes,
    say_closest,
    say_kinds,
    say_map,
    say_reuse,
)
from dz_analysis.showing.maps import pick_words

SOURCE = {"source": "invented"}
DOCUMENTS = pd.DataFrame(
    [("a", "甲县", "2019-12"), ("b", "甲县", "2020-12"), ("c", "乙县", "2020-12")],
    columns=["id", "region", "period_end"],
)
PAIRS = pd.DataFrame(
    {"first": ["a", "a", "b"], "second": ["b", "c", "c"], "cosine": [0.8, 0.25, 0.5]}
)
COUNTS = pd.DataFrame(
    [[9, 1, 3], [2, 8, 4], [3, 3, 9]], index=["甲县", "乙县", "丙县"], columns=["林", "海", "田"]
)


def title_of(figure):
    return " ".join(figure.get_suptitle().split())


def test_the_closest_pair_is_told_and_the_closest_of_different_places():
    assert say_closest(PAIRS, DOCUMENTS) == (
        "Of 3 pairs of 3 documents most alike in words (cosine) are 甲县 2019 and 甲县 2020 (0.8), "
        "of different places 乙县 and 甲县 2020 (0.5)"
    ).replace("乙县 and 甲县 2020", "甲县 2020 and 乙县")
    alone = say_closest(PAIRS.iloc[:0], DOCUMENTS.head(1))
    assert alone.startswith("1 document with words")


def test_a_small_matrix_has_its_numbers_in_it():
    figure = plot_likeness(PAIRS, DOCUMENTS, measure="cosine", **SOURCE)
    words = sorted(text.get_text() for text in figure.axes[0].texts)
    assert words == ["0.25", "0.25", "0.5", "0.5", "0.8", "0.8"]
    assert title_of(figure).startswith(
        "Most alike are 甲县 2019 and 甲县 2020 (cosine of words 0.8)"
    )
    nothing = plot_likeness(PAIRS.iloc[:0], DOCUMENTS, measure="cosine", **SOURCE)
    assert title_of(nothing) == "No two documents can be held against each other"


def test_of_many_documents_those_of_one_year_stand_side_by_side():
    assert list(pick_documents(DOCUMENTS)["id"]) == ["a", "b", "c"]
    assert list(pick_documents(DOCUMENTS, year=2020)["id"]) == ["b", "c"]
    rows = [(f"d{n}", f"{n}县", f"{2019 + n % 2}-12") for n in range(41)]
    many = pd.DataFrame(rows, columns=DOCUMENTS.columns)
    assert set(pick_documents(many)["period_end"]) == {"2019-12"}, "21 places against 20"


def test_a_map_is_of_places_or_else_of_documents():
    assert name_rows(DOCUMENTS)[1] == "document"
    assert name_rows(DOCUMENTS.assign(region=list("甲乙丙")))[1] == "place"
    names, of = name_rows(DOCUMENTS.head(2))
    assert of == "year" and names.tolist() == ["2019", "2020"]


TESTS = pd.DataFrame(
    [
        (SAME_PLACE, "cosine", 0.2, 0.001, 0.001),
        (SAME_PLACE, "jaccard_words", 0.1, 0.004, 0.001),
        (SAME_REGION, "cosine", 0.01, 0.4, 0.001),
        (SAME_REGION, "jaccard_words", 0.02, 0.01, 0.001),
    ],
    columns=["question", "measure", "difference", "p_all", "p_smallest"],
)


def test_tests_are_told_with_what_they_are_corrected_for():
    assert say_kinds(TESTS) == (
        "A report is more like its own place's of the year before than like others' in all "
        "measures, words (cosine) by 0.2 on average (p at most 0.004); places of one region are "
        "more alike than others in words (Jaccard) by 0.02 on average (p at most 0.01) (corrected "
        "for 4 tests)"
    )
    assert "too few documents" in say_kinds(TESTS.assign(p_smallest=0.3)).lower()
    assert "it is not shown" in say_kinds(TESTS.assign(p_all=0.5)).lower()
    less = say_kinds(TESTS.assign(difference=-1.0))
    assert "it is not shown" in less.lower(), "less alike is not more alike"
    assert say_kinds(TESTS.iloc[:0]).startswith("No kind of pairs can be tested")


def test_kinds_are_drawn_with_their_counts():
    averages = pd.DataFrame(
        [("cosine", SAME_PLACE, 4, 8, 0.6, 0.5, 0.7), ("cosine", SAME_REGION, 9, 8, 0.3, 0.2, 0.4)],
        columns=["measure", "kind", "pairs", "units", "mean", "low", "high"],
    )
    figure = plot_kinds(averages, TESTS, **SOURCE)
    labels = [name.get_text().replace("\n", " ") for name in figure.axes[0].get_yticklabels()]
    assert labels == ["same place, other year (4)", "same region, same year (9)"]
    assert title_of(plot_kinds(averages.iloc[:0], TESTS, **SOURCE)).startswith("No two documents")


def make_reuse(*rows):
    """Return a table of reuse from document, place, year, origin and share."""
    names = ("document", "place", "year", "origin", "without_set_pct")
    blank = dict.fromkeys(REUSE_COLUMNS, 1)
    table = pd.DataFrame([blank | dict(zip(names, row, strict=True)) for row in rows])
    return table.assign(copied_pct=table["without_set_pct"] + 1, per_source_pct=0.5, han_chars=100)


REUSE = make_reuse(
    ("b", "甲县", "2020", BEFORE, 12.0),
    ("b", "甲县", "2020", OTHERS, 3.0),
    ("c", "乙县", "2020", BEFORE, 4.0),
)


def test_the_last_reports_of_places_are_drawn_the_highest_first():
    figure = plot_reuse(REUSE, shortest=14, **SOURCE)
    labels = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert labels == ["甲县 2020", "乙县 2020"]
    assert title_of(figure) == (
        "甲县 2020 shares most with its own report before, 12.0 %; the mean of 2 is 8.0 %"
    )
    assert title_of(plot_reuse(REUSE.iloc[:0], shortest=14, **SOURCE)).startswith("No document has")
    none = plot_reuse(REUSE.assign(copied_chars=0), shortest=14, **SOURCE)
    assert title_of(none) == "No run of such length stands in any source of 2 documents"


def test_years_of_one_place_are_a_line_with_gaps():
    years = [*range(1990, 1996), 1998, 1999]
    rows = [(f"d{year}", "甲县", str(year), BEFORE, float(year - 1989)) for year in years]
    figure = plot_reuse(make_reuse(*rows), shortest=14, **SOURCE)
    line = figure.axes[0].lines[0].get_ydata()
    assert len(line) == 10 and np.isnan(np.asarray(line, dtype=float)).sum() == 2


def test_shares_are_told_with_their_intervals_and_nothing_is_none():
    row = {"origin": BEFORE, "documents": 9, "units": 9, "han_chars": 900}
    shares = {"copied_pct": 7.0, "without_set_pct": 6.0, "per_source_pct": 6.0}
    ends = {f"{name}_{end}": 5.0 for name in shares for end in ("low", "high")}
    nothing = dict.fromkeys(shares, 0.0) | dict.fromkeys(ends, np.nan)
    told = pd.DataFrame([row | shares | ends, row | nothing | {"origin": CENTRE}])
    assert say_reuse(told, shortest=14) == (
        "Of its Han characters a report shares on average 6.0 % (5.0 to 5.0) with its own report "
        "before, none with the centre's last reports, in runs of 14 or more, set phrases apart "
        "(with them 7.0 %, 0.0 %)"
    )
    assert say_reuse(told.tail(1), shortest=14) == (
        "No run of 14 Han characters is shared with the centre's last reports"
    )


def test_a_map_names_its_axes_and_what_makes_them():
    found = analyse_correspondence(COUNTS)
    figure = plot_map(found, of="place", **SOURCE)
    written = {text.get_text() for axis in figure.axes for text in axis.texts}
    assert set(COUNTS.index) <= written and set(COUNTS.columns) <= written
    assert "of the inertia" in figure.axes[1].get_xlabel()
    assert title_of(figure) == say_map(found)
    assert set(pick_words(found)["name"]) == set(COUNTS.columns)
    told = re.findall(r"\(([^)]*)\)", say_map(found))
    drawn = set(pick_words(found, most=1)["name"])
    assert {word for words in told for word in words.split("、")} <= drawn, "told, not drawn"
    assert say_map(found).startswith("Two of 2 axes hold 100 % of the inertia; the first sets ")
    points = list_points(found, of="place")
    assert points["kind"].tolist() == ["place"] * 3 + ["word"] * 3
    assert set(points["name"]) == {*COUNTS.index, *COUNTS.columns}
    assert list_points(None, of="place").empty


def test_axes_are_told_with_how_firm_they_are():
    found = analyse_correspondence(COUNTS)
    assert say_axes(found, measure_stability(COUNTS)).endswith("too few rows to leave one out")
    told = pd.DataFrame({"axis": [1], "least_correlation": [0.9], "without": ["甲县"]})
    assert say_axes(found, told).endswith("axis 1 correlates 0.90 with itself without 甲县")
    assert title_of(plot_axes(found, told, **SOURCE)) == say_axes(found, told)


@pytest.mark.parametrize(
    "plot", [lambda: plot_map(None, of="place", **SOURCE), lambda: plot_axes(None, TESTS, **SOURCE)]
)
def test_too_few_rows_have_no_map(plot):
    assert title_of(plot()).startswith("Fewer than 3 places or documents")
