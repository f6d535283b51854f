"""Districts side by side in words: rates of each, and what sets one apart from the others.

In: the `terms` or `slogans` table and the `documents` table. Out: one row a district and word.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from dz_analysis.counting.dispersion import measure_dispersion
from dz_analysis.counting.keyness import compare_groups
from dz_analysis.counting.permutation import permute_documents, smallest_p
from dz_analysis.counting.rates import add_rates, fill_zeros

CONTRAST_COLUMNS = (
    "region",
    "term",
    "count",
    "reference",
    "per_10k",
    "reference_per_10k",
    "g2",
    "log_ratio",
    "low",
    "high",
    "lrc",
    "pct_diff",
    "bic",
    "p_bonferroni",
    "q",
    "documents",
    "dp_norm",
    "p_permuted",
    "p_smallest",
)


def rate_words(
    counts: pd.DataFrame, documents: pd.DataFrame, *, name: str = "term"
) -> pd.DataFrame:
    """Give the rate of each word in the whole corpus and how it is spread over documents.

    Parameters
    ----------
    counts : pandas.DataFrame
        Columns ``document``, `name`, ``count``: a table by paragraph will do.
    documents : pandas.DataFrame
        The `documents` table.
    name : str
        Column of the word.

    Returns
    -------
    pandas.DataFrame
        One row a word, most frequent first: name, count, documents (with a hit), per_10k_chars
        with its exact Poisson interval (``_low``, ``_high``), per_10k_words, dp, dp_norm, dkl.

    Examples
    --------
    >>> documents = pd.DataFrame({"id": ["a", "b"], "han_chars": 1000, "tokens": 600})
    >>> counts = pd.DataFrame({"document": ["a", "b"], "term": "项目", "count": [2, 4]})
    >>> rate_words(counts, documents)[["term", "documents", "per_10k_chars"]].values.tolist()
    [['项目', 2, 30.0]]
    """
    sizes = documents.set_index("id")["han_chars"]
    spread = measure_dispersion(counts, sizes, name=name).rename(columns={"parts": "documents"})
    exposed = spread.assign(han_chars=sizes.sum(), tokens=documents["tokens"].sum())
    rated = add_rates(add_rates(exposed), exposure="tokens", name="per_10k_words").drop(
        columns=["han_chars", "tokens"]
    )
    columns = [name, "count", "documents", "per_10k_chars", "per_10k_chars_low"]
    return rated[[*columns, "per_10k_chars_high", "per_10k_words", "dp", "dp_norm", "dkl"]]


def rate_by_region(
    counts: pd.DataFrame, documents: pd.DataFrame, names: list[str], *, name: str = "slogan"
) -> pd.DataFrame:
    """Give the rate of some words in each district, zeros included.

    Parameters
    ----------
    counts : pandas.DataFrame
        Columns ``document``, `name`, ``count``.
    documents : pandas.DataFrame
        The `documents` table; documents about one district are taken together.
    names : list of str
        The words, in the order wanted.
    name : str
        Column of the word.

    Returns
    -------
    pandas.DataFrame
        One row a word and district: name, region, count, han_chars, per_10k_chars with its exact
        Poisson interval; in the order of the words, then of the districts' names.
    """
    region_of = documents.set_index("id")["region"]
    sizes = documents.groupby("region")["han_chars"].sum().sort_index()
    wanted = counts[counts[name].isin(names)]
    placed = wanted.assign(region=wanted["document"].map(region_of))
    filled = fill_zeros(placed, groups=names, names=list(sizes.index), group=name, name="region")
    return add_rates(filled.assign(han_chars=filled["region"].map(sizes)))


def contrast_regions(
    counts: pd.DataFrame, documents: pd.DataFrame, *, name: str = "term", minimum: int = 3
) -> pd.DataFrame:
    """Compare each district's words with those of all the others together.

    Parameters
    ----------
    counts : pandas.DataFrame
        Columns ``document``, `name`, ``count``.
    documents : pandas.DataFrame
        The `documents` table.
    name : str
        Column of the word; it is called term in the result.
    minimum : int
        Least occurrences in the whole corpus.

    Returns
    -------
    pandas.DataFrame
        One row a district and word, as `compare_groups` gives it, with documents (with a hit),
        dp_norm, and the p value of permuting documents with the smallest one possible; the surest
        first within a district. Empty if there is only one district. Bonferroni and q are over
        the words of one district.
    """
    region_of = documents.set_index("id")["region"]
    sizes = documents.set_index("id")["han_chars"]
    regions = sorted(set(region_of))
    if len(regions) < 2:
        return pd.DataFrame({c: pd.Series(dtype="float64") for c in CONTRAST_COLUMNS}).astype(
            {"region": "str", "term": "str"}
        )
    plain = counts.rename(columns={name: "term"})[["document", "term", "count"]]
    spread = measure_dispersion(plain, sizes).set_index("term")
    parts = [_contrast(plain, region_of, sizes, region, minimum) for region in regions]
    table = pd.concat(parts, ignore_index=True)
    table = table.assign(
        documents=table["term"].map(spread["parts"]), dp_norm=table["term"].map(spread["dp_norm"])
    )
    return table[list(CONTRAST_COLUMNS)]


def _contrast(
    plain: pd.DataFrame, region_of: pd.Series, sizes: pd.Series, region: str, minimum: int
) -> pd.DataFrame:
    own = region_of.index[region_of == region]
    inside = plain["document"].isin(own)
    table = compare_groups(
        plain[inside].groupby("term")["count"].sum(),
        plain[~inside].groupby("term")["count"].sum(),
        n1=int(sizes[own].sum()),
        n2=int(sizes.drop(own).sum()),
        minimum=minimum,
    )
    compared = plain[plain["term"].isin(table["term"])]
    permuted = permute_documents(compared, sizes, group=own).set_index("term")["p"]
    least = smallest_p(len(own), len(sizes) - len(own))
    p = table["term"].map(permuted).to_numpy(dtype="float64") if len(table) else np.array([])
    return table.assign(region=region, p_permuted=p, p_smallest=least)
