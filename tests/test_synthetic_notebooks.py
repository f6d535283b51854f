"""Notebooks 02, 03, 07 and 09 to 11 on sixty districts over ten years find what was planted."""

import json

import nbformat
import pandas as pd
import pytest

from dz_analysis import paths
from dz_analysis.comparing.promises import ALL, name_modifier
from dz_analysis.manifest import MANIFEST_COLUMNS
from dz_analysis.showing.districts import READABLE
from dz_analysis.suite import list_notebooks, run_notebooks
from dz_analysis.suite.normal import read_answer
from dz_analysis.synthetic import make_synthetic
from dz_analysis.tables import ALL_TABLES, empty_table, save_table

WANTED = ("02", "03", "07", "09", "10", "11")
FIGURES = {
    *("02_coverage", "02_groups", "03_growth", "03_matrix", "03_promises", "03_ranking"),
    *("03_structure", "03_years", "07_disagreements", "07_verdicts"),
    *("09_bounds", "09_growth", "09_indicators", "09_places", "09_tones"),
    *("11_axes", "11_kinds", "11_likeness", "11_map", "11_reuse"),
}
pytestmark = pytest.mark.slow


def write_corpus(made, folder):
    """Write a synthetic corpus as a folder of `data/`; it has tables and no texts."""
    rows = {"documents": made.documents, "observations": made.observations}
    for name in ALL_TABLES:
        save_table(rows.get(name, empty_table(name)), folder / "tables", name)
    manifest = pd.DataFrame({"id": made.documents["id"], "file": made.documents["id"] + ".txt"})
    manifest.reindex(columns=list(MANIFEST_COLUMNS), fill_value="").to_csv(
        folder / "documents.csv", index=False
    )


@pytest.fixture(scope="module")
def made():
    return make_synthetic()


@pytest.fixture(scope="module")
def run(made, tmp_path_factory):
    """Run the notebooks once; return a reader of what they wrote, and their answers."""
    home = tmp_path_factory.mktemp("project")
    write_corpus(made, home / "data" / "made")
    published = list_notebooks(paths.PACKAGE.parent / "notebooks")
    chosen = [file for file in published if file.stem.startswith(WANTED)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DZ_HOME", str(home))
        runs = run_notebooks(
            "made",
            parameters={"print_rows": 150},
            notebooks=chosen,
            out=home / "run",
            figures=home / "figures",
        )
    answers = {one.name[:2]: read_answer(nbformat.read(one.file, 4)) for one in runs}
    return home / "figures" / "made", answers


def read(run, name):
    return pd.read_csv(run[0] / f"{name}.csv", keep_default_na=False, encoding="utf-8-sig")


def spec_of(run, name):
    return json.loads((run[0] / f"{name}.json").read_text(encoding="utf-8"))["spec"]


def test_every_figure_is_drawn_and_says_its_finding(run):
    assert {file.stem for file in run[0].glob("*.png")} == FIGURES
    for name in sorted(FIGURES):
        spec = spec_of(run, name)
        assert len(spec["texts"][0]) > 20, "a title that is a sentence"
        ticks = [len(axes.get("yticks", [])) for axes in spec["axes"]]
        assert max(ticks) <= max(READABLE, 32), f"{name} has too many rows to be read"


def test_the_audit_lists_what_was_planted_and_nothing_else(run, made):
    sources = read(run, "07_sources")
    off = sources[sources["verdict"] == "disagrees"]
    told = set(zip(off["check"], off["document"], off["observation"], strict=True))
    planted = made.planted
    faults = set(zip(planted["check"], planted["document"], planted["observation"], strict=True))
    assert faults <= told
    culprits = {(document, number) for _, document, number in faults}
    lines = off.groupby("line")[["document", "observation"]].apply(
        lambda rows: bool(culprits & set(map(tuple, rows.to_numpy())))
    )
    assert lines.all(), "a false alarm"
    counts = read(run, "07_verdicts")
    assert counts["disagrees"].sum() == len(lines)
    assert run[1]["07"].startswith(f"{len(lines)} of ")


def test_the_ranking_is_that_of_the_truth(run, made):
    cells = read(run, "03_ranking")
    levels = cells[(cells["measure"] == "level") & (cells["state"] == "comparable")]
    truth = made.truth[(made.truth["name"] == "revenue") & (made.truth["year"] == 2019)]
    told = levels.set_index("region")["value"].astype(float)
    true = truth.set_index("region")["value"].loc[told.index]
    assert len(told) > 50
    assert (told / true - 1).abs().max() < 0.001
    order = told.sort_values(ascending=False).index
    assert list(order) == list(true.sort_values(ascending=False).index)
    assert f"{order[0]} leads" in run[1]["03"] and f"{order[-1]} is last" in run[1]["03"]


def test_promises_are_counted_as_they_came_out(run, made):
    counts = read(run, "03_promises").set_index("modifier")
    outcomes = made.outcomes
    for outcome in ("met", "missed", "not_stated", "no_document"):
        assert counts.loc[ALL, outcome] == (outcomes["outcome"] == outcome).sum()
    pairs = zip(outcomes["modifier"], outcomes["bound"], strict=True)
    kinds = pd.Series([name_modifier(*pair).split("+") for pair in pairs]).explode()
    assert counts["targets"].drop(ALL).to_dict() == kinds.value_counts().to_dict()


def test_the_panel_holds_every_target_with_what_came_of_it(run, made):
    panel, outcomes = read(run, "09_panel"), made.outcomes
    assert len(panel) == (made.observations["status"] == "target").sum()
    assert panel["result"].value_counts().to_dict() == outcomes["outcome"].value_counts().to_dict()
    tones = read(run, "09_tones")
    assert tones["met"].sum() == (outcomes["outcome"] == "met").sum()
    assert tones["targets"].sum() == len(outcomes)


def test_a_corpus_without_text_says_in_words_that_nothing_can_change(run):
    assert run[1]["10"].startswith("No change can be shown: no two years have documents")
    assert read(run, "10_changes").empty
    assert not list(run[0].glob("10_*.png"))


def test_the_coverage_map_counts_every_number_of_a_district(run, made):
    coverage = read(run, "02_coverage")
    districts = made.observations["document"].str.startswith("d")
    assert coverage["n"].sum() == districts.sum()
    assert coverage["region"].nunique() == 60
    assert f"{len(made.observations):,} numbers" in run[1]["02"]


def test_the_matrix_refuses_nothing_that_is_alike(run):
    matrix = read(run, "03_matrix")
    assert set(matrix["state"]) == {"comparable"}
    assert len(matrix) == 60 * matrix["indicator"].nunique()


def test_without_words_nothing_is_said_to_be_alike(run):
    assert "share a word" in run[1]["11"]
    assert "No run of 14 Han characters is shared" in run[1]["11"]
