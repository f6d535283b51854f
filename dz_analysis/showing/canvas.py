"""What all charts share: the empty figure, its caption, and how names are written.

In: sizes and words. Out: a figure in the house style that nobody else holds. Every caption asks for
a title that says the finding, the unit, what n counts, and the source.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from dz_analysis.language import count_cells, say, wrap_text
from dz_analysis.showing.figure_spec import check_glyphs
from dz_analysis.showing.fitting import fit_figure
from dz_analysis.showing.marks import size_marks, tell_apart
from dz_analysis.showing.media import look, type_size
from dz_analysis.showing.style import ACCENT, INK, MUTED, use_style

ROW_HEIGHT = 0.26
FRAME_HEIGHT = 1.15
MOST_ROWS = 32  # of a chart that a page takes and a reader reads: 31 provinces, and the country
TOLD_APART = 8  # colours that a reader can tell apart
TITLE_TYPE, FOOTER_TYPE = 10.5, 7.0  # points
CELLS = 138.0  # columns that an inch takes, in type of a point


@dataclass(frozen=True, slots=True)
class Caption:
    """What every figure says besides its marks.

    Parameters
    ----------
    title : str
        The finding, as a sentence.
    unit : str
        Unit of the numbers drawn; it labels the value axis.
    n : str
        What was counted, such as ``"5 documents, 312 observations"``.
    source : str
        Where the numbers come from; see `describe_source`.

    Examples
    --------
    >>> Caption("项目 is used most", "per 10,000 characters", "2 words", "invented").footer
    'Source: invented. n = 2 words. Unit: per 10,000 characters.'
    """

    title: str
    unit: str
    n: str
    source: str

    @property
    def footer(self) -> str:
        """The line under the figure; a sentence that draws nothing has no unit."""
        if not self.unit:
            return say("Source: {source}. n = {n}.", source=self.source, n=self.n)
        return say(
            "Source: {source}. n = {n}. Unit: {unit}.", source=self.source, n=self.n, unit=self.unit
        )


def new_figure(*, height: float, columns: int = 1, rows: int = 1) -> tuple[Figure, np.ndarray]:
    """Make an empty figure in the house style, held by nobody but the caller.

    It is as wide as its medium (see `media`) and never higher: what has more rows than that takes
    has thinner ones. The height is that on two columns, in inches.

    Returns
    -------
    figure : matplotlib.figure.Figure
    axes : numpy.ndarray of matplotlib.axes.Axes
        Of shape (rows, columns).
    """
    use_style()
    tall = min(height * look().medium.scale, look().most_inches)
    figure = Figure(figsize=(look().inches, tall), layout="constrained")
    FigureCanvasAgg(figure)
    return figure, figure.subplots(rows, columns, squeeze=False)


def say_nothing(axis: Axes) -> None:
    """Write into an empty chart that nothing was found, so that it is not taken for a failure."""
    words = say("nothing found")
    axis.text(0.5, 0.5, words, transform=axis.transAxes, ha="center", va="center", color=MUTED)
    axis.set(xticks=[], yticks=[])
    axis.grid(visible=False)


def add_caption(figure: Figure, caption: Caption) -> Figure:
    """Write the title above and the footer below a figure, and make it fit to be printed.

    The title is left out where the run asks for none; the figure keeps it as its label. Series are
    told apart in grey (`marks`), and labels, ticks and legends fitted to the width (`fitting`).
    """
    if not figure.get_label():  # the first time: some charts add what they could not draw
        size_marks(figure)
    figure.set_label(caption.title)
    if look().titles:
        figure.suptitle(wrap_title(caption.title), x=0.01, ha="left", color=INK)
    footer = wrap_footer(caption.footer)
    figure.supxlabel(footer, x=0.01, ha="left", fontsize=type_size(FOOTER_TYPE), color=MUTED)
    check_glyphs(figure)
    fit_figure(figure)
    tell_apart(figure)
    return figure


def draw_sentence(caption: Caption, *, why: str = "") -> Figure:
    """Tell in a sentence what would be no chart: nothing, one number, two, or all the same.

    The figure is its title with the source below it, and `why` between them where it is given;
    where a run asks for no titles the sentence stands in the title's place.
    """
    title = wrap_title(caption.title)
    lines = ([] if look().titles else [title]) + ([wrap_footer(why)] if why else [])
    tall = 0.45 + 0.2 * sum(line.count("\n") + 1 for line in [title, *lines])
    figure, axes = new_figure(height=tall)
    axes[0, 0].set_axis_off()
    words = "\n".join(lines)
    axes[0, 0].text(0, 0.5, words, va="center", color=INK, fontsize=type_size(TITLE_TYPE))
    return add_caption(figure, caption)


def wrap_title(text: str) -> str:
    """Break a title to the width of the medium."""
    return wrap_text(text, width=int(look().inches * CELLS / type_size(TITLE_TYPE)))


def wrap_footer(text: str) -> str:
    """Break the lines under a figure to the width of the medium."""
    return wrap_text(text, width=int(look().inches * CELLS / type_size(FOOTER_TYPE)))


def label_documents(documents: pd.DataFrame) -> pd.Series:
    """Return a short name for each document: its district, with the year or id where it must.

    Parameters
    ----------
    documents : pandas.DataFrame
        The `documents` table.

    Returns
    -------
    pandas.Series of str
        Indexed by document id; no two are equal.

    Examples
    --------
    >>> two = {"id": ["a", "b"], "region": ["甲区", "甲区"], "period_end": ["2020-12", "2021-12"]}
    >>> list(label_documents(pd.DataFrame(two)))
    ['甲区 2020', '甲区 2021']
    """
    named = documents.set_index("id")
    labels = named["region"].where(named["region"] != "", named.index.to_series())
    for more in (named["period_end"].str[:4], named.index.to_series()):
        twice = labels.duplicated(keep=False)
        labels = labels.where(~twice, labels + " " + more)
    return labels


def check_columns(frame: pd.DataFrame, *names: str | None) -> None:
    """Refuse a table that lacks a column to draw, naming those that it has; None asks for none."""
    missing = [name for name in names if name is not None and name not in frame.columns]
    if missing:
        msg = f"The table to draw has no column {missing}; it has {list(frame.columns)}."
        raise ValueError(msg)


def order_names(names: pd.Series, given: Sequence[str] | None) -> list[str]:
    """Return names in the order given, or else in that of their first appearance."""
    return list(names.unique() if given is None else given)


def label_rows(axis: Axes, labels: pd.Series) -> None:
    """Name the rows of a chart, the first on top, with no grid lines across them."""
    axis.set_yticks(np.arange(len(labels)), [str(name) for name in labels])
    axis.set_ylim(len(labels) - 0.4, -0.6)
    axis.grid(visible=False, axis="y")


def put_legend(
    axis: Axes, handles: Sequence[Line2D | Patch] | None = None, *, columns: int = 5
) -> None:
    """Set a legend above a chart, in a line; without handles it explains what has a label."""
    entries: list[Artist] = list(handles or axis.get_legend_handles_labels()[0])
    axis.legend(
        handles=entries,
        loc="lower left",
        bbox_to_anchor=(0, 1),
        ncols=min(len(entries), columns),
        frameon=False,
        fontsize=type_size(8),
        borderaxespad=0.2,
        columnspacing=1,
    )


def pick_colours(names: pd.Series, palette: Mapping[str, str] | None) -> list[str]:
    """Return a colour for each name; one that the palette has not gets the accent colour.

    Of more names than colours can tell apart all get it.
    """
    if len(set(names)) > TOLD_APART:
        palette = None
    return [(palette or {}).get(str(name), ACCENT) for name in names]


def room_beside(names: Sequence[str]) -> float:
    """Return the inches beside the names of rows, estimated before anything is drawn."""
    longest = max((count_cells(str(name)) for name in names), default=0)
    taken = min(0.4 * look().inches, longest * 0.55 * type_size(8.5) / 72)
    return look().inches - taken - 0.3


def fit_height(rows: int) -> float:
    """Return the height in inches of a chart with so many rows."""
    return FRAME_HEIGHT + 0.25 + ROW_HEIGHT * max(rows, 2)
