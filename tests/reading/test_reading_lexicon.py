"""The reading room's word lists: every entry agrees with its example."""

import io
import re

import matplotlib
import pytest

from dz_analysis.lexicon import load_lexicon, load_settings, words
from dz_analysis.reading import damage, read_page
from dz_analysis.reading.article import find_article
from dz_analysis.reading.damage import to_mirror_script
from dz_analysis.reading.ledger import apply_edits
from dz_analysis.reading.script import to_traditional
from dz_analysis.reading.simplify import simplify

FURNITURE = load_lexicon("furniture")
NAMES = load_lexicon("script_names")
MIRROR = load_lexicon("mirror_script")
BODY = (
    "某县经济简况\n全县工业增加值增长6%，农业增加值增长3%，财政收入增长5%，城镇新增就业2000人。\n"
)


def ids(rows, column):
    return {"argvalues": rows, "ids": [f"{row[column]}-{at}" for at, row in enumerate(rows)]}


@pytest.mark.parametrize("row", **ids(FURNITURE, "kind"))
def test_furniture_cue_finds_its_example(row):
    assert re.search(row["pattern"], row["example"])
    assert row["effect"] in ("line", "tail")
    found = find_article(BODY + row["example"])
    assert found.text == BODY.strip(), "the example is set apart, the article is not"


@pytest.mark.parametrize("row", **ids(NAMES, "traditional"))
def test_name_is_kept_in_its_example(row):
    assert len(row["traditional"]) == len(row["simplified"])
    assert row["simplified"] in row["example"]
    prefix = "全縣實現農業總產值增長，"
    start = row["example"].index(row["simplified"])
    end = start + len(row["simplified"])
    mirrored = to_traditional(row["example"][:start]) + row["traditional"]
    mirrored += to_traditional(row["example"][end:])
    text = prefix + mirrored
    got = apply_edits(text, simplify(text, is_mirrored=True)).text
    assert got[len(prefix) :] == row["example"]


@pytest.mark.parametrize("row", **ids(MIRROR, "simplified"))
def test_mirror_table_agrees_with_its_example(row):
    assert row["simplified"] in row["example"]
    assert row["mirrored"] in to_mirror_script(row["example"])


def test_cues_of_sections_do_not_contradict_each_other():
    plan = {*words("sections", "plan.heading"), *words("sections", "plan.heading_end")}
    assert not plan & set(words("sections", "review.heading"))
    assert not plan & set(words("sections", "glossary.heading"))


def test_marks_of_the_context_are_shares():
    shares = load_settings("context")["marks"].values()
    assert all(0 < share < 0.1 for share in shares)
    assert sum(shares) < 0.5


def test_forward_model_is_deterministic():
    readings = {"業": "yè", "縣": "xiàn"}
    assert damage(BODY, readings) == damage(BODY, dict(reversed(readings.items())))


def test_pdf_file():
    from importlib.resources import files

    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

    font = FontProperties(fname=str(files("zhplot") / "fonts" / "NotoSansSC-Regular.ttf"))
    figure = Figure(figsize=(8, 4))
    figure.text(0.1, 0.8, "某县经济简况", fontproperties=font)
    figure.text(0.1, 0.6, "全县工业增加值增长6%，农业增长3%。", fontproperties=font)
    stream = io.BytesIO()
    with matplotlib.rc_context({"pdf.fonttype": 42}):
        figure.savefig(stream, format="pdf")
    page = read_page(stream.getvalue())
    assert page.text == "某县经济简况\n全县工业增加值增长6%，农业增长3%。"
