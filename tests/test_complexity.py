"""No function of the package is more complex than a reader can hold; each one over is named.

Three counts: ruff's C901 (branches) and PLR0917 (positional arguments) with the project's own
bounds, and radon's, which counts every condition.
"""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from radon.complexity import cc_visit
from radon.visitors import Function

import dz_analysis

PACKAGE = Path(dz_analysis.__file__).parent
PROJECT = PACKAGE.parent
ROOMS = sorted(p for p in PACKAGE.iterdir() if p.suffix == ".py" or (p / "__init__.py").is_file())
CONDITIONS = 15  # by radon's count


def functions_of(file: Path) -> list[Function]:
    """Return the functions and methods of a module."""
    blocks = cc_visit(file.read_text(encoding="utf-8"))
    return [block for block in blocks if isinstance(block, Function)]


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.stem)
def test_no_function_has_more_than_15_conditions(room):
    files = sorted(room.rglob("*.py")) if room.is_dir() else [room]
    over = [
        f"{file.relative_to(PROJECT).as_posix()}:{one.lineno} {one.fullname} {one.complexity}"
        for file in files
        for one in functions_of(file)
        if one.complexity > CONDITIONS
    ]
    assert not over, "\n".join(over)


@pytest.fixture(scope="module")
def refused() -> list[str]:
    """What ruff refuses in the package: `file:line message`."""
    rules = ["--select", "C901,PLR0917", "--output-format", "json"]
    command = [sys.executable, "-m", "ruff", "check", "--no-cache", "--exit-zero", *rules, PACKAGE]
    done = subprocess.run(command, capture_output=True, check=True, cwd=PROJECT, encoding="utf-8")
    return [
        f"{Path(row['filename']).relative_to(PROJECT).as_posix()}:{row['location']['row']} "
        f"{row['message']}"
        for row in json.loads(done.stdout)
    ]


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.stem)
def test_no_function_has_too_many_branches_or_positional_arguments(room, refused):
    place = room.relative_to(PROJECT).as_posix()
    over = [one for one in refused if one.startswith((f"{place}/", f"{place}:"))]
    assert not over, "\n".join(over)


def test_the_bounds_are_those_agreed():
    ruff = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]
    lint = ruff["lint"]
    assert {"C901", "PLR0917"} <= set(lint["select"])
    assert lint["preview"]  # PLR0917 is a preview rule: without it, nothing is refused
    assert lint["mccabe"]["max-complexity"] <= 10
    assert lint["pylint"]["max-positional-args"] <= 5
    assert not any("C901" in rules for rules in lint["per-file-ignores"].values())


def test_a_function_over_the_bounds_is_seen(tmp_path):
    file = tmp_path / "tangled.py"
    tests = "".join(f"    if a == {n}:\n        return b\n" for n in range(CONDITIONS))
    file.write_text(f"def tangled(a, b, c, d, e, f):\n{tests}    return c\n", encoding="utf-8")
    assert [one.complexity for one in functions_of(file)] == [CONDITIONS + 1]
    command = [sys.executable, "-m", "ruff", "check", "--no-cache", "--exit-zero", "--config"]
    command += [str(PROJECT / "pyproject.toml"), "--output-format", "json", str(file)]
    done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    assert {"C901", "PLR0917"} <= {row["code"] for row in json.loads(done.stdout)}
