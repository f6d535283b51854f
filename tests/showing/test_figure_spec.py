"""A figure's words change when the figure does, and not otherwise."""

import pandas as pd
import pytest
from matplotlib.figure import Figure

from dz_analysis.showing.canvas import Caption, add_caption, new_figure
from dz_analysis.showing.figure_spec import (
    describe_figure,
    figure_bundle,
    figure_spec,
    fingerprint,
    render_png,
    write_table,
)


def draw(*, heights=(3.0, 1.0), title="标题", colour="#0173b2", label="亿元") -> Figure:
    figure, axes = new_figure(height=2)
    axes[0, 0].bar([0, 1], heights, color=colour)
    axes[0, 0].set_xlabel(label)
    return add_caption(figure, Caption(title, "亿元", "2", "made"))


CHANGES = [
    {"heights": (3.0, 1.01)},
    {"heights": (1.0, 3.0)},
    {"title": "别的标题"},
    {"colour": "#de8f05"},
    {"label": "万元"},
]


def test_the_same_figure_has_the_same_fingerprint():
    assert fingerprint(draw()) == fingerprint(draw())


@pytest.mark.parametrize("change", CHANGES, ids=str)
def test_a_change_that_a_reader_sees_changes_the_fingerprint(change):
    assert fingerprint(draw(**change)) != fingerprint(draw())


def test_rounding_noise_does_not():
    assert fingerprint(draw(heights=(3.0 + 1e-12, 1.0))) == fingerprint(draw())


def test_reading_a_figure_does_not_change_it():
    figure = draw()
    first = describe_figure(figure)
    render_png(figure)
    assert describe_figure(figure) == first


def test_the_description_holds_what_the_chart_shows():
    text = describe_figure(draw())
    assert text.startswith("Figure ") and "标题" in text
    assert '"亿元"' in text and "3.0" in text


def test_the_spec_reads_lines_cells_and_legend():
    figure, axes = new_figure(height=2, columns=2)
    axes[0, 0].plot([1, 2], [3, 4], label="甲区")
    axes[0, 0].legend()
    axes[0, 1].imshow([[1, 2], [3, 4]])
    left, right = figure_spec(figure)["axes"]
    assert left["lines"] == [[[1.0, 3.0], [2.0, 4.0]]] and left["legend"] == ["甲区"]
    assert len(right["images"]) == 1 and not right["bars"]


def test_words_of_different_size_say_their_sizes():
    figure, axes = new_figure(height=2)
    for size, word in ((20, "发展"), (10, "改革")):
        axes[0, 0].text(0.5, 0.5, word, fontsize=size)
    assert figure_spec(figure)["axes"][0]["text_sizes"] == [20.0, 10.0]


def test_a_notebook_gets_image_and_words():
    content, metadata = figure_bundle(draw())
    assert content["image/png"].startswith(b"\x89PNG")
    assert content["text/plain"].splitlines()[1] == "标题"
    assert metadata["image/png"]["alt"] == "标题"


def test_an_image_has_the_same_bytes_and_no_version():
    assert render_png(draw()) == render_png(draw())
    assert b"matplotlib" not in render_png(draw()).lower()


def test_a_character_without_glyph_stops_the_figure():
    with pytest.raises(ValueError, match=r"U\+E2A6 in '坏\\ue2a6'"):
        fingerprint(draw(title="坏\ue2a6"))


@pytest.mark.parametrize("page", [False, True])
@pytest.mark.parametrize("rows", [2, 200])
def test_what_is_missing_in_a_table_is_a_dash(page, rows):
    table = pd.DataFrame({"place": ["甲县", None] * rows, "rate": [2.5, float("nan")] * rows})
    written = write_table(table, page=page)
    assert "NaN" not in written and "None" not in written and "–" in written
    assert ("400 rows x 2 columns" in written.replace("×", "x")) == (rows == 200)


@pytest.mark.parametrize("rows", [3, 200])
def test_a_table_without_gaps_is_written_as_ever(rows):
    table = pd.DataFrame({"place": ["甲县"] * rows, "rate": 2.5, "words": "字" * 80})
    assert write_table(table) == repr(table)
