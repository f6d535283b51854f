"""The page on architecture says what is there: rooms, types, arrows, lists, links."""

import ast
import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import dz_analysis
from dz_analysis import finding
from dz_analysis.finding.model import Rule

PACKAGE = Path(dz_analysis.__file__).parent
PAGE = PACKAGE.parent / "docs" / "ARCHITECTURE.md"
TEXT = PAGE.read_text(encoding="utf-8")
TICKED = re.compile(r"`([^`\n]+)`")


def section(title: str) -> str:
    """Return what stands under a heading."""
    return re.split(r"(?m)^## ", TEXT.split(f"\n## {title}\n")[1])[0]


def table(title: str) -> list[list[str]]:
    """Return the rows of the table under a heading, without its head."""
    lines = [line for line in section(title).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line[1:-1].split("|")] for line in lines[2:]]


def modules_of(name: str) -> list[str]:
    """Return a module and all that stand in it."""
    module = importlib.import_module(name)
    inside = pkgutil.walk_packages(getattr(module, "__path__", ()), f"{name}.")
    return [name, *(found.name for found in inside if not found.name.endswith("__main__"))]


def holds(room: str, name: str) -> bool:
    """Whether a name can be imported from a room."""
    return any(hasattr(importlib.import_module(module), name) for module in modules_of(room))


def names_under(folder: Path) -> list[str]:
    """Return the modules and packages of a folder."""
    found = [
        entry.stem
        for entry in folder.iterdir()
        if entry.suffix == ".py" or (entry / "__init__.py").is_file()
    ]
    return sorted(name for name in found if not name.startswith("__"))


ROOMS, FINDING, LISTS = table("The rooms"), table("Finding, room by room"), table("The lists")


def test_every_room_stands_in_it_once():
    assert sorted(row[0].strip("`") for row in ROOMS) == names_under(PACKAGE)


def test_every_room_of_finding_stands_in_it_once_in_order():
    rooms = [row[0].strip("`") for row in FINDING]
    assert sorted(rooms) == names_under(PACKAGE / "finding")
    assert rooms == re.findall(r"(?m)^(\w+) {2,}\w", finding.__doc__)


@pytest.mark.parametrize(
    ("room", "name"),
    [(f"dz_analysis.{row[0].strip('`')}", name) for row in ROOMS for name in TICKED.findall(row[2])]
    + [
        (f"dz_analysis.finding.{row[0].strip('`')}", name)
        for row in FINDING
        for name in TICKED.findall(" ".join(row[2:]))
    ],
)
def test_a_type_can_be_imported_from_its_room(room, name):
    assert holds(room, name)


def rules_in(kind: type[Rule] = Rule) -> set[str]:
    """Return the names of all enums of rules."""
    return {kind.__name__}.union(*(rules_in(room) for room in kind.__subclasses__()))


def test_every_enum_of_rules_stands_in_it_once():
    importlib.import_module("dz_analysis.finding.why")
    named = [name for row in FINDING for name in TICKED.findall(row[3])]
    assert sorted(named) == sorted(rules_in())


def imports_of(room: str) -> set[str]:
    """Return the rooms that a room imports."""
    place = PACKAGE / room
    files = place.rglob("*.py") if place.is_dir() else [place.with_suffix(".py")]
    found = set()
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [(*node.module.split("."), alias.name) for alias in node.names]
                found |= {name[1] for name in names if name[0] == "dz_analysis"}
    return found


PICTURE = section("The way of the data").split("```mermaid\n")[1].split("```")[0]
DATA = set(re.findall(r"(\w+)[(\[]", PICTURE.split("\n", 1)[1]))
ARROWS = re.findall(r"(?m)^ +(\w+)\S*.*? --> (\w+)", PICTURE)


@pytest.mark.parametrize(("first", "second"), ARROWS)
def test_an_arrow_between_two_rooms_is_an_import(first, second):
    rooms = names_under(PACKAGE)
    assert {first, second} <= DATA | set(rooms)
    assert (first in DATA) == (first not in rooms)
    if not {first, second} & DATA:
        assert first in imports_of(second)


def test_every_line_of_the_picture_is_an_arrow():
    assert len(ARROWS) == len(PICTURE.strip().splitlines()) - 1 > 15


def test_every_list_stands_in_it_once():
    files = (PACKAGE / "lexicon").iterdir()
    names = {file.stem for file in files if file.suffix in (".csv", ".toml")}
    assert sorted(row[0].strip("`") for row in LISTS) == sorted(names)


@pytest.mark.parametrize("row", [row for row in LISTS if row[2] != "tests"], ids=lambda row: row[0])
def test_a_list_is_read_where_it_says(row):
    name, room = row[0].strip("`"), row[2].strip("`")
    sources = [
        Path(importlib.import_module(module).__file__).read_text(encoding="utf-8")
        for module in modules_of(f"dz_analysis.{room}")
    ]
    assert any(f'"{name}"' in source for source in sources)


@pytest.mark.parametrize("link", re.findall(r"\]\(([^)#]+)", TEXT))
def test_a_link_leads_somewhere(link):
    assert (PAGE.parent / link).exists()


def is_there(name: str) -> bool:
    """Whether a file or a list is there, by its path from the root, the package or the lists."""
    roots = (PACKAGE.parent, PACKAGE, PACKAGE / "lexicon")
    return any((root / name).exists() for root in roots)


def test_every_file_that_it_names_is_there():
    named = [
        name for name in TICKED.findall(TEXT) if re.fullmatch(r"[\w/]+\.(?:py|csv|toml)", name)
    ]
    assert len(named) > 10
    assert [name for name in named if not is_there(name)] == []
