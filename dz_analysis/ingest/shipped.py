"""Shipped tables held against what the code measures in the pages now."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pandas as pd

from dz_analysis import paths, tables
from dz_analysis.corpus import Corpus
from dz_analysis.ingest.corpora import Ingested, measure_corpus, refuse_absent
from dz_analysis.ingest.runs import RUNS, measure_runs, sources_at_hand
from dz_analysis.review import (
    review_frames,
)
from dz_analysis.sharding.store import FOLDER


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
    refuse_absent(corpus, folder)
    pages = measure_corpus(corpus, folder=folder)
    runs = measure_runs(corpus, pages.tables["documents"], folder=folder)
    made, reviewed = review_frames(corpus, pages.tables, kept=corpus.folder / FOLDER, texts=folder)
    measured = Ingested({**made, RUNS: runs}, pages.set_aside, reviewed=reviewed)
    rows = []
    for name, frame in measured.tables.items():
        shipped = tables.load_table(paths.tables_dir(corpus.name), name)
        if name == RUNS:
            shipped = shipped[shipped["source_corpus"].isin(["", *sources_at_hand(corpus)])]
        differing = _count_differing(shipped, frame)
        rows.append((name, len(shipped), len(frame), differing, differing == 0))
    columns = ["table", "rows_shipped", "rows_measured", "rows_differing", "same"]
    return pd.DataFrame(rows, columns=columns), measured


def _count_differing(shipped: pd.DataFrame, measured: pd.DataFrame) -> int:
    """Count rows that stand in only one of two tables, on the side that has more of them."""
    left, right = (Counter(frame.map(str).itertuples(index=False)) for frame in (shipped, measured))
    return max((left - right).total(), (right - left).total())
