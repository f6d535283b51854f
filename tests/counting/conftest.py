"""The texts of the real pages, for the tests marked `pages`."""

import os
from pathlib import Path

import pytest

from dz_analysis.corpus import load_corpus

DOCUMENTS = ("decheng-2021", "gaoxin-2021", "lingcheng-2021", "tianqu-2023", "yunhe-2021")


@pytest.fixture(scope="session")
def page_texts():
    """Return document id → clean text: from the gold list where it is at hand, else as read."""
    gold, corpus = os.environ.get("DZ_GOLD"), load_corpus("dezhou")
    if gold:
        files = {name: Path(gold, "clean", f"{name}.txt") for name in DOCUMENTS}
        return {name: file.read_text(encoding="utf-8") for name, file in files.items()}
    if corpus.has_texts:
        return corpus.articles()
    return pytest.skip("neither DZ_GOLD nor DZ_TEXTS names a folder with the pages")
