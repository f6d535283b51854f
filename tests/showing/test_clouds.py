"""Word clouds that are evidence."""

import re
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
from PIL import Image, ImageDraw, ImageFont

from dz_analysis import lexicon
from dz_analysis.showing import Caption, figure_spec
from dz_analysis.showing.clouds import (
    SHAPES,
    Cloud,
    kind_colours,
    kind_of_pos,
    lay_out_cloud,
    make_shape,
    plot_cloud,
    read_shape,
    write_svg,
)
from dz_analysis.showing.fonts import font_file
from dz_analysis.tables import SLOGAN_FORMS

TERMS = [
    "双招双引",
    "项目",
    "乡村振兴",
    "营商环境",
    "产业链",
    "招商",
    "改革",
    "服务",
    "创新",
    "人才",
]
EDGE = 40  # pixels round the canvas, where ink would show that a word is cut
CAPTION = Caption("Words", "per 10,000 Han characters", "2 documents", "corpus x")


def words(terms=TERMS, kind="noun"):
    counts = [40 - 3 * i for i in range(len(terms))]
    return pd.DataFrame(
        {"term": terms, "count": counts, "rate": [c / 2 for c in counts], "kind": kind}
    )


def boxes(cloud):
    for row in cloud.layout.itertuples():
        font = ImageFont.truetype(str(font_file()), row.font_size)
        left, top, right, bottom = font.getbbox(row.term, anchor="ls")
        yield row.x + left, row.y + top, row.x + right, row.y + bottom


def ink(cloud, width, height):
    """Yield for each word the pixels that its characters cover, on a canvas of their own."""
    for row in cloud.layout.itertuples():
        canvas = Image.new("L", (width + 2 * EDGE, height + 2 * EDGE))
        font = ImageFont.truetype(str(font_file()), row.font_size)
        place = (row.x + EDGE, row.y + EDGE)
        ImageDraw.Draw(canvas).text(place, row.term, font=font, fill=255, anchor="ls")
        yield np.asarray(canvas) > 127


def test_every_word_is_drawn_inside_and_none_covers_another():
    cloud = lay_out_cloud(words(), width=700, height=500)
    assert list(cloud.layout["term"]) == TERMS
    assert cloud.omitted == ()
    drawn = sum(pixels.astype(int) for pixels in ink(cloud, 700, 500))
    assert drawn.max() == 1
    inside = drawn[EDGE:-EDGE, EDGE:-EDGE]
    assert drawn.sum() == inside.sum() > 0


def test_the_area_of_characters_follows_the_rate():
    layout = lay_out_cloud(words(), width=1200, height=900).layout
    expected = layout["font_size"].iloc[0] * np.sqrt(layout["rate"] / layout["rate"].iloc[0])
    assert (layout["font_size"] - expected).abs().max() < 2


def test_the_same_seed_gives_the_same_layout_and_another_one_another():
    first, again = (lay_out_cloud(words(), seed=3).layout for _ in range(2))
    pd.testing.assert_frame_equal(first, again)
    assert not first.equals(lay_out_cloud(words(), seed=4).layout)


def test_the_order_of_rows_and_ties_does_not_matter():
    tied = words().assign(rate=5.0, count=5)
    turned = tied.iloc[::-1]
    pd.testing.assert_frame_equal(lay_out_cloud(tied).layout, lay_out_cloud(turned).layout)


def test_top_words_shrink_until_all_stand():
    cloud = lay_out_cloud(words(), width=90, height=40, top=len(TERMS))
    assert list(cloud.layout["term"]) == TERMS
    assert cloud.layout["font_size"].max() < 14


def test_what_finds_no_place_at_any_size_is_named_and_stops_nothing():
    cloud = lay_out_cloud(words(), width=14, height=9, top=len(TERMS))
    assert cloud.omitted and set(cloud.omitted) < {*TERMS, ""} | set(TERMS)
    assert [*cloud.layout["term"], *cloud.omitted] == TERMS


def test_seventy_words_of_nearly_one_rate_all_stand_at_their_size():
    flat = words([f"{a}{b}" for a in "甲乙丙丁戊己庚辛壬癸" for b in "县市区镇乡村里"])
    flat = flat.assign(count=50, rate=np.linspace(50, 40, len(flat)))
    cloud = lay_out_cloud(flat, most=70)
    assert len(cloud.layout) == 70
    expected = cloud.layout["font_size"].iloc[0] * np.sqrt(cloud.layout["rate"] / 50)
    assert (cloud.layout["font_size"] - expected).abs().max() <= 1


def test_words_of_one_rate_are_left_out_together():
    tied = words().assign(rate=[20, 18, 16, *[9] * (len(TERMS) - 3)])
    cloud = lay_out_cloud(tied, top=2, most=5)
    assert list(cloud.layout["term"]) == TERMS[:3]
    assert len(lay_out_cloud(words().assign(rate=5.0), top=2, most=5).layout) == 5


