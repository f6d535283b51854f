"""The catalogue of indicators: what the numbers of local reports measure, under one id.

In: lexicon/indicators.csv, and a corpus's own additions in `data/<corpus>/lexicon/`.
Out: an id for a name, the catalogue as a table, and the names of a table of observations that it
does not know yet.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dz_analysis import paths
from dz_analysis.finding.compose import (
    PER_CENT,
    RELATIVE,
    Composition,
    Part,
    Parts,
    listed_parts,
)
from dz_analysis.finding.units import unit_kinds
from dz_analysis.lexicon import Row, load_lexicon, read_list, words
from dz_analysis.naming import canonical, spell, split_level, split_share, strip_count

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = [
    "id",
    "name",
    "english",
    "aliases",
    "definition",
    "kind",
    "direction",
    "unit",
    "group",
    "source",
    "example",
]
KINDS = ("stock", "flow", "ratio", "index")
DIRECTIONS = ("higher", "lower", "")  # what plans wish for; blank where neither is better
DIMENSIONS = {"point": "percent"}  # kind of unit -> dimension, where they have not one name
EXTENTS = {"area", "length", "volume"}  # of what is counted too: roads in 条 and in 公里

SHARE_OF = ".share_of."  # between the ids of part and whole


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
        (separated by ``;``), definition, kind, direction (what plans wish for: higher, lower, or
        blank), unit, group, source, example.

    Raises
    ------
    ValueError
        If a corpus's additions clash with the catalogue.
    """
    import pandas as pd  # takes 0.4 s, and reading a text needs no frame

    for made in (_rows, _index, _parts, _rows_by_words, _compose, _compose_share):
        made.cache_clear()
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
    index, key = _index(corpus), _key(name)
    found = index.get(key)
    if found is None and words("naming", "count").at_end(key):
        return index.get(strip_count(name))
    return found


@cache
def _words() -> Parts:
    return Parts.of(listed_parts())


@cache
def _parts(corpus: str = "") -> Parts:
    """Return the words of composed names, with the catalogue's own names as heads."""
    own = listed_parts()
    bare = {part.word for part in own}
    heads = (
        Part(key, "indicator", row["id"], row["unit"], row["group"])
        for key, row in _index(corpus).items()
        if key not in bare
    )
    return Parts.of((*own, *heads))


@cache
def _rows_by_words(corpus: str = "") -> dict[str, Row]:
    """Return the rows by the ids that the words of their names make; no id that two rows share."""
    rows: dict[str, list[Row]] = {}
    for row in _rows(corpus):
        read = (_words().split(_unturned(name)) for name in _names_of(row))
        for made in {composed.id for composed in read if composed}:
            rows.setdefault(made, []).append(row)
    return {made: same[0] for made, same in rows.items() if len(same) == 1}


def _unturned(name: str) -> str:
    return canonical(name, keep_share=True, turn=False)


def _read_words(name: str, corpus: str) -> Composition | None:
    """Read a name as a row of words; 全国 of 全国重点实验室 is no place that it repeats."""
    parts, spelled = _parts(corpus), spell(name)
    front = words("naming", "front").at_start(spelled)
    whole = parts.split(spelled) if front else None
    return whole or parts.split(_unturned(name))


def listed_id(name: str, *, unit: str = "", measure: str = "", corpus: str = "") -> str:
    """Return the id of a name that the catalogue lists, blank if it is not listed.

    The name is looked up in its canonical form, and then without a word behind it that only
    counts (接待游客人数). A level in another dimension than the indicator's (税收 in 家) is not
    that indicator, and neither is the total of one level of government (市级税收收入).

    Examples
    --------
    >>> listed_id("地区生产总值"), listed_id("全县规模以上工业增加值", measure="growth")
    ('gdp', 'industrial_value_added')
    >>> listed_id("税收收入", unit="家", measure="level"), listed_id("建成冷链物流园区")
    ('', '')
    """
    row = _row_of(name, corpus)
    if row is None or (measure == "level" and unit and not _fits(unit, row["unit"])):
        return ""
    return str(row["id"])


