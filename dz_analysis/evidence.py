"""Numbers with the sentence that they stand in: found by name, shown, explained.

In: the tables of corpora, and their pages where they are at hand. Out: a table of values with their
evidence, the same as a page for a notebook, and the reasons of one row in words. Text of pages is
data: what is shown of it is escaped.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from dz_analysis import measure, paths, tables
from dz_analysis.comparing.facts import name_concept, name_key
from dz_analysis.corpus import Corpus, load_corpus, page_bytes
from dz_analysis.finding import region_code
from dz_analysis.harmless import show_controls
from dz_analysis.language import say
from dz_analysis.manifest import Document
from dz_analysis.reading import PageError, read_page
from dz_analysis.reading.page import Page

COLUMNS = (
    "corpus",
    "document",
    "region",
    "period",
    "indicator",
    "measure",
    "quote",
    "value",
    "unit",
    "bound",
    "of",
    "status",
    "confidence",
    "grade",
    "review",
    "sentence",
    "start",
    "observation",
)
MOST = 100  # rows that are shown
REACH = 200  # characters of a sentence on either side of a number
_END = re.compile(r"[。！？；!?\n]")
_NOT_AT_HAND = (OSError, PageError, ValueError, StopIteration)
Row = Mapping[Any, Any]


def find(
    indicator: str, *, place: str = "", year: int | None = None, corpus: str = ""
) -> pd.DataFrame:
    """Find what documents say of an indicator, each value with its evidence.

    Parameters
    ----------
    indicator : str
        Its name, or another name for the same.
    place : str, optional
        The place that the numbers are about; by default all.
    year : int, optional
        A year that their period touches; by default all.
    corpus : str, optional
        Where to look; by default in all corpora that have tables.

    Returns
    -------
    pandas.DataFrame
        Columns `COLUMNS`, one row a number, in the order of place, period and document. `sentence`
        is blank where the page is not at hand. Empty if nobody says it of that place and year.

    Raises
    ------
    ValueError
        If no corpus has a number of that name, or of that place; the message names those nearest.
    FileNotFoundError
        If no corpus has tables.

    Examples
    --------
    >>> found = find("一般公共预算收入", place="德城区", year=2021, corpus="digests")
    >>> found[["quote", "measure", "period"]].values.tolist()[0]
    ['12.8亿元', 'level', '2021-01/2021-06']
    """
    names = [corpus] if corpus else _measured_corpora()
    if not names:
        msg = say(
            "No corpus in {data_dir} has been measured yet: measure one (dz ingest NAME), or make "
            "one of your pages (dz new NAME PAGES).",
            data_dir=paths.data_dir(),
        )
        raise FileNotFoundError(msg)
    held = {name: load_corpus(name).table("observations") for name in names}
    rows = pd.concat([held[name].assign(corpus=name) for name in held], ignore_index=True)
    named = rows[rows["indicator"].isin(_same_names(indicator, rows["indicator"]))]
    if named.empty:
        raise ValueError(_say_unknown("indicator", indicator, rows["indicator"]))
    if place:
        is_there = _is_place(named, place)
        if not is_there.any():
            raise ValueError(_say_unknown("place", place, named["region"]))
        named = named[is_there]
    if year is not None:
        first, last = (named["period"].str[part].str[:4] for part in (slice(0, 4), slice(8, 12)))
        named = named[(first <= str(year)) & (str(year) <= last)]
    ordered = named.sort_values(["region", "period", "corpus", "document", "start"], kind="stable")
    return add_sentences(ordered)[list(COLUMNS)].reset_index(drop=True)


def add_sentences(rows: pd.DataFrame, *, corpus: str = "") -> pd.DataFrame:
    """Add to rows the sentences that their numbers stand in.

    Parameters
    ----------
    rows : pandas.DataFrame
        Observations or facts, with a column `corpus` or all of one.
    corpus : str, optional
        The corpus of all of them.

    Returns
    -------
    pandas.DataFrame
        The same with a column `sentence`: at most `REACH` characters on either side of the number,
        blank where the page is not at hand or has changed since.
    """
    whose = rows["corpus"] if "corpus" in rows else pd.Series(corpus, index=rows.index)
    cells = zip(whose, rows["document"], rows["start"], rows["quote"], strict=True)
    said, absent = [], set()
    for name, document, at, quote in cells:
        page = None if (name, document) in absent else _page_at_hand(name, document)
        if page is None:
            absent.add((name, document))  # not looked for again for each of its rows
        said.append("".join(_part(page, int(at), quote)))
    return rows.assign(sentence=pd.Series(said, index=rows.index, dtype="str"))


def _around(corpus: str, document: str, start: int, quote: str) -> tuple[str, str, str]:
    """Return a sentence in three parts, the number in the middle; blank ones without the page."""
    return _part(_page_at_hand(corpus, document), start, quote)


def _page_at_hand(corpus: str, document: str) -> Page | None:
    try:
        return _page_of(paths.project_dir(), corpus, document)
    except _NOT_AT_HAND:
        return None


def _part(page: Page | None, start: int, quote: str) -> tuple[str, str, str]:
    end = start + len(quote)
    if page is None or page.text[start:end] != quote:
        return "", "", ""
    before = _END.split(page.text[max(0, start - REACH) : start])[-1]
    behind = page.text[end : end + REACH]
    stop = _END.search(behind)
    return before.lstrip(), quote, behind[: stop.end()].rstrip() if stop else behind


@lru_cache(maxsize=64)
def _page_of(home: Path, corpus: str, document: str) -> Page:
    """Return a document's page as it was when first read; one not at hand is asked for again."""
    loaded = load_corpus(corpus)
    row = _row_of(loaded, document)
    return read_page(page_bytes(row, loaded.texts), name=row.file)


