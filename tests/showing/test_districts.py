"""Charts of comparisons: titles say what the numbers say, and sixty districts stay readable."""

import doctest
import math
import re
from itertools import pairwise

import pandas as pd
import pytest

from dz_analysis.auditing.audit import audit_facts, count_verdicts
from dz_analysis.comparing.compare import compare_indicator
from dz_analysis.comparing.coverage import count_groups, map_coverage
from dz_analysis.comparing.facts import list_regions, prepare_facts
from dz_analysis.comparing.promises import count_outcomes, join_promises
from dz_analysis.comparing.tabulate import build_matrix, pair_growth_and_level, tabulate_structure
from dz_analysis.showing import districts
from dz_analysis.showing.agreement import (
    plot_disagreements,
    plot_outcomes,
    plot_verdicts,
    say_outcomes,
)
from dz_analysis.showing.districts import (
    pick_ends,
    plot_growth_against_level,
    plot_ranking,
    say_ranking,
)
from dz_analysis.showing.figure_spec import figure_spec
from dz_analysis.showing.grids import plot_coverage_map, plot_groups, plot_matrix, say_coverage
from dz_analysis.showing.trends import plot_over_time, plot_structure, say_trend
from dz_analysis.synthetic.corpus import make_synthetic

NAME, SOURCE = "一般公共预算收入", "an invented corpus"
WIDEST = [NAME, "地区生产总值", "进出口总额", "常住人口"]


@pytest.fixture(scope="module")
def corpus():
    made = make_synthetic()
    return made, prepare_facts(made.observations, made.documents)


@pytest.fixture(scope="module")
def regions(corpus):
    return list_regions(corpus[1], corpus[0].documents)


def title_of(figure):
    return re.sub(r"(?<=[一-鿿])\n(?=[一-鿿])", "", figure.get_suptitle()).replace("\n", " ")


def cells_of(*values, unit="元", measure="level"):
    rows = [
        {
            "region": f"{name}区",
            "indicator": NAME,
            "measure": measure,
            "state": "comparable",
            "reason": "",
            "mark": "",
            "value": value,
            "value_high": math.nan,
            "low": value - 1,
            "high": value + 1,
            "unit": unit,
            "bound": "",
            "period": "2015-01/2015-12",
            "status": "actual",
            "of": "",
            "document": "d",
            "observation": number,
            "quote": str(value),
            "start": 0,
            "end": 1,
        }
        for number, (name, value) in enumerate(zip("甲乙丙丁戊", values, strict=False), start=1)
    ]
    return pd.DataFrame(rows)


# values, and what the title must say of them
TITLES = [
    ((9e8,), "only 甲区 states it so, 9 亿元"),
    ((9e8, 8e8), "甲区 9 亿元, 乙区 8 亿元"),
    ((9e8, 9e8), "乙区 and 甲区 are level at 9 亿元"),
    ((9e8, 9e8, 1e8), "乙区 and 甲区 share the lead at 9 亿元"),
    ((9e8, 8e8, 1e8), "of 3 regions 甲区 leads with 9 亿元, 丙区 is last with 1 亿元"),
]


@pytest.mark.parametrize(("values", "words"), TITLES)
def test_a_title_is_made_from_the_numbers(values, words):
    figure = plot_ranking(cells_of(*values), source=SOURCE)
    assert title_of(figure) == f"{NAME}, the year 2015: {words}"


def test_a_refused_place_is_named_in_the_title():
    cells = cells_of(9e8, 8e8, 7e8)
    cells.loc[2, "state"] = "not_comparable"
    assert say_ranking(cells).endswith("; 丙区 not comparable")


def test_nothing_to_draw_is_said_and_drawn():
    cells = cells_of(9e8).assign(state="not_comparable")
    assert "nothing comparable (1 not comparable)" in title_of(plot_ranking(cells, source=SOURCE))


def test_a_long_ranking_keeps_its_ends_and_the_highlighted():
    ranked = pd.DataFrame({"region": [f"{n}区" for n in range(60)]})
    kept = pick_ends(ranked, highlight=["30区"], most=10)["region"].tolist()
    assert kept == [
        "0区",
        "1区",
        "2区",
        "3区",
        "4区",
        "30区",
        "55区",
        "56区",
        "57区",
        "58区",
        "59区",
    ]
    assert len(pick_ends(ranked.head(10), most=10)) == 10


