"""Slogans counted as strings: no segmenter decides whether one is there.

In: clean text and its paragraphs. Out: the `slogans` table without its `document` column.

Listed slogans are matched in every written form at once: text and list are folded to one spelling
(`spelling`), so that width, quotes, blanks and the signs of a list make no difference. A short one
is not taken out of a longer word (六保 in 六保险种, 三公 in 三公里); there the dictionary decides.
Where one slogan stands inside another the longest counts by default (发展 inside 高质量发展 inside
推动高质量发展); `nested="all"` counts each one wherever it stands, as a search for the bare words
does.
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

from dz_analysis import lexicon
from dz_analysis.counting import words
from dz_analysis.counting.discovery import find_coinages
from dz_analysis.counting.segment import straddles
from dz_analysis.counting.spelling import NUMERALS, Spelling, fold_marks, places_of_marks, spell
from dz_analysis.reading.page import Paragraph

Nested = Literal["longest", "all"]
SHORT = 3  # characters; what is that short may lie across two words
WINDOW = 6  # characters at either side in which such a word may lie
ORDINALS = NUMERALS | {"第"}
COLUMNS = ("paragraph", "slogan", "form", "count")
SloganRow = tuple[int, str, str, int]


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
    corpus: str = "",
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
    corpus : str, optional
        A corpus whose own `lexicon/slogans.csv` counts beside the lexicon's.

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
    own = spell_forms({s: s for s in slogans or ()})
    forms = listed_forms(corpus) if slogans is None else own
    folded = fold_marks(text)
    listed = [_mention(folded, found, forms) for found in _matches(folded, forms, nested)]
    if not discover:
        return tuple(listed)
    taken = {(s.start, s.end) for s in listed}
    coined = [
        Slogan(c.start, c.end, text[c.start : c.end], c.text, c.form)
        for c in find_coinages(text, with_parts=False)
        if (c.start, c.end) not in taken and spell(c.text) not in forms
    ]
    return tuple(sorted([*listed, *coined], key=lambda s: (s.start, -s.end, s.form)))


def count_slogans(
    text: str,
    paragraphs: Sequence[Paragraph],
    *,
    nested: Nested = "longest",
    slogans: Iterable[str] | None = None,
    discover: bool = True,
    corpus: str = "",
) -> pd.DataFrame:
    """Count the slogans of each paragraph.

    Parameters
    ----------
    text : str
        Clean text.
    paragraphs : sequence of Paragraph
        With their offsets in the text; what stands in none of them is not counted.
    nested, slogans, discover, corpus
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
    rows = list_slogans(
        text, paragraphs, nested=nested, slogans=slogans, discover=discover, corpus=corpus
    )
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(
        {"paragraph": "int64", "slogan": "str", "form": "str", "count": "int64"}
    )


def list_slogans(
    text: str,
    paragraphs: Sequence[Paragraph],
    *,
    nested: Nested = "longest",
    slogans: Iterable[str] | None = None,
    discover: bool = True,
    corpus: str = "",
) -> list[SloganRow]:
    """Count the slogans of each paragraph, as plain tuples: what `count_slogans` makes a frame of.

    Parameters
    ----------
    text, paragraphs, nested, slogans, discover, corpus
        As for `count_slogans`.

    Returns
    -------
    list of tuple
        Paragraph, slogan, form, count; sorted.
    """
    starts = [paragraph.start for paragraph in paragraphs]
    counted: Counter[tuple[int, str, str]] = Counter()
    for found in find_slogans(
        text, nested=nested, slogans=slogans, discover=discover, corpus=corpus
    ):
        at = bisect_right(starts, found.start) - 1
        if at >= 0 and found.end <= paragraphs[at].end:
            counted[paragraphs[at].number, found.slogan, found.form] += 1
    return sorted((*key, count) for key, count in counted.items())


@cache
def slogan_kinds(corpus: str = "") -> MappingProxyType[str, str]:
    """Return the kind of each listed slogan, as the lexicon and a corpus's own list say."""
    return MappingProxyType({row["slogan"]: row["kind"] for row in words.slogan_rows(corpus)})


@dataclass(frozen=True, slots=True)
class Form:
    """A slogan as it is looked for: its standard form, and where signs of a list may stand."""

    slogan: str
    marks: frozenset[int]


def spell_forms(written: Mapping[str, str]) -> MappingProxyType[str, Form]:
    """Return the one spelling of each written form with the slogan that it belongs to.

    Examples
    --------
    >>> sorted(spell_forms({"“四上”企业": "四上企业", "四上企业": "四上企业"}))
    ['四上企业']
    """
    forms: dict[str, Form] = {}
    for form, slogan in written.items():
        key = spell(form)
        marks = places_of_marks(form)
        forms[key] = Form(slogan, marks | (forms[key].marks if key in forms else marks))
    return MappingProxyType(forms)


@cache
def listed_forms(corpus: str = "") -> MappingProxyType[str, Form]:
    """Return the forms of the slogans that the lexicon and a corpus's own list hold."""
    return spell_forms(words.slogan_forms(corpus))


def _mention(folded: Spelling, found: tuple[int, int], forms: Mapping[str, Form]) -> Slogan:
    start, end = folded.span(*found)
    slogan = forms[folded.text[slice(*found)]].slogan
    return Slogan(start, end, folded.source[start:end], slogan, "lexicon")


def _matches(folded: Spelling, forms: Mapping[str, Form], nested: Nested) -> list[tuple[int, int]]:
    """Return where listed slogans stand in a folded text, in its own offsets."""
    if nested not in ("longest", "all"):
        msg = f"Unknown nested {nested!r}; expected 'longest' or 'all'."
        raise ValueError(msg)
    every = _matcher(tuple(forms)).find_matches_as_indexes(folded.text, overlapping=True)
    found = [(s, e, forms[folded.text[s:e]]) for _, s, e in every]
    kept: list[tuple[int, int]] = []
    last_end: dict[str, int] = {}
    for start, end, form in sorted(found, key=lambda match: (match[0], -match[1])):
        # A short variant inside its own slogan's longer form is the same mention.
        owner = form.slogan if nested == "all" else ""
        if start >= last_end.get(owner, 0) and _is_said(folded, start, end, form):
            kept.append((start, end))
            last_end[owner] = end
    return kept


def _is_said(folded: Spelling, start: int, end: int, form: Form) -> bool:
    """Whether a match is the slogan, and no piece of a number, a word or two clauses."""
    if not folded.is_whole(start, end, form.marks) or _is_numbered(folded, start):
        return False
    if folded.is_quoted(start, end):
        return True
    if folded.text[start:end].isdigit():  # 1269 is a number unless a head says what it is
        return bool(lexicon.words("coinages", "heads").at_start(folded.text[end : end + SHORT]))
    if end - start > SHORT:
        return True
    first, last = folded.run_of(start, end, WINDOW)
    return not straddles(folded.text[first:last], start - first, end - first)


def _is_numbered(folded: Spelling, start: int) -> bool:
    """Whether the numeral that a match begins with goes on before it: 第三公司, 二十四风."""
    if start == 0 or folded.text[start] not in NUMERALS or not folded.is_next(start):
        return False
    return folded.text[start - 1] in ORDINALS


@cache
def _matcher(forms: tuple[str, ...]) -> AhoCorasick:
    return AhoCorasick(list(forms), matchkind=MatchKind.Standard)