def _row_of(corpus: Corpus, document: str) -> Document:
    return next(row for row in corpus.documents if row.id == document)


def _measured_corpora() -> list[str]:
    manifests = sorted(paths.data_dir().glob("*/documents.csv"))
    names = [file.parent.name for file in manifests]
    return [name for name in names if tables.table_files(paths.tables_dir(name), "observations")]


def _same_names(indicator: str, names: Iterable[str]) -> set[str]:
    """Return the names among others that mean the same indicator."""
    key, concept = name_key(indicator), name_concept(indicator)
    named = sorted(set(names) - {""})
    return {name for name in named if name_key(name) == key or name_concept(name) == concept}


def _is_place(rows: pd.DataFrame, place: str) -> pd.Series:
    code = region_code(place)
    is_named: pd.Series = rows["region"] == place
    return is_named | ((rows["region_code"] == code) if code else False)


def _say_unknown(what: str, name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name, sorted(set(known) - {""}), n=3, cutoff=0.4)
    hint = say(" Did you mean {name}?", name=" / ".join(map(repr, near))) if near else ""
    return f"No number is about the {what} {name!r}.{hint}"


def explain(
    source: Path | str | bytes | Row | pd.Series,
    quote: str = "",
    *,
    document: Document | None = None,
    corpus: str = "",
) -> str:
    r"""Say in words how a number was read, or why it was left out.

    Parameters
    ----------
    source : pathlib.Path, str, bytes, or a row
        A file or the bytes of one; or a row of a table of numbers, such as `find` gives.
    quote : str, optional
        The number as it stands in the text, such as ``"8亿元"``; of a row it is known. Where it
        stands several times in a page, each is explained.
    document : Document, optional
        What is known of the page; of a row its manifest says it.
    corpus : str, optional
        The corpus of a row that does not say it.

    Returns
    -------
    str
        How the number was read, and a line for each reason: what it decided, the rule, the word
        that called for it with its line in the lexicon, and what the rule means; last, how sure the
        row is and which field is its weakest. Of a row first its sentence, with the number in 【】.

    Raises
    ------
    ValueError
        If no number of the page is quoted so, or no corpus has the row's document.

    Examples
    --------
    >>> page = "临江县2019年经济简况\n全县工业增加值80亿元，增长6%。".encode()
    >>> print(explain(page, "2019"))  # doctest: +ELLIPSIS
    2019 · left out
      left out date, ordinal or name (年, lexicon/not_quantities.csv:...): A date, an ordinal or ...
    """
    if isinstance(source, str | bytes | Path):
        return measure.explain(source, quote, document=document)
    row = dict(source)
    name = str(row.get("corpus") or corpus or _corpus_of(str(row["document"])))
    return show_controls(_explain_row(row, name))


