"""Patterns that are rows of the lexicon: each finds its example and leaves its counter-example."""

import re

import pytest

from dz_analysis.finding.text.forms import compose, load_pieces
from dz_analysis.lexicon import load_lexicon

LISTS = {"period_forms": "periods", "place_forms": "place_words"}
ROWS = [
    (name, row)
    for name in LISTS
    for row in load_lexicon(name)
    if row["use"] in ("piece", "form") and not row["note"].startswith("for a class")
]


@pytest.mark.parametrize(
    ("name", "row"), ROWS, ids=lambda value: value if isinstance(value, str) else value["name"]
)
def test_a_form_finds_its_example_and_leaves_the_other(name, row):
    pattern = re.compile(compose(row["pattern"], load_pieces(name, LISTS[name]), LISTS[name]))
    assert any(match.group() for match in pattern.finditer(row["example"])) or pattern.search(
        row["example"]
    )
    assert not row["counter_example"] or not any(
        match.group() for match in pattern.finditer(row["counter_example"])
    )


@pytest.mark.parametrize("name", LISTS)
def test_every_piece_is_used(name):
    rows = load_lexicon(name)
    used = {piece for row in rows for piece in re.findall(r"\{([a-z_.]+)\}", row["pattern"])}
    pieces = {row["name"] for row in rows if row["use"] == "piece"}
    assert pieces - used <= {"long_edges", "opening_signs"}  # asked for by name in time/words
