"""How numbers are written for readers, the same in figures, tables and notebooks.

In: a number. Out: its digits, without exponents and without digits that say nothing.
"""

from __future__ import annotations

import numpy as np
import pandas as pd


def spell_value(value: float, *, digits: int = 4) -> str:
    """Write a number for a reader: thousands separated, no idle digits, "–" if missing.

    Examples
    --------
    >>> spell_value(18867), spell_value(12.80), spell_value(0.012349), spell_value(float("nan"))
    ('18,867', '12.8', '0.01235', '–')
    """
    if pd.isna(value):
        return "–"
    if float(value).is_integer() or abs(value) >= 10**digits:
        return f"{value:,.0f}"
    return f"{np.format_float_positional(float(f'{value:.{digits}g}'), trim='-')}"
