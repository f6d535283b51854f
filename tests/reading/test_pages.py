"""Whole pages as government sites and newspapers serve them; every text is our own.

Each file of `pages/` stands beside a `.toml` with what must be read from it.
"""

import tomllib
from pathlib import Path

import pytest

from dz_analysis.reading import read_page

PAGES = Path(__file__).parent / "pages"
FILES = sorted(file for file in PAGES.iterdir() if file.suffix != ".toml")


@pytest.fixture(scope="module")
def pages():
    return {file: read_page(file) for file in FILES}


def expected(file):
    return tomllib.loads((PAGES / f"{file.name}.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_article_comes_out_exactly(pages, file):
    assert pages[file].text.split("\n") == expected(file)["article"]


@pytest.mark.parametrize("fact", ["title", "publisher", "published"])
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_masthead_is_found(pages, file, fact):
    assert getattr(pages[file], fact) == expected(file)[fact]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_furniture_is_kept_with_its_kind(pages, file):
    kinds = {piece.kind for piece in pages[file].furniture}
    assert set(expected(file)["kinds"]) <= kinds


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_nothing_is_thrown_away(pages, file):
    page = pages[file]
    pieces = "".join(piece.text for piece in page.furniture)
    kept, there = ("".join(text.split()) for text in (page.text + pieces, page.raw))
    assert sorted(kept) == sorted(there)
    for piece in page.furniture:
        assert repaired_span(page, piece.raw_start, piece.raw_end) == piece.text


def repaired_span(page, start, end):
    """Return a span of the page as decoded with the changes that the ledger tells of it."""
    pieces, done = [], start
    for change in page.changes:
        if start <= change.raw_start and change.raw_end <= end:
            pieces += (page.raw[done : change.raw_start], change.after)
            done = change.raw_end
    return "".join((*pieces, page.raw[done:end]))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_an_article_read_again_stays_as_it_is(pages, file):
    assert read_page(pages[file].text.encode()).text == pages[file].text
