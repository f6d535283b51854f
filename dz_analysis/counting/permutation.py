"""The test that respects documents: which reports are swapped, not which words.

In: counts of words by document and the group of each document. Out: how far each word's count in
each group is from what the corpus as a whole would give, p values over ways to deal the documents
into groups of the same sizes, corrected for every word and group compared, and a verdict in words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from itertools import combinations
from math import comb, factorial, prod

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dz_analysis.counting.rates import PER, SEED, counts_by_document
from dz_analysis.language import say, say_count

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]
EXACT = 20_000  # ways to deal the documents up to which all are tried
DEALS = 4_999  # random ways where there are more
ALPHA = 0.05
HAIR = 1e-9  # equal deals are not told apart by rounding
CELLS = 4_000_000  # words × groups × deals held in memory at once


def smallest_p(n1: int, n2: int) -> float:
    """Return the smallest two-sided p that a permutation of documents can give one word.

    One deal is the observed one; with groups of one size its mirror image is as extreme.

    Parameters
    ----------
    n1, n2 : int
        Documents in the two groups.

    Returns
    -------
    float

    Examples
    --------
    >>> [round(smallest_p(n, n), 4) for n in (3, 4, 5, 6)]
    [0.1, 0.0286, 0.0079, 0.0022]
    >>> smallest_p(1, 4)
    0.2
    """
    if n1 < 1 or n2 < 1:
        msg = f"Groups of {n1} and {n2} documents; each needs at least one."
        raise ValueError(msg)
    return (2 if n1 == n2 else 1) / comb(n1 + n2, n1)


def smallest_max_p(group_sizes: Collection[int]) -> float:
    """Return the smallest p that the test of all groups and words together can give.

    It asks for the largest distance in any group, so a deal that only swaps the names of two
    groups of one size is no other deal: with one document a group nothing can ever be shown.

    Parameters
    ----------
    group_sizes : collection of int
        Documents in each group.

    Returns
    -------
    float

    Examples
    --------
    >>> smallest_max_p([1, 1, 1, 1, 1]), smallest_max_p([2, 3])
    (1.0, 0.1)
    >>> round(smallest_max_p([4, 4]), 4)
    0.0286
    """
    if len(group_sizes) < 2 or min(group_sizes) < 1:
        msg = f"Groups of {list(group_sizes)} documents; expected two groups or more, none empty."
        raise ValueError(msg)
    swaps = prod(factorial(n) for n in Counter(group_sizes).values())
    return swaps / _deals_possible(group_sizes)


def permute_regions(
    counts: pd.DataFrame,
    sizes: pd.Series,
    groups: pd.Series,
    *,
    name: str = "term",
    tested: Collection[str] | None = None,
    deals: int = DEALS,
    seed: int = SEED,
) -> pd.DataFrame:
    """Test each word in each group of documents by dealing the documents anew.

    All deals are tried where there are at most 20,000 of them, else `deals` random ones.

    Parameters
    ----------
    counts : pandas.DataFrame
        Columns ``document``, `name`, ``count``; a document without a row counts as 0.
    sizes : pandas.Series
        Size of every document, indexed by document.
    groups : pandas.Series
        Group of every document, such as its region, indexed by document.
    name : str
        Column of the word.
    tested : collection of str, optional
        The groups to compare with all the rest; by default every one. The others only stand among
        the rest.
    deals : int
        Random deals, where not all are tried.
    seed : int
        For the random deals.

    Returns
    -------
    pandas.DataFrame
        One row a group and word: group, name, difference (rate per 10,000 in the group less the
        rate elsewhere), z (count less the count expected, in standard deviations over all deals),
        p (this word in this group alone), p_max (corrected for all words and groups compared: how
        often the largest z of all would be as large), p_smallest (the least that p could be). By
        p_max, then p, then the larger z. ``attrs`` hold documents, groups, deals, exact and
        p_max_smallest.

    Raises
    ------
    ValueError
        If there are fewer than two groups.

    Notes
    -----
    z is of a word's own deals, so it says how purely a word stands in the documents of one group,
    not how often it is said: what stands evenly in a group's documents and nowhere else is as far
    out as anything can be, with six mentions as with six hundred, and comes before a frequent word
    that others say as well. With two documents a group a few such pairs meet in nearly every deal.

    Westfall, P. H. and Young, S. S. 1993. Resampling-based multiple testing (single-step maxT).
    With random deals p is (1 + deals as extreme) / (1 + deals): Phipson, B. and Smyth, G. K. 2010.
    Statistical Applications in Genetics and Molecular Biology 9, article 39.

    Examples
    --------
    >>> sizes = pd.Series(1000, index=list("abcdefgh"))
    >>> groups = pd.Series(["东"] * 4 + ["西"] * 4, index=sizes.index)
    >>> counts = pd.DataFrame({"document": list("abcde"), "term": "招商", "count": [5, 6, 5, 7, 1]})
    >>> table = permute_regions(counts, sizes, groups)
    >>> table[["group", "term", "difference", "p", "p_max"]].round(3).values.tolist()
    [['东', '招商', 55.0, 0.029, 0.029], ['西', '招商', -55.0, 0.029, 0.029]]
    """
    wide = counts_by_document(counts, sizes, name=name)
    names, labels = np.unique(
        groups.reindex(sizes.index).to_numpy(dtype="str"), return_inverse=True
    )
    codes = labels.astype(np.int64)
    group_sizes = np.bincount(codes)
    least = smallest_max_p(group_sizes.tolist())
    chosen = [i for i, n in enumerate(names) if tested is None or n in set(tested)]
    table, size = wide.to_numpy(dtype="float64"), sizes.to_numpy(dtype="float64")
    residuals = _standardise(table, size)
    spread = _spread(group_sizes, chosen)
    observed = _distances(residuals, codes[None, :], chosen, spread)[:, :, 0]
    single, largest, done = _count_extremes(
        residuals, codes, chosen, spread, observed, deals=deals, seed=seed
    )
    exact = _deals_possible(group_sizes.tolist()) <= EXACT
    shift = 0 if exact else 1
    result = pd.DataFrame(
        {
            "group": np.repeat(names[chosen], len(wide)),
            name: np.tile(wide.index.to_numpy(), len(chosen)),
            "difference": _differences(table, size, codes, chosen).T.ravel(),
            "z": observed.T.ravel(),
            "p": (single.T.ravel() + shift) / (done + shift),
            "p_max": (largest.T.ravel() + shift) / (done + shift),
            "p_smallest": np.repeat(
                [_least_of(int(group_sizes[i]), len(codes), done, exact) for i in chosen], len(wide)
            ),
        }
    )
    order = result.assign(size=-result["z"].abs().round(9))
    ordered = order.sort_values(["p_max", "p", "size", name, "group"], ignore_index=True)
    ordered = ordered.drop(columns="size")
    ordered.attrs.update(
        documents=len(codes),
        groups=len(names),
        deals=done,
        exact=exact,
        p_max_smallest=max(least, 0 if exact else 1 / (done + 1)),
    )
    return ordered


def permute_documents(
    counts: pd.DataFrame,
    sizes: pd.Series,
    *,
    group: Collection[str],
    name: str = "term",
    deals: int = DEALS,
    seed: int = SEED,
) -> pd.DataFrame:
    """Test each word's difference between one group of documents and all the others.

    Parameters
    ----------
    counts, sizes, name, deals, seed
        As for `permute_regions`.
    group : collection of str
        The documents of the first group; all others are the second.

    Returns
    -------
    pandas.DataFrame
        One row a word: name, difference, z, p, p_max, p_smallest as `permute_regions` gives them,
        and its ``attrs``.
    """
    inside = pd.Series(sizes.index.isin(list(group)), index=sizes.index)
    smallest_p(int(inside.sum()), int((~inside).sum()))
    labels = inside.map({True: "group", False: "rest"})
    table = permute_regions(
        counts, sizes, labels, name=name, tested=("group",), deals=deals, seed=seed
    )
    return table.drop(columns="group")


def judge_contrasts(table: pd.DataFrame, *, name: str = "term", alpha: float = ALPHA) -> str:
    """Say in words what the documents show, after correction for all that was compared.

    Parameters
    ----------
    table : pandas.DataFrame
        As `permute_regions` gives it, with its ``attrs``; `contrast_regions` gives one too.
    name : str
        Column of the word.
    alpha : float
        Level for the whole family.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> sizes = pd.Series(1000, index=list("abcdefgh"))
    >>> counts = pd.DataFrame({"document": list("abcde"), "term": "招商", "count": [5, 6, 5, 7, 1]})
    >>> groups = pd.Series(["东"] * 4 + ["西"] * 4, index=sizes.index)
    >>> judge_contrasts(permute_regions(counts, sizes, groups))
    'Counted by documents, 2 of 2 comparisons hold (p below 0.05 over all; surest 招商, 东).'
    >>> five = pd.Series(list("甲乙丙丁戊"), index=list("abcde"))
    >>> judge_contrasts(permute_regions(counts, sizes.head(5), five))
    ... # doctest: +NORMALIZE_WHITESPACE
    'Too few documents: 5, dealt anew into 5 groups, reach p = 1 at best over all that is compared,
     so nothing can be shown.'
    """
    if table.empty:
        return say(
            "Nothing to compare: it takes two districts, and words that are frequent enough."
        )
    least = table.attrs["p_max_smallest"]
    if least > alpha:
        return say(
            "Too few documents: {documents}, dealt anew into {groups} groups, reach p = "
            "{least:.3g} at best over all that is compared, so nothing can be shown.",
            documents=table.attrs["documents"],
            groups=table.attrs["groups"],
            least=least,
        )
    group = "region" if "region" in table.columns else "group"
    tested = table[table["p_max"].notna()]
    single = sorted(set(table[group]) - set(tested[group]))
    told = {"names": say(", ").join(single)}
    aside = say("; not tested, being of one document: {names}", **told) if single else ""
    kept = tested[tested["p_max"] < alpha]
    if kept.empty:
        return say(
            "Counted by documents, none of {n:,} comparisons holds (least p {least:.3g} over "
            "all){aside}.",
            n=len(tested),
            least=tested["p_max"].min(),
            aside=aside,
        )
    return say_count(
        len(kept),
        "Counted by documents, {n} of {all:,} comparisons holds (p below {alpha} over all; surest "
        "{surest}){aside}.",
        "Counted by documents, {n} of {all:,} comparisons hold (p below {alpha} over all; surest "
        "{surest}){aside}.",
        all=len(tested),
        alpha=alpha,
        surest=_name_surest(kept, name, group),
        aside=aside,
    )


def _name_surest(kept: pd.DataFrame, name: str, group: str) -> str:
    """Return the comparison with the least p and the largest z, and how many tie with it.

    A word that is rarer somewhere is named only where none is more frequent.
    """
    more = kept[kept["z"] > 0] if (kept["z"] > 0).any() else kept
    sized = more.assign(size=-more["z"].abs().round(9)).sort_values(["p_max", "size", name])
    first = sized.iloc[0].to_dict()
    ties = int(((sized["p_max"] == first["p_max"]) & (sized["size"] == first["size"])).sum()) - 1
    told = say("{word}, {place}", word=first[name], place=first[group])
    if "count" in first:
        counts = {"n": first["count"], "others": first["reference"]}
        told += say(", {n:,} times against {others:,}", **counts)
    return told + (say(", and {n:,} that tie with it", n=ties) if ties else "")


def _deals_possible(group_sizes: Collection[int]) -> int:
    """Return in how many ways the documents can be dealt into groups of these sizes."""
    return factorial(sum(group_sizes)) // prod(factorial(n) for n in group_sizes)


def _least_of(n: int, documents: int, done: int, exact: bool) -> float:
    least = smallest_p(n, documents - n)
    return least if exact else max(least, 1 / (done + 1))


def _standardise(table: Floats, size: Floats) -> Floats:
    """Return each count less the count that the corpus's rate gives, rows of length 1.

    Neither the rate nor the length depends on how the documents are dealt.
    """
    expected = table.sum(axis=1, keepdims=True) * size / size.sum()
    residuals = table - expected
    length = np.sqrt((residuals**2).sum(axis=1, keepdims=True))
    # A word that follows the sizes has only rounding left, which must not be blown up.
    unit: Floats = np.divide(residuals, length, out=np.zeros_like(residuals), where=length > HAIR)
    return unit


def _spread(group_sizes: Codes, chosen: list[int]) -> Floats:
    """Return the standard deviation of a group's summed residual over all deals, by group."""
    n, sizes = group_sizes.sum(), group_sizes[chosen].astype(np.float64)
    deviation: Floats = np.sqrt(sizes * (n - sizes) / (n * (n - 1)))
    return deviation


