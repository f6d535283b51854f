"""A corpus's pages to its tables, one document after the other or many at once.

In: a `Corpus` whose pages are at hand.
Out: the six tables of its pages and the runs of characters that two of them share, checked and
written together; documents that could not be read are set aside,
each with its reason, and the rest goes on. A fault of ours is told apart from a bad page, and
logged with its trace. `verify` holds shipped tables against what the code measures now.
"""

from __future__ import annotations

import logging
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import repeat
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from dz_analysis import paths, tables
from dz_analysis.corpus import READ, Corpus, load_corpus
from dz_analysis.counting import find_shared_runs, recent
from dz_analysis.finding import load_catalogue
from dz_analysis.manifest import Document, hash_bytes
from dz_analysis.measure import Tables, measure_records, read_document, unread_record
from dz_analysis.reading import Page, PageError, read_page
from dz_analysis.tables import Records

# Handing a document to another process costs about 2 ms and starting the processes a second:
# below this many documents one process is quicker.
POOL_FROM = 24
RUNS = "runs"

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


@dataclass(frozen=True, slots=True)
class Ingested:
    """What an ingest made: the six tables and the documents that were set aside."""

    tables: Tables
    set_aside: tuple[SetAside, ...] = field(default=())

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


def measure_document(document: Document, folder: Path, corpus: str = "") -> Records | SetAside:
    """Read and measure one document, as rows of each table, or say why it was set aside.

    A page that cannot be decoded, parsed or found does not stop the others; nor does a fault of
    ours, which is not hidden either: it comes back as one, with its trace.
    """
    sha256 = ""
    try:
        content = (folder / document.file).read_bytes()
        sha256 = hash_bytes(content)
        page, context = read_document(document, content, corpus=corpus)
        refuse_empty(page)
        return measure_records(page, context, sha256=sha256)
    except Exception as error:
        return set_aside(document, error, sha256=sha256)


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
    executor: Executor | None = None,
    tick: Callable[[], object] = lambda: None,
) -> Ingested:
    """Measure every document of a corpus; nothing is written.

    Parameters
    ----------
    corpus : Corpus
        Its manifest says what is measured.
    folder : pathlib.Path, optional
        Where its pages are; by default the corpus's own folder of texts.
    executor : concurrent.futures.Executor, optional
        Where the documents are measured, such as a `ProcessPoolExecutor` or a cluster client's
        executor. By default a pool of processes from two dozen documents on, else this process.
    tick : callable, optional
        Called after each document, for a progress bar.

    Returns
    -------
    Ingested
        Rows sorted by the tables' keys: the same whatever the executor. The table `documents` has
        a row for those that were set aside too.
    """
    results: list[Records | SetAside] = []
    for result in _measure_all(corpus, folder or corpus.texts, executor):
        results.append(result)
        tick()
    aside = tuple(r for r in results if isinstance(r, SetAside))
    log_faults(aside)
    measured = [r for r in results if not isinstance(r, SetAside)]
    measured += [{"documents": [row]} for row in _unread_records(corpus, aside)]
    measured.sort(key=lambda rows: rows["documents"][0][0])  # by id, as the tables are
    joined = {
        name: tables.frame_records((row for rows in measured for row in rows.get(name, ())), name)
        for name in tables.TABLES
    }
    return Ingested(joined, aside)


def _unread_records(corpus: Corpus, aside: Iterable[SetAside]) -> Iterator[tables.Record]:
    """Yield the rows of the table of documents of those that were set aside."""
    documents = {document.id: document for document in corpus.documents}
    for one in aside:
        outcome = "our_fault" if one.is_fault else "set_aside"
        known = documents[one.document]
        yield unread_record(known, sha256=one.sha256, outcome=outcome, reason=one.reason)


