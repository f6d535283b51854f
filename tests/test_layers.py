"""The house rules that a program can see: imports follow the way of the data."""

import ast
import re
from pathlib import Path

import pytest

import dz_analysis

PACKAGE = Path(dz_analysis.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
# The way of the data: each room imports only rooms that stand before it.
ORDER = (
    ("harmless", "hashes"),
    ("paths", "wordset", "language"),
    ("lexicon", "tables", "sheet"),
    ("naming",),
    ("reading",),
    ("finding",),
    ("counting", "bases"),
    ("manifest", "intake"),
    ("corpus",),
    ("measure",),
    ("sharding",),
    ("review",),
    ("datapackage", "query"),
    ("ingest",),
    ("draft",),
    ("health",),
    ("comparing",),
    ("auditing", "scoring", "synthetic"),
    ("triage", "evidence"),
    ("publishing",),
    ("parameters",),
    ("showing",),
    ("suite", "manuscript"),
    ("archiving",),
    ("doctor",),
    ("commands",),
    ("cli",),
    ("__main__",),
)
RANK = {room: rank for rank, rooms in enumerate(ORDER) for room in rooms}


def rooms_imported(file: Path) -> set[tuple[str, ...]]:
    """Return the parts behind `dz_analysis` of everything that a module imports."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {tuple(alias.name.split(".")) for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                pytest.fail(f"{file}: relative import of {base!r}; write it from dz_analysis")
            found |= {(*base.split("."), alias.name) for alias in node.names}
    return {name[1:] for name in found if name[0] == "dz_analysis" and len(name) > 1}


def room_of(file: Path) -> str:
    """Return the room that a module belongs to."""
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("file", MODULES, ids=lambda f: f.relative_to(PACKAGE).as_posix())
def test_imports_follow_the_way_of_the_data(file):
    room = room_of(file)
    if room == "__init__":
        pytest.skip("the package root re-exports every room")
    assert room in RANK, f"{file} stands in no room of the plan"
    for name in rooms_imported(file):
        if name[0] in RANK:
            assert RANK[name[0]] <= RANK[room], f"{room} imports {name[0]}, which comes after it"


@pytest.mark.parametrize("file", [f for f in MODULES if f.name == "__init__.py"], ids=str)
def test_inits_only_re_export(file):
    body = ast.parse(file.read_text(encoding="utf-8")).body
    allowed = (ast.Import, ast.ImportFrom, ast.Assign, ast.Expr)
    assert all(isinstance(node, allowed) for node in body)


def map_of(room: str) -> list[list[str]]:
    """Return the groups of modules that a room's docstring lists, in order."""
    words = ast.get_docstring(ast.parse((PACKAGE / room / "__init__.py").read_text("utf-8"))) or ""
    groups: list[list[str]] = []
    for line in words.splitlines():
        if re.match(r"\w+ {2,}", line):
            groups.append([])
        if groups:
            groups[-1] += re.findall(r"`(\w+)`", line)
    return groups


MAPPED = (
    "tables",
    "reading",
    "counting",
    "measure",
    "sharding",
    "ingest",
    "review",
    "comparing",
    "auditing",
    "scoring",
    "synthetic",
    "parameters",
    "publishing",
    "showing",
    "suite",
    "archiving",
    "commands",
)


@pytest.mark.parametrize("room", MAPPED)
def test_a_room_has_a_map_of_its_modules(room):
    here = PACKAGE / room
    modules = {f.stem for f in MODULES if f.parent == here and not f.stem.startswith("__")}
    assert {name for group in map_of(room) for name in group} == modules


@pytest.mark.parametrize("room", MAPPED)
def test_a_room_is_walked_in_the_order_of_its_map(room):
    rank = {name: at for at, group in enumerate(map_of(room)) for name in group}
    backward = [
        (module, name[1])
        for module in rank
        for name in rooms_imported(PACKAGE / room / f"{module}.py")
        if name[0] == room and rank.get(name[1], 0) > rank[module]
    ]
    assert backward == []


def rooms_of_finding() -> list[str]:
    """Return the rooms of finding in the order that its docstring gives."""
    text = (PACKAGE / "finding" / "__init__.py").read_text(encoding="utf-8")
    words = ast.get_docstring(ast.parse(text)) or ""
    return re.findall(r"^(\w+) {2,}\w", words, flags=re.MULTILINE)


def test_finding_has_a_map_of_its_rooms():
    entries = (PACKAGE / "finding").iterdir()
    rooms = {file.stem for file in entries if not file.name.startswith("__")}
    assert sorted(rooms_of_finding()) == sorted(rooms)


@pytest.mark.parametrize("room", rooms_of_finding())
def test_a_room_of_finding_imports_only_those_above_it(room):
    above = rooms_of_finding()[: rooms_of_finding().index(room) + 1]
    place = PACKAGE / "finding" / room
    files = sorted(place.glob("*.py")) if place.is_dir() else [place.with_suffix(".py")]
    for file in files:
        for name in rooms_imported(file):
            if name[0] == "finding" and len(name) > 1:
                assert name[1] in above, f"{file.name} of {room} imports {name}"


@pytest.mark.parametrize("room", rooms_of_finding())
def test_a_room_of_finding_says_what_its_modules_do(room):
    place = PACKAGE / "finding" / room
    if not place.is_dir():
        assert ast.get_docstring(ast.parse(place.with_suffix(".py").read_text(encoding="utf-8")))
        return
    words = ast.get_docstring(ast.parse((place / "__init__.py").read_text(encoding="utf-8"))) or ""
    modules = {file.stem for file in place.glob("*.py")} - {"__init__"}
    assert modules <= set(re.findall(r"`(\w+)`", words)), f"{room} does not tell of its modules"


def test_no_two_test_files_have_one_name():
    names = [file.name for file in Path(__file__).parent.rglob("test_*.py")]
    assert sorted(names) == sorted(set(names)), "pytest imports test files by their bare names"
