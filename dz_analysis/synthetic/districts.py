"""Invented districts: names, codes and true series behind the numbers that their reports tell.

In: how many, and a random generator. Out: `District`s, the values of their cities, their plans.
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


def sum_cities(places: list[District], years: int) -> dict[str, dict[int, dict[str, float]]]:
    """Return the cities' own values: sums, and for growth the plain mean."""
    cities: dict[str, dict[int, dict[str, float]]] = {}
    for code in sorted({place.city for place in places}):
        inside = [place for place in places if place.city == code]
        cities[code] = {
            year: {
                "revenue": sum(place.series["revenue"][year] for place in inside),
                "investment": sum(place.series["investment"][year] for place in inside)
                / len(inside),
            }
            for year in range(FIRST_YEAR, FIRST_YEAR + years)
        }
    return cities


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
