"""Charts and sentences of change: they say what the numbers say, and why there is nothing."""

import numpy as np
import pandas as pd
import pytest

from dz_analysis.counting.breaks import find_breaks, rate_segments
from dz_analysis.counting.entries import compare_years, find_entries
from dz_analysis.counting.first_uses import AFTER, HERE, OPEN, SAME
from dz_analysis.counting.years import YearPair, choose_pair, rate_by_year
from dz_analysis.showing import (
    count_years,
    is_paired,
    pick_changes,
    pick_entries,
    pick_lags,
    pick_places,
    plot_courses,
    plot_entries,
    plot_first_uses,
    plot_lags,
    plot_places,
    plot_years_apart,
    say_breaks,
    say_entries,
    say_first_uses,
    say_lags,
    say_places,
    say_years_apart,
)

YEARS = range(1980, 2020)


def title_of(figure):
    return " ".join(figure.get_suptitle().split())


def footer_of(figure):
    return " ".join(figure.get_supxlabel().split())


@pytest.fixture(scope="module")
def series():
    return pd.DataFrame({"id": [f"d{y}" for y in YEARS], "region": "某县", "year": YEARS}).assign(
        han_chars=10_000
    )


@pytest.fixture(scope="module")
def mentions():
    said = {
        "word 新": [y for y in YEARS if y >= 2000],
        "slogan 旧": [y for y in YEARS if y < 1995],
        "indicator 常": [y for y in YEARS if y % 3],
    }
    rows = [(f"d{year}", item, 2) for item, years in said.items() for year in years]
    return pd.DataFrame(rows, columns=["document", "item", "count"])


@pytest.fixture(scope="module")
def breaks(mentions, series):
    return find_breaks(mentions, series, deals=199)


def test_a_step_over_years_without_documents_is_told_with_them(mentions, series):
    gap = series[series["year"] != 1999]
    found = find_breaks(mentions[mentions["document"].isin(gap["id"])], gap, deals=199)
    assert say_breaks(found, gap).endswith("most surely word 新, more since 1999 or 2000")


def test_breaks_in_a_sentence(breaks, series):
    assert say_breaks(breaks, series) == (
        "2 of 3 words, slogans and indicators of 某县 (40 documents, 1980 to 2019) change over the "
        "years (p below 0.05 over all), 2 told better by one step than by a steady trend (a "
        "second step is not looked for): most surely word 新, more since 2000"
    )
    drawn = say_breaks(breaks, series, among=["slogan 旧"])
    assert drawn.endswith("looked for): of those drawn most surely slogan 旧, less since 1995")
    assert say_breaks(breaks, series, among=["indicator 常"]).endswith("is not looked for)")
    calm = breaks[breaks["item"] == "indicator 常"]
    calm.attrs = breaks.attrs
    assert say_breaks(calm, series).startswith("None of 1 words, slogans and indicators of 某县")


def test_too_few_years_are_told_in_one_sentence(breaks, mentions, series):
    short = series.head(3)
    none = find_breaks(mentions, short)
    assert say_breaks(none, short) == (
        "No break can be tested: 某县, the place followed, has 3 documents, and it takes 8 years"
    )
    assert say_entries(find_entries(mentions, short), short).startswith("No entry or exit can be")
    assert say_breaks(none, series.head(0)).endswith(
        "no document of a known place has text and a year"
    )


def test_each_course_has_a_panel_with_its_break(breaks, mentions, series):
    yearly = rate_by_year(mentions, series, breaks["item"])
    parts = rate_segments(mentions, series, breaks)
    figure = plot_courses(yearly, parts, breaks, title="found", source="invented")
    titles = [axes.get_title(loc="left") for axes in figure.axes]
    assert titles == [
        "word 新\nmore since 2000",
        "slogan 旧\nless since 1995",
        "indicator 常\nno break shown",
    ]
    dashes = [[line for line in axes.lines if line.get_linestyle() != "-"] for axes in figure.axes]
    assert [len(lines) for lines in dashes] == [1, 1, 0], "a break only where a test says so"
    assert dashes[0][0].get_xdata()[0] == 1999.5
    points = figure.axes[0].collections[0].get_offsets()
    assert points[:, 1].tolist() == [0.0] * 20 + [2.0] * 20
    assert "40 documents" in footer_of(figure)


