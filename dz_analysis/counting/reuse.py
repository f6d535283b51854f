"""How much of a report is taken over, and from where.

In: the table `runs` and the `documents` table; no text. Out: shares of each document's Han
characters that stand in runs shared with its own report before, with the centre, with other places;
set phrases apart. A share says that the same characters stand in both, not who wrote them first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import ceil

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dz_analysis.counting.document_intervals import DRAWS
from dz_analysis.counting.likeness import FEWEST_UNITS, places_of
from dz_analysis.counting.overlap import SHORTEST
from dz_analysis.counting.rates import CONFIDENCE, SEED

Flags = NDArray[np.bool_]
BEFORE, OLDER = "own report before", "older own reports"
CENTRE, OTHERS = "centre", "other places"
ORIGINS = (BEFORE, OLDER, CENTRE, OTHERS)
COMMON = 0.1  # share of the documents that a set phrase stands in
SOURCES_EACH = 2  # reports of another corpus that a document is held against
FEWEST_HOLDERS = 5  # documents that a set phrase stands in at least
SHARES = ("copied_pct", "without_set_pct", "per_source_pct")
REUSE_COLUMNS = (
    "document",
    "place",
    "year",
    "han_chars",
    "origin",
    "sources",
    "copied_chars",
    "set_chars",
    "copied_pct",
    "without_set_pct",
    "per_source_pct",
    "runs",
    "longest",
)


def measure_reuse(
    runs: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    shortest: int = SHORTEST,
    common: float = COMMON,
    centre: Mapping[str, pd.DataFrame] | None = None,
    has_all_pairs: bool = True,
) -> pd.DataFrame:
    """Say how much of each document stands in its own report before, the centre's, or others'.

    Parameters
    ----------
    runs : pandas.DataFrame
        The table `runs`.
    documents : pandas.DataFrame
        The `documents` table.
    shortest : int
        Least Han characters of a run, no fewer than the table's 14.
    common : float
        A stretch of `shortest` characters that stands in this share of the corpus's documents, and
        in five at least, is a set phrase.
    centre : mapping of str to pandas.DataFrame, optional
        The `documents` table of each corpus that the documents were held against besides their
        own, such as the State Council's reports.
    has_all_pairs : bool
        Whether each two documents were held against one another (`Corpus.has_all_runs`). Where
        they were not, only the report before and the centre are told of, and set phrases are not
        known: set_chars, without_set_pct and per_source_pct are missing then.

    Returns
    -------
    pandas.DataFrame
        One row a document and origin that it has sources of: document, place, year (of the last
        month reported on; blank if unknown), han_chars, origin, sources (documents held against),
        copied_chars, set_chars (those of them that stand in set phrases only), copied_pct,
        without_set_pct, per_source_pct (the mean of without_set_pct over the sources one by one:
        many sources hold more than one does), runs (different places in the document where one
        begins), longest (Han characters). A character counts once for an origin, however often it
        is repeated there; the shares of different origins overlap.

    Raises
    ------
    ValueError
        If `shortest` is less than what the table holds, or `common` is no share.

    Examples
    --------
    >>> documents = pd.DataFrame({"id": ["a", "b"], "region": "甲县", "genre": "work_report",
    ...     "period_end": ["2018-12", "2019-12"], "han_chars": [100, 50]})
    >>> row = {"document": "b", "source": "a", "source_corpus": "", "han_start": 10,
    ...     "source_han_start": 70, "han_chars": 20}
    >>> told = measure_reuse(pd.DataFrame([row]), documents)
    >>> told[["document", "origin", "copied_pct"]].values.tolist()
    [['b', 'own report before', 40.0]]
    """
    long = _keep_long(runs, shortest, common)
    pages = _Pages(long, documents, shortest)
    holders = max(FEWEST_HOLDERS, ceil(common * len(documents)))
    is_set = pages.set_phrases(holders) if has_all_pairs else {}
    origins = _origins(documents) if has_all_pairs else _origins_before(documents)
    rows = []
    columns = ["id", "region", "period_end", "han_chars"]
    for document, region, end, size in documents[columns].itertuples(index=False):
        held = {name: [("", one) for one in origins[document][name]] for name in origins[document]}
        held[CENTRE] = [
            (name, one) for name, table in (centre or {}).items() for one in recent(end, table)
        ]
        for origin in ORIGINS:
            sources = held.get(origin, [])
            if not sources:
                continue
            rows.append(
                {
                    "document": document,
                    "place": region or document,
                    "year": end[:4],
                    "han_chars": int(size),
                    "origin": origin,
                    "sources": len(sources),
                    **pages.measure(document, sources, is_set.get(document)),
                }
            )
    return pd.DataFrame(rows, columns=list(REUSE_COLUMNS))


def recent(end: str, sources: pd.DataFrame) -> list[str]:
    """Return the reports of another corpus that a document may have taken text from.

    Parameters
    ----------
    end : str
        Last month that the document reports on; blank if unknown.
    sources : pandas.DataFrame
        The `documents` table of the other corpus.

    Returns
    -------
    list of str
        The last two that report on no later months, and on the year before at the earliest.

    Examples
    --------
    >>> told = {"id": list("abcd"), "period_end": ["2016-12", "2017-12", "2018-12", "2019-12"]}
    >>> recent("2018-12", pd.DataFrame(told)), recent("", pd.DataFrame(told))
    (['b', 'c'], [])
    """
    if not end:
        return []
    since = str(int(end[:4]) - 1)
    fits = sources[sources["period_end"].between(since, end)]
    ordered = fits.sort_values(["period_end", "id"], kind="stable")
    return list(ordered["id"].tail(SOURCES_EACH))


def share_runs(
    runs: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    shortest: int = SHORTEST,
    common: float = COMMON,
    has_all_pairs: bool = True,
) -> pd.DataFrame:
    """Say of each two documents which share of their characters stands in both, set phrases apart.

    Parameters
    ----------
    runs, documents, shortest, common, has_all_pairs
        As for `measure_reuse`.

    Returns
    -------
    pandas.DataFrame
        One row a pair, in the order of `documents`: first, second, shared_pct (of the characters
        of both together: 100 for a document against itself) and shared_without_set_pct; both
        missing where not each two documents were held against one another.
    """
    columns = ["first", "second", "shared_pct", "shared_without_set_pct"]
    long = _keep_long(runs, shortest, common)
    names = documents["id"].to_numpy()
    first, second = np.triu_indices(len(names), 1)
    if not has_all_pairs:
        unknown = pd.DataFrame({"first": names[first], "second": names[second]})
        return unknown.assign(shared_pct=np.nan, shared_without_set_pct=np.nan)[columns]
    pages = _Pages(long, documents, shortest)
    is_set = pages.set_phrases(max(FEWEST_HOLDERS, ceil(common * len(documents))))
    size = documents.set_index("id")["han_chars"]
    rows = []
    for one, other in zip(names[first], names[second], strict=True):
        sides = [
            pages.measure(name, [("", source)], is_set[name])
            for name, source in ((one, other), (other, one))
        ]
        copied = sum(side["copied_chars"] for side in sides)
        own = copied - sum(side["set_chars"] for side in sides)
        total = int(size[one] + size[other])
        rows.append((one, other, *(100 * part / total if total else 0.0 for part in (copied, own))))
    return pd.DataFrame(rows, columns=columns)


def average_reuse(reuse: pd.DataFrame, *, draws: int = DRAWS, seed: int = SEED) -> pd.DataFrame:
    """Give the mean share taken over from each origin, with an interval over places.

    Parameters
    ----------
    reuse : pandas.DataFrame
        From `measure_reuse`.
    draws, seed : int
        Of the bootstrap over places (over documents where there is one place).

    Returns
    -------
    pandas.DataFrame
        One row an origin: origin, documents, units, han_chars, copied_pct, without_set_pct and
        per_source_pct (means over documents) with their ends ``_low`` and ``_high`` (95 %,
        percentiles; missing for fewer than eight units).
    """
    rows = []
    for origin in [name for name in ORIGINS if name in set(reuse["origin"])]:
        own = reuse[reuse["origin"] == origin]
        unit = own["document"] if reuse["place"].nunique() == 1 else own["place"]
        codes = unit.astype("category").cat.codes.to_numpy()
        units = int(codes.max()) + 1
        rng = np.random.default_rng(seed)
        drawn = rng.multinomial(units, np.full(units, 1 / units), size=draws)[:, codes]
        row = {"origin": origin, "documents": len(own), "units": units}
        row["han_chars"] = int(own["han_chars"].sum())
        for name in SHARES:
            values = own[name].to_numpy(dtype="float64")
            means = drawn @ values / drawn.sum(axis=1)
            ends = np.quantile(means, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
            low, high = ends if units >= FEWEST_UNITS else (np.nan, np.nan)
            row |= {name: values.mean(), f"{name}_low": low, f"{name}_high": high}
        rows.append(row)
    ends_of = [f"{name}{end}" for name in SHARES for end in ("", "_low", "_high")]
    return pd.DataFrame(rows, columns=["origin", "documents", "units", "han_chars", *ends_of])


def list_longest(runs: pd.DataFrame, documents: pd.DataFrame, *, most: int = 30) -> pd.DataFrame:
    """List the longest runs, each by where it stands; none of its characters.

    Parameters
    ----------
    runs, documents
        As for `measure_reuse`.
    most : int
        Rows at most.

    Returns
    -------
    pandas.DataFrame
        One row a run, longest first: document, place, source, source_corpus, han_start,
        source_han_start, han_chars.
    """
    order = ["han_chars", "document", "han_start", "source_corpus", "source", "source_han_start"]
    ranked = runs.sort_values(order, ascending=[False, *[True] * 5], ignore_index=True).head(most)
    placed = ranked.assign(place=ranked["document"].map(places_of(documents)))
    return placed[["document", "place", *(c for c in runs.columns if c != "document")]]


def _keep_long(runs: pd.DataFrame, shortest: int, common: float) -> pd.DataFrame:
    """Return the runs of some length, and refuse what the table can't tell."""
    if shortest < SHORTEST:
        msg = f"shortest is {shortest}, but the table holds runs of {SHORTEST} characters or more."
        raise ValueError(msg)
    if not 0 <= common <= 1:
        msg = f"common is {common}; expected a share of the documents, from 0 to 1."
        raise ValueError(msg)
    return runs[runs["han_chars"] >= shortest]


