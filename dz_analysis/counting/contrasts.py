"""Districts side by side in words: rates of each, and what sets one apart from the others.

In: the `terms` or `slogans` table and the `documents` table. Out: one row a district and word.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from dz_analysis.counting.dispersion import measure_dispersion
from dz_analysis.counting.document_intervals import add_document_intervals, document_interval
from dz_analysis.counting.keyness import adjust_p, compare_groups
from dz_analysis.counting.permutation import permute_regions
from dz_analysis.counting.rates import PER, add_rates, counts_by_document, fill_zeros

CONTRAST_COLUMNS = (
    "region",
    "term",
    "count",
    "reference",
    "per_10k_chars",
    "reference_per_10k_chars",
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
    "z",
    "p_permuted",
    "p_max",
    "p_smallest",
)

SERIES = 12  # documents about one place from which on its decades are compared


def group_documents(documents: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Say which groups of documents can be compared: places, or the decades of one place.

    Parameters
    ----------
    documents : pandas.DataFrame
        The `documents` table.

    Returns
    -------
    documents : pandas.DataFrame
        The same table; where it is about one place and holds `SERIES` documents or more, `region`
        is the decade of the last month reported on.
    group : str
        What a group is called: ``"decade"``, or by the codes of the places ``"province"``,
        ``"city"`` or ``"district"``; ``"place"`` if they are of several levels or unknown.

    Examples
    --------
    >>> ends = [f"{year}-12" for year in range(1995, 2008)]
    >>> table, group = group_documents(pd.DataFrame({"region": "某县", "period_end": ends}))
    >>> group, sorted(set(table["region"]))
    ('decade', ['1990s', '2000s'])
    """
    if documents["region"].nunique() > 1 or len(documents) < SERIES:
        return documents, _name_level(documents)
    return documents.assign(region=documents["period_end"].str[:3] + "0s"), "decade"


def _name_level(documents: pd.DataFrame) -> str:
    """Name the one level that all places are of, by their codes (GB/T 2260, a zone's with :)."""
    codes = documents.get("region_code", pd.Series(dtype="str"))
    levels = {_level_of(code) for code in set(codes) if code}
    return levels.pop() if len(levels) == 1 else "place"


def _level_of(code: str) -> str:
    if code.endswith("0000"):
        return "province"
    return "city" if code.endswith("00") else "district"


def list_plain_words(
    slogans: pd.DataFrame, terms: pd.DataFrame, documents: pd.DataFrame
) -> tuple[str, ...]:
    """List the coinages of one place that another place says as plain words.

    A coinage is found by its quotes or by how it is built, in the document that quotes it. Where
    others say the same word without quotes, that it stands in one place only would be false.

    Parameters
    ----------
    slogans : pandas.DataFrame
        The `slogans` table: columns ``document``, ``slogan``, ``form``.
    terms : pandas.DataFrame
        The `terms` table: columns ``document``, ``term``.
    documents : pandas.DataFrame
        Columns ``id`` and ``region``.

    Returns
    -------
    tuple of str
        Sorted. A word that the segmenter cuts apart is not seen.

    Examples
    --------
    >>> documents = pd.DataFrame({"id": ["a", "b"], "region": ["甲县", "乙县"]})
    >>> coined = {"document": "a", "slogan": ["快易办", "一体化"], "form": "quoted", "count": 1}
    >>> plain = pd.DataFrame({"document": ["b"], "term": ["一体化"], "count": [7]})
    >>> list_plain_words(pd.DataFrame(coined), plain, documents)
    ('一体化',)
    """
    region_of = dict(zip(documents["id"], documents["region"], strict=True))
    owners: dict[str, set[str]] = {}
    for document, word in zip(slogans["document"], slogans["slogan"], strict=True):
        owners.setdefault(word, set()).add(region_of[document])
    coined = set(owners) - set(slogans.loc[slogans["form"] == "lexicon", "slogan"])
    plain = terms.loc[terms["term"].isin(coined), ["document", "term"]].drop_duplicates()
    said = zip(plain["document"], plain["term"], strict=True)
    return tuple(sorted({word for who, word in said if region_of[who] not in owners[word]}))


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
        with its exact Poisson interval (``_low``, ``_high``: as if mentions fell independently)
        and the interval over documents (by_document_low, by_document_high; missing for fewer
        than three), per_10k_words, dispersion (of the counts over documents, 1 where mentions fall
        independently), dp, dp_norm, dkl.

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
    ranged = add_document_intervals(rated, counts, sizes, name=name)
    rate = ["per_10k_chars", "per_10k_chars_low", "per_10k_chars_high"]
    interval = ["by_document_low", "by_document_high", "per_10k_words", "dispersion"]
    return ranged[[name, "count", "documents", *rate, *interval, "dp", "dp_norm", "dkl"]]


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
        One row a word and district: name, region, count, documents (of the district), han_chars,
        per_10k_chars with its exact Poisson interval, by_document_low and by_document_high
        (missing where a district has fewer than three documents); in the order of the words, then
        of the names of the districts.
    """
    region_of = documents.set_index("id")["region"]
    by_region = documents.groupby("region")["han_chars"].agg(["sum", "size"]).sort_index()
    wanted = counts[counts[name].isin(names)]
    placed = wanted.assign(region=wanted["document"].map(region_of))
    regions = list(by_region.index)
    filled = fill_zeros(placed, groups=names, names=regions, group=name, name="region").assign(
        documents=lambda frame: frame["region"].map(by_region["size"]),
        han_chars=lambda frame: frame["region"].map(by_region["sum"]),
    )
    ends = [_region_interval(wanted, documents, names, region, name) for region in regions]
    low, high = (np.array(side).T.ravel() for side in zip(*ends, strict=True))
    return add_rates(filled).assign(by_document_low=low, by_document_high=high)


def _region_interval(
    wanted: pd.DataFrame, documents: pd.DataFrame, names: list[str], region: str, name: str
) -> tuple[np.ndarray, np.ndarray]:
    """Return the interval over one district's documents of each word, per 10,000 characters."""
    sizes = documents[documents["region"] == region].set_index("id")["han_chars"]
    inside = wanted[wanted["document"].isin(sizes.index)]
    wide = counts_by_document(inside, sizes, name=name, names=names)
    low, high = document_interval(wide.to_numpy(), sizes.to_numpy())
    return PER * low, PER * high


