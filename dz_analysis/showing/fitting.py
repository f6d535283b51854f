"""How a drawn figure is fitted to its medium: labels wrapped, ticks thinned, legends below.

In: a figure with its marks. Out: the same figure, in which no label is cut and none touches the
next, at the width of the medium. It only moves, breaks and leaves out labels, never marks.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.ticker import FixedLocator, MaxNLocator, ScalarFormatter

from dz_analysis.language import count_cells, label, wrap_text
from dz_analysis.showing.media import LEAST_TYPE, look

CELL = 0.55  # of an em: what half a Chinese character, or a Latin letter, takes
LINE = 1.25  # of an em: from one line to the next
MOST_LINES = 4  # of the name of a column
ROW = 1.7  # of an em: from one row to the next, where there is room
NAME_SHARE = 0.4  # of a figure's width that the names of rows may take
SNAKE = re.compile(r"[a-z]+(?:_[a-z0-9]+)+")


def fit_figure(figure: Figure) -> None:
    """Fit labels, ticks and legends to the figure's width; safe to call again."""
    for axes in figure.axes:
        _name_rows(axes, figure)
    _lay_out(figure)
    if any(axes.get_legend() for axes in figure.axes):
        for axes in figure.axes:
            _place_legend(axes, figure)
        _lay_out(figure)
    for axes in figure.axes:
        _fit_axes(axes)
    _make_room(figure)


def _lay_out(figure: Figure) -> None:
    engine = figure.get_layout_engine()
    if engine is not None:
        engine.execute(figure)


def _name_rows(axes: Axes, figure: Figure) -> None:
    """Write names as readers know them, and break those of rows that are too wide."""
    columns = axes.get_subplotspec()
    beside = columns.get_gridspec().ncols if columns is not None else 1
    for axis in (axes.xaxis, axes.yaxis):
        if not _is_named(axis):
            continue
        names = [text.get_text() for text in axis.get_majorticklabels()]
        told = [label(name) if SNAKE.fullmatch(name) else name for name in names]
        if axis is axes.yaxis:
            room = NAME_SHARE * figure.get_figwidth() / beside
            told = [wrap(name, room, _size(axis)) for name in told]
        if told != names:
            axis.set_ticklabels(told)


def _is_named(axis: Axis) -> bool:
    """Return whether an axis has names at its ticks, not numbers."""
    fixed = isinstance(axis.get_major_locator(), FixedLocator)
    return fixed and not isinstance(axis.get_major_formatter(), ScalarFormatter)


def wrap(text: str, inches: float, size: float) -> str:
    """Break a text into lines of a width; one that is broken already stays."""
    cells = max(8, int(72 * inches / (CELL * size)))
    is_whole = "\n" in text or count_cells(text) <= cells
    return text if is_whole else wrap_text(text, width=cells)


def _size(axis: Axis) -> float:
    labels = axis.get_majorticklabels()
    return float(labels[0].get_fontsize()) if labels else LEAST_TYPE


def _place_legend(axes: Axes, figure: Figure) -> None:
    """Set a legend in as many columns as there is room for; in a narrow figure, below the chart."""
    legend = axes.get_legend()
    if legend is None:
        return
    below = look().medium.panels == 1
    room = figure.bbox.width * 0.98
    room -= 0 if below else axes.get_position().x0 * figure.bbox.width
    handles: list[Any] = list(legend.legend_handles)
    names = [text.get_text() for text in legend.get_texts()]
    size = float(legend.get_texts()[0].get_fontsize())
    columns = int(getattr(legend, "_ncols", 1))
    told: dict[str, Any] = {
        "handles": handles,
        "labels": [wrap(name, 0.9 * room / figure.dpi, size) for name in names],
        "frameon": False,
        "fontsize": size,
        "borderaxespad": 0.2,
        "columnspacing": 1,
    }
    place: dict[str, Any] = {"loc": "lower left", "bbox_to_anchor": (0, 1)}
    while True:
        legend = axes.legend(**told, **place, ncols=columns)
        if legend.get_window_extent().width <= room or columns == 1:
            break
        columns -= 1
    if below:
        legend.remove()
        _set_below(figure, told, columns)


def _set_below(figure: Figure, told: dict[str, Any], columns: int) -> None:
    """Set a legend between the chart and the footer, and keep the chart out of its way."""
    foot = _height_of_footer(figure)
    anchor = (0.0, foot / figure.get_figheight())
    legend = figure.legend(**told, loc="lower left", bbox_to_anchor=anchor, ncols=columns)
    legend.set_in_layout(False)
    tall = legend.get_window_extent().height / figure.dpi
    height = figure.get_figheight() + tall
    figure.set_size_inches(figure.get_figwidth(), min(height, look().most_inches))
    height = figure.get_figheight()
    legend.set_bbox_to_anchor((0.0, foot / height), transform=figure.transFigure)
    engine = figure.get_layout_engine()
    if isinstance(engine, ConstrainedLayoutEngine):
        engine.set(rect=(0, tall / height, 1, 1 - tall / height))


