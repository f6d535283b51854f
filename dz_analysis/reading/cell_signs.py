"""Figures of tables as accountants write them: brackets for a minus, ￥ before every amount.

In: text, the cells of a row apart by tabs. Out: edits. A bracket round a whole cell is a minus, but
not where it only numbers a column, (1) or (2). A ￥ goes where the table tells its unit elsewhere:
before the figures of a table in 万元 it would make them 元.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dz_analysis.reading.ledger import Edit

KIND = "accounting"
_SIGNED = re.compile(r"[(（￥¥]")
_CELL = re.compile(
    r"(?<=\t)(?P<before>[ ]?)(?P<sign>[￥¥]?)[ ]?(?P<open>[(（]?)[ ]?(?P<inner>[￥¥]?)[ ]?"
    r"(?P<figure>-?\d[\d,，]*(?:\.\d+)?[%％]?)[ ]?(?P<close>[)）]?)(?=[ ]?(?:\t|\n|$))"
)
_NUMBER = re.compile(r"\d{1,2}")  # of a column
_UNIT = re.compile(r"元")
_ABOVE = 600  # characters above a row in which the heads and captions of its table stand


def read_accounting_signs(text: str) -> list[Edit]:
    r"""List the brackets that are a minus and the signs of money that repeat a unit.

    Examples
    --------
    >>> from dz_analysis.reading.ledger import apply_edits
    >>> text = "单位：万元\n税收\t￥8,200\t(310)\n项\t(1)\t(2)"
    >>> apply_edits(text, read_accounting_signs(text)).text
    '单位：万元\n税收\t8,200\t-310\n项\t(1)\t(2)'
    """
    if "\t" not in text or not _SIGNED.search(text):
        return []
    return [edit for cell in _CELL.finditer(text) for edit in _edits(text, cell)]


def _edits(text: str, cell: re.Match[str]) -> Iterator[Edit]:
    is_minus = bool(cell["open"] and cell["close"]) and not _NUMBER.fullmatch(cell["figure"])
    has_unit = (cell["sign"] or cell["inner"]) and _UNIT.search(
        text, max(cell.start() - _ABOVE, 0), cell.start()
    )
    if is_minus:
        yield Edit(*cell.span("open"), "-", KIND)
        yield Edit(*cell.span("close"), "", KIND)
    if has_unit:
        name = "sign" if cell["sign"] else "inner"
        yield Edit(*cell.span(name), "", KIND)
