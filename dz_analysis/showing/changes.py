"""Charts of change over the years: courses with breaks, entries and exits, two years, first uses.

In: tables of the room `counting`. Out: a `matplotlib.figure.Figure` whose title is made from the
numbers that it draws, and the same findings as sentences.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from dz_analysis.counting.breaks import NONE, STEP
from dz_analysis.counting.entries import ENTERS, LEAVES
from dz_analysis.counting.first_uses import AFTER, HERE, OPEN, SAME, listed_since
from dz_analysis.counting.permutation import ALPHA
from dz_analysis.counting.years import FEWEST_PLACES, FEWEST_YEARS, KINDS, YearPair
from dz_analysis.language import label, label_item, say, say_count
from dz_analysis.showing.canvas import (
    Caption,
    add_caption,
    draw_nothing,
    fit_height,
    label_rows,
    new_figure,
)
from dz_analysis.showing.media import panels_beside, type_size
from dz_analysis.showing.spelling import spell_count, spell_value
from dz_analysis.showing.style import ACCENT, GRID, MUTED
from dz_analysis.showing.wrapping import wrap_text

COLOUR_OF = dict(zip(KINDS, (ACCENT, "#de8f05", "#029e73", "#cc78bc"), strict=True))
PANELS = 3  # side by side
PANEL_CELLS = 32  # columns that the name above a panel may take
MOST_ROWS = 30  # of a chart that a page takes and a reader reads
EACH_KIND = 5  # items of a kind that enter, and as many that leave
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


def say_breaks(
    breaks: pd.DataFrame, series: pd.DataFrame, *, among: Collection[str] | None = None
) -> str:
    """Say how many items of a series change, how many at a step, and which the most surely.

    Parameters
    ----------
    breaks : pandas.DataFrame
        From `find_breaks`.
    series : pandas.DataFrame
        Its documents.
    among : collection of str, optional
        The items of which one is named, such as those drawn; by default all.

    Examples
    --------
    >>> series = pd.DataFrame({"region": "某县", "year": [1990, 1991]})
    >>> say_breaks(pd.DataFrame(), series)
    'No break can be tested: 某县, the place followed, has 2 documents, and it takes 8 years'
    """
    if breaks.empty:
        return _say_too_short(series)
    alpha = breaks.attrs["alpha"]
    where = say("{name} ({more})", name=series["region"].iloc[0], more=_say_span(series))
    changed = breaks[breaks["course"] != NONE]
    if changed.empty:
        least = spell_value(breaks["p_max"].min(), digits=2)
        return say(
            "None of {n:,} words, slogans and indicators of {where} changes (least p {least} over "
            "all)",
            n=len(breaks),
            where=where,
            least=least,
        )
    return say_count(
        len(changed),
        "{n} of {all:,} words, slogans and indicators of {where} changes over the years (p below "
        "{alpha} over all), {steps:,} told better by one step than by a steady trend (a second "
        "step is not looked for){surest}",
        "{n} of {all:,} words, slogans and indicators of {where} change over the years (p below "
        "{alpha} over all), {steps:,} told better by one step than by a steady trend (a second "
        "step is not looked for){surest}",
        all=len(breaks),
        where=where,
        alpha=alpha,
        steps=int((changed["course"] == STEP).sum()),
        surest=_name_break(changed, among),
    )


def _name_break(changed: pd.DataFrame, among: Collection[str] | None) -> str:
    """Name the surest change of those that may be named, blank if none changes."""
    named = changed if among is None else changed[changed["item"].isin(list(among))]
    if named.empty:
        return ""
    surest = named.iloc[0].to_dict()
    told = {"item": label_item(surest["item"]), "how": _say_course(surest)}
    if surest["item"] == changed["item"].iloc[0]:
        return say(": most surely {item}, {how}", **told)
    return say(": of those drawn most surely {item}, {how}", **told)


def _say_course(row: Mapping[Hashable, Any]) -> str:
    """Say how the rate of an item that changes moves."""
    is_more = row["log_ratio"] > 0
    if row["course"] == STEP:
        since = _spell_since(row)
        return (
            say("more since {when}", when=since)
            if is_more
            else say("less since {when}", when=since)
        )
    return say("gradually more") if is_more else say("gradually less")


def _spell_since(row: Mapping[Hashable, Any]) -> str:
    """Write the year that a split begins with; where years before it have no document, these too.

    Examples
    --------
    >>> _spell_since({"last_before": 1995, "since": 1997})
    '1996 or 1997'
    """
    first, since = int(row["last_before"]) + 1, int(row["since"])
    if first >= since:
        return str(since)
    told = {"first": first, "last": since}
    return (
        say("{first} or {last}", **told) if since - first == 1 else say("{first} to {last}", **told)
    )


def _say_too_short(series: pd.DataFrame) -> str:
    """Say why no break can be tested."""
    return say("No break can be tested: {why}", why=_say_shortness(series))


def _say_shortness(series: pd.DataFrame) -> str:
    """Say why a series of documents is too short to be tested."""
    if series.empty:
        return say("no document of a known place has text and a year")
    return say(
        "{place}, the place followed, has {documents}, and it takes {n} years",
        place=series["region"].iloc[0],
        documents=spell_count(len(series), "document"),
        n=FEWEST_YEARS,
    )


def _say_span(series: pd.DataFrame) -> str:
    """Say how many documents there are, and of which years."""
    first, last = int(series["year"].min()), int(series["year"].max())
    years = say("{first} to {last}", first=first, last=last) if first < last else str(first)
    return say("{documents}, {years}", documents=spell_count(len(series), "document"), years=years)


def plot_courses(
    rates: pd.DataFrame, segments: pd.DataFrame, breaks: pd.DataFrame, *, title: str, source: str
) -> Figure:
    """Draw the rates of some items year by year, a panel each, with the stretches of their course.

    Parameters
    ----------
    rates : pandas.DataFrame
        From `rate_by_year`.
    segments : pandas.DataFrame
        From `rate_segments`.
    breaks : pandas.DataFrame
        Rows of `find_breaks`, in the order of the panels.
    title, source : str
        The finding, from `say_breaks`, and the source line.

    Returns
    -------
    matplotlib.figure.Figure
    """
    items = list(breaks["item"])
    columns = panels_beside(min(PANELS, len(items)))
    rows = -(-len(items) // columns)
    height = 1.3 + 1.85 * rows
    figure, axes = new_figure(height=height, columns=columns, rows=rows)
    ends = (int(rates["year"].min()) - 1, int(rates["year"].max()) + 1)
    for axis, row in zip(axes.flat, breaks.to_dict("records"), strict=False):
        own, parts = (table[table["item"] == row["item"]] for table in (rates, segments))
        _draw_course(axis, own, parts, COLOUR_OF[row["item"].split(" ")[0]])
        told = label(NONE) if row["course"] == NONE else _say_course(row)
        if row["course"] == STEP:
            middle = (row["last_before"] + row["since"]) / 2
            axis.axvline(middle, color=MUTED, linestyle=(0, (3, 2)), linewidth=0.8)
        name = wrap_text(label_item(row["item"]), width=PANEL_CELLS)
        axis.set_title(f"{name}\n{told}", loc="left", fontsize=type_size(8.5))
        axis.set(xlim=ends, ylim=(0, None))
        axis.xaxis.set_major_locator(MaxNLocator(4, integer=True))
        axis.yaxis.set_major_locator(MaxNLocator(3))
    for axis in axes.flat[len(items) :]:
        axis.set_axis_off()
    documents = int(rates.groupby("item")["documents"].sum().iloc[0])
    n = say(
        "{documents}; dots: years with documents; lines and bands: rates with 95 % intervals over "
        "documents",
        documents=spell_count(documents, "document"),
    )
    return add_caption(figure, Caption(title, _unit(), n, source))


def _unit() -> str:
    """Return the unit of rates."""
    return say("per 10,000 Han characters")


def _draw_course(axis: Axes, rates: pd.DataFrame, parts: pd.DataFrame, colour: str) -> None:
    """Draw dots of years, and a line with a band for each stretch."""
    axis.scatter(rates["year"], rates["per_10k_chars"], color=colour, s=9, linewidth=0, zorder=3)
    top = 1.15 * float(rates["per_10k_chars"].max() or 1)
    for part in parts.to_dict("records"):
        ends = [part["start"] - 0.5, part["end"] + 0.5]
        axis.plot(ends, [part["per_10k_chars"]] * 2, color=colour, linewidth=1.4)
        if np.isfinite(part["high"]):
            low, high = (min(part[name], top) for name in ("low", "high"))
            axis.fill_between(ends, low, high, color=colour, alpha=0.2, linewidth=0)


def say_entries(entries: pd.DataFrame, series: pd.DataFrame) -> str:
    """Say how many items enter a series of documents and how many leave it, the surest named."""
    if len(series) < FEWEST_YEARS or entries.empty:
        return say("No entry or exit can be tested: {why}", why=_say_shortness(series))
    held = entries[entries["p_holm"] < ALPHA]
    items = entries["item"].nunique()
    if held.empty:
        least = spell_value(entries["p_holm"].min(), digits=2)
        return say(
            "None of {n:,} words, slogans and indicators enters or leaves (least p {least} over "
            "all)",
            n=items,
            least=least,
        )
    enter, leave = (held[held["event"] == event] for event in (ENTERS, LEAVES))
    first, last = _name_surest(enter, ENTERS), _name_surest(leave, LEAVES)
    return say(
        "Of {n:,} words, slogans and indicators (p below {alpha} over all) {enter}; {leave}",
        n=items,
        alpha=ALPHA,
        enter=say_count(len(enter), "{n} enters{surest}", "{n} enter{surest}", surest=first),
        leave=say_count(len(leave), "{n} leaves{surest}", "{n} leave{surest}", surest=last),
    )


def _name_surest(rows: pd.DataFrame, event: str) -> str:
    """Name the surest of some entries or exits, and how many are as sure."""
    if rows.empty:
        return ""
    first = rows.iloc[0]
    ties = int(np.isclose(rows["p"], first["p"], rtol=1e-6, atol=0).sum()) - 1
    told: dict[str, object] = {name: first[name] for name in ("said", "documents", "year")}
    told["item"] = label_item(first["item"])
    told["more"] = say("; {others} as surely", others=spell_count(ties, "other")) if ties else ""
    if event == ENTERS:
        return say(
            ", most surely {item} in {year} (in {said} of {documents} documents since{more})",
            **told,
        )
    return say(
        ", most surely {item} after {year} (in {said} of {documents} documents until then{more})",
        **told,
    )


def pick_entries(entries: pd.DataFrame, *, each: int = EACH_KIND) -> pd.DataFrame:
    """Return the surest entries and exits of each kind, those that enter first, by year.

    Parameters
    ----------
    entries : pandas.DataFrame
        From `find_entries`.
    each : int
        Items of a kind that enter, and as many that leave.

    Returns
    -------
    pandas.DataFrame
    """
    held = entries[entries["p_holm"] < ALPHA]
    kind = held["item"].str.split(" ").str[0]
    chosen = held[held.groupby(["event", kind]).cumcount() < each].head(MOST_ROWS)
    return chosen.sort_values(["event", "year", "item"], ignore_index=True)


def plot_entries(entries: pd.DataFrame, rates: pd.DataFrame, *, title: str, source: str) -> Figure:
    """Draw which years say the items that enter or leave, one row an item.

    Parameters
    ----------
    entries : pandas.DataFrame
        From `pick_entries`, not empty.
    rates : pandas.DataFrame
        From `rate_by_year` for these items.
    title, source : str
        The finding, from `say_entries`, and the source line.

    Returns
    -------
    matplotlib.figure.Figure
    """
    figure, axes = new_figure(height=fit_height(len(entries)) + 0.3)
    axis = axes[0, 0]
    for place, row in enumerate(entries.to_dict("records")):
        own = rates[rates["item"] == row["item"]]
        said = own["count"] > 0
        colour = COLOUR_OF[row["item"].split(" ")[0]]
        axis.scatter(own.loc[~said, "year"], [place] * int((~said).sum()), color=GRID, s=5)
        axis.scatter(
            own.loc[said, "year"], [place] * int(said.sum()), color=colour, marker="s", s=12
        )
    enters = int((entries["event"] == ENTERS).sum())
    if 0 < enters < len(entries):
        axis.axhline(enters - 0.5, color=MUTED, linewidth=0.8)
    label_rows(axis, pd.Series([_name_life(row) for row in entries.to_dict("records")]))
    axis.xaxis.set_major_locator(MaxNLocator(8, integer=True))
    axis.set(xlabel=say("year of the document"))
    _explain_kinds(axis, entries["item"], silent=True)
    years = spell_count(int(rates["year"].nunique()), "year")
    told = {"years": years, "n": len(entries)}
    n = say("{years} with documents; {n} entries and exits, the surest of each kind", **told)
    return add_caption(figure, Caption(title, say("documents that say it"), n, source))


def _name_life(entry: Mapping[Hashable, Any]) -> str:
    """Return the name of an item with the year that it enters in or leaves after."""
    told = {"item": label_item(entry["item"]), "year": int(entry["year"])}
    if entry["event"] == ENTERS:
        return say("{item} from {year}", **told)
    return say("{item} to {year}", **told)


def _explain_kinds(axis: Axes, items: pd.Series, *, silent: bool = False) -> None:
    """Explain the colours of the kinds drawn, in a line above the chart."""
    kinds = [kind for kind in KINDS if items.str.startswith(f"{kind} ").any()]
    handles = [
        Line2D([], [], color=COLOUR_OF[kind], marker="s", linestyle="", label=label(kind))
        for kind in kinds
    ]
    if silent:
        handles.append(
            Line2D([], [], color=GRID, marker=".", linestyle="", label=say("a document without it"))
        )
    _put_legend(axis, handles)


def _put_legend(axis: Axes, handles: Sequence[Line2D | Patch], columns: int = 5) -> None:
    axis.legend(
        handles=handles,
        loc="lower left",
        bbox_to_anchor=(0, 1),
        ncols=min(len(handles), columns),
        frameon=False,
        fontsize=type_size(8),
        borderaxespad=0.2,
        columnspacing=1,
    )


def say_years_apart(compared: pd.DataFrame, pair: YearPair) -> str:
    """Say how many items change within places from one year to another, and which most.

    Parameters
    ----------
    compared : pandas.DataFrame
        From `compare_years`.
    pair : YearPair
        The two years and their places.

    Examples
    --------
    >>> say_years_apart(pd.DataFrame(), YearPair(2021, 2023, ()))
    'No change can be shown: no place has documents of two years'
    """
    few = _say_too_few(compared, pair)
    if few:
        return say("No change can be shown: {why}", why=few)
    held = compared[compared["p_max"] < ALPHA]
    told = {"places": len(pair.places), "first": pair.first, "last": pair.last, "n": len(compared)}
    if held.empty:
        return say(
            "Within {places} places from {first} to {last} none of {n:,} words, slogans and "
            "indicators changes (least p {least} over all)",
            **told,
            least=spell_value(compared["p_max"].min(), digits=2),
        )
    ups, downs = held[held["difference"] > 0], held[held["difference"] < 0]
    most, least = _name_change(ups), _name_change(downs)
    return say(
        "Within {places} places from {first} to {last} of {n:,} words, slogans and indicators (p "
        "below {alpha} over all) {rise}; {fall} per 10,000 Han characters",
        **told,
        alpha=ALPHA,
        rise=say_count(len(ups), "{n} rises{surest}", "{n} rise{surest}", surest=most),
        fall=say_count(len(downs), "{n} falls{surest}", "{n} fall{surest}", surest=least),
    )


def _say_too_few(compared: pd.DataFrame, pair: YearPair) -> str:
    """Say why two years can't be compared, blank if they can."""
    if len(pair.places) < FEWEST_PLACES:
        if not pair.places:
            two = say("no place has documents of two years")
            return two if pair.first else say("no two years have documents with text")
        return say(
            "the documents are of {places} with both {first} and {last}, and it takes {n}",
            places=spell_count(len(pair.places), "place"),
            first=pair.first,
            last=pair.last,
            n=FEWEST_PLACES,
        )
    if compared.empty:
        return say("no item is frequent enough in {n} places", n=len(pair.places))
    least = compared.attrs["p_smallest"]
    told = {"n": len(pair.places), "least": f"{least:.3g}"}
    return say("{n} places reach p = {least} at best", **told) if least > ALPHA else ""


