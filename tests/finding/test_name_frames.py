"""The frames that name numbers: the list declares them, its examples hold, code and list agree."""

import pytest

from dz_analysis.finding.name.frames import NameFrame, in_order, priorities
from dz_analysis.finding.name.indicators import read_indicators
from dz_analysis.finding.name.lists import GROUP_READERS
from dz_analysis.finding.name.readings import READERS
from dz_analysis.finding.name.signs import SIGNS
from dz_analysis.finding.name.weigh import mark_of
from dz_analysis.finding.number.reject import find_quantities
from dz_analysis.lexicon import load_lexicon

ROWS = load_lexicon("frames")
PLACES = ("德州市", "聊城市")


def read_marked(text):
    """Read the number of a text that stands between « and »."""
    start = text.index("«")
    quote = text[start + 1 : text.index("»")]
    text = text.replace("«", "").replace("»", "")
    items = read_indicators(text, find_quantities(text), places=PLACES)
    (item,) = (item for item in items if item.quantity.start == start)
    assert item.quantity.quote == quote
    return item


def test_frames_of_code_and_list_are_the_same():
    assert {row["frame"] for row in ROWS} == {str(frame) for frame in NameFrame if str(frame)}
    assert list(priorities().values()) == sorted(set(priorities().values())), "no priority twice"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["frame"])
def test_an_example_is_read_by_its_frame(row):
    item = read_marked(row["example"])
    assert (str(item.frame), item.name) == (row["frame"], row["name"])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["frame"])
def test_a_counter_example_is_not_read_by_its_frame(row):
    assert str(read_marked(row["counter_example"]).frame) != row["frame"]


def test_every_mark_has_one_weight():
    marks = [row["mark"] for row in load_lexicon("name_weights")]
    assert marks == [*(mark_of(frame) for frame, _ in in_order(READERS)), *SIGNS]
    assert len(marks) <= 300
    assert not set(READERS) & set(GROUP_READERS)
