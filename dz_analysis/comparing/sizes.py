"""Units that measure the same: 斤, 公斤 and 吨 are mass, 亩, 公顷 and 平方公里 area.

In: two units as the table names them. Out: what a number in one is multiplied by to be in the
other. How large a unit is stands in `lexicon/audit.csv`; a unit that is not listed there measures
the same as itself only.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache, lru_cache

from dz_analysis.lexicon import values

_SIZE = re.compile(r"(\d+(?:\.\d+)?(?:/\d+)?)(\D+)")


@lru_cache(maxsize=1024)
def find_factor(unit: str, other: str) -> float | None:
    """Return what turns a number in one unit into a number in another.

    Parameters
    ----------
    unit, other : str
        As in the column `unit` of the observations; of rates (公斤/亩) each side counts.

    Returns
    -------
    float or None
        None where the two measure different things.

    Examples
    --------
    >>> find_factor("吨", "斤"), find_factor("公顷", "亩"), find_factor("公斤/亩", "吨/公顷")
    (2000.0, 15.0, 0.015)
    >>> find_factor("吨", "亩"), find_factor("元", "美元"), find_factor("家", "家")
    (None, None, 1.0)
    """
    if unit == other:
        return 1.0
    own, wanted = (name.split("/") for name in (unit, other))
    if len(own) != len(wanted) or len(own) > len(("counted", "per")):
        return None
    factors = [_find_ratio(*pair) for pair in zip(own, wanted, strict=True)]
    if None in factors:
        return None
    over, *under = (factor for factor in factors if factor is not None)
    return float(over / under[0] if under else over)


def _find_ratio(unit: str, other: str) -> Fraction | None:
    """Return how many of another unit make one."""
    if unit == other:
        return Fraction(1)
    one, two = _sizes().get(unit), _sizes().get(other)
    return one[0] / two[0] if one and two and one[1] == two[1] else None


@cache
def _sizes() -> dict[str, tuple[Fraction, str]]:
    """Return unit -> how many of the unit by which its kind is measured, and that unit.

    Raises
    ------
    ValueError
        If a size is no number with a unit.
    """
    sizes: dict[str, tuple[Fraction, str]] = {}
    for unit, told in values("audit", "units.size").items():
        found = _SIZE.fullmatch(told)
        if not found:
            msg = (
                f"lexicon/audit.csv, units.size: {unit} is {told!r}, expected a number and a unit, "
                "such as 0.5公斤. Correct its value."
            )
            raise ValueError(msg)
        sizes[unit] = (Fraction(found[1]), found[2])
    return sizes
