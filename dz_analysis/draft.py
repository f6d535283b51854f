"""The manifest of a corpus drafted: what each page says of itself, beside what it was read from.

In: the pages of a corpus, and its manifest as far as there is one. Out: `documents.csv`, each field
with its evidence in the column beside it (`region`, `region_from`), for a person to correct in a
spreadsheet or an editor. What stands in a field is what counts; a blank is read from the page anew.
A person's word is kept, and `given` stands beside it.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from dz_analysis import paths
from dz_analysis.corpus import Corpus, create_corpus, find_page, load_corpus, new_documents
from dz_analysis.finding.model import Context
from dz_analysis.hashes import hash_bytes, hash_file
from dz_analysis.ingest import SetAside, ingest, log_faults, refuse_empty, set_aside
from dz_analysis.intake import Incoming, take_in
from dz_analysis.language import say
from dz_analysis.manifest import (
    MANIFEST_COLUMNS,
    NOTE,
    Document,
    Sheet,
    check_document,
    is_confirmed,
    read_sheet,
    refuse_open,
    spell_date,
    spell_genre,
    spell_period,
    write_sheet,
)
from dz_analysis.measure import read_document, spell_sources, stated_fields, tag_page
from dz_analysis.reading import Kind, Page, read_file
from dz_analysis.tables import READ_FIELDS

_SPELL = {"published": spell_date, "period": spell_period, "genre": spell_genre}


@dataclass(frozen=True, slots=True)
class Draft:
    """What a draft did: documents in all, those that are new, those that could not be read.

    `kept` counts the fields in which a person says something else than the page does.
    """

    documents: int
    added: tuple[str, ...]
    kept: int
    unread: tuple[SetAside, ...]


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
        Further pages, folders of pages, patterns or zip archives.

    Returns
    -------
    Draft

    Raises
    ------
    FileNotFoundError
        If there is no such corpus, or no such file.
    ValueError
        If the manifest is malformed, a file has the name of a page that the corpus has, or files
        are to be added to a corpus whose pages lie elsewhere than in its own folder; also if a
        spreadsheet holds the manifest, or saved it meanwhile: it stays as it is.
    """
    corpus = load_corpus(name)
    refuse_open(paths.corpus_dir(name) / "documents.csv")
    with take_in(Path(file) for file in files) as taken:
        if taken.pages:
            _refuse_elsewhere(corpus)
            _copy_in(corpus, taken.pages)
    manifest = paths.corpus_dir(name) / "documents.csv"
    sheet = read_sheet(manifest)
    added = new_documents(corpus)
    for document in added:
        check_document(document)
    rows = [*sheet.rows, *(_row_of(document) for document in added)]
    aside: list[SetAside] = []
    texts = corpus.texts
    drafted = [_draft_row(row, name, texts, aside) for row in rows]
    log_faults(aside)
    written = Sheet(_header(sheet.header), tuple(drafted), sha256=sheet.sha256)
    write_sheet(written, manifest)
    return Draft(
        len(drafted),
        tuple(document.id for document in added),
        sum(_is_otherwise(row[f"{name}_from"]) for row in drafted for name in READ_FIELDS),
        tuple(aside),
    )


@dataclass(frozen=True, slots=True)
class Trial:
    """What would become of a folder of pages: the manifest drafted, and the tables measured."""

    manifest: pd.DataFrame
    documents: pd.DataFrame
    observations: pd.DataFrame


def try_corpus(files: Iterable[Path], *, name: str = "trial") -> Trial:
    """Try what a corpus of some pages would be, as `dz new` makes it; nothing is kept.

    Parameters
    ----------
    files : iterable of pathlib.Path
        The pages, as for `create_corpus`.
    name : str, optional
        What the corpus is called.

    Returns
    -------
    Trial
        Its manifest as drafted (text, one row a page), and two of its tables.

    Raises
    ------
    FileNotFoundError, ValueError
        As for `create_corpus` and `ingest`.
    """
    given = [Path(file).resolve() for file in files]
    with tempfile.TemporaryDirectory(prefix="dz-") as folder, paths.at_home(Path(folder)):
        corpus = create_corpus(name, given)
        draft_manifest(name)
        ingest(load_corpus(name))
        sheet = read_sheet(corpus.folder / "documents.csv")
        manifest = pd.DataFrame(list(sheet.rows), columns=list(sheet.header))
        return Trial(manifest, corpus.health(), corpus.table("observations"))