def is_paired(compared: pd.DataFrame, pair: YearPair) -> bool:
    """Whether two years have places enough to show a change within them."""
    return not _say_too_few(compared, pair)


def _name_change(rows: pd.DataFrame) -> str:
    """Name the item whose rate changes most surely, with its rates."""
    if rows.empty:
        return ""
    surest = rows.iloc[0]
    first, last = (spell_value(round(surest[name], 1)) for name in ("first", "second"))
    return say(
        ", most surely {item} from {first} to {last}{ties}",
        item=label_item(surest["item"]),
        first=first,
        last=last,
        ties=_count_ties(rows, "p_max"),
    )


def _count_ties(rows: pd.DataFrame, column: str) -> str:
    """Say how many rows are as sure as the first; blank if none is."""
    least = rows[column].iloc[0]
    ties = int(np.isclose(rows[column], least, rtol=1e-6, atol=0).sum()) - 1
    return say(" ({others} as surely)", others=spell_count(ties, "other")) if ties else ""


def plot_years_apart(
    compared: pd.DataFrame, drawn: pd.DataFrame, pair: YearPair, *, source: str
) -> Figure:
    """Draw the items whose rates change within places, with intervals over places.

    Parameters
    ----------
    compared : pandas.DataFrame
        From `compare_years`.
    drawn : pandas.DataFrame
        Its rows to draw, from `pick_changes`; not empty.
    pair : YearPair
        The two years and their places.
    source : str
        Source line.

    Returns
    -------
    matplotlib.figure.Figure
    """
    figure, axes = new_figure(height=fit_height(len(drawn)) + 0.3)
    axis, rows = axes[0, 0], np.arange(len(drawn))
    colours = [COLOUR_OF[item.split(" ")[0]] for item in drawn["item"]]
    axis.axvline(0, color=MUTED, linewidth=0.8)
    axis.hlines(rows, drawn["low"], drawn["high"], colors=colours, linewidth=2, alpha=0.55)
    axis.scatter(drawn["difference"], rows, color=colours, s=28, zorder=3)
    label_rows(axis, drawn["item"].map(label_item))
    ends = {"first": pair.first, "last": pair.last, "unit": _unit()}
    axis.set(xlabel=say("change of the rate from {first} to {last}, {unit}", **ends))
    _explain_kinds(axis, drawn["item"])
    left = int((compared["p_max"] < ALPHA).sum() - (drawn["p_max"] < ALPHA).sum())
    places = spell_count(len(pair.places), "place")
    n = say("{places}; bars: 95 % intervals over places", places=places)
    n += say("; {n} more that change not drawn", n=left) if left else ""
    return add_caption(figure, Caption(say_years_apart(compared, pair), _unit(), n, source))


