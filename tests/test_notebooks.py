"""The rules that every notebook keeps, and runs of all of them on other corpora and parameters.

Stored outputs are compared with fresh ones by nbval (`pytest --nbval notebooks`); here stands what
that comparison cannot see.
"""

import ast
import json
import re
import tokenize
from io import StringIO

import nbformat
import pytest

from dz_analysis import paths
from dz_analysis.harmless import escape_markdown
from dz_analysis.parameters import names_read, published_parameters
from dz_analysis.parameters.schema import LANGUAGE, published_notebooks, write_cell
from dz_analysis.parameters.values import check_value
from dz_analysis.showing.export import hash_inputs
from dz_analysis.showing.figure_spec import hash_spec
from dz_analysis.suite import (
    list_notebooks,
    normalise_notebook,
    read_parameters,
    run_notebooks,
    twins,
)
from dz_analysis.suite.normal import printed_text
from dz_analysis.suite.parameters import code_sources

NOTEBOOKS = list_notebooks(paths.PACKAGE.parent / "notebooks")
HEADER = ("Data", "Method", "Limits", "Reads", "Writes")
PACKAGES = {"dz_analysis", "pandas", "numpy", "seaborn", "matplotlib", "IPython"}
FORBIDDEN = {"open", "exec", "eval", "Path", "input", "os", "sys", "requests", "urllib"}
MACHINE = re.compile(r"/(?:home|root|tmp|work|usr|Users|private)/|[A-Z]:\\\\|0x[0-9a-f]{6,}")
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
FIGURE = re.compile(r"Figure [0-9a-f]{12}\n")
SAVED = re.compile(r"figures/(?P<corpus>\w+)/(?P<name>\w+) \(svg [a-z ]+\) (?P<mark>[0-9a-f]{12})")
STATEMENTS = 12  # a sentence takes one for its facts and one for its words

every_notebook = pytest.mark.parametrize("file", NOTEBOOKS, ids=lambda file: file.stem)


def read(file):
    return nbformat.read(file, as_version=4)


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def tagged(notebook, tag):
    return [cell for cell in notebook.cells if tag in cell.metadata.get("tags", [])]


def count_statements(source):
    """Count logical lines: a call over five lines is one."""
    tokens = tokenize.generate_tokens(StringIO(source + "\n").readline)
    return sum(token.type == tokenize.NEWLINE for token in tokens)


def output_text(notebook):
    return "\n".join(
        str(output.get("text") or output.get("data", {}).get("text/plain", ""))
        for cell in code_cells(notebook)
        for output in cell.outputs
    )


def test_there_are_notebooks():
    numbers = [file.stem[:2] for file in NOTEBOOKS]
    assert numbers[0] == "00" and len(set(numbers)) == len(numbers)
    assert NOTEBOOKS


@every_notebook
def test_it_opens_with_a_question(file):
    header = read(file).cells[0]
    assert header.cell_type == "markdown"
    assert re.match(r"# .+\?\n", header.source), "the title is a question"
    assert tuple(re.findall(r"(?m)^\*\*(\w+)\.\*\*", header.source)) == HEADER


@every_notebook
def test_the_answer_is_what_a_cell_prints(file):
    notebook = read(file)
    cells = tagged(notebook, "answer")
    assert len(cells) == 1, "one cell tagged answer"
    printed = printed_text(cells[0])
    assert len(re.findall(r"[.?!](?: |$)", printed)) >= 2, f"two sentences: {printed!r}"
    assert "Answer" not in notebook.cells[0].source, "a header would keep it for other runs"
    (shown,) = notebook.cells[1].outputs
    assert shown.data["text/markdown"] == f"**Answer.** {escape_markdown(printed)}"
    assert shown.data["text/plain"] == printed


@every_notebook
def test_its_parameters_are_declared_and_read(file):
    notebook = read(file)
    assert "parameters" in notebook.cells[1].metadata.get("tags", [])
    parameters = read_parameters(notebook)
    assert [(p.name, p.type) for p in parameters[:2]] == [
        ("corpus", "str"),
        ("regions", "list[str]"),
    ]
    assert [p.default for p in parameters[:2]] == ["dezhou", []]
    assert {p.name for p in parameters} - {LANGUAGE} <= names_read(code_sources(notebook))


