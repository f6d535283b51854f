"""A corpus: its manifest, its pages where they are at hand, and its measured tables.

In: a folder `data/<corpus>/`: `documents.csv`, and what it has of `texts/`, `tables/`, `gold/`.
Out: `Corpus` and `Document`. Nothing here measures; `ingest` does.
"""

from __future__ import annotations

import html
import json
import os
import re
import shutil
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dz_analysis.language import say

if TYPE_CHECKING:
    import pandas as pd

from dz_analysis import lexicon, paths, tables
from dz_analysis.hashes import hash_bytes, hash_file
from dz_analysis.intake import MANIFEST, Incoming, list_files, take_in
from dz_analysis.manifest import (
    Document,
    check_document,
    read_manifest,
    write_manifest,
)
from dz_analysis.reading import PageError, read_file, read_page
from dz_analysis.reading.page import Page

SOURCES = "sources.csv"
MOST_SHOWN = 20  # documents that a notebook shows of a corpus
_SHOWN = ("id", "title", "region", "period_start", "period_end", "genre", "rows", "reason")
READ = ("", "read")  # outcomes of a document that has rows; tables of old do not say
PAGE_ENDINGS = (".txt", ".html", ".htm", ".shtml", ".mht", ".mhtml", ".docx", ".pdf", ".md")


