"""What charts of words and slogans say in their titles, made from the numbers that they draw.

In: tables of the room `counting`. Out: sentences. Words that tie are named together.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from dz_analysis.showing.districts import join_names
from dz_analysis.showing.spelling import spell_count, spell_value


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


def say_contrasts(contrasts: pd.DataFrame, *, group: str) -> str:
    """Return how many comparisons pass word by word, and the surest of them with what ties with it.

    Parameters
    ----------
    contrasts : pandas.DataFrame
        From `contrast_regions`.
    group : str
        What a region is called.

    Examples
    --------
    >>> row = {"region": "甲区", "term": "蜂蜜", "count": 8, "reference": 4, "lrc": 1.0}
    >>> for part in say_contrasts(pd.DataFrame([row]), group="district").split(": "):
    ...     print(part)
    Word by word, as if words fell independently, 1 of 1 comparison of a word in a district passes
    the surest is 蜂蜜 in 甲区, 8 times against 4, at least 2.0 times the others' rate
    """
    if contrasts.empty:
        return f"No word of a {group} can be compared with others"
    passing = contrasts[contrasts["lrc"] > 0].sort_values(
        ["lrc", "count", "term"], ascending=[False, False, True]
    )
    verb = "passes" if len(passing) == 1 else "pass"
    found = (
        f"Word by word, as if words fell independently, {len(passing):,} of "
        f"{spell_count(len(contrasts), 'comparison')} of a word in a {group} {verb}"
    )
    if passing.empty:
        return found
    first = passing.iloc[0].to_dict()
    ties = int(np.isclose(passing["lrc"], first["lrc"], rtol=1e-9, atol=0).sum()) - 1
    also = f" (and {spell_count(ties, 'other')} as surely)" if ties else ""
    return (
        f"{found}: the surest is {first['term']} in {first['region']}, "
        f"{spell_count(int(first['count']), 'time')} against {int(first['reference']):,}, "
        f"at least {2 ** first['lrc']:.1f} times the others' rate{also}"
    )


def say_common(common: pd.DataFrame, *, documents: int) -> str:
    """Return which of the most frequent words come first, and how many stand in all documents.

    Examples
    --------
    >>> common = pd.DataFrame({"term": ["甲", "乙"], "count": [5, 3], "documents": [4, 2]})
    >>> say_common(common, documents=4)
    '甲 comes first; 1 of the 2 most frequent words stands in all 4 documents'
    """
    if common.empty:
        return "No word is said more than once"
    leaders = list_first(common)
    verb = "come" if len(leaders) > 1 else "comes"
    found = f"{join_names(leaders)} {verb} first"
    if documents == 1:
        return found
    everywhere = int((common["documents"] == documents).sum())
    stand = "stands" if everywhere == 1 else "stand"
    of = "all" if everywhere == len(common) > 1 else f"{everywhere} of the"
    held = f"all {spell_count(documents, 'document')}"
    return f"{found}; {of} {len(common)} most frequent words {stand} in {held}"


def say_rates(asked: pd.DataFrame, *, most: int = 6) -> str:
    """Return the rates of the phrases asked for, the most said first, and which nobody says.

    Parameters
    ----------
    asked : pandas.DataFrame
        From `rate_by_region`.
    most : int
        Rates told at most.

    Examples
    --------
    >>> rows = [("两山", "甲区", 2, 4.0, 0.5, 14.4), ("两山", "乙区", 0, 0.0, 0.0, 7.0)]
    >>> ends = ["per_10k_chars", "per_10k_chars_low", "per_10k_chars_high"]
    >>> say_rates(pd.DataFrame(rows, columns=["slogan", "region", "count", *ends]))
    'Per 10,000 Han characters (exact 95 % interval): 两山 4.0 (0.5 to 14.4) in 甲区, 2 times'
    """
    order = ["count", "slogan", "region"]
    uses = asked[asked["count"] > 0].sort_values(order, ascending=[False, True, True])
    silent = [str(name) for name in asked["slogan"].unique() if name not in set(uses["slogan"])]
    nobody = f"no document says {' or '.join(silent)}"
    if uses.empty:
        return nobody[:1].upper() + nobody[1:]
    told = [
        f"{row['slogan']} {row['per_10k_chars']:.1f} ({row['per_10k_chars_low']:.1f} to "
        f"{row['per_10k_chars_high']:.1f}) in {row['region']}, {_spell_times(row['count'])}"
        for row in uses.head(most).to_dict("records")
    ]
    more = [f"and {len(uses) - most} more"] if len(uses) > most else []
    rates = "; ".join([*told, *more, *([nobody] if silent else [])])
    return f"Per 10,000 Han characters (exact 95 % interval): {rates}"


def _spell_times(count: int) -> str:
    return "once" if count == 1 else f"{count:,} times"


def say_spread(spread: pd.DataFrame, *, documents: int) -> str:
    """Return which slogans stand in most documents, and how many in more than one.

    Parameters
    ----------
    spread : pandas.DataFrame
        One row a slogan: columns ``slogan`` and ``documents`` (that hold it).
    documents : int
        Documents of the corpus.

    Examples
    --------
    >>> spread = pd.DataFrame({"slogan": ["甲", "乙", "丙"], "documents": [4, 4, 1]})
    >>> say_spread(spread, documents=5)
    'Of 3 slogans and coinages 2 stand in more than one document, 甲 and 乙 in 4 of 5'
    >>> say_spread(spread, documents=4).split(", ")[1], say_spread(spread.tail(1), documents=1)
    ('甲 and 乙 in all 4', '1 slogan or coinage stands in the only document')
    """
    what = "slogan or coinage stands" if len(spread) == 1 else "slogans and coinages stand"
    if documents == 1:
        return f"{len(spread):,} {what} in the only document"
    shared = int((spread["documents"] > 1).sum())
    verb = "stands" if shared == 1 else "stand"
    found = f"Of {len(spread):,} slogans and coinages {shared:,} {verb} in more than one document"
    if not shared:
        return found
    widest = int(spread["documents"].max())
    first = list_first(spread.assign(count=spread["documents"]), name="slogan")
    held = f"all {documents}" if widest == documents else f"{widest} of {documents}"
    return f"{found}, {join_names(first)} in {held}"


def say_within(both: pd.DataFrame) -> str:
    """Return whether plans say more of something than reviews, within documents that hold both.

    Parameters
    ----------
    both : pandas.DataFrame
        From `compare_within`, of one thing; empty where no document holds both parts.

    Examples
    --------
    >>> one = {"documents": 1, "first_count": 2, "second_count": 5, "first": 147.0, "second": 11.0}
    >>> say_within(pd.DataFrame([one | {"p": 1.0}]))
    '1 document holds both a review and a plan (5 and 2 mentions): too few to compare the two'
    """
    if both.empty:
        return "No document holds both a review and a plan, so the two can't be compared"
    row = both.iloc[0].to_dict()
    documents = spell_count(int(row["documents"]), "document")
    mentions = f"{int(row['second_count']):,} and {int(row['first_count']):,} mentions"
    least = both.attrs.get("p_smallest", 1.0)
    if row["documents"] == 1 or least >= 0.05:
        verb = "holds" if row["documents"] == 1 else "hold"
        return (
            f"{documents} {verb} both a review and a plan ({mentions}): too few to compare the two"
        )
    return (
        f"Within {documents} with both parts, weighed by their size: {row['first']:.0f} per 10,000 "
        f"characters in the plan and {row['second']:.0f} in the review "
        f"(p = {spell_value(row['p'], digits=2)})"
    )


def pick_evenly(names: Sequence[str], most: int) -> list[str]:
    """Return some of many names, at equal distances from the first to the last.

    Steps of a whole number would fall on one year alone where two years take turns.

    Examples
    --------
    >>> pick_evenly(list("abcdefgh"), 4), pick_evenly(list("ab"), 4)
    (['a', 'c', 'f', 'h'], ['a', 'b'])
    """
    if len(names) <= most:
        return list(names)
    places = np.rint(np.linspace(0, len(names) - 1, max(most, 1))).astype(int)
    return [names[place] for place in places]
