"""What a repair did, in tables: counts by kind, the doubtful places, what was set apart.

In: a `Page` or a `Repaired`. Out: tables. The page with every change marked is `marked`'s.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

from dz_analysis.reading.ledger import Repaired
from dz_analysis.reading.page import Page

AROUND = 8  # characters shown on each side of a doubtful place
EXPLAIN_COLUMNS = (
    "kind",
    "raw_start",
    "raw_end",
    "left",
    "before",
    "after",
    "right",
    "score",
    "runner_up",
)
# What a reader should know of each kind: its name, and the colour that marks it.
KINDS = {
    "pinyin": ("reading taken out", "#cfe8d5"),
    "traditional": ("traditional to simplified", "#dbe7f6"),
    "folded_punctuation": ("full-width mark restored", "#ece4f5"),
    "misaligned_pinyin": ("bytes put back: torn by a reading", "#fde3c0"),
    "split": ("bytes put back: torn by a break", "#fbd0b4"),
    "one_to_many": ("one of several simplified forms", "#fff1a8"),
    "radical": ("sign of another form to its character", "#d9f0ee"),
    "hidden_html": ("hidden text taken out", "#e3e3e3"),
    "invisible": ("character without width taken out", "#e9e6e0"),
    "letter_spacing": ("letter-spacing undone", "#e2edd3"),
    "note_mark": ("mark of a note taken out of a number", "#f6e0d0"),
    "accounting": ("sign of an accountant: brackets for a minus, ￥", "#dfe4c8"),
    "private_sign": ("decimal point of a private font", "#f0e2a8"),
    "line_break": ("lines joined: broken by a width", "#f3dfe6"),
    "page_break": ("lines joined over a page number", "#ecd3de"),
    "table_row": ("cells of a row, each of which stood on a line", "#dcd7ea"),
    "paragraph_break": ("paragraphs parted", "#e6d9f0"),
}


def count_repairs(page: Page | Repaired) -> pd.DataFrame:
    """Count the changes of a ledger by kind.

    Choices that left a character as it stood change nothing and are not counted.

    Returns
    -------
    pandas.DataFrame
        Columns `kind`, `count`, `certain` (how many were determined uniquely); one row a kind,
        sorted by kind.

    Examples
    --------
    >>> from dz_analysis.reading.repair import repair
    >>> count_repairs(repair("工业增长6%,农业增长3%;财政收入增长5%。")).to_dict("records")
    [{'kind': 'folded_punctuation', 'count': 2, 'certain': 2}]
    """
    return _frame(list_repairs(page), ["kind", "count", "certain"])


def list_repairs(page: Page | Repaired) -> list[tuple[str, int, int]]:
    """Count the changes of a ledger by kind, as plain tuples: kind, count, certain; sorted."""
    changes = [change for change in page.changes if change.before != change.after]
    counts = Counter(change.kind for change in changes)
    certain = Counter(change.kind for change in changes if change.certain)
    return [(kind, counts[kind], certain[kind]) for kind in sorted(counts)]


def explain(page: Page) -> pd.DataFrame:
    """List the places that were chosen by context, so that a reader can judge them.

    Parameters
    ----------
    page : Page

    Returns
    -------
    pandas.DataFrame
        One row a place, in order: `kind`, `raw_start` and `raw_end` in the page as decoded, the
        words around (`left`, `right`), what stood there (`before`), what was chosen (`after`;
        `□` where nothing was likely enough), the probability of the choice (`score`) and the
        `runner_up`.

    Examples
    --------
    >>> from dz_analysis.reading.read import read_page
    >>> page = read_page("某縣簡況，全縣糧食乾燥入庫。".encode())
    >>> explain(page)[["before", "after", "runner_up"]].values.tolist()
    [['乾', '干', '乾']]
    """
    text = repaired_text(page)
    rows = [
        (
            change.kind,
            change.raw_start,
            change.raw_end,
            text[max(change.start - AROUND, 0) : change.start],
            change.before,
            change.after,
            text[change.end : change.end + AROUND],
            change.score,
            change.runner_up,
        )
        for change in page.changes
        if not change.certain
    ]
    return _frame(rows, list(EXPLAIN_COLUMNS))


def _frame(rows: Sequence[tuple[Any, ...]], columns: list[str]) -> pd.DataFrame:
    import pandas as pd  # takes 0.4 s, and repairing a page needs no frame

    return pd.DataFrame(rows, columns=columns)


def repaired_text(page: Page) -> str:
    """Return the whole page repaired, furniture and all."""
    pieces: list[str] = []
    done = 0
    for change in page.changes:
        pieces += (page.raw[done : change.raw_start], change.after)
        done = change.raw_end
    return "".join((*pieces, page.raw[done:]))


def count_furniture(page: Page) -> pd.DataFrame:
    r"""Count the lines that were set apart from the article, by kind.

    Returns
    -------
    pandas.DataFrame
        Columns `kind`, `lines` and `chars`; one row a kind, sorted by kind.

    Examples
    --------
    >>> from dz_analysis.reading.read import read_page
    >>> page = read_page("某县简况\n全县工业增加值增长6%，农业增长3%。\n责任编辑：某某".encode())
    >>> count_furniture(page).to_dict("records")
    [{'kind': 'editor', 'lines': 1, 'chars': 7}]
    """
    lines = Counter(piece.kind for piece in page.furniture)
    chars: Counter[str] = Counter()
    for piece in page.furniture:
        chars[piece.kind] += len(piece.text)
    rows = [(kind, lines[kind], chars[kind]) for kind in sorted(lines)]
    return _frame(rows, ["kind", "lines", "chars"])
