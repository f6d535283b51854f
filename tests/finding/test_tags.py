"""Tags: what a document is, which place and which months it reports on."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dz_analysis.finding.document.genre import find_genre, genres
from dz_analysis.finding.document.tags import tag_document
from dz_analysis.lexicon import load_settings
from dz_analysis.tables import GENRES

FILE = Path(__file__).parents[1] / "cases" / "tags.toml"
CASES = tomllib.loads(FILE.read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_tags_of_a_document(case):
    found = tag_document(case["text"], **case.get("given", {}))
    assert {field: getattr(found, field) for field in case["expected"]} == case["expected"]


def test_every_genre_has_its_place_in_the_order_and_an_example():
    assert sorted(genres()) == sorted(load_settings("genres")["examples"])


@pytest.mark.parametrize("genre", genres())
def test_genre_example_shows_its_genre(genre):
    example = load_settings("genres")["examples"][genre]
    assert genre in GENRES
    assert find_genre(example, title=example).value == genre


def test_published_example_is_read():
    example = load_settings("genres")["published"]["example"]
    assert tag_document(example).published == "2016-10-28"


def test_document_title_and_publisher_are_handed_on():
    found = tag_document("甲乙", document="a", title="题", publisher="报", published="2019-05")
    assert (found.document, found.title, found.publisher, found.published) == (
        "a",
        "题",
        "报",
        "2019-05",
    )


@pytest.mark.parametrize("period", ["2019", "2019-01", "2019-01/06", "2019-01-01/2019-06-30"])
def test_a_period_that_is_no_pair_of_months_is_refused(period):
    with pytest.raises(ValueError, match="expected YYYY-MM/YYYY-MM"):
        tag_document("", period=period)


SIGNS = st.sampled_from([*"县市区省年月日的在，。：\n 0129新高开发", "2019年", "方城县", "上半年"])


@settings(max_examples=100, deadline=None)
@given(st.lists(SIGNS, max_size=60).map("".join), st.sampled_from(["", "2019", "2019-07"]))
def test_any_text_is_tagged(text, published):
    found = tag_document(text, published=published)
    assert found.genre in GENRES
    assert found.period_start <= found.period_end
    assert bool(found.period_start) == bool(found.period_end)