@dataclass(frozen=True, slots=True, repr=False)
class Corpus:
    """One corpus: manifest and folders, and perhaps only some of its districts.

    `regions` limits every table to the documents about these places; empty means all.
    """

    name: str
    documents: tuple[Document, ...]
    regions: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """Say what it is, in a line."""
        limited = f", regions {', '.join(self.regions)}" if self.regions else ""
        return f"<Corpus {self.name!r}: {len(self.documents)} documents{limited}>"

    def _repr_html_(self) -> str:
        """Show it in a notebook: what was read of each document. Text of pages is escaped."""
        head = f"<strong>{html.escape(self.name)}</strong>: {len(self.documents)} documents"
        try:
            documents = self.health()
        except FileNotFoundError:
            return f"<p>{head}, not measured yet: dz ingest {html.escape(self.name)}</p>"
        read = documents["outcome"].isin(READ)
        rows = int(documents["rows"].sum())
        told = f"{head}, {int(read.sum())} read, {rows:,} numbers"
        table = documents[list(_SHOWN)].head(MOST_SHOWN).to_html(index=False, border=0)
        left = len(documents) - MOST_SHOWN
        return f"<p>{told}</p>{table}" + (f"<p>… and {left} more</p>" if left > 0 else "")

    @property
    def folder(self) -> Path:
        """The corpus's folder."""
        return paths.corpus_dir(self.name)

    @property
    def texts(self) -> Path:
        """The folder of its pages: the first of `paths.texts_dirs` that holds one of them.

        Where none does, its own `texts/`, which may be absent.
        """
        places = paths.texts_dirs(self.name)
        files = [document.file for document in self.documents]
        held = (place for place in places if any((place / file).is_file() for file in files))
        return next(held, places[-1])

    @property
    def has_texts(self) -> bool:
        """Whether every page of the manifest is at hand."""
        texts = self.texts
        return all((texts / document.file).is_file() for document in self.documents)

    def say_missing(self, files: Iterable[str]) -> str:
        """Say which pages are not at hand, where they were looked for, and what to do."""
        named = paths.named_texts()
        inside = f"{self.name}/texts, {self.name}/pages, {self.name}/ and itself"
        looked = [str(self.folder / "texts"), *(f"{folder} ({inside})" for folder in named)]
        return (
            f"Corpus {self.name!r} has no page {', '.join(files)} in {'; '.join(looked)}. Put its "
            "pages into the first of these, or name their folder, or one that holds a folder for "
            f"each corpus, in the environment variable DZ_TEXTS (several joined by {os.pathsep!r})."
        )

    def table(
        self,
        name: str,
        *,
        columns: Sequence[str] | None = None,
        filters: list[tuple[str, str, Any]] | None = None,
    ) -> pd.DataFrame:
        """Load one of the tables, limited to the corpus's chosen regions.

        Of the documents only those that were read; `health` has the others too. Of the runs that
        documents share only those of chosen documents with one another or with another corpus.

        Parameters
        ----------
        name : str
            One of `tables.ALL_TABLES`.
        columns : sequence of str, optional
            Which columns, in this order; by default all. What a large corpus costs in memory is
            mostly text that nobody asked for.
        filters : list of tuple, optional
            Which rows, as `tables.read_rows` takes them.

        Returns
        -------
        pandas.DataFrame
            In the contract's columns and order; a fresh copy.
        """
        folder = paths.tables_dir(self.name)
        if columns is None and filters is None:
            frame = tables.load_table(folder, name)
            return self._keep_chosen(frame, name)
        wanted = list(columns if columns is not None else tables.ALL_TABLES[name].names)
        needed = dict.fromkeys([*wanted, *self._told_by(name)])
        return self._keep_chosen(
            tables.read_rows(folder, name, columns=list(needed), filters=filters), name
        )[wanted]

    def values(self, name: str, column: str) -> list[str]:
        """List the different values of a text column of a table, of all regions, sorted."""
        return tables.list_values(paths.tables_dir(self.name), name, column)

    def _told_by(self, name: str) -> tuple[str, ...]:
        """Return the columns that tell whether a row of a table belongs to the chosen documents."""
        if name == "documents":
            return ("id", "outcome")
        if not self.regions:
            return ()
        return ("document", "source", "source_corpus") if name == "runs" else ("document",)

    def _keep_chosen(self, frame: pd.DataFrame, name: str) -> pd.DataFrame:
        """Leave out of a table the rows of documents that were not read or chosen."""
        if name == "documents":
            frame = frame[frame["outcome"].isin(READ)].reset_index(drop=True)
        if not self.regions:
            return frame
        key = "id" if name == "documents" else "document"
        keep = set(self._chosen_ids())
        chosen = frame[key].isin(keep)
        if "source_corpus" in frame.columns:
            chosen &= frame["source"].isin(keep) | (frame["source_corpus"] != "")
        return frame[chosen].reset_index(drop=True)

    @property
    def has_all_runs(self) -> bool:
        """Whether each two documents were held against one another for the table of runs.

        In a large corpus each is held only against the report before of its place and kind: what
        another two share is not known then, which is not the same as nothing.
        """
        return len(self.documents) <= tables.ALL_PAIRS

    @property
    def sources(self) -> tuple[str, ...]:
        """The other corpora that its documents may have taken text from, as `sources.csv` says.

        Raises
        ------
        ValueError
            If the list has no column `corpus`, or names the corpus itself.
        """
        file = self.folder / SOURCES
        rows = lexicon.read_list(file) if file.is_file() else ()
        names = tuple(row.get("corpus", "") for row in rows)
        if not all(names) or self.name in names:
            msg = say(
                "{file}: expected a column `corpus` with the names of other corpora; got {names}.",
                file=file,
                names=names,
            )
            raise ValueError(msg)
        return names

    def health(self) -> pd.DataFrame:
        """Load the table of documents whole: those too that were set aside, with the reason.

        Returns
        -------
        pandas.DataFrame
            One row a document, in the contract's columns and order; of a corpus limited to some
            regions those about them, and those set aside of which no region is known.
        """
        frame = tables.load_table(paths.tables_dir(self.name), "documents")
        if not self.regions:
            return frame
        is_unplaced = ~frame["outcome"].isin(READ) & (frame["region"] == "")
        return frame[frame["region"].isin(self.regions) | is_unplaced].reset_index(drop=True)

    def articles(self, *, glossary: bool = True) -> dict[str, str]:
        """Read the clean text of every page that was not set aside, of the chosen regions.

        Parameters
        ----------
        glossary : bool
            Whether to leave what a report explains at its end (名词解释) in; else it is blanked,
            and offsets stay true.

        Returns
        -------
        dict of str to str
            Document id to article, in the manifest's order.

        Raises
        ------
        FileNotFoundError
            If a page is not at hand: a corpus may be handed on without its texts.
        """
        chosen = set(self._chosen_ids()) if self.regions else {d.id for d in self.documents}
        chosen -= self._unread_ids()
        wanted = [document for document in self.documents if document.id in chosen]
        texts = self.texts
        missing = [d.file for d in wanted if not (texts / d.file).is_file()]
        if missing:
            raise FileNotFoundError(self.say_missing(missing[:1]))
        pages = {d.id: read_page(page_bytes(d, texts), name=d.file) for d in wanted}
        return {name: page.text if glossary else _running(page) for name, page in pages.items()}

    def gold(self) -> pd.DataFrame:
        """Load the list of observations that a reader marked by hand, for scoring.

        Returns
        -------
        pandas.DataFrame
            One row an observation, in the columns of the list (`gold/observations.jsonl`), with
            the document's id in `document`; limited to the corpus's chosen regions.

        Raises
        ------
        FileNotFoundError
            If the corpus has no such list.
        """
        file = self.folder / "gold" / "observations.jsonl"
        if not file.is_file():
            msg = say(
                "Corpus {what!r} has no list to judge by: {file} does not exist.",
                what=self.name,
                file=file,
            )
            raise FileNotFoundError(msg)
        lines = file.read_text(encoding="utf-8").splitlines()
        import pandas as pd

        frame = pd.DataFrame([json.loads(line) for line in lines if line.strip()])
        frame = frame.rename(columns={"doc": "document"})
        if self.regions:
            frame = frame[frame["document"].isin(self._chosen_ids())].reset_index(drop=True)
        return frame

    def select(self, regions: Iterable[str]) -> Corpus:
        """Return the corpus limited to the documents about some regions; none means all.

        Raises
        ------
        ValueError
            If a region has no document here; the message names the nearest one.
        """
        chosen = tuple(regions)
        known = list(self.table("documents")["region"])
        for region in chosen:
            if region not in known:
                near = get_close_matches(region, known, n=1, cutoff=0.3)
                hint = say(" Did you mean {name!r}?", name=near[0]) if near else ""
                msg = say(
                    "Unknown region {region!r} in corpus {what!r}; expected one of {set}.{hint}",
                    region=region,
                    what=self.name,
                    set=sorted(set(known)),
                    hint=hint,
                )
                raise ValueError(msg)
        return replace(self, regions=chosen)

    def _unread_ids(self) -> set[str]:
        """Return the documents that were set aside, none as long as nothing was measured."""
        try:
            frame = self.health()
        except FileNotFoundError:
            return set()
        return set(frame.loc[~frame["outcome"].isin(READ), "id"])

    def _chosen_ids(self) -> list[str]:
        frame = self.health()
        return list(frame.loc[frame["region"].isin(self.regions), "id"])


