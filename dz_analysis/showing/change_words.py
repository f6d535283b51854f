"""What is said of change over the years: breaks, entries and exits, two years held together.

In: tables of the room `counting`. Out: sentences.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from dz_analysis.counting.breaks import NONE, STEP
from dz_analysis.counting.entries import ENTERS, LEAVES
from dz_analysis.counting.permutation import ALPHA
from dz_analysis.counting.years import FEWEST_PLACES, FEWEST_YEARS, YearPair
from dz_analysis.language import label_item, say, say_count
from dz_analysis.showing.spelling import spell_count, spell_value


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
    told = {"item": label_item(surest["item"]), "how": say_course(surest)}
    if surest["item"] == changed["item"].iloc[0]:
        return say(": most surely {item}, {how}", **told)
    return say(": of those drawn most surely {item}, {how}", **told)


def say_course(row: Mapping[Hashable, Any]) -> str:
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