def indicator_id(name: str, *, unit: str = "", measure: str = "", corpus: str = "") -> str:
    """Return the id of an indicator's name, listed or composed; blank if it is not catalogued.

    A name that the catalogue does not list may be put together from words that it knows
    (`compose`); its id is put together from theirs. So is that of a share whose name says both
    part and whole.

    Examples
    --------
    >>> indicator_id("地区生产总值"), indicator_id("税收收入", unit="家", measure="level")
    ('gdp', '')
    >>> indicator_id("建成冷链物流园区"), indicator_id("云溪水库蓄水量")
    ('completed.cold_chain.logistics_parks', '')
    >>> indicator_id("高速公路通车总里程")
    'expressway_mileage'
    >>> indicator_id("工业投资占固定资产投资比重", unit="%", measure="ratio")
    'industrial_investment.share_of.fixed_asset_investment'
    """
    row = _row_of(name, corpus)
    if row is not None:
        found = _Composed(row["id"], row["unit"])
    else:
        composed = _compose(name, corpus)
        is_told = composed is not None and (composed.is_told or measure not in RELATIVE)
        found = composed if composed and is_told else _compose_share(name, corpus)
    return "" if measure == "level" and unit and not _fits(unit, found.unit) else found.id


class _Composed(NamedTuple):
    """What the words of a name make: an id, a base unit, and whether it can grow."""

    id: str
    unit: str
    is_told: bool = True  # as 企业 alone is not: it grows in money or in number


@lru_cache(maxsize=16384)
def _compose(name: str, corpus: str) -> _Composed | None:
    """Return what the words of a name make, None if they make no name.

    A name of the same words as a listed one has its id: 高速公路通车总里程, 高速公路通车里程.
    """
    composed = _read_words(name, corpus)
    if composed is None:
        return None
    has_listed = any(part.role == "indicator" for part in composed.parts)
    own = _words().split(_unturned(name)) if has_listed else composed
    row = own and _rows_by_words(corpus).get(own.id)
    made = (row["id"], row["unit"]) if row else (composed.id, composed.unit)
    return _Composed(*made, composed.is_told)


@lru_cache(maxsize=16384)
def _compose_share(name: str, corpus: str) -> _Composed:
    """Return what a share makes that names part and whole, blanks if one has no id."""
    ids = [part and indicator_id(part, corpus=corpus) for part in split_share(name)]
    return _Composed(SHARE_OF.join(ids), PER_CENT) if all(ids) else _NOTHING


_NOTHING = _Composed("", "")


@cache
def _groups() -> dict[str, str]:
    listed = {row["id"]: row["group"] for row in _rows()}
    return {part.id: part.group for part in listed_parts() if part.group} | listed


def group_of(concept: str) -> str:
    """Return the catalogue's group of an id; of a composed one, that of what is measured.

    Examples
    --------
    >>> group_of("gdp"), group_of("newly_built.cold_chain.logistics_parks"), group_of("云溪水库")
    ('National accounts', 'Domestic trade', '')
    """
    groups = _groups()
    return next((groups[one] for one in reversed(concept.split(".")) if one in groups), "")


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
    """Whether a unit can measure what a base unit measures: beds no hospitals, hours no rules."""
    if not base or not (dimension := _dimension(unit)):
        return True
    measured = _dimension(base)
    return dimension == measured or (measured == "count" and dimension in EXTENTS)


def _dimension(unit: str) -> str:
    """Return what a unit measures; blank where the list of units does not tell."""
    counted = unit.split("/")[0]
    kind = unit_kinds().get(counted, "")
    if kind != "count":
        return "" if kind == "other" else DIMENSIONS.get(kind, kind)
    roles = (role for role in ("people", "beds") if counted in words("name_words", f"units.{role}"))
    return next(roles, kind)


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
