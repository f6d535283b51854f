"""A wheel brings what a project folder is made of, and makes one where there is no checkout."""

import tomllib
from pathlib import Path

import pytest

from dz_analysis import doctor, paths

ROOT = Path(__file__).parents[1]
WHEEL = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]
WHEEL = WHEEL["targets"]["wheel"]


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """Return an empty working folder, far from a checkout, of a package that was installed."""
    package = tmp_path / "site-packages" / "dz_analysis"
    for part in ("data/mine/documents.csv", "notebooks/01_one.ipynb"):
        file = package / "project" / part
        file.parent.mkdir(parents=True)
        file.write_text(part, encoding="utf-8")
    monkeypatch.setattr(paths, "PACKAGE", package)
    monkeypatch.setattr(paths, "SHIPPED", package / "project")
    monkeypatch.delenv("DZ_HOME", raising=False)
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    return here


def test_the_wheel_holds_notebooks_and_data_where_they_are_looked_for():
    assert WHEEL["sources"] == {name: f"dz_analysis/project/{name}" for name in paths.PARTS}
    assert set(WHEEL["only-include"]) == {"dz_analysis", *paths.PARTS}
    assert paths.SHIPPED == paths.PACKAGE / "project"
    assert WHEEL["force-include"] == {"CITATION.cff": "dz_analysis/CITATION.cff"}
    ignored = (ROOT / ".gitignore").read_text("utf-8").splitlines()
    assert "data/dezhou/texts/" in ignored, "pages of others must not get into a wheel"


def test_a_project_folder_is_made_on_first_use_and_once(installed):
    assert paths.make_project() == installed and paths.project_dir() == installed
    assert (installed / "notebooks" / "01_one.ipynb").is_file()
    (installed / "data" / "mine" / "documents.csv").write_text("mine", encoding="utf-8")
    assert paths.make_project() is None
    assert (installed / "data" / "mine" / "documents.csv").read_text("utf-8") == "mine"


def test_what_is_there_stays_and_a_named_folder_is_taken(installed, tmp_path, monkeypatch):
    home = tmp_path / "home"
    (home / "notebooks").mkdir(parents=True)
    (home / "notebooks" / "01_one.ipynb").write_text("mine", encoding="utf-8")
    monkeypatch.setenv("DZ_HOME", str(home))
    assert paths.make_project() == home and not list(installed.iterdir())
    assert (home / "notebooks" / "01_one.ipynb").read_text("utf-8") == "mine"
    assert (home / "data" / "mine" / "documents.csv").is_file()


def test_a_checkout_makes_no_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("DZ_HOME", str(tmp_path))
    assert paths.make_project() is None and not list(tmp_path.iterdir())
    assert paths.is_checkout()


def test_the_doctor_has_the_cures_of_a_wheel(installed):
    found = {one.check: one for one in doctor.examine()}
    for check in ("project folder", "corpora"):
        assert not found[check].is_well and "dz new" in found[check].cure
    cures = " ".join(one.cure for one in found.values())
    assert "requirements.lock" not in cures and "make" not in cures.split()
    assert "pip install --force-reinstall dz-analysis" in cures
