"""Documents by the year in which they were given, and what is counted in them.

In: the tables of a corpus. Out: the year of each document, one table of mentions of words, slogans
and indicators, and the two ways in which years can be compared: the documents of one place in their
order, or two years of the same places.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

import pandas as pd

from dz_analysis.counting.asked import count_asked, standard_forms
from dz_analysis.counting.contrasts import rate_by_region
from dz_analysis.counting.terms import is_stop_word

FEWEST_YEARS = 8  # points that a series needs before a break in it can be tested
FEWEST_PLACES = 3  # places with both years that a change within places needs
KINDS = WORD, SLOGAN, INDICATOR, PHRASE = "word", "slogan", "indicator", "phrase"
ITEM_COLUMNS = ("document", "item", "kind", "name", "count")
RATE_COLUMNS = (
    *("item", "year", "count", "documents", "han_chars", "per_10k_chars"),
    *("per_10k_chars_low", "per_10k_chars_high", "by_document_low", "by_document_high"),
)
YEAR = r"(\d{4})"


class YearPair(NamedTuple):
    """Two years and the places that hold documents of both."""

    first: int
    last: int
    places: tuple[str, ...]


def date_documents(documents: pd.DataFrame, paragraphs: pd.DataFrame | None = None) -> pd.DataFrame:
    """Say in which year each document was given, and leave out those without text or date.

    A document is given in the last year that it reports on, or in the year after it. Which of the
    two is said by its date of publication, else by the first year of its title; else a report that
    runs to a December is given in the year after.

    Parameters
    ----------
    documents : pandas.DataFrame
        The `documents` table.
    paragraphs : pandas.DataFrame, optional
        The `paragraphs` table: with it the characters of glossaries are no part of ``han_chars``.

    Returns
    -------
    pandas.DataFrame
        The same rows, less those without Han characters or without a period, with a column
        ``year``; by year and id.

    Examples
    --------
    >>> table = pd.DataFrame({"id": ["a", "b", "c"], "han_chars": 9})
    >>> table["title"] = ["1997年政府工作报告", "政府工作报告", "上半年经济运行情况"]
    >>> table["period_end"], table["published"] = ["1996-12", "1996-12", "1996-06"], ""
    >>> date_documents(table)[["id", "year"]].values.tolist()
    [['c', 1996], ['a', 1997], ['b', 1997]]
    """
    ends = pd.to_numeric(documents["period_end"].str.extract(YEAR)[0])
    is_dated = ends.notna() & (documents["han_chars"] > 0)
    dated: pd.DataFrame = documents.assign(_end=ends)[is_dated]
    if paragraphs is not None:
        explained = paragraphs[paragraphs["stance"] == "glossary"]
        sizes = explained.groupby("document")["han_chars"].sum()
        apart = dated["id"].map(sizes).fillna(0).astype("int64")
        dated = dated.assign(han_chars=dated["han_chars"] - apart)
        dated = dated[dated["han_chars"] > 0]
    end = dated["_end"].astype("int64")
    year = end + dated["period_end"].str.endswith("-12").astype("int64")
    for column in ("title", "published"):
        told = pd.to_numeric(dated[column].str.extract(YEAR)[0])
        year = year.where(~((told == end) | (told == end + 1)), told)
    placed = dated.drop(columns="_end").assign(year=year.astype("int64"))
    ordered: pd.DataFrame = placed.sort_values(["year", "id"], ignore_index=True)
    return ordered


def count_mentions(
    terms: pd.DataFrame,
    slogans: pd.DataFrame,
    observations: pd.DataFrame,
    *,
    corpus: str = "",
) -> pd.DataFrame:
    """Count words, slogans and indicators by document in one table.

    Parameters
    ----------
    terms : pandas.DataFrame
        The `terms` table. Stop words and words that are counted as slogans are left out.
    slogans : pandas.DataFrame
        The `slogans` table: listed slogans and coinages.
    observations : pandas.DataFrame
        The `observations` table: each number of a catalogued indicator is a mention of it.
    corpus : str, optional
        A corpus whose own stop words are left out too.

    Returns
    -------
    pandas.DataFrame
        One row a document and item: document, item (kind and name), kind (``word``, ``slogan``,
        ``indicator``), name (of an indicator the commonest one in the corpus), count.

    Examples
    --------
    >>> terms = pd.DataFrame({"document": "a", "term": ["项目", "双招双引"], "count": [3, 1]})
    >>> slogans = pd.DataFrame({"document": ["a"], "slogan": "双招双引", "count": 1})
    >>> numbers = {"document": "a", "indicator_id": "gdp", "indicator": ["GDP", "GDP"]}
    >>> count_mentions(terms, slogans, pd.DataFrame(numbers))[["item", "count"]].values.tolist()
    [['indicator GDP', 2], ['slogan 双招双引', 1], ['word 项目', 3]]
    """
    catalogued = observations[observations["indicator_id"].fillna("") != ""]
    names = catalogued.groupby("indicator_id")["indicator"].agg(_commonest)
    said = set(slogans["slogan"])
    words = terms[~is_stop_word(terms["term"], corpus=corpus) & ~terms["term"].isin(said)]
    parts = [
        words.assign(kind=WORD, name=words["term"]),
        slogans.assign(kind=SLOGAN, name=slogans["slogan"]),
        catalogued.assign(
            kind=INDICATOR, name=catalogued["indicator_id"].map(names).astype("str"), count=1
        ),
    ]
    rows = pd.concat([part[["document", "kind", "name", "count"]] for part in parts])
    totals = rows.groupby(["kind", "name", "document"], as_index=False)["count"].sum()
    items = totals["kind"].astype("str") + " " + totals["name"].astype("str")
    named: pd.DataFrame = totals.assign(item=items)[list(ITEM_COLUMNS)]
    return named.reset_index(drop=True)


def add_asked(
    mentions: pd.DataFrame,
    names: Sequence[str],
    slogans: pd.DataFrame,
    *,
    texts: Mapping[str, str] | None = None,
) -> tuple[pd.DataFrame, list[str]]:
    """Find items by their names, and count in the texts what the tables don't hold.

    Parameters
    ----------
    mentions : pandas.DataFrame
        From `count_mentions`.
    names : sequence of str
        Words, slogans in any written form, indicators, or other phrases.
    slogans : pandas.DataFrame
        The `slogans` table.
    texts : mapping of str to str, optional
        Article by document.

    Returns
    -------
    mentions : pandas.DataFrame
        With rows of kind ``phrase`` for what was counted in the texts.
    items : list of str
        The items asked for; a name that several kinds share gives them all.

    Raises
    ------
    ValueError
        If a name stands in no table and no text is at hand; the nearest are named.

    Examples
    --------
    >>> table = pd.DataFrame([("a", "word 项目", "word", "项目", 3)], columns=list(ITEM_COLUMNS))
    >>> none = pd.DataFrame({"document": ["a"], "slogan": ["高质量发展"], "count": [1]})
    >>> added, items = add_asked(table, ["项目", "在建工程"], none, texts={"a": "在建工程"})
    >>> items, added["count"].tolist()
    (['word 项目', 'phrase 在建工程'], [3, 1])
    """
    known = mentions[["item", "kind", "name"]].drop_duplicates()
    wanted = dict.fromkeys([*names, *standard_forms(names)])
    found = {name: sorted(known.loc[known["name"] == name, "item"]) for name in wanted}
    missing = [n for n in names if not found[n] and not found[standard_forms([n])[0]]]
    items = [item for name in wanted for item in found[name]]
    if not missing:
        return mentions, items
    counted = count_asked(missing, slogans, texts=texts)
    rows = counted.assign(
        kind=PHRASE, name=counted["slogan"], item=f"{PHRASE} " + counted["slogan"].astype("str")
    )
    said = pd.concat([mentions, rows[list(ITEM_COLUMNS)]], ignore_index=True)
    return said, [*items, *(f"{PHRASE} {name}" for name in standard_forms(missing))]


def keep_frequent(
    mentions: pd.DataFrame, ids: Collection[str], fewest: int, *, also: Collection[str] = ()
) -> pd.DataFrame:
    """Keep the items that stand in at least `fewest` of some documents, and only these documents.

    Parameters
    ----------
    mentions : pandas.DataFrame
        From `count_mentions`.
    ids : collection of str
        The documents.
    fewest : int
        Documents that an item must stand in. The order of the documents has no say, so a test of
        their order stays what it is.
    also : collection of str
        Items kept in any case, such as those that a reader asks for.

    Returns
    -------
    pandas.DataFrame
    """
    inside = mentions[mentions["document"].isin(list(ids))]
    spread = inside.groupby("item")["document"].nunique()
    kept = {*spread.index[spread >= fewest], *also}
    return inside[inside["item"].isin(kept)].reset_index(drop=True)


def choose_series(dated: pd.DataFrame, place: str = "") -> pd.DataFrame:
    """Return the documents of the place that has most years, in their order.

    Parameters
    ----------
    dated : pandas.DataFrame
        From `date_documents`.
    place : str
        The place to follow instead.

    Returns
    -------
    pandas.DataFrame
        Rows of `dated`; none if no document has a place.

    Raises
    ------
    ValueError
        If no document is about the place asked for.
    """
    placed = dated[dated["region"] != ""]
    years = placed.groupby("region")["year"].nunique()
    if place and place not in years.index:
        msg = f"No dated document is about {place!r}; there are {sorted(years.index)}."
        raise ValueError(msg)
    chosen = place or (str(years.idxmax()) if len(years) else "")
    return placed[placed["region"] == chosen].reset_index(drop=True)


def choose_pair(dated: pd.DataFrame, wanted: Sequence[int] = ()) -> YearPair:
    """Return the two years that most places hold documents of; of several the furthest apart.

    Parameters
    ----------
    dated : pandas.DataFrame
        From `date_documents`.
    wanted : sequence of int
        The two years to take instead.

    Returns
    -------
    YearPair
        With fewer than two years two zeros and no place.

    Raises
    ------
    ValueError
        If not two years are wanted, or there is no document of one of them.

    Examples
    --------
    >>> table = pd.DataFrame({"region": ["甲", "甲", "乙", "乙"], "year": [1, 3, 1, 2]})
    >>> choose_pair(table)
    YearPair(first=1, last=3, places=('甲',))
    """
    placed = dated[dated["region"] != ""]
    held = {year: set(rows["region"]) for year, rows in placed.groupby("year")}
    years = sorted(int(year) for year in placed["year"].unique())
    if wanted and (len(set(wanted)) != 2 or not set(wanted) <= set(years)):
        msg = f"Years {list(wanted)} can't be compared; expected two of {years}."
        raise ValueError(msg)
    years = sorted(wanted) or years
    pairs = [YearPair(a, b, tuple(sorted(held[a] & held[b]))) for a, b in combinations(years, 2)]
    order = [(len(p.places), p.last - p.first, p.last) for p in pairs]
    return pairs[order.index(max(order))] if pairs else YearPair(0, 0, ())


def rate_by_year(mentions: pd.DataFrame, dated: pd.DataFrame, items: Iterable[str]) -> pd.DataFrame:
    """Give the rate of some items in each year, zeros included.

    Parameters
    ----------
    mentions : pandas.DataFrame
        From `count_mentions`.
    dated : pandas.DataFrame
        From `date_documents`, or some of its rows.
    items : iterable of str
        The items, in the order wanted.

    Returns
    -------
    pandas.DataFrame
        One row an item and year that has documents: item, year, count,
        documents, han_chars, per_10k_chars with its exact Poisson interval, by_document_low and
        by_document_high (missing for fewer than three documents).

    Examples
    --------
    >>> dated = pd.DataFrame({"id": list("abc"), "year": [1991, 1992, 2001], "han_chars": 5_000})
    >>> said = pd.DataFrame({"document": ["a", "b"], "item": "word 改革", "count": [4, 6]})
    >>> rate_by_year(said, dated, ["word 改革"])[["year", "per_10k_chars"]].values.tolist()
    [[1991.0, 8.0], [1992.0, 12.0], [2001.0, 0.0]]
    """
    wanted = list(items)
    if dated.empty or not wanted:
        return pd.DataFrame({name: pd.Series(dtype="float64") for name in RATE_COLUMNS})
    grouped = dated.assign(region=dated["year"].astype("str"))
    inside = mentions[mentions["document"].isin(set(dated["id"]))]
    rates = rate_by_region(inside, grouped, wanted, name="item")
    return rates.rename(columns={"region": "year"}).astype({"year": "int64"})


def _commonest(names: pd.Series) -> str:
    """Return the name that stands most often, of several the first in order."""
    return str(names.mode().iloc[0])
