"""Invented districts: names, codes and true series behind the numbers that their reports tell.

In: how many, and a random generator. Out: a `World`: districts, the values of their cities, plans.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

# The sexagenary cycle names sixty places without inventing sixty words.
STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
CITIES, FIRST_YEAR = 5, 2010


@dataclass(slots=True)
class District:
    """One invented district: its name in a year, its codes and its true series by year."""

    number: int
    code: str
    city: str
    old: str
    new: str
    renamed: int
    series: dict[str, dict[int, float]] = field(default_factory=dict)

    def name(self, year: int) -> str:
        """Return its name in a year: a county that became a district keeps its code."""
        return self.old if year < self.renamed else self.new

    def values(self, year: int) -> dict[str, float]:
        """Return the true values of a year by the names of the series."""
        return {name: series[year] for name, series in self.series.items()}


@dataclass(frozen=True, slots=True)
class World:
    """The truth: districts, what their cities come to, what each district plans.

    `cities` is by code and year, `plans` by number of the district and year; the values of both
    are by name.
    """

    districts: list[District]
    years: range
    cities: dict[str, dict[int, dict[str, float]]]
    plans: dict[tuple[int, int], dict[str, float]]

    def rank(self, place: District, name: str, year: int) -> int:
        """Return the true rank of a district in its city, the largest first."""
        inside = [other for other in self.districts if other.city == place.city]
        return 1 + sum(other.series[name][year] > place.series[name][year] for other in inside)


def make_world(count: int, years: int, random: np.random.Generator) -> World:
    """Make some districts over some years, with the values of their cities and their plans."""
    places = [make_district(number, years, random) for number in range(count)]
    span = range(FIRST_YEAR, FIRST_YEAR + years)
    plans = make_plans(places, years, random)
    return World(places, span, sum_cities(places, span), plans)


def make_district(number: int, years: int, random: np.random.Generator) -> District:
    """Make one district with a name, a code and its true series over the years."""
    stem = STEMS[number % 10] + BRANCHES[number % 12]
    turn = number // 60
    name = stem + (str(turn + 1) if turn else "")
    city = number % CITIES
    renamed = FIRST_YEAR + (years // 2 if number % 7 == 3 else 0)
    place = District(
        number,
        f"99{city + 1:02d}{number // CITIES + 1:02d}",
        f"99{city + 1:02d}",
        f"{name}县",
        f"{name}区",
        renamed,
    )
    span = range(FIRST_YEAR - 1, FIRST_YEAR + years)
    for name_, (low, high, drift, wobble) in PROCESSES.items():
        start = math.exp(random.uniform(math.log(low), math.log(high)))
        rates = 1 + drift + random.normal(0, wobble, len(span))
        place.series[name_] = dict(zip(span, start * np.cumprod(rates), strict=True))
    for name_, (low, high) in RATIOS.items():
        place.series[name_] = {year: float(random.uniform(low, high)) for year in span}
    return place


# Start of the series (base unit), yearly drift and its spread.
PROCESSES = {
    "gdp": (1.2e10, 9e10, 0.07, 0.02),
    "revenue": (8e8, 6e9, 0.06, 0.03),
    "exports": (6e8, 8e9, 0.08, 0.06),
    "imports": (3e8, 3e9, 0.06, 0.06),
    "deposits": (9e9, 7e10, 0.09, 0.01),
    "population": (3e5, 1.2e6, 0.002, 0.002),
    "projects": (30, 90, 0.03, 0.05),
    "done": (2e9, 9e9, 0.05, 0.05),
}
RATIOS = {
    "primary": (6, 14),
    "secondary": (38, 50),
    "tax": (72, 90),
    "loans": (0.8, 3.4),
    "hightech": (40, 62),
    "real": (5.0, 9.5),
    "investment": (4.0, 14.0),
}


def sum_cities(places: list[District], years: range) -> dict[str, dict[int, dict[str, float]]]:
    """Return the cities' own values: sums, and for growth the plain mean."""
    inside: dict[str, list[District]] = {}
    for place in sorted(places, key=lambda place: place.city):
        inside.setdefault(place.city, []).append(place)
    return {
        code: {year: _sum_up([place.values(year) for place in group]) for year in years}
        for code, group in inside.items()
    }


def _sum_up(values: list[dict[str, float]]) -> dict[str, float]:
    return {
        "revenue": sum(value["revenue"] for value in values),
        "investment": sum(value["investment"] for value in values) / len(values),
    }


def make_plans(
    places: list[District], years: int, random: np.random.Generator
) -> dict[tuple[int, int], dict[str, float]]:
    """Return what each district plans for each year, rounded as a plan is told."""
    return {
        (place.number, year): {
            "revenue_pct": round(float(random.uniform(3, 9)), 1),
            "investment_pct": round(float(random.uniform(5, 12)), 1),
            "loans_pct": round(float(random.uniform(1.5, 3)), 2),
            "projects": int(random.integers(25, 110)),
            "done": _near(place.series["done"], year, float(random.uniform(0.85, 1.15))),
        }
        for place in places
        for year in range(FIRST_YEAR, FIRST_YEAR + years + 1)
    }


def _near(series: dict[int, float], year: int, factor: float) -> float:
    """Return a plan in whole tenths of 亿, near what will be done."""
    return round(series[min(year, max(series))] * factor / 1e8, 1) * 1e8
