"""A corpus's pages to its tables, one document after the other or many at once.

In: a `Corpus` whose pages are at hand.
Out: the six tables of its pages and the runs of characters that two of them share, one generation,
put in place at once; documents that could not be read are set aside, each with its reason, and the
rest goes on. A fault of ours is told apart from a bad page, and logged with its trace. What was
measured is kept (`sharding`), so that the next run measures only what is new or changed. `verify`
holds shipped tables against what the code measures now.
"""

from __future__ import annotations

import logging
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from dz_analysis import datapackage, paths, tables
from dz_analysis.corpus import READ, Corpus, load_corpus
from dz_analysis.counting import find_shared_runs, list_before, recent
from dz_analysis.finding import load_catalogue
from dz_analysis.manifest import Document, hash_bytes
from dz_analysis.measure import measure_records, read_document, unread_record
from dz_analysis.reading import Page, PageError, read_page
from dz_analysis.review import (
    Reviewed,
    read_corrections,
    review_files,
    review_frames,
    write_record,
)
from dz_analysis.sharding.fingerprint import fingerprint_code, hash_facts, hash_row
from dz_analysis.sharding.generation import link_or_copy, publish, recover, start_next
from dz_analysis.sharding.lock import hold
from dz_analysis.sharding.model import (
    OUR_FAULT,
    SET_ASIDE,
    Done,
    Held,
    Outcome,
    Report,
    StorageError,
    Task,
    Unread,
    Way,
    say_cure,
    say_storage,
)
from dz_analysis.sharding.plan import SMALL, cut_shards
from dz_analysis.sharding.shard import ShardTask, read_bytes
from dz_analysis.sharding.store import FOLDER, Store
from dz_analysis.tables import Record, Records

# Handing a document to another process costs about 2 ms and starting the processes a second:
# below this many documents one process is quicker.
POOL_FROM = 24
RUNS = "runs"
RUN_PIECE = 10  # pages of a large corpus in which runs are looked for together
# A page that is longer, or packed (pdf, zip, gzip), is read by a process that can be ended.
LIGHT_BYTES = 2**18
PACKED = (b"%PDF", b"PK\x03\x04", b"\x1f\x8b")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SetAside:
    """A document that could not be measured, and why.

    Where the code is to blame and not the page, `is_fault` is set and `trace` says where it failed.
    """

    document: str
    file: str
    reason: str
    is_fault: bool = False
    trace: str = ""
    sha256: str = ""

    @property
    def outcome(self) -> str:
        """How the table of documents tells it."""
        return OUR_FAULT if self.is_fault else SET_ASIDE


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


def set_aside(document: Document, error: Exception, *, sha256: str = "") -> SetAside:
    """Say why a document could not be measured: a bad page, or a fault of ours.

    Pages are refused with `PageError`, files with `OSError`. Any other error is a fault of ours;
    the reason names the place in the code, not the values, which a reader can do nothing with.

    Examples
    --------
    >>> set_aside(Document("a", "a.txt"), FileNotFoundError()).is_fault
    False
    >>> set_aside(Document("a", "a.txt"), KeyError("b")).is_fault
    True
    """
    if isinstance(error, PageError):
        return SetAside(document.id, document.file, str(error), sha256=sha256)
    if isinstance(error, FileNotFoundError):
        reason = "Found no such page: put it in the folder of texts, or strike its line."
        return SetAside(document.id, document.file, reason)
    if isinstance(error, OSError):
        reason = f"Found a page that cannot be opened ({error.strerror}), expected a file."
        return SetAside(document.id, document.file, reason)
    reason = (
        f"A fault of ours, not of the page: {type(error).__name__} in {_place_of(error)}; "
        "the log has its trace. Please report it."
    )
    trace = "".join(traceback.format_exception(error))
    return SetAside(document.id, document.file, reason, True, trace, sha256)


def log_faults(aside: Iterable[SetAside]) -> None:
    """Log the faults of ours among what was set aside, each with its document and its trace."""
    for one in aside:
        if one.is_fault:
            _log.error("%s (%s): %s\n%s", one.document, one.file, one.reason, one.trace)


