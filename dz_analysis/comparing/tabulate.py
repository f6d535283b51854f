"""The tables a paper prints: one document's indicators, a matrix, ranks, shares, structure.

In: facts (`facts.prepare_facts`) and cells (`compare.compare_indicator`). Out: new DataFrames in
the base unit; what is computed here says so in its column's name and carries its interval.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple, Unpack

import pandas as pd

from dz_analysis.comparing.compare import (
    STATES,
    USABLE,
    CellOptions,
    ComparisonOptions,
    compare_indicator,
    compare_measures,
)
from dz_analysis.comparing.confidence import (
    Language,
    find_least_sure,
    head_grades,
    mark_doubtful,
    name_grade,
)
from dz_analysis.comparing.coverage import list_groups, name_group
from dz_analysis.comparing.facts import (
    RESULTS,
    is_lower_better,
    list_homes,
    map_names,
    resolve_name,
    shorten_name,
)
from dz_analysis.comparing.intervals import Interval, spell_amount
from dz_analysis.comparing.lookup import Fact, group_facts, list_facts
from dz_analysis.comparing.periods import name_period
from dz_analysis.lexicon import load_lexicon, ranked
from dz_analysis.tables import MEASURES

PER_HEAD_COLUMNS = (
    "region",
    "value",
    "low",
    "high",
    "unit",
    "level",
    "denominator",
    "confidence",
    "grade",
    "note",
)


def tabulate_document(
    facts: pd.DataFrame,
    document: str,
    *,
    statuses: Sequence[str] = RESULTS,
    grades: Language | None = None,
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
    grades : {"en", "zh"}, optional
        Add how sure the numbers are, in this language; see `tabulate_corpus`.

    Returns
    -------
    pandas.DataFrame
        The columns of `tabulate_corpus` but the document's, and only the measures that it uses.
    """
    rows = facts[facts["document"] == document]
    table = tabulate_corpus(rows, statuses=statuses, grades=grades)
    return table.drop(columns="document")


