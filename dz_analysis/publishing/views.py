"""Tables as a yearbook prints them: indicators by place, indicators by year, and the long list.

In: facts (`comparing.prepare_facts`). Out: frames of which each row is one indicator in one unit,
in the order of the catalogue's groups; numbers in the unit that people use. What can't be compared
is left blank, as `comparing` decides it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from difflib import get_close_matches

import pandas as pd

from dz_analysis import paths, tables
from dz_analysis.comparing.compare import compare_indicator
from dz_analysis.comparing.coverage import list_groups, name_group
from dz_analysis.comparing.facts import RESULTS, find_concept, list_homes
from dz_analysis.comparing.periods import name_period
from dz_analysis.comparing.tabulate import keep_best, keep_usable
from dz_analysis.harmless import unquote_formula
from dz_analysis.language import say
from dz_analysis.publishing.paper import MEANINGS
from dz_analysis.publishing.usual import in_unit, pick_unit

VIEWS = ("by_place", "by_year", "numbers")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?")
KEYS = ["group", "indicator", "measure", "unit"]
MEASURES = ("level", "growth")
ONE_SIDED = (">=", "<=")  # 超过800亿元 is no number to print without its word
LISTED = (
    "document",
    "region",
    "period",
    "indicator",
    "measure",
    "value",
    "value_high",
    "unit",
    "bound",
    "of",
    "status",
    "quote",
    "confidence",
    "grade",
    "review",
    "start",
    "observation",
)


def spread_by_place(
    facts: pd.DataFrame,
    *,
    indicators: Sequence[str] = (),
    regions: Sequence[str] = (),
    period: str = "",
    measures: Sequence[str] = MEASURES,
    usual: bool = True,
) -> pd.DataFrame:
    """Set indicators against places: one row an indicator, measure and period, one column a place.

    Parameters
    ----------
    facts : pandas.DataFrame
        From `prepare_facts`.
    indicators : sequence of str
        By default all catalogued ones that two places or more state; ids or names.
    regions : sequence of str
        By default every place that a document reports on.
    period : str
        Months asked for; blank takes for each indicator what most places state.
    measures : sequence of str
        Of the nine measures.
    usual : bool
        Whether numbers are in the unit that people use, or in the base unit.

    Returns
    -------
    pandas.DataFrame
        `group`, `indicator`, `measure`, `unit`, `period` (in words), then a column a place; only
        numbers that may stand together (`compare_indicator`), and rows in which two places or
        more have one, or one where only one place was asked for.

    Examples
    --------
    >>> from dz_analysis.comparing.facts import prepare_facts
    >>> from dz_analysis.synthetic import make_synthetic
    >>> made = make_synthetic(districts=5, years=7, plants=0)
    >>> facts = prepare_facts(made.observations, made.documents)
    >>> asked = {"indicators": ["地区生产总值"], "regions": ["甲子区", "乙丑区"]}
    >>> wide = spread_by_place(facts, measures=["level"], **asked)
    >>> wide.columns.tolist()[2:], wide["unit"].tolist()
    (['measure', 'unit', 'period', '甲子区', '乙丑区'], ['亿元'])
    """
    places = list(regions) or list_homes(facts)
    least = min(2, len(places))
    names = list(indicators) or _widely_stated(facts, places, least)
    found = [
        keep_best(keep_usable(cells))
        for name in names
        for measure in measures
        if _has(facts, name, measure)
        for cells in [
            compare_indicator(facts, name, measure=measure, period=period, regions=places)
        ]
    ]
    cells = _gather(facts, found)
    cells = cells[cells["region"].isin(places)]
    counts = cells.groupby(["indicator", "measure"])["region"].transform("nunique")
    return _spread(cells[counts >= least], "region", places, usual=usual)


def spread_by_year(
    facts: pd.DataFrame,
    place: str,
    *,
    indicators: Sequence[str] = (),
    measures: Sequence[str] = MEASURES,
    usual: bool = True,
) -> pd.DataFrame:
    """Set indicators of one place against years: one column a year.

    Parameters
    ----------
    facts : pandas.DataFrame
        From `prepare_facts`.
    place : str
        As the facts name it, under its newest name.
    indicators, measures, usual
        As in `spread_by_place`; by default all catalogued ones that the place states for a whole
        year.

    Returns
    -------
    pandas.DataFrame
        `group`, `indicator`, `measure`, `unit`, then a column a year: results and estimates for
        whole years. Where documents give several, the surest stands, then that of the later
        document.

    Raises
    ------
    ValueError
        If no number is about the place.

    Examples
    --------
    >>> from dz_analysis.comparing.facts import prepare_facts
    >>> from dz_analysis.synthetic import make_synthetic
    >>> made = make_synthetic(districts=5, years=7, plants=0)
    >>> facts = prepare_facts(made.observations, made.documents)
    >>> wide = spread_by_year(facts, "甲子区", indicators=["地区生产总值"], measures=["level"])
    >>> wide.columns.tolist()[2:5], len(wide)
    (['measure', 'unit', '2010'], 1)
    """
    about = facts[facts["place"] == place]
    if about.empty:
        known = sorted(set(facts["place"]) - {""})
        msg = say(
            "No number is about {place!r}; expected one of {known}.",
            place=place,
            known=", ".join(known[:20]),
        )
        raise ValueError(msg)
    is_year = about["period"].str.fullmatch(r"(\d{4})-01/(?:\1)-12")
    rows = about[is_year & about["status"].isin(RESULTS) & about["measure"].isin(measures)]
    concepts = [find_concept(facts, name) for name in indicators]
    rows = rows[rows["concept"].isin(concepts) if concepts else rows["catalogued"]]
    rows = rows[rows["of"] == ""]
    years = rows.assign(
        year=rows["period"].str[:4], indicator=rows["label"], group=rows["concept"].map(name_group)
    )
    order = years.sort_values(["confidence", "document"], ascending=False, kind="stable")
    first = order.drop_duplicates([*KEYS, "year"]).sort_index()
    return _spread(first, "year", sorted(set(first["year"])), usual=usual, periods=False)


def list_numbers(
    facts: pd.DataFrame, *, indicators: Sequence[str] = (), regions: Sequence[str] = ()
) -> pd.DataFrame:
    """List numbers under one another: the long list beside the wide views.

    Returns
    -------
    pandas.DataFrame
        The columns of `LISTED`, in the order of the text.
    """
    concepts = [find_concept(facts, name) for name in indicators]
    rows = facts[facts["concept"].isin(concepts)] if concepts else facts
    rows = rows[rows["place"].isin(regions)] if regions else rows
    return rows[[name for name in LISTED if name in rows]].reset_index(drop=True)


def _widely_stated(facts: pd.DataFrame, places: Sequence[str], least: int) -> list[str]:
    """Return the catalogued indicators that so many places state, in the catalogue's order."""
    rows = facts[facts["catalogued"] & facts["status"].isin(RESULTS) & facts["place"].isin(places)]
    counts = rows.groupby("concept")["place"].nunique()
    return [str(name) for name in counts.index[counts >= least]]


