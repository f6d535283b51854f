"""A corpus described for others: its Frictionless Data Package and the data dictionary.

In: a `Corpus` with its manifest and tables, and the contract in `tables`.
Out: `datapackage.json`, `data/DICTIONARY.md` and its Chinese twin; all are made, never typed.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from dz_analysis import paths, tables
from dz_analysis.corpus import Corpus
from dz_analysis.hashes import hash_file
from dz_analysis.language import SOURCE, define, label, label_heads, language, say, speak
from dz_analysis.manifest import EVIDENCE_COLUMNS, NOTE, read_sheet
from dz_analysis.tables import Column, Table

_log = logging.getLogger(__name__)
MANIFEST = "manifest"  # the name of its resource
FIELD_TYPES = {"text": "string", "count": "integer", "number": "number"}
MANIFEST_TEXT = {
    "id": "Document id: unique in the corpus.",
    "file": "File in `texts/`.",
    "title": "Title; blank: read from the page.",
    "publisher": "Who published the page; blank: read from the page.",
    "published": "Date of publication, as far as known; blank: read from the page.",
    "region": "The place reported on; blank: read from the text.",
    "region_code": "Its code; blank, or another place's: looked up.",
    "period": "Closed months reported on; blank: read from the text.",
    "genre": "Kind of document; blank: read from the text.",
    "sha256": "Hash of the file when it was taken in; may be blank.",
    NOTE: "What a draft has to say of the document. Not read.",
    **dict.fromkeys(EVIDENCE_COLUMNS, "What the field before it was read from. Not read itself."),
}
DICTIONARIES = {"en": "DICTIONARY.md", "zh": "DICTIONARY.zh.md"}  # by language
LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}


def describe_corpus(corpus: Corpus, *, title: str = "", description: str = "") -> dict[str, Any]:
    """Describe a corpus as a Frictionless Data Package.

    Parameters
    ----------
    corpus : Corpus
        Its tables must have been written.
    title, description : str, optional
        What it is; by default the title and description that its `datapackage.json` has already.

    Returns
    -------
    dict
        The package's descriptor: name, title, licences, sources, and one resource for the
        manifest and for each table with schema, bytes and hash.
    """
    old = _read_old(corpus.folder / "datapackage.json")
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": corpus.name,
        "title": title or old.get("title", corpus.name),
        "description": description or old.get("description", ""),
        "licenses": [LICENCE],
        "sources": [_source(document) for document in corpus.documents],
        "resources": [_manifest_resource(corpus), *_table_resources(corpus)],
    }


def write_datapackage(corpus: Corpus, *, title: str = "", description: str = "") -> Path:
    """Write a corpus's `datapackage.json` and return its path."""
    described = describe_corpus(corpus, title=title, description=description)
    file = corpus.folder / "datapackage.json"
    text = json.dumps(described, ensure_ascii=False, indent=2) + "\n"
    part = file.with_name(file.name + ".part")
    part.write_text(text, encoding="utf-8", newline="\n")
    part.replace(file)
    return file


def data_dictionary() -> str:
    """Write the data dictionary of the tables as Markdown, from the contract.

    Returns
    -------
    str
        In the language in use; in Chinese each name stands with the word that readers are shown.
    """
    parts = [
        say("# Data dictionary"),
        say("*[中文](DICTIONARY.zh.md)*"),
        say(
            "Made from the contract in `dz_analysis/tables` by `make dictionary`; a test keeps "
            "it in step. Text is UTF-8; a blank cell means not stated, never zero."
        ),
    ]
    for table in tables.ALL_TABLES.values():
        row, key = define(table.row), say(", ").join(table.key)
        parts.append(f"## {table.name}\n" + say("One row is {row}. Key: {key}.", row=row, key=key))
        parts.append("\n".join(_dictionary_lines(table)))
    return "\n\n".join(parts) + "\n"


def write_dictionary() -> list[Path]:
    """Write the data dictionary into `data/` in each language and return the paths."""
    files = []
    for code, name in DICTIONARIES.items():
        with speak(code):
            text = data_dictionary()
        files.append(paths.data_dir() / name)
        files[-1].write_text(text, encoding="utf-8", newline="\n")
    return files


def _dictionary_lines(table: Table) -> list[str]:
    head = [say("| column | type | unit | meaning | allowed |"), "| --- | --- | --- | --- | --- |"]
    return head + [
        f"| {_name(column.name, shown)} | {label(FIELD_TYPES[column.kind])} | "
        f"{define(column.unit)} | {define(column.description)} | {_allowed(column)} |"
        for column, shown in zip(table.columns, label_heads(table.names), strict=True)
    ]


