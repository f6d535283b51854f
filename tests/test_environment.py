"""pyproject, lock file and environment.yml describe one environment."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)
PYTHONS = ("3.11.0", "3.12.0", "3.13.0")


def wanted():
    groups = PROJECT["dependency-groups"]
    texts = [*PROJECT["project"]["dependencies"], *groups["dev"], *groups["bench"]]
    return [Requirement(text) for text in texts]


def pins():
    found = {}
    for name, version in PIN.findall(LOCK):
        found.setdefault(canonicalize_name(name), []).append(version)
    return found


@pytest.mark.parametrize("requirement", wanted(), ids=lambda r: r.name)
def test_the_lock_pins_what_pyproject_asks_for(requirement):
    versions = pins().get(canonicalize_name(requirement.name), [])
    assert versions, f"{requirement.name} is not in requirements.lock: run make lock"
    outside = [v for v in versions if not requirement.specifier.contains(v)]
    assert not outside, f"{requirement} but the lock pins {outside}: run make lock"


def test_every_pin_has_a_hash():
    entries = re.split(r"^(?=\S)", LOCK, flags=re.MULTILINE)
    without = [e.splitlines()[0] for e in entries if "==" in e and "--hash=sha256:" not in e]
    assert without == []


def test_the_lock_names_no_host():
    assert "://" not in LOCK
    assert "--index-url" not in LOCK


def test_conda_makes_the_same_environment():
    conda = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    pip = next(part["pip"] for part in conda["dependencies"] if isinstance(part, dict))
    assert pip == ["--require-hashes", "-r requirements.lock"]
    python = next(p for p in conda["dependencies"] if isinstance(p, str) and p.startswith("python"))
    ours = SpecifierSet(PROJECT["project"]["requires-python"])
    theirs = SpecifierSet(python.removeprefix("python"))
    for version in ("3.10.9", *PYTHONS, "3.14.0"):
        assert ours.contains(version) == theirs.contains(version)


def test_each_python_we_promise_is_in_the_classifiers():
    ours = SpecifierSet(PROJECT["project"]["requires-python"])
    for version in PYTHONS:
        assert ours.contains(version)
        minor = version.rsplit(".", 1)[0]
        assert f"Programming Language :: Python :: {minor}" in PROJECT["project"]["classifiers"]


def test_versions_agree():
    import dz_analysis

    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == PROJECT["project"]["version"] == dz_analysis.__version__
    assert f"## {dz_analysis.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_container_and_binder_install_the_lock_and_the_project():
    steps = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert re.search(r"pip install .*--require-hashes -r requirements\.lock", steps)
    assert re.search(r"pip install .*--no-deps --editable \.", steps)
    listed = (ROOT / "binder" / "requirements.txt").read_text(encoding="utf-8").split("\n")
    assert listed[:2] == ["--require-hashes", "-r ../requirements.lock"]
    assert "--no-deps --editable ." in (ROOT / "binder" / "postBuild").read_text(encoding="utf-8")
    runtime = (ROOT / "binder" / "runtime.txt").read_text(encoding="utf-8").strip()
    versions = (re.search(r"FROM python:([\d.]+)", steps)[1], runtime.removeprefix("python-"))
    ours = SpecifierSet(PROJECT["project"]["requires-python"])
    assert versions[0] == versions[1] and ours.contains(f"{versions[0]}.0")
