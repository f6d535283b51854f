"""The forms of numbers and the numerals: every row is read as its example says."""

import re

import pytest

from dz_analysis.finding.number.numerals import parse_number
from dz_analysis.finding.number.scan import _pattern, pieces, scan_quantities
from dz_analysis.lexicon import load_lexicon

ROWS = load_lexicon("number_forms")
PIECES = [row for row in ROWS if row["use"] != "form"]
FORMS = [row for row in ROWS if row["use"] == "form"]
NUMERALS = load_lexicon("numerals")


@pytest.mark.parametrize("row", PIECES, ids=lambda row: row["name"])
def test_a_piece_finds_its_example_and_leaves_the_other(row):
    pattern = re.compile(pieces()[row["name"]])
    assert pattern.search(row["example"])
    assert not row["counter_example"] or not pattern.search(row["counter_example"])


@pytest.mark.parametrize("row", FORMS, ids=lambda row: row["pattern"][:30])
def test_a_form_is_read_in_its_example_and_not_in_the_other(row):
    assert row["name"] in {match.lastgroup for match in _pattern().finditer(row["example"])}
    own = re.compile(re.sub(r"\{([a-z_]+)\}", lambda match: pieces()[match[1]], row["pattern"]))
    assert own.search(row["example"])
    if row["counter_example"]:
        found = {match.lastgroup for match in _pattern().finditer(row["counter_example"])}
        assert row["name"] not in found


def test_every_piece_is_used():
    used = {name for row in ROWS for name in re.findall(r"\{([a-z_]+)\}", row["pattern"])}
    named = {row["name"] for row in PIECES if row["use"] == "piece"}
    assert named - used - {"opening"} == set()
    assert used - named == {"any_unit", "hanzi_unit"}


@pytest.mark.parametrize("row", NUMERALS, ids=lambda row: f"{row['role']}-{row['word']}")
def test_a_numeral_is_read_from_its_example(row):
    assert row["word"] in row["example"]
    found = [quantity.quote for quantity in scan_quantities(row["example"])]
    assert any(row["word"] in quote for quote in found) or parse_number(row["example"])


@pytest.mark.parametrize(
    ("text", "value", "high"),
    [("占3-4成", 30, 40), ("占三至四成", 30, 40), ("占九成五", 95, None), ("需要2—6个月", 2, 6)],
)
def test_both_ends_of_a_range_are_read(text, value, high):
    (quantity,) = scan_quantities(text)
    assert (quantity.value, quantity.high) == (value, high)