def tabulate_corpus(
    facts: pd.DataFrame,
    *,
    statuses: Sequence[str] = RESULTS,
    grades: Language | None = None,
) -> pd.DataFrame:
    """Set the indicator tables of all documents under one another.

    Parameters
    ----------
    facts : pandas.DataFrame
        From `prepare_facts`.
    statuses : sequence of str
        `("target",)` gives the table of targets.
    grades : {"en", "zh"}, optional
        Mark each doubtful number (grade C), and add a last column, headed in this language, with
        the grade of the least sure number of a row.

    Returns
    -------
    pandas.DataFrame
        One row per document, indicator, place, period and status, by document, then in the order
        of the catalogue's groups, then of the text. Columns: `document`, `group`, `indicator`,
        `region`, `period`, `status`, one column of quotes per measure in use, and `sources`
        (numbers of the observations). Two values for one cell stand in it both, joined by " / ".

    Examples
    --------
    >>> from dz_analysis.comparing.facts import prepare_facts
    >>> from dz_analysis.synthetic import make_synthetic
    >>> made = make_synthetic(districts=5, years=7, plants=0)
    >>> rows = made.observations.assign(confidence=0.4, grade="C")
    >>> facts = prepare_facts(rows, made.documents)
    >>> tabulate_corpus(facts, grades="zh")[["level", "可靠程度"]].values[0].tolist()
    ['9.66亿元（C）', 'C 可疑']
    """
    rows = facts[facts["status"].isin(statuses)].reset_index(drop=True)
    keys = ["document", "label", "place", "period", "status"]
    measures = [name for name in MEASURES if name in set(rows["measure"])]
    quotes = spell_quotes(rows)
    texts = rows.assign(
        quote=mark_doubtful(quotes, rows["grade"], grades) if grades else quotes,
        number=rows["observation"].astype("str"),
        group=rows["concept"].map(name_group),
    )
    cells = texts.groupby([*keys, "measure"], sort=False)["quote"].agg(" / ".join)
    wide = cells.unstack("measure").reindex(columns=measures).fillna("")
    ends = texts.groupby(keys, sort=False).agg(
        first=("observation", "min"),
        sources=("number", " ".join),
        group=("group", "first"),
        grade=("grade", "max"),
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
    shown = table[columns].rename(columns=names).rename_axis(columns=None)
    return _add_grades(shown, table["grade"], grades) if grades else shown


def _add_grades(table: pd.DataFrame, grades: pd.Series, language: Language) -> pd.DataFrame:
    """Return a table for a paper with grades in words, the least sure behind each row."""
    words = grades.map(lambda grade: name_grade(grade, language))
    return table.assign(**{head_grades(language): words})


def spell_quotes(rows: pd.DataFrame) -> pd.Series:
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
        sign and bound), `period`, `status`, `grade`, `mark`, `reason`, `source`.
    """
    stated = spell_quotes(cells).where(cells["quote"] != "", "")
    source = _sources(cells)
    return pd.DataFrame(
        {
            "region": cells["region"],
            "indicator": cells["indicator"],
            "measure": cells["measure"],
            "state": cells["state"].str.replace("_", " "),
            "stated": stated,
            "period": cells["period"].map(name_period).where(cells["period"] != "", ""),
            "status": cells["status"],
            "grade": cells["grade"],
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
    min_confidence: float = 0,
) -> pd.DataFrame:
    """Compare several indicators; one cell per indicator and place.

    Returns
    -------
    pandas.DataFrame
        The cells of `compare_indicator`, one per indicator and place: the best state wins, the
        latest period within it. Each indicator has its own standard period unless one is given.
    """
    asked: ComparisonOptions = {
        "rule": rule,
        "period": period,
        "regions": regions,
        "min_confidence": min_confidence,
    }
    tables = [compare_indicator(facts, name, measure=measure, **asked) for name in indicators]
    cells = pd.concat(tables, ignore_index=True)
    places = list(regions) or list_homes(facts)
    cells = cells[cells["region"].isin(places)]
    return keep_best(cells)


def keep_usable(cells: pd.DataFrame) -> pd.DataFrame:
    """Keep the cells whose numbers may stand together: comparable ones and marked ones."""
    return cells[cells["state"].isin(USABLE)]


def flag_partnered(cells: pd.DataFrame) -> pd.Series:
    """Say of each cell whether its number can be compared: another place has one like it.

    Examples
    --------
    >>> rows = [("税收", "甲区"), ("税收", "乙区"), ("投资", "甲区")]
    >>> cells = pd.DataFrame(rows, columns=["indicator", "region"])
    >>> flag_partnered(cells.assign(measure="level", state="comparable")).tolist()
    [True, True, False]
    """
    usable = cells[cells["state"].isin(USABLE)]
    keys = ["indicator", "measure"]
    places = usable.groupby(keys)["region"].nunique()
    shared = cells[keys].apply(tuple, axis=1).isin(places.index[places > 1])
    return cells["state"].isin(USABLE) & shared


def keep_best(cells: pd.DataFrame) -> pd.DataFrame:
    """Keep one cell per indicator, measure and place: the best state, then the latest period."""
    order = {name: number for number, name in enumerate(STATES)}
    keys = ["indicator", "measure", "region"]
    ranked = cells.assign(_state=cells["state"].map(order), _row=range(len(cells)))
    ranked = ranked.sort_values(["_state", "period"], ascending=[True, False], kind="stable")
    best = ranked.drop_duplicates(keys).sort_values("_row", kind="stable")
    return best.drop(columns=["_state", "_row"]).reset_index(drop=True)


def count_reasons(cells: pd.DataFrame) -> pd.DataFrame:
    """Count why cells are not comparable; numbers and names of single cells left out.

    Returns
    -------
    pandas.DataFrame
        `state`, `reason`, `cells`, `regions` (how many places it concerns), the commonest first.
        A number that is refused for two reasons counts under both.
    """
    off = cells[~cells["state"].isin(USABLE)].drop_duplicates(
        ["indicator", "measure", "region", "document", "observation"]
    )
    refused = off.assign(reason=off["reason"].str.split("; ")).explode("reason")
    refused = refused.assign(
        reason=refused["reason"].str.replace(r": also .*| paragraph \d+", "", regex=True)
    )
    table = refused.groupby(["state", "reason"]).agg(
        cells=("region", "size"), regions=("region", "nunique")
    )
    return table.reset_index().sort_values(
        ["cells", "state", "reason"], ascending=[False, True, True], ignore_index=True
    )


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
    usable = keep_best(keep_usable(cells))
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
    facts: pd.DataFrame,
    indicator: str,
    *,
    rule: str = "same",
    period: str = "",
    **more: Unpack[CellOptions],
) -> pd.DataFrame:
    """Return the places that state both level and growth of an indicator, comparably.

    Returns
    -------
    pandas.DataFrame
        One row per place: `region`, `level`, `unit`, `growth_pct`, `period`, the quotes and
        sources of both, and `confidence` and `grade` of the less sure.
    """
    cells = compare_measures(facts, indicator, rule=rule, period=period, **more)
    best = keep_best(keep_usable(cells))
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
            "sources": _sources(both) + ", no. " + both["observation_growth"].astype("str"),
            "confidence": both[["confidence", "confidence_growth"]].min(axis=1),
            "grade": both[["grade", "grade_growth"]].max(axis=1),
        }
    )


def _sources(cells: pd.DataFrame) -> pd.Series:
    return cells["document"] + " no. " + cells["observation"].astype("str")


def compute_shares(facts: pd.DataFrame, *, regions: Sequence[str] = ()) -> pd.DataFrame:
    """Return parts of a whole as shares, stated and computed, for every place and period.

    Which part belongs to which whole stands in `lexicon/audit_shares.csv`. Only results of the
    same document, place and period are divided; of several, the first. A number told as at least
    or at most is not divided: the quotient would be no bound of anything.

    Returns
    -------
    pandas.DataFrame
        One row per share, place and period: `share`, `region`, `period`, `stated_pct`,
        `computed_pct`, `computed_low`, `computed_high` (what rounding allows), `part`, `whole`
        (quotes), `confidence` and `grade` (of the least sure number), `sources`.
    """
    names, found = map_names(facts), []
    levels, stated = (_index_results(facts, name, regions) for name in ("level", "ratio"))
    for rule in load_lexicon("audit_shares"):
        share, wanted, total = (
            resolve_name(rule[column], names) for column in ("share", "part", "whole")
        )
        for part in (fact for key, fact in levels.items() if key.concept == wanted):
            key = _Key.of(part)
            whole = levels.get(key._replace(concept=total))
            if whole and whole.value and whole.unit == part.unit:
                stated_share = stated.get(key._replace(concept=share))
                found.append(_share_row(rule["share"], part, whole, stated_share))
    columns = ["share", "region", "period", "stated_pct", "computed_pct", "computed_low"]
    columns += ["computed_high", "part", "whole", "confidence", "grade", "sources"]
    frame = pd.DataFrame(found, columns=columns).drop_duplicates(["share", "region", "period"])
    return frame.sort_values(["share", "region", "period"], kind="stable", ignore_index=True)


class _Key(NamedTuple):
    """What numbers share that a share joins, but for the concept."""

    concept: str
    place: str
    period: str
    document: str

    @classmethod
    def of(cls, fact: Fact) -> _Key:
        """Return the key of a fact."""
        return cls(fact.concept, fact.place, fact.period, fact.document)


def _index_results(facts: pd.DataFrame, measure: str, regions: Sequence[str]) -> dict[_Key, Fact]:
    """First result of a measure per concept, place, period and document that is no mere bound."""
    rows = facts[(facts["measure"] == measure) & facts["status"].isin(RESULTS)]
    rows = rows[~rows["bound"].isin([">=", "<="])]
    if regions:
        rows = rows[rows["place"].isin(regions)]
    return {key: first for key, (first, *_) in group_facts(list_facts(rows), _Key.of).items()}


def _share_row(name: str, part: Fact, whole: Fact, stated_share: Fact | None) -> dict[str, object]:
    span = part.span.divided(whole.span).scaled(100)
    facts = [fact for fact in (part, whole, stated_share) if fact]
    return {
        "share": name,
        "region": part.place,
        "period": part.period,
        "stated_pct": stated_share.value if stated_share else math.nan,
        "computed_pct": round(100 * part.value / whole.value, 2),
        "computed_low": round(span.low, 2),
        "computed_high": round(span.high, 2),
        "part": part.quote,
        "whole": whole.quote,
        **find_least_sure(facts)._asdict(),
        "sources": f"{part.document} no. {', '.join(str(fact.observation) for fact in facts)}",
    }


def tabulate_structure(
    facts: pd.DataFrame, *, group: str = "", grades: Language | None = None
) -> pd.DataFrame:
    """Return the parts that make up a hundred (三次产业结构), one row per place and period.

    Parameters
    ----------
    facts : pandas.DataFrame
        From `prepare_facts`.
    group : str
        A group of `lexicon/audit_sums.csv`; blank takes the first.
    grades : {"en", "zh"}, optional
        Add a last column, headed in this language, with the grade of the least sure part.

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
    known = map_names(facts)
    shown = {resolve_name(part, known): part for part in parts}
    rows = rows[rows["concept"].isin(shown)].assign(part=lambda found: found["concept"].map(shown))
    keys = ["place", "period", "document"]
    once = rows.drop_duplicates([*keys, "part"], keep=False)
    wide = once.pivot_table(index=keys, columns="part", values="value").reindex(columns=parts)
    full = wide.dropna().reset_index().rename_axis(columns=None)
    total = full[parts].sum(axis=1).round(6)
    table = full.assign(total_pct=total).rename(columns={"place": "region"})
    if not grades:
        return table
    least = once.groupby(keys)["grade"].max()
    return _add_grades(table, full[keys].join(least, on=keys)["grade"], grades)


