"""What a figure says, in words and numbers: for comparing figures without comparing pixels.

In: a matplotlib figure. Out: its specification (a plain dict), a readable text of it, and its
fingerprint. In a notebook every figure carries that text beside its image: tools that compare
stored outputs skip images but read the text, so a wrong chart is caught.
"""

from __future__ import annotations

import io
import json
from typing import Any

import matplotlib as mpl
import numpy as np
from IPython.core.getipython import get_ipython
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection, PathCollection, QuadMesh
from matplotlib.container import BarContainer
from matplotlib.figure import Figure
from matplotlib.text import Text
from pandas import DataFrame, get_option

from dz_analysis.hashes import hash_bytes, hash_facts
from dz_analysis.language import SOURCE, label_table, language
from dz_analysis.showing.fonts import missing_glyphs
from dz_analysis.showing.spelling import MISSING

SCREEN_DPI = 144
SHOWN_DPI = 100
DIGITS = 6
SHOWN = 1600
# The settings that a reader would notice.
STYLE_KEYS = ("font.family", "font.size", "axes.labelsize", "axes.titlesize", "text.color")


def figure_spec(figure: Figure) -> dict[str, Any]:
    """Return what a figure says: titles, labels, tick texts and the numbers that it draws.

    Numbers are in data coordinates, rounded to six significant digits; nothing depends on pixels,
    so the specification is the same on every machine.

    Parameters
    ----------
    figure : matplotlib.figure.Figure

    Returns
    -------
    dict
        ``style`` (font and sizes), ``size`` (inches), ``texts`` of the figure, and ``axes``: for
        each its title, labels, scales, ticks, bars, points, lines, cells, images, texts, legend
        and colours.
    """
    draw_figure(figure)
    return {
        "style": {key: value for key, value in mpl.rcParams.items() if key in STYLE_KEYS},
        "size": _numbers(figure.get_size_inches()),
        "texts": [text.get_text() for text in figure.texts if text.get_text()],
        "axes": [_axes_spec(axes) for axes in figure.axes],
        **_figure_legends(figure),
    }


def _figure_legends(figure: Figure) -> dict[str, list[str]]:
    """Return the words of legends that stand outside the charts, where there are any."""
    words = [text.get_text() for legend in figure.legends for text in legend.get_texts()]
    return {"legend": words} if words else {}


def fingerprint(figure: Figure) -> str:
    """Return the figure's fingerprint: twelve hexadecimal digits over its specification."""
    return hash_spec(figure_spec(figure))


def hash_spec(spec: dict[str, Any]) -> str:
    """Return twelve hexadecimal digits over a specification written canonically."""
    return hash_facts(spec)[:12]


def describe_figure(figure: Figure) -> str:
    """Return a figure in words: fingerprint, title, labels and drawn numbers, one line each.

    Returns
    -------
    str
        Lines that a person can read in a failing comparison; long lists are cut (the fingerprint
        covers them whole).
    """
    spec = figure_spec(figure)
    lines = [f"Figure {hash_spec(spec)}", *spec["texts"]]
    for number, axes in enumerate(spec["axes"], start=1):
        lines.append(f"axes {number}")
        lines += [f"  {key}: {_short(value)}" for key, value in axes.items() if value]
    return "\n".join(lines)


def draw_figure(figure: Figure) -> None:
    """Draw a figure in memory, so that its ticks and layout are settled.

    Raises
    ------
    ValueError
        If a text of the figure holds a character that the fonts cannot draw.
    """
    check_glyphs(figure)
    if not isinstance(figure.canvas, FigureCanvasAgg):
        FigureCanvasAgg(figure)
    figure.canvas.draw()


def check_glyphs(figure: Figure) -> None:
    """Refuse a figure with a character that would be drawn as an empty box.

    Raises
    ------
    ValueError
        Naming the characters, their code points and the text that holds them.
    """
    for artist in figure.findobj(Text):
        text = artist.get_text()
        missing = missing_glyphs(text)
        if missing:
            codes = ", ".join(f"U+{ord(char):04X}" for char in missing)
            msg = (
                f"The fonts cannot draw {codes} in {text!r}. Such characters are mostly damage "
                "that the repair has left: look at the document with `dz repair --explain`."
            )
            raise ValueError(msg)


def render_png(figure: Figure, *, dpi: float = SCREEN_DPI) -> bytes:
    """Return the figure as PNG bytes, without a version or a date in them."""
    check_glyphs(figure)
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=dpi, metadata={"Software": None})
    return buffer.getvalue()