def _place_of(error: Exception) -> str:
    """Return the innermost module and function of ours in which an error came up."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(paths.PACKAGE)]
    if not own:
        return "no module of ours"
    return f"{Path(own[-1].filename).relative_to(paths.PACKAGE).as_posix()} ({own[-1].name})"


def measure_bytes(document: Document, content: bytes, corpus: str = "") -> Records | SetAside:
    """Measure one document from the bytes of its page, or say why it was set aside."""
    sha256 = hash_bytes(content)
    try:
        page, context = read_document(document, content, corpus=corpus)
        refuse_empty(page)
        return measure_records(page, context, sha256=sha256)
    except MemoryError:
        raise  # whoever set the bound says it
    except Exception as error:
        return set_aside(document, error, sha256=sha256)


def measure_for_shard(document: Document, content: bytes | Unread, corpus: str) -> Outcome:
    """Measure one document as shards ask for it: with a row of `documents` where it is set aside.

    Only a page that was refused is not to be read again as long as page and code stay the same.
    """
    if not isinstance(content, bytes):
        made: Records | SetAside = set_aside(document, content)
    else:
        made = measure_bytes(document, content, corpus)
    if not isinstance(made, SetAside):
        return Outcome(made)
    lasts = bool(made.sha256) and not made.is_fault
    row = _unread_record(document, made)
    return Outcome({"documents": [row]}, made.outcome, made.reason, made.trace, lasts)


def refuse_empty(page: Page) -> None:
    """Refuse a page that has no article.

    Raises
    ------
    PageError
        If nothing of the page is an article.
    """
    if not page.text.strip():
        msg = (
            f"Found a page of {len(page.raw)} characters without an article, expected running "
            "text; save the page that shows the text."
        )
        raise PageError(msg)


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
    with tempfile.TemporaryDirectory() as place, _told_storage(Path(place)):
        store = Store(Path(place))
        tasks = _shard_tasks(corpus, store, way, texts=folder or corpus.texts, code="")
        done = _work_on(tasks, way, tick)
        joined = {
            name: _join_shards([store.file(one.shard, name) for one in done], name)
            for name in tables.TABLES
        }
    aside = _list_aside(corpus, done)
    log_faults(aside)
    return Ingested(joined, aside)


def _unread_record(document: Document, one: SetAside) -> Record:
    return unread_record(document, sha256=one.sha256, outcome=one.outcome, reason=one.reason)


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
    with hold(folder, corpus.name), _told_storage(folder):
        recover(folder, place)
        _refuse_absent(corpus)
        store = Store(folder)
        store.clean_parts()
        way = way or Way()
        code = fingerprint_code(corpus.name)
        tasks = _shard_tasks(corpus, store, way, texts=corpus.texts, code=code)
        done = _work_on(tasks, way, tick)
        aside = _list_aside(corpus, done)
        log_faults(aside)
        _refuse_all_aside(corpus, aside)
        run_tasks = _run_tasks(corpus, store, done)
        runs = _work_here(run_tasks, _pass) if len(run_tasks) == 1 else _work(run_tasks, way, _pass)
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
        msg = (
            f"The tables of {corpus.name!r} are the new ones, but datapackage.json could not be "
            f"written: {say_cure(error)}. It still describes the old tables; run dz ingest again, "
            "nothing is measured twice."
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


@contextmanager
def _told_storage(folder: Path) -> Iterator[None]:
    """Tell in words what could not be written."""
    try:
        yield
    except FileNotFoundError:
        raise
    except OSError as error:
        raise StorageError(say_storage(error, folder)) from error


def _shard_tasks(
    corpus: Corpus, store: Store, way: Way, *, texts: Path, code: str
) -> list[ShardTask]:
    """Cut a corpus into tasks, each with where rows of its documents are kept."""
    known = store.read_journal()
    return [
        ShardTask(
            number=number,
            corpus=corpus.name,
            home=str(paths.project_dir()),
            texts=str(texts),
            store=str(store.folder),
            code=code,
            documents=shard,
            measure=measure_for_shard,
            bounds=way.bounds,
            held={
                one.id: tuple(
                    Held(key, line.page)
                    for key, line in known.get(one.id, ())
                    if line.is_lasting and (line.code, line.row) == (code, hash_row(one))
                )
                for one in shard
            },
        )
        for number, shard in enumerate(cut_shards(corpus.documents))
    ]


def _work_on(tasks: Sequence[ShardTask], way: Way, tick: Callable[[], object]) -> list[Done]:
    """Measure shards, in this process where they are not worth another one."""
    is_here = way == Way() and _is_light(tasks)
    return _work_here(tasks, tick) if is_here else _work(tasks, way, tick)


def _work(tasks: Sequence[Task], way: Way, tick: Callable[[], object]) -> list[Done]:
    """Work on tasks by many processes, and return what is done in their order."""
    if way.engine == "dask":
        from dz_analysis.sharding.cluster import run_cluster as run
    else:
        from dz_analysis.sharding.local import run_local as run
    return sorted(run(tasks, way, tick), key=lambda one: one.number)


def _work_here(tasks: Sequence[Task], tick: Callable[[], object]) -> list[Done]:
    """Work on tasks in this process."""
    return [task.work(lambda kind, _: tick() if kind == "end" else None) for task in tasks]


def _is_light(tasks: Sequence[ShardTask]) -> bool:
    """Whether what is to be measured is not worth another process, and needs no bounds."""
    documents = [(task, one) for task in tasks for one in task.documents]
    if len(documents) > SMALL:
        return False
    new = 0
    for task, document in documents:
        content = read_bytes(task.texts, document)
        if not isinstance(content, bytes):
            continue
        page = hash_bytes(content)
        if any(held.page == page for held in task.held[document.id]):
            continue
        new += 1
        if new == POOL_FROM or len(content) > LIGHT_BYTES or content.startswith(PACKED):
            return False
    return True


def _list_aside(corpus: Corpus, done: Iterable[Done]) -> tuple[SetAside, ...]:
    """List what was set aside in the order of the manifest."""
    lines = {line.document: line for one in done for line in one.aside}
    return tuple(
        SetAside(
            document.id,
            document.file,
            lines[document.id].reason,
            lines[document.id].outcome == OUR_FAULT,
            lines[document.id].trace,
            lines[document.id].page,
        )
        for document in corpus.documents
        if document.id in lines
    )


def _refuse_all_aside(corpus: Corpus, aside: Sequence[SetAside]) -> None:
    if len(aside) == len(corpus.documents):
        reasons = "; ".join(f"{one.document}: {one.reason}" for one in aside[:3])
        msg = f"Every document of corpus {corpus.name!r} was set aside. First reasons: {reasons}"
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
            tables.save_table(_join_shards(held, name), folder, name, as_parquet=as_parquet)


def _join_shards(files: Iterable[Path], name: str) -> pd.DataFrame:
    """Put together what shards hold of a table; their order is that of the documents."""
    rows = [rows for rows in map(pd.read_parquet, files) if not rows.empty]
    return pd.concat(rows, ignore_index=True) if rows else tables.empty_table(name)


class _Held(NamedTuple):
    """A page that runs are looked for in; `corpus` is blank for the own one."""

    corpus: str
    document: str
    file: Path


def measure_runs(
    corpus: Corpus, documents: pd.DataFrame, *, folder: Path | None = None
) -> pd.DataFrame:
    """Find the runs of Han characters that documents share, with one another and with sources.

    Parameters
    ----------
    corpus : Corpus
        Its `sources` name further corpora; those whose pages are not at hand are passed over.
    documents : pandas.DataFrame
        The table of documents as `measure_corpus` makes it.
    folder : pathlib.Path, optional
        Where the corpus's pages are; by default its own folder of texts.

    Returns
    -------
    pandas.DataFrame
        The table `runs`. Each two documents of the corpus are held against one another; the one
        that reports on the later months is the document, the other one its source. In a large
        corpus (more than `tables.ALL_PAIRS` documents), where pairs would be too many, each is held
        against the last report before of the same place and kind only. Which reports of another
        corpus are sources `counting.recent` says.
    """
    return _find_runs(_pick_sources(corpus, documents, folder or corpus.texts))


def _find_runs(wanted: Mapping[_Held, Iterable[_Held]]) -> pd.DataFrame:
    """Find the runs that pages share with those they are held against."""
    taken = {one for others in wanted.values() for one in others} - set(wanted)
    held = [*sorted(taken), *wanted]
    key = {page: str(number) for number, page in enumerate(held)}
    found = find_shared_runs(
        {key[page]: read_page(page.file).text for page in held},
        sources={key[page]: [key[one] for one in others] for page, others in wanted.items()},
    )
    named = {key[page]: page for page in held}
    rows = pd.DataFrame(
        {
            "document": [named[one].document for one in found["second"]],
            "source": [named[one].document for one in found["first"]],
            "source_corpus": [named[one].corpus for one in found["first"]],
            "han_start": found["second_han"],
            "source_han_start": found["first_han"],
            "han_chars": found["han_chars"],
        }
    )
    return tables.check_table(rows, RUNS)


@dataclass(frozen=True, slots=True)
class _RunTask:
    """Pages of a shard, by what they report on, each with those it is held against.

    `kept` are rows measured before, shared with corpora whose pages are not at hand; `piece` is
    how many pages are looked at together, where not all.
    """

    number: int
    store: str
    key: str
    wanted: tuple[tuple[_Held, tuple[_Held, ...]], ...]
    kept: tuple[tuple[object, ...], ...] = ()
    piece: int = 0

    def work(self, report: Report) -> Done:
        """Find the runs and write them, unless they are there."""
        store = Store(Path(self.store))
        if not store.is_whole(self.key):
            size = self.piece or max(1, len(self.wanted))
            starts = range(0, len(self.wanted), size)
            pieces = [self.wanted[start : start + size] for start in starts]
            found = [*(_find_runs(dict(piece)) for piece in pieces), _frame_runs(self.kept)]
            rows = [rows for rows in found if not rows.empty]
            joined = pd.concat(rows) if rows else tables.empty_table(RUNS)
            store.write(self.key, (), {RUNS: tables.check_table(joined, RUNS)})
        return Done(self.number, self.key, store.count_rows(self.key, [RUNS]))

    def keeping(self, held: Mapping[str, Held]) -> _RunTask:
        """Return the task: nothing of it is kept before it is done."""
        return self

    def losing(self, document: str, reason: str) -> _RunTask:
        """Return the task: its pages were read before."""
        return self


def _frame_runs(rows: Iterable[tuple[object, ...]]) -> pd.DataFrame:
    names = tables.ALL_TABLES[RUNS].names
    frame = pd.DataFrame(list(rows), columns=names)
    return tables.empty_table(RUNS) if frame.empty else tables.check_table(frame, RUNS)


def _run_tasks(corpus: Corpus, store: Store, done: Sequence[Done]) -> list[_RunTask]:
    """Cut what pages are held against into tasks: one for a small corpus, else one a shard."""
    wanted = _pick_sources(corpus, _gather_documents(store, done), corpus.texts)
    kept, code = _unmeasured_runs(corpus), fingerprint_code(corpus.name)
    is_small = corpus.has_all_runs
    if is_small:
        groups = [{document.id for document in corpus.documents}]
    else:
        groups = [{line.document for line in store.read_lines(one.shard)} for one in done]
    hashes = _known_hashes(corpus, store, done)
    tasks = []
    for number, group in enumerate(groups):
        pairs = tuple(
            (page, tuple(sorted(others)))
            for page, others in wanted.items()
            if page.document in group
        )
        rows = kept[kept["document"].isin(group)].itertuples(index=False, name=None)
        old = tuple(tuple(row) for row in rows)
        key = hash_facts(["runs", code, [_tell_pair(pair, hashes) for pair in pairs], old])[:32]
        tasks.append(
            _RunTask(number, str(store.folder), key, pairs, old, 0 if is_small else RUN_PIECE)
        )
    return tasks


def _known_hashes(corpus: Corpus, store: Store, done: Iterable[Done]) -> dict[Path, str]:
    """Return the hashes of the corpus's own pages, as they were read for its shards."""
    place = corpus.texts
    files = {document.id: place / document.file for document in corpus.documents}
    lines = (line for one in done for line in store.read_lines(one.shard))
    return {files[line.document]: line.page for line in lines if line.page}


