"""The frames that name numbers: the list declares them, its examples hold, code and list agree."""

from functools import partial

import pytest

from dz_analysis.finding.name.frames import NameFrame, in_order, priorities
from dz_analysis.finding.name.indicators import read_indicators
from dz_analysis.finding.name.lists import GROUP_READERS
from dz_analysis.finding.name.readings import READERS
from dz_analysis.finding.name.signs import SIGNS
from dz_analysis.finding.name.weigh import Weights, choose, mark_of
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


def read_by(marks, text):
    """Read the frames of a text's numbers by other weights."""
    chooser = partial(choose, weights=Weights(marks))
    return [
        str(item.frame) for item in read_indicators(text, find_quantities(text), choose=chooser)
    ]


def test_between_equal_weights_the_frame_of_higher_priority_wins():
    assert read_by({}, "新签约项目57个，总投资230亿元。") == ["before", "owner"]


def test_the_heaviest_frame_wins_whatever_its_priority():
    marks = {"frame before": 2.0, "frame owner": 1.0}
    assert read_by(marks, "新签约项目57个，总投资230亿元。") == ["before", "before"]


def test_a_sign_may_outweigh_a_frame():
    text, marks = "新签约项目57个，总投资230亿元。", {"frame before": 2.0, "frame owner": 1.0}
    assert read_by(marks | {"needs an owner": -1.5}, text) == ["before", "owner"]
    assert read_by(marks | {"has an owner": 1.5}, text) == ["before", "owner"]
    assert read_by(marks | {"has an owner": 0.5}, text) == ["before", "before"]
