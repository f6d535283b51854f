"""The files of an archive: which belong into it, under which name, and what they are for.

In: a corpus, and whether its pages may go with it. Out: `Part`s, sorted by name. The names are
those of a project folder, so that an unpacked archive is one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from dz_analysis import paths, tables
from dz_analysis.corpus import SOURCES, Corpus, load_corpus
from dz_analysis.hashes import hash_bytes
from dz_analysis.language import say
from dz_analysis.parameters import published_parameters
from dz_analysis.publishing.citation import find_citation
from dz_analysis.suite import list_notebooks

LOCK = "requirements.lock"
# what a folder of a corpus may hold beside manifest and tables; no text of pages is among it
OWN_FILES = ("datapackage.json", SOURCES, "corrections.csv", "LICENSE.md")
# roles
TABLE, MANIFEST, NOTEBOOK, FIGURE, PAGE, TEXT = (
    "table",
    "manifest",
    "notebook",
    "figure",
    "page",
    "text",
)


@dataclass(frozen=True, slots=True)
class Part:
    """One file of an archive: its name there, its bytes, and its role."""

    name: str
    content: bytes
    role: str

    @property
    def sha256(self) -> str:
        """The hash of its bytes."""
        return hash_bytes(self.content)


def list_parts(corpus: Corpus, *, with_texts: bool = False) -> list[Part]:
    """List the files that belong into the archive of a corpus.

    Parameters
    ----------
    corpus : Corpus
        Its tables must have been written, and its notebooks run.
    with_texts : bool
        Whether its pages, and the rows that readers marked in them, go with it.

    Returns
    -------
    list of Part
        Sorted by name.

    Raises
    ------
    FileNotFoundError
        If tables, notebooks, figures or (if asked for) pages are missing; the message says how they
        are made.
    """
    parts = [
        *_list_data(corpus),
        *_list_sources(corpus),
        *_list_notebooks(corpus.name),
        *_list_figures(corpus.name),
        *_list_words(),
        *(_list_pages(corpus) if with_texts else ()),
    ]
    return sorted(parts, key=lambda part: part.name)


def _list_data(corpus: Corpus) -> Iterator[Part]:
    place = f"data/{corpus.name}"
    yield _read(corpus.folder / "documents.csv", f"{place}/documents.csv", MANIFEST)
    for name in OWN_FILES:
        if (corpus.folder / name).is_file():
            yield _read(corpus.folder / name, f"{place}/{name}", TEXT)
    for file in sorted((corpus.folder / "lexicon").glob("*.csv")):
        yield _read(file, f"{place}/lexicon/{file.name}", TEXT)
    yield from _list_tables(corpus, tuple(tables.ALL_TABLES))


def _list_tables(corpus: Corpus, names: tuple[str, ...]) -> Iterator[Part]:
    folder = paths.tables_dir(corpus.name)
    files = [file for name in names for file in tables.table_files(folder, name)]
    if not files:
        msg = say(
            "{folder} holds no tables: measure the corpus first (dz ingest {corpus}).",
            folder=folder,
            corpus=corpus.name,
        )
        raise FileNotFoundError(msg)
    for file in files:
        inside = file.relative_to(folder).as_posix()
        yield _read(file, f"data/{corpus.name}/tables/{inside}", TABLE)


def _list_sources(corpus: Corpus) -> Iterator[Part]:
    """Yield what the table of shared runs needs to know of the corpora that it names."""
    for name in corpus.sources:
        source = load_corpus(name)
        yield _read(source.folder / "documents.csv", f"data/{name}/documents.csv", MANIFEST)
        yield from _list_tables(source, ("documents",))


def _list_notebooks(corpus: str) -> Iterator[Part]:
    """Yield the executed notebooks: those of the last run, or the published ones."""
    is_published = any(
        one.name == "corpus" and one.default == corpus for one in published_parameters("01_corpus")
    )
    files = list_notebooks() if is_published else list_notebooks(paths.build_dir(corpus))
    if not files:
        msg = say(
            "No executed notebook in {build_dir}: run them first, dz run {corpus}.",
            build_dir=paths.build_dir(corpus),
            corpus=corpus,
        )
        raise FileNotFoundError(msg)
    for file in files:
        yield _read(file, f"notebooks/{file.name}", NOTEBOOK)


def _list_figures(corpus: str) -> Iterator[Part]:
    folder = paths.figures_dir(corpus)
    files = sorted(file for file in folder.glob("*") if file.is_file()) if folder.is_dir() else []
    if not files:
        msg = say(
            "No figure in {folder}: run the notebooks first, dz run {corpus}.",
            folder=folder,
            corpus=corpus,
        )
        raise FileNotFoundError(msg)
    for file in files:
        yield _read(file, f"figures/{corpus}/{file.name}", FIGURE)


def _list_words() -> Iterator[Part]:
    home = paths.PACKAGE.parent
    yield _read(find_citation(), "CITATION.cff", TEXT)
    lock = home / LOCK
    content = lock.read_bytes() if paths.is_checkout() and lock.is_file() else _list_installed()
    yield Part(LOCK, content, TEXT)
    for name in ("DICTIONARY.md", "DICTIONARY.zh.md"):
        if (paths.data_dir() / name).is_file():
            yield _read(paths.data_dir() / name, f"data/{name}", TEXT)
    for name in ("LICENSE", "LICENSES/DATA.md"):
        if (home / name).is_file() and paths.is_checkout():
            yield _read(home / name, name, TEXT)


def _list_installed() -> bytes:
    """Return what is installed here as a lock, where no checkout brings one."""
    held = {(one.metadata["Name"] or "").lower(): one.version for one in metadata.distributions()}
    lines = [f"{name}=={version}" for name, version in sorted(held.items()) if name]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _list_pages(corpus: Corpus) -> Iterator[Part]:
    texts = corpus.texts
    missing = [one.file for one in corpus.documents if not (texts / one.file).is_file()]
    if missing:
        raise FileNotFoundError(corpus.say_missing(missing[:1]))
    for one in corpus.documents:
        yield _read(texts / one.file, f"data/{corpus.name}/texts/{one.file}", PAGE)
    for file in sorted((corpus.folder / "gold").glob("*.jsonl")):
        yield _read(file, f"data/{corpus.name}/gold/{file.name}", TEXT)


def _read(file: Path, name: str, role: str) -> Part:
    return Part(name, file.read_bytes(), role)