def _gather_documents(store: Store, done: Iterable[Done]) -> pd.DataFrame:
    columns = ["id", "region", "genre", "period_end", "outcome"]
    files = (store.file(one.shard, "documents") for one in done)
    return pd.concat([pd.read_parquet(file, columns=columns) for file in files], ignore_index=True)


def _tell_pair(pair: tuple[_Held, tuple[_Held, ...]], hashes: dict[Path, str]) -> list[object]:
    """Return what the runs of a page depend on: itself and those it is held against."""
    page, others = pair
    return [[one.corpus, one.document, _hash_page(one.file, hashes)] for one in (page, *others)]


def _hash_page(file: Path, hashes: dict[Path, str]) -> str:
    if file not in hashes:
        hashes[file] = hash_bytes(file.read_bytes())
    return hashes[file]


def _pick_sources(corpus: Corpus, documents: pd.DataFrame, place: Path) -> dict[_Held, set[_Held]]:
    """Return the pages read, by what they report on, each with those it is held against."""
    files = {document.id: place / document.file for document in corpus.documents}
    read = documents[documents["outcome"].isin(READ)]
    ordered = read.sort_values(["period_end", "id"], kind="stable")
    own = {
        _Held("", one, files[one]): end
        for one, end in zip(ordered["id"], ordered["period_end"], strict=True)
    }
    if corpus.has_all_runs:
        wanted = {page: set(own) - {page} for page in own}
    else:
        wanted = _pick_before(own, ordered)
    for name in _sources_at_hand(corpus):
        source = load_corpus(name)
        pages = {one.id: one for one in source.documents}
        told, texts = source.table("documents"), source.texts
        told = told[told["id"].isin(list(pages))]  # its manifest may have lost a row since
        near = {page: recent(end, told) for page, end in own.items()}
        asked = sorted({one for some in near.values() for one in some})
        sound = {one for one in asked if isinstance(read_bytes(str(texts), pages[one]), bytes)}
        for page, some in near.items():
            wanted[page] |= {
                _Held(name, one, texts / pages[one].file) for one in some if one in sound
            }
    return wanted


