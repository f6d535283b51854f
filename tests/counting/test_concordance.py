"""Keywords in context."""

import pytest

from dz_analysis.counting.concordance import find_in_context

TEXTS = {"a": "坚持项目为王。\n抓项目促发展，上项目。", "b": "项目落地见效"}


def test_every_mention_is_found_with_offsets():
    table = find_in_context(TEXTS, "项目", width=4)
    assert table["document"].tolist() == ["a", "a", "a", "b"]
    for row in table.itertuples():
        assert TEXTS[row.document][row.start : row.end] == row.keyword


def test_a_context_stops_at_the_line():
    table = find_in_context(TEXTS, "抓", width=4)
    assert table[["left", "right"]].values.tolist() == [["", "项目促发"]]


def test_sorting_by_what_stands_before_reads_away_from_the_keyword():
    table = find_in_context(TEXTS, "项目", width=2, sort="left")
    assert table["left"].tolist() == sorted(table["left"], key=lambda s: s[::-1])


def test_near_keeps_only_mentions_with_that_context():
    assert len(find_in_context(TEXTS, "项目", width=4, near="发展")) == 2
    assert find_in_context(TEXTS, "项目", near="乡村").empty


def test_a_pattern_may_be_given():
    table = find_in_context(TEXTS, "[抓上]项目", is_pattern=True)
    assert table["keyword"].tolist() == ["抓项目", "上项目"]


@pytest.mark.parametrize(("keyword", "options"), [("", {}), ("项目", {"width": -1})])
def test_what_cannot_be_searched_is_refused(keyword, options):
    with pytest.raises(ValueError, match="A keyword and a width"):
        find_in_context(TEXTS, keyword, **options)


def test_an_unknown_order_is_refused():
    with pytest.raises(ValueError, match="expected one of document, left, right"):
        find_in_context(TEXTS, "项目", sort="length")