def test_sixty_districts_stay_readable(corpus, regions):
    _, facts = corpus
    cells = compare_indicator(facts, NAME, period="2017-01/2017-12", regions=regions)
    figure = plot_ranking(cells, source=SOURCE, highlight=[regions[30]])
    ticks = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert len(ticks) <= districts.READABLE + 1
    assert any(regions[30] in tick for tick in ticks)
    assert "between not drawn" in str(figure_spec(figure))
    pairs = pair_growth_and_level(facts, NAME, period="2017-01/2017-12", regions=regions)
    assert len(plot_growth_against_level(pairs, NAME, source=SOURCE).axes[0].texts) <= 8
    matrix = build_matrix(facts, WIDEST, period="2017-01/2017-12", regions=regions)
    drawn = plot_matrix(matrix, source=SOURCE, regions=regions, highlight=[regions[40]])
    rows = [label.get_text() for label in drawn.axes[0].get_yticklabels()]
    assert rows[0] == regions[40]
    assert len(rows) == districts.READABLE
    values = matrix[matrix["indicator"] == NAME].set_index("region")["value"]
    assert {values.idxmax(), values.idxmin()} <= set(rows)
    usable = (matrix["state"] == "comparable").sum()
    assert title_of(drawn) == (
        f"{usable} of 240 cells (60 regions by 4 indicators) can be compared; "
        f"{240 - usable} not comparable"
    )
    full = plot_matrix(
        matrix[matrix["indicator"].isin([NAME, "常住人口"])], source=SOURCE, regions=regions[:9]
    )
    assert title_of(full) == "All 18 cells (9 regions by 2 indicators) can be compared"


@pytest.mark.parametrize(("name", "measure"), [(NAME, "level"), ("不良贷款率", "ratio")])
def test_a_line_stands_where_places_are_left_out(corpus, regions, name, measure):
    cells = compare_indicator(corpus[1], name, measure=measure, regions=regions)
    axis = plot_ranking(cells, source=SOURCE, highlight=[regions[30]]).axes[0]
    labels = [label.get_text() for label in axis.get_yticklabels()]
    dashed = {float(line.get_ydata()[0]) for line in axis.lines if line.get_linestyle() == "--"}
    rows = [n for n, label in enumerate(labels) if regions[30] in label]
    alone = {rows[0] - 0.5, rows[0] + 0.5}  # the district asked for, between the ends
    middle = {n + 0.5 for n in range(11, len(labels) - 12)}
    assert len(rows) == 1
    assert dashed in (alone, middle), "where places are left out, and nowhere else"


def test_names_of_lines_stand_apart_about_their_ends(corpus, regions):
    cells = compare_indicator(corpus[1], NAME, rule="kind", regions=regions)
    axis = plot_over_time(cells, source=SOURCE).axes[0]
    ends = {line.get_ydata()[-1] for line in axis.lines}
    places = sorted(text.xyann[1] for text in axis.texts)
    assert len(places) == 6 and {text.xy[1] for text in axis.texts} <= ends
    step = min(b - a for a, b in pairwise(places))
    assert step > 0.03 * (max(ends) - min(ends))


def test_groups_of_many_documents_are_drawn_by_region(corpus):
    counts = count_groups(corpus[1], by="region")
    figure = plot_groups(counts, source=SOURCE, most=10)
    assert len(figure.axes[0].get_xticklabels()) == 10
    assert "55 regions with fewer numbers not drawn" in str(figure_spec(figure))
    assert counts["numbers"].sum() == len(corpus[1])


def test_lines_over_the_years_colour_the_ends(corpus, regions):
    cells = compare_indicator(corpus[1], NAME, rule="kind", regions=regions)
    figure = plot_over_time(cells, source=SOURCE)
    assert len(figure.axes[0].lines) == 60
    assert len(figure.axes[0].texts) == 6
    assert "of 60 regions that state it for both 2010 and 2019" in title_of(figure)


