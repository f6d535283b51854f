"""When a slogan is said first in a corpus, and who said it before.

In: the `slogans` and `documents` tables, and the list of slogans, which knows where reports of the
country, of provinces, cities and counties say each first. Out: one row a slogan with its first year
here, its first year in those reports, the years between, and what can be said of the order.

First means first among the documents at hand. What stands in the first document of a place already
may be older; what is first said in a year may have been said in the years before it that have no
document.
"""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from dz_analysis.counting import words
from dz_analysis.finding.place.resolve import nation_name

LEVELS = ("country", "province", "city", "county")  # from above to below
HERE, AFTER, SAME, OPEN = "first here", "after others", "same year", "first document"
VERDICTS = (HERE, AFTER, SAME, OPEN)
USE_COLUMNS = (
    "slogan",
    "kind",
    "count",
    "documents",
    "places",
    "first_year",
    "year_before",
    "last_year",
    "first_level",
    "first_places",
    "first_place",
    "listed_year",
    "listed_level",
    "listed_document",
    "verdict",
    "lag",
    "is_bound",
)


def tell_level(documents: pd.DataFrame) -> pd.Series:
    """Return the level that each document speaks for, blank if it can't be told.

    Examples
    --------
    >>> codes = {"region_code": ["", "340000", "371400", "371402", "371400:高新区", ""]}
    >>> table = pd.DataFrame({"region": ["全国", "", "", "", "", ""], **codes})
    >>> tell_level(table).tolist()
    ['country', 'province', 'city', 'county', 'county', '']
    """
    code = documents["region_code"].fillna("").astype("str")
    level = pd.Series("county", index=documents.index).where(code.str.len() >= 6, "")
    level = level.mask(code.str.fullmatch(r"\d{4}00"), "city")
    level = level.mask(code.str.fullmatch(r"\d{2}0000"), "province")
    return level.mask(documents["region"] == nation_name(), "country")


def find_first_uses(
    slogans: pd.DataFrame, dated: pd.DataFrame, *, corpus: str = ""
) -> pd.DataFrame:
    """Say when each listed slogan of a corpus is said first, and who said it before.

    Parameters
    ----------
    slogans : pandas.DataFrame
        The `slogans` table. Coinages that are not listed are left out: the list can't date them.
    dated : pandas.DataFrame
        From `date_documents`.
    corpus : str, optional
        A corpus whose own list counts too.

    Returns
    -------
    pandas.DataFrame
        One row a slogan, by first_year, then most documents: slogan, kind, count, documents and
        places (that say it), first_year, year_before (the last earlier year with a document of a
        place that says it first; missing if there is none), last_year, first_level (the highest
        that says it in its first year), first_places (how many do), first_place (if it is one),
        listed_year, listed_level, listed_document (as the list has them; missing or blank if no
        report said it), verdict, lag (years from listed_year to first_year, if it is said
        earlier elsewhere) and is_bound (the lag is at most that: no place that says it first has a
        document of listed_year or before). The verdict is ``after others`` if a report of the list
        says it in an earlier year, ``same year`` if one of a higher level does in the same year,
        ``first document`` if only first documents of their places say it in its first year and
        none said it earlier, so that nothing is known, else ``first here``.

    Examples
    --------
    >>> dated = pd.DataFrame({"id": ["a", "b"], "region": "某县", "region_code": "371499"})
    >>> dated["year"] = [2019, 2021]
    >>> said = pd.DataFrame({"document": ["a", "b"], "slogan": ["高质量发展", "六保"]})
    >>> uses = find_first_uses(said.assign(form="lexicon", count=1), dated)
    >>> uses[["slogan", "first_year", "listed_year", "verdict", "lag"]].values.tolist()
    [['高质量发展', 2019, 2018, 'after others', 1], ['六保', 2021, 2021, 'same year', <NA>]]
    """
    own = dated.assign(level=tell_level(dated)).set_index("id")
    listed = slogans[(slogans["form"] == "lexicon") & slogans["document"].isin(own.index)]
    said = listed.join(own[["year", "level", "region"]], on="document")
    if said.empty:
        return pd.DataFrame({name: pd.Series(dtype="object") for name in USE_COLUMNS})
    groups = said.groupby("slogan")
    totals = groups.agg(
        count=("count", "sum"),
        documents=("document", "nunique"),
        places=("region", "nunique"),
        first_year=("year", "min"),
        last_year=("year", "max"),
    )
    opening = said[said["year"] == said["slogan"].map(totals["first_year"])]
    table = totals.join(opening.groupby("slogan")[["level", "region"]].agg(_tell_opening))
    held = opening[["slogan", "year", "region"]].merge(
        dated[["region", "year"]], on="region", suffixes=("", "_held")
    )
    earlier = held[held["year_held"] < held["year"]].groupby("slogan")["year_held"]
    table = table.assign(
        first_level=table["level"].str[0],
        first_places=table["region"].str.len(),
        first_place=[names[0] if len(names) == 1 else "" for names in table["region"]],
        year_before=earlier.max().astype("Int64"),
        _held_since=earlier.min().astype("Int64"),
    )
    told = _judge(table.join(_listed(corpus)).reset_index(), set(own.index))
    ordered = told.sort_values(["first_year", "documents", "slogan"], ascending=[True, False, True])
    return ordered[list(USE_COLUMNS)].reset_index(drop=True)