def pick_changes(
    compared: pd.DataFrame, *, asked: Sequence[str] = (), most: int = MOST_ROWS
) -> pd.DataFrame:
    """Return the surest rises and falls within places, half of each if there are enough.

    Parameters
    ----------
    compared : pandas.DataFrame
        From `compare_years`.
    asked : sequence of str
        Items that are returned in any case.
    most : int
        Rows at most, besides those asked for.

    Returns
    -------
    pandas.DataFrame
        What rises most first.
    """
    is_asked = compared["item"].isin(list(asked))
    surest = compared[(compared["p_max"] < ALPHA) & ~is_asked]
    side = surest["difference"] > 0
    rank = surest.groupby(side).cumcount()
    held = surest.assign(_rank=rank).sort_values("_rank", kind="stable").head(most)
    held = pd.concat([compared[is_asked], held.drop(columns="_rank")])
    order = ["difference", "item"]
    return held.sort_values(order, ascending=[False, True], ignore_index=True)


def say_places(compared: pd.DataFrame, pair: YearPair) -> str:
    """Say how many items places take up from one year to another, and how many they drop."""
    few = _say_too_few(compared, pair)
    if few:
        return say("What places take up or drop can't be told: {why}", why=few)
    held = compared[compared["p_places_holm"] < ALPHA].sort_values(["p_places", "item"])
    ends = {"first": pair.first, "last": pair.last}
    if held.empty:
        return say(
            "Nothing is taken up or dropped by more places than chance allows between {first} and "
            "{last} (least p {least} over all)",
            **ends,
            least=spell_value(compared["p_places_holm"].min(), digits=2),
        )
    up = held[held["taken_up"] > held["dropped"]]
    down = held[held["taken_up"] < held["dropped"]]
    return say(
        "Of {n:,} words, slogans and indicators (p below {alpha} over all) {places} places take up "
        "{up:,}{most_up} from {first} to {last} and drop {down:,}{most_down}",
        **ends,
        n=len(compared),
        alpha=ALPHA,
        places=len(pair.places),
        up=len(up),
        most_up=_name_places(up),
        down=len(down),
        most_down=_name_places(down),
    )


