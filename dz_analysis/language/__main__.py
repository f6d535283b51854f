"""Bring the catalogues in step with the code: ``python -m dz_analysis.language``.

In: the package's sources, the code of the published notebooks, and `<language>.po` beside this
file. Out: the same files, with every message that the code has and no other, each with the places
that say it; what is new has no translation yet, and a test names it.
"""

from __future__ import annotations

import ast
import inspect
import io
import json
from collections.abc import Iterator

from babel.messages.catalog import Catalog
from babel.messages.extract import extract, extract_from_dir
from babel.messages.pofile import write_po

from dz_analysis import paths
from dz_analysis.language.labels import BESIDE, CONTEXTS
from dz_analysis.language.messages import FOLDER, LANGUAGES, SOURCE, read_catalogue

KEYWORDS = {"say": None, "mark": None, "say_count": (2, 3)}
PACKAGE = FOLDER.parent
WIDTH = 100
HEADER = """\
# What readers are told, in the language `{code}`. `python -m dz_analysis.language` adds new
# messages and drops those that the code no longer has; what is translated stays.
msgid ""
msgstr ""
"Language: {code}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""


def extract_messages() -> Catalog:
    """Return all messages of the package and the notebooks, each with the files that say it."""
    found = Catalog()
    rows = extract_from_dir(str(PACKAGE), [("**.py", "python")], keywords=KEYWORDS)
    for file, _, message, _, context in rows:
        found.add(message, context=context, locations=[(file.replace("\\", "/"), 0)])
    for name, text in list_helps():
        found.add(text, locations=[(name, 0)])
    for name, code in list_notebook_code():
        for _, message, _, _ in extract("python", io.BytesIO(code.encode()), keywords=KEYWORDS):
            found.add(message, locations=[(name, 0)])
    return found


def list_helps() -> Iterator[tuple[str, str]]:
    """Yield the helps of the commands: what is said of each, and of its options, with the file."""
    for file in sorted((PACKAGE / "commands").glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            for text in _find_help(node):
                yield file.relative_to(PACKAGE).as_posix(), text


def _find_help(node: ast.AST) -> Iterator[str]:
    """Yield the help that a command, an option or a constant for several of them gives."""
    if isinstance(node, ast.FunctionDef) and any(map(_is_command, node.decorator_list)):
        yield inspect.cleandoc(ast.get_docstring(node) or "")
    elif isinstance(node, ast.Call) and "typer" in ast.unparse(node.func):
        helps = [word.value for word in node.keywords if word.arg == "help"]
        yield from (str(text.value) for text in helps if isinstance(text, ast.Constant))
    elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]).endswith("PAGES"):
        yield str(ast.literal_eval(node.value))


def _is_command(node: ast.expr) -> bool:
    return ast.unparse(node).startswith("app.command")


def list_notebook_code() -> Iterator[tuple[str, str]]:
    """Yield the published notebooks by their names in the project, each with all its code."""
    for file in sorted(paths.notebooks_dir().glob("*.ipynb")):
        cells = json.loads(file.read_text(encoding="utf-8"))["cells"]
        code = ("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
        yield f"notebooks/{file.name}", "\n".join(code)


def bring_in_step(code: str) -> Catalog:
    """Return a language's catalogue with the messages of today; labels stand as they are."""
    known, now = read_catalogue(code), Catalog(locale=code, charset="utf-8", fuzzy=False)
    messages = [] if code == SOURCE else [message for message in extract_messages() if message.id]
    for message in messages:
        old = known.get(message.id)
        told = old.string if old is not None else ("", "") if message.pluralizable else ""
        now.add(message.id, told, locations=message.locations)
    for message in known:
        context = message.context or ""
        if context in CONTEXTS or context.startswith(BESIDE):
            now.add(message.id, message.string, context=message.context)
    return now


def write_catalogue(catalogue: Catalog) -> str:
    """Return a catalogue as text, sorted, without a date or the name of a machine or a tool."""
    buffer = io.BytesIO()
    write_po(
        buffer, catalogue, width=WIDTH, omit_header=True, sort_output=True, include_lineno=False
    )
    head = HEADER.format(code=catalogue.locale_identifier, plurals=catalogue.plural_forms)
    return head + buffer.getvalue().decode("utf-8")


def main() -> None:
    """Rewrite the catalogues."""
    for code in LANGUAGES:
        (FOLDER / f"{code}.po").write_text(
            write_catalogue(bring_in_step(code)), encoding="utf-8", newline="\n"
        )


if __name__ == "__main__":
    main()