def _running(page: Page) -> str:
    """Return the text of a page with its glossary blanked."""
    signs = list(page.text)
    for paragraph in page.paragraphs:
        if paragraph.stance == "glossary":
            inside = slice(paragraph.start, paragraph.end)
            signs[inside] = " " * len(signs[inside])
    return "".join(signs)


def load_corpus(name: str, *, regions: Iterable[str] = ()) -> Corpus:
    """Load a corpus by the name of its folder under `data/`.

    Parameters
    ----------
    name : str
        Folder name, such as ``"dezhou"``.
    regions : iterable of str, optional
        Keep only documents about these places.

    Returns
    -------
    Corpus

    Raises
    ------
    FileNotFoundError
        If there is no such corpus; the message names those there are.
    ValueError
        If the name is none, the manifest is malformed or a region is unknown.

    Examples
    --------
    >>> corpus = load_corpus("dezhou", regions=["德城区"])
    >>> corpus.table("documents")["id"].tolist()
    ['decheng-2021']
    """
    manifest = paths.corpus_dir(name) / "documents.csv"
    if not manifest.is_file():
        there = sorted(file.parent.name for file in paths.data_dir().glob("*/documents.csv"))
        near = get_close_matches(name, there, n=1)
        hint = say(" Did you mean {name!r}?", name=near[0]) if near else ""
        msg = say(
            "No corpus {name!r}: {manifest} does not exist. Corpora here: {there}.{hint}",
            name=name,
            manifest=manifest,
            there=there,
            hint=hint,
        )
        raise FileNotFoundError(msg)
    corpus = Corpus(name, read_manifest(manifest))
    return corpus.select(regions) if regions else corpus


def page_bytes(document: Document, folder: Path) -> bytes:
    """Return the bytes of a document's page, if it is the one that the manifest lists.

    Raises
    ------
    FileNotFoundError
        If there is no such page.
    PageError
        If a link leads out of the folder, the file is too large, or it is another one than the
        manifest has the hash of.
    """
    content = read_file(find_page(document, folder))
    found = hash_bytes(content)
    if document.sha256 and found != document.sha256:
        msg = say(
            "Found another page than the manifest lists (sha256 {found}…, expected {sha256}…): "
            "put the page of old back, or, if the new one is right, blank its sha256 or let `dz "
            "draft` write it.",
            found=found[:12],
            sha256=document.sha256[:12],
        )
        raise PageError(msg)
    return content


def find_page(document: Document, folder: Path) -> Path:
    """Return the file of a document's page; it lies in the folder, links followed.

    Raises
    ------
    PageError
        If it does not.
    """
    file = folder / document.file
    if not file.resolve().is_relative_to(folder.resolve()):
        msg = say(
            "Found a link that leads out of the folder of texts ({file}), expected a page in it: "
            "copy the page itself there.",
            file=document.file,
        )
        raise PageError(msg)
    return file


