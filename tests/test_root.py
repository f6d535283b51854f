"""The package's root offers a short list, the one that it documents, without the wait."""

import ast
import importlib
import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

import dz_analysis

PACKAGE = Path(dz_analysis.__file__).parent
ROOT = PACKAGE.parent
STUB = ast.parse((PACKAGE / "__init__.pyi").read_text(encoding="utf-8"))
# name -> the room that it comes from
OFFERED = {
    alias.name: node.module
    for node in ast.walk(STUB)
    if isinstance(node, ast.ImportFrom)
    for alias in node.names
}
READMES = ("README.md", "README.zh.md")
PLOTTING = ("matplotlib", "seaborn", "wordcloud", "docx")


def sections_of(thing: object) -> dict[str, str]:
    """Return the parts of a numpydoc docstring by their headings; `""` holds the beginning."""
    parts = re.split(r"(?m)^(\w[\w ]*)\n-{3,}\n", inspect.getdoc(thing) or "")
    return {"": parts[0], **dict(zip(parts[1::2], parts[2::2], strict=True))}


def modules_after(code: str) -> set[str]:
    """Return the modules that a fresh interpreter has loaded when it has run some code."""
    command = [sys.executable, "-c", f"{code}\nimport sys\nprint(*sys.modules)"]
    done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8", cwd=ROOT)
    return set(done.stdout.split())


def test_the_root_offers_some_25_names():
    assert 20 <= len(OFFERED) <= 30
    assert sorted(dz_analysis.__all__) == sorted(OFFERED)
    assert set(OFFERED) <= set(dir(dz_analysis))


def test_the_list_is_what_the_root_says():
    table = re.findall(r"(?ms)^=+  =+$(.*?)^=+  =+$", dz_analysis.__doc__)
    assert sorted(re.findall(r"`(\w+)`", table[0])) == sorted(OFFERED)


@pytest.mark.parametrize("name", sorted(OFFERED))
def test_a_name_is_its_room_s(name):
    room = importlib.import_module(f"dz_analysis.{OFFERED[name]}")
    assert getattr(dz_analysis, name) is getattr(room, name)
    if hasattr(room, "__path__"):
        assert name in room.__all__


@pytest.mark.parametrize("name", sorted(OFFERED))
def test_a_name_is_documented_with_an_example(name):
    thing = getattr(dz_analysis, name)
    sections = sections_of(thing)
    first = sections[""].splitlines()[0]
    assert first[0].isupper() and first.endswith(".")
    assert name in sections["Examples"] or thing.__name__ in sections["Examples"]
    assert ">>> " in sections["Examples"]
    for parameter in inspect.signature(thing).parameters:
        assert re.search(rf"(?m)^[\w, ]*\b{parameter}\b", sections["Parameters"]), parameter
    if inspect.isfunction(thing):
        assert sections["Returns"].strip()


@pytest.mark.parametrize("readme", READMES)
def test_the_readme_uses_what_the_root_offers(readme):
    text = (ROOT / readme).read_text(encoding="utf-8")
    code = "\n".join(re.findall(r"(?ms)^```python\n(.*?)^```", text))
    used = set(re.findall(r"\bdz\.(\w+)", code))
    used |= {
        name
        for names in re.findall(r"from dz_analysis import (.+)", code)
        for name in names.split(", ")
    }
    assert used
    assert used <= set(OFFERED), used - set(OFFERED)


def test_an_unknown_name_is_refused():
    with pytest.raises(AttributeError, match="rank_everything"):
        dz_analysis.rank_everything  # noqa: B018


def test_the_root_alone_loads_no_room():
    loaded = modules_after("import dz_analysis")
    rooms = {f"dz_analysis.{room}" for room in OFFERED.values()}
    assert not loaded & (rooms | {"pandas", "numpy", *PLOTTING})


def test_a_light_import_leaves_the_plotting_libraries_alone():
    light = ", ".join(sorted(name for name, room in OFFERED.items() if room != "showing"))
    assert not modules_after(f"from dz_analysis import {light}") & set(PLOTTING)
