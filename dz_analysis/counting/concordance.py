"""Keywords in context, by characters: a Chinese clause is too long to be one word's context.

In: texts by document and a word. Out: one row a mention, with what stands left and right of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

COLUMNS = ("document", "start", "end", "left", "keyword", "right")
SORTS = ("document", "left", "right")


def find_in_context(
    texts: Mapping[str, str],
    keyword: str,
    *,
    width: int = 20,
    sort: str = "document",
    near: str = "",
    is_pattern: bool = False,
) -> pd.DataFrame:
    """Find every mention of a keyword with its context.

    Parameters
    ----------
    texts : mapping of str to str
        Document id to clean text.
    keyword : str
        The characters looked for, or a regular expression if `is_pattern`.
    width : int
        Characters shown on each side; a context stops at a line end.
    sort : {"document", "left", "right"}
        By place, by what stands before (read away from the keyword), or by what stands behind.
    near : str
        Keep only mentions with these characters in their context.
    is_pattern : bool
        Whether the keyword is a regular expression.

    Returns
    -------
    pandas.DataFrame
        One row a mention: document, start, end, left, keyword, right.

    Examples
    --------
    >>> rows = find_in_context({"a": "坚持项目为王，抓项目促发展。"}, "项目", width=3, sort="right")
    >>> rows[["left", "keyword", "right"]].values.tolist()
    [['坚持', '项目', '为王，'], ['王，抓', '项目', '促发展']]
    """
    if sort not in SORTS:
        msg = f"Unknown sort {sort!r}; expected one of {', '.join(SORTS)}."
        raise ValueError(msg)
    if not keyword or width < 0:
        msg = f"A keyword and a width of at least 0 are needed, found {keyword!r} and {width}."
        raise ValueError(msg)
    pattern = re.compile(keyword if is_pattern else re.escape(keyword))
    rows = [
        (document, m.start(), m.end(), *_context(text, m, width))
        for document, text in texts.items()
        for m in pattern.finditer(text)
        if m.end() > m.start()
    ]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    kept = table[_holds(table, near)]
    return _sorted(kept, sort).reset_index(drop=True)


def _context(text: str, match: re.Match[str], width: int) -> tuple[str, str, str]:
    left = text[max(0, match.start() - width) : match.start()].rsplit("\n", 1)[-1]
    right = text[match.end() : match.end() + width].split("\n", 1)[0]
    return left, match[0], right


def _holds(table: pd.DataFrame, near: str) -> pd.Series:
    return table["left"].str.contains(near, regex=False) | table["right"].str.contains(
        near, regex=False
    )


def _sorted(table: pd.DataFrame, sort: str) -> pd.DataFrame:
    if sort == "document":
        return table.sort_values(["document", "start"], kind="stable")
    key = table["left"].str[::-1] if sort == "left" else table["right"]
    order = table.assign(key=key).sort_values(["key", "document", "start"], kind="stable")
    return order.drop(columns="key")
