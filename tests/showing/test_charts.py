"""Each chart draws the numbers it is given, all of them, and nothing else."""

import pandas as pd
import pytest

from dz_analysis import showing
from dz_analysis.language import count_cells, wrap_text
from dz_analysis.showing.canvas import Caption, label_documents
from dz_analysis.showing.charts import rank_rows
from dz_analysis.showing.figure_spec import figure_spec
from dz_analysis.showing.matrices import spread_matrix
from dz_analysis.showing.media import MEDIA, look
from dz_analysis.showing.spelling import spell_beside, spell_value

CAPTION = Caption("甲区投资最多", "亿元", "3 districts", "corpus made (dz_analysis)")
FRAME = pd.DataFrame(
    {
        "region": ["甲区", "乙区", "丙区"],
        "value": [12.5, -3.0, 12.5],
        "low": [10.0, -4.0, 12.0],
        "high": [15.0, -2.0, 13.0],
    }
)
CELLS = pd.DataFrame(
    {
        "region": ["甲区", "甲区", "乙区"],
        "measure": ["level", "growth", "level"],
        "numbers": [4, 2, 0],
    }
)
EMPTY = FRAME.head(0)
CHARTS = {
    "bars": lambda frame: showing.plot_ranked_bars(
        frame, label="region", value="value", caption=CAPTION
    ),
    "dots": lambda frame: showing.plot_ranked_dots(
        frame, label="region", value="value", low="low", high="high", caption=CAPTION
    ),
    "scatter": lambda frame: showing.plot_scatter(
        frame, x="low", y="high", label="region", x_unit="亿元", caption=CAPTION
    ),
    "facets": lambda frame: showing.plot_facets(
        frame.assign(panel="甲"), facet="panel", label="region", value="value", caption=CAPTION
    ),
    "heatmap": lambda frame: showing.plot_heatmap(
        frame.assign(kind="k"), row="region", column="kind", value="value", caption=CAPTION
    ),
    "coverage": lambda frame: showing.plot_coverage(
        frame.assign(kind="k"), row="region", column="kind", value="value", caption=CAPTION
    ),
}


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_says_title_source_n_and_unit(name):
    texts = " ".join(figure_spec(CHARTS[name](FRAME))["texts"]).replace("\n", " ")
    for part in (CAPTION.title, CAPTION.source, CAPTION.n, CAPTION.unit):
        assert part in texts


@pytest.mark.parametrize("name", CHARTS)
def test_nothing_found_is_drawn_as_such(name):
    axes = figure_spec(CHARTS[name](EMPTY))["axes"][0]
    assert axes["texts"] == ["nothing found"]
    assert not axes["bars"] and not axes["x_ticks"]


@pytest.mark.parametrize("name", CHARTS)
def test_one_row_is_enough(name):
    assert figure_spec(CHARTS[name](FRAME.head(1)))["axes"]


@pytest.mark.parametrize("name", CHARTS)
def test_the_table_is_not_changed_and_no_state_is_left(name):
    import matplotlib.pyplot as plt

    before = FRAME.copy()
    CHARTS[name](FRAME)
    pd.testing.assert_frame_equal(FRAME, before)
    assert not plt.get_fignums()


def test_bars_are_ranked_with_ties_by_name():
    axes = figure_spec(CHARTS["bars"](FRAME))["axes"][0]
    assert axes["y_ticks"] == ["丙区", "甲区", "乙区"]
    assert [bar[2] for bar in axes["bars"]] == [12.5, 12.5, -3.0]
    assert axes["texts"] == ["12.5", "12.5", "-3"]
    assert axes["x_label"] == "亿元"


def test_a_missing_number_is_named_not_dropped():
    frame = FRAME.assign(value=[1.0, None, 2.0])
    axes = figure_spec(CHARTS["bars"](frame))["axes"][0]
    assert axes["y_ticks"] == ["丙区", "甲区", "乙区"]
    assert axes["texts"] == ["2", "1", "not reported"]


def test_dots_carry_their_intervals_and_the_reference():
    figure = showing.plot_ranked_dots(
        FRAME,
        label="region",
        value="value",
        low="low",
        high="high",
        reference=5.0,
        caption=CAPTION,
    )
    axes = figure_spec(figure)["axes"][0]
    assert axes["points"] == [[[12.5, 0.0], [12.5, 1.0], [-3.0, 2.0]]]
    assert [[p[0] for p in segment] for segment in axes["intervals"]] == [
        [12.0, 13.0],
        [10.0, 15.0],
        [-4.0, -2.0],
    ]
    assert [point[0] for point in axes["lines"][0]] == [5.0, 5.0]


