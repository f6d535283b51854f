"""One cell of a table of figures: where it stands, and whether it is a figure, a name or a unit.

In: the words of a cell. Out: `Cell`s, and the quantity that a number and a unit make.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from dz_analysis.finding.model import Quantity
from dz_analysis.finding.number.scan import scan_quantities
from dz_analysis.finding.table.arithmetic import Amount
from dz_analysis.finding.table.words import HeadRole, figure, year

HAN = re.compile(r"[\u3400-\u9fff]")
LEADING_ZERO = re.compile("[0０][0-9０-９]")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: `text[start:end]`, without the blanks around it; `column` counts from 0."""

    start: int
    end: int
    words: str
    column: int

    @property
    def figure(self) -> re.Match[str] | None:
        """The number that the cell holds and nothing else, perhaps with its unit."""
        match = figure().fullmatch(self.words)
        if match is None or LEADING_ZERO.match(match["number"]):  # a telephone number, a code
            return None
        return match if not match["unit"] or is_unit(match["unit"]) else None

    @property
    def is_year(self) -> bool:
        """Whether it is a year: the head of a column or a row."""
        return bool(year().fullmatch(self.words))

    @property
    def is_amount(self) -> bool:
        """Whether it holds a figure that is no year."""
        return self.figure is not None and not self.is_year

    @property
    def amount(self) -> Amount | None:
        """The value of its figure and the number of its decimals; None for a range."""
        match = self.figure
        read = read_figure(match["number"].lstrip("+"), "") if match else None
        if match is None or read is None or read.high is not None:
            return None
        return Amount(read.value, len(match["number"].partition(".")[2]))

    @property
    def is_blank(self) -> bool:
        """Whether it says that there is nothing to say."""
        return not self.words or self.words in HeadRole.BLANK.words

    @property
    def is_name(self) -> bool:
        """Whether it may name a row: words or a year."""
        return not self.is_blank and (bool(HAN.search(self.words)) or self.is_year)


@lru_cache(4096)
def is_unit(words: str) -> bool:
    """Whether words are a unit and nothing else.

    Examples
    --------
    >>> is_unit("亿元"), is_unit("元/人"), is_unit("指标")
    (True, True, False)
    """
    return bool(words) and not words[0].isdigit() and read_figure("1", words) is not None


def read_figure(number: str, unit: str) -> Quantity | None:
    """Read a number and the unit that stands elsewhere; None if the unit is none."""
    found = list(scan_quantities(f"{number}{unit}"))
    whole = len(found) == 1 and found[0].start == 0 and found[0].end == len(number) + len(unit)
    return found[0] if whole and (found[0].kind != "bare" or not unit) else None
