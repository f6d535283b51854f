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

from dz_analysis.language import label, say
from dz_analysis.scoring.first_runs import ALL, UNKNOWN
from dz_analysis.showing.canvas import Caption, add_caption, draw_sentence, new_figure
from dz_analysis.showing.charts import plot_ranked_dots
from dz_analysis.showing.media import type_size
from dz_analysis.showing.spelling import spell_count
from dz_analysis.showing.style import ACCENT, MUTED

STRICT_COLOUR = "#de8f05"
ROW = 0.3  # inches that a batch is high
ENOUGH = 5  # passages that a genre needs to be told of in a title
SMALLEST, LARGEST = 30.0, 260.0  # areas of a mark of few rows and of the most


def plot_first_runs(batches: pd.DataFrame, *, source: str) -> Figure:
    """Draw what each batch got when it was read first, in order; none is joined with another.

    Batches are of different texts, so that no line from one to the next would mean anything.

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
        return draw_sentence(Caption(say("No batch was read"), "", _count_sums(0, 0, 0), source))
    figure, axes = new_figure(height=1.2 + ROW * len(batches))
    axis, places = axes[0, 0], np.arange(len(batches))
    shown = batches[["row_f1", "strict_f1", "low", "high"]].mul(100)
    axis.hlines(places, shown["low"], shown["high"], color=ACCENT, alpha=0.5, linewidth=2)
    axis.scatter(shown["row_f1"], places, color=ACCENT, s=36, zorder=3, label=say("row"))
    axis.scatter(
        shown["strict_f1"],
        places,
        color=STRICT_COLOUR,
        marker="D",
        s=22,
        zorder=3,
        label=say("row with exact name, region and bound"),
    )
    for place, score in zip(places, shown["row_f1"], strict=True):
        axis.annotate(
            f"{score:.1f}",
            (score, place),
            (0, 4),
            textcoords="offset points",
            size=type_size(8),
            ha="center",
        )
    axis.set_yticks(places, _name_batches(batches), fontsize=type_size(8))
    axis.set_ylim(len(batches) - 0.4, -0.7)  # the first batch above
    axis.set_xlim(min(40.0, _floor(shown)), 100)
    axis.set(xlabel="F1, %", ylabel="")
    axis.grid(visible=False, axis="y")
    axis.legend(
        loc="lower left", bbox_to_anchor=(0, 1), ncols=2, frameon=False, fontsize=type_size(8)
    )
    sums = batches[["passages", "rows"]].sum()
    n = _count_sums(len(batches), sums["passages"], sums["rows"])
    return add_caption(figure, Caption(say_first_runs(batches), "F1, %", n, source))


def _count_sums(batches: int, passages: int, rows: int) -> str:
    return say(
        "{batches} batches, {passages} passages, {rows} rows",
        batches=batches,
        passages=f"{passages:,}",
        rows=f"{rows:,}",
    )


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
    least, most = (
        say(
            "{score} % ({batch}, {texts})",
            score=f"{100 * one['row_f1']:.1f}",
            batch=one["batch"],
            texts=_name_texts(one["texts"]),
        )
        for one in ends
    )
    if len(batches) == 1:
        return say("Texts that no rule had seen: row F1 {least}", least=least)
    return say("Texts that no rule had seen: row F1 from {least} to {most}", least=least, most=most)


def _name_batches(batches: pd.DataFrame) -> list[str]:
    columns = (batches[name] for name in ("batch", "texts", "rows"))
    return [
        say("{batch}: {texts} ({rows} rows)", batch=batch, texts=_name_texts(texts), rows=rows)
        for batch, texts, rows in zip(*columns, strict=True)
    ]


def _name_texts(texts: str) -> str:
    """Name the kinds of text of a batch, each in the language in use."""
    return say(", ").join(label(kind) for kind in texts.split(", "))


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
    named = each.apply(lambda one: f"{_spell(one['genre'])} ({_count(one)})", axis=1)
    caption = Caption(say_genres(genres), say("row F1, %"), _count(every), source)
    return plot_ranked_dots(
        shares.assign(label=named),
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
    total = say(
        "In texts that no rule had seen row F1 is {score} ({low} to {high}) of 100",
        score=f"{every['row_f1']:.0f}",
        low=f"{every['low']:.0f}",
        high=f"{every['high']:.0f}",
    )
    if len(scores) < 2:
        return total
    few = len(genres) - 1 - len(enough)
    each = say(": {scores}", scores=say(", ").join(scores))
    left = say(
        " ({n} of fewer than {least} passages left out)", n=spell_count(few, "genre"), least=ENOUGH
    )
    return total + each + (left if few else "")


def _all(genres: pd.DataFrame) -> dict[str, Any]:
    rows = genres[genres["genre"] == ALL].to_dict("records")
    return {str(name): cell for name, cell in rows[0].items()}


def _spell(genre: str) -> str:
    return say("genre not told") if genre == UNKNOWN else label(genre)


def _count(row: Mapping[str, Any] | pd.Series) -> str:
    passages, rows = (
        spell_count(int(row[name]), name.removesuffix("s")) for name in ("passages", "rows")
    )
    return say("{passages}, {rows}", passages=passages, rows=rows)


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
        return draw_sentence(Caption(say("No confidence was judged"), "", "0", source))
    figure, axes = new_figure(height=4.2)
    axis, shown = axes[0, 0], tenths[["confidence", "right", "low", "high"]].mul(100)
    axis.plot([0, 100], [0, 100], color=MUTED, linestyle="--", linewidth=1)
    axis.vlines(shown["confidence"], shown["low"], shown["high"], color=ACCENT, alpha=0.5)
    sizes = SMALLEST + (LARGEST - SMALLEST) * tenths["rows"] / tenths["rows"].max()
    axis.scatter(shown["confidence"], shown["right"], s=sizes, color=ACCENT, zorder=3)
    for x, y, rows in zip(shown["confidence"], shown["right"], tenths["rows"], strict=True):
        axis.annotate(
            f"{rows:,}",
            (x, y),
            (9, -9),
            textcoords="offset points",
            size=type_size(7.5),
            color=MUTED,
        )
    axis.set(xlim=(0, 102), ylim=(0, 102), xlabel=say("called so sure, %"))
    axis.set(ylabel=say("right, %"))
    rows = f"{tenths['rows'].sum():,}"
    n = say("{n} rows in tenths of confidence; beside a mark its rows", n=rows)
    return add_caption(figure, Caption(say_calibration(judged), say("% of rows"), n, source))


def say_calibration(judged: pd.DataFrame) -> str:
    """Return how true confidences are as a sentence made from the numbers."""
    shares = judged.set_index("measure").mul(100).to_dict("index")
    error, sure = shares["expected calibration error"], shares["grade A, right"]
    held = shares["grade A, of all rows"]["value"]
    words = say(
        "Confidences are off by {error} points on average ({low} to {high})",
        error=f"{error['value']:.1f}",
        low=f"{error['low']:.1f}",
        high=f"{error['high']:.1f}",
    )
    if not held:
        return words + say("; no row is of grade A")
    return words + say(
        "; {sure} % of grade A ({held} % of the rows) are right",
        sure=f"{sure['value']:.1f}",
        held=f"{held:.0f}",
    )