def list_before(documents: pd.DataFrame) -> dict[str, str]:
    """Return by document the last report before of the same place and kind, if there is one.

    Parameters
    ----------
    documents : pandas.DataFrame
        Of the `documents` table: id, region, genre, period_end.

    Examples
    --------
    >>> told = {"id": ["a", "b"], "region": "甲县", "genre": "work_report",
    ...     "period_end": ["2018-12", "2019-12"]}
    >>> list_before(pd.DataFrame(told))
    {'b': 'a'}
    """
    last: dict[tuple[str, str], tuple[str, str]] = {}
    before: dict[tuple[str, str], str] = {}
    found = {}
    ordered = documents.sort_values(["period_end", "id"], kind="stable")
    told = ordered[["id", "region", "genre", "period_end"]]
    for document, region, genre, end in told.itertuples(index=False, name=None):
        kind = (region, genre)
        if not region or not end:
            continue
        if kind in last and last[kind][1] < end:
            before[kind] = last[kind][0]
        if kind in before:
            found[document] = before[kind]
        last[kind] = (document, end)
    return found


def _origins_before(documents: pd.DataFrame) -> dict[str, dict[str, list[str]]]:
    """Return by document what a corpus too large for all pairs holds it against."""
    before = list_before(documents)
    return {
        one: {BEFORE: [before[one]]} if one in before else {} for one in documents["id"].tolist()
    }


