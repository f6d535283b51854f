"""A corpus to its tables: measured only, or written, one generation put in place at once.

In: a `Corpus` whose pages are at hand. Out: the six tables of its pages and the runs that two of
them share. What was measured is kept (`sharding`), so that the next run measures only what is new
or changed.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from dz_analysis import datapackage, paths, tables
from dz_analysis.corpus import Corpus
from dz_analysis.finding import load_catalogue
from dz_analysis.ingest.asides import SetAside, log_faults
from dz_analysis.ingest.runs import RUNS, run_tasks
from dz_analysis.ingest.work import (
    join_shards,
    list_aside,
    shard_tasks,
    told_storage,
    work_apart,
    work_here,
    work_on,
)
from dz_analysis.language import say
from dz_analysis.review import (
    Reviewed,
    read_corrections,
    review_files,
    write_record,
)
from dz_analysis.sharding.fingerprint import fingerprint_code
from dz_analysis.sharding.generation import link_or_copy, publish, recover, start_next
from dz_analysis.sharding.lock import hold
from dz_analysis.sharding.model import (
    StorageError,
    Way,
    say_cure,
)
from dz_analysis.sharding.plan import SMALL
from dz_analysis.sharding.store import FOLDER, Store


@dataclass(frozen=True, slots=True)
class Ingested:
    """What an ingest made: the tables, the documents that were set aside, the rows of each table.

    The tables of a corpus that was written are read from its folder when they are asked for.
    `measured` counts the documents whose rows were not kept from a run before; `reviewed` tells
    what became of the corrections by readers.
    """

    tables: Mapping[str, pd.DataFrame]
    set_aside: tuple[SetAside, ...] = field(default=())
    counts: Mapping[str, int] = field(default_factory=dict)
    measured: int = 0
    reviewed: Reviewed = field(default_factory=Reviewed)

    @property
    def faults(self) -> tuple[SetAside, ...]:
        """The documents that a fault of ours set aside."""
        return tuple(one for one in self.set_aside if one.is_fault)


def measure_corpus(
    corpus: Corpus,
    *,
    folder: Path | None = None,
    way: Way | None = None,
    tick: Callable[[], object] = lambda: None,
) -> Ingested:
    """Measure every document of a corpus; nothing of it is written or kept.

    Parameters
    ----------
    corpus : Corpus
        Its manifest says what is measured.
    folder : pathlib.Path, optional
        Where its pages are; by default the corpus's own folder of texts.
    way : Way, optional
        By which processes, and within which bounds, as for `ingest`.
    tick : callable, optional
        Called after each document, for a progress bar.

    Returns
    -------
    Ingested
        Rows sorted by the tables' keys: the same whatever the way. The table `documents` has a
        row for those that were set aside too.
    """
    load_catalogue(corpus.name)  # a faulty list of its own stops the run, not every document
    way = way or Way()
    with tempfile.TemporaryDirectory() as place, told_storage(Path(place)):
        store = Store(Path(place))
        tasks = shard_tasks(corpus, store, way, texts=folder or corpus.texts, code="")
        done = work_on(tasks, way, tick)
        joined = {
            name: join_shards([store.file(one.shard, name) for one in done], name)
            for name in tables.TABLES
        }
    aside = list_aside(corpus, done)
    log_faults(aside)
    return Ingested(joined, aside)


def ingest(
    corpus: Corpus,
    *,
    way: Way | None = None,
    tick: Callable[[], object] = lambda: None,
    as_parquet: bool | None = None,
    title: str = "",
) -> Ingested:
    """Measure a corpus and write its tables; the old ones stay until all new ones are there.

    Parameters
    ----------
    corpus : Corpus
        Its manifest says what is measured. Rows kept from a run before are taken where neither
        page, nor row of the manifest, nor code and word lists have changed.
    way : Way, optional
        By which processes, and within which bounds.
    tick : callable, optional
        Called after each document, for a progress bar.
    as_parquet : bool, optional
        The form of the tables; by default as the old ones are, the first time CSV, and Parquet in
        parts for a large corpus (more than `sharding.SMALL` documents).
    title : str, optional
        Title of the data package, whose description is written with the tables.

    Returns
    -------
    Ingested
        The same tables, byte for byte, whatever was kept and by however many processes.

    Raises
    ------
    FileNotFoundError
        If no page of the corpus is at hand.
    ValueError
        If every document had to be set aside, another process measures the corpus
        (`sharding.BusyError`), or something can't be written (`sharding.StorageError`); the old
        tables are left as they were.
    """
    load_catalogue(corpus.name)  # a faulty list of its own stops the run, not every document
    read_corrections(corpus.folder)  # so does a file of corrections that is no table
    folder, place = corpus.folder / FOLDER, paths.tables_dir(corpus.name)
    with hold(folder, corpus.name), told_storage(folder):
        recover(folder, place)
        refuse_absent(corpus)
        store = Store(folder)
        store.clean_parts()
        way = way or Way()
        code = fingerprint_code(corpus.name)
        tasks = shard_tasks(corpus, store, way, texts=corpus.texts, code=code)
        done = work_on(tasks, way, tick)
        aside = list_aside(corpus, done)
        log_faults(aside)
        _refuse_all_aside(corpus, aside)
        tasks_of_runs = run_tasks(corpus, store, done)
        runs = (
            work_here(tasks_of_runs, _pass)
            if len(tasks_of_runs) == 1
            else work_apart(tasks_of_runs, way, _pass)
        )
        files = {name: [store.file(one.shard, name) for one in done] for name in tables.TABLES}
        files[RUNS] = [store.file(one.shard, RUNS) for one in runs]
        files, reviewed = review_files(corpus, files, kept=folder)
        _write_generation(store, place, files, as_parquet=as_parquet)
        publish(folder, place)
        _describe(corpus, title)
        write_record(folder, reviewed)
        store.keep_only(one.shard for one in (*done, *runs))
    counts = {name: sum(one.counts.get(name, 0) for one in (*done, *runs)) for name in files}
    counts["observations"] += reviewed.gain
    measured = sum(one.measured for one in done)
    return Ingested(_Published(place), aside, counts, measured, reviewed)


def _describe(corpus: Corpus, title: str) -> None:
    """Write the description of tables that are in place already."""
    try:
        datapackage.write_datapackage(corpus, title=title)
    except OSError as error:
        msg = say(
            "The tables of {corpus!r} are the new ones, but datapackage.json could not be "
            "written: {say_cure}. It still describes the old tables; run dz ingest again, nothing "
            "is measured twice.",
            corpus=corpus.name,
            say_cure=say_cure(error),
        )
        raise StorageError(msg) from error


def _pass() -> None:
    """Do nothing: what shares runs is no step of a progress bar."""


class _Published(Mapping[str, pd.DataFrame]):
    """The tables of a folder, each read when it is asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __getitem__(self, name: str) -> pd.DataFrame:
        return tables.load_table(self._folder, name)

    def __iter__(self) -> Iterator[str]:
        return iter(tables.ALL_TABLES)

    def __len__(self) -> int:
        return len(tables.ALL_TABLES)


