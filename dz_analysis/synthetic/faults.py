"""The inconsistencies that are planted in the sheets of invented reports.

In: sheets of consistent facts. Out: the same sheets with known faults, and a list of them. One
function a kind; each changes one number (or adds one) and names the check that must find it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dz_analysis.synthetic.sheets import Line, Sheet, state


@dataclass(frozen=True, slots=True)
class Planted:
    """One planted inconsistency: which check must find it, and the line that was changed."""

    kind: str
    check: str
    document: str
    line: Line


Plant = Callable[[dict[int, Sheet], int, "Neighbours"], tuple[Sheet, Line]]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Sheets of the same city in the same year, by district number; the city's own is -1."""

    sheets: dict[tuple[str, int], list[Sheet]]

    def of(self, sheet: Sheet) -> list[Sheet]:
        """Return the other sheets of a sheet's city and year."""
        group = self.sheets[sheet.code[:4], sheet.year]
        return [other for other in group if other is not sheet]


def _shift(name: str, measure: str, by: float, *, of: str | None = None) -> Plant:
    """Return a plant that moves one number by a step in its own unit."""

    def plant(series: dict[int, Sheet], year: int, _: Neighbours) -> tuple[Sheet, Line]:
        line = series[year].find(name, measure, of=of)
        state(line, line.value + by)
        return series[year], line

    return plant


def _scale(name: str, factor: float) -> Plant:
    """Return a plant that multiplies one level."""

    def plant(series: dict[int, Sheet], year: int, _: Neighbours) -> tuple[Sheet, Line]:
        line = series[year].find(name, "level")
        state(line, line.value * factor)
        return series[year], line

    return plant


def _outnumber(part: str, whole: str) -> Plant:
    """Return a plant that makes a part larger than its whole."""

    def plant(series: dict[int, Sheet], year: int, _: Neighbours) -> tuple[Sheet, Line]:
        line = series[year].find(part, "level")
        state(line, series[year].find(whole, "level").value + 4)
        return series[year], line

    return plant


def _say_twice(series: dict[int, Sheet], year: int, _: Neighbours) -> tuple[Sheet, Line]:
    sheet = series[year]
    first = sheet.find("进出口总额", "growth")
    line = sheet.add("进出口总额", "growth", first.value + 7, "%", 1)
    return sheet, line


def _slip(series: dict[int, Sheet], year: int, _: Neighbours) -> tuple[Sheet, Line]:
    """Write 万 for 亿: the same digits, a ten-thousandth of the amount."""
    line = series[year].find("金融机构各项存款余额", "level")
    line.written = "万元"
    state(line, line.value / 1e4)
    return series[year], line


def _overrate(series: dict[int, Sheet], year: int, _: Neighbours) -> tuple[Sheet, Line]:
    """Claim the first rank for a district that is not among its city's first three."""
    line = series[year].find("一般公共预算收入", "rank")
    if line.value <= 3:
        msg = f"Sheet {series[year].document} is among the first three anyway."
        raise KeyError(msg)
    state(line, 1)
    return series[year], line


def _double_rank(series: dict[int, Sheet], year: int, near: Neighbours) -> tuple[Sheet, Line]:
    """Give a district the rank of its growth that another of the city states."""
    sheet = series[year]
    line = sheet.find("固定资产投资", "rank")
    taken = [
        other.find("固定资产投资", "rank").value for other in near.of(sheet) if other.number >= 0
    ]
    state(line, max(value for value in taken if value != line.value))
    return sheet, line


def _shrink_city(series: dict[int, Sheet], year: int, near: Neighbours) -> tuple[Sheet, Line]:
    """Halve the city's own value, so that its districts sum to more."""
    city = next(other for other in near.of(series[year]) if other.number < 0)
    line = city.find("一般公共预算收入", "level")
    state(line, line.value / 2)
    return city, line


# Kind, the check that must find it, how it is planted.
PLANTS: dict[str, tuple[str, Plant]] = {
    "last year's value": ("last_year", _shift("进出口总额", "growth", 6)),
    "two values": ("two_values", _say_twice),
    "share of total": ("share", _shift("税收占比", "ratio", 3)),
    "share over 100": ("share_limit", _shift("高新技术产业产值占比", "ratio", 61)),
    "shares do not sum": ("shares_sum", _shift("第三产业占比", "ratio", 4)),
    "part over whole": ("part", _outnumber("省级重点项目", "重点项目")),
    "parts do not sum": ("sum", _scale("出口总额", 0.8)),
    "higher threshold, more": (
        "threshold",
        _outnumber("新签约10亿元以上项目", "新签约5亿元以上项目"),
    ),
    "change of a ratio": ("change", _shift("不良贷款率", "change", 0.4)),
    "average growth": ("average_growth", _shift("一般公共预算收入", "average_growth", 2, of="")),
    "growth over five years": (
        "cumulative_growth",
        _shift("一般公共预算收入", "growth", 15, of="上一个五年末"),
    ),
    "completion": ("completion", _shift("重点项目完成投资", "completion", 20)),
    "万 for 亿": ("magnitude", _slip),
    "rank outside its field": ("rank_field", _shift("省级开发区综合考核", "rank", 160)),
    "rank taken twice": ("rank_twice", _double_rank),
    "rank too good": ("stated_rank", _overrate),
    "gap to the average": ("gap", _shift("固定资产投资", "gap", 3)),
    "districts over city": ("city", _shrink_city),
    "multiple of a year": ("multiple", _shift("一般公共预算收入", "multiple", 0.4)),
}


def plant_all(sheets: list[Sheet], plants: int, year: int) -> list[Planted]:
    """Plant some of each kind, every one in a district of its own.

    Each stands in the year asked for, or in the latest one whose sheet has what it needs.
    """
    series: dict[int, dict[int, Sheet]] = {}
    groups: dict[tuple[str, int], list[Sheet]] = {}
    for sheet in sheets:
        series.setdefault(sheet.number, {})[sheet.year] = sheet
        groups.setdefault((sheet.code[:4], sheet.year), []).append(sheet)
    near, planted = Neighbours(groups), []
    for turn in range(plants):
        for number, (kind, (check, plant)) in enumerate(PLANTS.items()):
            place = series[turn * len(PLANTS) + number]
            sheet, line = _plant_one(plant, place, year, near)
            planted.append(Planted(kind, check, sheet.document, line))
    return planted


def _plant_one(
    plant: Plant, place: dict[int, Sheet], year: int, near: Neighbours
) -> tuple[Sheet, Line]:
    for candidate in (year, *sorted(place, reverse=True)):
        try:
            return plant(place, candidate, near)
        except KeyError as error:
            reason = error
    msg = f"No year of district {next(iter(place.values())).region} will do: {reason}"
    raise ValueError(msg)