def _height_of_footer(figure: Figure) -> float:
    footer = figure._supxlabel  # type: ignore[attr-defined]
    return 0.1 + footer.get_window_extent().height / figure.dpi if footer is not None else 0.05


def _fit_axes(axes: Axes) -> None:
    """Break titles and names of axes to the width of a chart, and thin ticks that touch."""
    box = axes.get_window_extent()
    dpi = axes.figure.dpi
    wide, high = max(box.width / dpi, 1.0), max(box.height / dpi, 1.0)
    for title in (axes.title, axes._left_title):  # type: ignore[attr-defined]
        parts = title.get_text().split("\n")
        title.set_text("\n".join(wrap(part, wide, float(title.get_fontsize())) for part in parts))
    for axis, room in ((axes.xaxis, wide), (axes.yaxis, high)):
        name = axis.get_label()
        name.set_text(wrap(name.get_text(), room, float(name.get_fontsize())))
    for _ in range(6):
        if not _touch(axes.xaxis):
            break
        if not _thin(axes.xaxis):
            _turn_names(axes, wide)
            break


def _turn_names(axes: Axes, inches: float) -> None:
    """Break the names of columns that touch, or turn them where a word would be cut."""
    names = [text.get_text().replace("\n", "") for text in axes.get_xticklabels()]
    size = _size(axes.xaxis)
    cells = int(72 * inches / max(len(names), 1) / (CELL * size))
    broken = [wrap_text(name, width=max(cells, 1)) for name in names]
    words = [word for name in names for word in name.split() if word.isascii()]
    most = max((name.count("\n") + 1 for name in broken), default=1)
    if cells >= 4 and most <= MOST_LINES and all(len(word) <= cells for word in words):
        axes.xaxis.set_ticklabels(broken)
        axes.tick_params(axis="x", rotation=0)
    else:
        axes.tick_params(axis="x", rotation=90)


def _touch(axis: Axis) -> bool:
    """Return whether two names of ticks beside each other touch."""
    boxes = [
        text.get_window_extent()
        for text in axis.get_majorticklabels()
        if text.get_text() and text.get_visible()
    ]
    ends = sorted((box.x0, box.x1) for box in boxes if box.width)
    return any(right[0] < left[1] + 2 for left, right in pairwise(ends))


def _thin(axis: Axis) -> bool:
    """Leave out ticks of numbers; return whether there were any to leave out."""
    locator = axis.get_major_locator()
    if _is_named(axis):
        return False
    if isinstance(locator, FixedLocator):
        axis.set_ticks(list(axis.get_majorticklocs())[::-2][::-1])
        return True
    if isinstance(locator, MaxNLocator):
        shown = len(axis.get_majorticklocs())
        locator.set_params(nbins=max(2, shown - 2))
        return shown > 2
    return False


def _make_room(figure: Figure) -> None:
    """Make a figure higher where names of rows need it, or their type smaller where it is full."""
    _lay_out(figure)
    lacking = max((_lack(axes) for axes in figure.axes), default=0.0)
    if lacking > 0:
        rows = max(_rows(figure), default=1)
        height = min(figure.get_figheight() + lacking * rows, look().most_inches)
        figure.set_size_inches(figure.get_figwidth(), height)
        _lay_out(figure)
    for axes in figure.axes:
        if _lack(axes) > 0:
            pitch = _pitch(axes)
            size = max(LEAST_TYPE, pitch / (LINE * _lines(axes)))
            axes.tick_params(axis="y", labelsize=min(size, _size(axes.yaxis)))


def _rows(figure: Figure) -> list[int]:
    specs = [axes.get_subplotspec() for axes in figure.axes]
    return [spec.get_gridspec().nrows for spec in specs if spec is not None]


def _lines(axes: Axes) -> int:
    return max(text.get_text().count("\n") + 1 for text in axes.get_yticklabels())


def _pitch(axes: Axes) -> float:
    """Return the points from one row to the next."""
    low, high = axes.get_ylim()
    height = axes.get_window_extent().height / axes.figure.dpi * 72
    return float(height / max(abs(high - low), 1e-9))


def _lack(axes: Axes) -> float:
    """Return the inches that a chart lacks for the names of its rows."""
    if not (_is_named(axes.yaxis) and axes.get_yticklabels()):
        return 0.0
    size = _size(axes.yaxis)
    wanted = size * max(LINE * _lines(axes), LINE if size <= LEAST_TYPE else ROW)
    lacking = wanted - _pitch(axes)
    return float(max(0.0, lacking) * np.abs(np.subtract(*axes.get_ylim())) / 72)
