"""TF-IDF, with its formula said: which words a document has that others have not.

In: counts by document. Out: one row a word in a document. A description, not a test: with few
documents idf has few levels, and a word in every document scores lowest.
"""

from __future__ import annotations

import numpy as np
import pandas as pd


def weigh_terms(counts: pd.DataFrame, *, documents: int, name: str = "term") -> pd.DataFrame:
    """Weigh the words of each document by TF-IDF.

    The weight is tf · idf, scaled so that each document's weights have length 1, with
    tf = 1 + ln(count) and idf = ln((1 + N) / (1 + df)) + 1; N documents, df with the word.

    Parameters
    ----------
    counts : pandas.DataFrame
        Columns ``document``, `name`, ``count``, one row a word in a document.
    documents : int
        N: all documents, those without a row too.
    name : str
        Column of the word.

    Returns
    -------
    pandas.DataFrame
        document, name, count, df, idf, tfidf; highest first within a document.

    Examples
    --------
    >>> two = {"document": ["a", "a", "b"], "term": ["链长制", "项目", "项目"], "count": [1, 1, 3]}
    >>> weigh_terms(pd.DataFrame(two), documents=2)["tfidf"].round(4).tolist()
    [0.8148, 0.5797, 1.0]
    """
    if documents < counts["document"].nunique():
        msg = f"{documents} documents stated, but the counts name more."
        raise ValueError(msg)
    df = counts.groupby(name)["document"].transform("nunique")
    idf = np.log((1 + documents) / (1 + df)) + 1
    weight = (1 + np.log(counts["count"])) * idf
    length = np.sqrt((weight**2).groupby(counts["document"]).transform("sum"))
    table = counts[["document", name, "count"]].assign(df=df, idf=idf, tfidf=weight / length)
    return table.sort_values(
        ["document", "tfidf", name], ascending=[True, False, True], ignore_index=True
    )
