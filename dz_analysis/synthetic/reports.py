"""A corpus whose truth is known: districts over years, made from a seed.

In: sizes and a seed. Out: tables in the contract's columns, what was planted in them, and the
numbers behind them before rounding. Used to test that comparisons, ranks, joined promises and
every check of the audit say what is so. All places are invented.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dz_analysis.comparing.facts import name_concept, name_key
from dz_analysis.synthetic.districts import (
    FIRST_YEAR,
    District,
    make_district,
    make_plans,
    sum_cities,
)
from dz_analysis.synthetic.faults import PLANTS, Planted, plant_all
from dz_analysis.synthetic.sheets import Line, Sheet
from dz_analysis.tables import check_table

CITY_NAMES = "东西南北中"
# Groups of facts that an author may leave out; ranks and what they need never are.
GAPPED = ("gdp", "trade", "deposits", "projects", "loans")
GAP_SHARE, MISSING_SHARE, FIVE = 0.08, 0.02, 5
# The older name, told in the first years, of a thing that keeps its id.
RENAMED = {"公共财政预算收入": "一般公共预算收入", "年末常住人口": "常住人口"}


@dataclass(frozen=True, slots=True)
class Synthetic:
    """The tables and the truth behind them.

    `planted` has one row per planted inconsistency: `kind`, `check` (that must find it),
    `document`, `observation`. `truth` has one row per district, year and indicator: `value`
    before rounding. `outcomes` has one row per target: what became of it.
    """

    documents: pd.DataFrame
    observations: pd.DataFrame
    planted: pd.DataFrame
    truth: pd.DataFrame
    outcomes: pd.DataFrame


def make_synthetic(
    *, districts: int = 60, years: int = 10, seed: int = 1, plants: int = 3
) -> Synthetic:
    """Make a corpus of work reports with known truth.

    Parameters
    ----------
    districts, years : int
        How many districts, in five cities, and how many yearly reports of each.
    seed : int
        The same seed gives the same corpus.
    plants : int
        Inconsistencies of each kind of `faults.PLANTS`; 0 gives a clean corpus. Each stands in
        a district of its own, so there must be enough of them.

    Returns
    -------
    Synthetic

    Raises
    ------
    ValueError
        If there are too few districts for what is to be planted, or too few years.
    """
    if plants * len(PLANTS) > districts or years < FIVE + 2:
        msg = (
            f"{plants} of each of {len(PLANTS)} kinds need {plants * len(PLANTS)} districts and "
            f"{FIVE + 2} years; found {districts} districts and {years} years."
        )
        raise ValueError(msg)
    random = np.random.default_rng(seed)
    places = [make_district(number, years, random) for number in range(districts)]
    cities = sum_cities(places, years)
    plans = make_plans(places, years, random)
    sheets = list(_write_sheets(places, cities, plans, years, random, whole=plants * len(PLANTS)))
    planted = plant_all(sheets, plants, FIRST_YEAR + years - 2)
    return _collect(sheets, planted, places)


def _write_sheets(
    places: list[District],
    cities: dict[str, dict[int, dict[str, float]]],
    plans: dict[tuple[int, int], dict[str, float]],
    years: int,
    random: np.random.Generator,
    *,
    whole: int,
) -> Iterator[Sheet]:
    """Write one sheet per district and year and one per city and year; some are missing.

    The first `whole` districts have no gaps: what is planted there must find its counterpart.
    """
    for place in places:
        for year in range(FIRST_YEAR, FIRST_YEAR + years):
            gaps = {name for name in GAPPED if random.random() < GAP_SHARE}
            lost = random.random() < MISSING_SHARE
            if place.number < whole:
                gaps, lost = set(), False
            if not lost:
                yield _write_report(place, places, cities, plans, year, gaps)
    for code, by_year in cities.items():
        name = f"{CITY_NAMES[int(code[2:]) - 1]}辰市"
        for year, values in by_year.items():
            sheet = Sheet(f"city{code}-{year}", name, f"{code}00", year, -1)
            sheet.add("一般公共预算收入", "level", values["revenue"], "亿元", 2)
            sheet.add("固定资产投资", "growth", values["investment"], "%", 1)
            yield sheet


def _write_report(
    place: District,
    places: list[District],
    cities: dict[str, dict[int, dict[str, float]]],
    plans: dict[tuple[int, int], dict[str, float]],
    year: int,
    gaps: set[str],
) -> Sheet:
    sheet = Sheet(f"d{place.number:03d}-{year}", place.name(year), place.code, year, place.number)
    value = {name: series[year] for name, series in place.series.items()}
    before = {name: series[year - 1] for name, series in place.series.items()}
    inside = [other for other in places if other.city == place.city]
    plan = plans[place.number, year]
    _write_product(sheet, value, gaps)
    _write_revenue(sheet, value, before, _rank(place, inside, "revenue", year))
    _write_investment(
        sheet, value, cities[place.city][year], _rank(place, inside, "investment", year)
    )
    if "trade" not in gaps:
        _write_trade(sheet, value, before)
    if "deposits" not in gaps:
        sheet.add("金融机构各项存款余额", "level", value["deposits"], "亿元", 2)
    if "loans" not in gaps:
        sheet.add("不良贷款率", "ratio", value["loans"], "%", 2)
        sheet.add("不良贷款率", "change", value["loans"] - before["loans"], "个百分点", 2)
    if "projects" not in gaps:
        _write_projects(sheet, value, plan)
    sheet.add("高新技术产业产值占比", "ratio", value["hightech"], "%", 1)
    sheet.add("年末常住人口" if year % 2 else "常住人口", "level", value["population"], "万人", 2)
    sheet.add(
        "省级开发区综合考核",
        "rank",
        1 + (place.number * 7 + year) % 150,
        "位",
        0,
        of="全省160个省级以上开发区",
    )
    _write_five_years(sheet, place, year)
    _write_plan(sheet, plans[place.number, year + 1])
    return sheet


def _rank(place: District, inside: list[District], name: str, year: int) -> int:
    """Return the true rank in the city, the largest first."""
    return 1 + sum(other.series[name][year] > place.series[name][year] for other in inside)


def _rate(now: float, before: float) -> float:
    return 100 * (now / before - 1)


def _write_product(sheet: Sheet, value: dict[str, float], gaps: set[str]) -> None:
    if "gdp" in gaps:
        return
    shares = [value["primary"], value["secondary"], 100 - value["primary"] - value["secondary"]]
    sheet.add("地区生产总值", "level", value["gdp"], "亿元", 2)
    sheet.add("地区生产总值", "growth", value["real"], "%", 1)
    for name, share in zip(("第一产业", "第二产业", "第三产业"), shares, strict=True):
        sheet.add(f"{name}增加值", "level", value["gdp"] * share / 100, "亿元", 2)
    for name, share in zip(("第一产业", "第二产业", "第三产业"), shares, strict=True):
        sheet.add(f"{name}占比", "ratio", share, "%", 1)


def _write_revenue(
    sheet: Sheet, value: dict[str, float], before: dict[str, float], rank: int
) -> None:
    name = "一般公共预算收入" if sheet.year > FIRST_YEAR + 3 else "公共财政预算收入"
    sheet.add(name, "level", value["revenue"], "亿元", 2)
    sheet.add(name, "rank", rank, "位", 0, of="全市")
    sheet.add(name, "growth", _rate(value["revenue"], before["revenue"]), "%", 1)
    sheet.add("税收", "level", value["revenue"] * value["tax"] / 100, "亿元", 2)
    sheet.add("税收占比", "ratio", value["tax"], "%", 1)


def _write_investment(
    sheet: Sheet, value: dict[str, float], city: dict[str, float], rank: int
) -> None:
    sheet.turn_paragraph()
    sheet.add("固定资产投资", "growth", value["investment"], "%", 1)
    gap = value["investment"] - city["investment"]
    sheet.add("固定资产投资", "gap", gap, "个百分点", 1, of="全市平均")
    sheet.add("固定资产投资", "rank", rank, "位", 0, of="全市")


def _write_trade(sheet: Sheet, value: dict[str, float], before: dict[str, float]) -> None:
    total, last = (side["exports"] + side["imports"] for side in (value, before))
    sheet.add("进出口总额", "level", total, "亿元", 2)
    sheet.add("进出口总额", "growth", _rate(total, last), "%", 1)
    sheet.add("出口总额", "level", value["exports"], "亿元", 2)
    sheet.add("进口总额", "level", value["imports"], "亿元", 2)


def _write_projects(sheet: Sheet, value: dict[str, float], plan: dict[str, float]) -> None:
    count = int(value["projects"])
    sheet.add("重点项目", "level", count, "个", 0)
    sheet.add("省级重点项目", "level", count // 5, "个", 0)
    sheet.add("新签约5亿元以上项目", "level", count // 3, "个", 0)
    sheet.add("新签约10亿元以上项目", "level", count // 6, "个", 0)
    sheet.add("重点项目完成投资", "level", value["done"], "亿元", 1)
    sheet.add(
        "重点项目完成投资", "completion", 100 * value["done"] / plan["done"], "%", 1, of="年度计划"
    )


def _write_five_years(sheet: Sheet, place: District, year: int) -> None:
    """Every fifth year tells the five years past, as reports at the end of a plan do."""
    if (year - FIRST_YEAR + 1) % FIVE or year - FIVE < FIRST_YEAR - 1:
        return
    name, series = "一般公共预算收入", place.series["revenue"]
    factor = series[year] / series[year - FIVE]
    period = f"{year - FIVE + 1}-01/{year}-12"
    sheet.add(name, "average_growth", 100 * (factor ** (1 / FIVE) - 1), "%", 1, period=period)
    sheet.add(name, "growth", 100 * (factor - 1), "%", 1, period=period, of="上一个五年末")
    sheet.add(name, "multiple", factor, "倍", 2, of=f"{year - FIVE}年")


def _write_plan(sheet: Sheet, plan: dict[str, float]) -> None:
    later = {"period": f"{sheet.year + 1}-01/{sheet.year + 1}-12", "status": "target"}
    firm = {"modifier": "确保" if sheet.number % 2 else "力争"}
    sheet.turn_paragraph()
    sheet.add("一般公共预算收入", "growth", plan["revenue_pct"], "%", 1, bound="~", **later)
    sheet.add("固定资产投资", "growth", plan["investment_pct"], "%", 1, bound=">=", **firm, **later)
    sheet.add("不良贷款率", "ratio", plan["loans_pct"], "%", 2, bound="<=", **later)
    sheet.add("重点项目", "level", plan["projects"], "个", 0, **firm, **later)
    sheet.add("重点项目完成投资", "level", plan["done"], "亿元", 1, **later)


def _collect(sheets: list[Sheet], planted: list[Planted], places: list[District]) -> Synthetic:
    numbers = {
        id(line): (sheet.document, number)
        for sheet in sheets
        for number, line in enumerate(sheet.lines, start=1)
    }
    rows = [
        row
        for sheet in sheets
        for row in (_observation(sheet, line, numbers[id(line)][1]) for line in sheet.lines)
    ]
    faults = [(p.kind, p.check, *numbers[id(p.line)]) for p in planted]
    truth = [
        (place.new, year, name, value)
        for place in places
        for name, series in place.series.items()
        for year, value in series.items()
        if year >= FIRST_YEAR
    ]
    return Synthetic(
        check_table(pd.DataFrame([_document(sheet) for sheet in sheets]), "documents"),
        check_table(pd.DataFrame(rows), "observations"),
        pd.DataFrame(faults, columns=["kind", "check", "document", "observation"]),
        pd.DataFrame(truth, columns=["region", "year", "name", "value"]),
        _settle_outcomes(sheets),
    )


def _document(sheet: Sheet) -> dict:
    counts = dict.fromkeys(
        ("raw_chars", "chars", "han_chars", "paragraphs", "tokens", "repairs", "unrepaired"), 0
    )
    return counts | {
        "id": sheet.document,
        "title": f"{sheet.region}{sheet.year + 1}年政府工作报告",
        "publisher": "",
        "published": f"{sheet.year + 1}-01",
        "genre": "work_report",
        "region": sheet.region,
        "region_code": sheet.code,
        "period_start": f"{sheet.year}-01",
        "period_end": f"{sheet.year}-12",
        "sha256": "",
    }


def _observation(sheet: Sheet, line: Line, number: int) -> dict:
    start, end = 20 * number, 20 * number + len(line.quote)
    concept = name_concept(RENAMED.get(line.indicator, line.indicator))
    return {
        "document": sheet.document,
        "observation": number,
        "paragraph": line.paragraph,
        "quote": line.quote,
        "start": start,
        "end": end,
        "raw_start": start,
        "raw_end": end,
        "indicator": line.indicator,
        "indicator_id": "" if concept == name_key(line.indicator) else concept,
        "measure": line.measure,
        "value": line.value,
        "value_high": math.nan,
        "unit": line.unit,
        "bound": line.bound,
        "period": line.period,
        "region": sheet.region,
        "region_code": sheet.code,
        "status": line.status,
        "of": line.of,
        "modifier": line.modifier,
    }


def _settle_outcomes(sheets: list[Sheet]) -> pd.DataFrame:
    """Say of every target what became of it, from the numbers as they are told."""
    told = {(sheet.code, sheet.year): sheet for sheet in sheets}
    rows = []
    for sheet in sheets:
        later = told.get((sheet.code, sheet.year + 1))
        for number, line in enumerate(sheet.lines, start=1):
            if line.status == "target":
                told_as = (line.modifier, line.bound, _settle(line, later))
                rows.append((sheet.document, number, *told_as))
    columns = ["document", "observation", "modifier", "bound", "outcome"]
    return pd.DataFrame(rows, columns=columns)


def _settle(target: Line, later: Sheet | None) -> str:
    if later is None:
        return "no_document"
    name = RENAMED.get(target.indicator, target.indicator)
    names = {name, *(old for old, new in RENAMED.items() if new == name)}
    period = f"{later.year}-01/{later.year}-12"
    results = [
        line
        for line in later.lines
        if line.indicator in names
        and (line.measure, line.status, line.period) == (target.measure, "actual", period)
        and not line.of
    ]
    if not results:
        return "not_stated"
    ahead = round(results[0].value - target.value, 6)
    allowed = {"~": 0.5}.get(target.bound, 0.0)
    good = -ahead >= 0 if target.bound == "<=" else ahead >= -allowed
    return "met" if good else "missed"
