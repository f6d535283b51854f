"""The READMEs say what the notebooks print and what the command can do."""

import json
import re
from pathlib import Path

import pytest
import typer.main

from dz_analysis import cli, paths
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
from dz_analysis.suite import read_parameters
from dz_analysis.suite.normal import read_answer
from dz_analysis.suite.parameters import open_notebook

ROOT = Path(__file__).resolve().parents[1]
READMES = [ROOT / "README.md", ROOT / "README.zh.md"]
NOTEBOOKS = sorted(paths.notebooks_dir().glob("[0-9][0-9]_*.ipynb"))
LINK = re.compile(r"\]\(([^)#]+)\)")
COMMAND = re.compile(r"\bdz ([a-z]+(?:-[a-z]+)*)")


def answer_of(notebook):
    return escape_markdown(read_answer(open_notebook(notebook)))


@pytest.mark.parametrize("readme", READMES, ids=lambda f: f.name)
@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda f: f.stem)
def test_each_finding_is_what_its_notebook_prints(readme, notebook):
    rows = readme.read_text(encoding="utf-8").splitlines()
    row = next((r for r in rows if f"notebooks/{notebook.name}" in r), "")
    told = row.strip("| ").split(" | ")[0]
    assert len(told) > 40, f"{readme.name} has no finding of {notebook.name}"
    assert told in answer_of(notebook)


@pytest.mark.parametrize("readme", READMES, ids=lambda f: f.name)
def test_links_and_pictures_lead_somewhere(readme):
    targets = LINK.findall(readme.read_text(encoding="utf-8"))
    missing = [t for t in targets if "://" not in t and not (ROOT / t).exists()]
    assert missing == []


@pytest.mark.parametrize("readme", READMES, ids=lambda f: f.name)
def test_commands_in_the_readme_exist(readme):
    known = set(typer.main.get_command(cli.app).commands)
    named = set(COMMAND.findall(readme.read_text(encoding="utf-8")))
    assert named <= known, named - known


@pytest.mark.parametrize("readme", READMES, ids=lambda f: f.name)
def test_what_strangers_texts_get_is_the_floor_of_the_gate(readme):
    floors = json.loads((ROOT / "tests" / "gate_floors.json").read_text(encoding="utf-8"))
    told = re.search(r"F1 (?:is|为) (0\.\d+)", readme.read_text(encoding="utf-8"))
    assert told and float(told[1]) == int(floors["others apart"]["scores"]["row_f1"] * 100) / 100


def say_corpora():
    """Return what the two large corpora say, computed from their tables as notebook 09 does."""
    parameters = read_parameters(paths.notebooks_dir() / "09_targets.ipynb")
    names = next(one.default for one in parameters if one.name == "growth_of")
    for name in ("provinces", "national"):
        corpus = load_corpus(name)
        documents = corpus.table("documents")
        facts = prepare_facts(corpus.table("observations"), documents)
        panel, _ = divide_panel(make_target_panel(facts, documents))
        growth = select_growth(panel, names)
        if name == "provinces":
            yield say_growth_targets(growth, choose_target_year(growth), names)
        else:
            yield say_growth_years(growth, choose_target_place(growth))


def test_the_findings_of_the_large_corpora_are_computed_from_their_tables():
    told = [f"- {sentence}." for sentence in say_corpora()]
    for readme in READMES:
        block = readme.read_text(encoding="utf-8").split("corpora -->")[1].splitlines()
        assert [line for line in block if line.startswith("- ")] == told, readme.name


def test_both_languages_have_the_same_parts():
    parts = [readme.read_text(encoding="utf-8") for readme in READMES]
    for pattern in (r"(?m)^## ", r"(?m)^\| ", r"(?m)^- ", r"(?m)^```", r"figures/\S+\.png"):
        assert len(re.findall(pattern, parts[0])) == len(re.findall(pattern, parts[1])), pattern


def test_every_command_is_told_of():
    known = set(typer.main.get_command(cli.app).commands)
    text = READMES[0].read_text(encoding="utf-8") + (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert not [name for name in known if not re.search(rf"\b{name}\b", text)]
