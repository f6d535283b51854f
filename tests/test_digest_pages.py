"""The pages of the digests are what `build.py` makes of the clean texts and their furniture."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from dz_analysis.hashes import hash_bytes
from dz_analysis.manifest import read_manifest

DIGESTS = Path(__file__).resolve().parents[1] / "data" / "digests"
DOCUMENTS = read_manifest(DIGESTS / "documents.csv")


@pytest.fixture(scope="module")
def build():
    spec = importlib.util.spec_from_file_location("build_digests", DIGESTS / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda d: d.id)
def test_stored_page_is_the_built_one(build, document):
    stored = (DIGESTS / "texts" / document.file).read_bytes()
    assert build.build_page(document.id) == stored
    assert hash_bytes(stored) == document.sha256


def test_two_pages_are_clean_and_three_are_mirrored():
    clean = [d.id for d in DOCUMENTS if _first_paragraph(d.id) in _page(d)]
    assert clean == ["tianqu-digest", "yunhe-digest"]


def test_mirrored_pages_are_damaged_in_every_way():
    pages = {d.id: _page(d) for d in DOCUMENTS if d.id not in {"tianqu-digest", "yunhe-digest"}}
    for identifier, page in pages.items():
        assert "區(qū)" in page, identifier
        assert "，" not in page, identifier
        assert "发" not in page, identifier
    assert any("?" in page for page in pages.values()), "no page holds a lost byte"


def test_every_page_has_furniture_that_is_not_in_the_clean_text():
    for document in DOCUMENTS:
        clean = (DIGESTS / "clean" / f"{document.id}.txt").read_text(encoding="utf-8")
        assert len(_page(document)) > len(clean), document.id


def _page(document) -> str:
    content = (DIGESTS / "texts" / document.file).read_bytes()
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("gb18030")


def _first_paragraph(identifier: str) -> str:
    return (DIGESTS / "clean" / f"{identifier}.txt").read_text(encoding="utf-8").split("\n")[1]