def _corpus_of(document: str) -> str:
    """Return the one corpus that has a document."""
    names = [
        name
        for name in _measured_corpora()
        if any(row.id == document for row in load_corpus(name).documents)
    ]
    if len(names) != 1:
        there = say("found in {corpora}", corpora=", ".join(names))
        found = there if names else say("found in no corpus")
        msg = say(
            "Document {document!r} is {found}: say which with corpus=.",
            document=document,
            found=found,
        )
        raise ValueError(msg)
    return names[0]


def _explain_row(row: Row, corpus: str) -> str:
    document, start, quote = str(row["document"]), int(row["start"]), str(row["quote"])
    told = [f"{corpus}, {document}, offset {start}"]
    if row.get("review"):
        told.append(f"{row['review']} (corrections.csv); what follows is how the suite read it")
    before, number, behind = _around(corpus, document, start, quote)
    try:
        loaded = load_corpus(corpus)
        manifest = _row_of(loaded, document)
        content = page_bytes(manifest, loaded.texts) if number else b""
    except _NOT_AT_HAND:
        content = b""
    if not content:
        missing = "The page is not at hand, or has changed since: name its folder in DZ_TEXTS."
        return "\n".join([*told, f"{quote} {row.get('indicator', '')}", missing])
    why = measure.explain(content, quote, document=manifest, start=start)
    return "\n".join([*told, f"{before}【{number}】{behind}", why])


@dataclass(frozen=True, slots=True)
class Shown:
    """Rows for a notebook: a line a number, which opens on its sentence."""

    rows: pd.DataFrame
    corpus: str = ""

    def __repr__(self) -> str:
        """Show the rows as text."""
        columns = [c for c in ("region", "period", "indicator", "quote", "grade") if c in self.rows]
        return str(self.rows[columns].head(MOST).to_string(index=False))

    def _repr_html_(self) -> str:
        lines = [_show_row(row, self.corpus) for row in self.rows.head(MOST).to_dict("records")]
        left = len(self.rows) - len(lines)
        more = f"<p>… and {left} more rows</p>" if left > 0 else ""
        return f'<div class="dz-rows">{"".join(lines)}{more}</div>'


def show_rows(rows: pd.DataFrame, *, corpus: str = "") -> Shown:
    """Show rows in a notebook, each with how sure it is; a click opens the sentence.

    Parameters
    ----------
    rows : pandas.DataFrame
        Observations, facts, or what `find` gives.
    corpus : str, optional
        The corpus of all of them, where they don't say it.

    Returns
    -------
    Shown
        As a page a line a number, which opens on its sentence with the number marked, as far as the
        page is at hand; as text a plain table.

    Examples
    --------
    >>> found = find("一般公共预算收入", place="德城区", year=2021, corpus="digests")
    >>> show_rows(found).rows is found
    True
    """
    return Shown(rows, corpus)


def _show_row(row: Row, corpus: str) -> str:
    sure = tables.spell_number(round(row["confidence"], 2))
    mark = row.get("review") or row["grade"] or "not judged"
    cells = [row.get("region"), row.get("period"), row["indicator"], row["quote"], row["measure"]]
    head = " · ".join(html.escape(show_controls(str(cell))) for cell in cells if cell)
    name = str(row.get("corpus") or corpus)
    before, number, behind = _around(name, str(row["document"]), int(row["start"]), row["quote"])
    parts = [html.escape(show_controls(part)) for part in (before, number, behind)]
    said = f"{parts[0]}<mark>{parts[1]}</mark>{parts[2]}" if number else ""
    where = html.escape(f"{row['document']}, offset {row['start']}")
    told = said or "<em>the page is not at hand</em>"
    return (
        f"<details><summary>{head} <small>{html.escape(str(mark))} {sure}</small></summary>"
        f"<p>{told}<br><small>{where}</small></p></details>"
    )
