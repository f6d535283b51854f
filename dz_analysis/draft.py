"""The manifest of a corpus drafted: what each page says of itself, beside what it was read from.

In: the pages of a corpus, and its manifest as far as there is one. Out: `documents.csv`, each field
with its evidence in the column beside it (`region`, `region_from`), for a person to correct in a
spreadsheet or an editor. What stands in a field is what counts; a blank is read from the page anew.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from dz_analysis import paths
from dz_analysis.corpus import Corpus, load_corpus, new_documents
from dz_analysis.finding.model import Context
from dz_analysis.ingest import set_aside
from dz_analysis.manifest import (
    MANIFEST_COLUMNS,
    NOTE,
    Document,
    Sheet,
    hash_bytes,
    read_sheet,
    spell_date,
    spell_period,
    write_sheet,
)
from dz_analysis.measure import spell_sources, stated_fields, tag_page
from dz_analysis.reading import Page, read_page
from dz_analysis.tables import READ_FIELDS

_SPELL = {"published": spell_date, "period": spell_period}


@dataclass(frozen=True, slots=True)
class Draft:
    """What a draft did: documents in all, those that are new, fields that a person's word fills."""

    documents: int
    added: tuple[str, ...]
    kept: int
    unread: tuple[str, ...]


def draft_manifest(name: str, files: Iterable[Path] = ()) -> Draft:
    """Draft the manifest of a corpus, or draft it anew: what a person wrote is kept.

    A blank field is filled with what the page says; one that holds something else than the page
    says stays as it is, and its evidence names what the page says. Pages in the folder of texts
    that no row names are added behind the others, and so are `files`, which are copied there.

    Parameters
    ----------
    name : str
        The corpus.
    files : iterable of pathlib.Path, optional
        Further pages.

    Returns
    -------
    Draft

    Raises
    ------
    FileNotFoundError
        If there is no such corpus, or no such file.
    ValueError
        If the manifest is malformed, or a file has the name of a page that the corpus has.
    """
    corpus = load_corpus(name)
    _take_in(corpus, [Path(file) for file in files])
    manifest = paths.corpus_dir(name) / "documents.csv"
    sheet = read_sheet(manifest)
    added = new_documents(corpus)
    rows = [*sheet.rows, *(_row_of(document) for document in added)]
    drafted = [_draft_row(row, corpus) for row in rows]
    write_sheet(Sheet(_header(sheet.header), tuple(drafted)), manifest)
    return Draft(
        len(drafted),
        tuple(document.id for document in added),
        sum(row[f"{field}_from"].startswith(_KEPT) for row in drafted for field in READ_FIELDS),
        tuple(row["id"] for row in drafted if row[NOTE]),
    )


_KEPT = "kept"


def _take_in(corpus: Corpus, files: list[Path]) -> None:
    """Copy further pages into the folder of texts."""
    texts = corpus.folder / "texts"
    for file in files:
        if not file.is_file():
            msg = f"No such page: {file}."
            raise FileNotFoundError(msg)
        if (texts / file.name).exists():
            msg = f"Corpus {corpus.name!r} has a page {file.name} already: rename the new one."
            raise ValueError(msg)
    texts.mkdir(exist_ok=True)
    for file in files:
        shutil.copyfile(file, texts / file.name)


def _row_of(document: Document) -> dict[str, str]:
    return {field.name: getattr(document, field.name) for field in fields(document)}


def _header(old: tuple[str, ...]) -> tuple[str, ...]:
    """Return the columns of a draft: ours in their order, evidence beside, then a person's own."""
    ours: list[str] = []
    for name in MANIFEST_COLUMNS:
        ours += [name, f"{name}_from"] if name in READ_FIELDS else [name]
    ours.append(NOTE)
    return (*ours, *(name for name in old if name not in ours))


def _draft_row(row: Mapping[str, str], corpus: Corpus) -> dict[str, str]:
    """Return a row with its blanks filled from the page, and with the evidence of each field."""
    drafted = dict.fromkeys(_header(()), "") | dict(row)
    document = Document(drafted["id"], drafted["file"])
    try:
        content = (corpus.texts / document.file).read_bytes()
        page = read_page(content, name=document.file)
        context = tag_page(page, document, corpus=corpus.name)
    except Exception as error:
        return drafted | {NOTE: set_aside(document, error).reason}
    drafted |= dict(_cells(drafted, context))
    code = _region_code(drafted, page, context)
    return drafted | {"region_code": code, "sha256": hash_bytes(content), NOTE: ""}


def _cells(row: Mapping[str, str], context: Context) -> Iterator[tuple[str, str]]:
    """Yield for each field what it holds, and what that was read from."""
    sources = spell_sources(context)
    for name, read in stated_fields(context).items():
        held, source = row[name], sources[name]
        if not held or _SPELL.get(name, str)(held) == read:
            yield name, held or read
            yield f"{name}_from", source if read else ""
        else:
            says = f"the page says {read} ({source})" if read else "the page says nothing"
            yield f"{name}_from", f"{_KEPT}; {says}"


def _region_code(row: Mapping[str, str], page: Page, context: Context) -> str:
    """Return the code of the region that a row holds: the one beside it, if it can be its own."""
    if row["region"] == context.region and not row["region_code"]:
        return context.region_code
    known = Document(row["id"], row["file"], region=row["region"], region_code=row["region_code"])
    return tag_page(page, known).region_code
