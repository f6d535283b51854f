"""Charts of the audit, and of promises and results.

In: tables of the room `comparing`. Out: a `matplotlib.figure.Figure` whose title is made from the
numbers that it draws.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from dz_analysis.auditing.audit import CHECKS
from dz_analysis.auditing.findings import VERDICTS
from dz_analysis.comparing.facts import shorten_name
from dz_analysis.comparing.promises import ALL, JUDGED, OUTCOMES, spell_modifier
from dz_analysis.language import label, say, say_count, set_unit
from dz_analysis.showing.canvas import (
    Caption,
    add_caption,
    draw_sentence,
    fit_height,
    label_rows,
    new_figure,
)
from dz_analysis.showing.media import type_size
from dz_analysis.showing.spelling import spell_count
from dz_analysis.showing.style import INK

DOUBTFUL_COLOUR = "#cc79a7"
VERDICT_COLOURS = ("#d55e00", "#e6ab02", DOUBTFUL_COLOUR, "#bdbdbd", "#0173b2")
THIN = 0.025  # a segment under this share of the widest bar can hold no number
LEGEND_LINE, LEGEND_GAP = 75, 5  # letters that a line of a legend takes, and a colour beside each
ENOUGH = 10  # targets met or missed that a share needs to be told in a title
OUTCOME_COLOURS = (
    "#029e73",
    "#d55e00",
    "#e6ab02",
    DOUBTFUL_COLOUR,
    "#bcbddc",
    "#969696",
    "#cccccc",
)


def plot_verdicts(counts: pd.DataFrame, *, source: str) -> Figure:
    """Draw how many lines of the audit have which verdict, one bar a check that has lines.

    Parameters
    ----------
    counts : pandas.DataFrame
        From `count_verdicts`.
    source : str
        Source line.

    Returns
    -------
    matplotlib.figure.Figure
    """
    drawn = counts[counts["lines"] > 0].reset_index(drop=True)
    if drawn.empty:
        title = say("No number of this corpus has a counterpart to be checked against")
        return draw_sentence(Caption(title, "", spell_count(0, "line"), source))
    figure, axes = new_figure(height=fit_height(len(drawn)) + 0.3)
    stack_bars(axes[0, 0], drawn, "check", VERDICTS, VERDICT_COLOURS)
    axes[0, 0].set(xlabel=say("lines of the audit"))
    for place, (lines, wrong) in enumerate(zip(drawn["lines"], drawn["disagrees"], strict=True)):
        if 0 < wrong <= THIN * drawn["lines"].max():
            words = say(" {n} off", n=wrong)
            axes[0, 0].text(
                lines, place, words, va="center", color=VERDICT_COLOURS[0], fontsize=type_size(8)
            )
    add_legend(axes[0, 0], VERDICTS, VERDICT_COLOURS, set(VERDICTS))
    n = say("{lines} lines of {checks} checks", lines=int(drawn["lines"].sum()), checks=len(CHECKS))
    return add_caption(figure, Caption(_say_verdicts(drawn), label("lines"), n, source))


def _say_verdicts(drawn: pd.DataFrame) -> str:
    """Return how many comparisons disagree, lack their counterpart, rest on doubtful numbers."""
    off, lines = int(drawn["disagrees"].sum()), int(drawn["lines"].sum())
    kinds = [label(name) for name in drawn.loc[drawn["disagrees"] > 0, "check"]]
    title = say_count(
        off,
        "{n} of {lines} comparisons disagrees",
        "{n} of {lines} comparisons disagree",
        lines=f"{lines:,}",
    )
    if off:
        one = len(kinds) == 1
        title += f" ({kinds[0]})" if one else say(", in {n} kinds of check", n=len(kinds))
    title += say_count(
        int(drawn["unchecked"].sum()),
        "; {n} lacks its counterpart in the corpus",
        "; {n} lack their counterpart in the corpus",
    )
    doubtful = int(drawn["doubtful"].sum())
    return title + (_count_doubtful(doubtful) if doubtful else "")


def _count_doubtful(count: int) -> str:
    return say_count(count, ", {n} rests on doubtful numbers", ", {n} rest on doubtful numbers")


def plot_disagreements(audit: pd.DataFrame, *, source: str, most: int = 24) -> Figure:
    """Draw the lines that disagree: how far the stated number is from what the others imply.

    Parameters
    ----------
    audit : pandas.DataFrame
        From `audit_facts`.
    source : str
        Source line.
    most : int
        Lines drawn at most, the widest apart.

    Returns
    -------
    matplotlib.figure.Figure
    """
    off = audit[(audit["verdict"] == "disagrees") & audit["stated"].ne("")]
    if off.empty:
        title = say("None of {n} comparisons disagrees", n=len(audit))
        return draw_sentence(Caption(title, "", spell_count(len(audit), "line"), source))
    lines = _measure_distance(off)
    drawn = (
        lines.sort_values(["apart", "line"], ascending=[False, True])
        .head(most)
        .reset_index(drop=True)
    )
    if len(drawn) == 1:
        worst = drawn.iloc[0]
        name, size = shorten_name(worst["indicator"]), _spell_gap(worst["apart"])
        n = say("{off} of {n} lines", off=1, n=len(audit))
        return draw_sentence(Caption(_say_widest(worst, name, size, 1), "", n, source))
    figure, axes = new_figure(height=fit_height(len(drawn)) + 0.2)
    axis, places = axes[0, 0], np.arange(len(drawn))
    sns.scatterplot(x=drawn["apart"], y=places, color=VERDICT_COLOURS[0], s=40, ax=axis, zorder=3)
    axis.hlines(places, 0, drawn["apart"], color=VERDICT_COLOURS[0], alpha=0.5)
    names = drawn["indicator"].map(shorten_name)
    labels = drawn["line"].astype(str) + "  " + drawn["region"] + " " + names
    label_rows(axis, labels + " · " + drawn["check"].map(label))
    axis.set(xlabel=say("distance between the intervals, % of the implied value"), ylabel="")
    axis.set_xscale("symlog", linthresh=1)
    axis.xaxis.set_major_formatter(lambda number, _: f"{number:g}")
    axis.set_xlim(0, max(1.0, float(drawn["apart"].max())) * 2)
    worst = drawn.iloc[0]
    size = _spell_gap(worst["apart"])
    n = say("{off} of {n} lines", off=len(off), n=len(audit))
    n += say(", {n} drawn", n=len(drawn)) if len(drawn) < len(off) else ""
    title = _say_widest(worst, names.iloc[0], size, len(off))
    return add_caption(figure, Caption(title, "%", n, source))


def _spell_gap(apart: float) -> str:
    return set_unit(f"{apart:,.0f}" if apart >= 10 else f"{apart:.1f}", "%")


def _say_widest(worst: pd.Series, name: str, size: str, gaps: int) -> str:
    told = {
        "name": name,
        "place": str(worst["region"]),
        "stated": str(worst["stated"]),
        "implied": str(worst["implied"]),
        "size": size,
    }
    if gaps == 1:
        return say(
            "A gap that rounding can't explain: {name} of {place}, {stated} against {implied}, "
            "{size} of what is implied",
            **told,
        )
    return say(
        "The widest of {n} gaps that rounding can't explain: {name} of {place}, {stated} against "
        "{implied}, {size} of what is implied",
        n=gaps,
        **told,
    )


def _measure_distance(lines: pd.DataFrame) -> pd.DataFrame:
    above = lines["stated_low"] - lines["implied_high"]
    below = lines["implied_low"] - lines["stated_high"]
    apart = pd.concat([above, below], axis=1).max(axis=1)
    ends = lines[["implied_low", "implied_high"]].replace([np.inf, -np.inf], np.nan)
    size = ends.abs().mean(axis=1).replace(0, np.nan)
    return lines.assign(apart=(100 * apart / size).fillna(0).clip(upper=1e8))


def plot_outcomes(counts: pd.DataFrame, *, source: str) -> Figure:
    """Draw what became of the targets, one bar a modifier (确保, 力争, 左右, 以上 …).

    Where some can be judged, only those are drawn; the title says how many can't.

    Parameters
    ----------
    counts : pandas.DataFrame
        From `count_outcomes`.
    source : str
        Source line.

    Returns
    -------
    matplotlib.figure.Figure
    """
    if counts.empty:
        none = spell_count(0, "target")
        return draw_sentence(Caption(say("The corpus states no target"), "", none, source))
    names = list(JUDGED if counts["judged"].any() else OUTCOMES)
    drawn = counts[counts[names].any(axis=1)].reset_index(drop=True)
    figure, axes = new_figure(height=fit_height(len(drawn)) + 0.5)
    spelled = drawn.assign(modifier=drawn["modifier"].map(spell_modifier))
    colours = OUTCOME_COLOURS[: len(names)]
    stack_bars(axes[0, 0], spelled, "modifier", names, colours)
    axes[0, 0].set(xlabel=label("targets"))
    add_legend(axes[0, 0], names, colours, {name for name in names if drawn[name].any()})
    total = _total(counts)
    n = say("{n} targets", n=f"{total['targets']:,}")
    n += say(", {n} drawn", n=f"{total['judged']:,}") if counts["judged"].any() else ""
    n += say("; one put in two ways stands under both")
    return add_caption(figure, Caption(say_outcomes(counts), label("targets"), n, source))


def _total(counts: pd.DataFrame) -> dict[str, int]:
    row = counts[counts["modifier"] == ALL].iloc[0]
    return {name: int(row[name]) for name in (*OUTCOMES, "targets", "judged")}


def say_outcomes(counts: pd.DataFrame) -> str:
    """Return what became of the targets as a sentence made from the numbers."""
    if counts.empty:
        return say("No target is stated")
    total = _total(counts)
    if not total["judged"]:
        ignored = total["not_stated"] + total["no_number_alike"]
        late, doubtful = total["no_document"], total["doubtful"]
        reasons = [
            (late, say("for {n} the corpus holds no later document", n=late)),
            (ignored, say("{n} not taken up again by the documents that it holds", n=ignored)),
            (doubtful, say("{n} left out as doubtful", n=doubtful)),
        ]
        known = say(", ").join(reason for n, reason in reasons if n)
        every = f"{total['targets']:,}"
        return say("None of {n} targets has a result yet: {reasons}", n=every, reasons=known)
    found = say(
        "{met} of {judged} targets that have a result were met, {missed} missed",
        met=f"{total['met']:,}",
        judged=f"{total['judged']:,}",
        missed=f"{total['missed']:,}",
    )
    if total["undecided"]:
        found += say(", {n} undecided", n=f"{total['undecided']:,}")
    found += _say_modifiers(counts)
    found += say("; {n} can't be judged", n=f"{total['targets'] - total['judged']:,}")
    if total["doubtful"]:
        found += say(", {n} of them for a doubtful number", n=f"{total['doubtful']:,}")
    return found


def _say_modifiers(counts: pd.DataFrame) -> str:
    """Say how the ways of putting a target differ, where at least two have enough to tell."""
    enough = counts[(counts["modifier"] != ALL) & (counts["met"] + counts["missed"] >= ENOUGH)]
    if len(enough) < 2 or enough["met_pct"].nunique() < 2:
        return ""
    ordered = enough.sort_values(["met_pct", "modifier"], ascending=[False, True])
    (best, most), (worst, least) = (
        (
            spell_modifier(row["modifier"]),
            say(
                "{part} of {whole}", part=f"{row['met']:g}", whole=f"{row['met'] + row['missed']:g}"
            ),
        )
        for row in (ordered.iloc[0].to_dict(), ordered.iloc[-1].to_dict())
    )
    return say(
        ", most often met if put as {best} ({most}), least as {worst} ({least})",
        best=best,
        most=most,
        worst=worst,
        least=least,
    )


def stack_bars(
    axis: Axes, table: pd.DataFrame, named: str, names: Sequence[str], colours: Sequence[str]
) -> None:
    """Draw stacked bars, one row each, with the counts inside where they fit."""
    left = np.zeros(len(table))
    places = np.arange(len(table))
    widest = float(table[list(names)].sum(axis=1).max() or 1)
    for name, colour in zip(names, colours, strict=True):
        values = table[name].to_numpy(dtype=float)
        axis.barh(places, values, left=left, color=colour, edgecolor="white", linewidth=0.5)
        for place, (start, value) in enumerate(zip(left, values, strict=True)):
            if value / widest > THIN:
                axis.text(
                    start + value / 2,
                    place,
                    f"{value:.0f}",
                    ha="center",
                    va="center",
                    fontsize=type_size(7.5),
                    color=_pick_ink(colour),
                )
        left = left + values
    label_rows(axis, table[named].map(label))
    axis.set_ylabel("")


def _pick_ink(colour: str) -> str:
    red, green, blue = to_rgb(colour)
    return INK if 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.4 else "white"


def add_legend(axis: Axes, names: Sequence[str], colours: Sequence[str], used: set[str]) -> None:
    """Explain the colours between the title and the chart, in one line or, if that is full, two."""
    patches = [
        Patch(facecolor=colour, edgecolor="#bbbbbb", label=label(name))
        for name, colour in zip(names, colours, strict=True)
        if name in used
    ]
    letters = sum(len(str(patch.get_label())) + LEGEND_GAP for patch in patches)
    lines = 2 if letters > LEGEND_LINE else 1
    axis.legend(
        handles=patches,
        loc="lower left",
        bbox_to_anchor=(0, 1),
        ncols=max(1, -(-len(patches) // lines)),
        frameon=False,
        fontsize=type_size(8),
        borderaxespad=0.2,
        columnspacing=1,
    )