def _name_places(rows: pd.DataFrame) -> str:
    """Name the item that most places take up or drop, with the places that say it."""
    if rows.empty:
        return ""
    first = rows.iloc[0]
    least = rows["p_places"].iloc[0]
    ties = int(np.isclose(rows["p_places"], least, rtol=1e-6, atol=0).sum()) - 1
    return say(
        " (most surely {item}, said by {before:.0f}, then by {after:.0f} places{ties})",
        item=label_item(first["item"]),
        before=first["before"],
        after=first["after"],
        ties=say("; {others} as surely", others=spell_count(ties, "other")) if ties else "",
    )


def plot_places(compared: pd.DataFrame, pair: YearPair, *, source: str) -> Figure:
    """Draw by how many places items are said in two years, those that are taken up or dropped.

    Parameters
    ----------
    compared, pair, source
        As for `plot_years_apart`; at least one is taken up or dropped.

    Returns
    -------
    matplotlib.figure.Figure
    """
    drawn = pick_places(compared)
    figure, axes = new_figure(height=fit_height(len(drawn)) + 0.3)
    axis, rows = axes[0, 0], np.arange(len(drawn))
    colours = [COLOUR_OF[item.split(" ")[0]] for item in drawn["item"]]
    axis.hlines(rows, drawn["before"], drawn["after"], colors=colours, linewidth=1.5, alpha=0.5)
    axis.scatter(drawn["before"], rows, facecolor="white", edgecolor=colours, s=30, zorder=3)
    axis.scatter(drawn["after"], rows, color=colours, s=30, zorder=4)
    label_rows(axis, drawn["item"].map(label_item))
    ends = {"first": pair.first, "last": pair.last}
    axis.set(xlabel=say("places that say it: {first} (open) and {last} (filled)", **ends))
    axis.set_xlim(-0.8, len(pair.places) + 0.8)
    _explain_kinds(axis, drawn["item"])
    held = int((compared["p_places_holm"] < ALPHA).sum())
    n = spell_count(len(pair.places), "place")
    n += say("; {n} more not drawn", n=held - len(drawn)) if held > len(drawn) else ""
    return add_caption(figure, Caption(say_places(compared, pair), label("places"), n, source))


def pick_places(compared: pd.DataFrame, *, most: int = MOST_ROWS) -> pd.DataFrame:
    """Return what is most surely taken up or dropped, what is taken up by most places first."""
    held = compared[compared["p_places_holm"] < ALPHA].sort_values(["p_places", "item"]).head(most)
    gained = held["after"] - held["before"]
    ordered = held.assign(_gained=gained).sort_values(["_gained", "item"], ascending=[False, True])
    return ordered.drop(columns="_gained").reset_index(drop=True)


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
        return draw_nothing(Caption(say_first_uses(uses), label("slogans"), none, source))
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
    _put_legend(axis, handles, columns=3)
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
    _put_legend(axis, handles)
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