def _name(name: str, shown: str) -> str:
    """Spell a name of the data, with the word for it where readers have another language."""
    return f"`{name}`" if language() == SOURCE or shown == name else f"`{name}`（{shown}）"


def _allowed(column: Column) -> str:
    if column.allowed:
        told = [_name(name, label(name)) if name else say("blank") for name in column.allowed]
        return say(", ").join(told)
    told = [say("may be blank")] if column.nullable else []
    if column.within:
        least, most = column.within
        told.insert(0, say("{least:g} to {most:g}", least=least, most=most))
    return say(", ").join(told)


def _source(document: Any) -> dict[str, str]:
    title = document.title or document.id
    return {"title": f"{document.publisher}: {title}" if document.publisher else title}


def _manifest_resource(corpus: Corpus) -> dict[str, Any]:
    file = corpus.folder / "documents.csv"
    fields = [
        {"name": name, "type": "string", "description": MANIFEST_TEXT.get(name, "Not read.")}
        for name in read_sheet(file).header
    ]
    schema = {"fields": fields, "primaryKey": ["id"]}
    return _resource(MANIFEST, [file], schema)


def _table_resources(corpus: Corpus) -> list[dict[str, Any]]:
    folder = paths.tables_dir(corpus.name)
    files = {name: tables.table_files(folder, name) for name in tables.ALL_TABLES}
    return [
        _resource(name, held, table_schema(_as_written(name, held[0])))
        for name, held in files.items()
        if held
    ]


def _as_written(name: str, file: Path) -> Table:
    """Return a table's contract without the later columns that a file of old does not have."""
    table = tables.ALL_TABLES[name]
    written = tables.read_header(file)
    kept = tuple(c for c in table.columns if not c.later or c.name in written)
    return replace(table, columns=kept)


def _resource(name: str, files: Sequence[Path], schema: dict[str, Any]) -> dict[str, Any]:
    """Describe a resource of one file, or of several that are read one after the other."""
    sums = [f"sha256:{hash_file(file)}" for file in files]
    form = files[0].suffix.removeprefix(".")
    if name == MANIFEST:
        places = [files[0].name]
    elif len(files) == 1 and files[0].stem == name:
        places = [f"tables/{files[0].name}"]
    else:
        places = [f"tables/{name}/{file.name}" for file in files]
    kind = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}[form]
    return {
        "name": name,
        "path": places[0] if len(places) == 1 else places,
        "format": form,
        "mediatype": kind,
        "encoding": "utf-8",
        "bytes": sum(file.stat().st_size for file in files),
        **({"hash": sums[0]} if len(sums) == 1 else {"hashes": sums}),
        "schema": schema,
    }


def table_schema(table: Table) -> dict[str, Any]:
    """Return a table's Frictionless schema, made from the contract."""
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in table.columns],
        "primaryKey": list(table.key),
    }
    if table.name != "documents":
        reference = {"resource": "documents", "fields": ["id"]}
        schema["foreignKeys"] = [{"fields": ["document"], "reference": reference}]
    return schema


def _field(column: Column) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": column.name,
        "type": FIELD_TYPES[column.kind],
        "description": column.description,
    }
    if column.unit:
        described["unit"] = column.unit
    constraints: dict[str, Any] = {}
    if column.allowed:
        constraints["enum"] = [value for value in column.allowed if value]
    if column.pattern:
        constraints["pattern"] = column.pattern
    if column.kind == "count":
        constraints["minimum"] = 0
    if column.within:
        constraints["minimum"], constraints["maximum"] = column.within
    if constraints:
        described["constraints"] = constraints
    return described


def _read_old(file: Path) -> dict[str, Any]:
    """Read a descriptor; of one that is damaged what it still says of itself."""
    if not file.is_file():
        return {}
    text = file.read_text(encoding="utf-8", errors="replace")
    try:
        content = json.loads(text)
    except ValueError:
        content = dict(_save_words(text))
        _log.warning("%s was damaged; it is written anew with %s", file, content or "no title")
    return content if isinstance(content, dict) else {}


def _save_words(text: str) -> Iterator[tuple[str, str]]:
    """Yield title and description of a descriptor whose end is missing."""
    for name in ("title", "description"):
        found = re.search(rf'^  "{name}": ("(?:[^"\\\n]|\\.)*")', text, re.MULTILINE)
        with suppress(ValueError):
            if found:
                yield name, json.loads(found[1])


if __name__ == "__main__":
    for written in write_dictionary():
        print(written.relative_to(paths.project_dir()))
