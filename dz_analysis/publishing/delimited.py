"""A table as CSV that a spreadsheet opens by itself: with a byte-order mark, without formulas."""

from __future__ import annotations

import pandas as pd

from dz_analysis.harmless import quote_formulas
from dz_analysis.publishing.paper import PaperTable, spell_number


def as_csv(table: PaperTable) -> bytes:
    """Return a table as CSV with its heads in words."""
    return write_csv(table.frame.set_axis(list(table.heads), axis=1))


def write_csv(frame: pd.DataFrame) -> bytes:
    r"""Return a frame as CSV so that Excel reads its Chinese and diffs stay quiet.

    Floats are written to ten significant digits; what is missing is blank.

    Examples
    --------
    >>> write_csv(pd.DataFrame({"name": ["=1", None], "value": [0.1 + 0.2, 12.0]})).decode()[1:]
    "name,value\n'=1,0.3\n,12\n"
    """
    typed = quote_formulas(frame).infer_objects()  # numbers joined with blanks are still numbers
    floats = [at for at, dtype in enumerate(typed.dtypes) if dtype.kind == "f"]
    for at in floats:
        typed.isetitem(
            at, typed.iloc[:, at].astype("float64").map(spell_number).astype("str").array
        )
    return typed.to_csv(index=False, lineterminator="\n").encode("utf-8-sig")
