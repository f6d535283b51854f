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
    """One number of a sheet as its text would have it; `number` counts them from 1."""

    number: int
    indicator: str
    measure: str
    quote: str
    value: float
    unit: str
    period: str
    status: str
    bound: str
    of: str
    modifier: str
    paragraph: int
    decimals: int
    written: str


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

    @property
    def period(self) -> str:
        """The year that it reports on, as closed months."""
        return f"{self.year}-01/{self.year}-12"

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
        line = Line(
            number=len(self.lines) + 1,
            indicator=indicator,
            measure=measure,
            quote="",
            value=0.0,
            unit="",
            period=period or self.period,
            status=status,
            bound=bound,
            of=of,
            modifier=modifier,
            paragraph=self.paragraph,
            decimals=decimals,
            written=written,
        )
        state(line, value)
        self.lines.append(line)
        return line

    def find(self, indicator: str, measure: str, *, of: str | None = None) -> Line:
        """Return the first result of a name and measure: of the sheet's own year, or with a basis.

        Raises
        ------
        KeyError
            If the sheet has none.
        """
        for line in self.lines:
            like = (line.indicator, line.measure, line.status) == (indicator, measure, "actual")
            if like and (line.period == self.period if of is None else line.of == of):
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
