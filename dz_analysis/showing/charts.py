"""Charts of one number a row: ranked bars and dots, points, panels.

In: a tidy DataFrame and the names of its columns. Out: a `matplotlib.figure.Figure` that no global
state holds. None of them counts, ranks by anything but the column it draws, or drops a row
silently: a missing number is named as not reported.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, NullFormatter
from matplotlib.transforms import Bbox

from dz_analysis.language import count_cells, say, wrap_text
from dz_analysis.showing.canvas import (
    FRAME_HEIGHT,
    ROW_HEIGHT,
    Caption,
    add_caption,
    check_columns,
    draw_sentence,
    fit_height,
    label_rows,
    new_figure,
    order_names,
    pick_colours,
    say_nothing,
)
from dz_analysis.showing.media import look, panels_beside, type_size
from dz_analysis.showing.spelling import spell_beside, spell_count, spell_value
from dz_analysis.showing.style import (
    MUTED,
)

MOST_ROWS = 30  # of a ranking that a page takes and a reader reads, half from each end
FEWEST = 3  # rows, or points, that make a chart
PANEL_HEAD = 0.45  # inches of a panel besides its bars
NARROW = 8  # columns that a bar's name may take where three panels stand side by side


def plot_ranked_bars(
    frame: pd.DataFrame,
    *,
    label: str,
    value: str,
    caption: Caption,
    palette: Mapping[str, str] | None = None,
    colour_by: str | None = None,
    most: int = MOST_ROWS,
) -> Figure:
    """Draw one horizontal bar a row, the largest on top, each with its number.

    Of more than `most` the first and the last are drawn, with a dashed line between them.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row per bar; labels must differ.
    label, value : str
        Columns of the names and of the numbers; a missing number is named as not reported.
    caption : Caption
        Title, unit, n and source.
    palette : mapping of str to str, optional
        Colour of each name (see `region_palette`); one colour for all by default.
    colour_by : str, optional
        Column that the palette's names stand in, if it is not the label.
    most : int
        Rows drawn at most.

    Returns
    -------
    matplotlib.figure.Figure

    Examples
    --------
    >>> rates = pd.DataFrame({"term": ["项目", "民生"], "per_10k": [30.0, 12.5]})
    >>> caption = Caption("项目 is used most", "per 10,000 characters", "2 words", "invented")
    >>> figure = plot_ranked_bars(rates, label="term", value="per_10k", caption=caption)
    >>> [label.get_text() for label in figure.axes[0].get_yticklabels()]
    ['项目', '民生']
    """
    check_columns(frame, label, value, colour_by)
    ranked, caption = _keep_ends(rank_rows(frame, label=label, value=value), caption, most)
    if _is_level(ranked[value]):
        return draw_sentence(caption, why=_say_level(ranked[value]))
    figure, axes = new_figure(height=fit_height(len(ranked)))
    if ranked.empty:
        say_nothing(axes[0, 0])
        return add_caption(figure, caption)
    colours = pick_colours(ranked[colour_by or label], palette)
    _draw_bars(axes[0, 0], ranked, label, value, colours)
    _part_ends(axes[0, 0], len(ranked), len(frame))
    axes[0, 0].set(xlabel=caption.unit, ylabel="")
    return add_caption(figure, caption)


def plot_ranked_dots(
    frame: pd.DataFrame,
    *,
    label: str,
    value: str,
    caption: Caption,
    low: str | None = None,
    high: str | None = None,
    palette: Mapping[str, str] | None = None,
    reference: float | None = None,
    most: int = MOST_ROWS,
) -> Figure:
    """Draw one dot a row, the largest on top, with its interval where one is given.

    Of more than `most` the first and the last are drawn, with a dashed line between them.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row per dot; labels must differ.
    label, value : str
        Columns of the names and of the numbers.
    caption : Caption
        Title, unit, n and source.
    low, high : str, optional
        Columns of the interval's ends, in the unit of the value.
    palette : mapping of str to str, optional
        Colour of each name; one colour for all by default.
    reference : float, optional
        A value to compare with, drawn as a dashed line.
    most : int
        Rows drawn at most.

    Returns
    -------
    matplotlib.figure.Figure
    """
    check_columns(frame, label, value, low, high)
    ranked, caption = _keep_ends(rank_rows(frame, label=label, value=value), caption, most)
    figure, axes = new_figure(height=fit_height(len(ranked)))
    if ranked.empty:
        say_nothing(axes[0, 0])
        return add_caption(figure, caption)
    axis, places = axes[0, 0], np.arange(len(ranked))
    colours = pick_colours(ranked[label], palette)
    if low and high:
        axis.hlines(places, ranked[low], ranked[high], colors=colours, linewidth=2, alpha=0.55)
    sns.scatterplot(
        x=ranked[value].to_numpy(), y=places, c=colours, s=34, linewidth=0, zorder=3, ax=axis
    )
    if reference is not None:
        axis.axvline(reference, color=MUTED, linestyle="--", linewidth=1)
    label_rows(axis, ranked[label])
    axis.xaxis.set_major_formatter(FuncFormatter(lambda number, _: spell_value(number)))
    _part_ends(axis, len(ranked), len(frame))
    axis.set(xlabel=caption.unit, ylabel="")
    return add_caption(figure, caption)


def _is_level(values: pd.Series) -> bool:
    """Return whether rows are all alike, so that their bars say nothing."""
    return len(values) >= FEWEST and bool(values.notna().all()) and values.nunique() == 1


def _say_level(values: pd.Series) -> str:
    return say("all {n} alike: {value}", n=len(values), value=spell_value(values.iloc[0]))


def _keep_ends(ranked: pd.DataFrame, caption: Caption, most: int) -> tuple[pd.DataFrame, Caption]:
    """Return the first and the last rows of a long ranking, and a caption that says so."""
    if len(ranked) <= most:
        return ranked, caption
    half = max(most // 2, 1)
    ends = pd.concat([ranked.head(half), ranked.tail(half)], ignore_index=True)
    left_out = say(
        "{n}; {left} rows between the ends not drawn", n=caption.n, left=len(ranked) - len(ends)
    )
    return ends, replace(caption, n=left_out)


def _part_ends(axis: Axes, drawn: int, rows: int) -> None:
    """Draw a dashed line where rows between the ends are left out."""
    if drawn < rows:
        axis.axhline(drawn / 2 - 0.5, color=MUTED, linestyle=(0, (4, 3)), linewidth=0.8)


def plot_scatter(
    frame: pd.DataFrame,
    *,
    x: str,
    y: str,
    label: str,
    x_unit: str,
    caption: Caption,
    palette: Mapping[str, str] | None = None,
    log: bool = False,
) -> Figure:
    """Draw one point a row with its name beside it; the caption's unit is the y axis's.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row per point.
    x, y, label : str
        Columns of the two numbers and of the name.
    x_unit : str
        Label of the x axis.
    caption : Caption
        Title, unit (of y), n and source.
    palette : mapping of str to str, optional
        Colour of each name; one colour for all by default.
    log : bool
        Whether both axes are logarithmic.

    Returns
    -------
    matplotlib.figure.Figure
    """
    check_columns(frame, x, y, label)
    ordered = frame.sort_values([x, y, label], kind="stable", ignore_index=True)
    figure, axes = new_figure(height=3.6)
    axis = axes[0, 0]
    if ordered.empty:
        say_nothing(axis)
        return add_caption(figure, caption)
    colours = pick_colours(ordered[label], palette)
    sns.scatterplot(
        x=ordered[x].to_numpy(),
        y=ordered[y].to_numpy(),
        c=colours,
        s=34,
        linewidth=0,
        zorder=3,
        ax=axis,
    )
    if log:
        axis.set(xscale="log", yscale="log")
    axis.margins(0.15)
    for which in (axis.xaxis, axis.yaxis):
        which.set_major_formatter(FuncFormatter(lambda number, _: spell_value(number)))
        which.set_minor_formatter(NullFormatter())
    name_points(axis, ordered[[label, x, y]])
    axis.set(xlabel=x_unit, ylabel=caption.unit)
    return add_caption(figure, caption)


def plot_facets(
    frame: pd.DataFrame,
    *,
    facet: str,
    label: str,
    value: str,
    caption: Caption,
    palette: Mapping[str, str] | None = None,
    colour_by: str | None = None,
    facet_order: Sequence[str] | None = None,
    columns: int = 0,
    same_scale: bool = True,
) -> Figure:
    """Draw ranked bars in small panels, one for each value of a column.

    As many panels are drawn as a page takes; the footer says how many are not.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row per bar; labels must differ within a panel.
    facet, label, value : str
        Columns of the panel's name, the bar's name and its number.
    caption : Caption
        Title, unit, n and source.
    palette : mapping of str to str, optional
        Colours of the names in `colour_by`.
    colour_by : str, optional
        Column that the palette's names stand in; the label by default.
    facet_order : sequence of str, optional
        Order of the panels; by default that of appearance.
    columns : int
        Panels side by side; 0 takes two, or three where many have short names.
    same_scale : bool
        Whether all panels share one value axis.

    Returns
    -------
    matplotlib.figure.Figure
    """
    check_columns(frame, facet, label, value, colour_by)
    panels = order_names(frame[facet], facet_order)
    if not panels:
        figure, axes = new_figure(height=fit_height(0))
        say_nothing(axes[0, 0])
        return add_caption(figure, caption)
    if len(frame) == 1:
        return draw_sentence(caption)
    most = int(frame.groupby(facet, sort=False).size().max()) if len(frame) else 1
    columns = panels_beside(min(columns or _count_columns(panels, frame[label]), len(panels)))
    panel = PANEL_HEAD + ROW_HEIGHT * most
    room = columns * max(1, int((look().most_inches / look().medium.scale - FRAME_HEIGHT) / panel))
    if len(panels) > room:
        more = say("; {n} not drawn", n=spell_count(len(panels) - room, "panel"))
        caption = replace(caption, n=caption.n + more)
        panels = panels[:room]
    rows = -(-len(panels) // columns)
    height = FRAME_HEIGHT + rows * panel
    figure, axes = new_figure(height=height, columns=columns, rows=rows)
    inches = figure.get_figwidth() / columns - 1  # without the names of the bars
    for axis, name in zip(axes.flat, panels, strict=False):
        ranked = rank_rows(frame[frame[facet] == name], label=label, value=value)
        colours = pick_colours(ranked[colour_by or label], palette)
        _draw_bars(axis, ranked, label, value, colours)
        axis.set_ylim(most - 0.4, -0.6)  # bars are as thick in a short panel as in a long one
        axis.set_title(str(name), loc="left")
        axis.set(xlabel=wrap_text(caption.unit, width=int(inches * 14)), ylabel="")
    if same_scale and len(frame):
        _share_scale(axes.flat[: len(panels)], frame.loc[frame[facet].isin(panels), value])
    for axis in axes.flat[len(panels) :]:
        axis.set_axis_off()
    return add_caption(figure, caption)


def _count_columns(panels: Sequence[str], labels: pd.Series) -> int:
    """Return how many panels stand side by side: three if there are many and their names short."""
    longest = max((count_cells(str(name)) for name in labels), default=0)
    return 3 if len(panels) > 6 and longest <= NARROW else 2


def _share_scale(axes: Iterable[Axes], values: pd.Series) -> None:
    low, high = min(0.0, float(values.min())), float(values.max())
    for axis in axes:
        axis.set_xlim(low * 1.15, high * 1.15 or 1)


def rank_rows(frame: pd.DataFrame, *, label: str, value: str) -> pd.DataFrame:
    """Return the rows with the largest value first; equal ones by label, missing ones last.

    Raises
    ------
    ValueError
        If two rows have the same label: one of them would hide the other.
    """
    twice = sorted(frame.loc[frame[label].duplicated(), label].astype(str).unique())
    if twice:
        msg = f"Column {label!r} names {twice} more than once; a chart needs one row a name."
        raise ValueError(msg)
    ordered = frame.sort_values(label, kind="stable")
    return ordered.sort_values(value, ascending=False, kind="stable", ignore_index=True)


def _draw_bars(
    axis: Axes, ranked: pd.DataFrame, label: str, value: str, colours: list[str]
) -> None:
    numbers = ranked[value].astype("float64")
    names = ranked[label].astype(str)
    sns.barplot(
        x=numbers.fillna(0).to_numpy(),
        y=names.to_numpy(),
        order=list(names),
        hue=names.to_numpy(),
        hue_order=list(names),
        palette=colours,
        saturation=1,
        legend=False,
        errorbar=None,
        width=0.7,
        ax=axis,
    )
    largest = float(numbers.abs().max())
    for place, number in enumerate(numbers):
        words = spell_beside(number, largest) if pd.notna(number) else say("not reported")
        end = 0.0 if pd.isna(number) else float(number)
        side, shift = ("left", 3) if end >= 0 else ("right", -3)
        axis.annotate(
            words,
            (end, place),
            (shift, 0),
            textcoords="offset points",
            ha=side,
            va="center",
            fontsize=type_size(8),
        )
    label_rows(axis, names)
    axis.margins(x=0.12)
    axis.xaxis.set_major_formatter(FuncFormatter(lambda number, _: spell_value(number)))


def name_points(axis: Axes, points: pd.DataFrame) -> None:
    """Write each point's name beside it, on the first side where no other name stands.

    Parameters
    ----------
    axis : matplotlib.axes.Axes
        With its points drawn.
    points : pandas.DataFrame
        Three columns: name, place across, place up.
    """
    placed: list[Bbox] = []
    for name, left, up in points.itertuples(index=False):
        for x, y, side in ((5, 3, "left"), (5, -10, "left"), (-5, 3, "right"), (-5, -10, "right")):
            text = axis.annotate(
                str(name),
                (left, up),
                (x, y),
                textcoords="offset points",
                ha=side,
                fontsize=type_size(8.5),
            )
            box = text.get_window_extent()
            if not any(box.overlaps(other) for other in placed):
                break
            if side == "left" or y == 3:
                text.remove()
        placed.append(box)
