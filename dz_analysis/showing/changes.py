"""Charts of change over the years: courses with breaks, entries and exits, two years.

In: tables of the room `counting`. Out: a `matplotlib.figure.Figure` whose title is made from the
numbers that it draws.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from dz_analysis.counting.breaks import NONE, STEP
from dz_analysis.counting.entries import ENTERS
from dz_analysis.counting.permutation import ALPHA
from dz_analysis.counting.years import KINDS, YearPair
from dz_analysis.language import label, label_item, say, wrap_text
from dz_analysis.showing.canvas import (
    MOST_ROWS,
    Caption,
    add_caption,
    fit_height,
    label_rows,
    new_figure,
    put_legend,
)
from dz_analysis.showing.change_words import say_course, say_places, say_years_apart
from dz_analysis.showing.media import panels_beside, type_size
from dz_analysis.showing.spelling import spell_count
from dz_analysis.showing.style import ACCENT, GRID, MUTED

COLOUR_OF = dict(zip(KINDS, (ACCENT, "#de8f05", "#029e73", "#cc78bc"), strict=True))
PANELS = 3  # side by side
PANEL_CELLS = 32  # columns that the name above a panel may take
EACH_KIND = 5  # items of a kind that enter, and as many that leave


def plot_courses(
    rates: pd.DataFrame, segments: pd.DataFrame, breaks: pd.DataFrame, *, title: str, source: str
) -> Figure:
    """Draw the rates of some items year by year, a panel each, with the stretches of their course.

    Parameters
    ----------
    rates : pandas.DataFrame
        From `rate_by_year`.
    segments : pandas.DataFrame
        From `rate_segments`.
    breaks : pandas.DataFrame
        Rows of `find_breaks`, in the order of the panels.
    title, source : str
        The finding, from `say_breaks`, and the source line.

    Returns
    -------
    matplotlib.figure.Figure
    """
    items = list(breaks["item"])
    columns = panels_beside(min(PANELS, len(items)))
    rows = -(-len(items) // columns)
    height = 1.3 + 1.85 * rows
    figure, axes = new_figure(height=height, columns=columns, rows=rows)
    ends = (int(rates["year"].min()) - 1, int(rates["year"].max()) + 1)
    for axis, row in zip(axes.flat, breaks.to_dict("records"), strict=False):
        own, parts = (table[table["item"] == row["item"]] for table in (rates, segments))
        _draw_course(axis, own, parts, COLOUR_OF[row["item"].split(" ")[0]])
        told = label(NONE) if row["course"] == NONE else say_course(row)
        if row["course"] == STEP:
            middle = (row["last_before"] + row["since"]) / 2
            axis.axvline(middle, color=MUTED, linestyle=(0, (3, 2)), linewidth=0.8)
        name = wrap_text(label_item(row["item"]), width=PANEL_CELLS)
        axis.set_title(f"{name}\n{told}", loc="left", fontsize=type_size(8.5))
        axis.set(xlim=ends, ylim=(0, None))
        axis.xaxis.set_major_locator(MaxNLocator(4, integer=True))
        axis.yaxis.set_major_locator(MaxNLocator(3))
    for axis in axes.flat[len(items) :]:
        axis.set_axis_off()
    documents = int(rates.groupby("item")["documents"].sum().iloc[0])
    n = say(
        "{documents}; dots: years with documents; lines and bands: rates with 95 % intervals over "
        "documents",
        documents=spell_count(documents, "document"),
    )
    return add_caption(figure, Caption(title, _unit(), n, source))


def _unit() -> str:
    """Return the unit of rates."""
    return say("per 10,000 Han characters")


def _draw_course(axis: Axes, rates: pd.DataFrame, parts: pd.DataFrame, colour: str) -> None:
    """Draw dots of years, and a line with a band for each stretch."""
    axis.scatter(rates["year"], rates["per_10k_chars"], color=colour, s=9, linewidth=0, zorder=3)
    top = 1.15 * float(rates["per_10k_chars"].max() or 1)
    for part in parts.to_dict("records"):
        ends = [part["start"] - 0.5, part["end"] + 0.5]
        axis.plot(ends, [part["per_10k_chars"]] * 2, color=colour, linewidth=1.4)
        if np.isfinite(part["high"]):
            low, high = (min(part[name], top) for name in ("low", "high"))
            axis.fill_between(ends, low, high, color=colour, alpha=0.2, linewidth=0)


def pick_entries(entries: pd.DataFrame, *, each: int = EACH_KIND) -> pd.DataFrame:
    """Return the surest entries and exits of each kind, those that enter first, by year.

    Parameters
    ----------
    entries : pandas.DataFrame
        From `find_entries`.
    each : int
        Items of a kind that enter, and as many that leave.

    Returns
    -------
    pandas.DataFrame
    """
    held = entries[entries["p_holm"] < ALPHA]
    kind = held["item"].str.split(" ").str[0]
    chosen = held[held.groupby(["event", kind]).cumcount() < each].head(MOST_ROWS)
    return chosen.sort_values(["event", "year", "item"], ignore_index=True)


def plot_entries(entries: pd.DataFrame, rates: pd.DataFrame, *, title: str, source: str) -> Figure:
    """Draw which years say the items that enter or leave, one row an item.

    Parameters
    ----------
    entries : pandas.DataFrame
        From `pick_entries`, not empty.
    rates : pandas.DataFrame
        From `rate_by_year` for these items.
    title, source : str
        The finding, from `say_entries`, and the source line.

    Returns
    -------
    matplotlib.figure.Figure
    """
    figure, axes = new_figure(height=fit_height(len(entries)) + 0.3)
    axis = axes[0, 0]
    for place, row in enumerate(entries.to_dict("records")):
        own = rates[rates["item"] == row["item"]]
        said = own["count"] > 0
        colour = COLOUR_OF[row["item"].split(" ")[0]]
        axis.scatter(own.loc[~said, "year"], [place] * int((~said).sum()), color=GRID, s=5)
        axis.scatter(
            own.loc[said, "year"], [place] * int(said.sum()), color=colour, marker="s", s=12
        )
    enters = int((entries["event"] == ENTERS).sum())
    if 0 < enters < len(entries):
        axis.axhline(enters - 0.5, color=MUTED, linewidth=0.8)
    label_rows(axis, pd.Series([_name_life(row) for row in entries.to_dict("records")]))
    axis.xaxis.set_major_locator(MaxNLocator(8, integer=True))
    axis.set(xlabel=say("year of the document"))
    _explain_kinds(axis, entries["item"], silent=True)
    years = spell_count(int(rates["year"].nunique()), "year")
    told = {"years": years, "n": len(entries)}
    n = say("{years} with documents; {n} entries and exits, the surest of each kind", **told)
    return add_caption(figure, Caption(title, say("documents that say it"), n, source))


def _name_life(entry: Mapping[Hashable, Any]) -> str:
    """Return the name of an item with the year that it enters in or leaves after."""
    told = {"item": label_item(entry["item"]), "year": int(entry["year"])}
    if entry["event"] == ENTERS:
        return say("{item} from {year}", **told)
    return say("{item} to {year}", **told)


def _explain_kinds(axis: Axes, items: pd.Series, *, silent: bool = False) -> None:
    """Explain the colours of the kinds drawn, in a line above the chart."""
    kinds = [kind for kind in KINDS if items.str.startswith(f"{kind} ").any()]
    handles = [
        Line2D([], [], color=COLOUR_OF[kind], marker="s", linestyle="", label=label(kind))
        for kind in kinds
    ]
    if silent:
        handles.append(
            Line2D([], [], color=GRID, marker=".", linestyle="", label=say("a document without it"))
        )
    put_legend(axis, handles)


def plot_years_apart(
    compared: pd.DataFrame, drawn: pd.DataFrame, pair: YearPair, *, source: str
) -> Figure:
    """Draw the items whose rates change within places, with intervals over places.

    Parameters
    ----------
    compared : pandas.DataFrame
        From `compare_years`.
    drawn : pandas.DataFrame
        Its rows to draw, from `pick_changes`; not empty.
    pair : YearPair
        The two years and their places.
    source : str
        Source line.

    Returns
    -------
    matplotlib.figure.Figure
    """
    figure, axes = new_figure(height=fit_height(len(drawn)) + 0.3)
    axis, rows = axes[0, 0], np.arange(len(drawn))
    colours = [COLOUR_OF[item.split(" ")[0]] for item in drawn["item"]]
    axis.axvline(0, color=MUTED, linewidth=0.8)
    axis.hlines(rows, drawn["low"], drawn["high"], colors=colours, linewidth=2, alpha=0.55)
    axis.scatter(drawn["difference"], rows, color=colours, s=28, zorder=3)
    label_rows(axis, drawn["item"].map(label_item))
    ends = {"first": pair.first, "last": pair.last, "unit": _unit()}
    axis.set(xlabel=say("change of the rate from {first} to {last}, {unit}", **ends))
    _explain_kinds(axis, drawn["item"])
    left = int((compared["p_max"] < ALPHA).sum() - (drawn["p_max"] < ALPHA).sum())
    places = spell_count(len(pair.places), "place")
    n = say("{places}; bars: 95 % intervals over places", places=places)
    n += say("; {n} more that change not drawn", n=left) if left else ""
    return add_caption(figure, Caption(say_years_apart(compared, pair), _unit(), n, source))


def pick_changes(
    compared: pd.DataFrame, *, asked: Sequence[str] = (), most: int = MOST_ROWS
) -> pd.DataFrame:
    """Return the surest rises and falls within places, half of each if there are enough.

    Parameters
    ----------
    compared : pandas.DataFrame
        From `compare_years`.
    asked : sequence of str
        Items that are returned in any case.
    most : int
        Rows at most, besides those asked for.

    Returns
    -------
    pandas.DataFrame
        What rises most first.
    """
    is_asked = compared["item"].isin(list(asked))
    surest = compared[(compared["p_max"] < ALPHA) & ~is_asked]
    side = surest["difference"] > 0
    rank = surest.groupby(side).cumcount()
    held = surest.assign(_rank=rank).sort_values("_rank", kind="stable").head(most)
    held = pd.concat([compared[is_asked], held.drop(columns="_rank")])
    order = ["difference", "item"]
    return held.sort_values(order, ascending=[False, True], ignore_index=True)


def plot_places(compared: pd.DataFrame, pair: YearPair, *, source: str) -> Figure:
    """Draw by how many places items are said in two years, those that are taken up or dropped.

    Parameters
    ----------
    compared, pair, source
        As for `plot_years_apart`; at least one is taken up or dropped.

    Returns
    -------
    matplotlib.figure.Figure
    """
    drawn = pick_places(compared)
    figure, axes = new_figure(height=fit_height(len(drawn)) + 0.3)
    axis, rows = axes[0, 0], np.arange(len(drawn))
    colours = [COLOUR_OF[item.split(" ")[0]] for item in drawn["item"]]
    axis.hlines(rows, drawn["before"], drawn["after"], colors=colours, linewidth=1.5, alpha=0.5)
    axis.scatter(drawn["before"], rows, facecolor="white", edgecolor=colours, s=30, zorder=3)
    axis.scatter(drawn["after"], rows, color=colours, s=30, zorder=4)
    label_rows(axis, drawn["item"].map(label_item))
    ends = {"first": pair.first, "last": pair.last}
    axis.set(xlabel=say("places that say it: {first} (open) and {last} (filled)", **ends))
    axis.set_xlim(-0.8, len(pair.places) + 0.8)
    _explain_kinds(axis, drawn["item"])
    held = int((compared["p_places_holm"] < ALPHA).sum())
    n = spell_count(len(pair.places), "place")
    n += say("; {n} more not drawn", n=held - len(drawn)) if held > len(drawn) else ""
    return add_caption(figure, Caption(say_places(compared, pair), label("places"), n, source))


def pick_places(compared: pd.DataFrame, *, most: int = MOST_ROWS) -> pd.DataFrame:
    """Return what is most surely taken up or dropped, what is taken up by most places first."""
    held = compared[compared["p_places_holm"] < ALPHA].sort_values(["p_places", "item"]).head(most)
    gained = held["after"] - held["before"]
    ordered = held.assign(_gained=gained).sort_values(["_gained", "item"], ascending=[False, True])
    return ordered.drop(columns="_gained").reset_index(drop=True)