def _refuse_all_aside(corpus: Corpus, aside: Sequence[SetAside]) -> None:
    if len(aside) == len(corpus.documents):
        reasons = "; ".join(f"{one.document}: {one.reason}" for one in aside[:3])
        msg = say(
            "Every document of corpus {corpus!r} was set aside. First reasons: {reasons}",
            corpus=corpus.name,
            reasons=reasons,
        )
        raise ValueError(msg)


def _write_generation(
    store: Store, place: Path, files: Mapping[str, list[Path]], *, as_parquet: bool | None
) -> None:
    """Write the next generation of tables from what the shards hold of each, in their order."""
    is_large = (
        len(files["documents"]) > 1 and sum(map(tables.count_rows, files["documents"])) > SMALL
    )
    if as_parquet is None:
        was_csv = (place / "documents.csv").is_file()
        was_parquet = (place / "documents.parquet").is_file() or (place / "documents").is_dir()
        as_parquet = was_parquet or (is_large and not was_csv)
    folder = start_next(store.folder)
    for name, held in files.items():
        if as_parquet and is_large:
            (folder / name).mkdir()
            for file, part in zip(held, tables.name_parts(len(held)), strict=True):
                link_or_copy(file, folder / name / part)
        elif is_large:
            tables.save_csv(map(pd.read_parquet, held), folder, name)
        else:
            tables.save_table(join_shards(held, name), folder, name, as_parquet=as_parquet)


def refuse_absent(corpus: Corpus, folder: Path | None = None) -> None:
    """Refuse a corpus none of whose pages is at hand: in a folder named, else where they belong."""
    texts = folder or corpus.texts
    if any((texts / document.file).is_file() for document in corpus.documents):
        return
    files = [document.file for document in corpus.documents[:3]]
    if folder is None:
        raise FileNotFoundError(corpus.say_missing(files))
    msg = say(
        "Corpus {corpus!r} has no page in {folder}: expected {files} …",
        corpus=corpus.name,
        folder=folder,
        files=", ".join(files),
    )
    raise FileNotFoundError(msg)