def test_words_left_out_are_listed():
    many = words([f"{a}{b}" for a in "甲乙丙丁戊己庚辛" for b in "县市区镇乡村"])
    many["rate"] = np.linspace(50, 1, len(many))
    cloud = lay_out_cloud(many, top=5, most=20)
    assert set(cloud.omitted) == set(many["term"]) - set(cloud.layout["term"])
    assert len(cloud.omitted) >= 28


def test_a_mask_keeps_its_corners_empty():
    mask = make_shape("ellipse", width=800, height=600)
    cloud = lay_out_cloud(words(), mask=mask)
    assert (cloud.width, cloud.height) == (800, 600)
    for left, top, right, bottom in boxes(cloud):
        assert mask[(top + bottom) // 2, (left + right) // 2] == 0


def test_a_character_that_the_font_has_not_is_drawn_as_a_box_and_said():
    cloud = lay_out_cloud(words(["坏\ue2a6字", *TERMS[1:]]))
    assert cloud.boxed == ("坏\ue2a6字",)
    assert cloud.layout["drawn"].tolist() == ["坏□字", *TERMS[1:]]
    assert cloud.layout["term"].tolist() == ["坏\ue2a6字", *TERMS[1:]]
    assert cloud.say_omitted() == "□ for what the font lacks in 1."
    figure = plot_cloud(cloud, caption=CAPTION)
    assert figure.axes[0].texts[0].get_text() == "坏□字"
    assert "□ for what the font lacks in 1." in str(figure_spec(figure))
    svg = write_svg(cloud, unit="per 10,000")
    assert "</title>坏□字</text>" in svg and "<title>坏\ue2a6字: 40" in svg


def test_two_words_that_look_alike_in_boxes_are_both_drawn():
    cloud = lay_out_cloud(words(["坏\ue2a6字", "坏\ue2a7字", *TERMS[2:]]))
    assert cloud.layout["drawn"].tolist()[:2] == ["坏□字", "坏□字"]
    assert cloud.layout["count"].tolist()[:2] == [40, 37]


def test_what_is_left_out_is_said_with_its_reason():
    tied = words().assign(rate=[20, 18, 16, *[9] * (len(TERMS) - 3)])
    cloud = lay_out_cloud(tied, top=2, most=5)
    assert (cloud.tied, cloud.rare) == (7, 0)
    assert cloud.say_omitted() == "Words not drawn: 7 (7 of one rate, left out together)."
    seldom = lay_out_cloud(words(), least=20)
    assert (seldom.tied, seldom.rare, len(seldom.layout)) == (0, 3, 7)
    assert seldom.say_omitted() == "Words not drawn: 3 (3 said too seldom)."
    assert lay_out_cloud(words(), most=len(TERMS)).say_omitted() == ""
    few = Cloud(9, 9, 1, seldom.layout, tuple("甲乙丙丁戊"), tied=1, rare=2)
    assert few.say_omitted() == (
        "Words not drawn: 5 (2 said too seldom, 1 of one rate, left out together, 2 less frequent "
        "than those drawn)."
    )
    assert "Words not drawn: 3 (3 said" in str(figure_spec(plot_cloud(seldom, caption=CAPTION)))


def test_small_words_of_one_rate_are_not_cut_by_the_number_of_top_words():
    rates = [400, 300, *[0.9] * 8]
    cloud = lay_out_cloud(words().assign(rate=rates), width=300, height=200, top=4)
    assert cloud.layout["term"].tolist() == TERMS[:2]


def test_nothing_said_often_enough_gives_an_empty_cloud():
    cloud = lay_out_cloud(words(), least=99)
    assert cloud.layout.empty and cloud.rare == len(TERMS)
    assert "nothing found" in str(figure_spec(plot_cloud(cloud, caption=CAPTION)))


def test_no_empty_band_stands_under_the_cloud():
    cloud = lay_out_cloud(words(), width=900, height=620)
    above, below = cloud.band
    assert 0 <= above < below <= 620
    figure = plot_cloud(cloud, caption=CAPTION)
    assert figure.axes[0].get_ylim() == (below, above)
    picture, box = figure.axes[0], figure.axes[0].get_position()
    needed = figure.get_figwidth() * 0.62 * (below - above) / 900
    assert box.height * figure.get_figheight() <= max(needed, 0.6 + 0.17 * 10) + 0.01
    for text in picture.texts:
        assert above <= text.get_position()[1] <= below
    assert f'viewBox="0 {above} 900 {below - above}"' in write_svg(cloud, unit="x")


@pytest.mark.parametrize("shape", SHAPES[1:])
def test_words_stand_inside_a_shape(shape):
    mask = make_shape(shape, width=800, height=600)
    assert mask.shape == (600, 800) and set(np.unique(mask)) == {0, 255}
    assert (mask == mask[::-1]).all() and (mask == mask[:, ::-1]).all()
    cloud = lay_out_cloud(words(), mask=mask)
    assert list(cloud.layout["term"]) == TERMS
    drawn = sum(pixels.astype(int) for pixels in ink(cloud, 800, 600))[EDGE:-EDGE, EDGE:-EDGE]
    assert not (drawn.astype(bool) & (mask == 255)).any()


def test_an_unknown_shape_is_refused_with_those_that_there_are():
    with pytest.raises(ValueError, match="expected one of rectangle, ellipse, circle"):
        make_shape("star")


@pytest.mark.parametrize("mode", ["RGBA", "RGB", "L"])
def test_the_dark_parts_of_a_picture_are_a_shape(tmp_path, mode):
    picture = Image.new("RGBA", (100, 50), (255, 255, 255, 0))
    ImageDraw.Draw(picture).rectangle((0, 0, 49, 49), fill="black")
    flat = Image.new("RGBA", picture.size, "white")
    flat.alpha_composite(picture)
    (picture if mode == "RGBA" else flat.convert(mode)).save(tmp_path / "half.png")
    mask = read_shape(tmp_path / "half.png", width=800, height=600)
    assert mask.shape == (400, 800)
    assert (mask[:, :390] == 0).all() and (mask[:, 410:] == 255).all()
    layout = lay_out_cloud(words(), mask=mask).layout
    assert (layout["x"] + layout["width"] <= 410).all()


def test_what_is_no_picture_or_holds_nothing_dark_is_refused(tmp_path):
    Image.new("L", (40, 40), "white").save(tmp_path / "white.png")
    (tmp_path / "text.png").write_text("no picture", encoding="utf-8")
    with pytest.raises(ValueError, match="words stand in the dark parts"):
        read_shape(tmp_path / "white.png")
    with pytest.raises(ValueError, match="no picture that can be read"):
        read_shape(tmp_path / "text.png")
    with pytest.raises(FileNotFoundError, match="No picture"):
        read_shape(tmp_path / "none.png")


def test_a_word_given_twice_is_refused():
    with pytest.raises(ValueError, match="more than once"):
        lay_out_cloud(words(["项目", "项目"]))


def test_colour_depends_on_the_kind_alone():
    alone = lay_out_cloud(words(TERMS[:3], kind="verb")).layout["colour"].unique()
    mixed = words()
    mixed.loc[2:, "kind"] = "verb"
    layout = lay_out_cloud(mixed).layout
    assert set(layout.loc[layout["kind"] == "verb", "colour"]) == set(alone)


def test_every_kind_of_slogan_and_word_has_a_colour():
    kinds = {row["kind"] for row in lexicon.load_lexicon("slogans")}
    kinds |= {kind_of_pos(tag) for tag in ("n", "v", "a", "ns", "l", "x")}
    assert kinds | (set(SLOGAN_FORMS) - {"lexicon"}) <= set(kind_colours())
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in kind_colours().values())


