"""Running notebooks: wrong parameters stop a run before it starts, failures are named and kept."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pandas as pd
import pytest
from suite_notebooks import HEADER, PARAMETERS, make_notebook, stream, write

from dz_analysis.parameters import Parameter, label_run, names_read, parse_parameter
from dz_analysis.suite import check_parameters, read_parameters, read_value, run_notebooks
from dz_analysis.suite.normal import normalise_notebook, printed_text, write_notebook
from dz_analysis.suite.runner import (
    NotebookError,
    execute_notebook,
    pick_notebooks,
    plan_run,
    refresh_notebooks,
)
from dz_analysis.suite.sweep import read_sweep
from dz_analysis.tables import TABLES, save_table

ROOT = Path(__file__).parents[1]
READS_ALL = "print(corpus, regions, top)"


@pytest.fixture
def made(home):
    """Return a project with one corpus of two districts and no notebooks."""
    columns = [column for column in TABLES["documents"].columns if not column.later]
    rows = [
        {column.name: 1 if column.kind == "count" else "" for column in columns}
        | {"id": f"d{number}", "region": region}
        for number, region in enumerate(["德城区", "陵城区"])
    ]
    save_table(pd.DataFrame(rows), home / "data" / "made" / "tables", "documents")
    manifest = home / "data" / "made" / "documents.csv"
    manifest.write_text("id,file\nd0,d0.txt\nd1,d1.txt\n", encoding="utf-8")
    return home


WRONG = [
    ({"topp": 5}, r"Unknown parameter 'topp'.*Did you mean 'top'\?"),
    ({"region": ["德城区"]}, r"Unknown parameter 'region'.*Did you mean 'regions'\?"),
    ({"top": "5"}, r"'top' \(rows\) must be int, such as 3; got '5', which is str"),
    ({"top": 5.0}, "which is float"),
    ({"top": True}, "which is bool"),
    ({"regions": "德城区"}, r"'regions' \(districts\) must be list\[str\]"),
    ({"regions": [1]}, r"must be list\[str\]"),
    ({"regions": ["德城"]}, r"Unknown region '德城'.*Did you mean '德城区'\?"),
    ({"corpus": "mad"}, r"No corpus 'mad'.*Did you mean 'made'\?"),
]


@pytest.mark.parametrize(("given", "message"), WRONG, ids=lambda v: str(v)[:40])
def test_a_wrong_parameter_is_refused_with_the_nearest_valid_one(made, given, message):
    with pytest.raises(ValueError, match=message):
        check_parameters(make_notebook(READS_ALL), given)


def test_right_parameters_pass_and_only_those_that_differ(made):
    given = {"top": 3, "regions": ["陵城区"], "corpus": "made"}
    assert check_parameters(make_notebook(READS_ALL), given) == {"regions": ["陵城区"]}


def test_a_parameter_that_nothing_reads_is_refused(made):
    with pytest.raises(ValueError, match="'top' is never read"):
        check_parameters(make_notebook("print(corpus, regions)\ntop = 4"), {})


def test_choices_are_checked(made):
    extra = "\nmeasure: str = 'growth'  # one of growth, level, rank; what to compare"
    notebook = make_notebook(READS_ALL, "measure", parameters=PARAMETERS + extra)
    assert check_parameters(notebook, {"measure": "level"}) == {"measure": "level"}
    with pytest.raises(ValueError, match=r"expected one of .*Did you mean 'growth'\?"):
        check_parameters(notebook, {"measure": "grwth"})


@pytest.mark.parametrize(
    "line",
    [
        "top = 5  # rows",
        "top: int = 5",
        "top: int = '5'  # rows",
        "top: int = 2 + 3  # rows",
        "top: int  # rows",
        "tops: dict = {}  # rows",
        "import os  # no",
        "top: int = (  # rows",
    ],
)
def test_a_line_that_is_no_parameter_is_refused(line):
    with pytest.raises(ValueError, match="expected `name: type = literal"):
        parse_parameter(line)


def test_parameters_are_read_in_order():
    assert read_parameters(make_notebook()) == (
        Parameter("corpus", "str", "made", "folder", "corpus"),
        Parameter("regions", "list[str]", [], "districts", "region"),
        Parameter("top", "int", 3, "rows"),
    )


def test_a_notebook_without_its_parameters_cell_is_refused():
    notebook = make_notebook()
    del notebook.cells[1]
    with pytest.raises(ValueError, match="one cell tagged 'parameters', found 0"):
        read_parameters(notebook)


def test_a_name_written_to_is_not_read():
    assert names_read(["top = 1\nprint(corpus)"]) == {"print", "corpus"}


@pytest.mark.parametrize(
    ("line", "text", "value"),
    [
        ("a: bool = False  # b", "true", True),
        ("a: float = 1.0  # b", "0.5", 0.5),
        ("a: list[int] = []  # b", "1，2,3", [1, 2, 3]),
        ("a: list[str] = []  # b", "", []),
        ("a: str = ''  # b", "x, y", "x, y"),
    ],
)
def test_values_are_read_from_a_command_line(line, text, value):
    assert read_value(parse_parameter(line), text) == value


@pytest.mark.parametrize("text", ["five", "1.5", ""])
def test_a_value_that_cannot_be_read_is_named(text):
    with pytest.raises(ValueError, match=r"'top' \(rows\) must be int"):
        read_value(parse_parameter("top: int = 5  # rows"), text)


def test_a_parameter_must_be_known_to_some_notebook(made):
    one = write(made / "notebooks", "01_one", make_notebook(READS_ALL))
    other = make_notebook(READS_ALL, "seed", parameters=PARAMETERS + "\nseed: int = 1  # seed")
    two = write(made / "notebooks", "02_two", other)
    assert plan_run([one, two], {"seed": 2}) == {one: {}, two: {"seed": 2}}
    with pytest.raises(ValueError, match=r"No notebook has a parameter 'sed'.*'seed'\?"):
        plan_run([one, two], {"sed": 2})


def test_a_wrong_parameter_stops_before_anything_is_written(made):
    write(made / "notebooks", "01_one", make_notebook(READS_ALL))
    with pytest.raises(ValueError, match=r"01_one\.ipynb: .*德城区"):
        run_notebooks("made", parameters={"regions": ["德城"]})
    assert not (made / "build").exists()


def test_names_of_runs_are_safe_file_names():
    assert "/" not in label_run({"a": "../../etc", "b": [1, 2]})


def test_a_run_keeps_what_a_failing_notebook_did_and_names_the_cell(made, monkeypatch, tmp_path):
    outside = tmp_path / "elsewhere"
    outside.mkdir()
    monkeypatch.chdir(outside)
    write(made / "notebooks", "01_good", make_notebook(READS_ALL, "print('answer', top)"))
    bad = make_notebook(READS_ALL, "sum_of_all = 1 / 0\nprint(sum_of_all)", "print('never')")
    write(made / "notebooks", "02_bad", bad)
    dead = make_notebook(READS_ALL, "import os\nos._exit(1)", "print('never')")
    write(made / "notebooks", "03_dead", dead)
    seen = []
    with pytest.raises(NotebookError) as caught:
        run_notebooks(
            "made", parameters={"regions": ["陵城区"]}, on_done=lambda run: seen.append(run.name)
        )
    message = str(caught.value)
    assert "2 of 3 notebooks stopped" in message and "02_bad: cell [4] step-1" in message
    assert "03_dead: cell [4] step-1 (import os): DeadKernelError" in message
    assert "sum_of_all = 1 / 0" in message and "ZeroDivisionError" in message
    assert sorted(seen) == ["01_good", "02_bad", "03_dead"] and not list(outside.iterdir())
    good, kept, dead = (nbformat.read(run.file, 4) for run in caught.value.runs)
    assert good.cells[0].source == HEADER
    assert [one.data["text/plain"] for one in good.cells[1].outputs] == ["answer 3"]
    stopped = [c for node in (kept, dead) for c in node.cells if c.id == "parameters"]
    assert [cell.outputs for cell in stopped] == [[], []]
    assert [cell.id for cell in good.cells][:3] == ["header", "parameters", "injected-parameters"]
    for partial in (kept, dead):
        printed = [printed_text(cell) for cell in partial.cells if cell.id == "step-0"]
        assert printed == ["made ['陵城区'] 3"]
    assert good.metadata.keys() == {"kernelspec", "language_info"}
    text = json.dumps([good, kept])
    assert "papermill" not in json.dumps(good) and str(os.getpid()) not in text


def test_notebooks_are_picked_by_number_or_name(made):
    for name in ("01_one", "03_three", "09_nine"):
        write(made / "notebooks", name, make_notebook(READS_ALL))
    assert [file.stem for file in pick_notebooks(["09", "03_three"])] == ["03_three", "09_nine"]
    assert len(pick_notebooks([])) == 3
    with pytest.raises(ValueError, match=r"No notebook \['3_three'\].*Did you mean '03_three'\?"):
        pick_notebooks(["3_three"])


SWEEP = """
corpus = "made"
only = ["01"]