def _refuse_elsewhere(corpus: Corpus) -> None:
    """Refuse to copy pages beside a corpus whose own lie elsewhere: they would be hidden by them.

    Raises
    ------
    ValueError
        If the corpus has documents, but no folder of texts of its own.
    """
    own, held = corpus.folder / "texts", corpus.texts
    if own.is_dir() or not corpus.documents:
        return
    if held == own:
        raise ValueError(corpus.say_missing([corpus.documents[0].file]))
    msg = say(
        "The pages of corpus {corpus!r} lie in {held}, a folder that DZ_TEXTS names, and a copy "
        "in {own} would hide them. Put the new pages there too, give each a line in documents.csv "
        "(id and file), and run dz draft {corpus}, then dz ingest {corpus}; or copy all pages "
        "into {own} first.",
        corpus=corpus.name,
        held=held,
        own=own,
    )
    raise ValueError(msg)


def _copy_in(corpus: Corpus, pages: Iterable[Incoming]) -> None:
    """Copy further pages into the folder of texts; one that is there already stays as it is."""
    texts = corpus.folder / "texts"
    for page in pages:
        there = texts / page.name
        if there.exists() and hash_file(there) != hash_file(page.file):
            msg = say(
                "Corpus {corpus!r} has another page {page} already: rename the new one.",
                corpus=corpus.name,
                page=page.name,
            )
            raise ValueError(msg)
    texts.mkdir(exist_ok=True)
    for page in pages:
        if not (texts / page.name).exists():
            shutil.copyfile(page.file, texts / page.name)


def _row_of(document: Document) -> dict[str, str]:
    return {name: getattr(document, name) for name in MANIFEST_COLUMNS}


def _header(old: tuple[str, ...]) -> tuple[str, ...]:
    """Return the columns of a draft: ours in their order, evidence beside, then a person's own."""
    ours: list[str] = []
    for name in MANIFEST_COLUMNS:
        ours += [name, f"{name}_from"] if name in READ_FIELDS else [name]
    ours.append(NOTE)
    return (*ours, *(name for name in old if name not in ours))


def _draft_row(
    row: Mapping[str, str], corpus: str, texts: Path, aside: list[SetAside]
) -> dict[str, str]:
    """Return a row with its blanks filled from the page, and with the evidence of each field.

    A page that could not be read is added to `aside`, and its row says why.
    """
    whole = dict.fromkeys(_header(()), "") | dict(row)
    document = Document(whole["id"], whole["file"])
    try:
        return _read_row(whole, document, corpus, texts)
    except Exception as error:
        aside.append(set_aside(document, error))
        return whole | {NOTE: aside[-1].reason}


def _read_row(
    row: Mapping[str, str], document: Document, corpus: str, texts: Path
) -> dict[str, str]:
    """Return a row as its page fills it."""
    content = read_file(find_page(document, texts))  # its hash is written anew
    page, context = read_document(document, content, corpus=corpus)
    refuse_empty(page)
    drafted = {**row, **dict(_cells(row, context)), "sha256": hash_bytes(content), NOTE: ""}
    return drafted | {"region_code": _region_code(drafted, page, context)}


def _cells(row: Mapping[str, str], context: Context) -> Iterator[tuple[str, str]]:
    """Yield for each field what it holds, and what that was read from."""
    sources = spell_sources(context)
    for name, read in stated_fields(context).items():
        yield name, row[name] or read
        yield f"{name}_from", _evidence(row, name, read, sources[name])


def _evidence(row: Mapping[str, str], name: str, read: str, source: str) -> str:
    """Return what stands beside a field: what it was read from, or that a person gave it."""
    source = " ".join(source.split())
    held, beside = _SPELL.get(name, str)(row[name]), row[f"{name}_from"]
    is_same, is_person = held == read, is_confirmed(row, name)
    if not held or (is_same and not is_person):
        return source
    if is_person and beside and not beside.startswith(Kind.GIVEN):
        return beside
    if not read:
        return f"{_SAYS} nothing"
    return f"{_SAME} ({source})" if is_same else f"{_SAYS} {read} ({source})"


_SAYS = f"{Kind.GIVEN}; the page says"
_SAME = f"{_SAYS} the same"


def _is_otherwise(evidence: str) -> bool:
    """Whether a field holds something else than the page says."""
    return evidence.startswith(_SAYS) and not evidence.startswith(_SAME)


def _region_code(row: Mapping[str, str], page: Page, context: Context) -> str:
    """Return the code of the region that a row holds: the one beside it, if it can be its own."""
    if row["region"] == context.region and not row["region_code"]:
        return context.region_code
    known = Document(row["id"], row["file"], region=row["region"], region_code=row["region_code"])
    return tag_page(page, known).region_code