def test_entries_are_drawn_by_year_under_their_count(mentions, series):
    entries = find_entries(mentions, series)
    chosen = pick_entries(entries)
    assert chosen[["item", "event"]].to_numpy().tolist() == [
        ["word 新", "enters"],
        ["slogan 旧", "leaves"],
    ]
    title = say_entries(entries, series)
    assert title == (
        "Of 3 words, slogans and indicators (p below 0.05 over all) 1 enters, most surely "
        "word 新 in 2000 (in 20 of 20 documents since); 1 leaves, most surely slogan 旧 after 1994 "
        "(in 15 of 15 documents until then)"
    )
    rates = rate_by_year(mentions, series, chosen["item"])
    figure = plot_entries(chosen, rates, title=title, source="invented")
    assert title_of(figure) == title
    labels = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert labels == ["word 新 from 2000", "slogan 旧 to 1994"]
    calm = mentions[mentions["item"] == "indicator 常"]
    assert say_entries(find_entries(calm, series), series).startswith("None of 1 words")


@pytest.fixture(scope="module")
def dated():
    rows = [(f"{p}{y}", f"地{p}", y) for p in range(12) for y in (2024, 2025)]
    return pd.DataFrame(rows, columns=["id", "region", "year"]).assign(han_chars=10_000)


@pytest.fixture(scope="module")
def compared(dated):
    rows = [(f"{p}2025", "word 新", 3) for p in range(12)]
    rows += [(f"{p}2024", "slogan 旧", 1 + p) for p in range(12)]
    rows += [(f"{p}{y}", "word 常", 4) for p in range(12) for y in (2024, 2025)]
    mentions = pd.DataFrame(rows, columns=["document", "item", "count"])
    return compare_years(mentions, dated, choose_pair(dated))


def test_two_years_within_places(compared, dated):
    pair = choose_pair(dated)
    assert is_paired(compared, pair)
    assert say_years_apart(compared, pair) == (
        "Within 12 places from 2024 to 2025 of 3 words, slogans and indicators (p below 0.05 over "
        "all) 1 rises, most surely word 新 from 0 to 3; 1 falls, most surely slogan 旧 from 6.5 "
        "to 0 per 10,000 Han characters"
    )
    drawn = pick_changes(compared, asked=["word 常"])
    assert drawn["item"].tolist() == ["word 新", "word 常", "slogan 旧"]
    figure = plot_years_apart(compared, drawn, pair, source="invented")
    assert title_of(figure) == say_years_apart(compared, pair)
    assert [t.get_text() for t in figure.axes[0].get_yticklabels()] == drawn["item"].tolist()
    assert "not drawn" not in footer_of(figure)
    one = plot_years_apart(compared, pick_changes(compared, most=1), pair, source="invented")
    assert "1 more that change not drawn" in footer_of(one)


def test_changes_that_are_as_sure_as_the_one_named_are_counted(dated):
    rows = [
        (f"{p}2025", item, 3) for p in range(12) for item in ("word 新", "word 增", "slogan 新")
    ]
    rows += [(f"{p}2024", "slogan 旧", 1 + p) for p in range(12)]
    mentions = pd.DataFrame(rows, columns=["document", "item", "count"])
    pair = choose_pair(dated)
    table = compare_years(mentions, dated, pair)
    assert "3 rise, most surely slogan 新 from 0 to 3 (2 others as surely); 1 falls" in (
        say_years_apart(table, pair)
    )
    assert (
        "take up 3 (most surely slogan 新, said by 0, then by 12 places; 2 others as surely)"
        in (say_places(table, pair))
    )


