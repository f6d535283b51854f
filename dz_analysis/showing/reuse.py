"""What documents take over from earlier ones: sentences and charts.

In: shares of text that stand in sources too; never a text. Out: a `matplotlib.figure.Figure` whose
title is made from the numbers that it draws, and the same findings as sentences.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from dz_analysis.counting.reuse import (
    BEFORE,
    CENTRE,
    OLDER,
    ORIGINS,
    OTHERS,
    average_reuse,
)
from dz_analysis.language import label, say, set_unit
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
from dz_analysis.showing.districts import mark_breaks, pick_ends
from dz_analysis.showing.spelling import spell_count, spell_value

ENOUGH_YEARS = 8  # reports of one place that a chart over the years needs
# Colours of seaborn's colour-blind palette, and shapes, so that neither is needed.
ORIGIN_MARKS = {
    BEFORE: ("#0173b2", "o"),
    "older own reports": ("#56b4e9", "^"),
    CENTRE: ("#de8f05", "s"),
    "other places": ("#029e73", "D"),
}
MANY = (OLDER, OTHERS)  # origins of many sources


def plot_reuse(reuse: pd.DataFrame, *, shortest: int, source: str) -> Figure:
    """Draw which share of each document its own report before, the centre and others hold too.

    The last year of several places, one row a place; of one place its years.

    Parameters
    ----------
    reuse : pandas.DataFrame
        From `measure_reuse`.
    shortest : int
        Least Han characters of a run, as it was measured.
    source : str
        Source line.
    """
    if reuse.empty:
        title = say("No document has an earlier one that it could repeat")
        return draw_sentence(Caption(title, "", spell_count(0, "document"), source))
    if not reuse["copied_chars"].any():
        count = reuse["document"].nunique()
        n = spell_count(count, "document")
        return draw_sentence(Caption(_say_last(reuse, count), "", n, source))
    is_one = reuse["place"].nunique() == 1 and reuse["year"].nunique() >= ENOUGH_YEARS
    return (_plot_years if is_one else _plot_places)(reuse, shortest, source)


def _plot_places(reuse: pd.DataFrame, shortest: int, source: str) -> Figure:
    newest = reuse.groupby("place")["year"].transform("max")
    last, share = reuse[reuse["year"] == newest], _share_known(reuse)
    wide = last.pivot_table(index="document", columns="origin", values=share)
    wide = wide.reindex(columns=[name for name in ORIGINS if name in wide.columns])
    labels = last.drop_duplicates("document").set_index("document")
    order = wide.assign(region=labels["place"] + " " + labels["year"]).sort_values(
        [wide.columns[0], "region"], ascending=[False, True], na_position="last"
    )
    ranked = order.reset_index(drop=True)
    drawn = pick_ends(ranked, most=MOST_ROWS)
    figure, axes = new_figure(height=fit_height(len(drawn)) + 0.3)
    axis, rows = axes[0, 0], np.arange(len(drawn))
    for name in wide.columns:
        colour, shape = ORIGIN_MARKS[name]
        told = f"{label(name)} ({_say_sources(last, name)})"
        axis.scatter(drawn[name], rows, color=colour, marker=shape, s=24, zorder=3, label=told)
    label_rows(axis, drawn["region"])
    mark_breaks(axis, ranked["region"], drawn["region"])
    far = float(np.nanmax(drawn[list(wide.columns)].to_numpy())) or 1.0
    unit = _unit(shortest, share)
    axis.set(xlabel=unit, ylabel="", xlim=(-0.03 * far, 1.05 * far))
    axis.xaxis.set_major_formatter(lambda number, _: spell_value(number))
    put_legend(axis, columns=4)
    left = len(ranked) - len(drawn)
    n = _count_text(len(ranked), last)
    n += say("; {n} between the ends not drawn", n=left) if left else ""
    title = _say_last(last, len(ranked))
    return add_caption(figure, Caption(title, unit, n, source))


def _share_known(reuse: pd.DataFrame) -> str:
    """Return the column of what is taken over: without set phrases where they are known."""
    return "without_set_pct" if reuse["without_set_pct"].notna().any() else "copied_pct"


def _plot_years(reuse: pd.DataFrame, shortest: int, source: str) -> Figure:
    figure, axes = new_figure(height=3.8)
    axis, share = axes[0, 0], _share_known(reuse)
    for name in [one for one in ORIGINS if one in set(reuse["origin"])]:
        own = reuse[reuse["origin"] == name].sort_values(["year", "document"])
        colour, shape = ORIGIN_MARKS[name]
        years = own["year"].astype(int)
        whole = own.groupby(years)[share].mean()
        line = whole.reindex(range(years.min(), years.max() + 1))  # a year without report is a gap
        axis.plot(line.index, line, color=colour, linewidth=0.8, alpha=0.6)
        axis.scatter(
            years, own[share], color=colour, marker=shape, s=20, zorder=3, label=label(name)
        )
    axis.xaxis.set_major_locator(MaxNLocator(10, integer=True))
    axis.set(xlabel="", ylabel="%")
    put_legend(axis, columns=4)
    count = reuse["document"].nunique()
    n = _count_text(count, reuse)
    title, unit = _say_last(reuse, count), _unit(shortest, share)
    return add_caption(figure, Caption(title, unit, n, source))


def _say_sources(rows: pd.DataFrame, origin: str) -> str:
    """Say how many sources the documents drawn have of one origin."""
    counts = rows.loc[rows["origin"] == origin, "sources"]
    low, high = int(counts.min()), int(counts.max())
    if low == high:
        return spell_count(high, "source")
    return say("{low} to {high} sources", low=low, high=high)


def _unit(shortest: int, share: str) -> str:
    if share == "without_set_pct":
        return say(
            "% of a document's Han characters in runs of {n} or more, set phrases apart", n=shortest
        )
    return say(
        "% of a document's Han characters in runs of {n} or more, set phrases too", n=shortest
    )


def _count_text(documents: int, reuse: pd.DataFrame) -> str:
    """Write how many documents there are, and their length."""
    characters = int(reuse.drop_duplicates("document")["han_chars"].sum())
    return say(
        "{documents}, {n} Han characters",
        documents=spell_count(documents, "document"),
        n=f"{characters:,}",
    )


def _say_last(rows: pd.DataFrame, documents: int) -> str:
    """Say which document takes over most from the first origin that has any, and the mean."""
    first, share = next(name for name in ORIGINS if name in set(rows["origin"])), _share_known(rows)
    own = rows[rows["origin"] == first]
    if not rows["copied_chars"].any():
        held = spell_count(documents, "document")
        return say("No run of such length stands in any source of {documents}", documents=held)
    if not own[share].any():
        first = str(rows.groupby("origin")[share].mean().idxmax())
        own = rows[rows["origin"] == first]
    ranked = own.sort_values([share, "document"], ascending=[False, True])
    top, mean = ranked.iloc[0], average_reuse(own).iloc[0]
    told = {
        "place": str(top["place"]),
        "year": str(top["year"]),
        "origin": _name_origin(first),
        "share": set_unit(f"{top[share]:.1f}", "%"),
    }
    if len(own) == 1:
        return say("{place} {year} shares {share} with {origin}", **told)
    middle = set_unit(f"{mean[share]:.1f}", "%") + _spell_ends(mean, share)
    return say(
        "{place} {year} shares most with {origin}, {share}; the mean of {n} is {mean}",
        n=len(own),
        mean=middle,
        **told,
    )


def _name_origin(origin: str) -> str:
    if origin == BEFORE:
        return say("its own report before")
    return say("the centre's last reports") if origin == CENTRE else label(origin)


def say_reuse(averages: pd.DataFrame, *, shortest: int) -> str:
    """Say how much of a report is taken over on average, with and without set phrases.

    Parameters
    ----------
    averages : pandas.DataFrame
        From `average_reuse`.
    shortest : int
        Least Han characters of a run, as it was measured.
    """
    if averages.empty:
        return say("No document has an earlier one that it could repeat")
    if not averages["copied_pct"].any():
        names = say(" or ").join(_name_origin(name) for name in averages["origin"])
        return say("No run of {n} Han characters is shared with {names}", n=shortest, names=names)
    rows, share = averages.to_dict("records"), _share_known(averages)
    parts = [
        say(
            "{share} with {origin}",
            share=_spell_share(row, share),
            origin=_name_origin(str(row["origin"])),
        )
        for row in rows
    ]
    told = {"parts": say(", ").join(parts), "n": shortest}
    if share == "copied_pct":
        return say(
            "Of its Han characters a report shares on average {parts}, in runs of {n} or more; "
            "which of them are set phrases is not known",
            **told,
        )
    return say(
        "Of its Han characters a report shares on average {parts}, in runs of {n} or more, set "
        "phrases apart (with them {whole})",
        whole=say(", ").join(set_unit(f"{row['copied_pct']:.1f}", "%") for row in rows),
        **told,
    )


def _spell_share(row: Mapping[Hashable, Any], share: str) -> str:
    """Write the mean share of an origin with its interval, and that of one of many sources."""
    if not row["copied_pct"]:
        return say("none")
    said = set_unit(f"{row[share]:.1f}", "%") + _spell_ends(row, share)
    is_many = row["origin"] in MANY and row["per_source_pct"] < row["without_set_pct"]
    by_source = set_unit(f"{row['per_source_pct']:.1f}", "%")
    return say("{share}, by source {each},", share=said, each=by_source) if is_many else said


def _spell_ends(row: Mapping[Hashable, Any] | pd.Series, name: str) -> str:
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    if np.isnan(low):
        return ""
    return say(" ({low} to {high})", low=f"{low:.1f}", high=f"{high:.1f}")
