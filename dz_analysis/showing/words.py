"""What charts of words and slogans say in their titles, made from the numbers that they draw.

In: tables of the room `counting`. Out: sentences. Words that tie are named together.
"""

from __future__ import annotations

import pandas as pd

from dz_analysis.showing.districts import join_names
from dz_analysis.showing.spelling import spell_count


def list_first(table: pd.DataFrame, *, name: str = "term") -> list[str]:
    """Return the words with the largest count, all of them where several tie.

    Parameters
    ----------
    table : pandas.DataFrame
        Columns `name` and ``count``, one row a word.
    name : str
        Column of the word.

    Examples
    --------
    >>> list_first(pd.DataFrame({"term": ["甲", "乙", "丙"], "count": [2, 4, 4]}))
    ['乙', '丙']
    """
    return [str(word) for word in table.loc[table["count"] == table["count"].max(), name]]


def say_first(table: pd.DataFrame, what: str) -> str:
    """Return which words of a table are the most frequent, of how many.

    Parameters
    ----------
    table : pandas.DataFrame
        Columns ``term`` and ``count``, one row a word.
    what : str
        What the words are called, in the plural.

    Examples
    --------
    >>> say_first(pd.DataFrame({"term": ["推进", "项目", "企业"], "count": [6, 6, 5]}), "words")
    '推进 and 项目 are the most frequent of 3 words, 6 times each'
    """
    if table.empty:
        return f"No {what} found"
    first, times = list_first(table), spell_count(int(table["count"].max()), "time")
    verb, each = ("is", "") if len(first) == 1 else ("are", " each")
    return f"{join_names(first)} {verb} the most frequent of {len(table):,} {what}, {times}{each}"


def say_asked(asked: pd.DataFrame, *, group: str) -> str:
    """Return where the phrases asked for are not said at all, and which is said most often where.

    Parameters
    ----------
    asked : pandas.DataFrame
        From `rate_by_region`: columns ``slogan``, ``region``, ``count``, zeros included.
    group : str
        What a region is called: ``"district"``, or ``"decade"``.

    Examples
    --------
    >>> rows = [("两山", "甲区", 2), ("两山", "乙区", 1), ("两山", "丙区", 0)]
    >>> say_asked(pd.DataFrame(rows, columns=["slogan", "region", "count"]), group="district")
    'No use of 两山 in 1 of 3 districts; most often said: 两山 in 甲区, 2 times'
    """
    phrases = ", ".join(asked["slogan"].unique())
    silent = int((asked.groupby("region")["count"].sum() == 0).sum())
    found = f"No use of {phrases} in {silent} of {spell_count(asked['region'].nunique(), group)}"
    most = asked[asked["count"] == asked["count"].max()]
    if not asked["count"].any():
        return found
    where = [f"{row['slogan']} in {row['region']}" for row in most.to_dict("records")]
    times = spell_count(int(asked["count"].max()), "time") + (" each" if len(most) > 1 else "")
    return f"{found}; most often said: {join_names(where)}, {times}"


def say_own(repeated: pd.DataFrame, *, groups: int, group: str) -> str:
    """Return how many slogans stand more than once and in one district only, and where most do.

    Parameters
    ----------
    repeated : pandas.DataFrame
        One row a slogan of one district: column ``region``.
    groups : int
        Districts that are compared; of a single one nothing is said to be its own.
    group : str
        What a region is called.

    Examples
    --------
    >>> own = pd.DataFrame({"region": ["甲区", "甲区", "乙区"]})
    >>> say_own(own, groups=3, group="district")
    '3 slogans and coinages stand more than once and in one district only, 2 of them in 甲区'
    >>> say_own(own.head(2), groups=1, group="district")
    '2 slogans and coinages stand more than once'
    """
    verb = "slogan or coinage stands" if len(repeated) == 1 else "slogans and coinages stand"
    found = f"{len(repeated):,} {verb} more than once"
    if groups < 2:
        return found
    found += f" and in one {group} only"
    richest = repeated.groupby("region").size()
    if len(richest) < 2:
        return found + (f", in {richest.index[0]}" if len(richest) else "")
    first = list(richest.index[richest == richest.max()])
    each = " each" if len(first) > 1 else ""
    return f"{found}, {richest.max():,} of them{each} in {join_names(first)}"