def test_what_places_take_up_and_drop(compared, dated):
    pair = choose_pair(dated)
    assert say_places(compared, pair) == (
        "Of 3 words, slogans and indicators (p below 0.05 over all) 12 places take up 1 "
        "(most surely word 新, said by 0, then by 12 places) from 2024 to 2025 and drop 1 "
        "(most surely slogan 旧, said by 12, then by 0 places)"
    )
    drawn = pick_places(compared)
    assert drawn["item"].tolist() == ["word 新", "slogan 旧"]
    figure = plot_places(compared, pair, source="invented")
    assert title_of(figure) == say_places(compared, pair)


def test_few_places_show_nothing_and_say_why(compared, dated):
    few = dated[dated["region"].isin(["地0", "地1", "地2"])]
    mentions = pd.DataFrame([("02025", "word 新", 3)], columns=["document", "item", "count"])
    three = compare_years(mentions, few, choose_pair(few))
    assert say_years_apart(three, choose_pair(few)) == (
        "No change can be shown: 3 places reach p = 0.25 at best"
    )
    assert not is_paired(three, choose_pair(few))
    two = YearPair(2024, 2025, ("地0", "地1"))
    assert say_years_apart(compared, two) == (
        "No change can be shown: the documents are of 2 places with both 2024 and 2025, and it "
        "takes 3"
    )
    for pair, why in (
        ((2024, 2025, ()), "no place has documents of two years"),
        ((0, 0, ()), "text"),
    ):
        assert why in say_places(compared, YearPair(*pair))


def uses_of(*rows):
    names = ("slogan", "verdict", "first_year", "listed_year", "listed_level", "lag", "is_bound")
    table = pd.DataFrame(rows, columns=list(names)).assign(documents=1)
    return table.astype({"listed_year": "Int64", "lag": "Int64"})


USES = uses_of(
    ("甲", AFTER, 2020, 2015, "country", 5, False),
    ("乙", AFTER, 2020, 2012, "country", 8, True),
    ("丙", AFTER, 2021, 2019, "county", 2, True),
    ("丁", SAME, 2020, 2020, "country", None, False),
    ("戊", HERE, 2021, None, "", None, False),
    ("己", OPEN, 2020, 2020, "county", None, False),
)


def test_first_uses_say_what_is_known_and_draw_no_unknown_year():
    assert say_first_uses(USES) == (
        "In the reports at hand, of 6 listed slogans said here 2 appear earlier in reports of the "
        "country, 1 appears earlier in reports of a county, 1 appears in the same year at a higher "
        "level, 1 appears here first and 1 stands in a place's first document, so that nothing is "
        "known of the beginning"
    )
    counts = count_years(USES)
    assert counts["slogans"].sum() == 5
    assert counts["year"].tolist() == [2012, 2015, 2019, 2020, 2021]
    figure = plot_first_uses(USES, source="invented")
    assert title_of(figure) == say_first_uses(USES)
    assert "5 slogans of known order" in footer_of(figure)
    unknown = USES[USES["verdict"] == OPEN]
    assert title_of(plot_first_uses(unknown, source="invented")) == say_first_uses(unknown)
    assert say_first_uses(USES.head(0)) == "No listed slogan is said, so no first use can be told"


def test_lags_are_told_apart_from_bounds():
    assert say_lags(USES) == (
        "3 slogans are said here after others: 1 by 5 years (median), 2 by at most 5 years "
        "(median), as the documents begin later"
    )
    assert say_lags(USES.head(1)) == "1 slogan is said here after others, by 5 years (median)"
    assert say_lags(USES.iloc[2:3]) == (
        "1 slogan is said here after others, by at most 2 years (median), as the documents begin "
        "later"
    )
    assert say_lags(USES.tail(1)) == "No slogan is said here after others"
    assert pick_lags(USES)["slogan"].tolist() == ["丙", "甲", "乙"]
    figure = plot_lags(USES, source="invented")
    ends = np.sort(figure.axes[0].collections[-1].get_offsets()[:, 0])
    assert ends.tolist() == [2020, 2021], "open marks: here or before"
    assert title_of(figure) == say_lags(USES)
