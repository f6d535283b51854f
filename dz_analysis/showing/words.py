"""What charts of words and slogans say in their titles, made from the numbers that they draw.

In: tables of the room `counting`. Out: sentences. Words that tie are named together.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from dz_analysis.language import label, say, say_count
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
        What the words are called, in the plural, as the catalogues of labels have it.

    Examples
    --------
    >>> say_first(pd.DataFrame({"term": ["推进", "项目", "企业"], "count": [6, 6, 5]}), "words")
    '推进 and 项目 are the most frequent of 3 words, 6 times each'
    """
    if table.empty:
        return say("No {what} found", what=label(what))
    first = list_first(table)
    told = {"names": join_names(first), "n": len(table), "what": label(what)}
    told["times"] = spell_count(int(table["count"].max()), "time")
    if len(first) == 1:
        return say("{names} is the most frequent of {n:,} {what}, {times}", **told)
    return say("{names} are the most frequent of {n:,} {what}, {times} each", **told)


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
    found = say(
        "No use of {phrases} in {n} of {all}",
        phrases=say(", ").join(asked["slogan"].unique()),
        n=int((asked.groupby("region")["count"].sum() == 0).sum()),
        all=spell_count(asked["region"].nunique(), group),
    )
    most = asked[asked["count"] == asked["count"].max()]
    if not asked["count"].any():
        return found
    where = [
        say("{word} in {place}", word=row["slogan"], place=row["region"])
        for row in most.to_dict("records")
    ]
    told = {"found": found, "where": join_names(where)}
    told["times"] = spell_count(int(asked["count"].max()), "time")
    if len(most) > 1:
        return say("{found}; most often said: {where}, {times} each", **told)
    return say("{found}; most often said: {where}, {times}", **told)


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
    if groups < 2:
        return say_count(
            len(repeated),
            "{n} slogan or coinage stands more than once",
            "{n} slogans and coinages stand more than once",
        )
    found = say_count(
        len(repeated),
        "{n} slogan or coinage stands more than once and in one {group} only",
        "{n} slogans and coinages stand more than once and in one {group} only",
        group=label(group),
    )
    richest = repeated.groupby("region").size()
    if len(richest) < 2:
        return found + (say(", in {place}", place=richest.index[0]) if len(richest) else "")
    first = list(richest.index[richest == richest.max()])
    told = {"n": int(richest.max()), "names": join_names(first)}
    if len(first) > 1:
        return found + say(", {n:,} of them each in {names}", **told)
    return found + say(", {n:,} of them in {names}", **told)


