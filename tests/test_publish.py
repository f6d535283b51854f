"""The tool that makes anew what is shipped: READMEs are filled by what was computed."""

import importlib.util
import sys
from pathlib import Path

import pytest

TOOL = Path(__file__).parents[1] / "tools" / "publish.py"
spec = importlib.util.spec_from_file_location("publish", TOOL)
tool = importlib.util.module_from_spec(spec)
sys.modules["publish"] = tool
spec.loader.exec_module(tool)

README = """# A

| answer | notebook | figure |
| --- | --- | --- |
| Old. | [01_corpus](notebooks/01_corpus.ipynb) | [01_a](figures/dezhou/01_a.png) |
| Kept. | [02_other](notebooks/02_other.ipynb) | [02_a](figures/dezhou/02_a.png) |

<!-- corpora -->
- What was said.
<!-- /corpora -->

Row F1 is 0.50 there, 逐行 F1 为 0.50.
"""


def test_a_readme_is_filled_with_answers_findings_and_the_score():
    filled = tool.fill_readme(README, {"01_corpus": "New: 3 of 4."}, ["One", "Two"], 0.8799)
    rows = filled.splitlines()
    assert rows[4] == README.splitlines()[4].replace("Old.", "New: 3 of 4.")
    assert rows[5].startswith("| Kept. | ")
    assert rows[7:11] == ["<!-- corpora -->", "- One.", "- Two.", "<!-- /corpora -->"]
    assert rows[-1] == "Row F1 is 0.87 there, 逐行 F1 为 0.87."


def test_filling_twice_changes_nothing():
    once = tool.fill_readme(README, {"01_corpus": "New."}, ["One"], 0.9)
    assert tool.fill_readme(once, {"01_corpus": "New."}, ["One"], 0.9) == once


@pytest.mark.parametrize("name", tool.READMES)
def test_the_readmes_are_filled(name):
    text = (tool.ROOT / name).read_text(encoding="utf-8")
    answers = {file.stem: tool.read_answer(file) for file in tool.list_notebooks()}
    said = [line for line in text.split("corpora -->")[1].splitlines() if line.startswith("- ")]
    floor = float(tool.TOLD_F1.search(text)[0])
    assert tool.fill_readme(text, answers, [line[2:-1] for line in said], floor) == text


def test_a_step_that_is_not_known_stops_before_anything_is_done(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["publish.py", "table"])
    with pytest.raises(SystemExit):
        tool.main()
    assert "no step 'table'" in capsys.readouterr().err
