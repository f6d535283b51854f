"""Every unit of the list is read from its example, and every cue of measuring from its own."""

import pytest

from dz_analysis.finding.measure.telling import read_measure
from dz_analysis.finding.model import Quantity
from dz_analysis.finding.number.reject import find_quantities
from dz_analysis.lexicon import load_lexicon, load_settings

UNITS = load_lexicon("units")
WORDS = load_lexicon("measure_words")
MEASURES = {
    "move": {"growth", "average_growth", "change"},
    "head": {"growth"},
    "pull": {"change"},
    "gap": {"gap"},
    "compare": {"gap"},
    "state": {"level"},
}
NOTHING = load_settings("not_quantities")


@pytest.mark.parametrize("row", UNITS, ids=lambda row: row["unit"])
def test_unit_is_read_from_its_example(row):
    (quantity,) = find_quantities(row["example"])
    assert quantity.quote.endswith(row["unit"])
    assert quantity.unit == row["base"]
    assert quantity.kind == row["kind"]


def test_no_unit_stands_twice():
    units = [row["unit"] for row in load_lexicon("units")]
    assert sorted(set(units)) == sorted(units)


@pytest.mark.parametrize("row", WORDS, ids=lambda row: f"{row['family']}-{row['word']}")
def test_measure_word_is_read_from_its_example(row):
    (quantity,) = find_quantities(row["example"])
    assert isinstance(quantity, Quantity)
    before, behind = row["example"][: quantity.start], row["example"][quantity.end :]
    telling = read_measure(before, quantity, behind)
    assert telling.measure in MEASURES[row["family"]]
    assert telling.sign == (-1 if row["sign"] == "-" else 1)


@pytest.mark.parametrize(
    "example",
    [example for name in NOTHING if name.endswith("_examples") for example in NOTHING[name]],
)
def test_what_counts_nothing_is_left_out(example):
    assert find_quantities(example) == ()


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("财政收入□0.7亿元，下降□.6个百分点，三次产业比例为□1.8:54.3:33.9", []),
        ("新建道路□十二公里，安排就业80□人", []),
        ("形势□，5家企业增产，收入增长5%□", ["5家", "5%"]),
        ("获评名单\n□5家企业\n□3个园区", ["5家", "3个"]),
    ],
)
def test_a_number_that_a_lost_character_touches_is_no_number(text, quotes):
    assert [quantity.quote for quantity in find_quantities(text)] == quotes
