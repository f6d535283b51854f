"""What a notebook is told is refused before it does anything, whoever starts it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import papermill
import pytest
from suite_notebooks import make_notebook, write

from dz_analysis import paths
from dz_analysis.parameters import (
    changed_parameters,
    find_commit,
    label_run,
    published_parameters,
    start_run,
)
from dz_analysis.parameters.schema import parse_parameter, published_notebooks
from dz_analysis.parameters.values import check_value

ROOT = Path(__file__).parents[1]
INJECTED = "# Parameters\n{} = 1\n"


def told(notebook, **given):
    """Return the namespace of a notebook whose parameters cell ran, with other values."""
    return {one.name: one.default for one in published_parameters(notebook)} | given


@pytest.mark.parametrize("notebook", published_notebooks())
def test_published_values_are_right_and_no_run_of_their_own(notebook):
    run = start_run(notebook, told(notebook))
    assert run["corpus"] == "dezhou" and run["notebook"] == notebook
    assert changed_parameters(notebook, run["parameters"]) == {}


@pytest.mark.parametrize("notebook", published_notebooks())
def test_a_line_of_the_cell_says_all_that_the_schema_says(notebook):
    for parameter in published_parameters(notebook):
        read = parse_parameter(parameter.line)
        assert (read.name, read.type, read.default) == (
            parameter.name,
            parameter.type,
            parameter.default,
        )
        assert (read.choices, read.bounds) == (parameter.choices, parameter.bounds)


WRONG = [
    ("03_comparison", {"top": "8"}, r"'top' .*must be int, such as 8; got '8', which is str"),
    ("03_comparison", {"top": True}, "which is bool"),
    ("03_comparison", {"regions": "德城区"}, r"must be list.*write -y 'regions: \[德城区\]'"),
    ("03_comparison", {"top": 0}, r"is 0; expected 1 to 1000\. The nearest is 1\."),
    ("11_likeness", {"common": 1.5}, r"is 1\.5; expected 0 to 1\. The nearest is 1\."),
    ("11_likeness", {"shortest": 3}, r"expected 14 to 1000\. The nearest is 14\."),
    ("03_comparison", {"rule": "sam"}, r"expected one of .*Did you mean 'same'\?"),
    ("03_comparison", {"min_grade": "D"}, r"expected one of \('A', 'B', 'C'\)"),
    ("03_comparison", {"corpus": "dezou"}, r"No corpus 'dezou'.*Did you mean 'dezhou'\?"),
    ("05_slogans", {"text_corpus": "digest"}, r"Did you mean 'digests'\?"),
    ("08_scorecard", {"judged": "digets"}, r"Did you mean 'digests'\?"),
    ("03_comparison", {"regions": ["德城"]}, r"Unknown region '德城'.*Did you mean '德城区'\?"),
    ("03_comparison", {"highlight": ["陵城"]}, r"no place '陵城'.*Did you mean '陵城区'\?"),
    ("09_targets", {"place": "德城县"}, r"no place '德城县'.*Did you mean '德城区'\?"),
    ("03_comparison", {"indicator": "地区生产总直"}, "Unknown indicator.*'地区生产总值'"),
    ("09_targets", {"growth_of": ["地区生产总直"]}, "Unknown indicator.*'地区生产总值'"),
    ("03_comparison", {"period": "2021"}, "'2021' is no period; expected YYYY-MM/YYYY-MM"),
    ("03_comparison", {"period": "2021-01/2021-07"}, r"no period .*Did you mean '2021-01/2021-0"),
    ("09_targets", {"year": 1066}, r"year 1066; the nearest is \d{4}"),
    ("10_change", {"years": [2021, 2199]}, r"year 2199; the nearest is \d{4}"),
    ("05_slogans", {"slogans": ["双招双弓"]}, "双招双弓.*双招双引"),
    ("10_change", {"followed": ["双招双弓"]}, "双招双弓.*双招双引"),
    ("07_consistency", {"checks": ["shre"]}, r"no check 'shre'.*Did you mean 'share"),
    ("01_corpus", {"harmless": ["linebreak"]}, r"kind of repair.*Did you mean 'line_break'\?"),
    ("06_wordclouds", {"picture": "no/such.png"}, "no file 'no/such.png'"),
    ("06_wordclouds", {"shape": "elipse"}, r"Did you mean 'ellipse'\?"),
]


@pytest.mark.parametrize(("notebook", "given", "message"), WRONG, ids=lambda one: str(one)[:40])
def test_a_wrong_value_is_refused_with_the_nearest(notebook, given, message, monkeypatch):
    monkeypatch.delenv("DZ_TEXTS", raising=False)
    with pytest.raises(ValueError, match=message):
        start_run(notebook, told(notebook, **given))


def test_what_is_right_is_let_through():
    given = {"regions": ["德城区", "陵城区"], "indicator": "GDP", "period": "2021-01/2021-06"}
    assert start_run("03_comparison", told("03_comparison", **given))["parameters"]["top"] == 8
    assert start_run("05_slogans", told("05_slogans", slogans=["放管服"]))
    assert start_run("10_change", told("10_change", followed=["项目", "地区生产总值"]))


@pytest.mark.parametrize("name", ["regoins", "indicatr", "tops"])
def test_a_name_that_papermill_puts_in_must_be_known(name):
    cells = ["", "corpus: str = 'dezhou'  # folder", INJECTED.format(name)]
    with pytest.raises(ValueError, match=rf"Unknown parameter '{name}'.*Did you mean '\w+'\?"):
        start_run("03_comparison", told("03_comparison", **{name: 1}, In=cells))


def test_in_jupyter_the_cell_that_was_run_last_counts():
    wrong, right = "regoins: list[str] = []  # a", "regions: list[str] = []  # a"
    cells = ["", wrong, "x = 3", "%time x", right, "run = start_run()"]
    assert start_run("03_comparison", told("03_comparison", x=3, regoins=[], In=cells))
    with pytest.raises(ValueError, match="'regoins'"):
        start_run("03_comparison", told("03_comparison", regoins=[], In=cells[:3]))


def test_a_parameter_that_the_notebook_never_reads_is_refused(home):
    read = "print(corpus, regions, target, titles, dpi, font)"
    write(home / "notebooks", "03_comparison", make_notebook(read))
    with pytest.raises(ValueError, match="'highlight' is never read"):
        start_run("03_comparison", told("03_comparison"))


def test_bounds_stand_at_the_end_of_a_meaning():
    parameter = parse_parameter("share: float = 0.5  # of 2 to 3 things; 0 to 1")
    assert parameter.bounds == (0, 1) and not parse_parameter("a: int = 1  # of 2 to 3").bounds
    check_value(parameter, 1)


def files_under(folder):
    return {f: f.stat().st_mtime_ns for f in sorted(folder.rglob("*")) if f.is_file()}


def test_plain_papermill_stops_before_the_first_step_and_changes_no_figure(tmp_path):
    before = files_under(ROOT / "figures")
    target = tmp_path / "out.ipynb"
    source = ROOT / "notebooks" / "03_comparison.ipynb"
    command = [sys.executable, "-m", "papermill", str(source), str(target), "-p", "regoins", "x"]
    environment = {name: value for name, value in os.environ.items() if name != "DZ_FIGURES"}
    environment |= {"DZ_HOME": str(ROOT), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, capture_output=True, encoding="utf-8", env=environment, cwd=tmp_path, check=False
    )
    assert done.returncode and "Did you mean 'regions'?" in done.stderr
    executed = nbformat.read(target, 4)
    code = [cell for cell in executed.cells if cell.cell_type == "code"]
    ran = [cell.id for cell in code if cell.execution_count]
    assert "imports" in ran and "load" not in ran
    assert "**Answer.**" not in nbformat.writes(executed), "the answer of another run"
    assert files_under(ROOT / "figures") == before


WORK = """\
import pandas as pd
from dz_analysis.parameters import start_run
from dz_analysis.showing import save_table
run = start_run("01_corpus", globals())
save_table(pd.DataFrame({"a": [top]}), "01_table", title="T", resolved={"n": top}, **run)
"""


def test_plain_papermill_with_parameters_writes_to_a_folder_of_its_own(home, monkeypatch):
    monkeypatch.delenv("DZ_FIGURES", raising=False)
    monkeypatch.setenv("PYTHONPATH", str(paths.PACKAGE.parent))
    (home / "data" / "dezhou").mkdir()
    (home / "data" / "dezhou" / "documents.csv").write_text("id,file\na,a.txt\n", "utf-8")
    exec(WORK, told("01_corpus"))
    published = {f: f.read_bytes() for f in home.rglob("01_table.*")}
    assert {f.parent for f in published} == {home / "figures" / "dezhou"} and len(published) == 4
    file = write(home, "mine", make_notebook(WORK))
    papermill.execute_notebook(
        str(file), str(home / "out.ipynb"), {"corpus": "dezhou", "top": 5}, progress_bar=False
    )
    own = {f: f.read_bytes() for f in home.rglob("01_table.*") if f not in published}
    assert {f.parent for f in own} == {home / "build" / "dezhou" / "top=5" / "figures" / "dezhou"}
    assert all(f.read_bytes() == content for f, content in published.items())
    exec(WORK, told("01_corpus", top=5))
    assert {f: f.read_bytes() for f in own} == own, "the same run writes the same bytes"
    sidecar = next(f for f in own if f.suffix == ".json").read_text(encoding="utf-8")
    assert '"top": 5' in sidecar and '"n": 5' in sidecar
    assert f'"commit": "{find_commit()}"' in sidecar


def test_a_commit_is_told_where_there_is_a_checkout(monkeypatch, tmp_path):
    if (ROOT / ".git").exists():
        assert re.fullmatch(r"(?:[0-9a-f]{40}\+?)?", find_commit())
    monkeypatch.setattr(paths, "PACKAGE", tmp_path / "dz_analysis")
    assert find_commit.__wrapped__() == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"period": "2021-01/2021-06"}, {"period": "2021-01_2021-06"}),
        ({"a": "x."}, {"a": "x"}),
        ({"slogans": ["互联网+政务服务"]}, {"slogans": ["互联网", "政务服务"]}),
        ({"a": "1 b=2"}, {"a": "1", "b": "2"}),
    ],
)
def test_different_runs_have_different_folders(one, other):
    assert label_run(one) != label_run(other)
    assert paths.is_plain_name(label_run(one)) and paths.is_plain_name(label_run(other))
