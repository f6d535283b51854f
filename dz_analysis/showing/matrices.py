"""Charts of rows by columns: cells with their numbers, and maps of what is reported at all.

In: a tidy DataFrame, one row a cell. Out: a `matplotlib.figure.Figure`. A pair that is not in the
table is drawn as absent, never as zero.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from dz_analysis.language import count_cells, label, say
from dz_analysis.showing.canvas import (
    FRAME_HEIGHT,
    ROW_HEIGHT,
    Caption,
    add_caption,
    check_columns,
    new_figure,
    order_names,
    room_beside,
    say_nothing,
)
from dz_analysis.showing.fitting import CELL
from dz_analysis.showing.media import LEAST_TYPE, type_size
from dz_analysis.showing.spelling import spell_count, spell_value
from dz_analysis.showing.style import (
    ABSENT,
    DIVERGING,
    INK,
    SEQUENTIAL,
)

_AMOUNT = re.compile(r"(?<=\d)(?=[^\d.,\s])")  # between a number and its unit
SMUDGE = 0.8  # of the least size of type: numbers that would be smaller are not written


def plot_heatmap(
    frame: pd.DataFrame,
    *,
    row: str,
    column: str,
    value: str,
    caption: Caption,
    text: str | None = None,
    row_order: Sequence[str] | None = None,
    column_order: Sequence[str] | None = None,
    centre: float | None = None,
    absent: str = "–",
) -> Figure:
    """Draw a matrix of coloured cells with their numbers in them.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row per cell; a pair of row and column that stands nowhere is not zero but absent.
    row, column, value : str
        Columns that name the cell's row, its column and its number.
    caption : Caption
        Title, unit, n and source.
    text : str, optional
        Column with the words to print in the cell; the number itself by default.
    row_order, column_order : sequence of str, optional
        Order of rows and columns; by default the order in which they appear in the frame.
    centre : float, optional
        Value in the middle of a two-sided colour scale, such as 0 for differences.
    absent : str
        What is printed where nothing is reported.

    Returns
    -------
    matplotlib.figure.Figure

    Examples
    --------
    >>> cells = {"place": ["甲县", "乙县"], "year": ["2019", "2020"], "growth": [6.1, 5.8]}
    >>> caption = Caption("Growth slowed down", "%", "2 numbers", "invented")
    >>> figure = plot_heatmap(
    ...     pd.DataFrame(cells), row="place", column="year", value="growth", caption=caption
    ... )
    >>> [text.get_text() for text in figure.axes[0].texts]
    ['6.1', '–', '–', '5.8']
    """
    check_columns(frame, row, column, value, text)
    rows = order_names(frame[row], row_order)
    columns = order_names(frame[column], column_order)
    left_out = frame[row].nunique() - frame.loc[frame[row].isin(rows), row].nunique()
    if left_out:
        more = say("; {n} not drawn", n=spell_count(left_out, row))
        caption = replace(caption, n=caption.n + more)
    matrix = spread_matrix(frame, row, column, value=value, rows=rows, columns=columns)
    matrix = matrix.astype("float64")
    words = frame.assign(_words=frame[text] if text else frame[value].map(spell_value))
    texts = spread_matrix(words, row, column, value="_words", rows=rows, columns=columns)
    texts = texts.astype("object").where(matrix.notna(), absent)
    matrix, texts = (one.rename(index=label, columns=label) for one in (matrix, texts))
    height = FRAME_HEIGHT + 0.3 + ROW_HEIGHT * 1.25 * len(rows)
    figure, axes = new_figure(height=height)
    axis = axes[0, 0]
    if not rows or not columns:
        say_nothing(axis)
        return add_caption(figure, caption)
    axis.set_facecolor(ABSENT)
    colours = SEQUENTIAL if centre is None else DIVERGING
    sns.heatmap(
        matrix,
        ax=axis,
        cmap=colours,
        center=centre,
        cbar=False,
        linewidths=1.5,
        linecolor="white",
        xticklabels=True,
        yticklabels=True,
    )
    axis.grid(visible=False)
    cell = 72 * room_beside(rows) / len(columns)
    longest = max(count_cells(str(words)) for words in texts.to_numpy().flat)
    tall = 72 * (figure.get_figheight() - FRAME_HEIGHT - 0.3) / len(rows)
    size = min(type_size(8), cell / (0.6 * max(longest, 1)), 0.8 * tall)
    if size >= SMUDGE * LEAST_TYPE:
        _write_cells(axis, matrix, texts, size=max(size, LEAST_TYPE))
    else:  # no room for numbers: a scale in their place
        figure.colorbar(axis.collections[0], ax=axis, shrink=0.7, label=caption.unit)
    axis.set(xlabel="", ylabel="")
    axis.tick_params(axis="x", rotation=0)  # `fitting` breaks names that touch, or turns them
    axis.tick_params(
        axis="y", rotation=0, labelsize=max(LEAST_TYPE, min(type_size(8.5), 0.85 * tall))
    )
    return add_caption(figure, caption)


def plot_coverage(
    frame: pd.DataFrame,
    *,
    row: str,
    column: str,
    value: str,
    caption: Caption,
    row_order: Sequence[str] | None = None,
    column_order: Sequence[str] | None = None,
) -> Figure:
    """Draw who reports what: a cell with its count where something stands, a dash where not.

    The parameters are those of `plot_heatmap`; `value` counts what was found, and a count of zero
    is drawn like a missing one, as nothing reported.
    """
    check_columns(frame, row, column, value)
    return plot_heatmap(
        frame[frame[value] > 0],
        row=row,
        column=column,
        value=value,
        caption=caption,
        row_order=order_names(frame[row], row_order),
        column_order=order_names(frame[column], column_order),
    )


def spread_matrix(
    frame: pd.DataFrame,
    row: str,
    column: str,
    *,
    value: str,
    rows: Sequence[str],
    columns: Sequence[str],
) -> pd.DataFrame:
    """Spread a tidy table to a matrix in a stated order; a pair that is not there is missing.

    Raises
    ------
    ValueError
        If a pair of row and column stands twice.
    """
    if frame.duplicated([row, column]).any():
        pair = frame.loc[frame.duplicated([row, column]), [row, column]].iloc[0].tolist()
        msg = f"The cell {pair} stands more than once; sum or choose before drawing."
        raise ValueError(msg)
    wide = frame.set_index([row, column])[value].unstack(column)
    return wide.reindex(index=list(rows), columns=list(columns))


def _write_cells(axis: Axes, matrix: pd.DataFrame, texts: pd.DataFrame, *, size: float) -> None:
    """Write each cell's words in a colour that stands out from the cell's own."""
    axis.figure.canvas.draw()  # a mesh has no colours before it is drawn
    room = axis.get_window_extent().width / axis.figure.dpi * 72 / matrix.shape[1]
    faces = iter(np.atleast_2d(axis.collections[0].get_facecolor()))
    for y in range(matrix.shape[0]):
        for x in range(matrix.shape[1]):
            red, green, blue, alpha = next(faces)
            light = 1 - alpha * (1 - (0.2126 * red + 0.7152 * green + 0.0722 * blue))
            ink = INK if light > 0.5 else "white"
            words = str(texts.iat[y, x])
            if count_cells(words) * CELL * size > room:
                words = _AMOUNT.sub("\\n", words, count=1)
            axis.text(x + 0.5, y + 0.5, words, ha="center", va="center", fontsize=size, color=ink)