def _origins(documents: pd.DataFrame) -> dict[str, dict[str, list[str]]]:
    """Return by document which others of the corpus it may have taken text from, by origin."""
    place = places_of(documents)
    ordered = documents.sort_values(["period_end", "id"], kind="stable")
    found: dict[str, dict[str, list[str]]] = {}
    for document, genre, end in ordered[["id", "genre", "period_end"]].itertuples(index=False):
        told = ordered["period_end"]
        in_place = ordered["id"].map(place) == place[document]
        earlier = in_place & (told < end) & (told != "")
        kind = ordered.loc[earlier & (ordered["genre"] == genre), "id"].tolist()
        elsewhere = ~in_place & ((told <= end) | (end == ""))
        found[document] = {
            BEFORE: kind[-1:],
            OLDER: [one for one in ordered.loc[earlier, "id"] if one not in kind[-1:]],
            OTHERS: ordered.loc[elsewhere, "id"].tolist(),
        }
    return found


class _Pages:
    """The runs of a corpus by document and source, seen from either side."""

    def __init__(self, runs: pd.DataFrame, documents: pd.DataFrame, shortest: int) -> None:
        self.shortest = shortest
        self.size = dict(zip(documents["id"], documents["han_chars"].astype(int), strict=True))
        self.names = list(documents["id"])
        own = runs[runs["source_corpus"] == ""]
        turned = own.rename(
            columns={
                "document": "source",
                "source": "document",
                "han_start": "source_han_start",
                "source_han_start": "han_start",
            }
        )
        both = pd.concat([runs, turned], ignore_index=True)
        names = ["document", "source_corpus", "source"]
        ordered = both[both["document"].isin(self.size)].sort_values(names, kind="stable")
        spans = ordered[["han_start", "han_chars"]].to_numpy(dtype="int64")
        keys = list(ordered[names].itertuples(index=False, name=None))
        heads = [at for at, key in enumerate(keys) if not at or keys[at - 1] != key]
        parts = np.split(spans, heads)[1:]
        self.spans = {keys[at]: part for at, part in zip(heads, parts, strict=True)}

    def stretches(self, document: str, sources: Iterable[tuple[str, str]]) -> Flags:
        """Return at which characters a stretch begins that stands in one of some sources."""
        length = max(0, self.size[document] - self.shortest + 1)
        steps = np.zeros(length + 1, dtype=np.int64)
        for corpus, source in sources:
            spans = self.spans.get((document, corpus, source))
            if spans is not None:
                start, end = spans[:, 0], spans[:, 0] + spans[:, 1] - self.shortest + 1
                np.add.at(steps, start, 1)
                np.add.at(steps, np.minimum(end, length), -1)
        return np.cumsum(steps[:-1]) > 0

    def set_phrases(self, holders: int) -> dict[str, Flags]:
        """Return at which characters of each document a stretch begins that many documents hold."""
        found = {}
        for document in self.names:
            held = np.ones(max(0, self.size[document] - self.shortest + 1), dtype=np.int64)
            for source in self.names:
                if ("", source) != ("", document):
                    held += self.stretches(document, [("", source)])
            found[document] = held >= holders
        return found

    def measure(
        self, document: str, sources: list[tuple[str, str]], is_set: Flags | None
    ) -> dict[str, float]:
        """Return what of a document stands in some sources; set phrases where they are known."""
        copied = self.stretches(document, sources)
        total, size = self._cover(copied), self.size[document]
        own, single = float("nan"), [float("nan")]
        if is_set is not None:
            own = self._cover(copied & ~is_set)
            begins = (self.stretches(document, [one]) for one in sources)
            single = [self._cover(some & ~is_set) for some in begins]
        spans = [self.spans[(document, *one)] for one in sources if (document, *one) in self.spans]
        starts = {int(start) for span in spans for start in span[:, 0]}
        return {
            "copied_chars": total,
            "set_chars": total - own,
            "copied_pct": 100 * total / size if size else 0.0,
            "without_set_pct": 100 * own / size if size else 0.0,
            "per_source_pct": 100 * float(np.mean(single)) / size if size else 0.0,
            "runs": len(starts),
            "longest": max((int(span[:, 1].max()) for span in spans), default=0),
        }

    def _cover(self, begins: Flags) -> int:
        """Return how many characters stand in the stretches that begin somewhere."""
        at = np.flatnonzero(begins)
        if not len(at):
            return 0
        return int(np.minimum(np.diff(at), self.shortest).sum()) + self.shortest
