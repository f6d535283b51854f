"""Charts of what texts got that no rule had seen, and of whether confidences are true.

In: tables of the room `scoring`. Out: a `matplotlib.figure.Figure` whose title is made from the
numbers that it draws.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from dz_analysis.scoring.first_runs import ALL, UNKNOWN
from dz_analysis.showing.canvas import Caption, add_caption, new_figure
from dz_analysis.showing.charts import plot_ranked_dots
from dz_analysis.showing.districts import draw_nothing
from dz_analysis.showing.spelling import spell_count
from dz_analysis.showing.style import ACCENT, MUTED

STRICT_COLOUR = "#de8f05"
ROW = 0.3  # inches that a batch is high
ENOUGH = 5  # passages that a genre needs to be told of in a title
SMALLEST, LARGEST = 30.0, 260.0  # areas of a mark of few rows and of the most


def plot_first_runs(batches: pd.DataFrame, *, source: str) -> Figure:
    """Draw what each batch got when it was read first, in order: the learning curve.

    A line joins batches of the same kinds of text; others can't be set beside one another.

    Parameters
    ----------
    batches : pandas.DataFrame
        From `score_batches`.
    source : str
        Source line.

    Returns
    -------
    matplotlib.figure.Figure
    """
    if batches.empty:
        return draw_nothing(Caption("No batch was read", "none", "0 batches", source))
    figure, axes = new_figure(width="wide", height=1.2 + ROW * len(batches))
    axis, places = axes[0, 0], np.arange(len(batches))
    shown = batches[["row_f1", "strict_f1", "low", "high"]].mul(100)
    axis.hlines(places, shown["low"], shown["high"], color=ACCENT, alpha=0.5, linewidth=2)
    for _, alike in shown.assign(place=places).groupby(batches["texts"], sort=False):
        axis.plot(alike["row_f1"], alike["place"], color=ACCENT, linewidth=1, alpha=0.5)
    axis.scatter(shown["row_f1"], places, color=ACCENT, s=36, zorder=3, label="row")
    axis.scatter(
        shown["strict_f1"],
        places,
        color=STRICT_COLOUR,
        marker="D",
        s=22,
        zorder=3,
        label="row with exact name, region and bound",
    )
    for place, score in zip(places, shown["row_f1"], strict=True):
        axis.annotate(
            f"{score:.1f}", (score, place), (0, 4), textcoords="offset points", size=8, ha="center"
        )
    axis.set_yticks(places, _name_batches(batches), fontsize=8)
    axis.set_ylim(len(batches) - 0.4, -0.7)  # the first batch above
    axis.set_xlim(min(40.0, _floor(shown)), 100)
    axis.set(xlabel="F1, %", ylabel="")
    axis.grid(visible=False, axis="y")
    axis.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, frameon=False, fontsize=8)
    sums = batches[["passages", "rows"]].sum()
    n = f"{len(batches)} batches, {sums['passages']:,} passages, {sums['rows']:,} rows"
    return add_caption(figure, Caption(say_first_runs(batches), "F1, %", n, source))


def say_first_runs(batches: pd.DataFrame) -> str:
    """Return what batches got at their first run as a sentence made from the numbers.

    Examples
    --------
    >>> runs = {"batch": ["b1", "b2"], "texts": ["budgets", "bulletins"], "row_f1": [0.64, 0.9]}
    >>> say_first_runs(pd.DataFrame(runs))
    'Texts that no rule had seen: row F1 from 64.0 % (b1, budgets) to 90.0 % (b2, bulletins)'
    """
    ordered = batches.sort_values("row_f1", kind="stable")
    ends = [ordered.iloc[0], ordered.iloc[-1]]
    least, most = (f"{100 * one['row_f1']:.1f} % ({one['batch']}, {one['texts']})" for one in ends)
    if len(batches) == 1:
        return f"Texts that no rule had seen: row F1 {least}"
    return f"Texts that no rule had seen: row F1 from {least} to {most}"


def _name_batches(batches: pd.DataFrame) -> list[str]:
    columns = (batches[name] for name in ("batch", "texts", "rows"))
    return [f"{batch}: {texts} ({rows} rows)" for batch, texts, rows in zip(*columns, strict=True)]


def _floor(shown: pd.DataFrame) -> float:
    """Return the last ten under all that is drawn."""
    return float(np.floor(np.nanmin(shown.to_numpy(float)) / 10) * 10)


def plot_genres(genres: pd.DataFrame, *, source: str) -> Figure:
    """Draw what to expect of each genre, with the interval over its passages.

    Parameters
    ----------
    genres : pandas.DataFrame
        From `score_genres`.
    source : str
        Source line.

    Returns
    -------
    matplotlib.figure.Figure
    """
    each, every = genres[genres["genre"] != ALL], _all(genres)
    shares = each[["row_f1", "low", "high"]].mul(100)
    label = each.apply(lambda one: f"{_spell(one['genre'])} ({_count(one)})", axis=1)
    caption = Caption(say_genres(genres), "row F1, %", _count(every), source)
    return plot_ranked_dots(
        shares.assign(label=label),
        label="label",
        value="row_f1",
        low="low",
        high="high",
        caption=caption,
        reference=100 * every["row_f1"],
    )


def say_genres(genres: pd.DataFrame) -> str:
    """Return what to expect by genre, of those with enough passages, as a sentence."""
    enough = genres[(genres["genre"] != ALL) & (genres["passages"] >= ENOUGH)]
    scores = [f"{_spell(one['genre'])} {100 * one['row_f1']:.0f}" for _, one in enough.iterrows()]
    every = {name: 100 * float(_all(genres)[name]) for name in ("row_f1", "low", "high")}
    total = f"{every['row_f1']:.0f} ({every['low']:.0f} to {every['high']:.0f})"
    few = len(genres) - 1 - len(enough)
    left = f" ({spell_count(few, 'genre')} of fewer than {ENOUGH} passages left out)" if few else ""
    each = f": {', '.join(scores)}{left}" if len(scores) > 1 else ""
    return f"In texts that no rule had seen row F1 is {total} of 100{each}"


def _all(genres: pd.DataFrame) -> dict[str, Any]:
    rows = genres[genres["genre"] == ALL].to_dict("records")
    return {str(name): cell for name, cell in rows[0].items()}


def _spell(genre: str) -> str:
    return f"genre {genre}" if genre == UNKNOWN else genre.replace("_", " ")


def _count(row: Mapping[str, Any] | pd.Series) -> str:
    return f"{spell_count(row['passages'], 'passage')}, {spell_count(row['rows'], 'row')}"


def plot_calibration(tenths: pd.DataFrame, judged: pd.DataFrame, *, source: str) -> Figure:
    """Draw how many rows are right against how sure they are called.

    Parameters
    ----------
    tenths : pandas.DataFrame
        From `bin_confidence`.
    judged : pandas.DataFrame
        From `judge_confidence`, for the title.
    source : str
        Source line.

    Returns
    -------
    matplotlib.figure.Figure
    """
    if tenths.empty:
        return draw_nothing(Caption("No confidence was judged", "none", "0 rows", source))
    figure, axes = new_figure(width="page", height=4.2)
    axis, shown = axes[0, 0], tenths[["confidence", "right", "low", "high"]].mul(100)
    axis.plot([0, 100], [0, 100], color=MUTED, linestyle="--", linewidth=1)
    axis.vlines(shown["confidence"], shown["low"], shown["high"], color=ACCENT, alpha=0.5)
    sizes = SMALLEST + (LARGEST - SMALLEST) * tenths["rows"] / tenths["rows"].max()
    axis.scatter(shown["confidence"], shown["right"], s=sizes, color=ACCENT, zorder=3)
    for x, y, rows in zip(shown["confidence"], shown["right"], tenths["rows"], strict=True):
        axis.annotate(
            f"{rows:,}", (x, y), (9, -9), textcoords="offset points", size=7.5, color=MUTED
        )
    axis.set(xlim=(0, 102), ylim=(0, 102), xlabel="called so sure, %", ylabel="right, %")
    n = f"{tenths['rows'].sum():,} rows in tenths of confidence; beside a mark its rows"
    return add_caption(figure, Caption(say_calibration(judged), "% of rows", n, source))


def say_calibration(judged: pd.DataFrame) -> str:
    """Return how true confidences are as a sentence made from the numbers."""
    shares = judged.set_index("measure").mul(100).to_dict("index")
    error, sure = shares["expected calibration error"], shares["grade A, right"]
    held = shares["grade A, of all rows"]["value"]
    words = (
        f"Confidences are off by {error['value']:.1f} points on average "
        f"({error['low']:.1f} to {error['high']:.1f})"
    )
    if not held:
        return f"{words}; no row is of grade A"
    share = f"{sure['value']:.1f} % of grade A ({held:.0f} % of the rows)"
    return f"{words}; {share} are right"