def _tell_opening(values: pd.Series) -> list[str]:
    """Return the distinct values, levels from above to below."""
    rank = {level: number for number, level in enumerate(LEVELS)}
    return sorted(set(values), key=lambda value: (rank.get(value, len(LEVELS)), value))


def _listed(corpus: str) -> pd.DataFrame:
    """Return what the list knows of each slogan."""
    rows = [
        (
            row["slogan"],
            row["kind"],
            int(row.get("first_year") or 0),
            row.get("first_level", ""),
            row.get("first_document", ""),
        )
        for row in words.slogan_rows(corpus)
    ]
    columns = ["slogan", "kind", "listed_year", "listed_level", "listed_document"]
    table = pd.DataFrame(rows, columns=columns).set_index("slogan")
    years = table["listed_year"].astype("Int64")
    return table.assign(listed_year=years.mask(years == 0))


def _judge(table: pd.DataFrame, own: Collection[str]) -> pd.DataFrame:
    """Add what can be said of the order: verdict, lag and whether it is a bound."""
    # A document of the corpus itself that is listed, but does not say it, only explains it.
    listed = table["listed_document"].map(words.split_cell)
    is_own = listed.map(lambda documents: any(one in own for one in documents)).astype(bool)
    lag = (table["first_year"] - table["listed_year"].mask(is_own)).astype("Int64")
    rank = {level: number for number, level in enumerate(LEVELS)}
    above = table["listed_level"].map(rank) < table["first_level"].map(rank)
    opens = table["year_before"].isna()
    verdict = pd.Series(HERE, index=table.index).mask(opens, OPEN)
    verdict = verdict.mask((lag == 0).fillna(False) & above, SAME)
    is_after = (lag > 0).fillna(False).astype(bool)
    verdict = verdict.mask(is_after, AFTER)
    is_bound = is_after & ~(table["_held_since"] <= table["listed_year"]).fillna(False)
    return table.assign(verdict=verdict, lag=lag.where(is_after), is_bound=is_bound)


def count_first_uses(uses: pd.DataFrame) -> pd.DataFrame:
    """Count the slogans by what can be said of the order, and by who said them first.

    Parameters
    ----------
    uses : pandas.DataFrame
        From `find_first_uses`.

    Returns
    -------
    pandas.DataFrame
        One row a verdict and level of who said them first: verdict, level, slogans, lag (median
        of the lags that are no bounds, missing if there is none), lag_at_most (median of the
        lags with the bounds).
    """
    elsewhere = uses["verdict"].isin([AFTER, SAME])
    level = uses["listed_level"].where(elsewhere, uses["first_level"])
    lags = uses["lag"].astype("Float64")
    grouped = uses.assign(level=level, lag_at_most=lags, lag=lags.mask(uses["is_bound"])).groupby(
        ["verdict", "level"], sort=False
    )
    table = grouped.agg(
        slogans=("slogan", "size"), lag=("lag", "median"), lag_at_most=("lag_at_most", "median")
    ).reset_index()
    order = table["verdict"].map({name: place for place, name in enumerate(VERDICTS)})
    rank = table["level"].map({name: place for place, name in enumerate(LEVELS)})
    ordered = table.assign(_order=order, _rank=rank).sort_values(["_order", "_rank"])
    return ordered.drop(columns=["_order", "_rank"]).reset_index(drop=True)


def listed_since() -> dict[str, int]:
    """Return the first year of which the list knows a report, by level, the highest first."""
    table = _listed("").dropna(subset=["listed_year"])
    first = table.groupby("listed_level")["listed_year"].min()
    return {level: int(first[level]) for level in LEVELS if level in first.index}
