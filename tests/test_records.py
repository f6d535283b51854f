"""Records and the frames made of them: the same contract as a frame has, checked at once."""

import pandas as pd
import pytest

from dz_analysis import tables
from dz_analysis.manifest import Document
from dz_analysis.measure import measure_page, measure_records, read_document

SLOGANS = [("a", 1, "三清两建", "lexicon", 2), ("a", 2, "快易办", "quoted", 1)]
PAGE = "临江县2019年经济简况\n全县工业增加值80亿元,增长6%。\n打造“快易办”品牌。".encode()


def test_records_make_what_a_frame_of_them_makes():
    frame = pd.DataFrame(SLOGANS, columns=tables.TABLES["slogans"].names)
    expected = tables.check_table(frame, "slogans")
    pd.testing.assert_frame_equal(tables.frame_records(SLOGANS, "slogans"), expected)
    pd.testing.assert_frame_equal(tables.frame_records(SLOGANS[::-1], "slogans"), expected)


@pytest.mark.parametrize("name", tables.ALL_TABLES)
def test_no_records_make_a_table_without_rows(name):
    pd.testing.assert_frame_equal(tables.frame_records([], name), tables.empty_table(name))


BROKEN = {
    "a form that nobody knows": [("a", 1, "快易办", "told", 1)],
    "a count below nought": [("a", 1, "快易办", "quoted", -1)],
    "a row told twice": [SLOGANS[0], SLOGANS[0]],
    "no text": [("a", 1, None, "quoted", 1)],
}


@pytest.mark.parametrize("rows", BROKEN.values(), ids=BROKEN)
def test_records_that_break_the_contract_are_told_as_those_of_a_frame(rows):
    frame = pd.DataFrame(rows, columns=tables.TABLES["slogans"].names)
    with pytest.raises(ValueError, match="'slogans' breaks its contract") as told:
        tables.check_table(frame, "slogans")
    with pytest.raises(ValueError, match="'slogans' breaks its contract") as same:
        tables.frame_records(rows, "slogans")
    assert str(same.value) == str(told.value)


def test_a_record_that_lacks_a_cell_is_refused():
    with pytest.raises(ValueError, match="columns"):
        tables.frame_records([("a", 1, "快易办")], "slogans")


def test_a_page_gives_records_sorted_and_in_the_order_of_the_contract():
    read = read_document(Document("a", "a.txt"), PAGE)
    records, frames = measure_records(*read), measure_page(*read)
    assert list(records) == list(frames) == list(tables.TABLES)
    for name, rows in records.items():
        assert rows, name
        pd.testing.assert_frame_equal(tables.frame_records(rows, name), frames[name])
        assert {len(row) for row in rows} == {len(tables.TABLES[name].columns)}
    assert [row[3] for row in records["observations"]] == ["80亿元", "6%"]
