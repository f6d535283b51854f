"""Phrases that a reader asks for: counted, or refused with what comes near, never a false zero.

In: phrases, the `slogans` table, and the articles where they are at hand. Out: counts by document.

The `slogans` table holds what the list holds, in every written form, and the coinages that stand
in quotes or sum up by a number. That it has no row for another phrase says nothing about the text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

import pandas as pd

from dz_analysis.counting.slogans import listed_forms
from dz_analysis.counting.spelling import spell
from dz_analysis.counting.words import slogan_forms
from dz_analysis.language import say

ASKED_COLUMNS = ("document", "slogan", "count", "counted_in")
LISTED, TEXT = "slogans", "text"


def count_asked(
    phrases: Sequence[str], slogans: pd.DataFrame, *, texts: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Count phrases by document: listed ones from the table, others in the text itself.

    Parameters
    ----------
    phrases : sequence of str
        Slogans in any written form of theirs, or other phrases.
    slogans : pandas.DataFrame
        The `slogans` table: columns ``document``, ``slogan``, ``count``.
    texts : mapping of str to str, optional
        Article by document, for phrases that are not listed.

    Returns
    -------
    pandas.DataFrame
        One row a document and phrase that stands in it: document, slogan (its standard form; a
        phrase that is not listed stands for itself), count, counted_in (``slogans`` or ``text``);
        in the order of the phrases, then of the documents.

    Raises
    ------
    ValueError
        If no phrase is given, one is blank, or one is not listed and no text is at hand.

    Examples
    --------
    >>> table = pd.DataFrame({"document": ["a", "b"], "slogan": "双招双引", "count": [2, 1]})
    >>> count_asked(["双招双引"], table)[["document", "count"]].values.tolist()
    [['a', 2], ['b', 1]]
    >>> texts = {"a": "优化营商环境，营商环境好。"}
    >>> count_asked(["营商环境"], table, texts=texts).values.tolist()
    [['a', '营商环境', 2, 'text']]
    """
    if not phrases or not all(phrase.strip() for phrase in phrases):
        msg = say(
            "The phrases asked for are {phrases}; expected one or more, none blank.",
            phrases=list(phrases),
        )
        raise ValueError(msg)
    forms = listed_forms()
    standard = standard_forms(phrases)
    unlisted = [phrase for phrase in standard if spell(phrase) not in forms]
    if unlisted and texts is None:
        raise ValueError(_refuse(unlisted, slogans))
    listed = slogans[slogans["slogan"].isin(set(standard) - set(unlisted))]
    found = listed.groupby(["document", "slogan"], as_index=False)["count"].sum()
    rows = [found.assign(counted_in=LISTED), *(_count(p, texts or {}) for p in unlisted)]
    table = pd.concat(rows, ignore_index=True)[list(ASKED_COLUMNS)]
    order = table["slogan"].map({phrase: i for i, phrase in enumerate(standard)})
    ordered: pd.DataFrame = table.assign(order=order).sort_values(["order", "document"])
    return ordered[list(ASKED_COLUMNS)].reset_index(drop=True)


def standard_forms(phrases: Sequence[str]) -> list[str]:
    """Return the standard forms of phrases, each once, in their order.

    Examples
    --------
    >>> standard_forms(["“放、管、服”", "营商环境"])
    ['放管服', '营商环境']
    """
    listed = [(phrase, listed_forms().get(spell(phrase))) for phrase in phrases]
    return list(dict.fromkeys(form.slogan if form else phrase for phrase, form in listed))


def _count(phrase: str, texts: Mapping[str, str]) -> pd.DataFrame:
    counts = {document: text.count(phrase) for document, text in texts.items()}
    rows = [(document, phrase, n, TEXT) for document, n in counts.items() if n]
    return pd.DataFrame(rows, columns=list(ASKED_COLUMNS)).astype({"count": "int64"})


def _refuse(unlisted: list[str], slogans: pd.DataFrame) -> str:
    """Say which phrases can't be counted, what is near, and what to do."""
    known = sorted(set(slogan_forms()) | set(slogans["slogan"]))
    said = []
    for phrase in unlisted:
        near = [word for word in known if phrase in word or word in phrase]
        near += get_close_matches(phrase, known, n=3, cutoff=0.5)
        nearest = list(dict.fromkeys(near))[:3]
        said.append(f"{phrase} (nearest: {'、'.join(nearest)})" if nearest else phrase)
    return (
        f"Not in the list of slogans, so the tables can't say how often they stand: "
        f"{'; '.join(said)}. Ask for a listed slogan, add the phrase to lexicon/slogans.csv and "
        "ingest the corpus anew, or name the folder of the texts in DZ_TEXTS: it is counted there."
    )
