"""Who said slogans first, and how many years later they are said here: sentences and charts.

In: a table of `find_first_uses`. Out: a `matplotlib.figure.Figure` whose title is made from the
numbers that it draws, and the same findings as sentences.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from dz_analysis.counting.first_uses import AFTER, HERE, OPEN, SAME, listed_since
from dz_analysis.language import label, say, say_count
from dz_analysis.showing.canvas import (
    MOST_ROWS,
    Caption,
    add_caption,
    draw_sentence,
    fit_height,
    label_rows,
    new_figure,
    put_legend,
)
from dz_analysis.showing.spelling import spell_count, spell_value
from dz_analysis.showing.style import ACCENT, GRID

# What can be said of a slogan's first use, by verdict and level of who said it first.
ORDER_LABELS = {
    (AFTER, "country"): "the country first",
    (AFTER, "province"): "another province first",
    (AFTER, "city"): "a city first",
    (AFTER, "county"): "a county first",
    (SAME, ""): "a higher level in the same year",
    (HERE, ""): "here first",
}
ORDER_COLOURS = ("#0173b2", "#56b4e9", "#949494", "#de8f05", "#cc78bc", "#029e73")
LEVEL_MARKS = {"country": "o", "province": "s", "city": "^", "county": "v"}


def say_first_uses(uses: pd.DataFrame) -> str:
    """Say who said the slogans of a corpus first, and of how many nothing can be said.

    Parameters
    ----------
    uses : pandas.DataFrame
        From `find_first_uses`.
    """
    if uses.empty:
        return say("No listed slogan is said, so no first use can be told")
    told = [
        say_count(
            number,
            "{n} appears earlier in reports of {whose}",
            "{n} appear earlier in reports of {whose}",
            whose=_whose(level),
        )
        for level, number in _count_levels(uses[uses["verdict"] == AFTER]).items()
    ]
    counts = uses["verdict"].value_counts()
    told += [_say_verdict(name, int(counts[name])) for name in (SAME, HERE, OPEN) if name in counts]
    return say(
        "In the reports at hand, of {n:,} listed slogans said here {told}",
        n=len(uses),
        told=_join(told),
    )


def _say_verdict(verdict: str, count: int) -> str:
    """Say of how many slogans the order of first uses has a verdict."""
    if verdict == SAME:
        return say_count(
            count,
            "{n} appears in the same year at a higher level",
            "{n} appear in the same year at a higher level",
        )
    if verdict == HERE:
        return say_count(count, "{n} appears here first", "{n} appear here first")
    return say_count(
        count,
        "{n} stands in a place's first document, so that nothing is known of the beginning",
        "{n} stand in a place's first document, so that nothing is known of the beginning",
    )


def _join(parts: Sequence[str]) -> str:
    """Join parts of a sentence: one, two and three."""
    if len(parts) == 1:
        return parts[0]
    return say("{first} and {last}", first=say(", ").join(parts[:-1]), last=parts[-1])


def _count_levels(uses: pd.DataFrame) -> dict[str, int]:
    counts = uses["listed_level"].value_counts()
    return {level: int(counts[level]) for level in LEVEL_MARKS if level in counts}


def _whose(level: str) -> str:
    return say("the country") if level == "country" else say("a {level}", level=label(level))


def plot_first_uses(uses: pd.DataFrame, *, source: str) -> Figure:
    """Draw how many slogans are first said in which year, by what is known of the order.

    Parameters
    ----------
    uses : pandas.DataFrame
        From `find_first_uses`, not empty.
    source : str
        Source line.

    Returns
    -------
    matplotlib.figure.Figure
    """
    counts = count_years(uses)
    if counts.empty:
        none = spell_count(0, "year")
        return draw_sentence(Caption(say_first_uses(uses), label("slogans"), none, source))
    figure, axes = new_figure(height=3.9)
    axis = axes[0, 0]
    bottom = pd.Series(0, index=sorted(set(counts["year"])))
    handles = []
    for order, colour in zip(ORDER_LABELS.values(), ORDER_COLOURS, strict=True):
        own = counts[counts["order"] == order].set_index("year")["slogans"]
        if own.empty:
            continue
        axis.bar(own.index, own, bottom=bottom[own.index], color=colour, width=0.85, linewidth=0)
        bottom = bottom.add(own, fill_value=0)
        named = say("{name} ({more})", name=label(order), more=f"{own.sum():,}")
        handles.append(Patch(color=colour, label=named))
    axis.xaxis.set_major_locator(MaxNLocator(10, integer=True))
    axis.yaxis.set_major_locator(MaxNLocator(6, integer=True))
    axis.grid(visible=False, axis="x")
    axis.set(xlabel=say("year in which a report at hand says it first"), ylabel=label("slogans"))
    put_legend(axis, handles, columns=3)
    known = [
        say("{level} since {year}", level=label(level), year=year)
        for level, year in listed_since().items()
    ]
    n = say(
        "{n:,} slogans of known order. Reports at hand: this corpus, {since}; the list of slogans "
        "was made mostly from recent ones",
        n=int(counts["slogans"].sum()),
        since=say(", ").join(known),
    )
    return add_caption(figure, Caption(say_first_uses(uses), label("slogans"), n, source))


def count_years(uses: pd.DataFrame) -> pd.DataFrame:
    """Count the slogans by the year of their first use in any report, and what is known of it.

    Parameters
    ----------
    uses : pandas.DataFrame
        From `find_first_uses`.

    Returns
    -------
    pandas.DataFrame
        One row a year and order: year, order (who was first), slogans. Those that stand in a
        place's first document, with none earlier, have no known year and are left out.
    """
    uses = uses[uses["verdict"] != OPEN]
    is_after = uses["verdict"] == AFTER
    year = uses["listed_year"].where(is_after, uses["first_year"]).astype("int64")
    keys = zip(uses["verdict"], uses["listed_level"].where(is_after, ""), strict=True)
    order = pd.Series([ORDER_LABELS[key] for key in keys], index=uses.index)
    counts = uses.assign(year=year, order=order).groupby(["year", "order"]).size()
    return counts.rename("slogans").reset_index()


def say_lags(uses: pd.DataFrame) -> str:
    """Say how many years after others a corpus says slogans, and of how many it is a bound."""
    after = uses[uses["verdict"] == AFTER]
    if after.empty:
        return say("No slogan is said here after others")
    said = say_count(
        len(after),
        "{n} slogan is said here after others",
        "{n} slogans are said here after others",
    )
    known, bound = after[~after["is_bound"]], after[after["is_bound"]]
    told = {"said": said, "known": len(known), "bound": len(bound)}
    told |= {"lag": _spell_years(known["lag"]), "most": _spell_years(bound["lag"])}
    if bound.empty:
        return say("{said}, by {lag} (median)", **told)
    if known.empty:
        return say("{said}, by at most {most} (median), as the documents begin later", **told)
    return say(
        "{said}: {known:,} by {lag} (median), {bound:,} by at most {most} (median), as the "
        "documents begin later",
        **told,
    )


def _spell_years(lags: pd.Series) -> str:
    """Write the median of lags; blank if there are none."""
    if lags.empty:
        return ""
    median = float(lags.median())
    told = spell_value(median)
    return say("{n} year", n=told) if median == 1 else say("{n} years", n=told)


def pick_lags(uses: pd.DataFrame, *, most: int = MOST_ROWS) -> pd.DataFrame:
    """Return the slogans said after others: those of a known lag first, then the most said."""
    after = uses[uses["verdict"] == AFTER]
    order = ["is_bound", "documents", "lag", "slogan"]
    chosen = after.sort_values(order, ascending=[True, False, True, True]).head(most)
    return chosen.sort_values(["lag", "listed_year", "slogan"], ignore_index=True)


def plot_lags(uses: pd.DataFrame, *, source: str) -> Figure:
    """Draw for slogans said after others who said them first, and when they are said here.

    Parameters
    ----------
    uses : pandas.DataFrame
        From `find_first_uses`, some of them said after others.
    source : str
        Source line.

    Returns
    -------
    matplotlib.figure.Figure
    """
    drawn = pick_lags(uses)
    figure, axes = new_figure(height=fit_height(len(drawn)) + 0.3)
    axis, rows = axes[0, 0], np.arange(len(drawn))
    first, here = (drawn[name].astype("int64") for name in ("listed_year", "first_year"))
    axis.hlines(rows, first, here, color=GRID, linewidth=2)
    handles = []
    for level, mark in LEVEL_MARKS.items():
        own = (drawn["listed_level"] == level).to_numpy()
        if own.any():
            axis.scatter(first[own], rows[own], color=ACCENT, marker=mark, s=26, zorder=3)
            told = say("first said by {whose}", whose=_whose(level))
            handles.append(_mark(told, ACCENT, mark))
    words = (False, "#de8f05", say("here")), (True, "white", say("here or before"))
    for bound, face, named in words:
        own = (drawn["is_bound"] == bound).to_numpy()
        if own.any():
            axis.scatter(
                here[own],
                rows[own],
                facecolor=face,
                edgecolor="#de8f05",
                marker="D",
                s=24,
                zorder=4,
            )
            handles.append(_mark(named, "#de8f05", "D", face))
    label_rows(axis, drawn["slogan"])
    axis.xaxis.set_major_locator(MaxNLocator(8, integer=True))
    axis.set(xlabel=label("year"))
    put_legend(axis, handles)
    left = int((uses["verdict"] == AFTER).sum()) - len(drawn)
    n = spell_count(len(drawn), "slogan") + (say("; {n} more not drawn", n=left) if left else "")
    return add_caption(figure, Caption(say_lags(uses), say("years"), n, source))


def _mark(told: str, colour: str, marker: str, face: str = "") -> Line2D:
    return Line2D(
        [],
        [],
        color=colour,
        marker=marker,
        linestyle="",
        label=told,
        markerfacecolor=face or colour,
    )
