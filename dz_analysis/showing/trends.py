"""Charts over the years and of what a whole is made of; titles are made from the numbers.

In: cells and views of the room `comparing`. Out: a `matplotlib.figure.Figure`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from dz_analysis.comparing.intervals import spell_amount
from dz_analysis.comparing.periods import read_period
from dz_analysis.language import say, set_unit
from dz_analysis.showing.canvas import (
    Caption,
    add_caption,
    draw_sentence,
    fit_height,
    label_rows,
    new_figure,
    pick_colours,
)
from dz_analysis.showing.districts import (
    FEWEST,
    READABLE,
    count_drawn,
    describe_states,
    join_names,
    mark_breaks,
    name_cells,
    pick_ends,
    pick_scale,
)
from dz_analysis.showing.media import type_size
from dz_analysis.showing.spelling import spell_count, spell_value
from dz_analysis.showing.style import GRID

MOST_YEARS = 12  # years that are all named below a chart
OPEN = (">=", "<=")  # a number above which, or below which, the true one lies
TALL = 50  # times the least value from which on a scale is logarithmic


def plot_over_time(
    cells: pd.DataFrame,
    *,
    source: str,
    palette: Mapping[str, str] | None = None,
    highlight: Sequence[str] = (),
) -> Figure:
    """Draw one line a region over the years; of many, the ends of the last year are coloured.

    Parameters
    ----------
    cells : pandas.DataFrame
        From `compare_indicator` with the rule "kind".
    source : str
        Source line.
    palette : mapping of str to str, optional
        Colour of each region.
    highlight : sequence of str
        Regions coloured in any case; without them the first and last three of the last year.

    Returns
    -------
    matplotlib.figure.Figure
    """
    usable, bounds = _keep_exact(cells)
    if usable.empty:
        return draw_sentence(Caption(say_trend(cells), "", spell_count(0, "region"), source))
    lines, unit = _date_lines(usable)
    if len(lines) < FEWEST:
        n = spell_count(lines["region"].nunique(), "region")
        return draw_sentence(Caption(_say_lines(lines, unit), "", n, source))
    coloured = list(highlight) or _ends_of_last_year(lines)
    figure, axes = new_figure(height=3.8)
    axis = axes[0, 0]
    every = range(int(lines["year"].min()), int(lines["year"].max()) + 1)
    for region, line in lines.groupby("region", sort=True):
        known = region in coloured
        colour = pick_colours(pd.Series([region]), palette)[0] if known else GRID
        whole = line.set_index("year")["shown"].reindex(every)  # a year without a value is a gap
        axis.plot(every, whole, color=colour, zorder=3 if known else 1, marker="o", ms=3)
    _name_lines(axis, lines[lines["region"].isin(coloured)], palette)
    least, greatest = lines["shown"].min(), lines["shown"].max()
    if lines["region"].nunique() == 1 and 0 < TALL * least < greatest:
        axis.set_yscale("log")
    axis.yaxis.set_major_formatter(lambda number, _: spell_value(number))
    axis.set(ylabel=unit, xlabel="")
    _mark_years(axis, sorted(set(lines["year"])))
    regions = spell_count(lines["region"].nunique(), "region")
    n = say("{regions}, {n} values; gaps are not filled", regions=regions, n=len(lines))
    n += say(", {n} told as at least or at most not drawn", n=bounds) if bounds else ""
    return add_caption(figure, Caption(_say_lines(lines, unit), unit, n, source))


def say_trend(cells: pd.DataFrame) -> str:
    """Return what became of an indicator over the years as a sentence made from its numbers.

    Parameters
    ----------
    cells : pandas.DataFrame
        From `compare_indicator` with the rule "kind".
    """
    usable, bounds = _keep_exact(cells)
    if usable.empty:
        alone = say(", {n} of them told as at least or at most", n=bounds) if bounds else ""
        return (
            say("Nothing to follow over the years: {states}", states=describe_states(cells)) + alone
        )
    return _say_lines(*_date_lines(usable))


def _keep_exact(cells: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Return the comparable cells of which a line can be made, and how many are only bounds."""
    usable = cells[cells["state"] == "comparable"]
    bounded = usable["bound"].isin(OPEN)
    return usable[~bounded], int(bounded.sum())


