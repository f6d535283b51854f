"""Charts of likeness: who is like whom, kinds of pairs, what is taken over, maps of places.

In: pairs of documents, shares of text taken over, a correspondence analysis; never a text. Out: a
`matplotlib.figure.Figure` whose title is made from the numbers that it draws, and the same
findings as sentences.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import Bbox
from scipy.cluster.hierarchy import leaves_list, linkage
from scipy.spatial.distance import squareform

from dz_analysis.counting.correspondence import FEWEST_ROWS, Correspondence
from dz_analysis.counting.likeness import (
    NEXT_YEAR,
    SAME_PLACE,
    SAME_REGION,
    order_kinds,
    places_of,
)
from dz_analysis.counting.permutation import ALPHA
from dz_analysis.counting.reuse import (
    BEFORE,
    CENTRE,
    OLDER,
    ORIGINS,
    OTHERS,
    average_reuse,
)
from dz_analysis.language import label, say, say_count
from dz_analysis.showing.canvas import (
    Caption,
    add_caption,
    draw_nothing,
    fit_height,
    label_documents,
    label_rows,
    new_figure,
)
from dz_analysis.showing.districts import join_names, mark_breaks, pick_ends
from dz_analysis.showing.media import panels_beside, type_size
from dz_analysis.showing.spelling import spell_count, spell_value
from dz_analysis.showing.style import ABSENT, ACCENT, INK, MUTED, SEQUENTIAL

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
MOST_ROWS = 32
FEW_POINTS = 12  # on a map that need less room
TOLD = 3  # words of a side of the first axis that a title tells
MOST_WORDS = 12  # drawn on the map, and of each axis
ENOUGH_YEARS = 8  # reports of one place that a chart over the years needs
# Colours of seaborn's colour-blind palette, and shapes, so that neither is needed.
ORIGIN_MARKS = {
    BEFORE: ("#0173b2", "o"),
    "older own reports": ("#56b4e9", "^"),
    CENTRE: ("#de8f05", "s"),
    "other places": ("#029e73", "D"),
}
# Offsets in points of a name from its point, the best first, and the side that it is aligned to.
NAME_SIDES = (
    (4, -2.5, "left"),
    (-4, -2.5, "right"),
    (0, 4, "center"),
    (0, -9, "center"),
    (4, 3, "left"),
    (-4, 3, "right"),
    (4, -9, "left"),
    (-4, -9, "right"),
)
SIDES = ("#0173b2", "#de8f05")  # of an axis: left or below, right or above
MANY = (OLDER, OTHERS)  # origins of many sources


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
        return draw_nothing(Caption(title, say("none"), n, source))
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
    unit, mark = label(MEASURES[measure].split(", %")[0]), " %" if "%" in MEASURES[measure] else ""
    if len(ordered) == 1 or high == low:
        alike = say("{names} are alike by {size} ({unit})", names=best, size=high + mark, unit=unit)
        more = len(ordered) - 1
        return alike + (say(", as are {n} more pairs", n=more) if more else "")
    return say(
        "Most alike are {best} ({unit} {high}), least {worst} ({low}); the median is {median}",
        best=best,
        unit=unit,
        high=high + mark,
        worst=worst,
        low=low + mark,
        median=spell_value(round(float(ordered[measure].median()), 3)) + mark,
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
        return draw_nothing(Caption(title, say("none"), spell_count(0, "pair"), source))
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


def plot_reuse(reuse: pd.DataFrame, *, shortest: int, source: str) -> Figure:
    """Draw which share of each document its own report before, the centre and others hold too.

    The last year of several places, one row a place; of one place its years.

    Parameters
    ----------
    reuse : pandas.DataFrame
        From `measure_reuse`.
    shortest : int
        Least Han characters of a run, as it was measured.
    source : str
        Source line.
    """
    if reuse.empty:
        title = say("No document has an earlier one that it could repeat")
        return draw_nothing(Caption(title, say("none"), spell_count(0, "document"), source))
    if not reuse["copied_chars"].any():
        count = reuse["document"].nunique()
        n = spell_count(count, "document")
        return draw_nothing(Caption(_say_last(reuse, count), say("none"), n, source))
    is_one = reuse["place"].nunique() == 1 and reuse["year"].nunique() >= ENOUGH_YEARS
    return (_plot_years if is_one else _plot_places)(reuse, shortest, source)


def _plot_places(reuse: pd.DataFrame, shortest: int, source: str) -> Figure:
    newest = reuse.groupby("place")["year"].transform("max")
    last, share = reuse[reuse["year"] == newest], _share_known(reuse)
    wide = last.pivot_table(index="document", columns="origin", values=share)
    wide = wide.reindex(columns=[name for name in ORIGINS if name in wide.columns])
    labels = last.drop_duplicates("document").set_index("document")
    order = wide.assign(region=labels["place"] + " " + labels["year"]).sort_values(
        [wide.columns[0], "region"], ascending=[False, True], na_position="last"
    )
    ranked = order.reset_index(drop=True)
    drawn = pick_ends(ranked, most=MOST_ROWS)
    figure, axes = new_figure(height=fit_height(len(drawn)) + 0.3)
    axis, rows = axes[0, 0], np.arange(len(drawn))
    for name in wide.columns:
        colour, shape = ORIGIN_MARKS[name]
        told = f"{label(name)} ({_say_sources(last, name)})"
        axis.scatter(drawn[name], rows, color=colour, marker=shape, s=24, zorder=3, label=told)
    label_rows(axis, drawn["region"])
    mark_breaks(axis, ranked["region"], drawn["region"])
    far = float(np.nanmax(drawn[list(wide.columns)].to_numpy())) or 1.0
    unit = _unit(shortest, share)
    axis.set(xlabel=unit, ylabel="", xlim=(-0.03 * far, 1.05 * far))
    axis.xaxis.set_major_formatter(lambda number, _: spell_value(number))
    _explain_origins(axis)
    left = len(ranked) - len(drawn)
    n = _count_text(len(ranked), last)
    n += say("; {n} between the ends not drawn", n=left) if left else ""
    title = _say_last(last, len(ranked))
    return add_caption(figure, Caption(title, unit, n, source))


def _share_known(reuse: pd.DataFrame) -> str:
    """Return the column of what is taken over: without set phrases where they are known."""
    return "without_set_pct" if reuse["without_set_pct"].notna().any() else "copied_pct"


def _plot_years(reuse: pd.DataFrame, shortest: int, source: str) -> Figure:
    figure, axes = new_figure(height=3.8)
    axis, share = axes[0, 0], _share_known(reuse)
    for name in [one for one in ORIGINS if one in set(reuse["origin"])]:
        own = reuse[reuse["origin"] == name].sort_values(["year", "document"])
        colour, shape = ORIGIN_MARKS[name]
        years = own["year"].astype(int)
        whole = own.groupby(years)[share].mean()
        line = whole.reindex(range(years.min(), years.max() + 1))  # a year without report is a gap
        axis.plot(line.index, line, color=colour, linewidth=0.8, alpha=0.6)
        axis.scatter(
            years, own[share], color=colour, marker=shape, s=20, zorder=3, label=label(name)
        )
    axis.xaxis.set_major_locator(MaxNLocator(10, integer=True))
    axis.set(xlabel="", ylabel="%")
    _explain_origins(axis)
    count = reuse["document"].nunique()
    n = _count_text(count, reuse)
    title, unit = _say_last(reuse, count), _unit(shortest, share)
    return add_caption(figure, Caption(title, unit, n, source))


def _say_sources(rows: pd.DataFrame, origin: str) -> str:
    """Say how many sources the documents drawn have of one origin."""
    counts = rows.loc[rows["origin"] == origin, "sources"]
    low, high = int(counts.min()), int(counts.max())
    if low == high:
        return spell_count(high, "source")
    return say("{low} to {high} sources", low=low, high=high)


def _unit(shortest: int, share: str) -> str:
    if share == "without_set_pct":
        return say(
            "% of a document's Han characters in runs of {n} or more, set phrases apart", n=shortest
        )
    return say(
        "% of a document's Han characters in runs of {n} or more, set phrases too", n=shortest
    )


def _count_text(documents: int, reuse: pd.DataFrame) -> str:
    """Write how many documents there are, and their length."""
    characters = int(reuse.drop_duplicates("document")["han_chars"].sum())
    return say(
        "{documents}, {n} Han characters",
        documents=spell_count(documents, "document"),
        n=f"{characters:,}",
    )


def _explain_origins(axis: Axes) -> None:
    axis.legend(
        loc="lower left",
        bbox_to_anchor=(0, 1),
        ncols=4,
        frameon=False,
        fontsize=type_size(8),
        borderaxespad=0.2,
        columnspacing=1,
    )


def _say_last(rows: pd.DataFrame, documents: int) -> str:
    """Say which document takes over most from the first origin that has any, and the mean."""
    first, share = next(name for name in ORIGINS if name in set(rows["origin"])), _share_known(rows)
    own = rows[rows["origin"] == first]
    if not rows["copied_chars"].any():
        held = spell_count(documents, "document")
        return say("No run of such length stands in any source of {documents}", documents=held)
    if not own[share].any():
        first = str(rows.groupby("origin")[share].mean().idxmax())
        own = rows[rows["origin"] == first]
    ranked = own.sort_values([share, "document"], ascending=[False, True])
    top, mean = ranked.iloc[0], average_reuse(own).iloc[0]
    told = {
        "place": str(top["place"]),
        "year": str(top["year"]),
        "origin": _name_origin(first),
        "share": f"{top[share]:.1f} %",
    }
    if len(own) == 1:
        return say("{place} {year} shares {share} with {origin}", **told)
    middle = f"{mean[share]:.1f} %{_spell_ends(mean, share)}"
    return say(
        "{place} {year} shares most with {origin}, {share}; the mean of {n} is {mean}",
        n=len(own),
        mean=middle,
        **told,
    )


def _name_origin(origin: str) -> str:
    if origin == BEFORE:
        return say("its own report before")
    return say("the centre's last reports") if origin == CENTRE else label(origin)


def say_reuse(averages: pd.DataFrame, *, shortest: int) -> str:
    """Say how much of a report is taken over on average, with and without set phrases.

    Parameters
    ----------
    averages : pandas.DataFrame
        From `average_reuse`.
    shortest : int
        Least Han characters of a run, as it was measured.
    """
    if averages.empty:
        return say("No document has an earlier one that it could repeat")
    if not averages["copied_pct"].any():
        names = say(" or ").join(_name_origin(name) for name in averages["origin"])
        return say("No run of {n} Han characters is shared with {names}", n=shortest, names=names)
    rows, share = averages.to_dict("records"), _share_known(averages)
    parts = [
        say(
            "{share} with {origin}",
            share=_spell_share(row, share),
            origin=_name_origin(str(row["origin"])),
        )
        for row in rows
    ]
    told = {"parts": say(", ").join(parts), "n": shortest}
    if share == "copied_pct":
        return say(
            "Of its Han characters a report shares on average {parts}, in runs of {n} or more; "
            "which of them are set phrases is not known",
            **told,
        )
    return say(
        "Of its Han characters a report shares on average {parts}, in runs of {n} or more, set "
        "phrases apart (with them {whole})",
        whole=say(", ").join(f"{row['copied_pct']:.1f} %" for row in rows),
        **told,
    )


def _spell_share(row: Mapping[Hashable, Any], share: str) -> str:
    """Write the mean share of an origin with its interval, and that of one of many sources."""
    if not row["copied_pct"]:
        return say("none")
    said = f"{row[share]:.1f} %{_spell_ends(row, share)}"
    is_many = row["origin"] in MANY and row["per_source_pct"] < row["without_set_pct"]
    by_source = f"{row['per_source_pct']:.1f} %"
    return say("{share}, by source {each},", share=said, each=by_source) if is_many else said


def _spell_ends(row: Mapping[Hashable, Any] | pd.Series, name: str) -> str:
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    if np.isnan(low):
        return ""
    return say(" ({low} to {high})", low=f"{low:.1f}", high=f"{high:.1f}")


def name_rows(documents: pd.DataFrame) -> tuple[pd.Series, str]:
    """Say what stands on a map: the places, or of fewer than three their documents.

    Parameters
    ----------
    documents : pandas.DataFrame
        The `documents` table.

    Returns
    -------
    names : pandas.Series of str
        Name of the row that each document belongs to, by its id.
    of : str
        What a row is called: ``"place"``, ``"year"`` or ``"document"``.
    """
    places = places_of(documents)
    if places.nunique() >= FEWEST_ROWS:
        return places, "place"
    years = documents.set_index("id")["period_end"].str[:4]
    if places.nunique() == 1 and years.is_unique and (years != "").all():
        return years, "year"
    return label_documents(documents), "document"


def plot_map(found: Correspondence | None, *, of: str, source: str) -> Figure:
    """Draw the rows of a correspondence analysis on two axes, and the words that make the axes.

    Parameters
    ----------
    found : Correspondence or None
        Of documents or places by words; None where there are too few.
    of : str
        What a row is called, from `name_rows`; years are joined by a line.
    source : str
        Source line.
    """
    if found is None:
        return draw_nothing(Caption(say_map(found), say("none"), _count_few(of), source))
    rows, words = found.rows, pick_words(found)
    second = "axis_2" in rows.columns
    rows, words = (side if second else side.assign(axis_2=0.0) for side in (rows, words))
    height = 8.6 if len(rows) > FEW_POINTS else 6.4
    figure, axes = new_figure(height=height, rows=2)
    axes[0, 0].get_gridspec().set_height_ratios([3, 2])
    above, below = axes[0, 0], axes[1, 0]
    shares = found.axes["pct"].tolist()
    for axis, points, colour in ((above, rows, ACCENT), (below, words, SIDES[1])):
        axis.axhline(0, color=MUTED, linewidth=0.6)
        axis.axvline(0, color=MUTED, linewidth=0.6)
        axis.scatter(points["axis_1"], points["axis_2"], color=colour, s=16, zorder=3)
        axis.margins(0.09)
        axis.grid(visible=False)
        share = f"{shares[1]:.1f}" if second else ""
        axis.set(ylabel=say("axis 2 ({share} %)", share=share) if second else "")
    if of == "year":
        above.plot(rows["axis_1"], rows["axis_2"], color=ACCENT, linewidth=0.5, alpha=0.5)
    above.set(title=label(of, many=True), xlabel="")
    below.set(title=say("words, on the same axes at a scale of their own"))
    below.set(xlabel=say("axis 1 ({share} % of the inertia)", share=f"{shares[0]:.1f}"))
    unit = say("principal coordinates")
    add_caption(figure, Caption(say_map(found), unit, "", source))
    figure.canvas.draw()
    hidden = _name_points(above, _farthest(rows)) + _name_points(below, _farthest(words))
    n = say(
        "{rows} by {words}, {uses} uses; the {n} words contribute most",
        rows=spell_count(len(rows), of),
        words=spell_count(len(found.columns), "word"),
        uses=f"{int(found.columns['count'].sum()):,}",
        n=len(words),
    )
    if hidden:
        n += say("; {names} not written for want of room", names=spell_count(hidden, "name"))
    return add_caption(figure, Caption(say_map(found), unit, n, source))


def _count_few(of: str) -> str:
    """Write that there are too few rows for a map."""
    return say("fewer than {rows}", rows=spell_count(FEWEST_ROWS, of))


def _farthest(points: pd.DataFrame) -> pd.DataFrame:
    """Return points in the order of their names' places: those that stand alone first."""
    place = points[["axis_1", "axis_2"]].to_numpy()
    scaled = place / np.maximum(np.ptp(place, axis=0), 1e-9)
    apart = np.sqrt(((scaled[:, None] - scaled[None]) ** 2).sum(axis=2))
    np.fill_diagonal(apart, np.inf)
    near = points.assign(near=np.round(apart.min(axis=1), 9))
    return near.sort_values(["near", "name"], ascending=[False, True])


