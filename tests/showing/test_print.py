"""Figures as a journal takes them: width, type, fonts, words that can be copied, grey."""

import re
from pathlib import Path

import pandas as pd
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from matplotlib.patches import Patch

from dz_analysis import showing
from dz_analysis.showing import media
from dz_analysis.showing.canvas import Caption, new_figure
from dz_analysis.showing.export import render_figure
from dz_analysis.showing.fonts import SONG_EXTRA, _locate
from dz_analysis.showing.marks import tell_apart

CAPTION = Caption("甲县的投资最多", "亿元", "3 regions", "invented")
ROWS = pd.DataFrame(
    {"region": ["甲县开发区管理委员会", "乙县", "丙县"], "value": [12.5, 3.0, 8.25]}
)
KINDS = ["建成", "在建", "未开工"]


def draw_bars():
    return showing.plot_ranked_bars(ROWS, label="region", value="value", caption=CAPTION)


def draw_stack(colours):
    """Draw stacked bars with a legend, as charts of ours do."""
    figure, axes = new_figure(height=2)
    for place, (kind, colour) in enumerate(zip(KINDS, colours, strict=True)):
        axes[0, 0].barh([0, 1], [1, 2], left=[place, 2 * place], color=colour, label=kind)
    axes[0, 0].legend()
    tell_apart(figure)
    return axes[0, 0]


@pytest.mark.parametrize("target", media.MEDIA)
def test_words_of_the_pdf_are_embedded_and_can_be_copied(target):
    showing.use_style(target)
    page = pypdfium2.PdfDocument(render_figure(draw_bars(), "pdf"))[0]
    assert page.get_width() / 72 * 25.4 == pytest.approx(look_width(target), abs=0.1)
    told = re.sub(r"\s", "", page.get_textpage().get_text_bounded())
    for name in (*ROWS["region"], "12.5", "亿元", CAPTION.title):
        assert name in told
    fonts = [
        pdfium.FPDFTextObj_GetFont(one.raw)
        for one in page.get_objects()
        if one.type == pdfium.FPDF_PAGEOBJ_TEXT
    ]
    assert fonts and all(pdfium.FPDFFont_GetIsEmbedded(font) == 1 for font in fonts)


def look_width(target):
    return media.MEDIA[target].width


def test_widths_are_those_of_journals():
    assert (look_width("one_column"), look_width("two_columns")) == (89, 183)


def test_a_figure_without_title_keeps_the_finding_as_its_label():
    showing.use_style(titles=False)
    figure = draw_bars()
    assert figure._suptitle is None and figure.get_label() == CAPTION.title


@pytest.mark.parametrize("dpi", [300, 600])
def test_dots_an_inch_are_those_asked_for(dpi):
    showing.use_style("one_column", dpi=dpi)
    png = render_figure(draw_bars(), "png")
    assert int.from_bytes(png[16:20], "big") == pytest.approx(89 / 25.4 * dpi, abs=1)


def test_the_svg_holds_words_and_brings_its_font():
    svg = render_figure(draw_bars(), "svg").decode("utf-8")
    assert "乙县" in svg and "@font-face" in svg and "font/woff" in svg
    assert svg.encode() == render_figure(draw_bars(), "svg")


@pytest.mark.skipif(
    not (_locate(SONG_EXTRA.replace("-", "_")) / "__init__.py").is_file(), reason="no font Song"
)
def test_song_is_drawn_from_its_own_file():
    showing.use_style(font="Song")
    assert showing.font_file().name.startswith("NotoSerifSC")
    assert b"NotoSerifSC" in render_figure(draw_bars(), "pdf")


def test_an_unknown_target_names_those_that_there_are():
    with pytest.raises(ValueError, match="one_column, two_columns, slide"):
        showing.use_style("poster")


@pytest.mark.parametrize(
    ("colours", "hatched"),
    [
        (("#111111", "#777777", "#dddddd"), 0),  # far apart in grey
        (("#0173b2", "#029e73", "#dddddd"), 1),
        (("#de8f05", "#cc78bc", "#56b4e9"), 2),  # one grey
    ],
)
def test_what_is_one_grey_is_hatched_and_the_bars_as_their_legend(colours, hatched):
    axes = draw_stack(colours)
    entries = axes.get_legend().legend_handles
    assert len({one.get_hatch() for one in entries if one.get_hatch()}) == hatched
    for entry in entries:
        bars = [bar for bar in axes.patches if bar.get_facecolor() == entry.get_facecolor()]
        assert isinstance(entry, Patch) and len(bars) == 2
        assert {bar.get_hatch() for bar in bars} == {entry.get_hatch()}


def test_every_chart_is_drawn_by_a_test_of_this_room():
    """The room's conftest holds each figure against what a journal asks."""
    tests = "".join(
        file.read_text(encoding="utf-8") for file in Path(__file__).parent.glob("test_*.py")
    )
    charts = [name for name in showing.__all__ if name.startswith("plot_")]
    assert [name for name in charts if f"{name}(" not in tests] == []
