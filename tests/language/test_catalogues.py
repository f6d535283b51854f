"""The catalogues: complete, without idle messages, with the same places to fill in."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from dz_analysis import paths
from dz_analysis.language import LANGUAGES
from dz_analysis.language.__main__ import (
    bring_in_step,
    extract_messages,
    list_notebook_code,
    write_catalogue,
)
from dz_analysis.language.labels import BESIDE, COUNTED, LABEL
from dz_analysis.language.messages import FOLDER, SOURCE, read_catalogue
from dz_analysis.language.prose import hash_prose, list_prose, read_prose
from dz_analysis.lexicon import values
from dz_analysis.suite import list_notebooks
from dz_analysis.suite.parameters import open_notebook
from dz_analysis.tables import ALL_TABLES

OTHERS = [code for code in LANGUAGES if code != SOURCE]


def _texts(message: Message) -> tuple[list[str], list[str]]:
    """Return a message's forms in English, and those that stand for it."""
    forms = (message.id, message.string)
    return tuple(list(form) if isinstance(form, (tuple, list)) else [form] for form in forms)  # type: ignore[return-value]


def _places(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_catalogue_holds_the_messages_of_the_code_and_no_other(code: str) -> None:
    kept = (FOLDER / f"{code}.po").read_text(encoding="utf-8")
    assert write_catalogue(bring_in_step(code)) == kept, "run python -m dz_analysis.language"


@pytest.mark.parametrize("code", OTHERS)
def test_every_message_is_translated(code: str) -> None:
    lacking = [m.id for m in read_catalogue(code) if m.id and not all(_texts(m)[1])]
    assert not lacking, f"{code}.po has nothing for {lacking[:5]}"


@pytest.mark.parametrize("code", OTHERS)
def test_a_translation_fills_in_what_the_message_does(code: str) -> None:
    wrong = []
    for message in read_catalogue(code):
        if not message.id or message.context:
            continue
        english, other = _texts(message)
        allowed = _places(english[-1])
        wrong += [text for text in other if _places(text) != allowed]
    assert not wrong, f"{code}.po fills in something else in {wrong[:5]}"


def _list_calls() -> list[tuple[str, ast.Call]]:
    """Return the calls by name in the package and the notebooks, each with where it stands."""
    files = sorted(Path(FOLDER.parent).rglob("*.py"))
    codes = [(file.name, file.read_text(encoding="utf-8")) for file in files]
    return [
        (f"{name}:{node.lineno}", node)
        for name, code in [*codes, *list_notebook_code()]
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    ]


def test_messages_are_literals() -> None:
    """A message that is put together when the code runs can't be looked up."""
    wrong = []
    for place, node in _list_calls():
        told = {"say": node.args[:1], "say_count": node.args[1:3]}.get(
            getattr(node.func, "id", ""), []
        )
        wrong += [place for arg in told if not isinstance(arg, ast.Constant)]
    assert not wrong, f"messages that are no literals: {wrong}"


@pytest.mark.parametrize("code", OTHERS)
def test_what_explains_a_growth_rate_has_its_label(code: str) -> None:
    known = {m.id for m in read_catalogue(code) if m.context == LABEL}
    assert not set(values("audit", "growth.not_nominal").values()) - known


@pytest.mark.parametrize("code", OTHERS)
def test_everything_counted_has_its_word(code: str) -> None:
    """What `spell_count` is told in so many words is in the catalogue."""
    known = {m.id for m in read_catalogue(code) if m.context == COUNTED}
    calls = [node for _, node in _list_calls() if getattr(node.func, "id", "") == "spell_count"]
    nouns = {arg.value for node in calls for arg in node.args[1:2] if isinstance(arg, ast.Constant)}
    assert not nouns - known


def test_extraction_sees_what_is_said() -> None:
    ids = {message.id for message in extract_messages()}
    assert "nothing found" in ids


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_label_is_idle(code: str) -> None:
    """A label stands for a name that the code, a notebook, a table or a list of words writes."""
    sources = [*FOLDER.parent.rglob("*.py"), *paths.notebooks_dir().glob("*.ipynb")]
    sources += [FOLDER.parent / "lexicon" / f"{name}.csv" for name in ("kinds", "audit")]
    sources.append(paths.data_dir() / "blind" / "first_runs.csv")  # kinds of text of the batches
    names = [column for table in ALL_TABLES.values() for column in table.names]
    text = "\n".join([*(file.read_text(encoding="utf-8") for file in sorted(sources)), *names])
    known = [(m.context or "", m.id) for m in read_catalogue(code) if m.id]
    labels = [name for context, name in known if context in (LABEL, COUNTED)]
    labels += [context.removeprefix(BESIDE) for context, _ in known if context.startswith(BESIDE)]
    labels += [name for context, name in known if context.startswith(BESIDE)]
    # columns of a family are numbered where they are made: contribution_1 and on
    # a word alone must stand as one: "met" is not shown because "method" is
    alone = set(re.findall(r"\w+", text))
    shown = [re.sub(r"_\d$", "_1", name) for name in labels]
    idle = [name for name in shown if name not in (alone if name.isidentifier() else text)]
    assert not idle, f"{code}.po has labels that nothing shows: {idle}"


@pytest.mark.parametrize("code", OTHERS)
def test_the_prose_of_every_notebook_is_in_step(code: str) -> None:
    kept = read_prose(code)
    wrong = []
    for file in list_notebooks():
        cells = {cell.id: cell.source for cell in list_prose(open_notebook(file))}
        told = kept.get(file.stem, {})
        wrong += [f"{file.stem} {name}: not translated" for name in cells if name not in told]
        wrong += [f"{file.stem} {name}: no such cell" for name in told if name not in cells]
        wrong += [
            f"{file.stem} {name}: the English moved on (now {hash_prose(cells[name])})"
            for name in told
            if name in cells and told[name]["of"] != hash_prose(cells[name])
        ]
    assert not wrong, wrong[:20]
