"""Steps that several commands take: make the project, open pages, measure, tell what came of it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from dz_analysis import paths
from dz_analysis.commands.terminal import err, progress, say_all, say_sentence, spell_path
from dz_analysis.language import say, say_count

if TYPE_CHECKING:
    from dz_analysis import draft, ingest
    from dz_analysis.manifest import Document
    from dz_analysis.review import Reviewed
    from dz_analysis.sharding import Way


def make_project() -> None:
    """Make the project folder on first use where a wheel was installed, and say so."""
    if (made := paths.make_project()) is not None:
        told = say(
            "{folder} is a project folder now: data/ and notebooks/ were put there.", folder=made
        )
        err.print(told, markup=False)


def split_names(names: str) -> list[str]:
    """Split names that are joined by commas."""
    return [name.strip() for name in names.split(",") if name.strip()]


def tell_taken(files: Iterable[Path]) -> None:
    """Say what of that which was named is left out, and which pages stand in several forms."""
    from dz_analysis.intake import take_in

    with take_in(files) as taken:
        for words in taken.left:
            err.print(say("left out: {what}", what=words), markup=False)
        for names in taken.twins:
            told = say(
                "{files} are called alike: if they are one document, strike all lines but one of "
                "documents.csv.",
                files=say_all(names),
            )
            err.print(told, markup=False)


def tell_draft(corpus: str, made: draft.Draft) -> None:
    """Say what a draft holds, and where."""
    manifest = spell_path(paths.corpus_dir(corpus) / "documents.csv")
    parts = [
        say_count(
            made.documents, "{file} lists {n} document", "{file} lists {n} documents", file=manifest
        )
    ]
    if made.added:
        parts.append(say("{n} of them new", n=len(made.added)))
    if made.kept:
        parts.append(
            say_count(
                made.kept,
                "{n} field kept where the page says otherwise",
                "{n} fields kept where the page says otherwise",
            )
        )
    err.print(say_sentence(parts), markup=False)
    err.print(
        say(
            "Correct it in a spreadsheet or an editor: what you write counts (column region); "
            "beside each field stands what of the page it was read from (column region_from)."
        )
    )


def tell_reviewed(reviewed: Reviewed) -> None:
    """Say what became of the corrections by readers, and which of them were not applied."""
    if not (reviewed.outcomes or reviewed.bad):
        return
    err.print(say("corrections: {counts}.", counts=reviewed.say_counts()), markup=False)
    for one in (*reviewed.bad, *reviewed.left):
        err.print(f"corrections.csv {one}", markup=False)


def measure_pages(
    corpus: str, *, as_parquet: bool | None = None, title: str = "", way: Way | None = None
) -> ingest.Ingested:
    """Measure a corpus's pages, with a bar on a terminal."""
    from dz_analysis import corpus as corpora
    from dz_analysis import ingest

    loaded = corpora.load_corpus(corpus)
    with progress(say("measure {corpus}", corpus=corpus), len(loaded.documents)) as tick:
        return ingest.ingest(loaded, way=way, tick=tick, as_parquet=as_parquet, title=title)


def open_pages(files: list[Path]) -> Iterator[tuple[Document, Callable[[], bytes]]]:
    """Yield each page with a way to read it; a folder's manifest describes its pages."""
    from dz_analysis import corpus as corpora
    from dz_analysis.manifest import Document
    from dz_analysis.reading import read_file
    from dz_analysis.reading.bounds import FILE

    for file in files:
        if str(file) == "-":
            yield Document("stdin", "-"), partial(sys.stdin.buffer.read, FILE.most + 1)
        elif file.is_dir():
            for document in corpora.documents_in(file):
                yield document, partial(corpora.page_bytes, document, file)
        elif file.is_file():
            yield Document(file.stem, file.name), partial(read_file, file)
        else:
            msg = say(
                "No such page: {file}. Expected a file, a folder of pages, or - for stdin.",
                file=file,
            )
            raise FileNotFoundError(msg)
