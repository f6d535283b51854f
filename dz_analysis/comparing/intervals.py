"""What a stated number can have been before it was rounded, and arithmetic on such intervals.

In: a quote with its value, unit and bound. Out: closed intervals in the base unit. 12.8亿元 says
"between 12.75 and 12.85": every check of the audit compares intervals, so that rounding alone
never makes a contradiction.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from dz_analysis.finding.number.numerals import NumberError, fold_number, numerals, parse_number
from dz_analysis.language import say, set_unit
from dz_analysis.lexicon import load_settings, values, words

# 1,256.8 · 498.2 · 50000; a full-width digit is folded before.
NUMBER = re.compile(r"\d[\d,]*(?:\.(\d+))?")


@dataclass(frozen=True, slots=True)
class Interval:
    """A closed interval; an end may be infinite.

    Examples
    --------
    >>> part, whole = Interval(4.65, 4.75), Interval(4.95, 5.05)
    >>> share = part.divided(whole)
    >>> round(100 * share.low, 2), round(100 * share.high, 2)
    (92.08, 95.96)
    """

    low: float
    high: float

    def plus(self, other: Interval) -> Interval:
        """Return the sum."""
        return Interval(self.low + other.low, self.high + other.high)

    def minus(self, other: Interval) -> Interval:
        """Return the difference of two numbers that are rounded independently."""
        return Interval(self.low - other.high, self.high - other.low)

    def scaled(self, factor: float) -> Interval:
        """Return the interval times a known factor."""
        ends = (self.low * factor, self.high * factor)
        return Interval(min(ends), max(ends))

    def shifted(self, step: float) -> Interval:
        """Return the interval plus a known number."""
        return Interval(self.low + step, self.high + step)

    def divided(self, other: Interval) -> Interval:
        """Return the quotient; the whole line where the divisor may be zero."""
        if other.low <= 0 <= other.high:
            return Interval(-math.inf, math.inf)
        ends = [_quotient(a, b) for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(ends), max(ends))

    def times(self, other: Interval) -> Interval:
        """Return the product."""
        ends = [_product(a, b) for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(ends), max(ends))

    def meets(self, other: Interval) -> bool:
        """Whether one number can lie in both, binary rounding aside."""
        reach = max(_finite(self.low), _finite(self.high), _finite(other.low), _finite(other.high))
        slack = float(load_settings("audit")["tolerance"]["float_slack"]) * max(reach, 1.0)
        return self.low <= other.high + slack and other.low <= self.high + slack


def _finite(value: float) -> float:
    return abs(value) if math.isfinite(value) else 0.0


def _quotient(a: float, b: float) -> float:
    return 0.0 if math.isinf(b) and math.isinf(a) else a / b


def _product(a: float, b: float) -> float:
    return 0.0 if a == 0 or b == 0 else a * b


def read_interval(
    quote: str,
    value: float,
    *,
    value_high: float = math.nan,
    unit: str = "",
    bound: str = "",
) -> Interval:
    """Return what a stated number can have been before rounding.

    The last decimal that is written carries half a step either way; a count without 万 or 亿 is
    exact. A number in Chinese numerals carries as much as the same one in digits: 一百二十亿 half
    of 亿, 八亿二千万 half of 千万. 以上 opens the upper end, 以下 the lower, and 左右 widens by the
    tolerance of `lexicon/audit.toml`.

    Parameters
    ----------
    quote : str
        The quantity as the text has it; only its decimals are read here.
    value, value_high : float
        The number in the base unit; `value_high` is NaN unless it is a range.
    unit, bound : str
        As in the table of observations.

    Returns
    -------
    Interval
        In the base unit.

    Examples
    --------
    >>> read_interval("12.8亿元", 1.28e9, unit="元")
    Interval(low=1275000000.0, high=1285000000.0)
    >>> read_interval("57个", 57, unit="个")
    Interval(low=57, high=57)
    >>> read_interval("80%", 80, unit="%", bound=">=")
    Interval(low=79.5, high=inf)
    >>> read_interval("6.5%", 6.5, unit="%", bound="~")
    Interval(low=6.0, high=7.0)
    >>> read_interval("一百二十亿元", 1.2e10, unit="元")
    Interval(low=11950000000.0, high=12050000000.0)
    """
    half = _half_step(quote, value, unit)
    top = value if math.isnan(value_high) else value_high
    low, high = min(value, top) - half, max(value, top) + half
    if bound == ">=":
        return Interval(low, math.inf)
    if bound == "<=":
        return Interval(-math.inf, high)
    if bound == "~":
        reach = max(half, _about(value, unit))
        return Interval(min(value, top) - reach, max(value, top) + reach)
    return Interval(low, high)


def _half_step(quote: str, value: float, unit: str) -> float:
    written = "".join(fold_number(quote).split())  # 5 160 元 is one number
    found = NUMBER.search(written)
    if found:
        decimals = len(found[1] or "")
        number, step = float(found[0].replace(",", "")), float(10**-decimals)
    else:
        number, step = _read_numeral(written)
        if not _is_power_of_ten(value, number):  # 翻一番, 三分之一: no numeral is the number
            return 0
    scale = abs(value) / number if number else 1.0
    if scale * step == 1 and unit not in words("audit", "units.measured"):
        return 0
    return 0.5 * scale * step


def _is_power_of_ten(value: float, number: float) -> bool:
    """Whether a value is a numeral times its magnitude."""
    if not value or not number:
        return False
    magnitude = math.log10(abs(value) / number)
    return math.isclose(magnitude, round(magnitude), abs_tol=1e-9)


def _read_numeral(written: str) -> tuple[float, float]:
    """Return the last Chinese numeral of a quote and the step that it is told to; 0 if none."""
    digit, power, large = map(numerals, ("digit", "power", "large"))
    (point,) = values("numerals", "point")
    signs = "".join([*digit, *power, *large, point])
    runs = [run for run in re.findall(f"[{re.escape(signs)}]+", written) if set(run) & set(digit)]
    try:
        return float(parse_number(runs[-1])[0]), _step_of_numeral(runs[-1])
    except (IndexError, NumberError):
        return 0.0, 0.0


def _step_of_numeral(run: str) -> float:
    """Return the last place that a numeral tells: 亿 of 二十六亿, 千万 of 八亿二千万."""
    power, large = numerals("power"), numerals("large")
    (point,) = values("numerals", "point")
    body = run.rstrip("".join(large))
    step = math.prod(large[word] for word in run[len(body) :])
    whole, _, fraction = body.partition(point)
    is_mixed = any(word in large for word in whole)
    last = power.get(whole[-1:], 1) if is_mixed else 1
    return float(step * last / 10 ** len(fraction))


def _about(value: float, unit: str) -> float:
    tolerance = load_settings("audit")["tolerance"]
    if unit in words("audit", "units.percent"):
        return float(tolerance["about_points"])
    return float(abs(value) * tolerance["about_share"])


def spell_amount(value: float, unit: str, *, fewest: int = 2) -> str:
    """Write an amount as a reader of yearbooks expects it: 12.8 亿元, 205 万美元, 21.1 %.

    Four digits are written, and at least `fewest` decimals.

    Examples
    --------
    >>> spell_amount(1.28e9, "元"), spell_amount(2.05e6, "美元"), spell_amount(-3, "%")
    ('12.8 亿元', '205 万美元', '-3 %')
    >>> spell_amount(float("inf"), "元")
    '∞'
    """
    if math.isinf(value):
        return "∞" if value > 0 else "-∞"
    if math.isnan(value):
        return ""
    power, word = find_scale(value)
    return set_unit(_short(value / power, fewest), f"{word}{unit}")


def find_scale(value: float) -> tuple[float, str]:
    """Return the power of ten that an amount is told in, and its word: 亿, 万 or none.

    Examples
    --------
    >>> find_scale(1.28e9), find_scale(-205000), find_scale(98000)
    ((100000000.0, '亿'), (10000.0, '万'), (1.0, ''))
    """
    size = abs(value)
    return (1e8, "亿") if size >= 1e8 else (1e4, "万") if size >= 1e5 else (1.0, "")


def spell_interval(low: float, high: float, unit: str) -> str:
    """Write an interval; one number where its ends are equal, more decimals where they are near.

    Examples
    --------
    >>> spell_interval(1.275e9, 1.285e9, "元")
    '12.75 亿元 to 12.85 亿元'
    >>> spell_interval(79.5, float("inf"), "%")
    '79.5 % or more'
    >>> spell_interval(1280335000, 1280345000, "元")
    '12.80335 亿元 to 12.80345 亿元'
    """
    if low == high:
        return spell_amount(low, unit)
    if math.isinf(high):
        return say("{amount} or more", amount=spell_amount(low, unit))
    if math.isinf(low):
        return say("{amount} or less", amount=spell_amount(high, unit))
    near = low != 0 and abs(high - low) < abs(low) / 1000
    ends = [spell_amount(end, unit, fewest=6 if near else 2) for end in (low, high)]
    if ends[0] == ends[1]:
        return ends[0]
    return say("{low} to {high}", low=ends[0], high=ends[1])


def _short(value: float, fewest: int) -> str:
    digits = max(0, 4 - len(str(int(abs(value)))))
    text = f"{value:,.{max(digits, fewest)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
