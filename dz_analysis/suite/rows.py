"""The tables of a corpus as data for a browser: rows by column, words by document.

In: tables in the contract. Out: plain lists and dicts for JSON. A column of texts is a list of its
different texts and a number for each row, so that 50,000 rows are small and quick to sift.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from dz_analysis.comparing import prepare_facts

# What of a row a browser gets, in this order; `label` and `place` come from `comparing`.
TEXTS = (
    "document",
    "quote",
    "indicator",
    "label",
    "indicator_id",
    "measure",
    "unit",
    "bound",
    "period",
    "region",
    "place",
    "status",
    "of",
    "modifier",
    "grade",
    "review",
)
NUMBERS = (
    "observation",
    "paragraph",
    "start",
    "end",
    "raw_start",
    "raw_end",
    "value",
    "value_high",
    "confidence",
)
FEWEST = 2  # how often a word must stand in the corpus to be listed


def pack_rows(observations: pd.DataFrame, documents: pd.DataFrame) -> dict[str, Any]:
    """Lay observations out by column.

    Parameters
    ----------
    observations, documents : pandas.DataFrame
        Tables in the contract.

    Returns
    -------
    dict
        `count`; `text`, by column its `values` and for each row the place among them (`codes`);
        `number`, by column a number or None for each row.
    """
    rows = prepare_facts(observations, documents) if len(observations) else observations
    texts = {name: _pack_texts(rows[name]) for name in TEXTS if name in rows.columns}
    numbers = {name: _plain_numbers(rows[name]) for name in NUMBERS}
    return {"count": len(rows), "text": texts, "number": numbers}


def _pack_texts(column: pd.Series) -> dict[str, list[Any]]:
    codes, values = pd.factorize(column.fillna("").astype(str), sort=True)
    return {"values": list(values), "codes": codes.tolist()}


def _plain_numbers(column: pd.Series) -> list[float | int | None]:
    return [_plain(number) for number in column.tolist()]


def _plain(number: float) -> float | int | None:
    if pd.isna(number):
        return None
    return int(number) if float(number).is_integer() else number


def pack_words(
    terms: pd.DataFrame, slogans: pd.DataFrame, documents: pd.DataFrame
) -> dict[str, Any]:
    """Lay out how often each word and slogan stands in each document.

    Returns
    -------
    dict
        `words`, slogans first, then words of two characters or more that stand in the corpus
        `FEWEST` times; `slogans`, how many of them are slogans; `counts`, for each word a flat
        list of document (its place in `documents`) and count.
    """
    order = {name: at for at, name in enumerate(documents["id"])}
    told = _count(slogans, "slogan")
    said = _count(terms, "term")
    known = set(told)
    kept = {
        word: by
        for word, by in said.items()
        if word not in known and len(word) > 1 and sum(by.values()) >= FEWEST
    }
    listed = [*sorted(told.items()), *sorted(kept.items())]
    counts = [
        [number for name in sorted(by, key=order.__getitem__) for number in (order[name], by[name])]
        for _, by in listed
    ]
    return {"words": [word for word, _ in listed], "slogans": len(told), "counts": counts}


def _count(table: pd.DataFrame, column: str) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    sums = table.groupby([column, "document"], sort=True)["count"].sum().reset_index()
    for word, document, count in sums.itertuples(index=False):
        found.setdefault(word, {})[document] = int(count)
    return found


def pack_documents(documents: pd.DataFrame) -> list[dict[str, Any]]:
    """Return what the views show of each document, in the order of the table."""
    names = ("id", "title", "region", "genre", "published", "period_start", "period_end")
    rows = documents[[*names, "han_chars"]].to_dict("records")
    return [{str(name): row[name] for name in row} for row in rows]
