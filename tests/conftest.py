"""What every test shares: seeds, closed figures, and the folders that only some machines have."""

import os
import random
from pathlib import Path

import numpy as np
import pytest

from dz_analysis.corpus import load_corpus
from dz_analysis.language import use_language

pytest_plugins = ("fact_tables",)
# Whatever the machine speaks, tests read English, and so do the processes that they start.
os.environ["DZ_LANG"] = "en"


@pytest.fixture(autouse=True)
def _seeded():
    random.seed("dz_analysis")
    np.random.seed(20211122)


@pytest.fixture(autouse=True)
def _english():
    yield
    os.environ["DZ_LANG"] = use_language("en")


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt = __import__("sys").modules.get("matplotlib.pyplot")
    if plt is not None:
        plt.close("all")


def _named_folder(variable: str) -> Path:
    named = os.environ.get(variable, "")
    if not named:
        pytest.skip(f"{variable} is not set: it names a folder that can't be handed on")
    folder = Path(named)
    if not folder.is_dir():
        pytest.fail(f"{variable} names {named}, which is no folder")
    return folder.resolve()


@pytest.fixture(scope="session")
def pages_dir() -> Path:
    """Return the folder of the five real pages."""
    corpus = load_corpus("dezhou")
    if not os.environ.get("DZ_TEXTS"):
        pytest.skip("DZ_TEXTS is not set: it names folders of pages that can't be handed on")
    if not corpus.has_texts:
        pytest.fail(corpus.say_missing([corpus.documents[0].file]))
    return corpus.texts


@pytest.fixture(scope="session")
def gold_dir() -> Path:
    """Return the folder of their clean text and hand-made observations."""
    return _named_folder("DZ_GOLD")


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Return an empty project folder of the test's own, with `data/` and `notebooks/`."""
    for name in ("data", "notebooks"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("DZ_HOME", str(tmp_path))
    monkeypatch.delenv("DZ_TEXTS", raising=False)
    return tmp_path