@pytest.mark.parametrize("name", published_notebooks())
def test_its_parameters_are_those_of_the_schema(name):
    notebook = read(paths.PACKAGE.parent / "notebooks" / f"{name}.ipynb")
    assert notebook.cells[1].source == write_cell(name), "python -m dz_analysis.suite makes it"
    start = f'run = start_run("{name}", globals())'
    assert start in notebook.cells[2].source.splitlines()
    for parameter in published_parameters(name):
        check_value(parameter, parameter.default)


@every_notebook
def test_its_cells_stand_in_order(file):
    _, imports, load, checks, *rest = code_cells(read(file))
    assert imports.source.rstrip().endswith("use_style(target, titles=titles, dpi=dpi, font=font)")
    assert "load_corpus(corpus, regions=regions)" in load.source
    assert "assert " in checks.source
    for cell in (load, checks, *rest):
        assert not re.search(r"(?m)^\s*(?:import|from)\s", cell.source), "imports in one cell"
    assert re.search(r"\bsave_(?:figure|table)\(", rest[-1].source), "the last cell exports"
    for cell in rest[:-1]:
        assert "save_" not in cell.source, "only the last cell exports"


@every_notebook
def test_its_cells_are_short_and_hold_no_machinery(file):
    for cell in code_cells(read(file)):
        tree = ast.parse(cell.source)
        nodes = list(ast.walk(tree))
        forbidden = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Try, ast.While)
        assert not [node for node in nodes if isinstance(node, forbidden)], cell.id
        is_list = "parameters" in cell.metadata.get("tags", [])  # one a line, with its meaning
        is_short = is_list or count_statements(cell.source) <= STATEMENTS
        assert is_short, f"{cell.id}: too much in one cell"
        names = {node.id for node in nodes if isinstance(node, ast.Name)}
        assert not names & FORBIDDEN, f"{cell.id}: {names & FORBIDDEN}"
        assert not re.search(r"(?m);\s*$|^\s*[%!]", cell.source), cell.id
        assert not [line for line in cell.source.splitlines() if len(line) > 110], cell.id
        for node in nodes:
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                path = re.search(r"https?:|(?:^|\s)(?:\.{0,2}/|data/|figures/)\S", node.value)
                assert not path, f"{cell.id}: {node.value!r}"


@every_notebook
def test_it_imports_only_the_package_and_its_tables(file):
    for cell in code_cells(read(file)):
        for node in ast.walk(ast.parse(cell.source)):
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            modules += [node.module] if isinstance(node, ast.ImportFrom) else []
            assert {module.split(".")[0] for module in modules} <= PACKAGES


@every_notebook
def test_prose_stands_before_code_and_says_no_number_that_no_cell_shows(file):
    notebook = read(file)
    kinds = [cell.cell_type for cell in notebook.cells[3:]]
    assert kinds[0] == "markdown"
    runs = "".join("m" if kind == "markdown" else "c" for kind in kinds).split("m")
    assert max(map(len, runs)) <= 4, "over four cells of code without a sentence of prose"
    shown = output_text(notebook) + "".join(cell.source for cell in code_cells(notebook))
    shown = shown.replace("_", "")
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            prose = re.sub(r"`[^`]*`", "", cell.source)
            plain = {number.rstrip(",") for number in NUMBER.findall(prose)}
            missing = {n for n in plain if n not in shown and n.replace(",", "") not in shown}
            assert not missing, f"{cell.id}: {missing} is shown by no cell"
            assert "$" not in prose, f"{cell.id}: formulas need a network to be drawn"
            assert not re.search(r"!\[[^\]]*\]\(http|<(?:img|script)", prose)


@every_notebook
def test_its_text_twin_is_in_step(file):
    pytest.importorskip("jupytext")
    twin = twins.name_twin(file).read_text(encoding="utf-8")
    assert twin == twins.spell_twin(read(file)), "python -m dz_analysis.suite --text"


