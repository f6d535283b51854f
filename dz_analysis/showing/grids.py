"""Grids of regions and indicators: what they state, and whether it can be compared at all.

In: tables of the room `comparing`. Out: a `matplotlib.figure.Figure` whose title is made from the
numbers that it draws.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure

from dz_analysis.comparing.compare import USABLE
from dz_analysis.comparing.confidence import DOUBTFUL, mark_doubtful
from dz_analysis.comparing.coverage import COVERAGE, say_groups
from dz_analysis.comparing.tabulate import flag_partnered, spell_quotes
from dz_analysis.language import label, say, say_count
from dz_analysis.showing.agreement import add_legend
from dz_analysis.showing.canvas import Caption, add_caption, draw_sentence, fit_height, new_figure
from dz_analysis.showing.districts import READABLE, describe_states, join_names
from dz_analysis.showing.matrices import plot_coverage
from dz_analysis.showing.media import type_size
from dz_analysis.showing.spelling import spell_count
from dz_analysis.showing.style import ABSENT, ACCENT, INK, MUTED

COVERAGE_COLOURS = ("#08519c", "#4292c6", "#9ecae1", "#bcbddc", "#fdae6b", ABSENT)
# What stands in a cell that can't be compared; the caption explains those that are used.
SIGNS = {"conflicting": "!", "not_comparable": "≠", "no_number": "∅", "not_stated": "·"}


def plot_groups(
    counts: pd.DataFrame, *, source: str, order: Sequence[str] = (), most: int = READABLE
) -> Figure:
    """Draw how many numbers of each group of indicators a document or region states.

    Parameters
    ----------
    counts : pandas.DataFrame
        From `count_groups`.
    source : str
        Source line.
    order : sequence of str
        Order of the documents or regions; by name where it does not hold them.
    most : int
        Documents or regions drawn at most: those with most numbers.

    Returns
    -------
    matplotlib.figure.Figure
    """
    by = str(counts.columns[1])
    sizes = counts.groupby(by, sort=False)["numbers"].sum()
    kept = set(sizes.sort_values(ascending=False, kind="stable").index[:most])
    known = counts[(counts["group"] != "other") & counts[by].isin(kept)]
    left_out = len(sizes) - len(kept)
    held = spell_count(len(sizes), by)
    n = say("{n} numbers of {groups}", n=f"{int(sizes.sum()):,}", groups=held)
    if left_out:
        n += say(", {groups} with fewer numbers not drawn", groups=spell_count(left_out, by))
    return plot_coverage(
        known,
        row="group",
        column=by,
        value="numbers",
        column_order=[name for name in dict.fromkeys([*order, *sorted(kept)]) if name in kept],
        caption=Caption(say_groups(counts), say("numbers stated"), n, source),
    )


def plot_coverage_map(
    coverage: pd.DataFrame, *, source: str, most: int = 40, of: str = "region"
) -> Figure:
    """Draw which region states which indicator, and how.

    Parameters
    ----------
    coverage : pandas.DataFrame
        From `map_coverage`: no gaps, in the order wanted.
    source : str
        Source line.
    most : int
        Indicators drawn at most: those that most regions state.
    of : str
        What a column is called, where it is no region: ``"decade"``.

    Returns
    -------
    matplotlib.figure.Figure
    """
    if coverage.empty:
        title = say("No indicator is stated often enough to be mapped")
        return draw_sentence(Caption(title, "", spell_count(0, "indicator"), source))
    names = list(dict.fromkeys(coverage["indicator"]))
    regions = list(dict.fromkeys(coverage["region"]))
    drawn = coverage[coverage["indicator"].isin(names[:most])]
    codes = drawn.assign(code=drawn["state"].map(COVERAGE.index)).pivot(
        index="indicator", columns="region", values="code"
    )
    codes = codes.reindex(index=names[:most], columns=regions)
    figure, axes = new_figure(height=fit_height(len(codes)) + 0.5)
    axis = axes[0, 0]
    sns.heatmap(
        codes,
        ax=axis,
        cmap=ListedColormap(list(COVERAGE_COLOURS)),
        vmin=-0.5,
        vmax=len(COVERAGE) - 0.5,
        cbar=False,
        linewidths=0.6,
        linecolor="white",
        xticklabels=True,
        yticklabels=True,
    )
    axis.grid(visible=False)
    axis.set(xlabel="", ylabel="")
    crowded = len(regions) > 8
    axis.tick_params(
        axis="x", rotation=90 if crowded else 0, labelsize=type_size(6 if crowded else 8.5)
    )
    add_legend(axis, COVERAGE, COVERAGE_COLOURS, set(drawn["state"]))
    n = spell_count(len(names), "indicator")
    n += say(", {n} rarer ones not drawn", n=len(names) - most) if len(names) > most else ""
    n += say(", ") + spell_count(len(regions), of)
    caption = Caption(say_coverage(coverage, of=of), say("how an indicator is stated"), n, source)
    return add_caption(figure, caption)


def say_coverage(coverage: pd.DataFrame, *, of: str = "region") -> str:
    """Return the finding of a coverage map as a sentence made from its numbers."""
    results = coverage[~coverage["state"].isin(["not stated", "target only"])]
    regions = coverage["region"].nunique()
    counts = results.groupby("indicator")["region"].nunique()
    if counts.empty:
        return say("No result is stated by any {group}", group=label(of))
    if regions == 1:
        kinds = results["state"].value_counts()
        both = int(kinds.get("level and growth", 0))
        name = coverage["region"].iloc[0]
        return say(
            "{name} states results of {indicators}, {n} of them with level and growth",
            name=name,
            indicators=spell_count(len(counts), "catalogued indicator"),
            n=both,
        )
    asked = spell_count(coverage["indicator"].nunique(), "catalogued indicator")
    if coverage["places"].min() > 1:
        groups = label(of, many=True)
        asked = say("{indicators} that several {groups} state", indicators=asked, groups=groups)
    told = {"asked": asked, "all": spell_count(regions, of)}
    everywhere = sorted(counts.index[counts == regions])
    if everywhere:
        return say_count(
            len(everywhere),
            "Of {asked} {n} has results in all {all} ({names})",
            "Of {asked} {n} have results in all {all} ({names})",
            names=join_names(everywhere),
            **told,
        )
    best = sorted(counts.index[counts == counts.max()])
    told |= {"names": join_names(best), "most": str(counts.max())}
    if len(best) > 1:
        return say(
            "Of {asked} none has results in all {all}; the most widely stated, {names}, in {most} "
            "each",
            **told,
        )
    return say(
        "Of {asked} none has results in all {all}; the most widely stated, {names}, in {most}",
        **told,
    )


def plot_matrix(
    cells: pd.DataFrame,
    *,
    source: str,
    regions: Sequence[str],
    highlight: Sequence[str] = (),
    most: int = READABLE,
) -> Figure:
    """Draw indicators by regions: the quote in each cell, its colour by rank in the indicator.

    A cell without a comparable value has no colour and a sign that says why (see `SIGNS`); a
    value that no other can be compared with has no colour; a doubtful value says so.

    Parameters
    ----------
    cells : pandas.DataFrame
        From `build_matrix`, one cell per indicator and region.
    source : str
        Source line.
    regions : sequence of str
        Order of the regions.
    highlight : sequence of str
        Of more regions than `most`, these are drawn first.
    most : int
        Regions drawn at most: of more, the first and the last by the first indicator.

    Returns
    -------
    matplotlib.figure.Figure
    """
    chosen = _choose_regions(cells, regions, highlight, most)
    # A number is dark or light among those that it can be compared with, and only among those.
    partnered = cells["value"].where(flag_partnered(cells))
    placed = cells.assign(place=partnered.groupby(cells["indicator"]).rank(pct=True))
    drawn = placed[placed["region"].isin(chosen)]
    usable = drawn["state"].isin(USABLE)
    words = drawn["state"].map(SIGNS)
    quotes = spell_quotes(drawn).str.replace(r"(?<=\d)\s+", "", regex=True)  # as a table sets them
    quotes = mark_doubtful(quotes, drawn["grade"])
    drawn = drawn.assign(words=quotes.where(usable, words))
    told = [say("as stated, darker is larger in its indicator"), *_explain_signs(drawn)]
    unit = say("; ").join(told)
    caption = Caption(
        _say_matrix(cells, regions), unit, _count_drawn(cells, regions, chosen), source
    )
    tall = len(chosen) > 8
    axes = ("region", "indicator") if tall else ("indicator", "region")
    names = list(dict.fromkeys(drawn["indicator"]))
    orders = (chosen, names) if tall else (names, chosen)
    return _draw_matrix(drawn, axes, orders, caption)


def _choose_regions(
    cells: pd.DataFrame, regions: Sequence[str], highlight: Sequence[str], most: int
) -> list[str]:
    """Return the regions to draw: all in their order, or the asked for and the ends of a rank."""
    asked = [name for name in highlight if name in set(regions)]
    rest = [name for name in regions if name not in asked]
    room = most - len(asked)
    if len(rest) <= room:
        return [*asked, *rest]
    usable = cells["state"].isin(USABLE) & (cells["indicator"] == cells["indicator"].iloc[0])
    first = cells[usable].set_index("region")["value"]
    ranked = first.reindex(rest).sort_values(ascending=False, kind="stable", na_position="last")
    half = max(room, 0) // 2
    return [*asked, *ranked.index[: room - half], *ranked.index[len(ranked) - half :]]


def _say_matrix(cells: pd.DataFrame, regions: Sequence[str]) -> str:
    """Return how much of a matrix can be compared, drawn or not."""
    asked = cells[cells["region"].isin(list(regions))]
    count, total = int(flag_partnered(asked).sum()), len(asked)
    names = spell_count(asked["indicator"].nunique(), "indicator")
    size = say("{rows} by {columns}", rows=spell_count(len(regions), "region"), columns=names)
    if count == total:
        return say("All {n} cells ({size}) can be compared", n=total, size=size)
    usable = asked["state"].isin(USABLE)
    alone = int(usable.sum()) - count
    notes = [describe_states(asked[~usable])] if not usable.all() else []
    notes += [say_count(alone, "{n} stands alone", "{n} stand alone")] if alone else []
    return say(
        "{n} of {all} cells ({size}) can be compared; {notes}",
        n=count,
        all=total,
        size=size,
        notes=say(", ").join(notes),
    )


def _count_drawn(cells: pd.DataFrame, regions: Sequence[str], chosen: Sequence[str]) -> str:
    if len(chosen) == len(regions):
        return spell_count(len(regions), "region")
    left_out, first = len(regions) - len(chosen), cells["indicator"].iloc[0]
    return say(
        "{regions}, {n} between the ends by {name} not drawn",
        regions=spell_count(len(regions), "region"),
        n=left_out,
        name=first,
    )


def _explain_signs(drawn: pd.DataFrame) -> list[str]:
    used = [name for name in SIGNS if name in set(drawn["state"])]
    signs = [f"{SIGNS[name]} {label(name)}" for name in used]
    usable = drawn["state"].isin(USABLE)
    alone = usable & drawn["place"].isna()
    signs += [say("no colour: stands alone")] if alone.any() else []
    doubtful = usable & (drawn["grade"] == DOUBTFUL)
    signs += [say("({grade}) doubtful", grade=DOUBTFUL)] if doubtful.any() else []
    return [say(", ").join(signs)] if signs else []


def _draw_matrix(
    cells: pd.DataFrame,
    sides: tuple[str, str],
    orders: tuple[list[str], list[str]],
    caption: Caption,
) -> Figure:
    """Draw words in cells coloured by place; the colour is absent where nothing is compared."""
    row, column = sides
    wide = {
        name: cells.pivot(index=row, columns=column, values=name).reindex(
            index=orders[0], columns=orders[1]
        )
        for name in ("place", "words")
    }
    words = wide["words"].astype("object").fillna("").to_numpy()
    figure, axes = new_figure(height=fit_height(len(orders[0])) + 0.5)
    axis = axes[0, 0]
    axis.set_facecolor(ABSENT)
    colours = sns.light_palette(ACCENT, as_cmap=True)
    sns.heatmap(
        wide["place"].astype("float64"),
        ax=axis,
        cmap=colours,
        vmin=0,
        vmax=1.6,
        cbar=False,
        linewidths=1,
        linecolor="white",
        annot=words,
        fmt="",
        annot_kws={"fontsize": type_size(7.5), "color": INK},
    )
    for y, x in np.argwhere(wide["place"].isna().to_numpy()):
        at = {"ha": "center", "va": "center", "fontsize": type_size(8)}
        axis.text(x + 0.5, y + 0.5, words[y, x], color=MUTED, **at)
    axis.grid(visible=False)
    axis.set(xlabel="", ylabel="")
    axis.tick_params(axis="y", rotation=0)
    axis.tick_params(axis="x", rotation=30 if len(orders[1]) > 5 else 0)
    return add_caption(figure, caption)
