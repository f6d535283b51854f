"""A corpus's pages to its six tables, one document after the other or many at once.

In: a `Corpus` whose pages are at hand.
Out: the six tables, checked and written together; documents that could not be read are set aside,
each with its reason, and the rest goes on. `verify` holds shipped tables against what the code
measures now.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import repeat
from pathlib import Path

import pandas as pd

from dz_analysis import paths, tables
from dz_analysis.corpus import Corpus, Document, hash_bytes
from dz_analysis.finding import load_catalogue
from dz_analysis.measure import Tables, measure_page, read_document

# Handing a document to another process costs about 2 ms and starting the processes a second:
# below this many documents one process is quicker.
POOL_FROM = 24


@dataclass(frozen=True, slots=True)
class SetAside:
    """A document that could not be measured, and why."""

    document: str
    file: str
    reason: str


@dataclass(frozen=True, slots=True)
class Ingested:
    """What an ingest made: the six tables and the documents that were set aside."""

    tables: Tables
    set_aside: tuple[SetAside, ...] = field(default=())


def measure_document(document: Document, folder: Path, corpus: str = "") -> Tables | SetAside:
    """Read and measure one document, or say why it was set aside.

    A page that cannot be decoded, parsed or found does not stop the others; a fault of ours is
    not hidden either: its class and words are the reason.
    """
    try:
        content = (folder / document.file).read_bytes()
        page, context = read_document(document, content, corpus=corpus)
        if not page.text.strip():
            return SetAside(document.id, document.file, "the page holds no article")
        return measure_page(page, context, sha256=hash_bytes(content))
    except Exception as error:
        return SetAside(document.id, document.file, f"{type(error).__name__}: {error}")


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
        Rows sorted by the tables' keys: the same whatever the executor.
    """
    results: list[Tables | SetAside] = []
    for result in _measure_all(corpus, folder or corpus.texts, executor):
        results.append(result)
        tick()
    aside = tuple(r for r in results if isinstance(r, SetAside))
    measured = [r for r in results if not isinstance(r, SetAside)]
    joined = {name: _join([m[name] for m in measured], name) for name in tables.TABLES}
    return Ingested(joined, aside)


def ingest(
    corpus: Corpus,
    *,
    executor: Executor | None = None,
    tick: Callable[[], object] = lambda: None,
    as_parquet: bool = False,
) -> Ingested:
    """Measure a corpus and write its six tables; the old ones stay until all new ones are there.

    Raises
    ------
    FileNotFoundError
        If no page of the corpus is at hand.
    ValueError
        If every document had to be set aside; the old tables are left as they were.
    """
    if not any((corpus.texts / document.file).is_file() for document in corpus.documents):
        files = [document.file for document in corpus.documents[:3]]
        msg = (
            f"No page of corpus {corpus.name!r} in {corpus.texts}: expected {files} … Put the "
            "pages there, or name their folder in the environment variable DZ_TEXTS."
        )
        raise FileNotFoundError(msg)
    made = measure_corpus(corpus, executor=executor, tick=tick)
    if len(made.set_aside) == len(corpus.documents):
        reasons = "; ".join(f"{one.document}: {one.reason}" for one in made.set_aside[:3])
        msg = f"Every document of corpus {corpus.name!r} was set aside. First reasons: {reasons}"
        raise ValueError(msg)
    _write_together(made.tables, paths.tables_dir(corpus.name), as_parquet=as_parquet)
    return made


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
        stand in only one of the two, counted on the side that has more) and `same`.
    measured : Ingested
        What was measured, with the documents that were set aside.
    """
    measured = measure_corpus(corpus, folder=folder)
    rows = []
    for name, frame in measured.tables.items():
        shipped = tables.load_table(paths.tables_dir(corpus.name), name)
        differing = _count_differing(shipped, frame)
        rows.append((name, len(shipped), len(frame), differing, differing == 0))
    columns = ["table", "rows_shipped", "rows_measured", "rows_differing", "same"]
    return pd.DataFrame(rows, columns=columns), measured


def _measure_all(
    corpus: Corpus, folder: Path, executor: Executor | None
) -> Iterator[Tables | SetAside]:
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
        if old.stem in tables.TABLES and not (part / old.name).is_file():
            old.unlink()
    for file in sorted(part.iterdir()):
        file.replace(folder / file.name)
    part.rmdir()


def _join(frames: list[pd.DataFrame], name: str) -> pd.DataFrame:
    filled = [frame for frame in frames if not frame.empty]
    return tables.check_table(pd.concat(filled), name) if filled else tables.empty_table(name)


def _count_differing(shipped: pd.DataFrame, measured: pd.DataFrame) -> int:
    """Count rows that stand in only one of two tables, on the side that has more of them."""
    left, right = (Counter(frame.map(str).itertuples(index=False)) for frame in (shipped, measured))
    return max((left - right).total(), (right - left).total())