def test_a_palette_colours_names_and_not_places():
    palette = {"甲区": "#ff0000", "乙区": "#00ff00"}
    figure = showing.plot_ranked_bars(
        FRAME, label="region", value="value", palette=palette, caption=CAPTION
    )
    accent = showing.style.ACCENT.removeprefix("#")
    assert figure_spec(figure)["axes"][0]["colours"] == [f"{accent}ff", "ff0000ff", "00ff00ff"]


def test_colour_may_come_from_another_column():
    figure = showing.plot_facets(
        FRAME.assign(panel="甲", word=["a", "b", "c"]),
        facet="panel",
        label="word",
        value="value",
        palette={"乙区": "#00ff00"},
        colour_by="region",
        caption=CAPTION,
    )
    axes = figure_spec(figure)["axes"][0]
    assert axes["colours"][axes["y_ticks"].index("b")] == "00ff00ff"


def test_heatmap_keeps_absent_apart_from_zero():
    figure = showing.plot_heatmap(
        CELLS, row="region", column="measure", value="numbers", caption=CAPTION
    )
    axes = figure_spec(figure)["axes"][0]
    assert axes["cells"] == [[[4.0, 2.0], [0.0, None]]]
    assert axes["texts"] == ["4", "2", "0", "–"]


def test_heatmap_keeps_its_numbers_where_columns_are_told_in_words():
    kinds = CELLS.assign(measure=CELLS["measure"].map({"level": "traditional", "growth": "split"}))
    drawn = {"row": "region", "column": "measure", "value": "numbers", "caption": CAPTION}
    axes = figure_spec(showing.plot_heatmap(kinds, **drawn))["axes"][0]
    assert axes["texts"] == ["4", "2", "0", "–"]
    assert axes["x_ticks"] != ["traditional", "split"]


def test_coverage_shows_zero_as_not_reported_and_keeps_the_row():
    figure = showing.plot_coverage(
        CELLS,
        row="region",
        column="measure",
        value="numbers",
        column_order=["level", "growth", "rank"],
        caption=CAPTION,
    )
    axes = figure_spec(figure)["axes"][0]
    assert axes["y_ticks"] == ["甲区", "乙区"] and axes["x_ticks"] == ["level", "growth", "rank"]
    assert axes["texts"] == ["4", "2", "–", "–", "–", "–"]


def test_panels_share_one_scale_unless_told_otherwise():
    frame = pd.DataFrame(
        {"panel": ["p", "p", "q"], "word": ["a", "b", "a"], "value": [10.0, 5.0, 1.0]}
    )
    arguments = {"facet": "panel", "label": "word", "value": "value", "caption": CAPTION}
    same = showing.plot_facets(frame, **arguments)
    assert len({axis.get_xlim() for axis in same.axes}) == 1
    own = showing.plot_facets(frame, same_scale=False, **arguments)
    assert len({axis.get_xlim() for axis in own.axes}) == 2
    assert [axes["title"] for axes in figure_spec(own)["axes"]] == ["p", "q"]


def test_scatter_names_every_point_once():
    figure = showing.plot_scatter(
        FRAME.assign(low=1.0, high=1.0),
        x="low",
        y="high",
        label="region",
        x_unit="亿元",
        caption=CAPTION,
    )
    assert sorted(figure_spec(figure)["axes"][0]["texts"]) == sorted(FRAME["region"])


def test_log_scales_are_labelled_in_plain_numbers():
    frame = FRAME.assign(low=[10.0, 100.0, 1000.0], high=[1.0, 10.0, 100.0])
    figure = showing.plot_scatter(
        frame, x="low", y="high", label="region", x_unit="人", log=True, caption=CAPTION
    )
    axes = figure_spec(figure)["axes"][0]
    assert axes["scales"] == ["log", "log"]
    assert "1,000" in axes["x_ticks"] and not any("$" in tick for tick in axes["x_ticks"])


def test_a_missing_column_is_named():
    with pytest.raises(ValueError, match=r"no column \['amount'\].*'region'"):
        showing.plot_ranked_bars(FRAME, label="region", value="amount", caption=CAPTION)


def test_a_name_given_twice_is_refused():
    with pytest.raises(ValueError, match=r"\['甲区'\] more than once"):
        rank_rows(pd.concat([FRAME, FRAME.head(1)]), label="region", value="value")


def test_a_cell_given_twice_is_refused():
    twice = pd.concat([CELLS, CELLS.head(1)])
    with pytest.raises(ValueError, match="stands more than once"):
        spread_matrix(twice, "region", "measure", value="numbers", rows=["甲区"], columns=["level"])