def compute_per_head(
    facts: pd.DataFrame,
    indicator: str,
    *,
    basis: str = "population",
    **more: Unpack[ComparisonOptions],
) -> pd.DataFrame:
    """Divide an indicator's level by population or area where the corpus gives it.

    The denominator may be of another period (a census stands for years); the column `note`
    says which. Places without a denominator are left out of the result, not set to zero.

    Returns
    -------
    pandas.DataFrame
        One row per place: `region`, `value`, `low`, `high` (unit per person or per area unit),
        `unit`, `level`, `denominator` (quotes), `confidence` and `grade` (of the less sure of
        the two), `note`.
    """
    cells = compare_indicator(facts, indicator, **more)
    levels = keep_best(keep_usable(cells))
    below = find_denominators(facts, basis)
    columns = ("region", "period", "value", "low", "high", "unit", "confidence", "grade")
    rows = [
        _divide(_Level(*values), below[values[0]])
        for values in zip(*(levels[name] for name in columns), strict=True)
        if values[0] in below
    ]
    return pd.DataFrame(rows, columns=list(PER_HEAD_COLUMNS))


class _Level(NamedTuple):
    """What is divided: the comparable level of a place."""

    region: str
    period: str
    value: float
    low: float
    high: float
    unit: str
    confidence: float
    grade: str


def find_denominators(facts: pd.DataFrame, basis: str) -> dict[str, Fact]:
    """Return the latest stated population or area of each place.

    Of the names in `lexicon/audit.csv` the first that a place states counts.
    """
    names = ranked("audit", f"denominators.{basis}")
    rows = facts[
        facts["label"].isin(names) & facts["status"].isin(RESULTS) & (facts["measure"] == "level")
    ]
    order = {name: number for number, name in enumerate(names)}
    rows = rows.assign(_name=rows["label"].map(order)).sort_values(
        ["_name", "period"], ascending=[False, True], kind="stable"
    )
    return {fact.place: fact for fact in list_facts(rows)}


def _divide(level: _Level, below: Fact) -> dict[str, object]:
    span = Interval(level.low, level.high).divided(below.span)
    same = "" if below.period == level.period else f" of {name_period(below.period)}"
    return {
        "region": level.region,
        "value": level.value / below.value,
        "low": span.low,
        "high": span.high,
        "unit": f"{level.unit}/{below.unit}",
        "level": spell_amount(level.value, level.unit),
        "denominator": f"{below.quote} {below.label}",
        **find_least_sure([level, below])._asdict(),
        "note": f"{below.label}{same}, {below.source}",
    }
