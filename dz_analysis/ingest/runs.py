"""The runs of characters that two documents share: within a corpus, and with its sources.

In: the table of documents and their pages. Out: the table `runs`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from dz_analysis import paths, tables
from dz_analysis.corpus import READ, Corpus, load_corpus
from dz_analysis.counting import find_shared_runs, list_before, recent
from dz_analysis.hashes import hash_bytes, hash_facts
from dz_analysis.reading import read_page
from dz_analysis.sharding.fingerprint import fingerprint_code
from dz_analysis.sharding.model import Done, Held, Report
from dz_analysis.sharding.shard import read_bytes
from dz_analysis.sharding.store import Store

RUNS = "runs"
RUN_PIECE = 10  # pages of a large corpus in which runs are looked for together


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


def run_tasks(corpus: Corpus, store: Store, done: Sequence[Done]) -> list[_RunTask]:
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
    for name in sources_at_hand(corpus):
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


def sources_at_hand(corpus: Corpus) -> list[str]:
    """List the corpora that a corpus names as sources and whose pages are at hand."""
    return [name for name in corpus.sources if load_corpus(name).has_texts]


def _unmeasured_runs(corpus: Corpus) -> pd.DataFrame:
    """Return the runs shared with corpora whose pages are not at hand, as they were measured.

    Raises
    ------
    FileNotFoundError
        If they never were.
    """
    absent = sorted(set(corpus.sources) - set(sources_at_hand(corpus)))
    if not absent:
        return tables.empty_table(RUNS)
    try:
        old = tables.load_table(paths.tables_dir(corpus.name), RUNS)
    except FileNotFoundError as error:
        source = load_corpus(absent[0])
        raise FileNotFoundError(source.say_missing([source.documents[0].file])) from error
    return old[old["source_corpus"].isin(absent)]
