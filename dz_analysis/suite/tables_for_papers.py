"""What `dz table` writes: a view of a corpus's numbers, or a table of its notebooks, for a paper.

In: a corpus, the name of the table, and what of it is asked for. Out: a file in one of the forms of
`publishing`, with the documents that it rests on.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from dz_analysis.comparing import prepare_facts
from dz_analysis.corpus import Corpus, load_corpus
from dz_analysis.evidence import add_sentences
from dz_analysis.language import say
from dz_analysis.publishing import (
    PaperTable,
    lay_out,
    list_numbers,
    read_figure_table,
    spread_by_place,
    spread_by_year,
)
from dz_analysis.publishing.workbook import as_xlsx
from dz_analysis.publishing.write import KINDS, save
from dz_analysis.showing.export import describe_source, list_sources


@dataclass(frozen=True, slots=True)
class Asked:
    """Which table is asked for, what of it, and what stands round it (blank: by itself)."""

    corpus: str
    name: str
    indicators: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    period: str = ""
    caption: str = ""
    note: str = ""
    sentences: bool = True


def write(asked: Asked, file: Path, kind: str) -> int:
    """Write a table and return how many rows it has.

    Raises
    ------
    ValueError
        If the form is none of `publishing.KINDS`, or an indicator or a place is unknown.
    FileNotFoundError
        If there is no such corpus or table.
    """
    if kind not in KINDS:
        msg = say(
            "No table is written as {kind!r}; expected one of {kinds}.",
            kind=kind,
            kinds=", ".join(KINDS),
        )
        raise ValueError(msg)
    corpus = load_corpus(asked.corpus)
    shown, base = _make(asked, corpus)
    if kind == "xlsx" and base is not None:
        save(file, kind, shown, as_xlsx(shown, others=[(say("base units"), base)]))
    else:
        save(file, kind, shown)
    return len(shown.frame)


def _make(asked: Asked, corpus: Corpus) -> tuple[PaperTable, PaperTable | None]:
    """Return a table, and of a wide one the same in base units."""
    if asked.name not in ("by_place", "by_year", "numbers"):
        frame, words = read_figure_table(asked.corpus, asked.name)
        return _dress(asked, frame, **words), None
    facts = prepare_facts(corpus.table("observations"), corpus.table("documents"))
    if asked.name == "numbers":
        return _dress(asked, _list(asked, facts), caption=say("Numbers of the corpus")), None
    made = [_spread(asked, facts, usual=usual) for usual in (True, False)]
    caption = (
        say("Indicators by place")
        if asked.name == "by_place"
        else say("Indicators of {place} by year", place=asked.regions[0])
    )
    note = say(
        "Only numbers that may be compared: of one unit, measure and period; bounds are left out."
    )
    shown, base = (_dress(asked, frame, caption=caption, note=note) for frame in made)
    return shown, base


def _spread(asked: Asked, facts: pd.DataFrame, *, usual: bool) -> pd.DataFrame:
    if asked.name == "by_place":
        return spread_by_place(
            facts,
            indicators=asked.indicators,
            regions=asked.regions,
            period=asked.period,
            usual=usual,
        )
    if len(asked.regions) != 1:
        msg = say("by_year takes one place, got {n}: name it with --region.", n=len(asked.regions))
        raise ValueError(msg)
    return spread_by_year(facts, asked.regions[0], indicators=asked.indicators, usual=usual)


def _list(asked: Asked, facts: pd.DataFrame) -> pd.DataFrame:
    rows = list_numbers(facts, indicators=asked.indicators, regions=asked.regions)
    if not asked.sentences:
        return rows
    told = add_sentences(rows, corpus=asked.corpus)
    return told if told["sentence"].ne("").any() else rows


def _dress(
    asked: Asked, frame: pd.DataFrame, *, caption: str = "", note: str = "", source: str = ""
) -> PaperTable:
    return lay_out(
        frame,
        name=asked.name,
        caption=asked.caption or caption,
        note=asked.note or note,
        source=source or describe_source(asked.corpus),
        sources=list_sources(asked.corpus),
    )