def test_doubtful_numbers_are_told_of_in_the_figures(corpus):
    made, _ = corpus
    rows = made.observations.assign(confidence=0.4, grade="C")
    facts = prepare_facts(rows, made.documents)
    places = list_regions(facts, made.documents)
    pairs = pair_growth_and_level(facts, NAME, regions=places)
    for few in (pairs, pairs.head(3)):
        figure = plot_growth_against_level(few, NAME, source=SOURCE)
        assert f"{len(few)} with a doubtful number" in figure.get_supxlabel().replace("\n", " ")
    matrix = build_matrix(facts, [NAME], regions=places[:3])
    figure = plot_matrix(matrix, source=SOURCE, regions=places[:3])
    assert "(C) doubtful" in figure.get_supxlabel().replace("\n", " ")
    assert any("(C)" in text.get_text() for text in figure.axes[0].texts)
    audit = audit_facts(facts)
    lines = plot_verdicts(count_verdicts(audit), source=SOURCE)
    assert title_of(lines).endswith(f"{len(audit):,} rest on doubtful numbers")
    counts = count_outcomes(join_promises(facts, made.documents))
    assert "left out as doubtful" in say_outcomes(counts)


def test_a_structure_is_stacked_to_its_total(corpus):
    table = tabulate_structure(corpus[1])
    figure = plot_structure(table, source=SOURCE)
    widths = [patch.get_width() for patch in figure.axes[0].patches]
    assert sum(widths) == pytest.approx(100 * districts.READABLE, rel=0.005)
    latest = table.sort_values("period").drop_duplicates("region", keep="last")
    best = max(latest.to_dict("records"), key=lambda row: row["第三产业占比"])["region"]
    said = f"Of {len(latest)} regions that state every part {best} has the highest 第三产业占比"
    assert title_of(figure).startswith(said)


def test_the_audit_is_drawn_with_its_faults(corpus):
    audit = audit_facts(corpus[1])
    off = int((audit["verdict"] == "disagrees").sum())
    figure = plot_verdicts(count_verdicts(audit), source=SOURCE)
    assert title_of(figure).startswith(f"{off} of {len(audit):,} comparisons disagree, in 19 kinds")
    worst = plot_disagreements(audit, source=SOURCE)
    assert "can't explain" in title_of(worst)
    one = audit[audit["verdict"].isin(["agrees", "disagrees"])].drop_duplicates("verdict")
    assert "1 of 2 comparisons disagrees (" in title_of(
        plot_verdicts(count_verdicts(one), source=SOURCE)
    )
    clean = audit[audit["verdict"] == "agrees"]
    assert title_of(plot_disagreements(clean, source=SOURCE)).startswith("None of")


def test_outcomes_are_counted_in_the_title(corpus):
    made, facts = corpus
    counts = count_outcomes(join_promises(facts, made.documents))
    met = int(counts["met"].iloc[-1])
    figure = plot_outcomes(counts, source=SOURCE)
    assert title_of(figure).startswith(f"{met:,} of ")
    assert "most often met if put as " in title_of(figure)
    words = say_outcomes(counts)
    total = counts.iloc[-1]
    settled = int(total["met"] + total["missed"])
    assert (", " + f"{int(total['undecided'])} undecided" in words) == (total["judged"] > settled)
    assert re.search(r"put as [^()]+ \(\d+ of \d+\), least as [^()]+ \(\d+ of \d+\)", words)
    none = counts.assign(met=0, missed=0, undecided=0, judged=0)
    assert say_outcomes(none).startswith("None of")
    assert say_outcomes(counts.iloc[:0]) == "No target is stated"


def test_the_coverage_map_names_what_all_state(corpus, regions):
    coverage = map_coverage(corpus[1], regions)
    figure = plot_coverage_map(coverage, source=SOURCE, most=10)
    assert title_of(figure) == say_coverage(coverage)
    assert len(figure.axes[0].get_yticklabels()) == 10
    one = coverage.assign(state="not stated")
    assert say_coverage(one) == "No result is stated by any region"


def test_the_footer_has_unit_n_and_source():
    figure = plot_ranking(cells_of(9e8, 8e8, 1e8), source=SOURCE)
    footer = figure.get_supxlabel().replace("\n", " ")
    assert footer == f"Source: {SOURCE}. n = 3 regions. Unit: 亿元."