@pytest.mark.parametrize(
    ("value", "words"),
    [(0, "0"), (1234567, "1,234,567"), (-3.25, "-3.25"), (15750000000.0, "15,750,000,000")],
)
def test_numbers_are_written_for_readers(value, words):
    assert spell_value(value) == words


@pytest.mark.parametrize(
    ("value", "largest", "words"),
    [
        (0.05422, 1.856, "0.054"),
        (-0.05422, 1.856, "-0.054"),
        (98.8, 100, "98.8"),
        (15858, 15858, "15,858"),
        (15858, 1234567, "15,858"),
        (0.0000123, 1.856, "0.0000123"),
        (0, 1.856, "0"),
        (0, 0, "0"),
        (float("nan"), 1, "–"),
    ],
)
def test_numbers_of_one_chart_are_written_equally_fine(value, largest, words):
    assert spell_beside(value, largest) == words


@pytest.mark.parametrize("width", [20, 40, 80])
def test_lines_are_no_wider_than_asked(width):
    text = "陵城区 wrote 15,858 Han characters 是德城区的十六倍 compare rates not counts " * 3
    assert all(count_cells(line) <= width for line in wrap_text(text, width=width).splitlines())


WIDE_TITLES = (
    "三次兴业、管家式服务、双引双聚和七个一" * 3,
    "三次兴业, 管家式服务, 双引双聚 and 七个一 are the most frequent of 57 slogans and coinages, "
    "2 times each",
    "Word by word, as if words fell independently, 3 of 1,490 comparisons of a word hold. " * 2,
)


@pytest.mark.parametrize("target", MEDIA)
@pytest.mark.parametrize("title", WIDE_TITLES)
def test_no_title_or_footer_runs_over_the_edge(title, target):
    caption = Caption(title, "亿元", "3 districts", title)
    showing.use_style(target)
    figure = showing.plot_ranked_bars(FRAME, label="region", value="value", caption=caption)
    figure.canvas.draw()
    for text in (figure._suptitle, figure._supxlabel):
        assert text.get_window_extent().x1 <= figure.bbox.width


def test_documents_of_one_district_are_told_apart():
    documents = pd.DataFrame(
        {
            "id": ["a", "b", "c", "d", "e"],
            "region": ["甲区", "甲区", "甲区", "乙区", ""],
            "period_end": ["2020-12", "2021-06", "2021-12", "2021-12", ""],
        }
    )
    labels = label_documents(documents)
    assert list(labels) == ["甲区 2020", "甲区 2021 b", "甲区 2021 c", "乙区", "e"]
    assert labels.is_unique and list(labels.index) == list(documents["id"])


def long_frame(rows):
    """Return a table of many rows, the largest number in the middle."""
    numbers = [float(n if n < rows / 2 else rows - n) + n / 1000 for n in range(rows)]
    table = pd.DataFrame({"region": [f"第{n}区" for n in range(rows)], "value": numbers})
    return table.assign(low=table["value"] - 1, high=table["value"] + 1)


@pytest.mark.parametrize("rows", [31, 62, 400])
@pytest.mark.parametrize("name", sorted(set(CHARTS) - {"scatter"}))
def test_no_chart_is_higher_than_a_page(name, rows):
    assert CHARTS[name](long_frame(rows)).get_figheight() <= look().most_inches


@pytest.mark.parametrize("name", ["bars", "dots"])
def test_of_a_long_ranking_the_ends_are_drawn_and_the_footer_says_so(name):
    frame = long_frame(62)
    spec = figure_spec(CHARTS[name](frame))
    ranked = list(rank_rows(frame, label="region", value="value")["region"])
    assert spec["axes"][0]["y_ticks"] == ranked[:15] + ranked[-15:]
    assert "32 rows between the ends not drawn" in " ".join(spec["texts"]).replace("\n", " ")
    assert "not drawn" not in " ".join(figure_spec(CHARTS[name](long_frame(30)))["texts"])


@pytest.mark.parametrize(("names", "drawn"), [("甲", 12), ("大众创业万众创新", 8)])
def test_panels_that_a_page_does_not_take_are_counted(names, drawn):
    frame = pd.DataFrame(
        [(f"第{panel}区", f"{names}{bar}", bar + 1.0) for panel in range(31) for bar in range(5)],
        columns=["region", "word", "value"],
    )
    figure = showing.plot_facets(
        frame, facet="region", label="word", value="value", caption=CAPTION
    )
    titles = [axis.get_title(loc="left") for axis in figure.axes]
    assert len([title for title in titles if title]) == drawn
    assert figure.get_figheight() <= look().most_inches
    assert f"{31 - drawn} panels not drawn" in " ".join(figure_spec(figure)["texts"])