def test_the_svg_holds_real_text_with_counts():
    cloud = lay_out_cloud(words(["甲<乙", *TERMS[1:]]))
    svg = write_svg(cloud, unit="per 10,000")
    root = ElementTree.fromstring(svg)
    texts = root.findall("{http://www.w3.org/2000/svg}text")
    said = ["".join(text.itertext()) for text in texts]
    assert all(s.endswith(w) for s, w in zip(said, cloud.layout["term"], strict=True))
    assert [int(t.get("data-count")) for t in texts] == list(cloud.layout["count"])
    assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")
    assert svg == write_svg(cloud, unit="per 10,000")


def test_the_figure_shows_the_cloud_and_the_ranking():
    table = words().assign(low=lambda w: w["rate"] * 0.8, high=lambda w: w["rate"] * 1.2)
    figure = plot_cloud(lay_out_cloud(table), caption=CAPTION, words=table, low="low", high="high")
    spec = figure_spec(figure)
    assert spec["axes"][0]["texts"] == TERMS
    assert spec["axes"][1]["y_ticks"][0] == "双招双引 40"
    assert len(spec["axes"][1]["intervals"]) == len(TERMS)


LONG = "管家式服务, 双引双聚, 七个一 and 三次兴业 are the most frequent of 57 slogans and coinages"


@pytest.mark.parametrize("title", ["Words", LONG, LONG * 3])
@pytest.mark.parametrize("kinds", [["noun"], ["noun", "verb", "name", "phrase", "modifier"]])
def test_nothing_said_beside_a_cloud_covers_anything_else(title, kinds):
    table = words(kind=[kinds[i % len(kinds)] for i in range(len(TERMS))])
    caption = Caption(
        title, "per 10,000 Han characters", "61 mentions", "corpus made (dz_analysis)"
    )
    figure = plot_cloud(lay_out_cloud(table, most=4), caption=caption)
    figure.canvas.draw()
    chart = figure.axes[1]
    above, footer, legend = figure._suptitle, figure.texts[1], figure.legends[0]
    below = chart.xaxis.label.get_window_extent()
    assert above.get_window_extent().x1 <= figure.bbox.width
    assert above.get_window_extent().y0 >= chart.get_window_extent().y1
    assert footer.get_window_extent().y1 <= min(below.y0, legend.get_window_extent().y0)


def test_no_words_give_an_empty_cloud():
    cloud = lay_out_cloud(words([]))
    assert cloud.layout.empty
    assert "nothing found" in str(figure_spec(plot_cloud(cloud, caption=CAPTION)))
    assert "<svg" in write_svg(cloud, unit="per 10,000")