def ingest(
    corpus: Corpus,
    *,
    executor: Executor | None = None,
    tick: Callable[[], object] = lambda: None,
    as_parquet: bool | None = None,
) -> Ingested:
    """Measure a corpus and write its tables; the old ones stay until all new ones are there.

    Without a word on the form, `as_parquet`, they are written as the old ones are, the first time
    as CSV.

    Raises
    ------
    FileNotFoundError
        If no page of the corpus is at hand.
    ValueError
        If every document had to be set aside; the old tables are left as they were.
    """
    _refuse_absent(corpus)
    made = measure_corpus(corpus, executor=executor, tick=tick)
    if len(made.set_aside) == len(corpus.documents):
        reasons = "; ".join(f"{one.document}: {one.reason}" for one in made.set_aside[:3])
        msg = f"Every document of corpus {corpus.name!r} was set aside. First reasons: {reasons}"
        raise ValueError(msg)
    folder = paths.tables_dir(corpus.name)
    if as_parquet is None:
        as_parquet = (folder / "documents.parquet").is_file()
    runs = pd.concat([measure_runs(corpus, made.tables["documents"]), _unmeasured_runs(corpus)])
    whole = Ingested(made.tables | {RUNS: tables.check_table(runs, RUNS)}, made.set_aside)
    _write_together(whole.tables, folder, as_parquet=as_parquet)
    return whole


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
        that reports on the later months is the document, the other one its source. Which reports
        of another corpus are sources `counting.recent` says.
    """
    wanted = _pick_sources(corpus, documents, folder or corpus.texts)
    taken = set().union(*wanted.values()) - set(wanted)
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


def _pick_sources(corpus: Corpus, documents: pd.DataFrame, place: Path) -> dict[_Held, set[_Held]]:
    """Return the pages read, by what they report on, each with those it is held against."""
    files = {document.id: place / document.file for document in corpus.documents}
    read = documents[documents["outcome"].isin(READ)]
    ordered = read.sort_values(["period_end", "id"], kind="stable")
    own = {
        _Held("", one, files[one]): end
        for one, end in zip(ordered["id"], ordered["period_end"], strict=True)
    }
    wanted = {page: set(own) - {page} for page in own}
    for name in _sources_at_hand(corpus):
        source = load_corpus(name)
        pages = {one.id: _Held(name, one.id, source.texts / one.file) for one in source.documents}
        told = source.table("documents")
        for page, end in own.items():
            wanted[page] |= {pages[one] for one in recent(end, told)}
    return wanted


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
        with another corpus are held against its pages where they are at hand.
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
    measured = Ingested(pages.tables | {RUNS: runs}, pages.set_aside)
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


def _measure_all(
    corpus: Corpus, folder: Path, executor: Executor | None
) -> Iterator[Records | SetAside]:
    load_catalogue(corpus.name)  # a faulty list of its own stops the run, not every document
    jobs = (corpus.documents, repeat(folder), repeat(corpus.name))
    if executor is not None:
        yield from executor.map(measure_document, *jobs)
    elif len(corpus.documents) < POOL_FROM:
        yield from map(measure_document, *jobs)
    else:
        with ProcessPoolExecutor() as pool:
            yield from pool.map(measure_document, *jobs, chunksize=8)


def _write_together(made: Tables, folder: Path, *, as_parquet: bool) -> None:
    """Write all tables beside the old ones, then put them in place one after the other."""
    part = folder.with_name(folder.name + ".part")
    for name, frame in made.items():
        tables.save_table(frame, part, name, as_parquet=as_parquet)
    folder.mkdir(parents=True, exist_ok=True)
    for old in (*folder.glob("*.csv"), *folder.glob("*.parquet")):
        if old.stem in tables.ALL_TABLES and not (part / old.name).is_file():
            old.unlink()
    for file in sorted(part.iterdir()):
        file.replace(folder / file.name)
    part.rmdir()


def _count_differing(shipped: pd.DataFrame, measured: pd.DataFrame) -> int:
    """Count rows that stand in only one of two tables, on the side that has more of them."""
    left, right = (Counter(frame.map(str).itertuples(index=False)) for frame in (shipped, measured))
    return max((left - right).total(), (right - left).total())
