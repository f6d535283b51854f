"""Who says the same: documents held against each other, and kinds of pairs.

In: pairs of documents; never a text. Out: a `matplotlib.figure.Figure` whose title is made from the
numbers that it draws, and the same findings as sentences.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from scipy.cluster.hierarchy import leaves_list, linkage
from scipy.spatial.distance import squareform

from dz_analysis.counting.likeness import (
    NEXT_YEAR,
    SAME_PLACE,
    SAME_REGION,
    order_kinds,
    places_of,
)
from dz_analysis.counting.permutation import ALPHA
from dz_analysis.language import label, say, say_count, set_unit
from dz_analysis.showing.canvas import (
    MOST_ROWS,
    Caption,
    add_caption,
    draw_sentence,
    fit_height,
    label_documents,
    label_rows,
    new_figure,
)
from dz_analysis.showing.districts import join_names
from dz_analysis.showing.maps import name_rows
from dz_analysis.showing.media import panels_beside, type_size
from dz_analysis.showing.spelling import spell_count, spell_value
from dz_analysis.showing.style import ABSENT, ACCENT, INK, SEQUENTIAL

MEASURES = {
    "cosine": "cosine of words",
    "jaccard_words": "Jaccard, words",
    "jaccard_slogans": "Jaccard, slogans",
    "shared_without_set_pct": "characters shared, %",
}
SHORT = {
    "cosine": "words (cosine)",
    "jaccard_words": "words (Jaccard)",
    "jaccard_slogans": "slogans",
    "shared_without_set_pct": "characters shared",
}
WRITTEN = 10  # rows of a matrix whose cells have room for numbers
MOST_SQUARES = 60  # rows and columns of a matrix that a page takes


def pick_documents(documents: pd.DataFrame, *, year: int = 0) -> pd.DataFrame:
    """Return the documents that stand side by side in a matrix.

    Parameters
    ----------
    documents : pandas.DataFrame
        The `documents` table.
    year : int
        Year of the last month reported on; 0 takes all, or where several places have more
        documents than a matrix of one year takes, the year of most places (of several the last).
    """
    told = documents["period_end"].str[:4]
    if year:
        return documents[told == str(year)]
    if places_of(documents).nunique() == 1 or len(documents) <= MOST_ROWS:
        return documents
    counts = documents[told != ""].groupby(told)["region"].nunique()
    most = counts.index[counts == counts.max()].max()
    own: pd.DataFrame = documents[told == most]
    return own


def plot_likeness(
    pairs: pd.DataFrame, documents: pd.DataFrame, *, measure: str, source: str
) -> Figure:
    """Draw a measure of likeness for each two documents as a matrix.

    Documents of one place stand in the order of time; others so that those alike stand together
    (average linkage, its leaves turned so that neighbours are close).

    Parameters
    ----------
    pairs : pandas.DataFrame
        From `compare_documents`, with the measure.
    documents : pandas.DataFrame
        The documents to draw, as `pick_documents` gives them.
    measure : str
        Column of the likeness.
    source : str
        Source line.
    """
    names = list(documents["id"])
    own = pairs[pairs["first"].isin(names) & pairs["second"].isin(names) & pairs[measure].notna()]
    if own.empty:
        title = say("No two documents can be held against each other")
        n = spell_count(len(names), "document")
        return draw_sentence(Caption(title, "", n, source))
    matrix = _spread(own, names, measure)
    order = _order(matrix, documents)[:MOST_SQUARES]
    labels = _label(documents).reindex([names[at] for at in order])
    side = max(0.115 * len(order), 0.45 * min(len(order), 8))
    figure, axes = new_figure(height=min(side, 5.6) + 1.9)
    axis = axes[0, 0]
    axis.set_facecolor(ABSENT)
    shown = matrix[np.ix_(order, order)]
    mesh = axis.pcolormesh(shown, cmap=SEQUENTIAL, edgecolors="white", linewidth=0.3)
    if len(order) <= WRITTEN:
        _write_cells(axis, shown)
    size = type_size(6.0 if len(order) > 24 else 8.0)
    ticks = np.arange(len(order)) + 0.5
    turned = 90 if len(order) > 6 else 0
    axis.set_xticks(ticks, list(labels), rotation=turned, fontsize=size)
    axis.set_yticks(ticks, list(labels), fontsize=size)
    axis.invert_yaxis()
    axis.grid(visible=False)
    figure.colorbar(mesh, ax=axis, shrink=0.7, label=label(MEASURES[measure]))
    left = len(names) - len(order)
    n = _count_pairs(len(own), len(names)) + _say_year(documents) + _explain_order(documents)
    n += say("; {n} not drawn", n=left) if left else ""
    title = say_range(own, _label(documents), measure)
    return add_caption(figure, Caption(title, label(MEASURES[measure]), n, source))


def _count_pairs(pairs: int, documents: int) -> str:
    return say(
        "{pairs} of {documents}",
        pairs=spell_count(pairs, "pair"),
        documents=spell_count(documents, "document"),
    )


def _write_cells(axis: Axes, matrix: np.ndarray) -> None:
    """Write the numbers into the cells of a small matrix, light on dark ones."""
    middle = (np.nanmin(matrix) + np.nanmax(matrix)) / 2
    for y, x in np.argwhere(~np.isnan(matrix)):
        value = matrix[y, x]
        ink = "white" if value > middle else INK
        words = spell_value(round(float(value), 2))
        axis.text(
            x + 0.5, y + 0.5, words, ha="center", va="center", fontsize=type_size(8), color=ink
        )


def _label(documents: pd.DataFrame) -> pd.Series:
    """Name the documents: of one place by their years alone, where these tell them apart."""
    names, of = name_rows(documents)
    return names if of == "year" else label_documents(documents)


def _say_year(documents: pd.DataFrame) -> str:
    years = sorted(set(documents["period_end"].str[:4]))
    return say(" on {year}", year=years[0]) if len(years) == 1 and years[0] else ""


def _spread(pairs: pd.DataFrame, names: Sequence[str], measure: str) -> np.ndarray:
    at = {name: number for number, name in enumerate(names)}
    matrix = np.full((len(names), len(names)), np.nan)
    one, other = pairs["first"].map(at), pairs["second"].map(at)
    matrix[one, other] = matrix[other, one] = pairs[measure]
    return matrix


def _order(matrix: np.ndarray, documents: pd.DataFrame) -> list[int]:
    if places_of(documents).nunique() == 1:
        return list(documents.reset_index().sort_values(["period_end", "id"]).index)
    if len(matrix) < 3:
        return list(range(len(matrix)))
    top = np.nanmax(matrix)
    apart = top - np.nan_to_num(matrix, nan=np.nanmin(matrix))
    np.fill_diagonal(apart, 0)
    joined = linkage(squareform(apart, checks=False), "average", optimal_ordering=True)
    return [int(at) for at in leaves_list(joined)]


def _explain_order(documents: pd.DataFrame) -> str:
    if places_of(documents).nunique() == 1:
        return say(", in the order of time")
    return say(", those alike side by side")


def say_range(pairs: pd.DataFrame, labels: pd.Series, measure: str) -> str:
    """Say which two documents are most alike, which least, and what is usual.

    Examples
    --------
    >>> pairs = pd.DataFrame({"first": ["a", "a"], "second": ["b", "c"], "cosine": [0.5, 0.25]})
    >>> say_range(pairs, pd.Series({"a": "甲", "b": "乙", "c": "丙"}), "cosine")
    'Most alike are 甲 and 乙 (cosine of words 0.5), least 甲 and 丙 (0.25); the median is 0.375'
    """
    ordered = pairs.sort_values([measure, "first", "second"], ascending=[False, True, True])
    ends = []
    for row in (ordered.iloc[0], ordered.iloc[-1]):
        names = join_names([labels[row["first"]], labels[row["second"]]])
        ends.append((names, spell_value(round(float(row[measure]), 3))))
    (best, high), (worst, low) = ends
    unit, mark = (
        label(MEASURES[measure].split(", %")[0]),
        "%" if "%" in MEASURES[measure] else "",
    )
    if len(ordered) == 1 or high == low:
        alike = say(
            "{names} are alike by {size} ({unit})", names=best, size=set_unit(high, mark), unit=unit
        )
        more = len(ordered) - 1
        return alike + (say(", as are {n} more pairs", n=more) if more else "")
    return say(
        "Most alike are {best} ({unit} {high}), least {worst} ({low}); the median is {median}",
        best=best,
        unit=unit,
        high=set_unit(high, mark),
        worst=worst,
        low=set_unit(low, mark),
        median=set_unit(spell_value(round(float(ordered[measure].median()), 3)), mark),
    )


def say_closest(pairs: pd.DataFrame, documents: pd.DataFrame) -> str:
    """Say which two documents are most alike in words, and which of different places.

    Parameters
    ----------
    pairs : pandas.DataFrame
        From `classify_pairs`.
    documents : pandas.DataFrame
        The `documents` table.
    """
    told = pairs[pairs["cosine"] > 0]
    if told.empty:
        size = spell_count(len(documents), "document")
        if len(documents) < 2:
            return say("{documents} with words: nothing to hold it against", documents=size)
        return say("No two of {documents} share a word", documents=size)
    labels, places = label_documents(documents), places_of(documents)
    apart = told[told["first"].map(places) != told["second"].map(places)]
    closest = say(
        "Of {pairs} most alike in words (cosine) are {names}",
        pairs=_count_pairs(len(told), len(documents)),
        names=_name_closest(told, labels),
    )
    if apart.empty or len(apart) == len(told):
        return closest
    return closest + say(", of different places {names}", names=_name_closest(apart, labels))


def _name_closest(pairs: pd.DataFrame, labels: pd.Series) -> str:
    """Name the two documents that are most alike, with their cosine."""
    ordered = pairs.sort_values(["cosine", "first", "second"], ascending=[False, True, True])
    top = ordered.iloc[0]
    names = join_names([labels[top["first"]], labels[top["second"]]])
    return say("{names} ({value})", names=names, value=spell_value(round(top["cosine"], 2)))


def plot_kinds(averages: pd.DataFrame, tests: pd.DataFrame, *, source: str) -> Figure:
    """Draw the mean likeness of each kind of pairs, one panel a measure, with its interval.

    Parameters
    ----------
    averages : pandas.DataFrame
        From `average_pairs`.
    tests : pandas.DataFrame
        From `permute_kinds`; the title says what they show.
    source : str
        Source line.
    """
    told = averages[averages["mean"].notna()]
    if told.empty:
        title = say("No two documents can be held against each other")
        return draw_sentence(Caption(title, "", spell_count(0, "pair"), source))
    kinds = order_kinds(told["kind"])
    measures = list(dict.fromkeys(told["measure"]))
    columns = panels_beside(2)
    across = 4 // columns
    figure, axes = new_figure(
        height=across * fit_height(len(kinds)) - 0.6, columns=columns, rows=across
    )
    pairs = told.drop_duplicates("kind").set_index("kind")["pairs"]
    names = pd.Series([f"{_name_kind(kind)} ({pairs[kind]:,})" for kind in kinds])
    for axis, measure in zip(axes.flat, measures, strict=False):
        rows = told[told["measure"] == measure].set_index("kind").reindex(kinds)
        places = np.arange(len(kinds))
        axis.hlines(places, rows["low"], rows["high"], color=ACCENT, linewidth=2, alpha=0.55)
        axis.scatter(rows["mean"], places, color=ACCENT, s=26, zorder=3)
        label_rows(axis, names)
        far = float(np.nanmax(rows[["mean", "high"]].to_numpy())) or 1.0
        axis.set(title=label(MEASURES[measure]), xlabel="", xlim=(-0.03 * far, 1.08 * far))
        axis.tick_params(axis="y", labelsize=type_size(7.5))
        axis.xaxis.set_major_locator(MaxNLocator(4))
        axis.xaxis.set_major_formatter(lambda number, _: spell_value(number))
    for axis in axes[:, 1:].flat:
        axis.set_yticklabels([])
    for axis in list(axes.flat)[len(measures) :]:
        axis.set_axis_off()
    units = int(told["units"].max())
    if told["low"].isna().all():
        unit = say("mean of pairs; too few places for intervals")
    else:
        drawn = "document" if tests["question"].eq(NEXT_YEAR).any() else "place"
        over = spell_count(units, drawn)
        unit = say("mean of pairs; 95 % interval over {units}", units=over)
    n = say("{pairs} pairs, by kind in brackets", pairs=f"{int(pairs.sum()):,}")
    return add_caption(figure, Caption(say_kinds(tests), unit, n, source))


def _name_kind(kind: str) -> str:
    """Name a kind of pairs; those of so many years apart in the language in use too."""
    years = re.fullmatch(r"(\d+)(?: to (\d+))? years? apart", kind)
    if years is None:
        return label(kind)
    if years[2]:
        return say("{low} to {high} years apart", low=years[1], high=years[2])
    return say_count(int(years[1]), "{n} year apart", "{n} years apart")


def say_kinds(tests: pd.DataFrame) -> str:
    """Say what the tests of kinds of pairs show, after correction for all that were made.

    Examples
    --------
    >>> say_kinds(pd.DataFrame(columns=["question", "measure", "difference", "p_all"]))
    'No kind of pairs can be tested: it takes a place with reports of two years, or two regions'
    """
    if tests.empty:
        return say(
            "No kind of pairs can be tested: it takes a place with reports of two years, or two "
            "regions"
        )
    parts = [_say_question(question, tests) for question in dict.fromkeys(tests["question"])]
    tested = spell_count(len(tests), "test")
    told = say("{findings} (corrected for {tests})", findings=say("; ").join(parts), tests=tested)
    return told[0].upper() + told[1:]


def _claim(question: str) -> str:
    """Return what a test of kinds of pairs asks, as a statement."""
    if question == SAME_PLACE:
        return say("a report is more like its own place's of the year before than like others'")
    if question == SAME_REGION:
        return say("places of one region are more alike than others")
    return say("reports one year apart are more alike than others")


def _say_question(question: str, tests: pd.DataFrame) -> str:
    own = tests[tests["question"] == question]
    claim = _claim(question)
    if own["p_smallest"].min() > ALPHA:
        least = spell_value(float(f"{own['p_smallest'].min():.2g}"))
        return say(
            "too few documents to show whether {claim} (p = {p} at best)", claim=claim, p=least
        )
    kept = own[(own["p_all"] < ALPHA) & (own["difference"] > 0)]
    if kept.empty:
        least = spell_value(float(f"{own['p_all'].min():.2g}"))
        return say("it is not shown that {claim} (least p {p})", claim=claim, p=least)
    told = {"claim": claim, "p": spell_value(float(f"{kept['p_all'].max():.2g}"))}
    by = [_spell_size(row) for row in kept.to_dict("records")]
    if len(by) == len(own) > 1:
        return say("{claim} in all measures, {size} on average (p at most {p})", size=by[0], **told)
    sizes = say(", ").join(by)
    return say("{claim} in {sizes} on average (p at most {p})", sizes=sizes, **told)


def _spell_size(row: Mapping[Hashable, Any]) -> str:
    """Write a measure and by how much pairs of a kind are more alike in it."""
    size = spell_value(float(f"{row['difference']:.2g}"))
    told = {"measure": label(SHORT[str(row["measure"])]), "size": size}
    if "%" in MEASURES[str(row["measure"])]:
        return say("{measure} by {size} points", **told)
    return say("{measure} by {size}", **told)
