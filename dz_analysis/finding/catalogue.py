"""The catalogue of indicators: what the numbers of local reports measure, under one id.

In: lexicon/indicators.csv, and a corpus's own additions in `data/<corpus>/lexicon/`.
Out: an id for a name, the catalogue as a table, and the names of a table of observations that it
does not know yet.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from dz_analysis import paths
from dz_analysis.finding.number.units import unit_kinds
from dz_analysis.lexicon import Row, load_lexicon, read_list
from dz_analysis.naming import canonical, drop_count, split_level

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = [
    "id",
    "name",
    "english",
    "aliases",
    "definition",
    "kind",
    "unit",
    "group",
    "source",
    "example",
]
KINDS = ("stock", "flow", "ratio", "index")
DIMENSIONS = {"money": "money", "percent": "percent", "point": "percent"}  # kind of unit -> what


@cache
def _rows(corpus: str = "") -> tuple[Row, ...]:
    """Return the catalogue's rows and, behind them, a corpus's own."""
    rows = load_lexicon("indicators")
    file = paths.corpus_dir(corpus) / "lexicon" / "indicators.csv" if corpus else None
    if file is None or not file.is_file():
        return rows
    return (*rows, *_check_additions(rows, read_list(file), file))


def _check_additions(rows: Iterable[Row], added: tuple[Row, ...], file: Path) -> tuple[Row, ...]:
    """Refuse additions that lack a column, reuse an id, or claim a name that is taken."""
    taken = {_key(name): row["id"] for row in rows for name in _names_of(row)}
    taken |= {row["id"]: row["id"] for row in rows}
    for row in added:
        missing = [column for column in ("id", "name", "aliases") if column not in row]
        if missing:
            msg = f"{file}: columns missing: {missing}; expected {COLUMNS}."
            raise ValueError(msg)
        claims = (row["id"], *map(_key, _names_of(row)))
        clash = next((claim for claim in claims if claim in taken), None)
        if clash is not None:
            msg = (
                f"{file}: {row['id']!r} names {clash!r}, which "
                f"the catalogue holds as {taken[clash]!r}. Give it another id and names of its own."
            )
            raise ValueError(msg)
    return added


def _names_of(row: Row) -> list[str]:
    return [row["name"], *filter(None, row["aliases"].split(";"))]


def load_catalogue(corpus: str = "") -> pd.DataFrame:
    """Load the catalogue of indicators; a corpus's own list is read anew and holds from now on.

    Parameters
    ----------
    corpus : str, optional
        A corpus whose own `lexicon/indicators.csv` is added, where it has one.

    Returns
    -------
    pandas.DataFrame
        One row an indicator, in the order of the catalogue: id, name, english, aliases
        (separated by ``;``), definition, kind, unit, group, source, example.

    Raises
    ------
    ValueError
        If a corpus's additions clash with the catalogue.
    """
    import pandas as pd  # takes 0.4 s, and reading a text needs no frame

    _rows.cache_clear()
    _index.cache_clear()
    rows = [{column: row.get(column, "") for column in COLUMNS} for row in _rows(corpus)]
    return pd.DataFrame(rows, columns=COLUMNS, dtype="str")


def _key(name: str) -> str:
    """Return the form under which the index holds a name: a share stands beside its level."""
    return canonical(name, keep_share=True)


@cache
def _index(corpus: str = "") -> dict[str, Row]:
    return {_key(name): row for row in _rows(corpus) for name in _names_of(row)}


def _row_of(name: str, corpus: str) -> Row | None:
    """Look up a name in the catalogue and a corpus's own list; `naming` remembers its forms."""
    index = _index(corpus)
    return index.get(_key(name)) or index.get(drop_count(name))


def indicator_id(name: str, *, unit: str = "", measure: str = "", corpus: str = "") -> str:
    """Return the catalogue's id of an indicator's name, blank if it is not catalogued.

    The name is looked up in its canonical form, and then without a word behind it that only
    counts (接待游客人数). A level in another dimension than the indicator's (税收 in 家) is not
    that indicator, and neither is the total of one level of government (市级税收收入).

    Examples
    --------
    >>> indicator_id("地区生产总值"), indicator_id("全县规模以上工业增加值", measure="growth")
    ('gdp', 'industrial_value_added')
    >>> indicator_id("税收收入", unit="家", measure="level")
    ''
    """
    row = _row_of(name, corpus)
    if row is None or (measure == "level" and unit and not _fits(unit, row["unit"])):
        return ""
    return str(row["id"])


def base_unit(name: str, *, corpus: str = "") -> str | None:
    """Return the unit in which the catalogue measures an indicator, None if it does not know it.

    A total of one level of government is measured as the whole is.

    Examples
    --------
    >>> base_unit("地区生产总值"), base_unit("市级税收收入"), base_unit("云溪水库蓄水量")
    ('元', '元', None)
    """
    row = _row_of(name, corpus) or _row_of(split_level(name)[1], corpus)
    return None if row is None else str(row["unit"])


@lru_cache(maxsize=1024)
def _fits(unit: str, base: str) -> bool:
    """Whether a unit can measure what a base unit measures: money, percent, or neither."""
    return not base or _dimension(unit) == _dimension(base)


def _dimension(unit: str) -> str:
    return DIMENSIONS.get(unit_kinds().get(unit.split("/")[0], ""), "other")


def list_unmapped(observations: pd.DataFrame) -> pd.DataFrame:
    """List the names that the catalogue does not know, the most frequent first.

    Parameters
    ----------
    observations : pandas.DataFrame
        With the columns document, indicator, indicator_id, unit and quote.

    Returns
    -------
    pandas.DataFrame
        One row a name: indicator, count, documents, units (separated by spaces), example (a
        quote), sorted by falling count, then by name.
    """
    unmapped = observations[observations["indicator_id"] == ""]
    grouped = unmapped.groupby("indicator", sort=True)
    listed = grouped.agg(
        count=("indicator", "size"),
        documents=("document", "nunique"),
        units=("unit", lambda units: " ".join(sorted(set(units) - {""}))),
        example=("quote", "first"),
    ).reset_index()
    return listed.sort_values(["count", "indicator"], ascending=[False, True], ignore_index=True)