def _has(facts: pd.DataFrame, name: str, measure: str) -> bool:
    concept = find_concept(facts, name)
    return bool(((facts["concept"] == concept) & (facts["measure"] == measure)).any())


def _gather(facts: pd.DataFrame, found: Sequence[pd.DataFrame]) -> pd.DataFrame:
    cells = pd.concat(found, ignore_index=True) if found else facts.iloc[:0].copy()
    if "indicator" not in cells:
        cells = cells.assign(indicator="")
    concepts = dict(zip(facts["label"], facts["concept"], strict=True))
    groups = cells["indicator"].map(lambda name: name_group(concepts.get(name, "")))
    return cells.assign(group=groups)


def _spread(
    rows: pd.DataFrame, across: str, columns: Sequence[str], *, usual: bool, periods: bool = True
) -> pd.DataFrame:
    """Set values against the values of a column; each row in one unit."""
    keys = [*KEYS, *(["period"] if periods else [])]
    exact = rows[~rows["bound"].isin(ONE_SIDED) & rows["value_high"].isna()]
    once = exact.drop_duplicates([*keys, across])
    wide = once.pivot(index=keys, columns=across, values="value").reindex(columns=list(columns))
    wide = wide.astype("float64").reset_index().rename_axis(columns=None)
    groups = {group: number for number, group in enumerate(list_groups())}
    wide = wide.assign(
        _group=wide["group"].map(groups).fillna(len(groups)),
        _measure=wide["measure"].map({name: at for at, name in enumerate(tables.MEASURES)}),
    )
    wide = wide.sort_values(["_group", "indicator", "_measure"], kind="stable", ignore_index=True)
    wide = wide.drop(columns=["_group", "_measure"])
    if periods:
        wide["period"] = wide["period"].map(lambda text: name_period(text) if text else "")
    if usual:
        picked = [
            pick_unit(row, unit)
            for row, unit in zip(wide[list(columns)].to_numpy(), wide["unit"], strict=True)
        ]
        divisors = pd.Series([power for power, _ in picked], index=wide.index, dtype="float64")
        for name in columns:
            wide[name] = in_unit(wide[name], divisors)
        wide["unit"] = [unit for _, unit in picked]
    return wide