def texts_put_out(notebook):
    """List all that a notebook put out but its pictures, whose signs can spell an address."""
    for output in (o for cell in code_cells(notebook) for o in cell.outputs):
        yield json.dumps(output.get("text", ""))
        for kind, data in output.get("data", {}).items():
            if not kind.startswith("image/") or kind == "image/svg+xml":
                yield json.dumps(data)


@every_notebook
def test_its_outputs_are_stored_whole_and_in_normal_form(file):
    notebook = read(file)
    counts = [cell.execution_count for cell in code_cells(notebook)]
    assert counts == list(range(1, len(counts) + 1)), "run it again: make notebooks"
    kinds = {output.output_type for cell in code_cells(notebook) for output in cell.outputs}
    assert kinds <= {"stream", "display_data", "execute_result"}
    streams = {o.get("name") for c in code_cells(notebook) for o in c.outputs if "name" in o}
    assert streams <= {"stdout"}, "something was printed to stderr"
    assert not [text for text in texts_put_out(notebook) if MACHINE.search(text)]
    stored = nbformat.writes(normalise_notebook(notebook)).rstrip() + "\n"
    assert file.read_text(encoding="utf-8") == stored, "not in normal form: make notebooks"


@every_notebook
def test_every_image_carries_its_words(file):
    images = 0
    for cell in code_cells(read(file)):
        for output in cell.outputs:
            bundle = output.get("data", {})
            if "image/png" in bundle:
                images += 1
                assert FIGURE.match(bundle["text/plain"]), f"{cell.id}: not drawn in our style"
            assert not set(bundle) & {"image/svg+xml", "application/javascript"}
    assert images, "a notebook shows at least one figure"


@every_notebook
def test_its_figures_are_the_ones_on_disk(file):
    notebook = read(file)
    saved = list(SAVED.finditer(output_text(notebook)))
    assert saved, "no figure is exported"
    for found in saved:
        sidecar = paths.figures_dir(found["corpus"]) / f"{found['name']}.json"
        origin = json.loads(sidecar.read_text(encoding="utf-8"))
        assert origin["fingerprint"] == found["mark"] == hash_spec(origin["spec"])
        assert origin["notebook"] == file.stem
        assert found["name"].startswith(file.stem[:2])
        corpora = {name.split("/")[0] for name in origin["inputs"]}
        assert found["corpus"] in corpora
        inputs = {name: mark for corpus in corpora for name, mark in hash_inputs(corpus).items()}
        assert origin["inputs"] == inputs, "tables changed: make notebooks"
        assert f"Figure {found['mark']}" in output_text(notebook), "exported but not shown"
        for kind in ("svg", "pdf", "png", "csv"):
            assert sidecar.with_suffix(f".{kind}").stat().st_size > 0


def is_measured(corpus):
    return (paths.tables_dir(corpus) / "observations.csv").is_file()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("corpus", "parameters"),
    [("digests", {}), ("dezhou", {"regions": ["德城区"]})],
    ids=["digests", "one_district"],
)
def test_all_notebooks_run_on_another_corpus_and_on_one_district(corpus, parameters, tmp_path):
    if not is_measured(corpus):
        pytest.fail(f"data/{corpus} is not measured: run `dz ingest {corpus}`")
    published = paths.figures_dir(corpus)
    before = {f.name: f.stat().st_mtime_ns for f in published.glob("*")}
    runs = run_notebooks(
        corpus, parameters=parameters, out=tmp_path / "run", figures=tmp_path / "figures"
    )
    assert len(runs) == len(NOTEBOOKS)
    texts = [output_text(read(run.file)) for run in runs]
    assert all(f"figures/{corpus}/" in text for text in texts)
    assert {f.name: f.stat().st_mtime_ns for f in published.glob("*")} == before
    for run in runs:
        assert "nan" not in printed_text(tagged(read(run.file), "answer")[0]).lower().split()


@pytest.mark.slow
def test_a_run_with_the_published_parameters_is_the_published_notebook(tmp_path):
    file = NOTEBOOKS[0]
    runs = run_notebooks("dezhou", out=tmp_path, figures=tmp_path / "figures", notebooks=[file])
    assert runs[0].file.read_bytes() == file.read_bytes()
