"""What the districts and cities report: one sheet a year, consistent with the truth behind it.

In: a `World` and a random generator for what an author leaves out. Out: `Sheet`s.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from dz_analysis.synthetic.districts import FIRST_YEAR, District, World
from dz_analysis.synthetic.sheets import Sheet

CITY_NAMES = "东西南北中"
# Groups of facts that an author may leave out; ranks and what they need never are.
GAPPED = ("gdp", "trade", "deposits", "projects", "loans")
GAP_SHARE, MISSING_SHARE, FIVE = 0.08, 0.02, 5
SECTORS = ("第一产业", "第二产业", "第三产业")


def write_sheets(world: World, random: np.random.Generator, *, whole: int) -> Iterator[Sheet]:
    """Write one sheet per district and year and one per city and year; some are missing.

    The first `whole` districts have no gaps: what is planted there must find its counterpart.
    """
    for place in world.districts:
        for year in world.years:
            gaps = {name for name in GAPPED if random.random() < GAP_SHARE}
            lost = random.random() < MISSING_SHARE
            if place.number < whole:
                gaps, lost = set(), False
            if not lost:
                yield _write_report(world, place, year, gaps)
    for code, by_year in world.cities.items():
        for year, values in by_year.items():
            yield _write_city(code, year, values)


def _write_city(code: str, year: int, values: dict[str, float]) -> Sheet:
    name = f"{CITY_NAMES[int(code[2:]) - 1]}辰市"
    sheet = Sheet(f"city{code}-{year}", name, f"{code}00", year, -1)
    sheet.add("一般公共预算收入", "level", values["revenue"], "亿元", 2)
    sheet.add("固定资产投资", "growth", values["investment"], "%", 1)
    return sheet


def _write_report(world: World, place: District, year: int, gaps: set[str]) -> Sheet:
    sheet = Sheet(f"d{place.number:03d}-{year}", place.name(year), place.code, year, place.number)
    value, before = place.values(year), place.values(year - 1)
    city = world.cities[place.city][year]
    if "gdp" not in gaps:
        _write_product(sheet, value)
    _write_revenue(sheet, value, before, world.rank(place, "revenue", year))
    _write_investment(sheet, value, city, world.rank(place, "investment", year))
    if "trade" not in gaps:
        _write_trade(sheet, value, before)
    if "deposits" not in gaps:
        sheet.add("金融机构各项存款余额", "level", value["deposits"], "亿元", 2)
    if "loans" not in gaps:
        sheet.add("不良贷款率", "ratio", value["loans"], "%", 2)
        sheet.add("不良贷款率", "change", value["loans"] - before["loans"], "个百分点", 2)
    if "projects" not in gaps:
        _write_projects(sheet, value, world.plans[place.number, year])
    sheet.add("高新技术产业产值占比", "ratio", value["hightech"], "%", 1)
    sheet.add("年末常住人口" if year % 2 else "常住人口", "level", value["population"], "万人", 2)
    standing, field = 1 + (place.number * 7 + year) % 150, "全省160个省级以上开发区"
    sheet.add("省级开发区综合考核", "rank", standing, "位", 0, of=field)
    _write_five_years(sheet, place, year)
    _write_plan(sheet, world.plans[place.number, year + 1])
    return sheet


def _rate(now: float, before: float) -> float:
    return 100 * (now / before - 1)


def _write_product(sheet: Sheet, value: dict[str, float]) -> None:
    shares = [value["primary"], value["secondary"], 100 - value["primary"] - value["secondary"]]
    sheet.add("地区生产总值", "level", value["gdp"], "亿元", 2)
    sheet.add("地区生产总值", "growth", value["real"], "%", 1)
    for name, share in zip(SECTORS, shares, strict=True):
        sheet.add(f"{name}增加值", "level", value["gdp"] * share / 100, "亿元", 2)
    for name, share in zip(SECTORS, shares, strict=True):
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
