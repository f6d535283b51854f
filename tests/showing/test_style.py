"""One look on every machine: the font by its file, and colours that stay with their district."""

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib import font_manager

from dz_analysis.showing import style
from dz_analysis.showing.fonts import FONT_FAMILY, font_file, missing_glyphs, subset_font
from dz_analysis.tables import TABLES, save_table


@pytest.fixture
def three_districts(home):
    rows = []
    for number, region in enumerate(["丙区", "甲区", "乙区"]):
        columns = [column for column in TABLES["documents"].columns if not column.later]
        row = {column.name: 1 if column.kind == "count" else "" for column in columns}
        rows.append({**row, "id": f"d{number}", "region": region})
    save_table(pd.DataFrame(rows), home / "data" / "made" / "tables", "documents")
    lines = ["id,file", *(f"d{n},d{n}.txt" for n in range(3))]
    (home / "data" / "made" / "documents.csv").write_text("\n".join(lines), encoding="utf-8")
    return "made"


def test_the_chinese_font_is_the_one_drawn_with():
    style.use_style()
    found = font_manager.findfont(font_manager.FontProperties(family=FONT_FAMILY))
    assert found == str(font_file())
    assert mpl.rcParams["font.family"][0] == FONT_FAMILY
    assert mpl.rcParams["pdf.fonttype"] == 42


def test_the_font_is_found_without_importing_its_package():
    import sys

    sys.modules.pop("zhplot", None)
    font_file()
    assert "zhplot" not in sys.modules


def test_the_genre_can_be_drawn():
    assert missing_glyphs("“双招双引”——保姆式帮办，１２３％ 12.8亿元/㎡ ±≥≤ ①②③ A、B\n") == ""


def test_private_use_and_lost_characters_cannot():
    assert missing_glyphs("开\ue000发\uf8ff区") == "\ue000\uf8ff"


def test_a_subset_holds_what_was_asked_and_is_the_same_every_time():
    import io

    from fontTools.ttLib import TTFont

    cut = subset_font("德城区 ABC")
    held = {chr(code) for code in TTFont(io.BytesIO(cut)).getBestCmap()}
    assert held == set("德城区")
    assert cut == subset_font("区城德")


def test_a_district_keeps_its_colour_when_others_are_left_out(three_districts):
    from dz_analysis.corpus import load_corpus

    whole = style.region_palette(load_corpus(three_districts))
    part = style.region_palette(load_corpus(three_districts, regions=["乙区"]))
    assert list(whole) == ["丙区", "乙区", "甲区"]
    assert part == whole == style.region_palette(three_districts)


@pytest.mark.parametrize("count", [1, 10, 11, 40])
def test_colours_differ_however_many_districts(count):
    colours = style.assign_colours(f"区{number}" for number in range(count))
    assert len(set(colours.values())) == count


def test_the_style_can_be_set_twice():
    style.use_style()
    first = dict(mpl.rcParams)
    style.use_style()
    assert dict(mpl.rcParams) == first
