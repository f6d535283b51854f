"""The real pages: what the issue asks of the repair, counted on the gold texts."""

import os
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from dz_analysis.corpus import load_corpus
from dz_analysis.reading import read_page

PLACES = [os.environ.get(name) for name in ("DZ_TEXTS", "DZ_GOLD")]
UNDAMAGED = ("tianqu-2023", "yunhe-2021")
WRONG_AT_MOST = 1  # characters chosen by context that are wrong or missing, over all pages
pytestmark = [
    pytest.mark.pages,
    pytest.mark.skipif(not all(PLACES), reason="DZ_TEXTS and DZ_GOLD are not set"),
]


def clean_texts():
    folder = Path(PLACES[1] or ".") / "clean"
    return {file.stem: file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.txt"))}


@pytest.fixture(scope="module")
def pages():
    folder = load_corpus("dezhou").texts
    return {name: read_page(folder / f"{name}.txt") for name in clean_texts()}


def differences(page, wanted):
    """Return the spans that differ, and whether the ledger marks them as chosen by context."""
    doubtful = [page.map.from_raw(c.raw_start, c.raw_end) for c in page.changes if not c.certain]
    lines = zip(page.text.split("\n"), wanted.split("\n"), strict=True)
    at, found = 0, []
    for got, right in lines:
        if got != right:
            steps = SequenceMatcher(None, got, right, autojunk=False).get_opcodes()
            for kind, start, end, a, b in steps:
                if kind != "equal":
                    marked = any(s <= at + start and at + end <= e for s, e in doubtful)
                    found.append((max(end - start, b - a), marked))
        at += len(got) + 1
    return found


def test_articles_come_out_whole(pages):
    texts = clean_texts()
    found = [
        row for name, page in pages.items() for row in differences(page, texts[name].rstrip("\n"))
    ]
    assert [row for row in found if not row[1]] == [], "an unmarked character is wrong"
    assert sum(size for size, _ in found) <= WRONG_AT_MOST


@pytest.mark.parametrize("name", UNDAMAGED)
def test_undamaged_articles_are_exact(pages, name):
    assert pages[name].text == clean_texts()[name].rstrip("\n")
    assert {change.kind for change in pages[name].changes} == {"folded_punctuation"}


def test_furniture_and_article_cover_the_page(pages):
    for page in pages.values():
        covered = set()
        for piece in page.furniture:
            covered.update(range(piece.raw_start, piece.raw_end))
        for paragraph in page.paragraphs:
            covered.update(range(*page.to_raw(paragraph.start, paragraph.end)))
        for change in page.changes:
            covered.update(range(change.raw_start, change.raw_end))
        left = {page.raw[at] for at in range(len(page.raw)) if at not in covered}
        assert all(character.isspace() for character in left), left