def test_examples_hold():
    tried = doctest.testmod(districts)
    assert tried.attempted
    assert not tried.failed


def test_the_line_of_one_place_says_its_ends_and_how_many_years_are_told(corpus, regions):
    cells = compare_indicator(corpus[1], NAME, rule="kind", regions=regions[:1])
    one = cells[cells["region"] == regions[0]]
    told = say_trend(one)
    assert f"{NAME} of {regions[0]}: " in told and " in 2010, " in told and " in 2019, " in told
    assert told.endswith(f"told of {len(one[one['state'] == 'comparable'])} years")
    assert title_of(plot_over_time(one, source=SOURCE)) == told
    assert say_trend(cells.assign(state="not_stated")).startswith("Nothing to follow")


def test_a_trend_of_many_places_takes_the_year_that_most_share_with_the_last(corpus, regions):
    cells = compare_indicator(corpus[1], NAME, rule="kind", regions=regions)
    early = cells["period"].str[:4].astype("str") < "2015"
    few = cells[~early | cells["region"].isin(regions[:3])]
    assert " for both 2015 and 2019" in say_trend(few)


def test_only_targets_that_can_be_judged_are_drawn_where_there_are_some(corpus):
    made, facts = corpus
    counts = count_outcomes(join_promises(facts, made.documents))
    spec = figure_spec(plot_outcomes(counts, source=SOURCE))
    assert {"met", "missed"} <= set(spec["axes"][0]["legend"]) <= {"met", "missed", "undecided"}
    assert f"{int(counts['judged'].iloc[-1]):,} drawn" in " ".join(spec["texts"]).replace("\n", " ")


def test_a_bound_is_said_where_it_ends_a_ranking():
    cells = cells_of(9e8, 8e8, 7e8)
    cells.loc[2, ["bound", "high"]] = [">=", math.inf]
    assert say_ranking(cells).endswith("丙区 is last with at least 7 亿元")
    cells.loc[0, "bound"] = "~"
    assert "甲区 leads with about 9 亿元" in say_ranking(cells)


def test_places_that_tie_are_last_together():
    assert say_ranking(cells_of(9e8, 8e8, 8e8)).endswith("丙区 and 乙区 are last with 8 亿元")


def test_one_place_makes_no_chart_and_two_points_none():
    assert not plot_ranking(cells_of(9e8), source=SOURCE).axes[0].axison
    for few, is_chart in ((1, False), (2, False), (3, True)):
        pairs = pairs_of(*[5.0, 6.0, 7.0][:few])
        figure = plot_growth_against_level(pairs, NAME, source=SOURCE)
        assert figure.axes[0].axison == is_chart


def pairs_of(*growths):
    rows = [
        {"region": f"{name}区", "level": (9 - n) * 1e8, "unit": "元", "growth_pct": float(growth)}
        for n, (name, growth) in enumerate(zip("甲乙丙", growths, strict=False))
    ]
    return pd.DataFrame(rows).assign(period="2015-01/2015-12", grade="A")


# growth rates, and what the title must say of them
GROWTHS = [
    ((5,), "only 甲区 states both, growth 5 %"),
    ((5, 5), "of 2 regions that state both 甲区 is the largest (9 亿元), the growth of all is 5 %"),
    (
        (7, 5, 6),
        "of 3 regions that state both 甲区 is the largest (9 亿元) and grows fastest (7 %)",
    ),
    ((5, 7, 7), "甲区 is the largest (9 亿元), 丙区 and 乙区 grow fastest (7 %)"),
    ((7, 7, 5), "甲区 is the largest (9 亿元), 乙区 and 甲区 grow fastest (7 %)"),
    ((-5, -3, -4), "甲区 is the largest (9 亿元), 乙区 falls least (-3 %)"),
]


@pytest.mark.parametrize(("growths", "words"), GROWTHS)
def test_the_title_of_growth_says_of_how_many_and_names_ties(growths, words):
    figure = plot_growth_against_level(pairs_of(*growths), NAME, source=SOURCE)
    assert title_of(figure).endswith(words)