[runs.few]
top = 1

[runs.one]
top = 2
regions = ["陵城区"]
"""


@pytest.mark.long
def test_a_sweep_runs_side_by_side_keeps_what_stopped_and_is_the_same_twice(made, dz_sweep):
    write(
        made / "notebooks", "01_one", make_notebook(READS_ALL, "assert top > 1", "print('answer')")
    )
    write(made / "notebooks", "02_two", make_notebook(READS_ALL))
    first = dz_sweep(SWEEP)
    again = dz_sweep(SWEEP)
    assert first.code == again.code == 2
    folder = made / "build" / "sweeps" / "mine"
    names = sorted(file.relative_to(folder).as_posix() for file in first.files)
    pages = [f"{run}/{name}" for run in ("few", "one") for name in ("01_one.html", "01_one.ipynb")]
    assert names == sorted([*pages, "few/index.html", "one/index.html", "runs.csv"])
    assert first.files == again.files
    stopped, done = (
        json.dumps(nbformat.read(folder / run / "01_one.ipynb", 4)) for run in ("few", "one")
    )
    assert "AssertionError" in stopped and "made [] 1" in stopped
    assert "AssertionError" not in done and "answer" in done
    table = (folder / "runs.csv").read_text(encoding="utf-8-sig").splitlines()
    assert table[0] == "run,corpus,notebook,state,folder"
    assert table[1].startswith("few,made,01_one,cell [4] step-1") and "AssertionError" in table[1]
    assert table[2] == "one,made,01_one,done,build/sweeps/mine/one"
    assert sorted(line[9:] for line in first.told[:2]) == ["01_one done", "01_one stopped"]


@pytest.fixture
def dz_sweep(made, monkeypatch):
    """Run `dz sweep` on a file of the made project: exit code, files by their bytes, lines told."""
    for name in ("DZ_FIGURES", "OMP_NUM_THREADS", "JUPYTER_PREFER_ENV_PATH"):
        monkeypatch.delenv(name, raising=False)

    def run(text):
        file = made / "mine.toml"
        file.write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "dz_analysis.cli", "sweep", str(file)]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        folder = made / "build" / "sweeps" / "mine"
        files = {f: f.read_bytes() for f in sorted(folder.rglob("*")) if f.is_file()}
        return SimpleNamespace(code=done.returncode, files=files, told=done.stderr.splitlines())

    return run


WRONG_SWEEPS = [
    ("runs = [", "is no TOML"),
    ("[run.a]\ntop = 1", r"unknown key 'run'.*Did you mean 'runs'\?"),
    ("corpus = 'made'", "expected one table a run"),
    ("only = '01'\n[runs.a]\ntop = 1", "expected a list of notebooks"),
    ("only = ['04']\n[runs.a]\ntop = 1", r"No notebook \['04'\]"),
    ("[runs.a]\ncorpus = 'made'\ntopp = 1", r"run 'a': No notebook has .*Did you mean 'top'\?"),
    ("[runs.a]\ncorpus = 'made'\ntop = 'x'", "run 'a': 01_one.ipynb: .* must be int"),
    ("[runs.a]\ncorpus = 'mad'", r"run 'a': .*Did you mean 'made'\?"),
    ("[runs.'../a']\ncorpus = 'made'", r"'\.\./a' can't name a run"),
]


@pytest.mark.parametrize(("text", "message"), WRONG_SWEEPS, ids=lambda text: text[:24])
def test_a_wrong_sweep_stops_before_anything_runs(made, text, message):
    write(made / "notebooks", "01_one", make_notebook(READS_ALL))
    file = made / "mine.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        read_sweep(file)
    assert not (made / "build").exists()


def make_frail_kernel(folder, deaths):
    """Install a kernel that dies at its first starts, as one does whose port is taken."""
    spec, starts = folder / "kernels" / "frail", folder / "starts"
    spec.mkdir(parents=True)
    starts.mkdir()
    (spec / "start.py").write_text(
        "import os, sys\n"
        f"starts = {str(starts)!r}\n"
        "os.mkdir(os.path.join(starts, str(len(os.listdir(starts)))))\n"
        f"if len(os.listdir(starts)) <= {deaths}:\n"
        "    sys.exit(1)\n"
        "from ipykernel.kernelapp import launch_new_instance\n"
        "launch_new_instance()\n",
        encoding="utf-8",
    )
    argv = [sys.executable, str(spec / "start.py"), "-f", "{connection_file}"]
    frail = {"argv": argv, "display_name": "frail", "language": "python"}
    (spec / "kernel.json").write_text(json.dumps(frail), encoding="utf-8")
    notebook = make_notebook(READS_ALL)
    notebook.metadata["kernelspec"] = {"name": "frail", "display_name": "", "language": "python"}
    return write(folder, "01_one", notebook), starts


@pytest.mark.parametrize(("deaths", "is_done"), [(2, True), (3, False)])
def test_a_kernel_that_dies_before_the_first_cell_is_started_again(
    tmp_path, monkeypatch, deaths, is_done
):
    for name in ("DZ_HOME", "DZ_FIGURES", "OMP_NUM_THREADS", "JUPYTER_PREFER_ENV_PATH"):
        monkeypatch.setenv(name, "")  # a run sets them: they are put back after the test
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    source, starts = make_frail_kernel(tmp_path, deaths)
    run = execute_notebook(source, tmp_path / "copy.ipynb", {}, tmp_path)
    assert run.is_done == is_done and len(list(starts.iterdir())) == 3
    assert run.error.startswith("" if is_done else "before the first cell: RuntimeError")


def test_nbval_starts_such_a_kernel_again_too(tmp_path):
    source, starts = make_frail_kernel(tmp_path, 2)
    shutil.copy(ROOT / "notebooks" / "conftest.py", tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--nbval-lax", source],
        env=os.environ | {"JUPYTER_PATH": str(tmp_path)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert len(list(starts.iterdir())) == 3


def test_refreshing_stores_outputs_and_a_second_time_changes_nothing(made):
    file = write(made / "notebooks", "01_one", make_notebook(READS_ALL, "print('answer')"))
    refresh_notebooks(["01_one"], jobs=1)
    first = file.read_bytes()
    assert b"made [] 3" in first and b"execution_count" in first
    refresh_notebooks(["01_one"], jobs=1)
    assert file.read_bytes() == first


def test_refreshing_an_unknown_notebook_is_refused(made):
    write(made / "notebooks", "01_one", make_notebook(READS_ALL))
    with pytest.raises(ValueError, match=r"Did you mean '01_one'\?"):
        refresh_notebooks(["01_on"])


def test_the_normal_form_has_no_times_versions_or_random_ids():
    notebook = make_notebook(READS_ALL)
    notebook.metadata["papermill"] = {"start_time": "2020-01-01", "output_path": "/home/me"}
    notebook.metadata["language_info"] = {"name": "python", "version": "3.11.7"}
    cell = notebook.cells[2]
    cell.metadata.update(execution={"iopub.execute_input": "2020"}, papermill={"duration": 1})
    cell.outputs = [stream("a"), stream("b\n"), stream("c", "stderr"), stream("d")]
    made = normalise_notebook(notebook)
    assert "20" not in json.dumps(made.metadata) and "20" not in json.dumps(made.cells)
    assert [(o.name, o.text) for o in made.cells[2].outputs] == [
        ("stdout", "ab\n"),
        ("stderr", "c"),
        ("stdout", "d"),
    ]
    assert normalise_notebook(made) == made
    nbformat.validate(made)


def test_the_answer_stands_on_top_as_an_output_of_the_cell_that_a_run_clears():
    notebook = make_notebook(READS_ALL, "print('answer')")
    notebook.cells[3].outputs = [stream("Five rows\\1 there are. Two are not.\n")]
    made = normalise_notebook(notebook)
    assert made.cells[0].source == HEADER
    (shown,) = made.cells[1].outputs
    assert shown.data == {
        "text/markdown": "**Answer.** Five rows&#92;1 there are. Two are not.",
        "text/plain": "Five rows\\1 there are. Two are not.",
    }
    notebook.cells[3].outputs = []
    assert not normalise_notebook(notebook).cells[1].outputs


def test_a_notebook_is_only_written_when_it_changes(tmp_path):
    notebook, file = normalise_notebook(make_notebook()), tmp_path / "01_one.ipynb"
    assert write_notebook(notebook, file) and not write_notebook(notebook, file)


def test_a_folder_without_notebooks_is_named(home):
    with pytest.raises(FileNotFoundError, match=r"No notebooks in .*notebooks: expected"):
        run_notebooks("none")