def _pick_before(own: Iterable[_Held], told: pd.DataFrame) -> dict[_Held, set[_Held]]:
    """Return for each page of a large corpus the report of the same place and kind before it."""
    pages = {page.document: page for page in own}
    before = list_before(told)
    return {page: {pages[before[one]]} if one in before else set() for one, page in pages.items()}


def _sources_at_hand(corpus: Corpus) -> list[str]:
    return [name for name in corpus.sources if load_corpus(name).has_texts]


def _unmeasured_runs(corpus: Corpus) -> pd.DataFrame:
    """Return the runs shared with corpora whose pages are not at hand, as they were measured.

    Raises
    ------
    FileNotFoundError
        If they never were.
    """
    absent = sorted(set(corpus.sources) - set(_sources_at_hand(corpus)))
    if not absent:
        return tables.empty_table(RUNS)
    try:
        old = tables.load_table(paths.tables_dir(corpus.name), RUNS)
    except FileNotFoundError as error:
        source = load_corpus(absent[0])
        raise FileNotFoundError(source.say_missing([source.documents[0].file])) from error
    return old[old["source_corpus"].isin(absent)]


def verify(corpus: Corpus, *, folder: Path | None = None) -> tuple[pd.DataFrame, Ingested]:
    """Hold the shipped tables of a corpus against what the code measures in its pages now.

    Parameters
    ----------
    corpus : Corpus
        Its tables must have been written.
    folder : pathlib.Path, optional
        Where its pages are; by default the corpus's own folder of texts.

    Returns
    -------
    report : pandas.DataFrame
        One row a table: `table`, `rows_shipped`, `rows_measured`, `rows_differing` (rows that
        stand in only one of the two, counted on the side that has more) and `same`. Runs shared
        with another corpus are held against its pages where they are at hand; corrections by
        readers are applied to what is measured.
    measured : Ingested
        What was measured, with the documents that were set aside.

    Raises
    ------
    FileNotFoundError
        If no page of the corpus is at hand, or it has no tables.
    """
    _refuse_absent(corpus, folder)
    pages = measure_corpus(corpus, folder=folder)
    runs = measure_runs(corpus, pages.tables["documents"], folder=folder)
    made, reviewed = review_frames(corpus, pages.tables, kept=corpus.folder / FOLDER, texts=folder)
    measured = Ingested({**made, RUNS: runs}, pages.set_aside, reviewed=reviewed)
    rows = []
    for name, frame in measured.tables.items():
        shipped = tables.load_table(paths.tables_dir(corpus.name), name)
        if name == RUNS:
            shipped = shipped[shipped["source_corpus"].isin(["", *_sources_at_hand(corpus)])]
        differing = _count_differing(shipped, frame)
        rows.append((name, len(shipped), len(frame), differing, differing == 0))
    columns = ["table", "rows_shipped", "rows_measured", "rows_differing", "same"]
    return pd.DataFrame(rows, columns=columns), measured


def _refuse_absent(corpus: Corpus, folder: Path | None = None) -> None:
    """Refuse a corpus none of whose pages is at hand: in a folder named, else where they belong."""
    texts = folder or corpus.texts
    if any((texts / document.file).is_file() for document in corpus.documents):
        return
    files = [document.file for document in corpus.documents[:3]]
    if folder is None:
        raise FileNotFoundError(corpus.say_missing(files))
    msg = f"Corpus {corpus.name!r} has no page in {folder}: expected {', '.join(files)} …"
    raise FileNotFoundError(msg)


def _count_differing(shipped: pd.DataFrame, measured: pd.DataFrame) -> int:
    """Count rows that stand in only one of two tables, on the side that has more of them."""
    left, right = (Counter(frame.map(str).itertuples(index=False)) for frame in (shipped, measured))
    return max((left - right).total(), (right - left).total())