def say_subjects(subjects: pd.Series) -> str:
    """Return which subjects of slogans are mentioned most, and their share of the mentions.

    Parameters
    ----------
    subjects : pandas.Series of int
        Mentions of listed slogans by subject, the most mentioned first; subjects as labels.

    Examples
    --------
    >>> say_subjects(pd.Series({"ecology": 3, "party": 1}))
    'ecology: 75 % of the mentions of listed slogans, the most frequent of 2 subjects'
    >>> say_subjects(pd.Series(dtype="int64"))
    'No listed slogan'
    """
    if subjects.empty:
        return say("No listed slogan")
    first = subjects[subjects == subjects.max()]
    told = {"names": say(" and ").join(map(label, first.index)), "n": len(subjects)}
    told["share"] = f"{100 * first.iloc[0] / subjects.sum():.0f}"
    if len(first) > 1:
        return say(
            "{names}: {share} % of the mentions of listed slogans each, the most frequent of {n} "
            "subjects",
            **told,
        )
    return say(
        "{names}: {share} % of the mentions of listed slogans, the most frequent of {n} subjects",
        **told,
    )


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
        return say("No word of a {group} can be compared with others", group=label(group))
    passing = contrasts[contrasts["lrc"] > 0].sort_values(
        ["lrc", "count", "term"], ascending=[False, False, True]
    )
    found = say_count(
        len(passing),
        "Word by word, as if words fell independently, {n} of {all} of a word in a {group} passes",
        "Word by word, as if words fell independently, {n} of {all} of a word in a {group} pass",
        all=spell_count(len(contrasts), "comparison"),
        group=label(group),
    )
    if passing.empty:
        return found
    first = passing.iloc[0].to_dict()
    ties = int(np.isclose(passing["lrc"], first["lrc"], rtol=1e-9, atol=0).sum()) - 1
    also = say(" (and {others} as surely)", others=spell_count(ties, "other")) if ties else ""
    return say(
        "{found}: the surest is {word} in {place}, {times} against {others:,}, at least "
        "{ratio:.1f} times the others' rate{also}",
        found=found,
        word=first["term"],
        place=first["region"],
        times=spell_count(int(first["count"]), "time"),
        others=int(first["reference"]),
        ratio=2 ** first["lrc"],
        also=also,
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
        return say("No word is said more than once")
    leaders = list_first(common)
    names = join_names(leaders)
    found = say_count(len(leaders), "{names} comes first", "{names} come first", names=names)
    if documents == 1:
        return found
    everywhere = int((common["documents"] == documents).sum())
    told = {"found": found, "all": len(common), "held": spell_count(documents, "document")}
    if everywhere == len(common) > 1:
        return say("{found}; all {all} most frequent words stand in all {held}", **told)
    return say_count(
        everywhere,
        "{found}; {n} of the {all} most frequent words stands in all {held}",
        "{found}; {n} of the {all} most frequent words stand in all {held}",
        **told,
    )


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
    nobody = say("no document says {names}", names=say(" or ").join(silent))
    if uses.empty:
        return nobody[:1].upper() + nobody[1:]
    told = [
        say(
            "{word} {rate:.1f} ({low:.1f} to {high:.1f}) in {place}, {times}",
            word=row["slogan"],
            rate=row["per_10k_chars"],
            low=row["per_10k_chars_low"],
            high=row["per_10k_chars_high"],
            place=row["region"],
            times=say_count(int(row["count"]), "once", "{n} times"),
        )
        for row in uses.head(most).to_dict("records")
    ]
    more = [say("and {n} more", n=len(uses) - most)] if len(uses) > most else []
    rates = say("; ").join([*told, *more, *([nobody] if silent else [])])
    return say("Per 10,000 Han characters (exact 95 % interval): {rates}", rates=rates)


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
    if documents == 1:
        return say_count(
            len(spread),
            "{n} slogan or coinage stands in the only document",
            "{n} slogans and coinages stand in the only document",
        )
    shared = int((spread["documents"] > 1).sum())
    found = say_count(
        shared,
        "Of {all:,} slogans and coinages {n} stands in more than one document",
        "Of {all:,} slogans and coinages {n} stand in more than one document",
        all=len(spread),
    )
    if not shared:
        return found
    widest = int(spread["documents"].max())
    first = list_first(spread.assign(count=spread["documents"]), name="slogan")
    told = {"found": found, "names": join_names(first), "n": widest, "all": documents}
    if widest == documents:
        return say("{found}, {names} in all {all}", **told)
    return say("{found}, {names} in {n} of {all}", **told)


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
        return say("No document holds both a review and a plan, so the two can't be compared")
    row = both.iloc[0].to_dict()
    least = both.attrs.get("p_smallest", 1.0)
    if row["documents"] == 1 or least >= 0.05:
        return say_count(
            int(row["documents"]),
            "{n} document holds both a review and a plan ({review:,} and {plan:,} mentions): too "
            "few to compare the two",
            "{n} documents hold both a review and a plan ({review:,} and {plan:,} mentions): too "
            "few to compare the two",
            review=int(row["second_count"]),
            plan=int(row["first_count"]),
        )
    return say(
        "Within {documents} with both parts, weighed by their size: {plan:.0f} per 10,000 "
        "characters in the plan and {review:.0f} in the review (p = {p})",
        documents=spell_count(int(row["documents"]), "document"),
        plan=row["first"],
        review=row["second"],
        p=spell_value(row["p"], digits=2),
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
