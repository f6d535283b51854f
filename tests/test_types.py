"""Types are checked strictly, everywhere; `make test` runs the check."""

import re
import tomllib
from pathlib import Path

import dz_analysis

PACKAGE = Path(dz_analysis.__file__).parent
PROJECT = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text(encoding="utf-8"))
MYPY = PROJECT["tool"]["mypy"]


def test_the_check_is_strict():
    assert MYPY["strict"] is True
    assert MYPY["packages"] == ["dz_analysis"]
    assert not {name for name, value in MYPY.items() if value is False}


def test_only_libraries_without_types_are_excepted():
    for exception in MYPY["overrides"]:
        assert set(exception) == {"module", "ignore_missing_imports"}
        assert not [name for name in exception["module"] if name.startswith("dz_analysis")]


def test_an_error_is_ignored_by_its_code_alone():
    files = sorted(PACKAGE.rglob("*.py"))
    ignores = [
        (file.name, line.strip())
        for file in files
        for line in file.read_text(encoding="utf-8").splitlines()
        if re.search(r"#\s*type:\s*ignore", line)
    ]
    assert [line for line in ignores if not re.search(r"type: ignore\[[\w-]+\]", line[1])] == []


def test_what_is_handed_on_says_that_it_is_typed():
    assert (PACKAGE / "py.typed").is_file()
    assert (PACKAGE / "__init__.pyi").is_file()
