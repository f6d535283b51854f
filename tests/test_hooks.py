"""The commit hooks call the project's own tools, and those that are ours do what they say."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
import yaml

from dz_analysis import paths
from dz_analysis.suite import list_notebooks

ROOT = Path(__file__).resolve().parents[1]
CONFIG = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
HOOKS = {hook["id"]: hook for repo in CONFIG["repos"] for hook in repo["hooks"]}
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def run_hook(name: str, *files: Path) -> subprocess.CompletedProcess[str]:
    """Run a hook on files as a commit does, with the Python that runs the tests."""
    program, *words = HOOKS[name]["entry"].split()
    assert program == ".venv/bin/python"
    command = [sys.executable, *words, *map(str, files)]
    return subprocess.run(command, capture_output=True, cwd=ROOT, encoding="utf-8", check=False)


def test_no_hook_is_fetched():
    assert [repo["repo"] for repo in CONFIG["repos"]] == ["local"]
    assert {hook["language"] for hook in HOOKS.values()} == {"system"}
    assert all(hook["entry"].startswith(".venv/bin/") for hook in HOOKS.values())


def test_what_a_commit_checks_make_checks_too():
    for tool in ("ruff check", "ruff format", "mypy"):
        assert any(hook["entry"].startswith(f".venv/bin/{tool}") for hook in HOOKS.values())
        assert f"$(BIN)/{tool}" in MAKEFILE


@pytest.mark.parametrize("name", ["notebooks", "lexicon"])
def test_a_hook_of_ours_sees_every_file_and_finds_them_in_order(name):
    files = {"notebooks": list_notebooks(), "lexicon": sorted(paths.LEXICON.glob("*.csv"))}[name]
    pattern = re.compile(HOOKS[name]["files"])
    assert files
    assert all(pattern.search(file.relative_to(ROOT).as_posix()) for file in files)
    done = run_hook(name, *files)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_notebook_that_an_editor_saved_gets_its_normal_form_back(tmp_path):
    published = list_notebooks()[0]
    file = tmp_path / published.name
    notebook = nbformat.read(published, as_version=4)
    notebook.metadata["toc"] = {"base_numbering": 1}
    notebook.cells[-1].metadata["collapsed"] = True
    nbformat.write(notebook, file)
    first, second = run_hook("notebooks", file), run_hook("notebooks", file)
    assert (first.returncode, second.returncode) == (1, 0)
    assert file.name in first.stdout
    assert file.read_bytes() == published.read_bytes()


@pytest.mark.parametrize(
    ("name", "first", "second"),
    [("stopwords", 1, 2), ("name_words", 10, 11), ("regions", 5, 6)],
)
def test_a_list_that_is_not_sorted_is_refused_with_its_line(tmp_path, name, first, second):
    file = tmp_path / f"{name}.csv"
    shutil.copyfile(paths.LEXICON / file.name, file)
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[first], lines[second] = lines[second], lines[first]
    file.write_text("".join(lines), encoding="utf-8", newline="")
    done = run_hook("lexicon", file)
    assert done.returncode == 1
    assert f"{name}.csv line {second + 1}: " in done.stderr


def test_lists_that_are_tried_in_their_own_order_may_keep_it(tmp_path):
    file = tmp_path / "cues.csv"
    file.write_text("kind,pattern\nb,x\na,y\n", encoding="utf-8")
    assert run_hook("lexicon", file).returncode == 0
