"""Sheets of an invented report: lines that tell a true value as a report would round it.

In: true values. Out: `Sheet`s of `Line`s.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

POWERS = {
    "亿元": (1e8, "元"),
    "万元": (1e4, "元"),
    "万人": (1e4, "人"),
    "个百分点": (1.0, "百分点"),
    "%": (1.0, "%"),
}


@dataclass(slots=True)
class Line:
    """One number of a sheet as its text would have it."""

    indicator: str
    measure: str
    quote: str
    value: float
    unit: str
    period: str
    status: str
    bound: str
    of: str
    paragraph: int
    decimals: int
    written: str
    modifier: str = ""


@dataclass(slots=True)
class Sheet:
    """One invented report: whose it is, of which year, and its lines."""

    document: str
    region: str
    code: str
    year: int
    number: int
    lines: list[Line] = field(default_factory=list)
    paragraph: int = 1

    def turn_paragraph(self) -> None:
        """Begin a new paragraph."""
        self.paragraph += 1

    def add(
        self,
        indicator: str,
        measure: str,
        value: float,
        written: str,
        decimals: int,
        *,
        period: str = "",
        status: str = "actual",
        bound: str = "",
        of: str = "",
        modifier: str = "",
    ) -> Line:
        """Round a true value as a report does and write it down as a line."""
        told = period or f"{self.year}-01/{self.year}-12"
        line = Line(
            indicator,
            measure,
            "",
            0.0,
            "",
            told,
            status,
            bound,
            of,
            self.paragraph,
            decimals,
            written,
            modifier,
        )
        state(line, value)
        self.lines.append(line)
        return line

    def find(self, indicator: str, measure: str, *, of: str | None = None) -> Line:
        """Return the first result of a name and measure for the sheet's own year."""
        own = f"{self.year}-01/{self.year}-12"
        for line in self.lines:
            like = (line.indicator, line.measure, line.status) == (indicator, measure, "actual")
            if like and (line.period == own or of is not None) and of in (None, line.of):
                return line
        msg = f"Sheet {self.document} has no {measure} of {indicator!r}."
        raise KeyError(msg)


def state(line: Line, value: float) -> None:
    """Let a line tell a value: rounded half up to its decimals, with its unit."""
    power, unit = POWERS.get(line.written, (1.0, line.written))
    step = Decimal(1).scaleb(-line.decimals)
    number = Decimal(repr(float(value) / power)).quantize(step, rounding=ROUND_HALF_UP)
    shown = f"第{number}" if line.written == "位" else f"{abs(number)}{line.written}"
    line.quote, line.unit = shown, unit
    line.value = float(number * Decimal(repr(power)))
