"""The worked example of CONTRIBUTING holds: the wrong row, its reason, the case and the mend."""

import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import dz_analysis
from dz_analysis import cli, lexicon, paths

ROOT = Path(dz_analysis.__file__).parents[1]
PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
SECTION = re.split(r"(?m)^## ", PAGE.split("\n## Mend a wrong row\n")[1])[0]
TEXT, REASON, ROW = re.findall(r"(?ms)^```text\n(.*?)\n```", SECTION)
COMMANDS = [
    line for block in re.findall(r"(?ms)^```sh\n(.*?)^```", SECTION) for line in block.splitlines()
]
CASE = re.search(r"`(\w+-\d+)` in\s`([\w/.]+)`", SECTION)
EXTRACT = """
import sys
from pathlib import Path
from dz_analysis import paths
paths.LEXICON = Path(sys.argv.pop(1))
from dz_analysis.cli import main
main()
"""


def list_of_row() -> Path:
    """Return the list that the example's row belongs to."""
    return ROOT / re.search(r"One row in `([\w/.]+)`", SECTION)[1]


def without_lines(why: str) -> str:
    """Return reasons without the numbers of lines, which move with every row that is added."""
    return re.sub(r":\d+", "", why)


def extract(page: Path, folder: Path) -> list[dict]:
    """Run the command that the section names, by the lists of a folder."""
    words = [word for word in COMMANDS[0].split()[1:] if word != "page.txt"]
    done = subprocess.run(
        [sys.executable, "-c", EXTRACT, str(folder), *words, str(page)],
        capture_output=True,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]


def test_the_row_mends_what_it_says(tmp_path):
    page = tmp_path / "page.txt"
    page.write_text(TEXT, encoding="utf-8")
    folder = shutil.copytree(paths.LEXICON, tmp_path / "lexicon")
    lines = list_of_row().read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if line.rstrip("\n") != ROW]
    assert len(kept) == len(lines) - 1
    (folder / list_of_row().name).write_text("".join(kept), encoding="utf-8")
    wrong = next(row for row in extract(page, folder) if row["quote"] == "5%")
    assert f"`{wrong['indicator']}`" in SECTION
    assert without_lines(REASON) in without_lines(wrong["why"])
    right = next(row for row in extract(page, paths.LEXICON) if row["quote"] == "5%")
    assert (right["indicator"], right["measure"], right["value"]) == ("税收", "growth", -5)
    assert f"lexicon/{lexicon.locate('measure_words', 'move', '缩水')}" in right["why"]


def test_its_case_stands_where_it_says():
    cases = tomllib.loads((ROOT / CASE[2]).read_text(encoding="utf-8"))["case"]
    (case,) = (case for case in cases if case["id"] == CASE[1])
    assert case["text"] == TEXT
    assert not case["known_failure"]


def test_the_lists_are_in_order():
    assert "python -m dz_analysis.lexicon" in COMMANDS
    assert lexicon.main([]) == 0


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_names_what_is_there(command):
    program, *words = command.split()
    if program == "dz":
        names = {one.name or one.callback.__name__ for one in cli.app.registered_commands}
        assert words[0] in names
    if program == "pytest":
        paths_named = [word for word in words if "/" in word]
        assert paths_named
        assert all((ROOT / word).exists() for word in paths_named)


@pytest.mark.parametrize("link", re.findall(r"\]\((?!http)([^)#]+)", PAGE))
def test_a_link_leads_somewhere(link):
    assert (ROOT / link).exists()


def test_it_leads_to_the_other_pages():
    for page in ("ARCHITECTURE", "OBSERVATIONS", "MARKING"):
        assert f"(docs/{page}.md)" in PAGE
    assert "pre-commit install" in PAGE