def documents_in(folder: Path) -> tuple[Document, ...]:
    """List the pages of a folder: as its `documents.csv` describes them, else by their names.

    Raises
    ------
    FileNotFoundError
        If the folder holds no page that can be read.
    """
    manifest = folder / "documents.csv"
    if manifest.is_file():
        return read_manifest(manifest)
    documents = name_documents(sorted(file.name for file in folder.iterdir() if _is_page(file)))
    if not documents:
        msg = say(
            "{folder} holds no page: expected files ending in {page_endings}.",
            folder=folder,
            page_endings=", ".join(PAGE_ENDINGS),
        )
        raise FileNotFoundError(msg)
    return documents


def name_documents(files: Iterable[str], taken: Iterable[str] = ()) -> tuple[Document, ...]:
    """Name the documents of files: by the file's name without its ending, unless that is taken.

    Examples
    --------
    >>> [document.id for document in name_documents(["a.html", "b.html", "b.pdf"])]
    ['a', 'b.html', 'b.pdf']
    """
    names = [Path(file) for file in files]
    stems = Counter([*(name.stem for name in names), *taken])
    return tuple(
        Document(name.stem if stems[name.stem] == 1 else name.name, name.name) for name in names
    )


def new_documents(corpus: Corpus) -> tuple[Document, ...]:
    """Name the files in the corpus's own folder of texts that its manifest does not."""
    listed = {document.file for document in corpus.documents}
    own = corpus.folder / "texts"
    files = [file.name for file in list_files(own)] if own.is_dir() else []
    left = [name for name in files if name not in listed]
    return name_documents(left, (document.id for document in corpus.documents))


def _is_page(file: Path) -> bool:
    return file.is_file() and file.suffix.lower() in PAGE_ENDINGS


def create_corpus(name: str, files: Iterable[Path]) -> Corpus:
    """Make a corpus of one's own: copy the pages into `texts/` and write the manifest.

    The manifest names each file, its id (the name without its ending) and its hash; title, date,
    region, period and genre stay blank, and are read from the text as long as they do.
    `draft_manifest` fills them in, with what they were read from, to be corrected by hand. What a
    manifest in a folder of pages says of them is taken over. If it fails, nothing is left of it.

    Parameters
    ----------
    name : str
        Name of its folder under `data/`: letters, digits, `-` and `_`.
    files : iterable of pathlib.Path
        The pages, folders of pages, patterns or zip archives (`intake.take_in`).

    Returns
    -------
    Corpus
        Without tables yet: `dz ingest` measures it.

    Raises
    ------
    ValueError
        If the name is not a plain folder name, the corpus exists, two files have the same name, or
        a manifest is malformed.
    FileNotFoundError
        If a page does not exist.

    Examples
    --------
    >>> mine = create_corpus("mine", Path("pages").glob("*.html"))  # doctest: +SKIP
    """
    _check_new(name)
    given = [Path(file) for file in files]
    with take_in(given) as taken:
        corpus = Corpus(name, _describe(taken.pages, given))
        for document in corpus.documents:
            check_document(document)
        texts = corpus.folder / "texts"
        texts.mkdir(parents=True)
        try:
            for page in taken.pages:
                shutil.copyfile(page.file, texts / page.name)
            write_manifest(corpus.documents, corpus.folder / MANIFEST)
        except BaseException:
            shutil.rmtree(corpus.folder, ignore_errors=True)
            raise
    return load_corpus(name)


def _describe(pages: Iterable[Incoming], given: Iterable[Path]) -> tuple[Document, ...]:
    """Name the documents of pages, or take over what the manifest of their folder says."""
    manifests = [folder / MANIFEST for folder in given if (folder / MANIFEST).is_file()]
    told = {row.file: row for manifest in manifests for row in read_manifest(manifest)}
    rows = {page.name: told.get(page.inside) or told.get(page.name) for page in pages}
    known = {name: row for name, row in rows.items() if row}
    others = [name for name in rows if name not in known]
    known |= {row.file: row for row in name_documents(others, (row.id for row in known.values()))}
    return tuple(
        replace(known[page.name], file=page.name, sha256=hash_file(page.file)) for page in pages
    )


def _check_new(name: str) -> None:
    if not re.fullmatch(r"[\w-]+", name) or not paths.is_plain_name(name):
        msg = say(
            "{name!r} can't name a corpus: expected letters, digits, - and _ only.", name=name
        )
        raise ValueError(msg)
    if paths.corpus_dir(name).exists():
        msg = say(
            "A corpus {name!r} exists already: choose another name, remove its folder, or add the "
            "pages to it (dz add {name}).",
            name=name,
        )
        raise ValueError(msg)
