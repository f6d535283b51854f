"""Corrections applied to the tables of a corpus: to frames, or to the files of its shards.

In: a `Corpus` with its `corrections.csv`, and what was measured of it. Out: the tables
`observations` and `documents` as readers say, and what became of their words. Shards whose
documents nobody speaks of are not opened.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pandas as pd

from dz_analysis import tables
from dz_analysis.corpus import Corpus, page_bytes
from dz_analysis.reading import PageError, read_page
from dz_analysis.reading.page import Page
from dz_analysis.review.apply import PageOf, Reviewed, apply_corrections, recount
from dz_analysis.review.lines import Corrections, read_corrections
from dz_analysis.review.record import read_record

OBSERVATIONS, DOCUMENTS = "observations", "documents"
REVIEWED = "reviewed"


def review_frames(
    corpus: Corpus, measured: Mapping[str, pd.DataFrame], *, kept: Path, texts: Path | None = None
) -> tuple[dict[str, pd.DataFrame], Reviewed]:
    """Apply a corpus's corrections to its tables.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    measured : mapping of str to pandas.DataFrame
        Its tables as measured, `observations` and `documents` among them.
    kept : pathlib.Path
        The folder in which runs keep what they know (`.ingest`).
    texts : pathlib.Path, optional
        Where its pages are; by default its own folder of texts.

    Returns
    -------
    dict of str to pandas.DataFrame
        All tables, these two as readers say.
    Reviewed
        What became of each word of theirs.
    """
    corrections = read_corrections(corpus.folder)
    if not corrections.lines:
        return dict(measured), Reviewed(bad=corrections.bad, sha256=corrections.sha256)
    documents = measured[DOCUMENTS]
    read = documents[documents["outcome"].isin(["", "read"])]
    applied = apply_corrections(
        measured[OBSERVATIONS],
        corrections,
        corpus=corpus.name,
        regions=dict(zip(read["id"], read["region_code"], strict=True)),
        page_of=_page_reader(corpus, texts or corpus.texts),
        known=read_record(kept).known,
    )
    counted = recount(documents, applied.rows, corrections.documents)
    made = {**measured, OBSERVATIONS: applied.rows, DOCUMENTS: counted}
    return made, applied.reviewed


def review_files(
    corpus: Corpus, files: Mapping[str, list[Path]], *, kept: Path
) -> tuple[dict[str, list[Path]], Reviewed]:
    """Apply a corpus's corrections to the Parquet files of its shards.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    files : mapping of str to list of pathlib.Path
        For each table its files, one a shard; those of `observations` and `documents` in step.
    kept : pathlib.Path
        The folder in which runs keep what they know; files that differ are written into its
        folder `reviewed`.

    Returns
    -------
    dict of str to list of pathlib.Path
        The same, with other files in place of those that differ.
    Reviewed
        What became of each word of the readers.
    """
    corrections = read_corrections(corpus.folder)
    # The tables in place may be linked to what the last run wrote there: never written over.
    shutil.rmtree(kept / REVIEWED, ignore_errors=True)
    if not corrections.lines:
        return dict(files), Reviewed(bad=corrections.bad, sha256=corrections.sha256)
    made = {name: list(held) for name, held in files.items()}
    parts = [Reviewed(bad=corrections.bad, sha256=corrections.sha256)]
    known = read_record(kept).known
    page_of = _page_reader(corpus, corpus.texts)
    (kept / REVIEWED).mkdir()
    left = set(corrections.documents)
    for at, file in enumerate(files[DOCUMENTS]):
        named = set(pd.read_parquet(file, columns=["id"])["id"]) & left
        if not named:
            continue
        left -= named
        documents, rows = (pd.read_parquet(files[name][at]) for name in (DOCUMENTS, OBSERVATIONS))
        read = documents[documents["outcome"] == "read"]
        applied = apply_corrections(
            rows,
            _of_documents(corrections, named),
            corpus=corpus.name,
            regions=dict(zip(read["id"], read["region_code"], strict=True)),
            page_of=page_of,
            known=known,
        )
        counted = tables.check_table(recount(documents, applied.rows, named), DOCUMENTS)
        for name, frame in ((DOCUMENTS, counted), (OBSERVATIONS, applied.rows)):
            made[name][at] = kept / REVIEWED / f"{name}-{at:05}.parquet"
            tables.write_parquet(frame, made[name][at])
        parts.append(applied.reviewed)
    strays = _of_documents(corrections, left)
    empty = tables.empty_table(OBSERVATIONS)
    parts.append(apply_corrections(empty, strays, regions={}, known=known).reviewed)
    return made, _join(parts)


def _of_documents(corrections: Corrections, names: set[str]) -> Corrections:
    lines = tuple(line for line in corrections.lines if line.place.document in names)
    return replace(corrections, lines=lines, bad=())


def _join(parts: list[Reviewed]) -> Reviewed:
    outcomes = sorted((o for part in parts for o in part.outcomes), key=lambda one: one.place)
    known = {place: one for part in parts for place, one in part.known.items()}
    return Reviewed(tuple(outcomes), parts[0].bad, known, parts[0].sha256)


def _page_reader(corpus: Corpus, texts: Path) -> PageOf:
    """Return what reads the page of a document, each once."""
    documents = {document.id: document for document in corpus.documents}

    @lru_cache(maxsize=4)
    def read(name: str) -> Page | None:
        document = documents[name]
        try:
            return read_page(page_bytes(document, texts), name=document.file)
        except (OSError, PageError):
            return None

    return read