def _distances(residuals: Floats, deals: Codes, chosen: list[int], spread: Floats) -> Floats:
    """Return z, words by groups by deals."""
    member = (deals[None, :, :] == np.array(chosen)[:, None, None]).astype(np.float64)
    summed = residuals @ member.reshape(-1, deals.shape[1]).T
    z: Floats = summed.reshape(len(residuals), len(chosen), len(deals)) / spread[None, :, None]
    return z


def _differences(table: Floats, size: Floats, codes: Codes, chosen: list[int]) -> Floats:
    """Return rate in each group less rate elsewhere, words by groups."""
    member = (codes[:, None] == np.array(chosen)[None, :]).astype(np.float64)
    counted, exposed = table @ member, size @ member
    rest, unexposed = table.sum(axis=1, keepdims=True) - counted, size.sum() - exposed
    difference: Floats = PER * (counted / exposed - rest / unexposed)
    return difference


def _count_extremes(
    residuals: Floats,
    codes: Codes,
    chosen: list[int],
    spread: Floats,
    observed: Floats,
    *,
    deals: int,
    seed: int,
) -> tuple[Codes, Codes, int]:
    """Count the deals that give a word, and the largest of all, a z as large as observed."""
    size = np.abs(observed) - HAIR
    members = np.bincount(codes)[chosen]
    if len(set(members.tolist())) == 1 and 2 * comb(len(codes), members[0]) < deals * len(chosen):
        return _count_by_sets(residuals, codes, chosen, spread[0], size, deals=deals, seed=seed)
    single = np.zeros(observed.shape, dtype=np.int64)
    maxima: list[Floats] = []
    for block in _blocks(codes, deals, seed, max(1, CELLS // max(1, observed.size))):
        z = np.abs(_distances(residuals, block, chosen, spread))
        single += (z >= size[:, :, None]).sum(axis=2)
        maxima.append(z.max(axis=(0, 1)) if z.size else np.zeros(len(block)))
    largest = np.sort(np.concatenate(maxima))
    return single, len(largest) - np.searchsorted(largest, size, side="left"), len(largest)


def _count_by_sets(
    residuals: Floats,
    codes: Codes,
    chosen: list[int],
    spread: float,
    size: Floats,
    *,
    deals: int,
    seed: int,
) -> tuple[Codes, Codes, int]:
    """Count the same where small groups of one size meet the same sets of documents over and over.

    Each set's z is computed once, and counted as often as a group was dealt it.
    """
    words, groups = size.shape
    dealt = []
    for block in _blocks(codes, deals, seed, max(1, CELLS // max(1, size.size))):
        rows = [np.nonzero(block == group)[1].reshape(len(block), -1) for group in chosen]
        dealt.append(np.stack(rows, axis=1))
    sets = np.concatenate(dealt)
    done = len(sets)
    known, found = np.unique(sets.reshape(done * groups, -1), axis=0, return_inverse=True)
    of_deal = found.reshape(done, groups)
    times = [np.bincount(column, minlength=len(known)).astype(np.float64) for column in of_deal.T]
    single = np.zeros(size.shape, dtype=np.int64)
    furthest = np.zeros(len(known))
    length = max(1, CELLS // known.size)
    for start in range(0, words, length):
        some = slice(start, start + length)
        z = np.abs(residuals[some][:, known].sum(axis=2) / spread)
        furthest = np.maximum(furthest, z.max(axis=0))
        for group, often in enumerate(times):
            single[some, group] = (z >= size[some, group, None]) @ often
    largest = np.sort(furthest[of_deal].max(axis=1))
    return single, done - np.searchsorted(largest, size, side="left"), done


def _blocks(codes: Codes, deals: int, seed: int, length: int) -> Iterator[Codes]:
    """Yield the deals in blocks, one a row, as the group of each document."""
    group_sizes = np.bincount(codes)
    if _deals_possible(group_sizes.tolist()) <= EXACT:
        every = np.array(list(_all_deals(tuple(range(len(codes))), group_sizes.tolist())))
        yield from np.array_split(every, -(-len(every) // length))
        return
    rng = np.random.default_rng(seed)
    for start in range(0, deals, length):
        block = np.tile(codes, (min(length, deals - start), 1))
        yield rng.permuted(block, axis=1)


def _all_deals(free: tuple[int, ...], group_sizes: list[int]) -> Iterator[Codes]:
    """Yield every way to deal documents into groups of these sizes."""
    documents = len(free)
    deal = np.empty(documents, dtype=np.int64)

    def fill(left: tuple[int, ...], code: int) -> Iterator[Codes]:
        if code == len(group_sizes) - 1:
            deal[list(left)] = code
            yield deal.copy()
            return
        for taken in combinations(left, group_sizes[code]):
            deal[list(taken)] = code
            rest = set(taken)
            yield from fill(tuple(d for d in left if d not in rest), code + 1)

    yield from fill(free, 0)
