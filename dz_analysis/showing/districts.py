"""Charts of districts side by side; each makes its title from the numbers that it draws.

In: cells and views of the room `comparing`. Out: a `matplotlib.figure.Figure`. A district keeps its
colour in every chart. Where there are too many to read, the ends of the ranking and the ones asked
for are drawn, and the title or the axis says how many are not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from dz_analysis.comparing.compare import STATES, name_elsewhere
from dz_analysis.comparing.confidence import DOUBTFUL
from dz_analysis.comparing.facts import is_lower_better
from dz_analysis.comparing.intervals import spell_amount
from dz_analysis.comparing.periods import name_period
from dz_analysis.comparing.tabulate import rank_regions
from dz_analysis.language import label, say, say_count
from dz_analysis.showing.canvas import (
    Caption,
    add_caption,
    draw_sentence,
    new_figure,
    pick_colours,
)
from dz_analysis.showing.charts import name_points, plot_ranked_dots, plot_scatter, rank_rows
from dz_analysis.showing.spelling import spell_count, spell_value
from dz_analysis.showing.style import MUTED

READABLE = 24  # rows that a page takes
NAMED = 12  # points that can all have their names beside them
FEWEST = 3  # points that make a chart


def pick_scale(values: pd.Series, unit: str) -> tuple[float, str]:
    """Return the power and the unit in which amounts are drawn: 亿 and 万 as in yearbooks.

    Examples
    --------
    >>> pick_scale(pd.Series([1.28e9, 5e8]), "元"), pick_scale(pd.Series([21.1]), "%")
    ((100000000.0, '亿元'), (1.0, '%'))
    """
    size = float(values.abs().max()) if values.notna().any() else 0.0
    power, word = (1e8, "亿") if size >= 1e8 else (1e4, "万") if size >= 1e5 else (1.0, "")
    return power, f"{word}{unit}"


def pick_ends(
    ranked: pd.DataFrame, *, highlight: Sequence[str] = (), most: int = READABLE
) -> pd.DataFrame:
    """Keep the ends of a long ranking and the regions asked for.

    Parameters
    ----------
    ranked : pandas.DataFrame
        One row per region, best first, with a column `region`.
    highlight : sequence of str
        Regions that stay in any case.
    most : int
        Rows to keep of a longer table, half from each end.

    Returns
    -------
    pandas.DataFrame
        The rows in their order.
    """
    if len(ranked) <= most:
        return ranked
    half = most // 2
    ends = np.r_[0:half, len(ranked) - half : len(ranked)]
    keep = ranked["region"].isin(list(highlight))
    keep.iloc[ends] = True
    return ranked[keep].reset_index(drop=True)


def plot_ranking(
    cells: pd.DataFrame,
    *,
    source: str,
    palette: Mapping[str, str] | None = None,
    highlight: Sequence[str] = (),
    most: int = READABLE,
) -> Figure:
    """Draw the comparable values of one indicator, ranked, with what rounding allows.

    Parameters
    ----------
    cells : pandas.DataFrame
        From `compare_indicator`: one indicator and measure.
    source : str
        Source line, see `describe_source`.
    palette : mapping of str to str, optional
        Colour of each region.
    highlight : sequence of str
        Regions that are drawn however long the ranking is.
    most : int
        Rows drawn at most.

    Returns
    -------
    matplotlib.figure.Figure
    """
    ranked = rank_regions(cells)
    if len(ranked) < FEWEST:
        n = spell_count(len(ranked), "region")
        return draw_sentence(Caption(say_ranking(cells), "", n, source))
    drawn = pick_ends(ranked, highlight=highlight, most=most)
    power, unit = pick_scale(ranked["value"], ranked["unit"].iloc[0])
    shown = drawn.assign(
        label=_label_ranks(drawn),
        shown=drawn["value"] / power,
        low=_clip(drawn["low"], drawn["value"]) / power,
        high=_clip(drawn["high"], drawn["value"]) / power,
    )
    colours = dict(zip(shown["label"], pick_colours(shown["region"], palette), strict=True))
    n = count_drawn(spell_count(len(ranked), "region"), len(ranked) - len(drawn))
    caption = Caption(say_ranking(cells), unit, n, source)
    figure = plot_ranked_dots(
        shown,
        label="label",
        value="shown",
        low="low",
        high="high",
        caption=caption,
        palette=colours,
    )
    figure.axes[0].set_xlabel(say("{unit} (bars: what rounding allows)", unit=unit))
    tables = (ranked.assign(label=_label_ranks(ranked)), drawn.assign(label=_label_ranks(drawn)))
    every, some = (rank_rows(table, label="label", value="value") for table in tables)  # as drawn
    mark_breaks(figure.axes[0], every["region"], some["region"])
    return figure


def count_drawn(counted: str, left_out: int) -> str:
    """Return what was counted, and how many between the ends are not drawn.

    Examples
    --------
    >>> count_drawn("31 regions", 7), count_drawn("3 regions", 0)
    ('31 regions, 7 between not drawn', '3 regions')
    """
    if not left_out:
        return counted
    return say("{counted}, {left} between not drawn", counted=counted, left=left_out)


def mark_breaks(axis: Axes, every: pd.Series, drawn: pd.Series) -> None:
    """Draw a dashed line wherever rows are left out between two that are drawn."""
    places = every.reset_index(drop=True).reset_index().set_index(every.name)["index"]
    steps = np.diff(places.loc[list(drawn)].to_numpy())
    for row in np.flatnonzero(np.abs(steps) > 1):
        axis.axhline(row + 0.5, color=MUTED, linestyle=(0, (4, 3)), linewidth=0.8)


def _label_ranks(ranked: pd.DataFrame) -> list[str]:
    marks = ranked["mark"].map(lambda mark: f" ({mark})" if mark else "")
    return list(ranked["rank"].astype(str) + ". " + ranked["region"] + marks)


def _clip(ends: pd.Series, values: pd.Series) -> pd.Series:
    """Draw an open end as the stated value; the label says 'at least' or 'at most'."""
    return ends.where(np.isfinite(ends), values)


def say_ranking(cells: pd.DataFrame) -> str:
    """Return the finding of a ranking as a sentence made from its numbers."""
    ranked = rank_regions(cells)
    name, measure = name_cells(cells)
    if ranked.empty:
        states = describe_states(cells)
        return say("{what}: nothing comparable ({states})", what=f"{name}{measure}", states=states)
    periods = sorted(set(ranked["period"]))
    one = len(periods) == 1
    when = name_period(periods[0]) if one else say("{n} periods", n=len(periods))
    what = say("{name}, {when}", name=f"{name}{measure}", when=when)
    return _say_order(ranked, what, is_lower_better(name)) + _say_refused(cells, ranked)


def _say_order(ranked: pd.DataFrame, what: str, lower: bool) -> str:
    """Return who stands first and last."""
    best, last = ranked.iloc[0].to_dict(), ranked.iloc[-1].to_dict()
    leaders = list(ranked.loc[ranked["rank"] == 1, "region"])
    value, lowest = _spell_stated(best), _spell_stated(last)
    told = {"what": what, "first": join_names(leaders), "value": value}
    if len(ranked) == 1:
        return say("{what}: only {first} states it so, {value}", **told)
    if len(leaders) == len(ranked):
        return say("{what}: {first} are level at {value}", **told)
    if len(leaders) > 1:
        return say("{what}: {first} share the lead at {value}", **told)
    behind = list(ranked.loc[ranked["rank"] == last["rank"], "region"])
    told |= {"last": join_names(behind), "lowest": lowest, "n": str(len(ranked))}
    if len(ranked) == 2:
        return say("{what}: {first} {value}, {last} {lowest}", **told)
    if lower and len(behind) == 1:
        return say(
            "{what}: of {n} regions {first} has the lowest, {value}, {last} is last with {lowest}",
            **told,
        )
    if lower:
        return say(
            "{what}: of {n} regions {first} has the lowest, {value}, {last} are last with {lowest}",
            **told,
        )
    if len(behind) == 1:
        return say(
            "{what}: of {n} regions {first} leads with {value}, {last} is last with {lowest}",
            **told,
        )
    return say(
        "{what}: of {n} regions {first} leads with {value}, {last} are last with {lowest}", **told
    )


def _spell_stated(row: Mapping[Any, Any]) -> str:
    """Return the value of a row of a ranking, with what bounds it: at least 4,000 亿元."""
    return spell_bound(row["bound"], spell_amount(row["value"], row["unit"]))


def spell_bound(bound: str, amount: str) -> str:
    """Write an amount with what bounds it.

    Examples
    --------
    >>> spell_bound(">=", "4,000 亿元"), spell_bound("~", "5 %"), spell_bound("", "5 %")
    ('at least 4,000 亿元', 'about 5 %', '5 %')
    """
    if bound == ">=":
        return say("at least {amount}", amount=amount)
    if bound == "<=":
        return say("at most {amount}", amount=amount)
    return say("about {amount}", amount=amount) if bound == "~" else amount


def name_cells(cells: pd.DataFrame) -> tuple[str, str]:
    """Return the indicator of cells and, unless it is the level, their measure in brackets."""
    measure = str(cells["measure"].iloc[0])
    return str(cells["indicator"].iloc[0]), "" if measure == "level" else f" ({label(measure)})"


def _say_refused(cells: pd.DataFrame, ranked: pd.DataFrame) -> str:
    """Return whose numbers could not be compared; blank where there are none."""
    off = (cells["state"] == "not_comparable") & ~cells["reason"].str.contains(
        name_elsewhere(), regex=False
    )
    refused = sorted(set(cells.loc[off, "region"]) - set(ranked["region"]))
    if not refused:
        return ""
    names = join_names(refused) if len(refused) <= 3 else spell_count(len(refused), "region")
    return say("; {names} not comparable", names=names)


def join_names(names: Sequence[str]) -> str:
    """Return names in a sentence; of more than four the first three, and how many more there are.

    Examples
    --------
    >>> join_names(["甲区"]), join_names(["甲区", "乙区"]), join_names(list("甲乙丙丁戊"))
    ('甲区', '甲区 and 乙区', '甲, 乙, 丙 and 2 others')
    >>> from dz_analysis.language import speak
    >>> with speak("zh"):
    ...     join_names(["甲区", "乙区"]), join_names(list("甲乙丙丁戊"))
    ('甲区和乙区', '甲、乙、丙及其他2个')
    """
    if len(names) == 1:
        return names[0]
    comma = say(", ")
    if len(names) > 4:
        return say("{first} and {n} others", first=comma.join(names[:3]), n=len(names) - 3)
    return say("{first} and {last}", first=comma.join(names[:-1]), last=names[-1])


def describe_states(cells: pd.DataFrame) -> str:
    """Return how many cells are in which state, in words.

    Examples
    --------
    >>> describe_states(pd.DataFrame({"state": ["comparable", "not_stated", "not_stated"]}))
    '1 comparable, 2 not stated'
    """
    counts = cells["state"].value_counts()
    found = [
        say("{n} {state}", n=counts[name], state=label(name)) for name in STATES if name in counts
    ]
    return say(", ").join(found) or say("no cells")


def plot_growth_against_level(
    pairs: pd.DataFrame,
    indicator: str,
    *,
    source: str,
    palette: Mapping[str, str] | None = None,
    highlight: Sequence[str] = (),
) -> Figure:
    """Draw growth against level, one point a region; of many, only some are named.

    Parameters
    ----------
    pairs : pandas.DataFrame
        From `pair_growth_and_level`.
    indicator : str
        Name of the indicator, for the title.
    source : str
        Source line.
    palette : mapping of str to str, optional
        Colour of each region.
    highlight : sequence of str
        Regions named in any case.

    Returns
    -------
    matplotlib.figure.Figure
    """
    n = spell_count(len(pairs), "region") + _count_doubtful(pairs)
    if pairs.empty:
        title = say("{name}: no region states level and growth of one period", name=indicator)
        return draw_sentence(Caption(title, "", spell_count(0, "region"), source))
    if len(pairs) < FEWEST:
        n += say("; too few for a chart, their numbers stand in the table")
        return draw_sentence(Caption(_say_growth(pairs, indicator), "", n, source))
    power, unit = pick_scale(pairs["level"], pairs["unit"].iloc[0])
    drawn = pairs.assign(shown=pairs["level"] / power)
    named = _name_extremes(drawn, highlight)
    points = drawn.assign(label=drawn["region"].where(named, ""))
    if len(pairs) > NAMED:
        return _plot_cloud(points, indicator, unit, source, palette)
    caption = Caption(_say_growth(pairs, indicator), say("growth, %"), n, source)
    return plot_scatter(
        drawn,
        x="shown",
        y="growth_pct",
        label="region",
        x_unit=unit,
        caption=caption,
        palette=palette,
    )


def _name_extremes(pairs: pd.DataFrame, highlight: Sequence[str]) -> pd.Series:
    edge = pd.Series(False, index=pairs.index)
    for column in ("level", "growth_pct"):
        order = pairs[column].rank(method="first")
        edge |= (order <= 2) | (order > len(pairs) - 2)
    return edge | pairs["region"].isin(list(highlight))


def _plot_cloud(
    points: pd.DataFrame,
    indicator: str,
    unit: str,
    source: str,
    palette: Mapping[str, str] | None,
) -> Figure:
    figure, axes = new_figure(height=4.2)
    axis = axes[0, 0]
    named = points[points["label"] != ""]
    sns.scatterplot(
        x=points["shown"], y=points["growth_pct"], color=MUTED, alpha=0.5, s=18, ax=axis
    )
    colours = pick_colours(named["region"], palette)
    axis.scatter(named["shown"], named["growth_pct"], c=colours, s=34, zorder=3)
    axis.margins(0.08)
    name_points(axis, named[["region", "shown", "growth_pct"]])
    axis.set(xlabel=unit, ylabel=say("growth, %"))
    axis.xaxis.set_major_formatter(lambda number, _: spell_value(number))
    n = say(
        "{regions}, {named} named", regions=spell_count(len(points), "region"), named=len(named)
    )
    n += _count_doubtful(points)
    title = _say_growth(points, indicator)
    return add_caption(figure, Caption(title, say("growth, %"), n, source))


def _count_doubtful(rows: pd.DataFrame) -> str:
    doubtful = int((rows["grade"] == DOUBTFUL).sum())
    if not doubtful:
        return ""
    return say_count(doubtful, ", {n} with a doubtful number", ", {n} with a doubtful number")


def _say_growth(pairs: pd.DataFrame, indicator: str) -> str:
    when = say(", ").join(sorted({name_period(text) for text in pairs["period"]})[:2])
    fastest = pairs["growth_pct"].max()
    top = sorted(pairs.loc[pairs["growth_pct"] == fastest, "region"])
    biggest = pairs.sort_values(["level", "region"], ascending=[False, True]).iloc[0]
    told = {
        "what": say("{name}, {when}", name=indicator, when=when),
        "n": str(len(pairs)),
        "first": join_names(top),
        "rate": spell_amount(fastest, "%"),
        "largest": biggest["region"],
        "size": spell_amount(biggest["level"], biggest["unit"]),
    }
    if len(pairs) == 1:
        return say("{what}: only {first} states both, growth {rate}", **told)
    both = say("{what}: of {n} regions that state both {largest} is the largest ({size})", **told)
    if len(top) == len(pairs):
        return both + say(", the growth of all is {rate}", **told)
    if top == [biggest["region"]] and fastest >= 0:
        return both + say(" and grows fastest ({rate})", **told)
    if fastest < 0 and len(top) == 1:
        return both + say(", {first} falls least ({rate})", **told)
    if fastest < 0:
        return both + say(", {first} fall least ({rate})", **told)
    if len(top) == 1:
        return both + say(", {first} grows fastest ({rate})", **told)
    return both + say(", {first} grow fastest ({rate})", **told)
