"""Slogans counted as strings: no segmenter decides whether one is there.

In: clean text and its paragraphs. Out: the `slogans` table without its `document` column.

Listed slogans are matched in every written form at once. Where one stands inside another the
longest counts by default (发展 inside 高质量发展 inside 推动高质量发展); `nested="all"` counts
each one wherever it stands, as a search for the bare words does.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal

import pandas as pd
from ahocorasick_rs import AhoCorasick, MatchKind

from dz_analysis.counting import words
from dz_analysis.counting.discovery import find_coinages
from dz_analysis.lexicon import load_lexicon
from dz_analysis.reading.page import Paragraph

Nested = Literal["longest", "all"]
COLUMNS = ("paragraph", "slogan", "form", "count")


@dataclass(frozen=True, slots=True)
class Slogan:
    """One mention of a slogan, `text[start:end] == written`; `slogan` is its standard form."""

    start: int
    end: int
    written: str
    slogan: str
    form: str

    def __repr__(self) -> str:
        """Show the words first."""
        return f"<{self.written} {self.form} {self.start}:{self.end}>"


def find_slogans(
    text: str,
    *,
    nested: Nested = "longest",
    slogans: Iterable[str] | None = None,
    discover: bool = True,
) -> tuple[Slogan, ...]:
    """Find the slogans of a text: listed ones, numeric abbreviations, quoted coinages.

    Parameters
    ----------
    text : str
        Clean text.
    nested : {"longest", "all"}
        Whether a slogan inside a longer one counts.
    slogans : iterable of str, optional
        Another list than the lexicon's, without variants.
    discover : bool
        Whether to look for coinages that are not listed.

    Returns
    -------
    tuple of Slogan
        In text order. A coinage that is listed, or holds nothing but a listed one, is reported
        as ``lexicon`` only.

    Raises
    ------
    ValueError
        If `nested` is neither of the two.

    Examples
    --------
    >>> chain = ["发展", "高质量发展", "推动高质量发展"]
    >>> [s.slogan for s in find_slogans("推动高质量发展", slogans=chain)]
    ['推动高质量发展']
    >>> [s.slogan for s in find_slogans("推动高质量发展", slogans=chain, nested="all")]
    ['推动高质量发展', '高质量发展', '发展']
    """
    forms = words.slogan_forms() if slogans is None else MappingProxyType({s: s for s in slogans})
    listed = [
        Slogan(start, end, text[start:end], forms[text[start:end]], "lexicon")
        for start, end in _matches(text, forms, nested)
    ]
    if not discover:
        return tuple(listed)
    taken = {(s.start, s.end) for s in listed}
    coined = [
        Slogan(c.start, c.end, c.text, c.text, c.form)
        for c in find_coinages(text, with_parts=False)
        if (c.start, c.end) not in taken and c.text not in forms
    ]
    return tuple(sorted([*listed, *coined], key=lambda s: (s.start, -s.end, s.form)))


def count_slogans(
    text: str,
    paragraphs: Sequence[Paragraph],
    *,
    nested: Nested = "longest",
    slogans: Iterable[str] | None = None,
    discover: bool = True,
) -> pd.DataFrame:
    """Count the slogans of each paragraph.

    Parameters
    ----------
    text : str
        Clean text.
    paragraphs : sequence of Paragraph
        With their offsets in the text; what stands in none of them is not counted.
    nested, slogans, discover
        As for `find_slogans`.

    Returns
    -------
    pandas.DataFrame
        One row a slogan and form in a paragraph: paragraph, slogan (standard form), form
        (``lexicon``, ``numeric``, ``quoted``), count; sorted by these.

    Examples
    --------
    >>> text = "突出双招双引，打造“快易办”品牌，双招双引见实效。"
    >>> count_slogans(text, [Paragraph(1, 0, len(text))]).to_dict("list")
    ... # doctest: +NORMALIZE_WHITESPACE
    {'paragraph': [1, 1], 'slogan': ['双招双引', '快易办'], 'form': ['lexicon', 'quoted'],
     'count': [2, 1]}
    """
    starts = [paragraph.start for paragraph in paragraphs]
    counted: Counter[tuple[int, str, str]] = Counter()
    for found in find_slogans(text, nested=nested, slogans=slogans, discover=discover):
        at = bisect_right(starts, found.start) - 1
        if at >= 0 and found.end <= paragraphs[at].end:
            counted[paragraphs[at].number, found.slogan, found.form] += 1
    rows = sorted((*key, count) for key, count in counted.items())
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(
        {"paragraph": "int64", "slogan": "str", "form": "str", "count": "int64"}
    )


@cache
def slogan_kinds() -> MappingProxyType[str, str]:
    """Return the kind of each listed slogan, as the lexicon says."""
    return MappingProxyType({row["slogan"]: row["kind"] for row in load_lexicon("slogans")})


def _matches(text: str, forms: Mapping[str, str], nested: Nested) -> list[tuple[int, int]]:
    if nested not in ("longest", "all"):
        msg = f"Unknown nested {nested!r}; expected 'longest' or 'all'."
        raise ValueError(msg)
    if nested == "longest":
        found = _matcher(tuple(forms), True).find_matches_as_indexes(text)
        return [(start, end) for _, start, end in found]
    every = _matcher(tuple(forms), False).find_matches_as_indexes(text, overlapping=True)
    kept, last_end = [], dict.fromkeys(forms.values(), 0)
    for _, start, end in sorted(every, key=lambda match: (match[1], -match[2])):
        slogan = forms[text[start:end]]
        # A short variant inside its own slogan's longer form is the same mention.
        if start >= last_end[slogan]:
            kept.append((start, end))
            last_end[slogan] = end
    return kept


@cache
def _matcher(forms: tuple[str, ...], longest: bool) -> AhoCorasick:
    kind = MatchKind.LeftmostLongest if longest else MatchKind.Standard
    return AhoCorasick(list(forms), matchkind=kind)
