"""What all charts share: the empty figure, its caption, and how names are written.

In: sizes and words. Out: a figure in the house style that nobody else holds. Every caption asks for
a title that says the finding, the unit, what n counts, and the source.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from dz_analysis.language import say
from dz_analysis.showing.style import (
    ACCENT,
    INK,
    MUTED,
    figure_size,
    use_style,
)

ROW_HEIGHT = 0.26
FRAME_HEIGHT = 1.15
TOLD_APART = 12  # colours that a reader can tell apart
PAGE_HEIGHT = 9.4  # inches that a figure may take of a journal page, its caption below it
TITLE_CELLS, FOOTER_CELLS = 13.5, 19.0  # columns that an inch of a title or a footer takes


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
        """The line under the figure."""
        return say(
            "Source: {source}. n = {n}. Unit: {unit}.", source=self.source, n=self.n, unit=self.unit
        )


def new_figure(
    *, width: str = "wide", height: float, columns: int = 1, rows: int = 1
) -> tuple[Figure, np.ndarray]:
    """Make an empty figure in the house style, held by nobody but the caller.

    It is never higher than a page: what has more rows than that takes has thinner ones.

    Returns
    -------
    figure : matplotlib.figure.Figure
    axes : numpy.ndarray of matplotlib.axes.Axes
        Of shape (rows, columns).
    """
    use_style()
    size = figure_size(width, height=min(height, PAGE_HEIGHT))
    figure = Figure(figsize=size, layout="constrained")
    FigureCanvasAgg(figure)
    return figure, figure.subplots(rows, columns, squeeze=False)


def say_nothing(axis: Axes) -> None:
    """Write into an empty chart that nothing was found, so that it is not taken for a failure."""
    words = say("nothing found")
    axis.text(0.5, 0.5, words, transform=axis.transAxes, ha="center", va="center", color=MUTED)
    axis.set(xticks=[], yticks=[])
    axis.grid(visible=False)


def add_caption(figure: Figure, caption: Caption) -> Figure:
    """Write the title above and the footer below a figure, wrapped to its width."""
    inches = float(figure.get_size_inches()[0])
    title = wrap_text(caption.title, width=int(inches * TITLE_CELLS))
    footer = wrap_text(caption.footer, width=int(inches * FOOTER_CELLS))
    figure.suptitle(title, x=0.01, ha="left", color=INK)
    figure.supxlabel(footer, x=0.01, ha="left", fontsize=7, color=MUTED)
    return figure


def wrap_text(text: str, *, width: int) -> str:
    r"""Break a text into lines of a width at which a Chinese character counts twice.

    Examples
    --------
    >>> wrap_text("one two three", width=8)
    'one two\nthree'
    """
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".lstrip()
        if count_cells(longer) <= width:
            lines[-1] = longer
            continue
        lines += _break_word(word, width)
    return "\n".join(line for line in lines if line)


def _break_word(word: str, width: int) -> list[str]:
    """Return a word in pieces that are no wider than a width, most often itself alone."""
    pieces = [""]
    for char in word:
        if count_cells(pieces[-1] + char) > width and pieces[-1]:
            pieces.append("")
        pieces[-1] += char
    return pieces


def count_cells(text: str) -> int:
    """Return a text's width in columns: a Chinese character takes two."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


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


def pick_colours(names: pd.Series, palette: Mapping[str, str] | None) -> list[str]:
    """Return a colour for each name; one that the palette has not gets the accent colour.

    Of more names than colours can tell apart all get it.
    """
    if len(set(names)) > TOLD_APART:
        palette = None
    return [(palette or {}).get(str(name), ACCENT) for name in names]


def fit_height(rows: int) -> float:
    """Return the height in inches of a chart with so many rows."""
    return FRAME_HEIGHT + 0.25 + ROW_HEIGHT * max(rows, 2)
