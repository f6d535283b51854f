"""Charts of the panel of targets: what came of them, a year's growth targets, one place's years.

In: the panel and its counts. Out: a `matplotlib.figure.Figure` whose title is made from the numbers
that it draws, and the same findings as sentences.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from itertools import cycle
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from dz_analysis.comparing.facts import shorten_name
from dz_analysis.comparing.promises import BOUND_KINDS, JUDGED, name_hedge
from dz_analysis.comparing.targets import count_results
from dz_analysis.language import SOURCE, label, language, say, say_count
from dz_analysis.lexicon import load_settings
from dz_analysis.showing.agreement import OUTCOME_COLOURS, add_legend, stack_bars
from dz_analysis.showing.canvas import (
    Caption,
    add_caption,
    draw_sentence,
    fit_height,
    label_rows,
    new_figure,
)
from dz_analysis.showing.districts import mark_breaks, pick_ends, spell_bound
from dz_analysis.showing.media import type_size
from dz_analysis.showing.spelling import spell_count, spell_value
from dz_analysis.showing.style import ACCENT, MUTED

ENOUGH = 10  # targets met or missed that a share needs to be told in a title
MOST_BARS = 15  # of a chart of what came of targets
MOST_PLACES = 32  # of a chart of one year's targets
KINDS = (*JUDGED, "not_judged")
COLOURS = (*OUTCOME_COLOURS[: len(JUDGED)], "#cccccc")
SIGN_OF = {kind: sign for sign, kind in BOUND_KINDS.items()}
SHAPES = "os^vPX*"  # of targets, one an indicator
# Why a target is not judged, as a sentence says it.
REASONS = {
    "doubtful": "a doubtful number",
    "no_number_alike": "a result in another measure or unit",
    "not_stated": "a later document that does not take them up",
    "no_document": "want of a later document",
    "undated": "want of a period",
}
COLOUR_OF = dict(zip(KINDS, COLOURS, strict=True))


def plot_results(counts: pd.DataFrame, *, source: str, most: int = MOST_BARS) -> Figure:
    """Draw what came of the targets, one bar a value of a column.

    Where some can be judged, only those are drawn; else all, as not judged.

    Parameters
    ----------
    counts : pandas.DataFrame
        From `count_results`; its first column names the bars.
    source : str
        Source line.
    most : int
        Bars drawn at most, those with most targets judged; those that tie with the first one left
        out are left out with it.

    Returns
    -------
    matplotlib.figure.Figure
    """
    by = str(counts.columns[0])
    targets = spell_count(int(counts["targets"].sum()), "target")
    if counts.empty:
        return draw_sentence(Caption(say("No target is stated"), "", targets, source))
    kinds = JUDGED if counts["judged"].any() else KINDS[-1:]
    shown = counts[counts[list(kinds)].any(axis=1)]
    drawn = _cut_at_ties(shown, most, list(kinds))
    if len(drawn) == 1 and len(shown) == 1:
        title = say_best_and_worst(shown)
        return draw_sentence(Caption(title, "", spell_count(1, by), source))
    is_level = len(kinds) == 1 and len(shown) > 1 and shown[kinds[0]].nunique() == 1
    if drawn.empty or is_level:
        n = say(
            "{targets} in {groups}, none with more than any other",
            targets=targets,
            groups=spell_count(len(shown), by),
        )
        return draw_sentence(Caption(say_best_and_worst(shown), "", n, source))
    figure, axes = new_figure(height=fit_height(len(drawn)) + 0.4)
    named = drawn.assign(**{by: drawn[by].map(_spell_bar)})
    colours = [COLOUR_OF[kind] for kind in kinds]
    stack_bars(axes[0, 0], named, by, kinds, colours)
    axes[0, 0].set(xlabel=label("targets"))
    axes[0, 0].xaxis.set_major_locator(MaxNLocator(8, integer=True))
    add_legend(axes[0, 0], kinds, colours, {kind for kind in kinds if drawn[kind].any()})
    title = say_best_and_worst(drawn if counts["judged"].any() else shown)
    left = len(shown) - len(drawn)
    n = say("{targets}, {n} drawn", targets=targets, n=int(drawn[list(kinds)].to_numpy().sum()))
    n += say("; {n} not drawn", n=spell_count(left, by)) if left else ""
    return add_caption(figure, Caption(title, label("targets"), n, source))


def _cut_at_ties(shown: pd.DataFrame, most: int, kinds: Sequence[str]) -> pd.DataFrame:
    """Return the first rows, without those that tie with the first one that finds no room.

    Which of twenty things with one target each come first is a matter of the alphabet; none do.
    """
    if len(shown) <= most:
        return shown.reset_index(drop=True)
    sizes = shown[list(kinds)].sum(axis=1)
    kept: pd.DataFrame = shown[sizes > sizes.iloc[most]].head(most)
    return kept.reset_index(drop=True)


def _spell_bar(name: object) -> str:
    """Write a tone or bound with the word that stands for it, and cut a name that is long."""
    word = load_settings("audit")["modifiers"].get(name, "")
    if not word:
        return shorten_name(label(str(name)))
    return f"{name} {word}" if language() == SOURCE else word


def say_best_and_worst(counts: pd.DataFrame) -> str:
    """Say which value of a column has the most targets met, and which the fewest.

    Only values with at least `ENOUGH` targets met or missed are told; of fewer than two, or where
    all are alike, the sum alone.

    Examples
    --------
    >>> rows = [("about", 12, 8, 60.0), ("at least", 18, 2, 90.0)]
    >>> counts = pd.DataFrame(rows, columns=["bound", "met", "missed", "met_pct"])
    >>> for part in say_best_and_worst(counts).split(", "):
    ...     print(part)
    Of bounds with 10 or more met or missed
    at least 以上 was met most often (18 of 20)
    about 左右 least (12 of 20)
    """
    by = str(counts.columns[0])
    met, settled = (int(counts[names].sum().sum()) for names in (["met"], ["met", "missed"]))
    if not settled:
        every = spell_count(int(counts["targets"].sum()), "target")
        return say("None of {targets} is met or missed yet", targets=every)
    enough = counts[counts["met"] + counts["missed"] >= ENOUGH]
    if len(enough) < 2 or enough["met_pct"].nunique() < 2:
        return say(
            "{met} of {n} targets met or missed were met; too few to set {groups} apart",
            met=met,
            n=settled,
            groups=label(by, many=True),
        )
    ordered = enough.sort_values(["met_pct", by], ascending=[False, True]).to_dict("records")
    (best, ties, high), (worst, lows, low) = (_name_end(ordered, by, end) for end in (0, -1))
    told = {"groups": label(by, many=True), "least": ENOUGH, "best": best + _also(ties)}
    told |= {"high": high, "worst": worst + _also(lows), "low": low}
    if ties:
        return say(
            "Of {groups} with {least} or more met or missed, {best} were met most often {high}, "
            "{worst} least {low}",
            **told,
        )
    return say(
        "Of {groups} with {least} or more met or missed, {best} was met most often {high}, {worst} "
        "least {low}",
        **told,
    )


def _name_end(ordered: list[dict[Hashable, Any]], by: str, end: int) -> tuple[str, int, str]:
    """Return what stands at an end, how many stand there with it, and its counts."""
    row = ordered[end]
    ties = sum(other["met_pct"] == row["met_pct"] for other in ordered) - 1
    counts = say("({met} of {n})", met=row["met"], n=row["met"] + row["missed"])
    return _spell_bar(row[by]), ties, counts


def _also(ties: int) -> str:
    return say(" and {others}", others=spell_count(ties, "other")) if ties else ""


def say_panel(panel: pd.DataFrame, *, aside: int = 0) -> str:
    """Say how many targets there are, how many have a result that counts and what came of these.

    Parameters
    ----------
    panel : pandas.DataFrame
        From `make_target_panel`, or the first part of `divide_panel`.
    aside : int
        Number of mentions in the second part.

    Returns
    -------
    str
        A sentence without its full stop.
    """
    left = ""
    if aside:
        left = say(" ({n} mentions of tasks or doubtful numbers stand aside)", n=f"{aside:,}")
    if panel.empty:
        return say("No target is stated") + left
    every = count_results(panel).iloc[0].to_dict()
    places = spell_count(panel["place"].nunique(), "place")
    told = {"targets": spell_count(every["targets"], "target"), "places": places}
    once = panel[panel["mention"] == 1]
    off = once.loc[~once["result"].isin(JUDGED), "result"].value_counts().sort_index()
    why = off.sort_values(ascending=False, kind="stable").index[0] if len(off) else ""
    most = say(", most often for {reason}", reason=label(REASONS[why])) if why else ""
    if not every["judged"]:
        return say("None of {targets} of {places} has a result", **told) + most + left
    hedged = int(
        (once["reason"].str.contains(name_hedge(), regex=False) & (once["result"] == "met")).sum()
    )
    leaning = say(" ({n} only within what 左右 allows)", n=hedged) if hedged else ""
    told |= {name: f"{every[name]:,}" for name in (*JUDGED, "not_judged")} | {"leaning": leaning}
    judged = say_count(
        int(every["judged"]),
        "{n} of {targets} of {places} has a result: {met} met{leaning}, {missed} missed, "
        "{undecided} undecided; {not_judged} have none",
        "{n} of {targets} of {places} have a result: {met} met{leaning}, {missed} missed, "
        "{undecided} undecided; {not_judged} have none",
        **told,
    )
    return judged + most + left


def say_growth_targets(growth: pd.DataFrame, year: int, names: Sequence[str]) -> str:
    """Say between which numbers the growth targets of a year lie and what came of them.

    Parameters
    ----------
    growth : pandas.DataFrame
        From `select_growth`.
    year : int
        From `choose_target_year`.
    names : sequence of str
        What `select_growth` was asked for.
    """
    own = growth[growth["year"] == year]
    if own.empty:
        return say(
            "No place states a target for the growth of {names} in a whole year",
            names=say(" or ").join(names),
        )
    name = own["indicator"].mode().iloc[0]
    ends = [_spell_end(own, own["value"].min())]
    if own["value"].nunique() > 1:
        ends.append(_spell_end(own, own["value"].max()))
    told = {"name": name, "year": year, "low": ends[0], "judged": _say_judged(own)}
    if len(ends) > 1:
        return say(
            "Growth targets of {name} for {year} run from {low} to {high}; {judged}",
            high=ends[1],
            **told,
        )
    if len(own) > 1:
        return say("Growth targets of {name} for {year} stand at {low}; {judged}", **told)
    return say("The one growth target of {name} for {year} stands at {low}; {judged}", **told)


def _spell_end(own: pd.DataFrame, value: float) -> str:
    places = own.loc[own["value"] == value, "place"]
    who = places.iloc[0] if len(places) == 1 else spell_count(len(places), "place")
    return say("{value} % ({who})", value=spell_value(value), who=who)


def _say_judged(rows: pd.DataFrame) -> str:
    counts = rows["result"].value_counts()
    judged = int(counts.reindex(list(JUDGED)).fillna(0).sum())
    if not judged:
        if len(rows) > 1:
            return say("none of {n} has a result yet", n=len(rows))
        return say("without a result yet")
    met = rows["result"] == "met"
    hedged = int((met & rows["reason"].str.contains(name_hedge(), regex=False)).sum())
    undecided = int(counts.get("undecided", 0))
    told = {"met": int(met.sum()), "n": judged}
    if judged == 1:
        found = say_count(
            told["met"],
            "{n} of 1 that has a result was met",
            "{n} of 1 that has a result were met",
        )
    elif told["met"] == 1:
        found = say("{met} of {n} that have a result was met", **told)
    else:
        found = say("{met} of {n} that have a result were met", **told)
    found += say(", {n} of them only within what 左右 allows", n=hedged) if hedged else ""
    return found + (say(", {n} undecided", n=undecided) if undecided else "")


def plot_growth_targets(
    growth: pd.DataFrame, year: int, *, names: Sequence[str], source: str
) -> Figure:
    """Draw the growth targets of one year, one row a place, with the growth told of that year.

    Parameters
    ----------
    growth, year, names
        As for `say_growth_targets`.
    source : str
        Source line.

    Returns
    -------
    matplotlib.figure.Figure
    """
    title = say_growth_targets(growth, year, names)
    own = growth[growth["year"] == year].assign(region=lambda rows: rows["place"])
    if own.empty:
        return draw_sentence(Caption(title, "", spell_count(0, "place"), source))
    if len(own) == 1:
        return draw_sentence(Caption(title, "", spell_count(1, "place"), source))
    order = ["value", "high", "place"]
    ordered = own.sort_values(order, ascending=[False, False, True], ignore_index=True)
    drawn = pick_ends(ordered, most=MOST_PLACES)
    figure, axes = new_figure(height=fit_height(len(drawn)) + 0.3)
    axis, rows = axes[0, 0], np.arange(len(drawn))
    axis.hlines(rows, drawn["value"], drawn["high"], color=ACCENT, linewidth=3, alpha=0.5)
    axis.hlines(rows, drawn["value"], drawn["result_value"], color=MUTED, linewidth=0.6)
    axis.scatter(drawn["value"], rows, color=ACCENT, s=30, zorder=3)
    colours = [COLOUR_OF.get(result, COLOURS[-1]) for result in drawn["result"]]
    axis.scatter(drawn["result_value"], rows, color=colours, marker="D", s=26, zorder=4)
    label_rows(axis, drawn["place"] + "  " + _spell_targets(drawn))
    mark_breaks(axis, ordered["region"], drawn["region"])
    axis.set(xlabel=say("growth, %"), ylabel="")
    _explain_marks(axis, drawn, {label("target"): "o"})
    left, told = len(ordered) - len(drawn), int(ordered["result_value"].notna().sum())
    n = say(
        "{stated}, {told}",
        stated=spell_count(len(ordered), "place"),
        told=spell_count(told, "result"),
    )
    n += say(", {n} between the ends not drawn", n=left) if left else ""
    return add_caption(figure, Caption(title, "%", n, source))


def _spell_targets(rows: pd.DataFrame) -> pd.Series:
    """Write each target as it is put: about 5, at least 5, 5–5.5."""
    low, high = rows["value"].map(spell_value), rows["high"].map(spell_value)
    numbers = low.where(rows["high"].isna(), low + "–" + high)
    pairs = zip(rows["bound"].map(SIGN_OF).fillna(""), numbers, strict=True)
    return pd.Series([spell_bound(sign, number) for sign, number in pairs], index=rows.index)


def _explain_marks(axis: Axes, rows: pd.DataFrame, targets: Mapping[str, str]) -> None:
    """Explain targets by their shape and results by their colour, in a line above the chart."""
    results = [name for name in KINDS if (_kinds(rows) == name).any()]
    marks = [(name, ACCENT, shape) for name, shape in targets.items()]
    marks += [(say("told: {result}", result=label(name)), COLOUR_OF[name], "D") for name in results]
    axis.legend(
        handles=[
            Line2D([], [], color=colour, marker=shape, linestyle="", label=name)
            for name, colour, shape in marks
        ],
        loc="lower left",
        bbox_to_anchor=(0, 1),
        ncols=min(len(marks), 4),
        frameon=False,
        fontsize=type_size(8),
        borderaxespad=0.2,
        columnspacing=1,
    )


def _kinds(rows: pd.DataFrame) -> pd.Series:
    """Return what came of each target of which a result is told; blank for the others."""
    kinds = rows["result"].where(rows["result"].isin(JUDGED), "not_judged")
    return kinds.where(rows["result_value"].notna(), "")


def say_growth_years(growth: pd.DataFrame, place: str) -> str:
    """Say what became of a place's growth targets since the first that the corpus holds."""
    own = growth[growth["place"] == place]
    if own.empty:
        return say("No growth target to follow over the years")
    first = own.iloc[own["year"].argmin()]
    return say(
        "{place} has growth targets for {years}, the first {value} % of {name} for {year}; "
        "{judged}",
        place=place,
        years=spell_count(len(own), "year"),
        value=spell_value(first["value"]),
        name=first["indicator"],
        year=first["year"],
        judged=_say_judged(own),
    )


