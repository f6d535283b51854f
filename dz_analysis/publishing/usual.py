"""The units that people use: 亿元 and 万人 beside 元 and 人.

In: numbers in the base unit of the tables. Out: the same in one unit for all of them, and its name.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from dz_analysis.comparing.intervals import find_scale
from dz_analysis.language import say

DIGITS = 10  # significant ones: dividing by ten thousand must not write 0.30000000000000004
VALUE, UNIT = "value", "unit"
USUAL_VALUE, USUAL_UNIT = "usual_value", "usual_unit"


def pick_unit(values: Iterable[float], unit: str) -> tuple[float, str]:
    """Return what to divide by, and the unit then, so that the number in the middle reads well.

    Parameters
    ----------
    values : iterable of float
        In `unit`; missing ones and zeros are passed over.
    unit : str
        A base unit of the tables; blank for plain counts.

    Returns
    -------
    divisor : float
    unit : str

    Examples
    --------
    >>> pick_unit([1.28e9, 5e8, float("nan")], "元"), pick_unit([6.5], "%")
    ((100000000.0, '亿元'), (1.0, '%'))
    """
    sizes = pd.Series(list(values), dtype="float64").abs()
    sizes = sizes[(sizes > 0) & (sizes < float("inf"))]
    if sizes.empty or not unit:
        return 1.0, unit
    power, word = find_scale(float(sizes.quantile(0.5, interpolation="lower")))
    return power, f"{word}{unit}"


def in_unit(values: pd.Series, divisor: float | pd.Series) -> pd.Series:
    """Return numbers divided, without the noise of binary fractions."""
    return (values / divisor).map(lambda one: float(f"{one:.{DIGITS}g}"))


def spell_usual() -> tuple[str, str]:
    """Return what the two columns hold that `add_usual` adds."""
    return (
        say("The same value in the unit that people use."),
        say("The unit that people use: the base unit with 万 or 亿 where amounts are large."),
    )


def add_usual(frame: pd.DataFrame) -> pd.DataFrame:
    """Add to rows with a value and its unit the same in the unit that people use, row by row.

    Parameters
    ----------
    frame : pandas.DataFrame
        With the columns `value` and `unit`; another table is returned as it is.

    Returns
    -------
    pandas.DataFrame
        With `usual_value` and `usual_unit` behind `unit`.

    Examples
    --------
    >>> rows = pd.DataFrame({"value": [1.28e9, 21.1], "unit": ["元", "%"]})
    >>> add_usual(rows).values.tolist()
    [[1280000000.0, '元', 12.8, '亿元'], [21.1, '%', 21.1, '%']]
    """
    has_both = {VALUE, UNIT} <= set(frame.columns) and USUAL_VALUE not in frame.columns
    if not has_both or frame[VALUE].dtype.kind not in "if":
        return frame
    units = frame[UNIT].fillna("").astype("str")
    picked = [pick_unit([one], unit) for one, unit in zip(frame[VALUE], units, strict=True)]
    divisors = pd.Series([power for power, _ in picked], index=frame.index, dtype="float64")
    at = list(frame.columns).index(UNIT) + 1
    made = frame.copy()
    made.insert(at, USUAL_VALUE, in_unit(frame[VALUE].astype("float64"), divisors))
    made.insert(at + 1, USUAL_UNIT, [unit for _, unit in picked])
    return made
