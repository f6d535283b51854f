"""The tables a paper prints: one document's indicators, a matrix, ranks, shares, structure.

In: facts (`facts.prepare_facts`) and cells (`compare.compare_indicator`). Out: new DataFrames in
the base unit; what is computed here says so in its column's name and carries its interval.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from dz_analysis.comparing.compare import STATES, compare_indicator, compare_measures
from dz_analysis.comparing.coverage import list_groups, name_group
from dz_analysis.comparing.facts import (
    RESULTS,
    clean_name,
    is_lower_better,
    list_homes,
    map_names,
    shorten_name,
)
from dz_analysis.comparing.intervals import Interval, spell_amount
from dz_analysis.comparing.periods import name_period
from dz_analysis.lexicon import load_lexicon, load_rules
from dz_analysis.tables import MEASURES

USABLE = ("comparable", "marked")


def tabulate_document(
    facts: pd.DataFrame, document: str, *, statuses: Sequence[str] = RESULTS
) -> pd.DataFrame:
    """Set the indicators of one document out as a yearbook does: level and growth side by side.

    Parameters
    ----------
    facts : pandas.DataFrame
        From `prepare_facts`.
    document : str
        Its id.
    statuses : sequence of str
        `("target",)` gives the table of targets.

    Returns
    -------
    pandas.DataFrame
        The columns of `tabulate_corpus` but the document's, and only the measures that it uses.
    """
    table = tabulate_corpus(facts[facts["document"] == document], statuses=statuses)
    return table.drop(columns="document")


def tabulate_corpus(facts: pd.DataFrame, *, statuses: Sequence[str] = RESULTS) -> pd.DataFrame:
    """Set the indicator tables of all documents under one another.

    Returns
    -------
    pandas.DataFrame
        One row per document, indicator, place, period and status, by document, then in the order
        of the catalogue's groups, then of the text. Columns: `document`, `group`, `indicator`,
        `region`, `period`, `status`, one column of quotes per measure in use, and `sources`
        (numbers of the observations). Two values for one cell stand in it both, joined by " / ".
    """
    rows = facts[facts["status"].isin(statuses)].reset_index(drop=True)
    keys = ["document", "label", "place", "period", "status"]
    measures = [name for name in MEASURES if name in set(rows["measure"])]
    texts = rows.assign(
        quote=_spell_quotes(rows),
        number=rows["observation"].astype("str"),
        group=rows["concept"].map(name_group),
    )
    cells = texts.groupby([*keys, "measure"], sort=False)["quote"].agg(" / ".join)
    wide = cells.unstack("measure").reindex(columns=measures).fillna("")
    ends = texts.groupby(keys, sort=False).agg(
        first=("observation", "min"), sources=("number", " ".join), group=("group", "first")
    )
    table = wide.join(ends).reset_index()
    order = {group: number for number, group in enumerate(list_groups())}
    table = table.assign(_group=table["group"].map(order).fillna(len(order)))
    table = table.sort_values(["document", "_group", "first"], kind="stable", ignore_index=True)
    table = table.assign(
        period=table["period"].map(name_period), label=table["label"].map(shorten_name)
    )
    columns = ["document", "group", "label", "place", "period", "status", *measures, "sources"]
    names = {"label": "indicator", "place": "region"}
    return table[columns].rename(columns=names).rename_axis(columns=None)


def _spell_quotes(rows: pd.DataFrame) -> pd.Series:
    """Quotes with the sign and the bound that stand outside them in the text."""
    falls = (rows["value"] < 0) & ~rows["quote"].str.contains(r"[-−－]", regex=True)
    signed = rows["quote"].where(~falls, "-" + rows["quote"])
    words = {">=": "≥ ", "<=": "≤ ", "~": "≈ ", "": ""}
    basis = rows["of"].map(lambda text: f"（{text}）" if text else "")
    return rows["bound"].map(words) + signed + basis


def show_cells(cells: pd.DataFrame) -> pd.DataFrame:
    """Return cells as a reader wants them: quotes, periods in words, reasons, sources.

    Returns
    -------
    pandas.DataFrame
        One row per cell: `region`, `indicator`, `measure`, `state`, `stated` (quote with its
        sign and bound), `period`, `status`, `mark`, `reason`, `source`.
    """
    stated = _spell_quotes(cells).where(cells["quote"] != "", "")
    source = cells["document"] + " no. " + cells["observation"].astype("str")
    return pd.DataFrame(
        {
            "region": cells["region"],
            "indicator": cells["indicator"],
            "measure": cells["measure"],
            "state": cells["state"].str.replace("_", " "),
            "stated": stated,
            "period": cells["period"].map(name_period).where(cells["period"] != "", ""),
            "status": cells["status"],
            "mark": cells["mark"],
            "reason": cells["reason"],
            "source": source.where(cells["document"] != "", ""),
        }
    )


def build_matrix(
    facts: pd.DataFrame,
    indicators: Sequence[str],
    *,
    measure: str = "level",
    rule: str = "same",
    period: str = "",
    regions: Sequence[str] = (),
) -> pd.DataFrame:
    """Compare several indicators; one cell per indicator and place.

    Returns
    -------
    pandas.DataFrame
        The cells of `compare_indicator`, one per indicator and place: the best state wins, the
        latest period within it. Each indicator has its own standard period unless one is given.
    """
    tables = [
        compare_indicator(facts, name, measure=measure, rule=rule, period=period, regions=regions)
        for name in indicators
    ]
    cells = pd.concat(tables, ignore_index=True)
    places = list(regions) or list_homes(facts)
    cells = cells[cells["region"].isin(places)]
    return keep_best(cells)


def keep_best(cells: pd.DataFrame) -> pd.DataFrame:
    """Keep one cell per indicator, measure and place: the best state, then the latest period."""
    order = {name: number for number, name in enumerate(STATES)}
    keys = ["indicator", "measure", "region"]
    ranked = cells.assign(_state=cells["state"].map(order), _row=range(len(cells)))
    ranked = ranked.sort_values(["_state", "period"], ascending=[True, False], kind="stable")
    best = ranked.drop_duplicates(keys).sort_values("_row", kind="stable")
    return best.drop(columns=["_state", "_row"]).reset_index(drop=True)


def rank_regions(cells: pd.DataFrame, *, ascending: bool | None = None) -> pd.DataFrame:
    """Rank the comparable places of one indicator; ties share a rank, rounding widens it.

    Parameters
    ----------
    cells : pandas.DataFrame
        From `compare_indicator`, one indicator and measure; the rule "any" or "kind" may give a
        place several periods, of which the latest counts.
    ascending : bool, optional
        Rank 1 for the smallest. By default only for indicators of which less is better.

    Returns
    -------
    pandas.DataFrame
        One row per place with a usable value, best first: `rank` (1, 2, 2, 4 …, by the values
        as stated), `rank_best` and `rank_worst` (what rounding and bounds allow), `tied` (with
        how many others), then the columns of the cell.

    Examples
    --------
    >>> from dz_analysis.comparing.compare import compare_indicator
    >>> from dz_analysis.comparing.facts import prepare_facts
    >>> from dz_analysis.synthetic import make_synthetic
    >>> made = make_synthetic(districts=5, years=7, plants=0)
    >>> facts = prepare_facts(made.observations, made.documents)
    >>> cells = compare_indicator(facts, "地区生产总值", regions=["甲子区", "乙丑区", "丙寅区"])
    >>> rank_regions(cells)[["rank", "rank_best", "rank_worst"]].values.tolist()
    [[1, 1, 1], [2, 2, 2], [3, 3, 3]]
    """
    usable = keep_best(cells[cells["state"].isin(USABLE)])
    if ascending is None:
        names = usable["indicator"].unique()
        ascending = bool(len(names)) and is_lower_better(str(names[0]))
    sign = 1 if ascending else -1
    value = usable["value"] * sign
    low, high = usable["low"] * sign, usable["high"] * sign
    near, far = (low, high) if ascending else (high, low)
    ranked = usable.assign(
        rank=value.rank(method="min").astype(int) if len(usable) else value,
        rank_best=[1 + int((far < mine).sum()) for mine in near],
        rank_worst=[int((near <= mine).sum()) for mine in far],
        tied=[int((value == mine).sum()) - 1 for mine in value],
    )
    front = ["rank", "rank_best", "rank_worst", "tied"]
    ordered = ranked.sort_values(["rank", "region"], kind="stable")
    return ordered[[*front, *usable.columns]].reset_index(drop=True)


def pair_growth_and_level(
    facts: pd.DataFrame, indicator: str, *, rule: str = "same", period: str = "", **more: object
) -> pd.DataFrame:
    """Return the places that state both level and growth of an indicator, comparably.

    Returns
    -------
    pandas.DataFrame
        One row per place: `region`, `level`, `unit`, `growth_pct`, `period`, and the quotes
        and sources of both.
    """
    cells = compare_measures(facts, indicator, rule=rule, period=period, **more)  # type: ignore[arg-type]
    best = keep_best(cells[cells["state"].isin(USABLE)])
    level, growth = (best[best["measure"] == name] for name in ("level", "growth"))
    growth = growth[growth["unit"] == "%"]
    both = level.merge(growth, on=["region", "period"], suffixes=("", "_growth"))
    return pd.DataFrame(
        {
            "region": both["region"],
            "level": both["value"],
            "unit": both["unit"],
            "growth_pct": both["value_growth"],
            "period": both["period"],
            "quotes": both["quote"] + ", " + both["quote_growth"],
            "sources": _sources(both, "") + ", no. " + both["observation_growth"].astype("str"),
        }
    )


def _sources(cells: pd.DataFrame, suffix: str) -> pd.Series:
    return cells[f"document{suffix}"] + " no. " + cells[f"observation{suffix}"].astype("str")


def compute_shares(facts: pd.DataFrame, *, regions: Sequence[str] = ()) -> pd.DataFrame:
    """Return parts of a whole as shares, stated and computed, for every place and period.

    Which part belongs to which whole stands in `lexicon/audit_shares.csv`. Only a part and a
    whole of the same place, period and status are divided.

    Returns
    -------
    pandas.DataFrame
        One row per share, place and period: `share`, `region`, `period`, `stated_pct`,
        `computed_pct`, `computed_low`, `computed_high` (what rounding allows), `part`, `whole`
        (quotes), `sources`.
    """
    levels = _index_results(facts, "level", regions)
    stated = _index_results(facts, "ratio", regions)
    names, found = map_names(facts), []
    for rule in load_lexicon("audit_shares"):
        share, wanted, total = (
            names.get(clean_name(rule[column]), rule[column])
            for column in ("share", "part", "whole")
        )
        for (concept, place, period, document), part in levels.items():
            whole = levels.get((total, place, period, document))
            if concept != wanted or whole is None or whole["unit"] != part["unit"]:
                continue
            span = Interval(part["low"], part["high"]).divided(
                Interval(whole["low"], whole["high"])
            )
            told = stated.get((share, place, period, document))
            found.append(_share_row(rule["share"], part, whole, told, span.scaled(100)))
    columns = ["share", "region", "period", "stated_pct", "computed_pct", "computed_low"]
    columns += ["computed_high", "part", "whole", "sources"]
    frame = pd.DataFrame(found, columns=columns).drop_duplicates(["share", "region", "period"])
    return frame.sort_values(["share", "region", "period"], kind="stable", ignore_index=True)


def _index_results(facts: pd.DataFrame, measure: str, regions: Sequence[str]) -> dict:
    """First result of a measure per concept, place, period and document."""
    rows = facts[(facts["measure"] == measure) & facts["status"].isin(RESULTS)]
    if regions:
        rows = rows[rows["place"].isin(regions)]
    index: dict[tuple[str, str, str, str], dict] = {}
    for row in rows.to_dict("records"):
        index.setdefault((row["concept"], row["place"], row["period"], row["document"]), row)
    return index


def _share_row(name: str, part: dict, whole: dict, told: dict | None, span: Interval) -> dict:
    rows = [part, whole] + ([told] if told else [])
    return {
        "share": name,
        "region": part["place"],
        "period": part["period"],
        "stated_pct": told["value"] if told else math.nan,
        "computed_pct": round(100 * part["value"] / whole["value"], 2),
        "computed_low": round(span.low, 2),
        "computed_high": round(span.high, 2),
        "part": part["quote"],
        "whole": whole["quote"],
        "sources": f"{part['document']} no. " + ", ".join(str(row["observation"]) for row in rows),
    }


def tabulate_structure(facts: pd.DataFrame, *, group: str = "") -> pd.DataFrame:
    """Return the parts that make up a hundred (三次产业结构), one row per place and period.

    Parameters
    ----------
    facts : pandas.DataFrame
        From `prepare_facts`.
    group : str
        A group of `lexicon/audit_sums.csv`; blank takes the first.

    Returns
    -------
    pandas.DataFrame
        `region`, `period`, `document`, one column in % per part in the lexicon's order, and
        `total_pct`; only where every part is stated once.
    """
    rules = load_lexicon("audit_sums")
    chosen = group or rules[0]["group"]
    parts = [rule["share"] for rule in rules if rule["group"] == chosen]
    rows = facts[(facts["measure"] == "ratio") & facts["status"].isin(RESULTS)]
    rows = rows[rows["label"].isin(parts)]
    keys = ["place", "period", "document"]
    once = rows.drop_duplicates([*keys, "label"], keep=False)
    wide = once.pivot_table(index=keys, columns="label", values="value").reindex(columns=parts)
    full = wide.dropna().reset_index().rename_axis(columns=None)
    total = full[parts].sum(axis=1).round(6)
    return full.assign(total_pct=total).rename(columns={"place": "region"})


def compute_per_head(
    facts: pd.DataFrame, indicator: str, *, basis: str = "population", **more: object
) -> pd.DataFrame:
    """Divide an indicator's level by population or area where the corpus gives it.

    The denominator may be of another period (a census stands for years); the column `note`
    says which. Places without a denominator are left out of the result, not set to zero.

    Returns
    -------
    pandas.DataFrame
        One row per place: `region`, `value`, `low`, `high` (unit per person or per area unit),
        `unit`, `level`, `denominator` (quotes), `note`.
    """
    cells = compare_indicator(facts, indicator, **more)  # type: ignore[arg-type]
    levels = keep_best(cells[cells["state"].isin(USABLE)])
    below = find_denominators(facts, basis)
    rows = [
        _divide(cell, below[cell["region"]])
        for cell in levels.to_dict("records")
        if cell["region"] in below
    ]
    columns = ["region", "value", "low", "high", "unit", "level", "denominator", "note"]
    return pd.DataFrame(rows, columns=columns)


def find_denominators(facts: pd.DataFrame, basis: str) -> dict[str, dict]:
    """Return the latest stated population or area of each place, as rows of facts."""
    names = load_rules("audit")["denominators"][basis]
    rows = facts[
        facts["label"].isin(names) & facts["status"].isin(RESULTS) & (facts["measure"] == "level")
    ]
    order = {name: number for number, name in enumerate(names)}
    rows = rows.assign(_name=rows["label"].map(order)).sort_values(
        ["_name", "period"], ascending=[False, True], kind="stable"
    )
    return {row["place"]: row for row in rows.to_dict("records")}


def _divide(cell: dict, below: dict) -> dict:
    span = Interval(cell["low"], cell["high"]).divided(Interval(below["low"], below["high"]))
    same = "" if below["period"] == cell["period"] else f" of {name_period(below['period'])}"
    return {
        "region": cell["region"],
        "value": cell["value"] / below["value"],
        "low": span.low,
        "high": span.high,
        "unit": f"{cell['unit']}/{below['unit']}",
        "level": spell_amount(cell["value"], cell["unit"]),
        "denominator": f"{below['quote']} {below['label']}",
        "note": f"{below['label']}{same}, {below['document']} no. {below['observation']}",
    }