def test_a_bound_is_no_point_of_a_line():
    first = cells_of(9e8, 8e8, 7e8)
    second = cells_of(1e9, 9e8, 5e8).assign(period="2016-01/2016-12")
    cells = pd.concat([first, second], ignore_index=True)
    assert "rose in 2 of 3 regions that state it for both 2015 and 2016" in say_trend(cells)
    cells.loc[5, "bound"] = ">="  # 丙区 did not fall: it has at least so much
    assert "rose in 2 of 2 regions that state it for both 2015 and 2016" in say_trend(cells)
    footer = plot_over_time(cells, source=SOURCE).get_supxlabel().replace("\n", " ")
    assert "5 values; gaps are not filled, 1 told as at least or at most not drawn" in footer
    assert say_trend(cells.tail(1)).startswith("Nothing to follow over the years")


def test_a_cell_is_coloured_among_those_that_it_can_be_compared_with():
    first, other = cells_of(9e8, 8e8, 7e8), cells_of(5e8)
    first.loc[0, "state"] = "not_comparable"
    first.loc[1, "bound"] = ">="
    cells = pd.concat([first, other.assign(indicator="税收")], ignore_index=True)
    figure = plot_matrix(cells.assign(grade="A"), source=SOURCE, regions=["甲区", "乙区", "丙区"])
    drawn = figure_spec(figure)["axes"][0]["cells"][0]
    assert drawn == [[None, 1.0, 0.5], [None, None, None]]
    words = [text.get_text() for text in figure.axes[0].texts]
    assert "≥ 800000000.0" in words and "500000000.0" in words
    assert "no colour: stands alone" in figure.get_supxlabel().replace("\n", " ")


# shares of the last part, and what the title must say of them
STRUCTURES = [
    ((50.0,), "Only 甲区 states every part of the whole, 第三产业占比 50 %"),
    (
        (50.0, 60.0, 50.0),
        "Of 3 regions that state every part 乙区 has the highest 第三产业占比, 60 %, 丙区 and 甲区 "
        "the lowest, 50 %",
    ),
    ((50.0, 50.0), "Of 2 regions that state every part all have the same 第三产业占比, 50 %"),
]


@pytest.mark.parametrize(("shares", "words"), STRUCTURES)
def test_a_structure_says_of_how_many(shares, words):
    rows = [
        {
            "region": f"{name}区",
            "period": "2015-01/2015-12",
            "document": "d",
            "第二产业占比": 100 - s,
        }
        | {"第三产业占比": s, "total_pct": 100}
        for name, s in zip("甲乙丙", shares, strict=False)
    ]
    assert title_of(plot_structure(pd.DataFrame(rows), source=SOURCE)) == words


def coverage_of(**states):
    rows = [
        (indicator, region, state)
        for indicator, line in states.items()
        for region, state in zip(("甲区", "乙区", "丙区"), line, strict=False)
    ]
    table = pd.DataFrame(rows, columns=["indicator", "region", "state"])
    stated = table["state"] != "not stated"
    return table.assign(places=stated.groupby(table["indicator"]).transform("sum"))


# how three places state what, and what the title must say of it
LEVEL, TARGET, SILENT = "level", "target only", "not stated"
COVERAGES = [
    (
        {"税收": (LEVEL, LEVEL, SILENT), "人口": (LEVEL, SILENT, LEVEL)},
        "Of 2 catalogued indicators that several regions state none has results in all 3 regions; "
        "the most widely stated, 人口 and 税收, in 2 each",
    ),
    (
        {"税收": (LEVEL, LEVEL, LEVEL), "人口": (LEVEL, LEVEL, TARGET)},
        "Of 2 catalogued indicators that several regions state 1 has results in all 3 regions "
        "(税收)",
    ),
    (
        {"税收": (LEVEL, LEVEL, TARGET), "人口": (LEVEL, SILENT, SILENT)},
        "Of 2 catalogued indicators none has results in all 3 regions; the most widely stated, "
        "税收, in 2",
    ),
    (
        {"税收": (LEVEL,)},
        "甲区 states results of 1 catalogued indicator, 0 of them with level and growth",
    ),
]


@pytest.mark.parametrize(("states", "words"), COVERAGES)
def test_a_coverage_map_says_of_how_many_and_names_ties(states, words):
    assert say_coverage(coverage_of(**states)) == words