def plot_growth_years(growth: pd.DataFrame, place: str, *, source: str) -> Figure:
    """Draw a place's growth targets year by year, and the growth told of each year later.

    Parameters
    ----------
    growth : pandas.DataFrame
        From `select_growth`.
    place : str
        From `choose_target_place`.
    source : str
        Source line.

    Returns
    -------
    matplotlib.figure.Figure
    """
    own = growth[growth["place"] == place].sort_values("year")
    title = say_growth_years(growth, place)
    if own.empty:
        return draw_sentence(Caption(title, "", spell_count(0, "year"), source))
    figure, axes = new_figure(height=3.8)
    axis, years = axes[0, 0], own["year"].astype("int64")
    axis.vlines(years, own["value"], own["result_value"], color=MUTED, linewidth=0.6)
    axis.vlines(years, own["value"], own["high"], color=ACCENT, linewidth=3, alpha=0.5)
    names = own["indicator"]
    shape_of = dict(zip(names.unique(), cycle(SHAPES), strict=False))
    for year, value, name in zip(years, own["value"], names, strict=True):
        axis.scatter(year, value, color=ACCENT, marker=shape_of[name], s=26, zorder=3)
    shapes = {say("target: {name}", name=name): shape for name, shape in shape_of.items()}
    colours = [COLOUR_OF.get(result, COLOURS[-1]) for result in own["result"]]
    axis.scatter(years, own["result_value"], color=colours, marker="D", s=24, zorder=4)
    axis.xaxis.set_major_locator(MaxNLocator(10, integer=True))
    axis.set(xlabel="", ylabel=say("growth, %"))
    _explain_marks(axis, own, shapes)
    told = int(own["result_value"].notna().sum())
    n = say(
        "{stated}, {told}", stated=spell_count(len(own), "target"), told=spell_count(told, "result")
    )
    return add_caption(figure, Caption(title, "%", n, source))