def contrast_regions(
    counts: pd.DataFrame, documents: pd.DataFrame, *, name: str = "term", minimum: int = 3
) -> pd.DataFrame:
    """Compare each district's words with those of all the others together.

    Parameters
    ----------
    counts : pandas.DataFrame
        Columns ``document``, `name`, ``count``.
    documents : pandas.DataFrame
        The `documents` table. A document without a region is no district: it stands among the
        others only.
    name : str
        Column of the word; it is called term in the result.
    minimum : int
        Least occurrences in the whole corpus.

    Returns
    -------
    pandas.DataFrame
        One row a district and word, as `compare_groups` gives it, with documents (with a hit),
        dp_norm, and what dealing the documents anew gives (`permute_regions`): z, p_permuted,
        p_max, p_smallest; the surest first within a district. Rates are per 10,000 Han
        characters; G2, Log Ratio, LRC, %DIFF and BIC are of words among words (tokens). LRC,
        p_bonferroni and q are corrected for all words in all districts, p_max for those tested:
        a district of one document has none of its p values where others have more, and stands
        among the others only. Empty if there is only one district. ``attrs`` hold family (the
        comparisons made) and those of `permute_regions`.
    """
    frame = documents.set_index("id")
    regions = sorted(set(frame["region"]) - {""})
    plain = counts.rename(columns={name: "term"})[["document", "term", "count"]]
    totals = plain.groupby("term")["count"].sum()
    kept = plain[plain["term"].isin(totals.index[totals >= minimum])]
    if frame["region"].nunique() < 2 or kept.empty:
        return pd.DataFrame({c: pd.Series(dtype="float64") for c in CONTRAST_COLUMNS}).astype(
            {"region": "str", "term": "str"}
        )
    family = kept["term"].nunique() * len(regions)
    spread = measure_dispersion(kept, frame["han_chars"]).set_index("term")
    # A district of one document can't be told from its author; tested beside others, each word
    # that stands in one document only would be as far out in some deal, and nothing could hold.
    several = [region for region in regions if (frame["region"] == region).sum() > 1]
    permuted = permute_regions(kept, frame["han_chars"], frame["region"], tested=several or regions)
    parts = [_contrast(kept, frame, region, family) for region in regions]
    renamed = permuted.rename(columns={"group": "region", "p": "p_permuted"})
    table = pd.concat(parts, ignore_index=True).merge(
        renamed.drop(columns="difference"),
        on=["region", "term"],
        how="left",
        validate="one_to_one",
    )
    table = table.assign(
        documents=table["term"].map(spread["parts"]),
        dp_norm=table["term"].map(spread["dp_norm"]),
        p_bonferroni=adjust_p(table["p"], "bonferroni"),
        q=adjust_p(table["p"], "bh"),
    )[list(CONTRAST_COLUMNS)]
    table.attrs = {**permuted.attrs, "family": family}
    return table


def _contrast(
    kept: pd.DataFrame, documents: pd.DataFrame, region: str, family: int
) -> pd.DataFrame:
    own = documents["region"] == region
    inside = kept["document"].isin(documents.index[own])
    tokens, chars = documents["tokens"], documents["han_chars"]
    table = compare_groups(
        kept[inside].groupby("term")["count"].sum(),
        kept[~inside].groupby("term")["count"].sum(),
        n1=int(tokens[own].sum()),
        n2=int(tokens[~own].sum()),
        minimum=1,
        family=family,
    )
    return table.assign(
        region=region,
        per_10k_chars=PER * table["count"] / chars[own].sum(),
        reference_per_10k_chars=PER * table["reference"] / chars[~own].sum(),
    )
