"""Make anew what is shipped and follows from the code: tables, outputs, figures, READMEs.

    DZ_TEXTS=… DZ_GOLD=… python tools/publish.py              all of it, in order
    DZ_TEXTS=… DZ_GOLD=… python tools/publish.py STEP …       some steps

Steps: `tables` measures the pages of every shipped corpus, `floors` raises the floors of the gate,
`notebooks` runs the published notebooks and stores their outputs, `panels` draws notebook 09 of the
large corpora, `readmes` writes the notebooks' answers and the corpora's findings into both READMEs.
Each step reads what the ones before it wrote; nothing is typed by hand.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from dz_analysis import ingest, paths
from dz_analysis.comparing import (
    choose_target_place,
    choose_target_year,
    divide_panel,
    make_target_panel,
    prepare_facts,
    select_growth,
)
from dz_analysis.corpus import load_corpus
from dz_analysis.harmless import escape_markdown
from dz_analysis.showing import say_growth_targets, say_growth_years
from dz_analysis.suite import (
    list_notebooks,
    normal,
    read_parameters,
    refresh_notebooks,
    run_notebooks,
)
from dz_analysis.suite.parameters import open_notebook

ROOT = Path(__file__).resolve().parents[1]
READMES = ("README.md", "README.zh.md")
FLOORS = ROOT / "tests" / "gate_floors.json"
SHIPPED = ("dezhou", "digests", "provinces", "national")
LARGE = ("provinces", "national")
TARGETS = "09_targets"
TOLD_F1 = re.compile(r"(?<=F1 is )0\.\d+|(?<=F1 为 )0\.\d+")
BLOCK = re.compile(r"(?s)(<!-- corpora -->\n).*?(<!-- /corpora -->)")


def measure_tables() -> None:
    """Measure the pages of every shipped corpus and describe its tables."""
    for name in SHIPPED:
        ingest.ingest(load_corpus(name))


def raise_floors() -> None:
    """Raise the floors of the gate; stops if one would have to be lowered."""
    command = [sys.executable, str(ROOT / "tests" / "gate.py"), "--update"]
    subprocess.run(command, check=True, cwd=ROOT)


def run_published() -> None:
    """Run the published notebooks and store their outputs."""
    refresh_notebooks()


def draw_panels() -> None:
    """Run notebook 09 on the large corpora, whose panels and charts are published."""
    notebooks = [file for file in list_notebooks() if file.stem == TARGETS]
    for name in LARGE:
        run_notebooks(name, notebooks=notebooks)


def say_corpora() -> Iterator[str]:
    """Yield what the two large corpora say, computed from their tables as notebook 09 does."""
    parameters = read_parameters(paths.notebooks_dir() / f"{TARGETS}.ipynb")
    names = next(one.default for one in parameters if one.name == "growth_of")
    for name in LARGE:
        corpus = load_corpus(name)
        documents = corpus.table("documents")
        facts = prepare_facts(corpus.table("observations"), documents)
        panel, _ = divide_panel(make_target_panel(facts, documents))
        growth = select_growth(panel, names)
        if name == "provinces":
            yield say_growth_targets(growth, choose_target_year(growth), names)
        else:
            yield say_growth_years(growth, choose_target_place(growth))


def read_answer(notebook: Path) -> str:
    """Return the answer of a notebook as it is written into Markdown."""
    answer = normal.read_answer(open_notebook(notebook))
    if not answer:
        msg = f"{notebook.name} has no answer: run `make notebooks`."
        raise ValueError(msg)
    return escape_markdown(answer)


def fill_readme(text: str, answers: dict[str, str], sentences: list[str], row_f1: float) -> str:
    """Return a README with the answers of the notebooks, the corpora's findings and a score.

    Parameters
    ----------
    text : str
        A README: a row of its table of findings links to `notebooks/NAME.ipynb`.
    answers : dict of str to str
        Name of a notebook -> its answer.
    sentences : list of str
        What the large corpora say, without a full stop.
    row_f1 : float
        The floor of the gate on texts set apart, a share of 1.
    """
    lines = text.splitlines()
    for number, line in enumerate(lines):
        named = re.search(r"\(notebooks/(\w+)\.ipynb\)", line)
        if line.startswith("| ") and named and named[1] in answers:
            rest = line.strip("| ").split(" | ", 1)[1]
            lines[number] = f"| {answers[named[1]]} | {rest} |"
    said = "".join(f"- {sentence}.\n" for sentence in sentences)
    filled = BLOCK.sub(lambda found: found[1] + said + found[2], "\n".join(lines) + "\n")
    return TOLD_F1.sub(f"{int(row_f1 * 100) / 100:.2f}", filled)


def write_readmes() -> None:
    """Write the answers and the findings into both READMEs."""
    answers = {file.stem: read_answer(file) for file in list_notebooks()}
    sentences = list(say_corpora())
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    row_f1 = floors["others apart"]["scores"]["row_f1"]
    for name in READMES:
        file = ROOT / name
        filled = fill_readme(file.read_text(encoding="utf-8"), answers, sentences, row_f1)
        file.write_text(filled, encoding="utf-8", newline="\n")


STEPS: dict[str, Callable[[], None]] = {
    "tables": measure_tables,
    "floors": raise_floors,
    "notebooks": run_published,
    "panels": draw_panels,
    "readmes": write_readmes,
}


def main() -> int:
    """Do the steps that are asked for, all by default."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("steps", nargs="*", metavar="STEP", help=", ".join(STEPS))
    wanted = parser.parse_args().steps
    unknown = sorted(set(wanted) - set(STEPS))
    if unknown:
        parser.error(f"no step {unknown[0]!r}; there are {', '.join(STEPS)}")
    for name, step in STEPS.items():
        if not wanted or name in wanted:
            print(f"== {name}", flush=True)
            step()
    return 0


if __name__ == "__main__":
    sys.exit(main())
