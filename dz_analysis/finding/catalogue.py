"""The catalogue of indicators: what the numbers of local reports measure, under one id.

In: lexicon/indicators.csv, and a corpus's own additions in `data/<corpus>/lexicon/`.
Out: an id for a name, the catalogue as a table, and the names of a table of observations that it
does not know yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from dz_analysis import paths
from dz_analysis.lexicon import Row, load_lexicon, load_rules, one_of, read_list

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
SIGNS = re.compile(r"[\s“”\"'‘’《》（）()、，,]")


@dataclass(frozen=True, slots=True)
class _Naming:
    spelling: tuple[tuple[str, str], ...]
    decoration: re.Pattern[str]
    tail: re.Pattern[str]
    money: frozenset[str]
    percent: frozenset[str]


@cache
def _naming() -> _Naming:
    rules = load_rules("names")
    return _Naming(
        spelling=tuple((pair[0], pair[1]) for pair in rules["spelling"]["pairs"]),
        decoration=re.compile(f"{one_of(rules['decoration']['words'])}+"),
        tail=re.compile(f"{one_of(rules['tail']['words'])}$"),
        money=frozenset(rules["dimension"]["money"]),
        percent=frozenset(rules["dimension"]["percent"]),
    )


def plain_name(name: str) -> str:
    """Return a name without signs, without 的, in one spelling.

    Examples
    --------
    >>> plain_name("规模以上工业 增加值"), plain_name("“四新”经济投资")
    ('规上工业增加值', '四新经济投资')
    """
    plain = SIGNS.sub("", name).lower().replace("的", "")
    for long, short in _naming().spelling:
        plain = plain.replace(long, short)
    return plain


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
    taken = {plain_name(name): row["id"] for row in rows for name in _names_of(row)}
    ids = {row["id"] for row in rows}
    for row in added:
        missing = [column for column in ("id", "name", "aliases") if column not in row]
        if missing:
            msg = f"{file}: columns missing: {missing}; expected {COLUMNS}."
            raise ValueError(msg)
        clash = [name for name in _names_of(row) if plain_name(name) in taken]
        if row["id"] in ids or clash:
            owner = taken.get(plain_name(clash[0]), row["id"]) if clash else row["id"]
            msg = (
                f"{file}: {row['id']!r} names {clash or [row['name']]}, which "
                f"the catalogue holds as {owner!r}. Give it another id and names of its own."
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
    _row_of.cache_clear()
    rows = [{column: row.get(column, "") for column in COLUMNS} for row in _rows(corpus)]
    return pd.DataFrame(rows, columns=COLUMNS, dtype="str")


@cache
def _index(corpus: str = "") -> dict[str, Row]:
    return {plain_name(name): row for row in _rows(corpus) for name in _names_of(row)}


@lru_cache(maxsize=4096)  # a level, its growth and its rank have one name
def _row_of(name: str, corpus: str) -> Row | None:
    plain = plain_name(name)
    return _index(corpus).get(plain) or _index(corpus).get(_bare(plain, corpus))


def indicator_id(name: str, *, unit: str = "", measure: str = "", corpus: str = "") -> str:
    """Return the catalogue's id of an indicator's name, blank if it is not catalogued.

    The name is tried as it stands, then without decoration (全县, 累计) and without a word behind
    it that only says how it is told (增速). A level in another dimension than the indicator's
    (税收 in 家) is not that indicator.

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

    Examples
    --------
    >>> base_unit("地区生产总值"), base_unit("云溪水库蓄水量")
    ('元', None)
    """
    row = _row_of(name, corpus)
    return None if row is None else str(row["unit"])


def _bare(plain: str, corpus: str) -> str:
    """Take off decoration in front and one telling word behind, if something is left."""
    naming = _naming()
    front = naming.decoration.match(plain)
    bare = plain[front.end() :] if front and front.end() < len(plain) else plain
    if bare in _index(corpus):
        return bare
    cut = naming.tail.sub("", bare)
    return cut or bare


def _fits(unit: str, base: str) -> bool:
    """Whether a unit can measure what a base unit measures: money, percent, or neither."""
    naming = _naming()

    def dimension(spelled: str) -> str:
        head = spelled.split("/")[0]
        if head in naming.money:
            return "money"
        return "percent" if head in naming.percent else "other"

    return not base or dimension(unit) == dimension(base)


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
