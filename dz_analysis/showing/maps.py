"""Maps of places or documents by their words: what a correspondence analysis sets apart.

In: a `Correspondence`. Out: a `matplotlib.figure.Figure` whose title is made from the numbers that
it draws, and the same findings as sentences.
"""

from __future__ import annotations

from itertools import chain

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from dz_analysis.counting.correspondence import FEWEST_ROWS, Correspondence
from dz_analysis.counting.likeness import (
    places_of,
)
from dz_analysis.language import label, say
from dz_analysis.showing.canvas import (
    Caption,
    add_caption,
    draw_sentence,
    fit_height,
    label_documents,
    label_rows,
    new_figure,
)
from dz_analysis.showing.media import panels_beside, type_size
from dz_analysis.showing.spelling import spell_count, spell_value
from dz_analysis.showing.style import ACCENT, INK, MUTED

FEW_POINTS = 12  # on a map that need less room
TOLD = 3  # words of a side of the first axis that a title tells
MOST_WORDS = 12  # drawn on the map, and of each axis
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
        return draw_sentence(Caption(say_map(found), "", _count_few(of), source))
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
        return draw_sentence(Caption(say_map(found), "", _count_few("row"), source))
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