def figure_bundle(
    figure: Figure, include: Any = None, exclude: Any = None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what a notebook shows of a figure: its image, and its description as text."""
    texts = (text.get_text() for text in figure.texts if text.get_text())
    title = figure.get_label() or next(texts, "figure")
    content = {"image/png": render_png(figure), "text/plain": describe_figure(figure)}
    # Shown smaller than drawn: sharp on every screen.
    width = round(float(figure.get_size_inches()[0]) * SHOWN_DPI)
    return content, {"image/png": {"alt": title, "width": width}}


def show_in_words() -> None:
    """Let every figure shown in a notebook carry its description; nothing outside a notebook."""
    shell = get_ipython()
    formatter = shell.display_formatter if shell is not None else None
    if formatter is not None:
        # The bundle formatter is left alone when a plotting backend is loaded; the formatters of
        # single kinds are reset by it.
        formatter.mimebundle_formatter.for_type(Figure, figure_bundle)
        for kind in ("image/png", "text/plain"):
            formatter.formatters[kind].pop(Figure, None)


def show_dashes() -> None:
    """Let tables shown in a notebook say "–" for a number that is missing, as figures do."""
    shell = get_ipython()
    formatter = shell.display_formatter if shell is not None else None
    if formatter is not None:
        plain, page = (formatter.formatters[kind] for kind in ("text/plain", "text/html"))
        plain.for_type(DataFrame, lambda table, printer, _: printer.text(write_table(table)))
        page.for_type(DataFrame, lambda table: write_table(table, page=True))


def write_table(table: DataFrame, *, page: bool = False) -> str:
    """Return a table as a notebook shows it, in text or as a page, "–" for what is missing.

    In English the columns have their names of the exported numbers; in another language they and
    the values of closed lists are told in its words.

    Examples
    --------
    >>> write_table(DataFrame({"place": ["甲县"], "rate": [float("nan")]})).split()
    ['place', 'rate', '0', '甲县', '–']
    """
    long = len(table) > get_option("display.max_rows")
    limits = {
        "max_rows": get_option("display.min_rows" if long else "display.max_rows"),
        "max_cols": get_option("display.max_columns"),
        "show_dimensions": get_option("display.show_dimensions") is True or long,
        "na_rep": MISSING,
    }
    shown = table if language() == SOURCE else label_table(table)
    if page:
        return str(shown.to_html(**limits, notebook=True))
    widths = (get_option("display.width"), get_option("display.max_colwidth"))
    return str(shown.to_string(**limits, line_width=widths[0], max_colwidth=widths[1]))


def _axes_spec(axes: Axes) -> dict[str, Any]:
    legend = axes.get_legend()
    return {
        "title": axes.get_title() or axes.get_title(loc="left"),
        "x_label": axes.get_xlabel(),
        "y_label": axes.get_ylabel(),
        "scales": [axes.get_xscale(), axes.get_yscale()] if axes.axison else [],
        "x_ticks": _tick_texts(axes, "x"),
        "y_ticks": _tick_texts(axes, "y"),
        "bars": _bars(axes),
        "points": _points(axes),
        "lines": [_numbers(line.get_xydata()) for line in axes.lines],
        "intervals": _segments(axes),
        "cells": _cells(axes),
        "images": [_hash_array(image.get_array()) for image in axes.images],
        "texts": [text.get_text() for text in axes.texts if text.get_text()],
        **_text_sizes(axes),
        "legend": [text.get_text() for text in legend.get_texts()] if legend else [],
        "colours": _colours(axes),
        **_hatches(axes),
    }


def _hatches(axes: Axes) -> dict[str, list[str]]:
    """Return the hatches of bars in order, where there are any."""
    hatches = [patch.get_hatch() or "" for patch in axes.patches]
    return {"hatches": hatches} if any(hatches) else {}


def _tick_texts(axes: Axes, which: str) -> list[str]:
    axis = axes.xaxis if which == "x" else axes.yaxis
    low, high = sorted(axis.get_view_interval())
    ticks = zip(axis.get_majorticklocs(), axis.get_majorticklabels(), strict=False)
    shown = [(place, label.get_text()) for place, label in ticks if label.get_visible()]
    return [text for place, text in shown if low <= place <= high and text]


def _bars(axes: Axes) -> list[list[float]]:
    """Return each bar as x, y, width, height."""
    bars = [bar for group in axes.containers if isinstance(group, BarContainer) for bar in group]
    return [_numbers([b.get_x(), b.get_y(), b.get_width(), b.get_height()]) for b in bars]


def _points(axes: Axes) -> list[Any]:
    groups = [c for c in axes.collections if isinstance(c, PathCollection)]
    return [_numbers(np.ma.filled(group.get_offsets(), np.nan)) for group in groups]


def _segments(axes: Axes) -> list[Any]:
    groups = [c for c in axes.collections if isinstance(c, LineCollection)]
    return [_numbers(segment) for group in groups for segment in group.get_segments()]


def _cells(axes: Axes) -> list[Any]:
    meshes = [c for c in axes.collections if isinstance(c, QuadMesh)]
    return [_numbers(np.ma.filled(_as_floats(mesh.get_array()), np.nan)) for mesh in meshes]


def _colours(axes: Axes) -> list[str]:
    """Return the colours of bars and points in order, as hexadecimal digits."""
    bars = [bar for group in axes.containers if isinstance(group, BarContainer) for bar in group]
    faces = [bar.get_facecolor() for bar in bars]
    for group in axes.collections:
        if isinstance(group, PathCollection):
            faces += list(np.atleast_2d(group.get_facecolor()))
    return ["".join(f"{round(255 * float(part)):02x}" for part in face) for face in faces]


def _text_sizes(axes: Axes) -> dict[str, list[float]]:
    """Return the sizes of an axes's texts where they differ, as in a word cloud: they measure."""
    sizes = _numbers([text.get_fontsize() for text in axes.texts if text.get_text()])
    return {"text_sizes": sizes} if len(set(sizes)) > 1 else {}


def _as_floats(array: Any) -> np.ma.MaskedArray:
    return np.ma.asarray(array, dtype=float)


def _hash_array(array: Any) -> str:
    return hash_bytes(np.ascontiguousarray(np.ma.filled(array, 0)).tobytes())[:12]


def _numbers(values: Any) -> Any:
    """Return nested numbers rounded to significant digits; a missing one is None."""
    if isinstance(values, (np.ndarray, list, tuple)):
        return [_numbers(value) for value in values]
    number = float(values)
    if not np.isfinite(number):
        return None
    return float(f"{number:.{DIGITS}g}") + 0.0


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]} …"