def pick_words(found: Correspondence, *, most: int = MOST_WORDS) -> pd.DataFrame:
    """Return the words that contribute most to the axes drawn, as many of each.

    Those that the title tells of the first axis are among them.
    """
    names = [name for name in found.columns.columns if name.startswith("contribution_")]
    each = -(-most // len(names))
    tops = [
        found.columns.sort_values([name, "name"], ascending=[False, True]).head(each)
        for name in names
    ]
    told = found.columns[found.columns["name"].isin([*chain(*_tell_sides(found))])]
    return pd.concat([*tops, told]).drop_duplicates("name", ignore_index=True)


def _tell_sides(found: Correspondence) -> list[list[str]]:
    """Return the words that contribute most to the first axis, on its left and on its right."""
    own = found.columns.sort_values(["contribution_1", "name"], ascending=[False, True])
    return [list(own.loc[sign * own["axis_1"] > 0, "name"].head(TOLD)) for sign in (-1, 1)]


def list_points(found: Correspondence | None, *, of: str) -> pd.DataFrame:
    """Return what a map draws: its rows, then the words that contribute most.

    Parameters
    ----------
    found : Correspondence or None
        As for `plot_map`.
    of : str
        What a row is called.

    Returns
    -------
    pandas.DataFrame
        One row a point: kind (`of` or ``"word"``), name and what `Correspondence` says of it.
    """
    if found is None:
        return pd.DataFrame(columns=["kind", "name"])
    sides = [found.rows.assign(kind=of), pick_words(found).assign(kind="word")]
    points = pd.concat(sides, ignore_index=True)
    return points[["kind", *(name for name in points.columns if name != "kind")]]


def _name_points(axis: Axes, points: pd.DataFrame) -> int:
    """Write names beside points where no other name or point stands; return how many don't fit."""
    spots = axis.transData.transform(points[["axis_1", "axis_2"]].to_numpy())
    size = axis.figure.dpi / 72 * 3
    placed = [Bbox.from_bounds(x - size / 2, y - size / 2, size, size) for x, y in spots]
    edge = axis.get_window_extent()
    hidden = 0
    for row in points.to_dict("records"):
        for x, y, side in NAME_SIDES:
            text = axis.annotate(
                str(row["name"]),
                (row["axis_1"], row["axis_2"]),
                (x, y),
                textcoords="offset points",
                ha=side,
                fontsize=type_size(7),
                color=INK,
            )
            box = text.get_window_extent()
            inside = edge.x0 <= box.x0 and box.x1 <= edge.x1
            if inside and not any(box.overlaps(other) for other in placed):
                placed.append(box)
                break
            text.remove()
        else:
            hidden += 1
    return hidden


def say_map(found: Correspondence | None) -> str:
    """Say how much the first two axes hold and what the first one sets apart."""
    if found is None:
        return say(
            "Fewer than {n} places or documents with words in common have no map", n=FEWEST_ROWS
        )
    shares, axes = found.axes["pct"].head(2), len(found.axes)
    rows = found.rows.sort_values(["axis_1", "name"])
    low, high = rows["name"].iloc[0], rows["name"].iloc[-1]
    left, right = map("、".join, _tell_sides(found))
    told = {"low": low, "left": left, "high": high, "right": right}
    if len(shares) < 2:
        return say(
            "One axis holds all of the inertia; the first sets {low} ({left}) against {high} "
            "({right})",
            **told,
        )
    return say(
        "Two of {n} axes hold {share} % of the inertia; the first sets {low} ({left}) against "
        "{high} ({right})",
        n=axes,
        share=f"{shares.sum():.0f}",
        **told,
    )


def plot_axes(found: Correspondence | None, stability: pd.DataFrame, *, source: str) -> Figure:
    """Draw the words that contribute most to each of the first two axes, and to which side.

    Parameters
    ----------
    found : Correspondence or None
        As for `plot_map`.
    stability : pandas.DataFrame
        From `measure_stability`.
    source : str
        Source line.
    """
    if found is None:
        return draw_nothing(Caption(say_map(found), say("none"), _count_few("row"), source))
    names = [name for name in found.columns.columns if name.startswith("contribution_")][:2]
    beside = panels_beside(len(names))
    across = -(-len(names) // beside)
    figure, axes = new_figure(
        height=across * (fit_height(MOST_WORDS) + 0.6), columns=beside, rows=across
    )
    for number, (axis, name) in enumerate(zip(axes.flat, names, strict=True), start=1):
        own = found.columns.sort_values([name, "name"], ascending=[False, True]).head(MOST_WORDS)
        side = np.sign(own[f"axis_{number}"])
        colours = [SIDES[int(one > 0)] for one in side]
        axis.barh(np.arange(len(own)), 100 * own[name] * side, color=colours)
        axis.axvline(0, color=MUTED, linewidth=0.6)
        label_rows(axis, own["name"].reset_index(drop=True))
        share = f"{found.axes['pct'].iloc[number - 1]:.1f}"
        axis.set(title=say("axis {n} ({share} % of the inertia)", n=number, share=share))
        axis.set(xlabel=say("% of the axis, by side"))
        axis.xaxis.set_major_formatter(lambda value, _: spell_value(abs(value)))
    words = spell_count(len(found.columns), "word")
    n = say("{words}, the {n} first of each axis drawn", words=words, n=MOST_WORDS)
    title = say_axes(found, stability)
    return add_caption(figure, Caption(title, say("contribution to the axis, %"), n, source))


def say_axes(found: Correspondence, stability: pd.DataFrame) -> str:
    """Say how much of an axis its first words make, and whether it hangs on one row."""
    axes = list(found.axes["axis"].head(2))
    made = [found.columns[f"contribution_{axis}"].nlargest(MOST_WORDS).sum() for axis in axes]
    tops = [
        say("{share} % of axis {axis}", share=f"{100 * part:.0f}", axis=axis)
        for axis, part in zip(axes, made, strict=True)
    ]
    told = stability[stability["least_correlation"].notna()]
    columns = ["axis", "least_correlation", "without"]
    parts = [
        say(
            "axis {axis} correlates {value} with itself without {row}",
            axis=axis,
            value=f"{value:.2f}",
            row=row,
        )
        for axis, value, row in told[columns].itertuples(index=False)
    ]
    top = say("The {n} first words make {shares}", n=MOST_WORDS, shares=say(" and ").join(tops))
    if not parts:
        return top + say("; too few rows to leave one out")
    return top + say("; at the least {parts}", parts=say(", ").join(parts))