def _date_lines(usable: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Return comparable cells with year and value as drawn, and the unit that these are in."""
    power, unit = pick_scale(usable["value"], usable["unit"].iloc[0])
    years = usable["period"].map(lambda text: getattr(read_period(text), "year", 0))
    dated = usable.assign(year=years, shown=usable["value"] / power)
    return dated.sort_values(["region", "year"]), unit


def _mark_years(axis: Axes, years: Sequence[int]) -> None:
    """Name every year that has a number, or of many a few round ones."""
    if len(years) <= MOST_YEARS:
        axis.set_xticks(years)
    else:
        axis.xaxis.set_major_locator(MaxNLocator(MOST_YEARS - 2, integer=True))


def _ends_of_last_year(lines: pd.DataFrame) -> list[str]:
    last = lines[lines["year"] == lines["year"].max()].sort_values(["shown", "region"])
    names = list(last["region"])
    return names if len(names) <= 6 else [*names[:3], *names[-3:]]


def _name_lines(axis: Axes, lines: pd.DataFrame, palette: Mapping[str, str] | None) -> None:
    """Write each name behind the end of its line, in its colour; a thin line leads to it."""
    ends = lines.sort_values("year").drop_duplicates("region", keep="last").sort_values("shown")
    low, high = axis.get_ylim()
    places = spread_apart(ends["shown"].to_list(), step=(high - low) / 16)
    colours = pick_colours(ends["region"], palette)
    for row, place, colour in zip(ends.to_dict("records"), places, colours, strict=True):
        axis.annotate(
            row["region"],
            (row["year"], row["shown"]),
            (lines["year"].max() + 0.25, place),
            arrowprops={"arrowstyle": "-", "color": colour, "linewidth": 0.6},
            annotation_clip=False,
            va="center",
            fontsize=type_size(8),
            color=colour,
        )


def spread_apart(values: Sequence[float], *, step: float) -> list[float]:
    """Move sorted places apart until neighbours are a step apart, each group about its middle.

    Examples
    --------
    >>> spread_apart([1.0, 1.2, 9.0], step=1.0)
    [0.6, 1.6, 9.0]
    """
    groups: list[list[float]] = []
    for value in values:
        group = [value]
        while groups and _middle(groups[-1]) + step * (len(groups[-1]) + len(group)) / 2 > _middle(
            group
        ):
            group = groups.pop() + group
        groups.append(group)
    return [
        round(_middle(group) + step * (number - (len(group) - 1) / 2), 9)
        for group in groups
        for number in range(len(group))
    ]


def _middle(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _say_lines(lines: pd.DataFrame, unit: str) -> str:
    name, measure = name_cells(lines)
    both = lines.pivot_table(index="region", columns="year", values="shown")
    last = lines["year"].max()
    shared = both[both[last].notna()].drop(columns=last).notna().sum()
    first = shared.idxmax() if shared.any() else lines["year"].min()
    if first == last or both[[first, last]].dropna().empty:
        regions = spell_count(lines["region"].nunique(), "region")
        return say(
            "{what}: {regions} in {year}", what=f"{name}{measure}", regions=regions, year=first
        )
    ends = both[[first, last]].dropna()
    if lines["region"].nunique() == 1:
        return _say_line(lines.iloc[0], lines.iloc[-1], f"{name}{measure}", unit, len(lines))
    rose = int((ends[last] > ends[first]).sum())
    middle = [
        set_unit(spell_value(float(ends[year].median()), digits=3), unit) for year in (first, last)
    ]
    return say(
        "{what} rose in {rose} of {n} regions that state it for both {first} and {last}; their "
        "median went from {low} to {high}",
        what=f"{name}{measure}",
        rose=rose,
        n=len(ends),
        first=first,
        last=last,
        low=middle[0],
        high=middle[1],
    )


def _say_line(first: pd.Series, last: pd.Series, what: str, unit: str, years: int) -> str:
    """Return what became of the indicator of one region."""
    values = [set_unit(spell_value(float(row["shown"]), digits=3), unit) for row in (first, last)]
    return say(
        "{what} of {place}: {before} in {first}, {after} in {last}, told of {years}",
        what=what,
        place=first["region"],
        before=values[0],
        first=first["year"],
        after=values[1],
        last=last["year"],
        years=spell_count(years, "year"),
    )


def plot_structure(table: pd.DataFrame, *, source: str, most: int = READABLE) -> Figure:
    """Draw the parts that make up a hundred as stacked bars, the latest period of each region.

    Parameters
    ----------
    table : pandas.DataFrame
        From `tabulate_structure`.
    source : str
        Source line.
    most : int
        Regions drawn at most, ordered by the last part.

    Returns
    -------
    matplotlib.figure.Figure
    """
    if table.empty:
        title = say("No region states every part of the whole")
        return draw_sentence(Caption(title, "", spell_count(0, "region"), source))
    parts = [
        str(name) for name in table if name not in ("region", "period", "document", "total_pct")
    ]
    latest = table.sort_values("period").drop_duplicates("region", keep="last")
    ordered = latest.sort_values([parts[-1], "region"], ascending=[False, True], ignore_index=True)
    drawn = pick_ends(ordered, most=most)
    figure, axes = new_figure(height=fit_height(len(drawn)) + 0.3)
    axis, left = axes[0, 0], np.zeros(len(drawn))
    for part, colour in zip(parts, sns.color_palette("colorblind", len(parts)), strict=True):
        axis.barh(np.arange(len(drawn)), drawn[part], left=left, color=colour, label=part)
        left = left + drawn[part].to_numpy()
    label_rows(axis, drawn["region"] + " " + drawn["period"].str[-7:-3])
    axis.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=len(parts), frameon=False)
    title = _say_structure(ordered, parts[-1])
    mark_breaks(axis, ordered["region"], drawn["region"])
    n = count_drawn(spell_count(len(ordered), "region"), len(ordered) - len(drawn))
    axis.set(xlabel=say("% of the whole"))
    return add_caption(figure, Caption(title, "%", n, source))


def _say_structure(ordered: pd.DataFrame, part: str) -> str:
    """Return whose last part is largest, of how many; one place alone is no comparison."""
    shares = ordered[part]
    names = [
        join_names(sorted(ordered.loc[shares == end, "region"]))
        for end in (shares.max(), shares.min())
    ]
    top, low = (spell_amount(end, "%") for end in (shares.max(), shares.min()))
    if len(ordered) == 1:
        return say(
            "Only {place} states every part of the whole, {part} {share}",
            place=names[0],
            part=part,
            share=top,
        )
    told = {"n": str(len(ordered)), "part": part, "high": top, "low": low}
    told |= {"first": names[0], "last": names[1]}
    if shares.nunique() == 1:
        return say("Of {n} regions that state every part all have the same {part}, {high}", **told)
    if (shares == shares.max()).sum() == 1:
        return say(
            "Of {n} regions that state every part {first} has the highest {part}, {high}, {last} "
            "the lowest, {low}",
            **told,
        )
    return say(
        "Of {n} regions that state every part {first} have the highest {part}, {high}, {last} the "
        "lowest, {low}",
        **told,
    )