def read_figure_table(corpus: str, name: str) -> tuple[pd.DataFrame, dict[str, str]]:
    """Read the table behind a figure or a printed table of a corpus, typed as it was written.

    Parameters
    ----------
    corpus : str
        Whose.
    name : str
        Its name in the corpus's folder of figures, such as ``"02_indicators"``.

    Returns
    -------
    frame : pandas.DataFrame
        Texts stay texts, whatever they look like, as the sidecar says; where it does not say it,
        columns that the contract has as text, and those that hold anything but numbers.
    words : dict of str to str
        ``caption``, ``note`` and ``source``, as far as the sidecar has them.

    Raises
    ------
    FileNotFoundError
        If there is no such table; the nearest is named.
    """
    folder = paths.figures_dir(corpus)
    file = folder / f"{name}.csv"
    if not paths.is_plain_name(name) or not file.is_file():
        there = [*VIEWS, *(found.stem for found in sorted(folder.glob("*.csv")))]
        near = get_close_matches(name, there, n=3, cutoff=0.4)
        hint = say(" Did you mean {name}?", name=" / ".join(map(repr, near))) if near else ""
        msg = say(
            "No table {name!r} of the corpus {corpus!r}: {file} does not exist, and it is none of "
            "{views}. Run the notebooks first (dz run {corpus}).{hint}",
            name=name,
            corpus=corpus,
            file=file,
            views=", ".join(VIEWS),
            hint=hint,
        )
        raise FileNotFoundError(msg)
    frame = pd.read_csv(file, encoding="utf-8-sig", dtype="str", keep_default_na=False)
    sidecar = file.with_suffix(".json")
    told = json.loads(sidecar.read_text(encoding="utf-8")) if sidecar.is_file() else {}
    contract = {key for key, column in MEANINGS.items() if column.kind == "text"}
    texts = set(told.get("texts", contract))
    for column in frame:
        cells = frame[column].map(unquote_formula)
        is_text = column in texts or not cells.map(_is_number).all() or not cells.ne("").any()
        frame[column] = cells if is_text else pd.to_numeric(cells.replace("", None))
    words = {key: str(told.get(key, "")) for key in ("title", "note", "source")}
    return frame, {"caption": words.pop("title"), **words}


def _is_number(cell: str) -> bool:
    return not cell or bool(_NUMBER.fullmatch(cell))
