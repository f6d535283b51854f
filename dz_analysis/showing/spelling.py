"""How numbers are written for readers, the same in figures, tables and notebooks.

In: a number. Out: its digits, without exponents and without digits that say nothing.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from dz_analysis.language import count_word

MISSING = "–"
TINY = 1e-6  # what is nearer to zero than this would be a cell full of zeros


def spell_value(value: float, *, digits: int = 4) -> str:
    """Write a number for a reader: thousands separated, no idle digits, "–" if missing.

    Examples
    --------
    >>> spell_value(18867), spell_value(12.80), spell_value(0.012349), spell_value(float("nan"))
    ('18,867', '12.8', '0.01235', '–')
    """
    if pd.isna(value):
        return MISSING
    if float(value).is_integer() or abs(value) >= 10**digits:
        return f"{value:,.0f}"
    return f"{np.format_float_positional(float(f'{value:.{digits}g}'), trim='-')}"


def spell_cell(value: float) -> str:
    """Write a number into a cell of a printed table: six digits, and none of a long row of zeros.

    Examples
    --------
    >>> spell_cell(18867.5), spell_cell(0.000243), spell_cell(0.0000000124143)
    ('18867.5', '0.000243', '1.2e-08')
    """
    return f"{value:.1e}" if 0 < abs(value) < TINY else spell_value(value, digits=6)


def spell_count(count: int, noun: str) -> str:
    """Write how many of a thing there are, in the language in use.

    Parameters
    ----------
    count : int
    noun : str
        The thing, in English and for one; in Chinese the catalogue says how it is counted (个地区,
        篇文档, 年).

    Examples
    --------
    >>> spell_count(1, "region"), spell_count(1200, "region"), spell_count(2, "city")
    ('1 region', '1,200 regions', '2 cities')
    >>> from dz_analysis.language import speak
    >>> with speak("zh"):
    ...     spell_count(3, "region"), spell_count(3, "year")
    ('3个地区', '3年')
    """
    return f"{count:,}{count_word(noun, one=count == 1)}"


def spell_beside(value: float, largest: float) -> str:
    """Write a number as finely as the largest beside it deserves, and no finer.

    A value so small that nothing of it would be left keeps its own digits: it is not zero.

    Parameters
    ----------
    value : float
    largest : float
        The greatest magnitude in the same chart; four of its digits are shown.

    Examples
    --------
    >>> [spell_beside(number, 1.856) for number in (1.856, 0.357012, 0.05422, 0.00001234)]
    ['1.856', '0.357', '0.054', '0.00001234']
    """
    if pd.isna(value) or pd.isna(largest) or not largest:
        return spell_value(value)
    decimals = max(0, 3 - int(np.floor(np.log10(abs(largest)))))
    rounded = round(float(value), decimals)
    return spell_value(rounded if rounded else value)
