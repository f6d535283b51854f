"""A run in Chinese tells nothing in English: prose, outputs, figures, tables and their sidecars."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest

from dz_analysis import paths
from dz_analysis.language import speak, translate_notebook
from dz_analysis.suite import list_notebooks, run_notebooks
from dz_analysis.suite.parameters import open_notebook

FEW = ("01", "09")
# Names that Chinese papers write so too: statistics, formats, and the suite itself.
NAMES = frozenset(
    re.findall(
        r"\S+",
        """
    dz analysis dezhou digests GDP Excel Stata LaTeX CSV csv docx xlsx dta json svg pdf png tex html
    TF IDF TFIDF LRC BIC Log Ratio DP DPnorm Holm Bonferroni max KL PMI logDice Jaccard SHA
    jieba rjieba LAC HTML GB utf gb bound value before after Brier ECE
    NA nan Empty DataFrame Columns Index
""",
    )
)
CODE = re.compile(r"`[^`]*`|\b\w*[_/.=:-]\w[\w./=:-]*\b|\bno\. \d+|\b[A-Z]\d?\b|\b[0-9a-f]{12}\b")
WORD = re.compile(r"[A-Za-z]{2,}")
STRUCTURE = re.compile(r"(?m)^(?:Figure [0-9a-f]{12}|axes \d+|  \w+: .*)$")
# Sentences that the suite can't say in Chinese yet, by notebook; the list only gets shorter.
NOT_YET: dict[str, tuple[str, ...]] = {}


def find_english(text: str) -> list[str]:
    """Return the English words of a text that are no code, name or unit."""
    return [word for word in WORD.findall(CODE.sub(" ", text)) if word not in NAMES]


def list_prose(file: Path) -> Iterator[tuple[str, str]]:
    """Yield the prose of a notebook as a Chinese reader has it."""
    with speak("zh"):
        notebook = translate_notebook(open_notebook(file), file.stem)
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            yield cell.id, cell.source


def list_outputs(file: Path) -> Iterator[tuple[str, str]]:
    """Yield what the cells of a run put out, without the fields of a chart's description."""
    for cell in nbformat.read(file, 4).cells:
        for output in cell.get("outputs", []):
            text = output.get("text") or output.get("data", {}).get("text/plain", "")
            yield cell.id, STRUCTURE.sub("", text)


def list_words(spec: Any) -> Iterator[str]:
    """Yield the words that a chart shows, from its description: values, never names of fields."""
    if isinstance(spec, dict):
        for name, value in spec.items():
            if name not in ("scales", "colours", "style"):
                yield from list_words(value)
    elif isinstance(spec, list):
        for value in spec:
            yield from list_words(value)
    elif isinstance(spec, str):
        yield spec


@pytest.mark.parametrize("file", list_notebooks(), ids=lambda file: file.stem)
def test_the_prose_of_a_notebook_is_chinese(file: Path) -> None:
    bare = [name for name, text in list_prose(file) if not re.search("[\u4e00-\u9fff]", text)]
    assert not bare


def check_run(runs: list[Any], figures: Path) -> list[str]:
    """Return where a run tells something in English."""
    wrong = []
    for run in runs:
        for place, text in list_outputs(run.file):
            if words := find_english(text):
                wrong.append(f"{run.name} {place}: {words[:12]}")
    for file in sorted(figures.glob("*/*.json")):
        sidecar = json.loads(file.read_text(encoding="utf-8"))
        shown = [sidecar.get("title", ""), *sidecar.get("columns", {}).values()]
        shown += list_words(sidecar.get("spec", {}))
        if words := find_english("\n".join(shown)):
            wrong.append(f"{file.name}: {words[:12]}")
    return wrong


def run_in_chinese(corpus: str, numbers: tuple[str, ...], folder: Path) -> list[str]:
    """Run notebooks in Chinese and return where they tell something in English."""
    files = [file for file in list_notebooks() if file.stem[:2] in numbers or not numbers]
    runs = run_notebooks(
        corpus,
        parameters={"lang": "zh"},
        notebooks=files,
        out=folder / "run",
        figures=folder / "figures",
    )
    known = {f"{name} {cell}:" for name, cells in NOT_YET.items() for cell in cells}
    found = check_run(list(runs), folder / "figures")
    return [one for one in found if not one.startswith(tuple(known) or ("\0",))]


@pytest.mark.slow
def test_some_notebooks_run_in_chinese(tmp_path: Path) -> None:
    assert not run_in_chinese("dezhou", FEW, tmp_path)
    published = {file.stem: file for file in list_notebooks()}
    for file in sorted((tmp_path / "run").glob("*.ipynb")):
        told, english = nbformat.read(file, 4), open_notebook(published[file.stem])
        assert told.cells[0].source != english.cells[0].source, "the prose is Chinese"
        (answer,) = told.cells[1].outputs
        assert answer.data["text/markdown"].startswith("**答案：**")


@pytest.mark.long
@pytest.mark.parametrize("corpus", ["dezhou", "digests"])
def test_every_notebook_runs_in_chinese(corpus: str, tmp_path: Path) -> None:
    if not (paths.tables_dir(corpus) / "observations.csv").is_file():
        pytest.fail(f"data/{corpus} is not measured: run `dz ingest {corpus}`")
    assert not run_in_chinese(corpus, (), tmp_path)
